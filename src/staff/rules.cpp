#include "staff/rules.h"

#include "base/text.h"

namespace yi::staff {

bool is_health(LeaveKind kind) {
  switch (kind) {
    case LeaveKind::sick:
    case LeaveKind::maternity:
    case LeaveKind::work_injury: return true;
    default: return false;
  }
}

const char* chinese_name(LeaveKind kind) {
  switch (kind) {
    case LeaveKind::annual: return "年休假";
    case LeaveKind::sick: return "病假";
    case LeaveKind::personal: return "事假";
    case LeaveKind::marriage: return "婚假";
    case LeaveKind::maternity: return "产假";
    case LeaveKind::paternity: return "陪产（护理）假";
    case LeaveKind::childcare: return "育儿假";
    case LeaveKind::bereavement: return "丧假";
    case LeaveKind::home_visit: return "探亲假";
    case LeaveKind::work_injury: return "工伤";
    case LeaveKind::compensatory: return "补休、调休";
    case LeaveKind::official: return "因公外出";
    case LeaveKind::brief_absence: return "临时外出";
  }
  return "";
}

namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
};
constexpr Words kWords[] = {
    {Reason::unknown_department, "staff.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", "/department"},
    {Reason::name_missing, "staff.name_missing", "没有填写请假人姓名。", "请填写姓名。", "/name"},
    {Reason::span_reversed, "staff.span_reversed", "请假的结束日期早于开始日期。", "请核对起止日期。", "/to"},
    {Reason::span_too_long, "staff.span_too_long", "一次请假的跨度超过 400 天。", "请核对起止日期，或分次登记。", "/to"},
    {Reason::days_do_not_fit, "staff.days_do_not_fit", "请假天数与起止日期对不上。",
     "按自然日计的应等于起止日期的天数，按工作日计的应至少 1 天、不超过其中的工作日。", "/days"},
    {Reason::bad_rank, "staff.bad_rank", "排列次序应为 1 到 9999 的整数。", "请填写次序。", "/rank"},
    {Reason::other_department, "staff.other_department", "这是其他部门人员的请假。", "请由其所在部门或中心登记。", "/department"},
};
}  // namespace

Refusal refuse(Reason reason) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, 422, w.where};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  return out;
}

namespace {
bool days_fit(const RecordLeave& c, int span, const WorkingDaysOf& working_days) {
  if (c.count_mode == CountMode::calendar) return c.days == span;
  if (c.days < 1 || c.days > span) return false;
  const auto most = working_days ? working_days(c.from, c.to) : std::nullopt;
  return !most || c.days <= *most;
}
}  // namespace

Result<LeaveRecorded> decide(const RecordLeave& c, const KnownDepartment& known, const WorkingDaysOf& working_days) {
  if (!known(c.department)) return refuse(Reason::unknown_department);
  if (trim(c.name).empty()) return refuse(Reason::name_missing);
  if (c.to < c.from) return refuse(Reason::span_reversed);
  const int span = c.to - c.from + 1;
  if (span > kLongestLeaveDays) return refuse(Reason::span_too_long);
  if (!days_fit(c, span, working_days)) return refuse(Reason::days_do_not_fit);
  if (c.rank < 1 || c.rank > 9999) return refuse(Reason::bad_rank);
  return LeaveRecorded{c.department, c.name, c.kind, c.from, c.to, c.count_mode, c.days, c.rank, {}};
}

}  // namespace yi::staff
