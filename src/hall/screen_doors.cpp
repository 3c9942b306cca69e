#include "hall/screen_doors.h"

#include <algorithm>
#include <mutex>

#include "base/clock.h"
#include "hall/screens.h"
#include "hall/views.h"
#include "identity/gatekeeper.h"

namespace yi::hall {
namespace {

struct ScreenList {
  std::vector<Screen> screens;
};
BOOST_DESCRIBE_STRUCT(ScreenList, (), (screens))

struct AskScreen {
  Text<64> key;
};
BOOST_DESCRIBE_STRUCT(AskScreen, (), (key))

// 厅（局）长进大厅: how many, and of which departments; names and posts stay in the bulletin.
struct OnDuty {
  std::int32_t leaders = 0;
  std::vector<std::string> departments;
};
BOOST_DESCRIBE_STRUCT(OnDuty, (), (leaders, departments))

struct LeadersScreen {
  std::string hall;
  Instant as_of;
  CivilDay day;
  bool demonstration = false;
  DayFigures today;
  casework::OpenCounts cases;
  OnDuty duty;
};
BOOST_DESCRIBE_STRUCT(LeadersScreen, (), (hall, as_of, day, demonstration, today, cases, duty))

Result<LeadersScreen> gather(const ScreenParts& parts, store::Reader& reader) {
  LeadersScreen s;
  const auto centre = parts.engine.centre();
  s.hall = parts.hall_name();
  s.as_of = parts.engine.clock().now();
  s.day = civil_day(s.as_of);
  s.demonstration = parts.engine.clock().pinned();
  s.today = parts.figures(reader, centre, s.day);
  YI_TRY(s.cases, casework::count_open(reader, centre, parts.ground, s.day));
  for (const auto& d : duties_touching(reader, centre, identity::Viewer::anonymous(), s.day, s.day)) {
    ++s.duty.leaders;
    const auto* department = parts.ground.catalog->find_department(d.fact.department);
    auto name = department ? department->short_name : d.fact.department.value;
    if (std::find(s.duty.departments.begin(), s.duty.departments.end(), name) == s.duty.departments.end()) s.duty.departments.push_back(std::move(name));
  }
  return s;
}

// The last answer, for every screen of the hall.
class Board {
 public:
  explicit Board(ScreenParts parts) : parts_(std::move(parts)) {}
  Result<std::string> answer(store::Reader& reader) {
    std::lock_guard lock(m_);
    const auto now = monotonic_ns();
    if (!body_.empty() && now - made_ < parts_.keep_ms * 1'000'000LL) return body_;
    YI_TRY(const auto screen, gather(parts_, reader));
    body_ = json::write(screen);
    made_ = now;
    return body_;
  }

 private:
  ScreenParts parts_;
  std::mutex m_;
  std::string body_;
  std::int64_t made_ = 0;
};

http::Door door_of(const char* pattern, const char* name, const char* summary) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.runs_on = http::RunsOn::worker;
  return d;
}

}  // namespace

void add_screen_doors(http::Router& router, const ScreenParts& parts) {
  auto list = door_of("/api/hall/screens", "hall.list_screens", "大屏和设备：在哪里、做什么，何人何时开通");
  list.right = "hall.list_screens";
  list.audit_class = "read";
  list.replies = {{200, "大屏列表", "application/json", json::schema<ScreenList>()}};
  list.handle = [&engine = parts.engine](const http::Request&, const http::Caller&, http::Responder reply) {
    http::Response r;
    r.body = json::write(ScreenList{list_screens(*engine.reader(), engine.centre())});
    reply(std::move(r));
  };
  router.add(std::move(list));

  auto leaders = door_of("/api/hall/leaders", "hall.leaders_screen", "大屏：今日数字、在办件灯号、值守，只有数量");
  leaders.method = http::Method::post;
  leaders.right = identity::kPublic;  // the key is asked for by the door itself
  leaders.audit_class = "none";
  leaders.request_schema = json::schema<AskScreen>();
  leaders.replies = {{200, "只有数量，没有任何人的信息", "application/json", json::schema<LeadersScreen>()}};
  leaders.refusal_codes = {"hall.screen_not_open", "calendar.year_missing", "base.bad_json", "base.unknown_field", "base.missing_field", "base.wrong_type", "base.too_long"};
  leaders.handle = [board = std::make_shared<Board>(parts), &engine = parts.engine](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto asked = json::read<AskScreen>(request.body);
    if (!asked) return reply(http::problem(asked.error()));
    auto reader = engine.reader();
    if (!find_screen(*reader, engine.centre(), asked->key, ScreenKind::leaders)) return reply(http::problem(refuse(Reason::screen_not_open)));
    auto body = board->answer(*reader);
    if (!body) return reply(http::problem(body.error()));
    http::Response r;
    r.body = std::move(body).value();
    r.headers.emplace_back("cache-control", "no-store");
    reply(std::move(r));
  };
  router.add(std::move(leaders));
}

}  // namespace yi::hall
