// A database that an older or a newer program has made, and several centres in one.
#include <future>
#include <thread>

#include "base/clock.h"
#include "store/building.h"
#include "store/postgres_faults.h"
#include "store/postgres_schema.h"
#include "store/schema_steps.h"
#include "store/store_ground.h"

using namespace yi;
using namespace yi::store;

namespace {

constexpr CentreCode kCentre{510000}, kOther{510100};

class Schema : public testing::Test {
 protected:
  std::string sql(const std::string& text) { return test_server().sql(url_.substr(url_.rfind('/') + 1), "SET ROLE centre; SET search_path=yichuang; " + text); }
  std::string code(Mode mode) {
    const auto s = store::open(place_, mode);
    return s ? "" : s.error().code;
  }
  // As docs/decisions/0017 had it.
  void make_first_version() {
    sql("CREATE SCHEMA yichuang");
    sql("CREATE TABLE store_meta(name TEXT COLLATE \"C\" NOT NULL PRIMARY KEY, value TEXT COLLATE \"C\")");
    sql("CREATE TABLE ledger_head(centre BIGINT NOT NULL PRIMARY KEY, seq BIGINT, groups BIGINT, recorded_at BIGINT, epoch BIGINT, peaks BYTEA)");
    sql("INSERT INTO store_meta VALUES('schema','1'),('clock','pinned 中'),('centre','510000'),('keys','00112233')");
  }
  const TemporaryDirectory dir_;
  const std::string url_ = test_server().new_database();
  const Place place_{dir_.path(), url_};
};

TEST_F(Schema, AnOlderDatabaseIsBroughtUpByTheFirstThatWrites) {
  make_first_version();
  EXPECT_EQ(code(Mode::read), "store.older");
  const auto s = store::open(place_, Mode::write).value();
  auto& r = s->writer().reader();
  EXPECT_EQ(r.meta(kCentre, "clock"), "pinned 中");
  EXPECT_EQ(r.meta(kCentre, "keys"), "00112233");
  EXPECT_FALSE(r.meta("clock")) << "it is the centre's";
  ASSERT_EQ(r.owners().size(), 1u);
  EXPECT_EQ(r.meta("schema"), std::to_string(schema_version()));
  EXPECT_EQ(r.meta("readable_by"), "2") << "a program before it cannot go on";
  EXPECT_EQ(code(Mode::read), "");
}

TEST_F(Schema, NothingIsTakenFromUnderAnOlderProgram) {
  make_first_version();
  // Its writer's lock, as 0017 has it.
  std::unique_ptr<PGconn, void (*)(PGconn*)> old(PQconnectdb(url_.c_str()), &PQfinish);
  PQclear(PQexec(old.get(), "SELECT pg_advisory_lock(hashtext('yichuang'), hashtext('yichuang'))"));
  EXPECT_EQ(code(Mode::write), "store.locked");
  EXPECT_EQ(look_after_schema(url_, false).error().code, "store.locked");
  EXPECT_EQ(sql("SELECT value FROM store_meta WHERE name='schema'"), "1");
  old.reset();
  EXPECT_EQ(look_after_schema(url_, false).value().version, schema_version());
}

TEST_F(Schema, ManyThatOpenAtOnceMakeItOnce) {
  make_first_version();
  std::vector<std::thread> nodes;
  std::atomic<int> good = 0;
  for (int i = 0; i < 6; ++i) nodes.emplace_back([&] { good += open_beside(place_, "x", Mode::write).ok(); });
  for (auto& n : nodes) n.join();
  EXPECT_EQ(good, 6);
  EXPECT_EQ(sql("SELECT count(*) FROM store_centre"), "3");
}

TEST_F(Schema, ExpandingLetsOlderProgramsGoOnAndContractingDoesNot) {
  const auto known = schema_version();
  const std::vector<SchemaStep> later{{known + 1, {"ALTER TABLE store_centre ADD COLUMN note TEXT"}, {}},
                                      {known + 2, {"CREATE TABLE toy_new(n BIGINT)"}, {"DROP TABLE data_key_gone"}}};
  EXPECT_EQ(code(Mode::write), "");
  const auto with = [&](auto act) {
    auto s = open_beside(place_, "x", Mode::write).value();
    auto& w = static_cast<PostgresWriter&>(s->writer());
    w.begin();
    w.lock_until_commit("schema");
    const SchemaState state = act(w, *schema_state(w.reader()), later);
    w.commit();
    return state;
  };
  const auto expanded = with([](auto& w, auto s, auto& steps) { return bring_up(w, s, steps); });
  EXPECT_EQ(expanded.version, known + 2);
  EXPECT_EQ(expanded.readable_by, known);
  EXPECT_EQ(fit(expanded, known), SchemaFit::good) << "side by side";
  EXPECT_EQ(fit(expanded, known + 2), SchemaFit::good);
  EXPECT_EQ(fit(expanded, known + 3), SchemaFit::older);
  EXPECT_EQ(code(Mode::write), "");
  EXPECT_EQ(code(Mode::read), "");
  {
    const auto s = store::open(place_, Mode::write).value();
    s->writer().begin();
    s->writer().put_meta(kCentre, "clock", "system");
    s->writer().commit();
  }
  const auto contracted = with([](auto& w, auto s, auto& steps) { return contract(w, s, steps); });
  EXPECT_EQ(contracted.readable_by, known + 2);
  EXPECT_EQ(code(Mode::write), "store.newer");
  EXPECT_EQ(code(Mode::read), "store.newer");
  EXPECT_EQ(look_after_schema(url_, true).error().code, "store.newer");
  EXPECT_EQ(sql("SELECT value FROM store_centre WHERE centre=510000"), "system");
}

TEST_F(Schema, WhatOnlyAddsIsDoneBesideANodeOfAnEarlierProgram) {
  const auto known = schema_version();
  const std::vector<SchemaStep> adds{{known + 1, {"ALTER TABLE store_lease ADD COLUMN note TEXT"}, {}}};
  const std::vector<SchemaStep> takes{{known + 2, {"ALTER TABLE store_lease RENAME COLUMN note TO notes"}, {}, false, true}};
  const std::vector<SchemaStep> parts{{known + 2, {}, {}, true}};
  EXPECT_EQ(code(Mode::write), "");
  auto node = store::open(place_, Mode::node).value();
  const auto bring_up_by = [&](const std::vector<SchemaStep>& steps) {
    auto later = store::open(place_, Mode::node).value();
    auto& w = static_cast<PostgresWriter&>(later->writer());
    w.begin();
    w.lock_until_commit("schema");
    const auto state = bring_up(w, *schema_state(w.reader()), steps);
    w.commit();
    return state.version;
  };
  EXPECT_EQ(bring_up_by(adds), known + 1);
  for (const auto& alone : {takes, parts}) {
    try {
      bring_up_by(alone);
      ADD_FAILURE() << "from under a node at work";
    } catch (const Failure& f) {
      EXPECT_EQ(f.kind, FailureKind::busy);
    }
  }
  // The earlier one goes on, and others of its kind come beside it.
  node->writer().begin();
  node->writer().put_meta(kCentre, "clock", "system");
  node->writer().commit();
  EXPECT_EQ(code(Mode::node), "");
  // Behind a table that somebody reads for long the nodes do not stand either: the later program is refused, and comes again.
  std::unique_ptr<PGconn, void (*)(PGconn*)> dump(PQconnectdb(url_.c_str()), &PQfinish);
  PQclear(PQexec(dump.get(), "BEGIN; SELECT count(*) FROM yichuang.store_lease"));
  const std::vector<SchemaStep> two{{known + 2, {"ALTER TABLE store_centre ADD COLUMN more TEXT", "ALTER TABLE store_lease ADD COLUMN more TEXT"}, {}}};
  const auto asked = monotonic_ns();
  try {
    bring_up_by(two);
    ADD_FAILURE() << "past a table in use";
  } catch (const Failure& f) {
    EXPECT_EQ(f.kind, FailureKind::busy) << f.what();
  }
  EXPECT_LT(monotonic_ns() - asked, 3'000'000'000) << "nodes stand behind it for a second at most";
  EXPECT_EQ(sql("SELECT count(*) FROM pg_attribute WHERE attrelid=CAST('store_centre' AS regclass) AND attname='more'"), "0");
  EXPECT_EQ(sql("SELECT value FROM store_meta WHERE name='schema'"), std::to_string(known + 1));
  dump.reset();
  node.reset();
  while (sql("SELECT count(*) FROM pg_stat_activity WHERE datname=current_database() AND application_name LIKE 'yichuang%'") != "0") std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(bring_up_by(takes), known + 2);
}

// A store with one row of a view and something said, of one centre.
void build(const Place& place, CentreCode centre, const View& view) {
  const auto s = store::open(place, Mode::write).value();
  auto& w = s->writer();
  w.claim(centre);
  w.begin();
  w.put_meta(centre, "clock", "system");
  w.ensure_view(view);
  w.change(view, view.name, {{centre.value, 1, "x"}});
  w.commit();
}

TEST_F(Schema, ACentreThatWasBuiltComesInBesideTheOthers) {
  const View view{"toy_view", 1, ViewKind::report, 2, {{"centre", Type::integer}, {"id", Type::integer}, {"words", Type::text}}};
  Place building = place_;
  building.building = true;
  const auto rows = [&] { return sql("SELECT min(centre) FROM toy_view") + " " + sql("SELECT max(centre) FROM toy_view") + ", " + sql("SELECT count(*) FROM toy_view"); };

  build(building, kCentre, view);
  ASSERT_TRUE(take_in_building(url_, kCentre).ok()) << "the first";
  EXPECT_EQ(rows(), "510000 510000, 1");
  build(building, kOther, view);
  {  // two that move a centre into one database at once: the second leaves the first one's alone
    const auto at_work = store::open(building, Mode::write).value();
    EXPECT_EQ(drop_building(url_).error().code, "store.locked");
    EXPECT_EQ(at_work->writer().reader().meta(kOther, "clock"), "system");
  }
  ASSERT_TRUE(take_in_building(url_, kOther).ok());
  EXPECT_EQ(rows(), "510000 510100, 2");
  EXPECT_EQ(sql("SELECT count(*) FROM ledger_head"), "2");
  EXPECT_EQ(sql("SELECT count(*) FROM pg_namespace WHERE nspname='yichuang_building'"), "0");

  build(building, kOther, view);
  EXPECT_EQ(take_in_building(url_, kOther).error().code, "store.not_empty");
  ASSERT_TRUE(take_in_building(url_, kOther, OldStore::replace).ok());
  EXPECT_EQ(rows(), "510000 510100, 2");

  View wider = view;
  wider.columns.push_back({"more", Type::integer});
  {
    const auto s = store::open(building, Mode::write).value();
    s->writer().claim({510200});
    s->writer().begin();
    s->writer().ensure_view(wider);
    s->writer().commit();
  }
  EXPECT_EQ(take_in_building(url_, {510200}).error().code, "store.other_tables");
  EXPECT_EQ(rows(), "510000 510100, 2") << "nothing half done";
  ASSERT_TRUE(drop_building(url_).ok());
}

// Between the moment at which a centre was verified and that at which it comes in nobody has its building open.
TEST_F(Schema, WhatComesInIsWhatWasVerifiedAndNoOthersBuilding) {
  const View view{"toy_view", 1, ViewKind::report, 2, {{"centre", Type::integer}, {"id", Type::integer}, {"words", Type::text}}};
  Place building = place_;
  building.building = true;
  const auto code = [&](CentreCode centre, const HeadRow& head) {
    const auto in = take_in_building(url_, centre, OldStore::replace, head);
    return in ? "" : in.error().code;
  };
  build(building, kOther, view);
  EXPECT_EQ(code(kCentre, {}), "store.other_building");
  EXPECT_EQ(take_in_building(url_, kCentre).error().code, "store.other_building");
  HeadRow longer;
  longer.seq = longer.groups = 1;
  longer.peaks = std::string(32, 'x');
  EXPECT_EQ(code(kOther, longer), "store.other_building") << "of the same centre, and another ledger";
  EXPECT_TRUE(refused_before_commit(take_in_building(url_, kCentre).error()));
  EXPECT_EQ(sql("SELECT centre FROM yichuang_building.ledger_head"), "510100") << "whose it is goes on with it";
  EXPECT_EQ(code(kOther, {}), "");
  ASSERT_TRUE(drop_building(url_).ok());
  EXPECT_EQ(code(kOther, {}), "store.other_building") << "gone meanwhile";
  EXPECT_EQ(sql("SELECT count(*) FROM ledger_head"), "1") << "and what is there stays";
  build(building, kOther, view);
  build(building, kCentre, view);
  EXPECT_EQ(take_in_building(url_, kCentre).error().code, "store.other_building") << "two at once";
}

TEST_F(Schema, OneProcessAtATimeMakesACentreInADatabase) {
  auto first = BuildersWord::take(url_);
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first->still_held());
  EXPECT_EQ(BuildersWord::take(url_).error().code, "store.locked");
  sql(faults::kEndWhoeverHoldsAWord);
  EXPECT_FALSE(first->still_held());
  EXPECT_TRUE(BuildersWord::take(url_).ok());
}

// The COMMIT that takes a centre in may still be on its way to a standby when its giver has lost the connection.
TEST_F(Schema, ABuildingWhoseCommitIsNotOverIsWaitedForAsLongAsItIsSaid) {
  std::unique_ptr<PGconn, void (*)(PGconn*)> at_commit(PQconnectdb(url_.c_str()), &PQfinish);
  PQclear(PQexec(at_commit.get(), "BEGIN; SELECT pg_advisory_xact_lock(hashtext('yichuang'), hashtext('yichuang_building'))"));
  EXPECT_EQ(drop_building(url_, std::chrono::milliseconds(50)).error().code, "store.locked");
  auto dropped = std::async(std::launch::async, [&] { return drop_building(url_, kCommitEnds); });
  EXPECT_EQ(dropped.wait_for(std::chrono::milliseconds(1'500)), std::future_status::timeout);
  PQclear(PQexec(at_commit.get(), "COMMIT"));
  EXPECT_TRUE(dropped.get().ok());
}

}  // namespace
