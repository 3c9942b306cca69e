#pragma once
// Inside the room: what a browser takes.
#include <string_view>

namespace yi::site {

enum class Encoding { identity, gzip, brotli };
const char* encoding_name(Encoding e);  // as Content-Encoding has it; "" for identity

// The best that `accept_encoding` (RFC 9110 §12.5.3) allows of what there is: brotli, then gzip, then neither. A coding with
// q=0 is not allowed; "*" stands for those that are not named.
Encoding best_encoding(std::string_view accept_encoding, bool has_brotli, bool has_gzip);

}  // namespace yi::site
