#include "http/request_reader.h"

#include <boost/beast/http/basic_parser.hpp>
#include <optional>

namespace yi::http {
namespace {

namespace bh = boost::beast::http;
using boost::beast::error_code;
using View = boost::beast::string_view;  // not std::string_view in 1.81, and not NUL-terminated
using boost::beast::iequals;

Refusal refusal(int status, const char* code, std::string sentence, std::string next_step) {
  return {code, std::move(sentence), std::move(next_step), status, ""};
}

class Parser final : public bh::basic_parser<true> {
 public:
  Parser(Head& head, Request& request) : head_(head), request_(request) {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // counted by the reader: Beast counts line by line
    body_limit(boost::none);                                  // known when the head has named the door
  }
  std::int64_t body_limit_bytes = limits::kBodyBytes.value;
  bool keep_body = true;
  bool too_large = false;

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
        break;
      default: break;
    }
  }
  void take_authorization(View value) {
    static constexpr View kBearer = "bearer ";
    if (value.size() > kBearer.size() && iequals(value.substr(0, kBearer.size()), kBearer))
      value.remove_prefix(kBearer.size());
    once(request_.authorization, seen_authorization_, value);
  }

  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& ec) override {
    if (length && *length > static_cast<std::uint64_t>(body_limit_bytes)) return refuse_body(ec);
    if (length && keep_body) request_.body.reserve(static_cast<std::size_t>(*length));
  }
  std::size_t take(View body, error_code& ec) {
    taken_ += static_cast<std::int64_t>(body.size());
    if (taken_ > body_limit_bytes) {
      refuse_body(ec);
      return 0;
    }
    if (keep_body) request_.body.append(body.data(), body.size());
    return body.size();
  }
  void refuse_body(error_code& ec) {
    too_large = true;
    ec = bh::error::body_limit;
  }
  std::size_t on_body_impl(View body, error_code& ec) override { return take(body, ec); }
  void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, error_code& ec) override { return take(body, ec); }
  void on_finish_impl(error_code&) override {}

  Head& head_;
  Request& request_;
  std::int64_t taken_ = 0;
  bool seen_type_ = false, seen_match_ = false, seen_key_ = false, seen_authorization_ = false;
  bool seen_encoding_ = false, seen_length_ = false;
};

}  // namespace

struct RequestReader::Impl {
  explicit Impl(std::int64_t limit) : header_limit(limit) {}
  std::int64_t header_limit;
  std::int64_t header_bytes = 0;
  bool started = false, head_said = false;
  Head head;
  Request request;
  Refusal failure;
  std::optional<Parser> parser;

  State fail(Refusal r) {
    failure = std::move(r);
    return State::failed;
  }
  State header_too_large() {
    return fail(refusal(431, "http.header_too_large", limits::kHeaderBytes.message, "请清理 Cookie 或缩短网址。"));
  }
  State fail(const error_code& ec) {
    if (parser->too_large)
      return fail(refusal(413, "http.body_too_large",
                          parser->body_limit_bytes == limits::kBodyBytes.value ? limits::kBodyBytes.message
                                                                                : "提交的内容超过这个网址允许的大小。",
                          "请缩短内容后重新提交，这次的内容没有保存。"));
    if (ec == bh::error::header_limit) return header_too_large();
    if (ec == bh::error::bad_version)
      return fail(refusal(505, "http.version", "系统只支持 HTTP/1.0 和 HTTP/1.1。", "请换用常见的浏览器。"));
    return fail(refusal(400, "http.bad_request", "请求不符合 HTTP 的格式。", "请换用常见的浏览器，或联系接口开发人员。"));
  }
};

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
  for (auto* s : {&r.path, &r.content_type, &r.idempotency_key, &r.accept_language, &r.if_none_match,
                  &r.authorization, &r.cookie, &r.host, &r.origin})
    s->clear();
  r.path_parameters.clear();
  r.query.clear();
  if (r.body.capacity() > 64 * 1024) r.body = std::string();
  r.body.clear();
  i.parser.emplace(i.head, i.request);
}

RequestReader::State RequestReader::feed(std::string_view bytes, std::size_t& consumed) {
  auto& i = *impl_;
  consumed = 0;
  if (!i.started) {
    // RFC 9112 §2.2: empty lines before a request line are skipped; they still count against the head.
    while (bytes.size() >= 2 && bytes[0] == '\r' && bytes[1] == '\n' && i.header_bytes < i.header_limit) {
      bytes.remove_prefix(2);
      consumed += 2;
      i.header_bytes += 2;
    }
    if (bytes.empty() || bytes == "\r") return State::head;
    i.started = true;
  }
  while (!i.parser->is_done()) {
    if (bytes.empty() && i.parser->is_header_done()) return State::body;
    error_code ec;
    const auto n = i.parser->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    bytes.remove_prefix(n);
    consumed += n;
    if (!i.head_said) {
      i.header_bytes += static_cast<std::int64_t>(n);
      const auto waiting = i.parser->is_header_done() ? 0 : static_cast<std::int64_t>(bytes.size());
      if (i.header_bytes + waiting > i.header_limit) return i.header_too_large();
    }
    if (ec == bh::error::need_more) return i.parser->is_header_done() ? State::body : State::head;
    if (ec) return i.fail(ec);
    if (i.parser->is_header_done() && !i.head_said) {
      i.head_said = true;
      return State::head_done;
    }
  }
  return State::done;
}

bool RequestReader::limit_body(std::int64_t bytes) {
  auto& parser = *impl_->parser;
  parser.body_limit_bytes = bytes;
  const auto length = parser.content_length();
  if (!length || *length <= static_cast<std::uint64_t>(bytes)) return true;
  parser.too_large = true;
  impl_->fail(error_code{});
  return false;
}
void RequestReader::drop_body() { impl_->parser->keep_body = false; }
bool RequestReader::started() const { return impl_->started; }
bool RequestReader::keep_alive() const { return impl_->parser->is_header_done() && impl_->parser->keep_alive(); }
Head& RequestReader::head() { return impl_->head; }
Request& RequestReader::request() { return impl_->request; }
const Refusal& RequestReader::failure() const { return impl_->failure; }

}  // namespace yi::http
