// A centre moves to PostgreSQL and back, and its cases go on.
#include "app/migrate.h"

#include <gtest/gtest.h>

#include <poll.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>
#include <utility>

#include "app/backup.h"
#include "app/beside.h"
#include "app/data_directory.h"
#include "app/test_house.h"
#include "engine/rebuild.h"
#include "files/store.h"
#include "identity/audit.h"
#include "store/building.h"
#include "store/postgres_faults.h"
#include "store/postgres_schema.h"
#include "store/store_ground.h"
#include "store/verify.h"
#include "store/view_walk.h"

namespace yi::app {
namespace {

std::string database_of(const store::Place& place) { return place.url.substr(place.url.rfind('/') + 1); }

// While it lives, what takes a new centre's schema in waits before it commits.
void on_take_in(const std::string& database, const std::string& does) {
  auto& server = store::test_server();
  server.sql(database, "CREATE FUNCTION public.at_take_in() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN " + does + " END $$");
  server.sql(database, "CREATE EVENT TRIGGER at_take_in ON ddl_command_end WHEN TAG IN ('ALTER SCHEMA') EXECUTE FUNCTION public.at_take_in()");
}

// The COMMIT that takes a new centre in is done, and nobody hears of it: it waits for a standby that there is not, and is cut off there.
class LostAnswer {
 public:
  explicit LostAnswer(const std::string& database) {
    auto& server = store::test_server();
    server.sql(database, store::faults::kLetGo);
    on_take_in(database, "FOR i IN 1..1200 LOOP EXIT WHEN EXISTS (SELECT FROM public.goes_on); PERFORM pg_sleep(0.05); END LOOP;");
    thread_ = std::thread([this, &server, database] {
      const auto waiting = [&](const std::string& what) { return "SELECT pid FROM pg_stat_activity WHERE datname='" + database + "' AND wait_event='" + what + "'"; };
      if (!until(waiting("PgSleep"))) return;
      server.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names='nobody'");
      server.sql("postgres", "SELECT pg_reload_conf()");
      ::poll(nullptr, 0, 500);  // until every process of the server has read it
      server.sql(database, "SET synchronous_commit=local; INSERT INTO public.goes_on VALUES (1)");
      if (until(waiting("SyncRep"))) server.sql("postgres", "SELECT pg_terminate_backend(pid) FROM (" + waiting("SyncRep") + ") p");
      server.sql("postgres", "ALTER SYSTEM RESET synchronous_standby_names");
      server.sql("postgres", "SELECT pg_reload_conf()");
    });
  }
  ~LostAnswer() { thread_.join(); }
  LostAnswer(const LostAnswer&) = delete;
  LostAnswer& operator=(const LostAnswer&) = delete;

 private:
  static bool until(const std::string& question) {
    for (int i = 0; i < 1200; ++i, ::poll(nullptr, 0, 50))
      if (!store::test_server().sql("postgres", question).empty()) return true;
    return false;
  }
  std::thread thread_;
};

class Migrate : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy(YI_SOURCE_DIR "/testdata/compat/v1", dir_.path(),
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  }
  Result<std::unique_ptr<engine::Engine>> open(const store::Place& place) { return engine::Engine::open(place, all_rooms(common_), engine_options(common_, {})); }
  std::string done(const store::Place& place, const char* command, const std::string& body) {
    auto e = open(place);
    if (!e) return e.error().code;
    const auto a = (*e)->run(command, body, {"old.clerk", "operator"});
    return a ? "" : a.error().code;
  }
  std::string head(const store::Place& place) {
    const auto s = store::open(place, store::Mode::read).value();
    const auto v = store::verify(*s->open_reader(), common_.catalog->settings().centre);
    EXPECT_FALSE(v.broken) << *v.broken;
    return v.head_hash;
  }
  void expect_whole(const store::Place& place) {
    const auto s = store::open(place, store::Mode::write).value();
    const auto centre = common_.catalog->settings().centre;
    const auto keys = engine::open_keys(s->writer().reader(), place, centre, {}, store::KeyAccess::make).value();
    engine::RebuildOptions options;
    options.keys = keys.get();
    for (const auto& v : engine::rebuild(s->writer(), all_rooms(common_), centre, options).views) EXPECT_FALSE(v.difference) << *v.difference;
  }
  const Common common_ = load_common(YI_SOURCE_DIR "/data").value();
  store::TemporaryDirectory dir_;
  const store::Place here_{dir_.path()}, there_{dir_.path(), store::test_server().new_database()};
};

TEST_F(Migrate, OutAndBackWithTheChainVerified) {
  const auto before = head(here_);
  const auto out = move_centre({here_, there_}, common_);
  ASSERT_TRUE(out.ok()) << out.error().sentence;
  EXPECT_EQ(out->records, 51);
  EXPECT_EQ(out->head_hash, before);
  EXPECT_EQ(head(there_), before);
  expect_whole(there_);
  EXPECT_EQ(done(here_, "casework.accept", "{}"), "engine.moved");
  EXPECT_EQ(move_centre({here_, {dir_.path(), store::test_server().new_database()}}, common_).error().code, "engine.moved");
  EXPECT_EQ(done(there_, "casework.accept", R"({"case_id":"20240624000001","window":"W01"})"), "");
  const auto later = head(there_);
  EXPECT_NE(later, before);

  const auto back = move_centre({there_, here_}, common_);
  ASSERT_TRUE(back.ok()) << back.error().sentence;
  EXPECT_EQ(back->head_hash, later);
  EXPECT_EQ(head(here_), later);
  expect_whole(here_);
  EXPECT_EQ(done(there_, "casework.accept", "{}"), "engine.moved");
  EXPECT_EQ(done(here_, "casework.decide", R"({"case_id":"20240624000003","decision":"grant"})"), "");

  const auto again = move_centre({here_, there_}, common_);
  ASSERT_TRUE(again.ok()) << again.error().sentence;
  EXPECT_EQ(head(there_), head(here_));
  EXPECT_EQ(done(there_, "casework.withdraw", R"({"case_id":"20240624000002","window":"W01","reason":"不办了"})"), "");
}

TEST_F(Migrate, WhatIsAliveOrBrokenIsNotReplacedOrBroughtOver) {
  EXPECT_EQ(move_centre({here_, here_}, common_).error().code, "app.move_within");
  EXPECT_EQ(move_centre({there_, here_}, common_).error().code, "store.missing");
  {
    auto serving = open(here_);
    ASSERT_TRUE(serving.ok());
    EXPECT_EQ(move_centre({here_, there_}, common_).error().code, "store.locked");
  }
  {  // another centre's life there
    store::TemporaryDirectory other;
    ASSERT_TRUE(open({other.path(), there_.url}).ok());
  }
  EXPECT_EQ(move_centre({here_, there_}, common_).error().code, "app.not_empty");

  const store::Place elsewhere{dir_.path(), store::test_server().new_database()};
  const auto centre = common_.catalog->settings().centre;
  const auto good = head(here_);
  {
    auto s = store::open(here_, store::Mode::write).value();
    const store::View events{"ledger_event", 1, store::ViewKind::guard, 1, {{"pos", store::Type::integer}, {"mark", store::Type::bytes}, {"record",
        store::Type::bytes}}};
    store::Row row;
    {
      auto c = s->writer().reader().select("SELECT pos, mark, record FROM ledger_event WHERE pos>$1 ORDER BY pos LIMIT 1",
          {(std::int64_t{centre.value} << 40) + 20});
      ASSERT_TRUE(c->next());
      row = {c->integer(0), c->bytes(1), c->bytes(2)};
    }
    row[2].s.back() ^= 1;
    s->writer().begin();
    s->writer().change(events, "ledger_event", {row});
    s->writer().commit();
  }
  const auto broken = move_centre({here_, elsewhere}, common_);
  EXPECT_EQ(broken.error().code, "app.move_failed") << broken.error().sentence;
  EXPECT_EQ(store::open(elsewhere, store::Mode::read).error().code, "store.missing") << "nothing half done";
  EXPECT_NE(done(here_, "casework.accept", "{}"), "engine.moved");
}

TEST_F(Migrate, WhoseLastAnswerIsLostLeavesOneThatLives) {
  const auto before = head(here_);
  const auto out = [&] {
    const LostAnswer lost(database_of(there_));
    return move_centre({here_, there_}, common_);
  }();
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, "app.move_undecided") << out.error().sentence;
  EXPECT_EQ(done(here_, "casework.accept", "{}"), "engine.moved") << "it lives there";
  const auto again = move_centre({here_, there_}, common_);
  ASSERT_TRUE(again.ok()) << again.error().sentence;
  EXPECT_EQ(again->head_hash, before);
  EXPECT_EQ(head(there_), before);
  EXPECT_EQ(done(here_, "casework.accept", "{}"), "engine.moved");
  EXPECT_EQ(done(there_, "casework.accept", R"({"case_id":"20240624000001","window":"W01"})"), "");
}

TEST_F(Migrate, WhatIsRefusedAtTheLastStepGoesOnWhereItWas) {
  on_take_in(database_of(there_), "RAISE EXCEPTION 'not today';");
  const auto out = move_centre({here_, there_}, common_);
  ASSERT_FALSE(out.ok());
  EXPECT_NE(out.error().code, "app.move_undecided");
  EXPECT_EQ(store::open(there_, store::Mode::read).error().code, "store.missing");
  EXPECT_EQ(done(here_, "casework.accept", R"({"case_id":"20240624000001","window":"W01"})"), "");
}

// Once in the life of a move, while what was built is verified.
auto while_verified(std::function<void()> f) {
  return [f = std::move(f), done = false](std::string_view what, std::int64_t, std::int64_t) mutable {
    if (what == "核对新账本" && !std::exchange(done, true)) f();
  };
}

TEST_F(Migrate, AnotherProcessMakesNoCentreThereMeanwhile) {
  std::string refused;
  const auto out = move_centre({here_, there_}, common_, while_verified([&] {
    const auto word = store::BuildersWord::take(there_.url);
    refused = word ? "" : word.error().code;
  }));
  ASSERT_TRUE(out.ok()) << out.error().sentence;
  EXPECT_EQ(refused, "store.locked");
  const auto held = store::BuildersWord::take(there_.url);
  ASSERT_TRUE(held.ok()) << "it goes with the move";
  EXPECT_EQ(move_centre({here_, there_}, common_).error().code, "store.locked");
}

TEST_F(Migrate, AnothersBuildingIsNotTakenInAndTheKeysStay) {
  const auto head_before = head(here_);
  const auto building = [&](const std::string& text) { return store::test_server().sql(database_of(there_), text); };
  const auto out = move_centre({here_, there_}, common_, while_verified([&] { building(store::faults::kBuildingOfAnother); }));
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, "store.other_building") << out.error().sentence;
  EXPECT_EQ(store::open(there_, store::Mode::read).error().code, "store.missing");
  EXPECT_EQ(head(here_), head_before);
  EXPECT_EQ(done(here_, "casework.accept", R"({"case_id":"20240624000001","window":"W01"})"), "") << "it goes on with its keys";
}

TEST_F(Migrate, ABuildingThatMayBeAnothersByNowIsNotDropped) {
  const auto database = database_of(there_);
  const auto out = move_centre({here_, there_}, common_, while_verified([&] {
    auto& server = store::test_server();
    server.sql(database, store::faults::kBuildingOfAnother);
    server.sql(database, store::faults::kEndTheBuilder);
  }));
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, "store.other_building") << out.error().sentence;
  EXPECT_EQ(store::test_server().sql(database, "SELECT centre FROM yichuang_building.ledger_head"), "990000") << "whose it is goes on";
  EXPECT_EQ(done(here_, "casework.accept", R"({"case_id":"20240624000001","window":"W01"})"), "");
}

TEST_F(Migrate, WhatIsAskedAgainIsNotTakenForDoneByTheNameOfItsKeys) {
  ASSERT_TRUE(open(here_).ok()) << "keys are made";
  ASSERT_TRUE(move_centre({here_, there_}, common_).ok());
  ASSERT_TRUE(move_centre({here_, there_}, common_).ok()) << "it follows";
  EXPECT_EQ(done(there_, "casework.accept", R"({"case_id":"20240624000001","window":"W01"})"), "");
  ASSERT_TRUE(move_centre({here_, there_}, common_).ok()) << "also when somebody has gone on there";
  const auto keys = here_.directory + "/keys/data-keys";
  const auto again = [&](const std::string& text) {
    store::test_server().sql(database_of(there_), "SET search_path=yichuang; " + text);
    std::ofstream(keys) << "what is not to be destroyed";
    const auto moved = move_centre({here_, there_}, common_);
    return (moved ? "" : moved.error().code) + (std::filesystem::exists(keys) ? "" : ", and destroyed");
  };
  EXPECT_EQ(again(store::faults::kOtherLedger), "app.not_empty") << "another ledger";
  EXPECT_EQ(again(store::faults::kNoRecords), "app.not_empty") << "no records";
}

// What a replay has built in the schema of its own, with the only copy of its master key.
class TakeIn : public Migrate {
 protected:
  void SetUp() override {
    store::Place building(building_place(fresh_.path()), there_.url);
    building.building = true;
    ASSERT_TRUE(engine::Engine::open(building, all_rooms(common_), engine_options(common_, {})).ok());
    ASSERT_TRUE(std::filesystem::exists(building_place(fresh_.path()) + "/keys/master"));
  }
  Checked take() { return take_in(place_, common_.catalog->settings().centre); }
  bool has_key() const { return std::filesystem::exists(fresh_.path() + "/keys/master"); }
  const store::TemporaryDirectory fresh_;
  const store::Place place_{fresh_.path(), there_.url};
};

TEST_F(TakeIn, ANewCentreWhoseLastAnswerIsLostKeepsItsMasterKey) {
  const auto in = [&] {
    const LostAnswer lost(database_of(there_));
    return take();
  }();
  ASSERT_FALSE(in.ok());
  EXPECT_EQ(in.error().code, "app.centre_undecided") << in.error().sentence;
  EXPECT_TRUE(has_key());
  EXPECT_TRUE(open(place_).ok()) << "and is served with it";
}

TEST_F(TakeIn, ANewCentreThatIsNotThereLeavesNoKey) {
  on_take_in(database_of(there_), "RAISE EXCEPTION 'not today';");
  const auto in = take();
  ASSERT_FALSE(in.ok());
  EXPECT_NE(in.error().code, "app.centre_undecided");
  EXPECT_FALSE(has_key());
}

TEST_F(TakeIn, AnothersBuildingIsNotTakenIn) {
  store::test_server().sql(database_of(there_), store::faults::kBuildingOfAnother);
  EXPECT_EQ(take().error().code, "store.other_building");
  EXPECT_FALSE(has_key());
  EXPECT_EQ(store::test_server().sql(database_of(there_), "SELECT centre FROM yichuang_building.ledger_head"), "990000");
}

TEST_F(TakeIn, WhatIsRefusedBecauseAnotherBuildsIsNotUndecided) {
  store::Place building(building_place(fresh_.path()), there_.url);
  building.building = true;
  auto another = store::open(building, store::Mode::write);
  for (int i = 0; i < 200 && !another; ++i, ::poll(nullptr, 0, 50)) another = store::open(building, store::Mode::write);  // the one before is still ending
  ASSERT_TRUE(another.ok());
  EXPECT_EQ(take().error().code, "store.locked");
  EXPECT_FALSE(has_key());
}

TEST_F(TakeIn, ANewCentreComesInWithItsKey) {
  ASSERT_TRUE(take().ok());
  EXPECT_TRUE(has_key());
  EXPECT_TRUE(open(place_).ok());
}

// Everything of a centre that was served goes out, is served by a node with nothing of its own, and comes back.
class WholeMove : public test::House {
 protected:
  void serve(const store::Place& place, const std::string& master, const std::string& files) {
    house_.reset();
    ServeOptions o;
    o.data_directory = place.directory;
    o.store_url = place.url;
    o.data_root = YI_SOURCE_DIR "/data";
    o.server.port = 0;
    o.keys.master_key_file = master;
    o.files_folder = files;
    auto opened = Installation::open(o);
    ASSERT_TRUE(opened.ok()) << opened.error().code << " " << opened.error().sentence << " " << opened.error().where;
    house_ = std::move(*opened);
    ASSERT_TRUE(house_->serve().ok());
    client_ = std::make_unique<http::test::Client>(house_->port());
  }
  void move(const store::Place& from, const store::Place& to, const std::string& files) {
    house_.reset();
    const auto moved = move_centre({from, to, {}, files}, load_common(YI_SOURCE_DIR "/data").value());
    ASSERT_TRUE(moved.ok()) << moved.error().code << " " << moved.error().sentence << " " << moved.error().where;
    EXPECT_EQ(moved->files, 1);
  }
  // The rows of these keys go.
  static void without(const store::Place& place, const store::View& view, const std::function<std::vector<store::Row>(store::Reader&)>& keys) {
    const auto s = store::open_beside(place, "beside", store::Mode::write).value();
    auto& w = s->writer();
    const auto all = keys(w.reader());
    w.begin();
    for (const auto& key : all) w.change(view, view.name, {key, store::RowChange::Kind::remove});
    w.commit();
  }
  std::string content(const files::FileId& id) {
    auto out = house_->file_store().read(id);
    if (!out) return out.error().code;
    std::string bytes;
    while ((*out)->read(bytes).value()) continue;
    return bytes;
  }
  std::string token_in(const std::string& directory) {
    std::string token;
    std::ifstream(directory + "/operator.token") >> token;
    return token;
  }
  // Something of everything that moves: an account with its session, a draft, an entry of the audit, a signing key, a file.
  std::pair<std::string, files::FileId> fill() {
    open_account("citizen.a", identity::Role::applicant);
    EXPECT_EQ(ask("citizen.a", "POST", "/api/casework/drafts",
                  R"({"draft_id":"0190f5fe-7c00-7a1b-8c2d-0123456789ab","matter":"SC-SCJGJ-0001","title":"申请","content":"名称：某某有限公司"})").status, 200);
    EXPECT_EQ(ask("citizen.a", "GET", "/api/identity/accounts").status, 403) << "leaves a trace in the audit";
    auto in = house_->file_store().begin({"text/plain", "a.txt", {}}).value();
    EXPECT_TRUE(in->write("材料正文").ok());
    return {test::member(ask("citizen.a", "GET", "/api/ledger/head").body, {"key", "id"}), in->finish().value().id};
  }
  void expect_all(const files::FileId& file, const std::string& key) {
    EXPECT_EQ(ask("citizen.a", "GET", "/api/identity/me").status, 200) << "the session goes on";
    EXPECT_EQ(test::member(ask("citizen.a", "GET", "/api/casework/drafts/0190f5fe-7c00-7a1b-8c2d-0123456789ab").body, {"content"}), "名称：某某有限公司");
    EXPECT_EQ(test::member(ask("citizen.a", "GET", "/api/ledger/head").body, {"key", "id"}), key);
    EXPECT_EQ(content(file), "材料正文");
    const auto centre = house_->engine().centre();
    const auto v = identity::verify_audit(*house_->gatekeeper().audit().open_reader(), centre);
    EXPECT_FALSE(v.broken) << *v.broken;
    EXPECT_GE(v.entries, 1);
  }
};

TEST_F(WholeMove, OutToANodeWithNothingAndBack) {
  const auto [key, file] = fill();
  const auto token = token_in(directory_.path());
  expect_all(file, key);

  const store::TemporaryDirectory node, shared;
  const store::Place here{directory_.path()}, there{directory_.path(), store::test_server().new_database()};
  const auto master = directory_.path() + "/keys/master";
  move(here, there, shared.path());
  for (const char* left : {"keys/data-keys", "identity.db", "drafts.db", "sm2.key"}) EXPECT_FALSE(std::filesystem::exists(directory_.path() + "/" + left)) << left;
  serve({node.path(), there.url}, master, shared.path());
  expect_all(file, key);
  EXPECT_EQ(token_in(node.path()), token);
  for (const char* none : {"keys", "identity.db", "audit.db", "drafts.db", "sm2.key", "files", "yichuang.db"})
    EXPECT_FALSE(std::filesystem::exists(node.path() + "/" + none)) << none;
  {
    ServeOptions wrong;
    wrong.data_directory = node.path() + "/second";
    wrong.store_url = there.url;
    wrong.data_root = YI_SOURCE_DIR "/data";
    const store::TemporaryDirectory other;
    ASSERT_TRUE(store::KeyVault::open(other.path(), house_->engine().centre(), {}, store::KeyAccess::make).ok());
    house_.reset();
    wrong.keys.master_key_file = other.path() + "/keys/master";
    EXPECT_EQ(Installation::open(wrong).error().code, "store.master_key_wrong");
    wrong.keys.master_key_file = {};
    EXPECT_EQ(Installation::open(wrong).error().code, "store.master_key_missing");
  }

  move(there, here, shared.path());
  serve(here, "", "");
  expect_all(file, key);
  EXPECT_EQ(token_in(directory_.path()), token);
  EXPECT_EQ(store::keys_there(there, house_->engine().centre()).value(), "") << "a key is in one place alone";
  EXPECT_EQ(store::test_server().sql(there.url.substr(there.url.rfind('/') + 1), "SELECT count(*) FROM yichuang.identity_session"), "0");
}

TEST_F(WholeMove, ABackupBesideAServerHasTheSharedFilesAndItsRestoreEndsSessions) {
  const auto [key, file] = fill();
  const auto centre = house_->engine().centre();
  const store::TemporaryDirectory shared, copies, lost, elsewhere;
  const store::Place here{directory_.path()}, there{directory_.path(), store::test_server().new_database()};
  const auto sessions = [&] { return store::test_server().sql(database_of(there), "SELECT count(*) FROM yichuang.identity_session"); };
  move(here, there, shared.path());
  const auto done = backup({there, shared.path(), centre}, copies.path() + "/copy", copies.path() + "/keys");
  ASSERT_TRUE(done.ok()) << done.error().sentence;
  EXPECT_EQ(done->files, 1);
  EXPECT_EQ(files::verify(copies.path() + "/copy").files, 1);
  EXPECT_EQ(sessions(), "1");
  // Another machine, while nodes serve: nobody is signed out by that.
  serve(there, "", shared.path());
  ASSERT_TRUE(house_);
  const auto beside = restore(copies.path() + "/copy", copies.path() + "/keys", {{lost.path() + "/one", there.url}, elsewhere.path(), centre});
  ASSERT_TRUE(beside.ok()) << beside.error().sentence;
  EXPECT_FALSE(beside->signed_out);
  EXPECT_EQ(sessions(), "1");
  house_.reset();
  // A node has the database, and does not lead this centre: another's.
  auto others = store::open(there, store::Mode::node);
  ASSERT_TRUE(others.ok());
  EXPECT_EQ(store::open(there, store::Mode::write).error().code, "store.locked");
  const auto back = restore(copies.path() + "/copy", copies.path() + "/keys", {{lost.path() + "/two", there.url}, elsewhere.path(), centre});
  ASSERT_TRUE(back.ok()) << back.error().sentence;
  EXPECT_TRUE(back->signed_out);
  others.value().reset();
  EXPECT_EQ(sessions(), "0");
  EXPECT_EQ(files::verify(files::Folder("", elsewhere.path(), centre)).files, 1);
  serve({lost.path() + "/two", there.url}, "", elsewhere.path());
  ASSERT_TRUE(house_);
  EXPECT_EQ(content(file), "材料正文");
  EXPECT_EQ(ask("citizen.a", "GET", "/api/identity/me").status, 401);
}

// A program of before the centre lay in the database whole: the ledger there, the rest in its data directory.
TEST_F(WholeMove, AnEarlierServersAccountsAndDraftsAreTakenInOnce) {
  const auto [key, file] = fill();
  const auto centre = house_->engine().centre();
  const store::TemporaryDirectory kept, shared;
  const store::Place here{directory_.path()}, there{directory_.path(), store::test_server().new_database()};
  const std::vector<std::string> files{"identity.db", "audit.db", "drafts.db", "sm2.key"};
  const auto carry = [&](const std::string& from, const std::string& to) {
    for (const auto& name : files) std::filesystem::copy(from + "/" + name, to + "/" + name, std::filesystem::copy_options::overwrite_existing);
  };
  house_.reset();
  carry(directory_.path(), kept.path());
  move(here, there, shared.path());
  forget_beside(there, centre);
  without(there, identity::audit_view(), [&](store::Reader& reader) {
    std::vector<store::Row> keys;
    for (store::ViewWalk walk(reader, identity::audit_view(), identity::audit_view().name, centre); walk.next();) keys.push_back({walk.row()[0], walk.row()[1]});
    return keys;
  });
  for (const char* name : {"yichuang.db", "yichuang.db-wal", "yichuang.db-shm"}) std::filesystem::remove(directory_.path() + "/" + name);
  carry(kept.path(), directory_.path());

  serve(there, directory_.path() + "/keys/master", shared.path());
  ASSERT_TRUE(house_);
  expect_all(file, key);
  for (const char* left : {"identity.db", "drafts.db", "sm2.key"}) EXPECT_FALSE(std::filesystem::exists(directory_.path() + "/" + left)) << left;
  serve(there, directory_.path() + "/keys/master", shared.path());
  expect_all(file, key);
  // Two that are not the same are not mixed.
  house_.reset();
  without(there, store::centre_table(), [&](store::Reader&) { return std::vector<store::Row>{{centre.value, "beside"}}; });
  carry(kept.path(), directory_.path());
  ServeOptions o;
  o.data_directory = there.directory;
  o.store_url = there.url;
  o.data_root = YI_SOURCE_DIR "/data";
  const auto refused = Installation::open(o);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "app.beside_twice");
  EXPECT_NE(refused.error().next_step.find("yichuang migrate"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(directory_.path() + "/identity.db"));
}

TEST_F(WholeMove, EndedBetweenTwoStepsIsMadeAgainOrSaysWhatToDo) {
  const auto [key, file] = fill();
  const auto centre = house_->engine().centre();
  const store::TemporaryDirectory kept, shared;
  const store::Place here{directory_.path()}, there{directory_.path(), store::test_server().new_database()};
  const auto common = load_common(YI_SOURCE_DIR "/data").value();
  const auto code_at = [](const store::Place& place) {
    ServeOptions o;
    o.data_directory = place.directory;
    o.store_url = place.url;
    o.data_root = YI_SOURCE_DIR "/data";
    const auto opened = Installation::open(o);
    return opened ? "" : opened.error().code;
  };
  house_.reset();
  // Marked, and nothing has come in: nobody goes on here, and nobody begins anew there.
  {
    const auto s = store::open(here, store::Mode::write).value();
    s->writer().begin();
    s->writer().put_meta(centre, engine::kMovedTo, store::label_of(there));
    s->writer().commit();
  }
  EXPECT_EQ(code_at(here), "engine.moved");
  EXPECT_EQ(code_at(there), "app.move_unfinished");
  const std::vector<std::string> files{"identity.db", "drafts.db", "sm2.key", "keys/data-keys"};
  std::filesystem::create_directory(kept.path() + "/keys");
  for (const auto& name : files) std::filesystem::copy(directory_.path() + "/" + name, kept.path() + "/" + name);
  move(here, there, shared.path());
  // It has come in, and what it left is still there: made again it is finished, and so it is by a start at the new place.
  const auto put_back = [&] {
    for (const auto& name : files) std::filesystem::copy(kept.path() + "/" + name, directory_.path() + "/" + name);
  };
  put_back();
  EXPECT_EQ(code_at(here), "engine.moved");
  // A start destroys what is left of the ledger that came, and of no other.
  const auto ledger = [&](const std::string& text) { store::test_server().sql(database_of(there), "SET search_path=yichuang; " + text); };
  ledger(store::faults::kOtherLedger);
  EXPECT_EQ(code_at(there), "app.other_ledger");
  for (const auto& name : files) EXPECT_TRUE(std::filesystem::exists(directory_.path() + "/" + name)) << name;
  ledger(store::faults::kTheLedgerAgain);
  const auto again = move_centre({here, there, {}, shared.path()}, common);
  ASSERT_TRUE(again.ok()) << again.error().code;
  EXPECT_EQ(again->head_hash, store::verify(*store::open(there, store::Mode::read).value()->open_reader(), centre).head_hash);
  for (const auto& name : files) EXPECT_FALSE(std::filesystem::exists(directory_.path() + "/" + name)) << name;
  EXPECT_TRUE(move_centre({here, there, {}, shared.path()}, common).ok()) << "and once more";
  put_back();
  serve(there, directory_.path() + "/keys/master", shared.path());
  ASSERT_TRUE(house_);
  expect_all(file, key);
  for (const auto& name : files) EXPECT_FALSE(std::filesystem::exists(directory_.path() + "/" + name)) << name;
}

}  // namespace
}  // namespace yi::app
