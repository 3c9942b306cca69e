#include "http/wire.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "http/request_reader.h"

namespace yi::http {
namespace {

std::string parsed(std::string_view target) {
  Request r;
  const auto ok = parse_target(target, r);
  if (!ok) return std::to_string(ok.error().status);
  std::string s = r.path;
  for (const auto& [k, v] : r.query) s += " " + k + "=" + v;
  return s;
}

TEST(Target, Decodes) {
  EXPECT_EQ(parsed("/"), "/");
  EXPECT_EQ(parsed("/a/b"), "/a/b");
  EXPECT_EQ(parsed("/a+b?c=d+e%2B"), "/a+b c=d e+");
  EXPECT_EQ(parsed("/%E5%8A%9E%e4%bb%b6"), "/办件");
  EXPECT_EQ(parsed("/a?x=1&y=%E5%8A%9E&z&&w="), "/a w= x=1 y=办 z=");
  EXPECT_EQ(parsed("/a?x=a=b"), "/a x=a=b");
  EXPECT_EQ(parsed("/a?"), "/a");
  EXPECT_EQ(parsed("/a?text=%0A"), "/a text=\n");
  EXPECT_EQ(parsed("http://localhost/a?b=c"), "/a b=c");
}

TEST(Target, RefusesWhatIsNotStrict) {
  for (const char* bad :
       {"", "*", "a", "localhost:80", "/a%", "/a%2", "/a%zz", "/a%00b", "/a%0a", "/a%7F", "/../a", "/a/..", "/a/./b",
        "/%2e%2e/a", "/a/%2E", "/a%2Fb", "/a%5cb", "/a\\b", "/%ff", "/%c0%af", "/%ed%a0%80", "/a#b", "/a?x=%", "/a?x=%00",
        "/a?x=1&x=2", "/a?x=1&%78=2", "/a?=1", "/a?x=%ff", "https://localhost/a", "http://localhost?x"})
    EXPECT_EQ(parsed(bad), "400") << bad;
}

TEST(Target, NeverBreaksOnRandomBytes) {
  std::mt19937 random(7);
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string target = "/";
    static constexpr std::string_view kPieces[] = {"%", "4", "1", "a", "/", ".", "..", "?", "&", "=", "+", "%2", "%E5", "\xff"};
    for (std::size_t n = random() % 12; n > 0; --n) target += kPieces[random() % std::size(kPieces)];
    Request r;
    if (!parse_target(target, r)) continue;
    ++accepted;
    EXPECT_TRUE(valid_utf8(r.path));
    for (const auto& segment : split(r.path, '/')) EXPECT_TRUE(segment != "." && segment != "..") << target;
    EXPECT_EQ(r.path.find('\0'), r.path.npos);
  }
  EXPECT_GT(accepted, 1'000);
}

TEST(Hosts, KnowsItsOwnNames) {
  const Hosts hosts({"Hall.Example"});
  for (const char* good : {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]", "[::1]:65535", "hall.example:80"})
    EXPECT_TRUE(hosts.allowed(good)) << good;
  for (const char* bad : {"", "evil.example", "localhost.", "localhost:", "localhost:x", "localhost:123456", "[::1",
                          "127.0.0.1.evil.example", "localhost:80:80", "127.0.0.2", "user@localhost", "::1"})
    EXPECT_FALSE(hosts.allowed(bad)) << bad;
  EXPECT_TRUE(hosts.own_origin("http://localhost:8080", "localhost:8080"));
  EXPECT_TRUE(hosts.own_origin("http://127.0.0.1:8080", "localhost:8080"));
  EXPECT_TRUE(hosts.own_origin("http://localhost", "localhost:80"));
  for (const char* bad : {"null", "", "https://localhost:8080", "http://evil.example:8080", "http://localhost:9090",
                          "http://localhost:8080/", "http://localhost:8080.evil.example", "file://"})
    EXPECT_FALSE(hosts.own_origin(bad, "localhost:8080")) << bad;
}

TEST(Reply, DatesAndTags) {
  EXPECT_EQ(http_date(*parse_instant("2024-06-24T09:00:00+08:00")), "Mon, 24 Jun 2024 01:00:00 GMT");
  EXPECT_EQ(http_date(*parse_instant("2023-12-31T23:59:59.999Z")), "Sun, 31 Dec 2023 23:59:59 GMT");
  EXPECT_TRUE(etag_matches("\"a\"", "\"a\""));
  EXPECT_TRUE(etag_matches("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(etag_matches("*", "\"a\""));
  EXPECT_FALSE(etag_matches("\"b\"", "\"a\""));
  EXPECT_FALSE(etag_matches("", "\"a\""));
}

TEST(Reply, CannotBeSplit) {
  Response r;
  EXPECT_TRUE(sendable(r));
  r.headers = {{"location", "/a\r\nset-cookie: x"}};
  EXPECT_FALSE(sendable(r));
  r.headers = {{"bad name", "x"}};
  EXPECT_FALSE(sendable(r));
  r.headers = {{"etag", "\"x\""}};
  EXPECT_TRUE(sendable(r));
  r.status = 42;
  EXPECT_FALSE(sendable(r));
}

// --- the reader: any cut of the same bytes gives the same request ---------------------------------------------------

std::string read_all(std::string_view bytes, std::size_t piece, std::int64_t header_limit = 1'000) {
  RequestReader reader(header_limit);
  std::string held, out;
  while (true) {
    std::size_t used = 0;
    const auto state = reader.feed(held, used);
    held.erase(0, used);
    if (state == RequestReader::State::head_done) {
      if (!reader.limit_body(20)) return out + "failed " + std::to_string(reader.failure().status);
      continue;
    }
    if (state == RequestReader::State::failed) return out + "failed " + std::to_string(reader.failure().status);
    if (state == RequestReader::State::done) {
      out += reader.head().method + " " + reader.head().target + " " + reader.request().host + " [" +
             reader.request().body + "]" + (reader.head().bad_transfer_encoding ? " encoding" : "") +
             (reader.keep_alive() ? "" : " close") + ";";
      reader.reset();
      continue;
    }
    if (bytes.empty()) return out + (reader.started() ? "waits" : "");
    held += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
}

TEST(RequestReader, ReadsTheSameHoweverItIsCut) {
  const std::string bytes =
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
      "\r\nPOST /b HTTP/1.1\r\nHost: y\r\nContent-Length: 5\r\n\r\nhello"
      "POST /c HTTP/1.1\r\nHost: z\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
      "GET /d HTTP/1.0\r\nHost: x\r\n\r\n";
  const std::string wanted = "GET /a x [];POST /b y [hello];POST /c z [abcde];GET /d x [] close;";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) EXPECT_EQ(read_all(bytes, piece), wanted) << piece;
}

TEST(RequestReader, HoldsItsLimits) {
  for (const std::size_t piece : {1U, 7U, 100U, 100'000U}) {
    EXPECT_EQ(read_all("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n" + std::string(21, 'x'), piece), "failed 413");
    EXPECT_EQ(read_all("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n" + std::string(21, 'x') +
                           "\r\n0\r\n\r\n", piece), "failed 413");
    EXPECT_EQ(read_all("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(1'000, 'x') + "\r\n\r\n", piece), "failed 431");
    EXPECT_EQ(read_all("GET /" + std::string(2'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", piece), "failed 431");
    std::string many = "GET / HTTP/1.1\r\n";
    for (int i = 0; i < 200; ++i) many += "A: b\r\n";
    EXPECT_EQ(read_all(many + "\r\n", piece), "failed 431");
    std::string lines;
    for (int i = 0; i < 600; ++i) lines += "\r\n";
    EXPECT_EQ(read_all(lines + "GET / HTTP/1.1\r\nHost: x\r\n\r\n", piece), "failed 431");
  }
}

TEST(RequestReader, TrustsNoChunkHeadOrTrailer) {
  const std::string head = "POST /c HTTP/1.1\r\nHost: z\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::size_t piece : {1U, 7U, 100'000U}) {
    EXPECT_EQ(read_all(head + "1;" + std::string(2'000, 'x'), piece), "failed 431");
    EXPECT_EQ(read_all(head + "0\r\nA: " + std::string(2'000, 'x'), piece), "failed 431");
    EXPECT_EQ(read_all(head + "0\r\n\r\n", piece), "POST /c z [];");
    EXPECT_EQ(read_all(head + "02 ;a=\"b\"\r\nab\r\n00\r\nA: b\r\nC: d\r\n\r\n" + "GET /d HTTP/1.1\r\nHost: x\r\n\r\n", piece),
              "POST /c z [ab];GET /d x [];");
    for (const char* bad : {"\r\n", ";\r\n", "g\r\n", "-1\r\n", "1\n", "1\r\nab\r\n", "1\r\na\n", "1\ra", "1000000000000000\r\n",
                            "1;\x01\r\n", "0\r\n\n", "0\r\nA\n", "0\r\n\rx"})
      EXPECT_EQ(read_all(head + bad, piece), "failed 400") << bad;
    EXPECT_EQ(read_all(head + "1\r\na\r\n0\r\nHost: evil.example\r\n\r\n", piece), "POST /c z [a];");
  }
}

TEST(RequestReader, RefusesWhatIsNotHttp) {
  for (const char* bad : {"hello\r\n\r\n", "GET /\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n",
                          "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                          "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"})
    EXPECT_EQ(read_all(bad, 10'000), "failed 400") << bad;
  EXPECT_EQ(read_all("GET / HTTP/1.1\nHost: x\n\n", 10'000), "failed 505");  // a bare LF spoils the version
  EXPECT_EQ(read_all("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 10'000), "failed 505");
  // Two framings of one body are how requests are smuggled past a proxy.
  EXPECT_EQ(read_all("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 10'000), "failed 400");
  EXPECT_NE(read_all("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 10'000).find("encoding"), std::string::npos);
}

TEST(RequestReader, NeverBreaksOnRandomBytes) {
  std::mt19937 random(11);
  const std::string good[] = {
      "POST /b?x=1 HTTP/1.1\r\nHost: y\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
      "POST /c HTTP/1.1\r\nHost: y\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nA: b\r\n\r\n"};
  int failed = 0;
  for (int i = 0; i < 5'000; ++i) {
    auto bytes = good[i % 2];
    for (std::size_t n = 1 + random() % 3; n > 0; --n)
      bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    if (read_all(bytes, 1 + random() % 40).starts_with("failed")) ++failed;
  }
  EXPECT_GT(failed, 1'000);
}

}  // namespace
}  // namespace yi::http
