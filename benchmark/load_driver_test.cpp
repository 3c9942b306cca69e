// The load driver of the benchmark against this server: conversations whose next request depends on the last reply.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "benchmark/load_driver.h"
#include "base/json.h"
#include "http/server.h"

namespace yi::http {
namespace {

class OpenGate : public Gatekeeper {
 public:
  Result<Caller> admit(const Request&, const Door&) const override { return Caller{"public", ""}; }
};

Door door(std::string name, std::string pattern, Method method,
          std::function<void(const Request&, const Caller&, Responder)> handle) {
  Door d;
  d.method = method;
  d.name = std::move(name);
  d.pattern = std::move(pattern);
  d.summary = "试验";
  d.right = "public";
  d.audit_class = "none";
  d.replies = {{200, "成功", "application/json", ""}};
  d.handle = std::move(handle);
  return d;
}

// Receives a case, then closes the case that the reply names, over and over.
class TwoSteps : public bench::Conversation {
 public:
  TwoSteps(int* whole) : whole_(whole) {}
  bool next(std::string& out) override {
    if (id_.empty()) bench::append_post(out, "/receive", "{}");
    else bench::append_post(out, "/close/" + id_, "{}");
    return true;
  }
  void reply(int status, std::string_view body) override {
    if (status != 200) return;
    if (!id_.empty()) ++*whole_;
    id_ = id_.empty() ? std::string(body) : "";
  }

 private:
  std::string id_;
  int* whole_;
};

class Fixed : public bench::Conversation {
 public:
  explicit Fixed(std::string target) : target_(std::move(target)) {}
  bool next(std::string& out) override {
    bench::append_get(out, target_);
    return true;
  }
  void reply(int, std::string_view) override {}

 private:
  std::string target_;
};

class LoadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    router.add(door("t.receive", "/receive", Method::post, [this](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.body = std::to_string(++last);
      open.insert(reply.body);
      r(std::move(reply));
    }));
    auto close = door("t.close", "/close/{id}", Method::post, [this](const Request& q, const Caller&, Responder r) {
      Response reply;
      reply.status = open.erase(q.path_parameters.at("id")) == 1 ? 200 : 409;
      r(std::move(reply));
    });
    close.parameters = {{"id", "编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true}};
    router.add(std::move(close));
    router.add(door("t.fixed", "/fixed", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.body = "{\"text\":\"" + std::string(189, 'x') + "\"}";  // 200 bytes
      r(std::move(reply));
    }));
    router.add(door("t.big", "/big", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.body = std::string(3'000'000, 'x');
      r(std::move(reply));
    }));
    options.port = 0;
    server = std::make_unique<Server>(options, router, gate);
    ASSERT_TRUE(server->start());
    load.port = server->port();
  }
  OpenGate gate;
  Router router;
  ServerOptions options;
  std::unique_ptr<Server> server;
  bench::LoadOptions load;
  int last = 0;                // both on the connection's thread
  std::set<std::string> open;
};

TEST_F(LoadTest, DrivesDependentCommands) {
  load.connections = 16;
  load.requests = 4'000;
  int whole = 0;
  const auto r = bench::run_load(load, [&](int) { return std::make_unique<TwoSteps>(&whole); });
  EXPECT_EQ(r.replies, 4'000);
  EXPECT_EQ(r.statuses, (std::map<int, std::int64_t>{{200, 4'000}}));
  EXPECT_EQ(r.refused + r.broken, 0) << r.first_error;
  EXPECT_EQ(r.latency.count(), 4'000);
  EXPECT_GT(r.latency.percentile_ms(50), 0);
  EXPECT_LE(r.latency.percentile_ms(50), r.latency.percentile_ms(99));
  EXPECT_LE(r.latency.percentile_ms(99), r.latency.max_ms());
  server->stop();
  EXPECT_EQ(static_cast<int>(open.size()) + whole, last);
  EXPECT_GE(whole, 1'990);  // the last of each connection may be open
}

TEST_F(LoadTest, CountsRefusalsAndKeepsTheFirst) {
  load.connections = 2;
  load.requests = 10;
  const auto r = bench::run_load(load, [](int) { return std::make_unique<Fixed>("/nowhere"); });
  EXPECT_EQ(r.refused, 10);
  EXPECT_EQ(r.statuses, (std::map<int, std::int64_t>{{404, 10}}));
  EXPECT_EQ(r.first_error.find("404 {\"type\""), 0U) << r.first_error;
}

TEST_F(LoadTest, TakesLongRepliesAndEndsInTime) {
  load.connections = 4;
  load.requests = 20;
  const auto r = bench::run_load(load, [](int) { return std::make_unique<Fixed>("/big"); });
  EXPECT_EQ(r.replies, 20);
  EXPECT_EQ(r.broken, 0) << r.first_error;
  load.requests = 0;
  load.seconds = 0.05;
  const auto timed = bench::run_load(load, [](int) { return std::make_unique<Fixed>("/fixed"); });
  EXPECT_GT(timed.replies, 0);
  EXPECT_GE(timed.seconds, 0.04);
}

TEST_F(LoadTest, SaysWhatBroke) {
  server->stop();
  load.connections = 3;
  load.requests = 5;
  const auto r = bench::run_load(load, [](int) { return std::make_unique<Fixed>("/fixed"); });
  EXPECT_EQ(r.broken, 3);
  EXPECT_EQ(r.replies, 0);
  EXPECT_EQ(r.first_error.find("connect: "), 0U);
}

TEST(Histogram, KeepsItsPrecision) {
  bench::Histogram h;
  EXPECT_EQ(h.percentile_ms(50), 0);
  for (std::int64_t us = 1; us <= 10'000; ++us) h.add(us * 1'000);
  for (const double p : {1.0, 25.0, 50.0, 90.0, 99.0, 99.9}) {
    const double exact = p / 100 * 10;  // ms
    EXPECT_GE(h.percentile_ms(p), exact * 0.999) << p;
    EXPECT_LE(h.percentile_ms(p), exact * 1.04) << p;
  }
  EXPECT_EQ(h.max_ms(), 10);
  EXPECT_EQ(h.percentile_ms(100), 10);
  bench::Histogram small;
  for (const int ns : {3, 63, 64, 65}) small.add(ns);
  EXPECT_DOUBLE_EQ(small.percentile_ms(25), 3e-6);
  EXPECT_DOUBLE_EQ(small.percentile_ms(50), 63e-6);
  EXPECT_DOUBLE_EQ(small.percentile_ms(75), 65e-6);
}

}  // namespace
}  // namespace yi::http
