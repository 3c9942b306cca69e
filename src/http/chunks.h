#pragma once
// Inside the room: the chunked coding of a body (RFC 9112 §7.1). Our own, because Beast 1.81's decoder asserts on a
// legal body: "0\r\n" with the rest one byte later ends the process.
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace yi::http {

// Takes a body apart as it comes in, whatever the cuts. Chunk extensions and trailers are read and dropped: nothing
// here may change what the head was admitted with.
class ChunkDecoder {
 public:
  enum class State {
    line,      // needs more bytes, none of them is data
    data,      // `data` holds a piece of the body; feed on
    done,      // the body is complete
    bad,       // not the chunked coding
    too_long,  // extensions and trailers together pass the limit
  };
  explicit ChunkDecoder(std::int64_t extra_limit_bytes) : extra_limit_(extra_limit_bytes) {}
  // Takes bytes from the front of `bytes`; `consumed` of them are done with, `data` points into them.
  State feed(std::string_view bytes, std::size_t& consumed, std::string_view& data);

 private:
  enum class Place { size, extension, size_lf, data, data_cr, data_lf, trailer_start, trailer, trailer_lf, last_lf, done };
  State step(char c);  // one byte of a line
  Place place_ = Place::size;
  std::int64_t extra_limit_, extra_ = 0;
  std::uint64_t left_ = 0;  // of the present chunk
  int digits_ = 0;
};

}  // namespace yi::http
