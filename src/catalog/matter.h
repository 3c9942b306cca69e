#pragma once
// A matter (事项): what is applied for, within which limits, with which papers, and what its own law says about its
// course. Plain values, checked and completed by Catalog::load; the meaning of every field is in docs/catalog.md.
// What the file leaves out and a rule fills in (extension) is filled when the catalogue is loaded; what the centre's settings fill in is
// asked for a day, so that a reader asks the matter alone.
#include <boost/describe.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace yi::catalog {

using SourceCode = Code<struct SourceTag>;

// Where an entry comes from. unverified: no published page of this province says so; a centre checks it before use.
struct Provenance {
  std::vector<SourceCode> source;  // never empty
  bool unverified = false;
};

enum class Unit { working, calendar };
BOOST_DESCRIBE_ENUM(Unit, working, calendar)

// A length of time in days of one unit; 1..366.
struct Limit {
  int days = 0;
  Unit unit{};
  std::string basis;        // law and article; "承诺" for a promise
  bool unverified = false;  // the article itself is not certain
};

// GB/T 39046 annex A.1; the file holds the two digits.
enum class MatterKind { permit, benefit, confirmation, award, ruling, other, public_service };
BOOST_DESCRIBE_ENUM(MatterKind, permit, benefit, confirmation, award, ruling, other, public_service)
std::string_view kind_code(MatterKind k);  // "01"
std::string_view kind_name(MatterKind k);  // "行政许可"

enum class CaseType { instant, promised };  // 即办件, 承诺件
BOOST_DESCRIBE_ENUM(CaseType, instant, promised)
enum class MaterialForm { original, copy, electronic };
BOOST_DESCRIBE_ENUM(MaterialForm, original, copy, electronic)
enum class Provider { applicant, government, third_party };
BOOST_DESCRIBE_ENUM(Provider, applicant, government, third_party)
enum class ResultType { licence, certificate, approval, receipt, letter };
BOOST_DESCRIBE_ENUM(ResultType, licence, certificate, approval, receipt, letter)

struct Material {
  std::string name;  // unique within its matter
  bool required = true;
  std::optional<std::string> condition;  // given exactly when it is not always required
  int copies = 1;                        // 1..20
  MaterialForm form{};
  Provider provider{};
  // 容缺: a main material (the first one of a matter always is) is never deferred; a deferred one follows within
  // deferral_days of the promise's unit, counted as the promise is, and never more than it. 0: not deferrable.
  bool main = false;
  bool deferrable = false;
  int deferral_days = 0;
  // 告知承诺: the applicant's commitment may stand in the place of this proof. Never together with deferrable.
  bool commitment = false;
};

// 网上办理深度: what of a matter can be done online, one after the other. The names are those of item lists that anybody can read; the
// text of GB/T 39554.2 was not read and two numberings were met, so they go by their names (docs/decisions/0050).
enum class OnlineDepth { consult, receive, pre_review, accept, handle, result_feedback, licence_feedback };
BOOST_DESCRIBE_ENUM(OnlineDepth, consult, receive, pre_review, accept, handle, result_feedback, licence_feedback)

struct MatterResult {
  std::string name;
  ResultType type{};
};

// 延期: who may add how many days, once. The head of the authority (本机关负责人), or of the government of its level.
enum class Approver { authority_head, government_head };
BOOST_DESCRIBE_ENUM(Approver, authority_head, government_head)
struct Extension {
  int days = 0;  // 1..366, in the unit of the statutory limit
  Unit unit{};
  std::string basis;  // law and article
  Approver approver{};
  bool unverified = false;
};

// 行政许可法 §26: one department takes in for several, or several decide together; then 45 working days, and 15 more
// by the head of the government (§42(2)). Only where the basis is recorded.
struct JointHandling {
  std::string basis;
  std::vector<DepartmentCode> departments;  // who decides with the matter's own department
};

enum class QuotaPeriod { total, year, month };
BOOST_DESCRIBE_ENUM(QuotaPeriod, total, year, month)
// 行政许可法 §57: a permit of limited number goes by the order of acceptance.
struct QuantityLimit {
  int count = 0;  // 1..1,000,000 grants in one period
  QuotaPeriod period{};
  std::string basis;
};

// What holds while the applicant supplies what was missing (补正).
struct CorrectionRule {
  std::optional<int> own_days;  // working days that the applicant has; 1..366; else the centre's setting of the day
  // A correction asked for after acceptance stops the clock only where a basis says so: 行政许可法 §45 does not name it.
  bool pauses_after_acceptance = false;
  std::string basis;  // of the pause; empty when it does not pause
};

// A sentence prepared for the one notice that lists everything (一次性告知).
struct CorrectionText {
  std::string material;  // name of a material of the matter
  std::string wrong, right;
};

// 特别程序 that may occur: the eight reasons of 行政许可法 §45, and no others.
enum class SuspensionKind { hearing, bidding, auction, inspection, test, quarantine, appraisal, expert_review };
BOOST_DESCRIBE_ENUM(SuspensionKind, hearing, bidding, auction, inspection, test, quarantine, appraisal, expert_review)
std::string_view suspension_name(SuspensionKind k);  // "听证", as calendar::pause_basis reads it
struct SuspensionRule {
  SuspensionKind kind{};
  int days = 0;  // working days that it usually takes; told to the applicant in writing; 1..366
  std::string basis;  // permits: 行政许可法 §45; others write their own
};

// 环节: one after the other within the promise. Their days, of the promise's unit, do not exceed it together.
struct Step {
  std::string code;  // small letters, unique within the matter
  std::string name;
  DepartmentCode department;  // the matter's own where the file names none
  int days = 0;
  Unit unit{};
  bool suspension = false;  // a special procedure may begin here
};

// 行政复议 and 行政诉讼, for every refusal.
struct Remedies {
  std::string review_body, court;
  std::optional<std::string> text;  // the matter's own remedies, where its law sets another period, another body or an order of both
};

struct Fee {
  std::string name, standard, basis;
};

class SettingsHistory;

struct Matter {
  MatterCode code;
  // Raised when what a running case relies on changes; the former text stays in matters-history.yaml.
  int version = 1;
  std::optional<CivilDay> since;             // the first day of this version; always when version > 1
  std::optional<std::string> national_code;  // 基本编码, 12 digits
  std::string name;                          // unique within its department
  DepartmentCode department;
  MatterKind kind{};
  // 行政许可法 §30 wants them shown. Empty: nobody has recorded them, and pages say so.
  std::vector<std::string> basis;       // 设定依据: law and article that the matter rests on
  std::vector<std::string> conditions;  // 办理条件
  CaseType case_type{};
  std::optional<Limit> statutory;  // every permit has one (行政许可法 §42 when no other law sets it)
  std::optional<Limit> promised;   // exactly the 承诺件; same unit as statutory and never longer
  std::optional<Limit> delivery;   // only where the matter's own basis sets one; permits: 行政许可法 §44 is the code's
  // Empty: no extension. A permit whose limit is §42's has §42's (10 by the authority's head; joint: 15 by the
  // government's); every other permit says in the file what its own law says; other kinds only with a basis.
  std::optional<Extension> extension;
  std::optional<JointHandling> joint;  // permits only; the statutory limit is then 45 working days of §42
  bool preliminary_review = false;     // §§35, 43: the lower authority reviews first, within 20 working days; permits only
  std::optional<QuantityLimit> quantity_limit;  // permits only
  std::vector<int> audience;       // GB/T 39046 annex A.4: 1..6, ascending
  int visits = 0;                  // trips to the hall, 0..5
  std::vector<OnlineDepth> online_depth;   // ascending; empty: nobody has recorded it, and pages say so
  std::vector<std::string> life_stages;    // of Catalog::stages: under which a person or a body looks for it; may be empty
  std::optional<std::string> offline_reason;  // why it cannot be applied for online (涉密、法律另有规定): 优化营商环境条例 §37 makes online the rule
  bool direct_receipt = false;     // an online application is received at once, without pre-review (预审)
  std::vector<Material> materials;  // never empty
  std::optional<std::string> commitment_excluded_reason;  // why 告知承诺 is not offered at all
  CorrectionRule correction;
  std::vector<CorrectionText> correction_texts;
  std::vector<Step> steps;                  // only for 承诺件; may be empty
  std::vector<SuspensionRule> suspensions;  // each kind at most once
  MatterResult result;
  std::optional<DepartmentCode> regulator;  // 审管衔接: who supervises what was granted
  std::optional<std::string> own_review_body, own_court;
  std::optional<std::string> own_remedy;  // the matter's own remedies, where its law sets another period, another body or an order of both
  std::optional<Fee> fee;                 // empty: free of charge
  std::optional<std::string> own_contact, department_phone, own_service_hours;
  std::optional<std::string> note;
  Provenance from;
  std::string entry;  // as the file, or the ledger's change, has it: one JSON object without version and since
  const Material* find_material(std::string_view name) const;

  // What the matter has no own word for is the centre's setting of the day that the question is about (docs/decisions/0028): so a changed
  // setting moves no limit that runs.
  std::shared_ptr<const SettingsHistory> settings;
  int correction_days(CivilDay asked_on) const;               // working days
  bool extension_moves_promise(CivilDay accepted_on) const;   // by the same days
  Remedies remedies_on(CivilDay day) const;
  std::string contact_on(CivilDay day) const;        // phone for questions; own, else the department's, else the centre's
  std::string service_hours_on(CivilDay day) const;  // own, else the hall's: 工作日 09:00—12:00、13:00—17:00
};

// Whether the statutory limit is that of 行政许可法 §42 itself, and not another law's.
bool limit_of_permit_law(const Matter& m);

}  // namespace yi::catalog
