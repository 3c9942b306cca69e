#pragma once
// What a program did to its files, written down as it happens. The library forgetful.cpp goes before libc (LD_PRELOAD) in a process of ours;
// power_cut.h makes of its record what would be on the disk, had the power failed at any moment.
#include <cstdint>

namespace yi::simulation {

inline constexpr const char* kForgetRoot = "YI_FORGET_ROOT";        // the directory that is watched, an absolute path
inline constexpr const char* kForgetJournal = "YI_FORGET_JOURNAL";  // the file of the record, outside of it

enum class FileAct : std::uint32_t {
  created,     // file, path: a new empty file has this name
  found,       // file, path: one that was there before the record began
  written,     // file, offset, bytes
  truncated,   // file, offset: its new size
  sync_begun,  // file, or path of a directory; offset: a number that the end repeats
  sync_ended,
  renamed,     // path, other path
  linked,      // path, other path
  unlinked,    // path
  made,        // path: a directory
  removed,     // path: a directory
};

// Followed by the bytes of path, other path, and data.
struct FileEntry {
  FileAct act;
  std::uint32_t path_bytes, other_bytes, data_bytes;
  std::uint64_t file, offset;
};

}  // namespace yi::simulation
