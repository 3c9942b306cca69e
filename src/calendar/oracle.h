#pragma once
// For tests only: the statutory clock as a person with a wall calendar would do it, one day after the other, and
// random histories to compare it with calendar::due. Slow and obvious on purpose.
#include <gtest/gtest.h>

#include <random>

#include "base/json.h"
#include "calendar/clock.h"

namespace yi::calendar::oracle {

struct Answer {
  std::optional<CivilDay> due, paused_since;
  std::string refusal;               // code
  std::vector<CivilDay> counted;     // in order
  bool provisional = false;          // the wall calendar of a day we looked at was drawn without its notice
};

inline bool inside(const Pause& p, CivilDay d) { return p.from <= d && (!p.to || d <= *p.to); }

inline Answer walk(const Calendar& c, const DueQuestion& q) {
  Answer a;
  int wanted = q.days;
  for (const auto& e : q.extensions) wanted += e.days;
  std::optional<CivilDay> pause_began;  // of the stretch of paused days that we stand in
  for (CivilDay d = q.count_from == CountFrom::same_day ? q.from : q.from + 1;; ++d) {
    bool paused = false, open = false;
    for (const auto& p : q.pauses) {
      paused = paused || inside(p, d);
      open = open || (inside(p, d) && !p.to);
    }
    if (!paused) pause_began.reset();
    else if (!pause_began) pause_began = d;
    if (open) return a.paused_since = pause_began, a;
    if (paused) continue;
    const bool all_counted = static_cast<int>(a.counted.size()) == wanted;
    const auto kind = c.kind(d);
    if (!kind && (q.unit == Unit::working || all_counted || static_cast<int>(a.counted.size()) + 1 == wanted))
      return a.refusal = kind.error().code, a;
    const bool looked_at = q.unit == Unit::working || static_cast<int>(a.counted.size()) + 1 >= wanted;
    a.provisional = a.provisional || (looked_at && kind.ok() && c.provisional(d.year()));
    const bool working = kind.ok() && *kind == DayKind::working;
    if (!all_counted) {
      if (q.unit == Unit::working && !working) continue;
      a.counted.push_back(d);
      if (static_cast<int>(a.counted.size()) < wanted) continue;
    }
    if (q.unit == Unit::working || working) return a.due = d, a;
  }
}

class Histories {
 public:
  explicit Histories(std::uint32_t seed) : random_(seed) {}

  DueQuestion next() {
    DueQuestion q;
    // A little before the years with notices, through the provisional years, and a little after the lunar table.
    q.from = CivilDay::of(2019, 12, 20) + below(below(2) == 0 ? 2'590 : 7'700);
    q.days = 1 + below(below(4) == 0 ? 200 : 45);
    q.unit = below(3) == 0 ? Unit::calendar : Unit::working;
    q.count_from = below(5) == 0 ? CountFrom::same_day : CountFrom::next_day;
    const int pauses = below(4) == 0 ? below(21) : below(4);
    for (int i = 0; i < pauses; ++i) {
      Pause p;
      p.from = q.from + (below(160) - 30);
      if (below(25) != 0) p.to = p.from + below(below(3) == 0 ? 40 : 6);
      p.reason = "检验";
      q.pauses.push_back(std::move(p));
    }
    for (int i = below(5) - 2; i > 0; --i) q.extensions.push_back(Extension{1 + below(15)});
    return q;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  std::mt19937 random_;
};

inline std::string words(const DueQuestion& q) { return json::write(q); }

// Compares both ways of due() with the walk; false after the first difference.
inline bool agrees(const Calendar& c, const DueQuestion& q) {
  const Answer expected = walk(c, q);
  const auto quick = due(c, q);
  const auto full = due(c, q, Explain::yes);
  EXPECT_EQ(quick.ok(), full.ok()) << words(q);
  if (!expected.refusal.empty()) {
    EXPECT_FALSE(quick.ok()) << words(q);
    EXPECT_EQ(quick.ok() ? "" : quick.error().code, expected.refusal) << words(q);
    return !::testing::Test::HasFailure();
  }
  EXPECT_TRUE(quick.ok()) << words(q) << (quick ? "" : quick.error().sentence);
  if (!quick || !full) return false;
  EXPECT_EQ(quick->due, expected.due) << words(q);
  EXPECT_EQ(quick->paused_since, expected.paused_since) << words(q);
  EXPECT_EQ(quick->counted, static_cast<int>(expected.counted.size())) << words(q);
  EXPECT_EQ(full->due, expected.due) << words(q);
  EXPECT_EQ(quick->provisional, expected.provisional) << words(q);
  EXPECT_EQ(full->provisional, expected.provisional) << words(q);
  std::vector<CivilDay> counted;
  bool marked = false;
  for (const auto& d : full->days) {
    marked = marked || d.provisional;
    if (!d.counted) continue;
    counted.push_back(d.day);
    EXPECT_EQ(d.number, static_cast<int>(counted.size())) << words(q);
  }
  EXPECT_EQ(counted, expected.counted) << words(q);
  EXPECT_EQ(marked, expected.provisional) << words(q);
  return !::testing::Test::HasFailure();
}

inline void compare(std::uint32_t seed, int histories) {
  const auto c = Calendar::load("data/calendar");
  ASSERT_TRUE(c.ok()) << c.error().sentence;
  Histories random(seed);
  for (int i = 0; i < histories; ++i)
    ASSERT_TRUE(agrees(*c, random.next())) << "history " << i << " of seed " << seed;
}

}  // namespace yi::calendar::oracle
