#include "identity/gatekeeper.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "store/temporary_directory.h"

using namespace yi;
using identity::Gatekeeper;

namespace {
http::Door door(const char* right) {
  http::Door d;
  d.right = right;
  return d;
}
http::Request with_token(const std::string& t) {
  http::Request r;
  r.authorization = t;
  return r;
}
}  // namespace

TEST(Gatekeeper, TheTokenOpensAndIsKeptFromOthers) {
  store::TemporaryDirectory dir;
  const auto file = dir.path() + "/operator.token";
  { ASSERT_TRUE(Gatekeeper::open(dir.path()).ok()); }
  struct stat st {};
  ASSERT_EQ(::stat(file.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0600u);
  std::string token;
  std::ifstream(file) >> token;
  EXPECT_EQ(token.size(), 64u);
  auto g = Gatekeeper::open(dir.path()).value();  // the same token after a restart
  EXPECT_EQ(g->admit(with_token(token), door("operator"))->role, "operator");
  EXPECT_EQ(g->admit(with_token(std::string(64, '0')), door("operator")).error().status, 401);
  EXPECT_EQ(g->admit(with_token(token + "0"), door("public")).error().code, "identity.bad_token");
  EXPECT_EQ(g->admit({}, door("operator")).error().code, "identity.not_signed_in");
  EXPECT_EQ(g->admit({}, door("public"))->role, "public");
  ::chmod(file.c_str(), 0644);
  EXPECT_EQ(Gatekeeper::open(dir.path()).error().code, "identity.token_exposed");
}

TEST(Gatekeeper, ATokenFileThatIsNotOursIsRefusedAndKept) {
  store::TemporaryDirectory dir;
  const auto file = dir.path() + "/operator.token";
  const auto refused = [&] {
    const auto g = Gatekeeper::open(dir.path());
    return g.ok() ? std::string("opened") : g.error().code;
  };
  const auto replace_by = [&](const std::string& text) {
    ::unlink(file.c_str());
    std::ofstream(file) << text;
    ::chmod(file.c_str(), 0600);
  };
  for (const auto& text : {std::string(), std::string(63, 'a') + "\n", std::string(65, 'a'), std::string(64, 'g')}) {
    replace_by(text);
    EXPECT_EQ(refused(), "identity.token_damaged") << text;
    std::string kept;
    std::getline(std::ifstream(file), kept, '\0');
    EXPECT_EQ(kept, text);
  }
  ::unlink(file.c_str());
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);  // does not wait for a writer
  EXPECT_EQ(refused(), "identity.token_damaged");
  ::unlink(file.c_str());
  const auto elsewhere = dir.path() + "/elsewhere";
  std::ofstream(elsewhere) << std::string(64, 'a');
  ::chmod(elsewhere.c_str(), 0600);
  ASSERT_EQ(::symlink(elsewhere.c_str(), file.c_str()), 0);
  EXPECT_EQ(refused(), "identity.token_damaged");
  ::unlink(file.c_str());
  std::ofstream(file + ".new") << "half a tok";  // a start that was interrupted
  EXPECT_EQ(refused(), "opened");
  EXPECT_NE(::access((file + ".new").c_str(), F_OK), 0);
}

TEST(Gatekeeper, TheCookieIsOfThePortThatTheBrowserKnows) {
  store::TemporaryDirectory dir;
  auto g = Gatekeeper::open(dir.path()).value();
  const auto session = g->enter(g->new_one_time_code());
  const auto role = [&](const char* host, const std::string& cookie) {
    http::Request r;
    r.host = host;
    r.cookie = cookie;
    const auto caller = g->admit(r, door("public"));
    return caller.ok() ? caller->role : std::string();
  };
  EXPECT_EQ(role("127.0.0.1:8080", "yichuang_operator_8081=x; yichuang_operator_8080=" + *session), "operator");
  EXPECT_EQ(role("[::1]:8080", "yichuang_operator_8080=" + *session), "operator");
  EXPECT_EQ(role("[::1]", "yichuang_operator=" + *session), "operator");
  EXPECT_EQ(role("localhost", "yichuang_operator=" + *session), "operator");
  EXPECT_EQ(role("localhost:8081", "yichuang_operator_8080=" + *session), "public");
}

TEST(Gatekeeper, ALookAtTheLinkDoesNotUseItUp) {
  store::TemporaryDirectory dir;
  auto g = Gatekeeper::open(dir.path()).value();
  http::Router router;
  identity::add_doors(router, *g);
  const auto& enter = router.doors().at(0);
  http::Request r;
  r.host = "localhost:8080";
  r.query["code"] = g->new_one_time_code();
  http::Response got;
  const auto ask = [&](bool head_only) {
    r.head_only = head_only;
    enter.handle(r, {"public", ""}, http::Responder([&](http::Response x) { got = std::move(x); }));
    return got.status;
  };
  EXPECT_EQ(ask(true), 200);
  for (const auto& [name, value] : got.headers) EXPECT_NE(name, "set-cookie") << value;
  EXPECT_EQ(ask(false), 303);
  EXPECT_TRUE(got.headers.at(1).second.starts_with("yichuang_operator_8080="));
  EXPECT_EQ(ask(false), 403);
}

TEST(Gatekeeper, ALinkOpensOneSession) {
  store::TemporaryDirectory dir;
  auto g = Gatekeeper::open(dir.path()).value();
  const auto code = g->new_one_time_code();
  const auto session = g->enter(code);
  ASSERT_TRUE(session);
  EXPECT_FALSE(g->enter(code));
  EXPECT_FALSE(g->enter(std::string(64, 'a')));
  http::Request r;
  r.cookie = "a=b; yichuang_operator=" + *session;
  EXPECT_EQ(g->admit(r, door("operator"))->role, "operator");
  EXPECT_TRUE(identity::viewer_of(*g->admit(r, door("operator"))).is_operator());
  g->leave(r);
  EXPECT_FALSE(g->admit(r, door("operator")).ok());
  EXPECT_FALSE(identity::viewer_of(*g->admit(r, door("public"))).is_operator());
}
