#include "steps.h"

#include <algorithm>
#include <filesystem>

#include "base/json.h"

namespace yi::story {

std::string object(const Pairs& pairs) {
  std::string s = "{";
  for (const auto& [name, value] : pairs) {
    if (s.size() > 1) s += ',';
    json::append_string(s, name);
    s += ':';
    json::append_string(s, value);
  }
  return s + "}";
}

namespace {

void receive(Stage& s, const Gaps& g, const char* kind, const std::string& id, const std::string& name) {
  Pairs p{{"matter", s.matter(g[1])}, {"window", g[0]}, {"applicant_kind", kind}, {"applicant", g[2]}};
  if (!id.empty()) p.push_back({"applicant_id", id});
  auto body = object(p);
  body.insert(body.size() - 1, ",\"materials\":" + s.papers(g[1]));
  s.command("casework/receive", body);
  if (!name.empty()) s.open_case(name);
}

std::string acts_of(Stage& s, const std::string& name) {
  const auto json = s.case_json(name);
  const auto from = json.find("\"allowed_acts\":[");
  if (from == json.npos) throw Broken("case " + name + ": no allowed_acts");
  return json.substr(from, json.find(']', from) - from);
}
// Each act named is offered, or none of them is.
void expect_acts(Stage& s, const Gaps& g, bool offered) {
  const auto acts = acts_of(s, g[0]);
  for (std::size_t i = 1; i < g.size(); ++i)
    if ((acts.find('"' + g[i] + '"') != acts.npos) != offered) throw Broken("case " + g[0] + ": " + acts);
}
// Nothing leads on: what may still be said of a case that is over (evaluation, an overdue explanation, an error of today) moves it nowhere.
void expect_over(Stage& s, const std::string& name) {
  expect_acts(s, {name, "accept", "transfer", "decide_grant", "decide_refuse", "issue", "withdraw", "terminate", "close", "suspend"}, false);
}

void transfer(Stage& s, const std::string& window, const std::string& name, const char* to) {
  s.command("casework/transfer", object({{"case_id", s.id_of(name)}, {"window", window}, {"to", to}, {"signed_by", "物料员甲"}}));
}

void result(Stage& s, const Gaps& g) {
  auto body = object({{"matter", s.matter(g[1])}, {"window", g[0]}, {"foreign_number", g[2]}, {"decided_on", g[3]}, {"signed_by", "出件员甲"}});
  body.insert(body.size() - 1, R"(,"handed_over":["结果一份"])");
  s.command("casework/receive_result", body);
  s.open_case(g[4]);
}

void expect_case(Stage& s, const std::string& name, const char* field, const std::string& wanted) {
  const auto seen = json_at(s.case_json(name), field);
  if (seen != wanted) throw Broken("case " + name + ": " + field + " is " + (seen.empty() ? "not there" : seen));
}

std::string joined(const std::vector<std::string>& words) {
  std::string s;
  for (const auto& w : words) s += (s.empty() ? "" : " ") + w;
  return s;
}

void expect_queue(Stage& s, const std::string& stage, const Gaps& wanted) {
  const auto seen = s.queue(stage);
  auto a = seen, b = wanted;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  if (a != b) throw Broken("the queue is: " + joined(seen));
}

// "咨询 2230 受理 700" against the sentence of the week or of the year in the week's paper.
void expect_figures(Stage& s, const Gaps& g, const char* sentence) {
  const auto text = s.paper("internal", "text", g[0]);
  const auto from = text.find(sentence);
  if (from == text.npos) throw Broken("the paper has no figures");
  const auto part = text.substr(from, text.find("。", from) - from);
  for (std::size_t i = 1; i + 1 < g.size(); i += 2) {
    const auto at = part.find(g[i] + g[i + 1]);
    const auto after = at + g[i].size() + g[i + 1].size();
    if (at == part.npos || (after < part.size() && part[after] >= '0' && part[after] <= '9')) throw Broken("the paper says: " + part);
  }
  if (g.size() % 2 == 0) throw Broken("a figure has no number");
}

// The bulletin page and JSON of the server, and the four papers: `says` looks at text without white space.
void expect_words(const std::string& paper, const Gaps& g, std::size_t first, bool there) {
  const auto seen = without_space(paper);
  if (seen.size() < 20) throw Broken("the paper is empty");
  for (std::size_t i = first; i < g.size(); ++i)
    if ((seen.find(without_space(g[i])) != seen.npos) != there) throw Broken((there ? "it does not say: " : "it says: ") + g[i]);
}

void expect_equal(Stage& s, const Gaps& g) {
  const auto made = s.paper(g[0], "text", g[1]), wanted = read_file(YI_SOURCE_DIR "/testdata/weeks/" + g[2]);
  if (made == wanted && !wanted.empty()) return;
  std::size_t i = 0;
  while (i < made.size() && i < wanted.size() && made[i] == wanted[i]) ++i;
  throw Broken("they differ at byte " + std::to_string(i) + ": " + made.substr(i, 120));
}

void expect_refusal(Stage& s, const Gaps& g) {
  if (!s.last) throw Broken("nothing was asked just before");
  const auto& r = *s.last;
  if (r.code != g[0]) throw Broken("it was answered " + std::to_string(r.status) + " " + r.code + " " + r.detail);
  if (r.detail.empty()) throw Broken("the refusal has no sentence");
  // Whoever lacks the right is told so in HTTP's own words as well.
  for (const char* right : {"identity.not_allowed", "casework.not_your_act", "casework.not_your_department", "casework.not_your_case"})
    if (r.code == right && r.status != 403) throw Broken(r.code + " was answered " + std::to_string(r.status));
}

void expect_repetition(Stage& s, const Gaps&) {
  s.again();
  if (!s.last->good() || !s.last->repeated) throw Broken("it was not recognised as the same command: " + s.last->body);
}

void expect_health(Stage& s, const char* field, const std::string& wanted) {
  const auto seen = json_at(s.server().get("/api/health", false).body, field);
  if (seen != wanted) throw Broken(std::string(field) + " is " + seen);
}

void expect_clock(Stage& s, const Gaps& g) {
  const auto now = json_at(s.server().get("/api/health", false).body, "now");
  // Both are written with the same offset, so the order of the texts is the order of the instants.
  if (now.substr(0, g[0].size()) < g[0] || now.substr(0, 10) != g[0].substr(0, 10)) throw Broken("the clock says " + now);
}

void expect_closed(Stage& s, const std::string& path) {
  const auto r = s.server().get(path, false);
  if (r.status != 401) throw Broken("anonymous was answered " + std::to_string(r.status));
}

void expect_unread(Stage& s, const Gaps& g) {
  const auto all = s.walk_as_a_stranger();
  if (all.size() < 20) throw Broken("a stranger found only " + std::to_string(all.size()) + " pages");
  for (const auto& [path, text] : all)
    for (const auto& words : g)
      if (text.find(without_space(words)) != text.npos) throw Broken(path + " says: " + words);
}

std::vector<Step> make_steps() {
  return {
      // The centre and the program.
      {"centre empty", [](Stage&, const Gaps&) {}},
      {"centre replays <week>", [](Stage& s, const Gaps& g) { s.replay({g[0]}); }},
      {"centre replays <week> then <week>", [](Stage& s, const Gaps& g) { s.replay({g[0], g[1]}); }},
      {"centre opens for demonstration", [](Stage& s, const Gaps&) { s.replay({"week-2024-06-17.yaml"}, YI_SOURCE_DIR "/data/demonstration/hall.yaml"); }},
      {"serve", [](Stage& s, const Gaps&) { s.serve(); }},
      {"stop", [](Stage& s, const Gaps&) { s.stop(); }},
      {"restart", [](Stage& s, const Gaps&) { s.restart(); }},
      {"crash", [](Stage& s, const Gaps&) { s.crash(); }},
      // Acts.
      {"window <window> answers a question for <department>", [](Stage& s, const Gaps& g) {
         s.command("casework/consult", object({{"department", s.department(g[1])}, {"window", g[0]}, {"channel", "window"}})); }},
      {"window <window> receives <matter> for <applicant> as <case>", [](Stage& s, const Gaps& g) { receive(s, g, "legal", "", g[3]); }},
      {"window <window> receives <matter> for <applicant> with <code> as <case>", [](Stage& s, const Gaps& g) { receive(s, g, "legal", g[3], g[4]); }},
      {"window <window> receives <matter> for person <applicant> as <case>", [](Stage& s, const Gaps& g) { receive(s, g, "natural", "", g[3]); }},
      {"window <window> receives <matter> for person <applicant> with <number> as <case>", [](Stage& s, const Gaps& g) { receive(s, g, "natural", g[3], g[4]); }},
      {"window <window> accepts <case>", [](Stage& s, const Gaps& g) { s.command("casework/accept", object({{"case_id", s.id_of(g[1])}, {"window", g[0]}})); }},
      {"window <window> turns <case> down because <reason>", [](Stage& s, const Gaps& g) {
         s.command("casework/refuse_acceptance", object({{"case_id", s.id_of(g[1])}, {"window", g[0]}, {"reason", g[2]}, {"because", "other"}, {"legal_basis", "示例条例第三条"}})); }},
      {"window <window> hands <case> to department", [](Stage& s, const Gaps& g) { transfer(s, g[0], g[1], "department"); }},
      {"window <window> takes <case> back", [](Stage& s, const Gaps& g) { transfer(s, g[0], g[1], "reception_window"); }},
      {"<case> is granted", [](Stage& s, const Gaps& g) { s.command("casework/decide", object({{"case_id", s.id_of(g[0])}, {"decision", "grant"}})); }},
      {"<case> is refused because <reason>", [](Stage& s, const Gaps& g) {
         s.command("casework/decide", object({{"case_id", s.id_of(g[0])}, {"decision", "refuse"}, {"reason", g[1]}, {"legal_basis", "示例条例第九条"}})); }},
      {"<case> is refused without a basis because <reason>", [](Stage& s, const Gaps& g) {
         s.command("casework/decide", object({{"case_id", s.id_of(g[0])}, {"decision", "refuse"}, {"reason", g[1]}})); }},
      {"<case> is granted having heard <what>", [](Stage& s, const Gaps& g) {
         s.command("casework/decide", object({{"case_id", s.id_of(g[0])}, {"decision", "grant"}, {"heard", g[1]}})); }},
      {"<case> is refused without a reason", [](Stage& s, const Gaps& g) { s.command("casework/decide", object({{"case_id", s.id_of(g[0])}, {"decision", "refuse"}})); }},
      {"<case> is handed to issue window <window>", [](Stage& s, const Gaps& g) { transfer(s, g[1], g[0], "issue_window"); }},
      {"window <window> issues <case>", [](Stage& s, const Gaps& g) {
         s.command("casework/issue", object({{"case_id", s.id_of(g[1])}, {"window", g[0]}, {"delivery", "window"}, {"received_by", "申请人"}})); }},
      {"window <window> withdraws <case> because <reason>", [](Stage& s, const Gaps& g) {
         s.command("casework/withdraw", object({{"case_id", s.id_of(g[1])}, {"window", g[0]}, {"reason", g[2]}})); }},
      {"window <window> receives a result for <matter> numbered <number> decided <day> as <case>", result},
      {"the same again changes nothing", expect_repetition},
      {"the same key with another body", [](Stage& s, const Gaps&) { s.other_body(); }},
      {"refused with <code>", expect_refusal},
      // What must be so then.
      {"case <case> is in stage <stage>", [](Stage& s, const Gaps& g) { expect_case(s, g[0], "stage", g[1]); }},
      {"case <case> is held by <holder>", [](Stage& s, const Gaps& g) { expect_case(s, g[0], "holder", g[1]); }},
      {"case <case> is numbered <number>", [](Stage& s, const Gaps& g) { expect_case(s, g[0], "number", g[1]); }},
      {"case <case> is due by law on <day>", [](Stage& s, const Gaps& g) { expect_case(s, g[0], "statutory_due", g[1]); }},
      {"case <case> is promised for <day>", [](Stage& s, const Gaps& g) { expect_case(s, g[0], "promised_due", g[1]); }},
      {"case <case> is to be delivered by <day>", [](Stage& s, const Gaps& g) { expect_case(s, g[0], "delivery_due", g[1]); }},
      {"case <case> has no clock running", [](Stage& s, const Gaps& g) { expect_case(s, g[0], "next_due", ""); }},
      {"case <case> allows nothing", [](Stage& s, const Gaps& g) { expect_over(s, g[0]); }},
      {"case <case> allows <act…>", [](Stage& s, const Gaps& g) { expect_acts(s, g, true); }},
      {"case <case> does not allow <act…>", [](Stage& s, const Gaps& g) { expect_acts(s, g, false); }},
      {"queue <stage> is empty", [](Stage& s, const Gaps& g) { expect_queue(s, g[0], {}); }},
      {"queue <stage> shows <case…>", [](Stage& s, const Gaps& g) { expect_queue(s, g[0], {g.begin() + 1, g.end()}); }},
      {"figures of <week> show <figure…>", [](Stage& s, const Gaps& g) { expect_figures(s, g, "本周，共计"); }},
      {"year of <week> shows <figure…>", [](Stage& s, const Gaps& g) { expect_figures(s, g, "今年以来，累计"); }},
      {"bulletin <edition> text of <week> equals <file>", expect_equal},
      {"bulletin <edition> <format> of <week> never says <text…>", [](Stage& s, const Gaps& g) { expect_words(s.paper(g[0], g[1], g[2]), g, 3, false); }},
      {"bulletin <edition> <format> of <week> says <text…>", [](Stage& s, const Gaps& g) { expect_words(s.paper(g[0], g[1], g[2]), g, 3, true); }},
      {"report <template> <edition> <format> of <period> never says <text…>", [](Stage& s, const Gaps& g) { expect_words(s.report(g[0], g[1], g[2], g[3]), g, 4, false); }},
      {"report <template> <edition> <format> of <period> says <text…>", [](Stage& s, const Gaps& g) { expect_words(s.report(g[0], g[1], g[2], g[3]), g, 4, true); }},
      {"verify says whole", [](Stage& s, const Gaps&) { s.run_quietly({"verify", "--data", s.data()}, "全部相符"); }},
      {"rebuild says same", [](Stage& s, const Gaps&) { s.run_quietly({"rebuild", "--data", s.data()}, "视图已重建并替换"); }},
      {"pages say demonstration", [](Stage& s, const Gaps&) { expect_health(s, "demonstration", "true"); }},
      {"pages do not say demonstration", [](Stage& s, const Gaps&) { expect_health(s, "demonstration", "false"); }},
      {"clock is on the day of <instant> and not before it", expect_clock},
      {"anonymous may not read case <case>", [](Stage& s, const Gaps& g) { expect_closed(s, "/api/casework/cases/" + s.id_of(g[0])); }},
      {"strangers find nowhere <text…>", expect_unread},
      {"anonymous may not read queue <stage>", [](Stage& s, const Gaps& g) { expect_closed(s, "/api/casework/cases?stage=" + g[0]); }},
  };
}

}  // namespace

const std::vector<Step>& steps() {
  static const auto all = [] {
    auto both = make_steps();
    for (auto& step : house_steps()) both.push_back(std::move(step));
    for (auto& step : hall_steps()) both.push_back(std::move(step));
    for (auto& step : people_steps()) both.push_back(std::move(step));
    for (auto& step : file_steps()) both.push_back(std::move(step));
    for (auto& step : bulletin_steps()) both.push_back(std::move(step));
    for (auto& step : case_steps()) both.push_back(std::move(step));
    for (auto& step : row_steps()) both.push_back(std::move(step));
    return both;
  }();
  return all;
}

}  // namespace yi::story
