#include "reform/views.h"

#include <algorithm>

#include "identity/bound_department.h"
#include "reform/reform_rules.h"

namespace yi::reform {
namespace {
using store::Type;

// Each fact as it was said, by what it is about and its name; a later one of the same name takes its place.
class FactReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"reform_fact", 1, store::ViewKind::report, 3, {{"centre", Type::integer}, {"about", Type::integer}, {"name", Type::text}, {"fact", Type::text}}, {{"centre", "name", "about"}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override {
    return {ActivityRecorded::kName, SheetTaken::kName, NewsOffered::kName, OfferSettled::kName, ProgrammeOpened::kName, TaskSet::kName, TaskClosed::kName, MilestoneSet::kName, MilestoneReached::kName,
            DispatchHeld::kName, HouseRuleEnacted::kName};
  }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto name = f.record.name;
    std::int64_t about = f.seq;
    if (name == SheetTaken::kName) about = f.as<SheetTaken>().activity.value;
    else if (name == NewsOffered::kName) about = f.as<NewsOffered>().activity.value;
    else if (name == OfferSettled::kName) about = f.as<OfferSettled>().activity.value;
    else if (name == TaskClosed::kName) about = f.as<TaskClosed>().task.value;
    else if (name == MilestoneReached::kName) about = f.as<MilestoneReached>().milestone.value;
    out.put({f.centre.value, about, name, f.record.body});
  }
};

// What is said more than once of the same thing, in its order: 延期 of a task, 落实 of a dispatch meeting's resolutions.
class CourseReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"reform_course", 1, store::ViewKind::report, 3, {{"centre", Type::integer}, {"about", Type::integer}, {"seq", Type::integer}, {"name", Type::text}, {"day", Type::integer}, {"fact", Type::text}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {TaskExtended::kName, ResolutionSettled::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto about = f.record.name == TaskExtended::kName ? f.as<TaskExtended>().task.value : f.as<ResolutionSettled>().dispatch.value;
    out.put({f.centre.value, about, f.seq, f.record.name, civil_day(f.record.recorded_at).days, f.record.body});
  }
};

// Which tasks a week pushed.
class PushedReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"reform_pushed", 1, store::ViewKind::report, 3, {{"centre", Type::integer}, {"week", Type::integer}, {"push", Type::integer}, {"task", Type::integer}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {TaskPushed::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto p = f.as<TaskPushed>();
    out.put({f.centre.value, p.week.days, f.seq, p.task.value});
  }
};

template <class F>
std::optional<F> said(const ReformReader& h, std::int64_t about) {
  auto c = h.reader.select("SELECT fact FROM reform_fact WHERE centre=$1 AND about=$2 AND name=$3", {h.centre.value, about, F::kName});
  if (!c->next()) return std::nullopt;
  auto f = json::read<F>(c->bytes(0));
  return f ? std::optional(std::move(f).value()) : std::nullopt;
}
// With the days on which they were recorded, oldest first.
template <class F>
std::vector<std::pair<CivilDay, F>> course_of(const ReformReader& h, std::int64_t about) {
  std::vector<std::pair<CivilDay, F>> out;
  auto c = h.reader.select("SELECT day, fact FROM reform_course WHERE centre=$1 AND about=$2 AND name=$3 ORDER BY seq", {h.centre.value, about, F::kName});
  while (c->next())
    if (auto f = json::read<F>(c->bytes(1))) out.emplace_back(CivilDay{static_cast<std::int32_t>(c->integer(0))}, std::move(f).value());
  return out;
}
template <class T>
std::optional<std::string> plain(const std::optional<T>& t) {
  return t ? std::optional<std::string>(*t) : std::nullopt;
}
// Rows of a guard, by a question that ends its SELECT.
template <class State>
std::vector<std::pair<std::int64_t, State>> rows_of(const ReformReader& h, const std::string& where, store::Row parameters) {
  std::string columns;
  for (const auto& c : State::view().columns) columns += (columns.empty() ? "" : ", ") + c.name;
  parameters.insert(parameters.begin(), h.centre.value);
  std::vector<std::pair<std::int64_t, State>> out;
  auto c = h.reader.select("SELECT " + columns + " FROM " + State::view().name + " WHERE centre=$1" + where, parameters);
  while (c->next()) {
    const auto row = store::read_row(State::view(), *c);
    out.emplace_back(row[1].i, State::from(row));
  }
  return out;
}
CivilDay monday_of(CivilDay d) { return d - (d.weekday() - 1); }

TaskEntry task_entry(const ReformReader& h, std::int64_t id, const TaskState& s) {
  TaskEntry e{{id}, {}, {s.department}, {}, {}, {}, s.due, s.closed, s.pushed && *s.pushed == monday_of(h.today), {}};
  if (const auto t = said<TaskSet>(h, id)) {
    e.name = t->name;
    e.owner = plain(t->owner);
    e.measure = plain(t->measure);
  }
  if (s.closed)
    if (const auto t = said<TaskClosed>(h, id)) e.evidence = std::string(t->evidence);
  for (const auto& [m, state] : rows_of<MilestoneState>(h, " AND task=$2 ORDER BY due, milestone", {id})) {
    MilestoneEntry me{{m}, {}, state.due, state.product, {}, state.reached, {}};
    if (!state.bundle.empty()) me.bundle = catalog::BundleCode{state.bundle};
    if (const auto f = said<MilestoneSet>(h, m)) me.name = f->name;
    if (state.reached)
      if (const auto f = said<MilestoneReached>(h, m)) me.evidence = std::string(f->evidence);
    e.milestones.push_back(std::move(me));
  }
  for (const auto& [on, x] : course_of<TaskExtended>(h, id)) e.extensions.push_back({on, x.due, std::string(x.reason), std::string(x.by)});
  return e;
}

SheetEntry sheet_entry(ActivityId id, const ActivityState& s, const SheetTaken& sheet) {
  SheetEntry e{id, {}, {}, {}};
  const auto in = [](const std::vector<Text<64>>& list, const std::string& account) {
    return std::any_of(list.begin(), list.end(), [&](const auto& a) { return std::string_view(a) == account; });
  };
  for (const auto& a : s.accounts) (in(sheet.present, a) ? e.present : in(sheet.excused, a) ? e.excused : e.missing).push_back(a);
  return e;
}
std::optional<SheetMark> mark_of(const SheetEntry& e, const std::string& account) {
  for (const auto& [list, mark] : {std::pair{&e.present, SheetMark::present}, {&e.excused, SheetMark::excused}, {&e.missing, SheetMark::missing}})
    if (std::find(list->begin(), list->end(), account) != list->end()) return mark;
  return std::nullopt;
}

}  // namespace

void add_reports(engine::Registry& registry) {
  registry.add_report<FactReport>();
  registry.add_report<CourseReport>();
  registry.add_report<PushedReport>();
}

std::vector<ActivityEntry> activities(const ReformReader& h, int limit) {
  std::vector<ActivityEntry> out;
  for (const auto& [id, s] : rows_of<ActivityState>(h, " ORDER BY day DESC, activity DESC LIMIT $2", {limit})) {
    const auto a = said<ActivityRecorded>(h, id);
    if (!a) continue;  // the report is a moment behind
    ActivityEntry e{{id}, *a, s.sheet, 0, 0, s.offer, {}, {}, {}};
    if (s.sheet)
      if (const auto sheet = said<SheetTaken>(h, id)) {
        e.present = static_cast<std::int32_t>(sheet->present.size());
        e.excused = static_cast<std::int32_t>(sheet->excused.size());
        e.yours = mark_of(sheet_entry({id}, s, *sheet), h.viewer.account);
      }
    if (s.offer != OfferStage::none)
      if (const auto o = said<NewsOffered>(h, id)) {
        e.week = o->week;
        e.text = std::string(o->text);
      }
    if (s.offer == OfferStage::let_go)
      if (const auto o = said<OfferSettled>(h, id)) e.note = plain(o->note);
    out.push_back(std::move(e));
  }
  return out;
}

Result<SheetEntry> sheet_of(const ReformReader& h, ActivityId activity) {
  const auto rows = rows_of<ActivityState>(h, " AND activity=$2", {activity.value});
  if (rows.empty()) return refusal(ReformRefused::unknown_activity);
  const auto& s = rows.front().second;
  if (const auto own = identity::bound_department(h.viewer); !own.empty() && own.value != s.organiser) return refusal(ReformRefused::other_department);
  const auto sheet = said<SheetTaken>(h, activity.value);
  if (!s.sheet || !sheet) return refusal(ReformRefused::no_sheet);
  return sheet_entry(activity, s, *sheet);
}

std::vector<ProgrammeEntry> programmes(const ReformReader& h) {
  std::vector<ProgrammeEntry> out;
  for (const auto& [id, state] : rows_of<ProgrammeState>(h, " ORDER BY programme", {})) {
    const auto p = said<ProgrammeOpened>(h, id);
    if (!p) continue;
    ProgrammeEntry e{{id}, *p, {}, {}};
    for (const auto& [task, s] : rows_of<TaskState>(h, " AND programme=$2 ORDER BY closed, due, task", {id})) e.tasks.push_back(task_entry(h, task, s));
    out.push_back(std::move(e));
  }
  auto c = h.reader.select("SELECT about, fact FROM reform_fact WHERE centre=$1 AND name=$2 ORDER BY about DESC", {h.centre.value, DispatchHeld::kName});
  while (c->next()) {
    const DispatchId id{c->integer(0)};
    const auto d = json::read<DispatchHeld>(c->bytes(1));
    if (!d) continue;
    const auto p = std::find_if(out.begin(), out.end(), [&](const ProgrammeEntry& x) { return x.programme == d->programme; });
    if (p == out.end()) continue;
    DispatchEntry e{id, d->on, d->title, d->host, {}};
    int place = 0;
    const auto settled = course_of<ResolutionSettled>(h, id.value);
    for (const auto& r : d->resolutions) {
      ResolutionEntry one{id, ++place, r.text, r.department, r.due, {}};
      auto s = h.reader.select(store::select_row_sql(ResolutionState::view(), ResolutionState::view().name), {h.centre.value, ResolutionGuard::key(id, place)});
      if (s->next()) one.settled = ResolutionState::from(store::read_row(ResolutionState::view(), *s)).settled;
      for (const auto& [on, x] : settled)
        if (x.place == place) {
          one.evidence = std::string(x.evidence);
          one.by = std::string(x.by);
        }
      e.resolutions.push_back(std::move(one));
    }
    p->dispatches.push_back(std::move(e));
  }
  return out;
}

std::vector<std::string> pushed_in(const ReformReader& h, CivilDay week) {
  std::vector<std::int64_t> tasks;
  auto c = h.reader.select("SELECT task FROM reform_pushed WHERE centre=$1 AND week=$2 ORDER BY push", {h.centre.value, week.days});
  while (c->next()) tasks.push_back(c->integer(0));
  std::vector<std::string> out;
  for (const auto t : tasks)
    if (const auto f = said<TaskSet>(h, t)) out.emplace_back(f->name);
  return out;
}

std::vector<HouseRuleEntry> house_rules(const ReformReader& h) {
  std::vector<HouseRuleEntry> out;
  std::vector<HouseRuleState> states;
  {
    std::string columns;
    for (const auto& c : HouseRuleState::view().columns) columns += (columns.empty() ? "" : ", ") + c.name;
    auto c = h.reader.select("SELECT " + columns + " FROM reform_house_rule WHERE centre=$1 ORDER BY number", {h.centre.value});
    while (c->next()) states.push_back(HouseRuleState::from(store::read_row(HouseRuleState::view(), *c)));
  }
  const auto own = identity::bound_department(h.viewer).value;
  for (const auto& s : states) {
    const auto f = said<HouseRuleEnacted>(h, s.enacted);
    if (!f) continue;
    HouseRuleEntry e{*f, {}, false};
    for (const auto& d : s.read) e.read.push_back({d});
    const auto has = [&](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), own) != list.end(); };
    e.yours_to_confirm = !own.empty() && has(s.readers) && !has(s.read);
    out.push_back(std::move(e));
  }
  return out;
}

}  // namespace yi::reform
