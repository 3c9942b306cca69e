#include <gtest/gtest.h>

#include <algorithm>

#include "reform/declare.h"
#include "reform/views.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::reform;

namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 24);
const engine::Actor kCentre{"boss.bing", "staff"}, kMarket{"chief.ji", "staff", "", {"scjgj"}}, kPolice{"chief.geng", "staff", "", {"gat"}};

class Reform : public ::testing::Test {
 protected:
  void SetUp() override {
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(kMonday, 8, 0)};
    engine_ = engine::Engine::open(directory_.path(), [this] {
                engine::Registry r;
                declare(r, {[](const DepartmentCode& d) { return d.value != "?"; }, [](const std::string& a) { return a != "nobody"; }, [](const catalog::BundleCode& b) { return b.value != "?"; }},
                        [this](engine::Turn&, Product product, const catalog::BundleCode& bundle, CivilDay on, const std::string& source) -> Checked {
                          if (bundle.value == "refused") return Refusal{"onething.plan_already_issued", "已印发。", "请核对。", 409, ""};
                          produced_ += std::string(json::enum_name(product)) + " " + bundle.value + " " + to_iso(on) + " " + source + ";";
                          return Done{};
                        });
                return r;
              }, o).value();
  }
  template <class C>
  std::string give(const char* command, const C& c, const engine::Actor& by = kCentre, int day = 0) {
    const auto a = engine_->run(command, json::write(c), by, at(kMonday + day, 9, 0));
    if (a) last_ = a->position;
    return a ? "" : a.error().code;
  }
  template <class F>
  auto see(F f, const engine::Actor& as = kCentre) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    identity::Viewer viewer{identity::Viewer::Kind::staff, as.account};
    viewer.department = as.department;
    return f(ReformReader{*reader, {510000}, viewer, civil_day(engine_->clock().now())});
  }
  static RecordActivity visit() {
    RecordActivity a;
    a.kind = ActivityKind::education;
    a.title = Text<120>("警示教育");
    a.on = CivilDay::of(2024, 6, 20);
    a.place = Text<120>("川西监狱");
    a.who = Text<120>("窗口和机关党员干部");
    a.people = 90;
    a.over = true;
    a.accounts = {Text<64>("clerk.jia"), Text<64>("clerk.yi")};
    return a;
  }
  ProgrammeId programme() {
    OpenProgramme p;
    p.name = Text<120>("“高效办成一件事”专项行动");
    p.from = CivilDay::of(2024, 1, 1);
    EXPECT_EQ(give("reform.open_programme", p), "");
    return {last_};
  }
  TaskId task(ProgrammeId of, const char* name, const char* department = "scjgj") {
    SetTask t;
    t.programme = of;
    t.name = Text<120>(name);
    t.department = {department};
    t.due = kMonday + 30;
    EXPECT_EQ(give("reform.set_task", t), "");
    return {last_};
  }
  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::int64_t last_ = 0;
  std::string produced_;
};

}  // namespace

TEST_F(Reform, AnActivityKeepsItsYuAndIsOfferedOnce) {
  auto a = visit();
  a.people = 0;
  EXPECT_EQ(give("reform.record_activity", a), "reform.bad_count");
  EXPECT_EQ(give("reform.record_activity", visit(), kMarket), "reform.other_department") << "the centre's own";
  ASSERT_EQ(give("reform.record_activity", visit()), "");
  const ActivityId id{last_};
  EXPECT_EQ(give("reform.take_sheet", TakeSheet{id, {Text<64>("clerk.jia"), Text<64>("clerk.jia")}, {}}), "reform.not_invited");
  ASSERT_EQ(give("reform.take_sheet", TakeSheet{id, {Text<64>("clerk.jia")}, {Text<64>("clerk.yi")}}), "");
  EXPECT_EQ(give("reform.take_sheet", TakeSheet{id, {}, {}}), "reform.sheet_taken_already");
  EXPECT_EQ(give("reform.offer_news", OfferNews{id, kMonday + 1, Text<2000>("x")}), "reform.no_week");
  ASSERT_EQ(give("reform.offer_news", OfferNews{id, kMonday - 7, Text<2000>("省中心组织90余名党员干部赴川西监狱接受警示教育。")}), "");
  EXPECT_EQ(give("reform.offer_news", OfferNews{id, kMonday - 7, Text<2000>("x")}), "reform.offered_already");
  EXPECT_EQ(give("reform.settle_offer", SettleOffer{id, false, {}}), "reform.words_missing");
  ASSERT_EQ(give("reform.settle_offer", SettleOffer{id, false, Text<500>("请补充体会")}), "");
  ASSERT_EQ(give("reform.offer_news", OfferNews{id, kMonday - 7, Text<2000>("省中心组织90余名党员干部赴川西监狱接受警示教育，深受触动。")}), "") << "what was let go may come again";
  ASSERT_EQ(give("reform.settle_offer", SettleOffer{id, true, {}}), "");
  const auto all = see([](const ReformReader& h) { return activities(h, 9); });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_TRUE(all[0].what.over);
  EXPECT_EQ(all[0].what.people, 90);
  EXPECT_EQ(all[0].present, 1);
  EXPECT_EQ(all[0].offer, OfferStage::taken);
  EXPECT_EQ(all[0].week, kMonday - 7);
}

TEST_F(Reform, ASheetIsReadByWhoTakesSheetsAndEachSeesTheirOwnMark) {
  auto a = visit();
  a.organiser = DepartmentCode{"scjgj"};
  a.accounts = {Text<64>("clerk.jia"), Text<64>("clerk.yi"), Text<64>("clerk.bing")};
  ASSERT_EQ(give("reform.record_activity", a, kMarket), "");
  const ActivityId id{last_};
  const auto read = [&](ActivityId of) { return [of](const ReformReader& h) { return sheet_of(h, of); }; };
  EXPECT_EQ(see(read(id), kMarket).error().code, "reform.no_sheet");
  ASSERT_EQ(give("reform.take_sheet", TakeSheet{id, {Text<64>("clerk.yi")}, {Text<64>("clerk.bing")}}, kMarket), "");
  for (const auto& by : {kCentre, kMarket}) {
    const auto sheet = see(read(id), by);
    ASSERT_TRUE(sheet) << sheet.error().code;
    EXPECT_EQ(sheet->present, std::vector<std::string>{"clerk.yi"});
    EXPECT_EQ(sheet->excused, std::vector<std::string>{"clerk.bing"});
    EXPECT_EQ(sheet->missing, std::vector<std::string>{"clerk.jia"});
  }
  EXPECT_EQ(see(read(id), kPolice).error().code, "reform.other_department");
  EXPECT_EQ(see(read({id.value + 99}), kCentre).error().code, "reform.unknown_activity");
  const auto own = [&](const char* account) { return see([](const ReformReader& h) { return activities(h, 9); }, {account, "staff"})[0].yours; };
  EXPECT_EQ(own("clerk.yi"), SheetMark::present);
  EXPECT_EQ(own("clerk.bing"), SheetMark::excused);
  EXPECT_EQ(own("clerk.jia"), SheetMark::missing);
  EXPECT_FALSE(own("boss.bing"));
}

TEST_F(Reform, ATaskEndsWithItsMilestonesAndAPlanIsRecordedOnce) {
  const auto p = programme();
  const auto t = task(p, "开办餐饮店");
  SetMilestone m;
  m.task = t;
  m.name = Text<120>("印发实施方案");
  m.due = kMonday + 10;
  m.product = Product::plan;
  EXPECT_EQ(give("reform.set_milestone", m), "reform.bundle_missing");
  m.bundle = catalog::BundleCode{"restaurant"};
  ASSERT_EQ(give("reform.set_milestone", m), "");
  const MilestoneId plan{last_};
  m.bundle = catalog::BundleCode{"refused"};
  ASSERT_EQ(give("reform.set_milestone", m), "");
  const MilestoneId second{last_};
  EXPECT_EQ(give("reform.close_task", CloseTask{t, Text<500>("全部完成")}, kMarket), "reform.milestones_open");
  EXPECT_EQ(give("reform.reach_milestone", ReachMilestone{plan, kMonday, Text<200>("川办〔2024〕示例1号")}, kPolice), "reform.other_department");
  EXPECT_EQ(give("reform.reach_milestone", ReachMilestone{plan, kMonday + 3, Text<200>("x")}, kMarket), "reform.in_the_future");
  ASSERT_EQ(give("reform.reach_milestone", ReachMilestone{plan, kMonday, Text<200>("川办〔2024〕示例1号")}, kMarket), "");
  EXPECT_EQ(produced_, "plan restaurant 2024-06-24 川办〔2024〕示例1号;");
  EXPECT_EQ(give("reform.reach_milestone", ReachMilestone{plan, kMonday, Text<200>("x")}, kMarket), "reform.reached_already");
  EXPECT_EQ(give("reform.reach_milestone", ReachMilestone{second, kMonday, Text<200>("x")}, kMarket), "onething.plan_already_issued") << "the product's refusal is the milestone's";
  const auto e = see([](const ReformReader& h) { return programmes(h); });
  ASSERT_EQ(e.size(), 1u);
  ASSERT_EQ(e[0].tasks.size(), 1u);
  ASSERT_EQ(e[0].tasks[0].milestones.size(), 2u);
  EXPECT_EQ(e[0].tasks[0].milestones[0].reached, kMonday);
  EXPECT_EQ(e[0].tasks[0].milestones[0].evidence, "川办〔2024〕示例1号");
  EXPECT_FALSE(e[0].tasks[0].milestones[1].reached);
}

TEST_F(Reform, WhatIsPushedIsTheWeeks) {
  const auto p = programme();
  const auto a = task(p, "退休"), b = task(p, "社保卡"), c = task(p, "破产");
  for (const auto t : {a, b, c}) ASSERT_EQ(give("reform.push_task", PushTask{t, kMonday - 7}), "");
  EXPECT_EQ(give("reform.push_task", PushTask{a, kMonday - 7}), "reform.pushed_already");
  EXPECT_EQ(give("reform.push_task", PushTask{a, kMonday - 6}), "reform.no_week");
  ASSERT_EQ(give("reform.push_task", PushTask{b, kMonday}), "");
  EXPECT_EQ(see([](const ReformReader& h) { return pushed_in(h, kMonday - 7); }), (std::vector<std::string>{"退休", "社保卡", "破产"}));
  EXPECT_EQ(see([](const ReformReader& h) { return pushed_in(h, kMonday); }), (std::vector<std::string>{"社保卡"}));
  EXPECT_EQ(give("reform.extend_task", ExtendTask{a, kMonday + 30, Text<500>("x")}), "reform.due_not_later");
  ASSERT_EQ(give("reform.extend_task", ExtendTask{a, kMonday + 40, Text<500>("等国家接口")}), "");
  ASSERT_EQ(give("reform.extend_task", ExtendTask{a, kMonday + 50, Text<500>("接口再等一旬")}, kCentre, 1), "");
  const auto extended = see([](const ReformReader& h) { return programmes(h); })[0].tasks;
  const auto it = std::find_if(extended.begin(), extended.end(), [&](const TaskEntry& t) { return t.task == a; });
  ASSERT_TRUE(it != extended.end() && it->extensions.size() == 2);
  EXPECT_EQ(it->extensions[0].reason + it->extensions[1].reason, "等国家接口接口再等一旬") << "each reason stays";
  EXPECT_EQ(it->extensions[0].due, kMonday + 40);
  EXPECT_EQ(it->extensions[1].on, kMonday + 1);
  EXPECT_EQ(it->extensions[1].by, "boss.bing");
  ASSERT_EQ(give("reform.close_task", CloseTask{a, Text<500>("上线运行")}, kMarket, 1), "");
  EXPECT_EQ(give("reform.push_task", PushTask{a, kMonday + 7}, kCentre, 1), "reform.task_closed_already");
}

TEST_F(Reform, AResolutionIsSettledByItsDepartmentWithEvidence) {
  const auto p = programme();
  HoldDispatch d;
  d.programme = p;
  d.on = kMonday;
  d.title = Text<120>("视频调度会");
  d.host = Text<120>("黄督查");
  EXPECT_EQ(give("reform.hold_dispatch", d), "reform.no_resolutions");
  d.resolutions = {{Text<500>("打通食品经营许可接口"), {"scjgj"}, kMonday + 7}, {Text<500>("公章刻制备案上线"), {"gat"}, kMonday + 14}};
  ASSERT_EQ(give("reform.hold_dispatch", d), "");
  const DispatchId id{last_};
  EXPECT_EQ(give("reform.settle_resolution", SettleResolution{id, 2, Text<500>("x")}, kMarket), "reform.other_department");
  EXPECT_EQ(give("reform.settle_resolution", SettleResolution{id, 3, Text<500>("x")}, kMarket), "reform.unknown_resolution");
  ASSERT_EQ(give("reform.settle_resolution", SettleResolution{id, 1, Text<500>("接口已联调")}, kMarket, 2), "");
  EXPECT_EQ(give("reform.settle_resolution", SettleResolution{id, 1, Text<500>("x")}, kMarket, 2), "reform.settled_already");
  const auto e = see([](const ReformReader& h) { return programmes(h); });
  ASSERT_EQ(e[0].dispatches.size(), 1u);
  EXPECT_EQ(e[0].dispatches[0].resolutions[0].settled, kMonday + 2);
  EXPECT_EQ(e[0].dispatches[0].resolutions[0].evidence, "接口已联调");
  EXPECT_EQ(e[0].dispatches[0].resolutions[0].by, "chief.ji");
  EXPECT_FALSE(e[0].dispatches[0].resolutions[1].settled);
  EXPECT_FALSE(e[0].dispatches[0].resolutions[1].evidence);
}

TEST_F(Reform, EachTaskAndMeetingHasItsOwnOfWhatThePageReadsAtOnce) {
  const auto p = programme(), q = programme();
  const auto a = task(p, "退休"), b = task(q, "社保卡"), c = task(p, "破产");
  const auto milestone = [&](TaskId of, const char* name, int due) {
    SetMilestone m;
    m.task = of;
    m.name = Text<120>(name);
    m.due = kMonday + due;
    EXPECT_EQ(give("reform.set_milestone", m), "");
    return MilestoneId{last_};
  };
  milestone(a, "二", 9);
  const auto one = milestone(a, "一", 5);
  milestone(c, "三", 7);
  ASSERT_EQ(give("reform.reach_milestone", ReachMilestone{one, kMonday, Text<200>("会议纪要")}), "");
  ASSERT_EQ(give("reform.extend_task", ExtendTask{a, kMonday + 40, Text<500>("等接口")}), "");
  ASSERT_EQ(give("reform.extend_task", ExtendTask{c, kMonday + 41, Text<500>("等法院")}), "");
  ASSERT_EQ(give("reform.close_task", CloseTask{b, Text<500>("上线运行")}), "");
  const auto meeting = [&](ProgrammeId of, const char* text) {
    HoldDispatch d;
    d.programme = of;
    d.on = kMonday;
    d.title = Text<120>("调度会");
    d.host = Text<120>("黄督查");
    d.resolutions = {{Text<500>(text), {"scjgj"}, kMonday + 7}};
    EXPECT_EQ(give("reform.hold_dispatch", d), "");
    return DispatchId{last_};
  };
  const auto first = meeting(p, "甲"), second = meeting(p, "乙"), third = meeting(q, "丙");
  ASSERT_EQ(give("reform.settle_resolution", SettleResolution{first, 1, Text<500>("甲已办")}), "");
  ASSERT_EQ(give("reform.settle_resolution", SettleResolution{third, 1, Text<500>("丙已办")}), "");
  std::string words;
  for (const auto& e : see([](const ReformReader& h) { return programmes(h); })) {
    for (const auto& t : e.tasks) {
      words += t.name + "(";
      for (const auto& m : t.milestones) words += m.name + m.evidence.value_or("");
      for (const auto& x : t.extensions) words += " " + x.reason;
      words += ")" + t.evidence.value_or("") + " ";
    }
    for (const auto& d : e.dispatches)
      for (const auto& r : d.resolutions) words += r.text + ":" + r.evidence.value_or("-") + (r.settled ? "+" : "") + " ";
    words += "| ";
  }
  EXPECT_EQ(words, "退休(一会议纪要二 等接口) 破产(三 等法院) 乙:- 甲:甲已办+ | 社保卡()上线运行 丙:丙已办+ | ");
  EXPECT_LT(first.value, second.value);
}

TEST_F(Reform, ANewVersionOfARuleHasBeenReadByNobody) {
  EnactHouseRule r;
  r.number = Text<40>("ZX-2024-04");
  r.title = Text<120>("考勤和请销假制度");
  r.on = CivilDay::of(2024, 6, 21);
  r.governs = {Text<60>("leave.yaml"), Text<60>("attendance.yaml")};
  r.readers = {{"scjgj"}, {"gat"}};
  r.version = 2;
  EXPECT_EQ(give("reform.enact_house_rule", r), "reform.version_not_next");
  r.version = 1;
  ASSERT_EQ(give("reform.enact_house_rule", r), "");
  EXPECT_TRUE(see([](const ReformReader& h) { return house_rules(h); }, kMarket)[0].yours_to_confirm);
  ASSERT_EQ(give("reform.confirm_reading", ConfirmReading{r.number, 1, {}}, kMarket), "");
  EXPECT_EQ(give("reform.confirm_reading", ConfirmReading{r.number, 1, {}}, kMarket), "reform.read_already");
  EXPECT_EQ(give("reform.confirm_reading", ConfirmReading{r.number, 1, {}}, kCentre), "reform.department_missing");
  EXPECT_EQ(give("reform.confirm_reading", ConfirmReading{r.number, 1, DepartmentCode{"slt"}}, kCentre), "reform.not_a_reader");
  EXPECT_FALSE(see([](const ReformReader& h) { return house_rules(h); }, kMarket)[0].yours_to_confirm);
  r.version = 2;
  ASSERT_EQ(give("reform.enact_house_rule", r), "");
  EXPECT_EQ(give("reform.confirm_reading", ConfirmReading{r.number, 1, {}}, kPolice), "reform.other_version");
  const auto e = see([](const ReformReader& h) { return house_rules(h); }, kMarket);
  ASSERT_EQ(e.size(), 1u);
  EXPECT_TRUE(e[0].read.empty());
  EXPECT_TRUE(e[0].yours_to_confirm);
}

TEST(ReformRefusals, EachHasItsWords) {
  for (int i = 0; i <= static_cast<int>(ReformRefused::department_missing); ++i) {
    const auto r = refusal(static_cast<ReformRefused>(i));
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << i;
  }
}
