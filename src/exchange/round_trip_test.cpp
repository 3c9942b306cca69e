// A case that leaves by the tables and enters an empty centre is the same case.
#include <random>

#include "casework/lives_case.h"
#include "casework/rules.h"
#include "exchange/test_centre.h"

namespace yi::exchange {
namespace {
using namespace casework;
using life::Life;
using life::Wish;

const CivilDay kLater = CivilDay::of(2029, 6, 4);

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

 private:
  std::mt19937 random_;
};

Wish random_wish(const Life& l, const ActRow& row, Holder to, CivilDay today, Chance& chance) {
  const auto& m = l.matter();
  Wish w;
  w.act = row.act;
  w.to = to;
  w.now = at(today, 9 + chance.below(8), chance.below(60));
  w.by_applicant = w.act == Act::submit || w.act == Act::resubmit;
  w.kind = m.suspensions.empty() ? catalog::SuspensionKind::hearing : m.suspensions[0].kind;
  w.until = today + chance.below(20);
  w.days = 1 + chance.below(15);
  w.second_reason = "新发现的问题";
  return w;
}

// Acts at random where the table leaves them open, with the mornings' timers between them.
Life random_life(const catalog::Matter& m, Chance& chance) {
  Life l(m.code);
  CivilDay today = CivilDay::of(2024, 1, 2) + chance.below(700);
  const auto* first = find_row({Stage::none, {}, {}, m.kind == catalog::MatterKind::permit}, chance.below(4) == 0 && !m.offline_reason ? Act::submit : Act::receive);
  if (!l.act(random_wish(l, *first, {}, today, chance))) return l;
  for (int step = 0; step < 16 && !is_end(l.state().at.stage); ++step) {
    today = today + 1 + chance.below(chance.below(5) == 0 ? 25 : 3);
    if (!l.timers(today)) return l;
    std::vector<std::pair<const ActRow*, Holder>> open;
    for (int i = 0; i < kActKinds; ++i) {
      const auto a = static_cast<Act>(i);
      if (a == Act::reverse || a == Act::evaluate || a == Act::give_card || a == Act::recount || a == Act::accept_by_law) continue;
      if ((a == Act::withdraw || a == Act::terminate || a == Act::refuse_acceptance) && chance.below(12) != 0) continue;
      for (Holder to : {Holder::reception_window, Holder::department, Holder::issue_window})
        if (const auto* row = find_row(l.state().position(), a, a == Act::transfer ? std::optional(to) : std::nullopt)) open.emplace_back(row, to);
    }
    if (open.empty()) break;
    const auto [row, to] = open[static_cast<std::size_t>(chance.below(static_cast<int>(open.size())))];
    static_cast<void>(l.act(random_wish(l, *row, to, today, chance)));  // a refusal is part of life
  }
  return l;
}

std::string with(std::string text, std::string_view before, const std::string& inserted) {
  const auto at = text.find(before);
  EXPECT_NE(at, std::string::npos) << text;
  return text.insert(at + before.size(), inserted);
}

// Puts lives into a centre in the order in which they happened: chained, numbered, with applicants and agents sealed.
class Town {
 public:
  explicit Town(TestCentre& centre) : centre_(centre) {}

  void settle(const std::vector<Life>& lives) {
    struct Moment {
      Instant when;
      std::size_t life, fact;
    };
    std::vector<Moment> moments;
    for (std::size_t i = 0; i < lives.size(); ++i)
      for (std::size_t j = 0; j < lives[i].facts().size(); ++j) moments.push_back({lives[i].facts()[j].recorded_at, i, j});
    std::stable_sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) { return a.when < b.when; });
    people_.resize(lives.size());
    for (const auto& m : moments) {
      const auto& fact = lives[m.life].facts()[m.fact];
      centre_.record(m.when, [this, &fact, m, &life = lives[m.life]](engine::Turn& turn) -> Checked {
        auto& p = people_[m.life];
        if (m.fact == 0) open(turn, p, fact, life.matter(), m.life);
        else say(turn, p, fact);
        return Done{};
      });
    }
    const auto last = moments.empty() ? Instant{} : moments.back().when;
    EXPECT_EQ(centre_.run("casework.consult", R"({"department":"aa","window":"W01","channel":"window"})", last), "") << "everything before has its answer";
  }

 private:
  struct Case {
    std::string stream;
    std::int64_t last = 0;
    SubjectId applicant;
  };
  template <class F>
  std::string persons(engine::Turn& turn, Case& c, std::size_t number) {
    // The subjects' keys are made as they are asked for; nobody registers these here.
    c.applicant = {++subjects_};
    const ApplicantPerson person{"试验" + std::to_string(number) + "公司\"甲\"", {}, Text<20>("0817-2800001"), Text<200>("试验路1号，\n二楼"), Text<60>("甲某")};
    std::string out = ",\"subject\":\"" + std::to_string(c.applicant.value) + "\"";
    if (number % 3 == 0) {
      const SubjectId agent{++subjects_};
      out += ",\"agent\":\"" + std::to_string(agent.value) + "\",\"agent_sealed\":\"" + turn.seal<F>(c.stream, AgentPerson{"乙某", {}, Text<20>("13900000000")}, agent, "agent_sealed") + "\"";
    }
    return out + ",\"sealed\":\"" + turn.seal<F>(c.stream, person, c.applicant) + "\"";
  }
  void open(engine::Turn& turn, Case& c, const Life::Lived& fact, const catalog::Matter& m, std::size_t number) {
    const auto day = civil_day(fact.recorded_at);
    const auto serial = ++serials_[day.days];
    c.stream = stream_of(case_id(day, serial));
    auto body = fact.body;
    const auto at = body.find("\"number\":\"") + 10;
    body.replace(at, body.find('"', at) - at, case_number({990000}, day, catalog::kind_code(m.kind), serial));
    body.insert(body.size() - 1, fact.name == Received::kName ? persons<Received>(turn, c, number) : persons<Submitted>(turn, c, number));
    put(turn, c, fact, body);
  }
  void say(engine::Turn& turn, Case& c, const Life::Lived& fact) {
    auto body = with(fact.body, "\"after\":{", "\"previous\":" + std::to_string(c.last) + ",");
    if (fact.name == Issued::kName) {
      body.insert(body.size() - 1, ",\"sealed\":\"" + turn.seal<Issued>(c.stream, ReceiverPerson{"甲某"}, c.applicant) + "\"");
    }
    put(turn, c, fact, body);
  }
  void put(engine::Turn& turn, Case& c, const Life::Lived& fact, std::string body) {
    c.last = turn.next_position();
    turn.fact_named(fact.name, c.stream, fact.effective_at, RawJson{std::move(body)});
  }

  TestCentre& centre_;
  std::vector<Case> people_;
  std::map<std::int32_t, std::int64_t> serials_;
  std::int64_t subjects_ = 0;
};

void expect_round_trip(TestCentre& from) {
  const auto leaving = from.exported();
  TestCentre into(kLater);
  const auto report = into.import(leaving);
  EXPECT_EQ(into.refusals, std::vector<std::string>{});
  EXPECT_EQ(report.imported, static_cast<std::int64_t>(from.states().size()));
  EXPECT_EQ(into.states(), from.states());
  const auto again = into.exported();
  EXPECT_TRUE(again == leaving) << again.size() << " " << leaving.size();
  // Given again, nothing changes; and a third centre gets the same from the second.
  const auto repeated = into.import(leaving);
  EXPECT_EQ(repeated.repeated, report.imported);
  EXPECT_EQ(repeated.imported + repeated.refused, 0);
  into.expect_whole();
}

TEST(RoundTrip, RandomLivesOfEveryMatterArriveEqual) {
  Chance chance(20'240'617);
  std::vector<Life> lives;
  const auto& matters = life::world().catalog.matters();
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < 400; ++i) {
    lives.push_back(random_life(matters[i % matters.size()], chance));
    ASSERT_FALSE(lives.back().facts().empty());
    for (const auto& f : lives.back().facts()) ++seen[f.name];
  }
  // A comparison that never meets a fact proves nothing about it.
  for (const auto name : {Received::kName, Submitted::kName, CorrectionRequested::kName, MaterialsSupplied::kName, Accepted::kName, AcceptanceRefused::kName,
                          Transferred::kName, Suspended::kName, Resumed::kName, Extended::kName, Decided::kName, Issued::kName, Withdrawn::kName, CardGiven::kName})
    EXPECT_GT(seen[std::string(name)], 0) << name;
  for (const auto act : {Act::pre_accept, Act::take_in, Act::finish_step, Act::inspect_site, Act::inform_third_party, Act::forward, Act::take_back, Act::close_forwarded,
                         Act::make_certificate, Act::close, Act::terminate, Act::order_supervision})
    EXPECT_GT(seen[step_name(act)], 0) << chinese_name(act);
  TestCentre from(CivilDay::of(2024, 1, 1), TestCentre::Timers::stand);
  Town(from).settle(lives);
  expect_round_trip(from);
  EXPECT_LT(from.largest_piece, 1'000'000U);  // memory is a piece, not the file
}

// The lives that a lawyer wrote, each as far as the rules let it come.
TEST(RoundTrip, LivesOfTheTableArriveEqual) {
  std::vector<Life> lives;
  for (const auto& row : life::table_rows()) {
    const auto& matters = life::world().catalog.matters();
    const auto matter = std::find_if(matters.begin(), matters.end(), [&](const catalog::Matter& m) { return m.name == row.matter; });
    ASSERT_NE(matter, matters.end()) << row.matter;
    Life l(matter->code);
    for (const auto& step : life::parts(row.life, ';')) {
      const auto words = life::parts(step, ' ');
      if (!(words.at(1) == "定时" ? l.timers(life::day(words[0])) : l.act(life::read_wish(words)))) break;
    }
    if (!l.facts().empty()) lives.push_back(std::move(l));
  }
  EXPECT_GE(lives.size(), 120u);
  TestCentre from(CivilDay::of(2023, 1, 2), TestCentre::Timers::stand);
  Town(from).settle(lives);
  expect_round_trip(from);
}

}  // namespace
}  // namespace yi::exchange
