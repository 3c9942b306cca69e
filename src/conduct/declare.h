#pragma once
#include "conduct/conduct_rules.h"
#include "engine/engine.h"
#include "http/router.h"
#include "identity/subjects.h"

namespace yi::conduct {

// Commands conduct.sign_pledge to conduct.record_training; reports conduct_words, conduct_contact, conduct_training. After identity::declare_subjects.
void declare(engine::Registry& registry, const ConductGround& ground, const identity::Subjects& subjects);

// GET /api/conduct/mine, list, pledges, contacts, running_cases, cases/{id}/contacts, gifts, reports, reports/{report}, trainings.
void add_doors(http::Router& router, engine::Engine& engine, const ConductGround& ground);

}  // namespace yi::conduct
