#include "identity/reading_door.h"
#include "reform/declare.h"
#include "reform/views.h"

namespace yi::reform {
namespace {

struct Activities {
  std::vector<ActivityEntry> activities;
};
BOOST_DESCRIBE_STRUCT(Activities, (), (activities))
struct Programmes {
  CivilDay today;
  std::vector<ProgrammeEntry> programmes;
};
BOOST_DESCRIBE_STRUCT(Programmes, (), (today, programmes))
struct Week {
  CivilDay week;
  std::vector<std::string> pushed;
};
BOOST_DESCRIBE_STRUCT(Week, (), (week, pushed))
struct HouseRules {
  std::vector<HouseRuleEntry> rules;
};
BOOST_DESCRIBE_STRUCT(HouseRules, (), (rules))

ReformReader reader_of(const identity::Asking& a) { return {a.reader, a.centre, a.viewer, civil_day(a.now)}; }

}  // namespace

void add_doors(http::Router& router, engine::Engine& engine) {
  using identity::Asking;
  identity::add_reading_door<Activities>(router, engine, {"/api/reform/activities", "reform.list_activities", "活动", "reform.read", "read"}, [](const Asking& a) -> Result<Activities> {
    return Activities{activities(reader_of(a), static_cast<int>(limits::kPageRows.value))};
  });
  // Who stayed away tells of people: for those who take sheets, not for everybody who reads of activities. The activity stands in the
  // path, so that the audit says whose sheet was read.
  identity::add_reading_door<SheetEntry>(router, engine, {"/api/reform/activities/{activity}/sheet", "reform.read_sheet", "一项活动的签到表：到会、请假、未到的人", "reform.take_sheet", "personal",
                                                          {{"activity", "活动编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true}}, {"reform.unknown_activity", "reform.no_sheet", "reform.other_department"}},
                                         [](const Asking& a) -> Result<SheetEntry> { return sheet_of(reader_of(a), {a.number("activity")}); });
  identity::add_reading_door<Programmes>(router, engine, {"/api/reform/programmes", "reform.list_programmes", "专项行动、任务、节点、调度会", "reform.read", "read"}, [](const Asking& a) -> Result<Programmes> {
    const auto h = reader_of(a);
    return Programmes{h.today, programmes(h)};
  });
  identity::add_reading_door<Week>(router, engine, {"/api/reform/week", "reform.read_week", "一周的重点推进", "reform.read", "read", {identity::day_parameter("week", "那一周的星期一")}, {"base.bad_date"}}, [](const Asking& a) -> Result<Week> {
    YI_TRY(const auto week, a.day("week"));
    return Week{week, pushed_in(reader_of(a), week)};
  });
  identity::add_reading_door<HouseRules>(router, engine, {"/api/reform/house_rules", "reform.list_house_rules", "制度", "reform.read", "read"}, [](const Asking& a) -> Result<HouseRules> {
    return HouseRules{house_rules(reader_of(a))};
  });
}

}  // namespace yi::reform
