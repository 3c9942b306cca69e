#pragma once
// Facts about bundles (一件事). Stream: "bundle:<code>".
#include "base/json.h"
#include "catalog/types.h"

namespace yi::onething {

// 实施方案印发: once a bundle.
struct PlanIssued {
  static constexpr std::string_view kName = "onething.plan_issued/1";
  catalog::BundleCode bundle;
  CivilDay on;
  Text<200> source;       // where it was published or who says so
  bool verified = false;  // false: the day or the fact itself is not confirmed by a published page
};
BOOST_DESCRIBE_STRUCT(PlanIssued, (), (bundle, on, source, verified))

// 图解发布: once a bundle.
struct GuidePublished {
  static constexpr std::string_view kName = "onething.guide_published/1";
  catalog::BundleCode bundle;
  CivilDay on;
  Text<200> source;
  bool verified = false;
  std::optional<Text<60>> title;  // the guide's own title, where it is not the bundle's name
};
BOOST_DESCRIBE_STRUCT(GuidePublished, (), (bundle, on, source, verified, title))

}  // namespace yi::onething
