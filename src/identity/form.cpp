#include "identity/form.h"

#include "base/text.h"

namespace yi::identity {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool decode(std::string_view s, std::string& out) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '+') out += ' ';
    else if (s[i] != '%') out += s[i];
    else {
      const int high = i + 1 < s.size() ? digit_of(s[i + 1]) : -1, low = i + 2 < s.size() ? digit_of(s[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  for (const char c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  return valid_utf8(out);
}

}  // namespace

Result<std::map<std::string, std::string>> read_form(std::string_view body) {
  const Refusal bad{"identity.bad_form", "表单的内容不能识别。", "请回到页面重新填写。", 400, ""};
  std::map<std::string, std::string> fields;
  if (body.empty()) return fields;
  for (const auto& pair : split(body, '&')) {
    const auto equals = pair.find('=');
    std::string name, value;
    if (equals == pair.npos || !decode(std::string_view(pair).substr(0, equals), name) || !decode(std::string_view(pair).substr(equals + 1), value)) return bad;
    if (fields.size() >= 32 || !fields.emplace(std::move(name), std::move(value)).second) return bad;
  }
  return fields;
}

}  // namespace yi::identity
