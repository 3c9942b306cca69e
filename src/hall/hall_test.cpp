#include <gtest/gtest.h>

#include <filesystem>

#include "engine/engine.h"
#include "hall/declare.h"
#include "hall/duties.h"
#include "hall/screens.h"
#include "hall/views.h"

namespace yi::hall {
namespace {
const KnownDepartment kKnown = [](const DepartmentCode& d) { return d.value == "swt"; };
RecordDuty duty(const char* name, const char* from, const char* to, int rank) {
  return {{"swt"}, "党组成员、副厅长", name, *parse_day(from), *parse_day(to), rank};
}

TEST(Duty, RefusesWhatCannotBePrinted) {
  EXPECT_TRUE(decide(duty("钱一明", "2024-06-18", "2024-06-18", 1), kKnown).ok());
  EXPECT_EQ(decide(duty(" ", "2024-06-18", "2024-06-18", 1), kKnown).error().code, "hall.name_missing");
  EXPECT_EQ(decide(duty("钱一明", "2024-06-18", "2024-06-17", 1), kKnown).error().code, "hall.span_reversed");
  EXPECT_EQ(decide(duty("钱一明", "2024-06-18", "2024-07-19", 1), kKnown).error().code, "hall.span_too_long");
  EXPECT_EQ(decide(duty("钱一明", "2024-06-18", "2024-06-18", 0), kKnown).error().code, "hall.bad_rank");
  auto c = duty("钱一明", "2024-06-18", "2024-06-18", 1);
  c.post = "";
  EXPECT_EQ(decide(c, kKnown).error().code, "hall.post_missing");
  c.department.value = "?";
  EXPECT_EQ(decide(c, kKnown).error().code, "hall.unknown_department");
}

TEST(ScreenRules, AKeyIsRandomNewAndKeptAsItsHash) {
  const std::string key(64, '7');
  const auto opened = decide(OpenScreen{"东墙", Text<64>(key)}, nullptr);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(std::string_view(opened->screen), screen_of_key(key));
  EXPECT_NE(std::string_view(opened->screen), key);
  const ScreenState known{"东墙", "a", {}, false}, shut{"东墙", "a", {}, true};
  EXPECT_EQ(decide(OpenScreen{" ", Text<64>(key)}, nullptr).error().code, "hall.place_missing");
  EXPECT_EQ(decide(OpenScreen{"东墙", "short"}, nullptr).error().code, "hall.bad_screen_key");
  EXPECT_EQ(decide(OpenScreen{"东墙", Text<64>(std::string(64, 'G'))}, nullptr).error().code, "hall.bad_screen_key");
  EXPECT_EQ(decide(OpenScreen{"东墙", Text<64>(key)}, &known).error().code, "hall.screen_known");
  EXPECT_EQ(decide(CloseScreen{opened->screen}, nullptr).error().code, "hall.unknown_screen");
  EXPECT_TRUE(decide(CloseScreen{opened->screen}, &known).ok());
  EXPECT_EQ(decide(CloseScreen{opened->screen}, &shut).error().code, "hall.screen_closed");
}

TEST(ScreenRules, ADeviceBelongsSomewhere) {
  const std::string key(64, '7');
  const auto open = [&](ScreenKind kind, const char* window, const ScreenState* kiosk, bool serves = false) {
    OpenScreen c{"东墙", Text<64>(key), kind, {}, {}};
    if (*window) c.window = WindowCode{window};
    if (serves) c.serves = Text<64>(std::string(64, '1'));
    const auto r = decide(c, nullptr, kiosk, [](const WindowCode& w) { return w.value == "W01"; });
    return r ? std::string("opened") : r.error().code;
  };
  ScreenState kiosk{"一楼", "a", {}, false}, board = kiosk, shut = kiosk;
  kiosk.kind = shut.kind = ScreenKind::kiosk;
  board.kind = ScreenKind::board;
  shut.closed = true;
  EXPECT_EQ(open(ScreenKind::kiosk, "", nullptr), "opened");
  EXPECT_EQ(open(ScreenKind::kiosk, "W01", nullptr), "hall.screen_place");
  EXPECT_EQ(open(ScreenKind::pad, "W01", nullptr), "opened");
  EXPECT_EQ(open(ScreenKind::pad, "", nullptr), "hall.screen_place");
  EXPECT_EQ(open(ScreenKind::caller, "W02", nullptr), "hall.unknown_window");
  EXPECT_EQ(open(ScreenKind::card_reader, "W01", nullptr), "opened");
  EXPECT_EQ(open(ScreenKind::card_reader, "", &kiosk, true), "opened");
  EXPECT_EQ(open(ScreenKind::card_reader, "W01", &kiosk, true), "hall.screen_place");
  EXPECT_EQ(open(ScreenKind::card_reader, "", &board, true), "hall.screen_place");
  EXPECT_EQ(open(ScreenKind::card_reader, "", &shut, true), "hall.screen_place");
  EXPECT_EQ(open(ScreenKind::card_reader, "", nullptr), "hall.screen_place");
}

TEST(Duty, APlanIsKeptOrDroppedOnce) {
  const auto today = CivilDay::of(2024, 6, 24);
  EXPECT_TRUE(decide(PlanDuty{{"swt"}, "处长", "钱一明", today}, kKnown, today, "a").ok());
  EXPECT_EQ(decide(PlanDuty{{"swt"}, "处长", "钱一明", today - 1}, kKnown, today, "a").error().code, "hall.duty_plan_past");
  const DutyPlanState planned{"swt", "处长", "钱一明", today, DutyPlanStatus::planned, ""}, kept{"swt", "处长", "钱一明", today, DutyPlanStatus::kept, ""};
  EXPECT_EQ(decide(DropDutyPlan{{1}, "出差"}, nullptr, "a").error().code, "hall.unknown_duty_plan");
  EXPECT_EQ(decide(DropDutyPlan{{1}, "出差"}, &kept, "a").error().code, "hall.duty_plan_over");
  EXPECT_EQ(decide(DropDutyPlan{{1}, " "}, &planned, "a").error().code, "hall.reason_missing");
  EXPECT_TRUE(decide(DropDutyPlan{{1}, "出差"}, &planned, "a").ok());
  auto c = duty("钱一明", "2024-06-24", "2024-06-24", 1);
  c.plan = DutyPlanId{1};
  EXPECT_EQ(decide(c, kKnown).error().code, "hall.unknown_duty_plan");
  EXPECT_EQ(decide(c, kKnown, &kept).error().code, "hall.duty_plan_over");
  EXPECT_TRUE(decide(c, kKnown, &planned).ok());
  DutyNoteState noted;
  EXPECT_EQ(decide(NoteDuty{{1}, 3, 2, 1, {}}, nullptr, "a").error().code, "hall.unknown_duty");
  EXPECT_EQ(decide(NoteDuty{{1}, -1, 2, 1, {}}, &noted, "a").error().code, "hall.bad_count");
  EXPECT_TRUE(decide(NoteDuty{{1}, 3, 2, 1, {}}, &noted, "a").ok());
  noted.why = WrongDuty::twice;
  EXPECT_EQ(decide(NoteDuty{{1}, 3, 2, 1, {}}, &noted, "a").error().code, "hall.duty_taken_back");
  EXPECT_EQ(decide(TakeBackDuty{{1}, WrongDuty::twice}, &noted, "a").error().code, "hall.duty_taken_back");
  EXPECT_EQ(decide(TakeBackDuty{{1}, WrongDuty::twice}, nullptr, "a").error().code, "hall.unknown_duty");
}

TEST(Duty, EveryReasonHasItsTextsInItsPlace) {
  const auto codes = refusal_codes();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto r = refuse(static_cast<Reason>(i));
    EXPECT_EQ(r.code, codes[i]);
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty() || r.where.empty());
  }
}

TEST(Duty, DutiesOfAWeekComeByRank) {
  constexpr CentreCode kCentre{510000};
  const auto directory = std::filesystem::temp_directory_path() / "yi_hall_duties";
  std::filesystem::remove_all(directory);
  {
    auto e = engine::Engine::open(directory.string(), [] { engine::Registry r; declare(r, kKnown); return r; },
                                  {kCentre, {true, at(CivilDay::of(2024, 6, 24), 9, 0)}});
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    std::int64_t position = 0;
    for (const auto& c : {duty("乙", "2024-06-18", "2024-06-18", 2), duty("甲", "2024-06-17", "2024-06-21", 1),
                          duty("前", "2024-06-10", "2024-06-16", 1), duty("后", "2024-06-22", "2024-06-22", 1),
                          duty("跨", "2024-06-21", "2024-07-10", 3)}) {
      auto a = (*e)->run("hall.record_duty", json::write(c), {"t", "operator"});
      ASSERT_TRUE(a.ok()) << a.error().sentence;
      position = a->position;
    }
    ASSERT_TRUE((*e)->wait_followed(position, std::chrono::seconds(5)));
    auto reader = (*e)->reader();
    std::string names;
    for (const auto& d : duties_touching(*reader, kCentre, identity::Viewer::anonymous(), CivilDay::of(2024, 6, 17),
                                         CivilDay::of(2024, 6, 21)))
      names += d.fact.name;
    EXPECT_EQ(names, "甲乙跨");
    // 乙 was the first to be entered, and wrongly.
    ASSERT_TRUE((*e)->run("hall.take_back_duty", json::write(TakeBackDuty{{1}, WrongDuty::other_person}), {"t", "operator"}).ok());
    ASSERT_TRUE((*e)->wait_followed((*e)->position(), std::chrono::seconds(5)));
    auto after = (*e)->reader();
    names.clear();
    for (const auto& d : duties_touching(*after, kCentre, identity::Viewer::anonymous(), CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21))) names += d.fact.name;
    EXPECT_EQ(names, "甲跨");
    auto book = after->select("SELECT why FROM hall_duty_note WHERE centre=$1 AND duty=1", {kCentre.value});
    ASSERT_TRUE(book->next()) << "it stays in the book of duties";
    EXPECT_EQ(book->integer(0), static_cast<int>(WrongDuty::other_person));
  }
  std::filesystem::remove_all(directory);
}
}  // namespace
}  // namespace yi::hall
