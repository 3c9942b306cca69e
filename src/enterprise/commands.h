#pragma once
#include "enterprise/events.h"

namespace yi::enterprise {

// `source` and `verified` as in the facts: unless the command says that a published page confirms it, a fact is unverified.
struct PublishList {  // 发布涉企服务事项清单
  Text<60> version;
  CivilDay on;
  std::vector<CategoryCount> categories;
  std::optional<Text<200>> source = {};
  std::optional<bool> verified = {};
};
BOOST_DESCRIBE_STRUCT(PublishList, (), (version, on, categories, source, verified))

struct PlanZone {  // 拟设专区板块
  CivilDay on;
  std::vector<Text<60>> plates;
  std::optional<Text<200>> source = {};
  std::optional<bool> verified = {};
};
BOOST_DESCRIBE_STRUCT(PlanZone, (), (on, plates, source, verified))

struct ListChain {  // 形成产业链清单
  CivilDay on;
  Text<60> chain;
  std::optional<Text<200>> source = {};
  std::optional<bool> verified = {};
};
BOOST_DESCRIBE_STRUCT(ListChain, (), (on, chain, source, verified))

}  // namespace yi::enterprise
