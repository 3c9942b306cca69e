#pragma once
// Wishes about cases. What may be wished when stands in act_table.h; who may wish it, in part 2's role table.
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

struct Receive {
  MatterCode matter;
  WindowCode window;
  ApplicantKind applicant_kind = ApplicantKind::legal;
  Text<120> applicant;
  std::optional<Text<18>> applicant_id;  // citizen number or unified social credit code, by applicant_kind
  std::vector<Text<120>> materials;
};
BOOST_DESCRIBE_STRUCT(Receive, (), (matter, window, applicant_kind, applicant, applicant_id, materials))

struct Accept {
  CaseId case_id;
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(Accept, (), (case_id, window))

struct RefuseAcceptance {
  CaseId case_id;
  WindowCode window;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(RefuseAcceptance, (), (case_id, window, reason))

struct Transfer {
  CaseId case_id;
  WindowCode window;
  Holder to = Holder::department;
  Text<60> signed_by;
};
BOOST_DESCRIBE_STRUCT(Transfer, (), (case_id, window, to, signed_by))

struct Decide {
  CaseId case_id;
  Decision decision = Decision::grant;
  std::optional<Text<500>> reason;
};
BOOST_DESCRIBE_STRUCT(Decide, (), (case_id, decision, reason))

struct Issue {
  CaseId case_id;
  WindowCode window;
  Delivery delivery = Delivery::window;
  Text<60> received_by;
};
BOOST_DESCRIBE_STRUCT(Issue, (), (case_id, window, delivery, received_by))

struct Withdraw {
  CaseId case_id;
  WindowCode window;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), (case_id, window, reason))

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
