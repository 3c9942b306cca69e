// The catalogue's own kinds of changeable things, each judged by the reader of its file.
#include <algorithm>
#include <limits>
#include <set>

#include "base/text.h"
#include "catalog/changes.h"
#include "catalog/reading.h"

namespace yi::catalog {
namespace {

Refusal bad(std::string sentence, std::string next_step) { return {"catalog.bad_definition", std::move(sentence), std::move(next_step), 422, "/definition"}; }

bool is_of(std::string_view path, std::initializer_list<std::string_view> fields) {
  return std::any_of(fields.begin(), fields.end(), [&](std::string_view f) { return path == f || (path.size() > f.size() && path.starts_with(f) && path[f.size()] == '.'); });
}

template <class T>
std::vector<ItemVersion> with_book(std::vector<ItemVersion> of_files, const VersionBook<T>& book, const std::string& code) {
  for (const auto* v : book.all(code))
    if (of_files.empty() || v->version > of_files.back().version) of_files.push_back({v->version, v->since, v->definition});
  return of_files;
}

std::string complaint(const char* what, const Change& c, const std::string& sentence) { return std::string(what) + " " + c.code + " 第 " + std::to_string(c.version) + " 版与现在的文件不符：" + sentence; }

// What the reader of a file says of a text.
template <class Read>
Judged judged(std::string_view definition, const char* name, const std::string& head, Loading& in, Read read) {
  Judged out;
  auto laid_out = LaidOut::of(definition, name, head);
  if (!laid_out) {
    out.problems.push_back(std::move(laid_out).error());
    return out;
  }
  in.report = {};
  out.definition = read(laid_out->root(), out.problems);
  auto found = in.report.problems();
  laid_out->place(found);
  out.problems.insert(out.problems.begin(), found.begin(), found.end());
  if (!out.problems.empty()) out.definition.clear();
  return out;
}

class Matters final : public Changeable {
 public:
  explicit Matters(std::shared_ptr<const Catalog> catalog) : catalog_(std::move(catalog)) {}
  ChangeKind kind() const override { return ChangeKind::matter; }
  std::vector<std::string> codes() const override {
    std::vector<std::string> out;
    for (const auto& m : catalog_->matters()) out.push_back(m.code.value);
    return out;
  }
  std::vector<ItemVersion> versions(const std::string& code) const override {
    std::vector<ItemVersion> out;
    const Matter* newest = catalog_->find_matter({code});
    for (int v = 1; newest && v <= newest->version; ++v)
      if (const Matter* m = catalog_->find_matter({code}, v)) out.push_back({v, m->since, m->entry});
    return out;
  }
  std::string name(const std::string& code, CivilDay day) const override {
    const auto* m = catalog_->find_matter_on({code}, day);
    return m ? m->name : code;
  }
  std::string department(const std::string& code) const override {
    const auto* m = catalog_->find_matter({code});
    return m ? m->department.value : "";
  }
  Judged judge(const std::string& code, int version, CivilDay since, std::string_view definition) const override {
    Loading in = catalog_->ground();
    return judged(definition, "事项内容", "\"version\":" + std::to_string(version) + ",\"since\":\"" + to_iso(since) + "\"", in, [&](const yaml::Node& root, std::vector<Refusal>& problems) {
      const Matter m = read_matter(root, in, true);
      check_life_stages(m, root, in);
      if (in.report.empty()) check_against(m, code, problems);
      return m.entry;
    });
  }
  bool first_is_the_files() const override { return false; }  // matters.yaml knows versions
  bool needs_two(std::string_view path) const override { return !is_of(path, {"contact", "service_hours", "note", "correction_texts", "national_code", "life_stages"}); }

  void publish(const Change& c) override {
    if (catalog_->books()->matters.find(c.code, c.version)) return;
    const std::string name = "事项 " + c.code + " 第 " + std::to_string(c.version) + " 版";
    // Of a matter that the files offer no longer, cases that run under the version still need its text.
    if (!catalog_->find_matter({c.code}) && !catalog_->find_matter({c.code}, 1)) return complain(name + "在账本中，文件中却没有这个事项。");
    if (const Matter* of_files = catalog_->find_matter({c.code}, c.version)) {
      if (of_files->entry != c.definition) complain(name + "在文件和账本中内容不同。");
      return;
    }
    // Without regard to what the matter is now: it was judged when it was recorded.
    Loading in = catalog_->ground();
    Matter m;
    const auto j = judged(c.definition, "事项内容", "\"version\":" + std::to_string(c.version) + ",\"since\":\"" + to_iso(c.since) + "\"", in, [&](const yaml::Node& root, std::vector<Refusal>&) {
      m = read_matter(root, in, true);
      return m.entry;
    });
    if (!j.problems.empty()) return complain(complaint("事项", c, j.problems.front().sentence));
    catalog_->books()->matters.put(c.code, {c.version, c.since, std::move(m), c.definition});
  }
  void forget(const std::string& code, int version) override { catalog_->books()->matters.forget(code, version); }
  std::string_view former_fact() const override { return MatterChanged::kName; }
  Change read_former(const engine::RecordedFact& fact) const override {
    const auto f = fact.as<MatterChanged>();
    Change c;
    c.code = f.matter.value;
    c.version = f.version;
    c.since = f.since;
    c.definition = f.definition;
    c.reason = f.reason;
    return c;
  }

 private:
  void check_against(const Matter& m, const std::string& code, std::vector<Refusal>& problems) const {
    const Matter& now = *catalog_->find_matter({code});
    if (m.code.value != code) problems.push_back(bad("内容中的事项代码是“" + m.code.value + "”，不是“" + code + "”。", "事项代码不能变更；新设事项请写入 matters.yaml。"));
    // Running cases lie with the department and run on the clocks of the kind.
    if (m.department != now.department) problems.push_back(bad("变更不能更换事项的部门。", "部门调整请写入 matters.yaml，并安排在办件的移交。"));
    if (m.kind != now.kind) problems.push_back(bad("变更不能更换事项的类型。", "请作为新事项写入 matters.yaml。"));
    for (const auto& other : catalog_->matters()) {
      if (other.code.value == code) continue;
      const Matter& o = *catalog_->find_matter(other.code);
      if (o.department == m.department && o.name == m.name) {
        problems.push_back(bad("本部门已有同名的事项“" + m.name + "”。", "请换一个名称。"));
        problems.back().where = "/definition/name";
      }
      if (m.national_code && o.national_code == m.national_code) problems.push_back(bad("基本编码“" + *m.national_code + "”已用于“" + o.name + "”。", "请核对编码。"));
    }
  }
  std::shared_ptr<const Catalog> catalog_;
};

class Bundles final : public Changeable {
 public:
  explicit Bundles(std::shared_ptr<const Catalog> catalog) : catalog_(std::move(catalog)) {}
  ChangeKind kind() const override { return ChangeKind::bundle; }
  std::vector<std::string> codes() const override {
    std::vector<std::string> out;
    for (const auto& b : catalog_->bundles()) out.push_back(b.code.value);
    return out;
  }
  std::vector<ItemVersion> versions(const std::string& code) const override {
    const Bundle* of_file = first(code);
    return of_file ? with_book({{1, {}, of_file->entry}}, catalog_->books()->bundles, code) : std::vector<ItemVersion>{};
  }
  std::string name(const std::string& code, CivilDay day) const override {
    const auto* b = catalog_->find_bundle_on({code}, day);
    return b ? b->name : code;
  }
  std::string department(const std::string& code) const override {
    const auto* b = catalog_->find_bundle({code});
    return b ? b->lead.value : "";
  }
  Judged judge(const std::string& code, int, CivilDay, std::string_view definition) const override { return read(code, definition, true, nullptr); }
  bool needs_two(std::string_view path) const override { return !is_of(path, {"aliases", "notes", "notes_source", "channels", "channels_source"}); }
  void publish(const Change& c) override {
    if (!first(c.code)) return;  // the file offers it no longer
    Bundle b;
    const auto j = read(c.code, c.definition, false, &b);
    if (!j.problems.empty()) return complain(complaint("一件事", c, j.problems.front().sentence));
    catalog_->books()->bundles.put(c.code, {c.version, c.since, std::move(b), c.definition});
  }
  void forget(const std::string& code, int version) override { catalog_->books()->bundles.forget(code, version); }

 private:
  const Bundle* first(const std::string& code) const {
    const auto& all = catalog_->bundles();
    const auto it = std::find_if(all.begin(), all.end(), [&](const Bundle& b) { return b.code.value == code; });
    return it == all.end() ? nullptr : &*it;
  }
  Judged read(const std::string& code, std::string_view definition, bool beside_others, Bundle* out) const {
    Loading in = catalog_->ground();
    in.bundles = in.bundle_names = in.members = {};
    in.data.bundles.clear();
    return judged(definition, "一件事", {}, in, [&](const yaml::Node& root, std::vector<Refusal>& problems) -> std::string {
      read_bundle(root, in);
      if (in.data.bundles.empty() || !in.report.empty()) return {};
      Bundle& b = in.data.bundles.back();
      if (beside_others) check_against(b, code, problems);
      auto entry = b.entry;
      if (out) *out = std::move(b);
      return entry;
    });
  }
  void check_against(const Bundle& b, const std::string& code, std::vector<Refusal>& problems) const {
    if (b.code.value != code) problems.push_back(bad("内容中的代码是“" + b.code.value + "”，不是“" + code + "”。", "一件事的代码不能变更；新设的请写入 onething.yaml。"));
    const auto names = [](const Bundle& x) {
      std::set<std::string> out(x.aliases.begin(), x.aliases.end());
      out.insert(x.name);
      return out;
    };
    const auto own = names(b);
    for (const auto& other : catalog_->bundles()) {
      if (other.code.value == code) continue;
      for (const auto& n : names(*catalog_->find_bundle(other.code)))
        if (own.contains(n)) problems.push_back(bad("“" + n + "”已是“" + other.name + "”的名称或别名。", "请换一个名称。"));
    }
  }
  std::shared_ptr<const Catalog> catalog_;
};

class TheSettings final : public Changeable {
 public:
  explicit TheSettings(std::shared_ptr<const Catalog> catalog) : catalog_(std::move(catalog)) {}
  ChangeKind kind() const override { return ChangeKind::settings; }
  std::vector<std::string> codes() const override { return {SettingsHistory::kCode}; }
  std::vector<ItemVersion> versions(const std::string& code) const override {
    if (code != SettingsHistory::kCode) return {};
    return with_book({{1, {}, catalog_->ground().settings_entry}}, catalog_->settings_history()->book, code);
  }
  std::string name(const std::string&, CivilDay) const override { return "中心的设置"; }
  Judged judge(const std::string&, int, CivilDay, std::string_view definition) const override { return read(definition, nullptr); }
  // What the house is called and where it is rung up; all else decides about days, papers and remedies.
  bool needs_two(std::string_view path) const override {
    constexpr std::string_view kDefaults = "casework.";  // a section of the file
    if (path.starts_with(kDefaults)) return !is_of(path.substr(kDefaults.size()), {"consultation_phone", "supervision_phone", "draft_days"});
    return !is_of(path, {"hall", "bulletin", "centre.name", "centre.short"});
  }
  bool from_tomorrow(std::string_view path) const override { return needs_two(path); }
  void publish(const Change& c) override {
    auto& book = catalog_->settings_history()->book;
    if (!c.former.empty()) {  // what the first days went by, whatever the file says by now
      Settings s;
      if (read(c.former, &s).problems.empty()) book.put(c.code, {1, {std::numeric_limits<std::int32_t>::min()}, std::move(s), c.former});
    }
    Settings s;
    const auto j = read(c.definition, &s);
    if (!j.problems.empty()) return complain(complaint("中心的设置", c, j.problems.front().sentence));
    book.put(c.code, {c.version, c.since, std::move(s), c.definition});
  }
  void forget(const std::string& code, int version) override { catalog_->settings_history()->book.forget(code, version); }

 private:
  Judged read(std::string_view definition, Settings* out) const {
    Loading in = catalog_->ground();
    const Settings of_file = in.data.settings;
    in.data.settings = {};
    return judged(definition, "中心的设置", {}, in, [&](const yaml::Node& root, std::vector<Refusal>& problems) {
      read_settings(root, in);
      Settings& s = in.data.settings;
      if (s.unified_identity) problems.push_back(bad("统一身份认证的设置不能这样变更。", "它指向密钥，请由系统管理员写在 settings.yaml 里。"));
      if (in.report.empty() && (s.centre != of_file.centre || s.region != of_file.region || s.department != of_file.department)) {
        problems.push_back(bad("中心的代码、区划和部门不能变更。", "账本、密钥和日历都以它们为准。"));
        problems.back().where = "/definition/centre";
      }
      s.unified_identity = of_file.unified_identity;
      if (out) *out = s;
      return in.settings_entry;
    });
  }
  std::shared_ptr<const Catalog> catalog_;
};

class TheWindows final : public Changeable {
 public:
  explicit TheWindows(std::shared_ptr<const Catalog> catalog) : catalog_(std::move(catalog)) {}
  ChangeKind kind() const override { return ChangeKind::windows; }
  std::vector<std::string> codes() const override { return {Books::kWindows}; }
  std::vector<ItemVersion> versions(const std::string& code) const override {
    if (code != Books::kWindows) return {};
    return with_book({{1, {}, catalog_->ground().windows_entry}}, catalog_->books()->windows, code);
  }
  std::string name(const std::string&, CivilDay) const override { return "大厅的窗口"; }
  Judged judge(const std::string&, int, CivilDay, std::string_view definition) const override { return read(definition, true, nullptr); }
  bool needs_two(std::string_view path) const override { return !is_of(path, {"windows.name", "windows.operators"}); }
  void publish(const Change& c) override {
    std::vector<Window> windows;
    const auto j = read(c.definition, false, &windows);
    if (!j.problems.empty()) return complain(complaint("大厅的窗口", c, j.problems.front().sentence));
    catalog_->books()->windows.put(c.code, {c.version, c.since, std::move(windows), c.definition});
  }
  void forget(const std::string& code, int version) override { catalog_->books()->windows.forget(code, version); }

 private:
  Judged read(std::string_view definition, bool beside_before, std::vector<Window>* out) const {
    Loading in = catalog_->ground();
    in.windows = in.operators = {};
    in.data.windows.clear();
    return judged(definition, "大厅的窗口", {}, in, [&](const yaml::Node& root, std::vector<Refusal>& problems) {
      read_windows(root, in);
      if (beside_before && in.report.empty()) check_against(in.data.windows, problems);
      if (out) *out = in.data.windows;
      return in.windows_entry;
    });
  }
  void check_against(const std::vector<Window>& windows, std::vector<Refusal>& problems) const {
    const auto* newest = catalog_->books()->windows.newest(Books::kWindows);
    for (const auto& before : newest ? newest->value : catalog_->windows())
      if (std::none_of(windows.begin(), windows.end(), [&](const Window& w) { return w.code == before.code; }))
        problems.push_back(bad("窗口“" + before.name + "”（" + before.code.value + "）不能删去：办过的件写着它。", "不再使用的窗口请标为停用（closed）。"));
    if (std::none_of(windows.begin(), windows.end(), [](const Window& w) { return !w.closed && w.kind != WindowKind::issue && w.kind != WindowKind::unresolved; }))
      problems.push_back(bad("没有一个收件的窗口。", "请至少保留一个在用的收件窗口。"));
  }
  std::shared_ptr<const Catalog> catalog_;
};

}  // namespace

std::vector<std::unique_ptr<Changeable>> catalog_kinds(std::shared_ptr<const Catalog> catalog) {
  std::vector<std::unique_ptr<Changeable>> out;
  out.push_back(std::make_unique<Matters>(catalog));
  out.push_back(std::make_unique<Bundles>(catalog));
  out.push_back(std::make_unique<TheSettings>(catalog));
  out.push_back(std::make_unique<TheWindows>(catalog));
  return out;
}

}  // namespace yi::catalog
