#include "app/installation.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <filesystem>

#include "app/beside.h"
#include "app/data_directory.h"
#include "app/doors.h"
#include "app/file_doors.h"
#include "app/job_doors.h"
#include "app/node_relay.h"
#include "app/places.h"
#include "app/unified_identity.h"
#include "app/vault_cipher.h"
#include "base/clock.h"
#include "bulletin/figure_views.h"
#include "bulletin/paper_formats.h"
#include "casework/draft_doors.h"
#include "casework/event_doors.h"
#include "casework/house_declare.h"
#include "casework/material_doors.h"
#include "casework/paper_doors.h"
#include "casework/receipt_page.h"
#include "casework/routes.h"
#include "catalog/routes.h"
#include "engine/command_doors.h"
#include "engine/lane_answer.h"
#include "exchange/routes.h"
#include "hall/devices.h"
#include "hall/duties.h"
#include "hall/follow_up_doors.h"
#include "hall/messages.h"
#include "hall/ratings.h"
#include "hall/screen_doors.h"
#include "hall/ticket_doors.h"
#include "identity/demonstration.h"
#include "identity/doors.h"
#include "identity/rights_view.h"
#include "onething/routes.h"
#include "replay/hall.h"
#include "site/doors.h"
#include "conduct/declare.h"
#include "reform/declare.h"
#include "staff/attendance_declare.h"
#include "staff/attendance_views.h"
#include "staff/declare.h"
#include "staff/leave_declare.h"

namespace yi::app {

engine::EngineOptions engine_options(const Common& common, const engine::ClockSetting& clock_if_new, const store::KeyOptions& keys) {
  engine::EngineOptions o;
  o.centre = common.catalog->settings().centre;
  o.clock_if_new = clock_if_new;
  o.keys = keys;
  return o;
}

namespace {

// A rotation that was ended and that the service could not settle, or one that other nodes are still to make.
void say_of_rotation(const store::KeyOptions& keys) {
  std::error_code ignored;
  if (!keys.master_key_file.empty() && std::filesystem::exists(keys.master_key_file + ".new", ignored))
    spdlog::warn("keys: {}.new lies beside the master key: where `yichuang keys rotate` was ended, stop the service and give it again", keys.master_key_file);
}

// Of an installation whose ledger an earlier program kept on a server.
Checked adopt_beside_of(const ServeOptions& options, engine::Engine& engine) {
  try {
    return adopt_beside(options.place(), engine.centre(), engine.keys());
  } catch (const std::runtime_error& e) {  // store::Failure, or a file that cannot be removed
    return Refusal{"app.beside_unreadable", std::string("数据目录中早期版本的账号、审计和暂存内容没有并入数据库：") + e.what(), "原有文件没有改动；请检查权限和磁盘，再启动一次。", 503,
                   options.data_directory};
  }
}

// A card's name is one member of the staff's, or nobody's: the register of accounts has no numbers of cards.
Result<engine::Answer> sign_staff(engine::Engine& engine, const http::Request& request, const std::string& name, engine::Actor device) {
  std::optional<std::string> account;
  {
    auto reader = engine.reader();
    account = staff::only_one_named(*reader, engine.centre(), name);
  }
  if (!account) return Refusal{"app.not_one_of_the_staff", "没有这个姓名的工作人员，或不止一位。", "请在自己的工作台打卡，或告诉中心督查。", 409, ""};
  return hall::give(engine, request, "staff.sign_by_card", json::write(staff::SignByCard{Text<64>(*account)}), std::move(device));
}
}  // namespace

Result<std::unique_ptr<Installation>> Installation::open(const ServeOptions& options) {
  YI_CHECK(settle(options.data_directory));
  YI_TRY(auto common, load_common(options.data_root));
  YI_TRY(auto external, external_identity(common.catalog->settings(), options.server));
  std::unique_ptr<Installation> i(new Installation(options, std::move(common)));
  i->external_ = std::move(external);
  YI_TRY(auto roles, identity::RoleTable::load(options.data_root + "/roles.yaml"));
  i->roles_ = std::make_shared<const identity::RoleTable>(std::move(roles));
  const auto rooms = [rooms = all_rooms(i->common_, i->book_, i->roles_), bell = i->bell_] {
    auto registry = rooms();
    registry.erasure.listeners.push_back([bell](SubjectId subject) {
      std::lock_guard lock(bell->m);
      try {
        if (bell->drafts) bell->drafts->forget(subject);
      } catch (const std::exception& e) {  // unreadable without the key; the next start takes them away
        spdlog::error("drafts of an erased subject are still there: {}", e.what());
      }
      if (bell->jobs) bell->jobs->forget_files();
      if (bell->keeper) bell->keeper->ring();
    });
    return registry;
  };
  auto of_engine = engine_options(i->common_, options.clock_if_new, options.keys);
  if (!options.store_url.empty()) of_engine.node = {options.node, options.node_address, kVersion};
  of_engine.before_term = [book = i->book_] { book->begin_term(); };
  YI_CHECK(check_moved_in(options.place(), of_engine.centre));
  YI_TRY(i->engine_, engine::Engine::open(options.place(), rooms, std::move(of_engine)));
  say_of_rotation(options.keys);
  YI_CHECK(i->common_.changes->check());
  files::StoreOptions files;
  files.cipher = std::make_shared<VaultCipher>(i->engine_->keys());
  files.shared = !options.files_folder.empty();
  YI_TRY(i->files_, files::FileStore::open({options.data_directory, options.files_folder, i->engine_->centre()}, std::move(files)));  // the engine holds the directory's lock
  auto& engine = *i->engine_;
  YI_CHECK(adopt_beside_of(options, engine));
  i->book_->load(*engine.reader(), engine.centre());
  i->book_->read_with([&engine](const std::string& account) { return identity::read_account(*engine.reader(), engine.centre(), account); });
  i->book_->follow_with([&engine] { return identity::read_staff(*engine.reader(), engine.centre()); }, [&engine] { return engine.standing().role == engine::Role::leading; });
  YI_TRY(i->gatekeeper_, identity::Gatekeeper::open({options.data_directory, engine.centre(), engine.clock().pinned(), options.server.behind_tls, system_now,
                                                     [&engine] { return engine.clock().now(); }, options.store_url},
                                                    i->book_, i->roles_, engine.keys()));
  i->router_.decorate_all([g = i->gatekeeper_.get()](http::Door& door) { g->guard(door); });
  YI_TRY(i->drafts_, casework::Drafts::open(options.place(), engine.centre(), engine.keys(),
                                             [&engine, c = i->common_.catalog] { return c->settings_on(civil_day(engine.clock().now())).casework.draft_days.value; },
                                             [book = i->book_](const std::string& account) {
                                               const auto a = book->find(account);
                                               return a ? a->state.subject : SubjectId{};
                                             },
                                             system_now));
  i->start_keeper();
  if (!engine.standing().node.empty()) i->book_follower_ = std::make_unique<BookFollower>(engine, i->common_);
  return i;
}

void Installation::start_keeper() {
  auto& engine = *engine_;
  files::KeeperAsks asks;
  asks.mine = [&engine] { return engine.standing().role == engine::Role::leading; };
  asks.named = [&engine]() -> std::function<bool(const files::FileId&)> {
    // What a fact named longer ago than the views are behind cannot be missed; what it names now was renewed.
    if (!engine.wait_followed(engine.position(), std::chrono::seconds(10))) throw std::runtime_error("the views are behind the ledger");
    auto reader = std::make_shared<engine::Engine::Lease>(engine.reader());
    return [&engine, reader](const files::FileId& id) { return casework::file_is_named(**reader, engine.centre(), id); };
  };
  asks.erased = [&engine]() -> std::function<bool(SubjectId)> {
    if (engine.keys().destroyed().empty()) return {};
    // A key that is only closed is that of a group under way, which may still fail: then its files are needed again.
    return [&engine](SubjectId s) { return s && engine.keys().is_destroyed(s); };
  };
  asks.swept = [](const files::Swept& s) {
    if (s.orphans + s.erased > 0) spdlog::info("files: {} that no fact names, {} of erased subjects taken away", s.orphans, s.erased);
  };
  asks.failed = [](const std::string& why) { spdlog::warn("files were not swept: {}", why); };
  asks.orphan_ms = [&engine, c = common_.catalog] { return (c->settings_on(civil_day(engine.clock().now())).casework.draft_days.value + 1) * 24LL * 3600 * 1000; };
  keeper_ = std::make_unique<files::Keeper>(*files_, std::move(asks));
  std::lock_guard lock(bell_->m);
  bell_->keeper = keeper_.get();
  bell_->drafts = drafts_.get();
}

Checked Installation::add_doors() {
  if (doors_added_) return Done{};
  engine::add_command_doors(router_, *engine_);
  receipts_ = std::make_unique<engine::Receipts>(options_.place(), engine_->centre(), &engine_->keys());
  engine::add_receipt_doors(router_, *engine_, *receipts_);
  const auto ground = common_.ground();
  YI_TRY(auto samples, catalog::Samples::load(options_.data_root + "/sichuan", *common_.catalog));
  casework::add_doors(router_, *engine_, ground, *gatekeeper_, std::make_shared<const catalog::Samples>(std::move(samples)));
  feed_ = std::make_unique<engine::Feed>(*engine_, casework::compose_events);
  casework::add_event_door(router_, *feed_, *gatekeeper_);
  casework::add_draft_doors(router_, *drafts_);
  casework::add_export_door(router_, *engine_, ground);
  casework::add_house_doors(router_, *engine_, *common_.catalog, *common_.calendar);
  YI_TRY(auto templates, casework::DocumentTemplates::load(options_.data_root + "/sichuan/templates/documents"));
  casework::add_paper_doors(router_, {*engine_, *files_, ground, std::make_shared<const casework::DocumentTemplates>(std::move(templates)), font_places()});
  casework::add_receipt_page(router_, *engine_, *receipts_, *common_.catalog, *common_.calendar);
  const auto hall_name = [this] { return common_.catalog->settings_on(civil_day(engine_->clock().now())).hall_name; };
  const identity::DoorParts parts{*gatekeeper_, *engine_, hall_name, external_};
  identity::add_doors(router_, parts);
  identity::add_page_doors(router_, parts);
  YI_CHECK(add_demonstration(parts));
  const casework::FileHouse files{*engine_, *files_, *gatekeeper_, ground};
  casework::add_material_doors(router_, files);
  add_file_doors(router_, *files_,
                 {[files](const http::Request& request, const http::Caller& caller) { return casework::owner_of_upload(files, request, caller); },
                  [files](const http::Request& request, const http::Caller& caller, const files::FileId& id) { return casework::may_read_file(files, request, caller, id); },
                  {"casework.case_needed", "casework.real_name_required", "casework.unknown_case", "casework.person_erased", "identity.not_allowed"}});
  YI_TRY(auto context, bulletin_context(common_, options_.data_root));
  context.hall = hall_name;
  bulletin_ = std::make_unique<bulletin::BulletinContext>(std::move(context));
  YI_TRY(auto mail, notice::MailSettings::load(options_.data_root + "/sichuan/mail.yaml"));
  if (mail) {
    YI_TRY(mail_, notice::MailServer::open(std::move(*mail)));
    bulletin_->sends_mail = true;
  }
  exchange::add_doors(router_, *engine_, *common_.catalog);
  catalog::add_doors(router_, *engine_, common_.changes);
  onething::add_doors(router_, *common_.catalog, [this] { return civil_day(engine_->clock().now()); });
  hall::add_ticket_doors(router_, *engine_, ticket_ground(common_));
  const hall::DeviceParts devices{*engine_, ticket_ground(common_), common_.catalog->settings().hall_name, [c = common_.catalog](const WindowCode& w) {
                                    const auto* window = c->find_window(w);
                                    return window ? window->name : w.value;
                                  },
                                  common_.catalog->settings().online_address,
                                  [this](const http::Request& request, const std::string& name, engine::Actor device) { return sign_staff(*engine_, request, name, std::move(device)); }};
  hall::add_kiosk_doors(router_, devices);
  hall::add_window_device_doors(router_, devices);
  hall::add_visit_doors(router_, devices);
  hall::add_message_doors(router_, devices);
  hall::add_duty_doors(router_, *engine_);
  hall::add_rating_doors(router_, *engine_);
  staff::add_record_doors(router_, *engine_, common_.leave);
  auto leave = leave_ground(common_, book_);
  leave.stands_for = [roles = roles_](identity::RoleSet of, staff::LeaveStep step) {
    return roles->reach(of, std::string("staff.approve_leave_at_") + json::enum_name(step)) != identity::Reach::none;
  };
  staff::add_leave_doors(router_, *engine_, leave);
  staff::add_attendance_doors(router_, *engine_, attendance_ground(common_, book_));
  conduct::add_doors(router_, *engine_, conduct_ground(common_, book_));
  reform::add_doors(router_, *engine_);
  hall::add_follow_up_doors(router_, *engine_, follow_up_ground(common_));
  bulletin::add_doors(router_, *engine_, *bulletin_);
  add_service_doors(router_, *engine_);
  hall::add_screen_doors(router_, {*engine_, ground,
                                   [](store::Reader& reader, CentreCode centre, CivilDay day) {
                                     const auto n = bulletin::counts_of_days(reader, centre, day, day);
                                     using bulletin::Figure;
                                     return hall::DayFigures{of(n, Figure::consulted), of(n, Figure::accepted), of(n, Figure::issued), of(n, Figure::transferred)};
                                   },
                                   hall_name});
  YI_TRY(auto pages, site::Pages::read(options_.pages_root));
  site::add_doors(router_, std::make_shared<const site::Pages>(std::move(pages)));
  add_jobs();
  YI_CHECK(roles_->check_rights(identity::rights_of_doors(router_), identity::rights_of_rooms(router_)));
  doors_added_ = true;
  return Done{};
}

// Last, because a job may ask any door that was added before.
void Installation::add_jobs() {
  sweep_copies(options_.data_directory);
  jobs_ = std::make_unique<jobs::Desk>(system_now);
  jobs::DoorParts parts{*jobs_, *gatekeeper_, options_.data_directory, {"casework.export_cases", "bulletin.export_counts", "exchange.export_cases"}};
  for (const auto& f : bulletin::paper_formats())
    if (f.format != bulletin::PaperFormat::html)
      for (const char* kind : {"bulletin.", "bulletin.report_"}) parts.exportable.push_back(std::string(kind) + f.name);
  jobs::add_doors(router_, parts);
  add_long_work_doors(router_, parts, {*engine_, common_, options_.place()});
  std::lock_guard lock(bell_->m);
  bell_->jobs = jobs_.get();
}

// A centre of the machine's clock never has these doors; a demonstration that a proxy opens to others has them when it was asked for.
Checked Installation::add_demonstration(const identity::DoorParts& parts) {
  const bool this_machine = !options_.server.behind_tls && options_.server.allowed_hosts.empty();
  const auto file = options_.data_root + "/demonstration/hall.yaml";
  if (!engine_->clock().pinned() || (!this_machine && !options_.open_demonstration) || !std::filesystem::exists(file)) return Done{};
  YI_TRY(const auto hall, replay::load_hall(file, "hall.yaml", *common_.catalog));
  std::vector<identity::DemonstrationAccount> people;
  for (const auto& p : hall.people) people.push_back({p.account, p.name, p.uscc.has_value(), p.place});
  identity::add_demonstration_doors(router_, parts, std::move(people));
  return Done{};
}

Checked Installation::keep_drafts(const std::vector<replay::HallDraft>& drafts) {
  int n = 0;
  for (const auto& d : drafts) {
    const auto who = book_->find(d.by);
    casework::SaveDraft wish;
    wish.draft_id = Text<36>(fmt::format("00000000-0000-4000-8000-{:012}", ++n));
    wish.matter = MatterCode{d.matter};
    wish.title = Text<120>(d.title);
    wish.content = Text<casework::kDraftChars>(d.content);
    YI_CHECK(drafts_->save(d.by, who ? who->state.subject : SubjectId{}, wish));
  }
  return Done{};
}

Checked Installation::serve() {
  YI_CHECK(add_doors());
  auto options = options_.server;
  options.refusal_of = engine::reading_unavailable;
  const bool beside_others = !engine_->standing().node.empty();
  if (beside_others) options.relay = std::make_shared<NodeRelay>(*engine_, system_now);
  server_ = std::make_unique<http::Server>(std::move(options), router_, *gatekeeper_);
  YI_CHECK(server_->start());
  if (mail_) mail_runner_ = std::make_unique<MailRunner>(*engine_, *bulletin_, std::move(*mail_));
  if (beside_others) engine_->reached_at(options_.node_address.empty() ? options_.server.address + ":" + std::to_string(port()) : options_.node_address);
  return Done{};
}

std::string Installation::link(std::string_view path, const std::string& code) const {
  return code.empty() ? "" : "http://" + options_.server.address + ":" + std::to_string(port()) + std::string(path) + "?code=" + code;
}

std::string Installation::one_time_link() {
  if (engine_->standing().role != engine::Role::leading) return "";  // what is sent from its pages is answered by the node that leads
  return gatekeeper_->operator_is_open() ? link("/operator/enter", gatekeeper_->new_one_time_code()) : "";
}

std::string Installation::first_administrator_link() {
  if (engine_->standing().role != engine::Role::leading || engine_->clock().pinned() || book_->holders(identity::Role::administrator) > 0) return "";
  const auto code = gatekeeper_->links().make(identity::LinkPurpose::open_three_posts, "", limits::kLinkMinutes.value);
  return code ? link("/first-administrator", *code) : "";
}

void Installation::stop() {
  if (engine_) engine_->retire();  // another node takes over while this one still passes on what comes in
  if (server_) server_->stop();
}

// The server first: its handlers use the engine.
Installation::~Installation() {
  stop();
  if (external_) external_->stop();
  server_.reset();
  mail_runner_.reset();
  feed_.reset();
  {
    std::lock_guard lock(bell_->m);
    bell_->keeper = nullptr;
    bell_->drafts = nullptr;
    bell_->jobs = nullptr;
  }
  jobs_.reset();  // what runs asks doors and the engine
  book_follower_.reset();
  keeper_.reset();
  drafts_.reset();
  gatekeeper_.reset();  // writes what waits for the audit
  engine_.reset();
}

}  // namespace yi::app
