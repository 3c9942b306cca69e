// The doors of the pages. A page's parameters are judged here and not by the router, so that a wrong address is
// answered by a page as well.
#include "bulletin/pages.h"

#include <functional>

#include "bulletin/issued_panels.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::bulletin {
namespace {

using MakePage = std::function<Result<http::Response>(const Visit&)>;

constexpr const char* kShortText = R"({"type":"string","maxLength":40})";

http::Parameter in_query(const char* name, const char* description) {
  return {name, description, kShortText, false, false};
}
http::Parameter in_path(const char* name, const char* description) {
  return {name, description, kShortText, true, true};
}

struct PageDoor {
  std::string pattern, name, summary, content_type;
  MakePage make;
  std::vector<http::Parameter> parameters;
};

void add(http::Router& router, engine::Engine& engine, const BulletinContext& context, PageDoor page) {
  http::Door d;
  d.pattern = page.pattern;
  d.name = page.name;
  d.summary = page.summary;
  d.right = "public";
  d.audit_class = "read";
  d.parameters = std::move(page.parameters);
  d.parameters.push_back(in_query("elder", "1：长者模式"));
  d.parameters.push_back(in_query("lang", "en：英文界面"));
  auto after = engine::after_parameter();
  after.schema = kShortText;
  d.parameters.push_back(std::move(after));
  d.replies = {{200, page.summary, page.content_type, ""}};
  d.refusal_codes = {
      "base.bad_date",        "bulletin.unknown_week",  "bulletin.unknown_figure", "bulletin.internal_edition",
      "bulletin.bad_edition", "bulletin.bad_line_mode", "bulletin.bad_page",       "bulletin.figure_without_facts",
      "bulletin.bad_period",  "bulletin.bad_span",      "bulletin.unknown_report", "bulletin.not_this_length",
      "bulletin.not_begun",   "bulletin.not_issued_yet", "bulletin.paper_erased",  "bulletin.unknown_correction",
      "engine.bad_position",  "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  d.handle = [&engine, &context, make = page.make](const http::Request& request, const http::Caller& caller,
                                                   http::Responder reply) {
    const auto ready = engine::wait_for_position(engine, request);
    auto reader = engine.reader();
    const Visit visit{request, look_of(request), identity::viewer_of(caller), engine, context, *reader};
    auto page_made = ready.ok() ? make(visit) : Result<http::Response>(ready.error());
    // A program that asks for it (a job that keeps the file) is told as programs are.
    if (!page_made.ok() && request.accept == "application/problem+json") return reply(http::problem(page_made.error()));
    reply(page_made.ok() ? std::move(page_made).value() : error_page(visit, page_made.error()));
  };
  router.add(std::move(d));
}

}  // namespace

void add_page_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context) {
  const auto week = in_path("week", "期：开始日，如 2024-06-17");
  const auto edition = in_query("edition", "public（公开版）或 internal（内部版）");
  const char* html = "text/html";
  add(router, engine, context, {"/week", "bulletin.home_page", "最近一期的数字", html, home_page, {}});
  add(router, engine, context, {"/bulletin/{week}", "bulletin.page", "周报网页", html, bulletin_page, {week, edition, in_query("frame", "1：只有正文，放在别的页面里")}});
  const auto correction = in_path("correction", "这一期的第几份更正");
  add(router, engine, context, {"/bulletins", "bulletin.issued_page", "已签发的各期", html, issued_list_page, {}});
  add(router, engine, context, {"/bulletin/{week}/corrections/{correction}", "bulletin.correction_page", "更正通知网页", html, correction_page, {week, correction}});
  add(router, engine, context, {"/bulletin/{week}/corrections/{correction}/pdf", "bulletin.correction_pdf", "更正通知 PDF", "application/pdf", correction_pdf, {week, correction}});
  const auto template_code = in_path("template", "报告模板，如 district-month");
  const auto period = in_path("period", "统计期：2024-06、2024-Q2、2024 或 2024-06-03..2024-06-21");
  const auto line_mode = in_query("line_mode", "PDF、OFD 的排行：grid（国标版式）或 word（Word 行式）");
  add(router, engine, context, {"/reports/{template}/{period}", "bulletin.report_page", "一个统计期的报告", html, report_page, {template_code, period, edition, in_query("frame", "1：只有正文，放在别的页面里")}});
  for (const auto& f : paper_formats()) {
    if (f.format == PaperFormat::html) continue;  // the page itself
    const std::string name(f.name);
    const std::string_view whole(f.media_type);
    const std::string bare(whole.substr(0, whole.find(';')));
    add(router, engine, context, {"/bulletin/{week}/" + name, "bulletin." + name, std::string("周报：") + f.summary, bare, [format = f.format](const Visit& v) { return bulletin_file(v, format); }, {week, edition, line_mode}});
    add(router, engine, context,
        {"/reports/{template}/{period}/" + name, "bulletin.report_" + name, std::string("报告：") + f.summary, bare, [format = f.format](const Visit& v) { return report_file(v, format); }, {template_code, period, edition, line_mode}});
  }
  add(router, engine, context,
      {"/figures/{week}/{figure}",
       "bulletin.figure_page",
       "一个数字的依据",
       html,
       figure_page,
       {week, in_path("figure", "数据项，如 accepted_year"), in_query("after", "上一页最后一行的账本序号")}});
}

}  // namespace yi::bulletin
