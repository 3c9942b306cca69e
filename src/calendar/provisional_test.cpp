// Provisional years: the festivals' table against the sky and against the notices, the statutory days, and what a new
// notice changes.
#include "calendar/provisional.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "base/yaml.h"
#include "calendar/astronomy.h"
#include "calendar/clock.h"

using namespace yi;
using namespace yi::calendar;

namespace {

const std::string& lunar_text() {
  static const std::string text = *yaml::read_file("data/calendar/lunar.yaml", "lunar.yaml");
  return text;
}
const LunarTable& lunar() {
  static const LunarTable t = *parse_lunar(lunar_text(), "lunar.yaml");
  return t;
}
const Calendar& national() {
  static const Calendar c = *Calendar::load("data/calendar");
  return c;
}
CivilDay day(const char* iso) { return *parse_day(iso); }

// Weekdays off of a provisional year: "MM-DD reason, …".
std::string days_off(int year) {
  std::string out;
  for (CivilDay d = CivilDay::of(year, 1, 1); d.year() == year; ++d) {
    const auto note = national().describe(d);
    if (d.weekday() <= 5 && note->kind == DayKind::rest) out += (out.empty() ? "" : "，") + to_iso(d).substr(5) + note->reason;
  }
  return out;
}

// The notice of 2027 as it might come: one day moved by 调休.
YearFile notice_of_2027() {
  YearFile f = provisional_year(lunar(), lunar().years.at(7));
  f.file = "cn-2027.yaml";
  f.provisional = false;
  f.notices = {Notice{"国办发明电〔2026〕0号", day("2026-11-30"), "2027年的通知（举例）", false, false}};
  f.holidays.push_back({"春节", {{day("2027-02-11"), 1, false}}, {{day("2027-02-20"), 2, false}}});
  return f;
}

}  // namespace

TEST(Lunar, TheTableIsWhatSunAndMoonGive) {
  ASSERT_EQ(lunar().years.front().year, 2020);
  ASSERT_EQ(lunar().years.back().year, 2040);
  for (const auto& y : lunar().years) {
    const auto months = astronomy::months(y.year);
    EXPECT_EQ(y.spring_festival, months[1]) << y.year;
    EXPECT_EQ(y.dragon_boat, months[5] + 4) << y.year;
    EXPECT_EQ(y.mid_autumn, months[8] + 14) << y.year;
    EXPECT_EQ(y.qingming, astronomy::term(y.year, 15)) << y.year;
  }
}

// The notices of seven years give each festival off, or it fell on a weekend that rests.
TEST(Lunar, TheNoticesRestOnTheTablesDays) {
  for (const auto& y : lunar().years) {
    if (national().provisional(y.year)) continue;
    for (const auto& [d, name] : {std::pair{y.spring_festival, "春节"}, {y.qingming, "清明节"}, {y.dragon_boat, "端午节"}, {y.mid_autumn, "中秋节"}}) {
      const auto note = national().describe(d);
      ASSERT_TRUE(note.ok());
      EXPECT_EQ(note->kind, DayKind::rest) << to_iso(d) << name;
      if (d.weekday() <= 5) {
        EXPECT_NE(note->reason.find(name), std::string::npos) << to_iso(d) << note->reason;
      }
    }
  }
}

TEST(Provisional, ThirteenDaysAreOffOrMadeUpEveryYear) {
  for (const auto& y : lunar().years) {
    const YearFile f = provisional_year(lunar(), y);
    std::set<CivilDay> off;
    for (const auto& h : f.holidays) {
      EXPECT_TRUE(h.worked.empty()) << "nobody can know which weekends will be worked";
      for (const auto& d : h.off) {
        EXPECT_LE(d.day.weekday(), 5) << to_iso(d.day);
        EXPECT_TRUE(off.insert(d.day).second) << to_iso(d.day);
      }
    }
    EXPECT_EQ(off.size(), 13u) << y.year;
  }
  // The same number of working days as the notices of the two years under the present law.
  for (const int year : {2025, 2026}) {
    const auto alone = Calendar::of({}, &lunar());
    ASSERT_TRUE(alone.ok());
    EXPECT_TRUE(alone->provisional(year));
    EXPECT_EQ(alone->working_days_of(year), national().working_days_of(year)) << year;
  }
}

TEST(Provisional, AWeekendDayIsMadeUpOnTheNextWorkingDay) {
  EXPECT_EQ(days_off(2027),
            "01-01元旦放假，02-05春节放假，02-08春节放假，02-09春节补假，02-10春节补假，04-05清明节放假，05-03劳动节补假，"
            "05-04劳动节补假，06-09端午节放假，09-15中秋节放假，10-01国庆节放假，10-04国庆节补假，10-05国庆节补假");
  // 中秋 on the third day of 国庆.
  EXPECT_NE(days_off(2028).find("10-02国庆节放假，10-03中秋节放假，10-04国庆节补假，10-05国庆节补假"), std::string::npos) << days_off(2028);
}

TEST(Provisional, EveryDayOfTheYearSaysSoAndItsPaperIsTheLaw) {
  EXPECT_TRUE(national().provisional(2027));
  EXPECT_FALSE(national().provisional(2026));
  EXPECT_FALSE(national().provisional(2041));
  EXPECT_TRUE(national().describe(day("2027-06-01"))->provisional);
  EXPECT_FALSE(national().describe(day("2026-06-01"))->provisional);
  const auto papers = national().notices(2030);
  ASSERT_EQ(papers.size(), 1u);
  EXPECT_TRUE(papers[0].provisional);
  EXPECT_EQ(papers[0].title, "全国年节及纪念日放假办法");
  EXPECT_EQ(national().kind(day("2041-01-02")).error().code, "calendar.year_missing");
  EXPECT_EQ(national().kind(day("2019-12-31")).error().code, "calendar.year_missing") << "the law of then was another one";
}

TEST(Provisional, ANoticeTakesTheYearsPlace) {
  const auto c = Calendar::of({notice_of_2027()}, &lunar());
  ASSERT_TRUE(c.ok()) << c.error().sentence;
  EXPECT_FALSE(c->provisional(2027));
  EXPECT_TRUE(c->provisional(2028));
  EXPECT_EQ(c->kind(day("2027-02-20")).value(), DayKind::working);
}

TEST(Provisional, ARegionMayLayItsHolidaysOverTheYear) {
  YearFile region{"513200-2027.yaml", 2027, "513200", {}, {{"羌历年", {{day("2027-10-28"), 1, false}}, {}}}, false};
  const auto c = Calendar::of({region}, &lunar());
  ASSERT_TRUE(c.ok()) << c.error().sentence;
  EXPECT_EQ(c->describe(day("2027-10-28"))->reason, "羌历年放假");
  EXPECT_TRUE(c->describe(day("2027-10-28"))->provisional);
}

TEST(Provisional, WhatANewNoticeChanges) {
  const auto before = Calendar::of({}, &lunar());
  const auto now = Calendar::of({notice_of_2027()}, &lunar());
  ASSERT_TRUE(before.ok() && now.ok());
  const auto change = changes(*before, *now);
  ASSERT_EQ(change.days.size(), 2u);
  EXPECT_EQ(change.days[0].before.day, day("2027-02-11"));
  EXPECT_EQ(change.days[0].before.kind, DayKind::working);
  EXPECT_TRUE(change.days[0].before.provisional);
  EXPECT_EQ(change.days[0].after.reason, "春节放假");
  EXPECT_FALSE(change.days[0].after.provisional);
  EXPECT_EQ(change.days[1].after.reason, "调休上班（春节）");
  EXPECT_EQ(change.years_confirmed, std::vector<int>{2027});
  EXPECT_TRUE(change.years_added.empty() && change.years_removed.empty());
  EXPECT_TRUE(change.touches(day("2026-12-20"), day("2027-01-10"))) << "the date stands, but its mark goes";
  EXPECT_FALSE(change.touches(day("2026-01-01"), day("2026-12-31")));
  EXPECT_TRUE(changes(*now, *now).empty());

  const auto later = changes(*Calendar::of({notice_of_2027()}), *now);
  EXPECT_TRUE(later.days.empty());
  EXPECT_EQ(later.years_added.front(), 2025);
  EXPECT_TRUE(later.touches(day("2028-03-01"), day("2028-03-02")));
  EXPECT_EQ(changes(*now, *Calendar::of({notice_of_2027()})).years_removed.back(), 2040);
}

// Whatever a notice brings: an answer whose days the change does not touch stays as it was.
TEST(Provisional, AnswersThatAreNotTouchedStayTheSame) {
  const auto before = Calendar::of({}, &lunar());
  const auto now = Calendar::of({notice_of_2027()}, &lunar());
  const auto change = changes(*before, *now);
  int moved = 0, kept = 0;
  for (CivilDay from = day("2026-09-01"); from < day("2028-03-01"); ++from) {
    const auto q = DueQuestion::of(from, WorkingDays{20});
    const auto a = due(*before, q), b = due(*now, q);
    ASSERT_TRUE(a.ok() && b.ok());
    const bool touched = change.touches(from + 1, *a->due);
    if (!touched) {
      EXPECT_EQ(a->due, b->due) << to_iso(from);
      EXPECT_EQ(a->provisional, b->provisional) << to_iso(from);
      ++kept;
    }
    moved += a->due != b->due;
  }
  EXPECT_GT(moved, 5);
  EXPECT_GT(kept, 50);
}

TEST(LunarFile, MistakesAreNamedWithTheirLine) {
  const auto wrong = [](const char* find, const char* put) {
    std::string text = lunar_text();
    const auto at = text.find(find);
    EXPECT_NE(at, std::string::npos) << find;
    text.replace(at, std::string(find).size(), put);
    const auto t = parse_lunar(text, "lunar.yaml");
    return t ? std::string("accepted") : t.error().code + " " + t.error().sentence;
  };
  EXPECT_EQ(wrong("2027-02-06", "2027-03-06"), "calendar.bad_file 农历节日表有误：2027年春节不会在 2027-03-06。");
  EXPECT_EQ(wrong("2027-02-06", "2028-02-06"), "calendar.bad_file 农历节日表有误：2027年春节不会在 2028-02-06。");
  EXPECT_EQ(wrong("2030-09-12", "2030-09-02"), "calendar.bad_file 农历节日表有误：2030年中秋节不会在 2030-09-02。");
  EXPECT_EQ(wrong("{year: 2031", "{year: 2030"), "calendar.bad_file 农历节日表有误：2030年春节不会在 2031-01-23。");
  EXPECT_EQ(wrong("2030-04-05", "2030-04-31"), "base.bad_date 日期“2030-04-31”不存在或格式不对。");
  const auto at = lunar_text().find("  - {year: 2030");
  std::string gap = lunar_text();
  gap.erase(at, gap.find('\n', at) + 1 - at);
  const auto t = parse_lunar(gap, "lunar.yaml");
  ASSERT_FALSE(t.ok());
  EXPECT_EQ(t.error().sentence, "农历节日表有误：2029年后面应是2030年。");
  EXPECT_TRUE(t.error().where.starts_with("lunar.yaml:")) << t.error().where;
}
