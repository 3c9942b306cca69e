#include "app/upload_quota.h"

#include <gtest/gtest.h>

namespace yi::app {
namespace {

TEST(UploadQuota, AnAccountHasAFewPlacesAndADaysBytes) {
  const auto quota = std::make_shared<UploadQuota>();
  std::vector<std::unique_ptr<UploadQuota::Place>> places;
  for (std::int64_t i = 0; i < limits::kUploadsOfAccount.value; ++i) places.push_back(quota->enter("a").value());
  EXPECT_EQ(quota->enter("a").error().code, "app.too_many_uploads");
  EXPECT_TRUE(quota->enter("b").ok());
  places.pop_back();
  auto place = quota->enter("a").value();
  constexpr std::int64_t kNow = 1'000'000'000;
  const auto all = static_cast<std::size_t>(limits::kUploadBytesOfDay.value);
  EXPECT_TRUE(place->take(all - 1, kNow).ok());
  EXPECT_TRUE(place->take(1, kNow).ok());
  EXPECT_EQ(places[0]->take(1, kNow).error().code, "app.upload_quota") << "of the account, not of the upload";
  places.clear();
  place.reset();
  EXPECT_EQ(quota->enter("a").value()->take(1, kNow + 1).error().code, "app.upload_quota") << "not forgotten with the last upload";
  EXPECT_TRUE(quota->enter("a").value()->take(1, kNow + 24 * 3'600'000).ok());
}

}  // namespace
}  // namespace yi::app
