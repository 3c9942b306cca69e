// Centres at the command line: two in one database, of which neither is touched by what is done to the other; and a move that is killed
// at any moment and made again.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <map>

#include "base/clock.h"
#include "catalog/test_other_centre.h"
#include "load.h"
#include "store/store_ground.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::story {
namespace {

constexpr const char* kConsult = R"({"department":"scjgj","window":"W09","channel":"window"})";

struct Centre {
  std::string code, catalogue;
  store::Place place;
  int series;
  std::int64_t given = 0;
  // Is served, and gets so many commands; the position behind them.
  std::int64_t work(int commands) {
    Server server(place, {}, 1, catalogue);
    EXPECT_TRUE(server.runs()) << server.process().wait().all();
    std::int64_t position = 0;
    for (int i = 0; i < commands; ++i) {
      const auto r = server.post("/api/casework/consult", kConsult, command_key(series, ++given));
      EXPECT_EQ(r.status, 200) << r.body;
      if (r.status == 200) position = std::stoll(r.header("x-ledger-position"));
    }
    const auto figures = server.get("/api/casework/stages?after_position=" + std::to_string(position));
    EXPECT_EQ(figures.status, 200) << figures.body;
    EXPECT_EQ(server.stop().code, 0);
    return position;
  }
  Ended run(const std::string& command, const std::vector<std::string>& more = {}) const { return run_at(command, place, more, catalogue); }
};

// Every row of the centre in every table of the store, table by table.
std::map<std::string, std::string> rows_of(store::PostgresServer& server, const std::string& url, const std::string& code) {
  const auto database = url.substr(url.rfind('/') + 1);
  const auto list = server.sql(database, "SELECT string_agg(c.table_name, ' ' ORDER BY c.table_name) FROM information_schema.columns c JOIN information_schema.tables t"
                                         " USING(table_schema, table_name) WHERE table_schema='yichuang' AND column_name='centre'");
  std::map<std::string, std::string> out;
  for (std::size_t from = 0; from < list.size();) {
    const auto to = std::min(list.find(' ', from), list.size());
    const auto table = list.substr(from, to - from);
    out[table] = server.sql(database, "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM yichuang." + table + " t WHERE centre=" + code);
    from = to + 1;
  }
  return out;
}

TEST(TwoCentres, OfOneDatabaseAreNotTouchedByWhatIsDoneToTheOther) {
  auto& server = store::test_server();
  const auto url = server.new_database();
  const store::TemporaryDirectory dir;
  Centre one{"510000", YI_SOURCE_DIR "/data", {dir.path() + "/one", url}, 1}, other{"510100", catalog::test::data_of_centre(dir.path(), "510100"), {dir.path() + "/other", url}, 2};
  one.work(3);
  const auto last = other.work(5);
  const auto as_it_was = rows_of(server, url, other.code);
  ASSERT_GT(as_it_was.size(), 30U);
  ASSERT_NE(as_it_was.at("ledger_event").substr(0, 2), "0 ");
  const auto untouched = [&](const char* after) {
    const auto now = rows_of(server, url, other.code);
    for (const auto& [table, rows] : as_it_was) {
      const auto it = now.find(table);
      ASSERT_TRUE(it != now.end()) << table << " is gone after " << after;
      EXPECT_EQ(it->second, rows) << table << " after " << after;
    }
  };
  one.work(2);
  untouched("serve");
  const auto verified = one.run("verify");
  EXPECT_EQ(verified.code, 0) << verified.all();
  for (const auto& c : {one, other}) EXPECT_NE(verified.out.find("中心 " + c.code), std::string::npos) << verified.out;
  untouched("verify");
  for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"--repair"}}) {
    const auto rebuilt = one.run("rebuild", words);
    EXPECT_EQ(rebuilt.code, 0) << rebuilt.all();
    EXPECT_EQ(rebuilt.out.find("中心 " + other.code), std::string::npos) << rebuilt.out;
    untouched("rebuild");
  }
  const auto out = run({"migrate", "--from", url, "--to", one.place.directory});
  ASSERT_EQ(out.code, 0) << out.all();
  untouched("a move out");
  EXPECT_EQ(rows_of(server, url, one.code).at("identity_session").substr(0, 2), "0 ");
  store::Place moved(one.place.directory);
  std::swap(one.place, moved);
  one.work(1);
  const auto back = run({"migrate", "--from", one.place.directory, "--to", url});
  ASSERT_EQ(back.code, 0) << back.all();
  untouched("a move in");
  std::swap(one.place, moved);
  // And each goes on where it was.
  EXPECT_EQ(other.work(1), last + 1);
  EXPECT_EQ(other.run("rebuild").code, 0);
  one.work(1);
  const auto all = other.run("verify");
  EXPECT_EQ(all.code, 0) << all.all();
  // The years of both are told; one is archived of the centre that is named, and only when it is closed.
  const auto told = one.run("schema");
  EXPECT_EQ(told.code, 0) << told.all();
  for (const auto& c : {one, other}) EXPECT_NE(told.out.find("中心 " + c.code + "  "), std::string::npos) << told.out;
  const auto code_of = [&](const std::vector<std::string>& words) {
    const auto e = run(words);
    EXPECT_EQ(e.code, 1) << e.all();
    return e.err;
  };
  EXPECT_NE(code_of({"schema", "--store", url, "--detach", "1999"}).find("app.which_centre"), std::string::npos);
  EXPECT_NE(code_of({"--centre", "510000", "schema", "--store", url, "--detach", "1999"}).find("store.no_such_part"), std::string::npos);
  EXPECT_NE(code_of({"--centre", "510000", "schema", "--store", url, "--attach", "1999"}).find("store.no_such_part"), std::string::npos);
  EXPECT_NE(code_of({"schema", "--data", one.place.directory}).find("app.needs_store"), std::string::npos);
}

TEST(MoveThatIsKilled, IsMadeAgainAndIsWhole) {
  const store::TemporaryDirectory dir;
  const auto url = store::test_server().new_database();
  const store::Place here(quiet_centre(dir.path())), there(here.directory, url);
  Centre centre{"510000", YI_SOURCE_DIR "/data", here, 1};
  const auto last = centre.work(3);
  const auto head = [](const store::Place& place) {
    const auto s = store::open(place, store::Mode::read).value();
    const auto reader = s->open_reader();
    const auto v = store::verify(*reader, store::centres(*reader).at(0));
    EXPECT_FALSE(v.broken) << *v.broken;
    return v.head_hash;
  };
  const auto before = head(here);
  bool moved = false;
  int killed = 0;
  for (std::int64_t ms = 20; !moved && killed < 200; ms += 30) {
    Process p({YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data", "migrate", "--from", here.directory, "--to", url});
    for (const auto until = monotonic_ns() + ms * 1'000'000; monotonic_ns() < until && !p.ended();) std::this_thread::yield();
    p.signal(SIGKILL);
    const auto e = p.wait();
    if (e.signal == SIGKILL) {
      ++killed;
      EXPECT_EQ(head(here), before) << "after " << ms << " ms: what is left is whole";
    } else if (e.code == 0) {
      moved = true;  // by this one, or by one that was killed on its last steps, which this one has finished
    } else {
      EXPECT_NE(e.all().find("store.locked"), std::string::npos) << "only a session that has not ended yet is in the way: " << e.all();
    }
    if (HasFailure()) return;
  }
  ASSERT_TRUE(moved);
  EXPECT_GT(killed, 0);
  const auto refused = run_at("serve", here, {"--port", "0"});
  EXPECT_NE(refused.all().find("engine.moved"), std::string::npos) << refused.all();
  EXPECT_EQ(head(there), before);
  centre.place = there;
  EXPECT_EQ(centre.work(1), last + 1) << "it goes on there";
  for (const char* left : {"keys/data-keys", "identity.db", "drafts.db", "sm2.key"}) EXPECT_FALSE(std::filesystem::exists(here.directory + "/" + left)) << left;
  expect_whole_and_same(there);
  std::printf("  killed %d times on the way\n", killed);
}

}  // namespace
}  // namespace yi::story
