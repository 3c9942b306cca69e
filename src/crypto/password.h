#pragma once
// Passwords are kept as Argon2id hashes (RFC 9106) by libsodium. One hash takes 64 MiB and about 0.1 s of a core
// (libsodium's INTERACTIVE limits: 2 passes over 64 MiB), so callers bound how many run at a time.
#include <cstddef>
#include <string>
#include <string_view>

#include "crypto/secret.h"

namespace yi::crypto {

inline constexpr unsigned long long kPasswordPasses = 2;
inline constexpr std::size_t kPasswordMemoryBytes = 64 * 1024 * 1024;

// "$argon2id$v=19$m=65536,t=2,p=1$…": ASCII, at most 127 characters, with its own salt. Throws std::bad_alloc when the
// memory cannot be had.
std::string hash_password(const Secret& password);
// False for a wrong password and for a hash that is not one; takes as long either way only for hashes of ours.
bool check_password(const std::string& hash, const Secret& password);
// True when the hash was made with other limits than today's: hash again at the next log-in that succeeds.
bool is_outdated(const std::string& hash);

}  // namespace yi::crypto
