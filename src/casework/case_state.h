#pragma once
// What the lane knows of a case: the one guard row that carries stage, holder and the next day of all its clocks.
#include "casework/act_table.h"
#include "store/view.h"

namespace yi::casework {

struct CaseState {
  std::string number;
  MatterCode matter;
  std::int32_t matter_version = 1;  // a running case keeps the version it began with
  DepartmentCode department;
  CaseType type = CaseType::promised;
  Stage stage = Stage::none;
  Holder holder = Holder::reception_window;
  std::int64_t version = 0;         // facts so far
  std::optional<CivilDay> received_on, accepted_on, decided_on;
  std::optional<CivilDay> notice_due, statutory_due, promised_due, delivery_due;

  // The nearest day on which a running clock ends; none when no clock runs.
  std::optional<CivilDay> next_due() const;

  static const store::View& view();
  void append_row(store::Row& row) const;
  static CaseState from(const store::Row& row);
};

// Total and pure: what each fact does to the state. `day` is the civil day on which the fact is so by law.
void apply(CaseState& s, const Received& f, CivilDay day);
void apply(CaseState& s, const Accepted& f, CivilDay day);
void apply(CaseState& s, const AcceptanceRefused& f);
void apply(CaseState& s, const Transferred& f);
void apply(CaseState& s, const Decided& f, CivilDay day);
void apply(CaseState& s, const Issued& f);
void apply(CaseState& s, const Withdrawn& f);
void apply(CaseState& s, const ResultReceivedForIssue& f);
void apply(CaseState& s, const CarriedOver& f);

}  // namespace yi::casework
