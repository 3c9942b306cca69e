#include <gtest/gtest.h>

#include "casework/events.h"
#include "engine/engine.h"
#include "identity/declare.h"
#include "staff/attendance_declare.h"
#include "staff/attendance_views.h"
#include "staff/declare.h"
#include "staff/leave_declare.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::staff;

namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 24);
const engine::Actor kJia{"clerk.jia", "staff", "", {"scjgj"}}, kYi{"clerk.yi", "staff", "", {"scjgj"}}, kChief{"chief.ji", "staff", "", {"scjgj"}},
    kOtherChief{"chief.geng", "staff", "", {"gat"}}, kCentre{"boss.bing", "staff"}, kOperator{"operator", "operator"};

AttendanceRules table() { return AttendanceRules::load(YI_SOURCE_DIR "/data/sichuan/attendance.yaml").value(); }

// A day of the first shift (9, 12, 13, 17 o'clock): its signs, and what is known of it, to its mark and its slots' marks.
std::string judged(const std::string& signs, int now = 1440, bool leave = false, bool outside = false, std::map<std::string, SlotMark> corrections = {}) {
  static const auto rules = table();
  DayOf d;
  d.shift = &rules.shifts.front();
  for (std::size_t i = 0; i + 5 <= signs.size(); i += 6) d.signs.push_back(std::stoi(signs.substr(i, 2)) * 60 + std::stoi(signs.substr(i + 3, 2)));
  d.now = now;
  d.on_leave = leave;
  d.outside = outside;
  d.corrections = std::move(corrections);
  const auto r = judge(d);
  std::string out = json::enum_name(r.mark);
  for (const auto& s : r.slots) out += std::string(" ") + json::enum_name(s.mark) + (s.minutes ? std::to_string(s.minutes) : "");
  return out;
}

class Attendance : public ::testing::Test {
 protected:
  void SetUp() override {
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(kMonday, 7, 0)};
    engine_ = engine::Engine::open(directory_.path(), [this] {
                engine::Registry r;
                const auto subjects = identity::declare_subjects(r);
                declare(r, {[](const DepartmentCode&) { return true; }, {}, leave_.rules, colleague_});
                declare_attendance(r, ground_, subjects, declare_leave(r, leave_, subjects));
                identity::declare(r, {[](const DepartmentCode&) { return true; }, [](const WindowCode&) { return true; }}, book_, subjects);
                return r;
              }, o).value();
    int minute = 0;
    for (const auto& [account, name, department, role] : {std::tuple{"clerk.jia", "钱一明", "scjgj", "clerk"}, {"clerk.yi", "孙小满", "scjgj", "clerk"}, {"chief.ji", "李首席", "scjgj", "chief_representative"},
                                                          {"chief.geng", "周别处", "gat", "chief_representative"}, {"boss.bing", "黄督查", "", "supervisor"}, {"admin.wu", "冯管理", "", "administrator"}}) {
      const std::string where = *department ? std::string(R"(,"department":")") + department + "\"" : "";
      raw("identity.open_account", std::string(R"({"account":")") + account + R"(","name":")" + name + "\"" + where + "}", 0, 7, minute);
      raw("identity.grant_roles", std::string(R"({"account":")") + account + R"(","roles":[")" + role + "\"]" + where + "}", 0, 7, minute++);
    }
  }
  void raw(const char* command, const std::string& body, int day, int hour, int minute) {
    const auto a = engine_->run(command, body, kOperator, at(kMonday + day, hour, minute));
    ASSERT_TRUE(a.ok()) << command << " " << a.error().code << " " << a.error().where;
  }
  template <class C>
  std::string give(const char* command, const C& c, const engine::Actor& by, int day, int hour, int minute = 0) {
    const auto a = engine_->run(command, json::write(c), by, at(kMonday + day, hour, minute));
    if (a) last_ = a->json;
    return a ? "" : a.error().code;
  }
  std::string sign(const engine::Actor& by, int day, int hour, int minute = 0) { return give("staff.sign", Sign{}, by, day, hour, minute); }
  template <class F>
  auto see(F f, const engine::Actor& as = kCentre) {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(10)));
    auto reader = engine_->reader();
    identity::Viewer viewer{identity::Viewer::Kind::staff, as.account};
    viewer.department = as.department;
    return f(AttendanceReader{*reader, {510000}, viewer, ground_, engine_->clock().now(), engine_->keys()});
  }
  std::string where(const std::string& account) {
    for (const auto& e : see([](const AttendanceReader& h) { return board(h); }))
      if (e.account == account) return json::enum_name(e.where);
    return "nobody";
  }
  std::shared_ptr<identity::AccountBook> book_ = std::make_shared<identity::AccountBook>();
  std::function<std::optional<Colleague>(const std::string&)> colleague_ = [this](const std::string& account) -> std::optional<Colleague> {
    const auto a = book_->find(account);
    return a ? std::optional(Colleague{a->state.name, a->state.department, a->state.pair}) : std::nullopt;
  };
  std::shared_ptr<const calendar::Calendar> calendar_ = std::make_shared<const calendar::Calendar>(calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value());
  AttendanceGround ground_{std::make_shared<const AttendanceRules>(table()), calendar_, colleague_};
  LeaveGround leave_{std::make_shared<const LeaveRules>(LeaveRules::load(YI_SOURCE_DIR "/data/sichuan/leave.yaml").value()), calendar_, colleague_};
  store::TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::string last_;
};

}  // namespace

TEST(Judging, ADayComesToWhatItsSignsSay) {
  EXPECT_EQ(judged("08:53 12:01 12:40 17:00"), "present on_time on_time on_time on_time");
  EXPECT_EQ(judged("09:00 12:00 13:00 17:05"), "present on_time on_time on_time on_time") << "up to and with the minute";
  EXPECT_EQ(judged("09:01 12:00 13:12 17:00"), "irregular late1 on_time late12 on_time");
  EXPECT_EQ(judged("08:53 11:40 12:40 16:45"), "irregular on_time early20 on_time early15");
  EXPECT_EQ(judged("08:53 16:45 17:10"), "irregular on_time missing missing on_time") << "the last who goes";
  EXPECT_EQ(judged("08:53 09:20 12:01 12:40 17:00"), "present on_time on_time on_time on_time") << "the first who comes";
  EXPECT_EQ(judged(""), "absent missing missing missing missing");
  EXPECT_EQ(judged("", 8 * 60), "running open open open open");
  EXPECT_EQ(judged("08:53", 10 * 60), "running on_time open open open");
  EXPECT_EQ(judged("", 11 * 60 + 30), "irregular missing open open open") << "not absent while the day runs";
  EXPECT_EQ(judged("08:53 12:01 12:40 16:40", 16 * 60 + 50), "running on_time on_time on_time open") << "who signs early may still stay";
  EXPECT_EQ(judged("", 1440, true), "on_leave on_leave on_leave on_leave on_leave");
  EXPECT_EQ(judged("08:53", 1440, false, true), "outside on_time outside outside outside");
  EXPECT_EQ(judged("09:30 12:01 12:40", 1440, false, false, {{"morning_in", SlotMark::corrected}, {"afternoon_out", SlotMark::outside}}), "present corrected on_time on_time outside");
  EXPECT_EQ(judge({}).mark, DayMark::rest);
}

TEST(Judging, RestDaysAreTheCalendars) {
  const auto calendar = calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value();
  EXPECT_FALSE(is_rest(calendar, CivilDay::of(2024, 6, 24)));
  EXPECT_TRUE(is_rest(calendar, CivilDay::of(2024, 6, 22)));
  EXPECT_TRUE(is_rest(calendar, CivilDay::of(2024, 6, 10))) << "a Monday, and the Dragon Boat Festival";
  EXPECT_FALSE(is_rest(calendar, CivilDay::of(2024, 5, 11))) << "a Saturday that was worked";
}

TEST(DeviceFile, IsReadLineByLine) {
  const auto lines = read_device_file("\xEF\xBB\xBF" "工号,姓名,打卡时间\r\nclerk.jia,\"钱,一明\",2024-06-24 08:53:20\r\n\r\nclerk.yi,孙小满,2024/6/24 9:01\r\n,某,2024-06-24 08:00\nclerk.yi,孙小满,昨天\n");
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 4u);
  EXPECT_EQ((*lines)[0].account, "clerk.jia");
  EXPECT_EQ((*lines)[0].at, at(kMonday, 8, 53, 20));
  EXPECT_EQ((*lines)[1].at, at(kMonday, 9, 1));
  EXPECT_EQ((*lines)[1].line, 4);
  EXPECT_EQ((*lines)[2].why, "没有账号");
  EXPECT_EQ((*lines)[3].why, "时间认不出：昨天");
  EXPECT_EQ((*read_device_file("account\tdate\ttime\nx\t2024-06-24\t08:53"))[0].at, at(kMonday, 8, 53));
  EXPECT_FALSE(read_device_file("a,b\n1,2"));
  EXPECT_TRUE(read_device_file("")->empty());
}

TEST_F(Attendance, WhoSignsIsOnTheBoard) {
  EXPECT_EQ(where("clerk.jia"), "not_yet");
  EXPECT_EQ(where("admin.wu"), "nobody") << "of whom no attendance is kept";
  ASSERT_EQ(sign(kJia, 0, 8, 50), "");
  EXPECT_EQ(sign(kJia, 0, 8, 50), "staff.signed_already");
  EXPECT_EQ(where("clerk.jia"), "here");
  ASSERT_EQ(sign(kCentre, 0, 9, 10), "");
  EXPECT_EQ(where("clerk.yi"), "unsigned_");
  ASSERT_EQ(give("staff.enter_sign", EnterSign{Text<64>("clerk.yi")}, kCentre, 0, 9, 20), "");
  EXPECT_EQ(where("clerk.yi"), "here");
  EXPECT_NE(last_.find(R"("way":"entered")"), std::string::npos) << last_;
  EXPECT_NE(last_.find("boss.bing"), std::string::npos) << "who has entered it";
  EXPECT_EQ(give("staff.enter_sign", EnterSign{Text<64>("boss.bing")}, kCentre, 0, 9, 21), "staff.own_sign");
  EXPECT_EQ(give("staff.enter_sign", EnterSign{Text<64>("nobody")}, kCentre, 0, 9, 20), "staff.unknown_account");
  ASSERT_EQ(sign(kJia, 0, 12, 5), "");
  EXPECT_EQ(where("clerk.jia"), "gone");
}

TEST_F(Attendance, ADevicesFileIsTakenOnceHoweverOftenItComes) {
  const ImportSigns file{Text<60>("一号门"), "账号,时间\nclerk.jia,2024-06-24 08:51\nclerk.jia,2024-06-24 08:51:40\nnobody,2024-06-24 08:52\nclerk.yi,2024-06-24 23:00\nclerk.yi,2024-06-24 09:03\n"};
  ASSERT_EQ(give("staff.import_signs", file, kCentre, 0, 10), "");
  EXPECT_NE(last_.find("没有这个账号：nobody"), std::string::npos) << last_;
  EXPECT_NE(last_.find("时间还没有到"), std::string::npos);
  EXPECT_NE(last_.find("\"known\":1"), std::string::npos) << "the same minute twice";
  ASSERT_EQ(give("staff.import_signs", file, kCentre, 0, 11), "");
  EXPECT_NE(last_.find("\"known\":3"), std::string::npos);
  EXPECT_NE(last_.find("\"taken\":[]"), std::string::npos);
  const auto days = see([](const AttendanceReader& h) { return days_of(h, "clerk.yi", kMonday, kMonday); });
  ASSERT_EQ(days.size(), 1u);
  EXPECT_EQ(days[0].record.slots[0].mark, SlotMark::late);
  EXPECT_EQ(days[0].record.slots[0].minutes, 3);
  EXPECT_EQ(give("staff.import_signs", ImportSigns{Text<60>("一号门"), "甲,乙\n1,2"}, kCentre, 0, 11), "staff.file_header");
  EXPECT_EQ(give("staff.import_signs", ImportSigns{Text<60>("一号门"), "账号,时间\nx,y"}, kCentre, 0, 11), "staff.nothing_new");
}

TEST_F(Attendance, NobodyImportsTheirOwnSigns) {
  ASSERT_EQ(give("staff.import_signs", ImportSigns{Text<60>("一号门"), "账号,时间\nclerk.jia,2024-06-24 08:51\nboss.bing,2024-06-24 08:52\n"}, kCentre, 0, 10), "");
  EXPECT_NE(last_.find("{\"line\":3,\"why\":\"导入人本人的打卡"), std::string::npos) << last_;
  EXPECT_FALSE(see([](const AttendanceReader& h) { return days_of(h, "boss.bing", kMonday, kMonday); }).at(0).record.slots.at(0).signed_at);
  const ImportSigns own{Text<60>("一号门"), "账号,时间\nboss.bing,2024-06-24 08:52\n"};
  EXPECT_EQ(give("staff.import_signs", own, kCentre, 0, 10), "staff.nothing_new");
  ASSERT_EQ(give("staff.import_signs", own, kOperator, 0, 10), "") << "by another they are signs as any";
}

TEST_F(Attendance, ASlotIsPutRightBySomebodyElse) {
  ASSERT_EQ(sign(kJia, 0, 9, 30), "");
  const AskCorrection wish{kMonday, Text<40>("morning_in"), Wanted::outside, Text<500>("到省政务云机房领取证书")};
  EXPECT_EQ(give("staff.ask_correction", AskCorrection{kMonday, Text<40>("?"), Wanted::signed_, Text<500>("x")}, kJia, 0, 10), "staff.unknown_slot");
  EXPECT_EQ(give("staff.ask_correction", AskCorrection{kMonday, Text<40>("afternoon_in"), Wanted::signed_, Text<500>("x")}, kJia, 0, 10), "staff.correction_of_future");
  EXPECT_EQ(give("staff.ask_correction", AskCorrection{kMonday, Text<40>("morning_in"), Wanted::signed_, Text<500>(" ")}, kJia, 0, 10), "staff.reason_missing");
  EXPECT_EQ(give("staff.ask_correction", AskCorrection{kMonday - 1, Text<40>("morning_in"), Wanted::signed_, Text<500>("x")}, kJia, 0, 10), "staff.not_expected") << "a Sunday";
  EXPECT_EQ(give("staff.ask_correction", wish, kJia, 8, 10), "staff.correction_too_late");
}

TEST_F(Attendance, ACorrectionIsReadByWhoDecidesAndByNobodyElse) {
  ASSERT_EQ(sign(kJia, 0, 9, 30), "");
  const AskCorrection wish{kMonday, Text<40>("morning_in"), Wanted::outside, Text<500>("到省政务云机房领取证书")};
  ASSERT_EQ(give("staff.ask_correction", wish, kJia, 0, 10), "");
  EXPECT_EQ(give("staff.ask_correction", wish, kJia, 0, 10), "staff.correction_asked_already");
  EXPECT_EQ(see([](const AttendanceReader& h) { return corrections_waiting(h, 9); })[0].reason, "到省政务云机房领取证书");
  EXPECT_TRUE(see([](const AttendanceReader& h) { return corrections_waiting(h, 9); }, kOtherChief).empty());
  auto reader = engine_->reader();
  reader->events({510000}, 1, engine_->position(), [](const store::LedgerRow& row) {
    EXPECT_EQ(row.record.find("机房"), std::string_view::npos);
    return true;
  });
  const DecideCorrection yes{Text<64>("clerk.jia"), kMonday, Text<40>("morning_in"), true, {}};
  EXPECT_EQ(give("staff.decide_correction", yes, kJia, 0, 11), "staff.own_correction");
  EXPECT_EQ(give("staff.decide_correction", yes, kOtherChief, 0, 11), "staff.attendance_of_other_department");
  EXPECT_EQ(give("staff.decide_correction", DecideCorrection{Text<64>("clerk.jia"), kMonday, Text<40>("morning_in"), false, {}}, kChief, 0, 11), "staff.reason_missing");
  ASSERT_EQ(give("staff.decide_correction", yes, kChief, 0, 11), "");
  EXPECT_EQ(give("staff.decide_correction", yes, kChief, 0, 11), "staff.no_correction");
  EXPECT_EQ(give("staff.ask_correction", wish, kJia, 0, 12), "staff.correction_granted_already");
  EXPECT_EQ(see([](const AttendanceReader& h) { return days_of(h, "clerk.jia", kMonday, kMonday); })[0].record.slots[0].mark, SlotMark::outside);
}

TEST_F(Attendance, WhyACorrectionWasRefusedIsReadByWhoAskedAndWhoDecides) {
  ASSERT_EQ(sign(kJia, 0, 9, 30), "");
  const AskCorrection wish{kMonday, Text<40>("morning_in"), Wanted::signed_, Text<500>("忘记打卡")};
  ASSERT_EQ(give("staff.ask_correction", wish, kJia, 0, 10), "");
  ASSERT_EQ(give("staff.decide_correction", DecideCorrection{Text<64>("clerk.jia"), kMonday, Text<40>("morning_in"), false, Text<500>("监控中九点半才到")}, kChief, 0, 11), "");
  const auto mine = [this] { return see([](const AttendanceReader& h) { return corrections_of(h, "clerk.jia", 9); }, kJia).at(0); };
  EXPECT_EQ(mine().stage, CorrectionStage::refused);
  EXPECT_EQ(mine().reason, "忘记打卡");
  EXPECT_EQ(mine().note, "监控中九点半才到");
  const auto decided = [](const AttendanceReader& h) { return corrections_decided(h, kMonday, 9); };
  EXPECT_EQ(see(decided, kChief).at(0).note, "监控中九点半才到");
  EXPECT_TRUE(see(decided, kOtherChief).empty());
  ASSERT_EQ(give("staff.ask_correction", wish, kJia, 0, 12), "");
  EXPECT_FALSE(mine().note) << "asked anew, it is not decided";
  EXPECT_TRUE(see(decided, kChief).empty());
  ASSERT_EQ(give("staff.decide_correction", DecideCorrection{Text<64>("clerk.jia"), kMonday, Text<40>("morning_in"), true, {}}, kChief, 0, 13), "");
  EXPECT_EQ(mine().stage, CorrectionStage::granted);
  EXPECT_FALSE(mine().note) << "the last decision had none";
}

TEST_F(Attendance, NobodyLeavesAPostBeforeTheBPostHasTakenOver) {
  ASSERT_EQ(sign(kJia, 0, 8, 50), "");
  const LeavePost wish{Text<5>("10:30"), false, Text<500>("到医务室")};
  EXPECT_EQ(give("staff.leave_post", wish, kJia, 0, 10), "staff.no_b_post");
  raw("identity.set_post_pair", R"({"first":"clerk.jia","second":"clerk.yi"})", 0, 10, 0);
  EXPECT_EQ(give("staff.leave_post", LeavePost{Text<5>("09:30"), false, Text<500>("x")}, kJia, 0, 10), "staff.bad_time");
  EXPECT_EQ(give("staff.leave_post", LeavePost{Text<5>("12:30"), false, Text<500>("x")}, kJia, 0, 10), "staff.away_too_long");
  ASSERT_EQ(give("staff.leave_post", wish, kJia, 0, 10), "");
  EXPECT_EQ(give("staff.leave_post", wish, kJia, 0, 10), "staff.away_already");
  EXPECT_EQ(where("clerk.jia"), "here") << "asked, not gone";
  EXPECT_EQ(give("staff.return_to_post", ReturnToPost{}, kJia, 0, 10, 1), "staff.not_away");
  EXPECT_EQ(give("staff.take_post", TakePost{Text<64>("clerk.jia")}, kChief, 0, 10, 2), "staff.not_b_post");
  EXPECT_EQ(see([](const AttendanceReader& h) { return posts_for(h, "clerk.yi"); })[0].reason, "到医务室");
  ASSERT_EQ(give("staff.take_post", TakePost{Text<64>("clerk.jia")}, kYi, 0, 10, 2), "");
  EXPECT_EQ(where("clerk.jia"), "away");
  EXPECT_EQ(give("staff.leave_post", LeavePost{Text<5>("10:40"), false, Text<500>("x")}, kYi, 0, 10, 3), "staff.b_post_away") << "and the B post stays";
  ASSERT_EQ(give("staff.return_to_post", ReturnToPost{}, kJia, 0, 10, 25), "");
  EXPECT_EQ(where("clerk.jia"), "here");
  ASSERT_EQ(give("staff.leave_post", LeavePost{Text<5>("11:00"), true, Text<500>("送件")}, kJia, 0, 10, 30), "");
  ASSERT_EQ(give("staff.refuse_post", RefusePost{Text<64>("clerk.jia")}, kYi, 0, 10, 31), "");
  EXPECT_EQ(give("staff.take_post", TakePost{Text<64>("clerk.jia")}, kYi, 0, 10, 32), "staff.post_not_asked");
  const auto f = see([](const AttendanceReader& h) { return person_figures(h, kMonday, kMonday, "clerk.jia"); });
  ASSERT_EQ(f.size(), 1u);
  EXPECT_EQ(f[0].away_times, 1);
  EXPECT_EQ(f[0].away_minutes, 23);
}

TEST_F(Attendance, LeaveAndDutyAreTakenIntoAccountAndCountsBeginWithTheFirstSign) {
  ASSERT_EQ(sign(kJia, 0, 8, 50), "");
  ASSERT_EQ(sign(kJia, 0, 17, 5), "");
  // Tuesday and Wednesday on leave, back on Wednesday.
  ASSERT_EQ(give("staff.ask_leave", AskLeave{LeaveKind::personal, kMonday + 1, kMonday + 2, Text<500>("家事"), Text<64>("clerk.yi"), {}, {}}, kJia, 0, 17, 6), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief, 0, 17, 7), "");
  ASSERT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{1}, {}}, kCentre, 0, 17, 8), "");
  ASSERT_EQ(sign(kYi, 1, 9, 30), "");
  EXPECT_EQ(where("clerk.jia"), "on_leave");
  ASSERT_EQ(give("staff.return_from_leave", ReturnFromLeave{{1}}, kJia, 2, 8), "");
  EXPECT_EQ(where("clerk.jia"), "not_yet") << "back a day early, and expected";
  EXPECT_EQ(give("staff.assign_duty", AssignDuty{Text<64>("clerk.jia"), kMonday + 4, Text<40>("weekend")}, kCentre, 2, 8), "staff.working_day");
  EXPECT_EQ(give("staff.assign_duty", AssignDuty{Text<64>("clerk.jia"), kMonday + 5, Text<40>("weekend")}, kOtherChief, 2, 8), "staff.attendance_of_other_department");
  ASSERT_EQ(give("staff.assign_duty", AssignDuty{Text<64>("clerk.jia"), kMonday + 5, Text<40>("weekend")}, kChief, 2, 8), "");
  ASSERT_EQ(give("staff.assign_shift", AssignShift{Text<64>("clerk.jia"), Text<40>("through"), kMonday + 3}, kChief, 2, 8), "");
  ASSERT_EQ(sign(kJia, 3, 8, 59), "");
  ASSERT_EQ(sign(kJia, 3, 16, 1), "");
  ASSERT_EQ(sign(kJia, 5, 9, 40), "");  // Saturday, ten minutes late
  ASSERT_EQ(sign(kCentre, 6, 9), "");
  std::string marks;
  for (const auto& d : see([](const AttendanceReader& h) { return days_of(h, "clerk.jia", kMonday - 3, kMonday + 6); })) marks += std::string(json::enum_name(d.record.mark)) + " ";
  EXPECT_EQ(marks, "rest rest rest irregular on_leave absent present absent irregular rest ");
  const auto f = see([](const AttendanceReader& h) { return person_figures(h, kMonday - 30, kMonday + 6, "clerk.jia"); });
  ASSERT_EQ(f.size(), 1u);
  EXPECT_EQ(f[0].expected_days, 6) << "what lay before the first sign counts for nothing";
  EXPECT_EQ(f[0].present_days, 3);
  EXPECT_EQ(f[0].absent_days, 2);
  EXPECT_EQ(f[0].leave_days, 1);
  EXPECT_EQ(f[0].late_times, 1);
  EXPECT_EQ(f[0].late_minutes, 10);
  EXPECT_EQ(f[0].missing_slots, 2 + 4 + 2 + 1);
}

TEST_F(Attendance, NumbersOfTheHallStandBesideTheOtherCountsOfAPersonAndAWindow) {
  const auto words = [](const auto& f) { return std::to_string(f.numbers_called) + " " + std::to_string(f.numbers_served) + " " + std::to_string(f.numbers_no_show) + " " + std::to_string(f.numbers_passed_on); };
  const auto jia = [](const AttendanceReader& h) { return person_figures(h, kMonday, kMonday + 4, "clerk.jia")[0]; };
  EXPECT_EQ(words(see(jia)), "0 0 0 0") << "no hall, no numbers";
  CivilDay asked_from{}, asked_to{};
  ground_.numbers = [&](store::Reader&, CentreCode, CivilDay from, CivilDay to) {
    asked_from = from;
    asked_to = to;
    return std::vector<NumbersOf>{{"clerk.jia", {"A1"}, 9, 6, 2, 1}, {"clerk.jia", {"A2"}, 1, 1, 0, 0}, {"clerk.yi", {"A1"}, 4, 4, 0, 0}, {"gone", {"A1"}, 1, 0, 1, 0}};
  };
  EXPECT_EQ(words(see(jia)), "10 7 2 1") << "at every window";
  EXPECT_TRUE(asked_from == kMonday && asked_to == kMonday + 4);
  const auto windows = see([](const AttendanceReader& h) { return window_figures(h, kMonday, kMonday + 4); });
  ASSERT_EQ(windows.size(), 2u);
  EXPECT_EQ(windows[0].window.value, "A1");
  EXPECT_EQ(words(windows[0]), "14 10 3 1") << "of everybody who sat there";
  EXPECT_EQ(words(windows[1]), "1 1 0 0");
}

TEST_F(Attendance, ADayCountsWhenItIsOverAndOnlyWhereOneWasExpected) {
  ASSERT_EQ(sign(kJia, 3, 8, 50), "");
  // Out on duty from Friday to Monday: two days on which one was expected.
  ASSERT_EQ(give("staff.ask_leave", AskLeave{LeaveKind::official, kMonday + 4, kMonday + 7, Text<500>("踏勘"), Text<64>("clerk.yi"), {}, {}}, kJia, 3, 9), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief, 3, 9, 1), "");
  ASSERT_EQ(give("staff.approve_leave_at_unit", ApproveLeave{{1}, {}}, engine::Actor{"leader.wu", "staff", "", {"scjgj"}}, 3, 9, 2), "");
  ASSERT_EQ(give("staff.approve_leave_at_centre", ApproveLeave{{1}, {}}, kCentre, 3, 9, 3), "");
  ASSERT_EQ(sign(kJia, 8, 9, 20), "");  // Tuesday, late, and the day has only begun
  const auto f = see([](const AttendanceReader& h) { return person_figures(h, kMonday + 4, kMonday + 8, "clerk.jia"); });
  ASSERT_EQ(f.size(), 1u);
  EXPECT_EQ(f[0].expected_days, 2);
  EXPECT_EQ(f[0].outside_days, 2);
  EXPECT_EQ(f[0].present_days, 0);
  EXPECT_EQ(f[0].late_times, 1);
  ASSERT_EQ(sign(kYi, 8, 21, 1), "");
  EXPECT_EQ(see([](const AttendanceReader& h) { return person_figures(h, kMonday + 8, kMonday + 8, "clerk.jia"); }).at(0).present_days, 1);
}

TEST_F(Attendance, LeaveIsOfItsAccountAlsoWhereTwoHaveOneName) {
  raw("identity.open_account", R"({"account":"clerk.bing","name":"钱一明","department":"scjgj"})", 0, 7, 30);
  raw("identity.grant_roles", R"({"account":"clerk.bing","roles":["clerk"],"department":"scjgj"})", 0, 7, 30);
  ASSERT_EQ(give("staff.ask_leave", AskLeave{LeaveKind::personal, kMonday, kMonday, Text<500>("家事"), Text<64>("clerk.yi"), {}, {}}, kJia, 0, 7, 31), "");
  ASSERT_EQ(give("staff.approve_leave_at_window", ApproveLeave{{1}, {}}, kChief, 0, 7, 32), "");
  EXPECT_EQ(where("clerk.jia"), "on_leave");
  EXPECT_EQ(where("clerk.bing"), "not_yet") << "the leave of another who has the same name";
  const auto entered = [](int day, std::optional<Text<64>> account) {
    RecordLeave c{{"scjgj"}, Text<60>("钱一明"), LeaveKind::official, kMonday + day, kMonday + day};
    c.rank = 1;
    c.account = std::move(account);
    return c;
  };
  ASSERT_EQ(give("staff.record_leave", entered(1, Text<64>("clerk.bing")), kCentre, 0, 7, 33), "");
  ASSERT_EQ(give("staff.record_leave", entered(2, {}), kCentre, 0, 7, 34), "");
  ASSERT_EQ(sign(kYi, 1, 9), "");
  EXPECT_EQ(where("clerk.bing"), "outside");
  EXPECT_EQ(where("clerk.jia"), "not_yet");
  ASSERT_EQ(sign(kYi, 2, 9), "");
  EXPECT_EQ(where("clerk.bing"), "not_yet") << "a name that two have says of neither that they are away";
  EXPECT_EQ(where("clerk.jia"), "not_yet");
}

TEST_F(Attendance, TheLeaveOfSomebodyWhoHasGoneIsNoNamesakes) {
  raw("identity.open_account", R"({"account":"clerk.bing","name":"钱一明","department":"scjgj"})", 0, 7, 30);
  raw("identity.grant_roles", R"({"account":"clerk.bing","roles":["clerk"],"department":"scjgj"})", 0, 7, 30);
  RecordLeave c{{"scjgj"}, Text<60>("钱一明"), LeaveKind::official, kMonday, kMonday + 4};
  c.rank = 1;
  ASSERT_EQ(give("staff.record_leave", c, kCentre, 0, 7, 31), "");  // the other's, who then leaves the hall
  raw("identity.suspend_account", R"({"account":"clerk.bing","reason":"调离"})", 0, 7, 32);
  ASSERT_EQ(sign(kYi, 1, 9), "");
  EXPECT_EQ(where("clerk.bing"), "nobody");
  EXPECT_EQ(where("clerk.jia"), "not_yet");
}

TEST(AttendanceRefusals, EachHasItsWords) {
  for (int i = 0; i <= static_cast<int>(AttendanceRefused::not_away); ++i) {
    const auto r = refusal(static_cast<AttendanceRefused>(i));
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty()) << i;
  }
}

TEST(Meanings, EveryFigureHasOne) {
  std::set<std::string> said;
  for (const auto& m : figure_meanings()) said.insert(m.figure);
  boost::mp11::mp_for_each<boost::describe::describe_members<PersonFigures, boost::describe::mod_public>>([&](auto d) {
    const std::string name = d.name;
    if (name != "account" && name != "name" && name != "department") {
      EXPECT_TRUE(said.erase(name)) << name;
    }
  });
  EXPECT_TRUE(said.empty());
}
