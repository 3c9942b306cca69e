// Two nodes whose programs have other views, over HTTP: whoever cannot read those in use shows nothing of the centre, and says so.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/doors.h"
#include "app/node_relay.h"
#include "base/clock.h"
#include "engine/command_doors.h"
#include "engine/toy_room_test.h"
#include "http/server.h"
#include "http/test_client.h"
#include "store/store_ground.h"

namespace yi::app::test {
namespace {

constexpr CentreCode kCentre{510000};

class Anybody : public http::Gatekeeper {
 public:
  Result<http::Caller> admit(const http::Request&, const http::Door&) const override { return http::Caller{"operator", "operator"}; }
};

// A node of the toy room: its commands, one question to its view, and what every node says of itself.
class ToyNode {
 public:
  ToyNode(const std::string& name, const std::string& directory, const std::string& url, engine::RegistryFactory rooms) {
    engine::EngineOptions o;
    o.centre = kCentre;
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
    o.node = {name, "", "1", true};
    engine_ = engine::Engine::open({directory, url}, std::move(rooms), o).value();
    engine::add_command_doors(router_, *engine_);
    add_service_doors(router_, *engine_);
    http::Door total;
    total.pattern = "/api/toy/total";
    total.name = "toy.total";
    total.summary = "合计";
    total.right = "public";
    total.audit_class = "none";
    total.runs_on = http::RunsOn::worker;
    total.replies = {{200, "合计", "application/json", R"({"type":"integer"})"}};
    total.handle = [this](const http::Request&, const http::Caller&, http::Responder reply) {
      http::Response r;
      r.body = std::to_string(engine_->reader()->select("SELECT total FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer());
      reply(std::move(r));
    };
    router_.add(std::move(total));
    http::ServerOptions s;
    s.port = 0;
    s.tick_ms = 20;
    s.relay = std::make_shared<NodeRelay>(*engine_, system_now);
    server_ = std::make_unique<http::Server>(std::move(s), router_, gatekeeper_);
    EXPECT_TRUE(server_->start().ok());
    engine_->reached_at("127.0.0.1:" + std::to_string(server_->port()));
  }
  ~ToyNode() {
    engine_->retire();
    server_.reset();
  }
  http::test::Reply get(const std::string& path) const { return http::test::Client(server_->port()).ask(http::test::get(path)); }
  http::test::Reply deposit(int amount) const {
    return http::test::Client(server_->port())
        .ask(http::test::post("/api/toy/deposit", R"({"account":1,"amount":)" + std::to_string(amount) + "}", "Idempotency-Key: " + key(amount) + "\r\n"));
  }
  engine::Engine& engine() { return *engine_; }

 private:
  static std::string key(int n) { return "00000000-0000-7000-8000-00000000000" + std::to_string(n); }
  Anybody gatekeeper_;
  std::unique_ptr<engine::Engine> engine_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

template <class F>
bool within_ten_seconds(F f) {
  const auto until = monotonic_ns() + 10'000'000'000;
  while (!f())
    if (monotonic_ns() > until) return false;
  return true;
}

void expect_shows_nothing(const ToyNode& node) {
  const auto ready = node.get("/health/ready");
  EXPECT_EQ(ready.status, 503);
  EXPECT_NE(ready.body.find("\"ready\":false"), ready.body.npos) << ready.body;
  EXPECT_EQ(node.get("/health/live").status, 200);
  EXPECT_EQ(node.get("/api/health").status, 200);
  const auto r = node.get("/api/toy/total");
  EXPECT_EQ(r.status, 503) << r.body;
  EXPECT_NE(r.body.find("http.other_views"), r.body.npos) << r.body;
  EXPECT_FALSE(r.header("retry-after").empty());
}

}  // namespace

TEST(OtherViews, AreNotReadByANodeOfAnotherProgram) {
  const auto url = store::test_server().new_database();
  store::TemporaryDirectory here, there;
  auto earlier = std::make_unique<ToyNode>("1", here.path(), url, engine::toy_rooms());
  std::filesystem::copy(here.path() + "/keys", there.path() + "/keys", std::filesystem::copy_options::recursive);
  ASSERT_EQ(earlier->deposit(1).status, 200);
  auto later = std::make_unique<ToyNode>("2", there.path(), url, engine::later_rooms());
  expect_shows_nothing(*later);
  EXPECT_EQ(later->deposit(2).status, 200) << "what writes goes to the one that leads";
  EXPECT_EQ(earlier->get("/health/ready").status, 200);
  ASSERT_TRUE(within_ten_seconds([&] { return earlier->get("/api/toy/total").body == "3"; }));
  // The change: whoever leads next has its own views in use.
  ASSERT_TRUE(within_ten_seconds([&] { return later->engine().standing().prepared; }));
  earlier.reset();
  ASSERT_TRUE(within_ten_seconds([&] { return later->get("/health/ready").status == 200; }));
  EXPECT_EQ(later->get("/api/toy/total").body, "3");
  // And an earlier program that comes back stands where the later one stood.
  earlier = std::make_unique<ToyNode>("1", here.path(), url, engine::toy_rooms());
  expect_shows_nothing(*earlier);
  EXPECT_EQ(earlier->deposit(4).status, 200);
  ASSERT_TRUE(within_ten_seconds([&] { return later->get("/api/toy/total").body == "7"; }));
}

}  // namespace yi::app::test
