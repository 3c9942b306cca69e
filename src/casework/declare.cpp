#include "casework/declare.h"

#include <spdlog/spdlog.h>

#include "base/text.h"
#include "casework/material_files.h"
#include "casework/queue.h"
#include "casework/recount.h"

namespace yi::casework {
namespace {
using engine::Turn;

constexpr int kTimerEntries = 500;  // looked at in one group: p99 of the commands behind stays under 50 ms

struct Guards {
  Ground ground;
  identity::Subjects subjects;
  CaseGuard& cases;
  DayGuard& days;
  ForeignGuard& foreign;
  TimerGuard& timers;
  TimerProgressGuard& progress;
  QuotaGuard& quotas;
  PauseNoticeGuard& pause_notices;
  std::shared_ptr<AskDelivered> delivered = std::make_shared<AskDelivered>();
  Context context(const Turn& t) const { return {t.centre(), t.now(), *ground.catalog, *ground.calendar, t.actor(), ground.warnings_on(civil_day(t.now())), ground.standing}; }
};

// §57: an acceptance by law stands in the order where its papers came, to the second. The beginning of that day where the ledger was
// written before facts were chained.
Instant receipt_of(const CaseState& s, const Guards& g, CentreCode centre) {
  const auto midnight = start_of(*s.received_on);
  for (const auto& kept : facts_of_case(g.cases.reader_of_table(), centre, s.last_fact)) {
    const auto f = kept.fact(centre);
    const auto name = f.record.name;
    if ((name == Received::kName || name == Submitted::kName || name == MaterialsSupplied::kName) && civil_day(f.record.effective_at) == *s.received_on)
      return f.record.effective_at;
  }
  return midnight;
}

// Records a fact of a case, chained to the one before it.
template <class F>
void say(Turn& turn, CaseId id, Instant effective, F fact, std::int64_t previous, const char* name = nullptr, SubjectId subject = {}) {
  if constexpr (requires { fact.after.stage; }) fact.after.previous = previous;
  else if (fact.after) fact.after->previous = previous;
  if constexpr (requires { F::kName; }) turn.fact(stream_of(id), effective, fact, subject);
  else turn.fact_named(name, stream_of(id), effective, fact);
}

// Whose key the fact's sealed part is under.
template <class F>
SubjectId fact_subject(const F& fact, const CaseState& s) {
  if constexpr (requires { fact.sealed; fact.subject; }) return fact.sealed ? fact.subject.value_or(s.subject) : SubjectId{};
  else return {};
}

std::uint32_t roles_of_all(std::initializer_list<Act> acts) {
  std::uint32_t bits = 0;
  for (Act a : acts) bits |= roles_of(a).bits;
  return bits & ~RoleSet::bit(Role::system);
}

// Told before a group's turns: the case will be looked for.
template <class C>
std::function<void(const engine::Ahead&, const C&)> expects_case(const Guards& g) {
  return [&cases = g.cases](const engine::Ahead&, const C& c) { cases.expect(c.case_id.value); };
}

// A command about a case that exists.
template <class C, class Decide>
engine::CommandSpec case_command(const char* name, const char* summary, std::initializer_list<Act> acts, Guards g, Decide decide_with) {
  auto spec = engine::command<C>(name, summary, refusal_codes(), [g, decide_with](Turn& turn, const C& c) -> Checked {
    const CaseState* state = g.cases.find(c.case_id.value);
    YI_TRY(auto fact, decide_with(state, c, g.context(turn)));
    Instant effective = turn.now();
    if constexpr (std::is_same_v<C, Accept>)
      if (fact.by_law) effective = receipt_of(*state, g, turn.centre());
    const auto position = turn.next_position();
    if constexpr (std::is_same_v<C, Issue>) {
      // Who signed is personal: sealed under the applicant's key, or where the case has none (a result of another system) under one
      // of its own. Of an applicant who was erased no name is written down any more.
      if (c.received_by && (!state->subject || g.subjects.known(state->subject))) {
        if (!state->subject) fact.subject = g.subjects.anonymous(turn);
        fact.sealed = turn.seal<Issued>(stream_of(c.case_id), ReceiverPerson{*c.received_by}, fact.subject.value_or(state->subject));
      }
    }
    say(turn, c.case_id, effective, fact, state->last_fact, nullptr, fact_subject(fact, *state));
    if constexpr (std::is_same_v<C, RequestCorrection>) {  // 一次性告知: a second notice raises its flag at once
      if (fact.notice > 1 && g.ground.catalog->settings_on(civil_day(turn.now())).casework.second_notice_flag.value)
        if (const auto flag = card_of(*state, g.context(turn), Trigger::second_notice, *fact.after)) say(turn, c.case_id, turn.now(), *flag, position);
    }
    return Done{};
  }, expects_case<C>(g));
  spec.roles = roles_of_all(acts);
  return spec;
}
template <class C>
engine::CommandSpec case_command(const char* name, const char* summary, std::initializer_list<Act> acts, Guards g) {
  return case_command<C>(name, summary, acts, g, [](const CaseState* s, const C& c, const Context& x) { return decide(s, c, x); });
}

// A command that opens a case: it gets the day's next serial.
template <class C, class DecideWith>
engine::CommandSpec opening_command(const char* name, const char* summary, Act act, Guards g, DecideWith decide_with) {
  auto spec = engine::command<C>(name, summary, refusal_codes(), [g, decide_with](Turn& turn, const C& c) -> Checked {
    const auto x = g.context(turn);
    const auto serial = g.days.next_serial(x.today());
    YI_TRY(auto fact, decide_with(c, serial, x));
    turn.fact(stream_of(case_id(x.today(), serial)), fact);
    return Done{};
  }, [g](const engine::Ahead&, const C& c) { if (const auto* m = g.ground.catalog->find_matter(c.matter)) g.foreign.expect(ForeignGuard::key(m->department, c.foreign_number)); });
  spec.roles = roles_of_all({act});
  return spec;
}

// Whom the authority told: a party of its own, who is not the applicant and may be forgotten alone.
void inform(Turn& turn, const TakeStep& c, const Step& step, const CaseState& s, const Guards& g) {
  ThirdPartyInformed fact;
  static_cast<Step&>(fact) = step;
  ThirdParties told;
  for (const auto& name : c.people.value_or(std::vector<Text<60>>{}))
    if (!trim(name).empty()) told.names.push_back(name);
  fact.subject = g.subjects.anonymous(turn);
  fact.sealed = turn.seal<ThirdPartyInformed>(stream_of(c.case_id), told, *fact.subject);
  say(turn, c.case_id, turn.now(), fact, s.last_fact, nullptr, *fact.subject);
}

// 承诺不实: the card with its order at once, and what the credit room has to know.
void promise_broken(Turn& turn, CaseId id, const CaseState& s, const Standing& after, std::int64_t previous, const Guards& g) {
  if (const auto card = card_of(s, g.context(turn), Trigger::commitment_false, after)) say(turn, id, turn.now(), *card, previous);
  if (s.subject) turn.fact("standing:" + std::to_string(s.subject.value), PromiseBroken{s.subject, id, s.number, s.matter, s.department});
}

// An act that needs few words: its fact's name comes from the act.
engine::CommandSpec step_command(const char* name, const char* summary, Act act, Guards g) {
  auto spec = engine::command<TakeStep>(name, summary, refusal_codes(), [g, act](Turn& turn, const TakeStep& c) -> Checked {
    const CaseState* state = g.cases.find(c.case_id.value);
    YI_TRY(const auto fact, decide(state, act, c, g.context(turn)));
    const auto position = turn.next_position();
    if (act == Act::inform_third_party) inform(turn, c, fact, *state, g);
    else say(turn, c.case_id, turn.now(), fact, state->last_fact, step_name(act));
    if (act == Act::check_commitment && !fact.outcome.value_or(true)) promise_broken(turn, c.case_id, *state, *fact.after, position, g);
    return Done{};
  }, expects_case<TakeStep>(g));
  spec.roles = roles_of_all({act});
  return spec;
}

bool foreign_taken(const Guards& g, const MatterCode& matter, std::string_view number) {
  const auto* m = g.ground.catalog->find_matter(matter);
  return m && g.foreign.find(ForeignGuard::key(m->department, number)) != nullptr;
}

identity::IdKind kind_of(ApplicantKind k) { return k == ApplicantKind::natural ? identity::IdKind::citizen : identity::IdKind::uscc; }

SubjectId subject_of(Turn& turn, const Guards& g, identity::IdKind kind, const std::optional<Text<18>>& number) {
  return number ? g.subjects.subject_of(turn, kind, *number) : g.subjects.anonymous(turn);
}

// An account of an applicant's applies for the person that it was bound to, or as that person's agent for somebody else.
Checked check_self(const Turn& turn, const Applying& wish, const Guards& g) {
  const auto& by = turn.actor();
  if (by.roles == ~0u || !(RoleSet(by.roles) == RoleSet{Role::applicant})) return Done{};
  if (!g.subjects.known(by.subject)) return refusal(Refused::real_name_required);
  const auto& number = wish.agent ? wish.agent->id_number : wish.applicant_id;
  const auto kind = wish.agent ? identity::IdKind::citizen : kind_of(wish.applicant_kind);
  if (number && g.subjects.find(turn, kind, *number) != by.subject) return refusal(Refused::not_own_number);
  return Done{};
}

// 个人信息保护法 §47(1)(1): while a case runs, what the authority must decide by is still needed. The person is told which cases.
std::optional<Refusal> open_cases_object(CaseGuard& cases, CentreCode centre, SubjectId subject) {
  constexpr std::size_t kNamed = 20;
  auto open = cases.open_cases_of(centre, subject);
  if (open.empty()) return std::nullopt;
  const auto all = open.size();
  if (all > kNamed) open.resize(kNamed);
  return Refusal{"casework.open_cases", "还有 " + std::to_string(all) + " 个办件没有办结，办理所必需的个人信息现在不能删除：" + join(open, "、") + (all > kNamed ? " 等。" : "。"),
                 "请告知本人：办件办结或者撤回后再申请删除（个人信息保护法第四十七条）。", 409, "/subject"};
}

// Records the fact that opens a case, with the applicant and the agent sealed under their own keys.
template <class F>
void open_case(Turn& turn, const Applying& wish, F fact, std::int64_t serial, const Guards& g) {
  const auto stream = stream_of(case_id(civil_day(turn.now()), serial));
  // An account of an applicant acts for the subject that it was opened for.
  const bool own = turn.actor().subject && turn.actor().roles != ~0u;
  const auto subject = own && !wish.agent ? turn.actor().subject : subject_of(turn, g, kind_of(wish.applicant_kind), wish.applicant_id);
  fact.subject = subject;
  if (wish.agent) {
    fact.agent = own ? turn.actor().subject : subject_of(turn, g, identity::IdKind::citizen, wish.agent->id_number);
    fact.agent_sealed = turn.seal<F>(stream, *wish.agent, *fact.agent, "agent_sealed");
  }
  const ApplicantPerson person{wish.applicant, wish.applicant_id, wish.phone, wish.address, wish.legal_representative};
  turn.fact(stream, turn.now(), std::move(fact), person, subject);
}

// A command of an applicant's, at the window or online: the case it opens has people.
template <class C>
engine::CommandSpec applying_command(const char* name, const char* summary, Act act, Guards g) {
  auto spec = engine::command<C>(name, summary, refusal_codes(), [g](Turn& turn, const C& wish) -> Checked {
    const auto x = g.context(turn);
    const auto serial = g.days.next_serial(x.today());
    YI_TRY(auto fact, decide(wish, serial, x));
    YI_CHECK(check_self(turn, wish, g));
    open_case(turn, wish, std::move(fact), serial, g);
    return Done{};
  }, [g](const engine::Ahead& x, const C& wish) {
    g.subjects.expect(x.actor.subject);
    if (wish.applicant_id) g.subjects.expect(x, kind_of(wish.applicant_kind), *wish.applicant_id);
    if (wish.agent && wish.agent->id_number) g.subjects.expect(x, identity::IdKind::citizen, *wish.agent->id_number);
  });
  spec.roles = roles_of_all({act});
  return spec;
}

// The case without the last act on it, read again from the ledger. A card is no act: it stands, and does not stand in the way.
// Refusal history_behind while that act is of the group that is being formed.
struct History {
  CaseState before;
  LastFact last;
};
Result<History> history_of(CaseId id, const CaseState& s, const Guards& g, CentreCode centre) {
  auto& reader = g.cases.reader_of_table();
  const auto facts = facts_of_case(reader, centre, s.last_fact);
  if (static_cast<std::int64_t>(facts.size()) != s.version) return refusal(Refused::history_behind);
  History h;
  const auto is_card = [&](const KeptFact& kept) { return kept.fact(centre).record.name == CardGiven::kName; };
  const auto last = std::find_if_not(facts.rbegin(), facts.rend(), is_card);
  if (last == facts.rend()) return h;
  for (const auto& kept : facts) {
    const auto f = kept.fact(centre);
    if (&kept != &*last) {
      fold(h.before, f);
      continue;
    }
    const CaseState before = h.before;
    CaseState after = before;
    fold(after, f);
    const auto origin = origin_of(f);
    const auto window = f.node().find("window");
    h.last = {f.seq, std::string(f.record.name), civil_day(f.record.recorded_at), act_of(f, before), std::string(f.record.actor),
              window && window->kind() == json::Kind::string, origin.has_value(), *g.delivered && (*g.delivered)(id, f, before, after)};
  }
  return h;
}

engine::CommandSpec reverse_command(Guards g) {
  auto spec = engine::command<Reverse>("casework.reverse", "冲正（当日录入错误）", refusal_codes(), [g](Turn& turn, const Reverse& c) -> Checked {
    const CaseState* found = g.cases.find(c.case_id.value);
    if (!found) return refusal(Refused::unknown_case);
    const CaseState state = *found;
    YI_TRY(const auto h, history_of(c.case_id, state, g, turn.centre()));
    YI_TRY(const auto fact, decide(&state, c, h.before, h.last, g.context(turn)));
    say(turn, c.case_id, turn.now(), fact, state.last_fact);
    return Done{};
  }, expects_case<Reverse>(g));
  spec.roles = roles_of_all({Act::reverse});
  return spec;
}

// The timers of a day: every case with a limit that ended is looked at once.
bool run_timers(Turn& turn, const Guards& g) {
  const auto x = g.context(turn);
  const auto entries = g.timers.entries(g.progress.done(), x.today(), kTimerEntries);
  if (entries.empty()) return false;
  for (const auto entry : entries) {
    const CaseId id{entry % TimerGuard::kCases};
    const auto* s = g.cases.find(id.value);
    if (!s) continue;
    const auto facts = on_timer(*s, x, g.pause_notices.told(id, *s));
    if (!facts) {  // a year without a calendar: said by every act on the case as well
      spdlog::warn("timer of case {}: {}", id.value, facts.error().sentence);
      continue;
    }
    auto previous = s->last_fact;
    const auto next = [&](Instant effective, const auto& fact) {
      const auto position = turn.next_position();
      say(turn, id, effective, fact, previous);
      previous = position;
    };
    if (facts->accepted) next(receipt_of(*s, g, turn.centre()), *facts->accepted);
    for (const auto& card : facts->cards) next(turn.now(), card);
  }
  const bool more = static_cast<int>(entries.size()) == kTimerEntries;
  TimersRun run;
  run.day = more ? CivilDay{static_cast<std::int32_t>(entries.back() / TimerGuard::kCases)} : x.today();
  run.last = {entries.back() % TimerGuard::kCases};
  run.finished = !more;
  turn.fact("timers:" + to_iso(x.today()), run);
  return more;
}

}  // namespace

CaseRegister declare(engine::Registry& registry, const Ground& ground, const identity::Subjects& subjects) {
  auto& cases = registry.add_guard<CaseGuard>();
  auto& timers = registry.add_guard<TimerGuard>();
  cases.keep_timers_in(timers);
  auto& quotas = registry.add_guard<QuotaGuard>();
  cases.keep_quotas_in(quotas);
  cases.keep_count_in(registry.add_guard<OpenCountGuard>());
  const Guards g{ground, subjects, cases, registry.add_guard<DayGuard>(), registry.add_guard<ForeignGuard>(), timers, registry.add_guard<TimerProgressGuard>(), quotas, registry.add_guard<PauseNoticeGuard>()};
  add_reports(registry);
  subjects.add_objection([&cases](const Turn& turn, SubjectId subject) { return open_cases_object(cases, turn.centre(), subject); });
  for (auto& command : registry.commands)  // a refusal of ours on a command of the floor below, for its door's description
    if (command.name == "identity.erase_subject") command.refusal_codes.emplace_back("casework.open_cases");
  add_recount_report(registry);
  auto& calendars = registry.add_guard<CalendarGuard>();
  // Before the day's limits are looked at: they are those of the new calendar.
  registry.timers.push_back([g, &calendars, digest = digest_of(*ground.calendar)](Turn& turn) { return recount_group(turn, g.context(turn), digest, g.cases, calendars, g.ground.recount); });
  registry.timers.push_back([g](Turn& turn) { return run_timers(turn, g); });
  auto& c = registry.commands;
  c.push_back(engine::command<Consult>("casework.consult", "登记咨询", refusal_codes(), [g](Turn& turn, const Consult& wish) -> Checked {
    const auto x = g.context(turn);
    YI_TRY(auto fact, decide(wish, x));
    turn.fact("consultation:" + to_iso(x.today()), fact);
    return Done{};
  }));
  c.push_back(applying_command<Receive>("casework.receive", "收件", Act::receive, g));
  c.push_back(applying_command<Submit>("casework.submit", "网上申报", Act::submit, g));
  c.push_back(opening_command<ReceiveResult>("casework.receive_result", "接收代颁结果", Act::receive_result, g,
                                             [g](const ReceiveResult& wish, std::int64_t serial, const Context& x) {
                                               return decide(wish, serial, foreign_taken(g, wish.matter, wish.foreign_number), x);
                                             }));
  c.push_back(opening_command<CarryOver>("casework.carry_over", "接续启用日前的办件", Act::carry_over, g, [g](const CarryOver& wish, std::int64_t serial, const Context& x) {
    return decide(wish, serial, foreign_taken(g, wish.matter, wish.foreign_number), g.days.opening_day(), x);
  }));
  c.push_back(case_command<RequestCorrection>("casework.request_correction", "一次性告知补正、预审退回", {Act::request_correction, Act::pre_return}, g));
  c.push_back(case_command<SupplyMaterials>("casework.supply_materials", "补正、补交材料", {Act::supplement, Act::receive_correction, Act::resubmit, Act::supply_deferred}, g));
  c.push_back(case_command<Accept>("casework.accept", "受理", {Act::accept}, g));
  c.push_back(case_command<RefuseAcceptance>("casework.refuse_acceptance", "不予受理", {Act::refuse_acceptance}, g));
  c.push_back(case_command<Transfer>("casework.transfer", "流转（交接签收）", {Act::transfer}, g));
  c.push_back(case_command<Suspend>("casework.suspend", "启动特别程序", {Act::suspend}, g));
  c.push_back(case_command<Resume>("casework.resume", "特别程序结束", {Act::resume}, g));
  c.push_back(case_command<Extend>("casework.extend", "延长办理期限", {Act::extend}, g, [](const CaseState* s, const Extend& e, const Context& x) { return decide(s, e, false, x); }));
  c.push_back(case_command<Extend>("casework.extend_joint", "联合办理延长期限", {Act::extend_joint}, g, [](const CaseState* s, const Extend& e, const Context& x) { return decide(s, e, true, x); }));
  c.push_back(case_command<Decide>("casework.decide", "作出决定", {Act::decide_grant, Act::decide_refuse}, g,
                                    [g](const CaseState* s, const Decide& d, const Context& x) -> Result<Decided> {
                                      YI_TRY(auto fact, decide(s, d, x));
                                      if (d.decision == Decision::grant) YI_CHECK(g.quotas.may_grant(*s, d.case_id, x.catalog));  // §57
                                      return fact;
                                    }));
  c.push_back(case_command<Issue>("casework.issue", "颁发、送达", {Act::issue}, g));
  c.push_back(case_command<Withdraw>("casework.withdraw", "撤回申请", {Act::withdraw}, g));
  c.push_back(case_command<Evaluate>("casework.evaluate", "评价", {Act::evaluate}, g));
  c.push_back(reverse_command(g));
  struct StepCommand {
    const char* name;
    Act act;
  };
  static constexpr StepCommand kStepCommands[] = {
      {"casework.pre_accept", Act::pre_accept}, {"casework.take_in", Act::take_in}, {"casework.close_uncorrected", Act::close_uncorrected},
      {"casework.finish_step", Act::finish_step}, {"casework.inspect_site", Act::inspect_site}, {"casework.inform_third_party", Act::inform_third_party},
      {"casework.forward", Act::forward}, {"casework.take_back", Act::take_back}, {"casework.close_forwarded", Act::close_forwarded},
      {"casework.make_certificate", Act::make_certificate}, {"casework.close", Act::close}, {"casework.terminate", Act::terminate},
      {"casework.check_commitment", Act::check_commitment}, {"casework.explain_overdue", Act::explain_overdue},
      {"casework.order_supervision", Act::order_supervision}, {"casework.answer_supervision", Act::answer_supervision},
      {"casework.close_supervision", Act::close_supervision}};
  for (const auto& s : kStepCommands) c.push_back(step_command(s.name, std::string(chinese_name(s.act)).c_str(), s.act, g));
  const CaseRegister all(g.cases, g.foreign, g.delivered);
  declare_material_files(registry, ground, all);
  return all;
}

}  // namespace yi::casework
