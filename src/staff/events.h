#pragma once
// Facts of the people who work in the hall. Streams: "staff:<department>".
#include <optional>
#include <vector>

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
const char* chinese_name(LeaveKind kind);

// Whom a leave of a kind is told to. Which kind is what says leave.yaml, and what held when a leave was recorded stands in its fact, so
// that a later table changes no week that is over.
struct Disclosure {
  bool health = false;  // tells of somebody's health or body (个人信息保护法 §28): for those with that right alone
  bool open = false;    // the public edition names it; never 病假, 产假, 工伤
  bool operator==(const Disclosure&) const = default;
};
BOOST_DESCRIBE_STRUCT(Disclosure, (), (health, open))
// As it is told: what was said, or where a ledger has none, what held before leave.yaml said it (年休假, 因公外出 open; 病假, 产假, 工伤
// health). Whatever was said, sick leave tells of health, and neither what tells of health nor 产假 and 工伤, which tell of somebody's
// body by their name, are open.
Disclosure disclosure_of(LeaveKind kind, const std::optional<Disclosure>& said);
// 病假, 产假, 工伤: the name alone tells of somebody's health or body.
bool is_of_body(LeaveKind kind);

// 年休假 and 事假 count working days, 病假 and 产假 calendar days as a rule; a centre's approval says which.
enum class CountMode { working, calendar };
BOOST_DESCRIBE_ENUM(CountMode, working, calendar)

using RecordId = Id<struct RecordedTag>;  // the ledger position of a leave_recorded
using LeaveId = Id<struct LeaveTag>;  // of a request (leave_request.h), dense from 1 in a centre

// How many of a span's days fall into a year: balances are a year's.
struct YearDays {
  std::int32_t year = 0, days = 0;
};
BOOST_DESCRIBE_STRUCT(YearDays, (), (year, days))

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
  std::optional<LeaveId> leave = {};   // the request it comes from; none: entered
  std::optional<Text<64>> account = {};  // of one that was entered, where whose it is was named: counted against their year; of a request too, but in older ledgers
  std::vector<YearDays> years = {};      // the same days by year; of one that was entered and names an account
  std::optional<Text<64>> by = {};       // who entered it
  std::optional<Disclosure> disclosure = {};  // of leave.yaml, as it was then; none in older ledgers
};
BOOST_DESCRIBE_STRUCT(LeaveRecorded, (), (department, name, kind, from, to, count_mode, days, rank, leave, account, years, by, disclosure))
// What was recorded of a request and no longer holds: withdrawn, or another span. Lists are without it from then on.
struct TakenBack {
  RecordId recorded;
  CivilDay to;                    // its last day
};
BOOST_DESCRIBE_STRUCT(TakenBack, (), (recorded, to))
// What no longer counts against a year.
struct GivenBack {
  Text<64> account;
  LeaveKind kind{};
  CivilDay from;
  std::int32_t days = 0;
  std::vector<YearDays> years = {};  // the same days by year; none in older ledgers: all of them the year's of `from`
};
BOOST_DESCRIBE_STRUCT(GivenBack, (), (account, kind, from, days, years))

// Why what was entered is taken back. A choice and no words: words would tell of a person.
enum class WrongEntry { twice, other_person, other_days, not_taken };
BOOST_DESCRIBE_ENUM(WrongEntry, twice, other_person, other_days, not_taken)
// 撤销登记: of leave that was entered; the entry stays in the ledger and in the list of entries, marked.
struct LeaveTakenBack {
  static constexpr std::string_view kName = "staff.leave_taken_back/1";
  TakenBack taken_back;
  WrongEntry why{};
  Text<64> by;
  std::optional<GivenBack> given_back = {};  // it named an account
};
BOOST_DESCRIBE_STRUCT(LeaveTakenBack, (), (taken_back, why, by, given_back))

}  // namespace yi::staff
