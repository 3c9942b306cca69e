#pragma once
// What passes between the engine and the rooms: facts that were recorded, commands that wish for more.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "store/database.h"
#include "store/record.h"

namespace yi::engine {

// A recorded fact on its way to views. The views into it live as long as the call.
struct RecordedFact {
  CentreCode centre;
  std::int64_t seq = 0;
  store::Record record;
  RecordedFact(CentreCode c, std::int64_t s, store::Record r) : centre(c), seq(s), record(r) {}

  // The body as F. A body that this program wrote always reads; a damaged one is for `verify` to name. Several views
  // ask for it, so it is parsed once.
  template <class F>
  F as() const {
    F f{};
    json::Reading r;
    if (!json::read_node(parsed(), f, r)) throw store::Failure(store::FailureKind::corrupt, "fact " + std::to_string(seq) + " does not read: " + r.path);
    return f;
  }

 private:
  json::Node parsed() const;
  mutable std::optional<json::Node> node_;
  mutable std::uint64_t parsed_as_ = 0;  // which of the thread's parses node_ belongs to
};

// Who acts, as the door found them. The program's own commands (replay, timers, benchmarks) act with every role.
struct Actor {
  std::string account;
  std::string role;              // for log lines: "public", "operator", "staff", "applicant"
  std::string name = {};         // as papers show it
  DepartmentCode department = {};  // empty: not bound to one
  std::uint32_t roles = ~0u;     // bits of identity::Role
  SubjectId subject = {};        // of an applicant's account: whose cases are their own
};

// One command's turn at the lane: it sees the state with every earlier command of its group, and says which facts
// follow. Facts are recorded only when the command is not refused.
class Turn {
 public:
  struct NewFact {
    std::string_view name;
    std::string stream;
    Instant effective_at;
    std::string body;
  };
  Turn(CentreCode centre, Instant now, const Actor& actor) : centre_(centre), now_(now), actor_(&actor) {}
  CentreCode centre() const { return centre_; }
  Instant now() const { return now_; }
  const Actor& actor() const { return *actor_; }

  // F::kName is the fact's stable name and version: "casework.accepted/1".
  template <class F>
  void fact(std::string stream, Instant effective_at, const F& f) {
    facts_.push_back({F::kName, std::move(stream), effective_at, json::write(f)});
  }
  template <class F>
  void fact(std::string stream, const F& f) {
    fact(std::move(stream), now_, f);
  }
  const std::vector<NewFact>& facts() const { return facts_; }

 private:
  CentreCode centre_;
  Instant now_;
  const Actor* actor_;
  std::vector<NewFact> facts_;
};

// A parsed command, ready for its turn. It must not keep state between turns: a group that could not be stored is
// not tried again, and its commands may come again under the same id.
using Act = std::function<Checked(Turn&)>;

enum class Scope { own, department, centre, named };

// What the router, the OpenAPI document and the engine know of a command.
struct CommandSpec {
  std::string name;          // "casework.accept", imperative
  std::string summary;       // Chinese, one line
  std::string right;         // the command's own name: what data/roles.yaml gives to roles; "public": everybody's
  std::uint32_t roles = 0;   // bits of identity::Role that a room's own table names; 0: the role table of data/ decides
  Scope scope = Scope::centre;
  bool has_door = true;      // false: the program's own, given by Engine::run and Engine::submit alone
  std::string audit_class;   // "command", "personal"
  std::string request_schema;
  std::vector<std::string> refusal_codes;
  std::int64_t body_limit = limits::kBodyBytes.value;
  std::function<Result<Act>(std::string_view body)> parse;
};

// Builds the spec of command C from the function that decides it.
template <class C, class Decide>
CommandSpec command(std::string name, std::string summary, std::vector<std::string> refusal_codes, Decide decide) {
  CommandSpec s;
  s.right = name;
  s.name = std::move(name);
  s.summary = std::move(summary);
  s.audit_class = "command";
  s.request_schema = json::schema<C>();
  s.refusal_codes = std::move(refusal_codes);
  s.parse = [decide](std::string_view body) -> Result<Act> {
    auto c = json::read<C>(body);
    if (!c) return std::move(c).error();
    return Act([decide, c = std::move(c).value()](Turn& turn) -> Checked { return decide(turn, c); });
  };
  return s;
}

}  // namespace yi::engine
