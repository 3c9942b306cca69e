#include "publish/table.h"

#include <gtest/gtest.h>
#include <zip.h>

#include <pugixml.hpp>

namespace yi::publish {
namespace {

using Rows = std::vector<std::vector<Cell>>;

std::string whole(std::unique_ptr<TableWriter> writer, const std::vector<std::string>& columns, const Rows& rows, std::size_t piece_bytes = 1'000) {
  std::size_t at = 0;
  auto pieces = table_pieces(std::move(writer), columns,
                             [&](TableWriter& w) {
                               if (at == rows.size()) return false;
                               w.row(rows[at++]);
                               return true;
                             },
                             piece_bytes);
  std::string all, piece;
  for (bool more = true; more; all += piece) {
    piece.clear();
    more = pieces(piece);
  }
  return all;
}

std::string entry(const std::string& archive, const char* name) {
  zip_error_t error;
  auto* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
  auto* z = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (!z) return "no archive";
  std::string out;
  zip_stat_t info;
  if (zip_stat(z, name, 0, &info) == 0) {
    out.resize(info.size);
    auto* f = zip_fopen(z, name, 0);
    EXPECT_EQ(zip_fread(f, out.data(), info.size), static_cast<zip_int64_t>(info.size));  // checks the CRC at its end
    EXPECT_EQ(zip_fclose(f), 0);
  }
  zip_discard(z);
  return out;
}

std::vector<std::vector<std::string>> cells(const std::string& sheet) {
  pugi::xml_document d;
  EXPECT_TRUE(d.load_string(sheet.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
  std::vector<std::vector<std::string>> out;
  for (const auto row : d.child("worksheet").child("sheetData").children("row")) {
    auto& r = out.emplace_back();
    for (const auto c : row.children("c"))
      r.push_back(c.child("v") ? std::string("#") + c.child_value("v") : std::string(c.child("is").child_value("t")));
  }
  return out;
}

TEST(Csv, IsRfc4180AndNoFormula) {
  const Rows rows{{"a", std::int64_t{-5}, 0.25},
                  {"say \"yes\", 好", std::monostate{}, std::int64_t{1}},
                  {"=1+1", "+86 139", "-x"},
                  {"@SUM(A1)", "\tx", "two\nlines"},
                  {"a=1", "", "1-2"}};
  EXPECT_EQ(whole(csv_writer(), {"名称", "=b", "c"}, rows),
            "\xef\xbb\xbf名称,\"'=b\",c\r\n"
            "a,-5,0.25\r\n"
            "\"say \"\"yes\"\", 好\",,1\r\n"
            "\"'=1+1\",\"'+86 139\",\"'-x\"\r\n"
            "\"'@SUM(A1)\",\"'\tx\",\"two\nlines\"\r\n"
            "a=1,,1-2\r\n");
  EXPECT_EQ(whole(csv_writer(), {"a"}, {}), "\xef\xbb\xbf" "a\r\n");
  auto w = csv_writer();
  w->begin({"a", "b"});
  EXPECT_THROW(w->row(std::vector<Cell>{"one"}), std::logic_error);
}

TEST(Xlsx, IsAnArchiveThatOthersRead) {
  std::string dragons;
  for (int i = 0; i < 40'000; ++i) dragons += "龍";
  const std::string odd = "<b>&\"'\x01\x1f end";
  const Rows rows{{"=1+1", std::int64_t{42}, -0.5}, {std::string_view(odd), std::int64_t{1234567890123456}, std::monostate{}}, {std::string_view(dragons), "", " 空 "}};
  const auto bytes = whole(xlsx_writer("办件[2024]"), {"甲", "乙", "丙"}, rows);
  const auto read = cells(entry(bytes, "xl/worksheets/sheet1.xml"));
  ASSERT_EQ(read.size(), 4U);
  EXPECT_EQ(read[0], (std::vector<std::string>{"甲", "乙", "丙"}));
  EXPECT_EQ(read[1], (std::vector<std::string>{"=1+1", "#42", "#-0.5"}));
  EXPECT_EQ(read[2], (std::vector<std::string>{"<b>&\"' end", "1234567890123456", ""}));
  EXPECT_EQ(read[3][0].size(), 32'767U * 3);
  EXPECT_EQ(read[3][2], " 空 ");
  EXPECT_NE(entry(bytes, "xl/workbook.xml").find("<sheet name=\"办件2024\" sheetId=\"1\" r:id=\"rId1\"/>"), std::string::npos);
  EXPECT_NE(entry(bytes, "[Content_Types].xml").find("/xl/worksheets/sheet1.xml"), std::string::npos);
  EXPECT_EQ(whole(xlsx_writer("办件[2024]"), {"甲", "乙", "丙"}, rows, 100'000'000), bytes);  // whatever the pieces
}

}  // namespace
}  // namespace yi::publish
