// The rules of 电子监察 changed while the program runs: judged as the file is, in force from their day on.
#include "casework/warning_changes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "casework/declare.h"
#include "casework/life.h"
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
ChangeWarnings wish(int base, CivilDay since, const std::string& from, const std::string& to, const char* reason = "示例") {
  EXPECT_NE(of_file()->definition.find(from), std::string::npos) << from;
  return {base, since, WarningsDefinition(replace_all(of_file()->definition, from, to)), Text<500>(std::string(reason))};
}

TEST(WarningChange, TheFileReadsAgainAsItIs) {
  const auto again = WarningRules::parse(of_file()->definition, "x");
  ASSERT_TRUE(again.ok()) << again.error().sentence;
  EXPECT_EQ(again->definition, of_file()->definition);
  EXPECT_EQ(again->rules.size(), of_file()->rules.size());
  EXPECT_EQ(again->yellow_percent, of_file()->yellow_percent);
}

TEST(WarningChange, IsJudgedAsTheFileIs) {
  const WarningBook book;
  const auto code_of = [&](const ChangeWarnings& c) {
    const auto r = decide(c, *of_file(), book, kToday);
    return r.ok() ? std::string() : r.error().code;
  };
  EXPECT_EQ(code_of(wish(1, kToday, "\"yellow_days\":1", "\"yellow_days\":2")), "");
  EXPECT_EQ(code_of(wish(1, kToday, "\"yellow_days\":1", "\"yellow_days\":90")), "base.yaml_integer");
  EXPECT_EQ(code_of(wish(1, kToday, "JC-0102", "JC-0101")), "casework.bad_warnings");
  EXPECT_EQ(code_of(wish(1, kToday, "\"trigger\":\"step_over\"", "\"trigger\":\"never\"")), "base.yaml_choice");
  EXPECT_EQ(code_of({1, kToday, "yellow_days: 1", "示例"}), "casework.bad_warnings");
  EXPECT_EQ(code_of(wish(2, kToday, "\"yellow_days\":1", "\"yellow_days\":2")), "casework.warnings_changed_meanwhile");
  EXPECT_EQ(code_of(wish(1, kToday - 1, "\"yellow_days\":1", "\"yellow_days\":2")), "casework.since_past");
  EXPECT_EQ(code_of(wish(1, kToday, "\"yellow_days\":1", "\"yellow_days\":2", "")), "casework.reason_missing");
  EXPECT_EQ(code_of(wish(1, kToday, "\"yellow_days\":1", "\"yellow_days\":1")), "casework.nothing_changed");
  EXPECT_EQ(WarningRules::problems_of(replace_all(wish(1, kToday, "JC-0102", "JC-0101").definition, "\"yellow_days\":1", "\"yellow_days\":90"), "x").size(), 2u);
}

class ChangedWarnings : public ::testing::Test {
 protected:
  void open() {
    book = std::make_shared<WarningBook>();
    engine = engine::Engine::open(directory.path(), rooms(), {kHere, {true, at(kToday, 9, 0)}}).value();
  }
  engine::RegistryFactory rooms() const {
    return [b = book] {
      engine::Registry r;
      declare_warnings(r, of_file(), b);
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
  const auto given = engine->run("casework.change_warnings", json::write(wish(1, kToday + 3, "\"yellow_days\":1", "\"yellow_days\":5")), {"t", "operator"});
  ASSERT_TRUE(given.ok()) << given.error().sentence;
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(yellow_on(kToday + 2), 1);
    EXPECT_EQ(yellow_on(kToday + 3), 5);
    EXPECT_EQ(book->newest(), 2);
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
  ground.warning_book->put({2, kToday + 1, WarningRules::parse(wish(1, kToday, "\"yellow_days\":1", "\"yellow_days\":60").definition, "x").value()});
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
