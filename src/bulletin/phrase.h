#pragma once
// A sentence with slots: "发布{guides}{guides_count}个“一件事”图解。" Templates and the entries of a week are phrases.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "publish/document.h"

namespace yi::bulletin {

// The slots that the entries of a week may have.
inline constexpr std::string_view kEntrySlots[] = {"pushed",     "plans_issued", "guides",       "guides_count", "list_total",
                                                   "categories", "plates",       "plates_count", "chains",       "chains_count"};

// Pieces of a paragraph being made: plain neighbours join, a figure stays a run of its own.
class Runs {
 public:
  void text(std::string_view s);
  void figure(publish::Run run) { runs_.push_back(std::move(run)); }
  void add(const Runs& other);
  bool empty() const { return runs_.empty(); }
  std::string plain() const;
  std::vector<publish::Run> take() && { return std::move(runs_); }
  const std::vector<publish::Run>& all() const { return runs_; }

 private:
  std::vector<publish::Run> runs_;
};

class Phrase {
 public:
  Phrase() = default;
  // Refusal "bulletin.bad_slot": a brace without its partner, an empty slot, a line end.
  static Result<Phrase> parse(std::string_view text);
  // Every slot, in order, repetitions included.
  std::vector<std::string> slots() const;
  bool has(std::string_view slot) const;
  // Calls `fill` for each slot, in order.
  Runs expand(const std::function<Runs(std::string_view slot)>& fill) const;

 private:
  struct Piece {
    bool slot = false;
    std::string text;
  };
  std::vector<Piece> pieces_;
};

// An entry of a week: every slot is one of kEntrySlots. Refusals "bulletin.bad_slot" and "bulletin.unknown_slot".
Result<Phrase> parse_entry(std::string_view text);

}  // namespace yi::bulletin
