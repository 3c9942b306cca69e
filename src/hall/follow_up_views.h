#pragma once
// What may be asked of follow-ups: the list of those in hand, and counts with their denominators.
#include "engine/registry.h"
#include "hall/follow_up_rules.h"
#include "identity/viewer.h"

namespace yi::hall {

void add_follow_up_reports(engine::Registry& registry);

// What was done with a follow-up after its opening, and by whom.
struct FollowUpAct {
  Id<struct PositionTag> position;       // in the ledger
  std::string act;                       // "follow_up_answered", …: the fact's name without room and version
  std::string by;
  std::optional<std::string> by_name;    // the door's
  Instant at;
  std::optional<std::string> words;      // the reason, the measure, or the note
  std::optional<CivilDay> due;           // that it set
  std::optional<Finding> finding;
  std::optional<bool> upheld, reached, content;
};
BOOST_DESCRIBE_STRUCT(FollowUpAct, (), (position, act, by, by_name, at, words, due, finding, upheld, reached, content))

struct FollowUpEntry {
  FollowUpId follow_up;
  FollowUpKind kind{};
  FollowUpStage stage{};
  CivilDay opened;
  std::optional<CivilDay> due;           // of the next step: sorting, the answer, or the decision of an appeal; none where the calendar lacks the year
  std::optional<std::int64_t> days_left; // working days; negative: past
  std::optional<DepartmentCode> department, lead;
  std::optional<WindowCode> window;
  std::optional<std::string> sort, sort_name;
  std::optional<std::int32_t> level;     // of a rating
  std::optional<CaseId> case_id;
  std::string words;
  std::optional<std::string> reporter, phone;  // masked, unless personal data may be seen
  bool reopened = false, reachable = true;  // reachable: of what was answered, can_be_called; before that, a number was left or it is of a case
  std::vector<FollowUpAct> acts;         // oldest first
};
BOOST_DESCRIBE_STRUCT(FollowUpEntry, (), (follow_up, kind, stage, opened, due, days_left, department, lead, window, sort, sort_name, level, case_id, words, reporter, phone, reopened, reachable, acts))

struct FollowUpQuestion {
  std::optional<FollowUpStage> stage;    // none: all that are not over
  std::optional<FollowUpKind> kind;
  FollowUpId after;                      // keyset, by number
  int limit = 50;
};
struct FollowUpReader {
  store::Reader& reader;
  CentreCode centre;
  const identity::Viewer& viewer;
  CivilDay today;
};
// Of the viewer's reach: the centre's, or those that one's own department leads.
std::vector<FollowUpEntry> follow_ups(const FollowUpReader& h, const FollowUpGround& ground, const store::KeyVault& keys, const FollowUpQuestion& q);

// Counts with their denominators, of what was opened in [from, to], of the viewer's reach as the list has it.
struct FollowUpFigures {
  FollowUpKind kind{};
  std::int64_t opened = 0, declined = 0, upheld = 0;
  std::int64_t due = 0, in_time = 0;          // sorted and due by today, or answered; of them answered by their day
  std::int64_t answered = 0, called_back = 0, content = 0;
  std::int64_t no_contact = 0;                // of the answered: ended without a call, nobody left a number; 回访率 is of the others
  std::int64_t appeals = 0, appeals_late = 0; // appealed; of them decided after their day (appeal_days), or past it and undecided
};
BOOST_DESCRIBE_STRUCT(FollowUpFigures, (), (kind, opened, declined, upheld, due, in_time, answered, called_back, content, no_contact, appeals, appeals_late))
std::vector<FollowUpFigures> follow_up_figures(const FollowUpReader& h, const FollowUpGround& ground, CivilDay from, CivilDay to);

// Whether there is a number to call: one that was left and whose owner is not erased, or the applicant's or agent's of its case.
bool can_be_called(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const FollowUpState& s);

}  // namespace yi::hall
