#include "casework/delivery_doors.h"

#include <charconv>

#include "casework/paper_facts.h"
#include "casework/routes.h"
#include "engine/recording.h"
#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {

// What whoever came back with the proof of delivery tells of it.
struct TellDelivery {
  std::optional<DocumentKind> document;  // which paper; none: the result that was issued
  Delivery way = Delivery::window;
  std::optional<Text<60>> tracking_number;
  CivilDay delivered_on;
  std::optional<Text<60>> received_by, relation;
  std::optional<Text<300>> remark;
  std::optional<WindowCode> window;
};
BOOST_DESCRIBE_STRUCT(TellDelivery, (), (document, way, tracking_number, delivered_on, received_by, relation, remark, window))


// Only what the case has given can have been delivered: the day on which it was made.
Result<CivilDay> made_on(const PaperHouse& h, const identity::Viewer& viewer, CaseId id, const TellDelivery& told) {
  auto reader = h.engine.reader();
  YI_TRY(const auto s, read_case(*reader, viewer, h.engine.centre(), id));
  YI_CHECK(may_hold_papers(viewer, s));
  if (told.window && !h.ground.catalog->find_window(*told.window)) return refusal(Refused::unknown_window, told.window->value);
  const CaseFile file(facts_of_case(*reader, h.engine.centre(), s.last_fact), h.engine.centre(), h.engine.keys(), *h.ground.catalog);
  const auto* source = file.find(DocumentKind::proof_of_delivery, told.document);
  if (!source)
    return Refusal{"casework.nothing_delivered", "这个办件没有作出这份文书，或者还没有颁发结果，不能登记送达。", "请核对文书；送达回证在文书列表里。", 409, "document"};
  return civil_day(file.fact(source->fact).record.recorded_at);
}

// The record as the lane takes it.
Result<std::string> record_of(const PaperHouse& h, const http::Request& request, const http::Caller& caller, CaseId id) {
  YI_TRY(const auto told, json::read<TellDelivery>(request.body));
  YI_TRY(const auto made, made_on(h, identity::viewer_of(caller), id, told));
  return json::write(RecordDelivery{id, told.document, made, told.way, told.tracking_number, told.delivered_on, told.received_by, told.relation, told.remark, told.window});
}

void tell(const PaperHouse& h, const http::Request& request, const http::Caller& caller, http::Responder reply) {
  CaseId id;
  const auto& text = request.path_parameters.at("id");
  std::from_chars(text.data(), text.data() + text.size(), id.value);
  // The list of the case's papers tells it.
  const auto location = [id](std::int64_t) { return "/api/casework/cases/" + std::to_string(id.value) + "/papers"; };
  engine::record_at_door(h.engine, request, caller, kRecordDelivery, record_of(h, request, caller, id), location, std::move(reply));
}

}  // namespace

void add_delivery_door(http::Router& router, const PaperHouse& house) {
  auto d = reading_door("/api/casework/cases/{id}/deliveries", "casework.record_delivery", "登记一份文书的送达：签收、拒收留置、委托或者公告（记入账本）");
  d.method = http::Method::post;
  d.right = "casework.record_delivery";
  d.audit_class = "personal";
  d.parameters = {{"id", "办件的系统编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true}};
  d.request_schema = json::schema<TellDelivery>();
  d.replies = {{201, "送达记录", "application/json", R"({"type":"object"})"}};
  d.refusal_codes = {"casework.unknown_case", "casework.unknown_window", "casework.nothing_delivered", "casework.delivery_day", "casework.delivery_unsigned",
                     "casework.delivery_unexplained", "casework.tracking_required", "identity.not_allowed", "identity.not_signed_in", "engine.bad_command_id",
                     "engine.command_id_conflict", "engine.busy", "engine.storage_unavailable", "engine.internal_error", "base.bad_json", "base.unknown_field",
                     "base.missing_field", "base.wrong_type", "base.unknown_value", "base.too_long", "base.bad_date"};
  d.handle = [house](const http::Request& request, const http::Caller& caller, http::Responder reply) { tell(house, request, caller, std::move(reply)); };
  router.add(std::move(d));
}

}  // namespace yi::casework
