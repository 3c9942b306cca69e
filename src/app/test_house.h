#pragma once
// For tests: a centre of its own that listens on a port of the system's choice, and people with accounts who ask it.
#include <gtest/gtest.h>

#include "app/installation.h"
#include "http/test_client.h"
#include "identity/cookie.h"
#include "store/temporary_directory.h"

namespace yi::app::test {

using identity::Role;

// A member of a JSON body by its path; "" where there is none. Booleans as "true" and "false".
inline std::string member(const std::string& body, std::initializer_list<std::string_view> path) {
  json::Parser parser;
  const auto parsed = parser.parse(body);
  std::optional<json::Node> node;
  if (parsed) node = *parsed;
  for (const auto key : path) {
    if (!node || node->kind() != json::Kind::object) return "";
    node = node->find(key);
  }
  if (!node) return "";
  if (node->kind() == json::Kind::string) return std::string(node->string());
  return node->kind() == json::Kind::boolean ? (node->boolean() ? "true" : "false") : "";
}

class House : public ::testing::Test {
 protected:
  void SetUp() override {
    ServeOptions o;
    o.data_directory = directory_.path();
    o.data_root = YI_SOURCE_DIR "/data";
    o.server.port = 0;
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
    auto opened = Installation::open(o);
    ASSERT_TRUE(opened.ok()) << opened.error().sentence << " " << opened.error().where;
    house_ = std::move(*opened);
    const auto served = house_->serve();
    ASSERT_TRUE(served.ok()) << served.error().sentence << " " << served.error().where;
    client_ = std::make_unique<http::test::Client>(house_->port());
  }
  void give(const std::string& command, const std::string& body) {
    const auto a = house_->engine().run(command, body, {"t", "operator"});
    ASSERT_TRUE(a.ok()) << command << ": " << a.error().sentence;
    last_ = a->stream;
  }
  void open_account(const std::string& account, Role role, const std::string& department = "scjgj") {
    if (role == Role::applicant) return give("identity.open_applicant", R"({"account":")" + account + "\"}");
    give("identity.open_account", R"({"account":")" + account + R"(","name":"某甲","department":")" + department + "\"}");
    give("identity.grant_roles", R"({"account":")" + account + R"(","roles":[")" + json::enum_name(role) + R"("]})");
  }
  const std::string& session_of(const std::string& account) {
    auto& g = house_->gatekeeper();
    auto& session = sessions_[account];
    if (session.empty()) session = g.sessions().open(account, g.book().find(account)->state.version);
    return session;
  }
  // The head of a request up to its last header, with the account's session.
  std::string head(const std::string& account, const std::string& method, const std::string& path) {
    const auto& session = session_of(account);
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + identity::cookie_name("localhost", false) + "=" + session + "\r\nX-CSRF-Token: " +
           identity::csrf_token_of(session) + "\r\n";
  }
  http::test::Reply ask(const std::string& account, const std::string& method, const std::string& path, const std::string& body = "") {
    std::string text = head(account, method, path);
    if (method == "POST") {
      char key[40];
      std::snprintf(key, sizeof key, "01900000-0000-7000-8000-%012d", ++commands_);
      text += std::string("Idempotency-Key: ") + key + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    } else {
      text += "\r\n";
    }
    return client_->ask(text);
  }
  void followed() { ASSERT_TRUE(house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(20))); }
  std::string code_of(const std::string& matter_name) const {
    for (const auto& one : house_->common().catalog->matters())
      if (one.name == matter_name) return one.code.value;
    return "";
  }

  store::TemporaryDirectory directory_;
  std::unique_ptr<Installation> house_;
  std::unique_ptr<http::test::Client> client_;
  std::map<std::string, std::string> sessions_;
  std::string last_;  // the stream of the last command given
  int commands_ = 0;
};

}  // namespace yi::app::test
