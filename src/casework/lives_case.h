#pragma once
// For tests only: reads testdata/casework/lives.case, lives of cases as a lawyer writes them.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "base/text.h"
#include "casework/life.h"

namespace yi::casework::life {

inline std::vector<std::string> parts(std::string_view cell, char by) {
  std::vector<std::string> out;
  for (const auto& p : split(cell, by))
    if (!trim(p).empty()) out.emplace_back(trim(p));
  return out;
}

struct Row {
  int line = 0;
  std::string matter, life, expected, note;
};
inline std::ostream& operator<<(std::ostream& o, const Row& r) { return o << "lives.case:" << r.line << ": " << r.matter << " | " << r.life << " | " << r.expected; }
inline std::vector<Row> table_rows() {
  std::ifstream in(YI_SOURCE_DIR "/testdata/casework/lives.case", std::ios::binary);
  EXPECT_TRUE(in.good());
  std::vector<Row> out;
  int line = 0;
  for (const auto& text : split(std::string(std::istreambuf_iterator<char>(in), {}), '\n')) {
    ++line;
    if (trim(text).empty() || text[0] == '#' || text.starts_with("事项 |")) continue;
    const auto c = split(text, '|');
    if (c.size() != 4) ADD_FAILURE() << "lives.case:" << line << ": 这一行要有四栏";
    else out.push_back({line, std::string(trim(c[0])), std::string(trim(c[1])), std::string(trim(c[2])), std::string(trim(c[3]))});
  }
  return out;
}

inline const std::map<std::string, Act>& verbs() {
  static const std::map<std::string, Act> all = [] {
    std::map<std::string, Act> m{{"网上申报", Act::submit}, {"网上补交", Act::receive_correction}, {"邮寄", Act::receive}, {"补正", Act::request_correction},
                                 {"补来", Act::receive_correction}, {"暂停", Act::suspend}, {"恢复", Act::resume}, {"延期", Act::extend},
                                 {"联合延期", Act::extend_joint}, {"退回窗口", Act::transfer}, {"送出件", Act::transfer}, {"不予", Act::decide_refuse},
                                 {"颁发", Act::issue}, {"环节", Act::finish_step}, {"补正不来", Act::close_uncorrected}, {"转回", Act::take_back},
                                 {"补交", Act::supply_deferred}, {"网上补容缺", Act::supply_deferred}, {"重新提交", Act::resubmit}};
    for (int i = 0; i < kActKinds; ++i) m.emplace(chinese_name(static_cast<Act>(i)), static_cast<Act>(i));
    return m;
  }();
  return all;
}

inline CivilDay day(std::string_view iso) {
  const auto d = parse_day(iso);
  if (!d) throw std::invalid_argument(std::string(iso) + " 不是日期");
  return *d;
}

// "2025-10-13 16:59 暂停 检验 2025-10-17"
inline Wish read_wish(const std::vector<std::string>& w) {
  Wish wish;
  std::size_t i = 1;
  wish.now = at(day(w.at(0)), 10, 0);
  if (w.at(i).size() == 5 && w[i][2] == ':') {
    wish.now = at(day(w[0]), std::stoi(w[i].substr(0, 2)), std::stoi(w[i].substr(3)));
    ++i;
  }
  const auto verb = w.at(i++);
  wish.act = verbs().at(verb);
  wish.by_mail = verb == "邮寄";
  wish.by_applicant = verb == "网上申报" || verb == "网上补交" || verb == "网上补容缺" || verb == "重新提交";
  if (verb == "退回窗口") wish.to = Holder::reception_window;
  if (verb == "送出件") wish.to = Holder::issue_window;
  for (; i < w.size(); ++i) {
    if (w[i] == "缺" || w[i] == "交") {
      for (const auto& paper : parts(w.at(++i), ',')) wish.papers.emplace_back(paper);
    } else if (w[i] == "容缺") {
      wish.deferred.push_back({Text<120>(w.at(i + 1)), day(w.at(i + 2))});
      i += 2;
    } else if (w[i] == "承诺") wish.commitments.emplace_back(w.at(++i));
    else if (w[i] == "再次") wish.second_reason = "新发现的问题";
    else if (wish.act == Act::suspend && w[i].size() > 4 && w[i][4] == '-') wish.until = day(w[i]);
    else if (wish.act == Act::suspend) {
      bool known = false;
      for (int k = 0; k < 8; ++k)
        if (catalog::suspension_name(static_cast<catalog::SuspensionKind>(k)) == w[i]) wish.kind = static_cast<catalog::SuspensionKind>(k), known = true;
      if (!known) throw std::invalid_argument("没有这种特别程序：" + w[i]);
    } else wish.days = std::stoi(w[i]);
  }
  return wish;
}

}  // namespace yi::casework::life
