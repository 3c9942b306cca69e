#include "crypto/masking.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace yi::crypto {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// The first `head` and the last `tail` characters, stars between.
std::string keep(const std::u32string& s, std::size_t head, std::size_t tail) {
  std::u32string out(s.size(), U'*');
  std::copy(s.begin(), s.begin() + static_cast<std::ptrdiff_t>(head), out.begin());
  std::copy(s.end() - static_cast<std::ptrdiff_t>(tail), s.end(), out.end() - static_cast<std::ptrdiff_t>(tail));
  return to_utf8(out);
}
std::string stars(const std::u32string& s) { return std::string(s.size(), '*'); }

using Words = std::initializer_list<std::u32string_view>;

// What cannot stand in the name of a division: then the mark behind it belongs to something smaller.
bool is_name_of_division(std::u32string_view name) {
  if (name.empty() || name.size() > 10) return false;
  for (const char32_t c : name)
    if (c < 0x4E00 || c > 0x9FFF || std::u32string_view(U"路巷弄号栋幢室楼组村").find(c) != std::u32string_view::npos) return false;
  return true;
}
// 小区, 园区 … are addresses below a township.
bool is_estate(std::u32string_view name_with_mark) {
  for (const std::u32string_view end : Words{U"小区", U"社区", U"园区", U"校区", U"院区", U"厂区", U"宿舍区", U"生活区", U"住宅区"})
    if (name_with_mark.ends_with(end)) return true;
  return false;
}

// The end of the first division behind `from` that one of the marks closes.
std::optional<std::size_t> end_of(const std::u32string& s, std::size_t from, Words marks) {
  std::optional<std::size_t> best;
  for (const auto mark : marks) {
    for (auto at = s.find(mark, from + 1); at != std::u32string::npos; at = s.find(mark, at + 1)) {
      const auto end = at + mark.size();
      // 镇江市, 新乡县: the mark is a part of a name that goes on.
      if (end < s.size() && std::u32string_view(U"县市区旗").find(s[end]) != std::u32string_view::npos) continue;
      const auto name = std::u32string_view(s).substr(from, at - from);
      if (!is_name_of_division(name) || is_estate(std::u32string_view(s).substr(from, end - from))) break;
      if (!best || end < *best) best = end;
      break;
    }
  }
  return best;
}

}  // namespace

std::string mask_name(std::string_view name) {
  const auto s = to_utf32(name);
  if (s.size() < 2) return stars(s);
  return keep(s, 1, s.size() == 2 ? 0 : 1);
}

std::string mask_id_number(std::string_view number) {
  const auto s = to_utf32(number);
  const bool citizen = (s.size() == 18 || s.size() == 15) && std::all_of(s.begin(), s.end() - 1, is_digit) &&
                       (is_digit(s.back()) || (s.size() == 18 && (s.back() == U'X' || s.back() == U'x')));
  return citizen ? keep(s, 3, s.size() == 18 ? 4 : 3) : stars(s);
}

std::string mask_phone(std::string_view phone) {
  const auto s = to_utf32(phone);
  const auto digits = std::count_if(s.begin(), s.end(), is_digit);
  const bool number = std::all_of(s.begin(), s.end(), [](char32_t c) { return is_digit(c) || c == U'+' || c == U'-' || c == U' '; });
  const bool ends_in_four = s.size() >= 4 && std::all_of(s.end() - 4, s.end(), is_digit);
  if (!number || digits < 7 || !ends_in_four) return stars(s);
  return s.size() == 11 && digits == 11 ? keep(s, 3, 4) : keep(s, 0, 4);
}

std::string mask_bank_card(std::string_view card) {
  const auto s = to_utf32(card);
  return s.size() >= 12 && s.size() <= 19 && std::all_of(s.begin(), s.end(), is_digit) ? keep(s, 0, 4) : stars(s);
}

std::string mask_address(std::string_view address) {
  const auto s = to_utf32(address);
  std::size_t at = 0;
  if (const auto end = end_of(s, 0, {U"省", U"自治区", U"特别行政区"})) at = *end;
  bool municipality = false;
  if (const auto end = end_of(s, at, {U"市", U"自治州", U"地区", U"盟"})) {
    at = *end;
    municipality = true;
  }
  const Words townships{U"街道", U"镇", U"乡", U"苏木"};
  const auto county = end_of(s, at, {U"区", U"县", U"市", U"旗"});
  const auto first_township = end_of(s, at, townships);
  // 东莞, 中山, 儋州, 嘉峪关 have townships right below the city.
  if (municipality && first_township && (!county || *first_township < *county)) {
    at = *first_township;
  } else if (county) {
    at = *county;
    if (const auto township = end_of(s, at, townships)) at = *township;
  } else {
    return stars(s);
  }
  return to_utf8(std::u32string_view(s).substr(0, at)) + "****";
}

}  // namespace yi::crypto
