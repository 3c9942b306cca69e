#pragma once
// The words of a DOCX, OFD or XLSX: its XML parts without their markup, one after the other.
#include <zip.h>

#include <string>

namespace yi::story {

inline std::string zip_text(const std::string& bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  std::string out;
  for (zip_int64_t i = 0; archive && i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t stat;
    zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
    if (!std::string(stat.name).ends_with(".xml")) continue;
    std::string part(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    zip_fread(file, part.data(), part.size());
    zip_fclose(file);
    bool markup = false;
    for (const char c : part) {
      if (c == '<') markup = true;
      if (!markup) out += c;
      if (c == '>') markup = false;
    }
    out += '\n';
  }
  if (archive) zip_discard(archive);
  return out;
}

}  // namespace yi::story
