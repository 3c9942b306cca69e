#include "exchange/routes.h"

#include "engine/command_doors.h"
#include "exchange/export.h"
#include "identity/gatekeeper.h"

namespace yi::exchange {
namespace {

Result<ExportQuestion> question_of(const http::Request& request) {
  ExportQuestion q;
  const auto text = [&](const char* name) -> const std::string* {
    const auto it = request.query.find(name);
    return it == request.query.end() ? nullptr : &it->second;
  };
  if (const auto* from = text("from")) {
    YI_TRY(q.from, parse_day(*from));
  }
  if (const auto* to = text("to")) {
    YI_TRY(q.to, parse_day(*to));
  }
  // The router has held both against their enums.
  if (const auto* table = text("table")) json::enum_from(*table, q.table.emplace());
  if (const auto* format = text("format")) json::enum_from(*format, q.format);
  return q;
}

std::string file_name(const ExportQuestion& q) {
  std::string name = q.table && q.format != Format::zip ? json::enum_name(*q.table) : "cases";
  if (q.from) name += "-" + to_iso(*q.from);
  if (q.to) name += "-to-" + to_iso(*q.to);
  return name + "." + json::enum_name(q.format);
}

// The reader is given back when the last piece is sent or the client leaves.
struct Lent {
  explicit Lent(engine::Engine& engine) : lease(engine.reader()) {}
  engine::Engine::Lease lease;
};

}  // namespace

void add_doors(http::Router& router, engine::Engine& engine, const catalog::Catalog& catalog) {
  http::Door d;
  d.pattern = "/api/exchange/cases";
  d.name = "exchange.export_cases";
  d.summary = "导出办件（五张交换表，含个人信息）";
  d.right = "exchange.export_cases";
  d.audit_class = "personal";
  d.parameters = {{"from", "办件编号日期不早于", R"({"type":"string","format":"date"})", false, false},
                  {"to", "办件编号日期不晚于", R"({"type":"string","format":"date"})", false, false},
                  {"table", "只要一张表", json::schema<Table>(), false, false},
                  {"format", "jsonl 每行一条记录；csv 一张表；zip 五张表", json::schema<Format>(), false, false},
                  engine::after_parameter()};
  d.replies = {{200, "jsonl：每行一个对象，table 是表名", "application/x-ndjson", R"({"type":"string"})"}};
  d.refusal_codes = {"identity.not_signed_in", "identity.not_allowed", "exchange.bad_period", "exchange.table_required", "base.bad_date",
                     "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  d.handle = [&](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto q = question_of(request);
    if (!q) return reply(http::problem(q.error()));
    const auto lent = std::make_shared<Lent>(engine);
    auto pieces = export_cases({&*lent->lease, &engine.keys(), engine.centre(), &catalog}, identity::viewer_of(caller), *q);
    if (!pieces) return reply(http::problem(pieces.error()));
    http::Response r;
    r.content_type = media_type(q->format);
    r.headers = {{"content-disposition", "attachment; filename=\"" + file_name(*q) + "\""}};
    r.produce = [lent, produce = std::move(pieces).value()](std::string& piece) { return produce(piece); };
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace yi::exchange
