// YI_SEQUENCES random sequences of commands give the same answers, ledgers and views on both databases.
#include <gtest/gtest.h>

#include "app/differential.h"

TEST(BothDatabases, GiveTheSameAnswersLedgersAndViews) { yi::app::compare_databases(20'240'617, YI_SEQUENCES); }
