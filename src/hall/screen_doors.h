#pragma once
#include "casework/open_counts.h"
#include "engine/engine.h"
#include "http/router.h"

namespace yi::hall {

// Four figures of a day as the bulletin counts them, net of reversals; app asks the room above.
struct DayFigures {
  std::int64_t consulted = 0, accepted = 0, issued = 0, transferred = 0;
};
BOOST_DESCRIBE_STRUCT(DayFigures, (), (consulted, accepted, issued, transferred))

struct ScreenParts {
  engine::Engine& engine;
  casework::Ground ground;
  std::function<DayFigures(store::Reader&, CentreCode, CivilDay)> figures;
  std::function<std::string()> hall_name;  // today's
  // How long an answer serves every screen: counting 100,000 open cases takes milliseconds, and screens ask every few seconds. 0: not at all.
  int keep_ms = 2'000;
};

// GET /api/hall/screens (right hall.list_screens); POST /api/hall/leaders, public, for who has a screen's key: it is posted, because an
// address would keep it in histories and logs. The answer holds counts alone. Refusal hall.screen_not_open (403).
void add_screen_doors(http::Router& router, const ScreenParts& parts);

}  // namespace yi::hall
