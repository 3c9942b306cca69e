#include "identity/subjects.h"

#include "base/text.h"
#include "identity/roles.h"
#include "identity/subject_guards.h"

namespace yi::identity {

std::string stream_of(SubjectId subject) { return "subject:" + std::to_string(subject.value); }

std::optional<SubjectId> Subjects::find(const engine::Turn& turn, IdKind kind, std::string_view number) const {
  const auto blind = turn.keys().blind(kind, number);
  for (const auto& [b, subject] : turn.new_subjects)
    if (b == blind) return subject;
  const auto* row = index_->find(blind);
  if (!row || turn.keys().erased(row->subject)) return std::nullopt;
  return row->subject;
}

SubjectId Subjects::subject_of(engine::Turn& turn, IdKind kind, std::string_view number) const {
  if (const auto known_one = find(turn, kind, number)) return *known_one;
  return add(turn, kind, turn.keys().blind(kind, number));
}

void Subjects::expect(const engine::Ahead& x, IdKind kind, std::string_view number) const { index_->expect(x.keys.blind(kind, number)); }
void Subjects::expect(SubjectId subject) const {
  if (subject) subjects_->expect(subject.value);
}

SubjectId Subjects::anonymous(engine::Turn& turn) const { return add(turn, std::nullopt, {}); }

bool Subjects::known(SubjectId subject) const {
  const auto* s = subject ? subjects_->find(subject.value) : nullptr;
  return s && !s->erased;
}

SubjectId Subjects::add(engine::Turn& turn, std::optional<IdKind> kind, std::string blind) const {
  SubjectId id;
  if (turn.new_subjects.empty()) {
    const auto* counter = subjects_->find(0);
    id.value = counter ? counter->last : 0;
  } else {
    id = turn.new_subjects.back().second;
  }
  // A key that was destroyed belongs to nobody any more, not even where an older backup does not know it.
  do ++id.value;
  while (turn.keys().erased(id));
  SubjectRegistered f{id, kind, {}};
  const auto stream = stream_of(id);
  if (kind) f.sealed = turn.seal<SubjectRegistered>(stream, BlindIndex{hex(blind)}, id);
  turn.companion(stream, f, id);
  turn.new_subjects.emplace_back(std::move(blind), id);
  return id;
}

void Subjects::add_objection(ErasureObjection objection) const { objections_->push_back(std::move(objection)); }
void Subjects::add_companions(ErasureCompanions companions) const { companions_->push_back(std::move(companions)); }

Checked erase(const Subjects& subjects, engine::Turn& turn, const EraseSubject& c) {
  if (trim(c.reason).empty())
    return Refusal{"identity.reason_needed", "删除个人信息须写明理由。", "请填写理由，例如申请人的书面请求及其日期；理由中不要写个人信息。", 422, "/reason"};
  if (c.basis == ErasureBasis::restored_backup && turn.actor().role != "system")
    return Refusal{"identity.basis_reserved", "这一依据由程序自己使用。", "请选择个人信息保护法第四十七条的一项依据。", 422, "/basis"};
  const bool by_number = c.kind && c.number;
  if (c.subject.has_value() == by_number)
    return Refusal{"identity.which_subject", "请指明一个个人信息主体。", "请只填主体编号，或只填证件类型和号码。", 422, "/subject"};
  const auto subject = by_number ? subjects.find(turn, *c.kind, *c.number) : c.subject;
  const auto* state = subject ? subjects.subjects_->find(subject->value) : nullptr;
  if (!state || !*subject) return Refusal{"identity.no_such_subject", "没有登记过这个个人信息主体。", "请核对编号或证件号码；已经删除的主体不再能按号码找到。", 404, "/subject"};
  if (state->erased) return Refusal{"identity.already_erased", "这个主体的个人信息已经删除。", "不需要再做什么。", 409, "/subject"};
  if (c.basis != ErasureBasis::restored_backup)
    for (const auto& objection : *subjects.objections_)
      if (auto why = objection(turn, *subject)) return std::move(*why);
  turn.fact(stream_of(*subject), turn.now(), SubjectErased{*subject, c.basis, c.reason}, *subject);
  // After a restored backup every key that is gone is named by itself.
  if (c.basis != ErasureBasis::restored_backup)
    for (const auto& companions : *subjects.companions_)
      for (const auto other : companions(*subject))
        if (subjects.known(other)) turn.fact(stream_of(other), turn.now(), SubjectErased{other, c.basis, c.reason}, other);
  return Done{};
}

namespace {

const engine::Actor kProgram{"system", "system"};

// Between the fact of an erasure and the end of its key a crash may lie; and a restored backup, of the ledger or of the
// keys, may know less than the other. Whatever one of the two has lost, the other loses too.
Checked settle(engine::Engine& engine) {
  std::vector<SubjectId> erased;
  std::int64_t last = 0;
  {
    auto reader = engine.reader();
    auto c = reader->select("SELECT subject FROM identity_erasure WHERE centre=$1 ORDER BY subject", {engine.centre().value});
    while (c->next()) erased.push_back({c->integer(0)});
    last = reader->select("SELECT last FROM identity_subject WHERE centre=$1 AND subject=0", {engine.centre().value})->next_integer();
  }
  if (engine.keys().size() < last)
    return Refusal{"identity.keys_older", "密钥文件比账本旧：账本登记了 " + std::to_string(last) + " 个主体，密钥只有 " + std::to_string(engine.keys().size()) + " 把。",
                   "请放回与账本同时或更新的 keys/data-keys；缺少的密钥无法再造。", 500, "keys/data-keys"};
  std::vector<SubjectId> alive;
  for (const auto s : erased)
    if (!engine.keys().erased(s)) alive.push_back(s);
  for (const auto s : alive) {
    engine.keys().close(s);
    for (const auto& told : engine.registry().erasure.listeners) told(s);
  }
  if (!alive.empty() && !engine.keys().destroy(alive))
    return Refusal{"identity.key_not_destroyed", "已删除主体的密钥无法从磁盘抹去。", "请检查 keys/data-keys 的权限和磁盘，然后重新启动。", 503, "keys/data-keys"};
  for (const auto s : engine.keys().destroyed()) {
    if (s.value > last || std::binary_search(erased.begin(), erased.end(), s)) continue;
    EraseSubject c;
    c.subject = s;
    c.basis = ErasureBasis::restored_backup;
    c.reason = Text<400>("恢复的备份早于删除，按密钥重新删除");
    const auto again = engine.run("identity.erase_subject", json::write(c), kProgram);
    if (!again && again.error().code != "identity.no_such_subject") return again.error();
  }
  return Done{};
}

}  // namespace

Subjects declare_subjects(engine::Registry& registry) {
  Subjects s;
  // The index first: it asks which blind index an erased subject had before the register forgets it.
  auto& index = registry.add_guard<SubjectIndexGuard>();
  auto& subjects = registry.add_guard<SubjectGuard>();
  registry.add_guard<ErasureGuard>();
  index.ask(subjects);
  s.index_ = &index;
  s.subjects_ = &subjects;
  s.objections_ = std::make_shared<std::vector<ErasureObjection>>();
  s.companions_ = std::make_shared<std::vector<ErasureCompanions>>();
  auto spec = engine::command<EraseSubject>(
      "identity.erase_subject", "删除一个主体的个人信息",
      {"identity.reason_needed", "identity.basis_reserved", "identity.which_subject", "identity.no_such_subject", "identity.already_erased"},
      [s](engine::Turn& turn, const EraseSubject& c) { return erase(s, turn, c); });
  spec.right = "identity.erase_subject";
  registry.commands.push_back(std::move(spec));
  registry.erasure.fact = SubjectErased::kName;
  registry.erasure.subject = [](const engine::RecordedFact& f) { return f.as<SubjectErased>().subject; };
  registry.at_start.push_back(settle);
  return s;
}

std::optional<SubjectId> find_subject(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const Viewer&,
                                      IdKind kind, std::string_view number) {
  auto c = reader.select("SELECT subject FROM identity_subject_index WHERE centre=$1 AND blind=$2",
                         {centre.value, store::Value::blob(keys.blind(kind, number))});
  if (!c->next()) return std::nullopt;
  const SubjectId subject{c->integer(0)};
  return keys.erased(subject) ? std::nullopt : std::optional(subject);
}

}  // namespace yi::identity
