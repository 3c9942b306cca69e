#pragma once
// The Content-Security-Policy of a page that the program writes itself: no script, nothing from elsewhere, and of styles those that its
// writer gave to it and no other. A style that somebody's words brought into the page is not obeyed, nor is any style attribute.
#include <initializer_list>
#include <string>
#include <string_view>

namespace yi::http {

enum class Framed { nowhere, by_this_site };  // whether a page of this site may show it in a frame

// `styles`: what stands between <style> and </style> of the page, to the byte. Of what the writer made, never read back from a finished
// page: that would allow whatever stands in it. CSP 3 §6.7.3: the hash is of the element's text in UTF-8.
std::string page_policy(std::initializer_list<std::string_view> styles, Framed framed = Framed::nowhere);

}  // namespace yi::http
