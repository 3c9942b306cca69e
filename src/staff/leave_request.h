#pragma once
// Requests for leave (请假单, docs/decisions/0032): the table of a centre, facts, wishes, state. Stream: "leave:<n>".
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/guard.h"
#include "identity/roles.h"
#include "staff/events.h"
#include "store/sealed.h"

namespace yi::staff {

// Who approves, in this order.
enum class LeaveStep { window, unit, centre };
BOOST_DESCRIBE_ENUM(LeaveStep, window, unit, centre)

struct LeaveSteps {
  std::optional<int> up_to;             // days; none: without bound
  std::vector<LeaveStep> by;
  std::vector<LeaveStep> reads;         // those of `by` that are told why, and what kind it is where it tells of health
};
// By rising up_to; the last without bound.
const LeaveSteps& steps_of(const std::vector<LeaveSteps>& steps, int days);
struct LeaveRule {
  LeaveKind kind{};
  CountMode count{};
  std::optional<int> certificate_days;  // from so many days on a certificate is needed
  bool hand_over = false;
  std::vector<LeaveSteps> steps;
  Disclosure disclosure = {};
};
// Who stands for a step cannot take it for themself, and waited for ever: heads have a chain of their own, of every kind.
struct HeadRule {
  identity::RoleSet roles;
  std::vector<LeaveSteps> steps;
};
struct LeaveRules {
  int overdue_days = 3;                 // past the last day
  CountMode overdue_count = CountMode::calendar;  // how the house counts them
  std::vector<LeaveRule> kinds;         // one of each LeaveKind
  int late_asking_days = 7;             // calendar days: whoever had to leave at once asks afterwards
  std::vector<HeadRule> heads;          // the first that names a role of whoever asks
  bool one_may_approve_twice = false;   // a small centre, whose one person stands for two steps
  // Refusals of base/yaml.h, "staff.bad_leave_rules".
  static Result<LeaveRules> load(const std::filesystem::path& file);
  const LeaveRule& of(LeaveKind kind) const;
  // Of who has these roles.
  const std::vector<LeaveSteps>& steps_for(LeaveKind kind, identity::RoleSet roles) const;
};

// Of a request or its course: what somebody has said about a person. Sealed as the request's own words are.
struct LeaveNote {
  Text<500> note;
};
BOOST_DESCRIBE_STRUCT(LeaveNote, (), (note))
// What is personal in a request, sealed under the key of whoever asks: health as a rule (个人信息保护法 §28).
struct LeaveWords {
  Text<500> reason;
  std::optional<Text<120>> certificate;  // what was handed in
};
BOOST_DESCRIBE_STRUCT(LeaveWords, (), (reason, certificate))
struct LeaveAsked {
  static constexpr std::string_view kName = "staff.leave_asked/1";
  LeaveId leave;
  Text<64> account;
  DepartmentCode department;
  Text<60> name;
  LeaveKind kind{};
  CivilDay from, to;
  CountMode count_mode{};
  std::int32_t days = 0;
  std::int32_t whole = 0;                // with those that it continues or adjoins: what steps and certificate are judged by
  std::optional<Text<500>> reason;       // in ledgers written before sealing
  std::optional<Text<64>> substitute;    // an account; the B post
  std::optional<Text<120>> certificate;  // the same
  std::vector<LeaveStep> steps;
  std::optional<LeaveId> extends;
  std::vector<YearDays> years;           // the same days by year; none in older ledgers
  std::optional<SubjectId> subject;
  std::optional<store::SealedText> sealed;  // LeaveWords
  std::optional<std::vector<LeaveStep>> reads = {};  // LeaveSteps::reads; none, as in older ledgers: each of `steps`
};
BOOST_DESCRIBE_STRUCT(LeaveAsked, (), (leave, account, department, name, kind, from, to, count_mode, days, whole, reason, substitute, certificate, steps, extends, years, subject, sealed, reads))
struct LeaveApproved {
  static constexpr std::string_view kName = "staff.leave_approved/1";
  LeaveId leave;
  LeaveStep step{};
  bool last = false;
  Text<64> by;
  std::optional<Text<500>> note = {};    // in ledgers written before sealing, as `reason` below
  std::optional<TakenBack> taken_back = {};  // of what it continues: both are recorded as one
  std::optional<store::SealedText> sealed = {};  // LeaveNote
};
BOOST_DESCRIBE_STRUCT(LeaveApproved, (), (leave, step, last, by, note, taken_back, sealed))
struct LeaveRejected {
  static constexpr std::string_view kName = "staff.leave_rejected/1";
  LeaveId leave;
  LeaveStep step{};
  std::optional<Text<500>> reason;
  Text<64> by;
  GivenBack given_back;
  std::optional<store::SealedText> sealed = {};  // LeaveNote
};
BOOST_DESCRIBE_STRUCT(LeaveRejected, (), (leave, step, reason, by, given_back, sealed))
struct LeaveWithdrawn {
  static constexpr std::string_view kName = "staff.leave_withdrawn/1";
  LeaveId leave;
  GivenBack given_back;
  std::optional<TakenBack> taken_back;   // it had been approved
};
BOOST_DESCRIBE_STRUCT(LeaveWithdrawn, (), (leave, given_back, taken_back))
struct HandOverConfirmed {
  static constexpr std::string_view kName = "staff.hand_over_confirmed/1";
  LeaveId leave;
  Text<64> by;
  std::optional<Text<500>> note = {};
  std::optional<store::SealedText> sealed = {};  // LeaveNote
};
BOOST_DESCRIBE_STRUCT(HandOverConfirmed, (), (leave, by, note, sealed))
struct ReturnedFromLeave {
  static constexpr std::string_view kName = "staff.returned_from_leave/1";
  LeaveId leave;
  CivilDay on;
  std::optional<GivenBack> given_back;   // of a year's leave: what was not used up
  std::optional<TakenBack> taken_back;   // back before the last day: what was taken is recorded anew
};
BOOST_DESCRIBE_STRUCT(ReturnedFromLeave, (), (leave, on, given_back, taken_back))
// 逾期未销假: what a person has decided it was.
struct OverdueReturnDecided {
  static constexpr std::string_view kName = "staff.overdue_return_decided/1";
  LeaveId leave;
  bool absent = false;
  std::optional<Text<500>> reason;
  Text<64> by;
  std::optional<store::SealedText> sealed = {};  // LeaveNote
};
BOOST_DESCRIBE_STRUCT(OverdueReturnDecided, (), (leave, absent, reason, by, sealed))
// What the ledger does not know of somebody, for annual leave.
struct ServiceRecorded {
  static constexpr std::string_view kName = "staff.service_recorded/1";
  Text<64> account;
  CivilDay since;                        // first worked, anywhere (累计工作)
  bool school_holidays = false;          // §4(1): 寒暑假 longer than the leave
  bool pay_kept = true;                  // §4(2): 事假 without a cut in pay
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ServiceRecorded, (), (account, since, school_holidays, pay_kept, by))

struct AskLeave {
  LeaveKind kind{};
  CivilDay from, to;
  Text<500> reason;
  std::optional<Text<64>> substitute;
  std::optional<Text<120>> certificate;
  std::optional<LeaveId> extends;
};
BOOST_DESCRIBE_STRUCT(AskLeave, (), (kind, from, to, reason, substitute, certificate, extends))
struct ApproveLeave {
  LeaveId leave;
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(ApproveLeave, (), (leave, note))
struct RejectLeave {
  LeaveId leave;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(RejectLeave, (), (leave, reason))
struct WithdrawLeave {
  LeaveId leave;
};
BOOST_DESCRIBE_STRUCT(WithdrawLeave, (), (leave))
struct ConfirmHandOver {
  LeaveId leave;
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(ConfirmHandOver, (), (leave, note))
struct ReturnFromLeave {
  LeaveId leave;
};
BOOST_DESCRIBE_STRUCT(ReturnFromLeave, (), (leave))
struct DecideOverdueReturn {
  LeaveId leave;
  bool absent = false;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(DecideOverdueReturn, (), (leave, absent, reason))
struct RecordService {
  Text<64> account;
  CivilDay since;
  bool school_holidays = false, pay_kept = true;
};
BOOST_DESCRIBE_STRUCT(RecordService, (), (account, since, school_holidays, pay_kept))

// extended: approved, and gone over into an extension that is approved too; it comes back when that is withdrawn.
enum class LeaveStage { asked, approved, rejected, withdrawn, returned, settled, extended };
BOOST_DESCRIBE_ENUM(LeaveStage, asked, approved, rejected, withdrawn, returned, settled, extended)
struct LeaveState {
  std::string account, department, name;
  LeaveKind kind{};
  LeaveStage stage = LeaveStage::asked;
  CivilDay first{}, last{};
  CountMode count_mode{};
  std::int32_t days = 0;
  std::vector<LeaveStep> steps;  // those that are still to come
  std::string substitute;
  bool handed_over = false;
  std::int64_t extends = 0;
  std::int32_t whole = 0;           // days with those that it continues
  std::int64_t recorded = 0;        // the ledger position of its leave_recorded; 0: none
  std::vector<std::string> approved_by;  // accounts, a step each
  std::optional<CivilDay> back;     // returned on
  std::vector<YearDays> years;      // its days by year; none in older ledgers
  CivilDay told_from{};             // what stands in `recorded`: of an extension with what it continues
  std::int32_t told_days = 0;
  std::optional<bool> absent{};     // settled: whether the late return was found to be absence (旷工)
  std::vector<LeaveStep> unread{};  // of `steps`: those that decide without the words
  std::optional<Disclosure> disclosure{};  // of what stands in `recorded`, before that of what it continues; none: neither, or of an older ledger

  static const store::View& view();
  void append_row(store::Row& r) const;
  static LeaveState from(const store::Row& r);
};
class LeaveGuard : public engine::GuardTable<std::int64_t, LeaveState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  // The first leave of an account, asked or approved, that touches [from, to], but for `except`; of committed state.
  std::optional<LeaveId> touching(const std::string& account, CivilDay from, CivilDay to, LeaveId except);
  // Approved, gone over into an extension or not, and the day lies in it; of committed state.
  bool away_on(const std::string& account, CivilDay day);
  // The neighbours of [from, to] of the same kind, asked, approved or taken: the last that ended before it, the first that begins
  // behind it. Of committed state.
  std::vector<LeaveState> neighbours(const std::string& account, LeaveKind kind, CivilDay from, CivilDay to);
};
struct LeaveCount {
  std::int64_t last = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(last); }
  static LeaveCount from(const store::Row& r) { return {r[2].i}; }
};
class LeaveCountGuard : public engine::GuardTable<std::int64_t, LeaveCount> {
 public:
  std::vector<std::string_view> listens_to() const override { return {LeaveAsked::kName}; }
  void apply(const engine::RecordedFact& fact) override { change(1).last = fact.as<LeaveAsked>().leave.value; }
};

// What somebody has taken in a calendar year, each day in its own: asked and not rejected or withdrawn, and what was entered under
// their account.
struct YearState {
  std::int64_t annual = 0;    // working days
  std::int64_t personal = 0;  // working days
  std::int64_t sick = 0;      // calendar days
  static const store::View& view();
  void append_row(store::Row& r) const;
  static YearState from(const store::Row& r) { return {r[2].i, r[3].i, r[4].i}; }
};
class YearGuard : public engine::GuardTable<std::string, YearState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {LeaveAsked::kName, LeaveRejected::kName, LeaveWithdrawn::kName, ReturnedFromLeave::kName, LeaveRecorded::kName, LeaveTakenBack::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  static std::string key(const std::string& account, int year);
};
struct ServiceState {
  CivilDay since{};
  bool school_holidays = false, pay_kept = true;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static ServiceState from(const store::Row& r) { return {CivilDay{static_cast<std::int32_t>(r[2].i)}, r[3].i != 0, r[4].i != 0}; }
};
class ServiceGuard : public engine::GuardTable<std::string, ServiceState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ServiceRecorded::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// 职工带薪年休假条例 §3, §4, as it stands on a day. More days come from the month after a year is completed (机关事业单位工作人员带薪年休假
// 实施办法 §2). What §4(2)–(5) names takes this year's leave, and the next year's where this year's had been taken; how many months of
// sick leave do says the band of the year in which they lie.
struct AnnualEntitlement {
  int days = 0;
  std::string why;  // Chinese, for people: how it was found
};
AnnualEntitlement annual_entitlement(const std::optional<ServiceState>& service, const YearState& year_before, const YearState& year, CivilDay on);

}  // namespace yi::staff
