#pragma once
// The directory of an archive, judged without unpacking anything.
#include <cstdint>
#include <string_view>

#include "files/kind.h"

namespace yi::files {

// `tail`: the archive's last bytes, at least kDirectoryBytes of them where it has so many; `size`: of the whole.
// Refusal "files.archive".
Result<Kind> read_zip_directory(std::string_view tail, std::uint64_t size);

}  // namespace yi::files
