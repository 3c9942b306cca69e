// ./bench: what the house does, beside what disk and processor allow, in one run.
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>

#include "app/installation.h"
#include "app/places.h"
#include "base/clock.h"
#include "benchmark/calls.h"
#include "benchmark/desk.h"
#include "benchmark/large.h"
#include "benchmark/ledger_of.h"
#include "benchmark/limits.h"
#include "benchmark/replayed.h"
#include "benchmark/served.h"
#include "engine/rebuild.h"
#include "store/postgres_server.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::bench {
namespace {

struct Options {
  bool quick = false, large = false, statements = false;
  std::string only, directory, store = "sqlite";
  double seconds = 5;
  std::int64_t events = 10'000'000;
};

double seconds_since(std::int64_t start) { return static_cast<double>(monotonic_ns() - start) / 1e9; }
double peak_mb() {
  rusage u{};
  getrusage(RUSAGE_SELF, &u);
  return static_cast<double>(u.ru_maxrss) / 1024;
}
template <class F>
double median_ms(int n, F f) {
  std::vector<double> all;
  for (int i = 0; i < n; ++i) {
    const auto start = monotonic_ns();
    f();
    all.push_back(static_cast<double>(monotonic_ns() - start) / 1e6);
  }
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}
void line(const std::string& what, const std::string& figure, const std::string& beside = "") {
  fmt::print("{:<46}  {:>26}  {}\n", what, figure, beside);
  std::fflush(stdout);
}
void title(const std::string& s) { fmt::print("\n{}\n{:-<110}\n", s, ""); }

class Bench {
 public:
  explicit Bench(Options o) : o_(std::move(o)), root_(value_of(app::data_root(""))), common_(value_of(app::load_common(root_))), work_(o_.directory, "yichuang-bench-") {}

  void run() {
    if (o_.large) {
      large();
      return;
    }
    if (wanted("limits")) limit_b();
    if (o_.store == "postgresql") {
      postgres();
      return;
    }
    if (wanted("http")) {
      title("1-2  commands over HTTP, every answer after its sync (server, lane and driver share the cores)");
      for (int connections : {64, 256}) http(connections);
    }
    if (wanted("calls")) {
      title("3a  the hall: every window presses \"next\" at once (no HTTP; every answer after its sync)");
      for (const auto& f : measure_calls(fresh("calls"), 400, o_.seconds)) line(f.what, f.figure, f.beside);
    }
    if (wanted("desk")) desk();
    for (std::int64_t events : sizes())
      if (wanted("ledger")) ledger(events);
    title("6  memory");
    line("peak memory of this whole run", fmt::format("{:.0f} MB", peak_mb()), "server, driver and ledgers in one process");
  }

 private:
  bool wanted(const std::string& section) const { return o_.only.empty() || o_.only == section; }
  std::vector<std::int64_t> sizes() const {
    if (o_.quick) return {10'000, 100'000};
    return {10'000, 100'000, 1'000'000};
  }
  std::string fresh(const std::string& name) {
    const auto d = work_.path() + "/" + name;
    std::filesystem::remove_all(d);
    return d;
  }

  // By tens up to what was asked for, so that what grows is seen.
  void large() {
    LargeOptions l;
    l.data_root = root_;
    l.directory = work_.path();
    for (std::int64_t n = o_.events; n >= std::min<std::int64_t>(o_.events, 100'000); n /= 10) l.sizes.insert(l.sizes.begin(), n);
    if (o_.store != "postgresql") measure_large(common_, l);
    if (o_.store == "sqlite") return;
    start_server();
    l.server = server_.get();
    measure_large(common_, l);
    server_.reset();
  }
  void start_server() {
    std::vector<std::string> settings{"shared_buffers=256MB", "max_wal_size=2GB", "max_connections=120"};
    if (o_.statements) settings.insert(settings.end(), {"shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_planning=on"});
    server_ = std::make_unique<store::PostgresServer>(settings, work_.path());
    if (o_.statements) server_->sql("postgres", "CREATE EXTENSION pg_stat_statements");
  }
  // What the database did since the last call, the dearest first: where a commit's time goes.
  std::string statements() {
    if (!server_ || !o_.statements) return "";
    const auto said = server_->sql("postgres", R"(
      SELECT string_agg(format('    %s ms running, %s planning, %s times, %s rows  %s', to_char(total_exec_time,'FM999990'), to_char(total_plan_time,'FM999990'), calls, rows,
                               left(regexp_replace(query, '\s+', ' ', 'g'), 90)), E'\n')
      FROM (SELECT * FROM pg_stat_statements ORDER BY total_exec_time + total_plan_time DESC LIMIT 30) AS dearest)");
    server_->sql("postgres", "SELECT pg_stat_statements_reset()");
    return said;
  }

  void limit_b() {
    title("Limit B  our HTTP server answering a fixed 200-byte JSON");
    http::Router router;
    http::Door d;
    d.pattern = "/fixed";
    d.name = "bench.fixed";
    d.summary = "固定回复";
    d.right = "public";
    d.audit_class = "none";
    d.replies = {{200, "固定回复", "application/json", R"({"type":"object"})"}};
    d.handle = [body = "{\"fixed\":\"" + std::string(188, 'x') + "\"}"](const http::Request&, const http::Caller&, http::Responder reply) {
      http::Response r;
      r.body = body;
      reply(std::move(r));
    };
    router.add(std::move(d));
    struct Open : http::Gatekeeper {
      Result<http::Caller> admit(const http::Request&, const http::Door&) const override { return http::Caller{"public", ""}; }
    } gate;
    http::ServerOptions so;
    so.port = 0;
    http::Server server(so, router, gate);
    value_of(server.start());
    for (int connections : {64, 256}) {
      LoadOptions lo;
      lo.port = server.port();
      lo.connections = connections;
      lo.seconds = o_.seconds;
      const auto r = run_load(lo, [](int) { return fixed_conversation(); });
      line(fmt::format("fixed reply, {} connections", connections), fmt::format("{:.0f}/s", r.per_second()),
           fmt::format("p50 {:.2f} ms, p99 {:.2f} ms, {:.1f} µs CPU a request", r.latency.percentile_ms(50), r.latency.percentile_ms(99),
                       r.rest_cpu_seconds / static_cast<double>(std::max<std::int64_t>(r.replies, 1)) * 1e6));
    }
  }

  Served serve(const std::string& directory) { return bench::serve(directory, root_, server_ ? server_->new_database() : ""); }

  // Commands over HTTP on a PostgreSQL of our own, on this machine's cores and this disk.
  void postgres() {
    start_server();
    title("commands over HTTP on PostgreSQL, every answer after its commit (server, lane, driver and database share the cores)");
    for (const int connections : {64, 256}) http(connections);
    two_nodes(64);
    const auto bench = [&](const std::string& words) {
      std::string out;
      const auto command = "/usr/lib/postgresql/15/bin/pgbench " + words + " '" + server_->admin_url("postgres") + "' 2>/dev/null";
      const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
      char piece[256];
      while (pipe && std::fgets(piece, sizeof piece, pipe.get())) out += piece;
      return out;
    };
    bench("-i -s 10 -q");
    const auto said = bench(fmt::format("-N -c 64 -j 1 -T {}", std::max(1, static_cast<int>(o_.seconds))));
    const auto at = said.find("tps = ");
    line("pgbench -N, 64 connections", at == said.npos ? "did not run" : said.substr(at + 6, said.find(' ', at + 6) - at - 6) + " transactions/s", "one row a transaction of each of its tables, scale 10");
    server_.reset();
  }

  // The same commands to a node that leads, and half of them to one beside it, which passes them on; in turn, because the machine's
  // speed drifts.
  void two_nodes(int connections) {
    const auto url = server_->new_database();
    const auto first = fresh("first");
    auto s = bench::serve(first, root_, url, "first");
    const auto second = bench::serve_beside(s, first, fresh("second"), root_, url, "second");
    const auto ask = [&](std::uint16_t port, int n, int from, double seconds) {
      LoadOptions lo;
      lo.port = port;
      lo.connections = n;
      lo.seconds = seconds;
      return run_load(lo, [&, from](int c) { return create_conversation(s.door, from + c); });
    };
    std::vector<double> alone, both, passed_p99;
    std::int64_t broken = 0;
    for (int turn = 0; turn < 4; ++turn) {  // the first is for warming up
      const auto one = ask(s.installation->port(), connections, 1'000 * turn, turn ? o_.seconds : 1);
      auto other = std::async(std::launch::async, [&] { return ask(second->port(), connections / 2, 1'000 * turn + 500, turn ? o_.seconds : 1); });
      const auto half = ask(s.installation->port(), connections / 2, 1'000 * turn + 700, turn ? o_.seconds : 1);
      const auto passed = other.get();
      broken += one.refused + one.broken + half.refused + half.broken + passed.refused + passed.broken;
      if (turn == 0) continue;
      alone.push_back(one.per_second());
      both.push_back(half.per_second() + passed.per_second());
      passed_p99.push_back(passed.latency.percentile_ms(99));
    }
    const auto middle = [](std::vector<double> v) {
      std::sort(v.begin(), v.end());
      return v[v.size() / 2];
    };
    line(fmt::format("create on two nodes, {} connections", connections), fmt::format("{:.0f} cases/s", middle(both)),
         fmt::format("{:.2f} × the same on one ({:.0f}/s); p99 of those passed on {:.1f} ms{}", middle(both) / middle(alone), middle(alone), middle(passed_p99),
                     broken ? fmt::format("; {} refused or broken", broken) : ""));
  }

  LoadResult load(Served& s, int connections, const std::function<std::unique_ptr<Conversation>(int)>& make, double seconds) {
    LoadOptions lo;
    lo.port = s.installation->port();
    lo.connections = connections;
    lo.seconds = seconds;
    return run_load(lo, make);
  }

  // One kind of work: ours, then the raw limit at the group size that formed.
  void report(const char* what, Pattern pattern, int connections, const engine::EngineFigures& before, const engine::EngineFigures& after,
              const LoadResult& r, double per_command, const char* unit, const Replayed* sent) {
    const auto done = statements();
    const auto facts = after.facts - before.facts, groups = std::max<std::int64_t>(after.groups - before.groups, 1);
    const int group = static_cast<int>(std::max<std::int64_t>(1, r.replies / groups));
    RawShape shape;
    shape.pattern = pattern;
    shape.group = group;
    shape.record_bytes = 330;
    shape.seconds = o_.seconds / 2;
    const double raw = server_ ? raw_postgres(server_->new_database(), shape) : raw_sqlite(fresh("raw"), shape);
    line(fmt::format("{}, {} connections", what, connections), fmt::format("{:.0f} {}/s", r.per_second() * per_command, unit),
         fmt::format("{:.2f} × limit {} ({:.0f}/s at groups of {}), p50 {:.1f}, p99 {:.1f}, max {:.0f} ms, {:.0f} log bytes/fact{}", r.per_second() / raw, server_ ? "P" : "A", raw,
                     group, r.latency.percentile_ms(50), r.latency.percentile_ms(99), r.latency.max_ms(),
                     static_cast<double>(after.log_bytes - before.log_bytes) / static_cast<double>(std::max<std::int64_t>(facts, 1)),
                     r.refused + r.broken ? fmt::format("; {} refused, {} broken: {}", r.refused, r.broken, r.first_error) : ""));
    if (!done.empty()) fmt::print("{}\n", done);
    if (sent) {
      const auto again = sent->replay(empty_centre());
      line("  the same rows and groups by libpq alone", fmt::format("{:.0f} commands/s", static_cast<double>(r.replies) / again),
           fmt::format("ours {:.2f} ×: all that the lane wrote, reports among it, once more", r.per_second() * again / static_cast<double>(r.replies)));
    }
    statements();
  }

  // Tables that a node has made, and nobody connected to them.
  std::string empty_centre() {
    const auto url = server_->new_database();
    bench::serve(fresh("empty"), root_, url);
    return url;
  }

  void http(int connections) {
    const auto listen = [&] { return server_ ? std::make_unique<Replayed>() : nullptr; };
    const auto measured = [&](Served& s, Replayed* sent, const std::function<std::unique_ptr<Conversation>(int)>& make) {
      statements();
      if (sent) sent->begin();
      auto r = load(s, connections, make, o_.seconds);
      if (sent) sent->end();
      return r;
    };
    {
      const auto sent = listen();
      auto s = serve(fresh("create"));
      load(s, connections, [&](int c) { return create_conversation(s.door, c); }, 1);  // warm-up
      const auto before = s.installation->engine().figures();
      const auto r = measured(s, sent.get(), [&](int c) { return create_conversation(s.door, c); });
      report("create", Pattern::create, connections, before, s.installation->engine().figures(), r, 1, "cases", sent.get());
    }
    {
      const auto sent = listen();
      auto s = serve(fresh("step"));
      const auto cases = open_cases(s, 50'000);
      std::vector<std::vector<std::string>> shares(static_cast<std::size_t>(connections));
      for (std::size_t i = 0; i < cases.size(); ++i) shares[i % shares.size()].push_back(cases[i]);
      const auto before = s.installation->engine().figures();
      const auto r = measured(s, sent.get(), [&](int c) { return step_conversation(s.door, c, shares[static_cast<std::size_t>(c)]); });
      report("step on a random open case", Pattern::step, connections, before, s.installation->engine().figures(), r, 1, "steps", sent.get());
    }
    {
      const auto sent = listen();
      auto s = serve(fresh("whole"));
      std::int64_t finished = 0;
      load(s, connections, [&](int c) { return whole_case_conversation(s.door, c, &finished); }, 1);
      finished = 0;
      const auto before = s.installation->engine().figures();
      const auto r = measured(s, sent.get(), [&](int c) { return whole_case_conversation(s.door, c, &finished); });
      report("whole case of 6 commands", Pattern::whole_case, connections, before, s.installation->engine().figures(), r, 1.0 / 6, "cases", sent.get());
    }
    fmt::print("{:<46}  {:>26.0f} MB\n", "peak memory so far", peak_mb());
  }

  void ledger(std::int64_t events) {
    title(fmt::format("4-5  a ledger of {} events", events));
    const auto directory = fresh("ledger");
    const auto start = monotonic_ns();
    make_ledger(directory, root_, common_, events, [](std::int64_t done) {
      fmt::print(stderr, "\r{} events", done);
      std::fflush(stderr);
    });
    fmt::print(stderr, "\r");
    line("filled through the engine (no HTTP)", fmt::format("{:.0f} events/s", static_cast<double>(events) / seconds_since(start)));
    bulletin(directory);
    {
      auto store = value_of(store::open_sqlite(directory, store::Mode::read));
      auto reader = store->open_reader();
      const auto t = monotonic_ns();
      const auto v = store::verify(*reader, common_.catalog->settings().centre);
      const double s = seconds_since(t);
      line("verify", fmt::format("{:.0f} events/s", static_cast<double>(v.events) / s), v.broken ? *v.broken : "whole");
    }
    rebuild(directory);
  }

  void desk() {
    const int cases = o_.quick ? 10'000 : 100'000;
    title(fmt::format("3  the desk, with {} open cases of one department", cases));
    for (const auto& f : measure_desk(fresh("desk"), root_, cases)) line(f.what, f.figure, f.beside);
  }

  // Over HTTP from a warm server, as the operator asks for it.
  void bulletin(const std::string& directory) {
    auto s = serve(directory);
    const auto get = [&](const std::string& path) {
      LoadOptions lo;
      lo.port = s.installation->port();
      lo.connections = 1;
      lo.requests = 1;
      const auto r = run_load(lo, [&](int) { return get_conversation(s.door.staff.operator_, {path}); });
      if (r.refused + r.broken > 0) throw std::runtime_error(path + ": " + r.first_error);
    };
    const std::string text = "/bulletin/2024-06-17/text?edition=internal", pdf = "/bulletin/2024-06-17/pdf?edition=internal";
    get(pdf);  // fonts warm
    line("bulletin as text, median of 5", fmt::format("{:.1f} ms", median_ms(5, [&] { get(text); })));
    line("bulletin as text and PDF, median of 5", fmt::format("{:.1f} ms", median_ms(5, [&] {
           get(text);
           get(pdf);
         })));
    line("evidence of a figure, a page of cases", fmt::format("{:.1f} ms", median_ms(5, [&] { get("/figures/2024-06-17/issued_year"); })));
  }

  void rebuild(const std::string& directory) {
    engine::Rebuilt r;
    {
      auto store = value_of(store::open_sqlite(directory, store::Mode::write));
      const auto centre = common_.catalog->settings().centre;
      const auto keys = value_of(engine::open_keys(store->writer().reader(), directory, centre, {}, store::KeyAccess::make));
      engine::RebuildOptions options;
      options.keys = keys.get();
      r = engine::rebuild(store->writer(), app::all_rooms(common_), centre, options);
    }
    double bulk_all = 0, write_all = 0;
    for (const auto& v : r.views) {
      const double bulk = v.rows ? bulk_load(directory + "/yichuang.db", v.name) : 0;
      bulk_all += bulk;
      write_all += v.write_seconds;
      if (v.rows >= 1000)
        line("  rebuild " + v.name, fmt::format("{} rows", v.rows),
             fmt::format("written in {:.2f} s, bulk load of the same rows {:.2f} s: {:.2f} ×{}", v.write_seconds, bulk,
                         v.write_seconds > 0 ? bulk / v.write_seconds : 0, v.difference ? "; DIFFERS" : ""));
    }
    line("rebuild of all views", fmt::format("{:.0f} events/s", static_cast<double>(r.facts) / (r.fold_seconds + r.write_seconds)),
         fmt::format("fold {:.2f} s + write {:.2f} s against bulk {:.2f} s: {:.2f} × (writing alone {:.2f} ×), compare {:.2f} s", r.fold_seconds,
                     r.write_seconds, bulk_all, bulk_all / (r.fold_seconds + r.write_seconds), bulk_all / write_all, r.compare_seconds));
  }

  Options o_;
  std::string root_;
  app::Common common_;
  store::TemporaryDirectory work_;
  std::unique_ptr<store::PostgresServer> server_;  // of `--store postgresql`  // in --dir, which may be anybody's: only this goes at the end
};

}  // namespace
}  // namespace yi::bench

int main(int argc, char** argv) {
  yi::bench::Options o;
  CLI::App app{"Measures the house beside the limits of this machine."};
  app.add_flag("--quick", o.quick, "a minute: rough figures");
  app.add_flag("--large", o.large, "ledgers of --events and a tenth and a hundredth of it, loaded in bulk: pages, bulletin, rebuild, verify, backup");
  app.add_flag("--statements", o.statements, "of --store postgresql: which statements the database spent its time on (pg_stat_statements, which costs some of it)");
  app.add_option("--events", o.events, "of the largest ledger of --large")->capture_default_str();
  app.add_option("--only", o.only, "limits | http | calls | desk | ledger");
  app.add_option("--store", o.store, "sqlite | postgresql (then HTTP alone) on a server that is started for it | both, of --large")->check(CLI::IsMember({"sqlite", "postgresql", "both"}))->capture_default_str();
  std::string fill;
  int cases = 100'000;
  app.add_option("--fill", fill, "only make a new data directory there, with so many open cases of one department; web/journeys/measure.mjs measures the pages on it");
  app.add_option("--cases", cases, "of --fill")->check(CLI::Range(1, 1'000'000))->capture_default_str();
  app.add_option("--seconds", o.seconds, "of each load")->capture_default_str();
  o.directory = yi::app::executable_directory() + "/data";
  app.add_option("--dir", o.directory, "where the measured data lie, in a new folder that goes at the end; the disk counts")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  if (o.quick) o.seconds = std::min(o.seconds, 1.5);
  spdlog::set_level(spdlog::level::warn);
  try {
    if (!fill.empty()) {
      auto served = yi::bench::serve(fill, yi::bench::value_of(yi::app::data_root("")));
      yi::bench::open_cases(served, cases);
      return 0;
    }
    yi::bench::Bench(o).run();
  } catch (const std::exception& e) {
    fmt::print(stderr, "the benchmark stopped: {}\n", e.what());
    return 1;
  }
  return 0;
}
