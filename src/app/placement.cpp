#include "app/placement.h"

#include "app/rooms.h"
#include "base/yaml.h"
#include "store/place.h"

namespace yi::app {
namespace {

// 100000 to 999999: GB/T 2260 as catalogues write a centre. Quoted, so that YAML does not make another number of it.
std::optional<std::int32_t> centre_of(std::string_view key) {
  if (key.size() != 6 || key.front() == '0' || key.find_first_not_of("0123456789") != key.npos) return std::nullopt;
  return std::stoi(std::string(key));
}

}  // namespace

Result<Placement> Placement::read(const std::string& file) {
  YI_TRY(const auto root, yaml::load(file, file));
  yaml::Report report;
  yaml::Fields top(root, report);
  Placement out;
  out.file_ = file;
  if (const auto node = top.map("placement")) {
    for (std::size_t i = 0; i < node->size(); ++i) {
      const auto centre = centre_of(node->key(i));
      if (!centre) {
        report.add(node->key_place(i), "app.bad_placement", "中心代码应是六位数字。", "例：'510000': postgresql://用户@主机/数据库");
        continue;
      }
      const auto url = node->item(i);
      if (url.kind() != yaml::Kind::scalar || !store::is_server_url(url.scalar()) || store::label_of(std::string(url.scalar())) == "postgresql://…")
        report.add(url, "app.bad_placement", "中心 " + std::to_string(*centre) + " 的数据库地址写法不对。",
                   "请写成 postgresql://用户@主机:端口/数据库；密码放在环境变量 PGPASSWORD 或文件 ~/.pgpass 中。");
      else out.urls_[*centre] = url.scalar();
    }
    if (node->size() == 0) report.add(*node, "app.bad_placement", "没有写任何中心的数据库。", "例：'510000': postgresql://用户@主机/数据库");
  }
  top.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return out;
}

Result<std::string> Placement::url_of(CentreCode centre) const {
  if (const auto it = urls_.find(centre.value); it != urls_.end()) return it->second;
  return Refusal{"app.not_placed", "没有写中心 " + std::to_string(centre.value) + " 的数据库在哪里。", "请在文件中加上这个中心，或用 --catalogue 指定它的目录。", 404, file_};
}

Result<std::string> placed(const std::string& file, const std::string& data_root) {
  YI_TRY(const auto placement, Placement::read(file));
  YI_TRY(const auto common, load_common(data_root));
  return placement.url_of(common.catalog->settings().centre);
}

}  // namespace yi::app
