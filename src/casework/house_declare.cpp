#include "casework/house_declare.h"

#include "casework/rules.h"

namespace yi::casework {
namespace {
using engine::Turn;

struct House {
  HouseGround ground;
  QuestionGuard& questions;
  QuestionCountGuard& count;
  NegativeGuard& negatives;
  PaperGuard& papers;
  HouseContext context(const Turn& t) const { return {*ground.catalog, t.actor(), ground.known_staff}; }
};

std::string stream_of(QuestionId id) { return "question:" + std::to_string(id.value); }
std::string stream_of(NegativeId id) { return "negative:" + std::to_string(id.value); }

engine::CommandSpec ask_first(const House& h) {
  auto spec = engine::command<AskFirst>("casework.ask_first", "首问登记", house_refusal_codes(), [h](Turn& turn, const AskFirst& c) -> Checked {
    YI_TRY(auto fact, decide(c, h.count.next(), h.context(turn)));
    const auto stream = stream_of(fact.question_id);
    if (!c.visitor) {
      turn.fact(stream, fact);
      return Done{};
    }
    // Found again by the phone, where one was left, so that a visitor who asks to be forgotten is forgotten everywhere.
    fact.visitor = c.visitor->phone ? h.ground.subjects.subject_of(turn, identity::IdKind::phone, *c.visitor->phone) : h.ground.subjects.anonymous(turn);
    turn.fact(stream, turn.now(), fact, *c.visitor, *fact.visitor);
    return Done{};
  }, [h](const engine::Ahead& x, const AskFirst& c) {
    if (c.visitor && c.visitor->phone) h.ground.subjects.expect(x, identity::IdKind::phone, *c.visitor->phone);
  });
  spec.audit_class = "personal";
  return spec;
}

template <class C>
engine::CommandSpec question_command(const char* name, const char* summary, const House& h) {
  return engine::command<C>(name, summary, house_refusal_codes(), [h](Turn& turn, const C& c) -> Checked {
    YI_TRY(const auto fact, decide(h.questions.find(c.question_id.value), c, h.context(turn)));
    turn.fact(stream_of(c.question_id), fact);
    return Done{};
  });
}
template <class C>
engine::CommandSpec negative_command(const char* name, const char* summary, const House& h) {
  return engine::command<C>(name, summary, house_refusal_codes(), [h](Turn& turn, const C& c) -> Checked {
    YI_TRY(const auto fact, decide(h.negatives.find(c.negative_id.value), c, h.context(turn)));
    turn.fact(stream_of(c.negative_id), fact);
    return Done{};
  });
}

}  // namespace

void declare_house(engine::Registry& registry, const HouseGround& ground) {
  const House h{ground, registry.add_guard<QuestionGuard>(), registry.add_guard<QuestionCountGuard>(), registry.add_guard<NegativeGuard>(), registry.add_guard<PaperGuard>()};
  add_house_reports(registry);
  auto& c = registry.commands;
  c.push_back(ask_first(h));
  c.push_back(question_command<AnswerQuestion>("casework.answer_question", "答复首问", h));
  c.push_back(question_command<LeadQuestion>("casework.lead_question", "引领群众（首问）", h));
  c.push_back(question_command<HandOverQuestion>("casework.hand_over_question", "移交首问", h));
  c.push_back(question_command<TakeOverQuestion>("casework.take_over_question", "确认接收首问", h));
  c.push_back(engine::command<SayNo>("casework.say_no", "否定报备（未形成办件）", house_refusal_codes(), [h](Turn& turn, const SayNo& wish) -> Checked {
    YI_TRY(const auto fact, decide(wish, h.context(turn)));
    turn.fact("no:" + to_iso(civil_day(turn.now())), fact);
    return Done{};
  }));
  c.push_back(negative_command<AcknowledgeNo>("casework.acknowledge_no", "确认否定报备", h));
  c.push_back(negative_command<CorrectNo>("casework.correct_no", "纠正否定", h));
  c.push_back(engine::command<EnterPaperEvaluation>("casework.enter_paper_evaluation", "登记纸质评价（意见箱、评价表）", house_refusal_codes(), [h](Turn& turn, const EnterPaperEvaluation& wish) -> Checked {
    const auto today = civil_day(turn.now());
    const bool taken = h.papers.find(PaperGuard::key(today, wish.window, wish.paper)) != nullptr;
    YI_TRY(auto fact, decide(wish, taken, h.context(turn)));
    const auto stream = "paper_evaluation:" + to_iso(today);
    if (wish.comment) {
      fact.subject = h.ground.subjects.anonymous(turn);
      turn.fact(stream, turn.now(), fact, EvaluationWords{*wish.comment}, *fact.subject);
    } else {
      turn.fact(stream, fact);
    }
    return Done{};
  }));
}

}  // namespace yi::casework
