#pragma once
// For tests only: one case lived through the real rules without an engine. Every wish goes through `decide`, every
// fact is written as the ledger would write it and folded, and after each fact the due days that the rule promised
// must be those that the folded state gives anew: `decide`, `fold` and the clocks cannot drift apart unseen.
#include <memory>

#include "casework/rules.h"

namespace yi::casework::life {

// The catalogue of testdata/casework (its matters and windows, the rest of testdata/catalog/base), the calendars and
// the warning rules of data/. Loaded once.
struct World {
  catalog::Catalog catalog;
  calendar::Calendar calendar;
  WarningRules warnings;
};
const World& world();

struct Wish {
  Act act{};
  Instant now;
  Holder to = Holder::department;        // of a transfer
  std::vector<Text<120>> papers;         // submit, receive: what is missing; supply…: what comes; empty: all that lacks
  catalog::SuspensionKind kind{};
  CivilDay until;                        // planned end of a special procedure
  int days = 0;                          // of an extension
  std::vector<DeferredPromise> deferred;
  std::vector<Text<120>> commitments;
  std::optional<Text<500>> second_reason;
  bool by_applicant = false;             // online, with the applicant's own account
  bool by_mail = false;
};

class Life {
 public:
  explicit Life(const MatterCode& matter) : matter_(world().catalog.get_matter(matter)) {}
  const CaseState& state() const { return state_; }
  const catalog::Matter& matter() const { return matter_; }
  // Every fact of the life, as the ledger would have it.
  struct Lived {
    std::string name;
    Instant effective_at, recorded_at;
    std::string body;
  };
  const std::vector<Lived>& facts() const { return facts_; }
  // The refusal of the rule; else the fact is part of the life.
  Checked act(const Wish& w);
  // What the timers do on the morning of that day, before anyone comes.
  Checked timers(CivilDay day);
  // How often the folded state and the rule disagreed about a due day; `disagreement` says where last.
  int disagreements() const { return disagreements_; }
  const std::string& disagreement() const { return disagreement_; }
  // Every running clock day by day with its articles: what a person needs who doubts a date.
  std::string counted_days() const;

 private:
  Context context(Instant now, const engine::Actor& actor) const;
  template <class F>
  Checked record(Result<F> fact, Instant now, const char* name = nullptr);
  Checked open(const Wish& w, const Context& x);
  Checked supply(const Wish& w, const Context& x);
  Checked step(const Wish& w, const Context& x);

  const catalog::Matter& matter_;
  CaseState state_;
  std::int64_t seq_ = 0;
  std::vector<Lived> facts_;
  int disagreements_ = 0;
  std::string disagreement_;
};

}  // namespace yi::casework::life
