#include "replay/week_file.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "base/yaml.h"
#include "bulletin/phrase.h"

namespace yi::replay {
namespace {
using bulletin::Counts;
constexpr int kLeastLeaveDays = 3;  // the section's name is leave_over_3_days

class WeekReader {
 public:
  explicit WeekReader(std::string name) { file_.name = std::move(name); }

  Result<WeekFile> read(const yaml::Node& root) {
    yaml::Fields top(root, report_);
    read_week(top);
    read_paper(top);
    for (const auto& n : top.optional_list("news")) read_news(n);
    for (const auto& n : top.optional_list("leader_duty")) read_duty(n);
    if (const auto n = top.optional_map("one_thing")) read_one_thing(*n);
    if (const auto n = top.optional_map("value_added")) read_value_added(*n);
    if (const auto n = top.optional_map("windows")) read_windows(*n);
    if (const auto n = top.optional_map("leave_over_3_days")) read_leaves(*n);
    for (const auto& n : top.optional_list("facts")) read_fact(n);
    top.finish();
    check_repetitions();
    if (auto refusal = report_.refusal()) return *refusal;
    if (!repeated_.empty()) return repeated_.front();
    return std::move(file_);
  }

 private:
  void refuse(const yaml::Node& at, const char* code, std::string sentence, std::string next_step) {
    report_.add(at, code, std::move(sentence), std::move(next_step));
  }

  void read_week(yaml::Fields& top) {
    const auto node = top.map("week");
    if (!node) return;
    yaml::Fields f(*node, report_);
    file_.week = {f.day("from"), f.day("to")};
    file_.week_where = node->where();
    f.finish();
    if (!report_.empty()) return;
    if (file_.week.to < file_.week.from)
      refuse(*node, "replay.bad_week", "结束日期早于开始日期。", "请核对 from 和 to。");
    else if (file_.week.to - file_.week.from + 1 > bulletin::kLongestPeriodDays)
      refuse(*node, "replay.bad_week", "一期超过 31 天。", "请核对 from 和 to。");
    week_is_good_ = report_.empty();
  }

  void read_paper(yaml::Fields& top) {
    const auto number = [&](const char* name) -> std::optional<int> {
      const auto n = top.optional_integer(name, 1, 100'000);
      return n ? std::optional<int>(static_cast<int>(*n)) : std::nullopt;
    };
    // Without a day of issue the week gets no imprint: it is set, and edited and issued at the desk.
    file_.issued_on = top.optional_day("issued_on");
    if (file_.issued_on) file_.issuer = top.text("issuer");
    file_.copies = static_cast<int>(top.optional_integer("copies", 0, 100'000).value_or(0));
    file_.number = number("number");
    file_.total_number = number("total_number");
    if (file_.total_number && !file_.number)
      refuse(top.at("total_number"), "replay.bad_week", "有总期号而没有期号。", "请补上 number。");
    file_.report_to = top.optional_texts("report_to");
    file_.send_to = top.optional_texts("send_to");
    file_.layout_hints = top.optional_texts("layout_hints");
    for (const auto& group : top.optional_list("distribute_to")) {
      std::vector<std::string> names;
      if (group.kind() != yaml::Kind::list || group.size() == 0)
        refuse(group, "base.bad_yaml", "distribute_to 的每一组应是不空的列表。", "请写成 [[甲], [乙, 丙]]。");
      else
        for (std::size_t i = 0; i < group.size(); ++i) {
          const auto item = group.item(i);
          if (item.kind() != yaml::Kind::scalar || trim(item.scalar()).empty())
            refuse(item, "base.bad_yaml", "单位名称应是文字。", "请填写单位名称。");
          else
            names.emplace_back(item.scalar());
        }
      file_.distribute_to.push_back(std::move(names));
    }
  }

  void read_news(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    WeekFile::News n;
    const auto by = f.text("by");
    if (by != "centre") n.department = by;
    n.on = f.optional_day("on");
    n.text = f.text("text");
    n.where = node.where();
    f.finish();
    file_.news.push_back(std::move(n));
  }

  void read_duty(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    WeekFile::Duty d{f.text("department"), f.text("post"), f.text("name"), file_.week.from, file_.week.to, node.where()};
    if (const auto on = f.optional_day("on")) {
      d.from = d.to = *on;
      if (week_is_good_ && (*on < file_.week.from || *on > file_.week.to))
        refuse(f.at("on"), "replay.bad_week", "值守日期不在这一期之内。", "请核对 on。");
    }
    f.finish();
    file_.duties.push_back(std::move(d));
  }

  // `text` for one entry, `entries` for several.
  WeekFile::Section read_entries(yaml::Fields& f, const yaml::Node& node) {
    WeekFile::Section s;
    s.where = node.where();
    const auto one = f.optional_text("text");
    const auto many = f.optional_list("entries");
    if (one.has_value() == !many.empty())
      refuse(node, "base.bad_yaml", "应有 text（一段）或 entries（几段），且只有其一。", "请改用其中一种写法。");
    const auto add = [&](std::string_view text, const yaml::Node& at) {
      const auto phrase = bulletin::parse_entry(text);
      if (!phrase) refuse(at, phrase.error().code.c_str(), phrase.error().sentence, phrase.error().next_step);
      else if (phrase->has("pushed") && s.pushed.empty())
        refuse(at, "base.bad_yaml", "文字里有 {pushed}，却没有列出 pushed。", "请补上 pushed。");
      s.entries.emplace_back(text);
    };
    s.pushed = named(f, "pushed");
    if (one) add(*one, f.at("text"));
    for (const auto& e : many) {
      if (e.kind() != yaml::Kind::scalar || trim(e.scalar()).empty())
        refuse(e, "base.bad_yaml", "这里应是一段文字。", "请填写文字。");
      else
        add(e.scalar(), e);
    }
    return s;
  }

  std::vector<WeekFile::Named> named(yaml::Fields& f, std::string_view name) {
    std::vector<WeekFile::Named> out;
    for (const auto& n : f.optional_list(name)) {
      if (n.kind() != yaml::Kind::scalar || trim(n.scalar()).empty())
        refuse(n, "base.bad_yaml", "这里应是一个名称。", "请填写名称。");
      else
        out.push_back({std::string(n.scalar()), n.where()});
    }
    return out;
  }

  std::optional<WeekFile::Expected> expected(yaml::Fields& f, std::string_view name) {
    const auto n = f.optional_integer(name, 0, 100'000);
    if (!n) return std::nullopt;
    return WeekFile::Expected{*n, f.at(name).where()};
  }

  void read_one_thing(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    file_.one_thing = read_entries(f, node);
    file_.guides = named(f, "guides");
    if (const auto e = f.optional_map("expect")) {
      yaml::Fields x(*e, report_);
      file_.plans_issued = expected(x, "plans_issued");
      file_.guides_count = expected(x, "guides_count");
      if (file_.guides_count && file_.guides_count->n < static_cast<std::int64_t>(file_.guides.size()))
        refuse(x.at("guides_count"), "replay.figures_contradict",
               "guides_count 写 " + std::to_string(file_.guides_count->n) + "，guides 列出 " +
                   std::to_string(file_.guides.size()) + " 个。", "请核对二者。");
      x.finish();
    }
    f.finish();
  }

  void read_value_added(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    file_.value_added = read_entries(f, node);
    file_.plates = named(f, "plates");
    file_.plates_where = f.at("plates").where();
    file_.chains = named(f, "chains");
    std::int64_t total = 0;
    if (const auto c = f.optional_map("categories")) {
      file_.categories_where = c->where();
      yaml::Fields x(*c, report_);
      for (std::size_t i = 0; i < c->size(); ++i) {
        const std::string name(c->key(i));
        const auto n = x.integer(name, 1, 100'000);
        file_.categories.push_back({name, static_cast<int>(n)});
        total += n;
      }
      x.finish();
    }
    if (const auto e = f.optional_map("expect")) read_value_added_expect(*e, total);
    f.finish();
  }

  void read_value_added_expect(const yaml::Node& node, std::int64_t total) {
    yaml::Fields x(node, report_);
    file_.list_total = expected(x, "list_total");
    file_.plates_count = expected(x, "plates_count");
    file_.chains_count = expected(x, "chains_count");
    if (file_.list_total && !file_.categories.empty() && file_.list_total->n != total)
      refuse(x.at("list_total"), "replay.figures_contradict",
             "list_total 写 " + std::to_string(file_.list_total->n) + "，categories 相加是 " + std::to_string(total) + "。",
             "请核对各类的事项数和总数。");
    const auto listed = [&](const char* name, const std::optional<WeekFile::Expected>& e, std::size_t n, bool whole) {
      const auto count = static_cast<std::int64_t>(n);
      if (!e || n == 0 || (whole ? e->n == count : e->n >= count)) return;
      refuse(x.at(name), "replay.figures_contradict",
             std::string(name) + " 写 " + std::to_string(e->n) + "，文件列出 " + std::to_string(n) + " 个。", "请核对二者。");
    };
    listed("plates_count", file_.plates_count, file_.plates.size(), true);    // a zone's plan is whole
    listed("chains_count", file_.chains_count, file_.chains.size(), false);   // earlier weeks' chains count too
    x.finish();
  }

  Counts counts(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    Counts c{};
    for (auto figure : bulletin::kFigures)
      of(c, figure) = f.integer(json::enum_name(figure), 0, bulletin::kMostInAYear);
    f.finish();
    return c;
  }

  void read_windows(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    WeekFile::Windows w;
    w.where = node.where();
    const auto problems = report_.problems().size();
    if (const auto n = f.map("week")) {
      w.week = counts(*n);
      if (std::any_of(w.week.begin(), w.week.end(), [](auto c) { return c > limits::kWeekCount.value; }))
        refuse(*n, "replay.count_too_large", limits::kWeekCount.message, "这里填写的是一期之内的数；累计数写在 year_to_date。");
    }
    std::optional<yaml::Node> year, opening;
    if ((year = f.optional_map("year_to_date"))) {
      w.year_to_date = counts(*year);
      w.year_where = year->where();
    }
    constexpr std::string_view kOpening = "opening_balance_before_";
    for (std::size_t i = 0; i < node.size(); ++i) {
      const auto key = node.key(i);
      if (!key.starts_with(kOpening)) continue;
      const auto n = f.map(key);
      if (!n) continue;
      if (opening) refuse(*n, "replay.figures_contradict", "有两个期初数。", "请只保留一个。");
      opening = n;
      w.opening = counts(*n);
      w.opening_where = n->where();
      const auto before = parse_day(key.substr(kOpening.size()));
      if (!before)
        refuse(*n, "base.bad_date", "期初数的日期不存在：" + excerpt(key), "请写成 opening_balance_before_2024-06-17。");
      else if (week_is_good_ && *before != file_.week.from)
        refuse(*n, "replay.figures_contradict",
               "期初数截至 " + to_iso(*before) + " 之前，而这一期从 " + to_iso(file_.week.from) + " 开始。", "二者应是同一天。");
    }
    f.optional_text("note");
    f.finish();
    // Contradictions are looked for only where every number was read.
    if (week_is_good_ && problems == report_.problems().size()) check_windows(w, year, opening);
    file_.windows = std::move(w);
  }

  void check_windows(const WeekFile::Windows& w, const std::optional<yaml::Node>& year,
                     const std::optional<yaml::Node>& opening) {
    const bool new_year = file_.crosses_new_year();
    const bool first_day = file_.week.from.month() == 1 && file_.week.from.day() == 1;
    for (auto f : bulletin::kFigures) {
      const std::string name = bulletin::counted_figure(f).name;
      const auto at_week = of(w.week, f);
      if (opening && (new_year || first_day) && of(*w.opening, f) != 0)
        refuse(*opening, "replay.figures_contradict", "跨年或自 1 月 1 日开始的一期，期初数只能是零；" + name + "不是。",
               "请改为 0：上一年的数不计入今年。");
      if (!year) continue;
      const auto at_year = of(*w.year_to_date, f);
      if (new_year && at_year > at_week)
        refuse(*year, "replay.figures_contradict",
               "跨年的一期，今年以来的" + name + "（" + std::to_string(at_year) + "）不能多于本周（" + std::to_string(at_week) + "）。",
               "今年以来只计 1 月 1 日以后的数。");
      if (!new_year && at_year < at_week)
        refuse(*year, "replay.figures_contradict",
               "今年以来的" + name + "（" + std::to_string(at_year) + "）少于本周（" + std::to_string(at_week) + "）。", "请核对二者。");
      if (!new_year && opening && at_week + of(*w.opening, f) != at_year)
        refuse(*year, "replay.figures_contradict",
               name + "：本周 " + std::to_string(at_week) + " 加期初 " + std::to_string(of(*w.opening, f)) + " 是 " +
                   std::to_string(at_week + of(*w.opening, f)) + "，文件写今年以来 " + std::to_string(at_year) + "。",
               "请核对三个数。");
    }
  }

  void read_leaves(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    for (std::size_t i = 0; i < node.size(); ++i) {
      const auto key = node.key(i);
      staff::LeaveKind kind{};
      if (key == "layout" || !json::enum_from(key, kind)) continue;  // finish() refuses what is no kind
      for (const auto& n : f.list(key)) read_leave(n, kind);
    }
    f.optional_text("layout");
    f.finish();
  }

  void read_leave(const yaml::Node& node, staff::LeaveKind kind) {
    yaml::Fields f(node, report_);
    WeekFile::Leave l;
    l.kind = kind;
    l.department = f.text("department");
    l.name = f.text("name");
    l.where = node.where();
    const auto from = f.optional_day("from"), to = f.optional_day("to");
    // Without a span only this much is known: three days or more, touching the week.
    l.from = from.value_or(file_.week.from);
    l.to = to.value_or(std::max(file_.week.to, file_.week.from + (kLeastLeaveDays - 1)));
    const auto mode = f.optional_choice<staff::CountMode>("count_mode");
    l.count_mode = mode.value_or(staff::CountMode::calendar);
    l.mode_said = mode.has_value();
    const auto span = l.to - l.from + 1;
    const auto days = f.optional_integer("days", 0, 400);
    // How many working days a span has, only the calendar knows.
    const bool counted_later = !days && l.count_mode == staff::CountMode::working;
    l.days = counted_later ? 0 : static_cast<int>(days.value_or(span));
    f.finish();
    if (!week_is_good_) return;
    if (from.has_value() != to.has_value())
      refuse(node, "replay.bad_leave", "请假的起止日期只写了一个。", "请把 from 和 to 都写上，或都不写。");
    else if (l.to < l.from)
      refuse(node, "replay.bad_leave", "请假的结束日期早于开始日期。", "请核对 from 和 to。");
    else if (l.to < file_.week.from || l.from > file_.week.to)
      refuse(node, "replay.bad_leave", "这次请假没有一天在这一期之内。", "请核对 from 和 to。");
    else if (counted_later ? span < kLeastLeaveDays : l.days < kLeastLeaveDays)
      refuse(node, "replay.bad_leave", "这次请假不到三天，不会列入周报。", "请核对 days、from 和 to，或删去这一行。");
    else if (l.count_mode == staff::CountMode::calendar ? l.days != span : l.days > span)
      refuse(node, "replay.bad_leave", "请假天数与起止日期对不上。", "请核对 days、count_mode、from 和 to。");
    file_.leaves.push_back(std::move(l));
  }

  void read_fact(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    WeekFile::Fact x{f.choice<FactKind>("kind"), f.text("name"), f.day("on"), node.where()};
    f.finish();
    if (week_is_good_ && x.on > file_.week.to)
      refuse(f.at("on"), "replay.bad_fact", "这一事实晚于本期最后一日，不会计入“截至目前”。", "请核对 on，或移到以后一期的文件。");
    if (x.kind == FactKind::list_published && file_.categories.empty())
      refuse(node, "replay.bad_fact", "写了清单的版本，却没有 categories。", "请在 value_added 中补上 categories。");
    if (x.kind == FactKind::zone_planned && file_.plates.empty())
      refuse(node, "replay.bad_fact", "写了专区的日期，却没有 plates。", "请在 value_added 中补上 plates。");
    file_.facts.push_back(std::move(x));
  }

  void check_repetitions() {
    const auto once = [&](const std::vector<WeekFile::Named>& list, const char* what) {
      std::set<std::string> seen;
      for (const auto& n : list)
        if (!seen.insert(n.name).second) add_at(n.where, what + ("“" + n.name + "”") + "列了两次。");
    };
    once(file_.guides, "图解");
    once(file_.plates, "板块");
    once(file_.chains, "产业链");
    std::set<std::pair<FactKind, std::string>> seen;
    for (const auto& x : file_.facts) {
      const bool single = x.kind == FactKind::list_published || x.kind == FactKind::zone_planned;
      if (!seen.insert({x.kind, single ? "" : x.name}).second) add_at(x.where, "事实“" + x.name + "”列了两次。");
    }
  }

  void add_at(const std::string& where, std::string sentence) {
    repeated_.push_back({"replay.repeated_name", std::move(sentence), "请删去重复的一行。", 422, where});
  }

  WeekFile file_;
  yaml::Report report_;
  bool week_is_good_ = false;
  std::vector<Refusal> repeated_;
};
}  // namespace

Result<WeekFile> load_week(const std::filesystem::path& path, std::string file_name) {
  YI_TRY(auto root, yaml::load(path, file_name));
  return WeekReader(std::move(file_name)).read(root);
}

Result<WeekFile> parse_week(std::string_view text, std::string file_name) {
  YI_TRY(auto root, yaml::parse(text, file_name));
  return WeekReader(std::move(file_name)).read(root);
}

Checked check_expected(const WeekFile& file, const FactCounts& facts) {
  const struct {
    const char* name;
    const std::optional<WeekFile::Expected>& expected;
    std::int64_t n;
  } all[] = {{"plans_issued", file.plans_issued, facts.plans},
             {"guides_count", file.guides_count, facts.guides},
             {"list_total", file.list_total, facts.list_total},
             {"plates_count", file.plates_count, facts.plates},
             {"chains_count", file.chains_count, facts.chains}};
  for (const auto& x : all)
    if (x.expected && x.expected->n != x.n)
      return Refusal{"replay.expectation_failed",
                     std::string(x.name) + " 写 " + std::to_string(x.expected->n) + "，截至本期最后一日登记的事实是 " +
                         std::to_string(x.n) + "。",
                     "请核对文件中的 expect 和 facts，以及目录中的 facts.yaml。", 422, x.expected->where};
  return Done{};
}

}  // namespace yi::replay
