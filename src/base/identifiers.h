#pragma once
// Identifiers with check characters, checked wherever such a value enters. Strict: exactly the standard's characters,
// no blanks, no full-width forms, capital letters. A refusal says which position or part is wrong; its codes are
// base.bad_identifier (form) and base.bad_check (the check character does not fit).
//
// Privacy: a refusal about a citizen number contains neither the number nor its expected check character, so that it
// may be logged; a thief cannot complete a number by trying.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace yi {

// Things a person should look at although the value is accepted; Chinese sentences.
using Warnings = std::vector<std::string>;

// 统一社会信用代码, GB 32100-2015: 18 characters of 0-9A-Z without I O S V Z.
struct Uscc {
  std::string value;
  char authority = 0;        // [1] 登记管理部门
  char category = 0;         // [2] 机构类别
  std::string region;        // [3-8] GB/T 2260
  std::string organisation;  // [9-17] 组织机构代码
  Warnings warnings;
};
Result<Uscc> check_uscc(std::string_view value);

// 组织机构代码, GB 11714: 8 characters 0-9A-Z and a check character 0-9 or X, without hyphen. The standard's modulus 11
// cannot tell two characters whose values differ by 11 or 22 or 33 (0 and B); every wrong digit among digits is found.
Result<std::string> check_org(std::string_view value);

// 公民身份号码, GB 11643-1999: 17 digits and a digit or X. `today` is the day at which the birth may not lie in the
// future; born 1900 or later. A region whose province is unknown is a warning: codes get cancelled.
struct Citizen {
  std::string region;  // [1-6]
  CivilDay birth;      // [7-14]
  bool male = false;   // [15-17] odd
  Warnings warnings;
};
Result<Citizen> check_citizen(std::string_view value, CivilDay today);

// 电子证照标识, GB/T 36904: 1.2.156.3005.2.<证照类型代码 21>.<颁发机构代码 18>.<流水号>.<版本号 3>.<check>, check by
// ISO 7064 MOD 37,36 over the four middle parts without dots.
struct Licence {
  std::string value;
  std::string type;     // 21: the USCC of the body that defined it, and 3 digits
  std::string issuer;   // USCC
  std::string serial;   // 1..64 digits and capitals
  std::string version;  // 3 digits
  Warnings warnings;
};
Result<Licence> check_licence(std::string_view value);

// ISO 7064 MOD 37,36 over 0-9A-Z: the check character of `text`; '\0' when it is empty or has another character.
// Also for case numbers (casework.md §4.6). Finds every wrong character and every exchange of two neighbours but few.
char mod37_36_check(std::string_view text);
// `text` with its check character at the end.
bool mod37_36_valid(std::string_view text);

// First 3 and last 4 of 18 characters, first 3 and last 3 of 15; anything else only stars, one for each character.
std::string mask_citizen(std::string_view value);

// `yichuang check-id uscc|org|citizen|licence VALUE`: a line of praise with warnings behind it, or the refusal.
// Code base.bad_identifier_kind for another kind.
Result<std::string> run_check_id(std::string_view kind, std::string_view value, CivilDay today);

}  // namespace yi
