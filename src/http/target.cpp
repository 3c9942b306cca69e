// The request's target, Host and Origin.
#include <cctype>

#include "base/text.h"
#include "http/wire.h"

namespace yi::http {
namespace {

Refusal bad_target(std::string sentence) {
  return {"http.bad_target", std::move(sentence), "请核对网址，或从首页重新进入。", 400, ""};
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Strict percent-decoding; false for a bad escape, a control character or text that is not UTF-8.
bool decode(std::string_view s, bool plus_is_space, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    if (c == '%') {
      if (i + 2 >= s.size()) return false;
      const int high = hex_digit(s[i + 1]), low = hex_digit(s[i + 2]);
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    const auto u = static_cast<unsigned char>(c);
    // A query may carry a line of a text field; a path never does.
    if (u == 0 || u == 0x7f || (u < 0x20 && !(plus_is_space && (c == '\n' || c == '\r' || c == '\t')))) return false;
    out += c;
  }
  return valid_utf8(out);
}

Checked parse_path(std::string_view raw, Request& request) {
  request.path.clear();
  std::string segment;
  std::size_t at = 1;  // raw[0] is '/'
  for (;;) {
    const auto slash = raw.find('/', at);
    const auto part = raw.substr(at, slash == raw.npos ? raw.npos : slash - at);
    if (!decode(part, false, segment)) return bad_target("网址中有不正确的编码。");
    if (segment == "." || segment == ".." || segment.find_first_of("/\\") != segment.npos)
      return bad_target("网址的路径不允许这样写。");
    request.path += '/';
    request.path += segment;
    if (slash == raw.npos) return Done{};
    at = slash + 1;
  }
}

Checked parse_query(std::string_view raw, Request& request) {
  std::string key, value;
  while (!raw.empty()) {
    const auto amp = raw.find('&');
    const auto pair = raw.substr(0, amp);
    raw = amp == raw.npos ? std::string_view() : raw.substr(amp + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    if (!decode(pair.substr(0, equals), true, key) ||
        !decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1), true, value))
      return bad_target("网址的查询部分有不正确的编码。");
    if (key.empty()) return bad_target("网址的查询部分有一项没有名称。");
    if (!request.query.emplace(key, value).second) {
      auto refusal = bad_target("网址的查询部分有一项重复出现。");
      refusal.where = key;
      return refusal;
    }
  }
  return Done{};
}

struct Authority {
  std::string name;  // lower case, with brackets for IPv6
  std::string port;  // digits, "" when absent
};

bool split_authority(std::string_view s, Authority& out) {
  const auto close = s.starts_with('[') ? s.find(']') : 0;
  if (close == s.npos) return false;
  const auto colon = s.find(':', close);
  out.name.assign(s.substr(0, colon));
  for (auto& c : out.name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  out.port.assign(colon == s.npos ? std::string_view() : s.substr(colon + 1));
  if (out.name.empty() || out.port.size() > 5 || (colon != s.npos && out.port.empty())) return false;
  for (const char c : out.port)
    if (c < '0' || c > '9') return false;
  return true;
}

}  // namespace

Checked parse_target(std::string_view target, Request& request) {
  if (target.starts_with("http://")) {
    const auto slash = target.find_first_of("/?", 7);
    request.host.assign(target.substr(7, slash == target.npos ? target.npos : slash - 7));
    target = slash == target.npos ? std::string_view("/") : target.substr(slash);
  }
  if (!target.starts_with('/') || target.find('#') != target.npos) return bad_target("网址的路径应当以“/”开头。");
  const auto question = target.find('?');
  YI_CHECK(parse_path(target.substr(0, question), request));
  if (question == target.npos) return Done{};
  return parse_query(target.substr(question + 1), request);
}

Hosts::Hosts(std::vector<std::string> further, bool behind_tls) : names_{"127.0.0.1", "localhost", "[::1]"}, behind_tls_(behind_tls) {
  for (auto& name : further) {
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    names_.push_back(std::move(name));
  }
}

bool Hosts::allowed(std::string_view host_header) const {
  Authority a;
  if (!split_authority(host_header, a)) return false;
  for (const auto& name : names_)
    if (a.name == name) return true;
  return false;
}

bool Hosts::own_origin(std::string_view origin, std::string_view host_header) const {
  const std::string_view scheme = behind_tls_ ? "https://" : "http://";
  if (!origin.starts_with(scheme)) return false;
  origin.remove_prefix(scheme.size());
  Authority from, here;
  if (!split_authority(origin, from) || !split_authority(host_header, here) || !allowed(origin)) return false;
  const auto port = [this](const Authority& a) { return a.port.empty() ? std::string(behind_tls_ ? "443" : "80") : a.port; };
  return port(from) == port(here);
}

}  // namespace yi::http
