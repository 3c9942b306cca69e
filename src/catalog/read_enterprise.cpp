// Enterprise services, the zone's plates, the industry chains, and the dated facts of the bulletin.
#include <algorithm>
#include <numeric>

#include "catalog/reading.h"

namespace yi::catalog {
namespace {

std::vector<BackgroundNote> read_background(yaml::Fields& f, Loading& in) {
  std::vector<BackgroundNote> out;
  for (const auto& node : f.optional_list("background")) {
    yaml::Fields g(node, in.report);
    std::string text = g.text("text");
    out.push_back({std::move(text), in.provenance(g)});
    g.finish();
  }
  return out;
}

// "PRJ-01" of "PRJ".
bool part_shape(std::string_view code, const std::string& whole, const char* rest) {
  return code.substr(0, whole.size()) == whole && has_shape(code.substr(std::min(whole.size(), code.size())), rest);
}

void read_item(const yaml::Node& node, ServiceCategory& category, Loading& in) {
  yaml::Fields f(node, in.report);
  ServiceItem i;
  i.code.value = f.text("id");
  if (!i.code.value.empty() && !part_shape(i.code.value, category.code.value, "-99"))
    in.add(f.at("id"), Problem::bad_code, "服务事项“" + i.code.value + "”应当是类别代码加 - 和两位序号。");
  i.name = f.text("name");
  i.kind = f.choice<ServiceKind>("kind");
  i.department = in.department(f);
  i.name_match = f.choice<NameMatch>("name_match");
  i.from = in.provenance(f);
  f.finish();
  in.services.add(i.code.value, f.at("id"), "服务事项", in.report);
  in.service_names.add(i.name, f.at("name"), "服务事项名称", in.report);
  category.items.push_back(std::move(i));
}

void read_need(const yaml::Node& node, ChainStage& stage, Loading& in) {
  yaml::Fields f(node, in.report);
  ChainNeed n;
  n.name = f.text("name");
  n.services = in.known<ServiceCode>(f, "services", in.services, Problem::unknown_code, "服务事项");
  n.note = f.optional_text("note");
  n.from = in.provenance(f);
  f.finish();
  stage.needs.push_back(std::move(n));
}

void read_stage(const yaml::Node& node, Chain& chain, Register& codes, Loading& in) {
  yaml::Fields f(node, in.report);
  ChainStage s;
  s.code = f.text("code");
  if (!s.code.empty() && !part_shape(s.code, chain.code.value, "-9"))
    in.add(f.at("code"), Problem::bad_code, "环节代码“" + s.code + "”应当是产业链代码加 - 和一位序号。");
  s.name = f.text("name");
  s.position = f.choice<ChainPosition>("position");
  s.segments = f.texts("segments");
  s.segments_unverified = f.optional_texts("segments_unverified");
  for (const auto& name : s.segments_unverified)
    if (std::find(s.segments.begin(), s.segments.end(), name) == s.segments.end())
      in.add(f.at("segments_unverified"), Problem::unknown_code, "分段“" + name + "”不在 segments 之内。");
  s.from = in.provenance(f);
  for (const auto& need : f.list("needs")) read_need(need, s, in);
  f.finish();
  codes.add(s.code, f.at("code"), "环节代码", in.report);
  chain.stages.push_back(std::move(s));
}

void read_chain(const yaml::Node& node, Register& stage_codes, Loading& in) {
  yaml::Fields f(node, in.report);
  Chain c;
  c.code.value = in.code(f, "code", "*");
  c.name = f.text("name");
  c.from = in.provenance(f);
  for (const auto& place : f.list("places")) {
    yaml::Fields g(place, in.report);
    ChainPlace p;
    p.name = g.text("name");
    p.note = g.optional_text("note");
    p.from = in.provenance(g);
    g.finish();
    c.places.push_back(std::move(p));
  }
  c.background = read_background(f, in);
  for (const auto& stage : f.list("stages")) read_stage(stage, c, stage_codes, in);
  f.finish();
  in.chains.add(c.code.value, f.at("code"), "产业链代码", in.report);
  in.chain_names.add(c.name, f.at("name"), "产业链名称", in.report);
  in.data.chains.push_back(std::move(c));
}

void read_list_published(yaml::Fields& f, DatedFact& fact, Loading& in) {
  fact.version = f.text("version");
  fact.total = static_cast<int>(f.integer("total", 1, 10'000));
  Register seen;
  for (const auto& node : f.list("categories")) {
    yaml::Fields g(node, in.report);
    DatedFact::Count c{{g.text("category")}, static_cast<int>(g.integer("count", 1, 10'000))};
    g.finish();
    if (!c.category.empty() && !in.categories.has(c.category.value))
      in.add(g.at("category"), Problem::unknown_code, "类别“" + c.category.value + "”不存在。");
    seen.add(c.category.value, g.at("category"), "类别", in.report);
    fact.categories.push_back(std::move(c));
  }
  const int sum = std::accumulate(fact.categories.begin(), fact.categories.end(), 0,
                                  [](int n, const auto& c) { return n + c.count; });
  in.count(f.at("total"), "清单“" + *fact.version + "”的各类合计", static_cast<std::size_t>(sum),
           static_cast<std::size_t>(fact.total));
}

}  // namespace

void read_services(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  in.data.services_total = static_cast<int>(top.integer("required_total", 1, 10'000));
  in.data.services_total_in_press = static_cast<int>(top.optional_integer("total_in_press", 1, 10'000).value_or(0));
  in.data.services_background = read_background(top, in);
  std::size_t total = 0;
  for (const auto& node : top.list("categories")) {
    yaml::Fields f(node, in.report);
    ServiceCategory c;
    c.code.value = in.code(f, "code", "AAA");
    c.name = f.text("name");
    const auto required = f.integer("required_count", 1, 1'000);
    for (const auto& item : f.list("items")) read_item(item, c, in);
    f.finish();
    in.count(f.at("required_count"), "类别“" + c.name + "”", c.items.size(), static_cast<std::size_t>(required));
    total += c.items.size();
    in.categories.add(c.code.value, f.at("code"), "类别代码", in.report);
    in.category_names.add(c.name, f.at("name"), "类别名称", in.report);
    in.data.categories.push_back(std::move(c));
  }
  in.count(top.at("required_total"), "涉企服务事项清单", total, static_cast<std::size_t>(in.data.services_total));
  top.finish();
}

void read_plates(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  const auto required = top.integer("required_count", 1, 100);
  Register placed;
  for (const auto& node : top.list("plates")) {
    yaml::Fields f(node, in.report);
    Plate p;
    p.code.value = in.code(f, "code", "*-*");
    p.name = f.text("name");
    p.categories = in.known<CategoryCode>(f, "categories", in.categories, Problem::unknown_code, "类别");
    p.from = in.provenance(f);
    f.finish();
    for (const auto& c : p.categories) placed.add(c.value, f.at("categories"), "板块中的类别", in.report);
    in.plates.add(p.code.value, f.at("code"), "板块代码", in.report);
    in.plate_names.add(p.name, f.at("name"), "板块名称", in.report);
    in.data.plates.push_back(std::move(p));
  }
  in.count(top.at("required_count"), "板块", in.data.plates.size(), static_cast<std::size_t>(required));
  for (const auto& c : in.data.categories)
    if (!placed.has(c.code.value))
      in.add(top.at("plates"), Problem::inconsistent, "类别“" + c.name + "”没有放进任何板块。");
  top.finish();
}

void read_chains(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  const auto required = top.integer("required_count", 1, 100);
  in.data.chains_background = read_background(top, in);
  Register stage_codes;
  for (const auto& node : top.list("chains")) read_chain(node, stage_codes, in);
  in.count(top.at("required_count"), "产业链", in.data.chains.size(), static_cast<std::size_t>(required));
  top.finish();
}

void read_facts(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  Register plans, versions;
  for (const auto& node : top.list("facts")) {
    yaml::Fields f(node, in.report);
    DatedFact fact;
    fact.kind = f.choice<FactKind>("kind");
    fact.on = f.day("on");
    if (fact.kind == FactKind::plan_issued) {
      fact.bundle = BundleCode{f.text("bundle")};
      if (!fact.bundle->empty() && !in.bundles.has(fact.bundle->value))
        in.add(f.at("bundle"), Problem::unknown_code, "一件事“" + fact.bundle->value + "”不存在。");
      plans.add(fact.bundle->value, f.at("bundle"), "一件事的实施方案", in.report);
    } else {
      read_list_published(f, fact, in);
      versions.add(*fact.version, f.at("version"), "清单版本", in.report);
    }
    fact.from = in.provenance(f);
    f.finish();
    in.data.facts.push_back(std::move(fact));
  }
  top.finish();
}

}  // namespace yi::catalog
