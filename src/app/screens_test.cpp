// The hall's screens, over HTTP: opened by the administrator alone, shown to who has the key alone, and counts alone leave.
#include <regex>

#include "app/test_house.h"
#include "casework/open_counts.h"
#include "hall/screens.h"

namespace yi::app::test {
namespace {

const std::string kKey(64, 'a');
constexpr const char* kName = "欧阳某某";
constexpr const char* kNumber = "11010519491231002X";

class Screens : public House {
 protected:
  http::test::Reply show(const std::string& key) {
    const auto body = R"({"key":")" + key + "\"}";
    return client_->ask("POST /api/hall/leaders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  static std::int64_t number(const std::string& body, std::initializer_list<std::string_view> path) {
    json::Parser parser;
    auto node = *parser.parse(body);
    for (const auto key : path) {
      const auto next = node.find(key);
      if (!next) return -1;
      node = *next;
    }
    return node.kind() == json::Kind::integer ? node.integer() : -1;
  }
};

TEST_F(Screens, OpenForTheKeyUntilTheyAreClosed) {
  open_account("admin.a", Role::administrator);
  open_account("super.a", Role::supervisor);
  const auto wish = R"({"place":"二楼大厅东墙","key":")" + kKey + "\"}";
  EXPECT_EQ(show(kKey).status, 403);
  EXPECT_EQ(ask("super.a", "POST", "/api/hall/open_screen", wish).status, 403);
  ASSERT_EQ(ask("admin.a", "POST", "/api/hall/open_screen", wish).status, 200);
  followed();
  EXPECT_EQ(show(kKey).status, 200);
  EXPECT_EQ(show(std::string(64, 'b')).status, 403);
  // Only the hash was written down: neither the list nor the ledger gives the key.
  const auto list = ask("admin.a", "GET", "/api/hall/screens");
  ASSERT_EQ(list.status, 200) << list.body;
  EXPECT_NE(list.body.find("二楼大厅东墙"), std::string::npos);
  const auto screen = hall::screen_of_key(kKey);
  EXPECT_NE(list.body.find(screen), std::string::npos);
  EXPECT_EQ(show(screen).status, 403) << "the hash is no key";
  int facts = 0;
  auto& engine = house_->engine();
  engine.reader()->events(engine.centre(), 1, engine.position(), [&](const store::LedgerRow& row) {
    ++facts;
    EXPECT_EQ(std::string(row.record).find(kKey), std::string::npos);
    return true;
  });
  EXPECT_GT(facts, 0);
  ASSERT_EQ(ask("admin.a", "POST", "/api/hall/close_screen", R"({"screen":")" + screen + "\"}").status, 200);
  const auto closed = show(kKey);
  EXPECT_EQ(closed.status, 403);
  EXPECT_EQ(member(closed.body, {"code"}), "hall.screen_not_open");
  EXPECT_EQ(member(ask("admin.a", "POST", "/api/hall/open_screen", wish).body, {"code"}), "hall.screen_known") << "a key is used once";
}

TEST_F(Screens, ShowCountsThatAddUpAndNobody) {
  give("hall.open_screen", R"({"place":"东墙","key":")" + kKey + "\"}");
  give("hall.record_duty", R"({"department":"scjgj","post":"党组书记、局长","name":"钱一明","from":"2024-06-24","to":"2024-06-24","rank":1})");
  const auto code = code_of("企业设立登记");
  for (int i = 0; i < 3; ++i)
    give("casework.receive", R"({"matter":")" + code + R"(","window":"W09","applicant_kind":"natural","applicant":")" + kName + R"(","applicant_id":")" + kNumber +
                                 R"(","phone":"13912345678","address":"四川省成都市武侯区某街道某路1号","agent":{"name":"王小五","id_number":"51130219770707003X","phone":"13800001111"},"materials":[]})");
  give("casework.consult", R"({"department":"scjgj","window":"W09","channel":"window"})");
  followed();
  const auto seen = show(kKey);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(number(seen.body, {"cases", "open"}), 3);
  EXPECT_EQ(number(seen.body, {"cases", "before_acceptance"}), 3);
  EXPECT_EQ(number(seen.body, {"today", "consulted"}), 1);
  EXPECT_EQ(number(seen.body, {"duty", "leaders"}), 1);
  std::int64_t ways = 0;
  for (const auto* way : {"overdue", "waiting", "due_today", "due_soon", "in_time"}) ways += number(seen.body, {"cases", way});
  EXPECT_EQ(ways, 3);
  // No name, no number, no key of anybody or any case: not one run of digits longer than a count or a date has.
  for (const char* raw : {kName, kNumber, "13912345678", "王小五", "某路", "欧*", "钱一明", "局长"}) EXPECT_EQ(seen.body.find(raw), std::string::npos) << raw;
  EXPECT_FALSE(std::regex_search(seen.body, std::regex("[0-9]{7,}"))) << seen.body;
  EXPECT_EQ(seen.body.find("case_id"), std::string::npos);
}

}  // namespace
}  // namespace yi::app::test
