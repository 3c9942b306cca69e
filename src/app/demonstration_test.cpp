// The demonstration's hall and its accounts: work in every stage of a case, and a door that only a demonstration has.
#include <set>

#include "app/centre.h"
#include "app/report.h"
#include "app/test_house.h"
#include "casework/case_state.h"

namespace yi::app {
namespace {

using identity::Role;
using test::member;
constexpr const char* kPath = "/api/identity/demonstration";

class Demonstration : public test::House {
 protected:
  std::string post(const std::string& account, http::test::Client& client, std::string* cookie = nullptr) {
    const auto body = R"({"account":")" + account + "\"}";
    const auto r = client.ask(std::string("POST ") + kPath + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                              "\r\n\r\n" + body);
    if (cookie) *cookie = r.header("set-cookie");
    return r.status == 200 ? "entered" : std::to_string(r.status) + " " + member(r.body, {"code"});
  }
};

TEST_F(Demonstration, OffersItsAccountsAndOpensASessionWithoutAPassword) {
  EXPECT_EQ(client_->ask(http::test::get(kPath)).body, R"({"people":[]})");  // a pinned centre without the demonstration's people offers nobody
  EXPECT_EQ(post("demo.clerk", *client_), "404 identity.no_demonstration_account");
  open_account("demo.clerk", Role::clerk, "scjgj");
  open_account("demo.citizen", Role::applicant);
  open_account("somebody", Role::supervisor);
  const auto offered = client_->ask(http::test::get(kPath)).body;
  EXPECT_NE(offered.find(R"("account":"demo.clerk")"), offered.npos) << offered;
  EXPECT_NE(offered.find(R"("account":"demo.citizen")"), offered.npos);
  EXPECT_EQ(offered.find("somebody"), offered.npos);
  EXPECT_EQ(post("somebody", *client_), "404 identity.no_demonstration_account");
  EXPECT_EQ(post("operator", *client_), "404 identity.no_demonstration_account");
  EXPECT_EQ(post("*operator", *client_), "404 identity.no_demonstration_account");
  std::string cookie;
  EXPECT_EQ(post("demo.clerk", *client_, &cookie), "entered");
  EXPECT_NE(cookie.find("HttpOnly"), cookie.npos) << cookie;
  const auto me = client_->ask("GET /api/identity/me HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie.substr(0, cookie.find(';')) + "\r\n\r\n");
  EXPECT_EQ(member(me.body, {"account"}), "demo.clerk");
  // Another site's page opens nothing.
  const std::string body = R"({"account":"demo.clerk"})";
  EXPECT_EQ(client_->ask(std::string("POST ") + kPath + " HTTP/1.1\r\nHost: localhost\r\nOrigin: https://elsewhere.example\r\nContent-Type: application/json\r\nContent-Length: " +
                         std::to_string(body.size()) + "\r\n\r\n" + body).status, 403);
}

TEST_F(Demonstration, WhoeverHasAPasswordOrIsSuspendedIsNotOffered) {
  open_account("demo.clerk", Role::clerk);
  open_account("demo.runner", Role::runner);
  ASSERT_TRUE(house_->gatekeeper().sign_in().set_password("demo.clerk", crypto::Secret("nine quiet counters"), "t").ok());
  give("identity.suspend_account", R"({"account":"demo.runner","reason":"停用"})");
  EXPECT_EQ(client_->ask(http::test::get(kPath)).body, R"({"people":[]})");
  EXPECT_EQ(post("demo.clerk", *client_), "404 identity.no_demonstration_account");
  EXPECT_EQ(post("demo.runner", *client_), "404 identity.no_demonstration_account");
}

TEST_F(Demonstration, EnteringStandsInTheAccessAudit) {
  open_account("demo.clerk", Role::clerk);
  open_account("auditor", Role::auditor);
  ASSERT_EQ(post("demo.clerk", *client_), "entered");
  const auto audit = ask("auditor", "GET", "/api/identity/audit?account=demo.clerk").body;
  EXPECT_NE(audit.find("\"signed_in\""), audit.npos) << audit;
  EXPECT_NE(audit.find("demonstration"), audit.npos) << audit;
}

// Who tries, in a centre as it really is: the same accounts, on the machine's clock; and a demonstration behind a proxy.
class NotOffered : public ::testing::TestWithParam<const char*> {};
TEST_P(NotOffered, TheDoorIsNotThere) {
  const std::string which = GetParam();
  store::TemporaryDirectory directory;
  ServeOptions o;
  o.data_directory = directory.path();
  o.data_root = YI_SOURCE_DIR "/data";
  o.server.port = 0;
  if (which != "machine clock") o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  if (which == "machine clock") o.open_demonstration = true;  // the option opens nothing where there is no demonstration
  if (which == "behind a proxy") o.server.behind_tls = true;
  if (which == "another name") o.server.allowed_hosts = {"hall.example"};
  auto house = Installation::open(o);
  ASSERT_TRUE(house.ok()) << house.error().sentence;
  ASSERT_TRUE((*house)->serve().ok());
  ASSERT_TRUE((*house)->engine().run("identity.open_account", R"({"account":"demo.clerk","name":"某甲"})", {"t", "operator"}).ok());
  http::test::Client client((*house)->port());
  EXPECT_EQ(client.ask(http::test::get(kPath)).status, 404);
  const std::string body = R"({"account":"demo.clerk"})";
  const auto r = client.ask(std::string("POST ") + kPath + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_EQ(r.status, 404) << r.body;
  EXPECT_EQ(r.header("set-cookie"), "");
  for (const auto& door : (*house)->router().doors()) EXPECT_EQ(door.pattern.find("demonstration"), std::string::npos) << door.pattern;
  EXPECT_EQ(client.ask(http::test::get("/login")).body.find("演示环境") == std::string::npos, which == "machine clock");
}
INSTANTIATE_TEST_SUITE_P(Centres, NotOffered, ::testing::Values("machine clock", "behind a proxy", "another name"), [](const auto& p) {
  std::string name = p.param;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
});

TEST(DemonstrationHall, WorkWaitsInEveryStageAndTheWeekStaysAsItWasPublished) {
  const std::string root = YI_SOURCE_DIR "/data";
  auto common = load_common(root);
  ASSERT_TRUE(common.ok());
  const auto hall = replay::load_hall(root + "/demonstration/hall.yaml", "hall.yaml", *common->catalog);
  ASSERT_TRUE(hall.ok()) << hall.error().sentence << " " << hall.error().where;
  const auto weeks = load_weeks({root + "/demonstration/week-2024-06-17.yaml"});
  ASSERT_TRUE(weeks.ok());
  store::TemporaryDirectory directory;
  const auto made = make_centre({{directory.path()}, false, 1, {}, &*hall, root + "/roles.yaml"}, *weeks, *common, {});
  ASSERT_TRUE(made.ok()) << made.error().sentence << " " << made.error().where;  // the week's figures were asserted: the hall changed none
  ServeOptions o;
  o.data_directory = directory.path();
  o.data_root = root;
  auto house = Installation::open(o);
  ASSERT_TRUE(house.ok());
  auto& engine = (*house)->engine();
  EXPECT_EQ(to_iso(engine.clock().now()).substr(0, 16), "2024-06-24T09:00");
  std::set<casework::Stage> stages;
  std::map<casework::Stage, int> of_wjw;
  // Drafts lie beside the ledger, each its owner's.
  ASSERT_TRUE((*house)->keep_drafts(hall->drafts).ok());
  ASSERT_GE(hall->drafts.size(), 3u);
  int ordered = 0, explained = 0;
  auto reader = engine.reader();
  auto rows = reader->select(store::select_all_sql(casework::CaseState::view(), casework::CaseState::view().name), {});
  while (rows->next()) {
    const auto s = casework::CaseState::from(store::read_row(casework::CaseState::view(), *rows));
    stages.insert(s.at.stage);
    if (s.department.value == "wjw") ++of_wjw[s.at.stage];
    if (s.detail.supervision == casework::SupervisionState::ordered) ++ordered;
    if (s.detail.supervision == casework::SupervisionState::answered) ++explained;
  }
  using casework::Stage;
  for (const auto stage : {Stage::submitted, Stage::pre_returned, Stage::to_receive, Stage::received, Stage::correction, Stage::accepted, Stage::in_review, Stage::correction_in_review,
                           Stage::suspended, Stage::forwarded, Stage::granted, Stage::refused, Stage::certificate_made, Stage::issued, Stage::not_accepted, Stage::withdrawn})
    EXPECT_TRUE(stages.contains(stage)) << casework::chinese_name(stage);
  EXPECT_GE(of_wjw[Stage::in_review], 6);
  EXPECT_GE(ordered, 3);
  EXPECT_GE(explained, 1);
}

TEST(DemonstrationHall, AFaultInTheFileIsToldWithItsLine) {
  auto common = load_common(YI_SOURCE_DIR "/data");
  ASSERT_TRUE(common.ok());
  const auto code = [&](const std::string& text) {
    const auto hall = replay::parse_hall(text, "hall.yaml", *common->catalog);
    return hall ? std::string("read") : hall.error().code + " " + hall.error().where;
  };
  const std::string people = "opened: 2024-05-06 08:30\npeople:\n  - {account: a1, name: 甲示例, roles: [clerk]}\n";
  EXPECT_EQ(code(people + "lives: []\n"), "read");
  EXPECT_EQ(code(people + "  - {account: a1, name: 乙示例, roles: [clerk]}\nlives: []\n"), "replay.bad_hall hall.yaml:4");
  EXPECT_EQ(code(people + "lives:\n  - acts: [{at: 2024-05-07 09:00, by: b, do: casework.consult}]\n"), "replay.bad_hall hall.yaml:5");
  EXPECT_EQ(code(people + "lives:\n  - acts: [{at: 2024-05-07 24:00, by: a1, do: casework.consult}]\n"), "replay.bad_hall hall.yaml:5");
  EXPECT_EQ(code(people + "lives:\n  - acts: [{at: 2024-05-05 09:00, by: a1, do: casework.consult}]\n"), "replay.bad_hall hall.yaml:5");
  EXPECT_EQ(code(people + "lives:\n  - matter: SC-NONE-1\n    acts: []\n"), "replay.bad_hall hall.yaml:5");
  EXPECT_EQ(code("opened: 2024-05-06 08:30\npeople:\n  - {account: a1, name: 甲示例}\nlives: []\n"), "replay.bad_hall hall.yaml:3");
}

}  // namespace
}  // namespace yi::app
