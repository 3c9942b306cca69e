#include <gtest/gtest.h>

#include "casework/house_declare.h"
#include "casework/rules.h"
#include "engine/rebuild.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::casework;

namespace {

const std::shared_ptr<const catalog::Catalog>& the_catalog() {
  static const auto c = std::make_shared<const catalog::Catalog>(catalog::Catalog::load(YI_SOURCE_DIR "/data/sichuan").value());
  return c;
}
const calendar::Calendar& the_calendar() {
  static const auto c = calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value();
  return c;
}
const KnownStaff kStaff = [](const std::string& account) { return account == "guide.a" || account == "clerk.b" || account == "clerk.c"; };
const engine::Actor kGuide{"guide.a", "staff"}, kClerk{"clerk.b", "staff"}, kOther{"clerk.c", "staff"}, kSupervisor{"supervisor.d", "staff"};
HouseContext as(const engine::Actor& a) { return {*the_catalog(), a, kStaff}; }
template <class T>
std::string code(const Result<T>& r) {
  return r ? "" : r.error().code;
}


engine::RegistryFactory rooms() {
  return [] {
    engine::Registry r;
    const auto subjects = identity::declare_subjects(r);
    declare_house(r, {the_catalog(), subjects, kStaff});
    r.commands.push_back(engine::command<RefuseAcceptance>("test.refuse_acceptance", "", {}, [](engine::Turn& t, const RefuseAcceptance& c) -> Checked {
      AcceptanceRefused f;
      f.department = {"scjgj"};
      f.reason = c.reason;
      t.fact("case:" + std::to_string(c.case_id.value), f);
      return Done{};
    }));
    r.commands.push_back(engine::command<Decide>("test.decide", "", {}, [](engine::Turn& t, const Decide& c) -> Checked {
      Decided f;
      f.department = {"scjgj"};
      f.decision = c.decision;
      f.reason = c.reason;
      t.fact("case:" + std::to_string(c.case_id.value), f);
      return Done{};
    }));
    return r;
  };
}

class House : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 28), 9, 0)};
    engine_ = engine::Engine::open(directory_.path(), rooms(), o).value();
  }
  std::string give(const char* command, const std::string& body, const engine::Actor& by, std::optional<Instant> when = {}) {
    const auto a = engine_->run(command, body, by, when);
    if (a) position_ = a->position;
    return a ? "" : a.error().code;
  }
  // What a viewer sees on a day.
  std::vector<QuestionEntry> questions(const identity::Viewer& viewer, const std::string& owner, CivilDay today = CivilDay::of(2024, 6, 28)) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    return open_questions({*reader, {510000}, viewer, today}, engine_->keys(), the_calendar(), owner, 50);
  }
  std::vector<NegativeEntry> nos(NegativeStatus status, NegativeId before = {}, int limit = 50) {
    auto reader = engine_->reader();
    const auto viewer = identity::Viewer::operator_named("t");
    return negatives({*reader, {510000}, viewer, {}}, status, before, limit);
  }
  static identity::Viewer staff(const std::string& account) { return {identity::Viewer::Kind::staff, account}; }

  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::int64_t position_ = 0;
};

}  // namespace

TEST(HouseRules, WhoeverIsAskedFirstOwnsTheQuestion) {
  const auto f = decide(AskFirst{Channel::phone, {}, {}, {}, Text<500>("材料交到哪里"), {}}, {7}, as(kGuide));
  ASSERT_TRUE(f.ok());
  EXPECT_EQ(f->owner, "guide.a");
  EXPECT_EQ(f->question_id.value, 7);
  EXPECT_EQ(code(decide(AskFirst{Channel::phone, {}, {}, {}, Text<500>("  "), {}}, {7}, as(kGuide))), "casework.text_required");
  EXPECT_EQ(code(decide(AskFirst{Channel::phone, {}, {}, {}, Text<500>("问"), Visitor{Text<60>(" "), {}}}, {7}, as(kGuide))), "casework.text_required");
  for (const char* none : {"无", "不愿留", ""}) EXPECT_EQ(code(decide(AskFirst{Channel::phone, {}, {}, {}, Text<500>("问"), Visitor{Text<60>("某群众"), Text<20>(none)}}, {7}, as(kGuide))), "casework.bad_visitor_phone") << none;
  EXPECT_EQ(code(decide(AskFirst{Channel::window, WindowCode{"W99"}, {}, {}, Text<500>("问"), {}}, {7}, as(kGuide))), "casework.unknown_window");
  EXPECT_EQ(code(decide(AskFirst{Channel::window, {}, DepartmentCode{"none"}, {}, Text<500>("问"), {}}, {7}, as(kGuide))), "casework.unknown_department");
  EXPECT_EQ(code(decide(AskFirst{Channel::window, {}, {}, MatterCode{"none"}, Text<500>("问"), {}}, {7}, as(kGuide))), "casework.unknown_matter");
}

TEST(HouseRules, OnlyTheOwnerEndsAQuestionAndOnlyOnce) {
  const QuestionState open{"guide.a", "clerk.b", QuestionStatus::open, {}};
  EXPECT_EQ(code(decide(&open, AnswerQuestion{{1}, Text<1000>("交综合窗口")}, as(kGuide))), "");
  EXPECT_EQ(code(decide(&open, LeadQuestion{{1}, Text<120>("W03 窗口")}, as(kGuide))), "");
  for (const auto& stranger : {kClerk, kSupervisor}) {
    EXPECT_EQ(code(decide(&open, AnswerQuestion{{1}, Text<1000>("答")}, as(stranger))), "casework.not_your_question");
    EXPECT_EQ(code(decide(&open, LeadQuestion{{1}, Text<120>("W03")}, as(stranger))), "casework.not_your_question");
    EXPECT_EQ(code(decide(&open, HandOverQuestion{{1}, "clerk.c", Text<500>("专业")}, as(stranger))), "casework.not_your_question");
  }
  EXPECT_EQ(code(decide(&open, AnswerQuestion{{1}, Text<1000>(" ")}, as(kGuide))), "casework.text_required");
  EXPECT_EQ(code(decide(static_cast<const QuestionState*>(nullptr), AnswerQuestion{{1}, Text<1000>("答")}, as(kGuide))), "casework.unknown_question");
  for (const auto status : {QuestionStatus::answered, QuestionStatus::led}) {
    const QuestionState closed{"guide.a", "", status, {}};
    EXPECT_EQ(code(decide(&closed, AnswerQuestion{{1}, Text<1000>("答")}, as(kGuide))), "casework.question_closed");
    EXPECT_EQ(code(decide(&closed, TakeOverQuestion{{1}}, as(kGuide))), "casework.question_closed");
  }
}

TEST(HouseRules, AHandOverNeedsAColleagueWhoConfirms) {
  const QuestionState mine{"guide.a", "", QuestionStatus::open, {}};
  EXPECT_EQ(code(decide(&mine, HandOverQuestion{{1}, "guide.a", Text<500>("专业")}, as(kGuide))), "casework.hand_over_to_oneself");
  EXPECT_EQ(code(decide(&mine, HandOverQuestion{{1}, "nobody", Text<500>("专业")}, as(kGuide))), "casework.unknown_colleague");
  EXPECT_EQ(code(decide(&mine, HandOverQuestion{{1}, "clerk.b", Text<500>("")}, as(kGuide))), "casework.text_required");
  EXPECT_EQ(code(decide(&mine, HandOverQuestion{{1}, "clerk.b", Text<500>("专业")}, as(kGuide))), "");
  EXPECT_EQ(code(decide(&mine, TakeOverQuestion{{1}}, as(kClerk))), "casework.nothing_to_take_over");
  const QuestionState waiting{"guide.a", "clerk.b", QuestionStatus::open, {}};
  EXPECT_EQ(code(decide(&waiting, TakeOverQuestion{{1}}, as(kOther))), "casework.not_handed_to_you");
  EXPECT_EQ(code(decide(&waiting, TakeOverQuestion{{1}}, as(kGuide))), "casework.not_handed_to_you");
  const auto taken = decide(&waiting, TakeOverQuestion{{1}}, as(kClerk));
  ASSERT_TRUE(taken.ok());
  EXPECT_EQ(taken->from, "guide.a");
  EXPECT_EQ(taken->to, "clerk.b");
}

TEST(HouseRules, ANoNeedsItsReasonAndIsSettledOnce) {
  EXPECT_EQ(code(decide(SayNo{{"scjgj"}, {}, {}, Text<500>(" ")}, as(kClerk))), "casework.no_needs_reason");
  EXPECT_EQ(code(decide(SayNo{{"none"}, {}, {}, Text<500>("不属于")}, as(kClerk))), "casework.unknown_department");
  const auto said = decide(SayNo{{"scjgj"}, {}, {}, Text<500>("不属于本中心事项")}, as(kClerk));
  ASSERT_TRUE(said.ok());
  EXPECT_EQ(said->by, "clerk.b");
  NegativeState s;
  EXPECT_EQ(code(decide(&s, AcknowledgeNo{{3}, {}}, as(kSupervisor))), "");
  EXPECT_EQ(code(decide(&s, CorrectNo{{3}, Text<500>("")}, as(kSupervisor))), "casework.text_required");
  s.status = NegativeStatus::acknowledged;
  EXPECT_EQ(code(decide(&s, AcknowledgeNo{{3}, {}}, as(kSupervisor))), "casework.negative_settled");
  EXPECT_EQ(code(decide(&s, CorrectNo{{3}, Text<500>("请群众回来办理")}, as(kSupervisor))), "");
  s.status = NegativeStatus::corrected;
  EXPECT_EQ(code(decide(&s, CorrectNo{{3}, Text<500>("再纠正")}, as(kSupervisor))), "casework.negative_settled");
  EXPECT_EQ(code(decide(static_cast<const NegativeState*>(nullptr), CorrectNo{{3}, Text<500>("x")}, as(kSupervisor))), "casework.unknown_negative");
}

TEST(HouseRules, APaperEvaluationIsEnteredOnceFromOneToFiveAndNamesNoTicket) {
  const auto enter = [](const char* paper, int level, bool taken = false, const char* window = "W01") { return code(decide(EnterPaperEvaluation{{window}, Text<40>(paper), level, {}}, taken, as(kSupervisor))); };
  for (const int level : {1, 2, 3, 4, 5}) EXPECT_EQ(enter("意见箱-12", level), "") << level;
  for (const int level : {0, 6, -1}) EXPECT_EQ(enter("意见箱-12", level), "casework.bad_level") << level;
  EXPECT_EQ(enter("意见箱-12", 1, true), "casework.paper_entered_already");
  EXPECT_EQ(enter(" ", 1), "casework.paper_required");
  EXPECT_EQ(enter("意见箱-12", 1, false, "W99"), "casework.unknown_window");
  for (const char* ticket : {"20240624000012", " A012 ", "b1203", "ZH001"}) EXPECT_EQ(enter(ticket, 1), "casework.paper_is_ticket") << ticket;
  for (const char* paper : {"12", "A-012", "2024062400001", "评价表003"}) EXPECT_EQ(enter(paper, 1), "") << paper;
}

TEST(HouseRules, EveryRefusalHasItsTexts) {
  for (int i = 0; i <= static_cast<int>(HouseRefused::paper_is_ticket); ++i) {
    const auto r = refusal(static_cast<HouseRefused>(i));
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << i << " " << r.code;
  }
}

TEST_F(House, AQuestionStaysWithItsOwnerUntilTheReceiverConfirms) {
  const auto friday = at(CivilDay::of(2024, 6, 28), 10, 0);
  ASSERT_EQ(give("casework.ask_first", R"({"channel":"window","window":"W01","question":"许可证遗失怎么补","visitor":{"name":"某群众甲","phone":"13900000001"}})", kGuide, friday), "");
  ASSERT_EQ(give("casework.ask_first", R"({"channel":"phone","question":"周六上班吗"})", kClerk), "");
  EXPECT_EQ(give("casework.answer_question", R"({"question_id":"1","answer":"答"})", kClerk), "casework.not_your_question");
  ASSERT_EQ(give("casework.hand_over_question", R"({"question_id":"1","to":"clerk.b","reason":"属市场监管事项"})", kGuide), "");

  const auto mine = questions(staff("guide.a"), "guide.a", CivilDay::of(2024, 7, 2));
  ASSERT_EQ(mine.size(), 1u);
  EXPECT_EQ(mine[0].owner, "guide.a");
  EXPECT_EQ(mine[0].waits_for, "clerk.b");
  EXPECT_EQ(mine[0].age_days, 4);
  EXPECT_EQ(mine[0].working_days, 2);  // the weekend is none of them
  EXPECT_EQ(mine[0].visitor, "某群众甲");
  EXPECT_EQ(questions(staff("clerk.b"), "clerk.b").size(), 2u);  // their own and the one that waits for them
  const auto seen = questions(staff("somebody"), "");
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].visitor, "某**甲");
  EXPECT_EQ(seen[0].phone, "139****0001");
  EXPECT_FALSE(seen[1].visitor);

  ASSERT_EQ(give("casework.take_over_question", R"({"question_id":"1"})", kClerk), "");
  EXPECT_TRUE(questions(staff("guide.a"), "guide.a").empty());
  EXPECT_EQ(give("casework.answer_question", R"({"question_id":"1","answer":"答"})", kGuide), "casework.not_your_question");
  ASSERT_EQ(give("casework.answer_question", R"({"question_id":"1","answer":"持身份证到 W03 申请补发"})", kClerk), "");
  ASSERT_EQ(give("casework.lead_question", R"({"question_id":"2","to":"咨询台"})", kClerk), "");
  EXPECT_TRUE(questions(staff("t"), "").empty());
}

TEST_F(House, AVisitorWhoIsErasedLeavesAQuestionWithoutAName) {
  ASSERT_EQ(give("casework.ask_first", R"({"channel":"window","question":"怎么申请","visitor":{"name":"某群众乙","phone":"13900000002"}})", kGuide), "");
  ASSERT_EQ(questions(staff("guide.a"), "guide.a").at(0).visitor, "某群众乙");
  ASSERT_EQ(give("identity.erase_subject", R"({"kind":"phone","number":"13900000002","basis":"consent_withdrawn","reason":"本人要求"})", {"t", "operator"}), "");
  const auto left = questions(staff("guide.a"), "guide.a");
  ASSERT_EQ(left.size(), 1u);
  EXPECT_FALSE(left[0].visitor);
  EXPECT_FALSE(left[0].phone);
}

TEST_F(House, EveryNoReachesTheSupervisorAndAGrantDoesNot) {
  ASSERT_EQ(give("casework.say_no", R"({"department":"scjgj","window":"W01","reason":"不属于本中心事项"})", kClerk), "");
  const auto first = position_;
  ASSERT_EQ(give("test.refuse_acceptance", R"({"case_id":"20240628000001","window":"W01","reason":"不属于本机关职权","because":"other"})", kClerk), "");
  ASSERT_EQ(give("test.decide", R"({"case_id":"20240628000002","decision":"grant"})", kClerk), "");
  ASSERT_EQ(give("test.decide", R"({"case_id":"20240628000003","decision":"refuse","reason":"不符合条件"})", kClerk), "");
  auto open = nos(NegativeStatus::open);
  ASSERT_EQ(open.size(), 3u);
  EXPECT_EQ(open[0].kind, NegativeKind::decision_refused);
  EXPECT_EQ(open[0].case_id, CaseId{20240628000003});
  EXPECT_EQ(open[1].kind, NegativeKind::acceptance_refused);
  EXPECT_EQ(open[2].negative_id.value, first);
  EXPECT_FALSE(open[2].case_id);
  EXPECT_EQ(nos(NegativeStatus::open, open[0].negative_id, 1).at(0).negative_id, open[1].negative_id);

  ASSERT_EQ(give("casework.acknowledge_no", R"({"negative_id":")" + std::to_string(first) + "\"}", kSupervisor), "");
  ASSERT_EQ(give("casework.correct_no", R"({"negative_id":")" + std::to_string(open[1].negative_id.value) + R"(","measure":"通知申请人重新申请"})", kSupervisor), "");
  EXPECT_EQ(nos(NegativeStatus::open).size(), 1u);
  EXPECT_EQ(nos(NegativeStatus::acknowledged).at(0).seen_by, "supervisor.d");
  EXPECT_EQ(nos(NegativeStatus::corrected).at(0).reason, "不属于本机关职权");
  EXPECT_EQ(give("casework.correct_no", R"({"negative_id":"99999","measure":"x"})", kSupervisor), "casework.unknown_negative");
}

TEST_F(House, APaperEvaluationOfADayAndWindowIsEnteredOnceAlsoAfterARestart) {
  const std::string a = R"({"window":"W01","paper":"意见箱-12","level":1})";
  ASSERT_EQ(give("casework.enter_paper_evaluation", a, kSupervisor), "");
  EXPECT_EQ(give("casework.enter_paper_evaluation", a, kSupervisor), "casework.paper_entered_already");
  ASSERT_EQ(give("casework.enter_paper_evaluation", R"({"window":"W03","paper":"意见箱-12","level":5})", kSupervisor), "");
  engine_.reset();
  open();
  EXPECT_EQ(give("casework.enter_paper_evaluation", a, kSupervisor), "casework.paper_entered_already");
  ASSERT_EQ(give("casework.enter_paper_evaluation", a, kSupervisor, at(CivilDay::of(2024, 7, 1), 9, 0)), "");  // another day's
}
