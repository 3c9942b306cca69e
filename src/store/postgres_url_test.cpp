// What a database's URL leaves open.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "store/place.h"
#include "store/postgres_connection.h"
#include "store/postgres_server.h"

namespace yi::store {
namespace {

std::string sslmode_of(const std::string& url) {
  const auto options = session_options({"", url}, "test");
  if (!options) return options.error().code;
  std::string out;
  for (const auto& [key, value] : *options)
    if (key == "sslmode") out += value;
  return out;
}

class Url : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSSLMODE"}) ::unsetenv(name);
  }
  void TearDown() override { SetUp(); }
};

TEST_F(Url, OverANetworkAsksForAServerWhoseCertificateIsGood) {
  EXPECT_EQ(sslmode_of("postgresql://u@10.0.0.5/d"), "verify-full");
  EXPECT_EQ(sslmode_of("postgresql://u@db.example:5432/d"), "verify-full");
  EXPECT_EQ(sslmode_of("postgresql://u@[2001:db8::5]/d"), "verify-full");
  EXPECT_EQ(sslmode_of("postgresql://u@127.0.0.1:5432,db.example:5432/d"), "verify-full") << "one of them is enough";
  EXPECT_EQ(sslmode_of("postgresql://u@localhost/d?hostaddr=10.0.0.5"), "verify-full") << "the address is where it goes";
  EXPECT_EQ(sslmode_of("postgresql://u@/d?hostaddr=127.0.0.1,&host=a,db.example"), "verify-full") << "the second has a name alone";
  EXPECT_EQ(sslmode_of("postgresql://u@/d?hostaddr=127.0.0.1,&host=db.example,127.0.0.2"), "") << "the first has an address";
  EXPECT_EQ(sslmode_of("postgresql://u@/d?hostaddr=,10.0.0.5&host=/tmp,/tmp"), "verify-full");
  ::setenv("PGHOST", "db.example", 1);
  EXPECT_EQ(sslmode_of("postgresql:///d"), "verify-full");
  ::setenv("PGHOSTADDR", "127.0.0.1,", 1);
  EXPECT_EQ(sslmode_of("postgresql:///d"), "verify-full") << "half of the environment's list";
  ::unsetenv("PGHOSTADDR");
  EXPECT_EQ(sslmode_of("postgresql://127.0.0.1/d"), "");
}

TEST_F(Url, OnThisMachineLeavesItToTheServer) {
  for (const char* url : {"postgresql://u@127.0.0.1/d", "postgresql://u@localhost:5433/d", "postgresql://u@[::1]/d", "postgresql:///d",
                          "postgresql://u@%2Fvar%2Frun%2Fpostgresql/d", "postgresql:///d?host=/tmp", "postgresql://u@127.0.0.1:1,127.0.0.2:2/d",
                          "postgresql://u@db.example/d?hostaddr=127.0.0.1"})
    EXPECT_EQ(sslmode_of(url), "") << url;
}

TEST_F(Url, WhatIsSaidStays) {
  EXPECT_EQ(sslmode_of("postgresql://u@10.0.0.5/d?sslmode=disable"), "disable");
  EXPECT_EQ(sslmode_of("postgresql://u@10.0.0.5/d?sslmode=verify-ca&sslrootcert=/x"), "verify-ca");
  ::setenv("PGSSLMODE", "require", 1);
  EXPECT_EQ(sslmode_of("postgresql://u@10.0.0.5/d"), "") << "libpq takes it";
}

TEST_F(Url, WithAServiceFileSaysItselfHowItConnects) {
  EXPECT_EQ(sslmode_of("postgresql://u@/d?service=hall"), "store.sslmode_unsaid");
  EXPECT_EQ(sslmode_of("postgresql://u@127.0.0.1/d?service=hall"), "store.sslmode_unsaid") << "the file may name another address for it";
  EXPECT_EQ(sslmode_of("postgresql://u@/d?service=hall&sslmode=require"), "require");
  EXPECT_EQ(open_postgres("postgresql://u@/d?service=hall", Mode::write).error().code, "store.sslmode_unsaid");
  ::setenv("PGSSLMODE", "verify-ca", 1);
  EXPECT_NE(sslmode_of("postgresql://u@/d?service=hall"), "store.sslmode_unsaid");
  ::unsetenv("PGSSLMODE");
  ::setenv("PGSERVICE", "hall", 1);
  EXPECT_EQ(sslmode_of("postgresql:///d"), "store.sslmode_unsaid");
}

TEST_F(Url, AServerWithoutTlsIsNotTalkedToWhereItIsAskedFor) {
  PostgresServer server;
  const auto refused = open_postgres(server.new_database() + "?sslmode=verify-full", Mode::write);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "store.cannot_connect");
  EXPECT_NE(refused.error().next_step.find("sslrootcert"), std::string::npos) << refused.error().sentence;
}

}  // namespace
}  // namespace yi::store
