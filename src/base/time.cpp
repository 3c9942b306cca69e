#include "base/time.h"

#include <charconv>
#include <chrono>

#include "base/text.h"

namespace yi {
namespace {
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day ymd(CivilDay d) { return year_month_day{sys_days{std::chrono::days{d.days}}}; }

bool digits(std::string_view s, int& out) {
  for (char c : s)
    if (c < '0' || c > '9') return false;
  return std::from_chars(s.data(), s.data() + s.size(), out).ec == std::errc{};
}

void two(std::string& s, int v) {
  s += static_cast<char>('0' + v / 10);
  s += static_cast<char>('0' + v % 10);
}

Refusal bad_date(std::string_view iso) {
  return {"base.bad_date", "日期“" + excerpt(iso) + "”不存在或格式不对。",
          "请按 2024-06-17 的格式填写一个存在的日期。", 400, ""};
}

Refusal bad_instant(std::string_view iso) {
  return {"base.bad_instant", "时间“" + excerpt(iso) + "”不存在或格式不对。",
          "请按 2024-06-17T09:00:00+08:00 的格式填写。", 400, ""};
}
}  // namespace

CivilDay CivilDay::of(int year, unsigned month, unsigned day) {
  return {static_cast<std::int32_t>(
      sys_days{year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}}
          .time_since_epoch()
          .count())};
}
int CivilDay::year() const { return static_cast<int>(ymd(*this).year()); }
unsigned CivilDay::month() const { return static_cast<unsigned>(ymd(*this).month()); }
unsigned CivilDay::day() const { return static_cast<unsigned>(ymd(*this).day()); }
int CivilDay::weekday() const {
  int w = (days + 3) % 7;  // 1970-01-01 was a Thursday
  return (w < 0 ? w + 7 : w) + 1;
}

CivilDay civil_day(Instant t) {
  std::int64_t local = t.ms + kCivilOffsetMs;
  std::int64_t d = local / kMsPerDay;
  if (local % kMsPerDay < 0) --d;
  return {static_cast<std::int32_t>(d)};
}
Instant start_of(CivilDay d) { return {d.days * kMsPerDay - kCivilOffsetMs}; }
Instant at(CivilDay d, int hour, int minute, int second, int ms) {
  return {start_of(d).ms + ((hour * 60LL + minute) * 60 + second) * 1000 + ms};
}
int minute_of_day(Instant t) {
  return static_cast<int>((t.ms - start_of(civil_day(t)).ms) / 60'000);
}

Result<CivilDay> parse_day(std::string_view iso) {
  int y = 0, m = 0, d = 0;
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-' || !digits(iso.substr(0, 4), y) ||
      !digits(iso.substr(5, 2), m) || !digits(iso.substr(8, 2), d))
    return bad_date(iso);
  const year_month_day v{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                         std::chrono::day{static_cast<unsigned>(d)}};
  if (!v.ok() || y < 1900 || y > 2199) return bad_date(iso);
  return CivilDay::of(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
}

std::string to_iso(CivilDay d) {
  std::string s;
  s.reserve(10);
  const int y = d.year();
  two(s, y / 100);
  two(s, y % 100);
  s += '-';
  two(s, static_cast<int>(d.month()));
  s += '-';
  two(s, static_cast<int>(d.day()));
  return s;
}

Result<Instant> parse_instant(std::string_view iso) {
  if (iso.size() < 20 || (iso[10] != 'T' && iso[10] != ' ')) return bad_instant(iso);
  auto day = parse_day(iso.substr(0, 10));
  int h = 0, m = 0, s = 0, ms = 0;
  if (!day || iso[13] != ':' || iso[16] != ':' || !digits(iso.substr(11, 2), h) || !digits(iso.substr(14, 2), m) ||
      !digits(iso.substr(17, 2), s) || h > 23 || m > 59 || s > 59)
    return bad_instant(iso);
  std::string_view rest = iso.substr(19);
  if (rest.size() >= 4 && rest[0] == '.') {
    if (!digits(rest.substr(1, 3), ms)) return bad_instant(iso);
    rest.remove_prefix(4);
  }
  std::int64_t offset = 0;
  if (rest == "+08:00") offset = kCivilOffsetMs;
  else if (rest != "Z") return bad_instant(iso);
  return Instant{day->days * kMsPerDay + ((h * 60LL + m) * 60 + s) * 1000 + ms - offset};
}

std::string to_iso(Instant t) {
  const CivilDay d = civil_day(t);
  std::string out = to_iso(d);
  auto in_day = static_cast<int>(t.ms - start_of(d).ms);
  out += 'T';
  two(out, in_day / 3'600'000);
  out += ':';
  two(out, in_day / 60'000 % 60);
  out += ':';
  two(out, in_day / 1000 % 60);
  out += '.';
  const int ms = in_day % 1000;
  out += static_cast<char>('0' + ms / 100);
  two(out, ms % 100);
  out += "+08:00";
  return out;
}

std::string to_chinese(CivilDay d, bool with_weekday) {
  std::string s = std::to_string(d.year()) + "年" + std::to_string(d.month()) + "月" + std::to_string(d.day()) + "日";
  if (with_weekday) {
    static constexpr const char* names[] = {"一", "二", "三", "四", "五", "六", "日"};
    s += std::string("（周") + names[d.weekday() - 1] + "）";
  }
  return s;
}

}  // namespace yi
