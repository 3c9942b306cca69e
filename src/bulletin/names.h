#pragma once
#include <memory>

#include "bulletin/material.h"
#include "catalog/catalog.h"

namespace yi::bulletin {

// The names that the catalogue and the centre's settings give.
Names names_of(std::shared_ptr<const catalog::Catalog> catalog);

}  // namespace yi::bulletin
