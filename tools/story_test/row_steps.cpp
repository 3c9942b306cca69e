// The steps that are rows of a table, by subject: leave, attendance, devices, ratings, activities, conduct, the bulletin desk, reform tasks.
#include "rows.h"

namespace yi::story {
namespace {

// Keys of devices: 64 digits, as whoever opens one has made them; those of kiosk and pad are of hall_steps.cpp.
#define YI_KIOSK "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
#define YI_CALLER "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define YI_READER "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
#define YI_KIOSK_READER "9999999999999999999999999999999999999999999999999999999999999999"
#define YI_SENDER "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

#define YI_COLLEAGUE "${boss.bing /api/staff/colleagues colleagues[account=$3]/"
#define YI_ACTIVITY R"("activity":"${boss.bing /api/reform/activities activities/0/activity}")"
#define YI_TASK "${boss.bing /api/reform/programmes programmes/0/tasks/0/"
#define YI_DISPATCH R"("programme":"${boss.bing /api/reform/programmes programmes/0/programme}","title":"调度会","host":"中心主任")"
#define YI_REPORT R"("report":"${=conduct/make_report stream|report:|}")"

const Act kActs[] = {
    // Leave. Of whom the ledger knows since when they have worked has a year's leave.
    {"account <account> records that <account> has worked since <day>", "$1", "staff/record_service", R"({"account":"$2","since":"$3","school_holidays":false,"pay_kept":true})"},
    {"account <account> records that <account> has worked since <day> with school holidays", "$1", "staff/record_service", R"({"account":"$2","since":"$3","school_holidays":true,"pay_kept":true})"},
    {"account <account> records that <account> has worked since <day> and loses pay on personal leave", "$1", "staff/record_service", R"({"account":"$2","since":"$3","school_holidays":false,"pay_kept":false})"},
    {"account <account> enters <kind> leave of account <account> from <day> to <day>", "$1", "staff/record_leave",
     R"({"department":")" YI_COLLEAGUE R"(department}","name":")" YI_COLLEAGUE R"(name}","kind":"$2","from":"$4","to":"$5","rank":1,"account":"$3"})"},
    {"account <account> asks <kind> leave from <day> to <day> handing in <certificate>", "$1", "staff/ask_leave", R"({"kind":"$2","from":"$3","to":"$4","reason":"见证明","substitute":"handler.wu","certificate":"$5"})"},
    {"account <account> asks <kind> leave from <day> to <day> with <account> standing in", "$1", "staff/ask_leave", R"({"kind":"$2","from":"$3","to":"$4","reason":"家中有事","substitute":"$5"})"},
    {"account <account> asks <kind> leave from <day> to <day> without a stand-in", "$1", "staff/ask_leave", R"({"kind":"$2","from":"$3","to":"$4","reason":"家中有事"})"},

    // Attendance.
    {"account <account> gives <account> shift <shift> from <day>", "$1", "staff/assign_shift", R"({"account":"$2","shift":"$3","from":"$4"})"},
    {"account <account> puts <account> on duty with shift <shift> on <day>", "$1", "staff/assign_duty", R"({"account":"$2","shift":"$3","day":"$4"})"},
    {"account <account> takes <account> off duty on <day>", "$1", "staff/cancel_duty", R"({"account":"$2","day":"$3"})"},
    {"account <account> imports a file of the device headed <header> with <line…>", "$1", "staff/import_signs", R"({"device":"一楼考勤机","text":"$2\n$/3\n"})"},
    {"account <account> asks to count slot <slot> of <day> as outside because <reason>", "$1", "staff/ask_correction", R"({"day":"$3","slot":"$2","wanted":"outside","reason":"$4"})"},
    {"account <account> refuses the correction of slot <slot> of <day> to <account> because <reason>", "$1", "staff/decide_correction", R"({"account":"$4","day":"$3","slot":"$2","granted":false,"note":"$5"})"},
    {"account <account> does not take the post of <account>", "$1", "staff/refuse_post", R"({"account":"$2"})"},

    // Devices, each with its key.
    {"a caller is opened at <window>", "", "hall/open_screen", R"({"place":"窗口","key":")" YI_CALLER R"(","kind":"caller","window":"$1"})"},
    {"a caller is opened nowhere", "", "hall/open_screen", R"({"place":"窗口","key":")" YI_CALLER R"(","kind":"caller"})"},
    {"a card reader is opened at <window>", "", "hall/open_screen", R"({"place":"窗口","key":")" YI_READER R"(","kind":"card_reader","window":"$1"})"},
    {"a card reader is opened at the kiosk", "", "hall/open_screen", R"({"place":"一楼","key":")" YI_KIOSK_READER R"(","kind":"card_reader","serves":"${- /api/hall/screens screens[kind=kiosk]/screen}"})"},
    {"a sender is opened", "", "hall/open_screen", R"({"place":"机房","key":")" YI_SENDER R"(","kind":"sender"})"},
    {"the key of the <device> is taken back", "", "hall/close_screen", R"({"screen":"${- /api/hall/screens screens[kind=$1]/screen}"})"},
    {"the caller presses <button>", "", "hall/caller/press", R"({"key":")" YI_CALLER R"(","button":"$1"})"},
    {"the caller asks as a pad", "", "hall/pad", R"({"key":")" YI_CALLER R"("})"},
    {"the card reader reads <name> with <number>", "", "hall/card_reader", R"({"key":")" YI_READER R"(","name":"$1","id_number":"$2"})"},
    {"the card reader of the kiosk reads <name> with <number>", "", "hall/card_reader", R"({"key":")" YI_KIOSK_READER R"(","name":"$1","id_number":"$2"})"},
    {"the kiosk signs for the card", "", "hall/kiosk/sign", R"({"key":")" YI_KIOSK R"("})"},
    {"the kiosk forgets the card", "", "hall/kiosk/forget", R"({"key":")" YI_KIOSK R"("})"},
    {"an account <account> is opened for <name> of <department>", "", "identity/open_account", R"({"account":"$1","name":"$2","department":"$d3"})"},
    {"an account <account> gets role <role>", "", "identity/grant_roles", R"({"account":"$1","roles":["$2"]})"},

    // Follow-ups.
    {"account <account> registers that <words> was not done with <words> as the telephone", "$1", "hall/register_unresolved", R"({"words":"$2","reporter":{"name":"彭某某","phone":"$3"}})"},
    {"what belongs to telephone <phone> is erased because <reason>", "", "identity/erase_subject", R"({"kind":"phone","number":"$1","basis":"consent_withdrawn","reason":"$2"})"},

    // Ratings.
    {"account <account> asks for a link to rate <number> sent to <phone>", "$1", "hall/ask_evaluation_link", R"({"ticket":"${guide.jia /api/hall/numbers/$2 ticket}","phone":"$3"})"},
    {"the sender fetches what waits", "", "hall/outbox", R"({"key":")" YI_SENDER R"("})"},
    {"the sender reports that it was sent", "", "hall/outbox/report", R"({"key":")" YI_SENDER R"(","message":"${=hall/outbox messages/0/message}","sent":true,"note":"回执0001"})"},
    {"the sender reports that it was not sent because <note>", "", "hall/outbox/report", R"({"key":")" YI_SENDER R"(","message":"${=hall/outbox messages/0/message}","sent":false,"note":"$1"})"},
    {"the visitor rates by the link with <level>", "", "hall/visits", R"({"token":"${=hall/outbox messages/0/text|/visit/|?}","level":$1,"by_message":true})"},
    {"account <account> upholds an appeal that nobody has made", "$1", "hall/decide_appeal", R"({"follow_up":"${boss.bing /api/hall/follow_ups?stage=sorted follow_ups/0/follow_up}","upheld":true,"reason":"评价对象有误"})"},
    {"account <account> calls back before there is an answer", "$1", "hall/call_back", R"({"follow_up":"${boss.bing /api/hall/follow_ups?stage=sorted follow_ups/0/follow_up}","reached":true,"content":true})"},
    {"account <account> calls back and reaches nobody", "$1", "hall/call_back", R"({"follow_up":"${boss.bing /api/hall/follow_ups?stage=answered follow_ups/0/follow_up}","reached":false,"content":false})"},
    {"account <account> calls back and reaches nobody noting <note>", "$1", "hall/call_back", R"({"follow_up":"${boss.bing /api/hall/follow_ups?stage=answered follow_ups/0/follow_up}","reached":false,"content":false,"note":"$2"})"},

    // Leaders in the hall.
    {"account <account> drops the plan of <day> because <reason>", "$1", "hall/drop_duty_plan", R"({"plan":"${boss.bing /api/hall/duties?from=$2&to=$2 plans/0/plan}","reason":"$3"})"},
    {"account <account> takes back the duty of <day> as <why>", "$1", "hall/take_back_duty", R"({"duty":"${boss.bing /api/hall/duties?from=$2&to=$2 duties/0/duty}","why":"$3"})"},

    // Activities; the newest is meant.
    {"account <account> records activity <title> of <department> with <people> and more and invites <account…>", "$1", "reform/record_activity",
     R"({"kind":"training","title":"$2","on":"2024-06-24","place":"三楼会议室","organiser":"$d3","who":"窗口工作人员","people":$4,"over":true,"accounts":[$*5]})"},
    {"account <account> takes the sheet with <account> present and <account> excused", "$1", "reform/take_sheet", "{" YI_ACTIVITY R"(,"present":["$2"],"excused":["$3"]})"},
    {"account <account> offers <text> as news of <week>", "$1", "reform/offer_news", "{" YI_ACTIVITY R"(,"week":"$3","text":"$2"})"},
    {"account <account> lets the offer go because <reason>", "$1", "reform/settle_offer", "{" YI_ACTIVITY R"(,"taken":false,"note":"$2"})"},
    {"account <account> takes the offer", "$1", "reform/settle_offer", "{" YI_ACTIVITY R"(,"taken":true})"},

    // Conduct with business.
    {"account <account> records training <title> on <day> of <account…>", "$1", "conduct/record_training", R"({"day":"$3","title":"$2","accounts":[$*4]})"},
    {"account <account> registers a meeting on <day> with <enterprise> with <uscc> under clause <clause>", "$1", "conduct/register_contact",
     R"({"day":"$2","occasion":"meeting","clause":"$5","place":"会议室","told_before":true,"enterprise":"$3","uscc":"$4","about":"征求意见"})"},
    {"account <account> reports under clause <clause> without naming anybody saying <words>", "$1", "conduct/make_report", R"({"clause":"$2","channel":"staff","words":"$3"})"},
    {"account <account> takes up the report just made", "$1", "conduct/take_report", "{" YI_REPORT "}"},
    {"account <account> settles the report just made as <end> with <measure>", "$1", "conduct/settle_report", "{" YI_REPORT R"(,"end":"$2","measure":"$3"})"},

    // The bulletin desk: items by their words, receivers by their names.
    {"account <account> sends <text> for <week> as of <department>", "$1", "bulletin/submit_item", R"({"week":"$3","department":"$d4","text":"$2"})"},
#define YI_ITEM(week, text) "${boss.bing /api/bulletin/desk/issues/" week " items[text=" text "]/"
    {"account <account> takes item <text> of <week>", "$1", "bulletin/take_item", R"({"item":")" YI_ITEM("$3", "$2") R"(item}","version":)" YI_ITEM("$3", "$2") "version}}"},
    {"account <account> rewrites item <text> of <week> as <text>", "$1", "bulletin/revise_item", R"({"item":")" YI_ITEM("$3", "$2") R"(item}","version":)" YI_ITEM("$3", "$2") R"(version},"text":"$4"})"},
    {"account <account> rewrites version <version> of item <text> of <week> as <text>", "$1", "bulletin/revise_item", R"({"item":")" YI_ITEM("$4", "$3") R"(item}","version":$2,"text":"$5"})"},
    {"account <account> returns item <text> of <week> because <reason>", "$1", "bulletin/return_item", R"({"item":")" YI_ITEM("$3", "$2") R"(item}","reason":"$4"})"},
    {"account <account> declines item <text> of <week> because <reason>", "$1", "bulletin/decline_item", R"({"item":")" YI_ITEM("$3", "$2") R"(item}","reason":"$4"})"},
    {"account <account> withdraws item <text> of <week>", "$1", "bulletin/withdraw_item", R"({"item":")" YI_ITEM("$3", "$2") R"(item}"})"},
    {"account <account> merges items <text> and <text> of <week> into <text>", "$1", "bulletin/merge_items", R"({"items":[")" YI_ITEM("$4", "$2") R"(item}",")" YI_ITEM("$4", "$3") R"(item}"],"text":"$5"})"},
    {"account <account> orders the items of <week> as <text> and <text>", "$1", "bulletin/order_items", R"({"week":"$2","order":[")" YI_ITEM("$2", "$3") R"(item}",")" YI_ITEM("$2", "$4") R"(item}"]})"},
    {"account <account> presents <week> without a look at its warnings", "$1", "bulletin/desk/issues/$2/present", "{}"},
    {"account <account> sends <week> to account <account> in public", "$1", "bulletin/distribute_issue", R"({"week":"$2","receivers":[{"name":"$3","way":"account","account":"$3","copies":0,"internal":false}]})"},
    {"account <account> sends <week> to account <account> in full", "$1", "bulletin/distribute_issue", R"({"week":"$2","receivers":[{"name":"$3","way":"account","account":"$3","copies":0,"internal":true}]})"},
    {"account <account> sends <week> to <name> by mail to <address>", "$1", "bulletin/distribute_issue", R"({"week":"$2","receivers":[{"name":"$3","way":"mail","mail":"$4","copies":0,"internal":false}]})"},
    {"account <account> sends <week> in full to <name> by mail to <address>", "$1", "bulletin/distribute_issue", R"({"week":"$2","receivers":[{"name":"$3","way":"mail","mail":"$4","copies":0,"internal":true}]})"},
    {"account <account> sends <count> copies of <week> to <name>", "$1", "bulletin/distribute_issue", R"({"week":"$3","receivers":[{"name":"$4","way":"print","copies":$2,"internal":false}]})"},
#define YI_RECEIVER(week, name) "${boss.bing /api/bulletin/desk/issues/" week " receivers[name=" name "]/receiver}"
    {"account <account> hands over <count> copies of <week> to <name>", "$1", "bulletin/hand_copies", R"({"week":"$3","receiver":)" YI_RECEIVER("$3", "$4") R"(,"copies":$2,"signed_by":"收发室"})"},
    {"account <account> takes back <count> copies of <week> from <name> because <reason>", "$1", "bulletin/hand_copies", R"({"week":"$3","receiver":)" YI_RECEIVER("$3", "$4") R"(,"copies":-$2,"reason":"$5"})"},
    {"account <account> mails <week> to <name> again", "$1", "bulletin/mail_again", R"({"week":"$2","receiver":)" YI_RECEIVER("$2", "$3") "}"},
    {"account <account> has received <week>", "$1", "bulletin/receive_issue", R"({"week":"$2"})"},
    {"account <account> drops correction <number> of <week> because <reason>", "$1", "bulletin/drop_correction", R"({"week":"$3","correction":$2,"reason":"$4"})"},

    // Reform tasks; the first programme and its first task are meant.
    {"account <account> extends the task to <day> because <reason>", "$1", "reform/extend_task", R"({"task":")" YI_TASK R"(task}","due":"$2","reason":"$3"})"},
    {"account <account> sets a plan as milestone <name> due on <day>", "$1", "reform/set_milestone", R"({"task":")" YI_TASK R"(task}","name":"$2","due":"$3","product":"plan"})"},
    {"account <account> reaches milestone <name> on <day> with <evidence>", "$1", "reform/reach_milestone", R"({"milestone":")" YI_TASK R"(milestones[name=$2]/milestone}","on":"$3","evidence":"$4"})"},
    {"account <account> holds a dispatch on <day> that resolves nothing", "$1", "reform/hold_dispatch", "{" YI_DISPATCH R"(,"on":"$2","resolutions":[]})"},
    {"account <account> holds a dispatch on <day> that resolves <text> for <department> by <day>", "$1", "reform/hold_dispatch", "{" YI_DISPATCH R"(,"on":"$2","resolutions":[{"text":"$3","department":"$d4","due":"$5"}]})"},
    {"account <account> settles resolution <place> with <evidence>", "$1", "reform/settle_resolution", R"({"dispatch":"${boss.bing /api/reform/programmes programmes/0/dispatches/0/dispatch}","place":$2,"evidence":"$3"})"},
    {"account <account> confirms for <department> to have read rule <number> version <version>", "$1", "reform/confirm_reading", R"({"number":"$3","version":$4,"department":"$d2"})"},
};

const Ask kAsks[] = {
    {"account <account> asks for the card at <window>", "$1", "/api/hall/windows/$2/card"},
    {"account <account> asks for the sheet", "$1", "/api/reform/activities/${boss.bing /api/reform/activities activities/0/activity}/sheet"},
    {"account <account> asks for the report just made", "$1", "/api/conduct/reports/${=conduct/make_report stream|report:|}"},
};

const See kSees[] = {
    {"account <account> has <days> days of annual leave and <taken> taken because <why>", "$1", "/api/staff/leaves/mine", {{"annual_days", "$2"}, {"annual_taken", "$3"}, {"annual_why", "~$4"}}},
    {"account <account> reads <words> as why leave <number> was rejected", "$1", "/api/staff/leaves/mine", {{"leaves[leave=$3]/remarks[said=rejected]/note", "$2"}}},
    {"account <account> sees leave <number> as <stage> of <days> days", "$1", "/api/staff/leaves/mine", {{"leaves[leave=$2]/stage", "$3"}, {"leaves[leave=$2]/days", "$4"}}},

    {"the file had <taken> lines to take and <known> known and <refused> refused", "", "=staff/import_signs", {{"facts/0/body/taken", "[$1]"}, {"facts/0/body/known", "$2"}, {"facts/0/body/refused", "[$3]"}}},
    {"line <line> of the file was refused because <why>", "", "=staff/import_signs", {{"facts/0/body/refused[line=$1]/why", "~$2"}}},
    {"account <account> sees day <day> of <account> as <mark>", "$1", "/api/staff/attendance/days?from=$2&to=$2&account=$3", {{"days/0/record/mark", "$4"}}},
    {"account <account> sees slot <slot> of <day> of <account> as <mark> by <minutes> minutes", "$1", "/api/staff/attendance/days?from=$3&to=$3&account=$4",
     {{"days/0/record/slots[slot=$2]/mark", "$5"}, {"days/0/record/slots[slot=$2]/minutes", "$6"}}},
    {"account <account> counts <late> late and <early> early of <account> from <day> to <day>", "$1", "/api/staff/attendance/figures?from=$5&to=$6",
     {{"people[account=$4]/late_times", "$2"}, {"people[account=$4]/early_times", "$3"}}},
    {"account <account> counts <days> expected and <days> outside days of <account> from <day> to <day>", "$1", "/api/staff/attendance/figures?from=$5&to=$6",
     {{"people[account=$4]/expected_days", "$2"}, {"people[account=$4]/outside_days", "$3"}}},

    {"account <account> reads <name> on the card at <window>", "$1", "!/api/hall/windows/$3/card", {{"card/name", "$2"}}},
    {"account <account> finds no card at <window>", "$1", "!/api/hall/windows/$2/card", {{"card", ""}}},
    {"the sender has <count> messages", "", "=hall/outbox", {{"messages", "[$1]"}}},
    {"the link of the message may rate <yes>", "", "!/api/hall/visits/${=hall/outbox messages/0/text|/visit/|?}", {{"may_rate", "$1"}}},
    {"account <account> counts <count> ratings by <channel> on <day>", "$1", "/api/hall/ratings?from=$4&to=$4", {{"channels[channel=$3]/ratings", "$2"}}},
    {"account <account> sees the plan of <day> as <status>", "$1", "/api/hall/duties?from=$2&to=$2", {{"plans/0/status", "$3"}}},

    {"account <account> sees the activity with <present> present and <excused> excused and its offer <offer>", "$1", "/api/reform/activities",
     {{"activities/0/present", "$2"}, {"activities/0/excused", "$3"}, {"activities/0/offer", "$4"}}},
    {"account <account> finds in the audit that <account> looked at the sheet of the activity", "$1", "!/api/identity/audit?account=$2",
     {{"entries[act=reform.read_sheet]/object", "${boss.bing /api/reform/activities activities/0/activity}"}}},
    {"account <account> reads on the sheet that <account> stayed away", "$1", "/api/reform/activities/${boss.bing /api/reform/activities activities/0/activity}/sheet", {{"missing", "[1]"}, {"missing/0", "$2"}}},
    {"account <account> reads <note> to the offer", "$1", "/api/reform/activities", {{"activities/0/note", "$2"}}},

    {"account <account> sees training <title> of <count> people", "$1", "/api/conduct/trainings", {{"trainings[title=$2]/names", "[$3]"}}},
    {"account <account> sees the pledge of <account> signed on <day>", "$1", "/api/conduct/pledges", {{"people[account=$2]/on", "$3"}}},
    {"account <account> sees no pledge of <account>", "$1", "/api/conduct/pledges", {{"people[account=$2]/on", ""}}},
    {"account <account> finds in the audit that <account> was <outcome> by <act>", "$1", "!/api/identity/audit?account=$2", {{"entries[act=$4]/outcome", "$3"}}},

    {"account <account> sees item <text> of <week> as <stage> and late <late>", "$1", "/api/bulletin/desk/issues/$3", {{"items[text=$2]/stage", "$4"}, {"items[text=$2]/late", "$5"}}},
    {"account <account> has <week> to receive and received <received>", "$1", "/api/bulletin/inbox", {{"issues[week=$2]/received", "$3"}}},
    {"account <account> sees receiver <name> of <week> as <stage> with <count> copies handed over", "$1", "/api/bulletin/desk/issues/$3", {{"receivers[name=$2]/stage", "$4"}, {"receivers[name=$2]/handed", "$5"}}},

    {"account <account> sees milestone <name> due on <day> reached on <day>", "$1", "/api/reform/programmes", {{"programmes/0/tasks/0/milestones[name=$2]/due", "$3"}, {"programmes/0/tasks/0/milestones[name=$2]/reached", "$4"}}},
    {"account <account> sees milestone <name> due on <day> not reached", "$1", "/api/reform/programmes", {{"programmes/0/tasks/0/milestones[name=$2]/due", "$3"}, {"programmes/0/tasks/0/milestones[name=$2]/reached", ""}}},
    {"account <account> sees the task due on <day>", "$1", "/api/reform/programmes", {{"programmes/0/tasks/0/due", "$2"}}},
    {"account <account> sees resolution <place> due on <day> settled on <day>", "$1", "/api/reform/programmes",
     {{"programmes/0/dispatches/0/resolutions[place=$2]/due", "$3"}, {"programmes/0/dispatches/0/resolutions[place=$2]/settled", "$4"}}},
};

}  // namespace

std::vector<Step> row_steps() {
  std::vector<Step> all;
  for (const auto& row : kActs) all.push_back(step_of(row));
  for (const auto& row : kAsks) all.push_back(step_of(row));
  for (const auto& row : kSees) all.push_back(step_of(row));
  return all;
}

}  // namespace yi::story
