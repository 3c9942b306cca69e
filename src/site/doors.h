#pragma once
// The doors of the pages: shells at the addresses of portal and desk, files under /assets/.
#include <memory>

#include "http/router.h"
#include "site/pages.h"

namespace yi::site {

// Addresses that the portal's script shows; what stands behind them is public, since the data comes by the API's own doors.
void add_doors(http::Router& router, std::shared_ptr<const Pages> pages);

}  // namespace yi::site
