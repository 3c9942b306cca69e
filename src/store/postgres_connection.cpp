#include "store/postgres_connection.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/clock.h"
#include "store/postgres_open.h"

namespace yi::store {
namespace {

constexpr std::int64_t kConnectNs = 5'000'000'000;

FailureKind kind_of(std::string_view state) {
  if (state == "53100") return FailureKind::full;
  if (state == "25006" || state == "42501") return FailureKind::read_only;  // or its rights were taken away
  // No way in: a password that was changed, an account that may not log in, a database that has gone.
  if (state.starts_with("28") || state == "3D000") return FailureKind::unreachable;
  // The server ends, has crashed, or is starting; or the connection's own class.
  if (state.empty() || state.starts_with("08") || state.starts_with("57P")) return FailureKind::unreachable;
  if (state.starts_with("58")) return FailureKind::io;
  if (state.starts_with("XX")) return FailureKind::corrupt;
  // Too many connections or too little memory, a deadlock, a lock or a statement that took too long.
  if (state.starts_with("53") || state.starts_with("40") || state == "55P03" || state == "57014") return FailureKind::busy;
  return FailureKind::other;
}

// libpq explains at length; the first line says it.
std::string first_line(const char* text) {
  const std::string s(text ? text : "");
  return s.substr(0, s.find('\n'));
}

// Before a session stands, libpq gives no result to ask for the SQLSTATE; with this verbosity it ends the message.
std::string state_of_refused_connection(const std::string& message) {
  const auto n = message.size();
  if (n < 8 || message.compare(n - 8, 3, ":  ") != 0) return {};
  const auto state = message.substr(n - 5);
  const bool is = std::all_of(state.begin(), state.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
  return is ? state : std::string{};
}

// "a,b" → a, b. libpq's rule: one value stands for every host, an empty one is the usual one.
std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> out;
  for (std::size_t from = 0;;) {
    const auto to = std::min(list.find(',', from), list.size());
    out.push_back(list.substr(from, to - from));
    if (to == list.size()) return out;
    from = to + 1;
  }
}

}  // namespace

std::vector<PostgresOptions> each_host(const PostgresOptions& options) {
  std::size_t n = 1;
  const auto is_list = [](std::string_view key) { return key == "host" || key == "hostaddr" || key == "port"; };
  for (const auto& [key, value] : options)
    if (is_list(key)) n = std::max(n, parts_of(value).size());
  std::vector<PostgresOptions> out(n);
  for (const auto& [key, value] : options) {
    const auto parts = is_list(key) ? parts_of(value) : std::vector<std::string>{value};
    for (std::size_t i = 0; i < n; ++i)
      if (const auto& part = parts[std::min(i, parts.size() - 1)]; !part.empty() || !is_list(key)) out[i].emplace_back(key, part);
  }
  return out;
}

PostgresParameters::PostgresParameters(const Row& row) {
  for (const auto& v : row) add(v);
}
void PostgresParameters::add(std::int64_t v) {
  integers_.push_back(__builtin_bswap64(static_cast<std::uint64_t>(v)));
  add({reinterpret_cast<const char*>(&integers_.back()), 8}, oid::int8);
}
void PostgresParameters::add(std::string_view v, Oid type) {
  types.push_back(type);
  values.push_back(v.data() ? v.data() : "");
  lengths.push_back(static_cast<int>(v.size()));
  formats.push_back(1);
}
void PostgresParameters::add(const Value& v) {
  switch (v.kind) {
    case Value::Kind::integer: add(v.i); break;
    case Value::Kind::bytes: add(v.s, oid::text); break;
    case Value::Kind::blob: add(v.s, oid::bytea); break;
    case Value::Kind::null:
      add({}, 0);
      values.back() = nullptr;
      break;
  }
}

std::int64_t integer_of(const PostgresResult& answer, int row, int column) {
  std::uint64_t v = 0;
  std::memcpy(&v, PQgetvalue(answer.get(), row, column), 8);
  return static_cast<std::int64_t>(__builtin_bswap64(v));
}

PostgresConnection::PostgresConnection(PostgresOptions options) : hosts_(each_host(options)) { connect(); }

void PostgresConnection::reconnect() {
  c_.reset();
  statements_.clear();
  connect();
}

// Not libpq's own list: it goes on to the next host only when one refuses, and waits for one that is silent as long as we let it.
void PostgresConnection::connect() {
  const auto start = monotonic_ns(), share = kConnectNs / static_cast<std::int64_t>(hosts_.size());
  std::optional<PostgresFailure> failed;
  for (std::size_t tries = 0; tries < hosts_.size(); ++tries) {
    const auto at = (host_ + tries) % hosts_.size();
    try {
      connect_to(hosts_[at], hosts_.size() == 1 ? start + kConnectNs : monotonic_ns() + share);
      host_ = at;
      return;
    } catch (const PostgresFailure& f) {
      if (!failed || failed->state.empty()) failed = f;  // a server that says what is wrong says more than one that is not there
    }
  }
  throw *failed;
}

void PostgresConnection::connect_to(const PostgresOptions& host, std::int64_t deadline) {
  std::vector<const char*> keys, values;
  for (const auto& [k, v] : host) {
    keys.push_back(k.c_str());
    values.push_back(v.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  c_.reset(PQconnectStartParams(keys.data(), values.data(), 0));
  if (!c_) throw PostgresFailure(FailureKind::other, "", "out of memory");
  PQsetErrorVerbosity(c_.get(), PQERRORS_SQLSTATE);
  auto state = PQstatus(c_.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK) {
    if (state == PGRES_POLLING_FAILED) {
      const auto said = first_line(PQerrorMessage(c_.get()));
      const auto sqlstate = state_of_refused_connection(said);
      const bool no_password = PQconnectionNeedsPassword(c_.get()) == 1;
      c_.reset();
      throw PostgresFailure(kind_of(sqlstate), no_password ? "28P01" : sqlstate, said);
    }
    pollfd p{PQsocket(c_.get()), static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
    const auto left = (deadline - monotonic_ns()) / 1'000'000;
    const int ready = left > 0 ? ::poll(&p, 1, static_cast<int>(left)) : 0;
    if (ready == 0) {
      c_.reset();
      throw PostgresFailure(FailureKind::unreachable, "", "the server did not answer in time");
    }
    if (ready < 0 && errno != EINTR) lost(std::strerror(errno));
    state = PQconnectPoll(c_.get());
  }
  PQsetErrorVerbosity(c_.get(), PQERRORS_DEFAULT);
  PQsetnonblocking(c_.get(), 1);
  PQsetNoticeProcessor(c_.get(), [](void*, const char*) {}, nullptr);  // "relation exists, skipping" is no news
}

std::int64_t PostgresConnection::deadline() const {
  return answer_within.count() ? monotonic_ns() + answer_within.count() * 1'000'000 : INT64_MAX;
}

void PostgresConnection::lost(const std::string& why, bool too_late) {
  const std::string said = c_ && PQstatus(c_.get()) == CONNECTION_BAD ? first_line(PQerrorMessage(c_.get())) : std::string{};
  c_.reset();
  statements_.clear();
  PostgresFailure failure(FailureKind::unreachable, "", said.empty() ? why : said);
  failure.too_late = too_late;
  throw failure;
}

void PostgresConnection::fail(const PGresult* r) {
  const char* field = PQresultErrorField(r, PG_DIAG_SQLSTATE);
  const std::string state(field ? field : "");
  if (state.empty() || PQstatus(c_.get()) == CONNECTION_BAD) lost(first_line(PQresultErrorMessage(r)));
  throw PostgresFailure(kind_of(state), state, first_line(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY)) + " (PostgreSQL " + state + ")");
}

// Sends what is waiting and reads what has come, so that neither side waits for the other with full buffers.
void PostgresConnection::wait_for_input(std::int64_t deadline_ns, bool sending) {
  const auto left = deadline_ns == INT64_MAX ? -1 : (deadline_ns - monotonic_ns()) / 1'000'000;
  if (deadline_ns != INT64_MAX && left <= 0) lost("the server did not answer in time", true);
  pollfd p{PQsocket(c_.get()), static_cast<short>(POLLIN | (sending ? POLLOUT : 0)), 0};
  const int ready = ::poll(&p, 1, static_cast<int>(left));
  if (ready < 0 && errno != EINTR) lost(std::strerror(errno));
  if (ready > 0 && (p.revents & ~POLLOUT) && !PQconsumeInput(c_.get())) lost("the connection broke");
}

PostgresResult PostgresConnection::next_result(std::int64_t deadline_ns) {
  for (;;) {
    const int unsent = PQflush(c_.get());
    if (unsent < 0) {
      // What the server said before it closed may still be there to read.
      if (!PQconsumeInput(c_.get()) || PQisBusy(c_.get())) lost("the connection broke");
      break;
    }
    if (!PQisBusy(c_.get()) && unsent == 0) break;
    wait_for_input(deadline_ns, unsent > 0);
  }
  return PostgresResult(PQgetResult(c_.get()));
}

const std::string& PostgresConnection::prepared(std::string_view sql, const PostgresParameters& parameters, bool in_pipeline) {
  key_.assign(sql);
  key_ += '\0';
  key_.append(reinterpret_cast<const char*>(parameters.types.data()), parameters.types.size() * sizeof(Oid));
  if (const auto it = statements_.find(key_); it != statements_.end()) return it->second;
  const auto name = "s" + std::to_string(++next_name_);
  if (!PQsendPrepare(c_.get(), name.c_str(), std::string(sql).c_str(), parameters.size(), parameters.types.data())) lost("the connection broke");
  if (in_pipeline) {
    ++sent_;
    fresh_.push_back(key_);
  } else {
    const auto until = deadline();
    PostgresResult first = next_result(until);
    while (next_result(until)) {}
    if (PQresultStatus(first.get()) != PGRES_COMMAND_OK) fail(first.get());
  }
  return statements_.emplace(key_, name).first->second;
}

PostgresResult PostgresConnection::ask(std::string_view sql, const PostgresParameters& p) {
  if (!alive()) lost("not connected");
  const auto& name = prepared(sql, p, false);
  if (!PQsendQueryPrepared(c_.get(), name.c_str(), p.size(), p.values.data(), p.lengths.data(), p.formats.data(), 1)) lost("the connection broke");
  return answer(deadline());
}

PostgresResult PostgresConnection::answer(std::int64_t until) {
  PostgresResult first = next_result(until);
  while (first) {
    PostgresResult more = next_result(until);
    if (!more) break;
    if (PQresultStatus(more.get()) == PGRES_FATAL_ERROR) first = std::move(more);
  }
  const auto status = PQresultStatus(first.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(first.get());
  return first;
}

void PostgresConnection::run(const std::string& sql) { run_until(sql, INT64_MAX); }
void PostgresConnection::run_quickly(const std::string& sql) { run_until(sql, deadline()); }
void PostgresConnection::run_until(const std::string& sql, std::int64_t until) {
  if (!alive()) lost("not connected");
  if (!PQsendQueryParams(c_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1)) lost("the connection broke");
  answer(until);
}

void PostgresConnection::start_pipeline() {
  if (!alive()) lost("not connected");
  if (!PQenterPipelineMode(c_.get())) throw std::logic_error("a pipeline within an answer");
  sent_ = 0;
  ended_ = false;
  fresh_.clear();
}

void PostgresConnection::send(std::string_view sql, const PostgresParameters& p) {
  if (!c_) lost("not connected");
  const auto& name = prepared(sql, p, true);
  if (!PQsendQueryPrepared(c_.get(), name.c_str(), p.size(), p.values.data(), p.lengths.data(), p.formats.data(), 1)) lost("the connection broke");
  ++sent_;
  if (overhear) overhear(*this, sql, p);
  if (PQflush(c_.get()) < 0) lost("the connection broke");
}

void PostgresConnection::end_pipeline() {
  if (!c_) lost("not connected");
  if (ended_) return;
  if (!PQpipelineSync(c_.get())) lost("the connection broke");  // and sends what is waiting, as far as the way takes it
  ended_ = true;
}

void PostgresConnection::finish_pipeline() {
  end_pipeline();
  const auto until = deadline();
  PostgresResult failed;
  for (int i = 0; i < sent_; ++i) {
    while (PostgresResult r = next_result(until)) {
      const auto status = PQresultStatus(r.get());
      if (status == PGRES_FATAL_ERROR && !failed) failed = std::move(r);
      if (PQstatus(c_.get()) == CONNECTION_BAD) lost("the connection broke");
    }
  }
  PostgresResult sync = next_result(until);
  if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC || !PQexitPipelineMode(c_.get())) lost("the connection broke");
  if (failed) {
    for (const auto& key : fresh_) statements_.erase(key);  // perhaps not prepared; another name costs nothing
    fail(failed.get());
  }
  if (overhear) overhear(*this, {}, {});
}

std::vector<std::string> PostgresConnection::notices(std::chrono::milliseconds at_most, int bell) {
  if (!alive()) lost("not connected");
  std::vector<std::string> out;
  const auto take = [&] {
    while (PGnotify* n = PQnotifies(c_.get())) {
      out.emplace_back(n->extra);
      PQfreemem(n);
    }
  };
  take();  // those that came along with an answer
  if (!out.empty()) return out;
  pollfd p[2] = {{PQsocket(c_.get()), POLLIN, 0}, {bell, POLLIN, 0}};
  const int ready = ::poll(p, 2, static_cast<int>(at_most.count()));
  if (ready < 0 && errno != EINTR) lost(std::strerror(errno));
  if (ready > 0 && p[0].revents && !PQconsumeInput(c_.get())) lost("the connection broke");
  take();
  return out;
}

}  // namespace yi::store
