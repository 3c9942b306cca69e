#include "benchmark/calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <stdexcept>

#include "base/clock.h"
#include "engine/engine.h"
#include "hall/ticket_declare.h"

namespace yi::bench {
namespace {

using namespace hall;

constexpr int kWindowsOfALine = 10;
constexpr int kCap = 999;

std::shared_ptr<const Lines> lines_of(int windows) {
  Lines all;
  for (int i = 0; i * kWindowsOfALine < windows; ++i) {
    Line l;
    l.code = {fmt::format("L{:02}", i)};
    l.name = fmt::format("业务{}", i);
    l.prefix = {static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)};
    l.day_cap = kCap;
    l.open = {0, 24 * 60};
    for (int w = i * kWindowsOfALine; w < std::min(windows, (i + 1) * kWindowsOfALine); ++w) l.windows.push_back({fmt::format("W{:03}", w + 1)});
    all.lines.push_back(std::move(l));
  }
  return std::make_shared<const Lines>(std::move(all));
}

// So many givers at once, each giving its next command when the last was answered.
class Crowd {
 public:
  Crowd(engine::Engine& engine, int givers) : engine_(engine), givers_(givers) {}
  // `next(giver)`: the command and its body; an empty command ends that giver.
  void run(std::function<std::pair<std::string, std::string>(int)> next) {
    next_ = std::move(next);
    std::unique_lock lock(m_);
    for (int i = 0; i < givers_; ++i) give(i);
    done_.wait(lock, [&] { return under_way_ == 0; });
  }
  // The same in turn, one command every 1/per_second, whoever waits still being passed over: as a hall is that calls so often.
  void run_paced(double per_second, double seconds, std::function<std::pair<std::string, std::string>(int)> next) {
    next_ = std::move(next);
    busy_.assign(static_cast<std::size_t>(givers_), false);
    paced_ = true;
    const auto begin = monotonic_ns();
    const auto n = static_cast<std::int64_t>(per_second * seconds);
    for (std::int64_t i = 0; i < n; ++i) {
      const auto wait = begin + static_cast<std::int64_t>(static_cast<double>(i) * 1e9 / per_second) - monotonic_ns();
      if (wait > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(wait));
      std::lock_guard lock(m_);
      const int who = static_cast<int>(i % givers_);
      if (busy_[static_cast<std::size_t>(who)]) continue;
      busy_[static_cast<std::size_t>(who)] = true;
      give(who);
    }
    std::unique_lock lock(m_);
    done_.wait(lock, [&] { return under_way_ == 0; });
  }
  std::vector<double> ms;
  std::int64_t refused = 0;
  std::string first_refusal;

 private:
  void give(int who) {
    const auto [command, body] = next_(who);
    if (command.empty()) return;
    ++under_way_;
    engine::Submission s;
    s.id = engine::new_command_id();
    const auto account = fmt::format("clerk.{}", who);
    s.digest = engine::digest_of(command, body, account);
    s.actor = {account, "staff"};
    s.act = engine_.registry().find_command(command)->parse(body).value();
    s.waiter = engine::waiter([this, who, begin = monotonic_ns()](Result<engine::Answer> a) {
      std::lock_guard lock(m_);
      ms.push_back(static_cast<double>(monotonic_ns() - begin) / 1e6);
      if (!a) {
        ++refused;
        if (first_refusal.empty()) first_refusal = a.error().code;
      }
      --under_way_;
      if (paced_) busy_[static_cast<std::size_t>(who)] = false;
      else give(who);
      if (under_way_ == 0) done_.notify_all();
    });
    engine_.submit(std::move(s));
  }

  engine::Engine& engine_;
  int givers_;
  std::function<std::pair<std::string, std::string>(int)> next_;
  std::mutex m_;
  std::condition_variable done_;
  int under_way_ = 0;
  bool paced_ = false;
  std::vector<bool> busy_;
};

double percentile(std::vector<double> all, double p) {
  std::sort(all.begin(), all.end());
  return all.empty() ? 0 : all[std::min(all.size() - 1, static_cast<std::size_t>(static_cast<double>(all.size()) * p / 100))];
}

}  // namespace

std::vector<Figure> measure_calls(const std::string& directory, int windows, double seconds) {
  const auto lines = lines_of(windows);
  engine::EngineOptions o;
  o.centre = CentreCode{510000};
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  auto opened = engine::Engine::open(
      directory,
      [lines] {
        engine::Registry r;
        const auto subjects = identity::declare_subjects(r);
        declare_tickets(r, {lines, [](const WindowCode&) { return true; }, [](const MatterCode&) { return true; }, [](CivilDay) { return true; }}, subjects);
        return r;
      },
      o);
  if (!opened) throw std::runtime_error(opened.error().sentence);
  auto& engine = **opened;
  const int all = static_cast<int>(lines->lines.size()) * kCap;
  int left = all, turn = 0;
  Crowd kiosks(engine, 200);
  kiosks.run([&](int) -> std::pair<std::string, std::string> {
    if (left == 0) return {};
    --left;
    return {"hall.take_ticket", json::write(TakeTicket{lines->lines[static_cast<std::size_t>(turn++) % lines->lines.size()].code, false, {}, {}})};
  });
  std::vector<bool> open(static_cast<std::size_t>(windows));
  const auto window = [](int who) { return WindowCode{fmt::format("W{:03}", who + 1)}; };
  Crowd opening(engine, windows);
  opening.run([&](int who) -> std::pair<std::string, std::string> {
    if (open[static_cast<std::size_t>(who)]) return {};
    open[static_cast<std::size_t>(who)] = true;
    return {"hall.open_window", json::write(OpenWindow{window(who)})};
  });
  int calls = 0;
  constexpr double kPace = 4'000;
  Crowd paced(engine, windows);
  paced.run_paced(kPace, seconds / 2, [&](int who) -> std::pair<std::string, std::string> {
    ++calls;
    return {"hall.call_next", json::write(CallNext{window(who)})};
  });
  const auto before = engine.figures();
  const auto begin = monotonic_ns();
  const int first = calls;
  Crowd clerks(engine, windows);
  // Numbers are kept back for every window's last call, so that nobody is refused for an empty line.
  clerks.run([&](int who) -> std::pair<std::string, std::string> {
    if (static_cast<double>(monotonic_ns() - begin) / 1e9 > seconds || calls >= all - windows) return {};
    ++calls;
    return {"hall.call_next", json::write(CallNext{window(who)})};
  });
  const double took = static_cast<double>(monotonic_ns() - begin) / 1e9;
  const auto after = engine.figures();
  const auto groups = std::max<std::int64_t>(after.groups - before.groups, 1);
  std::vector<Figure> out;
  out.push_back({"numbers drawn by 200 at once", fmt::format("{} numbers", all), fmt::format("p99 {:.1f} ms{}", percentile(kiosks.ms, 99), kiosks.refused ? "; refused: " + kiosks.first_refusal : "")});
  out.push_back({fmt::format("call next, {} windows, {:.0f} calls a second", windows, kPace), fmt::format("p99 {:.1f} ms", percentile(paced.ms, 99)),
                 fmt::format("p50 {:.1f}, max {:.1f} ms, {} calls{}", percentile(paced.ms, 50), percentile(paced.ms, 100), paced.ms.size(), paced.refused ? "; refused: " + paced.first_refusal : "")});
  out.push_back({fmt::format("call next, {} windows at once", windows), fmt::format("{:.0f} calls/s", static_cast<double>(clerks.ms.size()) / took),
                 fmt::format("p50 {:.1f}, p99 {:.1f}, max {:.1f} ms, {:.1f} facts and {} log bytes a call, groups of {}{}", percentile(clerks.ms, 50), percentile(clerks.ms, 99), percentile(clerks.ms, 100),
                             static_cast<double>(after.facts - before.facts) / static_cast<double>(std::max(calls - first, 1)), (after.log_bytes - before.log_bytes) / std::max(calls - first, 1), (calls - first) / groups,
                             clerks.refused ? fmt::format("; {} refused: {}", clerks.refused, clerks.first_refusal) : "")});
  return out;
}

}  // namespace yi::bench
