#pragma once
// The rules of casework: pure functions from the present state and a wish to a fact or a refusal. No clock, no
// database, no HTTP.
#include "casework/clocks.h"
#include "casework/commands.h"
#include "casework/warnings.h"

namespace yi::casework {

// Whether a subject may promise instead of proving, and bring papers later (容缺、告知承诺). The credit room answers
// for it once it is there; until then nobody is excluded.
struct StandingOf {
  bool excluded = false;
  std::string reason, way_to_repair;  // shown to the applicant
};
using AskStanding = std::function<StandingOf(SubjectId)>;

// What a rule may look at beside the state.
struct Context {
  CentreCode centre;
  Instant now;
  const catalog::Catalog& catalog;
  const calendar::Calendar& calendar;
  const engine::Actor& actor;
  const WarningRules& warnings;
  const AskStanding& standing;
  CivilDay today() const { return civil_day(now); }
};

// One enum a room; the texts are in refusals.cpp.
enum class Refused {
  unknown_matter, unknown_window, unknown_department, window_not_for_department, not_an_issue_window, unknown_case,
  illegal_act, not_your_act, not_your_department, not_your_case, version_conflict, version_needed, reason_required, unknown_material, decided_in_future,
  foreign_number_taken, serials_exhausted, not_opening_day, not_open_before, matter_of_other_department, text_required,
  not_online, no_direct_receipt, papers_missing, notice_too_late, second_notice, correction_running, two_officials, no_special_procedure,
  planned_end_past, no_extension, extended_already, wrong_extension, no_joint_basis, no_preliminary_review, quantity_exhausted, earlier_waits,
  deferred_missing, not_deferrable, deferral_too_long, no_commitment, standing_excluded, something_to_deliver, nothing_to_reverse, not_overdue,
  explained_already, evaluated_already, bad_level, no_step_left, ordered_already, not_ordered, not_answered, authority_required, bad_code,
  defects_required, history_behind, real_name_required, not_own_number,
  case_needed, file_of_other, no_such_file, not_filed_today, too_many_files, person_erased,
  basis_required, tracking_required, answer_running, answer_too_soon, bad_count,
  served_already, reversed_elsewhere, limit_over, papers_open, offline_only, wrong_audience,
  overdue_unexplained, commitment_false
};
Refusal refusal(Refused what, std::string detail = {});
// What a refusal adds to its sentence: `words`, and of a permit the article of 行政许可法 behind it. No other kind is bound by that law.
std::string article_of_permits(const CaseState& s, std::string_view article, std::string words = {});
std::vector<std::string> refusal_codes();

// centre(6) yyyyMMdd kind(2) serial(6) check(1), ISO 7064 MOD 37,36 (casework.md §4.6). serial: 1..999999.
std::string case_number(CentreCode centre, CivilDay day, std::string_view kind_code, std::int64_t serial);
// The id of the serial-th case of a day: sortable, readable, dense within the day. 2024-06-17, 1 → 20240617000001.
CaseId case_id(CivilDay day, std::int64_t serial);
std::string stream_of(CaseId id);                       // "case:20240617000001"
std::optional<CaseId> case_of_stream(std::string_view stream);
// The id in a case's number, with or without its check character, which is not looked at: whoever asks compares the case's number.
std::optional<CaseId> case_of_number(std::string_view number);

// Days that the notice tells the applicant, of a case without pauses: for who plans ahead (replay, guides).
struct Dues {
  std::optional<CivilDay> statutory, promised;
};
Result<Dues> dues_from_acceptance(const catalog::Matter& matter, const calendar::Calendar& calendar, CivilDay accepted_on);
Result<CivilDay> notice_due(const calendar::Calendar& calendar, CivilDay received_on);
Result<std::optional<CivilDay>> delivery_due(const catalog::Matter& matter, const calendar::Calendar& calendar, CivilDay decided_on);

// An act that the table permits to this actor: its row, the matter, and the case with stage and holder as they will be.
struct Permitted {
  const ActRow* row = nullptr;
  const catalog::Matter* matter = nullptr;
  CaseState next;
};
// Refusals: unknown_case, version_needed (428), version_conflict, illegal_act (with what is allowed instead), not_your_act (403, with who may),
// not_your_department (403), not_your_case (403).
Result<Permitted> permit(const CaseState* s, const AboutCase& about, Act act, const Context& x, std::optional<Holder> receiver = {});

Result<Consulted> decide(const Consult& c, const Context& x);
// The subjects are put in by the caller, who keeps their register; everything else is here.
Result<Received> decide(const Receive& c, std::int64_t serial, const Context& x);
Result<Submitted> decide(const Submit& c, std::int64_t serial, const Context& x);
Result<CorrectionRequested> decide(const CaseState* s, const RequestCorrection& c, const Context& x);
Result<MaterialsSupplied> decide(const CaseState* s, const SupplyMaterials& c, const Context& x);
Result<Accepted> decide(const CaseState* s, const Accept& c, const Context& x);
Result<AcceptanceRefused> decide(const CaseState* s, const RefuseAcceptance& c, const Context& x);
Result<Transferred> decide(const CaseState* s, const Transfer& c, const Context& x);
Result<Suspended> decide(const CaseState* s, const Suspend& c, const Context& x);
Result<Resumed> decide(const CaseState* s, const Resume& c, const Context& x);
Result<Extended> decide(const CaseState* s, const Extend& c, bool joint, const Context& x);
Result<Decided> decide(const CaseState* s, const Decide& c, const Context& x);
Result<Issued> decide(const CaseState* s, const Issue& c, const Context& x);
Result<Withdrawn> decide(const CaseState* s, const Withdraw& c, const Context& x);
Result<Evaluated> decide(const CaseState* s, const Evaluate& c, const Context& x);
// The acts that share one shape (step_name).
Result<Step> decide(const CaseState* s, Act act, const TakeStep& c, const Context& x);
// `taken`: the department's number is known here already.
Result<ResultReceivedForIssue> decide(const ReceiveResult& c, std::int64_t serial, bool taken, const Context& x);
// `opening_day`: the day of the centre's first case, none before it. Only on that day are cases carried over.
Result<CarriedOver> decide(const CarryOver& c, std::int64_t serial, bool taken, std::optional<CivilDay> opening_day, const Context& x);

// 冲正: `before` is the case without the last act on it (cards do not count as one), `last` what is to be known of that act.
struct LastFact {
  std::int64_t seq = 0;         // position of its fact
  std::string name;
  CivilDay recorded_on;
  std::optional<Act> act = {};
  std::string account = {};     // that recorded it
  bool at_window = false;       // else online or at a desk
  bool imported = false;        // recorded at another centre
  bool delivered = false;       // the delivery of a paper that it gave is recorded
};
// Whether this account may take that act back today. Of `before` only its place among stages, papers and kinds is asked.
// Refusals: those of check_who for the act that is reversed, nothing_to_reverse, served_already, reversed_elsewhere.
Checked may_reverse(const CaseState& s, const CaseState& before, const LastFact& last, const catalog::Matter& m, const Who& who, std::string_view account, CivilDay today);
// Refusals: those of may_reverse and of permit, reason_required.
Result<Reversed> decide(const CaseState* s, const Reverse& c, const CaseState& before, const LastFact& last, const Context& x);

// What the timers do to a case on the day after one of its limits: acceptance by law (§32(1)(4)), cards by the rules.
struct TimerFacts {
  std::optional<Accepted> accepted;   // effective from the day of receipt
  std::vector<CardGiven> cards;
};
// `pause_told`: the notice of the running special procedure was printed.
Result<TimerFacts> on_timer(const CaseState& s, const Context& x, bool pause_told = true);
// The card for one trigger, where the centre watches it and the case does not have it yet. `after`: where the case stands.
std::optional<CardGiven> card_of(const CaseState& s, const Context& x, Trigger t, const Standing& after, std::optional<CivilDay> due = {});
// The same case after a new calendar: nothing when no date moved.
Result<std::optional<DuesRecounted>> recount(const CaseState& s, const Context& x);

}  // namespace yi::casework
