// Reading the holiday files. Every refusal names file and line, so that an administrator finds the place.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/yaml.h"
#include "calendar/calendar.h"
#include "calendar/provisional.h"

namespace yi::calendar {
namespace {
namespace fs = std::filesystem;

Refusal bad_name(const std::string& file, const char* what) {
  return {"calendar.bad_file", fmt::format("放假安排文件 {} 的{}。", file, what), "请改正文件名；不再使用的文件请移出该文件夹。",
          422, file + ":1"};
}

constexpr const char* kLunarFile = "lunar.yaml";

enum class Certainty { read, unverified };
BOOST_DESCRIBE_ENUM(Certainty, read, unverified)

void bad(yaml::Report& report, const yaml::Node& at, const std::string& what) {
  report.add(at, "calendar.bad_file", "放假安排有误：" + what + "。", "请对照 docs/clock.md 的格式和放假通知改正。");
}

std::vector<ListedDay> days(yaml::Fields& f, std::string_view name, yaml::Report& report) {
  std::vector<ListedDay> out;
  for (const auto& n : f.optional_list(name)) {
    if (const auto d = parse_day(n.scalar())) out.push_back({*d, n.line(), false});
    else bad(report, n, d.error().sentence);
  }
  return out;
}

Notice notice(const yaml::Node& n, yaml::Report& report) {
  yaml::Fields f(n, report);
  Notice out;
  out.number = f.text("number");
  out.issued = f.day("issued");
  out.title = f.text("title");
  out.verified = f.choice<Certainty>("certainty") == Certainty::read;
  f.finish();
  return out;
}

HolidayDays holiday(const yaml::Node& n, yaml::Report& report) {
  yaml::Fields f(n, report);
  HolidayDays out;
  out.name = f.text("name");
  out.off = days(f, "off", report);
  out.worked = days(f, "worked", report);
  f.finish();
  return out;
}

Result<YearFile> read_year(const yaml::Node& root, const std::string& file_name, int year, const std::string& region) {
  yaml::Report report;
  yaml::Fields f(root, report);
  YearFile out{file_name, year, region, {}, {}, false};
  if (f.integer("year", 1949, 2199) != year) bad(report, f.at("year"), "year 与文件名的年份不一致");
  if (!region.empty() && f.text("region") != region) bad(report, f.at("region"), "region 与文件名的区划代码不一致");
  for (const auto& n : f.list("notices")) out.notices.push_back(notice(n, report));
  if (out.notices.empty()) bad(report, f.at("notices"), "notices 应列出所依据的通知");
  for (const auto& n : f.list("holidays")) out.holidays.push_back(holiday(n, report));
  if (out.holidays.empty()) bad(report, f.at("holidays"), "holidays 应列出各个假期");
  f.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return out;
}

bool all_digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Refusal bad_directory(const fs::path& directory, const std::string& what) {
  return {"calendar.bad_directory", fmt::format("读不到放假安排的文件夹“{}”：{}。", directory.string(), what),
          "请核对路径；程序自带的放假安排在 data/calendar。", 422, directory.string()};
}

// The files "PREFIX-YYYY.yaml" of a folder, by year. A .yaml whose name is of another kind is refused, because a
// mistyped name would otherwise be a holiday that silently does not count.
Result<std::map<std::string, std::vector<std::pair<int, fs::path>>>> list(const fs::path& directory, bool regional) {
  std::map<std::string, std::vector<std::pair<int, fs::path>>> out;
  std::error_code ec;
  for (fs::directory_iterator it(directory, ec), end; !ec && it != end; it.increment(ec)) {
    const fs::path& p = it->path();
    if (p.extension() != ".yaml" || (!regional && p.filename() == kLunarFile)) continue;
    const std::string stem = p.stem().string();
    const auto dash = stem.rfind('-');
    const std::string prefix = stem.substr(0, dash == std::string::npos ? 0 : dash);
    const std::string year = dash == std::string::npos ? "" : stem.substr(dash + 1);
    const bool prefix_ok = regional ? prefix.size() == 6 && all_digits(prefix) : prefix == "cn";
    if (!prefix_ok || year.size() != 4 || !all_digits(year) || year < "1949" || year > "2199")
      return bad_name(p.filename().string(), regional ? "文件名应为“六位区划代码-年份.yaml”" : "文件名应为“cn-年份.yaml”");
    out[prefix].emplace_back(std::stoi(year), p);
  }
  if (ec) return bad_directory(directory, ec.message());
  for (auto& [prefix, files] : out) std::sort(files.begin(), files.end());
  return out;
}

Checked read_into(std::vector<YearFile>& files, const fs::path& path, int year, const std::string& region) {
  YI_TRY(const yaml::Node root, yaml::load(path, path.filename().string()));
  YI_TRY(YearFile f, read_year(root, path.filename().string(), year, region));
  files.push_back(std::move(f));
  return Done{};
}

// Province, prefecture, county: a centre in a county keeps the holidays of the prefecture it belongs to.
std::vector<std::string> region_chain(const std::string& region) {
  std::vector<std::string> chain{region.substr(0, 2) + "0000", region.substr(0, 4) + "00", region};
  chain.erase(std::unique(chain.begin(), chain.end()), chain.end());
  return chain;
}

}  // namespace

Result<YearFile> parse_year(std::string_view text, const std::string& file_name, int year, const std::string& region) {
  YI_TRY(const yaml::Node root, yaml::parse(text, file_name));
  return read_year(root, file_name, year, region);
}

Result<Calendar> Calendar::load(const fs::path& directory, std::string_view region) {
  if (!region.empty() && (region.size() != 6 || !all_digits(region) || region[0] == '0'))
    return Refusal{"calendar.bad_region", "区划代码应为六位数字。", "请按 GB/T 2260 填写，例如四川省为 510000。", 422, ""};
  std::vector<YearFile> files;
  YI_TRY(auto national, list(directory, false));
  if (national.empty()) return bad_directory(directory, "其中没有 cn-年份.yaml");
  for (const auto& [year, path] : national["cn"]) YI_CHECK(read_into(files, path, year, ""));
  std::error_code ec;
  if (!region.empty() && fs::exists(directory / "regions", ec)) {
    YI_TRY(auto regional, list(directory / "regions", true));
    for (const auto& r : region_chain(std::string(region)))
      for (const auto& [year, path] : regional[r]) YI_CHECK(read_into(files, path, year, r));
  }
  if (!fs::exists(directory / kLunarFile, ec)) return of(files);
  YI_TRY(const std::string text, yaml::read_file(directory / kLunarFile, kLunarFile));
  YI_TRY(const LunarTable lunar, parse_lunar(text, kLunarFile));
  return of(files, &lunar);
}

}  // namespace yi::calendar
