#include <gtest/gtest.h>

#include "calendar/calendar.h"

using namespace yi;
using namespace yi::calendar;

namespace {

const std::string kHead =
    "year: 2024\nnotices:\n  - {number: 测试〔2024〕1号, issued: 2024-01-01, title: 虚构, certainty: unverified}\n"
    "holidays:\n";

struct BadFile {
  const char* what;
  std::string text;
  const char* code;
  const char* where;
};

Refusal load_text(const std::string& text) {
  auto f = parse_year(text, "cn-2024.yaml", 2024, "");
  if (!f) return f.error();
  auto c = Calendar::of({*f});
  return c ? Refusal{} : c.error();
}

}  // namespace

TEST(CalendarFiles, MistakesAreRefusedWithTheirLine) {
  const std::vector<BadFile> table{
      {"another year's date", kHead + "  - name: 元旦\n    off: [2025-01-01]\n", "calendar.bad_file", "cn-2024.yaml:6"},
      {"off and worked", kHead + "  - name: 国庆节\n    off: [2024-10-01]\n    worked:\n      - 2024-10-01\n",
       "calendar.bad_file", "cn-2024.yaml:8"},
      {"the same day twice", kHead + "  - name: 国庆节\n    off: [2024-10-01,\n      2024-10-01]\n", "calendar.bad_file",
       "cn-2024.yaml:7"},
      {"twice in two holidays", kHead + "  - name: 国庆节\n    off: [2024-10-01]\n  - name: 中秋节\n    off: [2024-10-01]\n",
       "calendar.bad_file", "cn-2024.yaml:8"},
      {"worked on a weekday", kHead + "  - name: 国庆节\n    worked: [2024-10-10]\n", "calendar.bad_file",
       "cn-2024.yaml:6"},
      {"off on a weekend", kHead + "  - name: 国庆节\n    off: [2024-10-05]\n", "calendar.bad_file", "cn-2024.yaml:6"},
      {"no such day", kHead + "  - name: 春节\n    off: [2024-02-30]\n", "calendar.bad_file", "cn-2024.yaml:6"},
      {"no date", kHead + "  - name: 春节\n    off: [[2024-02-12]]\n", "calendar.bad_file", "cn-2024.yaml:6"},
      {"unknown field of a holiday", kHead + "  - name: 春节\n    of: [2024-02-12]\n", "base.yaml_unknown",
       "cn-2024.yaml:6"},
      {"unknown field of the file", "yaer: 2024\n" + kHead + "  - name: 春节\n    off: [2024-02-12]\n",
       "base.yaml_unknown", "cn-2024.yaml:1"},
      {"a region in a national file", "region: 510000\n" + kHead + "  - name: 春节\n    off: [2024-02-12]\n",
       "base.yaml_unknown", "cn-2024.yaml:1"},
      {"a field twice", kHead + "  - name: 春节\n    off: [2024-02-12]\n    off: [2024-02-13]\n", "base.yaml_forbidden",
       "cn-2024.yaml:7"},
      {"the year of another file", "year: 2023" + kHead.substr(10) + "  - name: 春节\n    off: [2024-02-12]\n",
       "calendar.bad_file", "cn-2024.yaml:1"},
      {"no holidays", kHead.substr(0, kHead.size() - 10) + "holidays: []\n", "calendar.bad_file", "cn-2024.yaml:4"},
      {"an unknown certainty",
       "year: 2024\nnotices:\n  - {number: 一号, issued: 2024-01-01, title: 虚构, certainty: sure}\nholidays:\n"
       "  - name: 春节\n    off: [2024-02-12]\n",
       "base.yaml_choice", "cn-2024.yaml:3"},
  };
  for (const auto& row : table) {
    const Refusal r = load_text(row.text);
    EXPECT_EQ(r.code, row.code) << row.what << ": " << r.sentence;
    EXPECT_EQ(r.where, row.where) << row.what << ": " << r.sentence;
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << row.what;
  }
  EXPECT_EQ(load_text(kHead + "  - name: 春节\n    off: [2024-02-12]\n").code, "") << "the sound file of this table";
}

TEST(CalendarFiles, WhatIsNoYamlIsRefused) {
  EXPECT_EQ(load_text("year: [2024\n").code, "base.bad_yaml");
  EXPECT_EQ(load_text("").code, "base.bad_yaml");
  EXPECT_FALSE(parse_year("- 2024\n", "cn-2024.yaml", 2024, "").ok());
}

TEST(CalendarFiles, ARegionLaysItsDaysOverTheCountrys) {
  auto country = Calendar::load("testdata/calendar/regional");
  ASSERT_TRUE(country.ok()) << country.error().sentence;
  auto prefecture = Calendar::load("testdata/calendar/regional", "991100");
  ASSERT_TRUE(prefecture.ok()) << prefecture.error().sentence;
  const auto kind = [](const Calendar& c, const char* iso) { return *c.kind(*parse_day(iso)); };
  EXPECT_EQ(kind(*country, "2024-10-11"), DayKind::working);
  EXPECT_EQ(kind(*prefecture, "2024-10-11"), DayKind::rest);
  EXPECT_EQ(kind(*country, "2024-10-12"), DayKind::working);
  EXPECT_EQ(kind(*prefecture, "2024-10-12"), DayKind::rest) << "a Saturday the country works";
  EXPECT_EQ(prefecture->describe(*parse_day("2024-10-12"))->reason, "民族新年放假");
  EXPECT_EQ(kind(*prefecture, "2024-10-20"), DayKind::working);
  EXPECT_EQ(kind(*prefecture, "2024-10-01"), DayKind::rest) << "the country's holiday stays";
  EXPECT_EQ(kind(*prefecture, "2024-03-01"), DayKind::rest) << "the province's holiday comes with it";
  EXPECT_EQ(prefecture->working_days_of(2024).value, country->working_days_of(2024).value - 2);
  EXPECT_EQ(prefecture->notices(2024).size(), 3u);
  auto county = Calendar::load("testdata/calendar/regional", "991123");
  ASSERT_TRUE(county.ok());
  EXPECT_EQ(kind(*county, "2024-10-11"), DayKind::rest) << "a county follows its prefecture";
  auto other = Calendar::load("testdata/calendar/regional", "991200");
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(kind(*other, "2024-10-11"), DayKind::working);
  EXPECT_EQ(kind(*other, "2024-03-01"), DayKind::rest);
}

TEST(CalendarFiles, ARegionWithoutFilesFollowsTheCountry) {
  auto c = Calendar::load("data/calendar", "510000");
  ASSERT_TRUE(c.ok()) << c.error().sentence;
  EXPECT_EQ(c->working_days_of(2024), WorkingDays{251});
}

TEST(CalendarFiles, WrongRegionsAndFoldersAreRefused) {
  for (const char* bad : {"51", "5100000", "51000a", "010000", "５１００００"})
    EXPECT_EQ(Calendar::load("data/calendar", bad).error().code, "calendar.bad_region") << bad;
  EXPECT_EQ(Calendar::load("data/no-such-folder").error().code, "calendar.bad_directory");
  EXPECT_EQ(Calendar::load("testdata/calendar").error().code, "calendar.bad_directory") << "no year in it";
  const auto misnamed = Calendar::load("testdata/calendar/misnamed");
  ASSERT_FALSE(misnamed.ok());
  EXPECT_EQ(misnamed.error().code, "calendar.bad_file");
  EXPECT_EQ(misnamed.error().where, "cn-202.yaml:1");
}

TEST(CalendarFiles, ARegionsYearNeedsTheCountrysYear) {
  auto f = parse_year("region: 990000\n" + kHead + "  - name: 春节\n    off: [2024-02-12]\n", "990000-2024.yaml", 2024,
                      "990000");
  ASSERT_TRUE(f.ok()) << f.error().sentence;
  EXPECT_EQ(Calendar::of({*f}).error().code, "calendar.bad_file");
  auto wrong = parse_year("region: 510000\n" + kHead + "  - name: 春节\n    off: [2024-02-12]\n", "990000-2024.yaml",
                          2024, "990000");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().where, "990000-2024.yaml:1");
}
