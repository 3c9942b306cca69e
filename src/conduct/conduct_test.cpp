#include <gtest/gtest.h>

#include "casework/queue.h"
#include "conduct/declare.h"
#include "conduct/views.h"
#include "identity/declare.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::conduct;

namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 24);
const engine::Actor kJia{"clerk.jia", "staff", "", {"scjgj"}}, kYi{"clerk.yi", "staff", "", {"gat"}}, kBing{"boss.bing", "staff"}, kDing{"boss.ding", "staff"}, kOperator{"operator", "operator"};

class Conduct : public ::testing::Test {
 protected:
  void SetUp() override {
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(kMonday, 8, 0)};
    engine_ = engine::Engine::open(directory_.path(), [this] {
                engine::Registry r;
                const auto subjects = identity::declare_subjects(r);
                casework::add_reports(r);
                declare(r, ground_, subjects);
                r.commands.push_back(engine::command<TakeReport>("test.damaged_report", "", {}, [](engine::Turn& turn, const TakeReport&) -> Checked {
                  ReportMade damaged;
                  damaged.clause = Text<20>("F5");
                  damaged.subject = {1};
                  damaged.people = store::SealedText("not what was sealed");
                  turn.fact(report_stream({turn.next_position()}), damaged);
                  return Done{};
                }));
                // As a program wrote it that sealed neither.
                r.commands.push_back(engine::command<MakeReport>("test.report_in_clear", "", {}, [](engine::Turn& turn, const MakeReport& c) -> Checked {
                  ReportMade old;
                  old.by = Text<64>(turn.actor().account);
                  old.about = c.about;
                  old.department = DepartmentCode{"scjgj"};
                  old.clause = c.clause;
                  turn.fact(report_stream({turn.next_position()}), old);
                  return Done{};
                }));
                identity::declare(r, {[](const DepartmentCode&) { return true; }, [](const WindowCode&) { return true; }}, book_, subjects);
                return r;
              }, o).value();
    for (const auto& [account, name, department] : {std::tuple{"clerk.jia", "钱一明", "scjgj"}, {"clerk.yi", "孙小满", "gat"}, {"boss.bing", "黄督查", ""}, {"boss.ding", "丁督查", ""}})
      ASSERT_TRUE(engine_->run("identity.open_account", std::string(R"({"account":")") + account + R"(","name":")" + name + "\"" + (*department ? std::string(R"(,"department":")") + department + "\"" : "") + "}", kOperator, at(kMonday, 8, 0)).ok());
  }
  template <class C>
  std::string give(const char* command, const C& c, const engine::Actor& by, int day = 0) {
    const auto a = engine_->run(command, json::write(c), by, at(kMonday + day, 9, 0));
    if (a) last_ = std::atoll(a->stream.substr(a->stream.find(':') + 1).c_str());  // "gift:12"
    return a ? "" : a.error().code;
  }
  template <class F>
  auto see(F f, const engine::Actor& as = kBing) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    identity::Viewer viewer{identity::Viewer::Kind::staff, as.account};
    viewer.department = as.department;
    return f(ConductReader{*reader, {510000}, viewer, ground_, civil_day(engine_->clock().now()), engine_->keys()});
  }
  void nowhere_in_clear(std::string_view words) {
    auto reader = engine_->reader();
    reader->events({510000}, 1, engine_->position(), [&](const store::LedgerRow& row) {
      EXPECT_EQ(row.record.find(words), std::string_view::npos) << words;
      return true;
    });
  }
  RegisterContact visit() { return {kMonday, Occasion::visit, Text<20>("Z2"), Text<120>("企业厂区"), true, Text<200>("午餐各付各的"), Text<120>("青禾示例食品有限公司"), Text<18>("91510199MADEM0003F"), {}, Text<500>("了解扩建办证的困难")}; }
  std::shared_ptr<identity::AccountBook> book_ = std::make_shared<identity::AccountBook>();
  ConductGround ground_{std::make_shared<const ConductRules>(ConductRules::load(YI_SOURCE_DIR "/data/sichuan/conduct.yaml").value()),
                        [this](const std::string& account) -> std::optional<ConductPerson> {
                          const auto a = book_->find(account);
                          return a ? std::optional(ConductPerson{a->state.name, a->state.department}) : std::nullopt;
                        },
                        [](const DepartmentCode& d) { return d.value != "?"; }};
  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::int64_t last_ = 0;
};

}  // namespace

TEST_F(Conduct, APledgeIsSignedOnceAYearUnderTheVersionInForce) {
  EXPECT_EQ(give("conduct.sign_pledge", SignPledge{Text<40>("2023-1")}, kJia), "conduct.other_version");
  ASSERT_EQ(give("conduct.sign_pledge", SignPledge{Text<40>("2024-1")}, kJia), "");
  EXPECT_EQ(give("conduct.sign_pledge", SignPledge{Text<40>("2024-1")}, kJia), "conduct.signed_already");
  const auto all = see([](const ConductReader& h) { return pledges(h); });
  ASSERT_EQ(all.size(), 4u);
  EXPECT_FALSE(all[0].on) << "who has not signed comes first";
  EXPECT_EQ(all[3].account, "clerk.jia");
  EXPECT_EQ(all[3].on, kMonday);
  ASSERT_EQ(give("conduct.sign_pledge", SignPledge{Text<40>("2024-1")}, kJia, 200), "") << "next year again";
}

TEST_F(Conduct, AContactStandsUnderAPositiveClauseAndItsWordsAreSealed) {
  auto c = visit();
  c.clause = Text<20>("F1");
  EXPECT_EQ(give("conduct.register_contact", c, kJia), "conduct.wrong_clause");
  c = visit();
  c.day = kMonday + 1;
  EXPECT_EQ(give("conduct.register_contact", c, kJia), "conduct.in_the_future");
  c = visit();
  c.day = CivilDay::of(2024, 6, 20);
  EXPECT_EQ(give("conduct.register_contact", c, kJia), "conduct.no_list") << "a day before the list was in force";
  c = visit();
  c.uscc = Text<18>("91510199MADEM0003X");
  EXPECT_EQ(give("conduct.register_contact", c, kJia), "conduct.bad_uscc");
  ASSERT_EQ(give("conduct.register_contact", visit(), kJia), "");
  nowhere_in_clear("青禾示例食品");
  nowhere_in_clear("扩建");
  nowhere_in_clear("午餐");
  nowhere_in_clear("企业厂区");
  const auto all = see([](const ConductReader& h) { return contacts(h, "", 9); });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].enterprise, "青禾示例食品有限公司");
  EXPECT_EQ(all[0].about, "了解扩建办证的困难");
  EXPECT_EQ(all[0].costs, "午餐各付各的");
  EXPECT_EQ(all[0].place, "企业厂区");
  EXPECT_TRUE(see([](const ConductReader& h) { return contacts(h, "", 9); }, kYi).empty()) << "of another department";
  EXPECT_EQ(see([](const ConductReader& h) { return contacts(h, "clerk.jia", 9); }, kJia).size(), 1u);
}

TEST_F(Conduct, WhatBecomesOfAGiftSaysAnother) {
  const HandInGift gift{kMonday, GiftKind::card, 500, Text<120>("某示例公司"), Text<200>("购物卡一张"), Text<500>("夹在材料中，当时没有发现")};
  auto bad = gift;
  bad.value_yuan = -1;
  EXPECT_EQ(give("conduct.hand_in_gift", bad, kJia), "conduct.bad_value");
  ASSERT_EQ(give("conduct.hand_in_gift", gift, kJia), "");
  const GiftId id{last_};
  nowhere_in_clear("购物卡");
  EXPECT_EQ(give("conduct.settle_gift", SettleGift{id, GiftEnd::given_back, Text<500>("已退")}, kJia), "conduct.own_gift");
  EXPECT_EQ(give("conduct.settle_gift", SettleGift{id, GiftEnd::given_back, Text<500>(" ")}, kBing), "conduct.words_missing");
  ASSERT_EQ(give("conduct.settle_gift", SettleGift{id, GiftEnd::given_back, Text<500>("当面退还，收条 1 张")}, kBing), "");
  EXPECT_EQ(give("conduct.settle_gift", SettleGift{id, GiftEnd::to_treasury, Text<500>("x")}, kBing), "conduct.settled_already");
  const auto all = see([](const ConductReader& h) { return gifts(h, "", 9); });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].what, "购物卡一张");
  EXPECT_EQ(all[0].settled_by, "黄督查");
  EXPECT_EQ(all[0].note, "当面退还，收条 1 张");
  nowhere_in_clear("当面退还");
}

TEST_F(Conduct, AReportIsNobodysWhomItIsAboutAndIsKeptWhileItIsOpen) {
  const MakeReport wish{Text<64>("boss.bing"), {}, Text<20>("F5"), ReportChannel::staff, Text<1000>("接受某企业宴请"), Text<120>("孙小满 内线 8003")};
  auto bad = wish;
  bad.clause = Text<20>("Z1");
  EXPECT_EQ(give("conduct.make_report", bad, kYi), "conduct.wrong_clause");
  bad = wish;
  bad.about.reset();
  EXPECT_EQ(give("conduct.make_report", bad, kYi), "conduct.about_nobody");
  ASSERT_EQ(give("conduct.make_report", wish, kYi), "");
  const ReportId id{last_};
  const auto subject = SubjectId{1};
  nowhere_in_clear("宴请");
  nowhere_in_clear("内线");
  EXPECT_TRUE(see([](const ConductReader& h) { return reports(h, 9); }).empty()) << "about the viewer";
  EXPECT_EQ(see([&](const ConductReader& h) { return report(h, id); }).error().code, "conduct.unknown_report");
  EXPECT_EQ(give("conduct.take_report", TakeReport{id}, kBing), "conduct.unknown_report");
  EXPECT_EQ(give("conduct.take_report", TakeReport{id}, kYi), "conduct.unknown_report") << "by the one who made it";
  const auto lines = see([](const ConductReader& h) { return reports(h, 9); }, kDing);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(json::write(lines[0]).find("宴请"), std::string::npos);
  EXPECT_EQ(see([&](const ConductReader& h) { return report(h, id).value(); }, kDing).words, "接受某企业宴请");
  EXPECT_EQ(give("conduct.settle_report", SettleReport{id, ReportEnd::untrue, Text<1000>("x")}, kDing), "conduct.not_taken");
  ASSERT_EQ(give("conduct.take_report", TakeReport{id}, kDing), "");
  identity::EraseSubject erase;
  erase.subject = subject;
  erase.reason = Text<400>("测试");
  EXPECT_EQ(give("identity.erase_subject", erase, kOperator), "conduct.report_open");
  ASSERT_EQ(give("conduct.settle_report", SettleReport{id, ReportEnd::cleared, Text<1000>("系公务活动，已向本人澄清")}, kDing), "");
  EXPECT_EQ(see([&](const ConductReader& h) { return report(h, id).value(); }, kDing).measure, "系公务活动，已向本人澄清");
  ASSERT_EQ(give("identity.erase_subject", erase, kOperator), "");
  EXPECT_FALSE(see([&](const ConductReader& h) { return report(h, id).value(); }, kDing).words);
}

TEST_F(Conduct, TheLedgerNamesNeitherWhoReportsNorWhomItIsAbout) {
  const auto before = engine_->position();
  ASSERT_EQ(give("conduct.make_report", MakeReport{Text<64>("clerk.jia"), {}, Text<20>("F5"), ReportChannel::staff, Text<1000>("收受会员卡"), {}}, kYi), "");
  const ReportId id{last_};
  int facts = 0;
  auto reader = engine_->reader();
  reader->events({510000}, before + 1, engine_->position(), [&](const store::LedgerRow& row) {
    ++facts;
    store::Record r;
    EXPECT_TRUE(store::decode(row.record, r));
    EXPECT_EQ(r.actor, "") << r.name << ": the subject that came with it would tell as well";
    for (const char* word : {"clerk.yi", "clerk.jia", "scjgj", "会员卡"}) EXPECT_EQ(row.record.find(word), std::string_view::npos) << word << " in " << r.name;
    return true;
  });
  EXPECT_EQ(facts, 2) << "the report and its key's owner";
  auto rows = reader->select("SELECT made_by, about, department, people FROM conduct_report WHERE centre=$1", {510000});
  ASSERT_TRUE(rows->next());
  for (int column = 0; column < 3; ++column) EXPECT_EQ(rows->bytes(column), "");
  EXPECT_NE(rows->bytes(3), "");
  // Who handles it is told by its key whom it is about, and not who gave it.
  const auto seen = see([&](const ConductReader& h) { return report(h, id).value(); });
  EXPECT_EQ(seen.about_name, "钱一明");
  EXPECT_EQ(seen.line.department, DepartmentCode{"scjgj"});
  EXPECT_EQ(json::write(seen).find("clerk.yi"), std::string::npos);
  ASSERT_EQ(give("conduct.take_report", TakeReport{id}, kBing), "");
  ASSERT_EQ(give("conduct.settle_report", SettleReport{id, ReportEnd::untrue, Text<1000>("不属实")}, kBing), "");
  identity::EraseSubject erase;
  erase.subject = SubjectId{1};
  erase.reason = Text<400>("测试");
  ASSERT_EQ(give("identity.erase_subject", erase, kOperator), "");
  const auto erased = see([&](const ConductReader& h) { return report(h, id).value(); });
  EXPECT_FALSE(erased.about || erased.words || erased.line.department) << "the key is gone, and with it whom it was about";
  EXPECT_EQ(see([](const ConductReader& h) { return reports(h, 9); }).size(), 1u) << "that there was one stays";
}

TEST_F(Conduct, AReportOfAnOlderLedgerIsKeptFromTheSamePeople) {
  ASSERT_EQ(give("test.report_in_clear", MakeReport{Text<64>("boss.bing"), {}, Text<20>("F5"), ReportChannel::staff, Text<1000>("x"), {}}, kDing), "");
  const ReportId id{last_};
  EXPECT_EQ(give("conduct.take_report", TakeReport{id}, kBing), "conduct.unknown_report") << "about them";
  EXPECT_EQ(give("conduct.take_report", TakeReport{id}, kDing), "conduct.unknown_report") << "by them";
  EXPECT_TRUE(see([](const ConductReader& h) { return reports(h, 9); }).empty());
  ASSERT_EQ(give("conduct.take_report", TakeReport{id}, kJia), "");
  EXPECT_EQ(see([](const ConductReader& h) { return reports(h, 9); }, kJia)[0].department, DepartmentCode{"scjgj"});
}

TEST_F(Conduct, AnOpenReportWhoseKeyIsGoneIsHandledByNobody) {
  ASSERT_EQ(give("conduct.make_report", MakeReport{Text<64>("boss.bing"), {}, Text<20>("F5"), ReportChannel::staff, Text<1000>("接受某企业宴请"), {}}, kYi), "");
  const ReportId lost{last_};
  ASSERT_EQ(give("conduct.make_report", MakeReport{Text<64>("boss.bing"), {}, Text<20>("F5"), ReportChannel::staff, Text<1000>("接受某企业宴请"), {}}, kYi), "");
  const ReportId taken{last_};
  ASSERT_EQ(give("conduct.take_report", TakeReport{taken}, kDing), "");
  // As after a backup that lacks the keys: an erasure would be refused.
  for (const int subject : {1, 2}) engine_->keys().close({subject});
  for (const auto& who : {kBing, kDing, kYi}) EXPECT_EQ(give("conduct.take_report", TakeReport{lost}, who), "conduct.people_lost") << "whom it is about could be among them";
  EXPECT_EQ(give("conduct.settle_report", SettleReport{taken, ReportEnd::untrue, Text<1000>("x")}, kDing), "conduct.people_lost");
  EXPECT_EQ(see([](const ConductReader& h) { return reports(h, 9); }).size(), 2u) << "that there were two stays to be seen";
}

TEST_F(Conduct, ADamagedReportIsLeftOutAndHidesNoOther) {
  std::vector<std::int64_t> all;
  for (int i = 0; i < 5; ++i) {
    const bool own = i == 3;
    ASSERT_EQ(give("conduct.make_report", MakeReport{Text<64>(own ? "boss.bing" : "clerk.jia"), {}, Text<20>("F5"), ReportChannel::staff, Text<1000>("某事"), {}}, kYi), "");
    all.push_back(last_);
  }
  // Bytes of another report: they belong elsewhere, and do not open.
  ASSERT_EQ(give("test.damaged_report", TakeReport{{all[0]}}, kYi), "");
  const auto lines = see([](const ConductReader& h) { return reports(h, 2); });
  ASSERT_EQ(lines.size(), 2u) << "what is left out is made up for";
  EXPECT_EQ(lines[0].report.value, all[4]);
  EXPECT_EQ(lines[1].report.value, all[2]) << "the one about the viewer is not there";
  EXPECT_EQ(see([](const ConductReader& h) { return reports(h, 9); }).size(), 4u);
}

TEST_F(Conduct, OnesOwnPageLeavesNoTimeInTheAudit) {
  http::Router router;
  add_doors(router, *engine_, ground_);
  int personal = 0;
  for (const auto& d : router.doors()) {
    personal += d.audit_class == "personal";
    if (d.name != "conduct.read_mine") continue;
    EXPECT_EQ(d.audit_class, "read") << "opened beside a report, an entry would tell who gave it";
  }
  EXPECT_EQ(personal, 8) << "what is of others is noted";
}

TEST_F(Conduct, TrainingsHaveTheirPeople) {
  EXPECT_EQ(give("conduct.record_training", RecordTraining{kMonday, Text<120>("清单解读"), {}, {}}, kBing), "conduct.nobody_came");
  ASSERT_EQ(give("conduct.record_training", RecordTraining{kMonday, Text<120>("清单解读"), {Text<64>("clerk.jia"), Text<64>("clerk.yi"), Text<64>("clerk.jia")}, {}}, kBing), "") << "named twice";
  EXPECT_EQ(see([](const ConductReader& h) { return trainings(h, 9); })[0].names, (std::vector<std::string>{"钱一明", "孙小满"}));
}

TEST(ConductRefusals, EachHasItsWords) {
  for (int i = 0; i <= static_cast<int>(ConductRefused::people_lost); ++i) {
    const auto r = refusal(static_cast<ConductRefused>(i));
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << i;
  }
}
