// The unified identity over HTTP, with a provider on the loopback: there, back, an account, a case of one's own; and everything that must not
// let anybody in.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "app/installation.h"
#include "base/clock.h"
#include "engine/rebuild.h"
#include "http/client.h"
#include "http/test_client.h"
#include "identity/cookie.h"
#include "identity/provider_test.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

using identity::Outcome;

constexpr const char* kName = "欧阳某某";
constexpr const char* kNumber = "11010519491231002X";
constexpr const char* kOther = "51130219770707003X";
constexpr const char* kVerified = "true";

std::string member(const std::string& body, std::string_view key) {
  json::Parser parser;
  const auto node = parser.parse(body);
  const auto v = node && node->kind() == json::Kind::object ? node->find(key) : std::nullopt;
  return v && v->kind() == json::Kind::string ? std::string(v->string()) : "";
}

// A copy of data/ whose settings a test changes.
class Settings {
 public:
  Settings() {
    std::filesystem::copy(YI_SOURCE_DIR "/data", root(), std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    put_secret("hush hush", 0600);
  }
  std::string root() const { return folder_.path() + "/data"; }
  std::string secret_file() const { return folder_.path() + "/secret"; }
  void put_secret(const std::string& text, mode_t mode) const {
    std::filesystem::remove(secret_file());
    std::ofstream(secret_file()) << text << "\n";
    ::chmod(secret_file().c_str(), mode);
  }
  void add(const std::string& lines) const { std::ofstream(root() + "/sichuan/settings.yaml", std::ios::app) << lines; }

 private:
  store::TemporaryDirectory folder_;
};

ServeOptions options_of(const std::string& directory, const std::string& root) {
  ServeOptions o;
  o.data_directory = directory;
  o.data_root = root;
  o.server.port = 0;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  return o;
}

// Somebody's cookies.
struct Browser {
  std::string session, kept;
};

class UnifiedIdentity : public ::testing::Test {
 protected:
  void SetUp() override {
    settings_.add("unified_identity:\n  issuer: " + provider_.address() + "\n  client_id: hall\n  client_secret_file: " + settings_.secret_file() +
                  "\n  scope: openid real_name\n  number_claim: id_number\n  verified_claim: id_number_verified\n");
    start();
  }
  void start() {
    auto opened = Installation::open(options_of(directory_.path(), settings_.root()));
    ASSERT_TRUE(opened.ok()) << opened.error().sentence << " " << opened.error().where;
    house_ = std::move(*opened);
    const auto served = house_->serve();
    ASSERT_TRUE(served.ok()) << served.error().sentence << " " << served.error().where;
    client_ = std::make_unique<http::test::Client>(house_->port());
  }
  void stop() {
    client_.reset();
    house_.reset();
  }
  http::test::Reply ask(Browser& b, const std::string& method, const std::string& path, const std::string& body = "") {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + identity::cookie_name("localhost", false) + "=" + b.session + "; yichuang_external=" + b.kept + "\r\n";
    if (method == "POST") {
      char key[40];
      std::snprintf(key, sizeof key, "01900000-0000-7000-8000-%012d", ++commands_);
      text += "X-CSRF-Token: " + identity::csrf_token_of(b.session) + "\r\nIdempotency-Key: " + key + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    } else {
      text += "\r\n";
    }
    client_->send(text);
    auto r = client_->receive(method == "HEAD");
    // Of several cookies the client tells the last: of a return, the session's.
    const auto cookie = r.header("set-cookie");
    const auto value = [&](const std::string& name) { return cookie.substr(name.size(), cookie.find(';') - name.size()); };
    if (cookie.starts_with("yichuang_external=")) b.kept = value("yichuang_external=");
    if (cookie.starts_with("yichuang_session=")) b.session = value("yichuang_session=");
    return r;
  }
  // To the provider and, with its answer, the path that leads back; "" where the provider was not reached.
  std::string go(Browser& b, const std::string& to = "") {
    const auto begun = ask(b, "GET", "/login/external" + to);
    EXPECT_EQ(begun.status, 303) << begun.body;
    const auto there = http::fetch({"GET", begun.header("location")});
    if (!there || there->status != 303) return "";
    const auto& back = there->headers.at("location");
    return back.substr(back.find('/', back.find("://") + 3));
  }
  http::test::Reply log_in(Browser& b) { return ask(b, "GET", go(b)); }
  std::string account(Browser& b) { return member(ask(b, "GET", "/api/identity/me").body, "account"); }
  void person(const std::string& subject, const std::string& number = "", const std::string& verified = kVerified) {
    provider_.subject = subject;
    provider_.claims_of_person.clear();
    if (!number.empty()) provider_.claims_of_person = {{"id_number", "\"" + number + "\""}, {"id_number_verified", verified}};
  }
  std::string give(const std::string& command, const std::string& body, engine::Actor by = {"t", "operator"}) {
    const auto a = house_->engine().run(command, body, by);
    return a ? "" : a.error().code;
  }
  http::test::Reply file(Browser& b, const std::string& number) {
    std::string matter;
    for (const auto& one : house_->common().catalog->matters())
      if (one.name == "企业设立登记") matter = one.code.value;
    return ask(b, "POST", "/api/casework/submit",
               R"({"matter":")" + matter + R"(","applicant_kind":"natural","applicant":")" + kName + R"(","applicant_id":")" + number + R"(","materials":[]})");
  }
  std::string first_case(Browser& b) {
    EXPECT_TRUE(house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(20)));
    const auto list = ask(b, "GET", "/api/casework/cases");
    const auto at_id = list.body.find("\"case_id\":\"");
    return at_id == std::string::npos ? "" : list.body.substr(at_id + 11, 14);
  }
  std::vector<identity::WrittenEntry> audited(Outcome outcome) {
    EXPECT_TRUE(house_->gatekeeper().audit().record_and_wait({"t", Outcome::read, "end", "", 0, "", "", ""}));
    identity::AuditQuestion q;
    q.limit = 200;
    auto all = identity::search_audit(*house_->gatekeeper().audit().open_reader(), house_->engine().centre(), identity::Viewer::operator_named("t"), q).value();
    std::erase_if(all, [&](const auto& e) { return e.outcome != outcome; });
    return all;
  }
  void expect_failed(const http::test::Reply& r, int status, const std::string& code, const std::string& why) {
    EXPECT_EQ(r.status, status) << r.body;
    const auto failures = audited(Outcome::sign_in_failed);
    ASSERT_FALSE(failures.empty());
    EXPECT_EQ(failures[0].code, code);
    EXPECT_EQ(failures[0].reason, why);
    EXPECT_EQ(failures[0].act, "identity.external_return");
  }

  Settings settings_;
  identity::test::Provider provider_{system_now};
  store::TemporaryDirectory directory_;
  std::unique_ptr<Installation> house_;
  std::unique_ptr<http::test::Client> client_;
  int commands_ = 0;
};

TEST_F(UnifiedIdentity, OpensAnAccountThatFilesAndReadsItsOwnCaseAlone) {
  Browser mine, other;
  EXPECT_NE(ask(mine, "GET", "/login").body.find("统一身份认证登录"), std::string::npos);
  person("person-a", kNumber);
  const auto begun = ask(mine, "GET", "/login/external");
  ASSERT_EQ(begun.status, 303) << begun.body;
  const auto cookie = begun.header("set-cookie");
  for (const char* part : {"HttpOnly", "SameSite=Lax", "Max-Age=600"}) EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
  EXPECT_TRUE(begun.header("location").starts_with(provider_.address() + "/authorize?")) << begun.header("location");
  const auto back = log_in(mine);
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_EQ(back.header("refresh"), "0; url=/");
  EXPECT_NE(back.header("set-cookie").find("SameSite=Strict"), std::string::npos);
  const auto name = account(mine);
  EXPECT_TRUE(name.starts_with("ext-")) << name;
  const auto signed_in = audited(Outcome::signed_in);
  ASSERT_EQ(signed_in.size(), 1u);
  EXPECT_EQ(signed_in[0].account, name);
  EXPECT_EQ(signed_in[0].reason, "external");
  ASSERT_EQ(file(mine, kNumber).status, 200);
  EXPECT_EQ(member(file(mine, kOther).body, "code"), "casework.not_own_number");
  const auto id = first_case(mine);
  ASSERT_FALSE(id.empty());
  const auto read = ask(mine, "GET", "/api/casework/cases/" + id);
  EXPECT_EQ(read.status, 200);
  EXPECT_NE(read.body.find(kName), std::string::npos);
  person("person-b", kOther);
  ASSERT_EQ(log_in(other).status, 200);
  const auto foreign = ask(other, "GET", "/api/casework/cases/" + id);
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(member(foreign.body, "code"), "casework.unknown_case");
  EXPECT_EQ(first_case(other), "");
  // Days later, another browser, the program started anew: the same account.
  stop();
  start();
  Browser later;
  person("person-a", kNumber);
  ASSERT_EQ(log_in(later).status, 200);
  EXPECT_EQ(account(later), name);
  EXPECT_EQ(ask(later, "GET", "/api/casework/cases/" + id).status, 200);
}

TEST_F(UnifiedIdentity, TheLedgerTellsNothingOfThePersonAndRebuildsTheSame) {
  Browser b;
  person("person-with-a-long-name", kNumber);
  ASSERT_EQ(log_in(b).status, 200);
  const auto name = account(b);
  // As by the provider, not by a clerk.
  std::vector<std::string> facts;
  {
    auto reader = house_->engine().reader();
    reader->events(house_->engine().centre(), 1, house_->engine().position(), [&](const store::LedgerRow& e) {
      store::Record r;
      EXPECT_TRUE(store::decode(e.record, r));
      EXPECT_EQ(r.actor, "provider");
      facts.emplace_back(r.name);
      return true;
    });
  }
  EXPECT_EQ(facts, (std::vector<std::string>{"identity.account_opened/1", "identity.account_linked/1", "identity.account_bound/1", "identity.subject_registered/1",
                                             "identity.subject_registered/1"}));
  stop();
  {
    auto store = store::open_sqlite(directory_.path(), store::Mode::write).value();
    const auto common = load_common(settings_.root()).value();
    const auto centre = common.catalog->settings().centre;
    const auto keys = engine::open_keys(store->writer().reader(), directory_.path(), centre, {}, store::KeyAccess::make).value();
    engine::RebuildOptions options;
    options.keys = keys.get();
    const auto r = engine::rebuild(store->writer(), all_rooms(common), centre, options);
    for (const auto& v : r.views) EXPECT_FALSE(v.difference) << *v.difference;
  }
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_.path()))
    if (entry.is_regular_file()) {
      std::ifstream in(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
  EXPECT_NE(all.find(name), std::string::npos);  // what is looked for could be found
  for (const char* personal : {"person-with-a-long-name", kNumber, "hush hush"}) EXPECT_EQ(all.find(personal), std::string::npos) << personal;
}

TEST_F(UnifiedIdentity, ANumberThatProvesNothingBindsNobodyUntilOneDoes) {
  Browser b;
  std::string name;
  for (const auto& [number, verified] : {std::pair<const char*, const char*>{"", kVerified}, {kNumber, "false"}, {kNumber, "\"true\""}, {"110105194912310020", kVerified}, {"1", kVerified}}) {
    person("person-a", number, verified);
    ASSERT_EQ(log_in(b).status, 200) << number;
    if (name.empty()) name = account(b);
    EXPECT_EQ(account(b), name);
    EXPECT_EQ(member(file(b, kNumber).body, "code"), "casework.real_name_required") << number << verified;
  }
  person("person-a", kNumber);
  ASSERT_EQ(log_in(b).status, 200);
  EXPECT_EQ(account(b), name);
  EXPECT_EQ(file(b, kNumber).status, 200);
  // And never for somebody else afterwards.
  Browser again;
  person("person-a", kOther);
  expect_failed(log_in(again), 409, "identity.other_person", "/number");
  EXPECT_EQ(audited(Outcome::sign_in_failed)[0].account, name);
  EXPECT_EQ(again.session, "");
}

TEST_F(UnifiedIdentity, TwoAccountsOfOnePersonSeeTheSameCases) {
  ASSERT_EQ(give("identity.open_applicant", R"({"account":"citizen.a"})"), "");
  ASSERT_EQ(give("identity.bind_applicant", R"({"account":"citizen.a","kind":"citizen","number":")" + std::string(kNumber) + "\"}"), "");
  auto& g = house_->gatekeeper();
  Browser registered{g.sessions().open("citizen.a", g.book().find("citizen.a")->state.version), ""}, one, two;
  ASSERT_EQ(file(registered, kNumber).status, 200);
  person("person-a", kNumber);
  ASSERT_EQ(log_in(one).status, 200);
  person("person-a2", kNumber);  // another identity of the same person
  ASSERT_EQ(log_in(two).status, 200);
  EXPECT_NE(account(one), account(two));
  const auto id = first_case(registered);
  EXPECT_FALSE(id.empty());
  EXPECT_EQ(first_case(one), id);
  EXPECT_EQ(first_case(two), id);
}

TEST_F(UnifiedIdentity, AnErasedPersonsIdentitiesLeadNowhere) {
  Browser b, again;
  person("person-a", kNumber);
  ASSERT_EQ(log_in(b).status, 200);
  person("person-a2", kNumber);
  ASSERT_EQ(log_in(again).status, 200);
  const auto first = account(b), second = account(again);
  const auto erased_subjects = [&] { return house_->engine().keys().destroyed().size(); };
  ASSERT_EQ(give("identity.erase_subject", R"({"kind":"citizen","number":")" + std::string(kNumber) + R"(","basis":"consent_withdrawn","reason":"本人书面申请"})"), "");
  EXPECT_EQ(erased_subjects(), 3u);  // the person and both identities
  for (const char* who : {"person-a", "person-a2"}) {
    person(who, kNumber);
    Browser fresh;
    ASSERT_EQ(log_in(fresh).status, 200);
    const auto name = account(fresh);
    EXPECT_NE(name, first);
    EXPECT_NE(name, second);
  }
  stop();
  start();
  EXPECT_EQ(erased_subjects(), 3u);
}

TEST_F(UnifiedIdentity, ASuspendedAccountStaysShutAndNoOtherIsOpened) {
  Browser b, again;
  person("person-a", kNumber);
  ASSERT_EQ(log_in(b).status, 200);
  const auto name = account(b);
  ASSERT_EQ(give("identity.suspend_account", R"({"account":")" + name + R"(","reason":"冒用"})"), "");
  expect_failed(log_in(again), 403, "identity.account_suspended", "");
  EXPECT_EQ(audited(Outcome::sign_in_failed)[0].account, name);
  EXPECT_EQ(again.session, "");
  ASSERT_EQ(give("identity.restore_account", R"({"account":")" + name + R"(","reason":"查清"})"), "");
  ASSERT_EQ(log_in(again).status, 200);
  EXPECT_EQ(account(again), name);
}

TEST_F(UnifiedIdentity, NobodyOfTheStaffComesInThisWayAndNobodyElseTakesTheAccount) {
  ASSERT_EQ(give("identity.open_account", R"({"account":"clerk.a","name":"某甲"})"), "");
  EXPECT_EQ(give("identity.enter_external", R"({"account":"clerk.a","issuer":")" + provider_.issuer() + R"(","subject":"person-a"})", {"provider", "provider", {}, {}, 0}), "identity.account_exists");
  Browser b, thief;
  person("clerk.a");
  ASSERT_EQ(log_in(b).status, 200);
  const auto name = account(b);
  EXPECT_NE(name, "clerk.a");
  EXPECT_EQ(give("identity.grant_roles", R"({"account":")" + name + R"(","roles":["clerk"]})"), "identity.not_staff");
  EXPECT_EQ(give("identity.open_applicant", R"({"account":"provider"})"), "identity.bad_account");
  // It has no password: that must not make it free to whoever registers its name.
  const auto taken = ask(thief, "POST", "/api/identity/register", R"({"account":")" + name + R"(","password":"three blue kettles"})");
  EXPECT_EQ(taken.status, 409) << taken.body;
  EXPECT_EQ(thief.session, "");
}

TEST_F(UnifiedIdentity, AStateAndACodeOpenOnceAndForTheirBrowserAlone) {
  Browser b, thief;
  const auto back = go(b);
  const auto kept = b.kept;
  expect_failed(ask(thief, "GET", back), 401, "identity.external_login_failed", "state");
  EXPECT_EQ(ask(b, "HEAD", back).status, 200);  // a program that looks at the link first
  EXPECT_EQ(b.session, "");
  ASSERT_EQ(ask(b, "GET", back).status, 200);
  Browser replay{"", kept};
  expect_failed(ask(replay, "GET", back), 401, "identity.external_login_failed", "state");
  // The old code under a new state.
  Browser second;
  const auto fresh = go(second);
  const auto spliced = back.substr(0, back.find("&state=")) + fresh.substr(fresh.find("&state="));
  expect_failed(ask(second, "GET", spliced), 401, "identity.external_login_failed", "code");
  EXPECT_EQ(second.session, "");
  EXPECT_EQ(second.kept, "");  // taken away with the failure
  for (const char* empty : {"", "?code=x", "?state=", "?code=x&state="}) {
    Browser nobody;
    expect_failed(ask(nobody, "GET", std::string("/login/external/return") + empty), 401, "identity.external_login_failed", "state");
  }
}

TEST_F(UnifiedIdentity, AHeadBeginsNothing) {
  Browser b;
  const auto looked = ask(b, "HEAD", "/login/external");
  EXPECT_EQ(looked.status, 200);
  EXPECT_EQ(looked.header("set-cookie") + looked.header("location"), "");
}

TEST_F(UnifiedIdentity, ATokenForAnotherAudienceAndARefusalOfThePersonOpenNothing) {
  Browser b;
  provider_.spoil = [](auto& claims) { claims["aud"] = "\"other\""; };
  expect_failed(log_in(b), 401, "identity.external_login_failed", "aud");
  provider_.spoil = nullptr;
  provider_.person_declines = true;
  expect_failed(log_in(b), 401, "identity.external_login_failed", "error");
  provider_.person_declines = false;
  expect_failed(ask(b, "GET", go(b) + "&iss=http%3A%2F%2F127.0.0.1%3A1"), 401, "identity.external_login_failed", "iss");
  EXPECT_EQ(b.session, "");
  EXPECT_EQ(log_in(b).status, 200);
}

TEST_F(UnifiedIdentity, AProviderThatIsDownIsSaidAndTheOwnLogInStays) {
  Browser b;
  const auto back = go(b);
  provider_.go_down();
  const auto failed = ask(b, "GET", back);
  EXPECT_EQ(failed.status, 503) << failed.body;
  EXPECT_NE(failed.body.find("连接不上所需的服务"), std::string::npos);
  EXPECT_NE(failed.body.find("name=\"password\""), std::string::npos);  // the page to go on with
  EXPECT_EQ(audited(Outcome::sign_in_failed)[0].code, "http.client_unreachable");
  stop();
  start();  // down when the program starts
  EXPECT_EQ(ask(b, "GET", "/login").status, 200);
  EXPECT_EQ(ask(b, "GET", "/login/external").status, 503);
}

TEST_F(UnifiedIdentity, OnlyAPathOfThisSiteIsGoneTo) {
  Browser b;
  for (const char* foreign : {"https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "evil.example", "", "%2Fa%0D%0Aset-cookie%3A", "%2Fa%22b", "javascript%3Aalert(1)"}) {
    const auto r = ask(b, "GET", std::string("/login/external?to=") + foreign);
    EXPECT_EQ(r.status, 422) << foreign;
    EXPECT_EQ(r.header("location") + r.header("set-cookie"), "") << foreign;
  }
  const auto back = go(b, "?to=%2Fcases%3Fmine%3D1");
  const auto kept = b.kept;
  EXPECT_EQ(ask(b, "GET", back).header("refresh"), "0; url=/cases?mine=1");
  // A cookie that somebody else wrote.
  const auto second = go(b);
  b.kept = b.kept.substr(0, b.kept.find('.') + 1) + crypto::base64url("//evil.example");
  EXPECT_EQ(ask(b, "GET", second).header("refresh"), "0; url=/");
}

TEST(UnifiedIdentityElsewhere, WithoutAProviderTheDoorsSaySo) {
  store::TemporaryDirectory directory;
  auto house = Installation::open(options_of(directory.path(), YI_SOURCE_DIR "/data")).value();
  ASSERT_TRUE(house->serve().ok());
  http::test::Client client(house->port());
  const auto get = [&](const char* path) { return client.ask(std::string("GET ") + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"); };
  for (const char* path : {"/login/external", "/login/external/return?code=x&state=y"}) {
    const auto r = get(path);
    EXPECT_EQ(r.status, 404) << path;
    EXPECT_NE(r.body.find("identity.no_provider"), std::string::npos) << r.body;
  }
  EXPECT_EQ(get("/login").body.find("/login/external"), std::string::npos);
}

// What stands in the settings is judged at the start.
TEST(UnifiedIdentityElsewhere, EveryWrongSettingIsRefusedAtTheStart) {
  const auto refused = [](const std::string& change, const std::string& line, const std::function<void(const Settings&)>& spoil = {}) {
    Settings s;
    std::map<std::string, std::string> f{{"issuer", "http://127.0.0.1:9000"}, {"client_id", "hall"}, {"client_secret_file", s.secret_file()}};
    if (!change.empty()) f[change] = line;
    std::string text = "unified_identity:\n";
    for (const auto& [name, value] : f)
      if (value != "-") text += "  " + name + ": " + value + "\n";
    s.add(text);
    if (spoil) spoil(s);
    store::TemporaryDirectory directory;
    const auto opened = Installation::open(options_of(directory.path(), s.root()));
    return opened ? std::string("opened") : opened.error().code;
  };
  EXPECT_EQ(refused("", ""), "opened");
  EXPECT_EQ(refused("redirect_address", "http://localhost:8080/login/external/return"), "opened");
  const auto bad = refused("issuer", "http://sso.example");
  EXPECT_NE(bad, "opened");
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"issuer", "https://sso.example"}, {"issuer", "http://127.0.0.1:9000/"}, {"issuer", "http://127.0.0.1.evil:9000"}, {"gateway", "http://192.0.2.1:9000"}, {"client_id", "'大厅'"},
           {"client_secret_file", "secret"}, {"redirect_address", "http://127.0.0.1:8080/elsewhere"}, {"redirect_address", "ftp://127.0.0.1/login/external/return"}, {"scope", "profile"},
           {"number_claim", "id_number"}, {"verified_claim", "id_number_verified"}})
    EXPECT_EQ(refused(name, value), bad) << name << " " << value;
  EXPECT_NE(refused("client_id", "-"), "opened");
  EXPECT_NE(refused("client_secret", "hush"), "opened");  // never in the settings
  EXPECT_EQ(refused("redirect_address", "https://hall.example/login/external/return"), "app.redirect_host");
  EXPECT_EQ(refused("", "", [](const Settings& s) { s.put_secret("hush hush", 0640); }), "identity.secret_exposed");
  EXPECT_EQ(refused("", "", [](const Settings& s) { s.put_secret("", 0600); }), "identity.secret_damaged");
  EXPECT_EQ(refused("", "", [](const Settings& s) { std::filesystem::remove(s.secret_file()); }), "identity.secret_unreadable");
}

}  // namespace
}  // namespace yi::app
