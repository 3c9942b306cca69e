#pragma once
// Changes of one view, merged by key in memory and written in key order: one upsert a key however many facts touch it.
#include <cstdint>
#include <string>
#include <vector>

#include "store/database.h"

namespace yi::store {

class RowBuffer {
 public:
  explicit RowBuffer(const View& view);
  const View& view() const { return *view_; }
  void put(Row row);      // all columns
  void remove(Row key);   // key columns, or a whole row
  bool empty() const { return changes_.empty(); }
  // Writes and empties; `into_empty`: the table has no row yet, so that nothing needs to be looked up.
  // Where a key was removed and put again, the row replaces what the table holds. Returns the keys touched.
  std::size_t flush(Writer& writer, std::string_view table, bool into_empty = false);
  void clear();

 private:
  // Changes are kept as they come; equal keys meet when the buffer is sorted, oldest first.
  struct Change {
    std::size_t key_at = 0;
    std::uint32_t key_length = 0;
    bool removed_first = false;  // the table's row goes before `row` is put
    bool put = false;
    Row row;
  };
  std::string_view key(const Change& c) const { return std::string_view(keys_).substr(c.key_at, c.key_length); }
  void append_key(const Row& row);
  void sort_and_merge();
  void merge(Change& into, Change&& later) const;
  const View* view_;
  bool adds_ = false;
  std::string keys_;  // bytes that order as the database orders the key
  std::vector<Change> changes_;
  std::size_t merge_at_ = 1 << 14;
};

}  // namespace yi::store
