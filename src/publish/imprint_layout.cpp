// 版记 (GB/T 9704-2012, 7.4): 4号 仿宋, one character in from both sides, turned lines align after the colon, rules
// as wide as the type area; the last one lies on the bottom edge of the type area.
#include <algorithm>

#include "base/text.h"
#include "publish/type_setter.h"

namespace yi::publish {
namespace {
constexpr double kEm = kNo4 * kMmPerPoint;
constexpr double kThick = 0.35, kThin = 0.25;
constexpr std::size_t kLongestLabel = 6;  // "抄送：", "主送："; a colon further on belongs to the sentence
}  // namespace

ImprintLayout::ImprintLayout(const Imprint& imprint, TypeSetter& setter)
    : pitch_mm_(0.75 * kAreaHeight / 22) {
  LineRules rules{kAreaWidth / kEm - 2};
  rules.squeeze_cap_em = setter.squeeze_cap();
  for (const auto& line : imprint.lines) {
    if (line.empty()) continue;
    const auto text = to_utf32(line);
    const auto colon = text.find(U'：');
    const std::size_t label = colon < kLongestLabel ? colon + 1 : 0;
    Row row;
    if (label > 0) {
      row.label = setter.set(text.substr(0, label), FontRole::fangsong, rules);
      row.hang_em = row.label.lines[0].right;
    }
    LineRules turned = rules;
    turned.width_em -= row.hang_em;
    row.rest = setter.set(text.substr(label), FontRole::fangsong, turned);
    count_ += static_cast<int>(std::max<std::size_t>(1, row.rest.lines.size()));
    rows_.push_back(std::move(row));
  }
  if (!imprint.copies.empty()) {
    rules.justify = false;
    copies_ = setter.set(to_utf32(imprint.copies), FontRole::fangsong, rules);
    count_ += static_cast<int>(copies_.lines.size());
  }
}

void ImprintLayout::draw(Page& page) const {
  if (count_ == 0) return;
  double y = kAreaBottom - count_ * pitch_mm_;
  const auto rule = [&](double at, double thickness) {
    page.rules.push_back({Ink::black, kAreaLeft, kAreaWidth, at, thickness});
  };
  const auto put = [&](const TypeSetter::Set& set, std::size_t n, Part part, double left) {
    page.texts.push_back(
        TypeSetter::place(set, n, part, left, kEm, kNo4, TypeSetter::baseline(y + pitch_mm_ / 2, kNo4)));
  };
  rule(y, kThick);
  for (const auto& row : rows_) {
    if (!row.label.lines.empty()) put(row.label, 0, Part::imprint, kAreaLeft + kEm);
    for (std::size_t n = 0; n < row.rest.lines.size(); ++n) {
      if (n > 0) y += pitch_mm_;
      put(row.rest, n, Part::imprint, kAreaLeft + kEm + row.hang_em * kEm);
    }
    y += pitch_mm_;
  }
  if (!rows_.empty() && !copies_.lines.empty()) rule(y, kThin);
  for (std::size_t n = 0; n < copies_.lines.size(); ++n, y += pitch_mm_)
    put(copies_, n, Part::copies, kAreaRight - kEm - copies_.lines[n].right * kEm);
  rule(kAreaBottom, kThick);
}

}  // namespace yi::publish
