#include "files/kind.h"

#include <gtest/gtest.h>
#include <zip.h>

#include "files/limits.h"
#include "files/name.h"
#include "files/test_files.h"

namespace yi::files {
namespace {

using test::archive;

// The media type, or the refusal's code; fed in pieces of `cut` bytes.
std::string judged(std::string_view bytes, std::string_view declared = "", std::size_t cut = 100'000) {
  KindDetector d(declared);
  while (!bytes.empty()) {
    if (auto r = d.add(bytes.substr(0, cut)); !r) return r.error().code;
    bytes.remove_prefix(std::min(cut, bytes.size()));
  }
  auto kind = d.finish();
  return kind ? media_type(*kind) : kind.error().code;
}

const std::vector<test::Entry> kDocx{{"[Content_Types].xml"}, {"word/document.xml"}};

TEST(Kind, IsFoundByTheBytesWhateverTheCuts) {
  const std::pair<std::string, const char*> all[] = {
      {"%PDF-1.7\nrest", "application/pdf"},
      {test::png(100, 200), "image/png"},
      {test::jpeg(100, 200), "image/jpeg"},
      {test::jpeg(100, 200, 400'000), "image/jpeg"},
      {archive({{"OFD.xml"}, {"Doc_0/Document.xml"}}), "application/ofd"},
      {archive(kDocx, "注释"), media_type(Kind::docx)},
      {archive({{"[Content_Types].xml"}, {"xl/workbook.xml"}}), media_type(Kind::xlsx)},
      {archive({{"a.txt"}}), "application/zip"},
      {"申请表\r\n姓名\t张三\n", "text/plain"},
      {"a", "text/plain"},
  };
  for (const auto& [bytes, type] : all)
    for (const std::size_t cut : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
      EXPECT_EQ(judged(bytes, "", cut), type);
      EXPECT_EQ(judged(bytes, std::string(type) + "; charset=utf-8", cut), type);
      EXPECT_EQ(judged(bytes, "application/octet-stream", cut), type);
      EXPECT_EQ(judged(bytes, "video/mp4", cut), "files.type_differs") << type;
    }
}

TEST(Kind, RefusesWhatItDoesNotKnow) {
  for (const std::string& bytes : {std::string("MZ\x90\0\3", 5), std::string("\x7f") + "ELF", std::string(), std::string("GIF89a\1\0", 8),
                                   std::string("\xff\xfe\x61\0", 4), std::string("\xe4\xbd"), std::string("abc\xe4\xbd"),
                                   std::string(50, 'a') + "\xc0\x80", std::string("\x1b[31m")})
    EXPECT_EQ(judged(bytes), "files.unknown_kind") << bytes;
  EXPECT_EQ(judged("<script>", "image/png"), "files.type_differs");
  EXPECT_EQ(judged(test::png(1, 1), "image/jpg"), "files.type_differs");
}

TEST(Kind, LimitsPictures) {
  EXPECT_EQ(judged(test::png(10'000, 10'000)), "image/png");
  EXPECT_EQ(judged(test::png(10'001, 10'000)), "files.picture_too_large");
  EXPECT_EQ(judged(test::png(0, 10)), "files.picture_too_large");
  EXPECT_EQ(judged(test::png(30'001, 1)), "files.picture_too_large");
  EXPECT_EQ(judged(test::png(65'536, 65'536)), "files.picture_too_large");
  EXPECT_EQ(judged(test::png(10, 10).substr(0, 20)), "files.picture_too_large");
  EXPECT_EQ(judged(test::jpeg(60'000, 60'000)), "files.picture_too_large");
  EXPECT_EQ(judged(test::jpeg(10, 10, 3'000'000)), "files.picture_too_large");  // no size within reason
  EXPECT_EQ(judged("\xff\xd8\xff\xda data before any size"), "files.picture_too_large");
  EXPECT_EQ(judged(test::jpeg(10, 10).substr(0, 20)), "files.picture_too_large");
}

TEST(Kind, RefusesBombsAndLies) {
  EXPECT_EQ(judged(archive({{"a", 1'000, 9'000'000}})), "application/zip");             // small, whatever its ratio
  EXPECT_EQ(judged(archive({{"a", 1'000, 11'000'000}})), "files.archive");              // 11,000 to one
  EXPECT_EQ(judged(archive({{"a", 100'000, 19'000'000}})), "application/zip");
  EXPECT_EQ(judged(archive({{"a", 3'000'000, 300'000'000}, {"b", 3'000'000, 300'000'000}})), "files.archive");  // too much in all
  EXPECT_EQ(judged(archive({{"a", 10, 0xffffffff}})), "files.archive");
  EXPECT_EQ(judged(archive(std::vector<test::Entry>(50, {"a", 5'000, 5'000}), "", true)), "files.archive");     // one body, 50 names
  EXPECT_EQ(judged(archive(std::vector<test::Entry>(5'001, {"a", 0, 0}))), "files.archive");
  EXPECT_EQ(judged(archive({{"a", 10, 10, 1}})), "files.archive");                      // sealed
  for (const char* name : {"../a", "/etc/x", "a\\b", "word/vbaProject.bin", ""})
    EXPECT_EQ(judged(archive({{name}})), "files.archive") << name;
  const auto good = archive(kDocx);
  for (std::size_t size = 4; size < good.size(); ++size) EXPECT_NE(judged(good.substr(0, size)).substr(0, 11), "application") << size;
  EXPECT_EQ(judged(good + "something behind it"), "files.archive");
  EXPECT_EQ(judged(good, "application/pdf"), "files.type_differs");
}

TEST(Kind, TakesAnArchiveThatAPackerMade) {
  zip_error_t error;
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(memory);
  zip_t* z = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
  ASSERT_NE(z, nullptr);
  const std::string text(50'000, 'x');
  for (const char* name : {"OFD.xml", "Doc_0/Document.xml"})
    ASSERT_GE(zip_file_add(z, name, zip_source_buffer(z, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8), 0);
  ASSERT_EQ(zip_close(z), 0);
  zip_source_open(memory);
  std::string bytes(10'000, '\0');
  bytes.resize(static_cast<std::size_t>(zip_source_read(memory, bytes.data(), bytes.size())));
  zip_source_close(memory);
  zip_source_free(memory);
  EXPECT_EQ(judged(bytes, "application/ofd"), "application/ofd");
}

TEST(Name, IsOneThatComputersCanBear) {
  EXPECT_EQ(safe_name("申请表.pdf", Kind::pdf), "申请表.pdf");
  EXPECT_EQ(safe_name("照片.JPEG", Kind::jpeg), "照片.JPEG");
  EXPECT_EQ(safe_name("申请表.pdf.exe", Kind::pdf), "申请表.pdf.exe.pdf");
  EXPECT_EQ(safe_name("../../etc/passwd", Kind::text), "passwd.txt");
  EXPECT_EQ(safe_name("C:\\Users\\a\\图.png", Kind::png), "图.png");
  EXPECT_EQ(safe_name("a\r\nset-cookie: x\".png", Kind::png), "aset-cookie x.png");
  EXPECT_EQ(safe_name("a\xe2\x80\xae" "gnp.exe", Kind::png), "agnp.exe.png");
  EXPECT_EQ(safe_name("...", Kind::zip), "文件.zip");
  EXPECT_EQ(safe_name("\xff\xfe", Kind::zip), "文件.zip");
  std::string dragons;
  for (int i = 0; i < 500; ++i) dragons += "龍";
  EXPECT_EQ(safe_name(dragons, Kind::pdf).size(), (kNameChars - 4) * 3 + 4);
  EXPECT_EQ(content_disposition("表 1.pdf"), "attachment; filename=\"____1.pdf\"; filename*=UTF-8''%E8%A1%A8%201.pdf");
}

}  // namespace
}  // namespace yi::files
