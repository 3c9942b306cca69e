#pragma once
// Conduct with business: facts, wishes, state (docs/decisions/0036). Streams: "pledge:<account>", "contact:<n>", "gift:<n>",
// "report:<n>" with n the ledger position of what opened it, "conduct_training:<day>".
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/guard.h"
#include "store/key_vault.h"
#include "store/sealed.h"

namespace yi::conduct {

using ContactId = Id<struct ContactTag>;
using GiftId = Id<struct GiftTag>;
using ReportId = Id<struct ReportTag>;

struct PledgeSigned {
  static constexpr std::string_view kName = "conduct.pledge_signed/1";
  Text<64> account;
  DepartmentCode department;
  std::int32_t year = 0;
  Text<40> version;               // of the list
};
BOOST_DESCRIBE_STRUCT(PledgeSigned, (), (account, department, year, version))

enum class Occasion { meeting, visit, training, reception, ceremony, meal, other };
BOOST_DESCRIBE_ENUM(Occasion, meeting, visit, training, reception, ceremony, meal, other)
// Sealed.
struct ContactWords {
  Text<120> enterprise;
  std::optional<Text<18>> uscc;
  std::optional<Text<200>> with;  // whom
  Text<500> about;
  std::optional<Text<200>> costs = {};  // who paid what
  std::optional<Text<120>> place = {};
};
BOOST_DESCRIBE_STRUCT(ContactWords, (), (enterprise, uscc, with, about, costs, place))
struct ContactRegistered {
  static constexpr std::string_view kName = "conduct.contact_registered/1";
  Text<64> account;
  DepartmentCode department;
  CivilDay day;
  Occasion occasion{};
  Text<20> clause;                // positive, under which it stands
  std::optional<Text<120>> place; // as costs: in ledgers written before it was sealed
  bool told_before = false;       // 事先报备
  std::optional<Text<200>> costs; // in ledgers written before it was sealed, as a gift's note
  SubjectId subject;              // the enterprise, or nobody else's
  std::optional<store::SealedText> sealed;
};
BOOST_DESCRIBE_STRUCT(ContactRegistered, (), (account, department, day, occasion, clause, place, told_before, costs, subject, sealed))

enum class GiftKind { thing, cash, card, other };
BOOST_DESCRIBE_ENUM(GiftKind, thing, cash, card, other)
struct GiftWords {
  Text<120> from;
  Text<200> what;
  Text<500> how;                  // how it came, and why it could not be refused
};
BOOST_DESCRIBE_STRUCT(GiftWords, (), (from, what, how))
struct GiftHandedIn {
  static constexpr std::string_view kName = "conduct.gift_handed_in/1";
  Text<64> account;
  DepartmentCode department;
  CivilDay received;
  GiftKind kind{};
  std::int32_t value_yuan = 0;    // estimated; 0..1,000,000
  SubjectId subject;
  std::optional<store::SealedText> sealed;
};
BOOST_DESCRIBE_STRUCT(GiftHandedIn, (), (account, department, received, kind, value_yuan, subject, sealed))
enum class GiftEnd { given_back, to_treasury, kept_by_centre, passed_on };  // 退还 / 上缴财政 / 集中保管 / 移送
BOOST_DESCRIBE_ENUM(GiftEnd, given_back, to_treasury, kept_by_centre, passed_on)
struct GiftSettled {
  static constexpr std::string_view kName = "conduct.gift_settled/1";
  GiftId gift;
  GiftEnd end{};
  std::optional<Text<500>> note;
  Text<64> by;
  SubjectId subject = {};
  std::optional<store::SealedText> sealed = {};  // GiftNote
};
BOOST_DESCRIBE_STRUCT(GiftSettled, (), (gift, end, note, by, subject, sealed))
struct GiftNote {
  Text<500> note;                 // receipt number, who witnessed
};
BOOST_DESCRIBE_STRUCT(GiftNote, (), (note))

enum class ReportChannel { staff, citizen, hotline, letter };
BOOST_DESCRIBE_ENUM(ReportChannel, staff, citizen, hotline, letter)
struct ReportWords {
  Text<1000> words;
  std::optional<Text<120>> reporter;  // name and how to reach them, where they want an answer
};
BOOST_DESCRIBE_STRUCT(ReportWords, (), (words, reporter))
// Sealed apart from the words: whoever lists or takes up reports is held against it, and reads no word.
struct ReportPeople {
  Text<64> by;                        // the account that gave it
  std::optional<Text<64>> about;      // an account
  std::optional<DepartmentCode> department;
};
BOOST_DESCRIBE_STRUCT(ReportPeople, (), (by, about, department))
// Its envelope names nobody (engine::Registry::nameless).
struct ReportMade {
  static constexpr std::string_view kName = "conduct.report_made/1";
  std::optional<Text<64>> by, about;  // these three: in ledgers written before they were sealed
  std::optional<DepartmentCode> department;
  Text<20> clause;                    // negative
  ReportChannel channel{};
  SubjectId subject;                  // of this report alone
  std::optional<store::SealedText> people = {};  // ReportPeople
  std::optional<store::SealedText> sealed = {};  // ReportWords
};
BOOST_DESCRIBE_STRUCT(ReportMade, (), (by, about, department, clause, channel, subject, people, sealed))
struct ReportTaken {
  static constexpr std::string_view kName = "conduct.report_taken/1";
  ReportId report;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ReportTaken, (), (report, by))
enum class ReportEnd { untrue, cleared, true_, passed_on };  // 不属实 / 予以澄清 / 属实，已处理 / 移送
BOOST_DESCRIBE_ENUM(ReportEnd, untrue, cleared, true_, passed_on)
struct EndWords {
  Text<1000> measure;
};
BOOST_DESCRIBE_STRUCT(EndWords, (), (measure))
struct ReportSettled {
  static constexpr std::string_view kName = "conduct.report_settled/1";
  ReportId report;
  ReportEnd end{};
  Text<64> by;
  SubjectId subject;
  std::optional<store::SealedText> sealed;  // EndWords
};
BOOST_DESCRIBE_STRUCT(ReportSettled, (), (report, end, by, subject, sealed))

struct TrainingRecorded {
  static constexpr std::string_view kName = "conduct.training_recorded/1";
  CivilDay day;
  Text<120> title;
  std::vector<Text<64>> accounts;     // who took part
  std::optional<Text<200>> material;
};
BOOST_DESCRIBE_STRUCT(TrainingRecorded, (), (day, title, accounts, material))

struct SignPledge {
  Text<40> version;               // as it was shown
};
BOOST_DESCRIBE_STRUCT(SignPledge, (), (version))
struct RegisterContact {
  CivilDay day;
  Occasion occasion{};
  Text<20> clause;
  Text<120> place;
  bool told_before = false;
  std::optional<Text<200>> costs;
  Text<120> enterprise;
  std::optional<Text<18>> uscc;
  std::optional<Text<200>> with;
  Text<500> about;
};
BOOST_DESCRIBE_STRUCT(RegisterContact, (), (day, occasion, clause, place, told_before, costs, enterprise, uscc, with, about))
struct HandInGift {
  CivilDay received;
  GiftKind kind{};
  std::int32_t value_yuan = 0;
  Text<120> from;
  Text<200> what;
  Text<500> how;
};
BOOST_DESCRIBE_STRUCT(HandInGift, (), (received, kind, value_yuan, from, what, how))
struct SettleGift {
  GiftId gift;
  GiftEnd end{};
  Text<500> note;
};
BOOST_DESCRIBE_STRUCT(SettleGift, (), (gift, end, note))
struct MakeReport {
  std::optional<Text<64>> about;
  std::optional<DepartmentCode> department;
  Text<20> clause;
  ReportChannel channel{};
  Text<1000> words;
  std::optional<Text<120>> reporter;
};
BOOST_DESCRIBE_STRUCT(MakeReport, (), (about, department, clause, channel, words, reporter))
struct TakeReport {
  ReportId report;
};
BOOST_DESCRIBE_STRUCT(TakeReport, (), (report))
struct SettleReport {
  ReportId report;
  ReportEnd end{};
  Text<1000> measure;
};
BOOST_DESCRIBE_STRUCT(SettleReport, (), (report, end, measure))
struct RecordTraining {
  CivilDay day;
  Text<120> title;
  std::vector<Text<64>> accounts;
  std::optional<Text<200>> material;
};
BOOST_DESCRIBE_STRUCT(RecordTraining, (), (day, title, accounts, material))

struct PledgeState {               // of an account and year
  std::string version;             // the last signed
  CivilDay day{};
  static const store::View& view();
  void append_row(store::Row& r) const;
  static PledgeState from(const store::Row& r) { return {r[2].s, CivilDay{static_cast<std::int32_t>(r[3].i)}}; }
};
class PledgeGuard : public engine::GuardTable<std::string, PledgeState> {
 public:
  static std::string key(std::string_view account, int year) { return std::string(account) + "/" + std::to_string(year); }
  std::vector<std::string_view> listens_to() const override { return {PledgeSigned::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
struct GiftState {
  std::string account, department;
  CivilDay received{};
  GiftKind kind{};
  std::int64_t value_yuan = 0;
  std::optional<GiftEnd> end;
  std::string note, settled_by;   // note: of a ledger written before it was sealed
  std::int64_t subject = 0;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static GiftState from(const store::Row& r);
};
class GiftGuard : public engine::GuardTable<std::int64_t, GiftState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {GiftHandedIn::kName, GiftSettled::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
enum class ReportStage { made, taken, settled };
BOOST_DESCRIBE_ENUM(ReportStage, made, taken, settled)
struct ReportState {
  std::string by, about, department;  // as the fact has them: of an older ledger
  std::string clause;
  ReportChannel channel{};
  ReportStage stage = ReportStage::made;
  CivilDay made{};
  std::string taken_by;
  std::optional<ReportEnd> end;
  std::int64_t subject = 0;
  std::string people;                 // sealed ReportPeople; "": of an older ledger
  static const store::View& view();
  void append_row(store::Row& r) const;
  static ReportState from(const store::Row& r);
};
std::string report_stream(ReportId id);  // "report:12"
// Whom the report is by and about; nothing where that was sealed and its key is gone. An open report's cannot be erased, but a
// restored backup may lack it. Throws store::Failure for damaged bytes.
std::optional<ReportPeople> people_of(ReportId id, const ReportState& s, const store::KeyVault& keys, CentreCode centre);
class ReportGuard : public engine::GuardTable<std::int64_t, ReportState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ReportMade::kName, ReportTaken::kName, ReportSettled::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  // Of committed state: whether an open report lies under the subject's key.
  bool is_open(SubjectId subject);
};

}  // namespace yi::conduct
