// One-thing bundles: their members, the order of these, and the papers they share.
#include <algorithm>
#include <map>

#include "catalog/reading.h"

namespace yi::catalog {
namespace {

std::optional<BundlePromise> read_promise(yaml::Fields& f, bool with_scope, Loading& in) {
  const auto node = f.optional_map("promised");
  if (!node) return std::nullopt;
  yaml::Fields g(*node, in.report);
  BundlePromise p;
  std::tie(p.days, p.unit) = in.days(g);
  if (with_scope) p.scope = g.optional_text("scope");
  p.from = in.provenance(g);
  g.finish();
  return p;
}

template <class E>
std::vector<E> read_choices(yaml::Fields& f, std::string_view name, Loading& in) {
  std::vector<E> out;
  for (const auto& text : f.optional_texts(name)) {
    E e{};
    if (!json::enum_from(text, e))
      in.add(f.at(name), Problem::unknown_code, "字段 " + std::string(name) + " 中的“" + text + "”不在允许的范围内。");
    else if (std::find(out.begin(), out.end(), e) != out.end())
      in.add(f.at(name), Problem::duplicate, "字段 " + std::string(name) + " 中的“" + text + "”重复。");
    else
      out.push_back(e);
  }
  return out;
}

// "SBKJM-7" of bundle "SBKJM".
bool member_shape(std::string_view code, const std::string& bundle) {
  if (code.substr(0, bundle.size()) != bundle) return false;
  const auto rest = code.substr(bundle.size());
  return has_shape(rest, "-9") || has_shape(rest, "-99");
}

// The members of one bundle, and what they say of each other.
class MemberReader {
 public:
  MemberReader(Bundle& b, Loading& l) : bundle_(b), in_(l) {}

  void read(const yaml::Node& node) {
    yaml::Fields f(node, in_.report);
    BundleMember m;
    m.code.value = f.text("code");
    if (!m.code.empty() && !member_shape(m.code.value, bundle_.code.value))
      in_.add(f.at("code"), Problem::bad_code, "成员代码“" + m.code.value + "”应当是一件事的代码加 - 和序号。");
    m.name = f.text("name");
    m.department = in_.department(f);
    m.department_unverified = f.flag("department_unverified");
    m.requirement = f.choice<Requirement>("requirement");
    if (const auto other = f.optional_text("alternative_to")) m.alternative_to = MemberCode{*other};
    m.condition = f.optional_text("condition");
    for (const auto& text : f.optional_texts("after")) m.after.push_back({text});
    m.handling = f.optional_choice<Handling>("handling").value_or(Handling::apply);
    m.result = f.text("result");
    m.promised = read_promise(f, false, in_);
    m.levels = read_choices<Level>(f, "levels", in_);
    m.in_national_list = f.flag("in_national_list");
    m.note = f.optional_text("note");
    m.from = in_.provenance(f);
    f.finish();
    if (m.alternative_to.has_value() != (m.requirement == Requirement::alternative))
      in_.add(node, Problem::inconsistent, "成员“" + m.name + "”：requirement 是 alternative 时才写、且必须写 alternative_to。");
    if (m.requirement == Requirement::conditional && !m.condition)
      in_.add(node, Problem::inconsistent, "成员“" + m.name + "”要写明何时需要 condition。");
    in_.members.add(m.code.value, f.at("code"), "成员代码", in_.report);
    known_.add(m.code.value, f.at("code"), "成员代码", scratch_);
    places_.emplace(m.code.value, node);
    bundle_.members.push_back(std::move(m));
  }

  void require(const MemberCode& code, const yaml::Node& at) {
    if (!known_.has(code.value)) in_.add(at, Problem::unknown_code, "一件事“" + bundle_.name + "”没有成员“" + code.value + "”。");
  }

  // After all members are known: every reference exists, and "after" has no cycle.
  void check() {
    for (const auto& m : bundle_.members) {
      const yaml::Fields f(places_.at(m.code.value), scratch_);
      for (const auto& before : m.after) require(before, f.at("after"));
      if (m.alternative_to) require(*m.alternative_to, f.at("alternative_to"));
      if (m.alternative_to == m.code)
        in_.add(f.at("alternative_to"), Problem::inconsistent, "成员“" + m.name + "”不能替代它自己。");
    }
    std::map<std::string, int> state;  // 0 new, 1 on the way, 2 done
    for (const auto& m : bundle_.members)
      if (visit(m, state, {})) return;  // one cycle is enough to say
  }

 private:
  bool visit(const BundleMember& m, std::map<std::string, int>& state, std::vector<std::string> way) {
    int& s = state[m.code.value];
    way.push_back(m.code.value);
    if (s == 1) {
      way.erase(way.begin(), std::find(way.begin(), way.end(), m.code.value));
      std::string text;
      for (const auto& code : way) text += (text.empty() ? "" : " → ") + code;
      in_.add(yaml::Fields(places_.at(m.code.value), scratch_).at("after"), Problem::cycle, "成员的先后成了循环：" + text + "。");
      return true;
    }
    if (s == 2) return false;
    s = 1;
    for (const auto& before : m.after)
      if (const auto* b = bundle_.find_member(before); b && visit(*b, state, way)) return true;
    s = 2;
    return false;
  }

  Bundle& bundle_;
  Loading& in_;
  Register known_;  // this bundle's members
  std::map<std::string, yaml::Node> places_;
  yaml::Report scratch_;  // repetitions are reported once, by the register of all bundles
};

void read_material(const yaml::Node& node, Bundle& bundle, MemberReader& members, Loading& in) {
  yaml::Fields f(node, in.report);
  BundleMaterial t;
  t.name = f.text("name");
  for (const auto& text : f.optional_texts("used_by")) {
    t.used_by.push_back({text});
    members.require(t.used_by.back(), f.at("used_by"));
  }
  t.shared = f.boolean("shared");
  t.obtain = read_choices<Obtain>(f, "obtain", in);
  t.share_from = f.optional_texts("share_from");
  if (const auto code = f.optional_text("output_of")) {
    t.output_of = MemberCode{*code};
    members.require(*t.output_of, f.at("output_of"));
  }
  t.condition = f.optional_text("condition");
  t.note = f.optional_text("note");
  t.from = in.provenance(f);
  f.finish();
  const auto has = [&](Obtain o) { return std::find(t.obtain.begin(), t.obtain.end(), o) != t.obtain.end(); };
  // A share may be wished before the system that gives it is known, so share_from may be absent.
  if (t.obtain.empty() || (!t.share_from.empty() && !has(Obtain::share)) || has(Obtain::output) != t.output_of.has_value())
    in.add(node, Problem::materials, "材料“" + t.name + "”：obtain 没有写，或与 share_from、output_of 不一致。");
  bundle.materials.push_back(std::move(t));
}

void read_lead(yaml::Fields& f, Bundle& b, Loading& in) {
  if (const auto node = f.optional_map("lead_national")) {
    yaml::Fields g(*node, in.report);
    b.lead_national = g.text("name");
    b.lead_national_from = in.provenance(g);
    g.finish();
  }
  if (const auto node = f.map("lead")) {
    yaml::Fields g(*node, in.report);
    b.lead = in.department(g);
    b.lead_joint = g.flag("joint");
    b.lead_note = g.optional_text("note");
    b.lead_from = in.provenance(g);
    g.finish();
  }
}

void read_extras(yaml::Fields& f, Bundle& b, Loading& in) {
  b.scope = f.optional_text("scope");
  for (const auto& node : f.optional_list("pre_steps")) {
    yaml::Fields g(node, in.report);
    std::string name = g.text("name");
    b.pre_steps.push_back({std::move(name), in.provenance(g)});
    g.finish();
  }
  b.order_note = f.text("order_note");
  b.order_source = in.source_list(f, "order_source", true);
  b.results = f.texts("results");
  b.promised = read_promise(f, true, in);
  if (const auto node = f.optional_map("visits")) {
    yaml::Fields g(*node, in.report);
    Bundle::Visits v;
    v.count = static_cast<int>(g.integer("count", 0, 20));
    v.scope = g.optional_text("scope");
    v.from = in.provenance(g);
    g.finish();
    b.visits = std::move(v);
  }
  if (const auto node = f.optional_map("comparison")) {
    yaml::Fields g(*node, in.report);
    Bundle::Comparison c;
    c.before = g.optional_text("before");
    c.after = g.text("after");
    c.from = in.provenance(g);
    g.finish();
    b.comparison = std::move(c);
  }
  b.channels = f.optional_texts("channels");
  b.channels_source = in.source_list(f, "channels_source", !b.channels.empty());
  b.notes = f.optional_texts("notes");
  b.notes_source = in.source_list(f, "notes_source", !b.notes.empty());
}

void read_batch(const yaml::Node& node, Register& codes, Loading& in) {
  yaml::Fields f(node, in.report);
  BundleBatch b;
  b.code = f.text("code");
  b.document = f.optional_text("document");
  b.count = static_cast<int>(f.integer("count", 1, 10'000));
  if (const auto n = f.optional_integer("count_enterprise", 0, 10'000)) b.count_enterprise = static_cast<int>(*n);
  if (const auto n = f.optional_integer("count_person", 0, 10'000)) b.count_person = static_cast<int>(*n);
  b.names = f.texts("names");
  b.names_complete = f.boolean("names_complete");
  b.note = f.optional_text("note");
  b.from = in.provenance(f);
  f.finish();
  if (b.names_complete) in.count(f.at("names"), "批次“" + b.code + "”的名单", b.names.size(), static_cast<std::size_t>(b.count));
  if ((b.count_enterprise || b.count_person) && b.count_enterprise.value_or(0) + b.count_person.value_or(0) != b.count)
    in.add(f.at("count"), Problem::wrong_count, "批次“" + b.code + "”的企业、个人两数之和不等于总数。");
  codes.add(b.code, f.at("code"), "批次代码", in.report);
  in.data.batches.push_back(std::move(b));
}

}  // namespace

void read_bundle(const yaml::Node& node, Loading& in) {
  yaml::Fields f(node, in.report);
  Bundle b;
  b.code.value = in.code(f, "code", "*");
  b.name = f.text("name");
  b.aliases = f.optional_texts("aliases");
  b.audience = f.choice<Audience>("audience");
  b.stage = f.text("stage");
  const auto& stages = b.audience == Audience::enterprise ? in.data.enterprise_stages : in.data.person_stages;
  if (!b.stage.empty() && std::find(stages.begin(), stages.end(), b.stage) == stages.end())
    in.add(f.at("stage"), Problem::unknown_code, "阶段“" + b.stage + "”不在 stages 之内。");
  read_lead(f, b, in);
  read_extras(f, b, in);
  MemberReader members(b, in);
  for (const auto& m : f.list("members")) members.read(m);
  if (b.members.empty()) in.add(node, Problem::inconsistent, "一件事“" + b.name + "”没有成员。");
  members.check();
  for (const auto& text : f.optional_texts("at_least_one_of")) {
    b.at_least_one_of.push_back({text});
    members.require(b.at_least_one_of.back(), f.at("at_least_one_of"));
  }
  for (const auto& t : f.list("materials")) read_material(t, b, members, in);
  b.from = in.provenance(f);
  if (node.kind() == yaml::Kind::map) b.entry = yaml::to_json(node);
  f.finish();
  in.bundles.add(b.code.value, f.at("code"), "一件事代码", in.report);
  in.bundle_names.add(b.name, f.at("name"), "一件事名称或别名", in.report);
  for (const auto& alias : b.aliases) in.bundle_names.add(alias, f.at("aliases"), "一件事名称或别名", in.report);
  in.data.bundles.push_back(std::move(b));
}

void read_onething(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  const auto required = top.integer("required_count", 1, 1'000);
  if (const auto node = top.map("stages")) {
    yaml::Fields f(*node, in.report);
    in.data.enterprise_stages = f.texts("enterprise");
    in.data.person_stages = f.texts("person");
    in.provenance(f);
    f.finish();
  }
  for (const auto& node : top.list("bundles")) read_bundle(node, in);
  in.count(top.at("bundles"), "一件事", in.data.bundles.size(), static_cast<std::size_t>(required));
  Register codes;
  for (const auto& node : top.optional_list("batches")) read_batch(node, codes, in);
  top.finish();
}

}  // namespace yi::catalog
