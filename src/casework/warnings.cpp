#include "casework/warnings.h"

#include <algorithm>

#include "base/yaml.h"
#include "casework/clocks.h"

namespace yi::casework {

std::string_view chinese_name(Light l) {
  static constexpr std::string_view names[] = {"正常", "临期", "超期", "暂停计时"};
  return names[static_cast<std::size_t>(l)];
}

namespace {

WarningRules read_rules(const yaml::Node& root, yaml::Report& report) {
  yaml::Fields top(root, report);
  WarningRules w;
  w.yellow_days = static_cast<int>(top.integer("yellow_days", 0, 60));
  w.yellow_percent = static_cast<int>(top.integer("yellow_percent", 0, 100));
  for (const auto& node : top.list("rules")) {
    yaml::Fields f(node, report);
    WarningRule r;
    r.number = f.text("number");
    r.name = f.text("name");
    r.trigger = f.choice<Trigger>("trigger");
    r.card = f.choice<Card>("card");
    r.order = f.flag("order");
    r.basis = f.text("basis");
    r.other_basis = f.optional_text("other_basis").value_or("");
    r.unverified = f.flag("unverified");
    f.finish();
    if (r.number.size() > 20) report.add(node, "casework.bad_warnings", "监察规则编号超过 20 个字符。", "请缩短编号。");
    for (const auto& other : w.rules)
      if (other.number == r.number || other.trigger == r.trigger)
        report.add(node, "casework.bad_warnings", "监察规则“" + r.number + "”与前面的规则重复。", "每个编号、每种情形只写一条。");
    w.rules.push_back(std::move(r));
  }
  top.finish();
  w.definition = yaml::to_json(root);
  return w;
}

Result<yaml::Node> node_of(std::string_view text, const std::string& name) {
  json::Parser parser;
  const auto parsed = parser.parse(text);
  if (!parsed || parsed->kind() != json::Kind::object) return Refusal{"casework.bad_warnings", "内容不是一个 JSON 对象，或写法不完整。", "请检查括号、引号和逗号。", 422, name};
  return yaml::parse(text, name);
}

}  // namespace

Result<WarningRules> WarningRules::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  auto w = read_rules(root, report);
  if (auto refusal = report.refusal()) return *refusal;
  return w;
}

Result<WarningRules> WarningRules::parse(std::string_view text, const std::string& name) {
  YI_TRY(const auto root, node_of(text, name));
  yaml::Report report;
  auto w = read_rules(root, report);
  if (auto refusal = report.refusal()) return *refusal;
  return w;
}

std::vector<Refusal> WarningRules::problems_of(std::string_view text, const std::string& name) {
  const auto root = node_of(text, name);
  if (!root) return {root.error()};
  yaml::Report report;
  read_rules(*root, report);
  return report.problems();
}

const WarningRule* WarningRules::find(Trigger t) const {
  const auto it = std::find_if(rules.begin(), rules.end(), [&](const WarningRule& r) { return r.trigger == t; });
  return it == rules.end() ? nullptr : &*it;
}

Result<Light> light_of(const CaseState& s, CivilDay today, const WarningRules& rules, const catalog::Catalog& catalog, const calendar::Calendar& calendar) {
  if (is_end(s.at.stage)) return Light::green;
  for (const auto& d : s.limits())
    if (d < today && d != s.at.correction_due) return Light::red;
  // 转报: elsewhere, and none of this house's clocks runs.
  const bool elsewhere = s.at.stage == Stage::forwarded && !s.at.statutory_due && !s.at.promised_due && !s.at.step_due;
  if (s.at.stage == Stage::suspended || s.at.correction_due || elsewhere) return Light::grey;
  const auto due = s.next_due();
  const auto* m = matter_of(s, catalog);
  if (!due || !m) return Light::green;
  for (const auto& clock : clocks_of(s, *m)) {
    const auto answer = calendar::due(calendar, clock.question);
    if (!answer) return std::move(answer).error();
    if (!answer->due) continue;
    const bool working = clock.question.unit == calendar::Unit::working;
    YI_TRY(const auto left_working, calendar.count_working_days(today, *answer->due));
    const int left = working ? left_working.value : *answer->due - today;
    if (left <= rules.yellow_days || left * 100 <= answer->total * rules.yellow_percent) return Light::yellow;
  }
  return Light::green;
}

}  // namespace yi::casework
