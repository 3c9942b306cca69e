#include "bulletin/report_template.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/yaml.h"

namespace yi::bulletin {
namespace {

using Slots = std::vector<std::string>;

// What may be asked of a figure in a sentence, beside the figure itself.
constexpr const char* kSuffixes[] = {"", ".before", ".year_before", ".than_before", ".than_year_before"};
constexpr std::size_t kMostFigures = 60, kMostSections = 40;

class Reader {
 public:
  explicit Reader(yaml::Report& report) : report_(report) {}

  ReportTemplate read(const yaml::Node& root) {
    yaml::Fields top(root, report_);
    top.integer("version", 1, 1);
    t_.code = top.text("code");
    if (!t_.code.empty() && (t_.code.size() > 40 || t_.code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != t_.code.npos))
      bad(top.at("code"), "模板代码“" + excerpt(t_.code) + "”不能用。", "请用小写字母、数字和连字符，最多 40 个，例如 district-month：它会出现在网址和文件名里。");
    t_.name = top.text("name");
    t_.masthead = top.text("masthead");
    t_.date = phrase(top, "date", {"year", "month", "day"});
    for (const auto& n : top.list("lengths")) read_length(n);
    if (t_.lengths.empty()) bad(top.at("lengths"), "没有写这个模板用于哪种统计期。", "请至少列出一种：month、quarter、year、days。");
    for (const auto& n : top.list("figures")) read_figure(n);
    if (t_.figures.size() > kMostFigures) bad(top.at("figures"), "数据项太多。", "一个模板最多 60 个数据项。");
    if (const auto m = top.map("words")) read_words(*m);
    const auto sections = top.list("sections");
    for (const auto& n : sections) read_section(n);
    if (sections.empty() || sections.size() > kMostSections) bad(top.at("sections"), "部分的个数不对。", "请列出 1 至 40 个部分。");
    if (const auto m = top.optional_map("imprint")) {
      yaml::Fields f(*m, report_);
      t_.imprint = f.texts("lines");
      t_.copies = f.optional_text("copies").value_or("");
      f.finish();
    }
    top.finish();
    return std::move(t_);
  }

 private:
  void bad(const yaml::Node& at, std::string sentence, std::string next_step) { report_.add(at, "bulletin.bad_template", std::move(sentence), std::move(next_step)); }

  // `text` at `at`: every slot is one of `needed` or `allowed`, and each of `needed` is there.
  Phrase checked(const yaml::Node& at, const std::string& text, const Slots& needed, const Slots& allowed, const std::string& how = {}) {
    if (text.empty()) return {};  // already reported
    auto p = Phrase::parse(text);
    if (!p) {
      report_.add(at, p.error().code, p.error().sentence, p.error().next_step);
      return {};
    }
    const auto among = [](const Slots& list, const std::string& s) { return std::find(list.begin(), list.end(), s) != list.end(); };
    std::string all;
    for (const auto* list : {&needed, &allowed})
      for (const auto& s : *list)
        if (how.empty() || s.find('.') == s.npos) all += (all.empty() ? "{" : "、{") + s + "}";
    for (const auto& s : p->slots())
      if (!among(needed, s) && !among(allowed, s)) report_.add(at, "bulletin.unknown_slot", "没有名为“{" + excerpt(s) + "}”的数据项：" + excerpt(text), "这一句可用的有：" + all + "。" + how);
    for (const auto& s : needed)
      if (!p->has(s)) report_.add(at, "bulletin.missing_slot", "这一句缺少“{" + s + "}”：" + excerpt(text), "请把“{" + s + "}”放回句子里。");
    return std::move(*p);
  }
  Phrase phrase(yaml::Fields& f, std::string_view name, const Slots& needed, const Slots& allowed = {}) {
    const auto text = f.text(name);
    return checked(f.at(name), text, needed, allowed);
  }

  void read_length(const yaml::Node& n) {
    yaml::Fields f(n, report_);
    LengthRule r;
    r.length = f.choice<ReportLength>("length");
    r.period = phrase(f, "period", {}, {"year", "month", "quarter", "from", "to"});
    r.before = f.text("before");
    r.year_before = f.text("year_before");
    if (t_.find_length(r.length)) bad(n, "同一种统计期列了两次。", "请删去重复的一行。");
    f.finish();
    t_.lengths.push_back(std::move(r));
  }

  std::string figure_ids() const {
    std::string all;
    for (const auto& r : t_.figures) all += (all.empty() ? "" : "、") + r.id;
    return all.empty() ? "（还没有）" : all;
  }

  void read_figure(const yaml::Node& n) {
    yaml::Fields f(n, report_);
    FigureRule r;
    r.id = f.text("id");
    r.name = f.text("name");
    if (!r.id.empty() && (r.id.size() > 40 || r.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != r.id.npos))
      bad(f.at("id"), "数据项的名称“" + excerpt(r.id) + "”不能用。", "请用小写字母、数字和下划线，最多 40 个，例如 hall_accepted。");
    for (const char* taken : {"period", "so_far", "hall", "from", "to"})
      if (r.id == taken) bad(f.at("id"), "“" + r.id + "”已经有别的意思。", "请给这个数据项换一个名称。");
    if (t_.find_figure(r.id)) bad(f.at("id"), "数据项“" + excerpt(r.id) + "”列了两次。", "请改名或删去一行。");
    if (const auto rate = f.optional_map("rate")) {
      yaml::Fields q(*rate, report_);
      r.part = q.text("part");
      r.whole = q.text("whole");
      for (const auto* id : {&r.part, &r.whole})
        if (const auto* of = t_.find_figure(*id); !id->empty() && (!of || of->is_rate()))
          bad(q.at(id == &r.part ? "part" : "whole"), "比率用到的“" + excerpt(*id) + "”不是前面列出的计数项。", "可用的有：" + figure_ids() + "（比率本身不能再作分子、分母）。");
      q.finish();
      r.unit = "%";
      r.definition = f.text("definition");
    } else {
      r.counts = f.choice<Figure>("counts");
      r.unit = f.optional_text("unit").value_or(counted_figure(*r.counts).unit_week);
      r.windows = f.optional_texts("windows");
      r.except_windows = f.optional_texts("except_windows");
      r.departments = f.optional_texts("departments");
      r.except_departments = f.optional_texts("except_departments");
      for (const auto& [list, codes] : {std::pair{"windows", &r.windows}, {"except_windows", &r.except_windows}, {"departments", &r.departments}, {"except_departments", &r.except_departments}})
        for (const auto& code : *codes)
          if (code.empty() || (code.find('*') != code.npos && code.find('*') + 1 != code.size()))
            bad(f.at(list), "代码“" + excerpt(code) + "”不能用。", "请写代码，或写开头几位再加一个 *，例如 T*。");
      r.definition = f.optional_text("definition").value_or(counted_figure(*r.counts).definition + std::string("。"));
    }
    f.finish();
    t_.figures.push_back(std::move(r));
  }

  void read_words(const yaml::Node& n) {
    yaml::Fields f(n, report_);
    auto& w = t_.words;
    w.no_record = f.text("no_record");
    w.partly = phrase(f, "partly", {"value", "day"});
    w.rate = phrase(f, "rate", {"percent", "part", "whole"});
    w.no_whole = phrase(f, "no_whole", {"whole"});
    w.more = phrase(f, "more", {"then", "percent"}, {"value"});
    w.less = phrase(f, "less", {"then", "percent"}, {"value"});
    w.same = phrase(f, "same", {"then"}, {"value"});
    w.from_none = phrase(f, "from_none", {"then", "value"});
    w.points_more = phrase(f, "points_more", {"then", "points"}, {"value"});
    w.points_less = phrase(f, "points_less", {"then", "points"}, {"value"});
    w.points_same = phrase(f, "points_same", {"then"}, {"value"});
    w.no_comparison = phrase(f, "no_comparison", {"then", "value"});
    w.so_far = phrase(f, "so_far", {"day"});
    w.cut = phrase(f, "cut", {"then"});
    f.finish();
  }

  Slots sentence_slots() const {
    Slots out{"period", "so_far", "hall"};
    for (const auto& r : t_.figures)
      for (const char* suffix : kSuffixes) out.push_back(r.id + suffix);
    return out;
  }

  void read_sentence(const yaml::Node& n, ReportSection& s) {
    static const std::string how = "数据项后可加 .before（上期的数）、.year_before（上年同期的数）、.than_before（与上期相比）、.than_year_before（与上年同期相比）。";
    ReportSection::Sentence out;
    if (n.kind() == yaml::Kind::scalar) {
      out.phrase = checked(n, std::string(n.scalar()), {}, sentence_slots(), how);
      if (n.scalar().empty()) bad(n, "有一句是空的。", "请写上文字或删去这一行。");
    } else {
      yaml::Fields f(n, report_);
      const auto text = f.text("text");
      out.phrase = checked(f.at("text"), text, {}, sentence_slots(), how);
      out.needs = f.optional_texts("needs");
      for (const auto& id : out.needs)
        if (!t_.find_figure(id)) bad(f.at("needs"), "没有名为“" + excerpt(id) + "”的数据项。", "可用的有：" + figure_ids() + "。");
      f.finish();
    }
    s.sentences.push_back(std::move(out));
  }

  void read_section(const yaml::Node& n) {
    yaml::Fields f(n, report_);
    ReportSection s;
    s.title = f.text("title");
    if (const auto e = f.optional_text("edition")) {
      s.internal = *e == "internal";
      if (!s.internal) bad(f.at("edition"), "没有“" + excerpt(*e) + "”这种版本。", "只能写 internal（只印在内部版）；两种版本都印的不写这一行。");
    }
    for (const auto& p : f.optional_list("paragraphs")) read_sentence(p, s);
    if (const auto m = f.optional_map("units")) {
      yaml::Fields u(*m, report_);
      ReportSection::Units out;
      out.figure = u.text("figure");
      if (const auto* r = t_.find_figure(out.figure); !out.figure.empty() && (!r || r->is_rate()))
        bad(u.at("figure"), "“" + excerpt(out.figure) + "”不是前面列出的计数项。", "可用的有：" + figure_ids() + "（比率不能分部门）。");
      out.lead = phrase(u, "lead", {}, {"total", "period"});
      out.item = phrase(u, "item", {"unit", "count"});
      out.separator = u.text("separator");
      out.none = phrase(u, "none", {}, {"period"});
      u.finish();
      s.units = std::move(out);
    }
    if (const auto m = f.optional_map("news")) {
      yaml::Fields w(*m, report_);
      ReportSection::News out;
      out.own = phrase(w, "own", {"text"}, {"month", "day"});
      out.item = phrase(w, "item", {"department", "text"});
      w.finish();
      s.news = std::move(out);
    }
    if (s.sentences.empty() && !s.units && !s.news) bad(n, "部分“" + excerpt(s.title) + "”没有内容。", "请写 paragraphs（句子）、units（分部门）或 news（工作动态）。");
    f.finish();
    t_.sections.push_back(std::move(s));
  }

  yaml::Report& report_;
  ReportTemplate t_;
};

Result<ReportTemplate> read(const yaml::Node& root) {
  yaml::Report report;
  auto t = Reader(report).read(root);
  if (auto refusal = report.refusal()) return *refusal;
  return t;
}

bool matches(const std::vector<std::string>& patterns, std::string_view code) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& p) {
    return p.ends_with('*') ? code.starts_with(std::string_view(p).substr(0, p.size() - 1)) && !code.empty() : code == p;
  });
}

}  // namespace

bool FigureRule::takes(const DepartmentCode& department, const WindowCode& window) const {
  if (!departments.empty() && !matches(departments, department.value)) return false;
  if (!windows.empty() && !matches(windows, window.value)) return false;
  return !matches(except_windows, window.value) && !matches(except_departments, department.value);
}

const FigureRule* ReportTemplate::find_figure(std::string_view id) const {
  for (const auto& r : figures)
    if (r.id == id) return &r;
  return nullptr;
}

const LengthRule* ReportTemplate::find_length(ReportLength length) const {
  for (const auto& r : lengths)
    if (r.length == length) return &r;
  return nullptr;
}

Result<ReportTemplate> ReportTemplate::load(const std::filesystem::path& path) {
  YI_TRY(auto root, yaml::load(path, "reports/" + path.filename().string()));
  return read(root);
}

Result<ReportTemplate> ReportTemplate::parse(std::string_view text, std::string file_name) {
  YI_TRY(auto root, yaml::parse(text, std::move(file_name)));
  return read(root);
}

Result<ReportTemplates> ReportTemplates::load(const std::filesystem::path& folder) {
  ReportTemplates out;
  std::vector<std::filesystem::path> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    YI_TRY(auto t, ReportTemplate::load(path));
    const auto name = path.stem().string();
    if (t.code != name)
      return Refusal{"bulletin.bad_template", "模板代码“" + t.code + "”与文件名不同。", "请把 code 写成“" + name + "”，或给文件改名。", 422, "reports/" + path.filename().string() + ":1"};
    out.all_.push_back(std::move(t));
  }
  return out;
}

const ReportTemplate* ReportTemplates::find(std::string_view code) const {
  for (const auto& t : all_)
    if (t.code == code) return &t;
  return nullptr;
}

Result<const ReportTemplate*> ReportTemplates::get(std::string_view code) const {
  if (const auto* t = find(code)) return t;
  std::string all;
  for (const auto& t : all_) all += (all.empty() ? "" : "、") + t.code;
  return Refusal{"bulletin.unknown_report", "没有这个报告模板。", all.empty() ? "本中心还没有报告模板。" : "现有的模板：" + all + "。", 404, "template"};
}

}  // namespace yi::bulletin
