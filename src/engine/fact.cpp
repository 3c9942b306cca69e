#include "engine/fact.h"

namespace yi::engine {

// One parser a thread: a fact that another has pushed out parses again.
json::Node RecordedFact::parsed() const {
  thread_local json::Parser parser;
  thread_local std::uint64_t parses = 0;
  if (!node_ || parsed_as_ != parses) {
    auto n = parser.parse(record.body);
    if (!n) throw store::Failure(store::FailureKind::corrupt, "fact " + std::to_string(seq) + " does not read");
    node_ = *n;
    parsed_as_ = ++parses;
  }
  return *node_;
}

}  // namespace yi::engine
