// The database's server goes while many work: killed, replaced by its standby, or behind a way that is shut. Nobody is told what is not so,
// everybody is told to come again, and the node goes on by itself.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <set>

#include "at_work.h"
#include "parameters.h"
#include "store/store_ground.h"
#include "store/tcp_gate.h"

namespace yi::simulation {
namespace {

using store::PostgresServer;
using story::Hall;
using story::Server;

constexpr const char* kQuestion = "/api/casework/stages";

// What holds between two faults: the model and the ledger agree, and the ledger is whole.
void expect_kept(Hall& hall, Server& node, const store::Place& place) {
  hall.settle(node);
  hall.expect_ledger(place);
  hall.expect_stages(node);
  EXPECT_EQ(story::run_at("verify", place).code, 0);
}

void expect_patient(const bench::LoadResult& load) {
  EXPECT_EQ(load.broken, 0) << "the node itself stays: " << load.first_error;
  EXPECT_EQ(load.no_retry_after, 0);
  for (const auto& [status, n] : load.statuses) EXPECT_TRUE(status == 200 || status == 409 || status == 503) << status << ": " << n;
}

// Who reads is told so as well, and soon.
void expect_unavailable(Server& node) {
  const auto asked = monotonic_ns();
  const auto r = node.get(kQuestion);
  EXPECT_LT(monotonic_ns() - asked, 6'000'000'000) << "a reader waits for a way that is shut";
  EXPECT_EQ(r.status, 503) << r.body;
  EXPECT_FALSE(r.header("retry-after").empty());
  EXPECT_FALSE(story::json_at(r.body, "code").empty() || story::json_at(r.body, "detail").empty() || story::json_at(r.body, "next_step").empty()) << r.body;
}

void expect_end(Hall& hall, Server& node, const store::Place& place) {
  hall.expect_all_remembered(node);
  EXPECT_EQ(node.stop().code, 0);
  story::expect_whole_and_same(place);
  for (const auto& [code, n] : hall.unavailable_by_code()) EXPECT_EQ(code, "engine.storage_unavailable") << n;
}

// As operations.md would have it: two nodes beside each other, each with a directory of its own and the centre's master key.
class TwoNodes {
 public:
  explicit TwoNodes(const std::string& url) : places_{story::quiet_centre(here_.path(), url), {there_.path() + "/data", url}} {
    story::share_master_key(places_[0], places_[1]);
    for (std::size_t i = 0; i < 2; ++i) {
      nodes_[i] = std::make_unique<Server>(places_[i], story::Limits{}, 2);
      if (!nodes_[i]->runs()) ADD_FAILURE() << nodes_[i]->process().wait().all();
    }
  }
  std::vector<Server*> all() const { return {nodes_[0].get(), nodes_[1].get()}; }
  const store::Place& place() const { return places_[0]; }
  void expect_kept(Hall& hall) const {
    simulation::expect_kept(hall, *nodes_[0], places_[0]);
    hall.expect_stages(*nodes_[1]);
  }
  void expect_end(Hall& hall) {
    for (auto* n : all()) hall.expect_all_remembered(*n);
    for (auto* n : all()) EXPECT_EQ(n->stop().code, 0);
    story::expect_whole_and_same(places_[0]);
    // The lead may move while the database is away, and who asks meanwhile is told so.
    static const std::set<std::string> known{"http.no_leader", "http.leader_lost", "engine.not_leading", "engine.storage_unavailable"};
    for (const auto& [code, n] : hall.unavailable_by_code()) EXPECT_TRUE(known.contains(code)) << code << ": " << n;
  }

 private:
  store::TemporaryDirectory here_, there_;
  const store::Place places_[2];
  std::unique_ptr<Server> nodes_[2];
};

}  // namespace

TEST(DatabaseKilled, EveryAcknowledgedCommandIsThereOnce) {
  PostgresServer database;
  TwoNodes nodes(database.new_database());
  ASSERT_FALSE(testing::Test::HasFailure());
  std::mt19937 random(seed());
  Hall hall(16, seed());
  for (int kill = 1; kill <= kills(); ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    AtWork work(hall, nodes.all());
    work.until(simulation::replies() / 2 + static_cast<std::int64_t>(random() % static_cast<unsigned>(simulation::replies())));
    database.kill();
    work.until_put_off();
    for (auto* n : nodes.all()) {
      expect_unavailable(*n);
      EXPECT_EQ(n->get("/api/health").status, 200) << "the node itself lives";
    }
    database.start();
    work.expect_on("the server is there again");
    for (auto* n : nodes.all()) EXPECT_EQ(n->get(kQuestion).status, 200);
    expect_patient(work.end());
    nodes.expect_kept(hall);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(hall.unavailable(), 0);
  nodes.expect_end(hall);
  std::printf("  %d kills, %lld commands acknowledged, all there once\n", kills(), static_cast<long long>(hall.acknowledged()));
}

TEST(Standby, IsPromotedWhileCommandsComeInAndHasAllOfThem) {
  PostgresServer one;
  const auto url = one.new_database();
  PostgresServer other(PostgresServer::StandbyOf{one});
  one.wait_for_standby();
  auto both = url;
  const auto port = ":" + std::to_string(one.port()) + "/";
  both.replace(both.find(port), port.size(), ":" + std::to_string(one.port()) + ",127.0.0.1:" + std::to_string(other.port()) + "/");
  TwoNodes nodes(both);
  ASSERT_FALSE(testing::Test::HasFailure());
  std::mt19937 random(seed());
  Hall hall(16, seed());
  auto *primary = &one, *standby = &other;
  for (int kill = 1; kill <= kills(); ++kill) {
    SCOPED_TRACE("promotion " + std::to_string(kill));
    AtWork work(hall, nodes.all());
    work.until(simulation::replies() / 2 + static_cast<std::int64_t>(random() % static_cast<unsigned>(simulation::replies())));
    primary->kill();
    standby->promote();
    work.expect_on("the standby was promoted");
    for (auto* n : nodes.all()) EXPECT_EQ(n->get(kQuestion).status, 200);
    expect_patient(work.end());
    nodes.expect_kept(hall);
    if (testing::Test::HasFailure()) return;
    primary->follow(*standby);
    standby->wait_for_standby();
    std::swap(primary, standby);
  }
  nodes.expect_end(hall);
  std::printf("  %d promotions, %lld commands acknowledged, all there once\n", kills(), static_cast<long long>(hall.acknowledged()));
}

// The standby that commits wait for lags: commits take as long as it does, and the lead stays where it is.
TEST(Standby, ThatLagsHoldsUpCommitsAndDoesNotMoveTheLead) {
  PostgresServer one;
  const auto url = one.new_database();
  PostgresServer other(PostgresServer::StandbyOf{one});
  one.wait_for_standby();
  TwoNodes nodes(url);
  ASSERT_FALSE(testing::Test::HasFailure());
  const auto database = url.substr(url.rfind('/') + 1);
  const auto held_by = [&] { return one.sql(database, "SELECT l.epoch || ' ' || l.node || ' ' || h.epoch FROM yichuang.store_lease l JOIN yichuang.ledger_head h ON h.centre=l.centre"); };
  // How long ago the holder renewed it: where the lease moves although this stays small, the lead is at fault, else the machine.
  const auto silence = [&] { return std::stoll(one.sql(database, "SELECT ((extract(epoch FROM clock_timestamp())*1000)::bigint - renewed_ms)::text FROM yichuang.store_lease")); };
  const auto first = held_by();
  long long longest = 0;
  Hall hall(8, seed());
  AtWork work(hall, nodes.all());
  work.until(200);
  for (int round = 0; round < kills(1); ++round) {
    other.stop();
    // Past the end of a lease that nobody renews.
    for (const auto until = monotonic_ns() + 4'000'000'000; monotonic_ns() < until;) {
      one.sql(database, "SELECT pg_sleep(0.1)");
      ASSERT_EQ(held_by(), first) << "it was renewed at most " << longest << " ms apart, as far as was seen";
      longest = std::max(longest, silence());
    }
    other.start();
    work.expect_on("the standby is back");
  }
  EXPECT_EQ(held_by(), first);
  expect_patient(work.end());
  nodes.expect_kept(hall);
  nodes.expect_end(hall);
}

// Where commits did not wait for it, a standby may have less than was answered. The node does not go on as if nothing had been.
TEST(Standby, ThatHasLessThanWasAnsweredIsNotGoneOnWith) {
  PostgresServer one;
  store::TemporaryDirectory directory;
  const auto url = one.new_database();
  auto both = url;
  PostgresServer other(PostgresServer::StandbyOf{one});
  const auto port = ":" + std::to_string(one.port()) + "/";
  both.replace(both.find(port), port.size(), ":" + std::to_string(one.port()) + ",127.0.0.1:" + std::to_string(other.port()) + "/");
  const auto place = story::quiet_centre(directory.path(), both);
  Hall hall(4, seed());
  Server node(place);
  ASSERT_TRUE(node.runs()) << node.process().wait().all();
  AtWork work(hall, {&node});
  work.until(100);
  while (one.sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn > '0/0'") != "1") std::this_thread::sleep_for(std::chrono::milliseconds(10));
  other.stop();
  work.until(300);
  one.kill();
  other.start();
  other.promote();
  const auto told = hall.answered.load();
  EXPECT_GE(work.until(1, 3), 3) << "a command was stored behind a gap";
  EXPECT_EQ(hall.answered, told);
  const auto load = work.end();
  EXPECT_EQ(load.broken, 0) << load.first_error;
  EXPECT_GT(hall.unavailable(), 0);
  const auto r = node.post("/api/casework/consult", R"({"department":"scjgj","window":"W01","channel":"window"})", story::command_key(3, 1));
  EXPECT_EQ(r.status, 503);
  EXPECT_NE(r.body.find("数据损坏或不完整"), r.body.npos) << r.body;
  const auto ended = node.stop();
  EXPECT_EQ(ended.code, 0);
  // The words that docs/operations.md tells an administrator to look for.
  const std::string line = "the ledger cannot be gone on with: the database ends at fact ";
  const auto at = ended.all().find(line);
  ASSERT_NE(at, std::string::npos) << ended.all();
  EXPECT_NE(ended.all().find(" were answered", at), std::string::npos) << ended.all();
  std::ifstream handbook(YI_SOURCE_DIR "/docs/operations.md");
  EXPECT_NE(std::string(std::istreambuf_iterator<char>(handbook), {}).find("`" + line + "A, and B were answered`"), std::string::npos);
}

TEST(Way, ThatIsSlowCutOrShutIsSurvivedAndTheNodeGoesOnByItself) {
  using enum store::TcpGate::Way;
  auto& database = store::test_server();
  store::TemporaryDirectory directory;
  const auto direct = database.new_database();
  store::TcpGate gate(database.port());
  auto through = direct;
  const auto port = ":" + std::to_string(database.port()) + "/";
  through.replace(through.find(port), port.size(), ":" + std::to_string(gate.port()) + "/");
  const auto place = story::quiet_centre(directory.path(), through);
  const store::Place at_rest(place.directory, direct);
  Hall hall(16, seed());
  Server node(place, {}, 2);
  ASSERT_TRUE(node.runs()) << node.process().wait().all();
  for (int round = 0; round < kills(1); ++round) {
    AtWork work(hall, {&node});
    for (const auto way : {slow, sliced}) {
      gate.set(way);
      EXPECT_LT(work.until(20, 30), 30) << "it goes on, slowly";
    }
    gate.set(open);
    work.expect_on("slow and in slices");
    for (const auto& [way, name] : {std::pair{cut, "cut"}, {refused, "refused"}, {held, "held"}, {cut, "cut again"}}) {
      SCOPED_TRACE(name);
      gate.set(way);
      work.until_put_off();
      expect_unavailable(node);
      gate.set(open);
      work.expect_on(name);
      EXPECT_EQ(node.get(kQuestion).status, 200);
    }
    expect_patient(work.end());
    expect_kept(hall, node, at_rest);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(hall.unavailable(), 0);
  expect_end(hall, node, at_rest);
}

}  // namespace yi::simulation
