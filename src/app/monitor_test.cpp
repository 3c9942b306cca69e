// The door for monitoring: what a scrape says, who may read it, and what it never says.
#include "app/monitor.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <regex>
#include <set>

#include "app/test_house.h"
#include "base/clock.h"
#include "base/yaml.h"
#include "store/postgres_server.h"

namespace yi::app::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A scrape read as strictly as Prometheus does: samples by series, each under its family's HELP and TYPE.
std::map<std::string, double> read_scrape(const std::string& text) {
  static const std::regex kHelp(R"(# HELP ([a-z_][a-z0-9_]*) .+)"), kType(R"(# TYPE ([a-z_][a-z0-9_]*) (counter|gauge|histogram))"),
      kSample(R"(([a-z_][a-z0-9_]*)(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? (-?[0-9.e+-]+|\+Inf))");
  std::map<std::string, double> series;
  std::string family, type, line;
  std::istringstream lines(text);
  EXPECT_TRUE(text.ends_with('\n'));
  while (std::getline(lines, line)) {
    std::smatch m;
    if (std::regex_match(line, m, kHelp)) {
      family = m[1];
      type.clear();
    } else if (std::regex_match(line, m, kType)) {
      EXPECT_EQ(m[1], family);
      type = m[2];
    } else if (std::regex_match(line, m, kSample)) {
      const std::string name = m[1];
      const bool part = type == "histogram" && (name == family + "_bucket" || name == family + "_sum" || name == family + "_count");
      EXPECT_TRUE(name == family || part) << line;
      EXPECT_FALSE(type.empty()) << line;
      EXPECT_TRUE(series.emplace(name + m[2].str(), std::stod(m[4])).second) << "twice: " << line;
    } else {
      ADD_FAILURE() << "no line of the format: " << line;
    }
  }
  return series;
}

class Monitoring : public House {
 protected:
  void watch(MonitorOptions o = {}) {
    o.address = "127.0.0.1:0";
    auto opened = Monitor::open(o, *house_);
    ASSERT_TRUE(opened.ok()) << opened.error().sentence;
    monitor_ = std::move(*opened);
    monitor_->look_now();
  }
  void TearDown() override { monitor_.reset(); }
  http::test::Reply get(const std::string& path, const std::string& headers = "") {
    http::test::Client client(monitor_->port());
    return client.ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
  }
  std::map<std::string, double> scrape() { return read_scrape(get("/metrics").body); }
  std::unique_ptr<Monitor> monitor_;
};

TEST_F(Monitoring, TellsWhatWasDone) {
  watch();
  const auto before = scrape();
  EXPECT_EQ(before.at(R"(yichuang_build_info{version="0.1.0",database="sqlite"})"), 1);
  EXPECT_EQ(before.at("yichuang_database_up"), 1);
  EXPECT_EQ(before.at("yichuang_clock_pinned"), 1);
  for (const char* good : {"yichuang_leads", "yichuang_lease_reachable", "yichuang_views_fit"}) EXPECT_EQ(before.at(good), 1) << good;
  EXPECT_GT(before.at("process_resident_memory_bytes"), 1e6);
  EXPECT_GT(before.at("process_open_fds"), 3);
  EXPECT_GT(before.at("yichuang_data_free_bytes"), 0);
  EXPECT_GT(before.at("process_start_time_seconds"), 1.7e9);

  open_account("clerk.a", Role::clerk);  // two commands
  EXPECT_EQ(ask("clerk.a", "GET", "/api/casework/cases").status, 200);
  EXPECT_EQ(ask("clerk.a", "GET", "/api/casework/cases/20990101000001").status, 404);
  EXPECT_EQ(ask("clerk.a", "POST", "/api/casework/accept", R"({"case_id":"20990101000001"})").status / 100, 4);
  EXPECT_EQ(client_->ask("GET /nothing/here HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
  followed();
  const auto after = scrape();
  const auto grew = [&](const std::string& series) {
    const auto it = before.find(series);
    return after.at(series) - (it == before.end() ? 0 : it->second);
  };
  EXPECT_EQ(grew(R"(yichuang_commands_total{outcome="committed"})"), 2);
  EXPECT_EQ(grew(R"(yichuang_commands_total{outcome="refused"})"), 1);
  EXPECT_GE(grew("yichuang_facts_total"), 2);
  EXPECT_EQ(after.at("yichuang_ledger_position"), house_->engine().position());
  EXPECT_EQ(after.at("yichuang_reports_behind"), 0);
  EXPECT_EQ(after.at("yichuang_sessions"), 1);
  EXPECT_EQ(grew(R"(yichuang_http_requests_total{door="unknown",status="404"})"), 1);
  EXPECT_GT(grew("yichuang_log_bytes_total"), 0);
  EXPECT_GE(grew(R"(yichuang_http_request_seconds_count{door="command"})"), 1);
  EXPECT_EQ(after.at(R"(yichuang_http_request_seconds_count{door="command"})"), after.at(R"(yichuang_http_request_seconds_bucket{door="command",le="+Inf"})"));
  double answered = 0;
  for (const auto& [series, value] : after)
    if (series.starts_with("yichuang_http_requests_total{")) answered += value;
  EXPECT_EQ(answered, 4);
  EXPECT_GE(grew(R"(yichuang_audit_entries_total{outcome="written"})"), 1);
}

TEST_F(Monitoring, SaysNothingOfAPersonAndStaysSmall) {
  watch();
  open_account("clerk.a", Role::clerk);
  open_account("citizen.secret", Role::applicant);
  for (int n = 0; n < 200; ++n) {
    ask("clerk.a", "GET", "/api/casework/cases/2099010100" + std::to_string(1'000 + n));
    client_->ask("GET /nothing/" + std::to_string(n) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  const auto text = get("/metrics").body;
  for (const auto* word : {"clerk", "citizen", "2099", "/nothing", "127.0.0.1", "某甲"}) EXPECT_THAT(text, Not(HasSubstr(word)));
  EXPECT_LT(read_scrape(text).size(), 250u);
}

// A shared folder of files that fills up is seen before it is full, whatever the data directory's disk has left.
TEST_F(Monitoring, LooksAtTheDiskOfASharedFolderToo) {
  EXPECT_EQ((watch(), scrape().count(R"(yichuang_data_free_bytes{folder="files"})")), 0u);
  monitor_.reset();
  const store::TemporaryDirectory shared;
  auto options = house_->options();
  options.files_folder = shared.path();
  house_.reset();
  auto opened = Installation::open(options);
  ASSERT_TRUE(opened.ok()) << opened.error().sentence;
  house_ = std::move(*opened);
  ASSERT_TRUE(house_->serve().ok());
  watch();
  const auto found = scrape();
  EXPECT_GT(found.at("yichuang_data_free_bytes"), 0);
  EXPECT_GT(found.at(R"(yichuang_data_free_bytes{folder="files"})"), 0);
  EXPECT_GE(found.at(R"(yichuang_data_size_bytes{folder="files"})"), found.at(R"(yichuang_data_free_bytes{folder="files"})"));
}

// The rules and the dashboard that a centre begins with ask for series that are there.
TEST_F(Monitoring, TheExamplesAskForWhatThereIs) {
  watch();
  std::map<std::string, std::set<std::string>> known;  // labels by name
  static const std::regex kSeries(R"(([a-z_0-9]+)(\{.*\})?)"), kLabel(R"(([a-z_]+)=")");
  for (const auto& [series, value] : scrape()) {
    std::smatch m;
    ASSERT_TRUE(std::regex_match(series, m, kSeries));
    auto& labels = known[m[1]];
    const std::string all = m[2];
    for (std::sregex_iterator l(all.begin(), all.end(), kLabel), end; l != end; ++l) labels.insert((*l)[1]);
  }
  // What Prometheus itself adds.
  known["up"] = {};
  for (auto& [name, labels] : known) labels.insert({"instance", "job"});
  static const std::regex kUsed(R"(\b((?:yichuang|process)_[a-z_0-9]+|up)(\{([^}]*)\})?)"), kMatcher(R"(([a-z_]+)(?:=~|!~|!=|=)\\?")");
  int rules = 0, panels = 0;
  const auto check = [&](const std::string& expression, const std::string& where) {
    int used = 0;
    for (std::sregex_iterator u(expression.begin(), expression.end(), kUsed), end; u != end; ++u, ++used) {
      const auto it = known.find((*u)[1]);
      if (it == known.end()) {
        ADD_FAILURE() << where << ": no series " << (*u)[1];
        continue;
      }
      const std::string matchers = (*u)[3];
      for (std::sregex_iterator m(matchers.begin(), matchers.end(), kMatcher); m != end; ++m)
        EXPECT_TRUE(it->second.count((*m)[1])) << where << ": " << (*u)[1] << " has no label " << (*m)[1];
    }
    EXPECT_GT(used, 0) << where << ": " << expression;
  };
  const std::string examples = YI_SOURCE_DIR "/packaging/examples/";
  const auto alerts = yaml::load(examples + "alerts.yml", "alerts.yml");
  ASSERT_TRUE(alerts.ok()) << alerts.error().sentence;
  std::ifstream text(examples + "alerts.yml");
  static const std::regex kRule(R"( +- alert: (\w+))"), kExpression(R"( +expr: (.+))");
  std::string line, alert;
  std::ifstream doc(YI_SOURCE_DIR "/docs/operations.md");
  const std::string operations{std::istreambuf_iterator<char>(doc), {}};
  while (std::getline(text, line)) {
    std::smatch m;
    if (std::regex_match(line, m, kRule)) alert = m[1];
    if (!std::regex_match(line, m, kExpression)) continue;
    ++rules;
    check(m[1], alert);
    EXPECT_THAT(operations, HasSubstr(alert)) << "docs/operations.md says nothing of it";
  }
  std::ifstream board(examples + "grafana-dashboard.json");
  const std::string json_text{std::istreambuf_iterator<char>(board), {}};
  json::Parser parser;
  ASSERT_TRUE(parser.parse(json_text).ok());
  static const std::regex kExpr(R"re("expr": "((?:[^"\\]|\\.)*)")re");
  for (std::sregex_iterator e(json_text.begin(), json_text.end(), kExpr), end; e != end; ++e, ++panels) check((*e)[1], "the dashboard");
  EXPECT_GE(rules, 10);
  EXPECT_GE(panels, 20);
}

TEST_F(Monitoring, OnlyMetricsAndOnlyWithTheTokenWhereThereIsOne) {
  const auto file = directory_.path() + "/metrics-token";
  std::ofstream(file) << "0123456789abcdef-token\n";
  ::chmod(file.c_str(), 0600);
  MonitorOptions o;
  o.token_file = file;
  watch(o);
  EXPECT_EQ(get("/metrics").status, 401);
  EXPECT_EQ(get("/metrics", "Authorization: Bearer 0123456789abcdef-tokem\r\n").status, 401);
  const auto good = get("/metrics", "Authorization: Bearer 0123456789abcdef-token\r\n");
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(get("/api/health", "Authorization: Bearer 0123456789abcdef-token\r\n").status, 404);
  // The centre's own server does not know it.
  EXPECT_EQ(client_->ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
}

TEST_F(Monitoring, RefusesWhatItCannotKeep) {
  const auto refused = [&](const std::string& address, const std::string& token_file) {
    const auto opened = Monitor::open({address, token_file, 5'000}, *house_);
    return opened ? "" : std::string(opened.error().code);
  };
  for (const auto* address : {"9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:94x"}) EXPECT_EQ(refused(address, ""), "app.metrics_address") << address;
  EXPECT_EQ(refused("0.0.0.0:0", ""), "http.address");
  const auto file = directory_.path() + "/metrics-token";
  EXPECT_EQ(refused("127.0.0.1:0", file), "app.metrics_token");
  std::ofstream(file) << "0123456789abcdef-token\n";
  ::chmod(file.c_str(), 0644);
  EXPECT_EQ(refused("127.0.0.1:0", file), "app.metrics_token");
  std::ofstream(file) << "short\n";
  ::chmod(file.c_str(), 0600);
  EXPECT_EQ(refused("127.0.0.1:0", file), "app.metrics_token");
}

// A scrape is answered although the database is not.
TEST(MonitoringOnAServer, TellsThatTheDatabaseIsGoneAndBack) {
  store::PostgresServer server;
  store::TemporaryDirectory directory;
  ServeOptions o;
  o.data_directory = directory.path();
  o.store_url = server.new_database();
  o.node = "1";
  o.data_root = YI_SOURCE_DIR "/data";
  o.server.port = 0;
  auto house = Installation::open(o);
  ASSERT_TRUE(house.ok()) << house.error().sentence;
  ASSERT_TRUE((*house)->serve().ok());
  auto opened = Monitor::open({"127.0.0.1:0", "", 3'600'000}, **house);
  ASSERT_TRUE(opened.ok());
  auto& monitor = **opened;
  const auto scrape = [&] {
    monitor.look_now();
    http::test::Client client(monitor.port());
    return read_scrape(client.ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").body);
  };
  auto s = scrape();
  EXPECT_EQ(s.at(R"(yichuang_build_info{version="0.1.0",database="postgresql"})"), 1);
  EXPECT_EQ(s.at("yichuang_database_up"), 1);
  EXPECT_EQ(s.at("yichuang_leads"), 1);
  server.stop();
  s = scrape();
  EXPECT_EQ(s.at("yichuang_database_up"), 0);
  EXPECT_GE(s.at("yichuang_database_failures_total"), 1);
  const auto comes_to = [&](double leads) {  // the lease's connection is looked at a few times a second
    for (const auto until = monotonic_ns() + 20'000'000'000; monotonic_ns() < until;)
      if (const auto now = scrape(); now.at("yichuang_leads") == leads && now.at("yichuang_lease_reachable") == leads) return true;
    return false;
  };
  EXPECT_TRUE(comes_to(0)) << "whoever cannot renew its lease does not say that it leads";
  server.start();
  EXPECT_EQ(scrape().at("yichuang_database_up"), 1);
  EXPECT_TRUE(comes_to(1));
}

}  // namespace
}  // namespace yi::app::test
