#pragma once
// What the page of an issued bulletin says beside its paper, and the pages of what was issued.
#include "bulletin/issue_paper.h"
#include "bulletin/pages.h"

namespace yi::bulletin {

// Number, date, hash, corrections, and what has come since. Of a draft: that it is one. "" for a week that the desk does not have.
std::string issued_panels(const Visit& v, CivilDay week, Edition edition, const std::optional<IssueState>& issue, const publish::Document& document);

Result<http::Response> issued_list_page(const Visit& visit);      // /bulletins
Result<http::Response> correction_page(const Visit& visit);       // /bulletin/{week}/corrections/{correction}
Result<http::Response> correction_pdf(const Visit& visit);

}  // namespace yi::bulletin
