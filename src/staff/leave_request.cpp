#include "staff/leave_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/yaml.h"

namespace yi::staff {
namespace {
using store::Merge;
using store::Personal;
using store::Type;
using store::ViewKind;
constexpr const char* kBad = "staff.bad_leave_rules";
constexpr const char* kStepLetters = "wuc";
}  // namespace

const std::vector<LeaveStep>& LeaveRule::steps_of(int days) const {
  for (const auto& s : steps)
    if (!s.up_to || days <= *s.up_to) return s.by;
  return steps.back().by;
}

const LeaveRule& LeaveRules::of(LeaveKind kind) const {
  return *std::find_if(kinds.begin(), kinds.end(), [&](const LeaveRule& r) { return r.kind == kind; });
}

Result<LeaveRules> LeaveRules::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  const auto bad = [&](const yaml::Node& at, std::string sentence) { report.add(at, kBad, std::move(sentence), "请核对 leave.yaml。"); };
  LeaveRules all;
  const auto days = [&](const char* name, int& out) {
    const auto n = top.map(name);
    if (!n) return;
    yaml::Fields g(*n, report);
    out = static_cast<int>(g.integer("value", 0, 366));
    g.text("basis");
    g.flag("unverified");
    g.finish();
  };
  days("overdue_days", all.overdue_days);
  days("late_asking_days", all.late_asking_days);
  if (const auto n = top.map("one_may_approve_twice")) {
    yaml::Fields g(*n, report);
    all.one_may_approve_twice = g.boolean("value");
    g.text("basis");
    g.flag("unverified");
    g.finish();
  }
  for (const auto& node : top.list("kinds")) {
    yaml::Fields f(node, report);
    LeaveRule r;
    r.kind = f.choice<LeaveKind>("kind");
    r.count = f.choice<CountMode>("count");
    // annual_entitlement reckons by these.
    if (r.kind == LeaveKind::annual && r.count != CountMode::working) bad(node, "年休假按工作日计（条例第三条）。");
    if (r.kind == LeaveKind::personal && r.count != CountMode::working) bad(node, "事假按工作日计。");
    if (r.kind == LeaveKind::sick && r.count != CountMode::calendar) bad(node, "病假按自然日计（条例第四条按月）。");
    if (const auto n = f.optional_integer("certificate_days", 0, 366)) r.certificate_days = static_cast<int>(*n);
    r.hand_over = f.boolean("hand_over");
    f.text("basis");
    f.flag("unverified");
    int before = 0;
    for (const auto& item : f.list("steps")) {
      yaml::Fields g(item, report);
      LeaveRule::Steps s;
      if (const auto n = g.optional_integer("up_to", 1, 366)) s.up_to = static_cast<int>(*n);
      for (const auto& word : g.texts("by")) {
        LeaveStep step{};
        if (!json::enum_from(word, step)) bad(g.at("by"), "没有审批环节“" + word + "”。");
        else if (!s.by.empty() && step <= s.by.back()) bad(g.at("by"), "审批环节应按 window、unit、centre 的次序，各写一次。");
        else s.by.push_back(step);
      }
      g.finish();
      if (s.by.empty()) bad(item, "没有写审批环节。");
      if (before < 0 || (s.up_to && *s.up_to <= before)) bad(item, "审批环节要按天数从小到大写，不限天数的写在最后。");
      before = s.up_to.value_or(-1);
      r.steps.push_back(std::move(s));
    }
    f.finish();
    if (before >= 0) bad(node, std::string(chinese_name(r.kind)) + "缺少不限天数的审批环节。");
    for (const auto& other : all.kinds)
      if (other.kind == r.kind) bad(node, std::string(chinese_name(r.kind)) + "写了两次。");
    all.kinds.push_back(std::move(r));
  }
  top.finish();
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<LeaveKind>>([&](auto d) {
    if (std::none_of(all.kinds.begin(), all.kinds.end(), [&](const LeaveRule& r) { return r.kind == d.value; })) bad(root, std::string("缺少假别") + chinese_name(d.value) + "。");
  });
  if (auto refusal = report.refusal()) return *refusal;
  return all;
}

const store::View& LeaveState::view() {
  static const store::View v{"staff_leave_request", 2, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"leave", Type::integer}, {"account", Type::text}, {"department", Type::text},
                              {"name", Type::text, Merge::replace, Personal::name}, {"kind", Type::integer}, {"stage", Type::integer}, {"first_day", Type::integer},
                              {"last_day", Type::integer}, {"count_mode", Type::integer}, {"days", Type::integer}, {"steps", Type::text}, {"substitute", Type::text},
                              {"handed_over", Type::integer}, {"extends", Type::integer}, {"whole", Type::integer}, {"recorded", Type::integer}, {"approved_by", Type::text}, {"back", Type::integer}},
                             {{"centre", "stage", "last_day"}, {"centre", "account", "last_day"}}};
  return v;
}
void LeaveState::append_row(store::Row& r) const {
  r.emplace_back(account);
  r.emplace_back(department);
  r.emplace_back(name);
  r.emplace_back(static_cast<int>(kind));
  r.emplace_back(static_cast<int>(stage));
  r.emplace_back(first.days);
  r.emplace_back(last.days);
  r.emplace_back(static_cast<int>(count_mode));
  r.emplace_back(days);
  std::string text;
  for (const auto s : steps) text += kStepLetters[static_cast<std::size_t>(s)];
  r.emplace_back(std::move(text));
  r.emplace_back(substitute);
  r.emplace_back(static_cast<int>(handed_over));
  r.emplace_back(extends);
  r.emplace_back(whole);
  r.emplace_back(recorded);
  r.emplace_back(join(approved_by, ","));
  r.push_back(back ? store::Value(back->days) : store::Value());
}
LeaveState LeaveState::from(const store::Row& r) {
  LeaveState s{r[2].s, r[3].s, r[4].s, static_cast<LeaveKind>(r[5].i), static_cast<LeaveStage>(r[6].i), CivilDay{static_cast<std::int32_t>(r[7].i)},
               CivilDay{static_cast<std::int32_t>(r[8].i)}, static_cast<CountMode>(r[9].i), static_cast<std::int32_t>(r[10].i), {}, r[12].s, r[13].i != 0, r[14].i, static_cast<std::int32_t>(r[15].i), r[16].i, {}, {}};
  if (!r[17].s.empty()) s.approved_by = split(r[17].s, ',');
  if (r[18].kind != store::Value::Kind::null) s.back = CivilDay{static_cast<std::int32_t>(r[18].i)};
  for (const char c : r[11].s) s.steps.push_back(c == 'w' ? LeaveStep::window : c == 'u' ? LeaveStep::unit : LeaveStep::centre);
  return s;
}

std::vector<std::string_view> LeaveGuard::listens_to() const {
  return {LeaveAsked::kName, LeaveApproved::kName, LeaveRejected::kName, LeaveWithdrawn::kName, HandOverConfirmed::kName, ReturnedFromLeave::kName, OverdueReturnDecided::kName, LeaveRecorded::kName};
}
void LeaveGuard::apply(const engine::RecordedFact& f) {
  const auto name = f.record.name;
  const auto stage = [&](LeaveId id, LeaveStage s) { change(id.value).stage = s; };
  if (name == LeaveAsked::kName) {
    const auto a = f.as<LeaveAsked>();
    change_new(a.leave.value) = {std::string(a.account), a.department.value, std::string(a.name), a.kind, LeaveStage::asked, a.from, a.to, a.count_mode, a.days, a.steps,
                                 a.substitute ? std::string(*a.substitute) : "", false, a.extends ? a.extends->value : 0, a.whole, 0, {}, {}};
  } else if (name == LeaveApproved::kName) {
    const auto a = f.as<LeaveApproved>();
    std::int64_t extended = 0;
    {
      auto& s = change(a.leave.value);
      s.steps.erase(std::remove(s.steps.begin(), s.steps.end(), a.step), s.steps.end());
      s.approved_by.emplace_back(a.by);
      if (a.last) {
        s.stage = LeaveStage::approved;
        extended = s.extends;
      }
    }
    if (extended) stage({extended}, LeaveStage::returned);  // 续假: the first goes over into the second; the rules have seen that it could
  } else if (name == LeaveRejected::kName) {
    stage(f.as<LeaveRejected>().leave, LeaveStage::rejected);
  } else if (name == LeaveWithdrawn::kName) {
    stage(f.as<LeaveWithdrawn>().leave, LeaveStage::withdrawn);
  } else if (name == HandOverConfirmed::kName) {
    change(f.as<HandOverConfirmed>().leave.value).handed_over = true;
  } else if (name == ReturnedFromLeave::kName) {
    const auto r = f.as<ReturnedFromLeave>();
    auto& s = change(r.leave.value);
    s.stage = LeaveStage::returned;
    s.back = r.on;
  } else if (name == LeaveRecorded::kName) {
    if (const auto l = f.as<LeaveRecorded>().leave) change(l->value).recorded = f.seq;
  } else {
    stage(f.as<OverdueReturnDecided>().leave, LeaveStage::settled);
  }
}

std::optional<LeaveId> LeaveGuard::touching(const std::string& account, CivilDay from, CivilDay to, LeaveId except) {
  auto c = select("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND leave<>$3 AND (stage=$4 OR stage=$5) AND first_day<=$6 AND last_day>=$7 ORDER BY leave LIMIT 1",
                  {account, except.value, static_cast<int>(LeaveStage::asked), static_cast<int>(LeaveStage::approved), to.days, from.days});
  return c->next() ? std::optional(LeaveId{c->integer(0)}) : std::nullopt;
}

bool LeaveGuard::away_on(const std::string& account, CivilDay day) {
  return select("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND stage=$3 AND first_day<=$4 AND last_day>=$4 LIMIT 1",
                {account, static_cast<int>(LeaveStage::approved), day.days})->next();
}

std::vector<LeaveState> LeaveGuard::neighbours(const std::string& account, LeaveKind kind, CivilDay from, CivilDay to) {
  std::vector<LeaveState> out;
  const auto one = [&](const char* sql, CivilDay bound) {
    std::optional<std::int64_t> leave;
    {
      auto c = select(sql, {account, static_cast<int>(kind), bound.days, static_cast<int>(LeaveStage::asked), static_cast<int>(LeaveStage::approved), static_cast<int>(LeaveStage::returned)});
      if (c->next()) leave = c->integer(0);
    }
    if (leave)
      if (const auto* s = find(*leave)) out.push_back(*s);
  };
  one("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND kind=$3 AND last_day<$4 AND (stage=$5 OR stage=$6 OR stage=$7) ORDER BY last_day DESC LIMIT 1", from);
  one("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND kind=$3 AND first_day>$4 AND (stage=$5 OR stage=$6 OR stage=$7) ORDER BY first_day LIMIT 1", to);
  return out;
}

const store::View& LeaveCount::view() {
  static const store::View v{"staff_leave_count", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"one", Type::integer}, {"last", Type::integer}}};
  return v;
}

const store::View& YearState::view() {
  static const store::View v{"staff_leave_year", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"account_year", Type::text}, {"annual", Type::integer}, {"personal", Type::integer}, {"sick", Type::integer}}};
  return v;
}
void YearState::append_row(store::Row& r) const {
  for (const auto n : {annual, personal, sick}) r.emplace_back(n);
}
std::string YearGuard::key(const std::string& account, int year) { return fmt::format("{}/{:04}", account, year); }
void YearGuard::apply(const engine::RecordedFact& f) {
  const auto count = [&](std::string_view account, LeaveKind kind, CivilDay from, std::int64_t days) {
    if (kind != LeaveKind::annual && kind != LeaveKind::personal && kind != LeaveKind::sick) return;
    auto& s = change(key(std::string(account), from.year()));
    (kind == LeaveKind::annual ? s.annual : kind == LeaveKind::personal ? s.personal : s.sick) += days;
  };
  const auto name = f.record.name;
  if (name == LeaveAsked::kName) {
    const auto a = f.as<LeaveAsked>();
    count(a.account, a.kind, a.from, a.days);
  } else if (name == ReturnedFromLeave::kName) {
    if (const auto g = f.as<ReturnedFromLeave>().given_back) count(g->account, g->kind, g->from, -g->days);
  } else {
    const auto g = name == LeaveRejected::kName ? f.as<LeaveRejected>().given_back : f.as<LeaveWithdrawn>().given_back;
    count(g.account, g.kind, g.from, -g.days);
  }
}

const store::View& ServiceState::view() {
  static const store::View v{"staff_service", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"account", Type::text}, {"since", Type::integer}, {"school_holidays", Type::integer}, {"pay_kept", Type::integer}}};
  return v;
}
void ServiceState::append_row(store::Row& r) const {
  r.emplace_back(since.days);
  r.emplace_back(static_cast<int>(school_holidays));
  r.emplace_back(static_cast<int>(pay_kept));
}
void ServiceGuard::apply(const engine::RecordedFact& f) {
  const auto s = f.as<ServiceRecorded>();
  change(std::string(s.account)) = {s.since, s.school_holidays, s.pay_kept};
}

AnnualEntitlement annual_entitlement(const std::optional<ServiceState>& service, const YearState& before, const YearState& now, CivilDay on) {
  if (!service) return {0, "没有登记参加工作的时间，请先登记。"};
  // Whole years completed before this month began.
  int years = on.year() - service->since.year();
  if (service->since.month() >= on.month()) --years;
  const int days = years < 1 ? 0 : years < 10 ? 5 : years < 20 ? 10 : 15;
  if (days == 0) return {0, "累计工作不满 1 年，或满 1 年的次月还没有到（条例第三条）。"};
  const auto base = fmt::format("累计工作满 {} 年，年休假 {} 天（条例第三条）", years, days);
  if (service->school_holidays) return {0, base + "；依法享受寒暑假，其天数多于年休假天数，不享受当年的年休假（第四条第一项）。"};
  // The regulation names months and no days; a month is read as thirty of them, which is local.
  const int months = days == 5 ? 2 : days == 10 ? 3 : 4;
  const auto lost = [&](const YearState& y, const char* which) -> std::string {
    if (y.personal >= 20 && service->pay_kept) return fmt::format("；{}事假累计 {} 天且未扣工资，不享受（第四条第二项）。", which, y.personal);
    if (y.sick >= months * 30) return fmt::format("；{}病假累计 {} 天，满 {} 个月，不享受（第四条第{}项）。", which, y.sick, months, days == 5 ? "三" : days == 10 ? "四" : "五");
    return "";
  };
  if (auto why = lost(now, "当年"); !why.empty()) return {0, base + why};
  if (before.annual > 0)
    if (auto why = lost(before, "上年已休年休假后，"); !why.empty()) return {0, base + why};
  return {days, base + "。"};
}

}  // namespace yi::staff
