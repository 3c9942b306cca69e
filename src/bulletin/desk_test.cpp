// The bulletin desk: what is refused, and an issue from its opening to its corrections, in a real engine.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "bulletin/desk_declare.h"
#include "bulletin/issue_paper.h"
#include "bulletin/paper_record.h"
#include "bulletin/report_material.h"
#include "engine/rebuild.h"
#include "enterprise/declare.h"
#include "hall/declare.h"
#include "onething/declare.h"
#include "publish/text_writer.h"
#include "staff/declare.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::bulletin;

namespace {

const CivilDay kWeek = CivilDay::of(2024, 6, 24), kFriday = CivilDay::of(2024, 6, 28);
const engine::Actor kEditor{"editor.a", "staff"}, kReviewer{"editor.b", "staff"}, kSigner{"editor.c", "staff", "", {"zwzx"}}, kHealth{"rep.a", "staff", "", {"wjw"}}, kTraffic{"rep.b", "staff", "", {"jtt"}};

std::shared_ptr<const DeskRules> rules() {
  static const auto r = std::make_shared<const DeskRules>(DeskRules::load(YI_SOURCE_DIR "/data/sichuan/bulletin_desk.yaml").value());
  return r;
}
std::shared_ptr<const WordLists> words() {
  static const auto w = std::make_shared<const WordLists>(WordLists::load(YI_SOURCE_DIR "/data/sichuan/bulletin_words.yaml").value());
  return w;
}
const Templates& templates() {
  static const auto t = Templates::load(YI_SOURCE_DIR "/data/sichuan/templates/bulletin.yaml", "bulletin.yaml").value();
  return t;
}
std::vector<std::string> codes_of(const std::vector<Warning>& warnings) {
  std::vector<std::string> out;
  for (const auto& w : warnings) out.push_back(w.code);
  return out;
}
std::vector<Text<80>> keys_of(const std::vector<Warning>& warnings) {
  std::vector<Text<80>> out;
  for (const auto& w : warnings) out.emplace_back(key_of(w));
  return out;
}

class Desk : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  engine::RegistryFactory rooms() {
    return [this] {
      engine::Registry r;
      const auto known = [](const DepartmentCode& c) { return c.value == "wjw" || c.value == "jtt" || c.value == "zwzx"; };
      const auto subjects = identity::declare_subjects(r);
      onething::declare(r, [](const catalog::BundleCode&) { return true; });
      enterprise::declare(r);
      hall::declare(r, known);
      staff::declare(r, known, {});
      const auto room = bulletin::declare(r, known);
      declare_desk(r, room, {rules_, words(), known, {"zwzx"}, [](const std::string& a) { return a == "nobody" ? std::nullopt : std::optional<std::string>("某某"); },
                             [](const std::string& a) { return a == "rep.a"; }, sends_mail_}, subjects);
      return r;
    };
  }
  void open() {
    engine_.reset();
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(kWeek, 8, 0)};
    engine_ = engine::Engine::open(directory_.path(), rooms(), o).value();
  }
  template <class C>
  std::string give(const char* command, const C& c, const engine::Actor& by = kEditor, Instant when = at(kWeek + 1, 9, 0)) {
    const auto a = engine_->run(command, json::write(c), by, when);
    if (a) last_ = a->position;
    return a ? "" : a.error().code;
  }
  void on_the_desk() { ASSERT_EQ(give("bulletin.open_issue", OpenIssue{kWeek, kFriday, {}}), ""); }
  ItemId sent(const std::string& text, const engine::Actor& by = kHealth) {
    EXPECT_EQ(give("bulletin.submit_item", SubmitItem{kWeek, {}, {}, Text<2000>(text), {}}, by), "");
    return ItemId{last_};
  }
  void imprint(CivilDay issued_on = CivilDay::of(2024, 7, 4)) {
    EXPECT_EQ(give("bulletin.set_imprint", SetImprint{kWeek, issued_on, Text<60>("某某中心"), 10, {Text<60>("甲")}, {}, {}, {}, {}, {}}), "");
  }
  // Everything is answered with one consistent state.
  template <class F>
  auto look(F f, identity::Viewer viewer = identity::Viewer::operator_named("t")) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    const Snapshot snapshot(*reader);
    return f(*reader, viewer);
  }
  WeekPaper composed(Edition edition = Edition::internal, const IssueDraft* draft = nullptr) {
    return look([&](store::Reader& r, const identity::Viewer& v) { return compose_now({r, {510000}, v, names_, templates(), kWeek}, edition, draft).value(); });
  }
  IssueState state() {
    return look([&](store::Reader& r, const identity::Viewer&) { return find_issue(r, {510000}, kWeek).value(); });
  }
  std::vector<ItemEntry> items(identity::Viewer viewer = identity::Viewer::operator_named("t")) {
    static const DepartmentCode own{"zwzx"};
    return look([&](store::Reader& r, const identity::Viewer& v) { return items_of({r, {510000}, v, own}, kWeek); }, viewer);
  }
  std::string present(const engine::Actor& by = kEditor) {
    const auto internal = composed(), open_ = composed(Edition::public_);
    const auto sm3 = sm3_of_text(internal.document), open_sm3 = sm3_of_text(open_.document);
    return give(kRecordPresentation, RecordPresentation{kWeek, Text<64>(digest_of(sm3, open_sm3)), Text<64>(sm3), Text<64>(open_sm3), Text<120>("政务服务工作周报"), Text<120>(internal.document.period),
                                                        Text<120>("第{number}期（总第{total_number}期）"), Text<120>("某某中心"), CivilDay::of(2024, 7, 4), 10, 1, state().changes, {}, pieces_of(open_.document), pieces_of(internal.document)}, by);
  }
  void issued() {
    ASSERT_EQ(present(), "");
    const Text<64> digest(state().digest);
    ASSERT_EQ(give("bulletin.pass_review", PassStep{kWeek, digest, {}}, kReviewer), "");
    ASSERT_EQ(give("bulletin.issue", PassStep{kWeek, digest, {}}, kSigner), "");
  }
  publish::Document paper(Edition edition, identity::Viewer viewer = identity::Viewer::operator_named("t")) {
    return look([&](store::Reader& r, const identity::Viewer& v) { return issued_paper(r, {510000}, v, engine_->keys(), kWeek, edition).value().value().document; }, viewer);
  }
  std::shared_ptr<const DeskRules> rules_ = rules();
  bool sends_mail_ = true;
  Names names_{[](const DepartmentCode& c) { return std::optional<std::string>(c.value == "wjw" ? "省卫生健康委" : "交通运输厅"); }, [](const catalog::BundleCode&) { return std::nullopt; }, [](CivilDay) { return Names::Own{"政务服务工作周报", "某某中心", {}}; }};
  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::int64_t last_ = 0;
};

TEST_F(Desk, AnItemGoesFromADepartmentsHandToThePaper) {
  EXPECT_EQ(give("bulletin.submit_item", SubmitItem{kWeek, {}, {}, Text<2000>("召开会议。"), {}}, kHealth), "bulletin.not_open");
  on_the_desk();
  const auto item = sent("召开会议。");
  EXPECT_EQ(give("bulletin.take_item", TakeItem{item, 1}, kHealth), "bulletin.item_not_yours");
  EXPECT_EQ(give("bulletin.revise_item", ReviseItem{item, 1, {}, Text<2000>("改。"), {}}, kTraffic), "bulletin.other_department");
  EXPECT_EQ(give("bulletin.return_item", ReturnItem{item, Text<500>("请写明时间地点")}), "");
  EXPECT_EQ(give("bulletin.take_item", TakeItem{item, 1}), "bulletin.item_not_waiting");
  EXPECT_EQ(give("bulletin.revise_item", ReviseItem{item, 1, {}, Text<2000>("在成都召开会议。"), {}}, kHealth), "");
  EXPECT_EQ(give("bulletin.take_item", TakeItem{item, 1}), "bulletin.item_changed");
  EXPECT_EQ(give("bulletin.take_item", TakeItem{item, 2}), "");
  EXPECT_EQ(give("bulletin.withdraw_item", WithdrawItem{item, {}}, kHealth), "bulletin.item_not_editable") << "the centre has it now";
  EXPECT_EQ(composed().document.body.at(1).text(), "本周，省卫生健康委在成都召开会议。");
  const auto acts = look([&](store::Reader& r, const identity::Viewer& v) { return item_acts({r, {510000}, v, {"zwzx"}}, item); });
  ASSERT_EQ(acts.size(), 4u);
  EXPECT_EQ(acts[0].act, "item_submitted");
  EXPECT_EQ(acts[0].by, "rep.a");
  EXPECT_EQ(acts[1].note, "请写明时间地点");
  EXPECT_EQ(acts[2].words, "在成都召开会议。");
  EXPECT_EQ(acts[2].version, 2);
}

TEST_F(Desk, ItemsAreMergedAndOrderedAndWhatIsWithdrawnStaysVisible) {
  on_the_desk();
  const auto a = sent("召开会议。"), b = sent("开展培训。"), c = sent("印发通知。", kTraffic), gone = sent("写错了。", kTraffic);
  EXPECT_EQ(give("bulletin.merge_items", MergeItems{{a, c}, {}, Text<2000>("甲"), {}}), "bulletin.other_week");
  EXPECT_EQ(give("bulletin.merge_items", MergeItems{{a, a}, {}, Text<2000>("甲"), {}}), "bulletin.too_few_items");
  EXPECT_EQ(give("bulletin.merge_items", MergeItems{{a, b}, {}, Text<2000>("召开会议并开展培训。"), {}}), "");
  EXPECT_EQ(give("bulletin.withdraw_item", WithdrawItem{gone, Text<500>("重复")}, kTraffic), "");
  EXPECT_EQ(give("bulletin.take_item", TakeItem{a, 2}), "");
  EXPECT_EQ(give("bulletin.take_item", TakeItem{c, 1}), "");
  EXPECT_EQ(composed().document.body.at(1).text(), "本周，省卫生健康委召开会议并开展培训。交通运输厅印发通知。");
  EXPECT_EQ(give("bulletin.order_items", OrderItems{kWeek, {c}}), "bulletin.bad_order");
  EXPECT_EQ(give("bulletin.order_items", OrderItems{kWeek, {c, a}}), "");
  EXPECT_EQ(composed().document.body.at(1).text(), "本周，交通运输厅印发通知。省卫生健康委召开会议并开展培训。");
  EXPECT_EQ(items().size(), 4u) << "merged and withdrawn ones too";
  identity::Viewer health{identity::Viewer::Kind::staff, "rep.a"};
  health.department = {"wjw"};
  EXPECT_EQ(items(health).size(), 2u) << "a department sees its own";
}

TEST_F(Desk, WarningsOfWordsAreAcknowledgedOneByOne) {
  on_the_desk();
  const std::string text = "申请人王小二女士电话13800138000，患病住院，身份证号51010119900307001X。";
  const auto found = check_words(text, "", *words());
  const auto codes = codes_of(found);
  for (const char* code : {"bulletin.check.citizen", "bulletin.check.phone", "bulletin.check.health"}) EXPECT_NE(std::find(codes.begin(), codes.end(), code), codes.end()) << code;
  for (const auto& w : found) EXPECT_EQ(w.sentence.find("13800138000"), std::string::npos) << "a warning does not tell the number again";
  const SubmitItem wish{kWeek, {}, {}, Text<2000>(text), {}};
  EXPECT_EQ(give("bulletin.submit_item", wish, kHealth), "bulletin.not_acknowledged");
  auto some = keys_of(found);
  some.pop_back();
  EXPECT_EQ(give("bulletin.submit_item", SubmitItem{kWeek, {}, {}, Text<2000>(text), some}, kHealth), "bulletin.not_acknowledged");
  EXPECT_EQ(give("bulletin.submit_item", SubmitItem{kWeek, {}, {}, Text<2000>(text), keys_of(found)}, kHealth), "");
  // Other words, other keys.
  EXPECT_EQ(give("bulletin.revise_item", ReviseItem{ItemId{last_}, 1, {}, Text<2000>("电话13900139000。"), keys_of(found)}, kHealth), "bulletin.not_acknowledged");
}

TEST_F(Desk, TheDeadlineIsTheCentres) {
  on_the_desk();
  const auto late = at(kFriday, 18, 0);
  EXPECT_EQ(give("bulletin.submit_item", SubmitItem{kWeek, {}, {}, Text<2000>("晚了。"), {}}, kHealth, late), "");
  EXPECT_TRUE(items().front().state.late);
  auto strict = *rules();
  strict.late = Late::refuse;
  rules_ = std::make_shared<const DeskRules>(strict);
  open();
  EXPECT_EQ(give("bulletin.submit_item", SubmitItem{kWeek, {}, {}, Text<2000>("晚了。"), {}}, kHealth, late), "bulletin.too_late");
  EXPECT_EQ(give("bulletin.submit_item", SubmitItem{kWeek, {}, {}, Text<2000>("编辑补登。"), {}}, kEditor, late), "");
}

TEST_F(Desk, ASignedTextIsTheOneThatWasReadAndNobodySignsTwice) {
  on_the_desk();
  const auto item = sent("召开会议。");
  ASSERT_EQ(give("bulletin.take_item", TakeItem{item, 1}), "");
  imprint();
  ASSERT_EQ(present(), "");
  EXPECT_EQ(give("bulletin.return_item", ReturnItem{item, Text<500>("再改")}), "bulletin.under_review");
  EXPECT_EQ(give("bulletin.set_imprint", SetImprint{kWeek, kFriday, Text<60>("甲"), 1, {}, {}, {}, {}, {}, {}}), "bulletin.under_review");
  const Text<64> digest(state().digest);
  EXPECT_EQ(give("bulletin.issue", PassStep{kWeek, digest, {}}, kSigner), "bulletin.wrong_step");
  EXPECT_EQ(give("bulletin.pass_review", PassStep{kWeek, digest, {}}, kEditor), "bulletin.same_person");
  EXPECT_EQ(give("bulletin.pass_review", PassStep{kWeek, digest, {}}, kHealth), "bulletin.not_of_the_centre");
  EXPECT_EQ(give("bulletin.pass_review", PassStep{kWeek, Text<64>("0"), {}}, kReviewer), "bulletin.other_text");
  EXPECT_EQ(give("bulletin.send_back_at_review", SendBackIssue{kWeek, Text<500>("第一条再核")}, kReviewer), "");
  EXPECT_EQ(give("bulletin.return_item", ReturnItem{item, Text<500>("再改")}), "");
  EXPECT_EQ(give("bulletin.pass_review", PassStep{kWeek, digest, {}}, kReviewer), "bulletin.not_presented");
}

TEST_F(Desk, WhatIsIssuedDoesNotChangeAndHasTheNextNumber) {
  on_the_desk();
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  ASSERT_EQ(give("staff.record_leave", staff::RecordLeave{{"wjw"}, Text<60>("某某乙"), staff::LeaveKind::sick, kWeek, kFriday, staff::CountMode::calendar, 5, 1}), "");
  imprint();
  const auto printed = publish::to_text(composed().document);
  EXPECT_NE(printed.find("某某乙"), std::string::npos);
  issued();
  EXPECT_EQ(state().number, 1);
  EXPECT_EQ(state().number_words, "第1期（总第1期）");
  for (const auto& refused : {give("bulletin.enter_news", EnterNews{kWeek, {}, {}, Text<2000>("添一条"), 9}), give("bulletin.set_words", SetWords{kWeek, {}}), present()}) EXPECT_EQ(refused, "bulletin.issued_already");
  // Leave that is recorded afterwards changes what would be printed now, and not what was.
  ASSERT_EQ(give("staff.record_leave", staff::RecordLeave{{"wjw"}, Text<60>("某某丙"), staff::LeaveKind::annual, kWeek, kFriday, staff::CountMode::working, 5, 2}), "");
  EXPECT_EQ(publish::to_text(paper(Edition::internal)), printed);
  EXPECT_EQ(sm3_of_text(paper(Edition::internal)), state().internal_sm3);
  const auto open_ = publish::to_text(paper(Edition::public_, identity::Viewer::anonymous()));
  EXPECT_EQ(open_.find("某某乙"), std::string::npos);
  const auto since = since_issued(paper(Edition::internal), composed().document);
  EXPECT_EQ(since.parts, std::vector<std::string>{"考勤情况"});
  const auto stranger = look([&](store::Reader& r, const identity::Viewer& v) { return issued_paper(r, {510000}, v, engine_->keys(), kWeek, Edition::internal); }, identity::Viewer::anonymous());
  ASSERT_FALSE(stranger.ok());
  EXPECT_EQ(stranger.error().code, "bulletin.internal_edition");
  // The same after a new start, from the ledger alone.
  open();
  EXPECT_EQ(publish::to_text(paper(Edition::internal)), printed);
}

TEST_F(Desk, NumbersHaveNoGapAndFollowTheWeeks) {
  on_the_desk();
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  EXPECT_EQ(give("bulletin.set_imprint", SetImprint{kWeek, kFriday, Text<60>("甲"), 1, {}, {}, {}, {}, 25, 300}), "bulletin.number_is_given");
  imprint();
  const Numbers none, some{25, 300};
  EXPECT_EQ(next_number(*rules(), 2024, none), 1);
  EXPECT_EQ(next_number(*rules(), 2024, some), 26);
  EXPECT_EQ(next_number(*rules(), 2025, {0, 300}), 1) << "each year begins again";
  EXPECT_EQ(next_total(*rules(), some), 301);
  ASSERT_EQ(give("bulletin.open_issue", OpenIssue{kWeek + 7, kFriday + 7, {}}), "");
  ASSERT_EQ(present(), "");
  const auto digest = Text<64>(state().digest);
  ASSERT_EQ(give("bulletin.recall_issue", RecallIssue{kWeek}), "");
  EXPECT_EQ(state().stage, IssueStage::open);
  issued();
  EXPECT_EQ(state().number, 1) << "what was recalled took no number";
  EXPECT_EQ(give("bulletin.recall_issue", RecallIssue{kWeek}), "bulletin.issued_already");
}

TEST_F(Desk, AWeekThatCameWithItsImprintIsPublishedAndStaysAsItIs) {
  ASSERT_EQ(give("bulletin.set_period", SetPeriod{kWeek - 14, kFriday - 14}), "");
  ASSERT_EQ(give("bulletin.set_period", SetPeriod{kWeek - 7, kFriday - 7}), "");
  const auto imprint_of = [](CivilDay week) { return SetImprint{week, week + 10, Text<60>("某某中心"), 10, {}, {}, {}, {}, {}, {}}; };
  ASSERT_EQ(give("bulletin.enter_news", EnterNews{kWeek - 7, {}, {}, Text<2000>("召开会议。"), 1}), "");
  ASSERT_EQ(give("bulletin.set_imprint", imprint_of(kWeek - 7)), "");
  EXPECT_EQ(give("bulletin.enter_news", EnterNews{kWeek - 7, {}, {}, Text<2000>("再添一条。"), 2}), "bulletin.published_already");
  EXPECT_EQ(give("bulletin.write_section", WriteSection{kWeek - 7, Section::one_thing, {Text<2000>("改写。")}, {}}), "bulletin.published_already");
  EXPECT_EQ(give("bulletin.set_imprint", imprint_of(kWeek - 7)), "bulletin.published_already");
  EXPECT_EQ(give("bulletin.open_issue", OpenIssue{kWeek - 7, kFriday - 7, {}}), "bulletin.published_already") << "its public page would be gone";
  EXPECT_EQ(give("bulletin.open_issue", OpenIssue{kWeek - 14, kFriday - 14, {}}), "bulletin.later_issued");
  // A later week on the desk is open to its imprint as ever, and when it is issued, no week before it is opened.
  ASSERT_EQ(give("bulletin.set_period", SetPeriod{kWeek - 2, kWeek - 2}), "");
  on_the_desk();
  imprint();
  imprint();
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  issued();
  EXPECT_EQ(give("bulletin.open_issue", OpenIssue{kWeek - 2, kWeek - 2, {}}), "bulletin.later_issued");
  open();
  EXPECT_EQ(give("bulletin.set_imprint", imprint_of(kWeek - 7)), "bulletin.published_already") << "after a new start too";
}

TEST_F(Desk, NewsOfAWeekThatIsNotIssuedIsInNoPublicReport) {
  on_the_desk();
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  const auto reports = ReportTemplates::load(YI_SOURCE_DIR "/data/sichuan/templates/reports").value();
  const auto news = [&](Edition edition) {
    return look([&](store::Reader& r, const identity::Viewer& v) {
             return gather_report(r, {510000}, v, edition, *reports.find("district-month"), parse_report_period("2024-06").value(), CivilDay::of(2024, 7, 8), names_).value();
           }).news.size();
  };
  EXPECT_EQ(news(Edition::public_), 0u);
  EXPECT_EQ(news(Edition::internal), 1u) << "the house's own paper has it";
  imprint();
  issued();
  EXPECT_EQ(news(Edition::public_), 1u);
}

TEST_F(Desk, ACorrectionIsDraftedByOneAndIssuedByAnother) {
  on_the_desk();
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  imprint();
  const DraftCorrection wish{kWeek, false, {{Text<500>("召开会议"), Text<500>("召开视频会议")}}, Text<500>("笔误"), {}};
  EXPECT_EQ(give(kRecordCorrection, wish), "bulletin.not_issued");
  issued();
  EXPECT_EQ(give(kRecordCorrection, DraftCorrection{kWeek, false, {{Text<500>("甲"), Text<500>("甲")}}, Text<500>("笔误"), {}}), "bulletin.same_words");
  ASSERT_EQ(give(kRecordCorrection, wish), "");
  const auto read = [&](identity::Viewer v) {
    return look([&](store::Reader& r, const identity::Viewer& viewer) { return paper_of_correction(r, {510000}, viewer, engine_->keys(), kWeek, 1); }, v);
  };
  EXPECT_FALSE(read(identity::Viewer::anonymous()).has_value()) << "a draft is nobody's yet";
  const auto drafted = read(identity::Viewer::operator_named("t")).value();
  const Text<64> sm3(sm3_of_text(drafted));
  EXPECT_EQ(give("bulletin.issue_correction", IssueCorrection{kWeek, 1, sm3}, kEditor), "bulletin.same_person");
  EXPECT_EQ(give("bulletin.issue_correction", IssueCorrection{kWeek, 1, Text<64>("0")}, kReviewer), "bulletin.other_text");
  EXPECT_EQ(give("bulletin.issue_correction", IssueCorrection{kWeek, 1, sm3}, kReviewer), "");
  const auto text = publish::to_text(read(identity::Viewer::anonymous()).value());
  EXPECT_NE(text.find("政务服务工作周报第1期（总第1期）（6月24日—6月28日）更正如下：\n“召开会议”应为“召开视频会议”。\n更正原因：笔误\n"), std::string::npos) << text;
  // One of the internal edition is sealed, and closed to strangers when it is issued.
  ASSERT_EQ(give(kRecordCorrection, DraftCorrection{kWeek, true, {{Text<500>("病假"), Text<500>("事假")}}, Text<500>("登记有误"), {}}), "");
  const auto second = look([&](store::Reader& r, const identity::Viewer& v) { return paper_of_correction(r, {510000}, v, engine_->keys(), kWeek, 2); });
  ASSERT_TRUE(second.has_value());
  ASSERT_EQ(give("bulletin.issue_correction", IssueCorrection{kWeek, 2, Text<64>(sm3_of_text(*second))}, kReviewer), "");
  EXPECT_FALSE(look([&](store::Reader& r, const identity::Viewer& v) { return paper_of_correction(r, {510000}, v, engine_->keys(), kWeek, 2); }, identity::Viewer::anonymous()).has_value());
}

TEST_F(Desk, AnIssueIsDistributedReceivedAndCounted) {
  on_the_desk();
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  imprint();
  issued();
  const auto to = [](const char* name, Way way, std::optional<Text<64>> account, std::optional<Text<254>> mail, int copies, bool internal) { return Receiver{Text<60>(name), way, account, mail, copies, internal}; };
  const auto send = [&](Receiver r) { return give("bulletin.distribute_issue", DistributeIssue{kWeek, {r}}); };
  EXPECT_EQ(send(to("甲", Way::account, Text<64>("nobody"), {}, 0, true)), "bulletin.unknown_account");
  EXPECT_EQ(send(to("甲", Way::account, Text<64>("rep.b"), {}, 0, true)), "bulletin.receiver_may_not_read");
  EXPECT_EQ(send(to("甲", Way::mail, {}, Text<254>("a b@c.cn"), 0, false)), "bulletin.bad_mail");
  EXPECT_EQ(send(to("甲", Way::mail, {}, Text<254>("a@c.cn\r\nRCPT TO:<b@c.cn>"), 0, false)), "bulletin.bad_mail");
  EXPECT_EQ(send(to("甲", Way::mail, {}, Text<254>("a@c.cn"), 0, true)), "bulletin.internal_mail");
  EXPECT_EQ(send(to("甲", Way::print, {}, {}, 0, false)), "bulletin.bad_receiver");
  ASSERT_EQ(give("bulletin.distribute_issue", DistributeIssue{kWeek, {to("某厅", Way::account, Text<64>("rep.a"), {}, 0, true), to("某局", Way::mail, {}, Text<254>("office@example.gov.cn"), 0, false), to("某处", Way::print, {}, {}, 6, true)}}), "");
  EXPECT_EQ(give("bulletin.receive_issue", ReceiveIssue{kWeek}, kTraffic), "bulletin.not_received");
  EXPECT_EQ(give("bulletin.receive_issue", ReceiveIssue{kWeek}, kHealth), "");
  EXPECT_EQ(give("bulletin.receive_issue", ReceiveIssue{kWeek}, kHealth), "bulletin.read_already");
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 3, 4, {}, {}}), "");
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 3, 2, Text<60>("某某丁"), {}}), "");
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 1, 2, {}, {}}), "bulletin.not_on_paper");
  // Ten were printed: no more can have been handed over; what was registered by mistake is taken back by an entry of its own.
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 3, 5, {}, {}}), "bulletin.more_than_printed");
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 3, -2, {}, {}}), "bulletin.reason_missing");
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 3, -7, {}, Text<500>("登记错了")}), "bulletin.more_than_handed");
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 3, -2, {}, Text<500>("登记错了")}), "");
  EXPECT_EQ(state().handed, 4);
  EXPECT_EQ(look([&](store::Reader& r, const identity::Viewer& v) { return receivers_of({r, {510000}, v, {"zwzx"}}, kWeek); })[2].stage, ReceiverStage::waiting);
  EXPECT_EQ(give("bulletin.hand_copies", HandCopies{kWeek, 3, 2, Text<60>("某某丁"), {}}), "");
  const auto waiting = look([](store::Reader& r, const identity::Viewer&) { return mails_waiting(r, {510000}, 10); });
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(look([&](store::Reader& r, const identity::Viewer&) { return address_of(r, {510000}, engine_->keys(), waiting[0]); }), "office@example.gov.cn");
  EXPECT_EQ(give(kRecordMail, RecordMail{kWeek, 2, false, false, Text<300>("451 later")}), "");
  EXPECT_EQ(give("bulletin.mail_again", MailAgain{kWeek, 2}), "bulletin.mail_not_failed");
  EXPECT_EQ(give(kRecordMail, RecordMail{kWeek, 2, false, true, Text<300>("550 no")}), "");
  EXPECT_EQ(give("bulletin.mail_again", MailAgain{kWeek, 2}), "");
  EXPECT_EQ(give(kRecordMail, RecordMail{kWeek, 2, true, false, Text<300>("250 ok")}), "");
  static const DepartmentCode own{"zwzx"};
  const auto list = look([&](store::Reader& r, const identity::Viewer& v) { return receivers_of({r, {510000}, v, own}, kWeek); });
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].stage, ReceiverStage::received);
  EXPECT_EQ(list[1].stage, ReceiverStage::sent);
  EXPECT_EQ(list[2].stage, ReceiverStage::received);
  EXPECT_EQ(list[2].handed, 6);
  EXPECT_EQ(state().handed, 6);
}

TEST_F(Desk, AnIssuesOwnWordsKeepTheirFigures) {
  on_the_desk();
  EXPECT_EQ(give("bulletin.set_words", SetWords{kWeek, {{Text<40>("title.nothing"), Text<600>("甲")}}}), "bulletin.unknown_word");
  ASSERT_EQ(give("bulletin.set_words", SetWords{kWeek, {{Text<40>("title.news"), Text<600>("工作动态")}, {Text<40>("digest.lead"), Text<600>("这一周，")}}}), "");
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  EXPECT_EQ(composed().document.body.at(0).text(), "一、工作动态");
  EXPECT_EQ(composed().document.body.at(1).text(), "这一周，省卫生健康委召开会议。");
  EXPECT_EQ(with_words(templates(), {{Text<40>("leave.lead"), Text<600>("请假的有：")}}).error().code, "bulletin.word_slots");
  EXPECT_TRUE(with_words(templates(), words_of(templates())).ok()) << "the template's own words are words of an issue";
}

TEST_F(Desk, APreviewIsOfWhatIsTyped) {
  on_the_desk();
  ASSERT_EQ(give("bulletin.take_item", TakeItem{sent("召开会议。"), 1}), "");
  IssueDraft draft;
  draft.news_typed = true;
  draft.news = {{{}, kWeek, Text<2000>("某某中心开放日。")}, {DepartmentCode{"jtt"}, {}, Text<2000>("印发通知。")}};
  const auto p = composed(Edition::internal, &draft);
  EXPECT_EQ(p.document.body.at(1).text(), "（一）6月24日，某某中心开放日。");
  EXPECT_EQ(p.document.body.at(2).text(), "（二）本周，交通运输厅印发通知。");
  EXPECT_EQ(composed().document.body.at(1).text(), "本周，省卫生健康委召开会议。") << "nothing of it is recorded";
}

TEST_F(Desk, TypedFiguresAreHeldAgainstTheLedger) {
  WeekMaterial m;
  m.figures.week = {2230, 700, 3949, 5461};
  m.figures.year = {37596, 14614, 95394, 179094};
  m.guides = {"甲", "乙"};
  const auto asks = [&](const char* text) { return lint_figures(text, "", m, nullptr).size(); };
  EXPECT_EQ(asks("本周受理700件、颁发3,949件。"), 0u);
  EXPECT_EQ(asks("本周受理720件。"), 1u);
  EXPECT_EQ(asks("本周受理14614件。"), 1u) << "that is the year's";
  EXPECT_EQ(asks("今年以来累计受理14614件。"), 0u);
  EXPECT_EQ(asks("受理14614件。"), 0u) << "either will do where no span is named";
  EXPECT_EQ(asks("上周受理650件。"), 0u);
  EXPECT_EQ(asks("受理了来自12个市州的申请。"), 0u);
  EXPECT_EQ(asks("咨询2万人次。"), 0u);
  EXPECT_EQ(asks("发布3个“一件事”图解。"), 1u);
  EXPECT_EQ(asks("发布2个“一件事”图解。"), 0u);
  const std::pair<Counts, Counts> own{{0, 20, 0, 0}, {0, 300, 0, 0}};
  EXPECT_TRUE(lint_figures("本周受理20件。", "", m, &own).empty());
  EXPECT_EQ(lint_figures("本周受理21件。", "", m, &own).size(), 1u);
}

TEST_F(Desk, EveryViewIsWhatTheLedgerSays) {
  on_the_desk();
  const auto a = sent("召开会议。"), b = sent("开展培训。");
  ASSERT_EQ(give("bulletin.merge_items", MergeItems{{a, b}, {}, Text<2000>("召开会议并开展培训。"), {}}), "");
  ASSERT_EQ(give("bulletin.take_item", TakeItem{a, 2}), "");
  imprint();
  issued();
  ASSERT_EQ(give("bulletin.distribute_issue", DistributeIssue{kWeek, {Receiver{Text<60>("某局"), Way::mail, {}, Text<254>("office@example.gov.cn"), 0, false}}}), "");
  ASSERT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
  engine_.reset();
  auto store = store::open_sqlite(directory_.path(), store::Mode::write).value();
  const auto keys = engine::open_keys(*store->open_reader(), {directory_.path(), ""}, {510000}, {}, store::KeyAccess::read).value();
  engine::RebuildOptions o;
  o.keys = keys.get();
  for (const auto& v : engine::rebuild(store->writer(), rooms(), {510000}, o).views) EXPECT_FALSE(v.difference) << v.name << ": " << *v.difference;
}

TEST(DeskData, ABrokenFileSaysWhere) {
  store::TemporaryDirectory d;
  const auto file = std::filesystem::path(d.path()) / "bulletin_desk.yaml";
  std::ifstream in(YI_SOURCE_DIR "/data/sichuan/bulletin_desk.yaml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto with = [&](std::string_view from, std::string_view to) {
    auto changed = text;
    changed.replace(changed.find(from), from.size(), to);
    std::ofstream(file) << changed;
    return DeskRules::load(file);
  };
  EXPECT_EQ(with("[review, issue]", "[issue, review]").error().code, "bulletin.bad_desk_rules");
  EXPECT_EQ(with("[review, issue]", "[review]").error().code, "bulletin.bad_desk_rules");
  EXPECT_EQ(with("'17:00'", "'25:00'").error().code, "bulletin.bad_desk_rules");
  EXPECT_TRUE(with("[review, issue]", "[review, countersign, issue]").ok());
}

}  // namespace
