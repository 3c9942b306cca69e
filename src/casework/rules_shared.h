#pragma once
// What the rules of the room share. Not for other rooms.
#include <algorithm>

#include "base/text.h"
#include "casework/rules.h"

namespace yi::casework {

inline bool blank(std::string_view s) { return trim(s).empty(); }
template <class T>
bool blank(const std::optional<T>& s) {
  return !s || blank(*s);
}

// Refusals not_your_act, not_your_case, not_your_department (all 403), by the roles that a row gives.
Checked check_who(RoleSet given_to, const CaseState& s, const Who& who);
Who who_of(const engine::Actor& actor);

struct Place {
  const catalog::Matter* matter = nullptr;
  const catalog::Window* window = nullptr;
};
// The matter and a window that receives (or hands out) for its department.
Result<Place> place_of(const MatterCode& matter, const WindowCode& window, bool issue, const Context& x);
// A window that receives (or hands out) for the case's department.
Checked window_for(const CaseState& s, const WindowCode& window, bool issue, const Context& x);
// The same where the act may also be done without a window (online, at the department's desk).
Checked window_if_any(const CaseState& s, const std::optional<WindowCode>& window, const Context& x);

// Places of named papers in the matter's list. Refusal unknown_material.
Result<std::vector<std::int32_t>> places_of(const std::vector<Text<120>>& names, const catalog::Matter& m);
// The required papers that the applicant brings, their own or a third party's (a test report, an expert's opinion), that are not among `present`.
std::vector<std::int32_t> lacking_of(const std::vector<std::int32_t>& present, const catalog::Matter& m);
std::string names_of(const std::vector<std::int32_t>& places, const catalog::Matter& m);
// Required papers that have neither come nor been replaced by a commitment: deferred ones, and those of a case that the law accepted.
std::vector<std::int32_t> open_papers(const CaseState& s);
// Refusal papers_open, which names them.
Checked check_papers(const CaseState& s, const catalog::Matter& m);
inline bool has(const std::vector<std::int32_t>& v, std::int32_t i) { return std::find(v.begin(), v.end(), i) != v.end(); }

Result<std::string> number_for(const catalog::Matter& m, std::int64_t serial, const Context& x);
// Through which channel an act without a window came: the applicant's own is online, the desk's is the window's.
Source channel_of(const std::optional<WindowCode>& window, const Context& x);

}  // namespace yi::casework
