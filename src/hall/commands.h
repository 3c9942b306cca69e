#pragma once
#include "hall/events.h"

namespace yi::hall {

// 登记领导值守. The same fields as the fact.
struct RecordDuty {
  DepartmentCode department;
  Text<120> post;
  Text<60> name;
  CivilDay from, to;
  std::int32_t rank = 0;
};
BOOST_DESCRIBE_STRUCT(RecordDuty, (), (department, post, name, from, to, rank))

// 开通大屏: `key` is 64 random hex digits that whoever opens it has made; it goes to the display and is recorded nowhere.
struct OpenScreen {
  Text<60> place;
  Text<64> key;
};
BOOST_DESCRIBE_STRUCT(OpenScreen, (), (place, key))

// 停用大屏.
struct CloseScreen {
  Text<64> screen;
};
BOOST_DESCRIBE_STRUCT(CloseScreen, (), (screen))

}  // namespace yi::hall
