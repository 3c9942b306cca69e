#include "casework/house_views.h"

#include <limits>

#include "base/json.h"
#include "base/text.h"
#include "casework/rules.h"
#include "crypto/masking.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using store::Merge;
using store::Personal;
using store::Type;
using store::Value;
using store::ViewKind;

constexpr std::string_view kOverdueExplained = "casework.overdue_explained/1";
constexpr std::string_view kReversed = "casework.reversed/1";

template <class C>
Value or_null(const std::optional<Code<C>>& code) {
  return code ? Value(code->value) : Value();
}
// One field of a fact's body, read whatever else the fact holds.
std::optional<json::Node> field(json::Parser& parser, const RecordedFact& f, std::string_view name) {
  const auto n = parser.parse(f.record.body);
  return n && n->kind() == json::Kind::object ? n->find(name) : std::nullopt;
}
std::string text_in(const RecordedFact& f, std::string_view name) {
  json::Parser parser;
  const auto n = field(parser, f, name);
  return n && n->kind() == json::Kind::string ? std::string(n->string()) : "";
}
std::int64_t integer_in(const RecordedFact& f, std::string_view name) {
  json::Parser parser;
  const auto n = field(parser, f, name);
  return n && n->kind() == json::Kind::integer ? n->integer() : 0;
}
std::int64_t case_in(const RecordedFact& f) { return case_of_stream(f.record.stream).value_or(CaseId{}).value; }

// What was asked and by whom, as the fact says it; whose it is now stands in the guard's row.
class QuestionReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"casework_question_asked", 1, ViewKind::report, 2,
                               {{"centre", Type::integer},
                                {"question", Type::integer},
                                {"channel", Type::integer},
                                {"window", Type::text},
                                {"department", Type::text},
                                {"matter", Type::text},
                                {"words", Type::text},
                                {"subject", Type::integer},
                                {"sealed", Type::text, Merge::replace, Personal::sealed}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {AskedFirst::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto a = f.as<AskedFirst>();
    out.put({f.centre.value, a.question_id.value, static_cast<int>(a.channel), or_null(a.window), or_null(a.department), or_null(a.matter), a.question,
             a.visitor ? a.visitor->value : 0, a.sealed ? Value(*a.sealed) : Value()});
  }
};

class OverdueReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"casework_overdue_explained", 2, ViewKind::report, 3,
                               {{"centre", Type::integer}, {"day", Type::integer}, {"seq", Type::integer}, {"case_id", Type::integer}, {"department", Type::text}, {"reason", Type::text}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {kOverdueExplained, kReversed}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto origin = origin_of(f);  // explained elsewhere, on a day of its own
    if (f.record.name == kReversed) {  // on the very day of what it takes back
      if (text_in(f, "fact_name") == kOverdueExplained)
        out.remove({f.centre.value, civil_day(origin ? origin->recorded_at : f.record.recorded_at).days, integer_in(f, "fact")});
      return;
    }
    out.put({f.centre.value, civil_day(origin ? origin->recorded_at : f.record.recorded_at).days, f.seq, case_in(f), text_in(f, "department"), text_in(f, "reason")});
  }
};

std::optional<std::string> text_or_none(const store::Cursor& c, int column) {
  auto s = std::string(c.bytes(column));
  return s.empty() ? std::nullopt : std::optional(std::move(s));
}
template <class C>
std::optional<C> code_or_none(const store::Cursor& c, int column) {
  auto s = text_or_none(c, column);
  return s ? std::optional(C{*s}) : std::nullopt;
}

}  // namespace

const store::View& QuestionState::view() {
  static const store::View v{"casework_question", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"question", Type::integer}, {"owner", Type::text}, {"waits_for", Type::text}, {"status", Type::integer}, {"asked", Type::integer}},
                             {{"centre", "status", "owner", "question"}}};
  return v;
}
void QuestionState::append_row(store::Row& r) const {
  r.emplace_back(owner);
  r.emplace_back(waits_for);
  r.emplace_back(static_cast<int>(status));
  r.emplace_back(asked_at.ms);
}
QuestionState QuestionState::from(const store::Row& r) { return {r[2].s, r[3].s, static_cast<QuestionStatus>(r[4].i), Instant{r[5].i}}; }

std::vector<std::string_view> QuestionGuard::listens_to() const {
  return {AskedFirst::kName, QuestionAnswered::kName, QuestionLed::kName, QuestionHandedOver::kName, QuestionTakenOver::kName};
}
void QuestionGuard::apply(const RecordedFact& f) {
  const auto name = f.record.name;
  if (name == AskedFirst::kName) {
    const auto a = f.as<AskedFirst>();
    change_new(a.question_id.value) = {a.owner, "", QuestionStatus::open, f.record.recorded_at};
  } else if (name == QuestionHandedOver::kName) {
    const auto h = f.as<QuestionHandedOver>();
    change(h.question_id.value).waits_for = h.to;
  } else if (name == QuestionTakenOver::kName) {
    const auto t = f.as<QuestionTakenOver>();
    auto& s = change(t.question_id.value);
    s.owner = t.to;
    s.waits_for.clear();
  } else {
    const bool answered = name == QuestionAnswered::kName;
    auto& s = change(answered ? f.as<QuestionAnswered>().question_id.value : f.as<QuestionLed>().question_id.value);
    s.status = answered ? QuestionStatus::answered : QuestionStatus::led;
    s.waits_for.clear();
  }
}

const store::View& QuestionCount::view() {
  static const store::View v{"casework_question_count", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"one", Type::integer}, {"last", Type::integer}}};
  return v;
}

const store::View& NegativeState::view() {
  static const store::View v{"casework_negative", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"negative", Type::integer}, {"kind", Type::integer}, {"status", Type::integer}, {"department", Type::text},
                              {"reason", Type::text}, {"case_id", Type::integer}, {"said", Type::integer}, {"seen_by", Type::text}},
                             {{"centre", "status", "negative"}}};
  return v;
}
void NegativeState::append_row(store::Row& r) const {
  r.emplace_back(static_cast<int>(kind));
  r.emplace_back(static_cast<int>(status));
  r.emplace_back(department);
  r.emplace_back(reason);
  r.emplace_back(case_id);
  r.emplace_back(said_at.ms);
  r.emplace_back(seen_by);
}
NegativeState NegativeState::from(const store::Row& r) {
  return {static_cast<NegativeKind>(r[2].i), static_cast<NegativeStatus>(r[3].i), r[4].s, r[5].s, r[6].i, Instant{r[7].i}, r[8].s};
}

std::vector<std::string_view> NegativeGuard::listens_to() const {
  return {NoSaid::kName, AcceptanceRefused::kName, Decided::kName, kReversed, NoAcknowledged::kName, NoCorrected::kName};
}
void NegativeGuard::apply(const RecordedFact& f) {
  if (origin_of(f)) return;  // the supervisor there has seen it
  const auto name = f.record.name;
  const auto open = [&](NegativeKind kind, const DepartmentCode& department, std::string reason) {
    change_new(f.seq) = {kind, NegativeStatus::open, department.value, std::move(reason), case_in(f), f.record.recorded_at, ""};
  };
  if (name == NoSaid::kName) {
    const auto n = f.as<NoSaid>();
    open(NegativeKind::without_case, n.department, n.reason);
  } else if (name == AcceptanceRefused::kName) {
    const auto n = f.as<AcceptanceRefused>();
    open(NegativeKind::acceptance_refused, n.department, n.reason);
  } else if (name == Decided::kName) {
    const auto d = f.as<Decided>();
    if (d.decision == Decision::refuse) open(NegativeKind::decision_refused, d.department, d.reason.value_or(Text<500>("")));
  } else if (name == kReversed) {
    const auto reversed = integer_in(f, "fact");
    if (find(reversed)) remove(reversed);
  } else {
    const bool corrected = name == NoCorrected::kName;
    const auto [id, by] = corrected ? std::pair(f.as<NoCorrected>().negative_id, f.as<NoCorrected>().by)
                                    : std::pair(f.as<NoAcknowledged>().negative_id, f.as<NoAcknowledged>().by);
    auto& s = change(id.value);
    s.status = corrected ? NegativeStatus::corrected : NegativeStatus::acknowledged;
    s.seen_by = by;
  }
}

const store::View& PaperState::view() {
  static const store::View v{"casework_paper_evaluation", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"paper", Type::text}, {"level", Type::integer}}};
  return v;
}
std::string PaperGuard::key(CivilDay day, const WindowCode& window, std::string_view paper) { return to_iso(day) + "/" + window.value + "/" + std::string(yi::trim(paper)); }
void PaperGuard::apply(const RecordedFact& f) {
  const auto v = f.as<PaperEvaluationEntered>();
  change_new(key(civil_day(f.record.recorded_at), v.window, v.paper)).level = v.level;
}

void add_house_reports(engine::Registry& registry) {
  registry.add_report<QuestionReport>();
  registry.add_report<OverdueReport>();
}

std::vector<QuestionEntry> open_questions(const HouseReader& h, const store::KeyVault& keys, const calendar::Calendar& calendar, const std::string& owner, int limit) {
  const std::string columns =
      "SELECT q.question, q.owner, q.waits_for, q.asked, a.channel, a.window, a.department, a.matter, a.words, a.subject, a.sealed "
      "FROM casework_question q JOIN casework_question_asked a ON a.centre=q.centre AND a.question=q.question WHERE q.centre=$1 AND q.status=$2 ";
  const int open = static_cast<int>(QuestionStatus::open);
  auto c = owner.empty() ? h.reader.select(columns + "ORDER BY q.question LIMIT $3", {h.centre.value, open, limit})
                         : h.reader.select(columns + "AND (q.owner=$4 OR q.waits_for=$4) ORDER BY q.question LIMIT $3", {h.centre.value, open, limit, owner});
  std::vector<QuestionEntry> out;
  while (c->next()) {
    QuestionEntry e;
    e.question_id = {c->integer(0)};
    e.owner = std::string(c->bytes(1));
    e.waits_for = text_or_none(*c, 2);
    e.asked_at = {c->integer(3)};
    const auto asked_on = civil_day(e.asked_at);
    e.age_days = h.today.days - asked_on.days;
    if (const auto n = calendar.count_working_days(asked_on, h.today)) e.working_days = n->value;
    e.channel = static_cast<Channel>(c->integer(4));
    e.window = code_or_none<WindowCode>(*c, 5);
    e.department = code_or_none<DepartmentCode>(*c, 6);
    e.matter = code_or_none<MatterCode>(*c, 7);
    e.question = std::string(c->bytes(8));
    const SubjectId subject{c->integer(9)};
    const auto sealed = text_or_none(*c, 10);
    if (subject && sealed) {
      const auto stream = "question:" + std::to_string(e.question_id.value);
      if (const auto v = keys.open<Visitor>(*sealed, subject, {h.centre, AskedFirst::kName, stream})) {
        // The owner has to reach the visitor, and so has whoever may take the question over.
        const bool whole = h.viewer.may_see_personal() || (h.viewer.is_staff() && (h.viewer.account == e.owner || h.viewer.account == e.waits_for.value_or("")));
        e.visitor = whole ? std::string(v->name) : crypto::mask_name(v->name);
        if (v->phone) e.phone = whole ? std::string(*v->phone) : crypto::mask_phone(*v->phone);
      }
    }
    out.push_back(std::move(e));
  }
  return out;
}

std::vector<NegativeEntry> negatives(const HouseReader& h, NegativeStatus status, NegativeId before, int limit) {
  const auto below = before ? before.value : std::numeric_limits<std::int64_t>::max();
  auto c = h.reader.select(
      "SELECT negative, kind, department, reason, case_id, said, seen_by FROM casework_negative "
      "WHERE centre=$1 AND status=$2 AND negative<$3 ORDER BY negative DESC LIMIT $4",
      {h.centre.value, static_cast<int>(status), below, limit});
  std::vector<NegativeEntry> out;
  while (c->next()) {
    NegativeEntry e;
    e.negative_id = {c->integer(0)};
    e.kind = static_cast<NegativeKind>(c->integer(1));
    e.status = status;
    e.department = {std::string(c->bytes(2))};
    e.reason = std::string(c->bytes(3));
    if (const auto id = c->integer(4)) e.case_id = CaseId{id};
    e.said_at = {c->integer(5)};
    e.seen_by = text_or_none(*c, 6);
    out.push_back(std::move(e));
  }
  return out;
}

std::vector<OverdueEntry> overdue_explanations(const HouseReader& h, const catalog::Catalog& catalog, int limit) {
  auto c = h.reader.select(
      "SELECT o.day, o.department, o.reason, s.matter FROM casework_overdue_explained o "
      "LEFT JOIN casework_case s ON s.centre=o.centre AND s.case_id=o.case_id WHERE o.centre=$1 ORDER BY o.day DESC, o.seq DESC LIMIT $2",
      {h.centre.value, limit});
  std::vector<OverdueEntry> out;
  while (c->next()) {
    OverdueEntry e;
    e.explained_on = {static_cast<std::int32_t>(c->integer(0))};
    e.department = {std::string(c->bytes(1))};
    e.reason = std::string(c->bytes(2));
    const auto* m = catalog.find_matter(MatterCode{std::string(c->bytes(3))});
    if (m) e.matter = m->name;
    out.push_back(std::move(e));
  }
  return out;
}

}  // namespace yi::casework
