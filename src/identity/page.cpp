#include "identity/page.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "http/page_policy.h"

namespace yi::identity {
namespace {

constexpr const char* kStyle = R"css(
:root { --paper: #FBFAF7; --ink: #1B1F24; --ink-2: #4A535C; --indigo: #1E4E79; --line: #D9DFE3; --red: #B3261E; --red-bg: #FCE8E6; --mist: #EEF2F4; }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font-size: 18px; line-height: 1.6; overflow-wrap: anywhere;
  font-family: -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
header { background: #fff; border-bottom: 1px solid var(--line); padding: 16px 24px; }
header a { color: var(--ink); text-decoration: none; font-weight: 600; }
header span { color: var(--ink-2); font-size: 16px; margin-left: 12px; }
main { max-width: 560px; margin: 0 auto; padding: 40px 24px 64px; }
main.wide { max-width: none; }
h1 { font-size: 28px; line-height: 1.3; margin: 0 0 16px; }
h2 { font-size: 22px; line-height: 1.3; margin: 32px 0 8px; }
form { display: grid; gap: 16px; }
label { display: grid; gap: 4px; }
small, .note { color: var(--ink-2); font-size: 16px; }
input { font: inherit; min-height: 44px; padding: 8px 12px; border: 1px solid #8A949D; border-radius: 6px; background: #fff; color: var(--ink); width: 100%; }
button { font: inherit; min-height: 44px; padding: 0 20px; border: 0; border-radius: 6px; background: var(--indigo); color: #fff; font-weight: 600; justify-self: start; }
:focus-visible { outline: 3px solid var(--indigo); outline-offset: 2px; }
a { color: var(--indigo); }
.problem { background: var(--red-bg); border-left: 4px solid var(--red); padding: 12px 16px; margin: 0 0 24px; }
.problem p { margin: 0; }
.link { background: var(--mist); padding: 12px 16px; border-radius: 6px; }
.scroll { overflow-x: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; font-size: 16px; width: 100%; }
caption { text-align: left; padding: 12px 16px; color: var(--ink-2); }
th, td { border-top: 1px solid var(--line); padding: 8px 10px; text-align: center; vertical-align: top; min-height: 40px; line-height: 1.3; }
thead th { background: var(--mist); font-weight: 600; white-space: nowrap; vertical-align: bottom; }
.upright { writing-mode: vertical-rl; letter-spacing: .1em; }
tbody th { text-align: left; font-weight: 400; min-width: 22em; }
tbody th small { display: block; font-size: 14px; }
.alone { display: inline-flex; align-items: center; min-height: 44px; }
header .alone { float: right; font-weight: 400; color: var(--indigo); text-decoration: underline; }
summary { min-height: 44px; }
html.elder body { font-size: 22px; }
html.elder :is(header span, small, .note, table, caption, .demonstration, tbody th small) { font-size: 20px; }
html.elder h1 { font-size: 34px; } html.elder h2 { font-size: 28px; }
html.elder :is(input, button, .alone, header a, summary) { min-height: 60px; }
html.elder header a { display: inline-flex; align-items: center; }
html.elder code { font-size: 1em; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .92em; }
.demonstration { margin: 0; padding: 8px 24px; background: #FFF1D6; color: var(--ink); border-bottom: 1px solid #8A5A00; font-size: 16px; }
@media print { header, form { display: none; } }
)css";

constexpr const char* kDemonstration =
    "<aside class=\"demonstration\" aria-label=\"演示环境\"><strong>演示环境</strong> 人名、单位、办件都是虚构的，请不要填写真实信息。</aside>\n";

}  // namespace

PageHead in_mode(PageHead head, const http::Request& request) {
  const auto asked = request.query.find("elder");
  head.elder = asked != request.query.end() && asked->second == "1";
  if (request.method != http::Method::get) return head;
  head.other = request.path;
  char separator = '?';
  const auto add = [&](std::string_view key, std::string_view value) { head.other += std::exchange(separator, '&') + std::string(key) + "=" + std::string(value); };
  for (const auto& [key, value] : request.query)
    if (key != "elder") add(key, value);
  if (!head.elder) add("elder", "1");
  return head;
}

http::Response page(const PageHead& head, const std::string& title, const std::string& main, int status) {
  http::Response r;
  r.status = status;
  r.content_type = "text/html; charset=utf-8";
  // With "no-referrer" a browser would send a form with "Origin: null", which no server may trust.
  r.headers.emplace_back("referrer-policy", "same-origin");
  const std::string style = kStyle + std::string(head.style);
  r.headers.emplace_back("content-security-policy", http::page_policy({style}));
  r.body = fmt::format(
      "<!doctype html>\n<html lang=\"zh-CN\"{}>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{} · 一窗</title>\n<style>{}</style>\n</head>\n<body>\n{}<header>{}<a href=\"/\">一窗</a><span>{}</span></header>\n{}\n</body>\n</html>\n",
      head.elder ? " class=\"elder\"" : "", escape_markup(title), style, head.demonstration ? kDemonstration : "",
      head.other.empty() ? "" : fmt::format("<a class=\"alone\" href=\"{}\">{}</a>", escape_markup(head.other), head.elder ? "标准模式" : "长者模式"), escape_markup(head.hall), main);
  return r;
}

std::string form_field(const std::string& name, const std::string& label, const std::string& type, const std::string& autocomplete,
                       const std::map<std::string, std::string>& given, const std::string& hint) {
  const auto it = given.find(name);
  const std::string value = type == "password" || it == given.end() ? "" : it->second;
  return fmt::format("<label>{}<input name=\"{}\" type=\"{}\" value=\"{}\" autocomplete=\"{}\" maxlength=\"128\">{}</label>\n", label, name, type, escape_markup(value),
                     autocomplete, hint.empty() ? "" : "<small>" + hint + "</small>");
}

std::string hidden_field(const std::string& name, const std::string& value) {
  return fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", name, escape_markup(value));
}

std::string problem_note(const Refusal& refusal) {
  return fmt::format("<div class=\"problem\" role=\"alert\"><p>{}</p><p>{}</p></div>\n", escape_markup(refusal.sentence), escape_markup(refusal.next_step));
}

}  // namespace yi::identity
