#include "casework/guards.h"

#include <algorithm>

#include "base/text.h"
#include "casework/papers.h"
#include "casework/rules.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using store::Type;
using store::ViewKind;

CivilDay day_of(CaseId id) {
  const auto date = id.value / 1'000'000;
  return CivilDay::of(static_cast<int>(date / 10'000), static_cast<unsigned>(date / 100 % 100), static_cast<unsigned>(date % 100));
}
constexpr std::int64_t kRowsAQuestion = 10'000;
bool is_open(Stage s) { return s != Stage::none && !is_end(s); }
}  // namespace

CaseId case_of(const RecordedFact& f) { return case_of_stream(f.record.stream).value_or(CaseId{}); }

void CaseGuard::apply(const RecordedFact& f) {
  const auto id = case_of(f).value;
  auto& s = opens_case(f.record.name) ? change_new(id) : change(id);
  const auto before = s.timer_days();
  const auto stood = s.at.stage;
  const auto was = s.detail.limited ? std::optional(s) : std::nullopt;
  fold(s, f);
  open_->moved(stood, s.at.stage);
  if (opens_case(f.record.name)) opened_.push_back(id);
  if (was || s.detail.limited) quotas_->moved(id, was.value_or(CaseState{}), s);
  // A limit that ended before an imported case arrived is looked at on the morning after, since its own day is over.
  const bool imported = origin_of(f).has_value();
  const auto today = civil_day(f.record.recorded_at);
  const CivilDay earliest = imported ? today + 1 : CivilDay{};
  for (const auto& limit : s.timer_days()) {
    if (std::find(before.begin(), before.end(), limit) != before.end()) continue;
    timers_->add(std::max(limit + 1, earliest), id, opens_case(f.record.name) && !imported);
    // A recounted limit may lie in the past. Whether today's timers are still to run nobody knows here; tomorrow's are.
    if (f.record.name == DuesRecounted::kName && !imported && limit < today) {
      timers_->add(today, id, false);
      timers_->add(today + 1, id, false);
    }
  }
}

// By key and not by stage: beside millions of ended cases a question for the open ones alone has no end that the lane could wait for.
std::vector<std::int64_t> CaseGuard::open_behind(std::int64_t after, int limit) {
  std::vector<std::int64_t> out;
  for (std::int64_t left = 0; left == 0;) {
    left = kRowsAQuestion;
    auto c = select("SELECT case_id, stage FROM casework_case WHERE centre=$1 AND case_id>$2 ORDER BY case_id LIMIT $3", {after, left});
    for (; c->next(); --left) {
      after = c->integer(0);
      if (!is_open(static_cast<Stage>(c->integer(1)))) continue;
      out.push_back(after);
      if (static_cast<int>(out.size()) == limit) return out;
    }
  }
  return out;
}

// A person's cases: by key as far as the report has followed, and those that the facts behind it have opened.
std::vector<std::string> CaseGuard::open_cases_of(CentreCode centre, SubjectId subject) {
  std::vector<std::int64_t> ids = opened_;
  {
    auto c = select("SELECT case_id FROM casework_own WHERE centre=$1 AND subject=$2", {subject.value});
    while (c->next()) ids.push_back(c->integer(0));
  }
  const auto followed = select("SELECT seq FROM engine_followed WHERE centre=$1 AND name=$2", {"casework_own"})->next_integer();
  table_reader().events(centre, followed + 1, table_reader().head(centre).seq, [&](const store::LedgerRow& row) {
    RecordedFact f{centre, row.seq, {}};
    if (!store::decode(row.record, f.record)) throw store::Failure(store::FailureKind::corrupt, "record " + std::to_string(row.seq) + " cannot be read");
    if (opens_case(f.record.name)) ids.push_back(case_of(f).value);
    return true;
  });
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<std::string> out;
  for (const auto id : ids)
    if (const auto* s = find(id); s && (s->subject == subject || s->agent == subject) && is_open(s->at.stage))
      out.emplace_back(std::string_view(s->number));
  return out;
}

const store::View& OpenCount::view() {
  static const store::View v{"casework_open", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"one", Type::integer}, {"cases", Type::integer}}};
  return v;
}
void OpenCountGuard::moved(Stage before, Stage after) {
  if (is_open(before) != is_open(after)) change(1).cases += is_open(after) ? 1 : -1;
}

const store::View& TimerEntry::view() {
  static const store::View v{"casework_timer", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"entry", Type::integer}}};
  return v;
}
std::vector<std::int64_t> TimerGuard::entries(std::int64_t after, CivilDay day, int limit) {
  std::vector<std::int64_t> out;
  auto c = select("SELECT entry FROM casework_timer WHERE centre=$1 AND entry>$2 AND entry<$3 ORDER BY entry LIMIT $4", {after, key(day + 1, {0}), limit});
  while (c->next()) out.push_back(c->integer(0));
  return out;
}

const store::View& TimerProgress::view() {
  static const store::View v{"casework_timer_progress", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"one", Type::integer}, {"entry", Type::integer}}};
  return v;
}
void TimerProgressGuard::apply(const RecordedFact& f) {
  const auto run = f.as<TimersRun>();
  change(1).key = run.finished ? TimerGuard::key(run.day + 1, {0}) - 1 : TimerGuard::key(run.day, run.last);
}
std::int64_t TimerProgressGuard::done() {
  const auto* s = find(1);
  return s ? s->key : 0;
}

const store::View& PauseNotice::view() {
  static const store::View v{"casework_pause_notice", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"case_id", Type::integer}, {"printed_on", Type::integer}}};
  return v;
}
std::vector<std::string_view> PauseNoticeGuard::listens_to() const { return {PaperPrinted::kName}; }
void PauseNoticeGuard::apply(const RecordedFact& f) {
  const auto p = f.as<PaperPrinted>();
  if (p.document == DocumentKind::suspension_notice) change(p.case_id.value).printed_on = civil_day(f.record.recorded_at).days;
}
bool PauseNoticeGuard::told(CaseId id, const CaseState& s) {
  if (s.detail.pauses.empty()) return true;
  const auto* n = find(id.value);
  return n && n->printed_on >= s.detail.pauses.back().from.days;
}

const store::View& DayState::view() {
  static const store::View v{"casework_day", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"day", Type::integer}, {"last_serial", Type::integer}}};
  return v;
}
std::vector<std::string_view> DayGuard::listens_to() const { return {Submitted::kName, Received::kName, ResultReceivedForIssue::kName, CarriedOver::kName}; }
void DayGuard::apply(const RecordedFact& f) {
  const auto id = case_of(f);
  const auto day = day_of(id);
  // Cases of another centre come in any order, and their numbers are never given again; nor do they open this one.
  auto& last = change(day.days).last;
  last = std::max(last, id.value % 1'000'000);
  if (find(kOpeningDay) == nullptr && !origin_of(f)) change(kOpeningDay).last = day.days;
}
std::int64_t DayGuard::next_serial(CivilDay day) {
  const auto* s = find(day.days);
  return (s ? s->last : 0) + 1;
}
std::optional<CivilDay> DayGuard::opening_day() {
  const auto* s = find(kOpeningDay);
  if (!s) return std::nullopt;
  return CivilDay{static_cast<std::int32_t>(s->last)};
}

const store::View& ForeignState::view() {
  static const store::View v{"casework_foreign", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"number", Type::text}, {"case_id", Type::integer}}};
  return v;
}
std::string ForeignGuard::key(const DepartmentCode& department, std::string_view number) { return department.value + "/" + std::string(yi::trim(number)); }
std::vector<std::string_view> ForeignGuard::listens_to() const { return {ResultReceivedForIssue::kName, CarriedOver::kName}; }
void ForeignGuard::apply(const RecordedFact& f) {
  if (f.record.name == ResultReceivedForIssue::kName) {
    const auto r = f.as<ResultReceivedForIssue>();
    change(key(r.department, r.foreign_number)).case_id = case_of(f).value;
  } else {
    const auto c = f.as<CarriedOver>();
    change(key(c.department, c.foreign_number)).case_id = case_of(f).value;
  }
}

}  // namespace yi::casework
