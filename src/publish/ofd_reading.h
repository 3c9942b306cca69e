#pragma once
// For tests: a strict reader of OFD packages (GB/T 33190-2016). What a viewer would pass over in silence is a failure here:
// an id given twice, a reference that leads nowhere, a text with more or fewer distances than it needs, a font that cannot
// be opened or lacks a character.
#include <ft2build.h>
#include <gtest/gtest.h>
#include <zip.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "publish/page_layout.h"

namespace yi::publish::test {

class OfdFile {
 public:
  explicit OfdFile(const std::string& bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (archive == nullptr) {
      ADD_FAILURE() << "not a zip: " << zip_error_strerror(&error);
      return;
    }
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
      zip_stat_t stat;
      zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
      std::string part(stat.size, '\0');
      zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
      EXPECT_EQ(zip_fread(file, part.data(), part.size()), static_cast<zip_int64_t>(part.size())) << stat.name;
      zip_fclose(file);
      EXPECT_TRUE(parts_.emplace(stat.name, part).second) << stat.name << " stands twice";
    }
    zip_close(archive);
  }

  std::map<std::string, std::string>& parts() { return parts_; }

  // Everything of the above; also that each page's words lie on the paper.
  void check() {
    const auto root = parsed("OFD.xml");
    const auto body = root->child("ofd:OFD").child("ofd:DocBody");
    EXPECT_STREQ(root->child("ofd:OFD").attribute("xmlns:ofd").value(), "http://www.ofdspec.org/2016");
    EXPECT_STREQ(root->child("ofd:OFD").attribute("DocType").value(), "OFD");
    EXPECT_EQ(std::strlen(body.child("ofd:DocInfo").child_value("ofd:DocID")), 32u);
    const std::string document_name = body.child_value("ofd:DocRoot");
    reached_ = {"OFD.xml", document_name};
    const auto document = parsed(document_name);
    const auto d = document->child("ofd:Document");
    const auto common = d.child("ofd:CommonData");
    const long most = std::stol(common.child_value("ofd:MaxUnitID"));
    EXPECT_STREQ(common.child("ofd:PageArea").child_value("ofd:PhysicalBox"), "0 0 210 297");
    const auto folder = document_name.substr(0, document_name.rfind('/') + 1);
    read_fonts(folder, folder + common.child_value("ofd:PublicRes"));
    for (const auto page : d.child("ofd:Pages").children("ofd:Page")) {
      take_id(page);
      read_page(folder + page.attribute("BaseLoc").value());
    }
    for (const auto& goal : document->select_nodes("//ofd:Dest"))
      EXPECT_TRUE(page_ids().contains(goal.node().attribute("PageID").as_int())) << "an outline leads to no page";
    EXPECT_LE(*ids_.rbegin(), most) << "MaxUnitID";
    for (const auto& [id, characters] : used_) fonts_hold(id, characters);
    for (const auto& [name, bytes] : parts_) EXPECT_TRUE(reached_.contains(name)) << name << " is named by no part";
  }

  std::size_t pages() const { return static_cast<std::size_t>(std::count_if(parts_.begin(), parts_.end(), [](const auto& p) { return p.first.ends_with("Content.xml"); })); }

  // The words of a page, from 0, in the order of the file.
  std::string text(std::size_t page) {
    std::string out;
    const auto xml = parsed("Doc_0/Pages/Page_" + std::to_string(page) + "/Content.xml");
    for (const auto& t : xml->select_nodes("//ofd:TextCode")) out += t.node().child_value();
    return out;
  }

 private:
  using Xml = std::shared_ptr<pugi::xml_document>;
  Xml parsed(const std::string& name) {
    auto d = std::make_shared<pugi::xml_document>();
    const auto at = parts_.find(name);
    EXPECT_NE(at, parts_.end()) << "no part " << name;
    if (at == parts_.end()) return d;
    const auto r = d->load_buffer(at->second.data(), at->second.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    EXPECT_TRUE(r) << name << ": " << r.description();
    return d;
  }
  void take_id(pugi::xml_node n) {
    const auto id = n.attribute("ID").as_int();
    EXPECT_GT(id, 0) << n.name();
    EXPECT_TRUE(ids_.insert(id).second) << "id " << id << " is given twice";
    if (std::string_view(n.name()) == "ofd:Page") page_ids_.insert(id);
  }
  const std::set<int>& page_ids() const { return page_ids_; }

  void read_fonts(const std::string& folder, const std::string& name) {
    reached_.insert(name);
    const auto res = parsed(name);
    const auto base = folder + res->child("ofd:Res").attribute("BaseLoc").value() + "/";
    for (const auto& f : res->select_nodes("//ofd:Font")) {
      take_id(f.node());
      const auto file = base + f.node().child_value("ofd:FontFile");
      EXPECT_TRUE(parts_.contains(file)) << file;
      reached_.insert(file);
      fonts_[f.node().attribute("ID").as_int()] = file;
    }
  }

  void read_page(const std::string& name) {
    reached_.insert(name);
    const auto page = parsed(name);
    EXPECT_STREQ(page->child("ofd:Page").child("ofd:Area").child_value("ofd:PhysicalBox"), "0 0 210 297");
    for (const auto& layer : page->select_nodes("//ofd:Layer")) take_id(layer.node());
    for (const auto& path : page->select_nodes("//ofd:PathObject")) {
      take_id(path.node());
      box_of(path.node());
      EXPECT_TRUE(std::string_view(path.node().child_value("ofd:AbbreviatedData")).starts_with("M "));
    }
    for (const auto& text : page->select_nodes("//ofd:TextObject")) read_text(text.node());
  }

  std::vector<double> numbers(const std::string& s) {
    std::istringstream in(s);
    std::vector<double> out;
    for (double v; in >> v;) out.push_back(v);
    EXPECT_TRUE(in.eof()) << s;
    return out;
  }
  std::vector<double> box_of(pugi::xml_node n) {
    const auto b = numbers(n.attribute("Boundary").value());
    EXPECT_EQ(b.size(), 4u);
    if (b.size() != 4) return {0, 0, 0, 0};
    EXPECT_GT(b[2], 0);
    EXPECT_GT(b[3], 0);
    EXPECT_GE(b[0], 0);
    EXPECT_GE(b[1], 0);
    EXPECT_LE(b[0] + b[2], kPaperWidth);
    EXPECT_LE(b[1] + b[3], kPaperHeight);
    return b;
  }

  void read_text(pugi::xml_node object) {
    take_id(object);
    const auto box = box_of(object);
    const int font = object.attribute("Font").as_int();
    EXPECT_TRUE(fonts_.contains(font)) << "no font " << font;
    EXPECT_GT(object.attribute("Size").as_double(), 2);
    const auto code = object.child("ofd:TextCode");
    const auto text = to_utf32(code.child_value());
    const auto delta = numbers(code.attribute("DeltaX").value());
    ASSERT_FALSE(text.empty());
    EXPECT_EQ(delta.size(), text.size() - 1) << code.child_value();
    double x = code.attribute("X").as_double();
    for (const double d : delta) {
      EXPECT_GT(d, 0) << code.child_value();
      x += d;
    }
    EXPECT_LT(x, box[2]) << "the last character of " << code.child_value();
    EXPECT_LE(code.attribute("Y").as_double(), box[3]);
    used_[font].insert(text.begin(), text.end());
  }

  // FreeType opens the embedded font and finds a drawn glyph for each character.
  void fonts_hold(int id, const std::set<char32_t>& characters) {
    const auto& bytes = parts_[fonts_[id]];
    FT_Library library = nullptr;
    ASSERT_EQ(FT_Init_FreeType(&library), 0);
    FT_Face face = nullptr;
    EXPECT_EQ(FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(bytes.data()), static_cast<FT_Long>(bytes.size()), 0, &face), 0) << fonts_[id];
    if (face != nullptr) {
      EXPECT_EQ(FT_Select_Charmap(face, FT_ENCODING_UNICODE), 0);
      for (const char32_t c : characters) {
        const auto glyph = FT_Get_Char_Index(face, c);
        EXPECT_NE(glyph, 0u) << fonts_[id] << " lacks " << to_utf8(std::u32string(1, c));
        EXPECT_EQ(FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE), 0);
        if (c != U' ' && c != U'\u3000') { EXPECT_GT(face->glyph->outline.n_points, 0) << to_utf8(std::u32string(1, c)); }
      }
      EXPECT_LE(static_cast<std::size_t>(face->num_glyphs), 2 * characters.size() + 64) << fonts_[id] << " is not cut down";
      FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
  }

  std::map<std::string, std::string> parts_;
  std::set<int> ids_, page_ids_;
  std::map<int, std::string> fonts_;
  std::map<int, std::set<char32_t>> used_;
  std::set<std::string> reached_;
};

}  // namespace yi::publish::test
