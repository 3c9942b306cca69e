#pragma once
// Bytes as text. Reading is strict: one value has one text, so that a changed character is a changed value or refused.
#include <optional>
#include <string>
#include <string_view>

namespace yi::crypto {

// RFC 4648 §4, with padding; unused bits of the last character must be zero.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

// RFC 4648 §6 without padding, as authenticator apps show it. Reading takes small letters and blanks too, because
// people type it.
std::string base32(std::string_view bytes);
std::optional<std::string> from_base32(std::string_view text);

// RFC 3986 §2.1: every byte but the unreserved ones, for one component of a URI.
std::string percent_encoded(std::string_view s);

// Lower-case digits only, as yi::hex writes them.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace yi::crypto
