#include "bulletin/declare.h"

#include "bulletin/figure_views.h"
#include "bulletin/week_views.h"

namespace yi::bulletin {
namespace {
std::string stream_of(CivilDay week) { return "bulletin:" + to_iso(week); }
}  // namespace

Declared declare(engine::Registry& registry, KnownDepartment known) {
  auto* guard = &registry.add_guard<PeriodGuard>();
  auto& items = registry.add_guard<ItemGuard>();
  auto* issues = &registry.add_guard<IssueGuard>();
  // A week that is on the desk changes there while it is open; any other until it has its imprint, which is entered last: with it
  // the week is published.
  const auto open = [guard, issues](CivilDay week) -> Checked {
    if (const auto* issue = issues->find(week.days)) return may_change(issue);
    return guard->has_imprint(week) ? Checked(refusal(DeskRefused::published_already)) : Checked(Done{});
  };
  for (auto& r : week_reports()) registry.reports.push_back(std::move(r));
  for (auto& r : figure_reports()) registry.reports.push_back(std::move(r));
  auto codes = refusal_codes();
  for (const char* code : {"bulletin.under_review", "bulletin.issued_already", "bulletin.number_is_given", "bulletin.published_already"}) codes.emplace_back(code);
  registry.commands.push_back(engine::command<SetPeriod>(
      "bulletin.set_period", "设定一期的起止日期", codes, [guard](engine::Turn& turn, const SetPeriod& c) -> Checked {
        YI_TRY(auto fact, decide(c, guard->periods(), civil_day(turn.now())));
        turn.fact(stream_of(fact.from), fact);
        return Done{};
      }));
  registry.commands.push_back(engine::command<EnterOpeningBalance>(
      "bulletin.enter_opening_balance", "登记期初数", codes,
      [guard](engine::Turn& turn, const EnterOpeningBalance& c) -> Checked {
        YI_TRY(auto fact, decide(c, guard->periods()));
        turn.fact("bulletin:opening", start_of(fact.before), fact);
        return Done{};
      }));
  registry.commands.push_back(engine::command<EnterNews>(
      "bulletin.enter_news", "登记一条政务工作动态", codes, [guard, known, open](engine::Turn& turn, const EnterNews& c) -> Checked {
        YI_CHECK(open(c.week));
        YI_TRY(auto fact, decide(c, guard->is_week(c.week), known));
        turn.fact(stream_of(fact.week), fact);
        return Done{};
      }));
  registry.commands.push_back(engine::command<WriteSection>(
      "bulletin.write_section", "撰写周报的一个部分", codes, [guard, open](engine::Turn& turn, const WriteSection& c) -> Checked {
        YI_CHECK(open(c.week));
        YI_TRY(auto fact, decide(c, guard->is_week(c.week)));
        turn.fact(stream_of(fact.week), fact);
        return Done{};
      }));
  registry.commands.push_back(engine::command<SetImprint>(
      "bulletin.set_imprint", "设定报头和版记", codes, [guard, issues, open](engine::Turn& turn, const SetImprint& c) -> Checked {
        YI_CHECK(open(c.week));
        if ((c.number || c.total_number) && issues->find(c.week.days)) return refusal(DeskRefused::number_is_given);
        YI_TRY(auto fact, decide(c, guard->is_week(c.week)));
        turn.fact(stream_of(fact.week), fact);
        return Done{};
      }));
  return {*guard, items, *issues};
}

}  // namespace yi::bulletin
