// Steps about the people of the hall: leave, attendance, conduct with business, reform tasks, the rules register.
#include "store/database.h"
#include "steps.h"

namespace yi::story {
namespace {

void staff(Stage& s, const std::string& account, const std::string& command, const std::string& body) { s.command_as(account, "staff/" + command, body); }
void conduct(Stage& s, const std::string& account, const std::string& command, const std::string& body) { s.command_as(account, "conduct/" + command, body); }
void reform(Stage& s, const std::string& account, const std::string& command, const std::string& body) { s.command_as(account, "reform/" + command, body); }

std::string with(std::string body, const std::string& more) {
  body.insert(body.size() - 1, "," + more);
  return body;
}
void expect(const std::string& what, const std::string& seen, const std::string& wanted) {
  if (seen != wanted) throw Broken(what + " is " + (seen.empty() ? "nothing" : seen) + ", not " + wanted);
}
// The path of the entry of a list whose `field` is `value`; throws Broken where there is none.
std::string entry(const std::string& body, const std::string& list, const std::string& field, const std::string& value) {
  for (int i = 0; i < 100; ++i) {
    const auto at = list + "/" + std::to_string(i) + "/";
    const auto seen = json_at(body, at + field);
    if (seen.empty()) break;
    if (seen == value) return at;
  }
  throw Broken("no entry of " + list + " has " + field + " " + value + ": " + body);
}
void ask_leave(Stage& s, const std::string& account, const std::string& kind, const std::string& from, const std::string& to, const Pairs& more) {
  Pairs pairs{{"kind", kind}, {"from", from}, {"to", to}, {"reason", "家中有事"}, {"substitute", account == "handler.wu" ? "clerk.yi" : "handler.wu"}};
  pairs.insert(pairs.end(), more.begin(), more.end());
  staff(s, account, "ask_leave", object(pairs));
}
std::string leave(const std::string& number) { return object({{"leave", number}}); }

// Of a program that does not run.
void expect_sealed(Stage& s, const Gaps& words) {
  auto opened = store::open_sqlite(s.data(), store::Mode::read);
  if (!opened) throw Broken(opened.error().sentence);
  auto reader = (*opened)->open_reader();
  constexpr CentreCode kCentre{510000};
  reader->events(kCentre, 1, reader->head(kCentre).seq, [&](const store::LedgerRow& row) {
    for (const auto& w : words)
      if (std::string(row.record).find(w) != std::string::npos) throw Broken("the ledger says " + w + ": " + std::string(row.record));
    return true;
  });
}

std::vector<Step> staff_steps() {
  return {
      {"account <account> asks <kind> leave from <day> to <day>", [](Stage& s, const Gaps& g) { ask_leave(s, g[0], g[1], g[2], g[3], {}); }},
      {"account <account> asks to extend leave <number> as <kind> from <day> to <day>", [](Stage& s, const Gaps& g) { ask_leave(s, g[0], g[2], g[3], g[4], {{"extends", g[1]}}); }},
      {"account <account> approves leave <number> at <step>", [](Stage& s, const Gaps& g) { staff(s, g[0], "approve_leave_at_" + g[2], leave(g[1])); }},
      {"account <account> rejects leave <number> at <step> because <reason>", [](Stage& s, const Gaps& g) { staff(s, g[0], "reject_leave_at_" + g[2], object({{"leave", g[1]}, {"reason", g[3]}})); }},
      {"account <account> withdraws leave <number>", [](Stage& s, const Gaps& g) { staff(s, g[0], "withdraw_leave", leave(g[1])); }},
      {"account <account> takes over for leave <number>", [](Stage& s, const Gaps& g) { staff(s, g[0], "confirm_hand_over", leave(g[1])); }},
      {"account <account> is back from leave <number>", [](Stage& s, const Gaps& g) { staff(s, g[0], "return_from_leave", leave(g[1])); }},
      {"account <account> finds that the late return of leave <number> was no absence because <reason>", [](Stage& s, const Gaps& g) {
         staff(s, g[0], "decide_overdue_return", with(object({{"leave", g[1]}, {"reason", g[2]}}), R"("absent":false)")); }},
      {"account <account> finds that the late return of leave <number> was an absence because <reason>", [](Stage& s, const Gaps& g) {
         staff(s, g[0], "decide_overdue_return", with(object({{"leave", g[1]}, {"reason", g[2]}}), R"("absent":true)")); }},
      {"account <account> sees that own leave <number> ended in absence <absent> because <reason>", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/staff/leaves/mine");
         const auto at = entry(body, "leaves", "leave", g[1]);
         expect("whether leave " + g[1] + " was absence", json_at(body, at + "absent"), g[2]);
         expect("why", json_at(body, entry(body, at + "remarks", "said", "overdue_decided") + "note"), g[3]); }},
      {"account <account> sees own leave <number> as <stage>", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/staff/leaves/mine");
         expect("leave " + g[1], json_at(body, entry(body, "leaves", "leave", g[1]) + "stage"), g[2]); }},
      {"account <account> sees leave <number> running and overdue <overdue>", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/staff/leaves/running");
         expect("whether leave " + g[1] + " is overdue", json_at(body, entry(body, "leaves", "leave", g[1]) + "overdue"), g[2]); }},
      {"account <account> enters <kind> leave of <name> of <department> from <day> to <day>", [](Stage& s, const Gaps& g) {
         staff(s, g[0], "record_leave", with(object({{"department", s.department(g[3])}, {"name", g[2]}, {"kind", g[1]}, {"from", g[4]}, {"to", g[5]}}), R"("rank":1)")); }},
      {"account <account> takes the entry of <name> from <day> back", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as("boss.bing", "/api/staff/leaves/recorded?from=" + g[2] + "&to=" + g[2]);
         staff(s, g[0], "take_back_leave", object({{"recorded", json_at(body, entry(body, "records", "name", g[1]) + "recorded")}, {"why", "other_person"}})); }},
      {"account <account> sees the entry of <name> from <day> taken back", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/staff/leaves/recorded?from=" + g[2] + "&to=" + g[2]);
         expect("the entry", json_at(body, entry(body, "records", "name", g[1]) + "taken_back"), "other_person"); }},
      {"the bulletin of <day> to <day> is begun", [](Stage& s, const Gaps& g) { s.command("bulletin/set_period", object({{"from", g[0]}, {"to", g[1]}})); }},

      {"account <account> signs", [](Stage& s, const Gaps& g) { staff(s, g[0], "sign", "{}"); }},
      {"account <account> enters that <account> has come", [](Stage& s, const Gaps& g) { staff(s, g[0], "enter_sign", object({{"account", g[1]}})); }},
      {"account <account> and <account> stand in for each other", [](Stage& s, const Gaps& g) { s.command("identity/set_post_pair", object({{"first", g[0]}, {"second", g[1]}})); }},
      {"account <account> leaves the post until <clock>", [](Stage& s, const Gaps& g) { staff(s, g[0], "leave_post", with(object({{"until", g[1]}, {"reason", "送材料"}}), R"("official":false)")); }},
      {"account <account> takes the post of <account>", [](Stage& s, const Gaps& g) { staff(s, g[0], "take_post", object({{"account", g[1]}})); }},
      {"account <account> is at the post again", [](Stage& s, const Gaps& g) { staff(s, g[0], "return_to_post", "{}"); }},
      {"account <account> asks to correct slot <slot> of <day> because <reason>", [](Stage& s, const Gaps& g) {
         staff(s, g[0], "ask_correction", object({{"day", g[2]}, {"slot", g[1]}, {"wanted", "signed_"}, {"reason", g[3]}})); }},
      {"account <account> grants the correction of slot <slot> of <day> to <account>", [](Stage& s, const Gaps& g) {
         staff(s, g[0], "decide_correction", with(object({{"account", g[3]}, {"day", g[2]}, {"slot", g[1]}, {"note", "监控可见"}}), R"("granted":true)")); }},
      {"account <account> sees <account> on the board as <where>", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/staff/attendance/board");
         expect(g[1], json_at(body, entry(body, "people", "account", g[1]) + "where"), g[2]); }},
      {"account <account> sees slot <slot> of <day> of <account> as <mark>", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/staff/attendance/days?from=" + g[2] + "&to=" + g[2] + "&account=" + g[3]);
         expect("the slot", json_at(body, entry(body, "days/0/record/slots", "slot", g[1]) + "mark"), g[4]); }},
  };
}

std::vector<Step> conduct_steps() {
  return {
      {"account <account> signs the pledge of list <version>", [](Stage& s, const Gaps& g) { conduct(s, g[0], "sign_pledge", object({{"version", g[1]}})); }},
      {"account <account> registers a visit to <enterprise> with <uscc> under clause <clause>", [](Stage& s, const Gaps& g) {
         conduct(s, g[0], "register_contact", with(object({{"day", "2024-06-24"}, {"occasion", "visit"}, {"clause", g[3]}, {"place", "企业厂区"}, {"enterprise", g[1]}, {"uscc", g[2]}, {"costs", "午餐各付各的"}, {"about", "了解扩建办证的困难"}}), R"("told_before":true)")); }},
      {"account <account> sees <count> running cases of the last contact", [](Stage& s, const Gaps& g) { expect("the running cases", json_at(s.get_as(g[0], "/api/conduct/contacts"), "contacts/0/running_cases"), g[1]); }},
      {"account <account> is reminded of <count> contacts on case <case>", [](Stage& s, const Gaps& g) { expect("the contacts", json_at(s.get_as(g[0], "/api/conduct/cases/" + s.id_of(g[2]) + "/contacts"), "contacts"), g[1]); }},
      {"account <account> hands in a gift card of <yuan> yuan", [](Stage& s, const Gaps& g) {
         conduct(s, g[0], "hand_in_gift", with(object({{"received", "2024-06-24"}, {"kind", "card"}, {"from", "某示例公司"}, {"what", "购物卡一张"}, {"how", "夹在材料里"}}), "\"value_yuan\":" + g[1])); }},
      {"account <account> gives the last gift back with <note>", [](Stage& s, const Gaps& g) {
         conduct(s, g[0], "settle_gift", object({{"gift", json_at(s.get_as("boss.bing", "/api/conduct/gifts"), "gifts/0/gift")}, {"end", "given_back"}, {"note", g[1]}})); }},
      {"account <account> reports <account> under clause <clause>, saying <words>", [](Stage& s, const Gaps& g) {
         conduct(s, g[0], "make_report", object({{"about", g[1]}, {"clause", g[2]}, {"channel", "staff"}, {"words", g[3]}})); }},
      {"account <account> sees <count> reports", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/conduct/reports");
         int n = 0;
         while (!json_at(body, "reports/" + std::to_string(n) + "/report").empty()) ++n;
         expect("the number of reports", std::to_string(n), g[1]); }},
      {"account <account> may not see reports", [](Stage& s, const Gaps& g) { expect("the answer", std::to_string(s.ask_as(g[0], "GET", "/api/conduct/reports").status), "403"); }},
      {"account <account> opens the first report and reads <words>", [](Stage& s, const Gaps& g) {
         const auto id = json_at(s.get_as(g[0], "/api/conduct/reports"), "reports/0/report");
         expect("the report", json_at(s.get_as(g[0], "/api/conduct/reports/" + id), "words"), g[1]); }},
      {"account <account> takes up the first report", [](Stage& s, const Gaps& g) { conduct(s, g[0], "take_report", object({{"report", json_at(s.get_as(g[0], "/api/conduct/reports"), "reports/0/report")}})); }},
      {"account <account> clears the first report with <measure>", [](Stage& s, const Gaps& g) {
         conduct(s, g[0], "settle_report", object({{"report", json_at(s.get_as(g[0], "/api/conduct/reports"), "reports/0/report")}, {"end", "cleared"}, {"measure", g[1]}})); }},
      {"the ledger says nowhere <text…>", expect_sealed},
  };
}

std::string programmes(Stage& s, const char* path) { return json_at(s.get_as("boss.bing", "/api/reform/programmes"), std::string("programmes/0/") + path); }

std::vector<Step> reform_steps() {
  return {
      {"account <account> opens programme <name>", [](Stage& s, const Gaps& g) { reform(s, g[0], "open_programme", object({{"name", g[1]}, {"from", "2024-06-24"}})); }},
      {"account <account> sets task <name> for <department> due on <day>", [](Stage& s, const Gaps& g) {
         reform(s, g[0], "set_task", object({{"programme", programmes(s, "programme")}, {"name", g[1]}, {"department", s.department(g[2])}, {"due", g[3]}})); }},
      {"account <account> sets milestone <name> due on <day>", [](Stage& s, const Gaps& g) {
         reform(s, g[0], "set_milestone", object({{"task", programmes(s, "tasks/0/task")}, {"name", g[1]}, {"due", g[2]}, {"product", "none"}})); }},
      {"account <account> pushes the task in the week of <day>", [](Stage& s, const Gaps& g) { reform(s, g[0], "push_task", object({{"task", programmes(s, "tasks/0/task")}, {"week", g[1]}})); }},
      {"account <account> sees <name> pushed in the week of <day>", [](Stage& s, const Gaps& g) { expect("what is pushed", json_at(s.get_as(g[0], "/api/reform/week?week=" + g[2]), "pushed/0"), g[1]); }},
      {"account <account> holds a dispatch that resolves <text> for <department> by <day>", [](Stage& s, const Gaps& g) {
         const auto one = object({{"text", g[1]}, {"department", s.department(g[2])}, {"due", g[3]}});
         reform(s, g[0], "hold_dispatch", with(object({{"programme", programmes(s, "programme")}, {"on", "2024-06-24"}, {"title", "第一次调度会"}, {"host", "中心主任"}}), "\"resolutions\":[" + one + "]")); }},
      {"account <account> settles the resolution with <evidence>", [](Stage& s, const Gaps& g) {
         reform(s, g[0], "settle_resolution", with(object({{"dispatch", programmes(s, "dispatches/0/dispatch")}, {"evidence", g[1]}}), R"("place":1)")); }},
      {"account <account> reads that the resolution was settled with <evidence>", [](Stage& s, const Gaps& g) {
         expect("the evidence", json_at(s.get_as(g[0], "/api/reform/programmes"), "programmes/0/dispatches/0/resolutions/0/evidence"), g[1]); }},
      {"account <account> reads that the task was extended since <reason>", [](Stage& s, const Gaps& g) {
         expect("the reason", json_at(s.get_as(g[0], "/api/reform/programmes"), "programmes/0/tasks/0/extensions/0/reason"), g[1]); }},
      {"account <account> reaches the milestone with <evidence>", [](Stage& s, const Gaps& g) {
         reform(s, g[0], "reach_milestone", object({{"milestone", programmes(s, "tasks/0/milestones/0/milestone")}, {"on", "2024-06-24"}, {"evidence", g[1]}})); }},
      {"account <account> closes the task with <evidence>", [](Stage& s, const Gaps& g) { reform(s, g[0], "close_task", object({{"task", programmes(s, "tasks/0/task")}, {"evidence", g[1]}})); }},
      {"account <account> sees the task closed", [](Stage& s, const Gaps& g) { expect("whether it is closed", json_at(s.get_as(g[0], "/api/reform/programmes"), "programmes/0/tasks/0/closed"), "true"); }},
      {"account <account> enacts rule <number> version <version> to be read by <department>", [](Stage& s, const Gaps& g) {
         std::string readers = "\"readers\":[\"" + s.department(g[3]) + "\"]";
         reform(s, g[0], "enact_house_rule", with(object({{"number", g[1]}, {"title", "考勤和请销假制度"}, {"on", "2024-06-24"}}), "\"version\":" + g[2] + ",\"governs\":[\"leave.yaml\"]," + readers)); }},
      {"account <account> confirms to have read rule <number> version <version>", [](Stage& s, const Gaps& g) { reform(s, g[0], "confirm_reading", with(object({{"number", g[1]}}), "\"version\":" + g[2])); }},
      {"account <account> has rule <number> to confirm <yes>", [](Stage& s, const Gaps& g) {
         const auto body = s.get_as(g[0], "/api/reform/house_rules");
         expect("whether it is to confirm", json_at(body, entry(body, "rules", "what/number", g[1]) + "yours_to_confirm"), g[2]); }},
  };
}

}  // namespace

std::vector<Step> people_steps() {
  std::vector<Step> all;
  for (auto* part : {&staff_steps, &conduct_steps, &reform_steps})
    for (auto& step : (*part)()) all.push_back(std::move(step));
  return all;
}

}  // namespace yi::story
