// A holiday notice comes out in the middle: provisional dates are counted anew, and what moved is listed.
#include "casework/recount.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "casework/case_list.h"
#include "casework/queue.h"
#include "casework/recount_view.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "store/temporary_directory.h"

namespace yi::casework {
namespace {
using identity::Viewer;

constexpr CentreCode kCentre{510000};
const CivilDay kMonday = CivilDay::of(2025, 1, 6);
const engine::Actor kActor{"w01", "operator"};
const Viewer kOperator = Viewer::operator_named("t");
constexpr const char* kMatter = "特种设备使用登记";

std::shared_ptr<const calendar::Calendar> calendar_without(const std::vector<int>& years, bool lunar = true) {
  const store::TemporaryDirectory d;
  const std::filesystem::path from(YI_SOURCE_DIR "/data/calendar");
  for (const auto& entry : std::filesystem::directory_iterator(from))
    if (entry.is_regular_file()) std::filesystem::copy(entry.path(), d.path() / entry.path().filename());
  for (const int y : years) std::filesystem::remove(d.path() + "/cn-" + std::to_string(y) + ".yaml");
  if (!lunar) std::filesystem::remove(d.path() + "/lunar.yaml");
  return std::make_shared<const calendar::Calendar>(calendar::Calendar::load(d.path()).value());
}
const auto& published() {
  static const auto c = calendar_without({});
  return c;
}
const auto& before_notice() {
  static const auto c = calendar_without({2025});
  return c;
}

Ground ground_with(std::shared_ptr<const calendar::Calendar> calendar) {
  static const auto catalog = std::make_shared<const catalog::Catalog>(catalog::Catalog::load(YI_SOURCE_DIR "/data/sichuan").value());
  static const auto warnings = std::make_shared<const WarningRules>(WarningRules::load(YI_SOURCE_DIR "/data/sichuan/warnings.yaml").value());
  return {catalog, std::move(calendar), warnings, {}};
}

class Recount : public testing::Test {
 protected:
  engine::RegistryFactory rooms(const std::shared_ptr<const calendar::Calendar>& calendar, RecountBounds bounds = {}, int groups_until_it_breaks = -1) {
    return [calendar, bounds, groups_until_it_breaks] {
      engine::Registry r;
      auto ground = ground_with(calendar);
      ground.recount = bounds;
      declare(r, ground, identity::declare_subjects(r));
      if (groups_until_it_breaks >= 0) {
        // What the power does to a program between two groups; the first of the room's timers is the recount.
        r.timers.front() = [timer = r.timers.front(), left = groups_until_it_breaks](engine::Turn& turn) mutable {
          if (left == 0) throw store::Failure(store::FailureKind::full, "the disk went away");
          --left;
          return timer(turn);
        };
      }
      return r;
    };
  }
  void open(const std::shared_ptr<const calendar::Calendar>& calendar, RecountBounds bounds = {}, int groups_until_it_breaks = -1) {
    engine_.reset();
    engine::EngineOptions o;
    o.centre = kCentre;
    o.clock_if_new = {true, at(kMonday, 9, 0)};
    engine_ = engine::Engine::open(dir_.path(), rooms(calendar, bounds, groups_until_it_breaks), o).value();
  }
  std::string run(const char* command, const std::string& body, CivilDay day = kMonday, int hour = 10) {
    const auto a = engine_->run(command, body, kActor, at(day, hour, 0));
    return a ? "" : a.error().code;
  }
  static const catalog::Matter& matter() {
    for (const auto& m : ground_with(published()).catalog->matters())
      if (m.name == kMatter) return m;
    throw std::logic_error("the catalogue has lost it");
  }
  // Received and accepted at once, with all papers: 20 working days by law.
  CaseId accepted(int hour = 9) {
    std::string papers;
    for (const auto& p : matter().materials)
      if (p.required && p.provider != catalog::Provider::government) {
        papers += papers.empty() ? "" : ",";
        json::append_string(papers, p.name);
      }
    const auto a = engine_->run("casework.receive", R"({"matter":")" + matter().code.value + R"(","window":"W01","applicant_kind":"legal","applicant":"示例企业","materials":[)" + papers + "]}",
                                kActor, at(kMonday, hour, 0));
    if (!a) throw std::runtime_error(a.error().sentence);
    const auto id = case_of_stream(a->stream).value();
    if (const auto refused = run("casework.accept", about(id) + R"("window":"W01"})", kMonday, hour); !refused.empty()) throw std::runtime_error(refused);
    return id;
  }
  static std::string about(CaseId id) { return R"({"case_id":")" + std::to_string(id.value) + R"(",)"; }
  CaseState state(CaseId id) { return read_case(*engine_->reader(), kOperator, kCentre, id).value(); }
  // The day's timers run before the first command; a consultation is one.
  void first_command(CivilDay day = kMonday, int hour = 11) {
    ASSERT_EQ(run("casework.consult", R"({"department":")" + matter().department.value + R"(","window":"W01","channel":"window"})", day, hour), "");
    ASSERT_TRUE(engine_->wait_followed(engine_->position(), std::chrono::seconds(20)));
  }
  std::map<std::string, int> facts() {
    std::map<std::string, int> out;
    auto reader = engine_->reader();
    reader->events(kCentre, 1, reader->head(kCentre).seq, [&](const store::LedgerRow& row) {
      store::Record r;
      EXPECT_TRUE(store::decode(row.record, r));
      ++out[std::string(r.name)];
      if (r.name == DuesRecounted::kName) ++out[std::string(r.stream)];
      return true;
    });
    return out;
  }
  RecountPage page(const Viewer& viewer = kOperator, const std::optional<std::string>& after = {}, int limit = 50) {
    return list_recounts(*engine_->reader(), viewer, kCentre, after, limit).value();
  }
  void expect_rebuilt_equal() {
    engine_.reset();
    auto s = store::open_sqlite(dir_.path(), store::Mode::write).value();
    const auto keys = store::KeyVault::open(dir_.path(), kCentre, {}, store::KeyAccess::read).value();
    engine::RebuildOptions with_keys;
    with_keys.keys = keys.get();
    for (const auto& v : engine::rebuild(s->writer(), rooms(published()), kCentre, with_keys).views) EXPECT_FALSE(v.difference) << *v.difference;
  }
  static Viewer of_department(const DepartmentCode& department) {
    Viewer v;
    v.kind = Viewer::Kind::staff;
    v.account = "h";
    v.roles = RoleSet{Role::handler};
    v.department = department;
    v.grants = identity::grant(identity::Question::read_cases, identity::Reach::department);
    return v;
  }
  store::TemporaryDirectory dir_;
  std::unique_ptr<engine::Engine> engine_;
};

TEST_F(Recount, TheNoticeMovesProvisionalDatesAndListsThem) {
  open(before_notice());
  const auto id = accepted();
  EXPECT_EQ(state(id).at.statutory_due, CivilDay::of(2025, 2, 7));
  EXPECT_EQ(state(id).at.provisional, true);
  open(published());
  first_command();
  // 国办发明电〔2024〕12号: 3 and 4 February off, 26 January and 8 February worked.
  EXPECT_EQ(state(id).at.statutory_due, CivilDay::of(2025, 2, 8));
  EXPECT_FALSE(state(id).at.provisional);
  const auto p = page();
  EXPECT_EQ(p.counted_on, kMonday);
  EXPECT_FALSE(p.under_way);
  EXPECT_EQ(p.looked_at, 1);
  EXPECT_EQ(p.moved, 1);
  EXPECT_EQ(p.refused, 0);
  bool statutory = false;
  for (const auto& e : p.entries) {
    EXPECT_EQ(e.number, std::string(std::string_view(state(id).number)));
    EXPECT_NE(e.from, e.to);
    EXPECT_FALSE(e.provisional);
    if (e.limit == ClockKind::statutory) {
      statutory = true;
      EXPECT_EQ(e.from, CivilDay::of(2025, 2, 7));
      EXPECT_EQ(e.to, CivilDay::of(2025, 2, 8));
    }
  }
  EXPECT_TRUE(statutory);
  expect_rebuilt_equal();
}

TEST_F(Recount, TheSameCalendarIsTakenOverOnceAndMovesNothing) {
  open(published());
  accepted();
  for (int i = 0; i < 3; ++i) {
    open(published());
    first_command(kMonday, 12 + i);
  }
  const auto f = facts();
  EXPECT_EQ(f.at(std::string(CalendarTakenOver::kName)), 1);
  EXPECT_FALSE(f.contains(std::string(DuesRecounted::kName)));
  EXPECT_TRUE(page().entries.empty());
}

TEST_F(Recount, AnEmptyCentreWritesNothing) {
  open(before_notice());
  first_command();
  open(published());
  first_command(kMonday + 1);
  EXPECT_FALSE(facts().contains(std::string(CalendarTakenOver::kName)));
  EXPECT_FALSE(page().counted_on);
}

TEST_F(Recount, GoesOnBehindTheLastGroupAfterABreak) {
  open(before_notice());
  std::vector<CaseId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(accepted());
  const RecountBounds two{2, 100};
  open(published(), two, 1);
  // The storage is gone after the first group: no command of the day goes before its dates.
  EXPECT_EQ(run("casework.consult", R"({"department":")" + matter().department.value + R"(","window":"W01","channel":"window"})", kMonday, 11), "engine.storage_unavailable");
  EXPECT_EQ(facts().at(std::string(DuesRecounted::kName)), 2);
  EXPECT_FALSE(facts().contains(std::string(CalendarTakenOver::kName)));
  EXPECT_TRUE(page().under_way);
  open(published(), two);
  first_command();
  const auto f = facts();
  for (const auto id : ids) {
    EXPECT_EQ(f.at(stream_of(id)), 1) << id.value;
    EXPECT_EQ(state(id).at.statutory_due, CivilDay::of(2025, 2, 8));
  }
  EXPECT_EQ(f.at(std::string(CalendarTakenOver::kName)), 1);
  EXPECT_EQ(page().looked_at, 5);
  EXPECT_EQ(page().moved, 5);
  EXPECT_FALSE(page().under_way);
  expect_rebuilt_equal();
}

TEST_F(Recount, ACaseWithoutACalendarYearIsListedAndKeepsItsDates) {
  open(before_notice());
  const auto id = accepted();
  open(calendar_without({2025}, false));
  first_command();
  EXPECT_EQ(state(id).at.statutory_due, CivilDay::of(2025, 2, 7));
  const auto p = page();
  EXPECT_EQ(p.refused, 1);
  ASSERT_EQ(p.entries.size(), 1u);
  EXPECT_EQ(p.entries[0].code, "calendar.year_missing");
  EXPECT_EQ(p.entries[0].case_id, id);
  EXPECT_FALSE(p.entries[0].limit);
}

TEST_F(Recount, PagesEndAndADepartmentSeesItsOwn) {
  open(before_notice());
  for (int i = 0; i < 4; ++i) accepted();
  open(published());
  first_command();
  const auto all = page().entries.size();
  ASSERT_GE(all, 4u);
  std::size_t seen = 0;
  std::optional<std::string> after;
  do {
    const auto p = page(kOperator, after, 3);
    seen += p.entries.size();
    after = p.next;
  } while (after);
  EXPECT_EQ(seen, all);
  EXPECT_EQ(page(of_department(matter().department)).entries.size(), all);
  EXPECT_TRUE(page(of_department({"gaj"})).entries.empty());
  Viewer applicant;
  applicant.kind = Viewer::Kind::applicant;
  applicant.grants = identity::grant(identity::Question::read_cases, identity::Reach::own);
  EXPECT_EQ(list_recounts(*engine_->reader(), applicant, kCentre, {}, 50).error().code, "identity.not_allowed");
  EXPECT_EQ(list_recounts(*engine_->reader(), kOperator, kCentre, "x", 50).error().code, "casework.bad_page");
}

// The other way round the limit moves back, to a day that is over: the card comes all the same.
TEST_F(Recount, ALimitThatMovedIntoThePastIsLookedAt) {
  open(published());
  const auto id = accepted();
  const auto sunday = CivilDay::of(2025, 2, 9);  // its limit by law was the 8th, and is the 7th now
  ASSERT_EQ(state(id).at.statutory_due, CivilDay::of(2025, 2, 8));
  first_command(CivilDay::of(2025, 2, 8), 9);
  open(before_notice());
  first_command(CivilDay::of(2025, 2, 8), 10);
  EXPECT_EQ(state(id).at.statutory_due, CivilDay::of(2025, 2, 7));
  EXPECT_EQ(state(id).at.provisional, true);
  first_command(sunday, 9);
  bool card = false;
  for (const auto& kept : facts_of_case(*engine_->reader(), kCentre, state(id).last_fact)) {
    const auto f = kept.fact(kCentre);
    card |= f.record.name == CardGiven::kName && f.as<CardGiven>().due == CivilDay::of(2025, 2, 7);
  }
  EXPECT_TRUE(card);
}

TEST_F(Recount, CorrectionsAndCarriedOverCasesAreCountedToo) {
  open(before_notice());
  const auto a = engine_->run("casework.receive", R"({"matter":")" + matter().code.value + R"(","window":"W01","applicant_kind":"legal","applicant":"示例企业","materials":[]})", kActor, at(kMonday, 9, 0));
  ASSERT_TRUE(a.ok());
  const auto id = case_of_stream(a->stream).value();
  ASSERT_EQ(run("casework.request_correction", about(id) + R"("window":"W01","defects":[{"material":"","wrong":"材料不齐","right":"补齐"}]})"), "");
  EXPECT_TRUE(state(id).at.correction_due);
  EXPECT_EQ(state(id).at.provisional, true);
  ASSERT_EQ(run("casework.carry_over", R"({"matter":")" + matter().code.value + R"(","window":"W01","foreign_number":"旧-1","accepted_on":"2025-01-03"})"), "");
  const auto carried = case_id(kMonday, 2);
  EXPECT_EQ(state(carried).at.provisional, true);
  const auto due = state(carried).at.statutory_due;
  open(published());
  first_command();
  EXPECT_FALSE(state(id).at.provisional);
  EXPECT_FALSE(state(carried).at.provisional);
  EXPECT_NE(state(carried).at.statutory_due, due);
}

}  // namespace
}  // namespace yi::casework
