#include "benchmark/desk.h"

#include <sys/resource.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/clock.h"
#include "benchmark/served.h"
#include "calendar/clock.h"

namespace yi::bench {
namespace {

using identity::Role;

// The processor's time that this process has had, in milliseconds: what other work on the machine does not lengthen.
double cpu_ms() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto ms = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3; };
  return ms(used.ru_utime) + ms(used.ru_stime);
}

Figure asked(Served& s, const std::string& what, const std::string& headers, const std::vector<std::string>& paths, std::int64_t requests) {
  LoadOptions lo;
  lo.port = s.installation->port();
  lo.connections = 1;
  lo.requests = requests / 10;
  const auto make = [&](int) { return get_conversation(headers, paths); };
  run_load(lo, make);  // warm-up
  lo.requests = requests;
  const double before = cpu_ms();
  const auto r = run_load(lo, make);
  const double each = (cpu_ms() - before) / static_cast<double>(requests);
  if (r.refused + r.broken > 0) throw std::runtime_error(what + ": " + r.first_error);
  return {what, fmt::format("p99 {:.1f} ms", r.latency.percentile_ms(99)), fmt::format("p50 {:.1f}, max {:.1f} ms; {:.2f} ms of the processor each", r.latency.percentile_ms(50), r.latency.max_ms(), each)};
}

void pages(Served& s, const std::vector<std::string>& ids, std::vector<Figure>& out) {
  const auto middle = ids[ids.size() / 2];
  const auto deep = [&](const char* sort, const std::string& due) { return fmt::format("/api/casework/cases?sort={}&after={}.{}", sort, due, middle); };
  const auto due = std::to_string(CivilDay::of(2024, 6, 20).days);
  const std::vector<std::string> paths{"/api/casework/cases",
                                       "/api/casework/cases?sort=received",
                                       "/api/casework/cases?sort=number",
                                       "/api/casework/cases?stage=in_review",
                                       "/api/casework/cases?limit=200",
                                       "/api/casework/cases?department=" + s.door.subject.department,
                                       deep("due", due),
                                       deep("received", "0"),
                                       "/api/casework/cases?light=yellow",
                                       "/api/casework/cases?light=red",
                                       "/api/casework/cases?due_from=2024-06-20&due_to=2024-06-21",
                                       "/api/casework/stages"};
  for (const auto role : {Role::clerk, Role::runner, Role::handler, Role::department_leader, Role::supervisor, Role::government_leader})
    out.push_back(asked(s, fmt::format("first page of the queue, {}", json::enum_name(role)), s.headers.at(role), {"/api/casework/cases"}, 500));
  for (const auto& path : paths) out.push_back(asked(s, "  supervisor: " + path.substr(14), s.headers.at(Role::supervisor), {path}, 200));
  for (const auto& path : paths) out.push_back(asked(s, "  handler: " + path.substr(14), s.headers.at(Role::handler), {path}, 200));
}

void searches(Served& s, const std::vector<std::string>& ids, std::vector<Figure>& out) {
  std::vector<std::string> by_id, by_phone, unknown;
  for (std::size_t i = 0; i < 50; ++i) {
    const auto person = 50'000'000 + static_cast<std::int64_t>(i * (ids.size() / 50));
    by_id.push_back("/api/casework/search?q=" + invented_citizen(person));
    by_phone.push_back("/api/casework/search?q=" + invented_phone(person));
    // As long as a case's number: every look-up is tried, and it is no guess at a person (casework/lookup_limit.h).
    unknown.push_back("/api/casework/search?q=51000020990101010" + std::to_string(1'000'000 + i));
  }
  for (const auto role : {Role::clerk, Role::supervisor}) {
    const std::string who = json::enum_name(role);
    out.push_back(asked(s, "search by id number, " + who, s.headers.at(role), by_id, 200));
    out.push_back(asked(s, "search by phone, " + who, s.headers.at(role), by_phone, 200));
    out.push_back(asked(s, "search in vain, " + who, s.headers.at(role), unknown, 200));
  }
}

// A case that has travelled between window and department until its history holds `events` facts.
void long_life(Served& s, const std::string& id, int events, std::vector<Figure>& out) {
  for (int i = 0; i < events; ++i)
    give(s, "casework.transfer",
         fmt::format(R"({{"case_id":"{}","window":"{}","to":"{}","signed_by":"物料员甲"}})", id, s.door.subject.reception, i % 2 ? "department" : "reception_window"));
  s.installation->engine().wait_followed(s.installation->engine().position(), std::chrono::seconds(60));
  const std::string path = "/api/casework/cases/" + id;
  const auto what = fmt::format("a case of {} events, ", events);
  out.push_back(asked(s, what + "handler", s.headers.at(Role::handler), {path}, 500));
  out.push_back(asked(s, what + "its first 200 events", s.headers.at(Role::handler), {path + "/history?limit=200"}, 200));
  out.push_back(asked(s, what + "clocks explained", s.headers.at(Role::handler), {path + "/clocks?explain=1"}, 200));
}

// A permit's 20 working days with n pauses of a day each.
Figure clock_of(const calendar::Calendar& calendar, int pauses) {
  auto q = calendar::DueQuestion::of(CivilDay::of(2024, 6, 3), calendar::WorkingDays{20});
  for (int i = 0; i < pauses; ++i) q.pauses.push_back({CivilDay::of(2024, 6, 4) + 2 * i, CivilDay::of(2024, 6, 4) + 2 * i, "专家评审"});
  std::vector<double> all;
  std::optional<CivilDay> end;
  for (int run = 0; run < 101; ++run) {
    const auto start = monotonic_ns();
    for (int i = 0; i < 100; ++i) end = value_of(calendar::due(calendar, q)).due;
    all.push_back(static_cast<double>(monotonic_ns() - start) / 1e5);
  }
  std::sort(all.begin(), all.end());
  return {fmt::format("the clock with {} pauses, due day alone", pauses), fmt::format("{:.1f} µs", all[50]), "the median; ends on " + to_iso(*end)};
}

}  // namespace

std::vector<Figure> measure_desk(const std::string& directory, const std::string& data_root, int cases) {
  std::vector<Figure> out;
  {
    auto s = serve(directory, data_root);
    const auto start = monotonic_ns();
    const auto ids = open_cases(s, cases);
    const double seconds = static_cast<double>(monotonic_ns() - start) / 1e9;
    out.push_back({"filled through the engine (no HTTP)", fmt::format("{:.0f} cases/s", cases / seconds), "receive, accept, transfer; a new person each"});
    pages(s, ids, out);
    searches(s, ids, out);
    long_life(s, ids[ids.size() / 3], 1'000, out);
    out.push_back(clock_of(*s.installation->common().calendar, 0));
    out.push_back(clock_of(*s.installation->common().calendar, 20));
  }
  const auto start = [&](const std::string& what, const std::string& root, const std::string& beside) {
    const auto from = monotonic_ns();
    auto s = serve(directory, root);
    give(s, "casework.consult", fmt::format(R"({{"department":"{}","window":"{}","channel":"window"}})", s.door.subject.department, s.door.subject.reception));
    const auto facts = s.installation->engine().position();
    out.push_back({what, fmt::format("{:.2f} s", static_cast<double>(monotonic_ns() - from) / 1e9), beside + fmt::format("; {} facts in the ledger", facts)});
  };
  start("start with them", data_root, "to the first command's answer");
  // The year's notice is gone and comes back: every open case is counted anew, twice, before anything else.
  const auto without = directory + "-data";
  std::filesystem::remove_all(without);
  std::filesystem::copy(data_root, without, std::filesystem::copy_options::recursive);
  std::filesystem::remove(without + "/calendar/cn-2024.yaml");
  start("first start without the notice of 2024", without, "to the first command's answer: every open case counted anew before it");
  start("first start with it again", data_root, "to the first command's answer: every open case counted anew before it");
  std::filesystem::remove_all(without);
  return out;
}

}  // namespace yi::bench
