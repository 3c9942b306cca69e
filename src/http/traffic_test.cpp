#include "http/traffic.h"

#include <gtest/gtest.h>

#include "http/router.h"

namespace yi::http {
namespace {

TEST(Traffic, CountsByKindStatusAndTime) {
  Traffic t, other;
  t.answered(DoorKind::read, 200, 1'000'000);    // on the bound: still in it
  t.answered(DoorKind::read, 200, 1'000'001);
  t.answered(DoorKind::read, 503, 60'000'000'000);
  t.answered(DoorKind::read, 408, -1);           // no time known
  t.answered(DoorKind::read, 9'999, -1);         // nothing outside the array
  other.answered(DoorKind::read, 200, 2'000'000);
  TrafficFigures f;
  t.add_to(f);
  other.add_to(f);
  const auto& read = f.kinds[static_cast<std::size_t>(DoorKind::read)];
  EXPECT_EQ(read.statuses, (std::map<int, std::int64_t>{{200, 3}, {408, 1}, {503, 1}, {599, 1}}));
  EXPECT_EQ(read.latencies[0], 1);
  EXPECT_EQ(read.latencies[1], 2);
  EXPECT_EQ(read.latencies.back(), 1);
  EXPECT_NEAR(read.seconds, 60.004, 1e-4);
  // A series is there from the beginning, so that its first event is a change.
  EXPECT_EQ(f.kinds[static_cast<std::size_t>(DoorKind::command)].statuses, (std::map<int, std::int64_t>{{200, 0}}));
}

TEST(Traffic, KindsOfDoors) {
  Door d;
  for (const auto& [audit, kind] : {std::pair{"none", DoorKind::none}, {"read", DoorKind::read}, {"personal", DoorKind::personal}, {"command", DoorKind::command}}) {
    d.audit_class = audit;
    EXPECT_EQ(kind_of(&d), kind);
    EXPECT_EQ(name_of(kind), audit);
  }
  EXPECT_EQ(kind_of(nullptr), DoorKind::unknown);
  d.replies = {{200, "", "text/event-stream", "", {{"case", "", "{}"}}}};
  EXPECT_EQ(kind_of(&d), DoorKind::events);
  d.upload.open = [](const Request&, const Caller&) -> Result<std::unique_ptr<UploadSink>> { return Refusal{}; };
  EXPECT_EQ(kind_of(&d), DoorKind::upload);
}

}  // namespace
}  // namespace yi::http
