#pragma once
#include "engine/engine.h"
#include "http/router.h"
#include "identity/subjects.h"
#include "identity/viewer.h"
#include "staff/leave_rules.h"

namespace yi::staff {

// Commands staff.ask_leave … staff.record_service. After staff::declare.
LeaveGuard& declare_leave(engine::Registry& registry, const LeaveGround& ground, const identity::Subjects& subjects);

// 意见: what somebody has said in the course of a request.
enum class LeaveSaid { approved, rejected, handed_over, overdue_decided };
BOOST_DESCRIBE_ENUM(LeaveSaid, approved, rejected, handed_over, overdue_decided)
struct LeaveRemark {
  LeaveSaid said{};
  std::optional<LeaveStep> step;        // of an approval or a rejection
  std::string by;                       // account
  std::string note;
};
BOOST_DESCRIBE_STRUCT(LeaveRemark, (), (said, step, by, note))

struct LeaveEntry {
  LeaveId leave;
  std::string account, name;
  DepartmentCode department;
  std::optional<LeaveKind> kind;        // none: it tells of health, and the viewer may not see that
  LeaveStage stage{};
  CivilDay from, to;
  CountMode count_mode{};
  std::int32_t days = 0;
  std::vector<LeaveStep> steps;      // still to come
  std::optional<std::string> substitute;
  bool handed_over = false;
  std::optional<std::string> reason, certificate;  // for whoever asked, and for who has to decide
  bool hand_over_missing = false;       // approved, begun, and nobody has taken over
  std::optional<CivilDay> back;
  bool overdue = false;                 // 旷工候选: past its last day by more than the table's days, not returned
  std::optional<bool> absent{};         // settled: whether it was found to be absence
  std::vector<LeaveRemark> remarks{};   // in their order; for those who read the reason, and each for whoever made it
};
BOOST_DESCRIBE_STRUCT(LeaveEntry, (), (leave, account, name, department, kind, stage, from, to, count_mode, days, steps, substitute, handed_over, reason, certificate, hand_over_missing, back, overdue, absent, remarks))

struct LeaveReader {
  store::Reader& reader;
  CentreCode centre;
  const identity::Viewer& viewer;
  const LeaveRules& rules;
  CivilDay today;
  const store::KeyVault& keys;
  const calendar::Calendar& calendar;
  std::function<bool(identity::RoleSet roles, LeaveStep step)> stands_for = {};  // LeaveGround's
};
std::vector<LeaveEntry> leaves_of(const LeaveReader& h, const std::string& account, int limit);  // newest first
// Those that wait for a step, of the viewer's department where they are bound to one; oldest first. Whoever may decide the step that is
// due, unless the table says that it decides without the words (LeaveSteps::reads), and whoever asked, is told what kind it is, health
// too, and why; to others it is a leave of somebody's.
std::vector<LeaveEntry> leaves_waiting(const LeaveReader& h, int limit);
// Those that wait for the account to take over.
std::vector<LeaveEntry> hand_overs_waiting(const LeaveReader& h, const std::string& substitute, int limit);
// Approved and not returned: who is away today, and who should be back.
std::vector<LeaveEntry> leaves_running(const LeaveReader& h, int limit);
// Those in which the viewer has said something, with what they said; newest first.
std::vector<LeaveEntry> leaves_remarked(const LeaveReader& h, int limit);

struct LeaveColleague {
  std::string account, name;
  DepartmentCode department;
};
BOOST_DESCRIBE_STRUCT(LeaveColleague, (), (account, name, department))

// GET /api/staff/leaves/mine, /api/staff/leaves/waiting, /api/staff/leaves/running, /api/staff/leaves/rules, /api/staff/colleagues.
void add_leave_doors(http::Router& router, engine::Engine& engine, const LeaveGround& ground);

}  // namespace yi::staff
