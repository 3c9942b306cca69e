// Phrases, rules, templates and lints: everything of the room that needs no ledger.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "bulletin/lints.h"

namespace yi::bulletin {
namespace {
const CivilDay kWeek = CivilDay::of(2024, 6, 17);
const KnownDepartment kKnown = [](const DepartmentCode& d) { return d.value == "swt"; };

TEST(Phrases, SlotsAreFoundAndFilled) {
  const auto p = Phrase::parse("发布{guides}{guides_count}个。");
  ASSERT_TRUE(p.ok());
  EXPECT_EQ(p->slots(), (std::vector<std::string>{"guides", "guides_count"}));
  const auto runs = p->expand([](std::string_view slot) {
    Runs r;
    if (slot == "guides") r.text("甲、乙");
    else r.figure({"2", "/figures/x", "定义"});
    return r;
  });
  EXPECT_EQ(runs.plain(), "发布甲、乙2个。");
  ASSERT_EQ(runs.all().size(), 3u);  // plain neighbours join, the figure stands alone
  EXPECT_EQ(runs.all()[1].link, "/figures/x");
}

TEST(Phrases, BracesHavePartners) {
  for (const char* bad : {"{", "}", "a{b", "a}b", "{}", "{a{b}}", "a\nb"}) EXPECT_EQ(Phrase::parse(bad).error().code, "bulletin.bad_slot") << bad;
  EXPECT_EQ(parse_entry("{guide}").error().code, "bulletin.unknown_slot");
  EXPECT_TRUE(parse_entry("没有数据项的句子。").ok());
}

TEST(Rules, EveryReasonHasItsTextsInItsPlace) {
  for (int i = 0; i <= static_cast<int>(Reason::bad_number); ++i) {
    const auto r = refuse(static_cast<Reason>(i));
    EXPECT_EQ(r.code, refusal_codes()[static_cast<std::size_t>(i)]);
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty());
  }
  EXPECT_EQ(refuse(Reason::bad_number).code, "bulletin.bad_number");
}

TEST(Rules, PeriodsFollowEachOther) {
  const Periods none, one{Span{kWeek, kWeek + 4}, Span{kWeek, kWeek + 4}, {}};
  EXPECT_TRUE(decide(SetPeriod{kWeek, kWeek + 4}, none, kWeek).ok());
  EXPECT_TRUE(decide(SetPeriod{kWeek + 5, kWeek + 11}, one, kWeek).ok());
  EXPECT_EQ(decide(SetPeriod{kWeek, kWeek - 1}, none, kWeek).error().code, "bulletin.period_reversed");
  EXPECT_EQ(decide(SetPeriod{kWeek, kWeek + 31}, none, kWeek).error().code, "bulletin.period_too_long");
  EXPECT_EQ(decide(SetPeriod{kWeek + 4, kWeek + 11}, one, kWeek).error().code, "bulletin.period_overlaps");
  EXPECT_EQ(decide(SetPeriod{kWeek - 7, kWeek}, one, kWeek).error().code, "bulletin.period_overlaps");
  EXPECT_EQ(decide(SetPeriod{kWeek - 7, kWeek - 3}, one, kWeek).error().code, "bulletin.period_before_last");
  EXPECT_EQ(decide(SetPeriod{kWeek, kWeek + 4}, Periods{{}, {}, kWeek + 1}, kWeek).error().code, "bulletin.period_before_opening");
  // A mistyped year would leave no week that can follow.
  EXPECT_EQ(decide(SetPeriod{kWeek + 365, kWeek + 369}, none, kWeek).error().code, "bulletin.period_ahead");
  EXPECT_EQ(decide(SetPeriod{kWeek + 32, kWeek + 36}, none, kWeek).error().code, "bulletin.period_ahead");
  EXPECT_TRUE(decide(SetPeriod{kWeek + 31, kWeek + 35}, none, kWeek).ok());
}

TEST(Rules, TheOpeningBalanceIsEnteredOnceAndBeforeTheFirstWeek) {
  const EnterOpeningBalance c{kWeek, 1, 2, 3, 4, "原系统"};
  const Periods none, one{Span{kWeek, kWeek + 4}, Span{kWeek, kWeek + 4}, {}};
  EXPECT_TRUE(decide(c, none).ok());
  EXPECT_TRUE(decide(c, one).ok());
  EXPECT_EQ(decide(c, Periods{{}, {}, kWeek}).error().code, "bulletin.opening_balance_already_entered");
  auto late = c;
  late.before = kWeek + 1;
  EXPECT_EQ(decide(late, one).error().code, "bulletin.opening_balance_late");
  auto bad = c;
  bad.issued = -1;
  EXPECT_EQ(decide(bad, none).error().where, "/issued");
  bad = c;
  bad.source = " ";
  EXPECT_EQ(decide(bad, none).error().code, "bulletin.source_missing");
  bad = c;
  bad.before = CivilDay::of(2025, 1, 1);
  EXPECT_EQ(decide(bad, none).error().code, "bulletin.opening_balance_not_zero");
}

TEST(Rules, WhatIsEnteredForAWeek) {
  const EnterNews news{kWeek, DepartmentCode{"swt"}, {}, "召开会议。", 1};
  EXPECT_TRUE(decide(news, true, kKnown).ok());
  EXPECT_EQ(decide(news, false, kKnown).error().status, 404);
  auto n = news;
  n.department = DepartmentCode{"?"};
  EXPECT_EQ(decide(n, true, kKnown).error().code, "bulletin.unknown_department");
  n = news;
  n.text = "两\n行";
  EXPECT_EQ(decide(n, true, kKnown).error().code, "bulletin.line_end_in_text");
  n.text = "　";  // an ideographic space is text to trim(), and prints as itself
  n.rank = 0;
  EXPECT_EQ(decide(n, true, kKnown).error().code, "bulletin.bad_rank");

  EXPECT_TRUE(decide(WriteSection{kWeek, Section::one_thing, {"推进{pushed}。"}, {"退休"}}, true).ok());
  EXPECT_EQ(decide(WriteSection{kWeek, Section::one_thing, {"推进{pushed}。"}, {}}, true).error().code, "bulletin.pushed_missing");
  EXPECT_EQ(decide(WriteSection{kWeek, Section::one_thing, {}, {}}, true).error().code, "bulletin.no_entries");
  const auto slot = decide(WriteSection{kWeek, Section::one_thing, {"甲", "{x}"}, {}}, true);
  EXPECT_EQ(slot.error().code, "bulletin.unknown_slot");
  EXPECT_EQ(slot.error().where, "/entries/1");

  SetImprint imprint{kWeek, kWeek + 10, "中心", 100, {"甲"}, {}, {{"乙", "丙"}}, {}, 3, 30};
  EXPECT_TRUE(decide(imprint, true).ok());
  for (const auto day : {kWeek - 1, kWeek + 181}) {
    imprint.issued_on = day;
    EXPECT_EQ(decide(imprint, true).error().code, "bulletin.bad_issue_day");
  }
  imprint.issued_on = kWeek + 180;
  EXPECT_TRUE(decide(imprint, true).ok());
  imprint.number.reset();
  EXPECT_EQ(decide(imprint, true).error().code, "bulletin.bad_number");
  imprint.total_number.reset();
  imprint.distribute_to.push_back({});
  EXPECT_EQ(decide(imprint, true).error().where, "/distribute_to/1");
  imprint.distribute_to.pop_back();
  imprint.copies = -1;
  EXPECT_EQ(decide(imprint, true).error().code, "bulletin.bad_copies");
}

std::string template_file() {
  std::ifstream in("data/sichuan/templates/bulletin.yaml");
  std::stringstream s;
  s << in.rdbuf();
  return s.str();
}
// The refusal's code and line when one piece of the template is replaced.
std::string refused(const std::string& from, const std::string& to) {
  const auto all = template_file();
  const auto at = all.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const auto line = std::count(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
  const auto t = Templates::parse(replace_all(all, from, to), "t.yaml");
  EXPECT_FALSE(t.ok()) << to;
  if (t.ok()) return "";
  EXPECT_EQ(t.error().where, "t.yaml:" + std::to_string(line)) << t.error().sentence;
  return t.error().code;
}

TEST(TemplateFile, EveryPlaceholderIsHeldWithFileAndLine) {
  const auto t = Templates::parse(template_file(), "t.yaml");
  ASSERT_TRUE(t.ok()) << t.error().where << t.error().sentence;
  EXPECT_EQ(t->min_days, 3);
  EXPECT_EQ(t->parts.size(), 6u);
  EXPECT_EQ(refused("咨询{consulted}人次、", "咨询若干人次、"), "bulletin.missing_slot");
  EXPECT_EQ(refused("颁发{issued}件", "颁发{given}件"), "bulletin.unknown_slot");
  EXPECT_EQ(refused("{persons}到{hall}窗口", "到{hall}窗口"), "bulletin.missing_slot");
  EXPECT_EQ(refused("{persons}到{hall}窗口", "{persons}到{place}窗口"), "bulletin.unknown_slot");
  EXPECT_EQ(refused("{department}{post}{name}", "{department{post}{name}"), "bulletin.bad_slot");
  EXPECT_EQ(refused("{section: leave, title: 考勤情况}", "{section: news, title: 考勤情况}"), "bulletin.bad_template");
  EXPECT_EQ(refused("{kind: sick, label: 请病假}", "{kind: annual, label: 请病假}"), "bulletin.bad_template");
}

TEST(TemplateFile, ACentreMayChangeItsWordsOrderAndUnits) {
  auto text = replace_all(template_file(), "流转{transferred_year}次", "流转{transferred_year}件次");
  text = replace_all(text, "  - {section: leave, title: 考勤情况}\n", "");
  text = replace_all(text, "{hall}", "本中心");  // a centre may write its hall's name out
  EXPECT_TRUE(Templates::parse(text, "t.yaml").ok());
}

std::string codes(std::string_view text) {
  std::string s;
  for (const auto& w : lint_text(text, "x")) s += w.code.substr(14) + " ";
  return s;
}

TEST(Lints, SumsInsideASentence) {
  EXPECT_EQ(codes("清单136项（其中，项目36项；法治100项）。"), "");
  EXPECT_EQ(codes("清单137项（其中，项目36项；法治100项）。"), "sum ");
  EXPECT_EQ(codes("办件10件（其中即办6件、承诺5件）。"), "sum ");
  EXPECT_EQ(codes("办件10件（其中即办6件）。"), "");  // one part is no sum
}

TEST(Lints, SumsWithSeparatorsAndWithoutBrackets) {
  EXPECT_EQ(codes("受理1,200件（其中，甲700件；乙600件）。"), "sum ");
  EXPECT_EQ(codes("受理1,200件（其中，甲700件；乙500件）。"), "");
  EXPECT_EQ(codes("受理2,200件（其中，甲1,700件；乙500件）。"), "");
  EXPECT_EQ(codes("受理1,234,567件（其中，甲1,234,560件；乙8件）。"), "sum ");
  EXPECT_EQ(codes("受理1200件，其中甲700件、乙600件。"), "sum ");
  EXPECT_EQ(codes("受理1,200件次。其中，甲700件次；乙500件次。"), "");
  EXPECT_EQ(codes("受理1200件，其中：甲700件、乙500件，办结80件。"), "");
  EXPECT_EQ(codes("受理10件，其中，甲6件，乙5件。"), "sum ");
  EXPECT_EQ(codes("受理10件，其中，甲6件，乙4件，办结8件。"), "");
  EXPECT_EQ(codes("受理700件，其中即办300件，颁发3949件。"), "");  // another figure, not a part
  EXPECT_EQ(codes("受理700件，其中即办300件。流转8件、颁发9件。"), "");
  EXPECT_EQ(codes("投资1万元（其中，甲7000元；乙3000元）。"), "");  // scaled numbers are not read
  EXPECT_EQ(codes("完成1,20件（其中，甲1件；乙2件）。"), "");         // no number at all
  const auto w = lint_text("本周受理1,200件，其中甲700件、乙600件，另有咨询。", "综窗");
  ASSERT_EQ(w.size(), 1u);
  EXPECT_EQ(w[0].sentence, "合计写 1200，各分项相加是 1300：1,200件，其中甲700件、乙600件");
}

TEST(Lints, TheQuotedClauseIsTheTextAsWritten) {
  const auto w = lint_text("本周，印发《首问（试行）》《限时办结》3项制度。", "动态");
  ASSERT_EQ(w.size(), 1u);
  EXPECT_EQ(w[0].sentence, "写明 3项，句中列出 2 个：印发《首问（试行）》《限时办结》3项制度");
  EXPECT_EQ(codes("印发《甲》《乙》1,003项制度。"), "");
}

TEST(Lints, NamedItemsAgainstTheStatedCount) {
  EXPECT_EQ(codes("印发《甲制度》《乙、丙制度》2项制度。"), "");
  EXPECT_EQ(codes("印发《甲制度》《乙制度》等2项制度。"), "");
  EXPECT_EQ(codes("印发《甲制度》《乙制度》等5项制度。"), "");
  EXPECT_EQ(codes("印发《甲制度》《乙制度》《丙制度》等2项制度。"), "count ");
  EXPECT_EQ(codes("印发《甲制度》《乙制度》3项制度。"), "count ");
  EXPECT_EQ(codes("设置甲、乙、丙3个板块。"), "");
  EXPECT_EQ(codes("设置甲、乙、丙4个板块。"), "count ");
  EXPECT_EQ(codes("设置甲、乙、丙等2个板块。"), "count ");
  // What only looks like a list with its count.
  EXPECT_EQ(codes("共计咨询2230人次、受理700件、颁发3949件、流转5461件次。"), "");
  EXPECT_EQ(codes("优化流程、取消材料12项。"), "");
  EXPECT_EQ(codes("组织90余名党员干部，走访甲、乙两地3家企业。"), "");
  EXPECT_EQ(codes("覆盖率达67%、节约费用4.8亿元。"), "");
}

// A week without a ledger.
WeekMaterial material() {
  WeekMaterial m;
  m.figures.from = m.figures.counted_from = kWeek;
  m.figures.to = kWeek + 4;
  m.figures.week = {1, 2, 3, 4};
  m.figures.year = {10, 20, 30, 40};
  m.issuer = "中心";
  m.masthead = "周报";
  return m;
}
publish::Document composed(const WeekMaterial& m, Edition e = Edition::internal) {
  auto d = compose(m, e, *Templates::parse(template_file(), "t.yaml"));
  EXPECT_TRUE(d.ok()) << d.error().sentence;
  return std::move(d).value();
}
std::string found_in(const WeekMaterial& m, Edition e = Edition::internal, const std::string& text = template_file()) {
  const auto t = *Templates::parse(text, "t.yaml");
  std::string s;
  for (const auto& w : lint(m, *compose(m, e, t), e, t)) s += w.code.substr(14) + " ";
  return s;
}
std::string body(const publish::Document& d) {
  std::string s;
  for (const auto& p : d.body) s += p.text() + "\n";
  return s;
}

TEST(Lints, WholeWeeks) {
  auto m = material();
  m.news = {{"", kWeek - 1, "早了一天。"}, {"甲厅", {}, "截至7月底完成。"}, {"乙厅", {}, "截至5月底完成，截至12月底另计。"}};
  m.imprint = ImprintSet{kWeek, kWeek + 3, "中心", 0, {}, {}, {}, {}, {}, {}};
  m.leaves = {{staff::LeaveKind::annual, "甲厅", "甲"}, {staff::LeaveKind::official, "乙厅", "甲"}, {staff::LeaveKind::official, "甲厅", "甲"}};
  m.list = enterprise::ListPublished{"1", kWeek, {{"安全生产服务", 2}, {"政策服务", 1}}};
  m.plates = {"安全服务", "政策服务", "其他服务"};
  const auto found = found_in(m);
  // 12 months ahead of June is last year's December, not a slip.
  EXPECT_EQ(found, "month month date_outside_week issued_before_end two_leaves unit wording ");
}

TEST(Lints, ALeaveThatNoLinePrintsIsAskedAbout) {
  auto m = material();
  using K = staff::LeaveKind;
  m.leaves = {{K::brief_absence, "甲厅", "甲一"}, {K::annual, "甲厅", "乙二"}, {K::brief_absence, "乙厅", "丙三"}};
  EXPECT_EQ(found_in(m), "leave_not_printed unit ");
  const auto t = *Templates::parse(template_file(), "t.yaml");
  const auto w = lint(m, composed(m), Edition::internal, t);
  EXPECT_EQ(w[0].sentence, "模板没有列出“临时外出”，没有印出：甲厅甲一、乙厅丙三。");
  EXPECT_EQ(found_in(m, Edition::public_), "unit ");  // what is not printed is not told
  // A centre that prints no leave at all means it.
  EXPECT_EQ(found_in(m, Edition::internal, replace_all(template_file(), "  - {section: leave, title: 考勤情况}\n", "")), "unit ");
}

TEST(Lints, ShortLeavesThatAdjoinAreToldToTheEditorAlone) {
  auto m = material();
  m.adjoining = {{staff::LeaveKind::personal, "甲厅", "甲一", kWeek, kWeek + 3, 4}, {staff::LeaveKind::brief_absence, "甲厅", "乙二", kWeek, kWeek + 3, 3}};
  EXPECT_EQ(found_in(m), "adjoining_leaves unit ");
  EXPECT_EQ(found_in(m, Edition::public_), "unit ");
  const auto w = lint(m, composed(m), Edition::internal, *Templates::parse(template_file(), "t.yaml"));
  EXPECT_EQ(w[0].sentence, "甲厅甲一的事假有几次相连（6月17日至6月20日，合计4天），每次不足3天，没有列入；要列入的，请办理续假或合并登记。");
}

TEST(Lints, ANameOnHealthLeaveInTheWeeksWordsIsAskedAboutInsideAlone) {
  auto m = material();
  m.on_health_leave = {{staff::LeaveKind::sick, "甲厅", "甲一"}, {staff::LeaveKind::maternity, "乙厅", "乙二"},
                       {staff::LeaveKind::sick, "丙厅", "会"}};
  m.news = {{"", kWeek, "甲一到窗口慰问。"}, {"甲厅", {}, "召开会议。"}};
  m.value_added = SectionWritten{kWeek, Section::value_added, {"乙二介绍清单。"}, {}};
  EXPECT_EQ(found_in(m), "health_named health_named unit ");
  EXPECT_EQ(found_in(m, Edition::public_), "unit ");
  const auto t = *Templates::parse(template_file(), "t.yaml");
  const auto w = lint(m, composed(m), Edition::internal, t);
  EXPECT_EQ(w[0].where + w[1].where, "动态增值化");
  EXPECT_NE(w[1].sentence.find("乙厅乙二"), std::string::npos);
}

TEST(Composition, ALeaderOnDutyTwiceIsNamedOnce) {
  auto m = material();
  m.figures.week = m.figures.year = {};
  m.hall = "某市政务服务大厅";
  m.duties = {{"甲厅", "副厅长", "甲一"}, {"乙厅", "局长", "甲一"}, {"甲厅", "副厅长", "甲一"}, {"甲厅", "二级巡视员", "乙二"}};
  EXPECT_EQ(body(composed(m)), "一、厅（局）长进大厅\n本周，甲厅副厅长甲一，乙厅局长甲一，甲厅二级巡视员乙二到某市政务服务大厅窗口调研值守。\n");
  m.duties = {{"甲厅", "党组成员、副厅长", "甲一"}, {"甲厅", "副厅长", "甲一"}, {"甲厅", "一级巡视员", "甲一"}};
  EXPECT_NE(body(composed(m)).find("本周，甲厅党组成员、副厅长、一级巡视员甲一到"), std::string::npos);
}

TEST(Composition, SectionsAreNumberedOverThosePresent) {
  auto m = material();
  EXPECT_TRUE(body(composed(m)).starts_with("一、综窗改革攻坚行动\n"));
  m.news = {{"", {}, "唯一的一条。"}};
  m.duties = {{"甲厅", "厅长", "甲"}};
  EXPECT_EQ(body(composed(m)), "一、政务工作动态\n唯一的一条。\n二、厅（局）长进大厅\n本周，甲厅厅长甲到省政务服务大厅窗口调研值守。\n"
                               "三、综窗改革攻坚行动\n省本级综窗办件情况。本周，共计咨询1人次、受理2件、颁发3件、流转4件次。"
                               "今年以来，累计咨询10人次、受理20件、颁发30件、流转40次。\n");
  m.figures.week = m.figures.year = {};
  EXPECT_EQ(body(composed(m)).find("综窗"), std::string::npos);
}

TEST(Composition, LeaveLinesJoinAsTheNamesNeed) {
  auto m = material();
  m.figures.week = m.figures.year = {};
  using K = staff::LeaveKind;
  m.leaves = {{K::annual, "甲厅", "一"}, {K::annual, "乙厅", "二"}, {K::annual, "甲厅", "一"}, {K::sick, "丙厅", "三"},
              {K::sick, "丙厅", "四"}, {K::sick, "丁厅", "五"}, {K::maternity, "丁厅", "六"}};
  EXPECT_EQ(body(composed(m)), "一、考勤情况\n本周累计请假3天以上的有：\n年休假：甲厅一、乙厅二\n请病假：丙厅三、四，丁厅五\n产假：丁厅六。\n");
  EXPECT_EQ(body(composed(m, Edition::public_)), "一、考勤情况\n本周累计请假3天以上的有：\n年休假：甲厅一、乙厅二。\n");
  m.leaves.erase(m.leaves.begin(), m.leaves.begin() + 3);
  EXPECT_EQ(body(composed(m, Edition::public_)), "");  // nothing is left, so no section
}

TEST(Composition, ASlotWithoutFactsIsRefused) {
  auto m = material();
  const auto t = *Templates::parse(template_file(), "t.yaml");
  for (const char* slot : {"guides", "chains", "plates", "plates_count", "list_total", "categories"}) {
    m.one_thing = SectionWritten{kWeek, Section::one_thing, {Text<2000>("有{" + std::string(slot) + "}。")}, {}};
    const auto d = compose(m, Edition::internal, t);
    ASSERT_FALSE(d.ok()) << slot;
    EXPECT_EQ(d.error().code, "bulletin.figure_without_facts");
  }
  m.one_thing->entries = {"有{plans_issued}个。"};  // a count of none is a figure
  EXPECT_NE(body(composed(m)).find("有0个。"), std::string::npos);
}

TEST(Composition, NumberDateAndImprintAreOptional) {
  auto m = material();
  auto d = composed(m);
  EXPECT_EQ(d.period, "（6月17日—6月21日）");
  EXPECT_EQ(d.issuer, "中心");
  EXPECT_TRUE(d.date.empty() && d.masthead.number.empty() && d.imprint.lines.empty() && d.imprint.copies.empty());
  m.imprint = ImprintSet{kWeek, CivilDay::of(2024, 7, 4), "本中心", 5, {"甲", "乙"}, {"丙"}, {{"丁"}, {"戊", "己"}}, {}, 7, {}};
  d = composed(m);
  EXPECT_EQ(d.masthead.number, "第7期");
  EXPECT_EQ(d.date, "2024年7月4日");
  EXPECT_EQ(d.imprint.lines, (std::vector<std::string>{"报：甲、乙。", "送：丙。", "发：丁，戊、己。"}));
  EXPECT_EQ(d.imprint.copies, "（共印5份）");
  m.imprint->total_number = 70;
  EXPECT_EQ(composed(m).masthead.number, "第7期（总第70期）");
}
}  // namespace
}  // namespace yi::bulletin
