// Reports of other periods: what is counted, what is compared, what is said, and that a template is data.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "bulletin/declare.h"
#include "bulletin/figure_sheets.h"
#include "bulletin/paper_formats.h"
#include "casework/events.h"
#include "casework/house_events.h"
#include "engine/engine.h"
#include "enterprise/declare.h"
#include "hall/declare.h"
#include "onething/declare.h"
#include "publish/test_document.h"
#include "publish/text_writer.h"
#include "staff/declare.h"
#include "store/temporary_directory.h"

namespace yi::bulletin {

enum class WhatForTest { consulted, accepted, granted, withdrawn_early, withdrawn_late, submitted, imported, evaluated_online, visit_rated, card_of_limit, card_of_step, reversed_withdrawal };
BOOST_DESCRIBE_ENUM(WhatForTest, consulted, accepted, granted, withdrawn_early, withdrawn_late, submitted, imported, evaluated_online, visit_rated, card_of_limit, card_of_step, reversed_withdrawal)
struct DoForTest {
  WhatForTest what{};
  std::int32_t n = 1;
  DepartmentCode department{"swt"};
  WindowCode window{"W01"};
  std::int32_t level = 1;
};
BOOST_DESCRIBE_STRUCT(DoForTest, (), (what, n, department, window, level))

namespace {
using identity::Viewer;
constexpr CentreCode kCentre{510000};
const Viewer kOperator = Viewer::operator_named("test");
const KnownDepartment kKnown = [](const DepartmentCode& d) { return d.value == "swt" || d.value == "zjt"; };

Checked record(engine::Turn& turn, const DoForTest& c) {
  using W = WhatForTest;
  for (int i = 0; i < c.n; ++i) switch (c.what) {
      case W::consulted: turn.fact("consultation:test", casework::Consulted{c.department, c.window, {}, {}, {}}); break;
      case W::accepted: turn.fact("case:1", casework::Accepted{c.department, c.window, {}, {}, {}, {}, {}, {}, {}}); break;
      case W::granted: {
        casework::Decided f;
        f.department = c.department;
        turn.fact("case:1", f);
        break;
      }
      case W::withdrawn_early:
      case W::withdrawn_late:
        turn.fact("case:1", casework::Withdrawn{c.department, {}, "不办了", c.what == W::withdrawn_late ? casework::Closing::voided : casework::Closing::returned, {}});
        break;
      case W::submitted: {
        casework::Submitted f;
        f.department = c.department;
        turn.fact("case:1", f);
        break;
      }
      case W::imported: {
        casework::Accepted f;
        f.department = c.department;
        f.after = casework::Standing{};
        f.after->origin = casework::Origin{at(CivilDay::of(2024, 1, 1), 9, 0), "elsewhere"};
        turn.fact("case:1", f);
        break;
      }
      case W::evaluated_online: turn.fact("case:1", casework::Evaluated{c.department, {}, c.level, casework::Channel::online, {}, {}}); break;
      case W::visit_rated: turn.fact("visit:1", casework::VisitEvaluated{c.window, "A001", c.level, casework::Channel::window, {}}); break;
      case W::card_of_limit:
      case W::card_of_step: {
        casework::CardGiven f;
        f.department = c.department;
        f.rule = "JC-0202";
        f.due = CivilDay::of(2024, 6, 3);
        if (c.what == W::card_of_limit) f.explain_by = CivilDay::of(2024, 6, 4);
        turn.fact("case:1", f);
        break;
      }
      case W::reversed_withdrawal: {
        casework::Reversed f;
        f.department = c.department;
        f.fact = 1;
        f.fact_name = Text<60>(casework::Withdrawn::kName);
        f.after.stage = c.level == 1 ? casework::Stage::received : casework::Stage::in_review;
        turn.fact("case:1", f);
        break;
      }
    }
  return Done{};
}

engine::Registry rooms() {
  engine::Registry r;
  onething::declare(r, [](const catalog::BundleCode&) { return true; });
  enterprise::declare(r);
  hall::declare(r, kKnown);
  staff::declare(r, kKnown);
  declare(r, kKnown);
  r.commands.push_back(engine::command<DoForTest>("test.do", "", {}, record));
  return r;
}

const Names& names() {
  static const Names n = [] {
    Names out;
    out.department = [](const DepartmentCode& d) -> std::optional<std::string> { return d.value == "swt" ? "商务厅" : d.value == "zjt" ? "住建厅" : std::optional<std::string>(); };
    out.bundle = [](const catalog::BundleCode&) { return std::optional<std::string>(); };
    out.own = [](CivilDay) { return Names::Own{"政务服务工作周报", "某市政务服务中心", "市政务服务大厅"}; };
    return out;
  }();
  return n;
}

const std::string kFolder = YI_SOURCE_DIR "/data/sichuan/templates/reports";
const ReportTemplates& shipped() {
  static const auto all = ReportTemplates::load(kFolder).value();
  return all;
}

class Reports : public ::testing::Test {
 protected:
  void SetUp() override { engine_ = engine::Engine::open(directory_.path(), rooms, {kCentre, {true, at(CivilDay::of(2023, 1, 2), 9, 0)}}).value(); }
  void give(const char* name, const std::string& body, CivilDay day) {
    const auto a = engine_->run(name, body, {"test", "operator"}, at(day, 10, 0));
    ASSERT_TRUE(a.ok()) << a.error().sentence << a.error().where;
    position_ = a->position;
  }
  void does(WhatForTest what, int n, CivilDay day, const char* department = "swt", const char* window = "W01", int level = 1) {
    give("test.do", json::write(DoForTest{what, n, {department}, {window}, level}), day);
  }
  ReportMaterial material(const char* form, const char* period, CivilDay today, Edition edition = Edition::internal) {
    auto m = try_material(*shipped().find(form), period, today, edition);
    if (!m) throw std::runtime_error(m.error().code + m.error().sentence);
    return std::move(m).value();
  }
  Result<ReportMaterial> try_material(const ReportTemplate& form, const char* period, CivilDay today, Edition edition = Edition::internal) {
    EXPECT_TRUE(engine_->wait_followed(position_, std::chrono::seconds(10)));
    auto reader = engine_->reader();
    const Snapshot snapshot(*reader);
    YI_TRY(const auto p, parse_report_period(period));
    return gather_report(*reader, kCentre, edition == Edition::internal ? kOperator : Viewer::anonymous(), edition, form, p, today, names());
  }
  static const ReportFigure& figure(const ReportMaterial& m, std::string_view id) {
    for (const auto& f : m.figures)
      if (f.rule.id == id) return f;
    throw std::runtime_error("no figure");
  }
  static std::string says(const ReportMaterial& m, std::string_view id) { return said(m, figure(m, id).rule, figure(m, id).now); }
  std::string text(const char* form, const char* period, CivilDay today, Edition edition = Edition::internal) { return publish::to_text(compose_report(material(form, period, today, edition), edition)); }

  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::int64_t position_ = 0;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }
CivilDay day(int year, unsigned month, unsigned d) { return CivilDay::of(year, month, d); }

}  // namespace

TEST(ReportPeriod, IsReadAndHasItsNeighbours) {
  const struct { const char *text, *from, *to, *before, *year_before; } kRows[] = {
      {"2024-06", "2024-06-01", "2024-06-30", "2024-05", "2023-06"},
      {"2024-01", "2024-01-01", "2024-01-31", "2023-12", "2023-01"},
      {"2024-02", "2024-02-01", "2024-02-29", "2024-01", "2023-02"},
      {"2024-Q1", "2024-01-01", "2024-03-31", "2023-Q4", "2023-Q1"},
      {"2024-Q4", "2024-10-01", "2024-12-31", "2024-Q3", "2023-Q4"},
      {"2024", "2024-01-01", "2024-12-31", "2023", "2023"},
      {"2024-06-17..2024-06-21", "2024-06-17", "2024-06-21", "2024-06-12..2024-06-16", "2023-06-17..2023-06-21"},
      {"2024-02-29..2024-02-29", "2024-02-29", "2024-02-29", "2024-02-28..2024-02-28", "2023-02-28..2023-02-28"},
      {"2025-02-01..2025-02-28", "2025-02-01", "2025-02-28", "2025-01-04..2025-01-31", "2024-02-01..2024-02-29"},
  };
  for (const auto& row : kRows) {
    const auto p = parse_report_period(row.text);
    ASSERT_TRUE(p.ok()) << row.text;
    EXPECT_EQ(to_text(*p), row.text);
    EXPECT_EQ(to_iso(p->days.from), row.from);
    EXPECT_EQ(to_iso(p->days.to), row.to);
    EXPECT_EQ(to_text(p->before()), row.before);
    EXPECT_EQ(to_text(p->year_before()), row.year_before);
  }
  for (const char* bad : {"", "24-06", "2024-13", "2024-00", "2024-Q5", "2024-Q0", "2024-6", "2024-06-17", "2024-06-17..2024-06-31", "2024/06", "20240", "1900", "2199", "-024", "2024-06-17,,2024-06-21"}) {
    const auto p = parse_report_period(bad);
    ASSERT_FALSE(p.ok()) << bad;
    EXPECT_EQ(p.error().code, "bulletin.bad_period") << bad;
  }
  EXPECT_EQ(parse_report_period("2024-06-21..2024-06-17").error().code, "bulletin.bad_span");
  EXPECT_EQ(parse_report_period("2001-06-21..2024-06-17").error().code, "bulletin.bad_span");
}

TEST_F(Reports, EachFigureCountsItsFacts) {
  using W = WhatForTest;
  const auto d = day(2024, 6, 3);
  does(W::accepted, 4, d);
  does(W::imported, 9, d);  // counted where it was done
  does(W::granted, 3, d);
  does(W::withdrawn_early, 5, d);
  does(W::withdrawn_late, 2, d);
  does(W::submitted, 8, d);
  does(W::evaluated_online, 4, d, "swt", "W01", 1);
  does(W::evaluated_online, 1, d, "swt", "W01", 4);
  does(W::visit_rated, 3, d, "swt", "W01", 3);
  does(W::visit_rated, 2, d, "swt", "W01", 5);
  does(W::card_of_limit, 2, d);
  does(W::card_of_step, 7, d);
  auto m = material("statistics", "2024-06", day(2024, 7, 1));
  const auto value = [&](const char* id) { return figure(m, id).now.value; };
  EXPECT_EQ(value("accepted"), 4);
  EXPECT_EQ(value("closed"), 5);
  EXPECT_EQ(value("submitted"), 8);
  EXPECT_EQ(value("evaluated"), 10);
  EXPECT_EQ(value("bad_rating"), 3);
  EXPECT_EQ(value("overdue"), 2);
  EXPECT_EQ(figure(m, "bad_rate").now.part, 3);
  EXPECT_EQ(figure(m, "bad_rate").now.whole, 10);
  EXPECT_EQ(figure(material("district-month", "2024-06", day(2024, 7, 1)), "platform_evaluated").now.value, 5);
  // Taken back on the day: a withdrawal of an accepted case, and one of a case that had not been accepted and never counted.
  does(W::reversed_withdrawal, 1, d, "swt", "W01", 2);
  does(W::reversed_withdrawal, 1, d, "swt", "W01", 1);
  m = material("statistics", "2024-06", day(2024, 7, 1));
  EXPECT_EQ(value("closed"), 4);
}

TEST_F(Reports, WhatIsBeforeTheLedgerIsNoZero) {
  does(WhatForTest::accepted, 30, day(2024, 6, 17));
  does(WhatForTest::accepted, 10, day(2024, 7, 2));
  // June: the ledger began within it. Nothing is compared with what it does not know.
  auto june = material("statistics", "2024-06", day(2024, 8, 1));
  EXPECT_EQ(says(june, "accepted"), "30件（自6月17日起有记录）");
  EXPECT_FALSE(figure(june, "accepted").before.recorded);
  const auto text_june = text("statistics", "2024-06", day(2024, 8, 1));
  EXPECT_TRUE(has(text_june, "受理30件（自6月17日起有记录），上月无记录，上年同月无记录；")) << text_june;
  EXPECT_FALSE(has(text_june, "上月0")) << text_june;
  // July is whole, June was not: both numbers, no percentage.
  const auto text_july = text("statistics", "2024-07", day(2024, 8, 1));
  EXPECT_TRUE(has(text_july, "受理10件，上月30件（自6月17日起有记录），上年同月无记录；")) << text_july;
  // In August a true zero: the ledger was there.
  EXPECT_TRUE(has(text("statistics", "2024-08", day(2024, 9, 1)), "受理0件，比上月下降100.0%（上月10件），上年同月无记录；"));
  // Before it all.
  EXPECT_TRUE(has(text("statistics", "2024-05", day(2024, 9, 1)), "受理无记录，上月无记录，上年同月无记录；"));
  const auto sheets = report_sheets(june, Edition::internal);
  EXPECT_EQ(std::get<std::string>(sheets[0].rows[1][5]), "无记录");
  EXPECT_EQ(std::get<std::int64_t>(sheets[0].rows[1][2]), 30);
  EXPECT_EQ(std::get<std::string>(sheets[0].rows[1][11]), "自2024-06-17起有记录。");
}

TEST_F(Reports, ComparesAndCarriesDenominators) {
  using W = WhatForTest;
  does(W::accepted, 1, day(2023, 1, 2));  // the ledger begins
  does(W::accepted, 100, day(2023, 6, 20));
  does(W::evaluated_online, 40, day(2024, 5, 20));
  does(W::visit_rated, 10, day(2024, 5, 20), "swt", "W01", 5);
  does(W::accepted, 80, day(2024, 5, 21));
  does(W::consulted, 5, day(2024, 5, 21));
  does(W::accepted, 100, day(2024, 6, 3));
  does(W::evaluated_online, 97, day(2024, 6, 4));
  does(W::visit_rated, 3, day(2024, 6, 4), "swt", "W01", 4);
  const auto t = text("statistics", "2024-06", day(2024, 7, 1));
  EXPECT_TRUE(has(t, "受理100件，比上月增长25.0%（上月80件），与上年同月持平（100件）；")) << t;
  EXPECT_TRUE(has(t, "咨询0人次，比上月下降100.0%（上月5人次），与上年同月持平（0人次）。")) << t;
  EXPECT_TRUE(has(t, "网上申报0件，与上月持平（0件），与上年同月持平（0件）。")) << t;
  EXPECT_TRUE(has(t, "差评率3.0%（3/100），比上月降低17.0个百分点（上月20.0%（10/50）），上年同月无法计算（分母为0）。")) << t;
  EXPECT_TRUE(has(text("statistics", "2024-05", day(2024, 7, 1)), "咨询5人次，上月为0人次，上年同月为0人次。"));
}

TEST_F(Reports, APeriodThatIsNotOverIsComparedWithAsManyDays) {
  using W = WhatForTest;
  does(W::accepted, 1, day(2023, 1, 2));
  does(W::accepted, 10, day(2024, 5, 10));
  does(W::accepted, 90, day(2024, 5, 11));
  does(W::accepted, 20, day(2024, 6, 10));
  const auto t = text("statistics", "2024-06", day(2024, 6, 10));
  EXPECT_TRUE(has(t, "（2024年6月，截至6月10日）")) << t;
  EXPECT_TRUE(has(t, "受理20件，比上月同期增长100.0%（上月同期10件），")) << t;
  const auto m = material("statistics", "2024-06", day(2024, 6, 10));
  EXPECT_EQ(to_iso(figure(m, "accepted").before.days.to), "2024-05-10");
  EXPECT_FALSE(m.complete);
  // On its last day it is whole, though not over.
  EXPECT_TRUE(has(text("statistics", "2024-06", day(2024, 6, 30)), "受理20件，比上月下降80.0%（上月100件）"));
  EXPECT_EQ(try_material(*shipped().find("statistics"), "2024-07", day(2024, 6, 30)).error().code, "bulletin.not_begun");
  EXPECT_EQ(try_material(*shipped().find("district-month"), "2024-Q2", day(2024, 6, 30)).error().code, "bulletin.not_this_length");
}

// No other counting: the year of the bulletin is the report of the same days, the balance included.
TEST_F(Reports, AgreesWithTheBulletin) {
  using W = WhatForTest;
  give("bulletin.set_period", json::write(SetPeriod{day(2024, 6, 17), day(2024, 6, 21)}), day(2024, 6, 17));
  give("bulletin.enter_opening_balance", json::write(EnterOpeningBalance{day(2024, 6, 17), 1'000, 200, 30, 4, "上一系统"}), day(2024, 6, 17));
  does(W::consulted, 7, day(2024, 6, 18));
  does(W::accepted, 5, day(2024, 6, 19), "zjt", "W09");
  const auto m = material("statistics", "2024-01-01..2024-06-21", day(2024, 6, 24));
  auto reader = engine_->reader();
  const auto w = figures_of_week(*reader, kCentre, Viewer::anonymous(), day(2024, 6, 17)).value();
  for (const Figure f : kFigures) EXPECT_EQ(figure(m, json::enum_name(f)).now.value, of(w.year, f));
  EXPECT_EQ(figure(m, "consulted").now.opening, 1'000);
  EXPECT_EQ(says(m, "consulted"), "1007人次");
  EXPECT_EQ(figure(m, "accepted").departments.at(0).count, 5);
  EXPECT_EQ(figure(m, "accepted").departments.at(0).name, "住建厅");
  // The balance is of the year alone: no month knows it.
  EXPECT_EQ(says(material("statistics", "2024-06", day(2024, 7, 1)), "consulted"), "7人次（自6月18日起有记录）");
  // What the balance does not have, began with the ledger.
  EXPECT_TRUE(figure(m, "closed").now.partly_from.has_value());
}

// The whole of the second template: another report is another file.
TEST_F(Reports, TheMonthOfADistrict) {
  using W = WhatForTest;
  does(W::accepted, 1, day(2023, 1, 2));
  does(W::accepted, 60, day(2024, 5, 20));
  does(W::submitted, 20, day(2024, 5, 20));
  give("bulletin.set_period", json::write(SetPeriod{day(2024, 5, 27), day(2024, 6, 2)}), day(2024, 5, 28));
  give("bulletin.enter_news", json::write(EnterNews{day(2024, 5, 27), {}, day(2024, 5, 30), "召开推进会。", 1}), day(2024, 5, 30));
  does(W::accepted, 50, day(2024, 6, 3));
  does(W::accepted, 12, day(2024, 6, 4), "swt", "T03");
  does(W::granted, 40, day(2024, 6, 4));
  does(W::granted, 7, day(2024, 6, 4), "town01");
  does(W::submitted, 25, day(2024, 6, 5));
  does(W::evaluated_online, 24, day(2024, 6, 6));
  does(W::evaluated_online, 1, day(2024, 6, 6), "swt", "W01", 4);
  does(W::card_of_limit, 2, day(2024, 6, 7), "zjt");
  does(W::card_of_limit, 1, day(2024, 6, 7), "swt");
  give("bulletin.set_period", json::write(SetPeriod{day(2024, 6, 24), day(2024, 6, 28)}), day(2024, 6, 24));
  give("bulletin.enter_news", json::write(EnterNews{day(2024, 6, 24), DepartmentCode{"swt"}, {}, "开展培训。", 1}), day(2024, 6, 25));
  give("bulletin.set_period", json::write(SetPeriod{day(2024, 6, 29), day(2024, 7, 5)}), day(2024, 7, 1));
  give("bulletin.enter_news", json::write(EnterNews{day(2024, 6, 29), {}, {}, "属于七月。", 1}), day(2024, 7, 1));
  const auto inside = text("district-month", "2024-06", day(2024, 7, 8));
  EXPECT_EQ(inside,
            "（2024年6月）\n"
            "某市政务服务中心2024年6月30日\n"
            "一、大厅办件\n"
            "2024年6月，市政务服务大厅受理办件50件，同上月比下降16.7%，上年同月为0件；办结40件，上月为0件，上年同月为0件。\n"
            "二、乡镇办件\n"
            "各乡镇（街道）便民服务中心受理办件12件，上月为0件。\n"
            "各乡镇（街道）办结7件，上月为0件。\n"
            "三、平台办件与评价\n"
            "一体化政务服务平台办件25件，同上月比增长25.0%；评价率100.0%（25/25）。\n"
            "各渠道共收到评价25次，其中差评1次，差评率4.0%（1/25），上月无法计算（分母为0）。\n"
            "四、超期办件\n"
            "2024年6月超期3次，按单位：住建厅2次、商务厅1次。\n"
            "五、工作动态\n"
            "（一）5月30日，召开推进会。\n"
            "（二）商务厅开展培训。\n"
            "报：县（市、区）委、县（市、区）人民政府。\n"
            "发：各乡镇（街道），县（市、区）级各部门。\n");
  // Units that are late are the centre's own business: neither the public's paper nor its table has them.
  const auto open = material("district-month", "2024-06", day(2024, 7, 8), Edition::public_);
  const auto paper = publish::to_text(compose_report(open, Edition::public_));
  EXPECT_FALSE(has(paper, "超期"));
  EXPECT_TRUE(has(paper, "四、工作动态"));
  for (const auto& sheet : report_sheets(open, Edition::public_))
    for (const auto& row : sheet.rows)
      for (const auto& cell : row)
        if (const auto* s = std::get_if<std::string>(&cell)) { EXPECT_FALSE(has(*s, "超期")) << *s; }
  EXPECT_EQ(try_material(*shipped().find("district-month"), "2024-06", day(2024, 7, 8), Edition::public_).ok(), true);
  auto reader = engine_->reader();
  EXPECT_EQ(gather_report(*reader, kCentre, Viewer::anonymous(), Edition::internal, *shipped().find("statistics"), *parse_report_period("2024-06"), day(2024, 7, 8), names()).error().code, "bulletin.internal_edition");
  // Without windows of towns the sentence is not there.
  EXPECT_FALSE(has(text("district-month", "2024-05", day(2024, 7, 8)), "乡镇办件"));
}

TEST_F(Reports, LeaveInEveryFormat) {
  does(WhatForTest::accepted, 3, day(2024, 6, 3));
  const auto m = material("statistics", "2024-06", day(2024, 7, 1));
  const auto d = compose_report(m, Edition::internal);
  PaperOptions o;
  o.fonts = publish::test::fonts();
  o.created = at(day(2024, 7, 1), 9, 0);
  for (const auto& f : paper_formats()) {
    const auto bytes = print_paper(d, report_sheets(m, Edition::internal), f.format, o);
    ASSERT_TRUE(bytes.ok()) << f.name << bytes.error().sentence;
    const std::string_view begin = std::string_view(*bytes).substr(0, 5);
    EXPECT_EQ(begin.starts_with("PK"), f.format == PaperFormat::docx || f.format == PaperFormat::ofd || f.format == PaperFormat::xlsx) << f.name;
    EXPECT_EQ(begin == "%PDF-", f.format == PaperFormat::pdf) << f.name;
  }
}

TEST(ReportTemplates, AreShippedTwoAndSayWhatTheyCount) {
  ASSERT_EQ(shipped().all().size(), 2u);
  EXPECT_EQ(shipped().find("unknown"), nullptr);
  for (const auto& t : shipped().all())
    for (const auto& f : t.figures) {
      EXPECT_TRUE(f.definition.ends_with("。")) << t.code << f.id;
      EXPECT_FALSE(f.unit.empty());
    }
  EXPECT_TRUE(ReportTemplates::load(kFolder + "/nowhere").value().all().empty());
}

// An error names file and line, and what is allowed there.
TEST(ReportTemplates, SayWhatIsWrongAndWhatIsAllowed) {
  const auto good = publish::test::read_file(kFolder + "/district-month.yaml");
  ASSERT_TRUE(ReportTemplate::parse(good, "reports/district-month.yaml").ok());
  const struct { const char *from, *to, *code, *allowed; } kRows[] = {
      {"counts: submitted", "counts: submited", "base.yaml_choice", "submitted"},
      {"评价率{platform_rate}", "评价率{platform_rat}", "bulletin.unknown_slot", "{platform_rate}"},
      {"{hall_closed.than_before}", "{hall_closed.than_befor}", "bulletin.unknown_slot", ".than_before（与上期相比）"},
      {"part: platform_evaluated", "part: platform_evaluating", "bulletin.bad_template", "platform_evaluated"},
      {"part: bad_rating, whole: evaluated}", "part: platform_rate, whole: evaluated}", "bulletin.bad_template", "比率本身不能再作分子、分母"},
      {"needs: [town_accepted]", "needs: [town]", "bulletin.bad_template", "town_accepted"},
      {"figure: overdue", "figure: bad_rate", "bulletin.bad_template", "overdue"},
      {"edition: internal", "edition: secret", "bulletin.bad_template", "internal"},
      {"\"{percent}（{part}/{whole}）\"", "\"{percent}\"", "bulletin.missing_slot", "{whole}"},
      {"length: month", "length: week", "base.yaml_choice", "quarter"},
      {"windows: [\"T*\"]", "windows: [\"*T\"]", "bulletin.bad_template", "T*"},
      {"except_departments: [\"town*\"]", "except_departments: [\"*town\"]", "bulletin.bad_template", "T*"},
      {"id: hall_accepted", "id: Hall", "bulletin.bad_template", "hall_accepted"},
      {"id: hall_closed, name: 大厅办结", "id: hall_accepted, name: 大厅办结", "bulletin.bad_template", "改名"},
      {"title: 大厅办件", "titel: 大厅办件", "base.yaml_missing", ""},
      {"{period}{so_far}，{hall}", "{period{so_far}，{hall}", "bulletin.bad_slot", ""},
  };
  for (const auto& row : kRows) {
    auto text = good;
    const auto at = text.find(row.from);
    ASSERT_NE(at, text.npos) << row.from;
    text.replace(at, std::string(row.from).size(), row.to);
    const auto t = ReportTemplate::parse(text, "reports/district-month.yaml");
    ASSERT_FALSE(t.ok()) << row.to;
    EXPECT_EQ(t.error().code, row.code) << row.to << t.error().sentence;
    const auto line = std::to_string(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
    EXPECT_EQ(t.error().where, "reports/district-month.yaml:" + line) << row.to;
    EXPECT_TRUE(has(t.error().next_step, row.allowed)) << row.to << " " << t.error().next_step;
  }
}

}  // namespace yi::bulletin
