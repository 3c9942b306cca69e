#include "base/json.h"

#include <gtest/gtest.h>

using namespace yi;

namespace {
enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)
struct Inner {
  Text<3> name;
  std::optional<CivilDay> day;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, day))
struct Outer {
  CaseId id;
  std::int32_t n = 0;
  Colour colour = Colour::red;
  std::vector<Inner> inner;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (id, n, colour, inner))

std::string code_of(const char* text) {
  auto r = json::read<Outer>(text);
  return r.ok() ? "ok" : r.error().code + " " + r.error().where;
}
}  // namespace

TEST(Json, RoundTrip) {
  const std::string text = R"({"id":"9007199254740993","n":-5,"colour":"green","inner":[{"name":"甲\n\"","day":"2024-02-29"},{"name":""}]})";
  auto r = json::read<Outer>(text);
  ASSERT_TRUE(r.ok()) << r.error().sentence;
  EXPECT_EQ(r->id.value, 9007199254740993);
  EXPECT_EQ(json::write(*r), text);
}

TEST(Json, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(code_of(R"({"id":"1","n":1,"colour":"red"})"), "ok");
  EXPECT_EQ(code_of(R"({"id":"1","n":1,"colour":"red","x":1})"), "base.unknown_field /x");
  EXPECT_EQ(code_of(R"({"id":"1","n":1,"n":2,"colour":"red"})"), "base.repeated_field /n");
  EXPECT_EQ(code_of(R"({"id":"1","colour":"red"})"), "base.missing_field /n");
  EXPECT_EQ(code_of(R"({"id":1,"n":1,"colour":"red"})"), "base.wrong_type /id");
  EXPECT_EQ(code_of(R"({"id":"1","n":3000000000,"colour":"red"})"), "base.out_of_range /n");
  EXPECT_EQ(code_of(R"({"id":"1","n":1.5,"colour":"red"})"), "base.wrong_type /n");
  EXPECT_EQ(code_of(R"({"id":"1","n":1,"colour":"blue"})"), "base.unknown_value /colour");
  EXPECT_EQ(code_of(R"({"id":"1","n":1,"colour":"red","inner":[{"name":"一二三四"}]})"), "base.too_long /inner/0/name");
  EXPECT_EQ(code_of(R"({"id":"1","n":1,"colour":"red","inner":[{"name":"","day":"2024-02-30"}]})"),
            "base.bad_date /inner/0/day");
  EXPECT_EQ(code_of("{"), "base.bad_json ");
  EXPECT_EQ(code_of("[]"), "base.wrong_type ");
  EXPECT_EQ(code_of("{\"id\":\"\xff\"}"), "base.bad_json ");
  std::string deep(100, '[');
  EXPECT_EQ(code_of((deep + std::string(100, ']')).c_str()), "base.bad_json ");
}

TEST(Json, SchemaFollowsTheDescription) {
  EXPECT_EQ(json::schema<Inner>(),
            R"({"type":"object","additionalProperties":false,"properties":{"name":{"type":"string","maxLength":3},"day":{"type":"string","format":"date"}},"required":["name"]})");
}
