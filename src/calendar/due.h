#pragma once
// `yichuang due`: the statutory clock with words in and words out, for the command line and for tables of test cases.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "calendar/clock.h"

namespace yi::calendar {

// As typed. Every field is checked by parse_due.
struct DueRequest {
  std::string from{};                    // 2025-09-26
  std::string days{};                    // 20
  std::vector<std::string> pauses{};     // 2025-10-13..2025-10-17, see parse_pause
  std::vector<std::string> extensions{}; // 10
  std::string unit = "working";          // working | calendar
  std::string count_from = "next_day";   // next_day | same_day
  std::string basis{};                   // article of the limit, shown in the explanation; may be empty
  bool explain = false;
};

// "2025-10-13..2025-10-17" (both days included), "2025-10-13.." (not ended yet), each with "=专家评审" behind it when
// the reason shall be shown; §45 is cited for its eight reasons alone (pause_basis). Codes: calendar.bad_pause, calendar.pause_reversed, base.bad_date.
Result<Pause> parse_pause(std::string_view text);

// A whole number of days, 1..limits::kDueDays. Code calendar.bad_days.
Result<int> parse_days(std::string_view text);

// Codes of the parsers above, and calendar.bad_unit, calendar.bad_count_from.
Result<DueQuestion> parse_due(const DueRequest& request);

// The first line is the due date alone (2025-10-30), or 暂停中 while an open pause stops the clock. With
// request.explain the lines after it show each day counted and not counted, its reason and the article.
// Ends with a line feed. Refuses with the codes of parse_due and due().
Result<std::string> run_due(const Calendar& calendar, const DueRequest& request);

// The lines that run_due adds for `explain`; also for pages and printed notices.
std::string explain_text(const DueQuestion& question, const DueAnswer& answer);

// The one line that says that the answer is provisional and why; "" when it is not. Part of explain_text, and the last
// line of run_due without `explain`; also for pages and printed notices. Ends with a line feed.
std::string provisional_text(const DueAnswer& answer);

}  // namespace yi::calendar
