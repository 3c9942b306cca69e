#pragma once
// What the rules of the house keep and what may be asked of them.
#include "calendar/calendar.h"
#include "casework/house_rules.h"
#include "engine/guard.h"
#include "engine/registry.h"
#include "identity/viewer.h"
#include "store/key_vault.h"

namespace yi::casework {

// One row a question: who owns it, whom it waits for.
class QuestionGuard : public engine::GuardTable<std::int64_t, QuestionState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
};
// How many questions there have been, under key 1.
struct QuestionCount {
  std::int64_t last = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(last); }
  static QuestionCount from(const store::Row& r) { return {r[2].i}; }
};
class QuestionCountGuard : public engine::GuardTable<std::int64_t, QuestionCount> {
 public:
  std::vector<std::string_view> listens_to() const override { return {AskedFirst::kName}; }
  void apply(const engine::RecordedFact& fact) override { change(1).last = fact.as<AskedFirst>().question_id.value; }
  QuestionId next() {
    const auto* s = find(1);
    return {(s ? s->last : 0) + 1};
  }
};
// One row a "no", by the ledger position of its fact. A reversed refusal was none: its row goes.
class NegativeGuard : public engine::GuardTable<std::int64_t, NegativeState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
};
// Ratings on paper that were entered: "2024-06-24/W01/意见箱-3".
struct PaperState {
  std::int64_t level = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(level); }
  static PaperState from(const store::Row& r) { return {r[2].i}; }
};
class PaperGuard : public engine::GuardTable<std::string, PaperState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {PaperEvaluationEntered::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  static std::string key(CivilDay day, const WindowCode& window, std::string_view paper);
};

void add_house_reports(engine::Registry& registry);

// --- Questions ------------------------------------------------------------------------------------------------------

struct QuestionEntry {
  QuestionId question_id;
  std::string owner;
  std::optional<std::string> waits_for;    // handed over, not confirmed: still the owner's
  Instant asked_at;
  std::int64_t age_days = 0;               // calendar days since the day it was asked
  std::optional<std::int64_t> working_days;  // of them; none where the calendar has no such year
  Channel channel = Channel::window;
  std::optional<WindowCode> window;
  std::optional<DepartmentCode> department;
  std::optional<MatterCode> matter;
  std::string question;
  std::optional<std::string> visitor, phone;  // masked, unless one owns the question or may see personal data
};
BOOST_DESCRIBE_STRUCT(QuestionEntry, (), (question_id, owner, waits_for, asked_at, age_days, working_days, channel, window, department, matter, question, visitor, phone))

struct HouseReader {
  store::Reader& reader;
  CentreCode centre;
  const identity::Viewer& viewer;
  CivilDay today;
};
// Open questions of an owner (and those that wait for the owner's confirmation), or with "" of everybody; oldest first.
std::vector<QuestionEntry> open_questions(const HouseReader& h, const store::KeyVault& keys, const calendar::Calendar& calendar, const std::string& owner, int limit);

// --- 否定报备 --------------------------------------------------------------------------------------------------------

struct NegativeEntry {
  NegativeId negative_id;
  NegativeKind kind = NegativeKind::without_case;
  NegativeStatus status = NegativeStatus::open;
  DepartmentCode department;
  std::optional<CaseId> case_id;
  std::string reason;
  Instant said_at;
  std::optional<std::string> seen_by;
};
BOOST_DESCRIBE_STRUCT(NegativeEntry, (), (negative_id, kind, status, department, case_id, reason, said_at, seen_by))
// Of a status, newest first, before `before` (0: from the newest).
std::vector<NegativeEntry> negatives(const HouseReader& h, NegativeStatus status, NegativeId before, int limit);

// --- 公开说明 --------------------------------------------------------------------------------------------------------

// 优化营商环境条例 §36: a limit was passed and the public is told why. No case, no applicant.
struct OverdueEntry {
  CivilDay explained_on;
  DepartmentCode department;
  std::optional<std::string> matter;       // its name
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(OverdueEntry, (), (explained_on, department, matter, reason))
// Newest first. Everybody may ask.
std::vector<OverdueEntry> overdue_explanations(const HouseReader& h, const catalog::Catalog& catalog, int limit);

}  // namespace yi::casework
