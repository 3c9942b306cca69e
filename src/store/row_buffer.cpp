#include "store/row_buffer.h"

#include <algorithm>

namespace yi::store {
namespace {
// Bytes that order as the database orders the key: integers big-endian with the sign turned, text as UTF-8.
std::string key_bytes(const View& view, const Row& row) {
  std::string s;
  for (int i = 0; i < view.key_columns; ++i) {
    const Value& v = row[static_cast<std::size_t>(i)];
    if (v.kind == Value::Kind::integer) {
      const auto u = __builtin_bswap64(static_cast<std::uint64_t>(v.i) ^ (std::uint64_t{1} << 63));
      s.append(reinterpret_cast<const char*>(&u), 8);
    } else {
      s += v.s;
      if (i + 1 < view.key_columns) s += '\0';
    }
  }
  return s;
}
}  // namespace

void RowBuffer::put(Row row) {
  auto& c = changes_[key_bytes(*view_, row)];
  if (!c.put) {
    c.row = std::move(row);
    c.put = true;
    return;
  }
  for (std::size_t i = static_cast<std::size_t>(view_->key_columns); i < row.size(); ++i) switch (view_->columns[i].merge) {
      case Merge::replace: c.row[i] = std::move(row[i]); break;
      case Merge::add: c.row[i].i += row[i].i; break;
      case Merge::keep: break;
    }
}

void RowBuffer::remove(Row key) {
  auto& c = changes_[key_bytes(*view_, key)];
  key.resize(static_cast<std::size_t>(view_->key_columns));
  c = {std::move(key), true, false};
}

std::size_t RowBuffer::flush(Writer& writer, std::string_view table) {
  std::vector<std::pair<const std::string*, Change*>> order;
  order.reserve(changes_.size());
  for (auto& [k, c] : changes_) order.emplace_back(&k, &c);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return *a.first < *b.first; });
  for (auto& [k, c] : order) {
    if (c->removed_first) {
      Row key(c->row.begin(), c->row.begin() + view_->key_columns);
      writer.change(*view_, table, {std::move(key), true});
    }
    if (c->put) writer.change(*view_, table, {std::move(c->row), false});
  }
  const auto n = changes_.size();
  changes_.clear();
  return n;
}

}  // namespace yi::store
