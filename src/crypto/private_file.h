#pragma once
// Small files that hold a secret: read only when nobody else may read them, written whole and durable or not at all.
#include <sys/types.h>

#include <string>
#include <string_view>

#include "crypto/secret.h"

namespace yi::crypto {

enum class PrivateFile {
  good,
  missing,     // no such file
  unreadable,  // no right to it, an error of the disk
  foreign,     // no regular file (a link, a pipe); or another user's, where it must be one's own
  exposed,     // group or others may read it; its bytes were not given out
};
// At most 8,192 bytes of FILE into `out`; never waits. What a service manager hands over may be another user's.
enum class Owner { anybody, oneself };
PrivateFile read_private(const std::string& file, Secret& out, Owner owner = Owner::anybody);

// FILE must not exist. Durable when true is returned, but for its name: that is the directory's (sync_directory).
bool write_synced(const std::string& file, std::string_view bytes, mode_t mode);
bool sync_directory(const std::string& directory);
// DIRECTORY/NAME complete and durable; a file that stands there already stays, and of two processes that write at the
// same moment one wins whole. False for an error of the disk.
bool put_once(const std::string& directory, const std::string& name, std::string_view bytes, mode_t mode);

}  // namespace yi::crypto
