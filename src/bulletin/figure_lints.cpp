#include "bulletin/figure_lints.h"

#include <algorithm>

#include "base/text.h"

namespace yi::bulletin {
namespace {
using Text32 = std::u32string_view;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool has_any(Text32 s, std::initializer_list<Text32> words) {
  return std::any_of(words.begin(), words.end(), [&](Text32 w) { return s.find(w) != Text32::npos; });
}

// A whole number at `at`, with or without thousands separators; 3万 and 36.5 are none.
struct Typed {
  std::int64_t n = -1;
  std::size_t end = 0;
};
Typed typed_at(Text32 s, std::size_t at) {
  Typed t{0, at};
  int digits = 0;
  while (t.end < s.size() && (is_digit(s[t.end]) || (s[t.end] == U',' && t.end + 1 < s.size() && is_digit(s[t.end + 1])))) {
    if (s[t.end] != U',' && ++digits <= 12) t.n = t.n * 10 + static_cast<std::int64_t>(s[t.end] - U'0');
    ++t.end;
  }
  if (digits == 0 || digits > 12 || (t.end < s.size() && (s[t.end] == U'.' || s[t.end] == U'万' || s[t.end] == U'亿' || s[t.end] == U'余' || s[t.end] == U'多'))) t.n = -1;
  return t;
}

enum class Span_ { either, week, year, other };
Span_ span_of(Text32 sentence) {
  if (has_any(sentence, {U"上周", U"上期", U"去年", U"上年", U"上月", U"同期", U"同比", U"环比", U"当日", U"当天", U"全省", U"全市", U"全国", U"市（州）", U"月份"})) return Span_::other;
  if (has_any(sentence, {U"今年以来", U"全年", U"年初以来", U"累计"})) return Span_::year;
  if (has_any(sentence, {U"本周", U"本期"})) return Span_::week;
  return Span_::either;
}

// “受理了申请共720件”: how far a number may stand from its word.
constexpr std::size_t kNear = 6;

struct Found {
  std::int64_t n = 0;
  std::size_t begin = 0, end = 0;
};
// The number behind `name` with one of the figure's units behind it.
std::optional<Found> number_behind(Text32 s, std::size_t at, std::size_t name_length, const CountedFigure& f) {
  for (std::size_t i = at + name_length; i < s.size() && i <= at + name_length + kNear; ++i) {
    if (Text32(U"，。；：、！？（）").find(s[i]) != Text32::npos) return std::nullopt;
    if (!is_digit(s[i])) continue;
    const auto t = typed_at(s, i);
    if (t.n < 0) return std::nullopt;
    for (const auto* unit : {f.unit_week, f.unit_year})
      if (const auto u = to_utf32(unit); s.substr(t.end, u.size()) == u) return Found{t.n, at, t.end + u.size()};
    return std::nullopt;
  }
  return std::nullopt;
}

bool fits(std::int64_t n, Figure f, Span_ span, const Counts& week, const Counts& year) {
  return (span != Span_::year && n == of(week, f)) || (span != Span_::week && n == of(year, f));
}

void lint_counted(Text32 sentence, std::string_view where, const WeekMaterial& m, const std::pair<Counts, Counts>* department, std::vector<Warning>& out) {
  const auto span = span_of(sentence);
  if (span == Span_::other) return;
  for (const Figure f : kFigures) {
    const auto& info = counted_figure(f);
    const auto name = to_utf32(info.name);
    for (auto at = sentence.find(name); at != Text32::npos; at = sentence.find(name, at + name.size())) {
      const auto found = number_behind(sentence, at, name.size(), info);
      if (!found || fits(found->n, f, span, m.figures.week, m.figures.year)) continue;
      if (department && fits(found->n, f, span, department->first, department->second)) continue;
      const auto said = [&](const Counts& week, const Counts& year) {
        std::string s;
        if (span != Span_::year) s += "本周 " + std::to_string(of(week, f)) + " " + info.unit_week;
        if (span != Span_::week) s += (s.empty() ? "" : "、") + std::string("今年以来 ") + std::to_string(of(year, f)) + " " + info.unit_year;
        return s;
      };
      std::string counted = "全中心" + said(m.figures.week, m.figures.year);
      if (department) counted = "本部门" + said(department->first, department->second) + "，" + counted;
      out.push_back({"bulletin.lint.figure", "文中写“" + to_utf8(sentence.substr(found->begin, found->end - found->begin)) + "”，账本计出的是" + counted + "。", std::string(where)});
    }
  }
}

// “发布4个“一件事”图解”, “13个“一件事”全部印发实施方案”: the number stands before its word.
void lint_listed(Text32 sentence, std::string_view where, const WeekMaterial& m, std::vector<Warning>& out) {
  if (span_of(sentence) == Span_::other) return;
  const struct { Text32 unit, word; std::size_t near; std::int64_t n; const char* name; } all[] = {
      {U"个", U"图解", 8, static_cast<std::int64_t>(m.guides.size()), "图解"},
      {U"个", U"印发实施方案", 10, static_cast<std::int64_t>(m.plans.size()), "印发实施方案"},
      {U"类", U"产业链清单", 2, static_cast<std::int64_t>(m.chains.size()), "产业链清单"},
  };
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    if (!is_digit(sentence[i]) || (i > 0 && is_digit(sentence[i - 1]))) continue;
    const auto t = typed_at(sentence, i);
    if (t.n < 0) continue;
    for (const auto& x : all) {
      if (sentence.substr(t.end, x.unit.size()) != x.unit) continue;
      const auto after = sentence.substr(t.end + x.unit.size(), x.near + x.word.size());
      const auto word = after.find(x.word);
      if (word == Text32::npos || after.substr(0, word).find_first_of(U"，。；0123456789") != Text32::npos || t.n == x.n) continue;
      const auto length = t.end + x.unit.size() + word + x.word.size() - i;
      out.push_back({"bulletin.lint.figure", "文中写“" + to_utf8(sentence.substr(i, length)) + "”，截至本期最后一日登记的" + x.name + "是 " + std::to_string(x.n) + "。", std::string(where)});
    }
  }
}
}  // namespace

std::vector<Warning> lint_figures(std::string_view text, std::string_view where, const WeekMaterial& m, const std::pair<Counts, Counts>* department) {
  std::vector<Warning> out;
  const auto s = to_utf32(text);
  for (std::size_t begin = 0; begin < s.size();) {
    auto end = s.find(U'。', begin);
    if (end == std::u32string::npos) end = s.size();
    const auto sentence = Text32(s).substr(begin, end - begin);
    lint_counted(sentence, where, m, department, out);
    lint_listed(sentence, where, m, out);
    begin = end + 1;
  }
  return out;
}

std::vector<Warning> lint_typed_figures(const WeekMaterial& m, const DepartmentCounts& departments) {
  std::vector<Warning> out;
  const auto add = [&](std::vector<Warning> more) { std::move(more.begin(), more.end(), std::back_inserter(out)); };
  for (const auto& n : m.news) {
    const auto it = departments.find(n.department);
    static const std::pair<Counts, Counts> none{};
    add(lint_figures(n.text, "动态", m, n.department.empty() ? nullptr : it == departments.end() ? &none : &it->second));
  }
  for (const auto* section : {&m.one_thing, &m.value_added})
    if (*section)
      for (const auto& e : (*section)->entries) add(lint_figures(e, section == &m.one_thing ? "一件事" : "增值化", m, nullptr));
  return out;
}

}  // namespace yi::bulletin
