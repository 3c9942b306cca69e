#include "sql_lint.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace yi::arch {
namespace {

struct Token {
  enum class Kind { word, number, text, quoted, sign, end };
  Kind kind = Kind::end;
  std::string value;  // words in capitals
  int depth = 0;      // of parentheses
};

bool sign_pair(std::string_view two) {
  return two == "::" || two == "==" || two == "||" || two == "->" || two == "!=" || two == "<>" || two == "<=" ||
         two == ">=" || two == "!~" || two == "@>" || two == "<@" || two == "<<" || two == ">>";
}

std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> out;
  int depth = 0;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    auto until = [&](char close) {
      auto j = sql.find(close, i + 1);
      j = j == std::string_view::npos ? sql.size() : j;
      std::string v(sql.substr(i + 1, j - i - 1));
      i = std::min(j + 1, sql.size());
      return v;
    };
    if (std::isspace(static_cast<unsigned char>(c))) {
      ++i;
    } else if (sql.substr(i, 2) == "--") {
      i = std::min(sql.find('\n', i), sql.size());
    } else if (sql.substr(i, 2) == "/*") {
      const auto j = sql.find("*/", i + 2);
      i = j == std::string_view::npos ? sql.size() : j + 2;
    } else if (c == '\'') {
      out.push_back({Token::Kind::text, until('\''), depth});
    } else if (c == '"' || c == '`' || c == '[') {
      out.push_back({Token::Kind::quoted, std::string(1, c) + until(c == '[' ? ']' : c), depth});
    } else if (std::isdigit(static_cast<unsigned char>(c))) {
      auto j = i;
      while (j < sql.size() && (is_word_char(sql[j]) || sql[j] == '.')) ++j;
      out.push_back({Token::Kind::number, std::string(sql.substr(i, j - i)), depth});
      i = j;
    } else if (is_word_char(c)) {
      std::string v;
      for (; i < sql.size() && is_word_char(sql[i]); ++i) v += static_cast<char>(std::toupper(static_cast<unsigned char>(sql[i])));
      out.push_back({Token::Kind::word, std::move(v), depth});
    } else {
      const auto two = sql.substr(i, 2);
      const std::size_t n = sign_pair(two) ? 2 : 1;
      if (c == ')') --depth;
      out.push_back({Token::Kind::sign, std::string(sql.substr(i, n)), depth});
      if (c == '(') ++depth;
      i += n;
    }
  }
  out.push_back({});
  return out;
}

// Words that one of the two databases does not know, or reads otherwise; with what to write instead.
const std::map<std::string_view, std::string_view>& foreign_words() {
  static const std::map<std::string_view, std::string_view> words{
      {"GLOB", "SQLite only: LIKE"},
      {"REGEXP", "SQLite only: filter in C++"},
      {"MATCH", "SQLite only: the search room declares its table"},
      {"ILIKE", "PostgreSQL only: store the folded text and use LIKE"},
      {"SIMILAR", "PostgreSQL only: LIKE"},
      {"PRAGMA", "SQLite only"},
      {"ROWID", "SQLite only: the declared key"},
      {"_ROWID_", "SQLite only: the declared key"},
      {"OID", "SQLite only: the declared key"},
      {"CTID", "PostgreSQL only: the declared key"},
      {"SQLITE_MASTER", "SQLite only"},
      {"SQLITE_SCHEMA", "SQLite only"},
      {"AUTOINCREMENT", "SQLite only"},
      {"ISNULL", "SQLite only: IS NULL"},
      {"NOTNULL", "SQLite only: IS NOT NULL"},
      {"INDEXED", "SQLite only: no index hints"},
      {"NOCASE", "SQLite only: store the folded text"},
      {"RETURNING", "an answer of a write"},
      {"LATERAL", "PostgreSQL only: a join or a window"},
      {"ARRAY", "PostgreSQL only"},
      {"TABLESAMPLE", "PostgreSQL only"},
      {"INTERVAL", "PostgreSQL only: days and instants are integers"},
      {"CURRENT_TIMESTAMP", "reads the database's clock: give the time as a parameter"},
      {"CURRENT_DATE", "reads the database's clock: give the day as a parameter"},
      {"CURRENT_TIME", "reads the database's clock: give the time as a parameter"},
      {"LOCALTIMESTAMP", "reads the database's clock: give the time as a parameter"},
      {"WINDOW", "PostgreSQL keeps the word for itself: name the column with its table, c.window"},
      {"INSERT", "SELECT alone is written by hand"},
  };
  return words;
}

// The same for functions: words followed by a parenthesis.
const std::map<std::string_view, std::string_view>& foreign_functions() {
  static const std::string_view clock = "days and instants are integers; compute them in C++";
  static const std::string_view either = "only one of the two databases has it";
  static const std::map<std::string_view, std::string_view> functions{
      {"STRFTIME", clock}, {"JULIANDAY", clock}, {"DATETIME", clock}, {"UNIXEPOCH", clock}, {"DATE", clock},
      {"TIME", clock}, {"NOW", clock}, {"EXTRACT", clock}, {"DATE_TRUNC", clock}, {"DATE_PART", clock}, {"AGE", clock},
      {"TO_CHAR", clock}, {"TO_TIMESTAMP", clock}, {"GETDATE", clock},
      {"GROUP_CONCAT", "join in C++"}, {"STRING_AGG", "join in C++"}, {"ARRAY_AGG", "join in C++"},
      {"CONCAT", "write a || b"}, {"CONCAT_WS", "write a || b"},
      {"IFNULL", "COALESCE"}, {"NVL", "COALESCE"}, {"IIF", "CASE WHEN … THEN … ELSE … END"}, {"IF", "CASE WHEN … END"},
      {"TOTAL", "COALESCE(SUM(x), 0)"}, {"PRINTF", either}, {"FORMAT", either}, {"INSTR", either}, {"STRPOS", either},
      {"POSITION", either}, {"TYPEOF", either}, {"QUOTE", either}, {"HEX", either}, {"UNICODE", either}, {"ZEROBLOB", either},
      {"RANDOMBLOB", either}, {"RANDOM", "an order by chance: draw in C++ with a seed"}, {"LEN", "LENGTH"},
      {"LAST_INSERT_ROWID", either}, {"CHANGES", either}, {"GREATEST", "CASE WHEN a > b THEN a ELSE b END"},
      {"LEAST", "CASE WHEN a < b THEN a ELSE b END"}, {"UNNEST", either}, {"GENERATE_SERIES", either}, {"ANY", "IN (…)"},
      {"JSON_EXTRACT", "declare a column"}, {"JSON_EACH", either}, {"JSONB_BUILD_OBJECT", either}, {"BOOL_OR", "MAX(CASE …)"},
      {"BOOL_AND", "MIN(CASE …)"}, {"TRUNC", either}, {"LPAD", either}, {"RPAD", either}, {"SPLIT_PART", either},
      {"REGEXP_REPLACE", either}, {"LIKELIHOOD", either}, {"LIKELY", either}, {"UNLIKELY", either}};
  return functions;
}

// Whether there is a comma at this depth between tokens `from` and the end of their level or a word of `stops`.
bool comma_follows(const std::vector<Token>& t, std::size_t from, int depth, std::initializer_list<std::string_view> stops) {
  for (auto i = from; i < t.size() && t[i].kind != Token::Kind::end; ++i) {
    if (t[i].depth < depth) return false;  // the parenthesis that closes the level stands one lower
    if (t[i].kind == Token::Kind::word && std::find(stops.begin(), stops.end(), t[i].value) != stops.end()) return false;
    if (t[i].kind == Token::Kind::sign && t[i].value == "," && t[i].depth == depth) return true;
  }
  return false;
}

void lint_word(const std::vector<Token>& t, std::size_t i, std::vector<std::string>& out) {
  const auto& w = t[i].value;
  const auto& next = t[i + 1];
  const bool call = next.kind == Token::Kind::sign && next.value == "(";
  const bool member = i > 0 && t[i - 1].value == ".";  // c.date is a column
  if (const auto f = foreign_words().find(w); f != foreign_words().end() && !(member && w != "ROWID" && w != "OID"))
    out.push_back(w + ": " + std::string(f->second));
  if (call)
    if (const auto f = foreign_functions().find(w); f != foreign_functions().end())
      out.push_back(w + "(…): " + std::string(f->second));
  if (call && (w == "MAX" || w == "MIN") && comma_follows(t, i + 2, next.depth + 1, {}))
    out.push_back(w + " of two values: SQLite only, CASE WHEN");
  if (w == "LIMIT") {
    if (comma_follows(t, i + 1, t[i].depth, {"OFFSET", "UNION"})) out.push_back("LIMIT a, b: write LIMIT b OFFSET a");
    if (next.value == "-") out.push_back("LIMIT below 0: leave it out");
  }
  if (w == "DISTINCT" && next.value == "ON") out.push_back("DISTINCT ON: PostgreSQL only, GROUP BY or a window");
  if (w == "FOR" && (next.value == "UPDATE" || next.value == "SHARE")) out.push_back("FOR UPDATE: PostgreSQL only");
  if (w == "IS" && (next.kind == Token::Kind::text || next.kind == Token::Kind::number || next.value == "?"))
    out.push_back("IS with a value: SQLite only, IS NOT DISTINCT FROM");
}

bool begins_with(std::string_view literal, std::initializer_list<std::string_view> starts) {
  const auto p = literal.find_first_not_of(" \n\t(");
  if (p == std::string_view::npos) return false;
  literal.remove_prefix(p);
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view s) {
    return literal.starts_with(s) && (literal.size() == s.size() || !is_word_char(literal[s.size()]));
  });
}

}  // namespace

std::vector<std::string> lint_select(std::string_view sql) {
  std::vector<std::string> out;
  const auto t = tokens_of(sql);
  for (std::size_t i = 0; i + 1 < t.size(); ++i) {
    const auto& v = t[i].value;
    switch (t[i].kind) {
      case Token::Kind::word: lint_word(t, i, out); break;
      case Token::Kind::quoted:
        out.push_back(v[0] == '"' ? "double quotes: a value to SQLite, a name to PostgreSQL; values stand in single quotes"
                                  : "a name in " + v.substr(0, 1) + ": plain names only");
        break;
      case Token::Kind::sign:
        if (v == "::") out.push_back("a cast by :: : PostgreSQL only, CAST(x AS …)");
        else if (v == "==") out.push_back("==: SQLite only, =");
        else if (v == "->" || v == "@>" || v == "<@") out.push_back(v + ": JSON differs, declare a column");
        else if (v == "~" || v == "!~") out.push_back(v + ": a pattern to PostgreSQL, bits to SQLite");
        else if (v == ";" && i + 2 < t.size()) out.push_back("several statements in one");
        break;
      default: break;
    }
  }
  return out;
}

bool looks_like_select(std::string_view literal) {
  return begins_with(literal, {"SELECT", "WITH", "FROM", "WHERE", "AND", "OR", "JOIN", "LEFT JOIN", "INNER JOIN", "CROSS JOIN",
                               "ORDER BY", "GROUP BY", "HAVING", "LIMIT", "UNION", "EXISTS", "NOT EXISTS", "CASE WHEN"});
}

bool looks_like_write(std::string_view literal) {
  const auto p = literal.find_first_not_of(" \n\t(");
  if (p == std::string_view::npos) return false;
  const auto t = tokens_of(literal.substr(p, 200));
  if (!std::isupper(static_cast<unsigned char>(literal[p])) || t.size() < 3) return false;
  const auto& a = t[0].value;
  const auto& b = t[1].value;
  // SQL stands in capitals; "Create a data directory" is a sentence.
  if (literal.compare(p, a.size(), a) != 0) return false;
  if (a == "INSERT" || a == "REPLACE") return b == "INTO" || b == "OR";
  if (a == "UPDATE") return t[1].kind == Token::Kind::word;
  if (a == "DELETE") return b == "FROM";
  if (a == "CREATE")
    return b == "TABLE" || b == "INDEX" || b == "UNIQUE" || b == "VIEW" || b == "VIRTUAL" || b == "TEMP" ||
           b == "TEMPORARY" || b == "TRIGGER" || b == "SCHEMA" || b == "SEQUENCE" || b == "EXTENSION";
  if (a == "DROP" || a == "ALTER") return b == "TABLE" || b == "INDEX" || b == "VIEW" || b == "TRIGGER";
  if (a == "BEGIN") return b == "IMMEDIATE" || b == "EXCLUSIVE" || b == "TRANSACTION";
  return a == "PRAGMA" || a == "ATTACH" || a == "TRUNCATE";
}

Findings check_sql(const std::vector<Source>& tree) {
  Findings out;
  for (const auto& s : tree) {
    if (!s.in("src/") || s.in("src/store/sqlite") || s.in("src/store/postgres")) continue;
    for (const auto& l : s.literals) {
      if (looks_like_select(l.text)) {
        for (const auto& what : lint_select(l.text)) out.push_back({s.path, l.line, what});
      } else if (looks_like_write(l.text) && !s.in("src/store/")) {
        out.push_back({s.path, l.line, "only src/store/ writes; declare a view: " + l.text.substr(0, 40)});
      } else if ((l.text.starts_with("select ") || l.text.starts_with("Select ")) && l.text.find(" from ") != std::string::npos &&
                 l.text.find_first_of("=*") != std::string::npos) {
        out.push_back({s.path, l.line, "SQL words stand in capitals, else the lint cannot see them"});
      }
    }
  }
  return out;
}

}  // namespace yi::arch
