#include <gtest/gtest.h>

#include <set>

#include "casework/declare.h"
#include "casework/house_declare.h"
#include "engine/engine.h"
#include "hall/follow_up_declare.h"
#include "hall/follow_up_views.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::hall;

namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 24);
Instant morning(int day) { return at(kMonday + day, 9, 0); }
const engine::Actor kSupervisor{"supervisor.a", "staff"}, kOtherSupervisor{"supervisor.b", "staff"}, kLead{"rep.a", "staff", "", {"scjgj"}}, kStranger{"rep.b", "staff", "", {"gat"}};

FollowUpGround ground() {
  return {std::make_shared<const FollowUpRules>(FollowUpRules::load(YI_SOURCE_DIR "/data/sichuan/follow_ups.yaml").value()),
          std::make_shared<const catalog::Catalog>(catalog::Catalog::load(YI_SOURCE_DIR "/data/sichuan").value()),
          std::make_shared<const calendar::Calendar>(calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value())};
}

class FollowUps : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    engine_.reset();
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(kMonday, 8, 0)};
    engine_ = engine::Engine::open(directory_.path(), [this] {
                engine::Registry r;
                const auto subjects = identity::declare_subjects(r);
                casework::declare(r, {ground_.catalog, ground_.calendar}, subjects);
                casework::declare_house(r, {ground_.catalog, subjects, [](const std::string&) { return true; }});
                declare_follow_ups(r, ground_, subjects);
                r.commands.push_back(engine::command<casework::EnterPaperEvaluation>("test.rate_visit", "", {}, [](engine::Turn& turn, const casework::EnterPaperEvaluation& c) -> Checked {
                  turn.fact("visit:1", casework::VisitEvaluated{c.window, c.paper, c.level, casework::Channel::window, c.comment});
                  return Done{};
                }));
                return r;
              }, o).value();
  }
  template <class C>
  std::string give(const char* command, const C& c, int day, const engine::Actor& by = kSupervisor) {
    const auto a = engine_->run(command, json::write(c), by, morning(day));
    if (a) {  // the first fact: a sealed one brings its key's owner behind it
      json::Parser parser;
      last_ = {a->position + 1 - static_cast<std::int64_t>(parser.parse(a->json)->find("facts")->size())};
    }
    return a ? "" : a.error().code;
  }
  std::vector<FollowUpEntry> list(FollowUpQuestion q = {}, identity::Viewer viewer = identity::Viewer::operator_named("t")) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    return follow_ups({*reader, {510000}, viewer, civil_day(engine_->clock().now())}, ground_, engine_->keys(), q);
  }
  // What was done with the one that is `stage`, each as "act|by|words".
  std::vector<std::string> said(FollowUpStage stage, identity::Viewer viewer = identity::Viewer::operator_named("t")) {
    FollowUpQuestion q;
    q.stage = stage;
    std::vector<std::string> out;
    for (const auto& e : list(q, viewer))
      for (const auto& a : e.acts) out.push_back(a.act + "|" + a.by + "|" + a.words.value_or(""));
    return out;
  }
  // A bad rating of a visit; its follow-up's id.
  FollowUpId rated(int level, int day, const char* visit) {
    EXPECT_EQ(give("test.rate_visit", casework::EnterPaperEvaluation{{"W01"}, Text<40>(visit), level, Text<500>("等了两个小时")}, day), "");
    return last_;
  }
  FollowUpGround ground_ = ground();
  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  FollowUpId last_;
};

}  // namespace

TEST_F(FollowUps, ABadRatingOpensItselfAndIsAnsweredInTime) {
  rated(3, 0, "A001");
  const auto id = rated(4, 0, "A002");
  const auto opened = list();
  ASSERT_EQ(opened.size(), 1u) << "基本满意 is no bad rating";
  EXPECT_EQ(opened[0].follow_up, id);
  EXPECT_EQ(opened[0].words, "等了两个小时");
  EXPECT_EQ(opened[0].due, kMonday + 1);
  EXPECT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("增开窗口")}, 0), "hall.not_sorted");
  EXPECT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("?"), {"scjgj"}}, 0), "hall.unknown_class");
  EXPECT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"?"}}, 0), "hall.unknown_department");
  ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"scjgj"}}, 0), "");
  EXPECT_EQ(list()[0].due, CivilDay::of(2024, 7, 1)) << "five working days after Monday";
  EXPECT_EQ(list()[0].days_left, 5);
  EXPECT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("增开窗口")}, 1, kStranger), "hall.not_of_your_department");
  EXPECT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>(" ")}, 1, kLead), "hall.words_missing");
  EXPECT_EQ(give("hall.call_back", CallBack{id, true, true, {}}, 1), "hall.not_answered");
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("增开窗口")}, 1, kLead), "");
  const auto answered = list()[0].acts;
  ASSERT_EQ(answered.size(), 2u) << "who calls back has the answer before them";
  EXPECT_EQ(answered[0].due, CivilDay::of(2024, 7, 1));
  EXPECT_EQ(answered[1].finding, Finding::true_);
  EXPECT_EQ(answered[1].words, "增开窗口");
  EXPECT_EQ(civil_day(answered[1].at), kMonday + 1);
  ASSERT_EQ(give("hall.call_back", CallBack{id, true, false, Text<500>("还是要等")}, 2), "");
  EXPECT_EQ(list()[0].stage, FollowUpStage::sorted) << "not content: opened again, once";
  EXPECT_TRUE(list()[0].reopened);
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("登门致歉")}, 3, kLead), "");
  ASSERT_EQ(give("hall.call_back", CallBack{id, true, false, {}}, 4), "");
  EXPECT_TRUE(list().empty());
  EXPECT_EQ(give("hall.call_back", CallBack{id, true, true, {}}, 4), "hall.follow_up_closed");
  const std::vector<std::string> whole{"follow_up_sorted|supervisor.a|", "follow_up_answered|rep.a|增开窗口", "follow_up_called_back|supervisor.a|还是要等", "follow_up_answered|rep.a|登门致歉",
                                       "follow_up_called_back|supervisor.a|"};
  EXPECT_EQ(said(FollowUpStage::closed), whole);
  FollowUpQuestion closed;
  closed.stage = FollowUpStage::closed;
  const auto again = list(closed)[0].acts[2];
  EXPECT_EQ(again.due, CivilDay::of(2024, 7, 3)) << "opened again: five working days after Wednesday";
  EXPECT_EQ(again.reached, true);
  EXPECT_EQ(again.content, false);
  open();
  EXPECT_EQ(said(FollowUpStage::closed), whole);
  EXPECT_TRUE(list().empty()) << "and stays closed over a restart";
}

TEST_F(FollowUps, WhomNobodyReachesIsCalledThreeTimesAndCountsForNothing) {
  const auto id = rated(5, 0, "A001");
  ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"scjgj"}}, 0), "");
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("已改")}, 9, kLead), "");
  for (int i = 0; i < 2; ++i) ASSERT_EQ(give("hall.call_back", CallBack{id, false, false, {}}, 9), "");
  EXPECT_EQ(list().size(), 1u);
  EXPECT_EQ(give("hall.call_back", CallBack{id, false, true, {}}, 9), "hall.words_missing");
  ASSERT_EQ(give("hall.call_back", CallBack{id, false, false, Text<500>("号码已停机")}, 9), "");
  EXPECT_TRUE(list().empty());
  FollowUpQuestion closed;
  closed.stage = FollowUpStage::closed;
  const auto last = list(closed)[0].acts.back();
  EXPECT_EQ(last.words, "号码已停机");
  EXPECT_EQ(last.reached, false);
  EXPECT_FALSE(last.content) << "nobody was asked";
  auto reader = engine_->reader();
  const auto viewer = identity::Viewer::operator_named("t");
  const auto f = follow_up_figures({*reader, {510000}, viewer, kMonday + 9}, ground_, kMonday, kMonday);
  EXPECT_EQ(f[0].answered, 1);
  EXPECT_EQ(f[0].called_back, 0);
  EXPECT_EQ(f[0].in_time, 0) << "two days late";
}

TEST_F(FollowUps, AnAppealIsDecidedBySomebodyElseAndLeavesTheRates) {
  const auto a = rated(5, 0, "A001"), b = rated(5, 0, "A002");
  for (const auto id : {a, b}) ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"scjgj"}}, 0), "");
  ASSERT_EQ(give("hall.appeal_evaluation", AppealEvaluation{a, Text<500>("评错了窗口")}, 1, kSupervisor), "");
  EXPECT_EQ(give("hall.answer_follow_up", AnswerFollowUp{a, Finding::mistaken, Text<1000>("x")}, 1, kLead), "hall.not_sorted");
  EXPECT_EQ(said(FollowUpStage::appealed).back(), "evaluation_appealed|supervisor.a|评错了窗口") << "before it is decided";
  EXPECT_EQ(give("hall.decide_appeal", DecideAppeal{a, true, Text<500>("属实")}, 1, kSupervisor), "hall.own_appeal");
  EXPECT_EQ(give("hall.decide_appeal", DecideAppeal{b, true, Text<500>("属实")}, 1, kSupervisor), "hall.no_appeal");
  ASSERT_EQ(give("hall.decide_appeal", DecideAppeal{a, true, Text<500>("属实")}, 1, kOtherSupervisor), "");
  EXPECT_EQ(said(FollowUpStage::closed).back(), "appeal_decided|supervisor.b|属实");
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{b, Finding::true_, Text<1000>("已改")}, 10, kLead), "") << "late, but answered";
  EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
  auto reader = engine_->reader();
  const auto viewer = identity::Viewer::operator_named("t");
  const auto f = follow_up_figures({*reader, {510000}, viewer, kMonday + 10}, ground_, kMonday, kMonday);
  EXPECT_EQ(f[0].opened, 2);
  EXPECT_EQ(f[0].upheld, 1);
  EXPECT_EQ(f[0].due, 1);
  EXPECT_EQ(f[0].in_time, 0);
  EXPECT_EQ(f[0].answered, 1);
}

TEST_F(FollowUps, WhoLeftNoContactIsNotCalledThreeTimesForShow) {
  const auto id = rated(5, 0, "A001");
  ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"scjgj"}}, 0), "");
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{id, Text<500>("评价器评价，没有留号码")}, 0), "hall.not_answered") << "before anybody has looked into it";
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("已改")}, 1, kLead), "");
  EXPECT_FALSE(list()[0].reachable);
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{id, Text<500>(" ")}, 1), "hall.words_missing");
  ASSERT_EQ(give("hall.no_contact_left", NoContactLeft{id, Text<500>("评价器评价，没有留号码")}, 1), "");
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{id, Text<500>("x")}, 1), "hall.follow_up_closed");
  EXPECT_EQ(said(FollowUpStage::closed).back(), "follow_up_unreachable|supervisor.a|评价器评价，没有留号码");
  // Of two unresolved matters the one that left a number is called back, the other need not be.
  ASSERT_EQ(give("hall.register_unresolved", RegisterUnresolved{{}, {}, {}, {}, Text<1000>("三次都说系统不通"), Reporter{Text<60>("虞小满"), Text<20>("13900000000")}}, 1), "");
  const auto named = list()[0].follow_up;
  ASSERT_EQ(give("hall.register_unresolved", RegisterUnresolved{{}, {}, {}, {}, Text<1000>("没有人理"), Reporter{Text<60>("某先生"), {}}}, 1), "");
  const auto nameless = list()[1].follow_up;
  for (const auto u : {named, nameless}) {
    ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{u, Text<40>("should_be_done"), {"scjgj"}}, 1), "");
    ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{u, Finding::true_, Text<1000>("已办")}, 1, kLead), "");
  }
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{named, Text<500>("不想打")}, 1), "hall.contact_left");
  ASSERT_EQ(give("hall.no_contact_left", NoContactLeft{nameless, Text<500>("没有留号码")}, 1), "");
  open();
  EXPECT_EQ(list().size(), 1u) << "and over a restart";
  auto reader = engine_->reader();
  const auto viewer = identity::Viewer::operator_named("t");
  const auto f = follow_up_figures({*reader, {510000}, viewer, kMonday + 1}, ground_, kMonday, kMonday);
  EXPECT_EQ(f[0].answered, 1);
  EXPECT_EQ(f[0].no_contact, 1) << "in no denominator of who was called back";
  EXPECT_EQ(f[0].called_back, 0);
}

TEST_F(FollowUps, TheClockStandsStillWhileAnAppealIsUndecided) {
  const auto a = rated(5, 0, "A001"), b = rated(5, 0, "A002");
  for (const auto id : {a, b}) ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"scjgj"}}, 0), "");
  const auto due = CivilDay::of(2024, 7, 1);
  ASSERT_EQ(list()[0].due, due);
  ASSERT_EQ(give("hall.appeal_evaluation", AppealEvaluation{a, Text<500>("评错了窗口")}, 2, kLead), "");
  EXPECT_EQ(list()[0].due, CivilDay::of(2024, 7, 3)) << "five working days to decide, from Wednesday";
  // Wednesday to next Thursday: three days of the five were left, and are left.
  const engine::Actor elsewhere{"rep.c", "staff", "", {"gat"}};
  EXPECT_EQ(give("hall.decide_appeal", DecideAppeal{a, false, Text<500>("没有评错")}, 10, elsewhere), "hall.not_of_your_department") << "whoever has the right for a department has it for that one";
  ASSERT_EQ(give("hall.decide_appeal", DecideAppeal{a, false, Text<500>("没有评错")}, 10, kOtherSupervisor), "");
  EXPECT_EQ(list()[0].due, CivilDay::of(2024, 7, 9)) << "three working days after Thursday, 4 July";
  EXPECT_EQ(list()[0].acts.back().due, CivilDay::of(2024, 7, 9));
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{a, Finding::true_, Text<1000>("已改")}, 15, kLead), "") << "on its day";
  // What was past before the appeal stays past.
  ASSERT_EQ(give("hall.appeal_evaluation", AppealEvaluation{b, Text<500>("评错了")}, 15, kLead), "");
  ASSERT_EQ(give("hall.decide_appeal", DecideAppeal{b, false, Text<500>("没有评错")}, 16, kSupervisor), "");
  FollowUpQuestion sorted;
  sorted.stage = FollowUpStage::sorted;
  EXPECT_EQ(list(sorted)[0].due, due);
  auto reader = engine_->reader();
  const auto viewer = identity::Viewer::operator_named("t");
  const auto f = follow_up_figures({*reader, {510000}, viewer, kMonday + 16}, ground_, kMonday, kMonday);
  EXPECT_EQ(f[0].due, 2);
  EXPECT_EQ(f[0].in_time, 1);
}

TEST_F(FollowUps, WhatPeopleSayIsSealedAndGoesWithItsKey) {
  ASSERT_EQ(give("hall.register_unresolved", RegisterUnresolved{{}, {}, {}, {}, Text<1000>("三次都说系统不通"), Reporter{Text<60>("虞小满"), Text<20>("13900000000")}}, 0), "");
  ASSERT_EQ(give("hall.take_problem", TakeProblem{{"scjgj"}, Text<60>("林局长"), {}, Text<1000>("停车不便")}, 0), "");
  auto reader = engine_->reader();
  reader->events({510000}, 1, engine_->position(), [&](const store::LedgerRow& row) {
    for (const char* words : {"系统不通", "停车", "虞小满", "13900000000"}) EXPECT_EQ(row.record.find(words), std::string_view::npos) << words;
    return true;
  });
  EXPECT_EQ(list()[0].words, "三次都说系统不通");
  EXPECT_EQ(list()[1].words, "停车不便");
  ASSERT_EQ(give("casework.enter_paper_evaluation", casework::EnterPaperEvaluation{{"W01"}, Text<40>("意见箱-1"), 5, Text<500>("叫到以后让去别的窗口")}, 0), "");
  EXPECT_EQ(list()[2].words, "叫到以后让去别的窗口");
  engine_->reader()->events({510000}, 1, engine_->position(), [&](const store::LedgerRow& row) {
    EXPECT_EQ(row.record.find("别的窗口"), std::string_view::npos);
    return true;
  });
  identity::EraseSubject erase;
  erase.subject = SubjectId{1};
  erase.reason = Text<400>("本人要求");
  const FollowUpId first = list()[0].follow_up;
  EXPECT_EQ(give("identity.erase_subject", erase, 0), "hall.follow_up_open") << "whoever works on it would have an empty item";
  identity::EraseSubject by_number;
  by_number.kind = identity::IdKind::phone;
  by_number.number = Text<64>("13900000000");
  by_number.reason = Text<400>("本人要求");
  EXPECT_EQ(give("identity.erase_subject", by_number, 0), "hall.follow_up_open");
  ASSERT_EQ(give("hall.decline_follow_up", DeclineFollowUp{first, Text<500>("请向运营商反映")}, 0), "");
  ASSERT_EQ(give("identity.erase_subject", erase, 0), "");
  FollowUpQuestion over;
  over.stage = FollowUpStage::declined;
  EXPECT_EQ(list(over)[0].words, "");
  EXPECT_FALSE(list(over)[0].reporter);
  EXPECT_EQ(list()[0].words, "停车不便") << "another key";
}

TEST_F(FollowUps, WordsForNoNumberAreNoNumberSoThatStrangersShareNoKey) {
  const auto wish = [](std::optional<Text<20>> phone) { return RegisterUnresolved{{}, {}, {}, {}, Text<1000>("没有人理"), Reporter{Text<60>("某先生"), phone}}; };
  for (const char* none : {"无", "不愿留", "-", "00000000"}) EXPECT_EQ(give("hall.register_unresolved", wish(Text<20>(none)), 0), "hall.bad_reporter_phone") << none;
  for (const char* number : {"028-80000001", "13900000001"}) ASSERT_EQ(give("hall.register_unresolved", wish(Text<20>(number)), 0), "") << number;
  for (int i = 0; i < 2; ++i) ASSERT_EQ(give("hall.register_unresolved", wish({}), 0), "");
  std::set<std::int64_t> subjects;
  auto reader = engine_->reader();
  auto c = reader->select("SELECT subject FROM hall_follow_up WHERE centre=$1", {510000});
  while (c->next()) subjects.insert(c->integer(0));
  EXPECT_EQ(subjects.size(), 4u) << "four people, four keys";
}

TEST_F(FollowUps, WhoWorksOnItCallsBackAndEndsIt) {
  const auto id = rated(5, 0, "A001");
  ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"scjgj"}}, 0), "");
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("已改")}, 1, kLead), "");
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{id, Text<500>("没有留号码")}, 1, kStranger), "hall.not_of_your_department");
  EXPECT_EQ(give("hall.call_back", CallBack{id, true, true, {}}, 1, kStranger), "hall.not_of_your_department");
  // Reached once, not content, answered again: such a one can be reached.
  ASSERT_EQ(give("hall.call_back", CallBack{id, true, false, {}}, 1, kLead), "");
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("登门致歉")}, 2, kLead), "");
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{id, Text<500>("没有留号码")}, 2), "hall.contact_left");
  ASSERT_EQ(give("hall.call_back", CallBack{id, true, true, {}}, 2), "");
}

TEST_F(FollowUps, ASheetAndACaseSayWhetherThereIsANumber) {
  const auto answered = [&](FollowUpId id, const char* sort = "simple") {
    ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>(sort), {"scjgj"}}, 0), "");
    ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{id, Finding::true_, Text<1000>("已改")}, 0, kLead), "");
  };
  const auto reachable = [&](FollowUpId id) {
    for (const auto& e : list())
      if (e.follow_up == id) return e.reachable;
    return false;
  };
  casework::EnterPaperEvaluation sheet{{"W01"}, Text<40>("意见箱-1"), 5, Text<500>("没有人理"), true};
  ASSERT_EQ(give("casework.enter_paper_evaluation", sheet, 0), "");
  const auto paper = last_;
  answered(paper);
  EXPECT_TRUE(reachable(paper));
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{paper, Text<500>("不想打")}, 0), "hall.contact_left") << "the sheet has one";
  // Of two cases one has its applicant's telephone, the other none.
  const auto* matter = ground_.catalog->find_matter({"SC-RST-0001"});
  ASSERT_TRUE(matter);
  CaseId last_case;
  const auto rated_case = [&](std::optional<Text<20>> phone, const char* id_number) {
    casework::Receive wish;
    wish.matter = {"SC-RST-0001"};
    wish.applicant = Text<120>("青禾示例门诊部");
    wish.applicant_id = Text<18>(id_number);
    wish.phone = phone;
    for (const auto& m : matter->materials) wish.materials.emplace_back(m.name);
    wish.window = {"W01"};
    const auto received = engine_->run("casework.receive", json::write(wish), kSupervisor, morning(0));
    EXPECT_TRUE(received.ok()) << (received.ok() ? "" : received.error().code);
    if (!received.ok()) return FollowUpId{};
    last_case = *casework::case_of_stream(received->stream);
    casework::Withdraw withdraw;
    withdraw.case_id = last_case;
    withdraw.window = WindowCode{"W01"};
    withdraw.reason = Text<500>("申请人撤回");
    EXPECT_EQ(give("casework.withdraw", withdraw, 0), "");
    casework::Evaluate evaluate;
    evaluate.case_id = last_case;
    evaluate.level = 5;
    evaluate.window = WindowCode{"W01"};
    EXPECT_EQ(give("casework.evaluate", evaluate, 0), "");
    return last_;
  };
  const auto with = rated_case(Text<20>("13900000007"), "91510199MADEM0003F");
  const auto case_with = last_case;
  const auto without = rated_case({}, "91510199MADEM0004J");
  for (const auto id : {with, without}) answered(id);
  EXPECT_TRUE(reachable(with));
  EXPECT_FALSE(reachable(without));
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{with, Text<500>("不想打")}, 0), "hall.contact_left");
  ASSERT_EQ(give("hall.no_contact_left", NoContactLeft{without, Text<500>("没有留号码")}, 0), "");
  // An unresolved matter of a case is its applicant's.
  RegisterUnresolved unresolved{{}, {}, {}, case_with, Text<1000>("三次都没有办成"), {}};
  ASSERT_EQ(give("hall.register_unresolved", unresolved, 0), "");
  const auto of_case = last_;
  answered(of_case, "should_be_done");
  EXPECT_EQ(give("hall.no_contact_left", NoContactLeft{of_case, Text<500>("不想打")}, 0), "hall.contact_left");
  // The case is over: its applicant may be erased, and nobody can be called any more.
  identity::EraseSubject erase;
  erase.kind = identity::IdKind::uscc;
  erase.number = Text<64>("91510199MADEM0003F");
  erase.reason = Text<400>("本人要求");
  ASSERT_EQ(give("identity.erase_subject", erase, 0), "");
  EXPECT_FALSE(reachable(with));
  ASSERT_EQ(give("hall.no_contact_left", NoContactLeft{with, Text<500>("本人要求删除")}, 0), "");
  ASSERT_EQ(give("hall.no_contact_left", NoContactLeft{of_case, Text<500>("本人要求删除")}, 0), "");
}

TEST_F(FollowUps, AnAppealHidesNothingThatWasPastAndOnItsLastDayLeavesADay) {
  const auto late = rated(5, 0, "A001"), last_day = rated(5, 0, "A002");
  for (const auto id : {late, last_day}) ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("simple"), {"scjgj"}}, 0), "");
  const auto due = CivilDay::of(2024, 7, 1);
  ASSERT_EQ(give("hall.appeal_evaluation", AppealEvaluation{last_day, Text<500>("评错了窗口")}, 7, kLead), "") << "on 1 July, its day";
  ASSERT_EQ(give("hall.decide_appeal", DecideAppeal{last_day, false, Text<500>("没有评错")}, 7, kSupervisor), "");
  ASSERT_EQ(give("hall.appeal_evaluation", AppealEvaluation{late, Text<500>("评错了窗口")}, 8, kLead), "") << "a day late";
  FollowUpQuestion q;
  q.stage = FollowUpStage::sorted;
  EXPECT_EQ(list(q)[0].due, CivilDay::of(2024, 7, 2)) << "a decision at closing time leaves the next working day";
  q.stage = FollowUpStage::appealed;
  EXPECT_EQ(list(q)[0].due, due) << "what was past stays to be seen";
  const auto figures = [&](int day) {
    auto reader = engine_->reader();
    const auto viewer = identity::Viewer::operator_named("t");
    return follow_up_figures({*reader, {510000}, viewer, kMonday + day}, ground_, kMonday, kMonday)[0];
  };
  EXPECT_EQ(figures(8).due, 1) << "overdue before it was appealed";
  EXPECT_EQ(figures(8).appeals, 2);
  EXPECT_EQ(figures(15).appeals_late, 0) << "five working days from Tuesday: until the next";
  EXPECT_EQ(figures(16).appeals_late, 1);
  ASSERT_EQ(give("hall.decide_appeal", DecideAppeal{late, false, Text<500>("没有评错")}, 16, kSupervisor), "");
  EXPECT_EQ(figures(30).appeals_late, 1) << "decided, but late";
}

TEST_F(FollowUps, ARatingIsNeverDeclinedAndOneOnPaperStandsApart) {
  const auto id = rated(5, 0, "A001");
  EXPECT_EQ(give("hall.decline_follow_up", DeclineFollowUp{id, Text<500>("恶意评价")}, 0), "hall.rating_not_declined");
  ASSERT_EQ(give("casework.enter_paper_evaluation", casework::EnterPaperEvaluation{{"W01"}, Text<40>("意见箱-1"), 5, Text<500>("没有人理")}, 0), "");
  const auto paper = last_;
  EXPECT_EQ(give("hall.decline_follow_up", DeclineFollowUp{paper, Text<500>("看不清")}, 0), "hall.rating_not_declined");
  ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{paper, Text<40>("simple"), {"scjgj"}}, 0), "");
  ASSERT_EQ(give("hall.answer_follow_up", AnswerFollowUp{paper, Finding::true_, Text<1000>("已改")}, 1, kLead), "");
  EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
  auto reader = engine_->reader();
  const auto viewer = identity::Viewer::operator_named("t");
  const auto f = follow_up_figures({*reader, {510000}, viewer, kMonday + 10}, ground_, kMonday, kMonday);
  EXPECT_EQ(f[0].opened, 1);
  EXPECT_EQ(f[0].answered, 0) << "the rate of what was put right counts no paper";
  EXPECT_EQ(f[3].kind, FollowUpKind::paper_evaluation);
  EXPECT_EQ(f[3].answered, 1);
}

TEST_F(FollowUps, UnresolvedMattersAreRegisteredSortedExtendedAndTheirPeopleSealed) {
  EXPECT_EQ(give("hall.register_unresolved", RegisterUnresolved{{}, {}, {}, {}, Text<1000>(""), {}}, 0), "hall.words_missing");
  EXPECT_EQ(give("hall.register_unresolved", RegisterUnresolved{WindowCode{"?"}, {}, {}, {}, Text<1000>("x"), {}}, 0), "hall.unknown_window");
  ASSERT_EQ(give("hall.register_unresolved",
                 RegisterUnresolved{{}, DepartmentCode{"scjgj"}, {}, {}, Text<1000>("三次都说系统不通"), Reporter{Text<60>("虞小满"), Text<20>("13900000000")}}, 0), "");
  const auto e = list();
  ASSERT_EQ(e.size(), 1u);
  const auto id = e[0].follow_up;
  EXPECT_EQ(e[0].reporter, "虞小满") << "the operator sees personal data";
  identity::Viewer rep{identity::Viewer::Kind::staff, "rep.a"};
  rep.department = {"scjgj"};
  EXPECT_TRUE(list({}, rep).empty()) << "before it is sorted, it is nobody's";
  ASSERT_EQ(give("hall.sort_follow_up", SortFollowUp{id, Text<40>("complex"), {"scjgj"}}, 0), "");
  const auto seen = list({}, rep);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_NE(seen[0].reporter, "虞小满");
  EXPECT_NE(seen[0].phone, "13900000000");
  EXPECT_EQ(give("hall.appeal_evaluation", AppealEvaluation{id, Text<500>("x")}, 0), "hall.no_rating");
  EXPECT_EQ(give("hall.extend_follow_up", ExtendFollowUp{id, 16, Text<500>("要会商")}, 1, kLead), "hall.too_long");
  ASSERT_EQ(give("hall.extend_follow_up", ExtendFollowUp{id, 5, Text<500>("要会商")}, 1, kLead), "");
  EXPECT_EQ(give("hall.extend_follow_up", ExtendFollowUp{id, 5, Text<500>("要会商")}, 1, kLead), "hall.extended_already");
  EXPECT_EQ(list()[0].due, CivilDay::of(2024, 7, 22)) << "fifteen and five working days after 24 June";
  EXPECT_EQ(said(FollowUpStage::sorted, rep), (std::vector<std::string>{"follow_up_sorted|supervisor.a|", "follow_up_extended|rep.a|要会商"})) << "read by whoever reads the list";
  rep.department = {"gat"};
  EXPECT_TRUE(said(FollowUpStage::sorted, rep).empty());

  ASSERT_EQ(give("hall.register_unresolved", RegisterUnresolved{{}, {}, {}, {}, Text<1000>("邻里纠纷"), {}}, 1), "");
  FollowUpQuestion opened;
  opened.stage = FollowUpStage::opened;
  const auto second = list(opened)[0].follow_up;
  EXPECT_EQ(give("hall.decline_follow_up", DeclineFollowUp{second, Text<500>("")}, 1), "hall.words_missing");
  ASSERT_EQ(give("hall.decline_follow_up", DeclineFollowUp{second, Text<500>("属民事纠纷，请向人民调解委员会或人民法院提出")}, 1), "");
  EXPECT_EQ(give("hall.sort_follow_up", SortFollowUp{second, Text<40>("complex"), {"scjgj"}}, 1), "hall.sorted_already");
  EXPECT_EQ(said(FollowUpStage::declined), (std::vector<std::string>{"follow_up_declined|supervisor.a|属民事纠纷，请向人民调解委员会或人民法院提出"}));
}

TEST_F(FollowUps, ALeadersProblemIsTracked) {
  EXPECT_EQ(give("hall.take_problem", TakeProblem{{"swt"}, Text<60>(" "), {}, Text<1000>("x")}, 0), "hall.leader_missing");
  ASSERT_EQ(give("hall.take_problem", TakeProblem{{"swt"}, Text<60>("钱一明"), DepartmentCode{"scjgj"}, Text<1000>("跨省数据不通")}, 0), "");
  FollowUpQuestion q;
  q.kind = FollowUpKind::leader_problem;
  ASSERT_EQ(list(q).size(), 1u);
  EXPECT_EQ(list(q)[0].words, "跨省数据不通");
}

TEST(FollowUpRefusals, EachHasItsWords) {
  for (int i = 0; i <= static_cast<int>(FollowUpRefused::follow_up_open); ++i) {
    const auto r = refusal(static_cast<FollowUpRefused>(i));
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << i;
  }
}
