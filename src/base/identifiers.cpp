#include "base/identifiers.h"

#include <array>

#include "base/text.h"

namespace yi {
namespace {

constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view kAlphabet36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLicenceRoot = "1.2.156.3005.2";

int value_in(std::string_view alphabet, char c) {
  const auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}
bool digit(char c) { return c >= '0' && c <= '9'; }
std::string place(std::size_t index) { return "第" + std::to_string(index + 1) + "位"; }

Refusal bad_form(const char* name, const std::string& what, const std::string& next) {
  return {"base.bad_identifier", std::string(name) + what + "。", next, 422, ""};
}
Refusal bad_check(const char* name, const std::string& what, const std::string& next) {
  return {"base.bad_check", std::string(name) + what + "。", next, 422, ""};
}

// What people type by mistake, said so that they can repair it. Nothing of the value itself is repeated.
Checked plain_form(const char* name, std::string_view value) {
  if (value.empty()) return bad_form(name, "没有填写", "请按证照上的号码填写。");
  if (!valid_utf8(value)) return bad_form(name, "不是合法的文字", "请重新输入。");
  std::size_t i = 0;
  for (const char32_t c : to_utf32(value)) {
    if (c >= 0xFF01 && c <= 0xFF5E)
      return bad_form(name, place(i) + "是全角字符", "请切换到半角（英文输入状态）后重新输入。");
    if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x3000 || c == 0xA0)
      return bad_form(name, place(i) + "是空格", "请删去号码前后和中间的空格。");
    if (c >= U'a' && c <= U'z') return bad_form(name, place(i) + "是小写字母", "请把字母改为大写。");
    if (c > 0x7E || c < 0x20) return bad_form(name, place(i) + "不是数字或字母", "请按证照上的号码重新输入。");
    ++i;
  }
  return Done{};
}

Checked length_is(const char* name, std::string_view value, std::size_t n) {
  if (value.size() == n) return Done{};
  return bad_form(name, "应为" + std::to_string(n) + "位，现有" + std::to_string(value.size()) + "位",
                  "请对照证照核对是否多写或漏写。");
}

// GB 11714; `body` has 8 characters of 0-9A-Z.
char org_check(std::string_view body) {
  static constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * value_in(kAlphabet36, body[i]);
  const int c = 11 - sum % 11;
  return c == 10 ? 'X' : c == 11 ? '0' : static_cast<char>('0' + c);
}

// Provinces of GB/T 2260 and, for residence permits, 81-83.
bool known_province(std::string_view region) {
  static constexpr std::string_view codes =
      "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83";
  return codes.find(region.substr(0, 2)) != std::string_view::npos;
}

void warn_region(Warnings& warnings, std::string_view region, const char* where) {
  if (!known_province(region))
    warnings.push_back(std::string(where) + "的行政区划代码不在省级代码之内（可能是已撤销的区划），请核对。");
}

// The number's 17 digits give the character at the end, ISO 7064 MOD 11-2.
char citizen_check(std::string_view body) {
  static constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (body[i] - '0');
  return "10X98765432"[sum % 11];
}

Checked licence_part(const char* part, std::string_view value, std::size_t min, std::size_t max) {
  const std::string name = std::string("电子证照标识的") + part;
  if (value.size() < min || value.size() > max)
    return bad_form(name.c_str(),
                    "应为" + std::to_string(min) + (min == max ? "" : "至" + std::to_string(max)) + "位，现有" +
                        std::to_string(value.size()) + "位",
                    "请对照电子证照核对这一段。");
  for (std::size_t i = 0; i < value.size(); ++i)
    if (value_in(kAlphabet36, value[i]) < 0)
      return bad_form(name.c_str(), place(i) + "不是数字或大写字母", "请对照电子证照核对这一段。");
  return Done{};
}

Checked digits_part(const char* part, std::string_view value) {
  for (std::size_t i = 0; i < value.size(); ++i)
    if (!digit(value[i]))
      return bad_form(part, place(i) + "应为数字", "请对照电子证照核对这一段。");
  return Done{};
}

// A licence whose check character fits but whose inner code does not is accepted with a warning: the outer character
// proves the typing, and inner codes of old registers are not ours to judge.
void warn_inner_uscc(Warnings& warnings, std::string_view code, const char* part) {
  if (auto inner = check_uscc(code); !inner)
    warnings.push_back(std::string(part) + "不是有效的统一社会信用代码：" + inner.error().sentence);
}

std::string with_warnings(std::string line, const Warnings& warnings) {
  for (const auto& w : warnings) line += "提示：" + w + "\n";
  return line;
}

}  // namespace

Result<Uscc> check_uscc(std::string_view value) {
  static constexpr const char* kName = "统一社会信用代码";
  YI_CHECK(plain_form(kName, value));
  YI_CHECK(length_is(kName, value, 18));
  int sum = 0, weight = 1;  // weight = 3^i mod 31
  for (std::size_t i = 0; i < 18; ++i) {
    const int v = value_in(kUsccAlphabet, value[i]);
    if (v < 0)
      return bad_form(kName, place(i) + "的“" + value[i] + "”不能用在代码中",
                      "代码只用数字和大写字母，且不用 I、O、S、V、Z；请核对是否把 1、0、5、U、2 认错。");
    if (i >= 2 && i < 8 && !digit(value[i]))
      return bad_form(kName, place(i) + "应为数字（第3至8位是登记机关的行政区划代码）", "请对照证照核对这一位。");
    if (i < 17) sum += v * weight;
    weight = weight * 3 % 31;
  }
  const char expected = kUsccAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
  if (value[17] != expected)
    return bad_check(kName, std::string("第18位校验码不符，按前17位应为“") + expected + "”",
                     "请对照证照逐位核对，通常是其中一位写错。");
  Uscc out;
  out.value = value;
  out.authority = value[0];
  out.category = value[1];
  out.region = value.substr(2, 6);
  out.organisation = value.substr(8, 9);
  warn_region(out.warnings, out.region, "第3至8位");
  if (!check_org(out.organisation))
    out.warnings.push_back("第9至17位不符合组织机构代码（GB 11714）的校验，请与登记机关核对。");
  return out;
}

Result<std::string> check_org(std::string_view value) {
  static constexpr const char* kName = "组织机构代码";
  YI_CHECK(plain_form(kName, value));
  if (value.size() == 10 && value[8] == '-')
    return bad_form(kName, "第9位是连字符", "请去掉连字符，只写9位代码。");
  YI_CHECK(length_is(kName, value, 9));
  for (std::size_t i = 0; i < 8; ++i)
    if (value_in(kAlphabet36, value[i]) < 0)
      return bad_form(kName, place(i) + "不是数字或大写字母", "请对照代码证核对这一位。");
  if (!digit(value[8]) && value[8] != 'X')
    return bad_form(kName, "第9位校验码应为数字或大写 X", "请对照代码证核对这一位。");
  const char expected = org_check(value);
  if (value[8] != expected)
    return bad_check(kName, std::string("第9位校验码不符，按前8位应为“") + expected + "”",
                     "请对照代码证逐位核对，通常是其中一位写错。");
  return std::string(value);
}

Result<Citizen> check_citizen(std::string_view value, CivilDay today) {
  static constexpr const char* kName = "公民身份号码";
  YI_CHECK(plain_form(kName, value));
  if (value.size() == 15)
    return bad_form(kName, "是15位的旧号码", "请填写现行居民身份证上的18位号码。");
  YI_CHECK(length_is(kName, value, 18));
  for (std::size_t i = 0; i < 17; ++i)
    if (!digit(value[i])) return bad_form(kName, place(i) + "应为数字", "请对照身份证核对这一位。");
  if (!digit(value[17]) && value[17] != 'X')
    return bad_form(kName, "第18位应为数字或大写 X", "请对照身份证核对最后一位。");
  const std::string birth = std::string(value.substr(6, 4)) + "-" + std::string(value.substr(10, 2)) + "-" +
                            std::string(value.substr(12, 2));
  const auto day = parse_day(birth);
  if (!day) return bad_form(kName, "第7至14位的出生日期不存在", "请对照身份证核对出生年月日。");
  if (*day > today) return bad_form(kName, "第7至14位的出生日期晚于今天", "请对照身份证核对出生年月日。");
  // No expected character here: see the header.
  if (value[17] != citizen_check(value))
    return bad_check(kName, "第18位校验码与前17位不符", "请对照身份证逐位核对，通常是其中一位写错。");
  Citizen out;
  out.region = value.substr(0, 6);
  out.birth = *day;
  out.male = (value[16] - '0') % 2 == 1;
  warn_region(out.warnings, out.region, "第1至6位");
  return out;
}

char mod37_36_check(std::string_view text) {
  if (text.empty()) return '\0';
  int p = 36;
  for (const char c : text) {
    const int v = value_in(kAlphabet36, c);
    if (v < 0) return '\0';
    const int s = (p + v) % 36;
    p = (s == 0 ? 36 : s) * 2 % 37;
  }
  return kAlphabet36[static_cast<std::size_t>((37 - p) % 36)];
}

bool mod37_36_valid(std::string_view text) {
  return text.size() >= 2 && mod37_36_check(text.substr(0, text.size() - 1)) == text.back();
}

Result<Licence> check_licence(std::string_view value) {
  static constexpr const char* kName = "电子证照标识";
  YI_CHECK(plain_form(kName, value));
  if (value.substr(0, kLicenceRoot.size()) != kLicenceRoot || value.substr(kLicenceRoot.size(), 1) != ".")
    return bad_form(kName, "应以 1.2.156.3005.2. 开头", "请对照电子证照填写完整的标识。");
  const auto parts = split(value.substr(kLicenceRoot.size() + 1), '.');
  if (parts.size() != 5)
    return bad_form(kName, "在 1.2.156.3005.2 之后应有 5 段，现有 " + std::to_string(parts.size()) + " 段",
                    "依次为证照类型代码、颁发机构代码、流水号、版本号、校验位，以圆点分隔。");
  YI_CHECK(licence_part("证照类型代码", parts[0], 21, 21));
  YI_CHECK(licence_part("颁发机构代码", parts[1], 18, 18));
  YI_CHECK(licence_part("流水号", parts[2], 1, 64));
  YI_CHECK(licence_part("版本号", parts[3], 3, 3));
  YI_CHECK(digits_part("电子证照标识的版本号", parts[3]));
  YI_CHECK(licence_part("校验位", parts[4], 1, 1));
  const char expected = mod37_36_check(parts[0] + parts[1] + parts[2] + parts[3]);
  if (parts[4][0] != expected)
    return bad_check(kName, std::string("的校验位不符，按前四段应为“") + expected + "”",
                     "请对照电子证照逐段核对，通常是其中一位写错。");
  Licence out{std::string(value), parts[0], parts[1], parts[2], parts[3], {}};
  warn_inner_uscc(out.warnings, std::string_view(out.type).substr(0, 18), "证照类型代码的前18位");
  warn_inner_uscc(out.warnings, out.issuer, "颁发机构代码");
  return out;
}

std::string mask_citizen(std::string_view value) {
  const std::size_t n = count_code_points(value);
  if (value.size() != n || (n != 18 && n != 15)) return std::string(n, '*');
  const std::size_t tail = n == 18 ? 4 : 3;
  return std::string(value.substr(0, 3)) + std::string(n - 3 - tail, '*') + std::string(value.substr(n - tail));
}

Result<std::string> run_check_id(std::string_view kind, std::string_view value, CivilDay today) {
  if (kind == "uscc") {
    YI_TRY(const Uscc u, check_uscc(value));
    return with_warnings("统一社会信用代码校验通过：" + u.value + "\n", u.warnings);
  }
  if (kind == "org") {
    YI_TRY(const std::string org, check_org(value));
    return "组织机构代码校验通过：" + org + "\n";
  }
  if (kind == "citizen") {
    YI_TRY(const Citizen c, check_citizen(value, today));
    return with_warnings("公民身份号码校验通过：" + mask_citizen(value) + "\n", c.warnings);
  }
  if (kind == "licence") {
    YI_TRY(const Licence l, check_licence(value));
    return with_warnings("电子证照标识校验通过：" + l.value + "\n", l.warnings);
  }
  return Refusal{"base.bad_identifier_kind", "不认识的号码种类“" + excerpt(kind) + "”。",
                 "请用 uscc（统一社会信用代码）、org（组织机构代码）、citizen（公民身份号码）或 licence（电子证照标识）。", 400, ""};
}

}  // namespace yi
