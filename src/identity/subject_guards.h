#pragma once
// What the lane knows of subjects: three small tables, written in the facts' transaction.
#include "engine/guard.h"
#include "identity/subjects.h"

namespace yi::identity {

// Row 0 counts; every other row is a subject.
struct SubjectState {
  std::int64_t last = 0;  // row 0: the last id given out
  bool erased = false;
  std::string blind;      // 16 bytes; empty: without a number, or erased
  static const store::View& view();
  void append_row(store::Row& row) const;
  static SubjectState from(const store::Row& row);
};

class SubjectGuard : public engine::GuardTable<std::int64_t, SubjectState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {SubjectRegistered::kName, SubjectErased::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// Blind index → subject.
struct SubjectIndexState {
  SubjectId subject;
  static const store::View& view();
  void append_row(store::Row& row) const { row.emplace_back(subject.value); }
  static SubjectIndexState from(const store::Row& row) { return {{row[2].i}}; }
};

class SubjectIndexGuard : public engine::GuardTable<std::string, SubjectIndexState> {
 public:
  void ask(SubjectGuard& subjects) { subjects_ = &subjects; }
  std::vector<std::string_view> listens_to() const override { return {SubjectRegistered::kName, SubjectErased::kName}; }
  void apply(const engine::RecordedFact& fact) override;

 private:
  SubjectGuard* subjects_ = nullptr;
};

// Who was erased, for every start to hold against the keys. Small: erasures are rare.
struct ErasureState {
  Instant recorded_at;
  static const store::View& view();
  void append_row(store::Row& row) const { row.emplace_back(recorded_at.ms); }
  static ErasureState from(const store::Row& row) { return {Instant{row[2].i}}; }
};

class ErasureGuard : public engine::GuardTable<std::int64_t, ErasureState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {SubjectErased::kName}; }
  void apply(const engine::RecordedFact& fact) override { change(fact.as<SubjectErased>().subject.value).recorded_at = fact.record.recorded_at; }
};

}  // namespace yi::identity
