#include "bulletin/figure_table.h"

#include "casework/events.h"
#include "casework/house_events.h"

namespace yi::bulletin {
namespace {
constexpr const char* kScope = "本大厅记入账本的全部窗口，包括综合窗口、分领域窗口、专业窗口和出件窗口。";
constexpr const char* kOnline = "申请人在网上提交的办件，不论以后在哪个窗口办理。";
constexpr const char* kRated = "窗口、电话和网上收到的评价；带入的办件在原中心的评价不计。";
constexpr CountedFigure kTable[] = {
    {Figure::consulted, "咨询", "人次", "人次", "每登记一次窗口、电话或线上咨询计一人次", kScope,
     {casework::Consulted::kName, ""}},
    {Figure::accepted, "受理", "件", "件", "每作出一次受理决定计一件，代颁件和转入的在办件不计，当日冲正的扣除", kScope,
     {casework::Accepted::kName, ""}},
    {Figure::issued, "颁发", "件", "件", "每向申请人颁发或送达一件办理结果计一件，含代颁件，当日冲正的扣除", kScope,
     {casework::Issued::kName, ""}},
    {Figure::transferred, "流转", "件次", "次", "每一次经接收人签收的材料或结果交接计一件次，含代颁件的交接，当日冲正的扣除", kScope,
     {casework::Transferred::kName, casework::ResultReceivedForIssue::kName}},
    {Figure::closed, "办结", "件", "件", "每作出一次准予或不予的决定，或受理后转报办结、终止、撤回一件，计一件；受理前退回、撤回的不计，当日冲正的扣除", kScope,
     {casework::Decided::kName, "casework.closed_forwarded/1", "casework.terminated/1", casework::Withdrawn::kName}},
    {Figure::submitted, "网上申报", "件", "件", "每在网上提交一次申请（进入预审）计一件，当日冲正的扣除", kOnline, {casework::Submitted::kName}},
    {Figure::evaluated, "评价", "次", "次", "每收到一次评价计一次：一事一评和一次一评都计", kRated, {casework::Evaluated::kName, casework::VisitEvaluated::kName}},
    {Figure::evaluated_online, "网上评价", "次", "次", "每在网上评价一件办件计一次", kOnline, {casework::Evaluated::kName}},
    {Figure::bad_rating, "差评", "次", "次", "每收到一次“不满意”“非常不满意”的评价计一次，整改、申诉成立与否都不减", kRated, {casework::Evaluated::kName, casework::VisitEvaluated::kName}},
    {Figure::overdue, "超期", "次", "次", "每有一个承诺时限或法定时限过期、按监察规则亮牌，计一次；一件办件先后超过承诺、法定时限的各计一次", kScope, {casework::CardGiven::kName}},
};

std::vector<FigureInfo> make_infos() {
  std::vector<FigureInfo> out;
  for (const Figure figure : kFigures) {
    const auto& f = counted_figure(figure);
    out.push_back({figure_id(f.figure, Reach::week), std::string(f.name) + "（本周）", f.unit_week,
                   f.definition + std::string("，入账日期在上一期结束之后（第一期自开始日零时起）至本期最后一日二十四时之间。"),
                   f.scope, true, f.figure, Reach::week});
  }
  for (const Figure figure : kFigures) {
    const auto& f = counted_figure(figure);
    out.push_back({figure_id(f.figure, Reach::year), std::string(f.name) + "（今年以来）", f.unit_year,
                   std::string("本期最后一日所在年份的期初数，加一月一日（或期初数截止日）起至本期最后一日的入账数；") + f.definition + "。",
                   f.scope, true, f.figure, Reach::year});
  }
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

const std::vector<FactOfFigure>& counted_facts() {
  static const auto all = [] {
    std::vector<FactOfFigure> out;
    for (const auto& f : kTable)
      for (auto name : f.facts)
        if (!name.empty()) out.push_back({name, f.figure});
    return out;
  }();
  return all;
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
