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
  const auto opened = open_people(kept.fact(centre), keys);
  if (opened.applicant) out.applicant = shown(*opened.applicant, s.applicant_kind, of_applicant);
  else if (opened.applicant_erased) out.applicant = blank();
  if (const auto& a = opened.agent) out.agent = shown({Text<120>(std::string(a->name)), a->id_number, a->phone, {}, {}}, ApplicantKind::natural, of_agent);
  else if (opened.agent_erased) out.agent = blank();
  if (out.agent) out.agent->label = "代办";
  return out;
}

}  // namespace

OpenedPeople open_people(const engine::RecordedFact& fact, const store::KeyVault& keys) {
  OpenedPeople out;
  if (fact.record.name != Received::kName && fact.record.name != Submitted::kName) return out;
  const Opening opening = fact.record.name == Submitted::kName ? static_cast<Opening>(fact.as<Submitted>()) : static_cast<Opening>(fact.as<Received>());
  const auto place = [&](std::string_view part) { return store::SealedPlace{fact.centre, fact.record.name, fact.record.stream, part}; };
  if (opening.sealed) {
    out.applicant = keys.open<ApplicantPerson>(*opening.sealed, opening.subject.value_or(SubjectId{}), place("sealed"));
    out.applicant_erased = !out.applicant;
  } else if (opening.applicant) {  // a ledger from before sealing
    out.applicant = ApplicantPerson{*opening.applicant, opening.applicant_id, {}, {}, {}};
  }
  if (opening.agent_sealed) {
    out.agent = keys.open<AgentPerson>(*opening.agent_sealed, opening.agent.value_or(SubjectId{}), place("agent_sealed"));
    out.agent_erased = !out.agent;
  }
  return out;
}

People people_of(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const CaseState& s) {
  return people(reader, keys, centre, s, show_to(viewer, s, s.subject), show_to(viewer, s, s.agent));
}

People whole_people_of(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const CaseState& s) {
  return people(reader, keys, centre, s, Show::whole, Show::whole);
}

}  // namespace yi::casework
