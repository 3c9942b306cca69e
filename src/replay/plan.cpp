#include "replay/plan.h"

#include <algorithm>
#include <random>

#include "base/json.h"
#include "casework/rules.h"

namespace yi::replay {
namespace {

using casework::Holder;

// The office minutes of the period, as one line from 0; a point on it is an instant of an office hour.
class OfficeTime {
 public:
  static Result<OfficeTime> of(const catalog::Settings& settings, const calendar::Calendar& calendar, CivilDay from, CivilDay to) {
    OfficeTime t;
    for (CivilDay d = from; d <= to; ++d) {
      YI_TRY(const auto kind, calendar.kind(d));
      if (kind != calendar::DayKind::working) continue;
      for (const auto& h : settings.office_hours) {
        t.spans_.push_back({at(d, 0, h.from_minute), t.total_ms_});
        t.total_ms_ += (h.to_minute - h.from_minute) * 60'000LL;
      }
    }
    if (t.spans_.empty())
      return Refusal{"replay.no_working_day", "这一周没有工作日，不能有办件。", "请核对起止日期，或将办件数改为 0。", 422, ""};
    return t;
  }
  std::int64_t total_ms() const { return total_ms_; }
  Instant at_ms(std::int64_t offset) const {
    auto it = std::upper_bound(spans_.begin(), spans_.end(), offset, [](std::int64_t o, const Span& s) { return o < s.offset; });
    --it;
    return it->start + (offset - it->offset);
  }
  Instant opening() const { return spans_.front().start; }
  CivilDay day(std::int64_t offset) const { return civil_day(at_ms(offset)); }
  // The office time until the end of a day; 0 before the period, the whole of it after.
  std::int64_t until_end_of(CivilDay d) const {
    std::int64_t end = 0;
    for (std::size_t i = 0; i < spans_.size(); ++i)
      if (civil_day(spans_[i].start) <= d) end = i + 1 < spans_.size() ? spans_[i + 1].offset : total_ms_;
    return end;
  }

 private:
  struct Span {
    Instant start;
    std::int64_t offset;
  };
  std::vector<Span> spans_;
  std::int64_t total_ms_ = 0;
};

// A case of the plan. `number` orders the openings; the id is known once all openings are in order of time.
struct Draft {
  std::int64_t ms = 0;     // office time
  int life = 0;            // which life
  int order = 0;           // within its life
  const char* command = "";
  std::string fields;      // JSON members without case_id
  bool opens = false;
};

class Planner {
  static constexpr std::int64_t kSlack = 15 * 60'000;  // room for the last steps of a life before the week closes

 public:
  Planner(const PlanRequest& q, const catalog::Catalog& catalog, const calendar::Calendar& calendar, OfficeTime time)
      : q_(q), catalog_(catalog), calendar_(calendar), time_(std::move(time)), random_(q.seed) {
    // Lives without the steps of a matter, quotas and reviews by two levels: the published figures say nothing of those.
    for (const auto& m : catalog.matters())
      if (!receiving_windows(m.department).empty() && m.steps.empty() && !m.quantity_limit && !m.preliminary_review) (m.case_type == catalog::CaseType::instant ? instant_ : promised_).push_back(&m);
    for (const auto& m : catalog.matters()) issuable_.push_back(&m);
  }

  Result<std::vector<Step>> run(const Mixture& m) {
    consultations(q_.figures.consulted);
    YI_CHECK(carried(m.carried_over));
    std::int64_t returned = m.returned;
    for (std::int64_t i = 0; i < m.finished; ++i) YI_CHECK(finished_case(returned-- > 0));
    for (std::int64_t i = 0; i < m.in_review; ++i) YI_CHECK(open_case(true, returned-- > 0));
    for (std::int64_t i = 0; i < m.accepted_only; ++i) YI_CHECK(open_case(false, false));
    for (std::int64_t i = 0; i < m.instant; ++i) YI_CHECK(instant_case());
    for (std::int64_t i = 0; i < m.results_issued + m.results_waiting; ++i) YI_CHECK(result_case(i < m.results_issued));
    YI_CHECK(open_cases(m));
    return steps();
  }

 private:
  std::uint64_t pick(std::uint64_t n) { return std::uniform_int_distribution<std::uint64_t>(0, n - 1)(random_); }

  // 综合窗口: any matter at any of them.
  std::vector<const catalog::Window*> receiving_windows(const DepartmentCode& d) const {
    std::vector<const catalog::Window*> out;
    for (const auto& w : catalog_.windows())
      if (w.kind == catalog::WindowKind::comprehensive && w.receives(d)) out.push_back(&w);
    return out;
  }
  std::string receiving_window(const DepartmentCode& d) {
    const auto all = receiving_windows(d);
    return all[pick(all.size())]->code.value;
  }
  std::string issue_window(const DepartmentCode& d) {
    std::vector<const catalog::Window*> all;
    for (const auto& w : catalog_.windows())
      if (w.kind == catalog::WindowKind::issue && w.issues(d)) all.push_back(&w);
    return all[pick(all.size())]->code.value;
  }

  // n office times in order within [a, b), a minute apart where there is room.
  std::vector<std::int64_t> times(int n, std::int64_t a, std::int64_t b) {
    const std::int64_t gap = std::min<std::int64_t>(60'000, std::max<std::int64_t>((b - a) / (n + 1), 1));
    const std::int64_t room = std::max<std::int64_t>(b - a - n * gap, 1);
    std::vector<std::int64_t> t;
    for (int i = 0; i < n; ++i) t.push_back(a + static_cast<std::int64_t>(pick(static_cast<std::uint64_t>(room))));
    std::sort(t.begin(), t.end());
    for (int i = 0; i < n; ++i) t[static_cast<std::size_t>(i)] += i * gap;
    return t;
  }
  std::int64_t some_time() { return times(1, 0, time_.total_ms())[0]; }

  void add(std::int64_t ms, const char* command, std::string fields, bool opens = false) {
    drafts_.push_back({ms, life_, order_++, command, std::move(fields), opens});
  }
  void new_life(CaseId known = {}) {
    ++life_;
    order_ = 0;
    ids_.push_back(known);
  }

  static std::string member(const char* name, const std::string& value) {
    std::string s = "\"" + std::string(name) + "\":";
    json::append_string(s, value);
    return s;
  }
  // Whom the matter is for: 1 is a natural person, the others are legal persons (GB/T 39046 A.4).
  std::string applicant(const catalog::Matter& m) {
    const auto n = std::to_string(10'000 + ++applicants_).substr(1);
    const bool natural_only = m.audience.back() == 1, legal_only = m.audience.front() != 1;
    return (pick(3) || legal_only) && !natural_only ? R"("applicant_kind":"legal",)" + member("applicant", "示例企业第" + n + "号")
                   : R"("applicant_kind":"natural",)" + member("applicant", "示例申请人第" + n + "号");
  }
  std::string signed_by() {
    static constexpr const char* people[] = {"物料员甲", "物料员乙", "物料员丙"};
    return member("signed_by", people[pick(3)]);
  }

  void consultations(std::int64_t n) {
    static constexpr const char* channels[] = {"window", "window", "window", "phone", "online"};
    for (std::int64_t i = 0; i < n; ++i) {
      new_life();
      const auto* m = issuable_[pick(issuable_.size())];
      const auto windows = receiving_windows(m->department);
      const auto& window = windows.empty() ? catalog_.windows()[0].code.value : windows[pick(windows.size())]->code.value;
      add(some_time(), "casework.consult",
          member("department", m->department.value) + "," + member("window", window) + ",\"channel\":\"" + channels[pick(5)] + "\"," +
              member("matter", m->code.value));
    }
  }

  // A case received and, a few minutes later, accepted; what was found to fit.
  struct Begun {
    const catalog::Matter* matter = nullptr;
    std::int64_t received = 0, accepted = 0;
    CivilDay due;  // the nearer of the statutory and the promised day
  };
  static constexpr int kTries = 40;

  // A matter and a time of receipt in [0, latest) for which `fits(due day, time accepted)` holds; the last one tried when
  // none does: then the week's own figures leave no room.
  template <class Fits>
  Result<Begun> find_begin(const std::vector<const catalog::Matter*>& of, std::int64_t latest, Fits fits) {
    Begun b;
    for (int i = 0; i < kTries; ++i) {
      b.matter = of[pick(of.size())];
      b.received = times(1, i < kTries / 2 ? 0 : latest / 2, latest)[0];
      b.accepted = std::min(b.received + 120'000 + static_cast<std::int64_t>(pick(900'000)), time_.total_ms() - 1);
      const auto day = time_.day(b.accepted);
      YI_TRY(const auto dues, casework::dues_from_acceptance(*b.matter, calendar_, day));
      b.due = dues.statutory && dues.promised ? std::min(*dues.statutory, *dues.promised) : dues.statutory ? *dues.statutory : dues.promised.value_or(day);
      if (fits(b.due, b.accepted)) break;
    }
    return b;
  }
  void receive_and_accept(const Begun& b) {
    new_life();
    const auto& m = *b.matter;
    window_ = receiving_window(m.department);
    std::string materials;
    for (const auto& material : m.materials)
      if (material.required) {
        materials += materials.empty() ? "" : ",";
        json::append_string(materials, material.name);
      }
    add(b.received, "casework.receive",
        member("matter", m.code.value) + "," + member("window", window_) + "," + applicant(m) + ",\"materials\":[" + materials + "]", true);
    add(b.accepted, "casework.accept", member("window", window_));
  }
  void transfer(std::int64_t ms, const std::string& window, const char* to) {
    add(ms, "casework.transfer", member("window", window) + ",\"to\":\"" + to + "\"," + signed_by());
  }
  void issue(std::int64_t ms, const std::string& window) {
    add(ms, "casework.issue", member("window", window) + R"(,"delivery":"window","received_by":"申请人或其代理人")");
  }

  // The result goes to the issue window and to the applicant, before the delivery clock ends.
  Checked hand_out(const catalog::Matter* m, const DepartmentCode& department, std::int64_t decided) {
    std::int64_t end = time_.total_ms();
    if (m) {
      YI_TRY(const auto due, casework::delivery_due(*m, calendar_, time_.day(decided)));
      if (due) end = std::min(end, time_.until_end_of(*due));
    }
    const auto t = times(2, decided + 1, std::max(end, decided + 4));
    const auto out = issue_window(department);
    transfer(t[0], out, "issue_window");
    issue(t[1], out);
    return Done{};
  }
  // To the department, perhaps back for papers and again, and decided by `end`.
  std::int64_t review(std::int64_t from, std::int64_t end, bool returned) {
    const auto t = times(returned ? 4 : 2, from + 1, std::max(end, from + 8));
    transfer(t[0], window_, "department");
    if (returned) {
      transfer(t[1], window_, "reception_window");
      transfer(t[2], window_, "department");
    }
    add(t.back(), "casework.decide", R"("decision":"grant")");
    return t.back();
  }

  Checked finished_case(bool returned) {
    const std::int64_t close = time_.total_ms() - kSlack;
    YI_TRY(const auto b, find_begin(promised_, close, [&](CivilDay due, std::int64_t accepted) {
      return std::min(time_.until_end_of(due), close) - accepted > kSlack;
    }));
    receive_and_accept(b);
    return hand_out(b.matter, b.matter->department, review(b.accepted, std::min(time_.until_end_of(b.due), close), returned));
  }
  // Still open when the week ends, and not due before the next working day.
  Checked open_case(bool transferred, bool returned) {
    YI_TRY(const auto b, find_begin(promised_, time_.total_ms() - kSlack, [&](CivilDay due, std::int64_t) { return due > q_.to; }));
    receive_and_accept(b);
    if (!transferred) return Done{};
    const auto t = times(3, b.accepted + 1, time_.total_ms());
    transfer(t[0], window_, "department");
    if (returned) {
      transfer(t[1], window_, "reception_window");
      transfer(t[2], window_, "department");
    }
    return Done{};
  }
  Checked instant_case() {
    std::int64_t start = times(1, 0, std::max<std::int64_t>(time_.total_ms() - 60'000, 1))[0];
    // All on one day: a matter decided on the spot does not wait for the morning (§34(2)).
    if (time_.day(start) != time_.day(std::min(start + 60'000, time_.total_ms() - 1))) start = std::max<std::int64_t>(start - 120'000, 0);
    YI_TRY(auto b, find_begin(instant_, 1, [](CivilDay, std::int64_t) { return true; }));
    b.received = start;
    b.accepted = start + 20'000;
    receive_and_accept(b);
    add(start + 40'000, "casework.decide", R"("decision":"grant")");
    issue(start + 60'000, window_);
    return Done{};
  }

  Result<CivilDay> working_day_before(CivilDay d, int n) const {
    while (n > 0) {
      d = d - 1;
      YI_TRY(const auto kind, calendar_.kind(d));
      n -= kind == calendar::DayKind::working;
    }
    return d;
  }

  std::string foreign_number(const catalog::Matter& m) {
    return member("foreign_number", m.department.value + "-" + to_iso(q_.from) + "-" + std::to_string(++foreign_));
  }

  Checked result_case(bool collected) {
    new_life();
    const catalog::Matter* m = nullptr;
    std::int64_t received = 0;
    CivilDay decided;
    std::optional<CivilDay> due;
    for (int i = 0; i < kTries; ++i) {
      m = issuable_[pick(issuable_.size())];
      received = times(1, collected || i < kTries / 2 ? 0 : time_.total_ms() / 2, time_.total_ms() - kSlack)[0];
      YI_TRY(decided, working_day_before(time_.day(received), 1 + static_cast<int>(pick(3))));
      YI_TRY(due, casework::delivery_due(*m, calendar_, decided));
      if (collected || !due || *due > q_.to) break;
    }
    const auto out = issue_window(m->department);
    std::string list;
    json::append_string(list, m->result.name);
    add(received, "casework.receive_result",
        member("matter", m->code.value) + "," + member("window", out) + "," + foreign_number(*m) + "," + member("decided_on", to_iso(decided)) +
            ",\"handed_over\":[" + list + "]," + signed_by(),
        true);
    if (collected) issue(times(1, received + 1, due ? std::min(time_.until_end_of(*due), time_.total_ms()) : time_.total_ms())[0], out);
    return Done{};
  }

  // Decided before the opening day, within its limits; entered before the doors open.
  Checked carried(std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) {
      new_life();
      const catalog::Matter* m = nullptr;
      CivilDay decided, accepted;
      for (int k = 0; k < kTries; ++k) {
        m = promised_[pick(promised_.size())];
        YI_TRY(decided, working_day_before(q_.from, 1 + static_cast<int>(pick(3))));
        YI_TRY(accepted, working_day_before(decided, 1 + static_cast<int>(pick(3))));
        YI_TRY(const auto dues, casework::dues_from_acceptance(*m, calendar_, accepted));
        if ((!dues.statutory || decided <= *dues.statutory) && (!dues.promised || decided <= *dues.promised)) break;
      }
      YI_TRY(const auto due, casework::delivery_due(*m, calendar_, decided));
      const auto out = issue_window(m->department);
      add(-60'000, "casework.carry_over",
          member("matter", m->code.value) + "," + member("window", out) + "," + foreign_number(*m) + "," +
              member("accepted_on", to_iso(accepted)) + "," + member("decided_on", to_iso(decided)),
          true);
      issue(times(1, 0, due ? std::min(time_.until_end_of(*due), time_.total_ms()) : time_.total_ms())[0], out);
    }
    return Done{};
  }

  // Cases of the weeks before go on, those that are due first first.
  Checked open_cases(const Mixture& m) {
    auto cases = q_.open_cases;
    const auto due_of = [](const OpenCase& c) { return c.due ? c.due->days : INT32_MAX; };
    std::stable_sort(cases.begin(), cases.end(), [&](const OpenCase& a, const OpenCase& b) { return due_of(a) < due_of(b); });
    std::int64_t waiting = m.waiting_issued, reviews = m.review_finished, accepted = m.accepted_finished;
    for (const auto& c : cases) {
      const bool decided = c.stage == casework::Stage::granted || c.stage == casework::Stage::refused;
      const bool at_hand = c.holder == Holder::issue_window || c.type == casework::CaseType::instant;
      // What was overdue before the week began is done first thing.
      const std::int64_t end = std::max<std::int64_t>(c.due ? time_.until_end_of(*c.due) : time_.total_ms(), 600'000);
      const std::int64_t close = std::min(end, time_.total_ms() - kSlack);
      if (decided && at_hand && waiting > 0) {
        --waiting;
        new_life(c.id);
        issue(times(1, 0, std::min(end, time_.total_ms()))[0], c.holder == Holder::issue_window ? issue_window(c.department) : receiving_window(c.department));
      } else if (c.stage == casework::Stage::in_review && c.holder == Holder::department && reviews > 0) {
        --reviews;
        new_life(c.id);
        const auto t = times(1, 0, close)[0];
        add(t, "casework.decide", R"("decision":"grant")");
        YI_CHECK(hand_out(nullptr, c.department, t));
      } else if (c.stage == casework::Stage::accepted && c.type == casework::CaseType::promised && accepted > 0) {
        --accepted;
        new_life(c.id);
        window_ = receiving_window(c.department);
        YI_CHECK(hand_out(nullptr, c.department, review(0, close, false)));
      }
    }
    return Done{};
  }

  std::vector<Step> steps() {
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
      return a.ms != b.ms ? a.ms < b.ms : a.life != b.life ? a.life < b.life : a.order < b.order;
    });
    std::vector<Step> out;
    std::map<std::int32_t, std::int64_t> serials;  // by day
    out.reserve(drafts_.size());
    for (auto& d : drafts_) {
      Step s{d.ms < 0 ? time_.opening() + d.ms : time_.at_ms(d.ms), d.command, {}, {}};
      CaseId& id = ids_[static_cast<std::size_t>(d.life) - 1];
      if (d.opens) {
        const auto day = civil_day(s.at);
        id = s.opens = casework::case_id(day, ++serials[day.days]);
      }
      s.body = d.opens || !id ? "{" + d.fields + "}" : "{\"case_id\":\"" + std::to_string(id.value) + "\"," + d.fields + "}";
      out.push_back(std::move(s));
    }
    return out;
  }

  const PlanRequest& q_;
  const catalog::Catalog& catalog_;
  const calendar::Calendar& calendar_;
  OfficeTime time_;
  std::mt19937 random_;
  std::vector<const catalog::Matter*> promised_, instant_, issuable_;
  std::vector<Draft> drafts_;
  std::vector<CaseId> ids_;  // by life
  std::string window_;
  int life_ = 0, order_ = 0;
  std::int64_t applicants_ = 0, foreign_ = 0;
};

}  // namespace

Result<std::vector<Step>> plan(const PlanRequest& request, const Mixture& mixture, const catalog::Catalog& catalog,
                               const calendar::Calendar& calendar) {
  const auto& f = request.figures;
  if (f.consulted + f.accepted + f.issued + f.transferred == 0) return std::vector<Step>{};
  YI_TRY(auto time, OfficeTime::of(catalog.settings(), calendar, request.from, request.to));
  return Planner(request, catalog, calendar, std::move(time)).run(mixture);
}

}  // namespace yi::replay
