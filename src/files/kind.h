#pragma once
// What a file is, found by its bytes alone: a name and a declared type are claims.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace yi::files {

enum class Kind : std::uint8_t { pdf = 1, png, jpeg, ofd, docx, xlsx, zip, text };

const char* media_type(Kind kind);  // "application/pdf"
const char* extension(Kind kind);   // ".pdf"

// Judges a file while it streams by. Refusals (422): "files.unknown_kind", "files.type_differs", "files.picture_too_large",
// "files.archive" (damaged, sealed, too many or too large entries, macros).
class KindDetector {
 public:
  // `declared`: the Content-Type; "" and application/octet-stream claim nothing.
  explicit KindDetector(std::string_view declared);
  Checked add(std::string_view piece);
  Result<Kind> finish();

 private:
  enum class Family { unknown, pdf, png, jpeg, zip, text };
  Checked begin();                 // the first bytes are in head_
  Checked add_text(std::string_view piece);
  Checked agree(Kind kind) const;
  Result<bool> look_for_jpeg_size();  // true when found and good

  const std::string declared_;     // lower case, without parameters
  Family family_ = Family::unknown;
  std::string head_;               // up to the picture's dimensions
  std::string tail_;               // of an archive: its directory stands at the end
  std::uint64_t size_ = 0;
  bool picture_seen_ = false;
};

}  // namespace yi::files
