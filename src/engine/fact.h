#pragma once
// What passes between the engine and the rooms: facts that were recorded, commands that wish for more.
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "store/database.h"
#include "store/key_vault.h"
#include "store/record.h"

namespace yi::engine {

// A recorded fact on its way to views. The views into it live as long as the call.
struct RecordedFact {
  CentreCode centre;
  std::int64_t seq = 0;
  store::Record record;
  const store::KeyVault* keys = nullptr;  // where sealed parts can be opened
  RecordedFact(CentreCode c, std::int64_t s, store::Record r, const store::KeyVault* k = nullptr) : centre(c), seq(s), record(r), keys(k) {}

  // The body as F. A body that this program wrote always reads; a damaged one is for `verify` to name. Several views
  // ask for it, so it is parsed once.
  template <class F>
  F as() const {
    F f{};
    json::Reading r;
    if (!json::read_node(parsed(), f, r)) throw store::Failure(store::FailureKind::corrupt, "fact " + std::to_string(seq) + " does not read: " + r.path);
    return f;
  }
  // The personal fields of a sealed part; nothing when there are none or their subject was erased. Throws store::Failure
  // when they are damaged.
  template <class P>
  std::optional<P> open(const std::optional<store::SealedText>& sealed, SubjectId subject, std::string_view part = "sealed") const {
    if (!sealed) return std::nullopt;
    if (!keys) throw std::logic_error("sealed fields where no keys are");
    return keys->open<P>(*sealed, subject, {centre, record.name, record.stream, part});
  }

  // The body itself, for who wants a part of it whatever the fact.
  json::Node node() const { return parsed(); }

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
  bool at_page = false;          // acts on what a page has shown: says which version that was
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
    SubjectId sealed_under = {};  // the first subject whose fields the fact seals; none: 0
  };
  // `last`: the ledger position before this turn's first fact.
  Turn(CentreCode centre, Instant now, const Actor& actor, store::KeyVault* keys = nullptr, std::int64_t last = 0)
      : centre_(centre), now_(now), actor_(&actor), keys_(keys), last_(last) {}
  CentreCode centre() const { return centre_; }
  Instant now() const { return now_; }
  const Actor& actor() const { return *actor_; }
  store::KeyVault& keys() const {
    if (!keys_) throw std::logic_error("a turn without keys");
    return *keys_;
  }
  // Where the next fact will stand; companions stand behind it.
  std::int64_t next_position() const { return last_ + static_cast<std::int64_t>(facts_.size()) - companions_ + 1; }

  // F::kName is the fact's stable name and version: "casework.accepted/1". A fact that seals fields of a subject, or
  // whose command told a number of theirs, names the subject: what is kept of the command is then bound to its key.
  template <class F>
  void fact(std::string stream, Instant effective_at, const F& f, SubjectId sealed_under = {}) {
    put({F::kName, std::move(stream), effective_at, json::write(f), sealed_under});
  }
  template <class F>
  void fact(std::string stream, const F& f) {
    fact(std::move(stream), now_, f);
  }
  // Seals `personal` into `f.sealed` for its subject. F's last described member: std::optional<store::SealedText> sealed.
  template <class F, class P>
  void fact(std::string stream, Instant effective_at, F f, const P& personal, SubjectId subject) {
    f.sealed = seal<F>(stream, personal, subject);
    fact(std::move(stream), effective_at, f, subject);
  }
  // For a fact with a second sealed part (an agent's), before it is given: `part` is the field that will hold it.
  template <class F, class P>
  store::SealedText seal(std::string_view stream, const P& personal, SubjectId subject, std::string_view part = "sealed") {
    return keys().seal(personal, subject, {centre_, F::kName, stream, part});
  }
  // A fact that goes with the command's own (a subject that was not known): it stands behind them, so that the answer
  // begins with what was asked for.
  template <class F>
  void companion(std::string stream, const F& f, SubjectId sealed_under) {
    facts_.push_back({F::kName, std::move(stream), now_, json::write(f), sealed_under});
    ++companions_;
  }
  // For facts of one shape under many names: `name` lives as long as the program.
  template <class F>
  void fact_named(std::string_view name, std::string stream, Instant effective_at, const F& f) {
    put({name, std::move(stream), effective_at, json::write(f), {}});
  }
  const std::vector<NewFact>& facts() const { return facts_; }

  // Subjects that this turn has registered and no guard knows yet, by blind index (identity/subjects.h).
  std::vector<std::pair<std::string, SubjectId>> new_subjects;

 private:
  void put(NewFact f) { facts_.insert(facts_.end() - companions_, std::move(f)); }
  CentreCode centre_;
  Instant now_;
  const Actor* actor_;
  store::KeyVault* keys_;
  std::int64_t last_;
  std::vector<NewFact> facts_;
  std::ptrdiff_t companions_ = 0;
};

// What is known before a command's turn.
struct Ahead {
  const store::KeyVault& keys;
  const Actor& actor;
};

// A parsed command, ready for its turn. It must not keep state between turns: a group that could not be stored is
// not tried again, and its commands may come again under the same id.
struct Act {
  using Decide = std::function<Checked(Turn&)>;
  // Before the first turn of its group, on the lane's thread: says to the guards what will be looked for (GuardTable::expect), so that
  // one question serves the group. It decides nothing, and what it leaves out is asked in the turn (docs/decisions/0056).
  using Expect = std::function<void(const Ahead&)>;
  Act() = default;
  template <std::invocable<Turn&> D>
    requires(!std::same_as<std::remove_cvref_t<D>, Act>)
  Act(D d) : decide(std::move(d)) {}
  Checked operator()(Turn& turn) const { return decide(turn); }
  Decide decide;
  Expect expect;
};

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

// Builds the spec of command C from the function that decides it, and the one that says what it will look for.
template <class C, class Decide>
CommandSpec command(std::string name, std::string summary, std::vector<std::string> refusal_codes, Decide decide,
                    std::function<void(const Ahead&, const C&)> expect = {}) {
  CommandSpec s;
  s.right = name;
  s.name = std::move(name);
  s.summary = std::move(summary);
  s.audit_class = "command";
  s.request_schema = json::schema<C>();
  s.refusal_codes = std::move(refusal_codes);
  s.parse = [decide, expect](std::string_view body) -> Result<Act> {
    auto read = json::read<C>(body);
    if (!read) return std::move(read).error();
    const auto c = std::make_shared<const C>(std::move(read).value());
    Act act([decide, c](Turn& turn) -> Checked { return decide(turn, *c); });
    if (expect) act.expect = [expect, c](const Ahead& x) { expect(x, *c); };
    return act;
  };
  return s;
}

}  // namespace yi::engine
