#include "store/key_vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "base/text.h"
#include "crypto/encoding.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::store;
namespace fs = std::filesystem;

namespace {

constexpr CentreCode kCentre{510000};
const SealedPlace kPlace{kCentre, "toy.asked/1", "toy:1"};

struct Person {
  std::string name, phone;
  bool operator==(const Person&) const = default;
};
BOOST_DESCRIBE_STRUCT(Person, (), (name, phone))
const Person kPerson{"张三", "13800000000"};

std::unique_ptr<KeyVault> open(const std::string& directory, const KeyOptions& o = {}, KeyAccess access = KeyAccess::make) {
  auto v = KeyVault::open(directory, kCentre, o, access);
  EXPECT_TRUE(v.ok()) << v.error().sentence;
  return v ? std::move(v).value() : nullptr;
}
std::string code_of(const std::string& directory, const KeyOptions& o = {}, CentreCode centre = kCentre) {
  auto v = KeyVault::open(directory, centre, o, KeyAccess::make);
  return v ? "opened" : v.error().code;
}
std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void put_bytes(const std::string& file, const std::string& bytes) { std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes; }
mode_t mode_of(const std::string& file) {
  struct stat st {};
  return ::lstat(file.c_str(), &st) == 0 ? st.st_mode & 07777 : 0;
}

}  // namespace

TEST(KeyVault, WhatIsSealedOpensForItsSubjectAndPlaceAlone) {
  TemporaryDirectory dir;
  auto v = open(dir.path());
  const auto sealed = v->seal(kPerson, {1}, kPlace);
  EXPECT_EQ(v->open<Person>(sealed, {1}, kPlace), kPerson);
  EXPECT_EQ(v->seal(kPerson, {1}, kPlace), sealed) << "the same again";
  EXPECT_THROW(v->open<Person>(sealed, {2}, kPlace), Failure);
  for (const auto& other : {SealedPlace{{510001}, "toy.asked/1", "toy:1"}, SealedPlace{kCentre, "toy.asked/2", "toy:1"},
                            SealedPlace{kCentre, "toy.asked/1", "toy:2"}, SealedPlace{kCentre, "toy.asked/1", "toy:1", "agent"}})
    EXPECT_THROW(v->open<Person>(sealed, {1}, other), Failure);
  auto bytes = *crypto::from_base64(sealed);
  for (std::size_t i = 0; i < bytes.size(); i += 7) {
    auto changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THROW(v->open<Person>(crypto::base64(changed), {1}, kPlace), Failure) << i;
  }
  for (const char* text : {"", "x", "AAAA"}) EXPECT_THROW(v->open<Person>(text, {1}, kPlace), Failure) << text;
  EXPECT_EQ(v->seal(Person{"张", "13800000000"}, {1}, kPlace).size(), sealed.size()) << "how long a name is does not show";
  EXPECT_THROW(v->seal(kPerson, {}, kPlace), std::logic_error);
  EXPECT_THROW(v->seal(kPerson, {5'000'000}, kPlace), std::logic_error);
  EXPECT_THROW(v->seal(Person{std::string(20'000, 'x'), ""}, {1}, kPlace), std::logic_error);
}

TEST(KeyVault, BytesAreSealedForTheirPlaceAndRefusedAsValues) {
  TemporaryDirectory dir;
  auto v = open(dir.path());
  const std::string plain(64 * 1024, 'p');
  for (const SubjectId subject : {SubjectId{3}, SubjectId{}}) {
    const auto sealed = v->seal_bytes(plain, subject, "file/1/ab/0/more").value();
    EXPECT_EQ(sealed.size(), plain.size() + 16);
    EXPECT_EQ(sealed.find("pppp"), sealed.npos);
    EXPECT_EQ(v->open_bytes(sealed, subject, "file/1/ab/0/more").value(), plain);
    EXPECT_EQ(v->open_bytes(sealed, subject, "file/1/ab/1/more").error().code, "store.sealed_damaged");
    EXPECT_EQ(v->open_bytes(sealed, {4}, "file/1/ab/0/more").error().code, "store.sealed_damaged");
    EXPECT_EQ(v->open_bytes(sealed.substr(0, 9), subject, "file/1/ab/0/more").error().code, "store.sealed_damaged");
    EXPECT_EQ(v->open_bytes(v->seal_bytes("", subject, "c").value(), subject, "c").value(), "");
  }
  EXPECT_THROW(static_cast<void>(v->seal_bytes(plain + "x", {3}, "c")), std::logic_error);
  const auto own = v->seal_bytes("ours", {}, "c").value(), theirs = v->seal_bytes("theirs", {3}, "c").value();
  const auto field = v->seal(kPerson, {3}, kPlace);
  EXPECT_EQ(v->open_bytes(*crypto::from_base64(field), {3}, "c").error().code, "store.sealed_damaged");
  EXPECT_EQ(v->open_bytes(theirs, {900'000}, "c").error().code, "store.key_unavailable");
  v->close({3});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(v->open_bytes(theirs, {3}, "c").error().code, "store.key_erased");
    EXPECT_EQ(v->seal_bytes("x", {3}, "c").error().status, 410);
    ASSERT_TRUE(v->destroy({{3}}));
  }
  // The installation's own outlives a rotation, and no erasure takes it.
  v.reset();
  ASSERT_TRUE(rotate_master_key(dir.path(), kCentre, {}).ok());
  TemporaryDirectory other;
  EXPECT_EQ(open(dir.path())->open_bytes(own, {}, "c").value(), "ours");
  EXPECT_EQ(open(other.path())->open_bytes(own, {}, "c").error().code, "store.sealed_damaged");
}

// While a new vault makes its first keys, somebody asks for one beyond them: the next batch must reach it.
TEST(KeyVault, ASubjectBeyondTheBatchUnderWayIsNotForgotten) {
  for (int i = 0; i < 10; ++i) {
    TemporaryDirectory dir;
    auto v = open(dir.path());
    EXPECT_EQ(v->open<Person>(v->seal(kPerson, {700 + i * 300}, kPlace), {700 + i * 300}, kPlace), kPerson);
  }
}

TEST(KeyVault, KeysAreDurableBeforeTheyAreUsedWhateverMomentTheProcessIsKilledAt) {
  TemporaryDirectory dir;
  // The child tells each sealed text only after it was given; then it is killed without any farewell.
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto v = KeyVault::open(dir.path(), kCentre, {}, KeyAccess::make).value();
    for (std::int64_t s = 1; s <= 3'000; ++s) {
      const auto sealed = v->seal(kPerson, {s}, kPlace) + "\n";
      if (::write(pipe_ends[1], sealed.data(), sealed.size()) < 0) ::_exit(1);
    }
    ::kill(::getpid(), SIGKILL);
  }
  ::close(pipe_ends[1]);
  std::string all, chunk(1 << 16, '\0');
  for (ssize_t n; (n = ::read(pipe_ends[0], chunk.data(), chunk.size())) > 0;) all.append(chunk, 0, static_cast<std::size_t>(n));
  ::close(pipe_ends[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  auto v = open(dir.path());
  const auto sealed = split(all, '\n');
  ASSERT_EQ(sealed.size(), 3'001u);
  for (std::int64_t s = 1; s <= 3'000; ++s) ASSERT_EQ(v->open<Person>(sealed[static_cast<std::size_t>(s - 1)], {s}, kPlace), kPerson) << s;
  // Made ahead of need: whoever seals asks for more in time, and they come without anybody waiting for them. How far the
  // thread of the killed process had come, is its moment's; a later one goes on from there.
  v->seal(kPerson, {3'000}, kPlace);
  while (v->size() < 3'000 + 1'000) std::this_thread::yield();  // the runner's time limit ends a vault that makes none
}

TEST(KeyVault, ABatchThatAPowerCutLeftHalfWrittenIsMadeAgainAndMoreIsDamage) {
  TemporaryDirectory dir;
  const auto file = dir.path() + "/keys/data-keys";
  std::string sealed;
  {
    auto v = open(dir.path());
    sealed = v->seal(kPerson, {1}, kPlace);
  }
  const auto good = bytes_of(file);
  const auto slots = static_cast<std::int64_t>(good.size() - 128) / 64;
  for (const auto& tail : {std::string(30, 'x'), std::string(64 * 5, '\0'), std::string(64 * 3 + 9, '\xEE')}) {
    put_bytes(file, good + tail);
    auto v = open(dir.path());
    EXPECT_EQ(v->size(), slots);
    EXPECT_EQ(v->open<Person>(sealed, {1}, kPlace), kPerson);
    const SubjectId next{slots + 1};
    EXPECT_EQ(v->open<Person>(v->seal(kPerson, next, kPlace), next, kPlace), kPerson);
  }
  put_bytes(file, good + std::string(64 * (kKeyBatch + 1), 'x'));
  EXPECT_EQ(code_of(dir.path()), "store.keys_damaged");
  auto bad = good;
  bad[130] = static_cast<char>(bad[130] ^ 1);
  put_bytes(file, bad);
  EXPECT_THROW(open(dir.path())->open<Person>(sealed, {1}, kPlace), Failure) << "one slot is damaged: only its subject is";
}

TEST(KeyVault, ADestroyedKeyIsGoneFromMemoryAndFileForEver) {
  TemporaryDirectory dir;
  const auto file = dir.path() + "/keys/data-keys";
  std::string one, two;
  {
    auto v = open(dir.path());
    one = v->seal(kPerson, {1}, kPlace);
    two = v->seal(kPerson, {2}, kPlace);
    const auto before = bytes_of(file);
    v->close({1});
    EXPECT_TRUE(v->erased({1}));
    EXPECT_FALSE(v->is_destroyed({1})) << "the group may still fail: nothing that lies under the key is taken away yet";
    EXPECT_FALSE(v->open<Person>(one, {1}, kPlace));
    EXPECT_THROW(v->seal(kPerson, {1}, kPlace), std::logic_error);
    v->reopen({1});
    EXPECT_EQ(v->open<Person>(one, {1}, kPlace), kPerson);
    ASSERT_TRUE(v->destroy({{1}}));
    v->reopen({1});
    EXPECT_FALSE(v->open<Person>(one, {1}, kPlace)) << "what is destroyed does not come back";
    EXPECT_TRUE(v->is_destroyed({1}));
    EXPECT_FALSE(v->bind({}, {1}));
    EXPECT_EQ(bytes_of(file).find(before.substr(128, 64)), std::string::npos);
    EXPECT_EQ(bytes_of(file).substr(192, 64), before.substr(192, 64));
  }
  auto v = open(dir.path());
  EXPECT_FALSE(v->open<Person>(one, {1}, kPlace));
  EXPECT_EQ(v->open<Person>(two, {2}, kPlace), kPerson);
  EXPECT_EQ(v->destroyed(), std::vector<SubjectId>{{1}});
}

TEST(KeyVault, ARotationWrapsEverythingAnewAndOpensNothingWithTheOldMaster) {
  TemporaryDirectory dir;
  const auto file = dir.path() + "/keys/data-keys", master = dir.path() + "/keys/master";
  std::string one, two, blind, id;
  {
    auto v = open(dir.path());
    one = v->seal(kPerson, {1}, kPlace);
    two = v->seal(kPerson, {2}, kPlace);
    blind = v->blind(BlindKind::phone, "13800000000");
    id = v->id();
    ASSERT_TRUE(v->destroy({{1}}));
  }
  const auto old_file = bytes_of(file), old_master = bytes_of(master);
  EXPECT_EQ(rotate_master_key(dir.path(), kCentre, {}).value(), 2);
  const auto new_file = bytes_of(file);
  for (std::size_t at = 192; at < old_file.size(); at += 64) ASSERT_EQ(new_file.find(old_file.substr(at, 64)), std::string::npos);
  {
    auto v = open(dir.path());
    EXPECT_EQ(v->generation(), 2);
    EXPECT_EQ(v->id(), id);
    EXPECT_EQ(v->blind(BlindKind::phone, "13800000000"), blind);
    EXPECT_EQ(v->open<Person>(two, {2}, kPlace), kPerson);
    EXPECT_FALSE(v->open<Person>(one, {1}, kPlace));
  }
  EXPECT_EQ(mode_of(file), 0600u);
  EXPECT_EQ(mode_of(master), 0600u);
  EXPECT_EQ(mode_of(dir.path() + "/keys"), 0700u);
  put_bytes(master, old_master);
  EXPECT_EQ(code_of(dir.path()), "store.master_key_wrong");
}

TEST(KeyVault, ARotationThatIsCutAtAnyStepLeavesAllOldOrAllNew) {
  std::set<std::int64_t> seen;
  for (int step = 0;; ++step) {
    SCOPED_TRACE(step);
    TemporaryDirectory dir, outside;
    KeyOptions o;
    if (step % 2) o.master_key_file = outside.path() + "/master.key";  // the master key on another file system
    std::string sealed;
    {
      auto v = open(dir.path(), o);
      sealed = v->seal(kPerson, {7}, kPlace);
    }
    const pid_t child = ::fork();
    if (child == 0) {
      int n = 0;
      ::_exit(rotate_master_key(dir.path(), kCentre, o, [&] {
                if (n++ == step) ::_exit(77);
              }).ok() ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    auto read_only = open(dir.path(), o, KeyAccess::read);
    EXPECT_EQ(read_only->open<Person>(sealed, {7}, kPlace), kPerson);
    auto v = open(dir.path(), o);
    EXPECT_EQ(v->open<Person>(sealed, {7}, kPlace), kPerson);
    const auto generation = v->generation();
    seen.insert(generation);
    v.reset();
    EXPECT_FALSE(fs::exists(dir.path() + "/keys/data-keys.new"));
    for (const auto& e : fs::directory_iterator(step % 2 ? outside.path() : dir.path() + "/keys")) EXPECT_NE(e.path().extension(), ".new");
    EXPECT_EQ(rotate_master_key(dir.path(), kCentre, o).value(), generation + 1) << "the next one is not in its way";
    if (WEXITSTATUS(status) == 0) break;
    ASSERT_EQ(WEXITSTATUS(status), 77);
    ASSERT_LT(step, 20);
  }
  EXPECT_EQ(seen, (std::set<std::int64_t>{1, 2}));
}

TEST(KeyVault, ARotationThatWasCutIsGoneOnWithWhereTheMasterKeyMayOnlyBeRead) {
  TemporaryDirectory dir, outside;
  const KeyOptions o{outside.path() + "/master"};
  const auto old = outside.path() + "/old", fresh = o.master_key_file + ".new";
  const auto sealed = open(dir.path(), o)->seal(kPerson, {7}, kPlace);
  fs::copy_file(o.master_key_file, old);
  ASSERT_TRUE(rotate_master_key(dir.path(), kCentre, o).ok());
  fs::rename(o.master_key_file, fresh);  // the keys are the new one's, and it has not got its name
  fs::rename(old, o.master_key_file);
  fs::permissions(outside.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto belongs_to = [&](uid_t user) {
    for (const auto& root : {dir.path(), outside.path()}) {
      if (::chown(root.c_str(), user, static_cast<gid_t>(-1)) != 0) return false;
      for (const auto& e : fs::recursive_directory_iterator(root))
        if (::chown(e.path().c_str(), user, static_cast<gid_t>(-1)) != 0) return false;
    }
    return true;
  };
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0 && (!belongs_to(kNobody) || ::seteuid(kNobody) != 0)) ::_exit(2);  // root may write everywhere
    for (int n = 0; n < 2; ++n) {
      auto v = KeyVault::open(dir.path(), kCentre, o, KeyAccess::make);
      if (!v.ok() || (*v)->open<Person>(sealed, {7}, kPlace) != kPerson || (*v)->generation() != 2) ::_exit(1);
    }
    if (rotate_master_key(dir.path(), kCentre, o).ok()) ::_exit(3);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_TRUE(fs::exists(fresh)) << "the one that fits is not taken away";
  fs::permissions(outside.path(), fs::perms::owner_all);
  ASSERT_TRUE(::geteuid() != 0 || belongs_to(0));
  EXPECT_EQ(rotate_master_key(dir.path(), kCentre, o).value(), 3);
  EXPECT_FALSE(fs::exists(fresh));
  EXPECT_EQ(open(dir.path(), o)->open<Person>(sealed, {7}, kPlace), kPerson);
}

TEST(KeyVault, KeysThatAreMissingExposedOrOfAnotherAreRefused) {
  TemporaryDirectory dir, other;
  const auto file = dir.path() + "/keys/data-keys", master = dir.path() + "/keys/master";
  EXPECT_EQ(KeyVault::open(dir.path(), kCentre, {}, KeyAccess::read).error().code, "store.keys_missing");
  EXPECT_FALSE(fs::exists(dir.path() + "/keys")) << "a reader makes nothing";
  open(dir.path());
  EXPECT_EQ(code_of(dir.path(), {}, {510001}), "store.keys_other_centre");
  fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(code_of(dir.path()), "store.key_file_exposed");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  fs::permissions(master, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(code_of(dir.path()), "store.key_file_exposed");
  fs::permissions(master, fs::perms::owner_read | fs::perms::owner_write);
  const auto good = bytes_of(master);
  open(other.path());
  for (const auto& wrong : {bytes_of(other.path() + "/keys/master"), std::string(), std::string("yichuang-master/1 zz\n"), good.substr(0, 40)}) {
    put_bytes(master, wrong);
    EXPECT_EQ(code_of(dir.path()), "store.master_key_wrong");
  }
  fs::remove(master);
  EXPECT_EQ(code_of(dir.path()), "store.master_key_missing");
  EXPECT_FALSE(fs::exists(master)) << "no second master key for keys that another has wrapped";
  put_bytes(master, good);
  fs::permissions(master, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(code_of(dir.path()), "opened");
  auto header = bytes_of(file);
  header[20] = static_cast<char>(header[20] ^ 1);  // the generation, which the index key vouches for
  put_bytes(file, header);
  EXPECT_EQ(code_of(dir.path()), "store.master_key_wrong");
}

TEST(KeyVault, ABlindIndexIsOfKindAndNormalisedValue) {
  TemporaryDirectory dir, other;
  auto v = open(dir.path());
  const auto same = [&](BlindKind kind, const char* a, const char* b) { return v->blind(kind, a) == v->blind(kind, b); };
  EXPECT_EQ(v->blind(BlindKind::phone, "13800000000").size(), 16u);
  EXPECT_TRUE(same(BlindKind::phone, "13800000000", "+86 138-0000-0000"));
  EXPECT_TRUE(same(BlindKind::phone, "13800000000", "008613800000000"));
  EXPECT_TRUE(same(BlindKind::phone, "１３８００００００００", "13800000000"));
  EXPECT_TRUE(same(BlindKind::phone, "028-81234567", "02881234567"));
  EXPECT_FALSE(same(BlindKind::phone, "8613800", "13800")) << "86 is a country only before a whole mobile number";
  EXPECT_TRUE(same(BlindKind::citizen, "51010019900101001x", " 51010019900101001X "));
  EXPECT_TRUE(same(BlindKind::certificate, "川Ａ-0001", "川a 0001"));
  EXPECT_FALSE(same(BlindKind::citizen, "510100199001010014", "510100199001010022"));
  EXPECT_FALSE(same(BlindKind::external, "http://127.0.0.1\nperson-a", "http://127.0.0.1\nPerson-A"));
  EXPECT_NE(v->blind(BlindKind::citizen, "1"), v->blind(BlindKind::other, "1"));
  EXPECT_NE(v->blind(BlindKind::citizen, "1"), open(other.path())->blind(BlindKind::citizen, "1"));
}
