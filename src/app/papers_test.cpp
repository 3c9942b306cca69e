// Papers of a case over HTTP: which there are, what they ask, that each print is a fact, and that what was printed stays as it was.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "app/installation.h"
#include "casework/documents.h"
#include "crypto/encoding.h"
#include "crypto/sm3.h"
#include "engine/rebuild.h"
#include "http/test_client.h"
#include "http/test_page_policy.h"
#include "identity/cookie.h"
#include "publish/pdf_reading.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::app {
namespace {

std::string text_of_name(const std::string& name) {
  std::string out;
  for (const char c : name)
    if (c != ' ') out += c;
  return out;
}
// The words of a PDF without its line ends and blanks.
std::string text_of(const std::string& pdf) {
  std::string out;
  for (const char c : publish::test::PdfFile(pdf).run("pdftotext {} -"))
    if (c != '\n' && c != ' ' && c != '\f') out += c;
  return out;
}

const CivilDay kDay = CivilDay::of(2024, 6, 24);

class Papers : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void TearDown() override { house_.reset(); }
  void open() {
    ServeOptions o;
    o.data_directory = directory_.path();
    o.data_root = YI_SOURCE_DIR "/data";
    o.server.port = 0;
    o.clock_if_new = {true, at(kDay, 9, 0)};
    auto opened = Installation::open(o);
    ASSERT_TRUE(opened.ok()) << opened.error().sentence << opened.error().where;
    house_ = std::move(opened).value();
    const auto served = house_->serve();
    ASSERT_TRUE(served.ok()) << served.error().sentence << served.error().where;
  }
  // A session of somebody with one role.
  std::string session_of(const std::string& role) {
    const auto account = "t." + role;
    if (!house_->gatekeeper().book().find(account)) {
      if (role == "applicant") run("identity.open_applicant", R"({"account":")" + account + "\"}");
      else {
        run("identity.open_account", R"({"account":")" + account + R"(","name":"承办人甲","department":")" + matter_->department.value + "\"}");
        run("identity.grant_roles", R"({"account":")" + account + R"(","roles":[")" + role + R"("]})");
      }
    }
    return house_->gatekeeper().sessions().open(account, house_->gatekeeper().book().find(account)->state.version);
  }
  engine::Answer run(const std::string& command, const std::string& body) {
    auto a = house_->engine().run(command, body, {"w01", "operator", "窗口乙"});
    EXPECT_TRUE(a.ok()) << command << " " << body << ": " << a.error().code << " " << a.error().sentence << " " << a.error().where;
    return a.ok() ? std::move(a).value() : engine::Answer{};
  }
  http::test::Reply ask(const std::string& method, const std::string& path, const std::string& role, const std::string& body = {}, int key = 0) {
    http::test::Client c(house_->port());
    const auto session = session_of(role);
    auto text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + identity::cookie_name("localhost", false) + "=" + session +
                "\r\nX-CSRF-Token: " + identity::csrf_token_of(session) + "\r\n";
    if (method == "POST") {
      char id[40];
      std::snprintf(id, sizeof id, "00000000-0000-7000-8000-%012d", key ? key : ++keys_ + 1000);
      text += "Content-Type: application/json\r\nIdempotency-Key: " + std::string(id) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    } else text += "\r\n";
    return c.ask(text);
  }
  const catalog::Matter& matter(bool permit) {
    for (const auto& m : house_->common().catalog->matters())
      if ((m.kind == catalog::MatterKind::permit) == permit && m.case_type == catalog::CaseType::promised && m.steps.empty() && !m.quantity_limit &&
          (!permit || (m.extension && !m.suspensions.empty() && !m.joint)))
        return m;
    throw std::logic_error("no such matter");
  }
  std::string window(bool issue) {
    for (const auto& w : house_->common().catalog->windows())
      if (issue ? w.kind == catalog::WindowKind::issue && w.issues(matter_->department) : w.receives(matter_->department)) return w.code.value;
    throw std::logic_error("no window");
  }
  std::string papers_but(std::size_t left_out) {
    std::string list = "[";
    for (const auto& p : matter_->materials)
      if (p.required && p.provider != catalog::Provider::government && left_out-- != 0) {
        if (list.size() > 1) list += ",";
        json::append_string(list, p.name);
      }
    return list + "]";
  }
  void receive(bool permit, std::size_t left_out = 99) {
    matter_ = matter(permit);
    in_ = window(false);
    out_ = window(true);
    const auto a = run("casework.receive", R"({"matter":")" + matter_->code.value + R"(","window":")" + in_ + R"(","applicant_kind":"legal","applicant":"某某（虚构）食品有限公司","agent":{"name":"代办某"},"materials":)" + papers_but(left_out) + "}");
    id_ = a.stream.substr(5);
  }
  void act(const std::string& name, const std::string& rest) { run("casework." + name, R"({"case_id":")" + id_ + "\"," + rest + "}"); }
  std::string path(const std::string& more = {}) const { return "/api/casework/cases/" + id_ + "/papers" + more; }
  std::string deliveries() const { return "/api/casework/cases/" + id_ + "/deliveries"; }
  std::string list(const std::string& role = "handler") { return ask("GET", path("?after_position=" + std::to_string(house_->engine().position())), role).body; }
  // Prints one paper and reads it again: the same bytes as the fact's digest says. Returns its text.
  std::string printed(const std::string& document, const std::string& words = "[]", const std::string& format = "pdf") {
    const auto r = ask("POST", path(), "handler", R"({"document":")" + document + R"(","format":")" + format + R"(","words":)" + words + "}");
    EXPECT_EQ(r.status, 201) << document << ": " << r.body;
    if (r.status != 201) return "";
    house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(5));
    const auto paper = ask("GET", r.header("location"), "handler");
    EXPECT_EQ(paper.status, 200) << paper.body;
    EXPECT_EQ(paper.header("x-sm3"), hex(crypto::bytes(crypto::sm3(paper.body))));
    EXPECT_NE(r.body.find(paper.header("x-sm3")), std::string::npos) << r.body;
    if (const char* keep = std::getenv("YI_KEEP_PAPERS")) std::ofstream(std::string(keep) + "/case-" + document + "." + format, std::ios::binary) << paper.body;
    return format == "pdf" ? text_of(paper.body) : paper.body;
  }
  store::TemporaryDirectory directory_;
  std::unique_ptr<Installation> house_;
  std::optional<catalog::Matter> matter_;  // a copy: the house with its catalogue may be opened anew
  std::string in_, out_, id_;
  int keys_ = 0;
};

void expect_words(const std::string& text, std::initializer_list<std::string> words) {
  for (const auto& w : words) EXPECT_NE(text.find(w), std::string::npos) << w << "\nis not in\n" << text.substr(0, 4000);
}

TEST_F(Papers, ALifeGivesItsPapersOneAfterTheOther) {
  receive(true, 0);
  expect_words(printed("receipt"), {"申请材料接收凭证", "虚构", "代办某", "三十二条"});
  const auto first = matter_->materials.front().name;
  act("request_correction", R"("window":")" + in_ + R"(","defects":[{"material":")" + first + R"(","wrong":"没有签名","right":"请签名"}])");
  expect_words(printed("correction_notice"), {"补正材料通知书", "没有签名", "请签名", "咨询电话"});
  act("supply_materials", R"("window":")" + in_ + R"(","materials":)" + papers_but(99));
  expect_words(printed("correction_receipt"), {"补正材料接收凭证"});
  act("accept", R"("window":")" + in_ + R"(","deferred":[],"commitments":[])");
  // Day by day, with the article; and the code that leads to the receipt.
  expect_words(printed("acceptance_notice"), {"受理通知书", "期限是怎样计算的", "第1日", "四十二条", "扫码"});
  act("transfer", R"("window":")" + in_ + R"(","to":"department","signed_by":"承办人甲")");
  expect_words(printed("transfer_slip"), {"流转单"});
  act("suspend", R"("kind":")" + std::string(json::enum_name(matter_->suspensions.front().kind)) + R"(","reason":"须专家评审","approver":"某负责人","planned_end":"2024-07-05")");
  expect_words(printed("suspension_notice"), {"特别程序告知书", "四十五条", "某负责人"});
  act("resume", R"("result":"已完成")");
  act("extend", R"("days":)" + std::to_string(matter_->extension->days) + R"(,"reason":"情况复杂","approver":"某负责人")");
  expect_words(printed("extension_notice"), {"延长办理期限", "情况复杂"});
  expect_words(printed("site_inspection", R"([{"slot":"inspected_on","value":"2024-06-26"},{"slot":"inspection_place","value":"虚构路1号"},{"slot":"officer","value":"甲、乙"}])"),
               {"现场验收", "虚构路1号", "2024年6月26日"});
  // Past days and a single inspector contradict what the paper says of itself.
  for (const auto& [words, code] : {std::pair{R"([{"slot":"inspected_on","value":"2024-06-20"}])", "casework.paper_day_past"}, {R"([{"slot":"officer","value":"甲"}])", "casework.two_officials"}}) {
    const auto r = ask("POST", path(), "handler", std::string(R"({"document":"site_inspection","words":)") + words + "}");
    EXPECT_NE(r.body.find(code), std::string::npos) << r.body;
  }
  act("inspect_site", R"("reason":"与申报一致","people":["核查甲","核查乙"])");
  expect_words(printed("site_record"), {"现场核查记录", "核查甲、核查乙", "三十四条第三款"});
  act("decide", R"("decision":"refuse","reason":"不符合规定条件","legal_basis":"某条例第九条","standard":"某标准第2章")");
  // The basis belongs to the decision: it is nobody's to enter at the printer.
  const auto other = ask("POST", path(), "handler", R"({"document":"permit_refusal","words":[{"slot":"legal_basis","value":"别的条例第一条"}]})");
  EXPECT_NE(other.body.find("casework.unknown_paper_word"), std::string::npos) << other.body;
  expect_words(printed("permit_refusal"), {"某标准第2章", "不予行政许可决定书", "不符合规定条件", "某条例第九条", "60日", "6个月", "行政复议"});
  act("transfer", R"("window":")" + out_ + R"(","to":"issue_window","signed_by":"出件员")");
  EXPECT_EQ(house_->engine().run("casework.issue", R"({"case_id":")" + id_ + R"(","window":")" + out_ + R"(","delivery":"post"})", {"w01", "operator"}).error().code, "casework.tracking_required");
  act("issue", R"("window":")" + out_ + R"(","delivery":"post","tracking_number":"EX001")");
  expect_words(printed("proof_of_delivery"), {"送达回证", "邮寄", "EX001", "不予行政许可决定书", "签收人签名"});
  // Days later the post brings the signature: from then on the proof tells it, and the periods of the remedies count from there.
  const auto told = ask("POST", deliveries(), "handler", R"({"way":"post","tracking_number":"EX001","delivered_on":"2024-06-24","received_by":"签收某","relation":"本人"})");
  EXPECT_EQ(told.status, 201) << told.body;
  expect_words(list(), {R"("received_by":"签收某")", R"("signed_for":true)"});
  expect_words(printed("proof_of_delivery"), {"签收某", "2024年6月24日"});
  expect_words(printed("proof_of_delivery", "[]", "docx"), {"PK"});
}

TEST_F(Papers, AMatterThatIsNoPermitIsRefusedOnItsOwnPaper) {
  receive(false);
  act("accept", R"("window":")" + in_ + R"(","deferred":[],"commitments":[])");
  act("transfer", R"("window":")" + in_ + R"(","to":"department","signed_by":"承办人甲")");
  act("decide", R"("decision":"refuse","reason":"不符合规定条件","legal_basis":"某办法第三条")");
  expect_words(printed("other_refusal"), {"不予办理决定书", "某办法第三条", "60日", "6个月"});
  EXPECT_EQ(ask("POST", path(), "handler", R"({"document":"permit_refusal","words":[]})").status, 409);
}

// 01 certifies what was counted; a receipt tells the day and the papers of its own act; a supplement never shortens the first list.
TEST_F(Papers, ReceiptsTellTheirOwnDayAndWhatWasCounted) {
  receive(true, 1);
  const auto& second = matter_->materials.at(1).name;
  EXPECT_NE(house_->engine().run("casework.supply_materials", R"({"case_id":")" + id_ + R"(","window":")" + in_ + R"(","materials":[")" + second + R"("],"handed":[{"material":"没有交的","copies":1,"form":"copy"}]})",
                                 {"w01", "operator"}).error().code.find("casework.bad_count"), std::string::npos);
  expect_words(printed("receipt"), {"没有登记形式或者份数"});
  act("supply_materials", R"("window":")" + in_ + R"(","materials":[")" + second + R"("],"handed":[{"material":")" + second + R"(","copies":3,"form":"copy"}])");
  auto whole = printed("receipt");
  for (const auto& p : matter_->materials)
    if (p.required && p.provider != catalog::Provider::government) expect_words(whole, {text_of_name(p.name)});
  expect_words(whole, {"2024年6月24日提交的", "复印件", house_->common().catalog->find_window(WindowCode{in_})->name});
}

// Each paper that refuses has a proof of its own; what was refused to be taken is left with witnesses.
TEST_F(Papers, ARefusalToAcceptIsServedAndLeftWhereItIsNotTaken) {
  receive(true);
  EXPECT_EQ(house_->engine().run("casework.refuse_acceptance", R"({"case_id":")" + id_ + R"(","window":")" + in_ + R"(","reason":"一年内不得再次申请","because":"other"})", {"w01", "operator"}).error().code,
            "casework.basis_required");
  EXPECT_EQ(ask("POST", deliveries(), "clerk", R"({"document":"acceptance_refusal","way":"window","delivered_on":"2024-06-24","received_by":"某人"})").status, 409);
  act("refuse_acceptance", R"("window":")" + in_ + R"(","reason":"一年内不得再次申请","because":"other","legal_basis":"《中华人民共和国行政许可法》第七十八条")");
  auto text = printed("acceptance_refusal");
  expect_words(text, {"第七十八条", "60日", "6个月"});
  EXPECT_EQ(text.find("不需要取得行政许可"), std::string::npos) << text;
  const auto proof = ask("POST", path(), "handler", R"({"document":"proof_of_delivery","serves":"acceptance_refusal","words":[]})");
  EXPECT_EQ(proof.status, 201) << proof.body;
  for (const auto& [body, code] : {std::pair{R"({"document":"acceptance_refusal","way":"left","delivered_on":"2024-06-24"})", "casework.delivery_unexplained"},
                                   {R"({"document":"acceptance_refusal","way":"post","delivered_on":"2024-06-24","received_by":"某人"})", "casework.tracking_required"},
                                   {R"({"document":"acceptance_refusal","way":"window","delivered_on":"2024-06-24"})", "casework.delivery_unsigned"},
                                   {R"({"document":"acceptance_refusal","way":"window","delivered_on":"2024-06-25","received_by":"某人"})", "casework.delivery_day"},
                                   {R"({"document":"permit_refusal","way":"window","delivered_on":"2024-06-24","received_by":"某人"})", "casework.nothing_delivered"}}) {
    const auto r = ask("POST", deliveries(), "clerk", body);
    EXPECT_NE(r.body.find(code), std::string::npos) << body << r.body;
  }
  const auto left = ask("POST", deliveries(), "clerk", R"({"document":"acceptance_refusal","way":"left","delivered_on":"2024-06-24","remark":"拒绝签收，见证人甲某、乙某"})");
  EXPECT_EQ(left.status, 201) << left.body;
  EXPECT_EQ(left.body.find("见证人甲某"), std::string::npos) << left.body;  // sealed in the fact
  house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(5));
  const auto again = ask("POST", path(), "handler", R"({"document":"proof_of_delivery","serves":"acceptance_refusal","words":[]})");
  house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(5));
  expect_words(text_of(ask("GET", again.header("location"), "handler").body), {"留置送达", "见证人甲某", "不予受理告知书"});
  EXPECT_EQ(ask("POST", deliveries(), "runner", R"({"way":"window","delivered_on":"2024-06-24","received_by":"某人"})").status, 403);
}

TEST_F(Papers, APaperCanBeFetchedAtTheVeryPositionOfItsPrint) {
  receive(true);
  for (int i = 0; i < 5; ++i) {
    const auto r = ask("POST", path(), "handler", R"({"document":"receipt","words":[]})");
    ASSERT_EQ(r.status, 201) << r.body;
    EXPECT_EQ(ask("GET", r.header("location") + "?after_position=" + r.header("x-ledger-position"), "handler").status, 200);
  }
}

// §45: time that was not told in writing is not to be left out. Whether paper 08 was printed, the next working day's timers see.
TEST_F(Papers, APauseWithoutItsNoticeIsSeenInTheMorning) {
  std::string told, untold;
  for (auto* id : {&told, &untold}) {
    receive(true);
    act("accept", R"("window":")" + in_ + R"(","deferred":[],"commitments":[])");
    act("transfer", R"("window":")" + in_ + R"(","to":"department","signed_by":"承办人甲")");
    act("suspend", R"("kind":")" + std::string(json::enum_name(matter_->suspensions.front().kind)) + R"(","reason":"须专家评审","approver":"某负责人","planned_end":"2024-07-05")");
    if (id == &told) printed("suspension_notice");
    *id = id_;
  }
  const auto cards = [&](const std::string& id) {
    const auto body = ask("GET", "/api/casework/cases/" + id + "?after_position=" + std::to_string(house_->engine().position()), "handler").body;
    const auto from = body.find(R"("cards":)");
    return body.substr(from, body.find(']', from) - from + 1);
  };
  EXPECT_EQ(cards(untold), R"("cards":[])");
  house_->engine().clock().drive(at(kDay + 1, 9, 0));
  receive(true);  // whatever is done first on that day
  EXPECT_EQ(cards(untold), R"("cards":["JC-0207"])");
  EXPECT_EQ(cards(told), R"("cards":[])");
}

// 代颁: the case came without people, so whoever signs gets a key of their own, and no name lies in clear anywhere.
TEST_F(Papers, WhoSignsForAResultOfAnotherSystemIsSealedToo) {
  matter_ = matter(true);
  out_ = window(true);
  const auto a = run("casework.receive_result", R"({"matter":")" + matter_->code.value + R"(","window":")" + out_ + R"(","foreign_number":"外-1","decided_on":"2024-06-20","handed_over":["许可证"],"signed_by":"出件员"})");
  id_ = a.stream.substr(5);
  act("issue", R"("window":")" + out_ + R"(","delivery":"window","received_by":"领取人慕容某")");
  const auto told = ask("POST", deliveries(), "handler", R"({"way":"left","delivered_on":"2024-06-24","received_by":"代收人欧阳某","relation":"门卫司徒某","remark":"见证人上官某"})");
  EXPECT_EQ(told.status, 201) << told.body;
  const auto applicant = R"([{"slot":"applicant","value":"某单位"}])";
  house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(5));
  expect_words(printed("proof_of_delivery", applicant), {"欧阳某", "司徒某", "上官某"});
  house_.reset();
  int files = 0;
  for (const auto& f : std::filesystem::recursive_directory_iterator(directory_.path())) {
    if (!f.is_regular_file()) continue;
    std::ifstream in(f.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    ++files;
    for (const char* name : {"慕容", "欧阳", "司徒", "上官"}) EXPECT_EQ(bytes.find(name), bytes.npos) << name << " in " << f.path();
  }
  EXPECT_GT(files, 2);
  open();
  expect_words(printed("proof_of_delivery", applicant), {"欧阳某"});
}

// The code on a paper: before the acceptance the state and what is asked, afterwards the proof of the acceptance that holds.
TEST_F(Papers, TheCodeLeadsToTheStateAndToTheAcceptanceThatHolds) {
  receive(true, 0);
  const auto json_of = [](const std::string& body, const std::string& name) {
    const auto from = body.find("\"" + name + "\":\"") + name.size() + 4;
    return body.substr(from, body.find('"', from) - from);
  };
  const auto number = json_of(ask("GET", "/api/casework/cases/" + id_, "handler").body, "number");
  const auto path = json_of(ask("GET", "/api/casework/receipt_link?number=" + number, "handler").body, "path");
  ASSERT_EQ(path.find("/receipts/" + number), 0u) << path;
  const auto page = [&] { return ask("GET", path, "guide").body; };
  const auto file = [&] { return ask("GET", path.substr(0, path.find('?')) + "/file" + path.substr(path.find('?')), "guide"); };
  const auto shown = ask("GET", path, "guide");
  EXPECT_EQ(http::test::against_policy(shown.header("content-security-policy"), shown.body), "") << "and its own rows are styled by one block";
  expect_words(page(), {"办理状态", "已收件", "行政许可法第三十二条", "受理告知时限"});
  EXPECT_EQ(file().status, 404);
  EXPECT_EQ(ask("GET", "/receipts/" + number + "?k=0123456789abcdef", "guide").status, 404);
  act("request_correction", R"("window":")" + in_ + R"(","defects":[{"material":")" + matter_->materials.front().name + R"(","wrong":"没有签名","right":"请签名"}])");
  expect_words(page(), {"待补正", "没有签名", "请签名", "以前补正"});
  act("supply_materials", R"("window":")" + in_ + R"(","materials":)" + papers_but(99));
  EXPECT_EQ(page().find("没有签名"), std::string::npos);
  const auto accept = R"("window":")" + in_ + R"(","deferred":[],"commitments":[])";
  act("accept", accept);
  const auto wrong = house_->engine().position();
  EXPECT_EQ(json_of(file().body, "seq"), std::to_string(wrong));
  expect_words(page(), {"受理回执", "已受理", "账本中的证明"});
  act("reverse", R"("reason":"录错了")");
  EXPECT_EQ(file().status, 404) << "a reversed acceptance proves nothing";
  expect_words(page(), {"办理状态", "已收件"});
  act("accept", accept);
  EXPECT_EQ(json_of(file().body, "seq"), std::to_string(house_->engine().position()));
  EXPECT_GT(house_->engine().position(), wrong);
  for (const char* person : {"（虚构）食品", "代办某"}) EXPECT_EQ(page().find(person), std::string::npos);
}

// No fee without the law that names it; a right to be heard is told before the decision.
TEST_F(Papers, WhatTheLawDoesNotGiveIsNotPrintable) {
  receive(true);
  ASSERT_FALSE(matter_->fee);
  act("accept", R"("window":")" + in_ + R"(","deferred":[],"commitments":[])");
  EXPECT_EQ(ask("POST", path(), "handler", R"({"document":"payment_notice","words":[]})").status, 409);
  act("transfer", R"("window":")" + in_ + R"(","to":"department","signed_by":"承办人甲")");
  act("inform_third_party", R"("reason":"影响相邻单位采光","people":["相邻某单位"])");
  const auto words = "[]";  // whom it told, the ledger knows
  expect_words(printed("hearing_notice", words), {"听证", "2024年7月1日", "相邻某单位"});  // five working days, counted by the program
  expect_words(printed("third_party_notice", words), {"陈述和申辩", "2024年7月1日"});
  const auto early = house_->engine().run("casework.decide", R"({"case_id":")" + id_ + R"(","decision":"grant"})", {"w01", "operator"});
  EXPECT_EQ(early.error().code, "casework.answer_running");
  act("decide", R"("decision":"grant","heard":"相邻单位书面放弃听证")");
  EXPECT_EQ(ask("POST", path(), "handler", std::string(R"({"document":"hearing_notice","words":)") + words + "}").status, 409);
}

// Commands want exact names: whoever gives them can read them.
TEST_F(Papers, TheCatalogueIsOpenWithTheNamesThatCommandsWant) {
  matter_ = matter(true);
  EXPECT_EQ(ask("GET", "/api/casework/hall", "clerk").body.find("opening_day"), std::string::npos) << "no case has come yet";
  receive(true);
  const auto all = ask("GET", "/api/casework/matters", "clerk");
  EXPECT_EQ(all.status, 200);
  EXPECT_NE(all.body.find(matter_->code.value), std::string::npos);
  const auto one = ask("GET", "/api/casework/matters/" + matter_->code.value, "clerk");
  EXPECT_EQ(one.status, 200) << one.body;
  for (const auto& p : matter_->materials) EXPECT_NE(one.body.find("\"name\":\"" + p.name), std::string::npos) << one.body;
  expect_words(one.body, {R"("deferrable":)", R"("commitment":)", R"("correction_texts":)", R"("correction_days":)", R"("basis":[)", R"("conditions":[)", R"("online_depth":["consult","receive")", R"("life_stages":[")",
                          std::string(R"("unverified":)") + (matter_->from.unverified ? "true" : "false")});
  const auto hall = ask("GET", "/api/casework/hall", "clerk");
  expect_words(hall.body, {R"("life_stages":[{"audience":"person","name":"出生"})", R"({"audience":"enterprise","name":"准入准营"})", R"("opening_day":"2024-06-24")"});
  EXPECT_EQ(ask("GET", "/api/casework/matters/nothing", "clerk").status, 422);
}

TEST_F(Papers, WhatIsGrantedAndIsNoPermitGetsItsResultInWriting) {
  receive(false);
  act("accept", R"("window":")" + in_ + R"(","deferred":[],"commitments":[])");
  act("transfer", R"("window":")" + in_ + R"(","to":"department","signed_by":"承办人甲")");
  act("decide", R"("decision":"grant")");
  expect_words(printed("other_grant"), {"办理结果通知书", "决定予以办理", "咨询电话"});
}

TEST_F(Papers, WhatIsNotThereYetWasReversedOrIsKnownIsRefused) {
  receive(true);
  const auto early = ask("POST", path(), "handler", R"({"document":"acceptance_notice","words":[]})");
  EXPECT_EQ(early.status, 409);
  EXPECT_NE(early.body.find("casework.paper_not_now"), std::string::npos) << early.body;
  const auto known = ask("POST", path(), "handler", R"({"document":"receipt","words":[{"slot":"applicant","value":"别人"}]})");
  EXPECT_NE(known.body.find("casework.paper_word_known"), std::string::npos) << known.body;
  const auto unknown = ask("POST", path(), "handler", R"({"document":"receipt","words":[{"slot":"statutory_due","value":"2030-01-01"}]})");
  EXPECT_NE(unknown.body.find("casework.unknown_paper_word"), std::string::npos) << unknown.body;
  act("accept", R"("window":")" + in_ + R"(","deferred":[],"commitments":[])");
  printed("acceptance_notice");
  act("reverse", R"("reason":"录错了")");
  EXPECT_EQ(ask("POST", path(), "handler", R"({"document":"acceptance_notice","words":[]})").status, 409);
  EXPECT_NE(list().find(R"("document":"acceptance_notice","name":"受理通知书","format":"pdf")"), std::string::npos) << list();  // it was printed, and that stays
  expect_words(printed("reversal_record", R"([{"slot":"officer","value":"经办某"}])"), {"冲正记录", "录错了"});
}

TEST_F(Papers, ARepeatedPrintIsOneFactAndEverythingOutlivesARestart) {
  receive(true);
  const auto body = R"({"document":"receipt","words":[]})";
  const auto one = ask("POST", path(), "handler", body, 7);
  const auto again = ask("POST", path(), "handler", body, 7);
  ASSERT_EQ(one.status, 201) << one.body;
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.header("x-repeated"), "true");
  EXPECT_EQ(one.header("location"), again.header("location"));
  EXPECT_EQ(ask("POST", path(), "handler", R"({"document":"receipt","format":"docx","words":[]})", 7).status, 409);
  house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(5));
  const auto before = ask("GET", one.header("location"), "handler").body;
  house_.reset();
  open();
  EXPECT_TRUE(ask("GET", one.header("location"), "handler").body == before);
  // The print is no act of the case: its version is the receipt's.
  EXPECT_NE(ask("GET", "/api/casework/cases/" + id_, "handler").body.find(R"("version":1)"), std::string::npos);
  // Somebody else's account of an applicant does not even learn that there is such a case.
  EXPECT_EQ(ask("GET", path(), "applicant").status, 404);
  EXPECT_EQ(ask("GET", one.header("location"), "applicant").status, 404);
  EXPECT_EQ(ask("POST", path(), "applicant", body).status, 404);
  EXPECT_EQ(ask("POST", path(), "auditor", body).status, 403);
  EXPECT_EQ(ask("GET", path("/999999"), "handler").status, 404);
}

// A paper names its people in full, so that nobody gets by printing what their screen masks.
TEST_F(Papers, WhoSeesMaskedNamesGetsNoPaper) {
  receive(true);
  const auto one = ask("POST", path(), "handler", R"({"document":"receipt","words":[]})");
  ASSERT_EQ(one.status, 201) << one.body;
  house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(5));
  for (const auto* role : {"runner", "guide", "government_leader"}) {
    EXPECT_EQ(ask("POST", path(), role, R"({"document":"receipt","words":[]})").status, 403) << role;
    EXPECT_EQ(ask("GET", one.header("location"), role).status, 403) << role;
    const auto seen = ask("GET", path(), role);  // that there is one, is no secret among staff
    EXPECT_EQ(seen.status, 200) << role << seen.body;
    EXPECT_NE(seen.body.find(R"("printable":[])"), std::string::npos) << role << seen.body;
  }
  const auto nowhere = ask("POST", path(), "handler", R"({"document":"receipt","window":"W999","words":[]})");
  EXPECT_NE(nowhere.body.find("casework.unknown_window"), std::string::npos) << nowhere.body;
}

TEST_F(Papers, AfterAnErasureNoneIsMadeAndNoneIsGivenOut) {
  receive(true);
  const auto one = ask("POST", path(), "handler", R"({"document":"receipt","words":[]})");
  ASSERT_EQ(one.status, 201) << one.body;
  act("withdraw", R"("window":")" + in_ + R"(","reason":"不办了")");
  // The applicant of this life has no number, so the subject is named by its own.
  const auto at = one.body.find(R"("subject":")");
  ASSERT_NE(at, std::string::npos) << one.body;
  const auto subject = one.body.substr(at + 11, one.body.find('"', at + 11) - at - 11);
  run("identity.erase_subject", R"({"subject":")" + subject + R"(","basis":"consent_withdrawn","reason":"本人申请"})");
  house_->engine().wait_followed(house_->engine().position(), std::chrono::seconds(5));
  EXPECT_EQ(ask("GET", one.header("location"), "handler").status, 404);
  const auto again = ask("POST", path(), "handler", R"({"document":"withdrawal_notice","words":[{"slot":"applicant","value":"别人"}]})");
  EXPECT_EQ(again.status, 410) << again.body;
  EXPECT_NE(list().find(R"("printed":[],"printable":[])"), std::string::npos) << list();
}

}  // namespace
}  // namespace yi::app
