#pragma once
// Public reading doors: the bundles (“一件事”) of the catalogue by stage of life, and one of them.
#include <functional>

#include "catalog/catalog.h"
#include "http/router.h"

namespace yi::onething {

// The catalogue outlives the router; bundles are shown as they are on the day that `today` gives.
void add_doors(http::Router& router, const catalog::Catalog& catalog, std::function<CivilDay()> today);

}  // namespace yi::onething
