#pragma once
// What may be asked of activities, tasks and rules.
#include "engine/registry.h"
#include "identity/viewer.h"
#include "reform/activity.h"
#include "reform/house_rule.h"
#include "reform/task.h"

namespace yi::reform {

void add_reports(engine::Registry& registry);

struct ReformReader {
  store::Reader& reader;
  CentreCode centre;
  const identity::Viewer& viewer;
  CivilDay today;
};

// How somebody of the list of names stands in an activity's sheet (签到表).
enum class SheetMark { present, excused, missing };
BOOST_DESCRIBE_ENUM(SheetMark, present, excused, missing)
struct ActivityEntry {
  ActivityId activity;
  Activity what;
  bool sheet = false;
  std::int32_t present = 0, excused = 0;
  OfferStage offer = OfferStage::none;
  std::optional<CivilDay> week;         // offered for
  std::optional<std::string> text, note;
  std::optional<SheetMark> yours{};     // the viewer's own mark, where they are on the list and the sheet was taken
};
BOOST_DESCRIBE_STRUCT(ActivityEntry, (), (activity, what, sheet, present, excused, offer, week, text, note, yours))
// Who came, was excused, or stayed away, each in the order of the list of names.
struct SheetEntry {
  ActivityId activity;
  std::vector<std::string> present, excused, missing;  // accounts
};
BOOST_DESCRIBE_STRUCT(SheetEntry, (), (activity, present, excused, missing))
struct MilestoneEntry {
  MilestoneId milestone;
  std::string name;
  CivilDay due;
  Product product{};
  std::optional<catalog::BundleCode> bundle;
  std::optional<CivilDay> reached;
  std::optional<std::string> evidence;
};
BOOST_DESCRIBE_STRUCT(MilestoneEntry, (), (milestone, name, due, product, bundle, reached, evidence))
// 延期: each as it was said.
struct ExtensionEntry {
  CivilDay on;        // the day on which it was recorded
  CivilDay due;       // the new day
  std::string reason, by;
};
BOOST_DESCRIBE_STRUCT(ExtensionEntry, (), (on, due, reason, by))
struct TaskEntry {
  TaskId task;
  std::string name;
  DepartmentCode department;
  std::optional<std::string> owner, measure, evidence;
  CivilDay due;
  bool closed = false, pushed = false;  // pushed: this week
  std::vector<MilestoneEntry> milestones;
  std::vector<ExtensionEntry> extensions{};  // oldest first
};
BOOST_DESCRIBE_STRUCT(TaskEntry, (), (task, name, department, owner, measure, evidence, due, closed, pushed, milestones, extensions))
struct ResolutionEntry {
  DispatchId dispatch;
  std::int32_t place = 0;
  std::string text;
  DepartmentCode department;
  CivilDay due;
  std::optional<CivilDay> settled;
  std::optional<std::string> evidence{}, by{};  // of what is settled
};
BOOST_DESCRIBE_STRUCT(ResolutionEntry, (), (dispatch, place, text, department, due, settled, evidence, by))
struct DispatchEntry {
  DispatchId dispatch;
  CivilDay on;
  std::string title, host;
  std::vector<ResolutionEntry> resolutions;
};
BOOST_DESCRIBE_STRUCT(DispatchEntry, (), (dispatch, on, title, host, resolutions))
struct ProgrammeEntry {
  ProgrammeId programme;
  Programme what;
  std::vector<TaskEntry> tasks;
  std::vector<DispatchEntry> dispatches;  // newest first
};
BOOST_DESCRIBE_STRUCT(ProgrammeEntry, (), (programme, what, tasks, dispatches))
struct HouseRuleEntry {
  HouseRule what;
  std::vector<DepartmentCode> read;
  bool yours_to_confirm = false;
};
BOOST_DESCRIBE_STRUCT(HouseRuleEntry, (), (what, read, yours_to_confirm))

std::vector<ActivityEntry> activities(const ReformReader& h, int limit);   // newest day first
// Of the viewer's own department's activities where they are bound to one. Refusals "reform.unknown_activity", "reform.no_sheet",
// "reform.other_department".
Result<SheetEntry> sheet_of(const ReformReader& h, ActivityId activity);
std::vector<ProgrammeEntry> programmes(const ReformReader& h);             // oldest first
std::vector<std::string> pushed_in(const ReformReader& h, CivilDay week);  // names of tasks, in the order they were pushed
std::vector<HouseRuleEntry> house_rules(const ReformReader& h);            // by number

}  // namespace yi::reform
