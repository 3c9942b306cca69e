#include "casework/case_state.h"

#include <algorithm>

namespace yi::casework {
namespace {
using store::Type;
using store::Value;

Value day_value(const std::optional<CivilDay>& d) { return d ? Value(d->days) : Value(); }
std::optional<CivilDay> day_of(const Value& v) {
  if (v.kind == Value::Kind::null) return std::nullopt;
  return CivilDay{static_cast<std::int32_t>(v.i)};
}
}  // namespace

std::optional<CivilDay> CaseState::next_due() const {
  if (is_end(stage) || stage == Stage::refused) return std::nullopt;
  if (stage == Stage::received) return notice_due;
  if (stage == Stage::granted) return delivery_due;
  if (statutory_due && promised_due) return std::min(*statutory_due, *promised_due);
  return statutory_due ? statutory_due : promised_due;
}

const store::View& CaseState::view() {
  static const store::View v{"casework_case", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"case_id", Type::integer}, {"number", Type::text}, {"matter", Type::text},
                              {"matter_version", Type::integer}, {"department", Type::text}, {"type", Type::integer},
                              {"stage", Type::integer}, {"holder", Type::integer}, {"version", Type::integer},
                              {"received_on", Type::integer}, {"accepted_on", Type::integer}, {"decided_on", Type::integer},
                              {"notice_due", Type::integer}, {"statutory_due", Type::integer},
                              {"promised_due", Type::integer}, {"delivery_due", Type::integer}, {"next_due", Type::integer}}};
  return v;
}

void CaseState::append_row(store::Row& row) const {
  row.emplace_back(number);
  row.emplace_back(matter.value);
  row.emplace_back(matter_version);
  row.emplace_back(department.value);
  row.emplace_back(static_cast<int>(type));
  row.emplace_back(static_cast<int>(stage));
  row.emplace_back(static_cast<int>(holder));
  row.emplace_back(version);
  for (const auto& day : {received_on, accepted_on, decided_on, notice_due, statutory_due, promised_due, delivery_due, next_due()})
    row.push_back(day_value(day));
}

CaseState CaseState::from(const store::Row& r) {
  CaseState s;
  s.number = r[2].s;
  s.matter = {r[3].s};
  s.matter_version = static_cast<std::int32_t>(r[4].i);
  s.department = {r[5].s};
  s.type = static_cast<CaseType>(r[6].i);
  s.stage = static_cast<Stage>(r[7].i);
  s.holder = static_cast<Holder>(r[8].i);
  s.version = r[9].i;
  s.received_on = day_of(r[10]);
  s.accepted_on = day_of(r[11]);
  s.decided_on = day_of(r[12]);
  s.notice_due = day_of(r[13]);
  s.statutory_due = day_of(r[14]);
  s.promised_due = day_of(r[15]);
  s.delivery_due = day_of(r[16]);
  return s;
}

void apply(CaseState& s, const Received& f, CivilDay day) {
  s.received_on = day;
  s.notice_due = f.notice_due;
  s.number = f.number;
  s.matter = f.matter;
  s.matter_version = f.matter_version;
  s.department = f.department;
  s.type = f.type;
  s.stage = Stage::received;
  s.holder = Holder::reception_window;
  ++s.version;
}
void apply(CaseState& s, const Accepted& f, CivilDay day) {
  s.stage = Stage::accepted;
  s.accepted_on = day;
  s.statutory_due = f.statutory_due;
  s.promised_due = f.promised_due;
  ++s.version;
}
void apply(CaseState& s, const AcceptanceRefused&) {
  s.stage = Stage::not_accepted;
  ++s.version;
}
void apply(CaseState& s, const Transferred& f) {
  if (s.stage == Stage::accepted) s.stage = Stage::in_review;
  s.holder = f.to;
  ++s.version;
}
void apply(CaseState& s, const Decided& f, CivilDay day) {
  s.stage = f.decision == Decision::grant ? Stage::granted : Stage::refused;
  s.decided_on = day;
  s.delivery_due = f.delivery_due;
  ++s.version;
}
void apply(CaseState& s, const Issued&) {
  s.stage = Stage::issued;
  ++s.version;
}
void apply(CaseState& s, const Withdrawn&) {
  s.stage = Stage::withdrawn;
  ++s.version;
}
void apply(CaseState& s, const ResultReceivedForIssue& f) {
  s.number = f.number;
  s.matter = f.matter;
  s.matter_version = f.matter_version;
  s.department = f.department;
  s.stage = Stage::granted;
  s.holder = Holder::issue_window;
  s.decided_on = f.decided_on;
  s.delivery_due = f.delivery_due;
  ++s.version;
}
void apply(CaseState& s, const CarriedOver& f) {
  s.number = f.number;
  s.matter = f.matter;
  s.matter_version = f.matter_version;
  s.department = f.department;
  s.type = f.type;
  s.stage = f.decided_on ? Stage::granted : Stage::accepted;
  s.holder = f.decided_on ? Holder::issue_window : Holder::reception_window;
  s.accepted_on = f.accepted_on;
  s.decided_on = f.decided_on;
  s.statutory_due = f.statutory_due;
  s.promised_due = f.promised_due;
  s.delivery_due = f.delivery_due;
  ++s.version;
}

}  // namespace yi::casework
