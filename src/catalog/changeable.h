#pragma once
// A kind of thing that is changed by facts (docs/decisions/0028): what its versions are, how a text is judged, where a version is put.
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "catalog/events.h"
#include "engine/fact.h"

namespace yi::catalog {

struct ItemVersion {
  int version = 1;
  std::optional<CivilDay> since;  // none: from the beginning
  std::string definition;
};

struct Judged {
  std::string definition;         // as it will be kept; empty where there are problems
  std::vector<Refusal> problems;  // `where`: "/definition" and the JSON pointer of the place, "/definition/materials/2/copies"
};

enum class ChangeStatus { open, approved, refused, withdrawn };
BOOST_DESCRIBE_ENUM(ChangeStatus, open, approved, refused, withdrawn)

// A proposal with what became of it.
struct Change {
  ChangeKind kind{};
  std::string code;
  int number = 0;
  int base_version = 0;
  int version = 0;  // of an approved one, else 0
  CivilDay since;
  std::string definition, former, reason, by;
  Instant at;
  std::int64_t seq = 0;  // of the proposal's fact
  ChangeStatus status{};
  std::string decided_by, decision_reason;
  Instant decided_at;
  std::int64_t decided_seq = 0;
  bool alone = false;
};

// Shared by all threads: const members lock for themselves.
class Changeable {
 public:
  virtual ~Changeable() = default;
  virtual ChangeKind kind() const = 0;
  virtual std::vector<std::string> codes() const = 0;  // in the files' order
  // Ascending; empty for a code that is not there.
  virtual std::vector<ItemVersion> versions(const std::string& code) const = 0;
  virtual std::string name(const std::string& code, CivilDay day) const = 0;
  virtual std::string department(const std::string&) const { return {}; }  // whose it is; empty: the centre's
  // By the rules of its file. `version` and `since` as it would get them.
  virtual Judged judge(const std::string& code, int version, CivilDay since, std::string_view definition) const = 0;
  virtual std::vector<std::string> refusal_codes() const { return {}; }  // of judge, beside the catalogue's and those of base/yaml.h
  // Whether the file has a first version without a number, which the first proposal keeps.
  virtual bool first_is_the_files() const { return true; }
  // Whether a limit, a paper or a right hangs on the field ("casework.correction_days"): never left to one person alone.
  virtual bool needs_two(std::string_view path) const = 0;
  // Whether what is asked about later is asked for a day: such a change begins tomorrow at the earliest.
  virtual bool from_tomorrow(std::string_view) const { return false; }

  // The lane's guard, and whoever reads the table. A version that does not read any more is a complaint.
  virtual void publish(const Change& approved) = 0;
  virtual void forget(const std::string& code, int version) = 0;
  // Why the program should not start over the ledger's versions.
  std::vector<std::string> complaints() const;

  // The fact that earlier programs recorded for this kind, and the change that it was.
  virtual std::string_view former_fact() const { return {}; }
  virtual Change read_former(const engine::RecordedFact&) const { return {}; }

 protected:
  void complain(std::string sentence);

 private:
  mutable std::mutex complaining_;
  std::vector<std::string> complaints_;
};

// A text laid out one value a line, so that a refusal's line is a place in it.
class LaidOut {
 public:
  // Refusals "catalog.bad_definition" (no JSON object) and those of base/yaml.h. `head`: fields that the program puts in front, without braces.
  static Result<LaidOut> of(std::string_view definition, const std::string& name, const std::string& head = {});
  const yaml::Node& root() const { return root_; }
  const std::string& text() const { return text_; }
  // Puts the pointers into `where`, and 422.
  void place(std::vector<Refusal>& problems) const;

 private:
  LaidOut(yaml::Node root, std::string text, std::vector<std::string> pointers) : root_(std::move(root)), text_(std::move(text)), pointers_(std::move(pointers)) {}
  yaml::Node root_;
  std::string text_;
  std::vector<std::string> pointers_;  // a line's
};

// Where two texts differ: "promised.days", "materials.copies" (of some of as many), "materials" (others than before). Empty: not at all.
std::set<std::string> differing(std::string_view before, std::string_view after);

}  // namespace yi::catalog
