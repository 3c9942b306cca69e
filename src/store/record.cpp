#include "store/record.h"

#include <cstring>
#include <stdexcept>

namespace yi::store {
namespace {
constexpr char kVersion = 1;

void put_short(std::string& out, std::string_view s) {
  if (s.size() > 255) throw std::length_error("a record's name, stream and actor have at most 255 bytes");
  out += static_cast<char>(s.size());
  out += s;
}
void put_64(std::string& out, std::int64_t v) {
  const std::uint64_t big = __builtin_bswap64(static_cast<std::uint64_t>(v));
  out.append(reinterpret_cast<const char*>(&big), 8);
}

struct Walk {
  std::string_view rest;
  bool ok = true;
  std::string_view take(std::size_t n) {
    if (rest.size() < n) {
      ok = false;
      return {};
    }
    auto r = rest.substr(0, n);
    rest.remove_prefix(n);
    return r;
  }
  std::string_view take_short() {
    const auto n = take(1);
    return ok ? take(static_cast<unsigned char>(n[0])) : n;
  }
  std::int64_t take_64() {
    const auto b = take(8);
    std::uint64_t v = 0;
    if (ok) std::memcpy(&v, b.data(), 8);
    return static_cast<std::int64_t>(__builtin_bswap64(v));
  }
};
}  // namespace

void encode(const Record& r, std::string& out) {
  out += kVersion;
  put_short(out, r.name);
  put_short(out, r.stream);
  put_short(out, r.actor);
  put_64(out, r.effective_at.ms);
  put_64(out, r.recorded_at.ms);
  out += bytes(r.command);
  out += bytes(r.digest);
  put_64(out, r.sealed_under);
  out += r.body;
}

bool decode(std::string_view b, Record& out) {
  Walk w{b};
  const auto version = w.take(1);
  if (!w.ok || version[0] != kVersion) return false;
  out.name = w.take_short();
  out.stream = w.take_short();
  out.actor = w.take_short();
  out.effective_at.ms = w.take_64();
  out.recorded_at.ms = w.take_64();
  const auto command = w.take(16), digest = w.take(16);
  out.sealed_under = w.take_64();
  if (!w.ok) return false;
  std::memcpy(out.command.data(), command.data(), 16);
  std::memcpy(out.digest.data(), digest.data(), 16);
  out.body = w.rest;
  return true;
}

}  // namespace yi::store
