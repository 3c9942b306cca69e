// 冲正 through the lane: whose act may be taken back by whom, and what stands for good.
#include <gtest/gtest.h>

#include "casework/deliveries.h"
#include "casework/life.h"
#include "casework/views.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::casework {
namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 17);
const SubjectId kNobody{};

engine::Actor staff(const char* account, RoleSet roles, const char* department = "aa") { return {account, "staff", "某甲", {department}, roles.bits, kNobody}; }
const engine::Actor kOperator{"w01", "operator"};
const engine::Actor kClerk = staff("clerk", {Role::clerk}), kOtherClerk = staff("clerk2", {Role::clerk}), kHandler = staff("handler", {Role::handler}),
                    kChief = staff("chief", {Role::handler, Role::chief_representative}), kElsewhere = staff("bb", {Role::handler, Role::chief_representative}, "bb"),
                    kRunner = staff("runner", {Role::runner}), kIssuer = staff("issuer", {Role::issue_clerk}), kLeader = staff("leader", {Role::department_leader});

class Reversal : public testing::Test {
 protected:
  static engine::RegistryFactory rooms() {
    return [] {
      engine::Registry r;
      const auto& w = life::world();  // lives as long as the program
      const auto subjects = identity::declare_subjects(r);
      const auto cases = declare(r, {{std::shared_ptr<void>(), &w.catalog}, {std::shared_ptr<void>(), &w.calendar}, {std::shared_ptr<void>(), &w.warnings}}, subjects);
      declare_deliveries(r, cases, subjects);
      return r;
    };
  }
  void SetUp() override {
    engine::EngineOptions o;
    o.centre = {990000};
    o.clock_if_new = {true, at(kMonday + 30, 9, 0)};
    engine_ = engine::Engine::open(dir_.path(), rooms(), o).value();
  }
  std::string run(const char* command, const std::string& body, const engine::Actor& actor) {
    const auto a = engine_->run(command, body, actor, at(day_, 9, ++minute_));
    return a ? "" : a.error().code;
  }
  // A command about the case, with further fields.
  std::string act(const char* command, const std::string& fields, const engine::Actor& actor) {
    return run(command, R"({"case_id":")" + std::to_string(case_id(kMonday, 1).value) + "\"" + (fields.empty() ? "" : "," + fields) + "}", actor);
  }
  std::string reverse(const engine::Actor& actor) { return act("casework.reverse", R"("reason":"点错了")", actor); }
  void receive(const char* matter = "JA-AA-0001") {
    ASSERT_EQ(run("casework.receive", std::string(R"({"matter":")") + matter + R"(","window":"W01","applicant_kind":"legal","applicant":"试验公司","materials":["申请表","证明"]})", kClerk), "");
  }
  void in_review(const char* matter = "JA-AA-0001") {
    receive(matter);
    ASSERT_EQ(act("casework.accept", R"("window":"W01")", kClerk), "");
    ASSERT_EQ(act("casework.transfer", R"("window":"W01","to":"department","signed_by":"乙")", kClerk), "");
  }
  void granted() {
    in_review();
    ASSERT_EQ(act("casework.decide", R"("decision":"grant")", kChief), "");
  }
  Stage stage() {
    auto reader = engine_->reader();
    return read_case(*reader, identity::Viewer::operator_named("t"), {990000}, case_id(kMonday, 1))->at.stage;
  }
  store::TemporaryDirectory dir_;
  std::unique_ptr<engine::Engine> engine_;
  CivilDay day_ = kMonday;
  int minute_ = 0;
};

TEST_F(Reversal, WhoMayDoTheActMayTakeItBack) {
  granted();
  for (const auto* other : {&kClerk, &kRunner, &kIssuer, &kHandler}) EXPECT_EQ(reverse(*other), "casework.not_your_act") << other->account;
  EXPECT_EQ(reverse(kElsewhere), "casework.not_your_department");
  EXPECT_EQ(stage(), Stage::granted);
  EXPECT_EQ(reverse(kChief), "");
  EXPECT_EQ(stage(), Stage::in_review);
  EXPECT_EQ(reverse(kChief), "casework.nothing_to_reverse");
}

TEST_F(Reversal, AnExtensionIsTheLeadersAlone) {
  in_review();
  ASSERT_EQ(act("casework.extend", R"("days":5,"reason":"案情复杂","approver":"丙某")", kLeader), "");
  EXPECT_EQ(reverse(kClerk), "casework.not_your_act");
  EXPECT_EQ(reverse(kHandler), "casework.not_your_act");
  EXPECT_EQ(reverse(kLeader), "");
}

TEST_F(Reversal, AClerkTakesBackAnotherClerksReceipt) {
  receive();
  EXPECT_EQ(reverse(kHandler), "casework.not_your_act");
  EXPECT_EQ(reverse(kOtherClerk), "");
  EXPECT_EQ(stage(), Stage::closed);
}

// What the law did, and what a citizen said.
TEST_F(Reversal, NobodyTakesBackAcceptanceByLawOrAnEvaluation) {
  receive();
  day_ = CivilDay::of(2024, 6, 25);  // the sixth working day: the timers accept the case before anybody comes
  EXPECT_EQ(reverse(kClerk), "casework.nothing_to_reverse");
  EXPECT_EQ(stage(), Stage::accepted);
  ASSERT_EQ(act("casework.withdraw", R"("window":"W01","reason":"不再需要")", kClerk), "");
  ASSERT_EQ(act("casework.evaluate", R"("window":"W01","level":5)", kOperator), "");
  for (const auto* actor : {&kClerk, &kChief, &kIssuer, &kOperator}) EXPECT_EQ(reverse(*actor), "casework.nothing_to_reverse") << actor->account;
}

TEST_F(Reversal, WhatWasServedIsRevokedByLawInsteadOfReversed) {
  granted();
  const auto delivered = [&](const char* document) {
    return act("casework.record_delivery", std::string(R"("document":")") + document + R"(","made_on":"2024-06-17","way":"window","delivered_on":"2024-06-17","received_by":"甲某")", kOperator);
  };
  ASSERT_EQ(delivered("acceptance_notice"), "");  // another paper than the decision
  ASSERT_EQ(delivered("permit_grant"), "");
  EXPECT_EQ(reverse(kChief), "casework.served_already");
  ASSERT_EQ(act("casework.transfer", R"("window":"W03","to":"issue_window","signed_by":"丙")", kRunner), "");
  EXPECT_EQ(reverse(kRunner), "");
}
TEST_F(Reversal, AnIssuedResultIsNotTakenBack) {
  granted();
  ASSERT_EQ(act("casework.transfer", R"("window":"W03","to":"issue_window","signed_by":"丙")", kRunner), "");
  ASSERT_EQ(act("casework.issue", R"("window":"W03","delivery":"window","received_by":"甲某")", kIssuer), "");
  EXPECT_EQ(reverse(kIssuer), "casework.served_already");
  EXPECT_EQ(stage(), Stage::issued);
}

// A second notice raises its flag at once; the flag stands, and the notice can be taken back all the same.
TEST_F(Reversal, ACardDoesNotStandInTheWay) {
  receive();
  const auto notice = [&](const char* more) {
    return act("casework.request_correction", std::string(R"("window":"W01","defects":[{"material":"申请表","wrong":"缺签字","right":"补签字"}])") + more, kClerk);
  };
  ASSERT_EQ(notice(""), "");
  ASSERT_EQ(act("casework.supply_materials", R"("window":"W01","materials":["申请表"])", kClerk), "");
  ASSERT_EQ(notice(R"(,"second_reason":"新发现的问题")"), "");
  const auto before = engine_->position();
  EXPECT_EQ(reverse(kClerk), "");
  EXPECT_EQ(stage(), Stage::received);
  engine_->wait_followed(before + 1, std::chrono::seconds(5));
  auto reader = engine_->reader();
  const auto s = read_case(*reader, identity::Viewer::operator_named("t"), {990000}, case_id(kMonday, 1)).value();
  EXPECT_EQ(s.detail.notices, 1);
  EXPECT_EQ(s.detail.cards.size(), 1u);
}

TEST_F(Reversal, AnApplicantsOwnActIsTheApplicantsAlone) {
  engine::Actor applicant{"a01", "applicant", "", {}, RoleSet{Role::applicant}.bits, kNobody};
  // The operator's wish opens the applicant's subject; the account then acts for it.
  ASSERT_EQ(run("casework.submit", R"({"matter":"JA-AA-0001","applicant_kind":"legal","applicant":"试验公司","materials":["申请表"]})", kOperator), "");
  {
    auto reader = engine_->reader();
    applicant.subject = read_case(*reader, identity::Viewer::operator_named("t"), {990000}, case_id(kMonday, 1))->subject;
  }
  ASSERT_EQ(act("casework.withdraw", R"("reason":"填错了")", applicant), "");
  EXPECT_EQ(reverse(kClerk), "casework.not_your_act");
  auto other = applicant;
  other.account = "a02";
  EXPECT_EQ(reverse(other), "casework.not_your_act");
  EXPECT_EQ(reverse(applicant), "");
  EXPECT_EQ(stage(), Stage::submitted);
}
TEST_F(Reversal, AnApplicantDoesNotTakeBackWhatTheWindowRecorded) {
  ASSERT_EQ(run("casework.receive", R"({"matter":"JA-AA-0001","window":"W01","applicant_kind":"legal","applicant":"试验公司","materials":["申请表","证明"]})", kClerk), "");
  engine::Actor applicant{"a01", "applicant", "", {}, RoleSet{Role::applicant}.bits, kNobody};
  {
    auto reader = engine_->reader();
    applicant.subject = read_case(*reader, identity::Viewer::operator_named("t"), {990000}, case_id(kMonday, 1))->subject;
  }
  ASSERT_EQ(act("casework.withdraw", R"("window":"W01","reason":"不再需要")", kClerk), "");
  EXPECT_EQ(reverse(applicant), "casework.not_your_act");
  EXPECT_EQ(reverse(kClerk), "");
  engine_.reset();
  auto s = store::open_sqlite(dir_.path(), store::Mode::write).value();
  EXPECT_FALSE(store::verify(s->writer().reader(), {990000}).broken);
}

// A handler or leader without a department acts for none, not for all.
TEST_F(Reversal, NoDepartmentIsNotEveryDepartment) {
  in_review();
  EXPECT_EQ(act("casework.decide", R"("decision":"grant")", staff("nowhere", {Role::handler, Role::chief_representative}, "")), "casework.not_your_department");
}

}  // namespace
}  // namespace yi::casework
