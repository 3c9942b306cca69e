#pragma once
// 分发: who gets an issue, and what came of it (docs/decisions/0039). Facts, wishes, state. Stream: "bulletin:<week>".
#include "bulletin/issue.h"

namespace yi::bulletin {

// Sealed: whom an address belongs to is nobody's business.
struct MailAddress {
  std::int32_t receiver = 0;
  Text<254> mail;
};
BOOST_DESCRIBE_STRUCT(MailAddress, (), (receiver, mail))
struct MailAddresses {
  std::vector<MailAddress> list;
};
BOOST_DESCRIBE_STRUCT(MailAddresses, (), (list))

struct ReceiverEntry {
  std::int32_t receiver = 0;  // from 1 in its issue
  Text<60> name;
  Way way{};
  std::optional<Text<64>> account;
  std::int32_t copies = 0;
  bool internal = false;
};
BOOST_DESCRIBE_STRUCT(ReceiverEntry, (), (receiver, name, way, account, copies, internal))
struct IssueDistributed {
  static constexpr std::string_view kName = "bulletin.issue_distributed/1";
  CivilDay week;
  std::vector<ReceiverEntry> receivers;
  Text<64> by;
  std::optional<SubjectId> subject;
  std::optional<store::SealedText> sealed;  // MailAddresses
};
BOOST_DESCRIBE_STRUCT(IssueDistributed, (), (week, receivers, by, subject, sealed))
// 签收 in the system.
struct IssueReceived {
  static constexpr std::string_view kName = "bulletin.issue_received/1";
  CivilDay week;
  std::vector<std::int32_t> receivers;  // one account may stand on the list twice
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(IssueReceived, (), (week, receivers, by))
struct MailTried {
  static constexpr std::string_view kName = "bulletin.mail_tried/1";
  CivilDay week;
  std::int32_t receiver = 0;
  bool sent = false;
  bool last = false;        // not sent, and not tried again by itself
  Text<300> answer;         // of the mail server, without addresses
};
BOOST_DESCRIBE_STRUCT(MailTried, (), (week, receiver, sent, last, answer))
struct MailAsked {          // again, by a person
  static constexpr std::string_view kName = "bulletin.mail_asked/1";
  CivilDay week;
  std::int32_t receiver = 0;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(MailAsked, (), (week, receiver, by))
struct CopiesHanded {
  static constexpr std::string_view kName = "bulletin.copies_handed/1";
  CivilDay week;
  std::int32_t receiver = 0, copies = 0;  // below zero: taken back
  std::optional<Text<60>> signed_by;      // who took them
  Text<64> by;
  std::optional<Text<500>> reason;        // of what is taken back
};
BOOST_DESCRIBE_STRUCT(CopiesHanded, (), (week, receiver, copies, signed_by, by, reason))

struct DistributeIssue {
  CivilDay week;
  std::vector<Receiver> receivers;
};
BOOST_DESCRIBE_STRUCT(DistributeIssue, (), (week, receivers))
struct ReceiveIssue {
  CivilDay week;
};
BOOST_DESCRIBE_STRUCT(ReceiveIssue, (), (week))
struct RecordMail {         // the program's own
  CivilDay week;
  std::int32_t receiver = 0;
  bool sent = false, last = false;
  Text<300> answer;
};
BOOST_DESCRIBE_STRUCT(RecordMail, (), (week, receiver, sent, last, answer))
struct MailAgain {
  CivilDay week;
  std::int32_t receiver = 0;
};
BOOST_DESCRIBE_STRUCT(MailAgain, (), (week, receiver))
struct HandCopies {
  CivilDay week;
  std::int32_t receiver = 0, copies = 0;  // below zero: takes back, with a reason
  std::optional<Text<60>> signed_by;
  std::optional<Text<500>> reason;
};
BOOST_DESCRIBE_STRUCT(HandCopies, (), (week, receiver, copies, signed_by, reason))

enum class ReceiverStage { waiting, sent, failed, received };  // of paper: received when every copy is handed over
BOOST_DESCRIBE_ENUM(ReceiverStage, waiting, sent, failed, received)
struct ReceiverState {
  CivilDay week{};
  std::int32_t receiver = 0;
  std::string name, account;
  Way way{};
  ReceiverStage stage = ReceiverStage::waiting;
  std::int32_t copies = 0, handed = 0, tries = 0;
  bool internal = false;
  std::string answer;          // the mail server's last words, or who took the copies
  Instant at{};                // of the last change
  std::int64_t distributed = 0;  // ledger position of the list it came with
  static const store::View& view();
  void append_row(store::Row& r) const;
  static ReceiverState from(const store::Row& r);
};
class ReceiverGuard : public engine::GuardTable<std::string, ReceiverState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  // The numbers of an account's own entries of an issue; of committed state.
  std::vector<std::int32_t> of_account(CivilDay week, const std::string& account);
};

}  // namespace yi::bulletin
