#include "engine/node.h"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

#include "base/clock.h"

namespace yi::engine {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kTurn{100};            // while it leads: a stop, and a lane that was overtaken, are noticed within it
constexpr milliseconds kLook{1'000};          // while it follows: whatever notifications bring
constexpr milliseconds kReconnect{100};
constexpr std::int64_t kNs = 1'000'000;       // of a millisecond
constexpr std::int64_t kBeginAgainNs = 500 * kNs;
constexpr std::int64_t kUnpreparedNs = 1'000 * kNs;

}  // namespace

Node::Node(store::Place place, CentreCode centre, store::NodeName name, bool listens, Progress& progress, NodeCalls calls)
    : place_(std::move(place)), centre_(centre), listens_(listens), progress_(progress), calls_(std::move(calls)), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      name_(std::move(name)) {}

Node::~Node() {
  retire();
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  look_soon();
  if (thread_.joinable()) thread_.join();
  ::close(bell_);
}

store::LeaseDesk& Node::desk() {
  if (!desk_) {
    desk_ = std::make_unique<store::LeaseDesk>(place_, centre_);
    if (listens_) desk_->listen();
  }
  return *desk_;
}

std::optional<std::int64_t> Node::open() {
  note(desk().look());
  if (views_ == Views::later) return std::nullopt;
  if (const auto epoch = desk().take(name())) {
    epoch_ = *epoch;
    term_ = Term::beginning;
    return epoch;
  }
  note(desk().look());  // somebody else has it
  return std::nullopt;
}

void Node::start() { thread_ = std::thread([this] { loop(); }); }

void Node::begun(bool good) {
  {
    std::lock_guard lock(m_);
    if (term_ != Term::beginning) return;
    term_ = good ? Term::begun : Term::failed;
    if (good && !given_up_) role_ = Role::leading;
  }
  changed_.notify_all();
}

void Node::retire() {
  std::unique_lock lock(m_);
  retiring_ = true;
  if (!thread_.joinable()) {  // never started: a first term that could not begin
    lock.unlock();
    if (epoch_) step_down(true);
    return;
  }
  look_soon();
  changed_.wait(lock, [&] { return term_ == Term::none; });
}

Role Node::role() const {
  std::lock_guard lock(m_);
  return role_;
}

store::NodeName Node::leader() const {
  std::lock_guard lock(m_);
  return role_ == Role::leading ? name_ : leader_;
}

store::NodeName Node::name() const {
  std::lock_guard lock(m_);
  return name_;
}

void Node::reached_at(std::string address) {
  std::lock_guard lock(m_);
  name_.address = std::move(address);
  renew_now_ = true;
}

void Node::look_soon() {
  const std::uint64_t one = 1;
  static_cast<void>(::write(bell_, &one, sizeof one));
}

Node::Term Node::term() const {
  std::lock_guard lock(m_);
  return term_;
}
bool Node::stopping() const {
  std::lock_guard lock(m_);
  return stopping_;
}
bool Node::retiring() const {
  std::lock_guard lock(m_);
  return retiring_;
}

void Node::wait(milliseconds at_most) {
  pollfd p{bell_, POLLIN, 0};
  ::poll(&p, 1, static_cast<int>(at_most.count()));
}

void Node::loop() {
  while (!stopping()) {
    std::uint64_t rung = 0;
    static_cast<void>(::read(bell_, &rung, sizeof rung));
    try {
      if (epoch_) lead();
      else follow();
      if (unreachable_.exchange(false)) spdlog::info("node {}: the database answers again", name_.name);
    } catch (const std::exception& e) {
      lost(e.what());
    }
  }
  if (epoch_) step_down(true);  // retire() has seen to it; no thread of a term outlives this one
}

void Node::lost(const std::string& why) noexcept {
  if (!unreachable_.exchange(true)) spdlog::warn("node {}: the lease's connection: {}", name().name, why);
  desk_.reset();
  if (epoch_ && retiring()) step_down(false);
  wait(kReconnect);
}

void Node::lead() {
  const auto at = term();
  if (at == Term::failed) {
    not_before_ns_ = monotonic_ns() + kBeginAgainNs;
    return step_down(true);
  }
  if (retiring()) return step_down(true);
  if (at == Term::begun && calls_.overtaken()) return step_down(false);
  auto* clock = clock_.load();
  const store::LeaseNews news{clock ? clock->now() : Instant{}, progress_.position(), progress_.followed()};
  auto left = (renew_at_ns_ - monotonic_ns()) / kNs;
  if (renew_now_.exchange(false) || left <= 0) {
    if (!desk().renew(epoch_, name().address, news)) {
      spdlog::warn("node {}: another node has taken the lead", name_.name);
      return step_down(false);
    }
    renew_at_ns_ = monotonic_ns() + store::kLeaseRenewed.count() * kNs;
    left = store::kLeaseRenewed.count();
  }
  if (at == Term::beginning) return wait(std::min(kTurn, milliseconds(left)));
  if (news.followed != told_) {
    desk().tell(news);
    told_ = news.followed;
  }
  desk().hear(milliseconds(0), -1);  // what it said itself, and what came before it led
  progress_.wait_followed(told_ + 1, std::min(kTurn, milliseconds(left)));
}

void Node::follow() {
  const auto seen = desk().look();
  note(seen);
  if (seen.left.count() <= 0 && !retiring()) {
    if (free_since_ns_ == 0) free_since_ns_ = monotonic_ns();
    // A node that has all it needs goes first.
    const bool too_early = !clock_.load() || monotonic_ns() < not_before_ns_ || (!prepared() && monotonic_ns() - free_since_ns_ < kUnpreparedNs);
    if (too_early || views_ == Views::later) return wait(kTurn);
    const auto epoch = desk().take(name());
    if (!epoch) return wait(milliseconds(20));  // somebody else is at it
    if (!begin_term(*epoch)) desk().give_back(*epoch);
    return;
  }
  free_since_ns_ = 0;
  // A bell and no more: anybody with an account of the database may ring it, and what is true stands in the rows.
  desk().hear(milliseconds(std::clamp<std::int64_t>(seen.left.count() + 2, 10, kLook.count())), bell_);
}

void Node::note(const store::LeaseSeen& seen) {
  if (auto* clock = clock_.load()) clock->told(std::max(seen.clock, seen.recorded_at));
  progress_.reached(seen.seq);
  progress_.followed_up_to(std::max(seen.followed, calls_.followed()));
  views_ = calls_.views();
  prepared_ = views_ == Views::same || (views_ == Views::earlier && calls_.prepared());
  std::lock_guard lock(m_);
  const bool led = seen.left.count() > 0;
  role_ = led ? Role::following : Role::between;
  leader_ = led ? seen.holder : store::NodeName{};
}

// False: the node is retiring, and whoever waits for that has seen that there is no term.
bool Node::begin_term(std::int64_t epoch) {
  {
    std::lock_guard lock(m_);
    if (retiring_) return false;
    term_ = Term::beginning;
    given_up_ = false;
    role_ = Role::between;
    leader_ = {};
  }
  spdlog::info("node {}: takes the lead, epoch {}", name().name, epoch);
  epoch_ = epoch;
  told_ = 0;
  renew_at_ns_ = monotonic_ns() + store::kLeaseRenewed.count() * kNs;
  beginner_ = std::thread([this, epoch] {
    bool good = false;
    try {
      const auto done = calls_.begin(epoch);
      good = done.ok();
      if (!good) spdlog::error("node {}: cannot lead: {} {}", name().name, done.error().code, done.error().sentence);
    } catch (const std::exception& e) {
      spdlog::error("node {}: cannot lead: {}", name().name, e.what());
    }
    begun(good);
  });
  return true;
}

// The lane goes before the lease: what it has been given is stored and answered, or refused.
void Node::step_down(bool give_back) {
  {
    std::unique_lock lock(m_);
    given_up_ = true;
    role_ = Role::between;
    leader_ = {};
    if (thread_.joinable()) changed_.wait(lock, [&] { return term_ != Term::beginning; });
  }
  if (beginner_.joinable()) beginner_.join();
  calls_.end();
  try {
    if (give_back) desk().give_back(epoch_);
  } catch (const std::exception& e) {
    spdlog::warn("node {}: the lease runs out by itself: {}", name().name, e.what());
    desk_.reset();
  }
  epoch_ = 0;
  {
    std::lock_guard lock(m_);
    term_ = Term::none;
    given_up_ = false;
  }
  changed_.notify_all();
}

}  // namespace yi::engine
