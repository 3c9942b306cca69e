#pragma once
// Hand-written SQL is for SELECT alone, in the subset that SQLite and PostgreSQL both speak and read the same way.
// Everything else is generated from view declarations in src/store/.
#include <string>
#include <string_view>
#include <vector>

#include "source.h"

namespace yi::arch {

// What is wrong with a SELECT, or with a piece of one ("WHERE …", "ORDER BY …"); empty when both databases take it.
std::vector<std::string> lint_select(std::string_view sql);

// A literal that begins like a SELECT or a piece of one; SQL words are written in capitals, so that a sentence of a
// help text is none.
bool looks_like_select(std::string_view literal);
// A literal that begins like a statement that changes something: INSERT INTO, CREATE TABLE, PRAGMA, …
bool looks_like_write(std::string_view literal);

// All literals of src/. Files named src/store/sqlite… and src/store/postgres… speak to one database and are free.
Findings check_sql(const std::vector<Source>& tree);

}  // namespace yi::arch
