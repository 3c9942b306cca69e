#pragma once
// Strict YAML for files that people edit: every failure names file and line, in words for people. Reading is
// sticky: a Fields object returns harmless defaults after a failure and the Report keeps what was wrong, so that a
// loader reads top to bottom and asks once at the end.
//
//   YI_TRY(auto root, yaml::load("data/sichuan/regions.yaml", "regions.yaml"));
//   yaml::Report report;
//   yaml::Fields top(root, report);
//   for (const auto& node : top.list("regions")) {
//     yaml::Fields f(node, report);
//     r.code = f.text("code");  r.level = f.choice<Level>("level");
//     f.finish();                       // refuses every field that was not asked for
//   }
//   top.finish();
//   if (auto refusal = report.refusal()) return *refusal;
//
// What YAML allows and we refuse: anchors and aliases (they make small files huge), a key twice in one map, keys
// that are not plain text, several documents in one file, tags, more than 2 MB, more than 24 levels.
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace yi::yaml {

enum class Kind : std::uint8_t { null, scalar, list, map };

struct Tree;
struct Document;

// A place in a parsed file; cheap to copy, keeps its document alive, immutable and so safe between threads.
class Node {
 public:
  Kind kind() const;
  std::string_view scalar() const;             // "" unless kind scalar
  bool quoted() const;                         // '510000' and "a", never an integer
  std::size_t size() const;                    // of lists and maps
  Node item(std::size_t i) const;              // i < size(); a list's item, or the value of a map's i-th key
  std::string_view key(std::size_t i) const;   // i < size(), maps only, in the file's order
  Node key_place(std::size_t i) const;         // the key itself: its line is the field's line
  std::optional<Node> find(std::string_view key) const;  // maps; empty elsewhere
  int line() const;                            // 1-based
  std::string where() const;                   // "matters.yaml:12"

 private:
  friend Result<Node> parse(std::string_view text, std::string file_name);
  Node(std::shared_ptr<const Document> d, const Tree* t) : document_(std::move(d)), tree_(t) {}
  std::shared_ptr<const Document> document_;
  const Tree* tree_;
};

// file_name is what people read in `where`. Codes: base.yaml_unreadable, base.yaml_too_large, base.bad_yaml (its
// `where` has the line), base.yaml_forbidden (anchors, aliases, tags, repeated keys, depth, several documents).
Result<Node> parse(std::string_view text, std::string file_name);
Result<Node> load(const std::filesystem::path& path, std::string file_name);
// The place as JSON on one line: plain whole numbers and true or false as such, all else as text. JSON is YAML: parse reads it back.
std::string to_json(const Node& node);
// The same of a map without some of its keys.
std::string to_json_without(const Node& map, std::initializer_list<std::string_view> keys);
// The bytes alone, under the same size limit: for those who also hash what they parse.
Result<std::string> read_file(const std::filesystem::path& path, const std::string& file_name);

// What was found wrong in one reading, in the order found; at most 20 are kept.
class Report {
 public:
  void add(const Node& node, std::string code, std::string sentence, std::string next_step);
  bool empty() const { return problems_.empty(); }
  const std::vector<Refusal>& problems() const { return problems_; }
  // The first problem; when there are more, its next step says how many and where the next ones are.
  std::optional<Refusal> refusal() const;

 private:
  std::vector<Refusal> problems_;
  std::size_t dropped_ = 0;
};

// Reads one map, field by field. The Report must outlive it.
class Fields {
 public:
  Fields(const Node& node, Report& report);  // reports when the node is not a map

  // Text is never empty and at most 4000 characters; a field without value counts as absent.
  std::string text(std::string_view name);
  std::optional<std::string> optional_text(std::string_view name);
  // A plain (unquoted) decimal number in [min, max].
  std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min, std::int64_t max);
  bool boolean(std::string_view name);  // true or false, nothing else
  bool flag(std::string_view name);     // the same, absent = false
  CivilDay day(std::string_view name);
  std::optional<CivilDay> optional_day(std::string_view name);
  // E is described with BOOST_DESCRIBE_ENUM; the file has the enumerator's name. The first enumerator stands in
  // after a failure.
  template <class E>
  E choice(std::string_view name) {
    const auto v = choice_of<E>(name, true);
    return v ? *v : E{};
  }
  template <class E>
  std::optional<E> optional_choice(std::string_view name) {
    return choice_of<E>(name, false);
  }
  std::vector<std::string> texts(std::string_view name);  // must exist, may be empty: []
  std::vector<std::string> optional_texts(std::string_view name);
  std::vector<Node> list(std::string_view name);           // must exist
  std::vector<Node> optional_list(std::string_view name);
  std::optional<Node> map(std::string_view name);          // must exist; empty only after a failure
  std::optional<Node> optional_map(std::string_view name);

  // The field's place (its name's line) when it is there, else the map's: for reports of the caller's own checks.
  // For its value use node().find().
  Node at(std::string_view name) const;
  const Node& node() const { return node_; }
  // Every check ends here: a field nobody asked for is a mistake of spelling more often than an addition.
  void finish();

 private:
  std::optional<Node> take(std::string_view name, bool required);
  std::optional<std::string> take_text(std::string_view name, bool required);
  std::optional<std::int64_t> take_integer(std::string_view name, bool required, std::int64_t min, std::int64_t max);
  std::optional<bool> take_boolean(std::string_view name, bool required);
  std::optional<CivilDay> take_day(std::string_view name, bool required);
  std::optional<Node> take_kind(std::string_view name, bool required, Kind kind, const char* wanted);
  std::vector<std::string> take_texts(std::string_view name, bool required);
  void wrong_choice(const Node& at, std::string_view name, const std::string& all);

  template <class E>
  std::optional<E> choice_of(std::string_view name, bool required) {
    const auto found = take_kind(name, required, Kind::scalar, "一个选项");
    if (!found) return std::nullopt;
    E e{};
    if (json::enum_from(found->scalar(), e)) return e;
    std::string all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto d) { all += (all.empty() ? "" : "、") + std::string(d.name); });
    wrong_choice(*found, name, all);
    return std::nullopt;
  }

  Node node_;
  Report& report_;
  std::vector<bool> asked_;
};

}  // namespace yi::yaml
