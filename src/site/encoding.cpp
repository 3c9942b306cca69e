#include "site/encoding.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace yi::site {
namespace {

// "0", "0.", "0.000": not allowed.
bool is_zero(std::string_view q) { return !q.empty() && q.find_first_not_of("0.") == q.npos; }

bool iequals(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + ('a' - 'A') : x) == y; });
}

// Whether the header allows a coding: what it says of the name, else of "*", else no.
bool allowed(std::string_view header, std::string_view coding) {
  std::optional<bool> named, others;
  for (const auto& part : split(header, ',')) {
    const std::string_view item = trim(part);
    const auto semicolon = item.find(';');
    const auto name = trim(item.substr(0, semicolon));
    std::string_view q = semicolon == item.npos ? "" : trim(item.substr(semicolon + 1));
    const bool yes = !(q.size() > 2 && (q[0] == 'q' || q[0] == 'Q') && q[1] == '=' && is_zero(q.substr(2)));
    if (iequals(name, coding)) named = yes;
    else if (name == "*") others = yes;
  }
  return named.value_or(others.value_or(false));
}

}  // namespace

const char* encoding_name(Encoding e) { return e == Encoding::brotli ? "br" : e == Encoding::gzip ? "gzip" : ""; }

Encoding best_encoding(std::string_view accept_encoding, bool has_brotli, bool has_gzip) {
  if (accept_encoding.empty()) return Encoding::identity;
  if (has_brotli && allowed(accept_encoding, "br")) return Encoding::brotli;
  if (has_gzip && (allowed(accept_encoding, "gzip") || allowed(accept_encoding, "x-gzip"))) return Encoding::gzip;
  return Encoding::identity;
}

}  // namespace yi::site
