#pragma once
// For tests: whether a page that the program wrote obeys the policy that it is served under.
#include <string>
#include <string_view>

#include "crypto/encoding.h"
#include "crypto/jws.h"

namespace yi::http::test {

// "" when each style of the page is named by its hash and nothing else is, and the page has no style attribute, no handler and no script;
// else what is not so. Words that come from people are escaped, so that a "<" of the body begins a tag.
inline std::string against_policy(std::string_view policy, std::string_view page) {
  constexpr auto npos = std::string_view::npos;
  if (policy.find("default-src 'none'") != 0) return "no strict policy: " + std::string(policy);
  if (policy.find("unsafe") != npos) return "an unsafe policy: " + std::string(policy);
  std::size_t named = 0, styles = 0;
  for (auto at = policy.find("'sha256-"); at != npos; at = policy.find("'sha256-", at + 1)) ++named;
  for (std::size_t at = 0; (at = page.find('<', at)) != npos;) {
    const auto end = page.find('>', at);
    const auto tag = page.substr(at, end == npos ? npos : end + 1 - at);
    if (tag.starts_with("<script")) return "a script";
    for (const std::string_view attribute : {" style=", " onclick=", " onload=", " onerror=", "\nstyle="})
      if (tag.find(attribute) != npos) return "an attribute: " + std::string(tag);
    if (end == npos) break;
    at = end + 1;
    if (!tag.starts_with("<style")) continue;
    const auto close = page.find("</style>", at);
    if (close == npos) return "a style without its end";
    const std::string hash = "'sha256-" + crypto::base64(crypto::sha256(page.substr(at, close - at))) + "'";
    if (policy.find(hash) == npos) return "a style whose hash is not in the policy: " + std::string(page.substr(at, 60));
    ++styles;
    at = close;
  }
  return styles == named ? "" : "the policy names " + std::to_string(named) + " styles, the page has " + std::to_string(styles);
}

}  // namespace yi::http::test
