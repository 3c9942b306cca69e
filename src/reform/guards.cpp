#include <fmt/format.h>

#include "base/text.h"
#include "reform/activity.h"
#include "reform/house_rule.h"
#include "reform/task.h"

namespace yi::reform {
namespace {
using store::Type;
using store::Value;
using store::ViewKind;
CivilDay day_of(const Value& v) { return {static_cast<std::int32_t>(v.i)}; }
Value day_value(const std::optional<CivilDay>& d) { return d ? Value(d->days) : Value(); }
std::optional<CivilDay> maybe_day(const Value& v) { return v.kind == Value::Kind::null ? std::nullopt : std::optional(day_of(v)); }
std::vector<std::string> list_of(const std::string& text) { return text.empty() ? std::vector<std::string>{} : split(text, ','); }
}  // namespace

const store::View& ActivityState::view() {
  static const store::View v{"reform_activity", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"activity", Type::integer}, {"organiser", Type::text}, {"day", Type::integer}, {"accounts", Type::text}, {"sheet", Type::integer},
                              {"offer", Type::integer}},
                             {{"centre", "day"}}};
  return v;
}
void ActivityState::append_row(store::Row& r) const {
  r.emplace_back(organiser);
  r.emplace_back(on.days);
  r.emplace_back(join(accounts, ","));
  r.emplace_back(static_cast<int>(sheet));
  r.emplace_back(static_cast<int>(offer));
}
ActivityState ActivityState::from(const store::Row& r) { return {r[2].s, day_of(r[3]), list_of(r[4].s), r[5].i != 0, static_cast<OfferStage>(r[6].i)}; }
void ActivityGuard::apply(const engine::RecordedFact& f) {
  const auto name = f.record.name;
  if (name == ActivityRecorded::kName) {
    const auto a = f.as<ActivityRecorded>();
    change_new(f.seq) = {a.organiser ? a.organiser->value : "", a.on, {a.accounts.begin(), a.accounts.end()}, false, OfferStage::none};
  } else if (name == SheetTaken::kName) {
    change(f.as<SheetTaken>().activity.value).sheet = true;
  } else if (name == NewsOffered::kName) {
    change(f.as<NewsOffered>().activity.value).offer = OfferStage::offered;
  } else {
    const auto s = f.as<OfferSettled>();
    change(s.activity.value).offer = s.taken ? OfferStage::taken : OfferStage::let_go;
  }
}

const store::View& ProgrammeState::view() {
  static const store::View v{"reform_programme", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"programme", Type::integer}, {"begins", Type::integer}}};
  return v;
}

const store::View& TaskState::view() {
  static const store::View v{"reform_task", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"task", Type::integer}, {"programme", Type::integer}, {"department", Type::text}, {"due", Type::integer}, {"closed", Type::integer},
                              {"pushed", Type::integer}},
                             {{"centre", "programme", "task"}, {"centre", "pushed"}}};
  return v;
}
void TaskState::append_row(store::Row& r) const {
  r.emplace_back(programme);
  r.emplace_back(department);
  r.emplace_back(due.days);
  r.emplace_back(static_cast<int>(closed));
  r.push_back(day_value(pushed));
}
TaskState TaskState::from(const store::Row& r) { return {r[2].i, r[3].s, day_of(r[4]), r[5].i != 0, maybe_day(r[6])}; }
void TaskGuard::apply(const engine::RecordedFact& f) {
  const auto name = f.record.name;
  if (name == TaskSet::kName) {
    const auto t = f.as<TaskSet>();
    change_new(f.seq) = {t.programme.value, t.department.value, t.due, false, {}};
  } else if (name == TaskPushed::kName) {
    const auto t = f.as<TaskPushed>();
    change(t.task.value).pushed = t.week;
  } else if (name == TaskExtended::kName) {
    const auto t = f.as<TaskExtended>();
    change(t.task.value).due = t.due;
  } else {
    change(f.as<TaskClosed>().task.value).closed = true;
  }
}

const store::View& MilestoneState::view() {
  static const store::View v{"reform_milestone", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"milestone", Type::integer}, {"task", Type::integer}, {"due", Type::integer}, {"product", Type::integer}, {"bundle", Type::text},
                              {"reached", Type::integer}},
                             {{"centre", "task", "milestone"}}};
  return v;
}
void MilestoneState::append_row(store::Row& r) const {
  r.emplace_back(task);
  r.emplace_back(due.days);
  r.emplace_back(static_cast<int>(product));
  r.emplace_back(bundle);
  r.push_back(day_value(reached));
}
MilestoneState MilestoneState::from(const store::Row& r) { return {r[2].i, day_of(r[3]), static_cast<Product>(r[4].i), r[5].s, maybe_day(r[6])}; }
void MilestoneGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == MilestoneSet::kName) {
    const auto m = f.as<MilestoneSet>();
    change_new(f.seq) = {m.task.value, m.due, m.product, m.bundle ? m.bundle->value : "", {}};
  } else {
    const auto m = f.as<MilestoneReached>();
    change(m.milestone.value).reached = m.on;
  }
}

const store::View& OpenMilestones::view() {
  static const store::View v{"reform_open_milestones", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"task", Type::integer}, {"open_count", Type::integer}}};
  return v;
}

const store::View& ResolutionState::view() {
  static const store::View v{"reform_resolution", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"resolution", Type::text}, {"department", Type::text}, {"due", Type::integer}, {"settled", Type::integer}}};
  return v;
}
void ResolutionState::append_row(store::Row& r) const {
  r.emplace_back(department);
  r.emplace_back(due.days);
  r.push_back(day_value(settled));
}
ResolutionState ResolutionState::from(const store::Row& r) { return {r[2].s, day_of(r[3]), maybe_day(r[4])}; }
std::string ResolutionGuard::key(DispatchId dispatch, int place) { return fmt::format("{}/{:02}", dispatch.value, place); }
void ResolutionGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == DispatchHeld::kName) {
    const auto d = f.as<DispatchHeld>();
    int place = 0;
    for (const auto& r : d.resolutions) change(key({f.seq}, ++place)) = {r.department.value, r.due, {}};
  } else {
    const auto s = f.as<ResolutionSettled>();
    change(key(s.dispatch, s.place)).settled = civil_day(f.record.recorded_at);
  }
}

const store::View& HouseRuleState::view() {
  static const store::View v{"reform_house_rule", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"number", Type::text}, {"version", Type::integer}, {"enacted", Type::integer}, {"readers", Type::text}, {"read_by", Type::text}}};
  return v;
}
void HouseRuleState::append_row(store::Row& r) const {
  r.emplace_back(version);
  r.emplace_back(enacted);
  r.emplace_back(join(readers, ","));
  r.emplace_back(join(read, ","));
}
HouseRuleState HouseRuleState::from(const store::Row& r) { return {r[2].i, r[3].i, list_of(r[4].s), list_of(r[5].s)}; }
void HouseRuleGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == HouseRuleEnacted::kName) {
    const auto e = f.as<HouseRuleEnacted>();
    auto& s = change(std::string(e.number));
    s = {e.version, f.seq, {}, {}};
    for (const auto& d : e.readers) s.readers.push_back(d.value);
  } else {
    const auto e = f.as<HouseRuleRead>();
    change(std::string(e.number)).read.push_back(e.department.value);
  }
}

}  // namespace yi::reform
