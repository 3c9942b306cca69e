#include "conduct/views.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>
#include <map>

#include "casework/queue.h"
#include "casework/views.h"
#include "identity/accounts.h"
#include "identity/bound_department.h"
#include "identity/subjects.h"

namespace yi::conduct {
namespace {
using store::Merge;
using store::Personal;
using store::Type;
using store::Value;

// The sealed part of each fact, by its ledger position, or the position that it is about; `part` tells the two of a report apart.
class WordsReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"conduct_words", 2, store::ViewKind::report, 3,
                               {{"centre", Type::integer}, {"about", Type::integer}, {"fact", Type::text}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed},
                                {"stream", Type::text}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {ContactRegistered::kName, GiftHandedIn::kName, GiftSettled::kName, ReportMade::kName, ReportSettled::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto put = [&](std::int64_t about, SubjectId subject, const std::optional<store::SealedText>& sealed) {
      out.put({f.centre.value, about, f.record.name, subject.value, sealed ? Value(std::string_view(*sealed)) : Value(), f.record.stream});
    };
    const auto name = f.record.name;
    if (name == ContactRegistered::kName) {
      const auto x = f.as<ContactRegistered>();
      put(f.seq, x.subject, x.sealed);
    } else if (name == GiftHandedIn::kName) {
      const auto x = f.as<GiftHandedIn>();
      put(f.seq, x.subject, x.sealed);
    } else if (name == GiftSettled::kName) {
      const auto x = f.as<GiftSettled>();
      put(x.gift.value, x.subject, x.sealed);
    } else if (name == ReportMade::kName) {
      const auto x = f.as<ReportMade>();
      put(f.seq, x.subject, x.sealed);
    } else {
      const auto x = f.as<ReportSettled>();
      put(x.report.value, x.subject, x.sealed);
    }
  }
};

class ContactReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"conduct_contact", 2, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"contact", Type::integer}, {"account", Type::text}, {"department", Type::text}, {"day", Type::integer}, {"occasion", Type::integer},
                                {"clause", Type::text}, {"place", Type::text}, {"told_before", Type::integer}, {"costs", Type::text}, {"enterprise", Type::integer}},
                               {{"centre", "account", "contact"}, {"centre", "enterprise"}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {ContactRegistered::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto c = f.as<ContactRegistered>();
    out.put({f.centre.value, f.seq, c.account, c.department.value, c.day.days, static_cast<int>(c.occasion), c.clause, c.place ? Value(std::string_view(*c.place)) : Value(), static_cast<int>(c.told_before),
             c.costs ? Value(std::string_view(*c.costs)) : Value(), c.subject.value});
  }
};

class TrainingReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"conduct_training", 1, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"training", Type::integer}, {"day", Type::integer}, {"fact", Type::text}}, {{"centre", "day"}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {TrainingRecorded::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override { out.put({f.centre.value, f.seq, f.as<TrainingRecorded>().day.days, f.record.body}); }
};

using Names = std::map<std::string, std::string>;
Names names_of(const ConductReader& h) {
  Names names;
  for (const auto& a : identity::read_staff(h.reader, h.centre)) names[a->account] = a->state.name;
  return names;
}
std::string named(const Names& names, const std::string& account) {
  const auto it = names.find(account);
  return it == names.end() ? account : it->second;
}

template <class P>
std::optional<P> words_of(const ConductReader& h, std::int64_t about, std::string_view fact) {
  auto c = h.reader.select("SELECT subject, sealed, stream FROM conduct_words WHERE centre=$1 AND about=$2 AND fact=$3", {h.centre.value, about, fact});
  if (!c->next() || c->is_null(1)) return std::nullopt;
  return h.keys.open<P>(std::string(c->bytes(1)), {c->integer(0)}, {h.centre, fact, std::string(c->bytes(2))});
}
template <class T>
std::optional<std::string> plain(const std::optional<T>& t) {
  return t ? std::optional<std::string>(*t) : std::nullopt;
}
CivilDay day_at(const store::Cursor& c, int column) { return {static_cast<std::int32_t>(c.integer(column))}; }

ReportLine line_of(ReportId id, const ReportState& s, const ReportPeople& people, const Names& names) {
  ReportLine l{id, s.stage, s.made, s.clause, s.channel, {}, {}, s.end};
  l.department = people.department;
  if (!s.taken_by.empty()) l.taken_by = named(names, s.taken_by);
  return l;
}

}  // namespace

void add_reports(engine::Registry& registry) {
  registry.add_report<WordsReport>();
  registry.add_report<ContactReport>();
  registry.add_report<TrainingReport>();
}

std::vector<ContactEntry> contacts(const ConductReader& h, const std::string& account, int limit) {
  const auto names = names_of(h);
  const auto own = identity::bound_department(h.viewer).value;
  std::vector<ContactEntry> out;
  std::vector<SubjectId> whose;
  {
    auto c = h.reader.select(
        "SELECT contact, account, department, day, occasion, clause, place, told_before, costs, enterprise FROM conduct_contact "
        "WHERE centre=$1 AND ($2='' OR account=$2) AND ($3='' OR $2<>'' OR department=$3) ORDER BY contact DESC LIMIT $4",
        {h.centre.value, account, own, limit});
    while (c->next()) {
      ContactEntry e{{c->integer(0)}, std::string(c->bytes(1)), {}, {std::string(c->bytes(2))}, day_at(*c, 3), static_cast<Occasion>(c->integer(4)), std::string(c->bytes(5)), {},
                     c->integer(7) != 0, {}, {}, {}, {}, {}, 0};
      if (!c->is_null(6)) e.place = std::string(c->bytes(6));
      if (!c->is_null(8)) e.costs = std::string(c->bytes(8));
      e.name = named(names, e.account);
      whose.push_back({c->integer(9)});
      out.push_back(std::move(e));
    }
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto& e = out[i];
    if (const auto w = words_of<ContactWords>(h, e.contact.value, ContactRegistered::kName)) {
      e.enterprise = std::string(w->enterprise);
      e.uscc = plain(w->uscc);
      e.with = plain(w->with);
      e.about = std::string(w->about);
      if (w->costs) e.costs = plain(w->costs);
      if (w->place) e.place = plain(w->place);
    }
    e.running_cases = casework::count_running(h.reader, h.centre, whose[i], {}).all;
  }
  return out;
}

std::vector<GiftEntry> gifts(const ConductReader& h, const std::string& account, int limit) {
  const auto names = names_of(h);
  std::vector<std::pair<std::int64_t, GiftState>> rows;
  {
    auto c = h.reader.select(
        "SELECT centre, gift, account, department, received, kind, value_yuan, ending, note, settled_by, subject FROM conduct_gift WHERE centre=$1 AND ($2='' OR account=$2) "
        "ORDER BY gift DESC LIMIT $3",
        {h.centre.value, account, limit});
    while (c->next()) {
      const auto row = store::read_row(GiftState::view(), *c);
      rows.emplace_back(row[1].i, GiftState::from(row));
    }
  }
  std::vector<GiftEntry> out;
  for (const auto& [id, s] : rows) {
    GiftEntry e{{id}, s.account, named(names, s.account), {s.department}, s.received, s.kind, s.value_yuan, {}, {}, {}, s.end, {}, {}};
    if (s.end) {
      e.note = s.note;
      if (const auto w = words_of<GiftNote>(h, id, GiftSettled::kName)) e.note = std::string(w->note);
      e.settled_by = named(names, s.settled_by);
    }
    if (const auto w = words_of<GiftWords>(h, id, GiftHandedIn::kName)) {
      e.from = std::string(w->from);
      e.what = std::string(w->what);
      e.how = std::string(w->how);
    }
    out.push_back(std::move(e));
  }
  return out;
}

namespace {
constexpr const char* kReportColumns = "SELECT centre, report, made_by, about, department, clause, channel, stage, made, taken_by, ending, subject, people FROM conduct_report ";
}

std::vector<ReportLine> reports(const ConductReader& h, int limit) {
  const auto names = names_of(h);
  std::vector<ReportLine> out;
  // Whom each is by and about, only its key tells: what the viewer may not see is left out here, and the rest fills the page.
  std::int64_t stage = -1, before = std::numeric_limits<std::int64_t>::max();
  for (bool more = true; more && static_cast<int>(out.size()) < limit;) {
    int read = 0;
    auto c = h.reader.select(std::string(kReportColumns) + "WHERE centre=$1 AND (stage>$2 OR (stage=$2 AND report<$3)) ORDER BY stage, report DESC LIMIT $4", {h.centre.value, stage, before, limit});
    while (c->next()) {
      ++read;
      const auto row = store::read_row(ReportState::view(), *c);
      const ReportId id{row[1].i};
      const auto s = ReportState::from(row);
      stage = static_cast<std::int64_t>(s.stage);
      before = id.value;
      if (static_cast<int>(out.size()) == limit) break;
      try {
        const auto people = people_of(id, s, h.keys, h.centre);
        if (!people || may_handle(*people, h.viewer.account)) out.push_back(line_of(id, s, people.value_or(ReportPeople{}), names));
      } catch (const store::Failure& f) {
        if (f.kind != store::FailureKind::corrupt) throw;
        spdlog::error("conduct: report {} is damaged and left out of the list: {}", id.value, f.what());
      }
    }
    more = read == limit;
  }
  return out;
}

Result<ReportInFull> report(const ConductReader& h, ReportId id) {
  std::optional<ReportState> s;
  {
    auto c = h.reader.select(std::string(kReportColumns) + "WHERE centre=$1 AND report=$2", {h.centre.value, id.value});
    if (c->next()) s = ReportState::from(store::read_row(ReportState::view(), *c));
  }
  if (!s) return refusal(ConductRefused::unknown_report);
  // Where the key is gone, the words are gone with it, and the line alone is left.
  const auto known = people_of(id, *s, h.keys, h.centre);
  const auto people = known.value_or(ReportPeople{});
  if (known && !may_handle(people, h.viewer.account)) return refusal(ConductRefused::unknown_report);
  const auto names = names_of(h);
  ReportInFull r;
  r.line = line_of(id, *s, people, names);
  r.yours = s->taken_by == h.viewer.account;
  if (people.about) {
    r.about = std::string(*people.about);
    r.about_name = named(names, *r.about);
  }
  if (const auto w = words_of<ReportWords>(h, id.value, ReportMade::kName)) {
    r.words = std::string(w->words);
    r.reporter = plain(w->reporter);
  }
  if (const auto w = words_of<EndWords>(h, id.value, ReportSettled::kName)) r.measure = std::string(w->measure);
  return r;
}

std::vector<PledgeLine> pledges(const ConductReader& h) {
  const auto* list = h.ground.rules->on(h.today);
  std::vector<PledgeLine> out;
  const auto own = identity::bound_department(h.viewer).value;
  for (const auto& a : identity::read_staff(h.reader, h.centre)) {
    if (a->state.suspended || (!own.empty() && a->state.department.value != own)) continue;
    PledgeLine l{a->account, a->state.name, a->state.department, {}};
    auto c = h.reader.select(store::select_row_sql(PledgeState::view(), PledgeState::view().name), {h.centre.value, PledgeGuard::key(a->account, h.today.year())});
    if (c->next())
      if (const auto s = PledgeState::from(store::read_row(PledgeState::view(), *c)); list && s.version == list->version) l.on = s.day;
    out.push_back(std::move(l));
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.on.has_value() < b.on.has_value(); });
  return out;
}

std::vector<TrainingEntry> trainings(const ConductReader& h, int limit) {
  const auto names = names_of(h);
  std::vector<TrainingEntry> out;
  auto c = h.reader.select("SELECT fact FROM conduct_training WHERE centre=$1 ORDER BY day DESC, training DESC LIMIT $2", {h.centre.value, limit});
  while (c->next()) {
    const auto t = json::read<TrainingRecorded>(c->bytes(0));
    if (!t) continue;
    TrainingEntry e{t->day, t->title, plain(t->material), {}};
    for (const auto& a : t->accounts) e.names.push_back(named(names, a));
    out.push_back(std::move(e));
  }
  return out;
}

RunningCases running_cases(const ConductReader& h, const std::string& uscc) {
  const auto subject = identity::find_subject(h.reader, h.keys, h.centre, h.viewer, identity::IdKind::uscc, uscc);
  if (!subject) return {};
  const auto n = casework::count_running(h.reader, h.centre, *subject, h.viewer.department);
  return {n.all, n.of_department};
}

Result<CaseContacts> case_contacts(const ConductReader& h, CaseId id) {
  YI_TRY(const auto s, casework::read_case(h.reader, h.viewer, h.centre, id));
  CaseContacts out;
  if (!s.subject || casework::is_end(s.at.stage)) return out;
  auto c = h.reader.select("SELECT account, day FROM conduct_contact WHERE centre=$1 AND enterprise=$2 AND day>=$3 ORDER BY day", {h.centre.value, s.subject.value, h.today.days - h.ground.rules->reminder_days});
  while (c->next()) {
    ++out.contacts;
    out.yours += c->bytes(0) == h.viewer.account;
    out.last = day_at(*c, 1);
  }
  return out;
}

}  // namespace yi::conduct
