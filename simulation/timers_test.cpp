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
void set_clock(const store::Place& place, const std::string& day) {
  auto opened = store::open(place, store::Mode::write);
  ASSERT_TRUE(opened.ok()) << opened.error().sentence;
  auto& w = opened.value()->writer();
  w.begin();
  w.put_meta(store::centres(w.reader()).at(0), "clock", "pinned " + day + "T09:00:00.000+08:00");
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

}  // namespace

TEST_P(Timers, ActOnceHoweverOftenTheProgramIsKilledAmongThem) {
  store::Ground ground(GetParam());
  const auto place = story::quiet_centre(ground.directory(), ground.place().url);
  const int cases = 500 * (kills() + 2);  // as many as a group of timers looks at, and some groups more than kills
  std::vector<std::string> streams;
  {
    Server server(place, {}, 2);
    ASSERT_TRUE(server.runs()) << server.process().wait().all();
    http::test::Client client(server.port());
    for (int i = 0; i < cases; ++i) {
      const auto r = client.ask(http::test::post("/api/casework/receive",
                                                 R"({"matter":"SC-SCJGJ-0002","window":"W01","applicant_kind":"legal","applicant":"示例企业","materials":["企业登记（备案）申请书"]})",
                                                 "Authorization: Bearer " + server.token() + "\r\nIdempotency-Key: " + story::command_key(7, i + 1) + "\r\n"));
      ASSERT_EQ(r.status, 200) << r.body;
      streams.push_back(story::json_at(r.body, "stream"));
    }
    EXPECT_EQ(server.stop().code, 0);
  }
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
  std::map<std::string, int> accepted;
  for (const auto& [what, times] : said_by_timers(place)) {
    EXPECT_EQ(times, 1) << what;
    if (what.find(" casework.accepted/") != what.npos) accepted[what.substr(0, what.find(' '))] += times;
  }
  for (const auto& s : streams) EXPECT_EQ(accepted[s], 1) << s;
  EXPECT_EQ(accepted.size(), static_cast<std::size_t>(cases));
  story::expect_whole_and_same(place);
  std::printf("  %d of the kills fell among the timers of a day; %d cases, each accepted once\n", in_the_middle, cases);
}

YI_ON_BOTH_DATABASES(Timers);

}  // namespace yi::simulation
