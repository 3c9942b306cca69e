#include "staff/views.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "staff/leave_request.h"
#include "staff/rules.h"

namespace yi::staff {

const store::View& leave_view() {
  using store::Merge, store::Personal, store::Type;
  static const store::View v{"staff_leave", 3, store::ViewKind::report, 3,
                             {{"centre", Type::integer},
                              {"to_day", Type::integer},
                              {"seq", Type::integer},
                              {"from_day", Type::integer},
                              {"department", Type::text},
                              {"name", Type::text, Merge::replace, Personal::name},
                              {"kind", Type::text, Merge::replace, Personal::health},
                              {"count_mode", Type::text},
                              {"days", Type::integer},
                              {"rank_no", Type::integer},
                              {"health", Type::integer, Merge::replace, Personal::health},
                              {"is_open", Type::integer},
                              {"account", Type::text}}};
  return v;
}

std::vector<std::string_view> LeaveReport::listens_to() const { return {LeaveRecorded::kName, LeaveApproved::kName, LeaveWithdrawn::kName, ReturnedFromLeave::kName, LeaveTakenBack::kName}; }

void LeaveReport::project(const engine::RecordedFact& fact, store::RowBuffer& out) const {
  if (fact.record.name != LeaveRecorded::kName) {
    const auto name = fact.record.name;
    const auto t = name == LeaveWithdrawn::kName ? fact.as<LeaveWithdrawn>().taken_back
                   : name == LeaveApproved::kName ? fact.as<LeaveApproved>().taken_back
                   : name == LeaveTakenBack::kName ? std::optional(fact.as<LeaveTakenBack>().taken_back)
                                                   : fact.as<ReturnedFromLeave>().taken_back;
    if (t) out.remove({fact.centre.value, t->to.days, t->recorded.value});
    return;
  }
  const auto f = fact.as<LeaveRecorded>();
  const auto told = disclosure_of(f.kind, f.disclosure);
  out.put({fact.centre.value, f.to.days, fact.seq, f.from.days, f.department.value, f.name, json::enum_name(f.kind),
           json::enum_name(f.count_mode), f.days, f.rank, static_cast<int>(told.health), static_cast<int>(told.open), f.account ? std::string_view(*f.account) : ""});
}

std::vector<Leave> leaves_touching(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay from,
                                   CivilDay to, int min_days) {
  // The second bound is implied by the third and the longest span; it keeps the scan inside the key's range.
  auto c = reader.select(
      "SELECT seq, from_day, to_day, department, name, kind, count_mode, days, rank_no, health, is_open, account FROM staff_leave "
      "WHERE centre=$1 AND to_day>=$2 AND to_day<=$3 AND from_day<=$4 AND days>=$5 ORDER BY rank_no, seq",
      {centre.value, from.days, to.days + kLongestLeaveDays, to.days, min_days});
  std::vector<Leave> out;
  while (c->next()) {
    Leave l;
    l.seq = c->integer(0);
    l.fact.from = {static_cast<std::int32_t>(c->integer(1))};
    l.fact.to = {static_cast<std::int32_t>(c->integer(2))};
    l.fact.department.value = std::string(c->bytes(3));
    l.fact.name = Text<60>(c->bytes(4));
    json::enum_from(c->bytes(5), l.fact.kind);
    json::enum_from(c->bytes(6), l.fact.count_mode);
    l.fact.days = static_cast<std::int32_t>(c->integer(7));
    l.fact.rank = static_cast<std::int32_t>(c->integer(8));
    l.disclosure = {c->integer(9) != 0, c->integer(10) != 0};
    if (!c->bytes(11).empty()) l.fact.account = Text<64>(c->bytes(11));
    if (l.disclosure.health && !viewer.may_see_health()) continue;
    if (!l.disclosure.open && !viewer.may_see_internal_edition()) continue;
    out.push_back(std::move(l));
  }
  return out;
}

std::vector<AdjoiningLeaves> short_leaves_adjoining(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay from, CivilDay to, int min_days,
                                                    const std::function<bool(CivilDay)>& works) {
  constexpr int kReachDays = 40;  // a chain of short leaves with the longest holidays between them
  std::vector<LeaveRecorded> shorts;
  for (auto& l : leaves_touching(reader, centre, viewer, from - kReachDays, to + kReachDays, 1))
    if (l.fact.days < min_days) shorts.push_back(std::move(l.fact));
  // Whose each is: its account's; without one, the only account's that its name has here, or a name's own.
  std::map<std::pair<std::string, std::string>, std::set<std::string>> accounts;
  for (const auto& l : shorts)
    if (l.account) accounts[{l.department.value, l.name}].emplace(*l.account);
  std::map<std::tuple<std::string, std::string, std::string, LeaveKind>, std::vector<LeaveRecorded>> all;
  for (auto& l : shorts) {
    const auto& named = accounts[{l.department.value, l.name}];
    const std::string account = l.account ? std::string(*l.account) : named.size() == 1 ? *named.begin() : "";
    const auto key = account.empty() ? std::tuple{account, l.department.value, std::string(l.name), l.kind} : std::tuple{account, std::string(), std::string(), l.kind};
    all[key].push_back(std::move(l));
  }
  std::vector<AdjoiningLeaves> out;
  for (auto& [who, leaves] : all) {
    std::stable_sort(leaves.begin(), leaves.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    const auto tell = [&](const AdjoiningLeaves& one) {
      if (one.days >= min_days && one.from <= to && one.to >= from) out.push_back(one);
    };
    AdjoiningLeaves one;
    for (const auto& l : leaves) {
      bool adjoins = one.days > 0;
      for (auto day = one.to + 1; adjoins && day < l.from; day = day + 1) adjoins = !works(day);
      if (!adjoins) {
        tell(one);
        one = {l.kind, l.department, std::string(l.name), l.from, l.from - 1, 0};
      }
      // A day that two of them have is one day off.
      if (l.from > one.to) {
        one.days += l.days;
      } else {
        for (auto day = one.to + 1; day <= l.to; day = day + 1) one.days += l.count_mode == CountMode::calendar || works(day) ? 1 : 0;
      }
      one.to = std::max(one.to, l.to);
    }
    tell(one);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return std::tie(a.department.value, a.name, a.kind, a.from) < std::tie(b.department.value, b.name, b.kind, b.from); });
  return out;
}

}  // namespace yi::staff
