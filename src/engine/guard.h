#pragma once
// Guard views: what `decide` reads, written in the transaction of the facts that change it. A guard keeps the states
// in use in bounded memory; the table holds them all.
#include <list>
#include <string>
#include <unordered_map>

#include "engine/fact.h"
#include "store/database.h"

namespace yi::engine {

class Guard {
 public:
  virtual ~Guard() = default;
  virtual const store::View& view() const = 0;
  virtual std::vector<std::string_view> listens_to() const = 0;  // names of facts
  // Total and pure in (state, fact): cannot refuse.
  virtual void apply(const RecordedFact& fact) = 0;

  // The engine's side. `table` is the view's name or a copy being rebuilt; called once, before any other.
  virtual void attach(store::Reader& reader, std::string table, CentreCode centre) = 0;
  virtual void flush(store::Writer& writer) = 0;  // writes what changed since the last commit
  virtual void committed() = 0;                   // what was flushed is durable; memory may be trimmed
  virtual void abandoned() = 0;                   // it is not: forget it, the table knows better
  virtual void limit_memory(std::int64_t bytes) = 0;
};

// State: a value with `static const store::View& view()`, `store::Row row() const` (the columns after the key) and
// `static State from(const store::Row& whole_row)`. Key: std::int64_t or std::string, the view's second key column.
template <class Key, class State>
class GuardTable : public Guard {
 public:
  const store::View& view() const override { return State::view(); }
  void attach(store::Reader& reader, std::string table, CentreCode centre) override {
    reader_ = &reader;
    table_ = std::move(table);
    centre_ = centre;
    select_ = store::select_row_sql(view(), table_);
  }

  // nullptr when there is none. The pointer lives until the next call.
  const State* find(const Key& key) {
    Entry& e = load(key);
    return e.present ? &e.state : nullptr;
  }

  void flush(store::Writer& writer) override {
    for (const Key& key : dirty_) {
      const Entry& e = entries_.at(key);
      store::Row row = e.state.row();
      row.insert(row.begin(), {store::Value(centre_.value), store::Value(key)});
      writer.change(view(), table_, {std::move(row), false});
    }
  }
  void committed() override {
    for (const Key& key : dirty_) entries_.at(key).dirty = false;
    dirty_.clear();
    while (entries_.size() > capacity_ && !order_.empty()) {
      entries_.erase(order_.back());
      order_.pop_back();
    }
  }
  void abandoned() override {
    for (const Key& key : dirty_) {
      auto it = entries_.find(key);
      order_.erase(it->second.place);
      entries_.erase(it);
    }
    dirty_.clear();
  }
  void limit_memory(std::int64_t bytes) override {
    capacity_ = static_cast<std::size_t>(std::max<std::int64_t>(bytes / kEntryBytes, 1));
  }
  void limit_entries(std::size_t n) { capacity_ = n; }
  std::size_t entries() const { return entries_.size(); }

 protected:
  // For apply: the state of a key, made where there is none, and marked as changed.
  State& change(const Key& key) {
    Entry& e = load(key);
    return mark(key, e);
  }
  // The same for a key that is known to be new: no look-up in the table.
  State& change_new(const Key& key) {
    auto [it, inserted] = entries_.try_emplace(key);
    if (inserted) {
      order_.push_front(key);
      it->second.place = order_.begin();
    }
    return mark(key, it->second);
  }

 private:
  // An open case's state with its map node, list node and strings; measured at about 400 bytes.
  static constexpr std::int64_t kEntryBytes = static_cast<std::int64_t>(sizeof(State)) + 260;
  struct Entry {
    State state{};
    bool present = false, dirty = false;
    typename std::list<Key>::iterator place;
  };
  State& mark(const Key& key, Entry& e) {
    e.present = true;
    if (!e.dirty) {
      e.dirty = true;
      dirty_.push_back(key);
    }
    return e.state;
  }
  Entry& load(const Key& key) {
    auto it = entries_.find(key);
    if (it != entries_.end()) {
      order_.splice(order_.begin(), order_, it->second.place);
      return it->second;
    }
    Entry e;
    {
      auto c = reader_->select(select_, {centre_.value, store::Value(key)});
      if (c->next()) {
        e.state = State::from(store::read_row(view(), *c));
        e.present = true;
      }
    }
    order_.push_front(key);
    e.place = order_.begin();
    return entries_.emplace(key, std::move(e)).first->second;
  }

  store::Reader* reader_ = nullptr;
  std::string table_, select_;
  CentreCode centre_;
  std::size_t capacity_ = 100'000;
  std::unordered_map<Key, Entry> entries_;
  std::list<Key> order_;      // most recently used first
  std::vector<Key> dirty_;
};

}  // namespace yi::engine
