#pragma once
// Wishes; each has the fields of its fact (events.h), and rules.h says what is refused.
#include "bulletin/events.h"

namespace yi::bulletin {

struct SetPeriod {
  CivilDay from, to;
};
BOOST_DESCRIBE_STRUCT(SetPeriod, (), (from, to))

struct EnterOpeningBalance {
  CivilDay before;
  std::int64_t consulted = 0, accepted = 0, issued = 0, transferred = 0;
  Text<200> source;
};
BOOST_DESCRIBE_STRUCT(EnterOpeningBalance, (), (before, consulted, accepted, issued, transferred, source))

struct EnterNews {
  CivilDay week;
  std::optional<DepartmentCode> department;
  std::optional<CivilDay> on;
  Text<2000> text;
  std::int32_t rank = 0;
};
BOOST_DESCRIBE_STRUCT(EnterNews, (), (week, department, on, text, rank))

struct WriteSection {
  CivilDay week;
  Section section = Section::one_thing;
  std::vector<Text<2000>> entries;
  std::vector<Text<60>> pushed;
};
BOOST_DESCRIBE_STRUCT(WriteSection, (), (week, section, entries, pushed))

struct SetImprint {
  CivilDay week;
  CivilDay issued_on;
  Text<60> issuer;
  std::int32_t copies = 0;
  std::vector<Text<60>> report_to, send_to;
  std::vector<std::vector<Text<60>>> distribute_to;
  std::vector<Text<60>> layout_hints;
  std::optional<std::int32_t> number, total_number;
};
BOOST_DESCRIBE_STRUCT(SetImprint, (), (week, issued_on, issuer, copies, report_to, send_to, distribute_to, layout_hints, number, total_number))

}  // namespace yi::bulletin
