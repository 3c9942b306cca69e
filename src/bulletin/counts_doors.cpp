#include "bulletin/counts_doors.h"

#include <charconv>

#include "bulletin/counts.h"
#include "bulletin/pages.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::bulletin {
namespace {

using Position = Id<struct PositionTag>;

struct CountEntry {
  Figure figure{};
  std::string name, unit, definition, scope;
  std::int64_t count = 0;     // net of what was reversed
  std::int64_t reversed = 0;  // wrong entries taken back on their day
};
BOOST_DESCRIBE_STRUCT(CountEntry, (), (figure, name, unit, definition, scope, count, reversed))
struct UnitEntry {
  DepartmentCode department;
  std::string department_name;
  WindowCode window;        // empty: done at no window, and what the department has reversed
  std::string window_name;
  std::int64_t consulted = 0, accepted = 0, issued = 0, transferred = 0, reversed = 0;
};
BOOST_DESCRIBE_STRUCT(UnitEntry, (), (department, department_name, window, window_name, consulted, accepted, issued, transferred, reversed))
struct CountsReply {
  CivilDay from, to, today;
  Instant as_of;
  std::optional<CivilDay> counted_from;  // the first day on which anything was counted here; what was before is no zero
  std::vector<CountEntry> figures;
  std::vector<UnitEntry> units;
  Position position;
};
BOOST_DESCRIBE_STRUCT(CountsReply, (), (from, to, today, as_of, counted_from, figures, units, position))

struct RecordEntry {
  Position position;
  std::string stream;
  DepartmentCode department;
  std::string department_name;
  WindowCode window;
  std::string window_name;
  CivilDay day;
  Instant recorded_at;
  std::optional<Position> reverses;  // of a reversal (冲正): the record that it takes back
};
BOOST_DESCRIBE_STRUCT(RecordEntry, (), (position, stream, department, department_name, window, window_name, day, recorded_at, reverses))
struct RecordsReply {
  std::vector<RecordEntry> records;
  std::optional<Position> next;  // pass it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(RecordsReply, (), (records, next))

struct PlaceEntry {
  CivilDay from, to;                  // as it is called: the period as set, the whole month
  CivilDay counted_from, counted_to;  // the days counted
  std::optional<CivilDay> week;       // of a set period: its name
  bool complete = false;              // its last day is over
  bool recorded = false;              // the ledger was there: else the counts say nothing
  std::int64_t consulted = 0, accepted = 0, issued = 0, transferred = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceEntry, (), (from, to, counted_from, counted_to, week, complete, recorded, consulted, accepted, issued, transferred))
struct TrendReply {
  TrendBy by{};
  Instant as_of;
  std::vector<PlaceEntry> places;  // oldest first
};
BOOST_DESCRIBE_STRUCT(TrendReply, (), (by, as_of, places))

struct Question {
  const http::Request& request;
  identity::Viewer viewer;
  engine::Engine& engine;
  store::Reader& reader;
  const BulletinContext& context;
  CentreCode centre() const { return engine.centre(); }
  CivilDay today() const { return civil_day(engine.clock().now()); }
  const std::string* text(const char* name) const {
    const auto it = request.query.find(name);
    return it == request.query.end() ? nullptr : &it->second;
  }
  std::int64_t number(const char* name, std::int64_t otherwise) const {
    const auto* s = text(name);
    if (!s) return otherwise;
    std::int64_t v = -1;
    std::from_chars(s->data(), s->data() + s->size(), v);
    return v;
  }
  // Both absent: today.
  Result<DaySpan> days() const {
    DaySpan d{today(), today()};
    if (const auto* from = text("from")) {
      YI_TRY(d.from, parse_day(*from));
    }
    if (const auto* to = text("to")) {
      YI_TRY(d.to, parse_day(*to));
    }
    return d;
  }
  std::string department(const DepartmentCode& code) const {
    return context.names.department(code).value_or(code.value);
  }
  std::string window(const WindowCode& code) const {
    const auto name = context.window && !code.empty() ? context.window(code) : std::nullopt;
    return name.value_or(code.value);
  }
};

template <class E>
void put_counts(E& e, const Counts& c) {
  e.consulted = of(c, Figure::consulted);
  e.accepted = of(c, Figure::accepted);
  e.issued = of(c, Figure::issued);
  e.transferred = of(c, Figure::transferred);
}

Result<std::string> get_counts(const Question& q) {
  YI_TRY(const auto days, q.days());
  YI_TRY(const auto counted, counts_of(q.reader, q.centre(), days));
  CountsReply r{days.from, days.to, q.today(), q.engine.clock().now(), counted.counted_from, {}, {}, {counted.position}};
  for (const Figure f : kFigures) {
    const auto& info = counted_figure(f);
    r.figures.push_back({f, info.name, info.unit_week, info.definition + std::string("，按入账日期计，两端的日期都含在内。"), info.scope, of(counted.net, f), of(counted.reversed, f)});
  }
  for (const auto& u : counted.units) {
    UnitEntry e{u.department, q.department(u.department), u.window, q.window(u.window)};
    put_counts(e, u.net);
    for (const Figure f : kFigures) e.reversed += of(u.reversed, f);
    r.units.push_back(std::move(e));
  }
  return json::write(r);
}

Result<std::string> get_records(const Question& q) {
  RecordsQuestion asked;
  const auto& name = q.request.path_parameters.at("figure");
  if (!json::enum_from(name, asked.figure)) return Refusal{"bulletin.unknown_figure", "没有这个数据项。", "数据项是 consulted、accepted、issued、transferred 之一。", 404, "/figure"};
  YI_TRY(asked.days, q.days());
  if (const auto* d = q.text("department")) asked.department = DepartmentCode{*d};
  if (const auto* w = q.text("window")) asked.window = WindowCode{*w};
  asked.after = q.number("after", 0);
  asked.limit = static_cast<int>(std::clamp<std::int64_t>(q.number("limit", 50), 0, limits::kPageRows.value + 1));
  YI_TRY(const auto page, records_of(q.reader, q.centre(), q.viewer, asked));
  RecordsReply r;
  for (const auto& row : page.rows) {
    r.records.push_back({{row.seq}, row.stream, row.department, q.department(row.department), row.window, q.window(row.window), row.day, row.recorded_at, {}});
    if (row.reverses) r.records.back().reverses = Position{row.reverses};
  }
  if (page.next_after > 0) r.next = Position{page.next_after};
  return json::write(r);
}

Result<std::string> get_trend(const Question& q) {
  TrendReply r;
  if (const auto* by = q.text("by")) json::enum_from(*by, r.by);  // the router has judged it
  r.as_of = q.engine.clock().now();
  for (const auto& p : trend(q.reader, q.centre(), r.by, static_cast<int>(q.number("count", 12)), q.today())) {
    PlaceEntry e{p.named.from, p.named.to, p.counted.from, p.counted.to, p.week, p.complete, p.recorded};
    put_counts(e, p.net);
    r.places.push_back(std::move(e));
  }
  return json::write(r);
}

struct CountDoor {
  const char* pattern;
  const char* name;
  const char* summary;
  std::string_view right;
  const char* audit_class;
  std::string schema;
  Result<std::string> (*answer)(const Question&);
  std::vector<http::Parameter> parameters;
  std::vector<std::string> refusals;
};

void add(http::Router& router, engine::Engine& engine, const BulletinContext& context, CountDoor door) {
  http::Door d;
  d.pattern = door.pattern;
  d.name = door.name;
  d.summary = door.summary;
  d.right = door.right;
  d.audit_class = door.audit_class;
  d.parameters = std::move(door.parameters);
  d.parameters.push_back(engine::after_parameter());
  d.replies = {{200, door.summary, "application/json", std::move(door.schema)}};
  d.refusal_codes = std::move(door.refusals);
  for (const char* code : {"identity.not_signed_in", "identity.not_allowed", "engine.bad_position", "engine.reports_behind"}) d.refusal_codes.emplace_back(code);
  d.runs_on = http::RunsOn::worker;
  d.handle = [&engine, &context, answer = door.answer](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (const auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    const Snapshot snapshot(*reader);
    auto body = answer({request, identity::viewer_of(caller), engine, *reader, context});
    if (!body) return reply(http::problem(body.error()));
    http::Response r;
    r.body = std::move(body).value();
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace

void add_count_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context) {
  constexpr const char* kDay = R"({"type":"string","format":"date"})";
  constexpr const char* kCode = R"({"type":"string","maxLength":32})";
  constexpr std::string_view kRight = "bulletin.read_counts";
  const http::Parameter from{"from", "起始日（含），不填为今日", kDay, false, false}, to{"to", "截止日（含），不填为今日", kDay, false, false};
  add(router, engine, context, {"/api/bulletin/counts", "bulletin.read_counts", "任意几日的四项数，分部门、分窗口", kRight, "read", json::schema<CountsReply>(), get_counts, {from, to},
                                {"base.bad_date", "bulletin.bad_span"}});
  add(router, engine, context,
      {"/api/bulletin/counts/{figure}/records", "bulletin.read_records", "任意几日一项数的逐条依据", identity::right_of(identity::Question::read_evidence), "personal",
       json::schema<RecordsReply>(), get_records,
       {{"figure", "consulted、accepted、issued、transferred", R"({"type":"string","maxLength":40})", true, true}, from, to,
        {"department", "部门代码", kCode, false, false}, {"window", "窗口代码，空为不在窗口办理的", kCode, false, false},
        {"after", "上一页的 next", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false},
        {"limit", "行数，最多 200", R"({"type":"integer","minimum":1,"maximum":200})", false, false}},
       {"base.bad_date", "bulletin.bad_span", "bulletin.unknown_figure", "bulletin.bad_page"}});
  add(router, engine, context,
      {"/api/bulletin/trend", "bulletin.read_trend", "四项数的走势：按日、按期、按月", kRight, "read", json::schema<TrendReply>(), get_trend,
       {{"by", "day 日，period 期，month 月", R"({"type":"string","enum":["day","period","month"]})", false, true},
        {"count", "几个，最多 60，不填为 12", R"({"type":"integer","minimum":1,"maximum":60})", false, false}},
       {}});
}

}  // namespace yi::bulletin
