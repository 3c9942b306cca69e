#include "stage.h"

#include <algorithm>
#include <filesystem>

#include "base/json.h"
#include "notice/test_mail_server.h"
#include "store/database.h"
#include "zip_text.h"

namespace yi::story {

namespace {
const std::string kPassword = "three blue kettles";

std::string session_of(const http::test::Reply& signed_in) {
  const auto cookie = signed_in.header("set-cookie");
  const auto from = cookie.find('=') + 1;
  return cookie.substr(from, cookie.find(';') - from);
}
}  // namespace

std::string case_of_answer(const std::string& body) {
  const auto stream = json_at(body, "stream");
  return stream.starts_with("case:") ? stream.substr(5) : "";
}

std::string without_space(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "\u3000") == 0) i += 2;
    else if (static_cast<unsigned char>(text[i]) > ' ') out += text[i];
  }
  return out;
}

void Stage::replay(const std::vector<std::string>& files, const std::string& hall) {
  std::vector<std::string> arguments{"replay", "--data", data()};
  for (const auto& f : files) {
    arguments.emplace_back("--week-file");
    arguments.push_back(YI_SOURCE_DIR "/testdata/weeks/" + f);
  }
  if (!hall.empty()) arguments.insert(arguments.end(), {"--hall", hall});
  const auto e = run(arguments);
  Reply r;
  r.status = e.code == 0 ? 200 : 422;
  // "[replay.balance_differs week.yaml:31:3]" stands on the last line.
  if (const auto at = e.err.rfind("\n["); e.code != 0 && at != e.err.npos)
    r.code = e.err.substr(at + 2, e.err.find_first_of(" ]", at + 2) - at - 2);
  r.detail = e.err;
  if (e.code != 0 && std::filesystem::exists(data())) throw Broken("a refused replay left its directory behind");
  last = r;
}

void Stage::serve() {
  server_ = std::make_unique<Server>(data(), Limits{}, 1, catalogue_);
  if (!server_->runs()) throw Broken("the program did not start: " + server_->process().wait().all());
}

void Stage::stop() {
  if (const auto e = server().stop(); e.code != 0) throw Broken("the program ended with " + std::to_string(e.code) + ": " + e.err);
  server_.reset();
}

std::map<std::string, std::string> Stage::readings() {
  std::map<std::string, std::string> out;
  for (const auto& [name, id] : cases_) {
    const auto path = "/api/casework/cases/" + id;
    out[name + " for the operator"] = get(path);
    for (const auto& [account, session] : sessions_) {
      const auto r = server().send(http::test::get(path, "Authorization: Bearer " + session + "\r\n"));
      out[name + " for " + account] = std::to_string(r.status) + " " + r.body;
    }
  }
  return out;
}

void Stage::restart() {
  const auto before = readings();
  stop();
  serve();
  const auto after = readings();
  for (const auto& [who, was] : before)
    if (after.at(who) != was) throw Broken("case " + who + " was " + was + " and is " + after.at(who));
}

void Stage::move_clock(const std::string& instant) {
  stop();
  {
    auto opened = store::open_sqlite(data(), store::Mode::write);
    if (!opened) throw Broken(opened.error().sentence);
    const auto was = (*opened)->open_reader()->meta("clock").value_or("");
    if (!was.starts_with("pinned ")) throw Broken("the clock is the machine's: " + was);
    auto& w = (*opened)->writer();
    w.begin();
    w.put_meta("clock", "pinned " + instant + ":00.000+08:00");
    w.commit();
  }
  serve();
  first_question();
}

void Stage::first_question() {
  command("casework/consult", R"({"department":"scjgj","window":"W01","channel":"window"})");
  if (!last->good()) throw Broken("the day's first question was answered " + last->code);
}

void Stage::withhold_notice(const std::string& year) {
  if (!std::filesystem::remove(own_catalogue() + "/calendar/cn-" + year + ".yaml")) throw Broken("there is no notice of " + year);
}

void Stage::publish_notice(const std::string& year) {
  stop();
  const auto file = "/calendar/cn-" + year + ".yaml";
  std::filesystem::copy(YI_SOURCE_DIR "/data" + file, own_catalogue() + file);
  serve();
  first_question();
}

// The repository's catalogue copied, to be changed for this story alone.
std::string Stage::own_catalogue() {
  if (catalogue_.empty()) {
    catalogue_ = directory_.path() + "/catalogue";
    std::filesystem::copy(YI_SOURCE_DIR "/data", catalogue_, std::filesystem::copy_options::recursive);
  }
  catalog_.reset();
  return catalogue_;
}

void Stage::limit_matter(const std::string& matter, const std::string& count) {
  const auto file = own_catalogue() + "/sichuan/matters.yaml";
  auto text = read_file(file);
  const std::string words = "quantity_limit: {count: ";
  const auto at = text.find(words, text.find("name: " + matter + "\n"));
  if (at == text.npos) throw Broken("the catalogue has no limited matter " + matter);
  const auto from = at + words.size();
  text.replace(from, text.find(',', from) - from, count);
  write_file(file, text);
}

void Stage::keep_offline(const std::string& matter, const std::string& reason) {
  const auto file = own_catalogue() + "/sichuan/matters.yaml";
  auto text = read_file(file);
  const std::string name = "    name: " + matter + "\n";
  const auto at = text.find(name);
  if (at == text.npos) throw Broken("the catalogue has no matter " + matter);
  // What is kept from the internet has no depth there but its answers.
  const std::string depth = "    online_depth: [";
  const auto deep = text.find(depth, at);
  if (deep != text.npos && deep < text.find("\n  - code: ", at)) text.replace(deep, text.find('\n', deep) - deep, depth + "consult]");
  text.insert(at + name.size(), "    offline_reason: " + reason + "\n");
  write_file(file, text);
}

void Stage::open_post() {
  post_ = std::make_shared<notice::test::TestMailServer>(directory_.path() + "/letters");
  if (post_->port() == 0) throw Broken("the mail server did not start");
  write_file(own_catalogue() + "/sichuan/mail.yaml", "host: 127.0.0.1\nport: " + std::to_string(post_->port()) +
                                                         "\nsecurity: none\nfrom: weekly@example.gov.cn\nfrom_name: 某某政务服务中心\ntimeout_seconds: 10\nretry_minutes: [1]\n");
}

std::string Stage::letter(int number) const { return post_ ? post_->letter(number) : ""; }

void Stage::crash() {
  server().crash();
  server_.reset();
}

Server& Stage::server() {
  if (!server_) throw Broken("the program is not running: begin with `serve`");
  return *server_;
}

void Stage::act_as(const std::string& account) {
  if (!account.empty() && !sessions_.contains(account)) throw Broken("the story has opened no account " + account);
  acting_ = account;
}

void Stage::command(const std::string& door, const std::string& body) {
  session_ = acting_.empty() ? "" : sessions_.at(acting_);
  send(door, body);
}

void Stage::command_as(const std::string& account, const std::string& door, const std::string& body) {
  const auto it = sessions_.find(account);
  if (it == sessions_.end()) throw Broken("the story has opened no account " + account);
  session_ = it->second;
  send(door, body);
}

std::string Stage::get_as(const std::string& account, const std::string& path) {
  const auto it = sessions_.find(account);
  if (it == sessions_.end() && !account.empty()) throw Broken("the story has opened no account " + account);
  const auto mark = path.find('?') == path.npos ? "?" : "&";
  const auto whole = path + (position_.empty() ? "" : mark + std::string("after_position=") + position_);
  const auto r = server().send(http::test::get(whole, account.empty() ? "" : "Authorization: Bearer " + it->second + "\r\n"));
  if (r.status != 200) throw Broken(path + " was answered " + std::to_string(r.status) + " " + r.body);
  return r.body;
}

http::test::Reply Stage::ask_as(const std::string& account, const std::string& method, const std::string& path, const std::string& media_type, const std::string& body) {
  const auto it = sessions_.find(account);
  if (it == sessions_.end()) throw Broken("the story has opened no account " + account);
  auto text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + it->second + "\r\n";
  if (method == "POST")
    text += "Idempotency-Key: " + command_key(1, ++commands_) + "\r\nContent-Type: " + media_type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  const auto r = server().send(text + "\r\n" + body);
  if (r.status == 201)
    if (const auto position = r.header("x-ledger-position"); !position.empty()) position_ = position;
  return r;
}

// Through the doors that people use: opened, given its role and a one-time link, a password set, signed in.
void Stage::open_account(const std::string& account, const std::string& role, const std::string& department) {
  const auto must = [&](const http::test::Reply& r, int status, const char* what) {
    if (r.status != status) throw Broken(std::string(what) + " was answered " + std::to_string(r.status) + " " + r.body);
    return r;
  };
  const auto give = [&](const char* door, const std::string& body) {
    command(door, body);
    if (!last->good()) throw Broken(std::string(door) + " was answered " + last->code);
  };
  give("identity/open_account", R"({"account":")" + account + R"(","name":"某甲","department":")" + department + R"("})");
  give("identity/grant_roles", R"({"account":")" + account + R"(","roles":[")" + role + R"("]})");
  const auto invited = must(server().post("/api/identity/invite", R"({"account":")" + account + R"("})", ""), 200, "the invitation");
  const auto link = json_at(invited.body, "link");
  const auto form = "code=" + link.substr(link.find("code=") + 5) + "&password=three+blue+kettles&again=three+blue+kettles";
  must(server().send("POST /set-password HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                     std::to_string(form.size()) + "\r\n\r\n" + form),
       200, "the password");
  const auto in = must(server().post("/api/identity/login", R"({"account":")" + account + R"(","password":")" + kPassword + R"("})", "", false), 200, "the log-in");
  sessions_[account] = session_of(in);
}

void Stage::register_applicant(const std::string& account) {
  const auto r = server().post("/api/identity/register", R"({"account":")" + account + R"(","password":")" + kPassword + R"("})", "", false);
  if (r.status != 200) throw Broken("the registration was answered " + std::to_string(r.status) + " " + r.body);
  sessions_[account] = session_of(r);
}

void Stage::bind_applicant(const std::string& account, const std::string& number) {
  command("identity/bind_applicant", R"({"account":")" + account + R"(","kind":"citizen","number":")" + number + R"("})");
  if (!last->good()) throw Broken("the binding was answered " + last->code);
}

// Signing in costs a third of a second by design, so the stories share the work: each gets a copy of one directory.
void Stage::staff() {
  struct Prepared {
    Stage stage;
    Prepared() {
      stage.replay({"quiet-2024-06-17.yaml"});
      stage.serve();
      static constexpr const char* kStaff[][3] = {
          {"clerk.yi", "clerk", "scjgj"},          {"runner.ding", "runner", "zwzx"},
          {"handler.wu", "handler", "scjgj"},      {"chief.ji", "chief_representative", "scjgj"},
          {"leader.geng", "department_leader", "scjgj"}, {"planner.chou", "chief_representative", "zrt"},
          {"mayor.xin", "government_leader", "zwzx"},    {"issuer.ren", "issue_clerk", "zwzx"},
          {"boss.bing", "supervisor", "zwzx"},     {"guide.jia", "guide", "zwzx"}};
      for (const auto& [account, role, department] : kStaff) stage.open_account(account, role, department);
      stage.register_applicant("citizen.gui");
      stage.bind_applicant("citizen.gui", "11010519491231002X");
      stage.stop();
    }
  };
  static const Prepared prepared;
  std::filesystem::copy(prepared.stage.data(), data(), std::filesystem::copy_options::recursive);
  sessions_ = prepared.stage.sessions_;
  commands_ = prepared.stage.commands_;
  position_ = prepared.stage.position_;
}

void Stage::send(const std::string& door, const std::string& body) {
  door_ = "/api/" + door;
  body_ = body;
  key_ = command_key(1, ++commands_);
  again();
}

void Stage::again() {
  const auto r = session_.empty() ? server().post(door_, body_, key_)
                                  : server().send(http::test::post(door_, body_, "Authorization: Bearer " + session_ + "\r\nIdempotency-Key: " + key_ + "\r\n"));
  if (r.status == 0) throw Broken("no answer");
  Reply reply{r.status, json_at(r.body, "code"), json_at(r.body, "detail"), json_at(r.body, "next_step"), r.body, r.header("x-repeated") == "true"};
  if (r.status == 200 || r.status == 201) position_ = r.header("x-ledger-position");
  if (reply.good()) kept["=" + door_.substr(5)] = reply.body;  // without "/api/"
  else refused.insert(reply.code);
  last = reply;
}

void Stage::other_body() {
  body_.back() = ' ';
  body_ += '}';
  again();
}

void Stage::open_case(const std::string& name) {
  if (!last || last->status != 200) return;
  const auto id = case_of_answer(last->body);
  if (id.empty()) throw Broken("the answer names no case: " + last->body);
  if (!cases_.emplace(name, id).second) throw Broken("the story has two cases named " + name);
}

std::string Stage::id_of(const std::string& name) const {
  const auto it = cases_.find(name);
  if (it != cases_.end()) return it->second;
  if (!name.empty() && name.find_first_not_of("0123456789") == name.npos) return name;  // an id itself
  throw Broken("the story knows no case " + name);
}

const catalog::Catalog& Stage::catalogue() const {
  if (!catalog_) {
    auto c = catalog::Catalog::load((catalogue_.empty() ? YI_SOURCE_DIR "/data" : catalogue_) + "/sichuan");
    if (!c.ok()) throw Broken("the catalogue does not load: " + c.error().sentence);
    catalog_ = std::move(*c);
  }
  return *catalog_;
}

std::string Stage::matter(const std::string& name) const {
  for (const auto& m : catalogue().matters())
    if (m.name == name) return m.code.value;
  return name;
}

std::string Stage::papers(const std::string& matter_name, const std::vector<std::string>& without) const {
  std::string list;
  for (const auto& m : catalogue().matters())
    if (m.name == matter_name)
      for (const auto& paper : m.materials)
        if (paper.required && paper.provider != catalog::Provider::government && std::find(without.begin(), without.end(), paper.name) == without.end()) {
          list += list.empty() ? "" : ",";
          json::append_string(list, paper.name);
        }
  return "[" + list + "]";
}

bool Stage::joint(const std::string& matter_code) const {
  for (const auto& m : catalogue().matters())
    if (m.code.value == matter_code) return m.joint.has_value();
  return false;
}

std::string Stage::department(const std::string& name) const {
  const auto* d = catalogue().find_department_by_name(name);
  return d ? d->code.value : name;
}

std::string Stage::get(const std::string& path) {
  const auto r = server().get(path);
  if (r.status != 200) throw Broken(path + ": " + std::to_string(r.status) + " " + r.body);
  return r.body;
}

std::string Stage::case_json(const std::string& name) { return get("/api/casework/cases/" + id_of(name)); }

std::vector<std::string> Stage::queue(const std::string& stage) {
  const auto after = position_.empty() ? "" : "&after_position=" + position_;
  const auto body = get("/api/casework/cases?limit=200&stage=" + stage + after);
  std::vector<std::string> out;
  for (int i = 0;; ++i) {
    const auto id = json_at(body, "cases/" + std::to_string(i) + "/case_id");
    if (id.empty()) return out;
    std::string name = id;
    for (const auto& [known, known_id] : cases_)
      if (known_id == id) name = known;
    out.push_back(name);
  }
}

// text, html, pdf: what the command line writes; page, json: what the server shows, to nobody in particular for
// the public edition.
std::string Stage::paper(const std::string& edition, const std::string& format, const std::string& week) {
  if (format == "page" || format == "json") {
    const bool internal = edition == "internal";
    if (format == "json") {
      std::string all;
      for (const char* path : {"", "/warnings"}) {
        const auto r = server().get("/api/bulletin/weeks/" + week + path, internal);
        if (r.status == 200) all += r.body;
        else if (r.status != 401 && r.status != 403) throw Broken("no JSON of the week: " + std::to_string(r.status) + " " + r.body);
      }
      return all;
    }
    const auto r = server().get("/bulletin/" + week + "?edition=" + edition, internal);
    if (r.status != 200) throw Broken("no page: " + std::to_string(r.status) + " " + r.body.substr(0, 300));
    return r.body;
  }
  return written({"--week", week}, edition, format);
}

std::string Stage::report(const std::string& code, const std::string& edition, const std::string& format, const std::string& period) {
  if (format != "page") return written({"--period", period, "--report", code}, edition, format);
  const auto r = server().get("/reports/" + code + "/" + period + "?edition=" + edition, edition == "internal");
  if (r.status != 200) throw Broken("no page: " + std::to_string(r.status) + " " + r.body.substr(0, 300));
  return r.body;
}

std::string Stage::written(std::vector<std::string> which, const std::string& edition, const std::string& format) {
  const auto file = directory_.path() + "/paper." + format;
  std::vector<std::string> words{"bulletin", "--data", data(), "--format", format, "--edition", edition, "--out", file};
  words.insert(words.end(), which.begin(), which.end());
  const auto e = run(words);
  if (e.code != 0) throw Broken("bulletin: " + e.err);
  if (format == "pdf") return filter({"pdftotext", "-layout", "FILE", "-"}, file);
  auto bytes = read_file(file);
  return bytes.starts_with("PK") ? zip_text(bytes) : bytes;
}

std::map<std::string, std::string> Stage::walk_as_a_stranger() {
  constexpr std::size_t kMost = 500;  // pages; the two weeks have under a hundred
  std::map<std::string, std::string> seen;
  std::vector<std::string> ahead{"/", "/week", "/api/bulletin/weeks", "/api/openapi.json", "/api/health"};
  while (!ahead.empty() && seen.size() < kMost) {
    const auto path = ahead.back();
    ahead.pop_back();
    if (seen.contains(path)) continue;
    const auto r = server().get(path, false);
    const auto type = r.header("content-type");
    if (r.status == 0 || r.status >= 500) throw Broken(path + " was answered " + std::to_string(r.status));
    std::string text = r.body;
    if (type.starts_with("application/pdf")) {
      const auto file = directory_.path() + "/stranger.pdf";
      write_file(file, r.body);
      text = filter({"pdftotext", "-layout", "FILE", "-"}, file);
    }
    if (text.starts_with("PK")) text = zip_text(text);
    for (auto at = text.find("href=\"/"); type.starts_with("text/html") && at != text.npos; at = text.find("href=\"/", at + 1)) {
      auto link = text.substr(at + 6, text.find('"', at + 6) - at - 6);
      for (auto amp = link.find("&amp;"); amp != link.npos; amp = link.find("&amp;", amp)) link.erase(amp + 1, 4);
      ahead.push_back(link.substr(0, link.find('#')));
    }
    for (int i = 0; path == "/api/bulletin/weeks"; ++i) {
      const auto week = json_at(text, "weeks/" + std::to_string(i) + "/week");
      if (week.empty()) break;
      for (const char* more : {"", "/warnings", "/figures/consulted", "/figures/list_total", "/figures/consulted/evidence", "/figures/plans_issued/evidence"})
        ahead.push_back(path + "/" + week + more);
    }
    seen[path] = without_space(text);
  }
  return seen;
}

void Stage::run_quietly(const std::vector<std::string>& arguments, const std::string& must_say) {
  const auto e = run(arguments);
  if (e.code != 0 || e.out.find(must_say) == e.out.npos)
    throw Broken(arguments[0] + " ended with " + std::to_string(e.code) + " and said: " + e.all());
}

}  // namespace yi::story
