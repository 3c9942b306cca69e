#pragma once
// A guard whose rows stand in a book in memory too, which readers of any thread ask: versions of a matter, of the rules of supervision.
#include <string>
#include <utility>
#include <vector>

#include "engine/guard.h"

namespace yi::engine {

// What a fact says is published before it is durable, so that the next command of the group is decided under it; it is taken back when
// the group could not be stored. Id: by what the book knows one entry.
template <class Key, class State, class Id>
class PublishingGuard : public GuardTable<Key, State> {
  using Base = GuardTable<Key, State>;

 public:
  void attach(store::Reader& reader, std::string table, CentreCode centre) override {
    const bool own = table == this->view().name;  // a copy that is being rebuilt says nothing new
    centre_ = centre;
    Base::attach(reader, std::move(table), centre);
    if (own) load(reader, centre);
  }
  void committed() override {
    fresh_.clear();
    Base::committed();
    if (in_doubt_) refresh();
  }
  void abandoned() override {
    for (const auto& id : fresh_) forget(id);
    in_doubt_ |= !fresh_.empty();
    fresh_.clear();
    Base::abandoned();
  }

 protected:
  virtual void load(store::Reader& reader, CentreCode centre) = 0;  // publishes what the table has
  virtual void forget(const Id& id) = 0;                            // takes one back
  void is_fresh(Id id) { fresh_.push_back(std::move(id)); }         // for apply, of one that the book does not have

 private:
  // Where the answer to a commit was lost, the table may have what was taken back: it is asked behind the next group.
  void refresh() noexcept {
    try {
      load(this->table_reader(), centre_);
      in_doubt_ = false;
    } catch (const std::exception&) {  // the database is away again: behind the next one
    }
  }
  CentreCode centre_;
  bool in_doubt_ = false;
  std::vector<Id> fresh_;
};

}  // namespace yi::engine
