#include "site/doors.h"

#include "site/encoding.h"

namespace yi::site {
namespace {

// No inline script or style, nothing from elsewhere, no frame around it. Pictures that the page itself draws are data: (QR codes),
// those that a person has just chosen are blob:.
constexpr std::string_view kShellPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "frame-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
// The name has the content's hash in it: what was loaded once is never asked for again.
constexpr std::string_view kForAYear = "public, max-age=31536000, immutable";

http::Response reply_of(const File& f, const http::Request& request, std::string_view cache) {
  http::Response r;
  r.content_type = f.media_type;
  const auto encoding = best_encoding(request.accept_encoding, !f.brotli.empty(), !f.gzip.empty());
  r.body = encoding == Encoding::brotli ? f.brotli : encoding == Encoding::gzip ? f.gzip : f.plain;
  r.headers = {{"cache-control", std::string(cache)}, {"etag", f.etag}, {"vary", "accept-encoding"}};
  if (encoding != Encoding::identity) r.headers.emplace_back("content-encoding", encoding_name(encoding));
  return r;
}

http::Door page_door(std::string pattern, std::string name, std::string summary, std::string media_type) {
  http::Door d;
  d.pattern = std::move(pattern);
  d.name = "site." + std::move(name);
  d.summary = std::move(summary);
  d.right = "public";
  d.audit_class = "none";
  d.replies = {{200, d.summary, std::move(media_type), ""}};
  d.tagged = true;
  return d;
}

void add_shell(http::Router& router, const std::shared_ptr<const Pages>& pages, std::string pattern, std::string name, std::string summary, const char* file) {
  auto d = page_door(std::move(pattern), std::move(name), std::move(summary), "text/html");
  if (d.pattern.ends_with("{path*}")) d.parameters = {{"path", "页面自己的地址", R"({"type":"string","maxLength":400})", true, true}};
  d.any_query = true;
  d.refusal_codes = {"site.not_built"};
  d.handle = [pages, file](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto* f = pages->find(file);
    if (!f) {
      const Refusal why{"site.not_built", "网页文件还没有构建，接口照常可用。", "请运行 ./run 构建网页；各期数字和周报在 /week，接口文档在 /api/openapi.json。", 404, ""};
      return reply(http::wants_page(request) ? http::problem_page(why) : http::problem(why));
    }
    auto r = reply_of(*f, request, "no-cache");
    r.headers.emplace_back("content-security-policy", kShellPolicy);
    r.headers.emplace_back("referrer-policy", "same-origin");
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace

void add_doors(http::Router& router, std::shared_ptr<const Pages> pages) {
  const char* portal = "portal.html";
  add_shell(router, pages, "/", "portal", "办事大厅首页", portal);
  add_shell(router, pages, "/matters", "matters", "全部事项", portal);
  add_shell(router, pages, "/matters/{path*}", "matter", "办事指南", portal);
  add_shell(router, pages, "/bundles/{path*}", "bundle", "“一件事”", portal);
  add_shell(router, pages, "/apply/{path*}", "apply", "网上申请", portal);
  add_shell(router, pages, "/appointments", "appointments", "预约办事", portal);
  add_shell(router, pages, "/my", "my", "我的办件", portal);
  add_shell(router, pages, "/my/{path*}", "my_case", "我的一个办件", portal);
  add_shell(router, pages, "/account/{path*}", "account", "申请人登录、注册", portal);
  add_shell(router, pages, "/desk/{path*}", "desk", "工作台", "desk.html");
  add_shell(router, pages, "/screen/{path*}", "screen", "大屏", "screen.html");
  add_shell(router, pages, "/device/{path*}", "device", "取号机、叫号屏、评价器等设备", "device.html");
  add_shell(router, pages, "/visit/{path*}", "visit", "凭号票查看等候、评价", "device.html");

  auto to_desk = page_door("/desk", "to_desk", "转到工作台", "text/plain");
  to_desk.tagged = false;
  to_desk.replies = {{308, "转到 /desk/", "text/plain", ""}};
  to_desk.handle = [](const http::Request&, const http::Caller&, http::Responder reply) {
    http::Response r;
    r.status = 308;
    r.content_type = "text/plain; charset=utf-8";
    r.headers = {{"location", "/desk/"}};
    reply(std::move(r));
  };
  router.add(std::move(to_desk));

  const auto add_file = [&](std::string pattern, std::string name, std::string summary, std::string media_type, std::string_view cache, auto name_of) {
    auto d = page_door(std::move(pattern), std::move(name), std::move(summary), std::move(media_type));
    if (d.pattern.find('{') != std::string::npos) d.parameters = {{"file", "文件名", R"({"type":"string","maxLength":120})", true, true}};
    d.refusal_codes = {"site.unknown_page"};
    d.handle = [pages, cache, name_of](const http::Request& request, const http::Caller&, http::Responder reply) {
      const auto* f = pages->find(name_of(request));
      if (!f) return reply(http::problem({"site.unknown_page", "没有这个页面文件。", "页面可能已经更新，请刷新后重试。", 404, ""}));
      reply(reply_of(*f, request, cache));
    };
    router.add(std::move(d));
  };
  add_file("/assets/{file}", "asset", "页面的脚本、样式、图片", "*/*", kForAYear,
           [](const http::Request& r) { return "assets/" + r.path_parameters.at("file"); });
  add_file("/favicon.svg", "favicon", "图标", "image/svg+xml", "public, max-age=86400", [](const http::Request&) { return std::string("favicon.svg"); });
}

}  // namespace yi::site
