#include "catalog/declare.h"

#include "catalog/changes.h"
#include "engine/publishing_guard.h"

namespace yi::catalog {
namespace {

std::string key_of(const std::string& matter, int version) { return matter + "/" + std::to_string(version); }

struct ChangeState {
  ChangeRow row;

  static const store::View& view();
  void append_row(store::Row& r) const {
    r.emplace_back(row.matter.value);
    r.emplace_back(row.version);
    r.emplace_back(row.since.days);
    r.emplace_back(row.definition);
    r.emplace_back(row.reason);
    r.emplace_back(row.by);
    r.emplace_back(row.at.ms);
    r.emplace_back(row.seq);
  }
  static ChangeState from(const store::Row& r) {
    return {{r[9].i, {r[2].s}, static_cast<int>(r[3].i), {static_cast<std::int32_t>(r[4].i)}, r[5].s, r[6].s, r[7].s, {r[8].i}}};
  }
};

const store::View& ChangeState::view() {
  using store::Type;
  static const store::View v{"catalog_change", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer},
                              {"change_key", Type::text},
                              {"matter", Type::text},
                              {"version", Type::integer},
                              {"since_day", Type::integer},
                              {"definition", Type::text},
                              {"reason", Type::text},
                              {"by_account", Type::text},
                              {"at_ms", Type::integer},
                              {"seq", Type::integer}}};
  return v;
}

void publish(const Catalog& catalog, const ChangeRow& row) {
  auto& book = *catalog.book();
  if (book.find(row.matter, row.version)) return;
  const std::string name = "事项 " + row.matter.value + " 第 " + std::to_string(row.version) + " 版";
  if (!catalog.find_matter(row.matter)) {
    // The files offer it no longer. Cases that run under the version still need its text, and nothing of it can be checked against today's.
    if (!catalog.find_matter(row.matter, 1)) return book.complain(name + "在账本中，文件中却没有这个事项。");
  }
  if (const Matter* of_files = catalog.find_matter(row.matter, row.version)) {
    if (of_files->entry != row.definition) book.complain(name + "在文件和账本中内容不同。");
    return;
  }
  auto read = read_version(catalog, row.version, row.since, row.definition);
  if (!read.matter) return book.complain(name + "与现在的文件不符：" + read.problems.front().sentence);
  book.put(std::move(*read.matter));
}

constexpr std::string_view kColumns = "seq, matter, version, since_day, definition, reason, by_account, at_ms";

ChangeRow row_at(const store::Cursor& c) {
  return {c.integer(0), {std::string(c.bytes(1))}, static_cast<int>(c.integer(2)), {static_cast<std::int32_t>(c.integer(3))},
          std::string(c.bytes(4)), std::string(c.bytes(5)), std::string(c.bytes(6)), {c.integer(7)}};
}

class ChangesGuard final : public engine::PublishingGuard<std::string, ChangeState, std::pair<MatterCode, int>> {
 public:
  explicit ChangesGuard(std::shared_ptr<const Catalog> catalog) : catalog_(std::move(catalog)) {}
  std::vector<std::string_view> listens_to() const override { return {MatterChanged::kName}; }
  void apply(const engine::RecordedFact& fact) override {
    const auto f = fact.as<MatterChanged>();
    auto& row = change(key_of(f.matter.value, f.version)).row;
    row = {fact.seq, f.matter, f.version, f.since, f.definition, f.reason, std::string(fact.record.actor), fact.record.recorded_at};
    if (!catalog_->book()->find(f.matter, f.version)) is_fresh({f.matter, f.version});
    publish(*catalog_, row);
  }

 private:
  void load(store::Reader& reader, CentreCode centre) override { load_changes(reader, centre, *catalog_); }
  void forget(const std::pair<MatterCode, int>& one) override { catalog_->book()->forget(one.first, one.second); }
  std::shared_ptr<const Catalog> catalog_;
};

}  // namespace

std::vector<ChangeRow> changes_of(store::Reader& reader, CentreCode centre, const MatterCode& matter) {
  std::string sql = "SELECT " + std::string(kColumns) + " FROM catalog_change WHERE centre=$1";
  store::Row parameters{centre.value};
  if (!matter.empty()) {
    sql += " AND matter=$2";
    parameters.emplace_back(matter.value);
  }
  auto c = reader.select(sql + " ORDER BY seq", parameters);
  std::vector<ChangeRow> out;
  while (c->next()) out.push_back(row_at(*c));
  return out;
}

void load_changes(store::Reader& reader, CentreCode centre, const Catalog& catalog) {
  if (!reader.has_table(ChangeState::view().name)) return;  // a ledger from before, which no newer program has opened for writing
  for (const auto& row : changes_of(reader, centre, {})) publish(catalog, row);
}

Checked check_book(const Catalog& catalog) {
  const auto all = catalog.book()->complaints();
  if (all.empty()) return Done{};
  std::string next = "在办件按受理时的那一版办理，程序不会换用另一种内容。请把文件恢复到与账本相符，再启动。";
  if (all.size() > 1) next += "另有 " + std::to_string(all.size() - 1) + " 处。";
  return Refusal{"catalog.files_disagree", all.front(), std::move(next), 409, "matters.yaml"};
}

void declare(engine::Registry& registry, std::shared_ptr<const Catalog> catalog) {
  registry.add_guard<ChangesGuard>(catalog);
  registry.commands.push_back(engine::command<ChangeMatter>(
      "catalog.change_matter", "变更事项：新的一版，自某日起", refusal_codes(),
      [catalog](engine::Turn& turn, const ChangeMatter& c) -> Checked {
        YI_TRY(const auto fact, decide(c, *catalog, civil_day(turn.now())));
        turn.fact("matter:" + fact.matter.value, start_of(fact.since), fact);
        return Done{};
      }));
}

}  // namespace yi::catalog
