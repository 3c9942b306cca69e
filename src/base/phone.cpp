#include "base/phone.h"

#include "base/text.h"

namespace yi {

bool is_phone_number(std::string_view text) {
  int digits = 0;
  bool differ = false;
  char32_t first = 0;
  for (char32_t c : to_utf32(text)) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c >= U'0' && c <= U'9') {
      if (digits++ == 0) first = c;
      differ |= c != first;
    } else if (c != U' ' && c != 0x3000 && c != U'-' && c != 0x2010 && c != 0x2013 && c != U'(' && c != U')' && c != U'+') {
      return false;
    }
  }
  return digits >= 7 && digits <= 15 && differ;
}

}  // namespace yi
