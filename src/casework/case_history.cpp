#include "casework/case_history.h"

#include <array>

#include "casework/queue.h"

namespace yi::casework {
namespace {

struct NamedFact {
  std::string_view fact, name;
};
constexpr NamedFact kNames[] = {
    {Submitted::kName, "网上申报"},         {Received::kName, "收件"},           {ResultReceivedForIssue::kName, "接收代颁结果"},
    {CarriedOver::kName, "接续"},           {CorrectionRequested::kName, "告知补正"}, {MaterialsSupplied::kName, "补充材料"},
    {Accepted::kName, "受理"},              {AcceptanceRefused::kName, "不予受理"},  {Transferred::kName, "流转"},
    {Suspended::kName, "启动特别程序"},     {Resumed::kName, "特别程序结束"},      {Extended::kName, "延长期限"},
    {Decided::kName, "作出决定"},           {Issued::kName, "颁发、送达"},         {Withdrawn::kName, "撤回"},
    {Reversed::kName, "冲正"},              {Evaluated::kName, "评价"},           {CardGiven::kName, "亮牌"},
    {DuesRecounted::kName, "重新计算期限"},
};
constexpr Act kStepActs[] = {Act::pre_accept, Act::take_in, Act::close_uncorrected, Act::finish_step, Act::inspect_site, Act::inform_third_party,
                             Act::forward, Act::take_back, Act::close_forwarded, Act::make_certificate, Act::close, Act::terminate,
                             Act::check_commitment, Act::explain_overdue, Act::order_supervision, Act::answer_supervision, Act::close_supervision};

// Fields of a fact's body that say why and what, in this order. None of them holds an applicant's or a receiver's data.
constexpr std::array<std::string_view, 16> kSaid{"decision", "reason", "second_reason", "result", "competent_authority", "authority", "basis", "legal_basis", "heard", "answer_by",
                                                 "pause_basis", "approver", "standard", "planned_end", "rule", "code"};

std::string_view chinese_value(std::string_view key, std::string_view value, bool permit) {
  if (key == "decision") return chinese_name(value == "grant" ? Act::decide_grant : Act::decide_refuse, permit);
  return value;
}

void say(std::string& out, std::string_view words) {
  if (words.empty()) return;
  if (!out.empty()) out += "；";
  out += words;
}

// Every defect that a notice told.
std::vector<Defect> defects_of(const json::Node& body) {
  std::vector<Defect> out;
  const auto list = body.find("defects");
  if (!list || list->kind() != json::Kind::array) return out;
  list->each([&](std::string_view, json::Node n) {
    Defect d;
    json::Reading r;
    if (json::read_node(n, d, r)) out.push_back(std::move(d));
    return true;
  });
  return out;
}

// "身份证明：复印件不清（请重新复印）"
void say_defects(std::string& out, const json::Node& body) {
  for (const auto& d : defects_of(body)) {
    std::string one(std::string_view(d.material));
    if (!one.empty()) one += "：";
    one += std::string_view(d.wrong);
    one += "（应为：";
    one += std::string_view(d.right);
    one += "）";
    say(out, one);
  }
}

std::string words_of(const json::Node& body, std::string_view fact, bool permit) {
  std::string out;
  for (const auto key : kSaid)
    if (const auto n = body.find(key); n && n->kind() == json::Kind::string) say(out, chinese_value(key, n->string(), permit));
  if (fact == CorrectionRequested::kName) say_defects(out, body);
  if (fact == Accepted::kName)
    if (const auto by_law = body.find("by_law"); by_law && by_law->kind() == json::Kind::boolean && by_law->boolean()) say(out, "逾期未告知，自收件之日起视为受理");
  if (fact == Extended::kName)
    if (const auto days = body.find("days"); days && days->kind() == json::Kind::integer) say(out, "延长 " + std::to_string(days->integer()) + " 日");
  return out;
}

HistoryEntry entry_of(const engine::RecordedFact& fact, const identity::Viewer& viewer, bool permit) {
  const auto& record = fact.record;
  const auto body = fact.node();
  const auto text = [&](std::string_view key) {
    const auto n = body.find(key);
    return n && n->kind() == json::Kind::string ? std::string(n->string()) : std::string();
  };
  HistoryEntry e;
  e.position = {fact.seq};
  e.fact = record.name;
  e.name = name_of_fact(record.name);
  e.at = record.effective_at;
  e.recorded_at = record.recorded_at;
  if (viewer.is_staff()) e.by = record.actor;
  e.department = {text("department")};
  if (auto w = text("window"); !w.empty()) e.window = WindowCode{std::move(w)};
  if (auto words = words_of(body, record.name, permit); !words.empty()) e.words = std::move(words);
  if (record.name == CorrectionRequested::kName) e.defects = defects_of(body);
  if (record.name == Reversed::kName)
    if (const auto n = body.find("fact"); n && n->kind() == json::Kind::integer) e.reverses = {{n->integer()}};
  return e;
}

}  // namespace

std::string_view name_of_fact(std::string_view fact) {
  for (const auto& n : kNames)
    if (n.fact == fact) return n.name;
  for (const Act a : kStepActs)
    if (step_name(a) == fact) return chinese_name(a);
  return fact;
}

Result<HistoryPage> get_history(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, std::int64_t after, int limit, const NameOf& name_of) {
  YI_TRY(const auto s, read_case(reader, viewer, centre, id));
  HistoryPage page;
  for (const auto& kept : facts_of_case(reader, centre, s.last_fact)) {
    if (kept.seq <= after) continue;
    if (static_cast<int>(page.entries.size()) == limit) {
      page.next = page.entries.back().position;
      break;
    }
    auto e = entry_of(kept.fact(centre), viewer, s.permit());
    if (name_of && !e.by.empty()) e.by_name = name_of(e.by);
    page.entries.push_back(std::move(e));
  }
  return page;
}

}  // namespace yi::casework
