#include "catalog/samples.h"

#include <gtest/gtest.h>

#include <fstream>

namespace yi::catalog {
namespace {
namespace fs = std::filesystem;

class SamplesOf : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(::testing::TempDir()) / ("yichuang-samples-" + std::to_string(::getpid()));
    fs::create_directories(directory_ / "samples");
  }
  void TearDown() override { fs::remove_all(directory_); }
  static const Catalog& catalog() {
    static const auto c = Catalog::load(YI_SOURCE_DIR "/data/sichuan");
    return *c;
  }
  void write(const std::string& name, const std::string& text) { std::ofstream(directory_ / name, std::ios::binary) << text; }
  std::string load(const std::string& text) {
    write("samples.yaml", text);
    auto s = Samples::load(directory_, catalog());
    if (!s) return s.error().code + " " + s.error().where;
    samples_ = std::move(*s);
    return "read";
  }
  fs::path directory_;
  Samples samples_;
};

TEST_F(SamplesOf, ATextAndAFileAreFoundByMatterAndMaterial) {
  write("samples/申请书.pdf", "%PDF-1.4 sample");
  ASSERT_EQ(load("samples:\n  - {matter: SC-WJW-0001, material: 选址报告, text: 写明四至}\n  - {matter: SC-WJW-0001, material: 设置医疗机构申请书, file: 申请书.pdf}\n"), "read");
  ASSERT_NE(samples_.find({"SC-WJW-0001"}, "选址报告"), nullptr);
  EXPECT_EQ(samples_.find({"SC-WJW-0001"}, "选址报告")->text, "写明四至");
  EXPECT_EQ(samples_.find({"SC-WJW-0001"}, "建筑设计平面图"), nullptr);
  EXPECT_EQ(samples_.find({"SC-WJW-0002"}, "选址报告"), nullptr);
  const auto* file = samples_.find_file({"SC-WJW-0001"}, "申请书.pdf");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->bytes, "%PDF-1.4 sample");
  EXPECT_EQ(file->media_type, "application/pdf");
  EXPECT_EQ(samples_.find_file({"SC-WJW-0002"}, "申请书.pdf"), nullptr);
  EXPECT_EQ(samples_.find_file({"SC-WJW-0001"}, "../samples.yaml"), nullptr);
}

TEST_F(SamplesOf, ACatalogueWithoutSamplesHasNone) {
  const auto none = Samples::load(directory_, catalog());
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(none->find({"SC-WJW-0001"}, "选址报告"), nullptr);
}

TEST_F(SamplesOf, WhatIsWrongIsToldWithItsLine) {
  write("secret.pdf", "x");
  write("samples/large.pdf", std::string(Samples::kFileBytes + 1, 'x'));
  write("samples/tool.exe", "x");
  const auto one = [&](const std::string& more) { return load("samples:\n  - {matter: SC-WJW-0001, material: 选址报告" + more + "}\n"); };
  EXPECT_EQ(one(""), "catalog.bad_sample samples.yaml:2");
  EXPECT_EQ(one(", file: missing.pdf"), "catalog.bad_sample samples.yaml:2");
  EXPECT_EQ(one(", file: ../secret.pdf"), "catalog.bad_sample samples.yaml:2");
  EXPECT_EQ(one(", file: large.pdf"), "catalog.bad_sample samples.yaml:2");
  EXPECT_EQ(one(", file: tool.exe"), "catalog.bad_sample samples.yaml:2");
  EXPECT_EQ(load("samples:\n  - {matter: SC-NONE-1, material: 选址报告, text: a}\n"), "catalog.bad_sample samples.yaml:2");
  EXPECT_EQ(load("samples:\n  - {matter: SC-WJW-0001, material: 别的, text: a}\n"), "catalog.bad_sample samples.yaml:2");
  EXPECT_EQ(load("samples:\n  - {matter: SC-WJW-0001, material: 选址报告, text: a}\n  - {matter: SC-WJW-0001, material: 选址报告, text: b}\n"), "catalog.bad_sample samples.yaml:3");
}

TEST_F(SamplesOf, TheRepositorysOwnAreRead) { EXPECT_TRUE(Samples::load(YI_SOURCE_DIR "/data/sichuan", catalog()).ok()); }

}  // namespace
}  // namespace yi::catalog
