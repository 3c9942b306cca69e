#pragma once
// What happened to a case, fact by fact, in words.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casework/events.h"
#include "casework/views.h"

namespace yi::casework {

struct HistoryEntry {
  Id<struct PositionTag> position;      // in the ledger
  std::string fact;                     // "casework.accepted/1"
  std::string name;                     // 受理
  Instant at;                           // when it is so by law
  Instant recorded_at;                  // when it was written
  std::string by;                       // the account that acted
  std::optional<std::string> by_name;   // and the name of whose it is, of staff alone
  DepartmentCode department;
  std::optional<WindowCode> window;
  std::optional<std::string> words;     // reasons, results, what was told; never a person's data
  std::vector<Defect> defects;          // of a notice of correction: everything that it told at once
  std::optional<Id<struct PositionTag>> reverses;  // 冲正: the fact that it takes back
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (position, fact, name, at, recorded_at, by, by_name, department, window, words, defects, reverses))

struct HistoryPage {
  std::vector<HistoryEntry> entries;    // oldest first
  std::optional<Id<struct PositionTag>> next;      // pass as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(HistoryPage, (), (entries, next))

// The Chinese name of a case's fact; the fact's own name where it is unknown.
std::string_view name_of_fact(std::string_view fact);

// Whose account it is, where that may be shown: of staff. An applicant's name is shown where the case's people are, and nowhere else.
using NameOf = std::function<std::optional<std::string>(const std::string& account)>;

// The entries behind `after`, at most `limit` (1..limits::kPageRows). Refusals of read_case. An applicant does not see who acted,
// only which department.
Result<HistoryPage> get_history(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, std::int64_t after, int limit,
                                const NameOf& name_of = {});

}  // namespace yi::casework
