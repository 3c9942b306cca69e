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

// A whole number of at most six digits that stands at `at`; 36.5, 67% and 2024年 are none.
struct Number {
  std::size_t begin = 0, end = 0;
  std::int64_t n = 0;
};
std::optional<Number> next_number(std::u32string_view s, std::size_t from) {
  for (std::size_t i = from; i < s.size(); ++i) {
    if (!is_digit(s[i])) continue;
    Number x{i, i, 0};
    while (x.end < s.size() && (is_digit(s[x.end]) || s[x.end] == U'.')) ++x.end;
    const auto digits = s.substr(x.begin, x.end - x.begin);
    if (digits.size() > 6 || digits.find(U'.') != std::u32string_view::npos) {
      i = x.end;
      continue;
    }
    for (char32_t c : digits) x.n = x.n * 10 + static_cast<std::int64_t>(c - U'0');
    return x;
  }
  return std::nullopt;
}

// Titles become 《》 so that what stands inside them is not read as a list.
std::u32string without_titles(std::u32string_view s) {
  std::u32string out;
  int depth = 0;
  for (char32_t c : s) {
    if (c == U'》' && depth > 0 && --depth == 0) out += c;
    else if (depth == 0) out += c;
    if (c == U'《' && depth++ > 0) continue;
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
  const std::u32string s = without_titles(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= s.size(); ++i) {
    if (i < s.size() && !ends_clause(s[i])) continue;
    const auto clause = std::u32string_view(s).substr(begin, i - begin);
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
    if (wrong)
      out.push_back({"bulletin.lint.count",
                     "写明 " + std::to_string(number->n) + to_utf8(clause.substr(number->end, 1)) + "，句中列出 " +
                         std::to_string(named) + " 个：" + excerpt(to_utf8(clause), 60),
                     std::string(where)});
  }
}

// “136项（其中，项目服务36项；法治服务18项）”: the parts add up to the number before the bracket.
void lint_sums(std::u32string_view s, std::string_view where, std::vector<Warning>& out) {
  static constexpr std::u32string_view kOpen = U"（其中";
  for (auto open = s.find(kOpen); open != std::u32string_view::npos; open = s.find(kOpen, open + 1)) {
    std::size_t head_end = open;
    while (head_end > 0 && !is_digit(s[head_end - 1]) && open - head_end < 3) --head_end;
    std::size_t head = head_end;
    while (head > 0 && is_digit(s[head - 1])) --head;
    const auto total = next_number(s.substr(head, head_end - head), 0);
    const auto close = s.find(U'）', open);
    if (!total || head == head_end || close == std::u32string_view::npos) continue;
    const auto inner = s.substr(open + kOpen.size(), close - open - kOpen.size());
    std::int64_t sum = 0;
    int parts = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= inner.size(); ++i) {
      if (i < inner.size() && std::u32string_view(U"；、，").find(inner[i]) == std::u32string_view::npos) continue;
      if (const auto n = next_number(inner.substr(begin, i - begin), 0)) {
        sum += n->n;
        ++parts;
      }
      begin = i + 1;
    }
    if (parts >= 2 && sum != total->n)
      out.push_back({"bulletin.lint.sum",
                     "合计写 " + std::to_string(total->n) + "，各分项相加是 " + std::to_string(sum) + "：" +
                         excerpt(to_utf8(s.substr(head, close + 1 - head)), 60),
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

std::vector<Warning> lint(const WeekMaterial& m, const publish::Document& d) {
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
  lint_units(m, d, out);
  lint_wording(m, out);
  return out;
}

Result<Composed> compose_and_lint(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, Edition edition,
                                  CivilDay week, const Names& names, const Templates& templates) {
  const Snapshot snapshot(reader);
  YI_TRY(const auto material, gather(reader, centre, viewer, edition, week, names, templates));
  YI_TRY(auto document, compose(material, edition, templates));
  auto warnings = lint(material, document);
  return Composed{std::move(document), std::move(warnings), material.figures};
}

}  // namespace yi::bulletin
