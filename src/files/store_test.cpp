#include "files/store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "crypto/cipher.h"
#include "crypto/random.h"
#include "files/keeper.h"
#include "files/test_files.h"

namespace yi::files {
namespace {

namespace fs = std::filesystem;

// Seals as the real one will: SM4-CTR, then an HMAC over context and ciphertext.
class TestCipher : public Cipher {
 public:
  Result<std::string> seal(SubjectId subject, std::string_view context, std::string_view plain) override {
    const auto counter = crypto::random_bytes(16);
    const auto text = counter + crypto::sm4_ctr(key(subject), counter, plain);
    return text + std::string(crypto::bytes(crypto::hmac_sm3(key(subject), std::string(context) + text)));
  }
  Result<std::string> open(SubjectId subject, std::string_view context, std::string_view sealed) override {
    if (erased == subject) return Refusal{"test.erased", "已删除。", "无。", 410, ""};
    const Refusal bad{"test.bad", "不符。", "无。", 500, ""};
    if (sealed.size() < 48) return bad;
    const auto text = sealed.substr(0, sealed.size() - 32);
    if (!crypto::check_hmac_sm3(key(subject), std::string(context) + std::string(text), sealed.substr(text.size()))) return bad;
    return crypto::sm4_ctr(key(subject), text.substr(0, 16), text.substr(16));
  }
  SubjectId erased{-1};

 private:
  static crypto::Secret key(SubjectId s) { return crypto::Secret(std::string(15, 'k') + static_cast<char>(s.value)); }
};

class TestScanner : public Scanner {
 public:
  class One : public Scan {
   public:
    Checked add(std::string_view piece) override {
      read_ += piece;
      return Done{};
    }
    Result<std::string> finish() override { return read_.find("EICAR") == read_.npos ? std::string() : std::string("Eicar"); }

   private:
    std::string read_;
  };
  Result<std::unique_ptr<Scan>> begin() override {
    if (away) return Refusal{"files.scanner_unavailable", "没有应答。", "稍后。", 503, ""};
    return std::unique_ptr<Scan>(std::make_unique<One>());
  }
  bool away = false;
};

class Files : public testing::Test {
 protected:
  FileStore& open() {
    store_ = FileStore::open(dir.path(), options).value();
    return *store_;
  }
  Result<Stored> put(std::string_view bytes, Claim claim = {"", "文件", SubjectId{7}}, std::size_t cut = 100'000) {
    YI_TRY(auto in, store_->begin(claim));
    while (!bytes.empty()) {
      YI_CHECK(in->write(bytes.substr(0, cut)));
      bytes.remove_prefix(std::min(cut, bytes.size()));
    }
    return in->finish();
  }
  Result<std::string> get(const FileId& id) {
    YI_TRY(auto out, store_->read(id));
    std::string all;
    for (bool more = true; more;) {
      YI_TRY(more, out->read(all));
    }
    return all;
  }
  std::size_t on_disk() const {
    std::size_t n = 0;
    for (const auto& e : fs::recursive_directory_iterator(dir.path())) n += e.is_regular_file();
    return n;
  }
  test::Directory dir;
  StoreOptions options;
  std::unique_ptr<FileStore> store_;
};

TEST_F(Files, ComeBackAsTheyWere) {
  std::string pdf = "%PDF-1.7\n";
  for (int i = 0; i < 300'000; ++i) pdf += static_cast<char>('a' + i % 19);
  for (const bool sealed : {false, true}) {
    options.cipher = sealed ? std::make_shared<TestCipher>() : nullptr;
    open();
    for (const std::string& bytes : {pdf, pdf.substr(0, 65'536), pdf.substr(0, 65'537), pdf.substr(0, 10), test::png(3, 4), std::string("一")})
      for (const std::size_t cut : {std::size_t{1'000}, std::size_t{65'536}, std::size_t{1'000'000}}) {
        const auto stored = put(bytes, {"", "表", SubjectId{7}}, cut);
        ASSERT_TRUE(stored);
        EXPECT_EQ(stored->about.size, static_cast<std::int64_t>(bytes.size()));
        EXPECT_EQ(stored->about.plain, crypto::sm3(bytes));
        EXPECT_FALSE(stored->about.scanned);
        EXPECT_TRUE(get(stored->id).value() == bytes);
        const auto out = store_->read(stored->id).value();
        EXPECT_EQ(out->stored().about.name, "表" + std::string(extension(stored->about.kind)));
        EXPECT_EQ(out->stored().subject, SubjectId{7});
      }
  }
  const auto check = verify(dir.path());
  EXPECT_EQ(check.files, 6 + 18);  // plain ones are one file each time, sealed ones never
  EXPECT_FALSE(check.broken);
}

TEST_F(Files, SealedOnesShowNothingAndOpenOnlyWhole) {
  auto cipher = std::make_shared<TestCipher>();
  options.cipher = cipher;
  open();
  const std::string secret = "%PDF-1.7 张三的身份证 " + std::string(200'000, 's');
  const auto id = put(secret)->id;
  const auto path = path_of(dir.path(), id);
  std::string stored(fs::file_size(path), '\0');
  std::ifstream(path, std::ios::binary).read(stored.data(), static_cast<std::streamsize>(stored.size()));
  EXPECT_EQ(stored.find("张三"), stored.npos);
  EXPECT_EQ(stored.find("sssss"), stored.npos);
  EXPECT_EQ(stored.find("%PDF"), stored.npos);
  // Two segments of equal length change places: each is whole, the file is not.
  auto swapped = stored;
  const std::size_t segment = 4 + 65'536 + 48;
  std::swap_ranges(swapped.begin() + 32, swapped.begin() + 32 + static_cast<std::ptrdiff_t>(segment),
                   swapped.begin() + 32 + static_cast<std::ptrdiff_t>(segment));
  std::ofstream(path, std::ios::binary) << swapped;
  EXPECT_EQ(get(id).error().code, "test.bad");
  EXPECT_EQ(verify(dir.path()).broken, id.value);
  std::ofstream(path, std::ios::binary) << stored;
  EXPECT_TRUE(get(id).value() == secret);
  cipher->erased = SubjectId{7};
  EXPECT_EQ(get(id).error().code, "test.erased");
  EXPECT_FALSE(verify(dir.path()).broken);  // needs no key
}

TEST_F(Files, AnyChangedByteIsFound) {
  open();
  const auto id = put("%PDF-1.7 " + std::string(300, 'x'))->id;
  const auto path = path_of(dir.path(), id);
  for (std::size_t at = 0; at < fs::file_size(path); at += 7) {
    std::fstream f(path, std::ios::binary | std::ios::in | std::ios::out);
    f.seekg(static_cast<std::streamoff>(at));
    const char was = static_cast<char>(f.get());
    const auto put_byte = [&](char c) {
      f.seekp(static_cast<std::streamoff>(at));
      f.put(c);
      f.flush();
    };
    put_byte(static_cast<char>(was ^ 1));
    EXPECT_EQ(verify(dir.path()).broken, id.value) << at;
    static_cast<void>(get(id));  // whatever it says, it returns
    put_byte(was);
  }
  EXPECT_FALSE(verify(dir.path()).broken);
  fs::resize_file(path, 20);
  EXPECT_EQ(get(id).error().code, "files.damaged");
  EXPECT_EQ(store_->read(FileId{"../../etc/passwd"}).error().code, "files.not_found");
  EXPECT_EQ(store_->read(FileId{std::string(64, 'a')}).error().code, "files.not_found");
}

TEST_F(Files, WhatIsRefusedOrBrokenOffLeavesNothing) {
  auto scanner = std::make_shared<TestScanner>();
  options.scanner = scanner;
  options.file_bytes = 1'000'000;
  open();
  EXPECT_EQ(put("MZ" + std::string(1, '\0')).error().code, "files.unknown_kind");
  EXPECT_EQ(put("%PDF-1.7 EICAR").error().code, "files.virus");
  EXPECT_EQ(put("%PDF-1.7", {"image/png", "", {}}).error().code, "files.type_differs");
  EXPECT_EQ(put("%PDF-" + std::string(999'996, 'x')).error().code, "files.too_large");
  {
    auto in = store_->begin({"", "", {}}).value();
    ASSERT_TRUE(in->write("%PDF-1.7 " + std::string(500'000, 'x')));
    EXPECT_EQ(on_disk(), 1U);
  }
  EXPECT_EQ(on_disk(), 0U);
  EXPECT_TRUE(put("%PDF-" + std::string(999'995, 'x'))->about.scanned);
  scanner->away = true;
  EXPECT_FALSE(put("%PDF-1.7")->about.scanned);
  options.unscanned = Unscanned::refuse;
  open();
  EXPECT_EQ(put("%PDF-1.7").error().code, "files.scanner_unavailable");
  options.scanner = nullptr;
  open();
  EXPECT_EQ(put("%PDF-1.7").error().code, "files.unscanned");
}

TEST_F(Files, AKillLeavesAnOrphanThatTheSweepTakes) {
  const auto child = ::fork();
  if (child == 0) {  // renamed, and gone before any fact; and one that was still coming in
    auto& store = open();
    const auto id = put("%PDF-1.7 orphan")->id;
    auto in = store.begin({"", "", {}}).value();
    static_cast<void>(in->write("%PDF-1.7 " + std::string(500'000, 'x')));
    ::_exit(is_file_id(id.value) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  EXPECT_EQ(on_disk(), 2U);
  open();
  EXPECT_EQ(on_disk(), 1U);  // what was coming in is gone at once
  const auto named = put("%PDF-1.7 named")->id;
  const auto is_named = [&](const FileId& id) { return id == named; };
  struct stat info {};
  ASSERT_EQ(::stat(path_of(dir.path(), named).c_str(), &info), 0);
  const Instant now{static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000};
  EXPECT_EQ(store_->sweep(is_named, now).orphans, 0);  // young: its command may still come
  EXPECT_EQ(store_->sweep(is_named, Instant{now.ms + FileStore::kOrphanMs + 60'000}).orphans, 1);
  EXPECT_EQ(on_disk(), 1U);
  EXPECT_TRUE(get(named));
  EXPECT_TRUE(store_->remove(named));
  EXPECT_FALSE(store_->remove(named));
  EXPECT_EQ(get(named).error().code, "files.not_found");
}

TEST_F(Files, WhatACommandIsAboutToNameIsWholeAndSafeFromASweepThatKnewNothingOfIt) {
  open();
  const auto id = put("%PDF-1.7 old")->id, damaged = put("%PDF-1.7 damaged")->id;
  EXPECT_EQ(store_->subject_of(id).value(), SubjectId{7});
  EXPECT_EQ(store_->subject_of(FileId{std::string(64, 'a')}).error().code, "files.not_found");
  EXPECT_EQ(store_->subject_of(FileId{"../incoming"}).error().code, "files.not_found");
  std::ofstream(path_of(dir.path(), damaged), std::ios::binary | std::ios::app) << "x";
  EXPECT_EQ(store_->renew(damaged).error().code, "files.damaged");
  EXPECT_EQ(store_->renew(FileId{std::string(64, 'a')}).error().code, "files.not_found");
  ASSERT_TRUE(store_->remove(damaged));
  const auto path = path_of(dir.path(), id);
  fs::last_write_time(path, fs::last_write_time(path) - std::chrono::hours(48));
  // The command comes between the sweep's question and its hand.
  const auto named = [&](const FileId& asked) {
    EXPECT_TRUE(store_->renew(asked));
    return false;
  };
  EXPECT_EQ(store_->sweep(named, system_now()).orphans, 0);
  EXPECT_TRUE(get(id));
}

TEST_F(Files, ASweepTakesThoseOfErasedSubjectsAtAnyAgeAndKeepsTheRest) {
  options.cipher = std::make_shared<TestCipher>();
  open();
  const auto mine = put("%PDF-1.7 mine")->id, theirs = put("%PDF-1.7 theirs", {"", "", SubjectId{8}})->id;
  const auto always = [](const FileId&) { return true; };
  const auto swept = store_->sweep(always, system_now(), FileStore::kOrphanMs, [](SubjectId s) { return s == SubjectId{7}; });
  EXPECT_EQ(swept.erased, 1);
  EXPECT_EQ(swept.orphans, 0);
  EXPECT_EQ(get(mine).error().code, "files.not_found");
  EXPECT_TRUE(get(theirs));
}

TEST_F(Files, AKeeperSweepsAtTheStartAndWhenItIsRungAndTakesNothingThatCannotBeSaid) {
  open();
  const auto orphan = put("%PDF-1.7 orphan")->id, named = put("%PDF-1.7 named")->id, mine = put("%PDF-1.7 mine", {"", "", SubjectId{9}})->id;
  for (const auto& id : {orphan, named, mine}) {
    const auto path = path_of(dir.path(), id);
    fs::last_write_time(path, fs::last_write_time(path) - std::chrono::hours(48));
  }
  std::atomic<bool> behind{true}, erased{false};
  std::atomic<int> failures{0};
  KeeperAsks asks;
  asks.named = [&]() -> std::function<bool(const FileId&)> {
    if (behind) throw std::runtime_error("behind");
    return [&](const FileId& id) { return id == named || id == mine; };
  };
  asks.erased = [&]() -> std::function<bool(SubjectId)> {
    if (!erased) return {};
    return [](SubjectId s) { return s == SubjectId{9}; };
  };
  asks.swept = [](const Swept&) {};
  asks.failed = [&](const std::string&) { ++failures; };
  std::atomic<std::int64_t> draft_days{3};  // older than the files
  asks.orphan_ms = [&] { return draft_days * 24LL * 3600 * 1000; };
  Keeper keeper(*store_, asks);
  keeper.wait();
  EXPECT_EQ(failures, 1);
  EXPECT_EQ(on_disk(), 3U);
  erased = true;
  keeper.ring();
  keeper.wait();
  EXPECT_EQ(get(mine).error().code, "files.not_found") << "an erasure does not wait for the views";
  EXPECT_EQ(on_disk(), 2U);
  behind = false;
  keeper.ring();
  keeper.wait();
  EXPECT_TRUE(get(orphan)) << "a draft may still show it";
  draft_days = 1;
  keeper.ring();
  keeper.wait();
  EXPECT_EQ(failures, 2);
  EXPECT_EQ(get(orphan).error().code, "files.not_found");
  EXPECT_TRUE(get(named));
}

TEST_F(Files, TwoNodesOnOneFolderReadAndSweepWithoutHarm) {
  options.cipher = std::make_shared<TestCipher>();
  options.shared = true;
  const Folder folder("", dir.path() + "/shared", CentreCode{510000});
  auto a = FileStore::open(folder, options).value();
  auto in = a->begin({"", "a.pdf", SubjectId{7}}).value();
  ASSERT_TRUE(in->write("%PDF-1.7 half").ok());
  auto b = FileStore::open(folder, options).value();  // starts while the other's upload is under way
  b->sweep([](const FileId&) { return false; }, system_now());
  ASSERT_TRUE(in->write(" and whole").ok());
  const auto stored = in->finish();
  ASSERT_TRUE(stored.ok()) << stored.error().code;
  std::string bytes;
  auto out = b->read(stored->id).value();
  while (out->read(bytes).value()) continue;
  EXPECT_EQ(bytes, "%PDF-1.7 half and whole");

  // One node looks at a file's age, the other renews it before the hand comes.
  const auto path = path_of(folder, stored->id);
  fs::last_write_time(path, fs::last_write_time(path) - std::chrono::hours(48));
  const auto named = [&](const FileId& asked) {
    EXPECT_TRUE(a->renew(asked));
    return false;
  };
  EXPECT_EQ(b->sweep(named, system_now()).orphans, 0);
  EXPECT_TRUE(a->read(stored->id));

  // What broke off goes when it is a day old.
  const auto half = folder.path + "/incoming/00112233";
  std::ofstream(half) << "x";
  b->sweep([](const FileId&) { return true; }, system_now());
  EXPECT_TRUE(fs::exists(half));
  fs::last_write_time(half, fs::last_write_time(half) - std::chrono::hours(48));
  b->sweep([](const FileId&) { return true; }, system_now());
  EXPECT_FALSE(fs::exists(half));

  // Who does not lead takes nothing away.
  fs::last_write_time(path, fs::last_write_time(path) - std::chrono::hours(96));
  KeeperAsks asks;
  asks.mine = [] { return false; };
  asks.named = []() -> std::function<bool(const FileId&)> { return [](const FileId&) { return false; }; };
  asks.erased = []() -> std::function<bool(SubjectId)> { return {}; };
  asks.swept = [](const Swept&) { ADD_FAILURE() << "not its turn"; };
  asks.failed = [](const std::string&) {};
  Keeper keeper(*b, asks);
  keeper.wait();
  EXPECT_TRUE(b->read(stored->id));
}

}  // namespace
}  // namespace yi::files
