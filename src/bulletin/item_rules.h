#pragma once
// The rules of items: pure functions from the present state and a wish to a fact or a refusal.
#include <functional>
#include <memory>

#include "bulletin/issue.h"
#include "bulletin/item.h"
#include "bulletin/rules.h"
#include "bulletin/text_check.h"

namespace yi::bulletin {

struct DeskGround {
  std::shared_ptr<const DeskRules> rules;
  std::shared_ptr<const WordLists> words;
  KnownDepartment known;
  DepartmentCode own;  // the centre's own department: its people act for the centre
  // The name of an account of the staff that is not suspended; nothing for others.
  std::function<std::optional<std::string>(const std::string& account)> colleague;
  // Whether such an account may read the internal edition.
  std::function<bool(const std::string& account)> reads_internal;
  bool sends_mail = false;  // a mail server is configured
};

enum class DeskRefused {
  not_open, late, unknown_item, other_department, item_changed, not_editable, not_yours, nothing_to_take, not_taken, reason_missing, too_few_items, other_week,
  bad_order, dated_department, under_review, issued_already, issue_open_already, unknown_word, word_slots, imprint_missing, nothing_to_print, changed_meanwhile,
  number_is_given, not_presented, other_text, wrong_step, same_person, not_presenter, other_centre, earlier_open, not_issued, no_correction, correction_closed,
  same_words, correction_empty, no_receivers, unknown_account, bad_mail, internal_mail, bad_receiver, too_many_receivers, unknown_receiver, not_on_paper, bad_handed, not_failed, not_received,
  read_already, deadline_early, published_already, later_issued, opened_early, may_not_read, no_mail_server, more_than_printed, more_than_handed, words_not_printed, words_internal_alone
};
Refusal refusal(DeskRefused what);
std::vector<std::string> desk_refusal_codes();

struct DeskContext {
  const DeskGround& ground;
  Instant now;
  const std::string& account;
  const DepartmentCode& department;  // of who acts; empty, or the centre's own: an editor
  bool editor() const { return department.empty() || department == ground.own; }
};
// The issue as it may be changed: open on the desk. Refusals not_open, under_review, issued_already.
Checked may_change(const IssueState* issue);

Result<ItemSubmitted> decide(const IssueState* issue, const SubmitItem& c, const DeskContext& x);
Result<ItemRevised> decide(const IssueState* issue, const ItemState* s, const ReviseItem& c, const DeskContext& x);
Result<ItemReturned> decide(const IssueState* issue, const ItemState* s, const ReturnItem& c, const DeskContext& x);
Result<ItemWithdrawn> decide(const IssueState* issue, const ItemState* s, const WithdrawItem& c, const DeskContext& x);
// `last_rank`: of the items taken so far.
Result<ItemTaken> decide(const IssueState* issue, const ItemState* s, const TakeItem& c, std::int32_t last_rank, const DeskContext& x);
Result<ItemDeclined> decide(const IssueState* issue, const ItemState* s, const DeclineItem& c, const DeskContext& x);
// `items`: the states of c.items, in their order; nothing for one that is not known.
Result<ItemsMerged> decide(const IssueState* issue, const std::vector<std::optional<ItemState>>& items, const MergeItems& c, const DeskContext& x);
// `taken`: as ItemGuard::taken has them.
Result<ItemsOrdered> decide(const IssueState* issue, const std::vector<std::int64_t>& taken, const OrderItems& c, const DeskContext& x);

}  // namespace yi::bulletin
