#pragma once
// All that one week's bulletin is made of, gathered from views in one snapshot for one viewer and one edition.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bulletin/figure_views.h"
#include "bulletin/templates.h"
#include "bulletin/week_views.h"
#include "catalog/types.h"
#include "enterprise/views.h"

namespace yi::bulletin {

enum class Edition { internal, public_ };

// What the bulletin asks of the catalogue and the centre's settings; wired by app. A code that the catalogue no longer
// has is printed as it is.
struct Names {
  std::function<std::optional<std::string>(const DepartmentCode&)> department;   // short name: "省卫生健康委"
  std::function<std::optional<std::string>(const catalog::BundleCode&)> bundle;  // "新生儿出生"
  // The centre's own words on a day: a bulletin keeps those of its last day, whatever they are called later. Absent: empty ones.
  struct Own {
    std::string masthead;  // "政务服务工作周报"
    std::string issuer;    // stands in where no imprint is set yet
    std::string hall;      // the template's {hall}: "省政务服务大厅"; empty: compose.h's default
  };
  std::function<Own(CivilDay)> own;
  std::function<bool(CivilDay)> works = {};  // a working day of the centre's calendar; absent: Monday to Friday
  Own own_on(CivilDay day) const { return own ? own(day) : Own{}; }
};

struct WeekMaterial {
  struct NewsItem {
    std::string department;  // "" for the centre's own
    std::optional<CivilDay> on;
    std::string text;
  };
  struct DutyItem {
    std::string department, post, name;
  };
  struct LeaveItem {
    staff::LeaveKind kind{};
    std::string department, name;
    std::optional<staff::Disclosure> disclosure = {};  // staff::disclosure_of
  };
  struct AdjoiningItem {
    staff::LeaveKind kind{};
    std::string department, name;
    CivilDay from, to;
    std::int32_t days = 0;
  };
  WeekFigures figures;
  std::vector<NewsItem> news;
  std::vector<DutyItem> duties;
  std::vector<LeaveItem> leaves;                    // of the template's length and up; public edition: no health
  std::vector<LeaveItem> on_health_leave;           // of any length; public edition: none
  std::vector<AdjoiningItem> adjoining;             // leaves too short for the list that adjoin and together are not; public edition: none
  std::optional<SectionWritten> one_thing, value_added;
  std::vector<std::string> plans, guides;           // names, as of the week's last day
  std::optional<enterprise::ListPublished> list;
  std::vector<std::string> plates, chains;
  std::optional<ImprintSet> imprint;
  std::string masthead, issuer, hall;
  std::string ledger_head;                          // hex SM3 of the ledger's head
};

// One consistent state of the views for as long as it lives, however the scope is left.
class Snapshot {
 public:
  explicit Snapshot(store::Reader& r) : reader_(r) { reader_.begin_snapshot(); }
  ~Snapshot() { reader_.end_snapshot(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  store::Reader& reader_;
};

// Refusals: "bulletin.unknown_week" (404), "bulletin.internal_edition" (403). The caller holds the snapshot.
Result<WeekMaterial> gather(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, Edition edition,
                            CivilDay week, const Names& names, const Templates& templates);

// One dated fact behind a figure that counts facts ("plans_issued", "guides_count", "list_total", "plates_count",
// "chains_count").
struct FactRow {
  std::int64_t seq = 0;
  CivilDay on;
  std::string name;     // a bundle, a category with its count, a plate, a chain
  std::string source;   // "" where the fact has none of its own
  bool verified = false;
};
// In the order that they are printed. Refusals "bulletin.unknown_week", "bulletin.unknown_figure" (404).
Result<std::vector<FactRow>> fact_evidence(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                           CivilDay week, std::string_view figure_id, const Names& names);

}  // namespace yi::bulletin
