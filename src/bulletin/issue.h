#pragma once
// 一期周报在编发台上: opened, presented, signed off, issued, corrected (docs/decisions/0038). Facts, wishes, state.
// Stream: "bulletin:<week>". What is presented is what is issued: the text of both editions stands in the ledger from then on.
#include <optional>
#include <string>
#include <vector>

#include "bulletin/desk_rules.h"
#include "bulletin/item.h"
#include "store/sealed.h"

namespace yi::bulletin {

// A paper in pieces that a fact can hold (paper_record.h); the internal edition's are sealed, because it tells of people's leave.
using PaperPiece = Text<4'000>;
struct SealedPiece {
  PaperPiece text;
};
BOOST_DESCRIBE_STRUCT(SealedPiece, (), (text))

// One of the template's words, for one issue alone: "title.news", "windows", "duty", "leave.lead", "leave.annual", "digest.lead".
struct IssueWord {
  Text<40> key;
  Text<600> text;
};
BOOST_DESCRIBE_STRUCT(IssueWord, (), (key, text))

struct IssueOpened {
  static constexpr std::string_view kName = "bulletin.issue_opened/1";
  CivilDay week, to;
  Instant deadline;  // for departments' items
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(IssueOpened, (), (week, to, deadline, by))
struct WordsSet {
  static constexpr std::string_view kName = "bulletin.words_set/1";
  CivilDay week;
  std::vector<IssueWord> words;  // all of the issue's; set again, they replace what was there
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(WordsSet, (), (week, words, by))
// 送审.
struct IssuePresented {
  static constexpr std::string_view kName = "bulletin.issue_presented/1";
  CivilDay week;
  Text<64> digest;                    // of both texts: what each step signs
  Text<64> internal_sm3, public_sm3;  // of the text editions as files
  std::vector<SignOffStep> steps;
  Text<120> masthead, period, number_words;  // "第{number}期（总第{total_number}期）"
  Text<120> issuer;
  CivilDay issued_on;
  std::int32_t copies = 0;
  std::int64_t position = 0;          // of the ledger, when it was composed
  std::vector<Text<80>> acknowledged; // keys of the warnings that stood beside it
  Text<64> by;
  std::vector<PaperPiece> public_paper;
  SubjectId subject;
  std::vector<store::SealedText> internal_paper;  // SealedPiece, each sealed as the part "internal_<n>"
};
BOOST_DESCRIBE_STRUCT(IssuePresented, (), (week, digest, internal_sm3, public_sm3, steps, masthead, period, number_words, issuer, issued_on, copies, position, acknowledged, by, public_paper, subject, internal_paper))
struct IssueRecalled {
  static constexpr std::string_view kName = "bulletin.issue_recalled/1";
  CivilDay week;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(IssueRecalled, (), (week, by))
struct IssueSentBack {
  static constexpr std::string_view kName = "bulletin.issue_sent_back/1";
  CivilDay week;
  SignOffStep step{};
  Text<500> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(IssueSentBack, (), (week, step, reason, by))
struct StepPassed {
  static constexpr std::string_view kName = "bulletin.step_passed/1";
  CivilDay week;
  SignOffStep step{};
  Text<64> digest;
  std::optional<Text<500>> note;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(StepPassed, (), (week, step, digest, note, by))
// 签发: from here on the bulletin is a fact. `presented` is the ledger position of the text that was signed.
struct IssueSigned {
  static constexpr std::string_view kName = "bulletin.issued/1";
  CivilDay week;
  std::int32_t number = 0, total_number = 0;
  Text<120> number_words;  // "第25期（总第300期）"
  CivilDay issued_on;
  Text<64> digest, internal_sm3, public_sm3;
  std::int64_t presented = 0;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(IssueSigned, (), (week, number, total_number, number_words, issued_on, digest, internal_sm3, public_sm3, presented, by))

struct CorrectionEntry {
  Text<500> was, now;
};
BOOST_DESCRIBE_STRUCT(CorrectionEntry, (), (was, now))
// 更正: drafted by one, issued by another. One that touches the internal edition alone is sealed.
struct CorrectionDrafted {
  static constexpr std::string_view kName = "bulletin.correction_drafted/1";
  CivilDay week;
  std::int32_t correction = 0;  // from 1 in its issue
  bool internal = false;
  Text<64> sm3;                 // of its text
  CivilDay on;
  Text<64> by;
  std::vector<PaperPiece> paper;
  std::optional<SubjectId> subject;
  std::vector<store::SealedText> sealed_paper;
  std::vector<Text<80>> acknowledged;  // keys of the warnings that whoever drafted it has seen
};
BOOST_DESCRIBE_STRUCT(CorrectionDrafted, (), (week, correction, internal, sm3, on, by, paper, subject, sealed_paper, acknowledged))
struct CorrectionDropped {
  static constexpr std::string_view kName = "bulletin.correction_dropped/1";
  CivilDay week;
  std::int32_t correction = 0;
  Text<500> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(CorrectionDropped, (), (week, correction, reason, by))
struct CorrectionIssued {
  static constexpr std::string_view kName = "bulletin.correction_issued/1";
  CivilDay week;
  std::int32_t correction = 0;
  Text<64> sm3;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(CorrectionIssued, (), (week, correction, sm3, by))

struct OpenIssue {
  CivilDay from, to;
  std::optional<Instant> deadline;  // none: the centre's rule
};
BOOST_DESCRIBE_STRUCT(OpenIssue, (), (from, to, deadline))
struct SetWords {
  CivilDay week;
  std::vector<IssueWord> words;
};
BOOST_DESCRIBE_STRUCT(SetWords, (), (week, words))
// The program's own: a door composes, and has the lane record what it composed.
struct RecordPresentation {
  CivilDay week;
  Text<64> digest, internal_sm3, public_sm3;
  Text<120> masthead, period, number_words, issuer;
  CivilDay issued_on;
  std::int32_t copies = 0;
  std::int64_t position = 0;
  std::int64_t changes = 0;  // IssueState::changes that the composition saw
  std::vector<Text<80>> acknowledged;
  std::vector<PaperPiece> public_paper, internal_paper;
};
BOOST_DESCRIBE_STRUCT(RecordPresentation, (), (week, digest, internal_sm3, public_sm3, masthead, period, number_words, issuer, issued_on, copies, position, changes, acknowledged, public_paper, internal_paper))
struct RecallIssue {
  CivilDay week;
};
BOOST_DESCRIBE_STRUCT(RecallIssue, (), (week))
struct SendBackIssue {
  CivilDay week;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(SendBackIssue, (), (week, reason))
struct PassStep {
  CivilDay week;
  Text<64> digest;  // of what was read
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(PassStep, (), (week, digest, note))
// A door holds it against the issued papers first, and has the lane record it.
struct DraftCorrection {
  CivilDay week;
  bool internal = false;
  std::vector<CorrectionEntry> entries;
  Text<500> reason;
  std::vector<Text<80>> acknowledged;
};
BOOST_DESCRIBE_STRUCT(DraftCorrection, (), (week, internal, entries, reason, acknowledged))
struct DropCorrection {
  CivilDay week;
  std::int32_t correction = 0;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(DropCorrection, (), (week, correction, reason))
struct IssueCorrection {
  CivilDay week;
  std::int32_t correction = 0;
  Text<64> sm3;  // of what was read
};
BOOST_DESCRIBE_STRUCT(IssueCorrection, (), (week, correction, sm3))

enum class IssueStage { open, presented, issued };
BOOST_DESCRIBE_ENUM(IssueStage, open, presented, issued)
struct IssueState {
  CivilDay to{};
  Instant deadline{};
  IssueStage stage = IssueStage::open;
  std::int64_t changes = 0;        // how many facts have changed what it says
  std::vector<SignOffStep> steps;  // of what is presented: still to come
  std::vector<std::string> signers;  // accounts that presented it and passed its steps
  std::string digest;              // of what is presented or issued
  std::int64_t presented = 0;      // ledger position of that fact
  std::int32_t number = 0, total_number = 0, copies = 0, corrections = 0, receivers = 0, handed = 0;
  CivilDay issued_on{};
  std::string masthead, period, number_words, issuer, internal_sm3, public_sm3;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static IssueState from(const store::Row& r);
};
// By the days of the week's first day.
class IssueGuard : public engine::GuardTable<std::int64_t, IssueState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  // Whether an earlier week is on the desk and not issued; of committed state.
  bool earlier_open(CivilDay week);
  // Whether a later week is issued; of committed state.
  bool later_issued(CivilDay week);
};

// 期号: "number:<year>" and "total" → the last that was given.
struct NumberMark {
  std::int64_t last = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(last); }
  static NumberMark from(const store::Row& r) { return {r[2].i}; }
};
class NumberGuard : public engine::GuardTable<std::string, NumberMark> {
 public:
  std::vector<std::string_view> listens_to() const override { return {IssueSigned::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  std::int64_t last(const std::string& what);  // 0: none yet
};

enum class CorrectionStage { drafted, issued, dropped };
BOOST_DESCRIBE_ENUM(CorrectionStage, drafted, issued, dropped)
struct CorrectionState {
  CorrectionStage stage = CorrectionStage::drafted;
  bool internal = false;
  std::string sm3, by;
  CivilDay on{};
  std::int64_t drafted = 0;  // ledger position
  static const store::View& view();
  void append_row(store::Row& r) const;
  static CorrectionState from(const store::Row& r);
};
std::string part_key(CivilDay week, std::int32_t number);  // "2024-06-17:1": of a correction, of a receiver
class CorrectionGuard : public engine::GuardTable<std::string, CorrectionState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {CorrectionDrafted::kName, CorrectionDropped::kName, CorrectionIssued::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

}  // namespace yi::bulletin
