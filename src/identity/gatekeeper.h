#pragma once
// Who stands at the door, until part 2 brings accounts: the public, and the operator, who holds the token of the
// data directory (a 0600 file) or a session opened with the one-time link that `./run` prints.
#include <map>
#include <mutex>
#include <string>

#include "base/time.h"
#include "http/router.h"
#include "identity/viewer.h"

namespace yi::identity {

class Gatekeeper : public http::Gatekeeper {
 public:
  // Reads DIR/operator.token, or makes it: 64 hex digits, readable by its owner alone.
  // Whoever calls holds the directory's lock. Refusals "identity.token_unreadable", "identity.token_exposed" (the file
  // may be read by others) and "identity.token_damaged" (not a file of ours: short, a link, another owner's).
  static Result<std::unique_ptr<Gatekeeper>> open(const std::string& directory);

  Result<http::Caller> admit(const http::Request& request, const http::Door& door) const override;

  // A link's code: opens one session, within ten minutes.
  std::string new_one_time_code();
  // The session's cookie value, or nothing when the code is unknown, used or too old.
  std::optional<std::string> enter(std::string_view code);
  // The session of the request's cookie ends: yichuang_operator_<port>, the port of its Host.
  void leave(const http::Request& request);

 private:
  explicit Gatekeeper(std::string token) : token_(std::move(token)) {}
  bool session_is_open(const http::Request& request) const;
  std::string token_;
  mutable std::mutex m_;
  std::map<std::string, Instant> codes_, sessions_;  // until when, by the machine's clock
};

Viewer viewer_of(const http::Caller& caller);

// GET /operator/enter?code=… opens the session (a GET, so that a printed link works; a HEAD does nothing); POST /operator/leave ends it.
void add_doors(http::Router& router, Gatekeeper& gatekeeper);

}  // namespace yi::identity
