// Data directories of earlier programs (testdata/compat): they verify, rebuild, open, and their cases go on.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/installation.h"
#include "engine/rebuild.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::app {
namespace {

class Compat : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::filesystem::copy(std::string(YI_SOURCE_DIR "/testdata/compat/") + GetParam(), dir_.path(), std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  }
  std::unique_ptr<engine::Engine> open() { return engine::Engine::open(dir_.path(), all_rooms(common_), engine_options(common_, {})).value(); }
  // case_id → stage, of the guard's own table.
  static std::map<std::int64_t, casework::Stage> stages(engine::Engine& e) {
    std::map<std::int64_t, casework::Stage> out;
    auto reader = e.reader();
    auto c = reader->select("SELECT case_id, stage FROM casework_case WHERE centre=$1", {e.centre().value});
    while (c->next()) out[c->integer(0)] = static_cast<casework::Stage>(c->integer(1));
    return out;
  }
  std::string done(engine::Engine& e, const char* command, const std::string& body) {
    const auto a = e.run(command, body, {"old.clerk", "operator"});
    return a ? "" : a.error().code + " " + a.error().sentence + a.error().where;
  }
  store::TemporaryDirectory dir_;
  const Common common_ = load_common(YI_SOURCE_DIR "/data").value();
};

TEST_P(Compat, TheLedgerVerifiesAndTheCasesStandWhereTheyStood) {
  using casework::Stage;
  {
    auto store = store::open_sqlite(dir_.path(), store::Mode::read).value();
    const auto v = store::verify(*store->open_reader(), common_.catalog->settings().centre);
    EXPECT_FALSE(v.broken) << *v.broken;
    EXPECT_EQ(v.events, 51);
  }
  auto e = open();
  const std::map<std::int64_t, Stage> expected{{20240624000001, Stage::received}, {20240624000002, Stage::accepted}, {20240624000003, Stage::in_review},
                                               {20240624000004, Stage::granted},  {20240624000005, Stage::granted},   {20240624000006, Stage::issued},
                                               {20240624000007, Stage::issued},   {20240624000008, Stage::not_accepted}, {20240624000009, Stage::withdrawn},
                                               {20240624000010, Stage::granted},  {20240624000011, Stage::accepted}};
  EXPECT_EQ(stages(*e), expected);
}

TEST_P(Compat, ACaseGoesOnToItsEnd) {
  auto e = open();
  EXPECT_EQ(done(*e, "casework.transfer", R"({"case_id":"20240624000005","window":"W15","to":"issue_window","signed_by":"物料员乙"})"), "casework.illegal_act 办件目前的状态不能做这一步。（办件为“准予”，不能“流转”）");
  EXPECT_EQ(done(*e, "casework.issue", R"({"case_id":"20240624000005","window":"W15","delivery":"window","received_by":"申请人"})"), "");
  EXPECT_EQ(done(*e, "casework.decide", R"({"case_id":"20240624000003","decision":"grant"})"), "");
  EXPECT_EQ(done(*e, "casework.accept", R"({"case_id":"20240624000001","window":"W01"})"), "");
  const auto s = stages(*e);
  EXPECT_EQ(s.at(20240624000005), casework::Stage::issued);
  EXPECT_EQ(s.at(20240624000003), casework::Stage::granted);
  EXPECT_EQ(s.at(20240624000001), casework::Stage::accepted);
}

// Offline, before any newer program has served the directory: the old tables have other columns.
TEST_P(Compat, TheViewsAreBuiltAgainFromTheLedger) {
  for (int time = 0; time < 2; ++time) {
    auto store = store::open_sqlite(dir_.path(), store::Mode::write).value();
    const auto centre = common_.catalog->settings().centre;
    const auto keys = engine::open_keys(store->writer().reader(), dir_.path(), centre, {}, store::KeyAccess::make).value();
    engine::RebuildOptions options;
    options.keys = keys.get();
    const auto r = engine::rebuild(store->writer(), all_rooms(common_), centre, options);
    EXPECT_TRUE(r.swapped);
    for (const auto& v : r.views) EXPECT_FALSE(v.difference) << *v.difference;
  }
  auto e = open();
  EXPECT_EQ(stages(*e).size(), 11u);
}

INSTANTIATE_TEST_SUITE_P(Directories, Compat, testing::Values("v1"));

}  // namespace
}  // namespace yi::app
