#pragma once
// For tests: a strict reader of DOCX packages. Everything that Word would repair silently or refuse is a failure here:
// parts without a content type, relationships that lead nowhere, undeclared prefixes, children of w:pPr out of order,
// tables whose rows do not match their grid.
#include <gtest/gtest.h>
#include <zip.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <vector>

namespace yi::publish::test {

class DocxFile {
 public:
  explicit DocxFile(const std::string& bytes) {
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
      names_.push_back(stat.name);
    }
    zip_close(archive);
  }

  const std::vector<std::string>& names() const { return names_; }
  const std::string& part(const std::string& name) const {
    static const std::string none;
    const auto at = parts_.find(name);
    if (at == parts_.end()) ADD_FAILURE() << "no part " << name;
    return at == parts_.end() ? none : at->second;
  }

  void check() const {
    ASSERT_FALSE(names_.empty());
    EXPECT_EQ(names_[0], "[Content_Types].xml");
    for (const auto& name : names_)
      if (name.ends_with(".xml") || name.ends_with(".rels")) check_xml(name);
    check_types();
    for (const auto& name : names_)
      if (name.ends_with(".rels")) check_relationships(name);
    const auto document = parsed("word/document.xml");
    for (const auto& p : document->select_nodes("//w:pPr")) check_order(p.node(), paragraph_order());
    for (const auto& p : document->select_nodes("//w:tblPr")) check_order(p.node(), {"tblW", "tblBorders", "tblLayout"});
    for (const auto& p : document->select_nodes("//w:rPr")) check_order(p.node(), {"rFonts", "color", "sz", "szCs"});
    for (const auto& t : document->select_nodes("//w:tbl")) check_table(t.node());
    EXPECT_EQ(std::string(document->document_element().child("w:body").last_child().name()), "w:sectPr");
  }

  // Every paragraph's text, in order.
  std::vector<std::string> paragraphs() const {
    std::vector<std::string> out;
    const auto document = parsed("word/document.xml");
    for (const auto& p : document->select_nodes("//w:p")) {
      std::string text;
      for (const auto& t : p.node().select_nodes(".//w:t")) text += t.node().text().get();
      out.push_back(text);
    }
    return out;
  }
  std::string text() const {
    std::string out;
    for (const auto& p : paragraphs()) out += p + "\n";
    return out;
  }

 private:
  static const std::vector<std::string>& paragraph_order() {
    static const std::vector<std::string> order{"pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
                                                "suppressLineNumbers", "pBdr", "shd", "tabs", "snapToGrid", "spacing", "ind",
                                                "contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr"};
    return order;
  }

  std::unique_ptr<pugi::xml_document> parsed(const std::string& name) const {
    auto out = std::make_unique<pugi::xml_document>();
    const auto& bytes = part(name);
    const auto result = out->load_buffer(bytes.data(), bytes.size(), pugi::parse_full, pugi::encoding_utf8);
    EXPECT_TRUE(result) << name << ": " << result.description() << " at " << result.offset;
    return out;
  }

  void check_xml(const std::string& name) const {
    EXPECT_TRUE(part(name).starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"")) << name;
    const auto document = parsed(name);
    EXPECT_TRUE(document->document_element()) << name;
    check_names(name, document->document_element(), {"xml"});
  }
  // pugixml accepts prefixes that nobody declared and attributes given twice; Word does not.
  void check_names(const std::string& file, pugi::xml_node node, std::set<std::string> prefixes) const {
    std::set<std::string> attributes;
    for (const auto& a : node.attributes()) {
      EXPECT_TRUE(attributes.insert(a.name()).second) << file << ": " << a.name() << " twice";
      if (std::string(a.name()).starts_with("xmlns:")) prefixes.insert(a.name() + 6);
    }
    const auto known = [&](const std::string& n) {
      const auto colon = n.find(':');
      return colon == n.npos || n.starts_with("xmlns") || prefixes.contains(n.substr(0, colon));
    };
    EXPECT_TRUE(known(node.name())) << file << ": " << node.name();
    for (const auto& a : attributes) EXPECT_TRUE(known(a)) << file << ": " << a;
    for (const auto& child : node.children())
      if (child.type() == pugi::node_element) check_names(file, child, prefixes);
  }

  void check_types() const {
    const auto types = parsed("[Content_Types].xml");
    std::set<std::string> defaults, overrides;
    for (const auto& n : types->document_element().children("Default")) defaults.insert(n.attribute("Extension").value());
    for (const auto& n : types->document_element().children("Override")) {
      const std::string target = n.attribute("PartName").value();
      EXPECT_TRUE(overrides.insert(target).second) << target;
      EXPECT_TRUE(parts_.contains(target.substr(1))) << target << " is not in the package";
    }
    for (const auto& name : names_) {
      if (name == "[Content_Types].xml") continue;
      const auto extension = name.substr(name.rfind('.') + 1);
      EXPECT_TRUE(defaults.contains(extension)) << name;
      EXPECT_TRUE(extension != "xml" || overrides.contains("/" + name)) << name << " is plain application/xml";
    }
  }

  void check_relationships(const std::string& name) const {
    const auto rels = parsed(name);
    // word/_rels/document.xml.rels speaks for word/document.xml.
    const auto folder_end = name.find("_rels/");
    const auto folder = name.substr(0, folder_end);
    const auto source = folder + name.substr(folder_end + 6, name.size() - folder_end - 6 - 5);
    std::set<std::string> ids;
    for (const auto& n : rels->document_element().children("Relationship")) {
      EXPECT_TRUE(ids.insert(n.attribute("Id").value()).second) << n.attribute("Id").value();
      EXPECT_TRUE(parts_.contains(folder + n.attribute("Target").value())) << name << ": " << n.attribute("Target").value();
      EXPECT_STRNE(n.attribute("Type").value(), "");
    }
    if (source.empty() || !parts_.contains(source)) return;
    const auto document = parsed(source);
    for (const auto& a : document->select_nodes("//@r:id | //@r:embed"))
      EXPECT_TRUE(ids.contains(a.attribute().value())) << source << ": " << a.attribute().value();
  }

  static void check_order(pugi::xml_node properties, const std::vector<std::string>& order) {
    auto at = order.begin();
    for (const auto& child : properties.children()) {
      const auto found = std::find(at, order.end(), child.name() + 2);
      EXPECT_NE(found, order.end()) << properties.name() << ": " << child.name() << " is out of order, twice or unknown";
      if (found != order.end()) at = found + 1;
    }
  }

  static void check_table(pugi::xml_node table) {
    const auto columns = table.child("w:tblGrid").select_nodes("w:gridCol").size();
    EXPECT_GT(columns, 0u);
    for (const auto& row : table.children("w:tr")) {
      const auto cells = row.select_nodes("w:tc");
      EXPECT_EQ(cells.size(), columns);
      for (const auto& cell : cells) EXPECT_STREQ(cell.node().last_child().name(), "w:p");
    }
    EXPECT_STRNE(table.next_sibling().name(), "w:tbl") << "two tables grow together";
  }

  std::map<std::string, std::string> parts_;
  std::vector<std::string> names_;
};

}  // namespace yi::publish::test
