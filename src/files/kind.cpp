#include "files/kind.h"

#include <cctype>
#include <utility>

#include "base/text.h"
#include "files/limits.h"
#include "files/zip_directory.h"

namespace yi::files {
namespace {

constexpr std::size_t kFirstBytes = 33;  // a PNG up to the end of its IHDR

struct KindRow {
  Kind kind;
  const char* media_type;
  const char* extension;
};
constexpr KindRow kKinds[] = {
    {Kind::pdf, "application/pdf", ".pdf"},
    {Kind::png, "image/png", ".png"},
    {Kind::jpeg, "image/jpeg", ".jpg"},
    {Kind::ofd, "application/ofd", ".ofd"},  // GB/T 33190-2016
    {Kind::docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    {Kind::xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    {Kind::zip, "application/zip", ".zip"},
    {Kind::text, "text/plain", ".txt"},
};
const KindRow& row(Kind kind) { return kKinds[static_cast<std::size_t>(kind) - 1]; }

Refusal unknown_kind() {
  return {"files.unknown_kind", "系统认不出这个文件的格式。", "请上传 PDF、PNG、JPEG、OFD、DOCX、XLSX、ZIP 或纯文本（UTF-8）文件。", 422, ""};
}
Refusal picture_too_large() {
  return {"files.picture_too_large", "图片的像素过多，或图片已损坏。", "请将图片缩小到 1 亿像素以内后重新上传。", 422, ""};
}

std::uint32_t number(std::string_view s, std::size_t at, int bytes) {
  std::uint32_t n = 0;
  for (int i = 0; i < bytes; ++i) n = n << 8 | static_cast<unsigned char>(s[at + static_cast<std::size_t>(i)]);
  return n;
}

bool good_size(std::uint64_t width, std::uint64_t height) {
  return width > 0 && height > 0 && width <= kPictureEdge && height <= kPictureEdge && width * height <= kPicturePixels;
}

std::string lower_type(std::string_view declared) {
  std::string s(trim(declared.substr(0, declared.find(';'))));
  for (auto& c : s) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return s == "image/jpg" ? "image/jpeg" : s;
}

}  // namespace

const char* media_type(Kind kind) { return row(kind).media_type; }
const char* extension(Kind kind) { return row(kind).extension; }

KindDetector::KindDetector(std::string_view declared) : declared_(lower_type(declared)) {}

Checked KindDetector::agree(Kind kind) const {
  if (declared_.empty() || declared_ == "application/octet-stream" || declared_ == media_type(kind)) return Done{};
  return Refusal{"files.type_differs", "文件的内容与它声明的格式不一致。", "请核对文件；如是改过扩展名的文件，请用原来的格式重新上传。", 422, ""};
}

Checked KindDetector::add(std::string_view piece) {
  size_ += piece.size();
  if (family_ == Family::unknown) {
    head_ += piece;
    if (head_.size() < kFirstBytes) return Done{};
    return begin();
  }
  if (family_ == Family::text) return add_text(piece);
  if (family_ == Family::jpeg && !picture_seen_) {
    head_ += piece;
    YI_TRY(picture_seen_, look_for_jpeg_size());
    if (picture_seen_) head_ = std::string();
    else if (head_.size() > kJpegHeadBytes) return picture_too_large();
  }
  if (family_ == Family::zip) {
    tail_ += piece;
    if (tail_.size() > 2 * kDirectoryBytes) tail_.erase(0, tail_.size() - kDirectoryBytes);
  }
  return Done{};
}

Checked KindDetector::begin() {
  const auto first = std::exchange(head_, {});
  size_ -= first.size();
  if (first.starts_with("%PDF-")) {
    family_ = Family::pdf;
    YI_CHECK(agree(Kind::pdf));
  } else if (first.starts_with("\x89PNG\r\n\x1a\n")) {
    family_ = Family::png;
    if (first.size() < kFirstBytes || first.compare(12, 4, "IHDR") != 0 || !good_size(number(first, 16, 4), number(first, 20, 4)))
      return picture_too_large();
    YI_CHECK(agree(Kind::png));
  } else if (first.starts_with("\xff\xd8\xff")) {
    family_ = Family::jpeg;
    YI_CHECK(agree(Kind::jpeg));
  } else if (first.starts_with("PK\x03\x04")) {
    family_ = Family::zip;
  } else {
    family_ = Family::text;
    YI_CHECK(agree(Kind::text));
  }
  return add(first);
}

// The segments of a JPEG up to the one that says its size (ITU-T T.81 §B.2.2). False: more bytes are needed.
Result<bool> KindDetector::look_for_jpeg_size() {
  std::size_t at = 2;
  while (at + 9 <= head_.size()) {
    if (static_cast<unsigned char>(head_[at]) != 0xff) return picture_too_large();
    const auto marker = static_cast<unsigned char>(head_[at + 1]);
    if (marker == 0xff) {  // fill byte
      ++at;
      continue;
    }
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame) {
      if (!good_size(number(head_, at + 7, 2), number(head_, at + 5, 2))) return picture_too_large();
      return true;
    }
    if (marker == 0xda || marker == 0xd9 || marker < 0xc0) return picture_too_large();  // data before any size
    at += 2 + number(head_, at + 2, 2);
  }
  return false;
}

// Plain text: UTF-8 without control characters. A character may be cut by the end of a piece.
Checked KindDetector::add_text(std::string_view piece) {
  for (const unsigned char c : piece)
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) return unknown_kind();
  head_ += piece;
  std::size_t whole = head_.size();
  for (std::size_t back = 1; back <= 3 && back <= head_.size(); ++back) {
    const auto c = static_cast<unsigned char>(head_[head_.size() - back]);
    if (c < 0x80) break;
    if (c < 0xc0) continue;
    const std::size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (length > back) whole = head_.size() - back;
    break;
  }
  if (!valid_utf8(std::string_view(head_).substr(0, whole))) return unknown_kind();
  head_.erase(0, whole);
  return Done{};
}

Result<Kind> KindDetector::finish() {
  if (family_ == Family::unknown) {
    if (head_.empty()) return unknown_kind();
    YI_CHECK(begin());
  }
  switch (family_) {
    case Family::pdf: return Kind::pdf;
    case Family::png: return Kind::png;
    case Family::jpeg:
      if (!picture_seen_) return picture_too_large();
      return Kind::jpeg;
    case Family::zip: {
      YI_TRY(const Kind kind, read_zip_directory(tail_, size_));
      YI_CHECK(agree(kind));
      return kind;
    }
    case Family::text:
      if (!head_.empty()) return unknown_kind();  // ends inside a character
      return Kind::text;
    case Family::unknown: break;
  }
  return unknown_kind();
}

}  // namespace yi::files
