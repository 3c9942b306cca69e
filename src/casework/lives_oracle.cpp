#include "casework/lives_oracle.h"

#include <array>
#include <set>

namespace yi::casework::life {
namespace {

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

 private:
  std::mt19937 random_;
};

// What the program does by itself or the short lives here leave out: reversal is compared by the room's own tests.
bool picked(Act a) {
  return a != Act::reverse && a != Act::evaluate && a != Act::receive_result && a != Act::carry_over && a != Act::give_card && a != Act::recount &&
         a != Act::accept_by_law;
}

struct Move {
  const ActRow* row = nullptr;
  Holder to{};
};

// The acts that the table leaves open here, each as one move; withdrawal and termination are rare, as in life.
std::vector<Move> moves(const CaseState& s, Chance& chance) {
  std::vector<Move> out;
  for (int i = 0; i < kActKinds; ++i) {
    const auto a = static_cast<Act>(i);
    if (!picked(a) || ((a == Act::withdraw || a == Act::terminate || a == Act::refuse_acceptance) && chance.below(12) != 0)) continue;
    if (a != Act::transfer) {
      if (const auto* row = find_row(s.position(), a)) out.push_back({row, {}});
      continue;
    }
    for (Holder to : {Holder::reception_window, Holder::department, Holder::issue_window})
      if (const auto* row = find_row(s.position(), a, to)) out.push_back({row, to});
  }
  return out;
}

struct Told {
  std::string life;
  std::array<int, kActKinds> done{};
};

// One life; returns what to say about a difference, or "".
std::string one(const catalog::Matter& m, Chance& chance, Told& told) {
  Life life(m.code);
  Clerk clerk(m);
  CivilDay today = CivilDay::of(2024, 1, 2) + chance.below(1'500);
  const bool online = chance.below(4) == 0 && !m.offline_reason;
  told.life = m.name;
  for (int step = 0; step < 14 && !is_end(life.state().at.stage); ++step) {
    Wish w;
    const ActRow* row = nullptr;
    if (step == 0) {
      row = find_row({Stage::none, {}, {}, m.kind == catalog::MatterKind::permit}, online ? Act::submit : Act::receive);
    } else {
      today = today + chance.below(chance.below(5) == 0 ? 25 : 5);
      const auto before = life.state();
      if (!life.timers(today)) return "";  // beyond the calendars
      if (!before.accepted_on && life.state().accepted_on) {
        clerk.write_down(*find_row(before.position(), Act::accept_by_law), today, 0);
        ++told.done[static_cast<std::size_t>(Act::accept_by_law)];
      }
      const auto open = moves(life.state(), chance);
      if (open.empty()) break;
      const auto& move = open[static_cast<std::size_t>(chance.below(static_cast<int>(open.size())))];
      row = move.row;
      w.to = move.to;
    }
    w.act = row->act;
    w.now = at(today, 9 + chance.below(8), 0);
    w.by_applicant = w.act == Act::submit || w.act == Act::resubmit;
    w.kind = static_cast<catalog::SuspensionKind>(m.suspensions.empty() ? chance.below(8) : static_cast<int>(m.suspensions[0].kind));
    w.until = today + chance.below(20);
    w.days = 1 + chance.below(15);
    w.second_reason = "新发现的问题";
    told.life += "; " + to_iso(today) + " " + std::string(chinese_name(w.act)) + (w.days > 0 && row->clock == ClockEffect::decision_extends ? std::to_string(w.days) : "");
    if (!life.act(w)) {
      told.life += "（被拒绝）";
      continue;
    }
    ++told.done[static_cast<std::size_t>(w.act)];
    clerk.write_down(*row, today, w.days);
    if (life.disagreements() > 0) return told.life + "\n" + life.disagreement();
    if (clerk.dues() != dues_of(life.state())) return told.life + "\n  逐日：" + clerk.dues() + "\n  规则：" + dues_of(life.state()) + "\n" + life.counted_days();
  }
  return "";
}

}  // namespace

void compare(std::uint32_t seed, int count) {
  Chance chance(seed);
  Told told;
  const auto& matters = world().catalog.matters();
  for (int i = 0; i < count; ++i) {
    const auto wrong = one(matters[static_cast<std::size_t>(i) % matters.size()], chance, told);
    if (!wrong.empty()) {
      FAIL() << "seed " << seed << ", life " << i << ": " << wrong;
    }
  }
  // A comparison that never reaches an act proves nothing about it.
  for (Act a : {Act::accept, Act::accept_by_law, Act::request_correction, Act::pre_return, Act::resubmit, Act::receive_correction, Act::suspend, Act::resume, Act::extend,
                Act::extend_joint, Act::forward, Act::take_back, Act::finish_step, Act::decide_grant, Act::decide_refuse, Act::make_certificate, Act::issue, Act::close})
    EXPECT_GT(told.done[static_cast<std::size_t>(a)], 0) << chinese_name(a);
}

}  // namespace yi::casework::life
