#pragma once
// Every row of a view's table in key order, by pages: memory does not grow with the table, and other questions may be asked
// meanwhile. Between pages the reader sees what is newest; who wants one state begins a snapshot.
#include "store/database.h"

namespace yi::store {

class ViewWalk {
 public:
  // `table` is the view's name, or the name of a copy of it.
  ViewWalk(Reader& reader, const View& view, std::string_view table, std::int64_t rows_a_page = 4'096);
  // One centre's rows alone.
  ViewWalk(Reader& reader, const View& view, std::string_view table, CentreCode centre, std::int64_t rows_a_page = 4'096);
  bool next();
  const Row& row() const { return row_; }

 private:
  void turn_page();
  Reader& reader_;
  const View& view_;
  std::optional<CentreCode> centre_;
  std::string first_, further_;
  std::int64_t page_, left_ = 0;
  std::unique_ptr<Cursor> rows_;
  Row row_;
};

}  // namespace yi::store
