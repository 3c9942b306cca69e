// The database's server is killed under load: what was acknowledged is there once, and the lane goes on by itself.
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "base/clock.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "engine/toy_room_test.h"
#include "store/store_ground.h"
#include "store/verify.h"

using namespace yi;
using namespace yi::engine;

namespace {

constexpr CentreCode kCentre{510000};

// A clerk's page: gives a command again under its id until it is answered.
class Clerk {
 public:
  Clerk(Engine& e, unsigned seed) : engine_(e), random_(seed) {}
  void work(const std::atomic<bool>& stop) {
    while (!stop) {
      const int account = static_cast<int>(random_() % 50), amount = static_cast<int>(random_() % 40);
      const auto body = "{\"account\":" + std::to_string(account) + ",\"amount\":" + std::to_string(amount) + "}";
      const auto id = new_command_id();
      for (;;) {
        const auto a = give(id, body);
        if (a.ok()) {
          sums[account] += amount;
          ++done;
          break;
        }
        ASSERT_EQ(a.error().status, 503) << a.error().sentence;
        ++unanswered;
        std::this_thread::yield();
      }
    }
  }
  std::map<int, std::int64_t> sums;
  int done = 0, unanswered = 0;

 private:
  Result<Answer> give(store::CommandId id, const std::string& body) {
    std::promise<Result<Answer>> p;
    auto f = p.get_future();
    engine_.submit({id, digest_of("toy.deposit", body), {"t", "operator"}, engine_.registry().find_command("toy.deposit")->parse(body).value(), {},
                    waiter([&](Result<Answer> r) { p.set_value(std::move(r)); }), 256});
    return f.get();
  }
  Engine& engine_;
  std::mt19937 random_;
};

}  // namespace

TEST(ServerLoss, WhatWasAcknowledgedIsThereOnce) {
  store::PostgresServer server;
  store::TemporaryDirectory dir;
  const store::Place place{dir.path(), server.new_database()};
  EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  std::map<int, std::int64_t> sums;
  std::int64_t done = 0;
  {
    auto engine = Engine::open(place, toy_rooms(), o).value();
    std::atomic<bool> stop = false;
    std::vector<std::unique_ptr<Clerk>> clerks;
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < 8; ++i) {
      clerks.push_back(std::make_unique<Clerk>(*engine, i));
      threads.emplace_back([&, i] { clerks[i]->work(stop); });
    }
    const auto reach = [&](std::int64_t position) {
      while (engine->position() < position) std::this_thread::yield();
    };
    reach(200);
    for (int kill = 0; kill < 2; ++kill) {
      server.kill();
      server.start();
      const auto again = monotonic_ns();
      reach(engine->position() + 200);
      EXPECT_LT(monotonic_ns() - again, 5'000'000'000) << "it recovers by itself";
    }
    stop = true;
    for (auto& t : threads) t.join();
    int unanswered = 0;
    for (const auto& c : clerks) {
      for (const auto& [account, sum] : c->sums) sums[account] += sum;
      done += c->done;
      unanswered += c->unanswered;
    }
    EXPECT_GT(unanswered, 0);
    EXPECT_EQ(engine->position(), done);
    ASSERT_TRUE(engine->wait_followed(engine->position(), std::chrono::seconds(5)));
    std::int64_t all = 0;
    for (const auto& [account, sum] : sums) all += sum;
    EXPECT_EQ(engine->reader()->select("SELECT total FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), all);
  }
  auto s = store::open(place, store::Mode::write).value();
  auto& w = s->writer();
  std::map<int, std::int64_t> table;
  auto c = w.reader().select("SELECT account, balance FROM toy_account WHERE centre=$1", {kCentre.value});
  while (c->next()) table[static_cast<int>(c->integer(0))] = c->integer(1);
  EXPECT_EQ(table, sums);
  const auto checked = store::verify(w.reader(), kCentre);
  EXPECT_FALSE(checked.broken) << *checked.broken;
  EXPECT_EQ(checked.events, done);
  const auto rebuilt = rebuild(w, toy_rooms(), kCentre, {});
  for (const auto& v : rebuilt.views) EXPECT_FALSE(v.difference) << *v.difference;
}

TEST(ServerLoss, AReportIsNotCountedTwiceWhenItsCommitWasNotAnswered) {
  auto& server = store::test_server();
  store::TemporaryDirectory dir;
  const store::Place place{dir.path(), server.new_database()};
  const auto database = place.url.substr(place.url.rfind('/') + 1);
  EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  auto engine = Engine::open(place, toy_rooms(), o).value();
  std::int64_t sum = 0;
  for (int i = 1; i <= 30; ++i) {
    const auto body = "{\"account\":1,\"amount\":" + std::to_string(i) + "}";
    while (!engine->run("toy.deposit", body, {"t", "operator"}).ok()) std::this_thread::yield();
    // Sometimes in the middle of what the lane does by itself.
    if (i % 3 == 0) server.sql(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='" + database + "' AND pid<>pg_backend_pid()");
    sum = engine->reader()->select("SELECT balance FROM toy_account WHERE centre=$1", {kCentre.value})->next_integer();
  }
  EXPECT_GE(sum, 465);  // a command whose answer was lost was given anew here, under another id
  while (!engine->run("toy.deposit", R"({"account":2,"amount":0})", {"t", "operator"}).ok()) std::this_thread::yield();
  ASSERT_TRUE(engine->wait_followed(engine->position(), std::chrono::seconds(5)));
  auto reader = engine->reader();
  EXPECT_EQ(reader->select("SELECT total FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(),
            reader->select("SELECT SUM(balance) FROM toy_account WHERE centre=$1", {kCentre.value})->next_integer());
}
