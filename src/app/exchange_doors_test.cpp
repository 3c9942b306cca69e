// The exchange door through a real server, with every room and the real catalogue; and what an import does to the figures.
#include <gtest/gtest.h>

#include <sstream>

#include "app/installation.h"
#include "exchange/import.h"
#include "exchange/routes.h"
#include "http/server.h"
#include "http/test_client.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

const CivilDay kMonday = CivilDay::of(2024, 6, 17);
const engine::Actor kActor{"w01", "operator"};

class Operators : public http::Gatekeeper {
 public:
  Result<http::Caller> admit(const http::Request&, const http::Door&) const override { return http::Caller{"operator", "w1"}; }
};

class House {
 public:
  explicit House(CivilDay day) {
    engine = engine::Engine::open(dir.path(), all_rooms(common), engine_options(common, {true, at(day, 9, 0)})).value();
  }
  void run(const std::string& command, const std::string& body, Instant when) {
    const auto a = engine->run(command, body, kActor, when);
    ASSERT_TRUE(a.ok()) << command << " " << a.error().sentence << a.error().where;
  }
  std::int64_t counted(const char* figure) {
    EXPECT_TRUE(engine->wait_followed(engine->position(), std::chrono::seconds(10)));
    auto reader = engine->reader();
    auto c = reader->select("SELECT SUM(n) FROM bulletin_figure_day WHERE centre=$1 AND figure=$2", {engine->centre().value, figure});
    return c->next() && !c->is_null(0) ? c->integer(0) : 0;
  }
  std::int64_t rows(const char* table) {
    auto reader = engine->reader();
    return reader->select("SELECT count(*) FROM " + std::string(table) + " WHERE centre=$1", {engine->centre().value})->next_integer();
  }
  store::TemporaryDirectory dir;
  const Common common = load_common(YI_SOURCE_DIR "/data").value();
  std::unique_ptr<engine::Engine> engine;
};

// A matter of the catalogue whose papers are all there.
std::string receiving(const catalog::Matter& m) {
  std::string papers;
  for (const auto& p : m.materials) papers += (papers.empty() ? "\"" : ",\"") + p.name + "\"";
  return R"({"matter":")" + m.code.value + R"(","window":")" + "W01" + R"(","applicant_kind":"legal","applicant":"试验公司","materials":[)" + papers + "]}";
}

class ExchangeDoor : public testing::Test {
 protected:
  void SetUp() override {
    exchange::add_doors(router, *from.engine, *from.common.catalog);
    http::ServerOptions options;
    options.port = 0;
    server = std::make_unique<http::Server>(options, router, gatekeeper);
    ASSERT_TRUE(server->start());
    for (const auto& m : from.common.catalog->matters())
      if (m.kind == catalog::MatterKind::permit && m.case_type == catalog::CaseType::promised && !m.quantity_limit) matter = &m;
    ASSERT_NE(matter, nullptr);
  }
  void live() {
    from.run("casework.receive", receiving(*matter), at(kMonday, 9, 10));
    from.run("casework.receive", receiving(*matter), at(kMonday, 9, 11));
    from.run("casework.accept", R"({"case_id":"20240617000001","window":"W01"})", at(kMonday, 9, 20));
    from.run("casework.transfer", R"({"case_id":"20240617000001","window":"W01","to":"department","signed_by":"承办"})", at(kMonday, 9, 30));
    from.run("casework.refuse_acceptance", R"({"case_id":"20240617000002","window":"W01","reason":"依法不需要许可","because":"no_permit_needed"})", at(kMonday, 9, 40));
  }
  House from{kMonday};
  const catalog::Matter* matter = nullptr;
  http::Router router;
  Operators gatekeeper;
  std::unique_ptr<http::Server> server;
};

TEST_F(ExchangeDoor, GivesTheTablesAndRefusesWhatItCannot) {
  live();
  http::test::Client c(server->port());
  const auto lines = c.ask(http::test::get("/api/exchange/cases?from=2024-06-17&to=2024-06-17"));
  EXPECT_EQ(lines.status, 200);
  EXPECT_TRUE(lines.header("content-type").starts_with("application/x-ndjson"));
  EXPECT_EQ(lines.header("content-disposition"), "attachment; filename=\"cases-2024-06-17-to-2024-06-17.jsonl\"");
  EXPECT_TRUE(lines.body.starts_with("{\"table\":\"accept\"")) << lines.body;
  EXPECT_EQ(c.ask(http::test::get("/api/exchange/cases?from=2024-06-18")).body, "");
  const auto csv = c.ask(http::test::get("/api/exchange/cases?table=process&format=csv"));
  EXPECT_EQ(csv.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_NE(csv.body.find("受理"), std::string::npos);
  EXPECT_TRUE(c.ask(http::test::get("/api/exchange/cases?format=zip")).body.starts_with("PK"));
  EXPECT_NE(c.ask(http::test::get("/api/exchange/cases?format=csv")).body.find("exchange.table_required"), std::string::npos);
  EXPECT_NE(c.ask(http::test::get("/api/exchange/cases?from=2024-06-18&to=2024-06-17")).body.find("exchange.bad_period"), std::string::npos);
  EXPECT_EQ(c.ask(http::test::get("/api/exchange/cases?from=2024-02-30")).status, 400);
  EXPECT_EQ(c.ask(http::test::get("/api/exchange/cases?table=people")).status, 400);
}

TEST_F(ExchangeDoor, AnImportIsNobodysWorkOfThisWeek) {
  live();
  EXPECT_EQ(from.counted("accepted"), 1);
  EXPECT_EQ(from.counted("transferred"), 1);
  EXPECT_EQ(from.rows("casework_negative"), 1);
  http::test::Client c(server->port());
  const auto lines = c.ask(http::test::get("/api/exchange/cases")).body;

  House into(kMonday + 2);
  std::istringstream in(lines);
  const auto report = exchange::import_cases(
      *into.engine, in, kActor, [](std::int64_t, const std::string&, const Refusal& why) { ADD_FAILURE() << why.sentence << why.where; }, [](std::int64_t) {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->imported, 2);
  EXPECT_EQ(into.counted("accepted"), 0);
  EXPECT_EQ(into.counted("transferred"), 0);
  EXPECT_EQ(into.rows("bulletin_counted"), 0);
  EXPECT_EQ(into.rows("casework_negative"), 0);  // the supervisor there has seen it
  EXPECT_EQ(into.rows("casework_queue"), 2);     // but the cases are there
  // What is done here counts here.
  into.run("casework.transfer", R"({"case_id":"20240617000001","window":"W01","to":"reception_window","signed_by":"综窗"})", at(kMonday + 2, 10, 0));
  EXPECT_EQ(into.counted("transferred"), 1);
}

}  // namespace
}  // namespace yi::app
