#include "casework/house_rules.h"

#include "base/phone.h"
#include "base/text.h"
#include "casework/rules.h"

namespace yi::casework {
namespace {

struct Texts {
  HouseRefused what;
  const char* code;
  const char* sentence;
  const char* next_step;
  int status;
};
constexpr Texts kTexts[] = {
    {HouseRefused::unknown_question, "casework.unknown_question", "没有这条首问登记。", "请核对登记编号。", 404},
    {HouseRefused::question_closed, "casework.question_closed", "这条首问已经答复或引领，不能再办。", "群众又有新问题的，请另行登记。", 409},
    {HouseRefused::not_your_question, "casework.not_your_question", "这条首问由其他首问责任人负责（首问负责制）。", "请由责任人答复、引领，或移交给您后确认接收。", 403},
    {HouseRefused::unknown_colleague, "casework.unknown_colleague", "没有这个工作人员账号，或账号已停用。", "请选择在岗的工作人员。", 422},
    {HouseRefused::hand_over_to_oneself, "casework.hand_over_to_oneself", "不能移交给自己。", "请直接答复，或选择其他工作人员。", 422},
    {HouseRefused::not_handed_to_you, "casework.not_handed_to_you", "这条首问没有移交给您。", "请由被移交人确认接收。", 403},
    {HouseRefused::nothing_to_take_over, "casework.nothing_to_take_over", "这条首问没有等待接收的移交。", "请刷新页面查看最新情况。", 409},
    {HouseRefused::no_needs_reason, "casework.no_needs_reason", "窗口不能单独说“不”：否定必须写明理由（否定报备制）。", "请写明依据和理由，系统会报督查。", 422},
    {HouseRefused::unknown_negative, "casework.unknown_negative", "没有这条否定报备。", "请核对报备编号。", 404},
    {HouseRefused::negative_settled, "casework.negative_settled", "这条否定报备已经处理。", "已确认后发现错误的，请用纠正。", 409},
    {HouseRefused::paper_entered_already, "casework.paper_entered_already", "这个窗口今天已经登记过这张纸质评价。", "请核对评价表的编号。", 409},
    {HouseRefused::paper_required, "casework.paper_required", "没有写明是哪一张评价表。", "请填写评价表的编号。", 422},
    {HouseRefused::paper_is_ticket, "casework.paper_is_ticket", "这是排队号，不是评价表的编号。", "有排队号的来访，由群众本人在评价器或扫码评价，工作人员不能代评。", 422},
    {HouseRefused::bad_visitor_phone, "casework.bad_visitor_phone", "电话号码不对。", "请填写手机号码或带区号的固定电话；本人没有留号码的，不填。", 422},
};

bool no_words(std::string_view s) { return trim(s).empty(); }

Checked places_exist(const std::optional<DepartmentCode>& department, const std::optional<WindowCode>& window, const std::optional<MatterCode>& matter,
                     const HouseContext& x) {
  if (department && !x.catalog.find_department(*department)) return refusal(Refused::unknown_department);
  if (window && !x.catalog.find_window(*window)) return refusal(Refused::unknown_window);
  if (matter && !x.catalog.find_matter(*matter)) return refusal(Refused::unknown_matter);
  return Done{};
}

Checked open_and_mine(const QuestionState* s, const HouseContext& x) {
  if (!s) return refusal(HouseRefused::unknown_question);
  if (s->status != QuestionStatus::open) return refusal(HouseRefused::question_closed);
  if (s->owner != x.actor.account) return refusal(HouseRefused::not_your_question);
  return Done{};
}

}  // namespace

Refusal refusal(HouseRefused what) {
  for (const auto& t : kTexts)
    if (t.what == what) return {t.code, t.sentence, t.next_step, t.status, ""};
  return {"casework.unknown_question", "", "", 404, ""};
}

std::vector<std::string> house_refusal_codes() {
  std::vector<std::string> out;
  for (const auto& t : kTexts) out.emplace_back(t.code);
  for (const auto shared : {Refused::unknown_department, Refused::unknown_window, Refused::unknown_matter, Refused::text_required}) out.push_back(refusal(shared).code);
  out.emplace_back("casework.bad_level");
  return out;
}

Result<AskedFirst> decide(const AskFirst& c, QuestionId id, const HouseContext& x) {
  YI_CHECK(places_exist(c.department, c.window, c.matter, x));
  if (no_words(c.question)) return refusal(Refused::text_required);
  if (c.visitor && no_words(c.visitor->name)) return refusal(Refused::text_required);
  // Words for none ("无") would all be one number, and strangers would share one key.
  if (c.visitor && c.visitor->phone && !is_phone_number(*c.visitor->phone)) return refusal(HouseRefused::bad_visitor_phone);
  AskedFirst f;
  f.question_id = id;
  f.owner = x.actor.account;
  f.channel = c.channel;
  f.window = c.window;
  f.department = c.department;
  f.matter = c.matter;
  f.question = c.question;
  return f;
}

Result<QuestionAnswered> decide(const QuestionState* s, const AnswerQuestion& c, const HouseContext& x) {
  YI_CHECK(open_and_mine(s, x));
  if (no_words(c.answer)) return refusal(Refused::text_required);
  return QuestionAnswered{c.question_id, x.actor.account, c.answer};
}

Result<QuestionLed> decide(const QuestionState* s, const LeadQuestion& c, const HouseContext& x) {
  YI_CHECK(open_and_mine(s, x));
  if (no_words(c.to)) return refusal(Refused::text_required);
  return QuestionLed{c.question_id, x.actor.account, c.to};
}

Result<QuestionHandedOver> decide(const QuestionState* s, const HandOverQuestion& c, const HouseContext& x) {
  YI_CHECK(open_and_mine(s, x));
  if (no_words(c.reason)) return refusal(Refused::text_required);
  if (c.to == x.actor.account) return refusal(HouseRefused::hand_over_to_oneself);
  if (!x.known_staff(c.to)) return refusal(HouseRefused::unknown_colleague);
  return QuestionHandedOver{c.question_id, x.actor.account, c.to, c.reason};
}

Result<QuestionTakenOver> decide(const QuestionState* s, const TakeOverQuestion& c, const HouseContext& x) {
  if (!s) return refusal(HouseRefused::unknown_question);
  if (s->status != QuestionStatus::open) return refusal(HouseRefused::question_closed);
  if (s->waits_for.empty()) return refusal(HouseRefused::nothing_to_take_over);
  if (s->waits_for != x.actor.account) return refusal(HouseRefused::not_handed_to_you);
  return QuestionTakenOver{c.question_id, s->owner, x.actor.account};
}

Result<NoSaid> decide(const SayNo& c, const HouseContext& x) {
  YI_CHECK(places_exist(c.department, c.window, c.matter, x));
  if (no_words(c.reason)) return refusal(HouseRefused::no_needs_reason);
  return NoSaid{c.department, c.window, c.matter, c.reason, x.actor.account};
}

Result<NoAcknowledged> decide(const NegativeState* s, const AcknowledgeNo& c, const HouseContext& x) {
  if (!s) return refusal(HouseRefused::unknown_negative);
  if (s->status != NegativeStatus::open) return refusal(HouseRefused::negative_settled);
  return NoAcknowledged{c.negative_id, x.actor.account, c.note};
}

Result<NoCorrected> decide(const NegativeState* s, const CorrectNo& c, const HouseContext& x) {
  if (!s) return refusal(HouseRefused::unknown_negative);
  if (s->status == NegativeStatus::corrected) return refusal(HouseRefused::negative_settled);
  if (no_words(c.measure)) return refusal(Refused::text_required);
  return NoCorrected{c.negative_id, x.actor.account, c.measure};
}

namespace {
// A032, or a ticket's id (0030): what a queue gives out.
bool names_a_ticket(std::string_view s) {
  const auto letters = std::min(s.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), s.size());
  const auto digits = s.substr(letters);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  return letters ? letters <= 2 && digits.size() >= 3 : digits.size() == 14;
}
}  // namespace

Result<PaperEvaluationEntered> decide(const EnterPaperEvaluation& c, bool taken, const HouseContext& x) {
  if (!x.catalog.find_window(c.window)) return refusal(Refused::unknown_window);
  if (no_words(c.paper)) return refusal(HouseRefused::paper_required);
  if (names_a_ticket(trim(c.paper))) return refusal(HouseRefused::paper_is_ticket);
  if (c.level < 1 || c.level > 5) return Refusal{"casework.bad_level", "评价等级应为 1（非常满意）到 5（非常不满意）。", "请重新选择。", 422, "/level"};
  if (taken) return refusal(HouseRefused::paper_entered_already);
  return PaperEvaluationEntered{c.window, c.paper, c.level, {}, x.actor.account, {}, {}, c.reachable};
}

}  // namespace yi::casework
