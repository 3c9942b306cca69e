#include "casework/paper_facts.h"

#include <algorithm>

#include "base/text.h"
#include "casework/documents_template.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using K = DocumentKind;

std::vector<K> papers_of_supply(const MaterialsSupplied& m, const CaseState& before) {
  if (m.act == Act::supplement) return {K::receipt};
  if (m.act == Act::supply_deferred && !before.detail.deferred.empty()) return {K::deferred_receipt};
  if (before.accepted_on) return {m.window ? K::review_correction_receipt : K::online_review_correction_receipt};
  return {m.window ? K::correction_receipt : K::online_correction_receipt};
}

std::vector<K> papers_of_acceptance(const CaseState& after) {
  std::vector<K> out{K::acceptance_notice};
  if (!after.detail.deferred.empty()) out.insert(out.end(), {K::deferred_acceptance_notice, K::deferred_promise});
  if (!after.detail.commitments.empty()) out.push_back(K::commitment);
  return out;
}

// Facts that give one paper whatever the case is like.
struct OnePaper {
  std::string_view fact;
  K kind;
};
const std::vector<OnePaper>& single_papers() {
  static const std::vector<OnePaper> all{
      {Received::kName, K::receipt}, {Submitted::kName, K::online_receipt}, {step_name(Act::take_in), K::receipt}, {Transferred::kName, K::transfer_slip},
      {step_name(Act::finish_step), K::step_acceptance}, {step_name(Act::inspect_site), K::site_record}, {Suspended::kName, K::suspension_notice},
      {Resumed::kName, K::procedure_result}, {Extended::kName, K::extension_notice}, {step_name(Act::forward), K::forward_slip},
      {step_name(Act::close), K::completion_notice}, {Issued::kName, K::proof_of_delivery}, {step_name(Act::close_uncorrected), K::termination_notice},
      {step_name(Act::terminate), K::termination_notice}, {Withdrawn::kName, K::withdrawal_notice}, {step_name(Act::check_commitment), K::commitment_check},
      {step_name(Act::explain_overdue), K::overdue_explanation}, {step_name(Act::order_supervision), K::supervision_order}, {Reversed::kName, K::reversal_record},
      {ResultReceivedForIssue::kName, K::handover_slip}};
  return all;
}

// Papers whose delivery starts a period or gives a right: each has a proof of delivery of its own.
constexpr K kServed[] = {K::correction_notice, K::acceptance_refusal, K::acceptance_notice, K::review_correction_notice, K::permit_refusal, K::other_refusal,
                         K::suspension_notice, K::procedure_result, K::permit_grant, K::other_grant, K::extension_notice, K::termination_notice,
                         K::hearing_notice, K::third_party_notice, K::overdue_explanation};

bool before_decision(Stage s) {
  return s == Stage::accepted || s == Stage::in_review || s == Stage::correction_in_review || s == Stage::suspended || s == Stage::forwarded;
}

// What may be entered, and where it goes. Not the legal basis: it belongs to the decision, and the decision is in the ledger.
struct Enterable {
  std::string_view slot;
  std::string DocumentFacts::*text = nullptr;
  std::optional<CivilDay> DocumentFacts::*day = nullptr;
};
constexpr Enterable kEnterable[] = {
    {"inspection_place", &DocumentFacts::inspection_place},
    {"inspected_on", nullptr, &DocumentFacts::inspected_on},
    {"answer_by", nullptr, &DocumentFacts::answer_by},
    {"recipient", &DocumentFacts::recipient},
    {"document_number", &DocumentFacts::document_number},
    {"officer", &DocumentFacts::officer},
    {"approver", &DocumentFacts::approver},
    {"reason", &DocumentFacts::reason},
    {"result_number", &DocumentFacts::result_number},
    {"delivery_place", &DocumentFacts::delivery_place},
    {"applicant", &DocumentFacts::applicant},
};
const Enterable* find_enterable(std::string_view slot) {
  const auto* e = std::find_if(std::begin(kEnterable), std::end(kEnterable), [&](const Enterable& x) { return x.slot == slot; });
  return e == std::end(kEnterable) ? nullptr : e;
}

// "甲、乙": at least two different names.
bool names_two(std::string_view officers) {
  auto list = replace_all(std::string(officers), "，", "、");
  list = replace_all(replace_all(std::move(list), ",", "、"), " ", "、");
  std::vector<std::string> names;
  for (std::size_t from = 0; from <= list.size();) {
    const auto end = std::min(list.find("、", from), list.size());
    const auto name = list.substr(from, end - from);
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    from = end + std::string_view("、").size();
  }
  return names.size() >= 2;
}

}  // namespace

std::vector<DocumentKind> papers_of(const RecordedFact& f, const CaseState& before, const CaseState& after) {
  const auto name = f.record.name;
  if (name == CorrectionRequested::kName) return {before.accepted_on ? K::review_correction_notice : K::correction_notice};
  if (name == MaterialsSupplied::kName) return papers_of_supply(f.as<MaterialsSupplied>(), before);
  if (name == Accepted::kName) return papers_of_acceptance(after);
  if (name == AcceptanceRefused::kName) return {K::acceptance_refusal, K::negative_report};
  if (name == step_name(Act::inform_third_party)) return {K::third_party_notice, K::hearing_notice};
  if (name == Decided::kName) {
    if (f.as<Decided>().decision == Decision::grant) return {before.permit() ? K::permit_grant : K::other_grant};
    return {before.permit() ? K::permit_refusal : K::other_refusal};
  }
  if (name == CardGiven::kName) return f.as<CardGiven>().order.value_or(false) ? std::vector{K::supervision_order} : std::vector<K>{};
  for (const auto& one : single_papers())
    if (one.fact == name) return {one.kind};
  return {};
}

CaseFile::CaseFile(std::vector<KeptFact> kept, CentreCode centre, const store::KeyVault& keys, const catalog::Catalog& catalog) : kept_(std::move(kept)) {
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
  list_papers(matter_of(states_.back(), catalog));
}

void CaseFile::list_papers(const catalog::Matter* matter) {
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
  }
  if (facts_.empty()) return;
  const auto& now = states_.back();
  // §§36, 47: a right to speak and to a hearing is told before the decision, not after it.
  if (!before_decision(now.at.stage))
    std::erase_if(papers_, [](const PaperSource& p) { return p.kind == K::third_party_notice || p.kind == K::hearing_notice; });
  for (const auto kind : kServed)
    if (const auto* served = find(kind)) papers_.push_back({K::proof_of_delivery, served->fact, kind});
  // Papers that announce something still to be done: they tell where the case stands now.
  if (now.at.stage == Stage::in_review) papers_.push_back({K::site_inspection, facts_.size() - 1});
  // §58: no fee but one that the catalogue names with its law.
  if (matter && matter->fee && now.permit() && (now.at.stage == Stage::accepted || now.at.stage == Stage::in_review || now.at.stage == Stage::granted))
    papers_.push_back({K::payment_notice, facts_.size() - 1});
}

const PaperSource* CaseFile::find(DocumentKind kind, std::optional<DocumentKind> serves) const {
  const auto at = std::find_if(papers_.begin(), papers_.end(), [&](const PaperSource& p) { return p.kind == kind && p.serves == serves; });
  return at == papers_.end() ? nullptr : &*at;
}

Checked enter_words(DocumentKind kind, DocumentFacts& facts, std::span<const PaperWord> words, CivilDay today) {
  for (const auto& w : words) {
    const auto slot = std::string_view(w.slot);
    const auto* e = find_enterable(slot);
    if (!e)
      return Refusal{"casework.unknown_paper_word", "文书上没有可以填写的这一项：" + excerpt(slot) + "。", "请只填写文书列表里标明缺少的项目。", 422, std::string(slot)};
    if (trim(std::string_view(w.value)).empty()) continue;
    if (!find_slot(slot)->value(facts).empty())
      return Refusal{"casework.paper_word_known", std::string("“") + find_slot(slot)->chinese + "”账本里已有记载，不能另写。", "需要更正的，请先冲正或者办理变更，再打印文书。", 422, std::string(slot)};
    if (e->day) {
      YI_TRY(facts.*(e->day), parse_day(trim(std::string_view(w.value))));
      if (*(facts.*(e->day)) < today)
        return Refusal{"casework.paper_day_past", std::string("“") + find_slot(slot)->chinese + "”早于今天。", "请填写今天或者以后的日期。", 422, std::string(slot)};
    } else facts.*(e->text) = std::string(trim(std::string_view(w.value)));
  }
  // 行政许可法 §34(3): the paper says two or more, and names them.
  if (kind == K::site_inspection && !facts.officer.empty() && !names_two(facts.officer)) return refusal(Refused::two_officials);
  return Done{};
}

std::optional<std::vector<std::string>> missing_words(DocumentKind kind, DocumentFacts facts, const DocumentTemplates& templates) {
  std::vector<std::string> out;
  for (std::size_t round = 0; round <= std::size(kEnterable); ++round) {
    const auto made = make_document(kind, facts, templates);
    if (made) return out;
    const auto* e = made.error().code == "casework.document_fact_missing" ? find_enterable(made.error().where) : nullptr;
    if (!e) return std::nullopt;
    out.emplace_back(e->slot);
    if (e->day) facts.*(e->day) = CivilDay::of(2024, 1, 1);
    else facts.*(e->text) = "—";
  }
  return std::nullopt;
}

}  // namespace yi::casework
