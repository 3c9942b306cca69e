#include <gtest/gtest.h>

#include <filesystem>

#include "engine/engine.h"
#include "enterprise/declare.h"
#include "enterprise/views.h"

namespace yi::enterprise {
namespace {
const CivilDay kDay = CivilDay::of(2024, 6, 17);

TEST(Services, TheRules) {
  EXPECT_TRUE(decide(PublishList{"2024年版", kDay, {{"项目服务", 36}, {"法治服务", 18}}}, kDay).ok());
  EXPECT_EQ(decide(PublishList{"", kDay, {{"项目服务", 36}}}, kDay).error().code, "enterprise.version_missing");
  EXPECT_EQ(decide(PublishList{"2024年版", kDay, {}}, kDay).error().code, "enterprise.nothing_listed");
  EXPECT_EQ(decide(PublishList{"2024年版", kDay, {{"项目服务", 0}}}, kDay).error().where, "/categories/0/count");
  EXPECT_EQ(decide(PublishList{"2024年版", kDay, {{"甲", 1}, {"甲", 2}}}, kDay).error().code, "enterprise.name_repeated");
  EXPECT_EQ(decide(PlanZone{kDay, {"甲", " "}}, kDay).error().code, "enterprise.name_missing");
  EXPECT_EQ(decide(PlanZone{kDay, std::vector<Text<60>>(101, "甲")}, kDay).error().code, "enterprise.too_many");
  EXPECT_EQ(decide(ListChain{kDay, "信息技术"}, true, kDay).error().status, 409);
  EXPECT_EQ(decide(ListChain{kDay, ""}, false, kDay).error().where, "/chain");
}

TEST(Services, AFactIsUnverifiedUntilASourceConfirmsIt) {
  EXPECT_EQ(decide(ListChain{kDay, "信息技术"}, false, kDay)->verified, false);
  EXPECT_EQ(decide(PublishList{"1", kDay, {{"甲", 1}}, "川政务〔2024〕0号", true}, kDay)->verified, true);
  EXPECT_EQ(decide(PlanZone{kDay, {"甲"}, "门户", false}, kDay)->source, "门户");
  for (const auto& source : {std::optional<Text<200>>(), std::optional<Text<200>>(" ")}) {
    const auto r = decide(ListChain{kDay, "信息技术", source, true}, false, kDay).error();
    EXPECT_EQ(r.code, "enterprise.source_missing");
    EXPECT_EQ(r.where, "/source");
  }
  EXPECT_EQ(decide(PlanZone{kDay, {"甲"}, ""}, kDay).error().code, "enterprise.source_missing");
}

TEST(Services, FactsOfBeforeTheFieldsAreReadAndUnverified) {
  const auto old = json::read<ChainListed>(R"({"on":"2024-06-17","chain":"信息技术"})");
  ASSERT_TRUE(old.ok());
  EXPECT_FALSE(old->source || old->verified);
  EXPECT_EQ(json::write(*old), R"({"on":"2024-06-17","chain":"信息技术"})");
}

TEST(Services, NothingIsPublishedBeforeItsDay) {
  const Refusal refused[] = {decide(PublishList{"1", kDay, {{"甲", 1}}}, kDay - 1).error(),
                             decide(PlanZone{kDay, {"甲"}}, kDay - 1).error(),
                             decide(ListChain{kDay, "甲"}, false, kDay - 1).error()};
  for (const auto& r : refused) {
    EXPECT_EQ(r.code, "enterprise.on_in_future");
    EXPECT_EQ(r.where, "/on");
  }
}

TEST(Services, EveryReasonHasItsTextsInItsPlace) {
  const auto codes = refusal_codes();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto r = refuse(static_cast<Reason>(i), "/x");
    EXPECT_EQ(r.code, codes[i]);
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty());
  }
}

TEST(Services, TheLatestListHoldsFromItsDayOn) {
  constexpr CentreCode kCentre{510000};
  const auto directory = std::filesystem::temp_directory_path() / "yi_enterprise_lists";
  std::filesystem::remove_all(directory);
  {
    auto e = engine::Engine::open(directory.string(), [] { engine::Registry r; declare(r); return r; },
                                  {kCentre, {true, at(CivilDay::of(2024, 6, 24), 9, 0)}});
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    const engine::Actor actor{"t", "operator"};
    auto give = [&](const char* name, const std::string& body) { return (*e)->run(name, body, actor); };
    ASSERT_TRUE(give("enterprise.publish_list", json::write(PublishList{"第二版", kDay, {{"甲", 5}}})).ok());
    ASSERT_TRUE(give("enterprise.publish_list", json::write(PublishList{"第一版", kDay - 10, {{"甲", 4}}})).ok());
    ASSERT_TRUE(give("enterprise.plan_zone", json::write(PlanZone{kDay, {"乙", "甲"}})).ok());
    ASSERT_TRUE(give("enterprise.list_chain", json::write(ListChain{kDay, "动力电池"})).ok());
    EXPECT_EQ(give("enterprise.plan_zone", json::write(PlanZone{CivilDay::of(2024, 6, 25), {"甲"}})).error().code,
              "enterprise.on_in_future");
    EXPECT_EQ(give("enterprise.list_chain", json::write(ListChain{kDay, "动力电池"})).error().code,
              "enterprise.chain_already_listed");
    auto last = give("enterprise.list_chain", json::write(ListChain{kDay - 1, "信息技术"}));
    ASSERT_TRUE(last.ok());
    ASSERT_TRUE((*e)->wait_followed(last->position, std::chrono::seconds(5)));
    auto reader = (*e)->reader();
    const auto viewer = identity::Viewer::anonymous();
    EXPECT_EQ(list_as_of(*reader, kCentre, viewer, kDay)->fact.version, "第二版");
    EXPECT_EQ(list_as_of(*reader, kCentre, viewer, kDay - 1)->fact.version, "第一版");
    EXPECT_FALSE(list_as_of(*reader, kCentre, viewer, kDay - 11));
    EXPECT_EQ(zone_as_of(*reader, kCentre, viewer, kDay)->fact.plates, (std::vector<Text<60>>{"乙", "甲"}));
    EXPECT_FALSE(zone_as_of(*reader, kCentre, viewer, kDay - 1));
    const auto chains = chains_up_to(*reader, kCentre, viewer, kDay);
    ASSERT_EQ(chains.size(), 2u);
    EXPECT_EQ(chains[0].fact.chain, "信息技术");
  }
  std::filesystem::remove_all(directory);
}
}  // namespace
}  // namespace yi::enterprise
