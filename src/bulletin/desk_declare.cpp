#include "bulletin/desk_declare.h"

#include <algorithm>

#include "bulletin/desk_views.h"
#include "bulletin/paper_record.h"
#include "bulletin/week_views.h"

namespace yi::bulletin {
namespace {
using engine::Turn;

struct Desk {
  DeskGround ground;
  identity::Subjects subjects;
  PeriodGuard& periods;
  ItemGuard& items;
  IssueGuard& issues;
  NumberGuard& numbers;
  CorrectionGuard& corrections;
  ReceiverGuard& receivers;
  DeskContext context(const Turn& t) const { return {ground, t.now(), t.actor().account, t.actor().department}; }
};

std::string stream_of(CivilDay week) { return "bulletin:" + to_iso(week); }
std::string stream_of(ItemId item) { return "bulletin_item:" + std::to_string(item.value); }

template <class State>
std::optional<State> copy_of(const State* s) {
  return s ? std::optional(*s) : std::nullopt;
}
template <class T>
const T* pointer(const std::optional<T>& v) {
  return v ? &*v : nullptr;
}

template <class C, class Decide>
engine::CommandSpec spec(const char* name, const char* summary, Decide decide) {
  return engine::command<C>(name, summary, desk_refusal_codes(), decide);
}

// A wish about one item, decided with its issue.
template <class C>
engine::CommandSpec of_item(const char* name, const char* summary, const Desk& d) {
  return spec<C>(name, summary, [d](Turn& turn, const C& c) -> Checked {
    const auto item = copy_of(d.items.find(c.item.value));
    const auto issue = item ? copy_of(d.issues.find(item->week.days)) : std::nullopt;
    YI_TRY(const auto fact, decide(pointer(issue), pointer(item), c, d.context(turn)));
    turn.fact(stream_of(c.item), fact);
    return Done{};
  });
}
// A wish about one issue.
template <class C>
engine::CommandSpec of_issue(const char* name, const char* summary, const Desk& d) {
  return spec<C>(name, summary, [d](Turn& turn, const C& c) -> Checked {
    const auto issue = copy_of(d.issues.find(c.week.days));
    YI_TRY(const auto fact, decide(pointer(issue), c, d.context(turn)));
    turn.fact(stream_of(c.week), fact);
    return Done{};
  });
}
template <class C>
engine::CommandSpec of_correction(const char* name, const char* summary, const Desk& d) {
  return spec<C>(name, summary, [d](Turn& turn, const C& c) -> Checked {
    YI_TRY(const auto fact, decide(d.corrections.find(part_key(c.week, c.correction)), c, d.context(turn)));
    turn.fact(stream_of(c.week), fact);
    return Done{};
  });
}
template <class C>
engine::CommandSpec of_receiver(const char* name, const char* summary, const Desk& d) {
  return spec<C>(name, summary, [d](Turn& turn, const C& c) -> Checked {
    YI_TRY(const auto fact, decide(d.receivers.find(part_key(c.week, c.receiver)), c, d.context(turn)));
    turn.fact(stream_of(c.week), fact);
    return Done{};
  });
}
engine::CommandSpec pass(const char* name, const char* summary, SignOffStep step, const Desk& d) {
  return spec<PassStep>(name, summary, [d, step](Turn& turn, const PassStep& c) -> Checked {
    YI_TRY(const auto fact, decide(d.issues.find(c.week.days), c, step, d.context(turn)));
    turn.fact(stream_of(c.week), fact);
    return Done{};
  });
}
engine::CommandSpec send_back(const char* name, const char* summary, SignOffStep step, const Desk& d) {
  return spec<SendBackIssue>(name, summary, [d, step](Turn& turn, const SendBackIssue& c) -> Checked {
    YI_TRY(const auto fact, decide(d.issues.find(c.week.days), c, step, d.context(turn)));
    turn.fact(stream_of(c.week), fact);
    return Done{};
  });
}

template <class F>
std::vector<store::SealedText> seal_pieces(Turn& turn, const std::string& stream, const std::vector<PaperPiece>& pieces, SubjectId subject) {
  std::vector<store::SealedText> out;
  for (std::size_t i = 0; i < pieces.size(); ++i) out.push_back(turn.seal<F>(stream, SealedPiece{pieces[i]}, subject, sealed_part(i)));
  return out;
}

Neighbours neighbours(const Desk& d, CivilDay week) {
  const auto published = [&](CivilDay w) { return !d.issues.find(w.days); };  // it has an imprint, and never was on the desk
  const auto later = d.periods.imprints_after(week);
  return {d.periods.has_imprint(week) && published(week), d.issues.later_issued(week) || std::any_of(later.begin(), later.end(), published)};
}

void add_items(std::vector<engine::CommandSpec>& c, const Desk& d) {
  c.push_back(spec<SubmitItem>("bulletin.submit_item", "投稿", [d](Turn& turn, const SubmitItem& wish) -> Checked {
    YI_TRY(const auto fact, decide(d.issues.find(wish.week.days), wish, d.context(turn)));
    turn.fact(stream_of(ItemId{turn.next_position()}), fact);
    return Done{};
  }));
  c.push_back(of_item<ReviseItem>("bulletin.revise_item", "修改来稿", d));
  c.push_back(of_item<WithdrawItem>("bulletin.withdraw_item", "撤回来稿", d));
  c.push_back(of_item<ReturnItem>("bulletin.return_item", "退回来稿", d));
  c.push_back(of_item<DeclineItem>("bulletin.decline_item", "不采用来稿", d));
  c.push_back(spec<TakeItem>("bulletin.take_item", "采用来稿", [d](Turn& turn, const TakeItem& wish) -> Checked {
    const auto item = copy_of(d.items.find(wish.item.value));
    const auto issue = item ? copy_of(d.issues.find(item->week.days)) : std::nullopt;
    std::int32_t last = 0;
    if (item)
      for (const auto n : d.items.taken(item->week))
        if (const auto* other = d.items.find(n)) last = std::max(last, other->rank);
    YI_TRY(const auto fact, decide(pointer(issue), pointer(item), wish, last, d.context(turn)));
    turn.fact(stream_of(wish.item), fact);
    return Done{};
  }));
  c.push_back(spec<MergeItems>("bulletin.merge_items", "合并来稿", [d](Turn& turn, const MergeItems& wish) -> Checked {
    std::vector<std::optional<ItemState>> items;
    for (const auto& i : wish.items) items.push_back(copy_of(d.items.find(i.value)));
    const auto issue = !items.empty() && items.front() ? copy_of(d.issues.find(items.front()->week.days)) : std::nullopt;
    YI_TRY(const auto fact, decide(pointer(issue), items, wish, d.context(turn)));
    turn.fact(stream_of(fact.into), fact);
    return Done{};
  }));
  c.push_back(spec<OrderItems>("bulletin.order_items", "排列来稿的次序", [d](Turn& turn, const OrderItems& wish) -> Checked {
    const auto issue = copy_of(d.issues.find(wish.week.days));
    YI_TRY(const auto fact, decide(pointer(issue), d.items.taken(wish.week), wish, d.context(turn)));
    turn.fact(stream_of(wish.week), fact);
    return Done{};
  }));
}

void add_sign_off(std::vector<engine::CommandSpec>& c, const Desk& d) {
  auto present = spec<RecordPresentation>(kRecordPresentation, "记下送审的一稿", [d](Turn& turn, const RecordPresentation& wish) -> Checked {
    const auto issue = copy_of(d.issues.find(wish.week.days));
    YI_TRY(auto fact, decide(pointer(issue), wish, d.context(turn)));
    const auto stream = stream_of(wish.week);
    fact.subject = d.subjects.anonymous(turn);
    fact.internal_paper = seal_pieces<IssuePresented>(turn, stream, wish.internal_paper, fact.subject);
    turn.fact(stream, turn.now(), fact, fact.subject);
    return Done{};
  });
  present.has_door = false;
  c.push_back(std::move(present));
  c.push_back(of_issue<RecallIssue>("bulletin.recall_issue", "撤回送审", d));
  c.push_back(pass("bulletin.pass_review", "审核通过", SignOffStep::review, d));
  c.push_back(send_back("bulletin.send_back_at_review", "审核退回", SignOffStep::review, d));
  c.push_back(pass("bulletin.pass_countersign", "会签同意", SignOffStep::countersign, d));
  c.push_back(send_back("bulletin.send_back_at_countersign", "会签退回", SignOffStep::countersign, d));
  c.push_back(send_back("bulletin.send_back_at_issue", "签发人退回", SignOffStep::issue, d));
  c.push_back(spec<PassStep>("bulletin.issue", "签发", [d](Turn& turn, const PassStep& wish) -> Checked {
    const auto issue = copy_of(d.issues.find(wish.week.days));
    Numbers numbers;
    if (issue) numbers = {d.numbers.last("number:" + std::to_string(issue->issued_on.year())), d.numbers.last("total")};
    YI_TRY(const auto fact, decide_issue(pointer(issue), wish, numbers, d.issues.earlier_open(wish.week), d.context(turn)));
    turn.fact(stream_of(wish.week), fact);
    return Done{};
  }));
}

void add_corrections(std::vector<engine::CommandSpec>& c, const Desk& d) {
  auto draft = spec<DraftCorrection>(kRecordCorrection, "记下拟的更正", [d](Turn& turn, const DraftCorrection& wish) -> Checked {
    const auto issue = copy_of(d.issues.find(wish.week.days));
    YI_TRY(auto fact, decide(pointer(issue), wish, d.context(turn)));
    const auto paper = correction_paper(*issue, wish, fact.correction, fact.on, *d.ground.rules);
    const auto pieces = pieces_of(paper);
    const auto stream = stream_of(wish.week);
    fact.sm3 = Text<64>(sm3_of_text(paper));
    if (!wish.internal) {
      fact.paper = pieces;
      turn.fact(stream, fact);
      return Done{};
    }
    fact.subject = d.subjects.anonymous(turn);
    fact.sealed_paper = seal_pieces<CorrectionDrafted>(turn, stream, pieces, *fact.subject);
    turn.fact(stream, turn.now(), fact, *fact.subject);
    return Done{};
  });
  draft.has_door = false;
  c.push_back(std::move(draft));
  c.push_back(of_correction<DropCorrection>("bulletin.drop_correction", "更正作废", d));
  c.push_back(of_correction<IssueCorrection>("bulletin.issue_correction", "签发更正", d));
}

void add_distribution(std::vector<engine::CommandSpec>& c, const Desk& d) {
  auto distribute = spec<DistributeIssue>("bulletin.distribute_issue", "分发", [d](Turn& turn, const DistributeIssue& wish) -> Checked {
    YI_TRY(auto fact, decide(d.issues.find(wish.week.days), wish, d.context(turn)));
    MailAddresses addresses;
    for (std::size_t i = 0; i < wish.receivers.size(); ++i)
      if (wish.receivers[i].mail) addresses.list.push_back({fact.receivers[i].receiver, *wish.receivers[i].mail});
    const auto stream = stream_of(wish.week);
    if (addresses.list.empty()) {
      turn.fact(stream, fact);
      return Done{};
    }
    fact.subject = d.subjects.anonymous(turn);
    turn.fact(stream, turn.now(), fact, addresses, *fact.subject);
    return Done{};
  });
  distribute.audit_class = "personal";
  c.push_back(std::move(distribute));
  c.push_back(spec<ReceiveIssue>("bulletin.receive_issue", "签收周报", [d](Turn& turn, const ReceiveIssue& wish) -> Checked {
    const auto x = d.context(turn);
    const auto mine = d.receivers.of_account(wish.week, x.account);
    bool waiting = false;
    for (const auto n : mine)
      if (const auto* s = d.receivers.find(part_key(wish.week, n))) waiting |= s->stage != ReceiverStage::received;
    YI_TRY(const auto fact, decide(d.issues.find(wish.week.days), wish, mine, waiting, x));
    turn.fact(stream_of(wish.week), fact);
    return Done{};
  }));
  auto tried = spec<RecordMail>(kRecordMail, "记下一次发信", [d](Turn& turn, const RecordMail& wish) -> Checked {
    YI_TRY(const auto fact, decide(d.receivers.find(part_key(wish.week, wish.receiver)), wish));
    turn.fact(stream_of(wish.week), fact);
    return Done{};
  });
  tried.has_door = false;
  c.push_back(std::move(tried));
  c.push_back(of_receiver<MailAgain>("bulletin.mail_again", "重发电子邮件", d));
  c.push_back(spec<HandCopies>("bulletin.hand_copies", "登记送达的纸质份数，或冲回", [d](Turn& turn, const HandCopies& wish) -> Checked {
    const auto issue = copy_of(d.issues.find(wish.week.days));
    YI_TRY(const auto fact, decide(pointer(issue), d.receivers.find(part_key(wish.week, wish.receiver)), wish, d.context(turn)));
    turn.fact(stream_of(wish.week), fact);
    return Done{};
  }));
}

}  // namespace

void declare_desk(engine::Registry& registry, const Declared& room, const DeskGround& ground, const identity::Subjects& subjects) {
  const Desk d{ground, subjects, room.periods, room.items, room.issues, registry.add_guard<NumberGuard>(), registry.add_guard<CorrectionGuard>(), registry.add_guard<ReceiverGuard>()};
  add_desk_reports(registry);
  auto& c = registry.commands;
  auto codes = desk_refusal_codes();
  for (const auto& code : refusal_codes())
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  c.push_back(engine::command<OpenIssue>("bulletin.open_issue", "开始一期周报的征稿和编发", codes, [d](Turn& turn, const OpenIssue& wish) -> Checked {
    // The period is set with it, where nobody has set it before.
    const auto set = d.periods.period(wish.from);
    if (set && set->to != wish.to) return refuse(Reason::period_overlaps);
    const auto issue = copy_of(d.issues.find(wish.from.days));
    YI_TRY(const auto fact, decide(pointer(issue), wish, neighbours(d, wish.from), d.context(turn)));
    if (!set) {
      YI_TRY(const auto period, decide(SetPeriod{wish.from, wish.to}, d.periods.periods(), civil_day(turn.now())));
      turn.fact(stream_of(wish.from), fact);
      turn.fact(stream_of(wish.from), period);
      return Done{};
    }
    turn.fact(stream_of(wish.from), fact);
    return Done{};
  }));
  c.push_back(of_issue<SetWords>("bulletin.set_words", "修改这一期的用语", d));
  add_items(c, d);
  add_sign_off(c, d);
  add_corrections(c, d);
  add_distribution(c, d);
}

}  // namespace yi::bulletin
