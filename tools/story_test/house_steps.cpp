// Steps about the staff as themselves: each account signs in through the program's own doors, and the rules of the house
// (首问负责、否定报备、一次一评) are played by accounts that have their roles alone.
#include "base/json.h"
#include "steps.h"

namespace yi::story {
namespace {

void give_as(Stage& s, const std::string& account, const char* command, const std::string& body) { s.command_as(account, std::string("casework/") + command, body); }

// The values of one field of a list, in the list's order, against the wanted ones.
void expect_list(const std::string& body, const std::string& list, const std::string& field, const Gaps& wanted) {
  const auto size = json_at(body, list);
  if (size != "[" + std::to_string(wanted.size()) + "]") throw Broken(list + " are " + size + ": " + body);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto seen = json_at(body, list + "/" + std::to_string(i) + "/" + field);
    if (seen != wanted[i]) throw Broken(list + " number " + std::to_string(i) + " is " + seen);
  }
}

void settle(Stage& s, const std::string& account, const char* command, Pairs more) {
  const auto open = s.get_as(account, "/api/casework/negatives");
  more.insert(more.begin(), {"negative_id", json_at(open, "negatives/0/negative_id")});
  give_as(s, account, command, object(more));
}

// The page behind the QR code of an acceptance notice, as a stranger who holds the paper; then the file that it offers, checked
// offline. `words` stand on the page; with no key, or another case's, there is no page.
void expect_receipt(Stage& s, const Gaps& g) {
  const auto number = json_at(s.case_json(g[0]), "number");
  const auto found = s.server().get("/api/casework/receipt_link?number=" + number);
  const auto path = json_at(found.body, "path");
  if (path.empty()) throw Broken("there is no link: " + found.body);
  const auto page = s.server().get(path, false);
  if (page.status != 200) throw Broken("the page was answered " + std::to_string(page.status));
  for (std::size_t i = 1; i < g.size(); ++i)
    if (without_space(page.body).find(without_space(g[i])) == std::string::npos) throw Broken("the page does not say " + g[i] + ": " + page.body);
  if (s.server().get(path + "&elder=1", false).body.find("24px") == std::string::npos) throw Broken("there is no larger type");
  const auto mark = path.find('?');
  auto other = path;
  other.back() = other.back() == '0' ? '1' : '0';
  for (const auto& closed : {path.substr(0, mark), other})
    if (s.server().get(closed, false).status != 404) throw Broken("without its key the page opened: " + closed);
  const auto file = s.data() + "-receipt.json";
  write_file(file, s.server().get(path.substr(0, mark) + "/file" + path.substr(mark), false).body);
  s.run_quietly({"verify-receipt", file, "--key", s.data() + "/sm2.pub"}, "casework.accepted/1");
}

// Before the acceptance the papers' code leads to the state alone, and there is no file that proves anything.
void expect_no_receipt(Stage& s, const Gaps& g) {
  const auto link = s.server().get("/api/casework/receipt_link?number=" + json_at(s.case_json(g[0]), "number"));
  if (link.status != 200) throw Broken("no address: " + link.body);
  const auto path = json_at(link.body, "path");
  const auto page = s.server().get(path);
  if (page.status != 200 || page.body.find("办理状态") == page.body.npos || page.body.find("账本中的证明") != page.body.npos) throw Broken("the page is " + page.body);
  const auto question = path.find('?');
  const auto file = s.server().get(path.substr(0, question) + "/file" + path.substr(question));
  if (file.status != 404 || json_at(file.body, "code") != "casework.no_receipt") throw Broken("it was answered " + file.body);
}

}  // namespace

std::vector<Step> house_steps() {
  return {
      {"account <account> works as <role>", [](Stage& s, const Gaps& g) { s.open_account(g[0], g[1]); }},
      {"account <account> is asked <question> by <visitor>", [](Stage& s, const Gaps& g) {
         auto body = object({{"channel", "window"}, {"question", g[1]}});
         body.insert(body.size() - 1, ",\"visitor\":" + object({{"name", g[2]}, {"phone", "13900000001"}}));
         give_as(s, g[0], "ask_first", body); }},
      {"account <account> answers question <number> with <answer>", [](Stage& s, const Gaps& g) { give_as(s, g[0], "answer_question", object({{"question_id", g[1]}, {"answer", g[2]}})); }},
      {"account <account> leads question <number> to <place>", [](Stage& s, const Gaps& g) { give_as(s, g[0], "lead_question", object({{"question_id", g[1]}, {"to", g[2]}})); }},
      {"account <account> hands question <number> to <account> because <reason>", [](Stage& s, const Gaps& g) {
         give_as(s, g[0], "hand_over_question", object({{"question_id", g[1]}, {"to", g[2]}, {"reason", g[3]}})); }},
      {"account <account> takes over question <number>", [](Stage& s, const Gaps& g) { give_as(s, g[0], "take_over_question", object({{"question_id", g[1]}})); }},
      {"account <account> says no for <department> because <reason>", [](Stage& s, const Gaps& g) {
         give_as(s, g[0], "say_no", object({{"department", s.department(g[1])}, {"reason", g[2]}})); }},
      {"account <account> acknowledges the latest no", [](Stage& s, const Gaps& g) { settle(s, g[0], "acknowledge_no", {}); }},
      {"account <account> corrects the latest no by <measure>", [](Stage& s, const Gaps& g) { settle(s, g[0], "correct_no", {{"measure", g[1]}}); }},
      {"account <account> enters paper <paper> at <window> with <level>", [](Stage& s, const Gaps& g) {
         auto body = object({{"window", g[2]}, {"paper", g[1]}});
         body.insert(body.size() - 1, ",\"level\":" + g[3]);
         give_as(s, g[0], "enter_paper_evaluation", body); }},
      {"account <account> has no questions", [](Stage& s, const Gaps& g) { expect_list(s.get_as(g[0], "/api/casework/questions/mine"), "questions", "question_id", {}); }},
      {"account <account> has questions <number…>", [](Stage& s, const Gaps& g) {
         expect_list(s.get_as(g[0], "/api/casework/questions/mine"), "questions", "question_id", {g.begin() + 1, g.end()}); }},
      {"account <account> sees that <account> has questions <number…>", [](Stage& s, const Gaps& g) {
         expect_list(s.get_as(g[0], "/api/casework/questions?owner=" + g[1]), "questions", "question_id", {g.begin() + 2, g.end()}); }},
      {"account <account> sees no open negatives", [](Stage& s, const Gaps& g) { expect_list(s.get_as(g[0], "/api/casework/negatives"), "negatives", "kind", {}); }},
      {"account <account> sees negatives <kind…>", [](Stage& s, const Gaps& g) { expect_list(s.get_as(g[0], "/api/casework/negatives"), "negatives", "kind", {g.begin() + 1, g.end()}); }},
      {"receipt of <case> proves itself and says <text…>", expect_receipt},
      {"there is no receipt of <case>", expect_no_receipt},
      {"the public reads <count> overdue explanations", [](Stage& s, const Gaps& g) {
         const auto seen = json_at(s.get_as("", "/api/public/overdue"), "explanations");
         if (seen != "[" + g[0] + "]") throw Broken("the public reads " + seen); }},
  };
}

}  // namespace yi::story
