#include "catalog/declare.h"

#include "catalog/change_rules.h"
#include "catalog/change_table.h"
#include "engine/guard.h"

namespace yi::catalog {
namespace {

std::string item_of(ChangeKind kind, const std::string& code) { return std::string(json::enum_name(kind)) + ":" + code; }
std::string key_of(ChangeKind kind, const std::string& code, int number) { return item_of(kind, code) + "/" + std::to_string(number); }

struct ChangeState {
  Change row;

  static const store::View& view();
  void append_row(store::Row& r) const {
    r.emplace_back(std::string(json::enum_name(row.kind)));
    r.emplace_back(row.code);
    r.emplace_back(row.number);
    r.emplace_back(row.base_version);
    r.emplace_back(row.version);
    r.emplace_back(row.since.days);
    r.emplace_back(row.definition);
    r.emplace_back(row.former);
    r.emplace_back(row.reason);
    r.emplace_back(row.by);
    r.emplace_back(row.at.ms);
    r.emplace_back(row.seq);
    r.emplace_back(std::string(json::enum_name(row.status)));
    r.emplace_back(row.decided_by);
    r.emplace_back(row.decision_reason);
    r.emplace_back(row.decided_at.ms);
    r.emplace_back(row.decided_seq);
    r.emplace_back(row.alone ? 1 : 0);
  }
  static ChangeState from(const store::Row& r) {
    Change c;
    json::enum_from(r[2].s, c.kind);
    c.code = r[3].s;
    c.number = static_cast<int>(r[4].i);
    c.base_version = static_cast<int>(r[5].i);
    c.version = static_cast<int>(r[6].i);
    c.since = {static_cast<std::int32_t>(r[7].i)};
    c.definition = r[8].s;
    c.former = r[9].s;
    c.reason = r[10].s;
    c.by = r[11].s;
    c.at = {r[12].i};
    c.seq = r[13].i;
    json::enum_from(r[14].s, c.status);
    c.decided_by = r[15].s;
    c.decision_reason = r[16].s;
    c.decided_at = {r[17].i};
    c.decided_seq = r[18].i;
    c.alone = r[19].i != 0;
    return {std::move(c)};
  }
};

const store::View& ChangeState::view() {
  using store::Type;
  static const store::View v{"catalog_change", 2, store::ViewKind::guard, 2,
                             {{"centre", Type::integer},
                              {"change_key", Type::text},
                              {"kind", Type::text},
                              {"code", Type::text},
                              {"number", Type::integer},
                              {"base_version", Type::integer},
                              {"version", Type::integer},
                              {"since_day", Type::integer},
                              {"definition", Type::text},
                              {"former", Type::text},
                              {"reason", Type::text},
                              {"by_account", Type::text},
                              {"at_ms", Type::integer},
                              {"seq", Type::integer},
                              {"status", Type::text},
                              {"decided_by", Type::text},
                              {"decision_reason", Type::text},
                              {"decided_at_ms", Type::integer},
                              {"decided_seq", Type::integer},
                              {"alone", Type::integer}}};
  return v;
}

// Publishes before it is durable, so that the next command of the group is decided under it; takes it back when the group could not be stored.
class ChangesGuard final : public engine::GuardTable<std::string, ChangeState> {
 public:
  explicit ChangesGuard(std::shared_ptr<Changes> changes) : changes_(std::move(changes)) {}
  std::vector<std::string_view> listens_to() const override {
    std::vector<std::string_view> out{ChangeProposed::kName, ChangeApproved::kName, ChangeRefused::kName, ChangeWithdrawn::kName};
    for (const auto& kind : changes_->kinds())
      if (!kind->former_fact().empty()) out.push_back(kind->former_fact());
    return out;
  }
  void attach(store::Reader& reader, std::string table, CentreCode centre) override {
    const bool own = table == view().name;
    centre_ = centre;
    GuardTable::attach(reader, std::move(table), centre);
    if (own) changes_->load(reader, centre);
  }
  void apply(const engine::RecordedFact& fact) override {
    const auto name = fact.record.name;
    if (name == ChangeProposed::kName) return propose(fact);
    if (name == ChangeApproved::kName) {
      const auto f = fact.as<ChangeApproved>();
      return end(fact, f, ChangeStatus::approved, [&](Change& c) {
        c.version = f.version;
        c.since = f.since;
        c.alone = f.alone;
      });
    }
    if (name == ChangeRefused::kName) {
      const auto f = fact.as<ChangeRefused>();
      return end(fact, f, ChangeStatus::refused, [&](Change& c) { c.decision_reason = f.reason; });
    }
    if (name == ChangeWithdrawn::kName) {
      const auto f = fact.as<ChangeWithdrawn>();
      return end(fact, f, ChangeStatus::withdrawn, [&](Change& c) { c.decision_reason = f.reason; });
    }
    for (const auto& kind : changes_->kinds())
      if (kind->former_fact() == name) return take_former(*kind, fact);
  }
  void committed() override {
    fresh_.clear();
    GuardTable::committed();
  }
  void abandoned() override {
    for (auto it = fresh_.rbegin(); it != fresh_.rend(); ++it) changes_->restore(it->first, it->second);
    fresh_.clear();
    GuardTable::abandoned();
  }
  // The table may have what was taken back.
  void forget() override {
    fresh_.clear();
    GuardTable::forget();
    changes_->load(table_reader(), centre_);
  }

 private:
  void publish(const Change& c) {
    fresh_.emplace_back(c, changes_->find(c.kind, c.code, c.number));
    changes_->put(c);
  }
  void propose(const engine::RecordedFact& fact) {
    const auto f = fact.as<ChangeProposed>();
    Change& c = change(key_of(f.kind, f.code.value, f.number)).row;
    c = {};
    c.kind = f.kind;
    c.code = f.code.value;
    c.number = f.number;
    c.base_version = f.base_version;
    c.since = f.since;
    c.definition = f.definition;
    c.former = f.former.value_or(Definition{});
    c.reason = f.reason;
    c.by = std::string(fact.record.actor);
    c.at = fact.record.recorded_at;
    c.seq = fact.seq;
    publish(c);
  }
  template <class F, class Set>
  void end(const engine::RecordedFact& fact, const F& f, ChangeStatus status, Set set) {
    Change& c = change(key_of(f.kind, f.code.value, f.number)).row;
    c.status = status;
    c.decided_by = std::string(fact.record.actor);
    c.decided_at = fact.record.recorded_at;
    c.decided_seq = fact.seq;
    set(c);
    publish(c);
  }
  void take_former(const Changeable& kind, const engine::RecordedFact& fact) {
    Change c = kind.read_former(fact);
    c.kind = kind.kind();
    c.number = c.version - 1;
    c.base_version = c.version - 1;
    c.status = ChangeStatus::approved;
    c.by = c.decided_by = std::string(fact.record.actor);
    c.at = c.decided_at = fact.record.recorded_at;
    c.seq = c.decided_seq = fact.seq;
    c.alone = true;
    change(key_of(c.kind, c.code, c.number)).row = c;
    publish(c);
  }
  std::shared_ptr<Changes> changes_;
  CentreCode centre_;
  std::vector<std::pair<Change, std::optional<Change>>> fresh_;  // with what was there before
};

template <class C, class Decide>
void add_command(engine::Registry& registry, const std::shared_ptr<Changes>& changes, const char* name, const char* summary, Decide decide_with) {
  registry.commands.push_back(engine::command<C>(name, summary, change_refusal_codes(*changes), [changes, decide_with](engine::Turn& turn, const C& c) -> Checked {
    return decide_with(turn, c, *changes, item_of(c.kind, c.code.value));
  }));
}

}  // namespace

std::vector<Change> changes_in_table(store::Reader& reader, CentreCode centre) {
  std::vector<Change> out;
  const auto& view = ChangeState::view();
  if (!reader.has_table(view.name)) return out;
  std::string columns;
  for (const auto& c : view.columns) columns += (columns.empty() ? "" : ", ") + std::string(c.name);
  auto rows = reader.select("SELECT " + columns + " FROM catalog_change WHERE centre=$1 ORDER BY seq", {centre.value});
  while (rows->next()) out.push_back(ChangeState::from(store::read_row(view, *rows)).row);
  return out;
}

void declare(engine::Registry& registry, std::shared_ptr<Changes> changes) {
  registry.add_guard<ChangesGuard>(changes);
  add_command<ProposeChange>(registry, changes, "catalog.propose_change", "提出变更：新的一版，自某日起，由另一人批准",
                             [](engine::Turn& turn, const ProposeChange& c, const Changes& all, const std::string& stream) -> Checked {
                               YI_TRY(const auto p, decide(c, all, civil_day(turn.now())));
                               turn.fact(stream, p.fact);
                               if (p.at_once) turn.fact(stream, start_of(p.at_once->since), *p.at_once);
                               return Done{};
                             });
  add_command<ApproveChange>(registry, changes, "catalog.approve_change", "批准他人提出的变更",
                             [](engine::Turn& turn, const ApproveChange& c, const Changes& all, const std::string& stream) -> Checked {
                               YI_TRY(const auto fact, decide(c, all, civil_day(turn.now()), turn.actor().account));
                               turn.fact(stream, start_of(fact.since), fact);
                               return Done{};
                             });
  add_command<RefuseChange>(registry, changes, "catalog.refuse_change", "退回他人提出的变更",
                            [](engine::Turn& turn, const RefuseChange& c, const Changes& all, const std::string& stream) -> Checked {
                              YI_TRY(const auto fact, decide(c, all, turn.actor().account));
                              turn.fact(stream, fact);
                              return Done{};
                            });
  add_command<WithdrawChange>(registry, changes, "catalog.withdraw_change", "撤回自己提出的变更",
                              [](engine::Turn& turn, const WithdrawChange& c, const Changes& all, const std::string& stream) -> Checked {
                                YI_TRY(const auto fact, decide(c, all, turn.actor().account));
                                turn.fact(stream, fact);
                                return Done{};
                              });
}

}  // namespace yi::catalog
