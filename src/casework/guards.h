#pragma once
// What the lane keeps of casework: cases, the day's serials, departments' own numbers, quotas, timers.
#include "casework/quota.h"
#include "engine/guard.h"

namespace yi::casework {

// Entries of the timers: a case is looked at on the day after each of its limits. An entry is never taken back: a case
// that needs nothing on that day is passed over, so that a withdrawal or an extension writes nothing here.
struct TimerEntry {
  static const store::View& view();
  void append_row(store::Row&) const {}
  static TimerEntry from(const store::Row&) { return {}; }
};
class TimerGuard : public engine::GuardTable<std::int64_t, TimerEntry> {
 public:
  // Case ids have 14 digits; days since 1970 five.
  static constexpr std::int64_t kCases = 100'000'000'000'000;
  static std::int64_t key(CivilDay day, CaseId id) { return day.days * kCases + id.value; }
  std::vector<std::string_view> listens_to() const override { return {}; }
  void apply(const engine::RecordedFact&) override {}
  // `fresh`: the case is new, so there is no such entry yet. A limit may come back (reversal, a pause on days of rest).
  void add(CivilDay day, std::int64_t case_id, bool fresh) { fresh ? static_cast<void>(change_new(key(day, {case_id}))) : put(key(day, {case_id})); }
  // Keys behind `after` up to the end of `day`, at most `limit`, in order.
  std::vector<std::int64_t> entries(std::int64_t after, CivilDay day, int limit);
};
// How far the timers are: everything up to this key has been looked at.
struct TimerProgress {
  std::int64_t key = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(key); }
  static TimerProgress from(const store::Row& r) { return {r[2].i}; }
};
class TimerProgressGuard : public engine::GuardTable<std::int64_t, TimerProgress> {
 public:
  std::vector<std::string_view> listens_to() const override { return {TimersRun::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  std::int64_t done();
};

// When the notice of a special procedure (08) was last printed for a case: §45 counts no time that was not told in writing.
struct PauseNotice {
  std::int64_t printed_on = 0;  // days since 1970
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(printed_on); }
  static PauseNotice from(const store::Row& r) { return {r[2].i}; }
};
class PauseNoticeGuard : public engine::GuardTable<std::int64_t, PauseNotice> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  // Whether the notice of the case's last pause was printed since the pause began.
  bool told(CaseId id, const CaseState& s);
};

// How many cases are open: one row, so that a check against the queues reads no case. Key 1.
struct OpenCount {
  std::int64_t cases = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(cases); }
  static OpenCount from(const store::Row& r) { return {r[2].i}; }
};
class OpenCountGuard : public engine::GuardTable<std::int64_t, OpenCount> {
 public:
  std::vector<std::string_view> listens_to() const override { return {}; }  // fed by the guard of cases
  void apply(const engine::RecordedFact&) override {}
  void moved(Stage before, Stage after);
};

// One row a case: what `decide` looks at.
class CaseGuard : public engine::GuardTable<std::int64_t, CaseState> {
 public:
  // All are guards of one registry and live as long.
  void keep_timers_in(TimerGuard& timers) { timers_ = &timers; }
  void keep_quotas_in(QuotaGuard& quotas) { quotas_ = &quotas; }
  void keep_count_in(OpenCountGuard& open) { open_ = &open; }
  std::int64_t cache_weight() const override { return 30; }
  std::vector<std::string_view> listens_to() const override { return case_facts(); }
  void apply(const engine::RecordedFact& fact) override;
  // Of open cases of which the subject is applicant or agent, the numbers; with what the present group has done.
  std::vector<std::string> open_cases_of(CentreCode centre, SubjectId subject);
  void committed() override {
    GuardTable::committed();
    opened_.clear();
  }
  void abandoned() override {
    GuardTable::abandoned();
    opened_.clear();
  }
  store::Reader& reader_of_table() { return table_reader(); }  // the lane's, for what was committed
  // Ids of open cases above `after`, ascending; of what is committed.
  std::vector<std::int64_t> open_behind(std::int64_t after, int limit);

 private:
  std::vector<std::int64_t> opened_;  // in the present group
  TimerGuard* timers_ = nullptr;
  QuotaGuard* quotas_ = nullptr;
  OpenCountGuard* open_ = nullptr;
};

// The last serial given on a day; key 0 holds the centre's opening day instead.
struct DayState {
  std::int64_t last = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(last); }
  static DayState from(const store::Row& r) { return {r[2].i}; }
};
class DayGuard : public engine::GuardTable<std::int64_t, DayState> {
 public:
  static constexpr std::int64_t kOpeningDay = 0;
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  std::int64_t next_serial(CivilDay day);
  std::optional<CivilDay> opening_day();
};

// Numbers of departments' own systems that are known here: "scjgj/川市监2024-118".
struct ForeignState {
  std::int64_t case_id = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(case_id); }
  static ForeignState from(const store::Row& r) { return {r[2].i}; }
};
class ForeignGuard : public engine::GuardTable<std::string, ForeignState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  static std::string key(const DepartmentCode& department, std::string_view number);
};

CaseId case_of(const engine::RecordedFact& f);

}  // namespace yi::casework
