#pragma once
// For tests: the same random commands through the real rooms, on SQLite and on PostgreSQL.
#include <cstdint>

namespace yi::app {

// So many cases' lives, sixteen side by side, lawful and unlawful steps mixed, with what else a hall does in between. Answers,
// ledgers and views must be the same to the byte. Fails the running test.
void compare_databases(std::uint32_t seed, int sequences);

}  // namespace yi::app
