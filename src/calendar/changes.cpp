// What a new notice moves: the days, and the years that came, went or were confirmed.
#include <algorithm>

#include "calendar/calendar.h"

namespace yi::calendar {

CalendarChange changes(const Calendar& before, const Calendar& now) {
  CalendarChange out;
  for (const int year : now.years())
    if (!before.covers(year)) out.years_added.push_back(year);
  for (const int year : before.years()) {
    if (!now.covers(year)) {
      out.years_removed.push_back(year);
      continue;
    }
    if (before.provisional(year) && !now.provisional(year)) out.years_confirmed.push_back(year);
    for (CivilDay d = CivilDay::of(year, 1, 1); d.year() == year; ++d) {
      auto old_note = before.describe(d), new_note = now.describe(d);
      if (old_note->kind != new_note->kind) out.days.push_back({*std::move(old_note), *std::move(new_note)});
    }
  }
  return out;
}

bool CalendarChange::touches(CivilDay first, CivilDay last) const {
  const auto in_years = [&](const std::vector<int>& years) {
    return std::any_of(years.begin(), years.end(), [&](int y) { return first.year() <= y && y <= last.year(); });
  };
  return in_years(years_added) || in_years(years_removed) || in_years(years_confirmed) ||
         std::any_of(days.begin(), days.end(), [&](const ChangedDay& c) { return first <= c.before.day && c.before.day <= last; });
}

}  // namespace yi::calendar
