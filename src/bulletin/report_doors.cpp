#include "bulletin/report_doors.h"

#include <algorithm>

#include "bulletin/figure_sheets.h"
#include "bulletin/pages.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::bulletin {
namespace {

using Position = Id<struct PositionTag>;

struct ReportEntry {
  std::string code, name;
  std::vector<ReportLength> lengths;
};
BOOST_DESCRIBE_STRUCT(ReportEntry, (), (code, name, lengths))
struct ReportList {
  std::vector<ReportEntry> reports;
  CivilDay today;
  std::optional<CivilDay> counted_from;  // the first day on which anything was counted here; what was before is no zero
};
BOOST_DESCRIBE_STRUCT(ReportList, (), (reports, today, counted_from))

struct ReadingEntry {
  CivilDay from, to;
  std::string words;                     // as the paper prints it
  std::optional<std::int64_t> value;     // of a count; none: the ledger was not there yet
  std::optional<std::int64_t> part, whole;  // of a rate
  std::optional<std::int64_t> opening;   // of the value, counted elsewhere before
  std::optional<CivilDay> partly_from;   // counted from this day on alone
};
BOOST_DESCRIBE_STRUCT(ReadingEntry, (), (from, to, words, value, part, whole, opening, partly_from))
struct DepartmentEntry {
  DepartmentCode department;
  std::string department_name;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(DepartmentEntry, (), (department, department_name, count))
struct ReportFigureEntry {
  std::string id, name, unit, definition;
  std::optional<std::string> scope, filter;
  std::optional<Figure> figure;          // of a count: whose records are listed at /api/bulletin/counts/{figure}/records
  ReadingEntry now, before, year_before;
  std::vector<DepartmentEntry> departments;
};
BOOST_DESCRIBE_STRUCT(ReportFigureEntry, (), (id, name, unit, definition, scope, filter, figure, now, before, year_before, departments))
struct ReportReply {
  std::string code, name, period, title;
  ReportLength length{};
  CivilDay from, to, as_of;
  bool complete = false;
  std::string before, year_before;       // periods, as addresses have them
  std::vector<ReportFigureEntry> figures;
  Position position;
};
BOOST_DESCRIBE_STRUCT(ReportReply, (), (code, name, period, title, length, from, to, as_of, complete, before, year_before, figures, position))

ReadingEntry entry_of(const ReportMaterial& m, const FigureRule& rule, const Reading& r) {
  ReadingEntry e{r.days.from, r.days.to, said(m, rule, r), {}, {}, {}, {}, {}};
  if (!r.recorded) return e;
  e.partly_from = r.partly_from;
  if (rule.is_rate()) {
    e.part = r.part;
    e.whole = r.whole;
  } else {
    e.value = r.value;
    if (r.opening) e.opening = r.opening;
  }
  return e;
}

struct Question {
  const http::Request& request;
  identity::Viewer viewer;
  engine::Engine& engine;
  store::Reader& reader;
  const BulletinContext& context;
  CivilDay today() const { return civil_day(engine.clock().now()); }
};

Result<std::string> list_reports(const Question& q) {
  ReportList list;
  list.today = q.today();
  list.counted_from = first_counted_day(q.reader, q.engine.centre());
  for (const auto& t : q.context.reports->all()) {
    ReportEntry e{t.code, t.name, {}};
    for (const auto& l : t.lengths) e.lengths.push_back(l.length);
    list.reports.push_back(std::move(e));
  }
  return json::write(list);
}

// The internal edition's figures for those who may see it, else the public one's.
Result<std::string> get_report(const Question& q) {
  YI_TRY(const auto* form, q.context.reports->get(q.request.path_parameters.at("template")));
  YI_TRY(const auto period, parse_report_period(q.request.path_parameters.at("period")));
  const auto edition = q.viewer.may_see_internal_edition() ? Edition::internal : Edition::public_;
  YI_TRY(const auto m, gather_report(q.reader, q.engine.centre(), q.viewer, edition, *form, period, q.today(), q.context.names));
  ReportReply r;
  r.code = form->code;
  r.name = form->name;
  r.period = to_text(period);
  r.title = compose_report(m, edition).title;
  r.length = period.length;
  r.from = period.days.from;
  r.to = period.days.to;
  r.as_of = m.as_of;
  r.complete = m.complete;
  r.before = to_text(period.before());
  r.year_before = to_text(period.year_before());
  r.position = {m.position};
  const auto in_paper = figures_in_paper(m, edition);
  for (const auto& f : m.figures) {
    if (std::find(in_paper.begin(), in_paper.end(), f.rule.id) == in_paper.end()) continue;
    ReportFigureEntry e;
    e.id = f.rule.id;
    e.name = f.rule.name;
    e.unit = f.rule.unit;
    e.definition = f.rule.definition;
    e.figure = f.rule.counts;
    if (f.rule.counts) e.scope = counted_figure(*f.rule.counts).scope;
    if (auto words = filter_words(f.rule); !words.empty()) e.filter = std::move(words);
    e.now = entry_of(m, f.rule, f.now);
    e.before = entry_of(m, f.rule, f.before);
    e.year_before = entry_of(m, f.rule, f.year_before);
    for (const auto& d : f.departments) e.departments.push_back({d.department, d.name, d.count});
    r.figures.push_back(std::move(e));
  }
  return json::write(r);
}

struct ReportDoor {
  const char* pattern;
  const char* name;
  const char* summary;
  std::string schema;
  Result<std::string> (*answer)(const Question&);
  std::vector<http::Parameter> parameters;
  std::vector<std::string> refusals;
};

void add(http::Router& router, engine::Engine& engine, const BulletinContext& context, ReportDoor door) {
  http::Door d;
  d.pattern = door.pattern;
  d.name = door.name;
  d.summary = door.summary;
  d.right = "bulletin.read_counts";
  d.audit_class = "read";
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

void add_report_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context) {
  constexpr const char* kShort = R"({"type":"string","maxLength":40})";
  add(router, engine, context, {"/api/bulletin/reports", "bulletin.list_reports", "报告模板和各自可用的统计期", json::schema<ReportList>(), list_reports, {}, {}});
  add(router, engine, context,
      {"/api/bulletin/reports/{template}/{period}", "bulletin.read_report", "一个统计期的数据项，与上期、上年同期并列", json::schema<ReportReply>(), get_report,
       {{"template", "报告模板，如 district-month", kShort, true, true}, {"period", "统计期：2024-06、2024-Q2、2024 或 2024-06-03..2024-06-21", kShort, true, true}},
       {"bulletin.unknown_report", "bulletin.bad_period", "bulletin.bad_span", "bulletin.not_this_length", "bulletin.not_begun", "bulletin.internal_edition"}});
}

}  // namespace yi::bulletin
