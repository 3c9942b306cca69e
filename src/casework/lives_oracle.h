#pragma once
// For tests only: what a clerk with a wall calendar and the table of acts would say about the due days of a case. It
// looks at nothing but the table's column of clock effects, the matter's numbers and the days on which things happened,
// and walks day by day. Random lives compare it with the rules. Slow and obvious on purpose.
#include <gtest/gtest.h>

#include <random>

#include "calendar/oracle.h"
#include "casework/life.h"

namespace yi::casework::life {

class Clerk {
 public:
  explicit Clerk(const catalog::Matter& m) : m_(m) {}

  void write_down(const ActRow& row, CivilDay day, int days) {
    switch (row.clock) {
      case ClockEffect::none: break;
      case ClockEffect::notice_starts:
        received_ = day;
        notice_ = true;
        asked_.reset();
        break;
      case ClockEffect::notice_stops:
        notice_ = false;
        asked_ = day;
        break;
      case ClockEffect::decision_starts:
        accepted_ = row.act == Act::accept_by_law ? received_ : day;
        step_from_ = accepted_;
        notice_ = false;
        decision_ = true;
        break;
      case ClockEffect::decision_pauses: pauses_.push_back({day, {}, "停", ""}); break;
      case ClockEffect::decision_leaves:
        if (m_.preliminary_review) pauses_.push_back({day, {}, "停", ""});
        break;
      case ClockEffect::correction_runs:
        asked_ = day;
        if (m_.correction.pauses_after_acceptance) pauses_.push_back({day, {}, "停", ""});
        break;
      case ClockEffect::decision_resumes:
        asked_.reset();
        if (!pauses_.empty() && !pauses_.back().to) pauses_.back().to = day;
        break;
      case ClockEffect::decision_extends: extended_ = days; break;
      case ClockEffect::delivery_starts:
        decided_ = day;
        decision_ = false;
        break;
      case ClockEffect::restored: break;
      case ClockEffect::ends:
        notice_ = decision_ = false;
        decided_.reset();
        asked_.reset();
        break;
    }
    if (row.act == Act::finish_step) {
      ++step_;
      step_from_ = day;
    }
  }

  // "notice correction statutory promised step delivery", each a day or "-"; what a reader of the case is told.
  std::string dues() const {
    const bool permit = m_.kind == catalog::MatterKind::permit;
    std::string s;
    add(s, notice_, received_, 5, true, false);
    add(s, asked_.has_value(), asked_, m_.correction_days(asked_.value_or(CivilDay{})), true, false);
    // §43 gives twenty days where no other law or regulation gives its own; nobody extends them.
    if (m_.statutory && m_.preliminary_review && m_.statutory->basis == "行政许可法第四十二条") add(s, decision_, accepted_, 20, true, true);
    else add(s, decision_ && m_.statutory, accepted_, m_.statutory ? m_.statutory->days + extended_ : 0, m_.statutory && m_.statutory->unit == catalog::Unit::working, true);
    if (m_.case_type == catalog::CaseType::instant) s += (decision_ ? to_iso(*accepted_) : "-") + std::string(" ");
    else add(s, decision_ && m_.promised, accepted_, m_.promised ? m_.promised->days : 0, m_.promised && m_.promised->unit == catalog::Unit::working, true);
    const auto* step = static_cast<std::size_t>(step_) < m_.steps.size() ? &m_.steps[static_cast<std::size_t>(step_)] : nullptr;
    add(s, decision_ && step, step_from_, step ? step->days : 0, step && step->unit == catalog::Unit::working, true);
    const auto* own = m_.delivery ? &*m_.delivery : nullptr;
    add(s, decided_ && (permit || own), decided_, permit ? 10 : own ? own->days : 0, permit || (own && own->unit == catalog::Unit::working), false);
    return s;
  }

 private:
  void add(std::string& s, bool runs, const std::optional<CivilDay>& from, int days, bool working, bool with_pauses) const {
    if (!runs) {
      s += "- ";
      return;
    }
    auto q = calendar::DueQuestion::of(*from, calendar::CalendarDays{days});
    if (working) q.unit = calendar::Unit::working;
    if (with_pauses) q.pauses = pauses_;
    const auto a = calendar::oracle::walk(world().calendar, q);
    s += (a.due ? to_iso(*a.due) : "-") + " ";
  }

  const catalog::Matter& m_;
  std::optional<CivilDay> received_, asked_, accepted_, step_from_, decided_;
  std::vector<calendar::Pause> pauses_;
  int extended_ = 0, step_ = 0;
  bool notice_ = false, decision_ = false;
};

inline std::string dues_of(const CaseState& s) {
  std::string out;
  for (const auto& d : {s.at.notice_due, s.at.correction_due, s.at.statutory_due, s.at.promised_due, s.at.step_due, s.at.delivery_due})
    out += (d ? to_iso(*d) : "-") + " ";
  return out;
}

// Lives `count` random cases of every matter of the test catalogue; on a difference the life is printed.
void compare(std::uint32_t seed, int count);

}  // namespace yi::casework::life
