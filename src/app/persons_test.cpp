// The people of cases, over HTTP: masked for staff, whole for themselves, unmasked for a reason that is kept, found by what is
// sealed, blank after an erasure. And an applicant's own part: what they file, read and may not see.
#include "app/test_house.h"

namespace yi::app::test {
namespace {

constexpr const char* kName = "欧阳某某";
constexpr const char* kNumber = "11010519491231002X";
constexpr const char* kOther = "51130219770707003X";
constexpr const char* kPhone = "13912345678";

class Persons : public House {
 protected:
  // A natural person's case of 企业设立登记 with an agent; its id.
  std::string receive() {
    const auto code = code_of("企业设立登记");
    give("casework.receive", R"({"matter":")" + code + R"(","window":"W09","applicant_kind":"natural","applicant":")" + kName + R"(","applicant_id":")" + kNumber +
                                 R"(","phone":")" + kPhone + R"(","address":"四川省成都市武侯区某街道某路1号","agent":{"name":"王小五","id_number":")" + kOther + R"(","phone":"13800001111"},"materials":[]})");
    followed();
    return last_.substr(last_.find(':') + 1);
  }
};

TEST_F(Persons, AreMaskedForStaffAndWholeForThemselves) {
  const auto id = receive();
  open_account("clerk.a", Role::clerk);
  open_account("runner.a", Role::runner);
  open_account("citizen.a", Role::applicant);
  give("identity.bind_applicant", R"({"account":"citizen.a","kind":"citizen","number":")" + std::string(kNumber) + "\"}");
  const auto path = "/api/casework/cases/" + id;
  const auto clerk = ask("clerk.a", "GET", path);
  ASSERT_EQ(clerk.status, 200) << clerk.body;
  EXPECT_EQ(member(clerk.body, {"applicant", "name"}), "欧**某");
  EXPECT_EQ(member(clerk.body, {"applicant", "id_number"}), "110***********002X");
  EXPECT_EQ(member(clerk.body, {"applicant", "phone"}), "139****5678");
  EXPECT_EQ(member(clerk.body, {"applicant", "masked"}), "true");
  EXPECT_EQ(member(clerk.body, {"agent", "name"}), "王*五");
  EXPECT_EQ(member(clerk.body, {"agent", "label"}), "代办");
  for (const char* raw : {kName, kNumber, kPhone, kOther, "王小五", "某路"}) EXPECT_EQ(clerk.body.find(raw), std::string::npos) << raw;
  // Who only carries papers sees a masked name alone.
  const auto runner = ask("runner.a", "GET", path);
  ASSERT_EQ(runner.status, 200);
  EXPECT_EQ(member(runner.body, {"applicant", "name"}), "欧**某");
  EXPECT_EQ(member(runner.body, {"applicant", "phone"}) + member(runner.body, {"applicant", "id_number"}), "");
  const auto own = ask("citizen.a", "GET", path);
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_EQ(member(own.body, {"applicant", "name"}), kName);
  EXPECT_EQ(member(own.body, {"applicant", "id_number"}), kNumber);
  EXPECT_EQ(member(own.body, {"applicant", "masked"}), "false");
  EXPECT_EQ(member(own.body, {"agent", "name"}), "王*五");
  for (const char* list : {"/api/casework/cases", "/api/casework/export?format=csv"}) {
    const auto r = ask("clerk.a", "GET", list);
    ASSERT_EQ(r.status, 200) << r.body;
    EXPECT_NE(r.body.find("欧**某"), std::string::npos) << list << r.body;
    EXPECT_EQ(r.body.find(kName), std::string::npos) << list;
  }
}

TEST_F(Persons, AreUnmaskedForAReasonThatIsKept) {
  const auto id = receive();
  const auto path = "/api/casework/cases/" + id + "/unmask";
  const std::string body = R"({"reason":"电话通知领取"})";
  for (const auto& row : house_->roles().rows()) {
    const std::string account = std::string("a.") + json::enum_name(row.role);
    open_account(account, row.role);
    const bool may = house_->roles().holders("identity.unmask").has(row.role);
    const auto r = ask(account, "POST", path, body);
    EXPECT_EQ(r.status, may ? 200 : 403) << account << r.body;
    EXPECT_EQ(r.body.find(kNumber) != std::string::npos, may) << account;
  }
  open_account("chief.far", Role::chief_representative, "rst");
  EXPECT_EQ(ask("chief.far", "POST", path, body).status, 403);  // of another department
  for (const char* empty : {R"({"reason":""})", R"({"reason":"  "})"}) {
    const auto r = ask("a.supervisor", "POST", path, empty);
    EXPECT_EQ(r.status, 422) << empty;
    EXPECT_EQ(member(r.body, {"code"}), "casework.unmask_reason") << empty;
  }
  EXPECT_EQ(member(ask("a.supervisor", "POST", path, "{}").body, {"code"}), "base.missing_field");
  EXPECT_EQ(ask("a.supervisor", "POST", "/api/casework/cases/20240101000001/unmask", body).status, 404);
  identity::AuditQuestion q;
  q.account = "a.supervisor";
  const auto entries = identity::search_audit(*house_->gatekeeper().audit().open_reader(), house_->engine().centre(), identity::Viewer::operator_named("t"), q).value();
  int kept = 0;
  for (const auto& e : entries) {
    if (e.outcome != identity::Outcome::unmasked) continue;
    ++kept;
    EXPECT_EQ(e.act, "casework.unmask");
    EXPECT_EQ(e.object, id);
    EXPECT_EQ(e.reason, "电话通知领取");
    EXPECT_GT(e.subject, 0);
  }
  EXPECT_EQ(kept, 2);  // applicant and agent
}

TEST_F(Persons, AreFoundByWhatIsSealedWithinTheViewersReach) {
  const auto id = receive();
  open_account("clerk.a", Role::clerk);
  open_account("runner.a", Role::runner);
  open_account("handler.far", Role::handler, "rst");
  open_account("citizen.a", Role::applicant);
  open_account("citizen.b", Role::applicant);
  give("identity.bind_applicant", R"({"account":"citizen.a","kind":"citizen","number":")" + std::string(kNumber) + "\"}");
  give("identity.bind_applicant", R"({"account":"citizen.b","kind":"citizen","number":"51130219851212002X"})");
  const auto finds = [&](const std::string& account, const std::string& q) {
    const auto r = ask(account, "GET", "/api/casework/search?q=" + q);
    EXPECT_EQ(r.status, 200) << r.body;
    return r.body.find("\"" + id + "\"") != std::string::npos;
  };
  for (const char* q : {kNumber, kOther, kPhone, "13800001111", "+86139-1234-5678"}) {
    EXPECT_TRUE(finds("clerk.a", std::string(q).starts_with("+") ? "%2B86139-1234-5678" : q)) << q;
    EXPECT_FALSE(finds("runner.a", q[0] == '+' ? "%2B86139-1234-5678" : q)) << q;
    EXPECT_FALSE(finds("handler.far", q[0] == '+' ? "%2B86139-1234-5678" : q)) << q;
    EXPECT_FALSE(finds("citizen.b", q[0] == '+' ? "%2B86139-1234-5678" : q)) << q;
  }
  EXPECT_TRUE(finds("runner.a", id));
  EXPECT_TRUE(finds("citizen.a", kNumber));
  EXPECT_FALSE(finds("citizen.b", id));
  EXPECT_FALSE(finds("clerk.a", "13912345679"));
}

// The hidden digits of a masked phone cannot be tried out, and whoever is found by a number stands in the audit with the person.
TEST_F(Persons, AreNotGuessedAtBySearching) {
  const auto id = receive();
  open_account("clerk.a", Role::clerk);
  open_account("clerk.b", Role::clerk);
  const auto search = [&](const std::string& account, const std::string& q) { return ask(account, "GET", "/api/casework/search?q=" + q); };
  EXPECT_NE(search("clerk.a", kPhone).body.find("\"" + id + "\""), std::string::npos);
  int waiting = 0;
  for (std::int64_t i = 0; i <= limits::kFruitlessLookups.value; ++i) {
    char phone[16];
    std::snprintf(phone, sizeof phone, "139%04d5678", static_cast<int>(i));
    waiting += search("clerk.a", phone).status == 429;
  }
  EXPECT_EQ(waiting, 1);
  const auto refused = search("clerk.a", kPhone);
  EXPECT_EQ(refused.status, 429) << "also what would be found";
  EXPECT_EQ(member(refused.body, {"code"}), "casework.too_many_lookups");
  EXPECT_EQ(search("clerk.a", id).status, 200) << "a case's number goes on";
  EXPECT_EQ(search("clerk.b", kPhone).status, 200) << "nobody else has to wait";
  int told = 0;
  const auto entries = identity::search_audit(*house_->gatekeeper().audit().open_reader(), house_->engine().centre(), identity::Viewer::operator_named("t"), {"clerk.a", id, {}, {}, 0, 50}).value();
  for (const auto& e : entries)
    told += e.act == "casework.search" && e.subject > 0;
  EXPECT_EQ(told, 1);
}

TEST_F(Persons, AreErasedOnlyWhenNoCaseIsOpenAndThenEverywhere) {
  const auto id = receive();
  open_account("clerk.a", Role::clerk);
  open_account("boss.a", Role::supervisor);
  const std::string erase = R"({"kind":"citizen","number":")" + std::string(kNumber) + R"(","basis":"consent_withdrawn","reason":"本人书面申请"})";
  const auto refused = house_->engine().run("identity.erase_subject", erase, {"t", "operator"});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "casework.open_cases");
  EXPECT_NE(refused.error().sentence.find(member(ask("clerk.a", "GET", "/api/casework/cases/" + id).body, {"number"})), std::string::npos) << refused.error().sentence;
  give("casework.withdraw", R"({"case_id":")" + id + R"(","window":"W09","reason":"申请人撤回"})");
  give("identity.erase_subject", erase);
  followed();
  const auto seen = ask("clerk.a", "GET", "/api/casework/cases/" + id);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(member(seen.body, {"applicant", "erased"}), "true");
  EXPECT_EQ(member(seen.body, {"applicant", "name"}), "");
  EXPECT_EQ(member(seen.body, {"agent", "name"}), "王*五");  // another person
  for (const char* q : {kNumber, kPhone}) EXPECT_EQ(ask("clerk.a", "GET", std::string("/api/casework/search?q=") + q).body.find(id), std::string::npos) << q;
  const auto whole = ask("boss.a", "POST", "/api/casework/cases/" + id + "/unmask", R"({"reason":"核对"})");
  EXPECT_EQ(member(whole.body, {"applicant", "erased"}), "true") << whole.body;
  for (const char* list : {"/api/casework/cases?stage=withdrawn", "/api/casework/export?format=csv&stage=withdrawn"}) {
    const auto r = ask("clerk.a", "GET", list);
    EXPECT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(r.body.find("欧**某"), std::string::npos) << list;
    EXPECT_NE(r.body.find("王*五"), std::string::npos) << list;
  }
}

TEST_F(Persons, AnApplicantFilesReadsAndWithdrawsTheirOwnCaseAlone) {
  open_account("clerk.a", Role::clerk);
  open_account("citizen.a", Role::applicant);
  open_account("citizen.b", Role::applicant);
  std::string matter;
  for (const auto& one : house_->common().catalog->matters())
    if (one.name == "企业设立登记") matter = one.code.value;
  const auto wish = [&](const char* number) {
    return R"({"matter":")" + matter + R"(","applicant_kind":"natural","applicant":")" + std::string(kName) + R"(","applicant_id":")" + number + R"(","materials":[]})";
  };
  const auto unbound = ask("citizen.a", "POST", "/api/casework/submit", wish(kNumber));
  EXPECT_EQ(unbound.status, 403);
  EXPECT_EQ(member(unbound.body, {"code"}), "casework.real_name_required") << unbound.body;
  EXPECT_EQ(ask("citizen.a", "POST", "/api/identity/bind_applicant", R"({"account":"citizen.a","kind":"citizen","number":")" + std::string(kNumber) + "\"}").status, 403);
  const auto bind = [&](const char* account, const char* number) {
    return ask("clerk.a", "POST", "/api/identity/bind_applicant", R"({"account":")" + std::string(account) + R"(","kind":"citizen","number":")" + number + "\"}");
  };
  EXPECT_EQ(bind("citizen.a", "110105194912310020").status, 422);  // check digit
  EXPECT_EQ(bind("clerk.a", kNumber).status, 422);                 // staff
  EXPECT_EQ(bind("citizen.c", kNumber).status, 404);
  ASSERT_EQ(bind("citizen.a", kNumber).status, 200);
  ASSERT_EQ(bind("citizen.b", kOther).status, 200);
  EXPECT_EQ(member(bind("citizen.a", kOther).body, {"code"}), "identity.bound_already");
  EXPECT_EQ(member(ask("citizen.a", "POST", "/api/casework/submit", wish(kOther)).body, {"code"}), "casework.not_own_number");
  const auto filed = ask("citizen.a", "POST", "/api/casework/submit", wish(kNumber));
  ASSERT_EQ(filed.status, 200) << filed.body;
  followed();
  const auto list = ask("citizen.a", "GET", "/api/casework/cases");
  ASSERT_EQ(list.status, 200) << list.body;
  const auto at_id = list.body.find("\"case_id\":\"");
  ASSERT_NE(at_id, std::string::npos) << list.body;
  const auto id = list.body.substr(at_id + 11, 14);
  EXPECT_NE(list.body.find(kName), std::string::npos);
  EXPECT_EQ(ask("citizen.b", "GET", "/api/casework/cases").body.find(id), std::string::npos);
  for (const char* door : {"", "/clocks", "/history"}) {
    EXPECT_EQ(ask("citizen.a", "GET", "/api/casework/cases/" + id + door).status, 200) << door;
    const auto other = ask("citizen.b", "GET", "/api/casework/cases/" + id + door);
    EXPECT_EQ(other.status, 404) << door;
    EXPECT_EQ(member(other.body, {"code"}), "casework.unknown_case") << door;
  }
  const auto blind = ask("citizen.a", "POST", "/api/casework/withdraw", R"({"case_id":")" + id + R"(","reason":"不办了"})");
  EXPECT_EQ(blind.status, 428) << "a page says what it has shown";
  EXPECT_EQ(member(blind.body, {"code"}), "casework.version_needed");
  const auto withdraw = R"({"case_id":")" + id + R"(","version":1,"reason":"不办了"})";
  EXPECT_EQ(ask("citizen.b", "POST", "/api/casework/withdraw", withdraw).status, 404);
  const auto done = ask("citizen.a", "POST", "/api/casework/withdraw", withdraw);
  EXPECT_EQ(done.status, 200) << done.body;
}

}  // namespace
}  // namespace yi::app::test
