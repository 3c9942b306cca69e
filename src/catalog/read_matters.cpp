// matters: what is applied for, within which limit, with which papers.
#include <algorithm>
#include <map>
#include <set>

#include "catalog/reading.h"

namespace yi::catalog {
namespace {

struct KindRow {
  MatterKind kind;
  const char* code;
  const char* name;
};
// GB/T 39046-2020 annex A.1: the kinds on application that a hall has.
constexpr KindRow kKinds[] = {
    {MatterKind::permit, "01", "行政许可"},        {MatterKind::benefit, "05", "行政给付"},
    {MatterKind::confirmation, "07", "行政确认"},  {MatterKind::award, "08", "行政奖励"},
    {MatterKind::ruling, "09", "行政裁决"},        {MatterKind::other, "10", "其他行政权力"},
    {MatterKind::public_service, "20", "公共服务"},
};
const KindRow& row(MatterKind k) {
  return *std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindRow& r) { return r.kind == k; });
}

MatterKind read_kind(yaml::Fields& f, Loading& in) {
  const std::string code = f.text("kind");
  for (const auto& r : kKinds)
    if (code == r.code) return r.kind;
  if (!code.empty()) in.add(f.at("kind"), Problem::unknown_code, "事项类型代码“" + code + "”不存在或不在大厅办理。");
  return MatterKind::permit;
}

// {days, unit, basis, unverified}: a limit set by law names its article.
std::optional<Limit> read_legal_limit(yaml::Fields& f, std::string_view name, Loading& in) {
  const auto node = f.optional_map(name);
  if (!node) return std::nullopt;
  yaml::Fields g(*node, in.report);
  Limit l;
  std::tie(l.days, l.unit) = in.days(g);
  const auto basis = g.optional_text("basis");
  if (!basis) in.add(*node, Problem::limit, "时限 " + std::string(name) + " 没有写依据 basis。");
  l.basis = basis.value_or("");
  l.unverified = g.flag("unverified");
  g.finish();
  return l;
}

std::optional<Limit> read_promise(yaml::Fields& f, Loading& in) {
  const auto node = f.optional_map("promised");
  if (!node) return std::nullopt;
  yaml::Fields g(*node, in.report);
  Limit l;
  std::tie(l.days, l.unit) = in.days(g);
  l.basis = "承诺";
  g.finish();
  return l;
}

std::string text_of(const Limit& l) {
  return std::to_string(l.days) + (l.unit == Unit::working ? " 个工作日" : " 日");
}

void check_limits(const Matter& m, const yaml::Fields& f, Loading& in) {
  if (m.kind == MatterKind::permit && !m.statutory)
    in.add(f.node(), Problem::limit, "行政许可事项“" + m.name + "”没有写法定时限 statutory。");
  if (m.kind == MatterKind::permit && m.delivery)
    in.add(f.at("delivery"), Problem::limit, "行政许可事项“" + m.name + "”不写送达时限 delivery：行政许可法第四十四条的 10 个工作日由程序掌握。");
  if (m.promised.has_value() != (m.case_type == CaseType::promised))
    in.add(f.node(), Problem::limit,
           "事项“" + m.name + "”：" + (m.promised ? "即办件当场办结，不写承诺时限 promised。"
                                              : "承诺件没有写承诺时限 promised。"));
  if (!m.promised || !m.statutory) return;
  if (m.promised->unit != m.statutory->unit)
    in.add(f.at("promised"), Problem::limit, "事项“" + m.name + "”的承诺时限和法定时限单位不同，无法比较。");
  else if (m.promised->days > m.statutory->days)
    in.add(f.at("promised"), Problem::limit,
           "事项“" + m.name + "”的承诺时限 " + text_of(*m.promised) + "长于法定时限 " + text_of(*m.statutory) + "。");
}

// 容缺 and 告知承诺: what may follow later, and what a commitment may replace.
void read_relief(yaml::Fields& g, Material& t, const Matter& m, Loading& in) {
  // The first paper of a matter is the application itself.
  t.main = g.flag("main") || m.materials.empty();
  t.deferrable = g.flag("deferrable");
  t.commitment = g.flag("commitment");
  t.deferral_days = static_cast<int>(g.optional_integer("deferral_days", 1, 366).value_or(0));
  const auto bad = [&](std::string_view field, const std::string& what) {
    in.add(g.at(field), Problem::materials, "材料“" + t.name + "”：" + what);
  };
  if (t.main && (t.deferrable || t.commitment)) bad(t.deferrable ? "deferrable" : "commitment", "主要材料不能容缺，也不能以承诺代替。");
  if (t.deferrable && t.commitment) bad("commitment", "可以承诺代替的，不再写容缺 deferrable。");
  if (t.deferrable != (t.deferral_days > 0)) bad("deferrable", "容缺的材料要写 deferral_days，其他材料不写。");
  if (t.deferrable && !m.promised) bad("deferrable", "即办件当场办结，没有容缺。");
  if (t.deferrable && m.promised && t.deferral_days > m.promised->days)
    bad("deferral_days", "容缺补交的 " + std::to_string(t.deferral_days) + " 日长于承诺时限 " + std::to_string(m.promised->days) + " 日。");
  if (t.commitment && m.commitment_excluded_reason) bad("commitment", "该事项写明了不适用告知承诺的原因，不能再有承诺代替的材料。");
}

void read_materials(yaml::Fields& f, Matter& m, Loading& in) {
  Register names;
  for (const auto& node : f.optional_list("materials")) {
    yaml::Fields g(node, in.report);
    Material t;
    t.name = g.text("name");
    t.required = g.boolean("required");
    t.condition = g.optional_text("condition");
    t.copies = static_cast<int>(g.integer("copies", 1, 20));
    t.form = g.choice<MaterialForm>("form");
    t.provider = g.choice<Provider>("provider");
    if (t.required == t.condition.has_value())
      in.add(node, Problem::materials,
             "材料“" + t.name + "”：" + (t.required ? "必要材料不写 condition。" : "不是必要的材料要写明何时需要 condition。"));
    names.add(t.name, g.at("name"), "材料", in.report);
    read_relief(g, t, m, in);
    g.finish();
    m.materials.push_back(std::move(t));
  }
  if (std::none_of(m.materials.begin(), m.materials.end(), [](const Material& t) { return t.required; }))
    in.add(f.at("materials"), Problem::materials, "事项“" + m.name + "”没有写必要的申请材料。");
}

void read_audience(yaml::Fields& f, Matter& m, Loading& in) {
  for (const auto& text : f.texts("audience")) {
    if (text.size() != 1 || text[0] < '1' || text[0] > '6') {
      in.add(f.at("audience"), Problem::unknown_code, "服务对象代码“" + text + "”不存在。");
    } else if (!m.audience.empty() && m.audience.back() >= text[0] - '0') {
      in.add(f.at("audience"), Problem::inconsistent, "服务对象代码要从小到大、不重复。");
    } else {
      m.audience.push_back(text[0] - '0');
    }
  }
  if (m.audience.empty()) in.add(f.at("audience"), Problem::inconsistent, "事项“" + m.name + "”没有写服务对象。");
}

// What is done online stands in the order of doing, and nothing is done of what was not begun.
void read_online_depth(yaml::Fields& f, Matter& m, Loading& in) {
  const auto bad = [&](Problem p, const std::string& what) { in.add(f.at("online_depth"), p, "事项“" + m.name + "”的网上办理深度：" + what); };
  for (const auto& text : f.optional_texts("online_depth")) {
    OnlineDepth depth{};
    if (!json::enum_from(text, depth)) bad(Problem::unknown_code, "没有“" + text + "”。");
    else if (!m.online_depth.empty() && m.online_depth.back() >= depth) bad(Problem::inconsistent, "要按办理的先后写，不重复。");
    else m.online_depth.push_back(depth);
  }
  const auto has = [&](OnlineDepth d) { return std::find(m.online_depth.begin(), m.online_depth.end(), d) != m.online_depth.end(); };
  if (m.offline_reason && std::any_of(m.online_depth.begin(), m.online_depth.end(), [](OnlineDepth d) { return d != OnlineDepth::consult; }))
    bad(Problem::inconsistent, "不能网上申请的（offline_reason），只能写 consult。");
  if (m.direct_receipt && has(OnlineDepth::pre_review)) bad(Problem::inconsistent, "直接收件的（direct_receipt），不写 pre_review。");
  if (has(OnlineDepth::accept) && !has(OnlineDepth::receive)) bad(Problem::inconsistent, "写 accept 的，也要写 receive。");
  if (has(OnlineDepth::handle) && !has(OnlineDepth::accept)) bad(Problem::inconsistent, "写 handle 的，也要写 accept。");
  if (has(OnlineDepth::licence_feedback) && (m.result.type == ResultType::receipt || m.result.type == ResultType::letter))
    bad(Problem::inconsistent, "结果不是证照、证书或者批复的，不写 licence_feedback。");
}

}  // namespace

std::string_view kind_code(MatterKind k) { return row(k).code; }
std::string_view kind_name(MatterKind k) { return row(k).name; }

Matter read_matter(const yaml::Node& node, Loading& in, bool former) {
  yaml::Fields f(node, in.report);
  Matter m;
  m.code.value = in.code(f, "code", "AA-*-9999");
  m.version = static_cast<int>(former ? f.integer("version", 1, 999) : f.optional_integer("version", 1, 999).value_or(1));
  m.since = former ? f.day("since") : f.optional_day("since");
  m.name = f.text("name");
  m.department = in.department(f);
  m.kind = read_kind(f, in);
  if (f.node().find("national_code")) m.national_code = in.code(f, "national_code", "999999999999");
  m.basis = f.optional_texts("basis");
  m.conditions = f.optional_texts("conditions");
  m.case_type = f.choice<CaseType>("case_type");
  m.statutory = read_legal_limit(f, "statutory", in);
  m.promised = read_promise(f, in);
  m.delivery = read_legal_limit(f, "delivery", in);
  check_limits(m, f, in);
  read_audience(f, m, in);
  m.visits = static_cast<int>(f.integer("visits", 0, 5));
  m.commitment_excluded_reason = f.optional_text("commitment_excluded_reason");
  read_materials(f, m, in);
  if (const auto result = f.map("result")) {
    yaml::Fields g(*result, in.report);
    m.result = {g.text("name"), g.choice<ResultType>("type")};
    g.finish();
  }
  read_course(f, m, in);
  read_online_depth(f, m, in);
  m.life_stages = f.optional_texts("life_stages");
  m.note = f.optional_text("note");
  m.from = in.provenance(f);
  if (node.kind() == yaml::Kind::map) m.entry = yaml::to_json_without(node, {"version", "since"});
  f.finish();
  if (m.version > 1 && !m.since)
    in.add(f.at("version"), Problem::versions, "事项“" + m.name + "”是第 " + std::to_string(m.version) + " 版，却没有写启用日 since。");
  return m;
}

void read_matters(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  Register names, national;
  for (const auto& node : top.list("matters")) {
    Matter m = read_matter(node, in, false);
    const auto at = [&](const char* field) { return node.find(field).value_or(node); };
    in.matters.add(m.code.value, at("code"), "事项代码", in.report);
    if (m.national_code) national.add(*m.national_code, at("national_code"), "基本编码", in.report);
    names.add(m.department.value + " " + m.name, at("name"), "同一部门的事项名称", in.report);
    in.data.matters.push_back(std::move(m));
    in.matter_places.push_back(node);
  }
  top.finish();
}

void read_former_matters(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  for (const auto& node : top.list("matters")) {
    Matter m = read_matter(node, in, true);
    in.former_matters.add(m.code.value + " 第 " + std::to_string(m.version) + " 版", node, "事项的旧版本", in.report);
    in.data.former_matters.push_back(std::move(m));
    in.former_places.push_back(node);
  }
  top.finish();
}

void check_life_stages(const Matter& m, const yaml::Node& node, Loading& in) {
  const auto at = node.find("life_stages").value_or(node);
  const auto among = [](const std::vector<std::string>& all, const std::string& stage) { return std::find(all.begin(), all.end(), stage) != all.end(); };
  const bool for_persons = std::find(m.audience.begin(), m.audience.end(), 1) != m.audience.end();
  const bool for_bodies = std::any_of(m.audience.begin(), m.audience.end(), [](int a) { return a > 1; });
  std::set<std::string> seen;
  for (const auto& stage : m.life_stages) {
    const bool of_person = among(in.data.person_stages, stage), of_body = among(in.data.enterprise_stages, stage);
    if (!of_person && !of_body) in.add(at, Problem::unknown_code, "阶段“" + stage + "”不在 onething.yaml 的 stages 之内。");
    else if (!(of_person && for_persons) && !(of_body && for_bodies))
      in.add(at, Problem::inconsistent, "阶段“" + stage + "”是" + (of_person ? "个人" : "企业") + "的，事项“" + m.name + "”不办给" + (of_person ? "个人。" : "企业和单位。"));
    if (!seen.insert(stage).second) in.add(at, Problem::duplicate, "阶段“" + stage + "”重复列出。");
  }
}

void check_versions(Loading& in) {
  struct Version {
    const Matter* matter;
    yaml::Node at;
  };
  std::map<std::string, std::map<int, Version>> versions;  // by code, then by number
  const auto put = [&](const std::vector<Matter>& all, const std::vector<yaml::Node>& places, bool now) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto& of = versions[all[i].code.value];
      if (now || of.empty() || all[i].version != of.rbegin()->first) of.emplace(all[i].version, Version{&all[i], places[i]});
      else in.add(places[i], Problem::versions, "事项“" + all[i].name + "”的第 " + std::to_string(all[i].version) + " 版就是现行的一版，不写在历史中。");
    }
  };
  put(in.data.matters, in.matter_places, true);
  put(in.data.former_matters, in.former_places, false);
  for (const auto& [code, of] : versions) {
    if (code.empty()) continue;  // reported already
    int expected = 1;
    const Matter* before = nullptr;
    for (const auto& [number, v] : of) {
      if (number != expected)
        in.add(v.at, Problem::versions, "事项“" + v.matter->name + "”有第 " + std::to_string(number) + " 版，缺第 " + std::to_string(expected) + " 版。");
      if (before && v.matter->since && before->since && *v.matter->since <= *before->since)
        in.add(v.at, Problem::versions, "事项“" + v.matter->name + "”第 " + std::to_string(number) + " 版的启用日不晚于前一版。");
      expected = number + 1;
      before = v.matter;
    }
  }
}

}  // namespace yi::catalog
