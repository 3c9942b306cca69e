#include "hall/duties.h"

#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::hall {
namespace {
using store::Merge;
using store::Personal;
using store::Type;

CivilDay day_of(const store::Value& v) { return CivilDay{static_cast<std::int32_t>(v.i)}; }

struct PlanEntry {
  DutyPlanId plan;
  DepartmentCode department;
  std::string post, name;
  CivilDay day;
  DutyPlanStatus status{};
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(PlanEntry, (), (plan, department, post, name, day, status, reason))
struct NoteEntry {
  std::int32_t served = 0, asked = 0, called_back = 0;
  std::string opinions;
};
BOOST_DESCRIBE_STRUCT(NoteEntry, (), (served, asked, called_back, opinions))
struct DutyEntry {
  DutyId duty;
  DepartmentCode department;
  std::string post, name;
  CivilDay from, to;
  std::int32_t rank = 0;
  std::optional<NoteEntry> note;
  std::optional<WrongDuty> taken_back;
  std::optional<std::string> taken_back_by;
};
BOOST_DESCRIBE_STRUCT(DutyEntry, (), (duty, department, post, name, from, to, rank, note, taken_back, taken_back_by))
struct DutyBook {
  CivilDay from, to, today;
  std::vector<PlanEntry> plans;
  std::vector<DutyEntry> duties;
};
BOOST_DESCRIBE_STRUCT(DutyBook, (), (from, to, today, plans, duties))

DutyBook read(store::Reader& reader, CentreCode centre, CivilDay from, CivilDay to, CivilDay today) {
  DutyBook b{from, to, today, {}, {}};
  auto p = reader.select("SELECT plan, department, post, name, day, status, reason FROM hall_duty_plan WHERE centre=$1 AND day>=$2 AND day<=$3 ORDER BY day, plan LIMIT 500", {centre.value, from.days, to.days});
  while (p->next()) {
    PlanEntry e{{p->integer(0)}, {std::string(p->bytes(1))}, std::string(p->bytes(2)), std::string(p->bytes(3)), CivilDay{static_cast<std::int32_t>(p->integer(4))}, static_cast<DutyPlanStatus>(p->integer(5)), {}};
    if (!p->bytes(6).empty()) e.reason = std::string(p->bytes(6));
    b.plans.push_back(std::move(e));
  }
  auto d = reader.select(
      "SELECT duty, department, post, name, from_day, to_day, rank_no, noted, served, asked, called_back, opinions, why, taken_back_by FROM hall_duty_note "
      "WHERE centre=$1 AND to_day>=$2 AND to_day<=$3 AND from_day<=$4 ORDER BY from_day, rank_no, duty LIMIT 500",
      {centre.value, from.days, to.days + kLongestDutyDays, to.days});
  while (d->next()) {
    const auto n = [&](int i) { return static_cast<std::int32_t>(d->integer(i)); };
    DutyEntry e{{d->integer(0)}, {std::string(d->bytes(1))}, std::string(d->bytes(2)), std::string(d->bytes(3)), CivilDay{n(4)}, CivilDay{n(5)}, n(6), {}, {}, {}};
    if (d->integer(7)) e.note = NoteEntry{n(8), n(9), n(10), std::string(d->bytes(11))};
    if (!d->is_null(12)) {
      e.taken_back = static_cast<WrongDuty>(d->integer(12));
      e.taken_back_by = std::string(d->bytes(13));
    }
    b.duties.push_back(std::move(e));
  }
  return b;
}

}  // namespace

const store::View& DutyPlanState::view() {
  static const store::View v{"hall_duty_plan", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"plan", Type::integer}, {"department", Type::text}, {"post", Type::text}, {"name", Type::text, Merge::replace, Personal::name},
                              {"day", Type::integer}, {"status", Type::integer}, {"reason", Type::text}},
                             {{"centre", "day"}}};
  return v;
}
void DutyPlanState::append_row(store::Row& r) const {
  r.emplace_back(department);
  r.emplace_back(post);
  r.emplace_back(name);
  r.emplace_back(day.days);
  r.emplace_back(static_cast<int>(status));
  r.emplace_back(reason);
}
DutyPlanState DutyPlanState::from(const store::Row& r) { return {r[2].s, r[3].s, r[4].s, day_of(r[5]), static_cast<DutyPlanStatus>(r[6].i), r[7].s}; }
void DutyPlanGuard::apply(const engine::RecordedFact& f) {
  const auto name = f.record.name;
  if (name == DutyPlanned::kName) {
    const auto p = f.as<DutyPlanned>();
    change_new(f.seq) = {p.department.value, p.post, p.name, p.day, DutyPlanStatus::planned, ""};
  } else if (name == DutyPlanDropped::kName) {
    const auto d = f.as<DutyPlanDropped>();
    auto& s = change(d.plan.value);
    s.status = DutyPlanStatus::dropped;
    s.reason = d.reason;
  } else if (name == DutyTakenBack::kName) {
    if (const auto t = f.as<DutyTakenBack>(); t.plan) change(t.plan->value).status = DutyPlanStatus::planned;
  } else if (const auto d = f.as<DutyRecorded>(); d.plan) {
    change(d.plan->value).status = DutyPlanStatus::kept;
  }
}

const store::View& DutyNoteState::view() {
  static const store::View v{"hall_duty_note", 2, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"duty", Type::integer}, {"department", Type::text}, {"post", Type::text}, {"name", Type::text, Merge::replace, Personal::name},
                              {"from_day", Type::integer}, {"to_day", Type::integer}, {"rank_no", Type::integer}, {"noted", Type::integer}, {"served", Type::integer}, {"asked", Type::integer},
                              {"called_back", Type::integer}, {"opinions", Type::text}, {"plan", Type::integer}, {"why", Type::integer}, {"taken_back_by", Type::text}},
                             {{"centre", "to_day"}}};
  return v;
}
void DutyNoteState::append_row(store::Row& r) const {
  r.emplace_back(department);
  r.emplace_back(post);
  r.emplace_back(name);
  for (const auto n : {first.days, last.days, rank, static_cast<std::int32_t>(noted), served, asked, called_back}) r.emplace_back(n);
  r.emplace_back(opinions);
  r.emplace_back(plan);
  r.push_back(why ? store::Value(static_cast<int>(*why)) : store::Value());
  r.emplace_back(taken_back_by);
}
DutyNoteState DutyNoteState::from(const store::Row& r) {
  const auto n = [&](std::size_t i) { return static_cast<std::int32_t>(r[i].i); };
  DutyNoteState s{r[2].s, r[3].s, r[4].s, day_of(r[5]), day_of(r[6]), n(7), n(8) != 0, n(9), n(10), n(11), r[12].s, r[13].i, {}, r[15].s};
  if (r[14].kind != store::Value::Kind::null) s.why = static_cast<WrongDuty>(r[14].i);
  return s;
}
void DutyNoteGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == DutyRecorded::kName) {
    const auto d = f.as<DutyRecorded>();
    change_new(f.seq) = {d.department.value, d.post, d.name, d.from, d.to, d.rank, false, 0, 0, 0, "", d.plan ? d.plan->value : 0, {}, ""};
    return;
  }
  if (f.record.name == DutyTakenBack::kName) {
    const auto t = f.as<DutyTakenBack>();
    auto& s = change(t.duty.value);
    s.why = t.why;
    s.taken_back_by = t.by;
    return;
  }
  const auto n = f.as<DutyNoted>();
  auto& s = change(n.duty.value);
  s.noted = true;
  s.served = n.served;
  s.asked = n.asked;
  s.called_back = n.called_back;
  s.opinions = n.opinions;
}

void add_duty_doors(http::Router& router, engine::Engine& engine) {
  http::Door d;
  d.pattern = "/api/hall/duties";
  d.name = "hall.list_duties";
  d.summary = "厅（局）长进大厅：值守安排、值守和记录";
  d.right = "hall.list_duties";
  d.audit_class = "read";
  d.refusal_codes = {"identity.not_signed_in", "base.bad_date", "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  d.parameters = {engine::after_parameter(), {"from", "第一天", R"({"type":"string","format":"date"})", false, true}, {"to", "最后一天", R"({"type":"string","format":"date"})", false, true}};
  d.replies = {{200, d.summary, "application/json", json::schema<DutyBook>()}};
  d.handle = [&engine](const http::Request& request, const http::Caller&, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto from = parse_day(request.query.count("from") ? request.query.at("from") : "");
    const auto to = parse_day(request.query.count("to") ? request.query.at("to") : "");
    if (!from || !to) return reply(http::problem((from ? to : from).error()));
    auto reader = engine.reader();
    http::Response r;
    r.body = json::write(read(*reader, engine.centre(), *from, *to, civil_day(engine.clock().now())));
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace yi::hall
