#include "http/chunks.h"

#include <algorithm>

namespace yi::http {
namespace {

constexpr int kMostDigits = 15;  // a size that fits; any real one is far below

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool may_stand_in_line(char c) {
  const auto u = static_cast<unsigned char>(c);
  return c == '\t' || (u >= 0x20 && u != 0x7f);
}

}  // namespace

ChunkDecoder::State ChunkDecoder::step(char c) {
  switch (place_) {
    case Place::size:
      if (const int digit = hex_digit(c); digit >= 0) {
        left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
        return ++digits_ > kMostDigits ? State::bad : State::line;
      }
      if (digits_ == 0) return State::bad;
      if (c == '\r') place_ = Place::size_lf;
      else if (c == ';' || c == ' ' || c == '\t') place_ = Place::extension;
      else return State::bad;
      return State::line;
    case Place::extension:
    case Place::trailer:
      if (c == '\r') {
        place_ = place_ == Place::extension ? Place::size_lf : Place::trailer_lf;
        return State::line;
      }
      if (!may_stand_in_line(c)) return State::bad;
      return ++extra_ > extra_limit_ ? State::too_long : State::line;
    case Place::size_lf:
      place_ = left_ > 0 ? Place::data : Place::trailer_start;
      return c == '\n' ? State::line : State::bad;
    case Place::data_cr:
      place_ = Place::data_lf;
      return c == '\r' ? State::line : State::bad;
    case Place::data_lf:
      place_ = Place::size;
      digits_ = 0;
      return c == '\n' ? State::line : State::bad;
    case Place::trailer_start:
      place_ = c == '\r' ? Place::last_lf : Place::trailer;
      if (c != '\r' && !may_stand_in_line(c)) return State::bad;
      return ++extra_ > extra_limit_ ? State::too_long : State::line;
    case Place::trailer_lf:
      place_ = Place::trailer_start;
      return c == '\n' ? State::line : State::bad;
    case Place::last_lf:
      place_ = Place::done;
      return c == '\n' ? State::done : State::bad;
    case Place::data:
    case Place::done: break;  // not bytes of a line
  }
  return State::bad;
}

ChunkDecoder::State ChunkDecoder::feed(std::string_view bytes, std::size_t& consumed, std::string_view& data) {
  consumed = 0;
  while (place_ != Place::done && consumed < bytes.size()) {
    if (place_ == Place::data) {
      const auto n = std::min<std::uint64_t>(left_, bytes.size() - consumed);
      data = bytes.substr(consumed, static_cast<std::size_t>(n));
      consumed += data.size();
      left_ -= n;
      if (left_ == 0) place_ = Place::data_cr;
      return State::data;
    }
    const auto state = step(bytes[consumed++]);
    if (state != State::line) return state;
  }
  return place_ == Place::done ? State::done : State::line;
}

}  // namespace yi::http
