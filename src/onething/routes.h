#pragma once
// Public reading doors: the bundles (“一件事”) of the catalogue by stage of life, and one of them.
#include "catalog/catalog.h"
#include "http/router.h"

namespace yi::onething {

// The catalogue outlives the router.
void add_doors(http::Router& router, const catalog::Catalog& catalog);

}  // namespace yi::onething
