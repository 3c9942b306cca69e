#include "base/yaml.h"

#include <gtest/gtest.h>

namespace yi {
namespace {
enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

// One line a problem: "where code sentence".
std::string problems(const yaml::Report& report) {
  std::string out;
  for (const auto& p : report.problems()) out += p.where + " " + p.code + "\n";
  return out;
}

TEST(Yaml, ReadsWhatItIsAskedFor) {
  auto root = yaml::parse(
      "name: 一窗\ncount: 12\non: 2024-06-17\ncolour: green\nyes: true\ntags: [甲, '乙']\nempty: []\nnothing: ~\n"
      "child: {a: 1}\nrows:\n  - {a: 2}\n  - a: 3\n",
      "t.yaml");
  ASSERT_TRUE(root) << root.error().sentence;
  yaml::Report report;
  yaml::Fields f(*root, report);
  EXPECT_EQ(f.text("name"), "一窗");
  EXPECT_EQ(f.integer("count", 0, 20), 12);
  EXPECT_EQ(f.day("on"), CivilDay::of(2024, 6, 17));
  EXPECT_EQ(f.choice<Colour>("colour"), Colour::green);
  EXPECT_TRUE(f.boolean("yes"));
  EXPECT_FALSE(f.flag("absent"));
  EXPECT_EQ(f.texts("tags"), (std::vector<std::string>{"甲", "乙"}));
  EXPECT_TRUE(f.texts("empty").empty());
  EXPECT_FALSE(f.optional_text("nothing"));
  ASSERT_TRUE(f.map("child"));
  const auto rows = f.list("rows");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].where(), "t.yaml:12");
  EXPECT_EQ(yaml::Fields(rows[1], report).integer("a", 0, 9), 3);
  f.finish();
  EXPECT_TRUE(report.empty()) << problems(report);
}

TEST(Yaml, ReportsEveryMistakeWithItsLine) {
  auto root = yaml::parse("name: ''\ncount: '12'\nbig: 99\non: 2024-02-30\ncolour: blue\nyes: ja\ntags: 甲\nx:\n  - 1\nnothing:\n", "t.yaml");
  ASSERT_TRUE(root);
  yaml::Report report;
  yaml::Fields f(*root, report);
  f.text("name");
  f.integer("count", 0, 20);
  f.integer("big", 0, 20);
  f.day("on");
  f.choice<Colour>("colour");
  f.boolean("yes");
  f.texts("tags");
  f.text("missing");
  f.text("nothing");
  f.finish();
  EXPECT_EQ(problems(report),
            "t.yaml:1 base.yaml_text\nt.yaml:2 base.yaml_integer\nt.yaml:3 base.yaml_integer\nt.yaml:4 base.bad_date\n"
            "t.yaml:5 base.yaml_choice\nt.yaml:6 base.yaml_boolean\nt.yaml:7 base.yaml_type\nt.yaml:1 base.yaml_missing\n"
            "t.yaml:10 base.yaml_missing\nt.yaml:8 base.yaml_unknown\n");
  const auto refusal = report.refusal();
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->where, "t.yaml:1");
  EXPECT_NE(refusal->next_step.find("另有 9 处问题：t.yaml:2"), std::string::npos) << refusal->next_step;
}

struct Broken {
  const char* text;
  const char* code;
  const char* where;
};

TEST(Yaml, RefusesWhatMakesFilesAmbiguous) {
  std::string deep;
  for (int i = 0; i < 400; ++i) deep += '[';
  const std::string large(2 * 1024 * 1024 + 1, 'a');
  const Broken table[] = {
      {"a: &x 1\nb: 2\n", "base.yaml_forbidden", "t.yaml:1"},
      {"a: 1\nb: *x\n", "base.bad_yaml", "t.yaml:2"},  // an alias without its anchor
      {"a: 1\nb: 2\na: 3\n", "base.yaml_forbidden", "t.yaml:3"},
      {"a: 1\nb: !!binary xx\n", "base.yaml_forbidden", "t.yaml:2"},
      {"a: 1\n---\nb: 2\n", "base.yaml_forbidden", "t.yaml:3"},
      {"? [a]\n: 1\n", "base.yaml_forbidden", "t.yaml:1"},
      {"a: [1, 2\nb: 3\n", "base.bad_yaml", "t.yaml:2"},
      {"a: \"b\nc: 1", "base.bad_yaml", "t.yaml:2"},
      {"a: 'b\nc: 1\n", "base.bad_yaml", "t.yaml:2"},
      {"a: \"b\n", "base.bad_yaml", "t.yaml:1"},
      {"a: \xff\n", "base.bad_yaml", "t.yaml"},
      {"", "base.bad_yaml", "t.yaml"},
      {deep.c_str(), "base.yaml_forbidden", "t.yaml:1"},
      {large.c_str(), "base.yaml_too_large", "t.yaml"},
  };
  for (const auto& row : table) {
    auto r = yaml::parse(row.text, "t.yaml");
    ASSERT_FALSE(r) << row.text;
    EXPECT_EQ(r.error().code, row.code) << std::string_view(row.text).substr(0, 60);
    EXPECT_EQ(r.error().where, row.where) << std::string_view(row.text).substr(0, 60);
  }
  auto gone = yaml::load("testdata/no-such-file.yaml", "no-such-file.yaml");
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, "base.yaml_unreadable");
}

TEST(Yaml, ANodeThatIsNoMapIsReportedOnce) {
  auto root = yaml::parse("- 1\n- 2\n", "t.yaml");
  ASSERT_TRUE(root);
  yaml::Report report;
  yaml::Fields f(*root, report);
  f.text("a");
  f.list("b");
  f.finish();
  EXPECT_EQ(problems(report), "t.yaml:1 base.yaml_type\n");
}
}  // namespace
}  // namespace yi
