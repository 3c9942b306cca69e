#pragma once
#include "casework/case_list.h"
#include "catalog/samples.h"
#include "engine/engine.h"
#include "http/router.h"
#include "identity/gatekeeper.h"

namespace yi::casework {

// Reading doors of the room: a case, its clocks and history, lists, stages, search. Its commands get theirs from
// engine::add_command_doors. Engine, gatekeeper and router outlive the doors; `ground` and `samples` are kept.
void add_doors(http::Router& router, engine::Engine& engine, const Ground& ground, const identity::Gatekeeper& gatekeeper, std::shared_ptr<const catalog::Samples> samples = {});

// Lists as CSV and XLSX (library casework_exports).
void add_export_door(http::Router& router, engine::Engine& engine, const Ground& ground);

// Inside the room. The filters of a list, and the question that a request asks by them. Refusals: casework.bad_page,
// base.bad_date.
std::vector<http::Parameter> list_parameters();
Result<ListQuestion> list_question(const http::Request& request);
void add_person_doors(http::Router& router, engine::Engine& engine, const Ground& ground, const identity::Gatekeeper& gatekeeper);  // search, unmask
http::Door reading_door(const char* pattern, const char* name, const char* summary);

// Matters with their papers as commands name them, and samples of those; open to everybody.
void add_matter_doors(http::Router& router, engine::Engine& engine, const Ground& ground, std::shared_ptr<const catalog::Samples> samples);

}  // namespace yi::casework
