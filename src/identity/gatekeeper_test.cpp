#include "identity/gatekeeper.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

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
  g->leave(r.cookie);
  EXPECT_FALSE(g->admit(r, door("operator")).ok());
  EXPECT_FALSE(identity::viewer_of(*g->admit(r, door("public"))).is_operator());
}
