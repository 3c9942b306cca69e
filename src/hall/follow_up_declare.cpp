#include "hall/follow_up_declare.h"

#include "hall/follow_up_views.h"
#include "hall/ratings.h"
#include "identity/bound_department.h"

namespace yi::hall {
namespace {
using engine::Turn;

std::string stream_of(FollowUpId id) { return "follow_up:" + std::to_string(id.value); }

struct Desk {
  FollowUpGround ground;
  identity::Subjects subjects;
  FollowUpGuard& guard;
  FollowUpContext context(const Turn& t) const { return {ground, civil_day(t.now()), t.actor().account, identity::bound_department(t.actor())}; }
};

template <class C>
engine::CommandSpec command(const char* name, const char* summary, const Desk& d) {
  return engine::command<C>(name, summary, follow_up_refusal_codes(), [d](Turn& turn, const C& c) -> Checked {
    YI_TRY(const auto fact, decide(d.guard.find(c.follow_up.value), c, d.context(turn)));
    turn.fact(stream_of(c.follow_up), fact);
    return Done{};
  });
}

}  // namespace

void declare_follow_ups(engine::Registry& registry, const FollowUpGround& ground, const identity::Subjects& subjects) {
  const Desk d{ground, subjects, registry.add_guard<FollowUpGuard>()};
  add_follow_up_reports(registry);
  add_rating_reports(registry);
  auto& c = registry.commands;
  auto open = engine::command<RegisterUnresolved>("hall.register_unresolved", "办不成事登记", follow_up_refusal_codes(), [d](Turn& turn, const RegisterUnresolved& wish) -> Checked {
    YI_TRY(auto fact, decide(wish, d.context(turn)));
    const auto stream = stream_of({turn.next_position()});
    Said said;
    said.words = wish.words;
    if (wish.reporter) {
      said.name = wish.reporter->name;
      said.phone = wish.reporter->phone;
    }
    fact.reporter = fact.reachable == true ? d.subjects.subject_of(turn, identity::IdKind::phone, *said.phone) : d.subjects.anonymous(turn);
    turn.fact(stream, turn.now(), fact, said, *fact.reporter);
    return Done{};
  });
  open.audit_class = "personal";
  c.push_back(std::move(open));
  c.push_back(engine::command<TakeProblem>("hall.take_problem", "登记领导带走的问题", follow_up_refusal_codes(), [d](Turn& turn, const TakeProblem& wish) -> Checked {
    YI_TRY(auto fact, decide(wish, d.context(turn)));
    Said said;
    said.words = wish.words;
    fact.subject = d.subjects.anonymous(turn);
    turn.fact(stream_of({turn.next_position()}), turn.now(), fact, said, *fact.subject);
    return Done{};
  }));
  c.push_back(command<SortFollowUp>("hall.sort_follow_up", "交办件分办", d));
  c.push_back(command<DeclineFollowUp>("hall.decline_follow_up", "交办件不予受理并告知", d));
  c.push_back(command<ExtendFollowUp>("hall.extend_follow_up", "交办件延期", d));
  c.push_back(command<AnswerFollowUp>("hall.answer_follow_up", "答复交办件", d));
  c.push_back(command<AppealEvaluation>("hall.appeal_evaluation", "差评申诉", d));
  c.push_back(command<DecideAppeal>("hall.decide_appeal", "复核差评申诉", d));
  c.push_back(command<CallBack>("hall.call_back", "回访", d));
  c.push_back(engine::command<NoContactLeft>("hall.no_contact_left", "无联系方式，不回访办结", follow_up_refusal_codes(), [d](Turn& turn, const NoContactLeft& wish) -> Checked {
    std::optional<FollowUpState> now;
    if (const auto* s = d.guard.find(wish.follow_up.value)) {
      now = *s;
      // What was left may be gone by now, and of a case only the case knows.
      if (now->stage == FollowUpStage::answered) now->reachable = can_be_called(d.guard.reader_of_table(), turn.keys(), turn.centre(), *now);
    }
    YI_TRY(const auto fact, decide(now ? &*now : nullptr, wish, d.context(turn)));
    turn.fact(stream_of(wish.follow_up), fact);
    return Done{};
  }));
  // 个人信息保护法 §47(2): as long as it is being looked into, its words and the number to call are kept.
  subjects.add_objection([guard = &d.guard](const Turn&, SubjectId subject) -> std::optional<Refusal> {
    return guard->is_open(subject) ? std::optional(refusal(FollowUpRefused::follow_up_open)) : std::nullopt;
  });
  for (auto& spec : registry.commands)  // a refusal of ours on a command of a floor below, for its door's description
    if (spec.name == "identity.erase_subject") spec.refusal_codes.emplace_back("hall.follow_up_open");
}

}  // namespace yi::hall
