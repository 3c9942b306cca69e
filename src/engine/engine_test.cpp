#include "engine/engine.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <future>
#include <mutex>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include "engine/rebuild.h"
#include "engine/toy_room_test.h"
#include "store/store_ground.h"
#include "store/verify.h"

using namespace yi;
using namespace yi::engine;
using store::TemporaryDirectory;

namespace {
EngineOptions options() {
  EngineOptions o;
  o.centre = {510000};
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  return o;
}
std::unique_ptr<Engine> open(const store::Place& place, EngineOptions o = options()) {
  auto e = Engine::open(place, toy_rooms(), o);
  EXPECT_TRUE(e.ok()) << e.error().sentence;
  return std::move(e).value();
}
std::string deposit(int account, std::int64_t amount) {
  return "{\"account\":" + std::to_string(account) + ",\"amount\":" + std::to_string(amount) + "}";
}
Result<Answer> give(Engine& e, store::CommandId id, const std::string& body) {
  std::promise<Result<Answer>> p;
  auto f = p.get_future();
  const auto* spec = e.registry().find_command("toy.deposit");
  e.submit({id, digest_of("toy.deposit", body, "t"), {"t", "operator"}, spec->parse(body).value(), {},
            waiter([&](Result<Answer> r) { p.set_value(std::move(r)); }), 256});
  return f.get();
}
std::int64_t one(Engine& e, const std::string& sql) {
  auto r = e.reader();
  return r->select(sql, {})->next_integer();
}
const Actor kActor{"t", "operator"};
class EngineOn : public testing::TestWithParam<store::Database> {};
YI_ON_BOTH_DATABASES(EngineOn);
}  // namespace

TEST_P(EngineOn, ACommandCountsOnceHoweverOftenItComes) {
  store::Ground dir{GetParam()};
  const auto id = new_command_id();
  std::string first;
  {
    auto e = open(dir.place());
    auto a = give(*e, id, deposit(1, 5));
    ASSERT_TRUE(a.ok());
    first = a->json;
    EXPECT_FALSE(a->repeated);
    auto again = give(*e, id, deposit(1, 5));
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->json, first);
    auto other = give(*e, id, deposit(1, 6));
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().code, "engine.command_id_conflict");
  }
  auto e = open(dir.place());
  auto again = give(*e, id, deposit(1, 5));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->json, first);
  ASSERT_TRUE(e->wait_followed(1, std::chrono::seconds(5)));
  EXPECT_EQ(one(*e, "SELECT total FROM toy_total"), 5);
}

TEST_P(EngineOn, ARefusalLeavesNothingAndMayBeDecidedAnew) {
  store::Ground dir{GetParam()};
  auto e = open(dir.place());
  const auto id = new_command_id();
  auto r = give(*e, id, deposit(1, -5));
  ASSERT_FALSE(r.ok());
  EXPECT_EQ(r.error().code, "toy.overdrawn");
  EXPECT_EQ(e->position(), 0);
  ASSERT_TRUE(e->run("toy.deposit", deposit(1, 10), kActor).ok());
  ASSERT_TRUE(give(*e, id, deposit(1, -5)).ok());
  EXPECT_EQ(e->position(), 2);
  EXPECT_EQ(e->run("toy.deposit", R"({"account":1})", kActor).error().code, "base.missing_field");
}

// 16 threads, few accounts, room for 10 states: the ledger, the guards, the reports and a rebuild all agree with a
// plain sum of what was acknowledged.
TEST_P(EngineOn, ConcurrentCommandsAddUpInBoundedMemory) {
  store::Ground dir{GetParam()};
  auto o = options();
  o.state_cache_bytes = 3'000;
  std::map<int, std::int64_t> model;
  {
    auto e = open(dir.place(), o);
    std::mutex m;
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t)
      threads.emplace_back([&, t] {
        std::mt19937 random(static_cast<unsigned>(t));
        for (int i = 0; i < 150; ++i) {
          const int account = static_cast<int>(random() % 200), amount = static_cast<int>(random() % 40) - 10;
          const auto id = new_command_id();
          auto a = give(*e, id, deposit(account, amount));
          if (random() % 10 == 0) {
            auto b = give(*e, id, deposit(account, amount));
            if (a.ok()) {
              ASSERT_EQ(b->json, a->json);
            } else if (b.ok()) {  // a refusal may be decided anew
              a = std::move(b);
            }
          }
          if (!a.ok()) continue;
          std::lock_guard lock(m);
          model[account] += amount;
        }
      });
    for (auto& t : threads) t.join();
    ASSERT_TRUE(e->wait_followed(e->position(), std::chrono::seconds(5)));
    auto r = e->reader();
    auto c = r->select("SELECT account, balance FROM toy_account ORDER BY account", {});
    std::map<int, std::int64_t> table;
    while (c->next()) table[static_cast<int>(c->integer(0))] = c->integer(1);
    EXPECT_EQ(table, model);
    std::int64_t sum = 0;
    for (auto& [k, v] : model) sum += v;
    EXPECT_EQ(one(*e, "SELECT total FROM toy_total"), sum);
    EXPECT_LE(static_cast<ToyGuard&>(*e->registry().guards[0]).entries(), 12u + 16u);
  }
  auto s = store::open(dir.place(), store::Mode::write);
  EXPECT_FALSE(store::verify(s.value()->writer().reader(), {510000}).broken);
  auto rebuilt = rebuild(s.value()->writer(), toy_rooms(), {510000}, {});
  EXPECT_TRUE(rebuilt.swapped);
  for (auto& v : rebuilt.views) EXPECT_FALSE(v.difference) << *v.difference;

  // A row that somebody changed by hand is named, and the old views stay until they are told otherwise.
  auto& w = s.value()->writer();
  w.begin();
  w.change(ToyState::view(), "toy_account", {{510000, 7, 999'999}});
  w.commit();
  rebuilt = rebuild(w, toy_rooms(), {510000}, {});
  EXPECT_FALSE(rebuilt.swapped);
  std::string named;
  for (auto& v : rebuilt.views) named += v.difference.value_or("");
  EXPECT_NE(named.find("account=7"), named.npos) << named;
  EXPECT_NE(named.find("999999"), named.npos) << named;
  rebuilt = rebuild(w, toy_rooms(), {510000}, {.swap_on_difference = true});
  EXPECT_TRUE(rebuilt.swapped);
  EXPECT_TRUE(rebuild(w, toy_rooms(), {510000}, {}).swapped);
}

TEST_P(EngineOn, AViewOfAnotherVersionIsRebuiltAtTheStart) {
  store::Ground dir{GetParam()};
  {
    auto e = open(dir.place());
    ASSERT_TRUE(e->run("toy.deposit", deposit(3, 8), kActor).ok());
  }
  {
    auto s = store::open(dir.place(), store::Mode::write);
    auto& w = s.value()->writer();
    w.begin();
    w.change(followed_view(), "engine_followed", {{510000, "toy_account", 0, 99}});
    w.change(ToyState::view(), "toy_account", {{510000, 3, 1}});
    w.commit();
  }
  auto e = open(dir.place());
  EXPECT_EQ(one(*e, "SELECT balance FROM toy_account"), 8);
}

TEST_P(EngineOn, APinnedClockResumesAndNeverGoesBack) {
  store::Ground dir{GetParam()};
  const auto as_of = at(CivilDay::of(2024, 6, 24), 9, 0);
  {
    auto e = open(dir.place());
    ASSERT_TRUE(e->run("toy.deposit", deposit(1, 1), kActor, at(CivilDay::of(2024, 6, 17), 9, 0)).ok());
    ASSERT_TRUE(e->run("toy.deposit", deposit(1, 1), kActor, at(CivilDay::of(2024, 6, 25), 9, 0)).ok());
    ASSERT_TRUE(e->run("toy.deposit", deposit(1, 1), kActor, at(CivilDay::of(2024, 6, 18), 9, 0)).ok());
  }
  auto o = options();
  o.clock_if_new = {};  // only a new directory takes it
  auto e = open(dir.place(), o);
  EXPECT_TRUE(e->clock().pinned());
  const auto now = e->clock().now();
  EXPECT_GE(now, at(CivilDay::of(2024, 6, 25), 9, 0));
  EXPECT_LT(now, at(CivilDay::of(2024, 6, 25), 9, 10));
  EXPECT_GT(now, as_of);
  std::vector<std::int64_t> times;
  e->reader()->events({510000}, 1, 9, [&](const store::LedgerRow& row) {
    store::Record r;
    EXPECT_TRUE(store::decode(row.record, r));
    times.push_back(r.recorded_at.ms);
    return true;
  });
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
  EXPECT_EQ(times.size(), 3u);
}

// The disk fills up: commands are refused, what was acknowledged stays, and it goes on when space returns.
TEST(Engine, AFullDiskRefusesAndRecovers) {
  TemporaryDirectory dir;
  auto e = open(dir.path());
  ASSERT_TRUE(e->run("toy.deposit", deposit(1, 10), kActor).ok());
  std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit old {};
  getrlimit(RLIMIT_FSIZE, &old);
  struct rlimit full = old;
  full.rlim_cur = std::filesystem::file_size(dir.path() + "/yichuang.db-wal");
  setrlimit(RLIMIT_FSIZE, &full);
  auto refused = e->run("toy.deposit", deposit(1, 1), kActor);
  setrlimit(RLIMIT_FSIZE, &old);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "engine.storage_unavailable");
  EXPECT_EQ(refused.error().status, 503);
  ASSERT_TRUE(e->run("toy.deposit", deposit(1, 2), kActor).ok());
  EXPECT_EQ(e->position(), 2);
  ASSERT_TRUE(e->wait_followed(2, std::chrono::seconds(5)));
  EXPECT_EQ(one(*e, "SELECT total FROM toy_total"), 12);
  EXPECT_EQ(one(*e, "SELECT balance FROM toy_account"), 12);
  EXPECT_FALSE(store::verify(*e->reader(), {510000}).broken);
}

// A defect of ours in a rule or a report must not stop the counter.
TEST_P(EngineOn, ADefectStopsNobodyElse) {
  store::Ground dir{GetParam()};
  auto e = open(dir.place());
  ASSERT_TRUE(e->run("toy.deposit", deposit(1, 10), kActor).ok());
  EXPECT_EQ(e->run("toy.deposit", deposit(1, kThrows), kActor).error().code, "engine.internal_error");
  ASSERT_TRUE(e->run("toy.deposit", deposit(1, kBreaksReport), kActor).ok());
  ASSERT_TRUE(e->run("toy.deposit", deposit(1, 1), kActor).ok());
  ASSERT_TRUE(e->wait_followed(3, std::chrono::seconds(5)));
  EXPECT_EQ(one(*e, "SELECT balance FROM toy_account"), 10 + kBreaksReport + 1);
  EXPECT_EQ(one(*e, "SELECT total FROM toy_total"), 10);
}

// A group asks for all that its commands named, before the first turn.
TEST_P(EngineOn, WhatAGroupLooksForIsReadAheadAndARowThatDoesNotReadIsItsOwnCommands) {
  store::Ground dir{GetParam()};
  {
    auto e = open(dir.place());
    for (int account = 1; account <= 5; ++account) ASSERT_TRUE(give(*e, new_command_id(), deposit(account, account == 5 ? kDoesNotRead : 10 * account)).ok());
  }
  auto e = open(dir.place());  // nothing is in memory
  ToyGuard::most_ahead = 0;
  std::promise<void> started, go;
  Submission waits;
  waits.id = new_command_id();
  waits.actor = kActor;
  waits.act = Act([&, released = go.get_future().share()](Turn&) -> Checked {
    started.set_value();
    released.wait();
    return Refusal{"toy.overdrawn", "", "", 422, ""};
  });
  waits.waiter = waiter([](Result<Answer>) {});
  e->submit(std::move(waits));
  started.get_future().wait();
  std::vector<std::future<Result<Answer>>> answers;  // of one group: an account that is there, one that is not, and one twice
  std::vector<std::promise<Result<Answer>>> promises(8);
  const int accounts[] = {1, 2, 3, 4, 5, 9, 1, 9};
  for (std::size_t i = 0; i < promises.size(); ++i) {
    answers.push_back(promises[i].get_future());
    const auto body = deposit(accounts[i], accounts[i] == 1 ? -10 : 1);  // the second of account 1 finds it empty
    e->submit({new_command_id(), digest_of("toy.deposit", body, "t"), kActor, e->registry().find_command("toy.deposit")->parse(body).value(), {},
               waiter([&p = promises[i]](Result<Answer> r) { p.set_value(std::move(r)); }), 256});
  }
  go.set_value();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto a = answers[i].get();
    EXPECT_EQ(a.ok(), i != 4 && i != 6) << i;
    if (i == 4) { EXPECT_EQ(a.error().status, 500); }
    if (i == 6) { EXPECT_EQ(a.error().code, "toy.overdrawn"); }
  }
  EXPECT_EQ(ToyGuard::most_ahead, 8u) << "told before the first turn";
  EXPECT_EQ(one(*e, "SELECT balance FROM toy_account WHERE account=9"), 2);
  EXPECT_EQ(one(*e, "SELECT balance FROM toy_account WHERE account=4"), 41);
}

// Timers that stop after a group of theirs was stored: what was stored stays, and the ledger goes on behind it.
TEST_P(EngineOn, TimersThatStopHalfWayLeaveTheLedgerWhole) {
  store::Ground dir{GetParam()};
  auto calls = std::make_shared<int>(0);
  const auto rooms = [calls] {
    auto r = toy_rooms()();
    r.timers.push_back([calls](Turn& turn) -> bool {
      if (++*calls == 2) throw std::logic_error("a defect in a timer");
      turn.fact("toy:1", ToyDeposited{1, 100});
      return true;
    });
    return r;
  };
  {
    auto e = Engine::open(dir.place(), rooms, options()).value();
    ASSERT_TRUE(e->run("toy.deposit", deposit(1, 10), kActor).ok());
    ASSERT_TRUE(e->run("toy.deposit", deposit(1, 1), kActor).ok());
    EXPECT_EQ(e->position(), 3);
    EXPECT_EQ(one(*e, "SELECT balance FROM toy_account"), 111);
  }
  EXPECT_EQ(*calls, 2);
  auto e = open(dir.place());
  EXPECT_FALSE(store::verify(*e->reader(), {510000}).broken);
}

// A defect that passes (a paper that could not be made) must not cost a day of what the day brings.
TEST_P(EngineOn, ATimerThatThrowsIsTriedAgainAMinuteLaterAndTheOthersRun) {
  store::Ground dir{GetParam()};
  auto tried = std::make_shared<int>(0), others = std::make_shared<int>(0);
  const auto begin = at(CivilDay::of(2024, 6, 25), 10, 0);
  const auto rooms = [tried, others, day = civil_day(begin)] {
    auto r = toy_rooms()();
    auto* guard = static_cast<ToyGuard*>(r.guards.front().get());
    r.timers.push_back([tried, guard, day](Turn& turn) -> bool {
      if (civil_day(turn.now()) != day) return false;
      if (++*tried <= 2) throw std::logic_error("a defect in a timer");
      if (!guard->find(7)) turn.fact("toy:7", ToyDeposited{7, 100});
      return false;
    });
    r.timers.push_back([others, day](Turn& turn) {
      *others += civil_day(turn.now()) == day;
      return false;
    });
    return r;
  };
  auto e = Engine::open(dir.place(), rooms, options()).value();
  for (const auto& [seconds, times] : {std::pair{0, 1}, {1, 1}, {59, 1}, {60, 2}, {61, 2}, {119, 2}, {120, 3}, {240, 3}}) {
    ASSERT_TRUE(e->run("toy.deposit", deposit(1, 1), kActor, begin + seconds * 1'000).ok()) << "the hall goes on";
    EXPECT_EQ(*tried, times) << "after " << seconds << " s";
    EXPECT_EQ(*others, times);
  }
  EXPECT_EQ(one(*e, "SELECT balance FROM toy_account WHERE account=7"), 100);
  EXPECT_EQ(e->position(), 9);
}

TEST(Engine, CommandIdsAreUuids) {
  EXPECT_FALSE(parse_command_id("").ok());
  EXPECT_FALSE(parse_command_id("0190f5fe-7c00-7a1b-8c2d-0123456789aX").ok());
  EXPECT_FALSE(parse_command_id("0190f5fe-7c00-7a1b-8c2d-0123456789abc").ok());
  auto id = parse_command_id("0190f5fe-7c00-7a1b-8c2d-0123456789AB");
  ASSERT_TRUE(id.ok());
  EXPECT_EQ((*id)[0], 0x01);
  EXPECT_EQ((*id)[15], 0xAB);
  EXPECT_NE(new_command_id(), new_command_id());
}
