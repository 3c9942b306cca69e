#include "catalog/changes.h"

#include <algorithm>
#include <mutex>

#include "catalog/change_table.h"

namespace yi::catalog {

Changes::Changes(std::shared_ptr<const Catalog> catalog) : catalog_(catalog), kinds_(catalog_kinds(std::move(catalog))) {}

Checked Changes::read_four_eyes(const std::filesystem::path& file) {
  YI_TRY(four_eyes_, FourEyes::load(file, kinds_));
  return Done{};
}

Changeable* Changes::writable(ChangeKind kind) const {
  const auto it = std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& k) { return k->kind() == kind; });
  return it == kinds_.end() ? nullptr : it->get();
}
const Changeable* Changes::find(ChangeKind kind) const { return writable(kind); }

std::vector<Change> Changes::of(ChangeKind kind, const std::string& code) const {
  std::shared_lock lock(m_);
  std::vector<Change> out;
  if (const auto it = items_.find({kind, code}); it != items_.end())
    for (const auto& [n, c] : it->second) out.push_back(c);
  return out;
}

std::optional<Change> Changes::find(ChangeKind kind, const std::string& code, int number) const {
  std::shared_lock lock(m_);
  const auto it = items_.find({kind, code});
  if (it == items_.end()) return std::nullopt;
  const auto of = it->second.find(number);
  return of == it->second.end() ? std::nullopt : std::optional(of->second);
}

std::vector<Change> Changes::open() const {
  std::vector<Change> out;
  {
    std::shared_lock lock(m_);
    for (const auto& [key, of] : items_)
      for (const auto& [n, c] : of)
        if (c.status == ChangeStatus::open) out.push_back(c);
  }
  std::sort(out.begin(), out.end(), [](const Change& a, const Change& b) { return a.seq < b.seq; });
  return out;
}

int Changes::count(ChangeKind kind, const std::string& code) const {
  std::shared_lock lock(m_);
  const auto it = items_.find({kind, code});
  if (it == items_.end()) return 0;
  return static_cast<int>(std::count_if(it->second.begin(), it->second.end(), [](const auto& c) { return c.second.status == ChangeStatus::approved; }));
}

std::vector<ItemVersion> Changes::versions(ChangeKind kind, const std::string& code) const {
  const auto* of = find(kind);
  if (!of) return {};
  auto out = of->versions(code);
  if (out.empty() || !of->first_is_the_files()) return out;
  std::shared_lock lock(m_);
  if (const auto it = items_.find({kind, code}); it != items_.end())
    for (const auto& [n, c] : it->second)
      if (c.status == ChangeStatus::approved && !c.former.empty()) out.front().definition = c.former;
  return out;
}

void Changes::put(const Change& change) {
  {
    std::unique_lock lock(m_);
    auto& kept = items_[{change.kind, change.code}];
    const auto it = kept.find(change.number);
    if (it != kept.end() && it->second.status != ChangeStatus::open && change.status == ChangeStatus::open) return;  // a rebuild comes past
    kept.insert_or_assign(change.number, change);
  }
  if (auto* kind = change.status == ChangeStatus::approved ? writable(change.kind) : nullptr) kind->publish(change);
}

void Changes::restore(const Change& taken_back, const std::optional<Change>& before) {
  {
    std::unique_lock lock(m_);
    auto& kept = items_[{taken_back.kind, taken_back.code}];
    if (before) kept.insert_or_assign(before->number, *before);
    else kept.erase(taken_back.number);
  }
  const bool was_approved = before && before->status == ChangeStatus::approved;
  if (auto* kind = taken_back.status == ChangeStatus::approved && !was_approved ? writable(taken_back.kind) : nullptr) kind->forget(taken_back.code, taken_back.version);
}

void Changes::load(store::Reader& reader, CentreCode centre) {
  for (const auto& change : changes_in_table(reader, centre)) put(change);
}

Checked Changes::check() const {
  std::vector<std::string> all;
  for (const auto& k : kinds_)
    for (auto& sentence : k->complaints()) all.push_back(std::move(sentence));
  if (all.empty()) return Done{};
  std::string next = "在办件按受理时的那一版办理，程序不会换用另一种内容。请把文件恢复到与账本相符，再启动。";
  if (all.size() > 1) next += "另有 " + std::to_string(all.size() - 1) + " 处。";
  return Refusal{"catalog.files_disagree", all.front(), std::move(next), 409, "matters.yaml"};
}

const ItemVersion& version_on(const std::vector<ItemVersion>& versions, CivilDay day) {
  for (auto it = versions.rbegin(); it != versions.rend(); ++it)
    if (!it->since || *it->since <= day) return *it;
  return versions.front();
}

namespace {
bool covers(const std::string& field, std::string_view path) {
  return path == field || (path.size() > field.size() && path.substr(0, field.size()) == field && path[field.size()] == '.');
}
}  // namespace

Result<FourEyes> FourEyes::load(const std::filesystem::path& file, const std::vector<std::unique_ptr<Changeable>>& kinds) {
  FourEyes out;
  std::error_code ec;
  if (!std::filesystem::exists(file, ec)) return out;
  YI_TRY(const auto root, yaml::load(file, "four_eyes.yaml"));
  yaml::Report report;
  yaml::Fields top(root, report);
  if (const auto node = top.map("alone")) {
    yaml::Fields f(*node, report);
    for (const auto& kind : kinds) {
      const std::string name(json::enum_name(kind->kind()));
      for (const auto& field : f.optional_texts(name)) {
        if (kind->needs_two(field))
          report.add(f.at(name), "catalog.needs_two", "字段“" + field + "”不能由一个人单独变更。", "时限、材料、收费等法律规定的或者期限所依据的字段都须两人；请删去。");
        out.fields_[kind->kind()].push_back(field);
      }
    }
    f.finish();
  }
  top.finish();
  if (auto refusal = report.refusal()) return std::move(*refusal);
  return out;
}

bool FourEyes::alone(ChangeKind kind, const std::set<std::string>& paths) const {
  const auto it = fields_.find(kind);
  if (it == fields_.end() || paths.empty()) return false;
  return std::all_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return std::any_of(it->second.begin(), it->second.end(), [&](const std::string& field) { return covers(field, path); });
  });
}

}  // namespace yi::catalog
