#pragma once
// The frame of the pages that come before anybody has signed in: no script, nothing fetched from elsewhere (docs/ARCHITECTURE.md, Look).
#include <map>
#include <string>
#include <string_view>

#include "http/router.h"

namespace yi::identity {

// What stands above every page: whose hall it is, and, in a demonstration, that it is one.
struct PageHead {
  std::string hall;
  bool demonstration = false;
  bool elder = false;   // ?elder=1: type of 20 px and more, targets of 60 px
  std::string other;    // the same page in the other mode; empty: no such page, as behind a form
  std::string_view style = {};  // of this kind of page, behind the frame's; of a constant
};
// Elder mode as the request's query asks for it, and the way to the other mode.
PageHead in_mode(PageHead head, const http::Request& request);

// `main` is markup; title and hall are text.
http::Response page(const PageHead& head, const std::string& title, const std::string& main, int status = 200);

// A labelled field of a form. `type`: text, password, hidden. A password is never given back.
std::string form_field(const std::string& name, const std::string& label, const std::string& type, const std::string& autocomplete,
                       const std::map<std::string, std::string>& given, const std::string& hint = "");
std::string hidden_field(const std::string& name, const std::string& value);
// What went wrong, above a form.
std::string problem_note(const Refusal& refusal);

}  // namespace yi::identity
