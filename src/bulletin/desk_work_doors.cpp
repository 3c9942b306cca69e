// Doors that compose: checks and preview of what is typed, the presentation of what is recorded, corrections of what is issued.
#include "bulletin/desk_declare.h"
#include "bulletin/desk_doors.h"
#include "bulletin/issue_paper.h"
#include "bulletin/pages.h"
#include "bulletin/paper_record.h"
#include "engine/command_doors.h"
#include "engine/recording.h"
#include "identity/gatekeeper.h"
#include "publish/pdf_writer.h"

namespace yi::bulletin {
namespace {

struct PreviewWish {
  IssueDraft draft;
  bool internal = true;
  bool word_lines = false;
};
BOOST_DESCRIBE_STRUCT(PreviewWish, (), (draft, internal, word_lines))
struct TextWish {
  Text<2000> text;
  std::optional<CivilDay> week;
  std::optional<DepartmentCode> department;
};
BOOST_DESCRIBE_STRUCT(TextWish, (), (text, week, department))
struct PresentWish {
  std::vector<Text<80>> acknowledged;
};
BOOST_DESCRIBE_STRUCT(PresentWish, (), (acknowledged))
struct Checked_ {
  std::string code, sentence, where, key;
  bool must = true;  // has to be acknowledged; else it is told alone
};
BOOST_DESCRIBE_STRUCT(Checked_, (), (code, sentence, where, key, must))
struct CheckReply {
  std::vector<Checked_> warnings;
};
BOOST_DESCRIBE_STRUCT(CheckReply, (), (warnings))

CheckReply reply_of(const std::vector<Warning>& warnings, bool must) {
  CheckReply out;
  for (const auto& w : warnings) out.warnings.push_back({w.code, w.sentence, w.where, key_of(w), must});
  return out;
}

PaperAsk ask_of(const DeskVisit& v, CivilDay week) { return {v.reader, v.centre(), v.viewer, v.context.names, *v.context.templates, week}; }

// What is typed as one item: its words at once, its figures where a week is named.
Result<http::Response> check_text(const DeskVisit& v) {
  YI_TRY(const auto wish, json::read<TextWish>(v.request.body));
  auto out = reply_of(check_words(wish.text, "", *v.context.word_lists), true);
  auto lints = lint_text(wish.text, "");
  if (wish.week && find_period(v.reader, v.centre(), *wish.week)) {
    WeekMaterial m;
    YI_TRY(m.figures, figures_of_week(v.reader, v.centre(), v.viewer, *wish.week));
    const auto name = wish.department ? v.context.names.department(*wish.department).value_or(wish.department->value) : "";
    m.news.push_back({name, {}, wish.text});
    // Only the four counted figures: an item does not speak of plans, guides and chains as of the week's last day.
    DepartmentCounts departments;
    if (wish.department)
      for (const Figure f : kFigures)
        for (const auto reach : {bulletin::Reach::week, bulletin::Reach::year})
          if (const auto units = breakdown(v.reader, v.centre(), v.viewer, *wish.week, f, reach))
            for (const auto& u : *units)
              if (u.department == *wish.department) of(reach == bulletin::Reach::week ? departments[name].first : departments[name].second, f) += u.n;
    auto figures = lint_typed_figures(m, departments);
    lints.insert(lints.end(), figures.begin(), figures.end());
  }
  const auto told = reply_of(lints, false);
  out.warnings.insert(out.warnings.end(), told.warnings.begin(), told.warnings.end());
  return json_reply(json::write(out));
}

// Only of a week that is on the desk, by the centre's people.
Result<CivilDay> week_at_desk(const DeskVisit& v) {
  YI_TRY(const auto week, v.week());
  if (!find_issue(v.reader, v.centre(), week)) return refusal(DeskRefused::not_open);
  if (!DeskReader{v.reader, v.centre(), v.viewer, v.context.own}.editor()) return refusal(DeskRefused::not_yours);
  return week;
}

Result<http::Response> check_issue(const DeskVisit& v) {
  YI_TRY(const auto wish, json::read<PreviewWish>(v.request.body));
  YI_TRY(const auto week, week_at_desk(v));
  const auto q = ask_of(v, week);
  YI_TRY(const auto p, compose_now(q, Edition::internal, &wish.draft));
  YI_TRY(const auto warnings, warnings_of(q, p, Edition::internal, *v.context.word_lists));
  return json_reply(json::write(reply_of(warnings, true)));
}

Result<http::Response> pdf_reply(const DeskVisit& v, const publish::Document& d, bool word_lines, const std::optional<ImprintSet>& imprint) {
  publish::PdfOptions o;
  o.line_mode = word_lines ? publish::LineMode::word : publish::LineMode::grid;
  if (word_lines && imprint) o.layout_hints.assign(imprint->layout_hints.begin(), imprint->layout_hints.end());
  o.fonts = v.context.fonts;
  o.created = v.engine.clock().now();
  http::Response r;
  YI_TRY(r.body, publish::to_pdf(d, o));
  r.content_type = "application/pdf";
  r.headers = {{"content-disposition", "inline; filename=\"preview.pdf\""}, {"cache-control", "no-store"}};
  return r;
}

Result<http::Response> preview(const DeskVisit& v) {
  YI_TRY(const auto wish, json::read<PreviewWish>(v.request.body));
  YI_TRY(const auto week, week_at_desk(v));
  YI_TRY(const auto p, compose_now(ask_of(v, week), wish.internal ? Edition::internal : Edition::public_, &wish.draft));
  return pdf_reply(v, p.document, wish.word_lines, p.material.imprint);
}

// What was presented, or issued, as it is: the paper that a step signs.
Result<http::Response> presented(const DeskVisit& v) {
  YI_TRY(const auto week, week_at_desk(v));
  YI_TRY(const auto edition, edition_of(v.request, v.viewer));
  const auto issue = find_issue(v.reader, v.centre(), week);
  if (issue->presented == 0) return refusal(DeskRefused::not_presented);
  YI_TRY(auto paper, presented_paper({v.reader, v.centre(), v.viewer, v.context.own}, v.engine.keys(), issue->presented, edition));
  if (!paper) return Refusal{"bulletin.paper_erased", "这一版的文字已经依法删除。", "请查看另一版。", 410, ""};
  if (issue->stage == IssueStage::issued) paper->masthead.number = issue->number_words;
  return pdf_reply(v, *paper, false, {});
}

// The body of kRecordPresentation, composed of what is recorded.
Result<std::string> presentation(const DeskVisit& v, const PresentWish& wish) {
  YI_TRY(const auto week, week_at_desk(v));
  const auto issue = find_issue(v.reader, v.centre(), week);
  YI_CHECK(may_change(&*issue));
  const auto q = ask_of(v, week);
  YI_TRY(const auto internal, compose_now(q, Edition::internal));
  YI_TRY(const auto open, compose_now(q, Edition::public_));
  if (!internal.material.imprint) return refusal(DeskRefused::imprint_missing);
  if (internal.document.body.empty()) return refusal(DeskRefused::nothing_to_print);
  YI_TRY(const auto warnings, warnings_of(q, internal, Edition::internal, *v.context.word_lists));
  if (const auto left = not_acknowledged(warnings, wish.acknowledged); !left.empty()) return unacknowledged(left);
  const auto& imprint = *internal.material.imprint;
  const auto slot = [](const Phrase& p) {
    return p.expand([](std::string_view name) {
              Runs r;
              r.text("{" + std::string(name) + "}");
              return r;
            })
        .plain();
  };
  RecordPresentation r{week, {}, Text<64>(sm3_of_text(internal.document)), Text<64>(sm3_of_text(open.document)), Text<120>(internal.document.masthead.name), Text<120>(internal.document.period),
                       Text<120>(slot(internal.words.number)), Text<120>(internal.document.issuer), imprint.issued_on, imprint.copies, v.reader.head(v.centre()).seq, issue->changes, {}, pieces_of(open.document), pieces_of(internal.document)};
  r.digest = Text<64>(digest_of(r.internal_sm3, r.public_sm3));
  for (const auto& w : warnings) r.acknowledged.emplace_back(key_of(w));
  return json::write(r);
}

void present(engine::Engine& engine, const BulletinContext& context, const http::Request& request, const http::Caller& caller, http::Responder reply) {
  const auto wish = json::read<PresentWish>(request.body);
  if (!wish) return reply(http::problem(wish.error()));
  const auto week = request.path_parameters.at("week");
  auto body = [&]() -> Result<std::string> {
    // What was just saved is printed: the reports have it, or the person is asked to wait.
    http::Request now = request;
    now.query["after_position"] = std::to_string(engine.position());
    YI_CHECK(engine::wait_for_position(engine, now));
    auto reader = engine.reader();
    const Snapshot snapshot(*reader);
    return presentation({request, caller, identity::viewer_of(caller), engine, context, *reader}, *wish);
  }();
  engine::record_at_door(engine, request, caller, kRecordPresentation, std::move(body), [week](std::int64_t) { return "/api/bulletin/desk/issues/" + week; }, std::move(reply));
}

// The body of kRecordCorrection: each `was` stands in the paper that is corrected. What is issued does not change, so that what was
// read here is so when the lane records it.
Result<std::string> correction(const DeskVisit& v, const DraftCorrection& wish) {
  const auto paper = [&](Edition edition) { return issued_paper(v.reader, v.centre(), v.viewer, v.engine.keys(), wish.week, edition); };
  YI_TRY(const auto open, paper(Edition::public_));
  std::optional<IssuedPaper> internal;
  if (wish.internal || v.viewer.may_see_internal_edition()) {
    auto read = paper(Edition::internal);
    if (!read && (wish.internal || read.error().status != 410)) return read.error();  // erased: the public paper can still be corrected
    if (read) internal = std::move(*read);
  }
  // A week that is not issued, and what is empty, the lane refuses.
  if (open) YI_CHECK(check_printed(wish, open->document, internal ? &internal->document : nullptr));
  return json::write(wish);
}

void draft_correction(engine::Engine& engine, const BulletinContext& context, const http::Request& request, const http::Caller& caller, http::Responder reply) {
  const auto wish = json::read<DraftCorrection>(request.body);
  if (!wish) return reply(http::problem(wish.error()));
  auto body = [&]() -> Result<std::string> {
    http::Request now = request;
    now.query["after_position"] = std::to_string(engine.position());
    YI_CHECK(engine::wait_for_position(engine, now));
    auto reader = engine.reader();
    const Snapshot snapshot(*reader);
    return correction({request, caller, identity::viewer_of(caller), engine, context, *reader}, *wish);
  }();
  engine::record_at_door(engine, request, caller, kRecordCorrection, std::move(body), [week = to_iso(wish->week)](std::int64_t) { return "/api/bulletin/desk/issues/" + week; }, std::move(reply));
}

const http::Parameter kWeek{"week", "期：开始日，如 2024-06-17", R"({"type":"string","format":"date"})", true, true};
}  // namespace

void add_desk_work_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context) {
  using http::Method;
  const auto writing = [](http::Door& d, std::string schema) {
    d.request_schema = std::move(schema);
    for (const char* code : {"base.bad_json", "base.unknown_field", "base.repeated_field", "base.missing_field", "base.wrong_type", "base.out_of_range", "base.unknown_value", "base.too_long", "base.too_many",
                             "base.control_character", "bulletin.item_not_yours", "bulletin.unknown_slot", "bulletin.text_missing", "bulletin.line_end_in_text", "bulletin.no_entries", "bulletin.pushed_missing",
                             "bulletin.issuer_missing", "bulletin.receiver_missing", "bulletin.bad_copies", "bulletin.bad_number"})
      d.refusal_codes.emplace_back(code);
  };
  auto text = desk_door(engine, context, Method::post, "/api/bulletin/desk/check_text", "bulletin.check_text", "检查一段来稿的文字", "bulletin.read_desk", check_text);
  writing(text, json::schema<TextWish>());
  text.replies = {{200, "提醒", "application/json", json::schema<CheckReply>()}};
  router.add(std::move(text));

  auto check = desk_door(engine, context, Method::post, "/api/bulletin/desk/issues/{week}/check", "bulletin.check_issue", "检查一期（连同还没有保存的文字）", "bulletin.preview_issue", check_issue);
  check.parameters.push_back(kWeek);
  check.audit_class = "personal";
  writing(check, json::schema<PreviewWish>());
  check.replies = {{200, "提醒", "application/json", json::schema<CheckReply>()}};
  router.add(std::move(check));

  auto pdf = desk_door(engine, context, Method::post, "/api/bulletin/desk/issues/{week}/preview", "bulletin.preview_issue", "预览一期的 PDF（连同还没有保存的文字）", "bulletin.preview_issue", preview);
  pdf.parameters.push_back(kWeek);
  pdf.audit_class = "personal";
  writing(pdf, json::schema<PreviewWish>());
  pdf.replies = {{200, "PDF", "application/pdf", ""}};
  for (const char* code : {"publish.font_missing", "publish.pdf_failed"}) pdf.refusal_codes.emplace_back(code);
  router.add(std::move(pdf));

  auto read = desk_door(engine, context, Method::get, "/api/bulletin/desk/issues/{week}/presented", "bulletin.read_presented", "送审的一稿", "bulletin.preview_issue", presented);
  read.parameters.push_back(kWeek);
  read.parameters.push_back({"edition", "public（公开版）或 internal（内部版）", R"({"type":"string","maxLength":40})", false, false});
  read.audit_class = "personal";
  read.replies = {{200, "PDF", "application/pdf", ""}};
  for (const char* code : {"bulletin.bad_edition", "bulletin.not_presented", "bulletin.item_not_yours", "publish.font_missing", "publish.pdf_failed"}) read.refusal_codes.emplace_back(code);
  router.add(std::move(read));

  auto send = desk_door(engine, context, Method::post, "/api/bulletin/desk/issues/{week}/present", "bulletin.present_issue", "送审", "bulletin.present_issue", nullptr);
  send.parameters.push_back(kWeek);
  send.audit_class = "personal";
  writing(send, json::schema<PresentWish>());
  for (const char* code : {"bulletin.imprint_missing", "bulletin.nothing_to_print", "bulletin.not_acknowledged", "bulletin.changed_meanwhile", "bulletin.under_review", "bulletin.issued_already",
                           "engine.bad_command_id", "engine.command_id_conflict", "engine.busy", "engine.not_leading", "engine.storage_unavailable", "engine.internal_error"})
    send.refusal_codes.emplace_back(code);
  send.replies = {{201, "已送审", "application/json", R"({"type":"object"})"}};
  send.handle = [&engine, &context](const http::Request& request, const http::Caller& caller, http::Responder reply) { present(engine, context, request, caller, std::move(reply)); };
  router.add(std::move(send));

  auto correct = desk_door(engine, context, Method::post, "/api/bulletin/draft_correction", "bulletin.draft_correction", "拟更正", "bulletin.draft_correction", nullptr);
  correct.audit_class = "personal";
  writing(correct, json::schema<DraftCorrection>());
  for (const char* code : {"bulletin.not_issued", "bulletin.correction_empty", "bulletin.same_words", "bulletin.reason_missing", "bulletin.words_not_printed", "bulletin.words_internal_alone",
                           "bulletin.not_acknowledged", "engine.bad_command_id", "engine.command_id_conflict", "engine.busy", "engine.not_leading", "engine.storage_unavailable", "engine.internal_error"})
    correct.refusal_codes.emplace_back(code);
  correct.replies = {{201, "已拟，待另一人签发", "application/json", R"({"type":"object"})"}};
  correct.handle = [&engine, &context](const http::Request& request, const http::Caller& caller, http::Responder reply) { draft_correction(engine, context, request, caller, std::move(reply)); };
  router.add(std::move(correct));
}

}  // namespace yi::bulletin
