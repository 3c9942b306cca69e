#pragma once
// The people of a case as somebody may see them: masked for staff (docs/accounts.md), whole for the person themself, blank after
// an erasure. What is here comes out of the fact that opened the case and is nowhere kept in clear.
#include <optional>
#include <string>

#include "casework/case_state.h"
#include "identity/viewer.h"
#include "store/database.h"

namespace yi::casework {

// Absent fields: never told, or not for this viewer.
struct PersonView {
  std::optional<std::string> label;  // 代办, of an agent: always shown as such
  std::optional<std::string> name, id_number, phone, address, legal_representative;
  bool masked = true;
  bool erased = false;               // the person's data was erased (个人信息保护法 §47): nothing is left to show
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (label, name, id_number, phone, address, legal_representative, masked, erased))

// What the fact that opened a case holds of its people. Erased: it holds somebody whose key is gone.
struct OpenedPeople {
  std::optional<ApplicantPerson> applicant;
  std::optional<AgentPerson> agent;
  bool applicant_erased = false, agent_erased = false;
};
// In the clear, for who has judged before what may be shown. Nobody where the fact opens no case of an applicant's. Throws
// store::Failure where the sealed part is damaged.
OpenedPeople open_people(const engine::RecordedFact& opening, const store::KeyVault& keys);

// Neither is there in a case that came without people (a result of another system, carried over).
struct People {
  std::optional<PersonView> applicant, agent;
};
BOOST_DESCRIBE_STRUCT(People, (), (applicant, agent))

// Who may read the case is judged before (read_case). Throws store::Failure where the ledger or the sealed part is damaged.
People people_of(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const CaseState& s);
// Everything, for who has been let through by unmask_case.
People whole_people_of(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const CaseState& s);

}  // namespace yi::casework
