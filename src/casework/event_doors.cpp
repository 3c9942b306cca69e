#include "casework/event_doors.h"

#include <algorithm>
#include <array>
#include <map>

#include "casework/guards.h"
#include "casework/house_views.h"
#include "casework/routes.h"
#include "casework/views.h"

namespace yi::casework {
namespace {

constexpr std::string_view kCaseEvent = "case", kQuestionEvent = "question";
constexpr std::array<std::string_view, 5> kQuestionFacts{AskedFirst::kName, QuestionAnswered::kName, QuestionLed::kName, QuestionHandedOver::kName, QuestionTakenOver::kName};

// "casework.accepted/1" → "accepted"
std::string act_of(std::string_view fact) {
  const auto dot = fact.find('.'), slash = fact.rfind('/');
  return std::string(fact.substr(dot + 1, slash - dot - 1));
}

struct Moved {
  std::int64_t position = 0;
  std::vector<std::string> acts;
  void add(const engine::RecordedFact& f) {
    position = f.seq;
    acts.push_back(act_of(f.record.name));
  }
};

std::optional<engine::Told> told_of(store::Reader& reader, CentreCode centre, CaseId id, Moved& moved) {
  auto c = reader.select(store::select_row_sql(CaseState::view(), CaseState::view().name), {centre.value, id.value});
  if (!c->next()) return std::nullopt;
  const auto s = CaseState::from(store::read_row(CaseState::view(), *c));
  CaseMoved m;
  m.case_id = id;
  m.number = std::string_view(s.number);
  m.version = s.version;
  m.matter = s.matter;
  m.department = s.department;
  m.stage = s.at.stage;
  m.stage_name = chinese_name(s.at.stage, s.permit());
  m.holder = s.at.holder;
  m.due = s.next_due();
  m.acts = std::move(moved.acts);
  return engine::Told{moved.position, kCaseEvent, json::write(m), s.department, {s.subject, s.agent}, {}};
}

engine::Told told_of(store::Reader& reader, CentreCode centre, QuestionId id, Moved& moved, std::vector<std::string> accounts) {
  // Who has it now, and who still has to confirm; whoever had it before stands in the facts.
  auto c = reader.select("SELECT owner, waits_for FROM casework_question WHERE centre=$1 AND question=$2", {centre.value, id.value});
  if (c->next())
    for (const int column : {0, 1})
      if (const auto name = c->bytes(column); !name.empty()) accounts.emplace_back(name);
  return {moved.position, kQuestionEvent, json::write(QuestionMoved{id, std::move(moved.acts)}), {}, {}, std::move(accounts)};
}

}  // namespace

std::vector<engine::Told> compose_events(const std::vector<engine::RecordedFact>& facts, store::Reader& reader) {
  std::map<std::int64_t, Moved> cases;
  std::map<std::int64_t, std::pair<Moved, std::vector<std::string>>> questions;
  const auto& names = case_facts();
  for (const auto& f : facts) {
    if (std::find(names.begin(), names.end(), f.record.name) != names.end()) {
      cases[case_of(f).value].add(f);
    } else if (std::find(kQuestionFacts.begin(), kQuestionFacts.end(), f.record.name) != kQuestionFacts.end()) {
      QuestionId id;
      json::Reading r;
      const auto body = f.node();
      if (const auto n = body.find("question_id"); !n || !json::read_node(*n, id, r)) continue;
      auto& [moved, accounts] = questions[id.value];
      moved.add(f);
      for (const char* who : {"owner", "by", "from", "to"})
        if (const auto n = body.find(who); n && n->kind() == json::Kind::string) accounts.emplace_back(n->string());
    }
  }
  std::vector<engine::Told> out;
  if (facts.empty()) return out;
  const auto centre = facts.front().centre;
  for (auto& [id, moved] : cases)
    if (auto told = told_of(reader, centre, {id}, moved)) out.push_back(std::move(*told));
  for (auto& [id, q] : questions) out.push_back(told_of(reader, centre, {id}, q.first, std::move(q.second)));
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
  return out;
}

bool concerns(const engine::Told& told, const identity::Viewer& viewer, bool all_questions) {
  if (told.event == kQuestionEvent)
    return viewer.is_staff() && (all_questions || std::find(told.accounts.begin(), told.accounts.end(), viewer.account) != told.accounts.end());
  if (viewer.kind == identity::Viewer::Kind::applicant)
    return std::any_of(told.subjects.begin(), told.subjects.end(), [&](SubjectId s) { return viewer.is_applicant_of(s); });
  return viewer.may(identity::Question::read_cases, told.department);
}

void add_event_door(http::Router& router, engine::Feed& feed, const identity::Gatekeeper& gatekeeper) {
  auto d = reading_door("/api/casework/events", "casework.events", "办件和首问的变动通知，按本人的岗位和部门");
  const auto position = json::schema<engine::FeedPosition>();
  d.replies = {{200,
                "变动通知；重新连接时浏览器带上 Last-Event-ID，漏掉的会补发",
                "text/event-stream",
                "",
                {{"ready", "已接通", position},
                 {"case", "一个办件有变动", json::schema<CaseMoved>()},
                 {"question", "一条首问有变动", json::schema<QuestionMoved>()},
                 {"reset", "漏掉的太多，请重新读取页面上的内容", position}}}};
  d.refusal_codes = {"identity.not_signed_in", "identity.not_allowed", "casework.too_many_streams"};
  d.runs_on = http::RunsOn::connection;
  d.handle = [&feed, &gatekeeper](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    http::Response r;
    r.events = std::make_shared<http::EventStream>();
    if (request.head_only) {
      r.events->end();
      return reply(std::move(r));
    }
    const auto viewer = identity::viewer_of(caller);
    const bool all = viewer.kind == identity::Viewer::Kind::operator_ ||
                     (viewer.is_staff() && gatekeeper.roles().reach(viewer.roles, "casework.list_questions") != identity::Reach::none);
    engine::Feed::Listener listener{r.events, [viewer, all](const engine::Told& t) { return concerns(t, viewer, all); }, {}, caller.account};
    // The credentials alone: the whole request is not kept for as long as a page is open.
    http::Request credentials;
    credentials.authorization = request.authorization;
    credentials.cookie = request.cookie;
    credentials.host = request.host;
    listener.admitted = [&gatekeeper, credentials = std::move(credentials), caller] { return gatekeeper.still_admits(credentials, caller); };
    if (!feed.listen(std::move(listener), request.last_event_id))
      return reply(http::problem({"casework.too_many_streams", "这个账号同时打开的页面过多，这一页收不到变动通知。", "请关掉不用的页面；办理业务不受影响。", 429, ""}));
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace yi::casework
