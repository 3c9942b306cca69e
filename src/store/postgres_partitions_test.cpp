// The parts of a ledger on PostgreSQL: by hash of the centre and by year.
#include <cstdlib>
#include <future>
#include <thread>

#include "base/clock.h"
#include "store/merkle.h"
#include "store/postgres_partitions.h"
#include "store/postgres_writer.h"
#include "store/record.h"
#include "store/store_ground.h"
#include "store/verify.h"
#include "store/year_parts.h"

using namespace yi;
using namespace yi::store;

namespace {

constexpr CentreCode kA{510000}, kB{990000};

std::string database_of(const std::string& url) { return url.substr(url.rfind('/') + 1); }
Instant noon(int year, unsigned month, unsigned day) { return at(CivilDay::of(year, month, day), 12, 0); }

class Parts : public testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    store_.reset();
    auto s = store::open_postgres(url_, Mode::write);
    ASSERT_TRUE(s.ok()) << s.error().sentence;
    store_ = std::move(s).value();
  }
  PostgresWriter& w() { return dynamic_cast<PostgresWriter&>(store_->writer()); }
  HeadRow& head(CentreCode c) {
    auto [it, fresh] = heads_.try_emplace(c.value);
    if (fresh) it->second = w().claim(c);
    return it->second;
  }
  void append(CentreCode centre, Instant when, int facts) { append(w(), head(centre), centre, when, facts); }
  static void append(Writer& w, HeadRow& head, CentreCode centre, Instant when, int facts) {
    LedgerHash hash;
    const HeadRow before = head;
    w.begin();
    std::vector<crypto::Digest> leaves;
    for (int i = 0; i < facts; ++i) {
      const auto body = "{\"n\":" + std::to_string(head.seq) + "}";
      Record r;
      r.name = "toy.said/1";
      r.stream = "toy:1";
      r.actor = "account";
      r.recorded_at = r.effective_at = when;
      r.body = body;
      std::string bytes;
      encode(r, bytes);
      leaves.push_back(hash.leaf(centre, ++head.seq, bytes));
      w.append_event(centre, {head.seq, crypto::bytes(leaves.back()).substr(0, 8), bytes});
    }
    head.recorded_at = when.ms;
    GroupRow g{++head.groups, before.seq + 1, facts, when.ms, std::string(crypto::bytes(hash.root(leaves)))};
    hash.add_peak(head.peaks, g.number, hash.group(centre, g));
    w.append_group(centre, g);
    w.advance_head(centre, before, head);
    w.commit();
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> years(CentreCode c) {
    std::vector<std::pair<std::int64_t, std::int64_t>> out;
    for (const auto& p : w().partitions().parts(c)) out.emplace_back(p.year, p.first_seq);
    return out;
  }
  Verified verified(CentreCode c) {
    auto r = store_->open_reader();
    return verify(*r, c);
  }
  std::string sql(const std::string& text) { return test_server().sql(database_of(url_), "SET search_path=yichuang; " + text); }

  std::string url_ = test_server().new_database();
  std::unique_ptr<Store> store_;
  std::map<std::int32_t, HeadRow> heads_;
};

int run(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()); }

}  // namespace

TEST_F(Parts, AYearOfACentreIsAPartAndAQuestionReadsItAlone) {
  append(kA, noon(2024, 6, 3), 40);
  append(kB, noon(2024, 12, 30), 30);
  append(kA, noon(2024, 12, 31), 5);
  append(kA, noon(2025, 1, 2), 7);   // the first group of the year
  append(kA, noon(2025, 3, 2), 100);
  append(kA, noon(2027, 1, 4), 9);   // nothing in 2026
  append(kB, noon(2025, 5, 6), 8);
  using Years = std::vector<std::pair<std::int64_t, std::int64_t>>;
  EXPECT_EQ(years(kA), (Years{{2024, 0}, {2025, 46}, {2027, 153}}));
  EXPECT_EQ(years(kB), (Years{{2024, 0}, {2025, 31}}));
  EXPECT_EQ(sql("SELECT count(*) FROM ledger_event_510000_2025"), "107");
  EXPECT_EQ(sql("SELECT count(*) FROM ledger_group_510000_2025"), "2");
  EXPECT_EQ(sql("SELECT count(*) FROM pg_inherits WHERE inhparent=to_regclass('ledger_event')"), std::to_string(kBuckets));
  for (const auto c : {kA, kB}) EXPECT_FALSE(verified(c).broken) << *verified(c).broken;
  EXPECT_EQ(verified(kA).events, 161);

  const auto plan = sql("EXPLAIN (FORMAT JSON) SELECT seq, mark, record FROM ledger_event WHERE centre=510000 AND seq>=60 AND seq<=70 ORDER BY seq LIMIT 2000");
  EXPECT_NE(plan.find("ledger_event_510000_2025"), std::string::npos) << plan;
  for (const char* other : {"510000_2024", "510000_2027", "990000", "\"Sort\""}) EXPECT_EQ(plan.find(other), std::string::npos) << other << "\n" << plan;
  // As a prepared statement that no longer knows the values: the parts are chosen when it is carried out.
  const auto general = sql("SET plan_cache_mode=force_generic_plan; PREPARE q(bigint,bigint,bigint) AS SELECT seq FROM ledger_event WHERE centre=$1 AND seq>=$2 AND seq<=$3 ORDER BY seq LIMIT 10;"
                           " EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE q(510000,60,70)");
  EXPECT_NE(general.find("ledger_event_510000_2025"), std::string::npos) << general;
  EXPECT_EQ(general.find("ledger_event_990000_2024"), std::string::npos) << general;

  // Neither table forgets that a number is one record's.
  EXPECT_THROW(sql("INSERT INTO ledger_event VALUES(510000, 3, 'x', 'x')"), std::runtime_error);
  EXPECT_THROW(sql("INSERT INTO ledger_event VALUES(510000, 160, 'x', 'x')"), std::runtime_error);
}

TEST_F(Parts, AnOldYearIsCarriedAwayAndComesBackWhole) {
  append(kA, noon(2024, 6, 3), 40);
  append(kA, noon(2025, 1, 2), 7);
  append(kB, noon(2024, 6, 3), 11);
  const auto before = verified(kA);
  ASSERT_FALSE(before.broken);
  EXPECT_EQ(detach_year(url_, kA, 2025).error().code, "store.part_is_open");
  EXPECT_EQ(detach_year(url_, kA, 2023).error().code, "store.no_such_part");
  EXPECT_EQ(attach_year(url_, kA, 2024).error().code, "store.no_such_part");
  ASSERT_TRUE(detach_year(url_, kA, 2024).ok());
  EXPECT_EQ(detach_year(url_, kA, 2024).error().code, "store.no_such_part");
  EXPECT_TRUE(verified(kA).broken);
  EXPECT_FALSE(verified(kB).broken);
  append(kA, noon(2025, 1, 3), 3);  // business goes on

  TemporaryDirectory dir;
  const auto admin = "'" + test_server().admin_url(database_of(url_)) + "'", file = "'" + dir.path() + "/2024.dump'";
  const std::string bin = "/usr/lib/postgresql/15/bin/";
  ASSERT_EQ(run(bin + "pg_dump -Fc -f " + file + " -t yichuang.ledger_event_510000_2024 -t yichuang.ledger_group_510000_2024 " + admin), 0);
  sql("DROP TABLE ledger_event_510000_2024, ledger_group_510000_2024");
  ASSERT_EQ(run(bin + "pg_restore -d " + admin + " " + file), 0);
  ASSERT_TRUE(attach_year(url_, kA, 2024).ok());
  auto after = verified(kA);
  EXPECT_FALSE(after.broken) << *after.broken;
  EXPECT_EQ(after.events, 50);

  // What was changed while it was away comes back, but not unseen; what lies outside of its bounds does not.
  ASSERT_TRUE(detach_year(url_, kA, 2024).ok());
  sql("UPDATE ledger_event_510000_2024 SET record=record || 'x' WHERE seq=17");
  ASSERT_TRUE(attach_year(url_, kA, 2024).ok());
  EXPECT_EQ(verified(kA).broken_seq, 17);
  ASSERT_TRUE(detach_year(url_, kA, 2024).ok());
  sql("UPDATE ledger_event_510000_2024 SET seq=41 WHERE seq=40");
  EXPECT_EQ(attach_year(url_, kA, 2024).error().code, "store.unusable") << "and says what does not fit";
  const auto all = year_parts(url_).value();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_FALSE(all[0].attached);
  EXPECT_EQ(std::pair(all[0].end_seq, all[1].end_seq), (std::pair<std::int64_t, std::int64_t>{41, 0}));
  EXPECT_EQ(all[2].centre, kB);
}

TEST_F(Parts, ALedgerOfAnEarlierProgramIsTakenOver) {
  append(kA, noon(2024, 6, 3), 40);
  append(kA, noon(2025, 1, 2), 7);
  append(kB, noon(2024, 6, 3), 11);
  const auto before = verified(kA).head_hash;
  const auto heads = heads_;
  store_.reset();
  std::string text;
  for (const auto& [table, order] : {std::pair{"ledger_event", "seq"}, {"ledger_group", "number"}}) {
    const std::string t(table);
    text += "CREATE TABLE plain (LIKE " + t + "); INSERT INTO plain SELECT * FROM " + t + "; DROP TABLE " + t + "; ALTER TABLE plain RENAME TO " + t + "; ALTER TABLE " + t +
            " OWNER TO centre; ALTER TABLE " + t + " ADD PRIMARY KEY (centre, " + order + ");";
  }
  sql(text + "DROP TABLE store_part; UPDATE store_meta SET value='2' WHERE name IN ('schema','readable_by')");
  open();
  EXPECT_EQ(verified(kA).head_hash, before);
  EXPECT_FALSE(verified(kB).broken);
  EXPECT_EQ(sql("SELECT count(*) FROM pg_tables WHERE tablename LIKE '%before'"), "0");
  heads_.clear();
  append(kA, noon(2025, 7, 1), 3);
  append(kB, noon(2025, 7, 1), 3);
  EXPECT_EQ(sql("SELECT count(*) FROM pg_tables WHERE tablename IN ('ledger_event_990000_2025','ledger_group_990000_2025')"), "2") << "the next year begins parts of both tables";
  EXPECT_FALSE(verified(kA).broken);
  EXPECT_FALSE(verified(kB).broken);
  // The earlier program goes on by the same names.
  sql("INSERT INTO ledger_event VALUES(510000, 51, 'x', 'x'); DELETE FROM ledger_event WHERE centre=510000 AND seq=51");
  open();
  EXPECT_EQ(verified(kA).events, 50);
}

TEST_F(Parts, NewYearWaitsForNoReaderAndNoGroupWaitsForNewYear) {
  append(kA, noon(2024, 12, 31), 4);
  auto reader = store_->open_reader();
  reader->begin_snapshot();
  EXPECT_EQ(reader->select("SELECT count(*) FROM ledger_event WHERE centre=$1", {kA.value})->next_integer(), 4);
  append(kA, noon(2025, 1, 2), 5);  // the reader holds the table: the part stays open
  EXPECT_EQ(years(kA).size(), 1u);
  reader->end_snapshot();
  EXPECT_EQ(verified(kA).events, 9);
  open();  // another writer tries at once
  heads_.clear();
  append(kA, noon(2025, 1, 3), 6);
  EXPECT_EQ(years(kA).size(), 2u);
  EXPECT_FALSE(verified(kA).broken);
}

// A large year is looked through before anybody else is held up: another centre of the bucket writes on meanwhile.
TEST_F(Parts, WhileAYearIsClosedTheOtherCentresOfItsBucketWriteOn) {
  const auto remainder = [&](int centre) {
    return sql("SELECT r FROM generate_series(0,7) AS r WHERE satisfies_hash_partition('ledger_event'::regclass,8,r," + std::to_string(centre) + "::bigint)");
  };
  CentreCode neighbour{kA.value + 1};
  while (remainder(neighbour.value) != remainder(kA.value)) ++neighbour.value;
  append(kA, noon(2024, 6, 3), 40);
  append(neighbour, noon(2025, 1, 2), 1);
  // The server's log says what it was spared, and the closing stands still behind its first step until it may go on.
  sql("ALTER DATABASE " + database_of(url_) + " SET log_min_messages=debug1");
  sql("CREATE TABLE public.go_on(n int); GRANT SELECT ON public.go_on TO PUBLIC;"
      "CREATE FUNCTION public.stand_still() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
      " WHILE EXISTS (SELECT 1 FROM pg_constraint WHERE conname='closing') AND NOT EXISTS (SELECT 1 FROM public.go_on) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$;"
      "CREATE EVENT TRIGGER stand_still ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION public.stand_still()");
  store_.reset();
  auto one = store::open_postgres(url_, Mode::node).value(), other = store::open_postgres(url_, Mode::node).value();
  auto head = one->writer().claim(kA), its_head = other->writer().claim(neighbour);
  auto closing = std::async(std::launch::async, [&] { append(one->writer(), head, kA, noon(2025, 1, 2), 5); });
  const auto stands = [&] { return sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event='PgSleep' AND datname=current_database()") == "1"; };
  for (const auto until = monotonic_ns() + 10'000'000'000; !stands() && monotonic_ns() < until;) std::this_thread::yield();
  EXPECT_TRUE(stands());
  auto written = std::async(std::launch::async, [&] { append(other->writer(), its_head, neighbour, noon(2025, 1, 2), 3); });
  EXPECT_EQ(written.wait_for(std::chrono::seconds(3)), std::future_status::ready) << "it waits for a year that is not its own";
  sql("INSERT INTO public.go_on VALUES(1)");
  written.get();
  closing.get();
  one.reset();
  other.reset();
  open();
  EXPECT_EQ(years(kA).size(), 2u);
  for (const auto c : {kA, neighbour}) EXPECT_FALSE(verified(c).broken) << *verified(c).broken;
  EXPECT_EQ(sql("SELECT count(*) FROM pg_constraint WHERE conname='closing'"), "0");
  for (const char* table : {"ledger_event", "ledger_group"}) {
    const auto spared = "partition constraint for table \"" + std::string(table) + "_510000_2024\" is implied by existing constraints";
    EXPECT_NE(test_server().log().find(spared), std::string::npos) << "the bucket was held while " << table << " was read";
  }
}

TEST_F(Parts, AYearThatIsReadIsNotTakenOutAndNobodyStandsBehindTheAttempt) {
  append(kA, noon(2024, 6, 3), 4);
  append(kA, noon(2025, 1, 2), 5);
  auto reader = store_->open_reader();
  reader->begin_snapshot();
  EXPECT_EQ(reader->select("SELECT count(*) FROM ledger_event WHERE centre=$1", {kA.value})->next_integer(), 9);
  const auto refused = detach_year(url_, kA, 2024);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "store.part_in_use");
  EXPECT_EQ(verified(kA).events, 9);
  reader->end_snapshot();
  EXPECT_TRUE(detach_year(url_, kA, 2024).ok());
}

TEST_F(Parts, AFailedTransactionLeavesNoHalfPart) {
  static_cast<void>(head(kA));
  for (int i = 0; i < 2; ++i) {
    w().begin();
    w().append_event(kA, {1, "12345678", "record"});
    EXPECT_EQ(w().reader().select("SELECT count(*) FROM ledger_event", {})->next_integer(), 1);
    w().rollback();
  }
  append(kA, noon(2024, 6, 3), 4);
  EXPECT_FALSE(verified(kA).broken);
}
