#pragma once
// What the guards of this room share: lists of numbers in one column, and tables of one value.
#include <charconv>

#include "base/text.h"
#include "hall/ticket_events.h"
#include "store/database.h"
#include "store/view.h"

namespace yi::hall {

inline std::vector<std::int64_t> numbers(std::string_view text) {
  std::vector<std::int64_t> out;
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p < end) {
    std::int64_t n = 0;
    const auto r = std::from_chars(p, end, n);
    if (r.ec != std::errc{}) throw store::Failure(store::FailureKind::corrupt, "a list of numbers does not read: " + std::string(text));
    out.push_back(n);
    p = r.ptr + (r.ptr < end ? 1 : 0);
  }
  return out;
}

inline std::string joined(const std::vector<MatterCode>& matters) {
  std::string out;
  for (const auto& m : matters) out += (out.empty() ? "" : ",") + m.value;
  return out;
}
inline std::vector<MatterCode> matters_of(std::string_view joined) {
  std::vector<MatterCode> out;
  if (!joined.empty())
    for (const auto& code : split(joined, ',')) out.push_back({std::string(code)});
  return out;
}

inline store::View counter(const char* name, const char* key, store::Type type, const char* value) {
  return {name, 1, store::ViewKind::guard, 2, {{"centre", store::Type::integer}, {key, type}, {value, store::Type::integer}}};
}

}  // namespace yi::hall
