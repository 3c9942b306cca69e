#include "staff/attendance.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace yi::staff {
namespace {
using store::Type;
using store::ViewKind;
CivilDay day_of(const store::Value& v) { return {static_cast<std::int32_t>(v.i)}; }
}  // namespace

std::string day_key(std::string_view account, CivilDay day) { return fmt::format("{}/{:010}", account, day.days); }

const store::View& SignState::view() {
  static const store::View v{"staff_sign", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"sign", Type::text}, {"account", Type::text}, {"day", Type::integer}, {"minute_no", Type::integer}, {"way", Type::integer},
                              {"window_code", Type::text}},
                             {{"centre", "day", "account", "minute_no"}}};
  return v;
}
void SignState::append_row(store::Row& r) const {
  r.emplace_back(account);
  r.emplace_back(day.days);
  r.emplace_back(minute);
  r.emplace_back(static_cast<int>(way));
  r.emplace_back(window);
}
std::string SignGuard::key(std::string_view account, Instant at) { return fmt::format("{}/{:010}", account, at.ms / 60'000); }
void SignGuard::apply(const engine::RecordedFact& f) {
  const auto take = [&](std::string_view account, Instant at, SignWay way, std::string window) {
    change(key(account, at)) = {std::string(account), std::move(window), civil_day(at), minute_of_day(at), way};
  };
  if (f.record.name == Signed::kName) {
    const auto s = f.as<Signed>();
    take(s.account, s.at, s.way, s.window ? s.window->value : "");
  } else {
    const auto all = f.as<SignsImported>();
    for (const auto& s : all.taken) take(s.account, s.at, SignWay::device, "");
  }
}

const store::View& ShiftState::view() {
  static const store::View v{"staff_shift", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"account", Type::text}, {"since", Type::text}}};
  return v;
}
void ShiftState::append_row(store::Row& r) const {
  std::string text;
  for (const auto& [day, shift] : since) text += (text.empty() ? "" : ";") + std::to_string(day.days) + ":" + shift;
  r.emplace_back(std::move(text));
}
ShiftState ShiftState::from(const store::Row& r) {
  ShiftState s;
  for (const auto& part : split(r[2].s, ';')) {
    const auto colon = part.find(':');
    std::int32_t day = 0;
    if (colon != std::string::npos && std::from_chars(part.data(), part.data() + colon, day).ec == std::errc{}) s.since.emplace_back(CivilDay{day}, part.substr(colon + 1));
  }
  return s;
}
const std::string* ShiftState::on(CivilDay day) const {
  const std::string* found = nullptr;
  for (const auto& [from, shift] : since)
    if (from <= day) found = &shift;
  return found;
}
void ShiftGuard::apply(const engine::RecordedFact& f) {
  const auto a = f.as<ShiftAssigned>();
  auto& all = change(std::string(a.account)).since;
  // What was planned from that day on is planned anew.
  std::erase_if(all, [&](const auto& s) { return s.first >= a.from; });
  all.emplace_back(a.from, std::string(a.shift));
}

const store::View& DutyState::view() {
  static const store::View v{"staff_duty", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"duty", Type::text}, {"account", Type::text}, {"day", Type::integer}, {"shift", Type::text}},
                             {{"centre", "day"}}};
  return v;
}
void DutyState::append_row(store::Row& r) const {
  r.emplace_back(account);
  r.emplace_back(day.days);
  r.emplace_back(shift);
}
void DutyGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == DutyAssigned::kName) {
    const auto d = f.as<DutyAssigned>();
    change(day_key(d.account, d.day)) = {std::string(d.account), std::string(d.shift), d.day};
  } else {
    const auto d = f.as<DutyCancelled>();
    remove(day_key(d.account, d.day));
  }
}

const store::View& CorrectionState::view() {
  static const store::View v{"staff_correction", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"correction", Type::text}, {"account", Type::text}, {"department", Type::text}, {"day", Type::integer}, {"slot", Type::text},
                              {"wanted", Type::integer}, {"stage", Type::integer}},
                             {{"centre", "stage", "day"}, {"centre", "account", "day"}}};
  return v;
}
void CorrectionState::append_row(store::Row& r) const {
  r.emplace_back(account);
  r.emplace_back(department);
  r.emplace_back(day.days);
  r.emplace_back(slot);
  r.emplace_back(static_cast<int>(wanted));
  r.emplace_back(static_cast<int>(stage));
}
CorrectionState CorrectionState::from(const store::Row& r) {
  return {r[2].s, r[3].s, r[5].s, day_of(r[4]), static_cast<Wanted>(r[6].i), static_cast<CorrectionStage>(r[7].i)};
}
std::string CorrectionGuard::key(std::string_view account, CivilDay day, std::string_view slot) { return day_key(account, day) + "/" + std::string(slot); }
void CorrectionGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == CorrectionAsked::kName) {
    const auto a = f.as<CorrectionAsked>();
    change(key(a.account, a.day, a.slot)) = {std::string(a.account), a.department.value, std::string(a.slot), a.day, a.wanted, CorrectionStage::asked};
  } else {
    const auto d = f.as<CorrectionDecided>();
    change(key(d.account, d.day, d.slot)).stage = d.granted ? CorrectionStage::granted : CorrectionStage::refused;
  }
}

const store::View& PostState::view() {
  static const store::View v{"staff_post", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"account", Type::text}, {"substitute", Type::text}, {"day", Type::integer}, {"until_minute", Type::integer},
                              {"official", Type::integer}, {"left_minute", Type::integer}, {"asked", Type::integer}}};
  return v;
}
void PostState::append_row(store::Row& r) const {
  r.emplace_back(substitute);
  r.emplace_back(day.days);
  r.emplace_back(until);
  r.emplace_back(static_cast<int>(official));
  r.emplace_back(left);
  r.emplace_back(asked);
}
PostState PostState::from(const store::Row& r) {
  return {r[1].s, r[2].s, day_of(r[3]), static_cast<int>(r[4].i), r[5].i != 0, static_cast<int>(r[6].i), r[7].i};
}
void PostGuard::apply(const engine::RecordedFact& f) {
  const auto name = f.record.name;
  if (name == PostLeavingAsked::kName) {
    const auto a = f.as<PostLeavingAsked>();
    change(std::string(a.account)) = {std::string(a.account), std::string(a.substitute), civil_day(f.record.effective_at), a.until, a.official, -1, f.seq};
  } else if (name == PostTakenOver::kName) {
    change(std::string(f.as<PostTakenOver>().account)).left = minute_of_day(f.record.effective_at);
  } else {
    remove(name == PostNotTaken::kName ? std::string(f.as<PostNotTaken>().account) : std::string(f.as<BackAtPost>().account));
  }
}

}  // namespace yi::staff
