#include "bulletin/material.h"

#include "base/text.h"
#include "crypto/sm3.h"
#include "hall/views.h"
#include "onething/views.h"
#include "staff/views.h"
#include "store/merkle.h"

namespace yi::bulletin {
namespace {
std::string department_name(const Names& names, const DepartmentCode& code) {
  return names.department(code).value_or(code.value);
}
std::string bundle_name(const Names& names, const onething::BundleFact& f) {
  return f.title.empty() ? names.bundle(f.bundle).value_or(f.bundle.value) : f.title;
}
std::vector<std::string> names_of(const Names& names, const std::vector<onething::BundleFact>& facts) {
  std::vector<std::string> out;
  for (const auto& f : facts) out.push_back(bundle_name(names, f));
  return out;
}

// A list says its version, and where it was published when the fact has it.
std::string source_of(const enterprise::ListPublished& list) {
  return list.source ? list.version + "，" + *list.source : std::string(list.version);
}
std::string source_of(const std::optional<Text<200>>& source) { return source ? std::string(*source) : std::string(); }

void gather_people(store::Reader& reader, CentreCode centre, const identity::Viewer& eyes, CivilDay week, const Names& names,
                   const Templates& templates, Edition edition, WeekMaterial& m) {
  for (const auto& n : news_of(reader, centre, eyes, week))
    m.news.push_back({n.department ? department_name(names, *n.department) : "", n.on, n.text});
  for (const auto& d : hall::duties_touching(reader, centre, eyes, m.figures.from, m.figures.to))
    m.duties.push_back({department_name(names, d.fact.department), d.fact.post, d.fact.name});
  for (const auto& l :
       staff::leaves_touching(reader, centre, eyes, m.figures.from, m.figures.to, templates.min_days))
    m.leaves.push_back({l.fact.kind, department_name(names, l.fact.department), l.fact.name, l.disclosure});
  // However short: the internal edition's reader is asked about each. Eyes without the right find none.
  for (const auto& l : staff::leaves_touching(reader, centre, eyes, m.figures.from, m.figures.to, 1))
    if (l.disclosure.health)
      m.on_health_leave.push_back({l.fact.kind, department_name(names, l.fact.department), l.fact.name, l.disclosure});
  if (edition == Edition::public_) return;
  const auto works = names.works ? names.works : [](CivilDay day) { return day.weekday() <= 5; };
  for (const auto& l : staff::short_leaves_adjoining(reader, centre, eyes, m.figures.from, m.figures.to, templates.min_days, works))
    m.adjoining.push_back({l.kind, department_name(names, l.department), l.name, l.from, l.to, l.days});
}

void gather_facts(store::Reader& reader, CentreCode centre, const identity::Viewer& eyes, const Names& names,
                  WeekMaterial& m) {
  const CivilDay day = m.figures.to;
  m.plans = names_of(names, onething::plans_up_to(reader, centre, eyes, day));
  m.guides = names_of(names, onething::guides_up_to(reader, centre, eyes, day));
  if (auto list = enterprise::list_as_of(reader, centre, eyes, day)) m.list = std::move(list->fact);
  if (const auto zone = enterprise::zone_as_of(reader, centre, eyes, day))
    m.plates.assign(zone->fact.plates.begin(), zone->fact.plates.end());
  for (const auto& c : enterprise::chains_up_to(reader, centre, eyes, day)) m.chains.push_back(c.fact.chain);
}
}  // namespace

Result<WeekMaterial> gather(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, Edition edition,
                            CivilDay week, const Names& names, const Templates& templates) {
  if (edition == Edition::internal && !viewer.may_see_internal_edition())
    return Refusal{"bulletin.internal_edition", "内部版不对公众开放。", "请查看公开版；工作人员请先登录。", 403, ""};
  // The public edition is gathered with the public's eyes, whoever asks for it.
  const identity::Viewer eyes = edition == Edition::public_ ? identity::Viewer::anonymous() : viewer;
  WeekMaterial m;
  YI_TRY(auto figures, figures_of_week(reader, centre, eyes, week));
  m.figures = std::move(figures);
  gather_people(reader, centre, eyes, week, names, templates, edition, m);
  m.one_thing = section_of(reader, centre, eyes, week, Section::one_thing);
  m.value_added = section_of(reader, centre, eyes, week, Section::value_added);
  gather_facts(reader, centre, eyes, names, m);
  m.imprint = imprint_of(reader, centre, eyes, week);
  const auto own = names.own_on(m.figures.to);
  m.masthead = own.masthead;
  m.issuer = own.issuer;
  m.hall = own.hall;
  const auto head = reader.head(centre);
  m.ledger_head = hex(crypto::bytes(store::LedgerHash().head(centre, head)));
  return m;
}

Result<std::vector<FactRow>> fact_evidence(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                           CivilDay week, std::string_view figure_id, const Names& names) {
  const auto period = find_period(reader, centre, week);
  if (!period) return refuse(Reason::unknown_week);
  const CivilDay day = period->to;
  std::vector<FactRow> out;
  if (figure_id == "plans_issued" || figure_id == "guides_count") {
    for (const auto& f : figure_id == "plans_issued" ? onething::plans_up_to(reader, centre, viewer, day)
                                                     : onething::guides_up_to(reader, centre, viewer, day))
      out.push_back({f.seq, f.on, bundle_name(names, f), f.source, f.verified});
  } else if (figure_id == "list_total") {
    if (const auto l = enterprise::list_as_of(reader, centre, viewer, day))
      for (const auto& c : l->fact.categories)
        out.push_back({l->seq, l->fact.on, c.name + " " + std::to_string(c.count) + " 项", source_of(l->fact),
                       l->fact.verified.value_or(false)});
  } else if (figure_id == "plates_count") {
    if (const auto z = enterprise::zone_as_of(reader, centre, viewer, day))
      for (const auto& p : z->fact.plates) out.push_back({z->seq, z->fact.on, p, source_of(z->fact.source), z->fact.verified.value_or(false)});
  } else if (figure_id == "chains_count") {
    for (const auto& c : enterprise::chains_up_to(reader, centre, viewer, day))
      out.push_back({c.seq, c.fact.on, c.fact.chain, source_of(c.fact.source), c.fact.verified.value_or(false)});
  } else {
    return Refusal{"bulletin.unknown_figure", "没有这个数据项。", "请从周报里的数字点开。", 404, ""};
  }
  return out;
}

}  // namespace yi::bulletin
