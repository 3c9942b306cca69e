// What a matter asks for, as commands want to hear it: exact names of its papers, which may come later or be replaced by a commitment,
// the prepared words of a correction notice. Public, as 行政许可法 §30 has it.
#include <fmt/format.h>

#include <set>

#include "casework/guards.h"
#include "casework/routes.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {

struct MatterSample {
  std::optional<std::string> text, file;
};
BOOST_DESCRIBE_STRUCT(MatterSample, (), (text, file))
struct MatterPaper {
  std::string name;
  bool required = true;
  std::optional<std::string> condition;  // when it is asked for, where it is not always
  std::int32_t copies = 1;
  catalog::MaterialForm form{};
  catalog::Provider provider{};          // who has it: papers of the government's are not asked of the applicant
  bool deferrable = false;               // 容缺
  std::int32_t deferral_days = 0;
  bool commitment = false;               // 告知承诺
  std::optional<MatterSample> sample;    // none: nobody has published one
};
BOOST_DESCRIBE_STRUCT(MatterPaper, (), (name, required, condition, copies, form, provider, deferrable, deferral_days, commitment, sample))
struct PreparedDefect {
  std::string material, wrong, right;
};
BOOST_DESCRIBE_STRUCT(PreparedDefect, (), (material, wrong, right))
struct MatterLimit {
  std::int32_t days = 0;
  catalog::Unit unit{};
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(MatterLimit, (), (days, unit, basis))
struct MatterProcedure {
  catalog::SuspensionKind kind{};
  std::int32_t days = 0;
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(MatterProcedure, (), (kind, days, basis))
struct MatterFee {
  std::string name, standard, basis;
};
BOOST_DESCRIBE_STRUCT(MatterFee, (), (name, standard, basis))

struct MatterQuantity {
  std::int32_t count = 0;
  catalog::QuotaPeriod period{};
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(MatterQuantity, (), (count, period, basis))

struct MatterLine {
  MatterCode code;
  std::int32_t version = 1;
  std::string name;
  DepartmentCode department;
  std::string department_name;
  catalog::MatterKind kind{};
  std::string kind_name;
  CaseType case_type = CaseType::promised;
  std::vector<std::int32_t> audience;    // GB/T 39046 annex A.4: 1 a person, 2 to 6 bodies
  std::int32_t visits = 0;               // trips to the hall
  std::optional<MatterLimit> promised;
  std::vector<std::string> life_stages;  // of the hall's
};
BOOST_DESCRIBE_STRUCT(MatterLine, (), (code, version, name, department, department_name, kind, kind_name, case_type, audience, visits, promised, life_stages))
struct MatterLines {
  std::vector<MatterLine> matters;
};
BOOST_DESCRIBE_STRUCT(MatterLines, (), (matters))
struct MatterView : MatterLine {
  std::optional<MatterLimit> statutory, delivery, extension;
  std::vector<MatterPaper> materials;
  std::optional<std::string> commitment_excluded_reason;
  std::int32_t correction_days = 0;      // working days that the applicant has
  std::vector<PreparedDefect> correction_texts;
  std::vector<MatterProcedure> procedures;
  std::vector<std::string> steps;
  std::string result;
  std::optional<MatterFee> fee;          // none: free of charge
  std::string review_body, court;
  std::optional<std::string> own_remedy;
  std::string contact, service_hours;
  std::optional<std::string> note;
  bool direct_receipt = false;           // an online application is received at once, without pre-review
  std::optional<std::string> department_place, department_phone;
  std::optional<std::string> regulator;  // who supervises what was granted
  std::vector<std::string> deciding_with;  // departments that decide jointly
  std::optional<std::string> offline_reason;  // why it cannot be applied for online
  std::vector<std::string> basis, conditions;  // empty: not recorded
  std::vector<catalog::OnlineDepth> online_depth;  // what of it can be done online, in order; empty: not recorded
  bool unverified = false;                     // the department has not checked the entry: no page praises what it says
  std::optional<MatterQuantity> quantity;      // of a permit limited in number; none: not limited
};
BOOST_DESCRIBE_STRUCT(MatterView, (MatterLine), (statutory, delivery, extension, materials, commitment_excluded_reason, correction_days, correction_texts,
  procedures, steps, result, fee, review_body, court, own_remedy, contact, service_hours, note, direct_receipt, department_place, department_phone, regulator, deciding_with, offline_reason, basis, conditions, online_depth, unverified, quantity))

struct HallWindow {
  WindowCode code;
  std::string name;
  catalog::WindowKind kind{};
};
BOOST_DESCRIBE_STRUCT(HallWindow, (), (code, name, kind))
struct HallDepartment {
  DepartmentCode code;
  std::string name;
  std::optional<std::string> place, phone;
};
BOOST_DESCRIBE_STRUCT(HallDepartment, (), (code, name, place, phone))
struct HallLifeStage {
  catalog::Audience audience{};
  std::string name;
};
BOOST_DESCRIBE_STRUCT(HallLifeStage, (), (audience, name))
struct HallView {
  std::string centre, name, short_name, address, online_address;
  std::vector<std::string> office_hours;  // of a working day: "09:00—12:00"
  std::string consultation_phone, supervision_phone, complaint_phone;
  std::vector<HallWindow> windows;
  std::vector<HallDepartment> departments;  // those whose matters are in the catalogue today
  std::int32_t draft_days = 0;              // how long what was begun and not handed over is kept
  std::vector<HallLifeStage> life_stages;   // of a person, then of an enterprise, in the order of life
  std::optional<CivilDay> opening_day;      // of the first case; absent before it. Only on that day is anything carried over
};
BOOST_DESCRIBE_STRUCT(HallView, (), (centre, name, short_name, address, online_address, office_hours, consultation_phone, supervision_phone, complaint_phone, windows, departments, draft_days, life_stages, opening_day))

// What DayGuard::opening_day() holds, for who reads beside the lane.
std::optional<CivilDay> opening_day_of(store::Reader& reader, CentreCode centre) {
  auto c = reader.select(store::select_row_sql(DayState::view(), DayState::view().name), {centre.value, DayGuard::kOpeningDay});
  if (!c->next()) return std::nullopt;
  return CivilDay{static_cast<std::int32_t>(DayState::from(store::read_row(DayState::view(), *c)).last)};
}

std::optional<MatterLimit> limit_of(const std::optional<catalog::Limit>& l) { return l ? std::optional(MatterLimit{l->days, l->unit, l->basis}) : std::nullopt; }

MatterLine line_of(const catalog::Matter& m, const catalog::Catalog& catalog) {
  const auto* d = catalog.find_department(m.department);
  return {m.code, m.version, m.name, m.department, d ? d->name : m.department.value, m.kind, std::string(catalog::kind_name(m.kind)),
          m.case_type == catalog::CaseType::instant ? CaseType::instant : CaseType::promised, {m.audience.begin(), m.audience.end()}, m.visits, limit_of(m.promised), m.life_stages};
}

MatterView view_of(const catalog::Matter& m, const catalog::Catalog& catalog, const catalog::Samples& samples, CivilDay today) {
  MatterView v;
  static_cast<MatterLine&>(v) = line_of(m, catalog);
  v.statutory = limit_of(m.statutory);
  v.delivery = limit_of(m.delivery);
  if (m.extension) v.extension = MatterLimit{m.extension->days, m.extension->unit, m.extension->basis};
  for (const auto& p : m.materials) {
    const auto* sample = samples.find(m.code, p.name);
    v.materials.push_back({p.name, p.required, p.condition, p.copies, p.form, p.provider, p.deferrable, p.deferral_days, p.commitment,
                           sample ? std::optional(MatterSample{sample->text, sample->file}) : std::nullopt});
  }
  v.commitment_excluded_reason = m.commitment_excluded_reason;
  v.correction_days = m.correction_days(today);
  for (const auto& t : m.correction_texts) v.correction_texts.push_back({t.material, t.wrong, t.right});
  for (const auto& s : m.suspensions) v.procedures.push_back({s.kind, s.days, s.basis});
  for (const auto& s : m.steps) v.steps.push_back(s.name);
  v.result = m.result.name;
  if (m.fee) v.fee = MatterFee{m.fee->name, m.fee->standard, m.fee->basis};
  const auto remedies = m.remedies_on(today);
  v.review_body = remedies.review_body;
  v.court = remedies.court;
  v.own_remedy = remedies.text;
  v.contact = m.contact_on(today);
  v.service_hours = m.service_hours_on(today);
  v.note = m.note;
  v.direct_receipt = m.direct_receipt;
  if (const auto* d = catalog.find_department(m.department)) {
    v.department_place = d->hall_place;
    v.department_phone = d->phone;
  }
  const auto name_of = [&](const DepartmentCode& code) {
    const auto* d = catalog.find_department(code);
    return d ? d->name : code.value;
  };
  if (m.regulator) v.regulator = name_of(*m.regulator);
  if (m.joint)
    for (const auto& code : m.joint->departments) v.deciding_with.push_back(name_of(code));
  v.offline_reason = m.offline_reason;
  v.basis = m.basis;
  v.conditions = m.conditions;
  v.online_depth = m.online_depth;
  v.unverified = m.from.unverified;
  if (m.quantity_limit) v.quantity = MatterQuantity{m.quantity_limit->count, m.quantity_limit->period, m.quantity_limit->basis};
  return v;
}

HallView hall_of(const catalog::Catalog& catalog, CivilDay today) {
  const auto& s = catalog.settings_on(today);
  HallView v{s.name, s.hall_name, s.hall_short_name, s.hall_address, s.online_address, {}, s.casework.consultation_phone.value, s.casework.supervision_phone.value, s.complaint_phone, {}, {}, s.casework.draft_days.value, {}, {}};
  for (const auto& h : s.office_hours) v.office_hours.push_back(fmt::format("{:02}:{:02}—{:02}:{:02}", h.from_minute / 60, h.from_minute % 60, h.to_minute / 60, h.to_minute % 60));
  for (const auto& w : catalog.windows_on(today))
    if (!w.closed) v.windows.push_back({w.code, w.name, w.kind});
  for (const auto audience : {catalog::Audience::person, catalog::Audience::enterprise})
    for (const auto& stage : catalog.stages(audience)) v.life_stages.push_back({audience, stage});
  std::set<std::string> seen;
  for (const auto& m : catalog.matters()) {
    const auto* d = catalog.find_department(m.department);
    if (!d || !catalog.find_matter_on(m.code, today) || !seen.insert(m.department.value).second) continue;
    v.departments.push_back({d->code, d->name, d->hall_place, d->phone});
  }
  return v;
}

http::Door matter_door(const char* pattern, const char* name, const char* summary) {
  auto d = reading_door(pattern, name, summary);
  d.right = identity::kPublic;
  d.audit_class = "none";
  d.refusal_codes = {"casework.unknown_matter"};
  return d;
}


void add_sample_door(http::Router& router, std::shared_ptr<const catalog::Samples> samples) {
  auto file = matter_door("/api/casework/matters/{code}/samples/{file}", "casework.get_sample", "材料样本的文件");
  file.parameters = {{"code", "事项代码", R"({"type":"string","maxLength":64})", true, true}, {"file", "文件名", R"({"type":"string","maxLength":120})", true, true}};
  file.replies = {{200, "样本文件", "application/octet-stream", ""}};
  file.refusal_codes = {"casework.unknown_sample"};
  file.handle = [samples = std::move(samples)](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto* found = samples->find_file(MatterCode{request.path_parameters.at("code")}, request.path_parameters.at("file"));
    if (!found) return reply(http::problem({"casework.unknown_sample", "没有这个样本文件。", "请从事项的办事指南中下载。", 404, ""}));
    http::Response r;
    r.content_type = found->media_type;
    r.headers = {{"content-disposition", "attachment"}, {"content-security-policy", "sandbox; default-src 'none'"}};  // its name is the path's last part
    r.body = found->bytes;
    reply(std::move(r));
  };
  router.add(std::move(file));
}

}  // namespace

void add_matter_doors(http::Router& router, engine::Engine& engine, const Ground& ground, std::shared_ptr<const catalog::Samples> samples) {
  auto list = matter_door("/api/casework/matters", "casework.list_matters", "事项目录");
  list.replies = {{200, "事项目录", "application/json", json::schema<MatterLines>()}};
  list.handle = [&engine, ground](const http::Request&, const http::Caller&, http::Responder reply) {
    MatterLines out;
    for (const auto& m : ground.catalog->matters())  // the version of today
      if (const auto* now = ground.catalog->find_matter_on(m.code, civil_day(engine.clock().now()))) out.matters.push_back(line_of(*now, *ground.catalog));
    http::Response r;
    r.body = json::write(out);
    reply(std::move(r));
  };
  router.add(std::move(list));

  auto one = matter_door("/api/casework/matters/{code}", "casework.get_matter", "一个事项：材料、可以容缺和承诺的、补正的用语、时限、收费、救济");
  one.parameters = {{"code", "事项代码", R"({"type":"string","maxLength":64})", true, true}};
  one.replies = {{200, "事项", "application/json", json::schema<MatterView>()}};
  one.handle = [&engine, ground, samples](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto& code = request.path_parameters.at("code");
    const auto today = civil_day(engine.clock().now());
    const auto* m = ground.catalog->find_matter_on(MatterCode{code}, today);
    if (!m) return reply(http::problem(refusal(Refused::unknown_matter)));
    http::Response r;
    r.body = json::write(view_of(*m, *ground.catalog, *samples, today));
    reply(std::move(r));
  };
  router.add(std::move(one));

  auto hall = matter_door("/api/casework/hall", "casework.get_hall", "大厅：地址、时间、电话、窗口和有事项的部门");
  hall.refusal_codes.clear();
  hall.replies = {{200, "大厅", "application/json", json::schema<HallView>()}};
  hall.handle = [&engine, ground](const http::Request&, const http::Caller&, http::Responder reply) {
    auto v = hall_of(*ground.catalog, civil_day(engine.clock().now()));
    v.opening_day = opening_day_of(*engine.reader(), engine.centre());
    http::Response r;
    r.body = json::write(v);
    reply(std::move(r));
  };
  router.add(std::move(hall));
  add_sample_door(router, std::move(samples));
}

}  // namespace yi::casework
