#include "casework/recount_view.h"

#include <charconv>
#include <limits>

#include "casework/recount.h"
#include "casework/routes.h"
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using identity::Question;
using identity::Reach;
using store::Type;
using store::Value;

// Items of one fact: its limits by ClockKind; a mark alone; refused cases by their place.
constexpr int kMarkAlone = 20, kFirstRefused = 100;

struct LimitOf {
  ClockKind kind;
  std::optional<CivilDay> Standing::*day;
};
constexpr LimitOf kLimits[] = {{ClockKind::notice, &Standing::notice_due},       {ClockKind::correction, &Standing::correction_due},
                               {ClockKind::statutory, &Standing::statutory_due}, {ClockKind::promised, &Standing::promised_due},
                               {ClockKind::step, &Standing::step_due},           {ClockKind::delivery, &Standing::delivery_due}};

const store::View& recount_view() {
  static const store::View v{"casework_recount", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer}, {"position", Type::integer}, {"item", Type::integer}, {"case_id", Type::integer}, {"department", Type::text},
                              {"from_day", Type::integer}, {"to_day", Type::integer}, {"provisional", Type::integer}, {"code", Type::text}, {"reason", Type::text}},
                             {{"centre", "department", "position", "item"}}};
  return v;
}

Value day_value(const std::optional<CivilDay>& d) { return d ? Value(d->days) : Value(); }

class RecountReport : public engine::Report {
 public:
  const store::View& view() const override { return recount_view(); }
  std::vector<std::string_view> listens_to() const override { return {DuesRecounted::kName, RecountRun::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    if (f.record.name == RecountRun::kName) {
      int item = kFirstRefused;
      for (const auto& r : f.as<RecountRun>().refused)
        out.put({f.centre.value, f.seq, item++, r.case_id.value, r.department.value, Value(), Value(), 0, std::string_view(r.code), std::string_view(r.reason)});
      return;
    }
    if (origin_of(f)) return;  // what moved at another centre, before the case came here
    const auto moved = f.as<DuesRecounted>();
    const auto id = case_of(f);
    const int provisional = moved.after.provisional.value_or(false) ? 1 : 0;
    const auto put = [&](int item, const std::optional<CivilDay>& from, const std::optional<CivilDay>& to) {
      out.put({f.centre.value, f.seq, item, id.value, moved.department.value, day_value(from), day_value(to), provisional, Value(), Value()});
    };
    bool some = false;
    for (const auto& [kind, day] : kLimits) {
      const auto &from = moved.before.*day, &to = moved.after.*day;
      if (from == to) continue;
      put(static_cast<int>(kind), from, to);
      some = true;
    }
    if (!some) put(kMarkAlone, {}, {});
  }
};

struct PageKey {
  std::int64_t position = std::numeric_limits<std::int64_t>::max(), item = 0;
};
std::optional<PageKey> parse_key(std::string_view text) {
  PageKey k;
  const auto end = text.data() + text.size();
  auto r = std::from_chars(text.data(), end, k.position);
  if (r.ec != std::errc{} || r.ptr == end || *r.ptr != '.') return std::nullopt;
  r = std::from_chars(r.ptr + 1, end, k.item);
  if (r.ec != std::errc{} || r.ptr != end) return std::nullopt;
  return k;
}

std::optional<CivilDay> day_of(const store::Cursor& c, int column) {
  if (c.is_null(column)) return std::nullopt;
  return CivilDay{static_cast<std::int32_t>(c.integer(column))};
}

RecountEntry entry_of(const store::Cursor& c) {
  RecountEntry e;
  const auto item = static_cast<int>(c.integer(1));
  e.case_id = {c.integer(2)};
  e.number = c.bytes(9);
  e.department = {std::string(c.bytes(3))};
  if (item < kMarkAlone) {
    e.limit = static_cast<ClockKind>(item);
    e.limit_name = chinese_name(*e.limit);
  }
  e.from = day_of(c, 4);
  e.to = day_of(c, 5);
  e.provisional = c.integer(6) != 0;
  if (!c.is_null(7)) e.code = std::string(c.bytes(7));
  if (!c.is_null(8)) e.reason = std::string(c.bytes(8));
  return e;
}

void put_summary(RecountPage& page, store::Reader& reader, CentreCode centre) {
  auto c = reader.select(store::select_row_sql(CalendarState::view(), CalendarState::view().name), {centre.value, 1});
  if (!c->next()) return;
  const auto s = CalendarState::from(store::read_row(CalendarState::view(), *c));
  page.counted_on = s.on;
  page.under_way = !s.running.empty();
  page.looked_at = s.looked_at;
  page.moved = s.moved;
  page.confirmed = s.confirmed;
  page.refused = s.refused;
}

}  // namespace

void add_recount_report(engine::Registry& registry) { registry.add_report<RecountReport>(); }

Result<RecountPage> list_recounts(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, const std::optional<std::string>& after, int limit) {
  YI_CHECK(viewer.require(Question::read_cases));
  const auto reach = viewer.reach(Question::read_cases);
  const bool whole = reach == Reach::centre;
  if (!whole && (reach != Reach::department || viewer.department.empty())) return identity::not_allowed(identity::right_of(Question::read_cases));
  PageKey from;
  if (after) {
    const auto key = parse_key(*after);
    if (!key) return Refusal{"casework.bad_page", "页的起点有误。", "请从第一页重新打开。", 422, "/after"};
    from = *key;
  }
  RecountPage page;
  put_summary(page, reader, centre);
  std::string sql =
      "SELECT r.position, r.item, r.case_id, r.department, r.from_day, r.to_day, r.provisional, r.code, r.reason, c.number FROM casework_recount r "
      "JOIN casework_case c ON c.centre=r.centre AND c.case_id=r.case_id WHERE r.centre=$1 AND (r.position<$2 OR (r.position=$2 AND r.item<$3))";
  store::Row parameters{centre.value, from.position, from.item, limit};
  if (!whole) {
    sql += " AND r.department=$5";
    parameters.emplace_back(viewer.department.value);
  }
  auto c = reader.select(sql + " ORDER BY r.position DESC, r.item DESC LIMIT $4", parameters);
  while (c->next()) {
    page.entries.push_back(entry_of(*c));
    page.next = std::to_string(c->integer(0)) + "." + std::to_string(c->integer(1));
  }
  if (static_cast<int>(page.entries.size()) < limit) page.next.reset();
  return page;
}

void add_recount_door(http::Router& router, engine::Engine& engine) {
  auto d = reading_door("/api/casework/recounts", "casework.list_recounts", "放假通知公布或日历更正后，哪些办件的期限变了");
  d.right = d.name;
  d.parameters = {{"after", "上一页的 next", R"({"type":"string","pattern":"^[0-9]{1,18}[.][0-9]{1,9}$"})", false, false},
                  {"limit", "行数，最多 200", R"({"type":"integer","minimum":1,"maximum":200})", false, false},
                  engine::after_parameter()};
  d.replies = {{200, "变动的期限", "application/json", json::schema<RecountPage>()}};
  d.handle = [&engine](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto text = [&](const char* name) -> std::optional<std::string> {
      const auto it = request.query.find(name);
      return it == request.query.end() ? std::nullopt : std::optional(it->second);
    };
    int limit = 50;
    if (const auto t = text("limit")) std::from_chars(t->data(), t->data() + t->size(), limit);
    auto reader = engine.reader();
    const auto page = list_recounts(*reader, identity::viewer_of(caller), engine.centre(), text("after"), limit);
    if (!page) return reply(http::problem(page.error()));
    http::Response r;
    r.body = json::write(*page);
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace yi::casework
