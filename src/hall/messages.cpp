#include "hall/messages.h"

#include <algorithm>

#include "base/refusal_table.h"
#include "base/text.h"
#include "hall/guard_parts.h"

namespace yi::hall {
namespace {
using engine::Turn;
using store::Merge;
using store::Personal;
using store::Type;
using store::Value;

constexpr int kTries = 3;
constexpr std::int64_t kPatienceMs = 10 * 60'000;
constexpr int kAtOnce = 20;

enum class MessageRefused { bad_phone, asked_already, too_many, asked_too_many, unknown_message, not_yours };
constexpr RefusalRow<MessageRefused> kWords[] = {
    {MessageRefused::bad_phone, "hall.bad_phone", "手机号码不对。", "请核对十一位手机号码。", 422, "/phone"},
    {MessageRefused::asked_already, "hall.link_asked_already", "这次来访已经发过评价链接。", "没有收到的，可以扫号票上的二维码评价。", 409, "/ticket"},
    {MessageRefused::too_many, "hall.too_many_links", "这个号码今天收到的评价链接已经够多。", "请来访的人扫号票上的二维码评价，或在评价器上评价。", 409, "/phone"},
    {MessageRefused::asked_too_many, "hall.asked_too_many_links", "您的账号今天发出的评价链接已经够多。", "请来访的人扫号票上的二维码评价，或在评价器上评价。", 409, ""},
    {MessageRefused::unknown_message, "hall.unknown_message", "没有这条短信。", "请核对编号。", 404, "/message"},
    {MessageRefused::not_yours, "hall.message_not_handed_over", "这条短信没有交给发送程序，或已经有了结果。", "请重新领取待发的短信。", 409, "/message"},
};
Refusal refusal(MessageRefused what) { return refusal_of(kWords, what); }

std::vector<std::string> codes() {
  auto all = codes_of(kWords);
  for (auto& c : ticket_refusal_codes()) all.push_back(std::move(c));
  return all;
}

bool is_mobile(std::string_view s) { return s.size() == 11 && s[0] == '1' && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; }); }
std::string stream_of(MessageId id) { return "message:" + std::to_string(id.value); }

// The number, until its owner is erased.
class RecipientReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"hall_message_recipient", 1, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"message", Type::integer}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed}, {"stream", Type::text}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {EvaluationLinkAsked::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto a = f.as<EvaluationLinkAsked>();
    out.put({f.centre.value, f.seq, a.recipient ? a.recipient->value : 0, a.sealed ? Value(*a.sealed) : Value(), f.record.stream});
  }
};

struct AskOutbox {
  Text<64> key;
};
BOOST_DESCRIBE_STRUCT(AskOutbox, (), (key))
struct AskReport {
  Text<64> key;
  MessageId message;
  bool sent = false;
  std::optional<Text<120>> note;
};
BOOST_DESCRIBE_STRUCT(AskReport, (), (key, message, sent, note))
struct OutMessage {
  MessageId message;
  std::string phone, text;
};
BOOST_DESCRIBE_STRUCT(OutMessage, (), (message, phone, text))
struct Outbox {
  std::vector<OutMessage> messages;
};
BOOST_DESCRIBE_STRUCT(Outbox, (), (messages))
struct Reported {
  MessageId message;
};
BOOST_DESCRIBE_STRUCT(Reported, (), (message))

std::vector<MessageId> waiting(const DeviceParts& p) {
  std::vector<MessageId> out;
  auto reader = p.engine.reader();
  const auto now = p.engine.clock().now();
  for (const auto status : {MessageStatus::waiting, MessageStatus::handed_over}) {
    auto c = reader->select(
        "SELECT m.message FROM hall_message m JOIN hall_message_recipient r ON r.centre=m.centre AND r.message=m.message "
        "WHERE m.centre=$1 AND m.status=$2 AND m.since<=$3 AND r.sealed IS NOT NULL ORDER BY m.message LIMIT $4",
        {p.engine.centre().value, static_cast<int>(status), status == MessageStatus::waiting ? now.ms : now.ms - kPatienceMs, kAtOnce - static_cast<int>(out.size())});
    while (c->next()) out.push_back({c->integer(0)});
  }
  return out;
}

std::string filled(std::string text, std::string_view slot, std::string_view with) {
  if (const auto at = text.find(slot); at != text.npos) text.replace(at, slot.size(), with);
  return text;
}

Outbox words_of(const DeviceParts& p, const std::vector<MessageId>& ids) {
  Outbox out;
  auto reader = p.engine.reader();
  const auto centre = p.engine.centre();
  for (const auto id : ids) {
    auto c = reader->select(
        "SELECT r.subject, r.sealed, r.stream, m.ticket FROM hall_message_recipient r JOIN hall_message m ON m.centre=r.centre AND m.message=r.message "
        "WHERE r.centre=$1 AND r.message=$2 AND r.sealed IS NOT NULL",
        {centre.value, id.value});
    if (!c->next()) continue;
    const auto r = p.engine.keys().open<Recipient>(std::string(c->bytes(1)), SubjectId{c->integer(0)}, {centre, EvaluationLinkAsked::kName, std::string(c->bytes(2))});
    if (!r) continue;
    auto text = filled(p.ground.lines->rating_message, "{hall}", p.hall_name);
    text = filled(std::move(text), "{link}", p.online_address + "/visit/" + visit_token(p.engine.keys(), {c->integer(3)}) + "?by=sms");
    out.messages.push_back({id, std::string(r->phone), std::move(text)});
  }
  return out;
}

}  // namespace

const store::View& MessageState::view() {
  static const store::View v{"hall_message", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"message", Type::integer}, {"ticket", Type::integer}, {"status", Type::integer}, {"since", Type::integer}, {"tries", Type::integer}},
                             {{"centre", "status", "message"}}};
  return v;
}
void MessageState::append_row(store::Row& r) const {
  r.emplace_back(ticket);
  r.emplace_back(static_cast<int>(status));
  r.emplace_back(since.ms);
  r.emplace_back(tries);
}
MessageState MessageState::from(const store::Row& r) { return {r[2].i, static_cast<MessageStatus>(r[3].i), Instant{r[4].i}, static_cast<int>(r[5].i)}; }
bool MessageState::may_be_fetched(Instant now) const {
  return status == MessageStatus::waiting || (status == MessageStatus::handed_over && now.ms - since.ms >= kPatienceMs);
}
void MessageGuard::apply(const engine::RecordedFact& f) {
  const auto name = f.record.name;
  if (name == EvaluationLinkAsked::kName) {
    change_new(f.seq) = {f.as<EvaluationLinkAsked>().ticket.value, MessageStatus::waiting, f.record.recorded_at, 0};
  } else if (name == MessageHandedOver::kName) {
    auto& s = change(f.as<MessageHandedOver>().message.value);
    s.status = MessageStatus::handed_over;
    s.since = f.record.recorded_at;
    ++s.tries;
  } else {
    const auto r = f.as<MessageReported>();
    auto& s = change(r.message.value);
    s.status = r.sent ? MessageStatus::sent : s.tries >= kTries ? MessageStatus::failed : MessageStatus::waiting;
    s.since = f.record.recorded_at;
  }
}

const store::View& LinkState::view() {
  static const store::View v = counter("hall_evaluation_link", "ticket", Type::integer, "message");
  return v;
}

void LinksOfADay::count(CivilDay today) {
  links = day == today ? links + 1 : 1;
  day = today;
}
void LinksOfADay::append_row(store::Row& r) const {
  r.emplace_back(day.days);
  r.emplace_back(links);
}
void LinksOfADay::read(const store::Row& r) {
  day = {static_cast<std::int32_t>(r[2].i)};
  links = static_cast<int>(r[3].i);
}

const store::View& LinkCountState::view() {
  static const store::View v{"hall_link_count", 1, store::ViewKind::guard, 2, {{"centre", Type::integer}, {"recipient", Type::integer}, {"day", Type::integer}, {"links", Type::integer}}};
  return v;
}
LinkCountState LinkCountState::from(const store::Row& r) {
  LinkCountState s;
  s.read(r);
  return s;
}
void LinkCountGuard::apply(const engine::RecordedFact& f) {
  if (const auto a = f.as<EvaluationLinkAsked>(); a.recipient) change(a.recipient->value).count(civil_day(f.record.recorded_at));
}

const store::View& LinkAskerState::view() {
  static const store::View v{"hall_link_asker", 1, store::ViewKind::guard, 2, {{"centre", Type::integer}, {"account", Type::text}, {"day", Type::integer}, {"links", Type::integer}}};
  return v;
}
LinkAskerState LinkAskerState::from(const store::Row& r) {
  LinkAskerState s;
  s.read(r);
  return s;
}
void LinkAskerGuard::apply(const engine::RecordedFact& f) { change(std::string(f.as<EvaluationLinkAsked>().by)).count(civil_day(f.record.recorded_at)); }

void declare_messages(engine::Registry& registry, const MayRate& may_rate, const identity::Subjects& subjects, LinkLimits limits) {
  auto& messages = registry.add_guard<MessageGuard>();
  auto& links = registry.add_guard<LinkGuard>();
  auto& counts = registry.add_guard<LinkCountGuard>();
  auto& askers = registry.add_guard<LinkAskerGuard>();
  registry.add_report<RecipientReport>();
  auto ask = engine::command<AskEvaluationLink>("hall.ask_evaluation_link", "短信发送评价链接", codes(), [&links, &counts, &askers, may_rate, subjects, limits](Turn& turn, const AskEvaluationLink& c) -> Checked {
    if (!is_mobile(c.phone)) return refusal(MessageRefused::bad_phone);
    YI_CHECK(may_rate(turn, c.ticket));
    if (links.find(c.ticket.value)) return refusal(MessageRefused::asked_already);
    const auto today = civil_day(turn.now());
    // Whoever has links of many visits sent to one phone rates for others.
    if (const auto known = subjects.find(turn, identity::IdKind::phone, c.phone))
      if (const auto* sent = counts.find(known->value); sent && sent->reached(limits.per_number, today)) return refusal(MessageRefused::too_many);
    // And so does whoever has a drawer of phones.
    if (const auto* asked = askers.find(turn.actor().account); asked && asked->reached(limits.per_account, today)) return refusal(MessageRefused::asked_too_many);
    EvaluationLinkAsked fact{c.ticket, Text<64>(turn.actor().account), subjects.subject_of(turn, identity::IdKind::phone, c.phone), {}};
    turn.fact(stream_of({turn.next_position()}), turn.now(), fact, Recipient{c.phone}, *fact.recipient);
    return Done{};
  });
  ask.audit_class = "personal";
  registry.commands.push_back(std::move(ask));
  auto hand = engine::command<HandOverMessages>("hall.hand_over_messages", "短信交给发送程序", codes(), [&messages](Turn& turn, const HandOverMessages& c) -> Checked {
    for (const auto id : c.messages) {
      const auto* s = messages.find(id.value);
      if (!s) return refusal(MessageRefused::unknown_message);
      if (!s->may_be_fetched(turn.now())) return refusal(MessageRefused::not_yours);
    }
    for (const auto id : c.messages) turn.fact(stream_of(id), MessageHandedOver{id, c.to});
    return Done{};
  });
  hand.has_door = false;
  registry.commands.push_back(std::move(hand));
  auto report = engine::command<ReportMessage>("hall.report_message", "短信发送结果", codes(), [&messages](Turn& turn, const ReportMessage& c) -> Checked {
    const auto* s = messages.find(c.message.value);
    if (!s) return refusal(MessageRefused::unknown_message);
    if (s->status != MessageStatus::handed_over) return refusal(MessageRefused::not_yours);
    turn.fact(stream_of(c.message), MessageReported{c.message, c.sent, c.note});
    return Done{};
  });
  report.has_door = false;
  registry.commands.push_back(std::move(report));
}

void add_message_doors(http::Router& router, const DeviceParts& parts) {
  auto box = device_door("/api/hall/outbox", "hall.outbox", "短信网关：领取待发的短信", json::schema<AskOutbox>(), json::schema<Outbox>(), codes());
  box.handle = device_handler<AskOutbox>(parts, ScreenKind::sender, [](const DeviceParts& p, const AskOutbox&, const Screen& screen, const http::Request& request) -> Result<http::Response> {
    const auto ids = waiting(p);
    if (ids.empty()) return json_reply(json::write(Outbox{}));
    // What leaves is a fact first: who has seen a number is in the ledger.
    YI_TRY(const auto answer, give(p.engine, request, "hall.hand_over_messages", json::write(HandOverMessages{ids, Text<64>(device_actor(screen).account)}), device_actor(screen)));
    return json_reply(json::write(words_of(p, ids)), answer);
  });
  router.add(std::move(box));

  auto report = device_door("/api/hall/outbox/report", "hall.outbox_report", "短信网关：发送结果", json::schema<AskReport>(), json::schema<Reported>(), codes());
  report.handle = device_handler<AskReport>(parts, ScreenKind::sender, [](const DeviceParts& p, const AskReport& asked, const Screen& screen, const http::Request& request) -> Result<http::Response> {
    YI_TRY(const auto answer, give(p.engine, request, "hall.report_message", json::write(ReportMessage{asked.message, asked.sent, asked.note}), device_actor(screen)));
    return json_reply(json::write(Reported{asked.message}), answer);
  });
  router.add(std::move(report));
}

}  // namespace yi::hall
