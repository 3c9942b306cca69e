#pragma once
// From the ledger of one case to the facts of its papers. Pure: the caller has read and opened what it may.
#include <span>

#include "casework/deliveries.h"
#include "casework/documents.h"
#include "casework/persons.h"
#include "casework/queue.h"
#include "casework/rules.h"
#include "store/key_vault.h"

namespace yi::casework {

// A paper that a case can give now: which fact it tells, and where the case stood before and after that fact.
struct PaperSource {
  DocumentKind kind{};
  std::size_t fact = 0;  // place among the case's facts
  std::optional<DocumentKind> serves = {};  // of a proof of delivery: which paper it is for; none: the result that was issued
};

// The papers that a fact gives, by what it did to the case.
std::vector<DocumentKind> papers_of(const engine::RecordedFact& fact, const CaseState& before, const CaseState& after);

// The facts of one case, oldest first, with their keys; they outlive the papers made of them.
class CaseFile {
 public:
  CaseFile(std::vector<KeptFact> kept, CentreCode centre, const store::KeyVault& keys, const catalog::Catalog& catalog);

  // In the order of the facts that they tell; of several facts of one kind the last alone, and none that was reversed.
  const std::vector<PaperSource>& papers() const { return papers_; }
  const PaperSource* find(DocumentKind kind, std::optional<DocumentKind> serves = {}) const;
  const engine::RecordedFact& fact(std::size_t i) const { return facts_[i]; }
  const CaseState& before(std::size_t i) const { return states_[i]; }
  const CaseState& after(std::size_t i) const { return states_[i + 1]; }
  std::size_t size() const { return facts_.size(); }
  // Nobody in a case that came without people.
  const OpenedPeople& people() const { return people_; }

 private:
  void list_papers(const catalog::Matter* matter);
  std::vector<KeptFact> kept_;
  std::vector<engine::RecordedFact> facts_;
  std::vector<CaseState> states_;  // states_[i]: before fact i
  std::vector<PaperSource> papers_;
  OpenedPeople people_;
};

// What a paper asks of the one who prints it, because no fact holds it.
struct PaperWord {
  Text<40> slot;   // a slot of docs/documents.md: "inspection_place"
  Text<500> value; // days as 2024-06-17
};
BOOST_DESCRIBE_STRUCT(PaperWord, (), (slot, value))

struct PaperGround {
  const catalog::Catalog& catalog;
  const calendar::Calendar& calendar;
  CivilDay today;                                                   // of papers that announce what is still to be done
  std::function<std::string(const std::string& account)> name_of;  // as papers show it
  std::string qr_text;                                              // the receipt's address; empty: no code
  const WarningRules& warnings;                                     // whose bases a supervision order names
  std::vector<DeliveryView> deliveries;                             // recorded ones, oldest first
  std::shared_ptr<const WarningBook> warning_book = {};             // what was changed of the warnings since: an order stands on its own day's
};

// The facts for make_document. Refusals of calendar::due.
Result<DocumentFacts> paper_facts(const CaseFile& file, const PaperSource& source, const PaperGround& ground);
// Puts in what was entered. Refusals: casework.unknown_paper_word (no such slot, or none to be entered), casework.paper_word_known
// (the ledger says it), casework.paper_day_past, casework.two_officials (a site inspection by fewer than two), base.bad_date.
Checked enter_words(DocumentKind kind, DocumentFacts& facts, std::span<const PaperWord> words, CivilDay today);
// The slots that must be entered before the paper can be made, in the order in which it asks; nothing where a fact is missing that
// nobody may enter (a refusal written before its basis was a part of it).
std::optional<std::vector<std::string>> missing_words(DocumentKind kind, DocumentFacts facts, const DocumentTemplates& templates);

}  // namespace yi::casework
