#include "bulletin/lints.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"

namespace yi::bulletin {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool ends_clause(char32_t c) { return std::u32string_view(U"，；。：！？（）\n").find(c) != std::u32string_view::npos; }
bool counts_items(char32_t c) { return std::u32string_view(U"个项类条部种").find(c) != std::u32string_view::npos; }

// A whole number of at most nine digits that stands at `begin`, with or without thousands separators; 36.5, 67%, 4.8亿 and
// 3万 are none.
struct Number {
  std::size_t begin = 0, end = 0;
  std::int64_t n = 0;
};

// Reads the digits at `at`, with their separators and decimals. Its value is -1 where it is no whole number.
Number number_at(std::u32string_view s, std::size_t at) {
  Number x{at, at, 0};
  std::size_t digits = 0, in_group = 0, groups = 0;
  bool whole = true;
  const auto digit_at = [&](std::size_t i) { return i < s.size() && is_digit(s[i]); };
  while (x.end < s.size()) {
    const char32_t c = s[x.end];
    if (is_digit(c)) {
      if (++digits <= 9) x.n = x.n * 10 + static_cast<std::int64_t>(c - U'0');
      ++in_group;
    } else if ((c == U',' || c == U'.') && digit_at(x.end + 1)) {
      // “1,200,000”: one to three digits, then groups of three.
      whole = whole && c == U',' && (groups == 0 ? in_group <= 3 : in_group == 3);
      ++groups;
      in_group = 0;
    } else {
      break;
    }
    ++x.end;
  }
  whole = whole && digits <= 9 && (groups == 0 || in_group == 3);
  const bool scaled = x.end < s.size() && std::u32string_view(U"万亿%％‰").find(s[x.end]) != std::u32string_view::npos;
  if (!whole || scaled) x.n = -1;
  return x;
}

std::optional<Number> next_number(std::u32string_view s, std::size_t from) {
  for (std::size_t i = from; i < s.size(); ++i) {
    if (!is_digit(s[i])) continue;
    const Number x = number_at(s, i);
    if (x.n >= 0) return x;
    i = x.end - 1;
  }
  return std::nullopt;
}

// Titles become 《》 so that what stands inside them is not read as a list; `origin` says where each character stood.
struct Untitled {
  std::u32string text;
  std::vector<std::size_t> origin;
};
Untitled without_titles(std::u32string_view s) {
  Untitled out;
  int depth = 0;
  const auto keep = [&](std::size_t i) {
    out.text += s[i];
    out.origin.push_back(i);
  };
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == U'》' && depth > 0 && --depth == 0) keep(i);
    else if (depth == 0) keep(i);
    if (s[i] == U'《') ++depth;
  }
  return out;
}

// How many things a clause names before its number: touching titles, or names joined by 、. 0: it names none.
std::size_t named_before(std::u32string_view s) {
  if (s.ends_with(U"》")) {
    std::size_t titles = 0;
    while (s.ends_with(U"《》")) {
      ++titles;
      s.remove_suffix(2);
      if (s.ends_with(U"、")) s.remove_suffix(1);
    }
    return titles;
  }
  const auto commas = static_cast<std::size_t>(std::count(s.begin(), s.end(), U'、'));
  return commas == 0 ? 0 : commas + 1;
}

void lint_counts(std::u32string_view text, std::string_view where, std::vector<Warning>& out) {
  const auto [s, origin] = without_titles(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= s.size(); ++i) {
    if (i < s.size() && !ends_clause(s[i])) continue;
    const std::size_t first = begin;
    const auto clause = std::u32string_view(s).substr(first, i - first);
    begin = i + 1;
    // Only the first number: further on, the names before it carry numbers of their own.
    const auto number = next_number(clause, 0);
    if (!number || number->end >= clause.size() || !counts_items(clause[number->end])) continue;
    auto before = clause.substr(0, number->begin);
    const bool open = before.ends_with(U"等");
    if (open) before.remove_suffix(1);
    const auto named = static_cast<std::int64_t>(named_before(before));
    if (named == 0) continue;
    // 等 leaves the list open: the number may be larger, never smaller. Without it they are equal; a difference of more
    // than half is a count of something else.
    const auto off = number->n > named ? number->n - named : named - number->n;
    const bool wrong = open ? named > number->n : off != 0 && off <= std::max<std::int64_t>(2, named / 2);
    if (!wrong) continue;
    const auto written = text.substr(origin[first], origin[i - 1] + 1 - origin[first]);
    out.push_back({"bulletin.lint.count",
                   "写明 " + std::to_string(number->n) + to_utf8(clause.substr(number->end, 1)) + "，句中列出 " +
                       std::to_string(named) + " 个：" + excerpt(to_utf8(written), 60),
                   std::string(where)});
  }
}

bool among(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

// The number that ends before `end`, at most a short unit away: 1,200 in “1,200件次，”.
std::optional<Number> number_before(std::u32string_view s, std::size_t end) {
  std::size_t digits_end = end;
  while (digits_end > 0 && !is_digit(s[digits_end - 1])) {
    if (end - digits_end == 4 || ends_clause(s[digits_end - 1])) return std::nullopt;
    --digits_end;
  }
  std::size_t begin = digits_end;
  while (begin > 0 && (is_digit(s[begin - 1]) || among(s[begin - 1], U",."))) --begin;
  while (begin < digits_end && !is_digit(s[begin])) ++begin;
  if (begin == digits_end) return std::nullopt;
  const Number x = number_at(s, begin);
  return x.n < 0 || x.end != digits_end ? std::nullopt : std::optional(x);
}

// What follows 其中. Inside brackets every part counts; without them the list ends with its sentence, or where another
// mark than the one between its first parts ends a part.
struct Parts {
  std::vector<std::int64_t> numbers;
  char32_t mark = 0;    // between the first two
  std::size_t end = 0;  // behind the last part
};
Parts parts_after(std::u32string_view s, std::size_t from, bool bracketed) {
  Parts parts;
  std::size_t begin = from;
  for (std::size_t i = from; i <= s.size(); ++i) {
    const char32_t c = i < s.size() ? s[i] : U'。';
    const bool last = bracketed ? c == U'）' || c == U')' || i == s.size() : among(c, U"。！？（）()\n");
    if (!last && !among(c, U"；;、，：")) continue;
    if (const auto n = next_number(s.substr(begin, i - begin), 0)) {
      parts.numbers.push_back(n->n);
      parts.end = i;
      if (!bracketed && parts.mark != 0 && c != parts.mark) break;
      if (parts.mark == 0) parts.mark = c;
    } else if (!bracketed && !parts.numbers.empty()) {
      break;
    }
    if (last) break;
    begin = i + 1;
  }
  return parts;
}

// “136项（其中，项目服务36项；法治服务18项）” and “136项，其中项目服务36项、法治服务18项。”: the parts add up to the number before.
void lint_sums(std::u32string_view s, std::string_view where, std::vector<Warning>& out) {
  static constexpr std::u32string_view kOf = U"其中";
  for (auto at = s.find(kOf); at != std::u32string_view::npos; at = s.find(kOf, at + kOf.size())) {
    const bool bracketed = at > 0 && among(s[at - 1], U"（(");
    const std::size_t head_end = at > 0 && (bracketed || among(s[at - 1], U"，；：,")) ? at - 1 : at;
    const auto total = number_before(s, head_end);
    if (!total) continue;
    const auto parts = parts_after(s, at + kOf.size(), bracketed);
    if (parts.numbers.size() < 2) continue;
    std::int64_t sum = 0;
    bool adds_up = false;  // or did, before a neighbour that only looks like one more part: “，其中甲6件，乙4件，办结8件”
    for (std::size_t i = 0; i < parts.numbers.size(); ++i) {
      sum += parts.numbers[i];
      adds_up |= !bracketed && i > 0 && sum == total->n;
    }
    // Behind commas the next clause often counts something else: then the sum is far off.
    const auto off = sum > total->n ? sum - total->n : total->n - sum;
    adds_up |= !bracketed && parts.mark == U'，' && off > std::max<std::int64_t>(2, total->n / 10);
    if (!adds_up && sum != total->n)
      out.push_back({"bulletin.lint.sum",
                     "合计写 " + std::to_string(total->n) + "，各分项相加是 " + std::to_string(sum) + "：" +
                         excerpt(to_utf8(s.substr(total->begin, parts.end + (bracketed ? 1 : 0) - total->begin)), 60),
                     std::string(where)});
  }
}

// “截至7月底” in a bulletin that ends in June. The months before are last year's when they are far ahead.
void lint_months(std::u32string_view s, CivilDay to, std::string_view where, std::vector<Warning>& out) {
  for (auto at = s.find(U"截至"); at != std::u32string_view::npos; at = s.find(U"截至", at + 2)) {
    const auto n = next_number(s.substr(at + 2, 3), 0);
    if (!n || n->begin != 0 || at + 2 + n->end >= s.size() || s[at + 2 + n->end] != U'月') continue;
    const auto ahead = n->n - static_cast<std::int64_t>(to.month());
    if (n->n <= 12 && ahead > 0 && ahead <= 6)
      out.push_back({"bulletin.lint.month",
                     "文中写“截至" + std::to_string(n->n) + "月”，晚于本期结束的 " + std::to_string(to.month()) + " 月。",
                     std::string(where)});
  }
}

void lint_leaves(const WeekMaterial& m, std::vector<Warning>& out) {
  std::map<std::pair<std::string, std::string>, std::vector<staff::LeaveKind>> kinds;
  for (const auto& l : m.leaves) {
    auto& k = kinds[{l.department, l.name}];
    if (std::find(k.begin(), k.end(), l.kind) == k.end()) k.push_back(l.kind);
  }
  for (const auto& [person, list] : kinds) {
    if (list.size() < 2) continue;
    std::vector<std::string> names;
    for (auto k : list) names.emplace_back(staff::chinese_name(k));
    out.push_back({"bulletin.lint.two_leaves", person.first + person.second + "同时列在" + join(names, "、") + "中。", "考勤"});
  }
}

// A kind that no line of the template prints, where the template has the part at all: nobody else would notice.
void lint_unlisted_leaves(const WeekMaterial& m, const Templates& t, std::vector<Warning>& out) {
  const auto printed = [&](staff::LeaveKind kind) {
    return std::any_of(t.leave_lines.begin(), t.leave_lines.end(), [&](const auto& l) { return l.kind == kind; });
  };
  if (std::none_of(t.parts.begin(), t.parts.end(), [](const auto& p) { return p.part == PartKind::leave; })) return;
  std::map<staff::LeaveKind, std::vector<std::string>> people;
  for (const auto& l : m.leaves)
    if (!printed(l.kind)) people[l.kind].push_back(l.department + l.name);
  for (const auto& [kind, names] : people)
    out.push_back({"bulletin.lint.leave_not_printed",
                   std::string("模板没有列出“") + staff::chinese_name(kind) + "”，没有印出：" + join(names, "、") + "。", "考勤"});
}

// The list is of leaves, each by its own days: whoever takes two and two in one row is not in it, and the reader decides about that.
void lint_adjoining_leaves(const WeekMaterial& m, const Templates& t, std::vector<Warning>& out) {
  const auto day = [](CivilDay d) { return std::to_string(d.month()) + "月" + std::to_string(d.day()) + "日"; };
  for (const auto& l : m.adjoining)
    if (std::any_of(t.leave_lines.begin(), t.leave_lines.end(), [&](const auto& line) { return line.kind == l.kind; }))
      out.push_back({"bulletin.lint.adjoining_leaves",
                     l.department + l.name + "的" + staff::chinese_name(l.kind) + "有几次相连（" + day(l.from) + "至" + day(l.to) + "，合计" + std::to_string(l.days) + "天），每次不足" +
                         std::to_string(t.min_days) + "天，没有列入；要列入的，请办理续假或合并登记。",
                     "考勤"});
}

// Words of the week go into the public edition as they are written.
void lint_health_names(const WeekMaterial& m, std::vector<Warning>& out) {
  const auto ask = [&](std::string_view text, const char* where) {
    std::set<std::string> asked;
    for (const auto& l : m.on_health_leave)
      // One character is no name to look for.
      if (count_code_points(l.name) > 1 && text.find(l.name) != std::string_view::npos &&
          asked.insert(l.department + l.name).second)
        out.push_back({"bulletin.lint.health_named",
                       "文中有“" + l.name + "”，与本期登记有" + staff::chinese_name(l.kind) + "的" + l.department + l.name +
                           "同名。这段文字也印在公开版，请确认没有说到其健康情况：" + excerpt(text),
                       where});
  };
  for (const auto& n : m.news) ask(n.text, "动态");
  for (const auto* section : {&m.one_thing, &m.value_added})
    if (*section) {
      const char* where = section == &m.one_thing ? "一件事" : "增值化";
      for (const auto& e : (*section)->entries) ask(e, where);
      for (const auto& p : (*section)->pushed) ask(p, where);
    }
}

// The word after a figure: 件次 in "流转5461件次。".
std::optional<std::string> unit_after(const publish::Document& d, const std::string& link) {
  for (const auto& p : d.body)
    for (std::size_t i = 0; i + 1 < p.runs.size(); ++i) {
      if (p.runs[i].link != link) continue;
      const auto s = to_utf32(p.runs[i + 1].text);
      return to_utf8(std::u32string_view(s).substr(0, std::u32string_view(s).find_first_of(U"、，；。")));
    }
  return std::nullopt;
}

void lint_units(const WeekMaterial& m, const publish::Document& d, std::vector<Warning>& out) {
  for (Figure f : kFigures) {
    const auto week = unit_after(d, figure_link(m.figures.from, figure_id(f, Reach::week)));
    const auto year = unit_after(d, figure_link(m.figures.from, figure_id(f, Reach::year)));
    if (week && year && *week != *year)
      out.push_back({"bulletin.lint.unit",
                     counted_figure(f).name + std::string("的单位前后不一：本周用“") + *week + "”，今年以来用“" + *year + "”。",
                     "综窗"});
  }
}

bool is_subsequence(std::u32string_view shorter, std::u32string_view longer) {
  std::size_t i = 0;
  for (char32_t c : longer)
    if (i < shorter.size() && shorter[i] == c) ++i;
  return i == shorter.size();
}

// A plate that no category is called, and a category that no plate is called, one the other's name shortened.
void lint_wording(const WeekMaterial& m, std::vector<Warning>& out) {
  if (!m.list) return;
  std::set<std::string> categories, plates(m.plates.begin(), m.plates.end());
  for (const auto& c : m.list->categories) categories.insert(c.name);
  for (const auto& plate : m.plates) {
    if (categories.count(plate)) continue;
    for (const auto& category : m.list->categories) {
      if (plates.count(category.name)) continue;
      const auto a = to_utf32(plate), b = to_utf32(category.name);
      const auto& shorter = a.size() < b.size() ? a : b;
      const auto& longer = a.size() < b.size() ? b : a;
      if (shorter.size() >= 2 && shorter.front() == longer.front() && is_subsequence(shorter, longer))
        out.push_back({"bulletin.lint.wording", "前后用语不一：清单中是“" + category.name + "”，板块中是“" + plate + "”。", "增值化"});
    }
  }
}

void lint_dates(const WeekMaterial& m, std::vector<Warning>& out) {
  for (const auto& n : m.news)
    if (n.on && (*n.on < m.figures.counted_from || *n.on > m.figures.to))
      out.push_back({"bulletin.lint.date_outside_week",
                     to_chinese(*n.on) + "的动态不在本期（" + to_chinese(m.figures.counted_from) + "至" +
                         to_chinese(m.figures.to) + "）之内：" + excerpt(n.text),
                     "动态"});
  if (m.imprint && m.imprint->issued_on < m.figures.to)
    out.push_back({"bulletin.lint.issued_before_end", "印发日期" + to_chinese(m.imprint->issued_on) + "早于本期最后一日。", "报头"});
}
}  // namespace

std::vector<Warning> lint_text(std::string_view text, std::string_view where) {
  std::vector<Warning> out;
  const auto s = to_utf32(text);
  lint_sums(s, where, out);
  lint_counts(s, where, out);
  return out;
}

std::vector<Warning> lint(const WeekMaterial& m, const publish::Document& d, Edition edition, const Templates& t) {
  std::vector<Warning> out;
  std::string heading;
  for (const auto& p : d.body) {
    if (p.kind == publish::Paragraph::Kind::heading) {
      heading = p.text();
      continue;
    }
    const auto text = p.text();
    auto found = lint_text(text, heading);
    std::move(found.begin(), found.end(), std::back_inserter(out));
    lint_months(to_utf32(text), m.figures.to, heading, out);
  }
  lint_dates(m, out);
  lint_leaves(m, out);
  if (edition == Edition::internal) {
    lint_unlisted_leaves(m, t, out);
    lint_adjoining_leaves(m, t, out);
    lint_health_names(m, out);
  }
  lint_units(m, d, out);
  lint_wording(m, out);
  return out;
}

Result<Composed> compose_and_lint(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, Edition edition,
                                  CivilDay week, const Names& names, const Templates& templates) {
  const Snapshot snapshot(reader);
  YI_TRY(const auto material, gather(reader, centre, viewer, edition, week, names, templates));
  YI_TRY(auto document, compose(material, edition, templates));
  auto warnings = lint(material, document, edition, templates);
  return Composed{std::move(document), std::move(warnings), material.figures};
}

}  // namespace yi::bulletin
