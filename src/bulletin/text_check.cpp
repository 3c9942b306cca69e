#include "bulletin/text_check.h"

#include <algorithm>
#include <set>

#include "base/identifiers.h"
#include "base/text.h"
#include "crypto/masking.h"
#include "crypto/sm3.h"

namespace yi::bulletin {
namespace {

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }
char to_ascii(char32_t c) { return static_cast<char>(c >= U'０' && c <= U'９' ? c - U'０' + U'0' : c); }

// Runs of digits as a person would read them: full-width forms, and blanks or hyphens between groups, make one number.
std::vector<std::string> digit_runs(std::u32string_view s) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < s.size();) {
    if (!is_digit(s[i])) {
      ++i;
      continue;
    }
    std::string run;
    while (i < s.size()) {
      if (is_digit(s[i])) run += to_ascii(s[i++]);
      else if ((s[i] == U' ' || s[i] == U'-' || s[i] == U'　') && i + 1 < s.size() && is_digit(s[i + 1])) ++i;
      else break;
    }
    if (run.size() == 17 && i < s.size() && (s[i] == U'X' || s[i] == U'x' || s[i] == U'Ｘ')) run += 'X', ++i;
    out.push_back(std::move(run));
  }
  return out;
}

// Luhn (GB/T 17552): the digits of a bank card.
bool is_card(std::string_view digits) {
  if (digits.size() < 16 || digits.size() > 19) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int d = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1 && (d *= 2) > 9) d -= 9;
    sum += d;
  }
  return sum % 10 == 0;
}

void check_numbers(std::u32string_view s, std::string_view where, std::vector<Warning>& out) {
  // Any day will do for what a number says of itself; a birth in 2199 is none.
  const auto last = CivilDay::of(2199, 12, 31);
  for (const auto& run : digit_runs(s)) {
    if (run.size() == 18 && check_citizen(run, last).ok())
      out.push_back({"bulletin.check.id_number", "文中有公民身份号码 " + mask_citizen(run) + "，周报不应印出。", std::string(where)});
    else if (run.size() == 11 && run[0] == '1' && run[1] >= '3')
      out.push_back({"bulletin.check.phone", "文中有手机号码 " + crypto::mask_phone(run) + "，请确认是对外公布的。", std::string(where)});
    else if ((run.size() == 11 || run.size() == 12) && run[0] == '0')
      out.push_back({"bulletin.check.phone", "文中有电话号码 " + crypto::mask_phone(run) + "，请确认是对外公布的。", std::string(where)});
    else if (is_card(run))
      out.push_back({"bulletin.check.bank_card", "文中有像银行卡号的数字，末四位 " + run.substr(run.size() - 4) + "。", std::string(where)});
  }
}

void check_health(std::string text, std::string_view where, const WordLists& lists, std::vector<Warning>& out) {
  for (const auto& exempt : lists.health_exempt) text = replace_all(std::move(text), exempt, "〇");
  for (const auto& word : lists.health)
    if (text.find(word) != std::string::npos)
      out.push_back({"bulletin.check.health", "文中有“" + word + "”，请确认没有说到某个人的健康情况。", std::string(where)});
}

bool is_han(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

// How many characters at `at` read as a surname; 0: none.
std::size_t surname_at(std::u32string_view s, std::size_t at, const WordLists& lists) {
  for (const auto& word : lists.compound_surnames) {
    const auto c = to_utf32(word);
    if (s.substr(at, c.size()) == c) return c.size();
  }
  return at < s.size() && lists.surnames.find(s[at]) != std::u32string::npos ? 1 : 0;
}

// 某: whoever writes 张某 has already taken the name out.
bool is_withheld(std::u32string_view name) { return name.find_first_of(U"某×Xx*") != std::u32string_view::npos; }

void found_name(std::u32string_view name, std::string_view where, std::set<std::u32string>& seen, std::vector<Warning>& out) {
  if (is_withheld(name) || !seen.insert(std::u32string(name)).second) return;
  out.push_back({"bulletin.check.citizen", "文中像是有群众的姓名“" + to_utf8(name) + "”，宜写作“" + to_utf8(name.substr(0, 1)) + "某”或不写。", std::string(where)});
}

void check_citizens(std::u32string_view s, std::string_view where, const WordLists& lists, std::vector<Warning>& out) {
  std::set<std::u32string> seen;
  // What follows a name that stands behind 申请人: a word that opens a clause, or a mark.
  static constexpr std::u32string_view kNotNames = U"的办到在向从等可已将未进提申为和与就多自网线上无凭";
  for (const auto& word : lists.before_name) {
    const auto cue = to_utf32(word);
    for (auto at = s.find(cue); at != std::u32string_view::npos; at = s.find(cue, at + cue.size())) {
      const auto begin = at + cue.size();
      const auto surname = surname_at(s, begin, lists);
      if (surname == 0) continue;
      std::size_t end = begin + surname;
      while (end < s.size() && end < begin + surname + 2 && is_han(s[end]) && kNotNames.find(s[end]) == std::u32string_view::npos) ++end;
      if (end > begin + surname) found_name(s.substr(begin, end - begin), where, seen, out);
    }
  }
  for (const auto& word : lists.after_name) {
    const auto cue = to_utf32(word);
    for (auto at = s.find(cue); at != std::u32string_view::npos; at = s.find(cue, at + cue.size()))
      for (const std::size_t length : {std::size_t{4}, std::size_t{3}, std::size_t{2}}) {
        if (at < length) continue;
        const auto surname = surname_at(s, at - length, lists);
        if (surname == 0 || length <= surname || length - surname > 2) continue;
        const auto name = s.substr(at - length, length);
        if (!std::all_of(name.begin(), name.end(), is_han)) continue;
        found_name(name, where, seen, out);
        break;
      }
  }
}
}  // namespace

std::string key_of(const Warning& w) { return w.code + ":" + hex(crypto::bytes(crypto::sm3(w.sentence))).substr(0, 12); }

std::vector<Warning> check_words(std::string_view text, std::string_view where, const WordLists& lists) {
  std::vector<Warning> out;
  const auto s = to_utf32(text);
  check_numbers(s, where, out);
  for (const auto& bad : lists.sensitive)
    if (text.find(bad.word) != std::string_view::npos)
      out.push_back({"bulletin.check.sensitive", "文中有“" + bad.word + "”：" + bad.advice + "。", std::string(where)});
  check_health(std::string(text), where, lists, out);
  check_citizens(s, where, lists, out);
  return out;
}

std::vector<Warning> not_acknowledged(const std::vector<Warning>& warnings, const std::vector<Text<80>>& acknowledged) {
  std::vector<Warning> out;
  for (const auto& w : warnings)
    if (std::find(acknowledged.begin(), acknowledged.end(), key_of(w)) == acknowledged.end()) out.push_back(w);
  return out;
}

Refusal unacknowledged(const std::vector<Warning>& open) {
  return {"bulletin.not_acknowledged", "有 " + std::to_string(open.size()) + " 处提醒没有确认：" + open.front().sentence, "请改写，或逐条确认后再提交。", 409, "/acknowledged"};
}

}  // namespace yi::bulletin
