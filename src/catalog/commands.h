#pragma once
// Wishes about the catalogue; change_rules.h says what is refused.
#include "catalog/events.h"

namespace yi::catalog {

// 提出变更. `definition` is the whole text with the fields of its file (docs/catalog.md) as one JSON object; version and since are not in
// it, the program gives them.
struct ProposeChange {
  ChangeKind kind{};
  ItemCode code;
  std::int32_t base_version = 0;  // the newest version as the editor saw it
  CivilDay since;                 // today or later; what limits hang on: tomorrow or later
  Definition definition;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ProposeChange, (), (kind, code, base_version, since, definition, reason))

// 批准变更. `since` only where the proposed day has passed.
struct ApproveChange {
  ChangeKind kind{};
  ItemCode code;
  std::int32_t number = 0;
  std::optional<CivilDay> since;
};
BOOST_DESCRIBE_STRUCT(ApproveChange, (), (kind, code, number, since))

// 退回变更, by somebody who could approve it.
struct RefuseChange {
  ChangeKind kind{};
  ItemCode code;
  std::int32_t number = 0;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(RefuseChange, (), (kind, code, number, reason))

// 撤回变更, by whoever proposed it.
struct WithdrawChange {
  ChangeKind kind{};
  ItemCode code;
  std::int32_t number = 0;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawChange, (), (kind, code, number, reason))

}  // namespace yi::catalog
