// The bulletin desk over HTTP, and the command line beside it: what is issued is what everybody gets, and what may leave the house.
#include "app/paper.h"
#include "app/test_house.h"
#include "base/text.h"
#include "publish/text_writer.h"

namespace yi::app::test {
namespace {

class BulletinDesk : public House {
 protected:
  void SetUp() override {
    House::SetUp();
    for (const char* account : {"t.editor", "t.reviewer", "t.signer"}) open_account(account, Role::supervisor, own());
    open_account("t.leader", Role::government_leader);
    open_account("t.chief", Role::chief_representative, "wjw");
  }
  std::string own() const { return house_->common().catalog->settings().department.value; }
  std::string post(const std::string& account, const std::string& path, const std::string& body) {
    followed();
    const auto r = ask(account, "POST", path, body);
    return r.status < 300 ? "" : member(r.body, {"code"});
  }
  std::string read(const std::string& account, const std::string& path) {
    followed();
    const auto r = ask(account, "GET", path);
    EXPECT_EQ(r.status, 200) << path << r.body;
    return r.body;
  }
  // The week on the desk with one item and one sick leave in it.
  void open_week() {
    ASSERT_EQ(post("t.editor", "/api/bulletin/open_issue", R"({"from":"2024-06-24","to":"2024-06-28"})"), "");
    give("bulletin.enter_news", R"({"week":"2024-06-24","text":"某某中心召开会议。","rank":1})");
    give("staff.record_leave", R"({"department":"wjw","name":"某某乙","kind":"sick","from":"2024-06-24","to":"2024-06-28","count_mode":"calendar","days":5,"rank":1})");
    ASSERT_EQ(post("t.editor", "/api/bulletin/set_words", R"({"week":"2024-06-24","words":[{"key":"title.news","text":"工作动态"}]})"), "");
    ASSERT_EQ(post("t.editor", "/api/bulletin/set_imprint", R"({"week":"2024-06-24","issued_on":"2024-07-04","issuer":"某某中心","copies":10,"report_to":["甲"],"send_to":[],"distribute_to":[],"layout_hints":[]})"), "");
  }
  void present_and_sign() {
    const auto checks = ask("t.editor", "POST", "/api/bulletin/desk/issues/2024-06-24/check", R"({"draft":{"news_typed":false,"news":[],"sections":[]},"internal":true,"word_lines":false})");
    std::string keys;
    for (std::size_t at = checks.body.find("\"key\":\""); at != std::string::npos; at = checks.body.find("\"key\":\"", at + 1))
      keys += (keys.empty() ? "\"" : ",\"") + checks.body.substr(at + 7, checks.body.find('"', at + 7) - at - 7) + "\"";
    ASSERT_EQ(post("t.editor", "/api/bulletin/desk/issues/2024-06-24/present", R"({"acknowledged":[)" + keys + "]}"), "");
    const auto signature = R"({"week":"2024-06-24","digest":")" + member(read("t.editor", "/api/bulletin/desk/issues/2024-06-24"), {"issue", "digest"}) + "\"}";
    ASSERT_EQ(post("t.reviewer", "/api/bulletin/pass_review", signature), "");
    ASSERT_EQ(post("t.signer", "/api/bulletin/issue", signature), "");
  }
  Result<Papers> by_command_line(bulletin::Edition edition) { return compose_paper({directory_.path(), YI_SOURCE_DIR "/data", edition, CivilDay::of(2024, 6, 24)}); }
  std::string correction(const std::string& was, const std::string& now, bool internal, const std::string& more = "") {
    return R"({"week":"2024-06-24","internal":)" + std::string(internal ? "true" : "false") + R"(,"entries":[{"was":")" + was + R"(","now":")" + now + R"("}],"reason":"登记有误")" + more + "}";
  }
};

TEST_F(BulletinDesk, TheCommandLinePrintsWhatWasIssued) {
  open_week();
  followed();
  EXPECT_EQ(by_command_line(bulletin::Edition::public_).error().code, "bulletin.not_issued_yet");
  const auto draft = by_command_line(bulletin::Edition::internal).value();
  EXPECT_TRUE(draft.draft);
  EXPECT_EQ(draft.document.body.at(0).text(), "一、工作动态") << "in the issue's own words";
  present_and_sign();
  const auto internal = read("t.editor", "/bulletin/2024-06-24/text?edition=internal"), open = read("t.editor", "/bulletin/2024-06-24/text?edition=public");
  EXPECT_NE(internal.find("某某乙"), std::string::npos);
  // What is recorded afterwards is in no edition of what was issued, by whatever way it leaves.
  give("staff.record_leave", R"({"department":"wjw","name":"某某丙","kind":"annual","from":"2024-06-24","to":"2024-06-28","count_mode":"working","days":5,"rank":2})");
  EXPECT_EQ(read("t.editor", "/bulletin/2024-06-24/text?edition=internal"), internal);
  const auto p = by_command_line(bulletin::Edition::internal).value();
  EXPECT_FALSE(p.draft);
  EXPECT_EQ(publish::to_text(p.document), internal);
  EXPECT_EQ(publish::to_text(by_command_line(bulletin::Edition::public_).value().document), open);
  ASSERT_EQ(p.sheets.at(0).columns.back(), "签发时印出");
  for (const auto& row : p.sheets.at(0).rows) EXPECT_EQ(row.size(), p.sheets.at(0).columns.size());
}

TEST_F(BulletinDesk, ACorrectionCorrectsWhatStandsInThePaperItNames) {
  open_week();
  const char* door = "/api/bulletin/draft_correction";
  EXPECT_EQ(post("t.editor", door, correction("某某中心", "某中心", false)), "bulletin.not_issued");
  present_and_sign();
  EXPECT_EQ(post("t.editor", door, correction("没有印过的话", "甲", false)), "bulletin.words_not_printed");
  // The sick leave is in the internal paper alone: a public notice would tell of it.
  EXPECT_EQ(post("t.editor", door, correction("某某乙", "某某丁", false)), "bulletin.words_internal_alone");
  // What is said instead is checked like an item.
  EXPECT_EQ(post("t.editor", door, correction("召开会议", "召开会议，联系电话13800138000", false)), "bulletin.not_acknowledged");
  const auto checked = ask("t.editor", "POST", "/api/bulletin/desk/check_text", R"({"text":"召开会议，联系电话13800138000"})").body;
  const auto at = checked.find("\"key\":\"") + 7;
  EXPECT_EQ(post("t.editor", door, correction("召开会议", "召开会议，联系电话13800138000", false, R"(,"acknowledged":[")" + checked.substr(at, checked.find('"', at) - at) + "\"]")), "");
  EXPECT_EQ(post("t.editor", door, correction("某某乙", "某某丁", true)), "");
  const auto board = read("t.editor", "/api/bulletin/desk/issues/2024-06-24");
  EXPECT_NE(board.find("“某某乙”应为“某某丁”"), std::string::npos);
}

TEST_F(BulletinDesk, AnInternalCopyGoesToThoseWhoMayReadIt) {
  open_week();
  present_and_sign();
  const auto to = [&](const char* account, bool internal) {
    return post("t.editor", "/api/bulletin/distribute_issue", R"({"week":"2024-06-24","receivers":[{"name":"某某","way":"account","account":")" + std::string(account) + R"(","copies":0,"internal":)" + (internal ? "true" : "false") + "}]}");
  };
  EXPECT_EQ(to("t.chief", true), "bulletin.receiver_may_not_read");
  EXPECT_EQ(to("t.chief", false), "");
  EXPECT_EQ(to("t.leader", true), "");
  EXPECT_EQ(post("t.editor", "/api/bulletin/distribute_issue", R"({"week":"2024-06-24","receivers":[{"name":"某局","way":"mail","mail":"office@example.gov.cn","copies":0,"internal":false}]})"), "bulletin.no_mail_server");
}

TEST_F(BulletinDesk, TheBoardSaysWhoSignedWhichStep) {
  open_week();
  present_and_sign();
  const auto board = read("t.reviewer", "/api/bulletin/desk/issues/2024-06-24");
  const auto presented = board.find(R"("by":"t.editor","by_name":"某甲")"), reviewed = board.find(R"("step":"review","by":"t.reviewer","by_name":"某甲")"), signed_ = board.find(R"("step":"issue","by":"t.signer")");
  EXPECT_LT(presented, reviewed);
  EXPECT_LT(reviewed, signed_);
  EXPECT_NE(signed_, std::string::npos) << board;
}

TEST_F(BulletinDesk, AMistypedYearIsRefused) {
  EXPECT_EQ(post("t.editor", "/api/bulletin/open_issue", R"({"from":"2034-06-26","to":"2034-06-30"})"), "bulletin.opened_early");
  EXPECT_EQ(post("t.editor", "/api/bulletin/set_period", R"({"from":"2034-06-26","to":"2034-06-30"})"), "bulletin.period_ahead");
  open_week();
  EXPECT_EQ(post("t.editor", "/api/bulletin/set_imprint", R"({"week":"2024-06-24","issued_on":"2042-07-04","issuer":"某某中心","copies":10,"report_to":[],"send_to":[],"distribute_to":[],"layout_hints":[]})"), "bulletin.bad_issue_day");
}

}  // namespace
}  // namespace yi::app::test
