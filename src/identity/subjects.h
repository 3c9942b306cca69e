#pragma once
// The register of subjects: persons and bodies that personal data is about, each the owner of one data key
// (docs/decisions/0010). A number finds its subject again by a blind index; the ledger holds that sealed.
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/engine.h"
#include "engine/registry.h"
#include "identity/viewer.h"

namespace yi::identity {

using IdKind = store::BlindKind;

struct BlindIndex {
  std::string blind;  // 32 hex digits
};
BOOST_DESCRIBE_STRUCT(BlindIndex, (), (blind))

struct SubjectRegistered {
  static constexpr std::string_view kName = "identity.subject_registered/1";
  SubjectId subject;
  std::optional<IdKind> kind;  // of the number; none: somebody without one
  std::optional<store::SealedText> sealed;  // BlindIndex
};
BOOST_DESCRIBE_STRUCT(SubjectRegistered, (), (subject, kind, sealed))

// 个人信息保护法 §47(1): when personal information is to be erased.
enum class ErasureBasis {
  purpose_achieved,   // (一) 处理目的已实现、无法实现或者为实现处理目的不再必要
  retention_ended,    // (二) 停止提供服务，或者保存期限已届满
  consent_withdrawn,  // (三) 个人撤回同意
  unlawful,           // (四) 违反法律、行政法规或者违反约定处理
  other_law,          // (五) 法律、行政法规规定的其他情形
  restored_backup     // erased before in a ledger that an older backup has replaced; the program alone
};
BOOST_DESCRIBE_ENUM(ErasureBasis, purpose_achieved, retention_ended, consent_withdrawn, unlawful, other_law, restored_backup)

struct SubjectErased {
  static constexpr std::string_view kName = "identity.subject_erased/1";
  SubjectId subject;
  ErasureBasis basis = ErasureBasis::other_law;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(SubjectErased, (), (subject, basis, reason))

// A subject, or the number that it was registered with.
struct EraseSubject {
  std::optional<SubjectId> subject;
  std::optional<IdKind> kind;
  std::optional<Text<64>> number;
  ErasureBasis basis = ErasureBasis::other_law;
  Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(EraseSubject, (), (subject, kind, number, basis, reason))

std::string stream_of(SubjectId subject);  // "subject:12"

class SubjectGuard;
class SubjectIndexGuard;

// Why a subject may not be erased now (an open case: 个人信息保护法 §47(2), the law's own retention).
using ErasureObjection = std::function<std::optional<Refusal>(const engine::Turn&, SubjectId)>;

// Subjects that belong to the same person and go with an erasure of this one.
using ErasureCompanions = std::function<std::vector<SubjectId>(SubjectId)>;

// What rules of the rooms above ask; a handle that may be copied, alive as long as the registry.
class Subjects {
 public:
  // The subject of the number: the known one, or a new one that the same turn registers behind the command's own facts.
  // The number should have been checked (base/identifiers.h); it is compared in store::normalised form.
  SubjectId subject_of(engine::Turn& turn, IdKind kind, std::string_view number) const;
  // Before a group's turns (engine::Act::Expect): the number, the subject will be looked for.
  void expect(const engine::Ahead& x, IdKind kind, std::string_view number) const;
  void expect(SubjectId subject) const;
  // A new subject for somebody without a number; nobody finds it again but by its id.
  SubjectId anonymous(engine::Turn& turn) const;
  // The known one alone.
  std::optional<SubjectId> find(const engine::Turn& turn, IdKind kind, std::string_view number) const;
  bool known(SubjectId subject) const;   // registered and not erased
  // A room that must not lose a subject yet; asked before every erasure.
  void add_objection(ErasureObjection objection) const;
  void add_companions(ErasureCompanions companions) const;

 private:
  friend Subjects declare_subjects(engine::Registry&);
  friend Checked erase(const Subjects&, engine::Turn&, const EraseSubject&);
  SubjectId add(engine::Turn& turn, std::optional<IdKind> kind, std::string blind) const;
  SubjectGuard* subjects_ = nullptr;
  SubjectIndexGuard* index_ = nullptr;
  std::shared_ptr<std::vector<ErasureObjection>> objections_;
  std::shared_ptr<std::vector<ErasureCompanions>> companions_;
};

// Guards, the command identity.erase_subject, and what has to agree at every start. Before the rooms that ask.
Subjects declare_subjects(engine::Registry& registry);

// For a search by number; nothing when nobody has it. The caller records the access.
std::optional<SubjectId> find_subject(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const Viewer& viewer,
                                      IdKind kind, std::string_view number);

}  // namespace yi::identity
