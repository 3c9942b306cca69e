#pragma once
// Doors: each is a descriptor that parses, guards, limits and documents at once. The router refuses to register a
// door without one, and the OpenAPI document is generated from the same list, so that it cannot disagree.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "http/event_stream.h"

namespace yi::http {

enum class Method { get, post };

struct Request {
  Method method = Method::get;
  bool head_only = false;                    // a HEAD, at a GET door: whoever sends it looks, and nothing may happen
  std::string path;                          // decoded, without the query
  std::map<std::string, std::string> path_parameters;   // of the door's pattern: "/cases/{id}"
  std::map<std::string, std::string> query;             // decoded; a repeated key is refused with 400
  std::string body;
  std::string content_type;
  std::string idempotency_key;               // header Idempotency-Key, "" when absent
  std::string accept;
  std::string accept_language;
  std::string accept_encoding;
  std::string if_none_match;
  std::string if_match;                      // http/precondition.h reads it
  std::string last_event_id;                 // of a client that comes back to an event stream, "" for a new one
  std::string authorization;                 // the credential of the header, without "Bearer "; "" when absent
  std::string cookie;                        // the raw Cookie header
  std::string host, origin;
  std::string csrf_token;                    // header X-CSRF-Token, "" when absent
  std::string forwarded_for;                 // header X-Forwarded-For: believed only where a proxy stands in front
  std::string address;                       // of the other end of the connection; "" in tests
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // further ones; names in lower case
  std::string refusal = {};   // the code of a refusal, as problem() sets it: for the access audit, not sent
  // A body that is made while it is sent, instead of `body`. Called on the worker pool, one call at a time and the next
  // only when the last piece is written, so that memory holds one piece: appends a piece (empty on entry; about
  // kPieceBytes serves best, an empty one is passed over) and says whether more will follow. Destroyed after its last
  // call, on any thread; early when the client leaves. One that throws cuts the connection: the client sees that the
  // body is not whole.
  std::function<bool(std::string& piece)> produce = {};
  // Instead of a body: events, as long as the client stays. The content type is set by the server.
  std::shared_ptr<EventStream> events = {};
};
inline constexpr std::size_t kPieceBytes = 64 * 1024;

// Who stands at the door, found by the Gatekeeper. identity::Viewer is made from it, one floor higher.
struct Caller {
  std::string role;     // "public" | "operator" | "staff" | "applicant"
  std::string account;  // "" for nobody
  std::string name = {};              // as papers show it
  std::string department = {};        // code; "" when not bound to one
  std::vector<std::string> windows = {};  // codes
  std::uint32_t roles = 0;            // bits of identity::Role
  std::int64_t subject = 0;           // of an applicant: whose cases are their own
  std::uint64_t grants = 0;           // named questions of views and how far each reaches (identity/questions.h)
  bool at_page = false;               // by a browser's cookie: what they act on is what a page has shown them
};

// Answers one request, once, from any thread; a Responder that is dropped unanswered answers 500 by itself.
class Responder {
 public:
  // Where an answer goes: the server's session (no memory is taken per request), or a test.
  class Target {
   public:
    virtual ~Target() = default;
    virtual void answer(Response r) = 0;
    virtual void dropped() = 0;  // nobody answered and nobody will
  };
  using Sink = std::function<void(Response)>;
  explicit Responder(std::shared_ptr<Target> target) : target_(std::move(target)) {}
  explicit Responder(Sink sink);
  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&& other) noexcept;
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;
  ~Responder() { drop(); }
  void operator()(Response r) {
    if (auto t = std::move(target_)) t->answer(std::move(r));
  }

 private:
  void drop() {
    if (auto t = std::move(target_)) t->dropped();
  }
  std::shared_ptr<Target> target_;
};

// Where the body of an upload goes while it comes in. One thread at a time, on the worker pool. Destroyed without
// finish() when the client leaves or breaks off: then nothing of it may remain.
class UploadSink {
 public:
  virtual ~UploadSink() = default;
  // The next piece, at most some hundred kB. A refusal ends the upload and is the answer.
  virtual Checked write(std::string_view piece) = 0;
  // The body is whole: answers the request, as a door's handler would. request.body is empty.
  virtual void finish(const Request& request, const Caller& caller, Responder reply) = 0;
};

// Fast handlers run on the connection's thread and must not block; `worker` handlers (PDF, long reads) run on the
// worker pool. `stranger`: slow work that anybody may ask for without a session (hashing a password) has one thread and a short
// queue of its own, so that a flood of it holds up nobody's reading; beyond the queue 429. What waits for an identity provider has
// threads of its own (identity/provider_desk.h).
enum class RunsOn { connection, worker, stranger };

struct Parameter {
  std::string name;
  std::string description;    // Chinese
  std::string schema;         // JSON Schema text
  bool in_path = false;
  bool required = false;
};

// One type of event of a stream.
struct EventType {
  std::string name;           // the "event" of EventStream::send
  std::string description;    // Chinese
  std::string schema;         // JSON Schema of its data
};

struct DoorReply {
  int status = 200;
  std::string description;
  std::string content_type = "application/json";
  std::string schema;         // "" for no JSON body
  std::vector<EventType> events = {};  // of "text/event-stream"; such a reply without any is refused at registration
};

// Whether a door compares versions (http/precondition.h). `required`: without If-Match 428, before the body is read.
enum class IfMatch { ignored, optional, required };

// A door whose body is a file instead of JSON: it streams into a sink and never stands in memory.
struct Upload {
  std::vector<std::string> media_types;  // what Content-Type may be: "application/pdf", "image/*"; others get 415
  // Opens the sink, on the worker pool, when the first piece is here.
  std::function<Result<std::unique_ptr<UploadSink>>(const Request&, const Caller&)> open;
  bool any() const { return static_cast<bool>(open); }
};

struct Door {
  Method method = Method::get;
  std::string pattern;        // "/api/casework/cases/{id}"; a last segment "{path*}" takes all that is left, also nothing
  std::string name;           // operationId: "casework.get_case"
  std::string summary;        // Chinese, one line
  std::string right;          // "public", or a right of the role table; an empty right is refused at registration
  std::uint32_t roles = 0;    // bits of identity::Role that hold the right by a room's own table; 0: the role table decides
  std::string audit_class;    // "none" | "read" | "personal" | "command"; empty is refused at registration
  std::vector<Parameter> parameters;
  std::string request_schema; // of the JSON body, "" for none
  std::vector<DoorReply> replies;
  std::vector<std::string> refusal_codes;  // codes that this door may answer with
  std::int64_t body_limit = limits::kBodyBytes.value;
  bool leads = false;         // a GET that may write to the ledger: only the node that leads answers it (http/relay.h)
  bool plain_form = false;    // a POST of a page's form: the token against foreign sites is a field that its handler checks
  bool any_query = false;     // a page whose script reads the query: keys that are not declared are none of the server's business
  RunsOn runs_on = RunsOn::connection;
  std::function<void(const Request&, const Caller&, Responder)> handle;
  IfMatch if_match = IfMatch::ignored;     // of a POST
  bool tagged = false;                     // of a GET: its 200 carries an ETag and If-None-Match gets 304
  Upload upload = {};                      // of a POST, instead of request_schema and handle
};

// Decides who the caller is and whether the door is open to them.
class Gatekeeper {
 public:
  virtual ~Gatekeeper() = default;
  // The caller, or a refusal (401/403) as a value. Called for every request before its body is parsed.
  virtual Result<Caller> admit(const Request& request, const Door& door) const = 0;
};

// RFC 9457 application/problem+json: {type, title, status, code, detail, next_step, where}; the same shape for every
// refusal of the house. Nothing internal leaks: `refusal` is written for strangers already. 503 and 429 say
// Retry-After.
Response problem(const Refusal& refusal);
std::string problem_schema();
// The same words as a plain page, for a browser that asked for one outside /api: no style from outside, no script.
Response problem_page(const Refusal& refusal);
// Whether the request is a person's, waiting for a page.
bool wants_page(const Request& request);

class Router {
 public:
  Router();
  ~Router();
  // Throws std::logic_error when the door has no name, right, audit class, summary, reply or handler, when a
  // pattern's parameter is not declared, when a schema is not JSON, or when the door or its name exists already.
  // Not after the first find(): the doors do not move from then on.
  void add(Door door);
  // Lays `decorate` around every door that is added from here on: what all doors must do is written once, and no room
  // can forget it. Throws std::logic_error when there is a door already.
  void decorate_all(std::function<void(Door&)> decorate);
  const std::vector<Door>& doors() const;
  // The door of a path, with its path parameters filled into `request`; a refusal is 404 or 405 (with Allow).
  Result<const Door*> find(Request& request) const;
  // The methods of a path as the header Allow has them, "" when there is no such path.
  std::string allowed_methods(std::string_view path) const;
  // The request's query against the door's declaration: an undeclared key (code "http.unknown_parameter"), a missing
  // one ("http.missing_parameter"), a value that its schema's type, enum or lengths do not allow
  // ("http.bad_parameter", also for the path); `where` is the parameter's name.
  Checked check_parameters(const Door& door, const Request& request) const;
  // OpenAPI 3.1 document (JSON text).
  std::string openapi(std::string_view title, std::string_view version) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yi::http
