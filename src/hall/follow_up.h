#pragma once
// Follow-ups (交办件, docs/decisions/0031): bad ratings, unresolved matters, problems that leaders take away. Facts, wishes, state.
// Stream: "follow_up:<n>", n the ledger position of what opened it.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "engine/guard.h"
#include "store/sealed.h"

namespace yi::hall {

using FollowUpId = Id<struct FollowUpTag>;

// paper_evaluation: a bad one of a sheet that the staff has typed; its course is a bad rating's, its figures stand apart.
enum class FollowUpKind { bad_rating, unresolved, leader_problem, paper_evaluation };
BOOST_DESCRIBE_ENUM(FollowUpKind, bad_rating, unresolved, leader_problem, paper_evaluation)
inline constexpr FollowUpKind kFollowUpKinds[] = {FollowUpKind::bad_rating, FollowUpKind::unresolved, FollowUpKind::leader_problem, FollowUpKind::paper_evaluation};
constexpr bool is_rating(FollowUpKind k) { return k == FollowUpKind::bad_rating || k == FollowUpKind::paper_evaluation; }
std::string_view chinese_name(FollowUpKind k);

// What a centre has agreed on (data/<province>/follow_ups.yaml).
struct FollowUpClass {
  std::string code, name;
  int days = 0;  // working days from the day of sorting
};
struct FollowUpRule {
  FollowUpKind kind{};
  int sort_days = 1;  // working days from the day of opening
  int appeal_days = 5;  // of a rating: working days from the day of the appeal until it is decided
  std::vector<FollowUpClass> classes;
  const FollowUpClass* find(std::string_view code) const;
};
struct FollowUpRules {
  std::vector<FollowUpRule> kinds;  // one of each
  // Refusals of base/yaml.h, "hall.bad_follow_ups".
  static Result<FollowUpRules> load(const std::filesystem::path& file);
  const FollowUpRule& of(FollowUpKind k) const;
};

struct Reporter {
  Text<60> name;
  std::optional<Text<20>> phone;
};
BOOST_DESCRIBE_STRUCT(Reporter, (), (name, phone))
// Sealed: what somebody said, and who, where they wished to leave it.
struct Said {
  std::optional<Text<60>> name = {};
  std::optional<Text<20>> phone = {};
  std::optional<Text<1000>> words = {};  // none: of a ledger written before they were sealed
};
BOOST_DESCRIBE_STRUCT(Said, (), (name, phone, words))
// 办不成事反映窗口.
struct UnresolvedRegistered {
  static constexpr std::string_view kName = "hall.unresolved_registered/1";
  std::optional<WindowCode> window;
  std::optional<DepartmentCode> department;  // that could not do it
  std::optional<MatterCode> matter;
  std::optional<CaseId> case_id;
  std::optional<Text<1000>> words;           // in ledgers written before they were sealed, as a problem's
  Text<64> by;
  std::optional<SubjectId> reporter;         // whose key seals it: of who left a number, else of these words alone
  std::optional<store::SealedText> sealed;   // Said
  std::optional<bool> reachable = {};        // left a telephone number; none: of an older ledger
};
BOOST_DESCRIBE_STRUCT(UnresolvedRegistered, (), (window, department, matter, case_id, words, by, reporter, sealed, reachable))
struct ProblemTaken {
  static constexpr std::string_view kName = "hall.problem_taken/1";
  DepartmentCode leader_of;  // whose leader stood duty
  Text<60> leader;
  std::optional<DepartmentCode> department;  // that it concerns
  std::optional<Text<1000>> words;
  Text<64> by;
  std::optional<SubjectId> subject = {};
  std::optional<store::SealedText> sealed = {};  // Said
};
BOOST_DESCRIBE_STRUCT(ProblemTaken, (), (leader_of, leader, department, words, by, subject, sealed))

struct FollowUpSorted {
  static constexpr std::string_view kName = "hall.follow_up_sorted/1";
  FollowUpId follow_up;
  Text<40> sort;              // the class's code
  DepartmentCode lead;
  CivilDay due;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(FollowUpSorted, (), (follow_up, sort, lead, due, by))
struct FollowUpDeclined {
  static constexpr std::string_view kName = "hall.follow_up_declined/1";
  FollowUpId follow_up;
  Text<500> reason;           // and where to turn
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(FollowUpDeclined, (), (follow_up, reason, by))
struct FollowUpExtended {
  static constexpr std::string_view kName = "hall.follow_up_extended/1";
  FollowUpId follow_up;
  CivilDay due;
  Text<500> reason;           // as the person was told
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(FollowUpExtended, (), (follow_up, due, reason, by))
enum class Finding { true_, mistaken, malicious, lawful };  // 属实 / 误评误解 / 恶意 / 依法如此
BOOST_DESCRIBE_ENUM(Finding, true_, mistaken, malicious, lawful)
struct FollowUpAnswered {
  static constexpr std::string_view kName = "hall.follow_up_answered/1";
  FollowUpId follow_up;
  Finding finding{};
  Text<1000> measure;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(FollowUpAnswered, (), (follow_up, finding, measure, by))
struct EvaluationAppealed {
  static constexpr std::string_view kName = "hall.evaluation_appealed/1";
  FollowUpId follow_up;
  Text<500> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(EvaluationAppealed, (), (follow_up, reason, by))
struct AppealDecided {
  static constexpr std::string_view kName = "hall.appeal_decided/1";
  FollowUpId follow_up;
  bool upheld = false;
  Text<500> reason;
  Text<64> by;
  std::optional<CivilDay> due = {};  // not upheld: the answer's new day, the appeal's time not counted; none where it was past already
};
BOOST_DESCRIBE_STRUCT(AppealDecided, (), (follow_up, upheld, reason, by, due))
struct FollowUpCalledBack {
  static constexpr std::string_view kName = "hall.follow_up_called_back/1";
  FollowUpId follow_up;
  bool reached = false, content = false;
  bool closes = false;
  std::optional<CivilDay> due;  // opened again until then
  std::optional<Text<500>> note;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(FollowUpCalledBack, (), (follow_up, reached, content, closes, due, note, by))
// 无联系方式，无法回访: who rated or told left no way to be reached. It closes what was answered, and is no call.
struct FollowUpUnreachable {
  static constexpr std::string_view kName = "hall.follow_up_unreachable/1";
  FollowUpId follow_up;
  Text<500> reason;           // where a contact was looked for
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(FollowUpUnreachable, (), (follow_up, reason, by))

struct RegisterUnresolved {
  std::optional<WindowCode> window;
  std::optional<DepartmentCode> department;
  std::optional<MatterCode> matter;
  std::optional<CaseId> case_id;
  Text<1000> words;
  std::optional<Reporter> reporter;
};
BOOST_DESCRIBE_STRUCT(RegisterUnresolved, (), (window, department, matter, case_id, words, reporter))
struct TakeProblem {
  DepartmentCode leader_of;
  Text<60> leader;
  std::optional<DepartmentCode> department;
  Text<1000> words;
};
BOOST_DESCRIBE_STRUCT(TakeProblem, (), (leader_of, leader, department, words))
struct SortFollowUp {
  FollowUpId follow_up;
  Text<40> sort;
  DepartmentCode lead;
};
BOOST_DESCRIBE_STRUCT(SortFollowUp, (), (follow_up, sort, lead))
struct DeclineFollowUp {
  FollowUpId follow_up;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(DeclineFollowUp, (), (follow_up, reason))
struct ExtendFollowUp {
  FollowUpId follow_up;
  std::int32_t days = 0;  // working days, at most the class's own
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ExtendFollowUp, (), (follow_up, days, reason))
struct AnswerFollowUp {
  FollowUpId follow_up;
  Finding finding{};
  Text<1000> measure;
};
BOOST_DESCRIBE_STRUCT(AnswerFollowUp, (), (follow_up, finding, measure))
struct AppealEvaluation {
  FollowUpId follow_up;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(AppealEvaluation, (), (follow_up, reason))
struct DecideAppeal {
  FollowUpId follow_up;
  bool upheld = false;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(DecideAppeal, (), (follow_up, upheld, reason))
struct CallBack {
  FollowUpId follow_up;
  bool reached = false, content = false;
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(CallBack, (), (follow_up, reached, content, note))
struct NoContactLeft {
  FollowUpId follow_up;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(NoContactLeft, (), (follow_up, reason))

// 不满意; 5 非常不满意 (GB/T 39046 A.8).
inline constexpr int kBadLevel = 4;

enum class FollowUpStage { opened, sorted, appealed, answered, closed, declined };
BOOST_DESCRIBE_ENUM(FollowUpStage, opened, sorted, appealed, answered, closed, declined)
struct FollowUpState {
  FollowUpKind kind{};
  FollowUpStage stage = FollowUpStage::opened;
  std::string department, window;  // whom it is about
  std::string sort, lead;
  CivilDay opened{};
  std::optional<CivilDay> due;     // of the answer, or of the second one
  std::optional<CivilDay> answered;
  int extended = 0, reopened = 0;
  bool upheld = false, content = false;
  std::string appealed_by;  // "": it was not
  int tries = 0;         // calls back that reached nobody
  bool reached = false, late = false;  // late: an answer came after its day
  bool reachable = true;               // a number was left with it; a case's own is looked for when it is asked for (can_be_called)
  bool unreachable = false;            // closed without a call: nobody left one
  std::optional<CivilDay> appealed{};  // since when the clock stands still, or the last time it did
  std::int64_t subject = 0;            // whose key seals what was said, and the number; 0: nobody's
  std::int64_t case_id = 0;            // 0: of no case
  std::optional<CivilDay> appeal_decided{};

  static const store::View& view();
  void append_row(store::Row& r) const;
  static FollowUpState from(const store::Row& r);
};
class FollowUpGuard : public engine::GuardTable<std::int64_t, FollowUpState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  // Of committed state: whether a follow-up that is not over lies under the subject's key.
  bool is_open(SubjectId subject);
  store::Reader& reader_of_table() { return table_reader(); }  // the lane's, for what was committed
};

}  // namespace yi::hall
