// Event streams: the text of an event, the bound of a queue, and the life of a stream over real sockets.
#include "http/server_fixture.h"

namespace yi::http::test {
namespace {

std::string taken(EventStream& s) {
  std::string out;
  s.take(out);
  return out;
}

TEST(EventStream, WritesEachLineOnItsOwn) {
  EventStream s;
  EXPECT_TRUE(s.send("7", "case.changed", R"({"a":1})"));
  EXPECT_EQ(taken(s), "id: 7\nevent: case.changed\ndata: {\"a\":1}\n\n");
  EXPECT_TRUE(s.send("", "", "one\ntwo\r\nthree\r"));
  EXPECT_EQ(taken(s), "data: one\ndata: two\ndata: three\ndata: \n\n");
  EXPECT_TRUE(s.send("1\nevent: forged", "e\r\ndata: x", ""));
  EXPECT_EQ(taken(s), "id: 1event: forged\nevent: edata: x\ndata: \n\n");
}

TEST(EventStream, TakesUpToItsBoundAndWakesOnce) {
  EventStream s(100);
  int woken = 0;
  s.attach([&] { ++woken; });
  EXPECT_TRUE(s.send("", "", std::string(40, 'x')));  // 48 bytes with "data: " and its ends
  EXPECT_TRUE(s.send("", "", std::string(40, 'x')));
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(taken(s).size(), 96U);
  EXPECT_TRUE(s.send("", "", std::string(92, 'x')));
  EXPECT_EQ(woken, 2);
  EXPECT_FALSE(s.send("", "", ""));  // over it
  EXPECT_TRUE(s.cut());
  EXPECT_EQ(woken, 3);  // the cut is told even to whom has not taken the last yet
  std::string out;
  EXPECT_EQ(s.take(out), EventStream::State::cut);
  EXPECT_EQ(out, "");
  EXPECT_FALSE(s.send("", "", ""));
}

class EventServerTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    options.tick_ms = 10;
    auto& d = add("events.get", "/events", Method::get, [this](const Request& q, const Caller&, Responder r) {
      auto stream = std::make_shared<EventStream>(queue_bytes);
      // What the client has missed, and from then on what happens.
      std::int64_t last = -1;
      std::from_chars(q.last_event_id.data(), q.last_event_id.data() + q.last_event_id.size(), last);
      Response reply;
      reply.events = stream;
      const std::lock_guard lock(gate_mutex);
      for (auto n = last + 1; last >= 0 && n < happened; ++n) stream->send(std::to_string(n), "fact", "again");
      streams.push_back(stream);
      gate.notify_all();
      r(std::move(reply));
    });
    d.replies = {{200, "通知", "text/event-stream", "", {{"fact", "一条事实", R"({"type":"string"})"}}}};
  }
  std::shared_ptr<EventStream> stream(std::size_t n) {
    std::unique_lock lock(gate_mutex);
    gate.wait(lock, [&] { return streams.size() > n; });
    return streams[n];
  }
  // Reads chunks until `text` has come; what came.
  static std::string until(Client& c, std::string_view text) {
    std::string all, piece;
    while (all.find(text) == all.npos && c.receive_chunk(piece) && !piece.empty()) all += piece;
    return all;
  }
  std::int64_t queue_bytes = limits::kEventQueueBytes.value;
  std::int64_t happened = 0;                             // of gate_mutex
  std::vector<std::shared_ptr<EventStream>> streams;     // of gate_mutex
};

TEST_F(EventServerTest, SaysWhatIsSentFromAnyThreadInOrder) {
  const auto port = start();
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<Client>(port));
    ASSERT_TRUE(clients[i]->send(get("/events")));
    const auto head = clients[i]->receive_head();
    EXPECT_EQ(head.header("content-type"), "text/event-stream; charset=utf-8");
    EXPECT_EQ(head.header("cache-control"), "no-store");
    EXPECT_NE(until(*clients[i], "retry: ").find("retry: 3000\n\n"), std::string::npos);
    stream(i);
  }
  std::vector<std::thread> senders;
  for (std::size_t t = 0; t < 4; ++t)
    senders.emplace_back([&, t] {
      for (int n = 0; n < 200; ++n)
        for (std::size_t i = 0; i < 10; ++i) EXPECT_TRUE(stream(i)->send("", "t" + std::to_string(t), std::to_string(n)));
    });
  for (auto& t : senders) t.join();
  for (std::size_t i = 0; i < 10; ++i) {
    stream(i)->end();
    std::string all, piece;
    while (clients[i]->receive_chunk(piece) && !piece.empty()) all += piece;
    for (int t = 0; t < 4; ++t) {
      std::size_t at = 0;
      for (int n = 0; n < 200; ++n) {
        at = all.find("event: t" + std::to_string(t) + "\ndata: " + std::to_string(n) + "\n\n", at);
        ASSERT_NE(at, all.npos) << "client " << i << " thread " << t << " event " << n;
      }
    }
    EXPECT_EQ(clients[i]->ask(get("/fixed")).status, 200);  // ended in good order: the connection goes on
  }
}

TEST_F(EventServerTest, ComesBackWhereItWasCut) {
  queue_bytes = 10'000;
  const auto port = start();
  Client slow(port, true);
  ASSERT_TRUE(slow.send(get("/events")));
  ASSERT_EQ(slow.receive_head().status, 200);
  const auto s = stream(0);
  std::int64_t n = 1;
  ASSERT_TRUE(s->send("0", "fact", "first"));
  auto read = until(slow, "data: first\n\n");
  {
    const std::string data(2'000, 'x');
    // Without a reader the socket's buffers fill, then the queue, and the sender is told.
    while (s->send(std::to_string(n), "fact", data)) ++n;
    EXPECT_LT(n, 20'000);
    const std::lock_guard lock(gate_mutex);
    happened = n + 3;
  }
  read += slow.receive_rest();
  EXPECT_FALSE(read.ends_with("0\r\n\r\n"));  // cut, not ended
  // What was read to its end counts; the browser says that number when it comes back.
  const auto whole = read.rfind("\n\n");
  const auto last = read.rfind("id: ", whole);
  const auto id = read.substr(last + 4, read.find('\n', last) - last - 4);
  Client again(port);
  ASSERT_TRUE(again.send(get("/events", "Last-Event-ID: " + id + "\r\n")));
  ASSERT_EQ(again.receive_head().status, 200);
  const auto next = std::to_string(std::stoll(id) + 1);
  EXPECT_NE(until(again, "id: " + next + "\n").find("id: " + next + "\n"), std::string::npos);
}

TEST_F(EventServerTest, BeatsWhenSilentAndNoticesWhoLeft) {
  options.heartbeat_ms = 30;
  options.event_streams = 1;
  const auto port = start();
  {
    Client c(port);
    ASSERT_TRUE(c.send(get("/events")));
    ASSERT_EQ(c.receive_head().status, 200);
    EXPECT_NE(until(c, "\n\n:\n\n"), "");
    EXPECT_FALSE(stream(0)->over());
    Client more(port);
    const auto r = more.ask(get("/events"));
    EXPECT_EQ(r.status, 503);
    EXPECT_EQ(code(r), "http.too_many_streams");
    EXPECT_TRUE(stream(1)->over());
    EXPECT_EQ(more.ask(get("/fixed")).status, 200);
  }
  // The place is free again when the server has noticed, without anything being sent.
  int status = 0;
  for (int i = 0; i < 10'000 && status != 200; ++i) {
    Client c(port);
    ASSERT_TRUE(c.send(get("/events")));
    status = c.receive_head().status;
  }
  EXPECT_EQ(status, 200);
  EXPECT_TRUE(stream(0)->over());
  EXPECT_FALSE(stream(0)->send("", "", ""));
}

TEST_F(EventServerTest, EndsWithTheServerAndNotBefore) {
  const auto port = start();
  Client c(port), old(port), look(port);
  ASSERT_TRUE(c.send(get("/events")));
  ASSERT_TRUE(old.send("GET /events HTTP/1.0\r\nHost: localhost\r\n\r\n"));
  ASSERT_EQ(c.receive_head().status, 200);
  ASSERT_EQ(old.receive_head().header("transfer-encoding"), "");
  ASSERT_TRUE(look.send("HEAD /events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_EQ(look.receive(true).status, 200);
  EXPECT_EQ(look.ask(get("/fixed")).status, 200);
  stream(2);
  for (std::size_t i = 0; i < 3; ++i) stream(i)->send("1", "fact", "last");
  server->stop(5);
  EXPECT_NE(until(c, "data: last").find("id: 1\nevent: fact\ndata: last\n\n"), std::string::npos);
  EXPECT_NE(old.receive_rest().find("data: last\n\n"), std::string::npos);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_TRUE(stream(i)->over());
}

}  // namespace
}  // namespace yi::http::test
