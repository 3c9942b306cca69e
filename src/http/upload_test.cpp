// Uploads over real sockets: a body that streams into a sink.
#include "http/server_fixture.h"

namespace yi::http::test {
namespace {

struct Seen {
  std::mutex mutex;
  std::condition_variable changed;
  std::string kept;
  std::size_t pieces = 0, largest = 0;
  int opened = 0, finished = 0, destroyed = 0;
  void wait_destroyed(int n) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return destroyed >= n; });
  }
};

class TestSink : public UploadSink {
 public:
  explicit TestSink(Seen& seen) : seen_(seen) {}
  ~TestSink() override {
    const std::lock_guard lock(seen_.mutex);
    ++seen_.destroyed;
    seen_.changed.notify_all();
  }
  Checked write(std::string_view piece) override {
    if (piece.find("virus") != piece.npos) return Refusal{"test.virus", "文件有毒。", "请换一份。", 422, ""};
    if (piece.find("throw") != piece.npos) throw std::runtime_error("disk of the house");
    const std::lock_guard lock(seen_.mutex);
    ++seen_.pieces;
    seen_.largest = std::max(seen_.largest, piece.size());
    seen_.kept += piece;
    return Done{};
  }
  void finish(const Request& q, const Caller& c, Responder reply) override {
    const std::lock_guard lock(seen_.mutex);
    ++seen_.finished;
    Response r;
    r.status = 201;
    r.body = json::write(std::vector<std::string>{std::to_string(seen_.kept.size()), q.content_type, c.role, q.body});
    reply(std::move(r));
  }

 private:
  Seen& seen_;
};

class UploadTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    auto& d = add("files.post", "/files", Method::post, nullptr);
    d.replies = {{201, "已保存", "application/json", ""}};
    d.body_limit = 5'000'000;
    d.upload.media_types = {"application/pdf", "image/*"};
    d.upload.open = [this](const Request& q, const Caller&) -> Result<std::unique_ptr<UploadSink>> {
      if (q.idempotency_key == "full") return Refusal{"test.full", "存储已满。", "请稍后再试。", 507, ""};
      const std::lock_guard lock(seen.mutex);
      ++seen.opened;
      return std::unique_ptr<UploadSink>(std::make_unique<TestSink>(seen));
    };
  }
  static std::string head(std::size_t size, std::string_view type = "application/pdf", std::string_view more = "") {
    return "POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) + "\r\n" + std::string(more) +
           "Content-Length: " + std::to_string(size) + "\r\n\r\n";
  }
  Seen seen;
};

TEST_F(UploadTest, StreamsIntoItsSinkInSmallPieces) {
  Client c(start());
  std::string body(3'000'000, 'a');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  const auto r = c.ask(head(body.size()) + body);
  EXPECT_EQ(r.status, 201);
  EXPECT_EQ(r.body, R"(["3000000","application/pdf","public",""])");
  EXPECT_EQ(seen.kept, body);
  EXPECT_LT(seen.largest, 300'000U);
  EXPECT_GT(seen.pieces, 10U);
  seen.wait_destroyed(1);
  // The connection goes on: a short one, chunked, with a type in capitals, and then something else.
  seen.kept.clear();
  EXPECT_EQ(c.ask("POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Type: IMAGE/PNG; x=y\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "3\r\nabc\r\n0\r\n\r\n").body, R"(["3","IMAGE/PNG; x=y","public",""])");
  EXPECT_EQ(c.ask(head(0)).body, R"(["3","application/pdf","public",""])");
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);
  EXPECT_EQ(c.ask(head(2, "image/png", "Expect: 100-continue\r\n")).status, 100);
  EXPECT_EQ(c.ask("xy").status, 201);
}

TEST_F(UploadTest, RefusesBeforeTheBody) {
  Client c(start());
  for (const char* type : {"application/json", "image", "image/", "application/pdfx", ""}) {
    const auto r = c.ask(head(3, type) + "abc");
    EXPECT_EQ(r.status, 415) << type;
    EXPECT_EQ(code(r), "http.media_type");
  }
  const auto full = c.ask(head(3, "image/png", "Idempotency-Key: full\r\n") + "abc");
  EXPECT_EQ(full.status, 507);
  const auto large = c.ask(head(5'000'001));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(seen.opened, 0);
}

TEST_F(UploadTest, ASinkThatRefusesAnswers) {
  const auto port = start();
  Client c(port);
  const auto r = c.ask(head(5) + "virus");
  EXPECT_EQ(r.status, 422);
  EXPECT_EQ(code(r), "test.virus");
  EXPECT_EQ(c.ask(get("/fixed")).status, 200);  // it had come in whole
  const auto thrown = c.ask(head(5) + "throw");
  EXPECT_EQ(thrown.status, 500);
  EXPECT_EQ(thrown.body.find("house"), thrown.body.npos);
  // In the middle of a long one: said, and the connection ends.
  Client half(port);
  ASSERT_TRUE(half.send(head(4'000'000) + "virus" + std::string(400'000, 'x')));
  const auto early = half.receive();
  EXPECT_EQ(early.status, 422);
  EXPECT_EQ(early.header("connection"), "close");
  seen.wait_destroyed(3);
  EXPECT_EQ(seen.finished, 0);
}

TEST_F(UploadTest, CutInTheMiddleIsNeverFinished) {
  options.request_ms = 100;
  options.tick_ms = 10;
  const auto port = start();
  {
    Client gone(port);
    ASSERT_TRUE(gone.send(head(2'000'000) + std::string(1'000'000, 'x')));
  }
  seen.wait_destroyed(1);
  Client slow(port);
  ASSERT_TRUE(slow.send(head(2'000'000) + std::string(700'000, 'x')));
  EXPECT_EQ(code(slow.receive()), "http.timeout");
  seen.wait_destroyed(2);
  Client stopped(port);
  ASSERT_TRUE(stopped.send(head(2'000'000) + std::string(600'000, 'x')));
  {
    std::unique_lock lock(seen.mutex);
    EXPECT_EQ(seen.finished, 0);
  }
  server->stop(0);
  EXPECT_EQ(seen.destroyed, seen.opened);
  EXPECT_EQ(seen.finished, 0);
}

TEST_F(UploadTest, LimitsThoseUnderWay) {
  options.uploads = 1;
  const auto port = start();
  Client first(port), second(port);
  // The interim answer says that the head is judged: the first one holds the place.
  ASSERT_EQ(first.ask(head(3, "image/png", "Expect: 100-continue\r\n")).status, 100);
  const auto r = second.ask(head(3, "image/png") + "abc");
  EXPECT_EQ(r.status, 503);
  EXPECT_EQ(code(r), "http.too_many_uploads");
  EXPECT_EQ(first.ask("abc").status, 201);
  EXPECT_EQ(second.ask(head(3, "image/png") + "abc").status, 201);
}

}  // namespace
}  // namespace yi::http::test
