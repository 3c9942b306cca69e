#include <gtest/gtest.h>

#include <filesystem>

#include "engine/engine.h"
#include "onething/declare.h"
#include "onething/views.h"

namespace yi::onething {
namespace {
const KnownBundle kKnown = [](const catalog::BundleCode& b) { return b.value == "TX" || b.value == "XSE"; };

const CivilDay kToday = CivilDay::of(2024, 6, 24);

TEST(Bundles, TheRules) {
  const RecordPlan plan{{"TX"}, CivilDay::of(2024, 6, 1), "川办发〔2024〕0号", true};
  EXPECT_TRUE(decide(plan, false, kKnown, kToday).ok());
  EXPECT_EQ(decide(plan, true, kKnown, kToday).error().code, "onething.plan_already_issued");
  EXPECT_EQ(decide(RecordPlan{{"?"}, plan.on, plan.source, true}, false, kKnown, kToday).error().code, "onething.unknown_bundle");
  EXPECT_EQ(decide(RecordPlan{{"TX"}, plan.on, " ", true}, false, kKnown, kToday).error().code, "onething.source_missing");
  const RecordGuide guide{{"TX"}, plan.on, "门户", true, {}};
  EXPECT_TRUE(decide(guide, false, kKnown, kToday).ok());
  EXPECT_EQ(decide(guide, true, kKnown, kToday).error().code, "onething.guide_already_published");
  EXPECT_EQ(decide(RecordGuide{{"TX"}, plan.on, "门户", true, Text<60>("")}, false, kKnown, kToday).error().code,
            "onething.title_missing");
}

TEST(Bundles, NothingIsRecordedBeforeItsDay) {
  const RecordPlan plan{{"TX"}, kToday, "文件", true};
  const RecordGuide guide{{"TX"}, kToday, "门户", true, {}};
  EXPECT_TRUE(decide(plan, false, kKnown, kToday).ok());
  EXPECT_TRUE(decide(guide, false, kKnown, kToday).ok());
  for (const auto& r : {decide(plan, false, kKnown, kToday - 1).error(), decide(guide, false, kKnown, kToday - 1).error()}) {
    EXPECT_EQ(r.code, "onething.on_in_future");
    EXPECT_EQ(r.where, "/on");
  }
}

TEST(Bundles, EveryReasonHasItsTextsInItsPlace) {
  const auto codes = refusal_codes();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto r = refuse(static_cast<Reason>(i));
    EXPECT_EQ(r.code, codes[i]);
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty() || r.where.empty());
  }
}

TEST(Bundles, ARepetitionIsRefusedAlsoAfterARestart) {
  constexpr CentreCode kCentre{510000};
  const auto directory = std::filesystem::temp_directory_path() / "yi_onething_repetition";
  std::filesystem::remove_all(directory);
  const auto rooms = [] { engine::Registry r; declare(r, kKnown); return r; };
  const engine::EngineOptions options{kCentre, {true, at(CivilDay::of(2024, 6, 24), 9, 0)}};
  const engine::Actor actor{"t", "operator"};
  const auto body = [](const char* bundle, int day) {
    return json::write(RecordPlan{{bundle}, CivilDay::of(2024, 6, static_cast<unsigned>(day)), "文件", true});
  };
  {
    auto e = engine::Engine::open(directory.string(), rooms, options);
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    ASSERT_TRUE((*e)->run("onething.record_plan", body("TX", 3), actor).ok());
    // The engine's clock stands at the 24th.
    EXPECT_EQ((*e)->run("onething.record_plan", body("XSE", 25), actor).error().code, "onething.on_in_future");
    EXPECT_EQ((*e)->run("onething.record_plan", body("TX", 4), actor).error().code, "onething.plan_already_issued");
  }
  auto e = engine::Engine::open(directory.string(), rooms, options);
  ASSERT_TRUE(e.ok()) << e.error().sentence;
  EXPECT_EQ((*e)->run("onething.record_plan", body("TX", 5), actor).error().status, 409);
  // A plan is no guide, and another bundle is another bundle.
  ASSERT_TRUE((*e)->run("onething.record_plan", body("XSE", 2), actor).ok());
  auto last = (*e)->run("onething.record_guide",
                        json::write(RecordGuide{{"TX"}, CivilDay::of(2024, 6, 21), "门户", false, {}}), actor);
  ASSERT_TRUE(last.ok());
  EXPECT_EQ(last->position, 3);
  ASSERT_TRUE((*e)->wait_followed(last->position, std::chrono::seconds(5)));
  {
    auto reader = (*e)->reader();
    const auto viewer = identity::Viewer::anonymous();
    const auto plans = plans_up_to(*reader, kCentre, viewer, CivilDay::of(2024, 6, 3));
    ASSERT_EQ(plans.size(), 2u);
    EXPECT_EQ(plans[0].bundle.value, "XSE");  // the earlier day first, though entered later
    EXPECT_EQ(plans_up_to(*reader, kCentre, viewer, CivilDay::of(2024, 6, 2)).size(), 1u);
    EXPECT_TRUE(guides_up_to(*reader, kCentre, viewer, CivilDay::of(2024, 6, 20)).empty());
    ASSERT_EQ(guides_up_to(*reader, kCentre, viewer, CivilDay::of(2024, 6, 21)).size(), 1u);
  }
  e->reset();
  std::filesystem::remove_all(directory);
}
}  // namespace
}  // namespace yi::onething
