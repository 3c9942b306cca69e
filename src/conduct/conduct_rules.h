#pragma once
// The rules of conduct: pure functions from the present state and a wish to a fact or a refusal.
#include <functional>
#include <memory>

#include "base/result.h"
#include "conduct/clauses.h"
#include "conduct/conduct.h"

namespace yi::conduct {

enum class ConductRefused {
  no_account, unknown_account, unknown_department, no_list, other_version, signed_already, future, wrong_clause, words_missing, bad_uscc, bad_value, unknown_gift, settled_already, own_gift,
  unknown_report, about_nobody, own_report, taken_already, not_taken, report_open, nobody_came, people_lost
};
Refusal refusal(ConductRefused what);
std::vector<std::string> conduct_refusal_codes();

struct ConductPerson {
  std::string name;
  DepartmentCode department;
};
struct ConductGround {
  std::shared_ptr<const ConductRules> rules;
  // A member of the staff, not suspended; nothing for others.
  std::function<std::optional<ConductPerson>(const std::string& account)> person;
  std::function<bool(const DepartmentCode&)> known_department;
};
struct ConductContext {
  const ConductGround& ground;
  CivilDay today;
  const std::string& account;
};

Result<PledgeSigned> decide(const PledgeState* s, const SignPledge& c, const ConductContext& x);
Result<ContactRegistered> decide(const RegisterContact& c, const ConductContext& x);
Result<GiftHandedIn> decide(const HandInGift& c, const ConductContext& x);
Result<GiftSettled> decide(const GiftState* s, const SettleGift& c, const ConductContext& x);
struct DecidedReport {
  ReportMade fact;                // without its sealed parts
  ReportPeople people;
};
Result<DecidedReport> decide(const MakeReport& c, const ConductContext& x);
// `people`: of the report, opened; nothing where there is no report, or they do not open: then nobody may handle it, as nobody can
// be held against them.
Result<ReportTaken> decide(const ReportState* s, const std::optional<ReportPeople>& people, const TakeReport& c, const ConductContext& x);
Result<ReportSettled> decide(const ReportState* s, const std::optional<ReportPeople>& people, const SettleReport& c, const ConductContext& x);
Result<TrainingRecorded> decide(const RecordTraining& c, const ConductContext& x);
// Whether the account may read and handle the report: nobody one about or by themself.
bool may_handle(const ReportPeople& people, const std::string& account);

}  // namespace yi::conduct
