#pragma once
// The facts of a case's life. Names and versions are for ever; a change of meaning is a new version with an upcaster, a
// further optional field is none. The streams are "case:<CaseId>" and, for consultations, "consultation:<day>".
//
// Every fact of a case ends with where the case stands after it (`after`): reports, timers and readers need no other.
// Ledgers written before the whole law was in have no `after`; case_state.cpp says what their facts did.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/stages.h"
#include "catalog/matter.h"
#include "store/key_vault.h"

namespace yi::casework {

using store::SealedText;

enum class Channel { window, phone, online, qr, sms };         // 渠道; qr, sms: by the link of a paper or a message
BOOST_DESCRIBE_ENUM(Channel, window, phone, online, qr, sms)
enum class Source { window, online, mail };                    // 申报来源
BOOST_DESCRIBE_ENUM(Source, window, online, mail)
enum class ApplicantKind { natural, legal };                   // 自然人 / 法人
BOOST_DESCRIBE_ENUM(ApplicantKind, natural, legal)
enum class Decision { grant, refuse };                         // 准予 / 不予
BOOST_DESCRIBE_ENUM(Decision, grant, refuse)
// 窗口领取（直接送达）/ 邮寄 / 电子送达 / 自助柜 / 留置送达 / 委托送达 / 公告送达
enum class Delivery { window, post, electronic, locker, left, entrusted, announced };
BOOST_DESCRIBE_ENUM(Delivery, window, post, electronic, locker, left, entrusted, announced)
// 不予受理的情形 (行政许可法 §32(1)(1), (2)); `other`: the matter's own law.
enum class NotAcceptedBecause { no_permit_needed, not_competent, other };
BOOST_DESCRIBE_ENUM(NotAcceptedBecause, no_permit_needed, not_competent, other)
enum class TerminatedBecause { subject_ended, false_commitment, false_material, deferred_not_supplied, impossible, other };
BOOST_DESCRIBE_ENUM(TerminatedBecause, subject_ended, false_commitment, false_material, deferred_not_supplied, impossible, other)

// 办理期限: of which 优化营商环境条例 §36 wants a public explanation when it was passed; the third is told of, never asked for.
enum class OverdueLimit { promised, statutory, delivery };
BOOST_DESCRIBE_ENUM(OverdueLimit, promised, statutory, delivery)

// A fact of a case that another centre handed over (docs/exchange.md) tells when and by whom it was recorded there: its
// own envelope says only when it was taken over here.
struct Origin {
  Instant recorded_at;
  Text<255> actor;
  bool operator==(const Origin&) const = default;
};
BOOST_DESCRIBE_STRUCT(Origin, (), (recorded_at, actor))

// Where a case stands after a fact. A due day is there exactly while its clock runs.
struct Standing {
  Stage stage = Stage::none;
  Holder holder = Holder::reception_window;
  std::optional<CivilDay> notice_due;      // §32(1)(4)
  std::optional<CivilDay> correction_due;  // until when the applicant may correct
  std::optional<CivilDay> statutory_due, promised_due;
  std::optional<CivilDay> step_due;        // of the present step (环节)
  std::optional<CivilDay> delivery_due;    // §44
  std::optional<CivilDay> resumes_by;      // planned end of a special procedure
  std::optional<bool> provisional;         // a date above rests on a calendar year without a notice
  std::optional<std::int64_t> previous;    // ledger position of the case's fact before this one: its history is a chain
  std::optional<Origin> origin = {};       // the fact came with an import: no figure of this centre counts it
  bool operator==(const Standing&) const = default;
};
BOOST_DESCRIBE_STRUCT(Standing, (), (stage, holder, notice_due, correction_due, statutory_due, promised_due, step_due, delivery_due, resumes_by, provisional, previous, origin))

// 咨询: one person, one visit or call. Not a case.
struct Consulted {
  static constexpr std::string_view kName = "casework.consulted/1";
  DepartmentCode department;
  WindowCode window;
  Channel channel = Channel::window;
  std::optional<MatterCode> matter;
  std::optional<Text<500>> question;
};
BOOST_DESCRIBE_STRUCT(Consulted, (), (department, window, channel, matter, question))

// What is personal in a fact, sealed under the subject's key (docs/decisions/0010).
struct ApplicantPerson {
  Text<120> name;
  std::optional<Text<18>> id_number;       // citizen number or unified social credit code, by the applicant's kind
  std::optional<Text<20>> phone;
  std::optional<Text<200>> address;
  std::optional<Text<60>> legal_representative;
};
BOOST_DESCRIBE_STRUCT(ApplicantPerson, (), (name, id_number, phone, address, legal_representative))
struct AgentPerson {                       // 代办人
  Text<60> name;
  std::optional<Text<18>> id_number;
  std::optional<Text<20>> phone;
};
BOOST_DESCRIBE_STRUCT(AgentPerson, (), (name, id_number, phone))

// A paper as it was counted at the counter: 形式 and 份数 that the receipt certifies.
struct Handed {
  Text<120> material;
  std::int32_t copies = 1;                 // 1..999
  catalog::MaterialForm form{};
  bool operator==(const Handed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Handed, (), (material, copies, form))

struct Opening {
  Text<24> number;                         // 办件编号, casework.md §4.6
  MatterCode matter;
  std::int32_t matter_version = 1;         // a running case keeps the version it began with
  DepartmentCode department;
  std::optional<WindowCode> window;        // none: online
  CaseType type = CaseType::promised;
  ApplicantKind applicant_kind = ApplicantKind::legal;
  std::optional<Text<120>> applicant;      // in ledgers written before sealing
  std::optional<Text<18>> applicant_id;    // the same
  std::vector<Text<120>> materials;        // received, by name
  std::optional<std::int32_t> missing;     // how many papers the matter requires beyond those; which, its version says
  std::optional<CivilDay> notice_due;      // §32(1)(4): 5 working days, or the case is accepted by law from the receipt day
  std::optional<Source> source;
  std::optional<SubjectId> subject;        // the applicant
  std::optional<SubjectId> agent;          // who acts for the applicant; always shown as such
  std::optional<std::vector<std::int32_t>> lacking;  // places of the missing papers in the matter's list
  std::optional<Standing> after;
  std::optional<SealedText> sealed;        // ApplicantPerson
  std::optional<SealedText> agent_sealed;  // AgentPerson
  std::optional<std::vector<Handed>> handed;  // those of `materials` that were counted
};
BOOST_DESCRIBE_STRUCT(Opening, (), (number, matter, matter_version, department, window, type, applicant_kind, applicant, applicant_id, materials, missing, notice_due, source, subject, agent, lacking, after, handed, sealed, agent_sealed))
// 收件: papers were taken; the notice clock begins (行政许可法 §32). Not yet accepted.
struct Received : Opening {
  static constexpr std::string_view kName = "casework.received/1";
};
BOOST_DESCRIBE_STRUCT(Received, (Opening), ())
// 网上申报: it reached the authority; the five working days of §32 run from here, whatever the pre-review does.
struct Submitted : Opening {
  static constexpr std::string_view kName = "casework.submitted/1";
  // 告知承诺 as the applicant chose it, by place: a wish. What stands in the place of a proof, the acceptance says (docs/decisions/0042).
  std::optional<std::vector<std::int32_t>> commitments;
};
BOOST_DESCRIBE_STRUCT(Submitted, (Opening), (commitments))

// An act that moves a case and needs few words: which act, is the fact's name (step_name).
struct Step {
  DepartmentCode department;
  std::optional<WindowCode> window;
  std::optional<Text<500>> reason;
  std::optional<Text<40>> code;            // 终止原因、环节、监察规则编号
  std::optional<std::vector<Text<60>>> people;  // 核查人员
  std::optional<Text<120>> authority;      // 转往机关
  std::optional<bool> outcome;             // 承诺属实
  std::optional<Closing> closing;
  std::optional<Standing> after;
  std::optional<Text<200>> legal_basis;    // 终止所依据的条款；转报期间不计时的依据，不是第三十五、四十三条的
  std::optional<CivilDay> answer_by;       // 利害关系人陈述申辩、要求听证的最后一日（§§36, 47）
  std::optional<bool> runs_on;             // of a forwarding: the clocks do not stand still; in ledgers written before, they always did
  std::optional<OverdueLimit> limit;       // 说明的是哪一个期限; none in older explanations: of all that were passed
  std::optional<SubjectId> subject;        // under whose key the sealed names lie
  std::optional<SealedText> sealed;        // ThirdParties
};
BOOST_DESCRIBE_STRUCT(Step, (), (department, window, reason, code, people, authority, outcome, closing, after, legal_basis, answer_by, runs_on, limit, subject, sealed))
// 利害关系人: whom the authority told (§§36, 47). Sealed under a subject of their own, for they are not the applicant.
struct ThirdParties {
  std::vector<Text<60>> names;
};
BOOST_DESCRIBE_STRUCT(ThirdParties, (), (names))
struct ThirdPartyInformed : Step {
  static constexpr std::string_view kName = "casework.third_party_informed/1";
};
BOOST_DESCRIBE_STRUCT(ThirdPartyInformed, (Step), ())
// 承诺不实: a commitment of this subject's was found false. For the credit room, which answers whether somebody may promise
// again (StandingOf); in the stream "standing:<subject>".
struct PromiseBroken {
  static constexpr std::string_view kName = "casework.promise_broken/1";
  SubjectId subject;
  CaseId case_id;
  Text<24> number;
  MatterCode matter;
  DepartmentCode department;
};
BOOST_DESCRIBE_STRUCT(PromiseBroken, (), (subject, case_id, number, matter, department))
// The name of an act's fact: "casework.pre_accepted/1"; nullptr for an act that has a fact of its own shape.
const char* step_name(Act act);

// 补正告知: every defect at once, paper by paper (§32(1)(4)). Before acceptance, in the pre-review, or in review.
struct Defect {
  Text<120> material;                      // name of the paper; empty: the application as a whole
  Text<300> wrong;                         // what is wrong
  Text<300> right;                         // and what would be right
};
BOOST_DESCRIBE_STRUCT(Defect, (), (material, wrong, right))
struct CorrectionRequested {
  static constexpr std::string_view kName = "casework.correction_requested/1";
  DepartmentCode department;
  std::optional<WindowCode> window;
  std::vector<Defect> defects;
  std::int32_t notice = 1;                 // the how-manieth of the case; a second is a flag and needs its reason
  std::optional<Text<500>> second_reason;
  std::optional<Text<200>> pause_basis;    // in review, where the clock stops meanwhile: the basis that the matter names
  std::optional<Standing> after;
};
BOOST_DESCRIBE_STRUCT(CorrectionRequested, (), (department, window, defects, notice, second_reason, pause_basis, after))
// 补正、当场补充、容缺补交: which, says the act.
struct MaterialsSupplied {
  static constexpr std::string_view kName = "casework.materials_supplied/1";
  Act act = Act::supplement;
  DepartmentCode department;
  std::optional<WindowCode> window;
  std::vector<Text<120>> materials;
  std::vector<std::int32_t> lacking;       // still missing
  std::optional<Standing> after;
  std::optional<std::vector<Handed>> handed;
  std::optional<bool> runs_on;             // before acceptance: the five days go on without the applicant's time, instead of anew
};
BOOST_DESCRIBE_STRUCT(MaterialsSupplied, (), (act, department, window, materials, lacking, after, handed, runs_on))

// 容缺: which paper comes later, and by when at the latest.
struct Deferred {
  std::int32_t material = 0;               // place in the matter's list
  CivilDay by;
  bool operator==(const Deferred&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deferred, (), (material, by))
// 受理: a legal act of its own; the decision clocks begin. The due days are those that the notice tells the applicant.
struct Accepted {
  static constexpr std::string_view kName = "casework.accepted/1";
  DepartmentCode department;
  std::optional<WindowCode> window;        // none: by law, or at the department's own desk
  std::optional<CivilDay> statutory_due;
  std::optional<CivilDay> promised_due;
  std::optional<bool> by_law;              // true: the notice's limit had passed; effective from the receipt day (§32(1)(4))
  std::optional<std::vector<Deferred>> deferred;           // 容缺受理
  std::optional<std::vector<std::int32_t>> commitments;    // 告知承诺: proofs that a commitment replaces
  std::optional<Standing> after;
  std::optional<Text<60>> limited;         // §57: the matter and period whose number is limited (casework/quota.h)
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (department, window, statutory_due, promised_due, by_law, deferred, commitments, after, limited))

// 不予受理 (行政许可法 §32(1)(1), (2)). The supervisor is informed by the fact itself (否定报备).
struct AcceptanceRefused {
  static constexpr std::string_view kName = "casework.acceptance_refused/1";
  DepartmentCode department;
  std::optional<WindowCode> window;
  Text<500> reason;
  std::optional<NotAcceptedBecause> because;
  std::optional<Text<120>> competent_authority;            // to be named for not_competent
  std::optional<Standing> after;
  std::optional<Text<200>> legal_basis;    // where §32(1)(1), (2) is not the ground: the article that is (§§78, 79, the matter's own law)
};
BOOST_DESCRIBE_STRUCT(AcceptanceRefused, (), (department, window, reason, because, competent_authority, after, legal_basis))

// 流转: a hand-over with the receiver's signature. One case can count several times.
struct Transferred {
  static constexpr std::string_view kName = "casework.transferred/1";
  DepartmentCode department;
  WindowCode window;
  Holder from = Holder::reception_window;
  Holder to = Holder::department;
  Text<60> signed_by;                      // the receiver's account or name
  std::optional<Standing> after;
  std::optional<Text<500>> reason;         // why an 即办件 is not decided on the spot
};
BOOST_DESCRIBE_STRUCT(Transferred, (), (department, window, from, to, signed_by, after, reason))

// 特别程序: time that is not counted, because the applicant was told in writing how long it takes (§45).
struct Suspended {
  static constexpr std::string_view kName = "casework.suspended/1";
  DepartmentCode department;
  catalog::SuspensionKind kind{};
  Text<200> basis;                         // 行政许可法 §45 for permits, else what the matter names
  Text<500> reason;
  Text<60> approver;
  CivilDay planned_end;
  std::optional<Standing> after;
  std::optional<CivilDay> tell_by;         // the last day to print the notice without a card
};
BOOST_DESCRIBE_STRUCT(Suspended, (), (department, kind, basis, reason, approver, planned_end, after, tell_by))
struct Resumed {
  static constexpr std::string_view kName = "casework.resumed/1";
  DepartmentCode department;
  Text<500> result;
  std::optional<Standing> after;
};
BOOST_DESCRIBE_STRUCT(Resumed, (), (department, result, after))
// 延长期限: once, with approver and reasons (§42; other kinds by their own basis).
struct Extended {
  static constexpr std::string_view kName = "casework.extended/1";
  DepartmentCode department;
  std::int32_t days = 0;                   // in the unit of the statutory limit
  Text<500> reason;
  Text<60> approver;
  Text<200> basis;
  std::optional<Standing> after;
};
BOOST_DESCRIBE_STRUCT(Extended, (), (department, days, reason, approver, basis, after))

struct Decided {
  static constexpr std::string_view kName = "casework.decided/1";
  DepartmentCode department;
  Decision decision = Decision::grant;
  std::optional<Text<500>> reason;         // required for refuse (行政许可法 §38(2))
  std::optional<CivilDay> delivery_due;    // grants alone; permits: 10 working days (§44)
  std::optional<Closing> closing;
  std::optional<Text<64>> certificate_number;
  std::optional<Text<200>> standard;       // for a refusal after an inspection: the standard (§55(3))
  std::optional<Standing> after;
  std::optional<Text<200>> legal_basis;    // of a refusal: the provision whose conditions are not met
  std::optional<Text<300>> heard;          // what became of the third parties' statements and right to a hearing (§§36, 47, 48)
};
BOOST_DESCRIBE_STRUCT(Decided, (), (department, decision, reason, delivery_due, closing, certificate_number, standard, after, legal_basis, heard))

// 颁发、送达: the end of a case's life at the issue window. Who signed what came by post is a record of its own (papers.h).
struct ReceiverPerson {
  Text<60> name;                           // 签收人
};
BOOST_DESCRIBE_STRUCT(ReceiverPerson, (), (name))
struct Issued {
  static constexpr std::string_view kName = "casework.issued/1";
  DepartmentCode department;
  WindowCode window;
  Delivery delivery = Delivery::window;
  std::optional<Text<60>> received_by;     // 签收人, in ledgers written before sealing
  std::optional<Text<60>> tracking_number; // 邮寄单号、柜格编号
  std::optional<Standing> after;
  std::optional<SubjectId> subject;        // under whose key the name lies, where the case has no applicant (代颁); none: the applicant's
  std::optional<SealedText> sealed;        // ReceiverPerson
};
BOOST_DESCRIBE_STRUCT(Issued, (), (department, window, delivery, received_by, tracking_number, after, subject, sealed))

struct Withdrawn {
  static constexpr std::string_view kName = "casework.withdrawn/1";
  DepartmentCode department;
  std::optional<WindowCode> window;        // none: online, by the applicant
  Text<500> reason;
  std::optional<Closing> closing;
  std::optional<Standing> after;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), (department, window, reason, closing, after))

// 冲正: a clerk's wrong entry is taken back the same day. The wrong fact stays; this one is linked to it. What the case
// is like without it stands here in full, so that every reader agrees.
struct Reversed {
  static constexpr std::string_view kName = "casework.reversed/1";
  DepartmentCode department;
  std::int64_t fact = 0;                   // ledger position of the reversed fact
  Text<60> fact_name;                      // "casework.accepted/1"
  Text<500> reason;
  std::optional<Closing> closing;          // when the receipt itself was the error
  Standing after;
  Text<4000> restored;                     // the case's state as JSON
};
BOOST_DESCRIBE_STRUCT(Reversed, (), (department, fact, fact_name, reason, closing, after, restored))

// 评价: one a case; 1 = 非常满意 … 5 = 非常不满意 (GB/T 39046 A.8).
struct Evaluated {
  static constexpr std::string_view kName = "casework.evaluated/1";
  DepartmentCode department;
  std::optional<WindowCode> window;
  std::int32_t level = 1;
  Channel channel = Channel::window;
  std::optional<Text<500>> comment;
  std::optional<Standing> after;
};
BOOST_DESCRIBE_STRUCT(Evaluated, (), (department, window, level, channel, comment, after))

// 亮牌: a warning rule was broken. One of a rule a case.
enum class Card { yellow, red };
BOOST_DESCRIBE_ENUM(Card, yellow, red)
struct CardGiven {
  static constexpr std::string_view kName = "casework.card_given/1";
  DepartmentCode department;
  Text<20> rule;                           // 监察规则编号
  Card card = Card::yellow;
  std::optional<CivilDay> due;             // the limit that was passed
  std::optional<bool> order;               // a supervision order goes with it
  std::optional<Standing> after;
  std::optional<CivilDay> explain_by;      // of a passed limit: the last day to explain it without another card (条例 §36)
};
BOOST_DESCRIBE_STRUCT(CardGiven, (), (department, rule, card, due, order, after, explain_by))
// A new holiday notice moved a date.
struct DuesRecounted {
  static constexpr std::string_view kName = "casework.dues_recounted/1";
  DepartmentCode department;
  Standing before, after;
};
BOOST_DESCRIBE_STRUCT(DuesRecounted, (), (department, before, after))
// The limits that ended before this day were looked at, before any command of the day was decided.
struct TimersRun {
  static constexpr std::string_view kName = "casework.timers_run/1";
  CivilDay day;
  CaseId last;                             // of the day's entries; more of them may follow
  bool finished = true;
};
BOOST_DESCRIBE_STRUCT(TimersRun, (), (day, last, finished))

// 代颁件: accepted and decided in the department's own system; the result arrives here to be handed out. Counts as
// a transfer and, when handed out, as an issue; never as an acceptance. Only the delivery clock runs.
struct ResultReceivedForIssue {
  static constexpr std::string_view kName = "casework.result_received_for_issue/1";
  Text<24> number;
  MatterCode matter;
  std::int32_t matter_version = 1;
  DepartmentCode department;
  WindowCode window;                     // the issue window that signed for it
  Text<64> foreign_number;               // the department's own case number, unique within the department
  CivilDay decided_on;
  std::vector<Text<120>> handed_over;    // 交接清单
  std::optional<CivilDay> delivery_due;
  Text<60> signed_by;
  std::optional<Standing> after;
};
BOOST_DESCRIBE_STRUCT(ResultReceivedForIssue, (), (number, matter, matter_version, department, window, foreign_number, decided_on, handed_over, delivery_due, signed_by, after))

// A case that was open on the day the centre went live, taken over with its papers. Counts as nothing.
struct CarriedOver {
  static constexpr std::string_view kName = "casework.carried_over/1";
  Text<24> number;
  MatterCode matter;
  std::int32_t matter_version = 1;
  DepartmentCode department;
  WindowCode window;
  CaseType type = CaseType::promised;
  Text<64> foreign_number;
  CivilDay accepted_on;
  std::optional<CivilDay> decided_on;    // set: it waits at the issue window
  std::optional<CivilDay> statutory_due, promised_due, delivery_due;
  std::optional<Standing> after;
  std::optional<Text<60>> limited;       // §57, as of an acceptance
};
BOOST_DESCRIBE_STRUCT(CarriedOver, (), (number, matter, matter_version, department, window, type, foreign_number, accepted_on, decided_on, statutory_due, promised_due, delivery_due, after, limited))

}  // namespace yi::casework
