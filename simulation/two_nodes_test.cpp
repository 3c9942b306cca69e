// Two nodes on one database under load, of which one is killed and comes back, again and again: what either acknowledged is there once.
#include <gtest/gtest.h>
#include <signal.h>

#include <random>
#include <set>

#include "at_work.h"
#include "parameters.h"
#include "store/postgres_server.h"
#include "store/temporary_directory.h"

namespace yi::simulation {
namespace {

using story::Hall;
using story::Server;

class TwoNodes : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_FALSE(HasFailure());
    story::share_master_key(places_[0], places_[1]);
    for (std::size_t i = 0; i < 2; ++i) {
      nodes_[i] = start(i);
      ASSERT_TRUE(nodes_[i]);
    }
  }
  std::unique_ptr<Server> start(std::size_t i) const {
    auto node = std::make_unique<Server>(places_[i], story::Limits{}, 2);
    if (node->runs()) return node;
    ADD_FAILURE() << "it does not start: " << node->process().wait().all();
    return nullptr;
  }
  bool leads(std::size_t i) { return story::json_at(nodes_[i]->get("/health/ready").body, "role") == "leading"; }
  // The one that leads, within ten seconds.
  std::size_t leader() {
    for (const auto until = monotonic_ns() + 10'000'000'000; monotonic_ns() < until;)
      for (std::size_t i = 0; i < 2; ++i) {
        if (leads(i)) return i;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    ADD_FAILURE() << "nobody leads";
    return 0;
  }
  store::PostgresServer database_;
  store::TemporaryDirectory here_, there_;
  const std::string url_ = database_.new_database();
  const store::Place places_[2] = {story::quiet_centre(here_.path(), url_), {there_.path() + "/data", url_}};
  std::unique_ptr<Server> nodes_[2];
};

TEST_F(TwoNodes, EveryAcknowledgedCommandIsThereOnceWhicheverIsKilled) {
  std::mt19937 random(seed());
  Hall hall(16, seed());
  for (int kill = 1; kill <= kills(); ++kill) {
    const auto leading = leader();
    const auto victim = kill % 4 == 0 ? 1 - leading : leading;  // the one that leads, and now and then the other
    SCOPED_TRACE("kill " + std::to_string(kill) + (victim == leading ? ", of the leader" : ", of the follower"));
    std::unique_ptr<Server> again;
    {
      AtWork work(hall, {nodes_[0].get(), nodes_[1].get()});
      work.until(simulation::replies() / 2 + static_cast<std::int64_t>(random() % static_cast<unsigned>(simulation::replies())));
      nodes_[victim]->process().signal(SIGKILL);
      EXPECT_LT(work.until(200, 30), 6) << "the lease moves within three seconds, and two hundred commands follow";
      again = start(victim);  // beside the other, at work
      ASSERT_TRUE(again);
      work.until(200);
      const auto load = work.end();
      EXPECT_EQ(load.no_retry_after, 0);
      for (const auto& [status, n] : load.statuses) EXPECT_TRUE(status == 200 || status == 409 || status == 503) << status << ": " << n;
    }
    EXPECT_EQ(nodes_[victim]->process().wait().signal, SIGKILL);
    nodes_[victim] = std::move(again);
    hall.settle(*nodes_[1 - victim]);
    hall.expect_ledger(places_[0]);
    for (auto& node : nodes_) hall.expect_stages(*node);
    EXPECT_EQ(story::run_at("verify", places_[victim]).code, 0);
    if (HasFailure()) return;
  }
  EXPECT_GT(hall.acknowledged(), std::int64_t{simulation::replies()} * kills() / 2);
  for (auto& node : nodes_) hall.expect_all_remembered(*node);
  // Nothing of a node is left to be written when it ends in order, and the other goes on at once.
  const auto first = leader();
  EXPECT_EQ(nodes_[first]->stop().code, 0);
  EXPECT_EQ(leader(), 1 - first);
  EXPECT_EQ(nodes_[1 - first]->stop().code, 0);
  story::expect_whole_and_same(places_[0]);
  const std::set<std::string> known{"http.no_leader", "http.leader_lost", "engine.not_leading", "engine.storage_unavailable"};
  for (const auto& [code, n] : hall.unavailable_by_code()) EXPECT_TRUE(known.contains(code)) << code << ": " << n;
  std::printf("  %d kills, %lld commands acknowledged, all there once\n", kills(), static_cast<long long>(hall.acknowledged()));
}

// A leader that hangs: its connections stand, so nobody is told that it is gone. Its lease runs out, the other takes it, and gives up what it
// had passed on to it.
TEST_F(TwoNodes, AFrozenLeaderIsReplacedAndStoresNothingMore) {
  Hall hall(16, seed());
  for (int round = 1; round <= kills(1); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto leading = leader(), other = 1 - leading;
    AtWork work(hall, {nodes_[0].get(), nodes_[1].get()});
    work.until(200);
    nodes_[leading]->process().signal(SIGSTOP);
    const auto frozen = monotonic_ns();
    while (!leads(other) && monotonic_ns() - frozen < 30'000'000'000) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_LT(monotonic_ns() - frozen, 4'000'000'000) << "the lease moves within three seconds, and a term begins";
    EXPECT_LT(work.until(200, 30), 10) << "who was passed on comes again";
    nodes_[leading]->process().signal(SIGCONT);
    EXPECT_LT(work.until(200, 30), 10);
    const auto woken = monotonic_ns();
    while (story::json_at(nodes_[leading]->get("/health/ready").body, "role") != "following" && monotonic_ns() - woken < 10'000'000'000) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(leads(other)) << "it stays where it is";
    const auto load = work.end();
    EXPECT_EQ(load.no_retry_after, 0);
    for (const auto& [status, n] : load.statuses) EXPECT_TRUE(status == 200 || status == 409 || status == 503) << status << ": " << n;
    hall.settle(*nodes_[other]);
    hall.expect_ledger(places_[0]);
    for (auto& node : nodes_) hall.expect_stages(*node);
    if (HasFailure()) return;
  }
  for (auto& node : nodes_) hall.expect_all_remembered(*node);
  for (auto& node : nodes_) EXPECT_EQ(node->stop().code, 0);
  story::expect_whole_and_same(places_[0]);
}

}  // namespace
}  // namespace yi::simulation
