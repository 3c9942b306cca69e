#include "engine/engine.h"

#include <spdlog/spdlog.h>

#include <future>
#include <map>
#include <thread>

#include "base/clock.h"
#include "engine/lane.h"
#include "engine/lane_answer.h"
#include "engine/node.h"
#include "engine/prepared_views.h"
#include "engine/rebuild.h"

namespace yi::engine {

const store::View& command_view() {
  // A command's first fact makes the row, its further facts add to the count: so a rebuild gives the same rows.
  static const store::View v{"engine_command", 1, store::ViewKind::guard, 2,
                             {{"centre", store::Type::integer},
                              {"id", store::Type::bytes},
                              {"first_seq", store::Type::integer, store::Merge::keep},
                              {"facts", store::Type::integer, store::Merge::add},
                              {"digest", store::Type::bytes, store::Merge::keep}}};
  return v;
}

const store::View& followed_view() {
  static const store::View v{"engine_followed", 1, store::ViewKind::report, 2,
                             {{"centre", store::Type::integer},
                              {"name", store::Type::text},
                              {"seq", store::Type::integer},
                              {"version", store::Type::integer}}};
  return v;
}

// What one term has: its registry, whose guards remember states, and the lane that decides by it.
struct Term {
  std::shared_ptr<Registry> registry;
  std::unique_ptr<Lane> lane;
};

struct Engine::Impl {
  EngineOptions options;
  store::Place place{std::string()};
  RegistryFactory rooms;
  Engine* self = nullptr;
  std::optional<store::DirectoryLock> directory_lock;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::KeyVault> keys;
  std::shared_ptr<Registry> declared;
  std::unique_ptr<Clock> clock;
  Progress progress;
  std::mutex pool_mutex;
  std::vector<std::unique_ptr<store::Reader>> pool;
  std::int64_t lent = 0;  // under pool_mutex
  mutable std::mutex term_mutex;
  std::shared_ptr<Term> term;       // none: this node does not lead
  bool declared_used = false;       // by the first term
  // Across terms, in this process's memory alone: where what this node answered as the leader ends, and what was found to follow from it.
  std::optional<store::HeadRow> answered;
  bool answered_unseen = false;     // since the last term ended the ledger was not asked
  bool answered_lost = false;       // and said
  std::unique_ptr<PreparedViews> prepared;  // while an earlier program's are in use
  bool to_begin = false;            // the lease was taken, and the first term has neither begun nor failed
  std::atomic<bool> opened{false};  // the writer is nobody's
  std::string followed_sql;         // how far the reports are
  store::Row followed_parameters;
  std::unique_ptr<Node> node;       // none: the store is held alone. The last member: its thread uses the others

  std::shared_ptr<Term> present() const {
    std::lock_guard lock(term_mutex);
    return term;
  }
  Checked begin_term(std::optional<std::int64_t> epoch);
  void end_term();
  std::int64_t followed_in_database();
  Views views_in_database();
  void prepare(Views found);
  void look_for_answered();
};

namespace {

constexpr std::int64_t kLookForAnswered = 5'000;  // facts: a term that begins has few groups to reckon

// Creates missing views; on a server each in a transaction of its own, so that none grows with their number, and what a start that was
// interrupted has made stays. True when a view of an earlier version, or a guard that has not been filled, needs a rebuild.
bool prepare_views(store::Writer& w, const Registry& registry, CentreCode centre, bool on_server) {
  w.begin();
  w.ensure_view(command_view());
  w.ensure_view(followed_view());
  const bool empty = w.reader().head(centre).seq == 0;
  bool rebuild = false;
  const auto prepare = [&](const store::View& v) {
    const bool there = w.reader().has_table(v.name);
    std::int64_t version = 0;
    {
      auto c = w.reader().select("SELECT version FROM engine_followed WHERE centre=$1 AND name=$2", {centre.value, v.name});
      version = c->next_integer();
    }
    if (empty) {
      if (there && version != v.version) {
        const auto others = others_of(w.reader(), centre, v);
        if (others == Others::another) displace(w, centre, v);
        else if (others == Others::none) w.drop_view(v.name);
      }
      w.ensure_view(v);
      w.change(followed_view(), followed_view().name, {{centre.value, v.name, 0, v.version}});
      if (on_server) {
        w.commit();
        w.begin();
      }
    } else if (!there || version != v.version) {
      rebuild = true;
    }
  };
  for (const auto& g : registry.guards) prepare(g->view());
  for (const auto& r : registry.reports) prepare(r->view());
  w.commit();
  return rebuild;
}

}  // namespace

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() {
  if (!impl_) return;
  if (impl_->node && impl_->to_begin) impl_->node->begun(false);  // a start that was refused in between
  impl_->node.reset();
  impl_->prepared.reset();
  impl_->end_term();
}

// Alone (no epoch) or as a node that has taken the lead.
Checked Engine::Impl::begin_term(std::optional<std::int64_t> epoch) {
  auto& w = store->writer();
  store::HeadRow head;
  // Nobody follows by the writer any more.
  const auto ready = std::exchange(prepared, nullptr);
  if (ready) ready->stop();
  if (epoch) {
    try {
      w.reader().head(options.centre);
    } catch (const store::Failure&) {  // its session was ended while the node followed
      w.recover();
    }
    w.set_term(options.centre, *epoch);
  }
  if (epoch) keys->lead();
  if (options.before_term) options.before_term();
  auto t = std::make_shared<Term>();
  t->registry = std::exchange(declared_used, true) ? std::make_shared<Registry>(rooms()) : declared;
  if (!prepare_views(w, *t->registry, options.centre, place.on_server())) {
    // they are ours
  } else if (ready && ready->take_in()) {
    spdlog::info("views of another version: those that were prepared are in use");
  } else {
    std::optional<store::WordHeld> word;
    if (epoch && !(word = store::WordHeld::take(place, options.centre, kViewsWord)))
      throw store::Failure(store::FailureKind::busy, "another node is making the views of this version");
    spdlog::info("views of another version: rebuilding");
    rebuild(w, rooms, options.centre, {.compare = false, .keys = keys.get()});
  }
  head = epoch ? w.reader().head(options.centre) : w.claim(options.centre);
  if (epoch && head.epoch != *epoch) throw store::Failure(store::FailureKind::stale, "another node has taken the lead");
  // A standby that had not everything was promoted: whoever goes on behind it loses what was answered (as Lane::settle has it). Who only
  // followed knows a number.
  if (const auto why = answered ? contradiction(w.reader(), options.centre, *answered, head) : std::nullopt) throw store::Failure(store::FailureKind::corrupt, *why);
  if (head.seq < progress.position())
    throw store::Failure(store::FailureKind::corrupt, "the database ends at fact " + std::to_string(head.seq) + ", and " + std::to_string(progress.position()) + " were answered");
  clock->told(Instant{head.recorded_at});
  t->lane = std::make_unique<Lane>(w, *t->registry, *clock, options, *keys, progress, std::move(head));
  t->lane->start();
  {
    std::lock_guard lock(term_mutex);
    term = t;
  }
  for (const auto& settle : t->registry->at_start) YI_CHECK(settle(*self));
  return Done{};
}

void Engine::Impl::end_term() {
  auto t = present();
  if (t) {
    t->lane->stop();  // what it has is stored and answered
    answered = t->lane->head();
    answered_unseen = true;
    answered_lost = false;
  }
  if (node) {  // also of a term that did not come to begin
    if (keys) keys->follow();
    if (store) {
      auto& w = store->writer();
      w.rollback();
      w.end_term();  // views that are prepared later belong to no term
    }
  }
  std::lock_guard lock(term_mutex);
  term.reset();
}

std::int64_t Engine::Impl::followed_in_database() {
  if (followed_parameters.size() < 2) return 0;
  auto reader = self->reader();
  if (!reader->has_table(followed_view().name)) return 0;
  return reader->select(followed_sql, followed_parameters)->next_integer();
}

Views Engine::Impl::views_in_database() {
  auto reader = self->reader();
  if (!reader->has_table(followed_view().name)) return Views::same;  // none yet
  std::map<std::string, std::int64_t, std::less<>> ours;
  for (const auto& g : declared->guards) ours[g->view().name] = g->view().version;
  for (const auto& r : declared->reports) ours[r->view().name] = r->view().version;
  std::size_t found = 0;
  bool earlier = false;
  auto c = reader->select("SELECT name, version FROM engine_followed WHERE centre=$1", {options.centre.value});
  while (c->next()) {
    const auto it = ours.find(c->bytes(0));
    if (it == ours.end()) continue;  // a view that this program has no more
    ++found;
    if (c->integer(1) > it->second) return Views::later;
    earlier |= c->integer(1) < it->second;
  }
  return found > 0 && (earlier || found < ours.size()) ? Views::earlier : Views::same;
}

// While another node leads. It goes on in any case; that it does so without what was answered here is said once, and this node does not go on
// behind it (begin_term).
void Engine::Impl::look_for_answered() {
  if (!answered || answered_lost || (!answered_unseen && progress.position() - answered->seq < kLookForAnswered)) return;
  auto reader = self->reader();
  auto found = reader->head(options.centre);
  if (const auto why = contradiction(*reader, options.centre, *answered, found)) {
    answered_lost = true;
    spdlog::critical("node {}: the ledger goes on without what was answered: {}", options.node.name, *why);
    return;
  }
  answered = std::move(found);
  answered_unseen = false;
}

void Engine::Impl::prepare(Views found) {
  if (!opened) return;
  if (found != Views::earlier) prepared.reset();
  else if (!prepared) prepared = std::make_unique<PreparedViews>(place, store->writer(), rooms, options.centre, keys.get());
}

Result<std::unique_ptr<Engine>> Engine::open(const store::Place& place, RegistryFactory rooms, EngineOptions options) {
  auto made = std::make_unique<Impl>();
  std::unique_ptr<Engine> engine(new Engine(std::move(made)));
  auto* const impl = engine->impl_.get();
  impl->self = engine.get();
  impl->options = options;
  impl->place = place;
  impl->rooms = std::move(rooms);
  impl->declared = std::make_shared<Registry>(impl->rooms());
  const bool beside_others = place.on_server() && !options.node.name.empty();
  try {
    const auto& directory = place.directory;
    if (place.on_server()) {  // what lies beside the ledger has one writer too
      YI_TRY(auto lock, store::lock_directory(directory));
      impl->directory_lock.emplace(std::move(lock));
    }
    YI_TRY(impl->store, store::open(place, beside_others ? store::Mode::node : store::Mode::write));
    auto& w = impl->store->writer();
    const auto centre = options.centre;
    std::optional<std::int64_t> epoch;
    if (beside_others) {
      engine->make_node(place);
      YI_TRY(epoch, engine->first_look());
    }
    const bool leads = epoch || !beside_others;
    impl->to_begin = epoch.has_value();
    if (epoch) w.set_term(centre, *epoch);
    if (leads && !w.reader().meta(centre, "clock")) {
      w.begin();
      w.put_meta(centre, "clock", options.clock_if_new.text());
      w.put_meta(centre, "centre", std::to_string(centre.value));
      w.commit();
    }
    if (const auto to = w.reader().meta(centre, kMovedTo).value_or(""); !to.empty()) return moved(to, store::label_of(place));
    const auto owner = w.reader().meta(centre, "centre").value_or("未注明");
    if (owner != std::to_string(options.centre.value))
      return Refusal{"engine.other_centre", "数据目录属于另一个中心（" + owner + "）。",
                     "请检查 --data 或中心设置。", 409, directory};
    YI_TRY(const auto setting, ClockSetting::parse(*w.reader().meta(centre, "clock")));
    if (leads) YI_CHECK(take_in_keys(w.reader(), place, centre, options.keys));
    YI_TRY(impl->keys, open_keys(w.reader(), place, centre, options.keys, leads ? store::KeyAccess::make : store::KeyAccess::read));
    if (leads && !w.reader().meta(centre, "keys")) {
      w.begin();
      w.put_meta(centre, "keys", impl->keys->id());
      w.commit();
    }
    impl->clock = std::make_unique<Clock>(setting, Instant{w.reader().head(options.centre).recorded_at});
    if (impl->node) impl->node->set_clock(*impl->clock);
    if (leads) {
      const auto begun = impl->begin_term(epoch);
      impl->to_begin = false;
      if (impl->node) impl->node->begun(begun.ok());
      YI_CHECK(begun);
    }
  } catch (const std::runtime_error& f) {  // store::Failure, or a row of a view that does not read
    return Refusal{"engine.store_unusable", std::string("数据文件无法使用：") + f.what(),
                   "请检查目录的读写权限和磁盘空间，或运行 yichuang verify 检查账本。", 503, store::label_of(place)};
  }
  impl->opened = true;
  return engine;
}

void Engine::make_node(const store::Place& place) {
  auto* const impl = impl_.get();
  // Every report is written with every other, so the least of them is what all have.
  impl->followed_parameters = {impl->options.centre.value};
  impl->followed_sql = "SELECT MIN(seq) FROM engine_followed WHERE centre=$1 AND name IN (";
  for (const auto& r : impl->declared->reports) {
    impl->followed_parameters.emplace_back(r->view().name);
    impl->followed_sql += (impl->followed_parameters.size() == 2 ? "$" : ",$") + std::to_string(impl->followed_parameters.size());
  }
  impl->followed_sql += ")";
  const auto& n = impl->options.node;
  impl->node = std::make_unique<Node>(place, impl->options.centre, store::NodeName{n.name, n.address, n.program}, n.listens, impl->progress,
                                      NodeCalls{[impl](std::int64_t epoch) { return impl->begin_term(epoch); }, [impl] { impl->end_term(); },
                                                [impl] {
                                                  const auto t = impl->present();
                                                  return t && t->lane->overtaken();
                                                },
                                                [impl] { return impl->followed_in_database(); },
                                                [impl] {
                                                  impl->look_for_answered();
                                                  const auto found = impl->views_in_database();
                                                  impl->prepare(found);
                                                  return found;
                                                },
                                                [impl] { return impl->prepared && impl->prepared->caught_up(); }});
}

// Takes the lead, or finds a centre that somebody leads and has made.
Result<std::optional<std::int64_t>> Engine::first_look() {
  const auto deadline = monotonic_ns() + 30'000'000'000;
  while (monotonic_ns() < deadline) {
    if (const auto epoch = impl_->node->open()) {
      impl_->node->start();
      return epoch;
    }
    if (impl_->store->writer().reader().meta(impl_->options.centre, "keys")) {
      impl_->node->start();
      return std::optional<std::int64_t>{};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return Refusal{"engine.not_made", "另一个节点正在建立这个中心，还没有完成。", "请稍后再启动这个节点。", 503, ""};
}

Result<Act> Engine::parse(std::string_view command, std::string_view body) {
  auto t = impl_->present();
  if (!t) return not_leading();
  const auto* spec = t->registry->find_command(command);
  if (!spec) throw std::logic_error("no such command: " + std::string(command));
  if (!impl_->node) return spec->parse(body);
  YI_TRY(auto act, spec->parse(body));
  // It knows the guards of its own term, and no other's.
  auto shared = std::make_shared<const Act>(std::move(act));
  Act bound([registry = t->registry, shared](Turn& turn) -> Checked {
    if (Lane::deciding() != registry.get()) return not_leading();
    return (*shared)(turn);
  });
  if (shared->expect)
    bound.expect = [registry = t->registry, shared](const Ahead& x) {
      if (Lane::deciding() == registry.get()) shared->expect(x);
    };
  return bound;
}

void Engine::submit(Submission s) {
  if (const auto t = impl_->present()) t->lane->submit(std::move(s));
  else s.waiter->answer(not_leading());
}
void Engine::wait_for_room() {
  if (const auto t = impl_->present()) t->lane->wait_for_room();
}

Result<Answer> Engine::run(std::string_view command, std::string_view body, const Actor& actor, std::optional<Instant> at) {
  YI_TRY(auto act, parse(command, body));
  std::promise<Result<Answer>> promise;
  auto future = promise.get_future();
  Submission s;
  s.id = new_command_id();
  s.digest = digest_of(command, body, actor.account);
  s.actor = actor;
  s.act = std::move(act);
  s.at = at;
  s.waiter = waiter([&](Result<Answer> r) { promise.set_value(std::move(r)); });
  submit(std::move(s));
  return future.get();
}

const Registry& Engine::registry() const { return *impl_->declared; }
CentreCode Engine::centre() const { return impl_->options.centre; }
Clock& Engine::clock() { return *impl_->clock; }
store::KeyVault& Engine::keys() { return *impl_->keys; }
std::int64_t Engine::position() const { return impl_->progress.position(); }
std::int64_t Engine::followed() const { return impl_->progress.followed(); }

EngineFigures Engine::figures() const {
  EngineFigures f;
  if (const auto t = impl_->present()) f = t->lane->figures();
  else f.followed = impl_->progress.followed();
  std::lock_guard lock(impl_->pool_mutex);
  f.readers_idle = static_cast<std::int64_t>(impl_->pool.size());
  f.readers_lent = impl_->lent;
  return f;
}

Standing Engine::standing() const {
  if (!impl_->node) return {};
  const auto leader = impl_->node->leader();
  return {impl_->node->role(), impl_->node->name().name, leader.name, leader.address, impl_->node->database_answers(), impl_->node->prepared(), impl_->node->views_fit(),
          impl_->node->beginning()};
}

void Engine::reached_at(std::string address) {
  if (impl_->node) impl_->node->reached_at(std::move(address));
}

void Engine::heard(std::int64_t position) { impl_->progress.reached(position); }

void Engine::retire() {
  if (impl_->node) impl_->node->retire();
}

// Whoever waits on a node that follows has it look by itself: a notification may be lost.
template <class Wait>
bool Engine::wait_looking(std::chrono::milliseconds at_most, Wait wait) {
  constexpr std::chrono::milliseconds kSlice{200};
  while (impl_->node && at_most > kSlice && impl_->node->role() != Role::leading) {
    if (wait(kSlice)) return true;
    at_most -= kSlice;
    impl_->node->look_soon();
  }
  return wait(at_most);
}

bool Engine::wait_followed(std::int64_t position, std::chrono::milliseconds at_most) {
  return wait_looking(at_most, [&](auto ms) { return impl_->progress.wait_followed(position, ms); });
}

bool Engine::wait_position(std::int64_t position, std::chrono::milliseconds at_most) {
  if (impl_->progress.position() >= position) return true;
  if (!impl_->node || impl_->node->role() == Role::leading) return false;  // it would know
  impl_->node->look_soon();
  if (wait_looking(at_most, [&](auto ms) { return impl_->progress.wait_position(position, ms); })) return true;
  return reader()->head(impl_->options.centre).seq >= position;  // it may be far behind: its thread is busy with a term
}

Engine::Lease Engine::reader() {
  {
    std::lock_guard lock(impl_->pool_mutex);
    if (!impl_->pool.empty()) {
      auto r = std::move(impl_->pool.back());
      impl_->pool.pop_back();
      ++impl_->lent;
      return Lease(impl_.get(), std::move(r));
    }
  }
  auto r = impl_->store->open_reader();
  std::lock_guard lock(impl_->pool_mutex);
  ++impl_->lent;
  return Lease(impl_.get(), std::move(r));
}

Engine::Lease::~Lease() {
  if (!reader_) return;
  std::lock_guard lock(pool_->pool_mutex);
  --pool_->lent;
  if (pool_->pool.size() < 8) pool_->pool.push_back(std::move(reader_));
}

}  // namespace yi::engine
