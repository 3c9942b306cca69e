#include "publish/zip_stream.h"

#include <zlib.h>

#include <array>
#include <stdexcept>

namespace yi::publish {
namespace {

constexpr std::uint16_t kFlags = 0x0808;  // sizes follow the data; names are UTF-8
constexpr std::uint16_t kVersion = 20, kDeflate = 8;
// 1 January 1980: the same table gives the same bytes.
constexpr std::uint16_t kTime = 0, kDate = 0x21;
constexpr std::uint64_t kMost = 0xffffffff;  // of an entry and of the archive, without ZIP64
// Level 1: a table's XML packs to a tenth with it and takes a third of level 6's time.
constexpr int kLevel = 1;

std::string little(std::uint64_t n, int bytes) {
  std::string s;
  for (int i = 0; i < bytes; ++i) s += static_cast<char>(n >> (8 * i) & 0xff);
  return s;
}

std::string sizes(std::uint32_t crc, std::uint64_t packed, std::uint64_t size) { return little(crc, 4) + little(packed, 4) + little(size, 4); }

}  // namespace

struct ZipStream::Packer {
  Packer() {
    if (deflateInit2(&z, kLevel, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("deflateInit2");
  }
  ~Packer() { deflateEnd(&z); }
  z_stream z{};
};

ZipStream::ZipStream() : packer_(std::make_unique<Packer>()) {}
ZipStream::~ZipStream() = default;

void ZipStream::put(std::string_view bytes) {
  out_ += bytes;
  written_ += bytes.size();
}

void ZipStream::begin_entry(std::string name) {
  deflateReset(&packer_->z);
  Entry e;
  e.name = std::move(name);
  e.at = written_;
  e.crc = static_cast<std::uint32_t>(crc32(0, nullptr, 0));
  put("PK\3\4" + little(kVersion, 2) + little(kFlags, 2) + little(kDeflate, 2) + little(kTime, 2) + little(kDate, 2) + sizes(0, 0, 0) +
      little(e.name.size(), 2) + little(0, 2) + e.name);
  entries_.push_back(std::move(e));
}

void ZipStream::pack(std::string_view bytes, bool last) {
  auto& z = packer_->z;
  auto& e = entries_.back();
  std::array<char, 32 * 1024> block;  // NOLINT: written before it is read
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  do {
    z.next_out = reinterpret_cast<Bytef*>(block.data());
    z.avail_out = static_cast<uInt>(block.size());
    deflate(&z, last ? Z_FINISH : Z_NO_FLUSH);
    const auto n = block.size() - z.avail_out;
    e.packed += n;
    put({block.data(), n});
  } while (z.avail_out == 0);
  if (e.size > kMost || written_ > kMost) throw std::runtime_error("a table of more than 4 GB");
}

void ZipStream::add(std::string_view bytes) {
  auto& e = entries_.back();
  e.crc = static_cast<std::uint32_t>(crc32(e.crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
  e.size += bytes.size();
  pack(bytes, false);
}

void ZipStream::end_entry() {
  pack({}, true);
  const auto& e = entries_.back();
  put("PK\7\x08" + sizes(e.crc, e.packed, e.size));
}

void ZipStream::finish() {
  const auto at = written_;
  for (const auto& e : entries_)
    put("PK\1\2" + little(kVersion, 2) + little(kVersion, 2) + little(kFlags, 2) + little(kDeflate, 2) + little(kTime, 2) + little(kDate, 2) +
        sizes(e.crc, e.packed, e.size) + little(e.name.size(), 2) + little(0, 12) + little(e.at, 4) + e.name);
  put("PK\5\6" + little(0, 4) + little(entries_.size(), 2) + little(entries_.size(), 2) + little(written_ - at, 4) + little(at, 4) + little(0, 2));
}

}  // namespace yi::publish
