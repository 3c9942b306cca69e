// The letters of an issued bulletin, against a real mail server: what is tried again and when, and what is recorded of it.
#include "app/mail_runner.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/doors.h"
#include "app/installation.h"
#include "app/rooms.h"
#include "bulletin/desk_declare.h"
#include "bulletin/desk_views.h"
#include "bulletin/paper_record.h"
#include "notice/test_mail_server.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

using namespace bulletin;
const CivilDay kWeek = CivilDay::of(2024, 6, 24);
constexpr std::int64_t kMinute = 60'000'000'000;

class MailRoundTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(directory_.path() + "/centre");
    common_ = std::make_unique<Common>(load_common(YI_SOURCE_DIR "/data").value());
    common_->sends_mail = true;
    context_ = bulletin_context(*common_, YI_SOURCE_DIR "/data").value();
    engine_ = engine::Engine::open(directory_.path() + "/centre", all_rooms(*common_), engine_options(*common_, {true, at(kWeek, 8, 0)})).value();
    issue();
    post_ = std::make_unique<notice::test::TestMailServer>(directory_.path() + "/inbox");
    ASSERT_GT(post_->port(), 0);
    notice::MailSettings s;
    s.host = "localhost";
    s.port = post_->port();
    s.security = notice::Security::none;
    s.from = "zhoubao@example.gov.cn";
    s.timeout_seconds = 10;
    server_ = std::make_unique<notice::MailServer>(notice::MailServer::open(std::move(s)).value());
    round_ = std::make_unique<MailRound>(*engine_, std::vector<int>{1, 5},
                                         MailRound::Hands{[this](const ReceiverState& r) {
                                                            if (r.name == broken_) throw std::runtime_error("no font");
                                                            return letter_of(*engine_, context_, "zhoubao@example.gov.cn", r);
                                                          },
                                                          [this](const notice::Mail& mail) {
                                                            ++sends_;
                                                            return server_->send(mail, at(kWeek + 3, 9, 0));
                                                          },
                                                          [this](const RecordMail& what) -> Checked {
                                                            if (full_) return Refusal{"engine.storage_unavailable", "存储写不进去。", "请稍后再试。", 503, ""};
                                                            YI_CHECK(engine_->run(kRecordMail, json::write(what), {"system", "system"}));
                                                            return Done{};
                                                          },
                                                          [this] { return now_; }});
  }
  template <class C>
  void give(const char* command, const C& c, const char* account = "editor.a") {
    const auto a = engine_->run(command, json::write(c), {account, "staff"});
    ASSERT_TRUE(a.ok()) << command << " " << a.error().code << " " << a.error().where;
  }
  void issue() {
    give("bulletin.open_issue", OpenIssue{kWeek, kWeek + 4, {}});
    publish::Document paper;
    paper.masthead.name = "政务服务工作周报";
    paper.body.push_back({publish::Paragraph::Kind::body, {{"某某中心开放日。", "", ""}}});
    const Text<64> sm3(sm3_of_text(paper)), digest(digest_of(sm3, sm3));
    give(kRecordPresentation, RecordPresentation{kWeek, digest, sm3, sm3, Text<120>("政务服务工作周报"), Text<120>("（6月24日—6月28日）"), Text<120>("第{number}期"), Text<120>("某某中心"), kWeek + 5, 0, 1, 0, {},
                                                 pieces_of(paper), pieces_of(paper)});
    give("bulletin.pass_review", PassStep{kWeek, digest, {}}, "editor.b");
    give("bulletin.issue", PassStep{kWeek, digest, {}}, "editor.c");
  }
  void to(std::vector<std::pair<const char*, const char*>> receivers) {
    DistributeIssue wish{kWeek, {}};
    for (const auto& [name, mail] : receivers) wish.receivers.push_back({Text<60>(name), Way::mail, {}, Text<254>(mail), 0, false});
    give("bulletin.distribute_issue", wish);
  }
  void pass() {
    ASSERT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    round_->pass(stopping_);
  }
  ReceiverState row(int receiver) {
    auto reader = engine_->reader();
    const auto viewer = identity::Viewer::operator_named("t");
    const DepartmentCode own;
    return receivers_of({*reader, engine_->centre(), viewer, own}, kWeek).at(static_cast<std::size_t>(receiver - 1));
  }

  store::TemporaryDirectory directory_;
  std::unique_ptr<Common> common_;
  BulletinContext context_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<notice::test::TestMailServer> post_;
  std::unique_ptr<notice::MailServer> server_;
  std::unique_ptr<MailRound> round_;
  std::atomic<bool> stopping_{false};
  std::string broken_;
  bool full_ = false;
  int sends_ = 0;
  std::int64_t now_ = 0;
};

TEST_F(MailRoundTest, ANoForNowIsTriedAgainAfterItsMinutesUnderTheSameId) {
  to({{"某厅", "later-office@example.gov.cn"}});
  pass();
  EXPECT_EQ(row(1).stage, ReceiverStage::waiting);
  EXPECT_EQ(row(1).tries, 1);
  EXPECT_EQ(row(1).answer.find('@'), std::string::npos) << row(1).answer;
  now_ = kMinute - 1;
  pass();
  EXPECT_EQ(sends_, 1) << "not before its minute";
  now_ = kMinute;
  pass();
  EXPECT_EQ(row(1).stage, ReceiverStage::sent);
  EXPECT_NE(post_->letter(1).find("Message-ID: <2024-06-24:1."), std::string::npos);
  EXPECT_NE(post_->letter(1).find("application/pdf"), std::string::npos);
  pass();
  EXPECT_EQ(sends_, 2) << "what was sent is not sent again";
}

TEST_F(MailRoundTest, ANoForGoodEndsItUntilAPersonAsksOnceMore) {
  to({{"某厅", "no-office@example.gov.cn"}});
  pass();
  EXPECT_EQ(row(1).stage, ReceiverStage::failed);
  now_ = 1'000 * kMinute;
  pass();
  EXPECT_EQ(sends_, 1);
  give("bulletin.mail_again", MailAgain{kWeek, 1});
  pass();
  EXPECT_EQ(sends_, 2);
  EXPECT_EQ(row(1).stage, ReceiverStage::failed);
}

TEST_F(MailRoundTest, ALetterThatCannotBeMadeHoldsNobodyUpAndEndsLikeAnyOther) {
  broken_ = "坏的";
  to({{"坏的", "a@example.gov.cn"}, {"某局", "b@example.gov.cn"}});
  pass();
  EXPECT_EQ(row(2).stage, ReceiverStage::sent);
  EXPECT_EQ(row(1).stage, ReceiverStage::waiting);
  EXPECT_EQ(row(1).tries, 1);
  EXPECT_NE(row(1).answer.find("没有做成"), std::string::npos);
  for (const int minutes : {1, 6}) {
    now_ = minutes * kMinute;
    pass();
  }
  EXPECT_EQ(row(1).stage, ReceiverStage::failed) << "after as many tries as retry_minutes has";
  broken_.clear();
  give("bulletin.mail_again", MailAgain{kWeek, 1});
  pass();
  EXPECT_EQ(row(1).stage, ReceiverStage::sent);
  EXPECT_EQ(sends_, 2);
}

TEST_F(MailRoundTest, WhatCouldNotBeRecordedIsRecordedBeforeAnythingIsSentAgain) {
  to({{"某厅", "a@example.gov.cn"}});
  full_ = true;
  pass();
  pass();
  EXPECT_EQ(sends_, 1) << "the server has it: once is enough";
  EXPECT_EQ(row(1).stage, ReceiverStage::waiting);
  full_ = false;
  pass();
  EXPECT_EQ(row(1).stage, ReceiverStage::sent);
  EXPECT_EQ(sends_, 1);
  EXPECT_EQ(post_->letter(2), "");
}

TEST_F(MailRoundTest, AFailureThatCouldNotBeRecordedWaitsItsMinutesToo) {
  to({{"某厅", "later-office@example.gov.cn"}});
  full_ = true;
  pass();
  full_ = false;
  pass();
  EXPECT_EQ(sends_, 1);
  EXPECT_EQ(row(1).tries, 1);
  now_ = kMinute;
  pass();
  EXPECT_EQ(row(1).stage, ReceiverStage::sent);
}

}  // namespace
}  // namespace yi::app
