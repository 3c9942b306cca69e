// The program is killed or overrun while many work: what was acknowledged is there exactly once, and nothing else is
// but what was under way.
#include <gtest/gtest.h>
#include <signal.h>

#include "load.h"
#include "store/temporary_directory.h"

namespace yi::story {
namespace {

TEST(Crash, EveryAcknowledgedCommandIsThereExactlyOnce) {
  store::TemporaryDirectory directory;
  const auto data = quiet_centre(directory.path());
  Hall hall(16, 20240624);
  for (int round = 1; round <= 2; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    {
      Server server(data, {}, 2);
      ASSERT_TRUE(server.runs()) << server.process().wait().all();
      std::int64_t replies = 0;
      hall.on_reply = [&] {
        if (++replies == 2'500 + 1'777 * round) server.process().signal(SIGKILL);
      };
      const auto load = hall.visit(server, 1'000'000);
      EXPECT_EQ(load.broken, 16) << load.first_error;
      EXPECT_EQ(server.process().wait().signal, SIGKILL);
    }
    hall.on_reply = {};
    EXPECT_EQ(run({"verify", "--data", data}).code, 0);
    {
      Server server(data);
      ASSERT_TRUE(server.runs()) << server.process().wait().all();
      hall.settle(server);
      hall.expect_ledger(data);
      hall.expect_stages(server);
      const auto before = json_at(server.get("/api/health").body, "position");
      hall.expect_all_remembered(server);
      EXPECT_EQ(json_at(server.get("/api/health").body, "position"), before);
      EXPECT_EQ(server.stop().code, 0);
    }
    expect_whole_and_same(data);
  }
  EXPECT_GT(hall.acknowledged(), 8'000);
}

TEST(Load, TwentyThousandOperationsAtOnceAgreeWithTheModel) {
  store::TemporaryDirectory directory;
  const auto data = quiet_centre(directory.path());
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
  expect_whole_and_same(data);
}

}  // namespace
}  // namespace yi::story
