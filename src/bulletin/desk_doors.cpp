#include "bulletin/desk_doors.h"

#include <charconv>

#include "bulletin/issue_paper.h"
#include "bulletin/item_rules.h"
#include "bulletin/pages.h"
#include "engine/command_doors.h"
#include "identity/accounts.h"
#include "identity/gatekeeper.h"

namespace yi::bulletin {
namespace {
using Position = Id<struct PositionTag>;
const int kRows = static_cast<int>(limits::kPageRows.value);

struct IssueRow {
  CivilDay week, to;
  Instant deadline;
  IssueStage stage{};
  std::vector<SignOffStep> steps;      // still to come
  std::optional<std::int32_t> number, total_number;
  std::string number_words;
  std::optional<CivilDay> issued_on;
  std::string digest, internal_sm3, public_sm3;
  std::vector<std::string> signers;    // accounts, whoever presented it first
  std::int32_t copies = 0, handed = 0, corrections = 0, receivers = 0;
};
BOOST_DESCRIBE_STRUCT(IssueRow, (), (week, to, deadline, stage, steps, number, total_number, number_words, issued_on, digest, internal_sm3, public_sm3, signers, copies, handed, corrections, receivers))
struct IssueRows {
  std::vector<IssueRow> issues;
  CivilDay today;
  std::optional<CivilDay> follows;     // the last set period ended on this day
};
BOOST_DESCRIBE_STRUCT(IssueRows, (), (issues, today, follows))

struct ItemRow {
  ItemId item;
  CivilDay week;
  ItemStage stage{};
  std::optional<DepartmentCode> department;
  std::string department_name;
  std::optional<CivilDay> on;
  std::string text;
  std::int32_t version = 0;
  std::string by;
  bool late = false;
  std::optional<ItemId> into;
};
BOOST_DESCRIBE_STRUCT(ItemRow, (), (item, week, stage, department, department_name, on, text, version, by, late, into))
struct SectionRow {
  Section section{};
  std::vector<Text<2000>> entries;
  std::vector<Text<60>> pushed;
};
BOOST_DESCRIBE_STRUCT(SectionRow, (), (section, entries, pushed))
struct ReceiverRow {
  std::int32_t receiver = 0;
  std::string name;
  Way way{};
  std::optional<std::string> account;
  ReceiverStage stage{};
  std::int32_t copies = 0, handed = 0, tries = 0;
  bool internal = false;
  std::string answer;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(ReceiverRow, (), (receiver, name, way, account, stage, copies, handed, tries, internal, answer, at))
struct CorrectionRow {
  std::int32_t correction = 0;
  CorrectionStage stage{};
  bool internal = false;
  CivilDay on;
  std::string by, sm3;
  std::optional<std::string> text;     // for those who may read it
};
BOOST_DESCRIBE_STRUCT(CorrectionRow, (), (correction, stage, internal, on, by, sm3, text))
struct SignedRow {
  std::optional<SignOffStep> step;     // none: presented it
  std::string by, by_name;
  Instant at;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(SignedRow, (), (step, by, by_name, at, note))
struct DepartmentRow {
  DepartmentCode code;
  std::string name;                    // as the bulletin prints it
};
BOOST_DESCRIBE_STRUCT(DepartmentRow, (), (code, name))
struct Board {
  IssueRow issue;
  std::vector<DepartmentRow> departments;
  bool editor = false;
  std::vector<SignedRow> signed_off;   // the text that stands, or was issued
  std::vector<ItemRow> items;
  std::vector<SectionRow> sections;
  std::optional<ImprintSet> imprint;
  std::vector<IssueWord> template_words, words;
  std::vector<ReceiverRow> receivers;
  std::vector<Receiver> usual_receivers;
  std::vector<CorrectionRow> corrections;
  std::int32_t usual_copies = 0;
  std::vector<std::string> usual_report_to, usual_send_to;
  std::vector<std::vector<std::string>> usual_distribute_to;
  std::string usual_issuer;
  bool sends_mail = false;
};
BOOST_DESCRIBE_STRUCT(Board, (), (issue, departments, editor, signed_off, items, sections, imprint, template_words, words, receivers, usual_receivers, corrections, usual_copies, usual_report_to, usual_send_to, usual_distribute_to, usual_issuer, sends_mail))

struct ActRow {
  Position position;
  std::string act, by, by_name;
  Instant at;
  std::optional<std::int32_t> version;
  std::optional<std::string> words, note;
};
BOOST_DESCRIBE_STRUCT(ActRow, (), (position, act, by, by_name, at, version, words, note))
struct ItemReply {
  ItemRow item;
  std::vector<ActRow> acts;
};
BOOST_DESCRIBE_STRUCT(ItemReply, (), (item, acts))
struct ActRows {
  std::vector<ActRow> acts;
};
BOOST_DESCRIBE_STRUCT(ActRows, (), (acts))
struct InboxRow {
  CivilDay week;
  std::string masthead, number_words, period;
  bool internal = false, received = false;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(InboxRow, (), (week, masthead, number_words, period, internal, received, at))
struct Inbox {
  std::vector<InboxRow> issues;
};
BOOST_DESCRIBE_STRUCT(Inbox, (), (issues))
struct SinceFigure {
  std::string figure, name, printed, now;
};
BOOST_DESCRIBE_STRUCT(SinceFigure, (), (figure, name, printed, now))
struct SinceReply {
  std::vector<SinceFigure> figures;
  std::vector<std::string> parts;
};
BOOST_DESCRIBE_STRUCT(SinceReply, (), (figures, parts))
struct PublicIssue {
  CivilDay week, to, issued_on;
  std::int32_t number = 0, total_number = 0;
  std::string masthead, number_words, period, public_sm3;
  std::int32_t corrections = 0;        // issued ones that touch the public edition
};
BOOST_DESCRIBE_STRUCT(PublicIssue, (), (week, to, issued_on, number, total_number, masthead, number_words, period, public_sm3, corrections))
struct PublicIssues {
  std::vector<PublicIssue> issues;
};
BOOST_DESCRIBE_STRUCT(PublicIssues, (), (issues))

DeskReader desk(const DeskVisit& v) { return {v.reader, v.centre(), v.viewer, v.context.own}; }

IssueRow row_of(CivilDay week, const IssueState& s) {
  IssueRow r{week, s.to, s.deadline, s.stage, s.steps, {}, {}, "", {}, s.digest, s.internal_sm3, s.public_sm3, s.signers, s.copies, s.handed, s.corrections, s.receivers};
  if (s.stage == IssueStage::issued) {
    r.number = s.number;
    r.total_number = s.total_number;
    r.number_words = s.number_words;
    r.issued_on = s.issued_on;
  }
  return r;
}
ItemRow row_of(const DeskVisit& v, const ItemEntry& e) {
  const auto& s = e.state;
  ItemRow r{e.item, s.week, s.stage, {}, "", s.on, s.text, s.version, s.by, s.late, {}};
  if (!s.department.empty()) {
    r.department = DepartmentCode{s.department};
    r.department_name = department_name(v.context, *r.department);
  }
  if (s.into) r.into = ItemId{s.into};
  return r;
}
std::vector<ActRow> rows_of(const DeskVisit& v, std::vector<ActEntry> acts) {
  std::vector<ActRow> out;
  for (auto& a : acts) {
    const auto account = identity::read_account(v.reader, v.centre(), a.by);
    out.push_back({{a.position}, std::move(a.act), a.by, account ? std::string(std::string_view(account->state.name)) : "", a.at, a.version, std::move(a.words), std::move(a.note)});
  }
  return out;
}
std::vector<SignedRow> signed_off(const DeskVisit& v, CivilDay week, const IssueState& s) {
  std::vector<SignedRow> out;
  if (s.presented == 0) return out;
  for (auto& a : rows_of(v, sign_offs(desk(v), week, s.presented))) {
    SignedRow r{{}, a.by, a.by_name, a.at, {}};
    if (a.act == "issued") r.step = SignOffStep::issue;
    if (a.act == "step_passed" && a.note) {
      const auto end = a.note->find('\n');
      SignOffStep step{};
      if (json::enum_from(std::string_view(*a.note).substr(0, end), step)) r.step = step;
      if (end != std::string::npos) r.note = a.note->substr(end + 1);
    }
    out.push_back(std::move(r));
  }
  return out;
}
Result<IssueState> issue_of(const DeskVisit& v) {
  YI_TRY(const auto week, v.week());
  auto s = find_issue(v.reader, v.centre(), week);
  if (!s) return refusal(DeskRefused::not_open);
  return std::move(*s);
}

Result<http::Response> list_issues(const DeskVisit& v) {
  IssueRows out;
  for (const auto& e : desk_issues(desk(v), kRows)) out.issues.push_back(row_of(e.week, e.state));
  out.today = civil_day(v.engine.clock().now());
  if (const auto last = latest_periods(v.reader, v.centre(), v.viewer, 1); !last.empty()) out.follows = last.front().to;
  return json_reply(json::write(out));
}

std::vector<CorrectionRow> corrections(const DeskVisit& v, CivilDay week, const IssueState& s) {
  std::vector<CorrectionRow> out;
  for (auto& c : corrections_of(v.reader, v.centre(), week, s.corrections)) {
    CorrectionRow r{c.correction, c.state.stage, c.state.internal, c.state.on, c.state.by, c.state.sm3, {}};
    if (const auto paper = paper_of_correction(v.reader, v.centre(), v.viewer, v.engine.keys(), week, c.correction)) {
      std::string text;
      for (const auto& p : paper->body)
        if (p.kind == publish::Paragraph::Kind::body) text += (text.empty() ? "" : "\n") + p.text();
      r.text = std::move(text);
    }
    out.push_back(std::move(r));
  }
  return out;
}

Result<http::Response> read_board(const DeskVisit& v) {
  YI_TRY(const auto issue, issue_of(v));
  YI_TRY(const auto week, v.week());
  const auto h = desk(v);
  Board b;
  b.issue = row_of(week, issue);
  b.editor = h.editor();
  for (const auto& e : items_of(h, week)) b.items.push_back(row_of(v, e));
  if (!b.editor) return json_reply(json::write(b));
  b.signed_off = signed_off(v, week, issue);
  for (const auto s : {Section::one_thing, Section::value_added})
    if (const auto w = section_of(v.reader, v.centre(), v.viewer, week, s)) b.sections.push_back({s, w->entries, w->pushed});
  for (const auto& code : v.context.departments)
    if (code != v.context.own) b.departments.push_back({code, department_name(v.context, code)});
  b.imprint = imprint_of(v.reader, v.centre(), v.viewer, week);
  b.template_words = words_of(*v.context.templates);
  b.words = words_of_issue(v.reader, v.centre(), week);
  for (const auto& r : receivers_of(h, week))
    b.receivers.push_back({r.receiver, r.name, r.way, r.account.empty() ? std::nullopt : std::optional(r.account), r.stage, r.copies, r.handed, r.tries, r.internal, r.answer, r.at});
  b.corrections = corrections(v, week, issue);
  const auto& rules = *v.context.desk;
  b.usual_receivers = rules.receivers;
  b.usual_copies = rules.copies;
  b.usual_report_to = rules.report_to;
  b.usual_send_to = rules.send_to;
  b.usual_distribute_to = rules.distribute_to;
  b.usual_issuer = v.context.names.own_on(week + 6).issuer;
  b.sends_mail = v.context.sends_mail;
  return json_reply(json::write(b));
}

Result<http::Response> read_acts(const DeskVisit& v) {
  YI_TRY(const auto week, v.week());
  if (!desk(v).editor()) return refusal(DeskRefused::not_yours);
  return json_reply(json::write(ActRows{rows_of(v, issue_acts(desk(v), week))}));
}

Result<http::Response> read_since(const DeskVisit& v) {
  YI_TRY(const auto issue, issue_of(v));
  YI_TRY(const auto week, v.week());
  if (issue.stage != IssueStage::issued) return refusal(DeskRefused::not_issued);
  SinceReply out;
  const PaperAsk q{v.reader, v.centre(), v.viewer, v.context.names, *v.context.templates, week};
  const auto edition = v.viewer.may_see_internal_edition() ? Edition::internal : Edition::public_;
  YI_TRY(const auto issued, issued_paper(v.reader, v.centre(), v.viewer, v.engine.keys(), week, edition));
  YI_TRY(const auto now, compose_now(q, edition));
  const auto since = since_issued(issued->document, now.document);
  for (const auto& f : since.figures) out.figures.push_back({f.figure, f.name, f.printed, f.now});
  out.parts = since.parts;
  return json_reply(json::write(out));
}

Result<http::Response> read_item(const DeskVisit& v) {
  const ItemId item{v.path_number("item")};
  auto s = find_item(desk(v), item);
  if (!s) return refusal(DeskRefused::unknown_item);
  return json_reply(json::write(ItemReply{row_of(v, {item, std::move(*s)}), rows_of(v, item_acts(desk(v), item))}));
}

Result<http::Response> read_inbox(const DeskVisit& v) {
  Inbox out;
  for (const auto& r : received_by(desk(v), v.viewer.account, kRows)) {
    const auto issue = find_issue(v.reader, v.centre(), r.week);
    if (issue) out.issues.push_back({r.week, issue->masthead, issue->number_words, issue->period, r.internal, r.stage == ReceiverStage::received, r.at});
  }
  return json_reply(json::write(out));
}

PublicIssue public_row(const DeskVisit& v, CivilDay week, const IssueState& s) {
  PublicIssue r{week, s.to, s.issued_on, s.number, s.total_number, s.masthead, s.number_words, s.period, s.public_sm3, 0};
  for (const auto& c : corrections_of(v.reader, v.centre(), week, s.corrections)) r.corrections += !c.state.internal && c.state.stage == CorrectionStage::issued;
  return r;
}
Result<http::Response> list_issued(const DeskVisit& v) {
  PublicIssues out;
  for (const auto& e : issued_issues(v.reader, v.centre(), kRows)) out.issues.push_back(public_row(v, e.week, e.state));
  return json_reply(json::write(out));
}

const http::Parameter kWeek{"week", "期：开始日，如 2024-06-17", R"({"type":"string","format":"date"})", true, true};
const http::Parameter kItem{"item", "来稿编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true};

struct ReadingDoor {
  const char *pattern, *name, *summary, *right, *audit_class;
  std::string schema;
  AnswerDesk answer;
  std::vector<http::Parameter> parameters;
};
}  // namespace

Result<CivilDay> DeskVisit::week() const {
  auto week = parse_day(request.path_parameters.at("week"));
  if (!week) week.error().status = 404;
  return week;
}
std::int64_t DeskVisit::path_number(const char* name) const {
  std::int64_t v = 0;
  const auto& text = request.path_parameters.at(name);
  std::from_chars(text.data(), text.data() + text.size(), v);
  return v;
}

http::Response json_reply(std::string body) {
  http::Response r;
  r.body = std::move(body);
  return r;
}

http::Door desk_door(engine::Engine& engine, const BulletinContext& context, http::Method method, const char* pattern, const char* name, const char* summary, const char* right, AnswerDesk answer) {
  http::Door d;
  d.method = method;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = right;
  d.audit_class = "read";
  d.refusal_codes = {"base.bad_date", "engine.bad_position", "engine.reports_behind", "bulletin.unknown_week", "bulletin.not_open", "bulletin.internal_edition", "bulletin.figure_without_facts",
                     "bulletin.paper_erased", "bulletin.word_slots", "bulletin.unknown_word", "bulletin.bad_slot"};
  if (d.right != "public") d.refusal_codes.insert(d.refusal_codes.end(), {"identity.not_signed_in", "identity.not_allowed"});
  d.runs_on = http::RunsOn::worker;
  d.parameters = {engine::after_parameter()};
  d.handle = [&engine, &context, answer](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (const auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    const Snapshot snapshot(*reader);
    auto made = answer({request, caller, identity::viewer_of(caller), engine, context, *reader});
    reply(made ? std::move(made).value() : http::problem(made.error()));
  };
  return d;
}

void add_desk_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context) {
  const ReadingDoor doors[] = {
      {"/api/bulletin/desk/issues", "bulletin.list_issues", "编发台上的各期", "bulletin.read_desk", "read", json::schema<IssueRows>(), list_issues, {}},
      {"/api/bulletin/desk/issues/{week}", "bulletin.read_issue", "一期的来稿、各部分、签发和分发", "bulletin.read_desk", "personal", json::schema<Board>(), read_board, {kWeek}},
      {"/api/bulletin/desk/issues/{week}/acts", "bulletin.read_issue_acts", "一期的办理经过", "bulletin.read_desk", "read", json::schema<ActRows>(), read_acts, {kWeek}},
      {"/api/bulletin/desk/issues/{week}/since", "bulletin.read_since_issued", "签发以后数字和内容的变化", "bulletin.read_desk", "personal", json::schema<SinceReply>(), read_since, {kWeek}},
      {"/api/bulletin/desk/items/{item}", "bulletin.read_item", "一条来稿和它的各版", "bulletin.read_desk", "personal", json::schema<ItemReply>(), read_item, {kItem}},
      {"/api/bulletin/inbox", "bulletin.read_inbox", "分发给我的周报", "bulletin.receive_issue", "read", json::schema<Inbox>(), read_inbox, {}},
      {"/api/bulletin/issued", "bulletin.list_issued", "已签发的各期（公开）", "public", "read", json::schema<PublicIssues>(), list_issued, {}},
  };
  for (const auto& x : doors) {
    auto d = desk_door(engine, context, http::Method::get, x.pattern, x.name, x.summary, x.right, x.answer);
    d.audit_class = x.audit_class;
    d.parameters.insert(d.parameters.end(), x.parameters.begin(), x.parameters.end());
    d.replies = {{200, x.summary, "application/json", x.schema}};
    for (const char* code : {"bulletin.unknown_item", "bulletin.item_not_yours", "bulletin.not_issued"}) d.refusal_codes.emplace_back(code);
    router.add(std::move(d));
  }
}

}  // namespace yi::bulletin
