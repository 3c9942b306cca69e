#pragma once
// The paper of a week as it stands: what was issued, or what the desk would print now, with what its editor has typed and not saved.
#include <map>

#include "bulletin/desk_views.h"
#include "bulletin/figure_lints.h"
#include "bulletin/issue_words.h"
#include "bulletin/text_check.h"

namespace yi::bulletin {

// What an editor has in hand: it stands in for what is recorded.
struct DraftItem {
  std::optional<DepartmentCode> department;
  std::optional<CivilDay> on;
  Text<2000> text;
};
BOOST_DESCRIBE_STRUCT(DraftItem, (), (department, on, text))
struct DraftSection {
  Section section{};
  std::vector<Text<2000>> entries;
  std::vector<Text<60>> pushed;
};
BOOST_DESCRIBE_STRUCT(DraftSection, (), (section, entries, pushed))
struct DraftImprint {
  CivilDay issued_on;
  Text<60> issuer;
  std::int32_t copies = 0;
  std::vector<Text<60>> report_to, send_to;
  std::vector<std::vector<Text<60>>> distribute_to;
};
BOOST_DESCRIBE_STRUCT(DraftImprint, (), (issued_on, issuer, copies, report_to, send_to, distribute_to))
struct IssueDraft {
  bool news_typed = false;             // `news` is the whole list, in its order; else the recorded items stand
  std::vector<DraftItem> news;
  std::vector<DraftSection> sections;  // of the sections that are named
  std::optional<DraftImprint> imprint;
  std::optional<std::vector<IssueWord>> words;
};
BOOST_DESCRIBE_STRUCT(IssueDraft, (), (news_typed, news, sections, imprint, words))

struct PaperAsk {
  store::Reader& reader;  // in a snapshot, if several papers are to agree
  CentreCode centre;
  const identity::Viewer& viewer;
  const Names& names;
  const Templates& templates;
  CivilDay week;
};
struct WeekPaper {
  WeekMaterial material;
  publish::Document document;
  Templates words;                  // the template with the issue's own words
  std::optional<IssueState> issue;  // of a week on the desk
};
// As composed now, issued or not.
Result<WeekPaper> compose_now(const PaperAsk& q, Edition edition, const IssueDraft* draft = nullptr);
// What was issued; before that, what would be. Refusal "bulletin.not_issued_yet" (404): a week on the desk that is not issued, where
// `drafts_too` is false.
Result<WeekPaper> paper_of_week(const PaperAsk& q, const store::KeyVault& keys, Edition edition, bool drafts_too);

// Lints, checks of words and of typed figures, each once.
Result<std::vector<Warning>> warnings_of(const PaperAsk& q, const WeekPaper& p, Edition edition, const WordLists& lists);

// The figures of a paper as they are printed, by their id.
std::map<std::string, std::string> printed_figures(const publish::Document& d);

// What has come since a bulletin was issued: figures that count otherwise now, and parts that would read otherwise.
struct SinceIssued {
  struct Figure_ {
    std::string figure, name;
    std::string printed, now;
  };
  std::vector<Figure_> figures;
  std::vector<std::string> parts;  // titles
};
SinceIssued since_issued(const publish::Document& issued, const publish::Document& now);

}  // namespace yi::bulletin
