#pragma once
// Inside the room: bytes into a Head and a Request. Boost.Beast's parser stands behind it, and nowhere else.
#include <cstdint>
#include <memory>
#include <string_view>

#include "http/router.h"
#include "http/wire.h"

namespace yi::http {

// Reads one request after the other from one connection. Not thread safe.
class RequestReader {
 public:
  enum class State {
    head,      // needs more bytes of the head
    head_done, // the head is complete (said once); look at it, set the body's limit, feed on
    body,      // needs more bytes of the body
    done,      // complete
    failed,    // failure() says why; the connection cannot go on
  };
  explicit RequestReader(std::int64_t header_limit_bytes);
  ~RequestReader();

  // Forgets the last request and is ready for the next.
  void reset();
  // Takes bytes from the front of `bytes` and says in `consumed` how many; the rest is to be fed again, with what
  // follows it.
  State feed(std::string_view bytes, std::size_t& consumed);
  // After head_done. A body beyond it fails with 413; false when the head announces such a body already.
  bool limit_body(std::int64_t bytes);
  void drop_body();  // reads on and keeps nothing: the request is refused already
  bool started() const;  // has seen a byte of the present request
  bool keep_alive() const;

  Head& head();
  Request& request();
  const Refusal& failure() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yi::http
