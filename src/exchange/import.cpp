#include "exchange/import.h"

#include <algorithm>
#include <array>
#include <future>
#include <thread>
#include <unordered_set>

#include "base/clock.h"
#include "base/text.h"
#include "casework/guards.h"
#include "crypto/sm3.h"
#include "exchange/refusals.h"
#include "exchange/rules.h"
#include "exchange/tables.h"

namespace yi::exchange {
namespace {

// What a line must tell before it is read as a row.
struct Head {
  Table table{};
  std::string project_no;
};
std::optional<Head> head_of(json::Parser& parser, std::string_view line) {
  const auto n = parser.parse(line);
  if (!n || n->kind() != json::Kind::object) return std::nullopt;
  const auto table = n->find("table");
  const auto number = n->find("project_no");
  Head h;
  if (!table || table->kind() != json::Kind::string || !json::enum_from(table->string(), h.table)) return std::nullopt;
  if (!number || number->kind() != json::Kind::string || number->string().empty()) return std::nullopt;
  h.project_no = std::string(number->string());
  return h;
}

// The lines of one case, by table.
struct Gathered {
  std::string project_no;
  std::int64_t first_line = 0, bytes = 0;
  std::array<std::string, std::size(kTables)> rows;

  bool too_long = false;

  void add(Table t, std::string_view line) {
    auto& r = rows[static_cast<std::size_t>(t)];
    bytes += static_cast<std::int64_t>(line.size());
    too_long |= bytes > limits::kExchangeCaseBytes.value;
    if (too_long) return;
    if (!r.empty()) r += ',';
    r += line;
  }
  std::string body() const {
    std::string out = "{";
    for (const auto t : kTables) out += (t == Table::accept ? "\"" : ",\"") + std::string(json::enum_name(t)) + "\":[" + rows[static_cast<std::size_t>(t)] + "]";
    return out + "}";
  }
};

// Made from the content, so that the same case of the same file is the same command. Its first 48 bits are 0: it sorts
// before every id made from a time, which keeps the look-up of new ids cheap.
store::CommandId id_of(std::string_view body) {
  const auto digest = crypto::sm3(body);
  store::CommandId id{};
  std::copy_n(digest.begin(), 10, id.begin() + 6);
  return id;
}

// "/process/3/yc_extension/body" as people count rows.
std::string in_words(const std::string& path) {
  auto parts = split(path, '/');
  if (parts.size() < 3 || parts[2].find_first_not_of("0123456789") != std::string::npos || parts[2].size() > 6) return path;
  std::string out = parts[1] + " 第" + std::to_string(std::stoi(parts[2]) + 1) + "行";
  for (std::size_t i = 3; i < parts.size(); ++i) out += (i == 3 ? " " : "/") + parts[i];
  return out;
}

// The next line, cut where no case could be so long; false at the end.
bool read_line(std::istream& in, std::string& line, bool& cut) {
  line.clear();
  cut = false;
  auto* bytes = in.rdbuf();
  for (int c = bytes->sbumpc(); c != std::char_traits<char>::eof(); c = bytes->sbumpc()) {
    if (c == '\n') return true;
    if (static_cast<std::int64_t>(line.size()) < limits::kExchangeCaseBytes.value) line += static_cast<char>(c);
    else cut = true;
  }
  return !line.empty();
}

Result<engine::Answer> submit(engine::Engine& engine, const Gathered& g, const engine::Actor& actor) {
  if (g.too_long) return refusal(Refused::too_long);
  const auto body = g.body();
  constexpr const char* kCommand = "exchange.import_case";
  auto act = engine.parse(kCommand, body);
  if (!act) {
    auto why = std::move(act).error();
    why.where = in_words(why.where);
    return why;
  }
  std::promise<Result<engine::Answer>> answered;
  engine::Submission s;
  s.id = id_of(body);
  s.digest = engine::digest_of(kCommand, body, "");  // whoever imports it: a case is taken over once
  s.actor = actor;
  s.act = std::move(act).value();
  s.bytes = static_cast<std::int64_t>(body.size());
  s.waiter = engine::waiter([&](Result<engine::Answer> r) { answered.set_value(std::move(r)); });
  engine.submit(std::move(s));
  return answered.get_future().get();
}

// What is away for a moment (a database that is replaced, a lane that is full) ends no import: the command comes again under its id, so that
// it is carried out once whatever became of the first.
Result<engine::Answer> submit_patiently(engine::Engine& engine, const Gathered& g, const engine::Actor& actor) {
  constexpr std::int64_t kPatienceNs = 15'000'000'000;
  constexpr std::chrono::milliseconds kAgain{200};
  for (const auto until = monotonic_ns() + kPatienceNs;;) {
    auto answer = submit(engine, g, actor);
    if (answer || answer.error().status != 503 || monotonic_ns() >= until) return answer;
    std::this_thread::sleep_for(kAgain);
  }
}

// What becomes of the cases of a file, in its order, with the memory of one case. `take` gets each whole case and says whether it was
// taken before.
Result<ImportReport> each_case(std::istream& in, const std::function<Result<bool>(const Gathered&)>& take, const OnRefused& refused, const OnLines& progress) {
  ImportReport report;
  json::Parser parser;
  Gathered gathered;
  std::int64_t lines = 0;
  const auto finish = [&]() -> Checked {
    if (gathered.project_no.empty()) return Done{};
    const auto repeated = take(gathered);
    if (!repeated && repeated.error().status >= 500) return repeated.error();
    if (!repeated) {
      ++report.refused;
      refused(gathered.first_line, gathered.project_no, repeated.error());
    } else {
      ++(*repeated ? report.repeated : report.imported);
    }
    gathered = {};
    progress(lines);
    return Done{};
  };
  std::string line;
  for (bool cut = false; read_line(in, line, cut);) {
    ++lines;
    if (trim(line).empty()) continue;
    const auto head = cut ? std::nullopt : head_of(parser, line);
    if (!head) {
      ++report.refused;
      refused(lines, "", refusal(Refused::not_a_row));
      continue;
    }
    if (head->project_no != gathered.project_no) {
      YI_CHECK(finish());
      gathered.project_no = head->project_no;
      gathered.first_line = lines;
    }
    gathered.add(head->table, line);
  }
  YI_CHECK(finish());
  return report;
}

// Where a column is wrong, in words that people count by.
Refusal in_words(Refusal why) {
  why.where = in_words(why.where);
  return why;
}

// Whether the case would pass, by the rule itself. `seen`: the cases of the file so far.
Result<bool> look_at(engine::Engine& engine, const catalog::Catalog& catalog, const Gathered& g, std::unordered_set<std::int64_t>& seen) {
  if (g.too_long) return refusal(Refused::too_long);
  const auto body = g.body();
  const auto wish = json::read<ImportCase>(body);
  if (!wish) return in_words(wish.error());
  auto reader = engine.reader();
  const auto there = [&](const char* sql, store::Value key) { return reader->select(sql, {engine.centre().value, std::move(key)})->next(); };
  const auto id = id_of(body);
  if (there("SELECT first_seq FROM engine_command WHERE centre=$1 AND id=$2", store::Value::blob(store::bytes(id)))) return true;
  const Here here{catalog, engine.clock().now(),
                  [&](CaseId c) { return seen.contains(c.value) || there("SELECT case_id FROM casework_case WHERE centre=$1 AND case_id=$2", c.value); },
                  [&](const DepartmentCode& d, std::string_view number) { return there("SELECT case_id FROM casework_foreign WHERE centre=$1 AND number=$2", casework::ForeignGuard::key(d, number)); }};
  const auto arriving = decide(*wish, here);
  if (!arriving) return arriving.error();
  seen.insert(arriving->id.value);
  return false;
}

}  // namespace

Result<ImportReport> import_cases(engine::Engine& engine, std::istream& in, const engine::Actor& actor, const OnRefused& refused, const OnLines& progress) {
  return each_case(in, [&](const Gathered& g) -> Result<bool> {
    const auto answer = submit_patiently(engine, g, actor);
    if (!answer) return answer.error();
    return answer->repeated;
  }, refused, progress);
}

ImportReport check_cases(engine::Engine& engine, const catalog::Catalog& catalog, std::istream& in, const OnRefused& refused, const OnLines& progress) {
  std::unordered_set<std::int64_t> seen;
  // Nothing is stored, so that nothing can be unavailable: what is refused is the file's.
  auto report = each_case(in, [&](const Gathered& g) { return look_at(engine, catalog, g, seen); }, refused, progress);
  return report ? *report : ImportReport{};
}

}  // namespace yi::exchange
