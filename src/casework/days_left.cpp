#include "casework/days_left.h"

namespace yi::casework {
namespace {
using calendar::Unit;

// In what the limit that ends on this day is counted. Days that were agreed upon (容缺补交, 特别程序的预计结束日) are dates: calendar days.
Unit unit_of(const CaseState& s, CivilDay due, const catalog::Matter* m) {
  if (s.at.notice_due == due || s.at.correction_due == due) return Unit::working;
  if (!m) return Unit::calendar;
  const auto of = [](const std::optional<calendar::DueQuestion>& q) { return q ? q->unit : Unit::calendar; };
  if (s.at.promised_due == due && m->promised) return s.type == CaseType::instant ? Unit::working : of(promised_question(s, *m));
  if (s.at.statutory_due == due) return of(statutory_question(s, *m));
  if (s.at.step_due == due) return of(step_question(s, *m));
  if (s.at.delivery_due == due && s.decided_on) return of(delivery_question(*m, *s.decided_on));
  return Unit::calendar;
}

std::string words_of(const DaysLeft& left, const CaseState& s, std::optional<Light> light) {
  if (is_end(s.at.stage)) return "已结束";
  if (s.at.stage == Stage::suspended && light != Light::red) return left.paused_for ? "已暂停·" + *left.paused_for : "已暂停";
  if (light == Light::grey) return s.at.correction_due ? "等待补正" : "等上级结果";
  if (!left.days_left) return light == Light::red ? "有期限已过" : "没有期限在计算";
  const auto n = *left.days_left;
  if (n == 0) return "今日到期";
  const std::string unit = left.days_unit == Unit::working ? " 个工作日" : " 天";
  return n > 0 ? "剩 " + std::to_string(n) + unit : "已超期 " + std::to_string(-n) + unit;
}

}  // namespace

DaysLeft days_left_of(const CaseState& s, std::optional<Light> light, CivilDay today, const catalog::Matter* matter, const calendar::Calendar& calendar) {
  DaysLeft left;
  if (s.at.stage == Stage::suspended && !s.detail.pauses.empty() && !s.detail.pauses.back().to) left.paused_for = std::string(std::string_view(s.detail.pauses.back().reason));
  // The limit that the light is about: of a red one that has passed, the time that the applicant lets pass is not it.
  std::optional<CivilDay> due;
  for (const auto& d : s.limits())
    if ((light != Light::red || d != s.at.correction_due) && (!due || d < *due)) due = d;
  if (due) {
    auto unit = unit_of(s, *due, matter);
    const bool past = *due < today;
    auto n = past ? today - *due : *due - today;
    if (unit == Unit::working) {
      const auto counted = past ? calendar.count_working_days(*due, today) : calendar.count_working_days(today, *due);
      // Passed on a Friday and looked at on Saturday: no working day has gone by, and the limit is over all the same.
      if (counted && !(past && counted->value == 0)) n = counted->value;
      else unit = Unit::calendar;
    }
    left.days_left = past ? -n : n;
    left.days_unit = unit;
  }
  left.days_words = words_of(left, s, light);
  return left;
}

}  // namespace yi::casework
