#pragma once
// 大屏: a display in the hall that shows counts without anybody signing in. What lets it is a key that the administrator made for one
// place; the ledger knows the key's hash alone, and closing the screen ends it (docs/decisions/0027).
#include "engine/guard.h"
#include "hall/rules.h"

namespace yi::hall {

// The hash under which a key is known: SM3, 64 hex digits.
std::string screen_of_key(std::string_view key);

struct ScreenState {
  std::string place;
  std::string opened_by;
  Instant opened_at;
  bool closed = false;
  static const store::View& view();
  void append_row(store::Row& row) const;
  static ScreenState from(const store::Row& row);
};

class ScreenGuard final : public engine::GuardTable<std::string, ScreenState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ScreenOpened::kName, ScreenClosed::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

// `known`: the screen of the command's key, where it was opened before. Refusals hall.place_missing, hall.bad_screen_key, hall.screen_known.
Result<ScreenOpened> decide(const OpenScreen& c, const ScreenState* known);
// Refusals hall.unknown_screen, hall.screen_closed.
Result<ScreenClosed> decide(const CloseScreen& c, const ScreenState* known);

struct Screen {
  std::string screen;
  std::string place;
  std::string opened_by;
  Instant opened_at;
  bool closed = false;
};
BOOST_DESCRIBE_STRUCT(Screen, (), (screen, place, opened_by, opened_at, closed))
// Every screen, the newest first.
std::vector<Screen> list_screens(store::Reader& reader, CentreCode centre);
// Whether this key opens a screen now.
bool screen_is_open(store::Reader& reader, CentreCode centre, std::string_view key);

}  // namespace yi::hall
