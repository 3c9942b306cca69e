#pragma once
#include "enterprise/commands.h"

namespace yi::enterprise {

enum class Reason { nothing_listed, too_many, name_missing, name_repeated, bad_count, version_missing, chain_already_listed,
                    source_missing, on_in_future };
Refusal refuse(Reason reason, std::string where);
std::vector<std::string> refusal_codes();

inline constexpr std::size_t kMostCategories = 100;  // the longest list seen has 10

// `today`: the civil day of the command's turn; nothing is published on a later one.
Result<ListPublished> decide(const PublishList& c, CivilDay today);
Result<ZonePlanned> decide(const PlanZone& c, CivilDay today);
Result<ChainListed> decide(const ListChain& c, bool already, CivilDay today);

}  // namespace yi::enterprise
