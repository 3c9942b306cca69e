#pragma once
// What this room wants of others; `app` wires it. All of it is called on worker threads, several at the same time.
#include <memory>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"

namespace yi::files {

// Seals under a subject's data key. Subject 0: the installation's own key. `context` is not secret; what was sealed
// under one context opens under no other. Refusals: of a key that was erased (410) or cannot be had (503).
class Cipher {
 public:
  virtual ~Cipher() = default;
  virtual Result<std::string> seal(SubjectId subject, std::string_view context, std::string_view plain) = 0;
  virtual Result<std::string> open(SubjectId subject, std::string_view context, std::string_view sealed) = 0;
};

// A virus scanner reads along while a file comes in.
class Scan {
 public:
  virtual ~Scan() = default;
  virtual Checked add(std::string_view piece) = 0;
  // "" when nothing was found, otherwise the name of what was.
  virtual Result<std::string> finish() = 0;
};
class Scanner {
 public:
  virtual ~Scanner() = default;
  // Refusal "files.scanner_unavailable" (503).
  virtual Result<std::unique_ptr<Scan>> begin() = 0;
};

}  // namespace yi::files
