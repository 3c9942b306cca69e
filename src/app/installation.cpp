#include "app/installation.h"

#include "app/data_directory.h"
#include "app/doors.h"
#include "app/file_doors.h"
#include "casework/routes.h"
#include "engine/command_doors.h"

namespace yi::app {

engine::EngineOptions engine_options(const Common& common, const engine::ClockSetting& clock_if_new) {
  engine::EngineOptions o;
  o.centre = common.catalog->settings().centre;
  o.clock_if_new = clock_if_new;
  return o;
}

Result<std::unique_ptr<Installation>> Installation::open(const ServeOptions& options) {
  YI_CHECK(settle(options.data_directory));
  YI_TRY(auto common, load_common(options.data_root));
  std::unique_ptr<Installation> i(new Installation(options, std::move(common)));
  YI_TRY(i->engine_, engine::Engine::open(options.data_directory, all_rooms(i->common_), engine_options(i->common_, options.clock_if_new)));
  YI_TRY(i->files_, files::FileStore::open(options.data_directory, {}));  // the engine holds the directory's lock
  YI_TRY(i->gatekeeper_, identity::Gatekeeper::open(options.data_directory));
  return i;
}

Checked Installation::serve() {
  engine::add_command_doors(router_, *engine_);
  receipts_ = std::make_unique<engine::Receipts>(options_.data_directory, engine_->centre());
  engine::add_receipt_doors(router_, *engine_, *receipts_);
  casework::add_doors(router_, *engine_, *common_.catalog);
  identity::add_doors(router_, *gatekeeper_);
  add_file_doors(router_, *files_);
  YI_TRY(auto context, bulletin_context(common_, options_.data_root));
  bulletin_ = std::make_unique<bulletin::BulletinContext>(std::move(context));
  bulletin::add_doors(router_, *engine_, *bulletin_);
  add_service_doors(router_, *engine_);
  server_ = std::make_unique<http::Server>(options_.server, router_, *gatekeeper_);
  return server_->start();
}

std::string Installation::one_time_link() {
  return "http://" + options_.server.address + ":" + std::to_string(port()) + "/operator/enter?code=" + gatekeeper_->new_one_time_code();
}

void Installation::stop() {
  if (server_) server_->stop();
}

// The server first: its handlers use the engine.
Installation::~Installation() {
  stop();
  server_.reset();
  engine_.reset();
}

}  // namespace yi::app
