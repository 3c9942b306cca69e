#pragma once
#include "engine/registry.h"
#include "hall/follow_up_rules.h"
#include "identity/subjects.h"

namespace yi::hall {

// After casework's declarations and identity::declare_subjects.
void declare_follow_ups(engine::Registry& registry, const FollowUpGround& ground, const identity::Subjects& subjects);

}  // namespace yi::hall
