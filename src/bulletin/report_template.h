#pragma once
// 报告模板: a report of other periods than the week, wholly as data: which figures, how each is counted, in which sentences, with
// what each is compared. data/<province>/templates/reports/<code>.yaml; docs/bulletin.md shows how a centre writes its own.
// Loaded once, immutable, shared by threads.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bulletin/phrase.h"
#include "bulletin/report_period.h"

namespace yi::bulletin {

// One figure of a template: a counted one, perhaps of some windows or departments alone, or a rate of two that stand before it.
struct FigureRule {
  std::string id, name, unit;
  std::optional<Figure> counts;
  // Codes, or a beginning and "*" ("T*": every window whose code begins with T). Empty: all.
  std::vector<std::string> windows, except_windows, departments, except_departments;
  std::string part, whole;  // of a rate: ids; `whole` is its denominator
  std::string definition;   // one sentence; of a counted figure the figure's own, unless the template says it otherwise
  bool is_rate() const { return !counts; }
  bool is_filtered() const { return !windows.empty() || !except_windows.empty() || !departments.empty() || !except_departments.empty(); }
  bool takes(const DepartmentCode& department, const WindowCode& window) const;
};

struct LengthRule {
  ReportLength length{};
  Phrase period;                    // "{year}年{month}月"
  std::string before, year_before;  // 上月, 上年同月
};

// How a figure and its comparisons are said.
struct ReportWords {
  std::string no_record;                       // the ledger was not there yet: never a zero
  Phrase partly;                               // it began within the period
  Phrase rate, no_whole;                       // a rate always with its denominator
  Phrase more, less, same, from_none;          // of counts
  Phrase points_more, points_less, points_same;  // of rates, in 百分点
  Phrase no_comparison;
  Phrase so_far, cut;                          // a period that is not over, and what it is compared with
};

struct ReportSection {
  struct Sentence {
    Phrase phrase;
    std::vector<std::string> needs;  // printed only where each of these figures has a record
  };
  struct Units {  // a figure by department
    std::string figure;
    Phrase lead, item;
    std::string separator;
    Phrase none;
  };
  struct News {
    Phrase own, item;
  };
  std::string title;
  bool internal = false;  // in the internal edition alone
  std::vector<Sentence> sentences;
  std::optional<Units> units;
  std::optional<News> news;
};

struct ReportTemplate {
  std::string code;  // in addresses: "district-month"; the file's name
  std::string name;  // 区县政务服务月报
  std::string masthead;
  Phrase date;
  std::vector<LengthRule> lengths;
  std::vector<FigureRule> figures;
  ReportWords words;
  std::vector<ReportSection> sections;
  std::vector<std::string> imprint;
  std::string copies;
  const FigureRule* find_figure(std::string_view id) const;
  const LengthRule* find_length(ReportLength length) const;

  // Refusals name file and line: base.yaml_*, base.bad_yaml, "bulletin.bad_slot", "bulletin.unknown_slot",
  // "bulletin.missing_slot", "bulletin.bad_template"; the next step lists what is allowed.
  static Result<ReportTemplate> load(const std::filesystem::path& path);
  static Result<ReportTemplate> parse(std::string_view text, std::string file_name);
};

// Every *.yaml of the folder, by code; none where there is no folder.
class ReportTemplates {
 public:
  static Result<ReportTemplates> load(const std::filesystem::path& folder);
  const std::vector<ReportTemplate>& all() const { return all_; }
  const ReportTemplate* find(std::string_view code) const;
  // Refusal "bulletin.unknown_report" (404): lists those that there are.
  Result<const ReportTemplate*> get(std::string_view code) const;

 private:
  std::vector<ReportTemplate> all_;
};

}  // namespace yi::bulletin
