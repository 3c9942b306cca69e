#pragma once
#include <string>
#include <string_view>

#include "files/kind.h"

namespace yi::files {

// A name that people and their computers can bear: the last part of a path, without control characters, marks that turn
// the direction of reading, or characters that Windows refuses; at most kNameChars; ending as its kind does, so that
// "申请表.pdf.exe" becomes "申请表.pdf.exe.pdf". Never empty: "文件.pdf".
std::string safe_name(std::string_view claimed, Kind kind);
// RFC 6266: attachment, with an ASCII fallback and the name in UTF-8.
std::string content_disposition(std::string_view name);

}  // namespace yi::files
