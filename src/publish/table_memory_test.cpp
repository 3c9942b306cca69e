// A million rows and more: memory stays where it was, and the sheet goes on in a second one.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <iostream>

#include "publish/table.h"

namespace yi::publish {
namespace {

long peak_kb() {
  rusage u{};
  ::getrusage(RUSAGE_SELF, &u);
  return u.ru_maxrss;
}

struct Counted {
  std::uint64_t bytes = 0;
  std::size_t largest = 0;
  std::string last;
};

Counted million(std::unique_ptr<TableWriter> writer, std::int64_t rows) {
  std::int64_t n = 0;
  std::string number, day;
  auto pieces = table_pieces(std::move(writer), {"办件编号", "事项", "申请人", "部门", "收件日", "办结日", "天数", "状态"}, [&](TableWriter& w) {
    if (n == rows) return false;
    number = "51000020240617" + std::to_string(100'000'000 + n);
    day = "2024-06-" + std::to_string(10 + n % 20);
    const Cell row[] = {number, "食品经营许可（新办）", "某某有限公司", "市场监督管理局", day, day, n % 20, "已办结"};
    w.row(row);
    ++n;
    return true;
  });
  Counted c;
  std::string piece;
  for (bool more = true; more;) {
    piece.clear();
    more = pieces(piece);
    c.bytes += piece.size();
    c.largest = std::max(c.largest, piece.size());
    if (!more) c.last = piece;
  }
  return c;
}

TEST(TableMemory, StaysConstant) {
  million(xlsx_writer("办件"), 10'000);  // what is needed once
  million(csv_writer(), 10'000);
  const auto before = peak_kb();
  const auto csv = million(csv_writer(), 1'000'000);
  const auto xlsx = million(xlsx_writer("办件"), 1'100'000);
  const auto grown = peak_kb() - before;
  std::cout << "a million rows: CSV " << csv.bytes / 1'000'000 << " MB, XLSX " << xlsx.bytes / 1'000'000 << " MB, peak " << peak_kb() / 1'024
            << " MB, grown by " << grown << " kB\n";
  EXPECT_LT(grown, 4'096);
  EXPECT_LT(csv.largest, 200'000U);
  EXPECT_LT(xlsx.largest, 200'000U);
  EXPECT_NE(xlsx.last.find("xl/worksheets/sheet2.xml"), std::string::npos);  // in the directory
}

}  // namespace
}  // namespace yi::publish
