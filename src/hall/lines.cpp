#include "hall/lines.h"

#include <algorithm>

#include "base/yaml.h"

namespace yi::hall {
namespace {

constexpr const char* kBad = "hall.bad_lines";

// "08:45" as minutes of the day.
int minute(yaml::Fields& f, std::string_view name, yaml::Report& report) {
  const auto text = f.text(name);
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() == 5 && digit(0) && digit(1) && text[2] == ':' && digit(3) && digit(4) && text <= "24:00" && text[3] <= '5')
    return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  if (!text.empty()) report.add(f.at(name), kBad, "时刻“" + text + "”的写法不对。", "请写成 08:45 的样子。");
  return -1;
}

Span read_span(yaml::Fields& f, yaml::Report& report) {
  const Span s{minute(f, "from", report), minute(f, "to", report)};
  if (s.from >= 0 && s.to >= 0 && s.to <= s.from) report.add(f.at("to"), kBad, "结束时刻不晚于开始时刻。", "请核对 from 和 to。");
  return s;
}

SlotRule read_slots(const yaml::Node& node, yaml::Report& report) {
  yaml::Fields f(node, report);
  SlotRule s;
  s.span = read_span(f, report);
  s.minutes = static_cast<int>(f.integer("minutes", 5, 240));
  s.places = static_cast<int>(f.integer("places", 1, 500));
  s.days_ahead = static_cast<int>(f.integer("days_ahead", 0, 90));
  s.cancel_minutes = static_cast<int>(f.integer("cancel_minutes", 0, 10'080));
  f.finish();
  return s;
}

LineRules read_rules(const yaml::Node& node, yaml::Report& report) {
  yaml::Fields f(node, report);
  LineRules r;
  const auto value = [&](const char* name, int min, int max, int& out, bool optional = false) {
    const auto n = optional ? f.optional_map(name) : f.map(name);
    if (!n) return;
    yaml::Fields g(*n, report);
    out = static_cast<int>(g.integer("value", min, max));
    g.text("basis");
    g.flag("unverified");
    g.finish();
  };
  value("preferential_run", 1, 100, r.preferential_run);
  value("calls_before_skip", 1, 10, r.calls_before_skip);
  value("check_in_early", 0, 240, r.check_in_early);
  value("check_in_late", 0, 240, r.check_in_late);
  value("missed_limit", 1, 100, r.missed_limit);
  value("missed_days", 1, 366, r.missed_days);
  value("rate_days", 0, 90, r.rate_days, true);
  value("links_per_number", 1, 100, r.links_per_number, true);
  value("links_per_account", 1, 1'000, r.links_per_account, true);
  value("pad_seconds", 10, 600, r.pad_seconds, true);
  f.finish();
  return r;
}

bool is_prefix(std::string_view s) {
  return (s.size() == 1 || s.size() == 2) && std::all_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Result<Lines> Lines::load(const std::filesystem::path& file, const KnownWindow& known) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  Lines all;
  if (const auto node = top.map("rules")) all.rules = read_rules(*node, report);
  all.priority_for = top.optional_texts("priority_for");
  if (auto text = top.optional_text("rating_message")) all.rating_message = std::move(*text);
  all.rating_reasons = top.optional_texts("rating_reasons");
  for (const auto& node : top.list("lines")) {
    yaml::Fields f(node, report);
    Line l;
    l.code.value = f.text("code");
    l.name = f.text("name");
    l.prefix = f.text("prefix");
    for (auto& w : f.texts("windows")) {
      if (!known({w})) report.add(f.at("windows"), kBad, "业务组“" + l.code.value + "”的窗口“" + w + "”不在 windows.yaml 里。", "请核对窗口代码。");
      l.windows.push_back({std::move(w)});
    }
    l.day_cap = static_cast<int>(f.integer("day_cap", 1, 999));
    l.minutes = static_cast<int>(f.integer("minutes", 1, 480));
    if (const auto open = f.map("open")) {
      yaml::Fields g(*open, report);
      l.open = read_span(g, report);
      g.finish();
    }
    for (const auto& text : f.optional_texts("also_open")) {
      if (text.size() != 1 || text[0] < '1' || text[0] > '7') report.add(f.at("also_open"), kBad, "星期“" + text + "”的写法不对。", "请写 1（星期一）到 7（星期日）。");
      else l.also_open.push_back(text[0] - '0');
    }
    if (const auto s = f.optional_map("slots")) l.slots = read_slots(*s, report);
    f.finish();
    if (!l.prefix.empty() && !is_prefix(l.prefix)) report.add(f.at("prefix"), kBad, "号码的字母“" + l.prefix + "”应为一个或两个大写字母。", "请改成 A 或 AB 的样子。");
    if (l.windows.empty()) report.add(node, kBad, "业务组“" + l.code.value + "”没有窗口。", "请在 windows 里写明办理窗口。");
    for (const auto& other : all.lines)
      if (other.code == l.code || other.prefix == l.prefix)
        report.add(node, kBad, "业务组“" + l.code.value + "”与“" + other.code.value + "”的代码或字母重复。", "每个业务组用自己的代码和字母。");
    all.lines.push_back(std::move(l));
  }
  top.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return all;
}

const Line* Lines::find(const LineCode& code) const {
  const auto it = std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.code == code; });
  return it == lines.end() ? nullptr : &*it;
}

std::vector<const Line*> Lines::served_at(const WindowCode& window) const {
  std::vector<const Line*> out;
  for (const auto& l : lines)
    if (std::find(l.windows.begin(), l.windows.end(), window) != l.windows.end()) out.push_back(&l);
  return out;
}

}  // namespace yi::hall
