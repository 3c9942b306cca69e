#include "casework/documents_counted.h"

#include <fmt/format.h>

#include <set>

#include "calendar/due.h"

namespace yi::casework {
namespace {

using Block = publish::NoticeBlock;

Block words(Block::Kind kind, std::string text) {
  Block b;
  b.kind = kind;
  b.text = std::move(text);
  return b;
}

std::string summary(const DocumentDue& d) {
  const char* unit = d.question.unit == calendar::Unit::working ? "工作日" : "日";
  const char* start = d.question.count_from == calendar::CountFrom::next_day ? "的次日" : "当日";
  auto out = fmt::format("自{}{}起算，共{}个{}", to_chinese(d.question.from), start, d.answer.total, unit);
  if (d.question.unit == calendar::Unit::calendar) out = fmt::format("自{}{}起算，共{}日", to_chinese(d.question.from), start, d.answer.total);
  if (!d.question.basis.empty()) out += fmt::format("（依据：{}）", d.question.basis);
  if (d.answer.due) return out + fmt::format("，到期日为{}。", to_chinese(*d.answer.due, true));
  return out + fmt::format("；自{}起暂停，已计{}日。", to_chinese(*d.answer.paused_since), d.answer.counted);
}

Block day_table(const calendar::DueAnswer& answer) {
  Block b;
  b.kind = Block::Kind::table;
  b.small = true;
  b.has_head = true;
  b.shares = {9, 4, 15};
  b.rows.push_back({"日期", "计数", "说明"});
  for (const auto& d : answer.days) {
    const auto count = d.counted ? fmt::format("第{}日", d.number) : d.effect == calendar::DayEffect::postponed_to ? std::string("到期") : std::string("不计");
    b.rows.push_back({to_chinese(d.day, true), count, (d.basis.empty() ? d.reason : d.reason + "〔" + d.basis + "〕") + (d.provisional ? "〔暂定〕" : "")});
  }
  return b;
}

}  // namespace

void append_counted(publish::Notice& notice, const std::vector<DocumentDue>& dues) {
  if (dues.empty()) return;
  notice.appendix_title = "附：期限是怎样计算的";
  std::set<std::string> papers;
  for (const auto& d : dues) {
    notice.appendix.push_back(words(Block::Kind::heading, d.name));
    notice.appendix.push_back(words(Block::Kind::body, summary(d)));
    if (auto text = calendar::provisional_text(d.answer); !text.empty()) {
      text.pop_back();  // its line feed
      notice.appendix.push_back(words(Block::Kind::body, text));
    }
    if (!d.answer.days.empty()) notice.appendix.push_back(day_table(d.answer));
    for (const auto& n : d.answer.notices)
      papers.insert(fmt::format("{}：{}（{}）{}。", n.provisional ? "暂按法定假日" : "放假安排", n.title, n.number, n.verified ? "" : "，文号或日期未核实"));
  }
  for (const auto& p : papers) notice.appendix.push_back(words(Block::Kind::body, p));
}

}  // namespace yi::casework
