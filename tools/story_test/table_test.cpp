// The stories together walk the whole table of acts.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.h"
#include "casework/act_table.h"
#include "story.h"

namespace yi::story {
namespace {

// Done when: every row of the table of acts is walked end to end through HTTP, with a restart in the middle. The fast stories do it.
TEST(StateTable, EveryRowIsWalkedByAStory) {
  std::set<Walk> walked;
  for (const auto& story : stories_of_tier(false)) walked.insert(played(story).walked.begin(), played(story).walked.end());
  EXPECT_EQ(not_walked(walked), std::vector<std::string>{});
}

// The other side of every row: what its condition refuses, some story was refused.
TEST(StateTable, EveryConditionRefusesInAStory) {
  using C = casework::Condition;
  static constexpr std::pair<C, const char*> kRefusals[] = {
      {C::online, "casework.offline_only"},               {C::direct_receipt, "casework.no_direct_receipt"},
      {C::papers_complete, "casework.papers_missing"},   {C::notice_in_time, "casework.notice_too_late"},
      {C::correction_over, "casework.correction_running"}, {C::two_officials, "casework.two_officials"},
      {C::written_notice, "casework.no_special_procedure"}, {C::may_extend, "casework.no_extension"},
      {C::joint_basis, "casework.no_joint_basis"},       {C::preliminary_review, "casework.no_preliminary_review"},
      {C::within_quantity, "casework.quantity_exhausted"}, {C::within_quantity, "casework.papers_open"},
      {C::nothing_to_deliver, "casework.something_to_deliver"}, {C::same_day, "casework.nothing_to_reverse"},
      {C::overdue, "casework.not_overdue"},              {C::once, "casework.evaluated_already"},
      {C::deferred_open, "casework.not_deferrable"},     {C::commitment_given, "casework.no_commitment"},
      {C::step_left, "casework.no_step_left"},           {C::order_open, "casework.not_ordered"},
      {C::order_answered, "casework.not_answered"},      {C::not_on_the_spot, "casework.reason_required"},
      {C::opening_day, "casework.not_opening_day"}};
  std::set<std::string> refused;
  for (const auto& story : stories_of_tier(false)) refused.insert(played(story).refused.begin(), played(story).refused.end());
  for (const auto& row : casework::kActs) {
    // The program alone acts on these; nobody can be refused.
    if (row.condition == C::none || row.condition == C::notice_missed || row.condition == C::rule_broken) continue;
    const auto* known = std::find_if(std::begin(kRefusals), std::end(kRefusals), [&](const auto& r) { return r.first == row.condition; });
    ASSERT_NE(known, std::end(kRefusals)) << "which refusal belongs to " << json::enum_name(row.condition) << "?";
    EXPECT_TRUE(refused.contains(known->second)) << "no story was refused with " << known->second;
  }
  for (const char* right : {"casework.not_your_act", "casework.not_your_department", "casework.illegal_act"}) EXPECT_TRUE(refused.contains(right)) << right;
}

TEST(StateTable, ItsStoriesRestartInTheMiddle) {
  const auto starts_anew = [](const Line& line) { return line.words[0] == "restart" || line.words[0] == "crash" || line.words[0] == "stop"; };
  for (const auto& story : stories_of_tier(false)) {
    if (played(story).walked.empty()) continue;
    bool in_the_middle = false, acted = false;
    for (std::size_t i = 0; i < story.lines.size(); ++i) {
      const bool acts = story.lines[i].words[0] == "by";
      acted = acted || acts;
      in_the_middle = in_the_middle || (acted && starts_anew(story.lines[i]) && i + 1 < story.lines.size());
    }
    EXPECT_TRUE(in_the_middle) << story.file;
  }
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
