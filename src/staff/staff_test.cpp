#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "engine/engine.h"
#include "staff/declare.h"
#include "staff/views.h"

namespace yi::staff {
namespace {
const KnownDepartment kKnown = [](const DepartmentCode& d) { return d.value == "slt"; };
const WorkingDaysOf kCalendar = [calendar = std::make_shared<const calendar::Calendar>(calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value())](CivilDay from, CivilDay to) -> std::optional<int> {
  const auto n = calendar->count_working_days(from - 1, to);
  return n ? std::optional(n->value) : std::nullopt;
};
const std::shared_ptr<const LeaveRules> kRules = std::make_shared<const LeaveRules>(LeaveRules::load(YI_SOURCE_DIR "/data/sichuan/leave.yaml").value());
RecordGround ground(const std::shared_ptr<const LeaveRules>& rules = kRules) {
  return {kKnown, kCalendar, rules, [](const std::string& account) -> std::optional<Colleague> {
            if (account == "chief.ji") return Colleague{"李首席", {"slt"}};
            if (account == "clerk.jia" || account == "clerk.bing") return Colleague{"钱一明", {"slt"}};  // two who have one name
            if (account == "boss.bing") return Colleague{"周中心", {}};
            return std::nullopt;
          }};
}
RecordLeave leave(const char* from, const char* to, CountMode mode, int days) {
  return {{"slt"}, "王五五", LeaveKind::sick, *parse_day(from), *parse_day(to), mode, days, 1};
}

Result<LeaveRecorded> decide(const RecordLeave& c, const KnownDepartment& known, const WorkingDaysOf& working_days = {}) { return decide(c, RecordGround{known, working_days}, {}); }

TEST(Leave, ARuleIsTestedWithTwoLines) {
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-20", CountMode::calendar, 11), kKnown).ok());
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-20", CountMode::calendar, 9), kKnown).error().code, "staff.days_do_not_fit");
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-20", CountMode::working, 12), kKnown).error().code, "staff.days_do_not_fit");
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-09", CountMode::working, 1), kKnown).error().code, "staff.span_reversed");
  EXPECT_EQ(decide(leave("2024-06-10", "2026-06-09", CountMode::working, 1), kKnown).error().code, "staff.span_too_long");
  auto c = leave("2024-06-10", "2024-06-12", CountMode::working, 3);
  c.department.value = "nobody";
  EXPECT_EQ(decide(c, kKnown).error().code, "staff.unknown_department");
  c = leave("2024-06-10", "2024-06-12", CountMode::working, 3);
  c.name = " ";
  EXPECT_EQ(decide(c, kKnown).error().code, "staff.name_missing");
  c.name = "王五五";
  c.rank = 0;
  EXPECT_EQ(decide(c, kKnown).error().code, "staff.bad_rank");
}

TEST(Leave, WorkingDaysAreTheCalendars) {
  // Monday 2024-06-10 was the Dragon Boat Festival: ten days with seven working days.
  const WorkingDaysOf calendar = [](CivilDay from, CivilDay to) -> std::optional<int> {
    if (to.year() != 2024) return std::nullopt;
    return from == CivilDay::of(2024, 6, 10) && to == CivilDay::of(2024, 6, 19) ? 7 : 0;
  };
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 7), kKnown, calendar).ok());
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 1), kKnown, calendar).error().code, "staff.days_do_not_fit");
  auto unsaid = leave("2024-06-10", "2024-06-19", CountMode::working, 1);
  unsaid.days.reset();
  EXPECT_EQ(decide(unsaid, kKnown, calendar)->days, 7) << "nobody has to count";
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 8), kKnown, calendar).error().code,
            "staff.days_do_not_fit");
  EXPECT_EQ(decide(leave("2024-06-15", "2024-06-16", CountMode::working, 1), kKnown, calendar).error().code, "staff.no_working_day");
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-19", CountMode::calendar, 10), kKnown, calendar).ok());
  EXPECT_EQ(decide(leave("2029-06-10", "2029-06-19", CountMode::working, 10), kKnown, calendar).error().code, "staff.no_calendar");  // no such year yet
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 8), kKnown).ok());
}

TEST(Leave, EveryReasonHasItsTextsInItsPlace) {
  const auto codes = refusal_codes();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto r = refuse(static_cast<Reason>(i));
    EXPECT_EQ(r.code, codes[i]);
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty() || r.where.empty());
  }
}

class LeaveEngine : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::temp_directory_path() /
                 ("yi_staff_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(directory_);
    open(ground());
  }
  // Again over the same ledger: a centre that has edited its table starts anew.
  void open(const RecordGround& with) {
    engine_.reset();
    auto e = engine::Engine::open(directory_.string(), [with] { engine::Registry r; declare(r, with); return r; },
                                  {kCentre, {true, at(CivilDay::of(2024, 6, 24), 9, 0)}});
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    engine_ = std::move(*e);
  }
  // Whom the week of 17 June 2024 tells of.
  std::string names(const identity::Viewer& v) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(5)));
    auto reader = engine_->reader();
    std::string s;
    for (const auto& l : leaves_touching(*reader, kCentre, v, CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21), 3)) s += l.fact.name + " ";
    return s;
  }
  void TearDown() override {
    engine_.reset();
    std::filesystem::remove_all(directory_);
  }
  Result<engine::Answer> give(const RecordLeave& c, const engine::Actor& by = {"t", "operator"}) {
    return engine_->run("staff.record_leave", json::write(c), by);
  }
  std::string take_back(std::int64_t recorded, const engine::Actor& by = {"t", "operator"}) {
    const auto a = engine_->run("staff.take_back_leave", json::write(TakeBackLeave{{recorded}, WrongEntry::other_person}), by);
    return a ? "" : a.error().code;
  }
  static constexpr CentreCode kCentre{510000};
  std::filesystem::path directory_;
  std::unique_ptr<engine::Engine> engine_;
};

TEST_F(LeaveEngine, LeavesThatTouchTheWeekAreFoundAndHealthIsForTheOperator) {
  auto annual = [](const char* name, const char* from, const char* to, int rank) {
    return RecordLeave{{"slt"}, name, LeaveKind::annual, *parse_day(from), *parse_day(to), {}, {}, rank};
  };
  ASSERT_TRUE(give(annual("末日到", "2024-06-10", "2024-06-17", 4)).ok());   // its last day touches
  ASSERT_TRUE(give(annual("早结束", "2024-06-10", "2024-06-16", 3)).ok());   // ends the day before
  ASSERT_TRUE(give(annual("晚开始", "2024-06-22", "2024-06-28", 2)).ok());   // begins the day after
  ASSERT_TRUE(give(annual("太短了", "2024-06-18", "2024-06-19", 1)).ok());   // two days
  ASSERT_TRUE(give(annual("跨两头", "2024-05-01", "2024-08-30", 2)).ok());
  auto last = give(leave("2024-06-20", "2024-06-30", CountMode::calendar, 11));  // sick, rank 1
  ASSERT_TRUE(last.ok());
  EXPECT_EQ(names(identity::Viewer::operator_named("t")), "王五五 跨两头 末日到 ");
  EXPECT_EQ(names(identity::Viewer::anonymous()), "跨两头 末日到 ");
}

TEST_F(LeaveEngine, ALaterTableTellsNothingElseOfWhatWasRecorded) {
  const auto entered = [&](const char* name, LeaveKind kind, int rank) {
    return give({{"slt"}, name, kind, CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21), {}, {}, rank}).ok();
  };
  const auto staff = [](bool health) {
    identity::Viewer v = identity::Viewer::operator_named("t");
    if (!health) v.grants &= ~identity::grant(identity::Question::read_health, identity::Reach::centre);
    return v;
  };
  open(RecordGround{kKnown, kCalendar});  // a ledger from before the table said it
  ASSERT_TRUE(entered("旧年休", LeaveKind::annual, 1) && entered("旧事假", LeaveKind::personal, 2) && entered("旧工伤", LeaveKind::work_injury, 3));
  open(ground());
  ASSERT_TRUE(entered("今年休", LeaveKind::annual, 4) && entered("今事假", LeaveKind::personal, 5) && entered("今病假", LeaveKind::sick, 6));
  EXPECT_EQ(names(identity::Viewer::anonymous()), "旧年休 今年休 ");
  EXPECT_EQ(names(staff(false)), "旧年休 旧事假 今年休 今事假 ");
  auto other = *kRules;
  for (auto& k : other.kinds)
    if (k.kind == LeaveKind::annual) k.disclosure = {false, false};
    else if (k.kind == LeaveKind::personal) k.disclosure = {false, true};
    else if (k.kind == LeaveKind::work_injury) k.disclosure = {false, false};
    else if (k.kind == LeaveKind::sick) k.disclosure = {false, true};  // no file can say so; a ledger of another program might
  open(ground(std::make_shared<const LeaveRules>(other)));
  ASSERT_TRUE(entered("新年休", LeaveKind::annual, 7) && entered("新事假", LeaveKind::personal, 8) && entered("新工伤", LeaveKind::work_injury, 9) && entered("新病假", LeaveKind::sick, 10));
  EXPECT_EQ(names(identity::Viewer::anonymous()), "旧年休 今年休 新事假 ");
  EXPECT_EQ(names(staff(false)), "旧年休 旧事假 今年休 今事假 新年休 新事假 新工伤 ");
  EXPECT_EQ(names(staff(true)), "旧年休 旧事假 旧工伤 今年休 今事假 今病假 新年休 新事假 新工伤 新病假 ");
}

TEST(Disclosed, NoTableAndNoLedgerOpensWhatTellsOfSomebodysBodyByItsName) {
  for (const auto kind : {LeaveKind::sick, LeaveKind::maternity, LeaveKind::work_injury})
    for (const bool health : {false, true}) EXPECT_FALSE(disclosure_of(kind, Disclosure{health, true}).open) << chinese_name(kind);
  EXPECT_EQ(disclosure_of(LeaveKind::maternity, Disclosure{false, true}), (Disclosure{false, false}));
  EXPECT_EQ(disclosure_of(LeaveKind::sick, Disclosure{false, true}), (Disclosure{true, false}));
  EXPECT_EQ(disclosure_of(LeaveKind::personal, Disclosure{false, true}), (Disclosure{false, true}));
  EXPECT_EQ(disclosure_of(LeaveKind::personal, Disclosure{true, true}), (Disclosure{true, false}));
}

TEST_F(LeaveEngine, TheListOfEntriesKeepsAKindThatToldOfHealthThenOrDoesNow) {
  const auto entered = [&](const char* name, LeaveKind kind) { return give({{"slt"}, name, kind, CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21), {}, {}, 1}).ok(); };
  const auto with = [](bool injury, bool personal) {
    auto rules = *kRules;
    for (auto& k : rules.kinds)
      if (k.kind == LeaveKind::work_injury) k.disclosure.health = injury;
      else if (k.kind == LeaveKind::personal) k.disclosure.health = personal;
    return std::make_shared<const LeaveRules>(rules);
  };
  // "name kind" of each entry, newest first; "?" where the kind is kept.
  const auto listed = [&](const std::shared_ptr<const LeaveRules>& rules, bool health) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(5)));
    http::Router router;
    add_record_doors(router, *engine_, rules);
    http::Request r;
    r.path = "/api/staff/leaves/recorded";
    r.query = {{"from", "2024-06-17"}, {"to", "2024-06-21"}};
    const auto door = router.find(r);
    http::Response out;
    const identity::Viewer eyes = identity::Viewer::operator_named("t");
    (*door)->handle(r, {health ? "operator" : "staff", "t", {}, {}, {}, 0, 0, health ? eyes.grants : 0}, http::Responder([&](http::Response response) { out = std::move(response); }));
    json::Parser parser;
    const auto node = parser.parse(out.body);
    std::string all;
    if (!node || !node->find("records")) return out.body;
    node->find("records")->each([&](std::string_view, json::Node e) {
      const auto kind = e.find("kind");
      all += std::string(e.find("name")->string()) + " " + (kind && kind->kind() == json::Kind::string ? std::string(kind->string()) : "?") + ";";
      return true;
    });
    return all;
  };
  open(RecordGround{kKnown, kCalendar});  // a ledger from before the table said it
  ASSERT_TRUE(entered("更早工伤", LeaveKind::work_injury));
  open(ground(with(true, false)));
  ASSERT_TRUE(entered("旧工伤", LeaveKind::work_injury) && entered("旧事假", LeaveKind::personal));
  const auto later = with(false, true);
  open(ground(later));
  ASSERT_TRUE(entered("新工伤", LeaveKind::work_injury) && entered("新事假", LeaveKind::personal));
  EXPECT_EQ(listed(later, false), "新事假 ?;新工伤 work_injury;旧事假 ?;旧工伤 ?;更早工伤 ?;");
  EXPECT_EQ(listed(later, true), "新事假 personal;新工伤 work_injury;旧事假 personal;旧工伤 work_injury;更早工伤 work_injury;");
}

TEST(LeaveFile, SaysOfEachKindWhomItIsToldTo) {
  std::ifstream in(YI_SOURCE_DIR "/data/sichuan/leave.yaml");
  std::stringstream all;
  all << in.rdbuf();
  const auto file = std::filesystem::temp_directory_path() / "yi_staff_leave.yaml";
  const auto load = [&](const std::string& from, const std::string& to) {
    const auto text = replace_all(all.str(), from, to);
    EXPECT_NE(text, all.str()) << from;
    std::ofstream(file) << text;
    return LeaveRules::load(file);
  };
  const auto says = [&](const std::string& from, const std::string& to) {
    const auto rules = load(from, to);
    return rules ? std::string() : rules.error().sentence;
  };
  const std::string sick = "certificate_days: 2, hand_over: true, health: true, public: false";
  EXPECT_NE(says(sick, "certificate_days: 2, hand_over: true, health: true, public: true").find("公开版不刊登病假"), std::string::npos);
  EXPECT_NE(says(sick, "certificate_days: 2, hand_over: true, health: false, public: false").find("公开版不刊登病假"), std::string::npos);
  EXPECT_NE(says("kind: maternity, count: calendar, certificate_days: 0, hand_over: true, health: true, public: false", "kind: maternity, count: calendar, certificate_days: 0, hand_over: true, health: true, public: true").find("产假涉及健康"), std::string::npos);
  const std::string injury = "kind: work_injury, count: calendar, certificate_days: 0, hand_over: true, health: true, public: false";
  EXPECT_NE(says(injury, "kind: work_injury, count: calendar, certificate_days: 0, hand_over: true, health: false, public: true").find("工伤涉及健康、身体"), std::string::npos) << "whatever it says of health";
  EXPECT_EQ(says(injury, "kind: work_injury, count: calendar, certificate_days: 0, hand_over: true, health: false, public: false"), "");
  EXPECT_NE(says("kind: personal, count: working, hand_over: true, health: false, public: false", "kind: personal, count: working, hand_over: true, health: true, public: true").find("事假涉及健康（health: true）"), std::string::npos);
  EXPECT_NE(says("health: false, public: true,", ""), "") << "a kind that does not say it";
  const std::string steps = "steps: [{up_to: 1, by: [window]}, {by: [window, unit, centre]}], basis: 本地约定, unverified: true}\n  - {kind: personal";
  EXPECT_NE(says(steps, "steps: [{up_to: 1, by: [window], reads: [centre]}, {by: [window, unit, centre]}], basis: 本地约定, unverified: true}\n  - {kind: personal").find("“centre”不是这里的审批环节"), std::string::npos);
  const auto narrow = load(steps, "steps: [{up_to: 1, by: [window], reads: []}, {by: [window, unit, centre], reads: [unit]}], basis: 本地约定, unverified: true}\n  - {kind: personal");
  ASSERT_TRUE(narrow) << narrow.error().sentence;
  EXPECT_TRUE(narrow->of(LeaveKind::sick).steps[0].reads.empty());
  EXPECT_EQ(narrow->of(LeaveKind::sick).steps[1].reads, std::vector<LeaveStep>{LeaveStep::unit});
  EXPECT_EQ(kRules->of(LeaveKind::sick).steps[1].reads, kRules->of(LeaveKind::sick).steps[1].by) << "unsaid: whoever decides";
  const auto unread = [&](const std::string& from, const std::string& to) { return says(from, to).find("证明没有人看") != std::string::npos; };
  EXPECT_TRUE(unread(steps, "steps: [{up_to: 1, by: [window]}, {by: [window, unit, centre], reads: []}], basis: 本地约定, unverified: true}\n  - {kind: personal")) << "from two days on with a certificate";
  EXPECT_TRUE(unread(steps, "steps: [{up_to: 2, by: [window], reads: []}, {by: [window, unit, centre]}], basis: 本地约定, unverified: true}\n  - {kind: personal"));
  EXPECT_TRUE(unread("steps: [{by: [centre]}], basis: 某局级中心", "steps: [{by: [centre], reads: []}], basis: 某局级中心")) << "a head's sick leave as well";
  EXPECT_EQ(says("steps: [{up_to: 1, by: [window]}, {up_to: 2, by: [window, centre]}", "steps: [{up_to: 1, by: [window], reads: []}, {up_to: 2, by: [window, centre], reads: []}"), "") << "a kind without certificates";
  const auto closed = load("health: false, public: true", "health: false, public: false");
  ASSERT_TRUE(closed);
  EXPECT_FALSE(closed->of(LeaveKind::annual).disclosure.open);
  EXPECT_EQ(kRules->of(LeaveKind::official).disclosure, (Disclosure{false, true}));
  EXPECT_EQ(kRules->of(LeaveKind::maternity).disclosure, (Disclosure{true, false}));
  std::filesystem::remove(file);
}

TEST_F(LeaveEngine, ShortLeavesThatAdjoinAreFoundThroughDaysOfRest) {
  const auto take = [&](const char* name, LeaveKind kind, const char* from, const char* to) { ASSERT_TRUE(give({{"slt"}, name, kind, *parse_day(from), *parse_day(to), {}, {}, 1}).ok()) << name << from; };
  take("两次四天", LeaveKind::personal, "2024-06-20", "2024-06-21");  // Thursday and Friday
  take("两次四天", LeaveKind::personal, "2024-06-24", "2024-06-25");  // and after the weekend
  take("隔一天", LeaveKind::personal, "2024-06-17", "2024-06-18");
  take("隔一天", LeaveKind::personal, "2024-06-20", "2024-06-20");
  take("两种假", LeaveKind::personal, "2024-06-17", "2024-06-18");
  take("两种假", LeaveKind::annual, "2024-06-19", "2024-06-20");
  take("都在节后", LeaveKind::annual, "2024-06-24", "2024-06-25");
  take("都在节后", LeaveKind::annual, "2024-06-26", "2024-06-27");
  take("跨节的", LeaveKind::annual, "2024-06-07", "2024-06-07");  // Friday before the Dragon Boat Festival
  take("跨节的", LeaveKind::annual, "2024-06-11", "2024-06-12");  // its Tuesday
  take("病两次", LeaveKind::sick, "2024-06-17", "2024-06-18");
  take("病两次", LeaveKind::sick, "2024-06-19", "2024-06-20");
  take("本已列入", LeaveKind::annual, "2024-06-17", "2024-06-19");
  ASSERT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(5)));
  auto reader = engine_->reader();
  const auto works = [](CivilDay day) { return *kCalendar(day, day) == 1; };
  const auto found = [&](const identity::Viewer& v, CivilDay from, CivilDay to) {
    std::string s;
    for (const auto& l : short_leaves_adjoining(*reader, kCentre, v, from, to, 3, works)) s += l.name + " " + to_iso(l.from) + " " + to_iso(l.to) + " " + std::to_string(l.days) + ";";
    return s;
  };
  const auto everything = identity::Viewer::operator_named("t");
  EXPECT_EQ(found(everything, CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21)), "两次四天 2024-06-20 2024-06-25 4;病两次 2024-06-17 2024-06-20 4;");
  EXPECT_EQ(found(everything, CivilDay::of(2024, 6, 10), CivilDay::of(2024, 6, 14)), "跨节的 2024-06-07 2024-06-12 3;");
  EXPECT_EQ(found(identity::Viewer::anonymous(), CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21)), "");
}

TEST_F(LeaveEngine, LeavesThatAdjoinAreOfOneAccountAndADayOfTwoOfThemCountsOnce) {
  const auto take = [&](const char* name, const char* account, LeaveKind kind, const char* from, const char* to) {
    RecordLeave c{{"slt"}, name, kind, *parse_day(from), *parse_day(to), {}, {}, 1};
    if (account) c.account = Text<64>(account);
    ASSERT_TRUE(give(c).ok()) << name << from;
  };
  const auto found = [&] {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(5)));
    auto reader = engine_->reader();
    std::string s;
    for (const auto& l : short_leaves_adjoining(*reader, kCentre, identity::Viewer::operator_named("t"), CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 28), 3, [](CivilDay day) { return *kCalendar(day, day) == 1; }))
      s += l.name + " " + to_iso(l.from) + " " + to_iso(l.to) + " " + std::to_string(l.days) + ";";
    return s;
  };
  take("钱一明", "clerk.jia", LeaveKind::personal, "2024-06-17", "2024-06-18");
  take("钱一明", "clerk.bing", LeaveKind::personal, "2024-06-19", "2024-06-20");
  EXPECT_EQ(found(), "") << "two people of one name";
  take("钱一明", nullptr, LeaveKind::personal, "2024-06-21", "2024-06-21");
  EXPECT_EQ(found(), "") << "which of them it is nobody said";
  take("钱一明", "clerk.bing", LeaveKind::personal, "2024-06-20", "2024-06-24");  // Thursday to Monday: three days by itself
  EXPECT_EQ(found(), "");
  take("钱一明", "clerk.bing", LeaveKind::personal, "2024-06-20", "2024-06-21");
  EXPECT_EQ(found(), "钱一明 2024-06-19 2024-06-21 3;") << "Thursday was entered twice";
  take("李首席", "chief.ji", LeaveKind::annual, "2024-06-20", "2024-06-21");
  take("李首席", nullptr, LeaveKind::annual, "2024-06-24", "2024-06-25");
  take("两次病", nullptr, LeaveKind::sick, "2024-06-21", "2024-06-22");
  take("两次病", nullptr, LeaveKind::sick, "2024-06-22", "2024-06-23");
  EXPECT_EQ(found(), "两次病 2024-06-21 2024-06-23 3;李首席 2024-06-20 2024-06-25 4;钱一明 2024-06-19 2024-06-21 3;") << "one account has the name; calendar days are counted as such";
}

TEST_F(LeaveEngine, ARefusedLeaveLeavesNothing) {
  EXPECT_EQ(give(leave("2024-06-10", "2024-06-20", CountMode::calendar, 2)).error().code, "staff.days_do_not_fit");
  EXPECT_EQ(give(leave("2024-05-01", "2024-08-30", CountMode::working, 81)).error().code, "staff.other_count_mode") << "sick leave counts calendar days";
  EXPECT_EQ(engine_->position(), 0);
}

TEST_F(LeaveEngine, NobodyEntersTheirOwnLeaveAndADepartmentItsOwnPeoplesAlone) {
  const engine::Actor chief{"chief.ji", "staff", "", {"slt"}}, boss{"boss.bing", "staff"};
  const auto of = [](const char* department, const char* name, const char* account = nullptr) {
    RecordLeave c{{department}, name, LeaveKind::personal, CivilDay::of(2024, 6, 24), CivilDay::of(2024, 6, 28), {}, {}, 1};
    if (account) c.account = Text<64>(account);
    return c;
  };
  const auto code = [&](const RecordLeave& c, const engine::Actor& by) {
    const auto a = give(c, by);
    return a ? std::string() : a.error().code;
  };
  EXPECT_EQ(code(of("slt", " 李首席 "), chief), "staff.own_record");
  EXPECT_EQ(code(of("slt", "周中心"), boss), "staff.own_record");
  EXPECT_EQ(code(of("slt", "另一个", "chief.ji"), chief), "staff.own_record");
  EXPECT_EQ(code(of("swt", "钱一明"), chief), "staff.unknown_department");
  EXPECT_EQ(code(of("slt", "钱一明", "nobody"), chief), "staff.not_their_account");
  EXPECT_EQ(code(of("slt", "钱二明", "clerk.jia"), chief), "staff.not_their_account");
  EXPECT_EQ(code(of("slt", "钱一明", "clerk.jia"), chief), "");
  EXPECT_EQ(decide(of("gat", "钱一明"), RecordGround{[](const DepartmentCode&) { return true; }}, {"chief.ji", {"slt"}}).error().code, "staff.other_department");
}

TEST_F(LeaveEngine, WhatWasEnteredWronglyIsTakenBackAndStaysInTheListOfEntries) {
  const auto first = give(leave("2024-06-17", "2024-06-21", CountMode::calendar, 5))->position, second = give(leave("2024-06-18", "2024-06-20", CountMode::calendar, 3))->position;
  EXPECT_EQ(take_back(99), "staff.unknown_record");
  EXPECT_EQ(take_back(first, {"chief.x", "staff", "", {"gat"}}), "staff.other_department");
  ASSERT_EQ(take_back(first, {"chief.ji", "staff", "", {"slt"}}), "");
  EXPECT_EQ(take_back(first), "staff.taken_back_already");
  ASSERT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(5)));
  auto reader = engine_->reader();
  const auto told = leaves_touching(*reader, kCentre, identity::Viewer::operator_named("t"), CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21), 3);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].seq, second);
  auto c = reader->select("SELECT why, taken_back_by FROM staff_leave_recorded WHERE centre=$1 AND recorded=$2", {kCentre.value, first});
  ASSERT_TRUE(c->next());
  EXPECT_EQ(c->integer(0), static_cast<int>(WrongEntry::other_person));
  EXPECT_EQ(c->bytes(1), "chief.ji");
}
}  // namespace
}  // namespace yi::staff
