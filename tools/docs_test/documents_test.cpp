// Every example of the documents is run on the real program, each document with a freshly replayed week in `var`.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "examples.h"
#include "store/merkle.h"
#include "store/record.h"
#include "store/temporary_directory.h"

namespace yi::docs {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in.good()) << file;
  std::ostringstream s;
  s << in.rdbuf();
  return s.str();
}
std::string document(const std::string& name) { return read(fs::path(YI_SOURCE_DIR) / name); }

// A place like the repository's root, as a reader of the documents has it: `var` holds the week, `data` and `testdata`
// are the project's.
class Place {
 public:
  Place() {
    for (const char* folder : {"data", "testdata"}) fs::create_directory_symlink(fs::path(YI_SOURCE_DIR) / folder, fs::path(dir_.path()) / folder);
    EXPECT_EQ(run("yichuang replay --data var --week-file data/demonstration/week-2024-06-17.yaml").first, 0);
  }
  // Exit code and the lines that were printed.
  std::pair<int, std::vector<std::string>> run(const std::string& command) const {
    const auto d = dir_.path(), program = std::string(YI_PROGRAM);
    const auto status = std::system(("cd '" + d + "' && PATH='" + fs::path(program).parent_path().string() + "':\"$PATH\" && " + command +
                                     " >out.txt 2>err.txt </dev/null").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, printed_lines(read(d + "/out.txt"), read(d + "/err.txt"))};
  }

 private:
  store::TemporaryDirectory dir_;
};

struct Document {
  const char* name;
  std::size_t examples;  // at least so many: a document whose form is no longer understood fails
};
std::ostream& operator<<(std::ostream& o, const Document& d) { return o << d.name; }

class Documents : public testing::TestWithParam<Document> {};

TEST_P(Documents, ExamplesAreWhatTheProgramPrints) {
  const auto examples = read_examples(document(GetParam().name));
  EXPECT_GE(examples.size(), GetParam().examples);
  if (examples.empty()) return;
  const Place place;
  for (const auto& e : examples) {
    SCOPED_TRACE(std::string(GetParam().name) + ":" + std::to_string(e.line) + ": " + e.command);
    const auto [code, printed] = place.run(e.command);
    EXPECT_EQ(code, promised_exit(e));
    if (!e.output.empty()) {
      EXPECT_EQ(difference(e.output, printed), "");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Documents,
                         testing::Values(Document{"README.md", 8}, Document{"README.zh-CN.md", 8}, Document{"docs/clock.md", 2},
                                         Document{"docs/bulletin.md", 1}, Document{"docs/exchange.md", 6}, Document{"docs/catalog.md", 0}, Document{"docs/ledger-format.md", 1}));

// The two front pages say the same.
TEST(FrontPages, HaveTheSameExamplesAndSections) {
  const auto english = document("README.md"), chinese = document("README.zh-CN.md");
  std::vector<std::string> commands[2];
  for (const auto& e : read_examples(english)) commands[0].push_back(e.command);
  for (const auto& e : read_examples(chinese)) commands[1].push_back(e.command);
  EXPECT_EQ(commands[0], commands[1]);
  const auto sections = [](const std::string& text) {
    const auto lines = lines_of(text);
    return std::count_if(lines.begin(), lines.end(), [](const std::string& l) { return l.starts_with("## "); });
  };
  EXPECT_EQ(sections(english), sections(chinese));
}

TEST(FrontPages, NameEverySubcommand) {
  const auto [code, help] = Place().run("yichuang --help");
  ASSERT_EQ(code, 0);
  const auto begin = std::find(help.begin(), help.end(), "Subcommands:");
  ASSERT_NE(begin, help.end());
  int seen = 0;
  for (auto line = begin + 1; line != help.end(); ++line) {
    std::string word;
    std::istringstream(*line) >> word;
    if (word.empty()) continue;
    ++seen;
    for (const char* page : {"README.md", "README.zh-CN.md"}) EXPECT_NE(document(page).find("`yichuang " + word), std::string::npos) << page << " does not name " << word;
  }
  EXPECT_GE(seen, 8);
}

// The worked example of docs/ledger-format.md, byte by byte: rows of `offset  hex  meaning`.
TEST(LedgerFormat, WorkedExampleIsARecord) {
  const auto text = document("docs/ledger-format.md");
  std::string bytes;
  for (const auto& row : block_of(text, "record")) {
    std::istringstream in(row);
    std::size_t offset = 0;
    std::string pair;
    in >> offset;
    EXPECT_EQ(offset, bytes.size()) << row;
    // Two digits a byte; the meaning begins after two blanks.
    const auto hex_at = row.find_first_not_of(' ', static_cast<std::size_t>(in.tellg()));
    std::istringstream pairs(row.substr(hex_at, row.find("  ", hex_at) - hex_at));
    while (pairs >> pair) bytes += static_cast<char>(std::stoi(pair, nullptr, 16));
  }
  store::Record r;
  ASSERT_TRUE(store::decode(bytes, r));
  EXPECT_EQ(bytes.size(), 138u);
  EXPECT_EQ(r.name, "casework.accepted/1");
  EXPECT_EQ(r.stream, "case:20240617000001");
  EXPECT_EQ(r.actor, "w01");
  EXPECT_EQ(to_iso(r.recorded_at), "2024-06-17T09:00:00.000+08:00");
  EXPECT_EQ(r.body, R"({"department":"scjgj","window":"W01"})");
  store::LedgerHash h;
  const CentreCode centre{510000};
  std::vector<crypto::Digest> leaves{h.leaf(centre, 1, bytes)};
  const auto leaf = leaves[0];
  const store::GroupRow group{1, 1, 1, r.recorded_at.ms, std::string(crypto::bytes(h.root(leaves)))};
  const auto group_hash = h.group(centre, group);
  const store::HeadRow head{1, 1, r.recorded_at.ms, 0, std::string(crypto::bytes(group_hash))};
  for (const auto& digest : {leaf, group_hash, h.head(centre, head)}) EXPECT_NE(text.find(hex(crypto::bytes(digest))), std::string::npos);
}

}  // namespace
}  // namespace yi::docs
