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
  std::optional<DutyPlanId> plan = {};
};
BOOST_DESCRIBE_STRUCT(RecordDuty, (), (department, post, name, from, to, rank, plan))
struct PlanDuty {
  DepartmentCode department;
  Text<120> post;
  Text<60> name;
  CivilDay day;
};
BOOST_DESCRIBE_STRUCT(PlanDuty, (), (department, post, name, day))
struct DropDutyPlan {
  DutyPlanId plan;
  Text<200> reason;
};
BOOST_DESCRIBE_STRUCT(DropDutyPlan, (), (plan, reason))
struct TakeBackDuty {
  DutyId duty;
  WrongDuty why{};
};
BOOST_DESCRIBE_STRUCT(TakeBackDuty, (), (duty, why))
struct NoteDuty {
  DutyId duty;
  std::int32_t served = 0, asked = 0, called_back = 0;
  Text<1000> opinions;
};
BOOST_DESCRIBE_STRUCT(NoteDuty, (), (duty, served, asked, called_back, opinions))

// 开通大屏或设备: `key` is 64 random hex digits that whoever opens it has made; it goes to the display and is recorded nowhere.
struct OpenScreen {
  Text<60> place;
  Text<64> key;
  std::optional<ScreenKind> kind = {};
  std::optional<WindowCode> window = {};
  std::optional<Text<64>> serves = {};
};
BOOST_DESCRIBE_STRUCT(OpenScreen, (), (place, key, kind, window, serves))

// 停用大屏.
struct CloseScreen {
  Text<64> screen;
};
BOOST_DESCRIBE_STRUCT(CloseScreen, (), (screen))

}  // namespace yi::hall
