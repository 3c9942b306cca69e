#include "calendar/due.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/text.h"

using namespace yi;
using namespace yi::calendar;

namespace {

std::string read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

const Calendar& national() {
  static const Calendar c = *Calendar::load("data/calendar");
  return c;
}

// One row of the table that lawyers keep: 起始日 | 天数 | 单位 | 暂停 | 延长 | 到期日 | 说明
struct Row {
  int line = 0;
  DueRequest request;
  std::string expected;
  bool provisional = false;
};

std::vector<std::string> words(const std::string& cell) {
  std::vector<std::string> out;
  if (cell == "-") return out;
  for (const auto& w : split(cell, ' '))
    if (!w.empty()) out.push_back(w);
  return out;
}

std::vector<Row> table(const char* path) {
  std::vector<Row> rows;
  int line = 0;
  for (const auto& text : split(read_file(path), '\n')) {
    ++line;
    if (trim(text).empty() || text[0] == '#' || text.starts_with("起始日")) continue;
    std::vector<std::string> c;
    for (const auto& cell : split(text, '|')) c.emplace_back(trim(cell));
    if (c.size() < 6 || (c[2] != "工作日" && c[2] != "自然日")) {
      ADD_FAILURE() << path << ":" << line << ": 这一行写得不完整";
      continue;
    }
    Row r;
    r.line = line;
    r.request.from = c[0];
    r.request.days = c[1];
    r.request.unit = c[2] == "自然日" ? "calendar" : "working";
    r.request.pauses = words(c[3]);
    r.request.extensions = words(c[4]);
    static const std::string kMark = " 暂定";
    r.provisional = c[5].ends_with(kMark);
    if (r.provisional) c[5].resize(c[5].size() - kMark.size());
    r.expected = c[5] == "暂停" ? "暂停中" : c[5];
    rows.push_back(std::move(r));
  }
  return rows;
}

}  // namespace

TEST(DueTable, EveryRowComesOutAsTheLawyersWroteIt) {
  const char* path = "testdata/calendar/due.case";
  const auto rows = table(path);
  EXPECT_GE(rows.size(), 120u);
  for (auto row : rows) {
    const auto got = run_due(national(), row.request);
    const std::string first = got ? got->substr(0, got->find('\n')) : "!" + got.error().code;
    EXPECT_EQ(got.ok() && got->find("\n暂定：") != std::string::npos, row.provisional) << path << ":" << row.line;
    row.request.explain = true;
    const auto explained = run_due(national(), row.request);
    EXPECT_EQ(first, row.expected) << path << ":" << row.line << "\n" << (explained ? *explained : "");
    EXPECT_EQ(explained.ok(), got.ok()) << path << ":" << row.line;
    EXPECT_TRUE(!explained || explained->starts_with(first + "\n")) << path << ":" << row.line;
  }
}

TEST(Due, TheDateStandsAloneOnTheFirstLine) {
  EXPECT_EQ(*run_due(national(), {.from = "2025-09-26", .days = "20"}), "2025-10-30\n");
  EXPECT_EQ(*run_due(national(), {.from = "2025-09-26", .days = "1", .count_from = "same_day"}), "2025-09-26\n");
  EXPECT_EQ(*run_due(national(), {.from = "2025-03-03", .days = "20", .pauses = {"2025-03-17.."}}),
            "暂停中\n起始日 2025-03-03（当日不计入），期限 20 个工作日；自 2025-03-17 起暂停，尚未恢复，已计 9 日，尚余 11 日。\n");
}

TEST(Due, TheExplanationIsReadableAsItStands) {
  EXPECT_EQ(*run_due(national(), {.from = "2025-12-30",
                                  .days = "3",
                                  .pauses = {"2026-01-05..2026-01-05=专家评审"},
                                  .extensions = {"1"},
                                  .basis = "本机关承诺时限",
                                  .explain = true}),
            "2026-01-07\n"
            "起始日 2025-12-30（当日不计入），期限 3 个工作日（本机关承诺时限），延长 1 个工作日（行政许可法第四十二条），"
            "到期日 2026-01-07（周三）。\n"
            "2025-12-30 周二 不计  当日不计入，次日起算〔民法典第二百零一条〕\n"
            "2025-12-31 周三 第1日 工作日\n"
            "2026-01-01 周四 不计  元旦放假〔行政许可法第八十二条〕\n"
            "2026-01-02 周五 不计  元旦放假〔行政许可法第八十二条〕\n"
            "2026-01-03 周六 不计  周末〔行政许可法第八十二条〕\n"
            "2026-01-04 周日 第2日 调休上班（元旦）\n"
            "2026-01-05 周一 不计  暂停计时（专家评审）〔行政许可法第四十五条〕\n"
            "2026-01-06 周二 第3日 工作日\n"
            "2026-01-07 周三 第4日 工作日，延长的第1日〔行政许可法第四十二条〕\n"
            "合计：计入 4 日，休息日不计 3 日，暂停不计 1 日。\n"
            "放假安排：国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）。\n"
            "放假安排：国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号），文号或日期未核实。\n");
}

TEST(Due, AProvisionalDateSaysSo) {
  EXPECT_EQ(*run_due(national(), {.from = "2026-12-30", .days = "2"}),
            "2027-01-04\n暂定：到期日涉及放假通知尚未公布的年份，按周末和法定假日推算，通知公布后须重新计算。\n");
  EXPECT_EQ(*run_due(national(), {.from = "2026-12-30", .days = "2", .explain = true}),
            "2027-01-04\n"
            "起始日 2026-12-30（当日不计入），期限 2 个工作日，到期日 2027-01-04（周一，暂定）。\n"
            "2026-12-30 周三 不计  当日不计入，次日起算〔民法典第二百零一条〕\n"
            "2026-12-31 周四 第1日 工作日\n"
            "2027-01-01 周五 不计  元旦放假〔行政许可法第八十二条〕〔暂定〕\n"
            "2027-01-02 周六 不计  周末〔行政许可法第八十二条〕〔暂定〕\n"
            "2027-01-03 周日 不计  周末〔行政许可法第八十二条〕〔暂定〕\n"
            "2027-01-04 周一 第2日 工作日〔暂定〕\n"
            "合计：计入 2 日，休息日不计 3 日。\n"
            "放假安排：国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号），文号或日期未核实。\n"
            "暂按法定假日：全国年节及纪念日放假办法（国务院令第795号），文号或日期未核实。\n"
            "暂定：到期日涉及放假通知尚未公布的年份，按周末和法定假日推算，通知公布后须重新计算。\n");
  EXPECT_EQ(run_due(national(), {.from = "2026-12-30", .days = "20", .pauses = {"2027-01-05.."}})->find("暂停中\n"), 0u);
}

// The examples of docs/clock.md are this program's own words.
TEST(Due, TheExamplesOfTheDocumentAreVerbatim) {
  const std::string doc = read_file("docs/clock.md");
  const auto holds = [&](const DueRequest& r) {
    const auto text = run_due(national(), r);
    ASSERT_TRUE(text.ok());
    EXPECT_NE(doc.find("```\n" + *text + "```"), std::string::npos) << "docs/clock.md should contain\n" << *text;
  };
  holds({.from = "2025-09-26", .days = "20", .pauses = {"2025-10-13..2025-10-17=听证"}, .explain = true});
  holds({.from = "2026-12-30", .days = "2", .explain = true});
  holds({.from = "2025-03-06", .days = "9", .unit = "calendar", .explain = true});
}

TEST(Due, PausesAreParsedStrictly) {
  const auto p = parse_pause("2025-10-13..2025-10-17=专家评审");
  ASSERT_TRUE(p.ok());
  EXPECT_EQ(p->reason, "专家评审");
  EXPECT_EQ(to_iso(*p->to), "2025-10-17");
  EXPECT_FALSE(parse_pause("2025-10-13..")->to);
  const std::vector<std::pair<const char*, const char*>> bad{
      {"", "calendar.bad_pause"},
      {"2025-10-13", "calendar.bad_pause"},
      {"2025-10-13-2025-10-17", "calendar.bad_pause"},
      {"2025-10-13..2025-10-17=", "calendar.bad_pause"},
      {"..2025-10-17", "base.bad_date"},
      {"2025-10-13..2025-02-30", "base.bad_date"},
      {"2025-10-13 .. 2025-10-17", "base.bad_date"},
      {"2025-10-17..2025-10-13", "calendar.pause_reversed"}};
  for (const auto& [text, code] : bad) {
    const auto r = parse_pause(text);
    ASSERT_FALSE(r.ok()) << text;
    EXPECT_EQ(r.error().code, code) << text;
    EXPECT_FALSE(r.error().next_step.empty());
  }
}

TEST(Due, OnlyTheReasonsOfTheArticleCiteIt) {
  const auto line = [](const std::string& reason) {
    const auto text = run_due(
        national(), {.from = "2025-03-03", .days = "5", .pauses = {"2025-03-05..2025-03-05" + reason}, .explain = true});
    EXPECT_TRUE(text.ok());
    const auto begin = text->find("2025-03-05 周三 不计");
    EXPECT_NE(begin, std::string::npos);
    return text->substr(begin, text->find('\n', begin) - begin);
  };
  for (const char* named : {"听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审", "检验、检测"})
    EXPECT_EQ(line(std::string("=") + named), "2025-03-05 周三 不计  暂停计时（" + std::string(named) + "）〔行政许可法第四十五条〕");
  for (const char* other : {"申请人补正", "现场勘验", "听证会", "检验、公示", "、听证", "听证、"})
    EXPECT_EQ(line(std::string("=") + other), "2025-03-05 周三 不计  暂停计时（" + std::string(other) + "）");
  EXPECT_EQ(line(""), "2025-03-05 周三 不计  暂停计时");
}

TEST(Due, WordsThatAreNotUnderstoodAreRefused) {
  const auto code = [](const DueRequest& r) { return run_due(national(), r).error().code; };
  EXPECT_EQ(code({.from = "2024-02-30", .days = "20"}), "base.bad_date");
  for (const char* days : {"", "0", "-1", "20.5", "twenty", "二十", "２０", " 20", "3651", "99999999999"})
    EXPECT_EQ(code({.from = "2025-09-26", .days = days}), "calendar.bad_days") << days;
  EXPECT_EQ(code({.from = "2025-09-26", .days = "20", .extensions = {"x"}}), "calendar.bad_days");
  EXPECT_EQ(code({.from = "2025-09-26", .days = "20", .unit = "week"}), "calendar.bad_unit");
  EXPECT_EQ(code({.from = "2025-09-26", .days = "20", .count_from = "now"}), "calendar.bad_count_from");
  EXPECT_EQ(code({.from = "2040-12-20", .days = "20"}), "calendar.year_missing");
  EXPECT_EQ(code({.from = "2019-01-04", .days = "20"}), "calendar.year_missing");
}
