// A centre moves to PostgreSQL and back, and its cases go on.
#include "app/migrate.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/installation.h"
#include "engine/rebuild.h"
#include "store/store_ground.h"
#include "store/verify.h"

namespace yi::app {
namespace {

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
    const auto keys = engine::open_keys(s->writer().reader(), dir_.path(), centre, {}, store::KeyAccess::make).value();
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

}  // namespace
}  // namespace yi::app
