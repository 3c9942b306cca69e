#include "publish/font_subset.h"

#include <hb-subset.h>
#include <hb.h>

#include <memory>

namespace yi::publish {
namespace {

struct Free {
  void operator()(hb_blob_t* b) const { hb_blob_destroy(b); }
  void operator()(hb_font_t* f) const { hb_font_destroy(f); }
  void operator()(hb_face_t* f) const { hb_face_destroy(f); }
  void operator()(hb_subset_input_t* i) const { hb_subset_input_destroy(i); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

}  // namespace

Result<FontSubset> subset_font(const FontBook::FontFile& file, const std::set<char32_t>& characters) {
  const Refusal unreadable{"publish.font_unreadable", "字体文件 " + file.path + " 无法读取或已损坏。", "请删除该文件后重新获取字体。", 503, file.path};
  const Owned<hb_blob_t> blob(hb_blob_create_from_file_or_fail(file.path.c_str()));
  if (!blob) return unreadable;
  const Owned<hb_face_t> face(hb_face_create(blob.get(), file.index));
  const Owned<hb_subset_input_t> input(hb_subset_input_create_or_fail());
  if (!input) return unreadable;
  for (const char32_t c : characters) hb_set_add(hb_subset_input_unicode_set(input.get()), c);
  // Every character stands where the layout puts it: tables that would choose or move glyphs are of no use to a reader.
  auto* drop = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const auto tag : {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E')}) hb_set_add(drop, tag);
  const Owned<hb_face_t> small(hb_subset_or_fail(face.get(), input.get()));
  if (!small) return unreadable;
  const Owned<hb_blob_t> bytes(hb_face_reference_blob(small.get()));
  unsigned length = 0;
  const char* data = hb_blob_get_data(bytes.get(), &length);
  if (length == 0) return unreadable;
  const Owned<hb_font_t> font(hb_font_create(face.get()));
  return FontSubset{std::string(data, length), hb_style_get_value(font.get(), HB_STYLE_TAG_WEIGHT) >= 600};
}

}  // namespace yi::publish
