#include "http/parameters.h"

#include <charconv>
#include <limits>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

namespace yi::http {
namespace {

Refusal bad(const std::string& name, std::string sentence, std::string next_step) {
  return {"http.bad_parameter", "参数“" + name + "”" + std::move(sentence), std::move(next_step), 400, name};
}

std::int64_t number(json::Node schema, const char* key, std::int64_t otherwise) {
  const auto n = schema.find(key);
  return n && n->kind() == json::Kind::integer ? n->integer() : otherwise;
}

std::string text(json::Node schema, const char* key) {
  const auto n = schema.find(key);
  return n && n->kind() == json::Kind::string ? std::string(n->string()) : std::string();
}

bool parse_integer(const std::string& s, std::int64_t& out) {
  const auto* end = s.data() + s.size();
  const auto r = std::from_chars(s.data(), end, out);
  return r.ec == std::errc() && r.ptr == end;
}

constexpr std::size_t kPatternBytes = 256;  // std::regex recurses per character

}  // namespace

ParameterRules::ParameterRules(const Door& door) : any_query_(door.any_query) {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  json::Parser parser;
  for (const auto& p : door.parameters) {
    auto parsed = parser.parse(p.schema);
    if (!parsed) continue;
    const auto schema = *parsed;
    Rule rule;
    rule.name = p.name;
    rule.in_path = p.in_path;
    rule.required = p.required || p.in_path;
    const auto type = text(schema, "type");
    rule.type = type == "string"    ? Rule::Type::string
                : type == "integer" ? Rule::Type::integer
                : type == "boolean" ? Rule::Type::boolean
                                    : Rule::Type::any;
    rule.date = text(schema, "format") == "date";
    rule.minimum = number(schema, "minimum", kMin);
    rule.maximum = number(schema, "maximum", kMax);
    rule.min_length = number(schema, "minLength", 0);
    rule.max_length = number(schema, "maxLength", limits::kTextChars.value);
    const auto pattern = text(schema, "pattern");
    rule.digits = pattern == "^[0-9]{1,18}$";
    if (!rule.digits && !pattern.empty()) rule.pattern = std::make_shared<std::regex>(pattern, std::regex::ECMAScript);
    if (const auto all = schema.find("enum"); all && all->kind() == json::Kind::array)
      all->each([&](std::string_view, json::Node n) {
        if (n.kind() == json::Kind::string) rule.allowed.emplace_back(n.string());
        return true;
      });
    rules_.push_back(std::move(rule));
  }
}

Checked ParameterRules::check_value(const Rule& rule, const std::string& value) {
  std::int64_t i = 0;
  if (rule.type == Rule::Type::integer) {
    if (!parse_integer(value, i)) return bad(rule.name, "应当是整数。", "请改为整数。");
    if (i < rule.minimum || i > rule.maximum)
      return bad(rule.name, "超出允许的范围。",
                 "请改为 " + std::to_string(rule.minimum) + " 至 " + std::to_string(rule.maximum) + " 之间的整数。");
  }
  if (rule.type == Rule::Type::boolean && value != "true" && value != "false")
    return bad(rule.name, "应当是 true 或 false。", "请改为 true 或 false。");
  if (rule.type != Rule::Type::string) return Done{};
  const auto length = static_cast<std::int64_t>(count_code_points(value));
  if (length > rule.max_length) return bad(rule.name, "过长。", "请不要超过 " + std::to_string(rule.max_length) + " 个字。");
  if (length < rule.min_length) return bad(rule.name, "过短。", "请填写完整。");
  if (rule.date) {
    if (auto day = parse_day(value); !day) return bad(rule.name, "不是存在的日期。", day.error().next_step);
  }
  if (!rule.allowed.empty()) {
    for (const auto& a : rule.allowed)
      if (a == value) return Done{};
    return bad(rule.name, "的值不在允许的范围内。", "请改为下列之一：" + join(rule.allowed, "、") + "。");
  }
  const bool fits =
      rule.digits ? !value.empty() && value.size() <= 18 && value.find_first_not_of("0123456789") == value.npos
                  : !rule.pattern || (value.size() <= kPatternBytes && std::regex_search(value, *rule.pattern));
  if (!fits) return bad(rule.name, "的格式不对。", "请核对后重新填写。");
  return Done{};
}

Checked ParameterRules::check(const Request& request) const {
  std::size_t known = 0;
  for (const auto& rule : rules_) {
    const auto& values = rule.in_path ? request.path_parameters : request.query;
    const auto it = values.find(rule.name);
    if (it == values.end()) {
      if (rule.required)
        return Refusal{"http.missing_parameter", "缺少参数“" + rule.name + "”。", "请补上该参数。", 400, rule.name};
      continue;
    }
    if (!rule.in_path) ++known;
    YI_CHECK(check_value(rule, it->second));
  }
  if (any_query_ || known == request.query.size()) return Done{};
  for (const auto& [name, value] : request.query) {
    bool declared = false;
    for (const auto& rule : rules_) declared = declared || (!rule.in_path && rule.name == name);
    if (!declared)
      return Refusal{"http.unknown_parameter", "网址中有系统不认识的参数。", "请删去该参数或核对参数名。", 400, name};
  }
  return Done{};
}

}  // namespace yi::http
