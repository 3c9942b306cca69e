#pragma once
// Facts of the people who work in the hall. Streams: "staff:<department>".
#include <optional>

#include "base/json.h"

namespace yi::staff {

// 假别 (casework.md §3.4). Which of them a bulletin prints, and under which words, is its template's choice.
enum class LeaveKind {
  annual,         // 年休假
  sick,           // 病假
  personal,       // 事假
  marriage,       // 婚假
  maternity,      // 产假
  paternity,      // 陪产（护理）假
  childcare,      // 育儿假
  bereavement,    // 丧假
  home_visit,     // 探亲假
  work_injury,    // 工伤
  compensatory,   // 补休、调休
  official,       // 因公外出
  brief_absence,  // 临时外出
};
BOOST_DESCRIBE_ENUM(LeaveKind, annual, sick, personal, marriage, maternity, paternity, childcare, bereavement, home_visit,
                    work_injury, compensatory, official, brief_absence)
// What the kind says about somebody's health or body (个人信息保护法 §28): never in a public edition.
bool is_health(LeaveKind kind);
const char* chinese_name(LeaveKind kind);

// 年休假 and 事假 count working days, 病假 and 产假 calendar days as a rule; a centre's approval says which.
enum class CountMode { working, calendar };
BOOST_DESCRIBE_ENUM(CountMode, working, calendar)

using LeaveId = Id<struct LeaveTag>;  // of a request (leave_request.h), dense from 1 in a centre

// 请假（已批准）: the whole approved span, which may reach outside any week.
struct LeaveRecorded {
  static constexpr std::string_view kName = "staff.leave_recorded/1";
  DepartmentCode department;
  Text<60> name;
  LeaveKind kind = LeaveKind::annual;
  CivilDay from, to;              // both included
  CountMode count_mode = CountMode::working;
  std::int32_t days = 0;          // the whole approved length, counted in that mode
  std::int32_t rank = 0;          // the order in lists, entered: 1 stands first
  std::optional<LeaveId> leave;   // the request it comes from; none: entered
};
BOOST_DESCRIBE_STRUCT(LeaveRecorded, (), (department, name, kind, from, to, count_mode, days, rank, leave))
// What was recorded of a request and no longer holds: withdrawn, or another span. Lists are without it from then on.
struct TakenBack {
  Id<struct RecordedTag> recorded;  // the ledger position of its leave_recorded
  CivilDay to;                    // its last day
};
BOOST_DESCRIBE_STRUCT(TakenBack, (), (recorded, to))

}  // namespace yi::staff
