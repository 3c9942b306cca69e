// The doors behind the editor of 监察规则.
#include "casework/warning_changes.h"
#include "casework/warning_rows.h"
#include "engine/engine.h"
#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {

enum class RulesOrigin { files, ledger };
BOOST_DESCRIBE_ENUM(RulesOrigin, files, ledger)
using Position = Id<struct PositionTag>;
struct RulesVersion {
  std::int32_t version = 1;
  std::optional<CivilDay> since;
  bool in_force = false;  // today
  RulesOrigin origin{};
  std::optional<Position> position;
  std::optional<std::string> by, reason;
  std::optional<Instant> at;
  std::string definition;  // all of warnings.yaml as one JSON object
};
BOOST_DESCRIBE_STRUCT(RulesVersion, (), (version, since, in_force, origin, position, by, reason, at, definition))
struct RulesReply {
  CivilDay today;
  std::vector<RulesVersion> versions;  // newest first
};
BOOST_DESCRIBE_STRUCT(RulesReply, (), (today, versions))
struct CheckWarnings {
  WarningsDefinition definition;
};
BOOST_DESCRIBE_STRUCT(CheckWarnings, (), (definition))
struct RulesProblem {
  std::string code, sentence, next_step;
};
BOOST_DESCRIBE_STRUCT(RulesProblem, (), (code, sentence, next_step))
struct RulesChecked {
  std::vector<RulesProblem> problems;  // none: the change can be recorded
};
BOOST_DESCRIBE_STRUCT(RulesChecked, (), (problems))

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

RulesReply versions_of(const WarningRules& of_file, const WarningBook& book, const std::vector<WarningRow>& rows, CivilDay today) {
  RulesReply r{today, {}};
  const auto* now = &book.on(today, of_file);
  for (auto it = rows.rbegin(); it != rows.rend(); ++it)
    r.versions.push_back({it->version, it->since, book.find(it->version) == now, RulesOrigin::ledger, Position{it->seq}, it->by, it->reason, it->at,
                          it->definition});
  r.versions.push_back({1, {}, now == &of_file, RulesOrigin::files, {}, {}, {}, {}, of_file.definition});
  return r;
}

}  // namespace

void add_warning_doors(http::Router& router, engine::Engine& engine, std::shared_ptr<const WarningRules> of_file, std::shared_ptr<const WarningBook> book) {
  auto list = door("/api/casework/warning_rules", "casework.read_warnings", "监察规则的各版", "casework.read_warnings", json::schema<RulesReply>());
  list.handle = [&engine, of_file, book](const http::Request&, const http::Caller&, http::Responder reply) {
    auto reader = engine.reader();
    http::Response r;
    r.body = json::write(versions_of(*of_file, *book, warning_rows(*reader, engine.centre()), civil_day(engine.clock().now())));
    reply(std::move(r));
  };
  router.add(std::move(list));

  auto check = door("/api/casework/check_warnings", "casework.check_warnings", "试核监察规则的变更，不登记", "casework.change_warnings", json::schema<RulesChecked>());
  check.method = http::Method::post;
  check.audit_class = "command";
  check.request_schema = json::schema<CheckWarnings>();
  check.handle = [](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto body = json::read<CheckWarnings>(request.body);
    if (!body) return reply(http::problem(body.error()));
    RulesChecked r;
    for (const auto& p : WarningRules::problems_of(body->definition, "监察规则")) r.problems.push_back({p.code, p.sentence, p.next_step});
    http::Response response;
    response.body = json::write(r);
    reply(std::move(response));
  };
  router.add(std::move(check));
}

}  // namespace yi::casework
