#include "base/identifiers.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"

using namespace yi;

namespace {

const CivilDay kToday = CivilDay::of(2024, 6, 24);
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kCapitals = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kUscc = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// Codes of public bodies, as published on their papers (casework.md 4.7).
const std::vector<std::string> kUsccs{"115113010833722043", "11511301008778183N", "11370800MB28559184",
                                      "11430000006122244L"};
const std::string kCitizen = "34052419800101001X";  // the sample printed in GB 11643-1999
const std::string kLicence = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::string of(std::string_view alphabet, std::size_t n) {
    std::string s;
    for (std::size_t i = 0; i < n; ++i) s += alphabet[engine_() % alphabet.size()];
    return s;
  }
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(n)); }

 private:
  std::mt19937 engine_;
};

// Appends the one character of `alphabet` that the check accepts, found by trying: independent of the formula's code.
template <class Accepts>
std::string completed(const std::string& body, std::string_view alphabet, Accepts accepts) {
  std::string found;
  for (const char c : alphabet)
    if (accepts(body + c)) {
      EXPECT_TRUE(found.empty()) << "two check characters fit " << body;
      found = body + c;
    }
  EXPECT_FALSE(found.empty()) << "no check character fits " << body;
  return found;
}

// Every value that differs from `valid` in one place by a character of `alphabet` must be refused.
template <class Accepts>
void every_slip_is_found(const std::string& valid, std::string_view alphabet, Accepts accepts) {
  ASSERT_TRUE(accepts(valid)) << valid;
  for (std::size_t i = 0; i < valid.size(); ++i)
    for (const char c : alphabet) {
      if (c == valid[i]) continue;
      std::string slip = valid;
      slip[i] = c;
      ASSERT_FALSE(accepts(slip)) << valid << " -> " << slip;
    }
}

bool uscc_ok(const std::string& s) { return check_uscc(s).ok(); }
bool org_ok(const std::string& s) { return check_org(s).ok(); }
bool citizen_ok(const std::string& s) { return check_citizen(s, kToday).ok(); }

}  // namespace

TEST(Identifiers, PublishedExamplesPass) {
  for (const auto& s : kUsccs) {
    const auto u = check_uscc(s);
    ASSERT_TRUE(u.ok()) << s << u.error().sentence;
    EXPECT_TRUE(u->warnings.empty()) << s << u->warnings[0];
    EXPECT_EQ(u->organisation, s.substr(8, 9));
    EXPECT_EQ(u->region, s.substr(2, 6));
    EXPECT_EQ(u->authority, '1');
  }
  for (const char* s : {"MB2855918", "083372204", "000013338"}) EXPECT_TRUE(check_org(s).ok()) << s;
  const auto c = check_citizen(kCitizen, kToday);
  ASSERT_TRUE(c.ok()) << c.error().sentence;
  EXPECT_EQ(c->birth, CivilDay::of(1980, 1, 1));
  EXPECT_EQ(c->region, "340524");
  EXPECT_TRUE(c->male);
  EXPECT_TRUE(c->warnings.empty());
  const auto l = check_licence(kLicence);
  ASSERT_TRUE(l.ok()) << l.error().sentence;
  EXPECT_EQ(l->type, "11100000000013338W011");
  EXPECT_EQ(l->issuer, "11430000006122244L");
  EXPECT_EQ(l->serial, "20230000403");
  EXPECT_EQ(l->version, "001");
  EXPECT_TRUE(l->warnings.empty()) << l->warnings[0];
}

TEST(Identifiers, EverySingleWrongCharacterOfAUsccIsFound) {
  for (const auto& s : kUsccs) every_slip_is_found(s, kCapitals, uscc_ok);
  Random random(1);
  for (int i = 0; i < 50; ++i) {
    const std::string body = random.of(kUscc, 2) + random.of(kDigits, 6) + random.of(kUscc, 9);
    every_slip_is_found(completed(body, kUscc, uscc_ok), kUscc, uscc_ok);
  }
}

TEST(Identifiers, EveryWrongDigitOfAnOrganisationCodeIsFound) {
  Random random(2);
  for (int i = 0; i < 200; ++i) {
    const std::string valid = completed(random.of(kDigits, 8), "0123456789X", org_ok);
    every_slip_is_found(valid, kDigits, org_ok);
    EXPECT_EQ(org_ok(valid.substr(0, 8) + "X"), valid[8] == 'X') << valid;
  }
  // What the standard's modulus 11 cannot see, so that nobody trusts it further than it goes.
  const std::string with_0 = completed("0MB12345", "0123456789X", org_ok);
  EXPECT_TRUE(org_ok("B" + with_0.substr(1)));
}

TEST(Identifiers, EverySingleWrongCharacterOfACitizenNumberIsFound) {
  every_slip_is_found(kCitizen, "0123456789X", citizen_ok);
  Random random(3);
  for (int i = 0; i < 100; ++i) {
    // Region 99 does not exist: numbers that nobody can have.
    const CivilDay birth = CivilDay::of(1930, 1, 1) + random.below(34'000);
    const std::string body = "99" + random.of(kDigits, 4) + replace_all(to_iso(birth), "-", "") + random.of(kDigits, 3);
    every_slip_is_found(completed(body, "0123456789X", citizen_ok), "0123456789X", citizen_ok);
  }
}

TEST(Identifiers, EverySingleWrongCharacterUnderMod37_36IsFound) {
  EXPECT_EQ(mod37_36_check("11100000000013338W01111430000006122244L20230000403001"), 'U');
  Random random(4);
  for (int i = 0; i < 100; ++i) {
    const std::string body = random.of(kCapitals, 1 + static_cast<std::size_t>(random.below(40)));
    const auto accepts = [](const std::string& s) { return mod37_36_valid(s); };
    const std::string valid = completed(body, kCapitals, accepts);
    EXPECT_EQ(valid.back(), mod37_36_check(body));
    every_slip_is_found(valid, kCapitals, accepts);
  }
  EXPECT_EQ(mod37_36_check(""), '\0');
  EXPECT_EQ(mod37_36_check("12a"), '\0');
  EXPECT_FALSE(mod37_36_valid("U"));
}

TEST(Identifiers, EverySingleWrongCharacterOfALicenceIsFound) {
  const auto accepts = [](const std::string& s) { return check_licence(s).ok(); };
  every_slip_is_found(kLicence, kCapitals, accepts);
}

TEST(Identifiers, RefusalsNameThePlace) {
  struct Row { const char* value; const char* code; const char* says; };
  for (const Row& r : std::initializer_list<Row>{
           {"", "base.bad_identifier", "没有填写"},
           {"11430000006122244", "base.bad_identifier", "应为18位，现有17位"},
           {"1143000000612224４L", "base.bad_identifier", "第17位是全角字符"},
           {"11430000006122244l", "base.bad_identifier", "第18位是小写字母"},
           {" 1430000006122244L", "base.bad_identifier", "第1位是空格"},
           {"11430000O06122244L", "base.bad_identifier", "第9位的“O”"},
           {"1143000A006122244L", "base.bad_identifier", "第8位应为数字"},
           {"1143000000612224-L", "base.bad_identifier", "第17位的“-”"},
           {"1143000000612中244L", "base.bad_identifier", "第14位不是数字或字母"},
           {"114300000061222\xFFL", "base.bad_identifier", "不是合法的文字"},
           {"11430000006122244M", "base.bad_check", "第18位校验码不符，按前17位应为“L”"}}) {
    const auto u = check_uscc(r.value);
    ASSERT_FALSE(u.ok()) << r.value;
    EXPECT_EQ(u.error().code, r.code) << r.value;
    EXPECT_NE(u.error().sentence.find(r.says), std::string::npos) << u.error().sentence;
    EXPECT_FALSE(u.error().next_step.empty());
  }
  EXPECT_NE(check_org("08337220-4").error().sentence.find("第9位是连字符"), std::string::npos);
  EXPECT_NE(check_org("083372205").error().sentence.find("应为“4”"), std::string::npos);
}

TEST(Identifiers, CitizenRefusalsTellNothingOfTheNumber) {
  struct Row { std::string value; const char* code; const char* says; };
  for (const Row& r : std::initializer_list<Row>{
           {"340524198001010018", "base.bad_check", "第18位校验码与前17位不符"},
           {"34052419800230001X", "base.bad_identifier", "出生日期不存在"},
           {"34052420240625001X", "base.bad_identifier", "出生日期晚于今天"},
           {"34052418991231001X", "base.bad_identifier", "出生日期不存在"},
           {"3405241980010100１X", "base.bad_identifier", "第17位是全角字符"},
           {"34052419800101001x", "base.bad_identifier", "第18位是小写字母"},
           {"34052419800101X01X", "base.bad_identifier", "第15位应为数字"},
           {"34052419800101001A", "base.bad_identifier", "第18位应为数字或大写 X"},
           {"340524800101001", "base.bad_identifier", "15位的旧号码"},
           {"3405241980010100", "base.bad_identifier", "应为18位，现有16位"}}) {
    const auto c = check_citizen(r.value, kToday);
    ASSERT_FALSE(c.ok()) << r.value;
    EXPECT_EQ(c.error().code, r.code) << r.value;
    const std::string all = c.error().sentence + c.error().next_step + c.error().where;
    EXPECT_NE(all.find(r.says), std::string::npos) << all;
    for (std::size_t i = 0; i + 6 <= r.value.size(); ++i)
      EXPECT_EQ(all.find(r.value.substr(i, 6)), std::string::npos) << "a part of the number is in: " << all;
    EXPECT_EQ(all.find("应为“"), std::string::npos) << "the expected character is in: " << all;
  }
  EXPECT_TRUE(check_citizen(kCitizen, CivilDay::of(1980, 1, 1)).ok()) << "born today";
}

TEST(Identifiers, AnUnknownRegionIsAWarning) {
  const std::string unknown = completed("99000019800101001", "0123456789X", citizen_ok);
  EXPECT_EQ(check_citizen(unknown, kToday)->warnings.size(), 1u);
  const std::string residence = completed("83000019800101001", "0123456789X", citizen_ok);
  EXPECT_TRUE(check_citizen(residence, kToday)->warnings.empty());
  // A code whose inner organisation code does not fit is accepted, and says so.
  const std::string inner = completed("11510000083372205", kUscc, uscc_ok);
  ASSERT_EQ(check_uscc(inner)->warnings.size(), 1u);
  EXPECT_NE(check_uscc(inner)->warnings[0].find("第9至17位"), std::string::npos);
}

TEST(Identifiers, LicenceRefusalsNameThePart) {
  struct Row { const char* value; const char* says; };
  for (const Row& r : std::initializer_list<Row>{
           {"1.2.156.3005.3.11100000000013338W011.11430000006122244L.20230000403.001.U", "应以 1.2.156.3005.2. 开头"},
           {"1.2.156.3005.2", "应以 1.2.156.3005.2. 开头"},
           {"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001", "现有 4 段"},
           {"1.2.156.3005.2.11100000000013338W01.11430000006122244L.20230000403.001.U", "证照类型代码应为21位，现有20位"},
           {"1.2.156.3005.2.11100000000013338W011.11430000006122244.20230000403.001.U", "颁发机构代码应为18位"},
           {"1.2.156.3005.2.11100000000013338W011.11430000006122244L..001.U", "流水号应为1至64位，现有0位"},
           {"1.2.156.3005.2.11100000000013338W011.11430000006122244L.2023-0403.001.U", "流水号第5位不是数字或大写字母"},
           {"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.0A1.U", "版本号第2位应为数字"},
           {"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.V", "应为“U”"},
           {"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.００1.U", "是全角字符"}}) {
    const auto l = check_licence(r.value);
    ASSERT_FALSE(l.ok()) << r.value;
    EXPECT_NE(l.error().sentence.find(r.says), std::string::npos) << l.error().sentence;
  }
}

TEST(Identifiers, WhateverBytesComeTheRefusalIsText) {
  Random random(5);
  std::string any;
  for (int c = 1; c < 256; ++c) any += static_cast<char>(c);
  for (int i = 0; i < 20'000; ++i) {
    const std::string s = random.of(i % 2 ? std::string_view(any) : std::string_view(any).substr(31, 95),
                                    static_cast<std::size_t>(random.below(24)));
    for (const char* kind : {"uscc", "org", "citizen", "licence"}) {
      const auto r = run_check_id(kind, s, kToday);
      ASSERT_TRUE(r.ok() || valid_utf8(r.error().sentence + r.error().next_step)) << kind << " " << hex(s);
    }
    const auto r = run_check_id(s, "", kToday);
    ASSERT_FALSE(r.ok());
    ASSERT_TRUE(valid_utf8(r.error().sentence)) << hex(s);
  }
}

TEST(Identifiers, AnExcerptIsCutBetweenCharacters) {
  EXPECT_EQ(excerpt("一二三四", 4), "一二三四");
  EXPECT_EQ(excerpt("一二三四五", 4), "一二三四…");
  EXPECT_EQ(excerpt("𠮷𠮷𠮷", 2), "𠮷𠮷…");
  EXPECT_EQ(excerpt("a\xFF", 4), "a\uFFFD");
}

TEST(Identifiers, AMaskNeverReturnsTheValue) {
  EXPECT_EQ(mask_citizen(kCitizen), "340***********001X");
  EXPECT_EQ(mask_citizen("340524800101001"), "340*********001");
  EXPECT_EQ(mask_citizen("1234"), "****");
  EXPECT_EQ(mask_citizen("中文"), "**");
  EXPECT_EQ(mask_citizen("３４0524800101001"), "***************");
  EXPECT_EQ(mask_citizen(""), "");
}

TEST(Identifiers, TheCommandSaysWhatItChecked) {
  EXPECT_EQ(*run_check_id("uscc", "11430000006122244L", kToday), "统一社会信用代码校验通过：11430000006122244L\n");
  EXPECT_EQ(*run_check_id("org", "000013338", kToday), "组织机构代码校验通过：000013338\n");
  EXPECT_EQ(*run_check_id("citizen", kCitizen, kToday), "公民身份号码校验通过：340***********001X\n");
  EXPECT_EQ(*run_check_id("licence", kLicence, kToday), "电子证照标识校验通过：" + kLicence + "\n");
  const auto warned = run_check_id("citizen", completed("99000019800101001", "0123456789X", citizen_ok), kToday);
  EXPECT_NE(warned->find("\n提示：第1至6位"), std::string::npos) << *warned;
  EXPECT_EQ(run_check_id("passport", "E00000000", kToday).error().code, "base.bad_identifier_kind");
  EXPECT_EQ(run_check_id("uscc", "11430000006122244M", kToday).error().code, "base.bad_check");
}
