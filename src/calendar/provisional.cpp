#include "calendar/provisional.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/yaml.h"

namespace yi::calendar {
namespace {

void bad(yaml::Report& report, const yaml::Node& at, const std::string& what) {
  report.add(at, "calendar.bad_file", "农历节日表有误：" + what + "。", "请对照 docs/clock.md 和公布的历书改正。");
}

enum class Certainty { read, unverified };
BOOST_DESCRIBE_ENUM(Certainty, read, unverified)

// Month and day as one number (204 = 4 February), first and last on which the festival can fall: a slip of one digit
// mostly leaves them.
struct Window {
  const char* field;
  const char* name;
  CivilDay LunarYear::*day;
  unsigned first, last;
};
constexpr Window kWindows[] = {
    {"spring_festival", "春节", &LunarYear::spring_festival, 121, 221},
    {"qingming", "清明节", &LunarYear::qingming, 404, 406},
    {"dragon_boat", "端午节", &LunarYear::dragon_boat, 525, 625},
    {"mid_autumn", "中秋节", &LunarYear::mid_autumn, 907, 1008},
};

LunarYear read_year(const yaml::Node& node, yaml::Report& report) {
  yaml::Fields f(node, report);
  LunarYear y;
  y.year = static_cast<int>(f.integer("year", 1949, 2199));
  for (const auto& w : kWindows) {
    const CivilDay d = y.*w.day = f.day(w.field);
    const unsigned at = d.month() * 100 + d.day();
    if (report.empty() && (d.year() != y.year || at < w.first || at > w.last))
      bad(report, f.at(w.field), fmt::format("{}年{}不会在 {}", y.year, w.name, to_iso(d)));
  }
  f.finish();
  return y;
}

Notice read_rule(const yaml::Node& node, yaml::Report& report, int& from_year) {
  yaml::Fields f(node, report);
  Notice rule;
  rule.number = f.text("number");
  rule.issued = f.day("issued");
  rule.title = f.text("title");
  rule.verified = f.choice<Certainty>("certainty") == Certainty::read;
  rule.provisional = true;
  from_year = static_cast<int>(f.integer("from_year", 2025, 2199));
  f.finish();
  return rule;
}

struct Statutory {
  CivilDay day;
  const char* name;
};

// §2, in the order of the year.
std::vector<Statutory> statutory_days(const LunarYear& y) {
  const auto fixed = [&](unsigned month, unsigned day) { return CivilDay::of(y.year, month, day); };
  std::vector<Statutory> all{
      {fixed(1, 1), "元旦"},           {y.spring_festival - 1, "春节"}, {y.spring_festival, "春节"},
      {y.spring_festival + 1, "春节"}, {y.spring_festival + 2, "春节"}, {y.qingming, "清明节"},
      {fixed(5, 1), "劳动节"},         {fixed(5, 2), "劳动节"},         {y.dragon_boat, "端午节"},
      {y.mid_autumn, "中秋节"},        {fixed(10, 1), "国庆节"},        {fixed(10, 2), "国庆节"},
      {fixed(10, 3), "国庆节"}};
  // Stable, so that a 中秋 on 国庆 comes first and 国庆 is the one made up: the days off are the same.
  std::stable_sort(all.begin(), all.end(), [](const Statutory& a, const Statutory& b) { return a.day < b.day; });
  return all;
}

}  // namespace

Result<LunarTable> parse_lunar(std::string_view text, const std::string& file_name) {
  YI_TRY(const yaml::Node root, yaml::parse(text, file_name));
  yaml::Report report;
  yaml::Fields f(root, report);
  LunarTable out;
  if (const auto rule = f.map("rule")) out.rule = read_rule(*rule, report, out.from_year);
  for (const auto& node : f.list("years")) {
    const LunarYear y = read_year(node, report);
    if (report.empty() && !out.years.empty() && y.year != out.years.back().year + 1)
      bad(report, node, fmt::format("{}年后面应是{}年", out.years.back().year, out.years.back().year + 1));
    out.years.push_back(y);
  }
  f.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return out;
}

YearFile provisional_year(const LunarTable& table, const LunarYear& year) {
  YearFile out{"lunar.yaml", year.year, {}, {table.rule}, {}, true};
  const auto all = statutory_days(year);
  std::set<CivilDay> off;
  for (const auto& s : all) off.insert(s.day);
  std::set<CivilDay> taken;
  const auto add = [&](const char* name, CivilDay day, bool made_up) {
    const auto h = std::find_if(out.holidays.begin(), out.holidays.end(), [&](const HolidayDays& x) { return x.name == name; });
    auto& days = (h == out.holidays.end() ? out.holidays.emplace_back(HolidayDays{name, {}, {}}) : *h).off;
    days.push_back({day, 0, made_up});
  };
  for (const auto& s : all) {
    if (s.day.weekday() <= 5 && taken.insert(s.day).second) {
      add(s.name, s.day, false);
      continue;
    }
    CivilDay d = s.day + 1;
    while (d.weekday() > 5 || off.count(d)) ++d;
    off.insert(d);
    add(s.name, d, true);
  }
  return out;
}

}  // namespace yi::calendar
