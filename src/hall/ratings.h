#pragma once
// 好差评: every rating as it was given, and its figures with their denominators.
#include "engine/engine.h"
#include "engine/registry.h"
#include "http/router.h"

namespace yi::hall {

// One row a rating, of a visit or of a case.
const store::View& rating_view();
void add_rating_reports(engine::Registry& registry);

struct ChannelCount {
  std::string channel;
  std::int64_t ratings = 0, bad = 0;
};
BOOST_DESCRIBE_STRUCT(ChannelCount, (), (channel, ratings, bad))
struct PlaceCount {
  std::string place;               // a window's code, or a department's
  std::int64_t ratings = 0, bad = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceCount, (), (place, ratings, bad))

// Of ratings given in [from, to]. `counted` are all but those whose appeal was upheld; 差评率 = bad / counted, 好评率 = good / counted;
// 现场参评率 = visits_rated / visits, where `visits` are the numbers of these days that were finished, and `visits_rated` those of them
// that were rated, whenever.
struct EvaluationFigures {
  CivilDay from, to;
  std::int64_t given = 0, upheld = 0, counted = 0;
  std::vector<std::int64_t> levels;  // five, from 非常满意 to 非常不满意, of those counted
  std::int64_t good = 0, bad = 0;    // levels 1 to 3, and 4 and 5
  std::int64_t of_visits = 0, of_cases = 0;
  std::int64_t visits = 0, visits_rated = 0;
  std::int64_t on_paper = 0, on_paper_bad = 0;  // typed by the staff from a sheet: in none of the others
  std::vector<ChannelCount> channels;
  std::vector<PlaceCount> windows, departments;  // most bad first
};
BOOST_DESCRIBE_STRUCT(EvaluationFigures, (), (from, to, given, upheld, counted, levels, good, bad, of_visits, of_cases, visits, visits_rated, on_paper, on_paper_bad, channels, windows, departments))
// `department`: of it alone; "": of the centre, with its visits.
EvaluationFigures rating_figures(store::Reader& reader, CentreCode centre, CivilDay from, CivilDay to, const std::string& department);

// GET /api/hall/ratings, right hall.read_ratings.
void add_rating_doors(http::Router& router, engine::Engine& engine);

}  // namespace yi::hall
