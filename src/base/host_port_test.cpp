#include "base/host_port.h"

#include <gtest/gtest.h>

using namespace yi;

TEST(HostPort, IsReadAsItIsWrittenOrNotAtAll) {
  const auto told = [](const char* text) {
    const auto p = host_port_of(text);
    return p ? p->host + " " + std::to_string(p->port) + (is_loopback(*p) ? " here" : "") : "-";
  };
  EXPECT_EQ(told("127.0.0.1:8080"), "127.0.0.1 8080 here");
  EXPECT_EQ(told("127.8.0.1:0"), "127.8.0.1 0 here");
  EXPECT_EQ(told("[::1]:65535"), "::1 65535 here");
  EXPECT_EQ(told("localhost:1"), "localhost 1 here");
  EXPECT_EQ(told("192.0.2.7:80"), "192.0.2.7 80");
  EXPECT_EQ(told("[2001:db8::7]:80"), "2001:db8::7 80");
  EXPECT_EQ(told("db.example:5432"), "db.example 5432");
  for (const char* bad : {"", ":", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1:80x", "127.0.0.1: 80", "::1:8080", "[]:80"})
    EXPECT_EQ(told(bad), "-") << bad;
}
