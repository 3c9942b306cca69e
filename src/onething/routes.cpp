#include "onething/routes.h"

#include "base/json.h"
#include "identity/gatekeeper.h"

namespace yi::onething {
namespace {

// Promised days and visits are not shown: in the catalogue they belong to the place of their source, which is seldom this province.
struct BundleLine {
  std::string code, name;
  std::vector<std::string> aliases;
  catalog::Audience audience{};
  std::string stage;       // of life: 出生, 准入准营
  std::string lead_name;   // the department that leads
  std::int32_t members = 0;
};
BOOST_DESCRIBE_STRUCT(BundleLine, (), (code, name, aliases, audience, stage, lead_name, members))
struct BundleStage {
  catalog::Audience audience{};
  std::string stage;
  std::vector<BundleLine> bundles;  // may be empty: nothing is bundled for this stage yet
};
BOOST_DESCRIBE_STRUCT(BundleStage, (), (audience, stage, bundles))
struct BundleList {
  std::vector<BundleStage> stages;  // in the order of life
};
BOOST_DESCRIBE_STRUCT(BundleList, (), (stages))

struct MemberView {
  std::string code, name, department_name;
  catalog::Requirement requirement{};
  std::optional<std::string> condition;
  std::vector<std::string> after;   // names of members that come before, where they are chosen
  catalog::Handling handling{};
  std::string result;
  bool verified = true;             // false: no published page of this province says so
};
BOOST_DESCRIBE_STRUCT(MemberView, (), (code, name, department_name, requirement, condition, after, handling, result, verified))
struct MaterialView {
  std::string name;
  std::vector<std::string> used_by;  // names of members; empty: the whole bundle
  bool shared = false;               // handed in once for several
  std::vector<catalog::Obtain> obtain;
  std::vector<std::string> share_from;
  std::optional<std::string> condition;
};
BOOST_DESCRIBE_STRUCT(MaterialView, (), (name, used_by, shared, obtain, share_from, condition))
struct BundleView : BundleLine {
  std::vector<std::string> pre_steps;
  std::vector<MemberView> member_list;
  std::vector<MaterialView> materials;
  std::vector<std::string> results;
};
BOOST_DESCRIBE_STRUCT(BundleView, (BundleLine), (pre_steps, member_list, materials, results))

std::string department_name(const catalog::Catalog& catalog, const DepartmentCode& code) {
  const auto* d = catalog.find_department(code);
  return d ? d->name : code.value;
}

BundleLine line_of(const catalog::Bundle& b, const catalog::Catalog& catalog) {
  return {b.code.value, b.name, b.aliases, b.audience, b.stage, department_name(catalog, b.lead), static_cast<std::int32_t>(b.members.size())};
}

std::vector<std::string> names_of(const catalog::Bundle& b, const std::vector<catalog::MemberCode>& codes) {
  std::vector<std::string> out;
  for (const auto& code : codes) {
    const auto* m = b.find_member(code);
    out.push_back(m ? m->name : code.value);
  }
  return out;
}

BundleView view_of(const catalog::Bundle& b, const catalog::Catalog& catalog) {
  BundleView v;
  static_cast<BundleLine&>(v) = line_of(b, catalog);
  for (const auto& s : b.pre_steps) v.pre_steps.push_back(s.name);
  for (const auto& m : b.members)
    v.member_list.push_back({m.code.value, m.name, department_name(catalog, m.department), m.requirement, m.condition, names_of(b, m.after), m.handling, m.result, !m.from.unverified});
  for (const auto& m : b.materials) v.materials.push_back({m.name, names_of(b, m.used_by), m.shared, m.obtain, m.share_from, m.condition});
  v.results = b.results;
  return v;
}

BundleList list_of(const catalog::Catalog& catalog, CivilDay today) {
  BundleList list;
  for (const auto audience : {catalog::Audience::person, catalog::Audience::enterprise})
    for (const auto& stage : catalog.stages(audience)) {
      BundleStage s{audience, stage, {}};
      for (const auto* b : catalog.bundles_on(today))
        if (b->audience == audience && b->stage == stage) s.bundles.push_back(line_of(*b, catalog));
      list.stages.push_back(std::move(s));
    }
  return list;
}

http::Door door(const char* pattern, const char* name, const char* summary, std::string schema) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = identity::kPublic;
  d.audit_class = "none";
  d.replies = {{200, summary, "application/json", std::move(schema)}};
  return d;
}

}  // namespace

void add_doors(http::Router& router, const catalog::Catalog& catalog, std::function<CivilDay()> today) {
  auto list = door("/api/onething/bundles", "onething.list_bundles", "“一件事”：按个人和企业的阶段", json::schema<BundleList>());
  list.handle = [&catalog, today](const http::Request&, const http::Caller&, http::Responder reply) {
    http::Response r;
    r.body = json::write(list_of(catalog, today()));
    reply(std::move(r));
  };
  router.add(std::move(list));

  auto one = door("/api/onething/bundles/{code}", "onething.get_bundle", "一个“一件事”：成员事项、先后、材料、结果", json::schema<BundleView>());
  one.parameters = {{"code", "“一件事”代码", R"({"type":"string","maxLength":40})", true, true}};
  one.refusal_codes = {"onething.unknown_bundle"};
  one.handle = [&catalog, today](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto& code = request.path_parameters.at("code");
    if (const auto* b = catalog.find_bundle_on(catalog::BundleCode{code}, today())) {
      http::Response r;
      r.body = json::write(view_of(*b, catalog));
      return reply(std::move(r));
    }
    reply(http::problem({"onething.unknown_bundle", "目录中没有这个“一件事”。", "请从首页按阶段查找。", 404, ""}));
  };
  router.add(std::move(one));
}

}  // namespace yi::onething
