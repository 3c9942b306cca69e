#pragma once
// The one search field: a case by its number, a scanned code, the department's own number, an id number or credit code, a phone
// or a certificate's number. What is sealed is found by its blind index (docs/decisions/0010).
#include <string>
#include <vector>

#include "casework/views.h"

namespace yi::casework {

struct FoundCase {
  CaseId case_id;
  std::string number;
  std::string matched;  // "number", "foreign_number", "certificate_number", "id_number", "phone"
  MatterCode matter;
  std::string stage_name;
  std::optional<PersonView> applicant;  // as in lists
};
BOOST_DESCRIBE_STRUCT(FoundCase, (), (case_id, number, matched, matter, stage_name, applicant))

struct Found {
  std::vector<FoundCase> cases;
  std::vector<std::pair<CaseId, SubjectId>> by_person;  // what was found by a person's own number or phone, and whose it was
};
// Whether a text can be somebody's number or phone: then finding nothing is a guess that failed (lookup_limit.h).
bool could_be_a_person(std::string_view text);

inline constexpr int kMostFound = 50;  // cases of an answer, the newest first

// Within what the viewer may read. By somebody's number or phone staff find only cases whose people they may see
// (view.personal): else a guess could be tried out. Refusal: identity.not_allowed (403).
Result<Found> search_cases(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const Ground& ground,
                                            std::string_view text);

// casework_party: phones; casework_certificate: numbers of certificates. Ids are found through their subject.
void add_search_reports(engine::Registry& registry);

}  // namespace yi::casework
