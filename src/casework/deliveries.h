#pragma once
// 送达: how one paper of a case reached whom it is for, recorded when it is known: signed for, refused and left, announced. It is
// no act of the case: what was posted is signed for days after the case has ended (docs/documents.md).
#include <vector>

#include "casework/declare.h"
#include "casework/document_kind.h"

namespace yi::casework {

// Names of who signed and of witnesses are personal; sealed under the applicant's key.
struct DeliveryPerson {
  std::optional<Text<60>> received_by;   // 签收人
  std::optional<Text<60>> relation;      // 代收人与受送达人的关系
  std::optional<Text<300>> remark;       // 拒收理由和见证人、公告的地方、受委托的机关
};
BOOST_DESCRIBE_STRUCT(DeliveryPerson, (), (received_by, relation, remark))

// In the stream of the case's papers.
struct PaperDelivered {
  static constexpr std::string_view kName = "casework.paper_delivered/1";
  CaseId case_id;
  Text<24> number;                       // of the case
  DepartmentCode department;
  std::optional<DocumentKind> document;  // none: the result that was issued
  Delivery way = Delivery::window;
  std::optional<Text<60>> tracking_number;
  CivilDay delivered_on;                 // the periods of 复议 and 诉讼 begin with it
  bool signed_for = true;                // false: refused and left with witnesses, or announced
  std::optional<WindowCode> window;
  std::optional<SubjectId> subject;      // under whose key the names lie: the applicant's, or of a case without people one of their own
  std::optional<Text<60>> received_by, relation;  // of a case without people, in ledgers written before those were sealed too
  std::optional<Text<300>> remark;
  std::optional<SealedText> sealed;      // DeliveryPerson
};
BOOST_DESCRIBE_STRUCT(PaperDelivered, (), (case_id, number, department, document, way, tracking_number, delivered_on, signed_for, window, subject, received_by, relation, remark, sealed))

// Given by the door that has looked which papers the case has given (paper_doors.cpp).
struct RecordDelivery {
  CaseId case_id;
  std::optional<DocumentKind> document;
  CivilDay made_on;                      // of the paper: it cannot arrive before
  Delivery way = Delivery::window;
  std::optional<Text<60>> tracking_number;
  CivilDay delivered_on;
  std::optional<Text<60>> received_by, relation;
  std::optional<Text<300>> remark;
  std::optional<WindowCode> window;
};
BOOST_DESCRIBE_STRUCT(RecordDelivery, (), (case_id, document, made_on, way, tracking_number, delivered_on, received_by, relation, remark, window))
inline constexpr const char* kRecordDelivery = "casework.record_delivery";

// 民事诉讼法 ch. 7 (§§88–95) names the ways; what each needs to be proved. Refusals: casework.tracking_required, casework.delivery_day,
// casework.delivery_unsigned, casework.delivery_unexplained.
Checked check_delivery(const RecordDelivery& c, CivilDay today);

// The command and the report; `cases` and `subjects` of the same registry.
void declare_deliveries(engine::Registry& registry, const CaseRegister& cases, const identity::Subjects& subjects);

std::string_view chinese_name(Delivery way);

// One recorded delivery, its names opened for who may hold the case's papers.
struct DeliveryView {
  Id<struct PositionTag> position;
  std::optional<DocumentKind> document;
  std::string document_name;             // 办理结果 for what was issued
  Delivery way{};
  std::string way_name;
  std::optional<std::string> tracking_number;
  CivilDay delivered_on;
  bool signed_for = true;
  std::optional<std::string> received_by, relation, remark;
};
BOOST_DESCRIBE_STRUCT(DeliveryView, (), (position, document, document_name, way, way_name, tracking_number, delivered_on, signed_for, received_by, relation, remark))
// The oldest first. Who may read them is judged before (may_hold_papers). Throws store::Failure where the ledger is damaged.
std::vector<DeliveryView> list_deliveries(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, CaseId id);

}  // namespace yi::casework
