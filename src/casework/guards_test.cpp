// What the lane asks the table of cases: a bounded number of rows a question, however many cases have ended.
#include "casework/guards.h"

#include <gtest/gtest.h>

#include <list>

#include "casework/events.h"
#include "engine/engine.h"
#include "store/record.h"
#include "store/temporary_directory.h"

namespace yi::casework {
namespace {

constexpr CentreCode kCentre{510000};
constexpr std::int64_t kFirst = 20240617000001, kRowsAQuestion = 10'000;

// Passes questions on and counts what they bring.
class Watched : public store::Reader {
 public:
  explicit Watched(store::Reader& of) : of_(of) {}
  std::unique_ptr<store::Cursor> select(std::string_view sql, const store::Row& parameters) override {
    asked.push_back({std::string(sql), 0});
    return std::make_unique<Counting>(of_.select(sql, parameters), asked.back().second);
  }
  std::unique_ptr<store::Cursor> select_keys(const store::View& view, std::string_view table, CentreCode centre, const store::Row& keys) override {
    asked.push_back({"keys of " + std::string(table), 0});
    return std::make_unique<Counting>(of_.select_keys(view, table, centre, keys), asked.back().second);
  }
  void begin_snapshot() override { of_.begin_snapshot(); }
  void end_snapshot() noexcept override { of_.end_snapshot(); }
  std::optional<std::string> meta(CentreCode centre, std::string_view key) override { return of_.meta(centre, key); }
  std::vector<CentreCode> owners() override { return of_.owners(); }
  void events(CentreCode centre, std::int64_t first, std::int64_t last, const std::function<bool(const store::LedgerRow&)>& f) override {
    of_.events(centre, first, last, [&](const store::LedgerRow& row) {
      ++events_read;
      return f(row);
    });
  }
  bool next_centre(CentreCode& centre) override { return of_.next_centre(centre); }
  std::string table_exists_sql() const override { return of_.table_exists_sql(); }

  std::list<std::pair<std::string, std::int64_t>> asked;  // and how many rows came
  std::int64_t events_read = 0;

 private:
  struct Counting : store::Cursor {
    Counting(std::unique_ptr<store::Cursor> c, std::int64_t& n) : of(std::move(c)), rows(n) {}
    bool next() override {
      const bool more = of->next();
      rows += more;
      return more;
    }
    bool is_null(int i) const override { return of->is_null(i); }
    std::int64_t integer(int i) const override { return of->integer(i); }
    std::string_view bytes(int i) const override { return of->bytes(i); }
    std::unique_ptr<store::Cursor> of;
    std::int64_t& rows;
  };
  store::Reader& of_;
};

class CasesOfTheLane : public testing::Test {
 protected:
  void SetUp() override {
    auto& w = store_->writer();
    w.begin();
    for (const auto* v : {&CaseState::view(), &engine::followed_view(), &own_}) w.ensure_view(*v);
    w.commit();
    guard_.attach(watched_, CaseState::view().name, kCentre);
  }
  void put(std::int64_t id, Stage stage, std::int64_t subject, std::int64_t agent = 0) {
    CaseState s;
    s.number = Text<24>("示例" + std::to_string(id));
    s.subject = {subject};
    s.agent = {agent};
    s.at.stage = stage;
    store::Row row{kCentre.value, id};
    s.append_row(row);
    store_->writer().change(CaseState::view(), CaseState::view().name, {std::move(row), store::RowChange::Kind::insert});
  }
  void append(std::int64_t seq, std::string_view name, const std::string& stream) {
    store::Record r;
    r.name = name;
    r.stream = stream;
    r.actor = "w01";
    r.body = "{}";
    std::string bytes;
    store::encode(r, bytes);
    store_->writer().append_event(kCentre, {seq, "12345678", bytes});
  }
  const store::View own_{"casework_own", 1, store::ViewKind::report, 3, {{"centre", store::Type::integer}, {"subject", store::Type::integer}, {"case_id", store::Type::integer}}};
  store::TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = store::open_sqlite(directory_.path(), store::Mode::write).value();
  Watched watched_{store_->writer().reader()};
  CaseGuard guard_;
};

TEST_F(CasesOfTheLane, AreWalkedByKeyABoundedNumberOfRowsAQuestion) {
  constexpr std::int64_t kEnded = 2 * kRowsAQuestion + 500;
  auto& w = store_->writer();
  w.begin();
  for (std::int64_t i = 0; i < kEnded; ++i) put(kFirst + i, i % 2 ? Stage::issued : Stage::withdrawn, 1);
  const auto open = kFirst + kEnded;
  put(open, Stage::accepted, 2);
  put(open + 1, Stage::issued, 1);
  put(open + 2, Stage::received, 3);
  w.commit();
  EXPECT_EQ(guard_.open_behind(0, 10), (std::vector{open, open + 2}));
  EXPECT_EQ(watched_.asked.size(), 3u);
  std::int64_t rows = 0;
  for (const auto& [sql, n] : watched_.asked) {
    EXPECT_LE(n, kRowsAQuestion) << sql;
    rows += n;
  }
  EXPECT_EQ(rows, kEnded + 3) << "what the database passes over without saying so has no bound";
  watched_.asked.clear();
  EXPECT_EQ(guard_.open_behind(open - 1, 1), std::vector{open});
  EXPECT_EQ(guard_.open_behind(open, 10), std::vector{open + 2});
  EXPECT_TRUE(guard_.open_behind(open + 2, 10).empty());
}

TEST_F(CasesOfTheLane, OfAPersonAreFoundByKeyThoughTheReportsAreBehind) {
  constexpr std::int64_t kMine = 7;
  auto& w = store_->writer();
  w.begin();
  put(kFirst, Stage::issued, kMine);          // ended
  put(kFirst + 1, Stage::accepted, kMine);    // the report knows it
  put(kFirst + 2, Stage::received, 8, kMine); // it does not: as agent
  put(kFirst + 3, Stage::received, 8);        // somebody else's
  for (std::int64_t i = 0; i < 2; ++i) w.change(own_, own_.name, {{kCentre.value, kMine, kFirst + i}});
  for (std::int64_t i = 0; i < 4; ++i) append(i + 1, i < 2 ? Submitted::kName : Received::kName, "case:" + std::to_string(kFirst + i));
  append(5, Accepted::kName, "case:" + std::to_string(kFirst + 3));
  w.advance_head(kCentre, {}, {5, 1, 0, 0, std::string(32, 'p')});
  w.change(engine::followed_view(), engine::followed_view().name, {{kCentre.value, own_.name, 2, 1}});
  w.commit();
  const auto number = [](std::int64_t id) { return "示例" + std::to_string(id); };
  EXPECT_EQ(guard_.open_cases_of(kCentre, {kMine}), (std::vector{number(kFirst + 1), number(kFirst + 2)}));
  EXPECT_EQ(watched_.events_read, 3) << "what the report has not seen, and no more";
  for (const auto& [sql, n] : watched_.asked) EXPECT_EQ(sql.find("agent=$"), sql.npos) << "no index knows it: " << sql;
}

TEST_F(CasesOfTheLane, ThatAGroupNamesAheadAreReadInOneQuestionEachTable) {
  auto& w = store_->writer();
  w.begin();
  for (std::int64_t i = 0; i < 300; ++i) put(kFirst + i, Stage::accepted, 1);
  w.commit();
  ASSERT_NE(guard_.find(kFirst), nullptr);
  watched_.asked.clear();
  for (std::int64_t i = 0; i < 20; ++i) guard_.expect(kFirst + i % 10);
  guard_.expect(kFirst + 999);  // there is none
  guard_.load_expected();
  ASSERT_EQ(watched_.asked.size(), 1u);
  EXPECT_EQ(watched_.asked.front().second, 9) << "the one that was known is not asked for again, nor one twice";
  for (std::int64_t i = 0; i < 10; ++i) {
    const auto* s = guard_.find(kFirst + i);
    ASSERT_NE(s, nullptr);
    EXPECT_EQ(s->number, "示例" + std::to_string(kFirst + i));
  }
  EXPECT_EQ(guard_.find(kFirst + 999), nullptr);
  guard_.load_expected();
  EXPECT_EQ(watched_.asked.size(), 1u) << "all of it was known";
  ASSERT_NE(guard_.find(kFirst + 10), nullptr) << "what nobody named is asked for in its turn";
  EXPECT_EQ(watched_.asked.size(), 2u);
  // More than a question holds, and after a group that could not be stored.
  watched_.asked.clear();
  for (std::int64_t i = 11; i < 300; ++i) guard_.expect(kFirst + i);
  guard_.abandoned();
  guard_.load_expected();
  EXPECT_TRUE(watched_.asked.empty());
  for (std::int64_t i = 11; i < 300; ++i) guard_.expect(kFirst + i);
  guard_.load_expected();
  EXPECT_EQ(watched_.asked.size(), 2u);
  EXPECT_NE(guard_.find(kFirst + 299), nullptr);
  EXPECT_EQ(watched_.asked.size(), 2u);
}

}  // namespace
}  // namespace yi::casework
