#include "staff/attendance_views.h"

#include <algorithm>
#include <set>

#include "identity/accounts.h"
#include "identity/bound_department.h"
#include "staff/recorded.h"
#include "staff/rules.h"

namespace yi::staff {
namespace {
using store::Merge;
using store::Personal;
using store::Type;
using store::Value;

// Why a slot is to be put right, what was said to that, or why a post was left: sealed, by the fact's own key of what it is about.
std::string decided(const std::string& correction) { return "decided/" + correction; }
class WordsReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"staff_attendance_words", 2, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"about", Type::text}, {"fact", Type::text}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed},
                                {"stream", Type::text}, {"note", Type::text, Merge::replace, Personal::health}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {CorrectionAsked::kName, CorrectionDecided::kName, PostLeavingAsked::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    // `note`, in clear: of ledgers written before it was sealed.
    const auto put = [&](std::string about, SubjectId subject, const std::optional<store::SealedText>& sealed, const std::optional<Text<500>>& note = {}) {
      const auto text = [](const auto& t) { return t ? Value(std::string_view(*t)) : Value(); };
      out.put({f.centre.value, std::move(about), f.record.name, subject.value, text(sealed), f.record.stream, text(note)});
    };
    if (f.record.name == CorrectionAsked::kName) {
      const auto a = f.as<CorrectionAsked>();
      put(CorrectionGuard::key(a.account, a.day, a.slot), a.subject, a.sealed);
    } else if (f.record.name == CorrectionDecided::kName) {
      const auto d = f.as<CorrectionDecided>();
      put(decided(CorrectionGuard::key(d.account, d.day, d.slot)), {f.record.sealed_under}, d.sealed, d.note);
    } else {
      const auto a = f.as<PostLeavingAsked>();
      put("post/" + std::string(a.account), a.subject, a.sealed);
    }
  }
};

// How long posts were left, by day.
class AwayReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"staff_post_away", 1, store::ViewKind::report, 3,
                               {{"centre", Type::integer}, {"day", Type::integer}, {"account", Type::text}, {"times", Type::integer, Merge::add}, {"minutes", Type::integer, Merge::add}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {BackAtPost::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto b = f.as<BackAtPost>();
    out.put({f.centre.value, civil_day(f.record.recorded_at).days, b.account, 1, b.minutes});
  }
};

struct Absent {
  CivilDay from, to;
  bool outside = false;
};
CivilDay day_at(const store::Cursor& c, int column) { return {static_cast<std::int32_t>(c.integer(column))}; }

// Everything that days of [from, to] are judged by, read once for everybody.
class Book {
 public:
  Book(const AttendanceReader& h, CivilDay from, CivilDay to, const std::string& only = "") : h_(h) {
    for (auto& a : identity::read_staff(h.reader, h.centre)) {
      const auto& s = a->state;
      // Two of one department who have the same name: a name alone tells of neither, also where one of them has gone.
      if (const auto [it, first] = by_name_.try_emplace({s.department.value, s.name}, a->account); !first) it->second.clear();
      if (s.suspended) continue;
      if (!s.roles.meets(h.ground.rules->roles)) continue;
      names_[a->account] = s.name;
      if (only.empty() || a->account == only) people_.push_back(a);
    }
    std::sort(people_.begin(), people_.end(), [](const auto& a, const auto& b) {
      return std::tie(a->state.department.value, a->state.name, a->account) < std::tie(b->state.department.value, b->state.name, b->account);
    });
    read_signs(from, to);
    read_plan(from, to);
    read_leave(from, to);
  }
  const std::vector<std::shared_ptr<const identity::Account>>& people() const { return people_; }
  std::string name_of(const std::string& account) const {
    const auto it = names_.find(account);
    return it == names_.end() ? account : it->second;
  }

  DayRecord record(const std::string& account, CivilDay day) const {
    const auto today = h_.today();
    if (day > today || (day < today && !kept(account, day))) return {};
    DayOf d = of(account, day);
    d.now = day == today ? minute_of_day(h_.now) : 24 * 60;
    return judge(d);
  }
  const Absent* leave_on(const std::string& account, CivilDay day) const {
    const auto it = leaves_.find(account);
    if (it == leaves_.end()) return nullptr;
    const Absent* found = nullptr;
    for (const auto& l : it->second)
      if (l.from <= day && day <= l.to && (!found || l.outside)) found = &l;
    return found;
  }
  const Shift* shift(const std::string& account, CivilDay day) const {
    const auto s = shifts_.find(account);
    const auto d = duties_.find(day_key(account, day));
    return shift_on(h_.ground, day, s == shifts_.end() ? nullptr : &s->second, d == duties_.end() ? nullptr : &d->second);
  }
  const std::vector<int>& signs(const std::string& account, CivilDay day) const {
    static const std::vector<int> none;
    const auto it = signs_.find({account, day.days});
    return it == signs_.end() ? none : it->second;
  }

 private:
  DayOf of(const std::string& account, CivilDay day) const {
    DayOf d;
    d.shift = shift(account, day);
    d.signs = signs(account, day);
    if (const auto* l = leave_on(account, day)) (l->outside ? d.outside : d.on_leave) = true;
    for (auto it = corrections_.lower_bound({account, day.days, ""}); it != corrections_.end() && std::get<0>(it->first) == account && std::get<1>(it->first) == day.days; ++it)
      d.corrections[std::get<2>(it->first)] = it->second;
    return d;
  }
  // Before somebody's first sign nobody kept their attendance.
  bool kept(const std::string& account, CivilDay day) const {
    auto it = first_.find(account);
    if (it == first_.end()) {
      auto c = h_.reader.select("SELECT day FROM staff_sign WHERE centre=$1 AND sign>=$2 AND sign<$3 ORDER BY sign LIMIT 1", {h_.centre.value, account + "/", account + "0"});
      it = first_.emplace(account, c->next() ? std::optional(day_at(*c, 0)) : std::nullopt).first;
    }
    return it->second && *it->second <= day;
  }
  void read_signs(CivilDay from, CivilDay to) {
    auto c = h_.reader.select("SELECT account, day, minute_no FROM staff_sign WHERE centre=$1 AND day>=$2 AND day<=$3 ORDER BY day, account, minute_no", {h_.centre.value, from.days, to.days});
    while (c->next()) signs_[{std::string(c->bytes(0)), day_at(*c, 1).days}].push_back(static_cast<int>(c->integer(2)));
    auto k = h_.reader.select("SELECT account, day, slot, wanted FROM staff_correction WHERE centre=$1 AND stage=$2 AND day>=$3 AND day<=$4",
                              {h_.centre.value, static_cast<int>(CorrectionStage::granted), from.days, to.days});
    while (k->next())
      corrections_[{std::string(k->bytes(0)), day_at(*k, 1).days, std::string(k->bytes(2))}] = static_cast<Wanted>(k->integer(3)) == Wanted::outside ? SlotMark::outside : SlotMark::corrected;
  }
  void read_plan(CivilDay from, CivilDay to) {
    auto s = h_.reader.select("SELECT centre, account, since FROM staff_shift WHERE centre=$1", {h_.centre.value});
    while (s->next()) shifts_[std::string(s->bytes(1))] = ShiftState::from(store::read_row(ShiftState::view(), *s));
    auto d = h_.reader.select("SELECT account, day, shift FROM staff_duty WHERE centre=$1 AND day>=$2 AND day<=$3", {h_.centre.value, from.days, to.days});
    while (d->next()) {
      DutyState one{std::string(d->bytes(0)), std::string(d->bytes(2)), day_at(*d, 1)};
      duties_[day_key(one.account, one.day)] = one;
    }
  }
  void read_leave(CivilDay from, CivilDay to) {
    // Requests by their account; what was entered by the account that it names, else by department and name.
    for (const auto stage : {LeaveStage::approved, LeaveStage::returned, LeaveStage::settled, LeaveStage::extended}) {
      auto c = h_.reader.select("SELECT account, kind, first_day, last_day, back FROM staff_leave_request WHERE centre=$1 AND stage=$2 AND last_day>=$3 AND first_day<=$4",
                                {h_.centre.value, static_cast<int>(stage), from.days, to.days});
      while (c->next()) {
        const auto kind = static_cast<LeaveKind>(c->integer(1));
        if (kind == LeaveKind::brief_absence) continue;
        Absent a{day_at(*c, 2), day_at(*c, 3), kind == LeaveKind::official};
        if (!c->is_null(4)) a.to = std::min(a.to, day_at(*c, 4) - 1);
        if (a.to >= a.from) leaves_[std::string(c->bytes(0))].push_back(a);
      }
    }
    auto c = h_.reader.select(
        "SELECT department, name, account, kind, first_day, last_day FROM staff_leave_recorded WHERE centre=$1 AND leave=0 AND why IS NULL AND last_day>=$2 AND last_day<=$3 AND first_day<=$4",
        {h_.centre.value, from.days, to.days + kLongestLeaveDays, to.days});
    while (c->next()) {
      const auto kind = static_cast<LeaveKind>(c->integer(3));
      std::string whose(c->bytes(2));
      if (whose.empty())
        if (const auto it = by_name_.find(std::pair{std::string(c->bytes(0)), std::string(c->bytes(1))}); it != by_name_.end()) whose = it->second;
      if (whose.empty() || kind == LeaveKind::brief_absence) continue;
      leaves_[whose].push_back({day_at(*c, 4), day_at(*c, 5), kind == LeaveKind::official});
    }
  }

  const AttendanceReader& h_;
  std::vector<std::shared_ptr<const identity::Account>> people_;
  std::map<std::string, std::string> names_;
  std::map<std::pair<std::string, std::string>, std::string> by_name_;  // department and name → the one account; "": more than one
  std::map<std::pair<std::string, std::int32_t>, std::vector<int>> signs_;
  std::map<std::tuple<std::string, std::int32_t, std::string>, SlotMark> corrections_;
  std::map<std::string, ShiftState> shifts_;
  std::map<std::string, DutyState> duties_;
  std::map<std::string, std::vector<Absent>> leaves_;
  mutable std::map<std::string, std::optional<CivilDay>> first_;
};

std::map<std::string, PostState> posts_today(const AttendanceReader& h) {
  std::map<std::string, PostState> out;
  auto c = h.reader.select("SELECT centre, account, substitute, day, until_minute, official, left_minute, asked FROM staff_post WHERE centre=$1", {h.centre.value});
  while (c->next()) {
    auto p = PostState::from(store::read_row(PostState::view(), *c));
    if (p.day == h.today()) out[p.account] = std::move(p);
  }
  return out;
}

// Where the last slot that has begun leaves somebody.
void place(BoardEntry& e, const DayRecord& record, const Shift& shift, const std::vector<int>& signs, int now) {
  e.where = Whereabouts::not_yet;
  for (std::size_t i = 0; i < record.slots.size(); ++i) {
    const auto& slot = shift.slots[i];
    const auto& r = record.slots[i];
    if (slot.from > now) break;
    const bool signed_in = r.signed_at || r.mark == SlotMark::corrected || r.mark == SlotMark::outside;
    if (slot.side == SlotSide::arrive) {
      e.where = r.mark == SlotMark::outside ? Whereabouts::outside : signed_in ? Whereabouts::here : now <= slot.due ? Whereabouts::not_yet : Whereabouts::unsigned_;
      e.since = r.signed_at;
    } else if (signed_in) {
      e.where = Whereabouts::gone;
      e.since = r.signed_at;
    } else if (now > slot.to && e.where == Whereabouts::here) {
      e.where = Whereabouts::gone;  // nobody stays for not having signed out
    }
  }
  // Before the first slot begins, an early bird is here all the same.
  if (e.where == Whereabouts::not_yet && !signs.empty() && !e.since) {
    e.where = Whereabouts::here;
    e.since = clock_words(signs.front());
  }
}

std::string own_department(const AttendanceReader& h) { return identity::bound_department(h.viewer).value; }

std::optional<std::string> words_of(const AttendanceReader& h, const std::string& about) {
  auto c = h.reader.select("SELECT fact, subject, sealed, stream, note FROM staff_attendance_words WHERE centre=$1 AND about=$2", {h.centre.value, about});
  if (!c->next()) return std::nullopt;
  if (!c->is_null(4)) return std::string(c->bytes(4));
  if (c->is_null(2)) return std::nullopt;
  const std::string fact(c->bytes(0)), stream(c->bytes(3));
  const auto w = h.keys.open<Words>(std::string(c->bytes(2)), {c->integer(1)}, {h.centre, fact, stream});
  return w ? std::optional(std::string(w->reason)) : std::nullopt;
}

template <class Figures>
void count(Figures& f, const NumbersOf& n) {
  f.numbers_called += n.called;
  f.numbers_served += n.served;
  f.numbers_no_show += n.no_show;
  f.numbers_passed_on += n.passed_on;
}
std::vector<NumbersOf> numbers_of(const AttendanceReader& h, CivilDay from, CivilDay to) {
  return h.ground.numbers ? h.ground.numbers(h.reader, h.centre, from, to) : std::vector<NumbersOf>();
}

void count(PersonFigures& f, const DayRecord& r) {
  if (r.shift.empty()) return;  // nobody was expected, also where somebody was out on duty over a weekend
  // A day counts when it is over, whatever was amiss in its morning.
  if (std::none_of(r.slots.begin(), r.slots.end(), [](const SlotRecord& s) { return s.mark == SlotMark::open; })) {
    ++f.expected_days;
    switch (r.mark) {
      case DayMark::absent: ++f.absent_days; break;
      case DayMark::on_leave: ++f.leave_days; break;
      case DayMark::outside: ++f.outside_days; break;
      default: ++f.present_days;
    }
  }
  for (const auto& s : r.slots) {
    if (s.mark == SlotMark::late) {
      ++f.late_times;
      f.late_minutes += s.minutes;
    } else if (s.mark == SlotMark::early) {
      ++f.early_times;
    } else if (s.mark == SlotMark::missing) {
      ++f.missing_slots;
    } else if (s.mark == SlotMark::corrected) {
      ++f.corrected_slots;
    }
  }
}

}  // namespace

void add_attendance_reports(engine::Registry& registry) {
  registry.add_report<WordsReport>();
  registry.add_report<AwayReport>();
}

const std::vector<FigureMeaning>& figure_meanings() {
  static const std::vector<FigureMeaning> all{
      {"expected_days", "应到天数", "这段时间内按工作日历和排班应当上班、已经结束的天数；从本人第一次打卡的那天起算，休息日的值班也算。"},
      {"present_days", "到岗天数", "应到的天数中，至少有一个时段打过卡或补过卡的天数，含迟到、早退的。"},
      {"absent_days", "未到天数", "应到的天数中，全天没有打卡、没有请假、没有补卡的天数；是否旷工由人认定。"},
      {"leave_days", "请假天数", "应到的天数中，有已批准的请假的天数，不分假别；因公外出另计。"},
      {"outside_days", "因公外出天数", "应到的天数中，有已批准的因公外出的天数。"},
      {"late_times", "迟到次数", "到岗时段在规定时间之后打卡的次数；已经补卡的不算。"},
      {"late_minutes", "迟到分钟", "各次迟到超过规定时间的分钟数之和。"},
      {"early_times", "早退次数", "离岗时段在规定时间之前打卡、之后没有再打的次数；已经补卡的不算。"},
      {"missing_slots", "缺卡次数", "时段过后没有打卡，也没有请假、外出、补卡的次数。"},
      {"corrected_slots", "补卡次数", "由他人审核同意的补卡次数。"},
      {"away_times", "短时离岗次数", "B岗确认顶岗、已经返岗的次数。"},
      {"away_minutes", "短时离岗分钟", "从B岗确认顶岗到返岗的分钟数之和。"},
      {"consulted", "解答咨询", "由这个账号（在这个窗口）登记的咨询，按登记的日子计。"},
      {"received", "收件", "由这个账号（在这个窗口）登记的收件，按登记的日子计；后来冲正的仍在内。"},
      {"accepted", "受理", "由这个账号（在这个窗口）登记的受理；依法视为受理的不是谁办的，不计。"},
      {"transferred", "流转", "由这个账号（在这个窗口）登记的材料交接次数。"},
      {"issued", "颁发", "由这个账号（在这个窗口）登记的颁发、送达。"},
      {"numbers_called", "叫号", "由这个账号（在这个窗口）从队列里叫出的号数；重复呼叫同一个号不另计，过号重排、转号以后再叫出的另计一次。"},
      {"numbers_served", "办结号", "由这个账号（在这个窗口）办结的号数，叫下一个号时办结的也算；一个号走过几个窗口的，计在办结它的窗口。"},
      {"numbers_no_show", "过号", "由这个账号（在这个窗口）叫过、无人应答而登记过号的次数。"},
      {"numbers_passed_on", "转号", "由这个账号（在这个窗口）办过、转到其他业务继续办的次数。一天结束时系统收走的号，不计入任何一项。"},
  };
  return all;
}

std::vector<BoardEntry> board(const AttendanceReader& h) {
  const auto today = h.today();
  const Book book(h, today, today);
  const auto posts = posts_today(h);
  const int now = minute_of_day(h.now);
  std::vector<BoardEntry> out;
  for (const auto& p : book.people()) {
    BoardEntry e{p->account, p->state.name, p->state.department, p->state.windows, Whereabouts::rest, {}, {}, {}, false, {}};
    const auto* shift = book.shift(p->account, today);
    const auto record = book.record(p->account, today);
    if (record.mark == DayMark::outside || record.mark == DayMark::on_leave) {
      e.where = record.mark == DayMark::outside ? Whereabouts::outside : Whereabouts::on_leave;
      if (const auto* l = book.leave_on(p->account, today)) e.back_on = l->to + 1;
    } else if (shift) {
      place(e, record, *shift, book.signs(p->account, today), now);
    } else if (const auto& signs = book.signs(p->account, today); !signs.empty()) {
      e.where = Whereabouts::here;
      e.since = clock_words(signs.front());
    }
    if (const auto it = posts.find(p->account); it != posts.end()) {
      e.substitute = book.name_of(it->second.substitute);
      e.until = clock_words(it->second.until);
      if (it->second.left >= 0) {
        e.where = it->second.official ? Whereabouts::outside : Whereabouts::away;
        e.since = clock_words(it->second.left);
      } else {
        e.asks_to_leave = true;
      }
    }
    out.push_back(std::move(e));
  }
  return out;
}

std::vector<DayEntry> days_of(const AttendanceReader& h, const std::string& account, CivilDay from, CivilDay to) {
  const Book book(h, from, to, account);
  std::vector<DayEntry> out;
  if (book.people().empty() || (!own_department(h).empty() && account != h.viewer.account && book.people().front()->state.department.value != own_department(h))) return out;
  for (auto d = from; d <= to && d <= h.today(); ++d) out.push_back({d, book.record(account, d)});
  return out;
}

std::vector<PersonFigures> person_figures(const AttendanceReader& h, CivilDay from, CivilDay to, const std::string& account) {
  const Book book(h, from, to, account);
  std::map<std::string, PersonFigures> all;
  std::vector<std::string> order;
  for (const auto& p : book.people()) {
    if (account.empty() && !own_department(h).empty() && p->state.department.value != own_department(h)) continue;
    auto& f = all[p->account];
    f.account = p->account;
    f.name = p->state.name;
    f.department = p->state.department;
    order.push_back(p->account);
    for (auto d = from; d <= to && d <= h.today(); ++d) count(f, book.record(p->account, d));
  }
  auto away = h.reader.select("SELECT account, times, minutes FROM staff_post_away WHERE centre=$1 AND day>=$2 AND day<=$3 AND ($4='' OR account=$4)", {h.centre.value, from.days, to.days, account});
  while (away->next())
    if (const auto it = all.find(std::string(away->bytes(0))); it != all.end()) {
      it->second.away_times += static_cast<std::int32_t>(away->integer(1));
      it->second.away_minutes += static_cast<std::int32_t>(away->integer(2));
    }
  auto work = h.reader.select("SELECT account, consulted, received, accepted, transferred, issued FROM staff_work WHERE centre=$1 AND day>=$2 AND day<=$3 AND ($4='' OR account=$4)",
                              {h.centre.value, from.days, to.days, account});
  while (work->next())
    if (const auto it = all.find(std::string(work->bytes(0))); it != all.end()) {
      auto& f = it->second;
      f.consulted += work->integer(1);
      f.received += work->integer(2);
      f.accepted += work->integer(3);
      f.transferred += work->integer(4);
      f.issued += work->integer(5);
    }
  for (const auto& n : numbers_of(h, from, to))
    if (const auto it = all.find(n.account); it != all.end()) count(it->second, n);
  std::vector<PersonFigures> out;
  for (const auto& a : order) out.push_back(std::move(all[a]));
  return out;
}

std::vector<WindowFigures> window_figures(const AttendanceReader& h, CivilDay from, CivilDay to) {
  std::map<std::string, WindowFigures> all;
  auto work = h.reader.select("SELECT window_code, consulted, received, accepted, transferred, issued FROM staff_work WHERE centre=$1 AND day>=$2 AND day<=$3 AND window_code<>''",
                              {h.centre.value, from.days, to.days});
  while (work->next()) {
    auto& f = all[std::string(work->bytes(0))];
    f.window = WindowCode{std::string(work->bytes(0))};
    f.consulted += work->integer(1);
    f.received += work->integer(2);
    f.accepted += work->integer(3);
    f.transferred += work->integer(4);
    f.issued += work->integer(5);
  }
  for (const auto& n : numbers_of(h, from, to)) {
    auto& f = all[n.window.value];
    f.window = n.window;
    count(f, n);
  }
  std::vector<WindowFigures> out;
  for (auto& [code, f] : all) out.push_back(std::move(f));
  return out;
}

namespace {
std::vector<CorrectionEntry> corrections(const AttendanceReader& h, std::unique_ptr<store::Cursor> c) {
  std::map<std::string, std::string> names;
  for (const auto& a : identity::read_staff(h.reader, h.centre)) names[a->account] = a->state.name;
  std::vector<CorrectionEntry> out;
  while (c->next()) {
    CorrectionEntry e{std::string(c->bytes(0)), {}, {std::string(c->bytes(1))}, day_at(*c, 2), std::string(c->bytes(3)), {}, static_cast<Wanted>(c->integer(4)), static_cast<CorrectionStage>(c->integer(5)), {}, {}};
    e.name = names[e.account];
    for (const auto& shift : h.ground.rules->shifts)
      if (const auto* s = shift.find(e.slot); s && e.slot_name.empty()) e.slot_name = s->name;
    out.push_back(std::move(e));
  }
  c.reset();
  for (auto& e : out) {
    const auto key = CorrectionGuard::key(e.account, e.day, e.slot);
    e.reason = words_of(h, key);
    if (e.stage != CorrectionStage::asked) e.note = words_of(h, decided(key));
  }
  return out;
}
PostEntry post_entry(const AttendanceReader& h, const PostState& p) {
  PostEntry e{p.account, p.account, p.substitute, p.substitute, clock_words(p.until), p.official, {}, {}};
  if (p.left >= 0) e.left = clock_words(p.left);
  for (auto* pair : {&p.account, &p.substitute})
    if (const auto a = identity::read_account(h.reader, h.centre, *pair)) (pair == &p.account ? e.name : e.substitute_name) = a->state.name;
  e.reason = words_of(h, "post/" + p.account);
  return e;
}
constexpr const char* kCorrectionColumns = "SELECT account, department, day, slot, wanted, stage FROM staff_correction ";
}  // namespace

std::vector<CorrectionEntry> corrections_waiting(const AttendanceReader& h, int limit) {
  return corrections(h, h.reader.select(std::string(kCorrectionColumns) + "WHERE centre=$1 AND stage=$2 AND ($3='' OR department=$3) ORDER BY day, account, slot LIMIT $4",
                                        {h.centre.value, static_cast<int>(CorrectionStage::asked), own_department(h), limit}));
}
std::vector<CorrectionEntry> corrections_decided(const AttendanceReader& h, CivilDay from, int limit) {
  return corrections(h, h.reader.select(std::string(kCorrectionColumns) + "WHERE centre=$1 AND stage<>$2 AND day>=$3 AND ($4='' OR department=$4) ORDER BY day DESC, account, slot LIMIT $5",
                                        {h.centre.value, static_cast<int>(CorrectionStage::asked), from.days, own_department(h), limit}));
}
std::vector<CorrectionEntry> corrections_of(const AttendanceReader& h, const std::string& account, int limit) {
  return corrections(h, h.reader.select(std::string(kCorrectionColumns) + "WHERE centre=$1 AND account=$2 ORDER BY day DESC, slot LIMIT $3", {h.centre.value, account, limit}));
}

std::optional<PostEntry> own_post(const AttendanceReader& h, const std::string& account) {
  const auto posts = posts_today(h);
  const auto it = posts.find(account);
  return it == posts.end() ? std::nullopt : std::optional(post_entry(h, it->second));
}
std::vector<PostEntry> posts_for(const AttendanceReader& h, const std::string& substitute) {
  std::vector<PostEntry> out;
  for (const auto& [account, p] : posts_today(h))
    if (p.substitute == substitute) out.push_back(post_entry(h, p));
  return out;
}

std::optional<std::string> only_one_named(store::Reader& reader, CentreCode centre, const std::string& name) {
  std::optional<std::string> found;
  for (const auto& a : identity::read_staff(reader, centre)) {
    if (a->state.suspended || a->state.name != name) continue;
    if (found) return std::nullopt;
    found = a->account;
  }
  return found;
}

}  // namespace yi::staff
