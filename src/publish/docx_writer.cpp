#include "publish/docx_writer.h"

#include <algorithm>

#include "base/text.h"
#include "publish/docx_parts.h"
#include "publish/qr.h"

namespace yi::publish {
namespace {
using docx::Look;

Look heading_look() {
  Look l;
  l.font = docx::kHei;
  l.first_chars = 200;
  l.keep_next = true;
  l.outline = 0;
  return l;
}
Look body_look() {
  Look l;
  l.first_chars = 200;
  return l;
}
Look centred(const char* font, int half_points, int line) {
  Look l;
  l.font = font;
  l.half_points = half_points;
  l.justify = "center";
  l.line = line;
  return l;
}

// Width in characters, hundredths: ASCII is half as wide.
int width_of(const std::string& text) {
  int w = 0;
  for (char32_t c : to_utf32(text)) w += c < 0x80 ? 50 : 100;
  return w;
}

// 报头: name in red, number, period, issuer and date above the red rule.
void add_masthead(pugi::xml_node body, const Document& d) {
  constexpr const char* kRed = "D71212";
  if (!d.masthead.name.empty()) {
    const auto n = static_cast<int>(count_code_points(d.masthead.name));
    // 44 pt for eight characters; more of them share the width of 442 pt.
    auto look = centred(docx::kBiaosong, std::min(88, 2 * 430 / std::max(1, n)), 1100);
    look.colour = kRed;
    look.after = 240;
    docx::add_paragraph(body, d.masthead.name, look);
  }
  for (const auto* line : {&d.masthead.number, &d.period})
    if (!line->empty()) docx::add_paragraph(body, *line, centred(docx::kFang, 32, 579));
  Look last;
  last.justify = "left";
  last.bottom_rule = kRed;
  last.rule_eighths = 14;
  last.right_tab = docx::kTextWidth;
  last.after = 200;
  // Issuer and date share one line of 442 pt, with a blank between: 小3 or 4号 where 3号 is too wide, as in the PDF.
  const int characters = width_of(d.issuer) + (d.date.empty() ? 0 : width_of(d.date) + 200);
  if (characters * 16 > 44'200) last.half_points = characters * 15 > 44'200 ? 28 : 30;
  auto paragraph = docx::add_paragraph(body, d.issuer, last);
  if (!d.date.empty()) docx::add_tabbed(paragraph, d.date, last);
}

void add_imprint(pugi::xml_node body, const Imprint& imprint) {
  Look look;
  look.half_points = 28;
  look.line = 440;
  look.left_chars = look.right_chars = 100;
  look.foot_frame = true;
  look.rule_eighths = 8;
  std::vector<std::pair<std::string, bool>> lines;  // words, and whether they stand right
  for (const auto& l : imprint.lines)
    if (!l.empty()) lines.emplace_back(l, false);
  if (!imprint.copies.empty()) lines.emplace_back(imprint.copies, true);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Look one = look;
    one.top_rule = i == 0 || lines[i].second ? "000000" : nullptr;
    one.bottom_rule = i + 1 == lines.size() ? "000000" : nullptr;
    if (lines[i].second) one.justify = "right";
    docx::add_paragraph(body, lines[i].first, one);
  }
}

void add_signature(pugi::xml_node body, const Signature& s) {
  Look look;
  look.justify = "right";
  const int date_right = s.seal.empty() ? 200 : 400;
  const int axis = date_right + width_of(s.date) / 2;
  bool first = true;
  for (const auto* text : {&s.organ, &s.seal, &s.date}) {
    if (text->empty()) continue;
    Look one = look;
    one.right_chars = std::max(0, text == &s.date ? date_right : axis - width_of(*text) / 2);
    one.before = first ? (s.seal.empty() ? 579 : 800) : 0;  // room for the seal
    one.keep_next = text != &s.date;
    first = false;
    docx::add_paragraph(body, *text, one);
  }
}

class NoticeWriter {
 public:
  explicit NoticeWriter(pugi::xml_node body) : body_(body) {}

  void text(const std::string& words, const Look& look) {
    if (words.empty()) return;
    docx::add_paragraph(body_, words, look);
    after_table_ = false;
  }
  void blocks(const std::vector<NoticeBlock>& list) {
    for (const auto& b : list) block(b);
  }
  void end_table() { after_table_ = false; }

 private:
  void block(const NoticeBlock& b) {
    Look line;
    line.justify = "left";
    switch (b.kind) {
      case NoticeBlock::Kind::heading: text(b.text, heading_look()); return;
      case NoticeBlock::Kind::body: text(b.text, body_look()); return;
      case NoticeBlock::Kind::line: text(b.text, line); return;
      case NoticeBlock::Kind::table: break;
    }
    if (b.rows.empty() || b.shares.empty()) return;
    if (after_table_) {  // two tables in a row would grow together
      line.line = 160;
      docx::add_paragraph(body_, "", line);
    }
    docx::add_table(body_, {b.shares, b.has_head, b.names_first, b.least_row_mm, b.small ? 21 : 28}, b.rows);
    after_table_ = true;
  }

  pugi::xml_node body_;
  bool after_table_ = false;
};

}  // namespace

Result<std::string> to_docx(const Document& d, const DocxOptions& options) {
  pugi::xml_document xml;
  auto body = docx::begin_document(xml);
  add_masthead(body, d);
  for (const auto& p : d.body)
    if (auto words = p.text(); !words.empty())
      docx::add_paragraph(body, words, p.kind == Paragraph::Kind::heading ? heading_look() : body_look());
  add_imprint(body, d.imprint);
  docx::Package package{d.title, d.issuer, d.ledger_head.empty() ? "" : "ledger-head:" + d.ledger_head, d.language, options.created, {}};
  return docx::finish(xml, package);
}

Result<std::string> to_docx(const Notice& n, const DocxOptions& options) {
  pugi::xml_document xml;
  docx::Package package{full_title(n), n.organ, n.ledger_head.empty() ? "" : "ledger-head:" + n.ledger_head, n.language, options.created, {}};
  NoticeWriter out(docx::begin_document(xml));
  auto body = xml.document_element().child("w:body");
  auto title = centred(docx::kBiaosong, 44, 700);
  out.text(n.organ, title);
  title.outline = 0;
  out.text(n.title, title);
  out.text(n.number, centred(docx::kFang, 28, 500));
  Look flush;
  flush.justify = "left";
  flush.before = 200;
  out.text(n.recipient, flush);
  out.blocks(n.body);
  out.text(n.remedy, body_look());
  auto contact = body_look();
  contact.keep_next = true;
  out.text(n.contact, contact);
  add_signature(body, n.signature);
  if (!n.qr.text.empty()) {
    YI_TRY(const QrCode code, qr_code(n.qr.text));
    YI_TRY(package.png, qr_png(code, 8));
    Look picture;
    picture.justify = "left";
    picture.line = 0;
    picture.keep_next = true;
    docx::add_picture(docx::add_paragraph(body, "", picture), 30);
    Look caption;
    caption.half_points = 18;
    caption.line = 280;
    caption.justify = "left";
    out.text(n.qr.caption, caption);
  }
  out.end_table();
  out.blocks(n.after);
  auto appendix = heading_look();
  appendix.page_break_before = true;
  out.text(n.appendix_title, appendix);
  out.blocks(n.appendix);
  return docx::finish(xml, package);
}

}  // namespace yi::publish
