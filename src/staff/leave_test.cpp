#include <gtest/gtest.h>

#include "engine/engine.h"
#include "staff/declare.h"
#include "staff/leave_declare.h"
#include "staff/views.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::staff;

namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 24);
const engine::Actor kJia{"clerk.jia", "staff", "", {"scjgj"}}, kYi{"clerk.yi", "staff", "", {"scjgj"}}, kChief{"chief.ji", "staff", "", {"scjgj"}},
    kOtherChief{"chief.geng", "staff", "", {"gat"}}, kUnit{"leader.geng", "staff", "", {"scjgj"}}, kCentre{"boss.bing", "staff"};

LeaveGround ground() {
  return {std::make_shared<const LeaveRules>(LeaveRules::load(YI_SOURCE_DIR "/data/sichuan/leave.yaml").value()),
          std::make_shared<const calendar::Calendar>(calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value()),
          [](const std::string& account) -> std::optional<Colleague> {
            if (account == "clerk.jia") return Colleague{"钱一明", {"scjgj"}};
            if (account == "clerk.yi") return Colleague{"孙小满", {"scjgj"}};
            if (account == "guide.ren") return Colleague{"任导办", {}};
            if (account == "chief.ji") return Colleague{"李首席", {"scjgj"}, "", {identity::Role::chief_representative}};
            if (account == "leader.geng") return Colleague{"耿局长", {"scjgj"}, "", {identity::Role::department_leader}};
            return std::nullopt;
          }};
}

class LeaveRequests : public ::testing::Test {
 protected:
  void SetUp() override {
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(kMonday, 8, 0)};
    engine_ = engine::Engine::open(directory_.path(), [this] {
                engine::Registry r;
                const auto subjects = identity::declare_subjects(r);
                declare(r, [](const DepartmentCode&) { return true; });
                declare_leave(r, ground_, subjects);
                return r;
              }, o).value();
  }
  template <class C>
  std::string give(const char* command, const C& c, const engine::Actor& by, int day = 0) {
    const auto a = engine_->run(command, json::write(c), by, at(kMonday + day, 9, 0));
    return a ? "" : a.error().code;
  }
  AskLeave wish(LeaveKind kind, int from, int to) { return {kind, kMonday + from, kMonday + to, Text<500>("家事"), Text<64>("clerk.yi"), {}, {}}; }
  std::string ask(const AskLeave& c, int day = 0) { return give("staff.ask_leave", c, kJia, day); }
  std::string approve(int leave, const char* step, const engine::Actor& by, int day = 0) { return give((std::string("staff.approve_leave_at_") + step).c_str(), ApproveLeave{{leave}, {}}, by, day); }
  void approve_all(int leave, int day = 0) {
    for (const auto& [step, by] : {std::pair{"window", kChief}, {"unit", kUnit}, {"centre", kCentre}}) ASSERT_EQ(approve(leave, step, by, day), "");
  }
  // What the bulletin of the first two weeks would say: "name from–to days".
  std::string told() {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    std::string all;
    for (const auto& l : leaves_touching(*reader, {510000}, identity::Viewer::operator_named("t"), kMonday, kMonday + 13, 3))
      all += std::string(l.fact.name) + " " + std::to_string(l.fact.from - kMonday) + "-" + std::to_string(l.fact.to - kMonday) + " " + std::to_string(l.fact.days) + ";";
    return all;
  }
  std::string ledger() {
    auto reader = engine_->reader();
    std::string all;
    reader->events({510000}, 1, engine_->position(), [&](const store::LedgerRow& row) {
      all += row.record;
      return true;
    });
    return all;
  }
  template <class F>
  auto see(F f, const std::string& account = "boss.bing", CivilDay today = kMonday, const char* department = "") {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    identity::Viewer viewer{identity::Viewer::Kind::staff, account};
    viewer.department.value = department;
    return f(LeaveReader{*reader, {510000}, viewer, *ground_.rules, today, engine_->keys(), *ground_.calendar, ground_.stands_for});
  }
  template <class F>
  auto see_as(identity::Role role, F f, const std::string& account, const char* department = "") {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    identity::Viewer viewer{identity::Viewer::Kind::staff, account, {}, {role}};
    viewer.department.value = department;
    return f(LeaveReader{*reader, {510000}, viewer, *ground_.rules, kMonday, engine_->keys(), *ground_.calendar, ground_.stands_for});
  }
  // The centre has edited its table.
  void begin_again() {
    engine_.reset();
    SetUp();
  }
  // What has been said of a leave, as somebody reads it on their page.
  static std::string remarks(const LeaveEntry& e) {
    std::string all;
    for (const auto& r : e.remarks) all += std::string(json::enum_name(r.said)) + " " + r.by + " " + r.note + ";";
    return all;
  }
  LeaveEntry own(LeaveId leave, const std::string& account = "clerk.jia") {
    for (const auto& e : see([&](const LeaveReader& h) { return leaves_of(h, account, 10); }, account))
      if (e.leave == leave) return e;
    return {};
  }
  LeaveGround ground_ = ground();
  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
};

}  // namespace

TEST_F(LeaveRequests, OneDayGoesToTheWindowsHeadAlone) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 1, 1)), "");
  EXPECT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{1}, {}}, kCentre), "staff.not_this_step");
  EXPECT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kOtherChief), "staff.leave_of_other_department");
  EXPECT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kJia), "staff.own_leave");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief), "");
  EXPECT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief), "staff.leave_not_waiting");
  EXPECT_EQ(give("staff.confirm_hand_over", ConfirmHandOver{{1}, {}}, kChief), "staff.not_substitute");
  ASSERT_EQ(give("staff.confirm_hand_over", ConfirmHandOver{{1}, {}}, kYi), "");
  EXPECT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia), "staff.leave_not_begun");
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 2), "");
}

TEST_F(LeaveRequests, LongerOnesClimbAndReachTheBulletin) {
  auto c = wish(LeaveKind::official, 0, 4);  // Monday to Friday
  ASSERT_EQ(ask(c), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief), "");
  EXPECT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{1}, {}}, kCentre), "staff.not_this_step") << "the home unit comes before the centre";
  ASSERT_EQ(give("staff.approve_leave_at_unit", ApproveLeave{{1}, {}}, kUnit), "");
  auto leaves = [this] {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    return leaves_touching(*reader, {510000}, identity::Viewer::anonymous(), kMonday, kMonday + 6, 3);
  };
  EXPECT_TRUE(leaves().empty()) << "nothing is told of what is not approved";
  ASSERT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{1}, {}}, kCentre), "");
  const auto told = leaves();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].fact.name, "钱一明");
  EXPECT_EQ(told[0].fact.days, 5);
  // Back on Thursday: what is told is what was taken.
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 3), "");
  const auto taken = leaves();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].fact.days, 3);
  EXPECT_EQ(taken[0].fact.to, kMonday + 2);
  // And withdrawn before it began, it was none.
  ASSERT_EQ(ask(wish(LeaveKind::official, 7, 11), 3), "");
  for (const auto& [command, by] : {std::pair{"staff.approve_leave_at_window", kChief}, {"staff.approve_leave_at_unit", kUnit}, {"staff.approve_leave_at_centre", kCentre}})
    ASSERT_EQ(give(command, ApproveLeave{{2}, {}}, by, 3), "");
  ASSERT_EQ(give("staff.withdraw_leave", WithdrawLeave{{2}}, kJia, 4), "");
  EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
  auto reader = engine_->reader();
  EXPECT_TRUE(leaves_touching(*reader, {510000}, identity::Viewer::anonymous(), kMonday + 7, kMonday + 13, 3).empty());
}

TEST_F(LeaveRequests, DaysAreCountedByTheKind) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 3, 8)), "");  // Thursday to Tuesday: four working days
  auto c = wish(LeaveKind::sick, 10, 15);
  EXPECT_EQ(ask(c), "staff.certificate_missing");
  c.certificate = Text<120>("市一医院诊断证明");
  ASSERT_EQ(ask(c), "");  // six calendar days
  const auto mine = see([](const LeaveReader& h) { return leaves_of(h, "clerk.jia", 10); }, "clerk.jia");
  ASSERT_EQ(mine.size(), 2u);
  EXPECT_EQ(mine[0].days, 6);
  EXPECT_EQ(mine[1].days, 4);
  EXPECT_TRUE(mine[0].kind) << "one's own";
  const auto waiting = see([](const LeaveReader& h) { return leaves_waiting(h, 10); }, "chief.ji", kMonday, "scjgj");
  EXPECT_EQ(waiting[1].kind, LeaveKind::sick) << "whoever decides is told";
  EXPECT_EQ(waiting[1].certificate, "市一医院诊断证明");
  EXPECT_EQ(waiting[1].reason, "家事");
  for (const auto& [command, by] : {std::pair{"staff.approve_leave_at_window", kChief}, {"staff.approve_leave_at_unit", kUnit}, {"staff.approve_leave_at_centre", kCentre}})
    ASSERT_EQ(give(command, ApproveLeave{{2}, {}}, by), "");
  const auto running = see([](const LeaveReader& h) { return leaves_running(h, 10); }, "boss.bing", kMonday + 10);
  ASSERT_EQ(running.size(), 1u);
  EXPECT_FALSE(running[0].kind) << "behind that, health is nobody's without the right";
  EXPECT_FALSE(running[0].reason);
  EXPECT_EQ(ask(wish(LeaveKind::personal, 5, 7)), "staff.leave_overlaps");
  EXPECT_EQ(ask(wish(LeaveKind::personal, 19, 20)), "staff.no_working_day") << "a weekend";
}

TEST_F(LeaveRequests, WishesThatCannotBe) {
  EXPECT_EQ(give("staff.ask_leave", wish(LeaveKind::personal, 0, 0), kCentre), "staff.no_account");
  EXPECT_EQ(ask(wish(LeaveKind::personal, 1, 0)), "staff.span_reversed");
  EXPECT_EQ(ask(wish(LeaveKind::maternity, 0, 400)), "staff.span_too_long");
  EXPECT_EQ(ask(wish(LeaveKind::personal, -8, 0)), "staff.begins_in_the_past");
  auto c = wish(LeaveKind::personal, 0, 0);
  c.substitute.reset();
  EXPECT_EQ(ask(c), "staff.substitute_missing");
  c.substitute = Text<64>("clerk.jia");
  EXPECT_EQ(ask(c), "staff.substitute_is_oneself");
  c.substitute = Text<64>("nobody");
  EXPECT_EQ(ask(c), "staff.unknown_substitute");
  c = wish(LeaveKind::personal, 0, 0);
  c.reason = Text<500>(" ");
  EXPECT_EQ(ask(c), "staff.reason_missing");
  EXPECT_EQ(give("staff.withdraw_leave", WithdrawLeave{{9}}, kJia), "staff.unknown_leave");
}

TEST_F(LeaveRequests, ExtensionReturnAndOverdue) {
  ASSERT_EQ(ask(wish(LeaveKind::bereavement, 0, 1)), "");
  for (const auto& [command, by] : {std::pair{"staff.approve_leave_at_window", kChief}, {"staff.approve_leave_at_unit", kUnit}}) ASSERT_EQ(give(command, ApproveLeave{{1}, {}}, by), "");
  auto more = wish(LeaveKind::bereavement, 3, 3);
  more.extends = LeaveId{1};
  EXPECT_EQ(ask(more, 1), "staff.extension_must_follow");
  more = wish(LeaveKind::bereavement, 2, 2);
  more.extends = LeaveId{1};
  ASSERT_EQ(ask(more, 1), "");
  for (const auto& [command, by] : {std::pair{"staff.approve_leave_at_window", kChief}, {"staff.approve_leave_at_unit", kUnit}}) ASSERT_EQ(give(command, ApproveLeave{{2}, {}}, by, 1), "");
  auto another = wish(LeaveKind::personal, 3, 3);
  another.extends = LeaveId{2};
  EXPECT_EQ(ask(another, 1), "staff.unknown_extended") << "another kind continues nothing";
  EXPECT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 2), "staff.leave_not_approved") << "the first has gone over into the second";
  EXPECT_EQ(give("staff.decide_overdue_return", DecideOverdueReturn{{2}, true, Text<500>("无故")}, kCentre, 5), "staff.not_overdue");
  const auto running = see([](const LeaveReader& h) { return leaves_running(h, 10); }, "boss.bing", kMonday + 6);
  ASSERT_EQ(running.size(), 1u);
  EXPECT_TRUE(running[0].overdue);
  EXPECT_TRUE(running[0].hand_over_missing);
  EXPECT_EQ(give("staff.decide_overdue_return", DecideOverdueReturn{{2}, true, Text<500>("")}, kCentre, 6), "staff.reason_missing");
  ASSERT_EQ(give("staff.decide_overdue_return", DecideOverdueReturn{{2}, false, Text<500>("航班取消，有证明")}, kCentre, 6), "");
  EXPECT_EQ(give("staff.return_from_leave", ReturnFromLeave{{2}}, kJia, 7), "staff.leave_not_approved");
}

TEST_F(LeaveRequests, AnnualLeaveIsNoMoreThanTheLawGives) {
  EXPECT_EQ(ask(wish(LeaveKind::annual, 0, 0)), "staff.annual_spent") << "nobody knows since when they work";
  EXPECT_EQ(give("staff.record_service", RecordService{Text<64>("clerk.jia"), CivilDay::of(2019, 7, 1), false, true}, kJia), "staff.own_leave");
  ASSERT_EQ(give("staff.record_service", RecordService{Text<64>("clerk.jia"), CivilDay::of(2019, 7, 1), false, true}, kCentre), "");
  EXPECT_EQ(ask(wish(LeaveKind::annual, 0, 7)), "staff.annual_spent") << "six working days of five";
  ASSERT_EQ(ask(wish(LeaveKind::annual, 0, 4)), "");
  EXPECT_EQ(ask(wish(LeaveKind::annual, 7, 7)), "staff.annual_spent");
  ASSERT_EQ(give("staff.reject_leave_at_window", RejectLeave{{1}, Text<500>("窗口无人")}, kChief), "");
  ASSERT_EQ(ask(wish(LeaveKind::annual, 7, 11)), "") << "what was rejected is given back";
  ASSERT_EQ(give("staff.withdraw_leave", WithdrawLeave{{2}}, kJia), "");
  ASSERT_EQ(ask(wish(LeaveKind::annual, 7, 7)), "");
}

TEST_F(LeaveRequests, AChainIsJudgedAsOne) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 0)), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief), "");
  auto more = wish(LeaveKind::personal, 1, 1);
  more.extends = LeaveId{1};
  ASSERT_EQ(ask(more), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{2}, {}}, kChief), "");
  ASSERT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{2}, {}}, kCentre), "") << "the second day is one of two";
  more = wish(LeaveKind::personal, 2, 2);
  more.extends = LeaveId{2};
  ASSERT_EQ(ask(more), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{3}, {}}, kChief), "");
  EXPECT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{3}, {}}, kCentre), "staff.not_this_step") << "and the third of three needs the home unit";
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{2}}, kJia, 1), "");
  EXPECT_EQ(give("staff.approve_leave_at_unit", ApproveLeave{{3}, {}}, kUnit, 1), "staff.extended_gone");
}

TEST(AnnualLeave, FollowsTheRegulation) {
  const CivilDay on = CivilDay::of(2024, 6, 24);
  const auto days = [&](CivilDay since, YearState now = {}, YearState before = {}, bool school = false, bool pay_kept = true) {
    return annual_entitlement(ServiceState{since, school, pay_kept}, before, now, on).days;
  };
  EXPECT_EQ(days(CivilDay::of(2023, 6, 1)), 0) << "the days come in the month after the year is completed";
  EXPECT_EQ(days(CivilDay::of(2023, 5, 31)), 5);
  EXPECT_EQ(days(CivilDay::of(2014, 6, 1)), 5);
  EXPECT_EQ(days(CivilDay::of(2014, 5, 31)), 10);
  EXPECT_EQ(days(CivilDay::of(2004, 6, 1)), 10);
  EXPECT_EQ(days(CivilDay::of(2004, 5, 31)), 15);
  const auto ten = CivilDay::of(2010, 1, 1), five = CivilDay::of(2020, 1, 1), fifteen = CivilDay::of(2000, 1, 1);
  EXPECT_EQ(days(ten, {}, {}, true), 0);
  EXPECT_EQ(days(ten, {0, 20, 0}), 0) << "this year's personal leave takes this year's";
  EXPECT_EQ(days(ten, {0, 20, 0}, {}, false, false), 10) << "with a cut in pay the days stay";
  EXPECT_EQ(days(ten, {}, {0, 20, 0}), 10) << "whoever took none last year is not punished twice";
  EXPECT_EQ(days(ten, {}, {10, 20, 0}), 0) << "taken first and then the case: the next year's goes";
  EXPECT_EQ(days(five, {0, 0, 59}), 5);
  EXPECT_EQ(days(five, {0, 0, 60}), 0);
  EXPECT_EQ(days(ten, {0, 0, 89}), 10);
  EXPECT_EQ(days(ten, {0, 0, 90}), 0);
  const auto ten_since_march = CivilDay::of(2014, 3, 1);
  EXPECT_EQ(days(ten_since_march, {}, {5, 0, 70}), 0) << "last year's sick leave is judged by last year's five days";
  EXPECT_EQ(days(ten_since_march, {0, 0, 70}), 10) << "and this year's by this year's ten";
  EXPECT_EQ(days(fifteen, {0, 0, 119}), 15);
  EXPECT_EQ(days(fifteen, {0, 0, 120}), 0);
}

TEST_F(LeaveRequests, WhoeverComesBackEarlyKeepsTheRestOfTheAnnualLeave) {
  ASSERT_EQ(give("staff.record_service", RecordService{Text<64>("clerk.jia"), CivilDay::of(2019, 7, 1), false, true}, kCentre), "");
  ASSERT_EQ(ask(wish(LeaveKind::annual, 0, 4)), "");
  for (const auto& [command, by] : {std::pair{"staff.approve_leave_at_window", kChief}, {"staff.approve_leave_at_unit", kUnit}, {"staff.approve_leave_at_centre", kCentre}})
    ASSERT_EQ(give(command, ApproveLeave{{1}, {}}, by), "");
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 2), "");
  EXPECT_EQ(ask(wish(LeaveKind::annual, 7, 10), 2), "staff.annual_spent") << "three were left";
  EXPECT_EQ(ask(wish(LeaveKind::annual, 7, 9), 2), "");
}

TEST_F(LeaveRequests, WhoeverComesBackEarlyHasTakenNoMorePersonalAndSickLeave) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 4)), "");
  approve_all(1);
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 2), "");
  auto c = wish(LeaveKind::sick, 7, 16);
  c.certificate = Text<120>("诊断证明");
  ASSERT_EQ(ask(c, 7), "");
  approve_all(2, 7);
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{2}}, kJia, 11), "");
  auto reader = engine_->reader();
  auto row = reader->select("SELECT personal, sick FROM staff_leave_year WHERE centre=$1 AND account_year=$2", {510000, YearGuard::key("clerk.jia", 2024)});
  ASSERT_TRUE(row->next());
  EXPECT_EQ(row->integer(0), 2) << "Monday and Tuesday";
  EXPECT_EQ(row->integer(1), 4) << "Monday to Thursday";
}

TEST_F(LeaveRequests, DaysCountInTheirOwnYear) {
  const int eve = CivilDay::of(2024, 12, 30) - kMonday;  // Monday; Wednesday is New Year's Day
  ASSERT_EQ(give("staff.record_service", RecordService{Text<64>("clerk.jia"), CivilDay::of(2019, 7, 1), false, true}, kCentre), "");
  ASSERT_EQ(ask(wish(LeaveKind::annual, eve, eve + 9), eve), "") << "two days of 2024 and five of 2025";
  EXPECT_EQ(ask(wish(LeaveKind::annual, eve + 10, eve + 10), eve), "staff.annual_spent") << "2025 has none left";
  EXPECT_EQ(ask(wish(LeaveKind::annual, eve - 5, eve - 2), eve), "") << "2024 has three: Wednesday to Friday";
  EXPECT_EQ(ask(wish(LeaveKind::annual, eve - 6, eve - 6), eve), "staff.annual_spent") << "and no fourth";
}

TEST(LeaveRulesFile, AHouseMayCountTheDaysOfReturnInWorkingDays) {
  auto rules = LeaveRules::load(YI_SOURCE_DIR "/data/sichuan/leave.yaml").value();
  const auto calendar = calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value();
  const auto thursday = kMonday + 3;
  EXPECT_FALSE(is_overdue(thursday, kMonday + 6, rules, calendar));
  EXPECT_TRUE(is_overdue(thursday, kMonday + 7, rules, calendar)) << "Monday is the fourth day";
  rules.overdue_count = CountMode::working;
  EXPECT_FALSE(is_overdue(thursday, kMonday + 8, rules, calendar)) << "Tuesday is the third working day";
  EXPECT_TRUE(is_overdue(thursday, kMonday + 9, rules, calendar));
}

TEST_F(LeaveRequests, PartsOfAnExtendedLeaveAreOneInTheBulletin) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 1)), "");
  ASSERT_EQ(approve(1, "window", kChief), "");
  ASSERT_EQ(approve(1, "centre", kCentre), "");
  EXPECT_EQ(told(), "") << "two days are none of the bulletin's";
  auto more = wish(LeaveKind::personal, 2, 3);
  more.extends = LeaveId{1};
  ASSERT_EQ(ask(more, 1), "");
  EXPECT_EQ(told(), "");
  approve_all(2, 1);
  EXPECT_EQ(told(), "钱一明 0-3 4;");
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{2}}, kJia, 3), "");
  EXPECT_EQ(told(), "钱一明 0-2 3;");
}

TEST_F(LeaveRequests, AWithdrawnExtensionLeavesTheFirstWithItsReturn) {
  ASSERT_EQ(ask(wish(LeaveKind::official, 0, 3)), "");
  approve_all(1);
  auto more = wish(LeaveKind::official, 4, 4);
  more.extends = LeaveId{1};
  ASSERT_EQ(ask(more, 1), "");
  approve_all(2, 1);
  EXPECT_EQ(told(), "钱一明 0-4 5;");
  EXPECT_EQ(ask(wish(LeaveKind::personal, 2, 2), 1), "staff.leave_overlaps") << "the first part's days are taken still";
  const auto running = [&](int day) { return see([](const LeaveReader& h) { return leaves_running(h, 10); }, "boss.bing", kMonday + day).size(); };
  EXPECT_EQ(running(2), 1u) << "away in the first part";
  EXPECT_EQ(running(4), 1u) << "and in the second, once";
  ASSERT_EQ(give("staff.withdraw_leave", WithdrawLeave{{2}}, kJia, 2), "");
  EXPECT_EQ(told(), "钱一明 0-3 4;");
  const auto back = see([](const LeaveReader& h) { return leaves_running(h, 10); }, "boss.bing", kMonday + 7);
  ASSERT_EQ(back.size(), 1u);
  EXPECT_TRUE(back[0].overdue) << "the duty to return is there again";
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 4), "");
}

TEST_F(LeaveRequests, HeadsHaveAChainOfTheirOwn) {
  ASSERT_EQ(give("staff.ask_leave", wish(LeaveKind::personal, 0, 0), kChief), "");
  EXPECT_EQ(approve(1, "window", kUnit), "staff.not_this_step");
  ASSERT_EQ(approve(1, "centre", kCentre), "") << "a chief's one day is the centre's";
  ASSERT_EQ(give("staff.ask_leave", wish(LeaveKind::personal, 2, 4), kChief), "");
  ASSERT_EQ(approve(2, "unit", kUnit), "");
  ASSERT_EQ(approve(2, "centre", kCentre), "");
  ASSERT_EQ(give("staff.ask_leave", wish(LeaveKind::official, 0, 4), kUnit), "");
  ASSERT_EQ(approve(3, "centre", kCentre), "") << "a leader's the centre's alone";
}

TEST_F(LeaveRequests, NoWordOfTheCourseStandsInClear) {
  const auto note = [](const char* words) { return std::optional(Text<500>(words)); };
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 1)), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, note("腰伤未愈")}, kChief), "");
  ASSERT_EQ(give("staff.confirm_hand_over", ConfirmHandOver{{1}, note("母亲住院")}, kYi), "");
  ASSERT_EQ(give("staff.reject_leave_at_centre", RejectLeave{{1}, Text<500>("离婚官司")}, kCentre), "");
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 0)), "");
  ASSERT_EQ(approve(2, "window", kChief), "");
  ASSERT_EQ(give("staff.decide_overdue_return", DecideOverdueReturn{{2}, false, Text<500>("酒后昏睡")}, kCentre, 4), "");
  const auto all = ledger();
  EXPECT_NE(all.find("overdue_return_decided"), std::string::npos);
  for (const char* words : {"腰伤", "住院", "官司", "昏睡", "家事"}) EXPECT_EQ(all.find(words), std::string::npos) << words;
}

TEST_F(LeaveRequests, NobodyApprovesTwoStepsOfOneRequestUnlessTheCentreSaysSo) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 1)), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kCentre), "");
  EXPECT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{1}, {}}, kCentre), "staff.approved_before");
  auto small = *ground_.rules;
  small.one_may_approve_twice = true;
  const auto ground = LeaveGround{std::make_shared<const LeaveRules>(small), ground_.calendar, ground_.colleague};
  LeaveState s;
  s.account = "clerk.jia";
  s.steps = {LeaveStep::centre};
  s.approved_by = {"boss.bing"};
  const std::string boss = "boss.bing";
  const DepartmentCode nowhere;
  EXPECT_TRUE(decide(&s, ApproveLeave{{1}, {}}, LeaveStep::centre, std::nullopt, LeaveContext{ground, kMonday, boss, nowhere}).ok());
}

TEST_F(LeaveRequests, TheCentresOwnPeopleAskTheCentreAlone) {
  ASSERT_EQ(give("staff.ask_leave", wish(LeaveKind::personal, 0, 4), {"guide.ren", "staff"}), "");
  EXPECT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief), "staff.not_this_step");
  ASSERT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{1}, {}}, kCentre), "");
}

TEST_F(LeaveRequests, LeavesThatAdjoinAreJudgedTogetherThoughNoneSaysSo) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 4, 4)), "");  // Friday
  ASSERT_EQ(ask(wish(LeaveKind::personal, 7, 7)), "");  // and the Monday after it
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{2}, {}}, kChief), "");
  ASSERT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{2}, {}}, kCentre), "") << "the second day of two";
  ASSERT_EQ(ask(wish(LeaveKind::personal, 3, 3)), "");  // the Thursday before
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{3}, {}}, kChief), "");
  EXPECT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{3}, {}}, kCentre), "staff.not_this_step") << "and the three of them need the home unit";
  ASSERT_EQ(ask(wish(LeaveKind::personal, 9, 9)), "");  // a working day lies between
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{4}, {}}, kChief), "");
  EXPECT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{4}, {}}, kCentre), "staff.leave_not_waiting") << "one day, and done";
}

TEST_F(LeaveRequests, WhyIsReadByWhoDecidesAndStandsNowhereInClear) {
  auto c = wish(LeaveKind::sick, 0, 2);
  c.reason = Text<500>("旧伤复发要复查");
  c.certificate = Text<120>("市二医院病假单");
  ASSERT_EQ(ask(c), "");
  const auto waiting = [](const LeaveReader& h) { return leaves_waiting(h, 10)[0]; };
  const auto at_window = see(waiting, "chief.ji", kMonday, "scjgj");
  EXPECT_EQ(at_window.reason, "旧伤复发要复查");
  EXPECT_EQ(at_window.kind, LeaveKind::sick);
  auto at_centre = see(waiting);
  EXPECT_FALSE(at_centre.reason || at_centre.certificate || at_centre.kind) << "before the centre's step is due";
  auto reader = engine_->reader();
  std::string all;
  reader->events({510000}, 1, engine_->position(), [&](const store::LedgerRow& row) {
    all += row.record;
    return true;
  });
  EXPECT_NE(all.find("leave_asked"), std::string::npos);
  EXPECT_EQ(all.find("旧伤"), std::string::npos);
  EXPECT_EQ(all.find("市二医院"), std::string::npos);
  identity::EraseSubject erase;
  erase.subject = SubjectId{1};
  erase.basis = identity::ErasureBasis::retention_ended;
  erase.reason = Text<400>("离职满保存期");
  ASSERT_EQ(give("identity.erase_subject", erase, kCentre), "");
  EXPECT_FALSE(see(waiting, "chief.ji", kMonday, "scjgj").reason);
}

TEST_F(LeaveRequests, TheTableSaysWhichStepReadsWhyAndTheRightWhoStandsForIt) {
  using identity::Role;
  ground_.stands_for = [](identity::RoleSet roles, LeaveStep step) {
    return step == LeaveStep::window ? roles.meets({Role::chief_representative, Role::department_leader}) : step == LeaveStep::unit ? roles.has(Role::department_leader) : roles.has(Role::supervisor);
  };
  auto other = *ground_.rules;
  for (auto& k : other.kinds)
    if (k.kind == LeaveKind::sick) k.steps = {{{}, {LeaveStep::window, LeaveStep::unit, LeaveStep::centre}, {LeaveStep::unit}}};
  auto before = wish(LeaveKind::sick, 0, 2);
  before.certificate = Text<120>("市二医院病假单");
  ASSERT_EQ(ask(before), "");  // under the table as it was: each step reads
  ground_.rules = std::make_shared<const LeaveRules>(other);
  begin_again();
  auto c = wish(LeaveKind::sick, 7, 9);
  c.certificate = before.certificate;
  ASSERT_EQ(ask(c), "");
  const auto tells = [&](LeaveId leave, Role role, const char* account, const char* department) {
    const auto all = see_as(role, [](const LeaveReader& h) { return leaves_waiting(h, 10); }, account, department);
    for (const auto& e : all)
      if (e.leave == leave) return e.reason.has_value() && e.certificate.has_value() && e.kind == LeaveKind::sick;
    return false;
  };
  EXPECT_TRUE(tells({1}, Role::chief_representative, "chief.ji", "scjgj")) << "a request keeps the table it was asked under";
  EXPECT_FALSE(tells({2}, Role::chief_representative, "chief.ji", "scjgj")) << "decides, and is told neither why nor what";
  ASSERT_EQ(approve(2, "window", kChief), "");
  EXPECT_TRUE(tells({2}, Role::department_leader, "leader.geng", "scjgj"));
  EXPECT_FALSE(tells({2}, Role::chief_representative, "chief.xin", "scjgj")) << "another head of a window is no head of the unit";
  ASSERT_EQ(approve(2, "unit", kUnit), "");
  EXPECT_FALSE(tells({2}, Role::supervisor, "boss.bing", ""));
  begin_again();
  EXPECT_FALSE(tells({2}, Role::supervisor, "boss.bing", "")) << "as it was stored";
  ASSERT_EQ(approve(2, "centre", kCentre), "");
  ASSERT_EQ(approve(1, "window", kChief), "");
  EXPECT_FALSE(tells({1}, Role::chief_representative, "chief.xin", "scjgj"));
  EXPECT_TRUE(tells({1}, Role::department_leader, "leader.geng", "scjgj"));
}

TEST_F(LeaveRequests, WhatWasSaidIsReadByWhoAskedByWhoDecidesNextAndByWhoSaidIt) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 1)), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, Text<500>("窗口已安排")}, kChief), "");
  ASSERT_EQ(give("staff.confirm_hand_over", ConfirmHandOver{{1}, Text<500>("材料已交接")}, kYi), "");
  const auto waiting = [](const LeaveReader& h) { return leaves_waiting(h, 10)[0]; };
  EXPECT_EQ(remarks(see(waiting)), "approved chief.ji 窗口已安排;handed_over clerk.yi 材料已交接;");
  const auto by_chief = see(waiting, "chief.ji", kMonday, "scjgj");
  EXPECT_TRUE(by_chief.remarks.empty() && !by_chief.reason) << "whoever has approved a step takes no other";
  ASSERT_EQ(give("staff.reject_leave_at_centre", RejectLeave{{1}, Text<500>("当日有专场")}, kCentre), "");
  const auto mine = own({1});
  EXPECT_EQ(mine.stage, LeaveStage::rejected);
  EXPECT_EQ(remarks(mine), "approved chief.ji 窗口已安排;handed_over clerk.yi 材料已交接;rejected boss.bing 当日有专场;");
  EXPECT_EQ(mine.remarks[2].step, LeaveStep::centre);
  EXPECT_TRUE(see([](const LeaveReader& h) { return leaves_of(h, "clerk.jia", 10)[0]; }).remarks.empty()) << "another's page";
  const auto said = [](const LeaveReader& h) { return leaves_remarked(h, 10); };
  ASSERT_EQ(see(said).size(), 1u);
  EXPECT_EQ(remarks(see(said)[0]), "rejected boss.bing 当日有专场;") << "one's own alone";
  EXPECT_TRUE(see(said, "chief.geng", kMonday, "gat").empty());
  identity::EraseSubject erase;
  erase.subject = SubjectId{1};
  erase.basis = identity::ErasureBasis::retention_ended;
  erase.reason = Text<400>("离职满保存期");
  ASSERT_EQ(give("identity.erase_subject", erase, kCentre), "");
  EXPECT_TRUE(own({1}).remarks.empty());
}

TEST_F(LeaveRequests, WhatALateReturnWasFoundToBeIsKept) {
  for (const int from : {0, 7}) ASSERT_EQ(ask(wish(LeaveKind::personal, from, from)), "");
  for (const int leave : {1, 2}) ASSERT_EQ(approve(leave, "window", kChief), "");
  EXPECT_FALSE(own({1}).absent);
  ASSERT_EQ(give("staff.decide_overdue_return", DecideOverdueReturn{{1}, true, Text<500>("无故未归")}, kCentre, 11), "");
  ASSERT_EQ(give("staff.decide_overdue_return", DecideOverdueReturn{{2}, false, Text<500>("航班取消")}, kCentre, 11), "");
  EXPECT_EQ(own({1}).stage, LeaveStage::settled);
  EXPECT_EQ(own({1}).absent, true);
  EXPECT_EQ(own({2}).absent, false);
  EXPECT_EQ(remarks(own({1})), "overdue_decided boss.bing 无故未归;");
  EXPECT_EQ(remarks(see([](const LeaveReader& h) { return leaves_remarked(h, 10); })[0]), "overdue_decided boss.bing 航班取消;");
}

TEST_F(LeaveRequests, ThePublicsEyesSeeNoLeaveThatTellsOfSomebodysAffairs) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 4)), "");
  approve_all(1);
  EXPECT_EQ(told(), "钱一明 0-4 5;");
  auto reader = engine_->reader();
  EXPECT_TRUE(leaves_touching(*reader, {510000}, identity::Viewer::anonymous(), kMonday, kMonday + 6, 3).empty());
}

TEST_F(LeaveRequests, WhatIsRecordedAnewIsToldToWhomItWasToldBefore) {
  const auto with = [&](LeaveKind kind, Disclosure said) {
    auto rules = *ground_.rules;
    for (auto& k : rules.kinds)
      if (k.kind == kind) k.disclosure = said;
    ground_.rules = std::make_shared<const LeaveRules>(rules);
    begin_again();
  };
  const auto in_public = [&] {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    std::string all;
    for (const auto& l : leaves_touching(*reader, {510000}, identity::Viewer::anonymous(), kMonday, kMonday + 13, 1))
      all += std::string(json::enum_name(l.fact.kind)) + " " + std::to_string(l.fact.from - kMonday) + "-" + std::to_string(l.fact.to - kMonday) + ";";
    return all;
  };
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 4)), "");
  approve_all(1);
  with(LeaveKind::personal, {false, true});
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 3), "");
  EXPECT_EQ(told(), "钱一明 0-2 3;");
  EXPECT_EQ(in_public(), "") << "a return tells the public nothing that was kept from it";
  // One that was kept, continued under a table that opens it: both are one row, and kept.
  with(LeaveKind::personal, {false, false});
  ASSERT_EQ(ask(wish(LeaveKind::personal, 7, 8), 3), "");
  ASSERT_EQ(approve(2, "window", kChief, 3), "");
  ASSERT_EQ(approve(2, "centre", kCentre, 3), "");
  with(LeaveKind::personal, {false, true});
  auto more = wish(LeaveKind::personal, 9, 9);
  more.extends = LeaveId{2};
  ASSERT_EQ(ask(more, 4), "");
  approve_all(3, 4);
  EXPECT_EQ(in_public(), "");
  ASSERT_EQ(give("staff.withdraw_leave", WithdrawLeave{{3}}, kJia, 4), "");
  EXPECT_EQ(in_public(), "") << "nor does what stands alone again";
  // And what was told stays told, under a table that has closed it since.
  ASSERT_EQ(ask(wish(LeaveKind::official, 10, 13), 4), "");
  ASSERT_EQ(approve(4, "window", kChief, 4), "");
  ASSERT_EQ(approve(4, "unit", kUnit, 4), "");
  ASSERT_EQ(approve(4, "centre", kCentre, 4), "");
  EXPECT_EQ(in_public(), "official 10-13;");
  with(LeaveKind::official, {false, false});
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{4}}, kJia, 11), "");
  EXPECT_EQ(in_public(), "official 10-10;");
}

TEST_F(LeaveRequests, AKindThatToldOfHealthIsKeptOnTheDesksListsUnderALaterTable) {
  const auto with = [&](bool health) {
    auto rules = *ground_.rules;
    for (auto& k : rules.kinds)
      if (k.kind == LeaveKind::personal) k.disclosure.health = health;
    ground_.rules = std::make_shared<const LeaveRules>(rules);
    begin_again();
  };
  const auto kinds = [&] {
    std::string all;
    for (const auto& e : see([](const LeaveReader& h) { return leaves_running(h, 10); }, "boss.bing", kMonday + 4)) all += e.kind ? "told " : "kept ";
    return all;
  };
  with(true);
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 0)), "");
  ASSERT_EQ(approve(1, "window", kChief), "");
  EXPECT_EQ(kinds(), "kept ");
  with(false);
  EXPECT_EQ(kinds(), "kept ") << "as it was when it was recorded";
  ASSERT_EQ(ask(wish(LeaveKind::personal, 2, 2)), "");
  ASSERT_EQ(approve(2, "window", kChief), "");
  EXPECT_EQ(kinds(), "kept told ");
  with(true);
  EXPECT_EQ(kinds(), "kept kept ") << "and as it is now";
  EXPECT_EQ(own({2}).kind, LeaveKind::personal);
  // What continues one that is kept tells its kind neither while it waits nor when it is approved.
  with(false);
  auto more = wish(LeaveKind::personal, 1, 1);
  more.extends = LeaveId{1};
  ASSERT_EQ(ask(more), "");
  const auto waiting = see([](const LeaveReader& h) { return leaves_waiting(h, 10); });
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_FALSE(waiting[0].kind);
  ASSERT_EQ(approve(3, "window", kChief), "");
  ASSERT_EQ(approve(3, "centre", kCentre), "");
  EXPECT_EQ(kinds(), "kept told ");
}

TEST_F(LeaveRequests, WhatIsRecordedOfARequestNamesItsAccountAndCountsOnce) {
  ASSERT_EQ(ask(wish(LeaveKind::personal, 0, 4)), "");
  approve_all(1);
  EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
  auto reader = engine_->reader();
  const auto all = leaves_touching(*reader, {510000}, identity::Viewer::operator_named("t"), kMonday, kMonday + 6, 3);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].fact.account, Text<64>("clerk.jia"));
  auto row = reader->select("SELECT personal FROM staff_leave_year WHERE centre=$1 AND account_year=$2", {510000, YearGuard::key("clerk.jia", 2024)});
  ASSERT_TRUE(row->next());
  EXPECT_EQ(row->integer(0), 5) << "counted when it was asked, and not again";
}

TEST(LeaveRefusals, EachHasItsWords) {
  for (int i = 0; i <= static_cast<int>(LeaveRefused::approved_before); ++i) {
    const auto r = refusal(static_cast<LeaveRefused>(i));
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << i;
  }
}
