#pragma once
// Guard views: what `decide` reads, written in the transaction of the facts that change it. A guard keeps the states
// in use in bounded memory; the table holds them all.
#include <algorithm>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

#include "engine/fact.h"
#include "store/database.h"

namespace yi::engine {

inline constexpr std::size_t kAskedAtOnce = 256;  // keys a question (store::Reader::select_keys)

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
  virtual void forget() = 0;                      // the table may have what nobody was answered: nothing in memory is believed
  virtual void limit_memory(std::int64_t bytes) = 0;
  virtual void load_expected() = 0;               // what commands of the coming group said they will look for, in one question
  // The guard's part of the memory for states, beside the others'. Most work is about cases.
  virtual std::int64_t cache_weight() const { return 1; }
};

// State: a value with `static const store::View& view()`, `void append_row(store::Row&) const` (the columns after the
// key) and `static State from(const store::Row& whole_row)`. Key: std::int64_t or std::string, the view's second key column.
template <class Key, class State>
class GuardTable : public Guard {
 public:
  const store::View& view() const override { return State::view(); }
  void attach(store::Reader& reader, std::string table, CentreCode centre) override {
    reader_ = &reader;
    table_ = std::move(table);
    centre_ = centre;
    select_ = store::select_row_sql(view(), table_);
    expected_.clear();
  }

  // Of a command whose turn is to come (Act::Expect). What nobody then looks for costs a row of an answer.
  void expect(const Key& key) {
    if (!entries_.contains(key)) expected_.push_back(key);
  }
  void load_expected() override {
    auto keys = std::exchange(expected_, {});
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (std::size_t at = 0; at < keys.size(); at += kAskedAtOnce) {
      const auto end = std::min(keys.size(), at + kAskedAtOnce);
      store::Row asked;
      for (auto i = at; i < end; ++i) asked.emplace_back(keys[i]);
      auto c = reader_->select_keys(view(), table_, centre_, asked);
      while (c->next()) {
        const auto row = store::read_row(view(), *c);
        Entry e;
        e.state = State::from(row);
        e.present = e.in_table = true;
        if constexpr (std::is_same_v<Key, std::string>) keep(row[1].s, std::move(e));
        else keep(row[1].i, std::move(e));
      }
      for (auto i = at; i < end; ++i) keep(keys[i], {});  // there is none: that is known too
    }
  }

  // nullptr when there is none. The pointer lives until the next call.
  const State* find(const Key& key) {
    Entry& e = load(key);
    return e.present ? &e.state : nullptr;
  }

  void flush(store::Writer& writer) override {
    // In key order: neighbours lie on one page.
    const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(dirty_.begin(), dirty_.end(), before)) std::sort(dirty_.begin(), dirty_.end(), before);
    store::RowChange change;
    for (const auto& [key, e] : dirty_) {
      change.row.clear();
      change.row.reserve(view().columns.size());
      change.row.emplace_back(centre_.value);
      change.row.emplace_back(key);
      if (!e->present) {
        if (!e->in_table) continue;
        change.kind = store::RowChange::Kind::remove;
      } else {
        e->state.append_row(change.row);
        change.kind = e->in_table ? store::RowChange::Kind::merge : store::RowChange::Kind::insert;
      }
      writer.change(view(), table_, change);
    }
  }
  void committed() override {
    for (const auto& [key, e] : dirty_) {
      e->dirty = false;
      e->in_table = e->present;
    }
    dirty_.clear();
    trim();
  }
  void abandoned() override {
    expected_.clear();
    for (const auto& [key, e] : dirty_) {
      order_.erase(e->place);
      entries_.erase(key);
    }
    dirty_.clear();
    trim();
  }
  void forget() override {
    expected_.clear();
    dirty_.clear();
    entries_.clear();
    order_.clear();
  }
  void limit_memory(std::int64_t bytes) override {
    capacity_ = static_cast<std::size_t>(std::max<std::int64_t>(bytes / kEntryBytes, 1));
  }
  std::size_t entries() const { return entries_.size(); }
  std::size_t expected() const { return expected_.size(); }

 protected:
  // For a question that one key does not answer: parameters from $2 on; $1 is the centre. It sees what is committed, not
  // what the present group has changed.
  std::unique_ptr<store::Cursor> select(std::string_view sql, const store::Row& parameters) {
    store::Row all{centre_.value};
    all.insert(all.end(), parameters.begin(), parameters.end());
    return reader_->select(sql, all);
  }
  store::Reader& table_reader() { return *reader_; }
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
  // For a row that says nothing but its key, whether it is there or not: no look-up in the table, and its write changes no row
  // that is there.
  void put(const Key& key) {
    auto [it, inserted] = entries_.try_emplace(key);
    Entry& e = it->second;
    if (inserted) {
      order_.push_front(key);
      e.place = order_.begin();
      e.in_table = true;  // perhaps: so it is merged
    } else if (e.present) {
      return;
    }
    mark(key, e);
  }
  // The row goes; the key may come again later.
  void remove(const Key& key) {
    Entry& e = load(key);
    mark(key, e);
    e.state = State{};
    e.present = false;
  }

 private:
  // An open case's state with its map node, list node and strings; measured at about 400 bytes.
  static constexpr std::int64_t kEntryBytes = static_cast<std::int64_t>(sizeof(State)) + 260;
  struct Entry {
    State state{};
    bool present = false, dirty = false;
    bool in_table = false;  // else the row's first write may be a plain insert
    typename std::list<Key>::iterator place;
  };
  // Oldest first; what was only looked for and not found goes the same way.
  void trim() {
    while (entries_.size() > capacity_ && !order_.empty()) {
      entries_.erase(order_.back());
      order_.pop_back();
    }
  }
  State& mark(const Key& key, Entry& e) {
    e.present = true;
    if (!e.dirty) {
      e.dirty = true;
      dirty_.emplace_back(key, &e);
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
      auto c = reader_->select(select_, {centre_.value, key_value(key)});
      if (c->next()) {
        e.state = State::from(store::read_row(view(), *c));
        e.present = e.in_table = true;
      }
    }
    return keep(key, std::move(e));
  }
  Entry& keep(const Key& key, Entry e) {
    auto [it, inserted] = entries_.try_emplace(key, std::move(e));
    if (inserted) {
      order_.push_front(key);
      it->second.place = order_.begin();
    }
    return it->second;
  }

  // To a database, text and bytes are never equal.
  static store::Value key_value(const Key& key) {
    if constexpr (std::is_same_v<Key, std::string>)
      if (State::view().columns[1].type == store::Type::bytes) return store::Value::blob(key);
    return store::Value(key);
  }

  store::Reader* reader_ = nullptr;
  std::vector<Key> expected_;
  std::string table_, select_;
  CentreCode centre_;
  std::size_t capacity_ = 100'000;
  std::unordered_map<Key, Entry> entries_;
  std::list<Key> order_;      // most recently used first
  std::vector<std::pair<Key, Entry*>> dirty_;  // entries of a map stay where they are
};

}  // namespace yi::engine
