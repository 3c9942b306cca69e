#include "conduct/clauses.h"

#include <algorithm>

#include "base/yaml.h"

namespace yi::conduct {

const Clause* ClauseList::find(std::string_view number) const {
  const auto it = std::find_if(clauses.begin(), clauses.end(), [&](const Clause& c) { return c.number == number; });
  return it == clauses.end() ? nullptr : &*it;
}
const ClauseList* ConductRules::on(CivilDay day) const {
  const ClauseList* found = nullptr;
  for (const auto& v : versions)
    if (v.from <= day) found = &v;
  return found;
}

Result<ConductRules> ConductRules::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  ConductRules all;
  const auto bad = [&](const yaml::Node& at, std::string sentence) { report.add(at, "conduct.bad_list", std::move(sentence), "请核对 conduct.yaml。"); };
  for (const auto& node : top.list("versions")) {
    yaml::Fields f(node, report);
    ClauseList v{f.text("version"), f.text("title"), f.day("from"), f.text("pledge"), {}};
    for (const auto& item : f.list("clauses")) {
      yaml::Fields g(item, report);
      Clause c{g.text("number"), g.text("text"), g.optional_text("basis").value_or(""), g.choice<ClauseKind>("kind"), g.flag("unverified")};
      g.finish();
      if (c.number.size() > 20) bad(item, "条款编号超过 20 个字符。");
      if (v.find(c.number)) bad(item, "条款“" + c.number + "”写了两次。");
      v.clauses.push_back(std::move(c));
    }
    f.finish();
    for (const auto kind : {ClauseKind::positive, ClauseKind::negative})
      if (std::none_of(v.clauses.begin(), v.clauses.end(), [&](const Clause& c) { return c.kind == kind; })) bad(node, kind == ClauseKind::positive ? "没有正面条款。" : "没有负面条款。");
    if (!all.versions.empty() && v.from <= all.versions.back().from) bad(node, "各版本要按施行日期从早到晚写。");
    for (const auto& other : all.versions)
      if (other.version == v.version) bad(node, "版本“" + v.version + "”写了两次。");
    all.versions.push_back(std::move(v));
  }
  if (const auto n = top.optional_map("reminder_days")) {
    yaml::Fields g(*n, report);
    all.reminder_days = static_cast<int>(g.integer("value", 1, 3660));
    g.text("basis");
    g.flag("unverified");
    g.finish();
  }
  top.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return all;
}

}  // namespace yi::conduct
