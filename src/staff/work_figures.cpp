#include "staff/work_figures.h"

#include "casework/case_state.h"

namespace yi::staff {
namespace {
using store::Merge;
using store::Type;

const store::View& work_view() {
  static const store::View v{"staff_work", 1, store::ViewKind::report, 4,
                             {{"centre", Type::integer}, {"day", Type::integer}, {"account", Type::text}, {"window_code", Type::text}, {"consulted", Type::integer, Merge::add},
                              {"received", Type::integer, Merge::add}, {"accepted", Type::integer, Merge::add}, {"transferred", Type::integer, Merge::add},
                              {"issued", Type::integer, Merge::add}}};
  return v;
}

class WorkReport : public engine::Report {
 public:
  const store::View& view() const override { return work_view(); }
  std::vector<std::string_view> listens_to() const override {
    using namespace casework;
    return {Consulted::kName, Received::kName, Accepted::kName, Transferred::kName, Issued::kName};
  }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    if (casework::origin_of(f)) return;  // done elsewhere, and brought in
    const auto name = f.record.name;
    const auto work = name == casework::Consulted::kName   ? Work::consulted
                      : name == casework::Received::kName  ? Work::received
                      : name == casework::Accepted::kName  ? Work::accepted
                      : name == casework::Transferred::kName ? Work::transferred
                                                             : Work::issued;
    if (f.record.actor == "system") return;  // by law, by a timer: nobody's work
    std::string window;
    if (const auto w = f.node().find("window"); w && w->kind() == json::Kind::string) window = std::string(w->string());
    store::Row row{f.centre.value, civil_day(f.record.recorded_at).days, f.record.actor, window};
    for (int i = 0; i < kWorks; ++i) row.emplace_back(i == static_cast<int>(work) ? 1 : 0);
    out.put(std::move(row));
  }
};

}  // namespace

void add_work_report(engine::Registry& registry) { registry.add_report<WorkReport>(); }

}  // namespace yi::staff
