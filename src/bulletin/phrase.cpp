#include "bulletin/phrase.h"

#include <algorithm>

#include "base/text.h"

namespace yi::bulletin {

void Runs::text(std::string_view s) {
  if (s.empty()) return;
  if (!runs_.empty() && runs_.back().link.empty()) runs_.back().text += s;
  else runs_.push_back({std::string(s), "", ""});
}

void Runs::add(const Runs& other) {
  for (const auto& r : other.runs_) {
    if (r.link.empty()) text(r.text);
    else figure(r);
  }
}

std::string Runs::plain() const {
  std::string s;
  for (const auto& r : runs_) s += r.text;
  return s;
}

Result<Phrase> Phrase::parse(std::string_view text) {
  const auto refuse = [&](const char* sentence) {
    return Refusal{"bulletin.bad_slot", sentence + std::string("：") + excerpt(text), "请检查花括号，例如 {plans_issued}。", 422, ""};
  };
  Phrase p;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || text[i] == '\r') return refuse("一句话里不能换行");
    if (text[i] == '}') return refuse("有多余的“}”");
    if (text[i] != '{') {
      plain += text[i];
      continue;
    }
    const auto end = text.find_first_of("{}", i + 1);
    if (end == std::string_view::npos || text[end] == '{') return refuse("“{”没有对应的“}”");
    if (end == i + 1) return refuse("花括号里没有名称");
    if (!plain.empty()) p.pieces_.push_back({false, std::exchange(plain, {})});
    p.pieces_.push_back({true, std::string(text.substr(i + 1, end - i - 1))});
    i = end;
  }
  if (!plain.empty()) p.pieces_.push_back({false, std::move(plain)});
  return p;
}

std::vector<std::string> Phrase::slots() const {
  std::vector<std::string> out;
  for (const auto& piece : pieces_)
    if (piece.slot) out.push_back(piece.text);
  return out;
}

bool Phrase::has(std::string_view slot) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return p.slot && p.text == slot; });
}

Runs Phrase::expand(const std::function<Runs(std::string_view slot)>& fill) const {
  Runs out;
  for (const auto& piece : pieces_) {
    if (piece.slot) out.add(fill(piece.text));
    else out.text(piece.text);
  }
  return out;
}

Result<Phrase> parse_entry(std::string_view text) {
  YI_TRY(auto phrase, Phrase::parse(text));
  for (const auto& slot : phrase.slots())
    if (std::find(std::begin(kEntrySlots), std::end(kEntrySlots), slot) == std::end(kEntrySlots)) {
      std::string all;
      for (auto s : kEntrySlots) all += (all.empty() ? "{" : "、{") + std::string(s) + "}";
      return Refusal{"bulletin.unknown_slot", "没有名为“" + excerpt(slot) + "”的数据项。", "可用的有：" + all + "。", 422, ""};
    }
  return phrase;
}

}  // namespace yi::bulletin
