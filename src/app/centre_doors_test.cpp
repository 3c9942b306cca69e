// The doors behind the centre's pages, over HTTP: what a matter's change does to cases, who may, and what stands in the audit afterwards.
#include "app/test_house.h"
#include "base/text.h"

namespace yi::app::test {
namespace {

class CentreDoors : public House {
 protected:
  void SetUp() override {
    House::SetUp();
    open_account("t.supervisor", Role::supervisor);
    open_account("t.second", Role::supervisor);
    open_account("t.clerk", Role::clerk);
    open_account("t.auditor", Role::auditor);
    open_account("t.administrator", Role::administrator);
    open_account("t.leader", Role::government_leader);
  }
  std::string change_body(const std::string& from, const std::string& to) {
    const auto& m = *house_->common().catalog->find_matter(code);
    std::string out = R"({"kind":"matter","code":")" + code.value + R"(","base_version":)" + std::to_string(m.version) + R"(,"since":"2024-06-24","reason":"示例","definition":)";
    json::append_string(out, replace_all(m.entry, from, to));
    return out + "}";
  }
  std::string received() {
    const auto& m = *house_->common().catalog->find_matter(code);
    std::string names;
    for (const auto& p : m.materials) {
      names += names.empty() ? "" : ",";
      json::append_string(names, p.name);
    }
    give("casework.receive", R"({"matter":")" + code.value + R"(","applicant_kind":"legal","applicant":"示例公司","materials":[)" + names + R"(],"window":"W01"})");
    return last_.substr(last_.find(':') + 1);
  }
  const MatterCode code{"SC-SCJGJ-0002"};
  const std::string decision = R"({"kind":"matter","code":"SC-SCJGJ-0002","number":1})";
};

TEST_F(CentreDoors, AChangedMatterIsInForceAtOnceAndCasesKeepTheirs) {
  const auto before = received();
  const auto change = change_body("\"visits\":0", "\"visits\":2");
  // The administrator has accounts, and neither of the two rights.
  for (const char* who : {"t.clerk", "t.administrator", "t.auditor"}) {
    EXPECT_EQ(ask(who, "POST", "/api/catalog/propose_change", change).status, 403) << who;
    EXPECT_EQ(ask(who, "POST", "/api/catalog/approve_change", decision).status, 403) << who;
  }
  EXPECT_EQ(ask("t.clerk", "GET", "/api/catalog/items").status, 403);
  const auto wrong = ask("t.supervisor", "POST", "/api/catalog/propose_change", change_body("\"promised\":{\"days\":1", "\"promised\":{\"days\":9"));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(member(wrong.body, {"code"}), "catalog.limit");
  const auto done = ask("t.supervisor", "POST", "/api/catalog/propose_change", change);
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_NE(ask("t.clerk", "GET", "/api/casework/matters/" + code.value).body.find("\"visits\":0"), std::string::npos);
  EXPECT_NE(ask("t.second", "GET", "/api/catalog/proposals").body.find("\"by\":\"t.supervisor\""), std::string::npos);
  const auto own = ask("t.supervisor", "POST", "/api/catalog/approve_change", decision);
  EXPECT_EQ(own.status, 403);
  EXPECT_EQ(member(own.body, {"code"}), "catalog.same_person");
  const auto approved = ask("t.second", "POST", "/api/catalog/approve_change", decision);
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_NE(ask("t.clerk", "GET", "/api/casework/matters/" + code.value).body.find("\"visits\":2"), std::string::npos);
  const auto after = received();
  followed();
  EXPECT_NE(ask("t.supervisor", "GET", "/api/casework/cases/" + before).body.find("\"matter_version\":1"), std::string::npos);
  EXPECT_NE(ask("t.supervisor", "GET", "/api/casework/cases/" + after).body.find("\"matter_version\":2"), std::string::npos);
  const auto versions = ask("t.supervisor", "GET", "/api/catalog/items/matter/" + code.value).body;
  for (const char* words : {"\"by\":\"t.supervisor\"", "\"approved_by\":\"t.second\"", "\"reason\":\"示例\"", "\"origin\":\"ledger\"", "\"origin\":\"files\""}) EXPECT_NE(versions.find(words), std::string::npos) << words;
  // After a restart, with the files as they were.
  client_.reset();
  house_.reset();
  sessions_.clear();
  ServeOptions o;
  o.data_directory = directory_.path();
  o.data_root = YI_SOURCE_DIR "/data";
  o.server.port = 0;
  auto again = Installation::open(o);
  ASSERT_TRUE(again.ok()) << again.error().sentence;
  house_ = std::move(*again);
  ASSERT_TRUE(house_->serve().ok());
  client_ = std::make_unique<http::test::Client>(house_->port());
  EXPECT_NE(ask("t.clerk", "GET", "/api/casework/matters/" + code.value).body.find("\"visits\":2"), std::string::npos);
  EXPECT_EQ(house_->common().catalog->find_matter(code, 1)->visits, 0);
}

TEST_F(CentreDoors, ACheckSaysAllThatIsWrongAndRecordsNothing) {
  const auto position = house_->engine().position();
  const auto& entry = house_->common().catalog->find_matter(code)->entry;
  std::string body = R"({"kind":"matter","code":"SC-SCJGJ-0002","since":"2024-06-24","definition":)";
  json::append_string(body, replace_all(replace_all(entry, "\"promised\":{\"days\":1", "\"promised\":{\"days\":9"), "\"copies\":1", "\"copies\":99"));
  const auto r = ask("t.supervisor", "POST", "/api/catalog/check_change", body + "}");
  ASSERT_EQ(r.status, 200) << r.body;
  EXPECT_NE(r.body.find("catalog.limit"), std::string::npos);
  EXPECT_NE(r.body.find("base.yaml_integer"), std::string::npos);
  EXPECT_NE(r.body.find("\"place\":\"/materials/0/copies\""), std::string::npos) << r.body;
  EXPECT_EQ(house_->engine().position(), position);
}

TEST_F(CentreDoors, SettingsAreShownWithTheirBasis) {
  const auto r = ask("t.supervisor", "GET", "/api/catalog/items/settings/settings");
  ASSERT_EQ(r.status, 200);
  for (const char* words : {"correction_days", "basis", "complaint_phone"}) EXPECT_NE(r.body.find(words), std::string::npos) << words;
  EXPECT_EQ(r.body.find("unified_identity"), std::string::npos);
  EXPECT_EQ(ask("t.clerk", "GET", "/api/catalog/items/settings/settings").status, 403);
}

TEST_F(CentreDoors, FiguresOfTodayWithTheirFacts) {
  give("casework.consult", R"({"department":"scjgj","window":"W01","channel":"window","question":"示例"})");
  followed();
  const auto counts = ask("t.leader", "GET", "/api/bulletin/counts");
  ASSERT_EQ(counts.status, 200) << counts.body;
  EXPECT_NE(counts.body.find("\"consulted\":1"), std::string::npos) << counts.body;
  const auto records = ask("t.leader", "GET", "/api/bulletin/counts/consulted/records?department=scjgj&window=W01");
  EXPECT_NE(records.body.find("\"window\":\"W01\""), std::string::npos) << records.body;
  EXPECT_EQ(ask("t.leader", "GET", "/api/bulletin/counts/nothing/records").status, 404);
  EXPECT_EQ(member(ask("t.leader", "GET", "/api/bulletin/counts?from=2024-06-25&to=2024-06-24").body, {"code"}), "bulletin.bad_span");
  EXPECT_EQ(ask("t.administrator", "GET", "/api/bulletin/counts/consulted/records").status, 403);  // counts, not the facts
  EXPECT_EQ(ask("t.clerk", "GET", "/api/bulletin/counts").status, 403);
  EXPECT_EQ(ask("t.leader", "GET", "/api/bulletin/trend?by=month").status, 200);
}

TEST_F(CentreDoors, AnAccountsPastAndTheChainThatNotesWhoLooked) {
  ASSERT_EQ(ask("t.administrator", "POST", "/api/identity/suspend_account", R"({"account":"t.clerk","reason":"调离示例"})").status, 200);
  ASSERT_EQ(ask("t.administrator", "POST", "/api/identity/restore_account", R"({"account":"t.clerk","reason":"调回示例"})").status, 200);
  followed();
  const auto past = ask("t.administrator", "GET", "/api/identity/accounts/t.clerk/history").body;
  std::size_t at = 0;
  for (const char* words : {"restored", "调回示例", "suspended", "调离示例", "roles_granted", "opened"}) {  // newest first
    const auto found = past.find(words, at);
    ASSERT_NE(found, std::string::npos) << words << " in " << past;
    at = found;
  }
  EXPECT_EQ(ask("t.supervisor", "GET", "/api/identity/accounts/t.clerk/history").status, 403);
  EXPECT_EQ(ask("t.administrator", "GET", "/api/identity/audit/chain").status, 403);
  const auto chain = ask("t.auditor", "GET", "/api/identity/audit/chain").body;
  EXPECT_EQ(member(chain, {"broken"}), "") << chain;
  EXPECT_EQ(member(chain, {"head"}).size(), 64u);
  const auto audit = ask("t.auditor", "GET", "/api/identity/audit?account=t.auditor").body;
  EXPECT_NE(audit.find("identity.verify_audit"), std::string::npos);
}

}  // namespace
}  // namespace yi::app::test
