#pragma once
// The rules register (制度): facts, wishes, state. docs/decisions/0037. Stream: "house_rule:<number>".
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/guard.h"

namespace yi::reform {

struct HouseRule {
  Text<40> number;                        // as the centre counts them
  std::int32_t version = 1;
  Text<120> title;
  CivilDay on;                            // in force
  std::optional<Text<120>> document;      // the paper by which it was issued
  std::vector<Text<60>> governs;          // rules of the program: names of commands or of files of data/
  std::vector<DepartmentCode> readers;    // who must confirm to have read it
};
BOOST_DESCRIBE_STRUCT(HouseRule, (), (number, version, title, on, document, governs, readers))
struct HouseRuleEnacted : HouseRule {
  static constexpr std::string_view kName = "reform.house_rule_enacted/1";
};
BOOST_DESCRIBE_STRUCT(HouseRuleEnacted, (HouseRule), ())
struct HouseRuleRead {
  static constexpr std::string_view kName = "reform.house_rule_read/1";
  Text<40> number;
  std::int32_t version = 1;
  DepartmentCode department;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(HouseRuleRead, (), (number, version, department, by))
struct EnactHouseRule : HouseRule {};
BOOST_DESCRIBE_STRUCT(EnactHouseRule, (HouseRule), ())
struct ConfirmReading {
  Text<40> number;
  std::int32_t version = 1;               // as it was shown
  std::optional<DepartmentCode> department;  // whose, where the account is bound to none
};
BOOST_DESCRIBE_STRUCT(ConfirmReading, (), (number, version, department))

struct HouseRuleState {
  std::int64_t version = 0, enacted = 0;  // enacted: ledger position of that version's fact
  std::vector<std::string> readers, read;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static HouseRuleState from(const store::Row& r);
};
class HouseRuleGuard : public engine::GuardTable<std::string, HouseRuleState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {HouseRuleEnacted::kName, HouseRuleRead::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

}  // namespace yi::reform
