#pragma once
// Leave as it was recorded, by the ledger position of its leave_recorded: what was entered may be taken back, and stays in the list.
#include <optional>
#include <string>
#include <vector>

#include "engine/guard.h"
#include "staff/events.h"

namespace yi::staff {

struct RecordedState {
  std::string department, name;
  LeaveKind kind{};
  CivilDay first{}, last{};
  CountMode count_mode{};
  std::int32_t days = 0;
  std::int64_t leave = 0;         // the request that it comes from; 0: entered
  std::string account, by;        // "" where none was named
  std::vector<YearDays> years;
  std::optional<WrongEntry> why;  // taken back
  std::string taken_back_by;
  std::optional<Disclosure> disclosure{};  // as its fact has it; none in older ledgers
  static const store::View& view();
  void append_row(store::Row& row) const;
  static RecordedState from(const store::Row& row);
};
class RecordedGuard final : public engine::GuardTable<std::int64_t, RecordedState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {LeaveRecorded::kName, LeaveTakenBack::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// "2024:3,2025:2", as views hold it.
std::string years_text(const std::vector<YearDays>& years);
std::vector<YearDays> years_from(const std::string& text);
// As one integer, as views hold it; NULL: none.
store::Value disclosure_value(const std::optional<Disclosure>& d);
std::optional<Disclosure> disclosure_from(const store::Value& v);

}  // namespace yi::staff
