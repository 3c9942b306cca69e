#include "load.h"

#include <gtest/gtest.h>

#include <set>

#include "base/clock.h"
#include "base/text.h"
#include "stage.h"
#include "store/place.h"
#include "store/record.h"
#include "store/verify.h"

namespace yi::story {
namespace {

constexpr std::size_t kRemembered = 2'000;  // of one visitor, whole
constexpr int kSeries = 100;                // of command keys: the first visitor's

void each_record(const store::Place& place, const std::function<void(std::int64_t seq, const store::Record&)>& f) {
  auto opened = store::open(place, store::Mode::read);
  ASSERT_TRUE(opened.ok()) << opened.error().sentence;
  auto reader = opened.value()->open_reader();
  for (const auto centre : store::centres(*reader))
    reader->events(centre, 1, reader->head(centre).seq, [&](const store::LedgerRow& row) {
      store::Record r;
      EXPECT_TRUE(store::decode(row.record, r));
      f(row.seq, r);
      return true;
    });
}

// As it is written in a header.
std::string text_of(const store::CommandId& id) {
  auto text = hex(store::bytes(id));
  for (const std::size_t at : {8, 13, 18, 23}) text.insert(at, "-");
  return text;
}

std::string words(std::initializer_list<std::pair<const char*, std::string>> pairs) {
  std::string s = "{";
  for (const auto& [name, value] : pairs) s += (s.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":\"" + value + "\"";
  return s + "}";
}

class Talk : public bench::Conversation {
 public:
  Talk(Visitor& visitor, Hall& hall, const std::string& authorization, const std::function<bool()>& enough)
      : visitor_(visitor), hall_(hall), authorization_(authorization), enough_(enough) {}
  bool next(std::string& out) override {
    if (enough_ && enough_()) return false;
    const auto& s = visitor_.ask();
    bench::append_post(out, s.path, s.body, authorization_ + "Idempotency-Key: " + s.key + "\r\n");
    return true;
  }
  void reply(int status, std::string_view body) override {
    visitor_.answered(status, body);
    if (status == 503) ++hall_.put_off;
    if (status == 200) {
      ++hall_.answered;
      if (hall_.stamp) visitor_.told.back().stamp = hall_.stamp();
    }
    if (hall_.on_reply) hall_.on_reply();
  }

 private:
  Visitor& visitor_;
  Hall& hall_;
  const std::string& authorization_;  // of the node that the connection leads to
  const std::function<bool()>& enough_;
};

}  // namespace

const Sent& Visitor::ask() {
  if (!asked_) choose();
  return *asked_;
}

void Visitor::command(const char* door, std::string body) {
  asked_ = Sent{std::string("/api/casework/") + door, std::move(body), command_key(kSeries + number_, ++keys_), 0, {}};
}

void Visitor::choose() {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < cases_.size(); ++i)
    if (cases_[i].stage != "issued" && cases_[i].stage != "not_accepted" && cases_[i].stage != "withdrawn") open.push_back(i);
  wish_ = {};
  wish_.about = cases_.size();
  const auto dice = random_() % 100;
  if (dice < 10) {
    wish_.fact = "casework.consulted/1";
    command("consult", words({{"department", "scjgj"}, {"window", "W01"}, {"channel", "phone"}}));
  } else if (open.empty() || dice < 30) {
    open_new();
  } else if (dice < 35 && cases_.size() > open.size()) {
    // An ended case allows nothing.
    wish_.lawful = false;
    std::size_t ended = 0;
    while (std::find(open.begin(), open.end(), ended) != open.end()) ++ended;
    command("accept", words({{"case_id", cases_[ended].id}, {"window", "W01"}}));
  } else {
    step(open[random_() % open.size()]);
  }
}

void Visitor::open_new() {
  if (random_() % 4) {
    wish_.fact = "casework.received/1";
    wish_.stage = "received";
    wish_.holder = "reception_window";
    auto body = words({{"matter", "SC-SCJGJ-0002"}, {"window", "W01"}, {"applicant_kind", "legal"}, {"applicant", "示例企业第" + std::to_string(number_) + "号"}});
    body.insert(body.size() - 1, R"(,"materials":["企业登记（备案）申请书","变更决议或决定"])");
    command("receive", body);
    return;
  }
  wish_.fact = "casework.result_received_for_issue/1";
  wish_.stage = "granted";
  wish_.holder = "issue_window";
  const auto number = "示例-" + std::to_string(number_) + "-" + std::to_string(++numbers_);
  auto body = words({{"matter", "SC-SCJGJ-0002"}, {"window", "W15"}, {"foreign_number", number}, {"decided_on", "2024-06-20"}, {"signed_by", "出件员甲"}});
  body.insert(body.size() - 1, R"(,"handed_over":["营业执照"])");
  command("receive_result", body);
}

void Visitor::step(std::size_t about) {
  const Case& c = cases_[about];
  wish_.about = about;
  wish_.holder = c.holder;
  wish_.stage = c.stage;
  const auto dice = random_() % 10;
  const auto transfer = [&](const char* to, const char* window) {
    wish_.fact = "casework.transferred/1";
    wish_.holder = to;
    command("transfer", words({{"case_id", c.id}, {"window", window}, {"to", to}, {"signed_by", "物料员甲"}}));
  };
  if (c.stage == "received" && dice < 8) {
    wish_.fact = "casework.accepted/1";
    wish_.stage = "accepted";
    command("accept", words({{"case_id", c.id}, {"window", "W01"}}));
  } else if (c.stage == "received") {
    end(about);
  } else if (c.stage == "accepted") {
    wish_.stage = "in_review";
    transfer("department", "W01");
  } else if (c.stage == "in_review" && c.holder == "reception_window") {
    transfer("department", "W01");
  } else if (c.stage == "in_review" && dice < 2) {
    transfer("reception_window", "W01");
  } else if (c.stage == "in_review") {
    wish_.fact = "casework.decided/1";
    wish_.stage = dice < 9 ? "granted" : "refused";
    command("decide", dice < 9 ? words({{"case_id", c.id}, {"decision", "grant"}})
                               : words({{"case_id", c.id}, {"decision", "refuse"}, {"reason", "不符合条件"}, {"legal_basis", "示例条例第九条"}}));
  } else if (c.holder == "department") {
    transfer("issue_window", "W15");
  } else {
    wish_.fact = "casework.issued/1";
    wish_.stage = "issued";
    command("issue", words({{"case_id", c.id}, {"window", "W15"}, {"delivery", "window"}, {"received_by", "申请人"}}));
  }
}

void Visitor::end(std::size_t about) {
  const bool withdraw = random_() % 2;
  wish_.fact = withdraw ? "casework.withdrawn/1" : "casework.acceptance_refused/1";
  wish_.stage = withdraw ? "withdrawn" : "not_accepted";
  command(withdraw ? "withdraw" : "refuse_acceptance",
          withdraw ? words({{"case_id", cases_[about].id}, {"window", "W01"}, {"reason", "示例理由"}})
                   : words({{"case_id", cases_[about].id}, {"window", "W01"}, {"reason", "示例理由"}, {"because", "other"}, {"legal_basis", "示例条例第三条"}}));
}

void Visitor::answered(int status, std::string_view body) {
  if (status == 503) {
    ++unavailable[json_at(std::string(body), "code")];
    return;
  }
  Sent s = std::move(*asked_);
  asked_.reset();
  if (!wish_.lawful && status == 409 && body.find("casework.illegal_act") != body.npos) return;
  if (!wish_.lawful || status != 200 || body.find("\"name\":\"" + wish_.fact + "\"") == body.npos) {
    surprises.push_back(s.path + " " + s.body + " → " + std::to_string(status) + " " + std::string(body));
    return;
  }
  s.status = status;
  s.answer = body;
  ++facts[wish_.fact];
  if (!wish_.stage.empty()) {
    if (wish_.about == cases_.size()) cases_.push_back({case_of_answer(s.answer), "", ""});
    cases_[wish_.about].stage = wish_.stage;
    cases_[wish_.about].holder = wish_.holder;
  }
  told.push_back({keys_, std::stoll(json_at(s.answer, "position"))});
  remember(std::move(s));
}

void Visitor::remember(Sent s) {
  if (acknowledged.size() < kRemembered) acknowledged.push_back(std::move(s));
  else if (const auto at = sample_() % told.size(); at < kRemembered) acknowledged[at] = std::move(s);
}

Counts Visitor::stages() const {
  Counts out;
  for (const auto& c : cases_) ++out[c.stage];
  return out;
}

Hall::Hall(int visitors, unsigned seed) {
  for (int i = 0; i < visitors; ++i) visitors_.push_back(std::make_unique<Visitor>(i, seed));
}

bench::LoadResult Hall::visit(Server& server, std::int64_t requests, const std::function<bool()>& enough) {
  bench::LoadOptions o;
  o.port = server.port();
  o.connections = static_cast<int>(visitors_.size());
  o.requests = requests;
  o.seconds = requests == 0 ? 600 : 0;
  const auto authorization = "Authorization: Bearer " + server.token() + "\r\n";
  return bench::run_load(o, [&](int i) { return std::make_unique<Talk>(*visitors_[static_cast<std::size_t>(i)], *this, authorization, enough); });
}

bench::LoadResult Hall::visit(const std::vector<Server*>& nodes, std::int64_t requests, const std::function<bool()>& enough) {
  std::vector<std::string> authorization(visitors_.size());
  std::vector<std::size_t> at(visitors_.size());
  for (std::size_t i = 0; i < at.size(); ++i) at[i] = i;
  bench::LoadOptions o;
  o.connections = static_cast<int>(visitors_.size());
  o.requests = requests;
  o.seconds = requests == 0 ? 600 : 0;
  o.port_of = [&](int connection) -> std::uint16_t {
    const auto line = static_cast<std::size_t>(connection);
    for (std::size_t tries = 0; tries < nodes.size(); ++tries) {
      auto& node = *nodes[at[line]++ % nodes.size()];
      if (!node.runs() || node.process().ended()) continue;
      authorization[line] = "Authorization: Bearer " + node.token() + "\r\n";
      return node.port();
    }
    return 0;
  };
  return bench::run_load(o, [&](int i) {
    const auto line = static_cast<std::size_t>(i);
    return std::make_unique<Talk>(*visitors_[line], *this, authorization[line], enough);
  });
}

void Hall::settle(Server& server) {
  for (auto& v : visitors_)
    for (const auto until = monotonic_ns() + 10'000'000'000; v->under_way();) {
      const auto s = *v->under_way();
      const auto r = server.post(s.path, s.body, s.key);
      if (r.status != 0) v->answered(r.status, r.body);
      if (monotonic_ns() > until) {
        ADD_FAILURE() << s.path << " is not answered: " << r.status << " " << r.body;
        return;
      }
    }
}

void Hall::expect_all_remembered(Server& server) const {
  http::test::Client client(server.port());
  int wrong = 0;
  for (const auto& v : visitors_)
    for (const auto& s : v->acknowledged) {
      const auto r = client.ask(http::test::post(s.path, s.body, "Authorization: Bearer " + server.token() + "\r\nIdempotency-Key: " + s.key + "\r\n"));
      if (r.status == s.status && r.body == s.answer && r.header("x-repeated") == "true") continue;
      ADD_FAILURE() << s.path << " " << s.key << " was " << s.answer << "\nand is " << r.status << " " << r.body;
      if (++wrong == 5 || r.status == 0) return;
    }
}

namespace {

// Where the facts of each visitor's commands stand; a command that is there twice is a failure.
std::vector<std::map<std::int64_t, std::int64_t>> last_positions(const store::Place& place, std::size_t visitors) {
  std::vector<std::map<std::int64_t, std::int64_t>> out(visitors);
  each_record(place, [&](std::int64_t seq, const store::Record& r) {
    std::int64_t n = 0;
    for (std::size_t i = 10; i < 16; ++i) n = n << 8 | r.command[i];
    const auto line = static_cast<std::size_t>(r.command[4] << 8 | r.command[5]) - kSeries;
    if (command_key(static_cast<int>(line) + kSeries, n) != text_of(r.command) || line >= visitors) return;  // nobody's of ours
    auto& at = out[line][n];
    if (at != 0 && at != seq - 1) ADD_FAILURE() << "command " << n << " of visitor " << line << " stands at " << at << " and at " << seq;
    at = seq;
  });
  return out;
}

}  // namespace

void Hall::expect_kept(const store::Place& place) const {
  auto there = last_positions(place, visitors_.size());
  for (std::size_t i = 0; i < visitors_.size(); ++i) {
    const auto& v = *visitors_[i];
    for (const auto& t : v.told) {
      const auto it = there[i].find(t.command);
      if (it == there[i].end() || it->second != t.position) {
        ADD_FAILURE() << "command " << t.command << " of visitor " << i << " was told to stand at " << t.position << " and "
                      << (it == there[i].end() ? "is gone" : "stands at " + std::to_string(it->second));
        return;
      }
      there[i].erase(it);
    }
    for (const auto& [command, position] : there[i])
      EXPECT_TRUE(v.under_way() && command == v.last_command()) << "command " << command << " of visitor " << i << " stands at " << position << " and nobody was told";
  }
}

void Hall::expect_kept_of(const store::Place& place, std::int64_t until) const {
  const auto there = last_positions(place, visitors_.size());
  for (std::size_t i = 0; i < visitors_.size(); ++i)
    for (const auto& t : visitors_[i]->told) {
      const auto it = there[i].find(t.command);
      if (t.stamp > until ? it == there[i].end() || it->second == t.position : it != there[i].end() && it->second == t.position) continue;
      ADD_FAILURE() << "command " << t.command << " of visitor " << i << ", told at " << t.stamp << " to stand at " << t.position << ", "
                    << (it == there[i].end() ? "is gone" : "stands at " + std::to_string(it->second)) << " after a power cut at " << until;
      return;
    }
}

void Hall::expect_ledger(const store::Place& place) const {
  Counts model;
  for (const auto& v : visitors_) {
    for (const auto& [name, n] : v->facts) model[name] += n;
    for (const auto& s : v->surprises) ADD_FAILURE() << s;
  }
  EXPECT_EQ(facts_of_ledger(place), model);
  expect_kept(place);
}

void Hall::expect_stages(Server& server) const {
  static const std::set<std::string> ended{"issued", "closed", "not_accepted", "withdrawn", "terminated"};  // who waits in no stage is counted in none
  Counts model;
  for (const auto& v : visitors_)
    for (const auto& [stage, n] : v->stages())
      if (!ended.contains(stage)) model[stage] += n;
  const auto position = json_at(server.get("/api/health").body, "position");
  const auto body = server.get("/api/casework/stages?after_position=" + position).body;
  Counts seen;
  for (int i = 0;; ++i) {
    const auto at = "stages/" + std::to_string(i);
    const auto stage = json_at(body, at + "/stage");
    if (stage.empty()) break;
    if (const auto n = std::stoll(json_at(body, at + "/cases")); n > 0) seen[stage] = n;
  }
  EXPECT_EQ(seen, model) << body;
}

std::int64_t Hall::acknowledged() const {
  std::int64_t n = 0;
  for (const auto& v : visitors_) n += static_cast<std::int64_t>(v->told.size());
  return n;
}
Counts Hall::unavailable_by_code() const {
  Counts out;
  for (const auto& v : visitors_)
    for (const auto& [code, n] : v->unavailable) out[code] += n;
  return out;
}
std::int64_t Hall::unavailable() const {
  std::int64_t n = 0;
  for (const auto& [code, times] : unavailable_by_code()) n += times;
  return n;
}

Counts facts_of_ledger(const store::Place& place) {
  Counts out;
  each_record(place, [&](std::int64_t, const store::Record& r) {
    // What the day brings by itself is the program's own to say, not a visitor's.
    if (r.name.starts_with("casework.") && r.actor != "system") ++out[std::string(r.name)];
  });
  return out;
}

std::string quiet_centre(const std::string& directory) { return quiet_centre(directory, "").directory; }

store::Place quiet_centre(const std::string& directory, const std::string& url) {
  store::Place place(directory + "/data", url);
  const auto e = run_at("replay", place, {"--week-file", YI_SOURCE_DIR "/testdata/weeks/quiet-2024-06-17.yaml"});
  EXPECT_EQ(e.code, 0) << e.err;
  return place;
}

void expect_whole_and_same(const store::Place& place) {
  const auto verified = run_at("verify", place);
  EXPECT_EQ(verified.code, 0) << verified.all();
  EXPECT_NE(verified.out.find("全部相符"), verified.out.npos) << verified.out;
  const auto rebuilt = run_at("rebuild", place);
  EXPECT_EQ(rebuilt.code, 0) << rebuilt.all();
  EXPECT_EQ(rebuilt.out.find("不一致"), rebuilt.out.npos) << rebuilt.out;
}

}  // namespace yi::story
