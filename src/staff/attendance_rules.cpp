#include "staff/attendance_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/refusal_table.h"
#include "base/text.h"

namespace yi::staff {
namespace {

using R = AttendanceRefused;
constexpr RefusalRow<R> kWords[] = {
    {R::no_account, "staff.no_post", "只有大厅工作人员的账号有考勤。", "请用本人的工作人员账号登录。", 403, ""},
    {R::unknown_account, "staff.unknown_account", "没有这个工作人员账号，或账号已停用。", "请核对账号。", 422, "/account"},
    {R::way_closed, "staff.way_closed", "本中心的考勤不采用这种打卡方式。", "请用中心规定的方式打卡。", 409, ""},
    {R::own_sign, "staff.own_sign", "不能这样给自己登记到岗、离岗。", "本人请在工作台或考勤机打卡，忘记打卡的申请补卡。", 403, "/account"},
    {R::signed_already, "staff.signed_already", "这一分钟已经打过卡。", "不需要再打。", 409, ""},
    {R::file_empty, "staff.file_empty", "文件里没有打卡记录。", "请核对导出的文件。", 422, "/text"},
    {R::file_too_long, "staff.file_too_long", "一次最多导入 2000 行。", "请按日期分成几个文件导入。", 422, "/text"},
    {R::file_header, "staff.file_header", "认不出表头。", "第一行应写“账号”“时间”，或“账号”“日期”“时间”。", 422, "/text"},
    {R::nothing_new, "staff.nothing_new", "文件里没有可以登记的打卡记录。", "每一行的原因见明细；已经导入过的不会重复登记。", 422, "/text"},
    {R::unknown_shift, "staff.unknown_shift", "没有这个班次。", "请从班次列表中选择。", 422, "/shift"},
    {R::day_gone, "staff.day_gone", "这一天已经过去。", "请选择今天或以后的日期。", 422, "/day"},
    {R::working_day, "staff.working_day", "这一天是工作日，按班次上班，不用排值班。", "请核对日期。", 422, "/day"},
    {R::no_duty, "staff.no_duty", "这一天没有排这个人值班。", "请刷新查看最新情况。", 409, ""},
    {R::unknown_slot, "staff.unknown_slot", "这一天的班次没有这个时段。", "请从当天的时段中选择。", 422, "/slot"},
    {R::not_expected, "staff.not_expected", "这一天是休息日，没有要补的卡。", "请核对日期。", 422, "/day"},
    {R::future, "staff.correction_of_future", "还没有到这一天。", "请核对日期。", 422, "/day"},
    {R::too_long_ago, "staff.correction_too_late", "已经超过补卡的期限。", "请向中心督查说明情况。", 409, "/day"},
    {R::reason_missing, "staff.reason_missing", "没有写明理由。", "请写明理由。", 422, "/reason"},
    {R::asked_already, "staff.correction_asked_already", "这个时段的补卡正在等待审核。", "请等待审核结果。", 409, ""},
    {R::granted_already, "staff.correction_granted_already", "这个时段已经补卡。", "不需要再补。", 409, ""},
    {R::no_correction, "staff.no_correction", "没有等待审核的补卡。", "请刷新查看最新情况。", 409, ""},
    {R::own_correction, "staff.own_correction", "不能审核自己的补卡。", "请由其他有权的人审核。", 403, ""},
    {R::other_department, "staff.attendance_of_other_department", "这是其他部门的人员。", "请由其所在部门或中心办理。", 403, ""},
    {R::no_b_post, "staff.no_b_post", "没有设定您的 B 岗，离岗没有人顶。", "请由管理员在账号页设定 A/B 岗；要离开的，先请假。", 409, ""},
    {R::b_post_away, "staff.b_post_away", "B 岗现在不在岗，不能顶岗。", "请等其回来，或请假。", 409, ""},
    {R::away_already, "staff.away_already", "您已经申请离岗，或正在离岗。", "请先返岗，或撤回原来的申请。", 409, ""},
    {R::bad_time, "staff.bad_time", "返岗时间应是今天稍后的时刻，写成 10:30。", "请核对时间。", 422, "/until"},
    {R::too_long, "staff.away_too_long", "离岗的时间太长，不是短时离岗。", "请改为请假。", 422, "/until"},
    {R::not_asked, "staff.post_not_asked", "这个人今天没有申请离岗。", "请刷新查看最新情况。", 409, ""},
    {R::not_b_post, "staff.not_b_post", "您不是这个岗位的 B 岗。", "请由 B 岗确认。", 403, ""},
    {R::taken_already, "staff.post_taken_already", "已经确认顶岗。", "请刷新查看最新情况。", 409, ""},
    {R::not_away, "staff.not_away", "您今天没有离岗。", "不需要返岗。", 409, ""},
};

bool blank(std::string_view s) { return trim(s).empty(); }

Checked mine_or_centre(const AttendanceContext& x, const DepartmentCode& of) {
  if (!x.department.empty() && x.department != of) return refusal(R::other_department);
  return Done{};
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') out.back() += line[++i];
      else quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\t')) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  for (auto& cell : out) cell = std::string(trim(cell));
  return out;
}

// "2024-06-24 08:53", with seconds or without; "/" for "-".
std::optional<Instant> instant_of(std::string text) {
  std::replace(text.begin(), text.end(), '/', '-');
  std::replace(text.begin(), text.end(), 'T', ' ');
  const auto blank_at = text.find(' ');
  if (blank_at == std::string::npos) return std::nullopt;
  const auto parts = split(trim(std::string_view(text).substr(blank_at + 1)), ':');
  auto date = split(std::string_view(text).substr(0, blank_at), '-');
  if (date.size() != 3 || (parts.size() != 2 && parts.size() != 3)) return std::nullopt;
  for (auto i : {1, 2})
    if (date[static_cast<std::size_t>(i)].size() == 1) date[static_cast<std::size_t>(i)].insert(0, 1, '0');
  const auto day = parse_day(join(date, "-"));
  if (!day) return std::nullopt;
  int clock[3] = {0, 0, 0};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty() || parts[i].size() > 2 || !std::all_of(parts[i].begin(), parts[i].end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    clock[i] = std::stoi(parts[i]);
  }
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return std::nullopt;
  return at(*day, clock[0], clock[1], clock[2]);
}

}  // namespace

Refusal refusal(R what) { return refusal_of(kWords, what); }
std::vector<std::string> attendance_refusal_codes() { return codes_of(kWords); }

bool is_rest(const calendar::Calendar& calendar, CivilDay day) {
  const auto kind = calendar.kind(day);
  return kind.ok() ? *kind == calendar::DayKind::rest : day.weekday() > 5;
}

const Shift* shift_on(const AttendanceGround& ground, CivilDay day, const ShiftState* assigned, const DutyState* duty) {
  if (duty) return ground.rules->find(duty->shift);
  if (is_rest(*ground.calendar, day)) return nullptr;
  const auto* own = assigned ? assigned->on(day) : nullptr;
  const auto* shift = own ? ground.rules->find(*own) : nullptr;
  return shift ? shift : &ground.rules->shifts.front();  // a shift that the table has lost is the first one
}

std::optional<std::vector<DeviceLine>> read_device_file(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<DeviceLine> out;
  int account = -1, day = -1, time = -1, number = 0;
  for (const auto& raw : split(text, '\n')) {
    ++number;
    const auto line = trim(raw);
    if (line.empty()) continue;
    const auto cells = cells_of(line);
    if (account < 0) {
      for (int i = 0; i < static_cast<int>(cells.size()); ++i) {
        const auto& c = cells[static_cast<std::size_t>(i)];
        if (c == "账号" || c == "工号" || c == "account") account = i;
        else if (c == "时间" || c == "打卡时间" || c == "time") time = i;
        else if (c == "日期" || c == "date") day = i;
      }
      if (account < 0 || time < 0) return std::nullopt;
      continue;
    }
    DeviceLine one{number, {}, {}, {}};
    const auto cell = [&](int i) { return i < static_cast<int>(cells.size()) ? cells[static_cast<std::size_t>(i)] : std::string(); };
    one.account = cell(account);
    one.at = instant_of(day < 0 ? cell(time) : cell(day) + " " + cell(time));
    if (one.account.empty()) one.why = "没有账号";
    else if (!one.at) one.why = "时间认不出：" + excerpt(cell(time), 20);
    out.push_back(std::move(one));
  }
  if (account < 0) return std::vector<DeviceLine>{};
  return out;
}

Result<Signed> decide(const Sign& c, bool known, const AttendanceContext& x) {
  if (!x.ground.colleague(x.account)) return refusal(R::no_account);
  if (!x.ground.rules->counts(SignWay::desk)) return refusal(R::way_closed);
  if (known) return refusal(R::signed_already);
  return Signed{Text<64>(x.account), x.now, SignWay::desk, c.window};
}

Result<Signed> decide(const SignByCard& c, bool known, const AttendanceContext& x) {
  if (!x.ground.colleague(std::string(c.account))) return refusal(R::unknown_account);
  if (!x.ground.rules->counts(SignWay::card)) return refusal(R::way_closed);
  if (known) return refusal(R::signed_already);
  return Signed{c.account, x.now, SignWay::card, {}};
}

Result<Signed> decide(const EnterSign& c, bool known, const AttendanceContext& x) {
  if (!x.ground.colleague(std::string(c.account))) return refusal(R::unknown_account);
  if (c.account == x.account) return refusal(R::own_sign);
  if (!x.ground.rules->counts(SignWay::entered)) return refusal(R::way_closed);
  if (known) return refusal(R::signed_already);
  return Signed{c.account, x.now, SignWay::entered, {}, Text<64>(x.account)};
}

Result<SignsImported> decide(const ImportSigns& c, const std::function<bool(const std::string&, Instant)>& known, const AttendanceContext& x) {
  if (!x.ground.rules->counts(SignWay::device)) return refusal(R::way_closed);
  const auto lines = read_device_file(c.text);
  if (!lines) return refusal(R::file_header);
  if (lines->empty()) return refusal(R::file_empty);
  if (lines->size() > static_cast<std::size_t>(limits::kListItems.value)) return refusal(R::file_too_long);
  SignsImported f{c.device, static_cast<std::int32_t>(lines->size()), 0, {}, {}};
  std::set<std::pair<std::string, std::int64_t>> seen;
  std::map<std::string, bool> people;
  for (const auto& l : *lines) {
    auto why = l.why;
    if (why.empty()) {
      const auto [it, asked] = people.try_emplace(l.account, false);
      if (asked) it->second = x.ground.colleague(l.account).has_value();
      if (!it->second) why = "没有这个账号：" + excerpt(l.account, 40);
      else if (l.account == x.account) why = "导入人本人的打卡，请由其他人导入";
      else if (*l.at > x.now) why = "时间还没有到";
    }
    if (!why.empty()) f.refused.push_back({l.line, Text<200>(why)});
    else if (!seen.emplace(l.account, l.at->ms / 60'000).second || known(l.account, *l.at)) ++f.known;
    else f.taken.push_back({Text<64>(l.account), *l.at});
  }
  if (f.taken.empty() && f.known == 0) {
    auto r = refusal(R::nothing_new);
    r.next_step = fmt::format("第 {} 行：{}。请核对文件。", f.refused.front().line, std::string(f.refused.front().why));
    return r;
  }
  return f;
}

Result<ShiftAssigned> decide(const AssignShift& c, const AttendanceContext& x) {
  const auto who = x.ground.colleague(std::string(c.account));
  if (!who) return refusal(R::unknown_account);
  YI_CHECK(mine_or_centre(x, who->department));
  if (!x.ground.rules->find(c.shift)) return refusal(R::unknown_shift);
  if (c.from < x.today()) return refusal(R::day_gone);
  return ShiftAssigned{c.account, c.shift, c.from};
}

Result<DutyAssigned> decide(const AssignDuty& c, const AttendanceContext& x) {
  const auto who = x.ground.colleague(std::string(c.account));
  if (!who) return refusal(R::unknown_account);
  YI_CHECK(mine_or_centre(x, who->department));
  if (!x.ground.rules->find(c.shift)) return refusal(R::unknown_shift);
  if (c.day < x.today()) return refusal(R::day_gone);
  if (!is_rest(*x.ground.calendar, c.day)) return refusal(R::working_day);
  return DutyAssigned{c.account, c.day, c.shift};
}

Result<DutyCancelled> decide(const DutyState* s, const CancelDuty& c, const AttendanceContext& x) {
  if (!s) return refusal(R::no_duty);
  if (const auto who = x.ground.colleague(std::string(c.account))) YI_CHECK(mine_or_centre(x, who->department));
  if (c.day < x.today()) return refusal(R::day_gone);
  return DutyCancelled{c.account, c.day};
}

Result<CorrectionAsked> decide(const CorrectionState* s, const AskCorrection& c, const Shift* shift, const AttendanceContext& x) {
  const auto who = x.ground.colleague(x.account);
  if (!who) return refusal(R::no_account);
  if (c.day > x.today()) return refusal(R::future);
  if (c.day < x.today() - x.ground.rules->correction_days) return refusal(R::too_long_ago);
  if (!shift) return refusal(R::not_expected);
  const auto* slot = shift->find(c.slot);
  if (!slot) return refusal(R::unknown_slot);
  if (c.day == x.today() && slot->from > minute_of_day(x.now)) return refusal(R::future);
  if (s && s->stage == CorrectionStage::asked) return refusal(R::asked_already);
  if (s && s->stage == CorrectionStage::granted) return refusal(R::granted_already);
  if (blank(c.reason)) return refusal(R::reason_missing);
  return CorrectionAsked{Text<64>(x.account), who->department, c.day, c.slot, c.wanted, {}, {}};
}

Result<CorrectionDecided> decide(const CorrectionState* s, const DecideCorrection& c, const AttendanceContext& x) {
  if (!s || s->stage != CorrectionStage::asked) return refusal(R::no_correction);
  if (s->account == x.account) return refusal(R::own_correction);
  YI_CHECK(mine_or_centre(x, {s->department}));
  if (!c.granted && (!c.note || blank(*c.note))) return refusal(R::reason_missing);
  return CorrectionDecided{c.account, c.day, c.slot, c.granted, {}, Text<64>(x.account)};
}

Result<PostLeavingAsked> decide(const PostState* s, const LeavePost& c, const std::function<bool(const std::string&)>& substitute_away, const AttendanceContext& x) {
  const auto who = x.ground.colleague(x.account);
  if (!who) return refusal(R::no_account);
  if (blank(c.reason)) return refusal(R::reason_missing);
  if (s && s->day == x.today()) return refusal(R::away_already);
  const auto until = instant_of(to_iso(x.today()) + " " + std::string(c.until));
  if (!until || *until <= x.now) return refusal(R::bad_time);
  if (minute_of_day(*until) - minute_of_day(x.now) > x.ground.rules->post_minutes) return refusal(R::too_long);
  if (who->pair.empty() || !x.ground.colleague(who->pair)) return refusal(R::no_b_post);
  if (substitute_away(who->pair)) return refusal(R::b_post_away);
  return PostLeavingAsked{Text<64>(x.account), Text<64>(who->pair), minute_of_day(*until), c.official, {}, {}};
}

Result<PostTakenOver> decide(const PostState* s, const TakePost& c, bool away, const AttendanceContext& x) {
  if (!s || s->day != x.today()) return refusal(R::not_asked);
  if (s->substitute != x.account) return refusal(R::not_b_post);
  if (s->left >= 0) return refusal(R::taken_already);
  if (away) return refusal(R::b_post_away);
  return PostTakenOver{c.account, Text<64>(x.account)};
}

Result<PostNotTaken> decide(const PostState* s, const RefusePost& c, const AttendanceContext& x) {
  if (!s || s->day != x.today()) return refusal(R::not_asked);
  if (s->substitute != x.account && s->account != x.account) return refusal(R::not_b_post);
  if (s->left >= 0) return refusal(R::taken_already);
  return PostNotTaken{c.account, Text<64>(x.account)};
}

Result<BackAtPost> decide(const PostState* s, const ReturnToPost&, const AttendanceContext& x) {
  if (!s || s->left < 0) return refusal(R::not_away);
  // Whoever forgot to say so the same day was away to the end of that day at the most.
  const int now = s->day == x.today() ? minute_of_day(x.now) : 24 * 60;
  return BackAtPost{Text<64>(x.account), now - s->left, s->official};
}

}  // namespace yi::staff
