#pragma once
// For tests: a centre of its own in a temporary directory, with casework and exchange, and what it exports.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "casework/life.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "exchange/declare.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "exchange/portable.h"
#include "store/temporary_directory.h"

namespace yi::exchange {

class TestCentre {
 public:
  enum class Timers { run, stand };
  explicit TestCentre(CivilDay today, Timers timers = Timers::run) : timers_(timers) {
    engine::EngineOptions o;
    o.centre = {990000};
    o.clock_if_new = {true, at(today, 9, 0)};
    engine = engine::Engine::open(dir.path(), rooms(), o).value();
  }

  engine::RegistryFactory rooms() const {
    return [timers = timers_] {
      engine::Registry r;
      const auto& w = casework::life::world();  // lives as long as the program
      const std::shared_ptr<const catalog::Catalog> catalog(std::shared_ptr<void>(), &w.catalog);
      const auto subjects = identity::declare_subjects(r);
      const auto cases = casework::declare(r, {catalog, {std::shared_ptr<void>(), &w.calendar}, {std::shared_ptr<void>(), &w.warnings}}, subjects);
      declare(r, catalog, subjects, cases);
      if (timers == Timers::stand) r.timers.clear();
      return r;
    };
  }
  // "" or the refusal's code.
  std::string run(const std::string& command, const std::string& body, Instant when) {
    const auto a = engine->run(command, body, {"w01", "operator"}, when);
    return a ? "" : a.error().code + " " + a.error().sentence;
  }
  // A test's own facts, by way of the lane.
  void record(Instant when, engine::Act act) {
    engine::Submission s;
    s.id = engine::new_command_id();
    s.digest = engine::digest_of("test", std::to_string(when.ms), "");
    s.actor = {"w01", "operator"};
    s.act = std::move(act);
    s.at = when;
    s.waiter = engine::waiter([](Result<engine::Answer> r) { ASSERT_TRUE(r.ok()) << r.error().code; });
    engine->wait_for_room();
    engine->submit(std::move(s));
  }

  std::string exported(ExportQuestion q = {}) {
    auto reader = engine->reader();
    auto produce = export_cases({&*reader, &engine->keys(), {990000}, &casework::life::world().catalog}, identity::Viewer::operator_named("test"), q);
    EXPECT_TRUE(produce.ok());
    std::string all;
    if (!produce) return all;
    for (bool more = true; more;) {
      std::string piece;
      more = (*produce)(piece);
      largest_piece = std::max(largest_piece, piece.size());
      all += piece;
    }
    return all;
  }
  // What was refused stands in `refusals`: "line number code where".
  ImportReport import(const std::string& lines) {
    refusals.clear();
    std::istringstream in(lines);
    auto report = import_cases(*engine, in, {"importer", "operator"},
                               [&](std::int64_t line, const std::string& number, const Refusal& why) {
                                 refusals.push_back(std::to_string(line) + " " + number + " " + why.code + " " + why.where);
                               },
                               [](std::int64_t) {});
    EXPECT_TRUE(report.ok());
    return report ? *report : ImportReport{};
  }

  // Each case without what means something in this ledger alone.
  std::map<std::int64_t, std::string> states() {
    std::map<std::int64_t, std::string> out;
    auto reader = engine->reader();
    auto c = reader->select("SELECT case_id FROM casework_case WHERE centre=$1 ORDER BY case_id", {990000});
    std::vector<std::int64_t> ids;
    while (c->next()) ids.push_back(c->integer(0));
    for (const auto id : ids) {
      auto s = state(id);
      s.last_fact = 0;
      s.subject = {s.subject ? 1 : 0};
      s.agent = {s.agent ? 1 : 0};
      out[id] = json::write(s);
    }
    return out;
  }
  casework::CaseState state(std::int64_t id) {
    auto reader = engine->reader();
    const auto& view = casework::CaseState::view();
    auto c = reader->select(store::select_row_sql(view, view.name), {990000, id});
    EXPECT_TRUE(c->next());
    return casework::CaseState::from(store::read_row(view, *c));
  }
  // Ends the centre and compares its views with the ledger.
  void expect_whole() {
    engine.reset();
    auto s = store::open_sqlite(dir.path(), store::Mode::write).value();
    const auto keys = store::KeyVault::open(dir.path(), {990000}, {}, store::KeyAccess::read).value();
    engine::RebuildOptions with_keys;
    with_keys.keys = keys.get();
    for (const auto& v : engine::rebuild(s->writer(), rooms(), {990000}, with_keys).views) EXPECT_FALSE(v.difference) << *v.difference;
  }

  store::TemporaryDirectory dir;
  std::unique_ptr<engine::Engine> engine;
  std::vector<std::string> refusals;
  std::size_t largest_piece = 0;

 private:
  Timers timers_;
};

}  // namespace yi::exchange
