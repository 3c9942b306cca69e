// Two real nodes on one database: whoever asks the other node finds what was done at one. What happens when one is killed is tried in
// simulation/two_nodes_test.cpp.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/clock.h"
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

// What was brought at one node is read at the other, also when the node that took it in is gone: files lie in one folder, and only the
// ledger says which of them there are.
TEST(Nodes, FilesOfOneFolderAreReadAtEachNode) {
  store::PostgresServer database;
  const store::TemporaryDirectory here, there, shared;
  const auto url = database.new_database();
  const auto place = quiet_centre(here.path(), url);
  const store::Place second(there.path() + "/data", url);
  share_master_key(place, second);
  const auto folder = shared.path() + "/files";
  Limits with_folder;
  with_folder.environment = {"YICHUANG_FILES=" + folder};
  auto a = std::make_unique<Server>(place, with_folder), b = std::make_unique<Server>(second, with_folder);
  ASSERT_TRUE(a->runs()) << a->process().wait().all();
  ASSERT_TRUE(b->runs()) << b->process().wait().all();
  ASSERT_EQ(json_at(a->get("/health/ready").body, "role"), "leading");
  const auto token = a->token();
  const std::string paper = "企业登记（备案）申请书";
  const auto received = b->post("/api/casework/receive", R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"legal","applicant":"示例企业","materials":[")" + paper + "\"]}", command_key(5, 1));
  ASSERT_EQ(received.status, 200) << received.body;
  const auto id = json_at(received.body, "stream").substr(5);
  // Brought through `node` and filed there; where in the folder it is found.
  const auto bring = [&](Server& node, const std::string& text, int n) {
    const auto head = "POST /api/files?case=" + id + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n";
    const auto up = Client(node.port()).ask(head + text);
    EXPECT_EQ(up.status, 201) << up.body;
    const auto file = json_at(up.body, "id");
    const auto filed = node.post("/api/casework/cases/" + id + "/files", R"({"material":")" + paper + R"(","file":")" + file + "\"}", command_key(6, n));
    EXPECT_EQ(filed.status, 201) << filed.body;
    return std::pair("/api/files/" + file, filed.header("x-ledger-position"));
  };
  const auto expect_read = [&](Server& node, const std::pair<std::string, std::string>& file, const std::string& text) {
    EXPECT_EQ(node.get("/api/casework/questions?after_position=" + file.second).status, 200);
    const auto r = node.get(file.first);
    EXPECT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(r.body, text);
  };
  const auto first = bring(*b, "第一份材料", 1), second_file = bring(*a, "第二份材料", 2);
  for (auto* n : {a.get(), b.get()}) {
    expect_read(*n, first, "第一份材料");
    expect_read(*n, second_file, "第二份材料");
  }
  a->crash();
  for (const auto until = monotonic_ns() + 10'000'000'000; json_at(b->get("/health/ready").body, "role") != "leading" && monotonic_ns() < until;) {}
  const auto third = bring(*b, "第三份材料", 3);
  expect_read(*b, first, "第一份材料");
  expect_read(*b, third, "第三份材料");
  a = std::make_unique<Server>(place, with_folder);
  ASSERT_TRUE(a->runs()) << a->process().wait().all();
  expect_read(*a, third, "第三份材料");
  EXPECT_EQ(a->stop().code, 0);
  EXPECT_EQ(b->stop().code, 0);
  for (const auto& p : {place, second}) {
    const auto verified = run_at("verify", p, {"--files", folder});
    EXPECT_EQ(verified.code, 0) << verified.all();
    EXPECT_NE(verified.out.find("3 个文件"), verified.out.npos) << verified.out;
    EXPECT_FALSE(std::filesystem::exists(p.directory + "/files")) << "a node's own folder";
  }
}

}  // namespace
}  // namespace yi::story
