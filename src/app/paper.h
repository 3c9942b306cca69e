#pragma once
// Bulletins of a data directory, for the command line: read-only, beside a running server.
#include <optional>
#include <string>
#include <vector>

#include "app/rooms.h"
#include "bulletin/lints.h"
#include "bulletin/paper_formats.h"
#include "bulletin/report_template.h"
#include "store/place.h"

namespace yi::app {

Result<bulletin::Templates> load_templates(const std::string& data_root, const std::string& province = "sichuan");
Result<bulletin::ReportTemplates> load_reports(const std::string& data_root, const std::string& province = "sichuan");

struct PaperRequest {
  store::Place place;
  std::string data_root;
  bulletin::Edition edition = bulletin::Edition::internal;
  std::optional<CivilDay> week = {};  // the bulletin of a week, or
  std::string report = {};            // the report of a period, by its template's code
  std::string period = {};            // "2024-06", "2024-Q2", "2024", "2024-06-03..2024-06-21"
  store::KeyOptions keys = {};        // an issued internal edition lies sealed
};

struct Papers {
  publish::Document document;
  std::vector<publish::Sheet> sheets;
  std::vector<bulletin::Warning> warnings;  // of a bulletin
  std::vector<std::string> layout_hints;
  bool draft = false;  // of a week on the bulletin desk that is not issued
  Instant created;  // the week's issue date, or the last day counted: so that the same ledger gives the same file
};
// Refusals of store::open, the loaders and the composition, and "app.reports_behind".
Result<Papers> compose_paper(const PaperRequest& request);
Result<std::string> write_paper(const Papers& papers, bulletin::PaperFormat format, publish::LineMode line_mode);

}  // namespace yi::app
