#include "casework/views.h"

#include "base/text.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using store::Type;
using store::ViewKind;

constexpr std::string_view kCaseFacts[] = {Received::kName, Accepted::kName,  AcceptanceRefused::kName,      Transferred::kName, Decided::kName,
                                           Issued::kName,   Withdrawn::kName, ResultReceivedForIssue::kName, CarriedOver::kName};
constexpr std::string_view kNewCaseFacts[] = {Received::kName, ResultReceivedForIssue::kName, CarriedOver::kName};

CaseId case_of(const RecordedFact& f) { return case_of_stream(f.record.stream).value_or(CaseId{}); }
CivilDay day_of(CaseId id) {
  const auto date = id.value / 1'000'000;
  return CivilDay::of(static_cast<int>(date / 10'000), static_cast<unsigned>(date / 100 % 100), static_cast<unsigned>(date % 100));
}

const store::View& queue_view() {
  static const store::View v{"casework_queue", 1, ViewKind::report, 2,
                             {{"centre", Type::integer}, {"case_id", Type::integer}, {"stage", Type::integer},
                              {"department", Type::text}},
                             {{"centre", "stage", "department", "case_id"}}};
  return v;
}

// Which stage each case stands in, for lists. The stage follows from the fact alone.
class QueueReport : public engine::Report {
 public:
  const store::View& view() const override { return queue_view(); }
  std::vector<std::string_view> listens_to() const override { return {std::begin(kCaseFacts), std::end(kCaseFacts)}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto put = [&](Stage stage, const DepartmentCode& department) {
      out.put({f.centre.value, case_of(f).value, static_cast<int>(stage), department.value});
    };
    const auto name = f.record.name;
    if (name == Received::kName) put(Stage::received, f.as<Received>().department);
    else if (name == Accepted::kName) put(Stage::accepted, f.as<Accepted>().department);
    else if (name == AcceptanceRefused::kName) put(Stage::not_accepted, f.as<AcceptanceRefused>().department);
    else if (name == Withdrawn::kName) put(Stage::withdrawn, f.as<Withdrawn>().department);
    else if (name == Issued::kName) put(Stage::issued, f.as<Issued>().department);
    else if (name == ResultReceivedForIssue::kName) put(Stage::granted, f.as<ResultReceivedForIssue>().department);
    else if (name == Decided::kName) {
      const auto d = f.as<Decided>();
      put(d.decision == Decision::grant ? Stage::granted : Stage::refused, d.department);
    } else if (name == Transferred::kName) {
      const auto t = f.as<Transferred>();
      if (t.to != Holder::issue_window) put(Stage::in_review, t.department);
    } else if (name == CarriedOver::kName) {
      const auto c = f.as<CarriedOver>();
      put(c.decided_on ? Stage::granted : Stage::accepted, c.department);
    }
  }
};

struct Guards {
  CaseGuard& cases;
  DayGuard& days;
  ForeignGuard& foreign;
  std::shared_ptr<const catalog::Catalog> catalog;
  std::shared_ptr<const calendar::Calendar> calendar;
  Context context(const engine::Turn& t) const { return {t.centre(), civil_day(t.now()), *catalog, *calendar}; }
};

// A command about a case that exists.
template <class C>
engine::CommandSpec case_command(const char* name, const char* summary, Guards g) {
  return engine::command<C>(name, summary, refusal_codes(), [g](engine::Turn& turn, const C& c) -> Checked {
    const CaseState* state = g.cases.find(c.case_id.value);
    YI_TRY(auto fact, decide(state, c, g.context(turn)));
    Instant effective = turn.now();
    if constexpr (std::is_same_v<C, Accept>)
      if (fact.by_law) effective = start_of(*state->received_on);
    turn.fact(stream_of(c.case_id), effective, fact);
    return Done{};
  });
}

// A command that opens a case: it gets the day's next serial.
template <class C, class DecideWith>
engine::CommandSpec opening_command(const char* name, const char* summary, Guards g, DecideWith decide_with) {
  return engine::command<C>(name, summary, refusal_codes(), [g, decide_with](engine::Turn& turn, const C& c) -> Checked {
    const auto x = g.context(turn);
    const auto serial = g.days.next_serial(x.today);
    YI_TRY(auto fact, decide_with(c, serial, x));
    turn.fact(stream_of(case_id(x.today, serial)), fact);
    return Done{};
  });
}

bool foreign_taken(const Guards& g, const MatterCode& matter, std::string_view number) {
  const auto* m = g.catalog->find_matter(matter);
  return m && g.foreign.find(ForeignGuard::key(m->department, number)) != nullptr;
}

}  // namespace

std::vector<std::string_view> CaseGuard::listens_to() const { return {std::begin(kCaseFacts), std::end(kCaseFacts)}; }

void CaseGuard::apply(const RecordedFact& f) {
  const auto id = case_of(f).value;
  const auto name = f.record.name;
  const auto day = civil_day(f.record.effective_at);
  if (name == Received::kName) casework::apply(change_new(id), f.as<Received>(), day);
  else if (name == ResultReceivedForIssue::kName) casework::apply(change_new(id), f.as<ResultReceivedForIssue>());
  else if (name == CarriedOver::kName) casework::apply(change_new(id), f.as<CarriedOver>());
  else if (name == Accepted::kName) casework::apply(change(id), f.as<Accepted>(), day);
  else if (name == Transferred::kName) casework::apply(change(id), f.as<Transferred>());
  else if (name == Decided::kName) casework::apply(change(id), f.as<Decided>(), day);
  else if (name == Issued::kName) casework::apply(change(id), f.as<Issued>());
  else if (name == AcceptanceRefused::kName) casework::apply(change(id), f.as<AcceptanceRefused>());
  else if (name == Withdrawn::kName) casework::apply(change(id), f.as<Withdrawn>());
}

const store::View& DayState::view() {
  static const store::View v{"casework_day", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"day", Type::integer}, {"last_serial", Type::integer}}};
  return v;
}
std::vector<std::string_view> DayGuard::listens_to() const { return {std::begin(kNewCaseFacts), std::end(kNewCaseFacts)}; }
void DayGuard::apply(const RecordedFact& f) {
  const auto id = case_of(f);
  const auto day = day_of(id);
  change(day.days).last = id.value % 1'000'000;
  if (find(kOpeningDay) == nullptr) change(kOpeningDay).last = day.days;
}
std::int64_t DayGuard::next_serial(CivilDay day) {
  const auto* s = find(day.days);
  return (s ? s->last : 0) + 1;
}
std::optional<CivilDay> DayGuard::opening_day() {
  const auto* s = find(kOpeningDay);
  if (!s) return std::nullopt;
  return CivilDay{static_cast<std::int32_t>(s->last)};
}

const store::View& ForeignState::view() {
  static const store::View v{"casework_foreign", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"number", Type::text}, {"case_id", Type::integer}}};
  return v;
}
std::string ForeignGuard::key(const DepartmentCode& department, std::string_view number) {
  return department.value + "/" + std::string(trim(number));
}
std::vector<std::string_view> ForeignGuard::listens_to() const { return {ResultReceivedForIssue::kName, CarriedOver::kName}; }
void ForeignGuard::apply(const RecordedFact& f) {
  if (f.record.name == ResultReceivedForIssue::kName) {
    const auto r = f.as<ResultReceivedForIssue>();
    change(key(r.department, r.foreign_number)).case_id = case_of(f).value;
  } else {
    const auto c = f.as<CarriedOver>();
    change(key(c.department, c.foreign_number)).case_id = case_of(f).value;
  }
}

void declare(engine::Registry& registry, std::shared_ptr<const catalog::Catalog> catalog,
             std::shared_ptr<const calendar::Calendar> calendar) {
  Guards g{registry.add_guard<CaseGuard>(), registry.add_guard<DayGuard>(), registry.add_guard<ForeignGuard>(), catalog, calendar};
  registry.add_report<QueueReport>();
  auto& commands = registry.commands;
  commands.push_back(engine::command<Consult>("casework.consult", "登记咨询", refusal_codes(), [g](engine::Turn& turn, const Consult& c) -> Checked {
    const auto x = g.context(turn);
    YI_TRY(auto fact, decide(c, x));
    turn.fact("consultation:" + to_iso(x.today), fact);
    return Done{};
  }));
  commands.push_back(opening_command<Receive>("casework.receive", "收件", g, [](const Receive& c, std::int64_t serial, const Context& x) {
    return decide(c, serial, x);
  }));
  commands.push_back(opening_command<ReceiveResult>(
      "casework.receive_result", "接收代颁结果", g, [g](const ReceiveResult& c, std::int64_t serial, const Context& x) {
        return decide(c, serial, foreign_taken(g, c.matter, c.foreign_number), x);
      }));
  commands.push_back(opening_command<CarryOver>(
      "casework.carry_over", "接续启用日前的办件", g, [g](const CarryOver& c, std::int64_t serial, const Context& x) {
        return decide(c, serial, foreign_taken(g, c.matter, c.foreign_number), g.days.opening_day(), x);
      }));
  commands.push_back(case_command<Accept>("casework.accept", "受理", g));
  commands.push_back(case_command<RefuseAcceptance>("casework.refuse_acceptance", "不予受理", g));
  commands.push_back(case_command<Transfer>("casework.transfer", "流转（交接签收）", g));
  commands.push_back(case_command<Decide>("casework.decide", "作出决定", g));
  commands.push_back(case_command<Issue>("casework.issue", "颁发、送达", g));
  commands.push_back(case_command<Withdraw>("casework.withdraw", "撤回申请", g));
}

Result<CaseView> get_case(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, const catalog::Catalog& catalog) {
  YI_CHECK(viewer.require_operator());
  auto c = reader.select(store::select_row_sql(CaseState::view(), CaseState::view().name), {centre.value, id.value});
  if (!c->next()) return refusal(Refused::unknown_case);
  const auto s = CaseState::from(store::read_row(CaseState::view(), *c));
  CaseView v;
  v.case_id = id;
  v.number = s.number;
  v.matter = s.matter;
  if (const auto* m = catalog.find_matter(s.matter)) v.matter_name = m->name;
  v.department = s.department;
  if (const auto* d = catalog.find_department(s.department)) v.department_name = d->short_name;
  v.type = s.type;
  v.stage = s.stage;
  v.stage_name = chinese_name(s.stage);
  v.holder = s.holder;
  v.version = s.version;
  v.received_on = s.received_on;
  v.accepted_on = s.accepted_on;
  v.decided_on = s.decided_on;
  v.notice_due = s.notice_due;
  v.statutory_due = s.statutory_due;
  v.promised_due = s.promised_due;
  v.delivery_due = s.delivery_due;
  v.next_due = s.next_due();
  v.allowed_acts = allowed_acts(s.stage, s.type, s.holder);
  return v;
}

std::vector<StageCount> count_stages(store::Reader& reader, const identity::Viewer&, CentreCode centre) {
  std::vector<StageCount> out;
  auto c = reader.select("SELECT stage, count(*) FROM casework_queue WHERE centre=$1 GROUP BY stage ORDER BY stage", {centre.value});
  while (c->next()) {
    const auto stage = static_cast<Stage>(c->integer(0));
    out.push_back({stage, std::string(chinese_name(stage)), c->integer(1)});
  }
  return out;
}

Result<std::vector<QueueEntry>> list_cases(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, Stage stage,
                                           const DepartmentCode& department, CaseId after, int limit) {
  YI_CHECK(viewer.require_operator());
  std::vector<QueueEntry> out;
  const std::string columns = "SELECT case_id, department, stage FROM casework_queue WHERE centre=$1 AND stage=$2 ";
  auto c = department.empty()
               ? reader.select(columns + "AND case_id>$3 ORDER BY case_id LIMIT $4", {centre.value, static_cast<int>(stage), after.value, limit})
               : reader.select(columns + "AND case_id>$3 AND department=$5 ORDER BY case_id LIMIT $4",
                               {centre.value, static_cast<int>(stage), after.value, limit, department.value});
  while (c->next())
    out.push_back({CaseId{c->integer(0)}, {std::string(c->bytes(1))}, static_cast<Stage>(c->integer(2))});
  return out;
}

}  // namespace yi::casework
