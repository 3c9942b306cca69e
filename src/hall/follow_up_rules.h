#pragma once
// The rules of follow-ups: pure functions from the present state and a wish to a fact or a refusal.
#include "calendar/calendar.h"
#include "catalog/catalog.h"
#include "hall/follow_up.h"

namespace yi::hall {

enum class FollowUpRefused {
  unknown, words_missing, unknown_department, unknown_window, unknown_matter, unknown_class, sorted_already, not_sorted, declined, closed, not_of_your_department,
  no_day, extended_already, too_long, past_due, no_rating, rating_not_declined, appealed_already, no_appeal, own_appeal, not_answered, leader_missing, name_missing, contact_left, bad_phone, follow_up_open
};
Refusal refusal(FollowUpRefused what);
std::vector<std::string> follow_up_refusal_codes();

struct FollowUpGround {
  std::shared_ptr<const FollowUpRules> rules;
  std::shared_ptr<const catalog::Catalog> catalog;
  std::shared_ptr<const calendar::Calendar> calendar;
};
struct FollowUpContext {
  const FollowUpGround& ground;
  CivilDay today;
  const std::string& account;
  const DepartmentCode& department;  // of who acts; empty: the centre's
};

Result<UnresolvedRegistered> decide(const RegisterUnresolved& c, const FollowUpContext& x);  // without the sealed part, as the next
Result<ProblemTaken> decide(const TakeProblem& c, const FollowUpContext& x);
// `s`: the follow-up's state; nullptr: there is none.
Result<FollowUpSorted> decide(const FollowUpState* s, const SortFollowUp& c, const FollowUpContext& x);
Result<FollowUpDeclined> decide(const FollowUpState* s, const DeclineFollowUp& c, const FollowUpContext& x);
Result<FollowUpExtended> decide(const FollowUpState* s, const ExtendFollowUp& c, const FollowUpContext& x);
Result<FollowUpAnswered> decide(const FollowUpState* s, const AnswerFollowUp& c, const FollowUpContext& x);
Result<EvaluationAppealed> decide(const FollowUpState* s, const AppealEvaluation& c, const FollowUpContext& x);
Result<AppealDecided> decide(const FollowUpState* s, const DecideAppeal& c, const FollowUpContext& x);
Result<FollowUpCalledBack> decide(const FollowUpState* s, const CallBack& c, const FollowUpContext& x);
// `s`: with `reachable` as it is now (can_be_called), whatever was left at first.
Result<FollowUpUnreachable> decide(const FollowUpState* s, const NoContactLeft& c, const FollowUpContext& x);

}  // namespace yi::hall
