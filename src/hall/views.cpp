#include "hall/views.h"

#include "hall/rules.h"

namespace yi::hall {

const store::View& duty_view() {
  using store::Merge, store::Personal, store::Type;
  static const store::View v{"hall_duty", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer},
                              {"to_day", Type::integer},
                              {"seq", Type::integer},
                              {"from_day", Type::integer},
                              {"department", Type::text},
                              {"post", Type::text},
                              {"name", Type::text, Merge::replace, Personal::name},
                              {"rank_no", Type::integer}}};
  return v;
}

void DutyReport::project(const engine::RecordedFact& fact, store::RowBuffer& out) const {
  if (fact.record.name == DutyTakenBack::kName) {
    const auto t = fact.as<DutyTakenBack>();
    return out.remove({fact.centre.value, t.to.days, t.duty.value});
  }
  const auto f = fact.as<DutyRecorded>();
  out.put({fact.centre.value, f.to.days, fact.seq, f.from.days, f.department.value, f.post, f.name, f.rank});
}

std::vector<Duty> duties_touching(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay from,
                                  CivilDay to) {
  auto c = reader.select(
      "SELECT seq, from_day, to_day, department, post, name, rank_no FROM hall_duty "
      "WHERE centre=$1 AND to_day>=$2 AND to_day<=$3 AND from_day<=$4 ORDER BY rank_no, seq",
      {centre.value, from.days, to.days + kLongestDutyDays, to.days});
  std::vector<Duty> out;
  while (c->next()) {
    Duty d;
    d.seq = c->integer(0);
    d.fact.from = {static_cast<std::int32_t>(c->integer(1))};
    d.fact.to = {static_cast<std::int32_t>(c->integer(2))};
    d.fact.department.value = std::string(c->bytes(3));
    d.fact.post = Text<120>(c->bytes(4));
    d.fact.name = Text<60>(c->bytes(5));
    d.fact.rank = static_cast<std::int32_t>(c->integer(6));
    out.push_back(std::move(d));
  }
  return out;
}

}  // namespace yi::hall
