// The event stream of cases and questions, over HTTP: each reader hears their part, nothing of a person, what was missed comes
// again, and a stream ends with its session.
#include "app/test_house.h"

namespace yi::app::test {
namespace {

constexpr const char* kName = "欧阳某某";
constexpr const char* kNumber = "11010519491231002X";

class Events : public House {
 protected:
  // An open stream, the "ready" that it begins with taken.
  struct Stream {
    std::unique_ptr<http::test::Client> client;
    std::string text;
    // The next event, comments left out; "" when the stream has ended.
    std::string next() {
      for (;;) {
        const auto end = text.find("\n\n");
        if (end != text.npos) {
          const auto event = text.substr(0, end);
          text.erase(0, end + 2);
          if (event.find("event: ") != event.npos) return event;
          continue;
        }
        std::string piece;
        if (!client->receive_chunk(piece) || piece.empty()) return "";
        text += piece;
      }
    }
  };
  Stream open(const std::string& account, const std::string& last = "", int expected = 200) {
    Stream s;
    s.client = std::make_unique<http::test::Client>(house_->port());
    auto text = head(account, "GET", "/api/casework/events");
    if (!last.empty()) text += "Last-Event-ID: " + last + "\r\n";
    EXPECT_TRUE(s.client->send(text + "\r\n"));
    EXPECT_EQ(s.client->receive_head().status, expected);
    return s;
  }
  std::string received(const std::string& matter = "企业设立登记") {
    give("casework.receive", R"({"matter":")" + code_of(matter) + R"(","window":"W09","applicant_kind":"natural","applicant":")" + kName + R"(","applicant_id":")" +
                                 kNumber + R"(","materials":[]})");
    return last_.substr(last_.find(':') + 1);
  }
  static std::string id_of(const std::string& event) {
    const auto at = event.find("id: ");
    return at == event.npos ? "" : event.substr(at + 4, event.find('\n', at) - at - 4);
  }
  static bool is(const std::string& event, const std::string& type) { return event.find("event: " + type + "\n") != event.npos; }
};

TEST_F(Events, EachHearsTheirPartAndNothingOfAPerson) {
  open_account("clerk.a", Role::clerk);
  open_account("handler.a", Role::handler, "scjgj");
  open_account("handler.b", Role::handler, "rst");
  open_account("citizen.a", Role::applicant);
  open_account("citizen.b", Role::applicant);
  give("identity.bind_applicant", R"({"account":"citizen.a","kind":"citizen","number":")" + std::string(kNumber) + "\"}");
  auto clerk = open("clerk.a"), handler = open("handler.a"), other = open("handler.b"), own = open("citizen.a"), stranger = open("citizen.b");
  for (auto* s : {&clerk, &handler, &other, &own, &stranger}) EXPECT_TRUE(is(s->next(), "ready"));
  const auto id = received();
  for (auto* s : {&clerk, &handler, &own}) {
    const auto event = s->next();
    EXPECT_TRUE(is(event, "case")) << event;
    EXPECT_NE(event.find(R"("case_id":")" + id + "\""), event.npos) << event;
    EXPECT_NE(event.find(R"("acts":["received"])"), event.npos) << event;
    EXPECT_NE(event.find(R"("stage":"received")"), event.npos) << event;
    EXPECT_EQ(event.find(kName), event.npos);
    EXPECT_EQ(event.find(kNumber), event.npos);
  }
  // Whoever hears of it finds it in their list without waiting.
  EXPECT_NE(ask("handler.a", "GET", "/api/casework/cases").body.find(id), std::string::npos);
  // The others hear nothing of it: the next they hear is theirs.
  const auto licence = received("失业保险金申领");
  const auto theirs = other.next();
  EXPECT_TRUE(is(theirs, "case")) << theirs;
  EXPECT_NE(theirs.find(R"("case_id":")" + licence + "\""), theirs.npos) << theirs;
  EXPECT_TRUE(stranger.text.empty() && !stranger.client->readable(0));
}

TEST_F(Events, AQuestionGoesToWhomItConcerns) {
  open_account("guide.a", Role::guide);
  open_account("guide.b", Role::guide);
  open_account("guide.c", Role::guide);
  open_account("sup.a", Role::supervisor);
  auto owner = open("guide.a"), receiver = open("guide.b"), other = open("guide.c"), supervisor = open("sup.a");
  for (auto* s : {&owner, &receiver, &other, &supervisor}) EXPECT_TRUE(is(s->next(), "ready"));
  const auto asked = ask("guide.a", "POST", "/api/casework/ask_first", R"({"channel":"phone","question":"社保卡在哪里办？","visitor":{"name":"欧阳某某"}})");
  ASSERT_EQ(asked.status, 200) << asked.body;
  for (auto* s : {&owner, &supervisor}) {
    const auto event = s->next();
    EXPECT_TRUE(is(event, "question")) << event;
    EXPECT_NE(event.find(R"("acts":["asked_first"])"), event.npos) << event;
    EXPECT_EQ(event.find(kName), event.npos);
    EXPECT_EQ(event.find("社保卡"), event.npos);
  }
  ASSERT_EQ(ask("guide.a", "POST", "/api/casework/hand_over_question", R"({"question_id":"1","to":"guide.b","reason":"属于社保窗口"})").status, 200);
  EXPECT_NE(receiver.next().find("question_handed_over"), std::string::npos);
  EXPECT_TRUE(other.text.empty() && !other.client->readable(0));
}

TEST_F(Events, WhatWasMissedComesAgainAndTooMuchIsAReset) {
  open_account("clerk.a", Role::clerk);
  std::string last;
  {
    auto s = open("clerk.a");
    last = id_of(s.next());
  }
  const auto id = received();
  give("casework.request_correction", R"({"case_id":")" + id + R"(","defects":[{"material":"公司章程或合伙协议","wrong":"缺少签字","right":"全体股东签字"}]})");
  followed();
  {
    auto s = open("clerk.a", last);
    EXPECT_TRUE(is(s.next(), "ready"));
    const auto event = s.next();  // two facts of one case, read together, are one event
    EXPECT_NE(event.find(R"("acts":["received","correction_requested"])"), event.npos) << event;
    EXPECT_NE(event.find(R"("version":2)"), event.npos) << event;
    EXPECT_EQ(id_of(event), std::to_string(house_->engine().position()));
  }
  // An id beyond the ledger is of another one.
  auto s = open("clerk.a", "999999999");
  EXPECT_TRUE(is(s.next(), "reset"));
  auto nonsense = open("clerk.a", "none");
  EXPECT_TRUE(is(nonsense.next(), "ready"));
}

TEST_F(Events, AnAccountHasAFewStreams) {
  open_account("clerk.a", Role::clerk);
  open_account("clerk.b", Role::clerk);
  std::vector<Stream> open_ones;
  for (std::size_t i = 0; i < engine::Feed::kStreamsOfAccount; ++i) open_ones.push_back(open("clerk.a"));
  open("clerk.a", "", 429);
  EXPECT_TRUE(is(open("clerk.b").next(), "ready")) << "nobody else has fewer for it";
}

TEST_F(Events, AStreamEndsWithItsSessionAndIsNoActivity) {
  open_account("clerk.a", Role::clerk);
  auto& g = house_->gatekeeper();
  auto s = open("clerk.a");
  EXPECT_TRUE(is(s.next(), "ready"));
  http::Request credentials;
  credentials.cookie = identity::cookie_name("localhost", false) + "=" + session_of("clerk.a");
  credentials.host = "localhost";
  const auto caller = g.admit(credentials, *std::find_if(house_->router().doors().begin(), house_->router().doors().end(), [](const auto& d) { return d.name == "casework.events"; }));
  ASSERT_TRUE(caller.ok());
  EXPECT_TRUE(g.still_admits(credentials, *caller));
  // Other roles: the session is over, and so is what it opened.
  give("identity.grant_roles", R"({"account":"clerk.a","roles":["runner"]})");
  EXPECT_FALSE(g.still_admits(credentials, *caller));
  EXPECT_EQ(s.next(), "");  // within the two seconds after which it is asked again
}

}  // namespace
}  // namespace yi::app::test
