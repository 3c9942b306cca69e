#pragma once
// What of a data directory is ours, and how a new centre takes the place of an old one there, with no moment at which a
// crash would lose both. The new one is built inside the directory, so that the same file system has both, wherever the
// directory itself is linked or mounted. `lock` stays where it is all the time.
#include <functional>
#include <string>

#include "base/result.h"
#include "store/place.h"

namespace yi::app {

bool has_ledger(const std::string& data_directory);

// The same of a place: on a server, whether its database has this centre. Refusals of store::open, but for "store.missing".
Result<bool> has_ledger(const store::Place& place, CentreCode centre);

// Refusal "app.foreign_files": it is no directory, or something in it is not ours. A directory that is missing is fine.
Checked check_ours(const std::string& data_directory);

// Whether a name in a data directory is that of something that goes with a centre.
bool belongs_to_a_centre(const std::string& name, bool ledger);

// Where a new centre is built: DIR/.yichuang-building.
std::string building_place(const std::string& data_directory);
// Where one is put together again from a backup (app/backup.h): DIR/.yichuang-restoring.
std::string restoring_place(const std::string& data_directory);

// For whoever holds the directory's lock (store::lock_directory):
// Puts right what a program left that was ended while it replaced a centre: the old centre is put back, or what
// remains of it is removed when the new one is in. Refusals: "app.cannot_write"; "app.restore_unfinished": a restore was ended in
// the middle, and goes on when it is given again.
Checked settle_locked(const std::string& data_directory);
// The finished database of building_place, with its keys, becomes the directory's; what was there goes with all that belongs to it
// (token, keys, bulletins). Refusal "app.cannot_write"; then the old centre is there as before. `after_step` is called
// after every change of the directory: a test ends the process there.
Checked take_in(const std::string& data_directory, const std::function<void()>& after_step = {});
// The same of a centre on a server. Its master key comes first: a ledger never stands without its own. Ended between the two, the
// directory has one that the next replay takes. Refusals: those of store::take_in_building, "app.cannot_write"; "app.centre_undecided":
// nobody could say whether it is in (the answer to the COMMIT was lost), and the key stays.
Checked take_in(const store::Place& place, CentreCode centre);

// Takes the lock and settles, where there is something to put right. Refusals of lock_directory and settle_locked.
Checked settle(const std::string& data_directory);

}  // namespace yi::app
