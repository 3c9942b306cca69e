#pragma once
// The HTML edition: the same words, every figure a link to its evidence. No script and nothing from outside; all text
// is escaped.
#include <string>

#include "publish/document.h"

namespace yi::publish {

struct HtmlOptions {
  bool elder = false;     // 长者模式: larger type, by the class "elder"
  bool links = true;      // figures link to their evidence; false gives plain text
  std::string link_base;  // set before every link, e.g. "http://127.0.0.1:8080" for a file that leaves the server
};

// The paper as <article class="paper">, for a page that brings paper_style() itself. A link is kept only when it is a
// path of this site ("/…", not "//…"): anything else (javascript:, other sites) is written as plain text.
std::string to_html(const Document& document, const HtmlOptions& options = {});

// A complete page around to_html(): doctype, lang, charset, title, style, print style.
std::string to_html_page(const Document& document, const HtmlOptions& options = {});

// The style of the paper, for screen and print.
std::string paper_style();
// What stands between <style> and </style> of to_html_page(), to the byte: the policy that it is served under names its hash.
std::string html_page_style();

}  // namespace yi::publish
