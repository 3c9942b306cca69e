#include "casework/persons.h"

#include "casework/queue.h"
#include "crypto/masking.h"

namespace yi::casework {
namespace {

enum class Show {
  name,    // masked, and nothing else
  masked,
  whole
};

Show show_to(const identity::Viewer& viewer, const CaseState& s, SubjectId whose) {
  if (viewer.is_applicant_of(whose)) return Show::whole;
  // The one side of an application sees the other masked: what they gave in for each other they have on their own papers.
  if (!viewer.is_staff() || viewer.may_see_personal_of(s.department)) return Show::masked;
  return Show::name;
}

void put(std::optional<std::string>& into, Show show, const std::string& value, std::string (*mask)(std::string_view)) {
  if (!value.empty() && show != Show::name) into = show == Show::whole ? value : mask(value);
}

// A body's name and code are in the public register (企业信息公示暂行条例 §6) and no personal information; who acts for it is.
PersonView shown(const ApplicantPerson& p, ApplicantKind kind, Show show) {
  PersonView v;
  const bool body = kind == ApplicantKind::legal;
  const std::string name = p.name;
  if (!name.empty()) v.name = show == Show::whole || body ? name : crypto::mask_name(name);
  if (p.id_number && body) v.id_number = *p.id_number;
  else put(v.id_number, show, p.id_number.value_or(""), crypto::mask_id_number);
  put(v.phone, show, p.phone.value_or(""), crypto::mask_phone);
  put(v.address, show, p.address.value_or(""), crypto::mask_address);
  put(v.legal_representative, show, p.legal_representative.value_or(""), crypto::mask_name);
  v.masked = show != Show::whole;
  return v;
}
PersonView blank() {
  PersonView v;
  v.masked = false;
  v.erased = true;
  return v;
}

People people(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const CaseState& s, Show of_applicant, Show of_agent) {
  People out;
  if (s.first_fact == 0) return out;
  KeptFact kept{s.first_fact, {}};
  reader.events(centre, kept.seq, kept.seq, [&](const store::LedgerRow& row) {
    kept.bytes = row.record;
    return true;
  });
  if (kept.bytes.empty()) return out;
  const auto fact = kept.fact(centre);
  if (fact.record.name != Received::kName && fact.record.name != Submitted::kName) return out;
  const auto opening = fact.as<Received>();  // both facts have the one shape
  const auto place = [&](std::string_view part) { return store::SealedPlace{centre, fact.record.name, fact.record.stream, part}; };
  if (opening.sealed) {
    const auto p = keys.open<ApplicantPerson>(*opening.sealed, s.subject, place("sealed"));
    out.applicant = p ? shown(*p, s.applicant_kind, of_applicant) : blank();
  } else if (opening.applicant) {  // a ledger from before sealing
    out.applicant = shown({*opening.applicant, opening.applicant_id, {}, {}, {}}, s.applicant_kind, of_applicant);
  }
  if (opening.agent_sealed) {
    const auto p = keys.open<AgentPerson>(*opening.agent_sealed, s.agent, place("agent_sealed"));
    out.agent = p ? shown({Text<120>(std::string(p->name)), p->id_number, p->phone, {}, {}}, ApplicantKind::natural, of_agent) : blank();
    out.agent->label = "代办";
  }
  return out;
}

}  // namespace

People people_of(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const CaseState& s) {
  return people(reader, keys, centre, s, show_to(viewer, s, s.subject), show_to(viewer, s, s.agent));
}

People whole_people_of(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const CaseState& s) {
  return people(reader, keys, centre, s, Show::whole, Show::whole);
}

}  // namespace yi::casework
