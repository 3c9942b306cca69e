// Bodies that are made while they are sent, over real sockets; and versions in If-Match.
#include "http/precondition.h"
#include "http/server_fixture.h"

namespace yi::http::test {
namespace {

class StreamTest : public ServerTest {
 protected:
  // A door whose body is `pieces` times `size` bytes, the piece's number first; counts calls and the producer's end.
  void add_rows(std::string name, int pieces, std::size_t size) {
    add(name + ".get", "/" + name, Method::get, [=, this](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.content_type = "text/plain";
      std::shared_ptr<int> alive(new int(0), [this](int* p) {
        delete p;
        const std::lock_guard lock(gate_mutex);
        ++destroyed;
        gate.notify_all();
      });
      reply.produce = [=, this](std::string& piece) {
        EXPECT_TRUE(piece.empty());
        piece = std::to_string(*alive) + ":";
        piece.resize(size, 'x');
        ++calls;
        return ++*alive < pieces;
      };
      r(std::move(reply));
    });
  }
  void wait_destroyed(int n) {
    std::unique_lock lock(gate_mutex);
    gate.wait(lock, [&] { return destroyed >= n; });
  }
  std::atomic<int> calls{0};
  int destroyed = 0;  // of gate_mutex
};

TEST_F(StreamTest, ComesInPiecesAndKeepsTheConnection) {
  add_rows("rows", 5, 10'000);
  add_rows("one", 1, 3);
  add_rows("large", 3, 300'000);
  Client c(start());
  ASSERT_TRUE(c.send(get("/rows")));
  const auto head = c.receive_head();
  EXPECT_EQ(head.header("transfer-encoding"), "chunked");
  EXPECT_EQ(head.header("content-length"), "");
  std::string piece;
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(c.receive_chunk(piece));
    EXPECT_EQ(piece.size(), 10'000U);
    EXPECT_EQ(piece.substr(0, 2), std::to_string(i) + ":");
  }
  ASSERT_TRUE(c.receive_chunk(piece));
  EXPECT_EQ(piece, "");
  EXPECT_EQ(c.ask(get("/one")).body, "0:x");
  EXPECT_EQ(c.ask(get("/large")).body.size(), 900'000U);
  EXPECT_EQ(c.ask(get("/one")).body, "0:x");
  EXPECT_EQ(c.ask(get("/fixed")).body, R"({"ok":true})");
  // A look at it makes nothing.
  calls = 0;
  ASSERT_TRUE(c.send("HEAD /rows HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_EQ(c.receive(true).status, 200);
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);
  EXPECT_EQ(calls, 0);
  wait_destroyed(5);
}

TEST_F(StreamTest, EndsWithTheConnectionForHttp10) {
  add_rows("rows", 3, 1'000);
  Client c(start());
  ASSERT_TRUE(c.send("GET /rows HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n"));
  const auto head = c.receive_head();
  EXPECT_EQ(head.header("transfer-encoding"), "");
  EXPECT_EQ(head.header("connection"), "close");
  EXPECT_EQ(c.receive_rest().size(), 3'000U);
}

TEST_F(StreamTest, WaitsForASlowReaderAndCutsOneThatStops) {
  options.request_ms = 100;
  options.tick_ms = 20;
  add_rows("rows", 100'000, 64 * 1024);  // 6.5 GB, if anyone took it
  const auto port = start();
  {
    Client slow(port, true);
    ASSERT_TRUE(slow.send(get("/rows")));
    ASSERT_EQ(slow.receive_head().status, 200);
    wait_destroyed(1);  // nothing is read: the time limit ends it
    // What was made is what fits between the two: kernel buffers of some MB, and one piece.
    EXPECT_LT(calls, 200);
  }
  Client c(port);
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);
}

TEST_F(StreamTest, StopsWhenTheClientLeaves) {
  add_rows("rows", 1'000'000'000, 64 * 1024);
  const auto port = start();
  {
    Client c(port);
    ASSERT_TRUE(c.send(get("/rows")));
    std::string piece;
    ASSERT_EQ(c.receive_head().status, 200);
    ASSERT_TRUE(c.receive_chunk(piece));
  }
  wait_destroyed(1);
}

TEST_F(StreamTest, ABodyThatBreaksOffIsNotWhole) {
  add("torn.get", "/torn", Method::get, [](const Request&, const Caller&, Responder r) {
    Response reply;
    reply.produce = [n = 0](std::string& piece) mutable {
      if (++n == 3) throw std::runtime_error("disk gone");
      piece = "abc";
      return true;
    };
    r(std::move(reply));
  });
  const auto port = start();
  Client c(port);
  EXPECT_EQ(c.ask(get("/torn")).status, 0);
  EXPECT_EQ(Client(port).ask(get("/fixed")).status, 200);
}

TEST_F(StreamTest, ManyTogetherShareTheWorkers) {
  add_rows("rows", 40, 30'000);
  options.worker_queue = 4;  // fewer than there are streams: the others wait for a tick, and none is refused
  options.tick_ms = 5;
  const auto port = start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 12; ++i) {
    clients.push_back(std::make_unique<Client>(port));
    ASSERT_TRUE(clients.back()->send(get("/rows")));
  }
  for (auto& c : clients) EXPECT_EQ(c->receive().body.size(), 1'200'000U);
}

TEST_F(StreamTest, AStopEndsAStreamUnderWay) {
  add_rows("rows", 1'000'000'000, 64 * 1024);
  Client c(start());
  ASSERT_TRUE(c.send(get("/rows")));
  std::string piece;
  ASSERT_EQ(c.receive_head().status, 200);
  ASSERT_TRUE(c.receive_chunk(piece));
  server->stop(0);
  wait_destroyed(1);
}

// --- versions ---------------------------------------------------------------------------------------------------------

TEST_F(ServerTest, ComparesVersions) {
  const auto change = [](const Request& q, const Caller&, Responder r) {
    if (auto same = check_version(q, 7); !same) return r(problem(same.error()));
    r(Response{});
  };
  add("must.post", "/must", Method::post, change).if_match = IfMatch::required;
  add("may.post", "/may", Method::post, change).if_match = IfMatch::optional;
  add("read.get", "/read", Method::get, [](const Request&, const Caller&, Responder r) {
    Response reply;
    reply.headers = {{"etag", etag(7)}};
    r(std::move(reply));
  }).tagged = true;
  Client c(start());
  const auto tag = c.ask(get("/read")).header("etag");
  EXPECT_EQ(tag, "\"v7\"");
  EXPECT_EQ(c.ask(get("/read", "If-None-Match: " + tag + "\r\n")).status, 304);
  for (const char* path : {"/must", "/may"}) {
    EXPECT_EQ(c.ask(post(path, "", "If-Match: " + tag + "\r\n")).status, 200);
    EXPECT_EQ(c.ask(post(path, "", "If-Match: *\r\n")).status, 200);
    for (const char* other : {"\"v8\"", "W/\"v7\"", "v7", "\"v\"", "\"v-7\"", "\"v7x\"", "\"v99999999999999999999\""}) {
      const auto r = c.ask(post(path, "", "If-Match: " + std::string(other) + "\r\n"));
      EXPECT_EQ(r.status, 412) << other;
      EXPECT_EQ(code(r), "http.precondition_failed");
    }
    EXPECT_EQ(code(c.ask(post(path, "", "If-Match: \"v7\", \"v8\"\r\n"))), "http.bad_if_match");
  }
  const auto none = c.ask(post("/must", ""));
  EXPECT_EQ(none.status, 428);
  EXPECT_EQ(code(none), "http.precondition_required");
  EXPECT_EQ(c.ask(post("/may", "")).status, 200);
}

}  // namespace
}  // namespace yi::http::test
