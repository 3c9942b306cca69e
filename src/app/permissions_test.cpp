// The permission matrix: every door of the program × every role, over HTTP. It reads the router's own list, so that a new door is
// covered by being there.
#include <gtest/gtest.h>

#include "app/installation.h"
#include "http/test_client.h"
#include "identity/cookie.h"
#include "identity/rights_view.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

using identity::Role;
using identity::RoleSet;

std::string code_of(const std::string& body) {
  json::Parser parser;
  const auto node = parser.parse(body);
  const auto code = node && node->kind() == json::Kind::object ? node->find("code") : std::nullopt;
  return code && code->kind() == json::Kind::string ? std::string(code->string()) : "";
}

// A well-formed path of the door's pattern.
std::string path_of(const http::Door& door) {
  std::string out;
  bool in_braces = false;
  for (const char c : door.pattern) {
    if (c == '{') out += '1';
    in_braces = (in_braces || c == '{') && c != '}';
    if (!in_braces && c != '}') out += c;
  }
  return out;
}

class Permissions : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = new store::TemporaryDirectory;
    ServeOptions o;
    o.data_directory = directory_->path();
    o.data_root = YI_SOURCE_DIR "/data";
    o.server.port = 0;
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
    auto opened = Installation::open(o);
    ASSERT_TRUE(opened.ok()) << opened.error().sentence << " " << opened.error().where;
    house_ = opened->release();
    const auto served = house_->serve();
    ASSERT_TRUE(served.ok()) << served.error().sentence << " " << served.error().where;
    for (const auto& row : house_->roles().rows()) sessions_[row.role] = session_of(row.role);
  }
  static void TearDownTestSuite() {
    delete house_;
    delete directory_;
  }
  static void give(const std::string& command, const std::string& body) {
    const auto a = house_->engine().run(command, body, {"t", "operator"});
    ASSERT_TRUE(a.ok()) << command << ": " << a.error().sentence;
  }
  static std::string session_of(Role role) {
    const std::string name = json::enum_name(role), account = "test." + name;
    if (role == Role::applicant) {
      give("identity.open_applicant", R"({"account":")" + account + "\"}");
    } else {
      give("identity.open_account", R"({"account":")" + account + R"(","name":"某甲","department":"scjgj"})");
      give("identity.grant_roles", R"({"account":")" + account + R"(","roles":[")" + name + R"("]})");
    }
    auto& g = house_->gatekeeper();
    return g.sessions().open(account, g.book().find(account)->state.version);
  }
  static http::test::Reply ask(http::test::Client& client, const http::Door& door, const std::string& session) {
    const bool post = door.method == http::Method::post;
    std::string text = std::string(post ? "POST " : "GET ") + path_of(door) + " HTTP/1.1\r\nHost: localhost\r\n";
    if (!session.empty())
      text += "Cookie: " + identity::cookie_name("localhost", false) + "=" + session + "\r\nX-CSRF-Token: " + identity::csrf_token_of(session) + "\r\n";
    if (post) text += "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    else text += "\r\n";
    // An event stream does not end: its head is what is asked for.
    const bool stream = std::any_of(door.replies.begin(), door.replies.end(), [](const auto& r) { return !r.events.empty(); });
    if (!stream) return client.ask(text);
    http::test::Client one(house_->port());
    text.insert(text.find("\r\n") + 2, "Connection: close\r\n");
    if (!one.send(text)) return {};
    auto reply = one.receive_head();
    if (reply.status != 200) reply.body = one.receive_rest();
    return reply;
  }
  static store::TemporaryDirectory* directory_;
  static Installation* house_;
  static std::map<Role, std::string> sessions_;
};
store::TemporaryDirectory* Permissions::directory_ = nullptr;
Installation* Permissions::house_ = nullptr;
std::map<Role, std::string> Permissions::sessions_;

TEST_F(Permissions, EveryDoorIsOpenToItsRolesAloneAndToNobodyWithoutASession) {
  http::test::Client client(house_->port());
  ASSERT_TRUE(client.connected());
  int asked = 0;
  for (const auto& door : house_->router().doors()) {
    const bool open = door.right == identity::kPublic;
    const auto stranger = ask(client, door, "");
    EXPECT_NE(stranger.status, 0) << door.name;
    if (open) {
      EXPECT_NE(code_of(stranger.body), "identity.not_signed_in") << door.name;
      continue;
    }
    EXPECT_EQ(stranger.status, 401) << door.name;
    EXPECT_EQ(code_of(stranger.body), "identity.not_signed_in") << door.name;
    for (const auto& [role, session] : sessions_) {
      const auto effective = house_->roles().closure(RoleSet{role});
      // Asked of the two tables themselves, not of the Gatekeeper's judgement.
      const bool allowed = door.right == identity::kSignedIn ||
                           (door.roles != 0 ? effective.meets(RoleSet(door.roles)) : house_->roles().holders(door.right).has(role));
      const auto reply = ask(client, door, session);
      ++asked;
      if (allowed) {
        EXPECT_TRUE(reply.status != 401 && reply.status != 403 && reply.status != 0) << door.name << " as " << json::enum_name(role) << ": " << reply.status << " " << reply.body;
      } else {
        EXPECT_EQ(reply.status, 403) << door.name << " as " << json::enum_name(role) << ": " << reply.body;
        EXPECT_EQ(code_of(reply.body), "identity.not_allowed") << door.name;
      }
    }
  }
  EXPECT_GT(asked, 300);  // the list was read
}

// Whatever shows a person is written down before it leaves; what a command answers with is a fact with its actor, or says so itself.
TEST_F(Permissions, EveryDoorThatShowsPeopleIsAudited) {
  int doors = 0;
  for (const auto& door : house_->router().doors())
    for (const auto& reply : door.replies) {
      if (reply.schema.find("\"legal_representative\"") == std::string::npos) continue;
      ++doors;
      EXPECT_EQ(door.audit_class, door.method == http::Method::get ? "personal" : "command") << door.name;
    }
  EXPECT_GE(doors, 4);  // a case, lists, search, unmask
}

TEST_F(Permissions, EveryRightIsHeldBySomebody) {
  for (const auto& row : identity::rights_table(house_->router(), house_->roles()))
    EXPECT_TRUE(row.right == "operator" || !row.holders.empty()) << row.right << ": no role of data/roles.yaml has it";
}

TEST_F(Permissions, EveryCommandsRightIsItsName) {
  for (const auto& spec : house_->engine().registry().commands) EXPECT_EQ(spec.right, spec.name);
}

}  // namespace
}  // namespace yi::app
