#include "bulletin/item_rules.h"

#include <algorithm>
#include <set>

#include "base/refusal_table.h"
#include "base/text.h"

namespace yi::bulletin {
namespace {

using R = DeskRefused;
constexpr RefusalRow<R> kWords[] = {
    {R::not_open, "bulletin.not_open", "这一期还没有开始征稿，或不在编发台上。", "请由编辑先开始这一期。", 404, "/week"},
    {R::late, "bulletin.too_late", "这一期的征稿已经截止。", "请与编辑联系，或投给下一期。", 409, "/week"},
    {R::unknown_item, "bulletin.unknown_item", "没有这条来稿。", "请刷新列表。", 404, "/item"},
    {R::other_department, "bulletin.other_department", "这是其他部门的来稿。", "请由其所在部门办理。", 403, "/department"},
    {R::item_changed, "bulletin.item_changed", "这条来稿在您打开以后已被修改。", "请刷新后看最新的一版；您写的文字还在页面上。", 409, "/version"},
    {R::not_editable, "bulletin.item_not_editable", "这条来稿现在不能修改。", "已采用的由编辑修改；已撤回、合并、不采用的请另投一条。", 409, "/item"},
    {R::not_yours, "bulletin.item_not_yours", "只有编辑可以这样办理。", "请与编辑联系。", 403, ""},
    {R::nothing_to_take, "bulletin.item_not_waiting", "这条来稿不在待处理中。", "请刷新看最新情况。", 409, "/item"},
    {R::not_taken, "bulletin.item_not_taken", "这条来稿没有采用。", "请刷新看最新情况。", 409, "/item"},
    {R::reason_missing, "bulletin.reason_missing", "没有写明理由。", "请写明理由。", 422, "/reason"},
    {R::too_few_items, "bulletin.too_few_items", "合并至少要两条不同的来稿。", "请选择要合并的来稿。", 422, "/items"},
    {R::other_week, "bulletin.other_week", "要合并的来稿不在同一期，或不是同一个部门的。", "请选择同一期、同一个部门的来稿。", 422, "/items"},
    {R::bad_order, "bulletin.bad_order", "次序里的来稿与已采用的不一致。", "请刷新后重新排序。", 409, "/order"},
    {R::dated_department, "bulletin.dated_department", "部门的动态不单独写日期：各部门合成一段，以“本周”开头。", "请把日期写进文字，或不填日期。", 422, "/on"},
    {R::under_review, "bulletin.under_review", "这一期正在审核、签发，内容不能修改。", "请先撤回送审，或由审核人退回。", 409, "/week"},
    {R::issued_already, "bulletin.issued_already", "这一期已经签发，内容不能再改。", "有误的请发更正通知。", 409, "/week"},
    {R::issue_open_already, "bulletin.issue_open_already", "这一期已经在编发台上。", "请在列表中打开。", 409, "/from"},
    {R::unknown_word, "bulletin.unknown_word", "没有这一处可以逐期修改的用语。", "请从页面所列的用语中选择。", 422, "/words"},
    {R::word_slots, "bulletin.word_slots", "改写的用语里，花括号的数据项多了或少了。", "请保留原来的数据项，只改前后的文字。", 422, "/words"},
    {R::imprint_missing, "bulletin.imprint_missing", "还没有填写报头和版记（印发日期、印数、报送发）。", "请先填写报头和版记。", 409, ""},
    {R::nothing_to_print, "bulletin.nothing_to_print", "这一期还没有任何内容。", "请先采用来稿或撰写各部分。", 409, ""},
    {R::changed_meanwhile, "bulletin.changed_meanwhile", "生成送审稿时，内容又有了改动。", "请再看一遍预览后送审。", 409, ""},
    {R::number_is_given, "bulletin.number_is_given", "编发台上的期号在签发时由账本给出，不用填写。", "请不填期号和总期号。", 422, "/number"},
    {R::not_presented, "bulletin.not_presented", "这一期没有送审。", "请刷新看最新情况。", 409, ""},
    {R::other_text, "bulletin.other_text", "您看的不是现在送审的那一稿。", "请刷新，看过现在的送审稿再办理。", 409, "/digest"},
    {R::wrong_step, "bulletin.wrong_step", "现在不到这一环节。", "请等前面的环节办完。", 409, ""},
    {R::same_person, "bulletin.same_person", "送审和各环节须由不同的人办理，您已经办过其中一步。", "请由其他有权的人办理。", 403, ""},
    {R::not_presenter, "bulletin.not_presenter", "只有送审人可以撤回。", "审核人请用退回。", 403, ""},
    {R::other_centre, "bulletin.not_of_the_centre", "只有中心的人可以审核、签发。", "请由中心有权的人办理。", 403, ""},
    {R::earlier_open, "bulletin.earlier_not_issued", "更早的一期还没有签发，期号会颠倒。", "请先签发更早的一期。", 409, ""},
    {R::not_issued, "bulletin.not_issued", "这一期还没有签发。", "请先签发。", 409, "/week"},
    {R::no_correction, "bulletin.unknown_correction", "没有这份更正。", "请刷新列表。", 404, "/correction"},
    {R::correction_closed, "bulletin.correction_closed", "这份更正已经签发或作废。", "需要时请另拟一份。", 409, "/correction"},
    {R::same_words, "bulletin.same_words", "更正前后的文字相同。", "请核对。", 422, "/entries"},
    {R::correction_empty, "bulletin.correction_empty", "更正应有 1 到 20 处，每处写明原文和更正后的文字。", "请填写。", 422, "/entries"},
    {R::no_receivers, "bulletin.no_receivers", "没有写明发给谁。", "请至少写一个接收单位或账号。", 422, "/receivers"},
    {R::unknown_account, "bulletin.unknown_account", "没有这个工作人员账号，或账号已停用。", "请核对账号。", 422, "/receivers"},
    {R::bad_mail, "bulletin.bad_mail", "电子邮件地址写得不对。", "请写作 名称@域名，不含空格和中文。", 422, "/receivers"},
    {R::internal_mail, "bulletin.internal_mail", "内部版不发电子邮件：其中有个人请假等信息。", "请改为公开版，或改用系统内阅读、纸质。", 422, "/receivers"},
    {R::bad_receiver, "bulletin.bad_receiver", "接收单位的名称、方式、份数不齐，或多写了。", "系统内阅读写账号，电子邮件写地址，纸质写份数。", 422, "/receivers"},
    {R::too_many_receivers, "bulletin.too_many_receivers", "一期最多分发给 500 个，一次最多 100 个。", "请分几次，或合并接收单位。", 422, "/receivers"},
    {R::unknown_receiver, "bulletin.unknown_receiver", "分发名单里没有这一个。", "请刷新名单。", 404, "/receiver"},
    {R::not_on_paper, "bulletin.not_on_paper", "这一个不是纸质分发。", "请选择纸质分发的单位。", 409, "/receiver"},
    {R::bad_handed, "bulletin.bad_handed", "送达的份数应为 1 到 100000 的整数。", "请核对份数。", 422, "/copies"},
    {R::not_failed, "bulletin.mail_not_failed", "这封邮件没有发送失败。", "请刷新看最新情况。", 409, "/receiver"},
    {R::not_received, "bulletin.not_received", "这一期没有分发给您，不用签收。", "请直接阅读。", 404, "/week"},
    {R::read_already, "bulletin.read_already", "您已经签收过这一期。", "不用重复签收。", 409, "/week"},
    {R::deadline_early, "bulletin.deadline_early", "征稿截止时间早于本期的第一天。", "请核对截止时间。", 422, "/deadline"},
    {R::published_already, "bulletin.published_already", "这一期不在编发台上，已经带着报头和版记公布，内容不能再改。", "请在编发台上开始下一期；有误的在下一期说明。", 409, "/week"},
    {R::later_issued, "bulletin.later_issued", "更晚的一期已经签发或公布，期号会颠倒。", "请从最近一期以后开始。", 409, "/from"},
    {R::opened_early, "bulletin.opened_early", "开始日期在一个月以后。", "请核对年份和日期：以后各期须晚于这一期。", 422, "/from"},
    {R::may_not_read, "bulletin.receiver_may_not_read", "这个账号不能看内部版，收到也打不开。", "请改发公开版，或先由安全保密管理员授权。", 422, "/receivers"},
    {R::no_mail_server, "bulletin.no_mail_server", "这个中心没有配置发信服务器，不能用电子邮件分发。", "请改用系统内阅读或纸质，或由管理员写好 mail.yaml、重新启动后再分发。", 409, "/receivers"},
    {R::more_than_printed, "bulletin.more_than_printed", "送达的份数合计超过了印数。", "请核对份数；多登记的先冲回。", 409, "/copies"},
    {R::more_than_handed, "bulletin.more_than_handed", "冲回的份数超过了已登记送达的份数。", "请核对份数。", 409, "/copies"},
    {R::words_not_printed, "bulletin.words_not_printed", "签发的这一版里没有这段原文。", "请从签发的周报里复制要更正的文字，一处只写一段之内的文字。", 422, "/entries"},
    {R::words_internal_alone, "bulletin.words_internal_alone", "这段原文只印在内部版里，公开的更正会把它说出去。", "请改为只更正内部版。", 422, "/internal"},
};

Checked check_text(std::string_view text) {
  if (trim(text).empty()) return refuse(Reason::text_missing);
  if (text.find_first_of("\r\n") != std::string_view::npos) return refuse(Reason::line_end_in_text);
  return Done{};
}
Checked check_acknowledged(std::string_view text, const std::vector<Text<80>>& acknowledged, const DeskContext& x) {
  const auto open = not_acknowledged(check_words(text, "", *x.ground.words), acknowledged);
  if (!open.empty()) return unacknowledged(open);
  return Done{};
}
// The keys that answer a warning of this text; others tell nothing.
std::vector<Text<80>> answered(std::string_view text, const DeskContext& x) {
  std::vector<Text<80>> out;
  for (const auto& w : check_words(text, "", *x.ground.words)) out.emplace_back(key_of(w));
  return out;
}
Checked editor_alone(const DeskContext& x) {
  if (!x.editor()) return refusal(R::not_yours);
  return Done{};
}
// An editor, or the department whose item it is.
Checked may_touch(const ItemState& s, const DeskContext& x) {
  if (!x.editor() && s.department != x.department.value) return refusal(R::other_department);
  return Done{};
}

}  // namespace

Refusal refusal(DeskRefused what) { return refusal_of(kWords, what); }
std::vector<std::string> desk_refusal_codes() {
  auto codes = codes_of(kWords);
  for (const char* code : {"bulletin.not_acknowledged", "bulletin.unknown_week", "bulletin.unknown_department", "bulletin.text_missing", "bulletin.line_end_in_text"}) codes.emplace_back(code);
  return codes;
}

Checked may_change(const IssueState* issue) {
  if (!issue) return refusal(R::not_open);
  if (issue->stage == IssueStage::presented) return refusal(R::under_review);
  if (issue->stage == IssueStage::issued) return refusal(R::issued_already);
  return Done{};
}

Result<ItemSubmitted> decide(const IssueState* issue, const SubmitItem& c, const DeskContext& x) {
  YI_CHECK(may_change(issue));
  // The centre's own department writes the centre's own items.
  auto of = c.department;
  if (of && *of == x.ground.own) of.reset();
  if (!x.editor()) {
    if (of && *of != x.department) return refusal(R::other_department);
    of = x.department;
  }
  if (of && !x.ground.known(*of)) return refuse(Reason::unknown_department);
  if (of && c.on) return refusal(R::dated_department);
  const bool late = !x.editor() && x.now > issue->deadline;
  if (late && x.ground.rules->late == Late::refuse) return refusal(R::late);
  YI_CHECK(check_text(c.text));
  YI_CHECK(check_acknowledged(c.text, c.acknowledged, x));
  return ItemSubmitted{c.week, of, c.on, c.text, late, answered(c.text, x), Text<64>(x.account)};
}

Result<ItemRevised> decide(const IssueState* issue, const ItemState* s, const ReviseItem& c, const DeskContext& x) {
  if (!s) return refusal(R::unknown_item);
  YI_CHECK(may_touch(*s, x));
  YI_CHECK(may_change(issue));
  const bool waits = s->stage == ItemStage::submitted || s->stage == ItemStage::returned;
  if (!waits && !(x.editor() && s->stage == ItemStage::taken)) return refusal(R::not_editable);
  if (c.version != s->version) return refusal(R::item_changed);
  if (!s->department.empty() && c.on) return refusal(R::dated_department);
  YI_CHECK(check_text(c.text));
  YI_CHECK(check_acknowledged(c.text, c.acknowledged, x));
  return ItemRevised{c.item, s->week, s->version + 1, c.on, c.text, s->stage == ItemStage::returned, answered(c.text, x), Text<64>(x.account)};
}

Result<ItemReturned> decide(const IssueState* issue, const ItemState* s, const ReturnItem& c, const DeskContext& x) {
  if (!s) return refusal(R::unknown_item);
  YI_CHECK(editor_alone(x));
  YI_CHECK(may_change(issue));
  if (s->stage != ItemStage::submitted && s->stage != ItemStage::taken) return refusal(R::nothing_to_take);
  if (trim(c.reason).empty()) return refusal(R::reason_missing);
  return ItemReturned{c.item, s->week, c.reason, Text<64>(x.account)};
}

Result<ItemWithdrawn> decide(const IssueState* issue, const ItemState* s, const WithdrawItem& c, const DeskContext& x) {
  if (!s) return refusal(R::unknown_item);
  YI_CHECK(may_touch(*s, x));
  YI_CHECK(may_change(issue));
  const bool waits = s->stage == ItemStage::submitted || s->stage == ItemStage::returned;
  if (!waits) return refusal(R::not_editable);
  return ItemWithdrawn{c.item, s->week, c.reason, Text<64>(x.account)};
}

Result<ItemTaken> decide(const IssueState* issue, const ItemState* s, const TakeItem& c, std::int32_t last_rank, const DeskContext& x) {
  if (!s) return refusal(R::unknown_item);
  YI_CHECK(editor_alone(x));
  YI_CHECK(may_change(issue));
  if (s->stage != ItemStage::submitted && s->stage != ItemStage::declined) return refusal(R::nothing_to_take);
  if (c.version != s->version) return refusal(R::item_changed);
  return ItemTaken{c.item, s->week, last_rank + 1, Text<64>(x.account)};
}

Result<ItemDeclined> decide(const IssueState* issue, const ItemState* s, const DeclineItem& c, const DeskContext& x) {
  if (!s) return refusal(R::unknown_item);
  YI_CHECK(editor_alone(x));
  YI_CHECK(may_change(issue));
  if (s->stage != ItemStage::submitted && s->stage != ItemStage::taken && s->stage != ItemStage::returned) return refusal(R::nothing_to_take);
  if (trim(c.reason).empty()) return refusal(R::reason_missing);
  return ItemDeclined{c.item, s->week, c.reason, Text<64>(x.account)};
}

Result<ItemsMerged> decide(const IssueState* issue, const std::vector<std::optional<ItemState>>& items, const MergeItems& c, const DeskContext& x) {
  YI_CHECK(editor_alone(x));
  if (std::set<std::int64_t> seen; c.items.size() < 2 || std::any_of(c.items.begin(), c.items.end(), [&](const ItemId& i) { return !seen.insert(i.value).second; }))
    return refusal(R::too_few_items);
  for (const auto& s : items) {
    if (!s) return refusal(R::unknown_item);
    if (s->week != items.front()->week || s->department != items.front()->department) return refusal(R::other_week);
    if (s->stage != ItemStage::submitted && s->stage != ItemStage::taken) return refusal(R::nothing_to_take);
  }
  YI_CHECK(may_change(issue));
  const auto& first = *items.front();
  if (!first.department.empty() && c.on) return refusal(R::dated_department);
  YI_CHECK(check_text(c.text));
  YI_CHECK(check_acknowledged(c.text, c.acknowledged, x));
  return ItemsMerged{c.items.front(), first.week, {c.items.begin() + 1, c.items.end()}, first.version + 1, c.on, c.text, answered(c.text, x), Text<64>(x.account)};
}

Result<ItemsOrdered> decide(const IssueState* issue, const std::vector<std::int64_t>& taken, const OrderItems& c, const DeskContext& x) {
  YI_CHECK(editor_alone(x));
  YI_CHECK(may_change(issue));
  std::multiset<std::int64_t> asked;
  for (const auto& i : c.order) asked.insert(i.value);
  if (asked != std::multiset<std::int64_t>(taken.begin(), taken.end())) return refusal(R::bad_order);
  return ItemsOrdered{c.week, c.order, Text<64>(x.account)};
}

}  // namespace yi::bulletin
