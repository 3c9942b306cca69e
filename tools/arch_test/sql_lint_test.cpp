#include "sql_lint.h"

#include <gtest/gtest.h>

namespace yi::arch {
namespace {

std::vector<Source> one(std::string path, std::string text) { return {scan(std::move(path), std::move(text))}; }

TEST(SqlLint, WhatBothDatabasesTakeIsFree) {
  for (const char* sql : {
           "SELECT case_id, stage FROM cases WHERE centre = ? AND due_day <= ? ORDER BY due_day, case_id LIMIT ? OFFSET ?",
           "SELECT COUNT(*), COALESCE(SUM(n), 0) FROM counts WHERE name LIKE '%' || ? || '%'",
           "SELECT MAX(day), MIN(day) FROM days GROUP BY month HAVING COUNT(*) > 1",
           "WITH w AS (SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c) AS r FROM t) SELECT a FROM w WHERE r = 1",
           "SELECT CAST(n AS INTEGER) FROM t WHERE a IS NULL AND b IS NOT DISTINCT FROM ? AND c <> 'x\"y' AND d IN (1, 2)",
           "SELECT c.date, c.time, c.now FROM cases c WHERE c.date >= ?",
           "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a LIMIT 1) AND b IN (?, ?)",
           "SELECT a, b FROM (SELECT a, b FROM t ORDER BY a LIMIT 5) x, y ORDER BY a, b",
           "SELECT COUNT(*) FILTER (WHERE a = 1) FROM t -- strftime in a comment\n",
           "SELECT a FROM t;",
           "SELECT c.window FROM t c",
       }) {
    EXPECT_TRUE(looks_like_select(sql)) << sql;
    EXPECT_EQ(lint_select(sql), std::vector<std::string>{}) << sql;
  }
}

TEST(SqlLint, WhatOnlyOneTakesIsFound) {
  for (const char* sql : {
           "SELECT strftime('%Y', at) FROM t",
           "SELECT julianday(a) FROM t",
           "SELECT datetime('now')",
           "SELECT date(at) FROM t",
           "SELECT group_concat(name) FROM t",
           "SELECT STRING_AGG(name, ',') FROM t",
           "SELECT IFNULL(a, 0) FROM t",
           "SELECT a FROM t WHERE name GLOB 'a*'",
           "SELECT a FROM t WHERE name ILIKE ?",
           "SELECT a FROM t WHERE name MATCH ?",
           "SELECT rowid FROM t",
           "SELECT t.rowid FROM t",
           "SELECT window FROM t",
           "SELECT a FROM t LIMIT 10, 20",
           "SELECT a FROM t LIMIT ?, ?",
           "SELECT a FROM t WHERE (b IN (SELECT c FROM u LIMIT 1, 2))",
           "SELECT a FROM t LIMIT -1",
           "SELECT a FROM t WHERE name = \"Zhang\"",
           "SELECT `a` FROM t",
           "SELECT [a] FROM t",
           "SELECT a::integer FROM t",
           "SELECT a FROM t WHERE b == 1",
           "SELECT a ->> '$.b' FROM t",
           "SELECT a FROM t WHERE a ~ 'x'",
           "SELECT MAX(a, b) FROM t",
           "SELECT MIN(COALESCE(a, 1), b) FROM t",
           "SELECT DISTINCT ON (a) a, b FROM t",
           "SELECT a FROM t FOR UPDATE",
           "SELECT a FROM t WHERE a IS ?",
           "SELECT a FROM t WHERE a ISNULL",
           "SELECT a FROM t WHERE at < CURRENT_TIMESTAMP",
           "SELECT a FROM t WHERE b = ANY(?)",
           "SELECT a FROM t COLLATE NOCASE",
           "SELECT name FROM sqlite_master",
           "SELECT a FROM t ORDER BY RANDOM()",
           "SELECT 1; SELECT 2",
           "WHERE a == 1",
           " AND name GLOB ?",
           "ORDER BY rowid",
       }) {
    EXPECT_TRUE(looks_like_select(sql)) << sql;
    EXPECT_EQ(lint_select(sql).size(), 1u) << sql;
  }
}

TEST(SqlLint, SentencesAreNoSql) {
  for (const char* text : {"Select the week to print", "selected", "Where the data lies", "ANDROID", "ORDER", "from", ""}) {
    EXPECT_FALSE(looks_like_select(text)) << text;
    EXPECT_FALSE(looks_like_write(text)) << text;
  }
  for (const char* text : {"Create a data directory", "Update the calendar", "INSERT", "CREATED", "DELETE is refused", "DROP it"})
    EXPECT_FALSE(looks_like_write(text)) << text;
}

TEST(SqlLint, OnlyTheStoreWrites) {
  for (const char* sql : {"INSERT INTO t VALUES (1)", "INSERT OR IGNORE INTO t VALUES (1)", "REPLACE INTO t VALUES (1)",
                          "UPDATE t SET a = 1", "DELETE FROM t", "CREATE TABLE t (a)", "CREATE UNIQUE INDEX i ON t (a)",
                          "DROP TABLE t", "ALTER TABLE t ADD a", "PRAGMA journal_mode=WAL", "BEGIN IMMEDIATE"}) {
    const auto code = "run(\"" + std::string(sql) + "\");";
    EXPECT_EQ(check_sql(one("src/hall/views.cpp", code)).size(), 1u) << sql;
    EXPECT_EQ(to_text(check_sql(one("src/store/writer.cpp", code))), "") << sql;
  }
}

TEST(SqlLint, LiteralsOfAllShapesAreRead) {
  EXPECT_EQ(check_sql(one("src/hall/a.cpp", "q(\"SELECT a \"\n\"FROM t LIMIT 1, 2\");")).size(), 1u);
  EXPECT_EQ(check_sql(one("src/hall/a.cpp", "q(R\"(\n  SELECT \"a\" FROM t)\");")).size(), 1u);
  EXPECT_EQ(check_sql(one("src/store/ledger.cpp", "q(\"SELECT rowid FROM t\");")).size(), 1u);
  EXPECT_EQ(check_sql(one("src/hall/a.cpp", "q(\"select * from t\");")).size(), 1u);
  EXPECT_EQ(to_text(check_sql(one("src/store/sqlite.cpp", "q(\"SELECT rowid FROM t\");"))), "");
  EXPECT_EQ(to_text(check_sql(one("bench/a.cpp", "q(\"INSERT INTO t VALUES (1)\");"))), "");
}

}  // namespace
}  // namespace yi::arch
