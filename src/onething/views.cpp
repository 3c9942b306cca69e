#include "onething/views.h"

namespace yi::onething {
using store::Type;

const store::View& Recorded::view() {
  static const store::View v{"onething_recorded", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"what", Type::text}, {"on_day", Type::integer}}};
  return v;
}

void RecordedGuard::apply(const engine::RecordedFact& fact) {
  if (fact.record.name == PlanIssued::kName) {
    const auto f = fact.as<PlanIssued>();
    change("plan:" + f.bundle.value).on = f.on;
  } else {
    const auto f = fact.as<GuidePublished>();
    change("guide:" + f.bundle.value).on = f.on;
  }
}

const store::View& fact_view() {
  static const store::View v{"onething_fact", 1, store::ViewKind::report, 4,
                             {{"centre", Type::integer},
                              {"kind", Type::text},
                              {"on_day", Type::integer},
                              {"seq", Type::integer},
                              {"bundle", Type::text},
                              {"source", Type::text},
                              {"verified", Type::integer},
                              {"title", Type::text}}};
  return v;
}

void FactReport::project(const engine::RecordedFact& fact, store::RowBuffer& out) const {
  if (fact.record.name == PlanIssued::kName) {
    const auto f = fact.as<PlanIssued>();
    out.put({fact.centre.value, "plan", f.on.days, fact.seq, f.bundle.value, f.source, f.verified ? 1 : 0, ""});
  } else {
    const auto f = fact.as<GuidePublished>();
    out.put({fact.centre.value, "guide", f.on.days, fact.seq, f.bundle.value, f.source, f.verified ? 1 : 0,
             f.title ? std::string(*f.title) : std::string()});
  }
}

namespace {
std::vector<BundleFact> up_to(store::Reader& reader, CentreCode centre, const char* kind, CivilDay day) {
  auto c = reader.select(
      "SELECT seq, on_day, bundle, source, verified, title FROM onething_fact "
      "WHERE centre=$1 AND kind=$2 AND on_day<=$3 ORDER BY on_day, seq",
      {centre.value, kind, day.days});
  std::vector<BundleFact> out;
  while (c->next())
    out.push_back({c->integer(0), {std::string(c->bytes(2))}, {static_cast<std::int32_t>(c->integer(1))},
                   std::string(c->bytes(3)), c->integer(4) != 0, std::string(c->bytes(5))});
  return out;
}
}  // namespace

std::vector<BundleFact> plans_up_to(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay day) {
  return up_to(reader, centre, "plan", day);
}
std::vector<BundleFact> guides_up_to(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay day) {
  return up_to(reader, centre, "guide", day);
}

}  // namespace yi::onething
