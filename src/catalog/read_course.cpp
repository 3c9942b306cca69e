// What a matter's own law says about its course: extension, joint handling, limited number, corrections, steps,
// special procedures, remedies. Checked here, and completed where a rule or the centre's settings fill in.
#include <algorithm>
#include <set>

#include "catalog/reading.h"
#include "catalog/settings_history.h"

namespace yi::catalog {
namespace {

constexpr std::string_view kPermitLimit = "行政许可法第四十二条";  // 许可法 §42: 20, with joint handling 45 working days

std::string the(const Matter& m) { return "事项“" + m.name + "”"; }
bool is_permit(const Matter& m) { return m.kind == MatterKind::permit; }

void read_joint(yaml::Fields& f, Matter& m, Loading& in) {
  if (const auto node = f.optional_map("joint")) {
    yaml::Fields g(*node, in.report);
    m.joint = JointHandling{g.text("basis"), in.known<DepartmentCode>(g, "departments", in.departments, Problem::unknown_department, "部门")};
    g.finish();
    if (!is_permit(m)) in.add(*node, Problem::limit, the(m) + "不是行政许可，没有行政许可法第二十六条的联合办理 joint。");
  }
  // §42 speaks of two limits and no other; whoever cites it has one of them.
  if (!limit_of_permit_law(m)) {
    if (m.joint && is_permit(m))
      in.add(f.at("joint"), Problem::limit, the(m) + "联合办理 joint 的法定时限应是行政许可法第四十二条第二款的 45 个工作日。");
    return;
  }
  const int days = m.joint ? 45 : 20;
  if (!is_permit(m))
    in.add(f.at("statutory"), Problem::limit, the(m) + "不是行政许可，法定时限不能依据行政许可法第四十二条。");
  else if (m.statutory->days != days || m.statutory->unit != Unit::working)
    in.add(f.at("statutory"), Problem::limit,
           the(m) + "依据行政许可法第四十二条的法定时限应是 " + std::to_string(days) + " 个工作日" + (m.joint ? "（联合办理）。" : "。"));
}

// 许可法 §42, both paragraphs.
Extension permit_law_extension(bool joint) {
  if (joint) return {15, Unit::working, std::string(kPermitLimit) + "第二款", Approver::government_head};
  return {10, Unit::working, std::string(kPermitLimit) + "第一款", Approver::authority_head};
}

void read_extension(yaml::Fields& f, Matter& m, Loading& in) {
  const auto node = f.node().find("extension");
  if (node && node->kind() == yaml::Kind::scalar) {
    if (f.text("extension") != "none") in.add(f.at("extension"), Problem::limit, the(m) + "的 extension 写 none，或写 days、unit、basis、approver。");
    return;
  }
  if (const auto own = f.optional_map("extension")) {
    yaml::Fields g(*own, in.report);
    Extension e;
    std::tie(e.days, e.unit) = in.days(g);
    e.basis = g.text("basis");
    e.approver = g.choice<Approver>("approver");
    e.unverified = g.flag("unverified");
    g.finish();
    if (!m.statutory) in.add(*own, Problem::limit, the(m) + "没有法定时限，不能延长。");
    else if (m.statutory->unit != e.unit) in.add(*own, Problem::limit, the(m) + "延长的单位和法定时限不同。");
    if (e.approver == Approver::government_head && !m.joint)
      in.add(*own, Problem::limit, the(m) + "没有联合办理 joint，延长不由本级政府负责人批准（行政许可法第四十二条第二款）。");
    m.extension = std::move(e);
    return;
  }
  if (!is_permit(m)) return;  // §42 binds permits alone
  if (m.preliminary_review && limit_of_permit_law(m)) return;  // §43 has no extension; one of another law is written down
  if (limit_of_permit_law(m)) m.extension = permit_law_extension(m.joint.has_value());
  else if (m.statutory)
    in.add(f.at("statutory"), Problem::limit,
           the(m) + "的法定时限另有依据，能否延长要写明：extension 写该依据的规定，没有规定的写 none。");
}

void read_quantity(yaml::Fields& f, Matter& m, Loading& in) {
  const auto node = f.optional_map("quantity_limit");
  if (!node) return;
  yaml::Fields g(*node, in.report);
  m.quantity_limit = QuantityLimit{static_cast<int>(g.integer("count", 1, 1'000'000)), g.choice<QuotaPeriod>("period"), g.text("basis")};
  g.finish();
  if (!is_permit(m)) in.add(*node, Problem::inconsistent, the(m) + "不是行政许可，没有行政许可法第五十七条的数量限制。");
}

void read_correction(yaml::Fields& f, Matter& m, Loading& in) {
  if (const auto node = f.optional_map("correction")) {
    yaml::Fields g(*node, in.report);
    if (const auto days = g.optional_integer("days", 1, 366)) m.correction.own_days = static_cast<int>(*days);
    m.correction.pauses_after_acceptance = g.flag("pauses_after_acceptance");
    m.correction.basis = g.optional_text("basis").value_or("");
    g.finish();
    if (m.correction.pauses_after_acceptance == m.correction.basis.empty())
      in.add(*node, Problem::limit, the(m) + "受理后补正要暂停计时的，写明依据 basis；不暂停的不写。");
  }
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& node : f.optional_list("correction_texts")) {
    yaml::Fields g(node, in.report);
    CorrectionText t{g.text("material"), g.text("wrong"), g.text("right")};
    g.finish();
    if (!t.material.empty() && !m.find_material(t.material))
      in.add(node, Problem::materials, the(m) + "的补正用语写了没有的材料“" + t.material + "”。");
    if (!seen.emplace(t.material, t.wrong).second)
      in.add(node, Problem::duplicate, "材料“" + t.material + "”的补正用语重复。");
    m.correction_texts.push_back(std::move(t));
  }
}

void read_steps(yaml::Fields& f, Matter& m, Loading& in) {
  Register codes;
  int together = 0;
  for (const auto& node : f.optional_list("steps")) {
    yaml::Fields g(node, in.report);
    Step s;
    s.code = in.code(g, "code", "a");
    s.name = g.text("name");
    s.department = node.find("department") ? in.department(g) : m.department;
    std::tie(s.days, s.unit) = in.days(g);
    s.suspension = g.flag("suspension");
    g.finish();
    codes.add(s.code, g.at("code"), "环节代码", in.report);
    if (m.promised && s.unit != m.promised->unit) in.add(node, Problem::limit, "环节“" + s.name + "”的单位和承诺时限不同。");
    together += s.days;
    m.steps.push_back(std::move(s));
  }
  if (m.steps.empty()) return;
  if (!m.promised) in.add(f.at("steps"), Problem::limit, the(m) + "是即办件，不写环节 steps。");
  else if (together > m.promised->days)
    in.add(f.at("steps"), Problem::limit,
           the(m) + "各环节合计 " + std::to_string(together) + " 日，长于承诺时限 " + std::to_string(m.promised->days) + " 日。");
}

void read_suspensions(yaml::Fields& f, Matter& m, Loading& in) {
  std::set<SuspensionKind> seen;
  for (const auto& node : f.optional_list("suspensions")) {
    yaml::Fields g(node, in.report);
    SuspensionRule s;
    s.kind = g.choice<SuspensionKind>("kind");
    s.days = static_cast<int>(g.integer("days", 1, 366));
    s.basis = g.optional_text("basis").value_or(is_permit(m) ? "行政许可法第四十五条" : "");
    g.finish();
    const std::string name(suspension_name(s.kind));
    if (s.basis.empty())
      in.add(node, Problem::limit, the(m) + "不是行政许可，特别程序“" + name + "”要写依据 basis：行政许可法第四十五条不适用。");
    if (!seen.insert(s.kind).second) in.add(node, Problem::duplicate, "特别程序“" + name + "”重复列出。");
    m.suspensions.push_back(std::move(s));
  }
  if (m.suspensions.empty() && std::any_of(m.steps.begin(), m.steps.end(), [](const Step& s) { return s.suspension; }))
    in.add(f.at("steps"), Problem::inconsistent, the(m) + "有环节可以启动特别程序，却没有写 suspensions。");
}

void read_contacts(yaml::Fields& f, Matter& m, Loading& in) {
  m.settings = in.history;
  if (const auto node = f.optional_map("remedies")) {
    yaml::Fields g(*node, in.report);
    m.own_review_body = g.optional_text("review_body");
    m.own_court = g.optional_text("court");
    m.own_remedy = g.optional_text("text");
    if (const auto& t = m.own_remedy; t && (t->find("日") == t->npos && t->find("月") == t->npos))
      in.add(g.at("text"), Problem::limit, "事项“" + m.name + "”的 remedies.text 没有写期间（几日内、几个月内）。");
    g.finish();
  }
  if (f.node().find("regulator")) m.regulator = in.department(f, "regulator");
  if (const auto node = f.optional_map("fee")) {
    yaml::Fields g(*node, in.report);
    m.fee = Fee{g.text("name"), g.text("standard"), g.text("basis")};
    g.finish();
  }
  const auto& all = in.data.departments;
  const auto d = std::find_if(all.begin(), all.end(), [&](const Department& x) { return x.code == m.department; });
  if (d != all.end()) m.department_phone = d->phone;
  m.own_contact = f.optional_text("contact");
  m.own_service_hours = f.optional_text("service_hours");
}

}  // namespace

std::string hall_hours(const Settings& settings) {
  const auto clock = [](int minute) {
    std::string two[] = {std::to_string(minute / 60), std::to_string(minute % 60)};
    for (auto& t : two) t.insert(0, t.size() < 2 ? 1 : 0, '0');
    return two[0] + ":" + two[1];
  };
  std::string out;
  for (const auto& h : settings.office_hours) out += (out.empty() ? "工作日 " : "、") + clock(h.from_minute) + "—" + clock(h.to_minute);
  return out;
}

int Matter::correction_days(CivilDay asked_on) const { return correction.own_days ? *correction.own_days : settings->on(asked_on).casework.correction_days.value; }

// The promise is the centre's own word: whether an extension of the law's limit lengthens it as well is the centre's rule when it is given.
bool Matter::extension_moves_promise(CivilDay accepted_on) const { return settings->on(accepted_on).casework.extension_moves_promise.value; }

Remedies Matter::remedies_on(CivilDay day) const {
  const auto& c = settings->on(day).casework;
  return {own_review_body.value_or(c.review_body.value), own_court.value_or(c.court.value), own_remedy};
}
std::string Matter::contact_on(CivilDay day) const {
  if (own_contact) return *own_contact;
  return department_phone ? *department_phone : settings->on(day).casework.consultation_phone.value;
}
std::string Matter::service_hours_on(CivilDay day) const { return own_service_hours ? *own_service_hours : hall_hours(settings->on(day)); }

bool limit_of_permit_law(const Matter& m) { return m.statutory && m.statutory->basis.starts_with(kPermitLimit); }

std::string_view suspension_name(SuspensionKind k) {
  // 许可法 §45, in its order.
  static constexpr std::string_view kNames[] = {"听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"};
  return kNames[static_cast<std::size_t>(k)];
}

void read_course(yaml::Fields& f, Matter& m, Loading& in) {
  m.preliminary_review = f.flag("preliminary_review");
  read_joint(f, m, in);
  read_extension(f, m, in);
  if (m.preliminary_review && !is_permit(m))
    in.add(f.at("preliminary_review"), Problem::limit, the(m) + "不是行政许可，没有行政许可法第四十三条的下级初审。");
  read_quantity(f, m, in);
  m.direct_receipt = f.flag("direct_receipt");
  m.offline_reason = f.optional_text("offline_reason");
  if (m.offline_reason && m.direct_receipt) in.add(f.at("direct_receipt"), Problem::inconsistent, the(m) + "不能网上申报，不写 direct_receipt。");
  read_correction(f, m, in);
  read_steps(f, m, in);
  read_suspensions(f, m, in);
  read_contacts(f, m, in);
}

}  // namespace yi::catalog
