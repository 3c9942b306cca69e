#include "engine/lane.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/clock.h"
#include "engine/lane_answer.h"
#include "engine/whole_ledger.h"
#include "store/follows.h"

namespace yi::engine {
namespace {

constexpr std::int64_t kFollowEveryNs = 50'000'000;  // reports are normally no older than this
constexpr std::size_t kFollowBatch = 4'096;          // p99: a batch stays under 10 ms
constexpr std::size_t kPrepareBatch = 256;           // while a commit is under way: it should not be waited for longer
constexpr std::int64_t kPrepareNs = 2'000'000;
constexpr std::int64_t kSettleEveryNs = 100'000'000;  // while the database does not answer
constexpr std::int64_t kSayEveryNs = 10'000'000'000;  // why it does not go on

thread_local const Registry* deciding_registry = nullptr;

}  // namespace

bool leaves_doubt(store::FailureKind k) {
  return k == store::FailureKind::unreachable || k == store::FailureKind::unknown || k == store::FailureKind::stale;
}

std::optional<std::string> contradiction(store::Reader& reader, CentreCode centre, const store::HeadRow& answered, const store::HeadRow& found) {
  if (found.seq < answered.seq) return "the database ends at fact " + std::to_string(found.seq) + ", and " + std::to_string(answered.seq) + " were answered";
  if (!store::follows(reader, centre, answered, found)) return "the database has other facts than were answered up to " + std::to_string(answered.seq);
  return std::nullopt;
}

Lane::Lane(store::Writer& writer, Registry& registry, Clock& clock, const EngineOptions& options, store::KeyVault& keys, Progress& progress,
           store::HeadRow head)
    : writer_(writer), registry_(registry), clock_(clock), options_(options), keys_(keys), progress_(progress), head_(std::move(head)),
      followers_(writer, registry, options.centre, keys) {
  progress_.reached(head_.seq);
  std::int64_t weights = 0;
  for (auto& g : registry_.guards) weights += g->cache_weight();
  for (auto& g : registry_.guards) {
    g->attach(writer_.reader(), g->view().name, options_.centre);
    g->limit_memory(options_.state_cache_bytes * g->cache_weight() / weights);
    for (auto name : g->listens_to()) guards_of_[name].push_back(g.get());
  }
  // Of ids that a door lets in (parse_command_id): those beyond came from a clock that was wrong, or are not of a time at all.
  auto c = writer_.reader().select("SELECT id FROM engine_command WHERE centre=$1 AND id<$2 ORDER BY id DESC LIMIT 1",
                                   {options_.centre.value, store::Value::blob(first_id_of(system_now() + 2 * 24 * 3'600'000))});
  if (c->next()) greatest_id_ = c->bytes(0);
}

Lane::~Lane() { stop(); }

void Lane::start() {
  followers_.catch_up(head_.seq);
  figures_.followed = head_.seq;
  progress_.followed_up_to(head_.seq);
  thread_ = std::thread([this] { loop(); });
}

void Lane::stop() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Lane::submit(Submission s) {
  {
    std::unique_lock lock(m_);
    if (!stopping_ && static_cast<std::int64_t>(queue_.size()) < limits::kLaneQueue.value &&
        queued_bytes_ + s.bytes <= limits::kLaneQueueBytes.value) {
      queued_bytes_ += s.bytes;
      queue_.push_back(std::move(s));
      if (queue_.size() == 1) wake_.notify_one();
      return;
    }
  }
  s.waiter->answer(busy());
}

void Lane::wait_for_room() {
  std::unique_lock lock(m_);
  room_.wait(lock, [&] { return static_cast<std::int64_t>(queue_.size()) < limits::kLaneQueue.value / 2 || stopping_; });
}

EngineFigures Lane::figures() const {
  std::lock_guard lock(m_);
  auto f = figures_;
  f.queued = static_cast<std::int64_t>(queue_.size());
  f.queued_bytes = queued_bytes_;
  return f;
}

const Registry* Lane::deciding() { return deciding_registry; }

void Lane::loop() {
  deciding_registry = &registry_;
  for (;;) {
    std::vector<Submission> batch;
    {
      std::unique_lock lock(m_);
      const auto something = [&] { return !queue_.empty() || stopping_; };
      if (followers_.empty() && registry_.timers.empty()) wake_.wait(lock, something);
      else if (followers_.empty()) wake_.wait_for(lock, std::chrono::seconds(1), something);  // a day may begin in the quiet
      else wake_.wait_for(lock, std::chrono::milliseconds(5), something);
      if (stopping_ && queue_.empty()) break;
      const auto n = std::min(queue_.size(), static_cast<std::size_t>(options_.group_commands));
      if (n == queue_.size()) {
        batch.swap(queue_);
        queued_bytes_ = 0;
      } else {
        for (std::size_t i = 0; i < n; ++i) queued_bytes_ -= queue_[i].bytes;
        batch.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.begin() + static_cast<std::ptrdiff_t>(n)));
        queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(n));
      }
    }
    room_.notify_all();
    serve(std::move(batch));
  }
  follow_alone();
}

Instant Lane::moment_of(const Submission& s) { return std::max(s.at ? *s.at : clock_.now(), Instant{head_.recorded_at}); }

void Lane::serve(std::vector<Submission> batch) {
  if (in_doubt_)
    if (const auto why = settle()) {
      abandon(taken(batch), *why);
      return;
    }
  if (batch.empty()) {
    if (timers_due(std::max(clock_.now(), Instant{head_.recorded_at}))) run_timers();
    follow_alone();
    return;
  }
  while (!batch.empty()) {
    const auto moment = moment_of(batch.front());
    auto end = batch.begin() + 1;
    while (end != batch.end() && civil_day(moment_of(*end)) == civil_day(moment)) ++end;
    std::vector<Submission> part(std::make_move_iterator(batch.begin()), std::make_move_iterator(end));
    batch.erase(batch.begin(), end);
    if (timers_due(moment)) {
      if (part.front().at) clock_.drive(*part.front().at);
      if (const auto why = run_timers()) {
        abandon(taken(part), *why);
        continue;
      }
    }
    serve_group(std::move(part));
  }
}

std::vector<Lane::Taken> Lane::taken(std::vector<Submission>& batch) {
  std::vector<Taken> group;
  group.reserve(batch.size());
  for (auto& s : batch) group.push_back({std::move(s), 0, 0, {}, {}, {}});
  return group;
}

// The database is there again. A group whose commit was not answered may be in the ledger: then it is followed as if it had
// been, and only its answers are missing, which the repeated commands get.
std::optional<store::Failure> Lane::settle() {
  if (monotonic_ns() < settle_not_before_ns_) return settle_failed_;
  try {
    writer_.recover();
    const auto found = writer_.reader().head(options_.centre);
    if (found.epoch != head_.epoch) overtaken_ = true;  // what the engine makes of that: Engine::Impl::look_for_answered
    if (overtaken_) throw store::Failure(store::FailureKind::stale, "another process has claimed the ledger");
    if (const auto why = contradiction(writer_.reader(), options_.centre, head_, found)) throw store::Failure(store::FailureKind::corrupt, *why);
    // What arrived without an answer may lie on this server alone, when the standby that commits wait for was away. It counts as stored when
    // a commit behind it was answered.
    if (found.seq > head_.seq) {
      writer_.begin();
      writer_.put_meta(options_.centre, "settled", std::to_string(found.seq));
      writer_.commit();
    }
    keys_.look_again();
    for (auto& g : registry_.guards) g->forget();  // a state that was read in between may be older than what has arrived
    followers_.read_positions();
    std::vector<KeptRecord> missed;
    every_record(writer_.reader(), options_.centre, head_.seq + 1, found.seq,
                 [&](const store::LedgerRow& row) { missed.push_back({row.seq, std::string(row.record)}); });
    for (auto& p : missed) take_note(std::move(p));
    head_ = found;
    progress_.reached(head_.seq);
    destroy_keys();
    in_doubt_ = false;
    if (followers_.empty()) {
      progress_.followed_up_to(head_.seq);
      std::lock_guard lock(m_);
      figures_.followed = head_.seq;
    }
    spdlog::info("the store answers again; {} facts had arrived unanswered", missed.size());
    return std::nullopt;
  } catch (const store::Failure& f) {
    writer_.rollback();
    settle_failed_ = f;
  } catch (const std::exception& e) {
    writer_.rollback();
    settle_failed_ = store::Failure(store::FailureKind::other, e.what());
  }
  settle_not_before_ns_ = monotonic_ns() + kSettleEveryNs;
  const bool for_good = settle_failed_->kind == store::FailureKind::corrupt;
  if (auto& not_before = for_good ? said_not_before_ns_ : doubt_said_not_before_ns_; monotonic_ns() >= not_before) {
    if (for_good) spdlog::critical("the ledger cannot be gone on with: {}", settle_failed_->what());
    else spdlog::error("what the store has cannot be asked yet: {}", settle_failed_->what());
    not_before = monotonic_ns() + kSayEveryNs;
  }
  return settle_failed_;
}

void Lane::take_note(KeptRecord kept) {
  RecordedFact fact{options_.centre, kept.seq, {}, &keys_};
  if (!store::decode(kept.record, fact.record)) throw store::Failure(store::FailureKind::corrupt, "unreadable record");
  if (const auto id = store::bytes(fact.record.command); id > greatest_id_) greatest_id_ = id;
  if (fact.record.name == registry_.erasure.fact) {
    erased_.push_back(registry_.erasure.subject(fact));
    keys_.close(erased_.back());
  }
  followers_.add(std::move(kept));
}

void Lane::serve_group(std::vector<Submission> batch) {
  auto group = taken(batch);
  const auto before = head_;
  bool follow = false;
  try {
    look_for_repeated(group);
    look_ahead(group);
    for (std::size_t i = 0; i < group.size(); ++i) decide(group[i], i);
    std::size_t projected = 0;
    if (!pending_.empty()) {
      // Reports of the groups before ride on this group's sync.
      const bool ride = (monotonic_ns() - last_follow_ns_ > kFollowEveryNs || followers_.size() > kFollowBatch) && prepare_reports(kFollowBatch, INT64_MAX);
      writer_.begin();
      write_group(before);
      if (ride) projected = followers_.write(kFollowBatch);
      writer_.start_commit();
      use_the_wait(group, projected);
      writer_.commit();
    }
    answer_committed(group, projected);
    // A stream of refusals writes no group that the reports could ride on.
    follow = projected == 0 && !followers_.empty() && monotonic_ns() - last_follow_ns_ > 2 * kFollowEveryNs;
  } catch (const store::Failure& f) {
    writer_.rollback();
    head_ = before;
    abandon(std::move(group), f);
  } catch (const std::exception& e) {
    // A defect in a rule must not take the lane down: nothing of this group is stored.
    writer_.rollback();
    head_ = before;
    spdlog::error("group abandoned: {}", e.what());
    abandon(std::move(group), store::Failure(store::FailureKind::other, e.what()));
  }
  pending_.clear();
  ids_of_group_.clear();
  if (follow) follow_alone();
}

// While the commit is on its way: what its answers will say, and rows of reports for a later group. On SQLite (no epoch) it is not on its
// way but within commit().
void Lane::use_the_wait(std::vector<Taken>& group, std::size_t projected) noexcept {
  if (head_.epoch == 0) return;
  try {
    for (auto& t : group)
      if (!t.early && !t.same_as) t.ready = answer_of(t);
  } catch (const std::exception&) {  // made again when they are given
    for (auto& t : group) t.ready.reset();
  }
  if (projected == 0) prepare_reports(kPrepareBatch, monotonic_ns() + kPrepareNs);
}

// False: a key could not be read; no group is lost for that, the reports come again in a second.
bool Lane::prepare_reports(std::size_t at_most, std::int64_t until_ns) noexcept {
  if (monotonic_ns() < follow_not_before_ns_) return false;
  try {
    followers_.prepare(at_most, until_ns);
    return true;
  } catch (const std::exception& e) {
    followers_.forget_rows();
    rest_from_following(e.what());
    return false;
  }
}

// A full disk, or a database that is away, must not fill a log: once a second until it works again.
void Lane::rest_from_following(const char* why) noexcept {
  follow_not_before_ns_ = monotonic_ns() + 1'000'000'000;
  if (!std::exchange(follow_failing_, true)) spdlog::error("reports could not follow: {}", why);
}

void Lane::write_group(const store::HeadRow& before) {
  std::vector<crypto::Digest> leaves;
  leaves.reserve(pending_.size());
  for (const auto& p : pending_) {
    const auto leaf = hash_.leaf(options_.centre, p.seq, p.record);
    leaves.push_back(leaf);
    writer_.append_event(options_.centre, {p.seq, crypto::bytes(leaf).substr(0, 8), p.record});
  }
  store::GroupRow g;
  g.number = ++head_.groups;
  g.first_seq = pending_.front().seq;
  g.count = static_cast<std::int64_t>(pending_.size());
  g.recorded_at = head_.recorded_at;
  g.root = crypto::bytes(hash_.root(leaves));
  hash_.add_peak(head_.peaks, g.number, hash_.group(options_.centre, g));
  writer_.append_group(options_.centre, g);
  writer_.advance_head(options_.centre, before, head_);

  store::RowBuffer commands(command_view());
  for (const auto& p : pending_) {
    store::Record r;
    store::decode(p.record, r);
    commands.put({options_.centre.value, store::bytes(r.command), p.seq, 1, store::bytes(r.digest)});
  }
  commands.flush(writer_, command_view().name);
  for (auto& guard : registry_.guards) guard->flush(writer_);
}

Answer Lane::answer_of(const Taken& t) const {
  std::vector<RecordedFact> facts;
  for (std::size_t i = t.first; i < t.first + t.count; ++i) {
    RecordedFact f{options_.centre, pending_[i].seq, {}};
    store::decode(pending_[i].record, f.record);
    facts.push_back(f);
  }
  return make_answer(facts);
}

// noexcept: what is durable must not be told as not stored, nor its positions be given again.
void Lane::answer_committed(std::vector<Taken>& group, std::size_t projected) noexcept {
  for (auto& g : registry_.guards) g->committed();
  reports_written(projected);
  destroy_keys();
  answer(group);
}

void Lane::answer(std::vector<Taken>& group) noexcept {
  EngineFigures add;
  progress_.reached(head_.seq);
  for (const auto& [id, index] : ids_of_group_)
    if (id > greatest_id_ && is_time_ordered(id)) greatest_id_ = id;
  for (auto& t : group) {
    ++add.commands;
    Submission& s = t.submission;
    if (t.early) {
      if (!t.early->ok()) ++add.refused;
      else ++add.repeated;
      s.waiter->answer(std::move(*t.early));
    } else if (t.same_as) {
      const Taken& first = group[*t.same_as];
      if (first.submission.digest != s.digest) {
        ++add.refused;
        s.waiter->answer(id_conflict());
      } else {
        auto a = answer_of(first);
        a.repeated = true;
        ++add.repeated;
        s.waiter->answer(std::move(a));
      }
    } else {
      s.waiter->answer(t.ready ? std::move(*t.ready) : answer_of(t));
    }
  }
  add.facts = static_cast<std::int64_t>(pending_.size());
  for (auto& p : pending_) followers_.add(std::move(p));
  if (followers_.empty()) progress_.followed_up_to(head_.seq);
  std::lock_guard lock(m_);
  figures_.commands += add.commands;
  figures_.refused += add.refused;
  figures_.repeated += add.repeated;
  figures_.facts += add.facts;
  figures_.groups += add.facts > 0;
  figures_.log_bytes = writer_.log_bytes();
}

void Lane::abandon(std::vector<Taken> group, const store::Failure& why) {
  const bool known = std::exchange(in_doubt_, in_doubt_ || leaves_doubt(why.kind));  // said when it began, and when it is over
  for (auto& g : registry_.guards) g->abandoned();
  followers_.forget_rows();
  for (const auto subject : erased_) keys_.reopen(subject);
  erased_.clear();
  if (!known) spdlog::error("a group of {} commands could not be stored: {}", group.size(), why.what());
  {
    std::lock_guard lock(m_);
    ++figures_.failures;
  }
  for (auto& t : group)
    if (t.submission.waiter) t.submission.waiter->answer(storage_unavailable(why));
}

// The facts are durable: there is no way back. A key that the disk does not let go of is closed for as long as the process
// lives, and the next start tries again.
void Lane::destroy_keys() noexcept {
  if (erased_.empty()) return;
  if (!keys_.destroy(erased_)) spdlog::error("{} data keys could not be destroyed on the disk; the next start tries again", erased_.size());
  for (const auto subject : erased_)
    for (const auto& told : registry_.erasure.listeners) told(subject);
  erased_.clear();
}

void Lane::reports_written(std::size_t n) noexcept {
  if (n == 0) return;
  last_follow_ns_ = monotonic_ns();
  follow_failing_ = false;
  const auto up_to = followers_.written(n);
  {
    std::lock_guard lock(m_);
    figures_.followed = up_to;
  }
  progress_.followed_up_to(up_to);
}

void Lane::follow_alone() {
  while (!followers_.empty() && monotonic_ns() >= follow_not_before_ns_) {
    try {
      writer_.begin();
      const auto n = followers_.write(kFollowBatch);
      writer_.commit();
      reports_written(n);
    } catch (const std::exception& e) {  // a store::Failure; anything else is a defect, which must not take the lane down
      const auto* failure = dynamic_cast<const store::Failure*>(&e);
      writer_.rollback();
      followers_.forget_rows();
      in_doubt_ |= failure && leaves_doubt(failure->kind);
      rest_from_following(e.what());
      return;
    }
    std::lock_guard lock(m_);
    if (!queue_.empty()) return;
  }
}

}  // namespace yi::engine
