// The devices of the hall, over HTTP: each key does what its kind may and nothing else; a press that is sent twice is done once; names
// leave masked, and a card's reading goes to its own place alone.
#include "app/test_house.h"
#include "hall/codes.h"
#include "hall/screens.h"

namespace yi::app::test {
namespace {

const std::string kKiosk(64, '1'), kBoard(64, '2'), kPad(64, '3'), kCaller(64, '4'), kReader(64, '5'), kDeskReader(64, '6');
constexpr const char* kNumber = "11010519491231002X";

class Devices : public House {
 protected:
  void SetUp() override {
    House::SetUp();
    open_account("clerk.a", Role::clerk);
    open_account("clerk.b", Role::clerk);
    open("kiosk", kKiosk);
    open("board", kBoard);
    open("pad", kPad, R"(,"window":"W01")");
    open("caller", kCaller, R"(,"window":"W01")");
    open("card_reader", kReader, R"(,"serves":")" + hall::screen_of_key(kKiosk) + "\"");
    open("card_reader", kDeskReader, R"(,"window":"W01")");
  }
  void open(const std::string& kind, const std::string& key, const std::string& more = "") {
    give("hall.open_screen", R"({"place":"一楼","key":")" + key + R"(","kind":")" + kind + "\"" + more + "}");
  }
  // Without a session; `key` of idempotency: a number.
  http::test::Reply post(const std::string& path, const std::string& key, const std::string& more = "", int act = 0) {
    const auto body = R"({"key":")" + key + "\"" + more + "}";
    char id[40];
    std::snprintf(id, sizeof id, "01900000-0000-7000-9000-%012d", act ? act : ++acts_);
    return client_->ask("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: " + id + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  std::string take(const std::string& more = "") {
    const auto r = post("/api/hall/kiosk/take", kKiosk, R"(,"line":"ZH","priority":false,"with_name":)" + std::string(more.empty() ? "false" : more));
    EXPECT_EQ(r.status, 200) << r.body;
    return r.body;
  }
  void at_desk(const std::string& account, const char* command, const std::string& body = R"({"window":"W01"})") {
    const auto r = ask(account, "POST", std::string("/api/hall/") + command, body);
    ASSERT_EQ(r.status, 200) << command << ": " << r.body;
  }
  static std::string code(const http::test::Reply& r) { return std::to_string(r.status) + " " + member(r.body, {"code"}); }
  int acts_ = 1'000;
};

TEST_F(Devices, AKeyOpensItsOwnKindAlone) {
  const std::pair<const char*, std::string> doors[] = {{"/api/hall/kiosk", kKiosk}, {"/api/hall/call_board", kBoard}, {"/api/hall/pad", kPad}, {"/api/hall/caller", kCaller}, {"/api/hall/leaders", ""}};
  for (const auto& [door, own] : doors)
    for (const auto& key : {kKiosk, kBoard, kPad, kCaller, kReader})
      EXPECT_EQ(code(post(door, key)), key == own ? "200 " : "403 hall.screen_not_open") << door;
  EXPECT_EQ(code(post("/api/hall/kiosk/take", kBoard, R"(,"line":"ZH","priority":false,"with_name":false)")), "403 hall.screen_not_open");
  EXPECT_EQ(code(post("/api/hall/caller/press", kPad, R"(,"button":"next")")), "403 hall.screen_not_open");
  EXPECT_EQ(code(post("/api/hall/card_reader", kKiosk, R"(,"name":"某甲","id_number":"11010519491231002X")")), "403 hall.screen_not_open");
  give("hall.close_screen", R"({"screen":")" + hall::screen_of_key(kKiosk) + "\"}");
  EXPECT_EQ(code(post("/api/hall/kiosk", kKiosk)), "403 hall.screen_not_open");
}

TEST_F(Devices, APressThatIsSentTwiceIsDoneOnce) {
  const std::string wish = R"(,"line":"ZH","priority":true,"with_name":false)";
  const auto one = post("/api/hall/kiosk/take", kKiosk, wish, 7), again = post("/api/hall/kiosk/take", kKiosk, wish, 7);
  EXPECT_EQ(member(one.body, {"ticket", "number"}), "A001");
  EXPECT_EQ(member(again.body, {"ticket", "number"}), "A001");
  EXPECT_EQ(member(take(), {"ticket", "number"}), "A002");
  EXPECT_NE(one.body.find("/visit/20240624000001-"), std::string::npos) << one.body;
  EXPECT_EQ(code(post("/api/hall/kiosk/take", kKiosk, R"(,"line":"??","priority":false,"with_name":false)")), "422 hall.unknown_line");
}

TEST_F(Devices, TheCallersButtonsAreTheHandsOfWhoSitsThere) {
  take();
  EXPECT_EQ(code(post("/api/hall/caller/press", kCaller, R"(,"button":"next")")), "409 hall.window_is_closed");
  at_desk("clerk.a", "open_window");
  const auto called = post("/api/hall/caller/press", kCaller, R"(,"button":"next")");
  EXPECT_EQ(member(called.body, {"number"}), "A001") << called.body;
  EXPECT_EQ(code(ask("clerk.b", "POST", "/api/hall/finish_ticket", R"({"window":"W01"})")), "409 hall.not_your_window");
  EXPECT_EQ(code(post("/api/hall/caller/press", kCaller, R"(,"button":"skip")")), "409 hall.called_too_seldom");
  EXPECT_EQ(post("/api/hall/caller/press", kCaller, R"(,"button":"finish")").status, 200);
  EXPECT_EQ(code(post("/api/hall/caller/press", kCaller, R"(,"button":"recall")")), "409 hall.nobody_served");
}

TEST_F(Devices, APadAsksOnceAndALinkCannotBeGuessed) {
  const auto paper = take();
  const auto link = member(paper, {"link"});
  const auto token = link.substr(link.rfind('/') + 1);
  const auto rate = [&](int level) { return code(post("/api/hall/pad/rate", kPad, R"(,"number":"A001","comment":"等候时间长","level":)" + std::to_string(level))); };
  EXPECT_EQ(rate(1), "409 hall.not_served");
  at_desk("clerk.a", "open_window");
  at_desk("clerk.a", "call_next");
  EXPECT_EQ(member(post("/api/hall/pad", kPad).body, {"serving"}), "A001");
  at_desk("clerk.a", "finish_ticket");
  EXPECT_EQ(member(post("/api/hall/pad", kPad).body, {"rate"}), "A001");
  const auto visit = client_->ask(http::test::get("/api/hall/visits/" + token));
  EXPECT_EQ(member(visit.body, {"may_rate"}), "true") << visit.body;
  EXPECT_EQ(visit.body.find("kind"), std::string::npos) << "whoever has the link is not told what kind of person holds the number";
  auto guessed = token;
  guessed.back() = guessed.back() == '0' ? '1' : '0';
  EXPECT_EQ(code(client_->ask(http::test::get("/api/hall/visits/" + guessed))), "404 hall.unknown_ticket");
  EXPECT_EQ(rate(5), "200 ");
  EXPECT_EQ(rate(1), "409 hall.rated_already");
  EXPECT_EQ(member(post("/api/hall/pad", kPad).body, {"rate"}), "") << "it asks no more";
  EXPECT_EQ(member(client_->ask(http::test::get("/api/hall/visits/" + token)).body, {"rated"}), "true");
  // The bad rating is a follow-up, and a figure with its denominator.
  open_account("super.a", Role::supervisor);
  followed();
  const auto list = ask("super.a", "GET", "/api/hall/follow_ups").body;
  for (const char* part : {"bad_rating", "等候时间长", R"("reachable":false)"}) EXPECT_NE(list.find(part), std::string::npos) << part << " in " << list;
  auto& engine = house_->engine();
  engine.reader()->events(engine.centre(), 1, engine.position(), [&](const store::LedgerRow& row) {
    EXPECT_EQ(row.record.find("等候时间长"), std::string_view::npos) << "what was written with a rating is sealed";
    return true;
  });
  const auto figures = ask("super.a", "GET", "/api/hall/ratings?from=2024-06-24&to=2024-06-24").body;
  for (const char* part : {R"("counted":1)", R"("bad":1)", R"("visits":1)", R"("visits_rated":1)"}) EXPECT_NE(figures.find(part), std::string::npos) << part << " in " << figures;
}

TEST_F(Devices, ALinkIsSentByASenderThatTheProgramDoesNotKnow) {
  const std::string key(64, '7'), other(64, '8');
  open("sender", key);
  open("sender", other);
  take();
  at_desk("clerk.a", "open_window");
  at_desk("clerk.a", "call_next");
  const std::string wish = R"({"ticket":"20240624000001","phone":"13900000199"})";
  EXPECT_EQ(code(ask("clerk.a", "POST", "/api/hall/ask_evaluation_link", wish)), "409 hall.not_served");
  at_desk("clerk.a", "finish_ticket");
  EXPECT_EQ(code(ask("clerk.a", "POST", "/api/hall/ask_evaluation_link", R"({"ticket":"20240624000001","phone":"1390000019"})")), "422 hall.bad_phone");
  at_desk("clerk.a", "ask_evaluation_link", wish);
  EXPECT_EQ(code(ask("clerk.a", "POST", "/api/hall/ask_evaluation_link", wish)), "409 hall.link_asked_already");
  followed();
  EXPECT_EQ(post("/api/hall/outbox", kPad).status, 403);
  const auto box = post("/api/hall/outbox", key, "", 5);
  EXPECT_NE(box.body.find(R"("phone":"13900000199")"), std::string::npos) << box.body;
  const auto at = box.body.find("/visit/") + 7;
  const auto token = box.body.substr(at, box.body.find('?', at) - at);
  EXPECT_EQ(post("/api/hall/outbox", other).body, R"({"messages":[]})") << "handed over once";
  const auto id = box.body.find("\"message\":\"") + 11;
  const auto message = box.body.substr(id, box.body.find('"', id) - id);
  EXPECT_EQ(post("/api/hall/outbox/report", key, R"(,"message":")" + message + R"(","sent":false,"note":"空号")").status, 200);
  EXPECT_NE(post("/api/hall/outbox", other).body.find("13900000199"), std::string::npos) << "tried again";
  EXPECT_EQ(post("/api/hall/outbox/report", other, R"(,"message":")" + message + R"(","sent":true)").status, 200);
  EXPECT_EQ(code(post("/api/hall/outbox/report", other, R"(,"message":")" + message + R"(","sent":true)")), "409 hall.message_not_handed_over");
  // The link rates the visit, and counts for its channel.
  const auto body = R"({"token":")" + token + R"(","level":2,"by_message":true})";
  const auto rated = client_->ask("POST /api/hall/visits HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: 01900000-0000-7000-9000-000000000099\r\nContent-Type: application/json\r\nContent-Length: " +
                                  std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_EQ(rated.status, 200) << rated.body;
  open_account("super.a", Role::supervisor);
  followed();
  EXPECT_NE(ask("super.a", "GET", "/api/hall/ratings?from=2024-06-24&to=2024-06-24").body.find(R"("channel":"sms","ratings":1)"), std::string::npos);
  auto& engine = house_->engine();
  engine.reader()->events(engine.centre(), 1, engine.position(), [&](const store::LedgerRow& row) {
    EXPECT_EQ(std::string(row.record).find("13900000199"), std::string::npos);
    return true;
  });
}

TEST_F(Devices, ANumberGetsNoMoreLinksADayThanTheCentreHasAgreed) {
  at_desk("clerk.a", "open_window");
  const auto wish = [](int n, const char* phone) { return R"({"ticket":"2024062400000)" + std::to_string(n) + R"(","phone":")" + phone + R"("})"; };
  for (int n = 1; n <= 4; ++n) {
    take();
    at_desk("clerk.a", "call_next");
    at_desk("clerk.a", "finish_ticket");
  }
  at_desk("clerk.a", "ask_evaluation_link", wish(1, "13900000199"));
  at_desk("clerk.a", "ask_evaluation_link", wish(2, "13900000199"));
  EXPECT_EQ(code(ask("clerk.a", "POST", "/api/hall/ask_evaluation_link", wish(3, "13900000199"))), "409 hall.too_many_links") << "lines.yaml: links_per_number 2";
  at_desk("clerk.a", "ask_evaluation_link", wish(3, "13900000198"));
  EXPECT_TRUE(house_->engine().run("hall.ask_evaluation_link", wish(4, "13900000199"), {"clerk.a", "staff"}, at(CivilDay::of(2024, 6, 25), 9, 0)).ok()) << "the next day again";
}

TEST_F(Devices, AnAccountAsksForNoMoreLinksADayThanTheCentreHasAgreed) {
  at_desk("clerk.a", "open_window");
  const auto wish = [](int n) { return R"({"ticket":"20240624)" + std::string(n < 10 ? "00000" : "0000") + std::to_string(n) + R"(","phone":"139000002)" + (n < 10 ? "0" : "") + std::to_string(n) + R"("})"; };
  for (int n = 1; n <= 31; ++n) {
    take();
    at_desk("clerk.a", "call_next");
    at_desk("clerk.a", "finish_ticket");
    if (n <= 30) at_desk("clerk.a", "ask_evaluation_link", wish(n));
  }
  EXPECT_EQ(code(ask("clerk.a", "POST", "/api/hall/ask_evaluation_link", wish(31))), "409 hall.asked_too_many_links") << "lines.yaml: links_per_account 30";
  EXPECT_TRUE(house_->engine().run("hall.ask_evaluation_link", wish(31), {"clerk.b", "staff"}, at(CivilDay::of(2024, 6, 24), 16, 0)).ok()) << "another's are counted apart";
}

TEST_F(Devices, ACardIsReadForItsOwnPlaceAndKeptNowhere) {
  const std::string card = R"(,"name":"欧阳某某","id_number":")" + std::string(kNumber) + "\"";
  EXPECT_EQ(code(post("/api/hall/card_reader", kReader, R"(,"name":"某甲","id_number":"110105194912310021")")), "422 hall.bad_card");
  ASSERT_EQ(post("/api/hall/card_reader", kReader, card).status, 200);
  const auto seen = post("/api/hall/kiosk/card", kKiosk);
  EXPECT_EQ(seen.body.find("欧阳某某"), std::string::npos) << seen.body;
  EXPECT_EQ(seen.body.find(kNumber), std::string::npos);
  EXPECT_NE(member(seen.body, {"holder"}), "");
  at_desk("clerk.a", "open_window");
  EXPECT_EQ(ask("clerk.a", "GET", "/api/hall/windows/W01/card").body, "{}") << "the kiosk's reader is not the window's";
  const auto paper = take("true");
  EXPECT_EQ(post("/api/hall/kiosk/card", kKiosk).body.find("holder\":\""), std::string::npos) << "gone with the number";
  ASSERT_EQ(post("/api/hall/card_reader", kDeskReader, card).status, 200);
  EXPECT_EQ(member(ask("clerk.a", "GET", "/api/hall/windows/W01/card").body, {"card", "id_number"}), kNumber);
  EXPECT_EQ(code(ask("clerk.b", "GET", "/api/hall/windows/W01/card")), "409 hall.not_your_window");
  at_desk("clerk.a", "call_next");
  followed();
  const auto board = post("/api/hall/call_board", kBoard).body;
  EXPECT_NE(board.find("A001"), std::string::npos) << board;
  EXPECT_NE(board.find("*"), std::string::npos) << board;
  EXPECT_EQ(board.find("某某"), std::string::npos) << board;
  EXPECT_EQ(client_->ask(http::test::get("/api/hall/board")).body.find("holder"), std::string::npos) << "everybody's board has no names";
  auto& engine = house_->engine();
  engine.reader()->events(engine.centre(), 1, engine.position(), [&](const store::LedgerRow& row) {
    EXPECT_EQ(std::string(row.record).find("某某"), std::string::npos);
    EXPECT_EQ(std::string(row.record).find(kNumber), std::string::npos);
    return true;
  });
}

TEST_F(Devices, ANumberTakenWithACardIsTheSameWhenTheAnswerWasLost) {
  ASSERT_EQ(post("/api/hall/card_reader", kReader, R"(,"name":"欧阳某某","id_number":")" + std::string(kNumber) + "\"").status, 200);
  const std::string wish = R"(,"line":"ZH","priority":false,"with_name":true)";
  const auto one = post("/api/hall/kiosk/take", kKiosk, wish, 41), again = post("/api/hall/kiosk/take", kKiosk, wish, 41);
  EXPECT_EQ(member(one.body, {"ticket", "number"}), "A001") << one.body;
  EXPECT_EQ(member(again.body, {"ticket", "number"}), "A001") << "the card is forgotten by then: " << again.body;
}

TEST_F(Devices, TheKioskForgetsWhoGoes) {
  ASSERT_EQ(post("/api/hall/card_reader", kReader, R"(,"name":"欧阳某某","id_number":")" + std::string(kNumber) + "\"").status, 200);
  EXPECT_NE(post("/api/hall/kiosk/card", kKiosk).body.find("holder\":\""), std::string::npos);
  EXPECT_EQ(code(post("/api/hall/kiosk/forget", kBoard)), "403 hall.screen_not_open");
  ASSERT_EQ(post("/api/hall/kiosk/forget", kKiosk).status, 200);
  EXPECT_EQ(post("/api/hall/kiosk/card", kKiosk).body.find("holder\":\""), std::string::npos);
}

TEST_F(Devices, AMemberOfTheStaffSignsWithTheirCard) {
  const auto lay = [&](const std::string& name) { ASSERT_EQ(post("/api/hall/card_reader", kReader, R"(,"name":")" + name + R"(","id_number":")" + std::string(kNumber) + "\"").status, 200); };
  EXPECT_EQ(code(post("/api/hall/kiosk/sign", kKiosk)), "409 hall.no_card");
  lay("欧阳某某");
  EXPECT_EQ(code(post("/api/hall/kiosk/sign", kKiosk)), "409 app.not_one_of_the_staff");
  lay("某甲");
  EXPECT_EQ(code(post("/api/hall/kiosk/sign", kKiosk)), "409 app.not_one_of_the_staff") << "two clerks are called so";
  give("identity.open_account", R"({"account":"clerk.c","name":"欧阳某某","department":"scjgj"})");
  give("identity.grant_roles", R"({"account":"clerk.c","roles":["clerk"]})");
  lay("欧阳某某");
  const auto signed_ = post("/api/hall/kiosk/sign", kKiosk, "", 42);
  EXPECT_EQ(signed_.status, 200) << signed_.body;
  EXPECT_EQ(signed_.body.find("欧阳某某"), std::string::npos) << "masked";
  EXPECT_EQ(post("/api/hall/kiosk/sign", kKiosk, "", 42).status, 200) << "the same again";
  EXPECT_EQ(code(ask("clerk.c", "POST", "/api/staff/sign_by_card", R"({"account":"clerk.c"})")).substr(0, 3), "404") << "it is no door of a person";
}

TEST_F(Devices, AnAppointmentChecksInByItsCodeAtTheKiosk) {
  open_account("guide.a", Role::guide);
  at_desk("guide.a", "make_appointment", R"({"line":"ZH","day":"2024-06-24","slot":570,"holder":"欧阳某某","matters":[]})");
  const auto list = ask("guide.a", "GET", "/api/hall/appointments").body;
  const auto at = list.find("\"code\":\"") + 8;
  const auto mine = list.substr(at, list.find('"', at) - at);
  ASSERT_EQ(mine.substr(0, 2), "1-") << list;
  auto plain = mine;
  plain.erase(1, 1);
  auto guessed = plain;
  guessed.back() = guessed.back() == '0' ? '1' : '0';
  EXPECT_EQ(code(post("/api/hall/kiosk/check_in", kKiosk, R"(,"code":")" + guessed + "\"")), "404 hall.unknown_appointment");
  const auto in = post("/api/hall/kiosk/check_in", kKiosk, R"(,"code":")" + plain + "\"");
  EXPECT_EQ(member(in.body, {"ticket", "kind"}), "appointment") << in.body;
  EXPECT_EQ(code(post("/api/hall/kiosk/check_in", kKiosk, R"(,"code":")" + plain + "\"")), "409 hall.appointment_over");
}

}  // namespace
}  // namespace yi::app::test
