#include "exchange/rules.h"

#include "base/identifiers.h"
#include "casework/rules.h"
#include "exchange/refusals.h"

namespace yi::exchange {
namespace {
using namespace casework;

std::string row_name(std::size_t order) { return order == 0 ? "accept 第1行" : "process 第" + std::to_string(order) + "行"; }
Refusal broken(std::size_t order, std::string column, std::string why) { return refusal(Refused::broken_row, std::move(why), row_name(order) + " " + column); }

Result<std::vector<PortableFact>> facts_of(const ImportCase& wish) {
  if (wish.accept.size() != 1) return refusal(Refused::broken_row, "一个办件要有且只有一行受理。", "accept");
  const auto& extension = wish.accept.front().yc_extension;
  if (extension.not_exported) return refusal(Refused::not_exported, *extension.not_exported, row_name(0));
  if (!extension.fact) return broken(0, "yc_extension", "没有扩展内容，办件不能照原样继续。");
  if (static_cast<std::int64_t>(wish.process.size()) >= limits::kListItems.value) return refusal(Refused::too_long);
  std::vector<PortableFact> facts{*extension.fact};
  for (const auto& row : wish.process) facts.push_back(row.yc_extension);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].order != static_cast<std::int32_t>(i) + 1) return broken(i, "yc_extension/order", "过程的次序不连续，可能缺了行。");
    if (opens_case(facts[i].name) != (i == 0)) return broken(i, "yc_extension/name", "收件、申报、代颁或者接续只能是第一步，也必须是第一步。");
    if (i > 0 && facts[i].recorded_at < facts[i - 1].recorded_at) return broken(i, "yc_extension/recorded_at", "记录时间早于上一步。");
    if (auto read = check_body(facts[i], facts); !read) return broken(i, "yc_extension/" + read.error().where, read.error().sentence);
  }
  return facts;
}

// The id that the printed number names: day and serial stand in it (docs/decisions/0005).
Result<CaseId> id_of(const CaseState& s, const PortableFact& opening, const catalog::Matter& matter) {
  const std::string& n = s.number;
  const auto wrong = [](const char* why) { return broken(0, "project_no", why); };
  if (n.size() != 23 || !mod37_36_valid(n) || n.substr(0, 22).find_first_not_of("0123456789") != std::string::npos) return wrong("办件编号的形式或者校验位不对。");
  const auto day = parse_day(n.substr(6, 4) + "-" + n.substr(10, 2) + "-" + n.substr(12, 2));
  if (!day || *day != civil_day(opening.recorded_at)) return wrong("办件编号中的日期不是收件的日期。");
  if (n.substr(14, 2) != catalog::kind_code(matter.kind)) return wrong("办件编号中的事项类型与事项不符。");
  const auto serial = std::stoll(n.substr(16, 6));
  if (serial < 1) return wrong("办件编号的流水号不对。");
  return case_id(*day, serial);
}

Checked persons_are_sound(const PortableFact& opening, ApplicantKind kind, CivilDay today) {
  if (opening.applicant && opening.applicant->id_number) {
    const auto& number = *opening.applicant->id_number;
    const bool sound = kind == ApplicantKind::natural ? check_citizen(number, today).ok() : check_uscc(number).ok();
    if (!sound) return broken(0, "applyer_page_code", "证件号码的形式或者校验位不对。");
  }
  if (opening.agent && opening.agent->id_number && !check_citizen(*opening.agent->id_number, today)) return broken(0, "contact_code", "证件号码的形式或者校验位不对。");
  return Done{};
}

// The number of the department's own system, of cases that began there.
std::string foreign_number(const PortableFact& opening) {
  if (opening.name == ResultReceivedForIssue::kName) return as_fact(opening, "").as<ResultReceivedForIssue>().foreign_number;
  if (opening.name == CarriedOver::kName) return as_fact(opening, "").as<CarriedOver>().foreign_number;
  return {};
}

}  // namespace

Result<Arriving> decide(const ImportCase& wish, const Here& here) {
  YI_TRY(auto facts, facts_of(wish));
  const auto state = state_of(facts);
  const auto* matter = here.catalog.find_matter(state.matter, state.matter_version);
  if (!matter) return refusal(Refused::unknown_matter, state.matter.value + " 第" + std::to_string(state.matter_version) + "版", row_name(0) + " task_code");
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto read = as_fact(facts[i], "");
    const auto department = read.node().find("department");
    if (!department || department->kind() != json::Kind::string) return broken(i, "yc_extension/body/department", "没有部门。");
    if (!here.catalog.find_department({std::string(department->string())})) return refusal(Refused::unknown_department, std::string(department->string()), row_name(i) + " yc_extension/body/department");
  }
  if (facts.back().recorded_at > here.now) return refusal(Refused::in_future, to_iso(facts.back().recorded_at), row_name(facts.size() - 1) + " yc_extension/recorded_at");
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (facts[i].effective_at > facts[i].recorded_at) return broken(i, "yc_extension/effective_at", "生效时间晚于记录时间。");
  YI_TRY(const auto id, id_of(state, facts.front(), *matter));
  if (const auto where = difference(wish, tables_of(facts, here.catalog)); !where.empty())
    return refusal(Refused::broken_row, "这一项与扩展内容所记的事实不一致。", where);
  YI_CHECK(persons_are_sound(facts.front(), state.applicant_kind, civil_day(here.now)));
  if (here.known(id)) return refusal(Refused::case_exists, std::string(state.number), row_name(0) + " project_no");
  if (const auto number = foreign_number(facts.front()); !number.empty() && here.foreign_number_known(state.department, number))
    return refusal(Refused::number_taken, number, row_name(0) + " yc_extension/body/foreign_number");
  return Arriving{id, std::move(facts)};
}

}  // namespace yi::exchange
