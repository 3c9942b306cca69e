#include "calendar/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/limits.h"

namespace yi::calendar {
namespace {

// A stretch without counting, both ends included; an open pause ends on the last day there is.
struct Span {
  CivilDay first, last;
  bool open() const { return last.days == std::numeric_limits<std::int32_t>::max(); }
  bool contains(CivilDay d) const { return first <= d && d <= last; }
};

Span span_of(const Pause& p) { return {p.from, p.to.value_or(CivilDay{std::numeric_limits<std::int32_t>::max()})}; }

Result<int> total_days(const DueQuestion& q) {
  std::int64_t total = q.days;
  bool bad = q.days < 1;
  for (const auto& e : q.extensions) {
    bad = bad || e.days < 1;
    total += e.days;
  }
  if (bad)
    return Refusal{"calendar.bad_days", "期限和延长的天数都应是正整数。", "请填写 1 以上的天数；当日办结的即办件不必计算期限。",
                   422, ""};
  if (total > limits::kDueDays.value)
    return Refusal{"calendar.bad_days", limits::kDueDays.message, "请改为实际的天数。", 422, ""};
  return static_cast<int>(total);
}

// Sorted, overlapping and adjoining pauses merged: a day paused twice is left out once.
Result<std::vector<Span>> merged_pauses(const DueQuestion& q) {
  if (static_cast<std::int64_t>(q.pauses.size()) > limits::kDuePauses.value)
    return Refusal{"calendar.too_many_pauses", limits::kDuePauses.message, "请合并或更正暂停的记录。", 422, ""};
  std::vector<Span> spans;
  spans.reserve(q.pauses.size());
  for (const auto& p : q.pauses) {
    const Span s = span_of(p);
    if (s.last < s.first)
      return Refusal{"calendar.pause_reversed",
                     fmt::format("暂停的结束日 {} 早于开始日 {}。", to_iso(s.last), to_iso(s.first)),
                     "请核对特别程序的起止日期。", 422, ""};
    spans.push_back(s);
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.first < b.first; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (kept > 0 && (spans[kept - 1].open() || spans[i].first <= spans[kept - 1].last + 1))
      spans[kept - 1].last = std::max(spans[kept - 1].last, spans[i].last);
    else
      spans[kept++] = spans[i];
  }
  spans.resize(kept);
  return spans;
}

Result<int> count(const Calendar& c, Unit unit, CivilDay after, CivilDay to) {
  if (unit == Unit::calendar) return std::max(0, to - after);
  YI_TRY(const WorkingDays n, c.count_working_days(after, to));
  return n.value;
}

Result<CivilDay> add(const Calendar& c, Unit unit, CivilDay after, int n) {
  if (unit == Unit::calendar) return after + CalendarDays{n};
  return c.add_working_days(after, WorkingDays{n});
}

// The last counted day, or where an open pause stopped the count.
struct Reached {
  CivilDay day;
  bool stopped = false;
  int counted = 0;
  bool provisional = false;  // a day that was judged by the calendar lies in a provisional year
};

bool any_provisional(const Calendar& c, CivilDay first, CivilDay last) {
  for (int year = first.year(); first <= last && year <= last.year(); ++year)
    if (c.provisional(year)) return true;
  return false;
}

Result<Reached> run(const Calendar& c, const DueQuestion& q, const std::vector<Span>& pauses, CivilDay first,
                    int total) {
  CivilDay cursor = first - 1;  // everything up to here is dealt with
  int left = total;
  bool provisional = false;
  const auto judged = [&](CivilDay to) { provisional |= q.unit == Unit::working && any_provisional(c, cursor + 1, to); };
  for (const Span& p : pauses) {
    if (p.last <= cursor) continue;
    auto before = count(c, q.unit, cursor, p.first - 1);
    // Where the stretch before the pause runs into a year without a notice, the limit either ends before that year,
    // or the year is truly needed and add() refuses.
    if (!before || *before >= left) break;
    left -= *before;
    judged(p.first - 1);
    if (p.open()) return Reached{std::max(p.first, first), true, total - left, provisional};
    cursor = p.last;
  }
  YI_TRY(const CivilDay day, add(c, q.unit, cursor, left));
  judged(day);
  return Reached{day, false, total, provisional};
}

// 民法典 §203: a last day that is a day of rest moves on to the next working day. That day must not lie in a pause
// either: the term has not ended yet, so the pause still stops it.
Result<Reached> postpone(const Calendar& c, const std::vector<Span>& pauses, Reached r) {
  for (;;) {
    const auto p = std::find_if(pauses.begin(), pauses.end(), [&](const Span& s) { return s.contains(r.day); });
    if (p != pauses.end()) {
      if (p->open()) return Reached{std::max(p->first, r.day), true, r.counted, r.provisional};
      r.day = p->last + 1;
      continue;
    }
    YI_TRY(const DayKind k, c.kind(r.day));
    r.provisional |= c.provisional(r.day.year());
    if (k == DayKind::working) return r;
    ++r.day;
  }
}

std::string pause_reason(const DueQuestion& q, CivilDay day, std::string& basis) {
  std::string reasons;
  for (const auto& p : q.pauses) {
    if (!span_of(p).contains(day)) continue;
    if (basis.empty()) basis = p.basis.empty() ? pause_basis(p.reason) : p.basis;
    if (!p.reason.empty()) reasons += (reasons.empty() ? "" : "、") + p.reason;
  }
  return reasons.empty() ? "暂停计时" : "暂停计时（" + reasons + "）";
}

// One day of the explanation, as a person would judge it with the calendar on the wall.
class Explainer {
 public:
  Explainer(const Calendar& c, const DueQuestion& q, int total) : c_(c), q_(q), total_(total) {}

  Result<CountedDay> next(CivilDay day, bool last) {
    CountedDay out;
    out.day = day;
    if (std::any_of(q_.pauses.begin(), q_.pauses.end(), [&](const Pause& p) { return span_of(p).contains(day); })) {
      out.effect = DayEffect::paused;
      out.reason = pause_reason(q_, day, out.basis);
      return out;
    }
    const auto note = c_.describe(day);
    // A calendar day counts whatever it is, even in a year without a notice.
    if (!note && (q_.unit == Unit::working || number_ == total_)) return note.error();
    out.provisional = note.ok() && note->provisional && (q_.unit == Unit::working || number_ + 1 >= total_);
    if (number_ == total_) return after_the_end(std::move(out), *note, last);
    if (q_.unit == Unit::working && note->kind == DayKind::rest) {
      out.effect = DayEffect::rest;
      out.reason = note->reason;
      out.basis = q_.rest_basis;
      return out;
    }
    out.counted = true;
    out.number = ++number_;
    if (q_.unit == Unit::working) out.reason = note->reason;
    else out.reason = note.ok() && note->kind == DayKind::rest ? "自然日（" + note->reason + "）" : "自然日";
    mark_extension(out);
    return out;
  }

 private:
  CountedDay after_the_end(CountedDay out, const DayNote& note, bool last) const {
    out.effect = last ? DayEffect::postponed_to : DayEffect::postponed;
    out.reason = last ? "期限最后一日是休息日，顺延至此日" : note.reason + "，继续顺延";
    out.basis = article::kPostponed;
    return out;
  }

  void mark_extension(CountedDay& out) const {
    int end = q_.days;
    for (const auto& e : q_.extensions) {
      if (out.number > end && out.number <= end + e.days) {
        out.effect = DayEffect::extended;
        out.reason += fmt::format("，延长的第{}日", out.number - end);
        out.basis = e.basis;
      }
      end += e.days;
    }
  }

  const Calendar& c_;
  const DueQuestion& q_;
  int total_;
  int number_ = 0;
};

Result<std::vector<CountedDay>> explained(const Calendar& c, const DueQuestion& q, CivilDay first, const Reached& end,
                                          int total) {
  std::vector<CountedDay> days;
  if (first > q.from)
    days.push_back({q.from, DayEffect::event, false, 0, "当日不计入，次日起算", article::kEventDay});
  Explainer explainer(c, q, total);
  for (CivilDay d = first; d <= end.day; ++d) {
    YI_TRY(CountedDay one, explainer.next(d, d == end.day));
    days.push_back(std::move(one));
  }
  return days;
}

}  // namespace

const char* pause_basis(std::string_view reason) {
  // 行政许可法 §45 ends its list here; no "and so on".
  static constexpr std::string_view kNamed[] = {"听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"};
  constexpr std::string_view kAnd = "、";
  for (;;) {
    const auto end = reason.find(kAnd);
    if (std::find(std::begin(kNamed), std::end(kNamed), reason.substr(0, end)) == std::end(kNamed)) return "";
    if (end == std::string_view::npos) return article::kPause;
    reason.remove_prefix(end + kAnd.size());
  }
}

Result<DueAnswer> due(const Calendar& c, const DueQuestion& q, Explain explain) {
  YI_TRY(const int total, total_days(q));
  YI_TRY(const std::vector<Span> pauses, merged_pauses(q));
  const CivilDay first = q.count_from == CountFrom::next_day ? q.from + 1 : q.from;
  YI_TRY(Reached end, run(c, q, pauses, first, total));
  if (q.unit == Unit::calendar && !end.stopped) {
    YI_TRY(end, postpone(c, pauses, end));
  }
  DueAnswer a;
  a.total = total;
  a.counted = end.counted;
  a.provisional = end.provisional;
  (end.stopped ? a.paused_since : a.due) = end.day;
  if (explain == Explain::yes) {
    YI_TRY(a.days, explained(c, q, first, end, total));
    for (int year = first.year(); year <= end.day.year(); ++year)
      for (auto& n : c.notices(year)) a.notices.push_back(std::move(n));
  }
  return a;
}

}  // namespace yi::calendar
