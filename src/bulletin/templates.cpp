#include "bulletin/templates.h"

#include <algorithm>
#include <set>

#include "base/yaml.h"
#include "bulletin/figure_table.h"

namespace yi::bulletin {
namespace {

// Reads a phrase that must have these placeholders, each at least once, may have the optional ones, and no other.
Phrase phrase(yaml::Fields& f, std::string_view name, const std::vector<std::string>& wanted, yaml::Report& report,
              const std::vector<std::string>& optional = {}) {
  const auto text = f.text(name);
  if (text.empty()) return {};  // already reported
  auto p = Phrase::parse(text);
  if (!p) {
    report.add(f.at(name), p.error().code, p.error().sentence, p.error().next_step);
    return {};
  }
  std::string all;
  for (const auto* list : {&wanted, &optional})
    for (const auto& w : *list) all += (all.empty() ? "{" : "、{") + w + "}";
  const auto among = [](const std::vector<std::string>& list, const std::string& slot) {
    return std::find(list.begin(), list.end(), slot) != list.end();
  };
  for (const auto& slot : p->slots())
    if (!among(wanted, slot) && !among(optional, slot))
      report.add(f.at(name), "bulletin.unknown_slot", "模板“" + std::string(name) + "”里没有“{" + slot + "}”这个数据项。",
                 "这一句可用的有：" + all + "。");
  for (const auto& w : wanted)
    if (!p->has(w))
      report.add(f.at(name), "bulletin.missing_slot", "模板“" + std::string(name) + "”缺少“{" + w + "}”。",
                 "请把“{" + w + "}”放回句子里。");
  return std::move(*p);
}

// A map that must be there, or the whole file's map in its place after a failure (its fields then report too).
yaml::Node map_of(yaml::Fields& f, std::string_view name) {
  const auto m = f.map(name);
  return m ? *m : f.node();
}

void read_parts(yaml::Fields& top, Templates& t, yaml::Report& report) {
  std::set<PartKind> seen;
  for (const auto& node : top.list("sections")) {
    yaml::Fields f(node, report);
    Templates::Part p{f.choice<PartKind>("section"), f.text("title")};
    if (!seen.insert(p.part).second)
      report.add(node, "bulletin.bad_template", "同一个部分列了两次。", "请删去重复的一行。");
    t.parts.push_back(std::move(p));
    f.finish();
  }
  if (t.parts.empty()) report.add(top.at("sections"), "bulletin.bad_template", "没有列出任何部分。", "请至少列出一个部分。");
}

void read_leave(yaml::Fields& top, Templates& t, yaml::Report& report) {
  yaml::Fields f(map_of(top, "leave"), report);
  t.min_days = static_cast<int>(f.integer("min_days", 1, 31));
  t.leave_lead = phrase(f, "lead", {"min_days"}, report);
  std::set<staff::LeaveKind> seen;
  for (const auto& node : f.list("kinds")) {
    yaml::Fields k(node, report);
    Templates::LeaveLine l{k.choice<staff::LeaveKind>("kind"), k.text("label")};
    if (!seen.insert(l.kind).second)
      report.add(node, "bulletin.bad_template", "同一个假别列了两次。", "请删去重复的一行。");
    t.leave_lines.push_back(std::move(l));
    k.finish();
  }
  f.finish();
}

void read_windows(yaml::Fields& top, Templates& t, yaml::Report& report) {
  std::vector<std::string> slots;
  for (auto reach : {Reach::week, Reach::year})
    for (Figure f : kFigures) slots.push_back(figure_id(f, reach));
  yaml::Fields f(map_of(top, "windows"), report);
  t.windows_sentence = phrase(f, "sentence", slots, report);
  f.finish();
}

void read_imprint(yaml::Fields& top, Templates& t, yaml::Report& report) {
  yaml::Fields f(map_of(top, "imprint"), report);
  t.report = phrase(f, "report", {"receivers"}, report);
  t.send = phrase(f, "send", {"receivers"}, report);
  t.distribute = phrase(f, "distribute", {"groups"}, report);
  t.group_separator = f.text("group_separator");
  t.copies = phrase(f, "copies", {"copies"}, report);
  f.finish();
}

Result<Templates> read(const yaml::Node& root) {
  yaml::Report report;
  Templates t;
  yaml::Fields top(root, report);
  top.integer("version", 1, 1);
  {
    yaml::Fields f(map_of(top, "masthead"), report);
    t.number = phrase(f, "number", {"number", "total_number"}, report);
    t.number_alone = phrase(f, "number_alone", {"number"}, report);
    f.finish();
  }
  t.period = phrase(top, "period", {"m1", "d1", "m2", "d2"}, report);
  t.date = phrase(top, "date", {"year", "month", "day"}, report);
  read_parts(top, t, report);
  {
    yaml::Fields f(map_of(top, "news"), report);
    t.news_own = phrase(f, "own", {"month", "day", "text"}, report);
    t.digest_lead = f.text("digest_lead");
    t.digest_item = phrase(f, "digest_item", {"department", "text"}, report);
    f.finish();
  }
  {
    yaml::Fields f(map_of(top, "duty"), report);
    t.duty_sentence = phrase(f, "sentence", {"persons"}, report, {"hall"});  // a centre may write its hall's name out
    t.duty_person = phrase(f, "person", {"department", "post", "name"}, report);
    t.duty_separator = f.text("separator");
    f.finish();
  }
  read_windows(top, t, report);
  read_leave(top, t, report);
  {
    yaml::Fields f(map_of(top, "lists"), report);
    t.name_separator = f.text("name_separator");
    t.category = phrase(f, "category", {"name", "count"}, report);
    t.category_separator = f.text("category_separator");
    f.finish();
  }
  read_imprint(top, t, report);
  top.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return t;
}
}  // namespace

Result<Templates> Templates::load(const std::filesystem::path& path, std::string file_name) {
  YI_TRY(auto root, yaml::load(path, std::move(file_name)));
  return read(root);
}

Result<Templates> Templates::parse(std::string_view text, std::string file_name) {
  YI_TRY(auto root, yaml::parse(text, std::move(file_name)));
  return read(root);
}

}  // namespace yi::bulletin
