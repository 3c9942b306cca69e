// Steps about the hall: numbers and calls by the staff and by a kiosk, appointments, visits that are rated, follow-ups, leaders' duty.
#include "base/json.h"
#include "steps.h"

namespace yi::story {
namespace {

const std::string kKioskKey(64, 'e'), kPadKey(64, 'f');

void act(Stage& s, const std::string& account, const char* command, const std::string& body) { s.command_as(account, std::string("hall/") + command, body); }

std::string with(std::string body, const std::string& more) {
  body.insert(body.size() - 1, "," + more);
  return body;
}
std::string minute_of(const std::string& clock) { return std::to_string(std::stoi(clock.substr(0, 2)) * 60 + std::stoi(clock.substr(3, 2))); }

// A device asks with its key, without a session.
void device(Stage& s, const char* door, const std::string& key, const Pairs& pairs, const std::string& more = "") {
  auto body = object(pairs);
  body = R"({"key":")" + key + "\"" + (pairs.empty() ? "" : "," + body.substr(1, body.size() - 2)) + (more.empty() ? "" : "," + more) + "}";
  s.command(std::string("hall/") + door, body);
}

std::string ticket_of(Stage& s, const std::string& number) { return json_at(s.get_as("guide.jia", "/api/hall/numbers/" + number), "ticket"); }

void expect(const std::string& what, const std::string& seen, const std::string& wanted) {
  if (seen != wanted) throw Broken(what + " is " + seen + ", not " + wanted);
}

void expect_serving(Stage& s, const Gaps& g) {
  const auto body = s.get_as("boss.bing", "/api/hall/windows/" + g[0]);
  expect("the number at " + g[0], json_at(body, "serving/number"), g[1]);
}

void expect_appointment(Stage& s, const Gaps& g) {
  const auto body = s.get_as(g[0], "/api/hall/appointments/mine");
  for (int i = 0; i < 50; ++i) {
    const auto at = "appointments/" + std::to_string(i) + "/";
    const auto number = json_at(body, at + "appointment");
    if (number.empty()) break;
    if (number == g[1]) return expect("appointment " + g[1], json_at(body, at + "status"), g[2]);
  }
  throw Broken(g[0] + " has no appointment " + g[1] + ": " + body);
}

void expect_follow_up(Stage& s, const Gaps& g) {
  const auto body = s.get_as(g[0], "/api/hall/follow_ups?stage=" + g[2]);
  expect("the first follow-up that is " + g[2], json_at(body, "follow_ups/0/kind"), g[1]);
}
// The first one of a stage.
void settle(Stage& s, const std::string& account, const char* command, const char* stage, const Pairs& more, const std::string& raw = "") {
  const auto body = s.get_as("boss.bing", std::string("/api/hall/follow_ups?stage=") + stage);
  Pairs pairs{{"follow_up", json_at(body, "follow_ups/0/follow_up")}};
  pairs.insert(pairs.end(), more.begin(), more.end());
  act(s, account, command, raw.empty() ? object(pairs) : with(object(pairs), raw));
}

void expect_ratings(Stage& s, const Gaps& g) {
  const auto body = s.get_as("boss.bing", "/api/hall/ratings?from=" + g[0] + "&to=" + g[0]);
  expect("the ratings that count", json_at(body, "counted"), g[2]);
  expect("the bad ones", json_at(body, "bad"), g[1]);
}

}  // namespace

std::vector<Step> hall_steps() {
  return {
      {"account <account> opens window <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "open_window", object({{"window", g[1]}})); }},
      {"account <account> closes window <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "close_window", object({{"window", g[1]}})); }},
      {"account <account> takes over window <window> because <reason>", [](Stage& s, const Gaps& g) { act(s, g[0], "take_over_window", object({{"window", g[1]}, {"reason", g[2]}})); }},
      {"account <account> takes a number of <line>", [](Stage& s, const Gaps& g) { act(s, g[0], "take_ticket", with(object({{"line", g[1]}}), R"("priority":false,"matters":[])")); }},
      {"account <account> takes a priority number of <line>", [](Stage& s, const Gaps& g) { act(s, g[0], "take_ticket", with(object({{"line", g[1]}}), R"("priority":true,"matters":[])")); }},
      {"account <account> calls the next at <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "call_next", object({{"window", g[1]}})); }},
      {"account <account> recalls at <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "recall", object({{"window", g[1]}})); }},
      {"account <account> skips at <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "skip_ticket", object({{"window", g[1]}})); }},
      {"account <account> holds at <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "hold_ticket", object({{"window", g[1]}, {"reason", "去复印"}})); }},
      {"account <account> finishes at <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "finish_ticket", object({{"window", g[1]}})); }},
      {"account <account> passes on at <window> to <line>", [](Stage& s, const Gaps& g) { act(s, g[0], "pass_on_ticket", object({{"window", g[1]}, {"line", g[2]}, {"reason", "还有一件"}})); }},
      {"account <account> resumes <number> at <window>", [](Stage& s, const Gaps& g) { act(s, g[0], "resume_ticket", object({{"ticket", ticket_of(s, g[1])}, {"window", g[2]}})); }},
      {"account <account> lets <number> rejoin", [](Stage& s, const Gaps& g) { act(s, g[0], "rejoin_line", object({{"ticket", ticket_of(s, g[1])}})); }},
      {"account <account> notes that <number> has left", [](Stage& s, const Gaps& g) { act(s, g[0], "give_up_ticket", object({{"ticket", ticket_of(s, g[1])}})); }},
      {"window <window> serves nobody", [](Stage& s, const Gaps& g) { expect_serving(s, {g[0], ""}); }},
      {"window <window> serves <number>", expect_serving},

      {"account <account> books <line> on <day> at <clock>", [](Stage& s, const Gaps& g) {
         act(s, g[0], "make_appointment", with(object({{"line", g[1]}, {"day", g[2]}}), "\"slot\":" + minute_of(g[3]) + R"(,"matters":[])")); }},
      {"account <account> cancels appointment <number>", [](Stage& s, const Gaps& g) { act(s, g[0], "cancel_appointment", object({{"appointment", g[1]}})); }},
      {"account <account> checks in appointment <number>", [](Stage& s, const Gaps& g) { act(s, g[0], "check_in", object({{"appointment", g[1]}})); }},
      {"account <account> sees appointment <number> as <status>", expect_appointment},
      {"account <account> closes the hall on <day> because <reason>", [](Stage& s, const Gaps& g) { act(s, g[0], "close_day", object({{"day", g[1]}, {"reason", g[2]}})); }},
      {"account <account> opens the hall again on <day>", [](Stage& s, const Gaps& g) { act(s, g[0], "reopen_day", object({{"day", g[1]}})); }},

      {"a kiosk is opened", [](Stage& s, const Gaps&) { s.command("hall/open_screen", object({{"place", "一楼"}, {"key", kKioskKey}, {"kind", "kiosk"}})); }},
      {"a pad is opened at <window>", [](Stage& s, const Gaps& g) { s.command("hall/open_screen", object({{"place", "窗口"}, {"key", kPadKey}, {"kind", "pad"}, {"window", g[0]}})); }},
      {"the kiosk gives a number of <line>", [](Stage& s, const Gaps& g) { device(s, "kiosk/take", kKioskKey, {{"line", g[0]}}, R"("priority":false,"with_name":false)"); }},
      {"the kiosk checks in with <code>", [](Stage& s, const Gaps& g) { device(s, "kiosk/check_in", kKioskKey, {{"code", g[0]}}); }},
      {"the kiosk checks in the first appointment of <account>", [](Stage& s, const Gaps& g) {
         device(s, "kiosk/check_in", kKioskKey, {{"code", json_at(s.get_as(g[0], "/api/hall/appointments/mine"), "appointments/0/code")}}); }},
      {"the pad rates <number> with <level>", [](Stage& s, const Gaps& g) { device(s, "pad/rate", kPadKey, {{"number", g[0]}}, "\"level\":" + g[1]); }},
      {"<bad> of <count> ratings of <day> are bad", [](Stage& s, const Gaps& g) { expect_ratings(s, {g[2], g[0], g[1]}); }},

      {"account <account> registers that <words> was not done", [](Stage& s, const Gaps& g) {
         act(s, g[0], "register_unresolved", with(object({{"words", g[1]}}), "\"reporter\":" + object({{"name", "彭某某"}, {"phone", "13900000001"}}))); }},
      {"account <account> takes the problem <words> from leader <name>", [](Stage& s, const Gaps& g) {
         act(s, g[0], "take_problem", object({{"leader_of", "scjgj"}, {"leader", g[2]}, {"words", g[1]}})); }},
      {"account <account> sorts it as <class> for <department>", [](Stage& s, const Gaps& g) { settle(s, g[0], "sort_follow_up", "opened", {{"sort", g[1]}, {"lead", s.department(g[2])}}); }},
      {"account <account> declines it because <reason>", [](Stage& s, const Gaps& g) { settle(s, g[0], "decline_follow_up", "opened", {{"reason", g[1]}}); }},
      {"account <account> answers it with <measure>", [](Stage& s, const Gaps& g) { settle(s, g[0], "answer_follow_up", "sorted", {{"finding", "true_"}, {"measure", g[1]}}); }},
      {"account <account> extends it by <days> days", [](Stage& s, const Gaps& g) { settle(s, g[0], "extend_follow_up", "sorted", {{"reason", "需要现场核实，已告知本人"}}, "\"days\":" + g[1]); }},
      {"account <account> appeals because <reason>", [](Stage& s, const Gaps& g) { settle(s, g[0], "appeal_evaluation", "sorted", {{"reason", g[1]}}); }},
      {"account <account> upholds the appeal", [](Stage& s, const Gaps& g) { settle(s, g[0], "decide_appeal", "appealed", {{"reason", "评价对象有误"}}, R"("upheld":true)"); }},
      {"account <account> dismisses the appeal", [](Stage& s, const Gaps& g) { settle(s, g[0], "decide_appeal", "appealed", {{"reason", "评价没有错"}}, R"("upheld":false)"); }},
      {"account <account> says that no contact was left", [](Stage& s, const Gaps& g) { settle(s, g[0], "no_contact_left", "answered", {{"reason", "没有留号码"}}); }},
      {"account <account> calls back and finds them <content>", [](Stage& s, const Gaps& g) {
         settle(s, g[0], "call_back", "answered", {}, std::string(R"("reached":true,"content":)") + (g[1] == "content" ? "true" : "false")); }},
      {"account <account> sees a <kind> that is <stage>", expect_follow_up},

      {"account <account> plans <name> for <day>", [](Stage& s, const Gaps& g) { act(s, g[0], "plan_duty", object({{"department", "scjgj"}, {"post", "副局长"}, {"name", g[1]}, {"day", g[2]}})); }},
      {"account <account> records that <name> came on <day>", [](Stage& s, const Gaps& g) {
         const auto plan = json_at(s.get_as(g[0], "/api/hall/duties?from=" + g[2] + "&to=" + g[2]), "plans/0/plan");
         act(s, g[0], "record_duty", with(object({{"department", "scjgj"}, {"post", "副局长"}, {"name", g[1]}, {"from", g[2]}, {"to", g[2]}, {"plan", plan}}), R"("rank":1)")); }},
      {"account <account> notes <served> served on <day>", [](Stage& s, const Gaps& g) {
         const auto duty = json_at(s.get_as(g[0], "/api/hall/duties?from=" + g[2] + "&to=" + g[2]), "duties/0/duty");
         act(s, g[0], "note_duty", with(object({{"duty", duty}, {"opinions", "希望延长取号时间"}}), "\"served\":" + g[1] + R"(,"asked":2,"called_back":1)")); }},
      {"account <account> sees the plan of <day> <status> and <served> served", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/hall/duties?from=" + g[1] + "&to=" + g[1]);
         expect("the plan", json_at(body, "plans/0/status"), g[2]);
         expect("the note", json_at(body, "duties/0/note/served"), g[3]); }},
  };
}

}  // namespace yi::story
