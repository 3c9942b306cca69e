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
 public:
  Planner(const PlanRequest& q, const catalog::Catalog& catalog, const calendar::Calendar& calendar, OfficeTime time)
      : q_(q), catalog_(catalog), calendar_(calendar), time_(std::move(time)), random_(q.seed) {
    for (const auto& m : catalog.matters())
      if (!receiving_windows(m.department).empty()) (m.case_type == catalog::CaseType::instant ? instant_ : promised_).push_back(&m);
    for (const auto& m : catalog.matters()) issuable_.push_back(&m);
  }

  Result<std::vector<Step>> run(const Mixture& m) {
    consultations(q_.figures.consulted);
    YI_CHECK(carried(m.carried_over));
    std::int64_t returned = m.returned;
    for (std::int64_t i = 0; i < m.finished; ++i) promised_case(true, returned-- > 0);
    for (std::int64_t i = 0; i < m.in_review; ++i) promised_case_in_review(returned-- > 0);
    for (std::int64_t i = 0; i < m.accepted_only; ++i) accepted_case();
    for (std::int64_t i = 0; i < m.instant; ++i) instant_case();
    for (std::int64_t i = 0; i < m.results_issued + m.results_waiting; ++i) {
      YI_CHECK(result_case(i < m.results_issued));
    }
    open_cases(m);
    return steps();
  }

 private:
  std::uint64_t pick(std::uint64_t n) { return std::uniform_int_distribution<std::uint64_t>(0, n - 1)(random_); }

  std::vector<const catalog::Window*> receiving_windows(const DepartmentCode& d) const {
    std::vector<const catalog::Window*> out;
    for (const auto& w : catalog_.windows())
      if (w.receives(d)) out.push_back(&w);
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

  // n office times in order, at least a minute apart, in the part [begin, end) of the week (in thousandths).
  std::vector<std::int64_t> times(int n, int begin = 0, int end = 1000) {
    const std::int64_t a = time_.total_ms() * begin / 1000, b = time_.total_ms() * end / 1000 - n * 60'000LL;
    std::vector<std::int64_t> t;
    for (int i = 0; i < n; ++i) t.push_back(a + static_cast<std::int64_t>(pick(static_cast<std::uint64_t>(std::max<std::int64_t>(b - a, 1)))));
    std::sort(t.begin(), t.end());
    for (int i = 0; i < n; ++i) t[static_cast<std::size_t>(i)] += i * 60'000LL;
    return t;
  }

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
  std::string applicant() {
    const auto n = std::to_string(10'000 + ++applicants_).substr(1);
    return pick(3) ? R"("applicant_kind":"legal",)" + member("applicant", "示例企业第" + n + "号")
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
      add(times(1)[0], "casework.consult",
          member("department", m->department.value) + "," + member("window", window) + ",\"channel\":\"" + channels[pick(5)] + "\"," +
              member("matter", m->code.value));
    }
  }

  const catalog::Matter& receive_and_accept(const std::vector<const catalog::Matter*>& of, std::int64_t received, std::int64_t accepted) {
    new_life();
    const auto& m = *of[pick(of.size())];
    window_ = receiving_window(m.department);
    std::string materials;
    for (const auto& material : m.materials)
      if (material.required) {
        materials += materials.empty() ? "" : ",";
        json::append_string(materials, material.name);
      }
    add(received, "casework.receive",
        member("matter", m.code.value) + "," + member("window", window_) + "," + applicant() + ",\"materials\":[" + materials + "]", true);
    add(accepted, "casework.accept", member("window", window_));
    return m;
  }
  void transfer(std::int64_t ms, const std::string& window, const char* to) {
    add(ms, "casework.transfer", member("window", window) + ",\"to\":\"" + to + "\"," + signed_by());
  }
  void issue(std::int64_t ms, const std::string& window) {
    add(ms, "casework.issue", member("window", window) + R"(,"delivery":"window","received_by":"申请人或其代理人")");
  }

  void promised_case(bool finish, bool returned) {
    const auto t = times(finish ? 8 : 5);
    const auto& m = receive_and_accept(promised_, t[0], t[1]);
    transfer(t[2], window_, "department");
    if (returned) {
      transfer(t[3], window_, "reception_window");
      transfer(t[4], window_, "department");
    }
    if (!finish) return;
    add(t[5], "casework.decide", R"("decision":"grant")");
    const auto out = issue_window(m.department);
    transfer(t[6], out, "issue_window");
    issue(t[7], out);
  }
  void promised_case_in_review(bool returned) { promised_case(false, returned); }
  void accepted_case() {
    const auto t = times(2, 500);
    receive_and_accept(promised_, t[0], t[1]);
  }
  void instant_case() {
    const auto start = times(1)[0];
    receive_and_accept(instant_, start, start + 20'000);
    add(start + 40'000, "casework.decide", R"("decision":"grant")");
    issue(start + 60'000, window_);
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
    const auto& m = *issuable_[pick(issuable_.size())];
    const auto t = times(2);
    const auto out = issue_window(m.department);
    YI_TRY(const auto decided, working_day_before(civil_day(time_.at_ms(t[0])), 1 + static_cast<int>(pick(3))));
    std::string list;
    json::append_string(list, m.result.name);
    add(t[0], "casework.receive_result",
        member("matter", m.code.value) + "," + member("window", out) + "," + foreign_number(m) + "," + member("decided_on", to_iso(decided)) +
            ",\"handed_over\":[" + list + "]," + signed_by(),
        true);
    if (collected) issue(t[1], out);
    return Done{};
  }

  // Decided before the opening day; entered before the doors open.
  Checked carried(std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) {
      new_life();
      const auto& m = *issuable_[pick(issuable_.size())];
      const auto out = issue_window(m.department);
      YI_TRY(const auto decided, working_day_before(q_.from, 1 + static_cast<int>(pick(3))));
      YI_TRY(const auto accepted, working_day_before(decided, 2 + static_cast<int>(pick(4))));
      add(-60'000, "casework.carry_over",
          member("matter", m.code.value) + "," + member("window", out) + "," + foreign_number(m) + "," +
              member("accepted_on", to_iso(accepted)) + "," + member("decided_on", to_iso(decided)),
          true);
      issue(times(1)[0], out);
    }
    return Done{};
  }

  void open_cases(const Mixture& m) {
    std::int64_t waiting = m.waiting_issued, reviews = m.review_finished;
    for (const auto& c : q_.open_cases) {
      const bool decided = c.stage == casework::Stage::granted || c.stage == casework::Stage::refused;
      const bool at_hand = c.holder == Holder::issue_window || c.type == casework::CaseType::instant;
      if (decided && at_hand && waiting > 0) {
        --waiting;
        new_life(c.id);
        issue(times(1)[0], issue_window(c.department));
      } else if (c.stage == casework::Stage::in_review && c.holder == Holder::department && reviews > 0) {
        --reviews;
        new_life(c.id);
        const auto t = times(3);
        const auto out = issue_window(c.department);
        add(t[0], "casework.decide", R"("decision":"grant")");
        transfer(t[1], out, "issue_window");
        issue(t[2], out);
      }
    }
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
