#include "enterprise/rules.h"

#include <set>

#include "base/text.h"

namespace yi::enterprise {
namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step;
  int status;
};
constexpr Words kWords[] = {
    {Reason::nothing_listed, "enterprise.nothing_listed", "清单是空的。", "请至少填写一项。", 422},
    {Reason::too_many, "enterprise.too_many", "清单超过 100 项。", "请核对内容；分类和板块不会这样多。", 422},
    {Reason::name_missing, "enterprise.name_missing", "有一项没有名称。", "请填写名称。", 422},
    {Reason::name_repeated, "enterprise.name_repeated", "同一个名称出现了两次。", "请删去重复的一项。", 422},
    {Reason::bad_count, "enterprise.bad_count", "事项数应为 1 到 100000 的整数。", "请核对这一类的事项数。", 422},
    {Reason::version_missing, "enterprise.version_missing", "没有填写清单的版本。", "请填写版本，例如“2024年版”。", 422},
    {Reason::chain_already_listed, "enterprise.chain_already_listed", "这条产业链的清单已经登记过。", "不必重复登记。", 409},
    {Reason::source_missing, "enterprise.source_missing", "没有写明来源。", "请填写发文字号、网址或提供人；没有来源的不能标为已核实。", 422},
    {Reason::on_in_future, "enterprise.on_in_future", "日期晚于今天，还没有发生。", "请核对日期，或到那一天再登记。", 422},
};

// What the three commands have in common.
template <class Command>
Checked check_origin(const Command& c, CivilDay today) {
  if (c.on > today) return refuse(Reason::on_in_future, "/on");
  const bool empty = !c.source || trim(*c.source).empty();
  if (empty && (c.source || c.verified.value_or(false))) return refuse(Reason::source_missing, "/source");
  return Done{};
}

// Names that are listed once each.
template <class List, class Name>
Checked check_names(const List& list, const std::string& where, Name name_of) {
  if (list.empty()) return refuse(Reason::nothing_listed, where);
  if (list.size() > kMostCategories) return refuse(Reason::too_many, where);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string& name = name_of(list[i]);
    if (trim(name).empty()) return refuse(Reason::name_missing, where + "/" + std::to_string(i));
    if (!seen.insert(name).second) return refuse(Reason::name_repeated, where + "/" + std::to_string(i));
  }
  return Done{};
}
}  // namespace

Refusal refuse(Reason reason, std::string where) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, w.status, std::move(where)};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  return out;
}

Result<ListPublished> decide(const PublishList& c, CivilDay today) {
  if (trim(c.version).empty()) return refuse(Reason::version_missing, "/version");
  YI_CHECK(check_names(c.categories, "/categories", [](const CategoryCount& x) -> const std::string& { return x.name; }));
  for (std::size_t i = 0; i < c.categories.size(); ++i)
    if (c.categories[i].count < 1 || c.categories[i].count > 100'000)
      return refuse(Reason::bad_count, "/categories/" + std::to_string(i) + "/count");
  YI_CHECK(check_origin(c, today));
  return ListPublished{c.version, c.on, c.categories, c.source, c.verified.value_or(false)};
}

Result<ZonePlanned> decide(const PlanZone& c, CivilDay today) {
  YI_CHECK(check_names(c.plates, "/plates", [](const Text<60>& x) -> const std::string& { return x; }));
  YI_CHECK(check_origin(c, today));
  return ZonePlanned{c.on, c.plates, c.source, c.verified.value_or(false)};
}

Result<ChainListed> decide(const ListChain& c, bool already, CivilDay today) {
  if (trim(c.chain).empty()) return refuse(Reason::name_missing, "/chain");
  if (already) return refuse(Reason::chain_already_listed, "/chain");
  YI_CHECK(check_origin(c, today));
  return ChainListed{c.on, c.chain, c.source, c.verified.value_or(false)};
}

}  // namespace yi::enterprise
