#include "engine/engine.h"

#include <spdlog/spdlog.h>

#include <cstring>
#include <future>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/random.h"
#include "engine/lane.h"
#include "engine/rebuild.h"

namespace yi::engine {

constexpr std::int64_t kDayMs = 24 * 3'600'000;

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

store::CommandDigest digest_of(std::string_view command_name, std::string_view body, std::string_view account) {
  thread_local crypto::Sm3 sm3;
  sm3.start();
  sm3.add(command_name);
  sm3.add(std::string_view("\0", 1));
  sm3.add(account);
  sm3.add(std::string_view("\0", 1));
  sm3.add(body);
  const auto d = sm3.finish();
  store::CommandDigest out;
  std::memcpy(out.data(), d.data(), out.size());
  return out;
}

bool is_time_ordered(std::string_view id) { return id.size() == 16 && (static_cast<std::uint8_t>(id[6]) & 0xF0) == 0x70; }

std::string first_id_of(Instant t) {
  std::string id(16, '\0');
  const auto ms = static_cast<std::uint64_t>(t.ms);
  for (int i = 0; i < 6; ++i) id[static_cast<std::size_t>(i)] = static_cast<char>(ms >> (40 - 8 * i));
  return id;
}

store::CommandId new_command_id() {
  static std::atomic<std::uint64_t> counter{0};
  store::CommandId id;
  const auto random = crypto::random_bytes(6);
  const auto ms = static_cast<std::uint64_t>(system_now().ms);
  const auto n = counter.fetch_add(1);
  for (int i = 0; i < 6; ++i) id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  id[6] = static_cast<std::uint8_t>(0x70 | ((n >> 24) & 0x0F));
  id[7] = static_cast<std::uint8_t>(n >> 16);
  id[8] = static_cast<std::uint8_t>(0x80 | ((n >> 10) & 0x3F));
  id[9] = static_cast<std::uint8_t>(n);
  std::memcpy(id.data() + 10, random.data(), 6);
  return id;
}

Result<store::CommandId> parse_command_id(std::string_view text) {
  store::CommandId id;
  std::size_t n = 0;
  bool good = text.size() == 36;
  for (std::size_t i = 0; good && i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      good = c == '-';
      continue;
    }
    const int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (v < 0) good = false;
    else if (n % 2 == 0) id[n++ / 2] = static_cast<std::uint8_t>(v << 4);
    else id[n++ / 2] |= static_cast<std::uint8_t>(v);
  }
  if (good && is_time_ordered(store::bytes(id)) && store::bytes(id) >= first_id_of(system_now() + kDayMs))
    return Refusal{"engine.bad_command_id", "请求编号中的时间比现在晚一天以上。", "请核对本机的时钟，重新生成编号后再提交。", 400, ""};
  if (!good)
    return Refusal{"engine.bad_command_id", "请求缺少编号，或编号格式不对。",
                   "请在请求头 Idempotency-Key 中带上一个 UUID，例如 0190f5fe-7c00-7a1b-8c2d-0123456789ab；每个新请求用一个新的。", 400, ""};
  return id;
}

struct Engine::Impl {
  EngineOptions options;
  std::optional<store::DirectoryLock> directory_lock;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::KeyVault> keys;
  Registry registry;
  std::unique_ptr<Clock> clock;
  std::unique_ptr<Lane> lane;
  std::mutex pool_mutex;
  std::vector<std::unique_ptr<store::Reader>> pool;
  std::int64_t lent = 0;  // under pool_mutex
};

namespace {

// Creates missing views; true when a view of an earlier version, or a guard that has not been filled, needs a rebuild.
bool prepare_views(store::Writer& w, const Registry& registry, CentreCode centre) {
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
      if (there && version != v.version && !others_follow(w.reader(), centre, v)) w.drop_view(v.name);
      w.ensure_view(v);
      w.change(followed_view(), followed_view().name, {{centre.value, v.name, 0, v.version}});
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
  if (impl_ && impl_->lane) impl_->lane->stop();
}

Result<std::unique_ptr<Engine>> Engine::open(const store::Place& place, RegistryFactory rooms, EngineOptions options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  try {
    const auto& directory = place.directory;
    if (place.on_server()) {  // what lies beside the ledger has one writer too
      YI_TRY(auto lock, store::lock_directory(directory));
      impl->directory_lock.emplace(std::move(lock));
    }
    YI_TRY(impl->store, store::open(place, store::Mode::write));
    auto& w = impl->store->writer();
    const auto centre = options.centre;
    if (!w.reader().meta(centre, "clock")) {
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
    YI_CHECK(take_in_keys(w.reader(), place, centre, options.keys));
    YI_TRY(impl->keys, open_keys(w.reader(), place, centre, options.keys, store::KeyAccess::make));
    if (!w.reader().meta(centre, "keys")) {
      w.begin();
      w.put_meta(centre, "keys", impl->keys->id());
      w.commit();
    }
    impl->registry = rooms();
    if (prepare_views(w, impl->registry, options.centre)) {
      spdlog::info("views of another version: rebuilding");
      rebuild(w, rooms, options.centre, {.compare = false, .keys = impl->keys.get()});
    }
    impl->clock = std::make_unique<Clock>(setting, Instant{w.reader().head(options.centre).recorded_at});
    impl->lane = std::make_unique<Lane>(w, impl->registry, *impl->clock, options, *impl->keys);
    impl->lane->start();
  } catch (const std::runtime_error& f) {  // store::Failure, or a row of a view that does not read
    return Refusal{"engine.store_unusable", std::string("数据文件无法使用：") + f.what(),
                   "请检查目录的读写权限和磁盘空间，或运行 yichuang verify 检查账本。", 503, store::label_of(place)};
  }
  std::unique_ptr<Engine> engine(new Engine(std::move(impl)));
  for (const auto& settle : engine->impl_->registry.at_start) YI_CHECK(settle(*engine));
  return engine;
}

Refusal moved(const std::string& to, const std::string& from) {
  return {"engine.moved", "这个中心已迁到 " + to + "，这里的数据只供核对。", "请用 --store 或 --data 指定迁移后的位置。", 409, from};
}

Result<std::unique_ptr<store::KeyVault>> open_keys(store::Reader& reader, const store::Place& place, CentreCode centre, const store::KeyOptions& options,
                                                   store::KeyAccess access) {
  const auto known = reader.meta(centre, "keys");
  // Never a new set of keys for a ledger that has one: it would hide that the old ones are lost.
  if (known) {
    YI_TRY(const auto there, store::keys_there(place, centre));
    if (there.empty())
      return Refusal{"engine.keys_missing", "找不到这个账本的个人信息密钥（数据目录的 keys/data-keys，或数据库中的 data_key）。",
                     "请从密钥备份恢复；没有它，账本完好，但其中的个人信息无法读取。", 500, store::label_of(place)};
  }
  YI_TRY(auto keys, store::KeyVault::open(place, centre, options, access));
  if (known && *known != keys->id())
    return Refusal{"engine.other_keys", "密钥不属于这个账本。", "请把与账本同一中心的密钥放回原处。", 409, store::label_of(place)};
  return keys;
}

Checked take_in_keys(store::Reader& reader, const store::Place& place, CentreCode centre, const store::KeyOptions& options) {
  if (!place.on_server() || place.building || !reader.meta(centre, "keys")) return Done{};
  const store::Place local(place.directory);
  YI_TRY(const auto there, store::keys_there(place, centre));
  YI_TRY(const auto here, store::keys_there(local, centre));
  if (here.empty()) return Done{};
  if (there.empty()) YI_CHECK(store::copy_keys(local, place, centre, options));
  // A second copy of a key would make its destruction a show.
  if ((there.empty() || there == here) && !store::destroy_keys(local, centre)) return store::keys_unusable(place.directory + "/keys/data-keys");
  return Done{};
}

void Engine::submit(Submission s) { impl_->lane->submit(std::move(s)); }
void Engine::wait_for_room() { impl_->lane->wait_for_room(); }

Result<Answer> Engine::run(std::string_view command, std::string_view body, const Actor& actor, std::optional<Instant> at) {
  const auto* spec = impl_->registry.find_command(command);
  if (!spec) throw std::logic_error("no such command: " + std::string(command));
  YI_TRY(auto act, spec->parse(body));
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

const Registry& Engine::registry() const { return impl_->registry; }
CentreCode Engine::centre() const { return impl_->options.centre; }
Clock& Engine::clock() { return *impl_->clock; }
store::KeyVault& Engine::keys() { return *impl_->keys; }
bool Engine::wait_followed(std::int64_t position, std::chrono::milliseconds at_most) {
  return impl_->lane->wait_followed(position, at_most);
}
std::int64_t Engine::position() const { return impl_->lane->position(); }
std::int64_t Engine::followed() const { return impl_->lane->followed(); }
EngineFigures Engine::figures() const {
  auto f = impl_->lane->figures();
  std::lock_guard lock(impl_->pool_mutex);
  f.readers_idle = static_cast<std::int64_t>(impl_->pool.size());
  f.readers_lent = impl_->lent;
  return f;
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
