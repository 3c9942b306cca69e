#include "hall/follow_up_doors.h"

#include <charconv>
#include <map>

#include "engine/command_doors.h"
#include "hall/follow_up_views.h"
#include "identity/accounts.h"
#include "identity/gatekeeper.h"

namespace yi::hall {
namespace {

struct ClassEntry {
  std::string code, name;
  std::int32_t days = 0;           // working days from the day of sorting
};
BOOST_DESCRIBE_STRUCT(ClassEntry, (), (code, name, days))
struct KindEntry {
  FollowUpKind kind{};
  std::int32_t sort_days = 0, appeal_days = 0;  // appeal_days: of ratings alone
  std::vector<ClassEntry> classes;
};
BOOST_DESCRIBE_STRUCT(KindEntry, (), (kind, sort_days, appeal_days, classes))
struct FollowUpList {
  std::vector<FollowUpEntry> follow_ups;
  std::optional<FollowUpId> next;  // pass it as `after`
  std::vector<KindEntry> kinds;    // what the centre has agreed on (follow_ups.yaml)
};
BOOST_DESCRIBE_STRUCT(FollowUpList, (), (follow_ups, next, kinds))
struct FigureList {
  CivilDay from, to;
  std::vector<FollowUpFigures> figures;
};
BOOST_DESCRIBE_STRUCT(FigureList, (), (from, to, figures))

const int kRows = static_cast<int>(limits::kPageRows.value);

void name_actors(std::vector<FollowUpEntry>& entries, store::Reader& reader, CentreCode centre) {
  std::map<std::string, std::optional<std::string>> names;
  for (auto& e : entries)
    for (auto& a : e.acts) {
      const auto [it, first] = names.try_emplace(a.by);
      if (first)
        if (const auto account = identity::read_account(reader, centre, a.by)) it->second = std::string(account->state.name);
      a.by_name = it->second;
    }
}

}  // namespace

void add_follow_up_doors(http::Router& router, engine::Engine& engine, const FollowUpGround& ground) {
  http::Door list;
  list.pattern = "/api/hall/follow_ups";
  list.name = "hall.list_follow_ups";
  list.summary = "交办件：差评整改、办不成事、领导带走的问题";
  list.right = "hall.list_follow_ups";
  list.audit_class = "personal";
  list.refusal_codes = {"identity.not_signed_in", "engine.bad_position", "engine.reports_behind"};
  list.runs_on = http::RunsOn::worker;
  list.parameters = {engine::after_parameter(), {"stage", "环节；不填为没有办结的", json::schema<FollowUpStage>(), false, false}, {"kind", "种类", json::schema<FollowUpKind>(), false, false},
                     {"after", "上一页最后一条", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false}};
  list.replies = {{200, list.summary, "application/json", json::schema<FollowUpList>()}};
  list.handle = [&engine, ground](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto viewer = identity::viewer_of(caller);
    auto reader = engine.reader();
    const auto text = [&](const char* name) {
      const auto it = request.query.find(name);
      return it == request.query.end() ? std::string() : it->second;
    };
    FollowUpQuestion q;
    q.limit = kRows;
    if (FollowUpStage s{}; json::enum_from(text("stage"), s)) q.stage = s;
    if (FollowUpKind k{}; json::enum_from(text("kind"), k)) q.kind = k;
    const auto from = text("after");
    std::from_chars(from.data(), from.data() + from.size(), q.after.value);
    FollowUpList page{follow_ups({*reader, engine.centre(), viewer, civil_day(engine.clock().now())}, ground, engine.keys(), q), {}, {}};
    name_actors(page.follow_ups, *reader, engine.centre());
    if (static_cast<int>(page.follow_ups.size()) == kRows) page.next = page.follow_ups.back().follow_up;
    for (const auto& rule : ground.rules->kinds) {
      auto& k = page.kinds.emplace_back(KindEntry{rule.kind, rule.sort_days, is_rating(rule.kind) ? rule.appeal_days : 0, {}});
      for (const auto& c : rule.classes) k.classes.push_back({c.code, c.name, c.days});
    }
    http::Response r;
    r.body = json::write(page);
    reply(std::move(r));
  };
  router.add(std::move(list));

  http::Door figures;
  figures.pattern = "/api/hall/follow_ups/figures";
  figures.name = "hall.follow_up_figures";
  figures.summary = "交办件的办理情况和分母";
  figures.right = "hall.list_follow_ups";
  figures.audit_class = "read";
  figures.refusal_codes = {"identity.not_signed_in", "base.bad_date"};
  figures.runs_on = http::RunsOn::worker;
  figures.parameters = {{"from", "第一天", R"({"type":"string","format":"date"})", false, true}, {"to", "最后一天", R"({"type":"string","format":"date"})", false, true}};
  figures.replies = {{200, figures.summary, "application/json", json::schema<FigureList>()}};
  figures.handle = [&engine, ground](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    const auto from = parse_day(request.query.count("from") ? request.query.at("from") : "");
    const auto to = parse_day(request.query.count("to") ? request.query.at("to") : "");
    if (!from || !to) return reply(http::problem((from ? to : from).error()));
    const auto viewer = identity::viewer_of(caller);
    auto reader = engine.reader();
    http::Response r;
    r.body = json::write(FigureList{*from, *to, follow_up_figures({*reader, engine.centre(), viewer, civil_day(engine.clock().now())}, ground, *from, *to)});
    reply(std::move(r));
  };
  router.add(std::move(figures));
}

}  // namespace yi::hall
