// Files through a real server: up, down, and what is refused.
#include "app/file_doors.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/json.h"
#include "http/server.h"
#include "http/test_client.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

class Everybody : public http::Gatekeeper {
 public:
  Result<http::Caller> admit(const http::Request&, const http::Door&) const override { return http::Caller{"staff", "w1"}; }
};

class FileDoors : public testing::Test {
 protected:
  void SetUp() override {
    files = files::FileStore::open(dir.path(), {}).value();
    add_file_doors(router, *files,
                   {[](const http::Request&, const http::Caller&) { return Result<SubjectId>(SubjectId{}); },
                    [](const http::Request&, const http::Caller&, const files::FileId&) -> Checked { return Done{}; }});
    http::ServerOptions options;
    options.port = 0;
    server = std::make_unique<http::Server>(options, router, gatekeeper);
    ASSERT_TRUE(server->start());
  }
  static std::string upload(std::string_view body, std::string_view type, std::string_view target = "/api/files") {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  }
  static std::string word(const http::test::Reply& r, std::string_view key) {
    json::Parser parser;
    auto n = parser.parse(r.body);
    return n && n->find(key) ? std::string(n->find(key)->string()) : "none in " + r.body;
  }
  store::TemporaryDirectory dir;
  std::unique_ptr<files::FileStore> files;
  http::Router router;
  Everybody gatekeeper;
  std::unique_ptr<http::Server> server;
};

TEST_F(FileDoors, UpAndDown) {
  http::test::Client c(server->port());
  std::string pdf = "%PDF-1.7\n";
  for (int i = 0; i < 2'000'000; ++i) pdf += static_cast<char>('a' + i % 23);
  const auto up = c.ask(upload(pdf, "application/pdf", "/api/files?name=%E8%A1%A8.pdf"));
  ASSERT_EQ(up.status, 201) << up.body;
  EXPECT_EQ(word(up, "name"), "表.pdf");
  EXPECT_EQ(up.header("location"), "/api/files/" + word(up, "id"));
  const auto down = c.ask(http::test::get(up.header("location")));
  EXPECT_EQ(down.status, 200);
  EXPECT_TRUE(down.body == pdf);
  EXPECT_EQ(down.header("content-type"), "application/pdf");
  EXPECT_EQ(down.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(down.header("content-security-policy"), "sandbox; default-src 'none'");
  EXPECT_EQ(down.header("content-disposition"), "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E8%A1%A8.pdf");
  EXPECT_EQ(word(c.ask(upload("%PDF-1.4 a", "image/png")), "code"), "files.type_differs");
  EXPECT_EQ(word(c.ask(upload(std::string("MZ\0", 3), "application/octet-stream")), "code"), "files.unknown_kind");
  EXPECT_EQ(c.ask(upload("{}", "application/json")).status, 415);
  EXPECT_EQ(word(c.ask(http::test::get("/api/files/" + std::string(64, 'a'))), "code"), "files.not_found");
  EXPECT_EQ(c.ask(http::test::get("/api/files/..%2fetc")).status, 400);
}

TEST_F(FileDoors, AnUploadCutInTheMiddleLeavesNothing) {
  {
    http::test::Client c(server->port());
    const auto whole = upload("%PDF-1.7 " + std::string(3'000'000, 'x'), "application/pdf");
    ASSERT_TRUE(c.send(std::string_view(whole).substr(0, 1'500'000)));
  }
  server->stop(5);  // waits until the connection has ended
  server.reset();
  std::size_t left = 0;
  for (const auto& e : std::filesystem::recursive_directory_iterator(dir.path())) left += e.is_regular_file();
  EXPECT_EQ(left, 0U);
}

}  // namespace
}  // namespace yi::app
