// What a matter's own law says about its course: what the loader fills in, the province's data, and versions.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "catalog/catalog.h"

namespace yi::catalog {
namespace {

const Catalog& sichuan() {
  static const Result<Catalog> loaded = Catalog::load(YI_SOURCE_DIR "/data/sichuan");
  if (!loaded) throw std::runtime_error(loaded.error().where + " " + loaded.error().sentence);
  return *loaded;
}
const Matter& matter(const char* code) { return sichuan().get_matter({code}); }
int count(const std::function<bool(const Matter&)>& has) {
  int n = 0;
  for (const auto& m : sichuan().matters()) n += has(m);
  return n;
}
bool goes_to(const Matter& m, OnlineDepth d) { return std::find(m.online_depth.begin(), m.online_depth.end(), d) != m.online_depth.end(); }
int count_materials(const std::function<bool(const Material&)>& has) {
  return count([&](const Matter& m) { return std::any_of(m.materials.begin(), m.materials.end(), has); });
}

// 许可法 §42 for permits whose limit is §42's, the matter's own law for every other, nothing where neither says so.
TEST(Extensions, ComeFromThePermitLawForItsOwnLimitsAlone) {
  const auto& plain = matter("SC-RST-0001");
  ASSERT_TRUE(plain.extension);
  EXPECT_EQ(plain.extension->days, 10);
  EXPECT_EQ(plain.extension->unit, Unit::working);
  EXPECT_EQ(plain.extension->basis, "行政许可法第四十二条第一款");
  EXPECT_EQ(plain.extension->approver, Approver::authority_head);

  const auto& joint = matter("SC-ZJT-0006");
  ASSERT_TRUE(joint.joint && joint.extension);
  EXPECT_EQ(joint.statutory->days, 45);
  EXPECT_EQ(joint.extension->days, 15);
  EXPECT_EQ(joint.extension->basis, "行政许可法第四十二条第二款");
  EXPECT_EQ(joint.extension->approver, Approver::government_head);

  EXPECT_EQ(matter("SC-FGW-0001").extension->days, 40);  // a permit with a law of its own
  EXPECT_FALSE(matter("SC-SLT-0001").extension);         // a permit whose own law has none
  EXPECT_EQ(matter("SC-RST-0009").extension->basis, "工伤保险条例第二十五条");  // no permit, with its own basis
  EXPECT_FALSE(matter("SC-LCJ-0002").extension);                                // §43: the lower authority's review has none
  EXPECT_FALSE(matter("SC-RST-0008").extension);                                // no permit, without

  for (const auto& m : sichuan().matters()) {
    const bool of_permit_law = m.extension && m.extension->basis.starts_with("行政许可法");
    EXPECT_TRUE(!of_permit_law || m.kind == MatterKind::permit) << m.name;
    EXPECT_TRUE(!of_permit_law || m.statutory->basis.starts_with("行政许可法第四十二条")) << m.name;
    EXPECT_TRUE(!m.extension || m.extension->unit == m.statutory->unit) << m.name;
    EXPECT_EQ(m.joint.has_value(), m.statutory && m.statutory->days == 45 && m.statutory->basis.starts_with("行政许可法")) << m.name;
  }
}

TEST(Matters, EveryKindAndEveryFeatureOccurs) {
  std::map<MatterKind, int> kinds;
  for (const auto& m : sichuan().matters()) ++kinds[m.kind];
  for (const auto k : {MatterKind::permit, MatterKind::benefit, MatterKind::confirmation, MatterKind::award, MatterKind::ruling,
                       MatterKind::other, MatterKind::public_service})
    EXPECT_GE(kinds[k], 3) << kind_name(k);
  const auto no_permit = [](const Matter& m) { return m.kind != MatterKind::permit; };
  EXPECT_GE(count([](const Matter& m) { return m.joint.has_value(); }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.quantity_limit.has_value(); }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.preliminary_review; }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.direct_receipt; }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.steps.size() >= 3; }), 3);
  EXPECT_GE(count([](const Matter& m) { return !m.suspensions.empty(); }), 3);
  EXPECT_GE(count([](const Matter& m) { return !m.correction_texts.empty(); }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.commitment_excluded_reason.has_value(); }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.fee.has_value(); }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.regulator.has_value(); }), 3);
  EXPECT_GE(count([](const Matter& m) { return m.correction.own_days.has_value(); }), 2);
  EXPECT_GE(count([](const Matter& m) { return m.correction.pauses_after_acceptance; }), 1);
  EXPECT_GE(count([&](const Matter& m) { return no_permit(m) && m.extension; }), 3);
  EXPECT_GE(count([&](const Matter& m) { return no_permit(m) && m.statutory && !m.extension; }), 3);
  EXPECT_GE(count([&](const Matter& m) { return no_permit(m) && !m.statutory && m.promised; }), 3);
  EXPECT_GE(count([&](const Matter& m) { return !no_permit(m) && !m.extension; }), 3);
  EXPECT_GE(count_materials([](const Material& t) { return t.deferrable; }), 3);
  EXPECT_GE(count_materials([](const Material& t) { return t.commitment; }), 3);
  std::set<SuspensionKind> reasons;
  for (const auto& m : sichuan().matters())
    for (const auto& s : m.suspensions) reasons.insert(s.kind);
  EXPECT_GE(reasons.size(), 7u);
}

TEST(Matters, ReliefKeepsWithinThePromise) {
  for (const auto& m : sichuan().matters()) {
    EXPECT_TRUE(m.materials.front().main) << m.name;
    for (const auto& t : m.materials) {
      EXPECT_FALSE(t.main && (t.deferrable || t.commitment)) << m.name << t.name;
      EXPECT_EQ(t.deferrable, t.deferral_days > 0) << m.name << t.name;
      EXPECT_TRUE(!t.deferrable || t.deferral_days <= m.promised->days) << m.name << t.name;
    }
    int together = 0;
    for (const auto& s : m.steps) together += s.days;
    EXPECT_TRUE(m.steps.empty() || together <= m.promised->days) << m.name;
    for (const auto& t : m.correction_texts) EXPECT_NE(m.find_material(t.material), nullptr) << m.name << t.material;
    for (const auto& s : m.suspensions) EXPECT_EQ(s.basis == "行政许可法第四十五条", m.kind == MatterKind::permit) << m.name;
  }
  EXPECT_EQ(matter("SC-SLT-0001").find_material("没有的材料"), nullptr);
}

TEST(Matters, WhatTheFileLeavesOutComesFromTheSettings) {
  const Settings& s = sichuan().settings();
  const auto& plain = matter("SC-RST-0001");
  const auto day = CivilDay::of(2024, 6, 24);
  EXPECT_EQ(plain.correction_days(day), s.casework.correction_days.value);
  EXPECT_FALSE(plain.correction.own_days);
  EXPECT_FALSE(plain.correction.pauses_after_acceptance);
  EXPECT_EQ(plain.remedies_on(day).review_body, "四川省人民政府");
  EXPECT_EQ(plain.remedies_on(day).court, s.casework.court.value);
  EXPECT_EQ(plain.contact_on(day), s.casework.consultation_phone.value);
  EXPECT_EQ(plain.service_hours_on(day), "工作日 09:00—12:00、13:00—17:00");
  EXPECT_EQ(plain.version, 1);
  EXPECT_EQ(matter("SC-SCJGJ-0005").contact_on(day), "028-86952556") << "the department's own";
  EXPECT_EQ(matter("SC-SWJ-0002").remedies_on(day).review_body, "国家税务总局");
  EXPECT_EQ(matter("SC-SWJ-0002").remedies_on(day).court, s.casework.court.value);
  EXPECT_EQ(matter("SC-RST-0008").correction_days(day), 15);
  EXPECT_EQ(matter("SC-MZT-0004").steps.front().department, DepartmentCode{"mzt"});
}

TEST(Matters, SettingsSayHowCertainTheyAre) {
  const auto& c = sichuan().settings().casework;
  EXPECT_EQ(c.correction_days.value, 10);
  EXPECT_TRUE(c.correction_days.unverified) << "no law sets it";
  EXPECT_EQ(c.draft_days.value, 30);
  EXPECT_TRUE(c.draft_days.unverified);
  EXPECT_TRUE(c.second_notice_flag.value);
  EXPECT_FALSE(c.second_notice_flag.unverified);
  EXPECT_EQ(c.online_cutoff.value, 24 * 60);
  EXPECT_EQ(c.forward_pauses.value, ForwardPauses::preliminary_only);
  EXPECT_FALSE(c.extension_moves_promise.value);
  for (const auto* basis : {&c.correction_days.basis, &c.second_notice_flag.basis, &c.online_cutoff.basis, &c.review_body.basis,
                            &c.court.basis, &c.forward_pauses.basis, &c.extension_moves_promise.basis, &c.consultation_phone.basis, &c.supervision_phone.basis})
    EXPECT_FALSE(basis->empty());
}

TEST(Matters, SuspensionsAreTheEightOfThePermitLaw) {
  const std::pair<SuspensionKind, const char*> names[] = {
      {SuspensionKind::hearing, "听证"},       {SuspensionKind::bidding, "招标"},   {SuspensionKind::auction, "拍卖"},
      {SuspensionKind::inspection, "检验"},    {SuspensionKind::test, "检测"},      {SuspensionKind::quarantine, "检疫"},
      {SuspensionKind::appraisal, "鉴定"},     {SuspensionKind::expert_review, "专家评审"}};
  for (const auto& [kind, name] : names) EXPECT_EQ(suspension_name(kind), name);
}

// Texts of before there were the two fields (testdata/catalog/base has neither) read as they did; the starting data has both everywhere.
// What a department has checked says what its guide says; the rest was worked out, by rules that hold as long as it is unverified.
TEST(Matters, SayHowFarTheyGoOnlineAndWhenInLifeTheyAreAskedFor) {
  const auto before = Catalog::load(YI_SOURCE_DIR "/testdata/catalog/base");
  ASSERT_TRUE(before) << before.error().where << before.error().sentence;
  for (const auto& m : before->matters()) EXPECT_TRUE(m.online_depth.empty() && m.life_stages.empty()) << m.name;
  std::set<std::string> reached;
  for (const auto& m : sichuan().matters()) {
    EXPECT_FALSE(m.online_depth.empty()) << m.name;
    EXPECT_TRUE(std::is_sorted(m.online_depth.begin(), m.online_depth.end())) << m.name;
    EXPECT_FALSE(m.life_stages.empty()) << m.name;
    reached.insert(m.life_stages.begin(), m.life_stages.end());
    if (!m.from.unverified || m.offline_reason) continue;
    EXPECT_EQ(goes_to(m, OnlineDepth::handle), m.visits == 0) << m.name << ": what is handled online to its end asks nobody to the hall";
    EXPECT_EQ(goes_to(m, OnlineDepth::pre_review), !m.direct_receipt) << m.name << ": as the program takes it";
    EXPECT_FALSE(m.case_type == CaseType::instant && goes_to(m, OnlineDepth::pre_review)) << m.name << ": 即办件 are decided on the spot";
  }
  for (const char* code : {"SC-WLT-0003", "SC-SWJ-0003", "SC-GAT-0008", "SC-SCJGJ-0001", "SC-SCJGJ-0002"})  // 电子导游证、完税证明、无犯罪记录证明、电子营业执照
    EXPECT_TRUE(!matter(code).from.unverified || goes_to(matter(code), OnlineDepth::licence_feedback)) << code;
  for (const char* code : {"SC-GAT-0001", "SC-GAT-0002", "SC-GAT-0003"})  // 护照、通行证、签注: accepted where whoever asks is there
    EXPECT_FALSE(matter(code).from.unverified && goes_to(matter(code), OnlineDepth::accept)) << code;
  for (const auto& stage : sichuan().stages(Audience::enterprise)) EXPECT_TRUE(reached.contains(stage)) << stage;
  EXPECT_TRUE(reached.contains("就业") && reached.contains("养老"));
}

// Whom a matter is for looks for it under a stage of their life; a person whose matter belongs to none finds it after the stages.
TEST(Matters, EachAudienceHasAStageOfItsLife) {
  const std::set<std::string> without{
      "SC-KJT-0002 person",    // 技术合同认定登记
      "SC-KJT-0005 person",    // 省科学技术进步奖提名
      "SC-SCJGJ-0008 person",  // 股权出质登记
      "SC-ZSCQ-0001 person",   // 专利侵权纠纷行政裁决
      "SC-JYT-0002 person",    // 民办高等学校筹备设立审批
  };
  std::set<std::string> found;
  for (const auto& m : sichuan().matters()) {
    const auto placed = [&](Audience audience) {
      const auto& stages = sichuan().stages(audience);
      return std::any_of(m.life_stages.begin(), m.life_stages.end(), [&](const std::string& s) { return std::find(stages.begin(), stages.end(), s) != stages.end(); });
    };
    const bool for_persons = std::find(m.audience.begin(), m.audience.end(), 1) != m.audience.end();
    const bool for_bodies = std::any_of(m.audience.begin(), m.audience.end(), [](int a) { return a > 1; });
    if (for_persons && !placed(Audience::person)) found.insert(m.code.value + " person");
    if (for_bodies && !placed(Audience::enterprise)) found.insert(m.code.value + " enterprise");
  }
  EXPECT_EQ(found, without) << "a stage is missing, or the list names a matter that has one by now";
}

// 食品生产许可: until 2020-03-01 twenty days and ten more, since then ten and five.
TEST(Versions, ARunningCaseKeepsTheVersionItBeganWith) {
  const MatterCode food{"SC-SCJGJ-0004"}, company{"SC-SCJGJ-0001"};
  const Catalog& c = sichuan();
  ASSERT_NE(c.find_matter(food, 1), nullptr);
  EXPECT_EQ(c.find_matter(food, 1)->statutory->days, 20);
  EXPECT_EQ(c.find_matter(food, 1)->extension->days, 10);
  EXPECT_EQ(c.find_matter(food, 2), c.find_matter(food));
  EXPECT_EQ(c.find_matter(food)->statutory->days, 10);
  EXPECT_EQ(c.find_matter(food)->extension->days, 5);
  EXPECT_EQ(c.find_matter(food, 3), nullptr);
  EXPECT_EQ(c.find_matter(food, 0), nullptr);
  EXPECT_EQ(c.find_matter(company, 1)->statutory->unit, Unit::calendar);
  EXPECT_EQ(c.find_matter(company, 2)->statutory->unit, Unit::working);
  EXPECT_EQ(c.find_matter({"SC-RST-0001"}, 1), c.find_matter({"SC-RST-0001"}));
  EXPECT_EQ(c.former_matters().size(), 2u);
  EXPECT_EQ(c.matters_of({"scjgj"}).front()->version, 2) << "only what is offered now is listed";
}

TEST(Versions, ADayHasItsVersion) {
  const MatterCode food{"SC-SCJGJ-0004"};
  const Catalog& c = sichuan();
  EXPECT_EQ(c.find_matter_on(food, CivilDay::of(2020, 2, 29))->version, 1);
  EXPECT_EQ(c.find_matter_on(food, CivilDay::of(2020, 3, 1))->version, 2);
  EXPECT_EQ(c.find_matter_on(food, CivilDay::of(2000, 1, 1))->version, 1);
  EXPECT_EQ(c.find_matter_on({"SC-RST-0001"}, CivilDay::of(2000, 1, 1))->version, 1);
  EXPECT_EQ(c.find_matter_on({"SC-NONE-0001"}, CivilDay::of(2024, 1, 1)), nullptr);
}

TEST(Versions, AMatterNoLongerOfferedIsStillFound) {
  const auto c = Catalog::load(YI_SOURCE_DIR "/testdata/catalog/base");
  ASSERT_TRUE(c) << c.error().where << c.error().sentence;
  const MatterCode gone{"JA-CC-0001"};
  EXPECT_EQ(c->find_matter(gone), nullptr);
  EXPECT_EQ(c->find_matter(gone, 1)->visits, 1);
  EXPECT_EQ(c->find_matter(gone, 2)->visits, 0);
  EXPECT_EQ(c->find_matter_on(gone, CivilDay::of(2024, 1, 1))->version, 2);
  EXPECT_EQ(c->find_matter_on(gone, CivilDay::of(2021, 1, 1))->version, 1);
  EXPECT_TRUE(c->matters_of({"bb"}).size() == 1u);
}

}  // namespace
}  // namespace yi::catalog
