#pragma once
// 电子监察: lights, cards and supervision orders by a table that a centre edits (data/<province>/warnings.yaml). No national
// code list and no national threshold exists (casework.md §2.4), so every number here is data.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "casework/case_state.h"
#include "catalog/catalog.h"

namespace yi::casework {

enum class Light { green, yellow, red, grey };  // 正常 / 临期 / 超期 / 暂停计时
BOOST_DESCRIBE_ENUM(Light, green, yellow, red, grey)
std::string_view chinese_name(Light l);

// What a rule watches.
enum class Trigger {
  notice_missed,      // neither accepted nor told within five working days
  promised_over,      // past the promised limit
  statutory_over,     // past the statutory limit
  step_over,          // past a step's own limit, though the case is not
  delivery_over,      // not delivered in time
  second_notice,      // a second correction notice for one case
  pause_over,         // a special procedure past its planned end
  deferred_broken,    // a deferred paper has not come in time
  unexplained,        // a passed limit was not explained in public by the next working day (优化营商环境条例 §36)
  pause_untold,       // the notice of a special procedure was not printed by the next working day (§45)
  commitment_false    // a commitment was found false
};
BOOST_DESCRIBE_ENUM(Trigger, notice_missed, promised_over, statutory_over, step_over, delivery_over, second_notice, pause_over, deferred_broken, unexplained,
                    pause_untold, commitment_false)

struct WarningRule {
  std::string number;   // 监察规则编号, at most 20 characters (GB/T 39046)
  std::string name;
  Trigger trigger{};
  Card card{};
  bool order = false;   // a supervision order goes with the card
  std::string basis;
  std::string other_basis;  // where the case is no permit, whose law the basis is; empty: the same
  bool unverified = false;
  const std::string& basis_of(bool permit) const { return permit || other_basis.empty() ? basis : other_basis; }
};

struct WarningRules {
  // Yellow: what is left of a limit is at most so many working days, or at most this part of the whole limit.
  int yellow_days = 1;
  int yellow_percent = 20;
  std::vector<WarningRule> rules;
  std::string definition;  // all of it as one JSON object, as the file or the ledger's change has it
  // Refusals of base/yaml.h, "casework.bad_warnings" with file and line.
  static Result<WarningRules> load(const std::filesystem::path& file);
  // The same of a text; `name` is what people read in `where`. A change has to be one JSON object ("casework.bad_warnings" else).
  static Result<WarningRules> parse(std::string_view text, const std::string& name);
  static std::vector<Refusal> problems_of(std::string_view text, const std::string& name);  // all of them, at most 20
  const WarningRule* find(Trigger t) const;  // nullptr: the centre does not watch it
};

// The light of a case on a day: red past a limit, grey while the clock stands still, yellow near a limit, else green.
// Refuses where the calendar has no such year.
Result<Light> light_of(const CaseState& s, CivilDay today, const WarningRules& rules, const catalog::Catalog& catalog, const calendar::Calendar& calendar);

}  // namespace yi::casework
