#include "crypto/sm2.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/text.h"
#include "crypto/encoding.h"
#include "crypto/key_file.h"
#include "crypto/random.h"

using namespace yi;
using namespace yi::crypto;

namespace {
// Made by the command line of OpenSSL 3.0: `openssl genpkey -algorithm SM2`, then
// `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678` over "message digest".
constexpr const char* kPublic =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAERr8D6G//2rc1uQIOzh2ICqLIQBah\n"
    "5Pvme+Um25G2mwSfUW5nABFfxPMcxbO3VFKX7jPGKT7IavcsshJxq0quUA==\n"
    "-----END PUBLIC KEY-----\n";
constexpr const char* kPrivate =
    "MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgRL2K8IfVVbzxksZq\n"
    "HbNEEr5lONkOkzwvUewazLxs4tGhRANCAARGvwPob//atzW5Ag7OHYgKoshAFqHk\n"
    "++Z75SbbkbabBJ9RbmcAEV/E8xzFs7dUUpfuM8YpPshq9yyyEnGrSq5Q\n";
constexpr const char* kSignature =
    "3045022100ea034e6caf141b4a5d8456f36b56d7da6c35c8f55d59701410904fe5b3e822c3"
    "02206e30b8722d3dcec737f06bc28dada05581e01e5ec9126753434b3bdeeab3ce34";

std::string pem_of(std::string_view what, std::string_view base64_lines) {
  return "-----BEGIN " + std::string(what) + "-----\n" + std::string(base64_lines) + "-----END " + std::string(what) + "-----\n";
}
std::string unhex(std::string_view s) { return from_hex(s).value(); }

class Folder {
 public:
  Folder() : path(std::filesystem::temp_directory_path() / ("yichuang-" + hex(random_bytes(8)))) { std::filesystem::create_directory(path); }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string read(const char* name) const {
    std::ifstream in(path / name);
    std::ostringstream s;
    s << in.rdbuf();
    return s.str();
  }
  const std::filesystem::path path;
};
}  // namespace

// GB/T 32918.5-2017, annex A.2: the example of a signature on the recommended curve.
TEST(Sm2, ExampleOfTheStandard) {
  const auto spki = unhex("3059301306072a8648ce3d020106082a811ccf5501822d034200"
                          "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                          "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
  const auto key = Sm2PublicKey::from_pem(pem_of("PUBLIC KEY", base64(spki) + "\n"));
  ASSERT_TRUE(key.ok());
  const auto signature = unhex("3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                               "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
  EXPECT_TRUE(key->verify("message digest", signature));
  EXPECT_FALSE(key->verify("message digesu", signature));
}

TEST(Sm2, VerifiesWhatOpensslSigned) {
  const auto key = Sm2PublicKey::from_pem(kPublic);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->pem(), kPublic);
  EXPECT_EQ(hex(key->point()).substr(0, 12), "0446bf03e86f");
  EXPECT_EQ(key->id().size(), 32u);
  const auto signature = unhex(kSignature);
  EXPECT_TRUE(key->verify("message digest", signature));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    auto changed = signature;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(key->verify("message digest", changed)) << bit;
  }
  EXPECT_FALSE(key->verify("message digest", signature + '\0'));
  EXPECT_FALSE(key->verify("message digest", ""));
  EXPECT_FALSE(key->verify("", signature));
  EXPECT_FALSE(Sm2PrivateKey::generate().public_key().verify("message digest", signature));
}

TEST(Sm2, SignsAndGoesThroughPem) {
  const auto key = Sm2PrivateKey::from_pem(Secret(pem_of("PRIVATE KEY", kPrivate)));
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->public_key().pem(), kPublic);
  const auto a = key->sign("a"), again = key->sign("a");
  EXPECT_NE(a, again) << "each signature has its own random number";
  EXPECT_TRUE(key->public_key().verify("a", a));
  EXPECT_TRUE(key->public_key().verify("a", again));
  EXPECT_FALSE(key->public_key().verify("b", a));

  const auto fresh = Sm2PrivateKey::generate();
  const auto back = Sm2PrivateKey::from_pem(fresh.pem());
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->public_key().id(), fresh.public_key().id());
  EXPECT_TRUE(fresh.public_key().verify("x", back->sign("x")));
  EXPECT_TRUE(fresh.public_key().verify("", fresh.sign("")));
}

TEST(Sm2, OtherKeysAreRefused) {
  // prime256v1: the right form, another curve.
  const auto other = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n"
                     "6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n";
  for (const auto& text : {std::string(other), std::string(), std::string("x"), std::string(kPublic).substr(0, 100), std::string(5000, 'A')}) {
    const auto key = Sm2PublicKey::from_pem(text);
    ASSERT_FALSE(key.ok()) << text;
    EXPECT_EQ(key.error().code, "crypto.bad_public_key");
  }
  EXPECT_EQ(Sm2PrivateKey::from_pem(Secret("no key")).error().code, "crypto.bad_private_key");
  EXPECT_EQ(Sm2PrivateKey::from_pem(Secret(kPublic)).error().code, "crypto.bad_private_key");
}

TEST(KeyFile, IsMadeOnceAndReadByItsOwnerAlone) {
  Folder folder;
  const auto first = open_or_make_key(folder.path);
  ASSERT_TRUE(first.ok()) << first.error().sentence;
  struct stat st {};
  ASSERT_EQ(::stat((folder.path / kPrivateKeyFile).c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0600u);
  EXPECT_EQ(folder.read(kPublicKeyFile), first->public_key().pem());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path), {}), 2) << "no partial file stays";
  std::filesystem::remove(folder.path / kPublicKeyFile);
  EXPECT_EQ(open_or_make_key(folder.path)->public_key().id(), first->public_key().id());
  EXPECT_EQ(folder.read(kPublicKeyFile), first->public_key().pem());
}

TEST(KeyFile, OfManyAtOnceAllUseTheFirst) {
  Folder folder;
  std::vector<std::string> ids(8);
  std::vector<std::thread> threads;
  for (auto& id : ids) threads.emplace_back([&] { id = open_or_make_key(folder.path).value().public_key().id(); });
  for (auto& t : threads) t.join();
  for (const auto& id : ids) EXPECT_EQ(id, ids[0]);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path), {}), 2);
}

TEST(KeyFile, WhatIsNotInOrderIsRefused) {
  Folder folder;
  EXPECT_EQ(open_or_make_key(folder.path / "missing").error().code, "crypto.key_unreadable");
  ASSERT_TRUE(open_or_make_key(folder.path).ok());
  const auto file = folder.path / kPrivateKeyFile;
  ::chmod(file.c_str(), 0640);
  EXPECT_EQ(open_or_make_key(folder.path).error().code, "crypto.key_exposed");
  ::chmod(file.c_str(), 0600);
  std::ofstream(file, std::ios::trunc) << "half a k";
  const auto half = open_or_make_key(folder.path);
  ASSERT_FALSE(half.ok());
  EXPECT_EQ(half.error().code, "crypto.bad_private_key");
  EXPECT_EQ(half.error().where, file);
  std::filesystem::remove(file);
  std::filesystem::create_symlink(folder.path / kPublicKeyFile, file);
  EXPECT_EQ(open_or_make_key(folder.path).error().code, "crypto.key_unreadable");
}
