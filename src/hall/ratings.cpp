#include "hall/ratings.h"

#include <algorithm>
#include <map>

#include "casework/case_state.h"
#include "casework/house_events.h"
#include "engine/command_doors.h"
#include "hall/follow_up.h"
#include "hall/ticket_guards.h"
#include "identity/gatekeeper.h"
#include "identity/viewer.h"

namespace yi::hall {
namespace {
using store::Type;

constexpr std::int64_t kOnPaper = -1;

class RatingReport : public engine::Report {
 public:
  const store::View& view() const override { return rating_view(); }
  std::vector<std::string_view> listens_to() const override { return {casework::Evaluated::kName, casework::VisitEvaluated::kName, casework::PaperEvaluationEntered::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto day = civil_day(f.record.recorded_at).days;
    const auto put = [&](int level, casework::Channel channel, const std::string& window, const std::string& department, std::int64_t visit) {
      out.put({f.centre.value, day, f.seq, level, static_cast<int>(channel), window, department, visit});
    };
    if (f.record.name == casework::Evaluated::kName) {
      if (casework::origin_of(f)) return;  // rated elsewhere, counted there
      const auto e = f.as<casework::Evaluated>();
      put(e.level, e.channel, e.window ? e.window->value : "", e.department.value, 0);
    } else if (f.record.name == casework::PaperEvaluationEntered::kName) {
      const auto e = f.as<casework::PaperEvaluationEntered>();
      put(e.level, casework::Channel::window, e.window.value, "", kOnPaper);
    } else {
      const auto e = f.as<casework::VisitEvaluated>();
      const auto ticket = ticket_of_visit(e.visit);
      put(e.level, e.channel, e.window.value, "", ticket ? ticket->value : 1);
    }
  }
};

struct Counts {
  std::int64_t all = 0, bad = 0;
};
std::vector<PlaceCount> places(const std::map<std::string, Counts>& of) {
  std::vector<PlaceCount> out;
  for (const auto& [place, n] : of)
    if (!place.empty()) out.push_back({place, n.all, n.bad});
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.bad > b.bad; });
  return out;
}

}  // namespace

const store::View& rating_view() {
  static const store::View v{"hall_rating", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer}, {"day", Type::integer}, {"seq", Type::integer}, {"level", Type::integer}, {"channel", Type::integer}, {"window_code", Type::text},
                              {"department", Type::text}, {"visit", Type::integer}}};  // visit: 0 of a case, its ticket, 1 of another number, -1 on paper
  return v;
}
void add_rating_reports(engine::Registry& registry) { registry.add_report<RatingReport>(); }

EvaluationFigures rating_figures(store::Reader& reader, CentreCode centre, CivilDay from, CivilDay to, const std::string& department) {
  EvaluationFigures f{from, to, 0, 0, 0, std::vector<std::int64_t>(5), 0, 0, 0, 0, 0, 0, 0, 0, {}, {}, {}};
  std::map<std::string, Counts> windows, departments;
  std::map<int, Counts> channels;
  auto c = reader.select(
      "SELECT r.level, r.channel, r.window_code, r.department, r.visit, u.upheld FROM hall_rating r "
      "LEFT JOIN hall_follow_up u ON u.centre=r.centre AND u.follow_up=r.seq "
      "WHERE r.centre=$1 AND r.day>=$2 AND r.day<=$3 AND ($4=0 OR r.department=$5)",
      {centre.value, from.days, to.days, department.empty() ? 0 : 1, department});
  while (c->next()) {
    if (c->integer(4) == kOnPaper) {
      ++f.on_paper;
      f.on_paper_bad += c->integer(0) >= kBadLevel;
      continue;
    }
    ++f.given;
    if (!c->is_null(5) && c->integer(5) != 0) {
      ++f.upheld;
      continue;
    }
    const auto level = static_cast<int>(c->integer(0));
    const bool bad = level >= kBadLevel;
    ++f.counted;
    ++f.levels[static_cast<std::size_t>(std::clamp(level, 1, 5) - 1)];
    ++(bad ? f.bad : f.good);
    ++(c->integer(4) ? f.of_visits : f.of_cases);
    for (auto* n : {&windows[std::string(c->bytes(2))], &departments[std::string(c->bytes(3))], &channels[static_cast<int>(c->integer(1))]}) {
      ++n->all;
      n->bad += bad;
    }
  }
  for (const auto& [channel, n] : channels) f.channels.push_back({json::enum_name(static_cast<casework::Channel>(channel)), n.all, n.bad});
  f.windows = places(windows);
  f.departments = places(departments);
  if (!department.empty()) return f;
  const auto first = ticket_id(from, 0).value, last = ticket_id(to + 1, 0).value;
  const auto finished = static_cast<int>(TicketStatus::finished);
  f.visits = reader.select("SELECT COUNT(*) FROM hall_ticket WHERE centre=$1 AND status=$2 AND ticket>=$3 AND ticket<$4", {centre.value, finished, first, last})->next_integer();
  f.visits_rated = reader.select("SELECT COUNT(*) FROM hall_ticket t JOIN hall_rated r ON r.centre=t.centre AND r.ticket=t.ticket WHERE t.centre=$1 AND t.status=$2 AND t.ticket>=$3 AND t.ticket<$4",
                                 {centre.value, finished, first, last})->next_integer();
  return f;
}

void add_rating_doors(http::Router& router, engine::Engine& engine) {
  http::Door d;
  d.pattern = "/api/hall/ratings";
  d.name = "hall.read_ratings";
  d.summary = "好差评：差评率、参评率和分母";
  d.right = "hall.read_ratings";
  d.audit_class = "read";
  d.refusal_codes = {"identity.not_signed_in", "base.bad_date", "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  d.parameters = {engine::after_parameter(), {"from", "第一天", R"({"type":"string","format":"date"})", false, true}, {"to", "最后一天", R"({"type":"string","format":"date"})", false, true}};
  d.replies = {{200, d.summary, "application/json", json::schema<EvaluationFigures>()}};
  d.handle = [&engine](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto from = parse_day(request.query.count("from") ? request.query.at("from") : "");
    const auto to = parse_day(request.query.count("to") ? request.query.at("to") : "");
    if (!from || !to) return reply(http::problem((from ? to : from).error()));
    const auto viewer = identity::viewer_of(caller);
    const bool whole = viewer.may_in_centre(identity::Question::read_cases);
    auto reader = engine.reader();
    http::Response r;
    // Whoever reaches neither the centre nor a department sees nobody's.
    const std::string reach = whole ? "" : viewer.department.empty() ? "-" : viewer.department.value;
    r.body = json::write(rating_figures(*reader, engine.centre(), *from, *to, reach));
    reply(std::move(r));
  };
  router.add(std::move(d));
}

}  // namespace yi::hall
