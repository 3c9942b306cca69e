// 收件、补正、受理: from the papers on the counter to the acceptance.
#include "base/identifiers.h"
#include "casework/quota.h"
#include "casework/rules_shared.h"

namespace yi::casework {
namespace {

Checked check_applicant(const Applying& c, CivilDay today) {
  if (blank(c.applicant)) return refusal(Refused::text_required, "申请人");
  if (c.agent && blank(c.agent->name)) return refusal(Refused::text_required, "代办人");
  if (c.agent && c.agent->id_number) YI_CHECK(check_citizen(*c.agent->id_number, today));
  if (!c.applicant_id) return Done{};
  if (c.applicant_kind == ApplicantKind::natural) {
    YI_CHECK(check_citizen(*c.applicant_id, today));
  } else {
    YI_CHECK(check_uscc(*c.applicant_id));
  }
  return Done{};
}

// What was counted at the counter is among what was handed in, each paper once.
Checked check_handed(const std::optional<std::vector<Handed>>& handed, const std::vector<Text<120>>& materials) {
  if (!handed) return Done{};
  for (auto h = handed->begin(); h != handed->end(); ++h) {
    const bool given = std::find(materials.begin(), materials.end(), h->material) != materials.end();
    const bool again = std::any_of(handed->begin(), h, [&](const Handed& other) { return other.material == h->material; });
    if (!given || again || h->copies < 1 || h->copies > 999) return refusal(Refused::bad_count, h->material);
  }
  return Done{};
}

// 服务对象 (GB/T 39046 A.4): 1 is a natural person, 2 to 6 are legal persons and other organisations.
Checked check_audience(const Applying& c, const catalog::Matter& m) {
  const bool natural = c.applicant_kind == ApplicantKind::natural;
  for (const int a : m.audience)
    if ((a == 1) == natural) return Done{};
  return refusal(Refused::wrong_audience, natural ? "不面向自然人" : "只面向自然人");
}

Result<Opening> open(const Applying& c, const catalog::Matter& m, Stage stage, Source source, std::int64_t serial, const Context& x) {
  YI_CHECK(check_applicant(c, x.today()));
  YI_CHECK(check_audience(c, m));
  YI_TRY(const auto present, places_of(c.materials, m));
  YI_CHECK(check_handed(c.handed, c.materials));
  YI_TRY(const auto number, number_for(m, serial, x));
  Opening f;
  f.number = Text<24>(number);
  f.matter = c.matter;
  f.matter_version = m.version;
  f.department = m.department;
  f.type = m.case_type == catalog::CaseType::instant ? CaseType::instant : CaseType::promised;
  f.applicant_kind = c.applicant_kind;
  f.materials = c.materials;
  f.handed = c.handed;
  auto lacking = lacking_of(present, m);
  if (!lacking.empty()) {
    f.missing = static_cast<std::int32_t>(lacking.size());
    f.lacking = std::move(lacking);
  }
  if (source != Source::window) f.source = source;
  YI_TRY(const auto notice, calendar::due(x.calendar, notice_question(x.today(), m.kind == catalog::MatterKind::permit)));
  f.notice_due = notice.due;
  f.after = Standing{};
  f.after->stage = stage;
  f.after->notice_due = f.notice_due;
  if (notice.provisional) f.after->provisional = true;
  return f;
}

// 容缺: only papers of the published list, and no later than the promise.
Result<std::vector<Deferred>> deferred_of(const Accept& c, const CaseState& s, const catalog::Matter& m, const std::optional<CivilDay>& promised_due,
                                          const Context& x) {
  std::vector<Deferred> out;
  for (const auto& d : c.deferred) {
    const auto* paper = m.find_material(d.material);
    const auto place = paper ? static_cast<std::int32_t>(paper - m.materials.data()) : -1;
    if (!paper || !paper->deferrable || !has(s.detail.lacking, place)) return refusal(Refused::not_deferrable, d.material);
    auto q = calendar::DueQuestion::of(x.today(), calendar::WorkingDays{paper->deferral_days});
    if (m.promised && m.promised->unit == catalog::Unit::calendar) q.unit = calendar::Unit::calendar;
    YI_TRY(const auto latest, calendar::due(x.calendar, q));
    if (d.by < x.today() || d.by > *latest.due || (promised_due && d.by > *promised_due)) return refusal(Refused::deferral_too_long, "最迟 " + to_iso(*latest.due));
    out.push_back({place, d.by});
  }
  return out;
}

Result<std::vector<std::int32_t>> commitments_of(const std::vector<Text<120>>& names, const std::vector<std::int32_t>& lacking, const catalog::Matter& m) {
  std::vector<std::int32_t> out;
  for (const auto& name : names) {
    const auto* paper = m.find_material(name);
    const auto place = paper ? static_cast<std::int32_t>(paper - m.materials.data()) : -1;
    if (!paper || !paper->commitment || !has(lacking, place)) return refusal(Refused::no_commitment, name);
    if (m.commitment_excluded_reason) return refusal(Refused::no_commitment, *m.commitment_excluded_reason);
    out.push_back(place);
  }
  return out;
}

// Where a case begins that comes from elsewhere, accepted or decided: by the clocks of every other case, so that a new
// calendar counts it anew like one.
Result<Standing> standing_of(const std::string& number, const catalog::Matter& m, std::optional<CivilDay> accepted_on, std::optional<CivilDay> decided_on,
                             const calendar::Calendar& calendar) {
  CaseState s;
  s.number = Text<24>(number);
  s.type = m.case_type == catalog::CaseType::instant ? CaseType::instant : CaseType::promised;
  s.accepted_on = accepted_on;
  s.decided_on = decided_on;
  s.at.stage = decided_on ? Stage::granted : Stage::accepted;
  s.at.holder = decided_on ? Holder::issue_window : Holder::reception_window;
  YI_CHECK(set_dues(s, m, calendar));
  return s.at;
}

}  // namespace

Result<Received> decide(const Receive& c, std::int64_t serial, const Context& x) {
  YI_TRY(const auto p, place_of(c.matter, c.window, false, x));
  if (c.source == Source::online) return refusal(Refused::not_online);
  YI_TRY(auto opening, open(c, *p.matter, Stage::received, c.source.value_or(Source::window), serial, x));
  Received f;
  static_cast<Opening&>(f) = std::move(opening);
  f.window = c.window;
  return f;
}

Result<Submitted> decide(const Submit& c, std::int64_t serial, const Context& x) {
  const auto* m = x.catalog.find_matter_on(c.matter, x.today());
  if (!m) return refusal(Refused::unknown_matter, c.matter.value);
  // 优化营商环境条例 §37: online is the rule, and what is not names its law or the secret.
  if (m->offline_reason) return refusal(Refused::offline_only, *m->offline_reason);
  YI_TRY(auto opening, open(c, *m, Stage::submitted, Source::online, serial, x));
  Submitted f;
  static_cast<Opening&>(f) = std::move(opening);
  if (c.commitments && !c.commitments->empty()) {
    YI_TRY(f.commitments, commitments_of(*c.commitments, f.lacking.value_or(std::vector<std::int32_t>{}), *m));
  }
  return f;
}

Result<CorrectionRequested> decide(const CaseState* s, const RequestCorrection& c, const Context& x) {
  if (!s) return refusal(Refused::unknown_case);
  YI_TRY(auto p, permit(s, c, s->at.stage == Stage::submitted ? Act::pre_return : Act::request_correction, x));
  YI_CHECK(window_if_any(*s, c.window, x));
  const bool in_review = s->at.stage == Stage::in_review;
  if (c.defects.empty()) return refusal(Refused::defects_required);
  for (const auto& d : c.defects) {
    if (blank(d.wrong) || blank(d.right)) return refusal(Refused::defects_required, d.material);
    if (!d.material.empty() && !p.matter->find_material(d.material)) return refusal(Refused::unknown_material, d.material);
  }
  // The preclusion of §32(1)(4) is the other side of acceptance by law, which permits alone know; the card is there for the others.
  if (p.row->condition == Condition::notice_in_time && s->permit() && s->at.notice_due && is_over(*s->at.notice_due, x.now, channel_of(c.window, x), x.catalog.settings_on(*s->at.notice_due)))
    return refusal(Refused::notice_too_late);
  CorrectionRequested f;
  f.department = s->department;
  f.window = c.window;
  f.defects = c.defects;
  f.notice = s->detail.notices + s->detail.review_notices + 1;  // one case, one notice: before and after acceptance together
  if (f.notice > 1) {
    if (blank(c.second_reason)) return refusal(Refused::second_notice);
    f.second_reason = c.second_reason;
  }
  if (in_review && p.matter->correction.pauses_after_acceptance) {
    f.pause_basis = Text<200>(p.matter->correction.basis);
    p.next.detail.pauses.push_back({x.today(), {}, "审查阶段补正", *f.pause_basis});
  }
  p.next.detail.asked_on = x.today();
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  f.after = p.next.at;
  return f;
}

Result<MaterialsSupplied> decide(const CaseState* s, const SupplyMaterials& c, const Context& x) {
  if (!s) return refusal(Refused::unknown_case);
  const auto stage = s->at.stage;
  const Act act = stage == Stage::received       ? Act::supplement
                  : stage == Stage::pre_returned ? Act::resubmit
                  : stage == Stage::correction || (stage == Stage::correction_in_review && !c.deferred.value_or(false)) ? Act::receive_correction
                                                                                                                        : Act::supply_deferred;
  YI_TRY(auto p, permit(s, c, act, x));
  YI_CHECK(window_if_any(*s, c.window, x));
  YI_TRY(const auto present, places_of(c.materials, *p.matter));
  if (present.empty()) return refusal(Refused::text_required, "材料");
  YI_CHECK(check_handed(c.handed, c.materials));
  MaterialsSupplied f;
  f.act = act;
  f.department = s->department;
  f.window = c.window;
  f.materials = c.materials;
  f.handed = c.handed;
  if (act == Act::supply_deferred) {
    const auto open = open_papers(*s);
    if (std::none_of(present.begin(), present.end(), [&](std::int32_t i) { return has(open, i); })) return refusal(Refused::not_deferrable);
  }
  for (auto i : s->detail.lacking)
    if (!has(present, i)) f.lacking.push_back(i);
  // The papers are in the authority's hands again; before acceptance its five days begin again (settings: correction_restarts_notice).
  if (act == Act::receive_correction || act == Act::resubmit) {
    if (stage != Stage::correction_in_review) {
      const bool runs_on = !x.catalog.settings_on(x.today()).casework.correction_restarts_notice.value;
      receive_anew(p.next, x.today(), runs_on);
      if (runs_on) f.runs_on = true;
    }
    if (!p.next.detail.pauses.empty() && !p.next.detail.pauses.back().to) p.next.detail.pauses.back().to = x.today();
  }
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  f.after = p.next.at;
  return f;
}

Result<Accepted> decide(const CaseState* s, const Accept& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::accept, x));
  YI_CHECK(window_if_any(*s, c.window, x));
  // Nobody told the applicant in time: accepted by law, from the day the papers were received (§32(1)(4)).
  const bool by_law = s->permit() && s->at.notice_due && x.today() > *s->at.notice_due;
  p.next.accepted_on = by_law ? *s->received_on : x.today();
  if (!p.matter->steps.empty()) p.next.detail.step_from = p.next.accepted_on;
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  Accepted f;
  YI_TRY(auto deferred, deferred_of(c, *s, *p.matter, p.next.at.promised_due, x));
  YI_TRY(auto commitments, commitments_of(c.commitments, s->detail.lacking, *p.matter));
  if (!deferred.empty() || !commitments.empty()) {
    if (const auto standing = x.standing ? x.standing(s->subject) : StandingOf{}; standing.excluded) {
      auto r = refusal(Refused::standing_excluded, standing.reason);
      r.next_step = standing.way_to_repair;
      return r;
    }
  }
  std::vector<std::int32_t> missing;
  for (auto i : s->detail.lacking)
    if (!has(commitments, i) && std::none_of(deferred.begin(), deferred.end(), [&](const Deferred& d) { return d.material == i; })) missing.push_back(i);
  if (!missing.empty() && !by_law) return refusal(Refused::papers_missing, names_of(missing, *p.matter));
  f.department = s->department;
  f.window = c.window;
  f.statutory_due = p.next.at.statutory_due;
  f.promised_due = p.next.at.promised_due;
  if (by_law) f.by_law = true;
  f.limited = quota_key(*p.matter, *p.next.accepted_on);
  if (!deferred.empty()) f.deferred = std::move(deferred);
  if (!commitments.empty()) f.commitments = std::move(commitments);
  f.after = p.next.at;
  return f;
}

Result<AcceptanceRefused> decide(const CaseState* s, const RefuseAcceptance& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::refuse_acceptance, x));
  YI_CHECK(window_if_any(*s, c.window, x));
  if (blank(c.reason)) return refusal(Refused::reason_required, article_of_permits(*s, "第三十二条"));
  // §32(1)(2): who is not competent names who is.
  if (c.because == NotAcceptedBecause::not_competent && blank(c.competent_authority)) return refusal(Refused::authority_required);
  // §32(1)(1) speaks of permits alone; whatever is not one of its two grounds names its own (§§78, 79, the matter's own law).
  if (c.because == NotAcceptedBecause::no_permit_needed && !s->permit()) return refusal(Refused::bad_code, "不需要取得行政许可，只用于行政许可事项");
  if ((c.because == NotAcceptedBecause::other || !s->permit()) && blank(c.legal_basis)) return refusal(Refused::basis_required);
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  return AcceptanceRefused{s->department, c.window, c.reason, c.because, c.competent_authority, p.next.at, c.legal_basis};
}

Result<ResultReceivedForIssue> decide(const ReceiveResult& c, std::int64_t serial, bool taken, const Context& x) {
  YI_TRY(const auto p, place_of(c.matter, c.window, true, x));
  if (blank(c.foreign_number) || blank(c.signed_by) || c.handed_over.empty() ||
      std::any_of(c.handed_over.begin(), c.handed_over.end(), [](const auto& item) { return blank(item); }))
    return refusal(Refused::text_required, "部门办件编号、签收人、交接清单");
  if (taken) return refusal(Refused::foreign_number_taken, c.foreign_number);
  if (c.decided_on > x.today()) return refusal(Refused::decided_in_future, to_iso(c.decided_on));
  YI_TRY(const auto number, number_for(*p.matter, serial, x));
  YI_TRY(const auto after, standing_of(number, *p.matter, {}, c.decided_on, x.calendar));
  ResultReceivedForIssue f;
  f.number = Text<24>(number);
  f.matter = c.matter;
  f.matter_version = p.matter->version;
  f.department = p.matter->department;
  f.window = c.window;
  f.foreign_number = Text<64>(trim(c.foreign_number));
  f.decided_on = c.decided_on;
  f.handed_over = c.handed_over;
  f.delivery_due = after.delivery_due;
  f.signed_by = c.signed_by;
  f.after = after;
  return f;
}

Result<CarriedOver> decide(const CarryOver& c, std::int64_t serial, bool taken, std::optional<CivilDay> opening_day, const Context& x) {
  if (opening_day && *opening_day != x.today()) return refusal(Refused::not_opening_day, "启用日 " + to_iso(*opening_day));
  YI_TRY(const auto p, place_of(c.matter, c.window, c.decided_on.has_value(), x));
  if (blank(c.foreign_number)) return refusal(Refused::text_required, "原办件编号");
  if (taken) return refusal(Refused::foreign_number_taken, c.foreign_number);
  if (c.accepted_on >= x.today() || (c.decided_on && (*c.decided_on >= x.today() || *c.decided_on < c.accepted_on)))
    return refusal(Refused::not_open_before);
  YI_TRY(const auto number, number_for(*p.matter, serial, x));
  CarriedOver f;
  f.number = Text<24>(number);
  f.matter = c.matter;
  f.matter_version = p.matter->version;
  f.department = p.matter->department;
  f.window = c.window;
  f.type = p.matter->case_type == catalog::CaseType::instant ? CaseType::instant : CaseType::promised;
  f.foreign_number = Text<64>(trim(c.foreign_number));
  f.accepted_on = c.accepted_on;
  f.decided_on = c.decided_on;
  YI_TRY(f.after, standing_of(number, *p.matter, c.accepted_on, c.decided_on, x.calendar));
  // What the fact itself says of a decided case, is what its limit would have been.
  YI_TRY(const auto dues, dues_from_acceptance(*p.matter, x.calendar, c.accepted_on));
  f.statutory_due = dues.statutory;
  f.promised_due = c.decided_on ? dues.promised : f.after->promised_due;
  f.delivery_due = f.after->delivery_due;
  f.limited = quota_key(*p.matter, c.accepted_on);  // §57: it was accepted before whatever is accepted here
  return f;
}

}  // namespace yi::casework
