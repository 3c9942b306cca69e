#pragma once
// Facts of the value-added services for enterprises (政务服务增值化). Streams: "enterprise:list", "enterprise:zone",
// "enterprise:chain". `source`: where it was published or who says so. `verified`: whether a published page confirms the
// fact and its day; absent, as in facts recorded before the field was, it is not confirmed.
#include "base/json.h"

namespace yi::enterprise {

struct CategoryCount {
  Text<60> name;
  std::int32_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CategoryCount, (), (name, count))

// 涉企服务事项清单: a published version; the total is the sum of its categories, never a field of its own.
struct ListPublished {
  static constexpr std::string_view kName = "enterprise.list_published/1";
  Text<60> version;
  CivilDay on;
  std::vector<CategoryCount> categories;
  std::optional<Text<200>> source = {};
  std::optional<bool> verified = {};
};
BOOST_DESCRIBE_STRUCT(ListPublished, (), (version, on, categories, source, verified))

// 涉企服务专区的板块: the whole plan of the zone; a later plan replaces it.
struct ZonePlanned {
  static constexpr std::string_view kName = "enterprise.zone_planned/1";
  CivilDay on;
  std::vector<Text<60>> plates;
  std::optional<Text<200>> source = {};
  std::optional<bool> verified = {};
};
BOOST_DESCRIBE_STRUCT(ZonePlanned, (), (on, plates, source, verified))

// 产业链清单: once a chain.
struct ChainListed {
  static constexpr std::string_view kName = "enterprise.chain_listed/1";
  CivilDay on;
  Text<60> chain;
  std::optional<Text<200>> source = {};
  std::optional<bool> verified = {};
};
BOOST_DESCRIBE_STRUCT(ChainListed, (), (on, chain, source, verified))

}  // namespace yi::enterprise
