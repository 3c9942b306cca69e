// Whole weeks from file to text, every figure through the engine.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bulletin/declare.h"
#include "bulletin/lints.h"
#include "bulletin/names.h"
#include "casework/views.h"
#include "enterprise/declare.h"
#include "hall/declare.h"
#include "onething/declare.h"
#include "publish/html_writer.h"
#include "publish/text_writer.h"
#include "replay/replay.h"
#include "staff/declare.h"

namespace yi::replay {
namespace {
using identity::Viewer;
constexpr CentreCode kCentre{510000};
const Viewer kOperator = Viewer::operator_named("test");

class Week : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto c = catalog::Catalog::load("data/sichuan");
    ASSERT_TRUE(c.ok()) << c.error().where << c.error().sentence;
    catalog_ = std::make_shared<const catalog::Catalog>(std::move(*c));
    auto k = calendar::Calendar::load("data/calendar", catalog_->settings().region.value);
    ASSERT_TRUE(k.ok()) << k.error().where << k.error().sentence;
    calendar_ = std::make_shared<const calendar::Calendar>(std::move(*k));
    auto t = bulletin::Templates::load("data/sichuan/templates/bulletin.yaml", "bulletin.yaml");
    ASSERT_TRUE(t.ok()) << t.error().where << t.error().sentence;
    templates_ = std::make_unique<bulletin::Templates>(std::move(*t));
  }
  static void TearDownTestSuite() {
    catalog_.reset();
    calendar_.reset();
    templates_.reset();
  }
  void SetUp() override {
    directory_ = std::filesystem::temp_directory_path() /
                 ("yi_week_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(directory_);
    const auto known = [](const DepartmentCode& d) { return catalog_->find_department(d) != nullptr; };
    auto e = engine::Engine::open(
        directory_.string(),
        [known] {
          engine::Registry r;
          casework::declare(r, casework::Ground{catalog_, calendar_}, identity::declare_subjects(r));
          onething::declare(r, [](const catalog::BundleCode& b) { return catalog_->find_bundle(b) != nullptr; });
          enterprise::declare(r);
          hall::declare(r, known);
          staff::declare(r, known);
          bulletin::declare(r, known);
          return r;
        },
        {kCentre, {true, at(CivilDay::of(2024, 1, 1), 9, 0)}});
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    engine_ = std::move(*e);
  }
  void TearDown() override {
    engine_.reset();
    std::filesystem::remove_all(directory_);
  }

  std::vector<ReplayedWeek> run(const std::vector<WeekFile>& files) {
    auto r = replay(*engine_, files, *catalog_, *calendar_, 20240617);
    EXPECT_TRUE(r.ok()) << r.error().code << " " << r.error().where << " " << r.error().sentence;
    return r.ok() ? std::move(*r) : std::vector<ReplayedWeek>(files.size());
  }
  WeekFile load(const std::string& name) {
    auto f = load_week("testdata/weeks/" + name, name);
    EXPECT_TRUE(f.ok()) << f.error().where << f.error().sentence;
    return std::move(f).value();
  }
  bulletin::Composed compose(bulletin::Edition edition, CivilDay week, const Viewer& viewer = kOperator) {
    auto reader = engine_->reader();
    auto c = bulletin::compose_and_lint(*reader, kCentre, viewer, edition, week, bulletin::names_of(catalog_, {}), *templates_);
    EXPECT_TRUE(c.ok()) << c.error().sentence;
    return std::move(c).value();
  }
  static std::string golden(const std::string& name) {
    std::ifstream in("testdata/weeks/" + name);
    std::stringstream s;
    s << in.rdbuf();
    return s.str();
  }

  static inline std::shared_ptr<const catalog::Catalog> catalog_;
  static inline std::shared_ptr<const calendar::Calendar> calendar_;
  static inline std::unique_ptr<bulletin::Templates> templates_;
  std::filesystem::path directory_;
  std::unique_ptr<engine::Engine> engine_;
};

TEST_F(Week, TheExampleComesOutByteForByte) {
  const auto f = load("week-2024-06-17.yaml");
  const auto replayed = run({f});
  const auto c = compose(bulletin::Edition::internal, f.week.from);
  EXPECT_EQ(publish::to_text(c.document), golden("bulletin-2024-06-17.txt"));
  EXPECT_TRUE(replayed[0].warnings.empty());  // 社保卡 and 破产 are aliases
  // The careful reader's three questions about the published bulletin, and no others.
  ASSERT_EQ(c.warnings.size(), 3u);
  EXPECT_EQ(c.warnings[0].code, "bulletin.lint.two_leaves");
  EXPECT_NE(c.warnings[0].sentence.find("农业农村厅赵六"), std::string::npos);
  EXPECT_EQ(c.warnings[1].code, "bulletin.lint.unit");
  EXPECT_NE(c.warnings[1].sentence.find("件次"), std::string::npos);
  EXPECT_EQ(c.warnings[2].code, "bulletin.lint.wording");
  EXPECT_NE(c.warnings[2].sentence.find("安全生产服务"), std::string::npos);
  EXPECT_EQ(c.document.ledger_head.size(), 64u);
  EXPECT_EQ(c.figures.position, engine_->position());
}

TEST_F(Week, ThePublicEditionHasNoSickLeaveForWhoeverAsks) {
  const auto f = load("week-2024-06-17.yaml");
  run({f});
  for (const auto& viewer : {Viewer::anonymous(), kOperator}) {
    const auto c = compose(bulletin::Edition::public_, f.week.from, viewer);
    for (const auto& made : {publish::to_text(c.document), publish::to_html_page(c.document)}) {
      EXPECT_EQ(made.find("病假"), std::string::npos);
      EXPECT_EQ(made.find("水利厅王五五"), std::string::npos);
      EXPECT_NE(made.find("年休假：省市场监管局张三、农业农村厅李四方"), std::string::npos);
      EXPECT_NE(made.find("因公外出：民政厅孙七文，"), std::string::npos);
    }
    for (const auto& w : c.warnings) EXPECT_NE(w.code, "bulletin.lint.two_leaves") << "a warning must not tell of sick leave";
  }
  auto reader = engine_->reader();
  const auto refused = bulletin::compose_week(*reader, kCentre, Viewer::anonymous(), bulletin::Edition::internal, f.week.from,
                                              bulletin::names_of(catalog_, {}), *templates_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().status, 403);
}

TEST_F(Week, AWeekAcrossAMonthAndAHolidayWithSectionsAbsent) {
  const auto f = load("week-2024-09-29.yaml");
  run({f});
  const auto c = compose(bulletin::Edition::internal, f.week.from);
  EXPECT_EQ(publish::to_text(c.document), golden("bulletin-2024-09-29.txt"));
  EXPECT_EQ(c.document.masthead.number, "第38期（总第311期）");
  // Without the sick leave the line before is the last, and ends as the last does.
  const auto open = publish::to_text(compose(bulletin::Edition::public_, f.week.from).document);
  EXPECT_NE(open.find("年休假：教育厅甘一、柯三，文化和旅游厅支二禾。\n报："), std::string::npos);
}

TEST_F(Week, AWeekWithOtherCountsAndLongerLists) {
  const auto f = load("week-2025-03-10.yaml");
  const auto replayed = run({f});
  const auto c = compose(bulletin::Edition::internal, f.week.from);
  EXPECT_EQ(publish::to_text(c.document), golden("bulletin-2025-03-10.txt"));
  EXPECT_EQ(c.document.masthead.number, "第10期");
  ASSERT_EQ(replayed[0].warnings.size(), 1u);
  EXPECT_NE(replayed[0].warnings[0].find("低空经济企业服务"), std::string::npos);
  ASSERT_EQ(c.warnings.size(), 1u);
  EXPECT_EQ(c.warnings[0].code, "bulletin.lint.unit");
}

TEST_F(Week, EveryPrintedFigureLeadsToItsEvidence) {
  const auto f = load("week-2024-06-17.yaml");
  run({f});
  const auto c = compose(bulletin::Edition::internal, f.week.from);
  std::vector<std::string> ids;
  for (const auto& p : c.document.body)
    for (const auto& r : p.runs)
      if (!r.link.empty()) {
        const std::string base = "/figures/2024-06-17/";
        ASSERT_TRUE(r.link.starts_with(base)) << r.link;
        const auto* info = bulletin::find_figure(r.link.substr(base.size()));
        ASSERT_NE(info, nullptr) << r.link;
        EXPECT_EQ(r.title, info->definition);
        ids.push_back(info->id);
        auto reader = engine_->reader();
        if (info->counted) {
          auto parts = bulletin::breakdown(*reader, kCentre, Viewer::anonymous(), f.week.from, info->figure, info->reach);
          ASSERT_TRUE(parts.ok());
          std::int64_t n = 0;
          for (const auto& u : *parts) n += u.n;
          if (info->reach == bulletin::Reach::year) n += of(c.figures.opening->counts, info->figure);
          EXPECT_EQ(std::to_string(n), r.text) << info->id;
        } else {
          auto rows = bulletin::fact_evidence(*reader, kCentre, Viewer::anonymous(), f.week.from, info->id,
                                              bulletin::names_of(catalog_, {}));
          ASSERT_TRUE(rows.ok());
          if (info->id != "list_total") {
            EXPECT_EQ(std::to_string(rows->size()), r.text) << info->id;
          }
        }
      }
  EXPECT_EQ(ids.size(), bulletin::figure_infos().size());
}

// The week after the example, with a balance that the ledger has or has not.
std::string next_week(int consulted_before) {
  return "week: {from: 2024-06-24, to: 2024-06-28}\nissued_on: 2024-07-08\nissuer: 中心\n"
         "one_thing: {text: \"发布{guides}{guides_count}个图解。\", guides: [退休, 教育入学], expect: {guides_count: 5}}\n"
         "windows:\n"
         "  week: {consulted: 100, accepted: 50, issued: 60, transferred: 160}\n"
         "  year_to_date: {consulted: " + std::to_string(consulted_before + 100) + ", accepted: 14664, issued: 95454, transferred: 179254}\n"
         "  opening_balance_before_2024-06-24: {consulted: " + std::to_string(consulted_before) +
         ", accepted: 14614, issued: 95394, transferred: 179094}\n";
}

TEST_F(Week, ASecondFileFollowsTheFirst) {
  auto second = parse_week(next_week(37596), "second.yaml");
  ASSERT_TRUE(second.ok()) << second.error().where << second.error().sentence;
  run({load("week-2024-06-17.yaml"), *second});
  const auto first = compose(bulletin::Edition::internal, CivilDay::of(2024, 6, 17));
  EXPECT_EQ(publish::to_text(first.document), golden("bulletin-2024-06-17.txt"));  // as it was
  const auto c = compose(bulletin::Edition::internal, second->week.from);
  EXPECT_EQ(to_iso(c.figures.counted_from), "2024-06-22");
  const auto text = publish::to_text(c.document);
  // What the first file published is known and not repeated; order is by date, then by entry.
  EXPECT_NE(text.find("发布开办餐饮店、开办运输企业、新生儿出生、教育入学、退休5个图解。"), std::string::npos) << text;
  EXPECT_NE(text.find("共计咨询100人次、受理50件、颁发60件、流转160件次。今年以来，累计咨询37696人次、受理14664件、颁发95454件、流转179254次。"),
            std::string::npos) << text;
}

TEST_F(Week, ASecondFileWhoseBalanceTheLedgerDoesNotHaveIsRefused) {
  auto second = parse_week(next_week(37000), "second.yaml");
  ASSERT_TRUE(second.ok()) << second.error().sentence;
  const auto r = replay(*engine_, {load("week-2024-06-17.yaml"), *second}, *catalog_, *calendar_, 1);
  ASSERT_FALSE(r.ok());
  EXPECT_EQ(r.error().code, "replay.balance_differs");
  EXPECT_EQ(r.error().where, "second.yaml:7");
}
}  // namespace
}  // namespace yi::replay
