// A node is killed while many work, and starts again: what was acknowledged is there exactly once, and nothing else is but what was
// under way.
#include <gtest/gtest.h>
#include <signal.h>

#include "killer.h"
#include "load.h"
#include "parameters.h"
#include "store/store_ground.h"

namespace yi::simulation {
namespace {

using story::Hall;
using story::Server;
using story::run_at;

class NodeKill : public testing::TestWithParam<store::Database> {
 protected:
  NodeKill() : ground_(GetParam()) {}
  store::Place new_centre() { return story::quiet_centre(ground_.directory(), ground_.place().url); }
  // A node that was killed may still have a session on the database's server, which ends by itself.
  static std::unique_ptr<Server> start(const store::Place& place) {
    for (const auto until = monotonic_ns() + 10'000'000'000;;) {
      auto s = std::make_unique<Server>(place, story::Limits{}, 2);
      if (s->runs()) return s;
      const auto said = s->process().wait().all();
      if (said.find("store.locked") != said.npos && monotonic_ns() < until) continue;
      ADD_FAILURE() << "it does not start again: " << said;
      return nullptr;
    }
  }
  store::Ground ground_;
};

TEST_P(NodeKill, EveryAcknowledgedCommandIsThereExactlyOnce) {
  const auto place = new_centre();
  std::mt19937 random(seed());
  Hall hall(16, seed());
  auto server = start(place);
  for (int kill = 1; kill <= kills(); ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    ASSERT_TRUE(server);
    {
      Killer killer([&] { server->process().signal(SIGKILL); }, random() % 5'000);
      std::int64_t replies = 0;
      const auto last = simulation::replies() / 2 + static_cast<std::int64_t>(random() % static_cast<unsigned>(simulation::replies()));
      hall.on_reply = [&] {
        if (++replies == last) killer.ring();
      };
      const auto load = hall.visit(*server, 1'000'000);
      EXPECT_EQ(load.broken, 16) << load.first_error;
      hall.on_reply = {};
    }
    EXPECT_EQ(server->process().wait().signal, SIGKILL);
    hall.expect_kept(place);
    // What the crash left is whole, and its views are those of the ledger.
    story::expect_whole_and_same(place);
    server = start(place);
    ASSERT_TRUE(server);
    hall.settle(*server);
    hall.expect_ledger(place);
    hall.expect_stages(*server);
    const auto before = story::json_at(server->get("/api/health").body, "position");
    hall.expect_all_remembered(*server);
    EXPECT_EQ(story::json_at(server->get("/api/health").body, "position"), before) << "what is repeated leaves nothing";
    if (HasFailure()) return;
  }
  EXPECT_EQ(server->stop().code, 0);
  story::expect_whole_and_same(place);
  EXPECT_GT(hall.acknowledged(), std::int64_t{simulation::replies()} * kills() / 2);
  EXPECT_EQ(hall.unavailable(), 0) << hall.unavailable_by_code().begin()->first;
  RecordProperty("acknowledged", std::to_string(hall.acknowledged()));
  std::printf("  %d kills, %lld commands acknowledged, all there once\n", kills(), static_cast<long long>(hall.acknowledged()));
}

// Killed while it starts, while it catches up, before it answers anybody.
TEST_P(NodeKill, AStartMayBeKilledAnyNumberOfTimes) {
  const auto place = new_centre();
  std::mt19937 random(seed() + 1);
  Hall hall(8, seed() + 1);
  {
    auto server = start(place);
    ASSERT_TRUE(server);
    EXPECT_EQ(hall.visit(*server, 1'500).broken, 0);
    server->crash();
  }
  for (int kill = 1; kill <= 2 * kills(); ++kill) {
    std::vector<std::string> words{YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data", "serve", "--port", "0"};
    for (const auto& w : story::words_of(place)) words.push_back(w);
    story::Process starting(words);
    for (const auto until = monotonic_ns() + static_cast<std::int64_t>(random() % 600) * 1'000'000; monotonic_ns() < until && !starting.ended();) std::this_thread::yield();
    starting.signal(SIGKILL);
    starting.wait();
  }
  hall.expect_ledger(place);
  auto server = start(place);
  ASSERT_TRUE(server);
  EXPECT_EQ(hall.visit(*server, 500).broken, 0);
  hall.expect_ledger(place);
  hall.expect_all_remembered(*server);
  EXPECT_EQ(server->stop().code, 0);
  story::expect_whole_and_same(place);
}

YI_ON_BOTH_DATABASES(NodeKill);

TEST(Load, TwentyThousandOperationsAtOnceAgreeWithTheModel) {
  store::TemporaryDirectory directory;
  const auto data = story::quiet_centre(directory.path());
  Hall hall(64, 7);
  {
    Server server(data, {}, 2);
    ASSERT_TRUE(server.runs());
    const auto load = hall.visit(server, 20'000);
    EXPECT_EQ(load.replies, 20'000);
    EXPECT_EQ(load.broken, 0) << load.first_error;
    hall.expect_ledger(data);
    hall.expect_stages(server);
    EXPECT_EQ(server.stop().code, 0);
  }
  EXPECT_GT(hall.acknowledged(), 18'000);
  hall.expect_ledger(data);
  story::expect_whole_and_same(data);
}

}  // namespace
}  // namespace yi::simulation
