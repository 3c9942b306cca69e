#include "casework/quota.h"

#include <gtest/gtest.h>

#include "casework/declare.h"
#include "casework/life.h"
#include "casework/views.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::casework {
namespace {

constexpr auto kNone = QuotaClaim::none, kWaits = QuotaClaim::waits, kGranted = QuotaClaim::granted;
const CivilDay kMonday = CivilDay::of(2024, 6, 17);
const engine::Actor kActor{"w01", "operator"};

std::string code(const Checked& c) { return c ? "" : c.error().code; }

TEST(Quota, TheOrderOfAcceptanceDecides) {
  QuotaState q;
  const QuotaPlace first{1'000, 1}, second{2'000, 2}, third{2'000, 3};
  for (const auto& p : {third, first, second}) q.move(p, kNone, kWaits);
  EXPECT_EQ(q.waiting, (std::vector<QuotaPlace>{first, second, third}));
  EXPECT_EQ(code(q.may_grant(second, 2)), "");
  EXPECT_EQ(code(q.may_grant(third, 2)), "casework.earlier_waits");
  q.move(first, kWaits, kNone);  // refused or withdrawn: its place is free
  EXPECT_EQ(code(q.may_grant(third, 2)), "");
  q.move(second, kWaits, kGranted);
  q.move(third, kWaits, kGranted);
  EXPECT_EQ(code(q.may_grant({500, 9}, 2)), "casework.quantity_exhausted");  // even if accepted by law before all others
  q.move(second, kGranted, kWaits);  // the decision was reversed
  EXPECT_EQ(code(q.may_grant(second, 2)), "");
  EXPECT_EQ(q.granted, 1);
}

TEST(Quota, PeriodsFollowTheDayOfAcceptance) {
  const auto& monthly = life::world().catalog.get_matter({"JA-AA-0010"});
  EXPECT_EQ(quota_key(monthly, kMonday), Text<60>("JA-AA-0010/2024-06"));
  EXPECT_EQ(quota_key(life::world().catalog.get_matter({"JA-AA-0011"}), kMonday), Text<60>("JA-AA-0011/2024"));
  auto total = monthly;
  total.quantity_limit->period = catalog::QuotaPeriod::total;
  EXPECT_EQ(quota_key(total, kMonday), Text<60>("JA-AA-0010/all"));
  EXPECT_FALSE(quota_key(life::world().catalog.get_matter({"JA-AA-0001"}), kMonday));
}

// Three cases of a matter of two a year, decided on the spot, through the lane.
class QuotaInTheLane : public testing::Test {
 protected:
  static engine::RegistryFactory rooms() {
    return [] {
      engine::Registry r;
      const auto& w = life::world();
      // The world lives as long as the program.
      declare(r, {{std::shared_ptr<void>(), &w.catalog}, {std::shared_ptr<void>(), &w.calendar}, {std::shared_ptr<void>(), &w.warnings}},
              identity::declare_subjects(r));
      return r;
    };
  }
  std::unique_ptr<engine::Engine> open() const {
    engine::EngineOptions o;
    o.centre = {990000};
    o.clock_if_new = {true, at(kMonday + 7, 9, 0)};
    return engine::Engine::open(dir_.path(), rooms(), o).value();
  }
  static std::string about(int serial) { return R"({"case_id":")" + std::to_string(case_id(kMonday, serial).value) + R"(",)"; }
  static std::string run(engine::Engine& e, const char* command, const std::string& body, int minute) {
    const auto a = e.run(command, body, kActor, at(kMonday, 9, minute));
    return a ? "" : a.error().code;
  }
  static std::string grant(engine::Engine& e, int serial, int minute) { return run(e, "casework.decide", about(serial) + R"("decision":"grant"})", minute); }
  store::TemporaryDirectory dir_;
};

TEST_F(QuotaInTheLane, RefusesWhoComesTooLateAndSurvivesARestart) {
  auto e = open();
  for (int i = 1; i <= 3; ++i)
    ASSERT_EQ(run(*e, "casework.receive", R"({"matter":"JA-AA-0011","window":"W01","applicant_kind":"legal","applicant":"试验公司","materials":["申请表","证明"]})", i), "");
  for (int i : {2, 1, 3}) ASSERT_EQ(run(*e, "casework.accept", about(i) + R"("window":"W01"})", 10), "");
  EXPECT_EQ(grant(*e, 3, 20), "casework.earlier_waits");
  ASSERT_EQ(grant(*e, 1, 21), "");
  EXPECT_EQ(grant(*e, 3, 22), "casework.earlier_waits");
  e.reset();
  e = open();
  ASSERT_EQ(grant(*e, 2, 23), "");
  EXPECT_EQ(grant(*e, 3, 24), "casework.quantity_exhausted");
  ASSERT_EQ(run(*e, "casework.reverse", about(2) + R"("reason":"录入错误"})", 25), "");
  EXPECT_EQ(grant(*e, 3, 26), "casework.earlier_waits");
  ASSERT_EQ(run(*e, "casework.decide", about(2) + R"("decision":"refuse","reason":"不符合条件","legal_basis":"某条例第九条"})", 27), "");
  EXPECT_EQ(grant(*e, 3, 28), "");
  e.reset();
  auto s = store::open_sqlite(dir_.path(), store::Mode::write).value();
  const auto keys = store::KeyVault::open(dir_.path(), {990000}, {}, store::KeyAccess::read).value();
  engine::RebuildOptions with_keys;
  with_keys.keys = keys.get();
  for (const auto& v : engine::rebuild(s->writer(), rooms(), {990000}, with_keys).views) EXPECT_FALSE(v.difference) << *v.difference;
}

// What was accepted elsewhere before the centre opened stands before what is accepted here, and what was granted is used up.
TEST_F(QuotaInTheLane, CountsWhatWasCarriedOver) {
  auto e = open();
  const auto carry = [&](const char* number, const char* more, int minute) {
    return run(*e, "casework.carry_over", std::string(R"({"matter":"JA-AA-0011","foreign_number":")") + number + R"(","accepted_on":"2024-06-11")" + more + "}", minute);
  };
  ASSERT_EQ(carry("旧1", R"(,"window":"W03","decided_on":"2024-06-13")", 1), "");
  ASSERT_EQ(carry("旧2", R"(,"window":"W01")", 2), "");
  ASSERT_EQ(run(*e, "casework.receive", R"({"matter":"JA-AA-0011","window":"W01","applicant_kind":"legal","applicant":"试验公司","materials":["申请表","证明"]})", 3), "");
  ASSERT_EQ(run(*e, "casework.accept", about(3) + R"("window":"W01"})", 4), "");
  EXPECT_EQ(grant(*e, 3, 5), "casework.earlier_waits");  // one of two is granted, the other goes to who was accepted first
  ASSERT_EQ(grant(*e, 2, 6), "");
  EXPECT_EQ(grant(*e, 3, 7), "casework.quantity_exhausted");
}

// §57: to the second. Both cases are accepted by law on the same morning; their papers came in the other order.
TEST_F(QuotaInTheLane, AnAcceptanceByLawStandsWhereItsPapersCame) {
  auto e = open();
  for (int i = 1; i <= 3; ++i)
    ASSERT_EQ(run(*e, "casework.receive", R"({"matter":"JA-AA-0011","window":"W01","applicant_kind":"legal","applicant":"试验公司","materials":["申请表","证明"]})", i), "");
  ASSERT_EQ(run(*e, "casework.accept", about(3) + R"("window":"W01"})", 10), "");  // at ten past nine, after both others came
  const auto next_morning = at(CivilDay::of(2024, 6, 25), 9, 0);
  const auto granted = [&](int serial) {
    const auto a = e->run("casework.decide", about(serial) + R"("decision":"grant"})", kActor, next_morning);
    return a ? "" : a.error().code;
  };
  EXPECT_EQ(granted(3), "casework.earlier_waits");
  EXPECT_EQ(granted(1), "");
  EXPECT_EQ(granted(3), "casework.earlier_waits");
  EXPECT_EQ(granted(2), "");
  auto reader = e->reader();
  const auto s = read_case(*reader, identity::Viewer::operator_named("t"), {990000}, case_id(kMonday, 2)).value();
  EXPECT_EQ(s.detail.limited->accepted_at, at(kMonday, 9, 2).ms);
}

}  // namespace
}  // namespace yi::casework
