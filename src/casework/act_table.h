#pragma once
// The life of a case in one table that a lawyer can read: in which stage, which act, by whom, under what guard, leads
// where, with which effect on the clocks, which document and which article. The rules' checks, the acts that a reply
// offers, their test and the proof below read it; role, clock, document and article are for readers until part 2 brings
// the whole law, rights and papers, and the programs that read them too.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/events.h"

namespace yi::casework {

enum class Stage { none, received, accepted, in_review, granted, refused, issued, not_accepted, withdrawn };
BOOST_DESCRIBE_ENUM(Stage, none, received, accepted, in_review, granted, refused, issued, not_accepted, withdrawn)
enum class Act { receive, accept, refuse_acceptance, transfer, decide_grant, decide_refuse, issue, withdraw, receive_result, carry_over };
BOOST_DESCRIBE_ENUM(Act, receive, accept, refuse_acceptance, transfer, decide_grant, decide_refuse, issue, withdraw, receive_result, carry_over)
enum class Role { clerk, runner, handler, chief_representative, issue_clerk, administrator };
BOOST_DESCRIBE_ENUM(Role, clerk, runner, handler, chief_representative, issue_clerk, administrator)

// Which case types a row applies to.
enum class Types { all, instant_only, promised_only };
enum class ClockEffect {
  none,
  notice_starts,     // 5 working days to accept, correct or refuse (§32)
  decision_starts,   // statutory and promised limit, from acceptance
  delivery_starts,   // grants alone: 10 working days for permits (§44), the matter's own limit for other kinds
  ends,              // no clock runs any more; a refusal is still handed out, but no article sets days for it
};

struct ActRow {
  Stage from;
  Act act;
  Role role;
  Types types;
  // Who must hold the papers, and for a transfer who signs for them.
  std::optional<Holder> holder;
  std::optional<Holder> receiver;
  Stage to;
  ClockEffect clock;
  const char* document;  // number and name of the paper, casework.md §1.4
  const char* article;   // 行政许可法 unless it says otherwise
};

inline constexpr auto kReception = Holder::reception_window;
inline constexpr auto kDepartment = Holder::department;
inline constexpr auto kIssueWindow = Holder::issue_window;

inline constexpr ActRow kActs[] = {
    // from             act                     role                        types                 holder        receiver      to                   clock                         document                article
    {Stage::none,      Act::receive,           Role::clerk,                Types::all,           {},           {},           Stage::received,     ClockEffect::notice_starts,   "01 申请材料接收凭证",   "§29, §32"},
    {Stage::none,      Act::receive_result,    Role::issue_clerk,          Types::all,           {},           {},           Stage::granted,      ClockEffect::delivery_starts, "交接单",              "§44"},
    {Stage::none,      Act::carry_over,        Role::administrator,        Types::all,           {},           {},           Stage::accepted,     ClockEffect::decision_starts, "",                   "启用日接续"},
    {Stage::none,      Act::carry_over,        Role::administrator,        Types::all,           {},           {},           Stage::granted,      ClockEffect::delivery_starts, "",                   "启用日接续"},
    {Stage::received,  Act::accept,            Role::clerk,                Types::all,           kReception,   {},           Stage::accepted,     ClockEffect::decision_starts, "04 受理通知书",         "§32(1)(5)"},
    {Stage::received,  Act::refuse_acceptance, Role::clerk,                Types::all,           kReception,   {},           Stage::not_accepted, ClockEffect::ends,            "03 不予受理告知书",      "§32(1)(1), (2)"},
    {Stage::received,  Act::withdraw,          Role::clerk,                Types::all,           kReception,   {},           Stage::withdrawn,    ClockEffect::ends,            "退件清单",             "申请人撤回"},
    {Stage::accepted,  Act::transfer,          Role::runner,               Types::promised_only, kReception,   kDepartment,  Stage::in_review,    ClockEffect::none,            "流转单",              "§26(2)"},
    {Stage::accepted,  Act::decide_grant,      Role::chief_representative, Types::instant_only,  kReception,   {},           Stage::granted,      ClockEffect::delivery_starts, "准予决定书",           "§34(2)"},
    {Stage::accepted,  Act::decide_refuse,     Role::chief_representative, Types::instant_only,  kReception,   {},           Stage::refused,      ClockEffect::ends,            "07 不予行政许可决定书",   "§38(2)"},
    {Stage::accepted,  Act::withdraw,          Role::clerk,                Types::all,           kReception,   {},           Stage::withdrawn,    ClockEffect::ends,            "退件清单",             "申请人撤回"},
    {Stage::in_review, Act::transfer,          Role::runner,               Types::all,           kDepartment,  kReception,   Stage::in_review,    ClockEffect::none,            "流转单（退回补齐）",      "§26(2)"},
    {Stage::in_review, Act::transfer,          Role::runner,               Types::all,           kReception,   kDepartment,  Stage::in_review,    ClockEffect::none,            "流转单",              "§26(2)"},
    {Stage::in_review, Act::decide_grant,      Role::handler,              Types::all,           kDepartment,  {},           Stage::granted,      ClockEffect::delivery_starts, "准予行政许可决定书",      "§38(1)"},
    {Stage::in_review, Act::decide_refuse,     Role::handler,              Types::all,           kDepartment,  {},           Stage::refused,      ClockEffect::ends,            "07 不予行政许可决定书",   "§38(2)"},
    {Stage::in_review, Act::withdraw,          Role::clerk,                Types::all,           {},           {},           Stage::withdrawn,    ClockEffect::ends,            "退件清单",             "申请人撤回"},
    {Stage::granted,   Act::transfer,          Role::runner,               Types::all,           kDepartment,  kIssueWindow, Stage::granted,      ClockEffect::none,            "流转单（结果）",         "§26(2)"},
    {Stage::refused,   Act::transfer,          Role::runner,               Types::all,           kDepartment,  kIssueWindow, Stage::refused,      ClockEffect::none,            "流转单（结果）",         "§26(2)"},
    {Stage::granted,   Act::issue,             Role::issue_clerk,          Types::all,           kIssueWindow, {},           Stage::issued,       ClockEffect::ends,            "09 送达回证",          "§44"},
    {Stage::refused,   Act::issue,             Role::issue_clerk,          Types::all,           kIssueWindow, {},           Stage::issued,       ClockEffect::ends,            "09 送达回证",          "§38(2)"},
    {Stage::granted,   Act::issue,             Role::clerk,                Types::instant_only,  kReception,   {},           Stage::issued,       ClockEffect::ends,            "09 送达回证",          "§34(2), §44"},
    {Stage::refused,   Act::issue,             Role::clerk,                Types::instant_only,  kReception,   {},           Stage::issued,       ClockEffect::ends,            "09 送达回证",          "§34(2), §38(2)"},
};

constexpr bool is_end(Stage s) { return s == Stage::issued || s == Stage::not_accepted || s == Stage::withdrawn; }

// Whether a row's case type and holder fit a case in the row's stage.
constexpr bool fits(const ActRow& row, CaseType type, Holder holder) {
  if (row.types == Types::instant_only && type != CaseType::instant) return false;
  if (row.types == Types::promised_only && type != CaseType::promised) return false;
  return !row.holder || *row.holder == holder;
}

// Proof that no case can be stuck: from every stage, for both types and every holder of papers that can occur, some
// row leads on to an end.
constexpr bool every_stage_can_end() {
  constexpr std::size_t kStages = 9, kHolders = 3;
  for (CaseType type : {CaseType::instant, CaseType::promised}) {
    std::array<std::array<bool, kHolders>, kStages> reachable{}, ends{};
    for (const auto& r : kActs)
      if (r.from == Stage::none)  // what is decided already begins at the issue window
        reachable[static_cast<std::size_t>(r.to)][static_cast<std::size_t>(r.to == Stage::granted ? kIssueWindow : kReception)] = true;
    for (std::size_t round = 0; round < kStages * kHolders; ++round)
      for (const auto& r : kActs)
        for (Holder h : {kReception, kDepartment, kIssueWindow}) {
          const auto from = static_cast<std::size_t>(r.from), to = static_cast<std::size_t>(r.to);
          const auto before = static_cast<std::size_t>(h), after = static_cast<std::size_t>(r.receiver.value_or(h));
          if (r.from == Stage::none || !fits(r, type, h)) continue;
          if (reachable[from][before]) reachable[to][after] = true;
          if (is_end(r.to) || ends[to][after]) ends[from][before] = true;
        }
    for (std::size_t s = 1; s < kStages; ++s)
      for (std::size_t h = 0; h < kHolders; ++h)
        if (reachable[s][h] && !is_end(static_cast<Stage>(s)) && !ends[s][h]) return false;
  }
  return true;
}
static_assert(every_stage_can_end());

// The row that permits an act, or nullptr.
const ActRow* find_row(Stage stage, Act act, CaseType type, Holder holder, std::optional<Holder> receiver = {});
// The acts open to a case, in the table's order, once each.
std::vector<Act> allowed_acts(Stage stage, CaseType type, Holder holder);
std::string_view chinese_name(Stage s);
std::string_view chinese_name(Act a);

}  // namespace yi::casework
