#include <gtest/gtest.h>

#include "engine/rebuild.h"
#include "hall/ticket_parts.h"
#include "hall/test_hall.h"

using namespace yi;
using namespace yi::hall;

namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 24);
Instant clock_at(int hour, int minute, int day = 0) { return at(kMonday + day, hour, minute); }
const LineCode kOne{"L1"}, kTwo{"L2"}, kThree{"L3"};
// Of 8 windows: W001 serves L1, W002 L2, W003 L3, W004 L4, W005 L1, W006 L2, W007 L3, W008 L4 and L1.
const WindowCode kW1{"W001"}, kW2{"W002"}, kW5{"W005"}, kW6{"W006"}, kW8{"W008"};
const engine::Actor kCitizen{"citizen.a", "applicant", "", {}, 0, SubjectId{7}};
const engine::Actor kOther{"citizen.b", "applicant", "", {}, 0, SubjectId{8}};

class Tickets : public ::testing::Test {
 protected:
  TestHall hall_{test_lines(8), clock_at(8, 59)};  // opened a minute before: the first command drives the clock to nine
  template <class C>
  std::string give(const char* command, const C& c, Instant when, const engine::Actor& by = {"clerk.a", "staff"}) {
    return hall_.give(command, c, when, by);
  }
  void open(std::initializer_list<WindowCode> windows) {
    for (const auto& w : windows) ASSERT_EQ(give("hall.open_window", OpenWindow{w}, std::max(clock_at(9, 0), hall_.engine->clock().now())), "");
  }
  std::string take(const LineCode& line, Instant when, bool priority = false) { return give("hall.take_ticket", TakeTicket{line, priority, {}, {}}, when); }
  // The number that a call gave, or the refusal's code.
  std::string call(const WindowCode& w, Instant when) {
    const auto refused = give("hall.call_next", CallNext{w}, when);
    if (!refused.empty()) return refused;
    const auto p = hall_.last.find("\"times\":1");
    if (p == std::string::npos) return "none";
    const auto n = hall_.last.rfind("\"number\":\"", p);
    return hall_.last.substr(n + 10, hall_.last.find('"', n + 10) - n - 10);
  }
  std::string call(const WindowCode& w) { return call(w, hall_.engine->clock().now()); }
};

}  // namespace

TEST_F(Tickets, AreCalledInTheirOrderAndNeverTwice) {
  open({kW1, kW5});
  for (int i = 0; i < 3; ++i) ASSERT_EQ(take(kOne, clock_at(9, 0)), "");
  EXPECT_EQ(call(kW1), "A001");
  EXPECT_EQ(call(kW5), "A002");
  EXPECT_EQ(call(kW1), "A003");
  EXPECT_EQ(call(kW5), "none") << "A002 is finished, and nobody else waits";
  EXPECT_EQ(call(kW5), "hall.nobody_waits");
  EXPECT_EQ(call(kW2), "hall.window_is_closed");
}

TEST_F(Tickets, WhatBecameOfTheNumbersIsCountedByWhoSaidItAndWhere) {
  const engine::Actor other{"clerk.b", "staff"};
  open({kW1});
  ASSERT_EQ(give("hall.open_window", OpenWindow{kW5}, clock_at(9, 0), other), "");
  for (int i = 0; i < 5; ++i) ASSERT_EQ(take(kOne, clock_at(9, 0)), "");
  EXPECT_EQ(call(kW1, clock_at(9, 1)), "A001");
  for (int i = 0; i < 2; ++i) ASSERT_EQ(give("hall.recall", Recall{kW1}, clock_at(9, 2)), "") << "called again is called once";
  ASSERT_EQ(give("hall.skip_ticket", Skip{kW1}, clock_at(9, 3)), "");
  EXPECT_EQ(call(kW1, clock_at(9, 4)), "A002");
  EXPECT_EQ(call(kW1, clock_at(9, 9)), "A003") << "A002 is finished by the call";
  ASSERT_EQ(give("hall.pass_on_ticket", PassOn{kW1, kTwo, Text<120>("还要办另一项")}, clock_at(9, 12)), "");
  ASSERT_EQ(give("hall.call_next", CallNext{kW5}, clock_at(9, 13), other), "");
  ASSERT_EQ(give("hall.finish_ticket", Finish{kW5}, clock_at(9, 20), other), "");
  const auto all = hall_.ask([](const HallReader& h) { return number_counts(h.reader, h.centre, kMonday, kMonday); });
  ASSERT_EQ(all.size(), 2u);
  const auto words = [](const NumberCounts& n) { return n.account + " " + n.window.value + fmt::format(" {} {} {} {}", n.called, n.finished, n.skipped, n.passed_on); };
  EXPECT_EQ(words(all[0]), "clerk.a W001 3 1 1 1");
  EXPECT_EQ(words(all[1]), "clerk.b W005 1 1 0 0");
  // The day's end closes what is open, and counts for nobody.
  EXPECT_EQ(call(kW1, clock_at(9, 30)), "A005");
  ASSERT_EQ(give("hall.open_window", OpenWindow{kW2}, clock_at(8, 0, 1)), "");
  EXPECT_EQ(words(hall_.ask([](const HallReader& h) { return number_counts(h.reader, h.centre, kMonday, kMonday + 1); })[0]), "clerk.a W001 4 1 1 1");
  EXPECT_TRUE(hall_.ask([](const HallReader& h) { return number_counts(h.reader, h.centre, kMonday + 1, kMonday + 9); }).empty());
}

TEST_F(Tickets, PriorityGoesFirstButNotForEver) {
  open({kW1});
  for (int i = 0; i < 3; ++i) ASSERT_EQ(take(kOne, clock_at(9, 0)), "");                      // A001 to A003
  for (int i = 0; i < 4; ++i) ASSERT_EQ(take(kOne, clock_at(9, 1), true), "");                // A004 to A007
  std::string order;
  for (int i = 0; i < 7; ++i) order += call(kW1) + " ";
  EXPECT_EQ(order, "A004 A005 A001 A006 A007 A002 A003 ");
}

TEST_F(Tickets, OneNumberGoesThroughSeveralLines) {
  open({kW1, kW2});
  ASSERT_EQ(take(kTwo, clock_at(9, 0)), "");  // B001
  ASSERT_EQ(take(kOne, clock_at(9, 0)), "");  // A001
  EXPECT_EQ(call(kW1), "A001");
  ASSERT_EQ(give("hall.pass_on_ticket", PassOn{kW1, kTwo, Text<120>("还要办理第二件")}, clock_at(9, 5)), "");
  EXPECT_EQ(call(kW2), "A001") << "whoever comes from another window goes first";
  EXPECT_EQ(call(kW2), "B001");
  EXPECT_EQ(give("hall.pass_on_ticket", PassOn{kW1, kTwo, Text<120>("")}, clock_at(9, 6)), "hall.nobody_served");
}

TEST_F(Tickets, HoldResumeSkipRejoinLeave) {
  open({kW1, kW5});
  for (int i = 0; i < 3; ++i) ASSERT_EQ(take(kOne, clock_at(9, 0)), "");
  EXPECT_EQ(call(kW1), "A001");
  ASSERT_EQ(give("hall.hold_ticket", Hold{kW1, Text<120>("去复印")}, clock_at(9, 2)), "");
  EXPECT_EQ(call(kW1), "A002");
  const auto one = ticket_id(kMonday, 1), two = ticket_id(kMonday, 2), three = ticket_id(kMonday, 3);
  EXPECT_EQ(give("hall.resume_ticket", Resume{one, kW1}, clock_at(9, 3)), "hall.window_is_serving");
  EXPECT_EQ(give("hall.skip_ticket", Skip{kW1}, clock_at(9, 3)), "hall.called_too_seldom");
  ASSERT_EQ(give("hall.recall", Recall{kW1}, clock_at(9, 3)), "");
  ASSERT_EQ(give("hall.skip_ticket", Skip{kW1}, clock_at(9, 4)), "");
  EXPECT_EQ(give("hall.rejoin_line", Rejoin{one}, clock_at(9, 4)), "hall.not_skipped");
  ASSERT_EQ(give("hall.resume_ticket", Resume{one, kW1}, clock_at(9, 5)), "") << "on hold still";
  ASSERT_EQ(give("hall.finish_ticket", Finish{kW1}, clock_at(9, 7)), "");
  EXPECT_NE(hall_.last.find("\"seconds\":240"), std::string::npos) << "two minutes before and two after the hold: " << hall_.last;
  ASSERT_EQ(give("hall.rejoin_line", Rejoin{two}, clock_at(9, 8)), "");
  EXPECT_EQ(call(kW5), "A003");
  EXPECT_EQ(call(kW1), "A002");
  EXPECT_EQ(give("hall.give_up_ticket", GiveUp{three}, clock_at(9, 9)), "hall.over_already");
  ASSERT_EQ(take(kOne, clock_at(9, 9)), "");
  ASSERT_EQ(take(kOne, clock_at(9, 9)), "");
  ASSERT_EQ(give("hall.give_up_ticket", GiveUp{ticket_id(kMonday, 4)}, clock_at(9, 10)), "");
  EXPECT_EQ(call(kW5), "A005") << "the hole is passed over";
  EXPECT_EQ(give("hall.give_up_ticket", GiveUp{{20240624000099}}, clock_at(9, 10)), "hall.unknown_ticket");
}

TEST_F(Tickets, ALineHasItsHoursAndItsCap) {
  TestHall hall{test_lines(8, 2), clock_at(7, 0)};
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kOne, false, {}, {}}, clock_at(7, 59)), "hall.line_closed");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kOne, false, {}, {}}, clock_at(8, 0)), "");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kOne, false, {}, {}}, clock_at(8, 0)), "");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kOne, false, {}, {}}, clock_at(8, 1)), "hall.no_more_numbers");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{{"?"}, false, {}, {}}, clock_at(8, 1)), "hall.unknown_line");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kTwo, false, {}, {{"?"}}}, clock_at(8, 1)), "hall.unknown_matter");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kTwo, false, {}, {}}, clock_at(18, 0)), "hall.line_closed");
}

TEST(HolderNames, AreMaskedWhateverStarsWereTyped) {
  const auto shown = [](const char* name) { return std::string(masked(HolderName(name)).value_or(HolderName("-"))); };
  EXPECT_EQ(shown("张三"), "张*");
  EXPECT_EQ(shown("张三*"), "张**") << "a whole name and a star";
  EXPECT_EQ(shown("*张三"), "**三");
  EXPECT_EQ(shown("王小明"), "王*明");
  for (const auto* mask : {"张*", "王*明", "欧**某"}) EXPECT_EQ(shown(mask), mask) << "a mask stays as it is";
  EXPECT_EQ(shown(" "), "-");
}

TEST_F(Tickets, AppointmentsCheckInToTheHeadOfTheirSlot) {
  const int nine_thirty = 9 * 60 + 30;
  ASSERT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, nine_thirty, {}, {}}, clock_at(9, 0), kCitizen), "");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, nine_thirty + 30, {}, {}}, clock_at(9, 0), kCitizen), "hall.booked_already");
  ASSERT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, nine_thirty, HolderName("王小明"), {}}, clock_at(9, 0)), "");
  EXPECT_EQ(hall_.last.find("小明"), std::string::npos) << "a name is masked before it is stored";
  ASSERT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, nine_thirty, {}, {}}, clock_at(9, 0)), "");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, nine_thirty, {}, {}}, clock_at(9, 0), kOther), "hall.slot_sold_out");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, nine_thirty + 1, {}, {}}, clock_at(9, 0)), "hall.no_such_slot");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, 9 * 60, {}, {}}, clock_at(9, 0)), "hall.slot_past");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + 8, 9 * 60, {}, {}}, clock_at(9, 0)), "hall.too_far_ahead");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + 5, 9 * 60, {}, {}}, clock_at(9, 0)), "hall.no_working_day");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kOne, kMonday, nine_thirty, {}, {}}, clock_at(9, 0)), "hall.no_slots");
  EXPECT_EQ(give("hall.cancel_appointment", CancelAppointment{{1}}, clock_at(9, 0), kCitizen), "hall.too_late_to_cancel");
  EXPECT_EQ(give("hall.cancel_appointment", CancelAppointment{{1}}, clock_at(9, 1), kOther), "hall.unknown_appointment") << "nobody learns of another's";
  EXPECT_EQ(give("hall.check_in", CheckIn{{1}}, clock_at(9, 1), kCitizen), "hall.check_in_at_hall") << "from home one would stand before those who came";

  const engine::Actor nobody{"citizen.c", "applicant"};
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday, 600, {}, {}}, clock_at(9, 1), nobody), "hall.real_name_required");
  EXPECT_EQ(give("hall.cancel_appointment", CancelAppointment{{2}}, clock_at(9, 1), nobody), "hall.unknown_appointment") << "an account that is bound to nobody is not the desk";

  open({kW2});
  ASSERT_EQ(take(kTwo, clock_at(9, 2)), "");                                   // B001
  ASSERT_EQ(take(kTwo, clock_at(9, 2)), "");                                   // B002
  ASSERT_EQ(give("hall.check_in", CheckIn{{1}}, clock_at(9, 5)), "");  // B003
  EXPECT_EQ(give("hall.check_in", CheckIn{{1}}, clock_at(9, 5)), "hall.appointment_over");
  EXPECT_EQ(call(kW2, clock_at(9, 6)), "B001") << "the slot has not begun";
  EXPECT_EQ(call(kW2, clock_at(9, 30)), "B003");
  EXPECT_EQ(give("hall.check_in", CheckIn{{2}}, clock_at(9, 46)), "hall.too_late");

  // The next day: who did not come has missed it; three times, and online booking pauses.
  const auto slots = hall_.ask([&](const HallReader& h) { return free_slots(h, *hall_.lines->find(kTwo)); });
  ASSERT_FALSE(slots.empty());
  EXPECT_EQ(slots.front().slot, 10 * 60);
  EXPECT_EQ(slots.front().free, 3);
  for (int day = 1; day <= 3; ++day) ASSERT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + day, 600, {}, {}}, clock_at(9, 50), kOther), "");
  for (int day = 1; day <= 3; ++day) ASSERT_EQ(give("hall.open_window", OpenWindow{kW2}, clock_at(9, 0, day)), "");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + 7, 600, {}, {}}, clock_at(9, 0, 4), kOther), "hall.missed_too_often");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + 7, 600, {}, {}}, clock_at(9, 0, 4), kCitizen), "");
  ASSERT_EQ(give("hall.cancel_appointment", CancelAppointment{{7}}, clock_at(9, 0, 4), kCitizen), "");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + 7, 600, {}, {}}, clock_at(9, 0, 4), kCitizen), "") << "the place was given back";
}

TEST_F(Tickets, WhatAClosedHallDoesNotKeepIsNotMissed) {
  for (int day = 1; day <= 3; ++day) ASSERT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + day, 600, {}, {}}, clock_at(9, 0), kOther), "");
  ASSERT_EQ(give("hall.close_day", CloseDay{kMonday + 1, kTwo, Text<200>("设备检修")}, clock_at(9, 1)), "");
  EXPECT_EQ(give("hall.close_day", CloseDay{kMonday + 1, kTwo, Text<200>("设备检修")}, clock_at(9, 1)), "hall.closed_already");
  ASSERT_EQ(give("hall.close_day", CloseDay{kMonday + 2, {}, Text<200>("暴雨红色预警")}, clock_at(9, 1)), "");
  EXPECT_EQ(give("hall.close_day", CloseDay{kMonday - 1, {}, Text<200>("迟了")}, clock_at(9, 1)), "hall.day_past");
  EXPECT_EQ(give("hall.close_day", CloseDay{kMonday + 3, {}, Text<200>(" ")}, clock_at(9, 1)), "hall.reason_missing");
  EXPECT_EQ(give("hall.reopen_day", ReopenDay{kMonday + 3, {}}, clock_at(9, 1)), "hall.not_closed");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + 1, 630, {}, {}}, clock_at(9, 2), kCitizen), "hall.hall_closed");
  EXPECT_EQ(give("hall.make_appointment", MakeAppointment{{"L4"}, kMonday + 1, 630, {}, {}}, clock_at(9, 2), kCitizen), "") << "another line is open";
  const auto slots = hall_.ask([&](const HallReader& h) { return free_slots(h, *hall_.lines->find(kTwo)); });
  for (const auto& s : slots) EXPECT_TRUE(s.day != kMonday + 1 && s.day != kMonday + 2) << "no slot of a closed day is offered";
  const auto mine = hall_.ask([](const HallReader& h) { return appointments_of(h, SubjectId{8}, 10); });
  ASSERT_EQ(mine.size(), 3u);
  EXPECT_EQ(mine[2].closed, "设备检修");
  EXPECT_EQ(mine[1].closed, "暴雨红色预警");
  EXPECT_FALSE(mine[0].closed);
  EXPECT_EQ(give("hall.cancel_appointment", CancelAppointment{{1}}, clock_at(9, 55, 1), kOther), "") << "five minutes before, but the hall does not keep it";
  EXPECT_EQ(give("hall.check_in", CheckIn{{2}}, clock_at(9, 50, 2)), "hall.hall_closed");
  EXPECT_EQ(give("hall.take_ticket", TakeTicket{kTwo, false, {}, {}}, clock_at(9, 50, 2)), "hall.hall_closed");
  // Nobody opened a window on the third day: a hall that did not open either.
  ASSERT_EQ(give("hall.make_appointment", MakeAppointment{kTwo, kMonday + 7, 600, {}, {}}, clock_at(9, 0, 4), kCitizen), "");
  const auto after = hall_.ask([](const HallReader& h) { return appointments_of(h, SubjectId{8}, 10); });
  EXPECT_EQ(after[0].status, AppointmentStatus::released);
  EXPECT_EQ(after[1].status, AppointmentStatus::released);
  EXPECT_EQ(hall_.engine->reader()->select("SELECT COUNT(*) FROM hall_missed WHERE centre=$1", {kTestCentre.value})->next_integer(), 0);
}

TEST_F(Tickets, ALineIsOpenOnWorkingDaysUnlessItsDataSaysOtherwise) {
  Lines lines = *test_lines(8);
  lines.lines[1].also_open = {6};
  TestHall hall{std::make_shared<const Lines>(lines), clock_at(7, 0)};
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kOne, false, {}, {}}, clock_at(9, 0, 5)), "hall.rest_day");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kTwo, false, {}, {}}, clock_at(9, 0, 5)), "") << "its data opens it on Saturdays";
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kTwo, false, {}, {}}, clock_at(9, 0, 6)), "hall.rest_day");
  EXPECT_EQ(hall.give("hall.take_ticket", TakeTicket{kOne, false, {}, {}}, clock_at(9, 0, 7)), "");
}

TEST_F(Tickets, AWindowIsWhoseItIsUntilItIsTakenOver) {
  const engine::Actor other{"clerk.b", "staff"};
  open({kW1});
  ASSERT_EQ(take(kOne, clock_at(9, 0)), "");
  EXPECT_EQ(give("hall.call_next", CallNext{kW1}, clock_at(9, 1), other), "hall.not_your_window");
  EXPECT_EQ(give("hall.close_window", CloseWindow{kW1}, clock_at(9, 1), other), "hall.not_your_window");
  EXPECT_EQ(give("hall.take_over_window", TakeOverWindow{kW1, Text<120>("")}, clock_at(9, 1), other), "hall.reason_missing");
  EXPECT_EQ(give("hall.take_over_window", TakeOverWindow{kW5, Text<120>("离岗")}, clock_at(9, 1), other), "hall.window_is_closed");
  EXPECT_EQ(give("hall.take_over_window", TakeOverWindow{kW1, Text<120>("离岗")}, clock_at(9, 1)), "hall.window_is_yours");
  EXPECT_EQ(call(kW1, clock_at(9, 1)), "A001");
  ASSERT_EQ(give("hall.take_over_window", TakeOverWindow{kW1, Text<120>("临时离岗")}, clock_at(9, 2), other), "");
  EXPECT_NE(hall_.last.find("\"from\":\"clerk.a\""), std::string::npos) << hall_.last;
  EXPECT_EQ(give("hall.finish_ticket", Finish{kW1}, clock_at(9, 3)), "hall.not_your_window");
  EXPECT_EQ(give("hall.finish_ticket", Finish{kW1}, clock_at(9, 3), other), "") << "whom the window serves goes on with it";
}

TEST_F(Tickets, AVisitIsRatedOnceWhenItIsOver) {
  open({kW1, kW2});
  ASSERT_EQ(take(kOne, clock_at(9, 0)), "");
  const auto one = ticket_id(kMonday, 1);
  const auto rate = [&](int level, Instant when, TicketId t) { return give("hall.rate_visit", RateVisit{t, level, casework::Channel::window, {}}, when, {"device:a", "device"}); };
  EXPECT_EQ(rate(1, clock_at(9, 1), one), "hall.not_served");
  EXPECT_EQ(call(kW1, clock_at(9, 1)), "A001");
  ASSERT_EQ(give("hall.pass_on_ticket", PassOn{kW1, kTwo, Text<120>("")}, clock_at(9, 5)), "");
  EXPECT_EQ(rate(1, clock_at(9, 5), one), "hall.not_served") << "it goes on at another window";
  EXPECT_EQ(call(kW2, clock_at(9, 6)), "A001");
  ASSERT_EQ(give("hall.finish_ticket", Finish{kW2}, clock_at(9, 9)), "");
  const auto last = hall_.ask([](const HallReader& h) { return last_finished(h, kW2); });
  ASSERT_TRUE(last);
  EXPECT_EQ(last->number, "A001");
  EXPECT_FALSE(last->rated);
  EXPECT_EQ(rate(6, clock_at(9, 9), one), "hall.bad_level");
  EXPECT_EQ(rate(1, clock_at(9, 9), ticket_id(kMonday, 9)), "hall.unknown_ticket");
  ASSERT_EQ(rate(5, clock_at(9, 10), one), "");
  EXPECT_EQ(rate(1, clock_at(9, 11), one), "hall.rated_already");
  EXPECT_EQ(rate(1, clock_at(9, 0, 1), one), "hall.rated_already") << "the day after as well";
  ASSERT_EQ(take(kOne, clock_at(9, 0, 1)), "");
  open({kW1});
  EXPECT_EQ(call(kW1), "A001");
  ASSERT_EQ(give("hall.finish_ticket", Finish{kW1}, clock_at(9, 9, 1)), "");
  EXPECT_EQ(rate(1, clock_at(9, 0, 9), ticket_id(kMonday + 1, 1)), "hall.rating_over");
}

TEST_F(Tickets, TheNextDayBeginsEmpty) {
  open({kW1});
  for (int i = 0; i < 450; ++i) ASSERT_EQ(take(kOne, clock_at(9, 0)), "");
  EXPECT_EQ(call(kW1), "A001");
  ASSERT_EQ(take(kOne, clock_at(9, 0, 1)), "");
  EXPECT_EQ(give("hall.call_next", CallNext{kW1}, clock_at(9, 0, 1)), "hall.window_is_closed");
  open({kW1});
  EXPECT_EQ(call(kW1), "A001") << "today's";
  const auto lines = hall_.ask([](const HallReader& h) { return lines_now(h); });
  EXPECT_EQ(lines[0].taken, 1);
  EXPECT_EQ(lines[0].waiting, 0);
  std::int64_t unfinished = 0;
  auto lease = hall_.engine->reader();
  auto c = lease->select("SELECT COUNT(*) FROM hall_ticket WHERE centre=$1 AND status<>$2 AND ticket<$3",
                         {kTestCentre.value, static_cast<int>(TicketStatus::left), ticket_id(kMonday + 1, 0).value});
  unfinished = c->next_integer();
  EXPECT_EQ(unfinished, 0) << "every number of yesterday has its end";
  EXPECT_EQ(lease->select("SELECT COUNT(*) FROM hall_place WHERE centre=$1", {kTestCentre.value})->next_integer(), 0);
}

TEST_F(Tickets, TheRowOfPeopleSurvivesAPowerCut) {
  open({kW1});
  for (int i = 0; i < 4; ++i) ASSERT_EQ(take(kOne, clock_at(9, 0)), "");
  EXPECT_EQ(call(kW1), "A001");
  hall_.open();
  EXPECT_EQ(call(kW1), "A002");
  const auto calls = hall_.ask([](const HallReader& h) { return last_calls(h, 5); });
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].number, "A002");
  const auto t = hall_.ask([](const HallReader& h) { return ticket_now(h, ticket_id(kMonday, 4)); });
  ASSERT_TRUE(t);
  EXPECT_EQ(t->before, 1);
  ASSERT_TRUE(t->wait);
  const auto w = hall_.ask([](const HallReader& h) { return window_now(h, kW1); });
  ASSERT_TRUE(w.serving);
  EXPECT_EQ(w.serving->number, "A002");
}

TEST(WaitRange, NarrowsWithWhatWasServedToday) {
  Line line;
  line.minutes = 10;
  LineDayState day;
  const auto first = wait_range(10, 2, line, day);
  EXPECT_LE(first.from, 50);
  EXPECT_GE(first.to, 50);
  day.served = 200;  // all of exactly four minutes
  day.seconds = 200 * 240;
  day.squares = 200 * 240 * 240;
  const auto later = wait_range(10, 2, line, day);
  EXPECT_LE(later.to, 30);
  EXPECT_LE(later.to - later.from, first.to - first.from);
  EXPECT_EQ(wait_range(0, 1, line, day).from, 0);
}

TEST(Lines, TheCentresOwnFileReadsAndWrongOnesAreNamed) {
  const auto known = [](const WindowCode& w) { return w.value != "W99"; };
  const auto lines = Lines::load(YI_SOURCE_DIR "/data/sichuan/lines.yaml", known);
  ASSERT_TRUE(lines.ok()) << lines.error().sentence << lines.error().where;
  EXPECT_EQ(lines->lines.size(), 9u);
  store::TemporaryDirectory dir;
  const auto refused = [&](const std::string& line) {
    const auto file = dir.path() + "/lines.yaml";
    std::FILE* f = std::fopen(file.c_str(), "w");
    std::string rules = "rules:\n";
    for (const char* r : {"preferential_run", "calls_before_skip", "check_in_early", "check_in_late", "missed_limit", "missed_days"}) rules += std::string("  ") + r + ": {value: 2, basis: 本地约定}\n";
    std::fputs((rules + "lines:\n" + line).c_str(), f);
    std::fclose(f);
    const auto r = Lines::load(file, known);
    return r ? "" : r.error().code + " " + r.error().where;
  };
  EXPECT_EQ(refused("  - {code: A, name: 甲, prefix: A, windows: [W01], day_cap: 9, minutes: 5, open: {from: '09:00', to: '10:00'}}\n"), "");
  EXPECT_EQ(refused("  - {code: A, name: 甲, prefix: A, windows: [W99], day_cap: 9, minutes: 5, open: {from: '09:00', to: '10:00'}}\n"), "hall.bad_lines lines.yaml:9");
  EXPECT_EQ(refused("  - {code: A, name: 甲, prefix: 1, windows: [W01], day_cap: 9, minutes: 5, open: {from: '09:00', to: '10:00'}}\n"), "hall.bad_lines lines.yaml:9");
  EXPECT_EQ(refused("  - {code: A, name: 甲, prefix: A, windows: [W01], day_cap: 9, minutes: 5, open: {from: '19:00', to: '10:00'}}\n"), "hall.bad_lines lines.yaml:9");
}

TEST(TicketRefusals, EachHasItsWords) {
  for (int i = 0; i <= static_cast<int>(TicketRefused::real_name_required); ++i) {
    const auto r = refusal(static_cast<TicketRefused>(i));
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << i;
  }
}

TEST_F(Tickets, ARebuildGivesTheSameTables) {
  open({kW1, kW2});
  for (int i = 0; i < 5; ++i) ASSERT_EQ(take(i % 2 ? kOne : kTwo, clock_at(9, 0), i == 3), "");
  call(kW1);
  ASSERT_EQ(give("hall.pass_on_ticket", PassOn{kW1, kTwo, Text<120>("")}, clock_at(9, 5)), "");
  call(kW2);
  ASSERT_TRUE(hall_.engine->wait_followed(hall_.engine->position(), std::chrono::seconds(10)));
  hall_.engine.reset();
  auto store = store::open_sqlite(hall_.directory.path(), store::Mode::write).value();
  const auto result = engine::rebuild(store->writer(), hall_.rooms(), kTestCentre, {.compare = true});
  EXPECT_GT(result.views.size(), 10u);
  for (const auto& v : result.views) EXPECT_FALSE(v.difference) << v.name << ": " << *v.difference;
}
