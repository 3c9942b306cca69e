#include "casework/queue.h"

#include <algorithm>

#include "casework/guards.h"
#include "casework/search.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using store::Type;
using store::Value;
using store::ViewKind;

const store::View& queue_view() {
  static const store::View v{"casework_queue", 2, ViewKind::report, 2,
                             {{"centre", Type::integer}, {"case_id", Type::integer}, {"stage", Type::integer}, {"department", Type::text},
                              {"holder", Type::integer}, {"due", Type::integer}},
                             {{"centre", "stage", "department", "due", "case_id"}}};
  return v;
}

// What every fact of a case says about where it stands; read from it whatever else it holds.
struct Stands {
  DepartmentCode department;
  std::optional<Standing> after;
};

// Where each case stands, for lists. It follows from the fact alone.
class QueueReport : public engine::Report {
 public:
  const store::View& view() const override { return queue_view(); }
  std::vector<std::string_view> listens_to() const override { return case_facts(); }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto n = f.node();
    Stands s;
    json::Reading r;
    if (const auto d = n.find("department")) json::read_node(*d, s.department, r);
    if (const auto a = n.find("after")) json::read_node(*a, s.after, r);
    if (!s.after) return old(f, s.department, out);
    CaseState state;
    state.at = *s.after;
    const auto due = state.next_due();
    put(f, s.after->stage, s.department, s.after->holder, due ? due->days : kNoDue, out);
  }

 private:
  static void put(const RecordedFact& f, Stage stage, const DepartmentCode& department, Holder holder, std::int64_t due, store::RowBuffer& out) {
    out.put({f.centre.value, case_of(f).value, static_cast<int>(stage), department.value, static_cast<int>(holder), due});
  }
  // Facts of ledgers written before facts said where the case stands.
  static void old(const RecordedFact& f, const DepartmentCode& department, store::RowBuffer& out) {
    const auto name = f.record.name;
    const auto at = [&](Stage stage, Holder holder) { put(f, stage, department, holder, kNoDue, out); };
    if (name == Received::kName) at(Stage::received, Holder::reception_window);
    else if (name == Accepted::kName) at(Stage::accepted, Holder::reception_window);
    else if (name == AcceptanceRefused::kName) at(Stage::not_accepted, Holder::reception_window);
    else if (name == Withdrawn::kName) at(Stage::withdrawn, Holder::reception_window);
    else if (name == Issued::kName) at(Stage::issued, Holder::issue_window);
    else if (name == ResultReceivedForIssue::kName) at(Stage::granted, Holder::issue_window);
    else if (name == Decided::kName) at(f.as<Decided>().decision == Decision::grant ? Stage::granted : Stage::refused, Holder::department);
    else if (name == Transferred::kName) {
      const auto t = f.as<Transferred>();
      if (t.to != Holder::issue_window) at(Stage::in_review, t.to);
    } else if (name == CarriedOver::kName) {
      const bool decided = f.as<CarriedOver>().decided_on.has_value();
      at(decided ? Stage::granted : Stage::accepted, decided ? Holder::issue_window : Holder::reception_window);
    }
  }
};

// Whose cases are their own: an applicant's, and an agent's who applied for another.
const store::View& own_view() {
  static const store::View v{"casework_own", 1, ViewKind::report, 3, {{"centre", Type::integer}, {"subject", Type::integer}, {"case_id", Type::integer}}};
  return v;
}
class OwnReport : public engine::Report {
 public:
  const store::View& view() const override { return own_view(); }
  std::vector<std::string_view> listens_to() const override { return {Submitted::kName, Received::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto n = f.node();
    for (const char* who : {"subject", "agent"}) {
      SubjectId id;
      json::Reading r;
      if (const auto s = n.find(who); s && json::read_node(*s, id, r) && id) out.put({f.centre.value, id.value, case_of(f).value});
    }
  }
};

// Cases that once had a card or a supervision order; whether they have one now, their state says.
const store::View& watched_view() {
  static const store::View v{"casework_watched", 1, ViewKind::report, 2, {{"centre", Type::integer}, {"case_id", Type::integer}}};
  return v;
}
class WatchedReport : public engine::Report {
 public:
  const store::View& view() const override { return watched_view(); }
  std::vector<std::string_view> listens_to() const override { return {CardGiven::kName, step_name(Act::order_supervision)}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override { out.put({f.centre.value, case_of(f).value}); }
};

}  // namespace

void add_reports(engine::Registry& registry) {
  registry.add_report<QueueReport>();
  registry.add_report<OwnReport>();
  registry.add_report<WatchedReport>();
  add_search_reports(registry);
}

engine::RecordedFact KeptFact::fact(CentreCode centre) const {
  engine::RecordedFact f{centre, seq, {}};
  if (!store::decode(bytes, f.record)) throw store::Failure(store::FailureKind::corrupt, "record " + std::to_string(seq) + " cannot be read");
  return f;
}

std::vector<KeptFact> facts_of_case(store::Reader& reader, CentreCode centre, std::int64_t last_fact) {
  std::vector<KeptFact> out;
  for (std::int64_t at = last_fact; at > 0;) {
    KeptFact kept{at, {}};
    reader.events(centre, at, at, [&](const store::LedgerRow& row) {
      kept.bytes = row.record;
      return true;
    });
    if (kept.bytes.empty()) break;
    std::optional<Standing> after;
    json::Reading r;
    if (const auto a = kept.fact(centre).node().find("after")) json::read_node(*a, after, r);
    out.push_back(std::move(kept));
    const auto before = after ? after->previous.value_or(0) : 0;
    at = before < at ? before : 0;  // a damaged link must not go round in circles
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Running count_running(store::Reader& reader, CentreCode centre, SubjectId subject, const DepartmentCode& department) {
  Running n;
  if (!subject) return n;
  auto c = reader.select("SELECT q.stage, q.department FROM casework_own o JOIN casework_queue q ON q.centre=o.centre AND q.case_id=o.case_id WHERE o.centre=$1 AND o.subject=$2", {centre.value, subject.value});
  while (c->next()) {
    const auto stage = static_cast<Stage>(c->integer(0));
    if (stage == Stage::issued || stage == Stage::closed || stage == Stage::not_accepted || stage == Stage::withdrawn || stage == Stage::terminated) continue;
    ++n.all;
    if (!department.empty() && c->bytes(1) == department.value) ++n.of_department;
  }
  return n;
}

}  // namespace yi::casework
