// One centre on two nodes of a server: what one opens, closes, locks or suspends holds on the other (docs/decisions/0021).
#include <filesystem>
#include <thread>

#include "base/clock.h"
#include "crypto/totp.h"
#include "identity/test_house.h"
#include "identity/token_file.h"
#include "store/store_ground.h"

namespace yi::identity {
namespace {

using test::House;
using test::kCentre;
constexpr const char* kPassword = "three blue kettles";
constexpr std::int64_t kBoundNs = 1'000'000'000;

// A node's door, with its own directory and what it remembers; the first one's engine leads.
struct Node {
  store::TemporaryDirectory dir;
  std::unique_ptr<store::KeyVault> keys;
  std::shared_ptr<AccountBook> book = std::make_shared<AccountBook>();
  std::unique_ptr<Gatekeeper> keeper;
  std::unique_ptr<store::Store> views;
  std::mutex reading;
};

class Nodes : public testing::Test {
 protected:
  void SetUp() override {
    engine_ = engine::Engine::open({a_.dir.path(), url_}, [book = a_.book] {
      engine::Registry r;
      declare(r, {[](const DepartmentCode&) { return true; }, [](const WindowCode&) { return true; }}, book);
      return r;
    }, {kCentre, {true, at(CivilDay::of(2024, 6, 24), 9, 0)}}).value();
    a_.book->load(*engine_->reader(), kCentre);
    a_.keeper = open(a_, engine_->keys());
    std::filesystem::create_directory(b_.dir.path() + "/keys");
    std::filesystem::copy_file(a_.dir.path() + "/keys/master", b_.dir.path() + "/keys/master");
    b_.keys = store::KeyVault::open({b_.dir.path(), url_}, kCentre, {}, store::KeyAccess::read).value();
    b_.views = store::open({b_.dir.path(), url_}, store::Mode::read).value();
    b_.book->read_with([this](const std::string& account) { return read_account(*b_.views->open_reader(), kCentre, account); });
    b_.book->follow_with([this] { return read_staff(*b_.views->open_reader(), kCentre); }, [this] { return b_leads_.load(); });
    b_.keeper = open(b_, *b_.keys);
  }
  std::unique_ptr<Gatekeeper> open(Node& n, store::KeyVault& keys) {
    GatekeeperOptions o;
    o.directory = n.dir.path();
    o.centre = kCentre;
    o.demonstration = false;
    o.now = [this] { return now_; };
    o.engine_now = [] { return Instant{1'718'600'000'000}; };
    o.store_url = url_;
    auto g = Gatekeeper::open(o, n.book, House::table(), keys);
    if (!g) throw std::runtime_error(g.error().code + " " + g.error().sentence);
    return std::move(*g);
  }
  void give(std::string_view command, const std::string& body) {
    const auto a = engine_->run(command, body, {"t", "operator"});
    ASSERT_TRUE(a.ok()) << a.error().code;
  }
  void open_staff(const std::string& account, const std::string& role) {
    give("identity.open_account", R"({"account":")" + account + R"(","name":"某甲"})");
    grant(account, role);
  }
  void grant(const std::string& account, const std::string& role) { give("identity.grant_roles", R"({"account":")" + account + R"(","roles":[")" + role + "\"]}"); }
  std::string session_of(Node& n, const std::string& account) { return n.keeper->sessions().open(account, a_.book->find(account)->state.version); }
  bool admits(Node& n, const std::string& token) {
    http::Request r;
    r.host = "127.0.0.1:8080";
    r.address = "127.0.0.1";
    r.authorization = token;
    http::Door door;
    door.name = "t.door";
    door.right = kSignedIn;
    return n.keeper->admit(r, door).ok();
  }
  // How long until it is so.
  static std::int64_t until(const std::function<bool()>& f) {
    const auto start = monotonic_ns();
    while (!f() && monotonic_ns() - start < 20'000'000'000) std::this_thread::yield();
    return monotonic_ns() - start;
  }
  std::string sql(const std::string& text) { return store::test_server().sql(url_.substr(url_.rfind('/') + 1), text); }

  const std::string url_ = store::test_server().new_database();
  Instant now_{1'750'000'000'000};
  Node a_, b_;
  std::unique_ptr<engine::Engine> engine_;
  std::atomic<bool> b_leads_ = false;

  void TearDown() override {
    a_.keeper.reset();
    b_.keeper.reset();
    engine_.reset();
  }
};

// Its commit waited for a standby that is away, so nobody was answered; it is stored all the same, and the leader's book was told nothing.
TEST_F(Nodes, ASuspensionThatArrivedWithoutAnAnswerHoldsOnTheLeader) {
  a_.book->follow_with([this] { return read_staff(*engine_->reader(), kCentre); }, [] { return true; });
  open_staff("w01.chen", "clerk");
  open_staff("w02.li", "clerk");
  const auto wait_for = [](const std::string& standby) {
    store::test_server().sql("postgres", "ALTER SYSTEM SET synchronous_standby_names='" + standby + "'");
    store::test_server().sql("postgres", "SELECT pg_reload_conf()");
  };
  const auto ok = [&](const char* command, const char* body) { return engine_->run(command, body, {"t", "operator"}).ok(); };
  std::string token;
  bool answered = true;
  for (int i = 0; answered && i < 100; ++i) {  // the server takes the setting up when it comes to it
    token = session_of(a_, "w01.chen");
    ASSERT_TRUE(admits(a_, token));
    wait_for("away");
    answered = ok("identity.suspend_account", R"({"account":"w01.chen","reason":"调离"})");
    wait_for("");
    if (answered) until([&] { return ok("identity.restore_account", R"({"account":"w01.chen","reason":"复岗"})"); });
  }
  ASSERT_FALSE(answered);
  until([&] { return ok("identity.grant_roles", R"({"account":"w02.li","roles":["runner"]})"); });  // the lane has asked what is there
  EXPECT_EQ(sql("SELECT suspended FROM yichuang.identity_account WHERE account='w01.chen'"), "1") << "stored";
  EXPECT_FALSE(admits(a_, token));
}

TEST_F(Nodes, ASessionHoldsOnBothAndEndsOnBoth) {
  open_staff("w01.chen", "clerk");
  const auto token = session_of(a_, "w01.chen"), second = session_of(b_, "w01.chen");
  EXPECT_TRUE(admits(b_, token)) << "at once, although it was opened elsewhere";
  EXPECT_TRUE(admits(a_, second));
  EXPECT_TRUE(admits(a_, token));
  a_.keeper->sessions().close(token);
  EXPECT_FALSE(admits(a_, token));
  EXPECT_LT(until([&] { return !admits(b_, token); }), kBoundNs);
  b_.keeper->sessions().close_all_of("w01.chen");
  EXPECT_FALSE(admits(b_, second));
  EXPECT_LT(until([&] { return !admits(a_, second); }), kBoundNs);
  EXPECT_FALSE(admits(b_, std::string(64, 'a')));
  EXPECT_EQ(sql("SELECT count(*) FROM yichuang.identity_session"), "0");
}

TEST_F(Nodes, WhoIsSuspendedOrChangedIsKnownWithinASecond) {
  open_staff("w01.chen", "clerk");
  open_staff("w02.li", "clerk");
  const auto token = session_of(a_, "w01.chen"), other = session_of(a_, "w02.li");
  EXPECT_TRUE(admits(b_, token));
  EXPECT_TRUE(admits(b_, other));
  give("identity.suspend_account", R"({"account":"w01.chen","reason":"离岗"})");
  EXPECT_LT(until([&] { return !admits(b_, token); }), kBoundNs);
  grant("w02.li", "supervisor");
  EXPECT_LT(until([&] { return !admits(b_, other); }), kBoundNs) << "with other roles a new session is needed";
  const auto fresh = session_of(a_, "w02.li");
  EXPECT_TRUE(admits(b_, fresh)) << "its account is newer than what this node remembers";
  EXPECT_TRUE(admits(b_, fresh)) << "and it was not closed for that";
  open_staff("boss", "administrator");
  EXPECT_LT(until([&] { return b_.book->holders(Role::administrator) == 1; }), kBoundNs);
}

TEST_F(Nodes, ANodeThatBeginsToLeadStartsItsBookAnew) {
  open_staff("w01.chen", "clerk");
  EXPECT_TRUE(b_.book->find("w01.chen"));
  open_staff("w02.li", "administrator");
  b_leads_ = true;
  EXPECT_TRUE(b_.book->find("w02.li"));
  EXPECT_EQ(b_.book->holders(Role::administrator), 1);
  AccountState s = b_.book->find("w02.li")->state;
  s.suspended = true;
  b_.book->put("w02.li", s);
  EXPECT_EQ(b_.book->holders(Role::administrator), 0);
  b_leads_ = false;
  EXPECT_EQ(b_.book->holders(Role::administrator), 1) << "as the table has it";
}

TEST_F(Nodes, LastSeenIsWrittenByAnyAndRevivesNothing) {
  open_staff("w01.chen", "clerk");
  const auto token = session_of(a_, "w01.chen");
  EXPECT_TRUE(admits(b_, token));
  for (int i = 0; i < 3; ++i) {
    now_.ms += (limits::kSessionIdleMinutes.value - 1) * 60'000 / 2;
    EXPECT_TRUE(admits(b_, token));
  }
  EXPECT_TRUE(admits(a_, token)) << "idle here, at work there";
  EXPECT_EQ(sql("SELECT seen_at FROM yichuang.identity_session"), std::to_string(now_.ms));
  a_.keeper->sessions().close(token);
  now_.ms += 6 * 60'000;
  admits(b_, token);  // perhaps still known here, and due to be written
  EXPECT_EQ(sql("SELECT count(*) FROM yichuang.identity_session"), "0");
}

TEST_F(Nodes, ALinkOpensOnceWhicheverNodesAreAsked) {
  for (int round = 0; round < 10; ++round) {
    const auto code = *a_.keeper->links().make(LinkPurpose::set_password, "w01.chen", 30);
    ASSERT_TRUE(b_.keeper->links().look(code));
    EXPECT_FALSE(b_.keeper->links().take(code, LinkPurpose::open_three_posts));
    std::atomic<int> opened = 0;
    std::thread other([&] { opened += b_.keeper->links().take(code, LinkPurpose::set_password).has_value(); });
    opened += a_.keeper->links().take(code, LinkPurpose::set_password).has_value();
    other.join();
    EXPECT_EQ(opened, 1);
  }
  const auto code = a_.keeper->new_one_time_code();
  const auto session = b_.keeper->enter(code);
  ASSERT_TRUE(session) << "a centre without an administrator";
  EXPECT_TRUE(admits(a_, *session));
  EXPECT_FALSE(a_.keeper->enter(code));
}

TEST_F(Nodes, PasswordsCodesAndLocksHoldOnBoth) {
  open_staff("w01.chen", "clerk");
  open_staff("w02.li", "clerk");
  ASSERT_TRUE(a_.keeper->sign_in().set_password("w01.chen", crypto::Secret(kPassword), "").ok());
  const auto link = b_.keeper->sign_in().enrol_totp({"w01.chen", crypto::Secret(kPassword), "", "10.0.0.1"}, "t");
  ASSERT_TRUE(link.ok()) << link.error().code;
  auto file = open_secrets({a_.dir.path(), url_}, kCentre).value();
  const auto seed = AccountSecrets(*file, engine_->keys()).find("w01.chen").totp_pending.copy();
  const auto code = [&] { return crypto::totp_code(seed, now_.ms / crypto::kTotpStepMs); };
  ASSERT_TRUE(a_.keeper->sign_in().confirm_totp("w01.chen", code()).ok());
  now_.ms += 2 * crypto::kTotpStepMs;
  std::atomic<int> in = 0;
  std::thread other([&] { in += b_.keeper->sign_in().sign_in({"w01.chen", crypto::Secret(kPassword), code(), "10.0.0.2"}).ok(); });
  in += a_.keeper->sign_in().sign_in({"w01.chen", crypto::Secret(kPassword), code(), "10.0.0.1"}).ok();
  other.join();
  EXPECT_EQ(in, 1) << "a code opens once";

  ASSERT_TRUE(a_.keeper->sign_in().set_password("w02.li", crypto::Secret(kPassword), "").ok());
  EXPECT_TRUE(b_.keeper->sign_in().sign_in({"w02.li", crypto::Secret(kPassword), "", "10.0.0.3"}).ok());
  for (int i = 0; i < limits::kLoginFailures.value; ++i) EXPECT_FALSE(a_.keeper->sign_in().sign_in({"w02.li", crypto::Secret("wrong"), "", "10.0.0.9"}).ok());
  EXPECT_FALSE(b_.keeper->sign_in().sign_in({"w02.li", crypto::Secret(kPassword), "", "10.0.0.8"}).ok()) << "locked there, so here";
  EXPECT_TRUE(a_.keeper->sign_in().sign_in({"w02.li", crypto::Secret(kPassword), "", "10.0.0.3"}).ok()) << "a place that the other node knows";
}

TEST_F(Nodes, TheAuditIsOneChain) {
  std::vector<std::thread> readers;
  for (auto* n : {&a_, &b_})
    for (int t = 0; t < 2; ++t)
      readers.emplace_back([n, t] {
        for (int i = 0; i < 40; ++i) EXPECT_TRUE(n->keeper->audit().record_and_wait({"w0" + std::to_string(t), Outcome::read, "t.read", std::to_string(i), 0, "", "", ""}).ok());
      });
  for (auto& r : readers) r.join();
  const auto reader = b_.keeper->audit().open_reader();
  const auto v = verify_audit(*reader, kCentre);
  EXPECT_FALSE(v.broken) << *v.broken;
  EXPECT_EQ(v.entries, 160);
  EXPECT_EQ(search_audit(*reader, kCentre, Viewer::operator_named("t"), {{}, "7", {}, {}, 0, 100})->size(), 4u);
  EXPECT_EQ(verify_audit(*reader, {510100}).entries, 0) << "another centre's";
  {
    const auto opened = store::open_beside({a_.dir.path(), url_}, kAuditFile, store::Mode::write).value();
    auto& w = opened->writer();
    store::Row row;
    {
      auto c = w.reader().select(store::select_row_sql(audit_view(), audit_view().name), {kCentre.value, 70});
      ASSERT_TRUE(c->next());
      row = store::read_row(audit_view(), *c);
    }
    row[4] = "somebody.else";
    w.begin();
    w.change(audit_view(), audit_view().name, {row});
    w.commit();
  }
  EXPECT_NE(verify_audit(*reader, kCentre).broken.value_or("").find("70"), std::string::npos);
}

TEST_F(Nodes, TheOperatorsTokenIsOneAndStandsInEachDirectory) {
  const auto read = [](Node& n) {
    std::string token;
    std::ifstream(n.dir.path() + "/operator.token") >> token;
    return token;
  };
  EXPECT_EQ(read(a_).size(), 64u);
  EXPECT_EQ(read(a_), read(b_));
  EXPECT_EQ(sql("SELECT count(*) FROM yichuang.centre_secret WHERE encode(sealed,'escape') LIKE '%" + read(a_) + "%'"), "0");
}

}  // namespace
}  // namespace yi::identity
