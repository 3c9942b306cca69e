// What every store does, whichever database is behind it. Two promises of it are tested where they are kept: that a command counts once
// (EngineOn of src/engine/engine_test.cpp, on both), and that what an earlier program made is brought up or opened as it is (schema_test.cpp
// for a server, src/app/compat_test.cpp for a directory).
#include <limits>
#include <map>
#include <random>

#include "store/merkle.h"
#include "store/record.h"
#include "store/row_buffer.h"
#include "store/store_ground.h"
#include "store/verify.h"
#include "store/view_walk.h"

using namespace yi;
using namespace yi::store;

namespace {

constexpr CentreCode kCentre{990000};
constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max(), kLeast = std::numeric_limits<std::int64_t>::min();

const View kCount{"toy_count", 1, ViewKind::report, 3,
                  {{"centre", Type::integer}, {"name", Type::text}, {"day", Type::integer},
                   {"n", Type::integer, Merge::add}, {"last", Type::text}, {"first", Type::text, Merge::keep}},
                  {{"centre", "day"}}};
// A name that PostgreSQL keeps for itself, and each type in the key and behind it.
const View kMixed{"toy_mixed", 1, ViewKind::guard, 3,
                  {{"centre", Type::integer}, {"id", Type::bytes}, {"window", Type::text}, {"n", Type::integer}, {"words", Type::text}, {"digest", Type::bytes}}};

class Contract : public testing::TestWithParam<Database> {
 protected:
  void SetUp() override { open(); }
  void open() {
    store_.reset();
    auto s = store::open(ground_.place(), Mode::write);
    ASSERT_TRUE(s.ok()) << s.error().sentence;
    store_ = std::move(s).value();
  }
  Writer& w() { return store_->writer(); }
  // A transaction; the failure that ended it, if one did.
  template <class F>
  std::optional<FailureKind> in_transaction(F f) {
    try {
      w().begin();
      f(w());
      w().commit();
      return std::nullopt;
    } catch (const Failure& failure) {
      w().rollback();
      return failure.kind;
    }
  }
  void make(const View& v) {
    ASSERT_FALSE(in_transaction([&](Writer& writer) { writer.ensure_view(v); }));
  }
  static std::vector<Row> all(Reader& r, const View& v, std::string_view table) {
    std::vector<Row> out;
    auto c = r.select(select_all_sql(v, table), {});
    while (c->next()) out.push_back(read_row(v, *c));
    return out;
  }
  std::vector<Row> all(const View& v) {
    auto r = store_->open_reader();
    return all(*r, v, v.name);
  }
  // A commit group of so many facts behind the head.
  std::optional<FailureKind> append(HeadRow& head, int facts) {
    const HeadRow before = head;
    const auto failed = in_transaction([&](Writer& writer) {
      std::vector<crypto::Digest> leaves;
      for (int i = 0; i < facts; ++i) {
        const auto body = "{\"n\":" + std::to_string(head.seq) + "}";
        Record r;
        r.name = "toy.said/1";
        r.stream = "toy:1";
        r.actor = "account";
        r.recorded_at = r.effective_at = Instant{1'700'000'000'000 + head.seq};
        r.body = body;
        std::string bytes;
        encode(r, bytes);
        leaves.push_back(hash_.leaf(kCentre, ++head.seq, bytes));
        head.recorded_at = r.recorded_at.ms;
        writer.append_event(kCentre, {head.seq, crypto::bytes(leaves.back()).substr(0, 8), bytes});
      }
      GroupRow g{++head.groups, before.seq + 1, facts, head.recorded_at, std::string(crypto::bytes(hash_.root(leaves)))};
      hash_.add_peak(head.peaks, g.number, hash_.group(kCentre, g));
      writer.append_group(kCentre, g);
      writer.advance_head(kCentre, before, head);
    });
    if (failed) head = before;
    return failed;
  }

  Ground ground_{GetParam()};
  std::unique_ptr<Store> store_;
  LedgerHash hash_;
};
YI_ON_BOTH_DATABASES(Contract);

}  // namespace

TEST_P(Contract, ALedgerIsAppendedReadBackAndVerified) {
  HeadRow head = w().claim(kCentre);
  EXPECT_EQ(head.seq, 0);
  for (const int facts : {1, 64, 3, 5000, 2}) ASSERT_FALSE(append(head, facts));
  open();  // another process
  auto r = store_->open_reader();
  const auto found = r->head(kCentre);
  EXPECT_EQ(found.seq, 5070);
  EXPECT_EQ(found.groups, 5);
  EXPECT_EQ(found.recorded_at, head.recorded_at);
  EXPECT_EQ(found.peaks, head.peaks);
  std::int64_t expected = 2;
  r->events(kCentre, 2, 4999, [&](const LedgerRow& row) {
    EXPECT_EQ(row.seq, expected++);
    Record record;
    EXPECT_TRUE(decode(row.record, record));
    EXPECT_EQ(record.body, "{\"n\":" + std::to_string(row.seq - 1) + "}");
    // Another question in between, as a guard asks while a ledger is folded.
    if (row.seq % 500 == 0) {
      EXPECT_EQ(r->head(kCentre).seq, 5070);
    }
    return row.seq < 4100;
  });
  EXPECT_EQ(expected, 4101);
  std::vector<std::int64_t> firsts;
  r->groups(kCentre, 2, [&](const GroupRow& g) {
    firsts.push_back(g.first_seq);
    return true;
  });
  EXPECT_EQ(firsts, (std::vector<std::int64_t>{2, 66, 69, 5069}));
  CentreCode next{0};
  EXPECT_TRUE(r->next_centre(next));
  EXPECT_EQ(next.value, kCentre.value);
  EXPECT_FALSE(r->next_centre(next));
  const auto checked = verify(*r, kCentre);
  EXPECT_FALSE(checked.broken) << *checked.broken;
  EXPECT_EQ(checked.events, 5070);
}

TEST_P(Contract, TheHeadMovesOnlyFromWhereItStands) {
  HeadRow head = w().claim(kCentre);
  ASSERT_FALSE(append(head, 3));
  const HeadRow good = head;
  for (auto spoil : {+[](HeadRow& h) { --h.seq; }, +[](HeadRow& h) { ++h.seq; }, +[](HeadRow& h) { --h.groups; }, +[](HeadRow& h) { ++h.groups; },
                     +[](HeadRow& h) { ++h.epoch; }, +[](HeadRow& h) { h = HeadRow{}; }}) {
    HeadRow wrong = good;
    spoil(wrong);
    const HeadRow to{good.seq + 1, good.groups + 1, good.recorded_at, 0, good.peaks};
    EXPECT_EQ(in_transaction([&](Writer& writer) {
                writer.advance_head(kCentre, wrong, to);
                writer.put_meta("half", "done");
              }), FailureKind::stale);
    EXPECT_FALSE(w().reader().meta("half"));
    EXPECT_EQ(w().reader().head(kCentre).seq, 3);
  }
  EXPECT_FALSE(append(head, 2));
  const auto later = w().claim(kCentre);
  EXPECT_EQ(later.seq, 5);
  if (later.epoch != head.epoch) {
    EXPECT_EQ(append(head, 1), FailureKind::stale) << "claimed by another since";
  }
  head = later;
  EXPECT_FALSE(append(head, 1));
  EXPECT_FALSE(verify(w().reader(), kCentre).broken);
}

TEST_P(Contract, ARecordIsWrittenOnceAndAFailureLeavesNothing) {
  make(kCount);
  HeadRow head = w().claim(kCentre);
  ASSERT_FALSE(append(head, 2));
  EXPECT_TRUE(in_transaction([&](Writer& writer) {
    writer.change(kCount, kCount.name, {{990000, "a", 1, 1, "x", "x"}});
    writer.append_event(kCentre, {2, "12345678", "again"});
  }));
  const RowChange row{{990000, "b", 1, 1, "x", "x"}, RowChange::Kind::insert};
  EXPECT_FALSE(in_transaction([&](Writer& writer) { writer.change(kCount, kCount.name, row); }));
  EXPECT_TRUE(in_transaction([&](Writer& writer) {
    writer.change(kCount, kCount.name, {{990000, "c", 1, 1, "x", "x"}});
    writer.change(kCount, kCount.name, row);
  }));
  w().begin();
  w().change(kCount, kCount.name, {{990000, "d", 1, 1, "x", "x"}});
  EXPECT_EQ(all(w().reader(), kCount, kCount.name).size(), 2u) << "the writer's reader sees what is open";
  w().change(kCount, kCount.name, {{990000, "e", 1, 1, "x", "x"}});
  w().rollback();
  w().rollback();
  EXPECT_EQ(all(kCount), (std::vector<Row>{row.row}));
  EXPECT_FALSE(append(head, 1));
  EXPECT_FALSE(verify(w().reader(), kCentre).broken);
}

TEST_P(Contract, ChangesMeanTheSameInMemoryInTheTableAndInAnyOrder) {
  View plain = kCount;
  plain.name = "toy_plain";
  make(kCount);
  make(plain);
  std::map<Row, Row> model;
  std::mt19937 random(11);
  RowBuffer buffer(kCount);
  w().begin();
  for (int i = 0; i < 6000; ++i) {
    Row row{990000, "n" + std::to_string(random() % 7), static_cast<int>(random() % 5) - 2,
            static_cast<int>(random() % 10), "v" + std::to_string(i), "v" + std::to_string(i)};
    const Row key(row.begin(), row.begin() + 3);
    if (random() % 20 == 0) {
      buffer.remove(key);
      w().change(plain, plain.name, {key, RowChange::Kind::remove});
      model.erase(key);
    } else {
      buffer.put(row);
      const bool there = model.contains(key);
      w().change(plain, plain.name, {row, there || random() % 2 ? RowChange::Kind::merge : RowChange::Kind::insert});
      if (!there) {
        model[key] = row;
      } else {
        model[key][3].i += row[3].i;
        model[key][4] = row[4];
      }
    }
    if (random() % 50 == 0) buffer.flush(w(), kCount.name);
    if (random() % 400 == 0) {
      w().commit();
      w().begin();
    }
  }
  buffer.flush(w(), kCount.name);
  w().commit();
  std::vector<Row> expected;
  for (const auto& [key, row] : model) expected.push_back(row);
  EXPECT_GT(expected.size(), 20u);
  EXPECT_EQ(all(plain), expected);
  EXPECT_EQ(all(kCount), expected);
}

TEST_P(Contract, RowsOfSeveralKeysAreOneQuestion) {
  make(kMixed);
  make(kCount);
  const std::string a("\x00'{", 3), b(16, '\xff');
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    for (const auto& id : {a, b, std::string("c")}) writer.change(kMixed, kMixed.name, {{990000, id, "1", 1, "", ""}});
    writer.change(kMixed, kMixed.name, {{990001, a, "1", 2, "", ""}});  // another centre's
    for (const char* name : {"甲", "乙", "丙"}) writer.change(kCount, kCount.name, {{990000, name, 1, 1, "", ""}});
  }));
  auto reader = store_->open_reader();
  const auto found = [&](const View& v, const Row& asked) {
    std::vector<std::string> keys;
    auto c = reader->select_keys(v, v.name, {990000}, asked);
    while (c->next()) keys.push_back(read_row(v, *c)[1].s);
    std::sort(keys.begin(), keys.end());
    return keys;
  };
  EXPECT_EQ(found(kMixed, {a, b, "not there"}), (std::vector{a, b}));
  EXPECT_EQ(found(kMixed, {"c"}), std::vector<std::string>{"c"});
  EXPECT_EQ(found(kCount, {"乙", "甲", "丁", "戊", "己"}), (std::vector<std::string>{"乙", "甲"}));
  EXPECT_TRUE(found(kCount, {"丁"}).empty());
  Row many;
  for (int i = 0; i < 255; ++i) many.emplace_back("no " + std::to_string(i));
  many.emplace_back("丙");
  EXPECT_EQ(found(kCount, many), std::vector<std::string>{"丙"});
}

TEST_P(Contract, ValuesComeBackAsTheyWere) {
  make(kMixed);
  const std::string odd("\x00\xff'\\{},\"\x41", 9), words = "张三 ' \" \\ {a,b} NULL \t\n$1 — 𠮷";
  const std::vector<Row> rows{{990000, "", "", kLeast, Value(), Value()},
                              {990000, odd, "", 0, "", ""},
                              {990000, odd, "NULL", kGreatest, words, odd},
                              {990000, odd, words, -1, std::string(200'000, 'x'), std::string(100'000, '\0')}};
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    for (const auto& r : rows) writer.change(kMixed, kMixed.name, {r});
  }));
  auto found = all(kMixed);
  std::sort(found.begin(), found.end());
  auto expected = rows;
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found, expected);
  auto reader = store_->open_reader();
  auto c = reader->select(select_row_sql(kMixed, kMixed.name), {990000, Value::blob(odd), words});
  ASSERT_TRUE(c->next());
  EXPECT_EQ(read_row(kMixed, *c), rows[3]);
  EXPECT_FALSE(c->next());
  EXPECT_TRUE(reader->select("SELECT id FROM toy_mixed WHERE words IS NULL AND digest IS NULL AND n=$1", {kLeast})->next());
  EXPECT_FALSE(reader->select("SELECT id FROM toy_mixed WHERE words=$1", {Value()})->next()) << "NULL equals nothing";
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    writer.change(kMixed, kMixed.name, {{990000, odd, "", 7, Value(), odd}});
    writer.change(kMixed, kMixed.name, {{990000, odd, words}, RowChange::Kind::remove});
    writer.change(kMixed, kMixed.name, {{990000, "", ""}, RowChange::Kind::remove});
  }));
  EXPECT_EQ(all(kMixed), (std::vector<Row>{{990000, odd, "", 7, Value(), odd}, rows[2]}));
}

TEST_P(Contract, FiguresAreWholeNumbers) {
  make(kCount);
  auto reader = store_->open_reader();
  const auto one = [&](const char* sql) { return reader->select(sql, {990000})->next_integer(); };
  EXPECT_EQ(one("SELECT SUM(n) FROM toy_count WHERE centre=$1"), 0);
  EXPECT_EQ(one("SELECT COUNT(*) FROM toy_count WHERE centre=$1"), 0);
  for (const std::int64_t n : std::vector<std::int64_t>{1, 9'999, 10'000, 120'000'000, -7, 1'234'567'890'123, kGreatest - 1'234'688'000'000}) {
    const auto before = one("SELECT SUM(n) FROM toy_count WHERE centre=$1");
    ASSERT_FALSE(in_transaction([&](Writer& writer) { writer.change(kCount, kCount.name, {{990000, std::to_string(n), 1, n, "x", "x"}}); }));
    EXPECT_EQ(one("SELECT SUM(n) FROM toy_count WHERE centre=$1"), before + n);
  }
  EXPECT_EQ(one("SELECT MIN(n) FROM toy_count WHERE centre=$1"), -7);
  EXPECT_EQ(one("SELECT SUM(n) FROM toy_count WHERE centre=$1 AND n<0"), -7);
  EXPECT_EQ(one("SELECT COUNT(*) FROM toy_count WHERE centre=$1"), 7);
  EXPECT_EQ(one("SELECT 1 FROM toy_count WHERE centre=$1 LIMIT 1"), 1);
  EXPECT_EQ(one("SELECT CASE WHEN n<0 THEN 1 ELSE 0 END FROM toy_count WHERE centre=$1 ORDER BY n LIMIT 1"), 1);
}

TEST_P(Contract, TextIsOrderedByteByByteAndFoundByItsBeginning) {
  make(kCount);
  std::vector<std::string> names{"", " ", "A", "B", "Z", "_", "a", "a b", "a-b", "a_b", "ab", "b", "é", "e", "z", "一窗", "一", "窗", "张三", "张三丰", "张", "𠮷"};
  std::mt19937 random(3);
  std::shuffle(names.begin(), names.end(), random);
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    for (const auto& n : names) writer.change(kCount, kCount.name, {{990000, n, 1, 1, n, "x"}});
  }));
  std::sort(names.begin(), names.end());
  auto reader = store_->open_reader();
  const auto texts = [&](const char* sql, const Row& parameters) {
    std::vector<std::string> out;
    auto c = reader->select(sql, parameters);
    while (c->next()) out.emplace_back(c->bytes(0));
    return out;
  };
  EXPECT_EQ(texts("SELECT name FROM toy_count WHERE centre=$1 ORDER BY name", {990000}), names);
  EXPECT_EQ(texts("SELECT last FROM toy_count WHERE centre=$1 ORDER BY last", {990000}), names);
  EXPECT_EQ(texts("SELECT name FROM toy_count WHERE centre=$1 AND name>=$2 AND name<$3 ORDER BY name", {990000, "张三", "张三\U0010FFFF"}),
            (std::vector<std::string>{"张三", "张三丰"}));
  EXPECT_EQ(texts("SELECT name FROM toy_count WHERE centre=$1 AND name>$2 ORDER BY name LIMIT $3", {990000, "a", 2}), (std::vector<std::string>{"a b", "a-b"}));
  EXPECT_EQ(texts("SELECT name FROM toy_count WHERE centre=$1 AND last IN ('B','z') ORDER BY name DESC", {990000}), (std::vector<std::string>{"z", "B"}));
  EXPECT_EQ(texts("SELECT MAX(name) FROM toy_count WHERE centre=$1", {990000}), (std::vector<std::string>{names.back()}));
}

TEST_P(Contract, AReaderSeesOneStateDuringASnapshot) {
  make(kCount);
  auto reader = store_->open_reader();
  reader->begin_snapshot();
  EXPECT_EQ(all(*reader, kCount, kCount.name).size(), 0u);
  ASSERT_FALSE(in_transaction([&](Writer& writer) { writer.change(kCount, kCount.name, {{990000, "a", 1, 1, "x", "x"}}); }));
  EXPECT_EQ(all(*reader, kCount, kCount.name).size(), 0u);
  reader->end_snapshot();
  reader->end_snapshot();  // destructors may: nothing happens
  EXPECT_EQ(all(*reader, kCount, kCount.name).size(), 1u);
}

TEST_P(Contract, ATableIsWalkedInKeyOrderWhileOtherQuestionsAreAsked) {
  make(kMixed);
  std::vector<Row> rows;
  std::mt19937 random(5);
  for (int i = 0; i < 3000; ++i) {
    std::string id(2, '\0');
    id[0] = static_cast<char>(random() % 256);
    id[1] = static_cast<char>(i % 251);
    rows.push_back({990000 + static_cast<int>(random() % 3), id, "w" + std::to_string(i), i, Value(), ""});
  }
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    for (const auto& r : rows) writer.change(kMixed, kMixed.name, {r, RowChange::Kind::insert});
  }));
  std::sort(rows.begin(), rows.end());
  auto reader = store_->open_reader();
  for (const std::int64_t page : {1, 7, 1000, 3000, 4096}) {
    ViewWalk a(*reader, kMixed, kMixed.name, page), b(*reader, kMixed, kMixed.name, page + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ASSERT_TRUE(a.next() && b.next());
      ASSERT_EQ(a.row(), rows[i]) << i;
      ASSERT_EQ(b.row(), rows[i]) << i;
    }
    EXPECT_FALSE(a.next());
    EXPECT_FALSE(b.next());
  }
}

TEST_P(Contract, TablesAreMadeRenamedAndDropped) {
  View copy = kCount;
  copy.name = "toy_count__rebuilt";
  copy.indexes.clear();
  make(kCount);
  make(kCount);
  for (int round = 0; round < 3; ++round) {
    make(copy);
    ASSERT_FALSE(in_transaction([&](Writer& writer) {
      writer.change(kCount, copy.name, {{990000, std::to_string(round), 1, 1, "x", "x"}, RowChange::Kind::insert});
      writer.drop_view(kCount.name);
      writer.rename_view(copy.name, kCount.name);
      writer.ensure_view(kCount);
      writer.change(kCount, kCount.name, {{990000, "later", 1, round, "x", "x"}});
    }));
    EXPECT_EQ(all(kCount), (std::vector<Row>{{990000, std::to_string(round), 1, 1, "x", "x"}, {990000, "later", 1, round, "x", "x"}}));
    auto reader = store_->open_reader();
    EXPECT_TRUE(reader->has_table(kCount.name));
    EXPECT_FALSE(reader->has_table(copy.name));
  }
  w().begin();
  w().drop_view(kCount.name);
  w().rollback();
  EXPECT_EQ(all(kCount).size(), 2u) << "a table that was dropped in vain is there";
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    writer.drop_view(kCount.name);
    writer.drop_view("never_there");
  }));
  EXPECT_FALSE(store_->open_reader()->has_table(kCount.name));
}

TEST_P(Contract, AReaderGoesOnWhenAViewIsExchangedForOneWithOtherColumns) {
  make(kCount);
  auto reader = store_->open_reader();
  EXPECT_EQ(all(*reader, kCount, kCount.name).size(), 0u);
  View wider = kCount;
  wider.columns.push_back({"more", Type::text});
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    writer.drop_view(kCount.name);
    writer.ensure_view(wider);
    writer.change(wider, wider.name, {{990000, "a", 1, 1, "x", "x", "more"}});
  }));
  EXPECT_EQ(all(*reader, wider, wider.name).size(), 1u);
  auto c = reader->select("SELECT * FROM toy_count WHERE centre=$1", {990000});
  ASSERT_TRUE(c->next());
  EXPECT_EQ(c->bytes(6), "more");
}

TEST_P(Contract, AnErasedSubjectsColumnsAreEmptiedOrItsRowsGo) {
  const View emptied{"toy_person", 1, ViewKind::report, 2,
                     {{"centre", Type::integer}, {"seq", Type::integer}, {"subject", Type::integer}, {"name", Type::text, Merge::replace, Personal::name},
                      {"phone", Type::bytes, Merge::replace, Personal::phone}, {"n", Type::integer}},
                     {{"centre", "subject"}}, "subject"};
  View gone = emptied;
  gone.name = "toy_person_by_name";
  gone.key_columns = 4;
  gone.columns[3].name = "name";
  for (const View* v : {&emptied, static_cast<const View*>(&gone)}) {
    make(*v);
    ASSERT_FALSE(in_transaction([&](Writer& writer) {
      for (int i = 0; i < 6; ++i) writer.change(*v, v->name, {{990000, i, i % 2 + 1, "张三", "12", i}});
      writer.change(*v, v->name, {{990001, 1, 1, "李四", "34", 1}});
      writer.erase_subject(*v, v->name, kCentre, SubjectId{1});
      writer.change(*v, v->name, {{990000, 9, 1, "王五", "56", 9}});  // a fact behind the erasure
    }));
  }
  EXPECT_EQ(all(emptied), (std::vector<Row>{{990000, 0, 1, Value(), Value(), 0}, {990000, 1, 2, "张三", "12", 1}, {990000, 2, 1, Value(), Value(), 2},
                                            {990000, 3, 2, "张三", "12", 3}, {990000, 4, 1, Value(), Value(), 4}, {990000, 5, 2, "张三", "12", 5},
                                            {990000, 9, 1, "王五", "56", 9}, {990001, 1, 1, "李四", "34", 1}}));
  EXPECT_EQ(all(gone).size(), 5u);
  View copy = emptied;
  copy.name = emptied.name + "__rebuilt";
  copy.indexes.clear();
  make(copy);
  EXPECT_FALSE(in_transaction([&](Writer& writer) {
    writer.change(emptied, copy.name, {{990000, 1, 1, "张三", "12", 1}, RowChange::Kind::insert});
    for (const bool wanted : {true, true, false, false}) writer.index_subject(emptied, copy.name, wanted);
    writer.index_subject(emptied, copy.name, true);
    writer.erase_subject(emptied, copy.name, kCentre, SubjectId{1});
  }));
  EXPECT_EQ(all(copy), (std::vector<Row>{{990000, 1, 1, Value(), Value(), 1}}));
}

TEST_P(Contract, MetaIsKeptAndAnotherVersionsStoreIsRefused) {
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    writer.put_meta("clock", "system");
    writer.put_meta("clock", "pinned 中");
    writer.put_meta("empty", "");
  }));
  open();
  EXPECT_EQ(w().reader().meta("clock"), "pinned 中");
  EXPECT_EQ(w().reader().meta("empty"), "");
  EXPECT_FALSE(w().reader().meta("none"));
  ASSERT_FALSE(in_transaction([&](Writer& writer) {
    writer.put_meta("schema", "9");
    writer.put_meta("readable_by", "9");
  }));
  store_.reset();
  EXPECT_EQ(store::open(ground_.place(), Mode::write).error().code, "store.newer");
  EXPECT_EQ(store::open(ground_.place(), Mode::read).error().code, "store.newer");
}

TEST_P(Contract, OneProcessWritesAndOthersRead) {
  EXPECT_EQ(store::open(ground_.place(), Mode::write).error().code, "store.locked");
  auto read = store::open(ground_.place(), Mode::read);
  ASSERT_TRUE(read.ok());
  EXPECT_THROW(read.value()->writer(), Failure);
  EXPECT_TRUE(read.value()->open_reader()->meta("schema"));
  store_.reset();
  open();
  Ground empty{GetParam()};
  EXPECT_EQ(store::open(empty.place(), Mode::read).error().code, "store.missing");
}
