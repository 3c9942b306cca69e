#pragma once
// A small blocking client, for few and short conversations with services on this machine (an identity provider behind the local
// gateway, which speaks TLS for us). For worker threads.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace yi::http {

struct ClientRequest {
  std::string method = "GET";
  std::string url;  // "http://127.0.0.1:8080/path?query": the loopback alone
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  std::int64_t timeout_ms = 5'000;        // of each read and write
  std::size_t most_bytes = 1024 * 1024;   // of the whole reply
};
struct ClientReply {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; of repeated ones the last
  std::string body;
};

// Redirects are not followed. Refusals "http.client_address" (not the loopback), "http.client_unreachable", "http.client_bad_reply".
Result<ClientReply> fetch(const ClientRequest& request);

}  // namespace yi::http
