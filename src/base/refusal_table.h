#pragma once
// A room's refusals as one table: an enum says what, a row gives its three texts, its status and the place it is about.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/result.h"

namespace yi {

template <class E>
struct RefusalRow {
  E what;
  const char *code, *sentence, *next_step;
  int status;
  const char* where;
};

// Throws std::logic_error where the table lacks a row: our own mistake, which a test of the room looks for.
template <class E, std::size_t N>
Refusal refusal_of(const RefusalRow<E> (&table)[N], E what) {
  for (const auto& row : table)
    if (row.what == what) return {row.code, row.sentence, row.next_step, row.status, row.where};
  throw std::logic_error("a refusal without words");
}

// Every code once, in the table's order: two rows may have one, where a stranger must not learn which it was.
template <class E, std::size_t N>
std::vector<std::string> codes_of(const RefusalRow<E> (&table)[N]) {
  std::vector<std::string> out;
  for (const auto& row : table)
    if (std::find(out.begin(), out.end(), row.code) == out.end()) out.emplace_back(row.code);
  return out;
}

}  // namespace yi
