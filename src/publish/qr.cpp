#include "publish/qr.h"

#include <cairo.h>
#include <fmt/format.h>
#include <qrencode.h>

#include <cstdint>
#include <memory>

namespace yi::publish {
namespace {
Refusal failed() { return {"publish.qr_failed", "二维码没有生成。", "请重试；仍然失败时请把这次操作告知管理员。", 500, ""}; }

cairo_status_t append(void* out, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}
}  // namespace

Result<QrCode> qr_code(std::string_view text) {
  if (text.empty()) return Refusal{"publish.qr_empty", "二维码没有内容。", "请填写二维码要指向的网址或编号。", 422, ""};
  if (text.size() > kQrBytes)
    return Refusal{"publish.qr_too_long", fmt::format("二维码的内容超过 {} 个字节，印出来扫不清。", kQrBytes),
                   "请缩短网址，例如只保留网站地址和办件编号。", 422, ""};
  const std::unique_ptr<QRcode, void (*)(QRcode*)> made(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
      QRcode_free);
  if (!made) return failed();
  QrCode code;
  code.size = made->width;
  const auto modules = static_cast<std::size_t>(made->width) * static_cast<std::size_t>(made->width);
  for (std::size_t i = 0; i < modules; ++i) code.dark.push_back((made->data[i] & 1) != 0);
  return code;
}

Result<std::string> qr_png(const QrCode& code, int module_px) {
  const int side = (code.size + 2 * kQuietModules) * module_px;
  const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side), cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return failed();
  auto* const pixels = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < side; ++y) {
    auto* const row = reinterpret_cast<std::uint32_t*>(pixels + static_cast<std::ptrdiff_t>(y) * stride);
    for (int x = 0; x < side; ++x) {
      const int mx = x / module_px - kQuietModules, my = y / module_px - kQuietModules;
      const bool inside = mx >= 0 && my >= 0 && mx < code.size && my < code.size;
      row[x] = inside && code.at(mx, my) ? 0x000000 : 0xFFFFFF;
    }
  }
  cairo_surface_mark_dirty(surface.get());
  std::string out;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &out) != CAIRO_STATUS_SUCCESS) return failed();
  return out;
}

}  // namespace yi::publish
