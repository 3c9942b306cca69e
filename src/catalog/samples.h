#pragma once
// Samples of materials (材料样本), samples.yaml and the folder samples/ beside the catalogue: what a paper should say, as a text or as a
// file to fill in. Apart from the matters, because a sample changes nothing of a case: a centre adds one without a new version.
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "catalog/catalog.h"

namespace yi::catalog {

struct SampleFile {
  std::string media_type;
  std::string bytes;
};

struct Sample {
  std::optional<std::string> text;  // at least one of the two
  std::optional<std::string> file;  // its name in samples/
};

class Samples {
 public:
  static constexpr std::int64_t kFileBytes = 2 * 1024 * 1024;   // of one file
  static constexpr std::int64_t kAllBytes = 64 * 1024 * 1024;   // they are kept in memory

  // None where there is no samples.yaml. Refusals of base/yaml.h and "catalog.bad_sample" with file and line: an unknown matter or
  // material, one twice, neither text nor file, a name that is no plain file name, a kind that is not sent, a file missing or too large.
  static Result<Samples> load(const std::filesystem::path& directory, const Catalog& catalog);

  const Sample* find(const MatterCode& matter, std::string_view material) const;
  // One that a sample of the matter names.
  const SampleFile* find_file(const MatterCode& matter, std::string_view file) const;

 private:
  std::map<std::pair<std::string, std::string>, Sample, std::less<>> samples_;  // by matter and material
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const SampleFile>> files_;  // by matter and name
};

}  // namespace yi::catalog
