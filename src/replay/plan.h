#pragma once
// From four figures to a lawful week: which cases live, how far each gets, and when each act happens. Pure and seeded:
// the same figures give the same week.
#include <memory>
#include <string>
#include <vector>

#include "calendar/calendar.h"
#include "casework/act_table.h"
#include "catalog/catalog.h"

namespace yi::replay {

struct WindowFigures {
  std::int64_t consulted = 0, accepted = 0, issued = 0, transferred = 0;
};

// A case that is open when the week begins: from the second file on, the ledger's.
struct OpenCase {
  CaseId id;
  DepartmentCode department;
  casework::Stage stage = casework::Stage::none;
  casework::CaseType type = casework::CaseType::promised;
  casework::Holder holder = casework::Holder::reception_window;
  std::optional<CivilDay> due;  // its nearest clock's last day: those that are due first are moved on first
};

struct PlanRequest {
  WindowFigures figures;
  CivilDay from, to;
  bool first_week = true;             // the day the centre goes live: cases decided before are carried over
  std::vector<OpenCase> open_cases;
  std::uint32_t seed = 1;
};

// One act at its time. Acts are in order of time; a case's id follows from the order in which cases are opened.
struct Step {
  Instant at;
  const char* command = "";           // "casework.accept"
  std::string body;
  CaseId opens;                       // the id that this command must give, 0 for the others
};

// How the figures were made of lives; shown by `replay`, and what the tests check.
struct Mixture {
  std::int64_t finished = 0;          // received, accepted, transferred, decided, transferred back, issued
  std::int64_t instant = 0;           // decided and issued on the spot
  std::int64_t in_review = 0;         // accepted and transferred
  std::int64_t accepted_only = 0;
  std::int64_t returned = 0;          // of `finished` and `in_review`: went back for papers once more, 2 transfers
  std::int64_t results_issued = 0;    // results of departments' own systems, received and issued
  std::int64_t results_waiting = 0;   // received, not yet collected
  std::int64_t carried_over = 0;      // decided before the opening day, issued in the week
  std::int64_t waiting_issued = 0;    // waited from the week before
  std::int64_t review_finished = 0;   // in review from the week before, decided, transferred and issued
  std::int64_t accepted_finished = 0; // accepted the week before, transferred, decided, transferred back and issued
  std::int64_t issued() const {
    return finished + instant + results_issued + carried_over + waiting_issued + review_finished + accepted_finished;
  }
  void add(const Mixture& o);
  std::int64_t accepted() const { return finished + instant + in_review + accepted_only; }
  std::int64_t transferred() const {
    return 2 * finished + in_review + 2 * returned + results_issued + results_waiting + review_finished + 2 * accepted_finished;
  }
};

// Refusal "replay.not_lawful": the figures cannot come from lawful cases, with the reason. `instant_matters`: whether
// the catalogue has matters decided on the spot.
Result<Mixture> mix(const PlanRequest& request, bool instant_matters);

// Refusals of mix, "replay.no_working_day", and those of the calendar.
Result<std::vector<Step>> plan(const PlanRequest& request, const Mixture& mixture, const catalog::Catalog& catalog,
                               const calendar::Calendar& calendar);

}  // namespace yi::replay
