#pragma once
// The doors of files: src/http and src/files do not know each other.
#include <functional>

#include "files/store.h"
#include "http/router.h"

namespace yi::app {

// What the doors ask of the room that knows whose files they are. On worker threads.
struct FileRules {
  // Under whose key an upload is stored.
  std::function<Result<SubjectId>(const http::Request&, const http::Caller&)> owner;
  // Whether the caller may read the file; a refusal is the answer.
  std::function<Checked(const http::Request&, const http::Caller&, const files::FileId&)> may_read;
  std::vector<std::string> refusal_codes = {};  // of `owner`
};

// POST /api/files and GET /api/files/{id}. `store` outlives the router's server.
void add_file_doors(http::Router& router, files::FileStore& store, const FileRules& rules);

}  // namespace yi::app
