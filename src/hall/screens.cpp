#include "hall/screens.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/sm3.h"

namespace yi::hall {
namespace {
constexpr std::size_t kKeyDigits = 64;  // 32 random bytes

bool is_key(std::string_view text) {
  return text.size() == kKeyDigits && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
}  // namespace

std::string screen_of_key(std::string_view key) { return hex(crypto::bytes(crypto::sm3(key))); }

const store::View& ScreenState::view() {
  using store::Type;
  static const store::View v{"hall_screen", 2, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"screen", Type::text}, {"place", Type::text}, {"opened_by", Type::text}, {"opened_at", Type::integer}, {"closed", Type::integer},
                              {"kind", Type::integer}, {"window_code", Type::text}, {"serves", Type::text}}};
  return v;
}
void ScreenState::append_row(store::Row& row) const {
  row.emplace_back(place);
  row.emplace_back(opened_by);
  row.emplace_back(opened_at.ms);
  row.emplace_back(closed ? 1 : 0);
  row.emplace_back(static_cast<int>(kind));
  row.emplace_back(window);
  row.emplace_back(serves);
}
ScreenState ScreenState::from(const store::Row& row) { return {row[2].s, row[3].s, Instant{row[4].i}, row[5].i != 0, static_cast<ScreenKind>(row[6].i), row[7].s, row[8].s}; }

void ScreenGuard::apply(const engine::RecordedFact& fact) {
  if (fact.record.name == ScreenClosed::kName) {
    change(std::string(std::string_view(fact.as<ScreenClosed>().screen))).closed = true;
    return;
  }
  const auto f = fact.as<ScreenOpened>();
  auto& s = change(std::string(std::string_view(f.screen)));
  s.place = f.place;
  s.opened_by = std::string(fact.record.actor);
  s.opened_at = fact.record.recorded_at;
  s.closed = false;
  s.kind = f.kind.value_or(ScreenKind::leaders);
  s.window = f.window ? f.window->value : "";
  s.serves = f.serves ? std::string(*f.serves) : "";
}

Result<ScreenOpened> decide(const OpenScreen& c, const ScreenState* known, const ScreenState* kiosk, const KnownWindow& known_window) {
  if (trim(c.place).empty()) return refuse(Reason::place_missing);
  if (!is_key(c.key)) return refuse(Reason::bad_screen_key);
  if (known) return refuse(Reason::screen_known);
  const auto kind = c.kind.value_or(ScreenKind::leaders);
  const bool at_window = kind == ScreenKind::pad || kind == ScreenKind::caller;
  const bool reader = kind == ScreenKind::card_reader;
  const bool at_kiosk = c.serves && kiosk && kiosk->kind == ScreenKind::kiosk && !kiosk->closed;
  if (c.window && known_window && !known_window(*c.window)) return refuse(Reason::unknown_window);
  // A pad and a caller are a window's; a reader is a window's or a kiosk's; the others are the hall's.
  if (at_window ? !c.window || c.serves : reader ? c.window.has_value() == at_kiosk || (c.serves && !at_kiosk) : c.window || c.serves) return refuse(Reason::screen_place);
  return ScreenOpened{Text<64>(screen_of_key(c.key)), c.place, c.kind, c.window, c.serves};
}

Result<ScreenClosed> decide(const CloseScreen& c, const ScreenState* known) {
  if (!known) return refuse(Reason::unknown_screen);
  if (known->closed) return refuse(Reason::screen_closed);
  return ScreenClosed{c.screen};
}

namespace {
constexpr const char* kColumns = "SELECT screen, place, opened_by, opened_at, closed, kind, window_code, serves FROM hall_screen WHERE centre=$1 ";
Screen read(const store::Cursor& c) {
  Screen s{std::string(c.bytes(0)), std::string(c.bytes(1)), std::string(c.bytes(2)), Instant{c.integer(3)}, c.integer(4) != 0, static_cast<ScreenKind>(c.integer(5)), {}, {}};
  if (!c.bytes(6).empty()) s.window = WindowCode{std::string(c.bytes(6))};
  if (!c.bytes(7).empty()) s.serves = std::string(c.bytes(7));
  return s;
}
}  // namespace

std::vector<Screen> list_screens(store::Reader& reader, CentreCode centre) {
  auto c = reader.select(std::string(kColumns) + "ORDER BY opened_at DESC, screen", {centre.value});
  std::vector<Screen> out;
  while (c->next()) out.push_back(read(*c));
  return out;
}

std::optional<Screen> find_screen(store::Reader& reader, CentreCode centre, std::string_view key, ScreenKind kind) {
  if (!is_key(key)) return std::nullopt;
  auto c = reader.select(std::string(kColumns) + "AND screen=$2", {centre.value, screen_of_key(key)});
  if (!c->next()) return std::nullopt;
  auto s = read(*c);
  return s.closed || s.kind != kind ? std::nullopt : std::optional(std::move(s));
}

}  // namespace yi::hall
