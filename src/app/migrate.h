#pragma once
// A centre moves from the database in its data directory to one on a server, or back: the ledger first, then the views from
// it. Keys, files, accounts and the audit stay in the data directory.
#include <functional>
#include <string>

#include "app/rooms.h"
#include "store/data_keys.h"
#include "store/place.h"

namespace yi::app {

struct Move {
  store::Place from, to;  // of the same data directory; one of them on a server
  store::KeyOptions keys = {};
};
struct Moved {
  std::int64_t records = 0;
  std::string head_hash;  // the same on both sides
};

// Nothing may serve the centre meanwhile. The new store is built beside its place and comes in by one step, after its chain was
// verified; the old one stays as it was and is marked as moved, so that nobody goes on in it (engine.moved). An earlier store at
// the new place is replaced only where it is marked as moved. Refusals: those of store::open, "app.not_empty",
// "app.move_within" (neither or both on a server), "app.empty_ledger", "app.move_failed".
Result<Moved> move_centre(const Move& move, const Common& common, const std::function<void(std::string_view, std::int64_t, std::int64_t)>& progress = {});

}  // namespace yi::app
