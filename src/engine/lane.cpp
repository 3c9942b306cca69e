#include "engine/lane.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"

namespace yi::engine {
namespace {

constexpr std::int64_t kFollowEveryNs = 50'000'000;  // reports are normally no older than this
constexpr std::size_t kFollowBatch = 4'096;          // p99: a batch stays under 10 ms

Refusal busy() {
  return {"engine.busy", limits::kLaneQueue.message, "同一请求可以安全地重发。", 503, ""};
}
Refusal id_conflict() {
  return {"engine.command_id_conflict", "这个请求编号已用于另一份内容，没有重复办理。",
          "请刷新页面后重新提交；如需办理新的业务，请使用新的请求编号。", 409, ""};
}
// A rule that threw: a defect of ours, not of the request; the lane goes on.
Refusal internal_error() {
  return {"engine.internal_error", "系统内部出错，这一步没有执行，也没有保存。", "请把时间和所做的步骤告诉系统管理员；其他业务不受影响。", 500, ""};
}
Refusal storage_unavailable(const store::Failure& f) {
  if (f.kind == store::FailureKind::other) return internal_error();
  const char* why = f.kind == store::FailureKind::full        ? "磁盘已满"
                    : f.kind == store::FailureKind::read_only ? "磁盘只读"
                                                              : "磁盘读写出错";
  // After an error of the disk itself nobody knows whether the last sync reached it; the same request settles it.
  const char* state = f.kind == store::FailureKind::io ? "），这一步是否已保存暂时不能确定，此前的办理都已保存。" : "），这一步没有执行，此前的办理都已保存。";
  return {"engine.storage_unavailable", std::string("数据无法写入（") + why + state,
          "请通知系统管理员；恢复后用同一请求重新提交即可，不会重复办理。", 503, ""};
}

}  // namespace

Answer make_answer(const std::vector<RecordedFact>& facts) {
  Answer a;
  a.position = facts.back().seq;
  a.stream = facts.front().record.stream;
  a.json.reserve(320);
  a.json = "{\"position\":\"";
  json::append_int(a.json, a.position);
  a.json += "\",\"stream\":";
  json::append_string(a.json, a.stream);
  a.json += ",\"facts\":[";
  for (const auto& f : facts) {
    if (&f != &facts.front()) a.json += ',';
    a.json += "{\"name\":";
    json::append_string(a.json, f.record.name);
    a.json += ",\"effective_at\":\"" + to_iso(f.record.effective_at) + "\",\"body\":";
    a.json += f.record.body;
    a.json += '}';
  }
  a.json += "]}";
  return a;
}

Lane::Lane(store::Writer& writer, Registry& registry, Clock& clock, const EngineOptions& options, store::KeyVault& keys)
    : writer_(writer), registry_(registry), clock_(clock), options_(options), keys_(keys) {
  head_ = writer_.reader().head(options_.centre);
  position_ = head_.seq;
  std::int64_t weights = 0;
  for (auto& g : registry_.guards) weights += g->cache_weight();
  for (auto& g : registry_.guards) {
    g->attach(writer_.reader(), g->view().name, options_.centre);
    g->limit_memory(options_.state_cache_bytes * g->cache_weight() / weights);
    for (auto name : g->listens_to()) guards_of_[name].push_back(g.get());
  }
  for (auto& r : registry_.reports) {
    followers_.push_back(std::make_unique<Follower>(Follower{r.get(), 0, false, store::RowBuffer(r->view())}));
    auto c = writer_.reader().select("SELECT seq FROM engine_followed WHERE centre=$1 AND name=$2",
                                     {options_.centre.value, r->view().name});
    followers_.back()->from = c->next_integer();
    for (auto name : r->listens_to()) reports_of_[name].push_back(followers_.back().get());
  }
  // Of ids that a door lets in (parse_command_id): those beyond came from a clock that was wrong, or are not of a time at all.
  auto c = writer_.reader().select("SELECT max(id) FROM engine_command WHERE centre=$1 AND id<$2", {options_.centre.value, store::Value::blob(first_id_of(system_now() + 2 * 24 * 3'600'000))});
  if (c->next() && !c->is_null(0)) greatest_id_ = c->bytes(0);
}

Lane::~Lane() { stop(); }

void Lane::start() {
  catch_up();
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

bool Lane::wait_followed(std::int64_t position, std::chrono::milliseconds at_most) {
  std::unique_lock lock(m_);
  return followed_cv_.wait_for(lock, at_most, [&] { return followed_ >= position; });
}

std::int64_t Lane::followed() const {
  std::lock_guard lock(m_);
  return followed_;
}

EngineFigures Lane::figures() const {
  std::lock_guard lock(m_);
  return figures_;
}

void Lane::loop() {
  for (;;) {
    std::vector<Submission> batch;
    {
      std::unique_lock lock(m_);
      const auto something = [&] { return !queue_.empty() || stopping_; };
      if (unfollowed_.empty() && registry_.timers.empty()) wake_.wait(lock, something);
      else if (unfollowed_.empty()) wake_.wait_for(lock, std::chrono::seconds(1), something);  // a day may begin in the quiet
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

CivilDay Lane::day_of(const Submission& s) {
  return civil_day(std::max(s.at ? *s.at : clock_.now(), Instant{head_.recorded_at}));
}

void Lane::serve(std::vector<Submission> batch) {
  if (batch.empty()) {
    if (!registry_.timers.empty() && civil_day(std::max(clock_.now(), Instant{head_.recorded_at})) != timers_day_) run_timers();
    follow_alone();
    return;
  }
  while (!batch.empty()) {
    const auto day = day_of(batch.front());
    auto end = batch.begin() + 1;
    while (end != batch.end() && day_of(*end) == day) ++end;
    std::vector<Submission> part(std::make_move_iterator(batch.begin()), std::make_move_iterator(end));
    batch.erase(batch.begin(), end);
    if (!registry_.timers.empty() && day != timers_day_) {
      if (part.front().at) clock_.drive(*part.front().at);
      if (const auto why = run_timers()) {
        std::vector<Taken> group;
        for (auto& s : part) group.push_back({std::move(s), 0, 0, {}, {}});
        abandon(group, *why);
        continue;
      }
    }
    serve_group(std::move(part));
  }
}

// What the rooms do by themselves at the beginning of a day. Where it cannot be stored, no command of the day may go
// before it: the failure is theirs too. Groups of the timers that were committed stay; run_timer takes back the one that
// was not.
std::optional<store::Failure> Lane::run_timers() {
  const auto day = civil_day(std::max(clock_.now(), Instant{head_.recorded_at}));
  std::optional<store::Failure> failed;
  try {
    for (const auto& timer : registry_.timers) run_timer(timer);
    timers_day_ = day;
  } catch (const store::Failure& f) {
    spdlog::error("the day's timers could not be stored: {}", f.what());
    failed = f;
  } catch (const std::exception& e) {
    // A defect in a timer must not stop the hall: the day goes on without it, loudly.
    spdlog::error("the day's timers stopped: {}", e.what());
    timers_day_ = day;
  }
  return failed;
}

void Lane::run_timer(const DayTimer& timer) {
  static const Actor kSystem{"system", "system"};
  for (bool more = true; more;) {
    const auto before = head_;
    try {
      Turn turn(options_.centre, std::max(clock_.now(), Instant{head_.recorded_at}), kSystem, &keys_, head_.seq);
      more = timer(turn);
      if (turn.facts().empty()) return;
      Submission s;
      s.actor = kSystem;
      // Made from the ledger alone, so that the same ledger gives the same id; its time part keeps ids in order.
      const auto name = "timer " + std::to_string(options_.centre.value) + " " + std::to_string(head_.seq);
      s.digest = digest_of("timer", name, kSystem.account);
      const auto ms = static_cast<std::uint64_t>(turn.now().ms);
      for (int i = 0; i < 6; ++i) s.id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
      std::copy_n(s.digest.begin(), 10, s.id.begin() + 6);
      record(turn, s);
      writer_.begin();
      write_group();
      writer_.commit();
    } catch (...) {
      writer_.rollback();
      head_ = before;
      pending_.clear();
      for (auto& g : registry_.guards) g->abandoned();
      throw;
    }
    for (auto& g : registry_.guards) g->committed();
    position_.store(head_.seq, std::memory_order_release);
    for (auto& p : pending_) unfollowed_.push_back(std::move(p));
    pending_.clear();
  }
}

void Lane::serve_group(std::vector<Submission> batch) {
  std::vector<Taken> group;
  group.reserve(batch.size());
  for (auto& s : batch) group.push_back({std::move(s), 0, 0, {}, {}});
  const auto before = head_;
  bool follow = false;
  try {
    for (std::size_t i = 0; i < group.size(); ++i) decide(group[i], i);
    std::size_t projected = 0;
    if (!pending_.empty()) {
      writer_.begin();
      write_group();
      // Reports of the groups before ride on this group's sync.
      if (monotonic_ns() - last_follow_ns_ > kFollowEveryNs || unfollowed_.size() > kFollowBatch)
        projected = write_reports(kFollowBatch);
      writer_.commit();
    }
    answer_committed(group, projected);
    // A stream of refusals writes no group that the reports could ride on.
    follow = projected == 0 && !unfollowed_.empty() && monotonic_ns() - last_follow_ns_ > 2 * kFollowEveryNs;
  } catch (const store::Failure& f) {
    writer_.rollback();
    head_ = before;
    abandon(group, f);
  } catch (const std::exception& e) {
    // A defect in a rule must not take the lane down: nothing of this group is stored.
    writer_.rollback();
    head_ = before;
    spdlog::error("group abandoned: {}", e.what());
    abandon(group, store::Failure(store::FailureKind::other, e.what()));
  }
  pending_.clear();
  ids_of_group_.clear();
  if (follow) follow_alone();
}

void Lane::decide(Taken& t, std::size_t index) {
  Submission& s = t.submission;
  const std::string id(store::bytes(s.id));
  if (auto it = ids_of_group_.find(id); it != ids_of_group_.end()) {
    t.same_as = it->second;
    return;
  }
  if (auto before = from_before(s)) {
    t.early = std::move(before);
    return;
  }
  if (s.at) clock_.drive(*s.at);
  Turn turn(options_.centre, std::max(clock_.now(), Instant{head_.recorded_at}), s.actor, &keys_, head_.seq);
  try {
    if (auto done = s.act(turn); !done.ok()) {
      t.early = std::move(done).error();
      return;
    }
    if (turn.facts().empty()) throw std::logic_error("a command was neither refused nor did it give a fact");
  } catch (const store::Failure&) {
    throw;
  } catch (const std::exception& e) {  // this command alone; nothing was recorded for it yet
    spdlog::error("a command threw: {}", e.what());
    t.early = internal_error();
    return;
  }
  t.first = pending_.size();
  t.count = turn.facts().size();
  record(turn, s);
  ids_of_group_.emplace(id, index);
}

std::optional<Result<Answer>> Lane::from_before(const Submission& s) {
  const auto id = store::bytes(s.id);
  if (id > greatest_id_ && is_time_ordered(id)) return std::nullopt;
  std::int64_t first = 0, count = 0;
  {
    auto c = writer_.reader().select(
        "SELECT first_seq, facts FROM engine_command WHERE centre=$1 AND id=$2", {options_.centre.value, store::Value::blob(id)});
    if (!c->next()) return std::nullopt;
    first = c->integer(0);
    count = c->integer(1);
  }
  std::vector<std::string> kept;
  writer_.reader().events(options_.centre, first, first + count - 1, [&](const store::LedgerRow& row) {
    kept.emplace_back(row.record);
    return true;
  });
  std::vector<RecordedFact> facts;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    RecordedFact f{options_.centre, first + static_cast<std::int64_t>(i), {}};
    store::decode(kept[i], f.record);
    facts.push_back(f);
  }
  // Of a command about a person only what their key can tell again is kept; when it is gone, the id alone decides.
  std::optional<store::CommandDigest> digest = s.digest;
  const auto sealed = std::find_if(facts.begin(), facts.end(), [](const RecordedFact& f) { return f.record.sealed_under != 0; });
  if (sealed != facts.end()) digest = keys_.bind(s.digest, {sealed->record.sealed_under});
  if (digest && facts.front().record.digest != *digest) return Result<Answer>(id_conflict());
  auto a = make_answer(facts);
  a.repeated = true;
  return Result<Answer>(std::move(a));
}

// A digest of a short form with a person's number in it could be guessed; bound to their key, it goes with the key.
store::CommandDigest Lane::bound_digest(const Turn& turn, const Submission& s) const {
  for (const auto& f : turn.facts())
    if (f.sealed_under) return keys_.bind(s.digest, f.sealed_under).value_or(store::CommandDigest{});
  return s.digest;
}

void Lane::record(const Turn& turn, const Submission& s) {
  const auto digest = bound_digest(turn, s);
  for (const auto& f : turn.facts()) {
    store::Record r;
    r.name = f.name;
    r.stream = f.stream;
    r.actor = s.actor.account;
    r.effective_at = f.effective_at;
    r.recorded_at = turn.now();
    r.command = s.id;
    r.digest = digest;
    r.sealed_under = f.sealed_under.value;
    r.body = f.body;
    Pending p{++head_.seq, {}};
    p.record.reserve(96 + f.name.size() + f.stream.size() + f.body.size());
    store::encode(r, p.record);
    head_.recorded_at = turn.now().ms;
    const RecordedFact fact{options_.centre, p.seq, r, &keys_};
    if (f.name == registry_.erasure.fact) {
      erased_.push_back(registry_.erasure.subject(fact));
      keys_.close(erased_.back());
    }
    if (auto it = guards_of_.find(f.name); it != guards_of_.end())
      for (Guard* g : it->second) g->apply(fact);
    pending_.push_back(std::move(p));
  }
}

void Lane::write_group() {
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
  writer_.put_head(options_.centre, head_);

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
  position_.store(head_.seq, std::memory_order_release);
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
        s.waiter->answer(id_conflict());
      } else {
        auto a = answer_of(first);
        a.repeated = true;
        ++add.repeated;
        s.waiter->answer(std::move(a));
      }
    } else {
      s.waiter->answer(answer_of(t));
    }
  }
  add.facts = static_cast<std::int64_t>(pending_.size());
  for (auto& p : pending_) unfollowed_.push_back(std::move(p));
  std::lock_guard lock(m_);
  figures_.commands += add.commands;
  figures_.refused += add.refused;
  figures_.repeated += add.repeated;
  figures_.facts += add.facts;
  figures_.groups += add.facts > 0;
  figures_.log_bytes = writer_.log_bytes();
  if (unfollowed_.empty()) followed_ = head_.seq;
}

void Lane::abandon(std::vector<Taken>& group, const store::Failure& why) {
  for (auto& g : registry_.guards) g->abandoned();
  for (auto& f : followers_) f->rows.clear();
  for (const auto subject : erased_) keys_.reopen(subject);
  erased_.clear();
  spdlog::error("a group of {} commands could not be stored: {}", group.size(), why.what());
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

void Lane::erase_from_reports(const RecordedFact& fact) {
  const auto subject = registry_.erasure.subject(fact);
  for (auto& f : followers_) {
    const auto& view = f->report->view();
    if (view.subject_column.empty() || fact.seq <= f->from || f->broken) continue;
    flush_report(*f, fact.seq);  // what came before goes into the table first
    writer_.erase_subject(view, view.name, options_.centre, subject);
  }
}

void Lane::project(const RecordedFact& fact) {
  if (fact.record.name == registry_.erasure.fact) erase_from_reports(fact);
  auto it = reports_of_.find(fact.record.name);
  if (it == reports_of_.end()) return;
  for (Follower* f : it->second) {
    if (fact.seq <= f->from || f->broken) continue;
    try {
      f->report->project(fact, f->rows);
    } catch (const std::exception& e) {
      // A statistic that cannot be made must not stop casework. It stays where it is until the next start.
      spdlog::error("report {} stopped at fact {}: {}", f->report->view().name, fact.seq, e.what());
      f->broken = true;
      f->rows.clear();
    }
  }
}

void Lane::flush_reports(std::int64_t up_to) {
  for (auto& f : followers_) {
    if (f->from >= up_to || f->broken) continue;
    flush_report(*f, up_to);
  }
}

void Lane::flush_report(Follower& f, std::int64_t up_to) {
  f.rows.flush(writer_, f.report->view().name);
  writer_.change(followed_view(), followed_view().name,
                 {{options_.centre.value, f.report->view().name, up_to, f.report->view().version}});
}

std::size_t Lane::write_reports(std::size_t at_most) {
  const auto n = std::min(at_most, unfollowed_.size());
  if (n == 0) return 0;
  for (std::size_t i = 0; i < n; ++i) {
    RecordedFact f{options_.centre, unfollowed_[i].seq, {}, &keys_};
    store::decode(unfollowed_[i].record, f.record);
    project(f);
  }
  flush_reports(unfollowed_[n - 1].seq);
  return n;
}

void Lane::reports_written(std::size_t n) noexcept {
  if (n == 0) return;
  last_follow_ns_ = monotonic_ns();
  follow_failing_ = false;
  const auto up_to = unfollowed_[n - 1].seq;
  for (auto& f : followers_)
    if (!f->broken) f->from = std::max(f->from, up_to);
  unfollowed_.erase(unfollowed_.begin(), unfollowed_.begin() + static_cast<std::ptrdiff_t>(n));
  {
    std::lock_guard lock(m_);
    followed_ = up_to;
    figures_.followed = up_to;
  }
  followed_cv_.notify_all();
}

void Lane::follow_alone() {
  while (!unfollowed_.empty() && monotonic_ns() >= follow_not_before_ns_) {
    try {
      writer_.begin();
      const auto n = write_reports(kFollowBatch);
      writer_.commit();
      reports_written(n);
    } catch (const store::Failure& f) {
      writer_.rollback();
      for (auto& follower : followers_) follower->rows.clear();
      // A full disk must not fill a log: once a second until it works again.
      follow_not_before_ns_ = monotonic_ns() + 1'000'000'000;
      if (!follow_failing_) spdlog::error("reports could not follow: {}", f.what());
      follow_failing_ = true;
      return;
    }
    std::lock_guard lock(m_);
    if (!queue_.empty()) return;
  }
}

// At the start: reports that are behind the ledger read it.
void Lane::catch_up() {
  std::int64_t from = head_.seq;
  for (auto& f : followers_) from = std::min(from, f->from);
  while (from < head_.seq) {
    const auto last = std::min<std::int64_t>(from + 100'000, head_.seq);
    writer_.begin();
    writer_.reader().events(options_.centre, from + 1, last, [&](const store::LedgerRow& row) {
      RecordedFact f{options_.centre, row.seq, {}, &keys_};
      if (!store::decode(row.record, f.record)) throw store::Failure(store::FailureKind::corrupt, "unreadable record");
      project(f);
      return true;
    });
    flush_reports(last);
    writer_.commit();
    for (auto& f : followers_)
      if (!f->broken) f->from = std::max(f->from, last);
    from = last;
  }
  std::lock_guard lock(m_);
  followed_ = head_.seq;
  figures_.followed = head_.seq;
}

}  // namespace yi::engine
