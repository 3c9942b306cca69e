// A matter changed while the program runs: judged as a file is, in force from its day on, never out of the past.
#include "catalog/changes.h"

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

std::shared_ptr<const Catalog> load() { return std::make_shared<const Catalog>(Catalog::load(YI_SOURCE_DIR "/data/sichuan").value()); }

std::string changed(const Catalog& c, std::string_view from, std::string_view to) {
  const auto& entry = c.find_matter(kCode)->entry;
  EXPECT_NE(entry.find(from), entry.npos) << from << " in " << entry;
  return replace_all(entry, from, to);
}

TEST(MatterChange, EveryEntryOfTheFilesReadsAgainAsItIs) {
  const auto c = load();
  for (const auto& m : c->matters()) {
    const auto again = read_change(*c, m.code, m.version, m.since.value_or(kToday), m.entry);
    ASSERT_TRUE(again.matter) << m.code.value << " " << again.problems.front().sentence;
    EXPECT_EQ(again.matter->entry, m.entry);
    EXPECT_EQ(again.matter->contact, m.contact);
    EXPECT_EQ(again.matter->service_hours, m.service_hours);
    EXPECT_EQ(again.matter->materials.size(), m.materials.size());
    EXPECT_EQ(again.matter->extension.has_value(), m.extension.has_value());
  }
}

TEST(MatterChange, IsJudgedByTheLoadersOwnRules) {
  const auto c = load();
  const auto problem = [&](const std::string& definition) {
    const auto r = read_change(*c, kCode, 2, kToday, definition);
    std::string all;
    for (const auto& p : r.problems) all += p.code + " " + p.sentence + "\n";
    return all;
  };
  EXPECT_EQ(problem(changed(*c, "\"visits\":0", "\"visits\":1")), "");
  EXPECT_NE(problem(changed(*c, "\"promised\":{\"days\":1", "\"promised\":{\"days\":9")).find("长于法定时限"), std::string::npos);
  EXPECT_NE(problem(changed(*c, "\"visits\":0", "\"visist\":0")).find("visist"), std::string::npos);
  EXPECT_NE(problem(changed(*c, "\"copies\":1", "\"copies\":0")).find("copies"), std::string::npos);
  EXPECT_TRUE(problem(changed(*c, "SC-SCJGJ-0002", "SC-SCJGJ-0003")).starts_with("catalog.bad_definition"));
  EXPECT_TRUE(problem(changed(*c, "企业变更登记", "企业注销登记")).starts_with("catalog.bad_definition"));  // another of the department has the name
  EXPECT_TRUE(problem(changed(*c, "\"department\":\"scjgj\"", "\"department\":\"swt\"")).starts_with("catalog.bad_definition"));
  for (const char* text : {"", "[]", "name: 企业变更登记", "{\"name\":", "{\"a\":1,\"a\":2}"}) EXPECT_NE(problem(text), "") << text;
}

TEST(MatterChange, RefusesWhatIsOldPastOrTheSame) {
  const auto c = load();
  const auto code_of = [&](int base, CivilDay since, const std::string& definition, const char* reason) {
    const auto r = decide(ChangeMatter{kCode, base, since, MatterDefinition(definition), Text<500>(std::string(reason))}, *c, kToday);
    return r.ok() ? std::string() : r.error().code;
  };
  const auto good = changed(*c, "\"visits\":0", "\"visits\":1");
  EXPECT_EQ(code_of(1, kToday, good, "示例"), "");
  EXPECT_EQ(code_of(2, kToday, good, "示例"), "catalog.changed_meanwhile");
  EXPECT_EQ(code_of(1, kToday - 1, good, "示例"), "catalog.since_past");
  EXPECT_EQ(code_of(1, kToday, good, " "), "catalog.reason_missing");
  EXPECT_EQ(code_of(1, kToday, c->find_matter(kCode)->entry, "示例"), "catalog.nothing_changed");
  EXPECT_EQ(decide(ChangeMatter{{"SC-XX-0001"}, 1, kToday, MatterDefinition(good), "示例"}, *c, kToday).error().code, "catalog.unknown_matter");
}

class ChangedMatters : public ::testing::Test {
 protected:
  void open() {
    catalog = load();
    engine = engine::Engine::open(directory.path(), rooms(), {CentreCode{510000}, {true, at(kToday, 9, 0)}}).value();
  }
  engine::RegistryFactory rooms() const {
    return [c = catalog] {
      engine::Registry r;
      declare(r, c);
      return r;
    };
  }
  Result<engine::Answer> change(int base, CivilDay since, const std::string& from, const std::string& to) {
    const MatterDefinition definition(replace_all(catalog->find_matter(kCode)->entry, from, to));
    return engine->run("catalog.change_matter", json::write(ChangeMatter{kCode, base, since, definition, "示例"}), {"t", "operator"});
  }
  int visits_on(CivilDay day) const { return catalog->find_matter_on(kCode, day)->visits; }
  store::TemporaryDirectory directory;
  std::shared_ptr<const Catalog> catalog;
  std::unique_ptr<engine::Engine> engine;
};

TEST_F(ChangedMatters, AreInForceFromTheirDayAndAfterARestart) {
  open();
  ASSERT_TRUE(change(1, kToday + 7, "\"visits\":0", "\"visits\":2").ok());
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(visits_on(kToday), 0);
    EXPECT_EQ(visits_on(kToday + 6), 0);
    EXPECT_EQ(visits_on(kToday + 7), 2);
    EXPECT_EQ(catalog->find_matter(kCode, 1)->visits, 0);
    EXPECT_EQ(catalog->find_matter(kCode, 2)->visits, 2);
    ASSERT_TRUE(check_book(*catalog).ok());
    engine.reset();
    open();
  }
  // One that begins earlier takes the place of one that has not begun.
  ASSERT_TRUE(change(2, kToday + 2, "\"visits\":2", "\"visits\":3").ok());
  EXPECT_EQ(visits_on(kToday + 1), 0);
  EXPECT_EQ(visits_on(kToday + 2), 3);
  EXPECT_EQ(visits_on(kToday + 7), 3);
  EXPECT_EQ(change(2, kToday + 2, "\"visits\":3", "\"visits\":4").error().code, "catalog.changed_meanwhile");
  const auto rows = changes_of(*engine->reader(), CentreCode{510000}, kCode);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].by, "t");
  EXPECT_EQ(rows[1].reason, "示例");
}

TEST_F(ChangedMatters, ARebuildFindsTheSameAndKnowsThemByItself) {
  open();
  ASSERT_TRUE(change(1, kToday, "\"visits\":0", "\"visits\":2").ok());
  engine.reset();
  catalog = load();  // which knows of no change
  auto store = store::open_sqlite(directory.path(), store::Mode::write).value();
  const auto r = engine::rebuild(store->writer(), rooms(), CentreCode{510000}, {});
  for (const auto& v : r.views) EXPECT_FALSE(v.difference) << *v.difference;
  EXPECT_EQ(visits_on(kToday), 2);
}

// Somebody goes back to the files and writes a second version there: the same text is the same version, another one is not.
TEST_F(ChangedMatters, FilesThatSayAnotherThingAreNotStartedOver) {
  open();
  ASSERT_TRUE(change(1, kToday, "\"visits\":0", "\"visits\":2").ok());
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
    engine = engine::Engine::open(directory.path(), rooms(), {CentreCode{510000}, {true, at(kToday, 9, 0)}}).value();
    engine.reset();
    const auto checked = check_book(*catalog);
    if (same) EXPECT_TRUE(checked.ok()) << checked.error().sentence;
    else EXPECT_EQ(checked.error().code, "catalog.files_disagree");
  }
}

}  // namespace
}  // namespace yi::catalog
