#pragma once
#include "engine/engine.h"
#include "http/router.h"
#include "reform/reform_rules.h"

namespace yi::reform {

// Records the plan or the guide of a bundle in the turn of the milestone that it is; wired by app. Its refusal refuses the milestone.
using RecordProduct = std::function<Checked(engine::Turn& turn, Product product, const catalog::BundleCode& bundle, CivilDay on, const std::string& source)>;

// Commands reform.record_activity to reform.confirm_reading; reports reform_fact, reform_course, reform_pushed.
void declare(engine::Registry& registry, const ReformGround& ground, RecordProduct record);

// GET /api/reform/activities, sheet, programmes, week, house_rules.
void add_doors(http::Router& router, engine::Engine& engine);

}  // namespace yi::reform
