// Bad input over HTTP: a problem reply with a code, a Chinese sentence and the next step, and nothing is stored.
#include <gtest/gtest.h>

#include "program.h"
#include "stage.h"

namespace yi::story {
namespace {

class BadInput : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = new store::TemporaryDirectory;
    const auto made = run({"replay", "--data", data(), "--week-file", YI_SOURCE_DIR "/testdata/weeks/quiet-2024-06-17.yaml"});
    ASSERT_EQ(made.code, 0) << made.err;
    server_ = new Server(data());
    ASSERT_TRUE(server_->runs()) << server_->process().wait().all();
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(server_->stop().code, 0);
    delete server_;
    delete directory_;
  }
  static std::string data() { return directory_->path() + "/data"; }
  static std::string position() { return json_at(server_->get("/api/health").body, "position"); }

  // What every refusal has, whoever gives it.
  static void expect_problem(const http::test::Reply& r, int status, const std::string& code) {
    EXPECT_EQ(r.status, status) << r.body;
    EXPECT_EQ(r.header("content-type"), "application/problem+json; charset=utf-8");
    EXPECT_EQ(json_at(r.body, "code"), code) << r.body;
    EXPECT_EQ(json_at(r.body, "status"), std::to_string(status));
    for (const char* field : {"title", "detail", "next_step"}) {
      const auto text = json_at(r.body, field);
      EXPECT_TRUE(is_chinese(text)) << field << ": " << text;
    }
    for (const char* inner : {"SQL", "sqlite", "exception", "std::", "yichuang.db", ".cpp"})
      EXPECT_EQ(r.body.find(inner), r.body.npos) << "an internal word leaks: " << r.body;
  }
  // Most of the letters are of the CJK block: U+4E00.. begins with the bytes E4..E9.
  static bool is_chinese(const std::string& text) {
    int n = 0;
    for (const char c : text) n += static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9;
    return n >= 2;
  }
  static std::string bearer() { return "Authorization: Bearer " + server_->token() + "\r\n"; }
  static std::string key() { return "Idempotency-Key: " + command_key(2, ++keys_) + "\r\n"; }

  static inline store::TemporaryDirectory* directory_ = nullptr;
  static inline Server* server_ = nullptr;
  static inline std::int64_t keys_ = 0;
};

constexpr const char* kReceive = R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"legal","applicant":"示例企业第0001号"})";

std::string receive_with(const std::string& more) {
  std::string s = kReceive;
  return s.substr(0, s.size() - 1) + "," + more + "}";
}

TEST_F(BadInput, BodiesThatAreNoCommand) {
  const auto nested = [](int n) { return std::string(static_cast<std::size_t>(n), '[') + std::string(static_cast<std::size_t>(n), ']'); };
  const struct {
    const char* what;
    const char* door;
    std::string body;
    int status;
    const char* code;
  } rows[] = {
      {"cut off", "receive", R"({"matter":"SC-SCJGJ-0002","window":)", 400, "base.bad_json"},
      {"nothing", "receive", "", 400, "base.bad_json"},
      {"two texts", "receive", std::string(kReceive) + kReceive, 400, "base.bad_json"},
      {"not UTF-8", "receive", receive_with("\"applicant_id\":\"\xff\xfe\""), 400, "base.bad_json"},
      {"half a surrogate", "receive", receive_with(R"("applicant_id":"\ud800")"), 400, "base.bad_json"},
      {"too deep", "receive", receive_with("\"materials\":" + nested(500)), 400, "base.bad_json"},
      {"a list", "receive", "[]", 400, "base.wrong_type"},
      {"unknown field", "receive", receive_with(R"("applicants":"甲")"), 400, "base.unknown_field"},
      {"repeated field", "receive", receive_with(R"("window":"W01")"), 400, "base.repeated_field"},
      {"missing field", "receive", R"({"matter":"SC-SCJGJ-0002"})", 400, "base.missing_field"},
      {"number for text", "receive", R"({"matter":5,"window":"W01","applicant_kind":"legal","applicant":"甲"})", 400, "base.wrong_type"},
      {"number for a case", "accept", R"({"case_id":20240624000001,"window":"W01"})", 400, "base.wrong_type"},
      {"words for a case", "accept", R"({"case_id":"A","window":"W01"})", 400, "base.wrong_type"},
      {"a case beyond 64 bits", "accept", R"({"case_id":"99999999999999999999","window":"W01"})", 400, "base.wrong_type"},
      {"unknown choice", "receive", R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"robot","applicant":"甲"})", 400, "base.unknown_value"},
      {"long name", "receive", R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"legal","applicant":")" + std::string(500, 'x') + "\"}", 400, "base.too_long"},
      {"control character", "receive", R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"legal","applicant":"甲\u0000乙"})", 400, "base.control_character"},
      {"blank name", "receive", R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"legal","applicant":" "})", 422, "casework.text_required"},
      {"unknown matter", "receive", R"({"matter":"SC-NONE-0001","window":"W01","applicant_kind":"legal","applicant":"甲"})", 422, "casework.unknown_matter"},
      {"wrong check digit", "receive", receive_with(R"("applicant_id":"11510000MB1690541X")"), 422, "base.bad_check"},
      {"unknown material", "receive", receive_with(R"("materials":["没有这份材料"])"), 422, "casework.unknown_material"},
      {"30 February", "receive_result",
       R"({"matter":"SC-SCJGJ-0002","window":"W15","foreign_number":"1","decided_on":"2024-02-30","handed_over":["甲"],"signed_by":"乙"})", 400, "base.bad_date"},
      {"a day in words", "receive_result",
       R"({"matter":"SC-SCJGJ-0002","window":"W15","foreign_number":"1","decided_on":"6月20日","handed_over":["甲"],"signed_by":"乙"})", 400, "base.bad_date"},
      {"no such case", "accept", R"({"case_id":"20240624999999","window":"W01"})", 404, "casework.unknown_case"},
  };
  const auto before = position();
  for (const auto& r : rows) {
    SCOPED_TRACE(r.what);
    expect_problem(server_->post(std::string("/api/casework/") + r.door, r.body, command_key(2, ++keys_)), r.status, r.code);
  }
  EXPECT_EQ(position(), before);
}

TEST_F(BadInput, EverySectionOfTheRequestIsGuarded) {
  const std::string door = "/api/casework/receive", get = "/api/casework/cases";
  const std::string token = bearer();
  const struct {
    const char* what;
    std::string bytes;
    int status;
    const char* code;
  } rows[] = {
      {"no credential", http::test::post(door, kReceive, key()), 401, "identity.not_signed_in"},
      {"wrong credential", http::test::post(door, kReceive, key() + "Authorization: Bearer " + std::string(64, '0') + "\r\n"), 401, "identity.bad_token"},
      {"an invented session", http::test::get(get + "?stage=received", "Cookie: yichuang_operator=" + std::string(64, 'a') + "\r\n"), 401, "identity.not_signed_in"},
      {"no key", http::test::post(door, kReceive, token), 400, "engine.bad_command_id"},
      {"a key that is no UUID", http::test::post(door, kReceive, token + "Idempotency-Key: 12345\r\n"), 400, "engine.bad_command_id"},
      {"an endless key", http::test::post(door, kReceive, token + "Idempotency-Key: " + std::string(200, 'a') + "\r\n"), 400, "http.idempotency_key"},
      {"foreign host", "GET /api/health HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, "http.host"},
      {"no host", "GET /api/health HTTP/1.1\r\n\r\n", 400, "http.no_host"},
      {"foreign origin", http::test::post(door, kReceive, token + key() + "Origin: https://evil.example\r\n"), 403, "http.foreign_origin"},
      {"sandboxed origin", http::test::post(door, kReceive, token + key() + "Origin: null\r\n"), 403, "http.foreign_origin"},
      {"no such door", http::test::get("/api/casework/none", token), 404, "http.not_found"},
      {"get at a command", http::test::get(door, token), 405, "http.method_not_allowed"},
      {"unknown parameter", http::test::get(get + "?stage=received&page=2", token), 400, "http.unknown_parameter"},
      {"missing parameter", http::test::get("/api/casework/search", token), 400, "http.missing_parameter"},
      {"unknown stage", http::test::get(get + "?stage=nowhere", token), 400, "http.bad_parameter"},
      {"a position that is not yet", http::test::get(get + "?stage=received&after_position=999999999", token), 400, "engine.bad_position"},
      {"a case that is no number", http::test::get(get + "/abc", token), 400, "http.bad_parameter"},
      {"unknown week", http::test::get("/api/bulletin/weeks/2023-01-02", token), 404, "bulletin.unknown_week"},
      {"a week that is no day", http::test::get("/api/bulletin/weeks/2024-02-30", token), 400, "http.bad_parameter"},
      {"the internal edition, by nobody", http::test::get("/api/bulletin/weeks/2024-06-17/warnings?edition=internal"), 401, "identity.not_signed_in"},
      {"the internal list, by nobody", http::test::get("/api/bulletin/weeks/2024-06-17/figures/consulted/evidence"), 401, "identity.not_signed_in"},
  };
  const auto before = position();
  for (const auto& r : rows) {
    SCOPED_TRACE(r.what);
    expect_problem(server_->send(r.bytes), r.status, r.code);
  }
  EXPECT_EQ(position(), before);
}

TEST_F(BadInput, ABodyThatIsTooLargeIsNotRead) {
  const auto before = position();
  const std::string head = "POST /api/casework/receive HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + bearer() + key();
  // Announced by its length: refused before a byte of it is sent.
  expect_problem(server_->send(head + "Content-Length: 100000000\r\n\r\n"), 413, "http.body_too_large");
  expect_problem(server_->post("/api/casework/receive", std::string(300'000, ' ') + kReceive, command_key(2, ++keys_)), 413, "http.body_too_large");
  EXPECT_EQ(position(), before);
  // The same server goes on.
  EXPECT_EQ(server_->post("/api/casework/receive", kReceive, command_key(2, ++keys_)).status, 200);
  EXPECT_NE(position(), before);
}

TEST_F(BadInput, ActsOutOfOrderSayWhatIsAllowed) {
  const auto made = server_->post("/api/casework/receive", kReceive, command_key(2, ++keys_));
  ASSERT_EQ(made.status, 200) << made.body;
  const auto id = case_of_answer(made.body);
  const auto before = position();
  const auto about = R"({"case_id":")" + id + R"(",)";
  const std::string bodies[][2] = {
      {"transfer", about + R"("window":"W01","to":"department","signed_by":"甲"})"},
      {"decide", about + R"("decision":"grant"})"},
      {"issue", about + R"("window":"W15","delivery":"window","received_by":"甲"})"},
  };
  for (const auto& [door, body] : bodies) {
    SCOPED_TRACE(door);
    const auto r = server_->post("/api/casework/" + door, body, command_key(2, ++keys_));
    expect_problem(r, 409, "casework.illegal_act");
    EXPECT_NE(json_at(r.body, "detail").find("收件"), std::string::npos) << r.body;
    EXPECT_NE(json_at(r.body, "next_step").find("受理"), std::string::npos) << r.body;
  }
  EXPECT_EQ(position(), before);
  EXPECT_EQ(json_at(server_->get("/api/casework/cases/" + id).body, "version"), "1");
}

TEST_F(BadInput, AOneTimeLinkOpensTheHouseOnce) {
  ASSERT_TRUE(server_->link().starts_with("/operator/enter?code="));
  const auto in = server_->get(server_->link(), false);
  ASSERT_EQ(in.status, 303);
  const auto cookie = in.header("set-cookie");
  EXPECT_NE(cookie.find("HttpOnly"), cookie.npos);
  EXPECT_NE(cookie.find("SameSite=Strict"), cookie.npos);
  const auto session = "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
  EXPECT_EQ(server_->send(http::test::get("/api/casework/stages", session)).status, 200);
  expect_problem(server_->get(server_->link(), false), 403, "identity.code_used");
  EXPECT_EQ(server_->send(http::test::get("/api/casework/stages")).status, 401);
}

TEST_F(BadInput, TheTokenIsForItsOwnerAlone) {
  const auto mode = std::filesystem::status(data() + "/operator.token").permissions() & std::filesystem::perms::all;
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace yi::story
