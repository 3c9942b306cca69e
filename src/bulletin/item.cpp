#include "bulletin/item.h"

namespace yi::bulletin {
namespace {
using store::Type;
}

const store::View& ItemState::view() {
  static const store::View v{"bulletin_item", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"item", Type::integer}, {"week_day", Type::integer}, {"stage", Type::integer}, {"rank_no", Type::integer},
                              {"department", Type::text}, {"on_day", Type::integer}, {"words", Type::text}, {"version", Type::integer}, {"sent_by", Type::text},
                              {"late", Type::integer}, {"merged_into", Type::integer}},
                             {{"centre", "week_day", "stage", "rank_no", "item"}}};
  return v;
}
void ItemState::append_row(store::Row& r) const {
  r.emplace_back(week.days);
  r.emplace_back(static_cast<int>(stage));
  r.emplace_back(rank);
  r.emplace_back(department);
  r.push_back(on ? store::Value(on->days) : store::Value());
  r.emplace_back(text);
  r.emplace_back(version);
  r.emplace_back(by);
  r.emplace_back(static_cast<int>(late));
  r.emplace_back(into);
}
ItemState ItemState::from(const store::Row& r) {
  const auto day = [](const store::Value& v) { return CivilDay{static_cast<std::int32_t>(v.i)}; };
  ItemState s;
  s.week = day(r[2]);
  s.stage = static_cast<ItemStage>(r[3].i);
  s.rank = static_cast<std::int32_t>(r[4].i);
  s.department = r[5].s;
  if (r[6].kind != store::Value::Kind::null) s.on = day(r[6]);
  s.text = r[7].s;
  s.version = static_cast<std::int32_t>(r[8].i);
  s.by = r[9].s;
  s.late = r[10].i != 0;
  s.into = r[11].i;
  return s;
}

const std::vector<std::string_view>& item_facts() {
  static const std::vector<std::string_view> all{NewsEntered::kName,   ItemSubmitted::kName, ItemRevised::kName, ItemReturned::kName, ItemWithdrawn::kName,
                                                 ItemTaken::kName,     ItemDeclined::kName,  ItemsMerged::kName, ItemsOrdered::kName};
  return all;
}

std::vector<std::string_view> ItemGuard::listens_to() const { return item_facts(); }

void ItemGuard::apply(const engine::RecordedFact& fact) {
  const auto name = fact.record.name;
  if (name == NewsEntered::kName) {
    const auto f = fact.as<NewsEntered>();
    auto& s = change_new(fact.seq);
    s = {};
    s.week = f.week;
    s.stage = ItemStage::taken;
    s.rank = f.rank;
    if (f.department) s.department = f.department->value;
    s.on = f.on;
    s.text = f.text;
  } else if (name == ItemSubmitted::kName) {
    const auto f = fact.as<ItemSubmitted>();
    auto& s = change_new(fact.seq);
    s = {};
    s.week = f.week;
    if (f.department) s.department = f.department->value;
    s.on = f.on;
    s.text = f.text;
    s.by = f.by;
    s.late = f.late;
  } else if (name == ItemRevised::kName) {
    const auto f = fact.as<ItemRevised>();
    auto& s = change(f.item.value);
    s.on = f.on;
    s.text = f.text;
    s.version = f.version;
    if (f.sent_again) s.stage = ItemStage::submitted;
  } else if (name == ItemReturned::kName) {
    change(fact.as<ItemReturned>().item.value).stage = ItemStage::returned;
  } else if (name == ItemWithdrawn::kName) {
    change(fact.as<ItemWithdrawn>().item.value).stage = ItemStage::withdrawn;
  } else if (name == ItemTaken::kName) {
    const auto f = fact.as<ItemTaken>();
    auto& s = change(f.item.value);
    s.stage = ItemStage::taken;
    s.rank = f.rank;
  } else if (name == ItemDeclined::kName) {
    change(fact.as<ItemDeclined>().item.value).stage = ItemStage::declined;
  } else if (name == ItemsMerged::kName) {
    const auto f = fact.as<ItemsMerged>();
    for (const auto& item : f.from) {
      auto& s = change(item.value);
      s.stage = ItemStage::merged;
      s.into = f.into.value;
    }
    auto& s = change(f.into.value);
    s.on = f.on;
    s.text = f.text;
    s.version = f.version;
  } else if (name == ItemsOrdered::kName) {
    const auto f = fact.as<ItemsOrdered>();
    for (std::size_t i = 0; i < f.order.size(); ++i) change(f.order[i].value).rank = static_cast<std::int32_t>(i) + 1;
  }
}

std::vector<std::int64_t> ItemGuard::taken(CivilDay week) {
  std::vector<std::int64_t> out;
  auto c = select("SELECT item FROM bulletin_item WHERE centre=$1 AND week_day=$2 AND stage=$3 ORDER BY rank_no, item", {week.days, static_cast<int>(ItemStage::taken)});
  while (c->next()) out.push_back(c->integer(0));
  return out;
}

}  // namespace yi::bulletin
