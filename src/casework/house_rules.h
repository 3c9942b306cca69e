#pragma once
// The rules of the house: pure functions from the present state and a wish to a fact or a refusal.
#include <functional>
#include <vector>

#include "base/result.h"
#include "casework/house_commands.h"
#include "catalog/catalog.h"
#include "engine/fact.h"

namespace yi::casework {

// Whether there is such a member of the staff, not suspended.
using KnownStaff = std::function<bool(const std::string& account)>;

struct HouseContext {
  const catalog::Catalog& catalog;
  const engine::Actor& actor;
  const KnownStaff& known_staff;
};

struct QuestionState {
  std::string owner;
  std::string waits_for;  // the account that was asked to take it over; "" when nobody was
  QuestionStatus status = QuestionStatus::open;
  Instant asked_at{};

  static const store::View& view();
  void append_row(store::Row& r) const;
  static QuestionState from(const store::Row& r);
};
struct NegativeState {
  NegativeKind kind = NegativeKind::without_case;
  NegativeStatus status = NegativeStatus::open;
  std::string department, reason;
  std::int64_t case_id = 0;  // 0: without a case
  Instant said_at{};
  std::string seen_by;       // the supervisor

  static const store::View& view();
  void append_row(store::Row& r) const;
  static NegativeState from(const store::Row& r);
};

enum class HouseRefused {
  unknown_question, question_closed, not_your_question, unknown_colleague, hand_over_to_oneself, not_handed_to_you, nothing_to_take_over,
  no_needs_reason, unknown_negative, negative_settled, paper_entered_already, paper_required, paper_is_ticket, bad_visitor_phone
};
Refusal refusal(HouseRefused what);
// With those of the room that these commands answer with.
std::vector<std::string> house_refusal_codes();

Result<AskedFirst> decide(const AskFirst& c, QuestionId id, const HouseContext& x);
// The owner alone; a hand-over that waits does not bind them.
Result<QuestionAnswered> decide(const QuestionState* s, const AnswerQuestion& c, const HouseContext& x);
Result<QuestionLed> decide(const QuestionState* s, const LeadQuestion& c, const HouseContext& x);
// Once more to somebody else, when the first receiver does not confirm: the later one counts.
Result<QuestionHandedOver> decide(const QuestionState* s, const HandOverQuestion& c, const HouseContext& x);
Result<QuestionTakenOver> decide(const QuestionState* s, const TakeOverQuestion& c, const HouseContext& x);

Result<NoSaid> decide(const SayNo& c, const HouseContext& x);
Result<NoAcknowledged> decide(const NegativeState* s, const AcknowledgeNo& c, const HouseContext& x);
// What was acknowledged may still turn out wrong; what was corrected is settled.
Result<NoCorrected> decide(const NegativeState* s, const CorrectNo& c, const HouseContext& x);

// `taken`: this visit of the day was evaluated before.
Result<PaperEvaluationEntered> decide(const EnterPaperEvaluation& c, bool taken, const HouseContext& x);

}  // namespace yi::casework
