#pragma once
// 厅（局）长进大厅: the roster, what was noted of each duty, and what may be asked of both. What the bulletin prints is views.h.
#include "engine/guard.h"
#include "engine/engine.h"
#include "hall/rules.h"
#include "http/router.h"

namespace yi::hall {

enum class DutyPlanStatus { planned, kept, dropped };
BOOST_DESCRIBE_ENUM(DutyPlanStatus, planned, kept, dropped)
struct DutyPlanState {
  std::string department, post, name;
  CivilDay day{};
  DutyPlanStatus status = DutyPlanStatus::planned;
  std::string reason;  // of one that was dropped
  static const store::View& view();
  void append_row(store::Row& row) const;
  static DutyPlanState from(const store::Row& row);
};
class DutyPlanGuard final : public engine::GuardTable<std::int64_t, DutyPlanState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {DutyPlanned::kName, DutyPlanDropped::kName, DutyRecorded::kName, DutyTakenBack::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// A duty and what was noted of it.
struct DutyNoteState {
  std::string department, post, name;
  CivilDay first{}, last{};
  std::int32_t rank = 0;
  bool noted = false;
  std::int32_t served = 0, asked = 0, called_back = 0;
  std::string opinions;
  std::int64_t plan = 0;             // that it keeps
  std::optional<WrongDuty> why;      // taken back
  std::string taken_back_by;
  static const store::View& view();
  void append_row(store::Row& row) const;
  static DutyNoteState from(const store::Row& row);
};
class DutyNoteGuard final : public engine::GuardTable<std::int64_t, DutyNoteState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {DutyRecorded::kName, DutyNoted::kName, DutyTakenBack::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// GET /api/hall/duties: the roster, the duties and their notes of a span of days. Right hall.list_duties.
void add_duty_doors(http::Router& router, engine::Engine& engine);

}  // namespace yi::hall
