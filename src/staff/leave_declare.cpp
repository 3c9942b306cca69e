#include "staff/leave_declare.h"

#include <algorithm>

#include "engine/command_doors.h"
#include "identity/accounts.h"
#include "identity/bound_department.h"
#include "identity/gatekeeper.h"

namespace yi::staff {
namespace {
using engine::Turn;

struct Office {
  LeaveGround ground;
  LeaveGuard& leaves;
  LeaveCountGuard& count;
  YearGuard& years;
  ServiceGuard& service;
  identity::Subjects subjects;
  LeaveContext context(const Turn& t) const { return {ground, civil_day(t.now()), t.actor().account, identity::bound_department(t.actor())}; }
};

template <class State>
std::optional<State> copy_of(const State* s) {
  return s ? std::optional(*s) : std::nullopt;
}
std::string stream_of(LeaveId id) { return "leave:" + std::to_string(id.value); }

// Words about somebody are theirs: sealed under the key that their request's own words lie under.
template <class F>
void say(Turn& turn, const Office& o, const LeaveState& s, LeaveId leave, F fact, const std::optional<Text<500>>& words) {
  if (!words || words->empty()) return turn.fact(stream_of(leave), fact);
  const auto subject = o.subjects.subject_of(turn, identity::IdKind::external, subject_number(s.account));
  turn.fact(stream_of(leave), turn.now(), std::move(fact), LeaveNote{*words}, subject);
}
std::optional<Text<500>> words_of(const ConfirmHandOver& c) { return c.note; }
std::optional<Text<500>> words_of(const DecideOverdueReturn& c) { return c.reason; }
template <class C>
engine::CommandSpec command(const char* name, const char* summary, const Office& o) {
  return engine::command<C>(name, summary, leave_refusal_codes(), [o](Turn& turn, const C& c) -> Checked {
    const auto state = copy_of(o.leaves.find(c.leave.value));
    YI_TRY(auto fact, decide(state ? &*state : nullptr, c, o.context(turn)));
    say(turn, o, *state, c.leave, std::move(fact), words_of(c));
    return Done{};
  });
}
void record(Turn& turn, const LeaveRecorded& r) { turn.fact("staff:" + r.department.value, start_of(r.from), r); }

engine::CommandSpec approve(const char* name, const char* summary, LeaveStep step, const Office& o) {
  return engine::command<ApproveLeave>(name, summary, leave_refusal_codes(), [o, step](Turn& turn, const ApproveLeave& c) -> Checked {
    const auto state = copy_of(o.leaves.find(c.leave.value));
    const auto extended = state && state->extends ? copy_of(o.leaves.find(state->extends)) : std::nullopt;
    YI_TRY(auto fact, decide(state ? &*state : nullptr, c, step, extended, o.context(turn)));
    const bool last = fact.last;
    say(turn, o, *state, c.leave, std::move(fact), c.note);
    if (last) record(turn, recorded(c.leave, *state, extended, o.ground.rules->of(state->kind).disclosure));
    return Done{};
  });
}
engine::CommandSpec reject(const char* name, const char* summary, LeaveStep step, const Office& o) {
  return engine::command<RejectLeave>(name, summary, leave_refusal_codes(), [o, step](Turn& turn, const RejectLeave& c) -> Checked {
    const auto state = copy_of(o.leaves.find(c.leave.value));
    YI_TRY(auto fact, decide(state ? &*state : nullptr, c, step, o.context(turn)));
    say(turn, o, *state, c.leave, std::move(fact), c.reason);
    return Done{};
  });
}

constexpr const char* kColumns =
    "SELECT centre, leave, account, department, name, kind, stage, first_day, last_day, count_mode, days, steps, substitute, handed_over, extends, whole, recorded, approved_by, back, years, told_from, told_days, absent, disclosure FROM staff_leave_request ";

// What was said with a request: health as a rule (个人信息保护法 §28), so sealed and apart from the state that the rules read.
class WordsReport : public engine::Report {
 public:
  const store::View& view() const override {
    using store::Merge, store::Personal, store::Type;
    static const store::View v{"staff_leave_words", 2, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"leave", Type::integer}, {"reason", Type::text, Merge::replace, Personal::health},
                                {"certificate", Type::text, Merge::replace, Personal::health}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed},
                                {"stream", Type::text}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {LeaveAsked::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto a = f.as<LeaveAsked>();
    const auto text = [](const auto& t) { return t ? store::Value(std::string_view(*t)) : store::Value(); };
    out.put({f.centre.value, a.leave.value, text(a.reason), text(a.certificate), a.subject ? a.subject->value : 0, text(a.sealed), f.record.stream});
  }
};

// What was said in the course of a request, by the ledger position of what it was said with.
class RemarksReport : public engine::Report {
 public:
  const store::View& view() const override {
    using store::Merge, store::Personal, store::Type;
    static const store::View v{"staff_leave_remarks", 1, store::ViewKind::report, 3,
                               {{"centre", Type::integer}, {"leave", Type::integer}, {"seq", Type::integer}, {"said", Type::integer}, {"step", Type::integer}, {"by_account", Type::text},
                                {"note", Type::text, Merge::replace, Personal::health}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed}, {"fact", Type::text},
                                {"stream", Type::text}},
                               {{"centre", "subject"}, {"centre", "by_account", "leave"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {LeaveApproved::kName, LeaveRejected::kName, HandOverConfirmed::kName, OverdueReturnDecided::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    // `note` in clear: of ledgers written before sealing.
    const auto put = [&](LeaveSaid said, std::optional<LeaveStep> step, const auto& a, const std::optional<Text<500>>& note) {
      if (!note && !a.sealed) return;
      const auto text = [](const auto& t) { return t ? store::Value(std::string_view(*t)) : store::Value(); };
      out.put({f.centre.value, a.leave.value, f.seq, static_cast<int>(said), step ? store::Value(static_cast<int>(*step)) : store::Value(), std::string_view(a.by), text(note), f.record.sealed_under,
               text(a.sealed), f.record.name, f.record.stream});
    };
    if (f.record.name == LeaveApproved::kName) {
      const auto a = f.as<LeaveApproved>();
      put(LeaveSaid::approved, a.step, a, a.note);
    } else if (f.record.name == LeaveRejected::kName) {
      const auto a = f.as<LeaveRejected>();
      put(LeaveSaid::rejected, a.step, a, a.reason);
    } else if (f.record.name == HandOverConfirmed::kName) {
      const auto a = f.as<HandOverConfirmed>();
      put(LeaveSaid::handed_over, {}, a, a.note);
    } else {
      const auto a = f.as<OverdueReturnDecided>();
      put(LeaveSaid::overdue_decided, {}, a, a.reason);
    }
  }
};

// due: to who may decide the step that is due, everything.
enum class Telling { due, no_health };

// Whether the step that is due is one of the viewer's and is told the words: the window's and the unit's are the department's own, the
// centre's is of nobody who is bound to one; which of them stands for which step says the table of roles, as at the command.
bool reads_to_decide(const LeaveReader& h, const LeaveState& s) {
  if (s.stage != LeaveStage::asked || s.steps.empty() || s.account == h.viewer.account) return false;
  const auto due = s.steps.front();
  if (std::find(s.unread.begin(), s.unread.end(), due) != s.unread.end()) return false;
  if (h.viewer.kind == identity::Viewer::Kind::operator_) return true;
  if (!h.rules.one_may_approve_twice && std::find(s.approved_by.begin(), s.approved_by.end(), h.viewer.account) != s.approved_by.end()) return false;
  if (h.stands_for && !h.stands_for(h.viewer.roles, due)) return false;
  return due == LeaveStep::centre ? identity::bound_department(h.viewer).empty() : h.viewer.department.value == s.department;
}

std::vector<LeaveRemark> remarks_of(const LeaveReader& h, LeaveId leave, const std::string& by = "") {
  auto c = h.reader.select("SELECT said, step, by_account, note, subject, sealed, fact, stream FROM staff_leave_remarks WHERE centre=$1 AND leave=$2 AND ($3='' OR by_account=$3) ORDER BY seq",
                           {h.centre.value, leave.value, by});
  std::vector<LeaveRemark> out;
  while (c->next()) {
    LeaveRemark r{static_cast<LeaveSaid>(c->integer(0)), {}, std::string(c->bytes(2)), {}};
    if (!c->is_null(1)) r.step = static_cast<LeaveStep>(c->integer(1));
    if (!c->is_null(3)) r.note = std::string(c->bytes(3));
    if (!c->is_null(5))
      if (auto w = h.keys.open<LeaveNote>(std::string(c->bytes(5)), {c->integer(4)}, {h.centre, std::string(c->bytes(6)), std::string(c->bytes(7))})) r.note = std::string(w->note);
    if (!r.note.empty()) out.push_back(std::move(r));  // of an erased subject nothing is left
  }
  return out;
}
void add_words(const LeaveReader& h, LeaveEntry& e) {
  e.remarks = remarks_of(h, e.leave);
  auto c = h.reader.select("SELECT reason, certificate, subject, sealed, stream FROM staff_leave_words WHERE centre=$1 AND leave=$2", {h.centre.value, e.leave.value});
  if (!c->next()) return;
  if (!c->is_null(0)) e.reason = std::string(c->bytes(0));
  if (!c->is_null(1)) e.certificate = std::string(c->bytes(1));
  if (c->is_null(3)) return;
  if (auto w = h.keys.open<LeaveWords>(std::string(c->bytes(3)), {c->integer(2)}, {h.centre, LeaveAsked::kName, std::string(c->bytes(4))})) {
    e.reason = std::string(w->reason);
    if (w->certificate) e.certificate = std::string(*w->certificate);
  }
}

// Today's table is about now, and takes back nothing that was kept when it, or what it continues, was recorded.
bool tells_of_health(const LeaveRules& rules, const LeaveState& s) {
  return rules.of(s.kind).disclosure.health || ((s.recorded || s.extends) && disclosure_of(s.kind, s.disclosure).health);
}

// With the words, to who asked or has to decide, where they are to be told.
std::vector<LeaveEntry> entries(const LeaveReader& h, std::unique_ptr<store::Cursor> c, Telling telling) {
  std::vector<LeaveEntry> out;
  std::vector<bool> theirs;
  while (c->next()) {
    const auto row = store::read_row(LeaveState::view(), *c);
    const auto s = LeaveState::from(row);
    LeaveEntry e{{row[1].i}, s.account, s.name, {s.department}, s.kind, s.stage, s.first, s.last, s.count_mode, s.days, s.steps, {}, s.handed_over, {}, {}, false, s.back, false};
    theirs.push_back(s.account == h.viewer.account || (telling == Telling::due && reads_to_decide(h, s)));
    if (tells_of_health(h.rules, s) && !theirs.back() && !h.viewer.may_see_health()) e.kind.reset();
    e.absent = s.absent;
    if (!s.substitute.empty()) e.substitute = s.substitute;
    const bool away = s.stage == LeaveStage::approved || (s.stage == LeaveStage::extended && h.today <= s.last);
    e.hand_over_missing = away && s.first <= h.today && !s.handed_over && !s.substitute.empty();
    e.overdue = s.stage == LeaveStage::approved && is_overdue(s.last, h.today, h.rules, h.calendar);
    out.push_back(std::move(e));
  }
  c.reset();
  for (std::size_t i = 0; i < out.size(); ++i)
    if (theirs[i]) add_words(h, out[i]);
  return out;
}

struct MyLeaves {
  std::vector<LeaveEntry> leaves, hand_overs;
  std::int32_t annual_days = 0, annual_taken = 0;
  std::string annual_why;
};
BOOST_DESCRIBE_STRUCT(MyLeaves, (), (leaves, hand_overs, annual_days, annual_taken, annual_why))
struct LeaveList {
  std::vector<LeaveEntry> leaves;
};
BOOST_DESCRIBE_STRUCT(LeaveList, (), (leaves))
struct RunningLeaves {
  std::vector<LeaveEntry> leaves, remarked;  // remarked: in which the viewer has said something
};
BOOST_DESCRIBE_STRUCT(RunningLeaves, (), (leaves, remarked))

struct ColleagueList {
  std::vector<LeaveColleague> colleagues;
};
BOOST_DESCRIBE_STRUCT(ColleagueList, (), (colleagues))
// The table, for the page that asks: which certificate, and whom it climbs to of who looks.
struct StepsOfDays {
  std::optional<std::int32_t> up_to;
  std::vector<LeaveStep> by, reads;  // reads: those of them that are told why
};
BOOST_DESCRIBE_STRUCT(StepsOfDays, (), (up_to, by, reads))
struct RuleOfKind {
  LeaveKind kind{};
  std::string name;
  CountMode count{};
  std::optional<std::int32_t> certificate_days;
  bool hand_over = false;
  bool health = false, open = false;  // Disclosure
  std::vector<StepsOfDays> steps;
};
BOOST_DESCRIBE_STRUCT(RuleOfKind, (), (kind, name, count, certificate_days, hand_over, health, open, steps))
struct RuleList {
  std::int32_t overdue_days = 0, late_asking_days = 0;
  std::vector<RuleOfKind> kinds;
};
BOOST_DESCRIBE_STRUCT(RuleList, (), (overdue_days, late_asking_days, kinds))
RuleList rules_of(const LeaveRules& rules, identity::RoleSet roles) {
  RuleList all{rules.overdue_days, rules.late_asking_days, {}};
  for (const auto& k : rules.kinds) {
    RuleOfKind r{k.kind, chinese_name(k.kind), k.count, k.certificate_days, k.hand_over, k.disclosure.health, k.disclosure.open, {}};
    for (const auto& s : rules.steps_for(k.kind, roles)) r.steps.push_back({s.up_to, s.by, s.reads});
    all.kinds.push_back(std::move(r));
  }
  return all;
}

const int kRows = static_cast<int>(limits::kPageRows.value);

http::Door door(const char* pattern, const char* name, const char* summary, const char* right, std::string schema) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = right;
  d.audit_class = "personal";
  d.refusal_codes = {"identity.not_signed_in", "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  d.parameters = {engine::after_parameter()};
  d.replies = {{200, summary, "application/json", std::move(schema)}};
  return d;
}

template <class Read>
auto reading(engine::Engine& engine, const LeaveGround& ground, Read read) {
  return [&engine, rules = ground.rules, calendar = ground.calendar, stands_for = ground.stands_for, read](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto viewer = identity::viewer_of(caller);
    auto reader = engine.reader();
    http::Response r;
    r.body = json::write(read(LeaveReader{*reader, engine.centre(), viewer, *rules, civil_day(engine.clock().now()), engine.keys(), *calendar, stands_for}));
    reply(std::move(r));
  };
}

template <class State>
std::optional<State> row_of(const LeaveReader& h, const std::string& key) {
  auto c = h.reader.select(store::select_row_sql(State::view(), State::view().name), {h.centre.value, key});
  if (!c->next()) return std::nullopt;
  return State::from(store::read_row(State::view(), *c));
}

}  // namespace

LeaveGuard& declare_leave(engine::Registry& registry, const LeaveGround& ground, const identity::Subjects& subjects) {
  const Office o{ground, registry.add_guard<LeaveGuard>(), registry.add_guard<LeaveCountGuard>(), registry.add_guard<YearGuard>(), registry.add_guard<ServiceGuard>(), subjects};
  registry.add_report<WordsReport>();
  registry.add_report<RemarksReport>();
  auto& c = registry.commands;
  auto ask = engine::command<AskLeave>("staff.ask_leave", "请假（续假）", leave_refusal_codes(), [o](Turn& turn, const AskLeave& wish) -> Checked {
    const auto x = o.context(turn);
    AskedContext a;
    const auto* n = o.count.find(1);
    a.next = {(n ? n->last : 0) + 1};
    if (wish.extends) a.extended = copy_of(o.leaves.find(wish.extends->value));
    a.service = copy_of(o.service.find(x.account));
    a.year_of = [&](int year) { return copy_of(o.years.find(YearGuard::key(x.account, year))).value_or(YearState{}); };
    a.touching = [&](CivilDay from, CivilDay to) { return o.leaves.touching(x.account, from, to, wish.extends.value_or(LeaveId{})); };
    a.neighbours = [&](CivilDay from, CivilDay to) { return o.leaves.neighbours(x.account, wish.kind, from, to); };
    YI_TRY(auto fact, decide(wish, a, x));
    const auto subject = o.subjects.subject_of(turn, identity::IdKind::external, subject_number(x.account));
    fact.subject = subject;
    turn.fact(stream_of(fact.leave), turn.now(), fact, LeaveWords{wish.reason, wish.certificate}, subject);
    return Done{};
  });
  ask.audit_class = "personal";
  c.push_back(std::move(ask));
  c.push_back(approve("staff.approve_leave_at_window", "首席代表审批请假", LeaveStep::window, o));
  c.push_back(approve("staff.approve_leave_at_unit", "派出单位审批请假", LeaveStep::unit, o));
  c.push_back(approve("staff.approve_leave_at_centre", "中心审批请假", LeaveStep::centre, o));
  c.push_back(reject("staff.reject_leave_at_window", "首席代表不同意请假", LeaveStep::window, o));
  c.push_back(reject("staff.reject_leave_at_unit", "派出单位不同意请假", LeaveStep::unit, o));
  c.push_back(reject("staff.reject_leave_at_centre", "中心不同意请假", LeaveStep::centre, o));
  c.push_back(engine::command<WithdrawLeave>("staff.withdraw_leave", "撤回请假（续假）", leave_refusal_codes(), [o](Turn& turn, const WithdrawLeave& wish) -> Checked {
    const auto state = copy_of(o.leaves.find(wish.leave.value));
    YI_TRY(const auto fact, decide(state ? &*state : nullptr, wish, o.context(turn)));
    turn.fact(stream_of(wish.leave), fact);
    // Both were recorded as one: what it continued stands alone again.
    if (fact.taken_back && state->extends)
      if (const auto extended = copy_of(o.leaves.find(state->extends))) record(turn, recorded_again({state->extends}, *extended));
    return Done{};
  }));
  c.push_back(command<ConfirmHandOver>("staff.confirm_hand_over", "顶岗人确认交接", o));
  c.push_back(engine::command<ReturnFromLeave>("staff.return_from_leave", "销假", leave_refusal_codes(), [o](Turn& turn, const ReturnFromLeave& wish) -> Checked {
    const auto state = copy_of(o.leaves.find(wish.leave.value));
    YI_TRY(const auto fact, decide(state ? &*state : nullptr, wish, o.context(turn)));
    turn.fact(stream_of(wish.leave), fact);
    if (fact.taken_back)
      if (const auto taken = recorded_until(wish.leave, *state, fact.on, *o.ground.calendar)) record(turn, *taken);
    return Done{};
  }));
  c.push_back(command<DecideOverdueReturn>("staff.decide_overdue_return", "认定逾期未销假", o));
  c.push_back(engine::command<RecordService>("staff.record_service", "登记参加工作时间（年休假）", leave_refusal_codes(), [o](Turn& turn, const RecordService& wish) -> Checked {
    YI_TRY(const auto fact, decide(wish, o.context(turn)));
    turn.fact("service:" + std::string(fact.account), fact);
    return Done{};
  }));
  return o.leaves;
}

std::vector<LeaveEntry> leaves_of(const LeaveReader& h, const std::string& account, int limit) {
  return entries(h, h.reader.select(std::string(kColumns) + "WHERE centre=$1 AND account=$2 ORDER BY leave DESC LIMIT $3", {h.centre.value, account, limit}), Telling::no_health);
}
std::vector<LeaveEntry> leaves_waiting(const LeaveReader& h, int limit) {
  const auto own = identity::bound_department(h.viewer).value;
  return entries(h, h.reader.select(std::string(kColumns) + "WHERE centre=$1 AND stage=$2 AND ($3='' OR department=$3) ORDER BY leave LIMIT $4",
                                    {h.centre.value, static_cast<int>(LeaveStage::asked), own, limit}), Telling::due);
}
std::vector<LeaveEntry> hand_overs_waiting(const LeaveReader& h, const std::string& substitute, int limit) {
  return entries(h, h.reader.select(std::string(kColumns) + "WHERE centre=$1 AND (stage=$2 OR stage=$3) AND substitute=$4 AND handed_over=0 AND last_day>=$5 ORDER BY first_day, leave LIMIT $6",
                                    {h.centre.value, static_cast<int>(LeaveStage::asked), static_cast<int>(LeaveStage::approved), substitute, h.today.days, limit}), Telling::no_health);
}
std::vector<LeaveEntry> leaves_running(const LeaveReader& h, int limit) {
  const auto own = identity::bound_department(h.viewer).value;
  return entries(h, h.reader.select(std::string(kColumns) + "WHERE centre=$1 AND (stage=$2 OR (stage=$6 AND last_day>=$3)) AND first_day<=$3 AND ($4='' OR department=$4) ORDER BY last_day, leave LIMIT $5",
                                    {h.centre.value, static_cast<int>(LeaveStage::approved), h.today.days, own, limit, static_cast<int>(LeaveStage::extended)}), Telling::no_health);
}
std::vector<LeaveEntry> leaves_remarked(const LeaveReader& h, int limit) {
  auto all = entries(h, h.reader.select(std::string(kColumns) + "WHERE centre=$1 AND leave IN (SELECT leave FROM staff_leave_remarks WHERE centre=$1 AND by_account=$2) ORDER BY leave DESC LIMIT $3",
                                        {h.centre.value, h.viewer.account, limit}), Telling::no_health);
  for (auto& e : all) e.remarks = remarks_of(h, e.leave, h.viewer.account);
  return all;
}

void add_leave_doors(http::Router& router, engine::Engine& engine, const LeaveGround& ground) {
  auto mine = door("/api/staff/leaves/mine", "staff.list_my_leaves", "我的假期：请假单、等我顶岗的、年休假", "staff.list_my_leaves", json::schema<MyLeaves>());
  mine.handle = reading(engine, ground, [](const LeaveReader& h) {
    MyLeaves m;
    m.leaves = leaves_of(h, h.viewer.account, kRows);
    m.hand_overs = hand_overs_waiting(h, h.viewer.account, kRows);
    const int year = h.today.year();
    const auto before = row_of<YearState>(h, YearGuard::key(h.viewer.account, year - 1)).value_or(YearState{});
    const auto entitlement = annual_entitlement(row_of<ServiceState>(h, h.viewer.account), before, row_of<YearState>(h, YearGuard::key(h.viewer.account, year)).value_or(YearState{}), h.today);
    m.annual_days = entitlement.days;
    m.annual_why = entitlement.why;
    m.annual_taken = static_cast<std::int32_t>(row_of<YearState>(h, YearGuard::key(h.viewer.account, year)).value_or(YearState{}).annual);
    return m;
  });
  router.add(std::move(mine));
  auto waiting = door("/api/staff/leaves/waiting", "staff.list_waiting_leaves", "待审批的请假", "staff.list_leaves", json::schema<LeaveList>());
  waiting.handle = reading(engine, ground, [](const LeaveReader& h) { return LeaveList{leaves_waiting(h, kRows)}; });
  router.add(std::move(waiting));
  auto running = door("/api/staff/leaves/running", "staff.list_running_leaves", "在假、逾期未销假的，和本人写过意见的", "staff.list_leaves", json::schema<RunningLeaves>());
  running.handle = reading(engine, ground, [](const LeaveReader& h) { return RunningLeaves{leaves_running(h, kRows), leaves_remarked(h, kRows)}; });
  router.add(std::move(running));
  auto rules = door("/api/staff/leaves/rules", "staff.read_leave_rules", "假别、计算方式、审批环节", "staff.list_my_leaves", json::schema<RuleList>());
  rules.audit_class = "read";
  rules.handle = reading(engine, ground, [colleague = ground.colleague](const LeaveReader& h) {
    const auto who = colleague(h.viewer.account);
    return rules_of(h.rules, who ? who->roles : identity::RoleSet{});
  });
  router.add(std::move(rules));
  auto colleagues = door("/api/staff/colleagues", "staff.list_colleagues", "大厅工作人员（选择顶岗人、参加人）", "staff.list_my_leaves", json::schema<ColleagueList>());
  colleagues.handle = reading(engine, ground, [](const LeaveReader& h) {
    ColleagueList all;
    for (const auto& a : identity::read_staff(h.reader, h.centre))
      if (!a->state.suspended) all.colleagues.push_back({a->account, a->state.name, a->state.department});
    return all;
  });
  router.add(std::move(colleagues));
}

}  // namespace yi::staff
