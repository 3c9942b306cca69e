#include "calendar/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "calendar/provisional.h"

namespace yi::calendar {
namespace {

constexpr bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

Refusal year_missing(int year) {
  return {"calendar.year_missing", fmt::format("还没有载入{}年的放假安排，涉及{}年的日期不能计算。", year, year),
          fmt::format("国务院办公厅公布{}年部分节假日安排的通知后，请管理员将其写入 data/calendar/cn-{}.yaml，再重新计算；"
                      "通知公布前要暂定的，先把该年的农历节日写入 lunar.yaml。",
                      year, year),
          422, ""};
}

Refusal contradiction(const YearFile& file, int line, const std::string& what) {
  return {"calendar.bad_file", fmt::format("放假安排文件 {} 有误：{}。", file.file, what),
          "请对照放假通知改正该文件后重新载入。", 422, fmt::format("{}:{}", file.file, std::max(1, line))};
}

}  // namespace

int Calendar::Year::rank(int d) const {
  const auto w = static_cast<std::size_t>(d) / 64;
  if (d % 64 == 0) return before[w];
  return before[w] + std::popcount(bits[w] << (64 - d % 64));
}

int Calendar::Year::select(int n) const {
  std::size_t w = 0;
  while (before[w + 1] < n) ++w;
  std::uint64_t b = bits[w];
  for (int k = n - before[w]; k > 1; --k) b &= b - 1;  // drops the lowest set bit
  return static_cast<int>(w) * 64 + std::countr_zero(b);
}

Calendar::Year Calendar::plain_year(int year) {
  Year y;
  y.year = year;
  y.first = CivilDay::of(year, 1, 1);
  y.length = leap(year) ? 366 : 365;
  for (int d = 0; d < y.length; ++d)
    if ((y.first + d).weekday() <= 5) y.bits[static_cast<std::size_t>(d) / 64] |= std::uint64_t{1} << (d % 64);
  return y;
}

// A layer may take away a working day of the layer below and give back a weekend day that rests there.
Checked Calendar::lay(Year& y, const YearFile& file) {
  std::vector<std::pair<int, std::string>> said;
  for (const auto& h : file.holidays) {
    for (const auto& [days, off] : {std::pair{&h.off, true}, std::pair{&h.worked, false}}) {
      for (const auto& [day, line, made_up] : *days) {
        const auto refuse = [&, when = to_iso(day), at = line](const char* what) {
          return contradiction(file, at, when + what);
        };
        if (day.year() != y.year) return refuse(" 不属于本年，应写入那一年的文件");
        const int d = day - y.first;
        if (std::any_of(said.begin(), said.end(), [&](const auto& s) { return s.first == d; }))
          return refuse(" 写了两次，或者既列为放假又列为上班");
        if (off && !y.worked(d)) return refuse(" 本来就休息，不应列入 off");
        if (!off && day.weekday() <= 5) return refuse(" 不是周六或周日，不应列入 worked");
        if (!off && y.worked(d)) return refuse(" 本来就上班，不应列入 worked");
        said.emplace_back(d, off ? h.name + (made_up ? "补假" : "放假") : "调休上班（" + h.name + "）");
      }
    }
  }
  for (auto& [d, reason] : said) {
    y.bits[static_cast<std::size_t>(d) / 64] ^= std::uint64_t{1} << (d % 64);
    std::erase_if(y.reasons, [&](const auto& r) { return r.first == d; });
    y.reasons.emplace_back(d, std::move(reason));
  }
  std::sort(y.reasons.begin(), y.reasons.end());
  y.notices.insert(y.notices.end(), file.notices.begin(), file.notices.end());
  for (std::size_t w = 0; w < 6; ++w)
    y.before[w + 1] = static_cast<std::uint16_t>(y.before[w] + std::popcount(y.bits[w]));
  return Done{};
}

Result<Calendar> Calendar::of(const std::vector<YearFile>& files, const LunarTable* lunar) {
  Calendar c;
  const auto place = [&](int year) {
    return std::find_if(c.years_.begin(), c.years_.end(), [&](const Year& y) { return y.year == year; });
  };
  for (const auto& f : files) {
    if (!f.region.empty()) continue;
    if (place(f.year) != c.years_.end()) return contradiction(f, 1, "同一年有两份全国安排");
    YI_CHECK(lay(c.years_.emplace_back(plain_year(f.year)), f));
  }
  for (const auto& y : lunar ? lunar->years : std::vector<LunarYear>{}) {
    if (y.year < lunar->from_year || place(y.year) != c.years_.end()) continue;
    Year& added = c.years_.emplace_back(plain_year(y.year));
    added.provisional = true;
    YI_CHECK(lay(added, provisional_year(*lunar, y)));
  }
  for (const auto& f : files) {
    if (f.region.empty()) continue;
    const auto it = place(f.year);
    if (it == c.years_.end()) return contradiction(f, 1, fmt::format("有地区安排而没有{}年的全国安排", f.year));
    YI_CHECK(lay(*it, f));
  }
  std::sort(c.years_.begin(), c.years_.end(), [](const Year& a, const Year& b) { return a.year < b.year; });
  return c;
}

const Calendar::Year* Calendar::find(int year) const {
  if (years_.empty()) return nullptr;
  // Without gaps, and that is the rule, the place is known.
  const auto at = static_cast<std::size_t>(year - years_.front().year);
  if (at < years_.size() && years_[at].year == year) return &years_[at];
  const auto it = std::find_if(years_.begin(), years_.end(), [&](const Year& y) { return y.year == year; });
  return it == years_.end() ? nullptr : &*it;
}

bool Calendar::provisional(int year) const {
  const Year* y = find(year);
  return y && y->provisional;
}

std::vector<int> Calendar::years() const {
  std::vector<int> out;
  for (const auto& y : years_) out.push_back(y.year);
  return out;
}

std::vector<Notice> Calendar::notices(int year) const {
  const Year* y = find(year);
  return y ? y->notices : std::vector<Notice>{};
}

std::string Calendar::canonical_text() const {
  std::string out;
  for (const auto& y : years_) {
    out += fmt::format("{} {}", y.year, y.provisional ? "provisional" : "notice");
    for (const auto word : y.bits) out += fmt::format(" {:016x}", word);
    for (const auto& n : y.notices) out += fmt::format(" {} {}", to_iso(n.issued), n.number);
    out += '\n';
  }
  return out;
}

WorkingDays Calendar::working_days_of(int year) const {
  const Year* y = find(year);
  return {y ? y->before[6] : 0};
}

Result<DayKind> Calendar::kind(CivilDay day) const {
  const int year = day.year();
  const Year* y = find(year);
  if (!y) return year_missing(year);
  return y->worked(day - y->first) ? DayKind::working : DayKind::rest;
}

Result<DayNote> Calendar::describe(CivilDay day) const {
  YI_TRY(const DayKind k, kind(day));
  const Year* y = find(day.year());
  const int d = day - y->first;
  const auto it = std::lower_bound(y->reasons.begin(), y->reasons.end(), d,
                                   [](const auto& r, int key) { return r.first < key; });
  if (it != y->reasons.end() && it->first == d) return DayNote{day, k, it->second, y->provisional};
  return DayNote{day, k, k == DayKind::working ? "工作日" : "周末", y->provisional};
}

Result<CivilDay> Calendar::add_working_days(CivilDay from, WorkingDays n) const {
  if (n.value < 0)
    return Refusal{"calendar.bad_days", "工作日的天数不能是负数。", "请填写 0 或正整数。", 422, ""};
  if (n.value == 0) return from;
  const CivilDay start = from + 1;
  int year = start.year();
  const Year* y = find(year);
  if (!y) return year_missing(year);
  int n_in_year = n.value + y->rank(start - y->first);  // counted from 1 January
  while (n_in_year > y->before[6]) {
    n_in_year -= y->before[6];
    y = find(++year);
    if (!y) return year_missing(year);
  }
  return y->first + y->select(n_in_year);
}

Result<WorkingDays> Calendar::count_working_days(CivilDay from_exclusive, CivilDay to_inclusive) const {
  if (to_inclusive <= from_exclusive) return WorkingDays{0};
  const CivilDay start = from_exclusive + 1;
  const int last = to_inclusive.year();
  int n = 0;
  for (int year = start.year(); year <= last; ++year) {
    const Year* y = find(year);
    if (!y) return year_missing(year);
    const int a = std::max(0, start - y->first);
    const int b = std::min(y->length, to_inclusive - y->first + 1);
    n += y->rank(b) - y->rank(a);
  }
  return WorkingDays{n};
}

Result<CivilDay> Calendar::next_working_day(CivilDay on_or_after) const {
  return add_working_days(on_or_after - 1, WorkingDays{1});
}

}  // namespace yi::calendar
