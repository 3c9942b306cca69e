#include "http/request_reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <limits>
#include <optional>

#include "http/chunks.h"
#include "http/relay.h"

namespace yi::http {
namespace {

namespace bh = boost::beast::http;
using boost::beast::error_code;
using View = boost::beast::string_view;  // not std::string_view in 1.81, and not NUL-terminated
using boost::beast::iequals;

Refusal refusal(int status, const char* code, std::string sentence, std::string next_step) {
  return {code, std::move(sentence), std::move(next_step), status, ""};
}

// Parses the head alone; the body is the reader's.
class Parser final : public bh::basic_parser<true> {
 public:
  Parser(Head& head, Request& request) : head_(head), request_(request) {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // counted by the reader: Beast counts line by line
    skip(true);
  }

 private:
  void on_request_impl(bh::verb, View method, View target, int version, error_code&) override {
    head_.method.assign(method.data(), method.size());
    head_.target.assign(target.data(), target.size());
    head_.version_1_0 = version == 10;
  }
  void on_response_impl(int, View, int, error_code&) override {}

  void once(std::string& to, bool& seen, View value) {
    if (seen) head_.repeated_key = true;
    seen = true;
    to.assign(value.data(), value.size());
  }
  void on_field_impl(bh::field field, View name, View value, error_code&) override {
    switch (field) {
      case bh::field::host:
        if (head_.has_host) head_.repeated_host = true;
        head_.has_host = true;
        request_.host.assign(value.data(), value.size());
        break;
      case bh::field::origin: once(request_.origin, head_.has_origin, value); break;
      case bh::field::content_type: once(request_.content_type, seen_type_, value); break;
      case bh::field::authorization: take_authorization(value); break;
      case bh::field::cookie:  // browsers may split it (RFC 9113 §8.2.3), and proxies pass that on
        if (!request_.cookie.empty()) request_.cookie += "; ";
        request_.cookie.append(value.data(), value.size());
        break;
      case bh::field::if_none_match: once(request_.if_none_match, seen_match_, value); break;
      case bh::field::if_match: once(request_.if_match, seen_if_match_, value); break;
      case bh::field::accept: request_.accept.assign(value.data(), value.size()); break;
      case bh::field::accept_encoding:  // a list may come in pieces
        if (!request_.accept_encoding.empty()) request_.accept_encoding += ", ";
        request_.accept_encoding.append(value.data(), value.size());
        break;
      case bh::field::accept_language: request_.accept_language.assign(value.data(), value.size()); break;
      case bh::field::expect:
        (iequals(value, "100-continue") ? head_.expects_continue : head_.expects_other) = true;
        break;
      case bh::field::transfer_encoding:
        if (seen_encoding_ || seen_length_ || !iequals(value, "chunked")) head_.bad_transfer_encoding = true;
        seen_encoding_ = true;
        break;
      case bh::field::content_length:
        if (seen_encoding_) head_.bad_transfer_encoding = true;
        seen_length_ = true;
        break;
      case bh::field::unknown:
        if (iequals(name, "idempotency-key")) once(request_.idempotency_key, seen_key_, value);
        else if (iequals(name, "last-event-id")) once(request_.last_event_id, seen_event_, value);
        else if (iequals(name, "x-csrf-token")) once(request_.csrf_token, seen_csrf_, value);
        else if (iequals(name, "x-forwarded-for")) add_forwarded(value);
        else if (iequals(name, View(kPassedOn.data(), kPassedOn.size()))) head_.passed_on.assign(value.data(), value.size());
        break;
      default: break;
    }
  }
  void add_forwarded(View value) {  // each proxy adds its own at the end
    if (!request_.forwarded_for.empty()) request_.forwarded_for += ", ";
    request_.forwarded_for.append(value.data(), value.size());
  }
  void take_authorization(View value) {
    static constexpr View kBearer = "bearer ";
    if (value.size() > kBearer.size() && iequals(value.substr(0, kBearer.size()), kBearer))
      value.remove_prefix(kBearer.size());
    once(request_.authorization, seen_authorization_, value);
  }

  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(View body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, error_code&) override { return body.size(); }
  void on_finish_impl(error_code&) override {}

  Head& head_;
  Request& request_;
  bool seen_type_ = false, seen_match_ = false, seen_if_match_ = false, seen_event_ = false, seen_key_ = false;
  bool seen_authorization_ = false, seen_encoding_ = false, seen_length_ = false, seen_csrf_ = false;
};

}  // namespace

struct RequestReader::Impl {
  explicit Impl(std::int64_t limit) : header_limit(limit), chunks(limit) {}
  std::int64_t header_limit;
  std::int64_t header_bytes = 0;
  bool started = false, head_said = false;
  Head head;
  Request request;
  Refusal failure;
  std::optional<Parser> parser;

  // The body: of a known length, or chunked.
  ChunkDecoder chunks;
  std::int64_t body_limit = limits::kBodyBytes.value;
  std::int64_t taken = 0;
  std::uint64_t left = 0;
  bool chunked = false, keep_body = true, body_done = false;

  State fail(Refusal r) {
    failure = std::move(r);
    return State::failed;
  }
  State header_too_large() {
    return fail(refusal(431, "http.header_too_large", limits::kHeaderBytes.message, "请清理 Cookie 或缩短网址。"));
  }
  State body_too_large() {
    return fail(refusal(413, "http.body_too_large",
                        body_limit == limits::kBodyBytes.value     ? limits::kBodyBytes.message
                        : body_limit == limits::kUploadBytes.value ? limits::kUploadBytes.message
                                                                   : "提交的内容超过这个网址允许的大小。",
                        "请缩短内容后重新提交，这次的内容没有保存。"));
  }
  State malformed() {
    return fail(refusal(400, "http.bad_request", "请求不符合 HTTP 的格式。", "请换用常见的浏览器，或联系接口开发人员。"));
  }

  State feed_head(std::string_view bytes, std::size_t& consumed);
  State feed_body(std::string_view bytes, std::size_t& consumed);
  bool take(std::string_view data);
};

RequestReader::State RequestReader::Impl::feed_head(std::string_view bytes, std::size_t& consumed) {
  if (!started) {
    // RFC 9112 §2.2: empty lines before a request line are skipped; they still count against the head.
    while (bytes.starts_with("\r\n") && header_bytes < header_limit) {
      bytes.remove_prefix(2);
      consumed += 2;
      header_bytes += 2;
    }
    if (bytes.empty() || bytes == "\r") return State::head;
    started = true;
  }
  error_code ec;
  const auto n = parser->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
  consumed += n;
  header_bytes += static_cast<std::int64_t>(n);
  const auto waiting = parser->is_header_done() ? 0 : static_cast<std::int64_t>(bytes.size() - n);
  if (header_bytes + waiting > header_limit || ec == bh::error::header_limit) return header_too_large();
  if (ec == bh::error::need_more) return State::head;
  if (ec == bh::error::bad_version)
    return fail(refusal(505, "http.version", "系统只支持 HTTP/1.0 和 HTTP/1.1。", "请换用常见的浏览器。"));
  if (ec) return malformed();
  if (!parser->is_header_done()) return State::head;
  head_said = true;
  chunked = parser->chunked();
  const auto length = parser->content_length();
  left = length ? *length : 0;
  body_done = !chunked && left == 0;
  return State::head_done;
}

bool RequestReader::Impl::take(std::string_view data) {
  taken += static_cast<std::int64_t>(data.size());
  if (taken > body_limit) return false;
  if (keep_body) request.body.append(data);
  return true;
}

RequestReader::State RequestReader::Impl::feed_body(std::string_view bytes, std::size_t& consumed) {
  while (!body_done) {
    if (bytes.empty()) return State::body;
    std::size_t used = 0;
    std::string_view data;
    if (chunked) {
      const auto state = chunks.feed(bytes, used, data);
      if (state == ChunkDecoder::State::bad) return malformed();
      if (state == ChunkDecoder::State::too_long) return header_too_large();
      body_done = state == ChunkDecoder::State::done;
    } else {
      data = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size())));
      used = data.size();
      left -= used;
      body_done = left == 0;
    }
    bytes.remove_prefix(used);
    consumed += used;
    if (!take(data)) return body_too_large();
  }
  return State::done;
}

RequestReader::RequestReader(std::int64_t header_limit_bytes) : impl_(std::make_unique<Impl>(header_limit_bytes)) {
  reset();
}
RequestReader::~RequestReader() = default;

void RequestReader::reset() {
  auto& i = *impl_;
  i.header_bytes = 0;
  i.started = i.head_said = false;
  // The strings keep their memory from request to request; only a large body gives it back.
  i.head.method.clear();
  i.head.target.clear();
  i.head = Head{std::move(i.head.method), std::move(i.head.target)};
  auto& r = i.request;
  for (auto* s : {&r.path, &r.content_type, &r.idempotency_key, &r.accept, &r.accept_language, &r.accept_encoding,
                  &r.if_none_match, &r.if_match, &r.last_event_id, &r.authorization, &r.cookie, &r.host, &r.origin, &r.csrf_token,
                  &r.forwarded_for})
    s->clear();
  r.path_parameters.clear();
  r.query.clear();
  if (r.body.capacity() > 64 * 1024) r.body = std::string();
  r.body.clear();
  i.parser.emplace(i.head, i.request);
  i.chunks = ChunkDecoder(i.header_limit);
  i.body_limit = limits::kBodyBytes.value;
  i.taken = 0;
  i.left = 0;
  i.chunked = i.body_done = false;
  i.keep_body = true;
}

RequestReader::State RequestReader::feed(std::string_view bytes, std::size_t& consumed) {
  consumed = 0;
  return impl_->head_said ? impl_->feed_body(bytes, consumed) : impl_->feed_head(bytes, consumed);
}

bool RequestReader::limit_body(std::int64_t bytes) {
  auto& i = *impl_;
  i.body_limit = bytes;
  if (i.left > static_cast<std::uint64_t>(bytes)) {
    i.body_too_large();
    return false;
  }
  // What is only announced takes no more memory than this.
  constexpr std::uint64_t kReserve = 32 * 1024;
  if (i.keep_body) i.request.body.reserve(static_cast<std::size_t>(std::min(i.left, kReserve)));
  return true;
}

void RequestReader::drop_body() { impl_->keep_body = false; }
bool RequestReader::started() const { return impl_->started; }
bool RequestReader::keep_alive() const { return impl_->parser->is_header_done() && impl_->parser->keep_alive(); }
Head& RequestReader::head() { return impl_->head; }
Request& RequestReader::request() { return impl_->request; }
const Refusal& RequestReader::failure() const { return impl_->failure; }

}  // namespace yi::http
