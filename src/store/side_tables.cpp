#include "store/side_tables.h"

#include "store/view_walk.h"

namespace yi::store {
namespace {

std::optional<Row> row_of(Reader& reader, const View& view, const Row& key) {
  auto c = reader.select(select_row_sql(view, view.name), key);
  if (!c->next()) return std::nullopt;
  return read_row(view, *c);
}

std::vector<Row> rows_of(Reader& reader, const View& view, std::string_view sql, const Row& parameters) {
  std::vector<Row> out;
  auto c = reader.select(sql, parameters);
  while (c->next()) out.push_back(read_row(view, *c));
  return out;
}

}  // namespace

void ensure_beside(Writer& w, const std::vector<const View*>& tables) {
  bool missing = false;
  for (const auto* view : tables) missing |= !w.reader().has_table(view->name);
  if (!missing) return;
  w.begin();
  w.lock_until_commit("schema");
  for (const auto* view : tables) w.ensure_view(*view);
  w.commit();
}

SideTables::SideTables(std::unique_ptr<Store> s, CentreCode centre, bool shared) : store_(std::move(s)), centre_(centre), shared_(shared) {
  if (shared_) reader_ = store_->open_reader();
}

Result<std::unique_ptr<SideTables>> SideTables::open(const Place& place, const std::string& name, CentreCode centre, const std::vector<const View*>& tables) {
  YI_TRY(auto opened, open_beside(place, name, Mode::write));
  ensure_beside(opened->writer(), tables);
  return std::unique_ptr<SideTables>(new SideTables(std::move(opened), centre, place.on_server()));
}

std::string SideTables::word_of(const View& view, const Row& key) {
  std::string word = view.name;
  for (int i = 0; i < view.key_columns; ++i) {
    const auto& v = key[static_cast<std::size_t>(i)];
    word += '\n' + (v.kind == Value::Kind::integer ? std::to_string(v.i) : v.s);
  }
  return word;
}

void SideTables::as_one(std::string_view word, const std::function<void(Turn&)>& act) {
  std::lock_guard lock(writing_);
  auto& w = store_->writer();
  const auto once = [&] {
    w.begin();
    try {
      w.lock_until_commit(word);
      Turn turn(w);
      act(turn);
      w.commit();
    } catch (...) {
      w.rollback();
      throw;
    }
  };
  try {
    return once();
  } catch (const Failure& f) {
    if (f.kind != FailureKind::unreachable) throw;  // `unknown`: it may be stored, and a second time is another act
  }
  w.recover();
  once();
}

void SideTables::put(const View& view, Row row) {
  as_one(word_of(view, row), [&](Turn& t) { t.put(view, row); });
}
void SideTables::remove(const View& view, Row key) {
  as_one(word_of(view, key), [&](Turn& t) { t.remove(view, key); });
}

void SideTables::each(const View& view, const std::function<void(const Row&)>& f) {
  std::lock_guard lock(reading_mutex());
  for (ViewWalk walk(reading(), view, view.name, centre_); walk.next();) f(walk.row());
}

std::optional<Row> SideTables::find(const View& view, Row key) {
  std::lock_guard lock(reading_mutex());
  return row_of(reading(), view, key);
}

std::vector<Row> SideTables::select(const View& view, std::string_view sql, const Row& parameters) {
  std::lock_guard lock(reading_mutex());
  return rows_of(reading(), view, sql, parameters);
}

void SideTables::Turn::put(const View& view, Row row) { w_.change(view, view.name, {std::move(row), RowChange::Kind::merge}); }
void SideTables::Turn::remove(const View& view, Row key) { w_.change(view, view.name, {std::move(key), RowChange::Kind::remove}); }
std::optional<Row> SideTables::Turn::find(const View& view, Row key) { return row_of(w_.reader(), view, key); }
std::vector<Row> SideTables::Turn::select(const View& view, std::string_view sql, const Row& parameters) { return rows_of(w_.reader(), view, sql, parameters); }

}  // namespace yi::store
