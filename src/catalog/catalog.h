#pragma once
// The catalogue of a centre: who does what, within which limit, with which papers. Loaded once from the YAML files
// of data/<province>/, checked as a whole, and immutable from then on but for its books of versions (version_book.h), which
// lock for themselves: share it between threads by std::shared_ptr<const Catalog>. Pointers and references it gives live as long as it does.
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "catalog/settings_history.h"
#include "catalog/types.h"

namespace yi::catalog {

// Everything in the order of the files.
struct Data {
  std::vector<Source> sources;
  std::vector<Department> departments;
  std::vector<Region> regions;
  Settings settings;
  std::vector<Matter> matters;         // as they are offered now
  std::vector<Matter> former_matters;  // their former versions, and matters no longer offered
  std::vector<Window> windows;
  std::vector<std::string> enterprise_stages, person_stages;
  std::vector<Bundle> bundles;
  std::vector<BundleBatch> batches;
  int services_total = 0;
  int services_total_in_press = 0;  // what the press says, for comparison alone; 0 = not given
  std::vector<BackgroundNote> services_background;
  std::vector<ServiceCategory> categories;
  std::vector<Plate> plates;
  std::vector<BackgroundNote> chains_background;
  std::vector<Chain> chains;
  std::vector<DatedFact> facts;
};

struct Loading;  // reading.h

// What the ledger has changed since the files were written (changes.h); the one thing here that grows. Codes are the entries' own;
// all windows together are one item.
struct Books {
  static constexpr const char* kWindows = "windows";
  VersionBook<Matter> matters;
  VersionBook<std::vector<Window>> windows;
  VersionBook<Bundle> bundles;
};

class Catalog {
 public:
  // Reads sources, departments, regions, settings, matters, matters-history (may be absent), windows, onething,
  // enterprise_services, plates, chains and facts (.yaml). The first problem is the refusal: its `where` is "file:line", its sentence names the thing,
  // its next step says how many more there are. Codes: base.yaml_*, base.bad_yaml, base.bad_date, catalog.*.
  static Result<Catalog> load(const std::filesystem::path& directory);

  Catalog(Catalog&&) = default;
  Catalog& operator=(Catalog&&) = default;
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;

  // SM3 over the names and bytes of the files, 64 hex digits: equal for equal files, on every machine.
  const std::string& version() const { return version_; }

  // The file's: for what no change touches (centre, region, department, unified identity). All else is asked for a day.
  const Settings& settings() const { return data_.settings; }
  const Settings& settings_on(CivilDay day) const { return history_->on(day); }
  const std::vector<Source>& sources() const { return data_.sources; }
  const std::vector<Department>& departments() const { return data_.departments; }
  const std::vector<Region>& regions() const { return data_.regions; }
  const std::vector<Matter>& matters() const { return data_.matters; }  // the files' own: ask find_matter for what is in force
  const std::vector<Matter>& former_matters() const { return data_.former_matters; }
  const std::vector<Window>& windows() const { return data_.windows; }  // the files' own, as with matters
  const std::vector<Window>& windows_on(CivilDay day) const;
  const std::vector<Bundle>& bundles() const { return data_.bundles; }  // likewise
  std::vector<const Bundle*> bundles_on(CivilDay day) const;
  const std::vector<BundleBatch>& batches() const { return data_.batches; }
  const std::vector<ServiceCategory>& categories() const { return data_.categories; }
  const std::vector<Plate>& plates() const { return data_.plates; }
  const std::vector<Chain>& chains() const { return data_.chains; }
  const std::vector<DatedFact>& facts() const { return data_.facts; }
  const std::vector<std::string>& stages(Audience a) const;
  const std::vector<BackgroundNote>& services_background() const { return data_.services_background; }
  const std::vector<BackgroundNote>& chains_background() const { return data_.chains_background; }
  int services_total() const { return data_.services_total; }
  int services_total_in_press() const { return data_.services_total_in_press; }

  // find_*: nullptr when there is none. get_*: the code came from this catalogue; anything else is our own mistake
  // and throws std::out_of_range.
  const Source* find_source(const SourceCode& code) const;
  const Department* find_department(const DepartmentCode& code) const;
  const Region* find_region(const RegionCode& code) const;
  const Matter* find_matter(const MatterCode& code) const;  // its newest version, which may begin on a later day
  // The version that a running case began with.
  const Matter* find_matter(const MatterCode& code, int version) const;
  // The version in force on that day: the last one that had begun, else the first one there is.
  const Matter* find_matter_on(const MatterCode& code, CivilDay day) const;
  const Window* find_window(const WindowCode& code) const;  // in the newest version: whether there is, or will be, such a window
  const Window* find_window_on(const WindowCode& code, CivilDay day) const;
  const Bundle* find_bundle(const BundleCode& code) const;  // its newest version
  const Bundle* find_bundle_on(const BundleCode& code, CivilDay day) const;
  const ServiceCategory* find_category(const CategoryCode& code) const;
  const ServiceItem* find_service(const ServiceCode& code) const;
  const Plate* find_plate(const PlateCode& code) const;
  const Chain* find_chain(const ChainCode& code) const;
  const Department& get_department(const DepartmentCode& code) const;
  const Region& get_region(const RegionCode& code) const;
  const Matter& get_matter(const MatterCode& code) const;
  const Window& get_window(const WindowCode& code) const;
  const Bundle& get_bundle(const BundleCode& code) const;
  const ServiceCategory& get_category(const CategoryCode& code) const;
  const ServiceItem& get_service(const ServiceCode& code) const;

  const Department* find_department_by_name(std::string_view full_or_short) const;
  const Bundle* find_bundle_by_name(std::string_view name_or_alias) const;
  const ServiceCategory* find_category_by_name(std::string_view name) const;
  const Plate* find_plate_by_name(std::string_view name) const;
  const Chain* find_chain_by_name(std::string_view name) const;
  // In the order of the file; empty for a department without matters.
  const std::vector<const Matter*>& matters_of(const DepartmentCode& department) const;

  // Where the changes are published; find_matter and the like ask them too.
  const std::shared_ptr<Books>& books() const { return books_; }
  const std::shared_ptr<SettingsHistory>& settings_history() const { return history_; }
  // Inside the room: what a changed entry may name.
  const Loading& ground() const { return *ground_; }

 private:
  Catalog(Data data, std::string version, std::shared_ptr<const Loading> ground);

  // Places in data_'s vectors, which no longer change; survives a move of the whole.
  using Places = std::unordered_map<std::string, std::size_t>;
  Data data_;
  std::string version_;
  std::shared_ptr<Books> books_ = std::make_shared<Books>();
  std::shared_ptr<SettingsHistory> history_;
  std::shared_ptr<const Loading> ground_;
  Places sources_, departments_, regions_, matters_, former_matters_, windows_, bundles_, categories_, plates_, chains_;
  Places department_names_, bundle_names_, category_names_, plate_names_, chain_names_;
  std::unordered_map<std::string, const ServiceItem*> services_;
  std::unordered_map<std::string, std::vector<const Matter*>> matters_of_;
};

}  // namespace yi::catalog
