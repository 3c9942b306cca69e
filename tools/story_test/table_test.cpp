// The stories together walk the whole table of acts.
#include <gtest/gtest.h>

#include "casework/act_table.h"
#include "story.h"

namespace yi::story {
namespace {

// Done when: every row of the table of acts is walked end to end through HTTP, with a restart in the middle. The fast stories do it.
TEST(StateTable, EveryRowIsWalkedByAStory) {
  std::set<Walk> walked;
  for (const auto& story : stories_of_tier(false)) walked.insert(played(story).walked.begin(), played(story).walked.end());
  // A recount follows a new holiday notice; no door and no timer asks for one, so no story can.
  EXPECT_EQ(not_walked(walked), (std::vector<std::string>{"row 55: 重新计算期限 from any of its stages"}));
}

TEST(StateTable, NamesWhatNoStoryWalks) {
  std::set<Walk> all;
  for (std::size_t row = 0; row < casework::kActs.size(); ++row)
    for (int s = 0; s < casework::kStages; ++s)
      if (casework::kActs[row].from.has(static_cast<casework::Stage>(s))) all.insert({row, static_cast<casework::Stage>(s)});
  EXPECT_TRUE(not_walked(all).empty());
  EXPECT_GE(not_walked({}).size(), casework::kActs.size());
  auto lacking = all;
  for (std::size_t row = 0; row < casework::kActs.size(); ++row)
    if (casework::kActs[row].act == casework::Act::accept_by_law) lacking.erase({row, casework::Stage::to_receive});
  EXPECT_EQ(not_walked(lacking), (std::vector<std::string>{"row 13: 视为受理 from 待接件 to 已受理"}));
}

}  // namespace
}  // namespace yi::story
