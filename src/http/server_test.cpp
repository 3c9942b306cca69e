// The server over real sockets. Time limits are set short; where a test waits, it waits for the server's own reaction.
#include "http/server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include "base/json.h"
#include "http/test_client.h"

namespace yi::http {
namespace {

using test::Client;
using test::get;
using test::post;
using test::Reply;

// "Bearer secret" is the operator; nobody else passes an operator's door.
class TestGatekeeper : public Gatekeeper {
 public:
  Result<Caller> admit(const Request& request, const Door& door) const override {
    if (request.authorization == "secret") return Caller{"operator", "operator"};
    if (request.authorization == "throw") throw std::runtime_error("gatekeeper out of order");
    if (door.right == "public") return Caller{"public", ""};
    return Refusal{"identity.unknown", "请先登录。", "请打开启动时给出的链接。", 401, ""};
  }
};

// A thread that answers what it is given, as the engine's lane does: a whole group at once.
class Lane {
 public:
  Lane() : thread_([this] { run(); }) {}
  ~Lane() { stop(); }
  void take(std::string word, Responder r) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace_back(std::move(word), std::move(r));
    wake_.notify_one();
  }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }
  std::size_t largest_group() const { return largest_; }

 private:
  void run() {
    std::mt19937 random(3);
    for (;;) {
      std::vector<std::pair<std::string, Responder>> group;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        group.swap(waiting_);
      }
      largest_ = std::max(largest_.load(), group.size());
      std::shuffle(group.begin(), group.end(), random);
      for (auto& [word, responder] : group) {
        Response r;
        r.body = "{\"word\":\"" + word + "\"}";
        responder(std::move(r));
      }
    }
  }
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::pair<std::string, Responder>> waiting_;
  bool stopping_ = false;
  std::atomic<std::size_t> largest_{0};
  std::thread thread_;
};

class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options.port = 0;
    add("fixed.get", "/fixed", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.body = R"({"ok":true})";
      r(std::move(reply));
    });
    add("echo.post", "/echo", Method::post, [](const Request& q, const Caller& c, Responder r) {
      Response reply;
      reply.body = json::write(std::vector<std::string>{q.body, q.idempotency_key, c.role});
      r(std::move(reply));
    }).request_schema = R"({"type":"object"})";
    add("lane.get", "/lane/{word}", Method::get, [this](const Request& q, const Caller&, Responder r) {
      lane.take(q.path_parameters.at("word"), std::move(r));
    }).parameters = {{"word", "一个词", R"({"type":"string"})", true, true}};
    add("boom.get", "/boom", Method::get, [](const Request&, const Caller&, Responder) {
      throw std::runtime_error("the secret of the house");
    });
    add("forgot.get", "/forgot", Method::get, [](const Request&, const Caller&, Responder) {});
    add("page.get", "/page", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.content_type = "text/html; charset=utf-8";
      reply.body = "<p>你好</p>";
      reply.headers = {{"etag", "\"v1\""}, {"cache-control", "max-age=60"}};
      r(std::move(reply));
    });
    add("split.get", "/split", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.headers = {{"location", "/\r\nset-cookie: a=b"}};
      r(std::move(reply));
    });
    add("big.get", "/big", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.body = std::string(20'000'000, 'x');
      r(std::move(reply));
    });
    add("operator.get", "/operator", Method::get, [](const Request&, const Caller& c, Responder r) {
      Response reply;
      reply.body = c.role;
      r(std::move(reply));
    }).right = "operator";
    add("slow.get", "/slow", Method::get, [this](const Request&, const Caller&, Responder r) {
      std::unique_lock lock(gate_mutex);
      ++entered;
      gate.notify_all();
      gate.wait(lock, [this] { return open; });
      r(Response{});
    }).runs_on = RunsOn::worker;
    add("worker_boom.get", "/worker_boom", Method::get, [](const Request&, const Caller&, Responder) {
      throw std::runtime_error("worker out of order");
    }).runs_on = RunsOn::worker;
    add("hold.get", "/hold", Method::get, [this](const Request&, const Caller&, Responder r) {
      const std::lock_guard lock(gate_mutex);
      held.push_back(std::move(r));
      gate.notify_all();
    });
  }
  void TearDown() override {
    let_go();
    if (server) server->stop(1);
  }
  Door& add(std::string name, std::string pattern, Method method,
            std::function<void(const Request&, const Caller&, Responder)> handle) {
    Door d;
    d.method = method;
    d.name = std::move(name);
    d.pattern = std::move(pattern);
    d.summary = "试验";
    d.right = "public";
    d.audit_class = "none";
    d.replies = {{200, "成功", "application/json", ""}};
    d.body_limit = 1'000;
    d.handle = std::move(handle);
    doors.push_back(std::move(d));
    return doors.back();
  }
  std::uint16_t start() {
    for (auto& d : doors) router.add(std::move(d));
    doors.clear();
    server = std::make_unique<Server>(options, router, gatekeeper);
    auto started = server->start();
    EXPECT_TRUE(started) << (started ? "" : started.error().sentence);
    return server->port();
  }
  void let_go() {
    const std::lock_guard lock(gate_mutex);
    open = true;
    gate.notify_all();
  }
  void wait_entered(int n) {
    std::unique_lock lock(gate_mutex);
    gate.wait(lock, [&] { return entered >= n; });
  }
  void wait_held(std::size_t n) {
    std::unique_lock lock(gate_mutex);
    gate.wait(lock, [&] { return held.size() >= n; });
  }
  static std::string code(const Reply& r) {
    EXPECT_EQ(r.header("content-type"), "application/problem+json; charset=utf-8") << r.body;
    json::Parser parser;
    auto n = parser.parse(r.body);
    if (!n || !n->find("code") || n->find("next_step")->string().empty()) return "no problem: " + r.body;
    EXPECT_EQ(n->find("status")->integer(), r.status);
    return std::string(n->find("code")->string());
  }

  ServerOptions options;
  std::deque<Door> doors;
  Router router;
  TestGatekeeper gatekeeper;
  Lane lane;
  std::mutex gate_mutex;
  std::condition_variable gate;
  bool open = false;
  int entered = 0;
  std::vector<Responder> held;
  std::unique_ptr<Server> server;
};

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
  refused(get("/operator"), 401, "identity.unknown");
  EXPECT_EQ(c.ask(get("/operator", "Authorization: Bearer secret\r\n")).body, "operator");
  refused(get("/operator", "Authorization: Bearer throw\r\n"), 500, "http.internal");
  refused("GET /fixed HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n\r\n", 417, "http.expectation");
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);  // still the same connection
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

TEST_F(ServerTest, ClosesSlowSendersAndIdlers) {
  options.request_ms = 250;
  options.idle_ms = 250;
  options.tick_ms = 20;
  const auto port = start();
  Client idle(port), head(port), body(port);
  ASSERT_TRUE(head.send("GET /fixed HT"));
  ASSERT_TRUE(body.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"));
  EXPECT_EQ(code(head.receive()), "http.timeout");
  EXPECT_TRUE(head.at_end());
  const auto r = body.receive();
  EXPECT_EQ(r.status, 408);
  EXPECT_EQ(r.header("connection"), "close");
  EXPECT_TRUE(body.at_end());
  EXPECT_TRUE(idle.at_end());  // closed without a word
  // Drops of a header win no time: the limit is for the whole request.
  Client drip(port);
  ASSERT_TRUE(drip.send("GET /fixed HTTP/1.1\r\nHost: localhost\r\nLong: "));
  int drops = 0;
  while (drops < 1'000 && !drip.readable(5) && drip.send("x")) ++drops;
  EXPECT_GT(drops, 3);
  EXPECT_EQ(drip.receive().status, 408);
  Client fresh(port);
  EXPECT_EQ(fresh.ask(get("/fixed")).status, 200);
  EXPECT_TRUE(fresh.at_end());  // idle after its answer
}

TEST_F(ServerTest, ClosesSlowReaders) {
  options.request_ms = 60;
  options.tick_ms = 20;
  options.connections = 1;
  const auto port = start();
  Client c(port);
  ASSERT_TRUE(c.send(get("/big")));
  // Nothing is read: the kernel's buffers fill, the server waits for its limit and gives up. Only then is there a place
  // for somebody else.
  int status = 0;
  for (int i = 0; i < 1'000 && status != 200; ++i) status = Client(port).ask(get("/fixed")).status;
  EXPECT_EQ(status, 200);
  EXPECT_EQ(c.receive().status, 0);  // cut off
}

TEST_F(ServerTest, SendsLongAnswersWhole) {
  const auto port = start();
  Client c(port);
  const auto r = c.ask(get("/big"));
  EXPECT_EQ(r.body.size(), 20'000'000U);
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);
}

TEST_F(ServerTest, LimitsConnections) {
  options.connections = 3;
  options.tick_ms = 20;
  const auto port = start();
  std::vector<std::unique_ptr<Client>> full;
  for (int i = 0; i < 3; ++i) {
    full.push_back(std::make_unique<Client>(port));
    ASSERT_EQ(full.back()->ask(get("/fixed")).status, 200);
  }
  {
    Client more(port);
    const auto r = more.ask(get("/fixed"));
    EXPECT_EQ(r.status, 503);
    EXPECT_EQ(code(r), "http.too_many_connections");
    EXPECT_EQ(r.header("retry-after"), "2");
    more.finish_sending();
    EXPECT_TRUE(more.at_end());
  }
  EXPECT_EQ(full[0]->ask(get("/fixed")).status, 200);  // those inside are served on
  EXPECT_EQ(full[0]->ask(get("/fixed", "Connection: close\r\n")).status, 200);
  EXPECT_TRUE(full[0]->at_end());
  // Its place is free when the server has seen the end, which is soon but not at once.
  int status = 0;
  for (int i = 0; i < 1'000 && status != 200; ++i) status = Client(port).ask(get("/fixed")).status;
  EXPECT_EQ(status, 200);
}

TEST_F(ServerTest, LimitsTheWorkerQueue) {
  options.worker_threads = 1;
  options.worker_queue = 1;
  const auto port = start();
  Client running(port), waiting(port), refused(port);
  ASSERT_TRUE(running.send(get("/slow")));
  wait_entered(1);
  ASSERT_TRUE(waiting.send(get("/slow")));
  // The connection's thread is free meanwhile, and has seen the second request when it has answered these.
  for (int i = 0; i < 3; ++i) ASSERT_EQ(refused.ask(get("/fixed")).status, 200);
  const auto r = refused.ask(get("/slow"));
  EXPECT_EQ(r.status, 503);
  EXPECT_EQ(code(r), "http.workers_busy");
  EXPECT_EQ(r.header("retry-after"), "2");
  let_go();
  EXPECT_EQ(running.receive().status, 200);
  EXPECT_EQ(waiting.receive().status, 200);
}

TEST_F(ServerTest, MatchesBurstsOfForeignAnswersToTheirRequests) {
  for (int threads = 1; threads <= 2; ++threads) {
    SCOPED_TRACE(threads);
    options.connection_threads = threads;
    const auto port = start();
    constexpr int kConnections = 32, kRequests = 10'000;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < kConnections; ++i) clients.push_back(std::make_unique<Client>(port));
    int wrong = 0, asked = 0;
    while (asked < kRequests) {
      for (int i = 0; i < kConnections; ++i)
        if (!clients[static_cast<std::size_t>(i)]->send(get("/lane/n" + std::to_string(asked + i)))) ++wrong;
      for (int i = 0; i < kConnections; ++i) {
        const auto r = clients[static_cast<std::size_t>(i)]->receive();
        if (r.status != 200 || r.body != "{\"word\":\"n" + std::to_string(asked + i) + "\"}") ++wrong;
      }
      asked += kConnections;
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_GT(lane.largest_group(), 1U);
    server->stop(1);
    server.reset();
  }
}

TEST_F(ServerTest, StopsGently) {
  const auto port = start();
  Client idle(port), busy(port);
  EXPECT_EQ(idle.ask(get("/fixed")).status, 200);
  ASSERT_TRUE(busy.send(get("/hold")));
  wait_held(1);
  std::thread stopper([&] { server->stop(30); });
  EXPECT_TRUE(idle.at_end());  // at once
  {
    const std::lock_guard lock(gate_mutex);
    held[0](Response{});
  }
  const auto r = busy.receive();
  EXPECT_EQ(r.status, 200);  // the answer under way still comes
  EXPECT_EQ(r.header("connection"), "close");
  stopper.join();
  EXPECT_FALSE(Client(port).connected());
}

TEST_F(ServerTest, StopsEvenWhenAnAnswerNeverComes) {
  const auto port = start();
  Client c(port);
  ASSERT_TRUE(c.send(get("/hold")));
  wait_held(1);
  server->stop(0);
  EXPECT_TRUE(c.at_end());
  server.reset();
  held[0](Response{});  // later than the server itself: dropped
  held.clear();
}

TEST_F(ServerTest, RefusesAPortInUse) {
  const auto port = start();
  ServerOptions second;
  second.port = port;
  Server other(second, router, gatekeeper);
  const auto started = other.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, "http.port_in_use");
  EXPECT_NE(started.error().sentence.find(std::to_string(port)), std::string::npos);
  EXPECT_NE(started.error().next_step.find("--port"), std::string::npos);
}

TEST_F(ServerTest, RefusesAddressesBeyondThisMachine) {
  for (const char* address : {"0.0.0.0", "192.0.2.1", "::", "example.org", ""}) {
    ServerOptions o;
    o.port = 0;
    o.address = address;
    Server other(o, router, gatekeeper);
    const auto started = other.start();
    ASSERT_FALSE(started) << address;
    EXPECT_EQ(started.error().code, "http.address") << address;
  }
}

}  // namespace
}  // namespace yi::http
