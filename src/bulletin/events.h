#pragma once
// Facts of the weekly bulletin. A week is named by its first day. Streams: "bulletin:<week>", "bulletin:opening".
#include <optional>
#include <vector>

#include "base/json.h"

namespace yi::bulletin {

// 一期的起止, both included. A week's count runs from the end of the period before.
struct PeriodSet {
  static constexpr std::string_view kName = "bulletin.period_set/1";
  CivilDay from, to;
};
BOOST_DESCRIBE_STRUCT(PeriodSet, (), (from, to))

// 期初数: the figures of the year of `before`, from 1 January to the day before `before`, counted elsewhere. Once a centre.
struct OpeningBalanceEntered {
  static constexpr std::string_view kName = "bulletin.opening_balance_entered/1";
  CivilDay before;
  std::int64_t consulted = 0, accepted = 0, issued = 0, transferred = 0;
  Text<200> source;
};
BOOST_DESCRIBE_STRUCT(OpeningBalanceEntered, (), (before, consulted, accepted, issued, transferred, source))

// 政务工作动态: one item. Without a department it is the centre's own and stands alone.
struct NewsEntered {
  static constexpr std::string_view kName = "bulletin.news_entered/1";
  CivilDay week;
  std::optional<DepartmentCode> department;
  std::optional<CivilDay> on;
  Text<2000> text;
  std::int32_t rank = 0;
};
BOOST_DESCRIBE_STRUCT(NewsEntered, (), (week, department, on, text, rank))

enum class Section { one_thing, value_added };
BOOST_DESCRIBE_ENUM(Section, one_thing, value_added)

// A section's own sentences with slots for figures ("{plans_issued}"); written again, it replaces what was there.
struct SectionWritten {
  static constexpr std::string_view kName = "bulletin.section_written/1";
  CivilDay week;
  Section section = Section::one_thing;
  std::vector<Text<2000>> entries;
  std::vector<Text<60>> pushed;  // 重点推进: display words for the slot {pushed}
};
BOOST_DESCRIBE_STRUCT(SectionWritten, (), (week, section, entries, pushed))

// 报头和版记. Set again, it replaces what was there.
struct ImprintSet {
  static constexpr std::string_view kName = "bulletin.imprint_set/1";
  CivilDay week;
  CivilDay issued_on;                                 // entered; may lie after the clock
  Text<60> issuer;
  std::int32_t copies = 0;                            // 0: no line
  std::vector<Text<60>> report_to;                    // 报
  std::vector<Text<60>> send_to;                      // 送
  std::vector<std::vector<Text<60>>> distribute_to;   // 发: groups
  std::vector<Text<60>> layout_hints;                 // typed spaces, for the PDF's Word line mode alone
  std::optional<std::int32_t> number, total_number;   // 第N期（总第M期）
};
BOOST_DESCRIBE_STRUCT(ImprintSet, (), (week, issued_on, issuer, copies, report_to, send_to, distribute_to, layout_hints, number, total_number))

}  // namespace yi::bulletin
