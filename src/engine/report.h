#pragma once
// Report views: statistics, lists and searches for people. They follow the ledger in batches.
#include "engine/fact.h"
#include "store/row_buffer.h"

namespace yi::engine {

// A pure function from a fact to changes of one view. It must not depend on the order of views, and on nothing but
// the fact.
class Report {
 public:
  virtual ~Report() = default;
  virtual const store::View& view() const = 0;
  virtual std::vector<std::string_view> listens_to() const = 0;
  virtual void project(const RecordedFact& fact, store::RowBuffer& out) const = 0;
};

}  // namespace yi::engine
