#pragma once
// What a report of a period is made of: each figure of its template for the period, for the one before and for the same a year
// before, counted from the bulletin's own views, so that no report can count otherwise than the bulletin.
#include <optional>
#include <string>
#include <vector>

#include "bulletin/material.h"
#include "bulletin/report_template.h"

namespace yi::bulletin {

// A figure over some days.
struct Reading {
  DaySpan days = {};
  bool recorded = false;                 // the ledger was there on one of the days: else there is no number, and no zero
  std::optional<CivilDay> partly_from = {};  // it was there from this day of them on
  std::int64_t value = 0;                // of a count: net of what was reversed on its day, with `opening`
  std::int64_t opening = 0;              // of it, counted elsewhere before the first week (期初数)
  std::int64_t part = 0, whole = 0;      // of a rate
};

struct DepartmentCount {
  DepartmentCode department;  // empty: of no department
  std::string name;
  std::int64_t count = 0;
};
struct ReportFigure {
  FigureRule rule;
  Reading now = {}, before = {}, year_before = {};
  std::vector<DepartmentCount> departments = {};  // of a count, this period: the most first; they add up to the value without the opening
};

struct ReportMaterial {
  ReportTemplate form;
  ReportPeriod period;
  LengthRule length;
  CivilDay as_of;         // the last day counted: the period's, or today
  bool complete = false;  // the period is over
  std::vector<ReportFigure> figures;  // in the template's order
  std::vector<WeekMaterial::NewsItem> news;  // of the bulletin's weeks that end in the period
  std::string hall, issuer;
  std::string ledger_head;  // hex SM3
  std::int64_t position = 0;  // ledger position that the views had followed to
};

// Refusals: "bulletin.internal_edition" (403); "bulletin.not_this_length" (the template is not for months); "bulletin.not_begun"
// (the period begins after today), both 404. The caller holds the snapshot.
Result<ReportMaterial> gather_report(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, Edition edition,
                                     const ReportTemplate& form, const ReportPeriod& period, CivilDay today, const Names& names);

// The paper. Pure.
publish::Document compose_report(const ReportMaterial& m, Edition edition);

// What the figure says in words: "700件", "1.8%（9/500）", "无记录".
std::string said(const ReportMaterial& m, const FigureRule& rule, const Reading& r);
// The counted windows and departments of a figure in words; "" where it counts all.
std::string filter_words(const FigureRule& rule);

}  // namespace yi::bulletin
