#include "casework/paper_doors.h"

#include <charconv>

#include "base/text.h"
#include "casework/delivery_doors.h"
#include "casework/paper_facts.h"
#include "casework/receipt_page.h"
#include "casework/routes.h"
#include "engine/command_doors.h"
#include "engine/recording.h"
#include "files/name.h"
#include "identity/accounts.h"
#include "identity/gatekeeper.h"
#include "publish/docx_writer.h"
#include "publish/pdf_writer.h"

namespace yi::casework {
namespace {

struct PrintPaper {
  DocumentKind document{};
  std::optional<PaperFormat> format;   // pdf
  std::optional<WindowCode> window;    // where it is printed
  std::vector<PaperWord> words;        // what no fact holds
  std::optional<DocumentKind> serves;  // of a proof of delivery: the paper it is for; none: the result that was issued
};
BOOST_DESCRIBE_STRUCT(PrintPaper, (), (document, format, window, words, serves))

struct PossiblePaper {
  DocumentKind document{};
  std::string name;
  std::string number;                  // 04; empty where there is none
  std::string article;                 // empty where the matter's own basis stands on the paper
  bool to_applicant = false;
  std::vector<std::string> asks;       // slots that whoever prints must enter
  std::optional<DocumentKind> serves;  // of a proof of delivery
};
BOOST_DESCRIBE_STRUCT(PossiblePaper, (), (document, name, number, article, to_applicant, asks, serves))
struct CasePapers {
  std::vector<PaperView> printed;
  std::vector<PossiblePaper> printable;
  std::vector<DeliveryView> delivered; // 送达 that was recorded; for who may hold the papers
};
BOOST_DESCRIBE_STRUCT(CasePapers, (), (printed, printable, delivered))

const http::Parameter kId{"id", "办件的系统编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true};
const http::Parameter kPaper{"paper", "文书编号：打印记录的账本位置", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true};

std::int64_t number_at(const http::Request& r, const char* name) {
  std::int64_t v = 0;
  const auto& text = r.path_parameters.at(name);
  std::from_chars(text.data(), text.data() + text.size(), v);
  return v;
}

Result<CaseFile> file_of(const PaperHouse& h, store::Reader& reader, const identity::Viewer& viewer, CaseId id) {
  YI_TRY(const auto s, read_case(reader, viewer, h.engine.centre(), id));
  return CaseFile(facts_of_case(reader, h.engine.centre(), s.last_fact), h.engine.centre(), h.engine.keys(), *h.ground.catalog);
}

PaperGround ground_of(const PaperHouse& h, store::Reader& reader, CaseId id, const CaseFile& file) {
  const auto number = file.size() == 0 ? std::string() : std::string(std::string_view(file.after(file.size() - 1).number));
  const auto today = civil_day(h.engine.clock().now());
  // As people reach this house, before the receipt's path in the QR code.
  const auto& address = h.ground.catalog->settings_on(today).online_address;
  return {*h.ground.catalog, *h.ground.calendar, today,
          [&reader, centre = h.engine.centre()](const std::string& account) {
            const auto a = identity::read_account(reader, centre, account);
            return a ? std::string(std::string_view(a->state.name)) : std::string();
          },
          number.empty() ? std::string() : address + receipt_path(h.engine.keys(), number), *h.ground.warnings,
          list_deliveries(reader, h.engine.keys(), h.engine.centre(), id), h.ground.warning_book};
}

bool may_have(const identity::Viewer& viewer, DocumentKind kind) { return viewer.is_staff() || row_of(kind).to_applicant; }

struct MadePaper {
  std::string bytes;
  std::int64_t of = 0;
  DepartmentCode department;
  SubjectId subject;
  std::string number;
};
Result<MadePaper> make_paper(const PaperHouse& h, const identity::Viewer& viewer, CaseId id, const PrintPaper& wish) {
  auto reader = h.engine.reader();
  YI_TRY(const auto file, file_of(h, *reader, viewer, id));
  const auto& now = file.after(file.size() - 1);
  YI_CHECK(may_hold_papers(viewer, now));
  if (file.people().applicant_erased) return refusal(Refused::person_erased);
  if (wish.window && !h.ground.catalog->find_window(*wish.window)) return refusal(Refused::unknown_window, wish.window->value);
  const auto* source = file.find(wish.document, wish.serves);
  if (!source || !may_have(viewer, wish.document))
    return Refusal{"casework.paper_not_now", std::string("这个办件现在没有“") + row_of(wish.document).name + "”可打印。", "请在文书列表里选择；相应的步骤办理以后才有这份文书，冲正的不再打印。", 409, "document"};
  const auto ground = ground_of(h, *reader, id, file);
  YI_TRY(auto facts, paper_facts(file, *source, ground));
  if (!viewer.is_staff() && !wish.words.empty()) return Refusal{"casework.unknown_paper_word", "申请人打印文书时不填写内容。", "请直接打印。", 422, "words"};
  YI_CHECK(enter_words(wish.document, facts, wish.words, ground.today));
  YI_TRY(const auto notice, make_document(wish.document, facts, *h.templates));
  MadePaper made{{}, file.fact(source->fact).seq, now.department, now.subject, std::string(std::string_view(now.number))};
  const auto created = Instant{file.fact(source->fact).record.recorded_at};
  if (wish.format.value_or(PaperFormat::pdf) == PaperFormat::pdf) {
    publish::PdfOptions o;
    o.fonts = h.fonts;
    o.created = created;
    YI_TRY(made.bytes, publish::to_pdf(notice, o));
  } else {
    YI_TRY(made.bytes, publish::to_docx(notice, {created}));
  }
  return made;
}

// The bytes are on the disk when this returns; a fact that names them comes after.
Result<files::Stored> keep(const PaperHouse& h, const MadePaper& made, const PrintPaper& wish) {
  const bool pdf = wish.format.value_or(PaperFormat::pdf) == PaperFormat::pdf;
  const auto kind = pdf ? files::Kind::pdf : files::Kind::docx;
  YI_TRY(auto in, h.files.begin({files::media_type(kind), made.number + "-" + row_of(wish.document).name + (pdf ? ".pdf" : ".docx"), made.subject}));
  YI_CHECK(in->write(made.bytes));
  return in->finish();
}

void print(const PaperHouse& h, const http::Request& request, const http::Caller& caller, http::Responder reply) {
  const CaseId id{number_at(request, "id")};
  if (const auto command = engine::parse_command_id(request.idempotency_key); !command) return reply(http::problem(command.error()));
  const auto wish = json::read<PrintPaper>(request.body);
  if (!wish) return reply(http::problem(wish.error()));
  const auto made = make_paper(h, identity::viewer_of(caller), id, *wish);
  if (!made) return reply(http::problem(made.error()));
  const auto kept = keep(h, *made, *wish);
  if (!kept) return reply(http::problem(kept.error()));
  const RecordPaper record{id, wish->document, wish->format.value_or(PaperFormat::pdf), made->of, Text<64>(hex(crypto::bytes(kept->about.plain))),
                           static_cast<std::int64_t>(made->bytes.size()), Text<64>(kept->id.value), wish->window, wish->serves};
  const auto location = [id](std::int64_t position) { return "/api/casework/cases/" + std::to_string(id.value) + "/papers/" + std::to_string(position); };
  engine::record_at_door(h.engine, request, caller, kRecordPaper, json::write(record), location, std::move(reply));
}

http::Door paper_door(const char* pattern, const char* name, const char* summary) {
  auto d = reading_door(pattern, name, summary);
  d.audit_class = "personal";
  d.parameters = {kId};
  return d;
}

Result<CasePapers> papers_of_case(const PaperHouse& h, store::Reader& reader, const identity::Viewer& viewer, CaseId id) {
  CasePapers out;
  YI_TRY(out.printed, list_papers(reader, viewer, h.engine.centre(), id));
  YI_TRY(const auto file, file_of(h, reader, viewer, id));
  if (!may_hold_papers(viewer, file.after(file.size() - 1)) || file.people().applicant_erased) return out;
  const auto ground = ground_of(h, reader, id, file);
  if (viewer.is_staff()) out.delivered = ground.deliveries;
  for (const auto& source : file.papers()) {
    if (!may_have(viewer, source.kind)) continue;
    const auto& row = row_of(source.kind);
    YI_TRY(auto facts, paper_facts(file, source, ground));
    const bool own = !facts.permit && std::string_view(row.article).starts_with("行政许可法");  // stands on its matter's own basis
    auto asks = missing_words(source.kind, std::move(facts), *h.templates);
    if (!asks) continue;
    PossiblePaper p{source.kind, row.name, row.number, own ? "" : row.article, row.to_applicant, std::move(*asks), source.serves};
    if (!viewer.is_staff() && !p.asks.empty()) continue;  // the house has to complete it first
    out.printable.push_back(std::move(p));
  }
  return out;
}

void add_list(http::Router& router, const PaperHouse& h) {
  auto d = paper_door("/api/casework/cases/{id}/papers", "casework.list_papers", "办件的文书：已打印的和现在可以打印的");
  d.parameters.push_back(engine::after_parameter());
  d.replies = {{200, "文书", "application/json", json::schema<CasePapers>()}};
  d.handle = [h](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(h.engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = h.engine.reader();
    const auto papers = papers_of_case(h, *reader, identity::viewer_of(caller), {number_at(request, "id")});
    if (!papers) return reply(http::problem(papers.error()));
    http::Response r;
    r.body = json::write(*papers);
    reply(std::move(r));
  };
  router.add(std::move(d));
}

void add_print(http::Router& router, const PaperHouse& h) {
  auto d = paper_door("/api/casework/cases/{id}/papers", "casework.print", "打印一份文书（记入账本）");
  d.method = http::Method::post;
  d.right = "casework.print";
  d.request_schema = json::schema<PrintPaper>();
  d.replies = {{201, "打印记录", "application/json", R"({"type":"object"})"}};
  d.refusal_codes = {"casework.unknown_case", "casework.unknown_window", "casework.person_erased", "casework.paper_not_now", "casework.unknown_paper_word", "casework.paper_word_known", "casework.paper_day_past", "casework.two_officials", "casework.document_fact_missing",
                     "casework.document_no_date", "casework.document_permits_only", "identity.not_allowed", "identity.not_signed_in", "engine.bad_command_id",
                     "engine.command_id_conflict", "engine.busy", "engine.storage_unavailable", "engine.internal_error", "files.too_large", "files.storage_unavailable", "store.key_erased", "store.key_unavailable",
                     "publish.font_missing", "publish.pdf_failed", "publish.docx_failed", "base.bad_json", "base.unknown_field", "base.missing_field", "base.wrong_type",
                     "base.unknown_value", "base.too_long", "base.bad_date", "calendar.year_missing"};
  d.handle = [h](const http::Request& request, const http::Caller& caller, http::Responder reply) { print(h, request, caller, std::move(reply)); };
  router.add(std::move(d));
}

void add_read(http::Router& router, const PaperHouse& h) {
  auto d = paper_door("/api/casework/cases/{id}/papers/{paper}", "casework.read_paper", "取一份打印过的文书，与打印时逐字节相同");
  d.parameters.push_back(kPaper);
  d.parameters.push_back(engine::after_parameter());
  d.replies = {{200, "文书", "application/octet-stream", ""}};
  for (const char* code : {"casework.no_such_paper", "files.not_found", "files.damaged", "files.sealed", "store.key_erased", "store.key_unavailable", "store.sealed_damaged"}) d.refusal_codes.emplace_back(code);
  d.handle = [h](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(h.engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = h.engine.reader();
    const auto paper = find_paper(*reader, identity::viewer_of(caller), h.engine.centre(), {number_at(request, "id")}, number_at(request, "paper"));
    if (!paper) return reply(http::problem(paper.error()));
    auto opened = h.files.read(files::FileId{paper->file});
    if (!opened) return reply(http::problem(opened.error()));
    const std::shared_ptr<files::Outgoing> out = std::move(opened).value();
    http::Response r;
    r.content_type = files::media_type(out->stored().about.kind);
    r.headers = {{"content-disposition", files::content_disposition(out->stored().about.name)},
                 {"content-security-policy", "sandbox; default-src 'none'"},
                 {"cache-control", "no-store"},
                 {"x-sm3", paper->digest}};
    r.produce = [out](std::string& piece) {
      const auto more = out->read(piece);
      if (!more) throw std::runtime_error(more.error().code);
      return *more;
    };
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace

void add_paper_doors(http::Router& router, const PaperHouse& house) {
  add_list(router, house);
  add_print(router, house);
  add_read(router, house);
  add_delivery_door(router, house);
}

}  // namespace yi::casework
