#pragma once
// The outbox of rating links (docs/decisions/0033): who wishes to rate later leaves a phone number at the window, and a sender, which is a
// device with a key of its own, fetches what waits, sends it, and says how it went. The program sends nothing itself and knows no provider.
// Stream: "message:<n>", n the ledger position of what asked for it.
#include "base/json.h"
#include "engine/engine.h"
#include "engine/guard.h"
#include "hall/devices.h"
#include "hall/ticket_declare.h"
#include "identity/subjects.h"

namespace yi::hall {

using MessageId = Id<struct MessageTag>;

struct Recipient {  // sealed
  Text<20> phone;
};
BOOST_DESCRIBE_STRUCT(Recipient, (), (phone))
struct EvaluationLinkAsked {
  static constexpr std::string_view kName = "hall.evaluation_link_asked/1";
  TicketId ticket;
  Text<64> by;
  std::optional<SubjectId> recipient;
  std::optional<store::SealedText> sealed;
};
BOOST_DESCRIBE_STRUCT(EvaluationLinkAsked, (), (ticket, by, recipient, sealed))
// A sender has the number and the words: from now on it is known who has seen them.
struct MessageHandedOver {
  static constexpr std::string_view kName = "hall.message_handed_over/1";
  MessageId message;
  Text<64> to;  // the device
};
BOOST_DESCRIBE_STRUCT(MessageHandedOver, (), (message, to))
struct MessageReported {
  static constexpr std::string_view kName = "hall.message_reported/1";
  MessageId message;
  bool sent = false;
  std::optional<Text<120>> note;  // the provider's reference, or why not
};
BOOST_DESCRIBE_STRUCT(MessageReported, (), (message, sent, note))

struct AskEvaluationLink {
  TicketId ticket;
  Text<20> phone;
};
BOOST_DESCRIBE_STRUCT(AskEvaluationLink, (), (ticket, phone))
struct HandOverMessages {
  std::vector<MessageId> messages;
  Text<64> to;
};
BOOST_DESCRIBE_STRUCT(HandOverMessages, (), (messages, to))
struct ReportMessage {
  MessageId message;
  bool sent = false;
  std::optional<Text<120>> note;
};
BOOST_DESCRIBE_STRUCT(ReportMessage, (), (message, sent, note))

// failed: three times; a sender that reports nothing for ten minutes has lost what it fetched.
enum class MessageStatus { waiting, handed_over, sent, failed };
BOOST_DESCRIBE_ENUM(MessageStatus, waiting, handed_over, sent, failed)
struct MessageState {
  std::int64_t ticket = 0;
  MessageStatus status = MessageStatus::waiting;
  Instant since{};
  int tries = 0;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static MessageState from(const store::Row& r);
  bool may_be_fetched(Instant now) const;
};
class MessageGuard : public engine::GuardTable<std::int64_t, MessageState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {EvaluationLinkAsked::kName, MessageHandedOver::kName, MessageReported::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
// Which tickets were sent a link: one each.
struct LinkState {
  std::int64_t message = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(message); }
  static LinkState from(const store::Row& r) { return {r[2].i}; }
};
class LinkGuard : public engine::GuardTable<std::int64_t, LinkState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {EvaluationLinkAsked::kName}; }
  void apply(const engine::RecordedFact& fact) override { change(fact.as<EvaluationLinkAsked>().ticket.value).message = fact.seq; }
};

// Links of the last day that had any.
struct LinksOfADay {
  CivilDay day{};
  int links = 0;
  void count(CivilDay today);
  bool reached(int limit, CivilDay today) const { return day == today && links >= limit; }
  void append_row(store::Row& r) const;

 protected:
  void read(const store::Row& r);
};
// Those that a number was sent, by the subject that the number is.
struct LinkCountState : LinksOfADay {
  static const store::View& view();
  static LinkCountState from(const store::Row& r);
};
class LinkCountGuard : public engine::GuardTable<std::int64_t, LinkCountState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {EvaluationLinkAsked::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
// Those that an account asked for.
struct LinkAskerState : LinksOfADay {
  static const store::View& view();
  static LinkAskerState from(const store::Row& r);
};
class LinkAskerGuard : public engine::GuardTable<std::string, LinkAskerState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {EvaluationLinkAsked::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// Links on one calendar day, at most: to one number, whoever asks, and asked for by one account, to whatever numbers.
struct LinkLimits {
  int per_number = 0, per_account = 0;
};
// Commands hall.ask_evaluation_link, and without doors hall.hand_over_messages, hall.report_message.
void declare_messages(engine::Registry& registry, const MayRate& may_rate, const identity::Subjects& subjects, LinkLimits limits);
// POST /api/hall/outbox, …/report, for a sender's key.
void add_message_doors(http::Router& router, const DeviceParts& parts);

}  // namespace yi::hall
