#include "publish/docx_parts.h"

#include <fmt/format.h>

#include <numeric>

namespace yi::publish::docx {
namespace {

using Node = pugi::xml_node;

Node child(Node parent, const char* name) { return parent.append_child(name); }
void val(Node parent, const char* name, const char* value) { child(parent, name).append_attribute("w:val") = value; }
void val(Node parent, const char* name, int value) { child(parent, name).append_attribute("w:val") = value; }

// XML 1.0 cannot hold most control characters; line ends and tabs inside a part are spaces in every edition.
std::string clean(std::string_view s) {
  std::string out;
  for (char c : s) {
    if (c == '\n' || c == '\r' || c == '\t') out += ' ';
    else if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out;
}

void add_properties(Node run, const Look& look) {
  auto p = child(run, "w:rPr");
  auto fonts = child(p, "w:rFonts");
  for (const char* which : {"w:ascii", "w:eastAsia", "w:hAnsi", "w:cs"}) fonts.append_attribute(which) = look.font;
  if (look.colour) val(p, "w:color", look.colour);
  val(p, "w:sz", look.half_points);
  val(p, "w:szCs", look.half_points);
}

Node add_run(Node paragraph, const Look& look) {
  auto run = child(paragraph, "w:r");
  add_properties(run, look);
  return run;
}

void add_text(Node run, std::string_view text) {
  auto t = child(run, "w:t");
  t.append_attribute("xml:space") = "preserve";
  t.text().set(clean(text).c_str());
}

void add_rules(Node p, const Look& look) {
  if (!look.top_rule && !look.bottom_rule) return;
  auto borders = child(p, "w:pBdr");
  const auto one = [&](const char* side, const char* colour) {
    if (!colour) return;
    auto b = child(borders, side);
    b.append_attribute("w:val") = "single";
    b.append_attribute("w:sz") = look.rule_eighths;
    b.append_attribute("w:space") = 4;
    b.append_attribute("w:color") = colour;
  };
  one("w:top", look.top_rule);
  one("w:bottom", look.bottom_rule);
}

void add_indents(Node p, const Look& look) {
  if (!look.left_chars && !look.right_chars && !look.hanging_chars && !look.first_chars) return;
  auto ind = child(p, "w:ind");
  // The characters rule where the program knows them; the lengths beside them are for those that do not.
  const auto pair = [&](const char* chars, const char* length, int hundredths) {
    if (!hundredths) return;
    ind.append_attribute(chars) = hundredths;
    ind.append_attribute(length) = hundredths * look.half_points / 10;
  };
  pair("w:leftChars", "w:left", look.left_chars);
  pair("w:rightChars", "w:right", look.right_chars);
  pair("w:hangingChars", "w:hanging", look.hanging_chars);
  pair("w:firstLineChars", "w:firstLine", look.first_chars);
}

void add_frame(Node p) {
  auto f = child(p, "w:framePr");
  f.append_attribute("w:w") = kTextWidth;
  f.append_attribute("w:wrap") = "around";
  f.append_attribute("w:vAnchor") = "margin";
  f.append_attribute("w:hAnchor") = "margin";
  f.append_attribute("w:xAlign") = "left";
  f.append_attribute("w:yAlign") = "bottom";
}

int dxa(double mm) { return static_cast<int>(mm * 1440 / 25.4 + 0.5); }

void add_cell(Node row, int width, std::string_view text, bool name, const Grid& grid) {
  auto cell = child(row, "w:tc");
  auto p = child(cell, "w:tcPr");
  auto w = child(p, "w:tcW");
  w.append_attribute("w:w") = width;
  w.append_attribute("w:type") = "dxa";
  val(p, "w:vAlign", "center");
  Look look;
  look.font = name ? kHei : kFang;
  look.half_points = grid.half_points;
  look.justify = "left";
  look.line = grid.half_points * 14;
  add_paragraph(cell, text, look);
}

}  // namespace

pugi::xml_node add_paragraph(pugi::xml_node parent, std::string_view text, const Look& look) {
  auto paragraph = child(parent, "w:p");
  // CT_PPr is a sequence: pStyle, keepNext, pageBreakBefore, framePr, pBdr, tabs, spacing, ind, jc, outlineLvl.
  auto p = child(paragraph, "w:pPr");
  if (look.keep_next) child(p, "w:keepNext");
  if (look.page_break_before) child(p, "w:pageBreakBefore");
  if (look.foot_frame) add_frame(p);
  add_rules(p, look);
  if (look.right_tab > 0) {
    auto tab = child(child(p, "w:tabs"), "w:tab");
    tab.append_attribute("w:val") = "right";
    tab.append_attribute("w:pos") = look.right_tab;
  }
  auto spacing = child(p, "w:spacing");
  spacing.append_attribute("w:before") = look.before;
  spacing.append_attribute("w:after") = look.after;
  spacing.append_attribute("w:line") = look.line > 0 ? look.line : 240;
  spacing.append_attribute("w:lineRule") = look.line > 0 ? "exact" : "auto";
  add_indents(p, look);
  if (look.justify) val(p, "w:jc", look.justify);
  if (look.outline >= 0) val(p, "w:outlineLvl", look.outline);
  if (!text.empty()) add_text(add_run(paragraph, look), text);
  return paragraph;
}

void add_tabbed(pugi::xml_node paragraph, std::string_view text, const Look& look) {
  auto run = add_run(paragraph, look);
  child(run, "w:tab");
  add_text(run, text);
}

void add_picture(pugi::xml_node paragraph, double side_mm) {
  const auto emu = static_cast<long long>(side_mm * 36000);
  const auto extent = [&](Node node) {
    node.append_attribute("cx") = emu;
    node.append_attribute("cy") = emu;
  };
  auto in = child(child(child(paragraph, "w:r"), "w:drawing"), "wp:inline");
  for (const char* side : {"distT", "distB", "distL", "distR"}) in.append_attribute(side) = 0;
  extent(child(in, "wp:extent"));
  auto properties = child(in, "wp:docPr");
  properties.append_attribute("id") = 1;
  properties.append_attribute("name") = "二维码";
  auto graphic = child(in, "a:graphic");
  auto data = child(graphic, "a:graphicData");
  data.append_attribute("uri") = "http://schemas.openxmlformats.org/drawingml/2006/picture";
  auto picture = child(data, "pic:pic");
  auto about = child(picture, "pic:nvPicPr");
  auto names = child(about, "pic:cNvPr");
  names.append_attribute("id") = 1;
  names.append_attribute("name") = "qr.png";
  child(about, "pic:cNvPicPr");
  auto fill = child(picture, "pic:blipFill");
  child(fill, "a:blip").append_attribute("r:embed") = "rIdQr";
  child(child(fill, "a:stretch"), "a:fillRect");
  auto shape = child(picture, "pic:spPr");
  auto place = child(shape, "a:xfrm");
  auto off = child(place, "a:off");
  off.append_attribute("x") = 0;
  off.append_attribute("y") = 0;
  extent(child(place, "a:ext"));
  auto form = child(shape, "a:prstGeom");
  form.append_attribute("prst") = "rect";
  child(form, "a:avLst");
}

void add_table(pugi::xml_node parent, const Grid& grid, const std::vector<std::vector<std::string>>& rows) {
  const double total = std::accumulate(grid.shares.begin(), grid.shares.end(), 0.0);
  std::vector<int> widths;
  for (double share : grid.shares) widths.push_back(static_cast<int>(kTextWidth * share / total));
  auto table = child(parent, "w:tbl");
  auto p = child(table, "w:tblPr");
  auto w = child(p, "w:tblW");
  w.append_attribute("w:w") = kTextWidth;
  w.append_attribute("w:type") = "dxa";
  auto borders = child(p, "w:tblBorders");
  for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
    auto b = child(borders, side);
    b.append_attribute("w:val") = "single";
    b.append_attribute("w:sz") = 4;
    b.append_attribute("w:space") = 0;
    b.append_attribute("w:color") = "000000";
  }
  child(p, "w:tblLayout").append_attribute("w:type") = "fixed";
  auto columns = child(table, "w:tblGrid");
  for (int width : widths) child(columns, "w:gridCol").append_attribute("w:w") = width;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    auto row = child(table, "w:tr");
    auto rp = child(row, "w:trPr");
    child(rp, "w:cantSplit");
    if (grid.least_row_mm > 0) {
      auto height = child(rp, "w:trHeight");
      height.append_attribute("w:val") = dxa(grid.least_row_mm);
      height.append_attribute("w:hRule") = "atLeast";
    }
    if (grid.has_head && r == 0) child(rp, "w:tblHeader");
    for (std::size_t c = 0; c < widths.size() && c < rows[r].size(); ++c)
      add_cell(row, widths[c], rows[r][c], (grid.has_head && r == 0) || (grid.names_first && c == 0), grid);
  }
}

pugi::xml_node begin_document(pugi::xml_document& document) {
  auto root = document.append_child("w:document");
  root.append_attribute("xmlns:w") = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  root.append_attribute("xmlns:r") = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  root.append_attribute("xmlns:wp") = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
  root.append_attribute("xmlns:a") = "http://schemas.openxmlformats.org/drawingml/2006/main";
  root.append_attribute("xmlns:pic") = "http://schemas.openxmlformats.org/drawingml/2006/picture";
  return child(root, "w:body");
}

}  // namespace yi::publish::docx
