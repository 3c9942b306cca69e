#pragma once
// Reports of other periods as JSON.
#include "bulletin/routes.h"

namespace yi::bulletin {

void add_report_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context);

}  // namespace yi::bulletin
