#include "onething/routes.h"

#include <gtest/gtest.h>

#include <set>

#include "base/json.h"

namespace yi::onething {
namespace {

class BundleDoors : public ::testing::Test {
 protected:
  BundleDoors() : catalog_(catalog::Catalog::load(YI_SOURCE_DIR "/data/sichuan")) {
    EXPECT_TRUE(catalog_.ok());
    add_doors(router_, *catalog_, [] { return CivilDay::of(2024, 6, 24); });
  }
  http::Response ask(const std::string& path) {
    http::Request r;
    r.path = path;
    const auto door = router_.find(r);
    EXPECT_TRUE(door) << path;
    http::Response out;
    (*door)->handle(r, {"public", ""}, http::Responder([&](http::Response response) { out = std::move(response); }));
    return out;
  }
  Result<catalog::Catalog> catalog_;
  http::Router router_;
};

TEST_F(BundleDoors, EachStandsOnceUnderItsStageOfLife) {
  json::Parser parser;
  const auto list = ask("/api/onething/bundles");
  const auto node = parser.parse(list.body);
  ASSERT_TRUE(node);
  std::multiset<std::string> seen;
  std::size_t stages = 0;
  node->find("stages")->each([&](std::string_view, json::Node stage) {
    ++stages;
    const auto bundles = stage.find("bundles");
    if (bundles)
      bundles->each([&](std::string_view, json::Node b) {
        EXPECT_EQ(b.find("stage")->string(), stage.find("stage")->string());
        seen.insert(std::string(b.find("code")->string()));
        return true;
      });
    return true;
  });
  EXPECT_EQ(stages, catalog_->stages(catalog::Audience::person).size() + catalog_->stages(catalog::Audience::enterprise).size());
  EXPECT_EQ(seen.size(), catalog_->bundles().size());
  for (const auto& b : catalog_->bundles()) EXPECT_EQ(seen.count(b.code.value), 1u) << b.code.value;
}

TEST_F(BundleDoors, OneNamesItsMembersAndWhatComesBeforeThem) {
  for (const auto& b : catalog_->bundles()) {
    json::Parser parser;
    const auto reply = ask("/api/onething/bundles/" + b.code.value);
    EXPECT_EQ(reply.status, 200);
    const auto node = parser.parse(reply.body);
    ASSERT_TRUE(node) << b.code.value;
    std::set<std::string> names;
    for (const auto& m : b.members) names.insert(m.name);
    std::size_t members = 0;
    node->find("member_list")->each([&](std::string_view, json::Node m) {
      ++members;
      if (const auto after = m.find("after"))
        after->each([&](std::string_view, json::Node name) {
          EXPECT_TRUE(names.contains(std::string(name.string()))) << name.string();
          return true;
        });
      return true;
    });
    EXPECT_EQ(members, b.members.size());
  }
}

TEST_F(BundleDoors, WhatIsNotThereIsSaid) {
  const auto reply = ask("/api/onething/bundles/NONE");
  EXPECT_EQ(reply.status, 404);
  EXPECT_NE(reply.body.find("onething.unknown_bundle"), std::string::npos);
}

}  // namespace
}  // namespace yi::onething
