#include "publish/ofd_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"
#include "crypto/sm3.h"
#include "publish/font_subset.h"
#include "publish/notice_layout.h"
#include "publish/zip_package.h"

namespace yi::publish {
namespace {

constexpr const char* kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr const char* kOfd = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
// Of the em box: Chinese type reaches 0.88 em above the baseline, Latin letters hang 0.22 em below it.
constexpr double kAbove = 0.9, kBelow = 0.25;

// What XML 1.0 can hold, as text or attribute.
std::string xml(std::string_view s) {
  std::string out;
  for (const char c : s)
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
    else if (c == '\n' || c == '\r' || c == '\t') out += ' ';
  return escape_markup(out);
}

// Thousandths of a millimetre are a tenth of what a printer can place; whole ones keep the file small.
std::string mm(double v) {
  auto s = fmt::format("{:.3f}", v);
  s.erase(s.find_last_not_of('0') + 1);
  if (s.back() == '.') s.pop_back();
  return s == "-0" ? "0" : s;
}

const char* colour(Ink ink) { return ink == Ink::red ? "214 18 18" : "0 0 0"; }

struct Properties {
  std::string title, author, subject, ledger_head;
};

class OfdWriter {
 public:
  OfdWriter(const PageLayout& layout, FontBook& book) : layout_(layout), book_(book) {}

  Result<std::string> write(const Properties& properties, Instant created) {
    collect_fonts();
    PackageParts parts;
    std::vector<std::string> pages;
    for (const auto& page : layout_.pages) {
      page_ids_.push_back(++last_id_);
      pages.push_back(content(page));
    }
    std::string fonts;
    PackageParts font_files;
    for (const auto& [face, font] : fonts_) {
      YI_TRY(auto subset, subset_font(book_.file_of(face), font.characters));
      const auto file = fmt::format("font_{}.{}", font.id, subset.bytes.starts_with("OTTO") ? "otf" : "ttf");
      const auto family = xml(book_.family(face));
      fonts += fmt::format("<ofd:Font ID=\"{0}\" FontName=\"{1}\" FamilyName=\"{1}\"{3}><ofd:FontFile>{2}</ofd:FontFile></ofd:Font>", font.id, family, file, subset.bold ? " Bold=\"true\"" : "");
      font_files.emplace_back("Doc_0/Res/" + file, std::move(subset.bytes));
    }
    parts.emplace_back("Doc_0/Document.xml", document());
    parts.emplace_back("Doc_0/PublicRes.xml", fmt::format("{}<ofd:Res {} BaseLoc=\"Res\"><ofd:Fonts>{}</ofd:Fonts></ofd:Res>", kXml, kOfd, fonts));
    for (std::size_t i = 0; i < pages.size(); ++i) parts.emplace_back(fmt::format("Doc_0/Pages/Page_{}/Content.xml", i), std::move(pages[i]));
    for (auto& f : font_files) parts.push_back(std::move(f));
    parts.insert(parts.begin(), {"OFD.xml", root(properties, created, parts)});
    return zip_package(parts, created, {"publish.ofd_failed", "生成 OFD 时出错，文件没有写出。"});
  }

 private:
  struct Font {
    int id = 0;
    std::set<char32_t> characters;
  };

  void collect_fonts() {
    for (const auto& page : layout_.pages)
      for (const auto& text : page.texts)
        for (std::size_t i = 0; i < text.text.size(); ++i)
          if (const int face = text.glyphs[i].face; face >= 0) {
            auto& font = fonts_[face];
            if (font.id == 0) font.id = ++last_id_;
            font.characters.insert(text.text[i]);
          }
  }

  // Runs of one face, as in the PDF; a blank that no font has is a gap.
  std::string content(const Page& page) {
    std::string objects;
    for (const auto& rule : page.rules) add_rule(objects, rule);
    for (const auto& text : page.texts) {
      const auto n = text.text.size();
      for (std::size_t i = 0; i < n;) {
        std::size_t j = i + 1;
        while (j < n && text.glyphs[j].face == text.glyphs[i].face) ++j;
        if (text.glyphs[i].face >= 0) add_text(objects, text, i, j);
        i = j;
      }
    }
    return fmt::format("{}<ofd:Page {}><ofd:Area><ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID=\"{}\" Type=\"Body\">{}</ofd:Layer></ofd:Content></ofd:Page>",
                       kXml, kOfd, mm(kPaperWidth), mm(kPaperHeight), ++last_id_, objects);
  }

  void add_rule(std::string& out, const PlacedRule& r) {
    const auto w = mm(r.width_mm), h = mm(r.thickness_mm);
    fmt::format_to(std::back_inserter(out),
                   "<ofd:PathObject ID=\"{}\" Boundary=\"{} {} {} {}\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor Value=\"{}\"/>"
                   "<ofd:AbbreviatedData>M 0 0 L {} 0 L {} {} L 0 {} C</ofd:AbbreviatedData></ofd:PathObject>",
                   ++last_id_, mm(r.left_mm), mm(r.middle_mm - r.thickness_mm / 2), w, h, colour(r.ink), w, w, h, h);
  }

  void add_text(std::string& out, const PlacedText& t, std::size_t begin, std::size_t end) {
    const double size = t.size_pt * kMmPerPoint;
    const double left = t.x_mm[begin], top = t.baseline_mm - kAbove * size;
    const double right = end == t.text.size() ? t.right_mm : t.x_mm[end];
    std::string utf8, delta;
    // Differences of rounded places: what is rounded away does not add up along the line.
    double before = 0;
    for (std::size_t i = begin; i < end; ++i) {
      append_utf8(utf8, t.text[i]);
      const double at = std::round((t.x_mm[i] - left) * 1000) / 1000;
      if (i > begin) delta += (delta.empty() ? "" : " ") + mm(at - before);
      before = at;
    }
    fmt::format_to(std::back_inserter(out), "<ofd:TextObject ID=\"{}\" Boundary=\"{} {} {} {}\" Font=\"{}\" Size=\"{}\"><ofd:FillColor Value=\"{}\"/><ofd:TextCode X=\"0\" Y=\"{}\"",
                   ++last_id_, mm(left), mm(top), mm(std::max(right - left, size / 2)), mm((kAbove + kBelow) * size), fonts_.at(t.glyphs[begin].face).id, mm(size), colour(t.ink), mm(kAbove * size));
    if (!delta.empty()) fmt::format_to(std::back_inserter(out), " DeltaX=\"{}\"", delta);
    out += ">" + escape_markup(utf8) + "</ofd:TextCode></ofd:TextObject>";
  }

  std::string document() const {
    std::string pages, outlines;
    for (std::size_t i = 0; i < page_ids_.size(); ++i) pages += fmt::format("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{}/Content.xml\"/>", page_ids_[i], i);
    for (const auto& e : layout_.outline)
      outlines += fmt::format("<ofd:OutlineElem Title=\"{}\"><ofd:Actions><ofd:Action Event=\"CLICK\"><ofd:Goto><ofd:Dest Type=\"XYZ\" PageID=\"{}\" Left=\"{}\" Top=\"{}\" Zoom=\"0\"/></ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem>",
                              xml(e.title), page_ids_.at(static_cast<std::size_t>(e.page) - 1), mm(kAreaLeft), mm(e.top_mm));
    if (!outlines.empty()) outlines = "<ofd:Outlines>" + outlines + "</ofd:Outlines>";
    return fmt::format("{}<ofd:Document {}><ofd:CommonData><ofd:MaxUnitID>{}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox></ofd:PageArea>"
                       "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{}</ofd:Pages>{}</ofd:Document>",
                       kXml, kOfd, last_id_, mm(kPaperWidth), mm(kPaperHeight), pages, outlines);
  }

  // The document's number (32 hexadecimal digits) follows from its content, so that the same paper is the same file.
  static std::string root(const Properties& p, Instant created, const PackageParts& parts) {
    crypto::Sm3 hash;
    hash.start();
    for (const auto& [name, bytes] : parts) hash.add(name), hash.add(bytes);
    hash.add(p.title + "\n" + p.author + "\n" + p.ledger_head + "\n" + to_iso(created));
    const auto digest = hash.finish();
    const auto day = to_iso(civil_day(created));
    const auto element = [](const char* name, const std::string& value) { return value.empty() ? std::string() : fmt::format("<ofd:{0}>{1}</ofd:{0}>", name, xml(value)); };
    std::string info = element("DocID", hex(crypto::bytes(digest)).substr(0, 32)) + element("Title", p.title) + element("Author", p.author) + element("Subject", p.subject) + element("CreationDate", day) + element("ModDate", day);
    if (!p.ledger_head.empty()) info += "<ofd:Keywords>" + element("Keyword", "ledger-head:" + p.ledger_head) + "</ofd:Keywords>";
    info += element("Creator", "Yichuang");
    return fmt::format("{}<ofd:OFD {} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo>{}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>", kXml, kOfd, info);
  }

  const PageLayout& layout_;
  FontBook& book_;
  std::map<int, Font> fonts_;  // by face
  std::vector<int> page_ids_;
  int last_id_ = 0;  // one sequence for fonts, pages, layers and objects: no two are alike
};

template <class Paper>
Result<std::string> laid_out(const Paper& paper, const OfdOptions& options, const Properties& properties) {
  YI_TRY(FontBook* const book, FontBook::get(options.fonts));
  const auto lock = book->lock();
  YI_TRY(const PageLayout layout, lay_out(paper, options, *book, lock));
  return OfdWriter(layout, *book).write(properties, options.created);
}

}  // namespace

Result<std::string> to_ofd(const Document& d, const OfdOptions& options) { return laid_out(d, options, {d.title, d.issuer, d.period, d.ledger_head}); }
Result<std::string> to_ofd(const Notice& n, const OfdOptions& options) { return laid_out(n, options, {full_title(n), n.organ, n.number, n.ledger_head}); }

}  // namespace yi::publish
