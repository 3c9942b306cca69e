// Log-in, lock-out, sessions' ends, second factors, links; the machine's clock is the test's.
#include <gtest/gtest.h>

#include "base/text.h"
#include "crypto/encoding.h"
#include "crypto/totp.h"
#include "http/test_page_policy.h"
#include "identity/test_house.h"

namespace yi::identity {
namespace {

using test::House;
constexpr const char* kPassword = "three blue kettles";

std::string login_body(const std::string& account, const std::string& password, const std::string& code = "") {
  return R"({"account":")" + account + R"(","password":")" + password + "\"" + (code.empty() ? "" : R"(,"code":")" + code + "\"") + "}";
}

class Login : public ::testing::Test {
 protected:
  void SetUp() override {
    house.start();
    house.open_staff("w01.chen", {Role::clerk});
    ASSERT_TRUE(house.keeper().sign_in().set_password("w01.chen", crypto::Secret(kPassword), "").ok());
  }
  http::Response login(const std::string& account, const std::string& password, const std::string& code = "") {
    return house.ask(house.post("/api/identity/login", login_body(account, password, code)));
  }
  int me(const std::string& token) {
    auto r = house.with_cookie(token);
    r.path = "/api/identity/me";
    return house.ask(r).status;
  }
  House house;
};

TEST_F(Login, OpensASessionWithItsToken) {
  const auto r = login("w01.chen", kPassword);
  ASSERT_EQ(r.status, 200) << r.body;
  const auto token = house.cookie_of(r);
  EXPECT_EQ(token.size(), 64u);
  EXPECT_EQ(House::field(r, "csrf_token"), csrf_token_of(token));
  EXPECT_EQ(me(token), 200);
  auto show = house.with_cookie(token);
  show.path = "/api/identity/me";
  const auto mine = house.ask(show);
  EXPECT_EQ(House::field(mine, "csrf_token"), csrf_token_of(token));
  EXPECT_NE(mine.body.find(R"("roles":["guide","clerk"])"), std::string::npos) << mine.body;
  EXPECT_NE(mine.body.find(R"({"right":"view.personal","reach":"centre"})"), std::string::npos) << mine.body;
  // A new log-in gives a new token, and the one before ends.
  auto again = house.post("/api/identity/login", login_body("w01.chen", kPassword), token);
  const auto second = house.cookie_of(house.ask(again));
  EXPECT_NE(second, token);
  EXPECT_EQ(me(token), 401);
  EXPECT_EQ(me(second), 200);
  EXPECT_EQ(house.ask(house.post("/api/identity/logout", "", second)).status, 200);
  EXPECT_EQ(me(second), 401);
}

TEST_F(Login, TheFileKeepsNoToken) {
  const auto token = house.cookie_of(login("w01.chen", kPassword));
  house.stop();
  std::string all;
  for (const char* name : {"/identity.db", "/identity.db-wal", "/audit.db", "/audit.db-wal", "/yichuang.db", "/yichuang.db-wal"}) {
    std::ifstream in(house.directory() + name, std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  EXPECT_NE(all.find(name_of_token(token)), std::string::npos);  // what is looked for could be found
  EXPECT_EQ(all.find(token), std::string::npos);
  EXPECT_EQ(all.find(kPassword), std::string::npos);
  house.start();
  EXPECT_EQ(me(token), 200);  // outlives a restart
}

TEST_F(Login, EveryCauseHasTheSameAnswer) {
  const auto wrong = login("w01.chen", "three green kettles");
  house.open_staff("w01.sun", {Role::clerk});
  ASSERT_TRUE(house.keeper().sign_in().set_password("w01.sun", crypto::Secret(kPassword), "").ok());
  house.give("identity.suspend_account", R"({"account":"w01.sun","reason":"调离"})");
  house.open_staff("w01.new", {Role::clerk});  // has not set a password
  for (const auto& other : {login("w01.nobody", kPassword), login("w01.sun", kPassword), login("w01.new", kPassword), login("", "")}) {
    EXPECT_EQ(other.status, 401);
    EXPECT_EQ(other.body, wrong.body);
  }
  EXPECT_EQ(House::code_of(wrong), "identity.login_failed");
}

TEST_F(Login, FiveFailuresLockForAQuarterOfAnHour) {
  const auto wrong = login("w01.chen", "three green kettles");
  for (int i = 1; i < 5; ++i) EXPECT_EQ(login("w01.chen", "three green kettles").status, 401);
  const auto locked = login("w01.chen", kPassword);
  EXPECT_EQ(locked.status, 401);
  EXPECT_EQ(locked.body, wrong.body);  // nobody learns that it is locked now
  house.start();                       // nor does a restart open it
  house.pass_minutes(14);
  EXPECT_EQ(login("w01.chen", kPassword).status, 401);
  house.pass_minutes(1);
  EXPECT_EQ(login("w01.chen", kPassword).status, 200);
}

TEST(Lockout, FailuresFarApartAndOfManyAccountsBehindOneAddress) {
  House house;
  house.start();
  auto file = open_secrets(house.directory(), test::kCentre).value();
  Lockout l(*file, house.options.now);
  for (int i = 0; i < 4; ++i) l.failed("a", "h");
  house.pass_minutes(15);
  l.failed("a", "h");
  EXPECT_FALSE(l.locked("a", ""));
  l.succeeded("a", "");
  for (int i = 0; i < 4; ++i) l.failed("a", "h");
  EXPECT_FALSE(l.locked("a", ""));
  l.failed("a", "h");
  EXPECT_TRUE(l.locked("a", ""));
  EXPECT_FALSE(l.locked("b", "h"));
  for (int i = 0; i < 50; ++i) l.failed("x" + std::to_string(i), "h");
  EXPECT_TRUE(l.address_locked("b", "h"));
  EXPECT_FALSE(l.address_locked("b", "other"));
  EXPECT_FALSE(l.locked("b", "h")) << "the address is locked, not whoever tries from it";
}

TEST(Lockout, NobodyIsShutOutOfTheirOwnDesk) {
  House house;
  house.start();
  auto file = open_secrets(house.directory(), test::kCentre).value();
  auto l = std::make_unique<Lockout>(*file, house.options.now);
  l->succeeded("sup", "desk");
  for (int i = 0; i < 60; ++i) l->failed("sup", "street");
  for (int i = 0; i < 60; ++i) l->failed("x" + std::to_string(i), "desk");
  for (int restart = 0; restart < 2; ++restart) {
    EXPECT_TRUE(l->locked("sup", "street"));
    EXPECT_TRUE(l->address_locked("sup", "street"));
    EXPECT_TRUE(l->address_locked("new", "desk"));
    EXPECT_FALSE(l->locked("sup", "desk") || l->address_locked("sup", "desk"));
    l = std::make_unique<Lockout>(*file, house.options.now);
  }
  // Signing in at the desk does not open what is guessed at elsewhere.
  l->succeeded("sup", "desk");
  EXPECT_TRUE(l->locked("sup", "street"));
  // A known place has its own five tries, and they lock that place alone.
  for (int i = 0; i < 5; ++i) l->failed("sup", "desk");
  EXPECT_TRUE(l->locked("sup", "desk"));
  house.pass_minutes(15);
  EXPECT_FALSE(l->locked("sup", "desk"));
  house.pass_minutes(31 * 24 * 60);
  for (int i = 0; i < 5; ++i) l->failed("sup", "street");
  EXPECT_TRUE(l->locked("sup", "desk")) << "not known any more";
}

TEST(Lockout, AFloodOfNamesLeavesNobodyUncounted) {
  House house;
  house.start();
  auto file = open_secrets(house.directory(), test::kCentre).value();
  Lockout l(*file, house.options.now);
  for (std::int64_t i = 0; i < limits::kLoginSubjects.value; ++i) l.failed("x" + std::to_string(i), "");
  for (int i = 0; i < 5; ++i) l.failed("real", "");
  EXPECT_TRUE(l.locked("real", ""));
  for (int i = 0; i < 1'000; ++i) l.failed("y" + std::to_string(i), "");
  EXPECT_TRUE(l.locked("real", "")) << "a lock is not pushed out by counts";
}

// However many are known, whoever is guessed at is counted and locked.
TEST(Lockout, ManyKnownPairsLeaveGuessesCounted) {
  House house;
  house.start();
  auto file = open_secrets(house.directory(), test::kCentre).value();
  for (int i = 0; i < 1'000; ++i) file->put(lock_view(), {test::kCentre.value, "known:citizen" + std::to_string(i) + " a" + std::to_string(i), house.now.ms + 1'000'000});
  Lockout l(*file, house.options.now);
  for (int i = 0; i < 5; ++i) l.failed("real", "a");
  EXPECT_TRUE(l.locked("real", "b"));
  EXPECT_FALSE(l.locked("citizen7", "a7"));
  for (int i = 0; i < 5; ++i) l.failed("citizen7", "a7");
  EXPECT_TRUE(l.address_locked("citizen7", "a7")) << "refused before anything is hashed";
  EXPECT_FALSE(l.address_locked("citizen8", "a8"));
}

// One place has a share of the thread that hashes; whoever works there as staff has their own.
TEST(Lockout, APlaceHasItsShareOfTries) {
  House house;
  house.start();
  auto file = open_secrets(house.directory(), test::kCentre).value();
  Lockout l(*file, house.options.now);
  l.succeeded("sup", "hall");
  l.succeeded("citizen", "hall");
  for (std::int64_t i = 0; i < kTriesOfAddress; ++i) EXPECT_TRUE(l.admit_try(i % 2 ? "citizen" : "x", "hall", false));
  EXPECT_FALSE(l.admit_try("citizen", "hall", false)) << "known, but anybody may register";
  EXPECT_TRUE(l.admit_try("sup", "hall", true));
  EXPECT_TRUE(l.admit_try("x", "elsewhere", false));
  for (std::int64_t i = 1; i < kTriesOfPair; ++i) EXPECT_TRUE(l.admit_try("sup", "hall", true));
  EXPECT_FALSE(l.admit_try("sup", "hall", true));
  house.pass_minutes(1);
  EXPECT_TRUE(l.admit_try("citizen", "hall", false));
}

TEST(Lockout, RegistrationsOfOneAddressHaveABound) {
  House house;
  house.start();
  auto file = open_secrets(house.directory(), test::kCentre).value();
  Lockout l(*file, house.options.now);
  for (std::int64_t i = 0; i < limits::kRegistrations.value; ++i) EXPECT_TRUE(l.admit_registration("h"));
  EXPECT_FALSE(l.admit_registration("h"));
  EXPECT_TRUE(l.admit_registration("other"));
  house.pass_minutes(15);
  EXPECT_TRUE(l.admit_registration("h"));
}

TEST_F(Login, SessionsEndWhenIdleAndAfterTwelveHours) {
  const auto idle = house.session_of("w01.chen");
  house.pass_minutes(29);
  EXPECT_EQ(me(idle), 200);
  house.pass_minutes(29);
  EXPECT_EQ(me(idle), 200);
  house.pass_minutes(30);
  EXPECT_EQ(me(idle), 401);
  const auto busy = house.session_of("w01.chen");
  for (int i = 0; i < 12 * 60 / 20 - 1; ++i) {
    house.pass_minutes(20);
    ASSERT_EQ(me(busy), 200) << i;
  }
  house.pass_minutes(20);
  EXPECT_EQ(me(busy), 401);
}

TEST_F(Login, TheOldestOfManySessionsEnds) {
  const auto first = house.session_of("w01.chen");
  for (int i = 0; i < limits::kSessionsOfAccount.value; ++i) {
    house.pass_minutes(1);
    static_cast<void>(house.session_of("w01.chen"));
  }
  EXPECT_EQ(me(first), 401);
}

TEST_F(Login, ANewPasswordEndsTheOtherSessions) {
  const auto here = house.session_of("w01.chen"), elsewhere = house.session_of("w01.chen");
  const auto change = [&](const std::string& from, const std::string& to) {
    return house.ask(house.post("/api/identity/password", R"({"old_password":")" + from + R"(","new_password":")" + to + "\"}", here));
  };
  EXPECT_EQ(House::code_of(change(kPassword, "short")), "identity.weak_password");
  EXPECT_EQ(House::code_of(change(kPassword, "w01.chen and more")), "identity.weak_password");
  EXPECT_EQ(House::code_of(change(kPassword, "aaaaaaaaaaaaaaaa")), "identity.weak_password");
  EXPECT_EQ(House::code_of(change("three green kettles", "four red kettles")), "identity.login_failed");
  const auto done = change(kPassword, "four red kettles");
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(me(elsewhere), 401);
  EXPECT_EQ(me(here), 401);
  EXPECT_EQ(me(house.cookie_of(done)), 200);
  EXPECT_EQ(login("w01.chen", kPassword).status, 401);
  EXPECT_EQ(login("w01.chen", "four red kettles").status, 200);
}

TEST_F(Login, ASecondFactorIsAskedForAndOpensOnce) {
  auto token = house.session_of("w01.chen");
  const auto mine = [&] {
    auto r = house.with_cookie(token);
    r.path = "/api/identity/my_sign_in";
    return house.ask(r).body;
  };
  EXPECT_EQ(mine(), R"({"password":true,"totp":false})");
  const auto enrolled = house.ask(house.post("/api/identity/enrol_totp", R"({"password":")" + std::string(kPassword) + "\"}", token));
  ASSERT_EQ(enrolled.status, 200) << enrolled.body;
  const auto link = House::field(enrolled, "otpauth");
  const auto from = link.find("secret=") + 7;
  const crypto::Secret seed(*crypto::from_base32(link.substr(from, link.find('&', from) - from)));
  const auto code = [&] { return crypto::totp_code(seed, house.now.ms / crypto::kTotpStepMs); };
  EXPECT_EQ(login("w01.chen", kPassword).status, 200);  // not confirmed: not asked for
  EXPECT_EQ(mine(), R"({"password":true,"totp":false})");
  const auto wrong = code() == "000000" ? "000001" : "000000";
  EXPECT_EQ(House::code_of(house.ask(house.post("/api/identity/confirm_totp", std::string(R"({"code":")") + wrong + "\"}", token))), "identity.wrong_code");
  const auto confirmed = house.ask(house.post("/api/identity/confirm_totp", R"({"code":")" + code() + "\"}", token));
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  token = house.cookie_of(confirmed);
  EXPECT_EQ(mine(), R"({"password":true,"totp":true})");
  EXPECT_EQ(House::code_of(login("w01.chen", kPassword)), "identity.code_required");
  EXPECT_EQ(House::code_of(login("w01.chen", kPassword, code())), "identity.login_failed");  // confirmed with this very code
  house.pass_minutes(1);
  const auto fresh = code();
  EXPECT_EQ(login("w01.chen", kPassword, fresh).status, 200);
  EXPECT_EQ(House::code_of(login("w01.chen", kPassword, fresh)), "identity.login_failed");
  house.pass_minutes(2);
  EXPECT_EQ(House::code_of(login("w01.chen", "three green kettles", code())), "identity.login_failed");
}

// Who knows the password alone, at a desk left open, puts no telephone of theirs in the place of the right one.
TEST_F(Login, ASecondFactorIsReplacedByWhoHasIt) {
  auto token = house.session_of("w01.chen");
  const auto enrol = [&](const std::string& code = "") {
    return house.ask(house.post("/api/identity/enrol_totp", R"({"password":")" + std::string(kPassword) + "\"" + (code.empty() ? "" : R"(,"code":")" + code + "\"") + "}", token));
  };
  const auto confirm = [&](const std::string& code) { return house.ask(house.post("/api/identity/confirm_totp", R"({"code":")" + code + "\"}", token)); };
  const auto seed_of = [](const http::Response& r) {
    const auto link = House::field(r, "otpauth");
    const auto from = link.find("secret=") + 7;
    return crypto::Secret(*crypto::from_base32(link.substr(from, link.find('&', from) - from)));
  };
  const auto code_of = [&](const crypto::Secret& seed) { return crypto::totp_code(seed, house.now.ms / crypto::kTotpStepMs); };
  // No code that is near: of the steps before and after too.
  const auto none_of = [&](const crypto::Secret& seed) {
    std::string code = "000000";
    for (const auto near = house.now.ms / crypto::kTotpStepMs; code == crypto::totp_code(seed, near - 1) || code == crypto::totp_code(seed, near) || code == crypto::totp_code(seed, near + 1);) ++code.back();
    return code;
  };
  EXPECT_EQ(House::code_of(confirm("000000")), "identity.enrolment_over") << "nothing was shown";
  const auto first = seed_of(enrol());
  const auto elsewhere = house.session_of("w01.chen");
  const auto before = token;
  const auto done = confirm(code_of(first));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(me(elsewhere), 401) << "whoever else is in came without it";
  EXPECT_EQ(me(before), 401);
  token = house.cookie_of(done);
  EXPECT_EQ(me(token), 200);

  house.pass_minutes(1);
  const auto without = enrol();
  EXPECT_EQ(without.status, 422) << "no session ends with it";
  EXPECT_EQ(House::code_of(without), "identity.wrong_code");
  EXPECT_EQ(House::code_of(enrol(none_of(first))), "identity.wrong_code");
  EXPECT_EQ(House::code_of(confirm("000000")), "identity.enrolment_over") << "neither left a secret behind";
  const auto used = code_of(first);
  const auto second = seed_of(enrol(used));
  EXPECT_EQ(House::code_of(enrol(used)), "identity.wrong_code") << "a code opens once";
  house.pass_minutes(1);
  EXPECT_EQ(login("w01.chen", kPassword, code_of(first)).status, 200) << "the old one counts until the new one is confirmed";
  house.start();  // how often and how long holds over a restart
  for (std::int64_t i = 1; i < kPendingCodes; ++i) EXPECT_EQ(House::code_of(confirm(none_of(second))), "identity.wrong_code") << i;
  EXPECT_EQ(House::code_of(confirm(none_of(second))), "identity.enrolment_over");
  EXPECT_EQ(House::code_of(confirm(code_of(second))), "identity.enrolment_over") << "five missed: it is forgotten";

  house.pass_minutes(1);
  const auto third = seed_of(enrol(code_of(first)));
  house.pass_minutes(kPendingMinutes);
  EXPECT_EQ(House::code_of(confirm(code_of(third))), "identity.enrolment_over");
  const auto fourth = seed_of(enrol(code_of(first)));
  house.pass_minutes(kPendingMinutes - 1);
  const auto changed = confirm(code_of(fourth));
  ASSERT_EQ(changed.status, 200) << changed.body;
  house.pass_minutes(1);
  EXPECT_EQ(House::code_of(login("w01.chen", kPassword, code_of(first))), "identity.login_failed");
  EXPECT_EQ(login("w01.chen", kPassword, code_of(fourth)).status, 200);
}

TEST_F(Login, GuessingAtTheOldCodeLocksLikeAnyGuess) {
  const auto token = house.session_of("w01.chen");
  const auto enrol = [&](const std::string& code) {
    return house.ask(house.post("/api/identity/enrol_totp", R"({"password":")" + std::string(kPassword) + R"(","code":")" + code + "\"}", token));
  };
  const auto link = House::field(enrol("123456"), "otpauth");
  ASSERT_FALSE(link.empty()) << "a code that nobody asks for is none";
  const auto from = link.find("secret=") + 7;
  const crypto::Secret seed(*crypto::from_base32(link.substr(from, link.find('&', from) - from)));
  ASSERT_TRUE(house.keeper().sign_in().confirm_totp("w01.chen", crypto::totp_code(seed, house.now.ms / crypto::kTotpStepMs)).ok());
  const auto again = house.session_of("w01.chen");
  for (int i = 0; i < limits::kLoginFailures.value; ++i)
    EXPECT_EQ(House::code_of(house.ask(house.post("/api/identity/enrol_totp", R"({"password":")" + std::string(kPassword) + R"(","code":"12"})", again))), "identity.wrong_code");
  house.pass_minutes(1);
  const auto right = crypto::totp_code(seed, house.now.ms / crypto::kTotpStepMs);
  EXPECT_EQ(House::code_of(house.ask(house.post("/api/identity/enrol_totp", R"({"password":")" + std::string(kPassword) + R"(","code":")" + right + "\"}", again))), "identity.login_failed");
}

TEST_F(Login, AnApplicantRegistersAndHasTheirOwnRoleAlone) {
  const std::string body = R"({"account":"sunny.day","password":"three blue kettles"})";
  const auto r = house.ask(house.post("/api/identity/register", body));
  ASSERT_EQ(r.status, 200) << r.body;
  auto show = house.with_cookie(house.cookie_of(r));
  show.path = "/api/identity/me";
  const auto mine = house.ask(show);
  EXPECT_EQ(House::field(mine, "kind"), "applicant");
  EXPECT_NE(mine.body.find(R"("roles":["applicant"])"), std::string::npos);
  EXPECT_EQ(House::code_of(house.ask(house.post("/api/identity/register", body))), "identity.account_exists");
  EXPECT_EQ(House::code_of(house.ask(house.post("/api/identity/register", R"({"account":"w01.chen","password":"three blue kettles"})"))), "identity.account_exists");
  EXPECT_EQ(login("sunny.day", kPassword).status, 200);
}

// A power cut came between the account and its password.
TEST_F(Login, ARegistrationThatWasInterruptedCanBeRepeated) {
  ASSERT_EQ(house.give("identity.open_applicant", R"({"account":"sunny.day"})"), "");
  house.start();
  EXPECT_EQ(house.ask(house.post("/api/identity/register", R"({"account":"sunny.day","password":"three blue kettles"})")).status, 200);
}

TEST_F(Login, LinksToSetAPassword) {
  house.open_three_posts();
  const auto admin = house.session_of("admin.li"), security = house.session_of("sec.wu");
  const auto ask = [&](const char* door, const std::string& account, const std::string& token) {
    return house.ask(house.post(std::string("/api/identity/") + door, R"({"account":")" + account + "\"}", token));
  };
  house.open_staff("w01.new", {Role::clerk});
  const auto invited = ask("invite", "w01.new", admin);
  ASSERT_EQ(invited.status, 200) << invited.body;
  const auto link = House::field(invited, "link");
  EXPECT_TRUE(link.starts_with("http://127.0.0.1:8080/set-password?code=")) << link;
  EXPECT_EQ(House::code_of(ask("invite", "w01.chen", admin)), "identity.has_password");
  EXPECT_EQ(House::code_of(ask("invite", "w01.new", security)), "identity.not_allowed");
  EXPECT_EQ(House::code_of(ask("reset_password", "w01.chen", admin)), "identity.not_allowed");
  EXPECT_EQ(ask("reset_password", "w01.chen", security).status, 200);
  EXPECT_EQ(House::code_of(ask("reset_password", "w01.new", security)), "identity.no_password");
  ASSERT_TRUE(house.keeper().sign_in().set_password("admin.li", crypto::Secret(kPassword), "").ok());
  EXPECT_EQ(House::code_of(ask("reset_password", "admin.li", security)), "identity.post_protected");

  const auto code = link.substr(link.find('=') + 1);
  house.start();  // outlives a restart
  const auto set = [&](const std::string& password, const std::string& again) {
    return house.ask(house.post("/set-password", "code=" + code + "&username=w01.new&password=" + password + "&again=" + again));
  };
  EXPECT_EQ(house.ask(house.request("/set-password", {{"code", code}})).status, 200);
  EXPECT_EQ(set("four+red+kettles", "four+red+kettle").status, 422);
  EXPECT_EQ(set("short", "short").status, 422);
  const auto done = set("four+red+kettles", "four+red+kettles");
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(set("four+red+kettles", "four+red+kettles").status, 403);
  EXPECT_EQ(login("w01.new", "four red kettles").status, 200);
  EXPECT_EQ(house.ask(house.request("/set-password", {{"code", code}})).status, 403);
}

TEST_F(Login, TheFormOfThePageOpensASessionToo) {
  const auto form = house.ask(house.request("/login"));
  EXPECT_EQ(form.status, 200);
  std::string policy;
  for (const auto& [name, value] : form.headers)
    if (name == "content-security-policy") policy = value;
  EXPECT_EQ(http::test::against_policy(policy, form.body), "");
  const auto in = house.ask(house.post("/login", "account=w01.chen&password=three+blue%20kettles&code="));
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(me(house.cookie_of(in)), 200);
  const auto wrong = house.ask(house.post("/login", "account=%3Cb%3E&password=x&code="));
  EXPECT_EQ(wrong.status, 401);
  EXPECT_NE(wrong.body.find("&lt;b&gt;"), std::string::npos);
  EXPECT_EQ(wrong.body.find("<b>"), std::string::npos);
  EXPECT_EQ(house.ask(house.post("/login", "account=%zz")).status, 400);
}

TEST(FirstAdministrator, OpensThreePostsByOneLinkOnce) {
  House house;
  house.options.demonstration = false;
  house.start();
  const auto code = *house.keeper().links().make(LinkPurpose::open_three_posts, "", limits::kLinkMinutes.value);
  EXPECT_EQ(house.ask(house.request("/first-administrator", {{"code", code}})).status, 200);
  const std::string people = "code=" + code + "&administrator=admin.li&administrator_name=%E6%9D%8E&security_administrator=sec.wu&security_administrator_name=%E5%90%B4"
                             "&auditor_name=%E4%BD%95&password=three+blue+kettles&again=three+blue+kettles";
  EXPECT_EQ(house.ask(house.post("/first-administrator", people + "&auditor=sec.wu")).status, 422);  // nothing is opened, the link stays
  EXPECT_EQ(house.keeper().book().holders(Role::administrator), 0);
  const auto done = house.ask(house.post("/first-administrator", people + "&auditor=audit.he"));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(house.keeper().book().holders(Role::auditor), 1);
  EXPECT_EQ(house.ask(house.post("/first-administrator", people + "&auditor=audit.ho")).status, 403);
  EXPECT_EQ(house.ask(house.post("/api/identity/login", login_body("admin.li", kPassword))).status, 200);
  int links = 0;
  for (auto at = done.body.find("href=\"http"); at != std::string::npos; at = done.body.find("href=\"http", at + 1)) {
    const auto link = done.body.substr(at, 140);
    const auto of = link.substr(link.find("code=") + 5, 64);
    EXPECT_EQ(house.ask(house.post("/set-password", "code=" + of + "&password=four+red+kettles&again=four+red+kettles")).status, 200);
    ++links;
  }
  EXPECT_EQ(links, 2);
  EXPECT_EQ(house.ask(house.post("/api/identity/login", login_body("audit.he", "four red kettles"))).status, 200);
  EXPECT_EQ(house.ask(house.post("/api/identity/login", login_body("sec.wu", "four red kettles"))).status, 200);
}

TEST(FirstAdministrator, TheLinkEndsAfterHalfAnHour) {
  House house;
  house.start();
  const auto code = *house.keeper().links().make(LinkPurpose::open_three_posts, "", limits::kLinkMinutes.value);
  house.pass_minutes(30);
  EXPECT_EQ(house.ask(house.request("/first-administrator", {{"code", code}})).status, 403);
}

}  // namespace
}  // namespace yi::identity
