#include "casework/warning_changes.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/text.h"
#include "casework/warning_rows.h"
#include "engine/publishing_guard.h"

namespace yi::casework {
namespace {

struct WarningState {
  WarningRow row;
  static const store::View& view();
  void append_row(store::Row& r) const {
    r.emplace_back(row.since.days);
    r.emplace_back(row.definition);
    r.emplace_back(row.reason);
    r.emplace_back(row.by);
    r.emplace_back(row.at.ms);
    r.emplace_back(row.seq);
  }
  static WarningState from(const store::Row& r) {
    return {{static_cast<int>(r[1].i), {static_cast<std::int32_t>(r[2].i)}, r[3].s, r[4].s, r[5].s, {r[6].i}, r[7].i}};
  }
};

const store::View& WarningState::view() {
  using store::Type;
  static const store::View v{"casework_warnings", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer},
                              {"version", Type::integer},
                              {"since_day", Type::integer},
                              {"definition", Type::text},
                              {"reason", Type::text},
                              {"by_account", Type::text},
                              {"at_ms", Type::integer},
                              {"seq", Type::integer}}};
  return v;
}

// What the ledger has was judged when it was recorded, by rules that name nothing outside themselves.
void publish(WarningBook& book, const WarningRow& row) {
  if (book.find(row.version)) return;
  auto rules = WarningRules::parse(row.definition, "监察规则");
  if (!rules) return spdlog::error("warning rules, version {}, do not read: {}", row.version, rules.error().sentence);
  book.put({row.version, row.since, std::move(*rules)});
}

class WarningsGuard final : public engine::PublishingGuard<std::int64_t, WarningState, int> {
 public:
  explicit WarningsGuard(std::shared_ptr<WarningBook> book) : book_(std::move(book)) {}
  std::vector<std::string_view> listens_to() const override { return {WarningsChanged::kName}; }
  void apply(const engine::RecordedFact& fact) override {
    const auto f = fact.as<WarningsChanged>();
    auto& row = change(f.version).row;
    row = {f.version, f.since, f.definition, f.reason, std::string(fact.record.actor), fact.record.recorded_at, fact.seq};
    if (!book_->find(f.version)) is_fresh(f.version);
    publish(*book_, row);
  }

 private:
  void load(store::Reader& reader, CentreCode centre) override { load_warnings(reader, centre, *book_); }
  void forget(const int& version) override { book_->forget(version); }
  std::shared_ptr<WarningBook> book_;
};

}  // namespace

const WarningRules& WarningBook::on(CivilDay day, const WarningRules& of_file) const {
  std::shared_lock lock(m_);
  for (auto it = versions_.rbegin(); it != versions_.rend(); ++it)
    if ((*it)->since <= day) return (*it)->rules;
  return of_file;
}

int WarningBook::newest() const {
  std::shared_lock lock(m_);
  return versions_.empty() ? 1 : versions_.back()->version;
}

const WarningRules* WarningBook::find(int version) const {
  std::shared_lock lock(m_);
  for (const auto* v : versions_)
    if (v->version == version) return &v->rules;
  return nullptr;
}

void WarningBook::put(Version v) {
  std::unique_lock lock(m_);
  const auto at = std::lower_bound(versions_.begin(), versions_.end(), v.version, [](const Version* a, int version) { return a->version < version; });
  if (at != versions_.end() && (*at)->version == v.version) return;
  kept_.push_back(std::make_unique<const Version>(std::move(v)));
  versions_.insert(at, kept_.back().get());
}

void WarningBook::forget(int version) {
  std::unique_lock lock(m_);
  std::erase_if(versions_, [&](const Version* v) { return v->version == version; });
}

Result<WarningsChanged> decide(const ChangeWarnings& c, const WarningRules& of_file, const WarningBook& book, CivilDay today) {
  const int newest = book.newest();
  if (c.base_version != newest)
    return Refusal{"casework.warnings_changed_meanwhile",
                   "监察规则已是第 " + std::to_string(newest) + " 版，您编辑的是第 " + std::to_string(c.base_version) + " 版。",
                   "请打开新的一版，核对后再改。", 409, "/base_version"};
  if (trim(c.reason).empty()) return Refusal{"casework.reason_missing", "没有写明变更的原因。", "请写明依据的文件或决定。", 422, "/reason"};
  if (c.since < today) return Refusal{"casework.since_past", "启用日在今天之前。", "变更不溯及既往，请选择今天或以后的日期。", 422, "/since"};
  auto rules = WarningRules::parse(c.definition, "监察规则");
  if (!rules) {
    rules.error().where = "/definition";
    return std::move(rules).error();
  }
  const auto* now = book.find(newest);
  if (rules->definition == (now ? *now : of_file).definition)
    return Refusal{"casework.nothing_changed", "内容与现在的第 " + std::to_string(newest) + " 版相同。", "没有需要变更的内容。", 422, "/definition"};
  return WarningsChanged{newest + 1, c.since, WarningsDefinition(rules->definition), c.reason};
}

void load_warnings(store::Reader& reader, CentreCode centre, WarningBook& book) {
  for (const auto& row : warning_rows(reader, centre)) publish(book, row);
}

std::vector<WarningRow> warning_rows(store::Reader& reader, CentreCode centre) {
  std::vector<WarningRow> out;
  if (!reader.has_table(WarningState::view().name)) return out;  // a ledger from before
  auto c = reader.select("SELECT version, since_day, definition, reason, by_account, at_ms, seq FROM casework_warnings WHERE centre=$1 ORDER BY version", {centre.value});
  while (c->next())
    out.push_back({static_cast<int>(c->integer(0)), {static_cast<std::int32_t>(c->integer(1))}, std::string(c->bytes(2)), std::string(c->bytes(3)),
                   std::string(c->bytes(4)), {c->integer(5)}, c->integer(6)});
  return out;
}

void declare_warnings(engine::Registry& registry, std::shared_ptr<const WarningRules> of_file, std::shared_ptr<WarningBook> book) {
  registry.add_guard<WarningsGuard>(book);
  registry.commands.push_back(engine::command<ChangeWarnings>(
      "casework.change_warnings", "变更监察规则：新的一版，自某日起", warning_refusals(),
      [of_file, book](engine::Turn& turn, const ChangeWarnings& c) -> Checked {
        YI_TRY(const auto fact, decide(c, *of_file, *book, civil_day(turn.now())));
        turn.fact("casework:warnings", start_of(fact.since), fact);
        return Done{};
      }));
}

std::vector<std::string> warning_refusals() {
  return {"casework.warnings_changed_meanwhile", "casework.reason_missing", "casework.since_past", "casework.nothing_changed",
          "casework.bad_warnings", "base.bad_yaml", "base.yaml_forbidden",
          "base.yaml_boolean", "base.yaml_choice", "base.yaml_integer", "base.yaml_missing", "base.yaml_text", "base.yaml_type", "base.yaml_unknown"};
}

}  // namespace yi::casework
