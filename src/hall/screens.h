#pragma once
// 大屏和设备: what shows or does one thing in the hall without anybody signing in. What lets it is a key that the administrator made for
// one place; the ledger knows the key's hash alone, and closing the screen ends it (docs/decisions/0027, 0033).
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
  ScreenKind kind = ScreenKind::leaders;
  std::string window = {}, serves = {};
  static const store::View& view();
  void append_row(store::Row& row) const;
  static ScreenState from(const store::Row& row);
};

class ScreenGuard final : public engine::GuardTable<std::string, ScreenState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ScreenOpened::kName, ScreenClosed::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

using KnownWindow = std::function<bool(const WindowCode&)>;
// `known`: the screen of the command's key, where it was opened before; `kiosk`: the screen that `serves` names; without `known_window`
// every window is. Refusals hall.place_missing, hall.bad_screen_key, hall.screen_known, hall.screen_place (a pad or caller without its
// window, a reader that belongs to nothing), hall.unknown_window.
Result<ScreenOpened> decide(const OpenScreen& c, const ScreenState* known, const ScreenState* kiosk = nullptr, const KnownWindow& known_window = {});
// Refusals hall.unknown_screen, hall.screen_closed.
Result<ScreenClosed> decide(const CloseScreen& c, const ScreenState* known);

struct Screen {
  std::string screen;
  std::string place;
  std::string opened_by;
  Instant opened_at;
  bool closed = false;
  ScreenKind kind = ScreenKind::leaders;
  std::optional<WindowCode> window;
  std::optional<std::string> serves;
};
BOOST_DESCRIBE_STRUCT(Screen, (), (screen, place, opened_by, opened_at, closed, kind, window, serves))
// Every screen, the newest first.
std::vector<Screen> list_screens(store::Reader& reader, CentreCode centre);
// The open screen of this key, where it is of the kind.
std::optional<Screen> find_screen(store::Reader& reader, CentreCode centre, std::string_view key, ScreenKind kind);

}  // namespace yi::hall
