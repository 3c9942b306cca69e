// The proof by which one node believes another whom it saw: for a minute, for the same request, and from a node of the centre alone.
#include "app/node_relay.h"

#include "app/test_house.h"

namespace yi::app::test {
namespace {

Instant g_now{};
Instant now() { return g_now; }

class NodeRelayTest : public House {
 protected:
  void SetUp() override {
    House::SetUp();
    g_now = at(CivilDay::of(2026, 3, 2), 9, 0);
    relay_ = std::make_unique<NodeRelay>(house_->engine(), now);
  }
  void TearDown() override { relay_.reset(); }
  std::optional<std::string> believed(const std::string& proof, std::string_view method = "POST", std::string_view target = "/api/casework/accept") {
    return relay_->believe(proof, method, target);
  }
  std::string proof(std::string_view client = "192.0.2.7") { return relay_->prove(client, "POST", "/api/casework/accept"); }
  std::unique_ptr<NodeRelay> relay_;
};

TEST_F(NodeRelayTest, IsGoodForAMinuteOnEitherSideOfTheOthersClock) {
  const auto made = g_now;
  const auto p = proof();
  EXPECT_EQ(believed(p), "192.0.2.7");
  EXPECT_EQ(believed(p), "192.0.2.7") << "again: what it lets in is an address, and the command has its own id";
  for (const std::int64_t ms : {-60'000, -1, 1, 59'999, 60'000}) {
    g_now = made + ms;
    EXPECT_EQ(believed(p), "192.0.2.7") << ms;
  }
  for (const std::int64_t ms : {-3'600'000, -60'001, 60'001, 3'600'000}) {
    g_now = made + ms;
    EXPECT_FALSE(believed(p)) << ms;
  }
  g_now = made;
  EXPECT_EQ(believed(proof("")), "") << "a client without an address stays one";
  EXPECT_EQ(believed(proof("2001:db8::7")), "2001:db8::7");
}

TEST_F(NodeRelayTest, IsOfOneRequest) {
  const auto p = proof();
  EXPECT_FALSE(believed(p, "GET"));
  EXPECT_FALSE(believed(p, "POST", "/api/casework/accept?a=1"));
  EXPECT_FALSE(believed(p, "POST", "/api/casework/accep"));
  EXPECT_FALSE(believed(p, "POST", ""));
}

TEST_F(NodeRelayTest, IsNotMadeByChangingAnother) {
  const auto p = proof();
  const auto first = p.find(' '), second = p.find(' ', first + 1);
  const auto ms = p.substr(0, first), client = p.substr(first + 1, second - first - 1), mac = p.substr(second + 1);
  const std::string later = std::to_string(g_now.ms + 30'000);
  for (const auto& forged : {ms + " 192.0.2.8 " + mac, later + " " + client + " " + mac, ms + " - " + mac, ms + " " + client + " ", ms + " " + client, ms + " " + mac,
                             ms + " " + client + " " + std::string(64, '0'), ms + " " + client + " " + mac.substr(2), ms + " " + client + " " + mac + "00",
                             "+" + ms + " " + client + " " + mac, ms + "x " + client + " " + mac, " " + p, std::string(), std::string(" "), std::string("  "),
                             "99999999999999999999 " + client + " " + mac, client})
    EXPECT_FALSE(believed(forged)) << forged;
  for (std::size_t i = 0; i < mac.size(); i += 7) {
    auto other = mac;
    other[i] = other[i] == '0' ? '1' : '0';
    EXPECT_FALSE(believed(ms + " " + client + " " + other)) << i;
  }
}

TEST_F(NodeRelayTest, IsOfTheCentreAlone) {
  const auto p = proof();
  const store::TemporaryDirectory elsewhere;
  ServeOptions o;
  o.data_directory = elsewhere.path();
  o.data_root = YI_SOURCE_DIR "/data";
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  auto other = Installation::open(o);
  ASSERT_TRUE(other.ok()) << other.error().sentence;
  const NodeRelay theirs((*other)->engine(), now);
  EXPECT_FALSE(theirs.believe(p, "POST", "/api/casework/accept")) << "another centre has other keys";
  EXPECT_FALSE(believed(theirs.prove("192.0.2.7", "POST", "/api/casework/accept")));
  const NodeRelay twin(house_->engine(), now);
  EXPECT_EQ(twin.believe(p, "POST", "/api/casework/accept"), "192.0.2.7");
}

}  // namespace
}  // namespace yi::app::test
