#include "catalog/reading.h"

#include <algorithm>

namespace yi::catalog {
namespace {

struct ProblemText {
  Problem problem;
  const char* next_step;
};
constexpr ProblemText kProblems[] = {
    {Problem::bad_code, "请按 docs/catalog.md 中的写法改正代码。"},
    {Problem::duplicate, "请改用另一个代码或名称，或删去重复的一条。"},
    {Problem::unknown_code, "请核对拼写，或先在前面的文件中加上它。"},
    {Problem::unknown_department, "请核对拼写，或先在 departments.yaml 中加上该部门。"},
    {Problem::unknown_region, "请核对拼写，或先在 regions.yaml 中加上该区划。"},
    {Problem::unknown_source, "请核对拼写，或先在 sources.yaml 中加上该出处。"},
    {Problem::unmarked, "请加上 unverified: true，或写上可以核对的出处。"},
    {Problem::wrong_count, "请核对条目，或改正公布的数目。"},
    {Problem::cycle, "请删去其中一个 after。"},
    {Problem::limit, "请核对法定时限、承诺时限和依据。"},
    {Problem::materials, "请补全或改正申请材料。"},
    {Problem::inconsistent, "请按 docs/catalog.md 改正该条目。"},
    {Problem::versions, "请按 docs/catalog.md 的“版本”一节，把旧的一版完整地写进 matters-history.yaml。"},
};

}  // namespace

bool Register::add(const std::string& key, const yaml::Node& at, const char* what, yaml::Report& report) {
  if (key.empty()) return true;  // its own report stands already
  const auto [it, fresh] = first_.try_emplace(key, at.where());
  if (!fresh)
    report.add(at, "catalog.duplicate", std::string(what) + "“" + key + "”重复，已在 " + it->second + " 出现。",
               "请改用另一个代码或名称，或删去重复的一条。");
  return fresh;
}

void Loading::add(const yaml::Node& at, Problem p, const std::string& sentence) {
  const auto row = std::find_if(std::begin(kProblems), std::end(kProblems), [&](const auto& r) { return r.problem == p; });
  report.add(at, std::string("catalog.") + json::enum_name(p), sentence, row->next_step);
}

bool has_shape(std::string_view text, const char* shape) {
  std::size_t i = 0;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (const char* s = shape; *s; ++s) {
    if (*s == '*') {  // a run of capitals and digits
      const std::size_t from = i;
      while (i < text.size() && (digit(text[i]) || capital(text[i]))) ++i;
      if (i == from) return false;
      continue;
    }
    if (*s == 'a') {  // a run of small letters
      const std::size_t from = i;
      while (i < text.size() && text[i] >= 'a' && text[i] <= 'z') ++i;
      if (i == from) return false;
      continue;
    }
    if (i >= text.size()) return false;
    const char c = text[i++];
    if (*s == '9' ? !digit(c) : *s == 'A' ? !capital(c) : c != *s) return false;
  }
  return i == text.size() && text.size() <= 32;
}

std::string Loading::code(yaml::Fields& f, std::string_view name, const char* shape) {
  std::string text = f.text(name);
  if (!text.empty() && !has_shape(text, shape)) {
    add(f.at(name), Problem::bad_code, "代码“" + text + "”的写法不对。");
    return "";
  }
  return text;
}

std::vector<SourceCode> Loading::source_list(yaml::Fields& f, std::string_view name, bool required) {
  const auto problems = report.problems().size();
  auto out = known<SourceCode>(f, name, sources, Problem::unknown_source, "出处");
  if (required && out.empty() && report.problems().size() == problems)
    add(f.at(name), Problem::unknown_source, "条目没有写出处 " + std::string(name) + "。");
  return out;
}

Provenance Loading::provenance(yaml::Fields& f) {
  Provenance p;
  p.source = source_list(f, "source", true);
  p.unverified = f.flag("unverified");
  const bool hearsay = !p.source.empty() && std::all_of(p.source.begin(), p.source.end(), [&](const SourceCode& s) {
    return source_kinds.at(s.value) == SourceKind::unverified;
  });
  if (hearsay && !p.unverified) add(f.at("source"), Problem::unmarked, "条目只有常识作出处，却没有标明 unverified。");
  return p;
}

DepartmentCode Loading::department(yaml::Fields& f, std::string_view name) {
  std::string text = f.text(name);
  if (!text.empty() && !departments.has(text))
    add(f.at(name), Problem::unknown_department, "部门“" + text + "”不存在。");
  return {std::move(text)};
}

std::pair<int, Unit> Loading::days(yaml::Fields& f) {
  const int n = static_cast<int>(f.integer("days", 1, 366));
  return {n, f.choice<Unit>("unit")};
}

void Loading::count(const yaml::Node& at, const std::string& what, std::size_t found, std::size_t required) {
  if (found != required)
    add(at, Problem::wrong_count,
        what + "应有 " + std::to_string(required) + " 项，实有 " + std::to_string(found) + " 项。");
}

}  // namespace yi::catalog
