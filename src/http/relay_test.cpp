// A node that follows passes on what may write, over real sockets, and hands the answer back.
#include "base/clock.h"
#include "http/reply_reader.h"
#include "http/server_fixture.h"

namespace yi::http::test {
namespace {

// Everyone's proof is "seen by us CLIENT"; whoever says so is believed.
class TestRelay : public Relay {
 public:
  Way way() const override {
    const std::lock_guard lock(m_);
    return way_;
  }
  void set(Way way) {
    const std::lock_guard lock(m_);
    way_ = std::move(way);
  }
  std::string prove(std::string_view client, std::string_view method, std::string_view target) const override {
    return "seen by us " + std::string(client) + " " + std::string(method) + std::string(target);
  }
  std::optional<std::string> believe(std::string_view proof, std::string_view method, std::string_view target) const override {
    const std::string asked = " " + std::string(method) + std::string(target);
    if (!proof.starts_with("seen by us ") || !proof.ends_with(asked)) return std::nullopt;
    proof.remove_prefix(11);
    proof.remove_suffix(asked.size());
    return std::string(proof);
  }
  void heard(std::int64_t position) const override { position_ = position; }
  std::int64_t position() const { return position_; }
  bool reads(std::string_view door_name) const override { return reads_ || door_name == "test.self"; }
  void set_reads(bool yes) { reads_ = yes; }

 private:
  mutable std::mutex m_;
  Way way_;
  mutable std::atomic<std::int64_t> position_{0};
  std::atomic<bool> reads_{true};
};

struct Kept {
  std::mutex m;
  std::condition_variable changed;
  std::string bytes;
  std::size_t largest = 0;
  int gone = 0;
};

class KeepingSink : public UploadSink {
 public:
  explicit KeepingSink(Kept& kept) : kept_(kept) {}
  ~KeepingSink() override {
    const std::lock_guard lock(kept_.m);
    ++kept_.gone;
    kept_.changed.notify_all();
  }
  Checked write(std::string_view piece) override {
    if (piece.find("virus") != piece.npos) return Refusal{"test.virus", "文件有毒。", "请换一份。", 422, ""};
    const std::lock_guard lock(kept_.m);
    kept_.bytes += piece;
    kept_.largest = std::max(kept_.largest, piece.size());
    return Done{};
  }
  void finish(const Request&, const Caller&, Responder reply) override {
    Response r;
    r.status = 201;
    r.body = std::to_string(kept_.bytes.size());
    reply(std::move(r));
  }

 private:
  Kept& kept_;
};

class RelayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (Node* n : {&leader_, &follower_}) {
      n->options.port = 0;
      n->options.tick_ms = 20;
      n->options.leader_wait_ms = 100;
      n->options.relay = n->relay;
      add_doors(*n);
      n->server = std::make_unique<Server>(n->options, n->router, gatekeeper_);
      ASSERT_TRUE(n->server->start());
    }
    follower_.relay->set({Relay::Way::To::there, "127.0.0.1:" + std::to_string(leader_.server->port())});
  }
  void TearDown() override {
    follower_.server.reset();
    held_.clear();
    leader_.server.reset();
  }
  struct Node {
    std::string name;
    ServerOptions options = {};
    std::shared_ptr<TestRelay> relay = std::make_shared<TestRelay>();
    Router router = {};
    std::unique_ptr<Server> server = {};
  };
  static Door door(Method method, std::string pattern) {
    Door d;
    d.method = method;
    d.pattern = std::move(pattern);
    d.name = "test." + d.pattern.substr(1);
    d.summary = "试验";
    d.right = "public";
    d.audit_class = "none";
    d.replies = {{200, "成功", "application/json", ""}};
    return d;
  }
  void add_doors(Node& n) {
    const auto tell = [&n](const Request& q, const Caller& c, Responder r) {
      Response reply;
      const auto it = q.query.find("to");
      reply.body = json::write(std::vector<std::string>{n.name, q.body, q.idempotency_key, c.role, q.cookie, q.csrf_token, q.if_match, q.host, q.origin, q.address,
                                                        it == q.query.end() ? "" : it->second});
      reply.headers = {{"x-ledger-position", "41"}, {"set-cookie", "a=1"}, {"set-cookie", "b=2"}};
      r(std::move(reply));
    };
    auto write = door(Method::post, "/write");
    write.request_schema = R"({"type":"object"})";
    write.any_query = true;
    write.handle = tell;
    n.router.add(std::move(write));
    auto read = door(Method::get, "/read");
    read.handle = tell;
    n.router.add(std::move(read));
    auto self = door(Method::get, "/self");
    self.handle = tell;
    n.router.add(std::move(self));
    auto back = door(Method::get, "/back");
    back.leads = true;
    back.handle = tell;
    n.router.add(std::move(back));
    auto empty = door(Method::post, "/empty");
    empty.handle = [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.status = 204;
      r(std::move(reply));
    };
    n.router.add(std::move(empty));
    auto pieces = door(Method::post, "/pieces");
    pieces.handle = [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.produce = [left = 3](std::string& piece) mutable {
        piece = "piece ";
        return --left > 0;
      };
      r(std::move(reply));
    };
    n.router.add(std::move(pieces));
    auto hold = door(Method::post, "/hold");
    hold.handle = [this](const Request&, const Caller&, Responder r) {
      const std::lock_guard lock(m_);
      held_.push_back(std::move(r));
      changed_.notify_all();
    };
    n.router.add(std::move(hold));
    auto files = door(Method::post, "/files");
    files.body_limit = 5'000'000;
    files.upload.media_types = {"application/pdf"};
    files.upload.open = [this, &n](const Request& q, const Caller&) -> Result<std::unique_ptr<UploadSink>> {
      if (&n != &leader_) throw std::logic_error("not here");
      if (q.idempotency_key == "full") return Refusal{"test.full", "存储已满。", "请稍后再试。", 507, ""};
      return std::unique_ptr<UploadSink>(std::make_unique<KeepingSink>(kept_));
    };
    n.router.add(std::move(files));
  }
  static std::string upload_head(std::size_t size, std::string_view more = "") {
    return "POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n" + std::string(more) + "Content-Length: " + std::to_string(size) + "\r\n\r\n";
  }
  static std::string code(const Reply& r) {
    json::Parser parser;
    auto n = parser.parse(r.body);
    return n && n->find("code") ? std::string(n->find("code")->string()) : r.body;
  }
  TestGatekeeper gatekeeper_;
  std::mutex m_;
  std::condition_variable changed_;
  std::vector<Responder> held_;
  Kept kept_;
  Node leader_{"leader"}, follower_{"follower"};
};

TEST_F(RelayTest, WhatMayWriteGoesToTheLeaderWholeAndTheRestIsAnsweredHere) {
  Client c(follower_.server->port());
  const auto r = c.ask(post("/write?to=%E7%AA%97", R"({"a":1})",
                            "Idempotency-Key: k1\r\nAuthorization: Bearer secret\r\nCookie: s=1\r\nCookie: t=2\r\nX-CSRF-Token: x\r\nIf-Match: \"3\"\r\nOrigin: http://localhost:8080\r\n"));
  EXPECT_EQ(r.status, 200);
  EXPECT_EQ(r.body, R"(["leader","{\"a\":1}","k1","operator","s=1; t=2","x","\"3\"","localhost:8080","http://localhost:8080","127.0.0.1","窗"])");
  EXPECT_EQ(r.header("x-ledger-position"), "41");
  EXPECT_EQ(r.header("set-cookie"), "b=2");  // the client keeps the last of both
  EXPECT_EQ(follower_.relay->position(), 41) << "its own reader may ask for what it was told";
  EXPECT_NE(c.ask(get("/read")).body.find("follower"), std::string::npos);
  EXPECT_NE(c.ask(get("/back")).body.find("leader"), std::string::npos) << "a GET that may write";
  EXPECT_NE(c.ask(post("/write", "{}")).body.find("leader"), std::string::npos) << "over the connection that stands";
  EXPECT_EQ(c.ask(post("/empty", "")).status, 204);
  EXPECT_EQ(c.ask(post("/pieces", "")).body, "piece piece piece ");
  // The leader's refusals come back as they are.
  EXPECT_EQ(code(c.ask("POST /write HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx")), "http.media_type");
}

TEST_F(RelayTest, WhatItCannotReadItDoesNotShow) {
  Client c(follower_.server->port());
  follower_.relay->set_reads(false);
  const auto r = c.ask(get("/read"));
  EXPECT_EQ(r.status, 503);
  EXPECT_EQ(code(r), "http.other_views");
  EXPECT_FALSE(r.header("retry-after").empty());
  EXPECT_NE(c.ask(get("/self")).body.find("follower"), std::string::npos);
  EXPECT_NE(c.ask(get("/back")).body.find("leader"), std::string::npos) << "what the leader answers is not this node's to read";
  EXPECT_NE(c.ask(post("/write", "{}")).body.find("leader"), std::string::npos);
  follower_.relay->set_reads(true);
  EXPECT_NE(c.ask(get("/read")).body.find("follower"), std::string::npos);
}

TEST_F(RelayTest, ManyAtOnceGetTheirOwnAnswers) {
  std::vector<std::thread> clients;
  std::atomic<int> good{0};
  for (int i = 0; i < 16; ++i)
    clients.emplace_back([&, i] {
      Client c(follower_.server->port());
      for (int n = 0; n < 50; ++n) {
        const auto body = "{\"n\":" + std::to_string(100 * i + n) + "}";
        const auto r = c.ask(post("/write", body));
        good += r.status == 200 && r.body.find(":" + std::to_string(100 * i + n) + "}") != r.body.npos;
      }
    });
  for (auto& t : clients) t.join();
  EXPECT_EQ(good, 800);
}

TEST_F(RelayTest, AnUploadPassesInPieces) {
  Client c(follower_.server->port());
  std::string body(3'000'000, 'a');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  const auto r = c.ask(upload_head(body.size()) + body);
  EXPECT_EQ(r.status, 201) << r.body;
  EXPECT_EQ(r.body, "3000000");
  EXPECT_EQ(kept_.bytes, body);
  EXPECT_LT(kept_.largest, 600'000U);
  EXPECT_EQ(c.ask(upload_head(5) + "small").status, 201) << "and the connection goes on";
}

TEST_F(RelayTest, AnUploadThatTheLeaderRefusesOrTheClientBreaksOff) {
  const std::string body(1'200'000, 'a');
  {
    Client c(follower_.server->port());
    EXPECT_EQ(code(c.ask(upload_head(body.size(), "Idempotency-Key: full\r\n") + body)), "test.full");
  }
  int gone = 0;
  {
    Client c(follower_.server->port());
    EXPECT_EQ(code(c.ask(upload_head(5) + "virus")), "test.virus");
    const std::lock_guard lock(kept_.m);
    gone = kept_.gone;
  }
  {
    Client c(follower_.server->port());
    c.send(upload_head(body.size()) + body.substr(0, 700'000));
  }
  std::unique_lock lock(kept_.m);
  EXPECT_TRUE(kept_.changed.wait_for(lock, std::chrono::seconds(5), [&] { return kept_.gone > gone; })) << "nothing of it remains";
}

TEST_F(RelayTest, WithoutALeaderThereIsAClearAnswerAndNothingIsDone) {
  Client c(follower_.server->port());
  follower_.relay->set({Relay::Way::To::nowhere, ""});
  auto r = c.ask(post("/write", "{}"));
  EXPECT_EQ(r.status, 503);
  EXPECT_EQ(code(r), "http.no_leader");
  EXPECT_FALSE(r.header("retry-after").empty());
  EXPECT_EQ(c.ask(get("/read")).status, 200) << "whoever reads is served";
  // An address that is not this machine's own takes nothing away from it, though the leader would be reached by it.
  const auto elsewhere = "0.0.0.0:" + std::to_string(leader_.server->port());
  for (const auto& nobody : {std::string("127.0.0.1:1"), std::string("nowhere"), std::string("127.0.0.1:99999"), std::string(), elsewhere}) {
    follower_.relay->set({Relay::Way::To::there, nobody});
    EXPECT_EQ(code(c.ask(post("/write", "{}"))), "http.no_leader") << nobody;
  }
  // Two that each take the other for the leader.
  leader_.relay->set({Relay::Way::To::there, "127.0.0.1:" + std::to_string(follower_.server->port())});
  follower_.relay->set({Relay::Way::To::there, "127.0.0.1:" + std::to_string(leader_.server->port())});
  EXPECT_EQ(code(c.ask(post("/write", "{}"))), "http.no_leader");
}

TEST_F(RelayTest, WhoeverComesWhileTheLeadMovesWaitsForAMoment) {
  follower_.server.reset();
  follower_.options.leader_wait_ms = 10'000;
  follower_.server = std::make_unique<Server>(follower_.options, follower_.router, gatekeeper_);
  ASSERT_TRUE(follower_.server->start());
  const auto there = follower_.relay->way();
  for (const auto& [way, who] : {std::pair{there, "leader"}, {Relay::Way{}, "follower"}}) {
    follower_.relay->set({Relay::Way::To::nowhere, ""});
    Client c(follower_.server->port());
    ASSERT_TRUE(c.send(post("/write", "{}")));
    EXPECT_FALSE(c.readable(150)) << "it waits";
    follower_.relay->set(way);
    const auto r = c.receive();
    EXPECT_EQ(r.status, 200);
    EXPECT_NE(r.body.find(who), r.body.npos) << r.body;
  }
}

TEST_F(RelayTest, ALeaderThatEndsInTheMiddleLeavesItOpenWhetherItWasDone) {
  Client c(follower_.server->port());
  ASSERT_TRUE(c.send(post("/hold", "")));
  {
    std::unique_lock lock(m_);
    changed_.wait(lock, [&] { return !held_.empty(); });
  }
  leader_.server->stop(0);
  const auto r = c.receive();
  EXPECT_EQ(r.status, 503);
  EXPECT_EQ(code(r), "http.leader_lost");
  EXPECT_FALSE(r.header("retry-after").empty());
  EXPECT_EQ(code(c.ask(post("/write", "{}"))), "http.no_leader");
}

TEST_F(RelayTest, ALeaderThatDoesNotAnswerIsNotWaitedForForEver) {
  follower_.server.reset();
  follower_.options.passed_on_ms = 60;
  follower_.server = std::make_unique<Server>(follower_.options, follower_.router, gatekeeper_);
  ASSERT_TRUE(follower_.server->start());
  Client c(follower_.server->port());
  EXPECT_EQ(code(c.ask(post("/hold", ""))), "http.leader_lost");
  EXPECT_EQ(c.ask(post("/write", "{}")).status, 200) << "the next goes by a connection of its own";
}

// A leader that hangs: it takes connections, as its kernel does without it, and neither reads nor answers.
class SilentLeader {
 public:
  SilentLeader() : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const int little = 4'096;  // what is sent soon waits at the sender
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at);
    ::listen(fd_, 8);
    socklen_t size = sizeof at;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size);
    address_ = "127.0.0.1:" + std::to_string(ntohs(at.sin_port));
  }
  ~SilentLeader() { ::close(fd_); }
  SilentLeader(const SilentLeader&) = delete;
  SilentLeader& operator=(const SilentLeader&) = delete;
  const std::string& address() const { return address_; }

 private:
  int fd_;
  std::string address_;
};

TEST_F(RelayTest, ALeaderThatTakesConnectionsAndHangsIsGivenUpAlsoWhileItIsSentABody) {
  follower_.server.reset();
  follower_.options.passed_on_ms = 60;
  follower_.server = std::make_unique<Server>(follower_.options, follower_.router, gatekeeper_);
  ASSERT_TRUE(follower_.server->start());
  const SilentLeader silent;
  follower_.relay->set({Relay::Way::To::there, silent.address()});
  const std::string large(4'900'000, 'a');  // more than the kernels keep for it: the sending itself stands still
  for (const auto& request : {post("/write", "{}"), upload_head(5) + "small", upload_head(large.size()) + large}) {
    Client c(follower_.server->port());
    std::thread sender([&] { c.send(request); });
    const auto r = c.receive();
    sender.join();
    EXPECT_EQ(r.status, 503) << request.size();
    EXPECT_EQ(code(r), "http.leader_lost") << request.size();
    EXPECT_FALSE(r.header("retry-after").empty()) << request.size();
  }
  follower_.relay->set({});
  Client c(follower_.server->port());
  EXPECT_EQ(c.ask(post("/write", "{}")).status, 200) << "nothing of it is left";
}

// It would have waited for as long as an answer may take, though everybody else goes on.
TEST_F(RelayTest, ALeaderThatHangsIsGivenUpWhenAnotherLeads) {
  const auto there = follower_.relay->way();
  const SilentLeader silent;
  const std::string large(4'900'000, 'a');
  for (const auto& next : {Relay::Way{}, there})
    for (const auto& request : {post("/write", "{}"), upload_head(large.size()) + large}) {
      follower_.relay->set({Relay::Way::To::there, silent.address()});
      Client c(follower_.server->port());
      std::thread sender([&] { c.send(request); });
      EXPECT_FALSE(c.readable(150)) << "it waits";
      follower_.relay->set({Relay::Way::To::nowhere, ""});
      EXPECT_FALSE(c.readable(100)) << "the lead may come back to who has it";
      const auto moved = monotonic_ns();
      follower_.relay->set(next);
      const auto r = c.receive();
      EXPECT_LT(monotonic_ns() - moved, 5'000'000'000);
      sender.join();
      EXPECT_EQ(code(r), "http.leader_lost");
      EXPECT_FALSE(r.header("retry-after").empty());
    }
  Client c(follower_.server->port());
  EXPECT_EQ(c.ask(post("/write", "{}")).status, 200);
}

TEST_F(RelayTest, TheClientsAddressIsBelievedWithItsProofAlone) {
  Client direct(leader_.server->port());
  const auto told = [&](const std::string& proof) { return direct.ask(post("/write", "{}", "X-Yichuang-Passed-On: " + proof + "\r\n")); };
  EXPECT_NE(told("seen by us 192.0.2.7 POST/write").body.find("192.0.2.7"), std::string::npos);
  for (const char* bad : {"192.0.2.7", "seen by us 192.0.2.7 POST/other"}) {
    const auto r = told(bad);
    EXPECT_EQ(r.body.find("192.0.2.7"), std::string::npos);
    EXPECT_EQ(r.status, 503) << "nor is it the loopback's own";
    EXPECT_EQ(code(r), "http.not_believed");
  }
  EXPECT_NE(direct.ask(post("/write", "{}")).body.find("127.0.0.1"), std::string::npos) << "without one it is who it is";
}

TEST(ReplyReader, ReadsWhatComesInAnyCutAndRefusesTheRest) {
  const std::string plain = "HTTP/1.1 201 Created\r\nDate: x\r\nContent-Type: text/plain\r\nX-Ledger-Position: 12\r\ncontent-length: 5\r\n\r\nhello";
  const std::string chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  for (const auto& [text, body, status] : {std::tuple{plain, "hello", 201}, {chunked, "abcde", 200}})
    for (std::size_t cut = 1; cut < text.size(); ++cut) {
      ReplyReader r;
      EXPECT_EQ(r.feed(text.substr(0, cut)), ReplyReader::State::more);
      ASSERT_EQ(r.feed(text.substr(cut)), ReplyReader::State::done) << cut;
      EXPECT_EQ(r.reply().response.body, body);
      EXPECT_EQ(r.reply().response.status, status);
      EXPECT_TRUE(r.reply().keep_alive);
    }
  ReplyReader r;
  ASSERT_EQ(r.feed(plain), ReplyReader::State::done);
  EXPECT_EQ(r.reply().position, 12);
  EXPECT_EQ(r.reply().response.headers.size(), 1U) << "date, length and type are the server's";
  for (const char* bad : {"HTTP/2 200\r\n\r\n", "HTTP/1.1 2xx\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab",
                          "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"}) {
    ReplyReader one;
    EXPECT_EQ(one.feed(bad), ReplyReader::State::bad) << bad;
  }
  ReplyReader open;
  EXPECT_EQ(open.feed("HTTP/1.1 200 OK\r\n\r\nab"), ReplyReader::State::more);
  EXPECT_EQ(open.end(), ReplyReader::State::done);
  ReplyReader half;
  EXPECT_EQ(half.feed("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab"), ReplyReader::State::more);
  EXPECT_EQ(half.end(), ReplyReader::State::bad);
}

}  // namespace
}  // namespace yi::http::test
