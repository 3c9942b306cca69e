#pragma once
// Long work of the program as a whole, as jobs: the ledger verified, the views held against their rebuild, cases of another centre
// looked at and taken over (docs/decisions/0029).
#include <memory>

#include "app/rooms.h"
#include "engine/engine.h"
#include "jobs/doors.h"

namespace yi::app {

struct LongWork {
  engine::Engine& engine;
  const Common& common;
  store::Place place;
};

// POST /api/jobs/verify, /api/jobs/rebuild, /api/jobs/import (an upload), /api/jobs/{id}/import. All of them outlive the server.
void add_long_work_doors(http::Router& router, const jobs::DoorParts& parts, const LongWork& work);

// Copies that a killed process has left in the data directory.
void sweep_copies(const std::string& directory);

}  // namespace yi::app
