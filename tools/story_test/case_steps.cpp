// Steps of a case's life beyond the window's daily ones: correction, special procedures, extension, forwarding, commitments,
// supervision, reversal. Whoever acts is named before the step: "by handler.wu, A is granted".
#include "base/json.h"
#include "steps.h"

namespace yi::story {
namespace {

std::string quoted(const std::string& text) {
  std::string s;
  json::append_string(s, text);
  return s;
}
// Values are JSON.
std::string json_object(const Pairs& pairs) {
  std::string s = "{";
  for (const auto& [name, value] : pairs) s += (s.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":" + value;
  return s + "}";
}
std::string list(const Gaps& words, std::size_t from = 0) {
  std::string s;
  for (std::size_t i = from; i < words.size(); ++i) s += (s.empty() ? "" : ",") + quoted(words[i]);
  return "[" + s + "]";
}

// A command about a case, with texts.
void act(Stage& s, const char* command, const std::string& name, const Pairs& texts = {}) {
  Pairs all{{"case_id", quoted(s.id_of(name))}};
  for (const auto& [key, text] : texts) all.push_back({key, quoted(text)});
  s.command(std::string("casework/") + command, json_object(all));
}
// The same with values that are JSON.
void act_with(Stage& s, const char* command, const std::string& name, Pairs values) {
  values.insert(values.begin(), {"case_id", quoted(s.id_of(name))});
  s.command(std::string("casework/") + command, json_object(values));
}

void open(Stage& s, const char* command, const std::string& matter, const std::string& applicant, const std::string& name, const Gaps& without, Pairs more) {
  more.insert(more.begin(), {{"matter", quoted(s.matter(matter))}, {"applicant_kind", quoted("legal")}, {"applicant", quoted(applicant)},
                             {"materials", s.papers(matter, without)}});
  s.command(std::string("casework/") + command, json_object(more));
  s.open_case(name);
}

void carry_over(Stage& s, const Gaps& g, bool decided) {
  Pairs p{{"matter", quoted(s.matter(g[1]))}, {"window", quoted(g[0])}, {"foreign_number", quoted(g[2])}, {"accepted_on", quoted(g[3])}};
  if (decided) p.push_back({"decided_on", quoted(g[4])});
  s.command("casework/carry_over", json_object(p));
  s.open_case(g.back());
}

// Three words a defect: the paper ("" is the application as a whole), what is wrong, what would be right.
void tell_defects(Stage& s, const std::string& name, const Gaps& g, std::size_t from, const std::string& second_reason) {
  if ((g.size() - from) % 3 != 0) throw Broken("a defect is three texts: paper, what is wrong, what is right");
  std::string defects;
  for (std::size_t i = from; i < g.size(); i += 3)
    defects += (defects.empty() ? "" : ",") + json_object({{"material", quoted(g[i])}, {"wrong", quoted(g[i + 1])}, {"right", quoted(g[i + 2])}});
  Pairs p{{"defects", "[" + defects + "]"}};
  if (!second_reason.empty()) p.push_back({"second_reason", quoted(second_reason)});
  act_with(s, "request_correction", name, p);
}

void check(Stage& s, const std::string& name, const char* outcome, const std::string& reason) {
  act_with(s, "check_commitment", name, {{"outcome", outcome}, {"reason", quoted(reason)}});
}

void extend(Stage& s, const Gaps& g, const char* command) {
  act_with(s, command, g[0], {{"days", g[1]}, {"reason", quoted(g[2])}, {"approver", quoted("某负责人")}});
}

void expect_day(Stage& s, const std::string& name, const char* field, const std::string& wanted) {
  const auto seen = json_at(s.case_json(name), field);
  if (seen != wanted) throw Broken("case " + name + ": " + field + " is " + (seen.empty() ? "not there" : seen));
}

std::vector<Step> opening_steps() {
  return {
      {"window <window> receives <matter> for <applicant> without <paper> as <case>", [](Stage& s, const Gaps& g) {
         open(s, "receive", g[1], g[2], g[4], {g[3]}, {{"window", quoted(g[0])}}); }},
      {"window <window> receives <matter> for <applicant> by mail as <case>", [](Stage& s, const Gaps& g) {
         open(s, "receive", g[1], g[2], g[3], {}, {{"window", quoted(g[0])}, {"source", quoted("mail")}}); }},
      {"window <window> receives <matter> for <applicant> through agent <agent> as <case>", [](Stage& s, const Gaps& g) {
         open(s, "receive", g[1], g[2], g[4], {}, {{"window", quoted(g[0])}, {"agent", json_object({{"name", quoted(g[3])}, {"phone", quoted("13900000002")}})}}); }},
      {"window <window> carries over <matter> numbered <number> accepted <day> as <case>", [](Stage& s, const Gaps& g) { carry_over(s, g, false); }},
      {"window <window> carries over <matter> numbered <number> accepted <day> decided <day> as <case>", [](Stage& s, const Gaps& g) { carry_over(s, g, true); }},
      {"<matter> is applied for online by <applicant> as <case>", [](Stage& s, const Gaps& g) { open(s, "submit", g[0], g[1], g[2], {}, {}); }},
      {"<matter> is applied for online by <applicant> without <paper> as <case>", [](Stage& s, const Gaps& g) { open(s, "submit", g[0], g[1], g[3], {g[2]}, {}); }},
      {"<case> passes the pre-review", [](Stage& s, const Gaps& g) { act(s, "pre_accept", g[0]); }},
      {"window <window> takes in <case>", [](Stage& s, const Gaps& g) { act(s, "take_in", g[1], {{"window", g[0]}}); }},
      {"<case> needs correcting <defect…>", [](Stage& s, const Gaps& g) { tell_defects(s, g[0], g, 1, ""); }},
      {"<case> needs a second correction because <reason> <defect…>", [](Stage& s, const Gaps& g) { tell_defects(s, g[0], g, 2, g[1]); }},
      {"<case> gets deferred papers <paper…>", [](Stage& s, const Gaps& g) {
         act_with(s, "supply_materials", g[0], {{"materials", list(g, 1)}, {"deferred", "true"}}); }},
      {"window <window> hands <case> to department because <reason>", [](Stage& s, const Gaps& g) {
         act(s, "transfer", g[1], {{"window", g[0]}, {"to", "department"}, {"signed_by", "承办人甲"}, {"reason", g[2]}}); }},
      {"<case> gets papers <paper…>", [](Stage& s, const Gaps& g) { act_with(s, "supply_materials", g[0], {{"materials", list(g, 1)}}); }},
      {"<case> is closed uncorrected because <reason>", [](Stage& s, const Gaps& g) { act(s, "close_uncorrected", g[0], {{"reason", g[1]}}); }},
      {"window <window> accepts <case> deferring <paper> until <day>", [](Stage& s, const Gaps& g) {
         act_with(s, "accept", g[1], {{"window", quoted(g[0])}, {"deferred", "[" + json_object({{"material", quoted(g[2])}, {"by", quoted(g[3])}}) + "]"}}); }},
      {"window <window> accepts <case> with a commitment for <paper…>", [](Stage& s, const Gaps& g) {
         act_with(s, "accept", g[1], {{"window", quoted(g[0])}, {"commitments", list(g, 2)}}); }},
      {"window <window> turns <case> down as not competent <authority> is because <reason>", [](Stage& s, const Gaps& g) {
         act(s, "refuse_acceptance", g[1], {{"window", g[0]}, {"because", "not_competent"}, {"competent_authority", g[2]}, {"reason", g[3]}, {"legal_basis", "示例条例第二条"}}); }},
  };
}

std::vector<Step> review_steps() {
  return {
      {"<case> finishes its step", [](Stage& s, const Gaps& g) { act(s, "finish_step", g[0]); }},
      {"<case> is inspected <finding> by <official…>", [](Stage& s, const Gaps& g) {
         act_with(s, "inspect_site", g[0], {{"reason", quoted(g[1])}, {"people", list(g, 2)}}); }},
      {"third parties of <case> are told <what>", [](Stage& s, const Gaps& g) { act_with(s, "inform_third_party", g[0], {{"reason", quoted(g[1])}, {"people", "[" + quoted("相邻某单位") + "]"}}); }},
      {"<case> is suspended for <kind> until <day> because <reason>", [](Stage& s, const Gaps& g) {
         act(s, "suspend", g[0], {{"kind", g[1]}, {"planned_end", g[2]}, {"reason", g[3]}, {"approver", "某负责人"}}); }},
      {"<case> resumes with <result>", [](Stage& s, const Gaps& g) { act(s, "resume", g[0], {{"result", g[1]}}); }},
      {"<case> is extended by <days> days because <reason>", [](Stage& s, const Gaps& g) { extend(s, g, "extend"); }},
      {"<case> is jointly extended by <days> days because <reason>", [](Stage& s, const Gaps& g) { extend(s, g, "extend_joint"); }},
      {"<case> is forwarded to <authority> with <opinion>", [](Stage& s, const Gaps& g) { act(s, "forward", g[0], {{"authority", g[1]}, {"reason", g[2]}}); }},
      {"<case> is forwarded as another's to <authority> with <opinion>", [](Stage& s, const Gaps& g) { act(s, "forward", g[0], {{"code", "other_authority"}, {"authority", g[1]}, {"reason", g[2]}}); }},
      {"<case> comes back with <result>", [](Stage& s, const Gaps& g) { act(s, "take_back", g[0], {{"reason", g[1]}}); }},
      {"<case> is closed as forwarded", [](Stage& s, const Gaps& g) { act(s, "close_forwarded", g[0]); }},
      {"<case> is terminated as <code> because <reason>", [](Stage& s, const Gaps& g) { act(s, "terminate", g[0], {{"code", g[1]}, {"reason", g[2]}, {"legal_basis", "示例办法第三条"}}); }},
      {"<case> is terminated without a basis because <reason>", [](Stage& s, const Gaps& g) { act(s, "terminate", g[0], {{"code", "other"}, {"reason", g[1]}}); }},
      {"<case> is withdrawn because <reason>", [](Stage& s, const Gaps& g) { act(s, "withdraw", g[0], {{"reason", g[1]}}); }},
      {"the commitment of <case> holds <finding>", [](Stage& s, const Gaps& g) { check(s, g[0], "true", g[1]); }},
      {"the commitment of <case> is broken <finding>", [](Stage& s, const Gaps& g) { check(s, g[0], "false", g[1]); }},
      {"<case> gets its certificate", [](Stage& s, const Gaps& g) { act(s, "make_certificate", g[0]); }},
      {"<case> is closed without a paper", [](Stage& s, const Gaps& g) { act(s, "close", g[0]); }},
      {"window <window> issues <case> by <delivery>", [](Stage& s, const Gaps& g) {
         act(s, "issue", g[1], {{"window", g[0]}, {"delivery", g[2]}, {"received_by", "申请人"}, {"tracking_number", "示例单号0001"}}); }},
      {"the last act on <case> is reversed because <reason>", [](Stage& s, const Gaps& g) { act(s, "reverse", g[0], {{"reason", g[1]}}); }},
      {"the delay of <case> is explained by <reason>", [](Stage& s, const Gaps& g) { act(s, "explain_overdue", g[0], {{"reason", g[1]}}); }},
      {"<case> is put under supervision because <reason>", [](Stage& s, const Gaps& g) { act(s, "order_supervision", g[0], {{"reason", g[1]}}); }},
      {"the supervision of <case> is answered with <answer>", [](Stage& s, const Gaps& g) { act(s, "answer_supervision", g[0], {{"reason", g[1]}}); }},
      {"the supervision of <case> is over", [](Stage& s, const Gaps& g) { act(s, "close_supervision", g[0]); }},
      {"<case> is evaluated with <level>", [](Stage& s, const Gaps& g) { act_with(s, "evaluate", g[0], {{"level", g[1]}, {"channel", quoted("window")}}); }},
  };
}

std::vector<Step> expectation_steps() {
  return {
      {"centre with its staff", [](Stage& s, const Gaps&) { s.staff(); }},
      {"the catalogue keeps <matter> offline because <reason>", [](Stage& s, const Gaps& g) { s.keep_offline(g[0], g[1]); }},
      {"the catalogue limits <matter> to <count>", [](Stage& s, const Gaps& g) { s.limit_matter(g[0], g[1]); }},
      {"the holiday notice of <year> is not out yet", [](Stage& s, const Gaps& g) { s.withhold_notice(g[0]); }},
      {"the holiday notice of <year> comes out", [](Stage& s, const Gaps& g) { s.publish_notice(g[0]); }},
      {"case <case> has provisional days", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "provisional", "true"); }},
      {"case <case> has no provisional days", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "provisional", ""); }},
      {"the clock moves to <instant>", [](Stage& s, const Gaps& g) { s.move_clock(g[0]); }},
      {"account <account> works as <role> of <department>", [](Stage& s, const Gaps& g) { s.open_account(g[0], g[1], s.department(g[2])); }},
      {"case <case> was received on <day>", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "received_on", g[1]); }},
      {"case <case> was accepted on <day>", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "accepted_on", g[1]); }},
      {"case <case> is to be answered by <day>", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "notice_due", g[1]); }},
      {"case <case> is to be corrected by <day>", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "correction_due", g[1]); }},
      {"case <case> is to resume by <day>", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "resumes_by", g[1]); }},
      {"case <case> has its step due on <day>", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "step_due", g[1]); }},
      {"case <case> has no limit by law", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "statutory_due", ""); }},
      {"case <case> has no day of delivery", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "delivery_due", ""); }},
      {"case <case> ended as <closing>", [](Stage& s, const Gaps& g) { expect_day(s, g[0], "closing", g[1]); }},
  };
}

}  // namespace

std::vector<Step> case_steps() {
  std::vector<Step> all;
  for (auto* part : {&opening_steps, &review_steps, &expectation_steps})
    for (auto& step : (*part)()) all.push_back(std::move(step));
  return all;
}

}  // namespace yi::story
