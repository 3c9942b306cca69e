#include "files/container.h"

#include <algorithm>

#include "base/text.h"

namespace yi::files {
namespace {

constexpr std::string_view kMagic = "yifile1";
constexpr std::size_t kDescriptionBytes = 1 + 1 + 8 + 32;  // without the name

}  // namespace

Refusal damaged(const std::string& where) {
  return {"files.damaged", "保存的文件已损坏，不能打开。", "请联系系统管理员运行 yichuang verify，并从备份恢复。", 500, where};
}

std::string write_number(std::uint64_t n, int bytes) {
  std::string out;
  for (int i = bytes; i-- > 0;) out += static_cast<char>(n >> (8 * i) & 0xff);
  return out;
}

std::uint64_t read_number(std::string_view bytes) {
  std::uint64_t n = 0;
  for (const unsigned char c : bytes) n = n << 8 | c;
  return n;
}

std::string write_head(const Head& head) {
  return std::string(kMagic) + (head.sealed ? '\1' : '\0') + write_number(static_cast<std::uint64_t>(head.subject.value), 8) + head.nonce;
}

Result<Head> read_head(std::string_view bytes) {
  if (bytes.size() != kHeadBytes || !bytes.starts_with(kMagic) || static_cast<unsigned char>(bytes[7]) > 1) return damaged("");
  return Head{bytes[7] == 1, SubjectId{static_cast<std::int64_t>(read_number(bytes.substr(8, 8)))}, std::string(bytes.substr(16))};
}

std::string segment_context(const Head& head, std::uint64_t index, bool last) {
  return "file/1/" + hex(head.nonce) + "/" + std::to_string(index) + (last ? "/last" : "/more");
}

std::string write_description(const Description& d) {
  return std::string(1, static_cast<char>(d.kind)) + (d.scanned ? '\1' : '\0') + write_number(static_cast<std::uint64_t>(d.size), 8) +
         std::string(crypto::bytes(d.plain)) + d.name;
}

Result<Description> read_description(std::string_view bytes) {
  if (bytes.size() < kDescriptionBytes || bytes[0] < 1 || bytes[0] > static_cast<char>(Kind::text)) return damaged("");
  Description d;
  d.kind = static_cast<Kind>(bytes[0]);
  d.scanned = bytes[1] == 1;
  d.size = static_cast<std::int64_t>(read_number(bytes.substr(2, 8)));
  std::copy_n(bytes.begin() + 10, d.plain.size(), reinterpret_cast<char*>(d.plain.data()));
  d.name = bytes.substr(kDescriptionBytes);
  return d;
}

}  // namespace yi::files
