#include "catalog/routes.h"

#include "catalog/change_rules.h"
#include "identity/gatekeeper.h"

namespace yi::catalog {
namespace {

constexpr const char* kRead = "catalog.read_versions";
using Position = Id<struct PositionTag>;

struct Beginning {
  std::int32_t version = 1;
  CivilDay since;
};
BOOST_DESCRIBE_STRUCT(Beginning, (), (version, since))
struct ItemLine {
  ChangeKind kind{};
  ItemCode code;
  std::string name;
  DepartmentCode department;             // whose it is; empty: the centre's
  std::string department_name;
  std::int32_t version = 1;              // in force today
  std::optional<CivilDay> since;         // its first day
  std::optional<Beginning> next;         // the newest version, where it begins later
  std::int32_t changes = 0;              // versions that the ledger has
  std::optional<std::int32_t> open;      // the number of the proposal that waits
};
BOOST_DESCRIBE_STRUCT(ItemLine, (), (kind, code, name, department, department_name, version, since, next, changes, open))
struct ItemLines {
  std::vector<ItemLine> items;
};
BOOST_DESCRIBE_STRUCT(ItemLines, (), (items))

enum class Origin { files, ledger };
BOOST_DESCRIBE_ENUM(Origin, files, ledger)
struct VersionEntry {
  std::int32_t version = 1;
  std::optional<CivilDay> since;
  bool in_force = false;                 // today
  Origin origin{};
  std::optional<Position> position;      // of the ledger's: the fact that approved it
  std::optional<std::string> by, reason;
  std::optional<Instant> at;             // when it was proposed
  std::optional<std::string> approved_by;
  std::optional<Instant> approved_at;
  bool alone = false;                    // by one person
  std::string definition;                // as one JSON object, without version and since
};
BOOST_DESCRIBE_STRUCT(VersionEntry, (), (version, since, in_force, origin, position, by, reason, at, approved_by, approved_at, alone, definition))
struct ProposalEntry {
  std::int32_t number = 0, base_version = 0;
  CivilDay since;
  ChangeStatus status{};
  std::string by, reason;
  Instant at;
  Position position;
  std::optional<std::string> decided_by, decision_reason;
  std::optional<Instant> decided_at;
  std::string definition;
};
BOOST_DESCRIBE_STRUCT(ProposalEntry, (), (number, base_version, since, status, by, reason, at, position, decided_by, decision_reason, decided_at, definition))
struct ItemReply {
  ChangeKind kind{};
  ItemCode code;
  std::string name;
  CivilDay today;
  std::vector<VersionEntry> versions;    // newest first
  std::vector<ProposalEntry> proposals;  // newest first: the one that waits, and those that became no version
};
BOOST_DESCRIBE_STRUCT(ItemReply, (), (kind, code, name, today, versions, proposals))

struct OpenProposal {
  ChangeKind kind{};
  ItemCode code;
  std::string name;
  std::int32_t number = 0;
  CivilDay since;
  std::string by, reason;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(OpenProposal, (), (kind, code, name, number, since, by, reason, at))
struct ProposalsReply {
  std::vector<OpenProposal> proposals;   // oldest first
};
BOOST_DESCRIBE_STRUCT(ProposalsReply, (), (proposals))

struct CheckChange {
  ChangeKind kind{};
  ItemCode code;
  CivilDay since;
  Definition definition;
};
BOOST_DESCRIBE_STRUCT(CheckChange, (), (kind, code, since, definition))
struct ProblemEntry {
  std::string code, sentence, next_step;
  std::string place;                     // JSON pointer into the definition: "/materials/2/copies"; "" for the whole
};
BOOST_DESCRIBE_STRUCT(ProblemEntry, (), (code, sentence, next_step, place))
struct CheckReply {
  std::vector<ProblemEntry> problems;    // none: the change can be proposed
  bool alone = false;                    // nobody else need approve it
  CivilDay earliest;                     // first day that it may have
};
BOOST_DESCRIBE_STRUCT(CheckReply, (), (problems, alone, earliest))

template <class T>
http::Response json_reply(const T& value) {
  http::Response r;
  r.body = json::write(value);
  return r;
}

http::Door door(const char* pattern, const char* name, const char* summary, const char* right, std::string schema) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = right;
  d.audit_class = "read";
  d.replies = {{200, summary, "application/json", std::move(schema)}};
  d.refusal_codes = {"identity.not_signed_in", "identity.not_allowed"};
  d.runs_on = http::RunsOn::worker;
  return d;
}

ItemLine line_of(const Changes& changes, const Changeable& kind, const std::string& code, CivilDay today) {
  const auto versions = changes.versions(kind.kind(), code);
  const auto& now = version_on(versions, today);
  const DepartmentCode department{kind.department(code)};
  const auto* d = changes.catalog().find_department(department);
  ItemLine line{kind.kind(), {code}, kind.name(code, today), department, d ? d->name : department.value, now.version, now.since, {}, changes.count(kind.kind(), code), {}};
  if (versions.back().version > now.version) line.next = Beginning{versions.back().version, versions.back().since.value_or(CivilDay{})};
  for (const auto& c : changes.of(kind.kind(), code))
    if (c.status == ChangeStatus::open) line.open = c.number;
  return line;
}

VersionEntry entry_of(const ItemVersion& v, bool in_force, const std::vector<Change>& past) {
  VersionEntry e;
  e.version = v.version;
  e.since = v.since;
  e.in_force = in_force;
  e.definition = v.definition;
  for (const auto& c : past) {
    if (c.status != ChangeStatus::approved || c.version != v.version) continue;
    e.origin = Origin::ledger;
    e.position = Position{c.decided_seq};
    e.by = c.by;
    e.reason = c.reason;
    e.at = c.at;
    e.approved_by = c.decided_by;
    e.approved_at = c.decided_at;
    e.alone = c.alone;
  }
  return e;
}

ItemReply item_of(const Changes& changes, const Changeable& kind, const std::string& code, const std::vector<ItemVersion>& versions, CivilDay today) {
  ItemReply r{kind.kind(), {code}, kind.name(code, today), today, {}, {}};
  const auto past = changes.of(kind.kind(), code);
  const int now = version_on(versions, today).version;
  for (auto v = versions.rbegin(); v != versions.rend(); ++v) r.versions.push_back(entry_of(*v, v->version == now, past));
  for (auto c = past.rbegin(); c != past.rend(); ++c) {
    if (c->status == ChangeStatus::approved) continue;
    ProposalEntry e{c->number, c->base_version, c->since, c->status, c->by, c->reason, c->at, {c->seq}, {}, {}, {}, c->definition};
    if (c->status != ChangeStatus::open) {
      e.decided_by = c->decided_by;
      e.decision_reason = c->decision_reason;
      e.decided_at = c->decided_at;
    }
    r.proposals.push_back(std::move(e));
  }
  return r;
}

CheckReply checked(const Changes& changes, const CheckChange& wish, CivilDay today) {
  auto a = assess(changes, wish.kind, wish.code.value, wish.since, wish.definition, today);
  CheckReply r{{}, a.alone, a.earliest};
  constexpr std::string_view kLead = "/definition";
  for (auto& p : a.judged.problems) r.problems.push_back({p.code, p.sentence, p.next_step, p.where.starts_with(kLead) ? p.where.substr(kLead.size()) : p.where});
  return r;
}

}  // namespace

void add_doors(http::Router& router, engine::Engine& engine, std::shared_ptr<const Changes> changes) {
  const auto today = [&engine] { return civil_day(engine.clock().now()); };

  auto list = door("/api/catalog/items", "catalog.list_items", "可以变更的各项：事项、一件事、设置、窗口、监察规则，及其版本", kRead, json::schema<ItemLines>());
  list.parameters = {{"kind", "只要这一种", json::schema<ChangeKind>()}};
  list.refusal_codes.emplace_back("catalog.unknown_item");
  list.handle = [changes, today](const http::Request& request, const http::Caller&, http::Responder reply) {
    std::optional<ChangeKind> only;
    if (const auto it = request.query.find("kind"); it != request.query.end() && !json::enum_from(it->second, only.emplace())) return reply(http::problem(refusal(NoChange::unknown_item)));
    ItemLines out;
    for (const auto& kind : changes->kinds())
      if (!only || kind->kind() == *only)
        for (const auto& code : kind->codes()) out.items.push_back(line_of(*changes, *kind, code, today()));
    reply(json_reply(out));
  };
  router.add(std::move(list));

  auto one = door("/api/catalog/items/{kind}/{code}", "catalog.read_item", "一项的各版和待批准的变更：内容、启用日、谁何时因何提出和批准", kRead, json::schema<ItemReply>());
  one.parameters = {{"kind", "哪一种", json::schema<ChangeKind>(), true, true}, {"code", "代码", R"({"type":"string","maxLength":64})", true, true}};
  one.refusal_codes.emplace_back("catalog.unknown_item");
  one.handle = [changes, today](const http::Request& request, const http::Caller&, http::Responder reply) {
    ChangeKind kind{};
    const auto& code = request.path_parameters.at("code");
    const auto* of = json::enum_from(request.path_parameters.at("kind"), kind) ? changes->find(kind) : nullptr;
    const auto versions = of ? changes->versions(kind, code) : std::vector<ItemVersion>{};
    if (versions.empty()) return reply(http::problem(refusal(NoChange::unknown_item)));
    reply(json_reply(item_of(*changes, *of, code, versions, today())));
  };
  router.add(std::move(one));

  auto open = door("/api/catalog/proposals", "catalog.list_proposals", "待批准的变更", kRead, json::schema<ProposalsReply>());
  open.handle = [changes, today](const http::Request&, const http::Caller&, http::Responder reply) {
    ProposalsReply r;
    for (const auto& c : changes->open())
      if (const auto* kind = changes->find(c.kind)) r.proposals.push_back({c.kind, {c.code}, kind->name(c.code, today()), c.number, c.since, c.by, c.reason, c.at});
    reply(json_reply(r));
  };
  router.add(std::move(open));

  auto check = door("/api/catalog/check_change", "catalog.check_change", "试核一项变更，不登记", "catalog.propose_change", json::schema<CheckReply>());
  check.method = http::Method::post;
  check.audit_class = "command";
  check.request_schema = json::schema<CheckChange>();
  check.refusal_codes.emplace_back("catalog.unknown_item");
  check.handle = [changes, today](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto body = json::read<CheckChange>(request.body);
    if (!body) return reply(http::problem(body.error()));
    if (changes->versions(body->kind, body->code.value).empty()) return reply(http::problem(refusal(NoChange::unknown_item)));
    reply(json_reply(checked(*changes, *body, today())));
  };
  router.add(std::move(check));
}

}  // namespace yi::catalog
