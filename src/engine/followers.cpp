#include "engine/followers.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "engine/engine.h"
#include "engine/lane.h"
#include "engine/whole_ledger.h"

namespace yi::engine {

Followers::Followers(store::Writer& writer, Registry& registry, CentreCode centre, store::KeyVault& keys)
    : writer_(writer), registry_(registry), centre_(centre), keys_(keys) {
  for (auto& r : registry.reports) {
    followers_.push_back(std::make_unique<Follower>(Follower{r.get(), 0, false, store::RowBuffer(r->view())}));
    for (auto name : r->listens_to()) reports_of_[name].push_back(followers_.back().get());
  }
  read_positions();
}

void Followers::read_positions() {
  forget_rows();
  std::int64_t least = INT64_MAX;
  for (auto& f : followers_) {
    auto c = writer_.reader().select("SELECT seq FROM engine_followed WHERE centre=$1 AND name=$2", {centre_.value, f->report->view().name});
    f->from = c->next_integer();
    if (!f->broken) least = std::min(least, f->from);
  }
  while (!waiting_.empty() && waiting_.front().seq <= least) waiting_.pop_front();
}

void Followers::erase(const RecordedFact& fact) {
  const auto subject = registry_.erasure.subject(fact);
  for (auto& f : followers_) {
    const auto& view = f->report->view();
    if (view.subject_column.empty() || fact.seq <= f->from || f->broken) continue;
    flush(*f, fact.seq);  // what came before goes into the table first
    writer_.erase_subject(view, view.name, centre_, subject);
  }
}

void Followers::project(const RecordedFact& fact) {
  if (fact.record.name == registry_.erasure.fact) erase(fact);
  auto it = reports_of_.find(fact.record.name);
  if (it == reports_of_.end()) return;
  for (Follower* f : it->second) {
    if (fact.seq <= f->from || f->broken) continue;
    try {
      f->report->project(fact, f->rows);
    } catch (const std::exception& e) {
      // A key that is asked for while the database is away: the report comes again.
      // It says nothing of the ledger: no doubt.
      if (const auto* failure = dynamic_cast<const store::Failure*>(&e); failure && (leaves_doubt(failure->kind) || failure->kind == store::FailureKind::busy))
        throw store::Failure(store::FailureKind::busy, failure->what());
      // A statistic that cannot be made must not stop casework. It stays where it is until the next start.
      spdlog::error("report {} stopped at fact {}: {}", f->report->view().name, fact.seq, e.what());
      f->broken = true;
      f->rows.clear();
    }
  }
}

void Followers::flush(std::int64_t up_to) {
  for (auto& f : followers_)
    if (f->from < up_to && !f->broken) flush(*f, up_to);
}

void Followers::flush(Follower& f, std::int64_t up_to) {
  const auto& view = f.report->view();
  f.rows.flush(writer_, view.name);
  writer_.change(followed_view(), followed_view().name, {{centre_.value, view.name, up_to, view.version}});
}

void Followers::prepare(std::size_t at_most, std::int64_t until_ns) {
  for (; at_most > 0 && prepared_ < waiting_.size() && monotonic_ns() < until_ns; --at_most, ++prepared_) {
    RecordedFact f{centre_, waiting_[prepared_].seq, {}, &keys_};
    store::decode(waiting_[prepared_].record, f.record);
    if (f.record.name == registry_.erasure.fact) return;  // it changes tables
    project(f);
  }
}

std::size_t Followers::write(std::size_t at_most) {
  const auto n = std::min(std::max(at_most, prepared_), waiting_.size());
  if (n == 0) return 0;
  for (std::size_t i = std::exchange(prepared_, 0); i < n; ++i) {
    RecordedFact f{centre_, waiting_[i].seq, {}, &keys_};
    store::decode(waiting_[i].record, f.record);
    project(f);
  }
  flush(waiting_[n - 1].seq);
  return n;
}

void Followers::reached(std::int64_t position) noexcept {
  for (auto& f : followers_)
    if (!f->broken) f->from = std::max(f->from, position);
}

std::int64_t Followers::written(std::size_t n) noexcept {
  const auto up_to = waiting_[n - 1].seq;
  reached(up_to);
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(n));
  return up_to;
}

void Followers::forget_rows() {
  prepared_ = 0;
  for (auto& f : followers_) f->rows.clear();
}

void Followers::catch_up(std::int64_t head) {
  std::int64_t from = head;
  for (auto& f : followers_) from = std::min(from, f->from);
  while (from < head) {
    const auto last = std::min<std::int64_t>(from + 100'000, head);
    writer_.begin();
    every_record(writer_.reader(), centre_, from + 1, last, [&](const store::LedgerRow& row) {
      RecordedFact f{centre_, row.seq, {}, &keys_};
      if (!store::decode(row.record, f.record)) throw store::Failure(store::FailureKind::corrupt, "unreadable record");
      project(f);
    });
    {
      const store::Unhurried storing(writer_);  // a standby that lags is waited for
      flush(last);
      writer_.commit();
    }
    reached(last);
    from = last;
  }
}

}  // namespace yi::engine
