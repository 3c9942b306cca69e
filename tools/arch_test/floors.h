#pragma once
// The floors of the house: the table in docs/ARCHITECTURE.md, section "Floors", read and held against the sources.
#include <map>
#include <string>
#include <vector>

#include "source.h"

namespace yi::arch {

using Floors = std::map<std::string, int>;  // room -> floor, 1 is the lowest

// Rows of the form `| 7 | \`src/casework/\` | … |` after the heading "## Floors". Empty when there is no such table.
Floors read_floors(std::string_view architecture_md);

// Every room of src/ stands in the table; a file includes its own room and rooms of lower floors only, always as
// "room/file.h".
Findings check_floors(const std::vector<Source>& tree, const Floors& floors);

// YI_ALL_ROOMS of the root's CMakeLists.txt names the rooms from the lowest floor to the highest.
Findings check_build_order(const Source& cmake, const Floors& floors);

// Rooms from floor 5 up have a README.md (the furniture of a room); app, which has no logic, needs none.
Findings check_readmes(const std::vector<Source>& tree, const Floors& floors);

// A refusal is made with a code of its own room ("casework.illegal_act" in src/casework/), and a room speaks of the
// codes of lower floors only.
Findings check_refusal_codes(const std::vector<Source>& tree, const Floors& floors);

}  // namespace yi::arch
