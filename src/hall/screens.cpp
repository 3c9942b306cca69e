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
  static const store::View v{"hall_screen", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"screen", Type::text}, {"place", Type::text}, {"opened_by", Type::text}, {"opened_at", Type::integer}, {"closed", Type::integer}}};
  return v;
}
void ScreenState::append_row(store::Row& row) const {
  row.emplace_back(place);
  row.emplace_back(opened_by);
  row.emplace_back(opened_at.ms);
  row.emplace_back(closed ? 1 : 0);
}
ScreenState ScreenState::from(const store::Row& row) { return {row[2].s, row[3].s, Instant{row[4].i}, row[5].i != 0}; }

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
}

Result<ScreenOpened> decide(const OpenScreen& c, const ScreenState* known) {
  if (trim(c.place).empty()) return refuse(Reason::place_missing);
  if (!is_key(c.key)) return refuse(Reason::bad_screen_key);
  if (known) return refuse(Reason::screen_known);
  return ScreenOpened{Text<64>(screen_of_key(c.key)), c.place};
}

Result<ScreenClosed> decide(const CloseScreen& c, const ScreenState* known) {
  if (!known) return refuse(Reason::unknown_screen);
  if (known->closed) return refuse(Reason::screen_closed);
  return ScreenClosed{c.screen};
}

std::vector<Screen> list_screens(store::Reader& reader, CentreCode centre) {
  auto c = reader.select("SELECT screen, place, opened_by, opened_at, closed FROM hall_screen WHERE centre=$1 ORDER BY opened_at DESC, screen", {centre.value});
  std::vector<Screen> out;
  while (c->next()) out.push_back({std::string(c->bytes(0)), std::string(c->bytes(1)), std::string(c->bytes(2)), Instant{c->integer(3)}, c->integer(4) != 0});
  return out;
}

bool screen_is_open(store::Reader& reader, CentreCode centre, std::string_view key) {
  if (!is_key(key)) return false;
  auto c = reader.select("SELECT closed FROM hall_screen WHERE centre=$1 AND screen=$2", {centre.value, screen_of_key(key)});
  return c->next() && c->integer(0) == 0;
}

}  // namespace yi::hall
