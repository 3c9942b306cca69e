#include "identity/audit.h"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "identity/test_house.h"

namespace yi::identity {
namespace {

using test::House;
using test::kCentre;

struct Log {
  store::TemporaryDirectory dir;
  Instant now{1'750'000'000'000};
  std::unique_ptr<AuditLog> log;
  void open() {
    log.reset();
    log = AuditLog::open(dir.path(), kCentre, [this] { return now; }, [] { return Instant{1'718'600'000'000}; }).value();
  }
  VerifiedAudit verify() {
    log.reset();
    auto opened = store::open_beside(dir.path(), kAuditFile, store::Mode::read).value();
    return verify_audit(*opened->open_reader(), kCentre);
  }
  // As somebody with the file would: one row changed or taken away.
  void tamper(std::int64_t number, bool remove) {
    log.reset();
    auto opened = store::open_beside(dir.path(), kAuditFile, store::Mode::write).value();
    auto& w = opened->writer();
    auto c = w.reader().select(store::select_row_sql(audit_view(), audit_view().name), {kCentre.value, number});
    ASSERT_TRUE(c->next());
    auto row = store::read_row(audit_view(), *c);
    c.reset();
    row[4] = "somebody.else";
    w.begin();
    if (remove) w.change(audit_view(), audit_view().name, {{kCentre.value, number}, store::RowChange::Kind::remove});
    else w.change(audit_view(), audit_view().name, {row, store::RowChange::Kind::merge});
    w.commit();
  }
};

AuditEntry read_of(const std::string& account, const std::string& object) { return {account, Outcome::read, "casework.get_case", object, 0, "", "", "127.0.0.1"}; }

TEST(Audit, EntriesAreChainedAndGoOnAfterARestart) {
  Log l;
  l.open();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(l.log->record_and_wait(read_of("w01.chen", std::to_string(i))).ok());
  const auto first = l.verify();
  EXPECT_EQ(first.entries, 5);
  EXPECT_FALSE(first.broken);
  l.open();
  ASSERT_TRUE(l.log->record_and_wait(read_of("w01.chen", "6")).ok());
  const auto second = l.verify();
  EXPECT_EQ(second.entries, 6);
  EXPECT_FALSE(second.broken);
  EXPECT_NE(first.head, second.head);
}

TEST(Audit, AChangedOrMissingEntryIsNamed) {
  Log l;
  l.open();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(l.log->record_and_wait(read_of("w01.chen", std::to_string(i))).ok());
  l.tamper(3, false);
  EXPECT_EQ(l.verify().broken, "访问审计第 3 条与校验值不符，曾被改动。");
  l.tamper(2, true);
  EXPECT_EQ(l.verify().broken, "访问审计缺少第 2 条。");
}

TEST(Audit, ReadersAtTheSameTimeAreAllWritten) {
  Log l;
  l.open();
  std::vector<std::thread> readers;
  for (int i = 0; i < 16; ++i)
    readers.emplace_back([&l, i] {
      for (int k = 0; k < 20; ++k) ASSERT_TRUE(l.log->record_and_wait(read_of("r" + std::to_string(i), std::to_string(k))).ok());
    });
  for (auto& r : readers) r.join();
  EXPECT_EQ(l.verify().entries, 320);
}

TEST(Audit, AFloodOfStrangersIsCounted) {
  Log l;
  l.open();
  const AuditEntry stranger{"", Outcome::refused, "casework.list_cases", "", 0, "identity.not_signed_in", "", "127.0.0.1"};
  // A return from the identity provider that nobody began costs as little.
  const AuditEntry forged{"", Outcome::sign_in_failed, "identity.external_return", "", 0, "identity.external_login_failed", "state", "127.0.0.1"};
  for (int i = 0; i < 1000; ++i) l.log->note(i % 2 == 0 ? stranger : forged);
  l.now.ms += 60'000;
  l.log->note(stranger);
  l.log->note({"w01.chen", Outcome::refused, "identity.grant_roles", "", 0, "identity.not_allowed", "", ""});
  const auto v = l.verify();
  EXPECT_FALSE(v.broken);
  EXPECT_EQ(v.entries, limits::kRefusalsNoted.value + 3);  // what was counted, the next minute's, and the clerk's
  auto opened = store::open_beside(l.dir.path(), kAuditFile, store::Mode::read).value();
  std::int64_t told = 0;
  const auto all = search_audit(*opened->open_reader(), kCentre, Viewer::operator_named("t"), {{}, {}, {}, {}, 0, 1000}).value();
  for (const auto& e : all) told += e.account.empty() ? e.repeats : 0;
  EXPECT_EQ(told, 1001);
}

TEST(Audit, AFloodOfOneAccountIsCountedAndNobodyElsesIsLost) {
  Log l;
  l.open();
  const AuditEntry guesser{"citizen.a", Outcome::refused, "casework.get_case", "20240624000001", 7, "casework.unknown_case", "", ""};
  for (int i = 0; i < 500; ++i) l.log->note(guesser);
  l.log->note({"w01.chen", Outcome::refused, "identity.grant_roles", "", 0, "identity.not_allowed", "", ""});
  EXPECT_EQ(l.verify().entries, limits::kRefusalsNoted.value + 2);
  auto opened = store::open_beside(l.dir.path(), kAuditFile, store::Mode::read).value();
  std::int64_t told = 0;
  const auto all = search_audit(*opened->open_reader(), kCentre, Viewer::operator_named("t"), {"citizen.a", {}, {}, {}, 0, 1000}).value();
  for (const auto& e : all) told += e.repeats;
  EXPECT_EQ(told, 500);
}

// A child writes until it is killed: what it said to be durable is there, and the chain is whole.
TEST(Audit, WhatWasDurableIsThereAfterAKill) {
  Log l;
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    l.open();
    for (int i = 0;; ++i) {
      if (!l.log->record_and_wait(read_of("w01.chen", std::to_string(i)))) ::_exit(2);
      if (::write(pipe_ends[1], "x", 1) != 1) ::_exit(3);
    }
  }
  ::close(pipe_ends[1]);
  std::int64_t told = 0;
  char c;
  while (told < 50 && ::read(pipe_ends[0], &c, 1) == 1) ++told;
  ::kill(child, SIGKILL);
  while (::read(pipe_ends[0], &c, 1) == 1) ++told;
  ::waitpid(child, nullptr, 0);
  ::close(pipe_ends[0]);
  l.open();
  const auto v = l.verify();
  EXPECT_FALSE(v.broken);
  EXPECT_GE(v.entries, told);
}

TEST(Audit, PersonalDoorsAreAuditedBeforeTheyAnswerAndRefusalsToo) {
  House house;
  house.start();
  // A room that has never heard of the audit.
  http::Door d;
  d.pattern = "/api/toy/people/{id}";
  d.name = "toy.get_person";
  d.summary = "一个人";
  d.right = "view.cases";
  d.audit_class = "personal";
  d.parameters = {{"id", "编号", R"({"type":"string","maxLength":20})", true, true}};
  d.replies = {{200, "一个人", "application/json", ""}};
  d.handle = [](const http::Request& r, const http::Caller&, http::Responder reply) {
    http::Response out;
    if (r.path_parameters.at("id") == "9") return reply(http::problem({"toy.none", "没有。", "请核对编号。", 404, ""}));
    if (r.path_parameters.at("id") == "8") return reply(http::problem(not_allowed("toy.see_eight")));
    reply(std::move(out));
  };
  house.router().add(d);
  d.pattern = "/api/toy/things/{id}";
  d.name = "toy.get_thing";
  d.audit_class = "read";
  house.router().add(d);
  house.open_staff("w01.chen", {Role::clerk});
  house.open_staff("audit.he", {Role::auditor});
  auto r = house.with_cookie(house.session_of("w01.chen"));
  for (const auto& [path, status] : {std::pair{"/api/toy/people/7", 200}, {"/api/toy/people/9", 404}, {"/api/toy/people/8", 403}, {"/api/toy/things/7", 200}, {"/api/identity/audit", 403}}) {
    r.path = path;
    EXPECT_EQ(house.ask(r).status, status) << path;
  }
  EXPECT_EQ(house.ask(house.request("/api/toy/people/7")).status, 401);
  // To an applicant somebody else's is none: whoever tries numbers leaves a trace.
  EXPECT_EQ(house.give("identity.open_applicant", R"({"account":"citizen.a"})"), "");
  auto own = house.with_cookie(house.session_of("citizen.a"));
  own.path = "/api/toy/people/9";
  EXPECT_EQ(house.ask(own).status, 404);
  std::string told;
  for (const auto& e : house.audited()) told = e.account + ":" + json::enum_name(e.outcome) + ":" + e.act + ":" + e.object + ":" + e.code + "\n" + told;
  EXPECT_EQ(told,
            "w01.chen:read:toy.get_person:7:\n"
            "w01.chen:refused:toy.get_person:8:identity.not_allowed\n"
            "w01.chen:refused:identity.read_audit::identity.not_allowed\n"
            ":refused:toy.get_person:7:identity.not_signed_in\n"
            "citizen.a:refused:toy.get_person:9:toy.none\n");
  auto a = house.with_cookie(house.session_of("audit.he"));
  a.path = "/api/identity/audit";
  a.query = {{"account", "w01.chen"}, {"object", "7"}};
  const auto page = house.ask(a);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("toy.get_person"), std::string::npos) << page.body;
  EXPECT_EQ(page.body.find("identity.read_audit"), std::string::npos);
  a.query = {{"limit", "2"}};
  EXPECT_NE(house.ask(a).body.find("\"next\":"), std::string::npos);
  a.query = {{"to", "2020-01-01"}};
  EXPECT_EQ(house.ask(a).body, R"({"entries":[]})");
}

}  // namespace
}  // namespace yi::identity
