// Two real nodes on one database under load, killed in turn: what was acknowledged by either is there once, and who asks the other
// node finds it.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "base/clock.h"
#include "program.h"
#include "store/place.h"
#include "store/postgres_server.h"
#include "store/record.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::story {
namespace {

using http::test::Client;
using http::test::Reply;

constexpr const char* kConsult = R"({"department":"scjgj","window":"W09","channel":"window"})";

template <class F>
bool within(int seconds, F f) {
  const auto until = monotonic_ns() + std::int64_t{seconds} * 1'000'000'000;
  while (!f()) {
    if (monotonic_ns() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

// `yichuang serve` as a node, on a port of the system's choice.
class Node {
 public:
  Node(std::string name, std::string store) : name_(std::move(name)), store_(std::move(store)) {}
  // The centre's master key, as an administrator lays it on each machine; all else is in the database.
  void share_key_of(const Node& other) {
    make_data();
    std::filesystem::create_directories(data() + "/keys");
    std::filesystem::permissions(data() + "/keys", std::filesystem::perms::owner_all);
    std::filesystem::copy(other.data() + "/keys/master", data() + "/keys/master");
    std::filesystem::permissions(data() + "/keys/master", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  std::string data() const { return directory_.path() + "/data"; }
  void start() {
    make_data();
    process_ = std::make_unique<Process>(std::vector<std::string>{YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data", "serve", "--data", data(), "--store", store_, "--node", name_, "--port", "0"});
    ASSERT_TRUE(process_->wait_for([](const std::string& out) { return out.find("Ctrl+C") != out.npos; })) << process_->wait().all();
    static constexpr std::string_view kAddress = "http://127.0.0.1:";
    const auto out = process_->out();
    const auto at = out.find(kAddress) + kAddress.size();
    std::uint16_t port = 0;
    std::from_chars(out.data() + at, out.data() + out.size(), port);
    token_ = read_file(data() + "/operator.token").substr(0, 64);
    port_ = port;
  }
  void crash() {
    process_->signal(SIGKILL);
    port_ = 0;
    EXPECT_EQ(process_->wait().signal, SIGKILL);
  }
  void stop() {
    if (!port_) return;
    process_->signal(SIGTERM);
    const auto e = process_->wait(30);
    EXPECT_EQ(e.code, 0) << e.all();
    port_ = 0;
  }
  std::uint16_t port() const { return port_; }
  std::string bearer() const { return "Authorization: Bearer " + token_ + "\r\n"; }
  Reply get(const std::string& path) const {
    Client c(port_);
    return c.connected() ? c.ask(http::test::get(path, bearer())) : Reply{};
  }
  std::string role() const { return json_at(get("/health/ready").body, "role"); }
  bool leads() const { return port_ && role() == "leading"; }

 private:
  void make_data() const {
    std::filesystem::create_directories(data());
    std::filesystem::permissions(data(), std::filesystem::perms::owner_all);
  }
  const std::string name_, store_;
  store::TemporaryDirectory directory_;
  std::string token_;
  std::unique_ptr<Process> process_;
  std::atomic<std::uint16_t> port_{0};
};

// Gives one command after the other, each to the other node, and again under its id until it is acknowledged.
class Visitor {
 public:
  Visitor(int number, std::vector<const Node*> nodes) : number_(number), nodes_(std::move(nodes)) {}
  void work(const std::atomic<bool>& stop) {
    std::map<std::uint16_t, std::unique_ptr<Client>> clients;
    for (std::int64_t n = 0; !stop; ++n) {
      const auto key = command_key(number_, n);
      for (std::size_t turn = static_cast<std::size_t>(n);; ++turn) {
        const auto& node = *nodes_[turn % nodes_.size()];
        const auto port = node.port();
        auto& client = clients[port];
        if (!client) client = std::make_unique<Client>(port);
        const auto r = client->ask(http::test::post("/api/casework/consult", kConsult, node.bearer() + "Idempotency-Key: " + key + "\r\n"));
        if (r.status == 200) {
          acknowledged[key] = std::stoll(r.header("x-ledger-position"));
          ++done;
          break;
        }
        if (r.status == 0) client.reset();
        else if (r.status != 503) surprises.push_back(std::to_string(r.status) + " " + r.body);
        else if (r.header("retry-after").empty()) surprises.push_back("a 503 that does not say when to come again: " + r.body);
        if (!surprises.empty()) return;
        std::this_thread::yield();
      }
    }
  }
  std::map<std::string, std::int64_t> acknowledged;  // position by id
  std::vector<std::string> surprises;
  std::atomic<std::int64_t> done{0};

 private:
  const int number_;
  const std::vector<const Node*> nodes_;
};

std::string text_of(const store::CommandId& id) {
  std::string out;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    char two[3];
    std::snprintf(two, sizeof two, "%02x", id[i]);
    out += two;
  }
  return out;
}

class Nodes : public ::testing::Test {
 protected:
  void SetUp() override {
    a_.start();
    ASSERT_FALSE(HasFatalFailure());
    b_.share_key_of(a_);
    b_.start();
    ASSERT_TRUE(within(10, [&] { return a_.leads() && b_.role() == "following"; }));
  }
  store::PostgresServer server_;
  const std::string url_ = server_.new_database();
  Node a_{"a", url_}, b_{"b", url_};
};

TEST_F(Nodes, EveryAcknowledgedCommandIsThereOnceThoughTheLeaderIsKilled) {
  std::vector<std::unique_ptr<Visitor>> visitors;
  std::vector<std::thread> threads;
  std::atomic<bool> stop{false};
  for (int i = 0; i < 4; ++i) {
    visitors.push_back(std::make_unique<Visitor>(i + 1, std::vector<const Node*>{&a_, &b_}));
    threads.emplace_back([&, i] { visitors[static_cast<std::size_t>(i)]->work(stop); });
  }
  const auto done = [&] {
    std::int64_t n = 0;
    for (const auto& v : visitors) n += v->done;
    return n;
  };
  const auto goes_on = [&] {
    const auto from = done(), began = monotonic_ns();
    EXPECT_TRUE(within(30, [&] { return done() >= from + 100; }));
    return monotonic_ns() - began;
  };
  goes_on();
  Node* leader = &a_;
  Node* other = &b_;
  for (int kill = 0; kill < 2; ++kill) {
    leader->crash();
    EXPECT_LT(goes_on(), 6'000'000'000) << "the lease moves within three seconds, and a hundred commands follow";
    EXPECT_TRUE(other->leads());
    leader->start();
    std::swap(leader, other);
    goes_on();
  }
  stop = true;
  for (auto& t : threads) t.join();
  // Nothing of a node is left to be written when it ends in order, and the other goes on at once.
  leader->stop();
  EXPECT_TRUE(within(5, [&] { return other->leads(); }));
  other->stop();
  std::map<std::string, std::int64_t> ledger;
  auto reader = store::open({a_.data(), url_}, store::Mode::read).value()->open_reader();
  CentreCode centre{};
  ASSERT_TRUE(reader->next_centre(centre));
  reader->events(centre, 1, INT64_MAX, [&](const store::LedgerRow& row) {
    store::Record r;
    EXPECT_TRUE(store::decode(row.record, r));
    if (!r.name.starts_with("casework.consulted")) return true;
    EXPECT_TRUE(ledger.emplace(text_of(r.command), row.seq).second) << "twice: " << row.seq;
    return true;
  });
  std::map<std::string, std::int64_t> acknowledged;
  for (const auto& v : visitors) {
    for (const auto& s : v->surprises) ADD_FAILURE() << s;
    acknowledged.insert(v->acknowledged.begin(), v->acknowledged.end());
  }
  EXPECT_EQ(ledger, acknowledged) << "at the positions that were told";
  EXPECT_GT(acknowledged.size(), 400U);
  const auto checked = store::verify(*reader, centre);
  EXPECT_FALSE(checked.broken) << *checked.broken;
  EXPECT_EQ(run({"verify", "--data", a_.data(), "--store", url_}).code, 0);
  const auto rebuilt = run({"rebuild", "--data", a_.data(), "--store", url_});
  EXPECT_EQ(rebuilt.code, 0) << rebuilt.all();
}

TEST_F(Nodes, WhoeverAsksTheOtherNodeFindsWhatWasDone) {
  Client at_b(b_.port());
  Client stream(b_.port());
  ASSERT_TRUE(stream.send(http::test::get("/api/casework/events", b_.bearer())));
  ASSERT_EQ(stream.receive_head().status, 200);
  for (int i = 1; i <= 5; ++i) {
    const auto r = at_b.ask(http::test::post("/api/casework/ask_first", R"({"channel":"phone","question":"社保卡在哪里办？"})",
                                             b_.bearer() + "Idempotency-Key: " + command_key(9, i) + "\r\n"));
    ASSERT_EQ(r.status, 200) << r.body;
    for (const Node* n : {&a_, &b_}) {
      const auto found = n->get("/api/casework/questions?after_position=" + r.header("x-ledger-position"));
      EXPECT_EQ(found.status, 200) << found.body;
      EXPECT_NE(found.body.find("\"question_id\":\"" + std::to_string(i) + "\""), found.body.npos) << found.body;
    }
    // Again under its id, at the other node: the same answer.
    const auto again = Client(a_.port()).ask(http::test::post("/api/casework/ask_first", R"({"channel":"phone","question":"社保卡在哪里办？"})",
                                                              b_.bearer() + "Idempotency-Key: " + command_key(9, i) + "\r\n"));
    EXPECT_EQ(again.header("x-repeated"), "true");
    EXPECT_EQ(again.body, r.body);
  }
  std::string heard, piece;
  while (heard.find("event: question") == heard.npos && stream.receive_chunk(piece) && !piece.empty()) heard += piece;
  EXPECT_NE(heard.find("event: question"), heard.npos) << heard;
  a_.stop();
  b_.stop();
}

}  // namespace
}  // namespace yi::story
