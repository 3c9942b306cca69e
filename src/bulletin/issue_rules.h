#pragma once
// The rules of an issue on the desk, of its corrections and of its distribution.
#include "bulletin/distribution.h"
#include "bulletin/item_rules.h"
#include "publish/document.h"

namespace yi::bulletin {

// Where a week stands beside the others. `published`: it came from a file, with its imprint, and never was on the desk.
struct Neighbours {
  bool published = false, later_issued = false;
};
// `open`: the issue's state, where it is on the desk already. The period is to be set where it is not: see declare.
Result<IssueOpened> decide(const IssueState* open, const OpenIssue& c, const Neighbours& others, const DeskContext& x);
Result<WordsSet> decide(const IssueState* issue, const SetWords& c, const DeskContext& x);
// The fact without its papers: the caller seals them.
Result<IssuePresented> decide(const IssueState* issue, const RecordPresentation& c, const DeskContext& x);
Result<IssueRecalled> decide(const IssueState* issue, const RecallIssue& c, const DeskContext& x);
Result<IssueSentBack> decide(const IssueState* issue, const SendBackIssue& c, SignOffStep step, const DeskContext& x);
Result<StepPassed> decide(const IssueState* issue, const PassStep& c, SignOffStep step, const DeskContext& x);
struct Numbers {
  std::int64_t last_of_year = 0, last_total = 0;  // 0: none yet
};
// 签发. `earlier_open`: an earlier week waits on the desk.
Result<IssueSigned> decide_issue(const IssueState* issue, const PassStep& c, const Numbers& numbers, bool earlier_open, const DeskContext& x);
// The next numbers of a year.
std::int32_t next_number(const DeskRules& rules, int year, const Numbers& numbers);
std::int32_t next_total(const DeskRules& rules, const Numbers& numbers);

// The paper of a correction, from the centre's words. Pure.
publish::Document correction_paper(const IssueState& issue, const DraftCorrection& c, std::int32_t number, CivilDay on, const DeskRules& rules);
// Whether each `was` stands in a paragraph of the issued paper that is corrected. `internal`: of the internal edition; none where
// the viewer may not read it. Pure.
Checked check_printed(const DraftCorrection& c, const publish::Document& open, const publish::Document* internal);
// The fact without its paper.
Result<CorrectionDrafted> decide(const IssueState* issue, const DraftCorrection& c, const DeskContext& x);
Result<CorrectionDropped> decide(const CorrectionState* s, const DropCorrection& c, const DeskContext& x);
Result<CorrectionIssued> decide(const CorrectionState* s, const IssueCorrection& c, const DeskContext& x);

// The fact without its addresses.
Result<IssueDistributed> decide(const IssueState* issue, const DistributeIssue& c, const DeskContext& x);
// `mine`: the account's own entries of the issue; `waiting`: whether one of them is not received yet.
Result<IssueReceived> decide(const IssueState* issue, const ReceiveIssue& c, const std::vector<std::int32_t>& mine, bool waiting, const DeskContext& x);
Result<MailTried> decide(const ReceiverState* s, const RecordMail& c);
Result<MailAsked> decide(const ReceiverState* s, const MailAgain& c, const DeskContext& x);
// Copies below zero take back what was registered by mistake.
Result<CopiesHanded> decide(const IssueState* issue, const ReceiverState* s, const HandCopies& c, const DeskContext& x);

}  // namespace yi::bulletin
