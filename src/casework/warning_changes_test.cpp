// The rules of 电子监察 changed while the program runs: judged as the file is, in force from their day on.
#include "casework/warning_changes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "casework/declare.h"
#include "casework/life.h"
#include "catalog/commands.h"
#include "catalog/declare.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "store/temporary_directory.h"

namespace yi::casework {
namespace {

const CivilDay kToday = CivilDay::of(2024, 6, 24);
constexpr CentreCode kHere{510000};
const std::shared_ptr<const WarningRules>& of_file() {
  static const auto w = std::make_shared<const WarningRules>(WarningRules::load(YI_SOURCE_DIR "/data/sichuan/warnings.yaml").value());
  return w;
}
std::string with(const std::string& from, const std::string& to) {
  EXPECT_NE(of_file()->definition.find(from), std::string::npos) << from;
  return replace_all(of_file()->definition, from, to);
}

TEST(WarningChange, TheFileReadsAgainAsItIs) {
  const auto again = WarningRules::parse(of_file()->definition, "x");
  ASSERT_TRUE(again.ok()) << again.error().sentence;
  EXPECT_EQ(again->definition, of_file()->definition);
  EXPECT_EQ(again->rules.size(), of_file()->rules.size());
  EXPECT_EQ(again->yellow_percent, of_file()->yellow_percent);
}

TEST(WarningChange, IsJudgedAsTheFileIs) {
  const auto kind = warnings_kind(of_file(), std::make_shared<WarningBook>());
  const auto said = [&](const std::string& text) {
    std::string out;
    for (const auto& p : kind->judge("warnings", 2, kToday, text).problems) out += p.code + " " + p.where + "\n";
    return out;
  };
  EXPECT_EQ(said(with("\"yellow_days\":1", "\"yellow_days\":2")), "");
  EXPECT_EQ(said(with("\"yellow_days\":1", "\"yellow_days\":90")), "base.yaml_integer /definition/yellow_days\n");
  EXPECT_EQ(said(with("JC-0102", "JC-0101")), "casework.bad_warnings /definition/rules/1\n");
  EXPECT_EQ(said(with("\"trigger\":\"step_over\"", "\"trigger\":\"never\"")).substr(0, 16), "base.yaml_choice");
  EXPECT_EQ(said("yellow_days: 1"), "catalog.bad_definition /definition\n");
  EXPECT_EQ(kind->judge("warnings", 2, kToday, of_file()->definition).definition, of_file()->definition);
}

class ChangedWarnings : public ::testing::Test {
 protected:
  void open() {
    book = std::make_shared<WarningBook>();
    engine = engine::Engine::open(directory.path(), rooms(), {kHere, {true, at(kToday, 9, 0)}}).value();
  }
  engine::RegistryFactory rooms() const {
    auto changes = std::make_shared<catalog::Changes>(std::shared_ptr<const catalog::Catalog>(std::shared_ptr<void>(), &life::world().catalog));
    changes->add(warnings_kind(of_file(), book));
    return [changes] {
      engine::Registry r;
      catalog::declare(r, changes);
      return r;
    };
  }
  int yellow_on(CivilDay day) const { return book->on(day, *of_file()).yellow_days; }
  store::TemporaryDirectory directory;
  std::shared_ptr<WarningBook> book;
  std::unique_ptr<engine::Engine> engine;
};

TEST_F(ChangedWarnings, AreInForceFromTheirDayAfterARestartAndARebuild) {
  open();
  const catalog::ProposeChange wish{catalog::ChangeKind::warnings, {"warnings"}, 1, kToday + 3, catalog::Definition(with("\"yellow_days\":1", "\"yellow_days\":5")), Text<500>("示例")};
  const auto given = engine->run("catalog.propose_change", json::write(wish), {"one", "operator"});
  ASSERT_TRUE(given.ok()) << given.error().sentence;
  EXPECT_EQ(yellow_on(kToday + 3), 1) << "nothing is in force by a proposal";
  const auto approved = engine->run("catalog.approve_change", json::write(catalog::ApproveChange{catalog::ChangeKind::warnings, {"warnings"}, 1, {}}), {"two", "operator"});
  ASSERT_TRUE(approved.ok()) << approved.error().sentence;
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(yellow_on(kToday + 2), 1);
    EXPECT_EQ(yellow_on(kToday + 3), 5);
    EXPECT_EQ(book->versions.newest(WarningBook::kCode)->version, 2);
    engine.reset();
    open();
  }
  engine.reset();
  book = std::make_shared<WarningBook>();
  auto store = store::open_sqlite(directory.path(), store::Mode::write).value();
  for (const auto& v : engine::rebuild(store->writer(), rooms(), kHere, {}).views) EXPECT_FALSE(v.difference) << *v.difference;
  EXPECT_EQ(yellow_on(kToday + 3), 5);
}

// One case, whose light on the second day depends on nothing but the rules of that day.
TEST(WarningChange, ALightIsReckonedByTheRulesOfItsDay) {
  const auto& w = life::world();
  Ground ground{{std::shared_ptr<void>(), &w.catalog}, {std::shared_ptr<void>(), &w.calendar}, of_file()};
  const auto text = with("\"yellow_days\":1", "\"yellow_days\":60");
  ground.warning_book->versions.put(WarningBook::kCode, {2, kToday + 1, WarningRules::parse(text, "x").value(), text});
  const auto& all = w.catalog.matters();
  const auto m = std::find_if(all.begin(), all.end(), [](const auto& x) { return x.promised && x.promised->days >= 10 && x.steps.empty(); });
  ASSERT_NE(m, all.end());
  life::Life life(m->code);
  for (const Act act : {Act::receive, Act::accept}) {
    life::Wish asked;
    asked.act = act;
    asked.now = at(kToday, 10, act == Act::receive ? 0 : 30);
    const auto done = life.act(asked);
    ASSERT_TRUE(done.ok()) << done.error().sentence;
  }
  const auto light_on = [&](CivilDay day, const WarningRules& rules) { return light_of(life.state(), day, rules, w.catalog, w.calendar).value(); };
  EXPECT_EQ(light_on(kToday, ground.warnings_on(kToday)), Light::green);
  EXPECT_EQ(light_on(kToday + 1, *of_file()), Light::green);
  EXPECT_EQ(light_on(kToday + 1, ground.warnings_on(kToday + 1)), Light::yellow);
}

}  // namespace
}  // namespace yi::casework
