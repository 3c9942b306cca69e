#pragma once
// Facts of the catalogue and of what is changed like it. Stream: "<kind>:<code>".
#include <optional>

#include "base/ids.h"
#include "base/json.h"

namespace yi::catalog {

// What is changed while the program runs. matter, bundle: one entry each, by its code; settings, windows, warnings: a whole file, whose
// code is the kind's name.
enum class ChangeKind { matter, bundle, settings, windows, warnings };
BOOST_DESCRIBE_ENUM(ChangeKind, matter, bundle, settings, windows, warnings)
using ItemCode = Code<struct ItemTag>;

// An entry of matters.yaml is at most some 6 KB, a bundle 7; all windows of a large hall 20.
using Definition = Text<60'000>;

// 变更建议: a whole text, from a version of the item, in force on nobody yet.
struct ChangeProposed {
  static constexpr std::string_view kName = "catalog.change_proposed/1";
  ChangeKind kind{};
  ItemCode code;
  std::int32_t number = 0;        // 1, 2, … of the item, whatever becomes of them
  std::int32_t base_version = 0;  // the newest there was
  CivilDay since;
  Definition definition;          // as the file would have it, without version and since, as one JSON object
  std::optional<Definition> former;  // version 1 as the file has it, where the file knows no versions and this is the item's first proposal
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeProposed, (), (kind, code, number, base_version, since, definition, former, reason))

// 变更批准: the proposal's text is a version, in force from `since`.
struct ChangeApproved {
  static constexpr std::string_view kName = "catalog.change_approved/1";
  ChangeKind kind{};
  ItemCode code;
  std::int32_t number = 0;
  std::int32_t version = 0;  // one above the newest there was
  CivilDay since;            // as proposed, or later where that day had passed
  bool alone = false;        // by whoever proposed it: four_eyes.yaml leaves these fields to one person
};
BOOST_DESCRIBE_STRUCT(ChangeApproved, (), (kind, code, number, version, since, alone))

struct ChangeRefused {
  static constexpr std::string_view kName = "catalog.change_refused/1";
  ChangeKind kind{};
  ItemCode code;
  std::int32_t number = 0;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeRefused, (), (kind, code, number, reason))

struct ChangeWithdrawn {
  static constexpr std::string_view kName = "catalog.change_withdrawn/1";
  ChangeKind kind{};
  ItemCode code;
  std::int32_t number = 0;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeWithdrawn, (), (kind, code, number, reason))

// From before 0028: proposed and approved by one person at once.
struct MatterChanged {
  static constexpr std::string_view kName = "catalog.matter_changed/1";
  MatterCode matter;
  std::int32_t version = 0;
  CivilDay since;
  Text<40'000> definition;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(MatterChanged, (), (matter, version, since, definition, reason))

}  // namespace yi::catalog
