#include "app/doors.h"

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

}  // namespace

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
  bulletin::BulletinContext c;
  c.names = bulletin::names_of(common.catalog);
  c.window = [catalog = common.catalog](const WindowCode& code) -> std::optional<std::string> {
    const auto* w = catalog->find_window(code);
    return w ? std::optional(w->name) : std::nullopt;
  };
  c.hall = common.catalog->settings().hall_name;
  c.templates = std::make_shared<const bulletin::Templates>(std::move(templates));
  c.fonts = font_places();
  return c;
}

}  // namespace yi::app
