#pragma once
// Which limits bind a case, as questions to the statutory clock (calendar/clock.h). Pure: state, the version of the matter
// that the case began with, and the calendar. docs/casework.md says the same in words.
#include <vector>

#include "calendar/clock.h"
#include "casework/case_state.h"
#include "catalog/catalog.h"

namespace yi::casework {

enum class ClockKind { notice, correction, statutory, promised, step, delivery };
BOOST_DESCRIBE_ENUM(ClockKind, notice, correction, statutory, promised, step, delivery)
std::string_view chinese_name(ClockKind k);

struct CaseClock {
  ClockKind kind{};
  calendar::DueQuestion question;  // with its basis: who asks for the explanation gets the articles
};

// The version that the case began with; the present one where the catalogue has lost it.
const catalog::Matter* matter_of(const CaseState& s, const catalog::Catalog& catalog);

// §32(1)(4): the fifth working day after receipt is the last one to accept, refuse or tell what is missing. The Permit Law binds
// permits; for other kinds the same days are what the centre asks of itself, and the reckoning says so.
calendar::DueQuestion notice_question(CivilDay received_on, bool permit);
// The same of a case, without the time of its applicant where corrected papers do not begin it anew.
calendar::DueQuestion notice_question(const CaseState& s);
// The applicant's time to correct: the matter's own, else the centre's; no law sets one.
calendar::DueQuestion correction_question(const catalog::Matter& matter, CivilDay asked_on);
// Statutory and promised limit from acceptance, with the case's pauses and its extension.
std::optional<calendar::DueQuestion> statutory_question(const CaseState& s, const catalog::Matter& matter);
std::optional<calendar::DueQuestion> promised_question(const CaseState& s, const catalog::Matter& matter);
std::optional<calendar::DueQuestion> step_question(const CaseState& s, const catalog::Matter& matter);
// Of a grant. §44 for permits: 10 working days; other kinds only where the matter's own basis sets a limit.
std::optional<calendar::DueQuestion> delivery_question(const catalog::Matter& matter, CivilDay decided_on);
// Every clock that runs or stands still in the case's present stage.
std::vector<CaseClock> clocks_of(const CaseState& s, const catalog::Matter& matter);

// Sets the running due days of `s.at` anew by its clocks; what no longer runs is emptied. Refusals of calendar::due.
Checked set_dues(CaseState& s, const catalog::Matter& matter, const calendar::Calendar& calendar);

// Whether a limit that ends on `due` is over at `now` for something done through this channel: at a window with the end
// of office hours, otherwise with the day (民法典 §203(2); settings.yaml online_cutoff).
bool is_over(CivilDay due, Instant now, Source through, const catalog::Settings& settings);

}  // namespace yi::casework
