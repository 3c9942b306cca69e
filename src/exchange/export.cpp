#include "exchange/export.h"

#include <limits>

#include "exchange/portable.h"
#include "exchange/refusals.h"
#include "publish/table.h"
#include "publish/zip_stream.h"

namespace yi::exchange {
namespace {

constexpr int kPageOfCases = 200;
constexpr std::size_t kPiece = 64 * 1024;

std::int64_t first_id(CivilDay d) { return (static_cast<std::int64_t>(d.year()) * 10'000 + d.month() * 100 + d.day()) * 1'000'000; }

// The columns of a table; `table` itself is the file's name.
template <class Row>
std::vector<std::string> columns_of() {
  std::vector<std::string> out;
  boost::mp11::mp_for_each<json::MembersOf<Row>>([&](auto d) {
    if (std::string_view(d.name) != "table") out.emplace_back(d.name);
  });
  return out;
}
std::vector<std::string> columns_of(Table t) {
  switch (t) {
    case Table::accept: return columns_of<AcceptRow>();
    case Table::process: return columns_of<ProcessRow>();
    case Table::special: return columns_of<SpecialRow>();
    case Table::result: return columns_of<ResultRow>();
    case Table::material: break;
  }
  return columns_of<MaterialRow>();
}

template <class Row>
void write_row(publish::TableWriter& writer, const Row& row) {
  std::vector<std::string> texts;
  boost::mp11::mp_for_each<json::MembersOf<Row>>([&](auto d) {
    if (std::string_view(d.name) == "table") return;
    const auto& v = row.*d.pointer;
    if constexpr (std::is_convertible_v<decltype(v), std::string_view>) texts.emplace_back(v);
    else texts.push_back(json::write(v));
  });
  std::vector<publish::Cell> cells;
  for (const auto& t : texts) cells.emplace_back(std::string_view(t));
  writer.row(cells);
}

class JsonLines {
 public:
  JsonLines(CaseWalk walk, std::optional<Table> table, std::shared_ptr<std::int64_t> cases) : walk_(std::move(walk)), table_(table), cases_(std::move(cases)) {}
  bool operator()(std::string& piece) {
    while (piece.size() < kPiece) {
      CaseTables tables;
      if (!walk_.next(tables)) return false;
      ++*cases_;
      for (const auto table : kTables) {
        if (table_ && *table_ != table) continue;
        for_each_row(tables, table, [&](const auto& row) {
          json::append(piece, row);
          piece += '\n';
        });
      }
    }
    return true;
  }

 private:
  CaseWalk walk_;
  std::optional<Table> table_;
  std::shared_ptr<std::int64_t> cases_;
};

class OneCsv {
 public:
  OneCsv(CaseWalk walk, Table table, std::shared_ptr<std::int64_t> cases) : walk_(std::move(walk)), table_(table), cases_(std::move(cases)), writer_(publish::csv_writer()) {
    writer_->begin(columns_of(table));
  }
  bool operator()(std::string& piece) {
    while (piece.size() < kPiece) {
      CaseTables tables;
      if (!walk_.next(tables)) {
        writer_->end();
        writer_->take(piece);
        return false;
      }
      ++*cases_;
      for_each_row(tables, table_, [&](const auto& row) { write_row(*writer_, row); });
      writer_->take(piece);
    }
    return true;
  }

 private:
  CaseWalk walk_;
  Table table_;
  std::shared_ptr<std::int64_t> cases_;
  std::unique_ptr<publish::TableWriter> writer_;
};

// A walk for each table: a ZIP is written without going back, and memory must not hold the others meanwhile.
class FiveCsvs {
 public:
  FiveCsvs(Sources sources, ExportQuestion question, std::int64_t as_of, std::shared_ptr<std::int64_t> cases)
      : sources_(sources), question_(std::move(question)), as_of_(as_of), cases_(std::move(cases)) {}
  bool operator()(std::string& piece) {
    for (;;) {
      if (!one_) {
        if (at_ == std::size(kTables)) {
          zip_.finish();
          piece += zip_.out();
          zip_.out().clear();
          return false;
        }
        zip_.begin_entry(std::string(json::enum_name(kTables[at_])) + ".csv");
        one_ = std::make_unique<OneCsv>(CaseWalk(sources_, question_, as_of_), kTables[at_], at_ == 0 ? cases_ : std::make_shared<std::int64_t>());
      }
      std::string csv;
      const bool more = (*one_)(csv);
      zip_.add(csv);
      if (!more) {
        zip_.end_entry();
        one_.reset();
        ++at_;
      }
      piece += zip_.out();
      zip_.out().clear();
      if (piece.size() >= kPiece) return true;
    }
  }

 private:
  Sources sources_;
  ExportQuestion question_;
  std::int64_t as_of_;
  std::shared_ptr<std::int64_t> cases_;
  publish::ZipStream zip_;
  std::unique_ptr<OneCsv> one_;
  std::size_t at_ = 0;
};

// std::function copies what it holds, and writers cannot be copied.
template <class Maker>
std::function<bool(std::string&)> held(std::shared_ptr<Maker> maker) {
  return [maker](std::string& piece) { return (*maker)(piece); };
}

}  // namespace

const char* media_type(Format f) {
  return f == Format::jsonl ? "application/x-ndjson; charset=utf-8" : f == Format::csv ? "text/csv; charset=utf-8" : "application/zip";
}

CaseWalk::CaseWalk(const Sources& sources, const ExportQuestion& q, std::int64_t as_of)
    : sources_(sources), from_(q.from ? first_id(*q.from) : 0), to_(q.to ? first_id(*q.to) + 999'999 : std::numeric_limits<std::int64_t>::max()), as_of_(as_of) {}

bool CaseWalk::read_page() {
  auto c = sources_.reader->select("SELECT case_id, last_fact, number FROM casework_case WHERE centre=$1 AND case_id>=$2 AND case_id<=$3 ORDER BY case_id LIMIT $4",
                                   {sources_.centre.value, from_, to_, kPageOfCases});
  while (c->next()) page_.push_back({c->integer(0), c->integer(1), std::string(c->bytes(2))});
  if (!page_.empty()) from_ = page_.back().id + 1;
  return !page_.empty();
}

bool CaseWalk::next(CaseTables& out) {
  for (;;) {
    if (page_.empty() && !read_page()) return false;
    const auto at = page_.front();
    page_.pop_front();
    if (read(at, out)) return true;
  }
}

// False: the case began behind the position that the walk shows.
bool CaseWalk::read(const Place& at, CaseTables& out) {
  out = {};
  auto kept = casework::facts_of_case(*sources_.reader, sources_.centre, at.last_fact);
  while (!kept.empty() && kept.back().seq > as_of_) kept.pop_back();
  if (kept.empty()) return false;
  const auto only_told = [&](const Refusal& why) {
    AcceptRow row;
    row.project_no = Text<50>(at.number);
    row.yc_extension.not_exported = Text<200>(why.sentence);
    out.accept.push_back(std::move(row));
    return true;
  };
  // A chain that breaks off is of a ledger whose facts did not yet say where they lead.
  if (!casework::opens_case(kept.front().fact(sources_.centre).record.name)) return only_told(refusal(Refused::too_old));
  if (static_cast<std::int64_t>(kept.size()) > limits::kListItems.value) return only_told(refusal(Refused::too_long));
  const auto facts = pack(kept, sources_.centre, *sources_.keys);
  if (!facts) return only_told(facts.error());
  out = tables_of(*facts, *sources_.catalog);
  return true;
}

Result<std::function<bool(std::string& piece)>> export_cases(const Sources& sources, const identity::Viewer& viewer, const ExportQuestion& question,
                                                             std::shared_ptr<std::int64_t> cases) {
  for (const auto q : {identity::Question::read_cases, identity::Question::read_personal})
    if (!viewer.may_in_centre(q)) return identity::not_allowed(identity::right_of(q));
  if (question.from && question.to && *question.from > *question.to) return refusal(Refused::bad_period);
  if (question.format == Format::csv && !question.table) return refusal(Refused::table_required);
  if (!cases) cases = std::make_shared<std::int64_t>(0);
  const auto as_of = sources.reader->head(sources.centre).seq;
  CaseWalk walk(sources, question, as_of);
  switch (question.format) {
    case Format::csv: return held(std::make_shared<OneCsv>(std::move(walk), *question.table, cases));
    case Format::zip: return held(std::make_shared<FiveCsvs>(sources, question, as_of, cases));
    case Format::jsonl: break;
  }
  return held(std::make_shared<JsonLines>(std::move(walk), question.table, cases));
}

}  // namespace yi::exchange
