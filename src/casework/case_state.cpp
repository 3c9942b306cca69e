#include "casework/case_state.h"

#include <algorithm>

namespace yi::casework {
namespace {
using engine::RecordedFact;
using store::Type;
using store::Value;

Value day_value(const std::optional<CivilDay>& d) { return d ? Value(d->days) : Value(); }
std::optional<CivilDay> day_of(const Value& v) {
  if (v.kind == Value::Kind::null) return std::nullopt;
  return CivilDay{static_cast<std::int32_t>(v.i)};
}

// The name between room and version: "casework.accepted/1" → "accepted".
std::string_view short_name(std::string_view fact) {
  fact.remove_prefix(std::min(fact.size(), fact.find('.') + 1));
  return fact.substr(0, fact.find('/'));
}

void open(CaseState& s, const Opening& f, CivilDay day, Stage stage) {
  s.number = f.number;
  s.matter = f.matter;
  s.matter_version = f.matter_version;
  s.department = f.department;
  s.type = f.type;
  s.source = f.source.value_or(Source::window);
  s.applicant_kind = f.applicant_kind;
  s.subject = f.subject.value_or(SubjectId{});
  s.agent = f.agent.value_or(SubjectId{});
  s.received_on = day;
  s.at = f.after.value_or(Standing{});
  s.at.stage = stage;
  s.at.notice_due = f.notice_due;
  if (f.lacking) s.detail.lacking = *f.lacking;
}

void fold(CaseState& s, const Submitted& f, CivilDay day) {
  open(s, f, day, Stage::submitted);
  s.detail.wished = f.commitments;
}

void fold(CaseState& s, const Accepted& f, Instant effective) {
  const auto day = civil_day(effective);
  s.accepted_on = day;
  if (f.limited) s.detail.limited = Limited{*f.limited, effective.ms, false};
  if (f.after) s.at = *f.after;
  else {  // written before facts said where they lead
    s.at.stage = Stage::accepted;
    s.at.notice_due.reset();
    s.at.statutory_due = f.statutory_due;
    s.at.promised_due = f.promised_due;
  }
  s.detail.step_from = s.at.step_due ? std::optional(day) : std::nullopt;
  if (f.deferred) s.detail.deferred = *f.deferred;
  if (f.commitments) s.detail.commitments = *f.commitments;
}
void fold(CaseState& s, const Transferred& f) {
  if (f.after) s.at = *f.after;
  else {
    if (s.at.stage == Stage::accepted) s.at.stage = Stage::in_review;
    s.at.holder = f.to;
  }
}
void fold(CaseState& s, const Decided& f, CivilDay day) {
  s.decided_on = day;
  s.closing = f.closing;
  if (s.detail.limited) s.detail.limited->granted = f.decision == Decision::grant;
  if (f.after) s.at = *f.after;
  else {
    s.at = {f.decision == Decision::grant ? Stage::granted : Stage::refused, s.at.holder, {}, {}, {}, {}, {}, f.delivery_due, {}, {}, {}};
  }
}
void fold(CaseState& s, const ResultReceivedForIssue& f) {
  s.number = f.number;
  s.matter = f.matter;
  s.matter_version = f.matter_version;
  s.department = f.department;
  s.decided_on = f.decided_on;
  if (f.after) s.at = *f.after;
  else s.at = {Stage::granted, Holder::issue_window, {}, {}, {}, {}, {}, f.delivery_due, {}, {}, {}};
}
void fold(CaseState& s, const CarriedOver& f) {
  s.number = f.number;
  s.matter = f.matter;
  s.matter_version = f.matter_version;
  s.department = f.department;
  s.type = f.type;
  s.accepted_on = f.accepted_on;
  s.decided_on = f.decided_on;
  if (f.limited) s.detail.limited = Limited{*f.limited, start_of(f.accepted_on).ms, f.decided_on.has_value()};
  if (f.after) {
    s.at = *f.after;
    return;
  }
  s.at.stage = f.decided_on ? Stage::granted : Stage::accepted;
  s.at.holder = f.decided_on ? Holder::issue_window : Holder::reception_window;
  if (f.decided_on) s.at.delivery_due = f.delivery_due;
  else {
    s.at.statutory_due = f.statutory_due;
    s.at.promised_due = f.promised_due;
  }
}
void fold(CaseState& s, const CorrectionRequested& f, CivilDay day) {
  (s.at.stage == Stage::in_review ? s.detail.review_notices : s.detail.notices) += 1;
  s.detail.asked_on = day;
  if (f.pause_basis) s.detail.pauses.push_back({day, {}, "审查阶段补正", *f.pause_basis});
  if (f.after) s.at = *f.after;
}
// Ends the pause that is open, if one is.
void end_pause(CaseState& s, CivilDay day) {
  if (!s.detail.pauses.empty() && !s.detail.pauses.back().to) s.detail.pauses.back().to = day;
}
}  // namespace

void receive_anew(CaseState& s, CivilDay day, bool runs_on) {
  if (!runs_on) {
    s.received_on = day;
    s.detail.waits.reset();
    return;
  }
  if (!s.detail.waits) s.detail.waits.emplace();
  s.detail.waits->push_back({s.detail.asked_on.value_or(day), day, "等待申请人补正", "本中心的规定：补正的时间不计入五日"});
}

namespace {

void fold(CaseState& s, const MaterialsSupplied& f, CivilDay day) {
  // Whatever came, and however: what is still lacking is not in the authority's hands, and nothing else is deferred any more.
  s.detail.lacking = f.lacking;
  std::erase_if(s.detail.deferred, [&](const Deferred& d) { return std::find(f.lacking.begin(), f.lacking.end(), d.material) == f.lacking.end(); });
  if (f.act != Act::supply_deferred) {
    if (f.act != Act::supplement && f.after && f.after->stage != Stage::in_review) receive_anew(s, day, f.runs_on.value_or(false));
    s.detail.asked_on.reset();
    end_pause(s, day);
  }
  if (f.after) s.at = *f.after;
}
void fold(CaseState& s, const CardGiven& f) {
  s.detail.cards.push_back(f.rule);
  if (f.card == Card::red) {
    if (!s.detail.red_cards) s.detail.red_cards.emplace();
    s.detail.red_cards->push_back(f.rule);
  }
  if (f.explain_by && s.detail.overdue)
    for (auto& o : *s.detail.overdue)
      if (o.due == f.due) o.explain_by = f.explain_by;
  if (f.order.value_or(false)) s.detail.supervision = SupervisionState::ordered;
}
void fold(CaseState& s, const Step& f, std::string_view name, CivilDay day) {
  if (f.after) s.at = *f.after;
  if (f.closing) s.closing = f.closing;
  if (name == step_name(Act::finish_step)) {
    ++s.detail.step;
    s.detail.step_from = day;
  } else if (name == step_name(Act::forward)) {
    if (!f.runs_on.value_or(false)) s.detail.pauses.push_back({day, {}, kElsewhere, f.legal_basis.value_or(Text<200>(kElsewhereBasis))});
  }
  else if (name == step_name(Act::take_back)) end_pause(s, day);
  else if (name == step_name(Act::explain_overdue)) {
    s.detail.explained = true;
    if (s.detail.overdue)
      for (auto& o : *s.detail.overdue) o.explained |= !f.limit || *f.limit == o.limit;
  } else if (name == step_name(Act::check_commitment) && f.outcome) s.detail.commitment_false = *f.outcome ? std::optional<bool>() : true;
  else if (name == step_name(Act::inform_third_party)) {
    s.detail.third_party_informed = true;
    s.detail.answer_by = f.answer_by;
  }
  else if (name == step_name(Act::order_supervision)) s.detail.supervision = SupervisionState::ordered;
  else if (name == step_name(Act::answer_supervision)) s.detail.supervision = SupervisionState::answered;
  else if (name == step_name(Act::close_supervision)) s.detail.supervision = SupervisionState::none;
}
// What the day of a fact finds passed stays known when the limit itself is gone: a late decision ends it.
void note_overdue(CaseState& s, const RecordedFact& f) {
  const auto recorded = civil_day(f.record.recorded_at);
  const auto passed = [&](CivilDay today) { return s.overdue_on(today).size() > (s.detail.overdue ? s.detail.overdue->size() : 0); };
  if (f.record.name == DuesRecounted::kName || !passed(recorded)) return;
  const auto origin = origin_of(f);  // explained and decided elsewhere, on a day of its own
  const auto today = origin ? civil_day(origin->recorded_at) : recorded;
  if (passed(today)) s.detail.overdue = s.overdue_on(today);
}
// The case as it would be without the reversed fact; only what counts facts goes on.
void fold(CaseState& s, const Reversed& f) {
  const auto version = s.version, last_fact = s.last_fact, first_fact = s.first_fact;
  if (auto before = json::read<CaseState>(f.restored)) s = std::move(before).value();
  s.version = version;
  s.last_fact = last_fact;
  s.first_fact = first_fact;
  s.at = f.after;
  if (f.closing) s.closing = f.closing;
}

struct StepName {
  Act act;
  const char* name;
};
constexpr StepName kSteps[] = {
    {Act::pre_accept, "casework.pre_accepted/1"},
    {Act::take_in, "casework.taken_in/1"},
    {Act::close_uncorrected, "casework.closed_uncorrected/1"},
    {Act::finish_step, "casework.step_finished/1"},
    {Act::inspect_site, "casework.site_inspected/1"},
    {Act::inform_third_party, "casework.third_party_informed/1"},
    {Act::forward, "casework.forwarded/1"},
    {Act::take_back, "casework.taken_back/1"},
    {Act::close_forwarded, "casework.closed_forwarded/1"},
    {Act::make_certificate, "casework.certificate_made/1"},
    {Act::close, "casework.closed/1"},
    {Act::terminate, "casework.terminated/1"},
    {Act::check_commitment, "casework.commitment_checked/1"},
    {Act::explain_overdue, "casework.overdue_explained/1"},
    {Act::order_supervision, "casework.supervision_ordered/1"},
    {Act::answer_supervision, "casework.supervision_answered/1"},
    {Act::close_supervision, "casework.supervision_closed/1"},
};

}  // namespace

const char* step_name(Act act) {
  for (const auto& s : kSteps)
    if (s.act == act) return s.name;
  return nullptr;
}

std::optional<CivilDay> CaseState::next_due() const {
  std::optional<CivilDay> next;
  for (const auto& d : limits())
    if (!next || d < *next) next = d;
  return next;
}

std::vector<CivilDay> CaseState::limits() const {
  std::vector<CivilDay> out;
  if (is_end(at.stage)) return out;
  for (const auto& d : {at.notice_due, at.correction_due, at.statutory_due, at.promised_due, at.step_due, at.delivery_due, at.resumes_by})
    if (d) out.push_back(*d);
  for (const auto& d : detail.deferred) out.push_back(d.by);
  return out;
}

Barred barred_from(RoleSet given_to, const CaseState& s, const Who& who) {
  constexpr RoleSet kOfDepartment{Role::handler, Role::chief_representative, Role::department_leader};
  if (who.everything) return Barred::no;
  const RoleSet used(given_to.bits & who.roles.bits);
  if (used.empty()) return Barred::not_your_act;
  if (used == RoleSet{Role::applicant} && (!who.subject || (who.subject != s.subject && who.subject != s.agent))) return Barred::not_your_case;
  // A handler acts for one department; a window and the centre's own people serve all.
  if ((used.bits & ~kOfDepartment.bits) == 0 && who.department != s.department) return Barred::not_your_department;
  return Barred::no;
}

std::vector<CivilDay> CaseState::timer_days() const {
  auto out = limits();
  if (at.stage == Stage::suspended && detail.tell_by) out.push_back(*detail.tell_by);
  if (detail.overdue)
    for (const auto& o : *detail.overdue)
      if (o.waits() && o.explain_by) out.push_back(*o.explain_by);
  return out;
}

std::vector<Overdue> CaseState::overdue_on(CivilDay today) const {
  auto out = detail.overdue.value_or(std::vector<Overdue>{});
  for (const auto& [limit, due] : {std::pair(OverdueLimit::promised, at.promised_due), {OverdueLimit::statutory, at.statutory_due}, {OverdueLimit::delivery, at.delivery_due}})
    if (due && *due < today && std::none_of(out.begin(), out.end(), [&](const Overdue& o) { return o.limit == limit; })) out.push_back({limit, *due, false, {}});
  return out;
}

const store::View& CaseState::view() {
  static const store::View v{"casework_case", 5, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"case_id", Type::integer}, {"number", Type::text}, {"matter", Type::text},
                              {"matter_version", Type::integer}, {"department", Type::text}, {"type", Type::integer},
                              {"source", Type::integer}, {"applicant_kind", Type::integer}, {"subject", Type::integer}, {"agent", Type::integer},
                              {"version", Type::integer}, {"received_on", Type::integer}, {"accepted_on", Type::integer}, {"decided_on", Type::integer},
                              {"closing", Type::integer}, {"stage", Type::integer}, {"holder", Type::integer}, {"notice_due", Type::integer},
                              {"correction_due", Type::integer}, {"statutory_due", Type::integer}, {"promised_due", Type::integer},
                              {"step_due", Type::integer}, {"delivery_due", Type::integer}, {"resumes_by", Type::integer},
                              {"provisional", Type::integer}, {"last_act", Type::text}, {"detail", Type::text}, {"next_due", Type::integer}, {"last_fact", Type::integer}, {"first_fact", Type::integer}}};
  return v;
}

void CaseState::append_row(store::Row& row) const {
  row.emplace_back(std::string_view(number));
  row.emplace_back(matter.value);
  row.emplace_back(matter_version);
  row.emplace_back(department.value);
  row.emplace_back(static_cast<int>(type));
  row.emplace_back(static_cast<int>(source));
  row.emplace_back(static_cast<int>(applicant_kind));
  row.emplace_back(subject.value);
  row.emplace_back(agent.value);
  row.emplace_back(version);
  for (const auto& day : {received_on, accepted_on, decided_on}) row.push_back(day_value(day));
  row.push_back(closing ? Value(static_cast<int>(*closing)) : Value());
  row.emplace_back(static_cast<int>(at.stage));
  row.emplace_back(static_cast<int>(at.holder));
  for (const auto& day : {at.notice_due, at.correction_due, at.statutory_due, at.promised_due, at.step_due, at.delivery_due, at.resumes_by})
    row.push_back(day_value(day));
  row.push_back(at.provisional ? Value(static_cast<int>(*at.provisional)) : Value());
  row.emplace_back(std::string_view(last_act));
  static const CaseDetail kNothing;
  row.push_back(detail == kNothing ? Value() : Value(json::write(detail)));
  row.push_back(day_value(next_due()));
  row.emplace_back(last_fact);
  row.emplace_back(first_fact);
}

CaseState CaseState::from(const store::Row& r) {
  CaseState s;
  s.number = r[2].s;
  s.matter = {r[3].s};
  s.matter_version = static_cast<std::int32_t>(r[4].i);
  s.department = {r[5].s};
  s.type = static_cast<CaseType>(r[6].i);
  s.source = static_cast<Source>(r[7].i);
  s.applicant_kind = static_cast<ApplicantKind>(r[8].i);
  s.subject = {r[9].i};
  s.agent = {r[10].i};
  s.version = r[11].i;
  s.received_on = day_of(r[12]);
  s.accepted_on = day_of(r[13]);
  s.decided_on = day_of(r[14]);
  if (r[15].kind != Value::Kind::null) s.closing = static_cast<Closing>(r[15].i);
  s.at = {static_cast<Stage>(r[16].i), static_cast<Holder>(r[17].i), day_of(r[18]), day_of(r[19]), day_of(r[20]), day_of(r[21]),
          day_of(r[22]), day_of(r[23]), day_of(r[24]), {}, {}};
  if (r[25].kind != Value::Kind::null) s.at.provisional = r[25].i != 0;
  s.last_act = r[26].s;
  if (r[27].kind != Value::Kind::null)
    if (auto detail = json::read<CaseDetail>(r[27].s)) s.detail = std::move(detail).value();
  s.last_fact = r[29].i;
  s.first_fact = r[30].i;
  return s;
}

const std::vector<std::string_view>& case_facts() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> v{Submitted::kName, Received::kName, ResultReceivedForIssue::kName, CarriedOver::kName, CorrectionRequested::kName,
                                    MaterialsSupplied::kName, Accepted::kName, AcceptanceRefused::kName, Transferred::kName, Suspended::kName,
                                    Resumed::kName, Extended::kName, Decided::kName, Issued::kName, Withdrawn::kName, Reversed::kName,
                                    Evaluated::kName, CardGiven::kName, DuesRecounted::kName};
    for (const auto& s : kSteps) v.emplace_back(s.name);
    return v;
  }();
  return all;
}

bool opens_case(std::string_view name) {
  return name == Received::kName || name == Submitted::kName || name == ResultReceivedForIssue::kName || name == CarriedOver::kName;
}

std::optional<Act> act_of(const RecordedFact& f, const CaseState& before) {
  const auto name = f.record.name;
  if (name == CorrectionRequested::kName) return before.at.stage == Stage::submitted ? Act::pre_return : Act::request_correction;
  if (name == MaterialsSupplied::kName) return f.as<MaterialsSupplied>().act;
  if (name == Accepted::kName) return f.as<Accepted>().by_law.value_or(false) ? Act::accept_by_law : Act::accept;
  if (name == Decided::kName) return f.as<Decided>().decision == Decision::grant ? Act::decide_grant : Act::decide_refuse;
  static constexpr std::pair<std::string_view, Act> kOwn[] = {
      {Submitted::kName, Act::submit},       {Received::kName, Act::receive},       {ResultReceivedForIssue::kName, Act::receive_result},
      {CarriedOver::kName, Act::carry_over}, {AcceptanceRefused::kName, Act::refuse_acceptance}, {Transferred::kName, Act::transfer},
      {Suspended::kName, Act::suspend},      {Resumed::kName, Act::resume},         {Extended::kName, Act::extend},
      {Issued::kName, Act::issue},           {Withdrawn::kName, Act::withdraw},     {Reversed::kName, Act::reverse},
      {Evaluated::kName, Act::evaluate},     {CardGiven::kName, Act::give_card},    {DuesRecounted::kName, Act::recount}};
  for (const auto& [fact, act] : kOwn)
    if (name == fact) return act;
  for (const auto& step : kSteps)
    if (name == step.name) return step.act;
  return std::nullopt;
}

std::optional<Origin> origin_of(const RecordedFact& f) {
  // Nearly no fact has one, and whoever asks would otherwise not parse the body.
  if (f.record.body.find("\"origin\":{") == std::string_view::npos) return std::nullopt;
  const auto after = f.node().find("after");
  if (!after || after->kind() != json::Kind::object) return std::nullopt;
  std::optional<Origin> origin;
  json::Reading r;
  if (const auto o = after->find("origin"); o && !json::read_node(*o, origin, r)) origin.reset();
  return origin;
}

void fold(CaseState& s, const RecordedFact& f) {
  const auto name = f.record.name;
  const auto day = civil_day(f.record.effective_at);
  ++s.version;
  s.last_fact = f.seq;
  if (s.first_fact == 0) s.first_fact = f.seq;
  note_overdue(s, f);
  const auto last_act = s.last_act;
  s.last_act = Text<40>(short_name(name));
  const auto stand = [&](const std::optional<Standing>& after, Stage otherwise) {
    if (after) s.at = *after;
    else s.at = {otherwise, s.at.holder, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  };
  if (name == Received::kName) open(s, f.as<Received>(), day, Stage::received);
  else if (name == Submitted::kName) fold(s, f.as<Submitted>(), day);
  else if (name == ResultReceivedForIssue::kName) fold(s, f.as<ResultReceivedForIssue>());
  else if (name == CarriedOver::kName) fold(s, f.as<CarriedOver>());
  else if (name == Accepted::kName) fold(s, f.as<Accepted>(), f.record.effective_at);
  else if (name == Transferred::kName) fold(s, f.as<Transferred>());
  else if (name == Decided::kName) fold(s, f.as<Decided>(), day);
  else if (name == Issued::kName) stand(f.as<Issued>().after, Stage::issued);
  else if (name == AcceptanceRefused::kName) {
    stand(f.as<AcceptanceRefused>().after, Stage::not_accepted);
    s.closing = Closing::returned;
  } else if (name == Withdrawn::kName) {
    const auto w = f.as<Withdrawn>();
    stand(w.after, Stage::withdrawn);
    s.closing = w.closing;
  } else if (name == CorrectionRequested::kName) fold(s, f.as<CorrectionRequested>(), day);
  else if (name == MaterialsSupplied::kName) fold(s, f.as<MaterialsSupplied>(), day);
  else if (name == Suspended::kName) {
    const auto x = f.as<Suspended>();
    s.detail.pauses.push_back({day, {}, catalog::suspension_name(x.kind), x.basis});
    s.detail.tell_by = x.tell_by;
    if (x.after) s.at = *x.after;
  } else if (name == Resumed::kName) {
    end_pause(s, day);
    s.detail.tell_by.reset();
    const auto x = f.as<Resumed>();
    if (x.after) s.at = *x.after;
  } else if (name == Extended::kName) {
    const auto x = f.as<Extended>();
    s.detail.extension_days = x.days;
    if (x.after) s.at = *x.after;
  } else if (name == Reversed::kName) fold(s, f.as<Reversed>());
  else if (name == Evaluated::kName) s.detail.evaluated = true;
  else if (name == CardGiven::kName) fold(s, f.as<CardGiven>());
  else if (name == DuesRecounted::kName) s.at = f.as<DuesRecounted>().after;
  else fold(s, f.as<Step>(), name, day);
  s.at.previous.reset();
  s.at.origin.reset();
  // What does not move the case does not hide who moved it last.
  if (name == Evaluated::kName || name == CardGiven::kName || name == DuesRecounted::kName) s.last_act = last_act;
}

}  // namespace yi::casework
