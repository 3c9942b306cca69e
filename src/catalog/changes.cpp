#include "catalog/changes.h"

#include "base/text.h"
#include "catalog/reading.h"

namespace yi::catalog {
namespace {

constexpr const char* kBadDefinition = "catalog.bad_definition";
constexpr const char* kPlace = "/definition";

Refusal bad(std::string sentence, std::string next_step) { return {kBadDefinition, std::move(sentence), std::move(next_step), 422, kPlace}; }

// The entry with version and since as the program gives them, in the file's order of fields.
std::string versioned_entry(const yaml::Node& entry, int version, CivilDay since) {
  std::string out = "{\"version\":" + std::to_string(version) + ",\"since\":\"" + to_iso(since) + "\"";
  for (std::size_t i = 0; i < entry.size(); ++i) {
    if (entry.key(i) == "version" || entry.key(i) == "since" || entry.item(i).kind() == yaml::Kind::null) continue;
    out += ",";
    json::append_string(out, entry.key(i));
    out += ":" + yaml::to_json(entry.item(i));
  }
  return out + "}";
}

void check_against(const Matter& m, const Catalog& catalog, const MatterCode& code, std::vector<Refusal>& problems) {
  const Matter& now = *catalog.find_matter(code);
  if (m.code != code) problems.push_back(bad("内容中的事项代码是“" + m.code.value + "”，不是“" + code.value + "”。", "事项代码不能变更；新设事项请写入 matters.yaml。"));
  // Running cases lie with the department and run on the clocks of the kind.
  if (m.department != now.department) problems.push_back(bad("变更不能更换事项的部门。", "部门调整请写入 matters.yaml，并安排在办件的移交。"));
  if (m.kind != now.kind) problems.push_back(bad("变更不能更换事项的类型。", "请作为新事项写入 matters.yaml。"));
  for (const auto& other : catalog.matters()) {
    if (other.code == code) continue;
    const Matter& o = *catalog.find_matter(other.code);
    if (o.department == m.department && o.name == m.name) problems.push_back(bad("本部门已有同名的事项“" + m.name + "”。", "请换一个名称。"));
    if (m.national_code && o.national_code == m.national_code) problems.push_back(bad("基本编码“" + *m.national_code + "”已用于“" + o.name + "”。", "请核对编码。"));
  }
}

}  // namespace

ReadChange read_version(const Catalog& catalog, int version, CivilDay since, std::string_view definition) {
  ReadChange r;
  json::Parser parser;
  const auto parsed = parser.parse(definition);
  if (!parsed || parsed->kind() != json::Kind::object) {
    r.problems.push_back(bad("内容不是一个 JSON 对象，或写法不完整。", "请检查括号、引号和逗号。"));
    return r;
  }
  const auto given = yaml::parse(definition, "事项内容");  // JSON is YAML; the loader reads nodes of it
  if (!given) {
    r.problems.push_back(given.error());
    return r;
  }
  auto entry = yaml::parse(versioned_entry(*given, version, since), "事项内容");
  if (!entry) {
    r.problems.push_back(entry.error());
    return r;
  }
  Loading in = catalog.ground();
  Matter m = read_matter(*entry, in, true);
  r.problems = in.report.problems();
  for (auto& p : r.problems) {
    p.where = kPlace;
    p.status = 422;
  }
  if (r.problems.empty()) r.matter = std::move(m);
  return r;
}

ReadChange read_change(const Catalog& catalog, const MatterCode& code, int version, CivilDay since, std::string_view definition) {
  auto r = read_version(catalog, version, since, definition);
  if (!r.matter) return r;
  check_against(*r.matter, catalog, code, r.problems);
  if (!r.problems.empty()) r.matter.reset();
  return r;
}

Result<MatterChanged> decide(const ChangeMatter& c, const Catalog& catalog, CivilDay today) {
  const Matter* now = catalog.find_matter(c.matter);
  if (!now) return Refusal{"catalog.unknown_matter", "目录里没有这个事项。", "请从事项列表中选择；新设事项请写入 matters.yaml。", 404, "/matter"};
  if (now->version != c.base_version)
    return Refusal{"catalog.changed_meanwhile", "事项“" + now->name + "”已是第 " + std::to_string(now->version) + " 版，您编辑的是第 " + std::to_string(c.base_version) + " 版。",
                   "请打开新的一版，核对后再改。", 409, "/base_version"};
  if (trim(c.reason).empty()) return Refusal{"catalog.reason_missing", "没有写明变更的原因。", "请写明依据的文件或决定。", 422, "/reason"};
  if (c.since < today) return Refusal{"catalog.since_past", "启用日在今天之前。", "变更不溯及既往，请选择今天或以后的日期。", 422, "/since"};
  const int version = now->version + 1;
  auto read = read_change(catalog, c.matter, version, c.since, c.definition);
  if (!read.matter) {
    Refusal first = read.problems.front();
    if (read.problems.size() > 1) first.next_step += "另有 " + std::to_string(read.problems.size() - 1) + " 处问题。";
    return first;
  }
  if (read.matter->entry == now->entry)
    return Refusal{"catalog.nothing_changed", "内容与现在的第 " + std::to_string(now->version) + " 版相同。", "没有需要变更的内容。", 422, kPlace};
  return MatterChanged{c.matter, version, c.since, MatterDefinition(read.matter->entry), c.reason};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out{"catalog.unknown_matter", "catalog.changed_meanwhile", "catalog.reason_missing", "catalog.since_past", "catalog.nothing_changed", kBadDefinition,
                               "base.bad_yaml", "base.yaml_forbidden", "base.yaml_boolean", "base.yaml_choice", "base.yaml_integer",
                               "base.yaml_missing", "base.yaml_text", "base.yaml_type", "base.yaml_unknown", "base.bad_date"};
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Problem>>([&](auto p) { out.push_back(std::string("catalog.") + p.name); });
  return out;
}

}  // namespace yi::catalog
