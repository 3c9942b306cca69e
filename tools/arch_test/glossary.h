#pragma once
// One Chinese term of the field, one English identifier: docs/GLOSSARY.md, read and held against the sources.
#include <string>
#include <string_view>
#include <vector>

#include "source.h"

namespace yi::arch {

struct Term {
  int line = 0;
  std::string chinese;
  std::string identifier;            // "OneThing", "deferred_material"
  std::string status;                // "used" or "planned"
  // What would say the same and is kept out of headers: "Ticket" out of the names of types, "open_ticket" out of all.
  std::vector<std::string> instead;
};

// Rows `| 事项 | \`Matter\` | used | meaning and source | Item, Affair |` of any table of five columns.
std::vector<Term> read_glossary(std::string_view md);

// Each Chinese term and each identifier stands once; none is forbidden by another row; a status is one of the two.
Findings check_glossary(const std::vector<Term>& terms);

// A term that is `used` occurs in an identifier or a folder of src/; a forbidden synonym occurs in no identifier of a
// header of src/.
Findings check_terms(const std::vector<Term>& terms, const std::vector<Source>& tree);

}  // namespace yi::arch
