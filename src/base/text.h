#pragma once
// UTF-8 text: the only encoding inside the house.
#include <string>
#include <string_view>
#include <vector>

namespace yi {

bool valid_utf8(std::string_view s);               // strict: no overlong forms, no surrogates
std::size_t count_code_points(std::string_view s); // of valid UTF-8
std::u32string to_utf32(std::string_view s);       // invalid bytes become U+FFFD
std::string to_utf8(std::u32string_view s);
void append_utf8(std::string& out, char32_t c);

std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::vector<std::string> split(std::string_view s, char separator);  // keeps empty parts; "" gives {""}
std::string_view trim(std::string_view s);                            // ASCII white space
// At most `max` code points for quoting what was typed in a message; invalid bytes become U+FFFD, "…" marks a cut.
std::string excerpt(std::string_view s, std::size_t max = 40);
std::string replace_all(std::string s, std::string_view from, std::string_view to);

// 1..99 as 一 .. 九十九, for headings and numbered items.
std::string chinese_number(int n);
// & < > " ' for HTML and XML text and attributes.
std::string escape_markup(std::string_view s);
std::string hex(std::string_view bytes);

}  // namespace yi
