// Which styles a page of the program's own may have.
#include "http/page_policy.h"

#include <gtest/gtest.h>

#include "http/router.h"
#include "http/test_page_policy.h"
#include "http/wire.h"

namespace yi::http {
namespace {

// SHA-256 of nothing and of "abc" (FIPS 180-2), as CSP writes them.
TEST(PagePolicy, NamesTheHashesOfTheStylesItIsGivenAndNoOther) {
  EXPECT_EQ(page_policy({}), "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  const auto two = page_policy({"", "abc"}, Framed::by_this_site);
  EXPECT_EQ(two,
            "default-src 'none'; style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; "
            "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'");
}

TEST(PagePolicy, APageThatDisobeysIsFound) {
  const auto policy = page_policy({"p{}"});
  const auto said = [&](std::string_view page) { return test::against_policy(policy, page); };
  EXPECT_EQ(said("<style>p{}</style><p>a style=\"1\"</p>"), "") << "what stands in words is no attribute";
  EXPECT_NE(said("<style>p{} </style>"), "");
  EXPECT_NE(said("<p>no style</p>"), "") << "a hash of nothing";
  EXPECT_NE(said("<style>p{}</style><style>b{}</style>"), "");
  EXPECT_NE(said("<style>p{}</style><p style=\"color:red\">"), "");
  EXPECT_NE(said("<style>p{}</style><script>1</script>"), "");
  EXPECT_NE(test::against_policy("default-src 'none'; style-src 'unsafe-inline'", "<p>"), "");
  EXPECT_NE(test::against_policy("", "<p>"), "");
}

TEST(PagePolicy, ARefusalsPageObeysItsOwn) {
  const auto r = problem_page({"http.not_found", "不<b style=\"color:red\">行</b>。", "<script>1</script>", 403, ""});
  std::string policy;
  for (const auto& [name, value] : r.headers)
    if (name == "content-security-policy") policy = value;
  EXPECT_EQ(test::against_policy(policy, r.body), "");
}

// A page whose writer says nothing has no style at all.
TEST(PagePolicy, WhatIsNotSaidIsNotAllowed) {
  Response r;
  r.content_type = "text/html; charset=utf-8";
  std::string out;
  write_head(out, r, {}, "Mon, 24 Jun 2024 01:00:00 GMT");
  EXPECT_NE(out.find("content-security-policy: " + page_policy({}) + "\r\n"), std::string::npos) << out;
  EXPECT_EQ(out.find("unsafe"), std::string::npos);
}

}  // namespace
}  // namespace yi::http
