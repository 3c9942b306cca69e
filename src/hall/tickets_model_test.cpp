// Four hundred windows, 240 kiosks and forty telephones at once, against a model that knows nothing of lanes and places: it reads the
// ledger and asks of every call whether nobody else should have been called. YI_HALL_OPERATIONS says how many (./sim: a million).
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

#include "hall/test_hall.h"
#include "store/record.h"

using namespace yi;
using namespace yi::hall;

namespace {

constexpr int kWindows = 400, kKiosks = 240, kTelephones = 40;
const CivilDay kDay = CivilDay::of(2024, 6, 24);

std::int64_t operations() {
  const char* text = std::getenv("YI_HALL_OPERATIONS");
  return text ? std::max<std::int64_t>(std::strtoll(text, nullptr, 10), 100) : 20'000;
}
unsigned seed() {
  const char* text = std::getenv("YI_SEED");
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 20240624u;
}

// Everybody gives the next wish when the last was answered, until all wishes are given.
class Crowd {
 public:
  Crowd(TestHall& hall, std::int64_t all) : hall_(hall), left_(all), random_(seed()) {}
  void run() {
    std::unique_lock lock(m_);
    for (int i = 0; i < kWindows + kKiosks + kTelephones; ++i) next(i);
    done_.wait(lock, [&] { return under_way_ == 0; });
  }
  std::map<std::string, std::int64_t> answers;  // refusal codes, "" for what was done

 private:
  template <class C>
  void give(int who, const char* command, const C& c) {
    const auto* spec = hall_.engine->registry().find_command(command);
    const auto body = json::write(c);
    engine::Submission s;
    s.id = engine::new_command_id();
    s.digest = engine::digest_of(command, body, "crowd");
    s.actor = who >= kWindows + kKiosks ? engine::Actor{fmt::format("citizen.{}", who), "applicant", "", {}, 0, SubjectId{static_cast<std::int64_t>(1 + random_() % 5'000)}}
                                        : engine::Actor{fmt::format("clerk.{}", who), "staff"};
    s.act = spec->parse(body).value();
    // The day is as long as there are wishes: from 9:00 to 17:00.
    s.at = at(kDay, 9, 0) + given_ * (8 * 3'600'000LL) / all_;
    s.waiter = engine::waiter([this, who](Result<engine::Answer> a) {
      std::lock_guard lock(m_);
      ++answers[a ? "" : a.error().code];
      --under_way_;
      next(who);
      if (under_way_ == 0) done_.notify_all();
    });
    hall_.engine->submit(std::move(s));
  }
  // Under m_. Submitting takes the lane's lock, and the lane answers without holding it.
  void next(int who) {
    if (left_ == 0) return;
    --left_;
    ++given_;
    ++under_way_;
    if (who < kWindows) return window(who);
    if (who < kWindows + kKiosks) return kiosk(who);
    telephone(who);
  }
  void window(int who) {
    const WindowCode w{fmt::format("W{:03}", who + 1)};
    if (!opened_[who]) {
      opened_[who] = true;
      return give(who, "hall.open_window", OpenWindow{w});
    }
    const auto dice = random_() % 100;
    if (dice < 62) give(who, "hall.call_next", CallNext{w});
    else if (dice < 72) give(who, "hall.recall", Recall{w});
    else if (dice < 78) give(who, "hall.skip_ticket", Skip{w});
    else if (dice < 84) give(who, "hall.hold_ticket", Hold{w, Text<120>("")});
    else if (dice < 90) give(who, "hall.pass_on_ticket", PassOn{w, a_line(), Text<120>("")});
    else if (dice < 95) give(who, "hall.resume_ticket", Resume{a_ticket(), w});
    else give(who, "hall.finish_ticket", Finish{w});
  }
  void kiosk(int who) {
    const auto dice = random_() % 100;
    if (dice < 82) give(who, "hall.take_ticket", TakeTicket{a_line(), random_() % 5 == 0, {}, {}});
    else if (dice < 88) give(who, "hall.rejoin_line", Rejoin{a_ticket()});
    else if (dice < 92) give(who, "hall.give_up_ticket", GiveUp{a_ticket()});
    else give(who, "hall.check_in", CheckIn{{static_cast<std::int64_t>(1 + random_() % 400)}});
  }
  void telephone(int who) {
    if (random_() % 4) give(who, "hall.make_appointment", MakeAppointment{{random_() % 2 ? "L2" : "L4"}, kDay, 9 * 60 + 30 * static_cast<int>(random_() % 16), {}, {}});
    else give(who, "hall.cancel_appointment", CancelAppointment{{static_cast<std::int64_t>(1 + random_() % 400)}});
  }
  LineCode a_line() { return {std::string("L") + static_cast<char>('1' + random_() % 4)}; }
  TicketId a_ticket() { return ticket_id(kDay, static_cast<std::int64_t>(1 + random_() % static_cast<std::uint64_t>(1 + given_ / 8))); }

  TestHall& hall_;
  std::mutex m_;
  std::condition_variable done_;
  std::int64_t left_, all_ = left_, given_ = 0, under_way_ = 0;
  std::mt19937_64 random_;
  std::map<int, bool> opened_;
};

// What stands in the hall, as a person would note it: who waits, since when they stand where they stand, and of which sort.
struct Model {
  struct Waiting {
    std::string line;
    int sort = 0;              // 0 passed on, 1 appointment, 2 priority, 3 ordinary
    int slot = 0;
    std::int64_t since = 0;    // position of the fact that made them wait
    std::int64_t taken = 0;
  };
  struct Waited { std::string line; int sort; int slot; std::int64_t taken; };
  std::map<std::int64_t, Waiting> waiting;
  std::map<std::int64_t, Waited> known;
  std::map<std::int64_t, std::string> at;  // ticket at a window
  std::map<std::string, std::int64_t> serving;
  std::map<std::string, int> run;          // of a line
  std::map<std::int64_t, int> slot_of;     // appointments
  std::map<std::string, int> sold;
  std::set<std::string> numbers;
  std::int64_t calls = 0, called_past = 0;

  // Of a line: the one who has to be called, and whether that goes past ordinary numbers.
  std::optional<std::int64_t> next_of(const std::string& line, int minute, bool& past, bool& early) const {
    const auto before = [](const Waiting& a, const Waiting& b) { return std::tuple(a.sort, a.slot, a.since) < std::tuple(b.sort, b.slot, b.since); };
    std::optional<std::int64_t> preferred, ordinary, late;
    for (const auto& [ticket, w] : waiting) {
      if (w.line != line) continue;
      auto& best = w.sort == 1 && w.slot > minute ? late : w.sort == 3 ? ordinary : preferred;
      if (!best || before(w, waiting.at(*best))) best = ticket;
    }
    const auto it = run.find(line);
    past = early = false;
    if (preferred && !(ordinary && it != run.end() && it->second >= 2)) {
      past = ordinary.has_value();
      return preferred;
    }
    if (ordinary) return ordinary;
    early = late.has_value();
    return late;
  }
};

}  // namespace

TEST(TicketsModel, FourHundredWindowsCallNobodyTwiceAndSellNoSlotTwice) {
  const auto lines = test_lines(kWindows, 1'000'000);
  TestHall hall{lines, at(kDay, 9, 0)};
  const auto n = operations();
  Crowd crowd(hall, n);
  crowd.run();
  std::int64_t answered = 0;
  for (const auto& [code, count] : crowd.answers) answered += count;
  ASSERT_EQ(answered, n);
  EXPECT_EQ(crowd.answers.count("engine.internal_error"), 0u);
  EXPECT_GT(crowd.answers[""], n / 4) << "most of the crowd was refused: the test would show nothing";

  Model m;
  ASSERT_TRUE(hall.engine->wait_followed(hall.engine->position(), std::chrono::seconds(30)));
  auto lease = hall.engine->reader();
  int broken = 0;
  const auto fail = [&](std::int64_t seq, const std::string& what) {
    if (++broken < 10) ADD_FAILURE() << "fact " << seq << ": " << what;
  };
  lease->events(kTestCentre, 1, hall.engine->position(), [&](const store::LedgerRow& row) {
    engine::RecordedFact f{kTestCentre, row.seq, {}};
    if (!store::decode(row.record, f.record)) return fail(row.seq, "unreadable"), false;
    const auto name = f.record.name;
    const int minute = minute_of_day(f.record.recorded_at);
    const auto joins = [&](std::int64_t ticket, const std::string& line, int sort, int slot, std::int64_t taken) {
      m.known[ticket] = {line, sort, slot, taken};
      if (!m.waiting.emplace(ticket, Model::Waiting{line, sort, slot, row.seq, taken}).second) fail(row.seq, "waits twice");
    };
    const auto leaves_window = [&](const WindowCode& w, TicketId t) {
      if (m.serving[w.value] != t.value) fail(row.seq, "is not at this window");
      m.serving[w.value] = 0;
      m.at.erase(t.value);
    };
    if (name == TicketTaken::kName) {
      const auto t = f.as<TicketTaken>();
      if (!m.numbers.insert(std::string(t.number)).second) fail(row.seq, "a number was drawn twice");
      joins(t.ticket.value, t.place.line.value, static_cast<int>(t.kind), t.appointment ? m.slot_of.at(t.appointment->value) : 0, f.record.recorded_at.ms);
    } else if (name == TicketCalled::kName) {
      const auto t = f.as<TicketCalled>();
      ++m.calls;
      if (t.times > 1) {
        if (m.serving[t.window.value] != t.ticket.value) fail(row.seq, "recalled by a window that does not serve it");
        return true;
      }
      if (m.serving[t.window.value] != 0) fail(row.seq, "the window serves somebody else");
      if (m.at.count(t.ticket.value)) fail(row.seq, "is at a window already: called twice");
      const auto w = m.waiting.find(t.ticket.value);
      if (w == m.waiting.end()) return fail(row.seq, "called without waiting"), true;
      // Over the lines of the window: the better sort, then who came first.
      std::optional<std::int64_t> best;
      std::tuple<int, std::int64_t> best_rank;
      bool best_past = false;
      for (const auto* line : lines->served_at(t.window)) {
        bool past = false, early = false;
        const auto next = m.next_of(line->code.value, minute, past, early);
        if (!next) continue;
        const auto& c = m.waiting.at(*next);
        const std::tuple<int, std::int64_t> rank{early ? 4 : c.sort, c.taken};
        if (best && !(rank < best_rank)) continue;
        best = next;
        best_rank = rank;
        best_past = past;
      }
      if (best != t.ticket.value) fail(row.seq, fmt::format("{} was called, {} should have been", t.ticket.value, best.value_or(0)));
      if (best_past != t.past_ordinary) fail(row.seq, "says wrongly whether ordinary numbers were passed");
      auto& run = m.run[w->second.line];
      run = t.past_ordinary ? run + 1 : 0;
      m.called_past += t.past_ordinary;
      m.waiting.erase(w);
      m.serving[t.window.value] = t.ticket.value;
      m.at[t.ticket.value] = t.window.value;
    } else if (name == TicketHeld::kName) {
      const auto t = f.as<TicketHeld>();
      leaves_window(t.window, t.ticket);
    } else if (name == TicketSkipped::kName) {
      const auto t = f.as<TicketSkipped>();
      if (t.times < 2) fail(row.seq, "passed over too soon");
      leaves_window(t.window, t.ticket);
    } else if (name == TicketFinished::kName) {
      const auto t = f.as<TicketFinished>();
      leaves_window(t.window, t.ticket);
    } else if (name == TicketPassedOn::kName) {
      const auto t = f.as<TicketPassedOn>();
      leaves_window(t.window, t.ticket);
      joins(t.ticket.value, t.place.line.value, 0, 0, m.known.at(t.ticket.value).taken);
    } else if (name == TicketResumed::kName) {
      const auto t = f.as<TicketResumed>();
      if (m.at.count(t.ticket.value) || m.serving[t.window.value] != 0) fail(row.seq, "resumed where it cannot be");
      m.serving[t.window.value] = t.ticket.value;
      m.at[t.ticket.value] = t.window.value;
    } else if (name == TicketRejoined::kName) {
      const auto t = f.as<TicketRejoined>();
      const auto k = m.known.at(t.ticket.value);
      joins(t.ticket.value, k.line, k.sort, k.slot, k.taken);
    } else if (name == TicketLeft::kName) {
      const auto t = f.as<TicketLeft>();
      if (t.from && m.waiting.erase(t.ticket.value) != 1) fail(row.seq, "left without waiting");
    } else if (name == AppointmentMade::kName) {
      const auto a = f.as<AppointmentMade>();
      m.slot_of[a.appointment.value] = a.slot;
      if (++m.sold[slot_key(a.day, a.line, a.slot)] > 3) fail(row.seq, "a slot was sold once too often");
    } else if (name == AppointmentCancelled::kName) {
      const auto a = f.as<AppointmentCancelled>();
      --m.sold[slot_key(a.day, a.line, a.slot)];
    }
    return true;
  });
  EXPECT_EQ(broken, 0);
  EXPECT_GT(m.calls, n / 20);
  EXPECT_GT(m.called_past, 0) << "nobody went past anybody: the order was not tried";
  // What the program says is waiting is what the model has.
  const HallReader h{*lease, kTestCentre, *lines, hall.engine->clock().now()};
  std::map<std::string, std::int64_t> waiting;
  for (const auto& [ticket, w] : m.waiting) ++waiting[w.line];
  for (const auto& line : lines_now(h)) EXPECT_EQ(line.waiting, waiting[line.line.value]) << line.name;
  RecordProperty("calls", std::to_string(m.calls));
}
