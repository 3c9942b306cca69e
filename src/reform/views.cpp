#include "reform/views.h"

#include <algorithm>
#include <map>

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
// All of one name at once, by what they are about.
template <class F>
std::map<std::int64_t, F> all_said(const ReformReader& h) {
  std::map<std::int64_t, F> out;
  auto c = h.reader.select("SELECT about, fact FROM reform_fact WHERE centre=$1 AND name=$2", {h.centre.value, F::kName});
  while (c->next())
    if (auto f = json::read<F>(c->bytes(1))) out.emplace(c->integer(0), std::move(f).value());
  return out;
}
// With the days on which they were recorded, oldest first.
template <class F>
using Courses = std::map<std::int64_t, std::vector<std::pair<CivilDay, F>>>;
template <class F>
Courses<F> courses_of(const ReformReader& h) {
  Courses<F> out;
  auto c = h.reader.select("SELECT about, day, fact FROM reform_course WHERE centre=$1 AND name=$2 ORDER BY about, seq", {h.centre.value, F::kName});
  while (c->next())
    if (auto f = json::read<F>(c->bytes(2))) out[c->integer(0)].emplace_back(CivilDay{static_cast<std::int32_t>(c->integer(1))}, std::move(f).value());
  return out;
}
template <class T>
const T* find(const std::map<std::int64_t, T>& in, std::int64_t key) {
  const auto it = in.find(key);
  return it == in.end() ? nullptr : &it->second;
}
template <class T>
std::optional<std::string> plain(const std::optional<T>& t) {
  return t ? std::optional<std::string>(*t) : std::nullopt;
}
std::string columns_of(const store::View& view) {
  std::string columns;
  for (const auto& c : view.columns) columns += (columns.empty() ? "" : ", ") + c.name;
  return columns;
}
// Rows of a guard, by a question that ends its SELECT.
template <class State>
std::vector<std::pair<std::int64_t, State>> rows_of(const ReformReader& h, const std::string& where, store::Row parameters) {
  parameters.insert(parameters.begin(), h.centre.value);
  std::vector<std::pair<std::int64_t, State>> out;
  auto c = h.reader.select("SELECT " + columns_of(State::view()) + " FROM " + State::view().name + " WHERE centre=$1" + where, parameters);
  while (c->next()) {
    const auto row = store::read_row(State::view(), *c);
    out.emplace_back(row[1].i, State::from(row));
  }
  return out;
}
CivilDay monday_of(CivilDay d) { return d - (d.weekday() - 1); }

// What the page of programmes is made of, each kind read once, however many tasks and meetings there are.
struct ProgrammeBook {
  std::map<std::int64_t, TaskSet> tasks;
  std::map<std::int64_t, TaskClosed> closed;
  std::map<std::int64_t, MilestoneSet> milestones;
  std::map<std::int64_t, MilestoneReached> reached;
  Courses<TaskExtended> extended;
  Courses<ResolutionSettled> settled;
  std::map<std::int64_t, std::vector<std::pair<std::int64_t, TaskState>>> tasks_of;            // a programme
  std::map<std::int64_t, std::vector<std::pair<std::int64_t, MilestoneState>>> milestones_of;  // a task
  std::map<std::string, ResolutionState> resolutions;                                          // by ResolutionGuard::key

  explicit ProgrammeBook(const ReformReader& h)
      : tasks(all_said<TaskSet>(h)), closed(all_said<TaskClosed>(h)), milestones(all_said<MilestoneSet>(h)), reached(all_said<MilestoneReached>(h)), extended(courses_of<TaskExtended>(h)),
        settled(courses_of<ResolutionSettled>(h)) {
    for (auto& row : rows_of<TaskState>(h, " ORDER BY closed, due, task", {})) tasks_of[row.second.programme].push_back(std::move(row));
    for (auto& row : rows_of<MilestoneState>(h, " ORDER BY due, milestone", {})) milestones_of[row.second.task].push_back(std::move(row));
    auto c = h.reader.select("SELECT " + columns_of(ResolutionState::view()) + " FROM reform_resolution WHERE centre=$1", {h.centre.value});
    while (c->next()) {
      const auto row = store::read_row(ResolutionState::view(), *c);
      resolutions.emplace(row[1].s, ResolutionState::from(row));
    }
  }
};

MilestoneEntry milestone_entry(const ProgrammeBook& book, std::int64_t id, const MilestoneState& s) {
  MilestoneEntry e{{id}, {}, s.due, s.product, {}, s.reached, {}};
  if (!s.bundle.empty()) e.bundle = catalog::BundleCode{s.bundle};
  if (const auto* f = find(book.milestones, id)) e.name = f->name;
  if (s.reached)
    if (const auto* f = find(book.reached, id)) e.evidence = std::string(f->evidence);
  return e;
}

TaskEntry task_entry(const ReformReader& h, const ProgrammeBook& book, std::int64_t id, const TaskState& s) {
  TaskEntry e{{id}, {}, {s.department}, {}, {}, {}, s.due, s.closed, s.pushed && *s.pushed == monday_of(h.today), {}};
  if (const auto* t = find(book.tasks, id)) {
    e.name = t->name;
    e.owner = plain(t->owner);
    e.measure = plain(t->measure);
  }
  if (s.closed)
    if (const auto* t = find(book.closed, id)) e.evidence = std::string(t->evidence);
  if (const auto* own = find(book.milestones_of, id))
    for (const auto& [m, state] : *own) e.milestones.push_back(milestone_entry(book, m, state));
  if (const auto* own = find(book.extended, id))
    for (const auto& [on, x] : *own) e.extensions.push_back({on, x.due, std::string(x.reason), std::string(x.by)});
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
  const ProgrammeBook book(h);
  std::vector<ProgrammeEntry> out;
  for (const auto& [id, state] : rows_of<ProgrammeState>(h, " ORDER BY programme", {})) {
    const auto p = said<ProgrammeOpened>(h, id);
    if (!p) continue;
    ProgrammeEntry e{{id}, *p, {}, {}};
    if (const auto* own = find(book.tasks_of, id))
      for (const auto& [task, s] : *own) e.tasks.push_back(task_entry(h, book, task, s));
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
    const auto* settled = find(book.settled, id.value);
    for (const auto& r : d->resolutions) {
      ResolutionEntry one{id, ++place, r.text, r.department, r.due, {}};
      if (const auto s = book.resolutions.find(ResolutionGuard::key(id, place)); s != book.resolutions.end()) one.settled = s->second.settled;
      if (settled)
        for (const auto& [on, x] : *settled)
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
    auto c = h.reader.select("SELECT " + columns_of(HouseRuleState::view()) + " FROM reform_house_rule WHERE centre=$1 ORDER BY number", {h.centre.value});
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
