#pragma once
// Changes of one view, merged by key in memory and written in key order: one upsert a key however many facts touch it.
#include <string>
#include <unordered_map>

#include "store/database.h"

namespace yi::store {

class RowBuffer {
 public:
  explicit RowBuffer(const View& view) : view_(&view) {}
  const View& view() const { return *view_; }
  void put(Row row);      // all columns
  void remove(Row key);   // key columns
  std::size_t size() const { return changes_.size(); }
  // Writes and empties. Where a key was removed and put again, the row replaces what the table holds.
  std::size_t flush(Writer& writer, std::string_view table);
  void clear() { changes_.clear(); }

 private:
  struct Change {
    Row row;
    bool removed_first = false;  // the table's row must go before `row` is put
    bool put = false;
  };
  const View* view_;
  std::unordered_map<std::string, Change> changes_;  // by the key's bytes, which sort as the key does
};

}  // namespace yi::store
