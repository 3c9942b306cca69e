// The sentences of the house, held against the tree as it is. Each rule is tested on samples beside its code.
#include <gtest/gtest.h>

#include <filesystem>

#include "floors.h"
#include "glossary.h"
#include "rules.h"
#include "source.h"
#include "sql_lint.h"

namespace yi::arch {
namespace {

const std::vector<Source>& tree() {
  static const auto t = load_tree(YI_SOURCE_DIR);
  return t;
}

const Source& file(const std::string& path) {
  for (const auto& s : tree())
    if (s.path == path) return s;
  ADD_FAILURE() << path << " is missing";
  static const Source none;
  return none;
}

const Floors& floors() {
  static const auto f = read_floors(file("docs/ARCHITECTURE.md").text);
  return f;
}

// One sentence a line, each with its place.
void expect_none(const Findings& findings) { EXPECT_TRUE(findings.empty()) << to_text(findings); }

TEST(House, IsSeenWhole) {
  EXPECT_GT(tree().size(), 40u);
  ASSERT_GE(floors().size(), 20u) << "the table of docs/ARCHITECTURE.md, section Floors, was not read";
  EXPECT_EQ(floors().at("base"), 1);
  for (const auto& [room, floor] : floors()) EXPECT_TRUE(room == "app" || floor < floors().at("app")) << room;
}

TEST(House, FloorsIncludeDownwardsOnly) { expect_none(check_floors(tree(), floors())); }
TEST(House, BuildOrderFollowsTheFloors) { expect_none(check_build_order(file("CMakeLists.txt"), floors())); }
TEST(House, RoomsHaveTheirReadme) { expect_none(check_readmes(tree(), floors())); }
TEST(House, RefusalsCarryTheirRoom) { expect_none(check_refusal_codes(tree(), floors())); }
TEST(House, OnlyOneFileReadsAClock) { expect_none(check_clocks(tree())); }
TEST(House, LibrariesStayInTheirRoom) { expect_none(check_libraries(tree())); }
TEST(House, HeadersAreInOrder) { expect_none(check_headers(tree())); }
TEST(House, FilesStayShort) { expect_none(check_lengths(tree())); }
TEST(House, NoMachinePathsNotesOrDisabledTests) { expect_none(check_words(tree())); }
TEST(House, LinksOfTheDocumentsLeadSomewhere) {
  expect_none(check_links(tree(), [](const std::string& p) { return std::filesystem::exists(YI_SOURCE_DIR "/" + p); }));
}
TEST(House, SqlIsPortable) { expect_none(check_sql(tree())); }

TEST(House, GlossaryIsKept) {
  const auto terms = read_glossary(file("docs/GLOSSARY.md").text);
  EXPECT_GE(terms.size(), 60u);
  expect_none(check_glossary(terms));
  expect_none(check_terms(terms, tree()));
}

}  // namespace
}  // namespace yi::arch
