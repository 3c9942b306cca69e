#include "catalog/change_rules.h"

#include "base/refusal_table.h"
#include "base/text.h"
#include "catalog/reading.h"

namespace yi::catalog {
namespace {

constexpr RefusalRow<NoChange> kWords[] = {
    {NoChange::unknown_item, "catalog.unknown_item", "目录里没有这一项。", "请从列表中选择；新设的请写入目录文件。", 404, "/code"},
    {NoChange::changed_meanwhile, "catalog.changed_meanwhile", "您编辑以后已经有了新的一版。", "请打开新的一版，核对后再改。", 409, "/base_version"},
    {NoChange::proposal_open, "catalog.proposal_open", "这一项已有一份变更在等待批准。", "请先批准、退回或者撤回那一份，再提出新的。", 409, "/code"},
    {NoChange::reason_missing, "catalog.reason_missing", "没有写明原因。", "请写明依据的文件或决定。", 422, "/reason"},
    {NoChange::since_past, "catalog.since_past", "启用日在今天之前。", "变更不溯及既往，请选择今天或以后的日期。", 422, "/since"},
    {NoChange::since_today, "catalog.since_today", "这项变更关系到期限的计算，最早从明天起启用。", "今天已经办的事按今天的设置计算，请选择明天或以后的日期。", 422, "/since"},
    {NoChange::nothing_changed, "catalog.nothing_changed", "内容与现在最新的一版相同。", "没有需要变更的内容。", 422, "/definition"},
    {NoChange::unknown_proposal, "catalog.unknown_proposal", "没有这份变更。", "请从待批准的变更中选择。", 404, "/number"},
    {NoChange::decided_already, "catalog.decided_already", "这份变更已经批准、退回或者撤回。", "请刷新页面查看结果。", 409, "/number"},
    {NoChange::same_person, "catalog.same_person", "提出变更的人不能自己批准或者退回。", "请由另一位有批准权限的人办理；不再需要的，您可以撤回。", 403, "/number"},
    {NoChange::not_yours, "catalog.not_yours", "只有提出变更的人可以撤回。", "不同意的，请写明理由退回。", 403, "/number"},
    {NoChange::first_day_as_proposed, "catalog.first_day_as_proposed", "启用日只能是提出的那一天；那一天已过的，才由批准的人另定。", "要改启用日的，请退回，由提出的人重新提出。", 422, "/since"},
};

Result<Change> open_change(const Changes& changes, ChangeKind kind, const ItemCode& code, int number) {
  auto found = changes.find(kind, code.value, number);
  if (!found) return refusal(NoChange::unknown_proposal);
  if (found->status != ChangeStatus::open) return refusal(NoChange::decided_already);
  return std::move(*found);
}

Refusal first_of(const std::vector<Refusal>& problems) {
  Refusal first = problems.front();
  if (problems.size() > 1) first.next_step += "另有 " + std::to_string(problems.size() - 1) + " 处问题。";
  return first;
}

}  // namespace

Refusal refusal(NoChange what) { return refusal_of(kWords, what); }

Assessed assess(const Changes& changes, ChangeKind kind, const std::string& code, CivilDay since, std::string_view definition, CivilDay today) {
  Assessed a;
  a.earliest = today;
  const auto& of = *changes.find(kind);
  const auto newest = changes.versions(kind, code).back();
  a.judged = of.judge(code, newest.version + 1, since, definition);
  if (!a.judged.problems.empty()) return a;
  a.paths = differing(newest.definition, a.judged.definition);
  a.alone = changes.four_eyes().alone(kind, a.paths);
  for (const auto& path : a.paths)
    if (of.from_tomorrow(path)) a.earliest = today + 1;
  return a;
}

Result<Proposed> decide(const ProposeChange& c, const Changes& changes, CivilDay today) {
  const auto versions = changes.versions(c.kind, c.code.value);
  if (versions.empty()) return refusal(NoChange::unknown_item);
  const auto past = changes.of(c.kind, c.code.value);
  for (const auto& p : past)
    if (p.status == ChangeStatus::open) return refusal(NoChange::proposal_open);
  if (versions.back().version != c.base_version) return refusal(NoChange::changed_meanwhile);
  if (trim(c.reason).empty()) return refusal(NoChange::reason_missing);
  if (c.since < today) return refusal(NoChange::since_past);
  const auto a = assess(changes, c.kind, c.code.value, c.since, c.definition, today);
  if (!a.judged.problems.empty()) return first_of(a.judged.problems);
  if (a.paths.empty()) return refusal(NoChange::nothing_changed);
  if (c.since < a.earliest) return refusal(NoChange::since_today);
  Proposed out{{c.kind, c.code, past.empty() ? 1 : past.back().number + 1, c.base_version, c.since, Definition(a.judged.definition), {}, c.reason}, {}};
  if (past.empty() && changes.find(c.kind)->first_is_the_files()) out.fact.former = Definition(versions.front().definition);
  if (a.alone) out.at_once = ChangeApproved{c.kind, c.code, out.fact.number, c.base_version + 1, c.since, true};
  return out;
}

Result<ChangeApproved> decide(const ApproveChange& c, const Changes& changes, CivilDay today, const std::string& account) {
  YI_TRY(const auto p, open_change(changes, c.kind, c.code, c.number));
  if (p.by == account) return refusal(NoChange::same_person);
  const auto versions = changes.versions(c.kind, c.code.value);
  if (versions.empty()) return refusal(NoChange::unknown_item);
  if (versions.back().version != p.base_version) return refusal(NoChange::changed_meanwhile);
  const auto since = c.since.value_or(p.since);
  // What it stands among may have moved since it was proposed.
  const auto a = assess(changes, c.kind, c.code.value, since, p.definition, today);
  if (!a.judged.problems.empty()) return first_of(a.judged.problems);
  if (since < today) return refusal(NoChange::since_past);
  if (since < a.earliest) return refusal(NoChange::since_today);
  if (since != p.since && p.since >= a.earliest) return refusal(NoChange::first_day_as_proposed);
  return ChangeApproved{c.kind, c.code, c.number, p.base_version + 1, since, false};
}

Result<ChangeRefused> decide(const RefuseChange& c, const Changes& changes, const std::string& account) {
  YI_TRY(const auto p, open_change(changes, c.kind, c.code, c.number));
  if (p.by == account) return refusal(NoChange::same_person);
  if (trim(c.reason).empty()) return refusal(NoChange::reason_missing);
  return ChangeRefused{c.kind, c.code, c.number, c.reason};
}

Result<ChangeWithdrawn> decide(const WithdrawChange& c, const Changes& changes, const std::string& account) {
  YI_TRY(const auto p, open_change(changes, c.kind, c.code, c.number));
  if (p.by != account) return refusal(NoChange::not_yours);
  if (trim(c.reason).empty()) return refusal(NoChange::reason_missing);
  return ChangeWithdrawn{c.kind, c.code, c.number, c.reason};
}

std::vector<std::string> change_refusal_codes(const Changes& changes) {
  auto out = codes_of(kWords);
  for (const char* code : {"catalog.bad_definition", "base.bad_yaml", "base.yaml_forbidden", "base.yaml_boolean", "base.yaml_choice", "base.yaml_integer",
                           "base.yaml_missing", "base.yaml_text", "base.yaml_type", "base.yaml_unknown", "base.bad_date"})
    out.emplace_back(code);
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Problem>>([&](auto p) { out.push_back(std::string("catalog.") + p.name); });
  for (const auto& kind : changes.kinds())
    for (auto& code : kind->refusal_codes()) out.push_back(std::move(code));
  return out;
}

}  // namespace yi::catalog
