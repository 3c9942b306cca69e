// 报头: the practice of 简报 (GB/T 9704 has no rule): large red name, number, period, issuer left and date right on
// one line, red rule; together about the top third of page 1.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "publish/type_setter.h"

namespace yi::publish {
namespace {
constexpr double kNameSize = 44;       // points; 8 characters fill four fifths of the type area
constexpr double kNameSmallest = 28;   // points; below it the name takes a second line
constexpr double kNameTracking = 1.08;
constexpr double kAboveName = 3, kBelowName = 6.5, kBetween = 3.6, kAboveRule = 2.6, kBelowRule = 3.5;  // mm
constexpr double kRuleThickness = 0.6;

// Draws down the page; `y` is the top of what comes next.
class MastheadLayout {
 public:
  MastheadLayout(TypeSetter& setter, Page& page) : setter_(setter), page_(page) {}

  void name(const std::string& text) {
    if (text.empty()) return;
    auto set = setter_.set_one_line(text, FontRole::biaosong);
    const double total_em = set.lines[0].right;
    double size = std::min(kNameSize, kAreaWidth / (total_em * kNameTracking) / kMmPerPoint);
    if (size < kNameSmallest) {
      size = kNameSmallest;
      const double widest = kAreaWidth / (size * kNameTracking * kMmPerPoint);
      const double lines = std::ceil(total_em / widest);
      LineRules rules{std::min(widest, total_em / lines + 1)};
      rules.justify = false;
      set = setter_.set(to_utf32(text), FontRole::biaosong, rules);
    }
    y_ += kAboveName;
    for (std::size_t n = 0; n < set.lines.size(); ++n) {
      centred(set, n, Part::name, size, size * kMmPerPoint * kNameTracking);
      page_.texts.back().ink = Ink::red;
      y_ += size * kMmPerPoint * (n + 1 < set.lines.size() ? 1.25 : 1);
    }
    y_ += kBelowName;
  }

  void line(const std::string& text, Part part) {
    if (text.empty()) return;
    LineRules rules{kAreaWidth / setter_.em_mm()};
    rules.justify = false;
    rules.squeeze_cap_em = setter_.squeeze_cap();
    const auto set = setter_.set(to_utf32(text), FontRole::fangsong, rules);
    for (std::size_t n = 0; n < set.lines.size(); ++n) {
      centred(set, n, part, setter_.size_pt(), setter_.em_mm());
      y_ += setter_.em_mm() + kBetween;
    }
  }

  // One line if 4号 lets it fit with one character between; else the issuer turns. The date stands on the last line,
  // flush right, directly above the rule.
  void issuer_and_date(const std::string& issuer, const std::string& date) {
    TypeSetter::Set right;
    double taken_em = 0;
    if (!date.empty()) {
      right = setter_.set_one_line(date, FontRole::fangsong);
      taken_em = right.lines[0].right + 1;
    }
    const auto whole = setter_.set_one_line(issuer, FontRole::fangsong);
    const double needed = whole.lines.empty() ? 0 : (whole.lines[0].right + taken_em) * setter_.em_mm();
    const double fit = needed > kAreaWidth ? kAreaWidth / needed : 1;
    const double scale = fit * kNo3 < kNo4 ? 1 : fit;
    const double em = setter_.em_mm() * scale, size = setter_.size_pt() * scale;
    LineRules rules{std::max(4.0, kAreaWidth / em - taken_em)};
    rules.justify = false;
    rules.squeeze_cap_em = setter_.squeeze_cap();
    const auto left = setter_.set(to_utf32(issuer), FontRole::fangsong, rules);
    if (left.lines.empty() && date.empty()) return;
    y_ += kBetween / 2;
    const std::size_t count = std::max<std::size_t>(1, left.lines.size());
    for (std::size_t n = 0; n < count; ++n) {
      if (n > 0) y_ += em + kBetween;
      const double baseline = TypeSetter::baseline(y_ + em / 2, size);
      if (n < left.lines.size())
        page_.texts.push_back(TypeSetter::place(left, n, Part::issuer, kAreaLeft, em, size, baseline));
      if (n + 1 == count && !date.empty())
        page_.texts.push_back(TypeSetter::place(right, 0, Part::date, kAreaRight - right.lines[0].right * em, em,
                                                size, baseline));
    }
    y_ += em + kAboveRule;
  }

  int close() {
    page_.rules.push_back({Ink::red, kAreaLeft, kAreaWidth, y_ + kRuleThickness / 2, kRuleThickness});
    return static_cast<int>(std::ceil((y_ + kRuleThickness + kBelowRule - kAreaTop) / setter_.pitch_mm()));
  }

 private:
  void centred(const TypeSetter::Set& set, std::size_t n, Part part, double size, double em) {
    const double glyph = size * kMmPerPoint;
    const double width = set.lines[n].right * em - (em - glyph);
    const double baseline = TypeSetter::baseline(y_ + glyph / 2, size);
    page_.texts.push_back(
        TypeSetter::place(set, n, part, kAreaLeft + (kAreaWidth - width) / 2, em, size, baseline));
  }

  TypeSetter& setter_;
  Page& page_;
  double y_ = kAreaTop;
};
}  // namespace

int lay_out_masthead(const Document& document, TypeSetter& setter, Page& page) {
  MastheadLayout masthead(setter, page);
  masthead.name(document.masthead.name);
  masthead.line(document.masthead.number, Part::number);
  masthead.line(document.period, Part::period);
  masthead.issuer_and_date(document.issuer, document.date);
  return masthead.close();
}

}  // namespace yi::publish
