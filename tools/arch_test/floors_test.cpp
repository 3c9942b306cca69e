#include "floors.h"

#include <gtest/gtest.h>

namespace yi::arch {
namespace {

const Floors kFloors{{"base", 1}, {"store", 3}, {"http", 3}, {"casework", 7}, {"hall", 8}, {"app", 10}};

std::vector<Source> one(std::string path, std::string text) { return {scan(std::move(path), std::move(text))}; }

TEST(Floors, TableIsReadFromItsSectionOnly) {
  const auto f = read_floors(
      "# House\n| 9 | `src/early/` | not in the section |\n\n## Floors\nA sentence.\n\n| floor | folder | what |\n"
      "|---|---|---|\n| 10 | `src/app/` | wiring |\n| 3 | `src/store/` | the database, see `src/base/` |\n\n"
      "## Later\n| 4 | `src/late/` | no |\n");
  EXPECT_EQ(f, (Floors{{"app", 10}, {"store", 3}}));
  EXPECT_TRUE(read_floors("# House\nno table\n").empty());
}

TEST(Floors, LowerFloorsAndTheOwnRoomMayBeIncluded) {
  const auto t = one("src/casework/rules.cpp",
                     "#include \"casework/rules.h\"\n#include <vector>\n#include \"base/time.h\"\n#include \"store/view.h\"\n");
  EXPECT_EQ(to_text(check_floors(t, kFloors)), "");
}

TEST(Floors, UpperFloorsAndNeighboursMayNot) {
  EXPECT_EQ(check_floors(one("src/store/a.h", "#include \"casework/rules.h\"\n"), kFloors).size(), 1u);
  EXPECT_EQ(check_floors(one("src/store/a.h", "#include \"http/router.h\"\n"), kFloors).size(), 1u);
  EXPECT_EQ(check_floors(one("src/store/a.h", "#include <http/router.h>\n"), kFloors).size(), 1u);
}

TEST(Floors, IncludesThatHideTheRoomAreFound) {
  EXPECT_EQ(check_floors(one("src/store/a.h", "#include \"b.h\"\n"), kFloors).size(), 1u);
  EXPECT_EQ(check_floors(one("src/store/a.h", "#include \"../hall/b.h\"\n"), kFloors).size(), 1u);
  EXPECT_EQ(check_floors(one("src/store/a.h", "#include \"bench/b.h\"\n"), kFloors).size(), 1u);
}

TEST(Floors, ARoomOutsideTheTableIsFound) {
  EXPECT_EQ(check_floors(one("src/attic/a.h", "#pragma once\n"), kFloors).size(), 1u);
}

TEST(Floors, BuildOrderFollowsTheFloors) {
  EXPECT_EQ(to_text(check_build_order(scan("CMakeLists.txt", "set(YI_ALL_ROOMS base http\n store casework app)\n"), kFloors)), "");
  EXPECT_EQ(check_build_order(scan("CMakeLists.txt", "set(YI_ALL_ROOMS base casework store)\n"), kFloors).size(), 1u);
  EXPECT_EQ(check_build_order(scan("CMakeLists.txt", "set(YI_ALL_ROOMS base attic)\n"), kFloors).size(), 1u);
  EXPECT_EQ(check_build_order(scan("CMakeLists.txt", "set(ROOMS base)\n"), kFloors).size(), 1u);
}

TEST(Floors, RoomsOfTheMiddleFloorsHaveAReadme) {
  auto t = one("src/hall/rules.h", "#pragma once\n");
  t.push_back(scan("src/store/a.h", "#pragma once\n"));
  t.push_back(scan("src/app/main.cpp", "int main() {}\n"));
  EXPECT_EQ(check_readmes(t, kFloors).size(), 1u);
  t.push_back(scan("src/hall/README.md", "# hall\n"));
  EXPECT_EQ(to_text(check_readmes(t, kFloors)), "");
}

TEST(Floors, ARefusalCarriesTheNameOfItsRoom) {
  EXPECT_EQ(to_text(check_refusal_codes(one("src/hall/a.cpp", "return Refusal{\"hall.closed\", \"…\", \"…\"};"), kFloors)), "");
  EXPECT_EQ(check_refusal_codes(one("src/hall/a.cpp", "return Refusal{\"casework.closed\", \"…\"};"), kFloors).size(), 1u);
  EXPECT_EQ(check_refusal_codes(one("src/hall/a.cpp", "return r.fail(\n  \"base.closed\", \"…\");"), kFloors).size(), 1u);
  EXPECT_EQ(check_refusal_codes(one("src/hall/a.cpp", "return refuse(\"attic.closed\");"), kFloors).size(), 1u);
}

TEST(Floors, CodesOfLowerFloorsMayBeNamedAndThoseOfUpperFloorsNot) {
  EXPECT_EQ(to_text(check_refusal_codes(one("src/hall/a.cpp", "if (e.code == \"casework.closed\") f(\"hall.yaml\");"), kFloors)), "");
  EXPECT_EQ(check_refusal_codes(one("src/store/a.cpp", "if (e.code == \"casework.closed\") g();"), kFloors).size(), 1u);
  EXPECT_EQ(to_text(check_refusal_codes(one("src/store/a.cpp", "open(\"casework.db\"); f(\"hall is. open\");"), kFloors)), "");
  EXPECT_EQ(to_text(check_refusal_codes(one("src/store/a_test.cpp", "Refusal{\"casework.closed\"};"), kFloors)), "");
}

}  // namespace
}  // namespace yi::arch
