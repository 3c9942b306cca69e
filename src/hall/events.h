#pragma once
// Facts of the hall itself. Streams: "hall:duty", "hall:screens".
#include <optional>

#include "base/json.h"

namespace yi::hall {

using DutyId = Id<struct DutyTag>;          // the ledger position of hall.duty_recorded
using DutyPlanId = Id<struct DutyPlanTag>;  // of hall.duty_planned

// 厅（局）长进大厅: a leader of a department stood duty at the windows.
struct DutyRecorded {
  static constexpr std::string_view kName = "hall.duty_recorded/1";
  DepartmentCode department;
  Text<120> post;            // several posts of one person join with 、: "党组成员、副厅长"
  Text<60> name;
  CivilDay from, to;         // both included; one day is the rule, a week where the day was not kept
  std::int32_t rank = 0;     // the order in lists, entered: 1 stands first
  std::optional<DutyPlanId> plan = {};  // of the roster, that it keeps
};
BOOST_DESCRIBE_STRUCT(DutyRecorded, (), (department, post, name, from, to, rank, plan))

// 值守安排: the roster says who comes on which day; 取消: who will not.
struct DutyPlanned {
  static constexpr std::string_view kName = "hall.duty_planned/1";
  DepartmentCode department;
  Text<120> post;
  Text<60> name;
  CivilDay day;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(DutyPlanned, (), (department, post, name, day, by))
struct DutyPlanDropped {
  static constexpr std::string_view kName = "hall.duty_plan_dropped/1";
  DutyPlanId plan;
  Text<200> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(DutyPlanDropped, (), (plan, reason, by))
// Why an entry is taken back. A choice and no words: words would tell of a person.
enum class WrongDuty { twice, other_person, other_days, not_come };
BOOST_DESCRIBE_ENUM(WrongDuty, twice, other_person, other_days, not_come)
// 撤销登记: the duty leaves the bulletin's list; it stays in the ledger and in the book of duties, marked. A plan that it kept is open again.
struct DutyTakenBack {
  static constexpr std::string_view kName = "hall.duty_taken_back/1";
  DutyId duty;
  CivilDay to;               // its last day
  WrongDuty why{};
  Text<64> by;
  std::optional<DutyPlanId> plan = {};
};
BOOST_DESCRIBE_STRUCT(DutyTakenBack, (), (duty, to, why, by, plan))
// 值守记录: what a leader did in the hall. Written again it takes the place of the one before; the ledger keeps both.
struct DutyNoted {
  static constexpr std::string_view kName = "hall.duty_noted/1";
  DutyId duty;
  std::int32_t served = 0;       // 接待办事群众, persons
  std::int32_t asked = 0;        // 解答咨询, times
  std::int32_t called_back = 0;  // 回访, persons
  Text<1000> opinions;           // 意见建议; may be empty
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(DutyNoted, (), (duty, served, asked, called_back, opinions, by))

// What hangs on a wall or stands on a desk without anybody signing in (docs/decisions/0027, 0033).
enum class ScreenKind {
  leaders,      // 领导大屏: counts
  kiosk,        // 取号机
  board,        // 叫号屏
  pad,          // 评价器, of a window
  caller,       // 叫号器, of a window
  card_reader,  // 身份证读卡器, of a window or a kiosk
  sender        // 短信网关: fetches the outbox
};
BOOST_DESCRIBE_ENUM(ScreenKind, leaders, kiosk, board, pad, caller, card_reader, sender)

// A display or device at a place of the hall may do what its kind may.
struct ScreenOpened {
  static constexpr std::string_view kName = "hall.screen_opened/1";
  Text<64> screen;           // the hash of its key
  Text<60> place;            // "二楼办公区东墙"
  std::optional<ScreenKind> kind = {};      // none: leaders, as before there were others
  std::optional<WindowCode> window = {};    // whose it is
  std::optional<Text<64>> serves = {};      // of a card reader at a kiosk: the kiosk's screen
};
BOOST_DESCRIBE_STRUCT(ScreenOpened, (), (screen, place, kind, window, serves))
struct ScreenClosed {
  static constexpr std::string_view kName = "hall.screen_closed/1";
  Text<64> screen;
};
BOOST_DESCRIBE_STRUCT(ScreenClosed, (), (screen))

}  // namespace yi::hall
