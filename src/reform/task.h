#pragma once
// Programmes, tasks, milestones, dispatch meetings: facts, wishes, state. docs/decisions/0037. Streams: "programme:<n>", "task:<n>",
// "dispatch:<n>", n the ledger position of the first fact.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalog/types.h"
#include "engine/guard.h"

namespace yi::reform {

using ProgrammeId = Id<struct ProgrammeTag>;
using TaskId = Id<struct TaskTag>;
using MilestoneId = Id<struct MilestoneTag>;
using DispatchId = Id<struct DispatchTag>;

struct Programme {
  Text<120> name;
  std::optional<Text<200>> basis;         // the paper that set it up
  CivilDay from;
  std::optional<CivilDay> to;
};
BOOST_DESCRIBE_STRUCT(Programme, (), (name, basis, from, to))
struct ProgrammeOpened : Programme {
  static constexpr std::string_view kName = "reform.programme_opened/1";
};
BOOST_DESCRIBE_STRUCT(ProgrammeOpened, (Programme), ())
struct Task {
  ProgrammeId programme;
  Text<120> name;
  DepartmentCode department;
  std::optional<Text<64>> owner;          // an account
  CivilDay due;
  std::optional<Text<500>> measure;       // what makes it done
};
BOOST_DESCRIBE_STRUCT(Task, (), (programme, name, department, owner, due, measure))
struct TaskSet : Task {
  static constexpr std::string_view kName = "reform.task_set/1";
};
BOOST_DESCRIBE_STRUCT(TaskSet, (Task), ())
struct TaskPushed {
  static constexpr std::string_view kName = "reform.task_pushed/1";
  TaskId task;
  CivilDay week;                          // its Monday
};
BOOST_DESCRIBE_STRUCT(TaskPushed, (), (task, week))
struct TaskExtended {
  static constexpr std::string_view kName = "reform.task_extended/1";
  TaskId task;
  CivilDay due;
  Text<500> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(TaskExtended, (), (task, due, reason, by))
struct TaskClosed {
  static constexpr std::string_view kName = "reform.task_closed/1";
  TaskId task;
  Text<500> evidence;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(TaskClosed, (), (task, evidence, by))
enum class Product { none, plan, guide };
BOOST_DESCRIBE_ENUM(Product, none, plan, guide)
struct Milestone {
  TaskId task;
  Text<120> name;
  CivilDay due;
  Product product{};
  std::optional<catalog::BundleCode> bundle;  // of a plan or a guide
};
BOOST_DESCRIBE_STRUCT(Milestone, (), (task, name, due, product, bundle))
struct MilestoneSet : Milestone {
  static constexpr std::string_view kName = "reform.milestone_set/1";
};
BOOST_DESCRIBE_STRUCT(MilestoneSet, (Milestone), ())
struct MilestoneReached {
  static constexpr std::string_view kName = "reform.milestone_reached/1";
  MilestoneId milestone;
  TaskId task;
  CivilDay on;
  Text<200> evidence;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(MilestoneReached, (), (milestone, task, on, evidence, by))
struct Resolution {
  Text<500> text;
  DepartmentCode department;
  CivilDay due;
};
BOOST_DESCRIBE_STRUCT(Resolution, (), (text, department, due))
struct Dispatch {
  ProgrammeId programme;
  CivilDay on;
  Text<120> title;
  Text<120> host;
  std::vector<Resolution> resolutions;    // at most kMostResolutions
};
BOOST_DESCRIBE_STRUCT(Dispatch, (), (programme, on, title, host, resolutions))
struct DispatchHeld : Dispatch {
  static constexpr std::string_view kName = "reform.dispatch_held/1";
};
BOOST_DESCRIBE_STRUCT(DispatchHeld, (Dispatch), ())
inline constexpr std::size_t kMostResolutions = 40;
struct ResolutionSettled {
  static constexpr std::string_view kName = "reform.resolution_settled/1";
  DispatchId dispatch;
  std::int32_t place = 0;                 // in the list, from 1
  Text<500> evidence;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ResolutionSettled, (), (dispatch, place, evidence, by))

struct OpenProgramme : Programme {};
BOOST_DESCRIBE_STRUCT(OpenProgramme, (Programme), ())
struct SetTask : Task {};
BOOST_DESCRIBE_STRUCT(SetTask, (Task), ())
struct PushTask {
  TaskId task;
  CivilDay week;
};
BOOST_DESCRIBE_STRUCT(PushTask, (), (task, week))
struct ExtendTask {
  TaskId task;
  CivilDay due;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ExtendTask, (), (task, due, reason))
struct CloseTask {
  TaskId task;
  Text<500> evidence;
};
BOOST_DESCRIBE_STRUCT(CloseTask, (), (task, evidence))
struct SetMilestone : Milestone {};
BOOST_DESCRIBE_STRUCT(SetMilestone, (Milestone), ())
struct ReachMilestone {
  MilestoneId milestone;
  CivilDay on;
  Text<200> evidence;
};
BOOST_DESCRIBE_STRUCT(ReachMilestone, (), (milestone, on, evidence))
struct HoldDispatch : Dispatch {};
BOOST_DESCRIBE_STRUCT(HoldDispatch, (Dispatch), ())
struct SettleResolution {
  DispatchId dispatch;
  std::int32_t place = 0;
  Text<500> evidence;
};
BOOST_DESCRIBE_STRUCT(SettleResolution, (), (dispatch, place, evidence))

struct ProgrammeState {
  CivilDay begins{};
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(begins.days); }
  static ProgrammeState from(const store::Row& r) { return {CivilDay{static_cast<std::int32_t>(r[2].i)}}; }
};
class ProgrammeGuard : public engine::GuardTable<std::int64_t, ProgrammeState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ProgrammeOpened::kName}; }
  void apply(const engine::RecordedFact& fact) override { change_new(fact.seq) = {fact.as<ProgrammeOpened>().from}; }
};
struct TaskState {
  std::int64_t programme = 0;
  std::string department;
  CivilDay due{};
  bool closed = false;
  std::optional<CivilDay> pushed;         // the last week
  static const store::View& view();
  void append_row(store::Row& r) const;
  static TaskState from(const store::Row& r);
};
class TaskGuard : public engine::GuardTable<std::int64_t, TaskState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {TaskSet::kName, TaskPushed::kName, TaskExtended::kName, TaskClosed::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
struct MilestoneState {
  std::int64_t task = 0;
  CivilDay due{};
  Product product{};
  std::string bundle;
  std::optional<CivilDay> reached;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static MilestoneState from(const store::Row& r);
};
class MilestoneGuard : public engine::GuardTable<std::int64_t, MilestoneState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {MilestoneSet::kName, MilestoneReached::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
// How many milestones of a task were not reached, under the task's number.
struct OpenMilestones {
  std::int64_t count = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(count); }
  static OpenMilestones from(const store::Row& r) { return {r[2].i}; }
};
class OpenMilestoneGuard : public engine::GuardTable<std::int64_t, OpenMilestones> {
 public:
  std::vector<std::string_view> listens_to() const override { return {MilestoneSet::kName, MilestoneReached::kName}; }
  void apply(const engine::RecordedFact& fact) override {
    if (fact.record.name == MilestoneSet::kName) ++change(fact.as<MilestoneSet>().task.value).count;
    else --change(fact.as<MilestoneReached>().task.value).count;
  }
};
struct ResolutionState {                  // key: "<dispatch>/<place>"
  std::string department;
  CivilDay due{};
  std::optional<CivilDay> settled;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static ResolutionState from(const store::Row& r);
};
class ResolutionGuard : public engine::GuardTable<std::string, ResolutionState> {
 public:
  static std::string key(DispatchId dispatch, int place);
  std::vector<std::string_view> listens_to() const override { return {DispatchHeld::kName, ResolutionSettled::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

}  // namespace yi::reform
