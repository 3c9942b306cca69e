#pragma once
// The doors of jobs: one's own, whoever one is.
#include "http/router.h"
#include "identity/gatekeeper.h"
#include "jobs/desk.h"

namespace yi::jobs {

struct DoorParts {
  Desk& desk;
  const identity::Gatekeeper& gatekeeper;
  std::string directory;                    // where files of jobs lie
  std::vector<std::string> exportable;      // names of reading doors whose reply may be made as a job
};

// GET /api/jobs, /api/jobs/events, /api/jobs/{id}/file; POST /api/jobs/{id}/stop, /api/jobs/{id}/remove, /api/jobs/export. All of them,
// and the router, outlive the server.
void add_doors(http::Router& router, const DoorParts& parts);

// POST /api/jobs/export asks another door for its reply and keeps it: with that door's right, parameters and audit, for whoever asks.
Result<Wish> export_wish(const http::Router& router, const DoorParts& parts, const http::Request& request);

std::string export_schema();

// Whoever sent `request` asks again, later: their credentials and nothing else of it. nullptr: there is no door of this name.
http::Request as_asked_by(const http::Request& request);
const http::Door* door_named(const http::Router& router, std::string_view name);

// A reply that carries a job as it stands.
http::Response job_reply(const Result<JobView>& job);
// What every door of a job answers; `right`: of a role, or identity::kSignedIn.
http::Door job_door(http::Method method, const char* pattern, const char* name, const char* summary, const char* right);

}  // namespace yi::jobs
