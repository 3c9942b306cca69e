// Centres spread over databases by a file.
#include <fstream>

#include "app/installation.h"
#include "app/placement.h"
#include "catalog/test_other_centre.h"
#include "store/store_ground.h"
#include "store/verify.h"

using namespace yi;
using namespace yi::app;

namespace {

std::string written(const std::string& file, const std::string& text) {
  std::ofstream(file) << text;
  return file;
}

// A centre served from where the file says, with one consultation behind it.
std::int64_t consulted(const std::string& directory, const std::string& data_root, const std::string& placement) {
  const auto url = placed(placement, data_root);
  EXPECT_TRUE(url.ok());
  ServeOptions o;
  o.data_directory = directory;
  o.store_url = url.value();
  o.data_root = data_root;
  o.server.port = 0;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
  auto i = Installation::open(o);
  EXPECT_TRUE(i.ok()) << i.error().sentence << i.error().where;
  auto& engine = (*i)->engine();
  const auto& department = (*i)->common().catalog->departments().front().code.value;
  const auto answer = engine.run("casework.consult", R"({"department":")" + department + R"(","window":")" + (*i)->common().catalog->windows().front().code.value +
                                     R"(","channel":"window"})", {"test", "operator"});
  EXPECT_TRUE(answer.ok()) << answer.error().sentence;
  return answer->position;
}

std::vector<std::int32_t> centres_in(const std::string& url) {
  const auto s = store::open_postgres(url, store::Mode::read);
  EXPECT_TRUE(s.ok()) << s.error().sentence;
  const auto r = s.value()->open_reader();
  std::vector<std::int32_t> out;
  for (const auto c : store::centres(*r)) {
    EXPECT_FALSE(store::verify(*r, c).broken);
    out.push_back(c.value);
  }
  return out;
}

void two_centres(const std::string& one, const std::string& other) {
  store::TemporaryDirectory dir;
  const auto a = catalog::test::data_of_centre(dir.path(), "510000"), b = catalog::test::data_of_centre(dir.path(), "510100");
  const auto file = written(dir.path() + "/placement.yaml", "placement:\n  '510000': " + one + "\n  '510100': " + other + "\n");
  const auto first = consulted(dir.path() + "/a", a, file);
  EXPECT_EQ(consulted(dir.path() + "/b", b, file), first) << "each has a ledger of its own";
  EXPECT_EQ(consulted(dir.path() + "/a", a, file), first + 1) << "and goes on where it was";
  EXPECT_EQ(centres_in(one), std::vector<std::int32_t>{510000});
  EXPECT_EQ(centres_in(other), std::vector<std::int32_t>{510100});
}

}  // namespace

TEST(Placement, TwoCentresOverTwoDatabasesOfOneServer) {
  auto& server = store::test_server();
  two_centres(server.new_database(), server.new_database());
}

TEST(Placement, TwoCentresOverTwoServers) {
  store::PostgresServer second;
  two_centres(store::test_server().new_database(), second.new_database());
}

TEST(Placement, WhatIsWrongIsSaidWithItsLineAndWithoutAnAddress) {
  store::TemporaryDirectory dir;
  const auto code = [&](const std::string& text) {
    const auto p = Placement::read(written(dir.path() + "/p.yaml", text));
    if (p.ok()) return std::string();
    EXPECT_EQ((p.error().sentence + p.error().next_step + p.error().where).find("secret"), std::string::npos);
    EXPECT_NE(p.error().where.find("p.yaml"), std::string::npos);
    return p.error().code;
  };
  EXPECT_EQ(code("placement:\n  '510000': postgresql://u:secret@host/d\n  510100: postgresql://h/e\n"), "");
  EXPECT_EQ(code("placement: {}\n"), "app.bad_placement");
  EXPECT_EQ(code("placement:\n  '510000': mysql://u:secret@h/d\n"), "app.bad_placement");
  EXPECT_EQ(code("placement:\n  '510000': postgresql://u:secret@more@h/d\n"), "app.bad_placement");
  EXPECT_EQ(code("placement:\n  '51': postgresql://h/d\n"), "app.bad_placement");
  EXPECT_EQ(code("placement:\n  '510000': [a]\n"), "app.bad_placement");
  EXPECT_NE(code("placement:\n  '510000': postgresql://h/d\n  '510000': postgresql://h/e\n"), "");
  EXPECT_NE(code("place:\n  '510000': postgresql://h/d\n"), "");
  const auto file = written(dir.path() + "/p.yaml", "placement:\n  '510100': postgresql://h/d\n");
  EXPECT_EQ(Placement::read(file)->url_of({510000}).error().code, "app.not_placed");
  EXPECT_EQ(Placement::read(file)->url_of({510100}).value(), "postgresql://h/d");
  EXPECT_FALSE(Placement::read(dir.path() + "/none.yaml").ok());
}
