// The pages of accounts: /login, /set-password, /first-administrator, /admin/rights. Plain forms of one's own site: a POST of them is
// held by SameSite and Origin, and by the link's code where there is one.
#include <fmt/format.h>

#include "base/text.h"
#include "identity/doors.h"
#include "identity/form.h"
#include "identity/page.h"
#include "identity/rights_view.h"

namespace yi::identity {
namespace {

using Fields = std::map<std::string, std::string>;

constexpr const char* kCodeSchema = R"({"type":"string","minLength":64,"maxLength":64})";

http::Door page_door(http::Method method, const char* pattern, const char* name, const char* summary) {
  http::Door d;
  d.method = method;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = kPublic;
  d.audit_class = "command";
  d.replies = {{200, summary, "text/html", ""}};
  d.plain_form = method == http::Method::post;
  d.body_limit = 8192;
  d.runs_on = d.plain_form ? http::RunsOn::stranger : http::RunsOn::worker;
  d.parameters = {{"elder", "1：长者模式", R"({"type":"string","enum":["1"]})", false, false}};
  return d;
}

std::string value_of(const Fields& f, const char* name) {
  const auto it = f.find(name);
  return it == f.end() ? "" : it->second;
}

// Where a form of this page goes, in the same mode.
std::string action(const char* path, const PageHead& head) { return std::string("<form method=\"post\" action=\"") + path + (head.elder ? "?elder=1" : "") + "\">\n"; }

http::Response go(const char* where) {
  http::Response r;
  r.status = 303;
  r.content_type = "text/plain; charset=utf-8";
  r.headers.emplace_back("location", where);
  return r;
}

}  // namespace

// --- /login ---------------------------------------------------------------------------------------------------------
http::Response login_page(const DoorParts& parts, const PageHead& head, const Fields& given, const std::optional<Refusal>& why) {
  const std::string elsewhere = !parts.external ? "" : "<p class=\"link\"><a class=\"alone\" href=\"/login/external\">统一身份认证登录</a><br><small>申请人可用；工作人员请用自己的账号登录。</small></p>\n";
  return page(head, "登录",
              "<main><h1>登录</h1>\n" + (why ? problem_note(*why) : "") + action("/login", head) +
                  form_field("account", "账号", "text", "username", given) + form_field("password", "密码", "password", "current-password", given) +
                  form_field("code", "动态口令", "text", "one-time-code", {}, "没有启用的不用填。") + "<button>登录</button>\n</form>\n" + elsewhere + "</main>",
              why ? why->status : 200);
}

namespace {

void add_login(http::Router& router, const DoorParts& parts) {
  auto show = page_door(http::Method::get, "/login", "identity.login_page", "登录页");
  show.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) { reply(login_page(parts, parts.head(request), {}, {})); };
  router.add(std::move(show));
  auto take = page_door(http::Method::post, "/login", "identity.login_form", "登录（表单）");
  take.replies.push_back({303, "已登录，转到工作台", "text/plain", ""});
  take.refusal_codes = {"identity.bad_form", "identity.login_failed", "identity.code_required", "identity.address_locked", "identity.too_many_tries", "identity.audit_unavailable"};
  take.handle = [parts, &g = parts.gatekeeper](const http::Request& request, const http::Caller&, http::Responder reply) {
    auto form = read_form(request.body);
    if (!form) return reply(login_page(parts, parts.head(request), {}, form.error()));
    Credentials who{value_of(*form, "account"), crypto::Secret(value_of(*form, "password")), value_of(*form, "code"), g.address_of(request)};
    crypto::wipe((*form)["password"]);
    const auto token = g.sign_in().sign_in(who);
    if (!token) return reply(login_page(parts, parts.head(request), *form, token.error()));
    g.leave(request);
    auto r = go(parts.head(request).elder ? "/desk/?elder=1" : "/desk/");
    r.headers.push_back(session_header(parts, request, *token));
    reply(std::move(r));
  };
  router.add(std::move(take));
}

// --- /set-password --------------------------------------------------------------------------------------------------
Refusal link_used() {
  return {"identity.link_used", "这个一次性链接已经用过或已过期（30 分钟内有效）。", "请联系生成链接的管理员重新生成。", 403, ""};
}

http::Response password_page(const DoorParts& parts, const PageHead& head, const std::string& code, const std::optional<Refusal>& why) {
  const auto link = parts.gatekeeper.links().look(code);
  if (!link || link->purpose != LinkPurpose::set_password)
    return page(head, "设置密码", "<main><h1>设置密码</h1>\n" + problem_note(link_used()) + "</main>", 403);
  return page(head, "设置密码",
              "<main><h1>设置密码</h1>\n" + (why ? problem_note(*why) : "") + "<p>账号：<code>" + escape_markup(link->account) +
                  "</code></p>\n" + action("/set-password", head) + hidden_field("code", code) + hidden_field("username", link->account) +
                  form_field("password", "新密码", "password", "new-password", {}, "至少 10 个字符。") +
                  form_field("again", "再输一次", "password", "new-password", {}) + "<button>设置密码</button>\n</form></main>",
              why ? why->status : 200);
}

Result<std::string> set_password(const DoorParts& parts, const http::Request& request, Fields& f) {
  auto& g = parts.gatekeeper;
  const auto code = value_of(f, "code");
  const auto link = g.links().look(code);
  if (!link || link->purpose != LinkPurpose::set_password) return link_used();
  const crypto::Secret fresh(value_of(f, "password")), again(value_of(f, "again"));
  crypto::wipe(f["password"]);
  crypto::wipe(f["again"]);
  if (fresh.reveal() != again.reveal()) return Refusal{"identity.passwords_differ", "两次输入的密码不一样。", "请重新输入。", 422, "/again"};
  YI_CHECK(check_strength(link->account, fresh.reveal()));
  const auto a = g.book().find(link->account);
  if (!a || a->state.suspended) return link_used();
  if (!g.links().take(code, LinkPurpose::set_password)) return link_used();
  YI_CHECK(g.sign_in().set_password(link->account, fresh, g.address_of(request)));
  YI_CHECK(parts.engine.run("identity.note_password", json::write(NotePassword{link->account}), {link->account, "staff"}));
  return link->account;
}

void add_set_password(http::Router& router, const DoorParts& parts) {
  auto show = page_door(http::Method::get, "/set-password", "identity.set_password_page", "用一次性链接设置密码");
  show.parameters.push_back({"code", "一次性编码", kCodeSchema, false, true});
  show.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) { reply(password_page(parts, parts.head(request), request.query.at("code"), {})); };
  router.add(std::move(show));
  auto take = page_door(http::Method::post, "/set-password", "identity.set_password_form", "用一次性链接设置密码（表单）");
  take.refusal_codes = {"identity.bad_form", "identity.link_used", "identity.passwords_differ", "identity.weak_password", "identity.audit_unavailable"};
  take.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) {
    auto form = read_form(request.body);
    if (!form) return reply(http::problem_page(form.error()));
    const auto done = set_password(parts, request, *form);
    if (!done) return reply(password_page(parts, parts.head(request), value_of(*form, "code"), done.error()));
    reply(page(parts.head(request), "密码已设置", "<main><h1>密码已设置</h1>\n<p>账号 <code>" + escape_markup(*done) + "</code> 现在可以<a href=\"/login\">登录</a>。</p></main>"));
  };
  router.add(std::move(take));
}

// --- /first-administrator -------------------------------------------------------------------------------------------
http::Response first_page(const DoorParts& parts, const PageHead& head, const std::string& code, const Fields& given, const std::optional<Refusal>& why) {
  const auto link = parts.gatekeeper.links().look(code);
  if (!link || link->purpose != LinkPurpose::open_three_posts)
    return page(head, "首次设置", "<main><h1>首次设置</h1>\n" + problem_note({"", "这个一次性链接已经用过或已过期（30 分钟内有效）。", "请重新启动程序取得新的链接。", 403, ""}) + "</main>", 403);
  const std::string hint = "小写字母、数字、点、下划线、短横线，以字母开头。";
  const auto person = [&](const std::string& prefix, const char* title, const char* note) {
    return fmt::format("<h2>{}</h2><p class=\"note\">{}</p>\n", title, note) + form_field(prefix, "账号", "text", "off", given, hint) +
           form_field(prefix + "_name", "姓名", "text", "off", given);
  };
  return page(head, "首次设置",
              "<main><h1>首次设置</h1>\n<p>三员由三个人分别担任：开户、授权、审计互相分开。</p>\n" + (why ? problem_note(*why) : "") +
                  action("/first-administrator", head) + hidden_field("code", code) + person("administrator", "系统管理员", "开立账号；您本人。") +
                  form_field("password", "密码", "password", "new-password", {}, "至少 10 个字符。") + form_field("again", "再输一次", "password", "new-password", {}) +
                  person("security_administrator", "安全保密管理员", "授予岗位和权限；用一次性链接自己设置密码。") +
                  person("auditor", "安全审计员", "查看访问审计；用一次性链接自己设置密码。") + "<button>设立三员</button>\n</form></main>",
              why ? why->status : 200);
}

struct FirstAccounts {
  std::string security_link, auditor_link;
};

Result<FirstAccounts> open_first(const DoorParts& parts, const http::Request& request, Fields& f) {
  static std::mutex one_at_a_time;
  std::lock_guard lock(one_at_a_time);
  auto& g = parts.gatekeeper;
  const auto code = value_of(f, "code");
  const auto link = g.links().look(code);
  if (!link || link->purpose != LinkPurpose::open_three_posts) return link_used();
  const crypto::Secret fresh(value_of(f, "password")), again(value_of(f, "again"));
  crypto::wipe(f["password"]);
  crypto::wipe(f["again"]);
  if (fresh.reveal() != again.reveal()) return Refusal{"identity.passwords_differ", "两次输入的密码不一样。", "请重新输入。", 422, "/again"};
  const OpenThreePosts c{value_of(f, "administrator"), value_of(f, "security_administrator"), value_of(f, "auditor"),
                         Text<60>(value_of(f, "administrator_name")), Text<60>(value_of(f, "security_administrator_name")), Text<60>(value_of(f, "auditor_name"))};
  YI_CHECK(check_strength(c.administrator, fresh.reveal()));
  YI_CHECK(parts.engine.run("identity.open_three_posts", json::write(c), {"system", "operator"}));
  g.links().take(code, LinkPurpose::open_three_posts);
  YI_CHECK(g.sign_in().set_password(c.administrator, fresh, g.address_of(request)));
  YI_CHECK(parts.engine.run("identity.note_password", json::write(NotePassword{c.administrator}), {c.administrator, "staff"}));
  FirstAccounts out;
  YI_TRY(out.security_link, make_password_link(parts, request, c.administrator, c.security_administrator, false));
  YI_TRY(out.auditor_link, make_password_link(parts, request, c.administrator, c.auditor, false));
  return out;
}

void add_first_administrator(http::Router& router, const DoorParts& parts) {
  auto show = page_door(http::Method::get, "/first-administrator", "identity.first_administrator_page", "首次设置三员");
  show.parameters.push_back({"code", "启动时打印的一次性编码", kCodeSchema, false, true});
  show.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) { reply(first_page(parts, parts.head(request), request.query.at("code"), {}, {})); };
  router.add(std::move(show));
  auto take = page_door(http::Method::post, "/first-administrator", "identity.first_administrator_form", "首次设置三员（表单）");
  take.refusal_codes = refusal_codes();
  for (const char* code : {"identity.bad_form", "identity.link_used", "identity.passwords_differ", "identity.weak_password", "identity.audit_unavailable"})
    take.refusal_codes.emplace_back(code);
  take.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) {
    auto form = read_form(request.body);
    if (!form) return reply(http::problem_page(form.error()));
    const auto made = open_first(parts, request, *form);
    if (!made) return reply(first_page(parts, parts.head(request), value_of(*form, "code"), *form, made.error()));
    reply(page(parts.head(request), "三员已设立",
               fmt::format("<main><h1>三员已设立</h1>\n<p>请把下面两个链接分别交给本人，30 分钟内有效，只能用一次，离开本页后不再显示。</p>\n"
                           "<h2>安全保密管理员</h2><p class=\"link\"><a href=\"{0}\">{0}</a></p>\n<h2>安全审计员</h2><p class=\"link\"><a href=\"{1}\">{1}</a></p>\n"
                           "<p>您的账号现在可以<a href=\"/login\">登录</a>。</p></main>",
                           escape_markup(made->security_link), escape_markup(made->auditor_link))));
  };
  router.add(std::move(take));
}

// --- /admin/rights --------------------------------------------------------------------------------------------------
std::string rights_page_main(const http::Router& router, const RoleTable& table) {
  std::string head, body;
  for (const auto& row : table.rows()) head += "<th scope=\"col\"><span class=\"upright\">" + escape_markup(row.name) + "</span></th>";
  for (const auto& r : rights_table(router, table)) {
    std::string acts;
    for (const auto& act : r.acts) acts += "<small>" + escape_markup(act) + "</small>";
    const char* source = r.source == RightSource::act_table ? "办件状态表" : r.source == RightSource::question ? "数据权限" : "";
    body += "<tr><th scope=\"row\"><code>" + escape_markup(r.right) + "</code> " + source + acts + "</th>";
    for (const auto& row : table.rows()) {
      const char* cell = "";
      for (const auto& h : r.holders)
        if (h.role == row.role) cell = h.reach == Reach::centre ? "●<br>全" : h.reach == Reach::department ? "◐<br>部" : "○<br>本";
      body += std::string("<td>") + cell + "</td>";
    }
    body += "</tr>\n";
  }
  return "<main class=\"wide\"><h1>岗位和权限</h1>\n<p>由 data/roles.yaml 和办件状态表得出，改动后重新启动生效。</p>\n<div class=\"scroll\" tabindex=\"0\"><table>"
         "<caption>● 全：全中心　◐ 部：本部门　○ 本：本人经手或本人的　空白：没有</caption>\n<thead><tr><th scope=\"col\">权限和办理动作</th>" +
         head + "</tr></thead>\n<tbody>\n" + body + "</tbody></table></div></main>";
}

void add_rights_page(http::Router& router, const DoorParts& parts) {
  auto show = page_door(http::Method::get, "/admin/rights", "identity.rights_page", "岗位和权限对照页");
  show.right = right_of(Question::read_accounts);
  show.audit_class = "read";
  show.refusal_codes = {"identity.not_signed_in", "identity.not_allowed"};
  show.handle = [parts, &router](const http::Request& request, const http::Caller&, http::Responder reply) {
    reply(page(parts.head(request), "岗位和权限", rights_page_main(router, parts.gatekeeper.roles())));
  };
  router.add(std::move(show));
}

}  // namespace

void add_page_doors(http::Router& router, const DoorParts& parts) {
  add_login(router, parts);
  add_set_password(router, parts);
  add_first_administrator(router, parts);
  add_rights_page(router, parts);
  add_external_doors(router, parts);
}

}  // namespace yi::identity
