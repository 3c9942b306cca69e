#pragma once
// Bulletins of a data directory, for the command line: read-only, beside a running server.
#include <string>

#include "app/rooms.h"
#include "bulletin/lints.h"
#include "publish/pdf_writer.h"
#include "store/place.h"

namespace yi::app {

Result<bulletin::Templates> load_templates(const std::string& data_root, const std::string& province = "sichuan");

struct PaperRequest {
  store::Place place;
  std::string data_root;
  CivilDay week;
  bulletin::Edition edition = bulletin::Edition::internal;
  publish::LineMode line_mode = publish::LineMode::grid;
};
enum class PaperFormat { text, html, pdf };

struct Papers {
  bulletin::Composed composed;
  std::vector<std::string> layout_hints;
  Instant created;  // the week's issue date, or its last day: so that the same ledger gives the same file
};
// Refusals of store::open, the loaders and the composition, and "app.reports_behind".
Result<Papers> compose_paper(const PaperRequest& request);
Result<std::string> write_paper(const Papers& papers, PaperFormat format, publish::LineMode line_mode);

}  // namespace yi::app
