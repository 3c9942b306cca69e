#pragma once
// A room small enough to see through, for the engine's own tests: accounts that may not be overdrawn.
#include <algorithm>
#include <atomic>

#include "engine/registry.h"

namespace yi::engine {

inline constexpr std::int64_t kThrows = 666'666, kBreaksReport = 777'777, kDoesNotRead = 888'888;

struct ToyDeposited {
  static constexpr std::string_view kName = "toy.deposited/1";
  std::int64_t account = 0;
  std::int64_t amount = 0;
};
BOOST_DESCRIBE_STRUCT(ToyDeposited, (), (account, amount))
struct ToyDeposit {
  std::int64_t account = 0;
  std::int64_t amount = 0;
};
BOOST_DESCRIBE_STRUCT(ToyDeposit, (), (account, amount))

struct ToyState {
  std::int64_t balance = 0;
  static const store::View& view() {
    static const store::View v{"toy_account", 1, store::ViewKind::guard, 2,
                               {{"centre", store::Type::integer}, {"account", store::Type::integer}, {"balance", store::Type::integer}}};
    return v;
  }
  void append_row(store::Row& r) const { r.emplace_back(balance); }
  static ToyState from(const store::Row& r) {
    if (r[2].i == kDoesNotRead) throw std::runtime_error("a defect in a row");
    return {r[2].i};
  }
};

class ToyGuard : public GuardTable<std::int64_t, ToyState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ToyDeposited::kName}; }
  void apply(const RecordedFact& f) override {
    const auto d = f.as<ToyDeposited>();
    change(d.account).balance += d.amount;
  }
  void load_expected() override {
    most_ahead = std::max(most_ahead.load(), expected());
    GuardTable::load_expected();
  }
  static inline std::atomic<std::size_t> most_ahead = 0;  // keys of one group
};

class ToyTotal : public Report {
 public:
  const store::View& view() const override {
    static const store::View v{"toy_total", 1, store::ViewKind::report, 1,
                               {{"centre", store::Type::integer}, {"total", store::Type::integer, store::Merge::add}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {ToyDeposited::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    if (f.as<ToyDeposited>().amount == kBreaksReport) throw std::runtime_error("a defect in a report");
    out.put({f.centre.value, f.as<ToyDeposited>().amount});
  }
};

inline RegistryFactory toy_rooms() {
  return [] {
    Registry r;
    auto& guard = r.add_guard<ToyGuard>();
    r.add_report<ToyTotal>();
    r.commands.push_back(command<ToyDeposit>("toy.deposit", "存入", {"toy.overdrawn"}, [&guard](Turn& turn, const ToyDeposit& c) -> Checked {
      if (c.amount == kThrows) throw std::runtime_error("a defect in a rule");
      const auto* state = guard.find(c.account);
      if ((state ? state->balance : 0) + c.amount < 0) return Refusal{"toy.overdrawn", "余额不足。", "请减少金额。", 422, ""};
      turn.fact("toy:" + std::to_string(c.account), ToyDeposited{c.account, c.amount});
      return Done{};
    }, [&guard](const Ahead&, const ToyDeposit& c) { guard.expect(c.account); }));
    return r;
  };
}

// The toy room of a later program: its report counts too.
class LaterTotal : public Report {
 public:
  const store::View& view() const override {
    static const store::View v{"toy_total", 2, store::ViewKind::report, 1,
                               {{"centre", store::Type::integer}, {"total", store::Type::integer, store::Merge::add}, {"deposits", store::Type::integer, store::Merge::add}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {ToyDeposited::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override { out.put({f.centre.value, f.as<ToyDeposited>().amount, 1}); }
};

inline RegistryFactory later_rooms() {
  return [] {
    Registry r = toy_rooms()();
    r.reports.clear();
    r.add_report<LaterTotal>();
    return r;
  };
}

}  // namespace yi::engine
