#pragma once
#include "engine/guard.h"
#include "engine/report.h"
#include "enterprise/events.h"
#include "identity/viewer.h"

namespace yi::enterprise {

// Chains that are listed, by name.
struct Listed {
  CivilDay on;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(on.days); }
  static Listed from(const store::Row& r) { return {{static_cast<std::int32_t>(r[2].i)}}; }
};
class ListedGuard : public engine::GuardTable<std::string, Listed> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ChainListed::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// Lists, zones and chains by kind, day and order of entry; the body is the fact's JSON.
const store::View& fact_view();
class FactReport : public engine::Report {
 public:
  const store::View& view() const override { return fact_view(); }
  std::vector<std::string_view> listens_to() const override {
    return {ListPublished::kName, ZonePlanned::kName, ChainListed::kName};
  }
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override;
};

template <class F>
struct Recorded {
  std::int64_t seq = 0;
  F fact;
};

// What holds on `day`: the latest list and the latest zone by day, then by order of entry; every chain so far in that
// order. Published facts: every viewer sees them.
std::optional<Recorded<ListPublished>> list_as_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                                  CivilDay day);
std::optional<Recorded<ZonePlanned>> zone_as_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                                CivilDay day);
std::vector<Recorded<ChainListed>> chains_up_to(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                                CivilDay day);

}  // namespace yi::enterprise
