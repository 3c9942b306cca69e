#include "identity/subjects.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "base/clock.h"
#include "engine/rebuild.h"
#include "identity/subjects_test_room.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

using namespace yi;
using namespace yi::identity;
using engine::Engine;
using store::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

constexpr CentreCode kCentre{510000};
const engine::Actor kActor{"t", "operator"};

std::unique_ptr<Engine> open(const std::string& dir, std::vector<SubjectId>* told = nullptr) {
  engine::EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  auto e = Engine::open(dir, toy_rooms(told), o);
  EXPECT_TRUE(e.ok()) << e.error().sentence;
  return e ? std::move(e).value() : nullptr;
}
// Invented; the numbers need no check character here.
std::string ask(int number, const std::string& id, const std::string& name, const std::string& more = "") {
  return "{\"number\":" + std::to_string(number) + ",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"phone\":\"139" +
         std::to_string(10'000'000 + number) + "\"" + more + "}";
}
void give(Engine& e, const std::string& command, const std::string& body) {
  const auto a = e.run(command, body, kActor);
  ASSERT_TRUE(a.ok()) << a.error().sentence;
}
std::int64_t one(Engine& e, const std::string& sql) {
  EXPECT_TRUE(e.wait_followed(e.position(), std::chrono::seconds(10)));
  auto r = e.reader();
  return r->select(sql, {})->next_integer();
}
// Every view as the ledger gives it is the view that is there, and the ledger is whole.
void expect_rebuilds_the_same(const std::string& dir) {
  auto s = store::open_sqlite(dir, store::Mode::write).value();
  auto keys = engine::open_keys(s->writer().reader(), dir, kCentre, {}, store::KeyAccess::read).value();
  engine::RebuildOptions o;
  o.keys = keys.get();
  for (const auto& v : engine::rebuild(s->writer(), toy_rooms(), kCentre, o).views) EXPECT_FALSE(v.difference) << *v.difference;
  const auto verified = store::verify(*s->open_reader(), kCentre, {});
  EXPECT_FALSE(verified.broken) << *verified.broken;
}
std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST(Subjects, ANumberFindsItsSubjectAgainHoweverItIsWritten) {
  TemporaryDirectory dir;
  {
    auto e = open(dir.path());
    give(*e, "toy.ask", ask(1, "51010019900101001X", "张三"));
    give(*e, "toy.ask", ask(2, " 510100 19900101 001x", "张三"));
    give(*e, "toy.ask", ask(3, "５１０１００１９９００１０１００１Ｘ", "张三"));
    give(*e, "toy.ask", ask(4, "510100199001010028", "李四"));
    EXPECT_EQ(one(*e, "SELECT count(*) FROM toy_list WHERE subject=1"), 3);
    EXPECT_EQ(one(*e, "SELECT subject FROM toy_list WHERE number=4"), 2);
    EXPECT_EQ(one(*e, "SELECT last FROM identity_subject WHERE subject=0"), 2);
  }
  auto e = open(dir.path());
  give(*e, "toy.ask", ask(5, "51010019900101001X", "张三"));
  EXPECT_EQ(one(*e, "SELECT subject FROM toy_list WHERE number=5"), 1);
  auto r = e->reader();
  EXPECT_EQ(find_subject(*r, e->keys(), kCentre, Viewer::operator_named("t"), IdKind::citizen, "51010019900101001x"), SubjectId{1});
  EXPECT_FALSE(find_subject(*r, e->keys(), kCentre, Viewer::operator_named("t"), IdKind::phone, "51010019900101001x"));
}

TEST(Subjects, TwoNewSubjectsOfOneCommandAndTheAnswerBeginsWithWhatWasAskedFor) {
  TemporaryDirectory dir;
  auto e = open(dir.path());
  auto a = e->run("toy.ask", ask(1, "A1", "张三", R"(,"agent_id":"B2","agent_name":"李四")"), kActor);
  ASSERT_TRUE(a.ok());
  EXPECT_EQ(a->stream, "toy:1");
  EXPECT_EQ(a->position, 3);
  // The applicant is their own agent: one subject.
  a = e->run("toy.ask", ask(2, "C3", "王五", R"(,"agent_id":"C3","agent_name":"王五")"), kActor);
  ASSERT_TRUE(a.ok());
  EXPECT_EQ(a->position, 5);
  EXPECT_EQ(one(*e, "SELECT last FROM identity_subject WHERE subject=0"), 3);
}

TEST(Subjects, NothingPersonalStandsInAnyFileOfTheDirectoryButInViewsThatSaySo) {
  TemporaryDirectory dir;
  {
    auto e = open(dir.path());
    give(*e, "toy.ask", ask(7, "51010019900101001X", "欧阳某某"));
    ASSERT_EQ(one(*e, "SELECT count(*) FROM toy_list"), 1);
  }
  auto s = store::open_sqlite(dir.path(), store::Mode::read).value();
  s->open_reader()->events(kCentre, 1, 10, [](const store::LedgerRow& row) {
    for (const char* personal : {"欧阳", "51010019900101001", "13910000007"}) EXPECT_EQ(row.record.find(personal), std::string_view::npos);
    return true;
  });
  for (const auto& entry : fs::recursive_directory_iterator(dir.path()))
    if (entry.is_regular_file()) {
      const auto bytes = bytes_of(entry.path().string());
      EXPECT_EQ(bytes.find("51010019900101001"), std::string::npos) << entry.path();
      EXPECT_EQ(bytes.find("13910000007"), std::string::npos) << entry.path();
    }
}

TEST(Subjects, ErasureEmptiesViewsDestroysTheKeyAndARebuildGivesTheSameBlanks) {
  TemporaryDirectory dir;
  std::vector<SubjectId> told;
  {
    auto e = open(dir.path(), &told);
    give(*e, "toy.ask", ask(1, "A1", "张三"));
    give(*e, "toy.ask", ask(2, "B2", "李四"));
    give(*e, "toy.answer", R"({"number":1})");
    ASSERT_EQ(one(*e, "SELECT count(*) FROM toy_search"), 2);
    give(*e, "identity.erase_subject", R"({"kind":"citizen","number":"a1","basis":"consent_withdrawn","reason":"本人书面申请"})");
    give(*e, "toy.answer", R"({"number":1})");
    EXPECT_EQ(told, std::vector<SubjectId>{{1}});
    EXPECT_TRUE(e->keys().erased({1}));
    // The row stays and counts on; what was personal is empty.
    EXPECT_EQ(one(*e, "SELECT count(*) FROM toy_list"), 2);
    EXPECT_EQ(one(*e, "SELECT answered FROM toy_list WHERE number=1 AND name IS NULL"), 2);
    EXPECT_EQ(one(*e, "SELECT count(*) FROM toy_list WHERE number=2 AND name='李四'"), 1);
    EXPECT_EQ(one(*e, "SELECT subject FROM toy_search"), 2);
    EXPECT_EQ(one(*e, "SELECT count(*) FROM identity_subject_index"), 1);
    EXPECT_EQ(one(*e, "SELECT count(*) FROM identity_subject WHERE subject=1 AND erased=1 AND length(blind)=0"), 1);
    const auto again = e->run("identity.erase_subject", R"({"subject":"1","basis":"other_law","reason":"又一次"})", kActor);
    EXPECT_EQ(again.error().code, "identity.already_erased");
    // The same person later is a new subject.
    give(*e, "toy.ask", ask(3, "A1", "张三"));
    EXPECT_EQ(one(*e, "SELECT subject FROM toy_list WHERE number=3 AND name='张三'"), 3);
  }
  expect_rebuilds_the_same(dir.path());
}

TEST(Subjects, AnOldBackupOfTheLedgerHasLostWhoWasErasedSince) {
  TemporaryDirectory dir;
  const auto database = dir.path() + "/yichuang.db";
  {
    auto e = open(dir.path());
    give(*e, "toy.ask", ask(1, "A1", "张三"));
    give(*e, "toy.ask", ask(2, "B2", "李四"));
    ASSERT_EQ(one(*e, "SELECT count(*) FROM toy_search"), 2);
  }
  const auto backup = bytes_of(database);
  {
    auto e = open(dir.path());
    give(*e, "identity.erase_subject", R"({"subject":"1","basis":"retention_ended","reason":"保存期限已满"})");
    give(*e, "toy.ask", ask(3, "C3", "王五"));
  }
  for (const char* log : {"-wal", "-shm"}) fs::remove(database + log);
  std::ofstream(database, std::ios::binary | std::ios::trunc) << backup;
  {
    std::vector<SubjectId> told;
    auto e = open(dir.path(), &told);
    EXPECT_EQ(told, std::vector<SubjectId>{{1}});
    EXPECT_EQ(one(*e, "SELECT count(*) FROM toy_list WHERE number=1 AND name IS NULL"), 1);
    EXPECT_EQ(one(*e, "SELECT subject FROM toy_search"), 2);
    give(*e, "toy.ask", ask(4, "A1", "张三"));
    EXPECT_EQ(one(*e, "SELECT subject FROM toy_list WHERE number=4"), 3);
  }
  expect_rebuilds_the_same(dir.path());
}

TEST(Subjects, AnOldBackupOfTheKeysLosesTheErasedKeyAtTheNextStart) {
  TemporaryDirectory dir;
  const auto file = dir.path() + "/keys/data-keys";
  {
    auto e = open(dir.path());
    give(*e, "toy.ask", ask(1, "A1", "张三"));
  }
  const auto backup = bytes_of(file);
  {
    auto e = open(dir.path());
    give(*e, "identity.erase_subject", R"({"subject":"1","basis":"unlawful","reason":"违反约定"})");
  }
  EXPECT_NE(bytes_of(file).substr(128, 64), backup.substr(128, 64));
  std::ofstream(file, std::ios::binary | std::ios::trunc) << backup;
  std::vector<SubjectId> told;
  auto e = open(dir.path(), &told);
  EXPECT_EQ(told, std::vector<SubjectId>{{1}});
  EXPECT_TRUE(e->keys().erased({1}));
  EXPECT_NE(bytes_of(file).substr(128, 64), backup.substr(128, 64));
}

TEST(Subjects, KeysThatAreLostOrOlderThanTheLedgerRefuseTheStart) {
  TemporaryDirectory dir;
  const auto file = dir.path() + "/keys/data-keys";
  engine::EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  open(dir.path());
  const auto few = bytes_of(file);
  {
    auto e = open(dir.path());
    for (int i = 1; i <= 400; ++i) give(*e, "toy.ask", ask(i, "N" + std::to_string(i), "某人"));
  }
  const auto good = bytes_of(file);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << few;
  EXPECT_EQ(Engine::open(dir.path(), toy_rooms(), o).error().code, "identity.keys_older");
  fs::remove(file);
  EXPECT_EQ(Engine::open(dir.path(), toy_rooms(), o).error().code, "engine.keys_missing");
  std::ofstream(file, std::ios::binary | std::ios::trunc) << good;
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(dir.path() + "/keys/master", dir.path() + "/keys/away");
  EXPECT_EQ(Engine::open(dir.path(), toy_rooms(), o).error().code, "store.master_key_missing");
  fs::rename(dir.path() + "/keys/away", dir.path() + "/keys/master");
  EXPECT_TRUE(Engine::open(dir.path(), toy_rooms(), o).ok());
}

TEST(Subjects, ARepeatedCommandIsKnownAndNothingGuessableIsKeptOfIt) {
  TemporaryDirectory dir;
  auto e = open(dir.path());
  const auto give_as = [&](store::CommandId id, const std::string& name, const std::string& body) {
    std::promise<Result<engine::Answer>> p;
    auto f = p.get_future();
    e->submit({id, engine::digest_of(name, body, kActor.account), kActor, e->registry().find_command(name)->parse(body).value(), {},
               engine::waiter([&](Result<engine::Answer> r) { p.set_value(std::move(r)); }), 256});
    return f.get();
  };
  const auto id = engine::new_command_id(), erasing = engine::new_command_id();
  const auto first = give_as(id, "toy.ask", ask(1, "A1", "张三"));
  const auto again = give_as(id, "toy.ask", ask(1, "A1", "张三"));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->json, first->json);
  EXPECT_EQ(give_as(id, "toy.ask", ask(1, "A1", "张四")).error().code, "engine.command_id_conflict");
  const std::string erase = R"({"kind":"citizen","number":"A1","basis":"consent_withdrawn","reason":"本人申请"})";
  ASSERT_TRUE(give_as(erasing, "identity.erase_subject", erase).ok());
  // The key is gone and with it the comparison; the id alone decides.
  EXPECT_TRUE(give_as(erasing, "identity.erase_subject", erase)->repeated);
  EXPECT_TRUE(give_as(id, "toy.ask", ask(1, "A1", "张三"))->repeated);
  // No digest of the forms themselves stands in the file.
  auto r = e->reader();
  for (const auto& [name, body] : {std::pair{std::string("toy.ask"), ask(1, "A1", "张三")}, {std::string("identity.erase_subject"), erase}}) {
    const auto digest = engine::digest_of(name, body, kActor.account);
    EXPECT_EQ(r->select("SELECT count(*) FROM engine_command WHERE digest=$1", {store::Value::blob(store::bytes(digest))})->next_integer(), 0);
    r->events(kCentre, 1, 100, [&](const store::LedgerRow& row) {
      EXPECT_EQ(row.record.find(store::bytes(digest)), std::string_view::npos);
      return true;
    });
  }
}

TEST(Subjects, ErasureIsRefusedWithoutAReasonASubjectOrWhereARoomObjects) {
  TemporaryDirectory dir;
  engine::EngineOptions o;
  o.centre = kCentre;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  const auto rooms = [] {
    auto r = toy_rooms()();
    return r;
  };
  auto e = Engine::open(dir.path(), rooms, o).value();
  give(*e, "toy.ask", ask(1, "A1", "张三"));
  const auto code = [&](const std::string& body) { return e->run("identity.erase_subject", body, kActor).error().code; };
  EXPECT_EQ(code(R"({"subject":"1","basis":"other_law","reason":"  "})"), "identity.reason_needed");
  EXPECT_EQ(code(R"({"subject":"9","basis":"other_law","reason":"x"})"), "identity.no_such_subject");
  EXPECT_EQ(code(R"({"subject":"0","basis":"other_law","reason":"x"})"), "identity.no_such_subject");
  EXPECT_EQ(code(R"({"basis":"other_law","reason":"x"})"), "identity.which_subject");
  EXPECT_EQ(code(R"({"kind":"citizen","basis":"other_law","reason":"x"})"), "identity.which_subject");
  EXPECT_EQ(code(R"({"subject":"1","kind":"citizen","number":"A1","basis":"other_law","reason":"x"})"), "identity.which_subject");
  EXPECT_EQ(code(R"({"kind":"citizen","number":"Z9","basis":"other_law","reason":"x"})"), "identity.no_such_subject");
  EXPECT_EQ(code(R"({"subject":"1","basis":"restored_backup","reason":"x"})"), "identity.basis_reserved");
  EXPECT_FALSE(e->keys().erased({1}));
}
