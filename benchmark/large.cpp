#include "benchmark/large.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/clock.h"
#include "base/text.h"
#include "benchmark/bulk_ledger.h"
#include "benchmark/served.h"
#include "engine/rebuild.h"
#include "store/backup.h"
#include "store/verify.h"

namespace yi::bench {
namespace {

namespace fs = std::filesystem;
using identity::Role;

double seconds_since(std::int64_t start) { return static_cast<double>(monotonic_ns() - start) / 1e9; }

std::int64_t bytes_below(const std::string& directory) {
  std::int64_t n = 0;
  std::error_code ignored;
  for (auto it = fs::recursive_directory_iterator(directory, ignored); it != fs::recursive_directory_iterator(); it.increment(ignored))
    if (it->is_regular_file(ignored)) n += static_cast<std::int64_t>(it->file_size(ignored));
  return n;
}

// The limit of a backup: as many bytes written in order to the same disk and synced.
double seconds_to_write(const std::string& file, std::int64_t bytes) {
  const std::string block(1 << 20, 'b');
  const auto start = monotonic_ns();
  const int fd = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) throw std::runtime_error("cannot write " + file);
  bool good = true;
  for (std::int64_t n = 0; n < bytes && good; n += static_cast<std::int64_t>(block.size())) good = ::write(fd, block.data(), block.size()) == static_cast<ssize_t>(block.size());
  good &= ::fsync(fd) == 0;
  ::close(fd);
  fs::remove(file);
  if (!good) throw std::runtime_error("no room for " + file);
  return seconds_since(start);
}

class Large {
 public:
  Large(const app::Common& common, const LargeOptions& o) : common_(common), o_(o) {}

  void run() {
    for (const auto size : o_.sizes) one(size);
    fmt::print("\n{:<58}", o_.server ? "on PostgreSQL, with a ledger of" : "on SQLite, with a ledger of");
    for (const auto size : o_.sizes) fmt::print("{:>14}", size);
    fmt::print("{:>18}\n{:-<150}\n", "last : first", "");
    for (const auto& [what, unit] : order_) {
      fmt::print("{:<58}", what + (unit.empty() ? "" : ", " + unit));
      const auto& row = table_[what];
      for (const auto size : o_.sizes) fmt::print("{:>14}", row.contains(size) ? fmt::format("{:.1f}", row.at(size)) : "");
      if (row.size() > 1 && row.begin()->second > 0) fmt::print("{:>16.2f} ×", row.rbegin()->second / row.begin()->second);
      fmt::print("\n");
    }
    std::fflush(stdout);
  }

 private:
  void one(std::int64_t size) {
    size_ = size;
    const auto directory = o_.directory + "/large", scratch = o_.directory + "/states", copy = o_.directory + "/copy";
    for (const auto& d : {directory, scratch, copy}) fs::remove_all(d);
    fs::create_directories(scratch);
    fmt::print("\n{} events on {}\n{:-<110}\n", size, o_.server ? "PostgreSQL" : "SQLite", "");
    store::Place place(directory, o_.server ? o_.server->new_database() : "");
    const auto loaded = load(place, scratch);
    fs::remove_all(scratch);
    rebuild(place);
    verify(place);
    note("storage of everything, MB", "", static_cast<double>(stored(place)) / 1e6);
    note("storage an event, bytes", "", static_cast<double>(stored(place)) / static_cast<double>(loaded.events));
    pages(place, loaded);
    backup(place, copy);
    if (o_.server) o_.server->sql("postgres", "DROP DATABASE " + place.url.substr(place.url.rfind('/') + 1) + " WITH (FORCE)");
    for (const auto& d : {directory, copy}) fs::remove_all(d);
  }

  void note(const std::string& what, const std::string& unit, double value, const std::string& beside = "") {
    if (!table_.contains(what)) order_.emplace_back(what, unit);
    table_[what][size_] = value;
    fmt::print("{:<58}{:>14.1f} {:<10} {}\n", what, value, unit, beside);
    std::fflush(stdout);
  }

  // On a server: of the database, without the log that archives take.
  std::int64_t stored(const store::Place& place) {
    if (!place.on_server()) return static_cast<std::int64_t>(fs::file_size(place.directory + "/yichuang.db"));
    const auto name = place.url.substr(place.url.rfind('/') + 1);
    return std::stoll(o_.server->sql(name, "SELECT pg_database_size(current_database())"));
  }

  BulkLoaded load(const store::Place& place, const std::string& scratch) {
    BulkOptions b;
    b.events = size_;
    b.progress = [](std::int64_t done) {
      fmt::print(stderr, "\r{} events", done);
      std::fflush(stderr);
    };
    const auto l = bulk_ledger(place, scratch, o_.data_root, common_, b);
    fmt::print(stderr, "\r");
    if (l.refused) fmt::print("{} steps refused, the first: {}\n", l.refused, l.first_refusal);
    const auto events = static_cast<double>(l.events);
    note("bulk load", "events/s", events / l.seconds,
         fmt::format("{} events in {} groups; records of {:.0f} bytes", l.events, l.groups, static_cast<double>(l.record_bytes) / events));
    note("  of which the store alone would take", "events/s", events / l.writing_seconds, fmt::format("loading is {:.2f} × of it", l.writing_seconds / l.seconds));
    note("  storage of the bare ledger, an event", "bytes", static_cast<double>(stored(place)) / events);
    return l;
  }

  void rebuild(const store::Place& place) {
    auto store = value_of(store::open(place, store::Mode::write));
    auto& w = store->writer();
    const auto centre = common_.catalog->settings().centre;
    w.begin();
    w.ensure_view(engine::command_view());
    w.ensure_view(engine::followed_view());
    w.commit();
    const auto keys = value_of(engine::open_keys(w.reader(), place, centre, {}, store::KeyAccess::make));
    engine::RebuildOptions options;
    options.compare = false;
    options.keys = keys.get();
    options.progress = [](std::string_view, std::int64_t done, std::int64_t all) {
      fmt::print(stderr, "\rviews {} of {} ", done, all);
      std::fflush(stderr);
    };
    const auto start = monotonic_ns();
    const auto r = engine::rebuild(w, app::all_rooms(common_), centre, options);
    const double s = seconds_since(start);
    fmt::print(stderr, "\r");
    std::int64_t rows = 0;
    for (const auto& v : r.views) rows += v.rows;
    note("rebuild of all views", "events/s", static_cast<double>(r.facts) / s,
         fmt::format("{:.1f} s: fold {:.1f}, write {:.1f}, counting and indexes {:.1f}; {} rows", s, r.fold_seconds, r.write_seconds, s - r.fold_seconds - r.write_seconds, rows));
    auto slow = r.views;
    std::sort(slow.begin(), slow.end(), [](const auto& a, const auto& b) { return a.write_seconds > b.write_seconds; });
    slow.resize(std::min<std::size_t>(slow.size(), 5));
    for (const auto& v : slow) fmt::print("  {:<26}{:>12} rows written in {:>7.1f} s\n", v.name, v.rows, v.write_seconds);
  }

  void verify(const store::Place& place) {
    auto store = value_of(store::open(place, store::Mode::read));
    auto reader = store->open_reader();
    const auto centre = common_.catalog->settings().centre;
    auto start = monotonic_ns();
    std::int64_t read = 0;
    reader->events(centre, 1, INT64_C(1) << 39, [&](const store::LedgerRow& row) { return read = row.seq, true; });
    const double reading = seconds_since(start);
    start = monotonic_ns();
    const auto v = store::verify(*reader, centre);
    const double s = seconds_since(start);
    if (v.broken) throw std::runtime_error(*v.broken);
    note("verify", "events/s", static_cast<double>(v.events) / s, fmt::format("{:.2f} × reading alone ({:.0f}/s)", reading / s, static_cast<double>(read) / reading));
  }

  // Medians over HTTP, one question after the other from a warm server.
  void asked(Served& s, const std::string& what, const std::string& headers, const std::vector<std::string>& paths, std::int64_t requests) {
    LoadOptions lo;
    lo.port = s.installation->port();
    lo.connections = 1;
    const auto make = [&](int) { return get_conversation(headers, paths); };
    lo.requests = std::max<std::int64_t>(requests / 10, 2);
    run_load(lo, make);
    lo.requests = requests;
    const auto r = run_load(lo, make);
    if (r.refused + r.broken > 0) throw std::runtime_error(what + ": " + r.first_error);
    note(what, "ms", r.latency.percentile_ms(50), fmt::format("p99 {:.1f}, max {:.1f} ms", r.latency.percentile_ms(99), r.latency.max_ms()));
  }

  void pages(const store::Place& place, const BulkLoaded& loaded) {
    const auto start = monotonic_ns();
    auto s = serve(place.directory, o_.data_root, place.url);
    note("start, to the first answer", "s", seconds_since(start));
    const auto& operator_ = s.door.staff.operator_;
    for (const auto role : {Role::clerk, Role::handler, Role::supervisor})
      asked(s, fmt::format("first page of the queue, {}", json::enum_name(role)), s.headers.at(role), {"/api/casework/cases"}, 300);
    asked(s, "counts of all stages, supervisor", s.headers.at(Role::supervisor), {"/api/casework/stages"}, 100);
    asked(s, "search in vain, supervisor", s.headers.at(Role::supervisor), {"/api/casework/search?q=510000209901010101000001"}, 200);
    std::vector<std::pair<std::string, CivilDay>> weeks{{"first", loaded.weeks.front()}};
    if (loaded.weeks.size() > 2) weeks.emplace_back("middle", loaded.weeks[loaded.weeks.size() / 2]);
    if (loaded.weeks.size() > 1) weeks.emplace_back("last", loaded.weeks.back());
    for (const auto& [name, week] : weeks) {
      const auto day = to_iso(week);
      std::vector<std::string> figures;
      for (const char* f : {"consulted", "accepted", "issued", "transferred"}) figures.push_back("/api/bulletin/weeks/" + day + "/figures/" + f);
      asked(s, "figures of the " + name + " week", operator_, figures, 200);
      asked(s, "figures of the year, " + name + " week", operator_, {"/api/bulletin/weeks/" + day + "/figures/issued_year"}, 50);
      const auto text = "/bulletin/" + day + "/text?edition=internal", pdf = "/bulletin/" + day + "/pdf?edition=internal";
      asked(s, "bulletin of the " + name + " week, text", operator_, {text}, 30);
      asked(s, "bulletin of the " + name + " week, PDF", operator_, {pdf}, 10);
    }
    // Reports count three periods each: their own, the one before, the year before.
    const auto last = loaded.weeks.back();
    const auto year = to_iso(last).substr(0, 4), month = to_iso(last).substr(0, 7), first_month = to_iso(loaded.weeks.front()).substr(0, 7);
    for (const auto& [name, period] : {std::pair{"first month", first_month}, {"last month", month}, {"last year", year}, {"whole ledger", to_iso(loaded.weeks.front()) + ".." + to_iso(last)}}) {
      const auto report = "/reports/statistics/" + period;
      asked(s, std::string("report of the ") + name + ", text", operator_, {report + "/text?edition=internal"}, 20);
      asked(s, std::string("report of the ") + name + ", PDF", operator_, {report + "/pdf?edition=internal"}, 5);
    }
    asked(s, "report of the last year, OFD", operator_, {"/reports/statistics/" + year + "/ofd?edition=internal"}, 5);
    asked(s, "report of the last year, XLSX", operator_, {"/reports/statistics/" + year + "/xlsx?edition=internal"}, 5);
    asked(s, "do the open cases add up (health), supervisor", s.headers.at(Role::supervisor), {"/api/casework/health"}, 50);
    rusage u{};
    getrusage(RUSAGE_SELF, &u);
    note("peak memory of this process so far", "MB", static_cast<double>(u.ru_maxrss) / 1024);
  }

  void backup(const store::Place& place, const std::string& copy) {
    fs::create_directories(copy);
    const auto start = monotonic_ns();
    if (place.on_server()) {
      // The server's own tool, as docs/operations.md tells the operator; of everything the server holds.
      const auto command = "/usr/lib/postgresql/15/bin/pg_basebackup -D '" + copy + "/base' -X stream -c fast -d '" + o_.server->admin_url("postgres") + "' >/dev/null 2>&1";
      if (std::system(command.c_str()) != 0) throw std::runtime_error("pg_basebackup failed");
    } else {
      value_of(store::backup_sqlite(place.directory + "/yichuang.db", copy + "/yichuang.db"));
    }
    const double s = seconds_since(start);
    const auto bytes = bytes_below(copy);
    const double limit = seconds_to_write(o_.directory + "/blocks", bytes);
    note("backup", "s", s, fmt::format("{:.0f} MB, {:.0f} MB/s, {:.2f} × writing as many bytes ({:.1f} s)", static_cast<double>(bytes) / 1e6,
                                       static_cast<double>(bytes) / 1e6 / s, limit / s, limit));
  }

  const app::Common& common_;
  const LargeOptions& o_;
  std::int64_t size_ = 0;
  std::vector<std::pair<std::string, std::string>> order_;
  std::map<std::string, std::map<std::int64_t, double>> table_;
};

}  // namespace

void measure_large(const app::Common& common, const LargeOptions& options) { Large(common, options).run(); }

}  // namespace yi::bench
