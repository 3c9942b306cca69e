#pragma once
// Steps that need no code of their own: a door and its body, a question, or an answer and what must stand in it. Texts of a row are
// filled before use:
//   $1 … $9          a gap of the pattern
//   $d2              the code of the department that the gap names
//   $*3              the gaps from the third on, as the elements of a JSON list of texts; $/3: as lines of one text
//   ${who /path at}  what `who` reads at that place of the answer; "-" is the operator
//   ${=door at}      the same of the door's last answer
// A place is a path as of json_at; "people[account=$2]" is the entry of a list by the value of a field, and "text|from|to" what stands
// between two words of a text, or behind the first where there is no second.
#include <utility>
#include <vector>

#include "steps.h"

namespace yi::story {

// A command, or a device's request; without `who`: the operator's, and of a device its key alone.
struct Act {
  const char *pattern, *who, *door, *body;
};
// A question that may be refused, as `refused with` has it.
struct Ask {
  const char *pattern, *who, *path;
};
// `seen`: a place, and what stands there; "~x": x is a part of it; "": nothing is there. A path "=door" is the door's last answer; one that
// begins with "!" is a door that knows no after_position.
struct See {
  const char *pattern, *who, *path;
  std::vector<std::pair<const char*, const char*>> seen;
};

Step step_of(const Act& row);
Step step_of(const Ask& row);
Step step_of(const See& row);

}  // namespace yi::story
