#pragma once
// The rules of 电子监察 as a thing that is changed by facts (docs/decisions/0026, 0028). Lights are reckoned by the version of the day they
// are looked at; cards and orders are facts and stay as they were given.
#include <memory>

#include "casework/warnings.h"
#include "catalog/changeable.h"
#include "catalog/version_book.h"

namespace yi::casework {

// 监察规则变更, from before 0028: all of warnings.yaml, as one JSON object. Stream: "casework:warnings".
struct WarningsChanged {
  static constexpr std::string_view kName = "casework.warnings_changed/1";
  std::int32_t version = 0;  // from 2: the first is the file
  CivilDay since;
  Text<20'000> definition;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(WarningsChanged, (), (version, since, definition, reason))

// The versions that the ledger has.
struct WarningBook {
  static constexpr const char* kCode = "warnings";
  catalog::VersionBook<WarningRules> versions;
  // The newest version that had begun on that day; else the file's.
  const WarningRules& on(CivilDay day, const WarningRules& of_file) const {
    const auto* v = versions.on(kCode, day);
    return v ? v->value : of_file;
  }
};

std::unique_ptr<catalog::Changeable> warnings_kind(std::shared_ptr<const WarningRules> of_file, std::shared_ptr<WarningBook> book);

}  // namespace yi::casework
