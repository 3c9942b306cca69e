#pragma once
#include "enterprise/commands.h"

namespace yi::enterprise {

enum class Reason { nothing_listed, too_many, name_missing, name_repeated, bad_count, version_missing, chain_already_listed };
Refusal refuse(Reason reason, std::string where);
std::vector<std::string> refusal_codes();

inline constexpr std::size_t kMostCategories = 100;  // the longest list seen has 10

Result<ListPublished> decide(const PublishList& c);
Result<ZonePlanned> decide(const PlanZone& c);
Result<ChainListed> decide(const ListChain& c, bool already);

}  // namespace yi::enterprise
