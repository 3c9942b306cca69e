#include "casework/clocks.h"

namespace yi::casework {
namespace {
using calendar::DueQuestion;

constexpr const char* kOwnWorkingDays = "本事项的时限按工作日计算";
constexpr const char* kHouseNotice = "本中心的服务要求（五个工作日告知）";
constexpr const char* kHouseWorkingDays = "本中心的服务要求按工作日计算";

DueQuestion question_of(const catalog::Limit& limit, CivilDay from, bool permit) {
  auto q = limit.unit == catalog::Unit::working ? DueQuestion::of(from, calendar::WorkingDays{limit.days})
                                                : DueQuestion::of(from, calendar::CalendarDays{limit.days});
  q.basis = limit.basis;
  if (!permit) q.rest_basis = kOwnWorkingDays;
  return q;
}

void add_pauses(DueQuestion& q, const CaseState& s, CivilDay from) {
  for (const auto& p : s.detail.pauses)
    if (!p.to || *p.to >= from) q.pauses.push_back({p.from, p.to, p.reason, p.basis});
}

void add_extension(DueQuestion& q, const CaseState& s, const catalog::Matter& m) {
  if (s.detail.extension_days > 0) q.extensions.push_back({s.detail.extension_days, m.extension ? m.extension->basis : calendar::article::kExtension});
}

bool before_acceptance(Stage s) { return s == Stage::submitted || s == Stage::to_receive || s == Stage::received; }
bool waits_for_applicant(Stage s) { return s == Stage::correction || s == Stage::pre_returned || s == Stage::correction_in_review; }
bool in_decision(Stage s) { return s == Stage::accepted || s == Stage::in_review || s == Stage::correction_in_review || s == Stage::suspended || s == Stage::forwarded; }

// Asks the calendar; an open pause leaves no due day.
Checked ask(const calendar::Calendar& c, const std::optional<DueQuestion>& q, std::optional<CivilDay>& due, bool& provisional) {
  due.reset();
  if (!q) return Done{};
  YI_TRY(const auto answer, calendar::due(c, *q));
  due = answer.due;
  provisional |= due && answer.provisional;
  return Done{};
}
}  // namespace

std::string_view chinese_name(ClockKind k) {
  static constexpr std::string_view names[] = {"受理告知时限", "补正期限", "法定办结时限", "承诺办结时限", "环节时限", "颁发送达时限"};
  return names[static_cast<std::size_t>(k)];
}

const catalog::Matter* matter_of(const CaseState& s, const catalog::Catalog& catalog) {
  if (const auto* m = catalog.find_matter(s.matter, s.matter_version)) return m;
  return catalog.find_matter(s.matter);
}

DueQuestion notice_question(CivilDay received_on, bool permit) {
  auto q = DueQuestion::of(received_on, calendar::WorkingDays{5});
  q.basis = permit ? "行政许可法第三十二条" : kHouseNotice;
  if (!permit) q.rest_basis = kHouseWorkingDays;
  return q;
}

DueQuestion notice_question(const CaseState& s) {
  auto q = notice_question(*s.received_on, s.permit());
  for (const auto& p : s.detail.waits.value_or(std::vector<Paused>{})) q.pauses.push_back({p.from, p.to, p.reason, p.basis});
  return q;
}

DueQuestion correction_question(const catalog::Matter& m, CivilDay asked_on) {
  auto q = DueQuestion::of(asked_on, calendar::WorkingDays{m.correction_days(asked_on)});
  q.basis = m.correction.own_days ? "本事项的补正期限" : "本中心的补正期限（法律没有规定）";
  q.rest_basis = kOwnWorkingDays;
  return q;
}

std::optional<DueQuestion> statutory_question(const CaseState& s, const catalog::Matter& m) {
  if (!m.statutory || !s.accepted_on) return std::nullopt;
  auto q = question_of(*m.statutory, *s.accepted_on, s.permit());
  // §43: the lower authority's review ends within 20 days of its acceptance, unless another law or regulation says otherwise.
  if (m.preliminary_review && catalog::limit_of_permit_law(m)) {
    q = DueQuestion::of(*s.accepted_on, calendar::WorkingDays{20});
    q.basis = "行政许可法第四十三条";
  }
  add_pauses(q, s, *s.accepted_on);
  add_extension(q, s, m);
  return q;
}

std::optional<DueQuestion> promised_question(const CaseState& s, const catalog::Matter& m) {
  if (!m.promised || !s.accepted_on) return std::nullopt;
  auto q = question_of(*m.promised, *s.accepted_on, s.permit());
  add_pauses(q, s, *s.accepted_on);
  if (m.extension && m.extension_moves_promise(*s.accepted_on)) add_extension(q, s, m);
  return q;
}

std::optional<DueQuestion> step_question(const CaseState& s, const catalog::Matter& m) {
  const auto i = static_cast<std::size_t>(s.detail.step);
  if (!s.detail.step_from || i >= m.steps.size()) return std::nullopt;
  auto q = question_of({m.steps[i].days, m.steps[i].unit, "环节：" + m.steps[i].name, false}, *s.detail.step_from, false);
  add_pauses(q, s, *s.detail.step_from);
  return q;
}

std::optional<DueQuestion> delivery_question(const catalog::Matter& m, CivilDay decided_on) {
  if (m.kind == catalog::MatterKind::permit) {
    auto q = DueQuestion::of(decided_on, calendar::WorkingDays{10});
    q.basis = "行政许可法第四十四条";
    return q;
  }
  if (!m.delivery) return std::nullopt;
  return question_of(*m.delivery, decided_on, false);
}

std::vector<CaseClock> clocks_of(const CaseState& s, const catalog::Matter& m) {
  std::vector<CaseClock> out;
  const auto add = [&](ClockKind kind, std::optional<DueQuestion> q) {
    if (q) out.push_back({kind, std::move(*q)});
  };
  if (before_acceptance(s.at.stage) && s.received_on) add(ClockKind::notice, notice_question(s));
  if (waits_for_applicant(s.at.stage) && s.detail.asked_on) add(ClockKind::correction, correction_question(m, *s.detail.asked_on));
  if (in_decision(s.at.stage)) {
    add(ClockKind::statutory, statutory_question(s, m));
    add(ClockKind::promised, promised_question(s, m));
    add(ClockKind::step, step_question(s, m));
  }
  if ((s.at.stage == Stage::granted || s.at.stage == Stage::certificate_made) && s.decided_on) add(ClockKind::delivery, delivery_question(m, *s.decided_on));
  return out;
}

Checked set_dues(CaseState& s, const catalog::Matter& m, const calendar::Calendar& calendar) {
  const auto correction_due = s.at.correction_due, resumes_by = s.at.resumes_by;
  s.at = {s.at.stage, s.at.holder, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  bool provisional = false;
  if (waits_for_applicant(s.at.stage)) {
    s.at.correction_due = correction_due;
    if (s.detail.asked_on) YI_CHECK(ask(calendar, correction_question(m, *s.detail.asked_on), s.at.correction_due, provisional));
  }
  if (s.at.stage == Stage::suspended) s.at.resumes_by = resumes_by;
  if (before_acceptance(s.at.stage) && s.received_on) YI_CHECK(ask(calendar, notice_question(s), s.at.notice_due, provisional));
  if (in_decision(s.at.stage)) {
    YI_CHECK(ask(calendar, statutory_question(s, m), s.at.statutory_due, provisional));
    YI_CHECK(ask(calendar, promised_question(s, m), s.at.promised_due, provisional));
    YI_CHECK(ask(calendar, step_question(s, m), s.at.step_due, provisional));
    if (s.type == CaseType::instant) s.at.promised_due = s.accepted_on;  // decided on the spot (§34(2)); who cannot, has to explain it
  }
  if ((s.at.stage == Stage::granted || s.at.stage == Stage::certificate_made) && s.decided_on)
    YI_CHECK(ask(calendar, delivery_question(m, *s.decided_on), s.at.delivery_due, provisional));
  if (provisional) s.at.provisional = true;
  return Done{};
}

bool is_over(CivilDay due, Instant now, Source through, const catalog::Settings& settings) {
  const auto today = civil_day(now);
  if (today != due) return today > due;
  const auto minute = (now.ms - start_of(due).ms) / 60'000;
  const int end = through == Source::window && !settings.office_hours.empty() ? settings.office_hours.back().to_minute
                                                                             : settings.casework.online_cutoff.value;
  return minute >= end;
}

}  // namespace yi::casework
