#pragma once
// The published facts of one week as a file that people write (docs/bulletin.md, The week file). Reading is strict:
// each refusal names file and line. What the file contradicts in itself is refused here; what it contradicts in the
// ledger is refused by check_expected.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bulletin/figure_table.h"
#include "bulletin/rules.h"
#include "staff/events.h"

namespace yi::replay {

enum class FactKind { plan_issued, guide_published, list_published, chain_listed, zone_planned };
BOOST_DESCRIBE_ENUM(FactKind, plan_issued, guide_published, list_published, chain_listed, zone_planned)

struct WeekFile {
  // A number that the file expects of the facts; asserted, never entered.
  struct Expected {
    std::int64_t n = 0;
    std::string where;  // "week.yaml:37"
  };
  struct News {
    std::optional<std::string> department;  // by name; absent: the centre's own
    std::optional<CivilDay> on;
    std::string text, where;
  };
  struct Duty {
    std::string department, post, name;
    CivilDay from, to;  // `on`, or the whole week
    std::string where;
  };
  struct Leave {
    staff::LeaveKind kind{};
    std::string department, name;
    CivilDay from, to;  // as given, or the week (at least three days)
    staff::CountMode count_mode = staff::CountMode::calendar;
    bool mode_said = false;  // else leave.yaml and the calendar say how the span counts
    int days = 0;  // 0: to be counted by the calendar (count_mode working, and the file gives no days)
    std::string where;
  };
  struct Named {
    std::string name, where;
  };
  struct Category {
    std::string name;
    int count = 0;
  };
  struct Section {
    std::vector<std::string> entries;
    std::vector<Named> pushed;
    std::string where;
  };
  struct Fact {
    FactKind kind{};
    std::string name;  // a bundle's name, a chain, a list's version, any word for a zone
    CivilDay on;
    std::string where;
  };
  struct Windows {
    bulletin::Counts week{};
    std::optional<bulletin::Counts> year_to_date, opening;
    std::string where, year_where, opening_where;
  };

  std::string name;  // as it stands in messages and sources
  bulletin::Span week;
  std::string week_where;
  std::optional<CivilDay> issued_on;
  std::string issuer;
  int copies = 0;
  std::optional<int> number, total_number;
  std::vector<std::string> report_to, send_to, layout_hints;
  std::vector<std::vector<std::string>> distribute_to;
  std::vector<News> news;
  std::vector<Duty> duties;
  std::optional<Section> one_thing, value_added;
  std::vector<Named> guides, plates, chains;
  std::vector<Category> categories;
  std::string categories_where, plates_where;
  std::optional<Expected> plans_issued, guides_count, list_total, plates_count, chains_count;
  std::optional<Windows> windows;
  std::vector<Leave> leaves;
  std::vector<Fact> facts;

  // 1 January lies inside the week, after its first day.
  bool crosses_new_year() const { return week.from.year() != week.to.year(); }
};

// Codes: base.yaml_*, base.bad_yaml, "bulletin.bad_slot", "bulletin.unknown_slot", "replay.bad_week",
// "replay.figures_contradict", "replay.repeated_name", "replay.bad_leave", "replay.bad_fact", "replay.count_too_large".
Result<WeekFile> load_week(const std::filesystem::path& path, std::string file_name);
Result<WeekFile> parse_week(std::string_view text, std::string file_name);

// What the ledger's facts say as of the week's last day.
struct FactCounts {
  std::int64_t plans = 0, guides = 0, list_total = 0, plates = 0, chains = 0;
};
// Refusal "replay.expectation_failed" with the line of `expect`.
Checked check_expected(const WeekFile& file, const FactCounts& facts);

}  // namespace yi::replay
