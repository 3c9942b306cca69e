#include "bulletin/routes.h"

#include <algorithm>
#include <charconv>

#include "bulletin/counts_doors.h"
#include "bulletin/counts_export.h"
#include "bulletin/desk_doors.h"
#include "bulletin/issue_paper.h"
#include "bulletin/pages.h"
#include "bulletin/pages_figure.h"
#include "bulletin/report_doors.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::bulletin {
namespace {

struct WeekEntry {
  CivilDay week, from, to;
};
BOOST_DESCRIBE_STRUCT(WeekEntry, (), (week, from, to))
struct WeekList {
  std::vector<WeekEntry> weeks;  // newest first
};
BOOST_DESCRIBE_STRUCT(WeekList, (), (weeks))

// A ledger position: a string, as every 64-bit number of the house.
using Position = Id<struct PositionTag>;

struct FigureEntry {
  std::string figure, name, unit;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(FigureEntry, (), (figure, name, unit, count))
struct BalanceEntry {
  CivilDay before;
  std::int64_t consulted = 0, accepted = 0, issued = 0, transferred = 0;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(BalanceEntry, (), (before, consulted, accepted, issued, transferred, source))
struct WeekReply {
  CivilDay week, from, to, counted_from, year_from;
  std::vector<FigureEntry> figures;
  std::optional<BalanceEntry> opening_balance;
  Position position;
  std::string ledger_head;
};
BOOST_DESCRIBE_STRUCT(WeekReply, (),
                      (week, from, to, counted_from, year_from, figures, opening_balance, position, ledger_head))

struct UnitEntry {
  DepartmentCode department;
  std::string department_name;
  WindowCode window;
  std::int64_t count = 0;     // net: below zero in the row without a window, where a department has reversed entries
  std::int64_t reversed = 0;
};
BOOST_DESCRIBE_STRUCT(UnitEntry, (), (department, department_name, window, count, reversed))
struct FactEntry {
  Position position;
  CivilDay on;
  std::string name, source;
  bool verified = true;
};
BOOST_DESCRIBE_STRUCT(FactEntry, (), (position, on, name, source, verified))
struct FigureReply {
  std::string figure, name, unit, definition, scope;
  std::optional<CivilDay> counted_from;  // of a figure counted from the ledger
  CivilDay to;
  std::int64_t count = 0;                // net of reversals, with the opening balance
  std::optional<std::int64_t> reversed;  // of a counted figure: wrong entries taken back the same day
  std::optional<std::int64_t> opening_balance;
  std::optional<std::string> opening_source;
  std::vector<UnitEntry> breakdown;
  std::vector<FactEntry> facts;
  Position position;
};
BOOST_DESCRIBE_STRUCT(FigureReply, (),
                      (figure, name, unit, definition, scope, counted_from, to, count, reversed, opening_balance, opening_source,
                       breakdown, facts, position))

struct RecordEntry {
  Position position;
  std::string stream;
  DepartmentCode department;
  WindowCode window;
  CivilDay day;
  Instant recorded_at;
  std::optional<Position> reverses;  // of a reversal (冲正): the record that it takes back
};
BOOST_DESCRIBE_STRUCT(RecordEntry, (), (position, stream, department, window, day, recorded_at, reverses))
struct EvidenceReply {
  std::vector<RecordEntry> records;
  std::vector<FactEntry> facts;
  std::optional<Position> next;  // pass it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(EvidenceReply, (), (records, facts, next))

struct WarningEntry {
  std::string code, sentence, where;
};
BOOST_DESCRIBE_STRUCT(WarningEntry, (), (code, sentence, where))
struct WarningList {
  std::vector<WarningEntry> warnings;
};
BOOST_DESCRIBE_STRUCT(WarningList, (), (warnings))

std::vector<FactEntry> entries_of(const std::vector<FactRow>& facts) {
  std::vector<FactEntry> out;
  for (const auto& f : facts) out.push_back({{f.seq}, f.on, f.name, f.source, f.verified});
  return out;
}

// What a JSON door answers with, of one consistent state.
struct Question {
  const http::Request& request;
  identity::Viewer viewer;
  CentreCode centre;
  store::Reader& reader;
  const BulletinContext& context;
  const store::KeyVault& keys;
  Result<CivilDay> week() const { return week_of(request); }
  std::int64_t number(const char* name, std::int64_t otherwise) const {
    const auto it = request.query.find(name);
    if (it == request.query.end()) return otherwise;
    std::int64_t v = -1;  // refused by the view when it is no number
    std::from_chars(it->second.data(), it->second.data() + it->second.size(), v);
    return v;
  }
};

Result<std::string> list_weeks(const Question& q) {
  WeekList list;
  for (const auto& p : latest_periods(q.reader, q.centre, q.viewer, static_cast<int>(limits::kListItems.value)))
    list.weeks.push_back({p.from, p.from, p.to});
  return json::write(list);
}

Result<std::string> get_week(const Question& q) {
  YI_TRY(const auto week, q.week());
  YI_TRY(const auto w, figures_of_week(q.reader, q.centre, q.viewer, week));
  WeekReply r{week, w.from, w.to, w.counted_from, w.year_from, {}, {}, {w.position}, head_of(q.reader, q.centre).hash};
  for (const auto& info : figure_infos())
    if (info.counted)
      r.figures.push_back(
          {info.id, info.name, info.unit, of(info.reach == Reach::week ? w.week : w.year, info.figure)});
  if (w.opening) {
    const auto& c = w.opening->counts;
    r.opening_balance = BalanceEntry{w.opening->before,     of(c, Figure::consulted),   of(c, Figure::accepted),
                                     of(c, Figure::issued), of(c, Figure::transferred), w.opening->source};
  }
  return json::write(r);
}

Result<std::string> get_figure(const Question& q) {
  YI_TRY(const auto week, q.week());
  YI_TRY(const auto e,
         evidence_of(q.reader, q.centre, q.viewer, week, q.request.path_parameters.at("figure"), q.context.names));
  FigureReply r{e.info->id, e.info->name, e.info->unit, e.info->definition,  e.info->scope,    {}, e.to, e.count, {},
                e.opening,  {},           {},           entries_of(e.facts), {e.week.position}};
  if (e.info->counted) {
    r.counted_from = e.from;
    r.reversed = e.reversed;
  }
  if (e.opening) r.opening_source = e.week.opening->source;
  for (const auto& u : e.units)
    r.breakdown.push_back({u.department, department_name(q.context, u.department), u.window, u.n, u.reversed});
  return json::write(r);
}

Result<std::string> get_evidence(const Question& q) {
  YI_CHECK(q.viewer.require(identity::Question::read_evidence));
  YI_TRY(const auto week, q.week());
  YI_TRY(const auto e,
         evidence_of(q.reader, q.centre, q.viewer, week, q.request.path_parameters.at("figure"), q.context.names));
  EvidenceReply r;
  if (!e.info->counted) {
    r.facts = entries_of(e.facts);
    return json::write(r);
  }
  const auto limit = static_cast<int>(std::clamp<std::int64_t>(q.number("limit", 50), 0, limits::kPageRows.value + 1));
  YI_TRY(const auto page,
         evidence(q.reader, q.centre, q.viewer, week, e.info->figure, e.info->reach, q.number("after", 0), limit));
  for (const auto& row : page.rows) {
    r.records.push_back({{row.seq}, row.stream, row.department, row.window, row.day, row.recorded_at, {}});
    if (row.reverses) r.records.back().reverses = Position{row.reverses};
  }
  if (page.next_after > 0) r.next = Position{page.next_after};
  return json::write(r);
}

Result<std::string> get_warnings(const Question& q) {
  YI_CHECK(q.viewer.require(identity::Question::read_internal_edition));
  YI_TRY(const auto week, q.week());
  YI_TRY(const auto p, paper_of_week({q.reader, q.centre, q.viewer, q.context.names, *q.context.templates, week}, q.keys, Edition::internal, true));
  WarningList list;
  for (const auto& w : lint(p.material, p.document, Edition::internal, p.words)) list.warnings.push_back({w.code, w.sentence, w.where});
  return json::write(list);
}

struct JsonDoor {
  const char* pattern;
  const char* name;
  const char* summary;
  std::string_view right;  // "public", or the question that it asks of the viewer
  const char* audit_class;
  std::string schema;
  Result<std::string> (*answer)(const Question&);
  std::vector<http::Parameter> parameters;
};

void add(http::Router& router, engine::Engine& engine, const BulletinContext& context, JsonDoor door) {
  http::Door d;
  d.pattern = door.pattern;
  d.name = door.name;
  d.summary = door.summary;
  d.right = door.right;
  d.audit_class = door.audit_class;
  d.parameters = std::move(door.parameters);
  d.parameters.push_back(engine::after_parameter());
  d.replies = {{200, door.summary, "application/json", std::move(door.schema)}};
  d.refusal_codes = {"base.bad_date", "bulletin.unknown_week", "bulletin.unknown_figure", "engine.bad_position",
                     "engine.reports_behind"};
  if (door.right != "public")
    for (const char* code : {"identity.not_signed_in", "identity.not_allowed", "bulletin.evidence_not_public", "bulletin.paper_erased",
                             "bulletin.bad_page", "bulletin.figure_without_facts"})
      d.refusal_codes.emplace_back(code);
  d.runs_on = http::RunsOn::worker;
  d.handle = [&engine, &context, answer = door.answer](const http::Request& request, const http::Caller& caller,
                                                       http::Responder reply) {
    if (const auto ready = engine::wait_for_position(engine, request); !ready)
      return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    const Snapshot snapshot(*reader);
    auto body = answer({request, identity::viewer_of(caller), engine.centre(), *reader, context, engine.keys()});
    if (!body) return reply(http::problem(body.error()));
    http::Response r;
    r.body = std::move(body).value();
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace

void add_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context) {
  add_page_doors(router, engine, context);
  add_count_doors(router, engine, context);
  add_count_export_door(router, engine, context);
  add_desk_doors(router, engine, context);
  add_desk_work_doors(router, engine, context);
  add_report_doors(router, engine, context);
  const http::Parameter week{"week", "期：开始日，如 2024-06-17", R"({"type":"string","format":"date"})", true, true};
  const http::Parameter figure{"figure", "数据项，如 accepted_year", R"({"type":"string","maxLength":40})", true, true};
  const http::Parameter after{"after", "上一页的 next", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false};
  const http::Parameter limit{"limit", "行数，最多 200", R"({"type":"integer","minimum":1,"maximum":200})", false,
                              false};
  add(router, engine, context,
      {"/api/bulletin/weeks",
       "bulletin.list_weeks",
       "各期，最近的在前",
       "public",
       "read",
       json::schema<WeekList>(),
       list_weeks,
       {}});
  add(router, engine, context,
      {"/api/bulletin/weeks/{week}",
       "bulletin.get_week",
       "一期的数字",
       "public",
       "read",
       json::schema<WeekReply>(),
       get_week,
       {week}});
  add(router, engine, context,
      {"/api/bulletin/weeks/{week}/figures/{figure}",
       "bulletin.get_figure",
       "一个数字的定义、范围、数量和分部门数",
       "public",
       "read",
       json::schema<FigureReply>(),
       get_figure,
       {week, figure}});
  add(router, engine, context,
      {"/api/bulletin/weeks/{week}/figures/{figure}/evidence",
       "bulletin.get_evidence",
       "一个数字的逐条依据",
       identity::right_of(identity::Question::read_evidence),
       "personal",
       json::schema<EvidenceReply>(),
       get_evidence,
       {week, figure, after, limit}});
  add(router, engine, context,
      {"/api/bulletin/weeks/{week}/warnings",
       "bulletin.get_warnings",
       "内部版的校核提醒",
       identity::right_of(identity::Question::read_internal_edition),
       "personal",
       json::schema<WarningList>(),
       get_warnings,
       {week}});
}

}  // namespace yi::bulletin
