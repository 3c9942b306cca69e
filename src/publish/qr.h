#pragma once
// QR codes (GB/T 18284-2000, ISO/IEC 18004) as a square of modules, and as a picture.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace yi::publish {

// A printed code of 26 mm stays readable by any telephone up to version 10 (57 modules, 0.46 mm each).
inline constexpr std::size_t kQrBytes = 200;
// Light modules that the standard asks for around a code.
inline constexpr int kQuietModules = 4;

struct QrCode {
  int size = 0;            // modules a side, without the quiet zone: 21..57
  std::vector<bool> dark;  // size * size, row by row
  bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)]; }
};

// UTF-8 bytes, error correction level M (15 %): a stamp's edge may lie over the code. The same text gives the same code.
// Refusals: "publish.qr_too_long" (beyond kQrBytes), "publish.qr_empty", "publish.qr_failed".
Result<QrCode> qr_code(std::string_view text);

// A PNG with the quiet zone. `module_px` >= 1. Refusal "publish.qr_failed".
Result<std::string> qr_png(const QrCode& code, int module_px);

}  // namespace yi::publish
