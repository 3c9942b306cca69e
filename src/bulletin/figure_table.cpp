#include "bulletin/figure_table.h"

#include "casework/events.h"

namespace yi::bulletin {
namespace {
constexpr const char* kScope = "本大厅记入账本的全部窗口，包括综合窗口、分领域窗口、专业窗口和出件窗口。";
constexpr CountedFigure kTable[] = {
    {Figure::consulted, "咨询", "人次", "人次", "每登记一次窗口、电话或线上咨询计一人次", kScope,
     {casework::Consulted::kName, ""}},
    {Figure::accepted, "受理", "件", "件", "每作出一次受理决定计一件，代颁件和转入的在办件不计，当日冲正的扣除", kScope,
     {casework::Accepted::kName, ""}},
    {Figure::issued, "颁发", "件", "件", "每向申请人颁发或送达一件办理结果计一件，含代颁件，当日冲正的扣除", kScope,
     {casework::Issued::kName, ""}},
    {Figure::transferred, "流转", "件次", "次", "每一次经接收人签收的材料或结果交接计一件次，含代颁件的交接，当日冲正的扣除", kScope,
     {casework::Transferred::kName, casework::ResultReceivedForIssue::kName}},
};

std::vector<FigureInfo> make_infos() {
  std::vector<FigureInfo> out;
  for (const auto& f : kTable)
    out.push_back({figure_id(f.figure, Reach::week), std::string(f.name) + "（本周）", f.unit_week,
                   f.definition + std::string("，入账日期在上一期结束之后（第一期自开始日零时起）至本期最后一日二十四时之间。"),
                   f.scope, true, f.figure, Reach::week});
  for (const auto& f : kTable)
    out.push_back({figure_id(f.figure, Reach::year), std::string(f.name) + "（今年以来）", f.unit_year,
                   std::string("本期最后一日所在年份的期初数，加一月一日（或期初数截止日）起至本期最后一日的入账数；") + f.definition + "。",
                   f.scope, true, f.figure, Reach::year});
  const char* facts = "截至本期最后一日已登记的事实。";
  out.push_back({"plans_issued", "印发实施方案的“一件事”", "个", "每有一个“一件事”印发实施方案计一个。", facts, false, {}, {}});
  out.push_back({"guides_count", "发布的“一件事”图解", "个", "每有一个“一件事”发布图解计一个。", facts, false, {}, {}});
  out.push_back({"list_total", "省级涉企服务事项", "项", "最近一次发布的涉企服务事项清单各类事项数之和。", facts, false, {}, {}});
  out.push_back({"plates_count", "涉企服务专区板块", "个", "最近一次拟定的涉企服务专区所列板块的个数。", facts, false, {}, {}});
  out.push_back({"chains_count", "产业链清单", "类", "每形成一类产业链清单计一类。", facts, false, {}, {}});
  return out;
}
}  // namespace

const CountedFigure& counted_figure(Figure f) { return kTable[static_cast<std::size_t>(f)]; }

std::vector<FactOfFigure> counted_facts() {
  std::vector<FactOfFigure> out;
  for (const auto& f : kTable)
    for (auto name : f.facts)
      if (!name.empty()) out.push_back({name, f.figure});
  return out;
}

std::optional<Figure> figure_of_fact(std::string_view fact) {
  static const auto all = counted_facts();
  for (const auto& f : all)
    if (f.fact == fact) return f.figure;
  return std::nullopt;
}

const std::vector<FigureInfo>& figure_infos() {
  static const std::vector<FigureInfo> all = make_infos();
  return all;
}

const FigureInfo* find_figure(std::string_view id) {
  for (const auto& f : figure_infos())
    if (f.id == id) return &f;
  return nullptr;
}

std::string figure_id(Figure f, Reach reach) {
  return std::string(json::enum_name(f)) + (reach == Reach::year ? "_year" : "");
}

std::string figure_link(CivilDay week, std::string_view id) { return "/figures/" + to_iso(week) + "/" + std::string(id); }

}  // namespace yi::bulletin
