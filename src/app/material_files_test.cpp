// Files of cases over HTTP (docs/decisions/0016): sealed on the disk, named by a fact, read by who may see the case's people, swept
// when no fact names them, gone with the person.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/backup.h"
#include "app/installation.h"
#include "engine/rebuild.h"
#include "http/test_client.h"
#include "identity/cookie.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

namespace fs = std::filesystem;
using identity::Role;

constexpr const char* kNumber = "11010519491231002X";
constexpr const char* kOther = "51130219770707003X";
constexpr const char* kSecret = "户主欧阳某某的虚构户口簿";

std::string member(const std::string& body, std::string_view key) {
  json::Parser parser;
  const auto node = parser.parse(body);
  const auto found = node && node->kind() == json::Kind::object ? node->find(key) : std::nullopt;
  return found && found->kind() == json::Kind::string ? std::string(found->string()) : "";
}

class MaterialFiles : public ::testing::Test {
 protected:
  void SetUp() override { open(directory_.path() + "/data"); }
  void open(const std::string& data) {
    house_.reset();
    sessions_.clear();
    data_ = data;
    ServeOptions o;
    o.data_directory = data;
    o.data_root = YI_SOURCE_DIR "/data";
    o.server.port = 0;
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
    auto opened = Installation::open(o);
    ASSERT_TRUE(opened.ok()) << opened.error().sentence << " " << opened.error().where;
    house_ = std::move(*opened);
    const auto served = house_->serve();
    ASSERT_TRUE(served.ok()) << served.error().sentence << " " << served.error().where;
    house_->keeper().wait();
  }
  void close() {
    house_.reset();
  }
  std::string give(const std::string& command, const std::string& body, std::optional<Instant> when = {}) {
    const auto a = house_->engine().run(command, body, {"t", "operator"}, when);
    EXPECT_TRUE(a.ok()) << command << ": " << a.error().sentence << a.error().where;
    return a.ok() ? a->stream : "";
  }
  void open_account(const std::string& account, Role role, const std::string& department = "scjgj") {
    if (role == Role::applicant) {
      give("identity.open_applicant", R"({"account":")" + account + "\"}");
      return;
    }
    give("identity.open_account", R"({"account":")" + account + R"(","name":"某甲","department":")" + department + "\"}");
    give("identity.grant_roles", R"({"account":")" + account + R"(","roles":[")" + json::enum_name(role) + R"("]})");
  }
  void bind(const std::string& account, const std::string& number) {
    open_account(account, Role::applicant);
    give("identity.bind_applicant", R"({"account":")" + account + R"(","kind":"citizen","number":")" + number + "\"}");
  }
  http::test::Reply ask(const std::string& account, const std::string& method, const std::string& path, const std::string& body = "",
                        const std::string& type = "application/json", int key = 0) {
    auto& g = house_->gatekeeper();
    auto& session = sessions_[account];
    if (session.empty()) session = g.sessions().open(account, g.book().find(account)->state.version);
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + identity::cookie_name("localhost", false) + "=" + session +
                       "\r\nX-CSRF-Token: " + identity::csrf_token_of(session) + "\r\n";
    if (method == "POST") {
      char id[40];
      std::snprintf(id, sizeof id, "01900000-0000-7000-8000-%012d", key ? key : ++commands_ + 1000);
      text += std::string("Idempotency-Key: ") + id + "\r\nContent-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    } else {
      text += "\r\n";
    }
    return http::test::Client(house_->port()).ask(text);
  }
  void followed() { ASSERT_TRUE(house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(20))); }
  // A natural person's case of 企业设立登记; its id.
  std::string receive(const std::string& name, const std::string& number) {
    std::string code;
    for (const auto& one : house_->common().catalog->matters())
      if (one.name == "企业设立登记") {
        code = one.code.value;
        material_ = one.materials.front().name;
      }
    const auto stream = give("casework.receive", R"({"matter":")" + code + R"(","window":"W09","applicant_kind":"natural","applicant":")" + name +
                                                     R"(","applicant_id":")" + number + R"(","materials":[")" + material_ + R"("]})");
    followed();
    return stream.substr(stream.find(':') + 1);
  }
  std::string upload(const std::string& account, const std::string& content, const std::string& query = "") {
    const auto r = ask(account, "POST", "/api/files" + query, content, "text/plain");
    EXPECT_EQ(r.status, 201) << r.body;
    return member(r.body, "id");
  }
  http::test::Reply file(const std::string& account, const std::string& id, const std::string& stored, int key = 0) {
    auto r = ask(account, "POST", "/api/casework/cases/" + id + "/files", R"({"material":")" + material_ + R"(","file":")" + stored + "\"}", "application/json", key);
    followed();
    return r;
  }
  std::string print(const std::string& account, const std::string& id) {
    const auto r = ask(account, "POST", "/api/casework/cases/" + id + "/papers", R"({"document":"receipt","words":[]})");
    EXPECT_EQ(r.status, 201) << r.body;
    followed();
    const auto at = r.body.find(R"("file":")");
    return at == r.body.npos ? "" : r.body.substr(at + 8, 64);
  }
  bool there(const std::string& id) const { return fs::exists(files::path_of(data_, {id})); }
  void age(const std::string& id) const {
    const auto path = files::path_of(data_, {id});
    fs::last_write_time(path, fs::last_write_time(path) - std::chrono::hours(24 * 32));
  }
  std::string stored_bytes(const std::string& id) const {
    std::ifstream in(files::path_of(data_, {id}), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::vector<identity::WrittenEntry> audit(const std::string& account) {
    identity::AuditQuestion q;
    q.account = account;
    return identity::search_audit(*house_->gatekeeper().audit().open_reader(), house_->engine().centre(), identity::Viewer::operator_named("t"), q).value();
  }
  void sweep() {
    house_->keeper().ring();
    house_->keeper().wait();
  }
  void withdraw_and_erase(const std::string& id, const std::string& number) {
    give("casework.withdraw", R"({"case_id":")" + id + R"(","window":"W09","reason":"申请人撤回"})");
    give("identity.erase_subject", R"({"kind":"citizen","number":")" + number + R"(","basis":"consent_withdrawn","reason":"本人书面申请"})");
    followed();
    house_->keeper().wait();
  }
  store::TemporaryDirectory directory_;
  std::string data_;
  std::unique_ptr<Installation> house_;
  std::map<std::string, std::string> sessions_;
  std::string material_;
  int commands_ = 0;
};

TEST_F(MaterialFiles, NoPlainByteOfAnUploadOrAPaperReachesTheDisk) {
  const auto id = receive("欧阳某某", kNumber);
  open_account("clerk.a", Role::clerk);
  const auto stored = upload("clerk.a", kSecret, "?case=" + id + "&name=%E6%AC%A7%E9%98%B3.txt");
  const auto paper = print("clerk.a", id);
  ASSERT_EQ(file("clerk.a", id, stored).status, 201);
  int seen = 0;
  for (const auto& one : {stored, paper}) {
    const auto bytes = stored_bytes(one);
    ASSERT_GT(bytes.size(), 100u);
    ++seen;
    for (const char* plain : {kSecret, "欧阳", "%PDF", "户口簿"}) EXPECT_EQ(bytes.find(plain), bytes.npos) << plain;
  }
  EXPECT_EQ(seen, 2);
  const auto back = ask("clerk.a", "GET", "/api/files/" + stored);
  EXPECT_EQ(back.body, kSecret);
  EXPECT_EQ(back.header("cache-control"), "no-store");
  // Nor does a name of a file stand in the ledger.
  std::string ledger;
  auto reader = house_->engine().reader();
  reader->events(house_->engine().centre(), 1, house_->engine().position(), [&](const store::LedgerRow& row) {
    ledger += row.record;
    return true;
  });
  EXPECT_NE(ledger.find("casework.material_filed/1"), ledger.npos);
  EXPECT_EQ(ledger.find("欧阳"), ledger.npos);
}

TEST_F(MaterialFiles, AreReadByWhoMaySeeTheCasesPeopleAndNobodyElse) {
  const auto id = receive("欧阳某某", kNumber);
  open_account("clerk.a", Role::clerk);
  open_account("runner.a", Role::runner);
  open_account("handler.a", Role::handler);
  open_account("handler.far", Role::handler, "rst");
  bind("citizen.a", kNumber);
  bind("citizen.b", kOther);
  const auto stored = upload("clerk.a", kSecret, "?case=" + id + "&name=%E6%AC%A7%E9%98%B3.txt");
  EXPECT_EQ(ask("clerk.a", "GET", "/api/files/" + stored).status, 404) << "no fact names it yet";
  const auto filed = file("clerk.a", id, stored);
  ASSERT_EQ(filed.status, 201) << filed.body;
  EXPECT_EQ(filed.header("location"), "/api/files/" + stored);
  for (const char* who : {"clerk.a", "handler.a", "citizen.a"}) {
    EXPECT_EQ(ask(who, "GET", "/api/files/" + stored).body, kSecret) << who;
    const auto view = ask(who, "GET", "/api/casework/cases/" + id).body;
    EXPECT_NE(view.find(R"("file":")" + stored), view.npos) << who << view;
    EXPECT_NE(view.find(R"("name":"欧阳.txt","media_type":"text/plain","size":)" + std::to_string(std::string(kSecret).size())), view.npos) << who << view;
    EXPECT_NE(view.find(R"("version":1)"), view.npos) << "a scan is no act of the case";
    EXPECT_EQ(view.find(R"("by":"clerk.a")") != view.npos, std::string(who) != "citizen.a") << who;
  }
  // Who only carries papers sees neither the file nor that it is called after somebody.
  EXPECT_NE(ask("runner.a", "GET", "/api/casework/cases/" + id).body.find(R"("files":[])"), std::string::npos);
  EXPECT_EQ(ask("runner.a", "GET", "/api/files/" + stored).status, 403);
  const auto missing = ask("handler.far", "GET", "/api/files/" + std::string(64, 'a'));
  for (const char* who : {"handler.far", "citizen.b"}) {
    const auto r = ask(who, "GET", "/api/files/" + stored);
    EXPECT_EQ(r.status, 404) << who;
    EXPECT_EQ(member(r.body, "code"), member(missing.body, "code")) << "as if there were none";
    ask("clerk.a", "GET", "/api/files/" + stored);  // its own entry is durable, and so are those before it
    const auto entries = audit(who);
    int refused = 0;
    for (const auto& e : entries) refused += e.act == "files.read" && e.outcome == identity::Outcome::refused && e.object == stored && e.subject > 0;
    EXPECT_EQ(refused, 1) << who;
  }
  int read = 0;
  for (const auto& e : audit("handler.a")) read += e.act == "files.read" && e.outcome == identity::Outcome::read && e.object == stored;
  EXPECT_EQ(read, 1);
  // A paper stays behind its own door, also for whom it is about.
  const auto paper = print("clerk.a", id);
  for (const char* who : {"clerk.a", "citizen.a"}) EXPECT_EQ(ask(who, "GET", "/api/files/" + paper).status, 404) << who;
}

TEST_F(MaterialFiles, AnApplicantUploadsBeforeThereIsACaseAndFilesItIntoTheirOwn) {
  bind("citizen.a", kNumber);
  bind("citizen.b", kOther);
  open_account("citizen.c", Role::applicant);
  const auto stored = upload("citizen.a", kSecret);
  EXPECT_EQ(ask("citizen.a", "GET", "/api/files/" + stored).body, kSecret);
  EXPECT_EQ(ask("citizen.b", "GET", "/api/files/" + stored).status, 404);
  EXPECT_EQ(member(ask("citizen.c", "POST", "/api/files", "x", "text/plain").body, "code"), "casework.real_name_required");
  const auto mine = receive("欧阳某某", kNumber), theirs = receive("王小五", kOther);
  EXPECT_EQ(file("citizen.b", theirs, stored).status, 404) << "another person's, though nobody has filed it";
  EXPECT_EQ(file("citizen.a", theirs, stored).status, 404);
  EXPECT_EQ(file("citizen.a", mine, stored).status, 201);
  EXPECT_EQ(ask("citizen.b", "POST", "/api/files?case=" + mine, "x", "text/plain").status, 404);
}

TEST_F(MaterialFiles, WhatDoesNotBelongIsRefused) {
  const auto id = receive("欧阳某某", kNumber), other = receive("王小五", kOther);
  open_account("clerk.a", Role::clerk);
  open_account("handler.far", Role::handler, "rst");
  open_account("runner.a", Role::runner);
  const auto alone = ask("clerk.a", "POST", "/api/files", "x", "text/plain");
  EXPECT_EQ(alone.status, 422);
  EXPECT_EQ(member(alone.body, "code"), "casework.case_needed");
  EXPECT_EQ(ask("handler.far", "POST", "/api/files?case=" + id, "x", "text/plain").status, 403);
  EXPECT_EQ(ask("clerk.a", "POST", "/api/files?case=1", "x", "text/plain").status, 404);
  const auto stored = upload("clerk.a", kSecret, "?case=" + id);
  const auto path = "/api/casework/cases/" + id + "/files";
  EXPECT_EQ(member(ask("clerk.a", "POST", path, R"({"material":"没有的材料","file":")" + stored + "\"}").body, "code"), "casework.unknown_material");
  EXPECT_EQ(member(file("clerk.a", id, std::string(64, 'a')).body, "code"), "files.not_found");
  EXPECT_EQ(member(file("clerk.a", id, "../../keys/master").body, "code"), "files.not_found");
  EXPECT_EQ(member(file("clerk.a", other, stored).body, "code"), "casework.file_of_other");
  EXPECT_EQ(file("handler.far", id, stored).status, 403);
  EXPECT_EQ(file("runner.a", id, stored).status, 403);
  EXPECT_EQ(member(file("clerk.a", "20240101000001", stored).body, "code"), "casework.unknown_case");
  // Damaged after it was stored: a fact never names what is not whole.
  std::ofstream(files::path_of(data_, {stored}), std::ios::binary | std::ios::app) << "x";
  EXPECT_EQ(member(file("clerk.a", id, stored).body, "code"), "files.damaged");
  const auto whole = upload("clerk.a", kSecret, "?case=" + id);
  give("casework.withdraw", R"({"case_id":")" + id + R"(","window":"W09","reason":"申请人撤回"})");
  EXPECT_EQ(member(file("clerk.a", id, whole).body, "code"), "casework.illegal_act");
}

TEST_F(MaterialFiles, AMistakeIsTakenOutOnTheSameDayWithItsReason) {
  const auto id = receive("欧阳某某", kNumber);
  open_account("clerk.a", Role::clerk);
  bind("citizen.a", kNumber);
  const auto stored = upload("clerk.a", kSecret, "?case=" + id);
  const auto path = "/api/casework/cases/" + id + "/files/" + stored + "/unfile";
  const auto why = R"({"reason":"扫错了"})";
  EXPECT_EQ(member(ask("clerk.a", "POST", path, why).body, "code"), "casework.no_such_file");
  const auto first = file("clerk.a", id, stored, 5);
  ASSERT_EQ(first.status, 201);
  const auto again = file("clerk.a", id, stored, 5);
  EXPECT_EQ(again.header("x-repeated"), "true");
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(member(ask("citizen.a", "POST", path, why).body, "code"), "casework.not_filed_today") << "another's";
  EXPECT_EQ(member(ask("clerk.a", "POST", path, R"({"reason":" "})").body, "code"), "casework.reason_required");
  ASSERT_EQ(ask("clerk.a", "POST", path, why, "application/json", 7).status, 201);
  followed();
  EXPECT_EQ(ask("clerk.a", "POST", path, why, "application/json", 7).header("x-repeated"), "true");
  EXPECT_EQ(ask("clerk.a", "GET", "/api/files/" + stored).status, 404);
  EXPECT_NE(ask("clerk.a", "GET", "/api/casework/cases/" + id).body.find(R"("files":[])"), std::string::npos);
  // Filed anew, and a day later it stays.
  ASSERT_EQ(file("clerk.a", id, stored).status, 201);
  give("casework.consult", R"({"department":"scjgj","window":"W09","channel":"window"})", at(CivilDay::of(2024, 6, 25), 9, 0));
  EXPECT_EQ(member(ask("clerk.a", "POST", path, why).body, "code"), "casework.not_filed_today");
}

TEST_F(MaterialFiles, TheSweepTakesWhatNoFactNamesAndARestartLosesNothingNamed) {
  const auto id = receive("欧阳某某", kNumber);
  open_account("clerk.a", Role::clerk);
  const auto named = upload("clerk.a", kSecret, "?case=" + id), orphan = upload("clerk.a", "无主", "?case=" + id), young = upload("clerk.a", "刚上传", "?case=" + id),
             mistake = upload("clerk.a", "扫错了", "?case=" + id), paper = print("clerk.a", id);
  ASSERT_EQ(file("clerk.a", id, named).status, 201);
  ASSERT_EQ(file("clerk.a", id, mistake).status, 201);
  ASSERT_EQ(ask("clerk.a", "POST", "/api/casework/cases/" + id + "/files/" + mistake + "/unfile", R"({"reason":"扫错了"})").status, 201);
  followed();
  for (const auto& one : {named, orphan, mistake, paper}) age(one);
  sweep();
  for (const auto& one : {named, young, paper}) EXPECT_TRUE(there(one));
  for (const auto& one : {orphan, mistake}) EXPECT_FALSE(there(one));
  // An old upload that a command looks at is young again, whatever becomes of the command.
  age(young);
  ASSERT_EQ(member(ask("clerk.a", "POST", "/api/casework/cases/" + id + "/files", R"({"material":"没有的材料","file":")" + young + "\"}").body, "code"), "casework.unknown_material");
  sweep();
  EXPECT_TRUE(there(young));
  age(young);
  age(named);
  open(data_);  // the first pass of a start
  EXPECT_FALSE(there(young));
  EXPECT_TRUE(there(named));
  EXPECT_EQ(ask("clerk.a", "GET", "/api/files/" + named).body, kSecret);
}

TEST_F(MaterialFiles, AnErasureTakesUploadsAndPapersOfThePersonAndOfNobodyElse) {
  const auto mine = receive("欧阳某某", kNumber), theirs = receive("王小五", kOther);
  open_account("clerk.a", Role::clerk);
  const auto filed = upload("clerk.a", kSecret, "?case=" + mine), loose = upload("clerk.a", kSecret, "?case=" + mine), kept = upload("clerk.a", "别人的", "?case=" + theirs);
  ASSERT_EQ(file("clerk.a", mine, filed).status, 201);
  ASSERT_EQ(file("clerk.a", theirs, kept).status, 201);
  const auto paper = print("clerk.a", mine), kept_paper = print("clerk.a", theirs);
  const auto backup_place = directory_.path() + "/backup";
  ASSERT_TRUE(backup({data_}, backup_place, "").ok());
  withdraw_and_erase(mine, kNumber);
  for (const auto& one : {filed, loose, paper}) EXPECT_FALSE(there(one));
  for (const auto& one : {kept, kept_paper}) EXPECT_TRUE(there(one));
  EXPECT_EQ(ask("clerk.a", "GET", "/api/files/" + filed).status, 404);
  EXPECT_EQ(ask("clerk.a", "GET", "/api/files/" + kept).body, "别人的");
  EXPECT_NE(ask("clerk.a", "GET", "/api/casework/cases/" + mine).body.find(R"("files":[])"), std::string::npos);
  EXPECT_EQ(member(ask("clerk.a", "POST", "/api/files?case=" + mine, "x", "text/plain").body, "code"), "casework.person_erased");
  // Put back by hand from a backup, it is whole, unreadable, and gone at the next start.
  fs::copy_file(files::path_of(backup_place, {filed}), files::path_of(data_, {filed}));
  EXPECT_FALSE(files::verify(data_).broken);
  EXPECT_EQ(house_->file_store().read({filed}).error().code, "store.key_erased");
  EXPECT_EQ(house_->file_store().read({filed}).error().status, 410);
  open(data_);
  EXPECT_FALSE(there(filed));
  EXPECT_TRUE(there(kept));
  // The whole backup, restored with today's keys: the start erases again.
  const auto keys = directory_.path() + "/keys", again = directory_.path() + "/again";
  ASSERT_TRUE(backup({data_}, directory_.path() + "/unused", keys).ok());
  close();
  ASSERT_TRUE(restore(backup_place, keys, {again}).ok());
  EXPECT_FALSE(files::verify(again).broken);
  EXPECT_TRUE(fs::exists(files::path_of(again, {filed})));
  open(again);
  for (const auto& one : {filed, loose, paper}) EXPECT_FALSE(there(one));
  for (const auto& one : {kept, kept_paper}) EXPECT_TRUE(there(one));
  EXPECT_FALSE(files::verify(again).broken);
}

TEST_F(MaterialFiles, ARebuildGivesTheSameBlanks) {
  const auto mine = receive("欧阳某某", kNumber), theirs = receive("王小五", kOther);
  open_account("clerk.a", Role::clerk);
  for (const auto& id : {mine, theirs}) {
    ASSERT_EQ(file("clerk.a", id, upload("clerk.a", kSecret, "?case=" + id)).status, 201);
    print("clerk.a", id);
  }
  withdraw_and_erase(mine, kNumber);
  const auto common = house_->common();
  const auto centre = house_->engine().centre();
  close();
  auto store = store::open_sqlite(data_, store::Mode::write).value();
  const auto keys = engine::open_keys(store->writer().reader(), data_, centre, {}, store::KeyAccess::read).value();
  const auto rebuilt = engine::rebuild(store->writer(), all_rooms(common), centre, {.keys = keys.get()});
  int looked_at = 0;
  for (const auto& v : rebuilt.views) {
    EXPECT_FALSE(v.difference) << v.name << *v.difference;
    if (v.name != "casework_material_file" && v.name != "casework_paper") continue;
    EXPECT_EQ(v.rows, 1) << v.name;
    ++looked_at;
  }
  EXPECT_EQ(looked_at, 2);
}

TEST_F(MaterialFiles, OneThatWasStoredInClearBeforeIsStillReadAndGoesWithThePerson) {
  const auto id = receive("欧阳某某", kNumber);
  open_account("clerk.a", Role::clerk);
  const auto subject = house_->file_store().subject_of({upload("clerk.a", "x", "?case=" + id)}).value();
  ASSERT_TRUE(subject);
  close();
  std::string clear;
  {
    auto before = files::FileStore::open(data_, {}).value();
    auto in = before->begin({"text/plain", "户口簿.txt", subject}).value();
    ASSERT_TRUE(in->write(kSecret));
    clear = in->finish()->id.value;
  }
  EXPECT_NE(stored_bytes(clear).find(kSecret), std::string::npos);
  open(data_);
  ASSERT_EQ(file("clerk.a", id, clear).status, 201);
  EXPECT_EQ(ask("clerk.a", "GET", "/api/files/" + clear).body, kSecret);
  withdraw_and_erase(id, kNumber);
  EXPECT_FALSE(there(clear));
}

}  // namespace
}  // namespace yi::app
