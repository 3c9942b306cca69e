#include "publish/pdf_writer.h"
#include <gtest/gtest.h>
#include "publish/test_document.h"
namespace yi::publish { namespace {
TEST(Pdf, Writes) {
  for (auto m : {LineMode::grid, LineMode::word}) {
    PdfOptions o; o.line_mode = m; o.fonts = test::fonts(); o.created = {1720051200000};
    o.layout_hints = {"6 月", "13 个"};
    auto r = to_pdf(test::example(), o);
    ASSERT_TRUE(r) << r.error().sentence;
    std::ofstream(m == LineMode::grid ? "/tmp/pub_grid.pdf" : "/tmp/pub_word.pdf") << *r;
  }
}
}}
