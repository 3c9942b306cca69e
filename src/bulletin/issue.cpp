#include "bulletin/issue.h"

#include <algorithm>

#include "base/text.h"
#include "bulletin/distribution.h"

namespace yi::bulletin {
namespace {
using store::Type;
constexpr const char* kStepLetters = "rci";
CivilDay day_of(const store::Value& v) { return {static_cast<std::int32_t>(v.i)}; }
std::int32_t small(const store::Value& v) { return static_cast<std::int32_t>(v.i); }
}  // namespace

const store::View& IssueState::view() {
  static const store::View v{"bulletin_issue", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"week_day", Type::integer}, {"to_day", Type::integer}, {"deadline", Type::integer}, {"stage", Type::integer},
                              {"changes", Type::integer}, {"steps", Type::text}, {"signers", Type::text}, {"digest", Type::text}, {"presented", Type::integer},
                              {"number", Type::integer}, {"total_number", Type::integer}, {"copies", Type::integer}, {"corrections", Type::integer},
                              {"receivers", Type::integer}, {"handed", Type::integer}, {"issued_on", Type::integer}, {"masthead", Type::text}, {"period", Type::text},
                              {"number_words", Type::text}, {"issuer", Type::text}, {"internal_sm3", Type::text}, {"public_sm3", Type::text}},
                             {{"centre", "stage", "week_day"}}};
  return v;
}
void IssueState::append_row(store::Row& r) const {
  r.emplace_back(to.days);
  r.emplace_back(deadline.ms);
  r.emplace_back(static_cast<int>(stage));
  r.emplace_back(changes);
  std::string letters;
  for (const auto s : steps) letters += kStepLetters[static_cast<std::size_t>(s)];
  r.emplace_back(std::move(letters));
  r.emplace_back(join(signers, "\n"));
  r.emplace_back(digest);
  r.emplace_back(presented);
  for (const auto n : {number, total_number, copies, corrections, receivers, handed}) r.emplace_back(n);
  r.emplace_back(issued_on.days);
  for (const auto* s : {&masthead, &period, &number_words, &issuer, &internal_sm3, &public_sm3}) r.emplace_back(*s);
}
IssueState IssueState::from(const store::Row& r) {
  IssueState s;
  s.to = day_of(r[2]);
  s.deadline = {r[3].i};
  s.stage = static_cast<IssueStage>(r[4].i);
  s.changes = r[5].i;
  for (const char c : r[6].s) s.steps.push_back(c == 'r' ? SignOffStep::review : c == 'c' ? SignOffStep::countersign : SignOffStep::issue);
  if (!r[7].s.empty()) s.signers = split(r[7].s, '\n');
  s.digest = r[8].s;
  s.presented = r[9].i;
  s.number = small(r[10]);
  s.total_number = small(r[11]);
  s.copies = small(r[12]);
  s.corrections = small(r[13]);
  s.receivers = small(r[14]);
  s.handed = small(r[15]);
  s.issued_on = day_of(r[16]);
  s.masthead = r[17].s;
  s.period = r[18].s;
  s.number_words = r[19].s;
  s.issuer = r[20].s;
  s.internal_sm3 = r[21].s;
  s.public_sm3 = r[22].s;
  return s;
}

std::vector<std::string_view> IssueGuard::listens_to() const {
  auto all = item_facts();
  for (const auto name : {SectionWritten::kName, ImprintSet::kName, IssueOpened::kName, WordsSet::kName, IssuePresented::kName, IssueRecalled::kName, IssueSentBack::kName, StepPassed::kName,
                          IssueSigned::kName, CorrectionDrafted::kName, IssueDistributed::kName, CopiesHanded::kName})
    all.push_back(name);
  return all;
}

void IssueGuard::apply(const engine::RecordedFact& fact) {
  const auto name = fact.record.name;
  if (name == IssueOpened::kName) {
    const auto f = fact.as<IssueOpened>();
    auto& s = change(f.week.days);
    s.to = f.to;
    s.deadline = f.deadline;
  } else if (name == IssuePresented::kName) {
    const auto f = fact.as<IssuePresented>();
    auto& s = change(f.week.days);
    s.stage = IssueStage::presented;
    s.steps = f.steps;
    s.signers = {f.by};
    s.digest = f.digest;
    s.presented = fact.seq;
    s.issued_on = f.issued_on;
    s.masthead = f.masthead;
    s.period = f.period;
    s.number_words = f.number_words;
    s.issuer = f.issuer;
    s.copies = f.copies;
    s.internal_sm3 = f.internal_sm3;
    s.public_sm3 = f.public_sm3;
  } else if (name == IssueRecalled::kName || name == IssueSentBack::kName) {
    const auto week = name == IssueRecalled::kName ? fact.as<IssueRecalled>().week : fact.as<IssueSentBack>().week;
    auto& s = change(week.days);
    s.stage = IssueStage::open;
    s.steps.clear();
    s.signers.clear();
    s.digest.clear();
    s.presented = 0;
  } else if (name == StepPassed::kName) {
    const auto f = fact.as<StepPassed>();
    auto& s = change(f.week.days);
    if (!s.steps.empty()) s.steps.erase(s.steps.begin());
    s.signers.push_back(f.by);
  } else if (name == IssueSigned::kName) {
    const auto f = fact.as<IssueSigned>();
    auto& s = change(f.week.days);
    s.stage = IssueStage::issued;
    s.steps.clear();
    s.signers.push_back(f.by);
    s.number = f.number;
    s.total_number = f.total_number;
    s.number_words = f.number_words;
  } else if (name == CorrectionDrafted::kName) {
    const auto f = fact.as<CorrectionDrafted>();
    change(f.week.days).corrections = f.correction;
  } else if (name == IssueDistributed::kName) {
    const auto f = fact.as<IssueDistributed>();
    change(f.week.days).receivers = f.receivers.back().receiver;
  } else if (name == CopiesHanded::kName) {
    const auto f = fact.as<CopiesHanded>();
    change(f.week.days).handed += f.copies;
  } else {
    // Whatever else is told of a week changes what it says. A week that is not on the desk has no row.
    const auto node = fact.node().find("week");
    const auto week = node ? parse_day(node->string()) : Result<CivilDay>(CivilDay{});
    if (week && find(week->days)) ++change(week->days).changes;
  }
}

bool IssueGuard::earlier_open(CivilDay week) {
  auto c = select("SELECT week_day FROM bulletin_issue WHERE centre=$1 AND stage<$2 AND week_day<$3 LIMIT 1", {static_cast<int>(IssueStage::issued), week.days});
  return c->next();
}

bool IssueGuard::later_issued(CivilDay week) {
  auto c = select("SELECT week_day FROM bulletin_issue WHERE centre=$1 AND stage=$2 AND week_day>$3 LIMIT 1", {static_cast<int>(IssueStage::issued), week.days});
  return c->next();
}

const store::View& NumberMark::view() {
  static const store::View v{"bulletin_number", 1, store::ViewKind::guard, 2, {{"centre", Type::integer}, {"what", Type::text}, {"last", Type::integer}}};
  return v;
}
void NumberGuard::apply(const engine::RecordedFact& fact) {
  const auto f = fact.as<IssueSigned>();
  change("number:" + std::to_string(f.issued_on.year())).last = f.number;
  change("total").last = f.total_number;
}
std::int64_t NumberGuard::last(const std::string& what) {
  const auto* m = find(what);
  return m ? m->last : 0;
}

const store::View& CorrectionState::view() {
  static const store::View v{"bulletin_correction", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"correction", Type::text}, {"stage", Type::integer}, {"internal", Type::integer}, {"sm3", Type::text},
                              {"drafted_by", Type::text}, {"on_day", Type::integer}, {"drafted", Type::integer}}};
  return v;
}
void CorrectionState::append_row(store::Row& r) const {
  r.emplace_back(static_cast<int>(stage));
  r.emplace_back(static_cast<int>(internal));
  r.emplace_back(sm3);
  r.emplace_back(by);
  r.emplace_back(on.days);
  r.emplace_back(drafted);
}
CorrectionState CorrectionState::from(const store::Row& r) { return {static_cast<CorrectionStage>(r[2].i), r[3].i != 0, r[4].s, r[5].s, day_of(r[6]), r[7].i}; }

std::string part_key(CivilDay week, std::int32_t number) { return to_iso(week) + ":" + std::to_string(number); }

void CorrectionGuard::apply(const engine::RecordedFact& fact) {
  const auto name = fact.record.name;
  if (name == CorrectionDrafted::kName) {
    const auto f = fact.as<CorrectionDrafted>();
    change(part_key(f.week, f.correction)) = {CorrectionStage::drafted, f.internal, f.sm3, f.by, f.on, fact.seq};
  } else if (name == CorrectionDropped::kName) {
    const auto f = fact.as<CorrectionDropped>();
    change(part_key(f.week, f.correction)).stage = CorrectionStage::dropped;
  } else {
    const auto f = fact.as<CorrectionIssued>();
    change(part_key(f.week, f.correction)).stage = CorrectionStage::issued;
  }
}

const store::View& ReceiverState::view() {
  static const store::View v{"bulletin_receiver", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"entry", Type::text}, {"week_day", Type::integer}, {"receiver", Type::integer}, {"name", Type::text},
                              {"account", Type::text}, {"way", Type::integer}, {"stage", Type::integer}, {"copies", Type::integer}, {"handed", Type::integer},
                              {"tries", Type::integer}, {"internal", Type::integer}, {"answer", Type::text}, {"changed_at", Type::integer}, {"distributed", Type::integer}},
                             {{"centre", "week_day", "receiver"}, {"centre", "account", "week_day"}, {"centre", "way", "stage", "week_day"}}};
  return v;
}
void ReceiverState::append_row(store::Row& r) const {
  r.emplace_back(week.days);
  r.emplace_back(receiver);
  r.emplace_back(name);
  r.emplace_back(account);
  r.emplace_back(static_cast<int>(way));
  r.emplace_back(static_cast<int>(stage));
  for (const auto n : {copies, handed, tries}) r.emplace_back(n);
  r.emplace_back(static_cast<int>(internal));
  r.emplace_back(answer);
  r.emplace_back(at.ms);
  r.emplace_back(distributed);
}
ReceiverState ReceiverState::from(const store::Row& r) {
  return {day_of(r[2]), small(r[3]), r[4].s, r[5].s, static_cast<Way>(r[6].i), static_cast<ReceiverStage>(r[7].i), small(r[8]), small(r[9]), small(r[10]), r[11].i != 0, r[12].s, {r[13].i}, r[14].i};
}

std::vector<std::string_view> ReceiverGuard::listens_to() const { return {IssueDistributed::kName, IssueReceived::kName, MailTried::kName, MailAsked::kName, CopiesHanded::kName}; }

void ReceiverGuard::apply(const engine::RecordedFact& fact) {
  const auto name = fact.record.name;
  const auto at = fact.record.recorded_at;
  if (name == IssueDistributed::kName) {
    const auto f = fact.as<IssueDistributed>();
    for (const auto& e : f.receivers)
      change(part_key(f.week, e.receiver)) = {f.week, e.receiver, e.name, e.account ? std::string(*e.account) : "", e.way, ReceiverStage::waiting, e.copies, 0, 0, e.internal, "", at, fact.seq};
  } else if (name == IssueReceived::kName) {
    const auto f = fact.as<IssueReceived>();
    for (const auto n : f.receivers) {
      auto& s = change(part_key(f.week, n));
      s.stage = ReceiverStage::received;
      s.at = at;
    }
  } else if (name == MailTried::kName) {
    const auto f = fact.as<MailTried>();
    auto& s = change(part_key(f.week, f.receiver));
    s.stage = f.sent ? ReceiverStage::sent : f.last ? ReceiverStage::failed : ReceiverStage::waiting;
    ++s.tries;
    s.answer = f.answer;
    s.at = at;
  } else if (name == MailAsked::kName) {
    const auto f = fact.as<MailAsked>();
    auto& s = change(part_key(f.week, f.receiver));
    s.stage = ReceiverStage::waiting;
    s.tries = 0;
    s.at = at;
  } else {
    const auto f = fact.as<CopiesHanded>();
    auto& s = change(part_key(f.week, f.receiver));
    s.handed += f.copies;
    s.stage = s.handed >= s.copies ? ReceiverStage::received : ReceiverStage::waiting;
    if (f.signed_by) s.answer = *f.signed_by;
    s.at = at;
  }
}

std::vector<std::int32_t> ReceiverGuard::of_account(CivilDay week, const std::string& account) {
  std::vector<std::int32_t> out;
  auto c = select("SELECT receiver FROM bulletin_receiver WHERE centre=$1 AND account=$2 AND week_day=$3 ORDER BY receiver", {account, week.days});
  while (c->next()) out.push_back(static_cast<std::int32_t>(c->integer(0)));
  return out;
}

}  // namespace yi::bulletin
