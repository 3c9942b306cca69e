// Steps about the bulletin desk: an issue from its opening to its corrections, and that everybody gets what was issued.
#include "base/clock.h"
#include "base/json.h"
#include "steps.h"

namespace yi::story {
namespace {

const std::string kDesk = "/api/bulletin/desk/issues/";

void act(Stage& s, const std::string& account, const char* command, const std::string& body) { s.command_as(account, std::string("bulletin/") + command, body); }

std::string with(std::string body, const std::string& more) {
  body.insert(body.size() - 1, "," + more);
  return body;
}

// The keys of everything that a checking door has said, as a JSON list.
std::string keys_of(const std::string& checked) {
  std::string out;
  for (int i = 0; i < 200; ++i) {
    const auto key = json_at(checked, "warnings/" + std::to_string(i) + "/key");
    if (key.empty()) break;
    out += (out.empty() ? "\"" : ",\"") + key + "\"";
  }
  return "[" + out + "]";
}
std::string digest_of(Stage& s, const std::string& account, const std::string& week) { return json_at(s.get_as(account, kDesk + week), "issue/digest"); }

void take_all(Stage& s, const Gaps& g) {
  const auto board = s.get_as(g[0], kDesk + g[1]);
  for (int i = 0; i < 50; ++i) {
    const auto at = "items/" + std::to_string(i) + "/";
    if (json_at(board, at + "stage") == "submitted") act(s, g[0], "take_item", with(object({{"item", json_at(board, at + "item")}}), "\"version\":" + json_at(board, at + "version")));
  }
}
void set_imprint(Stage& s, const Gaps& g) {
  act(s, g[0], "set_imprint", with(object({{"week", g[1]}, {"issued_on", g[2]}, {"issuer", "某某政务服务中心"}}), R"("copies":)" + g[3] + R"(,"report_to":["某某办公室"],"send_to":[],"distribute_to":[],"layout_hints":[])"));
}
// What the desk says of a text before it is sent; of the whole issue before it is presented.
std::string warnings_of_text(Stage& s, const std::string& account, const std::string& text, const std::string& week) {
  return s.ask_as(account, "POST", "/api/bulletin/desk/check_text", "application/json", object({{"text", text}, {"week", week}})).body;
}
std::string warnings_of_issue(Stage& s, const std::string& account, const std::string& week) {
  return s.ask_as(account, "POST", kDesk + week + "/check", "application/json", R"({"draft":{"news_typed":false,"news":[],"sections":[]},"internal":true,"word_lines":false})").body;
}
void present(Stage& s, const Gaps& g) {
  s.command_as(g[0], "bulletin/desk/issues/" + g[1] + "/present", "{\"acknowledged\":" + keys_of(warnings_of_issue(s, g[0], g[1])) + "}");
}
void correct(Stage& s, const std::string& account, const std::string& was, const std::string& now, const std::string& week, bool internal) {
  auto body = object({{"week", week}, {"reason", "登记有误"}});
  act(s, account, "draft_correction", with(body, std::string("\"internal\":") + (internal ? "true" : "false") + ",\"entries\":[" + object({{"was", was}, {"now", now}}) + "]"));
}
void issue_correction(Stage& s, const Gaps& g) {
  const auto board = s.get_as(g[0], kDesk + g[2]);
  act(s, g[0], "issue_correction", with(object({{"week", g[2]}, {"sm3", json_at(board, "corrections/" + std::to_string(std::stoi(g[1]) - 1) + "/sm3")}}), "\"correction\":" + g[1]));
}

// The server's text of an edition, without a session where it is public.
std::string page_text(Stage& s, const std::string& edition, const std::string& week) {
  const auto r = s.server().get("/bulletin/" + week + "/text?edition=" + edition, edition == "internal");
  if (r.status != 200) throw Broken("no text: " + std::to_string(r.status) + " " + r.body.substr(0, 300));
  return r.body;
}
void keep(Stage& s, const Gaps& g) {
  for (const char* edition : {"internal", "public"}) s.kept[std::string(edition) + g[0]] = page_text(s, edition, g[0]);
}
void expect_kept(Stage& s, const Gaps& g) {
  for (const char* edition : {"internal", "public"}) {
    const auto& then = s.kept[std::string(edition) + g[0]];
    if (then.empty()) throw Broken("nothing was kept of this week");
    if (page_text(s, edition, g[0]) != then) throw Broken(std::string("the page's ") + edition + " text is another one");
    if (s.paper(edition, "text", g[0]) != then) throw Broken(std::string("the command line's ") + edition + " text is another one");
  }
}
void expect_number(Stage& s, const Gaps& g) {
  const auto list = s.get_as("", "/api/bulletin/issued");
  for (int i = 0; i < 50; ++i) {
    const auto at = "issues/" + std::to_string(i) + "/";
    if (json_at(list, at + "week") != g[0]) continue;
    if (json_at(list, at + "number_words") != g[1]) throw Broken("its number is " + json_at(list, at + "number_words"));
    return;
  }
  throw Broken("it is not issued: " + list);
}
void expect_closed(Stage& s, const Gaps& g) {
  const auto r = s.server().get("/bulletin/" + g[0], false);
  if (r.status != 404) throw Broken("the public was answered " + std::to_string(r.status));
}
// Of a correction, as a stranger reads it.
void expect_correction(Stage& s, const Gaps& g) {
  const auto r = s.server().get("/bulletin/" + g[1] + "/corrections/" + g[0], false);
  if (r.status != 200 || without_space(r.body).find(without_space(g[2])) == std::string::npos) throw Broken("it was answered " + std::to_string(r.status) + " " + r.body.substr(0, 2'000));
}

void expect_warning(const std::string& checked, const std::string& code, const std::string& words) {
  for (int i = 0; i < 50; ++i) {
    const auto at = "warnings/" + std::to_string(i) + "/";
    if (json_at(checked, at + "code").empty()) break;
    if (json_at(checked, at + "code") == code && json_at(checked, at + "sentence").find(words) != std::string::npos) return;
  }
  throw Broken("there is no such warning: " + checked);
}
void send_warned(Stage& s, const Gaps& g) {
  act(s, g[0], "submit_item", with(object({{"week", g[2]}, {"text", g[1]}}), "\"acknowledged\":" + keys_of(warnings_of_text(s, g[0], g[1], g[2]))));
}
// Letters leave in the background.
void expect_mailed(Stage& s, const Gaps& g) {
  std::string board;
  for (const auto until = monotonic_ns() + 20'000'000'000; monotonic_ns() < until;) {
    board = s.get_as(g[0], kDesk + g[2]);
    for (int i = 0; i < 50; ++i) {
      const auto at = "receivers/" + std::to_string(i) + "/";
      if (json_at(board, at + "name") == g[1] && json_at(board, at + "stage") == g[3]) return;
    }
  }
  throw Broken("it did not become so: " + board);
}
void expect_letter(Stage& s, const Gaps& g) {
  const auto letter = s.letter(std::stoi(g[0]));
  for (const auto& part : {"To: <" + g[1] + ">", std::string("application/pdf")})
    if (letter.find(part) == std::string::npos) throw Broken("the letter is without " + part + ": " + letter.substr(0, 1'500));
}

}  // namespace

std::vector<Step> bulletin_steps() {
  return {
      {"account <account> begins the issue of <week> to <day>", [](Stage& s, const Gaps& g) { act(s, g[0], "open_issue", object({{"from", g[1]}, {"to", g[2]}})); }},
      {"account <account> sends <text> for <week>", [](Stage& s, const Gaps& g) { act(s, g[0], "submit_item", object({{"week", g[2]}, {"text", g[1]}})); }},
      {"account <account> takes every item of <week>", take_all},
      {"account <account> enters <text> as news of <week>", [](Stage& s, const Gaps& g) { act(s, g[0], "enter_news", with(object({{"week", g[2]}, {"text", g[1]}}), "\"rank\":1")); }},
      {"account <account> dates the issue of <week> with <day> and prints <count>", set_imprint},
      {"account <account> records that <name> was ill from <day> to <day>", [](Stage& s, const Gaps& g) {
         const auto days = std::to_string(*parse_day(g[3]) - *parse_day(g[2]) + 1);
         s.command_as(g[0], "staff/record_leave", with(object({{"department", "wjw"}, {"name", g[1]}, {"kind", "sick"}, {"from", g[2]}, {"to", g[3]}, {"count_mode", "calendar"}}), "\"days\":" + days + ",\"rank\":1")); }},
      {"account <account> sends <text> for <week> having seen its warnings", send_warned},
      {"account <account> is warned of <code> in <text> for <week>", [](Stage& s, const Gaps& g) { expect_warning(warnings_of_text(s, g[0], g[2], g[3]), g[1], ""); }},
      {"account <account> gets no warning of <text> for <week>", [](Stage& s, const Gaps& g) {
         const auto checked = warnings_of_text(s, g[0], g[1], g[2]);
         if (json_at(checked, "warnings") != "[0]") throw Broken("it was answered " + checked); }},
      {"account <account> is warned of <code> about <week> saying <words>", [](Stage& s, const Gaps& g) { expect_warning(warnings_of_issue(s, g[0], g[2]), g[1], g[3]); }},
      {"the centre has a mail server", [](Stage& s, const Gaps&) { s.open_post(); }},
      {"account <account> sees the mail to <name> of <week> end as <stage>", expect_mailed},
      {"letter <number> is for <address> and encloses a PDF", expect_letter},
      {"account <account> presents <week>", present},
      {"account <account> calls <week> back", [](Stage& s, const Gaps& g) { act(s, g[0], "recall_issue", object({{"week", g[1]}})); }},
      {"account <account> reviews <week>", [](Stage& s, const Gaps& g) { act(s, g[0], "pass_review", object({{"week", g[1]}, {"digest", digest_of(s, g[0], g[1])}})); }},
      {"account <account> reviews another text of <week>", [](Stage& s, const Gaps& g) { act(s, g[0], "pass_review", object({{"week", g[1]}, {"digest", std::string(64, '0')}})); }},
      {"account <account> signs <week>", [](Stage& s, const Gaps& g) { act(s, g[0], "issue", object({{"week", g[1]}, {"digest", digest_of(s, g[0], g[1])}})); }},
      {"account <account> sends back <week> because <reason>", [](Stage& s, const Gaps& g) { act(s, g[0], "send_back_at_issue", object({{"week", g[1]}, {"reason", g[2]}})); }},
      {"account <account> corrects <was> to <now> in <week>", [](Stage& s, const Gaps& g) { correct(s, g[0], g[1], g[2], g[3], false); }},
      {"account <account> corrects <was> to <now> in the internal edition of <week>", [](Stage& s, const Gaps& g) { correct(s, g[0], g[1], g[2], g[3], true); }},
      {"account <account> issues correction <number> of <week>", issue_correction},
      {"the papers of <week> are kept", keep},
      {"the papers of <week> are as they were kept", expect_kept},
      {"the issue of <week> is numbered <number>", expect_number},
      {"the public has no issue of <week>", expect_closed},
      {"correction <number> of <week> says <text>", expect_correction},
  };
}

}  // namespace yi::story
