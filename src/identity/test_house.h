#pragma once
// For tests: an engine with identity alone, its Gatekeeper and doors, and a machine's clock that the test drives.
#include <gtest/gtest.h>

#include <fstream>
#include <future>

#include "base/json.h"
#include "crypto/random.h"
#include "engine/command_doors.h"
#include "identity/cookie.h"
#include "identity/declare.h"
#include "identity/doors.h"
#include "identity/rights_view.h"
#include "store/temporary_directory.h"

namespace yi::identity::test {

inline constexpr CentreCode kCentre{510000};

class House {
 public:
  House() {
    options.centre = kCentre;
    options.directory = directory_.path();
    options.now = [this] { return now; };
    options.engine_now = [] { return Instant{1'718'600'000'000}; };
  }
  ~House() { stop(); }
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  GatekeeperOptions options;
  Instant now{1'750'000'000'000};
  void pass_minutes(std::int64_t n) { now.ms += n * 60'000; }

  const std::string& directory() const { return options.directory; }
  static std::shared_ptr<const RoleTable> table() {
    static const auto t = [] {
      auto loaded = RoleTable::load(YI_SOURCE_DIR "/data/roles.yaml");
      if (!loaded) throw std::runtime_error(loaded.error().sentence + " " + loaded.error().where);
      return std::make_shared<const RoleTable>(std::move(*loaded));
    }();
    return t;
  }

  std::string start_refused() {
    const auto why = try_start();
    return why ? why->code : "opened";
  }
  void start() {
    const auto why = try_start();
    ASSERT_FALSE(why) << why->code << " " << why->sentence;
  }
  void stop() {
    router_.reset();
    keeper_.reset();
    engine_.reset();
  }

  Gatekeeper& keeper() { return *keeper_; }
  engine::Engine& engine() { return *engine_; }
  http::Router& router() { return *router_; }
  std::string operator_token() const {
    std::string token;
    std::ifstream(directory() + "/operator.token") >> token;
    return token;
  }

  // A command, as the program itself unless `by` says otherwise. The code of a refusal, or "".
  std::string give(std::string_view command, std::string_view body, engine::Actor by = {"t", "operator"}) {
    const auto a = engine_->run(command, body, by);
    return a ? "" : a.error().code;
  }
  void open_staff(const std::string& account, const std::vector<Role>& roles, const std::string& department = "") {
    OpenAccount open{account, Text<60>("某甲"), {}, {}};
    GrantRoles grant{account, roles, {}};
    if (!department.empty()) open.department = DepartmentCode{department};
    ASSERT_EQ(give("identity.open_account", json::write(open)), "");
    ASSERT_EQ(give("identity.grant_roles", json::write(grant)), "");
  }
  void open_three_posts() {
    ASSERT_EQ(give("identity.open_three_posts", R"({"administrator":"admin.li","security_administrator":"sec.wu","auditor":"audit.he",)"
                                                R"("administrator_name":"李一","security_administrator_name":"吴二","auditor_name":"何三"})"), "");
  }
  // A session without a password: log-in has tests of its own, and a hash takes 0.1 s.
  std::string session_of(const std::string& account) {
    const auto a = book_->find(account);
    return keeper_->sessions().open(account, a ? a->state.version : 0);
  }
  http::Request with_cookie(const std::string& token) const {
    http::Request r;
    r.host = "127.0.0.1:8080";
    r.address = "127.0.0.1";
    r.cookie = cookie_name(r.host, options.behind_tls) + "=" + token;
    return r;
  }
  http::Request request(const std::string& path, std::map<std::string, std::string> query = {}) const {
    http::Request r;
    r.path = path;
    r.host = "127.0.0.1:8080";
    r.address = "127.0.0.1";
    r.query = std::move(query);
    return r;
  }
  http::Request post(const std::string& path, std::string body, const std::string& token = "") const {
    auto r = token.empty() ? http::Request{} : with_cookie(token);
    r.method = http::Method::post;
    r.path = path;
    r.host = "127.0.0.1:8080";
    r.address = "127.0.0.1";
    r.body = std::move(body);
    if (!token.empty()) r.csrf_token = csrf_token_of(token);
    return r;
  }
  // As the server would: door, Gatekeeper, parameters, handler, and the answer waited for.
  http::Response ask(http::Request r) {
    const auto found = router_->find(r);
    if (!found) return http::problem(found.error());
    const auto caller = keeper_->admit(r, **found);
    if (!caller) return http::problem(caller.error());
    if (const auto good = router_->check_parameters(**found, r); !good) return http::problem(good.error());
    std::promise<http::Response> answer;
    auto waiting = answer.get_future();
    (*found)->handle(r, *caller, http::Responder([&](http::Response reply) { answer.set_value(std::move(reply)); }));
    return waiting.get();
  }
  static std::string code_of(const http::Response& r) {
    json::Parser parser;
    const auto node = parser.parse(r.body);
    const auto code = node ? node->find("code") : std::nullopt;
    return code ? std::string(code->string()) : "";
  }
  static std::string field(const http::Response& r, std::string_view name) {
    json::Parser parser;
    const auto node = parser.parse(r.body);
    const auto value = node ? node->find(name) : std::nullopt;
    return value && value->kind() == json::Kind::string ? std::string(value->string()) : "";
  }
  // The token of a Set-Cookie, "" when there is none.
  static std::string cookie_of(const http::Response& r) {
    for (const auto& [name, value] : r.headers)
      if (name == "set-cookie") {
        const auto from = value.find('=') + 1;
        return value.substr(from, value.find(';') - from);
      }
    return "";
  }
  std::vector<WrittenEntry> audited() {
    if (!keeper_->audit().record_and_wait({"t", Outcome::read, "end", "", 0, "", "", ""})) throw std::runtime_error("the audit cannot be written");
    const auto reader = keeper_->audit().open_reader();
    auto all = *search_audit(*reader, kCentre, Viewer::operator_named("t"), {{}, {}, {}, {}, 0, 1000});
    all.erase(all.begin());
    return all;
  }

 private:
  std::optional<Refusal> try_start() {
    stop();
    book_ = std::make_shared<AccountBook>();
    auto e = engine::Engine::open(directory(), [book = book_] {
      engine::Registry r;
      declare(r, {[](const DepartmentCode& d) { return d.value == "scjgj" || d.value == "rst"; }, [](const WindowCode& w) { return w.value == "W01"; }}, book);
      return r;
    }, {kCentre, {true, at(CivilDay::of(2024, 6, 24), 9, 0)}});
    if (!e) return e.error();
    engine_ = std::move(*e);
    book_->load(*engine_->reader(), kCentre);
    book_->read_with([this](const std::string& account) { return read_account(*engine_->reader(), kCentre, account); });
    auto g = Gatekeeper::open(options, book_, table(), engine_->keys());
    if (!g) return g.error();
    keeper_ = std::move(*g);
    router_ = std::make_unique<http::Router>();
    router_->decorate_all([this](http::Door& d) { keeper_->guard(d); });
    engine::add_command_doors(*router_, *engine_);
    add_doors(*router_, {*keeper_, *engine_, [] { return std::string("试验中心"); }});
    add_page_doors(*router_, {*keeper_, *engine_, [] { return std::string("试验中心"); }});
    return std::nullopt;
  }
  store::TemporaryDirectory directory_;
  std::shared_ptr<AccountBook> book_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<Gatekeeper> keeper_;
  std::unique_ptr<http::Router> router_;
};

}  // namespace yi::identity::test
