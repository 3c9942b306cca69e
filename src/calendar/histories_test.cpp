#include "calendar/oracle.h"

using namespace yi::calendar;

// The long run of the comparison that clock_test.cpp does in short.
TEST(Histories, AHundredThousandAgreeWithTheWalkDayByDay) { oracle::compare(20'240'617, 100'000); }
