#pragma once
// One data directory being served: engine, doors and server, in the order of their lives.
#include <memory>
#include <string>

#include "app/book_follower.h"
#include "app/mail_runner.h"
#include "app/rooms.h"
#include "bulletin/routes.h"
#include "casework/drafts.h"
#include "engine/engine.h"
#include "engine/feed.h"
#include "engine/receipts.h"
#include "files/keeper.h"
#include "files/store.h"
#include "http/server.h"
#include "identity/doors.h"
#include "identity/gatekeeper.h"
#include "identity/provider_desk.h"
#include "jobs/desk.h"
#include "replay/hall.h"

namespace yi::app {

struct ServeOptions {
  std::string data_directory;
  std::string store_url = {};  // "": the centre lies in the data directory
  std::string data_root;
  std::string pages_root;  // the built pages; "": there are none, and their doors say so
  http::ServerOptions server;
  engine::ClockSetting clock_if_new;
  // Of a demonstration: its accounts are offered to whoever reaches the server, also through a proxy (docs/decisions/0025).
  bool open_demonstration = false;
  store::KeyOptions keys;
  std::string files_folder = {};  // "": in the data directory; several nodes have one
  store::Place place() const { return {data_directory, store_url}; }
  std::string node = {};          // of a store on a server: this node's name; "": it holds the store alone
  std::string node_address = {};  // by which other nodes reach it; "": where it listens
};

class Installation {
 public:
  // Refusals of the catalogue's, calendar's and role table's loaders, of Engine::open, Gatekeeper::open, external_identity and Server::start.
  static Result<std::unique_ptr<Installation>> open(const ServeOptions& options);
  ~Installation();
  engine::Engine& engine() { return *engine_; }
  const Common& common() const { return common_; }
  http::Router& router() { return router_; }
  // Registers every door of the program; once, by serve() where it was not called before. Refusals of the templates' loaders and of
  // site::Pages::read.
  Checked add_doors();
  Checked serve();                       // registers the doors and starts the server
  std::uint16_t port() const { return server_->port(); }
  identity::Gatekeeper& gatekeeper() { return *gatekeeper_; }
  const identity::RoleTable& roles() const { return *roles_; }
  files::FileStore& file_store() { return *files_; }
  files::Keeper& keeper() { return *keeper_; }
  jobs::Desk& jobs() { return *jobs_; }  // once the doors are added
  // For monitoring; while serve() has been called and the installation lives.
  http::TrafficFigures traffic() const { return server_->traffic(); }
  std::size_t event_listeners() const { return feed_->listeners(); }
  const ServeOptions& options() const { return options_; }
  // http://127.0.0.1:8080/operator/enter?code=…, where the operator's session opens anything; "" elsewhere.
  std::string one_time_link();
  // …/first-administrator?code=…, of a centre of the machine's clock that has no administrator; "" elsewhere.
  std::string first_administrator_link();
  // Drafts of the demonstration's people, beside the ledger. Refusals of casework::Drafts::save.
  Checked keep_drafts(const std::vector<replay::HallDraft>& drafts);
  void stop();

 private:
  Installation(const ServeOptions& options, Common common) : options_(options), common_(std::move(common)) {}
  void start_keeper();
  void add_jobs();
  Checked add_demonstration(const identity::DoorParts& parts);
  std::string link(std::string_view path, const std::string& code) const;
  ServeOptions options_;
  Common common_;
  std::shared_ptr<identity::AccountBook> book_ = std::make_shared<identity::AccountBook>();
  std::shared_ptr<const identity::RoleTable> roles_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<BookFollower> book_follower_;  // of a node beside others
  std::unique_ptr<engine::Receipts> receipts_;
  std::unique_ptr<engine::Feed> feed_;
  std::unique_ptr<casework::Drafts> drafts_;
  std::unique_ptr<files::FileStore> files_;
  // Rung by the engine when somebody is erased; before there is a keeper and the drafts are open, their first pass is still to come.
  struct Bell {
    std::mutex m;
    files::Keeper* keeper = nullptr;
    casework::Drafts* drafts = nullptr;
    jobs::Desk* jobs = nullptr;
  };
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  std::unique_ptr<files::Keeper> keeper_;
  std::unique_ptr<identity::Gatekeeper> gatekeeper_;
  std::unique_ptr<jobs::Desk> jobs_;
  std::shared_ptr<identity::ProviderDesk> external_;  // none: the centre has no provider
  std::unique_ptr<bulletin::BulletinContext> bulletin_;
  std::optional<notice::MailServer> mail_;  // none: the centre sends no mail
  std::unique_ptr<MailRunner> mail_runner_;
  bool doors_added_ = false;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

// The centre of the catalogue's settings, with the engine's options for it.
engine::EngineOptions engine_options(const Common& common, const engine::ClockSetting& clock_if_new, const store::KeyOptions& keys = {});

}  // namespace yi::app
