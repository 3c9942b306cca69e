#include "replay/hall.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "base/yaml.h"
#include "casework/rules.h"
#include "identity/commands.h"

namespace yi::replay {
namespace {

// Of the answer's own fact: a comment brings the owner of its key behind it.
std::int64_t first_position(const engine::Answer& answer) {
  json::Parser parser;
  const auto node = parser.parse(answer.json);
  const auto facts = node ? node->find("facts") : std::nullopt;
  return answer.position - (facts ? static_cast<std::int64_t>(facts->size()) - 1 : 0);
}

const engine::Actor kOperator{"demonstration", "operator"};

// "2024-05-20 09:10", at UTC+8.
std::optional<Instant> instant_of(std::string_view text) {
  if (text.size() != 16 || text[10] != ' ' || text[13] != ':') return std::nullopt;
  const auto two = [&](std::size_t i) { return text[i] < '0' || text[i] > '9' || text[i + 1] < '0' || text[i + 1] > '9' ? -1 : (text[i] - '0') * 10 + text[i + 1] - '0'; };
  const auto day = parse_day(text.substr(0, 10));
  const int hour = two(11), minute = two(14);
  if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  return at(*day, hour, minute);
}

bool is_integer(std::string_view s) {
  return !s.empty() && s.size() < 10 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; }) && (s.size() == 1 || s[0] != '0');
}

// A command's body as a person writes it: plain numbers and true and false are what they look like, everything else is text.
void append_json(std::string& out, const yaml::Node& n) {
  switch (n.kind()) {
    case yaml::Kind::null: out += "null"; return;
    case yaml::Kind::scalar: {
      const auto s = n.scalar();
      if (!n.quoted() && (is_integer(s) || s == "true" || s == "false")) out += s;
      else json::append_string(out, s);
      return;
    }
    case yaml::Kind::list:
      out += '[';
      for (std::size_t i = 0; i < n.size(); ++i) {
        if (i) out += ',';
        append_json(out, n.item(i));
      }
      out += ']';
      return;
    case yaml::Kind::map:
      out += '{';
      for (std::size_t i = 0; i < n.size(); ++i) {
        if (i) out += ',';
        json::append_string(out, n.key(i));
        out += ':';
        append_json(out, n.item(i));
      }
      out += '}';
      return;
  }
}

void add_member(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) out += ',';
  json::append_string(out, name);
  out += ':';
  json::append_string(out, value);
}

class Reader {
 public:
  explicit Reader(const catalog::Catalog& catalog) : catalog_(catalog) {}

  Result<HallScript> read(const yaml::Node& root) {
    yaml::Fields top(root, report_);
    if (const auto opened = instant(top, "opened")) script_.opened = *opened;
    for (const auto& n : top.list("people")) person(n);
    for (const auto& n : top.list("lives")) life(n);
    for (const auto& n : top.optional_list("drafts")) draft(n);
    top.finish();
    if (auto refusal = report_.refusal()) return *refusal;
    std::stable_sort(script_.acts.begin(), script_.acts.end(), [](const HallAct& a, const HallAct& b) { return a.at < b.at; });
    return std::move(script_);
  }

 private:
  void refuse(const yaml::Node& at, std::string sentence, std::string next_step) { report_.add(at, "replay.bad_hall", std::move(sentence), std::move(next_step)); }

  std::optional<Instant> instant(yaml::Fields& f, const char* name) {
    const auto t = instant_of(f.text(name));
    if (!t) refuse(f.at(name), std::string(name) + " 不是时间。", "请写成 2024-05-20 09:10。");
    return t;
  }

  void person(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    HallPerson p;
    p.account = f.text("account");
    p.name = f.text("name");
    for (const auto& r : f.optional_texts("roles")) {
      identity::Role role{};
      if (!json::enum_from(r, role)) refuse(f.at("roles"), "没有这个岗位：" + r + "。", "岗位见 roles.yaml。");
      p.roles.push_back(role);
    }
    p.department = f.optional_text("department");
    p.windows = f.optional_texts("windows");
    p.place = f.optional_text("place").value_or("");
    p.citizen = f.optional_text("citizen");
    p.uscc = f.optional_text("uscc");
    p.where = node.where();
    f.finish();
    if (p.roles.empty() != (p.citizen.has_value() != p.uscc.has_value())) refuse(node, "应是有岗位的工作人员，或写明一个号码的申请人。", "请写 roles，或 citizen、uscc 之一。");
    if (!known_.insert(p.account).second) refuse(node, "账号重复：" + p.account + "。", "请改用另一个账号。");
    script_.people.push_back(std::move(p));
  }

  void draft(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    HallDraft d{f.text("by"), f.text("matter"), f.text("title"), {}};
    if (const auto form = f.map("form")) append_json(d.content, *form);
    f.finish();
    if (!known_.contains(d.by)) refuse(node, "people 中没有这个账号：" + d.by + "。", "请先在 people 中写明。");
    if (!catalog_.find_matter({d.matter})) refuse(node, "目录里没有这个事项：" + d.matter + "。", "请核对事项编码。");
    script_.drafts.push_back(std::move(d));
  }

  void life(const yaml::Node& node) {
    yaml::Fields f(node, report_);
    const auto code = f.optional_text("matter");
    const auto* matter = code ? catalog_.find_matter({*code}) : nullptr;
    if (code && !matter) refuse(f.at("matter"), "目录里没有这个事项：" + *code + "。", "请核对事项编码。");
    ++life_;
    std::optional<Instant> before;
    for (const auto& n : f.list("acts")) {
      auto a = act(n, matter, !before);
      if (before && a.at < *before) refuse(n, "这一步早于前一步。", "请按时间先后写。");
      before = a.at;
      script_.acts.push_back(std::move(a));
    }
    f.finish();
  }

  HallAct act(const yaml::Node& node, const catalog::Matter* matter, bool first) {
    yaml::Fields f(node, report_);
    HallAct a;
    a.at = instant(f, "at").value_or(script_.opened);
    if (a.at < script_.opened) refuse(node, "这一步早于账号开立。", "请核对 opened。");
    a.by = f.text("by");
    if (!known_.contains(a.by)) refuse(f.at("by"), "people 中没有这个账号：" + a.by + "。", "请先在 people 中写明。");
    a.command = f.text("do");
    a.life = life_;
    a.first = first;
    a.where = node.where();
    if (first && matter) add_member(a.fields, "matter", matter->code.value);
    if (const auto with = f.optional_map("with"))
      for (std::size_t i = 0; i < with->size(); ++i) member(a.fields, with->key(i), with->item(i), matter);
    f.finish();
    return a;
  }

  // `materials: all` are those that the applicant brings.
  static void member(std::string& out, std::string_view key, const yaml::Node& value, const catalog::Matter* matter) {
    if (!out.empty()) out += ',';
    json::append_string(out, key);
    out += ':';
    if (key != "materials" || value.kind() != yaml::Kind::scalar || value.scalar() != "all" || !matter) return append_json(out, value);
    out += '[';
    bool any = false;
    for (const auto& m : matter->materials) {
      if (m.provider == catalog::Provider::government) continue;
      if (std::exchange(any, true)) out += ',';
      json::append_string(out, m.name);
    }
    out += ']';
  }

  const catalog::Catalog& catalog_;
  yaml::Report report_;
  HallScript script_;
  std::set<std::string> known_;
  std::size_t life_ = 0;
};

}  // namespace

Result<HallScript> load_hall(const std::filesystem::path& path, std::string file_name, const catalog::Catalog& catalog) {
  YI_TRY(const auto root, yaml::load(path, std::move(file_name)));
  return Reader(catalog).read(root);
}

Result<HallScript> parse_hall(std::string_view text, std::string file_name, const catalog::Catalog& catalog) {
  YI_TRY(const auto root, yaml::parse(text, std::move(file_name)));
  return Reader(catalog).read(root);
}

bool Hall::due(Instant until) const {
  if (!open_) return script_.opened <= until;
  return next_ < script_.acts.size() && script_.acts[next_].at <= until;
}

Checked Hall::run_until(Instant until) {
  if (!open_) {
    YI_CHECK(open_accounts());
    open_ = true;
  }
  while (due(until)) YI_CHECK(give(script_.acts[next_++]));
  return Done{};
}

Result<engine::Answer> Hall::command(const std::string& name, const std::string& body, Instant at, const engine::Actor& by, const std::string& where) {
  if (!engine_.registry().find_command(name)) return Refusal{"replay.bad_hall", "没有这个命令：" + name + "。", "命令见 /api/openapi.json。", 422, where};
  Step step;
  step.at = at;
  step.command = name.c_str();
  step.body = body;
  auto answer = pipeline_.run(step, by);
  if (answer) return answer;
  auto r = std::move(answer).error();
  r.where = where;
  return r;
}

Checked Hall::open_accounts() {
  for (const auto& p : script_.people) {
    const identity::AccountName account(p.account);
    const auto department = p.department ? std::optional(DepartmentCode{*p.department}) : std::nullopt;
    if (p.roles.empty()) {
      YI_CHECK(command("identity.open_applicant", json::write(identity::OpenApplicant{account}), script_.opened, kOperator, p.where));
      const identity::BindApplicant bind{account, p.citizen ? store::BlindKind::citizen : store::BlindKind::uscc, Text<64>(p.citizen ? *p.citizen : *p.uscc)};
      YI_CHECK(command("identity.bind_applicant", json::write(bind), script_.opened, kOperator, p.where));
      continue;
    }
    identity::OpenAccount open{account, Text<60>(p.name), department, {}};
    for (const auto& w : p.windows) open.windows.push_back({w});
    YI_CHECK(command("identity.open_account", json::write(open), script_.opened, kOperator, p.where));
    YI_CHECK(command("identity.grant_roles", json::write(identity::GrantRoles{account, p.roles, department}), script_.opened, kOperator, p.where));
  }
  return Done{};
}

Result<engine::Actor> Hall::actor(const std::string& account) const {
  const auto a = book_.find(account);
  if (!a) return Refusal{"replay.bad_hall", "账号没有开立：" + account + "。", "请核对 people。", 422, account};
  engine::Actor by{account, a->state.kind == identity::AccountKind::staff ? "staff" : "applicant"};
  by.name = a->state.name;
  by.department = a->state.department;
  by.roles = roles_.closure(a->state.roles).bits;
  by.subject = a->state.subject;
  return by;
}

Checked Hall::give(const HallAct& act) {
  YI_TRY(const auto by, actor(act.by));
  auto& opened = opened_[act.life];
  std::string fields = act.fields;
  const auto* spec = engine_.registry().find_command(act.command);
  for (const auto& [name, id] : opened) {
    const auto member = "\"" + name + "\":";
    if (spec && spec->request_schema.find(member) != std::string::npos && fields.find(member) == std::string::npos) add_member(fields, name, id);
  }
  YI_TRY(const auto answer, command(act.command, "{" + fields + "}", act.at, by, act.where));
  // What it opened: by its stream, or by its place in the ledger.
  static constexpr std::pair<std::string_view, const char*> kStreams[] = {{"case:", "case_id"}, {"question:", "question_id"}, {"leave:", "leave"}, {"activity:", "activity"},
                                                                         {"programme:", "programme"}, {"task:", "task"}, {"dispatch:", "dispatch"}, {"gift:", "gift"}, {"report:", "report"},
                                                                         {"appointment:", "appointment"}, {"follow_up:", "follow_up"}};
  for (const auto& [prefix, name] : kStreams)
    if (answer.stream.starts_with(prefix) && (act.first || prefix != "case:")) opened[name] = answer.stream.substr(prefix.size());
  if (act.first && answer.stream.starts_with("no:")) opened["negative_id"] = std::to_string(answer.position);
  if (act.first && answer.stream.starts_with("paper_evaluation:")) opened["follow_up"] = std::to_string(first_position(answer));
  if (act.first && act.command == "hall.record_duty") opened["duty"] = std::to_string(answer.position);
  if (act.command == "reform.set_milestone") opened["milestone"] = std::to_string(answer.position);
  return Done{};
}

}  // namespace yi::replay
