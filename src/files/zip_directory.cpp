// APPNOTE 6.3.10 §4.3: the end record names the directory's place; each entry its sizes. An archive whose directory lies
// about sizes is still bounded by whoever unpacks it; what is refused here is what says so openly, or is built to deceive.
#include "files/zip_directory.h"

#include "files/limits.h"

namespace yi::files {
namespace {

constexpr std::size_t kEndBytes = 22, kEntryBytes = 46;
constexpr std::uint32_t kEndMark = 0x06054b50, kEntryMark = 0x02014b50;

Refusal bad_archive(const char* why) {
  return {"files.archive", std::string("压缩文件不能接收：") + why, "请重新打包，或分别上传其中的文件。", 422, ""};
}

std::uint32_t number(std::string_view s, std::size_t at, int bytes) {  // little-endian
  std::uint32_t n = 0;
  for (int i = bytes; i-- > 0;) n = n << 8 | static_cast<unsigned char>(s[at + static_cast<std::size_t>(i)]);
  return n;
}

struct Seen {
  bool ofd = false, types = false, word = false, sheet = false;
  std::uint64_t packed = 0, unpacked = 0;
};

Checked look_at(std::string_view entry, std::string_view name, Seen& seen) {
  if (number(entry, 8, 2) & 1) return bad_archive("其中有加密的文件，无法检查。");
  const auto packed = number(entry, 20, 4), unpacked = number(entry, 24, 4);
  if (packed == 0xffffffff || unpacked == 0xffffffff) return bad_archive("其中有超过 4 GB 的文件。");
  seen.packed += packed;
  seen.unpacked += unpacked;
  if (name.empty() || name.starts_with('/') || name.find('\\') != name.npos || name.find("..") != name.npos || name.find('\0') != name.npos)
    return bad_archive("其中有不允许的文件名。");
  if (name.ends_with("vbaProject.bin")) return bad_archive("其中含有宏。");
  seen.ofd |= name == "OFD.xml";
  seen.types |= name == "[Content_Types].xml";
  seen.word |= name == "word/document.xml";
  seen.sheet |= name == "xl/workbook.xml";
  return Done{};
}

}  // namespace

Result<Kind> read_zip_directory(std::string_view tail, std::uint64_t size) {
  if (tail.size() < kEndBytes) return bad_archive("文件不完整。");
  // The comment's length must lead exactly to the end: what stands behind the archive is not part of it.
  std::size_t end = tail.npos;
  for (std::size_t comment = 0; comment <= 0xffff && comment + kEndBytes <= tail.size(); ++comment) {
    const auto at = tail.size() - kEndBytes - comment;
    if (number(tail, at, 4) != kEndMark || number(tail, at + 20, 2) != comment) continue;
    end = at;
    break;
  }
  if (end == tail.npos) return bad_archive("文件不完整。");
  const std::uint64_t entries = number(tail, end + 10, 2), bytes = number(tail, end + 12, 4), start = number(tail, end + 16, 4);
  const auto end_at = size - (tail.size() - end);
  if (entries == 0 || entries > kArchiveEntries || number(tail, end + 4, 4) != 0 || number(tail, end + 8, 2) != entries)
    return bad_archive("其中的文件过多、没有文件，或分成了几卷。");
  if (bytes > end || start + bytes != end_at) return bad_archive("目录不完整或过长。");
  Seen seen;
  std::size_t at = end - bytes;
  for (std::uint64_t i = 0; i < entries; ++i) {
    if (at + kEntryBytes > end || number(tail, at, 4) != kEntryMark) return bad_archive("目录已损坏。");
    const std::size_t name = number(tail, at + 28, 2), rest = number(tail, at + 30, 2) + number(tail, at + 32, 2);
    if (at + kEntryBytes + name + rest > end) return bad_archive("目录已损坏。");
    YI_CHECK(look_at(tail.substr(at), tail.substr(at + kEntryBytes, name), seen));
    at += kEntryBytes + name + rest;
  }
  if (at != end || seen.packed > size) return bad_archive("目录与内容不符。");  // entries that overlap: one body unpacked many times
  if (seen.unpacked > kArchiveBytes || (seen.unpacked > kArchiveRatioFrom && seen.unpacked / kArchiveRatio > seen.packed))
    return bad_archive("解压后过大。");
  if (seen.ofd) return Kind::ofd;
  if (seen.types && seen.word) return Kind::docx;
  if (seen.types && seen.sheet) return Kind::xlsx;
  return Kind::zip;
}

}  // namespace yi::files
