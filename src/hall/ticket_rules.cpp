#include "hall/ticket_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/refusal_table.h"
#include "base/text.h"
#include "crypto/masking.h"

namespace yi::hall {
namespace {

constexpr RefusalRow<TicketRefused> kWords[] = {
    {TicketRefused::unknown_line, "hall.unknown_line", "没有这个排队业务组。", "请从业务列表中选择。", 422, "/line"},
    {TicketRefused::unknown_window, "hall.unknown_window", "没有这个窗口。", "请核对窗口编号。", 422, "/window"},
    {TicketRefused::unknown_matter, "hall.unknown_matter", "目录里没有这个事项。", "请从事项列表中选择，或不填。", 422, "/matters"},
    {TicketRefused::unknown_ticket, "hall.unknown_ticket", "没有这个排队号。", "请核对号码。", 404, "/ticket"},
    {TicketRefused::unknown_appointment, "hall.unknown_appointment", "没有这个预约。", "请核对预约编号。", 404, "/appointment"},
    {TicketRefused::line_closed, "hall.line_closed", "现在不在取号时间。", "请在公布的取号时间取号，或网上预约。", 409, "/line"},
    {TicketRefused::rest_day, "hall.rest_day", "今天不是工作日，大厅不取号。", "请在工作日到大厅，或网上预约。", 409, "/line"},
    {TicketRefused::hall_closed, "hall.hall_closed", "大厅这一天停办这项业务。", "请看停办公告，另选日期；已有的预约不算爽约。", 409, "/day"},
    {TicketRefused::no_more_numbers, "hall.no_more_numbers", "这项业务今天的号已经取完。", "请预约其他日期，或咨询导办。", 409, "/line"},
    {TicketRefused::window_is_open, "hall.window_is_open", "这个窗口已经由别人开着。", "请先由其关闭窗口，或换一个窗口。", 409, "/window"},
    {TicketRefused::not_your_window, "hall.not_your_window", "这个窗口由别人开着。", "请用自己开的窗口；确需接管的，先“接管窗口”并写明原因。", 409, "/window"},
    {TicketRefused::window_is_yours, "hall.window_is_yours", "这个窗口就是您开的，不用接管。", "请直接叫号。", 409, "/window"},
    {TicketRefused::reason_missing, "hall.reason_missing", "没有写明原因。", "请写明原因。", 422, "/reason"},
    {TicketRefused::window_is_closed, "hall.window_is_closed", "这个窗口还没有开。", "请先开窗。", 409, "/window"},
    {TicketRefused::window_is_serving, "hall.window_is_serving", "窗口正在办理一个号。", "请先办结、挂起、过号或转号。", 409, "/window"},
    {TicketRefused::nobody_served, "hall.nobody_served", "窗口现在没有正在办理的号。", "请先叫号。", 409, "/window"},
    {TicketRefused::nobody_waits, "hall.nobody_waits", "现在没有人等候这个窗口的业务。", "有人取号后再叫。", 409, "/window"},
    {TicketRefused::line_not_served, "hall.line_not_served", "这个窗口不办理这个号的业务。", "请转号，或由相应窗口办理。", 409, "/window"},
    {TicketRefused::called_too_seldom, "hall.called_too_seldom", "叫号次数不够，还不能过号。", "请再叫一次，稍候无人再过号。", 409, "/window"},
    {TicketRefused::not_held, "hall.not_held", "这个号没有挂起。", "请刷新查看最新情况。", 409, "/ticket"},
    {TicketRefused::not_skipped, "hall.not_skipped", "这个号没有过号，不用重排。", "请留意叫号屏。", 409, "/ticket"},
    {TicketRefused::over_already, "hall.over_already", "这个号已经办结、离开或正在办理。", "还要办事的，请重新取号。", 409, "/ticket"},
    {TicketRefused::not_of_today, "hall.not_of_today", "这不是今天的号。", "请重新取号。", 409, "/ticket"},
    {TicketRefused::no_slots, "hall.no_slots", "这项业务不用预约。", "请直接到大厅取号。", 409, "/line"},
    {TicketRefused::no_such_slot, "hall.no_such_slot", "没有这个预约时段。", "请从可约时段中选择。", 422, "/slot"},
    {TicketRefused::slot_past, "hall.slot_past", "这个时段已经过去。", "请选择以后的时段。", 409, "/slot"},
    {TicketRefused::too_far_ahead, "hall.too_far_ahead", "还不能预约这一天。", "请选择可约日期。", 409, "/day"},
    {TicketRefused::no_working_day, "hall.no_working_day", "这一天不是工作日。", "请选择工作日。", 409, "/day"},
    {TicketRefused::slot_sold_out, "hall.slot_sold_out", "这个时段刚刚约满。", "请选择其他时段。", 409, "/slot"},
    {TicketRefused::booked_already, "hall.booked_already", "您在这一天已经约了这项业务。", "请按原来的时段办理，或先取消。", 409, "/day"},
    {TicketRefused::missed_too_often, "hall.missed_too_often", "近期多次预约没有到场，网上预约暂停。", "请到大厅现场取号；有特殊情况的，请联系大厅。", 409, ""},
    {TicketRefused::appointment_over, "hall.appointment_over", "这个预约已经报到、取消或过期。", "还要办事的，请重新预约或现场取号。", 409, "/appointment"},
    {TicketRefused::not_your_appointment, "hall.unknown_appointment", "没有这个预约。", "请核对预约编号。", 404, "/appointment"},
    {TicketRefused::check_in_at_hall, "hall.check_in_at_hall", "预约要到大厅报到。", "请到大厅的取号机或导办台报到，带上报到码。", 403, "/appointment"},
    {TicketRefused::closed_already, "hall.closed_already", "这一天已经登记停办。", "请刷新查看最新情况。", 409, "/day"},
    {TicketRefused::not_closed, "hall.not_closed", "这一天没有登记停办。", "请刷新查看最新情况。", 409, "/day"},
    {TicketRefused::day_past, "hall.day_past", "这一天已经过去。", "请选择今天或以后的日期。", 422, "/day"},
    {TicketRefused::bad_level, "hall.bad_level", "评价等级应为 1（非常满意）到 5（非常不满意）。", "请重新选择。", 422, "/level"},
    {TicketRefused::not_served, "hall.not_served", "这次来访还没有办完，不能评价。", "请办完以后再评价；有意见的，可以到办不成事反映窗口。", 409, "/ticket"},
    {TicketRefused::rated_already, "hall.rated_already", "这次来访已经评价过（一次一评）。", "感谢您的评价；如有意见，请到办不成事反映窗口。", 409, "/ticket"},
    {TicketRefused::rating_over, "hall.rating_over", "评价的期限已经过了。", "如有意见，请到办不成事反映窗口，或拨打投诉电话。", 409, "/ticket"},
    {TicketRefused::too_early, "hall.too_early", "还没有到报到时间。", "请在预约时段前后报到。", 409, "/appointment"},
    {TicketRefused::too_late, "hall.too_late", "已经过了报到时间。", "请现场取号；来不了时请提前取消。", 409, "/appointment"},
    {TicketRefused::too_late_to_cancel, "hall.too_late_to_cancel", "离预约时段太近，不能取消。", "如不能到场，请致电大厅说明。", 409, "/appointment"},
    {TicketRefused::real_name_required, "hall.real_name_required", "这个账号还没有实名绑定，不能网上预约。", "请携带证件到窗口绑定，或用统一身份认证登录；也可以现场取号。", 403, ""},
};

// What the window serves: a copy, because a guard's pointer ends with the next question.
struct Serving {
  TicketId ticket;
  TicketState state;
};
Result<std::optional<Serving>> serving_of(const WindowCode& window, const TicketContext& x) {
  if (!x.ground.known_window(window)) return refusal(TicketRefused::unknown_window);
  const auto* w = x.guards.windows.find(window.value);
  if (!w) return refusal(TicketRefused::window_is_closed);
  if (w->by != x.account) return refusal(TicketRefused::not_your_window);
  if (w->ticket == 0) return std::optional<Serving>{};
  const TicketId id{w->ticket};
  const auto* t = x.guards.tickets.find(id.value);
  if (!t) throw std::logic_error("a window serves a ticket that is not there");
  return std::optional(Serving{id, *t});
}
Result<Serving> served(const WindowCode& window, const TicketContext& x) {
  YI_TRY(auto s, serving_of(window, x));
  if (!s) return refusal(TicketRefused::nobody_served);
  return *std::move(s);
}
TicketFinished finished(const Serving& s, const WindowCode& window, Instant now) {
  return {s.ticket, window, {s.state.line}, s.state.seconds + (now.ms - s.state.called_at.ms) / 1'000};
}

Result<TicketState> todays(TicketId id, const TicketContext& x) {
  const auto* t = x.guards.tickets.find(id.value);
  if (!t) return refusal(TicketRefused::unknown_ticket);
  if (day_of(id) != x.today()) return refusal(TicketRefused::not_of_today);
  return *t;
}

bool serves(const WindowCode& window, const std::string& line, const TicketContext& x) {
  const auto* l = x.ground.lines->find({line});
  return l && std::find(l->windows.begin(), l->windows.end(), window) != l->windows.end();
}

int rank_of(std::int32_t lane, bool early) {
  return early ? 4 : lane == 0 ? 0 : is_appointment_lane(lane) ? 1 : lane == kOrdinaryLane ? 3 : 2;
}

// The first that stands in a lane.
std::optional<std::pair<TicketId, Place>> head_of(CivilDay day, const LineCode& line, std::int32_t number, const LineDayState::Lane& lane, const TicketContext& x) {
  for (auto n = lane.next; n <= lane.last; ++n) {
    const Place p{line, number, n};
    if (const auto* s = x.guards.places.find(place_key(day, p))) return std::pair(TicketId{s->ticket}, p);
  }
  return std::nullopt;
}

struct Choice {
  TicketId ticket;
  Place place;
  bool past_ordinary = false, early = false;
};
std::optional<Choice> next_of(const Line& line, const TicketContext& x) {
  const auto today = x.today();
  const auto* found = x.guards.lines.find(line_key(today, line.code));
  if (!found || found->waiting == 0) return std::nullopt;
  const auto lanes = found->lanes;
  const auto run = found->run;
  std::optional<Choice> before, ordinary, early;
  for (const auto& [number, lane] : lanes) {
    const bool later = is_appointment_lane(number) && number - 1'000 > minute_of_day(x.now);
    auto& slot = later ? early : number == kOrdinaryLane ? ordinary : before;
    if (slot) continue;
    if (const auto head = head_of(today, line.code, number, lane, x)) slot = Choice{head->first, head->second, false, later};
  }
  if (before && !(ordinary && run >= x.ground.lines->rules.preferential_run)) {
    before->past_ordinary = ordinary.has_value();
    return before;
  }
  return ordinary ? ordinary : early;
}

}  // namespace

std::optional<HolderName> masked(const std::optional<HolderName>& name) {
  if (!name || trim(*name).empty()) return std::nullopt;
  return HolderName(crypto::mask_name(*name));
}

Checked matters_exist(const std::vector<MatterCode>& matters, const TicketContext& x) {
  for (const auto& m : matters)
    if (!x.ground.known_matter(m)) return refusal(TicketRefused::unknown_matter);
  return Done{};
}

Checked opens_on(const Line& line, CivilDay day, TicketRefused rest, const TicketContext& x) {
  if (x.guards.closures.find(closure_key(day, {})) || x.guards.closures.find(closure_key(day, line.code))) return refusal(TicketRefused::hall_closed);
  if (!line.opens_on(day, x.ground.is_working_day(day))) return refusal(rest);
  return Done{};
}

Place end_of(const LineCode& line, std::int32_t lane, CivilDay day, const TicketContext& x) {
  const auto* s = x.guards.lines.find(line_key(day, line));
  if (!s) return {line, lane, 1};
  const auto it = s->lanes.find(lane);
  return {line, lane, it == s->lanes.end() ? 1 : it->second.last + 1};
}

TicketTaken taken(const Line& line, TicketClass kind, std::int32_t lane, const TicketContext& x) {
  const auto today = x.today();
  const auto* s = x.guards.lines.find(line_key(today, line.code));
  const auto n = (s ? s->taken : 0) + 1;
  const auto* d = x.guards.days.find(today.days);
  TicketTaken t;
  t.ticket = ticket_id(today, (d ? d->serial : 0) + 1);
  t.number = Text<8>(fmt::format("{}{:03}", line.prefix, n));
  t.kind = kind;
  t.place = end_of(line.code, lane, today, x);
  return t;
}

Refusal refusal(TicketRefused what) { return refusal_of(kWords, what); }
std::vector<std::string> ticket_refusal_codes() { return codes_of(kWords); }

std::optional<Candidate> next_for(const WindowCode& window, const TicketContext& x) {
  std::optional<Candidate> best;
  int best_rank = 0;
  for (const auto* line : x.ground.lines->served_at(window)) {
    const auto choice = next_of(*line, x);
    if (!choice) continue;
    const int rank = rank_of(choice->place.lane, choice->early);
    const auto* t = x.guards.tickets.find(choice->ticket.value);
    if (!t) throw std::logic_error("a place belongs to a ticket that is not there");
    if (best && (rank > best_rank || (rank == best_rank && t->taken_at >= best->state.taken_at))) continue;
    best = Candidate{choice->ticket, choice->place, *t, choice->past_ordinary};
    best_rank = rank;
  }
  return best;
}

Result<TicketTaken> decide(const TakeTicket& c, const TicketContext& x) {
  const auto* line = x.ground.lines->find(c.line);
  if (!line) return refusal(TicketRefused::unknown_line);
  YI_CHECK(matters_exist(c.matters, x));
  YI_CHECK(opens_on(*line, x.today(), TicketRefused::rest_day, x));
  const int minute = minute_of_day(x.now);
  if (minute < line->open.from || minute >= line->open.to) return refusal(TicketRefused::line_closed);
  const auto* s = x.guards.lines.find(line_key(x.today(), c.line));
  if (s && s->taken >= line->day_cap) return refusal(TicketRefused::no_more_numbers);
  const auto kind = c.priority ? TicketClass::priority : TicketClass::ordinary;
  auto t = taken(*line, kind, lane_of(kind), x);
  t.holder = masked(c.holder);
  t.matters = c.matters;
  return t;
}

Result<WindowOpened> decide(const OpenWindow& c, const TicketContext& x) {
  if (!x.ground.known_window(c.window)) return refusal(TicketRefused::unknown_window);
  if (x.guards.windows.find(c.window.value)) return refusal(TicketRefused::window_is_open);
  return WindowOpened{c.window, Text<64>(x.account)};
}

Result<WindowTakenOver> decide(const TakeOverWindow& c, const TicketContext& x) {
  if (!x.ground.known_window(c.window)) return refusal(TicketRefused::unknown_window);
  if (trim(c.reason).empty()) return refusal(TicketRefused::reason_missing);
  const auto* w = x.guards.windows.find(c.window.value);
  if (!w) return refusal(TicketRefused::window_is_closed);
  if (w->by == x.account) return refusal(TicketRefused::window_is_yours);
  return WindowTakenOver{c.window, Text<64>(w->by), Text<64>(x.account), c.reason};
}

Result<WindowClosed> decide(const CloseWindow& c, const TicketContext& x) {
  YI_TRY(const auto serving, serving_of(c.window, x));
  if (serving) return refusal(TicketRefused::window_is_serving);
  return WindowClosed{c.window, Text<64>(x.account)};
}

Result<Called> decide(const CallNext& c, const TicketContext& x) {
  YI_TRY(const auto serving, serving_of(c.window, x));
  Called out;
  if (serving) out.finished = finished(*serving, c.window, x.now);
  if (const auto next = next_for(c.window, x)) {
    TicketCalled f;
    f.ticket = next->ticket;
    f.number = Text<8>(next->state.number);
    f.window = c.window;
    f.by = Text<64>(x.account);
    f.from = next->place;
    f.past_ordinary = next->past_ordinary;
    if (!next->state.holder.empty()) f.holder = HolderName(next->state.holder);
    out.called = std::move(f);
  }
  if (!out.finished && !out.called) return refusal(TicketRefused::nobody_waits);
  return out;
}

Result<TicketCalled> decide(const Recall& c, const TicketContext& x) {
  YI_TRY(const auto s, served(c.window, x));
  TicketCalled f;
  f.ticket = s.ticket;
  f.number = Text<8>(s.state.number);
  f.window = c.window;
  f.by = Text<64>(x.account);
  f.times = s.state.times + 1;
  if (!s.state.holder.empty()) f.holder = HolderName(s.state.holder);
  return f;
}

Result<TicketHeld> decide(const Hold& c, const TicketContext& x) {
  YI_TRY(const auto s, served(c.window, x));
  return TicketHeld{s.ticket, c.window, c.reason};
}

Result<TicketSkipped> decide(const Skip& c, const TicketContext& x) {
  YI_TRY(const auto s, served(c.window, x));
  if (s.state.times < x.ground.lines->rules.calls_before_skip) return refusal(TicketRefused::called_too_seldom);
  return TicketSkipped{s.ticket, c.window, s.state.times};
}

Result<TicketFinished> decide(const Finish& c, const TicketContext& x) {
  YI_TRY(const auto s, served(c.window, x));
  return finished(s, c.window, x.now);
}

Result<TicketPassedOn> decide(const PassOn& c, const TicketContext& x) {
  const auto* line = x.ground.lines->find(c.line);
  if (!line) return refusal(TicketRefused::unknown_line);
  YI_CHECK(opens_on(*line, x.today(), TicketRefused::rest_day, x));
  YI_TRY(const auto s, served(c.window, x));
  return TicketPassedOn{s.ticket, c.window, end_of(c.line, lane_of(TicketClass::passed_on), x.today(), x), c.reason};
}

Result<TicketResumed> decide(const Resume& c, const TicketContext& x) {
  YI_TRY(const auto serving, serving_of(c.window, x));
  if (serving) return refusal(TicketRefused::window_is_serving);
  YI_TRY(const auto t, todays(c.ticket, x));
  if (t.status != TicketStatus::held) return refusal(TicketRefused::not_held);
  if (!serves(c.window, t.line, x)) return refusal(TicketRefused::line_not_served);
  return TicketResumed{c.ticket, c.window};
}

Result<TicketRejoined> decide(const Rejoin& c, const TicketContext& x) {
  YI_TRY(const auto t, todays(c.ticket, x));
  if (t.status != TicketStatus::skipped) return refusal(TicketRefused::not_skipped);
  return TicketRejoined{c.ticket, end_of({t.line}, t.lane, x.today(), x)};
}

Result<TicketLeft> decide(const GiveUp& c, const TicketContext& x) {
  YI_TRY(const auto t, todays(c.ticket, x));
  if (t.status != TicketStatus::waiting && t.status != TicketStatus::held && t.status != TicketStatus::skipped) return refusal(TicketRefused::over_already);
  return TicketLeft{c.ticket, t.status == TicketStatus::waiting ? std::optional(t.where()) : std::nullopt, LeftWhy::gave_up};
}

Checked may_be_rated(TicketId ticket, const TicketContext& x) {
  const auto* found = x.guards.tickets.find(ticket.value);
  if (!found) return refusal(TicketRefused::unknown_ticket);
  const auto status = found->status;
  if (x.guards.rated.find(ticket.value)) return refusal(TicketRefused::rated_already);
  if (status != TicketStatus::finished) return refusal(TicketRefused::not_served);
  if (x.today() - day_of(ticket) > x.ground.lines->rules.rate_days) return refusal(TicketRefused::rating_over);
  return Done{};
}

Result<casework::VisitEvaluated> decide(const RateVisit& c, const TicketContext& x) {
  if (c.level < 1 || c.level > 5) return refusal(TicketRefused::bad_level);
  YI_CHECK(may_be_rated(c.ticket, x));
  return casework::VisitEvaluated{{x.guards.tickets.find(c.ticket.value)->window}, Text<40>(std::to_string(c.ticket.value)), c.level, c.channel, {}};
}

}  // namespace yi::hall
