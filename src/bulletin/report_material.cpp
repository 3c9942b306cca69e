#include "bulletin/report_material.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "bulletin/compose.h"
#include "bulletin/desk_views.h"
#include "crypto/sm3.h"
#include "store/merkle.h"

namespace yi::bulletin {
namespace {

// One span counted once for all figures of the template.
class Counted {
 public:
  Counted(store::Reader& reader, CentreCode centre, const std::vector<Figure>& figures) : reader_(reader), centre_(centre), figures_(figures), first_(first_counted_day(reader, centre)), opening_(opening_balance(reader, centre)) {}

  Result<SpanCounts> over(DaySpan days) const { return counts_of(reader_, centre_, days, figures_); }

  Reading read(const FigureRule& rule, const SpanCounts& counts, DaySpan days) const {
    Reading r{days};
    if (opening_ && !rule.is_filtered() && std::find(kFigures.begin(), kFigures.end(), *rule.counts) != kFigures.end()) {
      const auto new_year = CivilDay::of(opening_->before.year(), 1, 1);
      if (days.from <= new_year && opening_->before - 1 <= days.to) {
        r.opening = of(opening_->counts, *rule.counts);
        r.recorded = true;
        if (days.from < new_year) r.partly_from = new_year;
      }
    }
    if (!r.recorded && first_ && *first_ <= days.to) {
      r.recorded = true;
      if (days.from < *first_) r.partly_from = *first_;
    }
    r.value = r.opening;
    for (const auto& u : counts.units)
      if (rule.takes(u.department, u.window)) r.value += of(u.net, *rule.counts);
    return r;
  }

 private:
  store::Reader& reader_;
  CentreCode centre_;
  std::vector<Figure> figures_;
  std::optional<CivilDay> first_;
  std::optional<OpeningBalance> opening_;
};

Reading rate_of(const Reading& part, const Reading& whole) {
  Reading r{whole.days};
  r.recorded = part.recorded && whole.recorded;
  // A balance has no parts: a rate is of what this ledger counted alone.
  r.part = part.value - part.opening;
  r.whole = whole.value - whole.opening;
  if (part.partly_from || whole.partly_from) r.partly_from = std::max(part.partly_from.value_or(r.days.from), whole.partly_from.value_or(r.days.from));
  return r;
}

std::vector<DepartmentCount> by_department(const FigureRule& rule, const SpanCounts& counts, const Names& names) {
  std::map<std::string, std::int64_t> sums;
  for (const auto& u : counts.units)
    if (rule.takes(u.department, u.window)) sums[u.department.value] += of(u.net, *rule.counts);
  std::vector<DepartmentCount> out;
  for (const auto& [code, n] : sums)
    if (n != 0) out.push_back({{code}, code.empty() ? "" : names.department({code}).value_or(code), n});
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return out;
}

// A week's news belong to the period in which the week ends. What is on the desk and not issued is in no public paper.
void gather_news(store::Reader& reader, CentreCode centre, const identity::Viewer& eyes, Edition edition, DaySpan days, const Names& names, ReportMaterial& m) {
  std::vector<CivilDay> weeks;
  {
    auto c = reader.select("SELECT from_day FROM bulletin_period WHERE centre=$1 AND from_day>=$2 AND from_day<=$3 AND to_day>=$4 AND to_day<=$3 ORDER BY from_day",
                           {centre.value, (days.from - kLongestPeriodDays).days, days.to.days, days.from.days});
    while (c->next()) weeks.push_back({static_cast<std::int32_t>(c->integer(0))});
  }
  for (const auto week : weeks) {
    const auto issue = find_issue(reader, centre, week);
    if (issue && issue->stage != IssueStage::issued && edition == Edition::public_) continue;
    for (const auto& n : news_of(reader, centre, eyes, week))
      m.news.push_back({n.department ? names.department(*n.department).value_or(n.department->value) : "", n.on, n.text});
  }
}

}  // namespace

Result<ReportMaterial> gather_report(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, Edition edition,
                                     const ReportTemplate& form, const ReportPeriod& period, CivilDay today, const Names& names) {
  if (edition == Edition::internal && !viewer.may_see_internal_edition())
    return Refusal{"bulletin.internal_edition", "内部版不对公众开放。", "请查看公开版；工作人员请先登录。", 403, ""};
  const auto* length = form.find_length(period.length);
  if (!length) {
    std::string all;
    for (const auto& l : form.lengths) all += (all.empty() ? "" : "、") + std::string(json::enum_name(l.length));
    return Refusal{"bulletin.not_this_length", "“" + form.name + "”不用于这种统计期。", "这个模板可用于：" + all + "。", 404, "period"};
  }
  if (today < period.days.from) return Refusal{"bulletin.not_begun", "这个统计期还没有开始。", "请选择已经开始的统计期。", 404, "period"};
  const identity::Viewer eyes = edition == Edition::public_ ? identity::Viewer::anonymous() : viewer;
  ReportMaterial m;
  m.form = form;
  m.period = period;
  m.length = *length;
  m.as_of = std::min(period.days.to, today);
  m.complete = period.days.to < today;
  const DaySpan now{period.days.from, m.as_of};
  // A period that is not over is compared with as many days: a month's beginning with the whole month before would always be less.
  const int n = m.as_of == period.days.to ? kLongestSpanDays * 2 : now.to - now.from + 1;
  const auto before = period.before().first_days(n), year_before = period.year_before().first_days(n);
  std::vector<Figure> figures;
  for (const auto& r : form.figures)
    if (r.counts && std::find(figures.begin(), figures.end(), *r.counts) == figures.end()) figures.push_back(*r.counts);
  const Counted counted(reader, centre, figures);
  YI_TRY(const auto counts_now, counted.over(now));
  YI_TRY(const auto counts_before, counted.over(before));
  YI_TRY(const auto counts_year_before, counted.over(year_before));
  for (const auto& rule : form.figures) {
    ReportFigure f{rule};
    if (rule.is_rate()) {
      const auto find = [&](const std::string& id) -> const ReportFigure& { return *std::find_if(m.figures.begin(), m.figures.end(), [&](const auto& x) { return x.rule.id == id; }); };
      const auto &part = find(rule.part), &whole = find(rule.whole);
      f.now = rate_of(part.now, whole.now);
      f.before = rate_of(part.before, whole.before);
      f.year_before = rate_of(part.year_before, whole.year_before);
    } else {
      f.now = counted.read(rule, counts_now, now);
      f.before = counted.read(rule, counts_before, before);
      f.year_before = counted.read(rule, counts_year_before, year_before);
      f.departments = by_department(rule, counts_now, names);
    }
    m.figures.push_back(std::move(f));
  }
  if (std::any_of(form.sections.begin(), form.sections.end(), [](const auto& s) { return s.news.has_value(); })) gather_news(reader, centre, eyes, edition, now, names, m);
  const auto own = names.own_on(now.to);
  m.hall = own.hall.empty() ? kDefaultHall : own.hall;
  m.issuer = own.issuer;
  m.position = counts_now.position;
  m.ledger_head = hex(crypto::bytes(store::LedgerHash().head(centre, reader.head(centre))));
  return m;
}

std::string filter_words(const FigureRule& rule) {
  std::vector<std::string> out;
  if (!rule.windows.empty()) out.push_back("只计窗口" + join(rule.windows, "、") + "（冲正的扣在部门，不扣在窗口）");
  if (!rule.except_windows.empty()) out.push_back("不计窗口" + join(rule.except_windows, "、"));
  if (!rule.departments.empty()) out.push_back("只计部门" + join(rule.departments, "、"));
  if (!rule.except_departments.empty()) out.push_back("不计部门" + join(rule.except_departments, "、"));
  return join(out, "；");
}

}  // namespace yi::bulletin
