#include "casework/open_counts.h"

#include "casework/queue.h"

namespace yi::casework {
namespace {

bool stands_still(Stage s) { return s == Stage::correction || s == Stage::pre_returned || s == Stage::correction_in_review || s == Stage::suspended; }

// Of cases whose nearest limit has passed: how many are red. Elsewhere the day says it; while the applicant corrects papers in review the
// day may be theirs, so each of those is looked at.
Result<std::int64_t> overdue_in_review(store::Reader& reader, CentreCode centre, const Ground& ground, CivilDay today) {
  std::int64_t red = 0;
  std::vector<std::int64_t> ids;
  {
    auto c = reader.select("SELECT case_id FROM casework_queue WHERE centre=$1 AND stage=$2 AND due<$3", {centre.value, static_cast<int>(Stage::correction_in_review), today.days});
    while (c->next()) ids.push_back(c->integer(0));
  }
  const auto sql = store::select_row_sql(CaseState::view(), CaseState::view().name);
  for (const auto id : ids) {
    auto c = reader.select(sql, {centre.value, id});
    if (!c->next()) continue;
    const auto s = CaseState::from(store::read_row(CaseState::view(), *c));
    YI_TRY(const auto light, light_of(s, today, ground.warnings_on(today), *ground.catalog, *ground.calendar));
    red += light == Light::red;
  }
  return red;
}

}  // namespace

Result<OpenCounts> count_open(store::Reader& reader, CentreCode centre, const Ground& ground, CivilDay today) {
  OpenCounts n;
  YI_TRY(const auto soon, ground.calendar->add_working_days(today, calendar::WorkingDays{kSoonDays}));
  for (int i = 1; i < kStages; ++i) {
    const auto stage = static_cast<Stage>(i);
    if (is_end(stage)) continue;
    std::int64_t all = 0, past = 0;
    auto c = reader.select("SELECT due, count(*) FROM casework_queue WHERE centre=$1 AND stage=$2 GROUP BY due", {centre.value, i});
    while (c->next()) {
      const auto due = c->integer(0), cases = c->integer(1);
      all += cases;
      if (due < today.days) past += cases;
      else if (stands_still(stage) || (stage == Stage::forwarded && due == kNoDue)) n.waiting += cases;
      else if (due == today.days) n.due_today += cases;
      else if (due <= soon.days) n.due_soon += cases;
      else n.in_time += cases;
    }
    std::int64_t red = past;
    if (stage == Stage::correction || stage == Stage::pre_returned) red = 0;  // the applicant's time has passed, not the centre's
    if (stage == Stage::correction_in_review && past > 0) {
      YI_TRY(red, overdue_in_review(reader, centre, ground, today));
    }
    n.overdue += red;
    n.waiting += past - red;
    n.open += all;
    (stage < Stage::accepted ? n.before_acceptance : stage < Stage::granted ? n.in_handling : n.to_issue) += all;
  }
  return n;
}

}  // namespace yi::casework
