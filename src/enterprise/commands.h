#pragma once
#include "enterprise/events.h"

namespace yi::enterprise {

struct PublishList {  // 发布涉企服务事项清单
  Text<60> version;
  CivilDay on;
  std::vector<CategoryCount> categories;
};
BOOST_DESCRIBE_STRUCT(PublishList, (), (version, on, categories))

struct PlanZone {  // 拟设专区板块
  CivilDay on;
  std::vector<Text<60>> plates;
};
BOOST_DESCRIBE_STRUCT(PlanZone, (), (on, plates))

struct ListChain {  // 形成产业链清单
  CivilDay on;
  Text<60> chain;
};
BOOST_DESCRIBE_STRUCT(ListChain, (), (on, chain))

}  // namespace yi::enterprise
