// The database's server is killed under load: what was acknowledged is there once, and the lane goes on by itself.
#include <atomic>
#include <cstdlib>
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
#include "store/tcp_gate.h"
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
      while (!gone_home_) {
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
  int done = 0;
  std::atomic<int> unanswered = 0;
  void go_home() { gone_home_ = true; }  // with a command unanswered: the test has failed

 private:
  Result<Answer> give(store::CommandId id, const std::string& body) {
    std::promise<Result<Answer>> p;
    auto f = p.get_future();
    engine_.submit({id, digest_of("toy.deposit", body, "t"), {"t", "operator"}, engine_.registry().find_command("toy.deposit")->parse(body).value(), {},
                    waiter([&](Result<Answer> r) { p.set_value(std::move(r)); }), 256});
    return f.get();
  }
  Engine& engine_;
  std::mt19937 random_;
  std::atomic<bool> gone_home_ = false;
};

EngineOptions of_monday() {
  EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  return o;
}

// Eight clerks at work on a store, something that happens to the way to it, and what must hold behind it.
class Hall {
 public:
  explicit Hall(store::Place place) : place_(std::move(place)) {
    engine = Engine::open(place_, toy_rooms(), of_monday()).value();
    for (unsigned i = 0; i < 8; ++i) {
      clerks_.push_back(std::make_unique<Clerk>(*engine, i));
      threads_.emplace_back([this, i] { clerks_[i]->work(stop_); });
    }
    goes_on();
  }
  // Where a test throws while nothing can be stored, nobody may wait for an answer any more.
  ~Hall() {
    for (auto& c : clerks_) c->go_home();
    end();
  }
  // Two hundred more facts, within five seconds.
  void goes_on() {
    const auto start = monotonic_ns(), from = engine->position();
    while (engine->position() < from + 200 && monotonic_ns() - start < 30'000'000'000) std::this_thread::yield();
    EXPECT_LT(monotonic_ns() - start, 5'000'000'000) << "it goes on by itself";
  }
  // Until a clerk is told that nothing can be stored.
  void stands_still() {
    const auto start = monotonic_ns(), before = std::int64_t{unanswered()};
    while (unanswered() == before && monotonic_ns() - start < 30'000'000'000) std::this_thread::yield();
    EXPECT_GT(unanswered(), before);
  }
  int unanswered() const {
    int n = 0;
    for (const auto& c : clerks_) n += c->unanswered;
    return n;
  }
  // Everybody goes home; `at_rest` is where the store can be read without what happened to the way.
  void expect_whole(const store::Place& at_rest) {
    end();
    std::map<int, std::int64_t> sums;
    std::int64_t done = 0, all = 0;
    for (const auto& c : clerks_) {
      for (const auto& [account, sum] : c->sums) {
        sums[account] += sum;
        all += sum;
      }
      done += c->done;
    }
    EXPECT_EQ(engine->position(), done);
    ASSERT_TRUE(engine->wait_followed(engine->position(), std::chrono::seconds(10)));
    EXPECT_EQ(engine->reader()->select("SELECT total FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), all);
    engine.reset();
    auto s = store::open(at_rest, store::Mode::write).value();
    auto& w = s->writer();
    std::map<int, std::int64_t> table;
    {
      auto c = w.reader().select("SELECT account, balance FROM toy_account WHERE centre=$1", {kCentre.value});
      while (c->next()) table[static_cast<int>(c->integer(0))] = c->integer(1);
    }
    EXPECT_EQ(table, sums);
    const auto checked = store::verify(w.reader(), kCentre);
    EXPECT_FALSE(checked.broken) << *checked.broken;
    EXPECT_EQ(checked.events, done);
    const auto rebuilt = rebuild(w, toy_rooms(), kCentre, {});
    for (const auto& v : rebuilt.views) EXPECT_FALSE(v.difference) << *v.difference;
  }
  std::unique_ptr<Engine> engine;

 private:
  void end() {
    stop_ = true;
    for (auto& t : threads_) t.join();
    threads_.clear();
  }
  store::Place place_;
  std::atomic<bool> stop_ = false;
  std::vector<std::unique_ptr<Clerk>> clerks_;
  std::vector<std::thread> threads_;
};

}  // namespace

TEST(ServerLoss, WhatWasAcknowledgedIsThereOnce) {
  store::PostgresServer server;
  store::TemporaryDirectory dir;
  const store::Place place{dir.path(), server.new_database()};
  Hall hall(place);
  const char* const kills = std::getenv("YI_SIM_KILLS");  // ./sim asks for more
  for (int kill = 0; kill < (kills ? std::atoi(kills) : 2); ++kill) {
    server.kill();
    server.start();
    hall.goes_on();
  }
  EXPECT_GT(hall.unanswered(), 0);
  hall.expect_whole(place);
}

TEST(ServerLoss, AWayThatIsShutOrSlowIsSurvived) {
  using Way = store::TcpGate::Way;
  auto& server = store::test_server();
  store::TemporaryDirectory dir;
  const auto direct = server.new_database();
  store::TcpGate gate(server.port());
  auto through = direct;
  const auto port = ":" + std::to_string(server.port()) + "/";
  through.replace(through.find(port), port.size(), ":" + std::to_string(gate.port()) + "/");
  Hall hall({dir.path(), through});
  for (const Way way : {Way::slow, Way::sliced}) {
    gate.set(way);
    const auto from = hall.engine->position(), start = monotonic_ns();
    while (hall.engine->position() < from + 50 && monotonic_ns() - start < 30'000'000'000) std::this_thread::yield();
    EXPECT_GE(hall.engine->position(), from + 50);
  }
  for (const Way way : {Way::cut, Way::refused, Way::held, Way::cut}) {
    gate.set(way);
    hall.stands_still();
    gate.set(Way::open);
    hall.goes_on();
  }
  hall.expect_whole({dir.path(), direct});
}

// A commit that no standby has confirmed is visible on its server once its session has ended. Whoever repeats the command is not told that it
// is stored before a standby has it: the server that alone has it may be lost.
TEST(ServerLoss, WhatNoStandbyHasConfirmedIsNotAnsweredByARepetition) {
  store::PostgresServer server;
  store::TemporaryDirectory dir;
  const auto engine = Engine::open({dir.path(), server.new_database()}, toy_rooms(), of_monday()).value();
  const auto give = [&](store::CommandId id) {
    const std::string body = R"({"account":1,"amount":5})";
    std::promise<Result<Answer>> p;
    auto f = p.get_future();
    engine->submit({id, digest_of("toy.deposit", body, "t"), {"t", "operator"}, engine->parse("toy.deposit", body).value(), {},
                    waiter([&](Result<Answer> r) { p.set_value(std::move(r)); }), 256});
    return f.get();
  };
  const auto wait_for = [&](const std::string& standby) {
    server.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names='" + standby + "'");
    server.sql("postgres", "SELECT pg_reload_conf()");
  };
  ASSERT_TRUE(give(new_command_id()).ok());
  wait_for("away");
  // The server takes the new setting up when it comes to it; what it confirms before is stored as ever.
  auto id = new_command_id();
  std::uint64_t stored = 1;
  for (const auto until = monotonic_ns() + 30'000'000'000; give(id).ok() && monotonic_ns() < until; id = new_command_id()) ++stored;
  for (int i = 0; i < 2; ++i) {
    const auto a = give(id);
    ASSERT_FALSE(a.ok()) << "the " << i << "th repetition";
    EXPECT_EQ(a.error().status, 503);
  }
  wait_for("");
  auto a = give(id);
  for (const auto until = monotonic_ns() + 30'000'000'000; !a.ok() && monotonic_ns() < until; a = give(id)) std::this_thread::yield();
  ASSERT_TRUE(a.ok()) << a.error().sentence;
  EXPECT_EQ(a->position, stored + 1);
  EXPECT_EQ(engine->position(), stored + 1);
  // Nor does a rule see an account as it was before that group.
  ASSERT_TRUE(give(new_command_id()).ok());
  EXPECT_EQ(engine->reader()->select("SELECT balance FROM toy_account WHERE centre=$1", {kCentre.value})->next_integer(), static_cast<std::int64_t>(5 * (stored + 2)));
}

// What lies behind the last answer is taken for a group of one's own that was not answered, if it follows from what was; nothing else is.
TEST(ServerLoss, RecordsThatDoNotFollowFromWhatWasAnsweredAreNotGoneOnWith) {
  auto& server = store::test_server();
  store::TemporaryDirectory dir;
  const store::Place place{dir.path(), server.new_database()};
  const auto database = place.url.substr(place.url.rfind('/') + 1);
  const auto engine = Engine::open(place, toy_rooms(), of_monday()).value();
  const auto give = [&] { return engine->run("toy.deposit", R"({"account":1,"amount":5})", {"t", "operator"}); };
  ASSERT_TRUE(give().ok());
  ASSERT_TRUE(engine->wait_followed(1, std::chrono::seconds(5)));
  // A record more, of the same epoch, and the lane has to ask what is there.
  server.sql(database, "SET search_path=yichuang; INSERT INTO ledger_event SELECT centre, seq+1, mark, record FROM ledger_event WHERE seq=1"
                       "; INSERT INTO ledger_group SELECT centre, number+1, first_seq+1, events, recorded_at, root FROM ledger_group WHERE number=1"
                       "; UPDATE ledger_head SET seq=2, groups=2");
  for (int i = 0; i < 3; ++i) {
    const auto a = give();
    ASSERT_FALSE(a.ok()) << "the " << i << "th time";
    EXPECT_EQ(a.error().status, 503);
  }
  EXPECT_EQ(engine->position(), 1);
  EXPECT_EQ(engine->reader()->select("SELECT total FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), 5) << "nor counted";
  EXPECT_NE(give().error().sentence.find("数据损坏或不完整"), std::string::npos);
}

TEST(ServerLoss, AReportIsNotCountedTwiceWhenItsCommitWasNotAnswered) {
  auto& server = store::test_server();
  store::TemporaryDirectory dir;
  const store::Place place{dir.path(), server.new_database()};
  const auto database = place.url.substr(place.url.rfind('/') + 1);
  auto engine = Engine::open(place, toy_rooms(), of_monday()).value();
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
