#include "engine/command_id.h"

#include <atomic>
#include <cstring>

#include "base/clock.h"
#include "crypto/random.h"
#include "crypto/sm3.h"

namespace yi::engine {

constexpr std::int64_t kDayMs = 24 * 3'600'000;

store::CommandDigest digest_of(std::string_view command_name, std::string_view body, std::string_view account) {
  thread_local crypto::Sm3 sm3;
  sm3.start();
  sm3.add(command_name);
  sm3.add(std::string_view("\0", 1));
  sm3.add(account);
  sm3.add(std::string_view("\0", 1));
  sm3.add(body);
  const auto d = sm3.finish();
  store::CommandDigest out;
  std::memcpy(out.data(), d.data(), out.size());
  return out;
}

bool is_time_ordered(std::string_view id) { return id.size() == 16 && (static_cast<std::uint8_t>(id[6]) & 0xF0) == 0x70; }

std::string first_id_of(Instant t) {
  std::string id(16, '\0');
  const auto ms = static_cast<std::uint64_t>(t.ms);
  for (int i = 0; i < 6; ++i) id[static_cast<std::size_t>(i)] = static_cast<char>(ms >> (40 - 8 * i));
  return id;
}

store::CommandId new_command_id() {
  static std::atomic<std::uint64_t> counter{0};
  store::CommandId id;
  const auto random = crypto::random_bytes(6);
  const auto ms = static_cast<std::uint64_t>(system_now().ms);
  const auto n = counter.fetch_add(1);
  for (int i = 0; i < 6; ++i) id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  id[6] = static_cast<std::uint8_t>(0x70 | ((n >> 24) & 0x0F));
  id[7] = static_cast<std::uint8_t>(n >> 16);
  id[8] = static_cast<std::uint8_t>(0x80 | ((n >> 10) & 0x3F));
  id[9] = static_cast<std::uint8_t>(n);
  std::memcpy(id.data() + 10, random.data(), 6);
  return id;
}

Result<store::CommandId> parse_command_id(std::string_view text) {
  store::CommandId id;
  std::size_t n = 0;
  bool good = text.size() == 36;
  for (std::size_t i = 0; good && i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      good = c == '-';
      continue;
    }
    const int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (v < 0) good = false;
    else if (n % 2 == 0) id[n++ / 2] = static_cast<std::uint8_t>(v << 4);
    else id[n++ / 2] |= static_cast<std::uint8_t>(v);
  }
  if (good && is_time_ordered(store::bytes(id)) && store::bytes(id) >= first_id_of(system_now() + kDayMs))
    return Refusal{"engine.bad_command_id", "请求编号中的时间比现在晚一天以上。", "请核对本机的时钟，重新生成编号后再提交。", 400, ""};
  if (!good)
    return Refusal{"engine.bad_command_id", "请求缺少编号，或编号格式不对。",
                   "请在请求头 Idempotency-Key 中带上一个 UUID，例如 0190f5fe-7c00-7a1b-8c2d-0123456789ab；每个新请求用一个新的。", 400, ""};
  return id;
}

}  // namespace yi::engine
