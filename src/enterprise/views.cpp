#include "enterprise/views.h"

namespace yi::enterprise {
using store::Type;

const store::View& Listed::view() {
  static const store::View v{"enterprise_listed", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"chain", Type::text}, {"on_day", Type::integer}}};
  return v;
}

void ListedGuard::apply(const engine::RecordedFact& fact) {
  const auto f = fact.as<ChainListed>();
  change(f.chain).on = f.on;
}

const store::View& fact_view() {
  static const store::View v{"enterprise_fact", 1, store::ViewKind::report, 4,
                             {{"centre", Type::integer},
                              {"kind", Type::text},
                              {"on_day", Type::integer},
                              {"seq", Type::integer},
                              {"body", Type::text}}};
  return v;
}

void FactReport::project(const engine::RecordedFact& fact, store::RowBuffer& out) const {
  const char* kind = "chain";
  CivilDay on;
  if (fact.record.name == ListPublished::kName) {
    kind = "list";
    on = fact.as<ListPublished>().on;
  } else if (fact.record.name == ZonePlanned::kName) {
    kind = "zone";
    on = fact.as<ZonePlanned>().on;
  } else {
    on = fact.as<ChainListed>().on;
  }
  out.put({fact.centre.value, kind, on.days, fact.seq, fact.record.body});
}

namespace {
template <class F>
F read(std::string_view body) {
  auto f = json::read<F>(body);
  if (!f) throw std::runtime_error("enterprise_fact does not read: " + f.error().where);
  return std::move(f).value();
}

template <class F>
std::optional<Recorded<F>> latest(store::Reader& reader, CentreCode centre, const char* kind, CivilDay day) {
  auto c = reader.select(
      "SELECT seq, body FROM enterprise_fact WHERE centre=$1 AND kind=$2 AND on_day<=$3 ORDER BY on_day DESC, seq DESC LIMIT 1",
      {centre.value, kind, day.days});
  if (!c->next()) return std::nullopt;
  return Recorded<F>{c->integer(0), read<F>(c->bytes(1))};
}
}  // namespace

std::optional<Recorded<ListPublished>> list_as_of(store::Reader& reader, CentreCode centre, const identity::Viewer&,
                                                  CivilDay day) {
  return latest<ListPublished>(reader, centre, "list", day);
}
std::optional<Recorded<ZonePlanned>> zone_as_of(store::Reader& reader, CentreCode centre, const identity::Viewer&,
                                                CivilDay day) {
  return latest<ZonePlanned>(reader, centre, "zone", day);
}
std::vector<Recorded<ChainListed>> chains_up_to(store::Reader& reader, CentreCode centre, const identity::Viewer&,
                                                CivilDay day) {
  auto c = reader.select(
      "SELECT seq, body FROM enterprise_fact WHERE centre=$1 AND kind=$2 AND on_day<=$3 ORDER BY on_day, seq",
      {centre.value, "chain", day.days});
  std::vector<Recorded<ChainListed>> out;
  while (c->next()) out.push_back({c->integer(0), read<ChainListed>(c->bytes(1))});
  return out;
}

}  // namespace yi::enterprise
