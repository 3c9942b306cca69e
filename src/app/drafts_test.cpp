// 网上暂存, over HTTP: each account its own, sealed on the disk, saved twice is one, never overwritten by an older one, gone with the
// person and after its days.
#include <atomic>
#include <fstream>
#include <thread>

#include "app/test_house.h"
#include "base/clock.h"
#include "casework/drafts.h"

namespace yi::app::test {
namespace {

constexpr const char* kDraft = "0190f5fe-7c00-7a1b-8c2d-0123456789ab";
constexpr const char* kNumber = "11010519491231002X";

class DraftsTest : public House {
 protected:
  http::test::Reply save(const std::string& account, const std::string& content, int version = 0, const std::string& id = kDraft) {
    return ask(account, "POST", "/api/casework/drafts",
               R"({"draft_id":")" + id + "\"" + (version ? R"(,"version":)" + std::to_string(version) : "") + R"(,"matter":"SC-SCJGJ-0001","title":"欧阳某某的申请","content":")" + content + "\"}");
  }
  std::string bytes_of(const std::string& file) {
    std::string all;
    for (const char* end : {"", "-wal"}) {
      std::ifstream in(directory_.path() + "/" + file + end, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
};

TEST_F(DraftsTest, AreOnesOwnSealedAndKeptFromOlderSaves) {
  open_account("citizen.a", Role::applicant);
  open_account("citizen.b", Role::applicant);
  const auto path = std::string("/api/casework/drafts/") + kDraft;
  EXPECT_EQ(ask("citizen.a", "GET", path).status, 404);
  const auto first = save("citizen.a", "名称：某某有限公司");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(save("citizen.a", "名称：某某有限公司").status, 200) << "the same once more: its answer was lost";
  EXPECT_EQ(save("citizen.a", "名称：另一个").status, 409) << "a page that does not know of the first";
  EXPECT_EQ(save("citizen.a", "名称：另一个", 1).status, 200);
  const auto stale = save("citizen.a", "名称：旧的", 1);
  EXPECT_EQ(stale.status, 409);
  EXPECT_EQ(member(stale.body, {"code"}), "casework.draft_changed");
  const auto one = ask("citizen.a", "GET", path);
  EXPECT_EQ(member(one.body, {"content"}), "名称：另一个");
  EXPECT_EQ(one.header("cache-control"), "no-store");
  EXPECT_NE(ask("citizen.a", "GET", "/api/casework/drafts").body.find("欧阳某某的申请"), std::string::npos);
  // Somebody else's are none, also under the same id.
  EXPECT_EQ(ask("citizen.b", "GET", path).status, 404);
  EXPECT_EQ(save("citizen.b", "x", 2).status, 404);
  EXPECT_EQ(save("citizen.b", "自己的").status, 200);
  EXPECT_EQ(member(ask("citizen.a", "GET", path).body, {"content"}), "名称：另一个");
  for (const char* word : {"名称", "欧阳某某", "自己的"}) EXPECT_EQ(bytes_of("drafts.db").find(word), std::string::npos) << word;
  EXPECT_EQ(ask("citizen.a", "POST", path + "/discard", "{}").status, 200);
  EXPECT_EQ(ask("citizen.a", "POST", path + "/discard", "{}").status, 200) << "again";
  EXPECT_EQ(ask("citizen.a", "GET", path).status, 404);
  EXPECT_EQ(member(ask("citizen.b", "GET", path).body, {"content"}), "自己的");
}

TEST_F(DraftsTest, AreRefusedWithWordsWhereTheyDoNotFit) {
  open_account("citizen.a", Role::applicant);
  EXPECT_EQ(member(save("citizen.a", "x", 0, "0190F5FE-7C00-7A1B-8C2D-0123456789AB").body, {"code"}), "casework.bad_draft_id");
  EXPECT_EQ(save("citizen.a", std::string(60'001, 'x')).status, 400);
  std::string wide;  // 60,000 characters of three bytes each
  for (int i = 0; i < 60'000; ++i) wide += "长";
  EXPECT_EQ(member(save("citizen.a", wide).body, {"code"}), "casework.draft_too_long");
  char id[40];
  for (int i = 0; i < 50; ++i) {
    std::snprintf(id, sizeof id, "01900000-0000-7000-8000-%012d", i);
    ASSERT_EQ(save("citizen.a", "x", 0, id).status, 200);
  }
  EXPECT_EQ(member(save("citizen.a", "x").body, {"code"}), "casework.too_many_drafts");
}

TEST_F(DraftsTest, GoWithThePersonAlsoThoseFromBeforeTheyWereBound) {
  open_account("citizen.a", Role::applicant);
  open_account("citizen.b", Role::applicant);
  ASSERT_EQ(save("citizen.a", "还没有实名").status, 200);
  ASSERT_EQ(save("citizen.b", "别人的").status, 200);
  give("identity.bind_applicant", R"({"account":"citizen.a","kind":"citizen","number":")" + std::string(kNumber) + "\"}");
  sessions_.clear();  // another person than before: the session began anew
  ASSERT_EQ(save("citizen.a", "已经实名", 0, "01900000-0000-7000-8000-000000000001").status, 200);
  give("identity.erase_subject", R"({"kind":"citizen","number":")" + std::string(kNumber) + R"(","basis":"consent_withdrawn","reason":"本人要求"})");
  EXPECT_EQ(ask("citizen.a", "GET", "/api/casework/drafts").body, R"({"drafts":[]})");
  EXPECT_EQ(ask("citizen.b", "GET", std::string("/api/casework/drafts/") + kDraft).status, 200);
  EXPECT_EQ(save("citizen.a", "x").status, 410);
}

TEST(DraftsFile, GoAfterTheirDays) {
  store::TemporaryDirectory dir;
  const CentreCode centre{510000};
  auto lock = store::lock_directory(dir.path()).value();
  auto keys = store::KeyVault::open(dir.path(), centre, {}, store::KeyAccess::make).value();
  Instant now = at(CivilDay::of(2024, 6, 24), 9, 0);
  auto drafts = casework::Drafts::open(dir.path(), centre, *keys, [] { return 30; }, [](const std::string&) { return SubjectId{}; }, [&now] { return now; }).value();
  casework::SaveDraft wish;
  wish.draft_id = Text<36>(std::string(kDraft));
  wish.content = Text<casework::kDraftChars>(std::string("x"));
  const auto e = drafts->save("a", {}, wish);
  ASSERT_TRUE(e.ok());
  EXPECT_EQ(e->kept_until.ms - e->saved_at.ms, 30LL * 24 * 3'600'000);
  now = e->kept_until;
  EXPECT_TRUE(drafts->get("a", kDraft).ok());
  now = now + 1;
  EXPECT_FALSE(drafts->get("a", kDraft).ok());
  EXPECT_TRUE(drafts->list("a").empty());
}

// Saving and forgetting at once: whichever comes last, no row of an erased person stays.
TEST(DraftsFile, AreNotLeftBehindByASaveThatMeetsAnErasure) {
  store::TemporaryDirectory dir;
  const CentreCode centre{510000};
  auto lock = store::lock_directory(dir.path()).value();
  auto keys = store::KeyVault::open(dir.path(), centre, {}, store::KeyAccess::make).value();
  const Instant now = at(CivilDay::of(2024, 6, 24), 9, 0);
  std::atomic<std::int64_t> bound{0};  // whom the account "b" belongs to
  auto drafts = casework::Drafts::open(dir.path(), centre, *keys, [] { return 30; }, [&](const std::string& account) { return account == "b" ? SubjectId{bound} : SubjectId{}; }, [now] { return now; }).value();
  const auto erase = [&](SubjectId who) {  // as the lane does it: the key, then whoever listens
    keys->close(who);
    ASSERT_TRUE(keys->destroy({who}));
    drafts->forget(who);
  };
  const auto save = [&](const std::string& account, SubjectId who) {
    casework::SaveDraft wish;
    wish.draft_id = Text<36>(std::string(kDraft));
    wish.content = Text<casework::kDraftChars>(std::string("x"));
    return drafts->save(account, who, wish);
  };
  // The meeting itself, made certain: the erasure falls between the sealing and the look at it. The account was bound meanwhile.
  bound = 1;
  ASSERT_TRUE(keys->destroy({SubjectId{1}}));
  const auto late = save("b", {});
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().status, 410);
  EXPECT_TRUE(drafts->list("b").empty()) << "sealed under the installation's own key, it would have stayed readable";
  auto tables = store::SideTables::open({dir.path()}, casework::kDraftsFile, centre, {&casework::draft_view()}).value();
  const auto rows = [&] { return tables->select(casework::draft_view(), "SELECT centre, account, draft_id, subject, matter, version, saved_at, kept_until, sealed FROM casework_draft WHERE centre=$1", {centre.value}).size(); };
  for (int round = 2; round < 42; ++round) {
    const SubjectId who{round};
    std::thread saver([&] {
      while (save("a" + std::to_string(round), who).ok()) {}
    });
    erase(who);
    saver.join();
    ASSERT_EQ(rows(), 0U) << round;
  }
}

}  // namespace
}  // namespace yi::app::test
