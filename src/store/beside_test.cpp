// What stands beside the ledger, whichever database is behind it: side tables, data keys, what a store says of a centre.
#include <atomic>
#include <filesystem>
#include <thread>

#include "base/clock.h"
#include "store/centre_secrets.h"
#include "store/key_vault.h"
#include "store/side_tables.h"
#include "store/store_ground.h"
#include "store/view_walk.h"

using namespace yi;
using namespace yi::store;

namespace {

constexpr CentreCode kCentre{510000}, kOther{510100};
const View kNote{"toy_note", 1, ViewKind::report, 3,
                 {{"centre", Type::integer}, {"account", Type::text}, {"id", Type::integer}, {"words", Type::text}, {"bytes", Type::bytes}},
                 {{"centre", "id"}}};
const SealedPlace kPlace{kCentre, "toy.fact/1", "toy:1"};

class Beside : public testing::TestWithParam<Database> {
 protected:
  // Whoever writes on SQLite holds the directory; on a server the store is made by the first.
  void SetUp() override { ASSERT_TRUE(store::open(place(), Mode::write).ok()); }
  Place place() const { return ground_.place(); }
  bool on_server() const { return GetParam() == Database::postgres; }
  std::unique_ptr<SideTables> tables(CentreCode centre = kCentre) {
    auto t = SideTables::open(place(), "notes", centre, {&kNote});
    EXPECT_TRUE(t.ok()) << t.error().sentence;
    return std::move(*t);
  }
  static Row note(const char* account, std::int64_t id, const char* words, CentreCode centre = kCentre) {
    return {centre.value, account, id, words, Value::blob(std::string("\0\xFF", 2) + words)};
  }
  static std::vector<std::string> words(SideTables& t) {
    std::vector<std::string> out;
    t.each(kNote, [&](const Row& row) { out.push_back(row[3].s); });
    return out;
  }
  const Ground ground_{GetParam()};
};
YI_ON_BOTH_DATABASES(Beside);

TEST_P(Beside, WhatIsPutIsThereAndOneCentreAlone) {
  {
    auto t = tables();
    t->put(kNote, note("a", 2, "second"));
    t->put(kNote, note("a", 1, "first"));
    t->put(kNote, note("b", 1, "third"));
    t->put(kNote, note("a", 1, "first again"));
    if (on_server()) tables(kOther)->put(kNote, note("a", 1, "another's", kOther));
    EXPECT_EQ(words(*t), (std::vector<std::string>{"first again", "second", "third"}));
    EXPECT_EQ(t->shared(), on_server());
  }
  auto t = tables();
  const auto row = t->find(kNote, {kCentre.value, "a", 1});
  ASSERT_TRUE(row);
  EXPECT_EQ((*row)[4].s, std::string("\0\xFF", 2) + "first again");
  EXPECT_FALSE(t->find(kNote, {kCentre.value, "c", 1}));
  t->remove(kNote, {kCentre.value, "a", 2});
  t->remove(kNote, {kCentre.value, "a", 2});
  EXPECT_EQ(words(*t), (std::vector<std::string>{"first again", "third"}));
  EXPECT_EQ(t->select(kNote, "SELECT centre, account, id, words, bytes FROM toy_note WHERE centre=$1 AND id=$2 ORDER BY account", {kCentre.value, 1}).size(), 2u);
}

TEST_P(Beside, LooksAndWritesAsOneAndWhatIsThrownUndoesIt) {
  auto t = tables();
  // Two nodes where there may be two, else two threads.
  auto other = on_server() ? tables() : nullptr;
  const auto count = [&](SideTables& at) {
    for (int i = 0; i < 50; ++i)
      at.as_one("count", [](SideTables::Turn& turn) {
        const auto row = turn.find(kNote, {kCentre.value, "counter", 1});
        turn.put(kNote, {kCentre.value, "counter", 1, std::to_string(row ? std::stoi((*row)[3].s) + 1 : 1), Value::blob("")});
      });
  };
  std::thread second([&] { count(other ? *other : *t); });
  count(*t);
  second.join();
  EXPECT_EQ((*t->find(kNote, {kCentre.value, "counter", 1}))[3].s, "100");
  EXPECT_THROW(t->as_one("count", [](SideTables::Turn& turn) {
    turn.remove(kNote, {kCentre.value, "counter", 1});
    throw std::runtime_error("changed its mind");
  }), std::runtime_error);
  EXPECT_TRUE(t->find(kNote, {kCentre.value, "counter", 1}));
}

TEST_P(Beside, ACentreIsSaidThingsOf) {
  auto s = store::open(place(), Mode::write).value();
  auto& w = s->writer();
  EXPECT_TRUE(w.reader().owners().empty());
  w.begin();
  w.put_meta(kCentre, "centre", std::to_string(kCentre.value));
  w.put_meta(kCentre, "clock", "system");
  w.put_meta(kCentre, "clock", "pinned 中");
  if (on_server()) {
    w.put_meta(kOther, "clock", "system");
    w.put_meta(kOther, "centre", std::to_string(kOther.value));
  }
  w.commit();
  EXPECT_EQ(s->open_reader()->meta(kCentre, "clock"), "pinned 中");
  EXPECT_FALSE(s->open_reader()->meta(kCentre, "none"));
  const auto owners = s->open_reader()->owners();
  ASSERT_EQ(owners.size(), on_server() ? 2u : 1u);
  EXPECT_EQ(owners[0].value, kCentre.value);
  if (on_server()) {
    EXPECT_EQ(s->open_reader()->meta(kOther, "clock"), "system");
  }
}

TEST_P(Beside, OneCentresRowsAreExchangedAndWalked) {
  auto s = store::open(place(), Mode::write).value();
  auto& w = s->writer();
  View copy = kNote;
  copy.name = "toy_note__rebuilt";
  copy.indexes.clear();
  w.begin();
  w.ensure_view(kNote);
  w.ensure_view(copy);
  for (int i = 1; i <= 10; ++i) {
    w.change(kNote, kNote.name, {note("a", i, "old", kCentre)});
    w.change(kNote, kNote.name, {note("a", i, "theirs", kOther)});
    if (i <= 7) w.change(copy, copy.name, {note("a", i, "new", kCentre)});
  }
  w.commit();
  w.begin();
  w.take_rows(kNote, copy.name, kCentre);
  w.commit();
  for (const auto& [centre, expected, n] : {std::tuple{kCentre, "new", 7}, {kOther, "theirs", 10}}) {
    int rows = 0;
    for (ViewWalk walk(w.reader(), kNote, kNote.name, centre, 3); walk.next(); ++rows) EXPECT_EQ(walk.row()[3].s, expected);
    EXPECT_EQ(rows, n);
  }
}

// --- keys -----------------------------------------------------------------------------------------------------------------

class Keys : public Beside {
 protected:
  std::unique_ptr<KeyVault> vault(KeyAccess access = KeyAccess::make, const std::string& master = "", CentreCode centre = kCentre) {
    auto v = KeyVault::open(place(), centre, {master}, access);
    EXPECT_TRUE(v.ok()) << v.error().code;
    return v ? std::move(*v) : nullptr;
  }
  std::string refused(KeyAccess access, const std::string& master = "", CentreCode centre = kCentre) {
    auto v = KeyVault::open(place(), centre, {master}, access);
    return v ? "opened" : v.error().code;
  }
  std::string master() const { return ground_.directory() + "/keys/master"; }
};
YI_ON_BOTH_DATABASES(Keys);

TEST_P(Keys, SealedFieldsOpenAgainUntilTheirKeyIsDestroyed) {
  EXPECT_EQ(refused(KeyAccess::read), "store.keys_missing");
  std::string id, sealed, second;
  {
    auto v = vault();
    id = v->id();
    sealed = v->seal_text("{\"name\":\"某甲\"}", {1}, kPlace);
    second = v->seal_text("{}", {300}, kPlace);
    EXPECT_GE(v->size(), 300);
  }
  {
    auto v = vault();
    EXPECT_EQ(v->id(), id);
    EXPECT_EQ(v->open_text(sealed, {1}, kPlace), "{\"name\":\"某甲\"}");
    ASSERT_TRUE(v->destroy({SubjectId{1}}));
    EXPECT_FALSE(v->open_text(sealed, {1}, kPlace));
    EXPECT_TRUE(v->erased({1}));
  }
  auto v = vault(KeyAccess::read);
  EXPECT_FALSE(v->open_text(sealed, {1}, kPlace));
  EXPECT_EQ(v->destroyed(), (std::vector<SubjectId>{{1}}));
  EXPECT_EQ(v->open_text(second, {300}, kPlace), "{}");
  EXPECT_EQ(std::filesystem::exists(ground_.directory() + "/keys/data-keys"), !on_server());
}

TEST_P(Keys, ARotationWrapsEveryKeyAnewAndKeepsWhatIsDestroyed) {
  std::string id, sealed;
  {
    auto v = vault();
    id = v->id();
    sealed = v->seal_text("{}", {5'000}, kPlace);
    ASSERT_TRUE(v->destroy({SubjectId{7}}));
  }
  std::filesystem::copy_file(master(), ground_.directory() + "/old-master");
  EXPECT_EQ(rotate_master_key(place(), kCentre, {}).value(), 2);
  EXPECT_EQ(refused(KeyAccess::make, ground_.directory() + "/old-master"), "store.master_key_wrong");
  auto v = vault();
  EXPECT_EQ(v->id(), id);
  EXPECT_EQ(v->generation(), 2);
  EXPECT_EQ(v->open_text(sealed, {5'000}, kPlace), "{}");
  EXPECT_TRUE(v->erased({7}));
}

TEST_P(Keys, WithoutTheRightMasterKeyNothingIsOpened) {
  vault();
  std::filesystem::rename(master(), ground_.directory() + "/elsewhere");
  EXPECT_EQ(refused(KeyAccess::make), "store.master_key_missing");
  EXPECT_EQ(refused(KeyAccess::make, ground_.directory() + "/elsewhere"), "opened");
  {
    TemporaryDirectory another;
    ASSERT_TRUE(KeyVault::open(another.path(), kCentre, {}, KeyAccess::make).ok());
    EXPECT_EQ(refused(KeyAccess::make, another.path() + "/keys/master"), "store.master_key_wrong");
  }
}

TEST_P(Keys, MoveWithTheirIdAndAreDestroyedWhereTheyWere) {
  Ground elsewhere{on_server() ? Database::sqlite : Database::postgres};
  ASSERT_TRUE(store::open(elsewhere.place(), Mode::write).ok());
  const Place to{ground_.directory() + (on_server() ? "" : "/"), elsewhere.place().url};  // the same master key
  std::string sealed, id;
  {
    auto v = vault();
    sealed = v->seal_text("{}", {9'000}, kPlace);
    id = v->id();
    ASSERT_TRUE(v->destroy({SubjectId{4}, SubjectId{8'999}}));
  }
  EXPECT_EQ(keys_there(to, kCentre).value(), "");
  ASSERT_TRUE(copy_keys(place(), to, kCentre, {}).ok());
  EXPECT_EQ(copy_keys(place(), to, kCentre, {}).error().code, "store.keys_not_empty");
  ASSERT_TRUE(destroy_keys(place(), kCentre));
  EXPECT_EQ(keys_there(place(), kCentre).value(), "");
  EXPECT_EQ(keys_there(to, kCentre).value(), id);
  auto v = KeyVault::open(to, kCentre, {}, KeyAccess::make).value();
  EXPECT_EQ(v->open_text(sealed, {9'000}, kPlace), "{}");
  EXPECT_EQ(v->destroyed(), (std::vector<SubjectId>{{4}, {8'999}}));
}

// --- several nodes ----------------------------------------------------------------------------------------------------------

class Nodes : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store::open(a_, Mode::write).ok());
    std::filesystem::create_directory(b_.directory + "/keys");
  }
  void give_master() {
    std::filesystem::copy_file(a_.directory + "/keys/master", b_.directory + "/keys/master", std::filesystem::copy_options::overwrite_existing);
    std::filesystem::permissions(b_.directory + "/keys/master", std::filesystem::perms(0600));
  }
  // Within the time that is promised, and some for a crowded machine.
  static bool soon(const std::function<bool()>& f) {
    for (const auto until = monotonic_ns() + 5'000'000'000; monotonic_ns() < until; std::this_thread::yield())
      if (f()) return true;
    return false;
  }
  TemporaryDirectory first_, second_;
  const std::string url_ = test_server().new_database();
  const Place a_{first_.path(), url_}, b_{second_.path(), url_};
};

TEST_F(Nodes, AKeyThatOneDestroysOpensNothingOnAnother) {
  auto leader = KeyVault::open(a_, kCentre, {}, KeyAccess::make).value();
  EXPECT_EQ(KeyVault::open(b_, kCentre, {}, KeyAccess::read).error().code, "store.master_key_missing");
  give_master();
  auto reader = KeyVault::open(b_, kCentre, {}, KeyAccess::read).value();
  const auto sealed = leader->seal_text("{}", {1}, kPlace), later = leader->seal_text("{}", {700}, kPlace);
  EXPECT_EQ(reader->open_text(sealed, {1}, kPlace), "{}");
  EXPECT_EQ(reader->open_text(later, {700}, kPlace), "{}") << "made after it was opened";
  ASSERT_TRUE(leader->destroy({SubjectId{1}}));
  const auto start = monotonic_ns();
  EXPECT_TRUE(soon([&] { return !reader->open_text(sealed, {1}, kPlace); }));
  EXPECT_LT(monotonic_ns() - start, 1'000'000'000) << "the bound of docs/decisions/0021";
  EXPECT_TRUE(reader->erased({1}));

  // The lead goes over: keys go on where they ended, and no number is given twice.
  leader->follow();
  reader->lead();
  const auto size = reader->size();
  const auto fresh = reader->seal_text("{}", {size + 1}, kPlace);
  EXPECT_EQ(leader->open_text(fresh, {size + 1}, kPlace), "{}");
  ASSERT_TRUE(reader->destroy({SubjectId{700}}));
  EXPECT_TRUE(soon([&] { return !leader->open_text(later, {700}, kPlace); }));
}

TEST_F(Nodes, NewSubjectsKeysAreFetchedManyAtATimeAndReadAgainWhenInDoubt) {
  auto leader = KeyVault::open(a_, kCentre, {}, KeyAccess::make).value();
  const auto first = leader->seal_text("{}", {1}, kPlace);
  const auto database = url_.substr(url_.rfind('/') + 1);
  test_server().sql(database, "UPDATE yichuang.data_key SET slot='\\x00' WHERE subject IN (1, 64, 65)");
  const auto fetched = leader->seal_text("{}", {64}, kPlace);
  EXPECT_EQ(leader->open_text(fetched, {64}, kPlace), "{}") << "it came with the first";
  EXPECT_THROW(leader->seal_text("{}", {65}, kPlace), Failure) << "it did not";
  leader->look_again();
  EXPECT_THROW(leader->seal_text("{}", {64}, kPlace), Failure) << "a server that lost it";
  EXPECT_THROW(leader->open_text(first, {1}, kPlace), Failure);
  EXPECT_EQ(leader->open_text(leader->seal_text("{}", {66}, kPlace), {66}, kPlace), "{}");
  ASSERT_TRUE(leader->destroy({SubjectId{70}, SubjectId{200}}));
  leader->look_again();
  for (const std::int64_t s : {67, 69, 71, 199, 201}) EXPECT_EQ(leader->open_text(leader->seal_text("{}", {s}, kPlace), {s}, kPlace), "{}") << s << ": past a destroyed one";
  EXPECT_THROW(leader->seal_text("{}", {70}, kPlace), std::logic_error);
  // A server that lost the last batch: what is missing is made anew.
  test_server().sql(database, "DELETE FROM yichuang.data_key WHERE subject>202");
  EXPECT_GT(leader->size(), 202);
  leader->look_again();
  EXPECT_EQ(leader->size(), 202);
  EXPECT_EQ(leader->open_text(leader->seal_text("{}", {203}, kPlace), {203}, kPlace), "{}");
}

TEST_F(Nodes, TwoThatMakeKeysAtOnceNeverGiveOneNumberTwo) {
  auto one = KeyVault::open(a_, kCentre, {}, KeyAccess::make).value();
  give_master();
  auto other = KeyVault::open(b_, kCentre, {}, KeyAccess::make).value();  // one that was only slow
  std::thread slow([&] { other->seal_text("{}", {20'000}, kPlace); });
  const auto sealed = one->seal_text("{}", {20'000}, kPlace);
  slow.join();
  EXPECT_EQ(other->open_text(sealed, {20'000}, kPlace), "{}");
  EXPECT_EQ(other->seal_text("{}", {19'999}, kPlace), one->seal_text("{}", {19'999}, kPlace)) << "one key a subject";
}

TEST_F(Nodes, AfterARotationANodeWithTheNewMasterKeyGoesOn) {
  auto leader = KeyVault::open(a_, kCentre, {}, KeyAccess::make).value();
  const auto sealed = leader->seal_text("{}", {1}, kPlace), second = leader->seal_text("{}", {2}, kPlace);
  give_master();
  auto reader = KeyVault::open(b_, kCentre, {}, KeyAccess::read).value();
  EXPECT_EQ(rotate_master_key(a_, kCentre, {}).value(), 2);
  EXPECT_THROW(reader->open_text(sealed, {1}, kPlace), Failure) << "its master key is the old one";
  give_master();
  EXPECT_EQ(reader->open_text(second, {2}, kPlace), "{}");
  EXPECT_EQ(reader->generation(), 2);
  leader->seal_text("{}", {30'000}, kPlace);  // makes further keys under the new one
  EXPECT_EQ(reader->open_text(leader->seal_text("{}", {29'999}, kPlace), {29'999}, kPlace), "{}");
}

TEST_F(Nodes, OneSecretForAll) {
  auto a = KeyVault::open(a_, kCentre, {}, KeyAccess::make).value();
  give_master();
  auto b = KeyVault::open(b_, kCentre, {}, KeyAccess::read).value();
  std::atomic<int> made = 0;
  const auto get = [&](const Place& p, KeyVault& keys, const char* fresh) {
    return std::string(open_or_make_secret(p, kCentre, keys, "token", [&]() -> Result<crypto::Secret> {
      ++made;
      return crypto::Secret(fresh);
    }).value().reveal());
  };
  const auto first = get(a_, *a, "one");
  EXPECT_EQ(first, "one");
  EXPECT_EQ(get(b_, *b, "two"), "one");
  EXPECT_EQ(made, 1);
  const auto row = test_server().sql(url_.substr(url_.rfind('/') + 1), "SELECT encode(sealed,'escape') FROM yichuang.centre_secret");
  EXPECT_EQ(row.find("one"), std::string::npos) << "sealed";
}

}  // namespace
