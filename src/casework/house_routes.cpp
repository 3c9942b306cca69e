#include <charconv>

#include "casework/house_declare.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {

struct QuestionList {
  std::vector<QuestionEntry> questions;
};
BOOST_DESCRIBE_STRUCT(QuestionList, (), (questions))
struct NegativeList {
  std::vector<NegativeEntry> negatives;
  std::optional<NegativeId> next;          // pass it as `before` for the following page
};
BOOST_DESCRIBE_STRUCT(NegativeList, (), (negatives, next))
struct OverdueList {
  std::string basis;
  std::vector<OverdueEntry> explanations;
};
BOOST_DESCRIBE_STRUCT(OverdueList, (), (basis, explanations))

std::string text_of(const http::Request& r, const char* name) {
  const auto it = r.query.find(name);
  return it == r.query.end() ? "" : it->second;
}

const int kRows = static_cast<int>(limits::kPageRows.value);

http::Door list_door(const char* pattern, const char* name, const char* summary, const char* right, const char* audit, std::string schema) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = right;
  d.audit_class = audit;
  d.refusal_codes = {"identity.not_signed_in", "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  d.parameters = {engine::after_parameter()};
  d.replies = {{200, summary, "application/json", std::move(schema)}};
  return d;
}

// Waits for the reports, reads, replies.
template <class Read>
auto reading(engine::Engine& engine, Read read) {
  return [&engine, read](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto viewer = identity::viewer_of(caller);
    auto reader = engine.reader();
    http::Response r;
    r.body = json::write(read(HouseReader{*reader, engine.centre(), viewer, civil_day(engine.clock().now())}, request));
    reply(std::move(r));
  };
}

}  // namespace

void add_house_doors(http::Router& router, engine::Engine& engine, const catalog::Catalog& catalog, const calendar::Calendar& calendar) {
  auto all = list_door("/api/casework/questions", "casework.list_questions", "未办结的首问（按责任人）", "casework.list_questions", "personal", json::schema<QuestionList>());
  all.parameters.push_back({"owner", "首问责任人账号；不填为全部", R"({"type":"string","maxLength":64})", false, false});
  all.handle = reading(engine, [&engine, &calendar](const HouseReader& h, const http::Request& request) {
    return QuestionList{open_questions(h, engine.keys(), calendar, text_of(request, "owner"), kRows)};
  });
  router.add(std::move(all));

  auto mine = list_door("/api/casework/questions/mine", "casework.list_my_questions", "我的首问和等我确认接收的首问", "casework.list_my_questions", "personal", json::schema<QuestionList>());
  mine.handle = reading(engine, [&engine, &calendar](const HouseReader& h, const http::Request&) {
    return QuestionList{open_questions(h, engine.keys(), calendar, h.viewer.account, kRows)};
  });
  router.add(std::move(mine));

  auto no = list_door("/api/casework/negatives", "casework.list_negatives", "否定报备", "casework.list_negatives", "read", json::schema<NegativeList>());
  no.parameters.push_back({"status", "处理情况；不填为未处理", json::schema<NegativeStatus>(), false, false});
  no.parameters.push_back({"before", "上一页最后一条", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false});
  no.handle = reading(engine, [](const HouseReader& h, const http::Request& request) {
    auto status = NegativeStatus::open;
    if (const auto text = text_of(request, "status"); !text.empty()) json::enum_from(text, status);
    NegativeId before;
    const auto text = text_of(request, "before");
    std::from_chars(text.data(), text.data() + text.size(), before.value);
    NegativeList page{negatives(h, status, before, kRows), {}};
    if (static_cast<int>(page.negatives.size()) == kRows) page.next = page.negatives.back().negative_id;
    return page;
  });
  router.add(std::move(no));

  auto overdue = list_door("/api/public/overdue", "casework.public_overdue", "超期办件的公开说明", identity::kPublic, "none", json::schema<OverdueList>());
  overdue.handle = reading(engine, [&catalog](const HouseReader& h, const http::Request&) {
    return OverdueList{"优化营商环境条例第三十六条", overdue_explanations(h, catalog, kRows)};
  });
  router.add(std::move(overdue));
}

}  // namespace yi::casework
