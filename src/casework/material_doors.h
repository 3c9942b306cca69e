#pragma once
// The doors that bring files into cases, and what the doors of files (app/file_doors.h) ask of this room: under whose key an
// upload is stored, who may read a file, which files facts name. docs/decisions/0016.
#include "casework/declare.h"
#include "engine/engine.h"
#include "files/store.h"
#include "http/router.h"
#include "identity/gatekeeper.h"

namespace yi::casework {

struct FileHouse {
  engine::Engine& engine;
  files::FileStore& files;
  const identity::Gatekeeper& gatekeeper;  // its access audit
  Ground ground;
};

// All of `house` outlives the router's server.
void add_material_doors(http::Router& router, const FileHouse& house);

// Whose an upload is: of the case in `?case=`, or, without one, the applicant's who sends it. Refusals: of read_case and
// may_hold_papers, "casework.case_needed" (staff without a case), "casework.real_name_required", "casework.person_erased".
Result<SubjectId> owner_of_upload(const FileHouse& house, const http::Request& request, const http::Caller& caller);

// Whether the caller may read the file: their own, or of a case that names it and whose papers they may hold; never a printed
// paper. Refusal "files.not_found" (404) in every other case; where there is a file, the audit has the refused look.
Checked may_read_file(const FileHouse& house, const http::Request& request, const http::Caller& caller, const files::FileId& id);

// Whether a fact names the file, by the views: for the sweep.
bool file_is_named(store::Reader& reader, CentreCode centre, const files::FileId& id);

// Every file that a fact names and that must be there, for verify: not those of an agent, whose erasure takes the file and leaves the row.
void each_named_file(store::Reader& reader, CentreCode centre, const std::function<void(const files::FileId&)>& f);

}  // namespace yi::casework
