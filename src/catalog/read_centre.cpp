// sources, departments, regions, windows: who and where.
#include "base/identifiers.h"
#include "catalog/reading.h"

namespace yi::catalog {

void read_sources(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  for (const auto& node : top.list("sources")) {
    yaml::Fields f(node, in.report);
    Source s;
    s.code.value = f.text("code");
    s.title = f.text("title");
    s.kind = f.choice<SourceKind>("kind");
    s.url = f.optional_text("url");
    f.finish();
    if (in.sources.add(s.code.value, f.at("code"), "出处", in.report)) in.source_kinds[s.code.value] = s.kind;
    in.data.sources.push_back(std::move(s));
  }
  top.finish();
}

void read_departments(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  for (const auto& node : top.list("departments")) {
    yaml::Fields f(node, in.report);
    Department d;
    d.code.value = in.code(f, "code", "a");
    d.name = f.text("name");
    d.short_name = f.text("short");
    d.group = f.choice<DepartmentGroup>("group");
    d.hall_window = f.choice<HallWindow>("hall_window");
    d.uscc = f.optional_text("uscc");
    d.portal_code = f.optional_text("portal_code");
    d.hall_place = f.optional_text("hall_place");
    d.phone = f.optional_text("phone");
    d.phone_note = f.optional_text("phone_note");
    d.from = in.provenance(f);
    f.finish();
    if (d.uscc)
      if (auto checked = check_uscc(*d.uscc); !checked)
        in.add(f.at("uscc"), Problem::bad_code, "统一社会信用代码“" + *d.uscc + "”不对：" + checked.error().sentence);
    in.departments.add(d.code.value, f.at("code"), "部门代码", in.report);
    in.department_names.add(d.name, f.at("name"), "部门名称", in.report);
    if (d.short_name != d.name) in.department_names.add(d.short_name, f.at("short"), "部门名称", in.report);
    in.data.departments.push_back(std::move(d));
  }
  top.finish();
}

void read_regions(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  Register names;
  for (const auto& node : top.list("regions")) {
    yaml::Fields f(node, in.report);
    Region r;
    r.code.value = in.code(f, "code", "999999");
    r.name = f.text("name");
    r.short_name = f.text("short");
    r.level = f.choice<RegionLevel>("level");
    if (const auto parent = f.optional_text("parent")) r.parent = RegionCode{*parent};
    r.from = in.provenance(f);
    f.finish();
    if (r.parent && !in.regions.has(r.parent->value))
      in.add(f.at("parent"), Problem::unknown_region, "上级区划“" + r.parent->value + "”不存在或写在后面。");
    if (r.parent.has_value() != (r.level != RegionLevel::province))
      in.add(node, Problem::inconsistent, "区划“" + r.name + "”：省没有上级，其他区划必须写上级。");
    in.regions.add(r.code.value, f.at("code"), "区划代码", in.report);
    names.add(r.name, f.at("name"), "区划名称", in.report);
    in.data.regions.push_back(std::move(r));
  }
  top.finish();
}

void read_windows(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  Register names;
  for (const auto& node : top.list("windows")) {
    yaml::Fields f(node, in.report);
    Window w;
    w.code.value = in.code(f, "code", "W99");
    w.name = f.text("name");
    w.kind = f.choice<WindowKind>("kind");
    w.departments = in.known<DepartmentCode>(f, "departments", in.departments, Problem::unknown_department, "部门");
    w.operators = f.texts("operators");
    w.closed = f.flag("closed");
    w.from = in.provenance(f);
    f.finish();
    const bool limited = w.kind == WindowKind::domain || w.kind == WindowKind::special;
    if (limited == w.departments.empty())
      in.add(node, Problem::inconsistent,
             "窗口“" + w.name + "”：" + (limited ? "分领域窗口和专业窗口要写 departments。"
                                                : "综合窗口和出件窗口服务所有部门，不写 departments。"));
    if (w.operators.empty() && !w.closed) in.add(node, Problem::inconsistent, "窗口“" + w.name + "”没有操作账号。");
    for (const auto& account : w.operators) in.operators.add(account, f.at("operators"), "操作账号", in.report);
    in.windows.add(w.code.value, f.at("code"), "窗口代码", in.report);
    names.add(w.name, f.at("name"), "窗口名称", in.report);
    in.data.windows.push_back(std::move(w));
  }
  if (root.kind() == yaml::Kind::map) in.windows_entry = yaml::to_json(root);
  top.finish();
}

}  // namespace yi::catalog
