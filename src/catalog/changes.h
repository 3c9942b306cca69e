#pragma once
// All that is changed by facts, with its proposals: what the rules ask, the guard fills and the pages show (docs/decisions/0028).
#include <filesystem>
#include <memory>
#include <shared_mutex>

#include "catalog/catalog.h"
#include "catalog/changeable.h"
#include "store/database.h"

namespace yi::catalog {

// four_eyes.yaml: which fields one person may change alone. Nothing where the file is absent.
class FourEyes {
 public:
  // Refusals of base/yaml.h and "catalog.needs_two": a field that only two may change; with file and line. `kinds`: those of the program.
  static Result<FourEyes> load(const std::filesystem::path& file, const std::vector<std::unique_ptr<Changeable>>& kinds);
  bool alone(ChangeKind kind, const std::set<std::string>& paths) const;  // all of them; at least one

 private:
  std::map<ChangeKind, std::vector<std::string>> fields_;
};

// Filled by the lane's guard, or from its table; any thread reads.
class Changes {
 public:
  // Knows the catalogue's own kinds.
  explicit Changes(std::shared_ptr<const Catalog> catalog);
  // Before anything is read: a room's own kind, and the centre's four_eyes.yaml. The latter's refusals are FourEyes::load's.
  void add(std::unique_ptr<Changeable> kind) { kinds_.push_back(std::move(kind)); }
  Checked read_four_eyes(const std::filesystem::path& file);

  const std::vector<std::unique_ptr<Changeable>>& kinds() const { return kinds_; }
  const Changeable* find(ChangeKind kind) const;
  const Catalog& catalog() const { return *catalog_; }
  const FourEyes& four_eyes() const { return four_eyes_; }

  std::vector<Change> of(ChangeKind kind, const std::string& code) const;  // by number
  std::optional<Change> find(ChangeKind kind, const std::string& code, int number) const;
  std::vector<Change> open() const;                                        // of all kinds, oldest first
  int count(ChangeKind kind, const std::string& code) const;               // versions that the ledger has
  // The item's versions, ascending: those of the file, where the ledger has kept no other first one, and the ledger's.
  std::vector<ItemVersion> versions(ChangeKind kind, const std::string& code) const;

  // The guard's side. A change goes from open to one end and never back, but for `restore`: its group could not be stored.
  void put(const Change& change);
  void restore(const Change& taken_back, const std::optional<Change>& before);
  // For a program that reads beside the one that writes, and at the start: what the table has. May be called again.
  void load(store::Reader& reader, CentreCode centre);
  // Refusal "catalog.files_disagree" (409) where a version of the ledger does not go with the files: the program does not start over
  // them, or cases would run under another text than the one they were received under.
  Checked check() const;

 private:
  Changeable* writable(ChangeKind kind) const;
  std::shared_ptr<const Catalog> catalog_;
  std::vector<std::unique_ptr<Changeable>> kinds_;
  FourEyes four_eyes_;
  mutable std::shared_mutex m_;
  std::map<std::pair<ChangeKind, std::string>, std::map<int, Change>> items_;
};

// The version of a day: the newest that had begun, else the first. `versions` ascending, not empty.
const ItemVersion& version_on(const std::vector<ItemVersion>& versions, CivilDay day);

// The catalogue's own kinds; books and ground are the catalogue's.
std::vector<std::unique_ptr<Changeable>> catalog_kinds(std::shared_ptr<const Catalog> catalog);

}  // namespace yi::catalog
