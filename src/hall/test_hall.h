#pragma once
// A hall of its own for tests: an engine with this room alone, four lines over the windows that a test wants.
#include <fmt/format.h>

#include "engine/engine.h"
#include "hall/ticket_declare.h"
#include "hall/ticket_views.h"
#include "store/temporary_directory.h"

namespace yi::hall {

inline constexpr CentreCode kTestCentre{510000};

// Lines A, B, C share windows in turn; the last, D, has appointments alone as B has.
inline std::shared_ptr<const Lines> test_lines(int windows, int cap = 999) {
  Lines all;
  for (int i = 0; i < 4; ++i) {
    Line l;
    l.code = {std::string("L") + static_cast<char>('1' + i)};
    l.name = fmt::format("业务{}", i + 1);
    l.prefix = std::string(1, static_cast<char>('A' + i));
    l.day_cap = cap;
    l.minutes = 10;
    l.open = {8 * 60, 18 * 60};
    if (i % 2 == 1) l.slots = SlotRule{{9 * 60, 17 * 60}, 30, 3, 7, 60};
    for (int w = 0; w < windows; ++w)
      if (w % 4 == i || w % 7 == i) l.windows.push_back({fmt::format("W{:03}", w + 1)});
    all.lines.push_back(std::move(l));
  }
  return std::make_shared<const Lines>(std::move(all));
}

struct TestHall {
  explicit TestHall(std::shared_ptr<const Lines> l, Instant begin) : lines(std::move(l)), begin_(begin) { open(); }
  void open() {
    engine.reset();
    engine::EngineOptions o;
    o.centre = kTestCentre;
    o.clock_if_new = {true, begin_};
    engine = engine::Engine::open(directory.path(), rooms(), o).value();
  }
  engine::RegistryFactory rooms() const {
    return [lines = lines] {
      engine::Registry r;
      const auto subjects = identity::declare_subjects(r);
      declare_tickets(r, {lines, [](const WindowCode& w) { return w.value.size() == 4 && w.value[0] == 'W'; }, [](const MatterCode& m) { return m.value != "?"; },
                          [](CivilDay d) { return d.weekday() <= 5; }}, subjects);
      return r;
    };
  }
  // The refusal's code, or "".
  template <class C>
  std::string give(const char* command, const C& c, std::optional<Instant> when = {}, const engine::Actor& by = {"clerk.a", "staff"}) {
    const auto a = engine->run(command, json::write(c), by, when);
    last = a ? a->json : "";
    if (a) position = a->position;
    return a ? "" : a.error().code;
  }
  HallReader reader(engine::Engine::Lease& lease) { return {*lease, kTestCentre, *lines, engine->clock().now()}; }
  template <class F>
  auto ask(F f) {
    EXPECT_TRUE(engine->wait_followed(engine->position(), std::chrono::seconds(10)));
    auto lease = engine->reader();
    return f(reader(lease));
  }

  std::shared_ptr<const Lines> lines;
  Instant begin_;
  store::TemporaryDirectory directory;
  std::unique_ptr<engine::Engine> engine;
  std::string last;
  std::int64_t position = 0;
};

}  // namespace yi::hall
