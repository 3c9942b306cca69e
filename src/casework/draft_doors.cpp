#include "casework/draft_doors.h"

#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {

struct DraftList {
  std::vector<DraftEntry> drafts;
};
BOOST_DESCRIBE_STRUCT(DraftList, (), (drafts))
struct Discarded {
  bool discarded = true;
};
BOOST_DESCRIBE_STRUCT(Discarded, (), (discarded))

const http::Parameter kId{"id", "暂存编号", R"({"type":"string","pattern":"^[0-9a-f-]{36}$"})", true, true};

template <class T>
http::Response json_reply(const T& value) {
  http::Response r;
  r.body = json::write(value);
  r.headers.emplace_back("cache-control", "no-store");  // what somebody has half written stays in no cache
  return r;
}

http::Door door(http::Method method, const char* pattern, const char* name, const char* summary, std::string schema) {
  http::Door d;
  d.method = method;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = identity::kSignedIn;  // one's own, whoever one is
  d.audit_class = method == http::Method::post ? "command" : "read";
  d.replies = {{200, summary, "application/json", std::move(schema)}};
  d.refusal_codes = {"identity.not_signed_in", "casework.unknown_draft"};
  d.runs_on = http::RunsOn::worker;
  return d;
}

}  // namespace

void add_draft_doors(http::Router& router, Drafts& drafts) {
  auto list = door(http::Method::get, "/api/casework/drafts", "casework.list_drafts", "本人暂存的内容", json::schema<DraftList>());
  list.handle = [&drafts](const http::Request&, const http::Caller& caller, http::Responder reply) { reply(json_reply(DraftList{drafts.list(caller.account)})); };
  router.add(std::move(list));

  auto one = door(http::Method::get, "/api/casework/drafts/{id}", "casework.get_draft", "打开一份暂存的内容", json::schema<Draft>());
  one.parameters = {kId};
  one.handle = [&drafts](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    const auto d = drafts.get(caller.account, request.path_parameters.at("id"));
    reply(d ? json_reply(*d) : http::problem(d.error()));
  };
  router.add(std::move(one));

  auto save = door(http::Method::post, "/api/casework/drafts", "casework.save_draft", "暂存：保存还没有提交的内容", json::schema<DraftEntry>());
  save.request_schema = json::schema<SaveDraft>();
  save.refusal_codes.insert(save.refusal_codes.end(), {"casework.bad_draft_id", "casework.draft_changed", "casework.too_many_drafts", "casework.draft_too_long", "identity.csrf",
                                                      "store.key_erased", "store.key_unavailable"});
  save.handle = [&drafts](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    const auto wish = json::read<SaveDraft>(request.body);
    if (!wish) return reply(http::problem(wish.error()));
    const auto e = drafts.save(caller.account, {caller.subject}, *wish);
    reply(e ? json_reply(*e) : http::problem(e.error()));
  };
  router.add(std::move(save));

  auto discard = door(http::Method::post, "/api/casework/drafts/{id}/discard", "casework.discard_draft", "删除一份暂存的内容", json::schema<Discarded>());
  discard.parameters = {kId};
  discard.refusal_codes.push_back("identity.csrf");
  discard.handle = [&drafts](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    drafts.discard(caller.account, request.path_parameters.at("id"));
    reply(json_reply(Discarded{}));
  };
  router.add(std::move(discard));
}

}  // namespace yi::casework
