#pragma once
// What a story is played on: a data directory, the program, and what the story has named so far.
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "program.h"
#include "store/temporary_directory.h"

namespace yi::notice::test {
class TestMailServer;
}

namespace yi::story {

// A step's promise was not kept; the sentence says what was seen.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What a command was answered with.
struct Reply {
  int status = 0;
  std::string code;      // of a refusal
  std::string detail, next_step;
  std::string body;
  bool repeated = false;
  bool good() const { return status == 200 || status == 201 || status == 0; }
};

class Stage {
 public:
  using Gaps = std::vector<std::string>;

  // The centre.
  void replay(const std::vector<std::string>& files, const std::string& hall = {});
  void staff();                                // a quiet centre whose staff has signed in, made once for all stories
  void serve();
  void restart();                              // and nothing that anybody reads of a case is different after it
  void move_clock(const std::string& instant); // of a centre whose clock is pinned; the program starts anew
  // From the next start on. `matter`, limited in number, has `count` of them a period.
  void keep_offline(const std::string& matter, const std::string& reason);
  void limit_matter(const std::string& matter, const std::string& count);
  // The notice of a year's holidays, as the repository's calendar has it: not there from the next start on; or there, and the
  // program started anew with it.
  void withhold_notice(const std::string& year);
  void publish_notice(const std::string& year);
  // From the next start on the centre sends mail, to a server of the story's own.
  void open_post();
  std::string letter(int number) const;        // that it has taken, from 1; "" when there is none
  void stop();
  void crash();

  void act_as(const std::string& account);     // until the next call: who gives the commands; "" is the operator
  // Sends a command; a refusal is kept for the following step.
  void command(const std::string& door, const std::string& body);
  // The same and a question, as an account that the story has opened; "" is a stranger.
  void command_as(const std::string& account, const std::string& door, const std::string& body);
  std::string get_as(const std::string& account, const std::string& path);
  // Anything else, whatever it is answered with; a POST gets a new key.
  http::test::Reply ask_as(const std::string& account, const std::string& method, const std::string& path, const std::string& media_type = "", const std::string& body = "");
  // With a password, and signed in; `department` by code.
  void open_account(const std::string& account, const std::string& role, const std::string& department = "scjgj");
  void register_applicant(const std::string& account);  // at the public door, and signed in
  void bind_applicant(const std::string& account, const std::string& number);
  void again();                                // the same key and body
  void other_body();                           // the same key, another body
  void open_case(const std::string& name);     // gives the case of the last answer its name in the story
  std::string id_of(const std::string& name) const;
  const std::map<std::string, std::string>& cases() const { return cases_; }  // name → id
  bool serves() const { return server_ != nullptr; }
  // What the applicant must bring, as a JSON list; `without` are left at home.
  std::string papers(const std::string& matter_name, const std::vector<std::string>& without = {}) const;
  std::string matter(const std::string& name) const;  // code of a Chinese name; an unknown one stays as it is
  std::string department(const std::string& name) const;
  bool joint(const std::string& matter_code) const;    // a §26 basis of joint handling is recorded

  std::map<std::string, std::string> kept;     // what a story keeps to compare later; under "=door" its last good answer
  std::set<std::string> refused;               // every code with which a command was refused

  // What the last step was answered with, when it was a command or a run of the program that may be refused.
  std::optional<Reply> last;

  // Questions.
  std::string case_json(const std::string& name);
  std::vector<std::string> queue(const std::string& stage);  // names of the story, ids for other cases
  std::string paper(const std::string& edition, const std::string& format, const std::string& week);
  std::string report(const std::string& code, const std::string& edition, const std::string& format, const std::string& period);
  // Everything that a stranger finds from the front page by following links, texts and PDFs included; by address.
  std::map<std::string, std::string> walk_as_a_stranger();
  void run_quietly(const std::vector<std::string>& arguments, const std::string& must_say);

  Server& server();
  std::string data() const { return directory_.path() + "/data"; }

 private:
  std::string get(const std::string& path);
  std::map<std::string, std::string> readings();  // every case of the story as everybody in it reads it
  void send(const std::string& door, const std::string& body);
  std::string written(std::vector<std::string> which, const std::string& edition, const std::string& format);  // by `yichuang bulletin`
  store::TemporaryDirectory directory_;
  std::unique_ptr<Server> server_;
  std::map<std::string, std::string> cases_;
  std::map<std::string, std::string> sessions_;  // by account
  std::string session_;                          // of who gave the last command; "": the operator
  std::string acting_;
  std::string catalogue_;                        // "": the repository's
  std::string own_catalogue();
  std::shared_ptr<notice::test::TestMailServer> post_;
  void first_question();                         // the day's first command: before it the limits of days gone by are looked at
  std::string door_, body_, key_, position_;
  std::int64_t commands_ = 0;
  mutable std::optional<catalog::Catalog> catalog_;
  const catalog::Catalog& catalogue() const;
};

// "stream":"case:20240617000001" of an answer → the id.
std::string case_of_answer(const std::string& body);
std::string without_space(const std::string& text);

}  // namespace yi::story
