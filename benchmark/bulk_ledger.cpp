#include "benchmark/bulk_ledger.h"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "app/installation.h"
#include "base/clock.h"
#include "base/text.h"
#include "benchmark/served.h"
#include "bulletin/commands.h"
#include "casework/case_state.h"
#include "replay/replay.h"
#include "store/copy_ledger.h"
#include "store/data_keys.h"
#include "store/merkle.h"

namespace yi::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRecords = 16'384;  // a transaction of the target, about
constexpr std::size_t kAhead = 3;         // transactions that may wait for the writing thread

// What the target gets in one transaction.
struct Batch {
  struct Event {
    std::int64_t seq;
    crypto::Digest leaf;
    std::size_t at, length;  // in `bytes`
  };
  store::HeadRow from, to;
  std::vector<Event> events;
  std::vector<store::GroupRow> groups;
  std::string bytes;
};

// Writes batches in the order in which they come, on a thread of its own.
class Target {
 public:
  Target(store::Writer& w, CentreCode centre) : w_(w), centre_(centre), thread_([this] { loop(); }) {}
  ~Target() { end(); }
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  void put(Batch b) {
    std::unique_lock lock(m_);
    room_.wait(lock, [&] { return waiting_.size() < kAhead || failed_; });
    if (failed_) std::rethrow_exception(failed_);
    waiting_.push_back(std::move(b));
    more_.notify_one();
  }
  void finish() {
    end();
    if (failed_) std::rethrow_exception(failed_);
  }
  double seconds() const { return static_cast<double>(worked_ns_) / 1e9; }

 private:
  void end() {
    {
      std::lock_guard lock(m_);
      ended_ = true;
    }
    more_.notify_one();
    if (thread_.joinable()) thread_.join();
  }
  void loop() {
    for (;;) {
      std::unique_lock lock(m_);
      more_.wait(lock, [&] { return !waiting_.empty() || ended_; });
      if (waiting_.empty() || failed_) return;
      const Batch b = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      room_.notify_one();
      try {
        const auto start = monotonic_ns();
        write(b);
        worked_ns_ += monotonic_ns() - start;
      } catch (...) {
        w_.rollback();
        std::lock_guard again(m_);
        failed_ = std::current_exception();
        room_.notify_one();
        return;
      }
    }
  }
  void write(const Batch& b) {
    w_.begin();
    for (const auto& e : b.events)
      w_.append_event(centre_, {e.seq, crypto::bytes(e.leaf).substr(0, 8), std::string_view(b.bytes).substr(e.at, e.length)});
    for (const auto& g : b.groups) w_.append_group(centre_, g);
    w_.advance_head(centre_, b.from, b.to);
    w_.commit();
  }
  store::Writer& w_;
  CentreCode centre_;
  std::mutex m_;
  std::condition_variable more_, room_;
  std::deque<Batch> waiting_;
  std::exception_ptr failed_;
  bool ended_ = false;
  std::int64_t worked_ns_ = 0;
  std::thread thread_;
};

// Decides as a lane does, one command after the other; the states of its guards lie in a database of their own.
class Rules {
 public:
  Rules(store::Writer& states, const engine::RegistryFactory& rooms, store::KeyVault& keys, CentreCode centre, store::HeadRow head, Target& target,
        BulkLoaded& out, const BulkOptions& options)
      : states_(states), registry_(rooms()), keys_(keys), centre_(centre), head_(std::move(head)), target_(target), out_(out), options_(options) {
    std::int64_t weights = 0;
    for (auto& g : registry_.guards) weights += g->cache_weight();
    for (auto& g : registry_.guards) {
      g->attach(states_.reader(), g->view().name, centre_);
      g->limit_memory(limits::kStateCacheBytes.value * g->cache_weight() / weights);
      for (auto name : g->listens_to()) guards_of_[name].push_back(g.get());
    }
    now_ = Instant{head_.recorded_at};
    day_ = civil_day(now_);
    batch_.from = head_;
  }

  // False: refused.
  bool run(std::string_view command, std::string_view body, Instant at) {
    static const engine::Actor actor{"bench", "operator"};
    if (civil_day(at) != day_) begin_day(at);
    now_ = std::max(now_, at);
    const auto* spec = registry_.find_command(command);
    const auto act = value_of(spec->parse(body));
    engine::Turn turn(centre_, now_, actor, &keys_, head_.seq);
    if (const auto done = act(turn); !done.ok()) {
      if (out_.refused++ == 0) out_.first_refusal = std::string(command) + ": " + done.error().sentence + " [" + done.error().code + "]";
      return false;
    }
    record(turn, engine::digest_of(command, body, actor.account), actor);
    if (++commands_ == options_.group_commands) close_group();
    return true;
  }
  // What is open goes to the target; the states are durable.
  void flush() {
    close_group();
    send();
  }
  std::int64_t position() const { return head_.seq; }
  Instant now() const { return now_; }

 private:
  void begin_day(Instant at) {
    static const engine::Actor system{"system", "system"};
    close_group();
    now_ = std::max(now_, at);
    day_ = civil_day(now_);
    for (const auto& timer : registry_.timers)
      for (bool more = true; more;) {
        commit_states();  // a timer asks its table, which knows what is committed
        engine::Turn turn(centre_, now_, system, &keys_, head_.seq);
        more = timer(turn);
        if (turn.facts().empty()) break;
        record(turn, engine::digest_of("timer", std::to_string(head_.seq), system.account), system);
        close_group();
      }
  }
  // In order of time and the same in every run.
  store::CommandId next_id() {
    store::CommandId id{};
    for (int i = 0; i < 6; ++i) id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now_.ms >> (40 - 8 * i));
    id[6] = 0x70;
    id[8] = 0x80;
    const auto n = ++ids_;
    for (int i = 0; i < 5; ++i) id[static_cast<std::size_t>(11 + i)] = static_cast<std::uint8_t>(n >> (32 - 8 * i));
    return id;
  }
  void record(const engine::Turn& turn, const store::CommandDigest& digest, const engine::Actor& actor) {
    store::Record r;
    r.actor = actor.account;
    r.recorded_at = turn.now();
    r.command = next_id();
    r.digest = digest;
    for (const auto& f : turn.facts())
      if (f.sealed_under) {
        r.digest = keys_.bind(digest, f.sealed_under).value_or(store::CommandDigest{});
        break;
      }
    for (const auto& f : turn.facts()) {
      r.name = f.name;
      r.stream = f.stream;
      r.effective_at = f.effective_at;
      r.sealed_under = f.sealed_under.value;
      r.body = f.body;
      const auto at = batch_.bytes.size();
      store::encode(r, batch_.bytes);
      const auto seq = ++head_.seq;
      head_.recorded_at = turn.now().ms;
      const auto record = std::string_view(batch_.bytes).substr(at);
      leaves_.push_back(hash_.leaf(centre_, seq, record));
      batch_.events.push_back({seq, leaves_.back(), at, record.size()});
      out_.record_bytes += static_cast<std::int64_t>(record.size());
      const engine::RecordedFact fact{centre_, seq, r, &keys_};
      if (auto it = guards_of_.find(f.name); it != guards_of_.end())
        for (auto* g : it->second) g->apply(fact);
    }
  }
  void close_group() {
    commands_ = 0;
    if (leaves_.empty()) return;
    store::GroupRow g;
    g.number = ++head_.groups;
    g.count = static_cast<std::int64_t>(leaves_.size());
    g.first_seq = head_.seq - g.count + 1;
    g.recorded_at = head_.recorded_at;
    g.root = crypto::bytes(hash_.root(leaves_));
    leaves_.clear();
    hash_.add_peak(head_.peaks, g.number, hash_.group(centre_, g));
    batch_.groups.push_back(std::move(g));
    if (batch_.events.size() >= kRecords) send();
  }
  void commit_states() {
    states_.begin();
    for (auto& guard : registry_.guards) guard->flush(states_);
    states_.commit();
    for (auto& guard : registry_.guards) guard->committed();
  }
  void send() {
    if (batch_.groups.empty()) return;
    commit_states();
    batch_.to = head_;
    out_.events += static_cast<std::int64_t>(batch_.events.size());
    out_.groups += static_cast<std::int64_t>(batch_.groups.size());
    target_.put(std::move(batch_));
    batch_ = {};
    batch_.from = head_;
  }

  store::Writer& states_;
  engine::Registry registry_;
  store::KeyVault& keys_;
  CentreCode centre_;
  store::HeadRow head_;
  Target& target_;
  BulkLoaded& out_;
  const BulkOptions& options_;
  std::unordered_map<std::string_view, std::vector<engine::Guard*>> guards_of_;
  store::LedgerHash hash_;
  std::vector<crypto::Digest> leaves_;  // of the open group
  Batch batch_;
  Instant now_;
  CivilDay day_;
  int commands_ = 0;
  std::uint64_t ids_ = 0;
};

// Follows which cases are open from one fortnight to the next, without reading those that have ended again.
class OpenCases {
 public:
  std::vector<replay::OpenCase> now(store::Reader& reader, CentreCode centre) {
    std::vector<replay::OpenCase> out;
    const auto take = [&](store::Cursor& c) {
      const auto stage = static_cast<casework::Stage>(c.integer(3));
      newest_ = std::max(newest_, c.integer(0));
      if (casework::is_end(stage)) return;
      out.push_back({CaseId{c.integer(0)}, {std::string(c.bytes(1))}, stage, static_cast<casework::CaseType>(c.integer(2)),
                     static_cast<casework::Holder>(c.integer(4)),
                     c.is_null(5) ? std::nullopt : std::optional(CivilDay{static_cast<std::int32_t>(c.integer(5))})});
    };
    const auto before = newest_;
    for (const auto id : open_) {
      auto c = reader.select("SELECT case_id, department, type, stage, holder, next_due FROM casework_case WHERE centre=$1 AND case_id=$2", {centre.value, id});
      if (c->next()) take(*c);
    }
    auto c = reader.select("SELECT case_id, department, type, stage, holder, next_due FROM casework_case WHERE centre=$1 AND case_id>$2 ORDER BY case_id",
                           {centre.value, before});
    while (c->next()) take(*c);
    open_.clear();
    for (const auto& o : out) open_.push_back(o.id.value);
    return out;
  }

 private:
  std::int64_t newest_ = 0;
  std::vector<std::int64_t> open_;
};

// A replayed demonstration in `scratch`, whose ledger and keys the target begins with.
Instant begin_centre(const std::string& scratch, const std::string& data_root, const app::Common& common, BulkLoaded& out) {
  const std::vector<replay::WeekFile> weeks{value_of(replay::load_week(data_root + "/demonstration/week-2024-06-17.yaml", "week-2024-06-17.yaml"))};
  const auto as_of = value_of(replay::as_of(weeks, *common.calendar));
  auto engine = value_of(engine::Engine::open(scratch, app::all_rooms(common), app::engine_options(common, {true, as_of})));
  value_of(replay::replay(*engine, weeks, *common.catalog, *common.calendar, 1));
  out.weeks.push_back(weeks.back().week.from);
  return Instant{as_of};
}

}  // namespace

BulkLoaded bulk_ledger(const store::Place& place, const std::string& scratch, const std::string& data_root, const app::Common& common,
                       const BulkOptions& options) {
  BulkLoaded out;
  const auto as_of = begin_centre(scratch, data_root, common, out);
  const auto centre = common.catalog->settings().centre;
  fs::create_directories(place.directory);
  fs::permissions(place.directory, fs::perms::owner_all);
  fs::copy(scratch + "/keys", place.directory + "/keys", fs::copy_options::recursive);
  auto states = value_of(store::open_sqlite(scratch, store::Mode::write));
  auto store = value_of(store::open(place, store::Mode::write));
  auto& w = store->writer();
  auto& old = states->writer().reader();
  store::copy_ledger(old, w, centre);
  w.begin();
  for (const char* name : {"centre", "keys"})
    if (const auto value = old.meta(name)) w.put_meta(centre, name, *value);
  w.commit();
  if (place.on_server()) value_of(store::copy_keys(store::Place(place.directory), place, centre, {}));
  auto keys = value_of(engine::open_keys(w.reader(), place, centre, {}, store::KeyAccess::make));

  const auto start = monotonic_ns();
  Target target(w, centre);
  Rules rules(states->writer(), app::all_rooms(common), *keys, centre, w.reader().head(centre), target, out, options);
  OpenCases open;
  for (CivilDay from = civil_day(as_of); rules.position() < options.events; from = from + 14) {
    const auto wanted = std::min(options.events - rules.position(), options.a_fortnight);
    if (wanted < 1'000) break;
    replay::PlanRequest q;
    // The demonstration week's proportions: 13,591 facts of 2,230, 700, 3,949 and 5,461.
    q.figures = {wanted * 2230 / 13600, wanted * 700 / 13600, wanted * 3949 / 13600, wanted * 5461 / 13600};
    q.from = from;
    q.to = from + 13;
    q.first_week = false;
    q.seed = static_cast<std::uint32_t>(from.days);
    q.open_cases = open.now(old, centre);
    const auto mixture = value_of(replay::mix(q, true));
    auto steps = value_of(replay::plan(q, mixture, *common.catalog, *common.calendar));
    for (const auto week : {from, from + 7}) {
      rules.run("bulletin.set_period", json::write(bulletin::SetPeriod{week, week + 6}), std::max(rules.now(), yi::at(week, 8, 0)));
      const auto end = yi::at(week + 7, 0, 0);
      std::size_t n = 0;
      for (; n < steps.size() && steps[n].at < end; ++n) rules.run(steps[n].command, steps[n].body, steps[n].at);
      steps.erase(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(n));
      out.weeks.push_back(week);
    }
    rules.flush();
    if (options.progress) options.progress(rules.position());
  }
  target.finish();
  out.seconds = static_cast<double>(monotonic_ns() - start) / 1e9;
  out.writing_seconds = target.seconds();
  out.last = rules.now();
  w.begin();
  w.put_meta(centre, "clock", engine::ClockSetting{true, out.last}.text());
  w.commit();
  const auto head = w.reader().head(centre);
  out.events = head.seq;
  out.groups = head.groups;
  return out;
}

}  // namespace yi::bench
