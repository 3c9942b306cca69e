#include "casework/receipt_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "calendar/due.h"
#include "casework/queue.h"
#include "casework/rules.h"
#include "crypto/random.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"
#include "identity/page.h"

namespace yi::casework {
namespace {

struct Parts {
  engine::Engine& engine;
  engine::Receipts& receipts;
  const catalog::Catalog& catalog;
  const calendar::Calendar& calendar;
};

struct CaseOnPage {
  CaseId id;
  CaseState state;
  const catalog::Matter* matter = nullptr;
};

struct Shown {
  CaseOnPage standing;
  std::vector<Defect> defects;         // that the applicant is asked to correct
  std::optional<std::string> receipt;  // none before the acceptance
};
const char* title_of(const Shown& s) { return s.receipt ? "受理回执" : "办理状态"; }

Refusal not_found() {
  return {"casework.no_receipt", "没有这个办件的页面或回执，或者网址不完整。", "请重新扫描文书上的二维码；尚未受理的办件没有受理回执。", 404, ""};
}

std::string key_of(const store::KeyVault& keys, const std::string& number) {
  return hex(keys.blind(store::BlindKind::certificate, "receipt:" + number)).substr(0, 16);
}

Result<CaseOnPage> find_case(store::Reader& reader, const Parts& p, const std::string& number) {
  const auto id = case_of_number(number);
  if (!id) return not_found();
  auto c = reader.select(store::select_row_sql(CaseState::view(), CaseState::view().name), {p.engine.centre().value, id->value});
  if (!c->next()) return not_found();
  CaseOnPage s{*id, CaseState::from(store::read_row(CaseState::view(), *c))};
  if (std::string_view(s.state.number) != number) return not_found();
  s.matter = matter_of(s.state, p.catalog);
  return s;
}

std::string row(const char* name, const std::string& value) {
  return value.empty() ? "" : fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", name, escape_markup(value));
}
std::string day(const std::optional<CivilDay>& d) { return d ? to_chinese(*d) : ""; }

// The day in the case's number: papers that came later do not move it.
std::optional<CivilDay> applied_on(const CaseState& s) {
  const std::string number(std::string_view(s.number));
  if (!s.received_on || number.size() < 14) return std::nullopt;
  const auto read = parse_day(number.substr(6, 4) + "-" + number.substr(10, 2) + "-" + number.substr(12, 2));
  return read ? std::optional(*read) : std::nullopt;
}

// How one limit is counted, with its special procedures and its extension.
std::string counted(const CaseClock& clock, const calendar::Calendar& calendar) {
  const auto& q = clock.question;
  const auto answer = calendar::due(calendar, q, calendar::Explain::yes);
  if (!answer) return fmt::format("<h3>{}</h3>\n<p>{}</p>\n", chinese_name(clock.kind), escape_markup(answer.error().sentence));
  return fmt::format("<h3>{}：{}</h3>\n<details><summary>自{}起算，共{}{}，逐日看</summary><pre>{}</pre></details>\n", chinese_name(clock.kind),
                     answer->due ? to_chinese(*answer->due) : "暂停计算", to_chinese(q.from), answer->total, q.unit == calendar::Unit::working ? "个工作日" : "日",
                     escape_markup(calendar::explain_text(q, *answer)));
}

// What the proof consists of, from the receipt itself.
std::string proof(const std::string& receipt) {
  json::Parser parser;
  const auto root = parser.parse(receipt);
  if (!root) return "";
  const auto at = [&](std::initializer_list<const char*> path) -> std::optional<json::Node> {
    std::optional<json::Node> n = *root;
    for (const char* name : path)
      if (n) n = n->find(name);
    return n;
  };
  const auto text = [&](std::initializer_list<const char*> path) {
    const auto n = at(path);
    return n && n->kind() == json::Kind::string ? std::string(n->string()) : std::string();
  };
  const auto hashes = [&](std::initializer_list<const char*> path) {
    const auto n = at(path);
    return n && n->kind() == json::Kind::array ? n->size() : 0;
  };
  return "<table>\n" + row("账本序号", text({"seq"})) + row("证明用的摘要", fmt::format("{} 个", hashes({"proof", "in_group"}) + hashes({"proof", "in_mountain"}))) +
         row("签名头到第", text({"head", "seq"}) + " 条记录") + row("签名头摘要（SM3）", text({"head", "hash"})) + row("签名（SM2）公钥编号", text({"signature", "key_id"})) + "</table>\n";
}

// What the applicant is asked to correct, of the notice that waits; by paper, and no person.
std::string asked(const std::vector<Defect>& defects, const CaseState& s) {
  if (defects.empty()) return "";
  std::string out = "<h2>需要补正</h2>\n";
  out += s.at.correction_due ? "<p>请于" + to_chinese(*s.at.correction_due) + "（含当日）以前补正。</p>\n" : "<p>请尽快补正。</p>\n";
  out += "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">材料</th><th scope=\"col\">存在的问题</th><th scope=\"col\">怎样补正</th></tr></thead>\n<tbody>\n";
  for (const auto& d : defects)
    out += "<tr><td>" + escape_markup(std::string_view(d.material)) + "</td><td>" + escape_markup(std::string_view(d.wrong)) + "</td><td>" + escape_markup(std::string_view(d.right)) + "</td></tr>\n";
  return out + "</tbody></table></div>\n";
}
// 容缺: what is still to come.
std::string still_to_come(const CaseOnPage& s) {
  std::string out;
  for (const auto& d : s.state.detail.deferred)
    if (const auto i = static_cast<std::size_t>(d.material); s.matter && i < s.matter->materials.size()) out += row(s.matter->materials[i].name.c_str(), "最迟" + to_chinese(d.by));
  return out.empty() || is_end(s.state.at.stage) ? "" : "<h2>还要补交</h2>\n<div class=\"scroll\"><table>\n" + out + "</table></div>\n";
}

std::string proof_of_acceptance(const CaseOnPage& s, const std::string& receipt, const std::string& file) {
  std::string out = "<h2>账本中的证明</h2>\n<p>这次受理记在中心的账本里，账本用国密算法签名。有下面的文件和中心的公钥，不联网也能核对；事后对这条记录的任何改动都会与文件不符。</p>\n<div class=\"scroll\">" + proof(receipt) + "</div>\n";
  out += "<p><a class=\"alone\" href=\"" + escape_markup(file) + "\" download=\"" + escape_markup(std::string_view(s.state.number)) + ".json\">下载回执文件</a>　<a class=\"alone\" href=\"/api/ledger/head\">签名头和公钥</a></p>\n";
  return out + "<p class=\"note\">核对：<code>yichuang verify-receipt " + escape_markup(std::string_view(s.state.number)) + ".json --key sm2.pub</code></p>\n";
}

// Two columns of words instead of the frame's table of rights.
constexpr std::string_view kStyle = "tbody th{min-width:8em;width:8em}td{text-align:left}h3{font-size:1em;margin:16px 0 4px}pre{white-space:pre-wrap;font-size:16px}html.elder pre{font-size:20px}\n";

std::string body_of(const Parts& p, const Shown& shown, const std::string& file) {
  const auto& s = shown.standing;
  const auto* d = p.catalog.find_department(s.state.department);
  std::string out = "<main>\n<h1>" + std::string(title_of(shown)) + "</h1>\n<p class=\"note\">本页不显示申请人信息。</p>\n<div class=\"scroll\"><table>\n";
  out += row("办件编号", std::string(std::string_view(s.state.number))) + row("事项", s.matter ? s.matter->name : "") + row("部门", d ? d->name : s.state.department.value) +
         row("现在", std::string(chinese_name(s.state.at.stage, s.state.permit()))) + row("申请日期", s.state.received_on ? day(applied_on(s.state)) : "") + row("收齐材料日期", day(s.state.received_on)) + row("受理日期", day(s.state.accepted_on)) + "</table></div>\n";
  out += asked(shown.defects, s.state) + still_to_come(s) + "<h2>期限怎样计算</h2>\n";
  std::string limits;
  if (s.matter)
    for (const auto& clock : clocks_of(s.state, *s.matter)) limits += counted(clock, p.calendar);
  out += limits.empty() ? "<p>目前没有正在计算的期限。</p>\n" : limits;
  if (shown.receipt) out += proof_of_acceptance(s, *shown.receipt, file);
  return out + "</main>";
}

http::Door key_door(const char* pattern, const char* name, const char* summary) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = identity::kPublic;
  d.audit_class = "none";
  d.parameters = {{"number", "办件编号", R"({"type":"string","maxLength":24})", true, true},
                  {"k", "通行码：二维码里的", R"({"type":"string","maxLength":16})", false, false}};
  d.refusal_codes = {"casework.no_receipt", "engine.no_such_record", "store.ledger_differs", "crypto.key_unreadable", "crypto.key_exposed", "crypto.bad_private_key"};
  d.runs_on = http::RunsOn::worker;
  return d;
}

// The case for whoever has the key, and where it was accepted the receipt.
Result<Shown> shown(const Parts& p, const http::Request& request) {
  const auto& number = request.path_parameters.at("number");
  const auto k = request.query.find("k");
  if (k == request.query.end() || !crypto::equal_in_constant_time(k->second, key_of(p.engine.keys(), number))) return not_found();
  auto reader = p.engine.reader();
  YI_TRY(auto s, find_case(*reader, p, number));
  const auto centre = p.engine.centre();
  const auto facts = facts_of_case(*reader, centre, s.state.last_fact);
  Shown out{std::move(s), {}, {}};
  const auto& waits = out.standing.state.at.stage;
  if (waits == Stage::correction || waits == Stage::pre_returned || waits == Stage::correction_in_review)
    for (const auto& kept : facts)
      if (const auto f = kept.fact(centre); f.record.name == CorrectionRequested::kName) out.defects = f.as<CorrectionRequested>().defects;
  if (const auto seq = acceptance_of(facts, centre); seq && out.standing.state.accepted_on) {
    YI_TRY(out.receipt, p.receipts.receipt(*reader, *seq));
  }
  return out;
}

struct ReceiptLink {
  std::string path;
};
BOOST_DESCRIBE_STRUCT(ReceiptLink, (), (path))

}  // namespace

std::optional<std::int64_t> acceptance_of(const std::vector<KeptFact>& facts, CentreCode centre) {
  std::vector<std::int64_t> reversed;
  for (auto kept = facts.rbegin(); kept != facts.rend(); ++kept) {
    const auto f = kept->fact(centre);
    if (f.record.name == Reversed::kName) reversed.push_back(f.as<Reversed>().fact);
    if (f.record.name == Accepted::kName && std::find(reversed.begin(), reversed.end(), f.seq) == reversed.end()) return f.seq;
  }
  return std::nullopt;
}

std::optional<std::int64_t> find_acceptance(store::Reader& reader, CentreCode centre, CaseId id) {
  if (!reader.has_table(CaseState::view().name)) return std::nullopt;
  auto c = reader.select(store::select_row_sql(CaseState::view(), CaseState::view().name), {centre.value, id.value});
  if (!c->next()) return std::nullopt;
  const auto s = CaseState::from(store::read_row(CaseState::view(), *c));
  c.reset();
  return acceptance_of(facts_of_case(reader, centre, s.last_fact), centre);
}

std::string receipt_path(const store::KeyVault& keys, const std::string& number) { return "/receipts/" + number + "?k=" + key_of(keys, number); }

void add_receipt_page(http::Router& router, engine::Engine& engine, engine::Receipts& receipts, const catalog::Catalog& catalog, const calendar::Calendar& calendar) {
  const Parts p{engine, receipts, catalog, calendar};
  auto page = key_door("/receipts/{number}", "casework.receipt_page", "办件的状态和受理回执（二维码所指的页面）");
  page.parameters.push_back({"elder", "1：长者模式", R"({"type":"string","enum":["1"]})", false, false});
  page.replies = {{200, "状态和回执", "text/html", ""}};
  page.handle = [p](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto s = shown(p, request);
    if (!s) return reply(http::problem_page(s.error()));
    const auto& number = request.path_parameters.at("number");
    const auto address = receipt_path(p.engine.keys(), number);
    const auto file = "/receipts/" + number + "/file" + address.substr(address.find('?'));
    const identity::PageHead head{p.catalog.settings_on(civil_day(p.engine.clock().now())).hall_name, p.engine.clock().pinned(), false, {}, kStyle};
    auto r = identity::page(identity::in_mode(head, request), title_of(*s), body_of(p, *s, file));
    r.headers.emplace_back("cache-control", "no-store");
    reply(std::move(r));
  };
  router.add(std::move(page));

  auto file = key_door("/receipts/{number}/file", "casework.receipt_file", "受理回执文件（docs/receipt-format.md）");
  file.replies = {{200, "回执", "application/json", R"({"type":"object"})"}};
  file.handle = [p](const http::Request& request, const http::Caller&, http::Responder reply) {
    auto s = shown(p, request);
    if (!s) return reply(http::problem(s.error()));
    if (!s->receipt) return reply(http::problem(not_found()));
    http::Response r;
    r.body = std::move(*s->receipt);
    reply(std::move(r));
  };
  router.add(std::move(file));

  http::Door link;
  link.pattern = "/api/casework/receipt_link";
  link.name = "casework.receipt_link";
  link.summary = "办件状态和受理回执页面的地址（印在文书的二维码里）";
  link.right = "casework.receipt_link";
  link.audit_class = "read";
  link.parameters = {{"number", "办件编号", R"({"type":"string","maxLength":24})", false, true}};
  link.replies = {{200, "地址", "application/json", json::schema<ReceiptLink>()}};
  link.refusal_codes = {"casework.no_receipt", "identity.not_signed_in"};
  link.runs_on = http::RunsOn::worker;
  link.handle = [p](const http::Request& request, const http::Caller&, http::Responder reply) {
    auto reader = p.engine.reader();
    const auto s = find_case(*reader, p, request.query.at("number"));
    if (!s) return reply(http::problem(s.error()));
    http::Response r;
    r.body = json::write(ReceiptLink{receipt_path(p.engine.keys(), std::string(std::string_view(s->state.number)))});
    reply(std::move(r));
  };
  router.add(std::move(link));
}

}  // namespace yi::casework
