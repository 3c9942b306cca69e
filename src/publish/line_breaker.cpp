#include "publish/line_breaker.h"

#include <algorithm>
#include <cassert>

namespace yi::publish {
namespace {
constexpr double kEpsilon = 1e-9;
constexpr double kMixedGap = 0.25;     // between a Chinese character and an ASCII run
constexpr double kMarkShrink = 0.5;    // the most one mark gives
constexpr double kMayStickOut = 0.75;  // fitted on one document; .61 to .86 give the same lines
// A line that is short because a very long run went down is left ragged instead of torn apart.
constexpr double kMaxSpread = 0.5;

bool shrinks(CharClass k) { return k == CharClass::open || k == CharClass::close; }
bool clings(CharClass k) { return k == CharClass::close || k == CharClass::clinging || k == CharClass::space; }

// An unbreakable piece of the text.
struct Unit {
  std::size_t begin;
  std::size_t base_end;  // before the closing marks that follow
  std::size_t end;
};

class Breaker {
 public:
  Breaker(std::u32string_view text, const std::vector<double>& advance, const LineRules& rules)
      : text_(text), advance_(advance), rules_(rules) {
    assert(advance.size() == text.size());
    classify();
    measure();
    make_units();
  }

  std::vector<Line> run() {
    std::vector<Line> lines;
    std::size_t next = 0;
    while (next < units_.size()) {
      const double indent = lines.empty() ? rules_.first_indent_em : 0;
      lines.push_back(take_line(next, indent));
    }
    return lines;
  }

 private:
  void classify() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      auto k = char_class(text_[i]);
      const bool doubled = (i > 0 && text_[i - 1] == text_[i]) || (i + 1 < text_.size() && text_[i + 1] == text_[i]);
      // One dash connects (6月17日—6月21日) and must not begin a line; two are a 破折号, which may.
      if (k == CharClass::joint && !doubled) k = CharClass::clinging;
      class_.push_back(k);
    }
  }

  void measure() {
    double at = 0;
    start_.reserve(text_.size());
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (i > 0) {
        const auto a = class_[i - 1], b = class_[i];
        if ((a == CharClass::ideograph && b == CharClass::word) || (a == CharClass::word && b == CharClass::ideograph))
          at += kMixedGap;
      }
      start_.push_back(at);
      at += advance_[i];
    }
  }

  bool joined(std::size_t i) const {  // characters i-1 and i belong to one run
    if (class_[i - 1] == CharClass::word && class_[i] == CharClass::word) return true;
    return class_[i] == CharClass::joint && text_[i - 1] == text_[i];
  }

  void make_units() {
    const std::size_t n = text_.size();
    for (std::size_t i = 0; i < n;) {
      std::size_t j = i;
      while (j < n && class_[j] == CharClass::open) ++j;
      if (j < n) ++j;  // the base; a text may begin with a closing mark, which is its own base then
      while (j < n && joined(j)) ++j;
      const std::size_t base = j;
      while (j < n && clings(class_[j])) ++j;
      units_.push_back({i, base, j});
      i = j;
    }
  }

  // Width of [begin, end) on one line; spaces at its end hang over the edge and count nothing.
  double width(std::size_t begin, std::size_t end) const {
    while (end > begin && class_[end - 1] == CharClass::space) --end;
    return end == begin ? 0 : start_[end - 1] + advance_[end - 1] - start_[begin];
  }
  int marks(std::size_t begin, std::size_t end) const {
    return static_cast<int>(std::count_if(class_.begin() + static_cast<std::ptrdiff_t>(begin),
                                          class_.begin() + static_cast<std::ptrdiff_t>(end), shrinks));
  }

  // May the unit, which does not fit, stay on the line that begins at `begin`, because the marks give way?
  bool may_pull_in(std::size_t begin, const Unit& unit, double limit) const {
    const double overflow = width(begin, unit.end) - limit;
    const double starts = start_[unit.begin] - start_[begin];
    const double sticks = width(begin, unit.base_end) - limit;
    return starts < limit - kEpsilon && sticks <= kMayStickOut + kEpsilon &&
           overflow <= kMarkShrink * marks(begin, unit.end) + kEpsilon && overflow <= rules_.squeeze_cap_em + kEpsilon;
  }

  // Takes units from `next` on; leaves `next` at the first unit of the following line.
  Line take_line(std::size_t& next, double indent) {
    const double limit = rules_.width_em - indent;
    const std::size_t begin = units_[next].begin;
    std::size_t taken = next;
    while (taken < units_.size() && width(begin, units_[taken].end) <= limit + kEpsilon) ++taken;
    if (taken < units_.size() && may_pull_in(begin, units_[taken], limit)) ++taken;
    std::size_t end = 0;
    if (taken == next) {
      end = split_unit(units_[next], limit);
      if (units_[next].begin == units_[next].end) ++next;
    } else {
      end = units_[taken - 1].end;
      next = taken;
    }
    return place(begin, end, indent, end == text_.size());
  }

  // A unit wider than the line: as many characters as fit, at least one; the rest stays in the unit.
  std::size_t split_unit(Unit& unit, double limit) const {
    const std::size_t begin = unit.begin;
    std::size_t end = begin + 1;
    while (end < unit.end && width(begin, end + 1) <= limit + kEpsilon) ++end;
    unit.begin = end;
    unit.base_end = std::min(unit.end, std::max(unit.base_end, end + 1));
    return end;
  }

  Line place(std::size_t begin, std::size_t end, double indent, bool last) const {
    Line line{begin, end, {}, 0, 0};
    const double rest = rules_.width_em - indent - width(begin, end);
    const Shrink shrink = rest < -kEpsilon ? share(begin, end, -rest) : Shrink{};
    double per_gap = -shrink.per_gap;
    if (rest > kEpsilon && !last && rules_.justify) per_gap = spread(begin, end, rest);
    double moved = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin && !joined(i)) moved += per_gap;
      const double give = !shrinks(class_[i]) ? 0 : i == shrink.first || i == shrink.last ? 0 : shrink.per_mark;
      if (class_[i] == CharClass::open) moved -= give;  // the blank of an opening mark is on its left
      line.x.push_back(indent + start_[i] - start_[begin] + moved);
      if (class_[i] == CharClass::close) moved -= give;
      line.shrink += give;
      if (class_[i] != CharClass::space) line.right = indent + start_[i] + advance_[i] - start_[begin] + moved;
    }
    return line;
  }

  struct Shrink {
    double per_mark = 0, per_gap = 0;
    std::size_t first = kNone, last = kNone;  // marks at the line's edges
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  };

  // The marks inside the line give equally. A mark at an edge gives nothing, because its blank would hang out of the
  // type area; what the others cannot give is taken from all gaps, a few hundredths of an em each.
  Shrink share(std::size_t begin, std::size_t end, double overflow) const {
    Shrink out;
    int inner = marks(begin, end);
    if (class_[begin] == CharClass::open) out.first = begin, --inner;
    while (end > begin && class_[end - 1] == CharClass::space) --end;
    if (end > begin && class_[end - 1] == CharClass::close) out.last = end - 1, --inner;
    out.per_mark = inner > 0 ? std::min(kMarkShrink, overflow / inner) : 0;
    const int gap_count = gaps(begin, end);
    if (gap_count > 0) out.per_gap = (overflow - out.per_mark * inner) / gap_count;
    return out;
  }

  int gaps(std::size_t begin, std::size_t end) const {
    while (end > begin && class_[end - 1] == CharClass::space) --end;
    int count = 0;
    for (std::size_t i = begin + 1; i < end; ++i) count += joined(i) ? 0 : 1;
    return count;
  }

  double spread(std::size_t begin, std::size_t end, double rest) const {
    const int count = gaps(begin, end);
    const double each = count > 0 ? rest / count : 0;
    return each <= kMaxSpread ? each : 0;
  }

  std::u32string_view text_;
  const std::vector<double>& advance_;
  LineRules rules_;
  std::vector<CharClass> class_;
  std::vector<double> start_;  // as if the whole text stood on one line
  std::vector<Unit> units_;
};
}  // namespace

CharClass char_class(char32_t c) {
  static constexpr std::u32string_view kOpen = U"“‘（《〈【〔「『〖［｛";
  static constexpr std::u32string_view kClose = U"”’）》〉】〕」』〗］｝，。、；：？！．";
  static constexpr std::u32string_view kClinging = U"·・％‰℃々～°′″";
  if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0) return CharClass::space;
  if ((c > 0x20 && c < 0x7F)) return CharClass::word;
  if (kOpen.find(c) != kOpen.npos) return CharClass::open;
  if (kClose.find(c) != kClose.npos) return CharClass::close;
  if (kClinging.find(c) != kClinging.npos) return CharClass::clinging;
  if (c == U'—' || c == U'…' || c == U'⸺') return CharClass::joint;
  if (c >= 0xC0 && c < 0x530 && c != 0xD7 && c != 0xF7) return CharClass::word;
  if ((c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3400 && c <= 0x9FFF) ||
      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF))
    return CharClass::ideograph;
  return CharClass::other;
}

std::vector<Line> break_lines(std::u32string_view text, const std::vector<double>& advance_em,
                              const LineRules& rules) {
  return Breaker(text, advance_em, rules).run();
}

std::u32string apply_layout_hints(std::u32string text, const std::vector<std::u32string>& hints,
                                  std::vector<bool>& used) {
  used.resize(hints.size(), false);
  for (std::size_t h = 0; h < hints.size(); ++h) {
    std::u32string plain = hints[h];
    plain.erase(std::remove(plain.begin(), plain.end(), U' '), plain.end());
    if (used[h] || plain.empty()) continue;
    for (auto at = text.find(plain); at != text.npos; at = text.find(plain, at + 1)) {
      const auto end = at + plain.size();
      const auto word = [&](std::size_t i) { return char_class(text[i]) == CharClass::word; };
      if ((at > 0 && word(at - 1) && word(at)) || (end < text.size() && word(end - 1) && word(end))) continue;
      text.replace(at, plain.size(), hints[h]);
      used[h] = true;
      break;
    }
  }
  return text;
}

}  // namespace yi::publish
