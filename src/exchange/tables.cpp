#include "exchange/tables.h"

#include <algorithm>
#include <set>

#include "casework/rules.h"
#include "exchange/portable.h"

namespace yi::exchange {
namespace {
using namespace casework;

void write_node(std::string& out, json::Node n) {
  switch (n.kind()) {
    case json::Kind::string: json::append_string(out, n.string()); break;
    case json::Kind::integer: json::append_int(out, n.integer()); break;
    case json::Kind::boolean: out += n.boolean() ? "true" : "false"; break;
    case json::Kind::real: out += std::to_string(n.real()); break;  // no fact has one; its reader will say so
    case json::Kind::null: out += "null"; break;
    case json::Kind::array:
    case json::Kind::object: {
      const bool object = n.kind() == json::Kind::object;
      out += object ? '{' : '[';
      bool first = true;
      n.each([&](std::string_view key, json::Node child) {
        if (!first) out += ',';
        first = false;
        if (object) {
          json::append_string(out, key);
          out += ':';
        }
        write_node(out, child);
        return true;
      });
      out += object ? '}' : ']';
    }
  }
}

// Which act a fact's name stands for; the step facts are named by their act.
constexpr std::pair<std::string_view, Act> kActs[] = {
    {Submitted::kName, Act::submit}, {Received::kName, Act::receive}, {ResultReceivedForIssue::kName, Act::receive_result}, {CarriedOver::kName, Act::carry_over},
    {CorrectionRequested::kName, Act::request_correction}, {Accepted::kName, Act::accept}, {AcceptanceRefused::kName, Act::refuse_acceptance},
    {Transferred::kName, Act::transfer}, {Suspended::kName, Act::suspend}, {Resumed::kName, Act::resume}, {Extended::kName, Act::extend},
    {Issued::kName, Act::issue}, {Withdrawn::kName, Act::withdraw}, {Reversed::kName, Act::reverse}, {Evaluated::kName, Act::evaluate},
    {CardGiven::kName, Act::give_card}, {DuesRecounted::kName, Act::recount}};

template <class F>
F body_of(const PortableFact& f) {
  return as_fact(f, "").as<F>();
}

Act act_of(const PortableFact& f) {
  if (f.name == MaterialsSupplied::kName) return body_of<MaterialsSupplied>(f).act;
  if (f.name == Decided::kName) return body_of<Decided>(f).decision == Decision::grant ? Act::decide_grant : Act::decide_refuse;
  if (f.name == Accepted::kName && body_of<Accepted>(f).by_law.value_or(false)) return Act::accept_by_law;
  if (f.name == CorrectionRequested::kName && body_of<CorrectionRequested>(f).after->stage == Stage::pre_returned) return Act::pre_return;
  for (const auto& [name, act] : kActs)
    if (name == f.name) return act;
  for (int i = 0; i < kActKinds; ++i)
    if (const auto* name = step_name(static_cast<Act>(i)); name && f.name == name) return static_cast<Act>(i);
  return Act::close;
}

// 业务动作
const char* movement(Act a) {
  switch (a) {
    case Act::pre_accept: case Act::take_in: case Act::accept: case Act::accept_by_law: case Act::finish_step: case Act::decide_grant: return "通过";
    case Act::pre_return: case Act::request_correction: case Act::close_uncorrected: case Act::refuse_acceptance: case Act::decide_refuse: return "退回";
    default: return "其他";
  }
}

std::string field(const PortableFact& f, std::initializer_list<const char*> names) {
  const auto read = as_fact(f, "");
  const auto body = read.node();
  for (const char* name : names)
    if (const auto n = body.find(name); n && n->kind() == json::Kind::string) return std::string(n->string());
  return {};
}

std::string end_of_day(CivilDay d) { return compact(at(d, 23, 59, 59)); }

// A case and what the catalogue calls its parts.
struct Course {
  const std::vector<PortableFact>& facts;
  const catalog::Catalog& catalog;
  CaseState state;
  std::set<std::int32_t> reversed;  // orders of facts that were taken back

  const PortableFact* last(std::string_view name) const {
    for (auto f = facts.rbegin(); f != facts.rend(); ++f)
      if (f->name == name && !reversed.contains(f->order)) return &*f;
    return nullptr;
  }
  template <class Row>
  void unit(Row& row, const PortableFact& f) const {
    const DepartmentCode code{field(f, {"department"})};
    const auto* d = catalog.find_department(code);
    row.org_name = d ? d->name : code.value;
    if (d && d->uscc) row.org_code = *d->uscc;
  }
};

void put_opening(AcceptRow& row, const Opening& o, const PortableFact& f) {
  row.apply_type = o.source == Source::online ? "2" : o.source == Source::mail ? "4" : "1";
  row.applyer_type = o.applicant_kind == ApplicantKind::natural ? "1" : "2";
  if (f.applicant) {
    row.applyer_name = Text<200>(f.applicant->name);
    if (f.applicant->id_number) {
      row.applyer_page_code = Text<200>(*f.applicant->id_number);
      if (o.applicant_kind == ApplicantKind::natural) row.applyer_page_type = "111";
    }
    if (f.applicant->legal_representative) row.legal = *f.applicant->legal_representative;
    if (f.applicant->address) row.address = Text<500>(*f.applicant->address);
    if (!f.agent && f.applicant->phone) row.contact_mobile = Text<200>(*f.applicant->phone);
  }
  if (f.agent) {
    row.contact_name = Text<200>(f.agent->name);
    if (f.agent->id_number) {
      row.contact_code = Text<200>(*f.agent->id_number);
      row.contact_type = "111";
    }
    if (f.agent->phone) row.contact_mobile = Text<200>(*f.agent->phone);
  }
}

AcceptRow accept_row(const Course& c) {
  const auto& opening = c.facts.front();
  const auto& s = c.state;
  AcceptRow row;
  row.project_no = Text<50>(s.number);
  row.task_code = s.matter.value;
  row.task_version = std::to_string(s.matter_version);
  if (const auto* m = c.catalog.find_matter(s.matter, s.matter_version)) {
    row.task_name = row.project_name = m->name;
    row.catalog_code = m->national_code.value_or("");
  }
  c.unit(row, opening);
  if (opening.name == Received::kName) put_opening(row, body_of<Received>(opening), opening);
  else if (opening.name == Submitted::kName) put_opening(row, body_of<Submitted>(opening), opening);
  row.apply_date = compact(opening.effective_at);
  if (s.accepted_on) {
    const auto* accepted = c.last(Accepted::kName);
    row.accept_date = compact(accepted && civil_day(accepted->effective_at) == *s.accepted_on ? accepted->effective_at : start_of(*s.accepted_on));
    if (accepted)
      if (const auto a = body_of<Accepted>(*accepted); a.promised_due) row.promise_date = end_of_day(*a.promised_due);
    if (opening.name == CarriedOver::kName)
      if (const auto o = body_of<CarriedOver>(opening); o.promised_due) row.promise_date = end_of_day(*o.promised_due);
  }
  row.handle_user_name = opening.actor;
  row.project_type = s.type == CaseType::instant ? "1" : "2";
  row.yc_extension.fact = opening;
  return row;
}

ProcessRow process_row(const Course& c, const PortableFact& f) {
  const auto act = act_of(f);
  ProcessRow row;
  row.project_no = Text<50>(c.state.number);
  row.process_name = Text<60>(chinese_name(act));
  row.event_name = movement(act);
  row.handle_user_name = f.actor;
  row.handle_explain = field(f, {"reason", "result", "second_reason", "comment"});
  row.event_start_time = row.event_end_time = compact(f.effective_at);
  c.unit(row, f);
  row.event_state = "2";
  row.yc_extension = f;
  return row;
}

// A special procedure ends with the next resumption.
void put_special(const Course& c, const PortableFact& f, CaseTables& out) {
  SpecialRow row;
  row.project_no = Text<50>(c.state.number);
  row.start_time = compact(f.effective_at);
  row.handle_user_name = f.actor;
  c.unit(row, f);
  if (f.name == Extended::kName) {
    const auto e = body_of<Extended>(f);
    row.special_type = "1";
    row.special_name = "延长审批";
    row.special_reason = Text<1000>(e.basis + "：" + e.reason);
    row.special_applyer = e.approver;
    row.end_time = row.start_time;
    row.special_result = "延长" + std::to_string(e.days) + "日";
    out.special.push_back(std::move(row));
  } else if (f.name == Suspended::kName) {
    const auto s = body_of<Suspended>(f);
    row.special_type = "2";
    row.special_name = Text<60>(catalog::suspension_name(s.kind));
    row.special_reason = Text<1000>(s.basis + "：" + s.reason);
    row.special_applyer = s.approver;
    row.handle_explain = "计划至" + to_iso(s.planned_end);
    out.special.push_back(std::move(row));
  } else if (f.name == Resumed::kName && !out.special.empty()) {
    const auto open = std::find_if(out.special.rbegin(), out.special.rend(), [](const SpecialRow& r) { return r.end_time.empty(); });
    if (open == out.special.rend()) return;
    open->end_time = compact(f.effective_at);
    open->special_result = Text<600>(body_of<Resumed>(f).result);
  }
}

void put_result(const Course& c, CaseTables& out) {
  const auto& s = c.state;
  if (!s.decided_on && !s.closing) return;
  ResultRow row;
  row.project_no = Text<50>(s.number);
  const auto* decided = c.last(Decided::kName);
  if (decided) {
    const auto d = body_of<Decided>(*decided);
    row.result_date = compact(decided->effective_at);
    row.result_explain = Text<600>(d.reason.value_or(Text<500>()));
    row.result_cetr_no = d.certificate_number.value_or(Text<64>());
    row.handle_user_name = decided->actor;
  } else if (s.decided_on) {
    row.result_date = compact(start_of(*s.decided_on));
  } else {
    // Closed without a decision: by the last fact that says how.
    const auto how = std::find_if(c.facts.rbegin(), c.facts.rend(), [&](const PortableFact& f) {
      return !c.reversed.contains(f.order) && (!field(f, {"closing"}).empty() || f.name == AcceptanceRefused::kName);
    });
    if (how != c.facts.rend()) {
      row.result_date = compact(how->effective_at);
      row.result_explain = Text<600>(field(*how, {"reason"}));
      row.handle_user_name = how->actor;
    }
  }
  if (s.closing) row.result_type = std::to_string(static_cast<int>(*s.closing));
  const bool granted = decided ? body_of<Decided>(*decided).decision == Decision::grant : s.decided_on.has_value();
  if (const auto* m = c.catalog.find_matter(s.matter, s.matter_version); m && granted) row.result_cetr_name = m->result.name;
  if (const auto* issued = c.last(Issued::kName)) row.is_delivery_results = body_of<Issued>(*issued).delivery == Delivery::post ? "1" : "0";
  if (const auto* evaluated = c.last(Evaluated::kName)) row.satisfaction = std::to_string(body_of<Evaluated>(*evaluated).level);
  out.result.push_back(std::move(row));
}

void put_materials(const Course& c, const PortableFact& f, const std::vector<Text<120>>& names, bool online, CaseTables& out) {
  for (const auto& name : names) {
    MaterialRow row;
    row.project_no = Text<50>(c.state.number);
    row.material_name = name;
    row.get_type = online ? "电子" : "纸质";
    row.get_time = compact(f.effective_at);
    out.material.push_back(std::move(row));
  }
}

// Columns that the receiver's catalogue fills in its own words.
bool of_catalogue(std::string_view column) {
  for (const char* c : {"catalog_code", "task_handle_item", "task_name", "project_name", "org_name", "org_code", "result_cetr_name"})
    if (column == c) return true;
  return false;
}

template <class Row>
std::string row_difference(const std::vector<Row>& given, const std::vector<Row>& derived) {
  const auto rows = std::max(given.size(), derived.size());
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string place = std::string(Row{}.table) + " 第" + std::to_string(i + 1) + "行";
    if (i >= given.size()) return place + "（缺少）";
    if (i >= derived.size()) return place + "（多余）";
    std::string column;
    boost::mp11::mp_for_each<json::MembersOf<Row>>([&](auto d) {
      const auto& a = given[i].*d.pointer;
      const auto& b = derived[i].*d.pointer;
      if constexpr (std::is_convertible_v<decltype(a), std::string_view>)
        if (column.empty() && !of_catalogue(d.name) && std::string_view(a) != std::string_view(b)) column = d.name;
    });
    if (!column.empty()) return place + " " + column;
  }
  return {};
}

}  // namespace

void append(std::string& out, const RawJson& v) { out += v.text; }
bool read_node(json::Node n, RawJson& v, json::Reading& r) {
  if (n.kind() != json::Kind::object) return r.wrong_type("对象");
  v.text.clear();
  write_node(v.text, n);
  return true;
}

std::string compact(Instant t) {
  std::string out;
  for (const char c : to_iso(t))
    if (c >= '0' && c <= '9' && out.size() < 14) out += c;
  return out;
}

CaseTables tables_of(const std::vector<PortableFact>& facts, const catalog::Catalog& catalog) {
  Course c{facts, catalog, state_of(facts), {}};
  for (const auto& f : facts)
    if (f.name == Reversed::kName) c.reversed.insert(static_cast<std::int32_t>(body_of<Reversed>(f).fact));
  CaseTables out;
  out.accept.push_back(accept_row(c));
  for (const auto& f : facts) {
    if (&f != &facts.front()) out.process.push_back(process_row(c, f));
    if (c.reversed.contains(f.order)) continue;
    put_special(c, f, out);
    if (f.name == Received::kName) put_materials(c, f, body_of<Received>(f).materials, false, out);
    else if (f.name == Submitted::kName) put_materials(c, f, body_of<Submitted>(f).materials, true, out);
    else if (f.name == MaterialsSupplied::kName) {
      const auto m = body_of<MaterialsSupplied>(f);
      put_materials(c, f, m.materials, !m.window, out);
    }
  }
  put_result(c, out);
  return out;
}

std::string difference(const CaseTables& given, const CaseTables& derived) {
  for (auto where : {row_difference(given.accept, derived.accept), row_difference(given.process, derived.process), row_difference(given.special, derived.special),
                     row_difference(given.result, derived.result), row_difference(given.material, derived.material)})
    if (!where.empty()) return where;
  return {};
}

}  // namespace yi::exchange
