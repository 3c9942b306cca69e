#include "casework/case_list.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <queue>

#include "casework/light_span.h"
#include "casework/queue.h"

namespace yi::casework {
namespace {
using identity::Question;
using identity::Reach;

constexpr int kFetched = 64;  // rows of a queue taken at once, behind its first

Refusal bad_page() { return {"casework.bad_page", "页的起点或行数有误。", "请从第一页重新打开；每页最多 200 行。", 422, ""}; }

std::vector<Stage> open_stages() {
  std::vector<Stage> out;
  for (int i = 1; i < kStages; ++i)
    if (!is_end(static_cast<Stage>(i))) out.push_back(static_cast<Stage>(i));
  return out;
}

// Which part of the cases a viewer may list.
struct Part {
  bool own = false;                          // an applicant's
  std::optional<DepartmentCode> department;  // none: the whole centre
};
Result<Part> part_of(const identity::Viewer& viewer, const std::optional<DepartmentCode>& asked) {
  YI_CHECK(viewer.require(Question::read_cases));
  const auto refused = identity::not_allowed(identity::right_of(Question::read_cases));
  switch (viewer.reach(Question::read_cases)) {
    case Reach::centre: return Part{false, asked};
    case Reach::department:
      if (viewer.department.empty() || (asked && *asked != viewer.department)) return refused;
      return Part{false, viewer.department};
    case Reach::own:
      // An account that no person has been bound to yet has no cases: its list is empty, not forbidden.
      if (viewer.kind == identity::Viewer::Kind::applicant) return Part{true, asked};
      return refused;
    default: return refused;
  }
}

class Listing {
 public:
  Listing(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const ListQuestion& q, const Ground& ground, CivilDay today)
      : reader_(reader), keys_(keys), viewer_(viewer), centre_(centre), q_(q), ground_(ground), today_(today) {}

  ListPage by_due(const std::optional<DepartmentCode>& department);
  ListPage by_id(const std::optional<DepartmentCode>& department);
  // Of cases that once had a card or a supervision order: few, and a table of their own.
  ListPage by_watch(const std::optional<DepartmentCode>& department);
  ListPage own();

 private:
  struct Queue {  // of one stage and department, in order of due day
    Stage stage;
    DepartmentCode department;
    ListKey last;
    std::int64_t to = kNoDue;  // the last due day that is asked for
    std::vector<ListKey> rows;
    std::size_t next = 0;
    bool started = false, finished = false;
  };
  bool refill(Queue& queue);
  // The stage's departments that have cases, each with the first of its queue: as many questions as there are, not as there are departments.
  std::vector<std::pair<DepartmentCode, ListKey>> heads_of(Stage stage);
  // The case if it is in the list; the page's end when it is full.
  std::optional<ListEntry> entry(CaseId id);
  bool fits_state(const CaseState& s) const;
  // Whether the page goes on behind this row.
  bool take(ListPage& page, const ListKey& key);

  store::Reader& reader_;
  const store::KeyVault& keys_;
  const identity::Viewer& viewer_;
  CentreCode centre_;
  const ListQuestion& q_;
  const Ground& ground_;
  CivilDay today_;
  int looked_at_ = 0;
};

bool Listing::refill(Queue& queue) {
  if (queue.finished) return false;
  const int wanted = queue.started ? kFetched : 1;
  queue.started = true;
  queue.rows.clear();
  queue.next = 0;
  auto c = reader_.select(
      "SELECT due, case_id FROM casework_queue WHERE centre=$1 AND stage=$2 AND department=$3 AND due>=$4 AND due<=$5 AND (due>$4 OR case_id>$6) "
      "ORDER BY due, case_id LIMIT $7",
      {centre_.value, static_cast<int>(queue.stage), queue.department.value, queue.last.due, queue.to, queue.last.case_id, wanted});
  while (c->next()) queue.rows.push_back({c->integer(0), c->integer(1)});
  queue.finished = static_cast<int>(queue.rows.size()) < wanted;
  if (queue.rows.empty()) return false;
  queue.last = queue.rows.back();
  return true;
}

std::vector<std::pair<DepartmentCode, ListKey>> Listing::heads_of(Stage stage) {
  std::vector<std::pair<DepartmentCode, ListKey>> out;
  for (std::string last;;) {
    // In the index's order: PostgreSQL, which takes a stage for frequent, would else read the whole table in search of a first row.
    auto c = reader_.select("SELECT department, due, case_id FROM casework_queue WHERE centre=$1 AND stage=$2 AND department>$3 ORDER BY department, due, case_id LIMIT 1",
                            {centre_.value, static_cast<int>(stage), last});
    if (!c->next()) return out;
    last = std::string(c->bytes(0));
    out.emplace_back(DepartmentCode{last}, ListKey{c->integer(1), c->integer(2)});
  }
}

bool Listing::fits_state(const CaseState& s) const {
  if (q_.stage ? s.at.stage != *q_.stage : is_end(s.at.stage)) return false;
  if (q_.department && s.department != *q_.department) return false;
  if (q_.holder && s.at.holder != *q_.holder) return false;
  if (q_.type && s.type != *q_.type) return false;
  if (q_.applicant_kind && s.applicant_kind != *q_.applicant_kind) return false;
  if (q_.matter && s.matter != *q_.matter) return false;
  if (q_.carded && *q_.carded == s.detail.cards.empty()) return false;
  if (q_.supervision && s.detail.supervision != *q_.supervision) return false;
  if (q_.due_from || q_.due_to) {
    const auto due = s.next_due();
    if (!due || (q_.due_from && *due < *q_.due_from) || (q_.due_to && *due > *q_.due_to)) return false;
  }
  return true;
}

std::optional<ListEntry> Listing::entry(CaseId id) {
  CaseState s;
  {
    auto c = reader_.select(store::select_row_sql(CaseState::view(), CaseState::view().name), {centre_.value, id.value});
    if (!c->next()) return std::nullopt;
    s = CaseState::from(store::read_row(CaseState::view(), *c));
  }
  if (!fits_state(s)) return std::nullopt;
  ListEntry e;
  if (auto light = light_of(s, today_, ground_.warnings_on(today_), *ground_.catalog, *ground_.calendar)) e.light = *light;
  if (q_.light && e.light != q_.light) return std::nullopt;
  static_cast<People&>(e) = people_of(reader_, keys_, viewer_, centre_, s);
  e.case_id = id;
  e.number = std::string_view(s.number);
  e.matter = s.matter;
  const auto* m = matter_of(s, *ground_.catalog);
  if (m) e.matter_name = m->name;
  static_cast<DaysLeft&>(e) = days_left_of(s, e.light, today_, m, *ground_.calendar);
  e.department = s.department;
  if (const auto* d = ground_.catalog->find_department(s.department)) e.department_name = d->short_name;
  e.type = s.type;
  e.applicant_kind = s.applicant_kind;
  e.stage = s.at.stage;
  e.stage_name = chinese_name(s.at.stage, s.permit());
  e.holder = s.at.holder;
  e.received_on = s.received_on;
  e.accepted_on = s.accepted_on;
  e.due = s.next_due();
  e.permit = s.permit();
  e.cards = static_cast<std::int32_t>(s.detail.cards.size());
  e.red_cards = s.detail.red_cards ? static_cast<std::int32_t>(s.detail.red_cards->size()) : 0;
  e.supervision = s.detail.supervision;
  e.version = s.version;
  return e;
}

bool Listing::take(ListPage& page, const ListKey& key) {
  if (auto e = entry({key.case_id})) page.cases.push_back(std::move(*e));
  if (static_cast<int>(page.cases.size()) < q_.limit && ++looked_at_ < kRowsLookedAt) return true;
  page.next = key;
  return false;
}

ListPage Listing::by_due(const std::optional<DepartmentCode>& department) {
  const auto stages = q_.stage ? std::vector{*q_.stage} : open_stages();
  const ListKey from{q_.due_from ? q_.due_from->days : std::int64_t{0}, -1};
  const auto start = q_.after ? std::max(*q_.after, from) : from;
  const std::int64_t to = q_.due_to ? q_.due_to->days : kNoDue;
  std::vector<Queue> queues;
  for (const auto stage : stages) {
    const auto span = q_.light ? span_of(*q_.light, stage, today_, ground_) : std::optional(LightSpan{0, kNoDue});
    if (!span) continue;
    const ListKey behind = std::max(start, ListKey{span->from, -1});
    const std::int64_t last_day = std::min(to, span->to);
    if (department) {
      Queue queue{stage, *department, behind, last_day, {}, 0, false, false};
      if (refill(queue)) queues.push_back(std::move(queue));
      continue;
    }
    for (auto& [d, head] : heads_of(stage)) {
      if (head.due > last_day) continue;
      Queue queue{stage, d, behind, last_day, {}, 0, false, false};
      if (head > behind) {
        queue.started = true;
        queue.rows = {head};
        queue.last = head;
        queues.push_back(std::move(queue));
      } else if (refill(queue)) {
        queues.push_back(std::move(queue));
      }
    }
  }
  // The heads of all queues in order; the foremost is taken and its queue comes back with the next.
  using Head = std::pair<ListKey, std::size_t>;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  for (std::size_t i = 0; i < queues.size(); ++i) heads.push({queues[i].rows.front(), i});
  ListPage page;
  while (!heads.empty()) {
    const auto [key, i] = heads.top();
    heads.pop();
    if (!take(page, key)) return page;
    auto& queue = queues[i];
    if (++queue.next < queue.rows.size() || refill(queue)) heads.push({queue.rows[queue.next], i});
  }
  return page;
}

ListPage Listing::by_id(const std::optional<DepartmentCode>& department) {
  const bool newest_first = q_.order == ListOrder::number;
  std::int64_t last = q_.after ? q_.after->case_id : newest_first ? INT64_MAX : 0;
  const std::string sql = std::string("SELECT case_id, stage, department FROM casework_queue WHERE centre=$1 AND case_id") + (newest_first ? "<$2 ORDER BY case_id DESC" : ">$2 ORDER BY case_id");
  ListPage page;
  auto c = reader_.select(sql, {centre_.value, last});
  int passed = 0;
  while (c->next()) {
    const ListKey key{0, c->integer(0)};
    const auto stage = static_cast<Stage>(c->integer(1));
    // What the queue's own row rules out costs little: more of it may be passed than looked at.
    if ((q_.stage ? stage != *q_.stage : is_end(stage)) || (department && c->bytes(2) != department->value)) {
      if (++passed < 10 * kRowsLookedAt) continue;
      page.next = key;
      return page;
    }
    if (!take(page, key)) return page;
  }
  return page;
}

ListPage Listing::by_watch(const std::optional<DepartmentCode>& department) {
  const bool by_due = q_.order == ListOrder::due, newest_first = q_.order == ListOrder::number;
  const auto after = q_.after.value_or(ListKey{0, newest_first ? INT64_MAX : -1});
  std::string sql = "SELECT q.due, q.case_id, q.department FROM casework_watched w JOIN casework_queue q ON q.centre=w.centre AND q.case_id=w.case_id WHERE w.centre=$1 AND ";
  sql += by_due ? "q.due>=$2 AND (q.due>$2 OR q.case_id>$3) ORDER BY q.due, q.case_id" : newest_first ? "q.due>=$2 AND q.case_id<$3 ORDER BY q.case_id DESC" : "q.due>=$2 AND q.case_id>$3 ORDER BY q.case_id";
  ListPage page;
  auto c = reader_.select(sql, {centre_.value, by_due ? after.due : 0, after.case_id});
  while (c->next()) {
    if (department && c->bytes(2) != department->value) continue;
    if (!take(page, {by_due ? c->integer(0) : 0, c->integer(1)})) return page;
  }
  return page;
}

// An applicant has few cases: all of them are read and put in order.
ListPage Listing::own() {
  if (!viewer_.subject) return {};
  std::vector<std::pair<ListKey, ListEntry>> all;
  {
    std::vector<std::int64_t> ids;
    auto c = reader_.select("SELECT case_id FROM casework_own WHERE centre=$1 AND subject=$2 ORDER BY case_id DESC LIMIT $3",
                            {centre_.value, viewer_.subject.value, kRowsLookedAt});
    while (c->next()) ids.push_back(c->integer(0));
    for (const auto id : ids)
      if (auto e = entry({id})) {
        const ListKey key{q_.order != ListOrder::due ? 0 : e->due ? e->due->days : kNoDue, id};
        all.emplace_back(key, std::move(*e));
      }
  }
  std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return q_.order == ListOrder::number ? a.first > b.first : a.first < b.first; });
  ListPage page;
  for (auto& [key, e] : all) {
    if (q_.after && (q_.order == ListOrder::number ? key >= *q_.after : key <= *q_.after)) continue;
    page.cases.push_back(std::move(e));
    if (static_cast<int>(page.cases.size()) == q_.limit) {
      page.next = key;
      break;
    }
  }
  return page;
}

}  // namespace

std::string to_text(const ListKey& k) { return std::to_string(k.due) + "." + std::to_string(k.case_id); }

std::optional<ListKey> parse_list_key(std::string_view text) {
  ListKey k;
  const auto* end = text.data() + text.size();
  const auto due = std::from_chars(text.data(), end, k.due);
  if (due.ec != std::errc{} || due.ptr == end || *due.ptr != '.') return std::nullopt;
  const auto id = std::from_chars(due.ptr + 1, end, k.case_id);
  if (id.ec != std::errc{} || id.ptr != end || k.due < 0 || k.case_id < 0) return std::nullopt;
  return k;
}

Result<ListPage> list_cases(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const ListQuestion& q, const Ground& ground, CivilDay today) {
  if (q.limit < 1 || q.limit > limits::kPageRows.value) return bad_page();
  YI_TRY(const auto part, part_of(viewer, q.department));
  Listing listing(reader, keys, viewer, centre, q, ground, today);
  if (part.own) return listing.own();
  if (q.carded.value_or(false) || q.supervision.value_or(SupervisionState::none) != SupervisionState::none) return listing.by_watch(part.department);
  return q.order == ListOrder::due ? listing.by_due(part.department) : listing.by_id(part.department);
}

Result<std::vector<StageCount>> count_stages(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre) {
  YI_TRY(const auto part, part_of(viewer, {}));
  std::vector<StageCount> out;
  const auto read = [&](std::unique_ptr<store::Cursor> c) {
    while (c->next()) {
      const auto stage = static_cast<Stage>(c->integer(0));
      out.push_back({stage, std::string(chinese_name(stage)), c->integer(1)});
    }
  };
  if (part.own && !viewer.subject) return out;
  if (part.own)
    read(reader.select("SELECT q.stage, count(*) FROM casework_own o JOIN casework_queue q ON q.centre=o.centre AND q.case_id=o.case_id "
                       "WHERE o.centre=$1 AND o.subject=$2 GROUP BY q.stage ORDER BY q.stage",
                       {centre.value, viewer.subject.value}));
  if (part.own) return out;
  // By the index and over the stages of open cases alone, which stand together: a question that does not grow with the history.
  static const auto open = open_stages();
  store::Row parameters{centre.value, static_cast<int>(open.front()), static_cast<int>(open.back())};
  if (part.department) parameters.emplace_back(part.department->value);
  read(reader.select(part.department ? "SELECT stage, count(*) FROM casework_queue WHERE centre=$1 AND stage>=$2 AND stage<=$3 AND department=$4 GROUP BY stage ORDER BY stage"
                                     : "SELECT stage, count(*) FROM casework_queue WHERE centre=$1 AND stage>=$2 AND stage<=$3 GROUP BY stage ORDER BY stage", parameters));
  std::erase_if(out, [](const StageCount& c) { return is_end(c.stage); });
  return out;
}

namespace {

struct OwnSnapshot {
  store::Reader& r;
  explicit OwnSnapshot(store::Reader& reader_of) : r(reader_of) { r.begin_snapshot(); }
  ~OwnSnapshot() { r.end_snapshot(); }
};

AddUp how_far(store::Reader& reader, CentreCode centre) {
  AddUp a;
  a.position = reader.head(centre).seq;
  a.followed = reader.select("SELECT seq FROM engine_followed WHERE centre=$1 AND name=$2", {centre.value, "casework_queue"})->next_integer();
  return a;
}

std::int64_t read_open(store::Reader& reader, const char* sql, const store::Row& parameters) {
  std::int64_t n = 0;
  auto c = reader.select(sql, parameters);
  while (c->next())
    if (const auto stage = static_cast<Stage>(c->integer(0)); stage != Stage::none && !is_end(stage)) n += c->integer(1);
  return n;
}

}  // namespace

AddUp open_cases_add_up(store::Reader& reader, CentreCode centre) {
  static const auto open = open_stages();
  const OwnSnapshot snapshot(reader);
  auto a = how_far(reader, centre);
  a.open_cases = reader.select("SELECT cases FROM casework_open WHERE centre=$1 AND one=1", {centre.value})->next_integer();
  a.in_queues = read_open(reader, "SELECT stage, count(*) FROM casework_queue WHERE centre=$1 AND stage>=$2 AND stage<=$3 GROUP BY stage",
                          {centre.value, static_cast<int>(open.front()), static_cast<int>(open.back())});
  return a;
}

AddUp open_cases_read_one_by_one(store::Reader& reader, CentreCode centre) {
  const OwnSnapshot snapshot(reader);
  auto a = how_far(reader, centre);
  a.open_cases = read_open(reader, "SELECT stage, count(*) FROM casework_case WHERE centre=$1 GROUP BY stage", {centre.value});
  a.in_queues = read_open(reader, "SELECT stage, count(*) FROM casework_queue WHERE centre=$1 GROUP BY stage", {centre.value});
  return a;
}

}  // namespace yi::casework
