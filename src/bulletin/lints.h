#pragma once
// What a careful reader would ask about: warnings, never refusals; nothing is ever rewritten. Each kind was seen in
// real bulletins (docs/bulletin.md, Lints).
#include <string>
#include <string_view>
#include <vector>

#include "bulletin/compose.h"

namespace yi::bulletin {

struct Warning {
  std::string code;      // "bulletin.lint.sum"
  std::string sentence;  // Chinese: what does not fit
  std::string where;     // the heading of the part, or what the caller named
};

// Free text of one paragraph: sums (“36项（其中，甲20项；乙15项）”, “36项，其中甲20项、乙15项”), counts against named items
// (“《甲》《乙》等3项”). “1,200” is one number; what is quoted is the text as it was written.
std::vector<Warning> lint_text(std::string_view text, std::string_view where);

// The composed paper and what it was made of. What the public edition does not print, its warnings do not tell: leaves
// that no line of the template prints, short ones that adjoin, and names of people on health leave are asked about in the internal edition alone.
std::vector<Warning> lint(const WeekMaterial& m, const publish::Document& d, Edition edition, const Templates& t);

struct Composed {
  publish::Document document;
  std::vector<Warning> warnings;
  WeekFigures figures;
};
// compose_week with its warnings, of the same snapshot and the same edition: a warning of the public edition knows
// nothing that this edition does not print.
Result<Composed> compose_and_lint(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, Edition edition,
                                  CivilDay week, const Names& names, const Templates& templates);

}  // namespace yi::bulletin
