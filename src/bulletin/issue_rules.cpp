#include "bulletin/issue_rules.h"

#include <algorithm>

#include "base/text.h"
#include "bulletin/issue_words.h"
#include "publish/text_writer.h"

namespace yi::bulletin {
namespace {
using R = DeskRefused;
constexpr std::size_t kMostCorrections = 20, kMostReceivers = 500, kMostAtOnce = 100;  // at once: their addresses are sealed as one

Checked presented(const IssueState* issue) {
  if (!issue) return refusal(R::not_open);
  if (issue->stage == IssueStage::issued) return refusal(R::issued_already);
  if (issue->stage != IssueStage::presented) return refusal(R::not_presented);
  return Done{};
}
// Who is at a step: of the centre, at the step that is due, not one who has acted before.
Checked at_step(const IssueState* issue, SignOffStep step, const DeskContext& x) {
  YI_CHECK(presented(issue));
  if (!x.editor()) return refusal(R::other_centre);
  if (issue->steps.empty() || issue->steps.front() != step) return refusal(R::wrong_step);
  if (x.ground.rules->distinct && std::find(issue->signers.begin(), issue->signers.end(), x.account) != issue->signers.end()) return refusal(R::same_person);
  return Done{};
}
Checked issued(const IssueState* issue, const DeskContext& x) {
  if (!issue || issue->stage != IssueStage::issued) return refusal(R::not_issued);
  if (!x.editor()) return refusal(R::not_yours);
  return Done{};
}
Runs plain(std::string_view s) {
  Runs r;
  r.text(s);
  return r;
}
// RFC 5321 at its plainest: what a hall's list has. Control characters and blanks would make another command of it.
bool good_mail(std::string_view m) {
  const auto at = m.find('@');
  if (at == 0 || at == std::string_view::npos || m.find('@', at + 1) != std::string_view::npos || m.find('.', at + 2) == std::string_view::npos || m.back() == '.') return false;
  return std::all_of(m.begin(), m.end(), [](char c) { return c > 0x20 && c < 0x7f && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos; });
}
Checked check_receiver(const Receiver& r, const DeskContext& x) {
  if (trim(r.name).empty()) return refusal(R::bad_receiver);
  if (r.account.has_value() != (r.way == Way::account) || r.mail.has_value() != (r.way == Way::mail)) return refusal(R::bad_receiver);
  if (r.way == Way::print ? r.copies < 1 || r.copies > 100'000 : r.copies != 0) return refusal(R::bad_receiver);
  if (r.account && !x.ground.colleague(std::string(*r.account))) return refusal(R::unknown_account);
  if (r.account && r.internal && !x.ground.reads_internal(std::string(*r.account))) return refusal(R::may_not_read);
  if (r.way == Way::mail && !x.ground.sends_mail) return refusal(R::no_mail_server);
  if (r.mail && !good_mail(*r.mail)) return refusal(R::bad_mail);
  if (r.way == Way::mail && r.internal) return refusal(R::internal_mail);
  return Done{};
}
}  // namespace

Result<IssueOpened> decide(const IssueState* open, const OpenIssue& c, const Neighbours& others, const DeskContext& x) {
  if (!x.editor()) return refusal(R::not_yours);
  if (open) return refusal(R::issue_open_already);
  if (others.published) return refusal(R::published_already);
  if (others.later_issued) return refusal(R::later_issued);
  if (c.from - civil_day(x.now) > kLongestAheadDays) return refusal(R::opened_early);
  const auto deadline = c.deadline.value_or(x.ground.rules->deadline_of(c.to));
  if (deadline < start_of(c.from)) return refusal(R::deadline_early);
  return IssueOpened{c.from, c.to, deadline, Text<64>(x.account)};
}

Result<WordsSet> decide(const IssueState* issue, const SetWords& c, const DeskContext& x) {
  if (!x.editor()) return refusal(R::not_yours);
  YI_CHECK(may_change(issue));
  for (const auto& w : c.words) {
    if (!is_issue_word(w.key)) return refusal(R::unknown_word);
    if (trim(w.text).empty()) return refuse(Reason::text_missing);
    if (const auto p = Phrase::parse(w.text); !p) return p.error();
  }
  return WordsSet{c.week, c.words, Text<64>(x.account)};
}

Result<IssuePresented> decide(const IssueState* issue, const RecordPresentation& c, const DeskContext& x) {
  if (!x.editor()) return refusal(R::not_yours);
  YI_CHECK(may_change(issue));
  if (c.changes != issue->changes) return refusal(R::changed_meanwhile);
  return IssuePresented{c.week, c.digest, c.internal_sm3, c.public_sm3, x.ground.rules->steps, c.masthead, c.period, c.number_words, c.issuer, c.issued_on, c.copies, c.position, c.acknowledged,
                        Text<64>(x.account), c.public_paper, {}, {}};
}

Result<IssueRecalled> decide(const IssueState* issue, const RecallIssue& c, const DeskContext& x) {
  YI_CHECK(presented(issue));
  if (issue->signers.empty() || issue->signers.front() != x.account) return refusal(R::not_presenter);
  return IssueRecalled{c.week, Text<64>(x.account)};
}

Result<IssueSentBack> decide(const IssueState* issue, const SendBackIssue& c, SignOffStep step, const DeskContext& x) {
  YI_CHECK(presented(issue));
  if (!x.editor()) return refusal(R::other_centre);
  if (issue->steps.empty() || issue->steps.front() != step) return refusal(R::wrong_step);
  if (trim(c.reason).empty()) return refusal(R::reason_missing);
  return IssueSentBack{c.week, step, c.reason, Text<64>(x.account)};
}

Result<StepPassed> decide(const IssueState* issue, const PassStep& c, SignOffStep step, const DeskContext& x) {
  YI_CHECK(at_step(issue, step, x));
  if (c.digest != issue->digest) return refusal(R::other_text);
  return StepPassed{c.week, step, c.digest, c.note, Text<64>(x.account)};
}

std::int32_t next_number(const DeskRules& rules, int year, const Numbers& numbers) {
  if (numbers.last_of_year > 0) return static_cast<std::int32_t>(numbers.last_of_year) + 1;
  return year == rules.numbering_year ? rules.first_number : 1;
}
std::int32_t next_total(const DeskRules& rules, const Numbers& numbers) {
  return numbers.last_total > 0 ? static_cast<std::int32_t>(numbers.last_total) + 1 : rules.first_total;
}

Result<IssueSigned> decide_issue(const IssueState* issue, const PassStep& c, const Numbers& numbers, bool earlier_open, const DeskContext& x) {
  YI_CHECK(at_step(issue, SignOffStep::issue, x));
  if (c.digest != issue->digest) return refusal(R::other_text);
  if (earlier_open) return refusal(R::earlier_open);
  const auto number = next_number(*x.ground.rules, issue->issued_on.year(), numbers), total = next_total(*x.ground.rules, numbers);
  YI_TRY(const auto words, Phrase::parse(issue->number_words));
  const auto text = words.expand([&](std::string_view slot) { return plain(std::to_string(slot == "number" ? number : total)); }).plain();
  return IssueSigned{c.week, number, total, Text<120>(text), issue->issued_on, Text<64>(issue->digest), Text<64>(issue->internal_sm3), Text<64>(issue->public_sm3), issue->presented, Text<64>(x.account)};
}

publish::Document correction_paper(const IssueState& issue, const DraftCorrection& c, std::int32_t number, CivilDay on, const DeskRules& rules) {
  publish::Document d;
  d.masthead = {issue.masthead, rules.correction_title + (number > 1 ? "（" + chinese_number(number) + "）" : "")};
  d.period = issue.number_words + issue.period;
  d.issuer = issue.issuer;
  d.date = to_chinese(on);
  d.title = issue.masthead + issue.number_words + rules.correction_title;
  const auto add = [&](std::string text) { d.body.push_back({publish::Paragraph::Kind::body, {{std::move(text), "", ""}}}); };
  d.body.push_back({publish::Paragraph::Kind::heading, {{rules.correction_title, "", ""}}});
  add(rules.correction_lead
          .expand([&](std::string_view slot) { return plain(slot == "masthead" ? issue.masthead : slot == "number" ? issue.number_words : issue.period); })
          .plain());
  for (std::size_t i = 0; i < c.entries.size(); ++i)
    add((c.entries.size() > 1 ? "（" + chinese_number(static_cast<int>(i) + 1) + "）" : "") +
        rules.correction_line.expand([&](std::string_view slot) { return plain(slot == "was" ? c.entries[i].was : c.entries[i].now); }).plain());
  add(rules.correction_reason.expand([&](std::string_view) { return plain(c.reason); }).plain());
  return d;
}

Checked check_printed(const DraftCorrection& c, const publish::Document& open, const publish::Document* internal) {
  const auto outside = publish::to_text(open), inside = internal ? publish::to_text(*internal) : std::string();
  for (const auto& e : c.entries) {
    const auto was = trim(e.was);
    const bool stands_inside = inside.find(was) != std::string::npos, stands_outside = outside.find(was) != std::string::npos;
    if (c.internal ? stands_inside : stands_outside) continue;
    return refusal(stands_inside ? R::words_internal_alone : R::words_not_printed);
  }
  return Done{};
}

Result<CorrectionDrafted> decide(const IssueState* issue, const DraftCorrection& c, const DeskContext& x) {
  YI_CHECK(issued(issue, x));
  if (c.entries.empty() || c.entries.size() > kMostCorrections) return refusal(R::correction_empty);
  for (const auto& e : c.entries) {
    if (trim(e.was).empty() || trim(e.now).empty()) return refusal(R::correction_empty);
    if (e.was == e.now) return refusal(R::same_words);
    if (e.was.find('\n') != std::string::npos || e.now.find('\n') != std::string::npos) return refuse(Reason::line_end_in_text);
  }
  if (trim(c.reason).empty()) return refusal(R::reason_missing);
  CorrectionDrafted f{c.week, issue->corrections + 1, c.internal, {}, civil_day(x.now), Text<64>(x.account), {}, {}, {}, {}};
  auto warnings = check_words(c.reason, "", *x.ground.words);
  for (const auto& e : c.entries)
    for (auto& w : check_words(e.now, "", *x.ground.words)) warnings.push_back(std::move(w));
  if (const auto left = not_acknowledged(warnings, c.acknowledged); !left.empty()) return unacknowledged(left);
  for (const auto& w : warnings) f.acknowledged.emplace_back(key_of(w));
  return f;
}

namespace {
Checked drafted(const CorrectionState* s, const DeskContext& x) {
  if (!s) return refusal(R::no_correction);
  if (!x.editor()) return refusal(R::other_centre);
  if (s->stage != CorrectionStage::drafted) return refusal(R::correction_closed);
  return Done{};
}
}  // namespace

Result<CorrectionDropped> decide(const CorrectionState* s, const DropCorrection& c, const DeskContext& x) {
  YI_CHECK(drafted(s, x));
  if (trim(c.reason).empty()) return refusal(R::reason_missing);
  return CorrectionDropped{c.week, c.correction, c.reason, Text<64>(x.account)};
}

Result<CorrectionIssued> decide(const CorrectionState* s, const IssueCorrection& c, const DeskContext& x) {
  YI_CHECK(drafted(s, x));
  if (x.ground.rules->distinct && s->by == x.account) return refusal(R::same_person);
  if (c.sm3 != s->sm3) return refusal(R::other_text);
  return CorrectionIssued{c.week, c.correction, c.sm3, Text<64>(x.account)};
}

Result<IssueDistributed> decide(const IssueState* issue, const DistributeIssue& c, const DeskContext& x) {
  YI_CHECK(issued(issue, x));
  if (c.receivers.empty()) return refusal(R::no_receivers);
  if (c.receivers.size() > kMostAtOnce || static_cast<std::size_t>(issue->receivers) + c.receivers.size() > kMostReceivers) return refusal(R::too_many_receivers);
  IssueDistributed f{c.week, {}, Text<64>(x.account), {}, {}};
  for (const auto& r : c.receivers) {
    YI_CHECK(check_receiver(r, x));
    f.receivers.push_back({issue->receivers + static_cast<std::int32_t>(f.receivers.size()) + 1, r.name, r.way, r.account, r.copies, r.internal});
  }
  return f;
}

Result<IssueReceived> decide(const IssueState* issue, const ReceiveIssue& c, const std::vector<std::int32_t>& mine, bool waiting, const DeskContext& x) {
  if (!issue || issue->stage != IssueStage::issued) return refusal(R::not_issued);
  if (mine.empty()) return refusal(R::not_received);
  if (!waiting) return refusal(R::read_already);
  return IssueReceived{c.week, mine, Text<64>(x.account)};
}

Result<MailTried> decide(const ReceiverState* s, const RecordMail& c) {
  if (!s || s->way != Way::mail) return refusal(R::unknown_receiver);
  if (s->stage == ReceiverStage::sent) return refusal(R::not_failed);  // another node was quicker
  return MailTried{c.week, c.receiver, c.sent, !c.sent && c.last, c.answer};
}

Result<MailAsked> decide(const ReceiverState* s, const MailAgain& c, const DeskContext& x) {
  if (!x.editor()) return refusal(R::not_yours);
  if (!s) return refusal(R::unknown_receiver);
  if (s->way != Way::mail || s->stage != ReceiverStage::failed) return refusal(R::not_failed);
  return MailAsked{c.week, c.receiver, Text<64>(x.account)};
}

Result<CopiesHanded> decide(const IssueState* issue, const ReceiverState* s, const HandCopies& c, const DeskContext& x) {
  if (!x.editor()) return refusal(R::not_yours);
  if (!issue || !s) return refusal(R::unknown_receiver);
  if (s->way != Way::print) return refusal(R::not_on_paper);
  if (c.copies == 0 || c.copies < -100'000 || c.copies > 100'000) return refusal(R::bad_handed);
  if (c.copies < 0 && trim(std::string(c.reason.value_or(Text<500>()))).empty()) return refusal(R::reason_missing);
  if (s->handed + c.copies < 0) return refusal(R::more_than_handed);
  // An imprint without the line of copies says nothing of how many there are.
  if (c.copies > 0 && issue->copies > 0 && issue->handed + c.copies > issue->copies) return refusal(R::more_than_printed);
  return CopiesHanded{c.week, c.receiver, c.copies, c.signed_by, Text<64>(x.account), c.reason};
}

}  // namespace yi::bulletin
