#include "identity/subject_guards.h"

#include "crypto/encoding.h"

namespace yi::identity {
namespace {

using store::Type;

// The blind index that the fact seals; empty when it has none or the subject is erased.
std::string blind_of(const engine::RecordedFact& fact, const SubjectRegistered& f) {
  const auto opened = fact.open<BlindIndex>(f.sealed, f.subject);
  return opened ? crypto::from_hex(opened->blind).value_or("") : "";
}

}  // namespace

const store::View& SubjectState::view() {
  static const store::View v{"identity_subject", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer},
                              {"subject", Type::integer},
                              {"last", Type::integer},
                              {"erased", Type::integer},
                              {"blind", Type::bytes, store::Merge::replace, store::Personal::sealed}}};
  return v;
}
void SubjectState::append_row(store::Row& row) const {
  row.emplace_back(last);
  row.emplace_back(erased ? 1 : 0);
  row.emplace_back(blind);
}
SubjectState SubjectState::from(const store::Row& row) { return {row[2].i, row[3].i != 0, row[4].s}; }

void SubjectGuard::apply(const engine::RecordedFact& fact) {
  if (fact.record.name == SubjectErased::kName) {
    auto& s = change(fact.as<SubjectErased>().subject.value);
    s.erased = true;
    s.blind.clear();
    return;
  }
  const auto f = fact.as<SubjectRegistered>();
  change_new(f.subject.value).blind = blind_of(fact, f);
  auto& counter = change(0);
  counter.last = std::max(counter.last, f.subject.value);
}

const store::View& SubjectIndexState::view() {
  static const store::View v{"identity_subject_index", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer},
                              {"blind", Type::bytes, store::Merge::replace, store::Personal::sealed},
                              {"subject", Type::integer}}};
  return v;
}

void SubjectIndexGuard::apply(const engine::RecordedFact& fact) {
  if (fact.record.name == SubjectErased::kName) {
    const auto subject = fact.as<SubjectErased>().subject;
    const auto* s = subjects_->find(subject.value);
    if (!s || s->blind.empty()) return;
    const auto* row = find(s->blind);
    if (row && row->subject == subject) remove(s->blind);
    return;
  }
  const auto f = fact.as<SubjectRegistered>();
  if (const auto blind = blind_of(fact, f); !blind.empty()) change(blind).subject = f.subject;
}

const store::View& ErasureState::view() {
  static const store::View v{"identity_erasure", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"subject", Type::integer}, {"recorded_at", Type::integer}}};
  return v;
}

}  // namespace yi::identity
