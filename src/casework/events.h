#pragma once
// The facts of a case's life. Names and versions are for ever; a change of meaning is a new version with an upcaster.
// The streams are "case:<CaseId>" and, for consultations, "consultation:<day>".
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace yi::casework {

enum class Channel { window, phone, online };                  // 渠道
BOOST_DESCRIBE_ENUM(Channel, window, phone, online)
enum class ApplicantKind { natural, legal };                   // 自然人 / 法人
BOOST_DESCRIBE_ENUM(ApplicantKind, natural, legal)
enum class CaseType { instant, promised };                     // 即办件 / 承诺件 (GB/T 39046 A.6: 1, 2)
BOOST_DESCRIBE_ENUM(CaseType, instant, promised)
enum class Decision { grant, refuse };                         // 准予 / 不予
BOOST_DESCRIBE_ENUM(Decision, grant, refuse)
enum class Delivery { window, post, electronic, locker };      // 窗口领取 / 邮寄 / 电子送达 / 自助柜
BOOST_DESCRIBE_ENUM(Delivery, window, post, electronic, locker)
// Who holds the papers. A transfer is a signed hand-over from one to another.
enum class Holder { reception_window, department, issue_window };
BOOST_DESCRIBE_ENUM(Holder, reception_window, department, issue_window)

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

// 收件: papers were taken; the notice clock begins (行政许可法 §32). Not yet accepted.
struct Received {
  static constexpr std::string_view kName = "casework.received/1";
  Text<24> number;                      // 办件编号, casework.md §4.6
  MatterCode matter;
  std::int32_t matter_version = 1;
  DepartmentCode department;
  WindowCode window;
  CaseType type = CaseType::promised;
  ApplicantKind applicant_kind = ApplicantKind::legal;
  Text<120> applicant;
  std::optional<Text<18>> applicant_id;  // checked; encrypted from part 2 on
  std::vector<Text<120>> materials;      // received, by name
  std::optional<std::int32_t> missing;   // how many papers the matter requires beyond those; which, its version says
  std::optional<CivilDay> notice_due;    // §32(1)(4): 5 working days, or the case is accepted by law from the receipt day
};
BOOST_DESCRIBE_STRUCT(Received, (), (number, matter, matter_version, department, window, type, applicant_kind, applicant, applicant_id, materials, missing, notice_due))

// 受理: a legal act of its own; the decision clocks begin. The due days are those that the notice tells the applicant.
struct Accepted {
  static constexpr std::string_view kName = "casework.accepted/1";
  DepartmentCode department;
  WindowCode window;
  std::optional<CivilDay> statutory_due;
  std::optional<CivilDay> promised_due;
  std::optional<bool> by_law;            // true: the notice's limit had passed; effective from the receipt day (§32(1)(4))
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (department, window, statutory_due, promised_due, by_law))

// 不予受理 (行政许可法 §32(1)(1), (2)).
struct AcceptanceRefused {
  static constexpr std::string_view kName = "casework.acceptance_refused/1";
  DepartmentCode department;
  WindowCode window;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(AcceptanceRefused, (), (department, window, reason))

// 流转: a hand-over with the receiver's signature. One case can count several times.
struct Transferred {
  static constexpr std::string_view kName = "casework.transferred/1";
  DepartmentCode department;
  WindowCode window;
  Holder from = Holder::reception_window;
  Holder to = Holder::department;
  Text<60> signed_by;                    // the receiver's account or name
};
BOOST_DESCRIBE_STRUCT(Transferred, (), (department, window, from, to, signed_by))

struct Decided {
  static constexpr std::string_view kName = "casework.decided/1";
  DepartmentCode department;
  Decision decision = Decision::grant;
  std::optional<Text<500>> reason;       // required for refuse (行政许可法 §38(2))
  std::optional<CivilDay> delivery_due;  // grants alone; permits: 10 working days (§44)
};
BOOST_DESCRIBE_STRUCT(Decided, (), (department, decision, reason, delivery_due))

// 颁发、送达: the end of a case's life at the issue window.
struct Issued {
  static constexpr std::string_view kName = "casework.issued/1";
  DepartmentCode department;
  WindowCode window;
  Delivery delivery = Delivery::window;
  Text<60> received_by;                  // 签收人
};
BOOST_DESCRIBE_STRUCT(Issued, (), (department, window, delivery, received_by))

struct Withdrawn {
  static constexpr std::string_view kName = "casework.withdrawn/1";
  DepartmentCode department;
  WindowCode window;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), (department, window, reason))

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
};
BOOST_DESCRIBE_STRUCT(ResultReceivedForIssue, (), (number, matter, matter_version, department, window, foreign_number, decided_on, handed_over, delivery_due, signed_by))

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
};
BOOST_DESCRIBE_STRUCT(CarriedOver, (), (number, matter, matter_version, department, window, type, foreign_number, accepted_on, decided_on, statutory_due, promised_due, delivery_due))

}  // namespace yi::casework
