#include "catalog/samples.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/yaml.h"

namespace yi::catalog {
namespace {

constexpr std::pair<std::string_view, const char*> kKinds[] = {
    {".pdf", "application/pdf"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
};

const char* media_type(std::string_view name) {
  for (const auto& [suffix, type] : kKinds)
    if (name.size() > suffix.size() && name.ends_with(suffix)) return type;
  return nullptr;
}

bool is_plain_name(std::string_view name) {
  return name.size() <= 120 && !name.starts_with('.') && std::none_of(name.begin(), name.end(), [](char c) { return c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' '; });
}

std::optional<std::string> bytes_of(const std::filesystem::path& path, std::int64_t most) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed || !std::filesystem::is_regular_file(path, failed) || static_cast<std::int64_t>(size) > most) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return in ? std::optional(std::move(out).str()) : std::nullopt;
}

}  // namespace

Result<Samples> Samples::load(const std::filesystem::path& directory, const Catalog& catalog) {
  Samples all;
  std::error_code ignored;
  if (!std::filesystem::exists(directory / "samples.yaml", ignored)) return all;
  YI_TRY(const auto root, yaml::load(directory / "samples.yaml", "samples.yaml"));
  yaml::Report report;
  yaml::Fields top(root, report);
  std::map<std::string, std::shared_ptr<const SampleFile>> read;  // a file of several materials is kept once
  std::int64_t kept = 0;
  for (const auto& node : top.list("samples")) {
    yaml::Fields f(node, report);
    const auto wrong = [&](const char* field, std::string sentence, std::string next_step) { report.add(f.at(field), "catalog.bad_sample", std::move(sentence), std::move(next_step)); };
    const MatterCode code{f.text("matter")};
    const auto material = f.text("material");
    Sample sample{f.optional_text("text"), f.optional_text("file")};
    f.finish();
    const auto* matter = catalog.find_matter(code);
    if (!matter) wrong("matter", "目录里没有这个事项：" + code.value + "。", "请核对事项代码。");
    else if (!matter->find_material(material)) wrong("material", "事项“" + matter->name + "”没有这份材料：" + material + "。", "请照 matters.yaml 中的名称写。");
    if (!sample.text && !sample.file) wrong("material", "样本没有内容。", "请写 text（文字）或 file（samples 目录中的文件名），也可以都写。");
    if (sample.file) {
      auto& file = read[*sample.file];
      const auto* type = media_type(*sample.file);
      if (!is_plain_name(*sample.file) || !type) {
        wrong("file", "样本文件的名称或类型不对：" + *sample.file + "。", "请放在 samples 目录中，用 pdf、docx、xlsx、png、jpg。");
      } else if (!file) {
        auto bytes = bytes_of(directory / "samples" / *sample.file, std::min(kFileBytes, kAllBytes - kept));
        if (!bytes) {
          wrong("file", "样本文件不存在，或者过大：" + *sample.file + "。", "请核对 samples 目录；一个文件不超过 2 MB，全部不超过 64 MB。");
        } else {
          kept += static_cast<std::int64_t>(bytes->size());
          file = std::make_shared<const SampleFile>(SampleFile{type, std::move(*bytes)});
        }
      }
      if (file) all.files_[{code.value, *sample.file}] = file;
    }
    if (!all.samples_.emplace(std::pair(code.value, material), std::move(sample)).second) wrong("material", "这份材料的样本写了两次：" + material + "。", "请合成一条。");
  }
  top.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return all;
}

const Sample* Samples::find(const MatterCode& matter, std::string_view material) const {
  const auto it = samples_.find(std::pair(matter.value, std::string(material)));
  return it == samples_.end() ? nullptr : &it->second;
}

const SampleFile* Samples::find_file(const MatterCode& matter, std::string_view file) const {
  const auto it = files_.find(std::pair(matter.value, std::string(file)));
  return it == files_.end() ? nullptr : it->second.get();
}

}  // namespace yi::catalog
