#include "http/exposition.h"

#include <gtest/gtest.h>

namespace yi::http {
namespace {

TEST(Exposition, WritesTheTextFormat) {
  Exposition e;
  e.counter("a_total", "back\\slash and\nline");
  e.sample(std::int64_t{3}, {{"door", "read"}, {"what", "a \"b\"\\\n"}});
  e.gauge("b", "plain");
  e.sample(0.5);
  e.sample(true, {{"x", ""}});
  EXPECT_EQ(e.text(), "# HELP a_total back\\\\slash and\\nline\n# TYPE a_total counter\na_total{door=\"read\",what=\"a \\\"b\\\"\\\\\\n\"} 3\n"
                      "# HELP b plain\n# TYPE b gauge\nb 0.5\nb{x=\"\"} 1\n");
}

TEST(Exposition, ADistributionIsSummedUp) {
  Exposition e;
  e.histogram("t_seconds", "t");
  const std::array<double, 2> bounds{0.001, 2.5};
  const std::array<std::int64_t, 3> counts{1, 0, 4};
  e.distribution(bounds, counts, 7.25, {{"door", "read"}});
  EXPECT_NE(e.text().find("t_seconds_bucket{door=\"read\",le=\"0.001\"} 1\nt_seconds_bucket{door=\"read\",le=\"2.5\"} 1\n"
                          "t_seconds_bucket{door=\"read\",le=\"+Inf\"} 5\nt_seconds_sum{door=\"read\"} 7.25\nt_seconds_count{door=\"read\"} 5\n"),
            std::string::npos)
      << e.text();
  const std::array<std::int64_t, 2> short_of_one{1, 1};
  EXPECT_THROW(e.distribution(bounds, short_of_one, 0), std::logic_error);
}

TEST(Exposition, RefusesWhatWouldNotBeRead) {
  Exposition e;
  EXPECT_THROW(e.sample(1.0), std::logic_error);
  EXPECT_THROW(e.counter("requests", "without _total"), std::logic_error);
  EXPECT_THROW(e.gauge("窗口", "sign"), std::logic_error);
  EXPECT_THROW(e.gauge("1st", "begins with a digit"), std::logic_error);
  e.gauge("a", "once");
  EXPECT_THROW(e.gauge("a", "twice"), std::logic_error);
  EXPECT_THROW(e.sample(1.0, {{"La-bel", "x"}}), std::logic_error);
}

}  // namespace
}  // namespace yi::http
