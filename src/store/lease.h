#pragma once
// Who leads a centre (docs/decisions/0020): one row in its database, renewed by the holder, by the server's clock. Throws
// store::Failure when the database does not answer.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/place.h"

namespace yi::store {

// A node, as the others know it.
struct NodeName {
  std::string name;     // for people
  std::string address;  // "host:port", by which the others reach it
  std::string program;  // its version
};

// How long a lease holds without being renewed, and how often it is: so that it moves within three seconds of the holder's
// silence, and one lost packet does not move it.
inline constexpr std::chrono::milliseconds kLeaseHolds{2'500}, kLeaseRenewed{700};

struct LeaseSeen {
  NodeName holder;                  // empty: never taken
  std::int64_t epoch = 0;
  std::chrono::milliseconds left{}; // until it may be taken; <= 0: now
  Instant clock{};                  // of the holder's installation, when it renewed
  std::int64_t followed = 0;        // the last fact that the reports have, when it renewed
  std::int64_t seq = 0;             // the centre's head: last record
  Instant recorded_at{};            // and when that was written
};

// What the holder says of itself.
struct LeaseNews {
  Instant clock{};
  std::int64_t position = 0, followed = 0;
};

// One connection; one thread at a time.
class LeaseDesk {
 public:
  // Of a place on a server whose store is there. Throws.
  LeaseDesk(const Place& place, CentreCode centre);
  ~LeaseDesk();
  LeaseSeen look();
  // The epoch of a new term, where the lease may be taken; nothing where somebody holds it. From then on no earlier term can
  // write, and its sessions are ended.
  std::optional<std::int64_t> take(const NodeName& node);
  // False: somebody has taken it. One that ran out and that nobody took is good again.
  bool renew(std::int64_t epoch, const std::string& address, const LeaseNews& news);
  void give_back(std::int64_t epoch);
  // Tells whoever listens.
  void tell(const LeaseNews& news);
  void listen();
  // The newest news since the last call; waits at most so long, or until `bell` can be read. A notification may be lost.
  // position < 0: "look", the lease has been given back.
  std::optional<LeaseNews> hear(std::chrono::milliseconds at_most, int bell);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Whether a node leads another centre of this database now; never in a store without leases.
bool others_lead(Reader& reader, CentreCode centre);

// A word that one session of a centre holds at a time, by a connection of its own; it goes with it, however the process ends.
class WordHeld {
 public:
  // Nothing: somebody else holds it. Throws.
  static std::optional<WordHeld> take(const Place& place, CentreCode centre, const std::string& word);
  WordHeld(WordHeld&&) noexcept;
  WordHeld& operator=(WordHeld&&) noexcept;
  ~WordHeld();
  bool still_held();  // false: the connection is gone, and the word with it

 private:
  struct Impl;
  explicit WordHeld(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace yi::store
