#pragma once
// The files that the build of web/ wrote, held in memory: some three megabytes.
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace yi::site {

struct File {
  std::string media_type;
  std::string etag;  // of the content, quoted
  std::string plain, gzip, brotli;  // the last two empty where the build wrote none
};

class Pages {
 public:
  Pages() = default;  // nothing was built
  // Reads FOLDER and FOLDER/assets, both flat; "x.br" and "x.gz" are the compressed forms of "x". A folder that is not there
  // gives empty pages. Refusals, with the file in `where`: "site.unknown_file" (a name or type that no build writes),
  // "site.too_large" (more than limits::kSiteBytes), "site.unreadable", "site.no_shell" (portal.html or desk.html is missing).
  static Result<Pages> read(const std::string& folder);
  // "portal.html", "assets/portal-Ab12.js"; nullptr when there is none of that name.
  const File* find(std::string_view name) const;
  bool empty() const { return files_.empty(); }

 private:
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace yi::site
