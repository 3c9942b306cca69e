#include "bulletin/pages_words.h"

#include <array>
#include <fmt/format.h>

namespace yi::bulletin {
namespace {

struct Entry {
  Word word;
  const char* chinese;
  const char* english;
};

constexpr Entry kWords[] = {
    {Word::brand, "一窗", "Yichuang"},
    {Word::skip, "跳到正文", "Skip to content"},
    {Word::navigation, "主导航", "Main navigation"},
    {Word::elder_on, "长者模式", "Larger type"},
    {Word::elder_off, "标准模式", "Normal type"},
    {Word::other_language, "English", "中文"},
    {Word::signed_in, "操作员", "Operator"},
    {Word::leave, "退出", "Sign out"},
    {Word::visitor, "公众", "Public"},
    {Word::demonstration, "演示环境 · 演示时间", "Demonstration · demonstration time"},
    {Word::demonstration_note, "本系统正在回放过去的一周，时钟停在那一周之后，不是今天。",
     "This installation replays a past week; its clock stands after that week and is not today's."},
    {Word::ledger_position, "账本位置", "Ledger position"},
    {Word::ledger_head, "账本头", "Ledger head"},
    {Word::footer_note, "页面上的每个数字都可以点开，查看它的定义和依据。",
     "Every figure opens its definition and the records behind it."},
    {Word::this_week, "本周", "This week"},
    {Word::year_to_date, "今年以来", "Year to date"},
    {Word::figures_note, "点数字看依据", "Open a figure for its evidence"},
    {Word::the_bulletin, "本期周报", "The week's bulletin"},
    {Word::read, "阅读网页版", "Read as a page"},
    {Word::as_text, "文本", "Text"},
    {Word::as_pdf, "PDF", "PDF"},
    {Word::as_pdf_word, "PDF（Word 行式）", "PDF (line ends as in Word)"},
    {Word::as_docx, "DOCX（可编辑）", "DOCX (to edit)"},
    {Word::as_ofd, "OFD", "OFD"},
    {Word::as_xlsx, "XLSX（数字和定义）", "XLSX (figures and definitions)"},
    {Word::other_periods, "其他统计期", "Other periods"},
    {Word::report_figures, "数据项", "Figures"},
    {Word::report_period_before, "上一期", "The period before"},
    {Word::report_year_before, "上年同期", "The year before"},
    {Word::report_now, "本期", "This period"},
    {Word::report_filter, "筛选", "Limited to"},
    {Word::report_departments, "分部门", "By department"},
    {Word::report_records, "逐条依据", "The counted records"},
    {Word::public_edition, "公开版", "Public edition"},
    {Word::internal_edition, "内部版", "Internal edition"},
    {Word::internal_note, "内部版含病假信息，请勿转发。", "The internal edition names sick leave; do not pass it on."},
    {Word::by_department, "各部门本周数", "The week by department"},
    {Word::by_department_order, "范围：全部窗口；按受理与颁发之和从多到少排列",
     "Scope: all windows; ordered by accepted and issued together"},
    {Word::department, "部门", "Department"},
    {Word::window, "窗口", "Window"},
    {Word::count, "数量", "Count"},
    {Word::total, "合计", "Total"},
    {Word::earlier_weeks, "往期周报", "Earlier weeks"},
    {Word::earlier_weeks_of, "{} 年", "Year {}"},
    {Word::no_earlier, "还没有更早的一期。", "There is no earlier week yet."},
    {Word::empty_title, "还没有周报", "No bulletin yet"},
    {Word::empty_text, "系统已经启动，账本里还没有设定任何一期的起止日期，所以没有数字可以显示。",
     "The system runs, but no week has been set in its ledger, so there are no figures to show."},
    {Word::empty_next,
     "操作员设定一期的起止日期后，这里会显示该周的数字和周报；也可以用 yichuang replay 载入一周的业务。",
     "When an operator sets a week's first and last day, its figures and bulletin appear here; or load a week with "
     "yichuang replay."},
    {Word::print_hint, "打印本页只印周报正文。", "Printing this page prints the bulletin alone."},
    {Word::sick_leave_note, "公开版不含病假信息。", "The public edition has no sick leave."},
    {Word::warnings, "校核提醒", "Checks"},
    {Word::warnings_none, "没有发现需要核对的地方。", "Nothing to look at was found."},
    {Word::warnings_note, "提醒不会改动周报，也不影响发布。",
     "A check never changes the bulletin and never blocks it."},
    {Word::back_home, "回到本周数字", "Back to the figures of the week"},
    {Word::all_figures, "本期的数字", "Figures of this week"},
    {Word::the_bulletin_of_week, "看这一期周报", "Read this week's bulletin"},
    {Word::definition, "定义", "Definition"},
    {Word::scope, "范围", "Scope"},
    {Word::period_counted, "计数时段", "Period counted"},
    {Word::from_zero_to_24, "{}0时至{}24时", "00:00 on {} to 24:00 on {}"},
    {Word::year_from_balance, "期初数截至前一日。", "The opening balance covers the days before."},
    {Word::opening_balance, "期初数", "Opening balance"},
    {Word::opening_none, "没有期初数，全部来自账本。", "No opening balance; all is counted in the ledger."},
    {Word::opening_source, "期初数来源", "Source of the balance"},
    {Word::counted_in_ledger, "账本计数", "Counted in the ledger"},
    {Word::counted_gross, "冲正前计数", "Counted before reversals"},
    {Word::counted_reversed, "其中冲正", "Reversed entries"},
    {Word::reverses, "冲正第", "reverses record"},
    {Word::by_window, "按部门和窗口", "By department and window"},
    {Word::evidence_list, "逐条依据", "The records one by one"},
    {Word::evidence_private,
     "逐条清单可能涉及申请人，只对中心工作人员开放。需要核对的，可持本页网址向大厅咨询台提出；工作人员请用启动时打印的"
     "一次性链接登录。",
     "The list of records may concern applicants and is open to the centre's staff. To have it checked, show this "
     "page's address at the hall's "
     "information desk; staff sign in with the one-time link printed at start."},
    {Word::evidence_rows, "按入账顺序，每页 50 条", "In order of the ledger, 50 a page"},
    {Word::next_page, "下一页", "Next page"},
    {Word::first_page, "第一页", "First page"},
    {Word::ledger_row, "账本序号", "Ledger no."},
    {Word::recorded_at, "入账时间", "Recorded at"},
    {Word::record, "办件或记录", "Case or record"},
    {Word::facts_list, "登记的事实", "Recorded facts"},
    {Word::fact_date, "日期", "Date"},
    {Word::fact_name, "名称", "Name"},
    {Word::fact_source, "来源", "Source"},
    {Word::unverified, "▲ 未核实", "▲ unverified"},
    {Word::no_facts, "截至本期最后一日，还没有登记这一项的事实。",
     "No such fact is recorded up to the week's last day."},
    {Word::nothing_counted, "这段时间账本中没有这一项的记录。", "The ledger holds no such record in this period."},
    {Word::verification, "核实", "Verified"},
    {Word::shown_of, "本页 {} 条，共 {} 条", "{} on this page, {} in all"},
    {Word::next_step, "下一步", "What to do now"},
    {Word::error_code, "代码", "Code"},
    {Word::other_reach, "同一项的另一个时段", "The same figure over the other period"},
    {Word::issued_list, "已签发的周报", "Issued bulletins"},
    {Word::issued_none, "还没有签发的周报。", "No bulletin has been issued yet."},
    {Word::issued_as, "已签发", "Issued"},
    {Word::issued_text_hash, "文本（SM3）", "Text (SM3)"},
    {Word::corrections, "更正", "Corrections"},
    {Word::correction_of, "更正通知", "Correction notice"},
    {Word::since_issued, "签发以后", "Since it was issued"},
    {Word::since_note, "已签发的周报不再改动。下面是签发以后账本里的变化。", "An issued bulletin does not change. This is what the ledger says now."},
    {Word::since_parts, "内容也有变化的部分：", "Parts whose words would differ as well: "},
    {Word::printed, "印出", "Printed"},
    {Word::counted_now, "现在", "Now"},
    {Word::draft_note, "没有签发，内容还会改动。", "Not issued yet; it may still change."},
    {Word::back_issue, "回到这一期", "Back to the bulletin"},
};
static_assert(std::size(kWords) == static_cast<std::size_t>(Word::last_));
constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kWords); ++i)
    if (static_cast<std::size_t>(kWords[i].word) != i) return false;
  return true;
}
static_assert(in_order(), "kWords stands in the order of Word");

constexpr const char* kAll = "Every window of this hall that is in the ledger: comprehensive, domain, special and issuing windows.";
constexpr const char* kFacts = "Facts recorded up to the week's last day.";
constexpr FigureInEnglish kFigureWords[] = {
    {"consulted", "Consultations (week)", "persons",
     "Each consultation recorded at a window, by phone or online counts one, on the day it enters the ledger.", kAll},
    {"accepted", "Accepted (week)", "cases",
     "Each decision to accept counts one, on the day it enters the ledger; results handed in for issue and cases "
     "carried over do not count.",
     kAll},
    {"issued", "Issued (week)", "results",
     "Each result handed or delivered to its applicant counts one, on the day the receipt enters the ledger, including "
     "results of other systems.",
     kAll},
    {"transferred", "Transfers (week)", "hand-overs",
     "Each hand-over of papers or results that its receiver signed counts one, on the day it enters the ledger.", kAll},
    {"consulted_year", "Consultations (year to date)", "persons",
     "The opening balance of the year of the week's last day, and each consultation recorded since, up to that day.",
     kAll},
    {"accepted_year", "Accepted (year to date)", "cases",
     "The opening balance of the year of the week's last day, and each decision to accept since, up to that day.",
     kAll},
    {"issued_year", "Issued (year to date)", "results",
     "The opening balance of the year of the week's last day, and each result issued since, up to that day.", kAll},
    {"transferred_year", "Transfers (year to date)", "hand-overs",
     "The opening balance of the year of the week's last day, and each signed hand-over since, up to that day.", kAll},
    {"plans_issued", "“One thing” plans issued", "plans", "Each bundle of matters whose plan was issued counts one.",
     kFacts},
    {"guides_count", "“One thing” guides published", "guides",
     "Each bundle of matters whose illustrated guide was published counts one.", kFacts},
    {"list_total", "Services for enterprises", "services", "The sum over the categories of the latest published list.",
     kFacts},
    {"plates_count", "Plates of the enterprise zone", "plates", "The number of plates in the latest plan of the zone.",
     kFacts},
    {"chains_count", "Industrial chains listed", "chains", "Each industrial chain whose list was made counts one.",
     kFacts},
};

struct CodeWords {
  const char* code;
  const char* sentence;
  const char* next_step;
};
constexpr CodeWords kRefusals[] = {
    {"bulletin.unknown_week", "There is no bulletin for a week that begins on this day.",
     "Choose a week from the home page."},
    {"bulletin.unknown_figure", "There is no such figure.", "Open a figure from the bulletin or the home page."},
    {"bulletin.internal_edition", "The internal edition is not open to the public.",
     "Read the public edition; staff please sign in first."},
    {"bulletin.not_issued_yet", "This bulletin has not been issued yet.", "It will stand here when it is; the earlier ones can be read now."},
    {"bulletin.unknown_correction", "There is no such correction.", "Open it from the bulletin that it belongs to."},
    {"bulletin.paper_erased", "The text of this edition has been erased, as the law asks.", "Read the other edition."},
    {"bulletin.evidence_not_public", "The list of cases is not open to the public.",
     "Counts and definitions are; staff please sign in first."},
    {"bulletin.bad_page", "This page of the list does not exist.", "Open the list from its first page."},
    {"bulletin.bad_edition", "There is no such edition.", "Editions are public and internal."},
    {"bulletin.bad_line_mode", "There is no such line mode.", "Line modes are grid and word."},
    {"bulletin.unknown_report", "There is no such report.", "Open a report from the home page."},
    {"bulletin.bad_period", "There is no such period.", "Write 2024-06, 2024-Q2, 2024 or 2024-06-03..2024-06-21."},
    {"bulletin.bad_span", "The first day lies after the last, or the span is too long.", "Change the days; at most 4,000 of them."},
    {"bulletin.not_this_length", "This report is not made for such a period.", "Choose a month, quarter, year or other days as the report names them."},
    {"bulletin.not_begun", "This period has not begun.", "Choose one that has."},
    {"base.bad_date", "This is not a date of the calendar.", "Write a date as 2024-06-17."},
    {"engine.bad_position", "The ledger has no such position.", "Use the position that a command answered with."},
    {"engine.reports_behind", "The figures have not yet followed this step; the step itself is saved.",
     "Look again in a few seconds."},
};

const char* english_title(int status) {
  switch (status) {
    case 400: return "The address is not right";
    case 401:
    case 403: return "Not open to you";
    case 404: return "Not found";
    case 503: return "Not ready yet";
    default: return status >= 500 ? "Something failed on our side" : "This cannot be shown";
  }
}
const char* chinese_title(int status) {
  switch (status) {
    case 400: return "网址有误";
    case 401:
    case 403: return "没有查看权限";
    case 404: return "没有找到";
    case 503: return "还没有准备好";
    default: return status >= 500 ? "系统出了问题" : "无法显示";
  }
}

constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
constexpr const char* kWeekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

}  // namespace

const char* say(Word word, bool english) {
  const auto& e = kWords[static_cast<std::size_t>(word)];
  return english ? e.english : e.chinese;
}

const FigureInEnglish* find_english(std::string_view figure_id) {
  for (const auto& f : kFigureWords)
    if (figure_id == f.id) return &f;
  return nullptr;
}

FigureWords words_of(const FigureInfo& info, bool english) {
  if (english)
    if (const auto* e = find_english(info.id)) return {e->name, e->unit, e->definition, e->scope};
  return {info.name, info.unit, info.definition, info.scope};
}

RefusalWords words_of(const Refusal& refusal, bool english) {
  if (!english) return {chinese_title(refusal.status), refusal.sentence, refusal.next_step};
  for (const auto& r : kRefusals)
    if (refusal.code == r.code) return {english_title(refusal.status), r.sentence, r.next_step};
  return {english_title(refusal.status), "The request was refused.", "Go back to the home page and start from there."};
}

std::string day_words(CivilDay day, bool english, bool with_weekday) {
  if (!english) return to_chinese(day, with_weekday);
  auto s = fmt::format("{} {} {}", day.day(), kMonths[day.month() - 1], day.year());
  return with_weekday ? std::string(kWeekdays[day.weekday() - 1]) + " " + s : s;
}

std::string span_words(CivilDay from, CivilDay to, bool english) {
  if (english) {
    if (from.year() != to.year()) return day_words(from, true) + " – " + day_words(to, true);
    if (from.month() != to.month())
      return fmt::format("{} {} – {}", from.day(), kMonths[from.month() - 1], day_words(to, true));
    return fmt::format("{}–{}", from.day(), day_words(to, true));
  }
  if (from.year() != to.year()) return to_chinese(from) + "—" + to_chinese(to);
  return fmt::format("{}—{}月{}日", to_chinese(from), to.month(), to.day());
}

std::string grouped(std::int64_t n) {
  auto s = std::to_string(n);
  const std::size_t first = n < 0 ? 1 : 0;
  for (auto i = static_cast<std::ptrdiff_t>(s.size()) - 3; i > static_cast<std::ptrdiff_t>(first); i -= 3)
    s.insert(static_cast<std::size_t>(i), ",");
  return s;
}

}  // namespace yi::bulletin
