#include "casework/lives_oracle.h"

// The long run of the comparison that lives_test.cpp does in short.
TEST(RandomLives, AHundredThousandAgreeWithTheWalkDayByDay) { yi::casework::life::compare(20'240'617, 100'000); }
