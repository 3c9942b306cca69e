#include "engine/feed.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

#include "base/clock.h"

namespace yi::engine {
namespace {

constexpr std::int64_t kBatch = 512;                       // facts read at once: their records are under 1 MB
constexpr std::chrono::milliseconds kTick{250};            // a stop, and who left, are noticed within it
constexpr std::int64_t kAskEveryNs = 2'000'000'000;

std::int64_t position_in(std::string_view id) {
  std::int64_t v = -1;
  const auto r = std::from_chars(id.data(), id.data() + id.size(), v);
  return r.ec == std::errc{} && r.ptr == id.data() + id.size() ? v : -1;
}

void say(http::EventStream& stream, std::string_view event, std::int64_t position) {
  stream.send(std::to_string(position), event, json::write(FeedPosition{{position}}));
}

}  // namespace

Feed::Feed(Engine& engine, Compose compose) : engine_(engine), compose_(std::move(compose)), thread_([this] { loop(); }) {}

Feed::~Feed() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Feed::listen(Listener listener, std::string_view last_event_id) {
  const auto now = engine_.followed();
  const auto last = position_in(last_event_id);
  Open o{std::move(listener), now, monotonic_ns()};
  // An id beyond the ledger is of another one, or of before a restored backup.
  const bool anew = last > std::max(now, engine_.position()) || (last >= 0 && now - last > limits::kFeedFacts.value);
  if (last >= 0 && !anew) o.position = last;
  {
    std::lock_guard lock(m_);
    if (static_cast<std::size_t>(std::count_if(open_.begin(), open_.end(), [&](const Open& other) { return other.account == o.account && !other.stream->over(); })) >= kStreamsOfAccount)
      return false;
    say(*o.stream, anew ? "reset" : "ready", o.position);
    open_.push_back(std::move(o));
  }
  wake_.notify_all();
  return true;
}

std::size_t Feed::listeners() const {
  std::lock_guard lock(m_);
  return open_.size();
}

void Feed::forget_those_who_left() {
  const auto now = monotonic_ns();
  std::lock_guard lock(m_);
  for (auto it = open_.begin(); it != open_.end();) {
    if (!it->stream->over() && now - it->asked_ns >= kAskEveryNs) {
      it->asked_ns = now;
      if (!it->admitted()) it->stream->end();
    }
    it = it->stream->over() ? open_.erase(it) : std::next(it);
  }
}

bool Feed::tell_next(std::int64_t followed, bool foremost) {
  std::vector<Open*> hearers;  // list nodes stay where they are, and this thread alone takes any out
  std::int64_t from = followed;
  {
    std::lock_guard lock(m_);
    std::int64_t nearest = -1;
    for (auto& o : open_) {
      from = std::min(from, o.position);
      if (o.position < followed) nearest = std::max(nearest, o.position);
    }
    if (from >= followed) return false;
    if (foremost) from = nearest;
    for (auto& o : open_)
      if (o.position == from) hearers.push_back(&o);
  }
  const auto last = std::min(followed, from + kBatch);
  std::vector<std::string> records;
  std::vector<RecordedFact> facts;
  auto reader = engine_.reader();
  records.reserve(static_cast<std::size_t>(last - from));
  reader->events(engine_.centre(), from + 1, last, [&](const store::LedgerRow& row) {
    records.emplace_back(row.record);
    RecordedFact f{engine_.centre(), row.seq, {}, &engine_.keys()};
    if (store::decode(records.back(), f.record)) facts.push_back(std::move(f));
    return true;
  });
  const auto told = compose_(facts, *reader);
  for (auto* o : hearers) {
    for (const auto& t : told)
      if (o->concerns(t)) o->stream->send(std::to_string(t.position), t.event, t.data);
    o->position = last;
  }
  return true;
}

void Feed::loop() {
  bool foremost = false;
  for (;;) {
    {
      std::unique_lock lock(m_);
      wake_.wait(lock, [&] { return stopping_ || !open_.empty(); });
      if (stopping_) return;
    }
    try {
      forget_those_who_left();
      const auto followed = engine_.followed();
      foremost = !foremost;
      if (!tell_next(followed, foremost)) engine_.wait_followed(followed + 1, kTick);
    } catch (const std::exception& e) {
      // The database is away. Streams stay open; they hear what they missed when it is back.
      spdlog::warn("the event feed waits: {}", e.what());
      std::unique_lock lock(m_);
      wake_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_; });
    }
  }
}

}  // namespace yi::engine
