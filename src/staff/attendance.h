#pragma once
// Attendance (考勤, docs/decisions/0035): facts, wishes, state. Streams: "attendance:<account>", "attendance_file:<n>".
#include <optional>
#include <string>
#include <vector>

#include "engine/guard.h"
#include "staff/shifts.h"
#include "store/sealed.h"

namespace yi::staff {

// Sealed: why a slot is to be put right, or a post was left.
struct Words {
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Words, (), (reason))

struct Signed {
  static constexpr std::string_view kName = "staff.signed/1";
  Text<64> account;
  Instant at;
  SignWay way{};
  std::optional<WindowCode> window;   // at whose desk
  std::optional<Text<64>> by = {};    // who has entered it for them
};
BOOST_DESCRIBE_STRUCT(Signed, (), (account, at, way, window, by))
struct DeviceSign {
  Text<64> account;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(DeviceSign, (), (account, at))
struct RefusedLine {
  std::int32_t line = 0;              // of the file, from 1
  Text<200> why;
};
BOOST_DESCRIBE_STRUCT(RefusedLine, (), (line, why))
struct SignsImported {
  static constexpr std::string_view kName = "staff.signs_imported/1";
  Text<60> device;
  std::int32_t lines = 0;             // that say something
  std::int32_t known = 0;             // of them known before, from the same or another file
  std::vector<DeviceSign> taken;
  std::vector<RefusedLine> refused;
};
BOOST_DESCRIBE_STRUCT(SignsImported, (), (device, lines, known, taken, refused))
struct ShiftAssigned {
  static constexpr std::string_view kName = "staff.shift_assigned/1";
  Text<64> account;
  Text<40> shift;
  CivilDay from;
};
BOOST_DESCRIBE_STRUCT(ShiftAssigned, (), (account, shift, from))
// 值班: a day that the calendar gives as rest.
struct DutyAssigned {
  static constexpr std::string_view kName = "staff.duty_assigned/1";
  Text<64> account;
  CivilDay day;
  Text<40> shift;
};
BOOST_DESCRIBE_STRUCT(DutyAssigned, (), (account, day, shift))
struct DutyCancelled {
  static constexpr std::string_view kName = "staff.duty_cancelled/1";
  Text<64> account;
  CivilDay day;
};
BOOST_DESCRIBE_STRUCT(DutyCancelled, (), (account, day))
// 补卡.
enum class Wanted { signed_, outside };
BOOST_DESCRIBE_ENUM(Wanted, signed_, outside)
struct CorrectionAsked {
  static constexpr std::string_view kName = "staff.correction_asked/1";
  Text<64> account;
  DepartmentCode department;
  CivilDay day;
  Text<40> slot;
  Wanted wanted{};
  SubjectId subject;
  std::optional<store::SealedText> sealed;  // Words
};
BOOST_DESCRIBE_STRUCT(CorrectionAsked, (), (account, department, day, slot, wanted, subject, sealed))
struct CorrectionDecided {
  static constexpr std::string_view kName = "staff.correction_decided/1";
  Text<64> account;
  CivilDay day;
  Text<40> slot;
  bool granted = false;
  std::optional<Text<500>> note;      // in ledgers written before it was sealed
  Text<64> by;
  std::optional<store::SealedText> sealed = {};  // Words
};
BOOST_DESCRIBE_STRUCT(CorrectionDecided, (), (account, day, slot, granted, note, by, sealed))
// 离岗 of minutes: asked for, and so only when the B post has taken over.
struct PostLeavingAsked {
  static constexpr std::string_view kName = "staff.post_leaving_asked/1";
  Text<64> account;
  Text<64> substitute;
  std::int32_t until = 0;             // minute of the day
  bool official = false;
  SubjectId subject;
  std::optional<store::SealedText> sealed;  // Words
};
BOOST_DESCRIBE_STRUCT(PostLeavingAsked, (), (account, substitute, until, official, subject, sealed))
struct PostTakenOver {
  static constexpr std::string_view kName = "staff.post_taken_over/1";
  Text<64> account;                   // whose post
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(PostTakenOver, (), (account, by))
struct PostNotTaken {
  static constexpr std::string_view kName = "staff.post_not_taken/1";
  Text<64> account;
  Text<64> by;                        // the B post, or who asked and does not go
};
BOOST_DESCRIBE_STRUCT(PostNotTaken, (), (account, by))
struct BackAtPost {
  static constexpr std::string_view kName = "staff.back_at_post/1";
  Text<64> account;
  std::int32_t minutes = 0;           // away, since the B post took over
  bool official = false;
};
BOOST_DESCRIBE_STRUCT(BackAtPost, (), (account, minutes, official))

struct Sign {
  std::optional<WindowCode> window;
};
BOOST_DESCRIBE_STRUCT(Sign, (), (window))
struct EnterSign {
  Text<64> account;
};
BOOST_DESCRIBE_STRUCT(EnterSign, (), (account))
// Given by the kiosk's door, never by a person's: whose card lies on its reader.
struct SignByCard {
  Text<64> account;
};
BOOST_DESCRIBE_STRUCT(SignByCard, (), (account))
inline constexpr std::size_t kDeviceFileChars = 160'000;  // 2,000 lines of 80 characters
struct ImportSigns {
  Text<60> device;
  Text<kDeviceFileChars> text;        // CSV, read_device_file
};
BOOST_DESCRIBE_STRUCT(ImportSigns, (), (device, text))
struct AssignShift {
  Text<64> account;
  Text<40> shift;
  CivilDay from;
};
BOOST_DESCRIBE_STRUCT(AssignShift, (), (account, shift, from))
struct AssignDuty {
  Text<64> account;
  CivilDay day;
  Text<40> shift;
};
BOOST_DESCRIBE_STRUCT(AssignDuty, (), (account, day, shift))
struct CancelDuty {
  Text<64> account;
  CivilDay day;
};
BOOST_DESCRIBE_STRUCT(CancelDuty, (), (account, day))
struct AskCorrection {
  CivilDay day;
  Text<40> slot;
  Wanted wanted{};
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(AskCorrection, (), (day, slot, wanted, reason))
struct DecideCorrection {
  Text<64> account;
  CivilDay day;
  Text<40> slot;
  bool granted = false;
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(DecideCorrection, (), (account, day, slot, granted, note))
struct LeavePost {
  Text<5> until;                      // "10:30"
  bool official = false;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(LeavePost, (), (until, official, reason))
struct TakePost {
  Text<64> account;
};
BOOST_DESCRIBE_STRUCT(TakePost, (), (account))
struct RefusePost {
  Text<64> account;                   // or one's own: not going after all
};
BOOST_DESCRIBE_STRUCT(RefusePost, (), (account))
struct ReturnToPost {
  std::optional<WindowCode> window;
};
BOOST_DESCRIBE_STRUCT(ReturnToPost, (), (window))

// One row a sign, by account and minute: the same minute twice is once.
struct SignState {
  std::string account, window;
  CivilDay day{};
  int minute = 0;
  SignWay way{};
  static const store::View& view();
  void append_row(store::Row& r) const;
  static SignState from(const store::Row& r) { return {r[2].s, r[6].s, CivilDay{static_cast<std::int32_t>(r[3].i)}, static_cast<int>(r[4].i), static_cast<SignWay>(r[5].i)}; }
};
class SignGuard : public engine::GuardTable<std::string, SignState> {
 public:
  static std::string key(std::string_view account, Instant at);
  std::vector<std::string_view> listens_to() const override { return {Signed::kName, SignsImported::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
// Which shift from which day on, of an account.
struct ShiftState {
  std::vector<std::pair<CivilDay, std::string>> since;  // by day
  static const store::View& view();
  void append_row(store::Row& r) const;
  static ShiftState from(const store::Row& r);
  const std::string* on(CivilDay day) const;            // nullptr: the centre's first
};
class ShiftGuard : public engine::GuardTable<std::string, ShiftState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ShiftAssigned::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
std::string day_key(std::string_view account, CivilDay day);  // "account/0000019898"
struct DutyState {
  std::string account, shift;
  CivilDay day{};
  static const store::View& view();
  void append_row(store::Row& r) const;
  static DutyState from(const store::Row& r) { return {r[2].s, r[4].s, CivilDay{static_cast<std::int32_t>(r[3].i)}}; }
};
class DutyGuard : public engine::GuardTable<std::string, DutyState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {DutyAssigned::kName, DutyCancelled::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
enum class CorrectionStage { asked, granted, refused };
BOOST_DESCRIBE_ENUM(CorrectionStage, asked, granted, refused)
struct CorrectionState {
  std::string account, department, slot;
  CivilDay day{};
  Wanted wanted{};
  CorrectionStage stage = CorrectionStage::asked;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static CorrectionState from(const store::Row& r);
};
class CorrectionGuard : public engine::GuardTable<std::string, CorrectionState> {
 public:
  static std::string key(std::string_view account, CivilDay day, std::string_view slot);
  std::vector<std::string_view> listens_to() const override { return {CorrectionAsked::kName, CorrectionDecided::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
// Whose post is asked to be left, or is; nobody else has a row.
struct PostState {
  std::string account, substitute;
  CivilDay day{};
  int until = 0;
  bool official = false;
  int left = -1;              // minute of the day at which the B post took over; -1: it has not
  std::int64_t asked = 0;     // ledger position
  static const store::View& view();
  void append_row(store::Row& r) const;
  static PostState from(const store::Row& r);
};
class PostGuard : public engine::GuardTable<std::string, PostState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {PostLeavingAsked::kName, PostTakenOver::kName, PostNotTaken::kName, BackAtPost::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

}  // namespace yi::staff
