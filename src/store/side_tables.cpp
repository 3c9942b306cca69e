#include "store/side_tables.h"

namespace yi::store {

Result<std::unique_ptr<SideTables>> SideTables::open(const std::string& directory, const std::string& name, CentreCode centre, const std::vector<const View*>& tables) {
  YI_TRY(auto opened, open_beside(directory, name, Mode::write));
  auto& w = opened->writer();
  w.begin();
  for (const auto* view : tables) w.ensure_view(*view);
  w.commit();
  return std::unique_ptr<SideTables>(new SideTables(std::move(opened), centre));
}

void SideTables::change(const View& view, RowChange change) {
  std::lock_guard lock(m_);
  auto& w = store_->writer();
  w.begin();
  try {
    w.change(view, view.name, change);
    w.commit();
  } catch (...) {
    w.rollback();
    throw;
  }
}

void SideTables::put(const View& view, Row row) { change(view, {std::move(row), RowChange::Kind::merge}); }
void SideTables::remove(const View& view, Row key) { change(view, {std::move(key), RowChange::Kind::remove}); }

void SideTables::each(const View& view, const std::function<void(const Row&)>& f) {
  std::lock_guard lock(m_);
  auto c = store_->writer().reader().select(select_all_sql(view, view.name), {});
  while (c->next()) {
    const auto row = read_row(view, *c);
    if (row[0].i == centre_.value) f(row);
  }
}

std::optional<Row> SideTables::find(const View& view, Row key) {
  std::lock_guard lock(m_);
  auto c = store_->writer().reader().select(select_row_sql(view, view.name), key);
  if (!c->next()) return std::nullopt;
  return read_row(view, *c);
}

std::vector<Row> SideTables::select(const View& view, std::string_view sql, const Row& parameters) {
  std::lock_guard lock(m_);
  std::vector<Row> out;
  auto c = store_->writer().reader().select(sql, parameters);
  while (c->next()) out.push_back(read_row(view, *c));
  return out;
}

}  // namespace yi::store
