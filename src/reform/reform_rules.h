#pragma once
// The rules of activities, reform tasks and the rules register: pure functions from the present state and a wish to a fact or a refusal.
#include <functional>

#include "base/result.h"
#include "reform/activity.h"
#include "reform/house_rule.h"
#include "reform/task.h"

namespace yi::reform {

enum class ReformRefused {
  words_missing, bad_count, span_reversed, unknown_department, unknown_account, other_department, unknown_activity, sheet_taken, no_sheet, not_invited, no_week, offered_already, not_offered,
  unknown_programme, unknown_task, task_closed, pushed_already, due_not_later, unknown_milestone, reached_already, future, bundle_missing, bundle_without_product, unknown_bundle,
  milestones_open, no_resolutions, too_many_resolutions, unknown_resolution, settled_already, version_not_next, unknown_rule, other_version, not_a_reader, read_already, department_missing
};
Refusal refusal(ReformRefused what);
std::vector<std::string> reform_refusal_codes();

struct ReformGround {
  std::function<bool(const DepartmentCode&)> known_department;
  std::function<bool(const std::string& account)> colleague;
  std::function<bool(const catalog::BundleCode&)> known_bundle;
};
struct ReformContext {
  const ReformGround& ground;
  CivilDay today;
  const std::string& account;
  const DepartmentCode& department;  // of who acts; empty: the centre's
};

Result<ActivityRecorded> decide(const RecordActivity& c, const ReformContext& x);
Result<SheetTaken> decide(const ActivityState* s, const TakeSheet& c, const ReformContext& x);
Result<NewsOffered> decide(const ActivityState* s, const OfferNews& c, const ReformContext& x);
Result<OfferSettled> decide(const ActivityState* s, const SettleOffer& c, const ReformContext& x);

Result<ProgrammeOpened> decide(const OpenProgramme& c, const ReformContext& x);
Result<TaskSet> decide(const ProgrammeState* s, const SetTask& c, const ReformContext& x);
Result<TaskPushed> decide(const TaskState* s, const PushTask& c, const ReformContext& x);
Result<TaskExtended> decide(const TaskState* s, const ExtendTask& c, const ReformContext& x);
// `open`: milestones of the task that were not reached.
Result<TaskClosed> decide(const TaskState* s, const CloseTask& c, bool open, const ReformContext& x);
Result<MilestoneSet> decide(const TaskState* s, const SetMilestone& c, const ReformContext& x);
Result<MilestoneReached> decide(const MilestoneState* s, const TaskState* task, const ReachMilestone& c, const ReformContext& x);
Result<DispatchHeld> decide(const ProgrammeState* s, const HoldDispatch& c, const ReformContext& x);
Result<ResolutionSettled> decide(const ResolutionState* s, const SettleResolution& c, const ReformContext& x);

Result<HouseRuleEnacted> decide(const HouseRuleState* s, const EnactHouseRule& c, const ReformContext& x);
Result<HouseRuleRead> decide(const HouseRuleState* s, const ConfirmReading& c, const ReformContext& x);

}  // namespace yi::reform
