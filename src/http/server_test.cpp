// The server over real sockets: what it answers and what it refuses.
#include "http/server_fixture.h"

namespace yi::http::test {
namespace {

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
  Client c(start());
  for (int i = 0; i < 100; ++i) {
    const auto r = c.ask(get("/fixed"));
    ASSERT_EQ(r.status, 200);
    EXPECT_EQ(r.body, R"({"ok":true})");
    EXPECT_EQ(r.header("connection"), "");
  }
  const auto r = c.ask(post("/echo", R"({"a":1})", "Idempotency-Key: k1\r\nAuthorization: Bearer secret\r\n"));
  EXPECT_EQ(r.body, R"(["{\"a\":1}","k1","operator"])");
  const auto last = c.ask(get("/fixed", "Connection: close\r\n"));
  EXPECT_EQ(last.header("connection"), "close");
  EXPECT_TRUE(c.at_end());
}

TEST_F(ServerTest, SendsTheSecurityHeaders) {
  Client c(start());
  const auto json = c.ask(get("/fixed"));
  EXPECT_EQ(json.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(json.header("referrer-policy"), "no-referrer");
  EXPECT_EQ(json.header("cache-control"), "no-store");
  EXPECT_EQ(json.header("content-security-policy"), "");
  EXPECT_EQ(json.header("date").size(), 29U);
  const auto page = c.ask(get("/page"));
  EXPECT_EQ(page.header("content-security-policy").find("default-src 'none'"), 0U);
  EXPECT_EQ(page.header("cache-control"), "max-age=60");
  EXPECT_EQ(page.header("etag"), "\"v1\"");
  const auto missing = c.ask(get("/none"));
  EXPECT_EQ(missing.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(code(missing), "http.not_found");
}

TEST_F(ServerTest, AnswersHeadAndNotModified) {
  Client c(start());
  ASSERT_TRUE(c.send("HEAD /page HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  const auto head = c.receive(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "13");
  ASSERT_TRUE(c.send("HEAD /none HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_EQ(c.receive(true).status, 404);
  const auto same = c.ask(get("/page", "If-None-Match: \"v0\", \"v1\"\r\n"));
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.header("etag"), "\"v1\"");
  const auto other = c.ask(get("/page", "If-None-Match: \"v2\"\r\n"));
  EXPECT_EQ(other.status, 200);
  EXPECT_EQ(other.body, "<p>你好</p>");
}

TEST_F(ServerTest, TakesPipelinedRequestsOneByOne) {
  Client c(start());
  std::string many;
  for (int i = 0; i < 50; ++i) many += get("/lane/w" + std::to_string(i)) + post("/echo", std::to_string(i));
  ASSERT_TRUE(c.send(many));
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(c.receive().body, "{\"word\":\"w" + std::to_string(i) + "\"}");
    EXPECT_EQ(c.receive().body, "[\"" + std::to_string(i) + "\",\"\",\"public\"]");
  }
  // The sender may close its side at once and still reads every answer.
  ASSERT_TRUE(c.send(get("/lane/a") + get("/fixed")));
  c.finish_sending();
  EXPECT_EQ(c.receive().status, 200);
  EXPECT_EQ(c.receive().body, R"({"ok":true})");
  EXPECT_TRUE(c.at_end());
}

TEST_F(ServerTest, RefusesAndGoesOn) {
  Client c(start());
  const auto refused = [&](const std::string& bytes, int status, const std::string& wanted) {
    const auto r = c.ask(bytes);
    EXPECT_EQ(r.status, status) << bytes;
    EXPECT_EQ(code(r), wanted) << bytes;
    return r;
  };
  const auto with_host = [](const std::string& host) { return "GET /fixed HTTP/1.1\r\nHost: " + host + "\r\n\r\n"; };
  refused(get("/none"), 404, "http.not_found");
  EXPECT_EQ(refused(post("/fixed", "{}"), 405, "http.method_not_allowed").header("allow"), "GET, HEAD");
  EXPECT_EQ(refused(get("/echo"), 405, "http.method_not_allowed").header("allow"), "POST");
  EXPECT_EQ(refused("PUT /fixed HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nab", 405,
                    "http.method_not_allowed").header("allow"), "GET, HEAD");
  refused("DELETE /none HTTP/1.1\r\nHost: localhost\r\n\r\n", 404, "http.not_found");
  refused(with_host("evil.example"), 421, "http.host");
  refused(with_host("127.0.0.1.evil.example:8080"), 421, "http.host");
  refused(with_host(""), 400, "http.no_host");
  refused("GET /fixed HTTP/1.1\r\n\r\n", 400, "http.no_host");
  refused("GET /fixed HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400, "http.bad_request");
  refused("GET http://evil.example/fixed HTTP/1.1\r\nHost: localhost\r\n\r\n", 421, "http.host");
  refused(get("/../etc/passwd"), 400, "http.bad_target");
  refused(get("/fixed%00"), 400, "http.bad_target");
  refused(get("/fixed?a=1&a=2"), 400, "http.bad_target");
  refused(get("/fixed?a=1"), 400, "http.unknown_parameter");
  refused(post("/echo", "{}", "Origin: http://evil.example\r\n"), 403, "http.foreign_origin");
  refused(post("/echo", "{}", "Origin: null\r\n"), 403, "http.foreign_origin");
  refused(post("/echo", "{}", "Origin: http://localhost:9999\r\n"), 403, "http.foreign_origin");
  EXPECT_EQ(c.ask(post("/echo", "{}", "Origin: http://localhost:8080\r\n")).status, 200);
  EXPECT_EQ(c.ask(post("/echo", "{}", "Origin: http://127.0.0.1:8080\r\n")).status, 200);
  refused("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 415, "http.media_type");
  refused("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415,
          "http.media_type");
  refused(post("/echo", "{}", "Idempotency-Key: " + std::string(101, 'k') + "\r\n"), 400, "http.idempotency_key");
  refused(get("/operator"), 401, "http.unknown");
  EXPECT_EQ(c.ask(get("/operator", "Authorization: Bearer secret\r\n")).body, "operator");
  refused(get("/operator", "Authorization: Bearer throw\r\n"), 500, "http.internal");
  refused("GET /fixed HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n\r\n", 417, "http.expectation");
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);  // still the same connection
}

// A person who mistypes an address reads a page; a program reads a problem, and so does everybody below /api.
TEST_F(ServerTest, ABrowserReadsRefusalsAsPages) {
  Client c(start());
  c.send("GET /none HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,application/xhtml+xml\r\n\r\n");
  const auto page = c.receive();
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_NE(page.body.find("http.not_found"), std::string::npos);
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  c.send("GET /api/none HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n");
  EXPECT_EQ(c.receive().header("content-type"), "application/problem+json; charset=utf-8");
}

TEST_F(ServerTest, RefusesAndCloses) {
  const auto port = start();
  const auto refused = [&](const std::string& bytes, int status, const std::string& wanted) {
    Client c(port);
    const auto r = c.ask(bytes);
    EXPECT_EQ(r.status, status) << bytes.substr(0, 60);
    EXPECT_EQ(code(r), wanted);
    EXPECT_EQ(r.header("connection"), "close");
    c.finish_sending();
    EXPECT_TRUE(c.at_end());
  };
  refused("nonsense\r\n\r\n", 400, "http.bad_request");
  refused("GET / HTTP/3.0\r\n\r\n", 505, "http.version");
  refused("BREW /fixed HTTP/1.1\r\nHost: localhost\r\n\r\n", 501, "http.method_unknown");
  refused("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "http.transfer_encoding");
  refused(get("/fixed", "Big: " + std::string(20'000, 'x') + "\r\n"), 431, "http.header_too_large");
  refused(post("/echo", std::string(1'001, 'x')), 413, "http.body_too_large");
  refused(post("/echo", std::string(500'000, 'x')), 413, "http.body_too_large");
  refused("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
          "3e9\r\n" + std::string(1'001, 'x') + "\r\n0\r\n\r\n", 413, "http.body_too_large");
  // Refused already and then too long: the first reason is said.
  refused(post("/none", std::string(300'000, 'x')), 404, "http.not_found");
  refused("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n", 400, "http.bad_request");
  Client good(port);
  EXPECT_EQ(good.ask(post("/echo", std::string(1'000, 'x'))).status, 200);
}

TEST_F(ServerTest, ReadsChunkedAndContinued) {
  Client c(start());
  EXPECT_EQ(c.ask("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-8\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n2\r\n,2\r\n1\r\n]\r\n0\r\n\r\n").body,
            R"(["[1,2]","","public"])");
  const std::string head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                           "Expect: 100-continue\r\nContent-Length: ";
  EXPECT_EQ(c.ask(head + "2\r\n\r\n").status, 100);
  EXPECT_EQ(c.ask("{}").body, R"(["{}","","public"])");
  const auto r = c.ask(head + "2000\r\n\r\n");  // refused before a byte of it is sent
  EXPECT_EQ(r.status, 413);
  c.finish_sending();
  EXPECT_TRUE(c.at_end());
}

TEST_F(ServerTest, SpeaksHttp10) {
  const auto port = start();
  Client c(port);
  EXPECT_EQ(c.ask("GET /fixed HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n").header("connection"),
            "keep-alive");
  EXPECT_EQ(c.ask("GET /fixed HTTP/1.0\r\nHost: localhost\r\n\r\n").header("connection"), "close");
  EXPECT_TRUE(c.at_end());
}

TEST_F(ServerTest, CatchesWhatHandlersThrow) {
  Client c(start());
  for (const char* path : {"/boom", "/worker_boom", "/forgot", "/split"}) {
    const auto r = c.ask(get(path));
    EXPECT_EQ(r.status, 500) << path;
    EXPECT_EQ(code(r), "http.internal") << path;
    EXPECT_NE(r.body.find("编号"), r.body.npos) << path;
    EXPECT_EQ(r.body.find("secret"), r.body.npos);
  }
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);
}

TEST_F(ServerTest, WhatIsAwayForAWhileIsSaidToBeSoAndWhenToComeAgain) {
  options.refusal_of = [](const std::exception& e) -> std::optional<Refusal> {
    if (std::string_view(e.what()) == "the secret of the house") return std::nullopt;
    return Refusal{"test.away", "暂时不能读取。", "请稍后再看。", 503, ""};
  };
  Client c(start());
  for (const auto& bytes : {get("/worker_boom"), get("/operator", "Authorization: Bearer throw\r\n")}) {
    const auto r = c.ask(bytes);
    EXPECT_EQ(r.status, 503);
    EXPECT_EQ(code(r), "test.away");
    EXPECT_EQ(r.header("retry-after"), "2");
  }
  EXPECT_EQ(c.ask(get("/boom")).status, 500) << "a defect is one";
  EXPECT_EQ(c.ask(get("/plain_503")).header("retry-after"), "2") << "whoever made the answer";
  EXPECT_EQ(c.ask(get("/fixed")).header("retry-after"), "");
}

}  // namespace
}  // namespace yi::http::test
