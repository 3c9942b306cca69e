#pragma once
// The files of a centre, taken from one folder to another that may be on another disk or machine.
#include <cstdint>
#include <optional>
#include <string>

#include "files/store.h"

namespace yi::app {

struct CopiedFiles {
  std::int64_t files = 0;             // of the old folder, that are in the new one by now
  std::optional<std::string> broken;  // the first file of the new folder whose bytes are not its name's
};
// Each whole and durable before it has its name; what the new folder has already stays. Then the new folder is read, whole: a file's name
// says what it holds. Nothing where both are the same folder. Throws std::filesystem::filesystem_error.
CopiedFiles copy_files(const files::Folder& from, const files::Folder& to);

}  // namespace yi::app
