#pragma once
// The bulletin desk's doors, beside the commands that the registry brings.
#include "bulletin/routes.h"

namespace yi::bulletin {

// Reading: /api/bulletin/desk/issues[/{week}[/acts | /since]], /api/bulletin/desk/items/{item}, /api/bulletin/inbox,
// /api/bulletin/issued[/{week}] (public).
void add_desk_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context);
// Working: POST /api/bulletin/desk/issues/{week}/{check, preview, present}, /api/bulletin/desk/check_text; GET …/{week}/presented/{edition}.
void add_desk_work_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context);

// Shared by both: a JSON reading door on the worker pool, of one consistent state.
struct DeskVisit {
  const http::Request& request;
  const http::Caller& caller;
  identity::Viewer viewer;
  engine::Engine& engine;
  const BulletinContext& context;
  store::Reader& reader;
  CentreCode centre() const { return engine.centre(); }
  Result<CivilDay> week() const;              // of the path; refusal "base.bad_date" (404)
  std::int64_t path_number(const char* name) const;
};
using AnswerDesk = Result<http::Response> (*)(const DeskVisit&);
// `right` is also the door's name, unless it is "public".
http::Door desk_door(engine::Engine& engine, const BulletinContext& context, http::Method method, const char* pattern, const char* name, const char* summary, const char* right, AnswerDesk answer);
http::Response json_reply(std::string body);

}  // namespace yi::bulletin
