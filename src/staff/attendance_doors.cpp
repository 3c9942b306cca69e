#include "identity/reading_door.h"
#include "staff/attendance_declare.h"
#include "staff/attendance_views.h"

namespace yi::staff {
namespace {

constexpr int kDecidedDays = 31;
constexpr int kLongestSpanDays = 92;  // a quarter: 400 people with their signs are read in one go

struct Board {
  CivilDay day;
  std::string time;  // as of "09:31"
  std::vector<BoardEntry> people;
};
BOOST_DESCRIBE_STRUCT(Board, (), (day, time, people))
struct Mine {
  bool kept = false;                      // whether attendance is kept of the account
  CivilDay today;
  DayRecord record;                       // of today
  std::optional<std::string> open_slot;   // of today, for which a sign at the desk would count now
  std::string b_post;                     // name of the other of the pair; "": none
  std::optional<PostEntry> post;
  std::vector<PostEntry> to_take;
  std::vector<DayEntry> days;
  std::vector<CorrectionEntry> corrections;
  std::optional<PersonFigures> figures;
  std::vector<FigureMeaning> meanings;
};
BOOST_DESCRIBE_STRUCT(Mine, (), (kept, today, record, open_slot, b_post, post, to_take, days, corrections, figures, meanings))
struct Days {
  std::vector<DayEntry> days;
};
BOOST_DESCRIBE_STRUCT(Days, (), (days))
struct Figures {
  CivilDay from, to;
  std::vector<PersonFigures> people;
  std::vector<WindowFigures> windows;
  std::vector<FigureMeaning> meanings;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (from, to, people, windows, meanings))
struct Corrections {
  std::vector<CorrectionEntry> corrections, decided;  // decided: of the last 31 days
};
BOOST_DESCRIBE_STRUCT(Corrections, (), (corrections, decided))
struct SlotWords {
  std::string code, name;
  SlotSide side{};
  std::string from, due, to;
};
BOOST_DESCRIBE_STRUCT(SlotWords, (), (code, name, side, from, due, to))
struct ShiftWords {
  std::string code, name;
  std::vector<SlotWords> slots;
};
BOOST_DESCRIBE_STRUCT(ShiftWords, (), (code, name, slots))
struct Duty {
  std::string account, name;
  CivilDay day;
  std::string shift;
};
BOOST_DESCRIBE_STRUCT(Duty, (), (account, name, day, shift))
struct Plan {
  std::vector<ShiftWords> shifts;
  std::vector<SignWay> ways;
  std::int32_t correction_days = 0, post_minutes = 0;
  std::vector<Duty> duties;  // from today on
};
BOOST_DESCRIBE_STRUCT(Plan, (), (shifts, ways, correction_days, post_minutes, duties))

AttendanceReader reader_of(const identity::Asking& a, const AttendanceGround& ground) { return {a.reader, a.centre, a.viewer, ground, a.now, a.keys}; }

Result<std::pair<CivilDay, CivilDay>> span_of(const identity::Asking& a) {
  YI_TRY(const auto from, a.day("from"));
  YI_TRY(const auto to, a.day("to"));
  if (to < from || to - from >= kLongestSpanDays) return Refusal{"staff.bad_span", "起止日期颠倒，或超过 92 天。", "请缩短这段时间。", 422, "/to"};
  return std::pair{from, to};
}

const std::vector<http::Parameter> kSpan{identity::day_parameter("from", "第一天"), identity::day_parameter("to", "最后一天")};

}  // namespace

void add_attendance_doors(http::Router& router, engine::Engine& engine, const AttendanceGround& ground) {
  using identity::Asking;
  identity::add_reading_door<Board>(router, engine, {"/api/staff/attendance/board", "staff.read_board", "今天谁在岗（去向牌）", "staff.read_board", "personal"}, [ground](const Asking& a) -> Result<Board> {
    const auto h = reader_of(a, ground);
    return Board{h.today(), clock_words(minute_of_day(a.now)), board(h)};
  });
  identity::add_reading_door<Mine>(router, engine, {"/api/staff/attendance/mine", "staff.read_my_attendance", "我的考勤", "staff.sign", "personal", kSpan, {"staff.bad_span", "base.bad_date"}},
                                   [ground](const Asking& a) -> Result<Mine> {
    const auto h = reader_of(a, ground);
    YI_TRY(const auto span, span_of(a));
    const auto& me = a.viewer.account;
    Mine m;
    m.today = h.today();
    m.meanings = figure_meanings();
    const auto own = person_figures(h, span.first, span.second, me);
    m.kept = !own.empty();
    if (m.kept) m.figures = own.front();
    if (const auto days = days_of(h, me, m.today, m.today); !days.empty()) m.record = days.front().record;
    for (const auto& s : m.record.slots) {
      // Only where a sign would change what the slot comes to.
      const auto* shift = [&]() -> const Shift* {
        for (const auto& x : ground.rules->shifts)
          if (x.name == m.record.shift) return &x;
        return nullptr;
      }();
      const auto* slot = shift ? shift->find(s.slot) : nullptr;
      const int now = minute_of_day(a.now);
      if (slot && slot->from <= now && now <= slot->to && !s.signed_at && ground.rules->counts(SignWay::desk)) m.open_slot = s.slot;
    }
    if (const auto who = ground.colleague(me); who && !who->pair.empty())
      if (const auto other = ground.colleague(who->pair)) m.b_post = other->name;
    m.post = own_post(h, me);
    m.to_take = posts_for(h, me);
    m.days = days_of(h, me, span.first, span.second);
    m.corrections = corrections_of(h, me, static_cast<int>(limits::kPageRows.value));
    return m;
  });
  identity::add_reading_door<Days>(router, engine, {"/api/staff/attendance/days", "staff.read_days", "一个人的逐日考勤", "staff.read_attendance", "personal",
                                                     {kSpan[0], kSpan[1], identity::text_parameter("account", "账号", true)}, {"staff.bad_span", "base.bad_date"}},
                                   [ground](const Asking& a) -> Result<Days> {
    YI_TRY(const auto span, span_of(a));
    return Days{days_of(reader_of(a, ground), a.text("account"), span.first, span.second)};
  });
  identity::add_reading_door<Figures>(router, engine, {"/api/staff/attendance/figures", "staff.read_figures", "考勤和办件的数字，带口径", "staff.read_attendance", "personal", kSpan, {"staff.bad_span", "base.bad_date"}},
                                      [ground](const Asking& a) -> Result<Figures> {
    YI_TRY(const auto span, span_of(a));
    const auto h = reader_of(a, ground);
    return Figures{span.first, span.second, person_figures(h, span.first, span.second), window_figures(h, span.first, span.second), figure_meanings()};
  });
  identity::add_reading_door<Corrections>(router, engine, {"/api/staff/attendance/corrections", "staff.list_corrections", "等待审核和近 31 天审核过的补卡", "staff.read_attendance", "personal"}, [ground](const Asking& a) -> Result<Corrections> {
    const auto h = reader_of(a, ground);
    const int rows = static_cast<int>(limits::kPageRows.value);
    return Corrections{corrections_waiting(h, rows), corrections_decided(h, h.today() - kDecidedDays, rows)};
  });
  identity::add_reading_door<Plan>(router, engine, {"/api/staff/attendance/plan", "staff.read_plan", "班次、打卡方式、值班", "staff.read_board", "personal"}, [ground](const Asking& a) -> Result<Plan> {
    Plan p;
    p.ways = ground.rules->ways;
    p.correction_days = ground.rules->correction_days;
    p.post_minutes = ground.rules->post_minutes;
    for (const auto& shift : ground.rules->shifts) {
      ShiftWords w{shift.code, shift.name, {}};
      for (const auto& s : shift.slots) w.slots.push_back({s.code, s.name, s.side, clock_words(s.from), clock_words(s.due), clock_words(s.to)});
      p.shifts.push_back(std::move(w));
    }
    auto c = a.reader.select("SELECT account, day, shift FROM staff_duty WHERE centre=$1 AND day>=$2 ORDER BY day, account LIMIT $3", {a.centre.value, civil_day(a.now).days, limits::kPageRows.value});
    while (c->next()) p.duties.push_back({std::string(c->bytes(0)), {}, CivilDay{static_cast<std::int32_t>(c->integer(1))}, std::string(c->bytes(2))});
    for (auto& d : p.duties) {
      if (const auto who = ground.colleague(d.account)) d.name = who->name;
      if (const auto* shift = ground.rules->find(d.shift)) d.shift = shift->name;
    }
    return p;
  });
}

}  // namespace yi::staff
