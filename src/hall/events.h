#pragma once
// Facts of the hall itself. Streams: "hall:duty", "hall:screens".
#include "base/json.h"

namespace yi::hall {

// 厅（局）长进大厅: a leader of a department stood duty at the windows.
struct DutyRecorded {
  static constexpr std::string_view kName = "hall.duty_recorded/1";
  DepartmentCode department;
  Text<120> post;            // several posts of one person join with 、: "党组成员、副厅长"
  Text<60> name;
  CivilDay from, to;         // both included; one day is the rule, a week where the day was not kept
  std::int32_t rank = 0;     // the order in lists, entered: 1 stands first
};
BOOST_DESCRIBE_STRUCT(DutyRecorded, (), (department, post, name, from, to, rank))

// A display at a place of the hall may show the centre's counts.
struct ScreenOpened {
  static constexpr std::string_view kName = "hall.screen_opened/1";
  Text<64> screen;           // the hash of its key
  Text<60> place;            // "二楼办公区东墙"
};
BOOST_DESCRIBE_STRUCT(ScreenOpened, (), (screen, place))
struct ScreenClosed {
  static constexpr std::string_view kName = "hall.screen_closed/1";
  Text<64> screen;
};
BOOST_DESCRIBE_STRUCT(ScreenClosed, (), (screen))

}  // namespace yi::hall
