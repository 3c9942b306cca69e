// Duties beside the limits: to explain a passed limit in public (优化营商环境条例 §36), to tell a pause in writing (行政许可法 §45),
// to draw the consequence of a false commitment (国办发〔2020〕42号). And the light of a case that is elsewhere.
#include <gtest/gtest.h>

#include "casework/life.h"

namespace yi::casework {
namespace {
using life::Life;
using life::Wish;
using life::world;

const CivilDay kMonday = CivilDay::of(2024, 6, 3);  // 10 June is a holiday: ten working days end on 18 June, twenty on 2 July
const engine::Actor kStaff{"w01", "operator"};
const AskStanding kNobodyAsked;

Context context(CivilDay day) { return {CentreCode{990000}, at(day, 10, 0), world().catalog, world().calendar, kStaff, world().warnings, kNobodyAsked}; }
Wish wish(Act act, CivilDay day) {
  Wish w;
  w.act = act;
  w.now = at(day, 10, 0);
  return w;
}
std::string code_of(const Checked& c) { return c ? "" : c.error().code; }

Life in_review(const char* matter) {
  Life life{MatterCode{matter}};
  EXPECT_TRUE(life.act(wish(Act::receive, kMonday)));
  EXPECT_TRUE(life.act(wish(Act::accept, kMonday)));
  EXPECT_TRUE(life.act(wish(Act::transfer, kMonday)));
  return life;
}
bool has_card(const CaseState& s, Trigger t) {
  const auto* rule = world().warnings.find(t);
  return rule && std::find(s.detail.cards.begin(), s.detail.cards.end(), rule->number) != s.detail.cards.end();
}
bool looked_at(const CaseState& s, CivilDay day) {
  const auto days = s.timer_days();
  return std::find(days.begin(), days.end(), day + -1) != days.end();
}

TEST(Overdue, EachPassedLimitIsExplainedOnce) {
  auto life = in_review("JA-AA-0001");
  const auto promised = *life.state().at.promised_due, statutory = *life.state().at.statutory_due;
  EXPECT_EQ(promised, CivilDay::of(2024, 6, 18));
  EXPECT_EQ(code_of(life.act(wish(Act::explain_overdue, promised))), "casework.not_overdue");
  ASSERT_TRUE(life.timers(promised + 1));
  EXPECT_TRUE(has_card(life.state(), Trigger::promised_over));
  EXPECT_FALSE(has_card(life.state(), Trigger::unexplained)) << "the first day of it has just begun";
  ASSERT_TRUE(life.act(wish(Act::explain_overdue, promised + 1)));
  EXPECT_EQ(code_of(life.act(wish(Act::explain_overdue, promised + 1))), "casework.explained_already");
  ASSERT_TRUE(life.timers(promised + 2));
  EXPECT_FALSE(has_card(life.state(), Trigger::unexplained));
  // The law's limit is another one, whatever was said of the promise.
  ASSERT_TRUE(life.timers(statutory + 1));
  EXPECT_EQ(life.state().detail.supervision, SupervisionState::ordered);
  ASSERT_TRUE(life.act(wish(Act::answer_supervision, statutory + 1)));
  EXPECT_EQ(code_of(life.act(wish(Act::close_supervision, statutory + 1))), "casework.overdue_unexplained");
  ASSERT_TRUE(life.act(wish(Act::explain_overdue, statutory + 1)));
  EXPECT_EQ(code_of(life.act(wish(Act::explain_overdue, statutory + 1))), "casework.explained_already");
  EXPECT_TRUE(life.act(wish(Act::close_supervision, statutory + 1)));
  ASSERT_TRUE(life.state().detail.overdue);
  const auto& all = *life.state().detail.overdue;
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].limit, OverdueLimit::promised);
  EXPECT_EQ(all[1].limit, OverdueLimit::statutory);
  EXPECT_TRUE(all[0].explained && all[1].explained);
}

TEST(Overdue, TheEndOfACaseDoesNotEndTheDutyToExplain) {
  for (const auto end : {Act::decide_refuse, Act::withdraw, Act::terminate}) {
    auto life = in_review("JA-AA-0001");
    const auto late = *life.state().at.promised_due + 1;  // a Wednesday
    ASSERT_TRUE(life.timers(late));
    ASSERT_TRUE(life.act(wish(end, late)));
    EXPECT_FALSE(life.state().at.promised_due);
    EXPECT_TRUE(looked_at(life.state(), late + 1)) << static_cast<int>(end);
    EXPECT_EQ(life.state().next_due(), std::nullopt) << "a duty of the house is no limit of the case";
    ASSERT_TRUE(life.timers(late + 1));
    EXPECT_TRUE(has_card(life.state(), Trigger::unexplained)) << static_cast<int>(end);
    EXPECT_TRUE(life.act(wish(Act::explain_overdue, late + 1)));
    EXPECT_FALSE(looked_at(life.state(), late + 1));
  }
}

TEST(Overdue, TheDayToExplainIsAWorkingDay) {
  auto life = in_review("JA-AA-0023");  // five working days from 3 June: the 11th, after the holiday
  const auto due = *life.state().at.promised_due;
  ASSERT_EQ(due, CivilDay::of(2024, 6, 11));
  ASSERT_TRUE(life.timers(due + 1));
  EXPECT_EQ(life.state().detail.overdue->front().explain_by, due + 1);
  auto friday = Life{MatterCode{"JA-AA-0023"}};  // accepted on the Friday: due on 14 June, so that the first day over is a Saturday
  for (const auto act : {Act::receive, Act::accept, Act::transfer}) ASSERT_TRUE(friday.act(wish(act, kMonday + 3)));
  ASSERT_EQ(*friday.state().at.promised_due, CivilDay::of(2024, 6, 14));
  ASSERT_TRUE(friday.timers(CivilDay::of(2024, 6, 15)));
  EXPECT_EQ(friday.state().detail.overdue->front().explain_by, CivilDay::of(2024, 6, 17));
  ASSERT_TRUE(friday.timers(CivilDay::of(2024, 6, 17)));
  EXPECT_FALSE(has_card(friday.state(), Trigger::unexplained));
  ASSERT_TRUE(friday.timers(CivilDay::of(2024, 6, 18)));
  EXPECT_TRUE(has_card(friday.state(), Trigger::unexplained));
}

TEST(Pause, WithoutItsNoticeGetsACardOnTheNextWorkingDay) {
  auto life = in_review("JA-AA-0001");
  auto w = wish(Act::suspend, kMonday + 4);  // Friday 7 June; Monday is a holiday
  w.kind = catalog::SuspensionKind::expert_review;
  w.until = kMonday + 30;
  ASSERT_TRUE(life.act(w));
  const auto next = CivilDay::of(2024, 6, 11);
  EXPECT_TRUE(looked_at(life.state(), next));
  const auto cards = [&](CivilDay day, bool told) {
    std::vector<std::string> out;
    const auto facts = on_timer(life.state(), context(day), told).value();
    for (const auto& c : facts.cards) out.emplace_back(std::string_view(c.rule));
    return out;
  };
  const auto rule = world().warnings.find(Trigger::pause_untold)->number;
  EXPECT_TRUE(cards(next + -1, false).empty());
  EXPECT_EQ(cards(next, false), std::vector{rule});
  EXPECT_TRUE(cards(next, true).empty());
  ASSERT_TRUE(life.act(wish(Act::resume, next)));
  EXPECT_TRUE(cards(next + 1, false).empty());
}

TEST(Commitment, AFalseOneIsNotGrantedUntilItWasMended) {
  Life life{MatterCode{"JA-AA-0025"}};
  auto w = wish(Act::receive, kMonday);
  w.papers = {Text<120>("无记录证明")};
  ASSERT_TRUE(life.act(w));
  w = wish(Act::accept, kMonday);
  w.commitments = {Text<120>("无记录证明")};
  ASSERT_TRUE(life.act(w));
  ASSERT_TRUE(life.act(wish(Act::transfer, kMonday)));
  auto s = life.state();
  const auto check = [&](bool truthful) {
    TakeStep c;
    c.outcome = truthful;
    c.reason = "核查情况";
    const auto fact = decide(&s, Act::check_commitment, c, context(kMonday));
    ASSERT_TRUE(fact) << fact.error().sentence;
    store::Record r;
    r.name = step_name(Act::check_commitment);
    r.stream = "case:1";
    r.effective_at = r.recorded_at = at(kMonday, 11, 0);
    const auto body = json::write(*fact);
    r.body = body;
    fold(s, engine::RecordedFact(CentreCode{990000}, 99, r));
  };
  Decide grant, refuse;
  refuse.decision = Decision::refuse;
  refuse.reason = "承诺不实";
  refuse.legal_basis = "某条例第九条";
  check(false);
  EXPECT_EQ(decide(&s, grant, context(kMonday)).error().code, "casework.commitment_false");
  EXPECT_TRUE(decide(&s, refuse, context(kMonday)));
  check(true);  // 限期整改
  EXPECT_TRUE(decide(&s, grant, context(kMonday)));
}

TEST(Lights, ACaseElsewhereIsGreyWhileNoLimitRuns) {
  auto life = in_review("JA-AA-0001");
  const auto light = [&](CivilDay day) { return light_of(life.state(), day, world().warnings, world().catalog, world().calendar).value(); };
  EXPECT_EQ(light(kMonday), Light::green);
  ASSERT_TRUE(life.act(wish(Act::forward, kMonday + 1)));
  if (!life.state().at.statutory_due && !life.state().at.promised_due) { EXPECT_EQ(light(kMonday + 90), Light::grey); }
  else { EXPECT_NE(light(kMonday + 1), Light::grey); }
  ASSERT_TRUE(life.act(wish(Act::take_back, kMonday + 2)));
  EXPECT_EQ(light(kMonday + 2), Light::green);
}

}  // namespace
}  // namespace yi::casework
