#pragma once
// A ZIP archive that is packed while it is written, without going back (APPNOTE 6.3.10): sizes follow each
// entry's data. libzip wants to go back to an entry's head, so it would need the whole archive in a file first.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yi::publish {

class ZipStream {
 public:
  ZipStream();
  ~ZipStream();
  void begin_entry(std::string name);
  void add(std::string_view bytes);
  void end_entry();
  void finish();  // the directory
  std::string& out() { return out_; }  // what is packed; the caller takes it away

 private:
  struct Packer;
  struct Entry {
    std::string name;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0, size = 0, at = 0;
  };
  void put(std::string_view bytes);
  void pack(std::string_view bytes, bool last);
  std::unique_ptr<Packer> packer_;
  std::vector<Entry> entries_;
  std::uint64_t written_ = 0;
  std::string out_;
};

}  // namespace yi::publish
