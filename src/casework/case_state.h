#pragma once
// What the lane knows of a case: the one guard row that carries stage, holder and the days of all its clocks.
#include "casework/act_table.h"
#include "casework/events.h"
#include "engine/fact.h"
#include "store/view.h"

namespace yi::casework {

enum class SupervisionState { none, ordered, answered };
BOOST_DESCRIBE_ENUM(SupervisionState, none, ordered, answered)

// The reason and basis of the time that a case of preliminary review is with the higher authority (转报): the lower authority's part
// ends with the hand-over (§43). What is done with another authority's time is the centre's setting (forward_pauses).
inline constexpr const char* kElsewhere = "上级或其他机关办理";
inline constexpr const char* kElsewhereBasis = "行政许可法第三十五条、第四十三条";

// Time that the decision clocks do not count; both days included, open until `to`.
struct Paused {
  CivilDay from;
  std::optional<CivilDay> to;
  Text<60> reason;
  Text<200> basis;  // of a kind that §45 does not name
  bool operator==(const Paused&) const = default;
};
BOOST_DESCRIBE_STRUCT(Paused, (), (from, to, reason, basis))

// A place among the cases of a matter limited in number (§57).
struct Limited {
  Text<60> quota;                              // matter and period
  std::int64_t accepted_at = 0;                // by law, in milliseconds: the order that decides
  bool granted = false;
  bool operator==(const Limited&) const = default;
};
BOOST_DESCRIBE_STRUCT(Limited, (), (quota, accepted_at, granted))

// A limit that was passed, and whether the reason was explained in public (优化营商环境条例 §36).
struct Overdue {
  OverdueLimit limit{};
  CivilDay due;
  bool explained = false;
  std::optional<CivilDay> explain_by;
  bool waits() const { return !explained && limit != OverdueLimit::delivery; }
  bool operator==(const Overdue&) const = default;
};
BOOST_DESCRIBE_STRUCT(Overdue, (), (limit, due, explained, explain_by))

// What most cases never have; kept together so that an ordinary case's row stays short.
struct CaseDetail {
  std::vector<Paused> pauses;                  // of the decision clocks
  std::optional<std::vector<Paused>> waits;    // of the notice clock, where corrected papers do not begin it anew
  std::int32_t extension_days = 0;             // 0: not extended
  std::vector<std::int32_t> lacking;           // required papers that have not come, by place in the matter's list
  std::vector<Deferred> deferred;              // 容缺: accepted without them
  std::vector<std::int32_t> commitments;       // 告知承诺
  std::int32_t notices = 0;                    // correction notices before acceptance
  std::int32_t review_notices = 0;             // and in review
  std::optional<CivilDay> asked_on;            // of the correction that the applicant has not answered yet
  std::int32_t step = 0;                       // the present step, by place in the matter's list
  std::optional<CivilDay> step_from;
  std::vector<Text<20>> cards;                 // numbers of the rules that gave a card
  SupervisionState supervision = SupervisionState::none;
  bool explained = false;                      // 已公开说明超期理由: some limit of `overdue`
  bool evaluated = false;
  bool third_party_informed = false;
  std::optional<CivilDay> answer_by;           // until when third parties may speak or ask for a hearing (§§36, 47)
  std::optional<Limited> limited;
  std::optional<std::vector<Overdue>> overdue;  // every limit that was passed, once; it outlives the limit
  std::optional<CivilDay> tell_by;             // of the running special procedure: when its notice has to be printed
  std::optional<bool> commitment_false;        // 告知承诺经核查不实
  std::optional<std::vector<Text<20>>> red_cards;  // of `cards`, those whose card was red
  std::optional<std::vector<std::int32_t>> wished;  // 告知承诺 that the applicant chose with the application
  bool operator==(const CaseDetail&) const = default;
};
BOOST_DESCRIBE_STRUCT(CaseDetail, (), (pauses, waits, extension_days, lacking, deferred, commitments, notices, review_notices, asked_on, step, step_from, cards, supervision, explained, evaluated, third_party_informed, answer_by, limited, overdue, tell_by, commitment_false, red_cards, wished))

struct CaseState {
  Text<24> number;
  MatterCode matter;
  std::int32_t matter_version = 1;  // a running case keeps the version it began with
  DepartmentCode department;
  CaseType type = CaseType::promised;
  Source source = Source::window;
  ApplicantKind applicant_kind = ApplicantKind::legal;
  SubjectId subject, agent;         // 0 in cases carried over, received for issue, or older than sealing
  std::int64_t version = 0;         // facts so far
  std::int64_t last_fact = 0;       // ledger position of the last of them
  std::int64_t first_fact = 0;      // and of the one that opened the case; kept beside the described members, which a reversal writes down
  std::optional<CivilDay> received_on, accepted_on, decided_on;
  std::optional<Closing> closing;
  Standing at;                      // stage, holder, running due days
  Text<40> last_act;                // name of the last fact without room and version: "accepted"
  CaseDetail detail;

  // By the kind in the case's number (casework.md §4.6), so that no catalogue is needed to know which law binds it.
  bool permit() const { return number.size() > 16 && number[14] == '0' && number[15] == '1'; }
  Position position() const { return {at.stage, type, at.holder, permit()}; }
  // The nearest day on which a running clock ends; none when no clock runs.
  std::optional<CivilDay> next_due() const;
  // Every day on which some limit ends.
  std::vector<CivilDay> limits() const;
  // Those and the days by which a duty has to be done, also after the end (an explanation); the timers look at the case on the day after each.
  std::vector<CivilDay> timer_days() const;
  // Every limit that was passed before this day, with those that no fact has met yet.
  std::vector<Overdue> overdue_on(CivilDay today) const;

  static const store::View& view();
  void append_row(store::Row& row) const;
  static CaseState from(const store::Row& row);
};
BOOST_DESCRIBE_STRUCT(CaseState, (), (number, matter, matter_version, department, type, source, applicant_kind, subject, agent, version, last_fact, received_on, accepted_on, decided_on, closing, at, last_act, detail))

// Who wishes to act, as the lane and a page know them alike. `everything`: the program itself and the holder of its token.
struct Who {
  bool everything = false;
  RoleSet roles;
  DepartmentCode department;  // of a handler, a chief representative, a leader; empty: of no department
  SubjectId subject;          // of an applicant's account
};
enum class Barred { no, not_your_act, not_your_case, not_your_department };
// Whether this one may do to the case what `given_to` may: a role of theirs, their own case where the applicant's is the only one,
// their own department where only roles of a department are. The rules refuse by it and pages offer by it.
Barred barred_from(RoleSet given_to, const CaseState& s, const Who& who);

// The facts that concern a case, by name.
const std::vector<std::string_view>& case_facts();
bool opens_case(std::string_view fact_name);
// The act behind a fact, by the state in which it found the case; an extension is `extend` whoever granted it. Nothing for a fact of no case.
std::optional<Act> act_of(const engine::RecordedFact& fact, const CaseState& before);
// When and by whom a fact was recorded at the centre it was imported from; nothing for a fact of this centre's own.
std::optional<Origin> origin_of(const engine::RecordedFact& fact);
// Total and pure: what a fact does to the state.
void fold(CaseState& s, const engine::RecordedFact& fact);

// Corrected papers have come on that day: they are the receipt, or its clock has only waited for them.
void receive_anew(CaseState& s, CivilDay day, bool runs_on);

}  // namespace yi::casework
