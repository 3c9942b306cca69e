// Secrets, encodings, ciphers, passwords and one-time codes.
#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

#include "base/text.h"
#include "crypto/cipher.h"
#include "crypto/encoding.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "crypto/totp.h"

using namespace yi;
using namespace yi::crypto;

namespace {
std::string unhex(std::string_view s) { return from_hex(s).value(); }

template <class T>
concept Streamable = requires(std::ostream& o, const T& t) { o << t; };
static_assert(Streamable<std::string>);
static_assert(!Streamable<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && std::is_nothrow_move_constructible_v<Secret>);
}  // namespace

TEST(Secret, MovesAndHides) {
  Secret a("correct horse battery staple, and some more");
  Secret b = std::move(a);
  EXPECT_TRUE(a.reveal().empty());  // NOLINT: what is left behind is what is asked for
  EXPECT_EQ(b.reveal(), "correct horse battery staple, and some more");
  EXPECT_EQ(b.copy().reveal(), b.reveal());
  EXPECT_EQ(Secret::masked(), Secret("x").masked());
  std::string s = "short";
  const char* place = s.data();
  wipe(s);
  EXPECT_TRUE(s.empty());
  EXPECT_EQ(std::string_view(place, 5), std::string_view("\0\0\0\0\0", 5));
}

// RFC 4648 §10.
TEST(Encoding, ExamplesOfTheRfc) {
  const char* rows[][3] = {{"", "", ""},           {"f", "Zg==", "MY"},         {"fo", "Zm8=", "MZXQ"},           {"foo", "Zm9v", "MZXW6"},
                           {"foob", "Zm9vYg==", "MZXW6YQ"}, {"fooba", "Zm9vYmE=", "MZXW6YTB"}, {"foobar", "Zm9vYmFy", "MZXW6YTBOI"}};
  for (const auto& [plain, b64, b32] : rows) {
    EXPECT_EQ(base64(plain), b64);
    EXPECT_EQ(from_base64(b64), plain);
    EXPECT_EQ(base32(plain), b32);
    EXPECT_EQ(from_base32(b32), plain);
  }
  EXPECT_EQ(from_base32("mzxw 6ytb oi"), "foobar");
  const auto random = random_bytes(301);
  EXPECT_EQ(from_base64(base64(random)), random);
  EXPECT_EQ(from_base32(base32(random)), random);
  EXPECT_EQ(from_hex(hex(random)), random);
}

TEST(Encoding, OneValueHasOneText) {
  for (const char* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm9v\n", "Zm 9", "Zm-_", "Zg==Zg==", "=Zg="}) EXPECT_FALSE(from_base64(bad)) << bad;
  for (const char* bad : {"M", "MZX", "MZ", "MZXW61", "MZXW68", "MY======"}) EXPECT_FALSE(from_base32(bad)) << bad;
  for (const char* bad : {"a", "0G", "AB", " 0"}) EXPECT_FALSE(from_hex(bad)) << bad;
}

// GB/T 32907-2016, annex A.1: counter mode turns the cipher into a stream, and its first block over zeros is the
// cipher of the counter. The second block is `openssl enc -sm4-ctr`'s.
TEST(Sm4, ExampleOfTheStandard) {
  const Secret key(unhex("0123456789abcdeffedcba9876543210"));
  const auto counter = unhex("0123456789abcdeffedcba9876543210");
  EXPECT_EQ(hex(sm4_ctr(key, counter, std::string(16, '\0'))), "681edf34d206965e86b3e94f536e4246");
  EXPECT_EQ(hex(sm4_ctr(key, counter, std::string(40, '\0'))).substr(32), "be9a2469307a96f9d33ddbed4cf39994c4e5f90f56b5e8e3");
  EXPECT_EQ(hex(sm4_ctr(key, counter, "message digest")), "057bac47b361f37ee2da8e2a201a");
  const auto sealed = sm4_ctr(key, counter, "510000199001010000");
  EXPECT_EQ(sm4_ctr(key, counter, sealed), "510000199001010000");
  auto other = counter;
  other[15] = static_cast<char>(other[15] ^ 1);
  EXPECT_NE(sm4_ctr(key, other, sealed), "510000199001010000");
  EXPECT_EQ(sm4_ctr(key, counter, ""), "");
  EXPECT_THROW(sm4_ctr(Secret("short"), counter, "x"), std::logic_error);
  EXPECT_THROW(sm4_ctr(key, "short", "x"), std::logic_error);
}

// Keys and data of RFC 4231's cases 1, 2 and 6 with SM3; the values are those of Python's hmac over hashlib's sm3.
TEST(HmacSm3, AsPythonComputesIt) {
  const auto mac = [](std::string key, std::string_view data) { return hex(bytes(hmac_sm3(Secret(std::move(key)), data))); };
  EXPECT_EQ(mac(std::string(20, '\x0b'), "Hi There"), "51b00d1fb49832bfb01c3ce27848e59f871d9ba938dc563b338ca964755cce70");
  EXPECT_EQ(mac("Jefe", "what do ya want for nothing?"), "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
  EXPECT_EQ(mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "b4fd844e13342002f0b2e0690ea7741f1497d993a70494cea601e657bedf67a0");
  EXPECT_EQ(mac(std::string(16, 'k'), ""), "d887232b3143515ee3715b4d6be0c09525d87cc266e34f0afada3ba1e203c888");
  const Secret key("key");
  const auto whole = hmac_sm3(key, "data");
  EXPECT_TRUE(check_hmac_sm3(key, "data", bytes(whole)));
  EXPECT_FALSE(check_hmac_sm3(key, "datb", bytes(whole)));
  EXPECT_FALSE(check_hmac_sm3(Secret("kez"), "data", bytes(whole)));
  EXPECT_FALSE(check_hmac_sm3(key, "data", bytes(whole).substr(0, 16)));
  EXPECT_FALSE(check_hmac_sm3(key, "data", ""));
  EXPECT_THROW(hmac_sm3(Secret(), "x"), std::logic_error);
}

TEST(Password, HashesWithSaltAndChecks) {
  const Secret right("一窗 2024, a long pass phrase");
  const auto hash = hash_password(right);
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
  EXPECT_NE(hash, hash_password(right)) << "each has its own salt";
  EXPECT_TRUE(check_password(hash, right));
  EXPECT_FALSE(check_password(hash, Secret("一窗 2024, a long pass phrasf")));
  EXPECT_FALSE(is_outdated(hash));
  // Made with half the memory and one pass less.
  EXPECT_TRUE(is_outdated("$argon2id$v=19$m=32768,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"));
  for (const std::string bad : {"", "$argon2id$", "plain", "$2b$12$abcdefghijklmnopqrstuv"}) {
    EXPECT_FALSE(check_password(bad, right)) << bad;
    EXPECT_TRUE(is_outdated(bad)) << bad;
  }
  EXPECT_FALSE(check_password(hash + std::string(200, 'A'), right));
}

// RFC 6238, appendix B (SHA-1, eight digits).
TEST(Totp, ExamplesOfTheRfc) {
  const Secret seed("12345678901234567890");
  const struct {
    std::int64_t seconds;
    const char* code;
  } rows[] = {{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"}, {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& r : rows) {
    EXPECT_EQ(totp_code(seed, r.seconds / 30, 8), r.code);
    EXPECT_EQ(totp_code(seed, r.seconds / 30), std::string(r.code).substr(2));
  }
  EXPECT_THROW(totp_code(seed, 1, 5), std::logic_error);
}

TEST(Totp, ACodeOpensOnceWithinItsWindow) {
  const Secret seed("12345678901234567890");
  const Instant now{1'111'111'111'000};
  const auto step = now.ms / kTotpStepMs;
  const struct {
    std::int64_t away;
    bool opens;
  } rows[] = {{-2, false}, {-1, true}, {0, true}, {1, true}, {2, false}};
  for (const auto& r : rows) EXPECT_EQ(check_totp(seed, totp_code(seed, step + r.away), now, 0).has_value(), r.opens) << r.away;
  const auto code = totp_code(seed, step);
  EXPECT_EQ(check_totp(seed, code, now, step - 1), step);
  EXPECT_FALSE(check_totp(seed, code, now, step)) << "used already";
  EXPECT_FALSE(check_totp(seed, totp_code(seed, step - 1), now, step)) << "older than the one used";
  for (const char* bad : {"", "000000", "05047", "0504711", "０５０４７１"}) EXPECT_FALSE(check_totp(seed, bad, now, 0)) << bad;
  EXPECT_FALSE(check_totp(Secret("12345678901234567891"), code, now, 0));
}

TEST(Totp, SeedsAndLinks) {
  EXPECT_EQ(new_totp_seed().reveal().size(), 20u);
  EXPECT_NE(new_totp_seed().reveal(), new_totp_seed().reveal());
  EXPECT_EQ(totp_link(Secret("12345678901234567890"), "一窗", "w 01").reveal(),
            "otpauth://totp/%E4%B8%80%E7%AA%97:w%2001?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E4%B8%80%E7%AA%97&algorithm=SHA1&digits=6&period=30");
}
