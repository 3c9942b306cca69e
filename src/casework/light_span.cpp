#include "casework/light_span.h"

#include <algorithm>

#include "casework/queue.h"

namespace yi::casework {
namespace {

bool waits_for_applicant(Stage s) { return s == Stage::correction || s == Stage::pre_returned || s == Stage::correction_in_review; }

// The longest limit that any matter has, in days of either unit, with its extension: a share of it is the widest yellow.
int longest_limit(const catalog::Catalog& catalog) {
  int longest = 20;  // 行政许可法 §42; §§32 and 44 are shorter
  const auto look = [&](const catalog::Matter& m) {
    const int more = m.extension ? m.extension->days : 0;
    for (const auto& limit : {m.statutory, m.promised, m.delivery})
      if (limit) longest = std::max(longest, limit->days + more);
    for (const auto& step : m.steps) longest = std::max(longest, step.days);
    longest = std::max({longest, m.correction.own_days.value_or(0), 20 + more});
  };
  for (const auto& m : catalog.matters()) look(m);
  for (const auto& m : catalog.former_matters()) look(m);
  for (const auto& m : catalog.matters())
    for (const auto* changed : catalog.books()->matters.all(m.code.value)) look(changed->value);
  const auto& history = *catalog.settings_history();
  longest = std::max(longest, history.of_file.casework.correction_days.value);
  for (const auto* changed : history.book.all(history.kCode)) longest = std::max(longest, changed->value.casework.correction_days.value);
  return longest;
}

}  // namespace

std::optional<LightSpan> span_of(Light light, Stage stage, CivilDay today, const Ground& ground) {
  const std::int64_t now = today.days;
  switch (light) {
    case Light::red: return LightSpan{0, now - 1};
    case Light::grey:
      if (waits_for_applicant(stage) || stage == Stage::forwarded) return LightSpan{0, kNoDue};
      if (stage == Stage::suspended) return LightSpan{now, kNoDue};
      return std::nullopt;
    case Light::yellow: {
      if (stage == Stage::suspended || waits_for_applicant(stage)) return std::nullopt;
      const auto& rules = ground.warnings_on(today);
      const int days = std::max(rules.yellow_days, longest_limit(*ground.catalog) * rules.yellow_percent / 100);
      const auto last = ground.calendar->add_working_days(today, calendar::WorkingDays{days});
      return LightSpan{now, last ? last->days : kNoDue};
    }
    case Light::green:
      if (stage == Stage::suspended || waits_for_applicant(stage)) return std::nullopt;
      return LightSpan{now, kNoDue};
  }
  return LightSpan{0, kNoDue};
}

}  // namespace yi::casework
