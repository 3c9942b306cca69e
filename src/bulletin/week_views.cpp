#include "bulletin/week_views.h"

#include "bulletin/item.h"

namespace yi::bulletin {
using store::Type;

const store::View& PeriodMark::view() {
  static const store::View v{
      "bulletin_mark", 2, store::ViewKind::guard, 2,
      {{"centre", Type::integer}, {"what", Type::text}, {"from_day", Type::integer}, {"to_day", Type::integer}}};
  return v;
}

namespace {
std::string week_key(CivilDay week) { return "week:" + to_iso(week); }
std::string imprint_key(CivilDay week) { return "imprint:" + to_iso(week); }

const store::View& period_view() {
  static const store::View v{
      "bulletin_period", 1, store::ViewKind::report, 2,
      {{"centre", Type::integer}, {"from_day", Type::integer}, {"to_day", Type::integer}, {"seq", Type::integer}}};
  return v;
}
const store::View& opening_view() {
  static const store::View v{"bulletin_opening", 1, store::ViewKind::report, 2,
                             {{"centre", Type::integer},
                              {"before_day", Type::integer},
                              {"consulted", Type::integer},
                              {"accepted", Type::integer},
                              {"issued", Type::integer},
                              {"transferred", Type::integer},
                              {"source", Type::text},
                              {"seq", Type::integer}}};
  return v;
}
const store::View& section_view() {
  static const store::View v{"bulletin_section", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer},
                              {"week_day", Type::integer},
                              {"section", Type::text},
                              {"seq", Type::integer},
                              {"body", Type::text}}};
  return v;
}
const store::View& imprint_view() {
  static const store::View v{
      "bulletin_imprint", 1, store::ViewKind::report, 2,
      {{"centre", Type::integer}, {"week_day", Type::integer}, {"seq", Type::integer}, {"body", Type::text}}};
  return v;
}

// One fact, one view, one row: no class of its own for each.
template <class F>
class RowReport : public engine::Report {
 public:
  using MakeRow = store::Row (*)(const engine::RecordedFact&, const F&);
  RowReport(const store::View& view, MakeRow make) : view_(view), make_(make) {}
  const store::View& view() const override { return view_; }
  std::vector<std::string_view> listens_to() const override { return {F::kName}; }
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override {
    out.put(make_(fact, fact.as<F>()));
  }

 private:
  const store::View& view_;
  MakeRow make_;
};

template <class F>
F read(std::string_view body) {
  auto f = json::read<F>(body);
  if (!f) throw std::runtime_error("a bulletin view does not read: " + f.error().where);
  return std::move(f).value();
}

std::optional<Span> one_span(store::Cursor& c) {
  if (!c.next()) return std::nullopt;
  return Span{{static_cast<std::int32_t>(c.integer(0))}, {static_cast<std::int32_t>(c.integer(1))}};
}
}  // namespace

void PeriodGuard::apply(const engine::RecordedFact& fact) {
  if (fact.record.name == OpeningBalanceEntered::kName) {
    const auto f = fact.as<OpeningBalanceEntered>();
    change("opening").span = {f.before, f.before};
    return;
  }
  if (fact.record.name == ImprintSet::kName) {
    const auto f = fact.as<ImprintSet>();
    change(imprint_key(f.week)).span = {f.week, f.issued_on};
    return;
  }
  const auto f = fact.as<PeriodSet>();
  const Span span{f.from, f.to};
  if (!find("first")) change("first").span = span;
  change("last").span = span;
  change(week_key(f.from)).span = span;
}

Periods PeriodGuard::periods() {
  Periods p;
  if (const auto* m = find("first")) p.first = m->span;
  if (const auto* m = find("last")) p.last = m->span;
  if (const auto* m = find("opening")) p.opening = m->span.from;
  return p;
}

bool PeriodGuard::is_week(CivilDay week) { return find(week_key(week)) != nullptr; }

std::optional<Span> PeriodGuard::period(CivilDay week) {
  const auto* m = find(week_key(week));
  return m ? std::optional(m->span) : std::nullopt;
}

bool PeriodGuard::has_imprint(CivilDay week) { return find(imprint_key(week)) != nullptr; }

std::vector<CivilDay> PeriodGuard::imprints_after(CivilDay week) {
  std::vector<CivilDay> out;
  auto c = select("SELECT from_day FROM bulletin_mark WHERE centre=$1 AND what>$2 AND what<$3", {imprint_key(week), "imprint;"});
  while (c->next()) out.push_back({static_cast<std::int32_t>(c->integer(0))});
  return out;
}

std::vector<std::unique_ptr<engine::Report>> week_reports() {
  using engine::RecordedFact;
  std::vector<std::unique_ptr<engine::Report>> out;
  out.push_back(std::make_unique<RowReport<PeriodSet>>(period_view(), [](const RecordedFact& r, const PeriodSet& f) {
    return store::Row{r.centre.value, f.from.days, f.to.days, r.seq};
  }));
  out.push_back(std::make_unique<RowReport<OpeningBalanceEntered>>(
      opening_view(), [](const RecordedFact& r, const OpeningBalanceEntered& f) {
        return store::Row{r.centre.value, f.before.days, f.consulted, f.accepted, f.issued, f.transferred, f.source, r.seq};
      }));
  out.push_back(std::make_unique<RowReport<SectionWritten>>(section_view(), [](const RecordedFact& r, const SectionWritten& f) {
    return store::Row{r.centre.value, f.week.days, json::enum_name(f.section), r.seq, r.record.body};
  }));
  out.push_back(std::make_unique<RowReport<ImprintSet>>(imprint_view(), [](const RecordedFact& r, const ImprintSet& f) {
    return store::Row{r.centre.value, f.week.days, r.seq, r.record.body};
  }));
  return out;
}

std::optional<Span> find_period(store::Reader& reader, CentreCode centre, CivilDay week) {
  auto c = reader.select("SELECT from_day, to_day FROM bulletin_period WHERE centre=$1 AND from_day=$2",
                         {centre.value, week.days});
  return one_span(*c);
}

std::optional<Span> period_before(store::Reader& reader, CentreCode centre, CivilDay week) {
  auto c = reader.select(
      "SELECT from_day, to_day FROM bulletin_period WHERE centre=$1 AND from_day<$2 ORDER BY from_day DESC LIMIT 1",
      {centre.value, week.days});
  return one_span(*c);
}

std::vector<Span> latest_periods(store::Reader& reader, CentreCode centre, const identity::Viewer&, int limit) {
  auto c = reader.select("SELECT from_day, to_day FROM bulletin_period WHERE centre=$1 ORDER BY from_day DESC LIMIT $2",
                         {centre.value, limit});
  std::vector<Span> out;
  while (auto s = one_span(*c)) out.push_back(*s);
  return out;
}

std::vector<NewsEntered> news_of(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay week) {
  auto c = reader.select("SELECT department, on_day, words, rank_no FROM bulletin_item WHERE centre=$1 AND week_day=$2 AND stage=$3 ORDER BY rank_no, item",
                         {centre.value, week.days, static_cast<int>(ItemStage::taken)});
  std::vector<NewsEntered> out;
  while (c->next()) {
    NewsEntered n;
    n.week = week;
    if (auto d = std::string(c->bytes(0)); !d.empty()) n.department = DepartmentCode{std::move(d)};
    if (!c->is_null(1)) n.on = CivilDay{static_cast<std::int32_t>(c->integer(1))};
    n.text = std::string(c->bytes(2));
    n.rank = static_cast<std::int32_t>(c->integer(3));
    out.push_back(std::move(n));
  }
  return out;
}

std::optional<SectionWritten> section_of(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay week,
                                         Section section) {
  auto c = reader.select("SELECT body FROM bulletin_section WHERE centre=$1 AND week_day=$2 AND section=$3",
                         {centre.value, week.days, json::enum_name(section)});
  if (!c->next()) return std::nullopt;
  return read<SectionWritten>(c->bytes(0));
}

std::optional<ImprintSet> imprint_of(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay week) {
  auto c = reader.select("SELECT body FROM bulletin_imprint WHERE centre=$1 AND week_day=$2", {centre.value, week.days});
  if (!c->next()) return std::nullopt;
  return read<ImprintSet>(c->bytes(0));
}

}  // namespace yi::bulletin
