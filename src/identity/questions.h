#pragma once
// Named questions (数据权限) that views ask of a viewer, and how far the answer reaches. data/roles.yaml gives them to
// roles under the names below, beside the doors' own names.
#include <boost/describe.hpp>
#include <cstdint>
#include <string_view>

namespace yi::identity {

enum class Question {
  read_cases,             // the cases of a queue, without what tells who the applicant is
  read_personal,          // names, numbers, phones and addresses of applicants
  read_health,            // sick leave, birth leave, injury: 个人信息保护法 §28
  read_internal_edition,  // the bulletin's internal edition and its warnings
  read_evidence,          // the facts behind a printed figure
  unmask,                 // what is masked for one's role, one value at a time, with a reason
  read_audit,             // who read or was refused what
  read_accounts,          // accounts, roles and the table of rights
};
inline constexpr int kQuestions = 8;

// The right's name in data/roles.yaml.
constexpr std::string_view right_of(Question q) {
  constexpr std::string_view names[kQuestions] = {"view.cases",         "view.personal",   "view.health",
                                                  "view.internal_edition", "view.evidence", "identity.unmask",
                                                  "identity.read_audit",    "identity.read_accounts"};
  return names[static_cast<std::size_t>(q)];
}

// How far a right reaches; a greater one holds the smaller.
enum class Reach : std::uint8_t {
  none,
  own,         // what one has received or handles oneself, or one's own cases as an applicant
  department,  // of one's department
  centre       // of the whole centre
};
BOOST_DESCRIBE_ENUM(Reach, none, own, department, centre)

// Two bits a question, as they travel through http::Caller::grants.
constexpr Reach reach_in(std::uint64_t grants, Question q) { return static_cast<Reach>(grants >> (2 * static_cast<int>(q)) & 3u); }
constexpr std::uint64_t grant(Question q, Reach r) { return static_cast<std::uint64_t>(r) << (2 * static_cast<int>(q)); }
inline constexpr std::uint64_t kEveryGrant = (std::uint64_t{1} << (2 * kQuestions)) - 1;

}  // namespace yi::identity
