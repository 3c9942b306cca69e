// Two nodes on one database: one leads at a time, and nothing is lost or done twice when that changes (docs/decisions/0020).
#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <sstream>
#include <thread>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "base/clock.h"
#include "engine/command_doors.h"
#include "engine/engine.h"
#include "engine/feed.h"
#include "engine/prepared_views.h"
#include "engine/rebuild.h"
#include "engine/toy_room_test.h"
#include "store/store_ground.h"
#include "store/tcp_gate.h"
#include "store/verify.h"
#include "store/year_parts.h"

using namespace yi;
using namespace yi::engine;
using std::chrono::milliseconds;
using Way = store::TcpGate::Way;

namespace {

constexpr CentreCode kCentre{510000};
const Actor kClerk{"t", "operator"};
const Instant kMorning = at(CivilDay::of(2024, 6, 24), 9, 0);

// The toy room, and what it does by itself once a day: a deposit to an account named by the day.
RegistryFactory rooms_of_a_day() {
  return [] {
    Registry r = toy_rooms()();
    auto* guard = static_cast<ToyGuard*>(r.guards.front().get());
    r.timers.push_back([guard](Turn& turn) {
      const auto day = civil_day(turn.now());
      const std::int64_t account = day.year() * 10'000 + day.month() * 100 + day.day();
      if (!guard->find(account)) turn.fact("toy:" + std::to_string(account), ToyDeposited{account, 1});
      return false;
    });
    return r;
  };
}

template <class F>
bool within(milliseconds at_most, F f) {
  const auto until = monotonic_ns() + at_most.count() * 1'000'000;
  while (!f()) {
    if (monotonic_ns() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

// What is logged while it lives; to be read when nobody logs any more.
class Logged {
 public:
  Logged() : before_(spdlog::default_logger()) {
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_)));
  }
  ~Logged() { spdlog::set_default_logger(before_); }
  Logged(const Logged&) = delete;
  Logged& operator=(const Logged&) = delete;
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::shared_ptr<spdlog::logger> before_;
};

// A database, a gate before it for each node that wants one, and nodes with directories of their own and the same keys.
class TwoNodes : public ::testing::Test {
 protected:
  struct Place {
    store::TemporaryDirectory directory;
    std::string url;
  };
  std::string through(store::TcpGate& gate) const {
    auto url = direct_;
    const auto port = ":" + std::to_string(server_.port()) + "/";
    return url.replace(url.find(port), port.size(), ":" + std::to_string(gate.port()) + "/");
  }
  std::unique_ptr<Engine> open(const std::string& name, const std::string& url, Instant from = kMorning, RegistryFactory rooms = toy_rooms(), bool listens = true,
                               std::function<void()> before_term = {}) {
    auto& dir = directories_[name];
    if (!dir) {
      dir = std::make_unique<store::TemporaryDirectory>();
      if (!keys_.empty()) std::filesystem::copy(keys_, dir->path() + "/keys", std::filesystem::copy_options::recursive);
    }
    EngineOptions o;
    o.centre = kCentre;
    o.clock_if_new = {true, from};
    o.node = {name, "127.0.0.1:" + name, "1", listens};
    o.before_term = std::move(before_term);
    auto engine = Engine::open({dir->path(), url}, std::move(rooms), o);
    EXPECT_TRUE(engine.ok()) << engine.error().code << engine.error().sentence;
    if (keys_.empty()) keys_ = dir->path() + "/keys";
    return std::move(engine).value();
  }
  static Result<Answer> deposit(Engine& e, std::int64_t account, std::int64_t amount, store::CommandId id = new_command_id()) {
    const auto body = "{\"account\":" + std::to_string(account) + ",\"amount\":" + std::to_string(amount) + "}";
    auto act = e.parse("toy.deposit", body);
    if (!act) return act.error();
    std::promise<Result<Answer>> p;
    auto f = p.get_future();
    e.submit({id, digest_of("toy.deposit", body, "t"), kClerk, std::move(act).value(), {}, waiter([&](Result<Answer> r) { p.set_value(std::move(r)); }), 256});
    return f.get();
  }
  static bool leads(Engine& e) { return e.standing().role == Role::leading; }
  static std::int64_t total(Engine& e) { return e.reader()->select("SELECT total FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(); }
  // The chain holds, the views are what the ledger says, and time never goes back. All nodes are closed.
  void expect_whole(std::int64_t facts, const RegistryFactory& rooms = toy_rooms()) {
    auto s = store::open({directories_.begin()->second->path(), direct_}, store::Mode::write);
    ASSERT_TRUE(s.ok()) << s.error().sentence;
    auto& w = (*s)->writer();
    const auto checked = store::verify(w.reader(), kCentre);
    EXPECT_FALSE(checked.broken) << *checked.broken;
    EXPECT_EQ(checked.events, facts);
    Instant last{};
    w.reader().events(kCentre, 1, facts, [&](const store::LedgerRow& row) {
      store::Record r;
      EXPECT_TRUE(store::decode(row.record, r));
      EXPECT_GE(r.recorded_at, last);
      last = r.recorded_at;
      return true;
    });
    const auto rebuilt = rebuild(w, rooms, kCentre, {});
    for (const auto& v : rebuilt.views) EXPECT_FALSE(v.difference) << *v.difference;
  }
  store::PostgresServer& server_ = store::test_server();
  const std::string direct_ = server_.new_database();
  std::map<std::string, std::unique_ptr<store::TemporaryDirectory>> directories_;
  std::string keys_;
};

}  // namespace

TEST_F(TwoNodes, OneLeadsAndTheOtherFollowsUntilItEndsInOrder) {
  auto a = open("1", direct_);
  auto b = open("2", direct_);
  EXPECT_TRUE(leads(*a));
  EXPECT_EQ(b->standing().role, Role::following);
  EXPECT_EQ(b->standing().leader, "1");
  EXPECT_EQ(b->standing().leader_address, "127.0.0.1:1");
  const auto first = deposit(*a, 1, 5);
  ASSERT_TRUE(first.ok());
  // Whoever follows has what was written, and refuses to write.
  EXPECT_TRUE(b->wait_position(first->position, milliseconds(2'000)));
  EXPECT_TRUE(b->wait_followed(first->position, milliseconds(2'000)));
  EXPECT_EQ(total(*b), 5);
  EXPECT_GE(b->clock().now(), Instant{a->reader()->head(kCentre).recorded_at});
  EXPECT_EQ(deposit(*b, 1, 5).error().code, "engine.not_leading");
  const auto ended = monotonic_ns();
  a.reset();
  ASSERT_TRUE(within(milliseconds(5'000), [&] { return leads(*b); }));
  EXPECT_LT(monotonic_ns() - ended, 1'000'000'000) << "a lease that is given back is taken at once";
  EXPECT_EQ(deposit(*b, 1, -6).error().code, "toy.overdrawn") << "the guard knows the balance";
  EXPECT_TRUE(deposit(*b, 1, -5).ok());
  b.reset();
  expect_whole(2);
}

TEST_F(TwoNodes, ALeaseMovesWithinThreeSecondsOfSilenceAndTheSlowHolderWritesNothingMore) {
  store::TcpGate gate(server_.port());
  auto a = open("1", through(gate));
  auto b = open("2", direct_);
  ASSERT_TRUE(deposit(*a, 1, 10).ok());
  auto of_the_old_term = a->parse("toy.deposit", R"({"account":1,"amount":1})");
  ASSERT_TRUE(of_the_old_term.ok());
  gate.set(Way::held);
  const auto silent = monotonic_ns();
  // A command that is under way when the way is shut: nobody knows, and nobody is told that it is done.
  const auto id = new_command_id();
  auto under_way = std::async(std::launch::async, [&] { return deposit(*a, 1, 100, id); });
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*b); }));
  EXPECT_LT(monotonic_ns() - silent, 3'000'000'000);
  ASSERT_TRUE(deposit(*b, 1, 1'000).ok());
  gate.set(Way::open);  // what the slow one had sent may arrive now
  const auto answer = under_way.get();
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().status, 503);
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return a->standing().role == Role::following; }));
  EXPECT_EQ(a->standing().leader, "2");
  // Given again to whoever leads, it is done once.
  const auto again = deposit(*b, 1, 100, id);
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->repeated) << "nothing of it had been stored";
  ASSERT_TRUE(a->wait_followed(again->position, milliseconds(5'000)));
  EXPECT_EQ(total(*a), 1'110);
  // And back again: the first node's new term knows what the other's did.
  b.reset();
  ASSERT_TRUE(within(milliseconds(5'000), [&] { return leads(*a); }));
  std::promise<Result<Answer>> p;
  a->submit({new_command_id(), {}, kClerk, of_the_old_term.value(), {}, waiter([&](Result<Answer> r) { p.set_value(std::move(r)); }), 256});
  const auto stale = p.get_future().get();
  ASSERT_FALSE(stale.ok());
  EXPECT_EQ(stale.error().code, "engine.not_leading") << "it would have decided by the states of another term";
  EXPECT_TRUE(deposit(*a, 1, -1'110).ok());
  a.reset();
  expect_whole(4);
}

TEST_F(TwoNodes, AnOvertakenWriterChangesNothingNotEvenAReport) {
  open("1", direct_).reset();
  const auto place = store::Place{directories_["1"]->path(), direct_};
  auto slow = store::open(place, store::Mode::node).value(), quick = store::open(place, store::Mode::node).value();
  auto& w = slow->writer();
  w.set_term(kCentre, w.claim(kCentre).epoch);
  const ToyTotal total;
  const auto add_one = [&] {
    w.begin();
    w.change(total.view(), total.view().name, {{kCentre.value, 1}});
    w.commit();
  };
  add_one();
  quick->writer().claim(kCentre);
  const auto fails = [&](auto act) {
    try {
      act();
    } catch (const store::Failure& f) {
      w.rollback();
      return f.kind == store::FailureKind::stale;
    }
    return false;
  };
  EXPECT_TRUE(fails(add_one));
  EXPECT_TRUE(fails([&] {
    w.begin();
    w.drop_view(total.view().name);
    w.commit();
  }));
  EXPECT_EQ(quick->writer().reader().select("SELECT total FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), 1);
}

TEST_F(TwoNodes, ALostNotificationCostsAMomentAndNothingElse) {
  auto a = open("1", direct_);
  auto deaf = open("2", direct_, kMorning, toy_rooms(), false);
  http::EventStream stream;
  auto heard = std::make_shared<http::EventStream>();
  std::atomic<int> told{0};
  Feed feed(*deaf, [&](const std::vector<RecordedFact>& facts, store::Reader&) {
    told += static_cast<int>(facts.size());
    return std::vector<Told>{};
  });
  ASSERT_TRUE(feed.listen({heard, [](const Told&) { return true; }, [] { return true; }, "t"}, ""));
  for (int i = 1; i <= 3; ++i) {
    const auto done = deposit(*a, 1, 1);
    ASSERT_TRUE(done.ok());
    EXPECT_TRUE(deaf->wait_position(done->position, milliseconds(2'000)));
    EXPECT_TRUE(deaf->wait_followed(done->position, milliseconds(2'000)));
    EXPECT_EQ(total(*deaf), i);
    EXPECT_TRUE(within(milliseconds(3'000), [&] { return told == i; })) << "the feed hears it too";
  }
  EXPECT_FALSE(deaf->wait_position(1'000, milliseconds(300))) << "a position that is not there stays one";
}

TEST_F(TwoNodes, ATimerFiresOnceThoughTheLeadMovesAtMidnight) {
  store::TcpGate gate(server_.port());
  auto a = open("1", through(gate), at(CivilDay::of(2024, 6, 24), 23, 59) + 57'000, rooms_of_a_day());
  auto b = open("2", direct_, kMorning, rooms_of_a_day());
  ASSERT_TRUE(within(milliseconds(5'000), [&] { return a->position() == 1; })) << "the day's deposit";
  gate.set(Way::held);  // silent before midnight, and back after it
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*b) && b->position() == 2; }));
  gate.set(Way::open);
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return a->standing().role == Role::following; }));
  b.reset();
  ASSERT_TRUE(within(milliseconds(5'000), [&] { return leads(*a); }));
  ASSERT_TRUE(deposit(*a, 1, 1).ok()) << "behind the timers of the day";
  EXPECT_EQ(a->position(), 3);
  a.reset();
  expect_whole(3, rooms_of_a_day());
}

TEST_F(TwoNodes, APlaceIsGivenToALaterProgramWithoutAPause) {
  auto old = open("1", direct_);
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(deposit(*old, i % 7, 2).ok());
  auto next = open("2", direct_, kMorning, later_rooms());
  EXPECT_FALSE(next->standing().views_fit) << "it cannot read the earlier program's views";
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return next->standing().prepared; }));
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(deposit(*old, i % 7, 3).ok());
  ASSERT_TRUE(old->wait_followed(60, milliseconds(5'000)));
  EXPECT_EQ(total(*old), 130) << "what is in use is as it was";
  old.reset();
  ASSERT_TRUE(within(milliseconds(5'000), [&] { return leads(*next); }));
  EXPECT_TRUE(next->standing().views_fit);
  EXPECT_EQ(next->reader()->select("SELECT deposits FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), 60);
  EXPECT_EQ(deposit(*next, 0, -1'000).error().code, "toy.overdrawn");
  ASSERT_TRUE(deposit(*next, 0, 1).ok());
  // An earlier program stays out of it, even where nobody leads.
  auto late = open("1", direct_);
  EXPECT_FALSE(late->standing().views_fit);
  next.reset();
  EXPECT_FALSE(within(milliseconds(700), [&] { return leads(*late); }));
  auto again = open("2", direct_, kMorning, later_rooms());
  EXPECT_TRUE(leads(*again)) << "nothing is to be rebuilt";
  EXPECT_TRUE(deposit(*again, 0, 1).ok());
  again.reset();
  late.reset();
  expect_whole(62, later_rooms());
}

TEST_F(TwoNodes, ATermThatCouldNotBeginLeavesTheNodeAsItWas) {
  auto old = open("1", direct_);
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(deposit(*old, i, 2).ok());
  std::atomic<bool> fails{true};
  std::atomic<int> tried{0};
  auto next = open("2", direct_, kMorning, later_rooms(), true, [&] {
    ++tried;
    if (fails) throw std::runtime_error("not yet");
  });
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return next->standing().prepared; }));
  old.reset();
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return tried > 0; }));
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return !next->standing().prepared; })) << "those that were built went with the term";
  old = open("1", direct_);
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*old); })) << "the lease was given back";
  ASSERT_TRUE(deposit(*old, 1, 2).ok());
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return next->standing().prepared; })) << "and are built again, by a writer of no term";
  fails = false;
  old.reset();
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*next); }));
  EXPECT_EQ(next->reader()->select("SELECT deposits FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), 11);
  next.reset();
  expect_whole(11, later_rooms());
}

// A standby that lags holds up each commit. What is built beside the views waits for it, instead of beginning again for ever.
TEST_F(TwoNodes, ViewsThatAreBuiltWaitForAStandbyThatLags) {
  store::PostgresServer server;
  const auto url = server.new_database();
  store::TemporaryDirectory directory;
  EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, kMorning};
  o.node = {"1", "127.0.0.1:1", "1", true};
  {
    auto engine = Engine::open({directory.path(), url}, toy_rooms(), o).value();
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(deposit(*engine, i, 2).ok());
  }
  auto opened = store::open({directory.path(), url}, store::Mode::node).value();
  ViewCopies copies(opened->writer(), later_rooms(), kCentre, nullptr);
  const auto wait_for = [&](const std::string& standby) {
    server.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names='" + standby + "'");
    server.sql("postgres", "SELECT pg_reload_conf()");
  };
  wait_for("late");
  auto folded = std::async(std::launch::async, [&] { return copies.fold_on(); });
  // Longer than a node waits for the answer to a question.
  EXPECT_TRUE(within(milliseconds(20'000), [&] {
    return server.sql("postgres", "SELECT count(*) FROM pg_stat_activity WHERE wait_event='SyncRep' AND clock_timestamp()-query_start > '4.2 s'") == "1" ||
           folded.wait_for(milliseconds(50)) == std::future_status::ready;
  }));
  wait_for("");
  EXPECT_NO_THROW(EXPECT_EQ(folded.get(), 20));
}

TEST_F(TwoNodes, APositionThatANodeIsBehindIsNotCalledWrong) {
  store::TcpGate gate(server_.port());
  auto a = open("1", direct_);
  ASSERT_TRUE(deposit(*a, 1, 1).ok());
  std::promise<void> go_on;
  auto waited_for = go_on.get_future().share();
  auto b = open("2", through(gate), kMorning, toy_rooms(), true, [&] { waited_for.wait(); });
  EXPECT_FALSE(b->standing().beginning);
  a.reset();
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return b->standing().beginning; })) << "it takes long over its term, and says so";
  EXPECT_EQ(b->standing().role, Role::between);
  gate.set(Way::held);  // its lease runs out meanwhile
  a = open("1", direct_);
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*a); }));
  const auto done = deposit(*a, 1, 1);
  ASSERT_TRUE(done.ok());
  gate.set(Way::open);
  http::Request asked;
  asked.query["after_position"] = std::to_string(done->position);
  const auto behind = wait_for_position(*b, asked);
  ASSERT_FALSE(behind.ok());
  EXPECT_EQ(behind.error().code, "engine.reports_behind") << "it is in the ledger";
  EXPECT_EQ(behind.error().status, 503);
  asked.query["after_position"] = std::to_string(done->position + 1);
  EXPECT_EQ(wait_for_position(*b, asked).error().code, "engine.bad_position");
  go_on.set_value();
  EXPECT_TRUE(b->wait_followed(done->position, milliseconds(10'000)));
  EXPECT_FALSE(b->standing().beginning);
}

TEST_F(TwoNodes, ACentreIsNotUpgradedFromUnderAnother) {
  constexpr CentreCode kOther{990000};
  std::map<std::int32_t, std::unique_ptr<store::TemporaryDirectory>> homes;
  const auto begin = [&](CentreCode centre, RegistryFactory rooms) {
    auto& home = homes[centre.value];
    if (!home) home = std::make_unique<store::TemporaryDirectory>();
    EngineOptions o;
    o.centre = centre;
    o.clock_if_new = {true, kMorning};
    o.node = {"n" + std::to_string(centre.value), "127.0.0.1:1", "1", true};
    return Engine::open({home->path(), direct_}, std::move(rooms), o);
  };
  auto other = begin(kOther, toy_rooms()).value();
  ASSERT_TRUE(deposit(*other, 5, 9).ok());
  auto one = begin(kCentre, toy_rooms()).value();
  ASSERT_TRUE(deposit(*one, 1, 3).ok());
  one.reset();
  EXPECT_FALSE(begin(kCentre, later_rooms()).ok()) << "the other's node decides by tables of the earlier version";
  EXPECT_EQ(deposit(*other, 5, -10).error().code, "toy.overdrawn");
  ASSERT_TRUE(deposit(*other, 5, -9).ok()) << "and goes on";
  other.reset();
  one = begin(kCentre, later_rooms()).value();
  EXPECT_EQ(one->reader()->select("SELECT deposits FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), 1);
  one.reset();
  other = begin(kOther, later_rooms()).value();
  EXPECT_EQ(other->reader()->select("SELECT deposits FROM toy_total WHERE centre=$1", {kOther.value})->next_integer(), 2) << "made anew from its ledger";
  EXPECT_EQ(other->reader()->select("SELECT deposits FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), 1) << "beside the first one's";
  EXPECT_EQ(deposit(*other, 5, -1).error().code, "toy.overdrawn");
}

// The standby that is promoted does not know of the last term, and gives a new one to another node, which knows nothing of what was answered. Whoever
// had the last one does not take the new one for it, says what is lost, and does not go on behind it.
TEST_F(TwoNodes, ATermThatAPromotedServerDoesNotKnowIsOver) {
  const Logged logged;
  store::PostgresServer one;
  const auto url = one.new_database();
  store::PostgresServer other(store::PostgresServer::StandbyOf{one});
  store::TcpGate to_one(one.port()), to_other(other.port());
  const auto at_ports = [&](const std::string& ports) {
    auto u = url;
    const auto own = "127.0.0.1:" + std::to_string(one.port()) + "/";
    return u.replace(u.find(own), own.size(), ports + "/");
  };
  const auto both = at_ports("127.0.0.1:" + std::to_string(to_one.port()) + ",127.0.0.1:" + std::to_string(to_other.port()));
  to_other.set(Way::refused);
  auto a = open("1", both);
  ASSERT_TRUE(deposit(*a, 1, 5).ok());
  a.reset();  // the lease is given back, and the standby knows it
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return one.sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn >= pg_current_wal_lsn()") == "1"; }));
  other.stop();
  a = open("1", both);
  ASSERT_TRUE(leads(*a));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(deposit(*a, 1, 100).ok());
  one.kill();
  other.start();
  other.promote();
  auto b = open("2", at_ports("127.0.0.1:" + std::to_string(other.port())));
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*b); }));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(deposit(*b, 2, 7).ok());  // more than the other one had
  to_other.set(Way::open);
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return a->standing().leader == "2"; })) << "it follows";
  EXPECT_EQ(a->standing().role, Role::following);
  EXPECT_EQ(deposit(*a, 1, 1).error().code, "engine.not_leading");
  EXPECT_TRUE(leads(*b));
  ASSERT_TRUE(deposit(*b, 2, 1).ok());
  ASSERT_TRUE(b->wait_followed(7, milliseconds(5'000)));
  EXPECT_EQ(total(*b), 5 + 36) << "nothing is counted twice";
  b.reset();
  EXPECT_FALSE(within(milliseconds(4'000), [&] { return leads(*a); })) << "more facts, and not those that it answered";
  EXPECT_FALSE(deposit(*a, 1, 1).ok());
  a.reset();
  const auto log = logged.text();
  const std::string lost = "the ledger goes on without what was answered: the database has other facts than were answered up to 4";
  ASSERT_NE(log.find("node 1: " + lost), log.npos) << log;
  EXPECT_EQ(log.find(lost, log.find(lost) + 1), log.npos) << "once: " << log;
  EXPECT_NE(log.find("node 1: cannot lead: the database has other facts than were answered up to 4"), log.npos) << log;
  a = open("1", both);  // begun anew, which accepts it
  EXPECT_TRUE(within(milliseconds(10'000), [&] { return leads(*a); }));
}

// What another node added behind it is gone on with.
TEST_F(TwoNodes, WhoLedBeforeGoesOnBehindWhatFollowsFromIt) {
  store::TcpGate gate(server_.port());
  auto a = open("1", through(gate));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(deposit(*a, 1, 5).ok());
  auto b = open("2", direct_);
  gate.set(Way::held);
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*b); }));
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(deposit(*b, 1, 5).ok());
  gate.set(Way::open);
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return a->standing().role == Role::following; }));
  ASSERT_TRUE(deposit(*b, 1, 5).ok());
  b.reset();
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return leads(*a); }));
  ASSERT_TRUE(deposit(*a, 1, 5).ok());
  a.reset();
  expect_whole(9);
}

// A year that was archived is not in the ledger's tables. Views that were made of the rest would have lost it without a word, and its commands
// could be done twice.
TEST_F(TwoNodes, NoViewIsMadeOfALedgerThatAYearIsMissingFrom) {
  const store::TemporaryDirectory home;
  const store::Place place{home.path(), direct_};
  EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, kMorning};
  {
    auto e = Engine::open(place, toy_rooms(), o).value();
    for (const auto& [year, amount] : {std::pair{2024, 5}, {2024, 6}, {2025, 7}, {2026, 8}})
      ASSERT_TRUE(e->run("toy.deposit", R"({"account":1,"amount":)" + std::to_string(amount) + "}", kClerk, at(CivilDay::of(year, 7, 1), 9, 0)).ok());
    ASSERT_TRUE(e->wait_followed(4, milliseconds(5'000)));
  }
  for (const int year : {2024, 2025}) {  // the first of the ledger, and one between others
    SCOPED_TRACE(year);
    const auto first = std::to_string(year == 2024 ? 1 : 3);
    ASSERT_TRUE(store::detach_year(direct_, kCentre, year).ok());
    const auto later = Engine::open(place, later_rooms(), o);
    ASSERT_FALSE(later.ok()) << "an upgrade";
    EXPECT_NE(later.error().sentence.find("缺少第 " + first + " 条记录"), std::string::npos) << later.error().sentence;
    {
      auto s = store::open(place, store::Mode::write).value();
      EXPECT_THROW(rebuild(s->writer(), toy_rooms(), kCentre, {.swap_on_difference = true}), store::Failure) << "a repair";
      EXPECT_THROW(ViewCopies(s->writer(), later_rooms(), kCentre, nullptr).fold_on(), store::Failure) << "beside those in use";
    }
    auto e = Engine::open(place, toy_rooms(), o).value();
    EXPECT_EQ(total(*e), 26) << "what is in use is as it was, and goes on";
    e.reset();
    ASSERT_TRUE(store::attach_year(direct_, kCentre, year).ok());
  }
  auto e = Engine::open(place, later_rooms(), o).value();
  EXPECT_EQ(total(*e), 26);
  EXPECT_EQ(e->reader()->select("SELECT deposits FROM toy_total WHERE centre=$1", {kCentre.value})->next_integer(), 4);
  e.reset();
  // A report that was behind, as a program leaves it that was killed: it does not skip what it has not seen.
  ASSERT_TRUE(store::detach_year(direct_, kCentre, 2025).ok());
  server_.sql(direct_.substr(direct_.rfind('/') + 1), "SET search_path=yichuang; UPDATE engine_followed SET seq=2 WHERE name='toy_total'");
  EXPECT_FALSE(Engine::open(place, later_rooms(), o).ok());
}

TEST_F(TwoNodes, OneThatStandsAloneIsRefusedBesideNodesAndTheyBesideIt) {
  auto a = open("1", direct_);
  store::TemporaryDirectory other;
  EngineOptions alone;
  alone.centre = kCentre;
  EXPECT_EQ(Engine::open({other.path(), direct_}, toy_rooms(), alone).error().code, "store.locked");
  a.reset();
  auto tool = store::open({other.path(), direct_}, store::Mode::write);
  ASSERT_TRUE(tool.ok());
  alone.node.name = "3";
  EXPECT_EQ(Engine::open({other.path(), direct_}, toy_rooms(), alone).error().code, "store.locked");
}
