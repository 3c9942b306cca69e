#pragma once
#include <functional>

#include "onething/commands.h"

namespace yi::onething {

enum class Reason { unknown_bundle, source_missing, plan_already_issued, guide_already_published, title_missing,
                    on_in_future };
Refusal refuse(Reason reason);
std::vector<std::string> refusal_codes();

// Whether the catalogue has the bundle; wired by app.
using KnownBundle = std::function<bool(const catalog::BundleCode&)>;

// `already`: the bundle's plan (guide) is recorded. `today`: the civil day of the command's turn; nothing is issued or
// published on a later one.
Result<PlanIssued> decide(const RecordPlan& c, bool already, const KnownBundle& known, CivilDay today);
Result<GuidePublished> decide(const RecordGuide& c, bool already, const KnownBundle& known, CivilDay today);

}  // namespace yi::onething
