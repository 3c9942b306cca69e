#include "publish/zip_package.h"

#include <zip.h>

#include <algorithm>
#include <memory>

namespace yi::publish {
namespace {

// The instant as MS-DOS writes it (UTC+8, even seconds): libzip's own conversion would follow the machine's time zone.
std::pair<zip_uint16_t, zip_uint16_t> dos_time(Instant t) {
  const auto day = civil_day(t);
  const int year = std::min(std::max(day.year(), 1980), 2107), minute = minute_of_day(t);
  const auto date = static_cast<zip_uint16_t>((year - 1980) << 9 | static_cast<int>(day.month()) << 5 | static_cast<int>(day.day()));
  return {static_cast<zip_uint16_t>((minute / 60) << 11 | (minute % 60) << 5), date};
}

}  // namespace

Result<std::string> zip_package(const PackageParts& parts, Instant created, const PackageFailure& failure) {
  const auto failed = [&](const std::string& what) {
    return Refusal{failure.code, failure.sentence, "请重试；仍然失败时请把这次操作告知管理员。", 500, what};
  };
  zip_error_t error;
  zip_error_init(&error);
  // The source outlives the archive (zip_source_keep), because the finished bytes are read from it.
  const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> source(zip_source_buffer_create(nullptr, 0, 0, &error), zip_source_free);
  if (!source) return failed("zip_source_buffer_create");
  zip_source_keep(source.get());
  zip_t* const archive = zip_open_from_source(source.get(), ZIP_TRUNCATE, &error);
  if (archive == nullptr) {
    zip_source_free(source.get());
    return failed("zip_open_from_source");
  }
  const auto [time, date] = dos_time(created);
  for (const auto& [name, bytes] : parts) {
    zip_source_t* const part = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const auto index = part == nullptr ? -1 : zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(part);
      zip_discard(archive);
      return failed(name);
    }
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), time, date, 0);
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    return failed("zip_close");
  }
  zip_stat_t stat;
  if (zip_source_open(source.get()) != 0) return failed("zip_source_open");
  std::string out;
  if (zip_source_stat(source.get(), &stat) == 0) out.resize(stat.size);
  const auto read = zip_source_read(source.get(), out.data(), out.size());
  zip_source_close(source.get());
  if (out.empty() || read != static_cast<zip_int64_t>(out.size())) return failed("zip_source_read");
  return out;
}

}  // namespace yi::publish
