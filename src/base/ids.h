#pragma once
// Ids are types, never bare numbers or strings: a CaseId is not a LeaveId.
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace yi {

// A number given out by the engine, dense from 1 within (centre, Tag); a string in JSON, because JavaScript
// loses integers beyond 2^53. 0 means "none".
template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

// A code that people chose (a matter's, a department's): an exact string.
template <class Tag>
struct Code {
  std::string value;
  auto operator<=>(const Code&) const = default;
  bool empty() const { return value.empty(); }
};

// The six digits of a centre (GB/T 2260 of its region); every key of every table begins with it.
struct CentreCode {
  std::int32_t value = 0;  // 100000..999999
  auto operator<=>(const CentreCode&) const = default;
};

using DepartmentCode = Code<struct DepartmentTag>;  // "scjgj", data/<province>/departments.yaml
using MatterCode = Code<struct MatterTag>;          // data/<province>/matters.yaml
using WindowCode = Code<struct WindowTag>;          // "W01"
using CaseId = Id<struct CaseTag>;
// A person or body that personal data is about (applicant, agent, visitor): the owner of a data key. 0: nobody.
using SubjectId = Id<struct SubjectTag>;

}  // namespace yi

template <class Tag>
struct std::hash<yi::Id<Tag>> {
  std::size_t operator()(const yi::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
template <class Tag>
struct std::hash<yi::Code<Tag>> {
  std::size_t operator()(const yi::Code<Tag>& c) const noexcept { return std::hash<std::string>{}(c.value); }
};
