#include "base/phone.h"

#include <gtest/gtest.h>

using namespace yi;

TEST(Phone, LandlinesAndMobilesAreNumbersAndWordsForNoneAreNot) {
  for (const char* number : {"13900000001", "028-80000001", "(028) 8000 0001", "+86 139 0000 0001", "１３９００００００１１", "80000012", "8000001"}) EXPECT_TRUE(is_phone_number(number)) << number;
  for (const char* word : {"", " ", "无", "不愿留", "没有", "-", "0", "12345", "0000000", "11111111111", "13900000001 转 8", "1390000000113900", "someone@example.org"}) EXPECT_FALSE(is_phone_number(word)) << word;
}
