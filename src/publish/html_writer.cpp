#include "publish/html_writer.h"

#include <fmt/format.h>

#include "base/text.h"

namespace yi::publish {
namespace {

// A path of this site. Browsers read "//" and "/\" as another host, and drop control characters before they decide.
bool is_own_path(std::string_view link) {
  if (link.empty() || link[0] != '/') return false;
  if (link.size() > 1 && (link[1] == '/' || link[1] == '\\')) return false;
  for (char c : link)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  return true;
}

// An empty part has no element.
void element(std::string& out, std::string_view tag, std::string_view css_class, std::string_view text) {
  if (!text.empty()) out += fmt::format("<{0} class=\"{1}\">{2}</{0}>\n", tag, css_class, escape_markup(text));
}

std::string runs(const Paragraph& paragraph, const HtmlOptions& options) {
  std::string out;
  for (const auto& run : paragraph.runs) {
    const auto text = escape_markup(run.text);
    const auto title = run.title.empty() ? std::string() : " title=\"" + escape_markup(run.title) + '"';
    const bool on_this_page = run.link.starts_with('#');
    if (options.links && (on_this_page || is_own_path(run.link)))
      out += fmt::format("<a class=\"figure\" href=\"{}\"{}>{}</a>", escape_markup(on_this_page ? run.link : options.link_base + run.link), title,
                         text);
    else if (options.links && !title.empty())
      out += fmt::format("<span{}>{}</span>", title, text);
    else
      out += text;
  }
  return out;
}

void masthead(std::string& out, const Document& document) {
  out += "<header class=\"masthead\">\n";
  element(out, "h1", "name", document.masthead.name);
  element(out, "p", "number", document.masthead.number);
  element(out, "p", "period", document.period);
  if (!document.issuer.empty() || !document.date.empty()) {
    out += "<div class=\"issue\">\n";
    element(out, "p", "issuer", document.issuer);
    element(out, "p", "date", document.date);
    out += "</div>\n";
  }
  out += "</header>\n";
}

void body(std::string& out, const Document& document, const HtmlOptions& options) {
  bool open = false;  // a heading begins a section
  for (const auto& paragraph : document.body) {
    const auto text = runs(paragraph, options);
    if (paragraph.kind == Paragraph::Kind::heading) {
      if (open) out += "</section>\n";
      out += "<section>\n<h2>" + text + "</h2>\n";
      open = true;
    } else {
      out += "<p>" + text + "</p>\n";
    }
  }
  if (open) out += "</section>\n";
}

void imprint(std::string& out, const Imprint& part) {
  if (part.lines.empty() && part.copies.empty()) return;
  out += "<footer class=\"imprint\">\n";
  for (const auto& line : part.lines) {
    // The label hangs, as on the printed paper: turned lines align after the colon.
    constexpr std::string_view kColon = "：";
    const auto colon = line.find(kColon);
    if (colon == line.npos || colon > 15) {
      element(out, "p", "receivers", line);
      continue;
    }
    const auto end = colon + kColon.size();
    out += fmt::format("<p class=\"receivers\"><span class=\"label\">{}</span><span>{}</span></p>\n",
                       escape_markup(line.substr(0, end)), escape_markup(line.substr(end)));
  }
  element(out, "p", "copies", part.copies);
  out += "</footer>\n";
}

}  // namespace

std::string to_html(const Document& document, const HtmlOptions& options) {
  std::string out = fmt::format("<article class=\"paper{}\" lang=\"{}\">\n", options.elder ? " elder" : "",
                                escape_markup(document.language));
  masthead(out, document);
  body(out, document, options);
  imprint(out, document.imprint);
  return out + "</article>\n";
}

std::string html_page_style() { return "\n" + paper_style(); }

std::string to_html_page(const Document& document, const HtmlOptions& options) {
  std::string head;
  if (!document.ledger_head.empty())
    head = "<meta name=\"ledger-head\" content=\"" + escape_markup(document.ledger_head) + "\">\n";
  const auto& title = document.title.empty() ? document.masthead.name : document.title;
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{}<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
      escape_markup(document.language), head, escape_markup(title), html_page_style(), to_html(document, options));
}

}  // namespace yi::publish
