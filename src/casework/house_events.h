#pragma once
// The rules of the house (首问负责、否定报备、一次一评): facts that are about a question, a "no" or a visit, and not about a
// case. Streams: "question:<n>", "negative:<ledger position of the no>", "visit:<day>", and for a no without a case "no:<day>".
#include <optional>
#include <string>

#include "casework/events.h"
#include "store/sealed.h"

namespace yi::casework {

using QuestionId = Id<struct QuestionTag>;  // dense from 1 in a centre
using NegativeId = Id<struct NegativeTag>;  // the ledger position of the fact that said no
using AccountText = Text<64>;               // an account's name (identity/rules.h, is_account_name)

// 首问负责: whoever is asked first owns the question until it is answered, led, or taken over by somebody who confirms.
struct Visitor {                            // sealed (docs/decisions/0010)
  Text<60> name;
  std::optional<Text<20>> phone;
};
BOOST_DESCRIBE_STRUCT(Visitor, (), (name, phone))
struct AskedFirst {
  static constexpr std::string_view kName = "casework.asked_first/1";
  QuestionId question_id;
  AccountText owner;                        // the account that was asked
  Channel channel = Channel::window;
  std::optional<WindowCode> window;
  std::optional<DepartmentCode> department; // whom it concerns, where that is known already
  std::optional<MatterCode> matter;
  Text<500> question;
  std::optional<SubjectId> visitor;
  std::optional<store::SealedText> sealed;  // Visitor
};
BOOST_DESCRIBE_STRUCT(AskedFirst, (), (question_id, owner, channel, window, department, matter, question, visitor, sealed))
struct QuestionAnswered {
  static constexpr std::string_view kName = "casework.question_answered/1";
  QuestionId question_id;
  AccountText by;
  Text<1000> answer;
};
BOOST_DESCRIBE_STRUCT(QuestionAnswered, (), (question_id, by, answer))
// 引领: the visitor was brought to whoever can answer.
struct QuestionLed {
  static constexpr std::string_view kName = "casework.question_led/1";
  QuestionId question_id;
  AccountText by;
  Text<120> to;                             // window, desk or department, in words
};
BOOST_DESCRIBE_STRUCT(QuestionLed, (), (question_id, by, to))
// 移交: it stays with its owner until the receiver confirms.
struct QuestionHandedOver {
  static constexpr std::string_view kName = "casework.question_handed_over/1";
  QuestionId question_id;
  AccountText from, to;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(QuestionHandedOver, (), (question_id, from, to, reason))
struct QuestionTakenOver {
  static constexpr std::string_view kName = "casework.question_taken_over/1";
  QuestionId question_id;
  AccountText from, to;
};
BOOST_DESCRIBE_STRUCT(QuestionTakenOver, (), (question_id, from, to))

// 否定报备: a window turned somebody away without a case. Refusals of a case are reported by their own facts.
struct NoSaid {
  static constexpr std::string_view kName = "casework.no_said/1";
  DepartmentCode department;
  std::optional<WindowCode> window;
  std::optional<MatterCode> matter;
  Text<500> reason;
  AccountText by;
};
BOOST_DESCRIBE_STRUCT(NoSaid, (), (department, window, matter, reason, by))
// The supervisor has looked: the no stands.
struct NoAcknowledged {
  static constexpr std::string_view kName = "casework.no_acknowledged/1";
  NegativeId negative_id;
  AccountText by;
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(NoAcknowledged, (), (negative_id, by, note))
// The no was wrong; what is done about it. A case's own course is changed by its own acts (冲正), never by this.
struct NoCorrected {
  static constexpr std::string_view kName = "casework.no_corrected/1";
  NegativeId negative_id;
  AccountText by;
  Text<500> measure;
};
BOOST_DESCRIBE_STRUCT(NoCorrected, (), (negative_id, by, measure))

// What was written with a rating; sealed under a key of its own, as nobody says who wrote it.
struct EvaluationWords {
  Text<500> words;
};
BOOST_DESCRIBE_STRUCT(EvaluationWords, (), (words))
// 一次一评 (GB/T 39046 A.8: 1 = 非常满意 … 5 = 非常不满意): one a visit, on the spot; a case's own is casework.evaluated.
struct VisitEvaluated {
  static constexpr std::string_view kName = "casework.visit_evaluated/1";
  WindowCode window;
  Text<40> visit;                           // its ticket (hall.rate_visit); in older ledgers another number of the day
  std::int32_t level = 1;
  Channel channel = Channel::window;
  std::optional<Text<500>> comment;         // in ledgers written before it was sealed, as a sheet's
  std::optional<SubjectId> subject = {};
  std::optional<store::SealedText> sealed = {};  // EvaluationWords
};
BOOST_DESCRIBE_STRUCT(VisitEvaluated, (), (window, visit, level, channel, comment, subject, sealed))

// 纸质评价 (意见箱、评价表): the staff has typed it, so that it stands apart and no rate counts it.
struct PaperEvaluationEntered {
  static constexpr std::string_view kName = "casework.paper_evaluation_entered/1";
  WindowCode window;
  Text<40> paper;                           // the sheet's own number, once a day and window
  std::int32_t level = 1;
  std::optional<Text<500>> comment;
  AccountText by;
  std::optional<SubjectId> subject = {};
  std::optional<store::SealedText> sealed = {};  // EvaluationWords
  std::optional<bool> reachable = {};       // the sheet, which is kept, has a way to reach who wrote it; none: not said
};
BOOST_DESCRIBE_STRUCT(PaperEvaluationEntered, (), (window, paper, level, comment, by, subject, sealed, reachable))

// What the supervisor looks at.
enum class NegativeKind { without_case, acceptance_refused, decision_refused };
BOOST_DESCRIBE_ENUM(NegativeKind, without_case, acceptance_refused, decision_refused)
enum class NegativeStatus { open, acknowledged, corrected };
BOOST_DESCRIBE_ENUM(NegativeStatus, open, acknowledged, corrected)
enum class QuestionStatus { open, answered, led };
BOOST_DESCRIBE_ENUM(QuestionStatus, open, answered, led)

}  // namespace yi::casework
