#include "app/doors.h"

#include <algorithm>

#include "app/paper.h"
#include "app/places.h"
#include "base/json.h"
#include "bulletin/names.h"

namespace yi::app {
namespace {

struct Health {
  std::string version;
  std::string now;           // of the installation's clock
  bool demonstration = false;
  std::int64_t position = 0;
  std::int64_t followed = 0;
  std::int64_t storage_failures = 0;
};
BOOST_DESCRIBE_STRUCT(Health, (), (version, now, demonstration, position, followed, storage_failures))

struct Live {
  bool live = true;
};
BOOST_DESCRIBE_STRUCT(Live, (), (live))

// For a load balancer: whether requests may be sent here.
struct Ready {
  bool ready = false;
  std::string role;       // "leading" | "following" | "between"
  std::string node;
  std::string leader;     // "": nobody, or not known
  std::string version;
  bool prepared = false;      // to lead without a pause
  bool beginning = false;     // it has the lead and is getting ready for it; what writes waits
  std::int64_t position = 0;  // of the ledger, as this node knows it
  std::int64_t behind = 0;    // facts that the reports do not have yet
};
BOOST_DESCRIBE_STRUCT(Ready, (), (ready, role, node, leader, version, prepared, beginning, position, behind))

const char* name_of(engine::Role role) {
  switch (role) {
    case engine::Role::leading: return "leading";
    case engine::Role::following: return "following";
    case engine::Role::between: break;
  }
  return "between";
}

// Further behind than this a node's lists would puzzle people; it catches up or is left alone.
constexpr std::int64_t kMostBehind = 10'000;

void add_health_doors(http::Router& router, engine::Engine& engine) {
  http::Door live;
  live.pattern = "/health/live";
  live.name = "app.live";
  live.summary = "进程是否在运行";
  live.right = "public";
  live.audit_class = "none";
  live.replies = {{200, "在运行", "application/json", json::schema<Live>()}};
  live.handle = [](const http::Request&, const http::Caller&, http::Responder reply) {
    http::Response r;
    r.body = json::write(Live{});
    reply(std::move(r));
  };
  router.add(std::move(live));

  http::Door ready;
  ready.pattern = "/health/ready";
  ready.name = "app.ready";
  ready.summary = "这个节点能否接待请求（供负载均衡使用）";
  ready.right = "public";
  ready.audit_class = "none";
  ready.replies = {{200, "可以", "application/json", json::schema<Ready>()}, {503, "暂时不能", "application/json", json::schema<Ready>()}};
  ready.handle = [&engine](const http::Request&, const http::Caller&, http::Responder reply) {
    const auto s = engine.standing();
    Ready out;
    out.role = name_of(s.role);
    out.node = s.node;
    out.leader = s.leader;
    out.version = kVersion;
    out.prepared = s.prepared;
    out.beginning = s.beginning;
    const auto followed = engine.followed();
    out.position = engine.position();
    out.behind = std::max<std::int64_t>(0, out.position - followed);
    // While nobody leads for a moment, this node still answers whoever reads.
    out.ready = s.database_answers && s.views_fit && out.behind <= kMostBehind;
    http::Response r;
    r.status = out.ready ? 200 : 503;
    if (!out.ready) r.headers.emplace_back("retry-after", "2");
    r.body = json::write(out);
    reply(std::move(r));
  };
  router.add(std::move(ready));
}

}  // namespace

bool speaks_of_node(std::string_view door_name) {
  return door_name == "app.live" || door_name == "app.ready" || door_name == "app.health" || door_name == "app.openapi";
}

void add_service_doors(http::Router& router, engine::Engine& engine) {
  http::Door health;
  health.pattern = "/api/health";
  health.name = "app.health";
  health.summary = "系统是否正常";
  health.right = "public";
  health.audit_class = "none";
  health.replies = {{200, "系统状态", "application/json", json::schema<Health>()}};
  health.handle = [&engine](const http::Request&, const http::Caller&, http::Responder reply) {
    const auto f = engine.figures();
    http::Response r;
    r.body = json::write(Health{kVersion, to_iso(engine.clock().now()), engine.clock().pinned(), engine.position(), f.followed, f.failures});
    reply(std::move(r));
  };
  router.add(std::move(health));

  add_health_doors(router, engine);

  http::Door document;
  document.pattern = "/api/openapi.json";
  document.name = "app.openapi";
  document.summary = "接口文档（OpenAPI 3.1）";
  document.right = "public";
  document.audit_class = "none";
  document.replies = {{200, "OpenAPI 3.1", "application/json", R"({"type":"object"})"}};
  document.handle = [&router](const http::Request&, const http::Caller&, http::Responder reply) {
    http::Response r;
    r.body = router.openapi("一窗 Yichuang", kVersion);
    reply(std::move(r));
  };
  router.add(std::move(document));
}

Result<bulletin::BulletinContext> bulletin_context(const Common& common, const std::string& data_root) {
  YI_TRY(auto templates, load_templates(data_root));
  YI_TRY(auto reports, load_reports(data_root));
  bulletin::BulletinContext c;
  c.names = bulletin_names(common);
  c.window = [catalog = common.catalog](const WindowCode& code) -> std::optional<std::string> {
    const auto* w = catalog->find_window(code);
    return w ? std::optional(w->name) : std::nullopt;
  };
  c.templates = std::make_shared<const bulletin::Templates>(std::move(templates));
  c.reports = std::make_shared<const bulletin::ReportTemplates>(std::move(reports));
  c.fonts = font_places();
  c.desk = common.desk;
  c.word_lists = common.word_lists;
  c.own = common.catalog->settings().department;
  for (const auto& d : common.catalog->departments()) c.departments.push_back(d.code);
  return c;
}

}  // namespace yi::app
