#include "engine/rebuild.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/clock.h"
#include "base/text.h"
#include "engine/engine.h"
#include "engine/prepared_views.h"
#include "engine/whole_ledger.h"
#include "store/lease.h"
#include "store/view_walk.h"

namespace yi::engine {
namespace {

// Of its centre alone: two centres of a database may be at it at once.
std::string copy_name(const store::View& v, CentreCode centre) { return v.name + "__" + std::to_string(centre.value) + "__rebuilt"; }

double seconds_since(std::int64_t start_ns) { return static_cast<double>(monotonic_ns() - start_ns) / 1e9; }

std::string show(const store::Value& v) {
  if (v.kind == store::Value::Kind::null) return "空";
  if (v.kind == store::Value::Kind::integer) return std::to_string(v.i);
  return valid_utf8(v.s) ? "“" + v.s.substr(0, 120) + "”" : "0x" + hex(v.s.substr(0, 32));
}

std::string key_of(const store::View& v, const store::Row& row) {
  std::string s;
  for (std::size_t i = 0; i < static_cast<std::size_t>(v.key_columns); ++i)
    s += (i ? "，" : "") + v.columns[i].name + "=" + show(row[i]);
  return s;
}

}  // namespace

Others others_of(store::Reader& reader, CentreCode centre, const store::View& view) {
  if (!reader.has_table(view.name) || !reader.has_table(followed_view().name)) return Others::none;
  if (&view == &command_view())  // it has no version of its own, and every centre has it
    return reader.select("SELECT 1 FROM engine_followed WHERE centre<>$1 LIMIT 1", {centre.value})->next() ? Others::same : Others::none;
  auto c = reader.select("SELECT version FROM engine_followed WHERE centre<>$1 AND name=$2 AND version<>0 ORDER BY version", {centre.value, view.name});
  auto found = Others::none;
  while (c->next()) {
    if (c->integer(0) != view.version) return Others::another;
    found = Others::same;
  }
  return found;
}

void displace(store::Writer& w, CentreCode centre, const store::View& view) {
  auto& reader = w.reader();
  if (store::others_lead(reader, centre))
    throw store::Failure(store::FailureKind::busy, "another centre of this database works with " + view.name + " of another version: its nodes end first, and begin again with this program");
  std::vector<std::int64_t> whose;
  {
    auto c = reader.select("SELECT centre FROM engine_followed WHERE centre<>$1 AND name=$2 AND version<>0", {centre.value, view.name});
    while (c->next()) whose.push_back(c->integer(0));
  }
  w.drop_view(view.name);
  for (const auto other : whose) w.change(followed_view(), followed_view().name, {{other, view.name, 0, 0}});
}

namespace {

// One rebuild under way: a registry of its own over copies of the tables.
class Rebuild {
 public:
  Rebuild(store::Writer& w, const RegistryFactory& rooms, CentreCode centre, const RebuildOptions& options)
      : w_(w), centre_(centre), options_(options), registry_(rooms()), commands_(command_view()) {
    for (auto& g : registry_.guards)
      for (auto name : g->listens_to()) guards_of_[name].push_back(g.get());
    for (auto& r : registry_.reports) {
      buffers_.push_back(std::make_unique<store::RowBuffer>(r->view()));
      for (auto name : r->listens_to()) reports_of_[name].emplace_back(r.get(), buffers_.back().get());
    }
  }

  Rebuilt run() {
    if (options_.compare) catch_up();
    begin();
    fold_all();
    for (auto* v : views()) finish_view(*v);
    bool differs = false;
    for (auto& v : out_.views) differs |= v.difference.has_value();
    if (!differs || options_.swap_on_difference) swap();
    else drop_copies();
    return std::move(out_);
  }
  void begin() { make_copies(); }
  std::int64_t fold_all() {
    const auto before = out_.facts;
    fold_to_head();
    return out_.facts - before;
  }
  void take_in() {
    fold_all();
    swap();
  }
  bool taken_in() const { return out_.swapped; }
  // The copies go, so that a rebuild that ran out of room does not keep it. Never throws: the reason is on its way.
  void give_up() noexcept {
    try {
      drop_copies();
    } catch (const store::Failure&) {
      w_.rollback();  // dropped by the next rebuild
    }
  }

 private:
  std::vector<const store::View*> views() const {
    std::vector<const store::View*> all{&command_view()};
    for (auto& g : registry_.guards) all.push_back(&g->view());
    for (auto& r : registry_.reports) all.push_back(&r->view());
    return all;
  }

  // Reports follow the ledger at a distance, and a program that was killed leaves them behind it. What a report has not
  // seen yet is no difference: it sees it first, as at every start.
  void catch_up() {
    const auto head = w_.reader().head(centre_).seq;
    if (!w_.reader().has_table(followed_view().name)) return;
    for (auto& r : registry_.reports) {
      const auto& v = r->view();
      std::int64_t from = head;
      {
        auto c = w_.reader().select("SELECT seq, version FROM engine_followed WHERE centre=$1 AND name=$2", {centre_.value, v.name});
        if (w_.reader().has_table(v.name) && c->next() && c->integer(1) == v.version) from = c->integer(0);
      }
      for (constexpr std::int64_t kChunk = 100'000; from < head; from += kChunk) catch_up(*r, from + 1, std::min(from + kChunk, head));
    }
  }
  void catch_up(Report& report, std::int64_t first, std::int64_t last) {
    const auto& v = report.view();
    const auto names = report.listens_to();
    store::RowBuffer rows(v);
    w_.begin();
    every_record(w_.reader(), centre_, first, last, [&](const store::LedgerRow& row) {
      RecordedFact f{centre_, row.seq, {}, options_.keys};
      if (!store::decode(row.record, f.record))
        throw store::Failure(store::FailureKind::corrupt, "record " + std::to_string(row.seq) + " cannot be read");
      if (erases(f) && !v.subject_column.empty()) {
        rows.flush(w_, v.name);
        w_.erase_subject(v, v.name, centre_, registry_.erasure.subject(f));
      }
      if (std::find(names.begin(), names.end(), f.record.name) != names.end()) report.project(f, rows);
    });
    const store::Unhurried storing(w_);
    rows.flush(w_, v.name);
    w_.change(followed_view(), followed_view().name, {{centre_.value, v.name, last, v.version}});
    w_.commit();
  }

  void make_copies() {
    const store::Unhurried making(w_);
    w_.begin();
    std::int64_t weights = 0;
    for (auto& g : registry_.guards) weights += g->cache_weight();
    for (const auto* v : views()) {
      w_.drop_view(copy_name(*v, centre_));
      store::View copy = *v;  // without indexes: they are made once, at the end
      copy.name = copy_name(*v, centre_);
      copy.indexes.clear();
      w_.ensure_view(copy);
    }
    for (auto& g : registry_.guards) {
      g->attach(w_.reader(), copy_name(g->view(), centre_), centre_);
      g->limit_memory(options_.state_cache_bytes * g->cache_weight() / weights);
    }
    w_.commit();
  }

  void fold_to_head() {
    const auto all = w_.reader().head(centre_).seq;
    constexpr std::int64_t kChunk = 500'000;  // facts between writes: bounds memory (about 1 kB each) and the write-ahead log
    for (std::int64_t from = out_.facts; from < all; from += kChunk) {
      w_.begin();
      auto start = monotonic_ns();
      every_record(w_.reader(), centre_, from + 1, std::min(from + kChunk, all), [&](const store::LedgerRow& row) {
        RecordedFact f{centre_, row.seq, {}, options_.keys};
        if (!store::decode(row.record, f.record))
          throw store::Failure(store::FailureKind::corrupt, "record " + std::to_string(row.seq) + " cannot be read");
        fold(f);
      });
      out_.fold_seconds += seconds_since(start);
      start = monotonic_ns();
      {
        const store::Unhurried storing(w_);  // a standby that lags is waited for
        write();
        w_.commit();
      }
      out_.write_seconds += seconds_since(start);
      for (auto& g : registry_.guards) g->committed();
      out_.facts = std::min(from + kChunk, all);
      if (options_.progress) options_.progress("重建", out_.facts, all);
    }
  }

  bool erases(const RecordedFact& f) const { return f.record.name == registry_.erasure.fact; }

  void erase_from_copies(const RecordedFact& f) {
    const auto subject = registry_.erasure.subject(f);
    for (auto& b : buffers_) {
      const auto& v = b->view();
      if (v.subject_column.empty()) continue;
      const auto copy = copy_name(v, centre_);
      b->flush(w_, copy);
      if (indexed_.insert(&v).second) w_.index_subject(v, copy, true);
      w_.erase_subject(v, copy, centre_, subject);
    }
  }

  void fold(const RecordedFact& f) {
    if (erases(f)) erase_from_copies(f);
    commands_.put({centre_.value, store::bytes(f.record.command), f.seq, 1, store::bytes(f.record.digest)});
    if (auto it = guards_of_.find(f.record.name); it != guards_of_.end())
      for (Guard* g : it->second) g->apply(f);
    if (auto it = reports_of_.find(f.record.name); it != reports_of_.end())
      for (auto& [report, rows] : it->second) report->project(f, *rows);
  }

  void timed(const store::View& v, const std::function<void()>& write_rows) {
    const auto start = monotonic_ns();
    write_rows();
    write_seconds_[&v] += seconds_since(start);
  }
  void write() {
    const bool first = out_.facts == 0;
    timed(command_view(), [&] { commands_.flush(w_, copy_name(command_view(), centre_), first); });
    for (auto& g : registry_.guards) timed(g->view(), [&] { g->flush(w_); });
    for (auto& b : buffers_) timed(b->view(), [&] { b->flush(w_, copy_name(b->view(), centre_), first && !indexed_.contains(&b->view())); });
  }

  void finish_view(const store::View& v) {
    const store::Unhurried counting(w_);
    RebuiltView r{v.name, 0, write_seconds_[&v], {}};
    const auto start = monotonic_ns();
    if (options_.compare && is_of_this_version(v)) {
      store::ViewWalk old(w_.reader(), v, v.name, centre_), fresh(w_.reader(), v, copy_name(v, centre_), centre_);
      r.rows = compare(v, old, fresh, r.difference);
    } else {
      r.rows = w_.reader().select("SELECT COUNT(*) FROM " + copy_name(v, centre_), {})->next_integer();
    }
    out_.compare_seconds += seconds_since(start);
    out_.views.push_back(std::move(r));
    if (options_.progress) options_.progress("比对 " + v.name, 1, 1);
  }

  // What an earlier program wrote has other columns, and nothing to be compared with.
  bool is_of_this_version(const store::View& v) {
    if (!w_.reader().has_table(v.name)) return false;
    if (&v == &command_view()) return true;
    return w_.reader().select("SELECT version FROM engine_followed WHERE centre=$1 AND name=$2", {centre_.value, v.name})->next_integer() == v.version;
  }

  // Both in key order; stops at the first difference. Returns the rows of the fresh copy that were read.
  static std::int64_t compare(const store::View& v, store::ViewWalk& old, store::ViewWalk& fresh,
                              std::optional<std::string>& difference) {
    std::int64_t rows = 0;
    for (;;) {
      const bool more_old = old.next(), more_fresh = fresh.next();
      if (!more_old && !more_fresh) return rows;
      rows += more_fresh;
      const store::Row a = more_old ? old.row() : store::Row{};
      const store::Row b = more_fresh ? fresh.row() : store::Row{};
      if (a == b) continue;
      const auto key = [&](const store::Row& r) { return store::Row(r.begin(), r.begin() + v.key_columns); };
      if (!more_fresh || (more_old && key(a) < key(b))) {
        difference = "视图 " + v.name + " 多出一行：" + key_of(v, a) + "。";
      } else if (!more_old || key(b) < key(a)) {
        difference = "视图 " + v.name + " 缺少一行：" + key_of(v, b) + "。";
      } else {
        for (std::size_t i = 0; i < a.size(); ++i)
          if (a[i] != b[i]) {
            difference = "视图 " + v.name + " 的行 " + key_of(v, a) + " 中 " + v.columns[i].name + " 原为 " + show(a[i]) +
                         "，按账本应为 " + show(b[i]) + "。";
            break;
          }
      }
      return rows;
    }
  }

  void swap() {
    const store::Unhurried moving(w_);
    w_.begin();
    const auto seq = w_.reader().head(centre_).seq;
    for (const auto* v : views()) {
      const auto others = others_of(w_.reader(), centre_, *v);
      if (others == Others::same) {  // their rows stay
        w_.take_rows(*v, copy_name(*v, centre_), centre_);
        w_.drop_view(copy_name(*v, centre_));
      } else {
        if (others == Others::another) displace(w_, centre_, *v);
        else w_.drop_view(v->name);
        if (indexed_.contains(v)) w_.index_subject(*v, copy_name(*v, centre_), false);
        w_.rename_view(copy_name(*v, centre_), v->name);
        w_.ensure_view(*v);  // the indexes
      }
      if (v != &command_view())
        w_.change(followed_view(), followed_view().name, {{centre_.value, v->name, seq, v->version}});
    }
    w_.commit();
    out_.swapped = true;
  }
  void drop_copies() {
    const store::Unhurried dropping(w_);
    w_.begin();
    for (const auto* v : views()) w_.drop_view(copy_name(*v, centre_));
    w_.commit();
  }

  store::Writer& w_;
  CentreCode centre_;
  const RebuildOptions options_;
  Registry registry_;
  store::RowBuffer commands_;
  std::vector<std::unique_ptr<store::RowBuffer>> buffers_;
  std::unordered_map<std::string_view, std::vector<Guard*>> guards_of_;
  std::unordered_map<std::string_view, std::vector<std::pair<Report*, store::RowBuffer*>>> reports_of_;
  std::unordered_set<const store::View*> indexed_;  // copies that lost a subject: they have rows, and an index by it
  std::unordered_map<const store::View*, double> write_seconds_;
  Rebuilt out_;
};

}  // namespace

Rebuilt rebuild(store::Writer& writer, const RegistryFactory& rooms, CentreCode centre, const RebuildOptions& options) {
  Rebuild work(writer, rooms, centre, options);
  try {
    return work.run();
  } catch (...) {
    writer.rollback();
    work.give_up();
    throw;
  }
}

struct ViewCopies::Impl {
  Impl(store::Writer& w, const RegistryFactory& rooms, CentreCode centre, const store::KeyVault* keys)
      : writer(w), work(w, rooms, centre, {.compare = false, .keys = keys}) {}
  store::Writer& writer;
  Rebuild work;
  template <class F>
  auto safely(F f) {
    try {
      return f();
    } catch (...) {
      writer.rollback();
      throw;
    }
  }
};

ViewCopies::ViewCopies(store::Writer& w, const RegistryFactory& rooms, CentreCode centre, const store::KeyVault* keys)
    : impl_(std::make_unique<Impl>(w, rooms, centre, keys)) {
  impl_->safely([this] { impl_->work.begin(); });
}
ViewCopies::~ViewCopies() {
  if (!impl_->work.taken_in()) impl_->work.give_up();
}
std::int64_t ViewCopies::fold_on() {
  return impl_->safely([this] { return impl_->work.fold_all(); });
}
void ViewCopies::take_in() {
  impl_->safely([this] { impl_->work.take_in(); });
}

}  // namespace yi::engine
