#pragma once
// Wishes about cases. What may be wished when, and by whom, stands in act_table.h. `version` is the
// case's version that the writer had before them: if the case has moved on since, the wish is refused with who moved it. A page has
// to name it (Actor::at_page), so that two clerks cannot overwrite each other; a program that has read nothing may leave it out.
#include "casework/events.h"

namespace yi::casework {

struct Consult {
  DepartmentCode department;
  WindowCode window;
  Channel channel = Channel::window;
  std::optional<MatterCode> matter;
  std::optional<Text<500>> question;
};
BOOST_DESCRIBE_STRUCT(Consult, (), (department, window, channel, matter, question))

struct Applying {
  MatterCode matter;
  ApplicantKind applicant_kind = ApplicantKind::legal;
  Text<120> applicant;
  std::optional<Text<18>> applicant_id;  // citizen number or unified social credit code, by applicant_kind
  std::optional<Text<20>> phone;
  std::optional<Text<200>> address;
  std::optional<Text<60>> legal_representative;
  std::optional<AgentPerson> agent;      // 代办人
  std::vector<Text<120>> materials;
  std::optional<std::vector<Handed>> handed;  // of `materials` those that were counted, for the receipt
};
BOOST_DESCRIBE_STRUCT(Applying, (), (matter, applicant_kind, applicant, applicant_id, phone, address, legal_representative, agent, materials, handed))
struct Receive : Applying {
  WindowCode window;
  std::optional<Source> source;          // window, unless it came by mail
};
BOOST_DESCRIBE_STRUCT(Receive, (Applying), (window, source))
struct Submit : Applying {
  std::optional<std::vector<Text<120>>> commitments;  // 告知承诺: proofs that the applicant would rather promise than bring
};
BOOST_DESCRIBE_STRUCT(Submit, (Applying), (commitments))

struct AboutCase {
  CaseId case_id;
  std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(AboutCase, (), (case_id, version))

// One shape for the acts that need few words; what each must name is checked by its rule.
struct TakeStep : AboutCase {
  std::optional<WindowCode> window;
  std::optional<Text<500>> reason;
  std::optional<Text<40>> code;
  std::optional<std::vector<Text<60>>> people;
  std::optional<Text<120>> authority;
  std::optional<bool> outcome;
  std::optional<Text<200>> legal_basis;  // of a termination
  std::optional<CivilDay> answer_by;     // of a notice to third parties, whose names are `people`
  std::optional<OverdueLimit> limit;     // of an explanation; none: the first that waits for one
};
BOOST_DESCRIBE_STRUCT(TakeStep, (AboutCase), (window, reason, code, people, authority, outcome, legal_basis, answer_by, limit))

// 一次性告知: before acceptance, in the pre-review or in review, as the case stands.
struct RequestCorrection : AboutCase {
  std::optional<WindowCode> window;
  std::vector<Defect> defects;
  std::optional<Text<500>> second_reason;
};
BOOST_DESCRIBE_STRUCT(RequestCorrection, (AboutCase), (window, defects, second_reason))
// 补正、当场补充、容缺补交、修改后重新提交, as the case stands.
struct SupplyMaterials : AboutCase {
  std::optional<WindowCode> window;
  std::vector<Text<120>> materials;
  std::optional<std::vector<Handed>> handed;
  std::optional<bool> deferred;  // while a correction is awaited in review: deferred papers, which do not answer it
};
BOOST_DESCRIBE_STRUCT(SupplyMaterials, (AboutCase), (window, materials, handed, deferred))

struct DeferredPromise {
  Text<120> material;
  CivilDay by;
};
BOOST_DESCRIBE_STRUCT(DeferredPromise, (), (material, by))
struct Accept : AboutCase {
  std::optional<WindowCode> window;
  std::vector<DeferredPromise> deferred;   // 容缺: with the applicant's signed promise
  std::vector<Text<120>> commitments;      // 告知承诺: instead of these proofs
};
BOOST_DESCRIBE_STRUCT(Accept, (AboutCase), (window, deferred, commitments))

struct RefuseAcceptance : AboutCase {
  std::optional<WindowCode> window;
  Text<500> reason;
  NotAcceptedBecause because = NotAcceptedBecause::other;
  std::optional<Text<120>> competent_authority;
  std::optional<Text<200>> legal_basis;
};
BOOST_DESCRIBE_STRUCT(RefuseAcceptance, (AboutCase), (window, reason, because, competent_authority, legal_basis))

struct Transfer : AboutCase {
  WindowCode window;
  Holder to = Holder::department;
  Text<60> signed_by;
  std::optional<Text<500>> reason;       // why an 即办件 cannot be decided on the spot
};
BOOST_DESCRIBE_STRUCT(Transfer, (AboutCase), (window, to, signed_by, reason))

struct Suspend : AboutCase {
  catalog::SuspensionKind kind{};
  Text<500> reason;
  Text<60> approver;
  CivilDay planned_end;
};
BOOST_DESCRIBE_STRUCT(Suspend, (AboutCase), (kind, reason, approver, planned_end))
struct Resume : AboutCase {
  Text<500> result;
};
BOOST_DESCRIBE_STRUCT(Resume, (AboutCase), (result))
struct Extend : AboutCase {
  std::int32_t days = 0;
  Text<500> reason;
  Text<60> approver;
};
BOOST_DESCRIBE_STRUCT(Extend, (AboutCase), (days, reason, approver))

struct Decide : AboutCase {
  Decision decision = Decision::grant;
  std::optional<Text<500>> reason;
  std::optional<Text<64>> certificate_number;
  std::optional<Text<200>> standard;
  std::optional<Text<200>> legal_basis;  // of a refusal
  std::optional<Text<300>> heard;
};
BOOST_DESCRIBE_STRUCT(Decide, (AboutCase), (decision, reason, certificate_number, standard, legal_basis, heard))

struct Issue : AboutCase {
  WindowCode window;
  Delivery delivery = Delivery::window;
  std::optional<Text<60>> received_by;   // at a window; elsewhere the signature comes later (签收)
  std::optional<Text<60>> tracking_number;
};
BOOST_DESCRIBE_STRUCT(Issue, (AboutCase), (window, delivery, received_by, tracking_number))

struct Withdraw : AboutCase {
  std::optional<WindowCode> window;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (AboutCase), (window, reason))

// 冲正 of the case's last act.
struct Reverse : AboutCase {
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Reverse, (AboutCase), (reason))

struct Evaluate : AboutCase {
  std::int32_t level = 1;
  std::optional<Channel> channel;        // none: at the window; from an applicant's account it is online and without a window, whatever is said
  std::optional<WindowCode> window;
  std::optional<Text<500>> comment;
};
BOOST_DESCRIBE_STRUCT(Evaluate, (AboutCase), (level, channel, window, comment))

struct ReceiveResult {
  MatterCode matter;
  WindowCode window;
  Text<64> foreign_number;
  CivilDay decided_on;
  std::vector<Text<120>> handed_over;
  Text<60> signed_by;
};
BOOST_DESCRIBE_STRUCT(ReceiveResult, (), (matter, window, foreign_number, decided_on, handed_over, signed_by))

struct CarryOver {
  MatterCode matter;
  WindowCode window;
  Text<64> foreign_number;
  CivilDay accepted_on;  // what was received and not yet accepted is received anew
  std::optional<CivilDay> decided_on;
};
BOOST_DESCRIBE_STRUCT(CarryOver, (), (matter, window, foreign_number, accepted_on, decided_on))

}  // namespace yi::casework
