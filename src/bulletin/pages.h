#pragma once
// Inside the room: the frame around every page, and what a page knows of its visitor.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bulletin/pages_words.h"
#include "bulletin/paper_formats.h"
#include "bulletin/routes.h"
#include "http/page_policy.h"
#include "identity/viewer.h"

namespace yi::bulletin {

// How a reader wants pages to be: carried through every link.
struct Look {
  bool elder = false;    // ?elder=1: type of 20 px and more, targets of 60 px
  bool english = false;  // ?lang=en
  const char* operator()(Word w) const { return say(w, english); }
  // A path of this site with its query and this look; ready for an attribute.
  using Query = std::vector<std::pair<std::string_view, std::string>>;
  std::string link(std::string_view path, const Query& query = {}) const;
};
Look look_of(const http::Request& request);

// One request of a page.
struct Visit {
  const http::Request& request;
  Look look;
  identity::Viewer viewer;
  engine::Engine& engine;
  const BulletinContext& context;
  store::Reader& reader;
  CentreCode centre() const { return engine.centre(); }
  std::string query(const std::string& key) const;  // "" when absent
};

struct Page {
  std::string title;
  std::string main;   // HTML of <main>
  std::string style;  // before the frame's own
  int status = 200;
  // The centre's page shows the paper itself beside its sources; no other site may put it into a frame.
  http::Framed framed = http::Framed::nowhere;
};
// Header, banner of a pinned clock, main, footer with the ledger's position and head as the reader sees them now:
// inside a Snapshot they are those of the page's figures.
http::Response page_reply(const Visit& visit, const Page& page);
http::Response error_page(const Visit& visit, const Refusal& refusal);

// The week of the path "{week}". Refusal "base.bad_date" with status 404: there is nothing at such an address.
Result<CivilDay> week_of(const http::Request& request);
struct Head {
  std::int64_t position = 0;
  std::string hash;  // hex SM3
  Instant recorded_at;
};
Head head_of(store::Reader& reader, CentreCode centre);

// The edition that the query names. Refusals "bulletin.bad_edition", and for the public "bulletin.internal_edition".
Result<Edition> edition_of(const http::Request& request, const identity::Viewer& viewer);
const char* edition_name(Edition edition);  // "public" | "internal"

std::string department_name(const BulletinContext& context, const DepartmentCode& code);
std::string window_name(const BulletinContext& context, const WindowCode& code);

std::string page_style();

// What stands in <main>; each refusal becomes an error page.
Result<http::Response> home_page(const Visit& visit);
Result<http::Response> bulletin_page(const Visit& visit);
Result<http::Response> bulletin_file(const Visit& visit, PaperFormat format);
Result<http::Response> report_page(const Visit& visit);
Result<http::Response> report_file(const Visit& visit, PaperFormat format);
Result<http::Response> figure_page(const Visit& visit);

void add_page_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context);

}  // namespace yi::bulletin
