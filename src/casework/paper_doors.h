#pragma once
// The doors of papers: which a case can give and has given, making one, reading one again.
#include "casework/documents.h"
#include "casework/papers.h"
#include "engine/engine.h"
#include "files/store.h"
#include "http/router.h"
#include "publish/font_book.h"

namespace yi::casework {

struct PaperHouse {
  engine::Engine& engine;
  files::FileStore& files;
  Ground ground;
  std::shared_ptr<const DocumentTemplates> templates;
  publish::FontPlaces fonts;
};

// All of `house` outlives the router's server.
void add_paper_doors(http::Router& router, const PaperHouse& house);

}  // namespace yi::casework
