// From the fact that a paper tells to what the paper says.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "casework/documents_template.h"
#include "casework/paper_facts.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using K = DocumentKind;

template <class T>
std::string plain(const T& text) {
  return std::string(std::string_view(text));
}
template <class T>
std::string plain(const std::optional<T>& text) {
  return text ? plain(*text) : std::string();
}

std::string form_name(catalog::MaterialForm f) {
  return f == catalog::MaterialForm::original ? "原件" : f == catalog::MaterialForm::copy ? "复印件" : "电子";
}

// The window of an act, whatever the fact's shape.
std::optional<WindowCode> window_of(const RecordedFact& f) {
  std::optional<WindowCode> w;
  json::Reading r;
  if (const auto n = f.node().find("window"); n && n->kind() == json::Kind::string) json::read_node(*n, w, r);
  return w;
}

using Counted = std::optional<std::vector<Handed>>;

// Fills the facts of one paper, step by step.
class Filling {
 public:
  Filling(const CaseFile& file, const PaperSource& source, const PaperGround& ground)
      : file_(file), source_(source), kind_(source.kind), fact_(file.fact(source.fact)), before_(file.before(source.fact)), after_(file.after(source.fact)),
        ground_(ground), matter_(matter_of(after_, ground.catalog)) {}

  Result<DocumentFacts> all() {
    whole_case();
    people();
    if (kind_ == K::proof_of_delivery) of_delivery();
    else if (kind_ == K::site_inspection || kind_ == K::payment_notice) still_to_come();
    else by_fact();
    YI_CHECK(dues());
    return std::move(f_);
  }

 private:
  void whole_case();
  void of_matter();
  void people();
  void still_to_come();
  void by_fact();
  void of_opening();
  void of_supply();
  void of_accepted();
  void of_refused_acceptance();
  void of_decided();
  void of_delivery();
  void of_step();
  void of_termination(const Step& s);
  void of_overdue(const Step& s);
  void of_suspended();
  void of_resumed();
  void of_order(const std::string& rule);
  void of_reversed();
  void of_handover();
  Checked dues();

  // What was counted as counted; what was sent online is there as a file; of the rest nobody knows form and number.
  std::vector<DocumentMaterial> named(const std::vector<Text<120>>& names, const Counted& counted, bool online, const std::string& note) const {
    std::vector<DocumentMaterial> out;
    for (const auto& n : names) {
      DocumentMaterial m{plain(n), online ? "电子" : "", online ? 1 : 0, note};
      if (counted)
        for (const auto& h : *counted)
          if (h.material == n) m.form = form_name(h.form), m.copies = h.copies;
      out.push_back(std::move(m));
    }
    return out;
  }
  DocumentMaterial placed(std::int32_t place) const {
    const auto i = static_cast<std::size_t>(place);
    if (!matter_ || i >= matter_->materials.size()) return {"（材料" + std::to_string(place + 1) + "）", "原件"};
    const auto& m = matter_->materials[i];
    return {m.name, form_name(m.form), m.copies};
  }
  std::vector<DocumentMaterial> deferred(const CaseState& s) const {
    std::vector<DocumentMaterial> out;
    for (const auto& d : s.detail.deferred) {
      out.push_back(placed(d.material));
      out.back().by = d.by;
    }
    return out;
  }
  std::string names_at(const std::vector<std::int32_t>& places) const {
    std::string out;
    for (const auto place : places) out += (out.empty() ? "" : "、") + placed(place).name;
    return out;
  }
  std::vector<DocumentMaterial> came_with(const RecordedFact& f) const {
    if (f.record.name == MaterialsSupplied::kName) {
      const auto m = f.as<MaterialsSupplied>();
      return named(m.materials, m.handed, !m.window, m.window ? "窗口提交" : "网上提交");
    }
    if (f.record.name != Received::kName && f.record.name != Submitted::kName) return {};
    const auto o = f.record.name == Received::kName ? static_cast<Opening>(f.as<Received>()) : static_cast<Opening>(f.as<Submitted>());
    return named(o.materials, o.handed, !o.window, o.source == Source::mail ? "邮寄" : o.window ? "窗口提交" : "网上提交");
  }
  // Every paper that came with the case until this fact; of what came later, the day.
  std::vector<DocumentMaterial> handed_in() const {
    std::vector<DocumentMaterial> out;
    for (std::size_t i = 0; i < file_.size() && file_.fact(i).seq <= fact_.seq; ++i)
      for (auto& m : came_with(file_.fact(i))) {
        std::erase_if(out, [&](const auto& o) { return o.name == m.name; });
        if (i > 0) m.note = fmt::format("{}补交", to_chinese(civil_day(file_.fact(i).record.effective_at)));
        out.push_back(std::move(m));
      }
    return out;
  }
  // The last window that did anything about the case until this fact; the hall's common one where none did.
  std::string real_window() const {
    for (std::size_t i = source_.fact + 1; i-- > 0;)
      if (const auto* found = window_at(window_of(file_.fact(i)))) return found->name;
    return "综合窗口";
  }
  // By name, where the approver is an account of the house.
  std::string approved_by(const Text<60>& approver) const {
    const auto name = ground_.name_of(plain(approver));
    return name.empty() ? plain(approver) : name;
  }
  const catalog::Window* window_at(const std::optional<WindowCode>& w) const { return w ? ground_.catalog.find_window(*w) : nullptr; }
  std::string limit_days(int days) const {
    return fmt::format("{}{}", days, matter_ && matter_->statutory && matter_->statutory->unit == catalog::Unit::calendar ? "日" : "个工作日");
  }
  // The last fact of this name before the one that the paper tells.
  const RecordedFact* earlier(std::string_view name) const {
    for (std::size_t i = source_.fact; i-- > 0;)
      if (file_.fact(i).record.name == name) return &file_.fact(i);
    return nullptr;
  }

  const CaseFile& file_;
  const PaperSource& source_;
  DocumentKind kind_;
  const RecordedFact& fact_;
  const CaseState& before_;
  const CaseState& after_;
  const PaperGround& ground_;
  const catalog::Matter* matter_;
  DocumentFacts f_;
};

void Filling::whole_case() {
  const auto& s = after_;
  const auto& settings = ground_.catalog.settings_on(ground_.today);
  f_.case_number = plain(s.number);
  f_.centre = settings.name;
  f_.complaint_phone = settings.complaint_phone;
  f_.supervision_phone = settings.casework.supervision_phone.value;
  f_.contact_address = settings.hall_address;
  f_.permit = s.permit();
  if (const auto* d = ground_.catalog.find_department(s.department)) f_.department = d->name;
  f_.window = real_window();
  f_.contact_phone = settings.casework.consultation_phone.value;
  if (matter_) of_matter();
  f_.date = civil_day(fact_.record.recorded_at);
  if (const auto name = file_.fact(0).record.name; name == Received::kName || name == Submitted::kName) f_.applied_on = civil_day(file_.fact(0).record.effective_at);
  f_.received_on = s.received_on;
  f_.accepted_on = s.accepted_on;
  f_.decided_on = s.decided_on;
  if (is_end(s.at.stage)) f_.closed_on = f_.date;
  f_.undecided = !s.decided_on && !is_end(s.at.stage);
  f_.statutory_due = s.at.statutory_due;
  f_.promised_due = s.at.promised_due;
  f_.delivery_due = s.at.delivery_due;
  f_.officer = ground_.name_of(std::string(fact_.record.actor));
  f_.materials = handed_in();
  f_.qr_text = row_of(kind_).to_applicant ? ground_.qr_text : "";
}

void Filling::of_matter() {
  f_.matter = matter_->name;
  const auto remedies = matter_->remedies_on(ground_.today);
  f_.contact_phone = matter_->contact_on(ground_.today);
  f_.review_body = remedies.review_body;
  f_.court = remedies.court;
  f_.own_remedy = remedies.text.value_or("");
  f_.result = matter_->result.name;
  f_.preliminary = matter_->preliminary_review;
  // Of an acceptance or a notice; a refusal stands on the basis that whoever decided wrote down.
  const bool told = !after_.permit() || kind_ == K::completion_notice;
  if (!row_of(kind_).refuses && told) f_.legal_basis = matter_->statutory ? matter_->statutory->basis : "本事项公布的办事指南";
}

void Filling::people() {
  if (const auto& a = file_.people().applicant) f_.applicant = plain(a->name);
  if (const auto& a = file_.people().agent) f_.agent = plain(a->name);
}

// Papers that tell what is to come, not who acted last.
void Filling::still_to_come() {
  f_.date = ground_.today;
  f_.officer.clear();
  if (kind_ != K::payment_notice || !matter_ || !matter_->fee) return;
  f_.amount = matter_->fee->standard;
  f_.legal_basis = matter_->fee->basis;
}

void Filling::of_opening() {
  f_.materials = came_with(fact_);
  if (fact_.record.name != Submitted::kName) return;
  if (const auto wished = fact_.as<Submitted>().commitments) f_.committed = names_at(*wished);
}

// A receipt certifies what came with this act, on the day of this act; a supplement at the counter belongs to the receipt of the whole.
void Filling::of_supply() {
  const auto m = fact_.as<MaterialsSupplied>();
  f_.at_window = m.window.has_value();
  if (kind_ == K::receipt) {
    f_.received_on = f_.applied_on;
    return;
  }
  f_.received_on = civil_day(fact_.record.effective_at);
  f_.materials = came_with(fact_);
  if (kind_ == K::deferred_receipt) f_.missing = deferred(after_);
}

void Filling::of_accepted() {
  const auto a = fact_.as<Accepted>();
  f_.deemed_accepted = a.by_law.value_or(false);
  if (f_.deemed_accepted) f_.officer.clear();
  if (kind_ == K::commitment)
    for (const auto place : after_.detail.commitments) f_.missing.push_back(placed(place));
  else {
    f_.missing = deferred(after_);
    f_.committed = names_at(after_.detail.commitments);
  }
}

void Filling::of_refused_acceptance() {
  const auto r = fact_.as<AcceptanceRefused>();
  f_.reason = plain(r.reason);
  f_.competent_authority = plain(r.competent_authority);
  f_.legal_basis = plain(r.legal_basis);
  f_.not_competent = r.because == NotAcceptedBecause::not_competent;
  f_.no_permit_needed = r.because == NotAcceptedBecause::no_permit_needed;
  // The report to the supervisor names the same ground as the paper.
  if (kind_ == K::negative_report && f_.legal_basis.empty() && f_.permit && (f_.not_competent || f_.no_permit_needed))
    f_.legal_basis = f_.not_competent ? "行政许可法第三十二条第一款第二项" : "行政许可法第三十二条第一款第一项";
}

void Filling::of_decided() {
  const auto d = fact_.as<Decided>();
  f_.reason = plain(d.reason);
  f_.result_number = plain(d.certificate_number);
  f_.delivery_due = d.delivery_due;
  f_.standard = plain(d.standard);
  if (d.decision == Decision::grant) return;
  f_.legal_basis = plain(d.legal_basis);
  if (!f_.legal_basis.empty()) return;
  f_.legal_basis = std::exchange(f_.standard, {});  // written when one field held both
}

// The proof of one paper's delivery, or of the result's (docs/documents.md): as it was recorded, else to be signed by hand.
void Filling::of_delivery() {
  if (fact_.record.name == Issued::kName) {
    const auto i = fact_.as<Issued>();
    f_.delivery_way = chinese_name(i.delivery);
    if (i.tracking_number) f_.delivery_way += fmt::format("（{}{}）", i.delivery == Delivery::locker ? "柜格" : "单号", plain(i.tracking_number));
    if (const auto* w = window_at(i.window); w && i.delivery == Delivery::window) f_.delivery_place = w->name;
    if (i.received_by) f_.receiver = plain(i.received_by);
    else if (const auto p = fact_.open<ReceiverPerson>(i.sealed, i.subject.value_or(after_.subject))) f_.receiver = plain(p->name);
    if (!f_.receiver.empty() && i.delivery == Delivery::window) f_.delivered_on = f_.date;  // signed at the counter
    const bool refused = before_.at.stage == Stage::refused;
    const char* decision = refused ? (before_.permit() ? "不予行政许可决定书" : "不予办理决定书") : (before_.permit() ? "准予行政许可决定书" : "办理结果通知书");
    f_.delivered_document = refused || !matter_ ? decision : fmt::format("{}、{}", decision, matter_->result.name);
  } else f_.officer.clear();
  if (source_.serves) {
    const auto& row = row_of(*source_.serves);
    f_.delivered_document = row.name;
    f_.delivered_number = row.number[0] ? f_.case_number + "-" + row.number : f_.case_number;
  }
  for (const auto& d : ground_.deliveries) {
    if (d.document != source_.serves) continue;
    f_.delivery_way = d.way_name + (d.tracking_number ? fmt::format("（单号{}）", *d.tracking_number) : "");
    f_.receiver = d.received_by.value_or("");
    f_.delivered_on = d.delivered_on;
    f_.delivery_remark = d.remark.value_or("");
    if (d.relation) f_.receiver += fmt::format("（{}）", *d.relation);
  }
}

void Filling::of_termination(const Step& s) {
  f_.legal_basis = plain(s.legal_basis);
  if (fact_.record.name == step_name(Act::close_uncorrected)) {
    if (f_.reason.empty()) f_.reason = "补正期满没有补齐材料";
    if (f_.legal_basis.empty() && matter_) f_.legal_basis = correction_question(*matter_, *f_.date).basis;
  }
  const auto code = plain(s.code);
  f_.may_apply_again = code != "false_material" && code != "false_commitment";
}

void Filling::of_step() {
  const auto s = fact_.as<Step>();
  f_.reason = plain(s.reason);
  f_.at_window = s.window.has_value();
  f_.authority = plain(s.authority);
  f_.answer_by = s.answer_by;
  if (s.people)
    for (const auto& name : *s.people) f_.inspectors += (f_.inspectors.empty() ? "" : "、") + plain(name);
  if (kind_ == K::receipt) f_.received_on = f_.applied_on;
  if (kind_ == K::step_acceptance && matter_ && static_cast<std::size_t>(after_.detail.step) < matter_->steps.size())
    f_.step = matter_->steps[static_cast<std::size_t>(after_.detail.step)].name;
  if (kind_ == K::termination_notice) of_termination(s);
  if (kind_ == K::forward_slip) f_.legal_basis = s.code && plain(s.code) == "other_authority" ? "该申请不属于本机关职权范围的规定" : "《中华人民共和国行政许可法》第三十五条";
  if (kind_ == K::commitment_check) {
    f_.truthful = s.outcome.value_or(true);
    for (const auto place : after_.detail.commitments) f_.missing.push_back(placed(place));
  }
  if (kind_ == K::supervision_order) of_order(plain(s.code));
  if (kind_ == K::overdue_explanation) of_overdue(s);
  if (const auto told = s.subject ? fact_.open<ThirdParties>(s.sealed, *s.subject) : std::optional<ThirdParties>())
    for (const auto& name : told->names) f_.recipient += (f_.recipient.empty() ? "" : "、") + plain(name);
}

// Which limit it explains; the days of a limit that a decision has ended are told all the same.
void Filling::of_overdue(const Step& s) {
  for (const auto& o : after_.overdue_on(*f_.date)) {
    if (o.limit == OverdueLimit::promised && !f_.promised_due) f_.promised_due = o.due;
    if (o.limit == OverdueLimit::statutory && !f_.statutory_due) f_.statutory_due = o.due;
    if (o.limit == OverdueLimit::delivery && !f_.delivery_due) f_.delivery_due = o.due;
    if (s.limit && *s.limit != o.limit) continue;
    const char* name = o.limit == OverdueLimit::promised ? "承诺办结期限" : o.limit == OverdueLimit::statutory ? "法定办结期限" : "颁发送达期限";
    f_.overdue_limit += fmt::format("{}{}（{}）", f_.overdue_limit.empty() ? "" : "、", name, to_chinese(o.due));
  }
}

void Filling::of_suspended() {
  const auto s = fact_.as<Suspended>();
  f_.procedure = catalog::suspension_name(s.kind);
  f_.reason = plain(s.reason);
  f_.approver = approved_by(s.approver);
  f_.legal_basis = plain(s.basis);
  f_.pause_from = civil_day(fact_.record.effective_at);
  f_.pause_to = s.planned_end;
  if (const auto days = ground_.calendar.count_working_days(*f_.pause_from + -1, s.planned_end)) f_.duration = fmt::format("约{}个工作日", days->value);
}

void Filling::of_resumed() {
  f_.reason = plain(fact_.as<Resumed>().result);
  const auto* begun = earlier(Suspended::kName);
  if (!begun) return;
  const auto s = begun->as<Suspended>();
  f_.procedure = catalog::suspension_name(s.kind);
  f_.legal_basis = plain(s.basis);
  f_.pause_from = civil_day(begun->record.effective_at);
}

// A supervision order stands on its rule's own basis, and on the centre's rules where a supervisor gave it by hand.
void Filling::of_order(const std::string& rule) {
  f_.legal_basis = "本中心的监察规则";
  for (std::size_t i = source_.fact + 1; i < file_.size(); ++i) {  // 督办反馈 and 销号 are written on the order itself
    const auto& later = file_.fact(i);
    if (later.record.name == step_name(Act::answer_supervision)) f_.answer = plain(later.as<Step>().reason);
    if (later.record.name != step_name(Act::close_supervision)) continue;
    const auto words = plain(later.as<Step>().reason);
    f_.checked = fmt::format("{}销号{}", to_chinese(civil_day(later.record.recorded_at)), words.empty() ? "" : "：" + words);
    break;
  }
  const auto& rules = ground_.warning_book ? ground_.warning_book->on(civil_day(fact_.record.recorded_at), ground_.warnings) : ground_.warnings;
  for (const auto& r : rules.rules)
    if (r.number == rule) {
      f_.legal_basis = r.basis_of(f_.permit);
      if (f_.reason.empty()) f_.reason = r.name + "。";
    }
}

void Filling::of_reversed() {
  const auto r = fact_.as<Reversed>();
  f_.reason = plain(r.reason);
  for (std::size_t i = 0; i < file_.size(); ++i)
    if (file_.fact(i).seq == r.fact) f_.reversed_act = fmt::format("账本第{}条（{}）", r.fact, to_chinese(civil_day(file_.fact(i).record.recorded_at)));
}

void Filling::of_handover() {
  const auto r = fact_.as<ResultReceivedForIssue>();
  f_.foreign_number = plain(r.foreign_number);
  f_.receiver = plain(r.signed_by);
  f_.materials.clear();
  for (const auto& item : r.handed_over) f_.materials.push_back({plain(item), "", 0});
}

void Filling::by_fact() {
  const auto name = fact_.record.name;
  if (name == Received::kName || name == Submitted::kName) return of_opening();
  if (name == MaterialsSupplied::kName) return of_supply();
  if (name == Accepted::kName) return of_accepted();
  if (name == AcceptanceRefused::kName) return of_refused_acceptance();
  if (name == Decided::kName) return of_decided();
  if (name == Suspended::kName) return of_suspended();
  if (name == Resumed::kName) return of_resumed();
  if (name == Reversed::kName) return of_reversed();
  if (name == ResultReceivedForIssue::kName) return of_handover();
  if (name == CorrectionRequested::kName) {
    const auto c = fact_.as<CorrectionRequested>();
    for (const auto& d : c.defects) f_.defects.push_back({plain(d.material), plain(d.wrong), plain(d.right)});
    f_.correct_by = after_.at.correction_due;
    f_.correction_pauses = c.pause_basis.has_value();
    f_.pause_basis = plain(c.pause_basis);
  } else if (name == Transferred::kName) {
    const auto t = fact_.as<Transferred>();
    f_.from_holder = chinese_name(t.from);
    f_.to_holder = chinese_name(t.to);
    f_.receiver = plain(t.signed_by);
  } else if (name == Extended::kName) {
    const auto e = fact_.as<Extended>();
    f_.extended_by = limit_days(e.days);
    f_.reason = plain(e.reason);
    f_.approver = approved_by(e.approver);
    f_.legal_basis = plain(e.basis);
  } else if (name == Withdrawn::kName) {
    const auto w = fact_.as<Withdrawn>();
    f_.reason = plain(w.reason);
    f_.at_window = w.window.has_value();
  } else if (name == CardGiven::kName) {
    const auto c = fact_.as<CardGiven>();
    f_.rule_number = plain(c.rule);
    if (c.due) f_.reason = fmt::format("期限（{}）已过，仍未办理。", to_chinese(*c.due));
    of_order(f_.rule_number);
    if (f_.reason.empty()) f_.reason = "办理规则被违反。";
    f_.officer.clear();
  } else of_step();
}

// The limits that run after the fact, each with its reckoning; the paper's template says whether they are printed.
Checked Filling::dues() {
  if (!matter_) return Done{};
  for (const auto& clock : clocks_of(after_, *matter_)) {
    YI_TRY(auto answer, calendar::due(ground_.calendar, clock.question, calendar::Explain::yes));
    f_.dues.push_back({std::string(chinese_name(clock.kind)), clock.question, std::move(answer)});
  }
  return Done{};
}

}  // namespace

Result<DocumentFacts> paper_facts(const CaseFile& file, const PaperSource& source, const PaperGround& ground) { return Filling(file, source, ground).all(); }

}  // namespace yi::casework
