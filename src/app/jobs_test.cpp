// Long work through the real program: an export that is left and fetched, an import that is looked at first, the ledger verified and its
// views compared while the hall works (docs/decisions/0029).
#include <filesystem>
#include <future>

#include "app/test_house.h"
#include "casework/case_state.h"
#include "store/database.h"

namespace yi::app {
namespace {

using test::member;
using test::Role;

class Jobs : public test::House {
 protected:
  void SetUp() override {
    House::SetUp();
    open_account("clerk", Role::clerk);
    open_account("supervisor", Role::supervisor);
    open_account("admin", Role::administrator);
  }
  void receive(const std::string& applicant) {
    const auto& m = house_->common().catalog->matters().front();
    give("casework.receive", R"({"matter":")" + m.code.value + R"(","window":"W01","applicant_kind":"legal","applicant":")" + applicant + R"(","materials":[]})");
  }
  // The job when it is over, as JSON; each question is answered at once, so that this is no wait by time.
  std::string over(const std::string& account, const std::string& id) {
    for (;;) {
      const auto list = ask(account, "GET", "/api/jobs");
      EXPECT_EQ(list.status, 200) << list.body;
      const auto read = json::read<jobs::JobList>(list.body);
      if (!read) return "unreadable: " + list.body;
      for (const auto& j : read->jobs)
        if (j.job_id == id && j.state != jobs::JobState::waiting && j.state != jobs::JobState::running) return json::write(j);
    }
  }
  std::string begin(const std::string& account, const std::string& path, const std::string& body = "{}") {
    const auto r = ask(account, "POST", path, body);
    EXPECT_EQ(r.status, 200) << r.body;
    return member(r.body, {"job_id"});
  }
  http::test::Reply upload(const std::string& account, const std::string& lines) {
    return client_->ask(head(account, "POST", "/api/jobs/import?name=cases.jsonl") + "Content-Type: application/x-ndjson\r\nContent-Length: " + std::to_string(lines.size()) + "\r\n\r\n" + lines);
  }
  static constexpr const char* kList = R"({"door":"casework.export_cases","query":[{"name":"stage","value":"received"},{"name":"format","value":"csv"}],"about":"已收件"})";
};

TEST_F(Jobs, AnExportIsLeftAndFetchedByItsOwnerAlone) {
  receive("导出示例公司");
  followed();
  const auto id = begin("clerk", "/api/jobs/export", kList);
  const auto job = over("clerk", id);
  EXPECT_EQ(member(job, {"state"}), "done") << job;
  EXPECT_EQ(member(job, {"kind"}), "casework.export_cases");
  EXPECT_EQ(member(job, {"about"}), "已收件");
  const auto file = ask("clerk", "GET", "/api/jobs/" + id + "/file");
  EXPECT_EQ(file.status, 200);
  EXPECT_NE(file.body.find("办件编号"), std::string::npos) << file.body;
  EXPECT_EQ(file.header("content-disposition"), "attachment; filename=\"cases-2024-06-24.csv\"");
  EXPECT_EQ(file.body, ask("clerk", "GET", "/api/casework/export?stage=received&format=csv").body);
  EXPECT_EQ(ask("supervisor", "GET", "/api/jobs/" + id + "/file").status, 404);
  EXPECT_EQ(ask("clerk", "POST", "/api/jobs/" + id + "/remove", "{}").status, 200);
  EXPECT_EQ(ask("clerk", "GET", "/api/jobs/" + id + "/file").status, 404);
  for (const auto& e : std::filesystem::directory_iterator(directory_.path())) EXPECT_FALSE(e.path().filename().string().starts_with(".job")) << e.path();
}

TEST_F(Jobs, AnExportAsksForTheRightAndTheParametersOfItsDoor) {
  const auto tables = R"({"door":"exchange.export_cases","query":[]})";
  EXPECT_EQ(member(ask("clerk", "POST", "/api/jobs/export", tables).body, {"code"}), "identity.not_allowed");
  EXPECT_EQ(member(ask("clerk", "POST", "/api/jobs/export", R"({"door":"identity.read_audit","query":[]})").body, {"code"}), "jobs.not_exportable");
  EXPECT_EQ(member(ask("clerk", "POST", "/api/jobs/export", R"({"door":"casework.export_cases","query":[{"name":"format","value":"exe"}]})").body, {"code"}), "http.bad_parameter");
  // What the door refuses is told as the door tells it.
  const auto id = begin("supervisor", "/api/jobs/export", R"({"door":"exchange.export_cases","query":[{"name":"from","value":"2024-06-24"},{"name":"to","value":"2024-06-23"}]})");
  const auto job = over("supervisor", id);
  EXPECT_EQ(member(job, {"state"}) + member(job, {"code"}), "failedexchange.bad_period") << job;
}

TEST_F(Jobs, FiguresGoWithTheirDefinitions) {
  receive("数字示例公司");
  followed();
  const auto id = begin("supervisor", "/api/jobs/export", R"({"door":"bulletin.export_counts","query":[{"name":"format","value":"csv"}]})");
  over("supervisor", id);
  const auto file = ask("supervisor", "GET", "/api/jobs/" + id + "/file").body;
  for (const char* words : {"部门,窗口,咨询,受理,颁发,流转", "合计", "口径：受理", "2024-06-24 至 2024-06-24"}) EXPECT_NE(file.find(words), std::string::npos) << words << " in " << file;
}

// The files of bulletins and reports as jobs: parts of the address stand among what is asked, and a refusal is told in words.
TEST_F(Jobs, ABulletinsFileIsLeftAndFetched) {
  receive("报告示例公司");
  followed();
  const auto report = [](const char* door, const char* period) {
    return std::string(R"({"door":")") + door + R"(","query":[{"name":"template","value":"statistics"},{"name":"period","value":")" + period + R"("},{"name":"edition","value":"public"}]})";
  };
  for (const char* form : {"text", "pdf", "ofd", "docx", "xlsx"}) {
    const auto id = begin("supervisor", "/api/jobs/export", report((std::string("bulletin.report_") + form).c_str(), "2024-06"));
    const auto job = over("supervisor", id);
    EXPECT_EQ(member(job, {"state"}), "done") << job;
    const auto file = ask("supervisor", "GET", "/api/jobs/" + id + "/file");
    EXPECT_EQ(file.status, 200) << form;
    if (std::string_view(form) == "text") {
      EXPECT_EQ(file.body, ask("supervisor", "GET", "/reports/statistics/2024-06/text?edition=public").body);
    }
    EXPECT_EQ(ask("supervisor", "POST", "/api/jobs/" + id + "/remove", "{}").status, 200);
  }
  EXPECT_EQ(member(ask("supervisor", "POST", "/api/jobs/export", R"({"door":"bulletin.pdf","query":[]})").body, {"code"}), "http.missing_parameter");
  EXPECT_EQ(member(ask("supervisor", "POST", "/api/jobs/export", R"({"door":"bulletin.page","query":[]})").body, {"code"}), "jobs.not_exportable");
  const auto unknown = over("supervisor", begin("supervisor", "/api/jobs/export", R"({"door":"bulletin.pdf","query":[{"name":"week","value":"2024-06-18"}]})"));
  EXPECT_EQ(member(unknown, {"state"}) + member(unknown, {"code"}), "failedbulletin.unknown_week") << unknown;
  // The internal edition is its readers' alone, in a job as on a page.
  const auto internal = over("clerk", begin("clerk", "/api/jobs/export", R"({"door":"bulletin.pdf","query":[{"name":"week","value":"2024-06-18"},{"name":"edition","value":"internal"}]})"));
  EXPECT_EQ(member(internal, {"code"}), "bulletin.internal_edition") << internal;
}

// The right is asked for when the import begins, not only when it is asked for: it may have waited.
TEST_F(Jobs, AnImportOfWhoHasLostTheRightMeanwhileDoesNotRun) {
  receive("停用示例公司");
  followed();
  const auto id = member(upload("admin", ask("supervisor", "GET", "/api/exchange/cases").body).body, {"job_id"});
  over("admin", id);
  std::promise<void> gate;
  jobs::Wish busy;
  busy.account = "somebody";
  busy.kind = "busy";
  busy.work = [open = gate.get_future().share()](jobs::Progress&) -> Result<jobs::Ended> {
    open.wait();
    return jobs::Ended{};
  };
  ASSERT_TRUE(house_->jobs().begin(std::move(busy)));
  const auto taken = begin("admin", "/api/jobs/" + id + "/import");
  open_account("admin.two", Role::administrator);  // the only one cannot be suspended
  give("identity.suspend_account", R"({"account":"admin","reason":"离岗"})");
  const auto before = house_->engine().position();
  gate.set_value();
  for (;;) {
    const auto job = house_->jobs().find("admin", taken);
    ASSERT_TRUE(job);
    if (job->state == jobs::JobState::waiting || job->state == jobs::JobState::running) continue;
    EXPECT_EQ(job->state, jobs::JobState::failed);
    EXPECT_TRUE(job->code.starts_with("identity.")) << job->code;
    break;
  }
  EXPECT_EQ(house_->engine().position(), before);
}

TEST_F(Jobs, AnImportIsLookedAtFirstAndThenTakenOver) {
  receive("交换示例公司");
  followed();
  const auto tables = ask("supervisor", "GET", "/api/exchange/cases").body;
  ASSERT_NE(tables.find("交换示例公司"), std::string::npos);
  // The same case in the same ledger: it is there, and would be refused; a broken line as well.
  const auto up = upload("admin", tables + "不是一行\n");
  ASSERT_EQ(up.status, 200) << up.body;
  const auto id = member(up.body, {"job_id"});
  const auto checked = over("admin", id);
  EXPECT_EQ(member(checked, {"state"}) + member(checked, {"good"}), "donefalse") << checked;
  EXPECT_NE(checked.find("exchange.case_exists"), std::string::npos) << checked;
  EXPECT_NE(checked.find("exchange.not_a_row"), std::string::npos) << checked;
  EXPECT_NE(checked.find("还没有导入"), std::string::npos);
  const auto before = house_->engine().position();
  const auto taken = over("admin", begin("admin", "/api/jobs/" + id + "/import"));
  EXPECT_NE(taken.find("导入 0 个办件，以前导入过 0 个，拒绝 2 个"), std::string::npos) << taken;
  EXPECT_EQ(house_->engine().position(), before);
  EXPECT_EQ(ask("clerk", "POST", "/api/jobs/" + id + "/import", "{}").status, 403);
  EXPECT_EQ(upload("clerk", tables).status, 403);
}

TEST_F(Jobs, TakesOverTheCasesOfAnotherCentre) {
  receive("迁来示例公司");
  followed();
  const auto tables = ask("supervisor", "GET", "/api/exchange/cases").body;
  client_.reset();
  house_.reset();
  sessions_.clear();
  const store::TemporaryDirectory other;
  ServeOptions o;
  o.data_directory = other.path();
  o.data_root = YI_SOURCE_DIR "/data";
  o.server.port = 0;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 25), 9, 0)};
  house_ = std::move(Installation::open(o)).value();
  ASSERT_TRUE(house_->serve().ok());
  client_ = std::make_unique<http::test::Client>(house_->port());
  open_account("admin", Role::administrator);
  open_account("supervisor", Role::supervisor);
  const auto id = member(upload("admin", tables).body, {"job_id"});
  EXPECT_NE(over("admin", id).find("可以导入 1 个办件，以前导入过 0 个，不能导入 0 个"), std::string::npos);
  EXPECT_NE(over("admin", begin("admin", "/api/jobs/" + id + "/import")).find("导入 1 个办件"), std::string::npos);
  followed();
  EXPECT_EQ(ask("supervisor", "GET", "/api/exchange/cases").body, tables);
  // The same file again: known by its content, also when it is only looked at.
  const auto again = member(upload("admin", tables).body, {"job_id"});
  EXPECT_NE(over("admin", again).find("可以导入 0 个办件，以前导入过 1 个"), std::string::npos);
}

TEST_F(Jobs, TheLedgerIsVerifiedAndTheViewsComparedWhileTheHallWorks) {
  receive("核对示例公司");
  followed();
  const auto verified = over("admin", begin("admin", "/api/jobs/verify"));
  EXPECT_EQ(member(verified, {"good"}), "true") << verified;
  EXPECT_NE(verified.find("全部相符"), std::string::npos);
  const auto compared = over("admin", begin("admin", "/api/jobs/rebuild"));
  EXPECT_EQ(member(compared, {"state"}) + member(compared, {"good"}), "donetrue") << compared;
  EXPECT_NE(compared.find("完全一致"), std::string::npos) << compared;
  EXPECT_EQ(ask("clerk", "POST", "/api/jobs/verify", "{}").status, 403);
  for (const auto& e : std::filesystem::directory_iterator(directory_.path())) EXPECT_FALSE(e.path().filename().string().starts_with(".job")) << e.path();
}

// A row that says what no fact says: found, named, and left as it is.
TEST_F(Jobs, AViewThatDiffersIsNamed) {
  receive("差异示例公司");
  followed();
  const auto centre = house_->engine().centre();
  client_.reset();
  house_.reset();
  sessions_.clear();
  {
    const auto s = store::open({directory_.path(), ""}, store::Mode::write).value();
    auto& w = s->writer();
    const auto& view = casework::CaseState::view();
    auto c = w.reader().select(store::select_row_sql(view, view.name), {centre.value, std::int64_t{20240624000001}});
    ASSERT_TRUE(c->next());
    auto row = store::read_row(view, *c);
    c.reset();
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
      if (std::string_view(view.columns[i].name) == "version") row[i] = 77;
      if (std::string_view(view.columns[i].name) == "stage") row[i] = static_cast<std::int64_t>(casework::Stage::withdrawn);
    }
    w.begin();
    w.change(view, view.name, {row});
    w.commit();
  }
  ServeOptions o;
  o.data_directory = directory_.path();
  o.data_root = YI_SOURCE_DIR "/data";
  o.server.port = 0;
  auto opened = Installation::open(o);
  ASSERT_TRUE(opened.ok()) << opened.error().sentence;
  house_ = std::move(*opened);
  ASSERT_TRUE(house_->serve().ok());
  client_ = std::make_unique<http::test::Client>(house_->port());
  // Every case is read, as `yichuang verify` does: the count that the lane keeps would not have told.
  const auto verified = over("admin", begin("admin", "/api/jobs/verify"));
  EXPECT_EQ(member(verified, {"good"}), "false") << verified;
  const auto compared = over("admin", begin("admin", "/api/jobs/rebuild"));
  EXPECT_EQ(member(compared, {"good"}), "false") << compared;
  EXPECT_NE(compared.find("casework_case"), std::string::npos) << compared;
}

}  // namespace
}  // namespace yi::app
