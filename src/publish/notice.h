#pragma once
// The second model of the room: a paper that an authority gives to one receiver (文书: 受理通知书, 补正材料通知书 …), beside the
// bulletin's Document. It has a title and a seal where the other has a 报头 and a 版记. Its writers are the same: text, PDF,
// DOCX; all say the same words in the same order.
#include <string>
#include <vector>

#include "publish/document.h"

namespace yi::publish {

struct NoticeBlock {
  enum class Kind {
    heading,  // 黑体, first line indented by two characters; stays with what follows
    body,     // 仿宋, first line indented by two characters
    line,     // 仿宋, flush left, not spread: lines to sign on
    table,    // ruled rows over the whole width
  };
  Kind kind = Kind::body;
  std::string text{};  // of all but tables

  // Tables. Every row has as many cells as `shares`; a cell may be empty (to be filled by hand).
  std::vector<double> shares{};  // of the width, > 0; need not add up to 1
  bool has_head = false;         // the first row names the columns, 黑体
  bool names_first = false;      // the first column names the row, 黑体
  double least_row_mm = 0;       // rows to write in are taller than their words
  bool small = false;            // 5号: day by day lists
  std::vector<std::vector<std::string>> rows{};
};

// 署名、印章、成文日期. With a seal the date stands four characters from the right edge and the organ's name is centred above
// it (GB/T 9704-2012, 7.3.5.1); without one, two characters.
struct Signature {
  std::string organ;  // may be empty: nothing is signed
  std::string seal;   // "（受理专用章）": where the seal goes; empty: not sealed
  std::string date;   // "2024年6月17日"
};

struct QrNote {
  std::string text;     // what the code says; empty: no code. Refused beyond kQrBytes
  std::string caption;  // beneath it
};

struct Notice {
  std::string organ;      // issuing organ's name above the title; may be empty
  std::string title;      // 2号 小标宋, centred
  std::string number;     // 文号 or case number, centred below the title; may be empty
  std::string recipient;  // "四川某某有限公司：", flush left; may be empty
  std::vector<NoticeBlock> body;
  std::string remedy;   // how to have a refusal reviewed; may be empty
  std::string contact;  // whom to ask; stays with the signature
  Signature signature;
  QrNote qr;
  std::vector<NoticeBlock> after;  // below the seal: copies, lines for the receiver's signature

  // Begins a page of its own: 期限的计算.
  std::string appendix_title;
  std::vector<NoticeBlock> appendix;

  std::string language = "zh-CN";
  std::string ledger_head;  // as in Document
};

// The text edition: one line a paragraph and a table's row, its cells set apart by two spaces; the order is that of the
// paper. Parts that are empty have no line. Line ends and tabs inside a part become spaces.
std::string to_text(const Notice& notice);

// Organ and title in one line, for file metadata: "四川省市场监督管理局受理通知书".
std::string full_title(const Notice& notice);

}  // namespace yi::publish
