#pragma once
// The catalogue's readers, one a file of data/<province>/. Not for other rooms. They run in the order given here, so
// that what a later file names is already known; each reports and goes on.
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/yaml.h"
#include "catalog/catalog.h"
#include "catalog/settings_history.h"

namespace yi::catalog {

// Every refusal of this room; the next steps stand in reading.cpp.
enum class Problem {
  bad_code, duplicate, unknown_code, unknown_department, unknown_region, unknown_source, unmarked, wrong_count, cycle,
  limit, materials, inconsistent, versions
};
BOOST_DESCRIBE_ENUM(Problem, bad_code, duplicate, unknown_code, unknown_department, unknown_region, unknown_source,
                    unmarked, wrong_count, cycle, limit, materials, inconsistent, versions)

// What has been read so far, by code and by name, with its place for "already in file:line".
class Register {
 public:
  // False, and a report of the repetition, when the key is there already.
  bool add(const std::string& key, const yaml::Node& at, const char* what, yaml::Report& report);
  bool has(const std::string& key) const { return first_.count(key) != 0; }

 private:
  std::unordered_map<std::string, std::string> first_;
};

struct Loading {
  Data data;
  std::string settings_entry;  // settings.yaml as one JSON object, without what leads to a secret
  std::string windows_entry;   // windows.yaml likewise
  std::shared_ptr<SettingsHistory> history = std::make_shared<SettingsHistory>();
  yaml::Report report;
  Register sources, departments, department_names, regions, matters, former_matters, windows, operators;
  Register bundles, bundle_names, members, categories, category_names, services, service_names, plates, plate_names;
  Register chains, chain_names;
  std::unordered_map<std::string, SourceKind> source_kinds;
  std::vector<yaml::Node> matter_places, former_places;  // of data.matters and data.former_matters, for check_versions

  void add(const yaml::Node& at, Problem p, const std::string& sentence);
  // The field's text when it has the shape of such a code, else "" and a report. Shape: '9' a digit, 'A' a capital,
  // 'a' a run of small letters, '*' a run of capitals and digits, anything else itself; at most 32 characters.
  std::string code(yaml::Fields& f, std::string_view name, const char* shape);
  std::vector<SourceCode> source_list(yaml::Fields& f, std::string_view name, bool required);
  Provenance provenance(yaml::Fields& f);  // source and unverified
  // A list whose codes must be known; says which one is not, and where.
  template <class CodeType>
  std::vector<CodeType> known(yaml::Fields& f, std::string_view name, const Register& in, Problem p, const char* what) {
    std::vector<CodeType> out;
    std::set<std::string> seen;
    for (const auto& text : f.optional_texts(name)) {
      if (!in.has(text)) add(f.at(name), p, std::string(what) + "“" + text + "”不存在。");
      else if (!seen.insert(text).second) add(f.at(name), Problem::duplicate, std::string(what) + "“" + text + "”重复列出。");
      else out.push_back({text});
    }
    return out;
  }
  DepartmentCode department(yaml::Fields& f, std::string_view name = "department");
  // {days, unit} and what the caller reads besides.
  std::pair<int, Unit> days(yaml::Fields& f);
  void count(const yaml::Node& at, const std::string& what, std::size_t found, std::size_t required);
};

// "09:00" as minutes of the day, 0..1440; -1 after a report.
int read_minute(yaml::Fields& f, std::string_view name, Loading& in);
bool has_shape(std::string_view text, const char* shape);

// One entry of matters.yaml or, where `former`, of matters-history.yaml or of a change: then with version and since.
Matter read_matter(const yaml::Node& node, Loading& in, bool former);

void read_sources(const yaml::Node& root, Loading& in);
void read_departments(const yaml::Node& root, Loading& in);
void read_regions(const yaml::Node& root, Loading& in);
void read_settings(const yaml::Node& root, Loading& in);
void read_matters(const yaml::Node& root, Loading& in);
void read_former_matters(const yaml::Node& root, Loading& in);
void check_versions(Loading& in);  // after both
// Whether the stages of life that it names are there, and for those whom it is for. After onething.yaml, which has them.
void check_life_stages(const Matter& m, const yaml::Node& at, Loading& in);
// The parts of one matter that few matters have; its name, department, kind and limits are read already.
void read_course(yaml::Fields& f, Matter& m, Loading& in);
void read_windows(const yaml::Node& root, Loading& in);
void read_bundle(const yaml::Node& node, Loading& in);  // one entry, behind those in in.data.bundles
void read_onething(const yaml::Node& root, Loading& in);
void read_services(const yaml::Node& root, Loading& in);
void read_plates(const yaml::Node& root, Loading& in);
void read_chains(const yaml::Node& root, Loading& in);
void read_facts(const yaml::Node& root, Loading& in);

}  // namespace yi::catalog
