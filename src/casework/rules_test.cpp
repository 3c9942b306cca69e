// Rules that the centre's settings and the applicant decide: forwarding, the promise, the audience, papers of third parties.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "casework/life.h"
#include "store/temporary_directory.h"

namespace yi::casework {
namespace {
namespace fs = std::filesystem;

const CivilDay kMonday = CivilDay::of(2024, 6, 3);
const AskStanding kNobodyAsked;
const engine::Actor kActor{"w01", "operator"};

// The tests' catalogue with one text in one file changed.
catalog::Catalog catalogue_with(const char* file, const std::string& from, const std::string& to) {
  const fs::path data = fs::path(YI_SOURCE_DIR) / "testdata";
  const store::TemporaryDirectory place;
  for (const auto& f : fs::directory_iterator(data / "catalog/base"))
    if (f.path().filename() != "matters-history.yaml") fs::copy_file(f.path(), fs::path(place.path()) / f.path().filename());
  for (const char* own : {"matters.yaml", "windows.yaml"}) fs::copy_file(data / "casework" / own, fs::path(place.path()) / own, fs::copy_options::overwrite_existing);
  const auto path = fs::path(place.path()) / file;
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_NE(text.find(from), std::string::npos) << from;
  std::ofstream(path, std::ios::binary) << replace_all(text, from, to);
  auto loaded = catalog::Catalog::load(place.path());
  if (!loaded) throw std::runtime_error(loaded.error().where + " " + loaded.error().sentence);
  return std::move(loaded).value();
}
Context context(const catalog::Catalog& catalog, CivilDay today) {
  return {{990000}, at(today, 10, 0), catalog, life::world().calendar, kActor, life::world().warnings, kNobodyAsked};
}
CaseState in_review(const catalog::Catalog& catalog, const char* code) {
  const auto& m = catalog.get_matter({code});
  CaseState s;
  s.number = Text<24>(case_number({990000}, kMonday, catalog::kind_code(m.kind), 1));
  s.matter = m.code;
  s.department = m.department;
  s.at.stage = Stage::in_review;
  s.at.holder = Holder::department;
  s.received_on = s.accepted_on = kMonday;
  EXPECT_TRUE(set_dues(s, m, life::world().calendar).ok());
  return s;
}
// Forwards on 12 June and folds the fact as the ledger has it.
CaseState forwarded(const catalog::Catalog& catalog, const char* code, bool to_other_authority = true) {
  auto s = in_review(catalog, code);
  TakeStep c;
  c.reason = "属于其他机关";
  c.authority = "某机关";
  if (to_other_authority) c.code = "other_authority";
  const auto today = CivilDay::of(2024, 6, 12);
  const auto fact = decide(&s, Act::forward, c, context(catalog, today));
  EXPECT_TRUE(fact.ok()) << fact.error().code;
  const auto body = json::write(*fact);
  store::Record r;
  r.name = step_name(Act::forward);
  r.stream = "case:1";
  r.effective_at = r.recorded_at = at(today, 10, 0);
  r.body = body;
  fold(s, engine::RecordedFact({990000}, 2, r));
  auto anew = s;
  EXPECT_TRUE(set_dues(anew, catalog.get_matter({code}), life::world().calendar).ok());
  EXPECT_TRUE(anew.at == s.at) << "fold and rule differ";
  return s;
}

TEST(Forwarding, IsTheCentresRule) {
  const std::string value = "forward_pauses: {value: preliminary_only";
  const auto& usual = life::world().catalog;
  EXPECT_FALSE(forwarded(usual, "JA-AA-0004", false).at.statutory_due) << "§43: the review has ended with the hand-over";
  EXPECT_TRUE(forwarded(usual, "JA-AA-0004").at.statutory_due) << "not the higher authority's review: no article excludes the time";
  EXPECT_TRUE(forwarded(usual, "JA-AA-0001").at.statutory_due);
  const auto never = catalogue_with("settings.yaml", value, "forward_pauses: {value: never");
  EXPECT_TRUE(forwarded(never, "JA-AA-0004", false).at.statutory_due);
  EXPECT_TRUE(forwarded(never, "JA-AA-0001").at.statutory_due);
  const auto always = catalogue_with("settings.yaml", value, "forward_pauses: {value: always");
  const auto s = forwarded(always, "JA-AA-0001");
  EXPECT_FALSE(s.at.statutory_due || s.at.promised_due);
  ASSERT_EQ(s.detail.pauses.size(), 1u);
  EXPECT_EQ(std::string_view(s.detail.pauses[0].basis), always.settings().casework.forward_pauses.basis) << "the pause names the rule it rests on";
}

// What ledgers say that were written before the setting was there: the clocks stood still.
TEST(Forwarding, OldFactsPaused) {
  auto s = in_review(life::world().catalog, "JA-AA-0001");
  store::Record r;
  r.name = step_name(Act::forward);
  r.stream = "case:1";
  r.effective_at = r.recorded_at = at(CivilDay::of(2024, 6, 12), 10, 0);
  r.body = R"({"department":"aa","reason":"x","authority":"y","after":{"stage":"forwarded","holder":"department"}})";
  fold(s, engine::RecordedFact({990000}, 2, r));
  ASSERT_EQ(s.detail.pauses.size(), 1u);
  EXPECT_EQ(std::string_view(s.detail.pauses[0].basis), kElsewhereBasis);
}

// Told on Wednesday the 5th, corrected on Thursday the 13th: five days anew, or the four that were left of the first five.
TEST(Corrections, BeginTheFiveDaysAnewWhereTheCentreSaysSo) {
  const auto going_on = catalogue_with("settings.yaml", "correction_restarts_notice: {value: true", "correction_restarts_notice: {value: false");
  for (const auto* catalog : {&life::world().catalog, &going_on}) {
    auto s = in_review(*catalog, "JA-AA-0001");
    s.at = {};
    s.at.stage = Stage::correction;
    s.accepted_on.reset();
    s.detail.asked_on = CivilDay::of(2024, 6, 5);
    SupplyMaterials c;
    c.window = WindowCode{"W01"};
    c.materials = {Text<120>("证明")};
    const auto today = CivilDay::of(2024, 6, 13);
    const auto fact = decide(&s, c, context(*catalog, today));
    ASSERT_TRUE(fact.ok()) << fact.error().code;
    // From the 13th: 14, 17 to 20. From the 3rd without the 5th to the 13th: 4, 14, 17, 18, 19.
    store::Record r;
    const auto body = json::write(*fact);
    r.name = MaterialsSupplied::kName;
    r.stream = "case:1";
    r.effective_at = r.recorded_at = at(today, 10, 0);
    r.body = body;
    fold(s, engine::RecordedFact({990000}, 2, r));
    EXPECT_EQ(s.received_on, catalog == &going_on ? kMonday : today);
    EXPECT_EQ(to_iso(*s.at.notice_due), catalog == &going_on ? "2024-06-19" : "2024-06-20");
    auto anew = s;
    EXPECT_TRUE(set_dues(anew, catalog->get_matter({"JA-AA-0001"}), life::world().calendar).ok());
    EXPECT_TRUE(anew.at == s.at) << "fold and rule differ";
    EXPECT_EQ(s.detail.waits.has_value(), catalog == &going_on);
  }
}

TEST(Extensions, MoveThePromiseWhereTheCentreSaysSo) {
  const auto moving = catalogue_with("settings.yaml", "extension_moves_promise: {value: false", "extension_moves_promise: {value: true");
  for (const auto* catalog : {&life::world().catalog, &moving}) {
    const auto s = in_review(*catalog, "JA-AA-0001");
    Extend c;
    c.days = 10;
    c.reason = "案情复杂";
    c.approver = "丙某";
    const auto extended = decide(&s, c, false, context(*catalog, CivilDay::of(2024, 6, 17)));
    ASSERT_TRUE(extended.ok());
    EXPECT_EQ(to_iso(*extended->after->statutory_due), "2024-07-16");
    EXPECT_EQ(to_iso(*extended->after->promised_due), catalog == &moving ? "2024-07-02" : "2024-06-18");
  }
}

Receive wish(ApplicantKind kind) {
  Receive c;
  c.matter = {"JA-AA-0001"};
  c.window = {"W01"};
  c.applicant = "甲某";
  c.applicant_kind = kind;
  return c;
}
std::string code(const Result<Received>& r) { return r ? "" : r.error().code; }

TEST(Audience, IsWhomTheMatterIsFor) {
  const auto today = [](const catalog::Catalog& c) { return context(c, kMonday); };
  const auto& both = life::world().catalog;
  const auto persons = catalogue_with("matters.yaml", "audience: [1, 2]", "audience: [1]");
  const auto others = catalogue_with("matters.yaml", "audience: [1, 2]", "audience: [3, 6]");
  for (const auto kind : {ApplicantKind::natural, ApplicantKind::legal}) {
    EXPECT_EQ(code(decide(wish(kind), 1, today(both))), "");
    EXPECT_EQ(code(decide(wish(kind), 1, today(persons))), kind == ApplicantKind::natural ? "" : "casework.wrong_audience");
    EXPECT_EQ(code(decide(wish(kind), 1, today(others))), kind == ApplicantKind::legal ? "" : "casework.wrong_audience");
  }
}

// A report that the applicant has made by somebody else is theirs to bring; what the government issued it looks up.
TEST(Papers, OfThirdPartiesAreRequired) {
  auto lacking = [](const char* provider) {
    const auto c = catalogue_with("matters.yaml", "{name: 证明, required: true, copies: 1, form: copy, provider: applicant}",
                                  std::string("{name: 证明, required: true, copies: 1, form: copy, provider: ") + provider + "}");
    return decide(wish(ApplicantKind::legal), 1, context(c, kMonday)).value().lacking.value_or(std::vector<std::int32_t>{});
  };
  EXPECT_EQ(lacking("applicant"), (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(lacking("third_party"), (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(lacking("government"), (std::vector<std::int32_t>{0}));
}

// 告知承诺 chosen online is kept as a wish: the paper is still lacking, and only the acceptance lets a commitment stand for it.
TEST(Commitments, ChosenWhenApplyingAreAWish) {
  const auto& catalog = life::world().catalog;
  Submit c;
  c.matter = {"JA-AA-0009"};
  c.applicant = "甲公司";
  c.materials = {Text<120>("申请表"), Text<120>("证明")};
  c.commitments = {Text<120>("声明")};
  const auto fact = decide(c, 1, context(catalog, kMonday));
  ASSERT_TRUE(fact) << fact.error().sentence;
  EXPECT_EQ(fact->commitments, std::vector<std::int32_t>{2});
  EXPECT_EQ(fact->lacking, std::vector<std::int32_t>{2});
  CaseState s;
  const auto body = json::write(*fact);
  store::Record r;
  r.name = Submitted::kName;
  r.stream = "case:1";
  r.effective_at = r.recorded_at = at(kMonday, 10, 0);
  r.body = body;
  fold(s, engine::RecordedFact({990000}, 2, r));
  EXPECT_EQ(s.detail.wished, std::vector<std::int32_t>{2});
  EXPECT_TRUE(s.detail.commitments.empty());
  s.at.stage = Stage::received;
  Accept accept;
  accept.window = WindowCode{"W01"};
  EXPECT_EQ(decide(&s, accept, context(catalog, kMonday)).error().code, "casework.papers_missing");
  accept.commitments = *c.commitments;
  EXPECT_TRUE(decide(&s, accept, context(catalog, kMonday)).ok());
  // Only what the matter allows, what is not handed in, and what exists.
  for (const char* name : {"证明", "申请表", "没有这份"}) {
    c.commitments = {Text<120>(name)};
    EXPECT_EQ(decide(c, 1, context(catalog, kMonday)).error().code, "casework.no_commitment") << name;
  }
  c.materials.emplace_back("声明");
  c.commitments = {Text<120>("声明")};
  EXPECT_EQ(decide(c, 1, context(catalog, kMonday)).error().code, "casework.no_commitment");
  c.commitments = std::vector<Text<120>>{};
  EXPECT_FALSE(decide(c, 1, context(catalog, kMonday))->commitments);
}

TEST(Evaluations, NeedNoChannel) {
  auto s = in_review(life::world().catalog, "JA-AA-0001");
  s.at.stage = Stage::granted;
  s.subject = {7};
  const engine::Actor applicant{"a01", "applicant", "", {}, RoleSet{Role::applicant}.bits, {7}};
  auto c = json::read<Evaluate>(R"({"case_id":"20240603000001","level":1})").value();
  auto x = context(life::world().catalog, kMonday);
  EXPECT_EQ(decide(&s, c, x)->channel, Channel::window);
  const Context online{x.centre, x.now, x.catalog, x.calendar, applicant, x.warnings, kNobodyAsked};
  EXPECT_EQ(decide(&s, c, online)->channel, Channel::online);
  c.channel = Channel::phone;
  EXPECT_EQ(decide(&s, c, x)->channel, Channel::phone) << "an import";
  c.window = WindowCode{"W01"};
  EXPECT_EQ(decide(&s, c, online)->channel, Channel::online) << "an applicant's account rates online, whatever it says";
  EXPECT_FALSE(decide(&s, c, online)->window);
}

}  // namespace
}  // namespace yi::casework
