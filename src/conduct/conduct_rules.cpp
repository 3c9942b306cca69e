#include "conduct/conduct_rules.h"

#include <algorithm>

#include "base/identifiers.h"
#include "base/refusal_table.h"
#include "base/text.h"

namespace yi::conduct {
namespace {

using R = ConductRefused;
constexpr RefusalRow<R> kWords[] = {
    {R::no_account, "conduct.no_account", "只有大厅工作人员的账号可以登记。", "请用本人的工作人员账号登录。", 403, ""},
    {R::unknown_account, "conduct.unknown_account", "没有这个工作人员账号，或账号已停用。", "请核对账号。", 422, "/about"},
    {R::unknown_department, "conduct.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", 422, "/department"},
    {R::no_list, "conduct.no_list", "这一天还没有施行的正负面清单。", "请由中心在 conduct.yaml 中写明。", 409, ""},
    {R::other_version, "conduct.other_version", "清单已经换版，您看到的不是现行的一版。", "请刷新后重新阅读、签署。", 409, "/version"},
    {R::signed_already, "conduct.signed_already", "本年度这一版的承诺书已经签署。", "不需要再签。", 409, ""},
    {R::future, "conduct.in_the_future", "日期还没有到。", "请核对日期；还没有发生的交往先报备，之后登记。", 422, "/day"},
    {R::wrong_clause, "conduct.wrong_clause", "清单里没有这一条，或这一条不能用在这里。", "交往选正面条款，举报选负面条款。", 422, "/clause"},
    {R::words_missing, "conduct.words_missing", "没有写明内容。", "请写明单位、事由、情况或处理。", 422, ""},
    {R::bad_uscc, "conduct.bad_uscc", "统一社会信用代码不对。", "请核对 18 位代码；不知道的不填。", 422, "/uscc"},
    {R::bad_value, "conduct.bad_value", "估价应是 0 到 1000000 元的整数。", "请按市价估计。", 422, "/value_yuan"},
    {R::unknown_gift, "conduct.unknown_gift", "没有这件上交的礼品。", "请核对编号。", 404, "/gift"},
    {R::settled_already, "conduct.settled_already", "已经登记了处理结果。", "请刷新查看最新情况。", 409, ""},
    {R::own_gift, "conduct.own_gift", "不能登记自己上交礼品的处理结果。", "请由其他有权的人登记。", 403, ""},
    {R::unknown_report, "conduct.unknown_report", "没有这件举报。", "请核对编号。", 404, "/report"},
    {R::about_nobody, "conduct.about_nobody", "没有写明举报的是谁，或是哪个部门。", "请选择人员或部门；都不清楚的，选择窗口所在的部门。", 422, "/about"},
    // Whoever may not handle it does not learn that it is there.
    {R::own_report, "conduct.unknown_report", "没有这件举报。", "请核对编号。", 404, "/report"},
    {R::taken_already, "conduct.taken_already", "这件举报已经有人受理。", "请刷新查看最新情况。", 409, ""},
    {R::not_taken, "conduct.not_taken", "这件举报不是由您受理，或已经办结。", "请先受理，或由受理的人办结。", 409, ""},
    {R::report_open, "conduct.report_open", "这些文字属于一件没有办结的举报，现在不能删除。", "请在办结之后删除。", 409, "/subject"},
    {R::people_lost, "conduct.people_lost", "这件举报由谁登记、关于谁，密钥已经不在，无法核对回避，不能受理、办结。", "请由系统管理员查明密钥；查不到的，请当事人另行登记。", 409, "/report"},
    {R::nobody_came, "conduct.nobody_came", "没有写明参加的人。", "请选择参加培训的人员。", 422, "/accounts"},
};

bool blank(std::string_view s) { return trim(s).empty(); }

Result<const ClauseList*> list_on(CivilDay day, const ConductContext& x) {
  const auto* list = x.ground.rules->on(day);
  if (!list) return refusal(R::no_list);
  return list;
}
// The clause, of that kind, of the list in force on the day.
Checked stands_under(const Text<20>& clause, ClauseKind kind, CivilDay day, const ConductContext& x) {
  YI_TRY(const auto* list, list_on(day, x));
  const auto* c = list->find(clause);
  if (!c || c->kind != kind) return refusal(R::wrong_clause);
  return Done{};
}

// Fails closed: whom it is by or about must be known before anybody decides of it.
Checked handled_by_another(const std::optional<ReportPeople>& people, const ConductContext& x) {
  if (!people) return refusal(R::people_lost);
  if (!may_handle(*people, x.account)) return refusal(R::own_report);
  return Done{};
}

}  // namespace

Refusal refusal(R what) { return refusal_of(kWords, what); }
std::vector<std::string> conduct_refusal_codes() { return codes_of(kWords); }

bool may_handle(const ReportPeople& people, const std::string& account) { return people.by != account && (!people.about || *people.about != account); }

Result<PledgeSigned> decide(const PledgeState* s, const SignPledge& c, const ConductContext& x) {
  const auto who = x.ground.person(x.account);
  if (!who) return refusal(R::no_account);
  YI_TRY(const auto* list, list_on(x.today, x));
  if (std::string_view(c.version) != list->version) return refusal(R::other_version);
  if (s && s->version == list->version) return refusal(R::signed_already);
  return PledgeSigned{Text<64>(x.account), who->department, x.today.year(), c.version};
}

Result<ContactRegistered> decide(const RegisterContact& c, const ConductContext& x) {
  const auto who = x.ground.person(x.account);
  if (!who) return refusal(R::no_account);
  if (c.day > x.today) return refusal(R::future);
  YI_CHECK(stands_under(c.clause, ClauseKind::positive, c.day, x));
  if (blank(c.enterprise) || blank(c.about) || blank(c.place)) return refusal(R::words_missing);
  if (c.uscc && !check_uscc(*c.uscc)) return refusal(R::bad_uscc);
  return ContactRegistered{Text<64>(x.account), who->department, c.day, c.occasion, c.clause, {}, c.told_before, {}, {}, {}};
}

Result<GiftHandedIn> decide(const HandInGift& c, const ConductContext& x) {
  const auto who = x.ground.person(x.account);
  if (!who) return refusal(R::no_account);
  if (c.received > x.today) return refusal(R::future);
  if (blank(c.from) || blank(c.what) || blank(c.how)) return refusal(R::words_missing);
  if (c.value_yuan < 0 || c.value_yuan > 1'000'000) return refusal(R::bad_value);
  return GiftHandedIn{Text<64>(x.account), who->department, c.received, c.kind, c.value_yuan, {}, {}};
}

Result<GiftSettled> decide(const GiftState* s, const SettleGift& c, const ConductContext& x) {
  if (!s) return refusal(R::unknown_gift);
  if (s->account == x.account) return refusal(R::own_gift);
  if (s->end) return refusal(R::settled_already);
  if (blank(c.note)) return refusal(R::words_missing);
  return GiftSettled{c.gift, c.end, {}, Text<64>(x.account), {s->subject}};
}

Result<DecidedReport> decide(const MakeReport& c, const ConductContext& x) {
  if (!x.ground.person(x.account)) return refusal(R::no_account);
  YI_CHECK(stands_under(c.clause, ClauseKind::negative, x.today, x));
  if (blank(c.words)) return refusal(R::words_missing);
  if (!c.about && !c.department) return refusal(R::about_nobody);
  auto department = c.department;
  if (c.about) {
    const auto about = x.ground.person(std::string(*c.about));
    if (!about) return refusal(R::unknown_account);
    if (!department && !about->department.empty()) department = about->department;
  }
  if (c.department && !x.ground.known_department(*c.department)) return refusal(R::unknown_department);
  DecidedReport r;
  r.fact.clause = c.clause;
  r.fact.channel = c.channel;
  r.people = {Text<64>(x.account), c.about, department};
  return r;
}

Result<ReportTaken> decide(const ReportState* s, const std::optional<ReportPeople>& people, const TakeReport& c, const ConductContext& x) {
  if (!s) return refusal(R::unknown_report);
  YI_CHECK(handled_by_another(people, x));
  if (s->stage != ReportStage::made) return refusal(R::taken_already);
  return ReportTaken{c.report, Text<64>(x.account)};
}

Result<ReportSettled> decide(const ReportState* s, const std::optional<ReportPeople>& people, const SettleReport& c, const ConductContext& x) {
  if (!s) return refusal(R::unknown_report);
  YI_CHECK(handled_by_another(people, x));
  if (s->stage != ReportStage::taken || s->taken_by != x.account) return refusal(R::not_taken);
  if (blank(c.measure)) return refusal(R::words_missing);
  return ReportSettled{c.report, c.end, Text<64>(x.account), {s->subject}, {}};
}

Result<TrainingRecorded> decide(const RecordTraining& c, const ConductContext& x) {
  if (c.day > x.today) return refusal(R::future);
  if (blank(c.title)) return refusal(R::words_missing);
  if (c.accounts.empty()) return refusal(R::nobody_came);
  std::vector<Text<64>> came;  // whoever is named twice came once
  for (const auto& a : c.accounts) {
    if (!x.ground.person(std::string(a))) return refusal(R::unknown_account);
    if (std::find(came.begin(), came.end(), a) == came.end()) came.push_back(a);
  }
  return TrainingRecorded{c.day, c.title, std::move(came), c.material};
}

}  // namespace yi::conduct
