// The server over real sockets: time, connections, queues, bursts, and its end. Time limits are set short; where a test
// waits, it waits for the server's own reaction.
#include <sys/resource.h>
#include <unistd.h>

#include "http/server_fixture.h"

namespace yi::http::test {
namespace {

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

TEST_F(ServerTest, TakesTheDescriptorsItNeedsAndNoMoreConnectionsThanFit) {
  // Where no more can be had, 16 are served and the next is told. In a process of its own: a hard limit never comes back.
  const auto sixteen = [this] {
    const rlimit hard{100, 100};
    ::setrlimit(RLIMIT_NOFILE, &hard);
    const auto port = start();
    std::vector<std::unique_ptr<Client>> inside;
    bool good = true;
    for (int i = 0; i < 16; ++i) {
      inside.push_back(std::make_unique<Client>(port));
      good = good && inside.back()->ask(get("/fixed")).status == 200;
    }
    ::_exit(good && Client(port).ask(get("/fixed")).status == 503 ? 0 : 1);
  };
  EXPECT_EXIT(sixteen(), testing::ExitedWithCode(0), "");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = 100;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  start();
  rlimit now{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &now), 0);
  EXPECT_EQ(now.rlim_cur, std::min<rlim_t>(before.rlim_max, 4'096));
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
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

// What strangers may ask for has a queue of its own: full, it holds up nobody's reading.
TEST_F(ServerTest, AFloodOfStrangersHoldsUpNobody) {
  options.stranger_queue = 1;
  add("hash.get", "/hash", Method::get, [this](const Request&, const Caller&, Responder r) {
    std::unique_lock lock(gate_mutex);
    ++entered;
    gate.notify_all();
    gate.wait(lock, [this] { return open; });
    r(Response{});
  }).runs_on = RunsOn::stranger;
  add("list.get", "/list", Method::get, [](const Request&, const Caller&, Responder r) { r(Response{}); }).runs_on = RunsOn::worker;
  const auto port = start();
  Client running(port), waiting(port), other(port);
  ASSERT_TRUE(running.send(get("/hash")));
  wait_entered(1);
  ASSERT_TRUE(waiting.send(get("/hash")));
  for (int i = 0; i < 3; ++i) ASSERT_EQ(other.ask(get("/list")).status, 200);
  const auto r = other.ask(get("/hash"));
  EXPECT_EQ(r.status, 429);
  EXPECT_EQ(code(r), "http.too_many_sign_ins");
  EXPECT_EQ(r.header("retry-after"), "2");
  EXPECT_EQ(other.ask(get("/list")).status, 200);
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
}  // namespace yi::http::test
