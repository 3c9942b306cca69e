// What is changed while the program runs: judged as its file is, proposed by one, approved by another, in force from its day on, never out
// of the past.
#include "catalog/change_rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "catalog/declare.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "store/temporary_directory.h"

namespace yi::catalog {
namespace {

const MatterCode kCode{"SC-SCJGJ-0002"};  // promised in 1, by law in 3 working days
const CivilDay kToday = CivilDay::of(2024, 6, 24);
constexpr CentreCode kHere{510000};

std::shared_ptr<const Catalog> load() { return std::make_shared<const Catalog>(Catalog::load(YI_SOURCE_DIR "/data/sichuan").value()); }
std::shared_ptr<Changes> changes_over(std::shared_ptr<const Catalog> c) { return std::make_shared<Changes>(std::move(c)); }

std::string newest(const Changes& all, ChangeKind kind, const std::string& code) { return all.versions(kind, code).back().definition; }
ProposeChange wish(const Changes& all, ChangeKind kind, const std::string& code, const std::string& from, const std::string& to, CivilDay since = kToday + 1) {
  const auto text = newest(all, kind, code);
  EXPECT_NE(text.find(from), text.npos) << from << " in " << text;
  return {kind, {code}, all.versions(kind, code).back().version, since, Definition(replace_all(text, from, to)), Text<500>("示例")};
}
std::string code_of(const Changes& all, const ProposeChange& c) {
  const auto r = decide(c, all, kToday);
  return r.ok() ? std::string() : r.error().code;
}

TEST(Changeable, EveryTextOfTheFilesReadsAgainAsItIs) {
  const auto all = changes_over(load());
  for (const auto& kind : all->kinds())
    for (const auto& code : kind->codes()) {
      const auto v = all->versions(kind->kind(), code).back();
      const auto j = kind->judge(code, v.version, v.since.value_or(kToday), v.definition);
      ASSERT_TRUE(j.problems.empty()) << code << " " << j.problems.front().sentence;
      EXPECT_EQ(j.definition, v.definition);
    }
}

TEST(Changeable, IsJudgedByTheReaderOfItsFile) {
  const auto all = changes_over(load());
  const auto said = [&](ChangeKind kind, const std::string& code, const std::string& from, const std::string& to) {
    std::string out;
    for (const auto& p : assess(*all, kind, code, kToday, wish(*all, kind, code, from, to).definition, kToday).judged.problems) out += p.code + " " + p.where + " " + p.sentence + "\n";
    return out;
  };
  const auto matter = [&](const char* from, const char* to) { return said(ChangeKind::matter, kCode.value, from, to); };
  EXPECT_EQ(matter("\"visits\":0", "\"visits\":1"), "");
  EXPECT_EQ(matter("\"visits\":0", "\"visits\":0,\"basis\":[\"某条例第一条\"],\"conditions\":[\"有场所\",\"有人员\"]"), "");
  EXPECT_NE(matter("\"visits\":0", "\"visits\":0,\"conditions\":\"有场所\"").find("/definition/conditions"), std::string::npos);
  EXPECT_NE(matter("\"promised\":{\"days\":1", "\"promised\":{\"days\":9").find("/definition/promised 事项“企业变更登记”的承诺时限 9 个工作日长于法定时限"), std::string::npos);
  EXPECT_EQ(matter("\"life_stages\":[\"经营发展\"]", "\"life_stages\":[\"准入准营\",\"经营发展\"]"), "");
  EXPECT_EQ(matter("\"online_depth\":[\"consult\",\"receive\",\"accept\",\"handle\",\"result_feedback\",\"licence_feedback\"],\"life_stages\":[\"经营发展\"],", ""), "") << "as texts were before there were the two";
  EXPECT_TRUE(matter("\"life_stages\":[\"经营发展\"]", "\"life_stages\":[\"出行\"]").starts_with("catalog.inconsistent /definition/life_stages 阶段“出行”是个人的"));
  EXPECT_TRUE(matter("\"life_stages\":[\"经营发展\"]", "\"life_stages\":[\"暮年\"]").starts_with("catalog.unknown_code /definition/life_stages"));
  EXPECT_TRUE(matter("\"accept\",\"handle\"", "\"handle\"").starts_with("catalog.inconsistent /definition/online_depth"));
  EXPECT_NE(matter("\"visits\":0", "\"visist\":0").find("visist"), std::string::npos);
  EXPECT_NE(matter("\"copies\":1", "\"copies\":0").find("/definition/materials/0/copies"), std::string::npos) << matter("\"copies\":1", "\"copies\":0");
  EXPECT_TRUE(matter("SC-SCJGJ-0002", "SC-SCJGJ-0003").starts_with("catalog.bad_definition"));
  EXPECT_TRUE(matter("企业变更登记", "企业注销登记").starts_with("catalog.bad_definition /definition/name"));  // another of the department has the name
  EXPECT_TRUE(matter("\"department\":\"scjgj\"", "\"department\":\"swt\"").starts_with("catalog.bad_definition"));
  for (const char* text : {"", "[]", "name: 企业变更登记", "{\"name\":", "{\"a\":1,\"a\":2}", "{}"})
    EXPECT_FALSE(assess(*all, ChangeKind::matter, kCode.value, kToday, text, kToday).judged.problems.empty()) << text;

  const auto settings = [&](const char* from, const char* to) { return said(ChangeKind::settings, "settings", from, to); };
  EXPECT_EQ(settings("\"correction_days\":{\"value\":10", "\"correction_days\":{\"value\":15"), "");
  EXPECT_NE(settings("\"correction_days\":{\"value\":10", "\"correction_days\":{\"value\":0").find("/definition/casework/correction_days/value"), std::string::npos);
  EXPECT_NE(settings("\"from\":\"13:00\"", "\"from\":\"11:00\"").find("/definition/office_hours/1"), std::string::npos);
  EXPECT_NE(settings("\"code\":\"510000\"", "\"code\":\"510100\"").find("catalog.bad_definition /definition/centre"), std::string::npos);

  const auto windows = [&](const char* from, const char* to) { return said(ChangeKind::windows, "windows", from, to); };
  EXPECT_EQ(windows("综窗08\",\"kind\"", "综窗八号\",\"kind\""), "");
  EXPECT_NE(windows("\"operators\":[\"综窗02\"]", "\"operators\":[\"综窗01\"]").find("/definition/windows/1/operators"), std::string::npos);
  EXPECT_NE(windows("\"code\":\"W08\"", "\"code\":\"W28\"").find("不能删去"), std::string::npos);

  const auto bundle = [&](const char* from, const char* to) { return said(ChangeKind::bundle, "SBKJM", from, to); };
  EXPECT_NE(bundle("\"requirement\":\"mandatory\"", "\"requirement\":\"must\"").find("/definition/members/"), std::string::npos);
  EXPECT_NE(bundle("\"code\":\"SBKJM\"", "\"code\":\"SBKJX\""), "");
}

TEST(Changeable, DiffersByField) {
  EXPECT_EQ(differing(R"({"a":{"b":1,"c":[{"d":1},{"d":2}]},"e":[1]})", R"({"a":{"b":1,"c":[{"d":1},{"d":3}]},"e":[1]})"), std::set<std::string>{"a.c.d"});
  EXPECT_EQ(differing(R"({"a":[{"d":1}]})", R"({"a":[{"d":1},{"d":1}]})"), std::set<std::string>{"a"});
  EXPECT_EQ(differing(R"({"a":[1,2]})", R"({"a":[2,1],"b":1})"), (std::set<std::string>{"a", "b"}));
  EXPECT_TRUE(differing(R"({"a":1})", R"({ "a" : 1 })").empty());
}

TEST(Proposal, IsRefusedWhereItIsOldPastOrTheSame) {
  const auto all = changes_over(load());
  auto good = wish(*all, ChangeKind::matter, kCode.value, "\"visits\":0", "\"visits\":1", kToday);
  EXPECT_EQ(code_of(*all, good), "");
  const auto with = [&](auto change) {
    auto c = good;
    change(c);
    return code_of(*all, c);
  };
  EXPECT_EQ(with([](auto& c) { c.base_version = 2; }), "catalog.changed_meanwhile");
  EXPECT_EQ(with([](auto& c) { c.since = kToday - 1; }), "catalog.since_past");
  EXPECT_EQ(with([](auto& c) { c.reason = " "; }), "catalog.reason_missing");
  EXPECT_EQ(with([&](auto& c) { c.definition = Definition(newest(*all, ChangeKind::matter, kCode.value)); }), "catalog.nothing_changed");
  EXPECT_EQ(with([](auto& c) { c.code = {"SC-XX-0001"}; }), "catalog.unknown_item");
  EXPECT_EQ(with([](auto& c) { c.kind = ChangeKind::warnings; }), "catalog.unknown_item");  // of a room that is not here
  // What limits hang on begins tomorrow; a telephone may begin today.
  EXPECT_EQ(code_of(*all, wish(*all, ChangeKind::settings, "settings", "\"value\":10", "\"value\":15", kToday)), "catalog.since_today");
  EXPECT_EQ(code_of(*all, wish(*all, ChangeKind::settings, "settings", "028-12345", "028-00000009", kToday)), "");
}

TEST(FourEyesFile, NamesWhatOneMayChangeAndNeverWhatTheLawSays) {
  const auto all = changes_over(load());
  store::TemporaryDirectory dir;
  const auto file = std::filesystem::path(dir.path()) / "four_eyes.yaml";
  const auto written = [&](const std::string& text) {
    std::ofstream(file) << text;
    return all->read_four_eyes(file);
  };
  EXPECT_TRUE(all->read_four_eyes(dir.path() + "/none.yaml").ok());
  EXPECT_TRUE(all->read_four_eyes(YI_SOURCE_DIR "/data/sichuan/four_eyes.yaml").ok());
  EXPECT_EQ(written("alone:\n  matter: [promised]\n").error().code, "catalog.needs_two");
  EXPECT_EQ(written("alone:\n  settings: [casework]\n").error().code, "catalog.needs_two");
  EXPECT_EQ(written("alone:\n  settings: [casework.correction_days]\n").error().code, "catalog.needs_two");
  EXPECT_EQ(written("alone:\n  windows: [windows]\n").error().code, "catalog.needs_two");
  ASSERT_TRUE(written("alone:\n  matter: [contact]\n  windows: [windows.operators]\n  settings: [hall]\n").ok());
  const auto alone = [&](const ProposeChange& c) { return decide(c, *all, kToday).value().at_once.has_value(); };
  EXPECT_TRUE(alone(wish(*all, ChangeKind::windows, "windows", "\"operators\":[\"综窗08\"]", "\"operators\":[\"综窗八\"]")));
  EXPECT_FALSE(alone(wish(*all, ChangeKind::windows, "windows", "综窗08", "综窗八")));  // the name too
  EXPECT_TRUE(alone(wish(*all, ChangeKind::settings, "settings", "\"complaint_phone\":\"028-12345\"", "\"complaint_phone\":\"028-00000009\"")));
  EXPECT_FALSE(alone(wish(*all, ChangeKind::settings, "settings", "028-12345", "028-00000009")));  // the casework's phones too
  EXPECT_FALSE(alone(wish(*all, ChangeKind::matter, kCode.value, "\"visits\":0", "\"visits\":1")));
  // Where one looks for it is no law; how far it goes online is a promise to the public.
  ASSERT_TRUE(written("alone:\n  matter: [life_stages]\n").ok());
  EXPECT_TRUE(alone(wish(*all, ChangeKind::matter, kCode.value, "经营发展", "准入准营")));
  EXPECT_EQ(written("alone:\n  matter: [online_depth]\n").error().code, "catalog.needs_two");
}

class Changed : public ::testing::Test {
 protected:
  void open() {
    catalog = load();
    changes = changes_over(catalog);
    engine = engine::Engine::open(directory.path(), rooms(), {kHere, {true, at(kToday, 9, 0)}}).value();
  }
  engine::RegistryFactory rooms() const {
    return [c = changes] {
      engine::Registry r;
      declare(r, c);
      return r;
    };
  }
  template <class C>
  std::string give(const char* command, const C& c, const char* account) {
    const auto a = engine->run(command, json::write(c), {account, "operator"});
    return a.ok() ? "" : a.error().code;
  }
  std::string propose(ChangeKind kind, const std::string& code, const std::string& from, const std::string& to, CivilDay since, const char* account = "one") {
    return give("catalog.propose_change", wish(*changes, kind, code, from, to, since), account);
  }
  std::string approve(ChangeKind kind, const std::string& code, int number, const char* account = "two", std::optional<CivilDay> since = {}) {
    return give("catalog.approve_change", ApproveChange{kind, {code}, number, since}, account);
  }
  int visits_on(CivilDay day) const { return catalog->find_matter_on(kCode, day)->visits; }
  store::TemporaryDirectory directory;
  std::shared_ptr<const Catalog> catalog;
  std::shared_ptr<Changes> changes;
  std::unique_ptr<engine::Engine> engine;
};

TEST_F(Changed, NeedsASecondPersonAndKeepsWhatBecameOfIt) {
  open();
  const auto m = ChangeKind::matter;
  ASSERT_EQ(propose(m, kCode.value, "\"visits\":0", "\"visits\":2", kToday + 7), "");
  EXPECT_EQ(visits_on(kToday + 7), 0) << "nothing is in force by a proposal";
  EXPECT_EQ(propose(m, kCode.value, "\"visits\":0", "\"visits\":3", kToday + 7, "two"), "catalog.proposal_open");
  EXPECT_EQ(approve(m, kCode.value, 1, "one"), "catalog.same_person");
  EXPECT_EQ(give("catalog.refuse_change", RefuseChange{m, {kCode.value}, 1, "示例"}, "one"), "catalog.same_person");
  EXPECT_EQ(give("catalog.withdraw_change", WithdrawChange{m, {kCode.value}, 1, "示例"}, "two"), "catalog.not_yours");
  EXPECT_EQ(give("catalog.refuse_change", RefuseChange{m, {kCode.value}, 1, " "}, "two"), "catalog.reason_missing");
  EXPECT_EQ(give("catalog.refuse_change", RefuseChange{m, {kCode.value}, 1, "依据不足"}, "two"), "");
  EXPECT_EQ(approve(m, kCode.value, 1), "catalog.decided_already");
  ASSERT_EQ(propose(m, kCode.value, "\"visits\":0", "\"visits\":3", kToday), "");
  EXPECT_EQ(give("catalog.withdraw_change", WithdrawChange{m, {kCode.value}, 2, "另议"}, "one"), "");
  EXPECT_EQ(approve(m, kCode.value, 9), "catalog.unknown_proposal");
  ASSERT_EQ(propose(m, kCode.value, "\"visits\":0", "\"visits\":2", kToday + 7), "");
  EXPECT_EQ(approve(m, kCode.value, 3, "two", kToday + 9), "catalog.first_day_as_proposed");
  ASSERT_EQ(approve(m, kCode.value, 3), "");
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(visits_on(kToday + 6), 0);
    EXPECT_EQ(visits_on(kToday + 7), 2);
    EXPECT_EQ(catalog->find_matter(kCode, 1)->visits, 0);
    ASSERT_TRUE(changes->check().ok());
    const auto past = changes->of(m, kCode.value);
    ASSERT_EQ(past.size(), 3u);
    EXPECT_EQ(past[0].status, ChangeStatus::refused);
    EXPECT_EQ(past[0].decision_reason, "依据不足");
    EXPECT_EQ(past[1].status, ChangeStatus::withdrawn);
    EXPECT_EQ(past[2].by, "one");
    EXPECT_EQ(past[2].decided_by, "two");
    EXPECT_TRUE(changes->open().empty());
    engine.reset();
    open();
  }
  // One that begins earlier takes the place of one that has not begun.
  ASSERT_EQ(propose(m, kCode.value, "\"visits\":2", "\"visits\":3", kToday + 2), "");
  ASSERT_EQ(approve(m, kCode.value, 4), "");
  EXPECT_EQ(visits_on(kToday + 1), 0);
  EXPECT_EQ(visits_on(kToday + 2), 3);
  EXPECT_EQ(visits_on(kToday + 7), 3);
}

TEST_F(Changed, AnApprovalThatComesTooLateNamesAnotherDay) {
  open();
  ASSERT_EQ(propose(ChangeKind::matter, kCode.value, "\"visits\":0", "\"visits\":2", kToday), "");
  const auto two = [&](std::optional<CivilDay> since) {
    const auto r = decide(ApproveChange{ChangeKind::matter, {kCode.value}, 1, since}, *changes, kToday + 3, "two");
    return r.ok() ? to_iso(r->since) : r.error().code;
  };
  EXPECT_EQ(two({}), "catalog.since_past");
  EXPECT_EQ(two(kToday + 3), to_iso(kToday + 3));
  EXPECT_EQ(two(kToday + 30), to_iso(kToday + 30));
}

TEST_F(Changed, SettingsAreThoseOfTheDayThatIsAskedAbout) {
  open();
  const auto& plain = *catalog->find_matter(kCode);
  ASSERT_EQ(plain.correction_days(kToday), 10);
  ASSERT_EQ(propose(ChangeKind::settings, "settings", "\"correction_days\":{\"value\":10", "\"correction_days\":{\"value\":15", kToday + 1), "");
  ASSERT_EQ(approve(ChangeKind::settings, "settings", 1), "");
  ASSERT_EQ(propose(ChangeKind::settings, "settings", "\"complaint_phone\":\"028-12345\"", "\"complaint_phone\":\"028-00000009\"", kToday + 1), "");
  ASSERT_EQ(approve(ChangeKind::settings, "settings", 2), "");
  for (int round = 0; round < 2; ++round) {
    const auto& m = *catalog->find_matter(kCode);
    EXPECT_EQ(m.correction_days(kToday), 10) << "what was asked for today keeps its days";
    EXPECT_EQ(m.correction_days(kToday + 1), 15);
    EXPECT_EQ(catalog->settings_on(kToday).complaint_phone, "028-12345");
    EXPECT_EQ(catalog->settings_on(kToday + 1).complaint_phone, "028-00000009");
    EXPECT_EQ(catalog->settings_on(kToday + 1).centre, kHere);
    engine.reset();
    open();
  }
}

TEST_F(Changed, TheFirstProposalKeepsWhatTheFileSaid) {
  open();
  const auto before = newest(*changes, ChangeKind::settings, "settings");
  ASSERT_EQ(propose(ChangeKind::settings, "settings", "\"correction_days\":{\"value\":10", "\"correction_days\":{\"value\":15", kToday + 1), "");
  ASSERT_EQ(approve(ChangeKind::settings, "settings", 1), "");
  engine.reset();
  // Somebody edits the file afterwards.
  store::TemporaryDirectory files;
  for (const auto& e : std::filesystem::directory_iterator(YI_SOURCE_DIR "/data/sichuan"))
    if (e.is_regular_file()) std::filesystem::copy(e.path(), files.path() + "/" + e.path().filename().string());
  std::ifstream in(files.path() + "/settings.yaml");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::ofstream(files.path() + "/settings.yaml") << replace_all(text, "correction_days: {value: 10", "correction_days: {value: 3");
  catalog = std::make_shared<const Catalog>(Catalog::load(files.path()).value());
  changes = changes_over(catalog);
  engine = engine::Engine::open(directory.path(), rooms(), {kHere, {true, at(kToday, 9, 0)}}).value();
  EXPECT_EQ(catalog->find_matter(kCode)->correction_days(kToday), 10);
  EXPECT_EQ(changes->versions(ChangeKind::settings, "settings").front().definition, before);
}

TEST_F(Changed, WindowsAndBundlesFromTheirDay) {
  open();
  ASSERT_EQ(propose(ChangeKind::windows, "windows", "\"operators\":[\"综窗08\"]", "\"operators\":[\"综窗08\"],\"closed\":true", kToday + 2), "");
  ASSERT_EQ(approve(ChangeKind::windows, "windows", 1), "");
  const WindowCode w{"W08"};
  EXPECT_TRUE(catalog->find_window_on(w, kToday + 1)->receives({"scjgj"}));
  EXPECT_FALSE(catalog->find_window_on(w, kToday + 2)->receives({"scjgj"}));
  EXPECT_TRUE(catalog->find_window(w)->closed);
  const BundleCode b{"SBKJM"};
  const auto name = catalog->find_bundle(b)->name;
  ASSERT_EQ(propose(ChangeKind::bundle, b.value, "\"name\":\"" + name + "\"", "\"name\":\"示例一件事\"", kToday + 2), "");
  ASSERT_EQ(approve(ChangeKind::bundle, b.value, 1), "");
  EXPECT_EQ(catalog->find_bundle_on(b, kToday + 1)->name, name);
  EXPECT_EQ(catalog->find_bundle_on(b, kToday + 2)->name, "示例一件事");
  EXPECT_EQ(catalog->bundles_on(kToday).size(), catalog->bundles().size());
}

TEST_F(Changed, ARebuildFindsTheSameAndKnowsThemByItself) {
  open();
  ASSERT_EQ(propose(ChangeKind::matter, kCode.value, "\"visits\":0", "\"visits\":2", kToday), "");
  ASSERT_EQ(approve(ChangeKind::matter, kCode.value, 1), "");
  ASSERT_EQ(propose(ChangeKind::bundle, "SBKJM", "\"aliases\":[", "\"aliases\":[\"示例卡\",", kToday), "");
  engine.reset();
  catalog = load();  // which knows of no change
  changes = changes_over(catalog);
  auto store = store::open_sqlite(directory.path(), store::Mode::write).value();
  const auto r = engine::rebuild(store->writer(), rooms(), kHere, {});
  for (const auto& v : r.views) EXPECT_FALSE(v.difference) << *v.difference;
  EXPECT_EQ(visits_on(kToday), 2);
  EXPECT_EQ(changes->open().size(), 1u);
}

// A ledger of an earlier program: one person's change of a matter.
TEST_F(Changed, FactsFromBeforeAreChangesOfOnePerson) {
  catalog = load();
  changes = changes_over(catalog);
  const auto entry = replace_all(catalog->find_matter(kCode)->entry, "\"visits\":0", "\"visits\":4");
  engine = engine::Engine::open(directory.path(), [c = changes, entry] {
    engine::Registry r;
    declare(r, c);
    r.commands.push_back(engine::command<WithdrawChange>("catalog.as_before", "", {}, [entry](engine::Turn& turn, const WithdrawChange&) -> Checked {
      turn.fact("matter:" + kCode.value, MatterChanged{kCode, 2, kToday, Text<40'000>(entry), Text<500>("示例")});
      return Done{};
    }));
    return r;
  }, {kHere, {true, at(kToday, 9, 0)}}).value();
  ASSERT_EQ(give("catalog.as_before", WithdrawChange{ChangeKind::matter, {kCode.value}, 1, "x"}, "one"), "");
  EXPECT_EQ(visits_on(kToday), 4);
  const auto past = changes->of(ChangeKind::matter, kCode.value);
  ASSERT_EQ(past.size(), 1u);
  EXPECT_TRUE(past[0].alone);
  EXPECT_EQ(past[0].decided_by, "one");
  ASSERT_EQ(propose(ChangeKind::matter, kCode.value, "\"visits\":4", "\"visits\":5", kToday), "");
  ASSERT_EQ(approve(ChangeKind::matter, kCode.value, 2), "");
  EXPECT_EQ(catalog->find_matter(kCode)->version, 3);
}

// Somebody goes back to the files and writes a second version there: the same text is the same version, another one is not.
TEST_F(Changed, FilesThatSayAnotherThingAreNotStartedOver) {
  open();
  ASSERT_EQ(propose(ChangeKind::matter, kCode.value, "\"visits\":0", "\"visits\":2", kToday), "");
  ASSERT_EQ(approve(ChangeKind::matter, kCode.value, 1), "");
  engine.reset();
  for (const bool same : {true, false}) {
    store::TemporaryDirectory files;
    const auto read = [](const std::filesystem::path& file) {
      std::ifstream in(file);
      return std::string(std::istreambuf_iterator<char>(in), {});
    };
    for (const auto& e : std::filesystem::directory_iterator(YI_SOURCE_DIR "/data/sichuan"))
      if (e.is_regular_file()) std::filesystem::copy(e.path(), files.path() + "/" + e.path().filename().string());
    auto matters = read(files.path() + "/matters.yaml"), history = read(files.path() + "/matters-history.yaml");
    const auto begin = matters.find("  - code: SC-SCJGJ-0002\n"), end = matters.find("  - code: SC-SCJGJ-0003\n");
    ASSERT_NE(begin, matters.npos);
    const auto block = matters.substr(begin, end - begin);
    const auto with = [](const std::string& entry, const std::string& lines) { return replace_all(entry, "SC-SCJGJ-0002\n", "SC-SCJGJ-0002\n" + lines); };
    history += with(block, "    version: 1\n    since: 2000-01-01\n");
    matters.replace(begin, end - begin, replace_all(with(block, "    version: 2\n    since: 2024-06-24\n"), "visits: 0", same ? "visits: 2" : "visits: 4"));
    std::ofstream(files.path() + "/matters.yaml") << matters;
    std::ofstream(files.path() + "/matters-history.yaml") << history;
    auto loaded = Catalog::load(files.path());
    ASSERT_TRUE(loaded.ok()) << loaded.error().where << " " << loaded.error().sentence;
    catalog = std::make_shared<const Catalog>(std::move(*loaded));
    changes = changes_over(catalog);
    engine = engine::Engine::open(directory.path(), rooms(), {kHere, {true, at(kToday, 9, 0)}}).value();
    engine.reset();
    const auto checked = changes->check();
    if (same) EXPECT_TRUE(checked.ok()) << checked.error().sentence;
    else EXPECT_EQ(checked.error().code, "catalog.files_disagree");
  }
}

}  // namespace
}  // namespace yi::catalog
