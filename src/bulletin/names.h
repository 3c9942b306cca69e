#pragma once
#include <memory>

#include "bulletin/material.h"
#include "catalog/catalog.h"

namespace yi::bulletin {

// The names that the catalogue and the centre's settings give.
// `works`: a working day of the centre's calendar; absent: Monday to Friday.
Names names_of(std::shared_ptr<const catalog::Catalog> catalog, std::function<bool(CivilDay)> works = {});

}  // namespace yi::bulletin
