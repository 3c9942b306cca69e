// Two real nodes on one database: whoever asks the other node finds what was done at one. What happens when one is killed is tried in
// simulation/two_nodes_test.cpp.
#include <gtest/gtest.h>

#include "load.h"
#include "store/postgres_server.h"
#include "store/temporary_directory.h"

namespace yi::story {
namespace {

using http::test::Client;

constexpr const char* kQuestion = R"({"channel":"phone","question":"社保卡在哪里办？"})";

TEST(Nodes, WhoeverAsksTheOtherNodeFindsWhatWasDone) {
  store::PostgresServer database;
  const store::TemporaryDirectory here, there;
  const auto url = database.new_database();
  const auto place = quiet_centre(here.path(), url);
  const store::Place second(there.path() + "/data", url);
  share_master_key(place, second);
  Server a(place), b(second);
  ASSERT_TRUE(a.runs()) << a.process().wait().all();
  ASSERT_TRUE(b.runs()) << b.process().wait().all();
  EXPECT_EQ(json_at(a.get("/health/ready").body, "role"), "leading");
  EXPECT_EQ(json_at(b.get("/health/ready").body, "role"), "following");
  EXPECT_EQ(b.token(), a.token()) << "the operator's token is the centre's";
  Client stream(b.port());
  ASSERT_TRUE(stream.send(http::test::get("/api/casework/events", "Authorization: Bearer " + b.token() + "\r\n")));
  ASSERT_EQ(stream.receive_head().status, 200);
  for (int i = 1; i <= 5; ++i) {
    const auto r = b.post("/api/casework/ask_first", kQuestion, command_key(9, i));
    ASSERT_EQ(r.status, 200) << r.body;
    for (Server* n : {&a, &b}) {
      const auto found = n->get("/api/casework/questions?after_position=" + r.header("x-ledger-position"));
      EXPECT_EQ(found.status, 200) << found.body;
      EXPECT_NE(found.body.find("\"question_id\":\"" + json_at(r.body, "facts/0/body/question_id") + "\""), found.body.npos) << found.body;
    }
    // Again under its id, at the other node: the same answer.
    const auto again = a.post("/api/casework/ask_first", kQuestion, command_key(9, i));
    EXPECT_EQ(again.header("x-repeated"), "true");
    EXPECT_EQ(again.body, r.body);
  }
  std::string heard, piece;
  while (heard.find("event: question") == heard.npos && stream.receive_chunk(piece) && !piece.empty()) heard += piece;
  EXPECT_NE(heard.find("event: question"), heard.npos) << heard;
  EXPECT_EQ(a.stop().code, 0);
  EXPECT_EQ(b.stop().code, 0);
}

}  // namespace
}  // namespace yi::story
