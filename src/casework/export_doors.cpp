// A list as a file, however long: written while it is sent, a page at a time.
#include "casework/routes.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"
#include "publish/table.h"

namespace yi::casework {
namespace {

const std::vector<std::string> kColumns{"办件编号", "事项", "部门", "办件类型", "申请人类型", "申请人", "代办人", "环节", "材料在", "收件日期", "受理日期", "到期日", "灯号"};

void write(publish::TableWriter& out, const ListEntry& e) {
  const auto day = [](const std::optional<CivilDay>& d) { return d ? to_iso(*d) : std::string(); };
  const auto received = day(e.received_on), accepted = day(e.accepted_on), due = day(e.due);
  // An erased person leaves an empty cell.
  const auto name_of = [](const std::optional<PersonView>& p) { return p && p->name ? std::string_view(*p->name) : std::string_view(); };
  const publish::Cell cells[] = {std::string_view(e.number), std::string_view(e.matter_name), std::string_view(e.department_name),
                                 std::string_view(e.type == CaseType::instant ? "即办件" : "承诺件"),
                                 std::string_view(e.applicant_kind == ApplicantKind::natural ? "自然人" : "法人"), name_of(e.applicant), name_of(e.agent), std::string_view(e.stage_name),
                                 chinese_name(e.holder), std::string_view(received), std::string_view(accepted), std::string_view(due),
                                 e.light ? chinese_name(*e.light) : std::string_view()};
  out.row(cells);
}

// The rows of a list, fetched by pages. Cases that move while it is sent stand where they stood when their page was read.
class Rows {
 public:
  Rows(engine::Engine& engine, identity::Viewer viewer, ListQuestion q, Ground ground, CivilDay today)
      : engine_(engine), viewer_(std::move(viewer)), q_(std::move(q)), ground_(std::move(ground)), today_(today) {
    q_.limit = static_cast<int>(limits::kPageRows.value);
  }
  bool write_next(publish::TableWriter& out) {
    while (at_ == page_.cases.size()) {
      if (started_ && !page_.next) return false;
      if (started_) q_.after = page_.next;
      started_ = true;
      at_ = 0;
      auto reader = engine_.reader();
      auto page = list_cases(*reader, engine_.keys(), viewer_, engine_.centre(), q_, ground_, today_);
      if (!page) throw std::runtime_error(page.error().code);  // judged before the reply began: cuts the connection
      page_ = std::move(page).value();
    }
    write(out, page_.cases[at_++]);
    return true;
  }

 private:
  engine::Engine& engine_;
  identity::Viewer viewer_;
  ListQuestion q_;
  Ground ground_;
  CivilDay today_;
  ListPage page_;
  std::size_t at_ = 0;
  bool started_ = false;
};

}  // namespace

void add_export_door(http::Router& router, engine::Engine& engine, const Ground& ground) {
  auto d = reading_door("/api/casework/export", "casework.export_cases", "导出办件列表（CSV 或 XLSX）");
  for (auto& p : list_parameters())
    if (p.name != "limit") d.parameters.push_back(std::move(p));
  d.parameters.push_back({"format", "文件格式", R"({"type":"string","enum":["csv","xlsx"]})", false, false});
  d.parameters.push_back(engine::after_parameter());
  d.replies = {{200, "办件列表", "text/csv", ""}};
  d.audit_class = "personal";
  d.handle = [&engine, ground](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto q = list_question(request);
    if (!q) return reply(http::problem(q.error()));
    const auto today = civil_day(engine.clock().now());
    const auto viewer = identity::viewer_of(caller);
    {
      auto first = *q;
      first.limit = 1;
      auto reader = engine.reader();
      if (auto allowed = list_cases(*reader, engine.keys(), viewer, engine.centre(), first, ground, today); !allowed) return reply(http::problem(allowed.error()));
    }
    const auto format = request.query.find("format");
    const bool xlsx = format != request.query.end() && format->second == "xlsx";
    auto writer = xlsx ? publish::xlsx_writer("办件") : publish::csv_writer();
    http::Response r;
    r.content_type = writer->media_type();
    r.headers.emplace_back("content-disposition", std::string("attachment; filename=\"cases-") + to_iso(today) + (xlsx ? ".xlsx\"" : ".csv\""));
    auto rows = std::make_shared<Rows>(engine, viewer, *q, ground, today);
    r.produce = publish::table_pieces(std::move(writer), kColumns, [rows](publish::TableWriter& out) { return rows->write_next(out); }, http::kPieceBytes);
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace yi::casework
