#include "casework/documents_template.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "base/text.h"
#include "base/yaml.h"

namespace yi::casework {
namespace {

constexpr const char* kBadTemplate = "casework.bad_document_template";
constexpr const char* kBadSlot = "casework.bad_document_slot";

bool is_table(std::string_view name) { return name == "materials" || name == "missing" || name == "defects"; }

// Reads one template; what is wrong goes to the report with its line.
class Reader {
 public:
  Reader(const DocumentRow& row, yaml::Report& report) : row_(row), report_(report) {}

  DocumentTemplate read(const yaml::Node& root) {
    DocumentTemplate t;
    yaml::Fields f(root, report_);
    f.integer("version", 1, 1);
    const auto kind = f.choice<DocumentKind>("document");
    if (report_.empty() && kind != row_.kind) bad(f.at("document"), "这个文件应当是“" + std::string(row_.name) + "”。", "请核对文件名与 document 一项。");
    t.title = f.text("title");
    t.article = f.text("article");
    t.organ = words(f, "organ", false);
    t.recipient = words(f, "recipient", false);
    t.body = items(f, f.list("body"));
    t.remedy = words(f, "remedy", row_.refuses);
    t.contact = words(f, "contact", row_.to_applicant);
    t.signature = words(f, "signature", false);
    t.seal = f.optional_text("seal").value_or("");
    t.qr_caption = f.optional_text("qr").value_or("");
    t.counted = f.flag("counted");
    t.after = items(f, f.optional_list("after"));
    f.finish();
    check(f, t);
    return t;
  }

 private:
  void bad(const yaml::Node& at, std::string sentence, std::string next) {
    report_.add(at, kBadTemplate, std::move(sentence), std::move(next));
  }

  void check_slots(const yaml::Node& at, const Words& w) {
    for (const auto& slot : w.slots()) {
      used_.insert(slot);
      if (!find_slot(slot))
        report_.add(at, kBadSlot, "文书里没有“{" + slot + "}”这个数据项。", "可用的数据项见 docs/documents.md；请核对拼写。");
    }
    plain_ += w.plain() + "\n";
  }

  Words words(yaml::Fields& f, std::string_view name, bool needed) {
    const auto text = needed ? std::optional(f.text(name)) : f.optional_text(name);
    if (!text || text->empty()) return {};
    return parse(f.at(name), *text);
  }
  Words parse(const yaml::Node& at, std::string_view text) {
    auto w = Words::parse(text);
    if (!w) {
      report_.add(at, w.error().code, w.error().sentence, w.error().next_step);
      return {};
    }
    check_slots(at, *w);
    return *std::move(w);
  }

  std::string condition(yaml::Fields& f) {
    const auto when = f.optional_text("when").value_or("");
    if (!when.empty() && !find_slot(when) && !is_table(when))
      report_.add(f.at("when"), kBadSlot, "when 写的“" + when + "”不是数据项。", "请写一个数据项的名称，不带花括号，例如 promised_due。");
    return when;
  }

  std::vector<TemplateItem> items(yaml::Fields&, const std::vector<yaml::Node>& nodes) {
    std::vector<TemplateItem> out;
    for (const auto& node : nodes) {
      yaml::Fields f(node, report_);
      TemplateItem item;
      item.when = condition(f);
      if (node.find("facts")) read_facts(f, item);
      else if (node.find("table")) read_table(f, item);
      else {
        using Kind = TemplateItem::Kind;
        const char* name = node.find("heading") ? "heading" : node.find("line") ? "line" : "text";
        item.kind = name[0] == 'h' ? Kind::heading : name[0] == 'l' ? Kind::line : Kind::text;
        item.words = words(f, name, true);
      }
      f.finish();
      out.push_back(std::move(item));
    }
    return out;
  }

  void read_facts(yaml::Fields& f, TemplateItem& item) {
    item.kind = TemplateItem::Kind::facts;
    item.row_mm = static_cast<double>(f.optional_integer("row_mm", 6, 60).value_or(0));
    for (const auto& node : f.list("facts")) {
      yaml::Fields r(node, report_);
      TemplateItem::Fact fact;
      fact.name = r.text("name");
      fact.when = condition(r);
      fact.value = words(r, "value", false);
      plain_ += fact.name + "\n";
      r.finish();
      item.facts.push_back(std::move(fact));
    }
  }

  void read_table(yaml::Fields& f, TemplateItem& item) {
    item.kind = TemplateItem::Kind::table;
    item.table = f.choice<DocumentTable>("table");
    used_.insert(item.table == DocumentTable::materials ? "materials" : item.table == DocumentTable::missing ? "missing" : "defects");
  }

  // What the law wants on the paper cannot be edited away.
  void check(yaml::Fields& f, const DocumentTemplate& t) {
    if (!report_.empty()) return;
    std::istringstream required(row_.required);
    for (std::string slot; required >> slot;)
      if (!used_.contains(slot))
        report_.add(f.at("body"), kBadSlot, std::string("“") + row_.name + "”缺少“" + slot + "”。",
                    is_table(slot) ? "请把 table: " + slot + " 放回正文。" : "请把“{" + slot + "}”放回文字里。");
    // 《中华人民共和国行政许可法》第三十二条 and 行政许可法第三十二条 name the same article.
    auto printed = plain_;
    for (const char* ornament : {"《", "》", "中华人民共和国"}) printed = replace_all(printed, ornament, "");
    const std::string article = row_.article;
    if (!article.empty() && (t.article.find(article) == std::string::npos || printed.find(article) == std::string::npos))
      bad(f.at("article"), std::string("“") + row_.name + "”要写明依据：" + article + "。", "请在 article 和正文里都写上这一条。");
    if (row_.refuses) check_remedy(f, t);
    const auto contact = t.contact.slots();
    if (row_.to_applicant && std::find(contact.begin(), contact.end(), "contact_phone") == contact.end())
      bad(f.at("contact"), "给申请人的文书要写明联系电话。", "请把“{contact_phone}”放进 contact。");
    if (row_.to_applicant && t.qr_caption.empty()) bad(f.at("contact"), "给申请人的文书要有二维码的说明。", "请填写 qr，例如“扫码查看办理状态和期限”。");
    if (!t.seal.empty() && t.signature.empty()) bad(f.at("seal"), "有印章而没有署名。", "请填写 signature。");
  }

  // 行政复议法 §20: sixty days from knowing the act; 行政诉讼法 §46: six months. The centre names the body and the court.
  void check_remedy(yaml::Fields& f, const DocumentTemplate& t) {
    const auto plain = replace_all(t.remedy.plain(), " ", "");
    const auto has = [&](const char* a, const char* b) { return plain.find(a) != std::string::npos || plain.find(b) != std::string::npos; };
    const auto slots = t.remedy.slots();
    const auto names = [&](const char* s) { return std::find(slots.begin(), slots.end(), s) != slots.end(); };
    if (!has("60日", "六十日") || !has("6个月", "六个月") || !names("review_body") || !names("court"))
      bad(f.at("remedy"), "不利决定要写明救济途径：行政复议机关和60日、人民法院和6个月。",
          "请在 remedy 里写上 {review_body}、60日、{court} 和 6个月（行政复议法第二十条、行政诉讼法第四十六条）。");
  }

  const DocumentRow& row_;
  yaml::Report& report_;
  std::set<std::string> used_;
  std::string plain_;
};

}  // namespace

Result<DocumentTemplate> parse_document_template(const DocumentRow& row, std::string_view text, std::string file_name) {
  YI_TRY(auto root, yaml::parse(text, std::move(file_name)));
  yaml::Report report;
  auto t = Reader(row, report).read(root);
  if (auto refusal = report.refusal()) return *refusal;
  return t;
}

Result<DocumentTemplates> DocumentTemplates::load(const std::filesystem::path& directory) {
  auto impl = std::make_shared<Impl>();
  std::set<std::string> known;
  for (const auto& row : document_rows()) {
    known.insert(row.file);
    YI_TRY(const auto text, yaml::read_file(directory / row.file, row.file));
    YI_TRY(auto one, parse_document_template(row, text, row.file));
    impl->all.emplace(row.kind, std::move(one));
  }
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error))
    if (const auto name = entry.path().filename().string(); name.ends_with(".yaml") && !known.contains(name))
      return Refusal{"casework.document_file_unknown", "文书模板目录里的 " + name + " 不是任何一种文书。",
                     "请核对文件名（见 docs/documents.md），或把它移出这个目录。", 422, name};
  return DocumentTemplates(std::move(impl));
}

}  // namespace yi::casework
