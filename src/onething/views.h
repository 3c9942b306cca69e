#pragma once
#include "engine/guard.h"
#include "engine/report.h"
#include "identity/viewer.h"
#include "onething/events.h"

namespace yi::onething {

// Which bundles have their plan and their guide: keys "plan:TX", "guide:TX".
struct Recorded {
  CivilDay on;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(on.days); }
  static Recorded from(const store::Row& r) { return {{static_cast<std::int32_t>(r[2].i)}}; }
};
class RecordedGuard : public engine::GuardTable<std::string, Recorded> {
 public:
  std::vector<std::string_view> listens_to() const override { return {PlanIssued::kName, GuidePublished::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  bool has_plan(const catalog::BundleCode& b) { return find("plan:" + b.value) != nullptr; }
  bool has_guide(const catalog::BundleCode& b) { return find("guide:" + b.value) != nullptr; }
};

// Plans and guides by kind, day and order of entry.
const store::View& fact_view();
class FactReport : public engine::Report {
 public:
  const store::View& view() const override { return fact_view(); }
  std::vector<std::string_view> listens_to() const override { return {PlanIssued::kName, GuidePublished::kName}; }
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override;
};

struct BundleFact {
  std::int64_t seq = 0;  // of its fact
  catalog::BundleCode bundle;
  CivilDay on;
  std::string source;
  bool verified = false;
  std::string title;  // guides with a title of their own, else ""
};

// All up to and with `day`, by day, then by order of entry. Published facts: every viewer sees them.
std::vector<BundleFact> plans_up_to(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay day);
std::vector<BundleFact> guides_up_to(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay day);

}  // namespace yi::onething
