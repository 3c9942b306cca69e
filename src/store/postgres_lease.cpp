#include "store/lease.h"

#include <charconv>

#include "store/postgres_reader.h"
#include "store/postgres_schema.h"

namespace yi::store {
namespace {

// A holder whose session is gone has died or lost its way; a second of silence lets it come back first.
constexpr std::int64_t kGoneAfterMs = 1'000;

#define YI_NOW "(extract(epoch FROM clock_timestamp())*1000)::bigint"
constexpr const char* kLook =
    "SELECT l.epoch, l.node, l.address, l.program, l.until_ms - " YI_NOW ", l.renewed_ms + $2 - " YI_NOW ", l.clock_ms, l.followed, h.seq, h.recorded_at,"
    " (SELECT count(*) FROM pg_stat_activity a WHERE a.pid=l.backend) FROM store_lease l LEFT JOIN ledger_head h ON h.centre=l.centre WHERE l.centre=$1";
constexpr const char* kTake =
    "INSERT INTO store_lease AS l(centre, epoch, node, address, program, backend, until_ms, renewed_ms, clock_ms, followed)"
    " VALUES($1, 0, $2, $3, $4, pg_backend_pid(), " YI_NOW "+$5, " YI_NOW ", 0, 0)"
    " ON CONFLICT(centre) DO UPDATE SET node=$2, address=$3, program=$4, backend=pg_backend_pid(), until_ms=" YI_NOW "+$5, renewed_ms=" YI_NOW
    " WHERE l.until_ms <= " YI_NOW " OR (l.renewed_ms + $6 <= " YI_NOW " AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.pid=l.backend)) RETURNING 1";
constexpr const char* kRaise =
    "INSERT INTO ledger_head AS h(centre, seq, groups, recorded_at, epoch, peaks) VALUES($1,0,0,0," YI_EPOCH_STEP ",'')"
    " ON CONFLICT(centre) DO UPDATE SET epoch=h.epoch+" YI_EPOCH_STEP " RETURNING epoch";
constexpr const char* kRenew =
    "UPDATE store_lease SET backend=pg_backend_pid(), until_ms=" YI_NOW "+$3, renewed_ms=" YI_NOW ", clock_ms=$4, followed=$5, address=$6 WHERE centre=$1 AND epoch=$2 RETURNING 1";
constexpr const char* kOthersLead = "SELECT count(*) FROM store_lease WHERE centre<>$1 AND until_ms > " YI_NOW;
constexpr const char* kGiveBack = "UPDATE store_lease SET until_ms=0, renewed_ms=0 WHERE centre=$1 AND epoch=$2";
// Sessions of the centre's writers, by the name that Writer::set_term gives them.
constexpr const char* kEndWriters =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename=current_user AND datname=current_database()"
    " AND application_name = $1 || current_schema() || ' ' || $2";
#undef YI_NOW

PostgresOptions options_of(const Place& place) {
  auto o = session_options(place, kLeaseName);
  if (!o) throw Failure(FailureKind::unreachable, o.error().sentence);
  return std::move(o).value();
}

}  // namespace

struct LeaseDesk::Impl {
  Impl(const Place& place, CentreCode c) : connection(options_of(place)), reader(connection, [] {}), centre(c) {
    connection.answer_within = std::chrono::milliseconds(2'000);  // a lease that is not renewed by then moves
    auto schema = reader.select("SELECT current_schema()", {});
    schema->next();
    channel = std::string(schema->bytes(0)) + "_" + std::to_string(centre.value);
    // A renewal and a notification wait for no standby: one that lags would otherwise move the lease back and forth, while nobody is gone. Who
    // leads is not lost with them: that is committed like everything else (take).
    connection.run_quickly("SET synchronous_commit=local");
  }
  PostgresConnection connection;
  PostgresReader reader;
  CentreCode centre;
  std::string channel;

  // A session of an earlier term may still hold the head's row, because nobody has told the server that its node is gone.
  void end_writers() { reader.select(kEndWriters, {std::string(kWriterName) + " ", std::to_string(centre.value)}); }
  std::int64_t raise() {
    PostgresParameters p;
    p.add(std::int64_t{centre.value});
    const auto epoch = integer_of(connection.ask(kRaise, p));  // RETURNING: there is a row
    p.add(epoch);
    connection.ask("UPDATE store_lease SET epoch=$2 WHERE centre=$1", p);
    return epoch;
  }
  void notify(const std::string& what) { reader.select("SELECT pg_notify($1, $2)", {channel, what}); }
};

struct WordHeld::Impl {
  explicit Impl(const Place& place) : connection(options_of(place)), reader(connection, [] {}) { connection.answer_within = std::chrono::milliseconds(2'000); }
  PostgresConnection connection;
  PostgresReader reader;
};
WordHeld::WordHeld(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WordHeld::WordHeld(WordHeld&&) noexcept = default;
WordHeld& WordHeld::operator=(WordHeld&&) noexcept = default;
WordHeld::~WordHeld() = default;

std::optional<WordHeld> WordHeld::take(const Place& place, CentreCode centre, const std::string& word) {
  auto impl = std::make_unique<Impl>(place);
  if (!impl->reader.select("SELECT pg_try_advisory_lock(hashtext(current_schema() || $1), $2::int)", {" " + word, std::to_string(centre.value)})->next_integer()) return std::nullopt;
  return WordHeld(std::move(impl));
}

bool WordHeld::still_held() {
  try {
    return impl_->reader.select("SELECT 1", {})->next();
  } catch (const Failure&) {
    return false;
  }
}

LeaseDesk::LeaseDesk(const Place& place, CentreCode centre) : impl_(std::make_unique<Impl>(place, centre)) {}
LeaseDesk::~LeaseDesk() = default;

LeaseSeen LeaseDesk::look() {
  LeaseSeen s;
  auto c = impl_->reader.select(kLook, {impl_->centre.value, kGoneAfterMs});
  if (!c->next()) return s;
  s.epoch = c->integer(0);
  s.holder = {std::string(c->bytes(1)), std::string(c->bytes(2)), std::string(c->bytes(3))};
  s.left = std::chrono::milliseconds(c->integer(10) ? c->integer(4) : std::min(c->integer(4), c->integer(5)));
  s.clock = {c->integer(6)};
  s.followed = c->integer(7);
  if (!c->is_null(8)) {
    s.seq = c->integer(8);
    s.recorded_at = {c->integer(9)};
  }
  return s;
}

std::optional<std::int64_t> LeaseDesk::take(const NodeName& node) {
  auto& i = *impl_;
  PostgresParameters p;
  p.add(std::int64_t{i.centre.value});
  p.add(node.name, oid::text);
  p.add(node.address, oid::text);
  p.add(node.program, oid::text);
  p.add(std::int64_t{kLeaseHolds.count()});
  p.add(kGoneAfterMs);
  try {
    i.connection.run_quickly("BEGIN");
    i.connection.run_quickly("SET LOCAL lock_timeout=500");
    i.connection.run_quickly("SET LOCAL synchronous_commit=on");
    if (PQntuples(i.connection.ask(kTake, p).get()) == 0) {
      i.connection.run_quickly("ROLLBACK");
      return std::nullopt;
    }
    i.end_writers();
    const auto epoch = i.raise();
    i.connection.run_quickly("COMMIT");
    return epoch;
  } catch (const PostgresFailure& f) {
    if (i.connection.alive()) i.connection.run_quickly("ROLLBACK");
    if (f.state == "55P03") return std::nullopt;  // another takes it at this moment, or a session is still ending: look again
    throw;
  }
}

bool LeaseDesk::renew(std::int64_t epoch, const std::string& address, const LeaseNews& news) {
  PostgresParameters p;
  for (const std::int64_t v : {std::int64_t{impl_->centre.value}, epoch, std::int64_t{kLeaseHolds.count()}, news.clock.ms, news.followed}) p.add(v);
  p.add(address, oid::text);
  return PQntuples(impl_->connection.ask(kRenew, p).get()) > 0;
}

void LeaseDesk::give_back(std::int64_t epoch) {
  PostgresParameters p;
  p.add(std::int64_t{impl_->centre.value});
  p.add(epoch);
  impl_->connection.ask(kGiveBack, p);
  impl_->notify("-1 0 0");
}

void LeaseDesk::tell(const LeaseNews& n) {
  impl_->notify(std::to_string(n.position) + " " + std::to_string(n.followed) + " " + std::to_string(n.clock.ms));
}

void LeaseDesk::listen() { impl_->connection.run_quickly("LISTEN " + impl_->channel); }

std::optional<LeaseNews> LeaseDesk::hear(std::chrono::milliseconds at_most, int bell) {
  std::optional<LeaseNews> newest;
  for (const auto& text : impl_->connection.notices(at_most, bell)) {
    std::int64_t v[3] = {};
    const char* at = text.data();
    const char* const end = at + text.size();
    bool good = true;
    for (auto& number : v) {
      if (at < end && *at == ' ') ++at;
      const auto r = std::from_chars(at, end, number);
      good &= r.ec == std::errc{};
      at = r.ptr;
    }
    if (!good) continue;  // anybody with an account of the database may say something on the channel
    if (v[0] < 0) return LeaseNews{{}, -1, 0};
    newest = LeaseNews{{v[2]}, v[0], v[1]};
  }
  return newest;
}

bool others_lead(Reader& reader, CentreCode centre) {
  return reader.has_table(lease_table().name) && reader.select(kOthersLead, {centre.value})->next_integer() > 0;
}

}  // namespace yi::store
