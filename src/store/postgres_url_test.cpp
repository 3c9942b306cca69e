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
  EXPECT_EQ(sslmode_of("postgresql://u@/d?service=hall"), "verify-full") << "a service file may name any host";
  ::setenv("PGHOST", "db.example", 1);
  EXPECT_EQ(sslmode_of("postgresql:///d"), "verify-full");
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

TEST_F(Url, AServerWithoutTlsIsNotTalkedToWhereItIsAskedFor) {
  PostgresServer server;
  const auto refused = open_postgres(server.new_database() + "?sslmode=verify-full", Mode::write);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "store.cannot_connect");
  EXPECT_NE(refused.error().next_step.find("sslrootcert"), std::string::npos) << refused.error().sentence;
}

}  // namespace
}  // namespace yi::store
