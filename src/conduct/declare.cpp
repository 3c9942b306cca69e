#include "conduct/declare.h"

#include "conduct/views.h"

namespace yi::conduct {
namespace {
using engine::Turn;

struct Desk {
  ConductGround ground;
  identity::Subjects subjects;
  PledgeGuard& pledges;
  GiftGuard& gifts;
  ReportGuard& reports;
  std::optional<ReportPeople> people(const Turn& t, ReportId id, const ReportState* s) const { return s ? people_of(id, *s, t.keys(), t.centre()) : std::nullopt; }
  ConductContext context(const Turn& t) const { return {ground, civil_day(t.now()), t.actor().account}; }
};

std::string here(const char* what, const Turn& turn) { return std::string(what) + std::to_string(turn.next_position()); }

}  // namespace

void declare(engine::Registry& registry, const ConductGround& ground, const identity::Subjects& subjects) {
  const Desk d{ground, subjects, registry.add_guard<PledgeGuard>(), registry.add_guard<GiftGuard>(), registry.add_guard<ReportGuard>()};
  add_reports(registry);
  registry.nameless.push_back(ReportMade::kName);
  const auto codes = conduct_refusal_codes();
  auto& all = registry.commands;
  all.push_back(engine::command<SignPledge>("conduct.sign_pledge", "签署政商交往承诺书", codes, [d](Turn& turn, const SignPledge& c) -> Checked {
    const auto x = d.context(turn);
    YI_TRY(const auto fact, decide(d.pledges.find(PledgeGuard::key(x.account, x.today.year())), c, x));
    turn.fact("pledge:" + x.account, fact);
    return Done{};
  }));
  all.push_back(engine::command<RegisterContact>("conduct.register_contact", "登记与企业的交往", codes, [d](Turn& turn, const RegisterContact& c) -> Checked {
    YI_TRY(auto fact, decide(c, d.context(turn)));
    const auto subject = c.uscc ? d.subjects.subject_of(turn, identity::IdKind::uscc, *c.uscc) : d.subjects.anonymous(turn);
    fact.subject = subject;
    turn.fact(here("contact:", turn), start_of(c.day), std::move(fact), ContactWords{c.enterprise, c.uscc, c.with, c.about, c.costs, c.place}, subject);
    return Done{};
  }));
  all.push_back(engine::command<HandInGift>("conduct.hand_in_gift", "上交礼品礼金", codes, [d](Turn& turn, const HandInGift& c) -> Checked {
    YI_TRY(auto fact, decide(c, d.context(turn)));
    const auto subject = d.subjects.anonymous(turn);
    fact.subject = subject;
    turn.fact(here("gift:", turn), turn.now(), std::move(fact), GiftWords{c.from, c.what, c.how}, subject);
    return Done{};
  }));
  all.push_back(engine::command<SettleGift>("conduct.settle_gift", "登记上交礼品的处理", codes, [d](Turn& turn, const SettleGift& c) -> Checked {
    YI_TRY(auto fact, decide(d.gifts.find(c.gift.value), c, d.context(turn)));
    // A gift whose words were erased has no key any more.
    if (!d.subjects.known(fact.subject)) fact.subject = d.subjects.anonymous(turn);
    const auto subject = fact.subject;
    turn.fact("gift:" + std::to_string(c.gift.value), turn.now(), std::move(fact), GiftNote{c.note}, subject);
    return Done{};
  }));
  all.push_back(engine::command<MakeReport>("conduct.make_report", "举报", codes, [d](Turn& turn, const MakeReport& c) -> Checked {
    YI_TRY(auto made, decide(c, d.context(turn)));
    const auto subject = d.subjects.anonymous(turn);
    const auto stream = report_stream({turn.next_position()});
    made.fact.subject = subject;
    made.fact.people = turn.seal<ReportMade>(stream, made.people, subject, "people");
    turn.fact(stream, turn.now(), std::move(made.fact), ReportWords{c.words, c.reporter}, subject);
    return Done{};
  }));
  all.push_back(engine::command<TakeReport>("conduct.take_report", "受理举报", codes, [d](Turn& turn, const TakeReport& c) -> Checked {
    const auto* s = d.reports.find(c.report.value);
    YI_TRY(const auto fact, decide(s, d.people(turn, c.report, s), c, d.context(turn)));
    turn.fact(report_stream(c.report), fact);
    return Done{};
  }));
  all.push_back(engine::command<SettleReport>("conduct.settle_report", "办结举报", codes, [d](Turn& turn, const SettleReport& c) -> Checked {
    const auto* s = d.reports.find(c.report.value);
    YI_TRY(auto fact, decide(s, d.people(turn, c.report, s), c, d.context(turn)));
    const auto subject = fact.subject;
    turn.fact(report_stream(c.report), turn.now(), std::move(fact), EndWords{c.measure}, subject);
    return Done{};
  }));
  all.push_back(engine::command<RecordTraining>("conduct.record_training", "登记廉洁培训", codes, [d](Turn& turn, const RecordTraining& c) -> Checked {
    YI_TRY(const auto fact, decide(c, d.context(turn)));
    turn.fact("conduct_training:" + to_iso(c.day), start_of(c.day), fact);
    return Done{};
  }));
  for (auto& spec : all)
    if (spec.name.starts_with("conduct.")) spec.audit_class = "personal";
  // §47(2) of the 个人信息保护法: as long as it is being looked into, it is kept.
  subjects.add_objection([reports = &d.reports](const Turn&, SubjectId subject) -> std::optional<Refusal> {
    return reports->is_open(subject) ? std::optional(refusal(ConductRefused::report_open)) : std::nullopt;
  });
  for (auto& spec : all)
    if (spec.name == "identity.erase_subject") spec.refusal_codes.emplace_back("conduct.report_open");
}

}  // namespace yi::conduct
