#include "store/view_walk.h"

namespace yi::store {

ViewWalk::ViewWalk(Reader& reader, const View& view, std::string_view table, std::int64_t rows_a_page)
    : reader_(reader), view_(view), first_(select_all_sql(view, table)), page_(rows_a_page) {
  const auto n = std::to_string(view.key_columns + 1);
  further_ = select_behind_sql(view, table) + " LIMIT $" + n;
  first_ += " LIMIT $1";
}

// Keys begin with the centre: the first row of another one is behind its last.
ViewWalk::ViewWalk(Reader& reader, const View& view, std::string_view table, CentreCode centre, std::int64_t rows_a_page)
    : ViewWalk(reader, view, table, rows_a_page) {
  centre_ = centre;
  first_ = select_centre_sql(view, table) + " LIMIT $2";
}

void ViewWalk::turn_page() {
  Row parameters;
  if (rows_)
    for (int i = 0; i < view_.key_columns; ++i) {
      const auto& v = row_[static_cast<std::size_t>(i)];
      parameters.push_back(view_.columns[static_cast<std::size_t>(i)].type == Type::bytes ? Value::blob(v.s) : v);
    }
  else if (centre_) parameters.emplace_back(centre_->value);
  parameters.emplace_back(page_);
  rows_ = reader_.select(rows_ ? further_ : first_, parameters);
  left_ = page_;
}

bool ViewWalk::next() {
  if (left_ == 0) turn_page();
  if (!rows_->next()) return false;
  --left_;
  row_ = read_row(view_, *rows_);
  return !centre_ || row_[0].i == centre_->value;
}

}  // namespace yi::store
