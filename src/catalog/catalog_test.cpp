// The starting data of the province as it is in the repository.
#include "catalog/catalog.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace yi::catalog {
namespace {

const Catalog& sichuan() {
  static const Result<Catalog> loaded = [] {
    auto r = Catalog::load(YI_SOURCE_DIR "/data/sichuan");
    if (!r) {
      ADD_FAILURE() << r.error().where << " " << r.error().sentence << " " << r.error().next_step;
      std::abort();
    }
    return r;
  }();
  return *loaded;
}

TEST(Sichuan, HasThePublishedCounts) {
  const Catalog& c = sichuan();
  EXPECT_EQ(c.departments().size(), 77u);
  EXPECT_EQ(c.regions().size(), 22u);
  EXPECT_EQ(c.bundles().size(), 13u);
  EXPECT_EQ(c.plates().size(), 7u);
  EXPECT_EQ(c.chains().size(), 4u);
  EXPECT_EQ(c.windows().size(), 17u);
  EXPECT_EQ(c.services_total(), 136);
  EXPECT_EQ(c.services_total_in_press(), 138);
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const auto& category : c.categories()) counts.emplace_back(category.name, category.items.size());
  EXPECT_EQ(counts, (std::vector<std::pair<std::string, std::size_t>>{
                        {"项目服务", 36}, {"法治服务", 18}, {"政策服务", 9}, {"知识产权服务", 6}, {"用工服务", 11},
                        {"科创服务", 20}, {"金融服务", 9}, {"开放服务", 7}, {"安全生产服务", 18}, {"兜底服务", 2}}));
  std::size_t members = 0;
  for (const auto& b : c.bundles()) members += b.members.size();
  EXPECT_EQ(members, 110u);
}

TEST(Sichuan, NamesPlatesAndChainsAsTheBulletinDoes) {
  std::vector<std::string> plates, chains;
  for (const auto& p : sichuan().plates()) plates.push_back(p.name);
  for (const auto& x : sichuan().chains()) chains.push_back(x.name);
  EXPECT_EQ(plates, (std::vector<std::string>{"项目服务", "法治服务", "政策服务", "科创服务", "金融服务", "开放服务", "安全服务"}));
  EXPECT_EQ(chains, (std::vector<std::string>{"工业机器人", "重大装备制造", "信息技术", "动力电池"}));
}

TEST(Sichuan, HasMattersForEveryDepartmentOfTheWeek) {
  const Catalog& c = sichuan();
  EXPECT_GE(c.matters().size(), 120u);
  for (const char* name :
       {"住房城乡建设厅", "交通运输厅", "省卫生健康委", "应急管理厅", "公安厅", "自然资源厅", "省林草局", "商务厅", "科技厅", "水利厅",
        "经济和信息化厅", "省市场监管局", "农业农村厅", "民政厅", "生态环境厅", "省药监局"}) {
    const Department* d = c.find_department_by_name(name);
    ASSERT_NE(d, nullptr) << name;
    EXPECT_GE(c.matters_of(d->code).size(), 3u) << name;
  }
  EXPECT_TRUE(c.matters_of({"gzw"}).empty());
}

TEST(Sichuan, PromisesAreLawful) {
  int with_both = 0;
  for (const auto& m : sichuan().matters()) {
    EXPECT_TRUE(m.statutory || m.kind != MatterKind::permit) << m.name;
    EXPECT_FALSE(m.statutory && m.statutory->basis.empty()) << m.name;
    EXPECT_EQ(m.case_type == CaseType::promised, m.promised.has_value()) << m.name;
    EXPECT_FALSE(m.delivery) << m.name;  // none of these has one of its own
    if (!m.statutory || !m.promised) continue;
    ++with_both;
    EXPECT_EQ(m.statutory->unit, m.promised->unit) << m.name;
    EXPECT_LE(m.promised->days, m.statutory->days) << m.name;
  }
  EXPECT_GE(with_both, 45);
  const Matter& eia = sichuan().get_matter({"SC-STHJT-0001"});
  EXPECT_EQ(eia.name, "建设项目环境影响报告书审批");
  EXPECT_EQ(eia.statutory->days, 60);
  EXPECT_EQ(eia.statutory->unit, Unit::calendar);
  EXPECT_EQ(eia.statutory->basis, "环境影响评价法第二十二条");
  EXPECT_EQ(kind_code(eia.kind), "01");
  EXPECT_EQ(kind_name(eia.kind), "行政许可");
}

TEST(Sichuan, EveryMatterIsReceivedAndIssuedSomewhere) {
  for (const auto& m : sichuan().matters()) {
    int received = 0, issued = 0;
    for (const auto& w : sichuan().windows()) {
      received += w.receives(m.department);
      issued += w.issues(m.department);
    }
    EXPECT_GE(received, 8) << m.name;
    EXPECT_GE(issued, 2) << m.name;
  }
}

TEST(Sichuan, BundlesAreFoundByNameAndAlias) {
  const struct { const char *name, *code; } table[] = {
      {"退休", "TX"}, {"社保卡", "SBKJM"}, {"社会保障卡居民服务", "SBKJM"}, {"破产", "PCHC"}, {"企业破产信息核查", "PCHC"},
      {"开办餐饮店", "KBCYD"}, {"开办运输企业", "KBYSQY"}, {"新生儿出生", "XSE"}, {"教育入学", "JYRX"}, {"入学", "JYRX"},
      {"水电气网", "SDQW"}, {"残疾人服务", "CJRFW"}, {"企业注销", "QYZX"}, {"信用修复", "XYXF"}, {"上市核查", "SSHC"},
      {"企业变更", "QYXXBG"}};
  for (const auto& row : table) {
    const Bundle* b = sichuan().find_bundle_by_name(row.name);
    ASSERT_NE(b, nullptr) << row.name;
    EXPECT_EQ(b->code.value, row.code) << row.name;
  }
  for (const auto& b : sichuan().bundles()) {
    EXPECT_FALSE(b.aliases.empty()) << b.name;
    for (const auto& alias : b.aliases) EXPECT_EQ(sichuan().find_bundle_by_name(alias), &b) << alias;
  }
  EXPECT_EQ(sichuan().find_bundle_by_name("社保"), nullptr);
}

TEST(Sichuan, DepartmentsAreFoundByEitherName) {
  for (const auto& d : sichuan().departments()) {
    EXPECT_EQ(sichuan().find_department_by_name(d.name), &d);
    EXPECT_EQ(sichuan().find_department_by_name(d.short_name), &d);
    EXPECT_EQ(&sichuan().get_department(d.code), &d);
  }
  EXPECT_EQ(sichuan().find_department_by_name("林草局"), nullptr);
  EXPECT_THROW(sichuan().get_department({"nobody"}), std::out_of_range);
}

TEST(Sichuan, FactsSayWhatTheBulletinCounts) {
  const CivilDay week_end = CivilDay::of(2024, 6, 21);
  std::set<std::string> plans;
  int lists = 0;
  for (const auto& f : sichuan().facts()) {
    EXPECT_LT(f.on, CivilDay::of(2024, 6, 17));
    EXPECT_LT(f.on, week_end);
    EXPECT_TRUE(f.from.unverified);
    if (f.kind == FactKind::plan_issued) plans.insert(f.bundle->value);
    else {
      ++lists;
      EXPECT_EQ(f.total, 136);
      ASSERT_EQ(f.categories.size(), sichuan().categories().size());
      for (std::size_t i = 0; i < f.categories.size(); ++i) {
        EXPECT_EQ(f.categories[i].category, sichuan().categories()[i].code);
        EXPECT_EQ(static_cast<std::size_t>(f.categories[i].count), sichuan().categories()[i].items.size());
      }
    }
  }
  EXPECT_EQ(plans.size(), 13u);
  EXPECT_EQ(lists, 1);
}

TEST(Sichuan, SettingsOfTheCentre) {
  const Settings& s = sichuan().settings();
  EXPECT_EQ(s.centre.value, 510000);
  EXPECT_EQ(sichuan().get_region(s.region).platform_code(), "510000000000");
  EXPECT_EQ(s.issuer, "四川省政府政务服务和公共资源交易服务中心");
  EXPECT_EQ(s.short_name, "省中心");
  EXPECT_EQ(s.hall_short_name, "省政务服务大厅");
  EXPECT_EQ(s.masthead, "政务服务工作周报");
  ASSERT_EQ(s.office_hours.size(), 2u);
  EXPECT_EQ(s.office_hours[0].from_minute, 9 * 60);
  EXPECT_EQ(s.office_hours[1].to_minute, 17 * 60);
}

TEST(Sichuan, EntriesWithoutAPublishedPageStayMarked) {
  const Catalog& c = sichuan();
  for (const auto& category : c.categories())
    for (const auto& item : category.items) EXPECT_TRUE(item.from.unverified) << item.name;
  for (const auto& m : c.matters()) EXPECT_TRUE(m.from.unverified) << m.name;
  EXPECT_FALSE(c.find_department({"scjgj"})->from.unverified);
  EXPECT_TRUE(c.find_department({"mzt"})->from.unverified);
  EXPECT_EQ(c.find_source({"general-knowledge"})->kind, SourceKind::unverified);
}

TEST(Sichuan, SurvivesAMoveAndKeepsItsVersion) {
  auto one = Catalog::load(YI_SOURCE_DIR "/data/sichuan");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->version().size(), 64u);
  EXPECT_EQ(one->version(), sichuan().version());
  const Catalog moved = std::move(*one);
  EXPECT_EQ(moved.get_service({"PRJ-36"}).name, "固定资产投资项目审批“一件事”");
  EXPECT_EQ(moved.matters_of({"gat"}).front(), &moved.get_matter({"SC-GAT-0001"}));
  const BundleMember* m = moved.get_bundle({"TX"}).find_member({"TX-3"});
  ASSERT_NE(m, nullptr);
  EXPECT_EQ(m->alternative_to, MemberCode{"TX-2"});
}

}  // namespace
}  // namespace yi::catalog
