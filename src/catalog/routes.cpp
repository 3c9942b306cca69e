#include "catalog/routes.h"

#include "catalog/changes.h"
#include "catalog/declare.h"
#include "catalog/reading.h"
#include "identity/gatekeeper.h"

namespace yi::catalog {
namespace {

constexpr const char* kRead = "catalog.read_versions";

struct Beginning {
  std::int32_t version = 1;
  CivilDay since;
};
BOOST_DESCRIBE_STRUCT(Beginning, (), (version, since))
struct MatterLine {
  MatterCode code;
  std::string name;
  DepartmentCode department;
  std::string department_name;
  std::int32_t version = 1;              // in force today
  std::optional<CivilDay> since;         // its first day
  std::optional<Beginning> next;         // the newest version, where it begins later
  std::int32_t changes = 0;              // versions that the ledger has
};
BOOST_DESCRIBE_STRUCT(MatterLine, (), (code, name, department, department_name, version, since, next, changes))
struct MatterLines {
  std::vector<MatterLine> matters;
};
BOOST_DESCRIBE_STRUCT(MatterLines, (), (matters))

enum class Origin { files, ledger };
BOOST_DESCRIBE_ENUM(Origin, files, ledger)
using Position = Id<struct PositionTag>;
struct VersionEntry {
  std::int32_t version = 1;
  std::optional<CivilDay> since;
  bool in_force = false;                 // for a case received today
  Origin origin{};
  std::optional<Position> position;      // of the ledger's: the fact
  std::optional<std::string> by, reason;
  std::optional<Instant> at;
  std::string definition;                // the entry as one JSON object, without version and since
};
BOOST_DESCRIBE_STRUCT(VersionEntry, (), (version, since, in_force, origin, position, by, reason, at, definition))
struct VersionsReply {
  MatterCode code;
  std::string name;
  CivilDay today;
  std::vector<VersionEntry> versions;    // newest first
};
BOOST_DESCRIBE_STRUCT(VersionsReply, (), (code, name, today, versions))

struct SettingsReply {
  std::string definition;                // settings.yaml as one JSON object; the way to the identity provider is not in it
};
BOOST_DESCRIBE_STRUCT(SettingsReply, (), (definition))

struct CheckChange {
  MatterCode matter;
  CivilDay since;
  MatterDefinition definition;
};
BOOST_DESCRIBE_STRUCT(CheckChange, (), (matter, since, definition))
struct ProblemEntry {
  std::string code, sentence, next_step;
};
BOOST_DESCRIBE_STRUCT(ProblemEntry, (), (code, sentence, next_step))
struct CheckReply {
  std::vector<ProblemEntry> problems;    // none: the change can be recorded
};
BOOST_DESCRIBE_STRUCT(CheckReply, (), (problems))

Refusal unknown_matter() { return {"catalog.unknown_matter", "目录里没有这个事项。", "请从事项列表中选择。", 404, "/code"}; }

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

MatterLines lines_of(const Catalog& catalog, CivilDay today, const std::vector<ChangeRow>& changes) {
  std::unordered_map<std::string, std::int32_t> count;
  for (const auto& c : changes) ++count[c.matter.value];
  MatterLines out;
  for (const auto& of_files : catalog.matters()) {
    const Matter& newest = *catalog.find_matter(of_files.code);
    const Matter& now = *catalog.find_matter_on(of_files.code, today);
    const auto* d = catalog.find_department(now.department);
    MatterLine line{now.code, now.name, now.department, d ? d->name : now.department.value, now.version, now.since, {}, count[now.code.value]};
    if (newest.version > now.version) line.next = Beginning{newest.version, newest.since.value_or(CivilDay{})};
    out.matters.push_back(std::move(line));
  }
  return out;
}

VersionsReply versions_of(const Catalog& catalog, const Matter& now, CivilDay today, const std::vector<ChangeRow>& changes) {
  VersionsReply r{now.code, now.name, today, {}};
  for (int version = catalog.find_matter(now.code)->version; version >= 1; --version) {
    const Matter* m = catalog.find_matter(now.code, version);
    if (!m) continue;
    VersionEntry e{m->version, m->since, m->version == now.version, Origin::files, {}, {}, {}, {}, m->entry};
    for (const auto& c : changes) {
      if (c.version != version) continue;
      e.origin = Origin::ledger;
      e.position = Position{c.seq};
      e.by = c.by;
      e.reason = c.reason;
      e.at = c.at;
    }
    r.versions.push_back(std::move(e));
  }
  return r;
}

}  // namespace

void add_doors(http::Router& router, engine::Engine& engine, const Catalog& catalog) {
  const auto today = [&engine] { return civil_day(engine.clock().now()); };

  auto list = door("/api/catalog/matters", "catalog.list_matters", "事项及其版本", kRead, json::schema<MatterLines>());
  list.handle = [&engine, &catalog, today](const http::Request&, const http::Caller&, http::Responder reply) {
    auto reader = engine.reader();
    reply(json_reply(lines_of(catalog, today(), changes_of(*reader, engine.centre(), {}))));
  };
  router.add(std::move(list));

  auto versions = door("/api/catalog/matters/{code}/versions", "catalog.read_versions", "一个事项的各版：内容、启用日、谁何时因何变更", kRead, json::schema<VersionsReply>());
  versions.parameters = {{"code", "事项代码", R"({"type":"string","maxLength":64})", true, true}};
  versions.refusal_codes.emplace_back("catalog.unknown_matter");
  versions.handle = [&engine, &catalog, today](const http::Request& request, const http::Caller&, http::Responder reply) {
    const MatterCode code{request.path_parameters.at("code")};
    const Matter* now = catalog.find_matter(code) ? catalog.find_matter_on(code, today()) : nullptr;
    if (!now) return reply(http::problem(unknown_matter()));
    auto reader = engine.reader();
    reply(json_reply(versions_of(catalog, *now, today(), changes_of(*reader, engine.centre(), code))));
  };
  router.add(std::move(versions));

  auto settings = door("/api/catalog/settings", "catalog.read_settings", "中心的设置：各项的值、依据、是否核实", kRead, json::schema<SettingsReply>());
  settings.handle = [&catalog](const http::Request&, const http::Caller&, http::Responder reply) { reply(json_reply(SettingsReply{catalog.ground().settings_entry})); };
  router.add(std::move(settings));

  auto check = door("/api/catalog/check_change", "catalog.check_change", "试核一项变更，不登记", "catalog.change_matter", json::schema<CheckReply>());
  check.method = http::Method::post;
  check.audit_class = "command";
  check.request_schema = json::schema<CheckChange>();
  check.refusal_codes.emplace_back("catalog.unknown_matter");
  check.handle = [&catalog](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto body = json::read<CheckChange>(request.body);
    if (!body) return reply(http::problem(body.error()));
    const Matter* now = catalog.find_matter(body->matter);
    if (!now) return reply(http::problem(unknown_matter()));
    CheckReply r;
    for (const auto& p : read_change(catalog, body->matter, now->version + 1, body->since, body->definition).problems) r.problems.push_back({p.code, p.sentence, p.next_step});
    reply(json_reply(r));
  };
  router.add(std::move(check));
}

}  // namespace yi::catalog
