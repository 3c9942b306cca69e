#pragma once
// The doors of files: src/http and src/files do not know each other.
#include "files/store.h"
#include "http/router.h"

namespace yi::app {

// POST /api/files and GET /api/files/{id}. `store` outlives the router's server.
void add_file_doors(http::Router& router, files::FileStore& store);

}  // namespace yi::app
