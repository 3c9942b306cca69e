#include "engine/receipts.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "crypto/encoding.h"
#include "crypto/key_file.h"
#include "engine/toy_room_test.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::engine;

namespace {

constexpr CentreCode kCentre{510000};

std::string read_file(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream s;
  s << in.rdbuf();
  return s.str();
}

// An engine with a few deposits, its receipts and their doors.
class Receipt : public testing::Test {
 protected:
  Receipt() {
    EngineOptions o;
    o.centre = kCentre;
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
    engine = Engine::open(dir.path(), toy_rooms(), o).value();
    receipts = std::make_unique<Receipts>(dir.path(), kCentre);
    add_receipt_doors(router, *engine, *receipts);
  }
  void deposit(int account, int amount) {
    const auto body = "{\"account\":" + std::to_string(account) + ",\"amount\":" + std::to_string(amount) + "}";
    ASSERT_TRUE(engine->run("toy.deposit", body, {"w01", "operator"}).ok());
  }
  http::Response get(const std::string& path) {
    http::Request request;
    request.path = path;
    const auto door = router.find(request);
    EXPECT_TRUE(door.ok()) << path;
    http::Response out;
    door.value()->handle(request, {"operator", "operator"}, http::Responder([&](http::Response r) { out = std::move(r); }));
    return out;
  }
  std::string receipt(std::int64_t seq) {
    const auto r = get("/api/ledger/receipts/" + std::to_string(seq));
    EXPECT_EQ(r.status, 200) << r.body;
    return r.body;
  }
  crypto::Sm2PublicKey key() {
    (void)get("/api/ledger/head");  // the key is made at first need
    return crypto::Sm2PublicKey::from_pem(read_file(dir.path() + "/sm2.pub")).value();
  }

  store::TemporaryDirectory dir;
  std::unique_ptr<Engine> engine;
  std::unique_ptr<Receipts> receipts;
  http::Router router;
};

std::string code_of(const std::string& json, const crypto::Sm2PublicKey& key) {
  const auto r = verify_receipt(json, key);
  return r.ok() ? "" : r.error().code;
}

// The text between the quotes after "name":
std::size_t value_at(const std::string& json, const std::string& name) {
  const auto p = json.find("\"" + name + "\":\"");
  EXPECT_NE(p, json.npos) << name;
  return p + name.size() + 4;
}

}  // namespace

TEST_F(Receipt, ProvesEachFactWithThePublicKeyAlone) {
  for (int i = 1; i <= 20; ++i) deposit(i, i * 10);
  for (int seq = 1; seq <= 20; ++seq) {
    const auto proven = verify_receipt(receipt(seq), key());
    ASSERT_TRUE(proven.ok()) << seq << proven.error().code;
    EXPECT_EQ(proven->seq, seq);
    EXPECT_EQ(proven->centre, kCentre);
    EXPECT_EQ(proven->record().name, "toy.deposited/1");
    EXPECT_EQ(proven->record().stream, "toy:" + std::to_string(seq));
    EXPECT_EQ(proven->record().actor, "w01");
    EXPECT_EQ(proven->record().body, "{\"account\":" + std::to_string(seq) + ",\"amount\":" + std::to_string(seq * 10) + "}");
  }
  // Later facts do not touch a receipt that was given out, and new ones are covered at once.
  const auto old = receipt(3);
  for (int i = 0; i < 5; ++i) {
    deposit(1, 1);
    EXPECT_EQ(code_of(old, key()), "");
    EXPECT_EQ(code_of(receipt(21 + i), key()), "");
  }
}

TEST_F(Receipt, OutlivesTheProcess) {
  deposit(1, 5);
  const auto before = receipt(1);
  Receipts other(dir.path(), kCentre);  // as `yichuang receipt` does beside a server
  auto reader = engine->reader();
  const auto after = other.receipt(*reader, 1);
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(code_of(before, key()), "");
  EXPECT_EQ(code_of(*after, key()), "");
}

// Every character of a receipt, one after another: what still reads as a receipt must still say the same.
TEST_F(Receipt, NoCharacterCanBeChanged) {
  for (int i = 1; i <= 6; ++i) deposit(i, 10);
  const auto good = receipt(4);
  const auto key = this->key();
  const auto fact = verify_receipt(good, key).value();
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] = bad[i] == '1' ? '2' : bad[i] == 'a' ? 'b' : bad[i] >= '0' && bad[i] <= '9' ? '1' : 'a';
    const auto r = verify_receipt(bad, key);
    ASSERT_FALSE(r.ok()) << "character " << i << ": " << bad.substr(i > 20 ? i - 20 : 0, 40);
    EXPECT_TRUE(r.error().code.starts_with("engine.receipt_")) << r.error().code;
  }
  EXPECT_EQ(fact.seq, 4);
}

TEST_F(Receipt, SaysWhichPartIsWrong) {
  for (int i = 1; i <= 6; ++i) deposit(i, 10);
  const auto good = receipt(4);
  const auto key = this->key();
  const auto with = [&](const char* from, const std::string& to) { return replace_all(good, from, to); };
  const auto flipped = [&](const char* name, char to) {
    auto s = good;
    auto& c = s[value_at(s, name) + 1];
    c = c == to ? static_cast<char>(to + 1) : to;
    return s;
  };
  EXPECT_EQ(code_of(good, crypto::Sm2PrivateKey::generate().public_key()), "engine.receipt_other_key");
  EXPECT_EQ(code_of(with("yichuang-receipt/1", "yichuang-receipt/2"), key), "engine.receipt_newer");
  EXPECT_EQ(code_of(with("yichuang-receipt/1", "else"), key), "engine.receipt_unreadable");
  EXPECT_EQ(code_of(with("\"seq\":\"4\"", "\"seq\":\"3\""), key), "engine.receipt_bad_proof");
  EXPECT_EQ(code_of(with("510000", "510001"), key), "engine.receipt_bad_head");
  EXPECT_EQ(code_of(flipped("hash", '0'), key), "engine.receipt_bad_head");
  auto record = good;
  record[value_at(record, "record") + 40] ^= 1;
  EXPECT_EQ(code_of(record, key), "engine.receipt_bad_proof");
  // Another head of this ledger, honestly signed: eight groups are one mountain, and the path is too short for it.
  deposit(7, 10);
  deposit(8, 10);
  const auto later = receipt(8);
  const auto head_of = [](const std::string& s) { return s.substr(s.find("\"head\":")); };
  EXPECT_EQ(code_of(good.substr(0, good.find("\"head\":")) + head_of(later), key), "engine.receipt_bad_proof");
  // A signature of the same key over another head.
  const auto signature_of = [](const std::string& s) { return s.substr(s.find("\"signature\":")); };
  EXPECT_EQ(code_of(good.substr(0, good.find("\"signature\":")) + signature_of(later), key), "engine.receipt_bad_signature");
  for (const std::string& junk : {std::string(), std::string("{}"), std::string("[1]"), std::string(2'000'000, ' '), good.substr(0, good.size() / 2), good + "x"})
    EXPECT_EQ(code_of(junk, key), "engine.receipt_unreadable");
  EXPECT_EQ(verify_receipt(with("\"algorithm\":\"SM2-SM3\"", "\"algorithm\":\"none\""), key).error().where, "/signature/algorithm");
}

TEST_F(Receipt, DoorsRefuseWhatIsNotThere) {
  EXPECT_EQ(get("/api/ledger/receipts/1").status, 404);
  deposit(1, 5);
  EXPECT_EQ(get("/api/ledger/receipts/1").status, 200);
  for (const char* seq : {"0", "2", "-1", "1x", "99999999999999999999"}) {
    const auto r = get(std::string("/api/ledger/receipts/") + seq);
    EXPECT_EQ(r.status, 404) << seq;
    EXPECT_NE(r.body.find("engine.no_such_record"), r.body.npos);
  }
  for (const auto& d : router.doors()) EXPECT_EQ(d.right, d.name == "engine.get_head" ? "public" : "ledger.read_receipt");
}

TEST_F(Receipt, TheHeadIsPublicAndSigned) {
  const auto empty = get("/api/ledger/head").body;  // of a ledger without facts too
  EXPECT_NE(empty.find("\"seq\":\"0\""), empty.npos) << empty;
  for (int i = 1; i <= 3; ++i) deposit(1, i);
  (void)receipt(3);
  const auto body = get("/api/ledger/head").body;
  json::Parser parser;
  const auto root = parser.parse(body).value();
  const auto text = [&](const char* part, const char* name) { return std::string(root.find(part)->find(name)->string()); };
  EXPECT_EQ(text("head", "seq"), "3");
  const auto published = crypto::Sm2PublicKey::from_pem(text("key", "public_key"));
  ASSERT_TRUE(published.ok());
  EXPECT_EQ(published->id(), key().id());
  EXPECT_EQ(text("key", "id"), text("signature", "key_id"));
  store::SignedHead s{kCentre, engine->reader()->head(kCentre), {}, crypto::from_base64(text("signature", "value")).value(), published->id()};
  s.hash = store::LedgerHash().head(kCentre, s.head);
  EXPECT_EQ(hex(crypto::bytes(s.hash)), text("head", "hash"));
  EXPECT_EQ(store::check_head(s, *published), store::HeadFault::none);
}

TEST_F(Receipt, WithoutAUsableKeyThereIsARefusal) {
  deposit(1, 5);
  std::ofstream(dir.path() + "/sm2.key") << "not a key";
  std::filesystem::permissions(dir.path() + "/sm2.key", std::filesystem::perms::owner_read);
  EXPECT_EQ(get("/api/ledger/receipts/1").status, 500);
  EXPECT_EQ(get("/api/ledger/head").status, 500);
  std::filesystem::remove(dir.path() + "/sm2.key");
  EXPECT_EQ(get("/api/ledger/receipts/1").status, 200) << "and the next request goes well";
}

// docs/receipt-format.md: if this fails, the format has changed and needs a new number.
TEST(ReceiptFormat, WorkedExample) {
  const auto page = read_file(YI_SOURCE_DIR "/docs/receipt-format.md");
  const auto block = [&](const std::string& language) {
    const auto from = page.find("```" + language + "\n") + language.size() + 4;
    return page.substr(from, page.find("```", from) - from);
  };
  const auto key = crypto::Sm2PublicKey::from_pem(block("pem"));
  ASSERT_TRUE(key.ok());
  const auto fact = verify_receipt(block("json"), *key);
  ASSERT_TRUE(fact.ok()) << fact.error().sentence;
  EXPECT_EQ(fact->seq, 3);
  EXPECT_EQ(fact->head.groups, 3);
  EXPECT_EQ(fact->record().name, "casework.accepted/1");
  EXPECT_EQ(fact->record().stream, "case:20240617000001");
  EXPECT_EQ(to_iso(fact->record().recorded_at), "2024-06-17T09:00:00.000+08:00");
}
