#pragma once
// A centre moves from its data directory to a database on a server, or back: the ledger, the views from it, keys, secrets, sessions,
// drafts and the audit; files where their folder is another one.
#include <functional>
#include <string>

#include "app/rooms.h"
#include "store/data_keys.h"
#include "store/place.h"

namespace yi::app {

struct Move {
  store::Place from, to;  // of the same data directory; one of them on a server
  store::KeyOptions keys = {};  // the master key, which stays where it is
  std::string files = {};       // the folder of files of the end on a server; "": that of the data directory
};
struct Moved {
  std::int64_t records = 0;
  std::string head_hash;  // the same on both sides
  std::int64_t files = 0; // that are in the new folder by now, each compared with its name
};

// Nothing may serve the centre meanwhile. The new store is built beside its place and comes in by one step, after its chain was
// verified; of the old one ledger and audit stay and are marked as moved, so that nobody goes on in them (engine.moved); its keys and
// what opens accounts are destroyed. Ended at any step it may be made again: it begins anew, or finishes. This centre's earlier store at the new place is replaced only where it is marked as moved. Refusals: those of store::open, "app.not_empty",
// "store.locked" (another process makes a centre in that database), "store.other_building" (it is no more the one that was verified), "app.move_within" (neither or both on a server), "app.empty_ledger", "app.move_failed", "app.move_undecided": nobody could say whether the
// new one is in (the answer to its COMMIT was lost); both ends stay closed, and the same move made again finds out and finishes.
Result<Moved> move_centre(const Move& move, const Common& common, const std::function<void(std::string_view, std::int64_t, std::int64_t)>& progress = {});

}  // namespace yi::app
