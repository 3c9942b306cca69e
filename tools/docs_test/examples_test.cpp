// The reader of examples, on texts where the answer is plain.
#include "examples.h"

#include <gtest/gtest.h>

using namespace yi::docs;
using Lines = std::vector<std::string>;

TEST(Examples, ConsoleBlocksHoldCommandsAndTheirOutput) {
  const auto e = read_examples("# A\n```console\n$ git status\nclean\n$ yichuang due --days 1\n2024-01-02\n…\n$ yichuang verify\n```\n");
  ASSERT_EQ(e.size(), 2u);
  EXPECT_EQ(e[0].command, "yichuang due --days 1");
  EXPECT_EQ(e[0].line, 5);
  EXPECT_EQ(e[0].output, (Lines{"2024-01-02", "…"}));
  EXPECT_TRUE(e[1].output.empty());
}

TEST(Examples, APlainBlockOfCommandsIsFollowedByItsOutputInTheSameSection) {
  const auto e = read_examples("```\nyichuang due\n```\nwords\n```\n2024-01-02\n```\n```yaml\nyichuang no\n```\n# B\n```\nyichuang verify\n```\n# C\n```\nelse\n```\n");
  ASSERT_EQ(e.size(), 2u);
  EXPECT_EQ(e[0].output, Lines{"2024-01-02"});
  EXPECT_TRUE(e[1].output.empty());
}

TEST(Examples, DifferenceKnowsWildcards) {
  EXPECT_EQ(difference({"a", "b"}, {"a", "b"}), "");
  EXPECT_EQ(difference({"a", "…", "d"}, {"a", "b", "c", "d"}), "");
  EXPECT_EQ(difference({"…", "d"}, {"d"}), "");
  EXPECT_EQ(difference({"a", "…"}, {"a"}), "");
  EXPECT_EQ(difference({"head …", "用时 … 秒。"}, {"head 12ab", "用时 0.03 秒。"}), "");
  EXPECT_NE(difference({"a"}, {"b"}), "");
  EXPECT_NE(difference({"a"}, {"a", "b"}), "");
  EXPECT_NE(difference({"a", "b"}, {"a"}), "");
  EXPECT_NE(difference({"a", "…", "d"}, {"a", "b", "c"}), "");
  EXPECT_NE(difference({"用时 … 秒。"}, {"用时 0.03 分。"}), "");
}

TEST(Examples, ARefusalsCodePromisesExitOne) {
  EXPECT_EQ(promised_exit({1, "yichuang check-id", {"不符。", "[base.bad_uscc]"}}), 1);
  EXPECT_EQ(promised_exit({1, "yichuang serve", {"[store.locked var/lock]"}}), 1);
  EXPECT_EQ(promised_exit({1, "yichuang due", {"2024-01-02"}}), 0);
  EXPECT_EQ(promised_exit({1, "yichuang due", {}}), 0);
}

TEST(Examples, ProgressIsNotShown) {
  EXPECT_EQ(printed_lines("a\nb\n", "核对 15%\n提示：c\n核对 100%\n"), (Lines{"a", "b", "提示：c"}));
}
