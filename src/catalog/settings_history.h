#pragma once
// The settings of each day: those of the file, and what the ledger has made of them since (docs/decisions/0028).
#include "catalog/types.h"
#include "catalog/version_book.h"

namespace yi::catalog {

class SettingsHistory {
 public:
  static constexpr const char* kCode = "settings";
  const Settings& on(CivilDay day) const {
    const auto* v = book.on(kCode, day);
    return v ? v->value : of_file;
  }
  Settings of_file;  // set once, by the loader
  VersionBook<Settings> book;
};

// "工作日 09:00—12:00、13:00—17:00"
std::string hall_hours(const Settings& settings);

}  // namespace yi::catalog
