#pragma once
#include "onething/events.h"

namespace yi::onething {

// 登记实施方案印发.
struct RecordPlan {
  catalog::BundleCode bundle;
  CivilDay on;
  Text<200> source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(RecordPlan, (), (bundle, on, source, verified))

// 登记图解发布.
struct RecordGuide {
  catalog::BundleCode bundle;
  CivilDay on;
  Text<200> source;
  bool verified = false;
  std::optional<Text<60>> title;
};
BOOST_DESCRIBE_STRUCT(RecordGuide, (), (bundle, on, source, verified, title))

}  // namespace yi::onething
