#include "store/postgres_reader.h"

#include <cstring>

#include "store/dialect.h"
#include "store/postgres_batch.h"

namespace yi::store {
namespace {

constexpr std::int64_t kPage = 2'000;  // records a question; about a megabyte

template <class T>
T big_endian(const char* p) {
  T v = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) v = static_cast<T>((v << 8) | static_cast<T>(static_cast<unsigned char>(p[i])));
  return v;
}

// A whole number as SUM gives it: digits to base 10,000, the first of weight `weight`.
std::int64_t whole_number(const char* p, int length) {
  const auto digits = big_endian<std::uint16_t>(p);
  const auto weight = static_cast<std::int16_t>(big_endian<std::uint16_t>(p + 2));
  const auto sign = big_endian<std::uint16_t>(p + 4);
  if (length < 8 + 2 * digits || (sign != 0 && sign != 0x4000) || (digits > 0 && digits > weight + 1))
    throw Failure(FailureKind::other, "a number that is not whole");
  __int128 v = 0;
  for (int i = 0; i <= weight; ++i) {
    v = v * 10'000 + (i < digits ? big_endian<std::uint16_t>(p + 8 + 2 * i) : 0);
    if (v > static_cast<__int128>(1) << 63) throw Failure(FailureKind::other, "a sum beyond 64 bits");
  }
  if (sign) v = -v;
  if (v > INT64_MAX) throw Failure(FailureKind::other, "a sum beyond 64 bits");
  return static_cast<std::int64_t>(v);
}

class PostgresCursor : public Cursor {
 public:
  explicit PostgresCursor(PostgresResult r) : r_(std::move(r)), rows_(PQntuples(r_.get())) {}
  bool next() override { return ++row_ < rows_; }
  bool is_null(int i) const override { return PQgetisnull(r_.get(), row_, i) == 1; }
  std::int64_t integer(int i) const override {
    if (is_null(i)) return 0;  // as SQLite says it
    const char* p = PQgetvalue(r_.get(), row_, i);
    switch (PQftype(r_.get(), i)) {
      case oid::int8: return static_cast<std::int64_t>(big_endian<std::uint64_t>(p));
      case oid::int4: return static_cast<std::int32_t>(big_endian<std::uint32_t>(p));
      case oid::int2: return static_cast<std::int16_t>(big_endian<std::uint16_t>(p));
      case oid::boolean: return *p != 0;
      case oid::numeric: return whole_number(p, PQgetlength(r_.get(), row_, i));
      default: throw std::logic_error(std::string("column ") + PQfname(r_.get(), i) + " is no integer");
    }
  }
  std::string_view bytes(int i) const override {
    return {PQgetvalue(r_.get(), row_, i), static_cast<std::size_t>(PQgetlength(r_.get(), row_, i))};
  }

 private:
  PostgresResult r_;
  int rows_, row_ = -1;
};

// The server was restarted, or a view was rebuilt under a statement that knew its old columns. Who has waited as long as anybody waits for
// an answer does not wait once more.
bool may_ask_again(const PostgresFailure& f) {
  return (f.kind == FailureKind::unreachable && !f.too_late) || f.state == "0A000" || f.state == "26000" || f.state == "42P01";
}

}  // namespace

std::unique_ptr<Cursor> PostgresReader::select(std::string_view sql, const Row& row) { return ask(sql, PostgresParameters(row)); }

std::unique_ptr<Cursor> PostgresReader::select_keys(const View& view, std::string_view table, CentreCode centre, const Row& keys) {
  PostgresArray asked(view.columns[1].type);
  for (const auto& k : keys) asked.add(k);
  PostgresParameters p;
  p.add(std::int64_t{centre.value});
  asked.bind(p);
  return ask(kPostgres.select_by_second_key(view, table, keys.size()), p);
}

std::unique_ptr<Cursor> PostgresReader::ask(std::string_view sql, const PostgresParameters& parameters) {
  if (before_) before_();
  if (own_ && !c_->alive()) c_->reconnect();
  const bool alone = own_ && !c_->in_transaction();
  try {
    return std::make_unique<PostgresCursor>(c_->ask(sql, parameters));
  } catch (const PostgresFailure& f) {
    if (!alone || !may_ask_again(f)) throw;
  }
  c_->reconnect();
  return std::make_unique<PostgresCursor>(c_->ask(sql, parameters));
}

void PostgresReader::begin_snapshot() {
  if (before_) before_();
  static const char* const kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  if (own_ && !c_->alive()) c_->reconnect();
  try {
    c_->run_quickly(kBegin);
  } catch (const PostgresFailure& f) {
    if (!own_ || !may_ask_again(f)) throw;
    c_->reconnect();
    c_->run_quickly(kBegin);
  }
}

void PostgresReader::end_snapshot() noexcept {
  try {
    if (c_->alive() && c_->in_transaction()) c_->run_quickly("ROLLBACK");
  } catch (const std::exception&) {  // the connection is gone, and with it the snapshot
  }
}

void PostgresReader::events(CentreCode centre, std::int64_t first, std::int64_t last, const std::function<bool(const LedgerRow&)>& f) {
  while (first <= last) {
    auto c = select("SELECT seq, mark, record FROM ledger_event WHERE centre=$1 AND seq>=$2 AND seq<=$3 ORDER BY seq LIMIT $4",
                    {centre.value, first, last, kPage});
    std::int64_t n = 0;
    for (; c->next(); ++n) {
      first = c->integer(0) + 1;
      if (!f({c->integer(0), c->bytes(1), c->bytes(2)})) return;
    }
    if (n < kPage) return;
  }
}

std::optional<std::string> PostgresReader::meta(CentreCode centre, std::string_view key) {
  auto c = select("SELECT value FROM store_centre WHERE centre=$1 AND name=$2", {centre.value, key});
  if (!c->next()) return std::nullopt;
  return std::string(c->bytes(0));
}

std::vector<CentreCode> PostgresReader::owners() {
  std::vector<CentreCode> out;
  auto c = select("SELECT centre FROM store_centre WHERE name=$1 ORDER BY centre", {"centre"});
  while (c->next()) out.push_back({static_cast<std::int32_t>(c->integer(0))});
  return out;
}

bool PostgresReader::next_centre(CentreCode& centre) {
  auto c = select("SELECT centre FROM ledger_event WHERE centre>$1 ORDER BY centre LIMIT 1", {centre.value});
  if (!c->next()) return false;
  centre.value = static_cast<std::int32_t>(c->integer(0));
  return true;
}

}  // namespace yi::store
