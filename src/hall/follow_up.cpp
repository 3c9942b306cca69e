#include "hall/follow_up.h"

#include <algorithm>

#include "base/yaml.h"
#include "casework/case_state.h"
#include "casework/house_events.h"
#include "casework/rules.h"

namespace yi::hall {
namespace {
using store::Type;
}  // namespace

std::string_view chinese_name(FollowUpKind k) {
  static constexpr std::string_view names[] = {"差评整改", "办不成事", "领导带走的问题", "纸质差评整改"};
  return names[static_cast<std::size_t>(k)];
}

const FollowUpClass* FollowUpRule::find(std::string_view code) const {
  const auto it = std::find_if(classes.begin(), classes.end(), [&](const FollowUpClass& c) { return c.code == code; });
  return it == classes.end() ? nullptr : &*it;
}

const FollowUpRule& FollowUpRules::of(FollowUpKind k) const {
  return *std::find_if(kinds.begin(), kinds.end(), [&](const FollowUpRule& r) { return r.kind == k; });
}

Result<FollowUpRules> FollowUpRules::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  FollowUpRules all;
  const auto bad = [&](const yaml::Node& at, std::string sentence) { report.add(at, "hall.bad_follow_ups", std::move(sentence), "请核对 follow_ups.yaml。"); };
  for (const auto& node : top.list("kinds")) {
    yaml::Fields f(node, report);
    FollowUpRule r;
    r.kind = f.choice<FollowUpKind>("kind");
    if (const auto n = f.map("sort_days")) {
      yaml::Fields g(*n, report);
      r.sort_days = static_cast<int>(g.integer("value", 0, 366));
      g.text("basis");
      g.flag("unverified");
      g.finish();
    }
    if (is_rating(r.kind))
      if (const auto n = f.optional_map("appeal_days")) {
        yaml::Fields g(*n, report);
        r.appeal_days = static_cast<int>(g.integer("value", 0, 366));
        g.text("basis");
        g.flag("unverified");
        g.finish();
      }
    for (const auto& item : f.list("classes")) {
      yaml::Fields g(item, report);
      FollowUpClass c{g.text("code"), g.text("name"), static_cast<int>(g.integer("days", 0, 366))};
      g.text("basis");
      g.flag("unverified");
      g.finish();
      if (c.code.size() > 40) bad(item, "类别代码超过 40 个字符。");
      if (r.find(c.code)) bad(item, "类别“" + c.code + "”写了两次。");
      r.classes.push_back(std::move(c));
    }
    f.finish();
    if (r.classes.empty()) bad(node, std::string(chinese_name(r.kind)) + "没有类别。");
    for (const auto& other : all.kinds)
      if (other.kind == r.kind) bad(node, std::string(chinese_name(r.kind)) + "写了两次。");
    all.kinds.push_back(std::move(r));
  }
  top.finish();
  for (const auto k : kFollowUpKinds)
    if (std::none_of(all.kinds.begin(), all.kinds.end(), [&](const FollowUpRule& r) { return r.kind == k; })) bad(root, "缺少" + std::string(chinese_name(k)) + "的规则。");
  if (auto refusal = report.refusal()) return *refusal;
  return all;
}

const store::View& FollowUpState::view() {
  static const store::View v{"hall_follow_up", 3, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"follow_up", Type::integer}, {"kind", Type::integer}, {"stage", Type::integer}, {"department", Type::text},
                              {"window_code", Type::text}, {"sort", Type::text}, {"lead_department", Type::text}, {"opened", Type::integer}, {"due", Type::integer},
                              {"answered", Type::integer}, {"extended", Type::integer}, {"reopened", Type::integer}, {"upheld", Type::integer},
                              {"content", Type::integer}, {"appealed_by", Type::text}, {"tries", Type::integer}, {"reached", Type::integer}, {"late", Type::integer},
                              {"reachable", Type::integer}, {"unreachable", Type::integer}, {"appealed", Type::integer}, {"subject", Type::integer}, {"case_id", Type::integer}, {"appeal_decided", Type::integer}},
                             {{"centre", "stage", "follow_up"}, {"centre", "kind", "opened"}, {"centre", "subject"}}};
  return v;
}
void FollowUpState::append_row(store::Row& r) const {
  const auto day = [](const std::optional<CivilDay>& d) { return d ? store::Value(d->days) : store::Value(); };
  r.emplace_back(static_cast<int>(kind));
  r.emplace_back(static_cast<int>(stage));
  r.emplace_back(department);
  r.emplace_back(window);
  r.emplace_back(sort);
  r.emplace_back(lead);
  r.emplace_back(opened.days);
  r.push_back(day(due));
  r.push_back(day(answered));
  r.emplace_back(extended);
  r.emplace_back(reopened);
  r.emplace_back(static_cast<int>(upheld));
  r.emplace_back(static_cast<int>(content));
  r.emplace_back(appealed_by);
  r.emplace_back(tries);
  r.emplace_back(static_cast<int>(reached));
  r.emplace_back(static_cast<int>(late));
  r.emplace_back(static_cast<int>(reachable));
  r.emplace_back(static_cast<int>(unreachable));
  r.push_back(day(appealed));
  r.emplace_back(subject);
  r.emplace_back(case_id);
  r.push_back(day(appeal_decided));
}
FollowUpState FollowUpState::from(const store::Row& r) {
  const auto day = [](const store::Value& v) { return v.kind == store::Value::Kind::null ? std::nullopt : std::optional(CivilDay{static_cast<std::int32_t>(v.i)}); };
  return {static_cast<FollowUpKind>(r[2].i), static_cast<FollowUpStage>(r[3].i), r[4].s, r[5].s, r[6].s, r[7].s, CivilDay{static_cast<std::int32_t>(r[8].i)}, day(r[9]), day(r[10]),
          static_cast<int>(r[11].i), static_cast<int>(r[12].i), r[13].i != 0, r[14].i != 0, r[15].s, static_cast<int>(r[16].i), r[17].i != 0, r[18].i != 0, r[19].i != 0, r[20].i != 0, day(r[21]), r[22].i, r[23].i, day(r[24])};
}

std::vector<std::string_view> FollowUpGuard::listens_to() const {
  return {casework::Evaluated::kName, casework::VisitEvaluated::kName, casework::PaperEvaluationEntered::kName, UnresolvedRegistered::kName, ProblemTaken::kName, FollowUpSorted::kName, FollowUpDeclined::kName,
          FollowUpExtended::kName, FollowUpAnswered::kName, EvaluationAppealed::kName, AppealDecided::kName, FollowUpCalledBack::kName, FollowUpUnreachable::kName};
}
void FollowUpGuard::apply(const engine::RecordedFact& f) {
  const auto name = f.record.name;
  const auto today = civil_day(f.record.recorded_at);
  const auto open = [&](FollowUpKind kind, std::string department, std::string window, bool reachable, const std::optional<SubjectId>& subject, const std::optional<CaseId>& of = {}) {
    auto& s = change_new(f.seq);
    s = {};
    s.kind = kind;
    s.department = std::move(department);
    s.window = std::move(window);
    s.opened = today;
    s.reachable = reachable;
    s.subject = subject ? subject->value : 0;
    s.case_id = of ? of->value : 0;
  };
  if (name == casework::Evaluated::kName) {
    if (casework::origin_of(f)) return;  // rated elsewhere, followed up there
    const auto e = f.as<casework::Evaluated>();
    if (e.level >= kBadLevel) open(FollowUpKind::bad_rating, e.department.value, e.window ? e.window->value : "", false, {}, casework::case_of_stream(f.record.stream));
  } else if (name == casework::VisitEvaluated::kName) {
    const auto e = f.as<casework::VisitEvaluated>();
    if (e.level >= kBadLevel) open(FollowUpKind::bad_rating, "", e.window.value, false, e.subject);
  } else if (name == casework::PaperEvaluationEntered::kName) {
    const auto e = f.as<casework::PaperEvaluationEntered>();
    if (e.level >= kBadLevel) open(FollowUpKind::paper_evaluation, "", e.window.value, e.reachable.value_or(false), e.subject);
  } else if (name == UnresolvedRegistered::kName) {
    const auto u = f.as<UnresolvedRegistered>();
    open(FollowUpKind::unresolved, u.department ? u.department->value : "", u.window ? u.window->value : "", u.reachable.value_or(u.reporter.has_value()), u.reporter, u.case_id);
  } else if (name == ProblemTaken::kName) {
    const auto p = f.as<ProblemTaken>();
    open(FollowUpKind::leader_problem, p.department ? p.department->value : "", "", false, p.subject);
  } else if (name == FollowUpSorted::kName) {
    const auto t = f.as<FollowUpSorted>();
    auto& s = change(t.follow_up.value);
    s.stage = FollowUpStage::sorted;
    s.sort = t.sort;
    s.lead = t.lead.value;
    s.due = t.due;
  } else if (name == FollowUpDeclined::kName) {
    change(f.as<FollowUpDeclined>().follow_up.value).stage = FollowUpStage::declined;
  } else if (name == FollowUpExtended::kName) {
    const auto t = f.as<FollowUpExtended>();
    auto& s = change(t.follow_up.value);
    s.due = t.due;
    ++s.extended;
  } else if (name == FollowUpAnswered::kName) {
    auto& s = change(f.as<FollowUpAnswered>().follow_up.value);
    s.stage = FollowUpStage::answered;
    s.answered = today;
    s.late |= s.due && *s.due < today;
  } else if (name == EvaluationAppealed::kName) {
    const auto t = f.as<EvaluationAppealed>();
    auto& s = change(t.follow_up.value);
    s.stage = FollowUpStage::appealed;
    s.appealed_by = t.by;
    s.appealed = today;
  } else if (name == AppealDecided::kName) {
    const auto t = f.as<AppealDecided>();
    auto& s = change(t.follow_up.value);
    s.upheld = t.upheld;
    s.appeal_decided = today;
    s.stage = t.upheld ? FollowUpStage::closed : FollowUpStage::sorted;
    if (t.due) s.due = t.due;
  } else if (name == FollowUpUnreachable::kName) {
    auto& s = change(f.as<FollowUpUnreachable>().follow_up.value);
    s.unreachable = true;
    s.stage = FollowUpStage::closed;
  } else {
    const auto t = f.as<FollowUpCalledBack>();
    auto& s = change(t.follow_up.value);
    s.content = t.content;
    if (t.reached) s.reached = true;
    else ++s.tries;
    if (t.due) {
      ++s.reopened;
      s.due = t.due;
      s.answered.reset();
      s.stage = FollowUpStage::sorted;
    } else if (t.closes) {
      s.stage = FollowUpStage::closed;
    }
  }
}
bool FollowUpGuard::is_open(SubjectId subject) {
  return select("SELECT follow_up FROM hall_follow_up WHERE centre=$1 AND subject=$2 AND stage<>$3 AND stage<>$4 LIMIT 1",
                {subject.value, static_cast<int>(FollowUpStage::closed), static_cast<int>(FollowUpStage::declined)})->next();
}

}  // namespace yi::hall
