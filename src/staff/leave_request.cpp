#include "staff/leave_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/yaml.h"
#include "staff/recorded.h"

namespace yi::staff {
namespace {
using store::Merge;
using store::Personal;
using store::Type;
using store::ViewKind;
constexpr const char* kBad = "staff.bad_leave_rules";
// A step that decides without the words is written as its capital.
constexpr const char *kStepLetters = "wuc", *kUnreadLetters = "WUC";
bool has(const std::vector<LeaveStep>& list, LeaveStep s) { return std::find(list.begin(), list.end(), s) != list.end(); }
}  // namespace

const LeaveSteps& steps_of(const std::vector<LeaveSteps>& steps, int days) {
  for (const auto& s : steps)
    if (!s.up_to || days <= *s.up_to) return s;
  return steps.back();
}

const LeaveRule& LeaveRules::of(LeaveKind kind) const {
  return *std::find_if(kinds.begin(), kinds.end(), [&](const LeaveRule& r) { return r.kind == kind; });
}

const std::vector<LeaveSteps>& LeaveRules::steps_for(LeaveKind kind, identity::RoleSet roles) const {
  for (const auto& h : heads)
    if (roles.meets(h.roles)) return h.steps;
  return of(kind).steps;
}

Result<LeaveRules> LeaveRules::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  const auto bad = [&](const yaml::Node& at, std::string sentence) { report.add(at, kBad, std::move(sentence), "请核对 leave.yaml。"); };
  LeaveRules all;
  // Whoever hands in a certificate hands it to somebody: of the days from which on one is needed, a step is told the words.
  const auto unread = [](const std::vector<LeaveSteps>& steps, int certificate_days) {
    return std::any_of(steps.begin(), steps.end(), [&](const LeaveSteps& s) { return s.reads.empty() && !s.by.empty() && (!s.up_to || *s.up_to >= certificate_days); });
  };
  const auto days = [&](const char* name, int& out) {
    const auto n = top.map(name);
    if (!n) return;
    yaml::Fields g(*n, report);
    out = static_cast<int>(g.integer("value", 0, 366));
    if (&out == &all.overdue_days)
      if (const auto mode = g.optional_choice<CountMode>("count")) all.overdue_count = *mode;
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
  const auto read_steps = [&](yaml::Fields& f, const yaml::Node& node, const std::string& whose) {
    std::vector<LeaveSteps> out;
    int before = 0;
    for (const auto& item : f.list("steps")) {
      yaml::Fields g(item, report);
      LeaveSteps s;
      if (const auto n = g.optional_integer("up_to", 1, 366)) s.up_to = static_cast<int>(*n);
      for (const auto& word : g.texts("by")) {
        LeaveStep step{};
        if (!json::enum_from(word, step)) bad(g.at("by"), "没有审批环节“" + word + "”。");
        else if (!s.by.empty() && step <= s.by.back()) bad(g.at("by"), "审批环节应按 window、unit、centre 的次序，各写一次。");
        else s.by.push_back(step);
      }
      s.reads = s.by;  // whoever decides is told why, unless the house says otherwise
      if (g.node().find("reads")) {
        s.reads.clear();
        for (const auto& word : g.texts("reads")) {
          LeaveStep step{};
          if (!json::enum_from(word, step) || !has(s.by, step)) bad(g.at("reads"), "“" + word + "”不是这里的审批环节。");
          else s.reads.push_back(step);
        }
      }
      g.finish();
      if (s.by.empty()) bad(item, "没有写审批环节。");
      if (before < 0 || (s.up_to && *s.up_to <= before)) bad(item, "审批环节要按天数从小到大写，不限天数的写在最后。");
      before = s.up_to.value_or(-1);
      out.push_back(std::move(s));
    }
    if (before >= 0) bad(node, whose + "缺少不限天数的审批环节。");
    return out;
  };
  std::vector<yaml::Node> head_nodes;
  for (const auto& node : top.list("steps_of_head")) {
    yaml::Fields f(node, report);
    HeadRule r;
    for (const auto& word : f.texts("roles")) {
      identity::Role role{};
      if (!json::enum_from(word, role)) bad(f.at("roles"), "没有岗位“" + word + "”。");
      else r.roles = r.roles | identity::RoleSet{role};
    }
    f.text("basis");
    f.flag("unverified");
    r.steps = read_steps(f, node, "负责人请假");
    f.finish();
    if (r.roles.empty()) bad(node, "没有写是哪些岗位。");
    head_nodes.push_back(node);
    all.heads.push_back(std::move(r));
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
    const Disclosure said{f.boolean("health"), f.boolean("public")};
    r.disclosure = disclosure_of(r.kind, said);
    if (r.kind == LeaveKind::sick && (!said.health || said.open)) bad(node, "病假涉及健康，须写 health: true、public: false：公开版不刊登病假。");
    else if (said.open && is_of_body(r.kind)) bad(node, std::string(chinese_name(r.kind)) + "涉及健康、身体，不论 health 怎么写，公开版都不刊登，public 须写 false。");
    else if (r.disclosure != said) bad(node, std::string(chinese_name(r.kind)) + "涉及健康（health: true）的，公开版不刊登，public 须写 false。");
    f.text("basis");
    f.flag("unverified");
    r.steps = read_steps(f, node, chinese_name(r.kind));
    f.finish();
    if (r.certificate_days && unread(r.steps, *r.certificate_days)) bad(node, std::string(chinese_name(r.kind)) + "要附证明的天数，reads 至少写一个环节，否则证明没有人看。");
    for (const auto& other : all.kinds)
      if (other.kind == r.kind) bad(node, std::string(chinese_name(r.kind)) + "写了两次。");
    all.kinds.push_back(std::move(r));
  }
  // A head's chain is of every kind.
  for (std::size_t i = 0; i < all.heads.size(); ++i)
    if (std::any_of(all.kinds.begin(), all.kinds.end(), [&](const LeaveRule& r) { return r.certificate_days && unread(all.heads[i].steps, *r.certificate_days); }))
      bad(head_nodes[i], "有的假别要附证明，负责人请假这些天数的 reads 至少写一个环节，否则证明没有人看。");
  top.finish();
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<LeaveKind>>([&](auto d) {
    if (std::none_of(all.kinds.begin(), all.kinds.end(), [&](const LeaveRule& r) { return r.kind == d.value; })) bad(root, std::string("缺少假别") + chinese_name(d.value) + "。");
  });
  if (auto refusal = report.refusal()) return *refusal;
  return all;
}

const store::View& LeaveState::view() {
  static const store::View v{"staff_leave_request", 6, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"leave", Type::integer}, {"account", Type::text}, {"department", Type::text},
                              {"name", Type::text, Merge::replace, Personal::name}, {"kind", Type::integer}, {"stage", Type::integer}, {"first_day", Type::integer},
                              {"last_day", Type::integer}, {"count_mode", Type::integer}, {"days", Type::integer}, {"steps", Type::text}, {"substitute", Type::text},
                              {"handed_over", Type::integer}, {"extends", Type::integer}, {"whole", Type::integer}, {"recorded", Type::integer}, {"approved_by", Type::text}, {"back", Type::integer}, {"years", Type::text}, {"told_from", Type::integer},
                              {"told_days", Type::integer}, {"absent", Type::integer}, {"disclosure", Type::integer}},
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
  for (const auto s : steps) text += (has(unread, s) ? kUnreadLetters : kStepLetters)[static_cast<std::size_t>(s)];
  r.emplace_back(std::move(text));
  r.emplace_back(substitute);
  r.emplace_back(static_cast<int>(handed_over));
  r.emplace_back(extends);
  r.emplace_back(whole);
  r.emplace_back(recorded);
  r.emplace_back(join(approved_by, ","));
  r.push_back(back ? store::Value(back->days) : store::Value());
  r.emplace_back(years_text(years));
  r.emplace_back(told_from.days);
  r.emplace_back(told_days);
  r.push_back(absent ? store::Value(static_cast<int>(*absent)) : store::Value());
  r.push_back(disclosure_value(disclosure));
}
LeaveState LeaveState::from(const store::Row& r) {
  LeaveState s{r[2].s, r[3].s, r[4].s, static_cast<LeaveKind>(r[5].i), static_cast<LeaveStage>(r[6].i), CivilDay{static_cast<std::int32_t>(r[7].i)},
               CivilDay{static_cast<std::int32_t>(r[8].i)}, static_cast<CountMode>(r[9].i), static_cast<std::int32_t>(r[10].i), {}, r[12].s, r[13].i != 0, r[14].i, static_cast<std::int32_t>(r[15].i), r[16].i, {}, {}, {}, CivilDay{static_cast<std::int32_t>(r[20].i)},
               static_cast<std::int32_t>(r[21].i)};
  if (!r[17].s.empty()) s.approved_by = split(r[17].s, ',');
  if (r[18].kind != store::Value::Kind::null) s.back = CivilDay{static_cast<std::int32_t>(r[18].i)};
  s.years = years_from(r[19].s);
  if (r[22].kind != store::Value::Kind::null) s.absent = r[22].i != 0;
  s.disclosure = disclosure_from(r[23]);
  for (const char c : r[11].s) {
    const bool unread = c < 'a';
    s.steps.push_back(c == 'w' || c == 'W' ? LeaveStep::window : c == 'u' || c == 'U' ? LeaveStep::unit : LeaveStep::centre);
    if (unread) s.unread.push_back(s.steps.back());
  }
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
    std::optional<Disclosure> continued;
    if (a.extends)
      if (const auto* first = find(a.extends->value)) continued = first->disclosure;
    auto& s = change_new(a.leave.value);
    s = {std::string(a.account), a.department.value, std::string(a.name), a.kind, LeaveStage::asked, a.from, a.to, a.count_mode, a.days, a.steps,
                                 a.substitute ? std::string(*a.substitute) : "", false, a.extends ? a.extends->value : 0, a.whole, 0, {}, {}, a.years, {}, 0};
    s.disclosure = continued;
    if (a.reads)
      for (const auto step : a.steps)
        if (!has(*a.reads, step)) s.unread.push_back(step);
  } else if (name == LeaveApproved::kName) {
    const auto a = f.as<LeaveApproved>();
    std::int64_t extended = 0;
    {
      auto& s = change(a.leave.value);
      for (auto* list : {&s.steps, &s.unread}) list->erase(std::remove(list->begin(), list->end(), a.step), list->end());
      s.approved_by.emplace_back(a.by);
      if (a.last) {
        s.stage = LeaveStage::approved;
        extended = s.extends;
      }
    }
    if (extended) stage({extended}, LeaveStage::extended);  // 续假: the first goes over into the second; the rules have seen that it could
  } else if (name == LeaveRejected::kName) {
    stage(f.as<LeaveRejected>().leave, LeaveStage::rejected);
  } else if (name == LeaveWithdrawn::kName) {
    std::int64_t extended = 0;
    {
      auto& s = change(f.as<LeaveWithdrawn>().leave.value);
      if (s.stage == LeaveStage::approved) extended = s.extends;
      s.stage = LeaveStage::withdrawn;
    }
    // What it continued is as it was, with its return.
    if (extended) stage({extended}, LeaveStage::approved);
  } else if (name == HandOverConfirmed::kName) {
    change(f.as<HandOverConfirmed>().leave.value).handed_over = true;
  } else if (name == ReturnedFromLeave::kName) {
    const auto r = f.as<ReturnedFromLeave>();
    auto& s = change(r.leave.value);
    s.stage = LeaveStage::returned;
    s.back = r.on;
  } else if (name == LeaveRecorded::kName) {
    if (const auto r = f.as<LeaveRecorded>(); r.leave) {
      auto& s = change(r.leave->value);
      s.recorded = f.seq;
      s.told_from = r.from;
      s.told_days = r.days;
      s.disclosure = r.disclosure;
    }
  } else {
    const auto d = f.as<OverdueReturnDecided>();
    auto& s = change(d.leave.value);
    s.stage = LeaveStage::settled;
    s.absent = d.absent;
  }
}

std::optional<LeaveId> LeaveGuard::touching(const std::string& account, CivilDay from, CivilDay to, LeaveId except) {
  auto c = select("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND leave<>$3 AND (stage=$4 OR stage=$5 OR stage=$8) AND first_day<=$6 AND last_day>=$7 ORDER BY leave LIMIT 1",
                  {account, except.value, static_cast<int>(LeaveStage::asked), static_cast<int>(LeaveStage::approved), to.days, from.days, static_cast<int>(LeaveStage::extended)});
  return c->next() ? std::optional(LeaveId{c->integer(0)}) : std::nullopt;
}

bool LeaveGuard::away_on(const std::string& account, CivilDay day) {
  return select("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND (stage=$3 OR stage=$5) AND first_day<=$4 AND last_day>=$4 LIMIT 1",
                {account, static_cast<int>(LeaveStage::approved), day.days, static_cast<int>(LeaveStage::extended)})->next();
}

std::vector<LeaveState> LeaveGuard::neighbours(const std::string& account, LeaveKind kind, CivilDay from, CivilDay to) {
  std::vector<LeaveState> out;
  const auto one = [&](const char* sql, CivilDay bound) {
    std::optional<std::int64_t> leave;
    {
      auto c = select(sql, {account, static_cast<int>(kind), bound.days, static_cast<int>(LeaveStage::asked), static_cast<int>(LeaveStage::approved), static_cast<int>(LeaveStage::returned), static_cast<int>(LeaveStage::extended)});
      if (c->next()) leave = c->integer(0);
    }
    if (leave)
      if (const auto* s = find(*leave)) out.push_back(*s);
  };
  one("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND kind=$3 AND last_day<$4 AND (stage=$5 OR stage=$6 OR stage=$7 OR stage=$8) ORDER BY last_day DESC LIMIT 1", from);
  one("SELECT leave FROM staff_leave_request WHERE centre=$1 AND account=$2 AND kind=$3 AND first_day>$4 AND (stage=$5 OR stage=$6 OR stage=$7 OR stage=$8) ORDER BY first_day LIMIT 1", to);
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
  const auto count = [&](std::string_view account, LeaveKind kind, CivilDay from, std::int64_t days, const std::vector<YearDays>& years, int sign) {
    if (kind != LeaveKind::annual && kind != LeaveKind::personal && kind != LeaveKind::sick) return;
    const auto add = [&](int year, std::int64_t n) {
      auto& s = change(key(std::string(account), year));
      (kind == LeaveKind::annual ? s.annual : kind == LeaveKind::personal ? s.personal : s.sick) += sign * n;
    };
    if (years.empty()) add(from.year(), days);
    for (const auto& y : years) add(y.year, y.days);
  };
  const auto give_back = [&](const GivenBack& g) { count(g.account, g.kind, g.from, g.days, g.years, -1); };
  const auto name = f.record.name;
  if (name == LeaveAsked::kName) {
    const auto a = f.as<LeaveAsked>();
    count(a.account, a.kind, a.from, a.days, a.years, 1);
  } else if (name == ReturnedFromLeave::kName) {
    if (const auto g = f.as<ReturnedFromLeave>().given_back) give_back(*g);
  } else if (name == LeaveRecorded::kName) {
    // A request's own days were counted when it was asked.
    if (const auto r = f.as<LeaveRecorded>(); r.account && !r.leave) count(*r.account, r.kind, r.from, r.days, r.years, 1);
  } else if (name == LeaveTakenBack::kName) {
    if (const auto g = f.as<LeaveTakenBack>().given_back) give_back(*g);
  } else {
    give_back(name == LeaveRejected::kName ? f.as<LeaveRejected>().given_back : f.as<LeaveWithdrawn>().given_back);
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
  // Whole years completed before the month began.
  const auto years_on = [&](CivilDay day) { return day.year() - service->since.year() - (service->since.month() >= day.month() ? 1 : 0); };
  const auto band = [](int n) { return n < 1 ? 0 : n < 10 ? 5 : n < 20 ? 10 : 15; };
  const int years = years_on(on), days = band(years);
  if (days == 0) return {0, "累计工作不满 1 年，或满 1 年的次月还没有到（条例第三条）。"};
  const auto base = fmt::format("累计工作满 {} 年，年休假 {} 天（条例第三条）", years, days);
  if (service->school_holidays) return {0, base + "；依法享受寒暑假，其天数多于年休假天数，不享受当年的年休假（第四条第一项）。"};
  // The regulation names months and no days; a month is read as thirty of them, which is local.
  const auto lost = [&](const YearState& y, int of, const char* which) -> std::string {
    const int months = of == 5 ? 2 : of == 10 ? 3 : 4;
    if (y.personal >= 20 && service->pay_kept) return fmt::format("；{}事假累计 {} 天且未扣工资，不享受（第四条第二项）。", which, y.personal);
    if (y.sick >= months * 30) return fmt::format("；{}病假累计 {} 天，满 {} 个月，不享受（第四条第{}项）。", which, y.sick, months, of == 5 ? "三" : of == 10 ? "四" : "五");
    return "";
  };
  if (auto why = lost(now, days, "当年"); !why.empty()) return {0, base + why};
  if (before.annual > 0)
    if (auto why = lost(before, band(years_on(CivilDay::of(on.year() - 1, 12, 31))), "上年已休年休假后，"); !why.empty()) return {0, base + why};
  return {days, base + "。"};
}

}  // namespace yi::staff
