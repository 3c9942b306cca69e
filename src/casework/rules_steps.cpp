// The acts that share one shape, and what the program itself does: timers, recounting, reversal.
#include "casework/quota.h"
#include "casework/rules_shared.h"

namespace yi::casework {
namespace {

// TakeStep::code of a forwarding that no preliminary review is the ground of.
constexpr std::string_view kOtherAuthority = "other_authority";

bool something_to_deliver(const catalog::Matter& m) {
  return m.result.type == catalog::ResultType::licence || m.result.type == catalog::ResultType::certificate || m.result.type == catalog::ResultType::approval;
}

// On what the time with another authority is not counted: §43 ends with the hand-over, and then nothing runs here; no article
// excludes the time with an authority that turned out to be the competent one, unless the centre's own rule does. Nothing: it runs on.
std::optional<std::string> forward_pause(const catalog::Matter& m, const catalog::CaseworkSettings& settings, bool to_other_authority) {
  using catalog::ForwardPauses;
  const auto& rule = settings.forward_pauses;
  if (rule.value == ForwardPauses::never) return std::nullopt;
  if (m.preliminary_review && !to_other_authority) return kElsewhereBasis;
  if (rule.value == ForwardPauses::always) return rule.basis;
  return std::nullopt;
}

// 条例 §36: which passed limit is explained, each once.
Result<OverdueLimit> limit_to_explain(const CaseState& s, const TakeStep& c, CivilDay today) {
  const auto all = s.overdue_on(today);
  const auto is = [&](const Overdue& o) { return !c.limit || *c.limit == o.limit; };
  if (std::none_of(all.begin(), all.end(), is)) return refusal(Refused::not_overdue);
  for (const auto& o : all)
    if (is(o) && !o.explained) return o.limit;
  return refusal(Refused::explained_already);
}

// What an act must name, beside its row's condition.
Checked check_words(Act act, const CaseState& s, const TakeStep& c) {
  switch (act) {
    case Act::inspect_site: {
      std::vector<std::string> people;
      for (const auto& name : c.people.value_or(std::vector<Text<60>>{}))
        if (!blank(name) && std::find(people.begin(), people.end(), trim(name)) == people.end()) people.emplace_back(trim(name));
      if (people.size() < 2) return refusal(Refused::two_officials, article_of_permits(s, "第三十四条第三款"));
      if (blank(c.reason)) return refusal(Refused::text_required, "核查情况");
      return Done{};
    }
    case Act::forward:
      if (blank(c.authority)) return refusal(Refused::authority_required);
      if (blank(c.reason)) return refusal(Refused::text_required, "初审意见");
      return Done{};
    case Act::check_commitment:
      if (!c.outcome) return refusal(Refused::text_required, "核查结论");
      return Done{};
    case Act::terminate: {
      TerminatedBecause because{};
      if (!c.code || !json::enum_from(*c.code, because)) return refusal(Refused::bad_code, "终止原因");
      if (blank(c.reason)) return refusal(Refused::reason_required);
      if (blank(c.legal_basis)) return refusal(Refused::basis_required);
      return Done{};
    }
    case Act::take_back: case Act::explain_overdue: case Act::order_supervision: case Act::answer_supervision: case Act::close_uncorrected:
      if (blank(c.reason)) return refusal(Refused::text_required, std::string(chinese_name(act)) + "的内容");
      return Done{};
    case Act::inform_third_party:
      if (blank(c.reason)) return refusal(Refused::text_required, std::string(chinese_name(act)) + "的内容");
      for (const auto& name : c.people.value_or(std::vector<Text<60>>{}))
        if (!blank(name)) return Done{};
      return refusal(Refused::text_required, "被告知的利害关系人（people）");
    default: return Done{};
  }
}

Checked check_condition(Act act, const CaseState& s, const catalog::Matter& m, const TakeStep& c, const Context& x) {
  switch (act) {
    case Act::take_in:
      if (!c.window) return refusal(Refused::unknown_window);
      if (s.at.stage == Stage::submitted && !m.direct_receipt) return refusal(Refused::no_direct_receipt);
      return Done{};
    case Act::close_uncorrected:
      // The notice promises the whole last day, to whom comes and to whom writes.
      if (s.at.correction_due && x.today() <= *s.at.correction_due) return refusal(Refused::correction_running, "至 " + to_iso(*s.at.correction_due));
      return Done{};
    case Act::finish_step:
      if (static_cast<std::size_t>(s.detail.step) + 1 >= m.steps.size()) return refusal(Refused::no_step_left);
      return Done{};
    case Act::forward:
      // §35: the lower authority's review; or the matter turned out to be another authority's, which the reason explains.
      if (!m.preliminary_review && (!c.code || std::string_view(*c.code) != kOtherAuthority)) return refusal(Refused::no_preliminary_review);
      return Done{};
    case Act::close:
      if (something_to_deliver(m)) return refusal(Refused::something_to_deliver, m.result.name);
      return check_papers(s, m);
    case Act::check_commitment:
      if (s.detail.commitments.empty()) return refusal(Refused::no_commitment);
      return Done{};
    case Act::order_supervision:
      if (s.detail.supervision != SupervisionState::none) return refusal(Refused::ordered_already);
      return Done{};
    case Act::answer_supervision:
      if (s.detail.supervision != SupervisionState::ordered) return refusal(Refused::not_ordered);
      return Done{};
    case Act::close_supervision:
      if (s.detail.supervision != SupervisionState::answered) return refusal(Refused::not_answered);
      for (const auto& o : s.overdue_on(x.today()))
        if (o.waits()) return refusal(Refused::overdue_unexplained, to_iso(o.due));
      return Done{};
    default: return Done{};
  }
}

// §47(1): five working days (§82) from the day on which they were told; a later day may be given.
Result<CivilDay> answer_day(const TakeStep& c, const Context& x) {
  YI_TRY(const auto earliest, x.calendar.add_working_days(x.today(), calendar::WorkingDays{5}));
  if (c.answer_by && *c.answer_by < earliest) return refusal(Refused::answer_too_soon, "最早 " + to_iso(earliest));
  return c.answer_by.value_or(earliest);
}

}  // namespace

Result<Step> decide(const CaseState* s, Act act, const TakeStep& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, act, x));
  if (c.window) YI_CHECK(window_for(*s, *c.window, false, x));
  YI_CHECK(check_words(act, *s, c));
  YI_CHECK(check_condition(act, *s, *p.matter, c, x));
  if (act == Act::finish_step) {
    ++p.next.detail.step;
    p.next.detail.step_from = x.today();
  }
  const auto basis = act == Act::forward ? forward_pause(*p.matter, x.catalog.settings_on(x.today()).casework, c.code && std::string_view(*c.code) == kOtherAuthority) : std::nullopt;
  if (basis) p.next.detail.pauses.push_back({x.today(), {}, kElsewhere, Text<200>(*basis)});
  if (act == Act::take_back && !p.next.detail.pauses.empty() && !p.next.detail.pauses.back().to) p.next.detail.pauses.back().to = x.today();
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  Step f;
  f.department = s->department;
  f.window = c.window;
  f.reason = c.reason;
  f.code = c.code;
  if (act != Act::inform_third_party) f.people = c.people;  // whose names the caller seals
  f.authority = c.authority;
  f.outcome = c.outcome;
  f.closing = p.row->closing;
  if (act == Act::terminate) f.legal_basis = c.legal_basis;
  if (act == Act::forward) {
    if (!basis) f.runs_on = true;
    else if (*basis != kElsewhereBasis) f.legal_basis = Text<200>(*basis);
  }
  if (act == Act::close_uncorrected) f.legal_basis = Text<200>(correction_question(*p.matter, x.today()).basis);  // no law sets this time
  if (act == Act::inform_third_party) {
    YI_TRY(f.answer_by, answer_day(c, x));
  }
  if (act == Act::explain_overdue) {
    YI_TRY(f.limit, limit_to_explain(*s, c, x.today()));
  }
  if (act == Act::terminate && *c.code == "deferred_not_supplied") f.closing = Closing::not_supplied;
  f.after = p.next.at;
  return f;
}

namespace {

// Acts that nobody takes back: what the law did, what a citizen said, what another system or centre decided.
bool stands(const LastFact& last) {
  if (last.seq == 0 || !last.act) return true;
  switch (*last.act) {
    case Act::accept_by_law: case Act::evaluate: case Act::reverse: case Act::give_card: case Act::recount: case Act::receive_result: case Act::carry_over: return true;
    default: return false;
  }
}

// Who may do the act may take it back; what an applicant did online, that account alone, and an applicant nothing else.
Checked check_reverser(const CaseState& s, const CaseState& before, const LastFact& last, const catalog::Matter& m, const Who& who, std::string_view account) {
  const bool of_government = *last.act == Act::extend && m.extension && m.extension->approver == catalog::Approver::government_head;
  const auto may = roles_of(before.position(), of_government ? Act::extend_joint : *last.act);
  YI_CHECK(check_who(may, s, who));
  const bool online = may.has(Role::applicant) && !last.at_window;
  const bool applicant_alone = RoleSet(may.bits & who.roles.bits) == RoleSet{Role::applicant};
  if ((online || applicant_alone) && account != last.account) return refusal(Refused::not_your_act, "只能由办理这一步的账号自己冲正");
  return Done{};
}

}  // namespace

Checked may_reverse(const CaseState& s, const CaseState& before, const LastFact& last, const catalog::Matter& m, const Who& who, std::string_view account, CivilDay today) {
  if (last.imported) return refusal(Refused::reversed_elsewhere);
  if (stands(last) || last.recorded_on != today) return refusal(Refused::nothing_to_reverse);
  YI_CHECK(check_reverser(s, before, last, m, who, account));
  if (*last.act == Act::issue || last.delivered) return refusal(Refused::served_already);
  return Done{};
}

Result<Reversed> decide(const CaseState* s, const Reverse& c, const CaseState& before, const LastFact& last, const Context& x) {
  YI_TRY(const auto p, permit(s, c, Act::reverse, x));
  if (blank(c.reason)) return refusal(Refused::reason_required);
  YI_CHECK(may_reverse(*s, before, last, *p.matter, who_of(x.actor), x.actor.account, x.today()));
  const bool opened = opens_case(last.name);
  Reversed f;
  f.department = s->department;
  f.fact = last.seq;
  f.fact_name = Text<60>(last.name);
  f.reason = c.reason;
  CaseState restored = opened ? *s : before;
  if (opened) {
    restored.at = {Stage::closed, s->at.holder, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    f.closing = Closing::deleted;
  }
  f.after = restored.at;
  f.restored = Text<4000>(json::write(restored));
  return f;
}

namespace {
// A passed limit whose explanation is late; its due day.
std::optional<CivilDay> unexplained(const CaseState& s, CivilDay today) {
  for (const auto& o : s.overdue_on(today))
    if (o.waits() && o.explain_by && *o.explain_by < today) return o.due;
  return std::nullopt;
}
}  // namespace

std::optional<CardGiven> card_of(const CaseState& s, const Context& x, Trigger t, const Standing& after, std::optional<CivilDay> due) {
  const auto* rule = x.warnings.find(t);
  if (!rule) return std::nullopt;
  if (std::find(s.detail.cards.begin(), s.detail.cards.end(), rule->number) != s.detail.cards.end()) return std::nullopt;
  CardGiven f;
  f.department = s.department;
  f.rule = Text<20>(rule->number);
  f.card = rule->card;
  f.due = due;
  if (rule->order && s.detail.supervision == SupervisionState::none) f.order = true;
  f.after = after;
  return f;
}

Result<TimerFacts> on_timer(const CaseState& s, const Context& x, bool pause_told) {
  TimerFacts out;
  const auto today = x.today();
  if (is_end(s.at.stage)) {  // 条例 §36: the end of a case does not end the duty to explain
    if (const auto due = unexplained(s, today))
      if (auto card = card_of(s, x, Trigger::unexplained, s.at, due)) out.cards.push_back(std::move(*card));
    return out;
  }
  const auto over = [&](const std::optional<CivilDay>& due) { return due && *due < today; };
  Standing after = s.at;
  if (over(s.at.notice_due) && find_row(s.position(), Act::accept_by_law))
    if (const auto* m = matter_of(s, x.catalog)) {
      CaseState next = s;
      next.at.stage = Stage::accepted;
      next.accepted_on = s.received_on;
      if (!m->steps.empty()) next.detail.step_from = next.accepted_on;
      YI_CHECK(set_dues(next, *m, x.calendar));
      Accepted f;
      f.department = s.department;
      f.statutory_due = next.at.statutory_due;
      f.promised_due = next.at.promised_due;
      f.by_law = true;
      f.limited = quota_key(*m, *next.accepted_on);
      f.after = after = next.at;
      out.accepted = std::move(f);
    }
  const auto give = [&](Trigger t, const std::optional<CivilDay>& due) {
    auto card = card_of(s, x, t, after, due);
    if (!card) return;
    for (const auto& given : out.cards) {
      if (given.rule == card->rule) return;
      if (given.order) card->order.reset();  // one order at a time
    }
    out.cards.push_back(std::move(*card));
  };
  const std::pair<Trigger, std::optional<CivilDay>> limits[] = {
      {Trigger::notice_missed, s.at.notice_due}, {Trigger::statutory_over, s.at.statutory_due}, {Trigger::promised_over, s.at.promised_due},
      {Trigger::step_over, s.at.step_due},       {Trigger::delivery_over, s.at.delivery_due},   {Trigger::pause_over, s.at.resumes_by}};
  for (const auto& [trigger, due] : limits)
    if (over(due)) give(trigger, due);
  // Until the end of the first working day on which the limit is over.
  YI_TRY(const auto explain_by, x.calendar.add_working_days(today + -1, calendar::WorkingDays{1}));
  for (auto& card : out.cards)
    if (card.due && (card.due == s.at.promised_due || card.due == s.at.statutory_due)) card.explain_by = explain_by;
  if (const auto due = unexplained(s, today)) give(Trigger::unexplained, due);
  if (s.at.stage == Stage::suspended && over(s.detail.tell_by) && !pause_told) give(Trigger::pause_untold, s.detail.tell_by);
  for (const auto& d : s.detail.deferred)
    if (d.by < today) give(Trigger::deferred_broken, d.by);
  return out;
}

Result<std::optional<DuesRecounted>> recount(const CaseState& s, const Context& x) {
  const auto* m = matter_of(s, x.catalog);
  if (is_end(s.at.stage) || !m) return std::optional<DuesRecounted>{};
  CaseState next = s;
  YI_CHECK(set_dues(next, *m, x.calendar));
  if (next.at == s.at) return std::optional<DuesRecounted>{};
  return std::optional(DuesRecounted{s.department, s.at, next.at});
}

}  // namespace yi::casework
