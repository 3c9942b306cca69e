#include "bulletin/desk_rules.h"

#include <algorithm>

#include "base/text.h"
#include "base/yaml.h"

namespace yi::bulletin {
namespace {
constexpr const char* kBad = "bulletin.bad_desk_rules";
constexpr const char* kCheck = "请核对 bulletin_desk.yaml。";

void basis(yaml::Fields& f) {
  f.text("basis");
  f.flag("unverified");
}

// A sentence whose slots are among `known`.
Phrase phrase(yaml::Fields& f, const char* name, std::initializer_list<std::string_view> known, yaml::Report& report) {
  const auto text = f.text(name);
  if (text.empty()) return {};
  auto p = Phrase::parse(text);
  if (!p) {
    report.add(f.at(name), p.error().code, p.error().sentence, p.error().next_step);
    return {};
  }
  for (const auto& slot : p->slots())
    if (std::find(known.begin(), known.end(), slot) == known.end()) report.add(f.at(name), kBad, "这一句里没有“{" + slot + "}”这个数据项。", kCheck);
  return std::move(*p);
}

int minute_of(const std::string& text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  for (const int i : {0, 1, 3, 4})
    if (text[static_cast<std::size_t>(i)] < '0' || text[static_cast<std::size_t>(i)] > '9') return -1;
  const int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
  return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

void read_submission(yaml::Fields& top, DeskRules& r, yaml::Report& report) {
  const auto node = top.map("submission");
  if (!node) return;
  yaml::Fields f(*node, report);
  r.deadline_days_after = static_cast<int>(f.integer("days_after", -7, 31));
  r.deadline_minute = minute_of(f.text("time"));
  if (r.deadline_minute < 0) report.add(f.at("time"), kBad, "时间应写作 '17:00'。", kCheck);
  r.late = f.choice<Late>("late");
  basis(f);
  f.finish();
}

void read_sign_off(yaml::Fields& top, DeskRules& r, yaml::Report& report) {
  const auto node = top.map("sign_off");
  if (!node) return;
  yaml::Fields f(*node, report);
  for (const auto& word : f.texts("steps")) {
    SignOffStep s{};
    if (!json::enum_from(word, s)) report.add(f.at("steps"), kBad, "没有签发环节“" + word + "”。", kCheck);
    else if (!r.steps.empty() && s <= r.steps.back()) report.add(f.at("steps"), kBad, "签发环节应按 review、countersign、issue 的次序，各写一次。", kCheck);
    else r.steps.push_back(s);
  }
  if (r.steps.empty() || r.steps.back() != SignOffStep::issue) report.add(f.at("steps"), kBad, "最后一个环节必须是 issue（签发）。", kCheck);
  r.distinct = f.boolean("distinct");
  basis(f);
  f.finish();
}

void read_numbering(yaml::Fields& top, DeskRules& r, yaml::Report& report) {
  const auto node = top.map("numbering");
  if (!node) return;
  yaml::Fields f(*node, report);
  r.numbering_year = static_cast<int>(f.integer("year", 1950, 2199));
  r.first_number = static_cast<int>(f.integer("number", 1, 100'000));
  r.first_total = static_cast<int>(f.integer("total_number", 1, 100'000));
  basis(f);
  f.finish();
}

void read_imprint(yaml::Fields& top, DeskRules& r, yaml::Report& report) {
  const auto node = top.map("imprint");
  if (!node) return;
  yaml::Fields f(*node, report);
  r.copies = static_cast<std::int32_t>(f.integer("copies", 0, 100'000));
  r.report_to = f.texts("report_to");
  r.send_to = f.texts("send_to");
  for (const auto& group : f.list("distribute_to")) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < group.size(); ++i) names.emplace_back(group.item(i).scalar());
    if (names.empty()) report.add(group, kBad, "发的单位有一组是空的。", kCheck);
    r.distribute_to.push_back(std::move(names));
  }
  f.finish();
}

void read_receivers(yaml::Fields& top, DeskRules& r, yaml::Report& report) {
  for (const auto& node : top.list("receivers")) {
    yaml::Fields f(node, report);
    Receiver x;
    x.name = Text<60>(f.text("name"));
    x.way = f.choice<Way>("way");
    if (auto a = f.optional_text("account")) x.account = Text<64>(std::move(*a));
    if (auto m = f.optional_text("mail")) x.mail = Text<254>(std::move(*m));
    x.copies = static_cast<std::int32_t>(f.optional_integer("copies", 1, 100'000).value_or(0));
    x.internal = f.flag("internal");
    f.finish();
    if (x.account.has_value() != (x.way == Way::account) || x.mail.has_value() != (x.way == Way::mail) || (x.copies > 0) != (x.way == Way::print))
      report.add(node, kBad, "account 方式写 account，mail 方式写 mail，print 方式写 copies。", kCheck);
    if (x.way == Way::mail && x.internal) report.add(node, kBad, "内部版不发电子邮件。", kCheck);
    r.receivers.push_back(std::move(x));
  }
}
}  // namespace

std::string_view chinese_name(SignOffStep s) {
  static constexpr std::string_view names[] = {"审核", "会签", "签发"};
  return names[static_cast<std::size_t>(s)];
}

Instant DeskRules::deadline_of(CivilDay last_day) const { return at(last_day + deadline_days_after, deadline_minute / 60, deadline_minute % 60); }

Result<DeskRules> DeskRules::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  DeskRules r;
  read_submission(top, r, report);
  read_sign_off(top, r, report);
  read_numbering(top, r, report);
  read_imprint(top, r, report);
  read_receivers(top, r, report);
  if (const auto node = top.map("mail")) {
    yaml::Fields f(*node, report);
    r.mail_subject = phrase(f, "subject", {"masthead", "number", "period", "issuer"}, report);
    r.mail_text = phrase(f, "text", {"masthead", "number", "period", "issuer"}, report);
    f.finish();
  }
  if (const auto node = top.map("correction")) {
    yaml::Fields f(*node, report);
    r.correction_title = f.text("title");
    r.correction_lead = phrase(f, "lead", {"masthead", "number", "period"}, report);
    r.correction_line = phrase(f, "line", {"was", "now"}, report);
    r.correction_reason = phrase(f, "reason", {"reason"}, report);
    f.finish();
  }
  top.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return r;
}

Result<WordLists> WordLists::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  WordLists w;
  for (const auto& node : top.list("sensitive")) {
    yaml::Fields f(node, report);
    Sensitive s;
    s.word = f.text("word");
    s.advice = f.text("advice");
    f.finish();
    w.sensitive.push_back(std::move(s));
  }
  w.health = top.texts("health");
  w.health_exempt = top.texts("health_exempt");
  if (const auto node = top.map("citizens")) {
    yaml::Fields f(*node, report);
    w.before_name = f.texts("before");
    w.after_name = f.texts("after");
    w.surnames = to_utf32(f.text("surnames"));
    w.compound_surnames = f.texts("compound");
    f.finish();
  }
  top.finish();
  if (auto refusal = report.refusal()) return *refusal;
  return w;
}

}  // namespace yi::bulletin
