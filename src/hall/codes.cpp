#include "hall/codes.h"

#include <fmt/format.h>

#include <charconv>

namespace yi::hall {
namespace {

constexpr int kCheckInDigits = 4, kVisitDigits = 8;

std::string digits_of(const store::KeyVault& keys, std::string_view what, std::int64_t number, int digits) {
  const auto secret = keys.derived(fmt::format("hall {} {}", what, number));
  std::uint64_t n = 0;
  for (int i = 0; i < 8; ++i) n = n << 8 | static_cast<unsigned char>(secret.reveal()[static_cast<std::size_t>(i)]);
  std::uint64_t range = 1;
  for (int i = 0; i < digits; ++i) range *= 10;
  return fmt::format("{:0{}}", n % range, digits);
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t n = 0;
  const auto r = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || r.ec != std::errc{} || r.ptr != text.data() + text.size() || n <= 0) return std::nullopt;
  return n;
}

// The number, where its digits are the right ones.
std::optional<std::int64_t> believed(const store::KeyVault& keys, std::string_view what, std::string_view text, int digits) {
  std::string plain;
  for (const char c : text) {
    if (c >= '0' && c <= '9') plain += c;
    else if (c != '-' && c != ' ') return std::nullopt;
  }
  const auto size = static_cast<std::size_t>(digits);
  if (plain.size() <= size) return std::nullopt;
  const auto n = number_of(std::string_view(plain).substr(0, plain.size() - size));
  if (!n || plain.substr(plain.size() - size) != digits_of(keys, what, *n, digits)) return std::nullopt;
  return n;
}

}  // namespace

std::string check_in_code(const store::KeyVault& keys, AppointmentId a) { return fmt::format("{}-{}", a.value, digits_of(keys, "appointment", a.value, kCheckInDigits)); }
std::optional<AppointmentId> appointment_of_code(const store::KeyVault& keys, std::string_view code) {
  const auto n = believed(keys, "appointment", code, kCheckInDigits);
  return n ? std::optional(AppointmentId{*n}) : std::nullopt;
}
std::string visit_token(const store::KeyVault& keys, TicketId t) { return fmt::format("{}-{}", t.value, digits_of(keys, "visit", t.value, kVisitDigits)); }
std::optional<TicketId> ticket_of_token(const store::KeyVault& keys, std::string_view token) {
  const auto n = believed(keys, "visit", token, kVisitDigits);
  return n ? std::optional(TicketId{*n}) : std::nullopt;
}

}  // namespace yi::hall
