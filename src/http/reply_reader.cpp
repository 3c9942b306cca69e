#include "http/reply_reader.h"

#include <cctype>
#include <charconv>

#include "base/text.h"

namespace yi::http {
namespace {

template <class N>
bool number(std::string_view text, N& out) {
  const auto r = std::from_chars(text.data(), text.data() + text.size(), out);
  return r.ec == std::errc{} && r.ptr == text.data() + text.size();
}

}  // namespace

bool ReplyReader::read_head(std::string_view head) {
  auto& r = reply_.response;
  r.content_type.clear();
  if (!head.starts_with("HTTP/1.1 ") || head.size() < 12 || !number(head.substr(9, 3), r.status)) return false;
  reply_.keep_alive = true;
  bool has_length = false;
  for (auto at = head.find("\r\n"); at != head.npos && at + 2 < head.size();) {
    at += 2;
    const auto stop = std::min(head.find("\r\n", at), head.size());
    const auto line = head.substr(at, stop - at);
    const auto colon = line.find(':');
    if (colon == line.npos) return false;
    std::string name(line.substr(0, colon));
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto value = trim(line.substr(colon + 1));
    if (name == "content-length") has_length = number(value, left_);
    else if (name == "transfer-encoding") chunked_ = value == "chunked";
    else if (name == "connection") reply_.keep_alive = value != "close";
    else if (name == "content-type") r.content_type = value;
    else if (name != "date" && name != "keep-alive") {
      if (name == "x-ledger-position") number(value, reply_.position);
      r.headers.emplace_back(std::move(name), std::string(value));
    }
    at = stop == head.size() ? head.npos : stop;
  }
  const bool bodyless = r.status == 204 || r.status == 304;
  if (bodyless) left_ = 0;
  else if (!has_length && !chunked_) until_close_ = true;
  if (until_close_) reply_.keep_alive = false;
  return left_ <= kMostBody;
}

ReplyReader::State ReplyReader::feed(std::string_view bytes) {
  if (head_done_) return take_body(bytes);
  const auto before = head_.size();
  head_.append(bytes.substr(0, kMostHead));
  const auto end = head_.find("\r\n\r\n", before < 3 ? 0 : before - 3);
  if (end == head_.npos) return head_.size() >= kMostHead ? State::bad : State::more;
  head_done_ = true;
  const auto rest = bytes.substr(end + 4 - before);
  if (!read_head(std::string_view(head_).substr(0, end))) return State::bad;
  return take_body(rest);
}

ReplyReader::State ReplyReader::take_body(std::string_view bytes) {
  auto& body = reply_.response.body;
  if (!chunked_) {
    if (until_close_) {
      body.append(bytes);
      return body.size() > kMostBody ? State::bad : State::more;
    }
    if (bytes.size() > left_) return State::bad;  // nothing was asked that would follow
    body.append(bytes);
    left_ -= bytes.size();
    return left_ == 0 ? State::done : State::more;
  }
  while (!bytes.empty()) {
    std::size_t used = 0;
    std::string_view data;
    const auto state = chunks_.feed(bytes, used, data);
    if (state == ChunkDecoder::State::bad || state == ChunkDecoder::State::too_long) return State::bad;
    body.append(data);
    if (body.size() > kMostBody) return State::bad;
    bytes.remove_prefix(used);
    if (state == ChunkDecoder::State::done) return bytes.empty() ? State::done : State::bad;
  }
  return State::more;
}

}  // namespace yi::http
