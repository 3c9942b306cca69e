#include "bulletin/counts_export.h"

#include "bulletin/counts.h"
#include "engine/command_doors.h"
#include "publish/table.h"

namespace yi::bulletin {
namespace {

struct Row {
  std::string department, window;
  std::vector<publish::Cell> numbers;
};

std::vector<std::string> columns() {
  std::vector<std::string> out{"部门", "窗口"};
  for (const Figure f : kFigures) out.push_back(counted_figure(f).name);
  out.emplace_back("其中冲正");
  return out;
}

std::vector<publish::Cell> numbers_of(const Counts& net, const Counts& reversed) {
  std::vector<publish::Cell> out;
  std::int64_t back = 0;
  for (const Figure f : kFigures) {
    out.emplace_back(of(net, f));
    back += of(reversed, f);
  }
  out.emplace_back(back);
  return out;
}

// Departments and windows, their sum, and what each figure counts: a number without its definition is half of one.
std::vector<Row> rows_of(const SpanCounts& counted, DaySpan days, const BulletinContext& context) {
  std::vector<Row> rows;
  for (const auto& u : counted.units) {
    const auto window = u.window.empty() ? std::string("不在窗口") : (context.window ? context.window(u.window) : std::nullopt).value_or(u.window.value);
    rows.push_back({context.names.department(u.department).value_or(u.department.value), window, numbers_of(u.net, u.reversed)});
  }
  rows.push_back({"合计", "", numbers_of(counted.net, counted.reversed)});
  const std::vector<publish::Cell> none(std::size(kFigures) + 1);
  rows.push_back({"统计日期", to_iso(days.from) + " 至 " + to_iso(days.to), none});
  for (const Figure f : kFigures) {
    const auto& info = counted_figure(f);
    rows.push_back({"口径：" + std::string(info.name), info.definition + std::string("，按入账日期计，两端的日期都含在内。单位：") + info.unit_week, none});
  }
  return rows;
}

Result<DaySpan> days_of(const http::Request& request, CivilDay today) {
  DaySpan d{today, today};
  if (const auto from = request.query.find("from"); from != request.query.end()) {
    YI_TRY(d.from, parse_day(from->second));
  }
  if (const auto to = request.query.find("to"); to != request.query.end()) {
    YI_TRY(d.to, parse_day(to->second));
  }
  return d;
}

}  // namespace

void add_count_export_door(http::Router& router, engine::Engine& engine, const BulletinContext& context) {
  constexpr const char* kDay = R"({"type":"string","format":"date"})";
  http::Door d;
  d.pattern = "/api/bulletin/counts/export";
  d.name = "bulletin.export_counts";
  d.summary = "任意几日的四项数，分部门、分窗口，连同口径（CSV 或 XLSX）";
  d.right = "bulletin.read_counts";
  d.audit_class = "read";
  d.parameters = {{"from", "起始日（含），不填为今日", kDay, false, false},
                  {"to", "截止日（含），不填为今日", kDay, false, false},
                  {"format", "文件格式", R"({"type":"string","enum":["csv","xlsx"]})", false, false},
                  engine::after_parameter()};
  d.replies = {{200, "四项数", "text/csv", ""}};
  d.refusal_codes = {"identity.not_signed_in", "identity.not_allowed", "base.bad_date", "bulletin.bad_span", "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  d.handle = [&engine, &context](const http::Request& request, const http::Caller&, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto days = days_of(request, civil_day(engine.clock().now()));
    if (!days) return reply(http::problem(days.error()));
    auto reader = engine.reader();
    const auto counted = counts_of(*reader, engine.centre(), *days);
    if (!counted) return reply(http::problem(counted.error()));
    const auto format = request.query.find("format");
    const bool xlsx = format != request.query.end() && format->second == "xlsx";
    auto writer = xlsx ? publish::xlsx_writer("四项数") : publish::csv_writer();
    http::Response r;
    r.content_type = writer->media_type();
    r.headers.emplace_back("content-disposition", "attachment; filename=\"figures-" + to_iso(days->from) + "-to-" + to_iso(days->to) + (xlsx ? ".xlsx\"" : ".csv\""));
    auto next = [rows = std::make_shared<const std::vector<Row>>(rows_of(*counted, *days, context)), at = std::size_t{0}](publish::TableWriter& out) mutable {
      if (at == rows->size()) return false;
      const auto& row = (*rows)[at++];
      std::vector<publish::Cell> cells{std::string_view(row.department), std::string_view(row.window)};
      cells.insert(cells.end(), row.numbers.begin(), row.numbers.end());
      out.row(cells);
      return true;
    };
    r.produce = publish::table_pieces(std::move(writer), columns(), std::move(next), http::kPieceBytes);
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace yi::bulletin
