#include "app/differential.h"

#include <filesystem>
#include <future>
#include <random>

#include "app/installation.h"
#include "app/rooms.h"
#include "base/json.h"
#include "base/text.h"
#include "engine/rebuild.h"
#include "store/data_keys.h"
#include "store/store_ground.h"
#include "store/verify.h"
#include "store/view_walk.h"

namespace yi::app {
namespace {

const Common& common() {
  static const auto c = load_common(YI_SOURCE_DIR "/data").value();
  return c;
}
const CivilDay kFirstDay = CivilDay::of(2024, 6, 17);

std::string quote(std::string_view s) {
  std::string out;
  json::append_string(out, s);
  return out;
}

// GB 11643: seventeen digits and the check by ISO 7064, MOD 11-2.
std::string citizen(int n) {
  std::string s = "110105" + std::to_string(19500101 + (n % 40) * 10000 + (n % 9) * 100 + n % 27) + std::to_string(100 + n);
  int sum = 0;
  static constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  for (std::size_t i = 0; i < 17; ++i) sum += (s[i] - '0') * kWeights[i];
  return s + "10X98765432"[sum % 11];
}

struct Given {
  std::string command, body, account;
  store::CommandId id{};
  Instant at;
};

// A centre on one database.
class Centre {
 public:
  explicit Centre(store::Database d) : ground_(d) {}
  const std::string& directory() const { return ground_.directory(); }
  store::Place place() const { return ground_.place(); }
  engine::Engine& engine() { return *engine_; }
  void open() {
    engine_.reset();
    auto e = engine::Engine::open(ground_.place(), all_rooms(common()), engine_options(common(), {true, at(kFirstDay, 8, 0)}));
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    engine_ = std::move(e).value();
  }
  // All of them in one commit group, so that both ledgers have the same groups; what each was answered.
  std::vector<std::string> give(const std::vector<Given>& commands) {
    std::promise<void> started, go;
    auto ready = started.get_future();
    submit({}, commands.front().at, [&, waits = go.get_future().share()](engine::Turn&) -> Checked {
      started.set_value();
      waits.wait();
      return Refusal{"app.nothing", "", "", 422, ""};
    }, engine::waiter([](Result<engine::Answer>) {}));
    ready.wait();
    std::vector<std::string> answers(commands.size());
    std::vector<std::promise<void>> done(commands.size());
    for (std::size_t i = 0; i < commands.size(); ++i) {
      auto act = engine_->registry().find_command(commands[i].command)->parse(commands[i].body);
      if (!act) {
        answers[i] = told(act.error());
        done[i].set_value();
        continue;
      }
      submit(commands[i], commands[i].at, std::move(act).value(), engine::waiter([&, i](Result<engine::Answer> r) {
        answers[i] = r.ok() ? (r->repeated ? "again " : "") + r->json : told(r.error());
        done[i].set_value();
      }));
    }
    go.set_value();
    for (auto& d : done) d.get_future().wait();
    return answers;
  }
  void shut() { engine_.reset(); }
  // Ends the program; the store for looking at.
  std::unique_ptr<store::Store> close() {
    EXPECT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(30)));
    engine_.reset();
    return store::open(ground_.place(), store::Mode::write).value();
  }

 private:
  static std::string told(const Refusal& r) { return r.code + " " + r.sentence + " " + r.where; }
  void submit(const Given& g, Instant when, engine::Act act, std::unique_ptr<engine::Waiter> w) {
    engine::Submission s;
    s.id = g.id;
    s.digest = engine::digest_of(g.command, g.body, g.account);
    s.actor = {g.account, "operator"};
    s.act = std::move(act);
    s.at = when;
    s.waiter = std::move(w);
    engine_->submit(std::move(s));
  }
  store::Ground ground_;
  std::unique_ptr<engine::Engine> engine_;
};

class Hall {
 public:
  Hall(std::uint32_t seed, const engine::Registry& registry) : random_(seed) {
    for (const auto& c : registry.commands) {
      if (!c.name.starts_with("casework.")) continue;
      const auto read = c.parse(R"({"case_id":"20240617000001"})");
      if (read.ok() || read.error().where != "/case_id") casework_.emplace_back(c.name);  // it is about a case
    }
  }

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool one_in(int n) { return below(n) == 0; }
  template <class T>
  const T& any(const std::vector<T>& v) { return v[static_cast<std::size_t>(below(static_cast<int>(v.size())))]; }

  // One life: its case, once it has one.
  struct Life {
    const catalog::Matter* matter = nullptr;
    std::string case_id;
    int steps_left = 0;
    std::size_t walked = 0;  // of the usual way
  };
  Life begin() { return {&any(common().catalog->matters()), "", 3 + below(10), 0}; }

  Given next(Life& life, Instant now) {
    --life.steps_left;
    Given g;
    g.at = now;
    g.account = "w0" + std::to_string(1 + below(4));
    if (!given_.empty() && one_in(25)) {  // again, or under an id that is taken
      g = any(given_);
      if (one_in(3)) g.body += " ";
      return g;
    }
    for (auto& b : g.id) b = static_cast<std::uint8_t>(random_());
    if (!one_in(4)) {  // most ids come in order
      const auto ms = static_cast<std::uint64_t>(now.ms);
      for (int i = 0; i < 6; ++i) g.id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    }
    if (one_in(5)) std::tie(g.command, g.body) = beside();
    else if (life.case_id.empty()) std::tie(g.command, g.body) = arrival(*life.matter);
    else std::tie(g.command, g.body) = step(life);
    given_.push_back(g);
    return g;
  }

 private:
  using Words = std::pair<std::string, std::string>;

  std::string window(const catalog::Matter& m, bool issue) {
    if (one_in(20)) return quote(any(common().catalog->windows()).code.value);
    for (const auto& w : common().catalog->windows())
      if (issue ? w.kind == catalog::WindowKind::issue && w.issues(m.department) : w.receives(m.department)) return quote(w.code.value);
    return "\"W01\"";
  }
  std::string day(int within) { return quote(to_iso(kFirstDay + below(within))); }
  std::string papers(const catalog::Matter& m, int leave_out) {
    std::string list = "[";
    for (const auto& p : m.materials)
      if (p.provider == catalog::Provider::applicant && !one_in(leave_out)) list += (list.size() > 1 ? "," : "") + quote(p.name);
    return list + "]";
  }
  std::string reason() { return quote(any(std::vector<std::string>{"材料齐全", "依申请", "情况有变，“另行”说明", "张三\t与'李四'", "𠮷 \\ {a,b}", ""})); }

  Words arrival(const catalog::Matter& m) {
    std::string body = "{\"matter\":" + quote(m.code.value) + ",\"window\":" + window(m, false) + ",\"materials\":" + papers(m, 8);
    const int who = below(60);
    if (one_in(3)) body += ",\"applicant_kind\":\"legal\",\"applicant\":\"某某（虚构）公司" + std::to_string(who) + "\"";
    else body += ",\"applicant_kind\":\"natural\",\"applicant\":\"某某" + std::to_string(who) + "\",\"applicant_id\":" + quote(citizen(who));
    if (one_in(3)) body += ",\"phone\":\"1390000" + std::to_string(1000 + who) + "\"";
    if (one_in(4)) body += ",\"address\":\"虚构路" + std::to_string(who) + "号\"";
    if (one_in(6)) body += ",\"agent\":{\"name\":\"代办某\",\"id_number\":" + quote(citizen(40 + below(20))) + "}";
    if (one_in(10)) return {"casework.consult", "{\"department\":" + quote(m.department.value) + ",\"window\":" + window(m, false) +
        ",\"channel\":\"window\",\"question\":" + reason() + "}"};
    if (one_in(12)) return {"casework.receive_result", "{\"matter\":" + quote(m.code.value) + ",\"window\":" + window(m, true) + ",\"foreign_number\":\"F" +
        std::to_string(below(300)) +
                                                       "\",\"decided_on\":" + day(200) + ",\"handed_over\":[\"证照\"],\"signed_by\":\"乙\"}"};
    return {"casework.receive", body + "}"};
  }

  inline static const std::vector<std::string> kUsual{"casework.accept", "casework.transfer", "casework.decide", "casework.transfer", "casework.issue",
      "casework.evaluate"};

  Words step(Life& life) {
    const auto& m = *life.matter;
    const auto about = "{\"case_id\":" + quote(!cases_.empty() && one_in(12) ? any(cases_) : life.case_id);
    const auto version = one_in(15) ? ",\"version\":" + std::to_string(below(9)) : std::string{};
    const auto w = ",\"window\":" + window(m, life.walked > 2);
    // The usual way is walked often enough to reach the end of cases.
    const auto& name = one_in(3) || life.walked >= kUsual.size() ? any(casework_) : kUsual[life.walked];
    std::string rest;
    if (name == "casework.accept") rest = w + (one_in(9) && !m.materials.empty() ? ",\"deferred\":[{\"material\":" + quote(any(m.materials).name) +
        ",\"by\":" + day(300) + "}]" : ",\"deferred\":[]") + ",\"commitments\":[]";
    else if (name == "casework.transfer") rest = w + ",\"to\":" + quote(one_in(6) ? "reception_window" : life.walked < 2 ? "department" : "issue_window") +
        ",\"signed_by\":\"物料员乙\"";
    else if (name == "casework.decide") rest = one_in(4) ? ",\"decision\":\"refuse\",\"reason\":" + reason() +
        ",\"legal_basis\":\"某条例第九条\"" : ",\"decision\":\"grant\",\"certificate_number\":\"Z" + std::to_string(below(9000)) + "\"";
    else if (name == "casework.issue") rest = w + ",\"delivery\":" + quote(one_in(4) ? "post" : "window") + ",\"received_by\":\"甲\"";
    else if (name == "casework.request_correction") rest = w + ",\"defects\":[{\"material\":\"\",\"wrong\":\"缺页\",\"right\":\"补齐\"}]";
    else if (name == "casework.supply_materials") rest = w + ",\"materials\":" + papers(m, 20);
    else if (name == "casework.refuse_acceptance") rest = w + ",\"reason\":" + reason() + ",\"because\":\"other\",\"legal_basis\":\"某条例第三条\"";
    else if (name == "casework.suspend") rest = ",\"kind\":" + quote(any(std::vector<std::string>{"hearing", "test", "expert_review"})) + ",\"reason\":" +
        reason() + ",\"approver\":\"丙\",\"planned_end\":" + day(300);
    else if (name == "casework.resume") rest = ",\"result\":" + reason();
    else if (name == "casework.extend" || name == "casework.extend_joint") rest = ",\"days\":" + std::to_string(below(16)) + ",\"reason\":" + reason() +
        ",\"approver\":\"丁\"";
    else if (name == "casework.withdraw") rest = w + ",\"reason\":" + reason();
    else if (name == "casework.reverse") rest = ",\"reason\":" + reason();
    else if (name == "casework.evaluate") rest = ",\"level\":" + std::to_string(below(7)) + ",\"channel\":\"window\"" + w;
    else rest = w + ",\"reason\":" + reason() + ",\"people\":[\"戊\",\"己\"],\"authority\":\"某局\",\"legal_basis\":\"某条例第一条\"" +
                (one_in(2) ? ",\"outcome\":true" : "") + (one_in(2) ? ",\"code\":\"other\"" : "") + (one_in(3) ? ",\"answer_by\":" + day(300) : "");
    return {name, about + version + rest + "}"};
  }

  // What else a hall does.
  Words beside() {
    const auto n = std::to_string(below(40));
    const auto department = quote(any(common().catalog->departments()).code.value);
    switch (below(12)) {
      case 0: return {"hall.record_duty", "{\"department\":" + department + ",\"post\":\"主任\",\"name\":\"值守" + n + "\",\"from\":" + day(40) + ",\"to\":" +
          day(60) + ",\"rank\":" + n + "}"};
      case 1: return {"staff.record_leave", "{\"department\":" + department + ",\"name\":\"请假" + n + "\",\"kind\":\"annual\",\"from\":" + day(40) +
          ",\"to\":" + day(60) + ",\"count_mode\":\"calendar\",\"days\":" + n + ",\"rank\":0}"};
      case 2: return {"enterprise.list_chain", "{\"on\":" + day(3) + ",\"chain\":\"产业" + n + "\",\"source\":\"公开页\"}"};
      case 3: return {"bulletin.set_period", "{\"from\":" + day(200) + ",\"to\":" + day(200) + "}"};
      case 4: return {"bulletin.enter_news", "{\"week\":" + day(100) + ",\"text\":" + reason() + ",\"rank\":" + n + "}"};
      case 5: return {"identity.open_account", "{\"account\":\"clerk." + n + "\",\"name\":\"办事员" + n + "\",\"department\":" + department + ",\"windows\":[]}"};
      case 6: return {"identity.open_applicant", "{\"account\":\"person." + std::to_string(below(20)) + "\"}"};
      case 7: return {"identity.bind_applicant", "{\"account\":\"person." + std::to_string(below(20)) + "\",\"kind\":\"citizen\",\"number\":" +
          quote(citizen(55 + below(25))) + "}"};
      case 8: return {"identity.erase_subject", "{\"kind\":\"citizen\",\"number\":" + quote(citizen(50 + below(30))) +
          ",\"basis\":\"consent_withdrawn\",\"reason\":\"本人书面申请\"}"};
      case 9: return {"identity.suspend_account", "{\"account\":\"clerk." + n + "\",\"reason\":" + reason() + "}"};
      case 10: return {"casework.ask_first", "{\"channel\":\"window\",\"question\":" + reason() + ",\"department\":" + department +
          ",\"visitor\":{\"name\":\"来访某\"}}"};
      default: return {"casework.say_no", "{\"department\":" + department + ",\"reason\":" + reason() + "}"};
    }
  }

 public:
  void answered(Life& life, const Given& g, const std::string& answer) {
    if (!answer.starts_with("{")) return;
    if (life.walked < kUsual.size() && g.command == kUsual[life.walked]) ++life.walked;
    if (g.command != "casework.receive" || !life.case_id.empty()) return;
    const auto at = answer.find("\"stream\":\"case:");
    life.case_id = answer.substr(at + 15, 14);
    cases_.push_back(life.case_id);
  }

 private:
  std::mt19937 random_;
  std::vector<std::string> casework_;
  std::vector<Given> given_;
  std::vector<std::string> cases_;
};

std::vector<std::string> records(store::Reader& r, CentreCode centre) {
  std::vector<std::string> out;
  r.events(centre, 1, INT64_C(1) << 39, [&](const store::LedgerRow& row) {
    out.emplace_back(row.record);
    return true;
  });
  return out;
}

void expect_same_view(store::Reader& a, store::Reader& b, const store::View& v, std::int64_t& rows) {
  store::ViewWalk x(a, v, v.name), y(b, v, v.name);
  for (;; ++rows) {
    const bool more_x = x.next(), more_y = y.next();
    ASSERT_EQ(more_x, more_y) << v.name;
    if (!more_x) return;
    for (std::size_t i = 0; i < v.columns.size(); ++i)
      ASSERT_EQ(x.row()[i], y.row()[i]) << v.name << "." << v.columns[i].name << " of " << (x.row()[1].kind == store::Value::Kind::integer ? std::to_string(x.row()[1].i) : hex(x.row()[1].s));
  }
}

}  // namespace

void compare_databases(std::uint32_t seed, int sequences) {
  Centre a(store::Database::sqlite), b(store::Database::postgres);
  a.open();
  // What is sealed is the same under the same keys: those of everybody who will come are made before the file is copied.
  ASSERT_TRUE(a.engine().keys().seal_bytes("", SubjectId{3 * sequences + 300}, "").ok());
  a.shut();
  std::filesystem::create_directory(b.directory() + "/keys");
  std::filesystem::permissions(b.directory() + "/keys", std::filesystem::perms::owner_all);
  std::filesystem::copy(a.directory() + "/keys/master", b.directory() + "/keys/master");
  ASSERT_TRUE(store::open(b.place(), store::Mode::write).ok());  // makes it
  const auto copied = store::copy_keys(a.place(), b.place(), common().catalog->settings().centre, {});
  ASSERT_TRUE(copied.ok()) << copied.error().sentence;
  a.open();
  b.open();
  if (testing::Test::HasFatalFailure()) return;
  const auto centre = a.engine().centre();
  Hall hall(seed, a.engine().registry());
  std::vector<Hall::Life> lives;
  auto now = at(kFirstDay, 9, 0);
  std::map<std::string, int> done, refused;
  for (int begun = 0; begun < sequences || !lives.empty();) {
    while (lives.size() < 16 && begun < sequences) {
      lives.push_back(hall.begin());
      ++begun;
    }
    if (hall.one_in(sequences / 60 + 4)) now = Instant{now.ms + (1 + hall.below(3)) * INT64_C(86'400'000)};
    std::vector<Given> commands;
    for (auto& life : lives) {
      now = Instant{now.ms + 1 + hall.below(2'000)};
      commands.push_back(hall.next(life, now));
    }
    const auto on_a = a.give(commands), on_b = b.give(commands);
    for (std::size_t i = 0; i < commands.size(); ++i) {
      ASSERT_EQ(on_a[i], on_b[i]) << "seed " << seed << ": " << commands[i].command << " " << commands[i].body;
      hall.answered(lives[i], commands[i], on_a[i]);
      ++(on_a[i].starts_with("{") ? done : refused)[commands[i].command];

    }
    std::erase_if(lives, [](const auto& l) { return l.steps_left <= 0; });
  }
  auto x = a.close(), y = b.close();
  auto &r = x->writer().reader(), &s = y->writer().reader();
  const auto of_a = records(r, centre), of_b = records(s, centre);
  ASSERT_EQ(of_a.size(), of_b.size());
  for (std::size_t i = 0; i < of_a.size(); ++i) ASSERT_EQ(of_a[i], of_b[i]) << "record " << i + 1;
  const auto checked_a = store::verify(r, centre), checked_b = store::verify(s, centre);
  EXPECT_FALSE(checked_a.broken || checked_b.broken);
  EXPECT_EQ(checked_a.head_hash, checked_b.head_hash);
  const auto registry = all_rooms(common())();
  std::int64_t rows = 0;
  expect_same_view(r, s, engine::command_view(), rows);
  expect_same_view(r, s, engine::followed_view(), rows);
  for (const auto& g : registry.guards) expect_same_view(r, s, g->view(), rows);
  for (const auto& p : registry.reports) expect_same_view(r, s, p->view(), rows);
  for (auto* c : {&a, &b}) {
    auto& w = (c == &a ? x : y)->writer();
    const auto keys = engine::open_keys(w.reader(), c->place(), centre, {}, store::KeyAccess::read).value();
    engine::RebuildOptions with_keys;
    with_keys.keys = keys.get();
    for (const auto& v : engine::rebuild(w, all_rooms(common()), centre, with_keys).views) EXPECT_FALSE(v.difference) << *v.difference;
  }
  // A comparison that never reaches an act proves nothing about it.
  int commands = 0, kinds = 0;
  for (const auto& [name, n] : done) {
    commands += n;
    ++kinds;
  }
  testing::Test::RecordProperty("commands_done", commands);
  EXPECT_GT(commands, sequences);
  EXPECT_GE(kinds, 25);
  for (const char* name : {"casework.receive", "casework.accept", "casework.transfer", "casework.decide", "identity.erase_subject"}) EXPECT_GT(done[name],
      0) << name;
  EXPECT_GT(refused.size(), 15u);
  EXPECT_GT(rows, commands);
}

}  // namespace yi::app
