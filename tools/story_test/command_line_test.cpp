// The subcommands as a person meets them: examples in --help, exit codes, messages that say what to do.
#include <gtest/gtest.h>

#include <filesystem>

#include "program.h"
#include "store/temporary_directory.h"

namespace yi::story {
namespace {

const char* const kSubcommands[] = {"serve", "up", "bulletin", "replay", "verify", "rebuild", "due", "check-id", "receipt", "verify-receipt", "backup", "restore"};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(CommandLine, EverySubcommandShowsAnExample) {
  const auto top = run({"--help"});
  EXPECT_EQ(top.code, 0);
  for (const std::string name : kSubcommands) {
    SCOPED_TRACE(name);
    EXPECT_NE(top.out.find("\n  " + name + " "), top.out.npos) << top.out;
    const auto help = run({name, "--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_NE(help.out.find("例：yichuang " + name + " "), help.out.npos) << help.out;
  }
}

TEST(CommandLine, WhatIsNotUnderstoodIsRefused) {
  EXPECT_NE(run({}).code, 0);
  EXPECT_NE(run({"dance"}).code, 0);
  EXPECT_NE(run({"bulletin", "--week", "2024-06-17", "--format", "docx"}).code, 0);
  EXPECT_NE(run({"serve", "--port", "70000"}).code, 0);
  EXPECT_NE(run({"replay", "--data", "x"}).code, 0);
}

TEST(CommandLine, DueDays) {
  const struct {
    std::vector<std::string> words;
    const char* due;
  } rows[] = {
      // 27 September to 30 October 2025: the holiday of 1–8 October, and the swapped working days 28 September and 11 October.
      {{"--from", "2025-09-26", "--days", "20"}, "2025-10-30"},
      {{"--from", "2025-09-26", "--days", "20", "--pause", "2025-10-13..2025-10-17"}, "2025-11-06"},
      {{"--from", "2025-09-26", "--days", "20", "--pause", "2025-10-13..2025-10-17", "--extend", "10"}, "2025-11-20"},
      {{"--from", "2025-09-26", "--days", "20", "--unit", "calendar", "--pause", "2025-10-13..2025-10-17"}, "2025-10-21"},
      // The last of 10 days is Sunday, 15 June: the next working day (民法典 §203).
      {{"--from", "2025-06-05", "--days", "10", "--unit", "calendar"}, "2025-06-16"},
  };
  for (const auto& r : rows) {
    auto words = r.words;
    words.insert(words.begin(), "due");
    const auto e = run(words);
    EXPECT_EQ(e.code, 0) << e.err;
    EXPECT_EQ(first_line(e.out), r.due);
    words.emplace_back("--explain");
    const auto explained = run(words);
    EXPECT_EQ(first_line(explained.out), r.due);
    EXPECT_NE(explained.out.find("2025-"), explained.out.npos);
    EXPECT_GT(std::count(explained.out.begin(), explained.out.end(), '\n'), 10) << explained.out;
  }
}

TEST(CommandLine, DueDaysThatCannotBeCounted) {
  const std::vector<std::string> rows[] = {
      {"due", "--from", "2024-02-30", "--days", "20"},
      {"due", "--from", "2040-12-20", "--days", "20"},
      {"due", "--from", "2025-09-26", "--days", "-1"},
      {"due", "--from", "2025-09-26", "--days", "20", "--unit", "lunar"},
      {"due", "--from", "2025-09-26", "--days", "20", "--pause", "2025-10-17..2025-10-13"},
  };
  for (const auto& words : rows) {
    const auto e = run(words);
    EXPECT_EQ(e.code, 1) << words[2] << e.all();
    EXPECT_TRUE(e.out.empty()) << e.out;
    EXPECT_NE(e.err.find("\n["), e.err.npos) << e.err;
  }
}

TEST(CommandLine, CodesWithTheirCheckDigits) {
  const struct {
    const char* kind;
    const char* value;
    int code;
  } rows[] = {
      {"uscc", "11510000MB1690541M", 0},
      {"uscc", "11510000MB1690541X", 1},
      {"uscc", "11510000MB169054", 1},
      {"uscc", "11510000IB1690541M", 1},      // I is no letter of these codes
      {"citizen", "510000199002301234", 1},   // 30 February
      {"citizen", "51000019900101000", 1},
      {"licence", "1", 1},
      {"org", "MB1690541", 0},
      {"org", "MB1690542", 1},
      {"passport", "E00000000", 1},
  };
  for (const auto& r : rows) {
    const auto e = run({"check-id", r.kind, r.value});
    EXPECT_EQ(e.code, r.code) << r.kind << " " << r.value << e.all();
    EXPECT_FALSE(e.all().empty());
  }
}

TEST(CommandLine, PlacesThatCannotHoldData) {
  store::TemporaryDirectory directory;
  const auto file = directory.path() + "/a-file";
  write_file(file, "not ours");
  const auto foreign = directory.path() + "/foreign";
  std::filesystem::create_directory(foreign);
  write_file(foreign + "/thesis.txt", "mine");
  const auto strange = directory.path() + "/strange";
  std::filesystem::create_directory(strange);
  write_file(strange + "/yichuang.db", "this is no database at all, whatever its name may say");
  const std::string week = YI_SOURCE_DIR "/testdata/weeks/quiet-2024-06-17.yaml";
  const struct {
    std::vector<std::string> words;
    const char* code;
  } rows[] = {
      {{"serve", "--port", "0", "--data", file}, "store.unusable"},
      {{"serve", "--port", "0", "--data", file + "/below"}, "store.unusable"},
      {{"replay", "--week-file", week, "--data", file + "/below"}, "store.unusable"},
      {{"replay", "--week-file", week, "--data", file}, "app.foreign_files"},
      {{"replay", "--week-file", week, "--data", foreign}, "app.foreign_files"},
      {{"replay", "--week-file", week, "--fresh", "--data", foreign}, "app.foreign_files"},
      {{"replay", "--week-file", week + "x", "--data", directory.path() + "/new"}, "base.yaml_unreadable"},
      {{"verify", "--data", directory.path() + "/nowhere"}, "store.missing"},
      {{"rebuild", "--data", directory.path() + "/nowhere"}, "store.missing"},
      {{"bulletin", "--week", "2024-06-17", "--data", directory.path() + "/nowhere"}, "store.missing"},
      {{"verify", "--data", strange}, "store.unusable"},
      {{"serve", "--port", "0", "--data", strange}, "store.unusable"},
  };
  for (const auto& r : rows) {
    const auto e = run(r.words);
    SCOPED_TRACE(r.words[0] + " " + r.words.back() + "\n" + e.all());
    EXPECT_EQ(e.code, 1);
    EXPECT_NE(e.err.find("\n[" + std::string(r.code)), e.err.npos);
  }
  EXPECT_EQ(read_file(file), "not ours");
  EXPECT_EQ(read_file(foreign + "/thesis.txt"), "mine");
  EXPECT_EQ(read_file(strange + "/yichuang.db").substr(0, 10), "this is no");
  EXPECT_FALSE(std::filesystem::exists(directory.path() + "/nowhere"));
  EXPECT_FALSE(std::filesystem::exists(directory.path() + "/new"));
}

TEST(CommandLine, BulletinsThatDoNotExist) {
  store::TemporaryDirectory directory;
  const auto data = directory.path() + "/data";
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", YI_SOURCE_DIR "/testdata/weeks/quiet-2024-06-17.yaml"}).code, 0);
  const struct {
    std::vector<std::string> words;
    const char* code;
  } rows[] = {
      {{"--week", "2024-06-24"}, "bulletin.unknown_week"},
      {{"--week", "2024-02-30"}, "base.bad_date"},
      {{"--week", "2024-06-17", "--out", data + "/no/such/folder/paper.txt"}, "app.cannot_write"},
  };
  for (const auto& r : rows) {
    auto words = r.words;
    words.insert(words.begin(), {"bulletin", "--data", data});
    const auto e = run(words);
    EXPECT_EQ(e.code, 1);
    EXPECT_TRUE(e.out.empty());
    EXPECT_NE(e.err.find("\n[" + std::string(r.code)), e.err.npos) << e.err;
  }
  EXPECT_EQ(run({"bulletin", "--data", data, "--week", "2024-06-17"}).code, 0);
}

}  // namespace
}  // namespace yi::story
