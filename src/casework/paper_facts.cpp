#include "casework/paper_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "casework/documents_template.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using K = DocumentKind;

// The papers that a fact gives, by what it did.
std::vector<K> papers_of(const RecordedFact& f, const CaseState& before, const CaseState& after) {
  const auto name = f.record.name;
  if (name == Received::kName) return {K::receipt};
  if (name == Submitted::kName) return {K::online_receipt};
  if (name == step_name(Act::take_in)) return {K::receipt};
  if (name == CorrectionRequested::kName) return {before.at.stage == Stage::in_review ? K::review_correction_notice : K::correction_notice};
  if (name == MaterialsSupplied::kName) {
    const auto m = f.as<MaterialsSupplied>();
    if (m.act == Act::supplement) return {K::receipt};
    if (m.act == Act::resubmit) return {K::online_correction_receipt};
    if (before.at.stage == Stage::correction_in_review) return {m.window ? K::review_correction_receipt : K::online_review_correction_receipt};
    return {m.window ? K::correction_receipt : K::online_correction_receipt};
  }
  if (name == Accepted::kName) {
    std::vector<K> out{K::acceptance_notice};
    if (!after.detail.deferred.empty()) out.insert(out.end(), {K::deferred_acceptance_notice, K::deferred_promise});
    if (!after.detail.commitments.empty()) out.push_back(K::commitment);
    return out;
  }
  if (name == AcceptanceRefused::kName) return {K::acceptance_refusal, K::negative_report};
  if (name == Transferred::kName) return {K::transfer_slip};
  if (name == step_name(Act::finish_step)) return {K::step_acceptance};
  if (name == step_name(Act::inform_third_party)) return {K::third_party_notice, K::hearing_notice};
  if (name == Suspended::kName) return {K::suspension_notice};
  if (name == Extended::kName) return {K::extension_notice};
  if (name == Decided::kName) {
    if (f.as<Decided>().decision == Decision::grant) return before.permit() ? std::vector{K::permit_grant} : std::vector<K>{};
    return {before.permit() ? K::permit_refusal : K::other_refusal};
  }
  if (name == Issued::kName) return {K::proof_of_delivery};
  if (name == step_name(Act::close_uncorrected) || name == step_name(Act::terminate)) return {K::termination_notice};
  if (name == Withdrawn::kName) return {K::withdrawal_notice};
  if (name == step_name(Act::explain_overdue)) return {K::overdue_explanation};
  if (name == step_name(Act::order_supervision)) return {K::supervision_order};
  if (name == CardGiven::kName && f.as<CardGiven>().order.value_or(false)) return {K::supervision_order};
  if (name == Reversed::kName) return {K::reversal_record};
  return {};
}

std::string delivery_name(Delivery d) {
  switch (d) {
    case Delivery::window: return "窗口领取";
    case Delivery::post: return "邮寄";
    case Delivery::electronic: return "电子送达";
    case Delivery::locker: return "自助柜";
  }
  return "";
}

std::string form_name(catalog::MaterialForm f) {
  return f == catalog::MaterialForm::original ? "原件" : f == catalog::MaterialForm::copy ? "复印件" : "电子";
}

// Fills the facts of one paper, step by step.
class Filling {
 public:
  Filling(const CaseFile& file, const PaperSource& source, const PaperGround& ground)
      : file_(file), kind_(source.kind), fact_(file.fact(source.fact)), before_(file.before(source.fact)), after_(file.after(source.fact)), ground_(ground),
        matter_(matter_of(after_, ground.catalog)) {}

  Result<DocumentFacts> all() {
    whole_case();
    people();
    by_fact();
    YI_CHECK(dues());
    return std::move(f_);
  }

 private:
  void whole_case();
  void people();
  void by_fact();
  void of_opening();
  void of_accepted();
  void of_decided();
  void of_issued();
  void of_step();
  Checked dues();

  std::vector<DocumentMaterial> named(const std::vector<Text<120>>& names, const std::string& note) const {
    std::vector<DocumentMaterial> out;
    for (const auto& n : names) {
      const auto* m = matter_ ? matter_->find_material(std::string_view(n)) : nullptr;
      out.push_back({std::string(std::string_view(n)), m ? form_name(m->form) : "原件", m ? m->copies : 1, note});
    }
    return out;
  }
  DocumentMaterial placed(std::int32_t place) const {
    const auto i = static_cast<std::size_t>(place);
    if (!matter_ || i >= matter_->materials.size()) return {"（材料" + std::to_string(place + 1) + "）", "原件"};
    const auto& m = matter_->materials[i];
    return {m.name, form_name(m.form), m.copies};
  }
  // Every paper that came with the case until this fact.
  std::vector<DocumentMaterial> handed_in() const {
    std::vector<DocumentMaterial> out;
    const auto add = [&](const std::vector<Text<120>>& names) {
      for (auto& m : named(names, ""))
        if (std::none_of(out.begin(), out.end(), [&](const auto& o) { return o.name == m.name; })) out.push_back(std::move(m));
    };
    for (std::size_t i = 0; i < file_.size() && file_.fact(i).seq <= fact_.seq; ++i) {
      const auto& f = file_.fact(i);
      if (f.record.name == Received::kName) add(f.as<Received>().materials);
      else if (f.record.name == Submitted::kName) add(f.as<Submitted>().materials);
      else if (f.record.name == MaterialsSupplied::kName) add(f.as<MaterialsSupplied>().materials);
    }
    return out;
  }
  std::string window_name(const std::optional<WindowCode>& w) const {
    const auto* found = w ? ground_.catalog.find_window(*w) : nullptr;
    return found ? found->name : "";
  }
  std::string limit_days(int days) const {
    return fmt::format("{}{}", days, matter_ && matter_->statutory && matter_->statutory->unit == catalog::Unit::calendar ? "日" : "个工作日");
  }

  const CaseFile& file_;
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
  const auto& settings = ground_.catalog.settings();
  f_.case_number = std::string_view(s.number);
  f_.centre = settings.name;
  f_.complaint_phone = settings.complaint_phone;
  f_.contact_address = settings.hall_address;
  f_.permit = s.permit();
  if (const auto* d = ground_.catalog.find_department(s.department)) f_.department = d->name;
  f_.window = "综合窗口";
  f_.contact_phone = settings.casework.consultation_phone.value;
  if (matter_) {
    f_.matter = matter_->name;
    f_.contact_phone = matter_->contact;
    f_.review_body = matter_->remedies.review_body;
    f_.court = matter_->remedies.court;
    f_.result = matter_->result.name;
    // Of an acceptance or a notice; a refusal stands on a basis of substance, which whoever decides enters.
    if (!row_of(kind_).refuses && !s.permit()) f_.legal_basis = matter_->statutory ? matter_->statutory->basis : "本事项公布的办事指南";
  }
  f_.date = civil_day(fact_.record.recorded_at);
  f_.received_on = s.received_on;
  f_.accepted_on = s.accepted_on;
  f_.decided_on = s.decided_on;
  if (is_end(s.at.stage)) f_.closed_on = f_.date;
  f_.statutory_due = s.at.statutory_due;
  f_.promised_due = s.at.promised_due;
  f_.delivery_due = s.at.delivery_due;
  f_.officer = ground_.name_of(std::string(fact_.record.actor));
  f_.materials = handed_in();
  if (kind_ == K::site_inspection || kind_ == K::payment_notice) {  // they tell what is to come, not who acted last
    f_.date = ground_.today;
    f_.officer.clear();
    f_.window = "综合窗口";
    if (kind_ == K::payment_notice && matter_ && matter_->fee) {
      f_.amount = matter_->fee->standard;
      f_.legal_basis = matter_->fee->basis;
    }
  }
  f_.qr_text = kind_ == K::acceptance_notice ? ground_.qr_text : "";
}

void Filling::people() {
  if (const auto& a = file_.people().applicant) f_.applicant = std::string_view(a->name);
  if (const auto& a = file_.people().agent) f_.agent = std::string_view(a->name);
}

void Filling::of_opening() {
  const auto o = fact_.record.name == Received::kName ? static_cast<Opening>(fact_.as<Received>()) : static_cast<Opening>(fact_.as<Submitted>());
  f_.materials = named(o.materials, o.source == Source::mail ? "邮寄" : o.window ? "窗口提交" : "网上提交");
  if (auto w = window_name(o.window); !w.empty()) f_.window = std::move(w);
}

void Filling::of_accepted() {
  const auto a = fact_.as<Accepted>();
  f_.deemed_accepted = a.by_law.value_or(false);
  if (f_.deemed_accepted) f_.officer.clear();
  if (auto w = window_name(a.window); !w.empty()) f_.window = std::move(w);
  if (kind_ == K::commitment)
    for (const auto place : after_.detail.commitments) f_.missing.push_back(placed(place));
  else
    for (const auto& d : after_.detail.deferred) {
      f_.missing.push_back(placed(d.material));
      f_.correct_by = std::max(f_.correct_by.value_or(d.by), d.by);
    }
}

void Filling::of_decided() {
  const auto d = fact_.as<Decided>();
  if (d.reason) f_.reason = std::string_view(*d.reason);
  if (d.standard) f_.legal_basis = std::string_view(*d.standard);
  if (d.certificate_number) f_.result_number = std::string_view(*d.certificate_number);
  f_.delivery_due = d.delivery_due;
}

void Filling::of_issued() {
  const auto i = fact_.as<Issued>();
  f_.delivery_way = delivery_name(i.delivery);
  if (i.tracking_number) f_.delivery_way += fmt::format("（{}{}）", i.delivery == Delivery::locker ? "柜格" : "单号", std::string_view(*i.tracking_number));
  if (auto w = window_name(i.window); !w.empty() && i.delivery == Delivery::window) f_.delivery_place = std::move(w);
  const bool refused = before_.at.stage == Stage::refused;
  const char* decision = refused ? (before_.permit() ? "不予行政许可决定书" : "不予办理决定书") : (before_.permit() ? "准予行政许可决定书" : "办理结果");
  f_.delivered_document = refused || !matter_ ? decision : fmt::format("{}、{}", decision, matter_->result.name);
  if (i.received_by) f_.receiver = std::string_view(*i.received_by);
  else if (const auto p = fact_.open<ReceiverPerson>(i.sealed, after_.subject)) f_.receiver = std::string_view(p->name);
}

void Filling::of_step() {
  const auto s = fact_.as<Step>();
  if (s.reason) f_.reason = std::string_view(*s.reason);
  if (auto w = window_name(s.window); !w.empty()) f_.window = std::move(w);
  if (kind_ == K::step_acceptance && matter_ && static_cast<std::size_t>(after_.detail.step) < matter_->steps.size())
    f_.step = matter_->steps[static_cast<std::size_t>(after_.detail.step)].name;
  if (kind_ == K::termination_notice && fact_.record.name == step_name(Act::close_uncorrected) && f_.reason.empty()) f_.reason = "补正期满没有补齐材料";
}

void Filling::by_fact() {
  if (kind_ == K::site_inspection || kind_ == K::payment_notice) return;
  const auto name = fact_.record.name;
  if (name == Received::kName || name == Submitted::kName) return of_opening();
  if (name == Accepted::kName) return of_accepted();
  if (name == Decided::kName) return of_decided();
  if (name == Issued::kName) return of_issued();
  if (name == CorrectionRequested::kName) {
    const auto c = fact_.as<CorrectionRequested>();
    for (const auto& d : c.defects) f_.defects.push_back({std::string(std::string_view(d.material)), std::string(std::string_view(d.wrong)), std::string(std::string_view(d.right))});
    f_.correct_by = after_.at.correction_due;
    return;
  }
  if (name == MaterialsSupplied::kName) {
    const auto m = fact_.as<MaterialsSupplied>();
    f_.materials = named(m.materials, m.window ? "窗口提交" : "网上提交");
    return;
  }
  if (name == AcceptanceRefused::kName) {
    const auto r = fact_.as<AcceptanceRefused>();
    f_.reason = std::string_view(r.reason);
    if (r.competent_authority) f_.competent_authority = std::string_view(*r.competent_authority);
    return;
  }
  if (name == Transferred::kName) {
    const auto t = fact_.as<Transferred>();
    f_.from_holder = chinese_name(t.from);
    f_.to_holder = chinese_name(t.to);
    f_.receiver = std::string_view(t.signed_by);
    return;
  }
  if (name == Suspended::kName) {
    const auto s = fact_.as<Suspended>();
    f_.procedure = catalog::suspension_name(s.kind);
    f_.reason = std::string_view(s.reason);
    f_.approver = std::string_view(s.approver);
    f_.legal_basis = std::string_view(s.basis);
    f_.pause_from = civil_day(fact_.record.effective_at);
    f_.pause_to = s.planned_end;
    if (const auto days = ground_.calendar.count_working_days(*f_.pause_from + -1, s.planned_end)) f_.duration = fmt::format("约{}个工作日", days->value);
    return;
  }
  if (name == Extended::kName) {
    const auto e = fact_.as<Extended>();
    f_.extended_by = limit_days(e.days);
    f_.reason = std::string_view(e.reason);
    f_.approver = std::string_view(e.approver);
    f_.legal_basis = std::string_view(e.basis);
    return;
  }
  if (name == Withdrawn::kName) {
    f_.reason = std::string_view(fact_.as<Withdrawn>().reason);
    return;
  }
  if (name == CardGiven::kName) {
    const auto c = fact_.as<CardGiven>();
    f_.rule_number = std::string_view(c.rule);
    f_.reason = c.due ? fmt::format("期限（{}）已过，仍未办理。", to_chinese(*c.due)) : std::string("办理规则被违反。");
    f_.officer.clear();
    return;
  }
  if (name == Reversed::kName) {
    const auto r = fact_.as<Reversed>();
    f_.reason = std::string_view(r.reason);
    for (std::size_t i = 0; i < file_.size(); ++i)
      if (file_.fact(i).seq == r.fact) f_.reversed_act = fmt::format("账本第{}条（{}）", r.fact, to_chinese(civil_day(file_.fact(i).record.recorded_at)));
    return;
  }
  of_step();
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

// What may be entered, and where it goes.
struct Enterable {
  std::string_view slot;
  std::string DocumentFacts::*text = nullptr;
  std::optional<CivilDay> DocumentFacts::*day = nullptr;
};
constexpr Enterable kEnterable[] = {
    {"legal_basis", &DocumentFacts::legal_basis},
    {"inspection_place", &DocumentFacts::inspection_place},
    {"inspected_on", nullptr, &DocumentFacts::inspected_on},
    {"answer_by", nullptr, &DocumentFacts::answer_by},
    {"recipient", &DocumentFacts::recipient},
    {"amount", &DocumentFacts::amount},
    {"document_number", &DocumentFacts::document_number},
    {"officer", &DocumentFacts::officer},
    {"approver", &DocumentFacts::approver},
    {"reason", &DocumentFacts::reason},
    {"result_number", &DocumentFacts::result_number},
    {"competent_authority", &DocumentFacts::competent_authority},
    {"delivery_place", &DocumentFacts::delivery_place},
    {"applicant", &DocumentFacts::applicant},
};

}  // namespace

CaseFile::CaseFile(std::vector<KeptFact> kept, CentreCode centre, const store::KeyVault& keys) : kept_(std::move(kept)) {
  states_.emplace_back();
  for (const auto& k : kept_) {
    auto f = k.fact(centre);
    f.keys = &keys;
    CaseState next = states_.back();
    fold(next, f);
    facts_.push_back(std::move(f));
    states_.push_back(std::move(next));
  }
  if (!facts_.empty()) people_ = open_people(facts_.front(), keys);
  list_papers();
}

void CaseFile::list_papers() {
  std::vector<std::int64_t> reversed;
  for (const auto& f : facts_)
    if (f.record.name == Reversed::kName) reversed.push_back(f.as<Reversed>().fact);
  const auto put = [&](DocumentKind kind, std::size_t i) {
    std::erase_if(papers_, [&](const PaperSource& p) { return p.kind == kind; });
    papers_.push_back({kind, i});
  };
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    if (std::find(reversed.begin(), reversed.end(), facts_[i].seq) != reversed.end()) continue;
    for (const auto kind : papers_of(facts_[i], states_[i], states_[i + 1])) put(kind, i);
    // Papers that announce something still to be done: they tell where the case stands now.
    if (i + 1 != facts_.size()) continue;
    const auto& now = states_.back();
    if (now.at.stage == Stage::in_review) put(K::site_inspection, i);
    if (now.permit() && (now.at.stage == Stage::accepted || now.at.stage == Stage::in_review || now.at.stage == Stage::granted)) put(K::payment_notice, i);
  }
}

const PaperSource* CaseFile::find(DocumentKind kind) const {
  const auto at = std::find_if(papers_.begin(), papers_.end(), [&](const PaperSource& p) { return p.kind == kind; });
  return at == papers_.end() ? nullptr : &*at;
}

Result<DocumentFacts> paper_facts(const CaseFile& file, const PaperSource& source, const PaperGround& ground) { return Filling(file, source, ground).all(); }

Checked enter_words(DocumentFacts& facts, std::span<const PaperWord> words) {
  for (const auto& w : words) {
    const auto slot = std::string_view(w.slot);
    const auto* e = std::find_if(std::begin(kEnterable), std::end(kEnterable), [&](const Enterable& x) { return x.slot == slot; });
    if (e == std::end(kEnterable))
      return Refusal{"casework.unknown_paper_word", "文书上没有可以填写的这一项：" + excerpt(slot) + "。", "请只填写文书列表里标明缺少的项目。", 422, std::string(slot)};
    if (trim(std::string_view(w.value)).empty()) continue;
    if (!find_slot(slot)->value(facts).empty())
      return Refusal{"casework.paper_word_known", std::string("“") + find_slot(slot)->chinese + "”账本里已有记载，不能另写。", "需要更正的，请先冲正或者办理变更，再打印文书。", 422, std::string(slot)};
    if (e->day) {
      YI_TRY(facts.*(e->day), parse_day(trim(std::string_view(w.value))));
    } else facts.*(e->text) = std::string(trim(std::string_view(w.value)));
  }
  return Done{};
}

std::vector<std::string> missing_words(DocumentKind kind, DocumentFacts facts, const DocumentTemplates& templates) {
  std::vector<std::string> out;
  for (std::size_t round = 0; round < std::size(kEnterable); ++round) {
    const auto made = make_document(kind, facts, templates);
    if (made || made.error().code != "casework.document_fact_missing") return out;
    const auto* e = std::find_if(std::begin(kEnterable), std::end(kEnterable), [&](const Enterable& x) { return x.slot == made.error().where; });
    if (e == std::end(kEnterable)) {
      out.push_back(made.error().where);
      return out;
    }
    out.emplace_back(e->slot);
    if (e->day) facts.*(e->day) = CivilDay::of(2024, 1, 1);
    else facts.*(e->text) = "—";
  }
  return out;
}

}  // namespace yi::casework
