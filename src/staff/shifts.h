#pragma once
// Shifts (班次) and their slots (打卡时段) as a centre writes them (data/<province>/attendance.yaml), and what a day's signs come to under
// them (docs/decisions/0035). Pure: no clock, no database.
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "identity/roles.h"

namespace yi::staff {

// By what a sign (打卡) came.
enum class SignWay {
  desk,    // at the desk: by signing in, or by its button
  kiosk,   // in older ledgers: what is `entered` now
  device,  // a device's own file
  entered, // by somebody else, who is named: nobody has seen a card
  card     // with one's identity card at a kiosk's reader
};
BOOST_DESCRIBE_ENUM(SignWay, desk, kiosk, device, entered, card)

enum class SlotSide { arrive, leave };
BOOST_DESCRIBE_ENUM(SlotSide, arrive, leave)

// Minutes of the civil day, from <= due <= to. Arriving: in time up to and with `due`. Leaving: in time from `due` on.
struct Slot {
  std::string code, name;
  SlotSide side{};
  int from = 0, due = 0, to = 0;
};
struct Shift {
  std::string code, name;
  std::vector<Slot> slots;  // in the day's order
  const Slot* find(std::string_view code) const;
};
struct AttendanceRules {
  std::vector<Shift> shifts;  // the first is everybody's who has no other
  std::vector<SignWay> ways;  // that count
  identity::RoleSet roles;    // of whom attendance is kept
  int correction_days = 7;    // calendar days: so long a slot may be put right
  int post_minutes = 120;     // the longest that a post may be left on a B post's word alone; longer is leave
  // Refusals of base/yaml.h, "staff.bad_attendance".
  static Result<AttendanceRules> load(const std::filesystem::path& file);
  const Shift* find(std::string_view code) const;
  bool counts(SignWay way) const;
};

enum class SlotMark {
  open,       // its time has not passed, and nobody has signed
  on_time,
  late,
  early,      // left too early
  missing,    // its time has passed without a sign
  corrected,  // put right by a person
  outside,    // out on duty: official leave, or put right as such
  on_leave,
};
BOOST_DESCRIBE_ENUM(SlotMark, open, on_time, late, early, missing, corrected, outside, on_leave)

enum class DayMark {
  rest,       // nobody is expected
  running,    // not over, nothing amiss so far
  present,    // every slot in time or put right
  irregular,  // late, early, or a slot without a sign
  absent,     // no slot signed at all, and no leave: a candidate, what it was decides a person
  outside,
  on_leave,
};
BOOST_DESCRIBE_ENUM(DayMark, rest, running, present, irregular, absent, outside, on_leave)

struct SlotRecord {
  std::string slot, name;
  SlotSide side{};
  SlotMark mark{};
  std::string due;                    // "09:00"
  std::optional<std::string> signed_at;  // "08:53"
  std::int32_t minutes = 0;           // late or early by so many
};
BOOST_DESCRIBE_STRUCT(SlotRecord, (), (slot, name, side, mark, due, signed_at, minutes))
struct DayRecord {
  DayMark mark{};
  std::string shift;                  // its name; empty: rest
  std::vector<SlotRecord> slots;
};
BOOST_DESCRIBE_STRUCT(DayRecord, (), (mark, shift, slots))

// What is known of somebody's day.
struct DayOf {
  const Shift* shift = nullptr;       // none: a day of rest without a duty
  std::vector<int> signs;             // minutes of the day, rising
  bool on_leave = false, outside = false;
  std::map<std::string, SlotMark> corrections;  // by slot: corrected or outside
  int now = 24 * 60;                  // minutes of the day gone by; 1440 of a day that is over
};
DayRecord judge(const DayOf& day);

std::string clock_words(int minute);  // "09:00"

}  // namespace yi::staff
