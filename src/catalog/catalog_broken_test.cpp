// testdata/catalog/broken.txt: each block makes one mistake in a small right catalogue; see its head.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/text.h"
#include "catalog/catalog.h"

namespace yi::catalog {
namespace {
namespace fs = std::filesystem;

const fs::path kTestdata = fs::path(YI_SOURCE_DIR) / "testdata/catalog";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// A copy of base/ that goes away with the test.
struct Copy {
  fs::path directory;
  Copy() {
    directory = fs::temp_directory_path() / ("yi-catalog-" + std::to_string(getpid()));
    fs::remove_all(directory);
    fs::create_directories(directory);
    for (const auto& file : fs::directory_iterator(kTestdata / "base")) fs::copy(file, directory);
  }
  ~Copy() { fs::remove_all(directory); }
};

struct Block {
  int line = 0;
  std::string file, find, put, says;
};

std::vector<Block> blocks() {
  std::vector<Block> out;
  Block now;
  int line = 0;
  bool head = true;  // the explanation ends with the first empty line
  for (const auto& text : split(read(kTestdata / "broken.txt") + "\n", '\n')) {
    ++line;
    if (head || (!text.empty() && text[0] == '#')) {
      head = head && !text.empty();
    } else if (text.empty()) {
      if (!now.file.empty()) out.push_back(now);
      now = {};
    } else if (text.starts_with("- ")) {
      now.find = text.substr(2);
    } else if (text.starts_with("+ ")) {
      now.put += (now.put.empty() ? "" : "\n") + text.substr(2);
    } else if (text.starts_with("= ")) {
      now.says = text.substr(2);
    } else {
      now.file = text;
      now.line = line;
    }
  }
  return out;
}

TEST(Broken, TheBaseIsRight) {
  auto c = Catalog::load(kTestdata / "base");
  ASSERT_TRUE(c) << c.error().where << " " << c.error().sentence;
  EXPECT_EQ(c->matters().size(), 2u);
}

TEST(Broken, EveryMistakeNamesFileLineAndThing) {
  const Copy copy;
  const auto table = blocks();
  ASSERT_GE(table.size(), 60u);
  for (const auto& b : table) {
    SCOPED_TRACE("broken.txt:" + std::to_string(b.line));
    const std::string right = read(copy.directory / b.file);
    const auto at = right.find(b.find);
    ASSERT_NE(at, std::string::npos) << b.find;
    ASSERT_EQ(right.find(b.find, at + 1), std::string::npos) << "more than once: " << b.find;
    std::string wrong = right;
    wrong.replace(at, b.find.size(), b.put);
    write(copy.directory / b.file, wrong);
    const auto c = Catalog::load(copy.directory);
    write(copy.directory / b.file, right);
    if (c) {
      ADD_FAILURE() << "accepted";
      continue;
    }
    const std::string said = c.error().where + " " + c.error().code + " " + c.error().sentence;
    EXPECT_EQ(said.substr(0, b.says.size()), b.says) << said;
    EXPECT_FALSE(c.error().next_step.empty());
  }
}

TEST(Broken, SeveralMistakesAreToldTogether) {
  const Copy copy;
  const auto path = copy.directory / "matters.yaml";
  write(path, replace_all(read(path), "department: ", "department: x"));
  const auto c = Catalog::load(copy.directory);
  ASSERT_FALSE(c);
  EXPECT_EQ(c.error().where, "matters.yaml:4");
  EXPECT_NE(c.error().next_step.find("另有 1 处问题：matters.yaml:18 部门“xbb”不存在。"), std::string::npos) << c.error().next_step;
}

// Whatever a slip of the keyboard does, the answer is a catalogue or a refusal with its place, never a crash.
TEST(Broken, ChanceMistakesAreAnsweredToo) {
  const Copy copy;
  std::mt19937 random(20240617);
  const std::string marks = " :-[]{}'\"&*#,\n\t|>~!%0a";
  int refused = 0;
  for (const char* file : {"matters.yaml", "onething.yaml", "regions.yaml", "facts.yaml"}) {
    const std::string right = read(copy.directory / file);
    for (int i = 0; i < 60; ++i) {
      std::string wrong = right;
      for (unsigned n = 1 + random() % 3; n > 0; --n) {
        const std::size_t at = random() % wrong.size();
        const char c = marks[random() % marks.size()];
        if (random() % 2) wrong[at] = c;
        else wrong.insert(at, 1, c);
      }
      write(copy.directory / file, wrong);
      const auto c = Catalog::load(copy.directory);
      if (c) continue;
      ++refused;
      EXPECT_FALSE(c.error().where.empty()) << wrong;
      EXPECT_FALSE(c.error().sentence.empty()) << wrong;
    }
    write(copy.directory / file, right);
  }
  EXPECT_GT(refused, 150);
}

TEST(Broken, AMissingFileIsNamed) {
  const Copy copy;
  fs::remove(copy.directory / "plates.yaml");
  const auto c = Catalog::load(copy.directory);
  ASSERT_FALSE(c);
  EXPECT_EQ(c.error().code, "base.yaml_unreadable");
  EXPECT_EQ(c.error().where, "plates.yaml");
}

TEST(Broken, TheVersionFollowsEveryByte) {
  const Copy copy;
  const auto before = Catalog::load(copy.directory);
  write(copy.directory / "facts.yaml", read(copy.directory / "facts.yaml") + "# seen\n");
  const auto after = Catalog::load(copy.directory);
  ASSERT_TRUE(before);
  ASSERT_TRUE(after);
  EXPECT_NE(before->version(), after->version());
}

}  // namespace
}  // namespace yi::catalog
