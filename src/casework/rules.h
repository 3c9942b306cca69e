#pragma once
// The rules of casework: pure functions from the present state and a wish to a fact or a refusal. No clock, no
// database, no HTTP.
#include "calendar/calendar.h"
#include "casework/case_state.h"
#include "casework/commands.h"
#include "catalog/catalog.h"

namespace yi::casework {

// What a rule may look at beside the state.
struct Context {
  CentreCode centre;
  CivilDay today;
  const catalog::Catalog& catalog;
  const calendar::Calendar& calendar;
};

// One enum a room; the texts are in rules.cpp.
enum class Refused {
  unknown_matter, unknown_window, unknown_department, window_not_for_department, not_an_issue_window, unknown_case,
  illegal_act, reason_required, unknown_material, decided_in_future, foreign_number_taken, serials_exhausted,
  not_opening_day, not_open_before, matter_of_other_department, text_required
};
Refusal refusal(Refused what, std::string detail = {});
std::vector<std::string> refusal_codes();

// centre(6) yyyyMMdd kind(2) serial(6) check(1), ISO 7064 MOD 37,36 (casework.md §4.6). serial: 1..999999.
std::string case_number(CentreCode centre, CivilDay day, std::string_view kind_code, std::int64_t serial);
// The id of the serial-th case of a day: sortable, readable, dense within the day. 2024-06-17, 1 → 20240617000001.
CaseId case_id(CivilDay day, std::int64_t serial);
std::string stream_of(CaseId id);                       // "case:20240617000001"
std::optional<CaseId> case_of_stream(std::string_view stream);

// Days that the notice tells the applicant. Statutory and promised run side by side from acceptance; the matter's
// own limit where a law sets one, else §42 for permits. An instant case is due on the day itself.
struct Dues {
  std::optional<CivilDay> statutory, promised;
};
Result<Dues> dues_from_acceptance(const catalog::Matter& matter, const calendar::Calendar& calendar, CivilDay accepted_on);
// §32(1)(4): the fifth working day after receipt is the last for the correction notice.
Result<CivilDay> notice_due(const calendar::Calendar& calendar, CivilDay received_on);
// Of a grant. §44 for permits: 10 working days; other kinds only where the matter's own basis sets a limit.
Result<std::optional<CivilDay>> delivery_due(const catalog::Matter& matter, const calendar::Calendar& calendar, CivilDay decided_on);

Result<Consulted> decide(const Consult& c, const Context& x);
Result<Received> decide(const Receive& c, std::int64_t serial, const Context& x);
Result<Accepted> decide(const CaseState* s, const Accept& c, const Context& x);
Result<AcceptanceRefused> decide(const CaseState* s, const RefuseAcceptance& c, const Context& x);
Result<Transferred> decide(const CaseState* s, const Transfer& c, const Context& x);
Result<Decided> decide(const CaseState* s, const Decide& c, const Context& x);
Result<Issued> decide(const CaseState* s, const Issue& c, const Context& x);
Result<Withdrawn> decide(const CaseState* s, const Withdraw& c, const Context& x);
// `taken`: the department's number is known here already.
Result<ResultReceivedForIssue> decide(const ReceiveResult& c, std::int64_t serial, bool taken, const Context& x);
// `opening_day`: the day of the centre's first case, none before it. Only on that day are cases carried over.
Result<CarriedOver> decide(const CarryOver& c, std::int64_t serial, bool taken, std::optional<CivilDay> opening_day, const Context& x);

}  // namespace yi::casework
