// Every story of stories/ is a test; stories/README.md and the language agree.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "program.h"
#include "story.h"

namespace yi::story {

void PrintTo(const Story& story, std::ostream* out) { *out << story.file; }  // found by the test framework

namespace {

class Stories : public testing::TestWithParam<Story> {};
TEST_P(Stories, KeepTheirPromise) {
  ASSERT_FALSE(GetParam().promise.empty()) << "the first line of a story says what is promised";
  EXPECT_EQ(played(GetParam()).broken, "");
}
std::string test_name(const testing::TestParamInfo<Story>& story) {
  std::string name = story.param.file.substr(0, story.param.file.find('.'));
  std::replace_if(name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(All, Stories, testing::ValuesIn(stories_of_tier(YI_FULL_TIER)), test_name);

TEST(StoryLanguage, IsWrittenDown) {
  const auto readme = read_file(YI_SOURCE_DIR "/stories/README.md");
  for (const auto& p : step_patterns()) EXPECT_NE(readme.find("\n" + p + "\n"), readme.npos) << "stories/README.md lacks: " << p;
}

// The first pattern that fits is taken: one whose words an earlier one takes for a gap would never be played.
TEST(StoryLanguage, HidesNoStepBehindAnEarlierOne) {
  const auto all = step_patterns();
  for (const auto& p : all) {
    std::vector<std::string> words, gaps;
    std::istringstream in(p);
    for (std::string word; in >> word;) words.push_back(word.starts_with("<") ? "x" : word);
    EXPECT_EQ(*std::find_if(all.begin(), all.end(), [&](const std::string& other) { return matches(other, words, gaps); }), p);
  }
}

TEST(StoryLanguage, TellsWordsFromGaps) {
  std::vector<std::string> gaps;
  EXPECT_TRUE(matches("window <w> accepts <case>", {"window", "W01", "accepts", "A"}, gaps));
  EXPECT_EQ(gaps, (std::vector<std::string>{"W01", "A"}));
  EXPECT_FALSE(matches("window <w> accepts <case>", {"window", "W01", "accepts"}, gaps));
  EXPECT_FALSE(matches("window <w> accepts <case>", {"window", "W01", "accepts", "A", "B"}, gaps));
  EXPECT_FALSE(matches("window <w> accepts <case>", {"window", "W01", "issues", "A"}, gaps));
  EXPECT_TRUE(matches("queue <stage> shows <case…>", {"queue", "received", "shows", "A", "B"}, gaps));
  EXPECT_EQ(gaps.size(), 3u);
  EXPECT_FALSE(matches("queue <stage> shows <case…>", {"queue", "received", "shows"}, gaps));
}

}  // namespace
}  // namespace yi::story
