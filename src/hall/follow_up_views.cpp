#include "hall/follow_up_views.h"

#include <algorithm>
#include <map>

#include "casework/case_state.h"
#include "casework/house_events.h"
#include "casework/persons.h"
#include "casework/rules.h"
#include "crypto/masking.h"
#include "identity/bound_department.h"

namespace yi::hall {
namespace {
using store::Merge;
using store::Personal;
using store::Type;
using store::Value;

// What was said when it was opened, as the fact says it; how it stands is the guard's.
class WordsReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"hall_follow_up_words", 2, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"follow_up", Type::integer}, {"words", Type::text}, {"level", Type::integer}, {"case_id", Type::integer},
                                {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed}, {"stream", Type::text}, {"fact", Type::text}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {casework::Evaluated::kName, casework::VisitEvaluated::kName, casework::PaperEvaluationEntered::kName, UnresolvedRegistered::kName, ProblemTaken::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto put = [&](std::string_view words, Value level, std::int64_t case_id, std::int64_t subject, Value sealed) {
      out.put({f.centre.value, f.seq, words, std::move(level), case_id, subject, std::move(sealed), f.record.stream, f.record.name});
    };
    const auto name = f.record.name;
    if (name == casework::Evaluated::kName) {
      if (casework::origin_of(f)) return;  // as the guard has it
      const auto e = f.as<casework::Evaluated>();
      if (e.level >= kBadLevel) put(e.comment ? std::string_view(*e.comment) : "", e.level, casework::case_of_stream(f.record.stream).value_or(CaseId{}).value, 0, {});
    } else if (name == casework::VisitEvaluated::kName) {
      const auto e = f.as<casework::VisitEvaluated>();
      if (e.level >= kBadLevel) put(e.comment ? std::string_view(*e.comment) : "", e.level, 0, e.subject ? e.subject->value : 0, e.sealed ? Value(*e.sealed) : Value());
    } else if (name == casework::PaperEvaluationEntered::kName) {
      const auto e = f.as<casework::PaperEvaluationEntered>();
      if (e.level >= kBadLevel) put(e.comment ? std::string_view(*e.comment) : "", e.level, 0, e.subject ? e.subject->value : 0, e.sealed ? Value(*e.sealed) : Value());
    } else if (name == UnresolvedRegistered::kName) {
      const auto u = f.as<UnresolvedRegistered>();
      put(u.words ? std::string_view(*u.words) : "", {}, u.case_id ? u.case_id->value : 0, u.reporter ? u.reporter->value : 0, u.sealed ? Value(*u.sealed) : Value());
    } else {
      const auto p = f.as<ProblemTaken>();
      put(p.words ? std::string_view(*p.words) : "", {}, 0, p.subject ? p.subject->value : 0, p.sealed ? Value(*p.sealed) : Value());
    }
  }
};

class ActReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"hall_follow_up_act", 2, store::ViewKind::report, 3,
                               {{"centre", Type::integer}, {"follow_up", Type::integer}, {"seq", Type::integer}, {"act", Type::text}, {"acted_by", Type::text}, {"acted_at", Type::integer},
                                {"words", Type::text}, {"due", Type::integer}, {"finding", Type::integer}, {"upheld", Type::integer}, {"reached", Type::integer}, {"content", Type::integer}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override {
    return {FollowUpSorted::kName, FollowUpDeclined::kName, FollowUpExtended::kName, FollowUpAnswered::kName, EvaluationAppealed::kName, AppealDecided::kName, FollowUpCalledBack::kName, FollowUpUnreachable::kName};
  }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    struct Said {
      Value words, due, finding, upheld, reached, content;
    };
    const auto name = f.record.name;
    const auto put = [&](FollowUpId id, Said s) {
      out.put({f.centre.value, id.value, f.seq, act_of(name), f.record.actor, f.record.recorded_at.ms, std::move(s.words), std::move(s.due), std::move(s.finding), std::move(s.upheld), std::move(s.reached), std::move(s.content)});
    };
    Said s;
    if (name == FollowUpSorted::kName) {
      const auto t = f.as<FollowUpSorted>();
      s.due = t.due.days;
      put(t.follow_up, std::move(s));
    } else if (name == FollowUpDeclined::kName) {
      const auto t = f.as<FollowUpDeclined>();
      s.words = std::string_view(t.reason);
      put(t.follow_up, std::move(s));
    } else if (name == FollowUpExtended::kName) {
      const auto t = f.as<FollowUpExtended>();
      s.words = std::string_view(t.reason);
      s.due = t.due.days;
      put(t.follow_up, std::move(s));
    } else if (name == FollowUpAnswered::kName) {
      const auto t = f.as<FollowUpAnswered>();
      s.words = std::string_view(t.measure);
      s.finding = static_cast<int>(t.finding);
      put(t.follow_up, std::move(s));
    } else if (name == EvaluationAppealed::kName) {
      const auto t = f.as<EvaluationAppealed>();
      s.words = std::string_view(t.reason);
      put(t.follow_up, std::move(s));
    } else if (name == AppealDecided::kName) {
      const auto t = f.as<AppealDecided>();
      s.words = std::string_view(t.reason);
      s.upheld = static_cast<int>(t.upheld);
      if (t.due) s.due = t.due->days;
      put(t.follow_up, std::move(s));
    } else if (name == FollowUpUnreachable::kName) {
      const auto t = f.as<FollowUpUnreachable>();
      s.words = std::string_view(t.reason);
      put(t.follow_up, std::move(s));
    } else {
      const auto t = f.as<FollowUpCalledBack>();
      if (t.note) s.words = std::string_view(*t.note);
      if (t.due) s.due = t.due->days;
      s.reached = static_cast<int>(t.reached);
      if (t.reached) s.content = static_cast<int>(t.content);
      put(t.follow_up, std::move(s));
    }
  }

 private:
  // "hall.follow_up_sorted/1" → "follow_up_sorted".
  static std::string_view act_of(std::string_view fact) {
    fact.remove_prefix(fact.find('.') + 1);
    return fact.substr(0, fact.find('/'));
  }
};

// Of a whole page in one question.
void add_acts(const FollowUpReader& h, std::vector<FollowUpEntry>& entries) {
  if (entries.empty()) return;
  std::map<std::int64_t, FollowUpEntry*> by_id;
  store::Row asked{h.centre.value};
  for (auto& e : entries) {
    by_id[e.follow_up.value] = &e;
    asked.push_back(e.follow_up.value);
  }
  // Few sizes, so that few statements are prepared: the rest is the last one again.
  std::size_t size = 1;
  while (size + 1 < asked.size()) size *= 4;
  asked.resize(size + 1, asked.back());
  std::string sql = "SELECT seq, act, acted_by, acted_at, words, due, finding, upheld, reached, content, follow_up FROM hall_follow_up_act WHERE centre=$1 AND follow_up IN (";
  for (std::size_t i = 1; i <= size; ++i) sql += (i > 1 ? ",$" : "$") + std::to_string(i + 1);
  auto c = h.reader.select(sql + ") ORDER BY follow_up, seq", asked);
  const auto flag = [&](int column) { return c->is_null(column) ? std::nullopt : std::optional(c->integer(column) != 0); };
  while (c->next()) {
    FollowUpAct a{{c->integer(0)}, std::string(c->bytes(1)), std::string(c->bytes(2)), {}, {c->integer(3)}, {}, {}, {}, flag(7), flag(8), flag(9)};
    if (!c->is_null(4)) a.words = std::string(c->bytes(4));
    if (!c->is_null(5)) a.due = CivilDay{static_cast<std::int32_t>(c->integer(5))};
    if (!c->is_null(6)) a.finding = static_cast<Finding>(c->integer(6));
    by_id.at(c->integer(10))->acts.push_back(std::move(a));
  }
}

std::optional<std::string> unless_empty(std::string s) { return s.empty() ? std::nullopt : std::optional(std::move(s)); }

}  // namespace

void add_follow_up_reports(engine::Registry& registry) {
  registry.add_report<WordsReport>();
  registry.add_report<ActReport>();
}

bool can_be_called(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, const FollowUpState& s) {
  if (s.reachable && !(s.subject && keys.erased({s.subject}))) return true;
  if (!s.case_id) return false;
  const auto& view = casework::CaseState::view();
  std::optional<casework::CaseState> found;
  {
    auto c = reader.select(store::select_row_sql(view, view.name), {centre.value, s.case_id});
    if (c->next()) found = casework::CaseState::from(store::read_row(view, *c));
  }
  if (!found) return false;
  try {
    const auto people = casework::whole_people_of(reader, keys, centre, *found);
    return (people.applicant && people.applicant->phone) || (people.agent && people.agent->phone);
  } catch (const store::Failure& f) {
    if (f.kind != store::FailureKind::corrupt) throw;
    return false;  // a number that nobody can read is none to call; verify names the record
  }
}

std::vector<FollowUpEntry> follow_ups(const FollowUpReader& h, const FollowUpGround& ground, const store::KeyVault& keys, const FollowUpQuestion& q) {
  std::vector<FollowUpEntry> out;
  const bool whole = h.viewer.may_in_centre(identity::Question::read_cases);
  const auto own = identity::bound_department(h.viewer).value;
  if (!whole && own.empty()) return out;
  const auto stages = q.stage ? std::vector{*q.stage} : std::vector{FollowUpStage::opened, FollowUpStage::sorted, FollowUpStage::appealed, FollowUpStage::answered};
  auto after = q.after.value;
  std::map<std::int64_t, FollowUpState> left;
  for (const auto stage : stages) {
    auto c = h.reader.select(
        "SELECT f.follow_up, f.kind, f.department, f.window_code, f.sort, f.lead_department, f.opened, f.due, f.reopened, w.words, w.level, w.case_id, w.subject, w.sealed, w.stream, f.reachable, f.appealed, w.fact, f.subject, f.case_id "
        "FROM hall_follow_up f JOIN hall_follow_up_words w ON w.centre=f.centre AND w.follow_up=f.follow_up "
        "WHERE f.centre=$1 AND f.stage=$2 AND f.follow_up>$3 AND ($4=0 OR f.lead_department=$5) AND ($6<0 OR f.kind=$6) ORDER BY f.follow_up LIMIT $7",
        {h.centre.value, static_cast<int>(stage), after, whole ? 0 : 1, own, q.kind ? static_cast<int>(*q.kind) : -1, q.limit});
    while (c->next()) {
      FollowUpEntry e;
      e.follow_up = {c->integer(0)};
      e.kind = static_cast<FollowUpKind>(c->integer(1));
      e.stage = stage;
      if (auto d = unless_empty(std::string(c->bytes(2)))) e.department = DepartmentCode{std::move(*d)};
      if (auto w = unless_empty(std::string(c->bytes(3)))) e.window = WindowCode{std::move(*w)};
      e.sort = unless_empty(std::string(c->bytes(4)));
      if (auto d = unless_empty(std::string(c->bytes(5)))) e.lead = DepartmentCode{std::move(*d)};
      e.opened = CivilDay{static_cast<std::int32_t>(c->integer(6))};
      const auto& rule = ground.rules->of(e.kind);
      if (e.sort)
        if (const auto* sort = rule.find(*e.sort)) e.sort_name = sort->name;
      if (stage == FollowUpStage::opened) {
        if (const auto due = ground.calendar->add_working_days(e.opened, {rule.sort_days})) e.due = *due;
      } else if (stage == FollowUpStage::appealed && !c->is_null(16) && (c->is_null(7) || c->integer(16) <= c->integer(7))) {  // the answer's own clock stands still meanwhile
        if (const auto due = ground.calendar->add_working_days({static_cast<std::int32_t>(c->integer(16))}, {rule.appeal_days})) e.due = *due;
      } else if ((stage == FollowUpStage::sorted || stage == FollowUpStage::appealed) && !c->is_null(7)) {  // what was past before the appeal stays past
        e.due = CivilDay{static_cast<std::int32_t>(c->integer(7))};
      }
      auto& s = left[e.follow_up.value];
      s.reachable = c->integer(15) != 0;
      s.subject = c->integer(18);
      s.case_id = c->integer(19);
      if (e.due) {
        const bool past = *e.due < h.today;
        const auto n = past ? ground.calendar->count_working_days(*e.due, h.today) : ground.calendar->count_working_days(h.today, *e.due);
        if (n) e.days_left = past ? -n->value : n->value;
      }
      e.reopened = c->integer(8) > 0;
      e.words = std::string(c->bytes(9));
      if (!c->is_null(10)) e.level = static_cast<std::int32_t>(c->integer(10));
      if (c->integer(11)) e.case_id = CaseId{c->integer(11)};
      const SubjectId subject{c->integer(12)};
      if (const auto sealed = unless_empty(std::string(c->bytes(13))); sealed && subject)
        // A rating's words are read by the same name.
        if (const auto r = keys.open<Said>(*sealed, subject, {h.centre, std::string(c->bytes(17)), std::string(c->bytes(14))})) {
          const bool clear = h.viewer.may_see_personal();
          if (r->words) e.words = std::string(*r->words);
          if (r->name) e.reporter = clear ? std::string(*r->name) : crypto::mask_name(*r->name);
          if (r->phone) e.phone = clear ? std::string(*r->phone) : crypto::mask_phone(*r->phone);
        }
      out.push_back(std::move(e));
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.follow_up < b.follow_up; });
  if (static_cast<int>(out.size()) > q.limit) out.resize(static_cast<std::size_t>(q.limit));
  for (auto& e : out) {
    const auto& s = left.at(e.follow_up.value);
    // A case is opened for those alone that are to be called next.
    e.reachable = e.stage == FollowUpStage::answered ? can_be_called(h.reader, keys, h.centre, s) : s.reachable || s.case_id != 0;
  }
  add_acts(h, out);
  return out;
}

std::vector<FollowUpFigures> follow_up_figures(const FollowUpReader& h, const FollowUpGround& ground, CivilDay from, CivilDay to) {
  std::vector<FollowUpFigures> out;
  const bool whole = h.viewer.may_in_centre(identity::Question::read_cases);
  const auto own = identity::bound_department(h.viewer).value;
  if (!whole && own.empty()) return out;
  for (const auto kind : kFollowUpKinds) {
    FollowUpFigures f;
    f.kind = kind;
    auto c = h.reader.select("SELECT stage, due, answered, upheld, content, reached, late, unreachable, appealed, appeal_decided FROM hall_follow_up WHERE centre=$1 AND kind=$2 AND opened>=$3 AND opened<=$4 AND ($5=0 OR lead_department=$6)",
                             {h.centre.value, static_cast<int>(kind), from.days, to.days, whole ? 0 : 1, own});
    while (c->next()) {
      ++f.opened;
      const auto stage = static_cast<FollowUpStage>(c->integer(0));
      f.declined += stage == FollowUpStage::declined;
      if (!c->is_null(8)) {
        ++f.appeals;
        const auto last = ground.calendar->add_working_days({static_cast<std::int32_t>(c->integer(8))}, {ground.rules->of(kind).appeal_days});
        f.appeals_late += last && last->days < (c->is_null(9) ? h.today.days : static_cast<std::int32_t>(c->integer(9)));
      }
      const bool upheld = c->integer(3) != 0;
      f.upheld += upheld;
      if (upheld || stage == FollowUpStage::declined) continue;
      const bool answered = !c->is_null(2);
      f.answered += answered;
      // The clock stands still during an appeal, for what was not past when it was made.
      const bool stands = stage == FollowUpStage::appealed && (c->is_null(8) || c->integer(8) <= c->integer(1));
      f.due += !c->is_null(1) && (answered || (!stands && c->integer(1) < h.today.days));
      f.in_time += answered && c->integer(6) == 0;
      f.called_back += answered && c->integer(5) != 0;
      f.no_contact += answered && c->integer(7) != 0;
      f.content += stage == FollowUpStage::closed && c->integer(4) != 0;
    }
    out.push_back(f);
  }
  return out;
}

}  // namespace yi::hall
