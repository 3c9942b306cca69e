#include <algorithm>

#include "replay/plan.h"

namespace yi::replay {
namespace {

Refusal not_lawful(const std::string& why) {
  return {"replay.not_lawful", "本周的办件数在法律上无法成立：" + why, "请核对文件中受理、颁发、流转的数字。", 422, ""};
}

// Moves `n` at most from one count to another; returns how many.
std::int64_t move(std::int64_t& from, std::int64_t& to, std::int64_t n) {
  n = std::max<std::int64_t>(0, std::min(from, n));
  from -= n;
  to += n;
  return n;
}

}  // namespace

void Mixture::add(const Mixture& o) {
  for (const auto count : {&Mixture::finished, &Mixture::instant, &Mixture::in_review, &Mixture::accepted_only, &Mixture::returned,
                           &Mixture::results_issued, &Mixture::results_waiting, &Mixture::carried_over, &Mixture::waiting_issued,
                           &Mixture::review_finished, &Mixture::accepted_finished})
    this->*count += o.*count;
}

// What each life gives (transfers, issues): finished (2,1), instant (0,1), in_review (1,0), accepted_only (0,0),
// a result issued (1,1), a result waiting (1,0), carried over or waiting from before (0,1), review finished (1,1),
// accepted before and finished (2,1).
// Starts from the usual shape of a week and moves lives until both sums fit; what stays over in transfers are results
// that nobody has collected yet, what stays over in issues was decided before the centre went live.
Result<Mixture> mix(const PlanRequest& q, bool instant_matters) {
  const auto& f = q.figures;
  if (f.consulted < 0 || f.accepted < 0 || f.issued < 0 || f.transferred < 0) return not_lawful("有负数。");
  std::int64_t waiting = 0, reviewing = 0, accepted_before = 0;
  for (const auto& c : q.open_cases) {
    const bool decided = c.stage == casework::Stage::granted || c.stage == casework::Stage::refused;
    waiting += decided && (c.holder == casework::Holder::issue_window || c.type == casework::CaseType::instant);
    reviewing += c.stage == casework::Stage::in_review && c.holder == casework::Holder::department;
    accepted_before += c.stage == casework::Stage::accepted && c.type == casework::CaseType::promised;
  }
  Mixture m;
  m.instant = instant_matters ? f.accepted / 4 : 0;
  m.finished = f.accepted * 45 / 100;
  m.in_review = f.accepted / 5;
  m.accepted_only = f.accepted - m.instant - m.finished - m.in_review;

  // Too many issues or transfers already: cases stay open longer.
  move(m.finished, m.accepted_only, m.finished + m.instant - f.issued);
  move(m.instant, m.accepted_only, m.finished + m.instant - f.issued);
  while (2 * m.finished + m.in_review > f.transferred)
    if (move(m.in_review, m.accepted_only, 1) == 0) move(m.finished, m.accepted_only, 1);

  const auto issues_left = [&] { return f.issued - m.issued(); };
  const auto transfers_left = [&] { return f.transferred - m.transferred(); };
  m.waiting_issued = std::min(waiting, issues_left());
  m.review_finished = std::max<std::int64_t>(0, std::min({reviewing, issues_left(), transfers_left()}));
  m.results_issued = std::min(issues_left(), transfers_left());
  if (issues_left() > 0 && q.first_week) m.carried_over = issues_left();
  // From the second week on nothing is carried over: every issue needs a transfer of the week, a result that waited,
  // or a decision on the spot.
  while (issues_left() > 0) {
    const bool moved = instant_matters && (move(m.accepted_only, m.instant, 1) || move(m.in_review, m.instant, 1) || move(m.finished, m.instant, 1));
    if (!moved)
      return not_lawful("颁发 " + std::to_string(f.issued) + " 件，而本周流转 " + std::to_string(f.transferred) + " 件次、受理 " +
                        std::to_string(f.accepted) + " 件，加上周末前待领的 " + std::to_string(waiting) + " 件，最多只能颁发 " +
                        std::to_string(m.issued()) + " 件。");
    m.results_issued += std::min(issues_left(), transfers_left());
  }
  // Cases accepted the week before go on too, one result less from elsewhere for each.
  const auto moved_on = std::min({accepted_before, m.results_issued, transfers_left()});
  m.accepted_finished += moved_on;
  m.results_issued -= moved_on;
  m.returned = std::min((m.finished + m.in_review) / 3, transfers_left() / 4);
  m.results_waiting = transfers_left();
  return m;
}

}  // namespace yi::replay
