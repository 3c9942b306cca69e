// The parts of a DOCX beside its text.
#include <fmt/format.h>

#include <array>
#include <sstream>
#include <utility>

#include "base/text.h"
#include "publish/docx_parts.h"
#include "publish/zip_package.h"

namespace yi::publish::docx {
namespace {

constexpr const char* kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kW = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
constexpr const char* kRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string content_types(bool picture) {
  constexpr const char* kWord = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  std::string out = std::string(kXml) + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
  if (picture) out += "<Default Extension=\"png\" ContentType=\"image/png\"/>";
  for (const auto& [part, type] : {std::pair{"document", "document.main+xml"}, {"styles", "styles+xml"}, {"settings", "settings+xml"},
                                   {"fontTable", "fontTable+xml"}, {"footer1", "footer+xml"}, {"footer2", "footer+xml"}})
    out += fmt::format("<Override PartName=\"/word/{}.xml\" ContentType=\"{}{}\"/>", part, kWord, type);
  return out + "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
               "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>";
}

std::string relationships(const std::vector<std::array<std::string, 3>>& rows) {
  std::string out = std::string(kXml) + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  for (const auto& [id, type, target] : rows)
    out += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"/>", id, type, target);
  return out + "</Relationships>";
}

std::string package_relationships() {
  return relationships({{"rId1", std::string(kRelationships) + "officeDocument", "word/document.xml"},
                        {"rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"},
                        {"rId3", std::string(kRelationships) + "extended-properties", "docProps/app.xml"}});
}

std::string document_relationships(bool picture) {
  const std::string base = kRelationships;
  std::vector<std::array<std::string, 3>> rows{{"rIdStyles", base + "styles", "styles.xml"},
                                               {"rIdSettings", base + "settings", "settings.xml"},
                                               {"rIdFonts", base + "fontTable", "fontTable.xml"},
                                               {"rIdOdd", base + "footer", "footer1.xml"},
                                               {"rIdEven", base + "footer", "footer2.xml"}};
  if (picture) rows.push_back({"rIdQr", base + "image", "media/qr.png"});
  return relationships(rows);
}

std::string styles(const std::string& language) {
  return fmt::format(
      "{0}<w:styles {1}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{2}\" w:eastAsia=\"{2}\" w:hAnsi=\"{2}\" w:cs=\"{2}\"/>"
      "<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"{3}\"/></w:rPr></w:rPrDefault>"
      "<w:pPrDefault/></w:docDefaults>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"
      "<w:pPr><w:widowControl w:val=\"0\"/><w:spacing w:line=\"579\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/></w:pPr></w:style>"
      "</w:styles>",
      kXml, kW, kFang, escape_markup(language));
}

// Page numbers stand outside, left on even pages; marks that meet shrink.
std::string settings() {
  return fmt::format("{}<w:settings {}><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/></w:settings>", kXml, kW);
}

std::string font_table() {
  std::string out = fmt::format("{}<w:fonts {}>", kXml, kW);
  // Where an office lacks the old names, Windows has the new ones.
  for (const auto& [name, other] : {std::pair{kFang, "仿宋"}, {kHei, "SimHei"}, {kKai, "楷体"}, {kSong, "SimSun"}, {kBiaosong, "小标宋"}})
    out += fmt::format("<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"86\"/></w:font>", name, other);
  return out + "</w:fonts>";
}

// "— 5 —", 4号 宋体, one character in from the outer edge.
std::string footer(bool even) {
  const std::string run = fmt::format("<w:rPr><w:rFonts w:ascii=\"{0}\" w:eastAsia=\"{0}\" w:hAnsi=\"{0}\"/><w:sz w:val=\"28\"/></w:rPr>", kSong);
  const std::string side = even ? "left" : "right";
  return fmt::format(
      "{0}<w:ftr {1}><w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:{2}Chars=\"100\" w:{2}=\"280\"/><w:jc w:val=\"{2}\"/></w:pPr>"
      "<w:r>{3}<w:t xml:space=\"preserve\">— </w:t></w:r><w:fldSimple w:instr=\"PAGE\"><w:r>{3}<w:t>1</w:t></w:r></w:fldSimple>"
      "<w:r>{3}<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>",
      kXml, kW, side, run);
}

std::string core_properties(const Package& p) {
  auto date = to_iso(p.created);
  date.erase(19, 4);  // whole seconds
  return fmt::format(
      "{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><cp:keywords>{}</cp:keywords>"
      "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created><dc:language>{}</dc:language></cp:coreProperties>",
      kXml, escape_markup(p.title), escape_markup(p.author), escape_markup(p.keywords), date, escape_markup(p.language));
}

std::string app_properties() {
  return std::string(kXml) + "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
                             "<Application>Yichuang</Application></Properties>";
}

// 37 mm, 28 mm, 26 mm, 35 mm of GB/T 9704-2012 as offices enter them; the footer's dash lies 7 mm below the type area.
void add_section(pugi::xml_node body) {
  auto s = body.append_child("w:sectPr");
  for (const auto& [type, id] : {std::pair{"default", "rIdOdd"}, {"even", "rIdEven"}}) {
    auto f = s.append_child("w:footerReference");
    f.append_attribute("w:type") = type;
    f.append_attribute("r:id") = id;
  }
  auto size = s.append_child("w:pgSz");
  size.append_attribute("w:w") = 11906;
  size.append_attribute("w:h") = 16838;
  auto margins = s.append_child("w:pgMar");
  for (const auto& [name, value] : {std::pair{"w:top", 2098}, {"w:right", 1474}, {"w:bottom", 1984}, {"w:left", 1587},
                                    {"w:header", 851}, {"w:footer", 1400}, {"w:gutter", 0}})
    margins.append_attribute(name) = value;
  auto grid = s.append_child("w:docGrid");
  grid.append_attribute("w:type") = "lines";
  grid.append_attribute("w:linePitch") = 579;
}

}  // namespace

Result<std::string> finish(pugi::xml_document& document, const Package& package) {
  add_section(document.document_element().child("w:body"));
  std::ostringstream text;
  document.document_element().print(text, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  const bool picture = !package.png.empty();
  PackageParts parts{{"[Content_Types].xml", content_types(picture)},
              {"_rels/.rels", package_relationships()},
              {"docProps/core.xml", core_properties(package)},
              {"docProps/app.xml", app_properties()},
              {"word/document.xml", kXml + text.str()},
              {"word/_rels/document.xml.rels", document_relationships(picture)},
              {"word/styles.xml", styles(package.language)},
              {"word/settings.xml", settings()},
              {"word/fontTable.xml", font_table()},
              {"word/footer1.xml", footer(false)},
              {"word/footer2.xml", footer(true)}};
  if (picture) parts.emplace_back("word/media/qr.png", package.png);
  return zip_package(parts, package.created, {"publish.docx_failed", "生成 DOCX 时出错，文件没有写出。"});
}

}  // namespace yi::publish::docx
