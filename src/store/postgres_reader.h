#pragma once
// Questions to PostgreSQL. An answer is read whole: whoever walks a table uses ViewWalk or events(), which ask by pages.
#include <functional>
#include <memory>

#include "store/postgres_connection.h"

namespace yi::store {

class PostgresReader : public Reader {
 public:
  // A connection of one's own: lost connections are made again, and a question outside a snapshot is asked once more.
  explicit PostgresReader(std::unique_ptr<PostgresConnection> own) : own_(std::move(own)), c_(own_.get()) {}
  // The writer's: `before` sends what it holds back.
  PostgresReader(PostgresConnection& c, std::function<void()> before) : c_(&c), before_(std::move(before)) {}

  std::unique_ptr<Cursor> select(std::string_view sql, const Row& parameters) override;
  std::unique_ptr<Cursor> select_keys(const View& view, std::string_view table, CentreCode centre, const Row& keys) override;
  void begin_snapshot() override;
  void end_snapshot() noexcept override;
  void events(CentreCode centre, std::int64_t first, std::int64_t last, const std::function<bool(const LedgerRow&)>& f) override;
  using Reader::meta;
  std::optional<std::string> meta(CentreCode centre, std::string_view key) override;
  std::vector<CentreCode> owners() override;
  bool next_centre(CentreCode& centre) override;
  std::string table_exists_sql() const override { return "SELECT 1 FROM pg_tables WHERE schemaname=current_schema() AND tablename=$1"; }

 private:
  std::unique_ptr<Cursor> ask(std::string_view sql, const PostgresParameters& parameters);
  std::unique_ptr<PostgresConnection> own_;
  PostgresConnection* c_;
  std::function<void()> before_;
};

}  // namespace yi::store
