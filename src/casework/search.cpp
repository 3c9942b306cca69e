#include "casework/search.h"

#include <charconv>
#include <functional>

#include "base/text.h"
#include "casework/guards.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using store::BlindKind;
using store::Type;
using store::ViewKind;

constexpr const char* kByPhone = "phone";
constexpr int kLookedAt = 500;  // cases of one person or phone

// An erasure takes the rows: nobody finds the person again.
const store::View& party_view() {
  static const store::View v{"casework_party", 1, ViewKind::report, 3,
                             {{"centre", Type::integer}, {"blind", Type::bytes, store::Merge::replace, store::Personal::sealed}, {"case_id", Type::integer},
                              {"subject", Type::integer}},
                             {{"centre", "subject"}}, "subject"};
  return v;
}

class PartyReport : public engine::Report {
 public:
  const store::View& view() const override { return party_view(); }
  std::vector<std::string_view> listens_to() const override { return {Submitted::kName, Received::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    if (!f.keys) return;
    const auto n = f.node();
    put<ApplicantPerson>(f, n, "subject", "sealed", out);
    put<AgentPerson>(f, n, "agent", "agent_sealed", out);
  }

 private:
  template <class P>
  static void put(const RecordedFact& f, json::Node n, const char* whose, const char* part, store::RowBuffer& out) {
    SubjectId subject;
    std::optional<SealedText> sealed;
    json::Reading r;
    const auto s = n.find(whose);
    const auto t = n.find(part);
    if (!s || !t || !json::read_node(*s, subject, r) || !json::read_node(*t, sealed, r)) return;
    const auto person = f.open<P>(sealed, subject, part);
    if (!person || !person->phone || person->phone->empty()) return;
    out.put({f.centre.value, f.keys->blind(BlindKind::phone, *person->phone), case_of(f).value, subject.value});
  }
};

const store::View& certificate_view() {
  static const store::View v{"casework_certificate", 1, ViewKind::report, 3, {{"centre", Type::integer}, {"number", Type::text}, {"case_id", Type::integer}}};
  return v;
}

// A certificate's number is no secret of the person's: it hangs on the wall.
class CertificateReport : public engine::Report {
 public:
  const store::View& view() const override { return certificate_view(); }
  std::vector<std::string_view> listens_to() const override { return {Decided::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto number = f.node().find("certificate_number");
    if (!number || number->kind() != json::Kind::string) return;
    out.put({f.centre.value, store::normalised(BlindKind::certificate, number->string()), case_of(f).value});
  }
};

// A case number as it is printed or scanned, or a case's own id.
std::optional<CaseId> id_of_number(std::string_view text) {
  if (text.size() != 14) return case_of_number(text);
  CaseId id;
  const auto r = std::from_chars(text.data(), text.data() + text.size(), id.value);
  return r.ec == std::errc{} && r.ptr == text.data() + text.size() ? std::optional(id) : std::nullopt;
}

class Search {
 public:
  Search(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre) : reader_(reader), keys_(keys), viewer_(viewer), centre_(centre) {}

  void by_number(std::string_view text) {
    if (const auto id = id_of_number(text))
      add(*id, "number", [&](const CaseState& s) { return text.size() == 14 || std::string_view(s.number).starts_with(text); });
  }
  void by_foreign_number(const catalog::Catalog& catalog, std::string_view text) {
    for (const auto& department : catalog.departments())
      if (const auto id = reader_.select("SELECT case_id FROM casework_foreign WHERE centre=$1 AND number=$2", {centre_.value, ForeignGuard::key(department.code, text)})->next_integer())
        add({id}, "foreign_number", [](const CaseState&) { return true; });
  }
  void by_certificate(std::string_view text) {
    add_all("SELECT case_id FROM casework_certificate WHERE centre=$1 AND number=$2 ORDER BY case_id DESC LIMIT $3", store::normalised(BlindKind::certificate, text), "certificate_number",
            [](const CaseState&) { return true; });
  }
  void by_person(std::string_view text) {
    for (const auto kind : {BlindKind::citizen, BlindKind::uscc, BlindKind::other})
      if (const auto subject = identity::find_subject(reader_, keys_, centre_, viewer_, kind, text))
        add_all("SELECT case_id FROM casework_own WHERE centre=$1 AND subject=$2 ORDER BY case_id DESC LIMIT $3", subject->value, "id_number", [this](const CaseState& s) { return people_open(s); }, *subject);
  }
  void by_phone(std::string_view text) {
    add_all("SELECT case_id FROM casework_party WHERE centre=$1 AND blind=$2 ORDER BY case_id DESC LIMIT $3", store::Value::blob(keys_.blind(BlindKind::phone, text)), kByPhone,
            [this](const CaseState& s) { return people_open(s); });
  }
  Found take() { return {std::move(found_), std::move(by_person_)}; }

 private:
  using Fits = std::function<bool(const CaseState&)>;
  bool people_open(const CaseState& s) const {
    return viewer_.is_applicant_of(s.subject) || viewer_.is_applicant_of(s.agent) || viewer_.may_see_personal_of(s.department);
  }
  void add_all(const char* sql, store::Value key, const char* matched, const Fits& fits, SubjectId whose = {}) {
    std::vector<std::int64_t> ids;
    {
      auto c = reader_.select(sql, {centre_.value, std::move(key), kLookedAt});
      while (c->next()) ids.push_back(c->integer(0));
    }
    for (const auto id : ids)
      if (add({id}, matched, fits) && (whose || matched == kByPhone)) by_person_.emplace_back(CaseId{id}, whose ? whose : subject_);
  }
  bool add(CaseId id, const char* matched, const Fits& fits) {
    if (static_cast<int>(found_.size()) >= kMostFound) return false;
    for (const auto& f : found_)
      if (f.case_id == id) return false;
    const auto s = read_case(reader_, viewer_, centre_, id);
    if (!s || !fits(*s)) return false;
    subject_ = s->subject;
    found_.push_back({id, std::string(std::string_view(s->number)), matched, s->matter, std::string(chinese_name(s->at.stage, s->permit())),
                      people_of(reader_, keys_, viewer_, centre_, *s).applicant});
    return true;
  }
  store::Reader& reader_;
  const store::KeyVault& keys_;
  const identity::Viewer& viewer_;
  CentreCode centre_;
  SubjectId subject_;  // the applicant of the case added last
  std::vector<FoundCase> found_;
  std::vector<std::pair<CaseId, SubjectId>> by_person_;
};

}  // namespace

Result<Found> search_cases(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const Ground& ground,
                                            std::string_view asked) {
  YI_CHECK(viewer.require(identity::Question::read_cases));
  Search search(reader, keys, viewer, centre);
  const auto text = trim(asked);
  if (text.empty()) return search.take();
  search.by_number(text);
  search.by_foreign_number(*ground.catalog, text);
  search.by_certificate(text);
  search.by_person(text);
  search.by_phone(text);
  return search.take();
}

bool could_be_a_person(std::string_view text) {
  const auto phone = store::normalised(BlindKind::phone, text);
  return phone.size() >= 5 && phone.size() != 14 && phone.size() < 20;  // 14 digits: a case's id; from 20: a case's number
}

void add_search_reports(engine::Registry& registry) {
  registry.add_report<PartyReport>();
  registry.add_report<CertificateReport>();
}

}  // namespace yi::casework
