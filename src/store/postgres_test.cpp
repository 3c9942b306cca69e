// What is PostgreSQL's alone: what may be in the way of opening, and a server that goes away.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <future>
#include <thread>

#include "base/clock.h"
#include "store/dialect.h"
#include "store/lease.h"
#include "store/postgres_connection.h"
#include "store/postgres_writer.h"
#include "store/store_ground.h"
#include "store/tcp_gate.h"

using namespace yi;
using namespace yi::store;

namespace {

constexpr CentreCode kCentre{990000};

std::string code_of(const std::string& url, Mode mode = Mode::write) {
  auto s = open_postgres(url, mode);
  if (s.ok()) return "";
  EXPECT_FALSE(s.error().sentence.empty() || s.error().next_step.empty());
  return s.error().code;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << text;
  return text.replace(at, from.size(), to);
}

// A store with a head that moves by one fact a commit.
struct Moving {
  explicit Moving(const std::string& url) : store(open_postgres(url, Mode::write).value()), head(store->writer().claim(kCentre)) {}
  Writer& w() { return store->writer(); }
  void write() {
    const HeadRow to{head.seq + 1, head.groups + 1, 0, head.epoch, ""};
    w().begin();
    w().append_event(kCentre, {to.seq, "12345678", "record"});
    w().advance_head(kCentre, head, to);
    w().commit();
    head = to;
  }
  std::optional<FailureKind> try_to_write() {
    try {
      write();
      return std::nullopt;
    } catch (const Failure& f) {
      w().rollback();
      return f.kind;
    }
  }
  std::unique_ptr<Store> store;
  HeadRow head;
};

int backend_of(Reader& r) { return static_cast<int>(r.select("SELECT pg_backend_pid()", {})->next_integer()); }
std::string database_of(const std::string& url) { return url.substr(url.rfind('/') + 1); }

}  // namespace

TEST(Postgres, WhatIsInTheWayIsSaidWithoutThePassword) {
  auto& server = test_server();
  const auto url = server.new_database();
  const auto word = url.substr(url.find(':', 13) + 1, 16);
  EXPECT_EQ(code_of(replaced(url, ":" + std::to_string(server.port()), ":1")), "store.cannot_connect");
  EXPECT_EQ(code_of(replaced(url, word, "wrong")), "store.wrong_password");
  EXPECT_EQ(code_of(replaced(url, ":" + word, "")), "store.wrong_password");
  EXPECT_EQ(code_of(replaced(url, "centre:", "nobody:")), "store.wrong_password");
  EXPECT_EQ(code_of(server.url("no_such")), "store.no_database");
  EXPECT_EQ(code_of(url, Mode::read), "store.missing");
  EXPECT_EQ(server.sql(database_of(url), "SELECT count(*) FROM pg_namespace WHERE nspname='yichuang'"), "0") << "reading makes nothing";
  // A password that was not written as a URL wants it: its pieces end up in the host or the port.
  for (const std::string password : {"open@sesame", "open/sesame", "open%zzsesame", "open:sesame@open", "sesame?open", "open@[sesame", "open#sesame",
      "open sesame"}) {
    const auto wrong = "postgresql://centre:" + password + "@127.0.0.1:1/d";
    const auto refused = open_postgres(wrong, Mode::write).error();
    EXPECT_TRUE(refused.code == "store.bad_url" || refused.code == "store.cannot_connect") << password << ": " << refused.code;
    for (const auto& text : {refused.sentence, refused.next_step, refused.where, label_of(wrong)}) {
      EXPECT_EQ(text.find("sesame"), std::string::npos) << text;
      EXPECT_EQ(text.find("open"), std::string::npos) << text;
    }
  }
  for (const auto& bad : {replaced(url, word, "wrong"), replaced(url, ":" + std::to_string(server.port()), ":1"), server.url("no_such")}) {
    const auto s = open_postgres(bad, Mode::write);
    for (const auto& text : {s.error().sentence, s.error().next_step, s.error().where}) {
      EXPECT_EQ(text.find(word), std::string::npos) << text;
      EXPECT_EQ(text.find("wrong"), std::string::npos) << text;
    }
  }
  EXPECT_EQ(label_of(url), "postgresql://127.0.0.1:" + std::to_string(server.port()) + "/" + database_of(url));
  EXPECT_EQ(code_of("postgresql://127.0.0.1:port/d"), "store.bad_url");
  EXPECT_EQ(code_of("mysql://127.0.0.1/d"), "store.bad_url");
}

// A primary and its standbys in one URL.
TEST(Postgres, OfSeveralHostsTheOneThatTakesCommitsIsFound) {
  auto& server = test_server();
  const auto url = server.new_database(), here = std::to_string(server.port());
  EXPECT_EQ(label_of(std::string("postgresql://u:w@a:5432,b:5433/d")), "postgresql://a:5432,b:5433/d");
  EXPECT_EQ(label_of(std::string("postgresql://u:w@a,b/d")), "postgresql://a,b/d");
  EXPECT_EQ(label_of(std::string("postgresql://u@/d?host=a,b&port=5432")), "postgresql://a:5432,b:5432/d") << "one port stands for every host";
  EXPECT_EQ(code_of(replaced(url, ":" + here + "/", ":1,127.0.0.1:" + here + "/")), "") << "the first one is not there";
  EXPECT_EQ(code_of(replaced(url, ":" + here + "/", ":1,127.0.0.1:1/")), "store.cannot_connect");
  // One that takes connections and says nothing gets its share of the time, not all of it.
  TcpGate silent(server.port());
  silent.set(TcpGate::Way::held);
  const auto both = replaced(url, ":" + here + "/", ":" + std::to_string(silent.port()) + ",127.0.0.1:" + here + "/");
  EXPECT_EQ(code_of(both), "");
  PostgresServer standby(PostgresServer::StandbyOf{server});
  EXPECT_EQ(code_of(standby.url(database_of(url))), "store.standby") << "alone it takes no commits";
  Moving m(replaced(url, ":" + here + "/", ":" + std::to_string(standby.port()) + ",127.0.0.1:" + here + "/"));
  EXPECT_FALSE(m.try_to_write());
}

TEST(Postgres, ASchemaThatIsNotOursOrNotForUsIsRefused) {
  auto& server = test_server();
  const auto theirs = server.new_database();
  server.sql(database_of(theirs), "CREATE SCHEMA yichuang AUTHORIZATION centre");
  EXPECT_EQ(code_of(theirs, Mode::read), "store.missing");
  server.sql(database_of(theirs), "CREATE TABLE yichuang.letters(a int)");
  EXPECT_EQ(code_of(theirs), "store.not_ours");
  EXPECT_EQ(code_of(theirs, Mode::read), "store.not_ours");
  server.sql(database_of(theirs), "DROP TABLE yichuang.letters");
  EXPECT_EQ(code_of(theirs), "") << "an empty schema of the account's may be filled";

  server.sql("postgres", "CREATE DATABASE narrow");
  EXPECT_EQ(code_of(server.url("narrow")), "store.no_rights");
  server.sql("narrow", "CREATE SCHEMA yichuang");  // the superuser's
  server.sql("narrow", "GRANT USAGE ON SCHEMA yichuang TO centre");
  EXPECT_EQ(code_of(server.url("narrow")), "store.no_rights");

  server.sql("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0 OWNER centre");
  EXPECT_EQ(code_of(server.url("latin")), "store.other_encoding");
}

TEST(Postgres, AServerThatMayForgetIsRefused) {
  PostgresServer careless({"fsync=off"});
  EXPECT_EQ(code_of(careless.new_database()), "store.not_durable");
}

TEST(Postgres, WhatIsAcknowledgedIsOnTheDiskWhateverTheSettingsSay) {
  auto& server = test_server();
  const auto url = server.new_database();
  server.sql("postgres", "ALTER DATABASE " + database_of(url) + " SET synchronous_commit=off");
  auto s = open_postgres(url, Mode::write).value();
  auto c = s->writer().reader().select("SELECT current_setting('synchronous_commit')", {});
  ASSERT_TRUE(c->next());
  EXPECT_EQ(c->bytes(0), "on");
}

TEST(Postgres, FailuresHaveTheirKind) {
  auto& server = test_server();
  const auto url = server.new_database();
  Moving m(url);
  m.write();
  m.w().begin();
  m.w().reader().select("SELECT 1", {});
  EXPECT_THROW(m.w().reader().select("SELECT no_such FROM ledger_head", {}), Failure);
  m.w().rollback();
  m.w().begin();
  m.w().reader().select("SET TRANSACTION READ ONLY", {});
  try {
    m.w().put_meta("a", "b");
    m.w().commit();
    FAIL() << "written in a transaction for reading";
  } catch (const Failure& f) {
    EXPECT_EQ(f.kind, FailureKind::read_only);
  }
  m.w().rollback();
  EXPECT_FALSE(m.try_to_write()) << "the next group goes on";
  EXPECT_THROW(m.w().put_meta("a", "b"), std::logic_error) << "outside a transaction";
  EXPECT_FALSE(m.try_to_write());
}

TEST(Postgres, ALostConnectionIsToldApartAndRecoveredFrom) {
  auto& server = test_server();
  const auto url = server.new_database();
  Moving m(url);
  m.write();
  auto reader = m.store->open_reader();
  EXPECT_EQ(reader->head(kCentre).seq, 1);
  server.sql("postgres", "SELECT pg_terminate_backend(" + std::to_string(backend_of(m.w().reader())) + ")");
  server.sql("postgres", "SELECT pg_terminate_backend(" + std::to_string(backend_of(*reader)) + ")");
  EXPECT_EQ(reader->head(kCentre).seq, 1) << "a reader connects again by itself";
  const auto kind = m.try_to_write();
  EXPECT_TRUE(kind == FailureKind::unknown || kind == FailureKind::unreachable) << "nobody knows, or nothing was sent";
  EXPECT_EQ(m.try_to_write(), FailureKind::unreachable) << "until the head was read again";
  m.w().recover();
  m.head = m.w().reader().head(kCentre);
  EXPECT_EQ(m.head.seq, 1);
  EXPECT_FALSE(m.try_to_write());
  EXPECT_EQ(reader->head(kCentre).seq, 2);

  reader->begin_snapshot();
  EXPECT_EQ(reader->head(kCentre).seq, 2);
  server.sql("postgres", "SELECT pg_terminate_backend(" + std::to_string(backend_of(*reader)) + ")");
  EXPECT_THROW(reader->head(kCentre), Failure) << "one state, or none";
  reader->end_snapshot();
  EXPECT_EQ(reader->head(kCentre).seq, 2);
}

// A statement that was planned while its table was small is used while it grows: it must not read all of it.
TEST(Postgres, TheLanesPlansGoByKeysWhateverATableHolds) {
  const View view{"toy_young", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"id", Type::bytes}, {"n", Type::integer}}};
  auto store = open_postgres(test_server().new_database(), Mode::write).value();
  auto& w = store->writer();
  w.begin();
  w.ensure_view(view);
  for (const char* id : {"a", "b", "c"}) w.change(view, view.name, {{kCentre.value, id, 1}});
  w.commit();
  const auto plan = [&](std::string sql) {
    for (const auto& [from, to] : {std::pair("$1::bigint[]", "ARRAY[990000]::bigint[]"), std::pair("$2::bytea[]", "ARRAY['a','b']::bytea[]"), std::pair("\"centre\"=$1", "centre=990000")})
      if (const auto at = sql.find(from); at != sql.npos) sql.replace(at, std::strlen(from), to);
    std::string out;
    auto c = w.reader().select("EXPLAIN " + sql, {});
    while (c->next()) out += std::string(c->bytes(0)) + "\n";
    return out;
  };
  const auto select = kPostgres.select_by_second_key(view, view.name, 2), remove = kPostgres.delete_by_key(view, view.name);
  const auto head = w.claim(kCentre);
  w.set_term(kCentre, head.epoch);
  for (const auto& sql : {select, remove}) {
    const auto p = plan(sql);
    EXPECT_NE(p.find("Nested Loop"), p.npos) << p;
    EXPECT_NE(p.find("Index Cond: ((centre ="), p.npos) << p;
    for (const char* bad : {"Seq Scan", "Hash Join", "Merge Join", "Materialize", "Filter:"}) EXPECT_EQ(p.find(bad), p.npos) << bad << "\n" << p;
  }
}

TEST(Postgres, AStepThatGrowsWithTheLedgerHasNoDeadlineAndTheNextAnswerHasItsAgain) {
  const auto url = test_server().new_database();
  ASSERT_EQ(code_of(url), "");
  auto c = std::make_unique<PostgresConnection>(session_options({"", url}, "test").value());
  c->answer_within = std::chrono::milliseconds(150);
  PostgresWriter w(std::move(c), PostgresWriter::Of::beside);
  constexpr const char* kLong = "SELECT 1::bigint FROM pg_sleep(0.4)";
  {
    const Unhurried patient(w);
    w.begin();
    EXPECT_TRUE(w.reader().select(kLong, {})->next()) << "also within a transaction";
    w.commit();
  }
  EXPECT_THROW(w.reader().select(kLong, {}), Failure);
  w.recover();
  w.begin();
  EXPECT_THROW(w.reader().select(kLong, {}), Failure) << "a new connection, and the same deadline";
  w.rollback();
}

TEST(Postgres, AWriterThatLostItsSessionCannotGoOnBehindAnother) {
  auto& server = test_server();
  const auto url = server.new_database();
  Moving first(url);
  first.write();
  EXPECT_EQ(code_of(url), "store.locked");
  server.sql("postgres", "SELECT pg_terminate_backend(" + std::to_string(backend_of(first.w().reader())) + ")");
  {
    Moving second(url);
    EXPECT_GT(second.head.epoch, first.head.epoch);
    second.write();
    EXPECT_TRUE(first.try_to_write());
    try {
      first.w().recover();
      ADD_FAILURE() << "two write";
    } catch (const Failure& f) {
      EXPECT_EQ(f.kind, FailureKind::busy);
    }
    second.write();
  }
  first.w().recover();  // the other one has ended
  EXPECT_EQ(first.try_to_write(), FailureKind::stale) << "its head is an old one";
  first.head = first.w().reader().head(kCentre);
  EXPECT_EQ(first.head.seq, 3);
  EXPECT_FALSE(first.try_to_write());
}

// Two servers of which one lacks what the other committed last would count to the same number; two nodes would each take the other's term for
// their own.
TEST(Postgres, TwoServersDoNotGiveTheSameEpoch) {
  std::int64_t epochs[2] = {};
  for (auto& epoch : epochs) {
    const auto url = test_server().new_database();
    ASSERT_EQ(code_of(url, Mode::node), "");
    LeaseDesk desk({"", url}, kCentre);
    const auto first = desk.take({"1", "127.0.0.1:1", "1"}).value();
    desk.give_back(first);
    epoch = desk.take({"1", "127.0.0.1:1", "1"}).value();
    EXPECT_GT(epoch, first);
    EXPECT_FALSE(desk.renew(first, "127.0.0.1:1", {}));
    EXPECT_TRUE(desk.renew(epoch, "127.0.0.1:1", {}));
    auto s = open_postgres(url, Mode::node).value();
    EXPECT_GT(s->writer().claim(kCentre).epoch, epoch);
  }
  EXPECT_NE(epochs[0], epochs[1]);
}

// A standby that lags holds up each commit; the lease stays where it is.
TEST(Postgres, ALeaseIsRenewedThoughNoStandbyConfirms) {
  auto& server = test_server();
  const auto url = server.new_database();
  ASSERT_EQ(code_of(url, Mode::node), "");
  LeaseDesk desk({"", url}, kCentre);
  const auto epoch = desk.take({"1", "127.0.0.1:1", "1"}).value();
  const auto wait_for = [&](const std::string& standby) {
    server.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names='" + standby + "'");
    server.sql("postgres", "SELECT pg_reload_conf()");
  };
  wait_for("away");
  // The server takes note a moment later: committed until one is held up.
  std::atomic<bool> held_up = false;
  auto commits = std::async(std::launch::async, [&] {
    while (!held_up) server.sql("postgres", "COMMENT ON DATABASE postgres IS 'held up'");
  });
  const auto waiting = [&] { return server.sql("postgres", "SELECT count(*) FROM pg_stat_activity WHERE wait_event='SyncRep'") != "0"; };
  bool waits = waiting();
  for (const auto until = monotonic_ns() + 30'000'000'000; !waits && monotonic_ns() < until; waits = waiting()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  held_up = true;
  EXPECT_TRUE(waits) << "no commit was held up";
  EXPECT_NO_THROW({
    EXPECT_TRUE(desk.renew(epoch, "127.0.0.1:1", {}));
    desk.tell({});
  });
  wait_for("");
  commits.wait();
  EXPECT_NO_THROW(EXPECT_GT(desk.look().left.count(), 0));
}

TEST(Postgres, AKilledServerKeepsWhatWasAcknowledged) {
  PostgresServer server;
  const auto url = server.new_database();
  Moving m(url);
  auto reader = m.store->open_reader();
  for (int round = 0; round < 2; ++round) {
    std::thread killer([&, at = m.head.seq + 20] {
      while (reader->head(kCentre).seq < at) {}
      server.kill();
    });
    while (!m.try_to_write()) {}
    killer.join();
    EXPECT_THROW(m.w().recover(), Failure);
    EXPECT_THROW(reader->head(kCentre), Failure);
    EXPECT_EQ(code_of(url, Mode::read), "store.cannot_connect");
    server.start();
    m.w().recover();
    const auto found = m.w().reader().head(kCentre);
    EXPECT_GE(found.seq, m.head.seq);
    EXPECT_LE(found.seq, m.head.seq + 1) << "the one whose answer was lost, at most";
    EXPECT_EQ(m.w().reader().select("SELECT COUNT(*) FROM ledger_event WHERE centre=$1", {kCentre.value})->next_integer(), found.seq);
    m.head = found;
    EXPECT_FALSE(m.try_to_write());
    EXPECT_EQ(reader->head(kCentre).seq, m.head.seq);
  }
}
