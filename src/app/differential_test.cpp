// YI_SEQUENCES random sequences of commands give the same answers, ledgers and views on both databases.
#include <gtest/gtest.h>

#include <cstdlib>

#include "app/differential.h"

TEST(BothDatabases, GiveTheSameAnswersLedgersAndViews) {
  const char* seed = std::getenv("YI_SIM_SEED");  // ./sim SEED
  yi::app::compare_databases(seed ? static_cast<std::uint32_t>(std::strtoul(seed, nullptr, 10)) : 20'240'617, YI_SEQUENCES);
}
