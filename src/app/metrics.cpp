#include "app/metrics.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fstream>

#include "app/doors.h"
#include "app/log_lines.h"
#include "base/clock.h"
#include "http/exposition.h"

namespace yi::app {
namespace {

using http::Exposition;

const Instant kBegan = system_now();

void add_process(Exposition& e) {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  e.counter("process_cpu_seconds_total", "CPU time of the process");
  e.sample(seconds(usage.ru_utime) + seconds(usage.ru_stime));
  std::int64_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  e.gauge("process_resident_memory_bytes", "memory in use");
  e.sample(resident * ::sysconf(_SC_PAGESIZE));
  std::int64_t descriptors = -3;  // ".", "..", and the one that reads
  if (auto* d = ::opendir("/proc/self/fd")) {
    while (::readdir(d)) ++descriptors;
    ::closedir(d);
  }
  e.gauge("process_open_fds", "open file descriptors");
  e.sample(descriptors);
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  e.gauge("process_max_fds", "file descriptors that the process may open");
  e.sample(static_cast<std::int64_t>(limit.rlim_cur));
  e.gauge("process_start_time_seconds", "when the program began, in seconds since 1970");
  e.sample(static_cast<double>(kBegan.ms) / 1000.0);
}

void add_engine(Exposition& e, engine::Engine& engine, const DatabaseAnswer& database) {
  const auto f = engine.figures();
  const auto position = engine.position();
  e.counter("yichuang_commands_total", "commands answered by the lane, by outcome");
  e.sample(f.commands - f.refused - f.repeated, {{"outcome", "committed"}});
  e.sample(f.refused, {{"outcome", "refused"}});
  e.sample(f.repeated, {{"outcome", "repeated"}});
  e.counter("yichuang_facts_total", "facts committed");
  e.sample(f.facts);
  e.counter("yichuang_groups_total", "groups committed: one sync of the disk each");
  e.sample(f.groups);
  e.counter("yichuang_group_failures_total", "groups that could not be stored; their commands were answered 503");
  e.sample(f.failures);
  e.gauge("yichuang_ledger_position", "number of the last durable fact");
  e.sample(position);
  e.gauge("yichuang_reports_position", "number of the last fact that lists and figures have");
  e.sample(f.followed);
  e.gauge("yichuang_reports_behind", "facts that lists and figures do not have yet");
  e.sample(std::max<std::int64_t>(0, position - f.followed));
  e.gauge("yichuang_lane_waiting", "commands waiting for the next group");
  e.sample(f.queued);
  e.gauge("yichuang_lane_waiting_limit", "beyond so many waiting commands new ones are answered 503");
  e.sample(limits::kLaneQueue.value);
  e.gauge("yichuang_lane_waiting_bytes", "bodies of the commands waiting");
  e.sample(f.queued_bytes);
  e.counter("yichuang_log_bytes_total", "bytes written to the write-ahead log; 0 where the log is the database server's");
  e.sample(f.log_bytes);
  e.gauge("yichuang_readers", "connections for reading, idle and lent");
  e.sample(f.readers_idle, {{"state", "idle"}});
  e.sample(f.readers_lent, {{"state", "lent"}});
  e.gauge("yichuang_database_up", "1: the database answered when it was last asked");
  e.sample(database.up);
  e.gauge("yichuang_database_answer_seconds", "how long that took");
  e.sample(database.seconds);
  e.counter("yichuang_database_failures_total", "times that it did not answer");
  e.sample(database.failed);
  const auto standing = engine.standing();
  e.gauge("yichuang_leads", "1: this node leads its centre and can renew its lease; of a centre's nodes one does");
  e.sample(std::int64_t{standing.role == engine::Role::leading && standing.database_answers});
  e.gauge("yichuang_lease_reachable", "1: the connection of the lease stands, or the store is held alone");
  e.sample(std::int64_t{standing.database_answers});
  e.gauge("yichuang_views_fit", "0: the views in use are of a program of another version, and this node sends nobody to them");
  e.sample(std::int64_t{standing.views_fit});
  e.gauge("yichuang_clock_pinned", "1: a demonstration, whose clock began at a fixed moment");
  e.sample(engine.clock().pinned());
}

void add_traffic(Exposition& e, const http::TrafficFigures& t) {
  e.counter("yichuang_http_requests_total", "answers by kind of door and status");
  for (std::size_t n = 0; n < http::kDoorKinds; ++n)
    for (const auto& [status, count] : t.kinds[n].statuses)
      e.sample(count, {{"door", http::name_of(static_cast<http::DoorKind>(n))}, {"status", std::to_string(status)}});
  e.histogram("yichuang_http_request_seconds", "from the whole head to the ready answer; of event streams and long downloads to their beginning");
  for (std::size_t n = 0; n < http::kDoorKinds; ++n)
    e.distribution(http::kLatencyBounds, t.kinds[n].latencies, t.kinds[n].seconds, {{"door", http::name_of(static_cast<http::DoorKind>(n))}});
  e.gauge("yichuang_http_connections", "open connections");
  e.sample(t.connections);
  e.gauge("yichuang_http_connections_limit", "connections that are served at the same time");
  e.sample(t.connections_limit);
  e.counter("yichuang_http_connections_refused_total", "connections beyond that");
  e.sample(t.connections_refused);
  e.gauge("yichuang_http_event_streams", "open event streams");
  e.sample(t.event_streams);
  e.gauge("yichuang_http_uploads", "files coming in");
  e.sample(t.uploads);
  e.gauge("yichuang_http_waiting", "requests waiting for a thread: pages and papers (worker), log-ins (stranger)");
  e.sample(t.workers_waiting, {{"pool", "worker"}});
  e.sample(t.strangers_waiting, {{"pool", "stranger"}});
}

void add_rooms(Exposition& e, Installation& i) {
  e.gauge("yichuang_sessions", "sessions of people who are signed in");
  e.sample(i.gatekeeper().sessions().count());
  e.gauge("yichuang_event_listeners", "pages that hear of what moves");
  e.sample(static_cast<std::int64_t>(i.event_listeners()));
  const auto audit = i.gatekeeper().audit().figures();
  e.gauge("yichuang_audit_waiting", "entries of the access audit not yet on the disk");
  e.sample(audit.waiting);
  e.counter("yichuang_audit_entries_total", "entries of the access audit by outcome; what a failed one would have shown did not leave");
  e.sample(audit.written, {{"outcome", "written"}});
  e.sample(audit.failed, {{"outcome", "failed"}});
  const auto files = i.keeper().figures();
  e.gauge("yichuang_files", "stored files, as of the last sweep");
  e.sample(files.files);
  e.gauge("yichuang_files_bytes", "their bytes");
  e.sample(files.bytes);
  e.counter("yichuang_files_swept_total", "files taken away by the sweep: named by no fact (orphan), of erased persons (erased)");
  e.sample(files.orphans, {{"why", "orphan"}});
  e.sample(files.erased, {{"why", "erased"}});
  e.counter("yichuang_file_sweeps_total", "sweeps by outcome");
  e.sample(files.passes, {{"outcome", "done"}});
  e.sample(files.failed, {{"outcome", "failed"}});
  // Nodes that share a folder of files have it on a disk of its own.
  std::vector<std::pair<std::string, Exposition::Labels>> disks{{i.options().data_directory, {}}};
  if (const auto& shared = i.options().files_folder; !shared.empty()) disks.push_back({shared, {{"folder", "files"}}});
  const auto sample = [&](auto blocks) {
    for (const auto& [directory, labels] : disks) {
      struct statvfs disk {};
      const bool known = ::statvfs(directory.c_str(), &disk) == 0;
      e.sample(known ? static_cast<std::int64_t>(disk.*blocks) * static_cast<std::int64_t>(disk.f_frsize) : std::int64_t{0}, labels);
    }
  };
  e.gauge("yichuang_data_free_bytes", "free space where the data directory lies, and where the configured folder of files does (folder files)");
  sample(&statvfs::f_bavail);
  e.gauge("yichuang_data_size_bytes", "the whole space there");
  sample(&statvfs::f_blocks);
}

}  // namespace

std::string metrics_text(Installation& i, const DatabaseAnswer& database) {
  Exposition e;
  const auto& options = i.options();
  e.gauge("yichuang_build_info", "always 1: the program's version, and where the ledger lies");
  e.sample(std::int64_t{1}, {{"version", kVersion}, {"database", options.store_url.empty() ? "sqlite" : "postgresql"}});
  add_engine(e, i.engine(), database);
  add_traffic(e, i.traffic());
  add_rooms(e, i);
  const auto lines = log_lines();
  e.counter("yichuang_log_lines_total", "warnings and errors in the log");
  e.sample(lines.warnings, {{"level", "warning"}});
  e.sample(lines.errors, {{"level", "error"}});
  add_process(e);
  return e.text();
}

}  // namespace yi::app
