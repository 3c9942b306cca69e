#pragma once
// One connection to PostgreSQL by libpq: prepared statements in binary, pipelines, a deadline for every answer, and
// failures with their SQLSTATE. Not thread safe.
#include <libpq-fe.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/database.h"

namespace yi::store {

// A failure that the server named. `state` is its SQLSTATE, "" when the connection itself failed.
struct PostgresFailure : Failure {
  PostgresFailure(FailureKind k, std::string s, const std::string& what) : Failure(k, what), state(std::move(s)) {}
  std::string state;
  bool too_late = false;  // the answer's time ran out
};

struct PostgresFree {
  void operator()(PGresult* r) const { PQclear(r); }
  void operator()(PGconn* c) const { PQfinish(c); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresFree>;

// How libpq is told to connect: keywords and values.
using PostgresOptions = std::vector<std::pair<std::string, std::string>>;

// Parameters of one statement in PostgreSQL's binary form. Their bytes live as long as it.
class PostgresParameters {
 public:
  PostgresParameters() = default;
  explicit PostgresParameters(const Row& row);
  void add(std::int64_t v);
  void add(std::string_view v, Oid type);  // the bytes are the caller's
  void add(const Value& v);
  int size() const { return static_cast<int>(types.size()); }
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths, formats;

 private:
  std::deque<std::uint64_t> integers_;
};

namespace oid {
inline constexpr Oid boolean = 16, bytea = 17, int8 = 20, int2 = 21, int4 = 23, text = 25, bytea_array = 1001, text_array = 1009,
                     int8_array = 1016, numeric = 1700;
}

// A bigint of an answer in binary form.
std::int64_t integer_of(const PostgresResult& answer, int row = 0, int column = 0);

struct Place;
// Of a session in the place's schema, under this name. Refusal "store.bad_url".
Result<PostgresOptions> session_options(const Place& place, const char* name);

class PostgresConnection {
 public:
  // Of several hosts (a primary and its standbys) the one that libpq's target_session_attrs names; each is given its share of five seconds,
  // the one that was good last comes first. Throws PostgresFailure.
  explicit PostgresConnection(PostgresOptions options);

  bool alive() const { return c_ && PQstatus(c_.get()) == CONNECTION_OK; }
  void reconnect();     // prepared statements are made anew
  bool in_transaction() const { return c_ && PQtransactionStatus(c_.get()) != PQTRANS_IDLE; }
  int backend() const { return PQbackendPID(c_.get()); }

  // One statement, one answer, prepared once and kept.
  PostgresResult ask(std::string_view sql, const PostgresParameters& parameters);
  void run(const std::string& sql);         // once, and it may take as long as it takes: tables and indexes
  void run_quickly(const std::string& sql);  // once, with a deadline: BEGIN, SET, ROLLBACK

  // Several statements in one round trip; the first that fails fails them all. Nothing may be asked in between.
  void start_pipeline();
  void send(std::string_view sql, const PostgresParameters& parameters);
  void end_pipeline();     // no more statements: the server need not wait for finish_pipeline
  void finish_pipeline();  // throws the first failure; the connection is out of the pipeline either way

  // What NOTIFY brought since it was asked last; waits for it at most so long, or until `bell` (a descriptor; -1: none) can be
  // read.
  std::vector<std::string> notices(std::chrono::milliseconds at_most, int bell);

  // For ./bench, which sends the same once more: each part of every pipeline, and at its end an empty one. Set while no connection is
  // open; called by whichever thread sends.
  static inline std::function<void(const PostgresConnection&, std::string_view sql, const PostgresParameters&)> overhear;

  // For the parts of an answer that must not take longer; 0: no deadline. Past it the connection is given up.
  std::chrono::milliseconds answer_within{30'000};

 private:
  PostgresResult answer(std::int64_t deadline_ns);  // of what was sent
  void run_until(const std::string& sql, std::int64_t deadline_ns);
  const std::string& prepared(std::string_view sql, const PostgresParameters& parameters, bool in_pipeline);
  void connect();
  void connect_to(const PostgresOptions& host, std::int64_t deadline_ns);
  void wait_for_input(std::int64_t deadline_ns, bool sending);
  PostgresResult next_result(std::int64_t deadline_ns);
  std::int64_t deadline() const;
  [[noreturn]] void lost(const std::string& why, bool too_late = false);
  [[noreturn]] void fail(const PGresult* r);

  std::vector<PostgresOptions> hosts_;  // one each
  std::size_t host_ = 0;                // the one that was good last
  std::unique_ptr<PGconn, PostgresFree> c_;
  std::unordered_map<std::string, std::string> statements_;  // SQL and the types of its parameters → name
  std::string key_;
  std::vector<std::string> fresh_;  // statements that the open pipeline prepares
  int next_name_ = 0, sent_ = 0;
  bool ended_ = false;  // the open pipeline has its last statement
};

// While it lives answers may take so long; afterwards as long as before, however the block is left.
class AnswerWithin {
 public:
  AnswerWithin(PostgresConnection& c, std::chrono::milliseconds limit) : c_(c), before_(std::exchange(c.answer_within, limit)) {}
  ~AnswerWithin() { c_.answer_within = before_; }
  AnswerWithin(const AnswerWithin&) = delete;
  AnswerWithin& operator=(const AnswerWithin&) = delete;

 private:
  PostgresConnection& c_;
  const std::chrono::milliseconds before_;
};

}  // namespace yi::store
