#pragma once
// Where everything of a notice stands on its pages. The page is that of GB/T 9704-2012 (page_layout.h); 3号 type is kept
// when the paper fits one page with it, else the smaller size that saves a page, not below 4号.
#include "publish/notice.h"
#include "publish/page_layout.h"

namespace yi::publish {

// Refusals: those of FontBook::get and qr_code; "publish.glyph_missing"; "publish.bad_table" (a row with more or fewer
// cells than columns, or a column without width); "publish.row_too_tall" (a row of a table does not fit one page).
Result<PageLayout> lay_out(const Notice& notice, const LayoutOptions& options);
Result<PageLayout> lay_out(const Notice& notice, const LayoutOptions& options, FontBook& book, const FontBook::Lock& lock);

}  // namespace yi::publish
