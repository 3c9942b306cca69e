#include "notice/mail.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "notice/test_mail_server.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::notice;

namespace {

const Instant kNoon = at(CivilDay::of(2024, 7, 4), 12, 0);

MailSettings settings(int port, Security security = Security::none) {
  MailSettings s;
  s.host = "localhost";
  s.port = port;
  s.security = security;
  s.from = "zhoubao@example.gov.cn";
  s.from_name = "某某政务服务中心";
  s.timeout_seconds = 10;
  return s;
}
Mail letter(std::string to = "office@example.gov.cn") { return {std::move(to), "政务服务工作周报第25期（6月17日—6月21日）", "附上周报，请查收。", "2024-06-17.1@example.gov.cn", {{"周报.pdf", "application/pdf", "%PDF-1.4 示例"}}}; }

class MailTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    const auto path = directory_.path() + "/" + name;
    std::ofstream(path) << text;
    ::chmod(path.c_str(), 0600);
    return path;
  }
  // A certificate for localhost; its file is also the authority.
  std::pair<std::string, std::string> certificate() {
    const auto cert = directory_.path() + "/cert.pem", key = directory_.path() + "/key.pem";
    const auto line = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " + key + " -out " + cert +
                      " >/dev/null 2>&1";
    EXPECT_EQ(std::system(line.c_str()), 0);
    return {cert, key};
  }
  std::string inbox() { return directory_.path() + "/inbox"; }
  store::TemporaryDirectory directory_;
};

TEST_F(MailTest, ALetterArrivesWithItsEnclosure) {
  test::TestMailServer server(inbox());
  ASSERT_GT(server.port(), 0);
  const auto mail = MailServer::open(settings(server.port())).value();
  const auto out = mail.send(letter(), kNoon);
  ASSERT_TRUE(out.sent) << out.answer;
  const auto got = server.letter(1);
  EXPECT_NE(got.find("To: <office@example.gov.cn>"), std::string::npos);
  EXPECT_NE(got.find("Date: Thu, 4 Jul 2024 12:00:00 +0800"), std::string::npos);
  EXPECT_NE(got.find("Message-ID: <2024-06-17.1@example.gov.cn>"), std::string::npos);
  EXPECT_NE(got.find("Subject: =?UTF-8?B?"), std::string::npos);
  EXPECT_NE(got.find("filename*=UTF-8''%E5%91%A8%E6%8A%A5.pdf"), std::string::npos);
  EXPECT_EQ(server.letter(2), "");
}

TEST_F(MailTest, ANoForGoodAndANoForNowAreToldApart) {
  test::TestMailServer server(inbox());
  const auto mail = MailServer::open(settings(server.port())).value();
  const auto no = mail.send(letter("no-office@example.gov.cn"), kNoon);
  EXPECT_FALSE(no.sent);
  EXPECT_TRUE(no.permanent);
  EXPECT_NE(no.answer.find("no such mailbox"), std::string::npos) << no.answer;
  EXPECT_EQ(no.answer.find("example.gov.cn"), std::string::npos) << no.answer;
  const auto later = mail.send(letter("later-office@example.gov.cn"), kNoon);
  EXPECT_FALSE(later.sent);
  EXPECT_FALSE(later.permanent);
  EXPECT_TRUE(mail.send(letter("later-office@example.gov.cn"), kNoon).sent);
}

TEST_F(MailTest, NobodyAtThePortIsNoForNow) {
  const auto mail = MailServer::open(settings(1)).value();
  const auto out = mail.send(letter(), kNoon);
  EXPECT_FALSE(out.sent);
  EXPECT_FALSE(out.permanent);
}

TEST_F(MailTest, TlsIsAsConfigured) {
  const auto [cert, key] = certificate();
  {
    test::TestMailServer server(inbox(), {"--starttls", cert, key});
    auto s = settings(server.port(), Security::starttls);
    EXPECT_FALSE(MailServer::open(s).value().send(letter(), kNoon).sent) << "a certificate that nobody vouches for";
    s.ca_file = cert;
    const auto out = MailServer::open(s).value().send(letter(), kNoon);
    ASSERT_TRUE(out.sent) << out.answer;
    EXPECT_NE(server.letter(1).find("X-Tls: True"), std::string::npos);
  }
  {
    test::TestMailServer server(inbox() + "2", {"--tls", cert, key});
    auto s = settings(server.port(), Security::tls);
    s.ca_file = cert;
    EXPECT_TRUE(MailServer::open(s).value().send(letter(), kNoon).sent);
    s.host = "127.0.0.1";  // not whom the certificate names
    EXPECT_FALSE(MailServer::open(s).value().send(letter(), kNoon).sent);
  }
  // A server without TLS gets nothing where TLS is asked for.
  test::TestMailServer plain(inbox() + "3");
  EXPECT_FALSE(MailServer::open(settings(plain.port(), Security::starttls)).value().send(letter(), kNoon).sent);
  EXPECT_EQ(plain.letter(1), "");
}

TEST_F(MailTest, ThePasswordIsUsedAndSaidNowhere) {
  const auto [cert, key] = certificate();
  test::TestMailServer server(inbox(), {"--starttls", cert, key, "--login", "bulletin", "nine quiet letters"});
  auto s = settings(server.port(), Security::starttls);
  s.ca_file = cert;
  s.user = "bulletin";
  s.password_file = write("password", "nine quiet letters\n");
  EXPECT_TRUE(MailServer::open(s).value().send(letter(), kNoon).sent);
  s.password_file = write("wrong", "ten loud letters\n");
  const auto out = MailServer::open(s).value().send(letter(), kNoon);
  EXPECT_FALSE(out.sent);
  EXPECT_FALSE(out.permanent) << "a setting that somebody will mend";
  EXPECT_EQ(out.answer.find("ten loud"), std::string::npos);
  ::chmod(s.password_file.c_str(), 0644);
  EXPECT_FALSE(MailServer::open(s).ok()) << "others may read it";
}

TEST_F(MailTest, SettingsSayWhatIsWrong) {
  EXPECT_FALSE(MailSettings::load(directory_.path() + "/none.yaml").value().has_value());
  const auto load = [&](const std::string& text) { return MailSettings::load(write("mail.yaml", text)); };
  const std::string rest = "from: a@b.cn\ntimeout_seconds: 30\nretry_minutes: [1, 5]\n";
  EXPECT_TRUE(load("host: mail.b.cn\nport: 587\nsecurity: starttls\n" + rest).ok());
  EXPECT_FALSE(load("host: mail.b.cn\nport: 25\nsecurity: none\nuser: u\npassword_file: /etc/p\n" + rest).ok()) << "a password in the clear";
  EXPECT_TRUE(load("host: 127.0.0.1\nport: 25\nsecurity: none\nuser: u\npassword_file: /etc/p\n" + rest).ok());
  EXPECT_FALSE(load("host: mail.b.cn\nport: 25\nsecurity: tls\nuser: u\n" + rest).ok());
  EXPECT_FALSE(load("host: mail.b.cn/x\nport: 25\nsecurity: tls\n" + rest).ok());
  EXPECT_FALSE(load("host: mail.b.cn\nport: 25\nsecurity: tls\nfrom: ab\ntimeout_seconds: 30\nretry_minutes: [-1]\n").ok());
}

TEST(MailWords, AnAddressIsTakenOut) { EXPECT_EQ(without_addresses("550 5.1.1 <a@b.cn> no such mailbox\r\n"), "550 5.1.1 <…> no such mailbox"); }

}  // namespace
