// A day's timers, while the program that runs them is killed: each of them acts once.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <map>
#include <random>
#include <thread>

#include "base/clock.h"
#include "load.h"
#include "parameters.h"
#include "store/record.h"
#include "store/store_ground.h"
#include "store/verify.h"

namespace yi::simulation {
namespace {

using story::Server;

class Timers : public testing::TestWithParam<store::Database> {};

// The clock of a centre that is not served.
void set_clock(const store::Place& place, const std::string& day, const std::string& time = "09:00:00") {
  auto opened = store::open(place, store::Mode::write);
  ASSERT_TRUE(opened.ok()) << opened.error().sentence;
  auto& w = opened.value()->writer();
  w.begin();
  w.put_meta(store::centres(w.reader()).at(0), "clock", "pinned " + day + "T" + time + ".000+08:00");
  w.commit();
}

// By stream and name: how often the program itself said so.
std::map<std::string, int> said_by_timers(const store::Place& place) {
  std::map<std::string, int> out;
  auto opened = store::open(place, store::Mode::read);
  EXPECT_TRUE(opened.ok());
  auto reader = opened.value()->open_reader();
  for (const auto centre : store::centres(*reader))
    reader->events(centre, 1, reader->head(centre).seq, [&](const store::LedgerRow& row) {
      store::Record r;
      EXPECT_TRUE(store::decode(row.record, r));
      if (r.actor == "system" && r.stream.starts_with("case:")) ++out[std::string(r.stream) + " " + std::string(r.name) + " " + std::string(r.body)];
      return true;
    });
  return out;
}

// So many cases are received on the centre's Monday; their streams.
std::vector<std::string> receive(const store::Place& place, int cases) {
  std::vector<std::string> streams;
  Server server(place, {}, 2);
  EXPECT_TRUE(server.runs()) << server.process().wait().all();
  http::test::Client client(server.port());
  for (int i = 0; i < cases; ++i) {
    const auto r = client.ask(http::test::post("/api/casework/receive",
                                               R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"legal","applicant":"示例企业","materials":["企业登记（备案）申请书"]})",
                                               "Authorization: Bearer " + server.token() + "\r\nIdempotency-Key: " + story::command_key(7, i + 1) + "\r\n"));
    EXPECT_EQ(r.status, 200) << r.body;
    if (r.status != 200) return streams;
    streams.push_back(story::json_at(r.body, "stream"));
  }
  EXPECT_EQ(server.stop().code, 0);
  return streams;
}

void expect_each_accepted_once(const store::Place& place, const std::vector<std::string>& streams) {
  std::map<std::string, int> accepted;
  for (const auto& [what, times] : said_by_timers(place)) {
    EXPECT_EQ(times, 1) << what;
    if (what.find(" casework.accepted/") != what.npos) accepted[what.substr(0, what.find(' '))] += times;
  }
  for (const auto& s : streams) EXPECT_EQ(accepted[s], 1) << s;
  EXPECT_EQ(accepted.size(), streams.size());
}

// Until it is so, at most a minute.
template <class F>
bool comes(F is_so) {
  for (const auto start = monotonic_ns(); !is_so();)
    if (monotonic_ns() - start > 60'000'000'000) return false;
  return true;
}

}  // namespace

TEST_P(Timers, ActOnceHoweverOftenTheProgramIsKilledAmongThem) {
  store::Ground ground(GetParam());
  const auto place = story::quiet_centre(ground.directory(), ground.place().url);
  const int cases = 500 * (kills() + 2);  // as many as a group of timers looks at, and some groups more than kills
  const auto streams = receive(place, cases);
  ASSERT_EQ(streams.size(), static_cast<std::size_t>(cases));
  // Five working days without a word: every one of them counts as accepted.
  set_clock(place, "2024-07-04");
  std::mt19937 random(seed());
  auto opened = store::open(place, store::Mode::read);
  ASSERT_TRUE(opened.ok());
  const auto reader = opened.value()->open_reader();
  const auto centre = store::centres(*reader).front();
  int in_the_middle = 0;
  for (int kill = 0; kill < kills(); ++kill) {
    const auto before = reader->head(centre).seq;
    std::vector<std::string> words{YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data", "serve", "--port", "0"};
    for (const auto& w : story::words_of(place)) words.push_back(w);
    story::Process program(words);
    // The first of its groups is there; the next ones are on their way.
    const auto start = monotonic_ns();
    while (reader->head(centre).seq == before && !program.ended() && monotonic_ns() - start < 30'000'000'000) std::this_thread::yield();
    for (const auto until = monotonic_ns() + static_cast<std::int64_t>(random() % 8'000) * 1'000; monotonic_ns() < until;) std::this_thread::yield();
    program.signal(SIGKILL);
    program.wait();
    const auto said = said_by_timers(place);
    for (const auto& [what, times] : said) EXPECT_EQ(times, 1) << what;
    in_the_middle += std::count_if(said.begin(), said.end(), [](const auto& s) { return s.first.find(" casework.accepted/") != s.first.npos; }) < cases;
  }
  EXPECT_GT(in_the_middle, 0);
  {
    Server server(place);
    ASSERT_TRUE(server.runs()) << server.process().wait().all();
    const auto r = server.post("/api/casework/consult", R"({"department":"scjgj","window":"W01","channel":"window"})", story::command_key(8, 1));
    EXPECT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(server.stop().code, 0);
  }
  expect_each_accepted_once(place, streams);
  story::expect_whole_and_same(place);
  std::printf("  %d of the kills fell among the timers of a day; %d cases, each accepted once\n", in_the_middle, cases);
}

YI_ON_BOTH_DATABASES(Timers);

// The node stays, and its database goes while a day begins: killed and there again, then replaced by its standby.
TEST(TimersOfADatabase, ActOnceThoughItIsKilledAndReplacedWhileADayBegins) {
  constexpr int kCases = 3'000;
  std::mt19937 random(seed());
  int in_the_middle = 0;
  const int rounds = kills(1);
  for (int round = 1; round <= rounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    store::PostgresServer one({"wal_retrieve_retry_interval=100"});
    store::TemporaryDirectory directory;
    const auto url = one.new_database();
    const auto database = url.substr(url.rfind('/') + 1);
    const auto direct = story::quiet_centre(directory.path(), url);
    const auto streams = receive(direct, kCases);
    ASSERT_EQ(streams.size(), static_cast<std::size_t>(kCases));
    // The fifth working day is about to end; on the next each of them counts as accepted.
    set_clock(direct, "2024-07-01", "23:59:56");
    store::PostgresServer other(store::PostgresServer::StandbyOf{one});
    one.wait_for_standby();
    auto both = url;
    const auto port = ":" + std::to_string(one.port()) + "/";
    both.replace(both.find(port), port.size(), ":" + std::to_string(one.port()) + ",127.0.0.1:" + std::to_string(other.port()) + "/");
    const store::Place place(direct.directory, both);
    const auto accepted = [&](const store::PostgresServer& server) { return std::stoi(server.sql(database, "SELECT count(*) FROM yichuang.casework_case WHERE last_act='accepted'")); };
    const auto soon = [&] {
      for (const auto until = monotonic_ns() + static_cast<std::int64_t>(random() % 8'000) * 1'000; monotonic_ns() < until;) std::this_thread::yield();
    };
    EXPECT_EQ(accepted(one), 0);
    Server node(place, {}, 2);
    ASSERT_TRUE(node.runs()) << node.process().wait().all();
    ASSERT_TRUE(comes([&] { return accepted(one) > 0; })) << "the day has begun";
    soon();
    one.kill();
    one.start();
    const int after_kill = accepted(one);
    in_the_middle += after_kill < kCases;
    one.wait_for_standby();  // it has all of it again
    EXPECT_TRUE(comes([&] { return accepted(one) > after_kill || after_kill == kCases; })) << "the node goes on by itself";
    soon();
    one.kill();
    other.promote();
    in_the_middle += accepted(other) < kCases;
    EXPECT_TRUE(comes([&] { return accepted(other) == kCases; })) << "and behind the promotion";
    const auto r = node.post("/api/casework/consult", R"({"department":"scjgj","window":"W01","channel":"window"})", story::command_key(8, 1));
    EXPECT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(node.stop().code, 0);
    expect_each_accepted_once(place, streams);
    story::expect_whole_and_same(place);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GE(in_the_middle, rounds) << "the faults missed the timers";
  std::printf("  %d of %d faults of the database fell among the timers of a day\n", in_the_middle, 2 * rounds);
}

}  // namespace yi::simulation
