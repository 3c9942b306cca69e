#pragma once
// Lines (排队业务组): which windows serve which queue, and what a centre has agreed on about numbers and appointments
// (data/<province>/lines.yaml). No national rule gives any of these numbers, so each of them is data.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace yi::hall {

using LineCode = Code<struct LineTag>;  // "ZH"

// Minutes of the civil day, [from, to).
struct Span {
  int from = 0, to = 0;
};

struct SlotRule {
  Span span;
  int minutes = 30;        // of one slot
  int places = 1;          // sold for one slot
  int days_ahead = 7;      // calendar days, of which only working days have slots
  int cancel_minutes = 0;  // before its slot an appointment can no longer be cancelled
  bool begins_at(int minute) const { return minute >= span.from && minute + minutes <= span.to && (minute - span.from) % minutes == 0; }
};

struct Line {
  LineCode code;
  std::string name;
  std::string prefix;      // of its numbers: one or two capital letters, no two lines the same
  std::vector<WindowCode> windows;
  int day_cap = 999;       // numbers drawn on one day, 1..999
  int minutes = 10;        // a service's length, as long as the day has none of its own
  Span open;               // when numbers are drawn, on working days
  std::vector<int> also_open;  // weekdays, 1 Monday to 7 Sunday, on which it is open whatever the calendar says
  std::optional<SlotRule> slots;
  bool opens_on(CivilDay day, bool working_day) const { return working_day || std::find(also_open.begin(), also_open.end(), day.weekday()) != also_open.end(); }
};

struct LineRules {
  int preferential_run = 2;   // calls in a row that may go past waiting ordinary numbers
  int calls_before_skip = 2;  // a number is called so often before it may be passed over
  int check_in_early = 30, check_in_late = 15;  // minutes before and after the begin of its slot
  int rate_days = 7;          // calendar days after a visit in which it may be rated
  int links_per_number = 2;   // rating links that one phone number is sent on one calendar day
  int links_per_account = 30; // and that one account asks for on one, to whatever numbers
  int pad_seconds = 60;       // a window's pad asks for so long after a service
  int missed_limit = 3, missed_days = 90;       // so many missed within the last so many days: no online booking until one of them falls out
};

struct Lines {
  LineRules rules;
  std::vector<std::string> priority_for;  // who may take a priority number, as the kiosk says it
  std::string rating_message = "【{hall}】请评价这次服务：{link}";  // of the link by message
  std::vector<std::string> rating_reasons;  // what a bad rating may tick
  std::vector<Line> lines;
  using KnownWindow = std::function<bool(const WindowCode&)>;
  // Refusals of base/yaml.h, "hall.bad_lines" with file and line.
  static Result<Lines> load(const std::filesystem::path& file, const KnownWindow& known);
  const Line* find(const LineCode& code) const;
  // In the order of the file.
  std::vector<const Line*> served_at(const WindowCode& window) const;
};

}  // namespace yi::hall
