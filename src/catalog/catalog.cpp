#include "catalog/catalog.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "catalog/reading.h"
#include "crypto/sm3.h"

namespace yi::catalog {
namespace {

struct File {
  const char* name;
  void (*read)(const yaml::Node&, Loading&);
  bool may_be_absent = false;
};
// In the order in which a file may name what is in another.
constexpr File kFiles[] = {
    {"sources.yaml", read_sources},   {"departments.yaml", read_departments},
    {"regions.yaml", read_regions},   {"settings.yaml", read_settings},
    {"matters.yaml", read_matters},   {"matters-history.yaml", read_former_matters, true},
    {"windows.yaml", read_windows},   {"onething.yaml", read_onething},
    {"enterprise_services.yaml", read_services},
    {"plates.yaml", read_plates},     {"chains.yaml", read_chains},
    {"facts.yaml", read_facts},
};

template <class V, class P>
auto find_in(const V& values, const P& places, std::string_view key) -> decltype(&values[0]) {
  const auto it = places.find(std::string(key));
  return it == places.end() ? nullptr : &values[it->second];
}

template <class T>
const T& must(const T* found, const std::string& code) {
  if (!found) throw std::out_of_range("catalog: no entry " + code);
  return *found;
}

std::string versioned(const MatterCode& code, int version) { return code.value + "/" + std::to_string(version); }

const Window* with_code(const std::vector<Window>& windows, const WindowCode& code) {
  const auto it = std::find_if(windows.begin(), windows.end(), [&](const Window& w) { return w.code == code; });
  return it == windows.end() ? nullptr : &*it;
}

template <class V, class P>
void index_by_code(const V& values, P& places) {
  for (std::size_t i = 0; i < values.size(); ++i) places.emplace(values[i].code.value, i);
}
template <class V, class P>
void index_by_version(const V& values, P& places) {
  for (std::size_t i = 0; i < values.size(); ++i) places.emplace(versioned(values[i].code, values[i].version), i);
}
template <class V, class P>
void index_by_name(const V& values, P& places) {
  for (std::size_t i = 0; i < values.size(); ++i) places.emplace(values[i].name, i);
}

}  // namespace

const Material* Matter::find_material(std::string_view material) const {
  const auto it = std::find_if(materials.begin(), materials.end(), [&](const Material& m) { return m.name == material; });
  return it == materials.end() ? nullptr : &*it;
}

bool Window::receives(const DepartmentCode& department) const {
  if (closed || kind == WindowKind::issue) return false;
  return kind == WindowKind::comprehensive || std::find(departments.begin(), departments.end(), department) != departments.end();
}

bool Window::issues(const DepartmentCode& department) const {
  if (closed) return false;
  if (kind == WindowKind::issue) return true;
  return kind == WindowKind::special && std::find(departments.begin(), departments.end(), department) != departments.end();
}

const BundleMember* Bundle::find_member(const MemberCode& member) const {
  const auto it = std::find_if(members.begin(), members.end(), [&](const BundleMember& m) { return m.code == member; });
  return it == members.end() ? nullptr : &*it;
}

Result<Catalog> Catalog::load(const std::filesystem::path& directory) {
  Loading in;
  crypto::Sm3 digest;
  digest.start();
  for (const File& file : kFiles) {
    std::error_code ec;
    if (file.may_be_absent && !std::filesystem::exists(directory / file.name, ec)) continue;
    YI_TRY(const std::string text, yaml::read_file(directory / file.name, file.name));
    // Length before content: no two sets of files give the same bytes.
    digest.add(std::string(file.name) + " " + std::to_string(text.size()) + "\n");
    digest.add(text);
    YI_TRY(const yaml::Node root, yaml::parse(text, file.name));
    file.read(root, in);
  }
  check_versions(in);
  for (std::size_t i = 0; i < in.data.matters.size(); ++i) check_life_stages(in.data.matters[i], in.matter_places[i], in);
  if (auto refusal = in.report.refusal()) return std::move(*refusal);
  auto data = std::move(in.data);
  in.data = {};
  in.data.settings = data.settings;
  in.data.departments = data.departments;
  in.data.enterprise_stages = data.enterprise_stages;
  in.data.person_stages = data.person_stages;
  in.history->of_file = data.settings;
  in.matter_places.clear();
  in.former_places.clear();
  return Catalog(std::move(data), hex(crypto::bytes(digest.finish())), std::make_shared<const Loading>(std::move(in)));
}

Catalog::Catalog(Data data, std::string version, std::shared_ptr<const Loading> ground) : data_(std::move(data)), version_(std::move(version)), history_(ground->history), ground_(std::move(ground)) {
  index_by_code(data_.sources, sources_);
  index_by_code(data_.departments, departments_);
  index_by_code(data_.regions, regions_);
  index_by_code(data_.matters, matters_);
  index_by_version(data_.former_matters, former_matters_);
  index_by_code(data_.windows, windows_);
  index_by_code(data_.bundles, bundles_);
  index_by_code(data_.categories, categories_);
  index_by_code(data_.plates, plates_);
  index_by_code(data_.chains, chains_);
  index_by_name(data_.departments, department_names_);
  index_by_name(data_.bundles, bundle_names_);
  index_by_name(data_.categories, category_names_);
  index_by_name(data_.plates, plate_names_);
  index_by_name(data_.chains, chain_names_);
  for (std::size_t i = 0; i < data_.departments.size(); ++i) department_names_.emplace(data_.departments[i].short_name, i);
  for (std::size_t i = 0; i < data_.bundles.size(); ++i)
    for (const auto& alias : data_.bundles[i].aliases) bundle_names_.emplace(alias, i);
  // Pointers into the vectors' own memory, which a move of the vectors leaves where it is.
  for (const auto& c : data_.categories)
    for (const auto& item : c.items) services_.emplace(item.code.value, &item);
  for (const auto& m : data_.matters) matters_of_[m.department.value].push_back(&m);
}

const std::vector<std::string>& Catalog::stages(Audience a) const {
  return a == Audience::enterprise ? data_.enterprise_stages : data_.person_stages;
}

const Source* Catalog::find_source(const SourceCode& c) const { return find_in(data_.sources, sources_, c.value); }
const Department* Catalog::find_department(const DepartmentCode& c) const {
  return find_in(data_.departments, departments_, c.value);
}
const Region* Catalog::find_region(const RegionCode& c) const { return find_in(data_.regions, regions_, c.value); }
const Matter* Catalog::find_matter(const MatterCode& c) const {
  const Matter* of_files = find_in(data_.matters, matters_, c.value);
  if (!of_files) return nullptr;  // the files offer it no longer, whatever was changed before
  const auto* changed = books_->matters.newest(c.value);
  return changed && changed->version > of_files->version ? &changed->value : of_files;
}
const Matter* Catalog::find_matter(const MatterCode& c, int version) const {
  const Matter* now = find_in(data_.matters, matters_, c.value);
  if (now && now->version == version) return now;
  if (const Matter* former = find_in(data_.former_matters, former_matters_, versioned(c, version))) return former;
  const auto* changed = books_->matters.find(c.value, version);
  return changed ? &changed->value : nullptr;
}
const Matter* Catalog::find_matter_on(const MatterCode& c, CivilDay day) const {
  const Matter* found = find_matter(c);
  if (!found)  // no longer offered: its last version
    for (const Matter* m; (m = find_matter(c, found ? found->version + 1 : 1));) found = m;
  while (found && found->version > 1 && *found->since > day) found = find_matter(c, found->version - 1);
  return found;
}
const std::vector<Window>& Catalog::windows_on(CivilDay day) const {
  const auto* changed = books_->windows.on(Books::kWindows, day);
  return changed ? changed->value : data_.windows;
}
const Window* Catalog::find_window(const WindowCode& c) const {
  if (const auto* changed = books_->windows.newest(Books::kWindows)) return with_code(changed->value, c);
  return find_in(data_.windows, windows_, c.value);
}
const Window* Catalog::find_window_on(const WindowCode& c, CivilDay day) const {
  if (const auto* changed = books_->windows.on(Books::kWindows, day)) return with_code(changed->value, c);
  return find_in(data_.windows, windows_, c.value);
}
std::vector<const Bundle*> Catalog::bundles_on(CivilDay day) const {
  std::vector<const Bundle*> out;
  for (const auto& b : data_.bundles) out.push_back(find_bundle_on(b.code, day));
  return out;
}
const Bundle* Catalog::find_bundle(const BundleCode& c) const {
  const Bundle* of_files = find_in(data_.bundles, bundles_, c.value);
  const auto* changed = of_files ? books_->bundles.newest(c.value) : nullptr;
  return changed ? &changed->value : of_files;
}
const Bundle* Catalog::find_bundle_on(const BundleCode& c, CivilDay day) const {
  const Bundle* of_files = find_in(data_.bundles, bundles_, c.value);
  const auto* changed = of_files ? books_->bundles.on(c.value, day) : nullptr;
  return changed ? &changed->value : of_files;
}
const ServiceCategory* Catalog::find_category(const CategoryCode& c) const {
  return find_in(data_.categories, categories_, c.value);
}
const ServiceItem* Catalog::find_service(const ServiceCode& c) const {
  const auto it = services_.find(c.value);
  return it == services_.end() ? nullptr : it->second;
}
const Plate* Catalog::find_plate(const PlateCode& c) const { return find_in(data_.plates, plates_, c.value); }
const Chain* Catalog::find_chain(const ChainCode& c) const { return find_in(data_.chains, chains_, c.value); }

const Department& Catalog::get_department(const DepartmentCode& c) const { return must(find_department(c), c.value); }
const Region& Catalog::get_region(const RegionCode& c) const { return must(find_region(c), c.value); }
const Matter& Catalog::get_matter(const MatterCode& c) const { return must(find_matter(c), c.value); }
const Window& Catalog::get_window(const WindowCode& c) const { return must(find_window(c), c.value); }
const Bundle& Catalog::get_bundle(const BundleCode& c) const { return must(find_bundle(c), c.value); }
const ServiceCategory& Catalog::get_category(const CategoryCode& c) const { return must(find_category(c), c.value); }
const ServiceItem& Catalog::get_service(const ServiceCode& c) const { return must(find_service(c), c.value); }

const Department* Catalog::find_department_by_name(std::string_view name) const {
  return find_in(data_.departments, department_names_, name);
}
const Bundle* Catalog::find_bundle_by_name(std::string_view name) const { return find_in(data_.bundles, bundle_names_, name); }
const ServiceCategory* Catalog::find_category_by_name(std::string_view name) const {
  return find_in(data_.categories, category_names_, name);
}
const Plate* Catalog::find_plate_by_name(std::string_view name) const { return find_in(data_.plates, plate_names_, name); }
const Chain* Catalog::find_chain_by_name(std::string_view name) const { return find_in(data_.chains, chain_names_, name); }

const std::vector<const Matter*>& Catalog::matters_of(const DepartmentCode& department) const {
  static const std::vector<const Matter*> none;
  const auto it = matters_of_.find(department.value);
  return it == matters_of_.end() ? none : it->second;
}

}  // namespace yi::catalog
