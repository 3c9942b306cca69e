#include "benchmark/ledger_of.h"

#include <atomic>
#include <stdexcept>

#include "app/installation.h"
#include "replay/replay.h"

namespace yi::bench {
namespace {

template <class T>
T value_of(Result<T> r) {
  if (!r.ok()) throw std::runtime_error(r.error().sentence + " " + r.error().where);
  return std::move(r).value();
}

// Sends the steps of a plan without waiting for each.
void send(engine::Engine& engine, const std::vector<replay::Step>& steps, std::atomic<std::int64_t>& refused) {
  static const engine::Actor actor{"bench", "operator"};
  for (const auto& s : steps) {
    const auto* spec = engine.registry().find_command(s.command);
    engine::Submission submission;
    submission.id = engine::new_command_id();
    submission.digest = engine::digest_of(s.command, s.body, actor.account);
    submission.actor = actor;
    submission.act = value_of(spec->parse(s.body));
    submission.at = s.at;
    submission.waiter = engine::waiter([&refused](Result<engine::Answer> a) { refused += !a.ok(); });
    engine.wait_for_room();
    engine.submit(std::move(submission));
  }
}

}  // namespace

void make_ledger(const std::string& directory, const std::string& data_root, const app::Common& common, std::int64_t events,
                 const std::function<void(std::int64_t)>& progress) {
  const std::vector<replay::WeekFile> weeks{value_of(replay::load_week(data_root + "/demonstration/week-2024-06-17.yaml", "week-2024-06-17.yaml"))};
  const auto as_of = value_of(replay::as_of(weeks, *common.calendar));
  auto engine = value_of(engine::Engine::open(directory, app::all_rooms(common), app::engine_options(common, {true, as_of})));
  value_of(replay::replay(*engine, weeks, *common.catalog, *common.calendar, 1));
  std::atomic<std::int64_t> refused{0};
  // Ten working days at a time, so that a plan stays small.
  for (CivilDay from = weeks.back().week.to + 1; engine->position() < events; from = from + 14) {
    const auto wanted = std::min<std::int64_t>(events - engine->position(), 120'000);
    if (wanted < 100) break;
    replay::PlanRequest q;
    // The real week's proportions: 13,591 facts of 2,230, 700, 3,949 and 5,461.
    q.figures = {wanted * 2230 / 13600, wanted * 700 / 13600, wanted * 3949 / 13600, wanted * 5461 / 13600};
    q.from = from;
    q.to = from + 13;
    q.first_week = false;
    q.seed = static_cast<std::uint32_t>(from.days);
    const auto mixture = value_of(replay::mix(q, true));
    send(*engine, value_of(replay::plan(q, mixture, *common.catalog, *common.calendar)), refused);
    engine->wait_for_room();
    engine->wait_followed(engine->position(), std::chrono::seconds(60));
    progress(engine->position());
  }
  if (refused > 0) throw std::runtime_error(std::to_string(refused) + " steps of the plan were refused");
}

}  // namespace yi::bench
