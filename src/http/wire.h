#pragma once
// Inside the room: what stands on the wire around a request and its reply, without any socket. Pure functions, so that
// each rule of the edge is tested in two lines.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "http/router.h"

namespace yi::http {

// --- statuses -------------------------------------------------------------------------------------------------------
const char* status_reason(int status);  // RFC 9110 §15, "Unknown" for others
const char* status_title(int status);   // Chinese, for a problem's title

// Code "http.internal", 500. `reference` > 0 is the number under which the log tells more.
Refusal internal_error(std::uint64_t reference);

// --- request --------------------------------------------------------------------------------------------------------
// What the reader found in a request's head, before anyone judged it.
struct Head {
  std::string method;  // as sent: "GET"
  std::string target;  // as sent: "/api/x?y=z"
  bool version_1_0 = false;
  bool has_host = false, repeated_host = false, has_origin = false;
  bool expects_continue = false, expects_other = false;
  bool bad_transfer_encoding = false;  // anything but "chunked", or beside a Content-Length
  bool repeated_key = false;           // a header that may come once came twice
  std::string passed_on = {};          // kPassedOn: the proof of a node that passed the request on, "" when absent
};

// Splits and decodes an origin-form target (RFC 9112 §3.2.1; absolute-form gives its authority to `request.host`) into
// path and query. Strict: a bad escape, a control character, an encoded slash, "\", a "." or ".." segment, text that is
// not UTF-8 or a repeated key is refused with 400 "http.bad_target".
Checked parse_target(std::string_view target, Request& request);

// Host names that this server answers to; ports are ignored.
class Hosts {
 public:
  explicit Hosts(std::vector<std::string> further, bool behind_tls = false);
  // "localhost:8080", "[::1]"; compared without regard to case.
  bool allowed(std::string_view host_header) const;
  // An Origin header is ours when its scheme is http (https behind a proxy that ends TLS), its host is allowed and its port is the Host header's: another
  // program on another port of this machine is a stranger.
  bool own_origin(std::string_view origin, std::string_view host_header) const;

 private:
  std::vector<std::string> names_;
  bool behind_tls_ = false;
};

// Everything that can be judged before the body: host, method, target, door, origin, credentials, media type,
// parameters. Fills `request`; refuses with the problem's status.
struct Admission {
  const Door* door = nullptr;
  Caller caller;
  bool head_only = false;  // HEAD: the reply keeps its body to itself
  std::string allow;       // of a 405
};
Checked admit(const Head& head, const Hosts& hosts, const Router& router, const Gatekeeper& gatekeeper,
              Request& request, Admission& out);
// The same in two parts: up to the door, and what the node that answers asks.
Checked admit_to_door(const Head& head, const Hosts& hosts, const Router& router, Request& request, Admission& out);
Checked admit_in(const Router& router, const Gatekeeper& gatekeeper, const Request& request, Admission& out);

// --- reply ----------------------------------------------------------------------------------------------------------
struct Framing {
  bool head_only = false;
  bool close = false;        // say "connection: close"
  bool say_keep_alive = false;  // HTTP/1.0 clients want to hear it
  bool chunked = false;         // of a body whose length is not known
};
// "Mon, 24 Jun 2024 01:00:00 GMT" (RFC 9110 §5.6.7).
std::string http_date(Instant t);
// True when `if_none_match` names `etag` (weak comparison, lists, "*").
bool etag_matches(std::string_view if_none_match, std::string_view etag);
// Turns a 200 with a matching etag into 304. Call before write_head.
void apply_etag(Response& r, std::string_view if_none_match);
// A header value or name with a control character would split the reply: false, and the reply must not be sent.
bool sendable(const Response& r);
// Appends status line and headers, with the security headers and Cache-Control that the reply does not set itself.
void write_head(std::string& out, const Response& r, const Framing& framing, std::string_view date);

// One piece in the chunked coding (RFC 9112 §7.1); nothing for an empty piece. kLastChunk ends the body.
void append_chunk(std::string& out, std::string_view piece);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace yi::http
