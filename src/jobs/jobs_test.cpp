#include <gtest/gtest.h>

#include <future>
#include <istream>

#include "crypto/random.h"
#include "jobs/desk.h"
#include "jobs/limits.h"
#include "jobs/refusals.h"
#include "store/temporary_directory.h"

namespace yi::jobs {
namespace {

TEST(Spool, GivesBackWhatWasWrittenAndLeavesNothingBehind) {
  const store::TemporaryDirectory dir;
  auto made = Spool::make(dir.path());
  ASSERT_TRUE(made.ok());
  auto& spool = **made;
  // Over segments' borders, in pieces of any size.
  const auto text = crypto::random_bytes(200'000) + std::string(5, '\n') + crypto::random_bytes(65'536 * 2);
  for (std::size_t at = 0, n = 1; at < text.size(); at += n, n = n * 3 % 70'001 + 1) ASSERT_TRUE(spool.write(std::string_view(text).substr(at, n)).ok());
  ASSERT_TRUE(spool.finish().ok());
  EXPECT_EQ(spool.size(), static_cast<std::int64_t>(text.size()));
  std::string back;
  for (std::int64_t i = 0; spool.read(i, back);) ++i;
  EXPECT_EQ(back, text);
  SpoolBuffer buffer(spool);
  std::istream in(&buffer);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text);
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));  // it has no name
}

TEST(Spool, IsEmptyWhereNothingWasWritten) {
  const store::TemporaryDirectory dir;
  auto spool = std::move(Spool::make(dir.path())).value();
  ASSERT_TRUE(spool->finish().ok());
  std::string piece;
  EXPECT_FALSE(spool->read(0, piece));
  EXPECT_EQ(Spool::make(dir.path() + "/none").error().code, "jobs.storage_unavailable");
}

// Work that waits at a gate, so that a test can look at a job in between.
struct Gate {
  std::promise<void> reached, go;
  std::shared_future<void> open = go.get_future().share();
  Work work(std::string summary = "") {
    return [this, summary](Progress& p) -> Result<Ended> {
      p.at(1, 2);
      reached.set_value();
      open.wait();
      p.at(2, 2);
      return Ended{summary};
    };
  }
};

class DeskTest : public ::testing::Test {
 protected:
  JobView wait_over(const std::string& account, const std::string& id) {
    for (;;) {  // bounded by the test's own limit
      const auto j = desk->find(account, id);
      if (!j || (j->state != JobState::waiting && j->state != JobState::running)) return j ? *j : JobView{};
      std::this_thread::yield();
    }
  }
  Work quick(std::string summary) {
    return [summary](Progress&) -> Result<Ended> { return Ended{summary}; };
  }
  Work writes(const std::string& text) {
    return [this, text](Progress&) -> Result<Ended> {
      YI_TRY(std::shared_ptr<Spool> file, Spool::make(dir.path()));
      YI_CHECK(file->write(text));
      YI_CHECK(file->finish());
      return Ended{"", true, "a.csv", "text/csv", file};
    };
  }
  store::TemporaryDirectory dir;
  std::atomic<std::int64_t> now{1'000'000};
  std::unique_ptr<Desk> desk = std::make_unique<Desk>([this] { return Instant{now.load()}; });
};

TEST_F(DeskTest, OneAtATimeInTheOrderOfAsking) {
  Gate gate;
  const auto a = desk->begin({"wang", "test.slow", "甲", JobUnit::facts, gate.work("甲做完")}).value();
  const auto b = desk->begin({"liu", "test.quick", "乙", JobUnit::facts, quick("乙做完")}).value();
  gate.reached.get_future().wait();
  EXPECT_EQ(desk->find("wang", a.job_id)->state, JobState::running);
  EXPECT_EQ(desk->find("wang", a.job_id)->done, 1);
  EXPECT_EQ(desk->find("liu", b.job_id)->state, JobState::waiting);
  EXPECT_EQ(desk->remove("wang", a.job_id).error().code, "jobs.still_running");
  gate.go.set_value();
  EXPECT_EQ(wait_over("wang", a.job_id).summary, "甲做完");
  EXPECT_EQ(wait_over("liu", b.job_id).summary, "乙做完");
}

TEST_F(DeskTest, AnothersJobIsNotThere) {
  const auto a = desk->begin({"wang", "test.file", "", JobUnit::bytes, writes("x")}).value();
  wait_over("wang", a.job_id);
  for (const auto& code : {desk->find("liu", a.job_id).error().code, desk->stop("liu", a.job_id).error().code, desk->remove("liu", a.job_id).error().code, desk->file("liu", a.job_id).error().code})
    EXPECT_EQ(code, "jobs.unknown_job");
  EXPECT_TRUE(desk->list("liu").empty());
  EXPECT_EQ(desk->list("wang").size(), 1u);
}

TEST_F(DeskTest, IsStoppedBetweenTwoStepsAndBeforeItsTurn) {
  Gate gate;
  const auto a = desk->begin({"wang", "test.slow", "", JobUnit::facts, gate.work()}).value();
  const auto b = desk->begin({"wang", "test.quick", "", JobUnit::facts, quick("")}).value();
  gate.reached.get_future().wait();
  EXPECT_EQ(desk->stop("wang", b.job_id)->state, JobState::stopped);
  ASSERT_TRUE(desk->stop("wang", a.job_id).ok());
  gate.go.set_value();
  EXPECT_EQ(wait_over("wang", a.job_id).state, JobState::stopped);
  EXPECT_EQ(desk->find("wang", b.job_id)->state, JobState::stopped);
}

TEST_F(DeskTest, TooManyAreRefusedAndOldOnesGo) {
  Gate gate;
  const auto first = desk->begin({"wang", "test.slow", "", JobUnit::facts, gate.work()}).value();
  for (int i = 1; i < limits::kJobsOfAccount.value; ++i) ASSERT_TRUE(desk->begin({"wang", "test.quick", "", JobUnit::facts, quick("")}).ok());
  EXPECT_EQ(desk->begin({"wang", "test.quick", "", JobUnit::facts, quick("")}).error().code, "jobs.too_many");
  gate.go.set_value();
  wait_over("wang", first.job_id);
  for (int i = 0; i < limits::kJobsKept.value; ++i) wait_over("wang", desk->begin({"wang", "test.quick", "", JobUnit::facts, quick("")}).value().job_id);
  EXPECT_EQ(static_cast<std::int64_t>(desk->list("wang").size()), limits::kJobsKept.value);
  EXPECT_FALSE(desk->find("wang", first.job_id).ok());
  now += limits::kJobHours.value * 3'600'000 + 1;
  EXPECT_TRUE(desk->list("wang").empty());
}

TEST_F(DeskTest, TellsWhyItFailedAndThatItBrokeOff) {
  const auto a = desk->begin({"wang", "test.fails", "", JobUnit::facts, [](Progress& p) -> Result<Ended> {
                                for (int i = 0; i < limits::kJobLines.value + 3; ++i) p.line("一行");
                                return Refusal{"test.no", "不行。", "请改。", 422, ""};
                              }}).value();
  const auto failed = wait_over("wang", a.job_id);
  EXPECT_EQ(failed.state, JobState::failed);
  EXPECT_EQ(failed.code + failed.summary + failed.next_step, "test.no不行。请改。");
  EXPECT_EQ(static_cast<std::int64_t>(failed.lines.size()), limits::kJobLines.value);
  EXPECT_EQ(failed.lines_left_out, 3);
  const auto b = desk->begin({"wang", "test.throws", "", JobUnit::facts, [](Progress&) -> Result<Ended> { throw std::runtime_error("disk"); }}).value();
  EXPECT_EQ(wait_over("wang", b.job_id).code, "jobs.broken_off");
}

TEST_F(DeskTest, FilesOfErasedPeopleGo) {
  const auto a = desk->begin({"wang", "test.file", "", JobUnit::bytes, writes("姓名")}).value();
  EXPECT_EQ(wait_over("wang", a.job_id).file_bytes, 6);
  ASSERT_TRUE(desk->file("wang", a.job_id).ok());
  desk->forget_files();
  EXPECT_EQ(desk->file("wang", a.job_id).error().code, "jobs.no_file");
  // Of one that was at it: what it had read may name them.
  Gate gate;
  const auto b = desk->begin({"wang", "test.file", "", JobUnit::bytes, [&](Progress& p) -> Result<Ended> {
                                YI_TRY(auto ended, writes("姓名")(p));
                                gate.reached.set_value();
                                gate.open.wait();
                                return ended;
                              }}).value();
  gate.reached.get_future().wait();
  desk->forget_files();
  gate.go.set_value();
  EXPECT_EQ(wait_over("wang", b.job_id).code, "jobs.no_file");
}

TEST_F(DeskTest, TellsItsOwnerAloneAndEndsWhereTheyAreNotAdmittedAnyMore) {
  auto mine = std::make_shared<http::EventStream>(), others = std::make_shared<http::EventStream>();
  std::atomic<bool> admitted = true;
  desk->listen("wang", mine, [&] { return admitted.load(); });
  desk->listen("liu", others, [] { return true; });
  const auto a = desk->begin({"wang", "test.quick", "", JobUnit::facts, quick("做完")}).value();
  wait_over("wang", a.job_id);
  std::string told, nothing;
  mine->take(told);
  others->take(nothing);
  EXPECT_NE(told.find("event: ready"), told.npos);
  EXPECT_NE(told.find("做完"), told.npos) << told;
  EXPECT_EQ(nothing.find("event: job"), nothing.npos) << nothing;
  admitted = false;
  wait_over("wang", desk->begin({"wang", "test.quick", "", JobUnit::facts, quick("再做完")}).value().job_id);
  EXPECT_TRUE(mine->over());
}

TEST_F(DeskTest, EndsWithTheProgram) {
  std::promise<void> reached;
  ASSERT_TRUE(desk->begin({"wang", "test.slow", "", JobUnit::facts, [&](Progress& p) -> Result<Ended> {
                             reached.set_value();
                             for (;; std::this_thread::yield()) p.at(1, 2);  // until it is stopped
                           }}).ok());
  bool begun = false;
  ASSERT_TRUE(desk->begin({"wang", "test.next", "", JobUnit::facts, [&](Progress&) -> Result<Ended> {
                             begun = true;
                             return Ended{};
                           }}).ok());
  reached.get_future().wait();
  desk.reset();
  EXPECT_FALSE(begun);
}

TEST(JobRefusals, HaveTheirTexts) {
  for (const auto& code : refusal_codes()) EXPECT_TRUE(code.starts_with("jobs.")) << code;
  EXPECT_EQ(refuse(Reason::unknown_job).status, 404);
}

}  // namespace
}  // namespace yi::jobs
