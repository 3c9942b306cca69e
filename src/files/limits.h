#pragma once
// Limits of a file's inside; sizes of uploads as such stand in base/limits.h.
#include <cstddef>
#include <cstdint>

namespace yi::files {

inline constexpr std::uint64_t kPicturePixels = 100'000'000;  // an A3 page at 600 dpi has 70 million; 400 MB when opened
inline constexpr std::uint64_t kPictureEdge = 30'000;
inline constexpr std::size_t kJpegHeadBytes = 2 * 1024 * 1024;  // Exif, ICC and a camera's preview stand before the size
inline constexpr std::size_t kDirectoryBytes = 1024 * 1024;     // of an archive: 5,000 entries of 200 bytes
inline constexpr std::size_t kArchiveEntries = 5'000;
inline constexpr std::uint64_t kArchiveBytes = 500 * 1024 * 1024;  // unpacked, all entries together
inline constexpr std::uint64_t kArchiveRatio = 200;             // unpacked to packed; office documents reach 20
inline constexpr std::uint64_t kArchiveRatioFrom = 10 * 1024 * 1024;  // smaller ones harm nobody whatever their ratio
inline constexpr std::size_t kNameChars = 120;                  // with its extension under ext4's 255 bytes
inline constexpr std::size_t kSegmentBytes = 64 * 1024;

}  // namespace yi::files
