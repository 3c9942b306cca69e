#pragma once
// Inside the room: the reply of another node of ours, as it comes in.
#include <optional>
#include <string>
#include <string_view>

#include "http/chunks.h"
#include "http/router.h"

namespace yi::http {

class ReplyReader {
 public:
  // What a node answers to a command is small; a list that is made while it is sent is read where it is asked for.
  static constexpr std::size_t kMostHead = 64 * 1024, kMostBody = 16 * 1024 * 1024;
  enum class State { more, done, bad };
  struct Reply {
    Response response;         // without the headers of the connection
    bool keep_alive = false;
    std::int64_t position = 0; // of x-ledger-position; 0: none
  };
  State feed(std::string_view bytes);
  // The connection ended: whether that is the reply's end.
  State end() const { return head_done_ && until_close_ ? State::done : State::bad; }
  Reply& reply() { return reply_; }

 private:
  bool read_head(std::string_view head);
  State take_body(std::string_view bytes);
  std::string head_;
  Reply reply_;
  ChunkDecoder chunks_{64 * 1024};
  std::size_t left_ = 0;
  bool head_done_ = false, chunked_ = false, until_close_ = false;
};

}  // namespace yi::http
