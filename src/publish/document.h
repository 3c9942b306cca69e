#pragma once
// The document model: what a paper says, before anyone decides how it looks. Composition (bulletin, notices) makes a
// Document; the writers of this room turn it into text, HTML, PDF, DOCX and OFD, so that all of
// them say the same words.
#include <string>
#include <vector>

namespace yi::publish {

// A piece of a paragraph. A figure carries the way to its evidence; only HTML shows it.
struct Run {
  std::string text;
  std::string link;   // path of the evidence page, "#…" where it is on the same page, "" for plain text
  std::string title;  // the figure's definition in one sentence, "" for plain text
};

struct Paragraph {
  enum class Kind {
    heading,  // 一、…: 黑体, one level
    body,     // 仿宋, first line indented by two characters
  };
  Kind kind = Kind::body;
  std::vector<Run> runs;
  std::string text() const {
    std::string s;
    for (const auto& r : runs) s += r.text;
    return s;
  }
};

// 报头 of a 简报 (GB/T 9704-2012 has no rule for it; practice, see docs/bulletin.md): the name in large red 小标宋,
// the number below, issuer and date on one line above the red rule.
struct Masthead {
  std::string name;    // "政务服务工作周报"; drawn, not part of the text edition
  std::string number;  // "第25期（总第300期）"; drawn, not part of the text edition; may be empty
};

// 版记: stands on the bottom edge of the last page's type area.
struct Imprint {
  std::vector<std::string> lines;  // "报：…。", "送：…。", "发：…。": turned lines align after the colon
  std::string copies;              // "（共印100份）", right-aligned; may be empty
};

struct Document {
  Masthead masthead;
  std::string period;  // "（6月17日—6月21日）"; may be empty
  std::string issuer;  // stands left
  std::string date;    // "2024年7月4日", stands right on the issuer's line
  std::vector<Paragraph> body;
  Imprint imprint;

  // File metadata.
  std::string title;
  std::string language = "zh-CN";
  std::string ledger_head;  // hex SM3 of the ledger's head the document was composed at; an anchor outside the system
};

}  // namespace yi::publish
