#include "identity/gatekeeper.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "identity/test_house.h"

using namespace yi;
using namespace yi::identity;
using yi::identity::test::House;

namespace {
http::Door door(const char* right, http::Method method = http::Method::get) {
  http::Door d;
  d.name = std::string("toy.") + right;
  d.right = right;
  d.method = method;
  return d;
}
http::Request with_token(const std::string& t) {
  http::Request r;
  r.authorization = t;
  return r;
}
std::string refusal_of(const Gatekeeper& g, const http::Request& r, const http::Door& d) {
  const auto c = g.admit(r, d);
  return c ? "admitted as " + c->role : c.error().code;
}
}  // namespace

TEST(Gatekeeper, TheTokenOpensAndIsKeptFromOthers) {
  House house;
  const auto file = house.directory() + "/operator.token";
  house.start();
  struct stat st {};
  ASSERT_EQ(::stat(file.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0600u);
  for (const char* beside : {"/identity.db", "/audit.db"}) {
    ASSERT_EQ(::stat((house.directory() + beside).c_str(), &st), 0);
    EXPECT_EQ(st.st_mode & 0777, 0600u);
  }
  std::string token;
  std::ifstream(file) >> token;
  EXPECT_EQ(token.size(), 64u);
  house.start();  // the same token after a restart
  const auto& g = house.keeper();
  EXPECT_EQ(refusal_of(g, with_token(token), door("view.cases")), "admitted as operator");
  EXPECT_EQ(refusal_of(g, with_token(std::string(64, '0')), door("view.cases")), "identity.bad_token");
  EXPECT_EQ(refusal_of(g, with_token(token + "0"), door("public")), "identity.bad_token");
  EXPECT_EQ(refusal_of(g, {}, door("view.cases")), "identity.not_signed_in");
  EXPECT_EQ(refusal_of(g, {}, door("public")), "admitted as public");
  house.stop();
  ::chmod(file.c_str(), 0644);
  EXPECT_EQ(house.start_refused(), "identity.token_exposed");
}

TEST(Gatekeeper, ATokenFileThatIsNotOursIsRefusedAndKept) {
  House house;
  const auto file = house.directory() + "/operator.token";
  const auto replace_by = [&](const std::string& text) {
    ::unlink(file.c_str());
    std::ofstream(file) << text;
    ::chmod(file.c_str(), 0600);
  };
  for (const auto& text : {std::string(), std::string(63, 'a') + "\n", std::string(65, 'a'), std::string(64, 'g')}) {
    replace_by(text);
    EXPECT_EQ(house.start_refused(), "identity.token_damaged") << text;
    std::string kept;
    std::getline(std::ifstream(file), kept, '\0');
    EXPECT_EQ(kept, text);
  }
  ::unlink(file.c_str());
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);  // does not wait for a writer
  EXPECT_EQ(house.start_refused(), "identity.token_damaged");
  ::unlink(file.c_str());
  const auto elsewhere = house.directory() + "/elsewhere";
  std::ofstream(elsewhere) << std::string(64, 'a');
  ::chmod(elsewhere.c_str(), 0600);
  ASSERT_EQ(::symlink(elsewhere.c_str(), file.c_str()), 0);
  EXPECT_EQ(house.start_refused(), "identity.token_damaged");
  ::unlink(file.c_str());
  std::ofstream(file + ".new") << "half a tok";  // a start that was interrupted
  house.start();
  EXPECT_NE(::access((file + ".new").c_str(), F_OK), 0);
}

TEST(Gatekeeper, TheCookieIsOfThePortThatTheBrowserKnows) {
  House house;
  house.start();
  auto& g = house.keeper();
  const auto session = g.enter(g.new_one_time_code());
  const auto role = [&](const char* host, const std::string& cookie) {
    http::Request r;
    r.host = host;
    r.cookie = cookie;
    const auto caller = g.admit(r, door("public"));
    return caller.ok() ? caller->role : std::string();
  };
  EXPECT_EQ(role("127.0.0.1:8080", "yichuang_session_8081=x; yichuang_session_8080=" + *session), "operator");
  EXPECT_EQ(role("[::1]:8080", "yichuang_session_8080=" + *session), "operator");
  EXPECT_EQ(role("[::1]", "yichuang_session=" + *session), "operator");
  EXPECT_EQ(role("localhost", "yichuang_session=" + *session), "operator");
  EXPECT_EQ(role("localhost:8081", "yichuang_session_8080=" + *session), "public");
}

TEST(Gatekeeper, ALookAtTheLinkDoesNotUseItUp) {
  House house;
  house.start();
  const http::Request first = house.request("/operator/enter", {{"code", house.keeper().new_one_time_code()}});
  auto head = first;
  head.head_only = true;
  auto got = house.ask(head);
  EXPECT_EQ(got.status, 200);
  for (const auto& [name, value] : got.headers) EXPECT_NE(name, "set-cookie") << value;
  got = house.ask(first);
  EXPECT_EQ(got.status, 303);
  EXPECT_TRUE(got.headers.at(1).second.starts_with("yichuang_session_8080="));
  EXPECT_NE(got.headers.at(1).second.find("HttpOnly; SameSite=Strict"), std::string::npos);
  EXPECT_EQ(house.ask(first).status, 403);
}

TEST(Gatekeeper, ALinkOpensOneSessionWithinTenMinutes) {
  House house;
  house.start();
  auto& g = house.keeper();
  const auto code = g.new_one_time_code();
  const auto session = g.enter(code);
  ASSERT_TRUE(session);
  EXPECT_FALSE(g.enter(code));
  EXPECT_FALSE(g.enter(std::string(64, 'a')));
  http::Request r;
  r.cookie = "a=b; yichuang_session=" + *session;
  EXPECT_EQ(g.admit(r, door("view.cases"))->role, "operator");
  EXPECT_TRUE(viewer_of(*g.admit(r, door("view.cases"))).may_see_health());
  g.leave(r);
  EXPECT_FALSE(g.admit(r, door("view.cases")).ok());
  EXPECT_FALSE(viewer_of(*g.admit(r, door("public"))).is_signed_in());
  const auto late = g.new_one_time_code();
  house.pass_minutes(10);
  EXPECT_FALSE(g.enter(late));
}

TEST(Gatekeeper, BehindTlsTheCookieIsSecureAndTheAddressTheProxys) {
  House house;
  house.options.behind_tls = true;
  house.start();
  auto r = house.request("/operator/enter", {{"code", house.keeper().new_one_time_code()}});
  r.forwarded_for = "10.9.9.9, 192.0.2.7";
  const auto got = house.ask(r);
  EXPECT_TRUE(got.headers.at(1).second.starts_with("__Host-yichuang_session="));
  EXPECT_NE(got.headers.at(1).second.find("; Secure"), std::string::npos);
  EXPECT_EQ(house.keeper().address_of(r), "192.0.2.7");
}

TEST(Gatekeeper, WithAnAdministratorTheOperatorsTokenOpensPublicDoorsAlone) {
  House house;
  house.options.demonstration = false;
  house.start();
  const auto token = house.operator_token();
  auto& g = house.keeper();
  const auto session = g.enter(g.new_one_time_code());
  EXPECT_EQ(refusal_of(g, with_token(token), door("view.cases")), "admitted as operator");
  house.open_three_posts();
  EXPECT_EQ(refusal_of(g, with_token(token), door("view.cases")), "identity.operator_closed");
  EXPECT_EQ(refusal_of(g, with_token(token), door("public")), "admitted as public");
  http::Request r;
  r.cookie = "yichuang_session=" + *session;
  EXPECT_EQ(refusal_of(g, r, door("view.cases")), "identity.not_signed_in");
  EXPECT_FALSE(g.enter(g.new_one_time_code()));
}

TEST(Gatekeeper, APostWithACookieCarriesTheTokenAgainstForeignSites) {
  House house;
  house.start();
  house.open_staff("w01.chen", {Role::clerk});
  const auto token = house.session_of("w01.chen");
  const auto& g = house.keeper();
  auto r = house.with_cookie(token);
  const auto post = door("casework.consult", http::Method::post);
  EXPECT_EQ(refusal_of(g, r, door("view.cases")), "admitted as staff");
  r.method = http::Method::post;
  EXPECT_EQ(refusal_of(g, r, post), "identity.csrf");
  r.csrf_token = csrf_token_of(std::string(64, 'a'));
  EXPECT_EQ(refusal_of(g, r, post), "identity.csrf");
  r.csrf_token = csrf_token_of(token);
  EXPECT_EQ(refusal_of(g, r, post), "admitted as staff");
  auto form = post;
  form.plain_form = true;
  r.csrf_token.clear();
  EXPECT_EQ(refusal_of(g, r, form), "admitted as staff");
  EXPECT_EQ(refusal_of(g, with_token(token), post), "admitted as staff");  // a bearer is sent by no browser on its own
}

TEST(Gatekeeper, TheCallerCarriesWhoActsAndWhatTheyMaySee) {
  House house;
  house.start();
  house.open_staff("scjgj.zhao", {Role::department_leader}, "scjgj");
  const auto c = *house.keeper().admit(house.with_cookie(house.session_of("scjgj.zhao")), door("view.cases"));
  EXPECT_EQ(c.account, "scjgj.zhao");
  EXPECT_EQ(c.department, "scjgj");
  EXPECT_TRUE(RoleSet(c.roles).has(Role::handler));  // by inclusion
  const auto v = viewer_of(c);
  EXPECT_TRUE(v.may_see_personal_of({"scjgj"}));
  EXPECT_FALSE(v.may_see_personal_of({"rst"}));
  EXPECT_FALSE(v.may_see_personal());
  EXPECT_FALSE(v.may_see_health());
  EXPECT_EQ(v.require(Question::read_audit).error().where, "identity.read_audit");
  EXPECT_EQ(refusal_of(house.keeper(), house.with_cookie(house.session_of("scjgj.zhao")), door("identity.grant_roles")), "identity.not_allowed");
}

TEST(Gatekeeper, OtherRolesOrASuspensionEndTheSession) {
  House house;
  house.start();
  house.open_staff("w01.chen", {Role::clerk});
  const auto token = house.session_of("w01.chen");
  const auto& g = house.keeper();
  EXPECT_EQ(refusal_of(g, house.with_cookie(token), door("view.cases")), "admitted as staff");
  house.give("identity.grant_roles", R"({"account":"w01.chen","roles":["guide"]})");
  EXPECT_EQ(refusal_of(g, house.with_cookie(token), door("view.cases")), "identity.not_signed_in");
  const auto second = house.session_of("w01.chen");
  EXPECT_EQ(refusal_of(g, house.with_cookie(second), door("casework.receive")), "identity.not_allowed");
  house.give("identity.suspend_account", R"({"account":"w01.chen","reason":"调离"})");
  EXPECT_EQ(refusal_of(g, house.with_cookie(second), door("view.cases")), "identity.not_signed_in");
}
