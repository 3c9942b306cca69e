#include "store/row_buffer.h"

#include <algorithm>

namespace yi::store {

RowBuffer::RowBuffer(const View& view) : view_(&view) {
  for (const auto& c : view.columns) adds_ |= c.merge == Merge::add;
}

// Integers big-endian with the sign turned, text as UTF-8 with an end mark.
void RowBuffer::append_key(const Row& row) {
  for (int i = 0; i < view_->key_columns; ++i) {
    const Value& v = row[static_cast<std::size_t>(i)];
    if (v.kind == Value::Kind::integer) {
      const auto u = __builtin_bswap64(static_cast<std::uint64_t>(v.i) ^ (std::uint64_t{1} << 63));
      keys_.append(reinterpret_cast<const char*>(&u), 8);
    } else {
      keys_ += v.s;
      if (i + 1 < view_->key_columns) keys_ += '\0';
    }
  }
}

void RowBuffer::put(Row row) {
  const auto at = keys_.size();
  append_key(row);
  Change c{at, static_cast<std::uint32_t>(keys_.size() - at), false, true, std::move(row)};
  if (!changes_.empty() && key(changes_.back()) == key(c)) {  // facts of one command, of one day: neighbours
    keys_.resize(at);
    merge(changes_.back(), std::move(c));
    return;
  }
  changes_.push_back(std::move(c));
  // Counters have few keys and many changes: fold them now and then, so that memory follows the keys.
  if (adds_ && changes_.size() >= merge_at_) {
    sort_and_merge();
    merge_at_ = std::max<std::size_t>(1 << 14, changes_.size() * 2);
  }
}

void RowBuffer::remove(Row key_row) {
  const auto at = keys_.size();
  append_key(key_row);
  key_row.resize(static_cast<std::size_t>(view_->key_columns));
  changes_.push_back({at, static_cast<std::uint32_t>(keys_.size() - at), true, false, std::move(key_row)});
}

void RowBuffer::merge(Change& into, Change&& later) const {
  if (later.removed_first || !into.put) {
    into.removed_first |= later.removed_first;
    into.put = later.put;
    into.row = std::move(later.row);
    return;
  }
  for (auto i = static_cast<std::size_t>(view_->key_columns); i < later.row.size(); ++i) switch (view_->columns[i].merge) {
      case Merge::replace: into.row[i] = std::move(later.row[i]); break;
      case Merge::add: into.row[i].i += later.row[i].i; break;
      case Merge::keep: break;
    }
}

void RowBuffer::sort_and_merge() {
  const auto before = [&](const Change& a, const Change& b) { return key(a) < key(b); };
  if (!std::is_sorted(changes_.begin(), changes_.end(), before)) std::stable_sort(changes_.begin(), changes_.end(), before);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < changes_.size(); ++i) {
    if (key(changes_[i]) == key(changes_[kept])) merge(changes_[kept], std::move(changes_[i]));
    else if (++kept != i) changes_[kept] = std::move(changes_[i]);
  }
  if (!changes_.empty()) changes_.resize(kept + 1);
  std::string keys;
  keys.reserve(keys_.size());
  for (auto& c : changes_) {
    const auto at = keys.size();
    keys += key(c);
    c.key_at = at;
  }
  keys_.swap(keys);
}

std::size_t RowBuffer::flush(Writer& writer, std::string_view table, bool into_empty) {
  sort_and_merge();
  for (auto& c : changes_) {
    if (c.removed_first && !into_empty)
      writer.change(*view_, table, {Row(c.row.begin(), c.row.begin() + view_->key_columns), RowChange::Kind::remove});
    if (c.put) writer.change(*view_, table, {std::move(c.row), into_empty ? RowChange::Kind::insert : RowChange::Kind::merge});
  }
  const auto n = changes_.size();
  clear();
  return n;
}

void RowBuffer::clear() {
  changes_.clear();
  keys_.clear();
}

}  // namespace yi::store
