#include "casework/material_doors.h"

#include <charconv>

#include "base/text.h"
#include "casework/papers.h"
#include "casework/routes.h"
#include "casework/rules.h"
#include "engine/recording.h"

namespace yi::casework {
namespace {

struct FileMaterial {
  Text<120> material;  // as in the receiving list
  Text<64> file;       // the id that the upload gave
};
BOOST_DESCRIBE_STRUCT(FileMaterial, (), (material, file))
struct UnfileMaterial {
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(UnfileMaterial, (), (reason))

const http::Parameter kId{"id", "办件的系统编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true};
const http::Parameter kFile{"file", "文件编号", R"({"type":"string","pattern":"^[0-9a-f]{64}$"})", true, true};

CaseId case_in(std::string_view text) {
  CaseId id;
  std::from_chars(text.data(), text.data() + text.size(), id.value);
  return id;
}
CaseId case_of(const http::Request& request) { return case_in(request.path_parameters.at("id")); }

// The case, for who may also hold what names its people.
Result<CaseState> case_with_people(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id) {
  YI_TRY(auto s, read_case(reader, viewer, centre, id));
  YI_CHECK(may_hold_papers(viewer, s));
  return s;
}

bool may_read(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, const files::FileId& id, SubjectId owner) {
  if (paper_names(reader, centre, id.value)) return false;  // papers are read at their own door
  if (viewer.is_applicant_of(owner)) return true;
  for (const auto named_by : cases_naming(reader, centre, id.value))
    if (case_with_people(reader, viewer, centre, named_by)) return true;
  return false;
}

std::string location_of(const files::FileId& id) { return "/api/files/" + id.value; }

// The file as it will stand in the fact: there, whole, this case's, and not first of a case that the caller may not see.
Result<std::string> looked_at(const FileHouse& h, const identity::Viewer& viewer, CaseId id, const FileMaterial& wish) {
  auto reader = h.engine.reader();
  const auto centre = h.engine.centre();
  YI_TRY(const auto s, case_with_people(*reader, viewer, centre, id));
  const files::FileId file{std::string(std::string_view(wish.file))};
  YI_TRY(const auto owner, h.files.subject_of(file));
  const bool named = file_is_named(*reader, centre, file);
  if (named && !may_read(*reader, viewer, centre, file, owner)) return files::not_found(file);
  if (!may_own_files_of(s, owner)) return viewer.is_staff() ? refusal(Refused::file_of_other) : files::not_found(file);
  if (static_cast<std::int64_t>(files_of_case(*reader, h.engine.keys(), viewer, centre, id, nullptr).size()) >= limits::kCaseFiles.value)
    return refusal(Refused::too_many_files);
  YI_CHECK(h.files.renew(file));
  YI_TRY(const auto out, h.files.read(file));
  const auto& about = out->stored().about;
  RecordMaterial record{id, wish.material, wish.file, Text<100>(files::media_type(about.kind)), about.size, Text<500>(about.name), {}};
  if (owner) record.owner = owner;
  return json::write(record);
}

void file_material(const FileHouse& h, const http::Request& request, const http::Caller& caller, http::Responder reply) {
  const auto wish = json::read<FileMaterial>(request.body);
  if (!wish) return reply(http::problem(wish.error()));
  const auto body = looked_at(h, identity::viewer_of(caller), case_of(request), *wish);
  if (!body) return reply(http::problem(body.error()));
  engine::record_at_door(h.engine, request, caller, kRecordMaterial, body, [file = std::string(std::string_view(wish->file))](std::int64_t) { return location_of(files::FileId{file}); },
                 std::move(reply));
}

// The wish as the lane records it. Refusals: no_such_file, not_filed_today.
Result<std::string> checked_unfiling(const FileHouse& h, store::Reader& reader, const http::Request& request, const http::Caller& caller, const Text<500>& reason) {
  const auto viewer = identity::viewer_of(caller);
  const auto& file = request.path_parameters.at("file");
  // Asked as the program, which sees who filed what.
  for (const auto& f : files_of_case(reader, h.engine.keys(), identity::Viewer::operator_named("casework"), h.engine.centre(), case_of(request), nullptr)) {
    if (f.file != file) continue;
    if (civil_day(f.filed_at) != civil_day(h.engine.clock().now()) || (!viewer.is_staff() && f.by != viewer.account)) return refusal(Refused::not_filed_today);
    return json::write(RecordUnfiled{case_of(request), Text<64>(file), reason});
  }
  return refusal(Refused::no_such_file);
}

void unfile_material(const FileHouse& h, const http::Request& request, const http::Caller& caller, http::Responder reply) {
  const auto wish = json::read<UnfileMaterial>(request.body);
  if (!wish) return reply(http::problem(wish.error()));
  auto reader = h.engine.reader();
  if (const auto s = case_with_people(*reader, identity::viewer_of(caller), h.engine.centre(), case_of(request)); !s) return reply(http::problem(s.error()));
  // Taken out, it is not there any more when the same request comes again: the lane knows what it answered.
  engine::record_at_door(h.engine, request, caller, kRecordUnfiled, checked_unfiling(h, *reader, request, caller, wish->reason),
                 [path = "/api/casework/cases/" + request.path_parameters.at("id")](std::int64_t) { return path; }, std::move(reply));
}

http::Door filing_door(const char* pattern, const char* name, const char* summary, std::string schema) {
  auto d = reading_door(pattern, name, summary);
  d.method = http::Method::post;
  d.right = name;
  d.audit_class = "command";
  d.parameters = {kId};
  d.request_schema = std::move(schema);
  d.replies = {{201, "记入账本的事实", "application/json", R"({"type":"object"})"}};
  d.body_limit = 8 * 1024;
  d.refusal_codes = {"casework.unknown_case", "casework.illegal_act", "casework.person_erased", "identity.not_allowed", "identity.not_signed_in", "engine.bad_command_id",
                     "engine.command_id_conflict", "engine.busy", "engine.storage_unavailable", "engine.internal_error", "base.bad_json", "base.unknown_field",
                     "base.repeated_field", "base.missing_field", "base.wrong_type", "base.too_long", "base.control_character"};
  return d;
}

// What the guard around doors does not see: a look that is answered as if there were nothing, an upload that was turned away.
void note_refused(const FileHouse& h, const http::Request& request, const http::Caller& caller, const char* act, std::string object, SubjectId subject, std::string code) {
  identity::AuditEntry e;
  e.account = caller.account;
  e.outcome = identity::Outcome::refused;
  e.act = act;
  e.object = std::move(object);
  e.subject = subject.value;
  e.code = std::move(code);
  e.address = h.gatekeeper.address_of(request);
  h.gatekeeper.audit().note(std::move(e));
}

}  // namespace

void add_material_doors(http::Router& router, const FileHouse& house) {
  auto file = filing_door("/api/casework/cases/{id}/files", "casework.file_material", "登记材料文件：已上传的文件是办件的哪一份材料", json::schema<FileMaterial>());
  for (const char* code : {"casework.unknown_matter", "casework.unknown_material", "casework.file_of_other", "casework.too_many_files", "files.not_found", "files.damaged",
                           "files.sealed", "store.key_erased", "store.key_unavailable", "store.sealed_damaged"})
    file.refusal_codes.emplace_back(code);
  file.handle = [house](const http::Request& request, const http::Caller& caller, http::Responder reply) { file_material(house, request, caller, std::move(reply)); };
  router.add(std::move(file));

  auto unfile = filing_door("/api/casework/cases/{id}/files/{file}/unfile", "casework.unfile_material", "撤下今天登记错的材料文件，须写明理由", json::schema<UnfileMaterial>());
  unfile.parameters.push_back(kFile);
  for (const char* code : {"casework.no_such_file", "casework.not_filed_today", "casework.reason_required"}) unfile.refusal_codes.emplace_back(code);
  unfile.handle = [house](const http::Request& request, const http::Caller& caller, http::Responder reply) { unfile_material(house, request, caller, std::move(reply)); };
  router.add(std::move(unfile));
}

Result<SubjectId> owner_of_upload(const FileHouse& h, const http::Request& request, const http::Caller& caller) {
  const auto viewer = identity::viewer_of(caller);
  auto owner = viewer.subject;
  if (const auto named = request.query.find("case"); named != request.query.end()) {
    auto reader = h.engine.reader();
    const auto s = case_with_people(*reader, viewer, h.engine.centre(), case_in(named->second));
    if (!s && s.error().status == 403) note_refused(h, request, caller, "files.upload", named->second, {}, s.error().code);
    if (!s) return s.error();
    owner = s->subject;
  } else {
    if (viewer.is_staff()) return refusal(Refused::case_needed);
    if (!owner) return refusal(Refused::real_name_required);
  }
  if (owner && h.engine.keys().erased(owner)) return refusal(Refused::person_erased);
  return owner;
}

Checked may_read_file(const FileHouse& h, const http::Request& request, const http::Caller& caller, const files::FileId& id) {
  YI_TRY(const auto owner, h.files.subject_of(id));
  auto reader = h.engine.reader();
  if (may_read(*reader, identity::viewer_of(caller), h.engine.centre(), id, owner)) return Done{};
  note_refused(h, request, caller, "files.read", id.value, owner, "files.not_found");
  return files::not_found(id);
}

bool file_is_named(store::Reader& reader, CentreCode centre, const files::FileId& id) {
  return !cases_naming(reader, centre, id.value).empty() || paper_names(reader, centre, id.value);
}

void each_named_file(store::Reader& reader, CentreCode centre, const std::function<void(const files::FileId&)>& f) {
  for (const char* sql : {"SELECT file FROM casework_material_file WHERE centre=$1 AND owner=subject ORDER BY file",
                          "SELECT file FROM casework_paper WHERE centre=$1 ORDER BY file"}) {
    auto c = reader.select(sql, {centre.value});
    while (c->next()) f(files::FileId{std::string(c->bytes(0))});
  }
}

}  // namespace yi::casework
