#include "staff/declare.h"

#include "engine/command_doors.h"
#include "identity/bound_department.h"
#include "identity/reading_door.h"
#include "staff/views.h"

namespace yi::staff {
namespace {

RecordingActor actor_of(const engine::Turn& turn) { return {turn.actor().account, identity::bound_department(turn.actor())}; }

struct RecordEntry {
  RecordId recorded;
  DepartmentCode department;
  std::string name;
  std::optional<LeaveKind> kind;  // none: it tells of health, and the viewer may not see that
  CivilDay from, to;
  CountMode count_mode{};
  std::int32_t days = 0;
  std::optional<std::string> account, by;
  std::optional<WrongEntry> taken_back;
  std::optional<std::string> taken_back_by;
};
BOOST_DESCRIBE_STRUCT(RecordEntry, (), (recorded, department, name, kind, from, to, count_mode, days, account, by, taken_back, taken_back_by))
struct RecordList {
  std::vector<RecordEntry> records;
};
BOOST_DESCRIBE_STRUCT(RecordList, (), (records))

}  // namespace

void declare(engine::Registry& registry, RecordGround ground) {
  registry.add_report<LeaveReport>();
  auto& records = registry.add_guard<RecordedGuard>();
  auto codes = refusal_codes();
  for (const auto shared : {LeaveRefused::no_calendar, LeaveRefused::no_working_day}) codes.push_back(refusal(shared).code);
  auto record = engine::command<RecordLeave>("staff.record_leave", "登记已批准的请假", codes, [ground](engine::Turn& turn, const RecordLeave& c) -> Checked {
    YI_TRY(auto fact, decide(c, ground, actor_of(turn)));
    turn.fact("staff:" + fact.department.value, start_of(fact.from), fact);
    return Done{};
  });
  record.audit_class = "personal";
  registry.commands.push_back(std::move(record));
  auto take_back = engine::command<TakeBackLeave>("staff.take_back_leave", "撤销登记错的请假", codes, [ground, &records](engine::Turn& turn, const TakeBackLeave& c) -> Checked {
    std::optional<RecordedState> state;
    if (const auto* s = records.find(c.recorded.value)) state = *s;
    YI_TRY(const auto fact, decide(state ? &*state : nullptr, c, ground, actor_of(turn)));
    turn.fact("staff:" + state->department, fact);
    return Done{};
  });
  take_back.audit_class = "personal";
  registry.commands.push_back(std::move(take_back));
}

void add_record_doors(http::Router& router, engine::Engine& engine, std::shared_ptr<const LeaveRules> rules) {
  using identity::Asking;
  identity::add_reading_door<RecordList>(router, engine, {"/api/staff/leaves/recorded", "staff.list_recorded_leaves", "登记的请假，撤销的也在内", "staff.list_leaves", "personal",
                                                          {identity::day_parameter("from", "第一天"), identity::day_parameter("to", "最后一天")}, {"base.bad_date"}},
                                         [rules = std::move(rules)](const Asking& a) -> Result<RecordList> {
    YI_TRY(const auto from, a.day("from"));
    YI_TRY(const auto to, a.day("to"));
    auto c = a.reader.select(
        "SELECT recorded, department, name, kind, first_day, last_day, count_mode, days, account, entered_by, why, taken_back_by, disclosure FROM staff_leave_recorded "
        "WHERE centre=$1 AND leave=0 AND last_day>=$2 AND last_day<=$3 AND first_day<=$4 AND ($5='' OR department=$5) ORDER BY recorded DESC LIMIT $6",
        {a.centre.value, from.days, to.days + kLongestLeaveDays, to.days, identity::bound_department(a.viewer).value, limits::kPageRows.value});
    RecordList all;
    while (c->next()) {
      const auto text = [&](int i) { return c->bytes(i).empty() ? std::nullopt : std::optional(std::string(c->bytes(i))); };
      const auto kind = static_cast<LeaveKind>(c->integer(3));
      RecordEntry e{{c->integer(0)}, {std::string(c->bytes(1))}, std::string(c->bytes(2)), kind, CivilDay{static_cast<std::int32_t>(c->integer(4))}, CivilDay{static_cast<std::int32_t>(c->integer(5))},
                    static_cast<CountMode>(c->integer(6)), static_cast<std::int32_t>(c->integer(7)), text(8), text(9), {}, text(11)};
      // Today's table is about now, and takes back nothing that was kept when it was recorded.
      const auto then = disclosure_of(kind, disclosure_from(c->is_null(12) ? store::Value() : store::Value(c->integer(12))));
      if ((rules->of(kind).disclosure.health || then.health) && !a.viewer.may_see_health()) e.kind.reset();
      if (!c->is_null(10)) e.taken_back = static_cast<WrongEntry>(c->integer(10));
      all.records.push_back(std::move(e));
    }
    return all;
  });
}

}  // namespace yi::staff
